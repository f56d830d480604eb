/** Rows as Arrow: what charts draw from and what R and Python read. */
import { createRequire } from "node:module";
import type * as Arrow from "apache-arrow";
import { type ResultKind, type ResultName, type Row, resultOf } from "../schema/results.ts";

// The package's own bundle, one file: each of its 146 modules takes its time to load.
const {
  Bool,
  DateDay,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableToIPC,
  Utf8,
  vectorFromArray,
} = createRequire(import.meta.url)("apache-arrow/Arrow.esnext.min") as typeof Arrow;

const types: Readonly<Record<ResultKind, () => Arrow.DataType>> = {
  text: () => new Utf8(),
  varde: () => new Utf8(),
  heltal: () => new Int64(),
  ore: () => new Int64(),
  antal: () => new Float64(),
  tal: () => new Float64(),
  datum: () => new DateDay(),
  ja_nej: () => new Bool(),
};

type Cell = string | number | boolean | null;

const cell = (kind: ResultKind, value: Cell): Cell | bigint | Date => {
  if (value === null) return null;
  if (kind === "heltal" || kind === "ore") return BigInt(value);
  return kind === "datum" ? new Date(`${value}T00:00:00Z`) : value;
};

/** A result's rows as an Arrow table: the declared columns, in order, with their types, also when there are no rows. */
export const arrowTable = <N extends ResultName>(name: N, rows: readonly Row<N>[]): Arrow.Table => {
  const columns = Object.entries(resultOf(name).columns);
  const fields = columns.map(([column, { kind, nullable }]) => new Field(column, types[kind](), nullable ?? false));
  const plain = rows as readonly Readonly<Record<string, Cell>>[];
  const vectors = columns.map(
    ([column, { kind }]) =>
      vectorFromArray(
        plain.map((row) => cell(kind, row[column] ?? null)),
        types[kind](),
      ) as Arrow.Vector,
  );
  const schema = new Schema(fields);
  const children = vectors.flatMap((vector) => vector.data.slice(0, 1));
  const data = makeData({ type: new Struct(fields), length: rows.length, nullCount: 0, children });
  return new Table(schema, new RecordBatch(schema, data));
};

/** Tables of the same columns as one file, a batch each. */
export const arrowBytes = ([first, ...rest]: readonly Arrow.Table[]): Uint8Array =>
  tableToIPC(first === undefined || rest.length === 0 ? (first ?? new Table()) : first.concat(...rest), "file");
