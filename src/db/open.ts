/** The only place that opens a database. */
import { existsSync } from "node:fs";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { quote } from "../schema/reading.ts";
import { sqlFiles } from "../schema/sql.ts";
import { plain } from "./plain.ts";

/** A bound parameter: `$name` in the statement. */
export type Bound = Readonly<Record<string, DuckDBValue>>;

export interface Database {
  readonly connection: DuckDBConnection;
  /** Runs one or several statements for their effect. */
  run(sql: string, bound?: Bound): Promise<void>;
  /** The rows of one select, in plain values: dates ISO, decimals and counts numbers, lists arrays. */
  rows<R extends object>(sql: string, bound?: Bound): Promise<R[]>;
  /** How many rows a table has; or those of it that a condition chooses. */
  count(from: string): Promise<number>;
  /** Runs statements at the same time, each by a connection of its own: they read what is no temporary table. */
  runBeside(statements: readonly string[]): Promise<void>;
  close(): void;
}

const wrap = (instance: DuckDBInstance, connection: DuckDBConnection): Database => ({
  connection,
  async run(sql, bound) {
    await connection.run(sql, bound && { ...bound });
  },
  async rows<R>(sql: string, bound?: Bound) {
    const reader = await connection.runAndReadAll(sql, bound && { ...bound });
    const names = reader.columnNames();
    return reader.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], plain(value)])) as R);
  },
  async count(from) {
    const reader = await connection.runAndReadAll(`select count(*) from ${from}`);
    return Number(reader.getRows()[0]?.[0]);
  },
  async runBeside(statements) {
    const runAlone = async (sql: string): Promise<void> => {
      const own = await instance.connect();
      await own.run(sql).finally(() => own.closeSync());
    };
    await Promise.all(statements.map(runAlone));
  },
  close() {
    connection.closeSync();
    instance.closeSync();
  },
});

/** What looks through a plan for what many rows would gain by: of a small run, longer than its rows take. No join is planned by it. */
const forManyRows = "statistics_propagation,compressed_materialization,common_subexpressions,common_subplan";

/**
 * Opens `path` (a file, or `:memory:`).
 * @param isSmall what is written is known to be little
 * @throws Error as DuckDB says it, when the file is held by another process or is no database.
 */
export const open = async (path: string, mode: "write" | "read" = "write", isSmall = false): Promise<Database> => {
  const isFile = path !== ":memory:";
  const isWritten = isFile && mode === "write";
  const instance = await DuckDBInstance.create(isWritten ? ":memory:" : path, {
    access_mode: mode === "read" ? "READ_ONLY" : "READ_WRITE",
    preserve_insertion_order: "true",
    enable_external_access: mode === "read" ? "false" : "true",
    // What is held in memory is written nowhere: without this it could spill to the folder that one stands in.
    ...(mode === "write" ? { temp_directory: isFile ? `${path}.tmp` : "" } : {}),
  });
  const connection = await instance.connect();
  if (isWritten) {
    // A block is the least that a column of a small table takes, in memory and in the file. With the default of 256 kB a small run
    // takes 2.5 times the room; with the least, 16 kB, a large one does. A run that is cut short is thrown away: it needs no log.
    const size = existsSync(path) ? "" : `block_size ${isSmall ? 16_384 : 65_536},`;
    // As of 1.2 DuckDB keeps 64 bytes of how many values a column has, before that 3 kB, and a run has 1 800 columns.
    const options = `${size} recovery_mode no_wal_writes, storage_version 'v1.2.0'`;
    await connection.run(`attach ${quote(path)} as finsam (${options}); use finsam`);
    if (isSmall) await connection.run(`set disabled_optimizers = ${quote(forManyRows)}`);
  }
  return wrap(instance, connection);
};

/** Does something with a database that is nowhere but in memory. */
export const inMemory = async <T>(work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await open(":memory:");
  return work(db).finally(() => db.close());
};

/**
 * A database in memory over one on disk, which is only read: a schema of its own hides that of the same name.
 * @param own the schema that is its own
 */
export const openOver = async (path: string, own: string): Promise<Database> => {
  const db = await open(":memory:");
  await db.run(`attach ${quote(path)} as under (read_only); create schema ${own}`);
  const rooms = await db.rows<{ room: string }>(
    "select distinct schema_name as room from duckdb_schemas() where database_name = 'under' and not internal",
  );
  const seen = ["main", ...rooms.map(({ room }) => room)].filter((room) => room !== own);
  await db.run(`set search_path = 'memory.main,memory.${own},${seen.map((room) => `under.${room}`).join(",")}'`);
  return db;
};

/** Whether a database could not be opened because another process has it open. DuckDB's sentence comes before the path. */
export const isHeldElsewhere = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith("IO Error: Could not set lock on file ");

/** The macros, each after those that its text names: DuckDB binds a macro when it is created. */
const macros = (): string[] => {
  const all = new Map(
    sqlFiles("macros").flatMap(({ text }) =>
      [...text.matchAll(/^create or replace macro (\w+)[\s\S]*?;$/gm)].map(([sql, name = ""]) => [name, sql] as const),
    ),
  );
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    const sql = all.get(name);
    if (sql === undefined) return;
    all.delete(name);
    for (const [word] of sql.matchAll(/\w+/g)) visit(word);
    ordered.add(sql);
  };
  for (const name of [...all.keys()]) visit(name);
  return [...ordered];
};

/** Gives a fresh database its rooms and the macros that read Swedish. */
export const furnish = async (db: Database): Promise<void> => {
  const rooms = ["inbox", "staging", "checks", "marts", "measures", "results", "publik"];
  await db.run([...rooms.map((room) => `create schema if not exists ${room}`), ...macros()].join(";\n"));
};
