/**
 * What a goal demands of one window, by the levels that hold in it.
 *
 * A count or sum grows with time, so a level that holds part of a window is asked for that part: target = Σ level × shared
 * days / days of the window. A share or ratio does not: a mean of two decided levels is a level that nobody decided, so the
 * one that holds on the window's last day is asked of all of it. Days without a level cannot be judged: a count for the
 * whole window against a target for a part of it would be met by what the target never asked for.
 */
import type { Niva } from "../schema/mal.ts";
import { compare, minus, over, plus, type Rational, rational, times, zero } from "../schema/rational.ts";
import { type Exact, sedan, type Tolerans } from "../schema/villkor.ts";
import type { Taken } from "./totals.ts";
import { type Fonster, length, overlap, shared } from "./windows.ts";

/** In the measure's own unit; null bounds are open. */
export interface Demand {
  readonly from: Rational | null;
  readonly to: Rational | null;
  /** Whether the bound itself is inside. */
  readonly closed: boolean;
  /** Null for an interval. */
  readonly target: Rational | null;
  /** The levels it was made of, in time order. */
  readonly nivaer: readonly Niva[];
  /** How many whole windows it asks for: 1 for a rate, 0.5 for half a year of a yearly count. */
  readonly andel: Rational;
  /** Whether its numbers are written in percent. */
  readonly percent: boolean;
}

/** What decides how a goal's levels fall on a window. */
export interface Asking {
  readonly nivaer: readonly Niva[];
  readonly taken: Taken;
  /** The goal's own windows; `taken` is one of them, or some of them joined. */
  readonly fonster: readonly Fonster[];
  readonly isRate: boolean;
  readonly delperiod: "proportionell" | "hel";
}

const one = rational(1n);

interface Weighed {
  readonly niva: Niva;
  readonly weight: Rational;
}

export const exact = ({ digits, decimals }: Exact, percent: boolean): Rational =>
  rational(digits, 10n ** BigInt(decimals) * (percent ? 100n : 1n));

/** Each level's share of the window up to a day; undefined where some day has none. */
const weigh = ({ nivaer, taken, fonster, isRate, delperiod }: Asking, last: string): Weighed[] | undefined => {
  if (isRate) {
    const niva = nivaer.find(({ fran, till }) => fran <= last && last <= till);
    return niva && [{ niva, weight: rational(1n) }];
  }
  const weights = new Map<Niva, Rational>();
  for (const { index } of taken.delar) {
    const own = fonster[index];
    if (!own) continue;
    const part = overlap(overlap(own, taken.fonster), { fran: own.fran, till: last });
    if (part.till < part.fran) continue;
    const days = BigInt(length(delperiod === "proportionell" ? own.hel : own));
    let covered = 0;
    for (const niva of nivaer) {
      const common = shared(niva, part);
      covered += common;
      if (common > 0) weights.set(niva, plus(weights.get(niva) ?? zero, rational(BigInt(common), days)));
    }
    if (covered < length(part)) return undefined;
  }
  return weights.size === 0 ? undefined : [...weights].map(([niva, weight]) => ({ niva, weight }));
};

/**
 * The demand on a window, or on what of it has passed by a day.
 * @returns undefined where no level holds, or none on some day that counts
 */
export const demandOn = (asking: Asking, last = asking.taken.fonster.till): Demand | undefined => {
  const weighed = weigh(asking, last);
  const operator = weighed?.[0]?.niva.villkor.operator;
  if (!weighed || !operator) return undefined;
  const sum = (bound: "from" | "to"): Rational =>
    weighed
      .map(({ niva: { villkor }, weight }) =>
        times(exact(villkor.operator === ".." ? villkor[bound] : villkor.value, villkor.percent), weight),
      )
      .reduce(plus, zero);
  const isInterval = operator === "..";
  const up = isInterval || operator === ">=" || operator === ">" || operator === "=";
  const down = isInterval || operator === "<=" || operator === "<" || operator === "=";
  return {
    from: up ? sum("from") : null,
    to: down ? sum("to") : null,
    closed: operator !== ">" && operator !== "<",
    target: isInterval ? null : sum("from"),
    nivaer: weighed.map(({ niva }) => niva),
    andel: weighed.map(({ weight }) => weight).reduce(plus, zero),
    percent: weighed.some(({ niva }) => niva.villkor.percent),
  };
};

export const meets = (value: Rational, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (from === null || compare(value, from) >= edge) && (to === null || compare(value, to) <= -edge);
};

/** Whether some value from `least` to `most` would meet the demand: what is unknown could have decided. Null is without bound. */
export const mightMeet = (least: Rational | null, most: Rational | null, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (
    (from === null || most === null || compare(most, from) >= edge) &&
    (to === null || least === null || compare(least, to) <= -edge)
  );
};

/** Whether every value from `least` to `most` meets the demand. Null is without bound. */
export const mustMeet = (least: Rational | null, most: Rational | null, demand: Demand): boolean =>
  (least === null ? demand.from === null : meets(least, { ...demand, to: null })) &&
  (most === null ? demand.to === null : meets(most, { ...demand, from: null }));

/** The conditions that a demand was made of, as they are written: `>= 60`, or `>= 60, sedan >= 80`. */
export const villkorText = ({ nivaer }: Demand): string =>
  [...new Set(nivaer.map(({ skrivet }) => skrivet))].join(sedan);

/** Whether a least number of 1 or more is brought under 1 because the window is a part of the goal's: nothing whole can be asked. */
export const isTooShort = ({ from, to, andel }: Demand): boolean =>
  from !== null && to === null && compare(from, one) < 0 && andel.n > 0n && compare(over(from, andel), one) >= 0;

/** Where its levels were decided; null where nothing is said. */
export const beslutText = ({ nivaer }: Demand): string | null =>
  [...new Set(nivaer.flatMap(({ beslut }) => beslut ?? []))].join("; ") || null;

const size = (value: Rational): Rational => (value.n < 0n ? minus(zero, value) : value);

/** Whether a value that misses the demand misses it by no more than the tolerance; exactly so much is near. */
export const isNear = (value: Rational, demand: Demand, { value: stated, of }: Tolerans): boolean => {
  const { from, to, andel, percent } = demand;
  const missed = from !== null && compare(value, from) <= 0 ? from : to;
  if (missed === null) return false;
  const allowed = {
    mal: () => times(exact(stated, true), size(missed)),
    procentenheter: () => exact(stated, true),
    villkor: () => times(exact(stated, percent), andel),
  }[of]();
  return compare(size(minus(value, missed)), allowed) <= 0;
};
