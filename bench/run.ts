/** Time and memory of the whole batch: `npm run bench`. Each run is a process of its own, as a user starts it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { generera, type Size } from "./generera.ts";

const root = resolve(import.meta.dirname, "..");

interface Taken {
  readonly seconds: number;
  readonly megabytes: number;
}

const once = (script: string, cwd: string): Taken => {
  const printed = execFileSync(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `${script}; process.stdout.write("\\n" + JSON.stringify({ s: performance.now() / 1000, m: process.resourceUsage().maxRSS / 1024 }))`,
    ],
    { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
  );
  const { s, m } = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as { s: number; m: number };
  return { seconds: s, megabytes: m };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const runOf = (pipelines: string, out: string): string =>
  `const { run } = await import(${JSON.stringify(join(root, "src/batch.ts"))});
   await run({ pipelines: ${JSON.stringify(pipelines)}, out: ${JSON.stringify(out)}, today: "2026-11-22" })`;

const sizes: Readonly<Record<string, Size>> = {
  "10 förbund": { forbund: 10, insatser: 5, moten: 60, deltagare: 80, fakturor: 24 },
  "80 förbund": { forbund: 80, insatser: 5, moten: 60, deltagare: 80, fakturor: 24 },
};

const folder = mkdtempSync(join(tmpdir(), "finsam-bench-"));
const line = (name: string, rows: number | string, taken: readonly Taken[]): void => {
  const seconds = median(taken.map((one) => one.seconds));
  const megabytes = median(taken.map((one) => one.megabytes));
  process.stdout.write(`| ${name} | ${rows} | ${seconds.toFixed(1)} s | ${megabytes.toFixed(0)} MB |\n`);
};

process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}; median of runs, each a process of its own\n\n`,
);
process.stdout.write("| what | rows | time | peak memory |\n|---|---|---|---|\n");
line(
  "the five reports, first run",
  "870",
  [0, 1, 2].map((i) => once(runOf("pipelines/*.yaml", join(folder, `out-${i}`)), root)),
);
line(
  "the five reports, again",
  "870",
  [0, 1, 2].map((i) => once(runOf("pipelines/*.yaml", join(folder, `out-${i}`)), root)),
);
for (const [name, size] of Object.entries(sizes)) {
  const own = join(folder, name.replace(" ", "-"));
  const rows = generera(own, size);
  line(`${name}, invented`, rows, [once(runOf(join(own, "pipelines", "*.yaml"), join(own, "out")), root)]);
}
rmSync(folder, { recursive: true });
