/** What a verdict says of counts, tried on every pair of small counts against the verdict that each would give. */
import { expect, test } from "vitest";
import { boundOfVerdict, boundOnCounts } from "../../src/schema/verdict.ts";

const most = 40;
const counts = Array.from({ length: most }, (_, i) => i + 1);
/** 0,07 × 100 is 7,000000000000001 to a computer, and a target group of 30 at 12,5 % is 3,75 persons. */
const cases = [
  { matt: "deltaganden", villkor: "12", malvarde: 12, worthOf: (n: number): number => n },
  { matt: "deltaganden", villkor: "11,5", malvarde: 11.5, worthOf: (n: number): number => n },
  { matt: "malgrupp_nadd", villkor: "7 %", malvarde: 0.07, namnare: 100, worthOf: (n: number): number => n / 100 },
  { matt: "malgrupp_nadd", villkor: "12,5 %", malvarde: 0.125, namnare: 30, worthOf: (n: number): number => n / 30 },
  {
    matt: "kostnad_per_deltagare",
    villkor: "3000 kr",
    malvarde: 3000,
    taljare: 3_600_000,
    worthOf: (n: number): number => 36_000 / n,
  },
];
const verdicts = ["<", "<=", ">", ">="].flatMap((operator) =>
  ["uppnatt", "ej_uppnatt"].map((status) => ({ operator, status })),
);
const isMetBy = (operator: string, value: number, target: number): boolean =>
  operator === "<"
    ? value < target
    : operator === "<="
      ? value <= target
      : operator === ">"
        ? value > target
        : value >= target;

test.each(verdicts)("of a count: $operator, $status", ({ operator, status }) => {
  for (const { matt, villkor, malvarde, taljare = null, namnare = null, worthOf } of cases) {
    const verdict = boundOfVerdict(`${operator} ${villkor}`, malvarde, status);
    const bound = verdict && boundOnCounts(matt, verdict, taljare, namnare);
    const own = counts.filter((n) => isMetBy(operator, worthOf(n), malvarde) === (status === "uppnatt"));
    const said = counts.filter((n) => {
      const sum = n * ((bound?.counted ?? 0) + (bound?.all ?? 0));
      return bound?.op === ">=" ? sum >= bound.rhs : sum <= (bound?.rhs ?? 0);
    });
    expect({ matt, villkor, said }).toEqual({ matt, villkor, said: own });
    // The first or last whole number itself: what is no whole person is not let in beside it.
    expect(own).toContain(Math.abs(bound?.rhs ?? 0));
  }
});

test.each(verdicts)("of a share: $operator, $status", ({ operator, status }) => {
  for (const [percent, malvarde, parts] of [
    ["50", 0.5, 2],
    ["40", 0.4, 5],
    ["12,5", 0.125, 8],
    ["33,3", 0.333, 1000],
  ] as const) {
    const verdict = boundOfVerdict(`${operator} ${percent} %`, malvarde, status);
    const bound = verdict && boundOnCounts("andel_till_arbete_eller_studier", verdict, null, null);
    // Whole numbers of the smallest part, so that nothing is rounded.
    const sumOf = (t: number, n: number): number => parts * t - Math.round(parts * malvarde) * n;
    const isUp = operator.startsWith(">") === (status === "uppnatt");
    const isStrict = (operator.length === 1) === (status === "uppnatt");
    expect(bound).toEqual({
      counted: 1,
      all: -malvarde,
      op: isUp ? ">=" : "<=",
      rhs: isStrict ? (isUp ? 1 : -1) / parts : expect.closeTo(0),
    });
    for (const n of counts)
      for (const t of counts.filter((one) => one <= n)) {
        const isOwn = isMetBy(operator, sumOf(t, n), 0) === (status === "uppnatt");
        const least = isStrict ? 1 : 0;
        expect(isUp ? sumOf(t, n) >= least : sumOf(t, n) <= -least).toBe(isOwn);
      }
  }
});
