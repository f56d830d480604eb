import { describe, expect, test } from "vitest";
import { demandOn } from "../../src/goals/demand.ts";
import { judge } from "../../src/goals/judge.ts";
import type { Measured } from "../../src/goals/measured.ts";
import { serieRows } from "../../src/goals/serierows.ts";
import { serieOf } from "../../src/goals/series.ts";
import { windows } from "../../src/goals/windows.ts";
import type { Niva } from "../../src/schema/mal.ts";
import { measures } from "../../src/schema/measures.ts";
import { parsePipeline } from "../../src/schema/pipeline.ts";
import { rational, toNumber, zero } from "../../src/schema/rational.ts";
import { parseVillkor } from "../../src/schema/villkor.ts";

/** A month each: the value of an antal or summa, or `[taljare, namnare]` of a share. */
type Month = number | readonly [number, number] | null;

const rows = (matt: string, villkor: string, months: readonly Month[], first = "2023-01-01"): Measured[] => {
  const measure = measures.get(matt);
  const parsed = parseVillkor(villkor);
  if (!measure || !parsed) throw new Error(`${matt} ${villkor}`);
  const pipeline = parsePipeline(
    "p.yaml",
    `insats: a\nkallor: [x]\nmal: [{ id: m, text: m, matt: ${matt}, per: manad, villkor: "${villkor}" }]`,
  );
  const [goal] = pipeline.mal;
  if (!goal) throw new Error("no goal");
  const fonster = windows(
    "manad",
    { startdatum: first, slutdatum: null, data_fran: null, data_till: "2026-12-31" },
    "2030-01-01",
  );
  const nivaer: Niva[] = [{ villkor: parsed, skrivet: villkor, fran: "0001-01-01", till: "9999-12-31", beslut: null }];
  const unit = {
    insats_id: "a",
    goal,
    pipeline,
    measure,
    parametrar: {},
    granser: [],
    grupp: "",
    gruppvarde: "",
    fonster,
  };
  return months.flatMap((month, index) => {
    const own = fonster[index];
    if (!own) throw new Error("too many months");
    if (month === null) return [];
    const [taljare, namnare] = typeof month === "number" ? [month, 0] : month;
    const taken = {
      fonster: own,
      delar: [{ index, dagar: 1 }],
      totals: [],
      kontroll: [],
      skal: null,
      ar_sparrad: false,
      ar_sammanslagen: false,
    } as const;
    const sums = {
      taljare: rational(BigInt(taljare)),
      namnare: rational(BigInt(namnare)),
      okand: zero,
      okant_ord: zero,
      rader: 1,
      kanda: 1,
    };
    const asking = { nivaer, taken, fonster, delperiod: "proportionell" } as const;
    const judged = judge({
      ...asking,
      measure,
      tolerans: undefined,
      minst_n: undefined,
      sums,
      control: null,
      is_complete: true,
      has_counts: true,
      passerat: "2029-12-31",
    });
    expect(judged.demand).toEqual(demandOn({ ...asking, isRate: typeof month !== "number" }));
    return [{ unit, taken, judged, tillGodo: null, hallna: [], utanfor: null }];
  });
};

/** The mean is 11 and the moving ranges are all 2: the limits are 11 ± 5,32. */
const steady = [10, 12, 14, 16, 14, 12, 10, 8, 6, 8, 10, 12];

describe("an XmR chart says whether a count meets its target", () => {
  test("the limits are the mean ± 2,66 times the mean moving range", () => {
    const serie = serieOf(rows("antal_moten", ">= 5", steady));
    expect(serie && [toNumber(serie.medel), serie.punkter[0]?.grans_lag, serie.punkter[0]?.grans_hog]).toEqual([
      11,
      expect.closeTo(5.68, 12),
      expect.closeTo(16.32, 12),
    ]);
  });
  test.each([
    [">= 5", "alltid"],
    [">= 6", "slump"],
    [">= 16", "slump"],
    [">= 17", "aldrig"],
    ["<= 17", "alltid"],
    ["<= 5", "aldrig"],
    ["5..17", "alltid"],
    ["5..16", "slump"],
    ["17..20", "aldrig"],
  ] as const)("%s: %s", (villkor, utfall) => {
    expect(serieOf(rows("antal_moten", villkor, steady))?.utfall).toBe(utfall);
  });
  test("a target exactly on a limit is decided exactly: 5,68 is inside, and meets >= but not >", () => {
    const hundreds = steady.map((value) => value * 100);
    expect(serieOf(rows("antal_moten", ">= 568", hundreds))?.utfall).toBe("alltid");
    expect(serieOf(rows("antal_moten", "> 568", hundreds))?.utfall).toBe("slump");
    expect(serieOf(rows("antal_moten", ">= 1632", hundreds))?.utfall).toBe("slump");
    expect(serieOf(rows("antal_moten", "> 1632", hundreds))?.utfall).toBe("aldrig");
  });
  test("a month far from the others is outside, and told of", () => {
    const serie = serieOf(rows("antal_moten", ">= 5", [...steady, ...steady, 60]));
    expect(serie?.punkter.map(({ ar_utanfor: isOutside }) => isOutside).lastIndexOf(true)).toBe(24);
  });
  test("months that do not follow on each other give no step", () => {
    const gap = serieOf(
      rows("antal_moten", ">= 5", [...steady.slice(0, 6), null, ...steady.slice(0, 6).map((v) => v + 50)]),
    );
    expect(gap?.punkter[0]?.grans_hog).toBeCloseTo(38 + 5.32, 10);
  });
  test("a count is never below 0", () => {
    expect(
      serieOf(
        rows(
          "antal_moten",
          ">= 1",
          steady.map((v) => (v - 6) * 3),
        ),
      )?.punkter[0]?.grans_lag,
    ).toBe(0);
  });
});

describe("a p-chart says whether a share does", () => {
  const shares = (n: number): Month[] => Array.from({ length: 12 }, (_, i) => [n / 2 + (i % 2), n] as const);
  test("three standard deviations of the pooled share, by each month's own denominator", () => {
    const serie = serieOf(
      rows("narvaroandel", ">= 10 %", [...Array.from({ length: 11 }, () => [50, 100] as const), [18, 36]]),
    );
    expect(serie?.metod).toBe("p");
    expect(serie?.punkter[0]?.grans_lag).toBeCloseTo(0.35, 12);
    expect(serie?.punkter[11]?.grans_lag).toBeCloseTo(0.25, 12);
  });
  test.each([
    [">= 25 %", 36, "alltid"],
    [">= 40 %", 36, "slump"],
    [">= 80 %", 36, "aldrig"],
    ["<= 100 %", 36, "alltid"],
  ] as const)("%s of %i: %s", (villkor, n, utfall) => {
    expect(
      serieOf(
        rows(
          "narvaroandel",
          villkor,
          shares(n).map((month) => (villkor === ">= 25 %" ? ([18, 36] as const) : month)),
        ),
      )?.utfall,
    ).toBe(utfall);
  });
  test.each([
    ["8 of each period, of which half count", [4, 8], "p"],
    ["7 of one period, of which 3,5 are to count", [3, 7], "ingen"],
    ["a share that is always whole", [40, 40], "ingen"],
  ] as const)("only where some of each period count and some do not: %s", (_, [taljare, namnare], metod) => {
    const same: Month[] = Array.from({ length: 12 }, () => [taljare, namnare]);
    expect(serieOf(rows("narvaroandel", ">= 10 %", same))?.metod).toBe(metod);
  });
});

describe("numbers too few or too small for limits", () => {
  const rare = Array.from({ length: 33 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  test.each([
    ["counts of 0 and 1", "antal_moten", rare],
    ["counts under 2 in the mean, of five levels", "antal_moten", [0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 0, 1, 0, 1]],
    ["four levels of hours", "fakturerade_timmar", [60, 70, 80, 90, 60, 70, 80, 90, 60, 70, 80, 90]],
  ] as const)("%s: the periods are only counted", (_, matt, months) => {
    const serie = serieOf(rows(matt, ">= 1", months));
    expect([serie?.metod, serie?.utfall, serie?.punkter[0]?.grans_lag]).toEqual(["ingen", "raknat", null]);
  });
  test("the finding is how many of them met the target", () => {
    const [row] = serieRows(rows("antal_moten", ">= 1", rare));
    expect(row?.mening).toBe(
      "Målet, minst 1, nåddes i 7 av 33 månader. Talen är för små för att säga vad som är slump.",
    );
    expect(row).toMatchObject({ grans_lag: null, grans_hog: null, ar_utanfor: false });
  });
});

describe("there is no series", () => {
  test.each([
    ["of eleven periods", steady.slice(1)],
    ["of twelve of which one is not measured", [...steady.slice(1), null]],
  ])("%s", (_, months) => {
    expect(serieOf(rows("antal_moten", ">= 5", months))).toBeUndefined();
  });
  test("of a cut period", () => {
    expect(serieOf(rows("antal_moten", ">= 5", steady, "2023-01-02"))).toBeUndefined();
  });
});
