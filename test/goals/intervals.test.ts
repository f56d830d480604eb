import { describe, expect, test } from "vitest";
import { byar, wilson } from "../../src/goals/intervals.ts";

describe("Wilson, 95 %", () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I: 81/263, 15/148, 0/20, 1/29.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])("%i of %i", (x, n, lag, hog) => {
    const found = wilson(x, n);
    expect(found.lag).toBeCloseTo(lag, 4);
    expect(found.hog).toBeCloseTo(hog, 4);
  });
  test("stays within 0 and 1", () => {
    expect(wilson(0, 5).lag).toBe(0);
    expect(wilson(5, 5).hog).toBe(1);
  });
});

describe("Byar, 95 %", () => {
  // By hand from eq. 2.13 of Breslow & Day: 10(1 − 1/90 − 1,95996/9,48683)³ and 11(1 − 1/99 + 1,95996/9,94987)³.
  test("10 events: 4,79 to 18,39", () => {
    const { lag, hog } = byar(10);
    expect(lag).toBeCloseTo(4.7874, 3);
    expect(hog).toBeCloseTo(18.3915, 3);
  });
  test("no events: from 0", () => {
    expect(byar(0).lag).toBe(0);
    expect(byar(0).hog).toBeGreaterThan(3);
  });
});
