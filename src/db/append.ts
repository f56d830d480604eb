/** Rows into tables column by column, 2 048 at a time: never one statement or one object a row. */
import {
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBDateValue,
  type DuckDBType,
  type DuckDBValue,
  INTEGER,
  LIST,
  listValue,
  VARCHAR,
} from "@duckdb/node-api";
import { dayNumber } from "../schema/days.ts";
import { type ResultName, type Row, resultOf, resultType } from "../schema/results.ts";
import type { Database } from "./open.ts";

export type AppendType = "integer" | "bigint" | "double" | "boolean" | "date" | "varchar" | "varchar[]" | "integer[]";
export type AppendValue = string | number | bigint | boolean | null | readonly (string | number | null)[];

const types: Readonly<Record<AppendType, DuckDBType>> = {
  integer: INTEGER,
  bigint: BIGINT,
  double: DOUBLE,
  boolean: BOOLEAN,
  date: DATE,
  varchar: VARCHAR,
  "varchar[]": LIST(VARCHAR),
  "integer[]": LIST(INTEGER),
};

const stored = (type: AppendType, value: AppendValue | undefined): DuckDBValue => {
  if (value === null || value === undefined) return null;
  if (typeof value === "object") return listValue([...value]);
  if (type === "date") return new DuckDBDateValue(dayNumber(String(value)));
  return type === "bigint" ? BigInt(value) : value;
};

const vectorSize = 2048;

/** Appends whole columns, all of one length, to `table` (`schema.name`, or a temporary table's name). */
export const appendColumns = async (
  db: Database,
  table: string,
  columns: readonly { readonly type: AppendType; readonly values: readonly AppendValue[] }[],
): Promise<void> => {
  const [name = table, schema] = table.split(".").reverse();
  // A temporary table can be filled where the database itself may only be read.
  const appender = await (schema === undefined
    ? db.connection.createAppender(name, "main", "temp")
    : db.connection.createAppender(name, schema));
  const rows = columns[0]?.values.length ?? 0;
  for (let at = 0; at < rows; at += vectorSize) {
    const chunk = DuckDBDataChunk.create(
      columns.map(({ type }) => types[type]),
      Math.min(vectorSize, rows - at),
    );
    chunk.setColumns(
      columns.map(({ type, values }) => values.slice(at, at + vectorSize).map((value) => stored(type, value))),
    );
    appender.appendDataChunk(chunk);
  }
  appender.flushSync();
  appender.closeSync();
};

/** Appends one row per item: what each column takes of it. */
export const appendRows = <T>(
  db: Database,
  table: string,
  items: readonly T[],
  columns: readonly (readonly [AppendType, (item: T, index: number) => AppendValue])[],
): Promise<void> =>
  appendColumns(
    db,
    table,
    columns.map(([type, cellOf]) => ({ type, values: items.map(cellOf) })),
  );

/**
 * Appends rows to a table by the columns that it is made with: `kallrad bigint, celler varchar[]`.
 * @throws Error a row lacks one of them
 */
export const appendFields = <T extends object>(
  db: Database,
  table: string,
  columns: string,
  rows: readonly T[],
): Promise<void> =>
  appendColumns(
    db,
    table,
    columns.split(/,\s*/).map((column) => {
      const [name, type] = column.trim().split(" ") as [keyof T & string, AppendType];
      const valueIn = (row: T): AppendValue => {
        if (!(name in row)) throw new Error(`${table}: a row without ${name}`);
        return row[name] as AppendValue;
      };
      return { type, values: rows.map(valueIn) };
    }),
  );

/** Adds rows to a declared result. */
export const append = <N extends ResultName>(db: Database, name: N, rows: readonly Row<N>[]): Promise<void> => {
  const plain = rows as readonly Readonly<Record<string, string | number | boolean | null>>[];
  const columns = Object.entries(resultOf(name).columns).map(([column, { kind }]) => ({
    type: resultType[kind],
    values: plain.map((row) => row[column] ?? null),
  }));
  return appendColumns(db, `results.${name}`, columns);
};
