import { describe, expect, test } from "vitest";
import { serve, type Total } from "../../src/goals/totals.ts";
import { windows } from "../../src/goals/windows.ts";
import { rational, zero } from "../../src/schema/rational.ts";

const today = "2030-01-01";
const years = windows(
  "insatsar",
  { startdatum: "2018-01-01", slutdatum: "2019-12-31", data_fran: null, data_till: null },
  today,
);
const total = (fran: string, till: string, count: number, adds = true): Total => ({
  fran,
  till,
  taljare: rational(BigInt(count)),
  namnare: zero,
  okand: zero,
  ar_summerbar: adds,
});
const told = (totals: Total[], complete = true): string[] =>
  serve(years, totals, complete, today).map(
    ({ fonster, totals: taken, skal, ar_sammanslagen: joined }) =>
      `${fonster.fran.slice(0, 4)}–${fonster.till.slice(0, 4)} ${skal ?? taken.map(({ taljare }) => taljare.n).join("+")}${joined ? " sammanslagen" : ""}`,
  );

describe("totals serve windows", () => {
  test("by a row of exactly the window's dates", () => {
    expect(told([total("2018-01-01", "2018-12-31", 5), total("2019-01-01", "2019-12-31", 7)])).toEqual([
      "2018–2018 5",
      "2019–2019 7",
    ]);
  });
  test("by shorter rows that cover it, where events add up", () => {
    const halves = [total("2018-01-01", "2018-06-30", 2), total("2018-07-01", "2018-12-31", 3)];
    expect(told(halves)).toEqual(["2018–2018 2+3", "2019–2019 saknas"]);
  });
  test("not by shorter rows with a gap: what no row states is not 0", () => {
    expect(told([total("2018-01-01", "2018-06-30", 2)])).toEqual(["2018–2018 saknas", "2019–2019 saknas"]);
  });
  test("a share is taken over the rows there are", () => {
    expect(told([total("2018-01-01", "2018-06-30", 2)], false)).toEqual(["2018–2018 2", "2019–2019 saknas"]);
  });
  test("never by adding persons of shorter periods", () => {
    const halves = [total("2018-01-01", "2018-06-30", 2, false), total("2018-07-01", "2018-12-31", 3, false)];
    expect(told(halves)).toEqual(["2018–2018 ej_summerbart", "2019–2019 saknas"]);
  });
  test("by a longer row, on a joined window of its dates", () => {
    expect(told([total("2018-01-01", "2019-12-31", 73, false)])).toEqual(["2018–2019 73 sammanslagen"]);
  });
  test("a longer row is only a check where every window has its own", () => {
    const all = [
      total("2018-01-01", "2018-12-31", 5),
      total("2019-01-01", "2019-12-31", 7),
      total("2018-01-01", "2019-12-31", 12),
    ];
    expect(told(all)).toEqual(["2018–2018 5", "2019–2019 7"]);
  });
  test("a longer row replaces the windows' own where one of them lacks a row", () => {
    expect(told([total("2018-01-01", "2018-12-31", 5), total("2018-01-01", "2019-12-31", 12)])).toEqual([
      "2018–2019 12 sammanslagen",
    ]);
  });
  test("the narrowest longer row that serves comes first", () => {
    const halves = windows(
      "termin",
      { startdatum: "2018-01-01", slutdatum: "2019-12-31", data_fran: null, data_till: null },
      today,
    );
    const totals = [
      total("2018-01-01", "2018-06-30", 1),
      total("2018-07-01", "2018-12-31", 2),
      total("2019-01-01", "2019-12-31", 4),
      total("2018-01-01", "2019-12-31", 7),
    ];
    const found = serve(halves, totals, true, today).map(
      ({ fonster, totals: [taken] }) => `${fonster.fran}..${fonster.till} ${taken?.taljare.n}`,
    );
    expect(found).toEqual(["2018-01-01..2018-06-30 1", "2018-07-01..2018-12-31 2", "2019-01-01..2019-12-31 4"]);
  });
});
