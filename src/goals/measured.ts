/** Goals to judged windows: which groups and windows, what was measured in each, what that says of the goal. */
import type { Database } from "../db/open.ts";
import { addDays } from "../schema/days.ts";
import { nivaerOf } from "../schema/mal.ts";
import { type Measure, measures } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { resultId } from "../schema/results.ts";
import { parseTolerans } from "../schema/villkor.ts";
import { plannedCalls, type TillGodo, tillGodo } from "./absences.ts";
import { type Asked, type Ground, ground, type Question, sums, trace } from "./ask.ts";
import { type Facts, factsOf } from "./facts.ts";
import { groupValues } from "./groups.ts";
import { type Judged, judge } from "./judge.ts";
import { isAskedFor, type Stated } from "./stated.ts";
import { type Served, serve } from "./totals.ts";
import { type Fonster, windows } from "./windows.ts";

/** One goal of one insats, whole or for one group, and its windows. */
export interface Unit extends Stated {
  readonly nr: number;
  readonly measure: Measure;
  readonly grupp: string;
  readonly gruppvarde: string;
  readonly fonster: readonly Fonster[];
}

export const unitsOf = async (
  db: Database,
  facts: Facts,
  stated: readonly Stated[],
  today: string,
): Promise<Unit[]> => {
  const units: Unit[] = [];
  for (const one of stated) {
    const measure = measures.get(one.goal.matt);
    if (!measure) throw new Error(`no such measure: ${one.goal.matt}`);
    const days = facts.moten
      .filter((mote) => mote.insats_id === one.insats_id && isAskedFor(one.goal, mote.motestyp))
      .map(({ datum }) => datum);
    const fonster = windows(one.goal.per, factsOf(facts, one), today, days);
    const groups = await groupValues(db, facts, one);
    const whole = { ...one, measure, fonster, grupp: "", gruppvarde: "" };
    const asksWhole = measure.helhet.length === 0 || measure.helhet.some((name) => name in one.goal.parametrar);
    for (const unit of [
      ...(asksWhole ? [whole] : []),
      ...groups.map((gruppvarde) => ({ ...whole, grupp: one.goal.grupp ?? "", gruppvarde })),
    ]) {
      units.push({ ...unit, nr: units.length });
    }
  }
  return units;
};

/** One row of maluppfyllelse before it is written. */
export interface Measured {
  readonly unit: Unit;
  readonly served: Served;
  readonly judged: Judged;
  readonly tillGodo: TillGodo | null;
}

const byMeasure = <T extends { readonly measure: Measure }>(items: readonly T[]): Map<Measure, T[]> => {
  const map = new Map<Measure, T[]>();
  for (const item of items) map.set(item.measure, [...(map.get(item.measure) ?? []), item]);
  return map;
};

export const idOf = (unit: Unit, fran: string): string =>
  resultId("maluppfyllelse", [unit.insats_id, unit.goal.id, unit.grupp, unit.gruppvarde, fran]);

/** Whether an absence of rows means 0: the register came row by row, or the pipeline says that it is complete. */
const complete = ({ measure, pipeline }: Unit, { has_rows: hasRows }: Ground): boolean =>
  hasRows || pipeline.fullstandiga.some((dataset) => measure.registers.includes(dataset));

/** The last day that has passed and that is reported for: today is not over, and later figures are not in yet. */
const passedOf = ({ pipeline }: Unit, { totals }: Served, today: string): string =>
  [
    addDays(today, -1),
    pipeline.rapporterat_till ?? [],
    totals
      .map(({ till }) => till)
      .sort()
      .slice(-1),
  ]
    .flat()
    .sort()[0] ?? today;

/**
 * Counts each unit in its windows. Writes nothing that outlasts the connection, but where it is told to trace.
 * @param nameOf the resultat_id of what a window is a row of: `results.harkomst` is told from which rows it comes
 */
export const measureAll = async (
  db: Database,
  units: readonly Unit[],
  facts: Facts,
  today: string,
  nameOf?: (unit: Unit, served: Served) => string,
): Promise<Measured[]> => {
  const measured: Measured[] = [];
  for (const [measure, own] of byMeasure(units)) {
    const questions: Question[] = own.map((unit) => ({
      ...unit,
      parametrar: unit.goal.parametrar,
      granser: unit.pipeline.aldersgranser,
    }));
    const grounds = await ground(db, measure, questions);
    const asked: (Asked & { readonly unit: Unit; readonly served: Served })[] = [];
    for (const unit of own) {
      const { totals = [] } = grounds.get(unit.nr) ?? {};
      for (const served of serve(unit.fonster, totals, !isRate(measure), today, facts.brott.get(unit.insats_id))) {
        asked.push({
          unit,
          served,
          nr: unit.nr,
          fonster: served.fonster,
          totals: served.totals,
          resultat_id: nameOf?.(unit, served) ?? "",
        });
      }
    }
    const found = await sums(db, measure, asked);
    if (nameOf) await trace(db);
    for (const [i, { unit, served }] of asked.entries()) {
      const sum = found[i];
      const base = grounds.get(unit.nr);
      if (!sum || !base) throw new Error(`no sums for ${idOf(unit, served.fonster.fran)}`);
      const judged = judge({
        measure,
        nivaer: nivaerOf(unit.goal),
        tolerans: unit.goal.tolerans === undefined ? undefined : parseTolerans(unit.goal.tolerans),
        minst_n: unit.goal.minst_n,
        delperiod: unit.goal.delperiod,
        served,
        fonster: unit.fonster,
        sums: sum,
        is_complete: complete(unit, base),
        has_counts: base.has_counts,
        passerat: passedOf(unit, served, today),
      });
      const planned = plannedCalls(facts, unit, unit, served.fonster);
      const godo = tillGodo(measure, judged, planned, served.fonster.ar_oppet);
      measured.push({ unit, served, judged, tillGodo: godo });
    }
  }
  return measured;
};
