/**
 * Rows or totals, window by window. A window takes a total of exactly its dates, shorter ones that add up, or one that is
 * longer, on a joined window.
 */
import { addDays } from "../schema/days.ts";
import type { Rational } from "../schema/rational.ts";
import { ever, type Fonster, holds, later, length, type Period, shared } from "./windows.ts";

export interface Total extends Period {
  /** What it is a total of, where several things are delivered each for its own periods: a part, a kind of möte. */
  readonly serie: string;
  readonly taljare: Rational;
  readonly namnare: Rational;
  readonly okand: Rational;
  /** Whether rows for shorter periods add up: events do, persons present do not. */
  readonly ar_summerbar: boolean;
  readonly ar_i_grupp: boolean;
  /** Its dataset came as rows too. */
  readonly ar_blandad: boolean;
  /** Rows that the question would count fall within its period: they count, and the total is a check. */
  readonly har_rader: boolean;
}

/** What is known of a selection of evidence before its windows. */
export interface Grounds {
  /** Row-level evidence passes the selection, in any group. */
  readonly has_rows: boolean;
  /** Some evidence, in any group and period, says what is to be counted. */
  readonly has_counts: boolean;
  readonly totals: readonly Total[];
  /** The days that row-level evidence speaks of; null where there is none. */
  readonly rader: Period | null;
}

/** A window with the totals it takes, or why it takes nothing. */
export interface Taken {
  readonly fonster: Fonster;
  /** Index of each window that a joined one covers, with the days shared; one and all its days where it is not joined. */
  readonly delar: readonly { readonly index: number; readonly dagar: number }[];
  readonly totals: readonly Total[];
  /** Totals of the window that its rows are checked against. */
  readonly kontroll: readonly Total[];
  readonly skal: "saknas" | "ej_summerbart" | null;
  /** Rows of the window are not summed either: they would be a part that looks like the whole. */
  readonly ar_sparrad: boolean;
  readonly ar_sammanslagen: boolean;
}

interface Own extends Pick<Taken, "totals" | "kontroll" | "skal" | "ar_sparrad"> {
  /** A longer total may be the window's, on a joined window. */
  readonly lacks: boolean;
}

const byLength = (a: Total, b: Total): number => length(b) - length(a) || (a.fran < b.fran ? -1 : 1);

/** Additive rows inside a window, longest first, none overlapping another. */
const tiles = (fonster: Fonster, totals: readonly Total[]): Total[] => {
  const taken: Total[] = [];
  for (const total of totals.filter((t) => t.ar_summerbar && holds(fonster, t)).sort(byLength)) {
    if (taken.every((other) => shared(other, total) === 0)) taken.push(total);
  }
  return taken.sort((a, b) => (a.fran < b.fran ? -1 : 1));
};

/** Totals on both sides of a day from which they are counted in another way say nothing together. */
const acrossBreak = (totals: readonly Total[], breaks: readonly string[]): boolean =>
  breaks.some((day) => totals.some(({ till }) => till < day) && totals.some(({ fran }) => fran >= day));

/** Days of a window that some of the totals speak of. */
const covered = (totals: readonly Total[]): number => {
  let days = 0;
  let last = ever.fran;
  for (const { fran, till } of [...totals].sort((a, b) => (a.fran < b.fran ? -1 : 1))) {
    const from = fran > last ? fran : addDays(last, 1);
    if (till < from) continue;
    days += length({ fran: from, till });
    last = till;
  }
  return days;
};

const isExactly = (fonster: Fonster, { fran, till }: Total): boolean => fran === fonster.fran && till === fonster.till;

/** What one series gives a window: the row of its dates, else the rows inside it that add up. */
const serieTotals = (fonster: Fonster, serie: readonly Total[]): readonly Total[] => {
  const exact = serie.find((total) => isExactly(fonster, total));
  return exact ? [exact] : tiles(fonster, serie);
};

/**
 * What a window takes of its own. Each series gives its own rows: a part with a row for the year and one with rows for its
 * months are both in the year. A series that speaks of the window only in rows that reach beyond it gives nothing, and
 * then nothing is taken: the others alone would look like all.
 */
const ownTotals = (
  fonster: Fonster,
  totals: readonly Total[],
  { isComplete, reported, breaks }: Rules,
): Pick<Taken, "totals" | "skal"> => {
  const series = [...Map.groupBy(totals, ({ serie }) => serie).values()].filter((serie) =>
    serie.some((total) => shared(fonster, total) > 0),
  );
  const given = series.map((serie) => serieTotals(fonster, serie));
  const taken = given.flat();
  const inside = taken.filter((total) => !isExactly(fonster, total));
  if (acrossBreak(inside, breaks)) return { totals: [], skal: "ej_summerbart" };
  if (taken.length === 0 || given.some((one) => one.length === 0)) {
    return { totals: [], skal: totals.some((t) => !t.ar_summerbar && holds(fonster, t)) ? "ej_summerbart" : "saknas" };
  }
  const wanted = fonster.ar_oppet ? shared(fonster, { fran: fonster.fran, till: reported }) : length(fonster);
  // Where a series has its whole, each has to have it; else it is enough that together they leave no day out.
  const wholes = inside.length < taken.length ? given : [taken];
  const isWhole = wholes.every((one) => one.some((total) => isExactly(fonster, total)) || covered(one) >= wanted);
  return isComplete && !isWhole ? { totals: [], skal: "saknas" } : { totals: taken, skal: null };
};

/** How totals serve a question. */
interface Rules {
  /** An antal or summa takes shorter rows only where they cover the whole window: what no row states is not 0. */
  readonly isComplete: boolean;
  /** The last day that some total speaks of. */
  readonly reported: string;
  /** Days from which totals are counted in another way. */
  readonly breaks: readonly string[];
}

/**
 * What a window takes of a dataset that came both as totals and as rows.
 *
 * A total that rows fall within is a check. Elsewhere the total counts, and a window that reaches over both adds them, if the
 * measure adds up over time. A register says nothing of a window where a total speaks and it has no row: that is not 0.
 */
const mixedTotals = (fonster: Fonster, totals: readonly Total[], hasRows: boolean, rules: Rules): Own => {
  const blocked = { totals: [], kontroll: [], skal: "ej_summerbart", ar_sparrad: true, lacks: false } as const;
  const near = totals.filter((total) => shared(fonster, total) > 0);
  const own = near.filter((total) => total.ar_i_grupp);
  const speaking = own.filter((total) => !total.har_rader);
  if (speaking.length === 0) {
    if (hasRows) {
      const kontroll = ownTotals(fonster, own, { ...rules, isComplete: true }).totals;
      return { totals: [], kontroll, skal: null, ar_sparrad: false, lacks: false };
    }
    if (own.length > 0) return blocked;
    const isElsewhere = near.some((total) => !total.har_rader);
    return { ...blocked, skal: isElsewhere ? "saknas" : null, ar_sparrad: isElsewhere };
  }
  const { totals: taken, skal } = ownTotals(fonster, speaking, { ...rules, isComplete: false });
  if (skal !== null) return { ...blocked, lacks: !hasRows };
  const isWhole = taken.some((total) => isExactly(fonster, total)) || covered(taken) >= length(fonster);
  const isAdded = hasRows || !isWhole;
  const adds =
    taken.every((total) => total.ar_summerbar) &&
    !rules.breaks.some((day) => day <= fonster.till && taken.some(({ till }) => till < day));
  return isAdded && !adds ? blocked : { totals: taken, kontroll: [], skal: null, ar_sparrad: false, lacks: false };
};

/**
 * Chooses rows or totals for each window of one question.
 * @param hasRows whether rows of a dataset that came as totals too fall in a window
 * @param isComplete see `Rules`
 * @returns the windows in order. If a total spans several windows and one of them has nothing of its own, they are merged
 * into one window with that total's dates
 */
export const takeTotals = (
  windows: readonly Fonster[],
  { totals: all }: Pick<Grounds, "totals">,
  hasRows: (fonster: Fonster) => boolean,
  isComplete: boolean,
  today: string,
  breaks: readonly string[] = [],
): Taken[] => {
  const isMixed = all.some((total) => total.ar_blandad);
  const totals = all.filter((total) => total.ar_i_grupp && !(isMixed && total.har_rader));
  const reported = all.map(({ till }) => till).reduce(later, ever.fran);
  const rules = { isComplete, reported, breaks };
  const alone = windows.map((fonster): Own => {
    if (isMixed) return mixedTotals(fonster, all, hasRows(fonster), rules);
    const own = all.length === 0 ? { totals, skal: null } : ownTotals(fonster, totals, rules);
    return { ...own, kontroll: [], ar_sparrad: false, lacks: own.totals.length === 0 };
  });
  const joined = new Map<number, Taken>();
  // The narrowest first: a row for one year is not drowned by one for three.
  const longer = totals
    .filter((total) => !windows.some((fonster) => holds(fonster, total)))
    .sort(byLength)
    .reverse();
  for (const total of longer) {
    const delar = windows
      .map((fonster, index) => ({ index, dagar: shared(fonster, total) }))
      .filter(({ dagar }) => dagar > 0);
    const touched = new Set(delar.map(({ index }) => index));
    const isLacking = delar.some(({ index }) => alone[index]?.lacks && !joined.has(index));
    const isInside = [...touched].every(
      (index) => joined.get(index)?.delar.every((del) => touched.has(del.index)) ?? true,
    );
    const losesRows = isMixed && windows.some((fonster, index) => touched.has(index) && hasRows(fonster));
    if (!isLacking || !isInside || losesRows) continue;
    const period = { fran: total.fran, till: total.till };
    const when = { ar_oppet: total.till >= today, ar_kommande: total.fran > today };
    const fonster = { ...period, hel: period, pengar: period, ...when, ar_hela: false };
    const own = ownTotals(fonster, totals, rules);
    if (own.skal !== null) continue;
    const taken: Taken = { ...own, fonster, delar, kontroll: [], ar_sparrad: false, ar_sammanslagen: true };
    for (const index of touched) joined.set(index, taken);
  }
  return windows.flatMap((fonster, index): Taken[] => {
    const join = joined.get(index);
    if (join) return join.delar[0]?.index === index ? [join] : [];
    const { lacks: _, ...own } = alone[index] as Own;
    return [{ ...own, fonster, delar: [{ index, dagar: length(fonster) }], ar_sammanslagen: false }];
  });
};
