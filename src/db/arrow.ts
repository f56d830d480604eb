/** Rows as Arrow: what R and Python read. */
import { closeSync, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { DuckDBBlobValue, DuckDBDateValue, DuckDBListValue, DuckDBValue } from "@duckdb/node-api";
import type * as Arrow from "apache-arrow";
import { type ResultKind, type ResultName, resultOf } from "../schema/results.ts";
import type { Database } from "./open.ts";

// The package's own bundle, one file: each of its 146 modules takes its time to load.
const { Bool, DateDay, Field, Float64, Int64, makeData, RecordBatch, RecordBatchFileWriter, Schema, Struct, Utf8 } =
  createRequire(import.meta.url)("apache-arrow/Arrow.esnext.min") as typeof Arrow;

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

const bitmapOf = (length: number): Uint8Array => new Uint8Array(((length + 511) >> 9) << 6);
const setBit = (bitmap: Uint8Array, i: number): void => {
  bitmap[i >> 3] = (bitmap[i >> 3] ?? 0) | (1 << (i & 7));
};

/** Texts as Arrow keeps them: their bytes one after another, and where each begins. @param lengths in bytes; less than 0 of none */
const textData = (data: Uint8Array, lengths: readonly number[]): Arrow.Data => {
  const { length } = lengths;
  const valueOffsets = new Int32Array(length + 1);
  const nullBitmap = bitmapOf(length);
  let [end, nullCount] = [0, 0];
  for (const [i, own] of lengths.entries()) {
    if (own < 0) nullCount++;
    else {
      end += own;
      setBit(nullBitmap, i);
    }
    valueOffsets[i + 1] = end;
  }
  return makeData({ type: new Utf8(), length, nullCount, valueOffsets, data, ...(nullCount > 0 && { nullBitmap }) });
};

/** Values of one column, as DuckDB gives them. */
const columnData = (type: Arrow.DataType, values: readonly DuckDBValue[]): Arrow.Data => {
  const { length } = values;
  if (type instanceof Utf8) {
    const texts = values as readonly (string | null)[];
    return textData(
      Buffer.from(texts.join("")),
      texts.map((text) => (text === null ? -1 : Buffer.byteLength(text))),
    );
  }
  const nullBitmap = bitmapOf(length);
  let nullCount = 0;
  const fill = (set: (i: number, value: DuckDBValue) => void): void => {
    for (const [i, value] of values.entries()) {
      if (value === null) nullCount++;
      else {
        setBit(nullBitmap, i);
        set(i, value);
      }
    }
  };
  const made = <T extends Arrow.DataType>(own: T, data: T["TArray"]): Arrow.Data =>
    makeData({ type: own, length, nullCount, data, ...(nullCount > 0 && { nullBitmap }) } as never);
  if (type instanceof Bool) {
    const bits = bitmapOf(length);
    fill((i, value) => value && setBit(bits, i));
    return made(type, bits);
  }
  if (type instanceof Int64) {
    const whole = new BigInt64Array(length);
    fill((i, value) => {
      whole[i] = value as bigint;
    });
    return made(type, whole);
  }
  if (type instanceof DateDay) {
    const days = new Int32Array(length);
    fill((i, value) => {
      days[i] = (value as DuckDBDateValue).days;
    });
    return made(type, days);
  }
  const numbers = new Float64Array(length);
  fill((i, value) => {
    numbers[i] = value as number;
  });
  return made(type, numbers);
};

const batchRows = 20_480;

/** Some rows as DuckDB packs them: of a text its bytes and their lengths, so that no text is made here; else a list. */
const packedSql = ({ name, type }: Arrow.Field): string =>
  type instanceof Utf8
    ? `encode(string_agg(coalesce("${name}", ''), '')), list(cast(coalesce(strlen("${name}"), -1) as integer))`
    : `list("${name}")`;

/**
 * Writes a result's rows to an Arrow file: the declared columns, in order, with their types, also when there are no rows. What
 * DuckDB gives at a time is a batch, and more than one is never held.
 * @param rows what they are read from
 * @param count how many they are, where that is a table of many: then one thread has to read it, in order
 */
export const writeArrow = async (
  db: Database,
  name: ResultName,
  rows: string,
  path: string,
  count = 0,
): Promise<void> => {
  const fields = Object.entries(resultOf(name).columns).map(
    ([column, { kind, nullable }]) => new Field(column, types[kind](), nullable ?? false),
  );
  const schema = new Schema(fields);
  const writer = new RecordBatchFileWriter();
  const write = (children: Arrow.Data[], length: number): void => {
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
  };
  const writeChunk = (columns: readonly (readonly DuckDBValue[])[], length: number): void =>
    write(
      fields.map(({ type }, at) => columnData(type, columns[at] ?? [])),
      length,
    );
  const writePacked = (columns: readonly DuckDBValue[]): void => {
    const left = [...columns];
    const list = (): readonly DuckDBValue[] => (left.shift() as DuckDBListValue).items;
    const children = fields.map(({ type }) =>
      type instanceof Utf8
        ? textData((left.shift() as DuckDBBlobValue).bytes, list() as readonly number[])
        : columnData(type, list()),
    );
    write(children, children[0]?.length ?? 0);
  };
  const readPacked = async (): Promise<void> => {
    const packed = fields.map(packedSql).join(", ");
    for (let at = 0; at < count; at += batchRows) {
      const batch = `select ${packed} from ${rows} where rowid >= ${at} and rowid < ${at + batchRows}`;
      (await db.connection.runAndReadAll(batch)).getRows().forEach(writePacked);
    }
  };
  const readChunks = async (): Promise<void> => {
    const result = await db.connection.stream(
      `select ${fields.map((field) => `"${field.name}"`).join(", ")} from ${rows}`,
    );
    let chunk = await result.fetchChunk();
    if (!chunk?.rowCount) writeChunk([], 0);
    for (; chunk?.rowCount; chunk = await result.fetchChunk()) writeChunk(chunk.getColumns(), chunk.rowCount);
  };
  const readBatches = async (): Promise<void> => {
    await (count > 0 ? readPacked() : readChunks());
    writer.finish();
  };
  const writeBytes = async (): Promise<void> => {
    const file = openSync(path, "w");
    for await (const bytes of writer) writeSync(file, bytes);
    closeSync(file);
  };
  await Promise.all([readBatches(), writeBytes()]);
};
