/**
 * Control limits of funnel plots: how far a unit may lie from what holds for all, by chance alone, given its size.
 *
 * D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005) 1185–1202,
 * appendix A.1: exact limits from the binomial and Poisson distributions, interpolated between whole counts so that they change
 * smoothly with the size. Over-dispersion: its section 4.2.
 */

/** 95 and 99.8 percent, two-sided: about two and three standard deviations. */
export const inner = 0.95;
export const outer = 0.998;

export interface Limits {
  readonly lag: number;
  readonly hog: number;
}

/** So small beside the most probable count that it changes no digit. */
const negligible = 1e-25;

/** The probability of each count that has one, in order. */
type Distribution = readonly (readonly [count: number, probability: number])[];

/** @param mode the most probable count; `ratio(r)` is P(r + 1) / P(r), and 0 at the last */
const distribution = (mode: number, ratio: (r: number) => number): Distribution => {
  const weights: [number, number][] = [[mode, 1]];
  for (let r = mode, w = 1; r > 0 && w > negligible; r--) {
    w /= ratio(r - 1);
    weights.unshift([r - 1, w]);
  }
  for (let r = mode, w = ratio(mode); w > negligible; r++, w *= ratio(r)) weights.push([r + 1, w]);
  const total = weights
    .map(([, w]) => w)
    .sort((a, b) => a - b)
    .reduce((sum, w) => sum + w, 0);
  return weights.map(([r, w]) => [r, w / total]);
};

const binomial = (theta: number, n: number): Distribution =>
  distribution(Math.min(n, Math.floor((n + 1) * theta)), (r) => ((n - r) / (r + 1)) * (theta / (1 - theta)));
const poisson = (expected: number): Distribution => distribution(Math.floor(expected), (r) => expected / (r + 1));

/**
 * The interpolated count below which a share `p` of a distribution lies: the first whole count r with P(R ≤ r) > p, less the part of
 * its own probability by which it passes p.
 */
const interpolated = (counts: Distribution, p: number): number => {
  let below = 0;
  for (const [r, own] of counts) {
    if (below + own > p) return r - (below + own - p) / own;
    below += own;
  }
  return counts.at(-1)?.[0] ?? 0;
};

/** Between which limits of a level, two-sided, a count lies; `yttre` is outside both. */
export type Utanfor = "ingen" | "inre" | "yttre";

/**
 * How improbable a count and those farther off are. The limits that are drawn are smooth, and the upper one is up to a whole count
 * too low for a rate to hold: which of the units differ is decided by the probabilities themselves.
 */
const placeOf = (counts: Distribution, count: number): Utanfor => {
  const sum = (isIn: (r: number) => boolean): number => counts.reduce((all, [r, own]) => all + (isIn(r) ? own : 0), 0);
  const rest = Math.min(
    sum((r) => r <= count),
    sum((r) => r >= count),
  );
  if (rest <= (1 - outer) / 2) return "yttre";
  return rest <= (1 - inner) / 2 ? "inre" : "ingen";
};

const tails = (level: number): readonly [number, number] => [(1 - level) / 2, (1 + level) / 2];

/** Limits of a share of `n` that is `theta` in all: between 0 and 1. */
export const binomialLimits = (theta: number, n: number, level: number): Limits => {
  if (theta <= 0 || theta >= 1) return { lag: theta, hog: theta };
  const counts = binomial(theta, n);
  const [lag, hog] = tails(level).map((p) => interpolated(counts, p) / n);
  return { lag: Math.max(0, lag ?? 0), hog: Math.min(1, hog ?? 1) };
};

/** Limits of a count that is expected to be `expected`. */
export const poissonLimits = (expected: number, level: number): Limits => {
  const counts = poisson(expected);
  const [lag, hog] = tails(level).map((p) => interpolated(counts, p));
  return { lag: Math.max(0, lag ?? 0), hog: hog ?? 0 };
};

/** Where `x` of `n` lies when it is a share `theta` in all. */
export const binomialPlace = (x: number, n: number, theta: number): Utanfor =>
  theta <= 0 || theta >= 1 ? "ingen" : placeOf(binomial(theta, n), x);

/** Where a count lies when it is expected to be `expected`. */
export const poissonPlace = (count: number, expected: number): Utanfor => placeOf(poisson(expected), count);

/** Limits about `alla` as wide as units of this over-dispersion need: its square root wider, and never narrower. */
export const widened = ({ lag, hog }: Limits, alla: number, spridning: number): Limits => {
  const factor = Math.sqrt(Math.max(1, spridning));
  return { lag: Math.max(0, alla - (alla - lag) * factor), hog: alla + (hog - alla) * factor };
};

/**
 * How many times more units vary than chance alone gives: the mean of the squared standardised distances. Units that really differ
 * raise it too, so limits are widened for it only where a reader asks.
 */
export const overdispersion = (distances: readonly number[]): number =>
  distances.reduce((sum, z) => sum + z * z, 0) / distances.length;
