/** One run in a process of its own, without drawing if it can: `node bench/phases.ts CHECKOUT PIPELINES OUT [rita]`. Prints its usage. */
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Usage, usedSoFar } from "./usage.ts";

const [checkout = ".", pipelines = "", out = "", drawing] = process.argv.slice(2);
const { run } = (await import(
  pathToFileURL(join(resolve(checkout), "src/batch.ts")).href
)) as typeof import("../src/batch.ts");

const phases: Record<string, number> = {};
let phase = "starting";
let before = 0;
const begin = (next: string): void => {
  const { cpu } = usedSoFar();
  phases[phase] = (phases[phase] ?? 0) + cpu - before;
  [phase, before] = [next, cpu];
};
// A checkout from before `report` was an option draws: its drawing is a phase that can be left out of a comparison.
const options = { pipelines, out, today: "2026-11-22", progress: begin, report: drawing !== undefined };
await run(options);
begin("");
const usage: Usage = { ...usedSoFar(), phases };
process.stdout.write(`${JSON.stringify(usage)}\n`);
