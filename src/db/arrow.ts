/** Rows as Arrow: what R and Python read. */
import { closeSync, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { DuckDBDateValue, DuckDBValue } from "@duckdb/node-api";
import type * as Arrow from "apache-arrow";
import { type ResultKind, type ResultName, resultOf } from "../schema/results.ts";
import type { Database } from "./open.ts";

// The package's own bundle, one file: each of its 146 modules takes its time to load.
const {
  Bool,
  DateDay,
  Field,
  Float64,
  Int64,
  makeData,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
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

/** Texts as Arrow keeps them: their bytes one after another, and where each begins. */
const textData = (texts: readonly (string | null)[]): Arrow.Data => {
  const valueOffsets = new Int32Array(texts.length + 1);
  const nullBitmap = new Uint8Array(((texts.length + 511) >> 9) << 6);
  let [end, nullCount] = [0, 0];
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i] ?? null;
    if (text === null) nullCount++;
    else {
      end += Buffer.byteLength(text);
      nullBitmap[i >> 3] = (nullBitmap[i >> 3] ?? 0) | (1 << (i & 7));
    }
    valueOffsets[i + 1] = end;
  }
  const nulls = nullCount > 0 ? { nullBitmap } : {};
  return makeData({
    type: new Utf8(),
    length: texts.length,
    nullCount,
    valueOffsets,
    data: Buffer.from(texts.join("")),
    ...nulls,
  });
};

/** Values of one column, as DuckDB gives them. */
const columnData = (type: Arrow.DataType, values: readonly DuckDBValue[]): Arrow.Data => {
  if (type instanceof Utf8) return textData(values as readonly (string | null)[]);
  const days = (value: DuckDBValue): number | null =>
    value === null ? null : (value as DuckDBDateValue).days * 86_400_000;
  return vectorFromArray(type instanceof DateDay ? values.map(days) : values, type).data[0] as Arrow.Data;
};

/**
 * Writes a result's rows to an Arrow file: the declared columns, in order, with their types, also when there are no rows. What
 * DuckDB gives at a time is a batch, and more than one is never held.
 * @param rows what they are read from
 */
export const writeArrow = async (db: Database, name: ResultName, rows: string, path: string): Promise<void> => {
  const fields = Object.entries(resultOf(name).columns).map(
    ([column, { kind, nullable }]) => new Field(column, types[kind](), nullable ?? false),
  );
  const schema = new Schema(fields);
  const writer = new RecordBatchFileWriter();
  const writeBatch = (columns: readonly (readonly DuckDBValue[])[], length: number): void => {
    const children = fields.map(({ type }, at) => columnData(type, columns[at] ?? []));
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
  };
  const readBatches = async (): Promise<void> => {
    const names = fields.map((field) => `"${field.name}"`).join(", ");
    const result = await db.connection.stream(`select ${names} from ${rows}`);
    let chunk = await result.fetchChunk();
    if (!chunk?.rowCount) writeBatch([], 0);
    for (; chunk?.rowCount; chunk = await result.fetchChunk()) writeBatch(chunk.getColumns(), chunk.rowCount);
    writer.finish();
  };
  const writeBytes = async (): Promise<void> => {
    const file = openSync(path, "w");
    for await (const bytes of writer) writeSync(file, bytes);
    closeSync(file);
  };
  await Promise.all([readBatches(), writeBytes()]);
};
