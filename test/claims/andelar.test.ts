/** Which wholes printed shares are possible of: published cases of the GRIM test, and sets worked out by hand. */
import { describe, expect, test } from "vitest";
import { numeratorsOf, type Share, type Way, wholesOf } from "../../src/claims/andelar.ts";
import { fromDecimal, over, rational } from "../../src/schema/rational.ts";

/** A printed number, or percent, with the step of its last digit. */
const printed = (text: string, percent = false): Share => {
  const decimals = BigInt(text.split(".")[1]?.length ?? 0);
  const size = rational(percent ? 100n : 1n);
  return { tal: over(fromDecimal(text), size), step: over(rational(1n, 10n ** decimals), size) };
};
const isPossible = (share: Share, n: number, how: Way = "avrundat"): boolean =>
  numeratorsOf(share, BigInt(n), how) !== undefined;

describe("published cases", () => {
  // `pigs1` and `pigs2` of the R package scrutiny, with what its documentation and tests say of them.
  test.each([
    ["7.22", 32, true],
    ["4.74", 25, false],
    ["5.23", 29, false],
    ["2.57", 24, false],
    ["6.77", 27, false],
    ["2.68", 28, true],
    ["7.01", 29, false],
    ["7.38", 26, true],
    ["3.14", 27, false],
    ["6.89", 31, false],
    ["5.00", 25, true],
    ["0.24", 28, false],
  ])("the mean %s of %i: possible %s", (mean, n, possible) => {
    expect(isPossible(printed(mean), n)).toBe(possible);
  });
  test.each([
    ["67.4", false],
    ["54.2", false],
    ["54.0", true],
    ["69.8", false],
    ["68.1", false],
    ["55.4", false],
  ])("%s %% of 150: possible %s", (share, possible) => {
    expect(isPossible(printed(share, true), 150)).toBe(possible);
  });
  test("a mean of 20 rolls of a die is never 3.48", () => {
    expect(isPossible(printed("3.48"), 20)).toBe(false);
  });
  test("means of 5.3 and 4.71 in two groups of 40 together: 20 and 20 not, 23 and 17 (Bauer and Francis 2021)", () => {
    expect([isPossible(printed("5.3"), 20), isPossible(printed("4.71"), 20)]).toEqual([true, false]);
    expect([isPossible(printed("5.3"), 23), isPossible(printed("4.71"), 17)]).toEqual([true, true]);
  });
  test("a half may be rounded up or down: 162 of 80 is 2.025, printed 2.02 or 2.03", () => {
    expect(["2.02", "2.03"].map((mean) => isPossible(printed(mean), 80))).toEqual([true, true]);
  });
});

describe("shares of one whole", () => {
  const wholes = (shares: string[], till: bigint, how: Way = "avrundat"): number[] =>
    wholesOf(
      shares.map((share) => printed(share, true)),
      1n,
      till,
      how,
    ).map(Number);
  test("33 % and 17 % are possible of 6 (2 and 1), 12 (4 and 2) and 18 (6 and 3), and of nothing between", () => {
    expect(wholes(["33", "17"], 23n)).toEqual([6, 12, 18]);
  });
  test("60.3 % and 39.7 % are possible of 58 (35 and 23) and 63, 68, 73 …: not of 60", () => {
    expect(wholes(["60.3", "39.7"], 75n)).toEqual([58, 63, 68, 73]);
  });
  test("85 % is first possible of 13 (11), then of 20 (17), 26 (22) and 27 (23): not of 28", () => {
    expect(wholes(["85"], 28n)).toEqual([13, 20, 26, 27]);
  });
  test("66 % is two thirds with its decimals cut off: not of 3 when it is rounded", () => {
    expect([wholes(["66"], 3n), wholes(["66"], 3n, "avhugget")]).toEqual([[], [3]]);
  });
  test("what is printed 0 % may be none, or few of many: none of 10, and up to 2 of 400", () => {
    expect([10n, 400n].map((n) => numeratorsOf(printed("0", true), n, "avrundat"))).toEqual([
      { fran: 0n, till: 0n },
      { fran: 0n, till: 2n },
    ]);
  });
});
