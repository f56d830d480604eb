/** Staffing priced by the marts, against a reckoning day by day in whole numbers, for any months, shares and costs. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { costOf } from "../../src/budget/line.ts";
import type { Database } from "../../src/db/open.ts";
import { buildMart } from "../../src/models/build.ts";
import { buildOrder, parseSelects } from "../../src/models/order.ts";
import { addDays, addMonths } from "../../src/schema/days.ts";
import { fromDecimal, rational, times } from "../../src/schema/rational.ts";
import { sqlFile, sqlFiles } from "../../src/schema/sql.ts";
import { furnished } from "../database.ts";

interface Given {
  readonly fran: string;
  readonly till: string;
  readonly omfattning: string;
  /** A month: of full time, or the pay where there is a factor. */
  readonly ore: number;
  readonly faktor: string | null;
  /** Whether another of the part's lines begins on the last day of its last month. */
  readonly avlost: boolean;
}

const monthOf = (day: string): string => `${day.slice(0, 7)}-01`;
const lastOf = (day: string): string => addDays(addMonths(monthOf(day), 1), -1);

const decimal = (min: number, max: number, decimals: number): fc.Arbitrary<string> =>
  fc
    .integer({ min: min * 10 ** decimals, max: max * 10 ** decimals })
    .map((digits) => (digits / 10 ** decimals).toFixed(decimals));

const given = fc
  .record({
    start: fc.integer({ min: 0, max: 1500 }),
    days: fc.integer({ min: 0, max: 900 }),
    end: fc.constantFrom("any", "last", "last but one"),
    omfattning: decimal(0, 1, 10),
    ore: fc.integer({ min: 1, max: 20_000_000 }),
    faktor: fc.option(decimal(1, 2, 6)),
    avlost: fc.boolean(),
  })
  .map(({ start, days, end, ...rest }): Given => {
    const fran = addDays("2016-01-01", start);
    const day = addDays(fran, days);
    const ends = { any: day, last: lastOf(day), "last but one": addDays(lastOf(day), -1) };
    return { ...rest, fran, till: ends[end] < fran ? lastOf(day) : ends[end] };
  });

const lines = fc.sample(given, { numRuns: 300, seed: 20170530 });

let db: Database;
beforeAll(async () => {
  db = await furnished();
  await db.run(`create table staging.bemanning (insats_id varchar, part_id varchar, roll varchar, fran date,
    omfattning decimal(28, 10), varav_omfattning decimal(28, 10), till date, post varchar, manadskostnad_ore bigint, heltidskostnad_ore bigint,
    manadslon_ore bigint, po_faktor decimal(28, 6), till_alt date, dokument varchar, avsnitt varchar, kallrad bigint)`);
  const rows = lines.flatMap(({ fran, till, omfattning, ore, faktor, avlost }, i) => [
    `('i', '${i}', 'r', '${fran}', ${omfattning}, null, '${till}', 'p', null, ${faktor ? "null" : ore}, ${faktor ? ore : "null"}, ${faktor}, null, null, null, ${i})`,
    ...(avlost
      ? [
          `('i', '${i}', 'r', '${lastOf(till)}', 1, null, '${lastOf(till)}', null, null, null, null, null, null, null, null, -1)`,
        ]
      : []),
  ]);
  await db.run(`insert into staging.bemanning values ${rows.join(", ")}`);
  await db.run(
    "create table marts.stavning as select 'i' as insats_id, 'bemanning' as register, 'p' as namn, 1 as post_id",
  );
  const files = sqlFiles("marts").filter(({ name }) => name.startsWith("bemanning"));
  const trees = await parseSelects(
    db,
    files.map(({ name, text }) => ({ name: `marts.${name}`, text })),
  );
  const names = files.map(({ name }) => name);
  for (const name of buildOrder(trees, "marts", names)) await buildMart(db, name, sqlFile("marts", name));
});
afterAll(() => db.close());

/** Months of each year, as whole months and days over the days of their month. */
const months = ({ fran, till, avlost }: Given): Map<string, { whole: bigint; parts: [bigint, bigint][] }> => {
  const years = new Map<string, { whole: bigint; parts: [bigint, bigint][] }>();
  for (let month = monthOf(fran); month <= till; month = addMonths(month, 1)) {
    const year = years.get(month.slice(0, 4)) ?? { whole: 0n, parts: [] };
    years.set(month.slice(0, 4), year);
    let days = 0n;
    let worked = 0n;
    for (let day = month; day <= lastOf(month); day = addDays(day, 1)) {
      days++;
      if (day >= fran && day <= till) worked++;
    }
    const isWhole = worked === days;
    const lacksLast = worked === days - 1n && fran <= month;
    if (isWhole || (lacksLast && !(avlost && lastOf(month) === lastOf(till)))) year.whole++;
    else year.parts.push([worked, days]);
  }
  return years;
};

/** 28 · 29 · 30 · 31, which any month's days divide. */
const common = 28n * 29n * 30n * 31n;

const expected = (line: Given): Record<string, string> => {
  const { omfattning, ore, faktor } = line;
  const digits = (text: string): bigint => BigInt(text.replace(".", ""));
  const rate = BigInt(ore) * digits(omfattning) * digits(faktor ?? "1.000000");
  return Object.fromEntries(
    [...months(line)].map(([ar, { whole, parts }]) => {
      const sum = parts.reduce((all, [worked, days]) => all + (worked * common) / days, whole * common);
      const below = 10n ** 16n * common;
      return [ar, String((2n * rate * sum + below) / (2n * below))];
    }),
  );
};

test("each line and year is worked out exactly and rounded once, half up to öre", async () => {
  const rows = await db.rows<{ kallrad: number; ar: number; ore: string }>(
    "select kallrad, ar, cast(kostnad_ore as varchar) as ore from marts.bemanning_ar order by kallrad, ar",
  );
  const found = Map.groupBy(rows, ({ kallrad }) => kallrad);
  for (const [i, line] of lines.entries()) {
    expect([line, Object.fromEntries((found.get(i) ?? []).map(({ ar, ore }) => [ar, ore]))]).toEqual([
      line,
      expected(line),
    ]);
  }
});

test("the search prices a line as the marts do", async () => {
  const rows = await db.rows<{ kallrad: number; delar: string; ore: string }>(`
    select kallrad, cast(delar as varchar) as delar, cast(kostnad_ore as varchar) as ore from marts.bemanning_ar order by kallrad, ar`);
  expect(rows.length).toBeGreaterThan(lines.length);
  for (const { kallrad, delar, ore } of rows) {
    const { omfattning, ore: given, faktor } = lines[kallrad] as Given;
    const rate = times(times(rational(BigInt(given)), fromDecimal(omfattning)), fromDecimal(faktor ?? "1"));
    expect(String(costOf(rate, BigInt(delar)))).toBe(ore);
  }
});
