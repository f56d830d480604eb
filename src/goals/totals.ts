/** How delivered totals serve windows: by a row of exactly its dates, by shorter ones that add up, or on a joined window. */
import type { Rational } from "../schema/rational.ts";
import { ever, type Fonster, holds, length, type Period, shared } from "./windows.ts";

export interface Total extends Period {
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

const ownTotals = (
  fonster: Fonster,
  totals: readonly Total[],
  complete: boolean,
  reported: string,
  breaks: readonly string[],
): { readonly taken: readonly Total[]; readonly skal: Served["skal"] } => {
  const exact = totals.find((t) => t.fran === fonster.fran && t.till === fonster.till);
  if (exact) return { taken: [exact], skal: null };
  const inside = tiles(fonster, totals);
  if (acrossBreak(inside, breaks)) return { taken: [], skal: "ej_summerbart" };
  if (inside.length > 0) {
    const covered = inside.reduce((days, t) => days + length(t), 0);
    const wanted = fonster.ar_oppet ? shared(fonster, { fran: fonster.fran, till: reported }) : length(fonster);
    return complete && covered < wanted ? { taken: [], skal: "saknas" } : { taken: inside, skal: null };
  }
  return { taken: [], skal: totals.some((t) => !t.ar_summerbar && holds(fonster, t)) ? "ej_summerbart" : "saknas" };
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
    const served: Served = {
      fonster: { ...period, hel: period, pengar: period, ar_oppet: total.till >= today, ar_hela: false },
      delar,
      totals: [total],
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
