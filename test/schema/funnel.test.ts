// Limits of funnel plots against values computed with exact fractions (binomial) and 60 digits (Poisson).
import { describe, expect, test } from "vitest";
import {
  binomialLimits,
  binomialPlace,
  overdispersion,
  poissonLimits,
  poissonPlace,
  widened,
} from "../../src/schema/funnel.ts";

/** A formula's value to ten digits, cut to what a share or a count can be. */
const digits = (value: number): string => value.toFixed(10);

describe("the interpolated exact limits of Spiegelhalter (2005), appendix A.1, to ten digits", () => {
  test.each([
    [0.5, 10, [0.13244444444444, 0.76755555555556], [0.00024, 0.89976]],
    [0.3, 20, [0.08117650598068, 0.48725514659515], [0.00147731668828, 0.61369967934797]],
    [0.1, 50, [0.01386292695734, 0.17972272762336], [0, 0.24012841875239]],
    [0.85, 120, [0.77896910363926, 0.90697467513446], [0.73706121558515, 0.93792791401669]],
    [0.45, 1000, [0.41870761464343, 0.48038905919277], [0.4010561899306, 0.4982409718741]],
    [0.02, 7, [0, 0.1231094613167], [0, 0.27185927650295]],
  ] as const)("a share of %d of %d", (theta, n, inner, outer) => {
    for (const [level, [lag, hog]] of [
      [0.95, inner],
      [0.998, outer],
    ] as const) {
      const limits = binomialLimits(theta, n, level);
      expect([digits(limits.lag), digits(limits.hog)]).toEqual([digits(lag), digits(hog)]);
    }
  });
  test.each([
    [1, [0, 2.901948696485], [0, 4.86762559567]],
    [4.5, [0.27787295167, 8.658648365605], [0, 11.878146112291]],
    [10, [3.775187947688, 16.159950673345], [1.220529315896, 20.662000835995]],
    [37.25, [25.254956637704, 49.18257201734], [19.337978485303, 56.970615164071]],
    [250, [218.993778725196, 280.956129345336], [202.088328197832, 299.772662634512]],
  ] as const)("a count of which %d are expected", (expected, inner, outer) => {
    for (const [level, [lag, hog]] of [
      [0.95, inner],
      [0.998, outer],
    ] as const) {
      const limits = poissonLimits(expected, level);
      expect([digits(limits.lag), digits(limits.hog)]).toEqual([digits(lag), digits(hog)]);
    }
  });
  test("what all or none do has no limits to leave", () => {
    expect([binomialLimits(0, 9, 0.95), binomialLimits(1, 9, 0.95)]).toEqual([
      { lag: 0, hog: 0 },
      { lag: 1, hog: 1 },
    ]);
    expect(binomialPlace(9, 9, 1)).toBe("ingen");
  });
});

describe("published values to ten digits: those that Boost.Math holds its distributions against, of MathCAD and of a 32-digit table", () => {
  // test/test_binomial.cpp: P(R = r) of 20 at 0.25, by which the formula of A.1 is worked out: 2 − (P(R ≤ 2) − 0.025) / P(R = 2) and so on.
  test("a share of 20 at 0.25", () => {
    const limits = [0.95, 0.998].map((level) => binomialLimits(0.25, 20, level));
    expect(limits.map(({ lag, hog }) => [digits(lag), digits(hog)])).toEqual([
      ["0.0505133664", "0.4294248446"],
      ["0.0000000000", "0.5489256104"],
    ]);
  });
  // test/test_poisson.cpp: P(R ≤ 0) and P(R ≤ 1) at 5; 1 − (0.0404276819945 − 0.025) / (0.0404276819945 − 0.0067379469991)
  test("a count of which 5 are expected", () => {
    expect(digits(poissonLimits(5, 0.95).lag)).toBe("0.5420657955");
  });
  // What is the limit for the chance of at most k is k itself.
  const limitAt = (chance: number, limits: (level: number) => { lag: number; hog: number }): number =>
    chance < 0.5 ? limits(1 - 2 * chance).lag : limits(2 * chance - 1).hog;
  test.each([
    [0.05, 500, 30, 0.869147702104609],
    [0.95, 500, 470, 0.176470742656766],
    [0.25, 8, 1, 0.36708068847656244],
    [0.25, 8, 4, 0.9727020263671875],
  ])("with %d of %d, at most %d have the published chance", (theta, n, k, chance) => {
    expect(digits(limitAt(chance, (level) => binomialLimits(theta, n, level)))).toBe(digits(k / n));
  });
  test.each([
    [5, 1, 0.040427681994512805],
    [4, 5, 0.785130387030406],
    [10, 10, 0.5830397501929856],
    [33, 34, 0.613353568150295],
    [40, 40, 0.541918178362543],
  ])("with %d expected, at most %d have the published chance", (expected, k, chance) => {
    expect(digits(limitAt(chance, (level) => poissonLimits(expected, level)))).toBe(digits(k));
  });
});

const choose = (n: number, r: number): number =>
  Array.from({ length: r }, (_, i) => (n - i) / (i + 1)).reduce((product, factor) => product * factor, 1);

describe("who is outside", () => {
  test.each([
    [0.5, 20],
    [0.815, 48],
    [0.03, 60],
  ])("by chance alone at most one in a thousand on each side, with a share of %d of %d", (theta, n) => {
    const chance = (x: number): number => choose(n, x) * theta ** x * (1 - theta) ** (n - x);
    for (const [place, most] of [
      ["yttre", 0.001],
      ["inre", 0.025],
    ] as const) {
      const isOut = (x: number): boolean =>
        binomialPlace(x, n, theta) === "yttre" || binomialPlace(x, n, theta) === place;
      const sides = [0, 1].map((side) =>
        Array.from({ length: n + 1 }, (_, x) => x)
          .filter((x) => isOut(x) && x > n * theta === (side === 1))
          .reduce((sum, x) => sum + chance(x), 0),
      );
      expect(Math.max(...sides)).toBeLessThanOrEqual(most);
      expect(Math.max(...sides)).toBeGreaterThan(0);
    }
  });
  test("a count far from what is expected is, and one beside it is not", () => {
    expect([poissonPlace(10, 10), poissonPlace(3, 10), poissonPlace(1, 10), poissonPlace(22, 10)]).toEqual([
      "ingen",
      "inre",
      "yttre",
      "yttre",
    ]);
  });
});

test("limits are the square root of the over-dispersion wider, and never narrower nor below none", () => {
  expect(widened({ lag: 0.375, hog: 0.75 }, 0.5, 4)).toEqual({ lag: 0.25, hog: 1 });
  expect(widened({ lag: 0.4, hog: 0.7 }, 0.5, 0.25)).toEqual({ lag: 0.4, hog: 0.7 });
  expect(widened({ lag: 2, hog: 30 }, 10, 9).lag).toBe(0);
});

test("over-dispersion is the mean of the squared distances", () => {
  expect(overdispersion([1, -1, 2])).toBe(2);
});
