/** The periods a goal is judged on. */
import { addDays, addMonths, daysBetween, isoOf } from "../schema/days.ts";
import type { WindowKind } from "../schema/mal.ts";

export interface Period {
  readonly fran: string;
  readonly till: string;
}

export interface Fonster extends Period {
  /** The period before it was clipped to the insats: a target is scaled by covered days over these days. */
  readonly hel: Period;
  /** Where money is looked for: an insats's invoice is its cost even outside its dates. */
  readonly pengar: Period;
  /** Not over: its last day is today or later. */
  readonly ar_oppet: boolean;
  /** Not begun: its first day is after today. */
  readonly ar_kommande: boolean;
  /** The whole insats: takes what falls due after it. */
  readonly ar_hela: boolean;
}

export interface InsatsPeriod {
  readonly startdatum: string | null;
  readonly slutdatum: string | null;
  /** First and last day its data speak of. */
  readonly data_fran: string | null;
  readonly data_till: string | null;
}

export const ever: Period = { fran: "0001-01-01", till: "9999-12-31" };

const monthsOf = { manad: 1, kvartal: 3, tertial: 4, termin: 6, ar: 12 } as const;

const earlier = (a: string, b: string): string => (a < b ? a : b);
export const later = (a: string, b: string): string => (a > b ? a : b);

/** First day of the calendar period of so many months that holds a day. */
const periodStart = (iso: string, months: number): string => {
  const month = Number(iso.slice(5, 7)) - 1;
  return isoOf(Number(iso.slice(0, 4)), month - (month % months) + 1, 1);
};

/**
 * The windows of one goal, in order; they never overlap.
 *
 * A calendar window is clipped to the insats, but for an insats without slutdatum the last one keeps its end.
 * @param moten the days of the held möten, for `per: mote`
 * @returns none when neither a start nor any data is known
 */
export const windows = (
  per: WindowKind,
  insats: InsatsPeriod,
  today: string,
  moten: readonly string[] = [],
): Fonster[] => {
  const start = insats.startdatum ?? insats.data_fran;
  if (start === null) return [];
  const last = later(insats.slutdatum ?? insats.data_till ?? today, start);
  const make = (hel: Period, pengar: Period, clip: boolean): Fonster => {
    const till = clip && insats.slutdatum !== null ? earlier(hel.till, insats.slutdatum) : hel.till;
    const fran = later(hel.fran, start);
    return { fran, till, hel, pengar, ar_oppet: till >= today, ar_kommande: fran > today, ar_hela: false };
  };
  if (per === "hela") {
    const hel = { fran: start, till: last };
    return [{ ...make(hel, ever, true), ar_hela: true }];
  }
  if (per === "mote") {
    return [...new Set(moten)].sort().map((day) => make({ fran: day, till: day }, { fran: day, till: day }, false));
  }
  const found: Fonster[] = [];
  if (per === "insatsar") {
    for (let k = 0; addMonths(start, 12 * k) <= last; k++) {
      const hel = { fran: addMonths(start, 12 * k), till: addDays(addMonths(start, 12 * (k + 1)), -1) };
      const isLast = addMonths(start, 12 * (k + 1)) > last;
      const pengar = { fran: k === 0 ? ever.fran : hel.fran, till: isLast ? ever.till : hel.till };
      found.push(make(hel, pengar, true));
    }
    return found;
  }
  const months = monthsOf[per];
  for (let fran = periodStart(start, months); fran <= last; fran = addMonths(fran, months)) {
    const hel = { fran, till: addDays(addMonths(fran, months), -1) };
    found.push(make(hel, hel, true));
  }
  return found;
};

export const length = ({ fran, till }: Period): number => daysBetween(fran, till);

/** Days two periods share. */
export const shared = (a: Period, b: Period): number =>
  Math.max(0, daysBetween(later(a.fran, b.fran), earlier(a.till, b.till)));

export const holds = (outer: Period, inner: Period): boolean => outer.fran <= inner.fran && inner.till <= outer.till;

/** The days two periods share, as a period; it ends before it begins where they share none. */
export const overlap = (a: Period, b: Period): Period => ({
  fran: later(a.fran, b.fran),
  till: earlier(a.till, b.till),
});
