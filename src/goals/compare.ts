/**
 * Models of work side by side. Two insatser's values are comparable only if the same thing was counted, over as many
 * months, from the same kind of ground. Such values form a group. For the others a row states each reason with a count
 * and one example, so that no row grows with the number of insatser.
 */

import { wholeMonths } from "../schema/days.ts";
import { measureTitle } from "../schema/definitions.ts";
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
  readonly namn: string;
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

/** What a question counts, in words: the measure, and each parameter with the value that it states or that holds by default. */
export const definitionOf = ({ measure, parametrar }: Pick<Candidate, "measure" | "parametrar">): string => {
  const chosen = { ...measure.standard, ...parametrar };
  const parts = Object.keys(chosen)
    .sort()
    .map((name) => `${measureTitle(name).toLocaleLowerCase("sv-SE")}: ${[chosen[name]].flat().join(", ")}`);
  return `${measureTitle(measure.name)}${parts.length === 0 ? "" : ` (${parts.join("; ")})`}`;
};

const months = ({ fran, till }: Candidate): number => wholeMonths(fran, till);

const monthsText = (one: Candidate): string => `${counted(months(one))} ${windowWord("manad", months(one))}`;

/** How many things a value rests on: a sum rests on no number, nor a ratio of amounts. */
export const baseOf = (measure: Measure, judged: Judged): number | null => {
  const isOfAmounts = measure.slag === "summa" || measure.registers.includes("budget");
  const base = isOfAmounts ? null : isRate(measure) ? judged.namnare : judged.taljare;
  return base === null ? null : toNumber(base);
};

const groundText = ({ is_total: isTotal }: Candidate): string => (isTotal ? "lämnade antal" : "rader");

/** One candidate per insats and measure, by insats: the longest window that was measured, else the longest. */
const chooseWindows = (candidates: readonly Candidate[]): Candidate[] => {
  const best = new Map<string, Candidate>();
  for (const one of candidates) {
    const key = resultId("modelljamforelse", [one.insats_id, one.measure.name]);
    const other = best.get(key);
    const gain = Number(one.judged.varde !== null) - Number((other?.judged.varde ?? null) !== null);
    if (!other || gain > 0 || (gain === 0 && months(one) > months(other))) best.set(key, one);
  }
  return [...best.values()].sort((a, b) => (a.insats_id < b.insats_id ? -1 : 1));
};

/** What must be equal besides the measure, in this order, and how another candidate that differs is described. */
const criteria: readonly {
  readonly keyOf: (one: Candidate) => string;
  readonly describe: (other: Candidate, one: Candidate) => readonly [verb: string, detail: string];
}[] = [
  { keyOf: ({ judged }) => String(judged.varde !== null), describe: () => ["saknar underlag", ""] },
  { keyOf: definitionOf, describe: (other) => ["räknar något annat", `: ${definitionOf(other)}`] },
  {
    keyOf: monthsText,
    describe: (other, one) => ["har en annan period", `: ${monthsText(other)} mot ${counted(months(one))}`],
  },
  {
    keyOf: groundText,
    describe: (other, one) => [`bygger på ${groundText(other)} i stället för ${groundText(one)}`, ""],
  },
];

/** Candidates that are equal by the first criteria, and the groups that the next one divides them into. */
interface Group {
  readonly first: Candidate;
  count: number;
  readonly parts: Map<string, Group>;
}

/** Adds a candidate to its group by the measure and by each criterion in turn, and returns these groups. */
const addTo = (roots: Map<string, Group>, one: Candidate): Group[] => {
  const path: Group[] = [];
  for (const key of [one.measure.name, ...criteria.map(({ keyOf }) => keyOf(one))]) {
    const groups = path.at(-1)?.parts ?? roots;
    const group = groups.get(key) ?? { first: one, count: 0, parts: new Map() };
    group.count += 1;
    groups.set(key, group);
    path.push(group);
  }
  return path;
};

/** `B räknar något annat: …` or `tre andra räknar något annat, till exempel B: …`, for each criterion that parts others. */
const differences = (one: Candidate, path: readonly Group[]): string[] =>
  criteria.flatMap(({ describe }, i) => {
    const [whole, own] = path.slice(i);
    // Of the first two groups at most one is the candidate's own.
    const [first, second] = whole?.parts.values() ?? [];
    const other = first === own ? second?.first : first?.first;
    if (!whole || !own || !other) return [];
    const count = whole.count - own.count;
    const [verb, detail] = describe(other, one);
    return count === 1
      ? `${other.namn} ${verb}${detail}`
      : `${counted(count)} andra ${verb}, till exempel ${other.namn}${detail}`;
  });

/** Rows of `modelljamforelse`, one for each insats and measure, in time proportional to the candidates. */
export const compareModels = (candidates: readonly Candidate[]): Row<"modelljamforelse">[] => {
  const roots = new Map<string, Group>();
  const placed = chooseWindows(candidates).map((one) => ({ one, path: addTo(roots, one) }));
  return placed.map(({ one, path }) => {
    const { judged, measure, modell, insats_id, forbund_id, fran, till } = one;
    const isMeasured = judged.varde !== null;
    const isAlone = path[0]?.count === 1;
    const reasons = isAlone ? ["ingen annan insats har måttet"] : differences(one, path);
    return {
      resultat_id: resultId("modelljamforelse", [modell, insats_id, measure.name]),
      ...{ modell, insats_id, forbund_id, fran, till },
      matt: measure.name,
      definition: definitionOf(one),
      varde: judged.varde && toNumber(judged.varde),
      enhet: measure.enhet,
      n: baseOf(measure, judged),
      ki_lag: judged.ki?.lag ?? null,
      ki_hog: judged.ki?.hog ?? null,
      jamforbar: isMeasured && (path.at(-1)?.count ?? 0) > 1,
      jamforelsegrupp: isMeasured
        ? `${definitionOf(one)}, ${months(one)} ${windowWord("manad", months(one))}, ${groundText(one)}`
        : null,
      ofullstandig: judged.bortfall.avvisade.rader,
      skal: isMeasured ? reasons.join("; ") || null : spell(judged.lack ?? "saknas"),
    };
  });
};
