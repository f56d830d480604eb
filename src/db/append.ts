import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBType,
  type DuckDBValue,
  VARCHAR,
} from "@duckdb/node-api";
import { dayNumber } from "../schema/days.ts";
import { type ResultKind, type ResultName, type Row, resultOf } from "../schema/results.ts";
import type { Database } from "./open.ts";

const types: Readonly<Record<ResultKind, DuckDBType>> = {
  text: VARCHAR,
  heltal: BIGINT,
  ore: BIGINT,
  antal: DOUBLE,
  tal: DOUBLE,
  datum: DATE,
  ja_nej: BOOLEAN,
  varde: VARCHAR,
};

const stored = (kind: ResultKind, value: string | number | boolean | null | undefined): DuckDBValue => {
  if (value === null || value === undefined) return null;
  if (kind === "datum") return new DuckDBDateValue(dayNumber(String(value)));
  return kind === "heltal" || kind === "ore" ? BigInt(value) : value;
};

/** Adds rows to a declared result, 2 048 at a time. */
export const append = async <N extends ResultName>(db: Database, name: N, rows: readonly Row<N>[]): Promise<void> => {
  const columns = Object.entries(resultOf(name).columns);
  const appender = await db.connection.createAppender(name, "results");
  for (let at = 0; at < rows.length; at += 2048) {
    const part = rows.slice(at, at + 2048) as readonly Readonly<Record<string, string | number | boolean | null>>[];
    const chunk = DuckDBDataChunk.create(
      columns.map(([, { kind }]) => types[kind]),
      part.length,
    );
    chunk.setColumns(columns.map(([column, { kind }]) => part.map((row) => stored(kind, row[column]))));
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
};
