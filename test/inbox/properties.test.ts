/** What is printed is read back as it was. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { readText } from "../../src/inbox/csv.ts";
import { certain, digits, serialDate } from "../../src/inbox/formats.ts";
import { isoDay } from "../../src/schema/days.ts";
import { kronor, number } from "../../src/schema/swedish.ts";
import { furnished } from "../database.ts";

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => {
  db.close();
});

/** Reads many texts by one expression of `x`. */
const readAll = async (sql: string, texts: readonly string[]): Promise<unknown[]> => {
  const rows = await db.rows<{ nr: number; y: unknown }>(
    `select nr, ${sql} as y from (select unnest(from_json($texts, '["VARCHAR"]')) as x, generate_subscripts(from_json($texts, '["VARCHAR"]'), 1) as nr) order by nr`,
    { texts: JSON.stringify(texts) },
  );
  return rows.map(({ y }) => y);
};

const many = <T>(arbitrary: fc.Arbitrary<T>): T[] => fc.sample(arbitrary, { numRuns: 400, seed: 20231117 });
const day = fc.integer({ min: -25_567, max: 47_846 }).map(isoDay);

describe("print, then parse, is the identity", () => {
  test("for amounts, as reports print them", async () => {
    const ore = many(fc.integer({ min: -(10 ** 14), max: 10 ** 14 }));
    expect(await readAll("sv_ore(x, null)", ore.map(kronor))).toEqual(ore);
  });
  test("for whole numbers and decimals, as reports print them", async () => {
    const whole = many(fc.integer());
    expect(
      await readAll(
        "sv_heltal_ur(sv_last(x))",
        whole.map((n) => number(n)),
      ),
    ).toEqual(whole);
    const decimals = many(fc.integer({ min: -(10 ** 9), max: 10 ** 9 })).map((n) => n / 100);
    expect(
      await readAll(
        "sv_tal(x)",
        decimals.map((n) => number(n)),
      ),
    ).toEqual(decimals);
  });
  test("for a workbook's numbers: no number of a cell can be read two ways", async () => {
    const numbers = many(fc.integer({ min: -(10 ** 12), max: 10 ** 12 })).flatMap((n) => [n / 1000, n / 10 ** 6]);
    expect(
      await readAll(
        "sv_tal(x)",
        numbers.map((n) => certain(digits(n))),
      ),
    ).toEqual(numbers.map((n) => Number(n.toPrecision(15))));
  });
  test.each([
    ["ISO", (iso: string) => iso],
    ["eight digits", (iso: string) => iso.replaceAll("-", "")],
    [
      "words",
      (iso: string) =>
        `${Number(iso.slice(8))} ${["jan", "februari", "mars", "apr", "maj", "juni", "juli", "aug", "sept", "oktober", "nov", "dec"][Number(iso.slice(5, 7)) - 1]} ${iso.slice(0, 4)}`,
    ],
    ["day/month year", (iso: string) => `${Number(iso.slice(8))}/${Number(iso.slice(5, 7))} ${iso.slice(0, 4)}`],
  ])("for dates as %s", async (_, print) => {
    const days = many(day);
    expect(await readAll("sv_datum(x)", days.map(print))).toEqual(days);
  });
  test("for the serials of both date systems", () => {
    const serials = many(fc.integer({ min: 61, max: 73_415 }));
    const days = (iso: string | undefined): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
    expect(serials.map((n) => days(serialDate(n, 1900)) + 25_569)).toEqual(serials);
    expect(serials.map((n) => days(serialDate(n, 1904)) + 24_107)).toEqual(serials);
    expect([1, 59, 60, 61].map((n) => serialDate(n, 1900))).toEqual([
      "1900-01-01",
      "1900-02-28",
      "1900-02-29",
      "1900-03-01",
    ]);
  });
  test("for the cells of a text table, whatever stands in them", () => {
    const cell = fc.string({ unit: fc.constantFrom(..."abcåäö 0123,.;\"\n\r\t|'-") });
    const row = fc.array(cell, { minLength: 2, maxLength: 6 });
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.constantFrom(";", ",", "|", "tab"),
        fc.constantFrom("\n", "\r\n", "\r"),
        (rows, avgransare, end) => {
          fc.pre(rows.flat().some((one) => one.trim() !== ""));
          const between = avgransare === "tab" ? "\t" : avgransare;
          const text = rows.map((cells) => cells.map(quoted).join(between)).join(end);
          const { poster } = readText(new TextEncoder().encode(text), { avgransare });
          expect(poster.map(({ celler }) => celler)).toEqual(rows);
        },
      ),
    );
  });
});
