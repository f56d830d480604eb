/**
 * Direct standardisation: what a share would be if every unit had the same mix of groups.
 *
 * The weighted mean of each group's share, with the reference population's parts as weights, and the interval of a weighted sum of
 * independent binomial shares: B. R. Kirkwood & J. A. C. Sterne, Essential Medical Statistics (2003), chapter 25.
 */
import type { Limits } from "./funnel.ts";

/** One group of a unit: how many counted, of how many. */
export interface Grupp {
  readonly grupp: string;
  readonly taljare: number;
  readonly namnare: number;
}

/** What part of the reference population each group is. */
export const partsOf = (groups: readonly Grupp[]): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const { grupp, namnare } of groups) sums.set(grupp, (sums.get(grupp) ?? 0) + namnare);
  const all = [...sums.values()].reduce((sum, one) => sum + one, 0);
  return new Map([...sums].map(([grupp, antal]) => [grupp, antal / all]));
};

const deviations = 1.959963984540054;

/** @returns undefined where the unit has nobody of some group: its share there is not known */
export const standardised = (
  groups: readonly Grupp[],
  parts: ReadonlyMap<string, number>,
): ({ readonly varde: number } & Limits) | undefined => {
  const known = new Map(groups.filter(({ namnare }) => namnare > 0).map((one) => [one.grupp, one]));
  let [varde, variance] = [0, 0];
  for (const [grupp, part] of parts) {
    const own = known.get(grupp);
    if (!own) return undefined;
    const share = own.taljare / own.namnare;
    varde += part * share;
    variance += (part * part * share * (1 - share)) / own.namnare;
  }
  const half = deviations * Math.sqrt(variance);
  return { varde, lag: Math.max(0, varde - half), hog: Math.min(1, varde + half) };
};
