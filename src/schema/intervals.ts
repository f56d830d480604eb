/**
 * Intervals for reading a count or a share as an underlying rate. They are never part of a verdict.
 *
 * Wilson: E. B. Wilson, JASA 22 (1927) 209–212, the score interval of a binomial proportion.
 * Byar: the approximation to the exact Poisson limits in Breslow & Day, Statistical Methods in Cancer Research II (1987), eq. 2.13.
 * Poisson: the exact limits, F. Garwood, Biometrika 28 (1936) 437–442, as gamma quantiles.
 */
import jstat from "jstat";
import { UsageError } from "./errors.ts";

export interface Interval {
  readonly lag: number;
  readonly hog: number;
}

/** What is outside a two-sided interval, on each side. */
const tail = (niva: number): number => (1 - niva) / 2;

/** The number of standard deviations that a two-sided level reaches. */
const deviations = (niva: number): number => jstat.normal.inv(1 - tail(niva), 0, 1);

/** Share of `n` that `x` is. */
export const wilson = (x: number, n: number, niva = 0.95): Interval => {
  const z = deviations(niva);
  const p = x / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { lag: x === 0 ? 0 : (centre - half) / scale, hog: x === n ? 1 : (centre + half) / scale };
};

/** Expected number of events, given that `x` were seen. */
export const byar = (x: number, niva = 0.95): Interval => {
  const z = deviations(niva);
  const limit = (count: number, sign: 1 | -1): number =>
    count * (1 - 1 / (9 * count) + (sign * z) / (3 * Math.sqrt(count))) ** 3;
  return { lag: x === 0 ? 0 : limit(x, -1), hog: limit(x + 1, 1) };
};

/** Expected number of events, given that `x` were seen: never narrower than it says. */
export const poisson = (x: number, niva = 0.95): Interval => ({
  lag: x === 0 ? 0 : jstat.gammapinv(tail(niva), x),
  hog: jstat.gammapinv(1 - tail(niva), x + 1),
});

export const intervalMethods = ["wilson", "byar", "poisson"] as const;
export type IntervalMethod = (typeof intervalMethods)[number];

/**
 * A two-sided interval by name.
 * @param x what was counted; `n` of how many (wilson only); `niva` above 0 and below 1, 0.95 unless told
 * @returns for wilson a share 0–1, else a number of events
 * @throws UsageError when the figures cannot be a count of so many
 */
export const interval = (
  metod: IntervalMethod,
  { x, n, niva = 0.95 }: { readonly x: number; readonly n?: number | undefined; readonly niva?: number | undefined },
): Interval => {
  if (!(niva > 0 && niva < 1)) throw new UsageError(`level: ${niva}: it is above 0 and below 1, such as 0.95`);
  if (!Number.isFinite(x) || x < 0) throw new UsageError(`x: ${x}: it is a count, 0 or more`);
  if (metod === "wilson") {
    if (n === undefined) throw new UsageError("wilson needs n: of how many x is the count");
    if (!Number.isFinite(n) || n <= 0 || x > n) throw new UsageError(`n: ${n}: it is above 0 and at least x (${x})`);
    return wilson(x, n, niva);
  }
  if (n !== undefined) throw new UsageError(`${metod} takes no n: it is for a count that is a share of nothing`);
  return metod === "byar" ? byar(x, niva) : poisson(x, niva);
};
