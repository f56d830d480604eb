import { describe, expect, test } from "vitest";
import { type Total, takeTotals } from "../../src/goals/totals.ts";
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
  serie: "",
  ar_i_grupp: true,
  ar_blandad: false,
  har_rader: false,
});
const taken = (totals: Total[], complete = true, rowsIn: readonly string[] = []): string[] =>
  takeTotals(years, { totals }, ({ fran }) => rowsIn.includes(fran.slice(0, 4)), complete, today).map(
    ({ fonster, totals: own, skal, ar_sammanslagen: joined }) =>
      `${fonster.fran.slice(0, 4)}–${fonster.till.slice(0, 4)} ${skal ?? own.map(({ taljare }) => taljare.n).join("+")}${joined ? " sammanslagen" : ""}`,
  );

describe("totals serve windows", () => {
  test("by a row of exactly the window's dates", () => {
    expect(taken([total("2018-01-01", "2018-12-31", 5), total("2019-01-01", "2019-12-31", 7)])).toEqual([
      "2018–2018 5",
      "2019–2019 7",
    ]);
  });
  test("by shorter rows that cover it, where events add up", () => {
    const halves = [total("2018-01-01", "2018-06-30", 2), total("2018-07-01", "2018-12-31", 3)];
    expect(taken(halves)).toEqual(["2018–2018 2+3", "2019–2019 saknas"]);
  });
  test("not by shorter rows with a gap: what no row states is not 0", () => {
    expect(taken([total("2018-01-01", "2018-06-30", 2)])).toEqual(["2018–2018 saknas", "2019–2019 saknas"]);
  });
  test("a share is taken over the rows there are", () => {
    expect(taken([total("2018-01-01", "2018-06-30", 2)], false)).toEqual(["2018–2018 2", "2019–2019 saknas"]);
  });
  test("never by adding persons of shorter periods", () => {
    const halves = [total("2018-01-01", "2018-06-30", 2, false), total("2018-07-01", "2018-12-31", 3, false)];
    expect(taken(halves)).toEqual(["2018–2018 ej_summerbart", "2019–2019 saknas"]);
  });
  test("by a longer row, on a joined window of its dates", () => {
    expect(taken([total("2018-01-01", "2019-12-31", 73, false)])).toEqual(["2018–2019 73 sammanslagen"]);
  });
  test("a longer row is only a check where every window has its own", () => {
    const all = [
      total("2018-01-01", "2018-12-31", 5),
      total("2019-01-01", "2019-12-31", 7),
      total("2018-01-01", "2019-12-31", 12),
    ];
    expect(taken(all)).toEqual(["2018–2018 5", "2019–2019 7"]);
  });
  test("a longer row replaces the windows' own where one of them lacks a row", () => {
    expect(taken([total("2018-01-01", "2018-12-31", 5), total("2018-01-01", "2019-12-31", 12)])).toEqual([
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
    const found = takeTotals(halves, { totals }, () => false, true, today).map(
      ({ fonster, totals: [own] }) => `${fonster.fran}..${fonster.till} ${own?.taljare.n}`,
    );
    expect(found).toEqual(["2018-01-01..2018-06-30 1", "2018-07-01..2018-12-31 2", "2019-01-01..2019-12-31 4"]);
  });
});

/** Totals of a dataset that came as rows too: some of them in a time that rows fall in. */
const mixed = (fran: string, till: string, count: number, hasRows: boolean, adds = true): Total => ({
  ...total(fran, till, count, adds),
  ar_blandad: true,
  har_rader: hasRows,
});

describe("rows or totals is decided window by window", () => {
  test("a total of a year without rows counts, and rows count in the year that has them", () => {
    expect(taken([mixed("2018-01-01", "2018-12-31", 6, false)], true, ["2019"])).toEqual(["2018–2018 6", "2019–2019 "]);
  });
  test("a total that rows fall within is only a check", () => {
    const [first] = takeTotals(
      years,
      { totals: [mixed("2018-01-01", "2018-12-31", 6, true)] },
      ({ fran }) => fran === "2018-01-01",
      true,
      today,
    );
    expect([first?.totals.length, first?.kontroll.map(({ taljare }) => taljare.n)]).toEqual([0, [6n]]);
  });
  test("a window that a checked total speaks of and that has no row is not 0", () => {
    expect(taken([mixed("2018-01-01", "2019-12-31", 6, true)], true, ["2019"])).toEqual([
      "2018–2018 ej_summerbart",
      "2019–2019 ",
    ]);
  });
  test("totals and rows in one window are added where the measure adds up over time", () => {
    expect(taken([mixed("2018-01-01", "2018-06-30", 6, false)], true, ["2018", "2019"])).toEqual([
      "2018–2018 6",
      "2019–2019 ",
    ]);
  });
  test("and never where it counts persons present", () => {
    expect(taken([mixed("2018-01-01", "2018-06-30", 6, false, false)], true, ["2018", "2019"])).toEqual([
      "2018–2018 ej_summerbart",
      "2019–2019 ",
    ]);
  });
  test("a longer total never swallows the rows of one of its windows", () => {
    expect(taken([mixed("2018-01-01", "2019-06-30", 6, false)], true, ["2019"])).toEqual([
      "2018–2018 ej_summerbart",
      "2019–2019 ej_summerbart",
    ]);
  });
});
