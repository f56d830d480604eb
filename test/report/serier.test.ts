/** What a series says of the persons under it, with means and limits worked out by hand. */
import { expect, test } from "vitest";
import type { PublishedTable } from "../../src/report/publicerat.ts";
import { publiceratText } from "../../src/report/publicerat.ts";
import type { Malrad, Serierad } from "../../src/report/publik.ts";
import { malrad, publik, serierad } from "./fixture.ts";

const years = ["2018", "2019", "2020"];
const tableOf = (rows: readonly Partial<Malrad>[], series: readonly Partial<Serierad>[]): PublishedTable[] => {
  const at = (i: number) => ({ fran: `${years[i]}-01-01`, till: `${years[i]}-12-31` });
  const from = publik({
    maluppfyllelse: rows.map((rad, i) => malrad({ ...at(i), ...rad })),
    malserie: series.map((rad, i) => serierad({ ...at(i), ...rad })),
  });
  const { tables } = JSON.parse(publiceratText(from, { today: "2024-06-01", exempel: false })) as {
    tables: PublishedTable[];
  };
  return tables.filter(({ population }) => population.includes("över tid"));
};

/** What each constraint's terms come to with the cells' values, beside what it says that they do. */
const sums = ({ cells, constraints }: PublishedTable): [number, number][] => {
  const values = new Map(cells.map(({ keys, value }) => [JSON.stringify(keys), value ?? Number.NaN]));
  return constraints.map(({ terms, rhs }) => [
    terms.reduce((sum, { keys, coef }) => sum + coef * (values.get(JSON.stringify(keys)) ?? Number.NaN), 0),
    rhs,
  ]);
};

test("the mean of shares is of all periods together, and a limit says how many its share is of", () => {
  // 60 of 100. 0,6 ± 3·√(0,24/n): of 20 that is 0,9286, of 40 0,8324.
  const shares = [
    [10, 20],
    [30, 40],
    [20, 40],
  ] as const;
  const [table, ...others] = tableOf(
    shares.map(([taljare, namnare]) => ({
      matt: "andel_till_arbete_eller_studier",
      taljare,
      namnare,
      varde: taljare / namnare,
    })),
    [0.928634, 0.832379, 0.832379].map((grans_hog) => ({ metod: "p", medel: 0.6, grans_lag: 0.27, grans_hog })),
  );
  expect(others).toEqual([]);
  const found = table ? sums(table) : [];
  expect(found).toHaveLength(4);
  for (const [sum, rhs] of found) expect(sum).toBeCloseTo(rhs, 4);
  expect(found[1]?.[1]).toBeCloseTo(9 * 0.24, 10);
});

test("the mean of counts is of the periods, and the limit says how far they are from one another", () => {
  // (10 + 14 + 12) / 3 = 12; steps of 4 and 2, on average 3: 12 + 2,66 · 3 = 19,98.
  const [table] = tableOf(
    [10, 14, 12].map((varde) => ({ matt: "deltaganden", taljare: varde, varde })),
    [1, 2, 3].map(() => ({ metod: "xmr", medel: 12, grans_lag: 4.02, grans_hog: 19.98 })),
  );
  const found = table ? sums(table) : [];
  expect(found.map(([sum, rhs]) => [sum, Number(rhs.toFixed(6))])).toEqual([
    [36, 36],
    [6, 6],
  ]);
});

test("a series that is of no persons is not there", () => {
  expect(tableOf([{ matt: "antal_moten", varde: 3 }], [{ medel: 3 }])).toEqual([]);
});
