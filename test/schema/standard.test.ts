// Direct standardisation against sums made by hand.
import { expect, test } from "vitest";
import { partsOf, standardised } from "../../src/schema/standard.ts";

const unit = (kvinnor: readonly [number, number], man: readonly [number, number]) => [
  { grupp: "kvinna", taljare: kvinnor[0], namnare: kvinnor[1] },
  { grupp: "man", taljare: man[0], namnare: man[1] },
];
const [one, other] = [unit([8, 10], [18, 90]), unit([72, 90], [2, 10])];

test("two units that differ only in their mix come to the same", () => {
  const parts = partsOf([...one, ...other]);
  expect([...parts]).toEqual([
    ["kvinna", 0.5],
    ["man", 0.5],
  ]);
  // As they are 26 and 74 percent; of women 80 and of men 20 percent in both.
  expect([standardised(one, parts)?.varde, standardised(other, parts)?.varde]).toEqual([0.5, 0.5]);
});

test("the interval is that of a weighted sum of two binomial shares", () => {
  const found = standardised(one, partsOf([...one, ...other]));
  // 0.25 · 0.16 / 10 + 0.25 · 0.16 / 90 = 0.00444…, whose root is 0.0667
  expect(found?.hog).toBeCloseTo(0.5 + 1.959963984540054 * (0.2 / 3), 12);
  expect(found?.lag).toBeCloseTo(0.5 - 1.959963984540054 * (0.2 / 3), 12);
});

test("a unit with nobody of some group has no standardised share", () => {
  expect(standardised(unit([8, 10], [0, 0]), partsOf(one))).toBeUndefined();
});
