import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { byar, interval, poisson, wilson } from "../../src/schema/intervals.ts";
import published from "./intervals.json" with { type: "json" };

/** How far apart two figures are, as a share of the right one. */
const off = (found: number, right: string): number =>
  Number(right) === 0 ? Math.abs(found) : Math.abs(found / Number(right) - 1);

describe("against the same formulas in fifty digits", () => {
  test.each(
    published.wilson.map(([niva, x, n, lag, hog]) => ({
      niva: Number(niva),
      x: Number(x),
      n: Number(n),
      lag: String(lag),
      hog: String(hog),
    })),
  )("Wilson, $x of $n at $niva, agrees to ten digits", ({ niva, x, n, lag, hog }) => {
    const found = interval("wilson", { x, n, niva });
    expect(Math.max(off(found.lag, lag), off(found.hog, hog))).toBeLessThan(1e-10);
  });
  describe.each(["byar", "poisson"] as const)("%s", (metod) => {
    test.each(
      published[metod].map(([niva, x, lag, hog]) => ({
        niva: Number(niva),
        x: Number(x),
        lag: String(lag),
        hog: String(hog),
      })),
    )("$x events at $niva agrees to ten digits", ({ niva, x, lag, hog }) => {
      const found = interval(metod, { x, niva });
      expect(Math.max(off(found.lag, lag), off(found.hog, hog))).toBeLessThan(1e-10);
    });
  });
});

describe("any interval", () => {
  test("holds what was seen, and grows with its level", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 5000 }), (x, more) => {
        for (const metod of ["wilson", "byar", "poisson"] as const) {
          const n = metod === "wilson" ? x + more : undefined;
          const seen = n === undefined ? x : x / n;
          const narrow = interval(metod, { x, n, niva: 0.8 });
          const wide = interval(metod, { x, n, niva: 0.99 });
          expect(narrow.lag).toBeLessThanOrEqual(seen);
          expect(narrow.hog).toBeGreaterThanOrEqual(seen);
          expect(wide.lag).toBeLessThanOrEqual(narrow.lag);
          expect(wide.hog).toBeGreaterThanOrEqual(narrow.hog);
        }
      }),
    );
  });
  test.each([
    ["wilson", { x: 1 }, "wilson needs n"],
    ["wilson", { x: 3, n: 2 }, "n: 2"],
    ["wilson", { x: 0, n: 0 }, "n: 0"],
    ["poisson", { x: 1, n: 2 }, "takes no n"],
    ["byar", { x: -1 }, "x: -1"],
    ["poisson", { x: Number.NaN }, "x: NaN"],
    ["byar", { x: 1, niva: 95 }, "level: 95"],
  ] as const)("%s of %j is refused: %s", (metod, figures, why) => {
    expect(() => interval(metod, figures)).toThrow(why);
  });
});

describe("exact Poisson, 95 %", () => {
  // Garwood's table I, 2,5 % on each side: 0: 0–3,69; 1: 0,0253–5,57; 10: 4,80–18,39; 50: 37,11–65,92.
  test.each([
    [0, 0, 3.69],
    [1, 0.0253, 5.57],
    [10, 4.8, 18.39],
    [50, 37.11, 65.92],
  ])("%i events: %d to %d", (x, lag, hog) => {
    const found = poisson(x);
    expect(found.lag).toBeCloseTo(lag, 2);
    expect(found.hog).toBeCloseTo(hog, 2);
  });
});

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
