/**
 * CPU and peak memory beside another commit's: `npm run bench:base -- --base REF`.
 *
 * Each measurement is a process of its own, as a user starts it. The two checkouts take turns, because the speed of a
 * shared machine drifts: read the ratios.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { generera } from "./generera.ts";
import type { Usage } from "./usage.ts";

const root = resolve(import.meta.dirname, "..");
const today = "2026-11-22";
const drawing = "drawing the report";

const { values: options } = parseArgs({
  options: {
    /** A commit, or the folder of a checkout with its packages. */
    base: { type: "string", default: "HEAD~1" },
    runs: { type: "string", default: "3" },
    /** Only what has this in its name. */
    only: { type: "string", default: "" },
    /** A tenth of the country too, 894 000 rows: minutes, and gigabytes. */
    tenth: { type: "boolean", default: false },
  },
});
const runs = Number(options.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs: ${options.runs}`);

const folder = mkdtempSync(join(tmpdir(), "finsam-bench-"));

/** The commit before, checked out beside; its packages are ours if it locks the same. */
const checkOut = (ref: string): string => {
  if (existsSync(join(ref, "package.json"))) return resolve(ref);
  const path = join(folder, "base");
  execFileSync("git", ["worktree", "add", "--quiet", "--detach", path, ref], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [ours, theirs] = [root, path].map((at) => readFileSync(join(at, "package-lock.json"), "utf8"));
  if (ours === theirs) symlinkSync(join(root, "node_modules"), join(path, "node_modules"));
  else execFileSync("npm", ["ci"], { cwd: path, stdio: ["ignore", "ignore", "inherit"] });
  return path;
};

/** Runs Node. An exit code of 1 is a run that found faults in its deliveries. */
const start = (cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): string => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}: exit code ${status}\n${stderr}`);
  return stdout;
};

const finsam = (checkout: string, ...args: readonly string[]): Usage => {
  const file = join(folder, "usage.json");
  const { scripts } = JSON.parse(readFileSync(join(checkout, "package.json"), "utf8")) as {
    scripts: { start: string };
  };
  const [, script = ""] = scripts.start.split(" ");
  start(checkout, ["--import", join(root, "bench/note.js"), join(checkout, script), ...args], {
    BENCH_USAGE: file,
  });
  return JSON.parse(readFileSync(file, "utf8")) as Usage;
};

const phasesOf = (checkout: string, country: string): Usage => {
  const out = mkdtempSync(join(folder, "out-"));
  const printed = start(checkout, [join(root, "bench/phases.ts"), checkout, join(country, "pipelines/*.yaml"), out]);
  rmSync(out, { recursive: true });
  return JSON.parse(printed) as Usage;
};

/** A run of the country, drawing left out. */
const undrawn = (checkout: string, country: string): Usage => {
  const { cpu, phases, ...usage } = phasesOf(checkout, country);
  return { ...usage, cpu: cpu - (phases?.[drawing] ?? 0) };
};

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const least = (values: readonly number[]): number => Math.min(...values);

const printRow = (...cells: readonly string[]): void => {
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
};

const compare = (
  name: string,
  checkouts: readonly [base: string, head: string],
  measure: (at: string) => Usage,
): void => {
  if (!name.includes(options.only)) return;
  const taken = new Map<string, Usage[]>(checkouts.map((at) => [at, []]));
  for (let i = 0; i < runs; i++) {
    for (const at of i % 2 === 0 ? checkouts : checkouts.toReversed()) taken.get(at)?.push(measure(at));
  }
  const [base = [], head = []] = [...taken.values()];
  const both = (of: (usage: Usage) => number, digits: number): string[] => {
    const [before, now] = [base.map(of), head.map(of)];
    const ratio = (choose: typeof least): string => (choose(now) / choose(before)).toFixed(2);
    return [median(before).toFixed(digits), median(now).toFixed(digits), ratio(least), ratio(median)];
  };
  const [mbBefore = "", mbNow = "", , mbRatio = ""] = both(({ megabytes }) => megabytes, 0);
  printRow(name, ...both(({ cpu }) => cpu, 2), mbBefore, mbNow, mbRatio);
};

const inventCountry = async (scale: number, name: string, insatser?: number): Promise<string> => {
  const path = join(folder, name);
  await generera(path, { scale, seed: 1, ...(insatser === undefined ? {} : { insatser, mix: 10, forbund: 4 }) });
  return path;
};

/** CPU of each phase in two countries ten times apart. A phase that grows more than its input is a fault. */
const growthOfPhases = async (): Promise<void> => {
  const name = "growth";
  if (!name.includes(options.only)) return;
  const [small, large] = [await inventCountry(0.001, "small", 10), await inventCountry(0.01, "large", 100)];
  const [before, after] = [small, large].map((country) => {
    const measured = Array.from({ length: runs }, () => phasesOf(root, country).phases ?? {});
    const phases = Object.keys(measured[0] ?? {});
    return new Map(phases.map((phase) => [phase, least(measured.map((one) => one[phase] ?? Number.NaN))]));
  });
  process.stdout.write(
    "\nTen times as many insatser, at most twelve times the CPU. Phases under 0.5 s are not judged.\n\n",
  );
  printRow("phase", "9 000 rows, CPU s", "89 000 rows, CPU s", "ratio", "");
  printRow(...Array.from({ length: 5 }, () => "---"));
  for (const [phase, cpu] of after ?? []) {
    const ratio = cpu / (before?.get(phase) ?? Number.NaN);
    const isTooMuch = cpu >= 0.5 && ratio > 12;
    if (isTooMuch) process.exitCode = 1;
    printRow(
      phase,
      (before?.get(phase) ?? Number.NaN).toFixed(2),
      cpu.toFixed(2),
      ratio.toFixed(1),
      isTooMuch ? "too much" : "",
    );
  }
};

let base = "";
try {
  base = checkOut(options.base);
  const checkouts = [base, root] as const;
  process.stdout.write(`Base ${options.base}; ${runs} runs of each in turn, CPU medians; Node ${process.version}, `);
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? "?"}\n\n`);
  printRow("what", "base, CPU s", "now, CPU s", "ratio of the least", "ratio", "base, MB", "now, MB", "ratio");
  printRow(...Array.from({ length: 8 }, () => "---"));
  const outOf = (at: string): string => join(folder, at === root ? "five" : "five-base");
  const run = (at: string): Usage => finsam(at, "run", "--out", outOf(at), "--today", today);
  compare("npm start, first run", checkouts, (at) => {
    rmSync(outOf(at), { recursive: true, force: true });
    return run(at);
  });
  const haveRun = (at: string): void => {
    if (!existsSync(outOf(at))) run(at);
  };
  compare("npm start, nothing changed", checkouts, (at) => {
    haveRun(at);
    return run(at);
  });
  compare("finsam show", checkouts, (at) => {
    haveRun(at);
    return finsam(at, "show", "maluppfyllelse", "--out", outOf(at));
  });
  compare("finsam --help", checkouts, (at) => finsam(at, "--help"));
  compare("finsam --version", checkouts, (at) => finsam(at, "--version"));
  compare("npm run exempel", checkouts, (at) => {
    const out = mkdtempSync(join(folder, "exempel-"));
    return finsam(at, "run", "--pipelines", "pipelines/exempel/*.yaml", "--out", out, "--today", today);
  });
  const hundredth = await inventCountry(0.01, "hundredth");
  compare("a hundredth of the country, not drawn", checkouts, (at) => undrawn(at, hundredth));
  if (options.tenth) {
    const tenth = await inventCountry(0.1, "a-tenth");
    compare("a tenth of the country, not drawn", checkouts, (at) => undrawn(at, tenth));
  }
  await growthOfPhases();
} finally {
  if (base.startsWith(folder)) execFileSync("git", ["worktree", "remove", "--force", base], { cwd: root });
  rmSync(folder, { recursive: true, force: true });
}
