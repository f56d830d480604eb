import { describe, expect, test } from "vitest";
import { deviates, type Judged, judge, summarise } from "../../src/goals/judge.ts";
import type { Served } from "../../src/goals/totals.ts";
import { windows } from "../../src/goals/windows.ts";
import { type Measure, measures } from "../../src/schema/measures.ts";
import { compare, rational, toNumber, zero } from "../../src/schema/rational.ts";
import { parseVillkor } from "../../src/schema/villkor.ts";

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
}

const judged = ({
  matt = "antal_moten",
  villkor,
  taljare,
  namnare = 0,
  okand = 0,
  open = false,
  till = "2023-12-31",
  delperiod = "proportionell",
}: Given): Judged => {
  const [fonster] = windows(
    "ar",
    { startdatum: "2023-01-01", slutdatum: till, data_fran: null, data_till: null },
    open ? "2023-06-01" : "2030-01-01",
  );
  if (!fonster) throw new Error("no window");
  const dagar = toNumber(rational(BigInt((Date.parse(fonster.till) - Date.parse(fonster.fran)) / 86_400_000 + 1)));
  const served: Served = { fonster, delar: [{ index: 0, dagar }], totals: [], skal: null, ar_sammanslagen: false };
  const micro = (value: number) => rational(BigInt(Math.round(value * 1_000_000)), 1_000_000n);
  return judge({
    measure: measureOf(matt),
    villkor: villkor === undefined ? undefined : parseVillkor(villkor),
    delperiod,
    served,
    windows: [{ dagar, helDagar: 365 }],
    sums: { taljare: micro(taljare), namnare: micro(namnare), okand: micro(okand), rader: 1, kanda: 1 },
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
