/** Rows as Arrow: what R and Python read. */
import { closeSync, openSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import type { DuckDBBlobValue, DuckDBDataChunk } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
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
const textData = (data: Uint8Array, lengths: ArrayLike<number>): Arrow.Data => {
  const { length } = lengths;
  const valueOffsets = new Int32Array(length + 1);
  const nullBitmap = bitmapOf(length);
  let [end, nullCount] = [0, 0];
  for (let i = 0; i < length; i++) {
    const own = lengths[i] ?? -1;
    if (own < 0) nullCount++;
    else {
      end += own;
      setBit(nullBitmap, i);
    }
    valueOffsets[i + 1] = end;
  }
  return makeData({ type: new Utf8(), length, nullCount, valueOffsets, data, ...(nullCount > 0 && { nullBitmap }) });
};

type Cells = BigInt64Array | Float64Array | Int32Array | Uint8Array;

/** Cells of one type in memory: DuckDB holds them as Arrow does, except that a ja_nej takes a byte. Of a text it is the length. */
const cellsFor = (type: Arrow.DataType, length: number): Cells => {
  if (type instanceof Bool) return new Uint8Array(length);
  if (type instanceof Int64) return new BigInt64Array(length);
  return type instanceof Float64 ? new Float64Array(length) : new Int32Array(length);
};

const rowsIn = (chunks: readonly DuckDBDataChunk[]): number => chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);

/** A column of chunks that is no text. No value is made of a cell: its bytes are copied, and none are 0. */
const copyColumn = (type: Arrow.DataType, chunks: readonly DuckDBDataChunk[], column: number) => {
  const length = rowsIn(chunks);
  const cells = cellsFor(type, length);
  const bytes = new Uint8Array(cells.buffer);
  const nullBitmap = bitmapOf(length);
  let [at, nullCount] = [0, 0];
  for (const { chunk, rowCount } of chunks) {
    const vector = duckdb.data_chunk_get_vector(chunk, column);
    const width = cells.BYTES_PER_ELEMENT;
    bytes.set(duckdb.vector_get_data(vector, rowCount * width), at * width);
    // Without it each is valid.
    const valid: Uint8Array | null = duckdb.vector_get_validity(vector, Math.ceil(rowCount / 64) * 8);
    for (let row = 0; row < rowCount; row++, at++) {
      if (valid === null || ((valid[row >> 3] ?? 0) >> (row & 7)) & 1) setBit(nullBitmap, at);
      else {
        bytes.fill(0, at * width, (at + 1) * width);
        nullCount++;
      }
    }
  }
  return { cells, length, nullCount, ...(nullCount > 0 && { nullBitmap }) };
};

const columnData = (type: Arrow.DataType, chunks: readonly DuckDBDataChunk[], column: number): Arrow.Data => {
  const { cells, ...rest } = copyColumn(type, chunks, column);
  if (!(type instanceof Bool)) return makeData({ type, ...rest, data: cells } as never);
  const data = bitmapOf(rest.length);
  for (const [i, cell] of cells.entries()) if (cell) setBit(data, i);
  return makeData({ type, ...rest, data });
};

const batchRows = 61_440;

/**
 * Writes a result's rows to an Arrow file: the declared columns, in order, with their types, also when there are no rows. What
 * DuckDB gives at a time is a batch, and more than one is never held.
 * @param rows what they are read from
 * @param count how many they are
 * @param isTable whether that is a table of many: then one thread has to read it, in order
 */
export const writeArrow = async (
  db: Database,
  name: ResultName,
  rows: string,
  path: string,
  count: number,
  isTable: boolean,
): Promise<void> => {
  const fields = Object.entries(resultOf(name).columns).map(
    ([column, { kind, nullable }]) => new Field(column, types[kind](), nullable ?? false),
  );
  const schema = new Schema(fields);
  const writer = new RecordBatchFileWriter();
  const write = (length: number, childOf: (type: Arrow.DataType, column: number) => Arrow.Data): void => {
    const children = fields.map(({ type }, column) => childOf(type, column));
    writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), length, nullCount: 0, children })));
  };
  const readChunks = async (select: string): Promise<DuckDBDataChunk[]> =>
    (await (await db.connection.stream(select)).fetchAllChunks()).filter(({ rowCount }) => rowCount > 0);
  /** Some rows of a table. DuckDB puts the texts of a column together, so that no text is made here. */
  const writeSome = async (where: string): Promise<void> => {
    const isText = ({ type }: Arrow.Field): boolean => type instanceof Utf8;
    const cells = fields.map((field) =>
      isText(field) ? `cast(coalesce(strlen("${field.name}"), -1) as integer)` : `"${field.name}"`,
    );
    const chunks = await readChunks(`select ${cells.join(", ")} from ${rows} ${where}`);
    const texts = fields.filter(isText).map((field) => `encode(string_agg("${field.name}", ''))`);
    const [packed = []] = (
      await db.connection.runAndReadAll(`select ${texts.join(", ")} from ${rows} ${where}`)
    ).getRows();
    write(rowsIn(chunks), (type, column) =>
      type instanceof Utf8
        ? textData(
            (packed.shift() as DuckDBBlobValue | null)?.bytes ?? new Uint8Array(),
            copyColumn(type, chunks, column).cells as Int32Array,
          )
        : columnData(type, chunks, column),
    );
  };
  const writeFew = (chunk: DuckDBDataChunk): void =>
    write(chunk.rowCount, (type, column) => {
      if (!(type instanceof Utf8)) return columnData(type, [chunk], column);
      const values = chunk.getColumnValues(column) as (string | null)[];
      const lengths = values.map((value) => (value === null ? -1 : Buffer.byteLength(value)));
      return textData(Buffer.from(values.join("")), lengths);
    });
  const readBatches = async (): Promise<void> => {
    if (count === 0)
      write(0, (type) => (type instanceof Utf8 ? textData(new Uint8Array(), []) : columnData(type, [], 0)));
    else if (isTable)
      for (let at = 0; at < count; at += batchRows)
        await writeSome(`where rowid >= ${at} and rowid < ${at + batchRows}`);
    else
      (await readChunks(`select ${fields.map((field) => `"${field.name}"`).join(", ")} from ${rows}`)).forEach(
        writeFew,
      );
    writer.finish();
  };
  const writeBytes = async (): Promise<void> => {
    const file = openSync(path, "w");
    for await (const bytes of writer) writeSync(file, bytes);
    closeSync(file);
  };
  await Promise.all([readBatches(), writeBytes()]);
};
