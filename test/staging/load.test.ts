// Most rows of a large delivery are loaded by the plain forms of their cells, all others by the macros: which it is may show nowhere.
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendColumns } from "../../src/db/append.ts";
import { type Database, open } from "../../src/db/open.ts";
import { openArchive } from "../../src/inbox/archive.ts";
import { ingest } from "../../src/inbox/ingest.ts";
import type { Column, Kind } from "../../src/schema/columns.ts";
import { plainCell } from "../../src/schema/reading.ts";
import { type DatasetName, datasetNames, datasetOf } from "../../src/schema/tables.ts";
import { correct } from "../../src/staging/corrections.ts";
import { load } from "../../src/staging/load.ts";
import { furnished } from "../database.ts";

const today = "2025-01-01";

interface Table {
  readonly dataset: DatasetName;
  readonly rows: readonly (readonly string[])[];
  readonly units?: readonly string[];
}

/** What is loaded of tables that have every column of their dataset, and what is found wrong with them. */
const loaded = async (tables: readonly Table[], plainFrom: number): Promise<Record<string, unknown[]>> => {
  const db = await furnished();
  try {
    const nowhere = join(tmpdir(), "finsam-no-archive");
    await ingest(db, openArchive(nowhere, nowhere), [], { today });
    let kallrad = 0;
    for (const [tabell, { dataset, rows, units }] of tables.entries()) {
      const columns = Object.keys(datasetOf(dataset).columns);
      await db.run(
        `insert into inbox.tabell (tabell_id, dataset, rader, positioner, enheter, avvisad)
         select $tabell, $dataset, $rader, range(1, $antal + 1), string_split($enheter, ';'), false`,
        {
          tabell,
          dataset,
          rader: rows.length,
          antal: columns.length,
          enheter: columns.map((_, i) => units?.[i] ?? "").join(";"),
        },
      );
      await appendColumns(db, "inbox.rad", [
        { type: "bigint", values: rows.map(() => ++kallrad) },
        { type: "integer", values: rows.map(() => tabell) },
        { type: "integer", values: rows.map((_, i) => i + 2) },
        { type: "varchar", values: rows.map(() => null) },
        { type: "varchar[]", values: rows },
      ]);
    }
    await correct(db, [], () => false, today);
    await load(db, plainFrom);
    const found = await Promise.all(
      [...new Set(tables.map(({ dataset }) => dataset))].map(
        async (dataset) => [dataset, await db.rows(`select * from staging.${dataset} order by kallrad`)] as const,
      ),
    );
    return { ...Object.fromEntries(found), fynd: await db.rows("select * from checks.fynd order by all") };
  } finally {
    db.close();
  }
};

describe("a plain form", () => {
  let db: Database;
  beforeAll(async () => {
    db = await open(":memory:");
  });
  afterAll(() => db.close());
  const read = async (
    readable: Pick<Column, "kind" | "values">,
    written: string,
    unit: string | null = null,
  ): Promise<unknown> => {
    const [row] = await db.rows<{ v: unknown }>(
      `select ${plainCell(readable, "c0", "u0")} as v from (select $written as c0, cast($unit as varchar) as u0)`,
      { written, unit },
    );
    return row?.v;
  };
  test.each<[Kind, string, unknown]>([
    ["id", "insats-1", "insats-1"],
    ["text", "Möte – ”justerat”, 1,5 %", "Möte – ”justerat”, 1,5 %"],
    ["kod", "Ökad takt", "okad_takt"],
    ["ja_nej", "Ja", true],
    ["ja_nej", "n", false],
    ["heltal", "-12", -12],
    ["tal", "4,5", 4.5],
    ["tal", "4.5", 4.5],
    ["andel", "0,85", 0.85],
    ["kr", "310163", 31016300],
    ["kr", "12 500,50", 1250050],
    ["kr", "1\u00a0250\u00a0000 kr", 125000000],
    ["kr", "-12,5", -1250],
    ["datum", "2024-02-29", "2024-02-29"],
    ["ar", "2024", 2024],
  ])("of %s reads %j as %j", async (kind, written, value) => {
    expect(await read({ kind }, written)).toBe(value);
  });
  test.each<[Kind, string]>([
    ["id", " a"],
    ["id", "a\u00a0"],
    ["id", "a\u200bb"],
    ["text", "-"],
    ["text", "Uppgift saknas"],
    ["kod", "Uppgift saknas"],
    ["kod", "a  b"],
    ["ja_nej", "kanske"],
    ["heltal", "1234567890123456"],
    ["tal", "1.234"],
    ["tal", "0,1234567"],
    ["andel", "85 %"],
    ["kr", "1.234"],
    ["kr", "1,234"],
    ["kr", "12 34"],
    ["kr", "3,5 tkr"],
    ["datum", "2023-02-30"],
    ["datum", "2101-01-01"],
    ["datum", "02/03/2023"],
    ["ar", "23"],
  ])("of %s leaves %j to the macros", async (kind, written) => {
    expect(await read({ kind }, written)).toBeNull();
  });
  test("of an amount or a share leaves a heading's unit to the macros, and of a word gives its value", async () => {
    expect(await read({ kind: "kr" }, "5", "tkr")).toBeNull();
    expect(await read({ kind: "andel" }, "1", "%")).toBeNull();
    expect(await read({ kind: "kr" }, "5", "kr")).toBe(500);
    const values = { kvinna: ["K"], man: ["män"] };
    expect(await read({ kind: "val", values }, "k")).toBe("kvinna");
    expect(await read({ kind: "val", values }, "MÄN")).toBe("man");
    expect(await read({ kind: "val", values }, "barn")).toBeNull();
  });
});

const ids = fc.constantFrom("a", "b", "c", "A", "a ", "\u00a0b", "a\u00ad", "å", "-", "");
const missing = fc.constantFrom("", " ", "-", "–", "..", "…", "Uppgift saknas", "vet ej", "n/a", "<5", "x");
const digits = (most: number): fc.Arbitrary<string> =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: most }).map((some) => some.join(""));
const number = fc
  .tuple(
    fc.constantFrom("", "", "-", "−", "+"),
    fc.oneof(
      digits(4),
      digits(17),
      fc
        .tuple(fc.integer({ min: 0, max: 99_999_999 }), fc.constantFrom(" ", "\u00a0", "\u202f", ".", ",", "'"))
        .map(([whole, by]) => String(whole).replace(/\B(?=(\d{3})+$)/g, by)),
    ),
    fc.oneof(
      fc.constant(""),
      fc.tuple(fc.constantFrom(",", "."), digits(8)).map((two) => two.join("")),
    ),
    fc.constantFrom("", "", "", " kr", "kr", " tkr", " %", "e5", " "),
  )
  .map((parts) => parts.join(""));
const date = fc
  .tuple(
    fc.integer({ min: 1890, max: 2110 }),
    fc.integer({ min: 1, max: 13 }),
    fc.integer({ min: 1, max: 32 }),
    fc.constantFrom(
      "y-m-d",
      "y-m-d",
      "y-m-d",
      "ymd",
      "d/m y",
      "d/m/y",
      "y-m-d 00:00",
      "y",
      "y-m",
      "ym",
      "y-m-d till y-m-d",
    ),
  )
  .map(([year, month, day, form]) =>
    form
      .replaceAll("y", String(year))
      .replace(/m(?!e)/g, String(month).padStart(2, "0"))
      .replace(/d(?!a)/g, String(day).padStart(2, "0")),
  );
const word = fc.constantFrom(
  "Samverkan",
  "samverkan",
  "ej känt",
  "Ökad takt",
  "a_b",
  "sysselsattning_efter",
  "Sysselsättning efter",
  "Jobb",
  "a  b",
  "K",
  "\u212a",
  "İ",
  "o\u0308",
);
const text = fc.oneof(
  word,
  fc.string({ unit: "grapheme", maxLength: 12 }),
  fc.constantFrom("rad\nrad", "slut ", "(a)"),
);

const cellOf = ({ kind, values, refers }: Column): fc.Arbitrary<string> => {
  const written: Readonly<Partial<Record<string, fc.Arbitrary<string>>>> = {
    id: refers ? fc.constantFrom("a", "a", "b", "c ") : ids,
    text,
    kod: word,
    val: fc
      .constantFrom(...Object.entries(values ?? { x: [] }).flatMap(([value, others]) => [value, ...others]))
      .chain((value) => fc.constantFrom(value, value.toUpperCase(), `${value} `)),
    ja_nej: fc.constantFrom("ja", "Ja", "NEJ", "x", "0", "sant", "kanske"),
    datum: date,
    ar: fc.constantFrom("2023", "2024", "1899", "2100", " 2023", "23"),
  };
  return fc.oneof(
    { weight: 40, arbitrary: written[kind] ?? number },
    { weight: 2, arbitrary: missing },
    { weight: 1, arbitrary: fc.oneof(number, date, text) },
  );
};

const tableOf = (dataset: DatasetName): fc.Arbitrary<Table> => {
  const columns = Object.values(datasetOf(dataset).columns);
  return fc.record({
    dataset: fc.constant(dataset),
    rows: fc.array(fc.tuple(...columns.map(cellOf)), { minLength: 20, maxLength: 40 }),
    units: fc.tuple(...columns.map(() => fc.constantFrom("", "", "", "kr", "tkr", "%"))),
  });
};

/** Rows that the others refer to. */
const known: readonly Table[] = (["forbund", "insats", "part", "mote"] as const).map((dataset) => ({
  dataset,
  rows: ["a", "b"].map((id) =>
    Object.entries(datasetOf(dataset).columns).map(([column, { kind, required, values }]) =>
      column.endsWith("_id")
        ? id
        : required
          ? kind === "datum"
            ? "2023-05-17"
            : (Object.keys(values ?? {})[0] ?? "x")
          : "",
    ),
  ),
}));

describe("a row is loaded, or refused for the same reasons, whether plain forms are tried or not", () => {
  test("of any dataset, however its cells are written", async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(fc.tuple(...datasetNames.map(tableOf)), async (some) => {
        const tables = [...known, ...some];
        const plain = await loaded(tables, 1);
        expect(plain).toEqual(await loaded(tables, Number.POSITIVE_INFINITY));
        rows += datasetNames.reduce((sum, name) => sum + (plain[name]?.length ?? 0), 0);
      }),
      { numRuns: 4, seed: 13 },
    );
    expect(rows).toBeGreaterThan(300);
  });
  test("each reason, by one row of an invoice register", async () => {
    const columns = Object.keys(datasetOf("faktura").columns);
    const own = { insats_id: "a", faktura_id: "1", fran: "2023-01-01", till: "2023-01-31", timmar: "8" };
    const invoice = (faktura: string, cells: Readonly<Record<string, string>>): string[] => {
      const row: Readonly<Record<string, string>> = { ...own, faktura_id: faktura, ...cells };
      return columns.map((column) => row[column] ?? "");
    };
    const faktura = [
      invoice("1", {}),
      invoice("1", {}),
      invoice("2", { insats_id: "z" }),
      invoice("3", { timmar: "" }),
      invoice("4", { belopp: "500" }),
      invoice("5", { till: "2022-12-31" }),
      invoice("6", { fran: "02/03/2023" }),
      invoice("7", { belopp: "0,125", forbund_id: "a" }),
      invoice("8", { belopp: "1 500,50", forbund_id: "a" }),
    ];
    for (const plainFrom of [1, Number.POSITIVE_INFINITY]) {
      const result = await loaded([...known, { dataset: "faktura", rows: faktura }], plainFrom);
      expect(result.faktura).toMatchObject([
        { faktura_id: "1", timmar: 8, belopp_ore: null },
        { faktura_id: "1", timmar: 8, belopp_ore: null },
        { faktura_id: "8", timmar: 8, belopp_ore: 150050 },
      ]);
      expect(
        (result.fynd as { rad: number; kod: string; varde: string | null }[]).map(({ rad, kod, varde }) => [
          rad,
          kod,
          varde,
        ]),
      ).toEqual([
        [4, "okand_referens", "z"],
        [5, "inget_varde", null],
        [6, "kraver_varde", null],
        [7, "bakvand_period", "2022-12-31"],
        [8, "tvetydigt_datum", "02/03/2023"],
        [9, "ej_hela_oren", "0,125"],
      ]);
    }
  });
});
