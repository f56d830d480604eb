import { describe, expect, test } from "vitest";
import { noBortfall } from "../../src/goals/bortfall.ts";
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
  har_okanda_ord: false,
  malvarde: null,
  kontroll: null,
  lack: count === null ? "saknas" : null,
  bortfall: noBortfall,
  status: "ej_matbart",
  skal: count === null ? "saknas" : "inget_villkor",
  ki: null,
  demand: null,
  ar_nara: null,
  takt: null,
});

const candidate = (insats: string, given: Partial<Candidate> = {}): Candidate => ({
  insats_id: insats,
  namn: `Insats ${insats.toUpperCase()}`,
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
const unmeasured = { judged: judged(null) };
const puls = { parametrar: { motestyp: "puls" } };

const reasonOf = (insats: string, ...candidates: Candidate[]): string | null | undefined =>
  compareModels(candidates).find(({ insats_id: id }) => id === insats)?.skal;

describe("two insatser's values are comparable", () => {
  test("if the same was counted, over as many months, on the same kind of ground", () => {
    const rows = compareModels([candidate("a"), candidate("b", { fran: "2021-01-01", till: "2021-12-31" })]);
    const group = "Antal möten (mötestyp: styrgrupp), 12 månader, rader";
    expect(rows.map((row) => [row.insats_id, row.jamforbar, row.jamforelsegrupp, row.skal])).toEqual([
      ["a", true, group, null],
      ["b", true, group, null],
    ]);
  });
  test.each([
    ["another selection", puls, "Insats B räknar något annat: Antal möten (mötestyp: puls)"],
    ["another length", { till: "2023-06-30" }, "Insats B har en annan period: sex månader mot tolv"],
    ["totals against rows", { is_total: true }, "Insats B bygger på lämnade antal i stället för rader"],
    ["no data", unmeasured, "Insats B saknar underlag"],
  ])("not with %s, and the reason names the insats", (_, given, expected) => {
    const [row] = compareModels([candidate("a"), candidate("b", given)]);
    expect([row?.jamforbar, row?.skal]).toEqual([false, expected]);
  });
  test("nor alone", () => {
    expect(reasonOf("a", candidate("a"))).toBe("ingen annan insats har måttet");
  });
  test("nor without a value, and then there is no group", () => {
    const [row] = compareModels([candidate("a", unmeasured), candidate("b"), candidate("c")]);
    expect([row?.jamforbar, row?.jamforelsegrupp, row?.skal]).toEqual([false, null, "underlag saknas"]);
  });
});

describe("the reasons", () => {
  test("count the others of each kind, and name the first by id", () => {
    expect(
      reasonOf(
        "m",
        candidate("m"),
        candidate("d", unmeasured),
        candidate("c", { ...puls, till: "2023-06-30" }),
        candidate("b", puls),
        candidate("n", { parametrar: { motestyp: "planering" } }),
        candidate("x", { till: "2024-12-31" }),
        candidate("y", { is_total: true }),
        candidate("z", { is_total: true }),
      ),
    ).toBe(
      [
        "Insats D saknar underlag",
        "tre andra räknar något annat, till exempel Insats B: Antal möten (mötestyp: puls)",
        "Insats X har en annan period: 24 månader mot tolv",
        "två andra bygger på lämnade antal i stället för rader, till exempel Insats Y",
      ].join("; "),
    );
  });
  test("are of those that are not comparable, beside some that are", () => {
    const rows = compareModels([candidate("a"), candidate("b"), candidate("c", puls)]);
    expect(rows.map(({ jamforbar, skal }) => [jamforbar, skal])).toEqual([
      [true, "Insats C räknar något annat: Antal möten (mötestyp: puls)"],
      [true, "Insats C räknar något annat: Antal möten (mötestyp: puls)"],
      [false, "två andra räknar något annat, till exempel Insats A: Antal möten (mötestyp: styrgrupp)"],
    ]);
  });
});

test("a group keeps its name when an insats is added", () => {
  const groups = (...candidates: Candidate[]): unknown[] =>
    compareModels([candidate("b"), candidate("c", puls), candidate("d", { is_total: true }), ...candidates])
      .filter(({ insats_id: id }) => "bcd".includes(id))
      .map(({ jamforelsegrupp: group }) => group);
  const before = groups();
  expect(new Set(before).size).toBe(3);
  expect(groups(candidate("a", { is_total: true }), candidate("e", puls))).toEqual(before);
});

test("an insats has the longest of its periods that was measured", () => {
  const [row] = compareModels([
    candidate("a", { till: "2023-06-30" }),
    candidate("a"),
    candidate("a", { till: "2025-12-31", ...unmeasured }),
  ]);
  expect([row?.till, row?.varde]).toEqual(["2023-12-31", 4]);
});

test("ten times as many insatser give ten times as much text, half of them comparable", () => {
  const kinds = [{}, {}, {}, puls, { till: "2023-06-30" }, unmeasured] as const;
  const bytes = (count: number): number => {
    const rows = compareModels(
      Array.from({ length: count }, (_, i) => candidate(String(i).padStart(4, "0"), kinds[i % kinds.length])),
    );
    expect(rows.filter(({ jamforbar }) => jamforbar).length).toBeGreaterThanOrEqual(count / 2);
    return rows.reduce((sum, { jamforelsegrupp: group, skal }) => sum + `${group}${skal}`.length, 0);
  };
  expect(bytes(300) / bytes(30)).toBeGreaterThan(9);
  expect(bytes(300) / bytes(30)).toBeLessThan(11);
});
