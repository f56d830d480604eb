import { describe, expect, test } from "vitest";
import { demandOn } from "../../src/goals/demand.ts";
import { type Judged, judge } from "../../src/goals/judge.ts";
import { deviates, summarise } from "../../src/goals/outcome.ts";
import type { Taken } from "../../src/goals/totals.ts";
import { windows } from "../../src/goals/windows.ts";
import type { Niva } from "../../src/schema/mal.ts";
import { type Measure, measures } from "../../src/schema/measures.ts";
import { compare, rational, toNumber, zero } from "../../src/schema/rational.ts";
import { parseTolerans, parseVillkor } from "../../src/schema/villkor.ts";

const measureOf = (name: string): Measure => {
  const measure = measures.get(name);
  if (!measure) throw new Error(name);
  return measure;
};

interface Given {
  readonly matt?: string;
  readonly villkor?: string | undefined;
  readonly taljare: number;
  readonly namnare?: number;
  readonly okand?: number;
  readonly open?: boolean;
  readonly till?: string;
  readonly delperiod?: "proportionell" | "hel";
  readonly levels?: readonly Niva[];
  readonly tolerans?: string | number;
  readonly minst?: number;
  readonly passerat?: string;
}

const nivaOf = (
  skrivet: string | undefined,
  fran = "0001-01-01",
  till = "9999-12-31",
  beslut: string | null = null,
): Niva | undefined => {
  const villkor = skrivet === undefined ? undefined : parseVillkor(skrivet);
  return villkor && skrivet !== undefined ? { villkor, skrivet, fran, till, beslut } : undefined;
};

const judged = ({
  matt = "antal_moten",
  villkor,
  taljare,
  namnare = 0,
  okand = 0,
  open = false,
  till = "2023-12-31",
  delperiod = "proportionell",
  levels,
  tolerans,
  minst,
  passerat = "2023-05-31",
}: Given): Judged => {
  const [fonster] = windows(
    "ar",
    { startdatum: "2023-01-01", slutdatum: till, data_fran: null, data_till: null },
    open ? "2023-06-01" : "2030-01-01",
  );
  if (!fonster) throw new Error("no window");
  const dagar = toNumber(rational(BigInt((Date.parse(fonster.till) - Date.parse(fonster.fran)) / 86_400_000 + 1)));
  const taken: Taken = {
    fonster,
    delar: [{ index: 0, dagar }],
    totals: [],
    kontroll: [],
    skal: null,
    ar_sparrad: false,
    ar_sammanslagen: false,
  };
  const micro = (value: number) => rational(BigInt(Math.round(value * 1_000_000)), 1_000_000n);
  return judge({
    measure: measureOf(matt),
    nivaer: levels ?? [nivaOf(villkor)].filter((niva) => niva !== undefined),
    tolerans: tolerans === undefined ? undefined : parseTolerans(tolerans),
    minst_n: minst,
    delperiod,
    taken,
    fonster: [fonster],
    passerat,
    sums: {
      taljare: micro(taljare),
      namnare: micro(namnare),
      okand: micro(okand),
      okant_ord: micro(0),
      rader: 1,
      kanda: 1,
    },
    control: null,
    is_complete: true,
    has_counts: true,
  });
};

describe("a verdict is decided in exact numbers", () => {
  test.each([
    ["ties are met", { villkor: ">= 4", taljare: 4 }, "uppnatt"],
    ["> is not met by a tie", { villkor: "> 4", taljare: 4 }, "ej_uppnatt"],
    ["<= is met by a tie", { villkor: "<= 4", taljare: 4 }, "uppnatt"],
    ["half a möte short is short", { villkor: ">= 5", taljare: 4.5 }, "ej_uppnatt"],
    ["85 % of 20 is 17, exactly", { matt: "narvaroandel", villkor: ">= 85 %", taljare: 17, namnare: 20 }, "uppnatt"],
    [
      "0,1 is not a float: 1 of 10 meets >= 10 %",
      { matt: "narvaroandel", villkor: ">= 10 %", taljare: 1, namnare: 10 },
      "uppnatt",
    ],
    [
      "both ends of an interval are inside: 40 %",
      { matt: "andel_kvinnor", villkor: "40..60 %", taljare: 4, namnare: 10 },
      "uppnatt",
    ],
    ["60 %", { matt: "andel_kvinnor", villkor: "40..60 %", taljare: 6, namnare: 10 }, "uppnatt"],
    ["60,1 %", { matt: "andel_kvinnor", villkor: "40..60 %", taljare: 601, namnare: 1000 }, "ej_uppnatt"],
    [
      "money is judged in kronor, counted in öre",
      { matt: "fakturerat_belopp", villkor: "<= 100", taljare: 10_000 },
      "uppnatt",
    ],
  ] as const)("%s", (_, given, status) => {
    expect(judged(given).status).toBe(status);
  });
});

describe("a target is scaled by the days its window covers", () => {
  test("181 of 365 days: 4 becomes 1,98…, not rounded, and 2 meets it", () => {
    const half = judged({ villkor: ">= 4", taljare: 2, till: "2023-06-30" });
    expect(half.status).toBe("uppnatt");
    expect(half.malvarde && compare(half.malvarde, rational(4n * 181n, 365n))).toBe(0);
  });
  test("delperiod hel: the target stands", () => {
    expect(judged({ villkor: ">= 4", taljare: 2, till: "2023-06-30", delperiod: "hel" }).status).toBe("ej_uppnatt");
  });
  test("a share never", () => {
    expect(
      judged({ matt: "narvaroandel", villkor: ">= 85 %", taljare: 8, namnare: 10, till: "2023-06-30" }).status,
    ).toBe("ej_uppnatt");
  });
});

describe("what cannot be judged says why", () => {
  test("no condition: followed, with its value", () => {
    const followed = judged({ taljare: 3 });
    expect([followed.status, followed.skal, followed.varde && toNumber(followed.varde)]).toEqual([
      "ej_matbart",
      "inget_villkor",
      3,
    ]);
  });
  test("an open window that already meets >= is met", () => {
    expect(judged({ villkor: ">= 3", taljare: 3, open: true }).status).toBe("uppnatt");
  });
  test("one that does not yet is going on", () => {
    expect(judged({ villkor: ">= 3", taljare: 2, open: true }).skal).toBe("perioden_pagar");
  });
  test("an open share is going on, met or not", () => {
    expect(judged({ matt: "narvaroandel", villkor: ">= 50 %", taljare: 9, namnare: 10, open: true }).skal).toBe(
      "perioden_pagar",
    );
  });
  test("a share of nothing", () => {
    const nothing = judged({ matt: "narvaroandel", villkor: ">= 50 %", taljare: 0, namnare: 0 });
    expect([nothing.skal, nothing.namnare && compare(nothing.namnare, zero)]).toEqual(["ej_tillamplig", 0]);
  });
  test.each([
    ["3 held and 1 unknown against 4: unknown", 3, 1, "saknas"],
    ["2 held and 1 unknown against 4: not met either way", 2, 1, null],
    ["4 held and 1 unknown against 4: met either way", 4, 1, null],
  ])("%s", (_, held, unknown, skal) => {
    expect(judged({ villkor: ">= 4", taljare: held, okand: unknown }).skal).toBe(skal);
  });
  test("unknown is left out of a share and shown as täckningsgrad", () => {
    expect(judged({ matt: "andel_kvinnor", villkor: ">= 50 %", taljare: 6, namnare: 9, okand: 1 }).tackningsgrad).toBe(
      0.9,
    );
  });
});

describe("a target that changes over time", () => {
  const level = (villkor: string, fran?: string, till?: string, beslut?: string): Niva => {
    const niva = nivaOf(villkor, fran, till, beslut);
    if (!niva) throw new Error(villkor);
    return niva;
  };
  const raised = [
    level(">= 60", undefined, "2023-06-30", "Styrelsen 2022-11-04 § 12"),
    level(">= 80", "2023-07-01", undefined, "Styrelsen 2023-06-02 § 7"),
  ];
  test("a count is asked for each level's share of the days: 60 · 181 / 365 + 80 · 184 / 365", () => {
    const exact = rational(60n * 181n + 80n * 184n, 365n);
    const tie = judged({ levels: raised, taljare: 71 });
    expect(tie.malvarde && compare(tie.malvarde, exact)).toBe(0);
    expect(toNumber(exact)).toBeCloseTo(70.08, 2);
    expect([tie.status, judged({ levels: raised, taljare: 70 }).status]).toEqual(["uppnatt", "ej_uppnatt"]);
  });
  test("a window within one level is judged on it alone", () => {
    const half = judged({ levels: raised, taljare: 30, till: "2023-06-30" });
    expect(half.malvarde && compare(half.malvarde, rational(60n * 181n, 365n))).toBe(0);
    expect(half.demand?.nivaer.map(({ beslut }) => beslut)).toEqual(["Styrelsen 2022-11-04 § 12"]);
  });
  test("delperiod hel shares the levels out over the days there are", () => {
    const cut = judged({ levels: raised, taljare: 60, till: "2023-06-30", delperiod: "hel" });
    expect(cut.malvarde && toNumber(cut.malvarde)).toBe(60);
  });
  test("a share is judged on the level that holds on the window's last day", () => {
    const shares = [level(">= 80 %", undefined, "2023-12-30"), level(">= 90 %", "2023-12-31")];
    const one = judged({ matt: "narvaroandel", levels: shares, taljare: 85, namnare: 100 });
    expect([one.status, one.malvarde && toNumber(one.malvarde)]).toEqual(["ej_uppnatt", 0.9]);
  });
  test("an interval of a count is shared out at both ends", () => {
    const within = [level("10..20", undefined, "2023-06-30"), level("30..40", "2023-07-01")];
    const bounds = [10 * 181 + 30 * 184, 20 * 181 + 40 * 184].map((days) => days / 365);
    expect(judged({ levels: within, taljare: Math.ceil(bounds[0] ?? 0) }).status).toBe("uppnatt");
    expect(judged({ levels: within, taljare: Math.ceil(bounds[1] ?? 0) }).status).toBe("ej_uppnatt");
  });
  test.each([
    ["outside every level", [level(">= 1", "2024-01-01")]],
    ["with days before the first level", [level(">= 1", "2023-07-01")]],
    ["with days after the last", [level(">= 1", undefined, "2023-12-30")]],
    ["with a gap", [level(">= 1", undefined, "2023-03-31"), level(">= 1", "2023-04-02")]],
  ])("a window %s is not judged", (_, levels) => {
    const one = judged({ levels, taljare: 100 });
    expect([one.status, one.skal, one.malvarde, one.varde && toNumber(one.varde)]).toEqual([
      "ej_matbart",
      "inget_villkor",
      null,
      100,
    ]);
  });
  test("a leap year has 366 days: 29 February belongs to the first level", () => {
    const [fonster] = windows(
      "ar",
      { startdatum: "2024-01-01", slutdatum: "2024-12-31", data_fran: null, data_till: null },
      "2030-01-01",
    );
    if (!fonster) throw new Error("no window");
    const demand = demandOn({
      nivaer: [level(">= 366", undefined, "2024-02-29"), level(">= 732", "2024-03-01")],
      taken: {
        fonster,
        delar: [{ index: 0, dagar: 366 }],
        totals: [],
        kontroll: [],
        skal: null,
        ar_sparrad: false,
        ar_sammanslagen: false,
      },
      fonster: [fonster],
      isRate: false,
      delperiod: "proportionell",
    });
    expect(demand?.target && toNumber(demand.target)).toBe(60 + 2 * 306);
  });
});

describe("near is missed within the tolerance, and the verdict stands", () => {
  test.each([
    ["5 % of 60 is 3: 57 is near", { villkor: ">= 60", tolerans: "5 %", taljare: 57 }, true],
    ["56 is not", { villkor: ">= 60", tolerans: "5 %", taljare: 56 }, false],
    ["an amount", { villkor: ">= 60", tolerans: 2, taljare: 58 }, true],
    [
      "an amount is scaled as the target is: 2 · 181 / 365 < 1",
      { villkor: ">= 60", tolerans: 2, taljare: 28, till: "2023-06-30" },
      false,
    ],
    [
      "percentage points",
      { matt: "narvaroandel", villkor: ">= 85 %", tolerans: "5 procentenheter", taljare: 80, namnare: 100 },
      true,
    ],
    [
      "5 % of 85 % is 4,25 points: 80 % is not near",
      { matt: "narvaroandel", villkor: ">= 85 %", tolerans: "5 %", taljare: 80, namnare: 100 },
      false,
    ],
    ["above an upper limit", { villkor: "<= 12", tolerans: 1, taljare: 13 }, true],
    [
      "beside an interval, at either end",
      { matt: "andel_kvinnor", villkor: "40..60 %", tolerans: "2 procentenheter", taljare: 62, namnare: 100 },
      true,
    ],
    [
      "below it",
      { matt: "andel_kvinnor", villkor: "40..60 %", tolerans: "2 procentenheter", taljare: 37, namnare: 100 },
      false,
    ],
    ["a tie that > leaves out is near by nothing", { villkor: "> 4", tolerans: 0, taljare: 4 }, true],
  ] as const)("%s", (_, given, near) => {
    expect([judged(given).status, judged(given).ar_nara]).toEqual(["ej_uppnatt", near]);
  });
  test("what is met is not near, and without a tolerance nothing is said", () => {
    expect(judged({ villkor: ">= 4", tolerans: 1, taljare: 4 }).ar_nara).toBe(false);
    expect(judged({ villkor: ">= 4", taljare: 3 }).ar_nara).toBeNull();
  });
});

describe("a share of too few is not judged", () => {
  const share = { matt: "narvaroandel", villkor: ">= 50 %", taljare: 9 } as const;
  test.each([
    [9, "ej_matbart", "for_fa"],
    [10, "uppnatt", null],
  ] as const)("from a denominator of 10: %i", (namnare, status, skal) => {
    const one = judged({ ...share, namnare, minst: 10 });
    expect([one.status, one.skal, one.varde !== null]).toEqual([status, skal, true]);
  });
});

describe("an open window has a pace", () => {
  // 151 of 365 days have passed on 31 May: 60 a year is 24,82 so far.
  test.each([
    ["25 of 60 is on course", { villkor: ">= 60", taljare: 25 }, "i_takt"],
    ["24 is behind", { villkor: ">= 60", taljare: 24 }, "ej_i_takt"],
    [
      "reported until 30 April only, 20 is on course",
      { villkor: ">= 60", taljare: 20, passerat: "2023-04-30" },
      "i_takt",
    ],
  ] as const)("%s", (_, given, lage) => {
    const one = judged({ ...given, open: true });
    expect([one.skal, one.takt?.lage]).toEqual(["perioden_pagar", lage]);
  });
  test("the target so far follows the levels: 60 until March, then 120", () => {
    const levels = [nivaOf(">= 60", undefined, "2023-03-31"), nivaOf(">= 120", "2023-04-01")].filter(
      (niva) => niva !== undefined,
    );
    const { takt } = judged({ levels, taljare: 24, open: true });
    expect(takt?.malvarde && compare(takt.malvarde, rational(60n * 90n + 120n * 61n, 365n))).toBe(0);
  });
  test.each([
    ["what must stay below a sum", { villkor: "<= 60", taljare: 1, open: true }],
    ["a period none of whose days has passed", { villkor: ">= 60", taljare: 1, open: true, passerat: "2022-12-31" }],
    [
      "a share, which does not grow with the days,",
      { matt: "narvaroandel", villkor: ">= 85 %", taljare: 8, namnare: 10, open: true },
    ],
    ["a period that has met its target", { villkor: ">= 60", taljare: 60, open: true }],
    ["a period that is over", { villkor: ">= 60", taljare: 1 }],
  ] as const)("%s has none", (_, given) => {
    expect(judged(given).takt).toBeNull();
  });
});

describe("a goal's verdict over its rows", () => {
  const rows = (...statuses: string[]) => statuses.map((status) => ({ status }));
  test.each([
    ["all met", rows("uppnatt", "uppnatt", "ej_matbart"), "uppnatt"],
    ["none met", rows("ej_uppnatt", "ej_matbart"), "ej_uppnatt"],
    ["some met", rows("uppnatt", "ej_uppnatt"), "delvis"],
    ["none measurable", rows("ej_matbart"), "ej_matbart"],
    ["no rows", rows(), "ej_matbart"],
  ])("%s", (_, given, expected) => {
    expect(summarise(given)).toBe(expected);
  });
});

describe("what the report says against what the data say", () => {
  test.each([
    ["ja", "uppnatt", false],
    ["ja", "ej_uppnatt", true],
    ["ja", "delvis", true],
    ["nej", "uppnatt", true],
    ["nej", "ej_uppnatt", false],
    ["nej", "delvis", true],
    ["delvis", "uppnatt", true],
    ["delvis", "ej_uppnatt", true],
    ["delvis", "delvis", false],
    ["ja", "ej_matbart", null],
    ["reviderat", "ej_uppnatt", null],
    [null, "ej_uppnatt", null],
  ] as const)("%s against %s: %s", (reported, status, expected) => {
    expect(deviates(reported, status)).toBe(expected);
  });
});
