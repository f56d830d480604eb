/** What is written of a result is what `show` prints of it: the same text, though DuckDB writes the one and JavaScript the other. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type * as Arrow from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AppendValue, appendColumns } from "../../src/db/append.ts";
import { type Database, furnish, open } from "../../src/db/open.ts";
import { rowsOf } from "../../src/db/rows.ts";
import { declareResults } from "../../src/models/build.ts";
import { asCsv, asJson, writeResults } from "../../src/output/files.ts";
import {
  isKeptInOrder,
  type ResultKind,
  type ResultName,
  resultNames,
  resultOf,
  resultType,
} from "../../src/schema/results.ts";
import { temporaryFolder } from "../folders.ts";
import { random } from "../random.ts";

const { tableFromIPC } = createRequire(import.meta.url)("apache-arrow/Arrow.esnext.min") as typeof Arrow;

const texts = [
  ...[
    "a;b",
    'ett "citat"',
    "=1+1",
    "-5",
    "-5 st",
    "@namn",
    "+46",
    "\ttabb",
    "två\r\nrader",
    "\\ och /",
    "",
    "\u0001",
    "\u2028",
  ],
  ...["ja", "null", "it's", "😀 åäö", "1e5", " "],
];
const numbers = [
  ...[
    0,
    -0,
    5,
    -5,
    0.1 + 0.2,
    1 / 3,
    1e-7,
    1.5e-10,
    0.00001234,
    1e15,
    1e15 + 0.125,
    1e16,
    2 ** 53,
    1.5e20,
    1e21,
    -1e22,
    99.5,
  ],
];
const values: Readonly<Record<ResultKind, readonly AppendValue[]>> = {
  text: texts,
  varde: [
    ...texts,
    "0.85",
    "12.50",
    "2018-04-01",
    "1e-7",
    "007",
    "-0",
    "-3.0",
    "1e21",
    "12345678901234567890",
    "1.",
    ".5",
  ],
  heltal: [0, 1, -1, Number.MAX_SAFE_INTEGER],
  ore: [0, 100, -12_345_678_901],
  antal: numbers,
  tal: numbers,
  datum: ["2018-04-01", "0999-12-31", "2024-02-29"],
  ja_nej: [true, false],
};

/** More rows than DuckDB gives at a time in one result, none in another, a few in the others. */
const many: ResultName = "utsagekontroll";
const none: ResultName = "konsfordelning";
const countOf = (name: ResultName): number => (name === none ? 0 : name === many ? 5000 : 20);

let db: Database;
const folder = temporaryFolder("files");
beforeAll(async () => {
  db = await open(":memory:");
  await furnish(db);
  await declareResults(db);
  const draw = random(1);
  for (const name of resultNames) {
    const { key, columns } = resultOf(name);
    const rows = Array.from({ length: countOf(name) }, (_, i) => i);
    const stored = Object.entries(columns).filter(([column]) => column !== "resultat_id" || !isKeptInOrder(name));
    const cells = stored.map(([column, { kind, nullable }]) => ({
      type: resultType[kind],
      values: rows.map((i): AppendValue => {
        // Keys are told apart, so that the order of the rows is one.
        if (column === key.at(-1) && kind === "text") return `${texts[i % texts.length]}${i}`;
        if (nullable && draw() < 0.2) return null;
        return values[kind][Math.floor(draw() * values[kind].length)] ?? null;
      }),
    }));
    await appendColumns(db, `results.${name}`, cells);
    if (!isKeptInOrder(name)) continue;
    await db.run(`
      create temp table given as select * exclude (resultat_id) from results.${name} order by ${key.join(", ")};
      delete from results.${name}; insert into results.${name} by name from given; drop table given`);
  }
  await writeResults(db, folder, 0);
});
afterAll(() => db.close());

const textOf = (name: ResultName, ending: string): string => readFileSync(join(folder, `${name}.${ending}`), "utf8");
/** Results whose rows the drawn keys put in one order. */
const ordered = resultNames.filter((name) => {
  const { key, columns } = resultOf(name) as { key: readonly string[]; columns: Record<string, { kind: string }> };
  return columns[key.at(-1) ?? ""]?.kind === "text";
});

describe("a written result", () => {
  test("is tried with most of them, one of many rows and one of none", () => {
    expect(ordered.length).toBeGreaterThan(resultNames.length / 2);
    expect(ordered).toContain(many);
    expect(ordered).toContain(none);
  });
  test.each(ordered)("%s has in JSON and CSV the text that show prints", async (name) => {
    const rows = await rowsOf(db, name);
    expect(rows).toHaveLength(countOf(name));
    expect(textOf(name, "json")).toBe(`${JSON.stringify(asJson(name, rows), null, 1)}\n`);
    expect(textOf(name, "csv")).toBe(asCsv(name, rows));
  });
  test.each(ordered)("%s has the same cells in Arrow and Parquet", async (name) => {
    // A zero has no sign in Parquet.
    const plain = (value: unknown): unknown => (typeof value === "bigint" || value === 0 ? Number(value) + 0 : value);
    const columns = Object.entries(resultOf(name).columns);
    const cellsOf = (rows: readonly Readonly<Record<string, unknown>>[]): unknown[][] =>
      columns.map(([column]) => rows.map((row) => plain(row[column])));
    const rows = cellsOf(await rowsOf(db, name));
    const table = tableFromIPC(readFileSync(join(folder, `${name}.arrow`)));
    const asDay = (value: unknown): unknown => value && new Date(Number(value)).toISOString().slice(0, 10);
    const read = columns.map(([column, { kind }]) =>
      [...(table.getChild(column) ?? [])].map((value: unknown) => (kind === "datum" ? asDay(value) : plain(value))),
    );
    expect(read).toEqual(rows);
    expect(cellsOf(await db.rows(`from '${join(folder, `${name}.parquet`)}'`))).toEqual(rows);
  });
});
