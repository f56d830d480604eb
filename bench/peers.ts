/**
 * Our whole run beside scripts that check nothing and keep nothing: pandas, PostgreSQL and R data.table.
 * `npm run bench:peers -- [--scale 0.1] [--runs 1] [--python python3] [--postgres BIN]` writes its part of bench/RESULTS.md, on Linux.
 *
 * Each measurement is a process tree of its own, and they take turns. Each peer's results are compared with ours cell by cell.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { inMemory } from "../src/db/open.ts";
import { compareWith, main } from "./floor.ts";
import { generera } from "./generera.ts";
import { computing, cpuOf, type Usage } from "./usage.ts";

const root = resolve(import.meta.dirname, "..");
const { values: options } = parseArgs({
  options: {
    scale: { type: "string", default: "0.1" },
    runs: { type: "string", default: "1" },
    /** A Python that has pandas. */
    python: { type: "string", default: "python3" },
    /** The folder of PostgreSQL's programs, if it is not on the path. */
    postgres: { type: "string", default: "" },
  },
});
const today = "2026-11-22";
const env = { ...process.env, PATH: [options.postgres, process.env.PATH].filter(Boolean).join(delimiter) };
const folder = mkdtempSync(join(tmpdir(), "finsam-peers-"));
const script = (name: string): string => join(root, "bench", "peers", name);

interface Peer {
  readonly name: string;
  /** Prints its version, if it is installed. */
  readonly version: readonly string[];
  /** What is not measured. */
  readonly prepare?: readonly string[];
  readonly run: (country: string, out: string) => readonly string[];
}

const server = join(folder, "server");
const peers: readonly Peer[] = [
  {
    name: "pandas",
    version: [options.python, "-c", "import pandas; print('pandas', pandas.__version__)"],
    run: (country, out) => [options.python, script("with-pandas.py"), country, out, today],
  },
  {
    name: "PostgreSQL",
    version: ["postgres", "--version"],
    prepare: ["sh", script("with-postgres.sh"), "prepare", server],
    run: (country, out) => ["sh", script("with-postgres.sh"), "run", server, country, out, today],
  },
  {
    name: "data.table",
    version: ["Rscript", "-e", "cat(R.version.string, 'data.table', format(packageVersion('data.table')))"],
    run: (country, out) => ["Rscript", script("with-datatable.R"), country, out, today],
  },
];

interface Taken extends Usage {
  readonly wall: number;
}

const textOf = (path: string): string => {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // A process may end while it is looked at.
    return "";
  }
};

const treeOf = (pid: number): number[] => [
  pid,
  ...textOf(`/proc/${pid}/task/${pid}/children`).split(" ").filter(Boolean).map(Number).flatMap(treeOf),
];

/** Memory of a process and all under it; what they share is counted once. */
const megabytesOf = (pid: number): number => {
  const [own, shared] = [[0], [0]];
  for (const one of treeOf(pid)) {
    const status = textOf(`/proc/${one}/status`);
    const kilobytes = (field: string): number => Number(new RegExp(`^${field}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? 0);
    own.push(kilobytes("RssAnon") + kilobytes("RssFile"));
    shared.push(kilobytes("RssShmem"));
  }
  return (own.reduce((a, b) => a + b) + Math.max(...shared)) / 1024;
};

/** Runs a command. CPU is that of it and of all under it that were waited for; memory is looked at twenty times a second. */
const measure = async (command: readonly string[]): Promise<Taken> => {
  const began = performance.now();
  const child = spawn("sh", ["-c", '"$@" || exit; times', "sh", ...command], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  let megabytes = 0;
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, megabytesOf(child.pid ?? 0));
  }, 50);
  const code = await new Promise((settle) => child.on("close", settle));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${command.join(" ")}: exit code ${code}`);
  const lines = printed.trim().split("\n");
  const times = [...(lines.at(-1) ?? "").matchAll(/(\d+)m([\d.]+)s/g)];
  const cpu = times.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
  const usage = lines[0]?.startsWith("{") ? (JSON.parse(lines[0]) as Usage) : {};
  return { ...usage, cpu, megabytes, wall: (performance.now() - began) / 1000 };
};

/** How a peer's results differ from ours. */
const compare = (peer: string, out: string): Promise<string> =>
  inMemory(async (db) => {
    await db.run("create schema golv");
    for (const [name, { key }] of Object.entries(main)) {
      const file = join(peer, `${name}.csv`);
      const header = textOf(file).split("\n", 1)[0]?.split(",") ?? [];
      const columns = await db.rows<{ column_name: string; column_type: string }>(
        `describe from read_parquet('${join(out, "internt", `${name}.parquet`)}')`,
      );
      const typed = columns.filter(({ column_name }) => header.includes(column_name));
      const types = typed.map(({ column_name, column_type }) => `'${column_name}': '${column_type}'`);
      // No cell of a key is missing: one without text is an empty text.
      const texts = typed.filter(
        ({ column_name, column_type }) => key.includes(column_name) && column_type === "VARCHAR",
      );
      await db.run(`
        create table golv.${name} as from read_csv('${file}', header = true, delim = ',', types = {${types.join(", ")}},
          force_not_null = [${texts.map(({ column_name }) => `'${column_name}'`).join(", ")}])`);
    }
    const compared = await compareWith(db, out);
    const some = compared.flatMap(({ name, differences }) =>
      Object.entries(differences).flatMap(([column, rows]) => (rows > 0 ? [`${name}.${column}: ${rows} rows`] : [])),
    );
    return some.length === 0 ? `equal, ${compared.reduce((sum, { rader }) => sum + rader, 0)} rows` : some.join(", ");
  });

const heading = "## Beside scripts that check nothing";
const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

try {
  // PostgreSQL does not run as root: its user has to come in.
  chmodSync(folder, 0o755);
  const [country, out] = [join(folder, "country"), join(folder, "out")];
  const rows = await generera(country, { scale: Number(options.scale), seed: 1 });
  const versions = new Map(
    peers.map(({ name, version: [program = "", ...args] }) => {
      const { status, stdout } = spawnSync(program, args, { env, encoding: "utf8" });
      return [name, status === 0 ? stdout.trim() : undefined];
    }),
  );
  const installed = peers.filter(({ name }) => versions.get(name) !== undefined);
  const [ours, floor] = ["our whole run, `--no-report`", "`bench/floor.ts`"];
  const taken = new Map<string, Taken[]>([floor, ...installed.map(({ name }) => name), ours].map((name) => [name, []]));
  const note = async (name: string, command: readonly string[]): Promise<void> => {
    taken.get(name)?.push(await measure(command));
  };
  for (let i = 0; i < Number(options.runs); i++) {
    await note(floor, [process.execPath, "bench/floor.ts", country]);
    for (const { name, prepare, run } of installed) {
      rmSync(server, { recursive: true, force: true });
      if (prepare !== undefined) await measure(prepare);
      mkdirSync(join(folder, name), { recursive: true });
      await note(name, run(country, join(folder, name)));
    }
    rmSync(out, { recursive: true, force: true });
    await note(ours, [process.execPath, "bench/phases.ts", root, join(country, "pipelines/*.yaml"), out]);
  }
  const best = new Map(
    [...taken].map(([name, some]) => [name, some.reduce((a, b) => (b.cpu < a.cpu ? b : a))] as const),
  );
  const whole = best.get(ours);
  const lines: string[] = [];
  for (const [name, { cpu, wall, megabytes }] of best) {
    const isPeer = versions.has(name);
    const equal = isPeer ? await compare(join(folder, name), out) : "";
    if (isPeer && !equal.startsWith("equal")) process.exitCode = 1;
    const ratios = whole === undefined || name === ours ? [] : [whole.cpu, cpuOf(whole, computing)];
    const [all = "", read = ""] = ratios.map((used) => (used / cpu).toFixed(1));
    lines.push(row(name, cpu.toFixed(1), wall.toFixed(0), megabytes.toFixed(0), all, read, equal));
  }
  const absent = peers.filter((peer) => !installed.includes(peer)).map(({ name }) => name);
  const section = [
    heading,
    "",
    `\`npm run bench:peers -- --scale ${options.scale} --runs ${options.runs}\`: ${rows} rows, each in turn, the best of its runs.`,
    "The scripts are in `bench/peers`. They compute the five main results, write them as CSV, and check nothing. CPU is that of a",
    "process and all that it starts; PostgreSQL is a server of its own, from its start to its end.",
    `Versions: ${installed.map(({ name }) => versions.get(name)).join("; ")}.`,
    ...(absent.length > 0 ? [`Not installed, and not measured: ${absent.join(", ")}.`] : []),
    "The ratios are our CPU to theirs: of the whole run (goal 1.0), and of reading to the main results with all others (goal 0.7).",
    "",
    row(
      "what",
      "CPU, s",
      "by the clock, s",
      "peak, MB",
      "whole run, ratio",
      "to the main results, ratio",
      "results beside ours",
    ),
    row("---", "---", "---", "---", "---", "---", "---"),
    ...lines,
    "",
    "",
  ].join("\n");
  const file = join(root, "bench", "RESULTS.md");
  const [top = "", ...parts] = readFileSync(file, "utf8").split(/^(?=## )/m);
  writeFileSync(file, [top, section, ...parts.filter((part) => !part.startsWith(heading))].join(""));
  process.stdout.write(section);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
