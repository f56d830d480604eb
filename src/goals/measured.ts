/** Goals to judged windows: which groups and windows to ask for, and what the answers say of the goal. */
import type { Database } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import { addDays } from "../schema/days.ts";
import { delperiodOf, dimensionOf, nivaerOf } from "../schema/mal.ts";
import { measureOf } from "../schema/measures.ts";
import { resultId } from "../schema/results.ts";
import { parseTackning, parseTolerans } from "../schema/villkor.ts";
import { type Held, heldIn, heldQuestions, plannedCalls, type TillGodo, tillGodo } from "./absences.ts";
import type { Question } from "./evidence.ts";
import { type Facts, factsOf } from "./facts.ts";
import { type Judged, judge } from "./judge.ts";
import { type Answer, answerQuestions } from "./questions.ts";
import { isAskedFor, type Stated } from "./stated.ts";
import type { Taken } from "./totals.ts";
import { windows } from "./windows.ts";

/** One goal of one insats, whole or for one group, as a question. */
export interface Unit extends Stated, Question {}

/** What the engine answers, for each question that was asked. */
export type Answers = ReadonlyMap<Question, readonly Answer[]>;

/**
 * The questions of each goal: the whole, unless it answers nothing, and one for each delivered value of its grouping.
 * @param groupsOf the values of a goal's grouping, as `readGroupValues` gives them
 */
export const unitsOf = (
  stated: readonly Stated[],
  facts: Facts,
  groupsOf: (one: Stated) => readonly string[],
  today: string,
): Unit[] =>
  stated.flatMap((one) => {
    const { goal, insats_id: insats, pipeline } = one;
    const measure = measureOf(goal.matt);
    const days =
      goal.per === "mote"
        ? (facts.moten.get(insats) ?? []).filter(({ motestyp }) => isAskedFor(goal, motestyp)).map(({ datum }) => datum)
        : [];
    const whole: Unit = {
      ...one,
      measure,
      parametrar: goal.parametrar,
      granser: pipeline.aldersgranser,
      fonster: windows(goal.per, factsOf(facts, one), today, days),
      grupp: "",
      gruppvarde: "",
    };
    const bredvid = heldQuestions(facts, whole);
    const asksWhole = measure.helhet.length === 0 || measure.helhet.some((name) => name in goal.parametrar);
    return [
      ...(asksWhole ? [{ ...whole, bredvid }] : []),
      ...groupsOf(one).map((gruppvarde) => ({ ...whole, bredvid, grupp: dimensionOf(goal) ?? "", gruppvarde })),
    ];
  });

/** Asks all questions of a run in one go, with those that stand beside them. */
export const answerAll = (
  db: Database,
  questions: readonly Question[],
  { brott }: Facts,
  today: string,
): Promise<Answers> => {
  const bredvid = new Set(questions.flatMap((question) => question.bredvid ?? []));
  return answerQuestions(db, [...questions, ...bredvid], today, (insats) => brott.get(insats));
};

/** One row of maluppfyllelse before it is written. */
export interface Measured {
  readonly unit: Unit;
  readonly taken: Taken;
  readonly judged: Judged;
  readonly tillGodo: TillGodo | null;
  /** Of attendance, the möten that were held. */
  readonly hallna: readonly Held[];
  readonly utanfor: Answer["utanfor"];
  /** What its sentence says of its formula: what is lacking, or that its figures are rough. */
  readonly formel?: string | undefined;
}

export const idOf = (unit: Unit, fran: string): string =>
  resultId("maluppfyllelse", [unit.insats_id, unit.goal.id, unit.grupp, unit.gruppvarde, fran]);

/** What names a window of a unit in results. */
export const rowKey = ({ insats_id, goal, grupp, gruppvarde }: Unit, { fonster: { fran, till } }: Taken) => ({
  ...{ insats_id, mal_id: goal.id, grupp, gruppvarde, fran, till },
});

/**
 * Whether a row is shown beside those that the goal is judged by: the whole of a goal that is each group's, its rows of
 * unknown group, and the groups of a goal that is for all.
 */
const isFollowed = ({ goal, grupp, gruppvarde }: Unit): boolean =>
  goal.grupp === undefined ? grupp !== "" : grupp === "" || gruppvarde === "okant";

/** Whether the goal names a leverabel that no row states: how it went is not known, and the others are not all. */
const namesUnknown = ({ insats_id: insats, goal, measure }: Unit, { leverabler }: Facts): boolean =>
  measure.registers.includes("leverabel") &&
  [goal.parametrar.av ?? []].flat().some((id) => !leverabler.get(insats)?.has(fold(String(id))));

/** The last day that has passed and that is reported for: today is not over, and later figures are not in yet. */
const passedOf = ({ pipeline }: Unit, { totals }: Taken, yesterday: string): string =>
  [
    yesterday,
    pipeline.rapporterat_till ?? [],
    totals
      .map(({ till }) => till)
      .sort()
      .slice(-1),
  ]
    .flat()
    .sort()[0] ?? yesterday;

export const judgeUnits = (units: readonly Unit[], answers: Answers, facts: Facts, today: string): Measured[] => {
  const yesterday = addDays(today, -1);
  return units.flatMap((unit) => {
    const { goal, measure, pipeline } = unit;
    const isDeclaredComplete = pipeline.fullstandiga.some((dataset) => measure.registers.includes(dataset));
    const nivaer = nivaerOf(goal);
    return (answers.get(unit) ?? []).map(({ taken, ...answer }): Measured => {
      const judged = judge({
        ...answer,
        measure,
        taken,
        has_counts: answer.has_counts && !namesUnknown(unit, facts),
        nivaer,
        tolerans: goal.tolerans === undefined ? undefined : parseTolerans(goal.tolerans),
        minst_n: goal.minst_n,
        minst_tackning: goal.minst_tackning === undefined ? undefined : parseTackning(goal.minst_tackning),
        delperiod: delperiodOf(goal, measure, taken),
        ar_foljd: isFollowed(unit),
        fonster: unit.fonster,
        is_complete: answer.is_complete || (isDeclaredComplete && !taken.ar_sparrad),
        passerat: passedOf(unit, taken, yesterday),
      });
      const planned = plannedCalls(facts, unit, unit, taken.fonster);
      return {
        unit,
        taken,
        judged,
        tillGodo: tillGodo(measure, judged, planned, taken.fonster.ar_oppet),
        hallna: heldIn(unit, answers, taken.fonster),
        utanfor: answer.utanfor,
      };
    });
  });
};
