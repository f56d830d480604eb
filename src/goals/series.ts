/**
 * Whether a process meets its target always, never or by chance, told from a series of periods.
 *
 * The natural process limits are where values fall while nothing special happens (W. A. Shewhart, Economic Control of
 * Quality of Manufactured Product, 1931). For counts, sums and ratios XmR: mean ± 2,66 · mean moving range (D. J. Wheeler,
 * Understanding Variation, 1993). For shares p: p̄ ± 3 · √(p̄(1 − p̄) / n), each period by its own n. A target outside them is
 * met by every period or by none; one inside them is met by chance. Decided exactly; never part of a goal's verdict.
 *
 * Neither method says anything of few and small numbers: the limits of counts of 0 and 1 hold nearly all that can happen.
 * Wheeler (Working with Rare Events, 2011; Chunky Data, 2023) uses no XmR where the mean count is small or where the values
 * are too few for the variation to show: here a mean under 2, or fewer than 5 levels. p rests on the normal approximation,
 * for which the smallest period has at least 4 that count and 4 that do not (M. K. Hart and R. F. Hart, Statistical Process
 * Control for Health Care, 2002). Where the method does not hold, the periods that met the target are counted and no more.
 */

import { addDays } from "../schema/days.ts";
import { isRate } from "../schema/rate.ts";
import { compare, minus, over, plus, type Rational, rational, times, toNumber, zero } from "../schema/rational.ts";
import type { Demand } from "./demand.ts";
import type { Measured } from "./measured.ts";

/** Fewer periods than this give limits that move with each new one. */
export const fewest = 12;

/** `centre ± √squared`, not below `least` nor above `most`. */
interface Limits {
  readonly centre: Rational;
  readonly squared: Rational;
  readonly least: Rational | null;
  readonly most: Rational | null;
}

const fewestLevels = 5;
const smallestMean = rational(2n);
const fewestOfEach = rational(4n);

/** `raknat`: no limits hold, and the periods are only counted. */
export type Serieutfall = "alltid" | "aldrig" | "slump" | "raknat";

export interface Punkt {
  readonly row: Measured;
  /** Null where no limits hold. */
  readonly grans_lag: number | null;
  readonly grans_hog: number | null;
  readonly ar_utanfor: boolean;
}

export interface Serie {
  readonly metod: "xmr" | "p" | "ingen";
  readonly medel: Rational;
  readonly utfall: Serieutfall;
  readonly punkter: readonly Punkt[];
}

const one = rational(1n);
const half = rational(266n, 100n);

const vardeOf = ({ judged }: Measured): Rational => judged.varde ?? zero;
const sum = (values: readonly Rational[]): Rational => values.reduce(plus, zero);
const mean = (values: readonly Rational[]): Rational => over(sum(values), rational(BigInt(values.length)));

/** Below zero, zero or above zero as the upper (`1`) or lower (`-1`) limit is less than, equal to or above a bound. */
const compareLimit = ({ centre, squared, least, most }: Limits, side: 1 | -1, bound: Rational): number => {
  const far = minus(bound, centre);
  const root = compare(times(far, far), squared);
  const isBeyond = side === 1 ? far.n > 0n : far.n < 0n;
  const raw = isBeyond ? -side * root : side * (squared.n === 0n && far.n === 0n ? 0 : 1);
  const stop = side === 1 ? most : least;
  if (stop === null) return raw;
  const fromStop = compare(stop, bound);
  return side === 1 ? Math.min(raw, fromStop) : Math.max(raw, fromStop);
};

const always = (limits: Limits, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (
    (from === null || compareLimit(limits, -1, from) >= edge) && (to === null || compareLimit(limits, 1, to) <= -edge)
  );
};

const never = (limits: Limits, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (
    (from !== null && compareLimit(limits, 1, from) < edge) || (to !== null && compareLimit(limits, -1, to) > -edge)
  );
};

/** Whether one period follows on the other, so that the step between them is the process's own. */
const follows = (before: Measured, after: Measured): boolean =>
  before.unit.goal.per === "mote" || addDays(before.taken.fonster.till, 1) === after.taken.fonster.fran;

/**
 * Mean ± 2,66 · mean moving range; undefined where no two periods follow on each other, and where the values are too few or
 * too small for the method.
 */
const xmr = (rows: readonly Measured[]): Limits | undefined => {
  const levels = new Set(rows.map((row) => toNumber(vardeOf(row)))).size;
  const isSmall = rows[0]?.unit.measure.enhet === "antal" && compare(mean(rows.map(vardeOf)), smallestMean) < 0;
  if (levels < fewestLevels || isSmall) return undefined;
  const steps = rows.flatMap((row, i) => {
    const before = rows[i - 1];
    if (!before || !follows(before, row)) return [];
    const step = minus(vardeOf(row), vardeOf(before));
    return step.n < 0n ? minus(zero, step) : step;
  });
  if (steps.length === 0) return undefined;
  const width = times(half, mean(steps));
  // Only money can be below 0: a credit note.
  const isMoney = rows[0]?.unit.measure.enhet.startsWith("kr");
  return { centre: mean(rows.map(vardeOf)), squared: times(width, width), least: isMoney ? null : zero, most: null };
};

const pooled = (rows: readonly Measured[]): Rational =>
  over(sum(rows.map(({ judged }) => judged.taljare ?? zero)), sum(rows.map(({ judged }) => judged.namnare ?? zero)));

/** Whether each period is large enough for some of it to count and some not. */
const holdsP = (share: Rational, rows: readonly Measured[]): boolean =>
  rows.every(({ judged: { namnare } }) =>
    [share, minus(one, share)].every((part) => compare(times(part, namnare ?? zero), fewestOfEach) >= 0),
  );

const pLimits = (share: Rational, n: Rational): Limits => ({
  centre: share,
  squared: over(times(rational(9n), times(share, minus(one, share))), n),
  least: zero,
  most: one,
});

/** A closed, whole, measured period of the goal's own: a cut one is of another size, a joined one of another kind. */
const isPoint = ({
  unit,
  taken: { fonster, ar_sammanslagen: isJoined },
  judged: { varde, namnare },
}: Measured): boolean =>
  varde !== null &&
  !fonster.ar_oppet &&
  !isJoined &&
  fonster.fran === fonster.hel.fran &&
  fonster.till === fonster.hel.till &&
  (!isRate(unit.measure) || (namnare !== null && namnare.n > 0n));

/**
 * The series of one goal and group.
 * @param rows its windows in time order
 * @returns undefined where it has too few periods, or the last one has no target
 */
export const serieOf = (rows: readonly Measured[]): Serie | undefined => {
  const points = rows.filter(isPoint);
  const last = points.at(-1);
  if (points.length < fewest || !last?.judged.demand) return undefined;
  const { demand } = last.judged;
  const isShare = last.unit.measure.slag === "andel";
  const common = isShare ? undefined : xmr(points);
  const share = isShare ? pooled(points) : zero;
  // A share of what is counted in another unit, or above 1, is no binomial share.
  if (isShare && (compare(share, one) > 0 || share.n < 0n)) return undefined;
  const limits =
    common || (isShare && holdsP(share, points))
      ? points.map(({ judged }) => common ?? pLimits(share, judged.namnare ?? one))
      : undefined;
  const utfallOf = (all: readonly Limits[]): Serieutfall => {
    if (all.every((each) => always(each, demand))) return "alltid";
    return all.every((each) => never(each, demand)) ? "aldrig" : "slump";
  };
  return {
    metod: limits === undefined ? "ingen" : isShare ? "p" : "xmr",
    medel: isShare ? share : mean(points.map(vardeOf)),
    utfall: limits === undefined ? "raknat" : utfallOf(limits),
    punkter: points.map((row, i) => {
      const each = limits?.[i];
      if (!each) return { row, grans_lag: null, grans_hog: null, ar_utanfor: false };
      const centre = toNumber(each.centre);
      const width = Math.sqrt(toNumber(each.squared));
      const value = vardeOf(row);
      return {
        row,
        grans_lag: each.least ? Math.max(centre - width, toNumber(each.least)) : centre - width,
        grans_hog: each.most ? Math.min(centre + width, toNumber(each.most)) : centre + width,
        ar_utanfor: compareLimit(each, 1, value) < 0 || compareLimit(each, -1, value) > 0,
      };
    }),
  };
};
