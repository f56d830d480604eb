/** How delivered totals serve windows: by a row of exactly its dates, by shorter ones that add up, or on a joined window. */
import { addDays } from "../schema/days.ts";
import type { Rational } from "../schema/rational.ts";
import { ever, type Fonster, holds, length, type Period, shared } from "./windows.ts";

export interface Total extends Period {
  /** What it is a total of, where several things are delivered each for its own periods: a part, a kind of möte. */
  readonly serie?: string;
  readonly taljare: Rational;
  readonly namnare: Rational;
  readonly okand: Rational;
  /** Whether rows for shorter periods add up: events do, persons present do not. */
  readonly ar_summerbar: boolean;
}

/** A window with what it takes, or why it takes nothing. */
export interface Served {
  readonly fonster: Fonster;
  /** Index of each window that a joined one stands for, with the days shared; one and all its days where it is not joined. */
  readonly delar: readonly { readonly index: number; readonly dagar: number }[];
  readonly totals: readonly Total[];
  readonly skal: "saknas" | "ej_summerbart" | null;
  readonly ar_sammanslagen: boolean;
}

const own = (fonster: Fonster, index: number, totals: readonly Total[], skal: Served["skal"]): Served => ({
  fonster,
  delar: [{ index, dagar: length(fonster) }],
  totals,
  skal,
  ar_sammanslagen: false,
});

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

const bySerie = (totals: readonly Total[]): Total[][] => {
  const found = new Map<string, Total[]>();
  for (const total of totals) found.set(total.serie ?? "", [...(found.get(total.serie ?? "") ?? []), total]);
  return [...found.values()];
};

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
  complete: boolean,
  reported: string,
  breaks: readonly string[],
): { readonly taken: readonly Total[]; readonly skal: Served["skal"] } => {
  const series = bySerie(totals).filter((serie) => serie.some((total) => shared(fonster, total) > 0));
  const given = series.map((serie) => serieTotals(fonster, serie));
  const taken = given.flat();
  const inside = taken.filter((total) => !isExactly(fonster, total));
  if (acrossBreak(inside, breaks)) return { taken: [], skal: "ej_summerbart" };
  if (taken.length === 0 || given.some((one) => one.length === 0)) {
    return { taken: [], skal: totals.some((t) => !t.ar_summerbar && holds(fonster, t)) ? "ej_summerbart" : "saknas" };
  }
  const wanted = fonster.ar_oppet ? shared(fonster, { fran: fonster.fran, till: reported }) : length(fonster);
  // Where a series has its whole, each has to have it; else it is enough that together they leave no day out.
  const wholes = inside.length < taken.length ? given : [taken];
  const isWhole = wholes.every((one) => one.some((total) => isExactly(fonster, total)) || covered(one) >= wanted);
  return complete && !isWhole ? { taken: [], skal: "saknas" } : { taken, skal: null };
};

/**
 * Serves windows from totals.
 * @param complete an antal or summa takes shorter rows only where they cover the whole window: what no row states is not 0
 * @param breaks days from which totals are counted in another way
 * @returns the windows in order, those that a longer row covers and one of which has no row of its own joined to that row's dates
 */
export const serve = (
  windows: readonly Fonster[],
  totals: readonly Total[],
  complete: boolean,
  today: string,
  breaks: readonly string[] = [],
): Served[] => {
  const reported =
    totals
      .map(({ till }) => till)
      .sort()
      .at(-1) ?? ever.fran;
  const alone = windows.map((fonster) => ownTotals(fonster, totals, complete, reported, breaks));
  const joined = new Map<number, Served>();
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
    const lacking = delar.some(({ index }) => alone[index]?.taken.length === 0 && !joined.has(index));
    const inside = [...touched].every(
      (index) => joined.get(index)?.delar.every((del) => touched.has(del.index)) ?? true,
    );
    if (!lacking || !inside) continue;
    const period = { fran: total.fran, till: total.till };
    const when = { ar_oppet: total.till >= today, ar_kommande: total.fran > today };
    const fonster = { ...period, hel: period, pengar: period, ...when, ar_hela: false };
    const { taken, skal } = ownTotals(fonster, totals, complete, reported, breaks);
    if (skal !== null) continue;
    const served: Served = {
      fonster,
      delar,
      totals: taken,
      skal: null,
      ar_sammanslagen: true,
    };
    for (const index of touched) joined.set(index, served);
  }
  const result: Served[] = [];
  for (const [index, fonster] of windows.entries()) {
    const join = joined.get(index);
    if (join) {
      if (join.delar[0]?.index === index) result.push(join);
      continue;
    }
    const { taken, skal } = alone[index] ?? { taken: [], skal: "saknas" as const };
    result.push(own(fonster, index, taken, skal));
  }
  return result;
};
