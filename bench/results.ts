/**
 * Writes bench/RESULTS.md: an invented country through a whole run, beside the floor. `npm run bench -- [--scale 0.1] [--runs 1]`.
 *
 * Each measurement is a process of its own, and the two take turns. On a shared machine read CPU and ratios, not the clock.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { cpus, tmpdir, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inMemory } from "../src/db/open.ts";
import { generera } from "./generera.ts";
import { computing, cpuOf, type Usage } from "./usage.ts";

const root = resolve(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: { scale: { type: "string", default: "0.1" }, runs: { type: "string", default: "1" } },
});
const [scale, runs] = [Number(options.scale), Number(options.runs)];
const folder = mkdtempSync(join(tmpdir(), "finsam-bench-"));

/** CPU seconds of a process, its peak memory, and the seconds that it took; a run's phases too. */
interface Taken extends Usage {
  readonly wall: number;
  /** Lines that it printed besides. */
  readonly lines: readonly string[];
}

const take = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Taken => {
  const began = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")}: exit code ${status}\n${stderr}`);
  const [usage = "{}", ...lines] = stdout.trim().split("\n");
  return { ...(JSON.parse(usage) as Usage), wall: (performance.now() - began) / 1000, lines };
};

const run = (country: string, out: string): Taken =>
  take(["bench/phases.ts", root, join(country, "pipelines/*.yaml"), out]);
const floor = (country: string, ...out: readonly string[]): Taken => take(["bench/floor.ts", country, ...out]);

/** CPU and peak of the command that shows one insats's rows. */
const show = (out: string): Usage => {
  const file = join(folder, "usage.json");
  const args = ["show", "maluppfyllelse", "--insats", "insats-00000", "--json", "--out", out];
  spawnSync(process.execPath, ["--import", "./bench/note.js", "src/start.js", ...args], {
    cwd: root,
    env: { ...process.env, BENCH_USAGE: file },
  });
  return JSON.parse(readFileSync(file, "utf8")) as Usage;
};

const best = (some: readonly Taken[]): Taken => some.reduce((a, b) => (b.cpu < a.cpu ? b : a));
const bytesIn = (...path: readonly string[]): number =>
  readdirSync(join(...path), { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(...path, name)))
    .reduce((sum, one) => sum + (one.isFile() ? one.size : 0), 0);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(0);
/** The results of two runs that are not the same to the byte; those that compare with the run before are left out. */
const unlike = (one: string, other: string): string[] =>
  readdirSync(join(one, "internt")).filter(
    (name) =>
      /\.(json|csv)$/.test(name) &&
      !/^(andring|fyndhistorik|rojande)\./.test(name) &&
      !readFileSync(join(one, "internt", name)).equals(readFileSync(join(other, "internt", name))),
  );

/** Bad rows by their finding, as the truth says and as a run reports. */
const refusals = (country: string, out: string): Promise<string> =>
  inMemory(async (db) => {
    const found = await db.rows<{ dataset: string; kod: string; sant: number; antal: number }>(`
      select sant.dataset, sant.kod, sant.antal as sant, count(funnet.kod) as antal
      from read_json('${country}/facit.json') as sant
      left join read_parquet('${out}/internt/datakvalitet.parquet') as funnet
        on funnet.kod = sant.kod and funnet.allvar = 'fel' and starts_with(funnet.fil, 'data/' || sant.dataset)
      group by all order by all`);
    const right = found.filter(({ sant, antal }) => sant === antal);
    const rows = right.reduce((sum, { sant }) => sum + sant, 0);
    return `${right.length} of ${found.length} kinds are reported as often as they are there (${rows} rows)`;
  });

try {
  const country = join(folder, "country");
  const rows = await generera(country, { scale, seed: 1 });
  const [floors, wholes]: [Taken[], Taken[]] = [[], []];
  const out = join(folder, "out");
  for (let i = 0; i < runs; i++) {
    rmSync(out, { recursive: true, force: true });
    floors.push(floor(country));
    wholes.push(run(country, out));
    floors.push(floor(country));
  }
  const [ground, whole] = [best(floors), best(wholes)];
  const compared = floor(country, out).lines;
  const again = run(country, out);
  const shown = show(out);
  const delivered = bytesIn(country, "data");
  const kept = bytesIn(out, "arkiv") + statSync(join(out, "internt", "finsam.duckdb")).size;
  const results = bytesIn(out, "internt") - statSync(join(out, "internt", "finsam.duckdb")).size;

  const small = join(folder, "small");
  const smallRows = await generera(small, { scale: scale / 10, seed: 1, dirt: true, extra: true });
  const [before, after] = [join(folder, "before"), join(folder, "after")];
  const dirty = run(small, before);
  const truth = await refusals(small, before);
  const clean = join(folder, "clean");
  await generera(clean, { scale: scale / 10, seed: 1, extra: true });
  const values = floor(clean, before).lines;
  cpSync(join(small, "extra"), join(small, "data", "extra"), { recursive: true });
  const added = run(small, before);
  const full = run(small, after);

  const differing = unlike(before, after);

  const ratio = (cpu: number): string => (cpu / ground.cpu).toFixed(1);
  const { version: duckdb } = createRequire(import.meta.url)("@duckdb/node-api/package.json") as { version: string };
  const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const text = [
    "# Measured beside the floor",
    "",
    `\`npm run bench -- --scale ${scale}\` on ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${megabytes(totalmem())} MB; Node ${process.versions.node}, DuckDB ${duckdb}.`,
    `${rows} rows, ${megabytes(delivered)} MB of CSV. The floor is \`bench/floor.ts\`; best of ${floors.length}, ours best of ${runs}, in turn. CPU is user and system.`,
    "",
    row("what", "CPU, s", "by the clock, s", "peak, MB", "ratio of CPU to the floor", "goal"),
    row("---", "---", "---", "---", "---", "---"),
    row("the floor", ground.cpu.toFixed(1), ground.wall.toFixed(0), ground.megabytes.toFixed(0), "1", ""),
    row(
      "reading to the main results, with all others",
      cpuOf(whole, computing).toFixed(1),
      "",
      "",
      ratio(cpuOf(whole, computing)),
      "2.5",
    ),
    row(
      "the whole run, `--no-report`",
      whole.cpu.toFixed(1),
      whole.wall.toFixed(0),
      whole.megabytes.toFixed(0),
      ratio(whole.cpu),
      "4",
    ),
    row(
      "nothing changed",
      again.cpu.toFixed(1),
      again.wall.toFixed(0),
      again.megabytes.toFixed(0),
      ratio(again.cpu),
      "0.1",
    ),
    row(
      "`finsam show maluppfyllelse --insats ID --json`",
      shown.cpu.toFixed(2),
      "",
      shown.megabytes.toFixed(0),
      "",
      "0.4 s",
    ),
    "",
    `Database and archive: ${megabytes(kept)} MB (${(kept / delivered).toFixed(1)} times what was delivered; goal 1). Results in four formats: ${megabytes(results)} MB.`,
    "",
    "CPU seconds of each phase of the whole run:",
    "",
    row("phase", "CPU, s"),
    row("---", "---"),
    ...Object.entries(whole.phases ?? {}).map(([name, cpu]) => row(name, cpu.toFixed(1))),
    "",
    "The floor's main results beside ours, cell by cell (öre exact, shares to 1e-9):",
    "",
    ...compared.map((line) => `- ${line}`),
    "",
    `A tenth of that with bad rows (\`--dirt\`, ${smallRows} rows): ${dirty.cpu.toFixed(1)} CPU-s. ${truth}. Values where no row was refused, and what is not judged for refused rows:`,
    "",
    ...values.map((line) => `- ${line}`),
    "",
    `One förbund's month added to it (\`--extra\`): ${added.cpu.toFixed(1)} CPU-s; all of it from nothing ${full.cpu.toFixed(1)}. ${differing.length === 0 ? "The results are the same to the byte" : `These results differ: ${differing.join(", ")}`}.`,
    "",
  ].join("\n");
  const file = join(root, "bench", "RESULTS.md");
  // The parts under headings of their own stay: what is written by hand, and what `bench/peers.ts` measured.
  const [, ...parts] = readFileSync(file, "utf8").split(/^(?=## )/m);
  writeFileSync(file, `${text}\n${parts.join("")}`);
  process.stdout.write(text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
