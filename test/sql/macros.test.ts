import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { columnLetter, readAddress } from "../../src/schema/address.ts";
import { fold } from "../../src/schema/columns.ts";
import { furnished } from "../database.ts";

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => db.close());

const read = async (expression: string, skrivet: string): Promise<unknown> => {
  const [row] = await db.rows<{ v: unknown }>(
    `select ${expression} as v from (select cast($skrivet as varchar) as x)`,
    { skrivet },
  );
  return row?.v;
};

describe("an amount is read as whole öre, or refused", () => {
  test.each([
    ["310 163 kr", 31016300],
    ["310\u00a0163", 31016300],
    ["310\u202f163,50 kr", 31016350],
    ["125.000,75", 12500075],
    ["1'250", 125000],
    ["1.234.567", 123456700],
    ["−12 000:-", -1200000],
    ["- 500", -50000],
    ["3,5 tkr", 350000],
    ["9,3 mkr", 930000000],
    ["12,5", 1250],
    ["0", 0],
    ["161285 SEK", 16128500],
    ["SEK 1 234", 123400],
    ["kr 500", 50000],
    ["1 234,-", 123400],
    ["1 234:50", 123450],
    ["1 234,50-", -123450],
    ["(1 234,50)", -123450],
    ["(500 kr)", -50000],
    ["–500", -50000],
    ["3,5 kkr", 350000],
    ["9,3 m.kr", 930000000],
    ["2 milj kr", 200000000],
    ["2 miljoner kr", 200000000],
    ["2 mn kr", 200000000],
    ["2,5 msek", 250000000],
    ["12 tsek", 1200000],
    ["12 tusental kronor", 1200000],
  ])("%s is %i öre", async (skrivet, ore) => {
    expect(await read("sv_ore(x, null)", skrivet)).toBe(ore);
  });
  test.each([
    ["1.234", "tvetydigt_tal"],
    ["1,234", "tvetydigt_tal"],
    ["0,125", "ej_hela_oren"],
    ["0,005", "ej_hela_oren"],
    ["12 34", "ogiltigt_belopp"],
    ["tolv", "ogiltigt_belopp"],
    ["5 %", "annan_enhet"],
    ["99 999 999 999 999 999", "for_stort_belopp"],
  ])("%s is refused as %s", async (skrivet, kod) => {
    expect(await read("sv_ore(x, null)", skrivet)).toBeNull();
    expect(await read("sv_ore_fel_ur(sv_last(x), null)", skrivet)).toBe(kod);
  });
  test("a heading in tkr scales a bare number, and a cell's own unit stands over it", async () => {
    expect(await read("sv_ore(x, 'tkr')", "2,5")).toBe(250000);
    expect(await read("sv_ore(x, 'tkr')", "2 500 kr")).toBe(250000);
  });
});

describe("a number, a share", () => {
  test.each([
    ["4,5", 4.5],
    ["1,234", 1.234],
    ["1 000", 1000],
    ["-3", -3],
  ])("%s is %d", async (skrivet, tal) => {
    expect(await read("sv_tal(x)", skrivet)).toBe(tal);
  });
  test.each(["1.234", "7,5 timmar", "3 kr", "1e5", "0,1234567"])("%s is no number", async (skrivet) => {
    expect(await read("sv_tal(x)", skrivet)).toBeNull();
  });
  test("85 % and 0,85 are one share; a heading in percent makes 85 that share too", async () => {
    expect(await read("sv_andel_ur(sv_last(x), null)", "85 %")).toBe(0.85);
    expect(await read("sv_andel_ur(sv_last(x), null)", "0,85")).toBe(0.85);
    expect(await read("sv_andel_ur(sv_last(x), '%')", "85")).toBe(0.85);
  });
});

describe("an id", () => {
  test.each([
    ["17/2-23", "2023-02-17"],
    ["Lördag den 4 mars 2023", "2023-03-04"],
    ["Mars 4, 2023", "2023-03-04"],
    ["_2023-03-04_", "2023-03-04"],
    ["\u00ad4 mars 2023 kl. 13.30", "2023-03-04"],
    ["2024-07-10 kl 13", "2024-07-10"],
    ["5 mars -24", "2024-03-05"],
    ["5/3 2024 kl. 13-15", "2024-03-05"],
    ["5 mars 2024, kl 13.00–15.30", "2024-03-05"],
    ["2024-03-05 13:00-15:00", "2024-03-05"],
  ])("that is a date, %s, is the day", async (skrivet, dag) => {
    expect(await read("tolka_id(x, 0)", skrivet)).toBe(dag);
  });
  test.each(["A12", "möte 2023-03-04", "majmöte", "2023-13-01"])("%s stays as it is written", async (skrivet) => {
    expect(await read("tolka_id(x, 0)", skrivet)).toBe(skrivet);
  });
});

describe("a date is a calendar day", () => {
  test.each([
    ["2023-02-17", "2023-02-17"],
    ["17 feb 2023", "2023-02-17"],
    ["den 17 februari 2023", "2023-02-17"],
    ["17/2-23", "2023-02-17"],
    ["17/2 2023", "2023-02-17"],
    ["230217", "2023-02-17"],
    ["20230217", "2023-02-17"],
    ["680101", "2068-01-01"],
    ["690101", "1969-01-01"],
    ["20240229", "2024-02-29"],
    ["2023-02-17 00:00:00", "2023-02-17"],
    ["2023-02-17 13:30", "2023-02-17"],
    ["2023-02-17T00:00:00", "2023-02-17"],
    ["24-maj-23", "2023-05-24"],
    ["24-jan-25", "2025-01-24"],
    ["24.05.2023", "2023-05-24"],
    ["2023.05.24", "2023-05-24"],
    ["2023-5-4", "2023-05-04"],
    ["13/02/2025", "2025-02-13"],
    ["maj 24, 2023", "2023-05-24"],
    ["2/3 2023", "2023-03-02"],
  ])("%s is %s", async (skrivet, datum) => {
    expect(await read("sv_datum(x)", skrivet)).toBe(datum);
  });
  test.each(["02/03/2023", "2023-02-30", "18991231", "21010101", "2023", "igår", "2023-02-16 11:00:00Z"])(
    "%s is refused",
    async (skrivet) => {
      expect(await read("sv_datum(x)", skrivet)).toBeNull();
    },
  );
  test.each([
    ["02/03/2023", "tvetydigt_datum"],
    ["24-05-23", "tvetydigt_datum"],
    ["31/4/2023", "datum_finns_ej"],
    ["31/4 2023", "datum_finns_ej"],
    ["13/13/2025", "datum_finns_ej"],
    ["1899-12-31", "datum_utanfor"],
    ["21010101", "datum_utanfor"],
    ["45000", "datum_som_tal"],
    ["maj 2023", "period_ej_dag"],
    ["igår", "ogiltigt_datum"],
  ])("%s is refused as %s", async (skrivet, kod) => {
    expect(await read("sv_datum(x)", skrivet)).toBeNull();
    expect(await read("sv_datum_fel_ur(sv_tid(x))", skrivet)).toBe(kod);
  });
});

test.each([
  ["2023", "2023-01-01", "2023-12-31"],
  ["2023M01", "2023-01-01", "2023-01-31"],
  ["jan-23", "2023-01-01", "2023-01-31"],
  ["januari 2023", "2023-01-01", "2023-01-31"],
  ["Kv 1 2023", "2023-01-01", "2023-03-31"],
  ["T1 2023", "2023-01-01", "2023-04-30"],
  ["VT23", "2023-01-01", "2023-06-30"],
  ["2023-W05", "2023-01-30", "2023-02-05"],
  ["2020-W53", "2020-12-28", "2021-01-03"],
  ["2023-W53", null, null],
  ["jan-mar 2023", "2023-01-01", "2023-03-31"],
  ["2022-2023", "2022-01-01", "2023-12-31"],
  ["2023-03 till 2023-01", null, null],
])("the period %s is from %s to %s", async (skrivet, fran, till) => {
  expect([await read("sv_period(x).fran", skrivet), await read("sv_period(x).till", skrivet)]).toEqual([fran, till]);
});

describe("words", () => {
  test.each(["", " ", "-", "–", "--", "..", "…", "i.u.", "n/a", "Vet ej", "Uppgift saknas", "\u00a0"])(
    "%j is missing",
    async (skrivet) => {
      expect(await read("sv_saknas(x)", skrivet)).toBe(true);
    },
  );
  test.each(["0", "nej", "x"])("%j is not missing", async (skrivet) => {
    expect(await read("sv_saknas(x)", skrivet)).toBe(false);
  });
  test.each([
    ["Ja", true],
    ["X", true],
    ["1", true],
    ["sant", true],
    ["n", false],
    ["falskt", false],
    ["0", false],
    ["kanske", null],
  ])("%s is %s", async (skrivet, varde) => {
    expect(await read("sv_ja_nej(x)", skrivet)).toBe(varde);
  });
  test.each(["Närvaro-antal", "Återförda medel", "CAFÉ_1", "Ærø Øst", "Mötes typ (kr)"])(
    "SQL and TypeScript fold %s alike",
    async (skrivet) => {
      expect(await read("sv_vik(x)", skrivet)).toBe(fold(skrivet));
    },
  );
  test.each([
    [0, "A"],
    [25, "Z"],
    [26, "AA"],
    [701, "ZZ"],
    [702, "AAA"],
    [16_383, "XFD"],
  ])("column %i is %s, as Excel shows it, in SQL and TypeScript, and is read so", async (nr, bokstav) => {
    expect([await read(`kolumnbokstav(${nr})`, ""), columnLetter(nr)]).toEqual([bokstav, bokstav]);
    expect([readAddress(`${bokstav}12`), readAddress(`$${bokstav}$12`)]).toEqual([
      { cell: nr, rad: 12 },
      { cell: nr, rad: 12 },
    ]);
  });
});

describe("exact arithmetic", () => {
  test.each([
    [7, 2, 3],
    [-7, 2, -4],
    [-8, 2, -4],
    [0, 3, 0],
  ])("%i over %i floors to %i, towards minus infinity", async (a, b, golv) => {
    expect(await read(`golvdel(${a}, ${b})`, "")).toBe(golv);
  });
  test.each([
    [5, 2, 3],
    [-5, 2, -3],
    [4, 3, 1],
  ])("%i over %i rounds to %i, half away from zero", async (a, b, rundat) => {
    expect(await read(`avrunda_del(${a}, ${b})`, "")).toBe(rundat);
  });
});
