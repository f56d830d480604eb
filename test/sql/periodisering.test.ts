/** An invoice over several months or years: its parts are whole öre, follow the days, and sum to it exactly. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { buildMart } from "../../src/models/build.ts";
import { addDays } from "../../src/schema/days.ts";
import { sqlFiles } from "../../src/schema/sql.ts";
import { furnished } from "../database.ts";

interface Invoice {
  readonly fran: string;
  readonly till: string;
  readonly ore: number;
  readonly mikrotimmar: number;
}

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => db.close());

/** Fills the marts from invoices, as the run does. */
const periodise = async (invoices: readonly Invoice[]): Promise<void> => {
  await db.run(`create or replace table marts.faktura (rad_id bigint, insats_id varchar, forbund_id varchar, part_id varchar,
    huvudman varchar, post_id bigint, fran date, till date, belopp_ore bigint, timmar decimal(28, 6), kallrad bigint)`);
  for (const [kallrad, { fran, till, ore, mikrotimmar }] of invoices.entries()) {
    await db.run(
      `insert into marts.faktura by name select 'a' as insats_id, 1 as post_id, cast($fran as date) as fran, cast($till as date) as till,
         cast($ore as bigint) as belopp_ore, cast($mikro as decimal(28, 0)) * 0.000001 as timmar, cast($kallrad as bigint) as kallrad, kallrad as rad_id`,
      { fran, till, ore: String(ore), mikro: String(mikrotimmar), kallrad: String(kallrad) },
    );
  }
  for (const name of ["faktura_ar", "faktura_manad"] as const) {
    const { text } = sqlFiles("marts").find((file) => file.name === name) ?? { text: "" };
    await db.run(`drop table if exists marts.${name}`);
    await buildMart(db, name, text);
  }
};

const invoice = fc
  .record({
    start: fc.integer({ min: 0, max: 4000 }),
    days: fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.constantFrom(0, 27, 30, 364, 365, 730)),
    ore: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
    mikrotimmar: fc.integer({ min: 0, max: 1_000_000_000 }),
  })
  .map(({ start, days, ore, mikrotimmar }): Invoice => {
    const fran = addDays("2015-01-01", start);
    return { fran, till: addDays(fran, days), ore, mikrotimmar };
  });

const dayNumber = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const length = (fran: string, till: string): number => dayNumber(till) - dayNumber(fran) + 1;

describe("any invoices", () => {
  test("years and months sum to the invoice, öre and hours alike, and each is within one öre of its days' share", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(invoice, { minLength: 1, maxLength: 4 }), async (invoices) => {
        await periodise(invoices);
        const years = await db.rows<{
          kallrad: number;
          ar: number;
          fran: string;
          till: string;
          ore: number;
          mikro: number;
        }>(
          "select kallrad, ar, fran, till, belopp_ore as ore, cast(timmar * 1000000 as bigint) as mikro from marts.faktura_ar order by kallrad, ar",
        );
        const months = await db.rows<{ kallrad: number; ar: number; fran: string; till: string; ore: number }>(
          "select kallrad, year(manad) as ar, fran, till, belopp_ore as ore from marts.faktura_manad order by kallrad, manad",
        );
        const sum = (rows: readonly { readonly ore: number }[]): number =>
          rows.reduce((total, { ore }) => total + ore, 0);
        for (const [i, { fran, till, ore, mikrotimmar }] of invoices.entries()) {
          const ownYears = years.filter(({ kallrad }) => kallrad === i);
          const ownMonths = months.filter(({ kallrad }) => kallrad === i);
          expect(sum(ownYears)).toBe(ore);
          expect(sum(ownMonths)).toBe(ore);
          expect(ownYears.reduce((total, { mikro }) => total + mikro, 0)).toBe(mikrotimmar);
          for (const year of ownYears) {
            expect(sum(ownMonths.filter(({ ar }) => ar === year.ar))).toBe(year.ore);
            const exact = (ore * length(year.fran, year.till)) / length(fran, till);
            expect(Math.abs(year.ore - exact)).toBeLessThan(1.000001);
          }
          const days = (rows: readonly { fran: string; till: string }[]): number =>
            rows.reduce((total, row) => total + length(row.fran, row.till), 0);
          expect([days(ownYears), days(ownMonths)]).toEqual([length(fran, till), length(fran, till)]);
        }
      }),
      { numRuns: 60 },
    );
  });
  test("a credit note of the same days takes back exactly what its invoice gave, where the öre come out even", async () => {
    await fc.assert(
      fc.asyncProperty(invoice, async (one) => {
        const ore = one.ore * length(one.fran, one.till);
        fc.pre(Number.isSafeInteger(ore));
        await periodise([
          { ...one, ore },
          { ...one, ore: -ore },
        ]);
        const left = await db.rows(
          "select ar, sum(belopp_ore) as ore from marts.faktura_ar group by ar having sum(belopp_ore) <> 0",
        );
        expect(left).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
