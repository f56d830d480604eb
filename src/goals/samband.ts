/** Goals of one insats that ask for the same thing over different periods: whether they come to the same, by what they state. */
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { addDays, dayNumber, wholeMonths } from "../schema/days.ts";
import { dimensionOf, nivaerOf, type WindowKind } from "../schema/mal.ts";
import { type Measure, measures } from "../schema/measures.ts";
import { compare, over, type Rational, rational, times, toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { inUnit, windowWord } from "../schema/swedish.ts";
import type { Facts } from "./facts.ts";
import type { Stated } from "./stated.ts";
import type { InsatsPeriod } from "./windows.ts";

const windowsAYear = { manad: 12, kvartal: 4, tertial: 3, termin: 2, ar: 1, insatsar: 1 } as const;

/** How many windows of a kind there are in a year; undefined where that is no fixed number. */
const perYear = (per: WindowKind, { startdatum: start, slutdatum: end }: InsatsPeriod): Rational | undefined => {
  if (per === "mote") return undefined;
  if (per !== "hela") return rational(BigInt(windowsAYear[per]));
  if (start === null || end === null || dayNumber(end) <= dayNumber(start)) return undefined;
  // "30 maj" ends a month too.
  const months = Math.max(wholeMonths(start, end), wholeMonths(start, addDays(end, 1)));
  return months > 0 ? rational(12n, BigInt(months)) : undefined;
};

/** A goal with one target, and how often it is to be met. */
interface Asked {
  readonly stated: Stated;
  readonly measure: Measure;
  readonly tal: Rational;
  readonly year: Rational;
}

/** Goals with one condition on what adds up over time; who is there over a period does not. */
const askedOf = (stated: Stated, facts: Facts): Asked[] => {
  const { goal, insats_id: insats } = stated;
  const measure = measures.get(goal.matt);
  const period = facts.insatser.get(insats);
  const [niva, ...others] = nivaerOf(goal);
  const year = period && perYear(goal.per, period);
  const isAdded = measure && ["antal", "summa"].includes(measure.slag) && !measure.bestand;
  if (!isAdded || !year || !niva || others.length > 0 || niva.villkor.operator === "..") return [];
  const { digits, decimals } = niva.villkor.value;
  return [{ stated, measure, year, tal: rational(digits, 10n ** BigInt(decimals)) }];
};

/** What two goals must have alike for their targets to be compared: also how a target is scaled in a shorter period. */
const kindOf = ({ stated: { insats_id: insats, goal } }: Asked): string => {
  const [niva] = nivaerOf(goal);
  const parameters = Object.entries(goal.parametrar).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([
    insats,
    goal.matt,
    parameters,
    dimensionOf(goal) ?? "",
    goal.grupp ?? "",
    niva?.villkor.operator,
  ]);
};

const perText = (per: WindowKind): string => (per === "hela" ? "under hela insatsen" : `per ${windowWord(per, 1)}`);

const relate = (fine: Asked, coarse: Asked): Row<"malsamband"> => {
  const { insats_id: insats, goal } = fine.stated;
  const other = coarse.stated.goal;
  const sum = over(times(fine.tal, fine.year), coarse.year);
  const isSame = compare(sum, coarse.tal) === 0;
  const amount = (tal: Rational): string => inUnit(toNumber(tal), fine.measure.enhet);
  const adds =
    compare(fine.year, coarse.year) === 0
      ? `båda är ${amount(fine.tal)} ${perText(goal.per)}`
      : `${amount(fine.tal)} ${perText(goal.per)} är ${amount(sum)} ${perText(other.per)}`;
  const rest = isSame
    ? `säger samma sak: ${adds}. Räkna dem inte som två mål.`
    : `går inte ihop: ${adds}, men det andra målet är ${amount(coarse.tal)}. Delarna blir ${compare(sum, coarse.tal) > 0 ? "mer" : "mindre"} än helheten.`;
  return {
    resultat_id: resultId("malsamband", [insats, goal.id, other.id]),
    insats_id: insats,
    mal_id: goal.id,
    annat_mal_id: other.id,
    slag: isSame ? "samma" : "summerar_inte",
    mening: `”${goal.text}” och ”${other.text}” ${rest}`,
  };
};

/** Each goal with the next coarser one of its kind, so that there are never more rows than goals. */
export const relateGoals = (stated: readonly Stated[], facts: Facts): Row<"malsamband">[] => {
  const asked = stated.flatMap((one) => askedOf(one, facts));
  const kinds = Map.groupBy(asked, kindOf);
  return [...kinds.values()].flatMap((own) => {
    const ordered = own.toSorted((a, b) => compare(b.year, a.year));
    return ordered.slice(1).map((coarse, i) => relate(ordered[i] as Asked, coarse));
  });
};

/** Fills `results.malsamband`. */
export const writeRelated = (db: Database, stated: readonly Stated[], facts: Facts): Promise<void> => {
  const related = relateGoals(stated, facts).sort((a, b) => (a.resultat_id < b.resultat_id ? -1 : 1));
  return append(db, "malsamband", related);
};
