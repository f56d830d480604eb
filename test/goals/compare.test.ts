import { describe, expect, test } from "vitest";
import { type Candidate, compareModels } from "../../src/goals/compare.ts";
import type { Judged } from "../../src/goals/judge.ts";
import { measures } from "../../src/schema/measures.ts";
import { rational, zero } from "../../src/schema/rational.ts";

const measure = measures.get("antal_moten");
if (!measure) throw new Error("antal_moten");

const judged = (count: number | null): Judged => ({
  varde: count === null ? null : rational(BigInt(count)),
  taljare: count === null ? null : rational(BigInt(count)),
  namnare: null,
  tackningsgrad: null,
  okand: zero,
  malvarde: null,
  kontroll: null,
  status: "ej_matbart",
  skal: count === null ? "saknas" : "inget_villkor",
  ki: null,
  demand: null,
  ar_nara: null,
  takt: null,
});

const candidate = (insats: string, given: Partial<Candidate> = {}): Candidate => ({
  insats_id: insats,
  modell: "",
  forbund_id: null,
  measure,
  parametrar: { motestyp: "styrgrupp" },
  fran: "2023-01-01",
  till: "2023-12-31",
  is_total: false,
  judged: judged(4),
  ...given,
});

const told = (...candidates: Candidate[]): string[] =>
  compareModels(candidates).map(
    ({ insats_id: id, jamforbar, jamforbar_med: others, skal }) => `${id}: ${jamforbar ? `med ${others}` : skal}`,
  );

describe("two insatser's values stand side by side", () => {
  test("where the same was counted, over as long a time, on the same kind of ground", () => {
    expect(told(candidate("a"), candidate("b", { fran: "2021-01-01", till: "2021-12-31" }))).toEqual([
      "a: med b",
      "b: med a",
    ]);
  });
  test.each([
    [
      "another selection",
      candidate("b", { parametrar: { motestyp: "puls" } }),
      "a: b räknar något annat: antal_moten (motestyp: puls)",
    ],
    ["another length", candidate("b", { till: "2023-06-30" }), "a: b har en annan period: sex månader mot tolv"],
    ["totals against rows", candidate("b", { is_total: true }), "a: b bygger på lämnade antal, den här på rader"],
    ["no data", candidate("b", { judged: judged(null) }), "a: underlag saknas för b"],
  ])("not with %s, and the reason is said", (_, other, expected) => {
    expect(told(candidate("a"), other)[0]).toBe(expected);
  });
  test("nor alone", () => {
    expect(told(candidate("a"))).toEqual(["a: ingen annan insats har måttet"]);
  });
  test("an insats is there with its longest measured period", () => {
    const [row] = compareModels([
      candidate("a", { till: "2023-06-30" }),
      candidate("a"),
      candidate("a", { till: "2025-12-31", judged: judged(null) }),
    ]);
    expect([row?.till, row?.varde]).toEqual(["2023-12-31", 4]);
  });
});
