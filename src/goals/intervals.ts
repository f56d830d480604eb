/**
 * Intervals for reading a count or a share as an underlying rate. They are never part of a verdict.
 *
 * Wilson: E. B. Wilson, JASA 22 (1927) 209–212, the score interval of a binomial proportion.
 * Byar: the approximation to the exact Poisson limits in Breslow & Day, Statistical Methods in Cancer Research II (1987), eq. 2.13.
 */

export interface Interval {
  readonly lag: number;
  readonly hog: number;
}

/** z of the two-sided level 0.95. */
const z95 = 1.959963984540054;

/** Share of `n` that `x` is. */
export const wilson = (x: number, n: number, z = z95): Interval => {
  const p = x / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { lag: x === 0 ? 0 : (centre - half) / scale, hog: x === n ? 1 : (centre + half) / scale };
};

/** Expected number of events, given that `x` were seen. */
export const byar = (x: number, z = z95): Interval => {
  const above = x + 1;
  const limit = (count: number, sign: 1 | -1): number =>
    count * (1 - 1 / (9 * count) + (sign * z) / (3 * Math.sqrt(count))) ** 3;
  return { lag: x === 0 ? 0 : limit(x, -1), hog: limit(above, 1) };
};
