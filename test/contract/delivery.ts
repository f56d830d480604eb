// Small deliveries, written to a temp folder and run as a user would.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "../../src/batch.ts";
import { command, type Finished } from "../command.ts";
import { copy } from "../crash/standing.ts";
import { temporaryFolder } from "../folders.ts";

export type { Finished } from "../command.ts";

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;
/** One row of a CSV file, cell by cell; null is an empty cell. */
export type Cells = readonly (string | number | null)[];
export type Rows = readonly Cells[];

export interface Goal {
  id: string;
  text?: string;
  matt: string;
  per?: string;
  villkor?: string | Record<string, string>[];
  giltig_fran?: string;
  beslut?: string;
  tolerans?: string | number;
  minst_n?: number;
  minst_tackning?: string | number;
  grupp?: string;
  uppdelning?: string;
  delperiod?: string;
  parametrar?: Record<string, unknown>;
  rapporterat?: Record<string, unknown>;
}

export interface Pipeline {
  insats: string | string[];
  kallor?: string[];
  mal?: Goal[];
  [option: string]: unknown;
}

export interface Delivery {
  /** `file.csv` to its text, or to rows of which the first is the headings. Under `data/`. */
  files: Record<string, string | Buffer | Rows>;
  /** `name.yaml` to its text or its content. Under `pipelines/`; `kallor: [../data]` unless told. */
  pipelines: Record<string, string | Pipeline>;
}

export interface Settings {
  today?: string;
  asOf?: string;
  pipelines?: string;
  /** Whether it is drawn: a fourth of the time, so only where something looks at it. */
  report?: boolean;
}

const home = fileURLToPath(new URL("../..", import.meta.url));

const quote = (cell: string | number | null): string => {
  const text = cell === null ? "" : String(cell);
  return /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csv = (rows: Rows): string => `${rows.map((row) => row.map(quote).join(";")).join("\n")}\n`;

export class Folder {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  write(file: string, content: string | Buffer | Rows): void {
    const path = this.path("data", file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, typeof content === "string" || Buffer.isBuffer(content) ? content : csv(content));
  }

  remove(file: string): void {
    rmSync(this.path("data", file));
  }

  pipeline(name: string, content: string | Pipeline): void {
    const path = this.path("pipelines", name);
    mkdirSync(dirname(path), { recursive: true });
    // JSON is YAML
    const text =
      typeof content === "string"
        ? content
        : JSON.stringify(
            {
              kallor: ["../data"],
              mal: [],
              ...content,
              ...(content.mal && { mal: content.mal.map((goal) => ({ text: goal.id, ...goal })) }),
            },
            null,
            1,
          );
    writeFileSync(path, text);
  }

  run(settings: Settings = {}): ReturnType<typeof run> {
    return run({
      pipelines: this.path("pipelines", settings.pipelines ?? "*.yaml"),
      out: this.path("out"),
      report: settings.report ?? false,
      ...(settings.asOf === undefined ? { today: settings.today ?? "2025-01-01" } : { asOf: settings.asOf }),
    });
  }

  /** The command as a user types it here, in this process. */
  cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return command(args, { cwd: this.root, env: { FINSAM_KEY: undefined, ...env } });
  }

  /** The same in a process of its own: where several run at once, or the system's own settings are what is tested. */
  spawned(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return new Promise((resolve) => {
      const { FINSAM_KEY: _, ...inherited } = process.env;
      const child = spawn(process.execPath, [join(home, "src/start.js"), ...args], {
        cwd: this.root,
        env: { ...inherited, NO_COLOR: "1", ...env },
      });
      const said = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const)
        child[name].setEncoding("utf8").on("data", (text: string) => {
          said[name] += text;
        });
      child.on("close", (code) => resolve({ code, ...said }));
    });
  }

  rows(result: string): Row[] {
    return JSON.parse(readFileSync(this.path("out", "internt", `${result}.json`), "utf8")) as Row[];
  }

  /** Every file under a folder of the output, path to bytes. */
  bytes(under = "out"): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    for (const entry of readdirSync(this.path(under), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      found.set(path.slice(this.root.length + 1), readFileSync(path));
    }
    return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** What the files under a folder of the output hold, for comparing: path to the hash of its bytes. */
  hashes(under = "out"): Record<string, string> {
    const hashOf = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
    return Object.fromEntries([...this.bytes(under)].map(([path, bytes]) => [path, hashOf(bytes)]));
  }
}

export function folder(delivery: Delivery): Folder {
  const root = temporaryFolder("kontrakt");
  const made = new Folder(root);
  for (const [file, content] of Object.entries(delivery.files)) made.write(file, content);
  for (const [name, content] of Object.entries(delivery.pipelines)) made.pipeline(name, content);
  return made;
}

/** The folder with its runs, as they left it, under another path: a new one, or that of a folder which is given up for it. */
export function copyOf({ root }: Folder, to = temporaryFolder("kontrakt")): Folder {
  for (const name of readdirSync(to)) rmSync(join(to, name), { recursive: true });
  for (const name of readdirSync(root)) copy(join(root, name), join(to, name));
  return new Folder(to);
}

/** One delivery, run once and drawn: what a file of tests looks at. */
export async function deliver(delivery: Delivery, settings: Settings = {}): Promise<Folder> {
  const made = folder(delivery);
  await made.run({ report: true, ...settings });
  return made;
}

/** The rows that have these values. */
export const pick = (rows: Row[], where: Row): Row[] =>
  rows.filter((row) => Object.entries(where).every(([column, value]) => row[column] === value));

/** The one row that has these values. */
export function only(rows: Row[], where: Row): Row {
  const found = pick(rows, where);
  if (found.length !== 1)
    throw new Error(
      `${found.length} rows: ${JSON.stringify(where)}\n${found.map((row) => JSON.stringify(row)).join("\n")}`,
    );
  return found[0] as Row;
}

/** The named columns of each row, in order. */
export const columns = (rows: Row[], ...names: string[]): (Value | undefined)[][] =>
  rows.map((row) => names.map((name) => row[name]));
