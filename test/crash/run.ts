/** `npm run crash`: 200 runs killed at random moments. `node test/crash/run.ts COUNT SEED` for others. */
import { crash } from "./crash.ts";

const [count = "200", seed = String(1 + (process.pid % 10_000))] = process.argv.slice(2);
process.stdout.write(`seed ${seed}: node test/crash/run.ts ${count} ${seed}\n`);
const { kills, stages, wrong } = await crash(Number(count), Number(seed), {
  told: (done, lines) => {
    for (const line of lines) process.stdout.write(`${line}\n`);
    if (done % 10 === 0) process.stdout.write(`${done} of ${count}\n`);
  },
});
const met = Object.entries(stages).map(([stage, times]) => `${times} ${stage}`);
process.stdout.write(`${kills} runs killed: ${met.join(", ")}\n`);
process.stdout.write(
  wrong.length === 0
    ? "after each the last report or the new one stood whole, and the next run gave the bytes of one never killed\n"
    : `${wrong.length} things wrong\n`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
