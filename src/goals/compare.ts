/**
 * Models of work side by side. Two insatser's values stand beside each other only where the same thing was counted, over
 * as long a time, on the same kind of ground; otherwise the reason why not is what is shown.
 */

import { wholeMonths } from "../schema/days.ts";
import type { Measure } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { counted, spell, windowWord } from "../schema/swedish.ts";
import type { Parametrar } from "./evidence.ts";
import type { Judged } from "./judge.ts";

/** One measured, ungrouped window of one insats's goal. */
export interface Candidate {
  readonly insats_id: string;
  readonly modell: string;
  readonly forbund_id: string | null;
  readonly measure: Measure;
  readonly parametrar: Parametrar;
  readonly fran: string;
  readonly till: string;
  /** Whether the value comes from delivered totals rather than rows. */
  readonly is_total: boolean;
  readonly judged: Judged;
}

const definitionOf = ({ measure, parametrar }: Candidate): string => {
  const chosen = { ...measure.standard, ...parametrar };
  const parts = Object.keys(chosen)
    .sort()
    .map((name) => `${name}: ${[chosen[name]].flat().join(", ")}`);
  return parts.length === 0 ? measure.name : `${measure.name} (${parts.join("; ")})`;
};

const months = ({ fran, till }: Candidate): number => wholeMonths(fran, till);

/** An insats's value for a measure: of its goals' windows the longest that was measured, else the longest. */
const chosen = (candidates: readonly Candidate[]): Candidate[] => {
  const best = new Map<string, Candidate>();
  for (const one of candidates) {
    const key = resultId("modelljamforelse", [one.insats_id, one.measure.name]);
    const other = best.get(key);
    const gain = Number(one.judged.varde !== null) - Number((other?.judged.varde ?? null) !== null);
    if (!other || gain > 0 || (gain === 0 && months(one) > months(other))) best.set(key, one);
  }
  return [...best.values()];
};

/** Why two values cannot stand beside each other; undefined where they can. */
const difference = (a: Candidate, b: Candidate): string | undefined => {
  if (b.judged.varde === null) return `underlag saknas för ${b.insats_id}`;
  if (definitionOf(a) !== definitionOf(b)) return `${b.insats_id} räknar något annat: ${definitionOf(b)}`;
  if (months(a) !== months(b)) {
    const length = `${counted(months(b))} ${windowWord("manad", months(b))}`;
    return `${b.insats_id} har en annan period: ${length} mot ${counted(months(a))}`;
  }
  if (a.is_total !== b.is_total)
    return `${b.insats_id} bygger på ${b.is_total ? "lämnade antal" : "rader"}, den här på ${a.is_total ? "lämnade antal" : "rader"}`;
  return undefined;
};

/** Rows of `modelljamforelse`, one for each insats and measure. */
export const compareModels = (candidates: readonly Candidate[]): Row<"modelljamforelse">[] => {
  const all = chosen(candidates);
  return all.map((one) => {
    const { judged, measure } = one;
    const others = all.filter((other) => other.measure === measure && other.insats_id !== one.insats_id);
    const differences = others.map((other) => ({ other, why: difference(one, other) }));
    const alike = judged.varde === null ? [] : differences.filter(({ why }) => why === undefined);
    const base = isRate(measure) ? judged.namnare : judged.taljare;
    const why =
      judged.varde === null
        ? spell(judged.skal ?? "saknas")
        : others.length === 0
          ? "ingen annan insats har måttet"
          : differences.flatMap(({ why: reason }) => reason ?? []).join("; ");
    return {
      resultat_id: resultId("modelljamforelse", [one.modell, one.insats_id, measure.name]),
      modell: one.modell,
      insats_id: one.insats_id,
      matt: measure.name,
      forbund_id: one.forbund_id,
      definition: definitionOf(one),
      fran: one.fran,
      till: one.till,
      varde: judged.varde === null ? null : toNumber(judged.varde),
      enhet: measure.enhet,
      n: base === null ? null : toNumber(base),
      ki_lag: judged.ki?.lag ?? null,
      ki_hog: judged.ki?.hog ?? null,
      jamforbar: alike.length > 0,
      jamforbar_med:
        alike.length === 0
          ? null
          : alike
              .map(({ other }) => other.insats_id)
              .sort()
              .join(","),
      skal: why === "" ? null : why,
    };
  });
};
