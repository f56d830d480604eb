/**
 * A run's results and marts as Parquet files in folders `forbund_id=…/artal=…`, the layout that engines for many machines
 * read as it is. Not suppressed: it is the evaluator's, as `internt/` is.
 */
import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import { inMemory } from "./db/open.ts";
import { filesUnder, resultsIn } from "./output/swap.ts";
import { UsageError } from "./schema/errors.ts";
import { quote } from "./schema/reading.ts";
import { resultNames, resultOf } from "./schema/results.ts";
import { sqlFiles } from "./schema/sql.ts";

/** One exported table, as the manifest has it. */
export interface ExportedTable {
  /** The folder under the export's: `results/kostnadsandel`. */
  readonly tabell: string;
  readonly rader: number;
  readonly kolumner: Readonly<Record<string, string>>;
  /** The column that gave each row's förbund and year; null where the table has none, and the folder says so. */
  readonly forbund_av: string | null;
  readonly artal_av: string | null;
  /** Paths under the table's folder, with the hash of each file's bytes. */
  readonly filer: readonly { readonly fil: string; readonly byte: number; readonly sha256: string }[];
}

/** What `manifest.json` says. */
export interface Export {
  /** The day that the run took it to be. */
  readonly idag: string;
  readonly exempel: boolean;
  /** Nothing is suppressed: rows are of persons, and small numbers stand. */
  readonly skyddad: false;
  readonly tabeller: readonly ExportedTable[];
}

export interface ExportOptions {
  readonly out?: string;
  readonly progress?: (step: string) => void;
}

const manifest = "manifest.json";

/** The first of these columns that a table has says which year a row is of. */
const yearColumns = ["ar", "fran", "datum", "manad", "startdatum", "mottagen"];

/** Every result and every mart, with the order of its rows. */
const tables = (): { readonly tabell: string; readonly key: string }[] => [
  ...resultNames.map((name) => ({ tabell: `results.${name}`, key: resultOf(name).key.join(", ") })),
  ...sqlFiles("marts").map(({ name, text }) => ({
    tabell: `marts.${name}`,
    key: /^-- key: (.+)$/m.exec(text)?.[1] ?? "all",
  })),
];

/** @throws UsageError the folder holds something that no export wrote */
const checkFolder = (folder: string, given: string): void => {
  if (existsSync(folder) && readdirSync(folder).length > 0 && !existsSync(join(folder, manifest)))
    throw new UsageError(`${given}: it holds files that no export wrote; name a new or empty folder`);
};

/**
 * Writes a run's results and marts to `lake`, whole or not at all; an earlier export there is replaced.
 * @throws UsageError there is no run, or the folder holds something else
 */
export const exportLake = async (
  lake: string,
  { out = "out", progress = () => {} }: ExportOptions = {},
): Promise<Export> => {
  const folder = resolve(lake);
  checkFolder(folder, lake);
  (await resultsIn(out)).close();
  const pending = `${folder}.pagaende`;
  rmSync(pending, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(pending, { mode: 0o700 });
  try {
    const written = await inMemory(async (db): Promise<Export> => {
      // One thread writes each folder's rows to one file, in key order: the same run gives the same bytes.
      await db.run(`attach ${quote(resolve(out, "internt", "finsam.duckdb"))} as korning (read_only); use korning; set threads = 1;
        set variable idag = (select idag from results.korning)`);
      const [korning] = await db.rows<{ idag: string; exempel: boolean }>("select idag, exempel from results.korning");
      if (!korning) throw new Error("the run's database has no row of its day");
      const tabeller: ExportedTable[] = [];
      for (const { tabell, key } of tables()) {
        progress(`writing ${tabell}`);
        const columns = await db.rows<{ column_name: string; column_type: string }>(`describe ${tabell}`);
        const has = (name: string): boolean => columns.some((column) => column.column_name === name);
        const year = yearColumns.find(has);
        const [ground, forbund] = has("forbund_id")
          ? ["forbund_id", "tabell.forbund_id"]
          : has("insats_id")
            ? ["insats_id", "insats.forbund_id"]
            : [null, "cast(null as varchar)"];
        const path = tabell.replace(".", "/");
        mkdirSync(dirname(join(pending, path)), { recursive: true });
        await db.run(`copy (
            select tabell.* ${has("forbund_id") ? "exclude (forbund_id)" : ""}, ${forbund} as forbund_id,
              try_cast(left(cast(${year ? `tabell.${year}` : "null"} as varchar), 4) as integer) as artal
            from ${tabell} as tabell
            ${ground === "insats_id" ? "left join marts.insats as insats on insats.insats_id = tabell.insats_id" : ""}
            order by ${key === "all" ? key : key.replace(/\w+/g, "tabell.$&")}
          ) to ${quote(join(pending, path))} (format parquet, compression zstd, partition_by (forbund_id, artal))`);
        const [{ rader } = { rader: 0 }] = await db.rows<{ rader: number }>(`select count(*) as rader from ${tabell}`);
        tabeller.push({
          tabell: path,
          rader,
          kolumner: Object.fromEntries(columns.map((column) => [column.column_name, column.column_type])),
          forbund_av: ground,
          artal_av: year ?? null,
          filer: filesUnder(join(pending, path)).map((fil) => {
            const bytes = readFileSync(join(pending, path, fil));
            return { fil: fil.replaceAll(sep, "/"), byte: bytes.length, sha256: hash("sha256", bytes) };
          }),
        });
      }
      return { ...korning, skyddad: false, tabeller };
    });
    writeFileSync(join(pending, manifest), `${JSON.stringify(written, null, 1)}\n`);
    rmSync(folder, { recursive: true, force: true });
    renameSync(pending, folder);
    return written;
  } finally {
    rmSync(pending, { recursive: true, force: true });
  }
};
