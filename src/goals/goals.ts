/** Goals to verdicts: which windows, what was measured in each, what that says of the goal. */

import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Measure, measures } from "../schema/measures.ts";
import type { Mal, Pipeline } from "../schema/pipeline.ts";
import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { parseVillkor } from "../schema/villkor.ts";
import { type Asked, type Ground, ground, type Question, sums } from "./ask.ts";
import { compareModels } from "./compare.ts";
import { daysOf, deviates, type Judged, judge, summarise } from "./judge.ts";
import { sentence, type Told } from "./sentences.ts";
import { type Served, serve } from "./totals.ts";
import { type Fonster, type InsatsPeriod, windows } from "./windows.ts";

export interface InsatsFacts extends InsatsPeriod {
  readonly forbund_id: string | null;
  readonly finansiarer: string | null;
  readonly modell: string | null;
}

/** One goal of one insats, with the pipeline that states it. */
export interface Stated {
  readonly insats_id: string;
  readonly goal: Mal;
  readonly pipeline: Pipeline;
}

/** What marts know of every insats that a verdict needs. */
export interface Facts {
  readonly insatser: ReadonlyMap<string, InsatsFacts>;
  readonly parter: ReadonlyMap<string, readonly string[]>;
  readonly moten: readonly { readonly insats_id: string; readonly datum: string; readonly motestyp: string }[];
  /** Days from which an insats's totals are counted in another way. */
  readonly brott: ReadonlyMap<string, readonly string[]>;
}

export const readFacts = async (db: Database): Promise<Facts> => {
  const insatser = await db.rows<{ insats_id: string } & { [K in keyof InsatsFacts]: string | null }>(
    "select insats_id, startdatum, slutdatum, data_fran, data_till, forbund_id, finansiarer, modell from marts.insats",
  );
  const parts = await db.rows<{ insats_id: string; part_id: string }>(
    "select insats_id, part_id from staging.part order by insats_id, part_id",
  );
  const parter = new Map<string, string[]>();
  for (const { insats_id: insats, part_id: part } of parts) parter.set(insats, [...(parter.get(insats) ?? []), part]);
  const moten = await db.rows<{ insats_id: string; datum: string; motestyp: string }>(
    "select insats_id, datum, motestyp from marts.mote where ar_hallet order by datum",
  );
  const breaks = await db.rows<{ insats_id: string; datum: string }>(
    "select insats_id, datum from staging.seriebrott order by datum",
  );
  const brott = new Map<string, string[]>();
  for (const { insats_id: insats, datum } of breaks) brott.set(insats, [...(brott.get(insats) ?? []), datum]);
  return { insatser: new Map(insatser.map((row) => [row.insats_id, row])), parter, moten, brott };
};

/** The goals of every insats that the pipelines name; `"*"` is every insats in the pipeline's own sources. */
export const statedGoals = (
  pipelines: readonly Pipeline[],
  insatserOf: (pipeline: Pipeline) => readonly string[],
): Stated[] =>
  pipelines.flatMap((pipeline) =>
    insatserOf(pipeline).flatMap((insats) => pipeline.mal.map((goal) => ({ insats_id: insats, goal, pipeline }))),
  );

/**
 * Goals with what the report says of them: as the pipeline states it, else as a delivered utsaga with the goal's id does.
 * A delivered one that the pipeline speaks over is a finding: one id, one claim.
 */
export const withReported = async (db: Database, stated: readonly Stated[]): Promise<Stated[]> => {
  const said = await db.rows<{
    insats_id: string;
    utsaga_id: string;
    status: "ja" | "nej" | "delvis" | "reviderat";
    dokument: string;
    avsnitt: string;
    citat: string | null;
  }>("select insats_id, utsaga_id, status, dokument, avsnitt, citat from staging.utsaga where status is not null");
  const of = new Map(said.map((row) => [resultId("utsagekontroll", [row.insats_id, row.utsaga_id]), row]));
  for (const { insats_id: insats, goal } of stated) {
    if (!goal.rapporterat) continue;
    await db.run(
      `insert into checks.fynd
       select rad.tabell_id, rad.kallrad, rad.rad, plats.cell, tabell.rubriker[plats.cell + 1], $mal, 'utsaga_ar_mal', null
       from staging.utsaga as utsaga
       inner join inbox.rad as rad on rad.kallrad = utsaga.kallrad
       inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
       left join checks.kolumn as plats on plats.tabell_id = rad.tabell_id and plats.kolumn = 'utsaga_id'
       where utsaga.insats_id = $insats and utsaga.utsaga_id = $mal`,
      { insats, mal: goal.id },
    );
  }
  return stated.map((one) => {
    const found = of.get(resultId("utsagekontroll", [one.insats_id, one.goal.id]));
    if (one.goal.rapporterat || !found) return one;
    const { status, dokument, avsnitt, citat } = found;
    return { ...one, goal: { ...one.goal, rapporterat: { status, dokument, avsnitt, ...(citat ? { citat } : {}) } } };
  });
};

export interface Unit extends Stated {
  readonly nr: number;
  readonly measure: Measure;
  readonly grupp: string;
  readonly gruppvarde: string;
  readonly fonster: readonly Fonster[];
}

const unknownInsats: InsatsFacts = {
  startdatum: null,
  slutdatum: null,
  data_fran: null,
  data_till: null,
  forbund_id: null,
  finansiarer: null,
  modell: null,
};

const factsOf = (facts: Facts, { insats_id: insats, pipeline }: Stated): InsatsFacts => {
  const known = facts.insatser.get(insats) ?? unknownInsats;
  return { ...known, data_till: pipeline.rapporterat_till ?? known.data_till };
};

const groupValues = async (db: Database, facts: Facts, { insats_id: insats, goal }: Stated): Promise<string[]> => {
  if (goal.grupp === "part") return [...(facts.parter.get(insats) ?? [])];
  const found = await db.rows<{ kon: string }>(
    `select distinct kon from measures.${goal.matt} where insats_id = $insats and kon is not null order by kon`,
    { insats },
  );
  return found.map(({ kon }) => kon);
};

/** The windows of a goal in its insats. */
export const windowsOf = (facts: Facts, stated: Stated, today: string): Fonster[] => {
  const wantedType = stated.goal.parametrar.motestyp;
  const days = facts.moten
    .filter(
      (mote) =>
        mote.insats_id === stated.insats_id &&
        (wantedType === undefined || [wantedType].flat().includes(mote.motestyp)),
    )
    .map(({ datum }) => datum);
  return windows(stated.goal.per, factsOf(facts, stated), today, days);
};

const unitsOf = async (db: Database, facts: Facts, stated: readonly Stated[], today: string): Promise<Unit[]> => {
  const units: Unit[] = [];
  for (const one of stated) {
    const measure = measures.get(one.goal.matt);
    if (!measure) throw new Error(`no such measure: ${one.goal.matt}`);
    const fonster = windowsOf(facts, one, today);
    const groups = one.goal.grupp ? await groupValues(db, facts, one) : [];
    const whole = { ...one, measure, fonster, grupp: "", gruppvarde: "" };
    for (const unit of [
      whole,
      ...groups.map((gruppvarde) => ({ ...whole, grupp: one.goal.grupp ?? "", gruppvarde })),
    ]) {
      units.push({ ...unit, nr: units.length });
    }
  }
  return units;
};

export interface Measured<U extends Unit = Unit> {
  readonly unit: U;
  readonly served: Served;
  readonly judged: Judged;
}

const byMeasure = <T extends { readonly measure: Measure }>(items: readonly T[]): Map<Measure, T[]> => {
  const map = new Map<Measure, T[]>();
  for (const item of items) map.set(item.measure, [...(map.get(item.measure) ?? []), item]);
  return map;
};

const rowIdOf = (unit: Unit, { fonster }: Served): string =>
  resultId("maluppfyllelse", [unit.insats_id, unit.goal.id, unit.grupp, unit.gruppvarde, fonster.fran]);

/** Whether an absence of rows means 0: the register came row by row, or the pipeline says that it is complete. */
const complete = ({ measure, pipeline }: Unit, { has_rows: hasRows }: Ground): boolean =>
  hasRows || pipeline.fullstandiga.some((dataset) => measure.registers.includes(dataset));

/**
 * Counts each unit in its windows, and tells `results.harkomst` from which rows.
 * @param idOf the name of the result's row that a window is
 */
export const measureAll = async <U extends Unit>(
  db: Database,
  units: readonly U[],
  facts: Facts,
  today: string,
  idOf: (unit: U, served: Served) => string,
): Promise<Measured<U>[]> => {
  const measured: Measured<U>[] = [];
  for (const [measure, own] of byMeasure(units)) {
    const questions: Question[] = own.map((unit) => ({ ...unit, parametrar: unit.goal.parametrar }));
    const grounds = await ground(db, measure, questions);
    const asked: (Asked & { readonly unit: U; readonly served: Served })[] = [];
    for (const unit of own) {
      const { totals = [] } = grounds.get(unit.nr) ?? {};
      const additive = measure.slag === "antal" || measure.slag === "summa";
      for (const served of serve(unit.fonster, totals, additive, today, facts.brott.get(unit.insats_id))) {
        asked.push({
          unit,
          served,
          nr: unit.nr,
          fonster: served.fonster,
          totals: served.totals,
          resultat_id: idOf(unit, served),
        });
      }
    }
    const found = await sums(db, measure, asked);
    for (const [i, { unit, served }] of asked.entries()) {
      const sum = found[i];
      const base = grounds.get(unit.nr);
      if (!sum || !base) throw new Error(`no sums for ${idOf(unit, served)}`);
      const judged = judge({
        measure,
        villkor: unit.goal.villkor === undefined ? undefined : parseVillkor(unit.goal.villkor),
        delperiod: unit.goal.delperiod,
        served,
        windows: unit.fonster.map(daysOf),
        sums: sum,
        is_complete: complete(unit, base),
        has_counts: base.has_counts,
      });
      measured.push({ unit, served, judged });
    }
  }
  return measured;
};

const value = (rational: Judged["varde"]): number | null => (rational === null ? null : toNumber(rational));

const rowOf = ({ unit, served, judged }: Measured, facts: Facts, deviation: boolean | null): Row<"maluppfyllelse"> => {
  const { forbund_id: forbund, finansiarer } = factsOf(facts, unit);
  return {
    resultat_id: rowIdOf(unit, served),
    insats_id: unit.insats_id,
    mal_id: unit.goal.id,
    grupp: unit.grupp,
    gruppvarde: unit.gruppvarde,
    fran: served.fonster.fran,
    till: served.fonster.till,
    forbund_id: forbund,
    finansiarer,
    part_id: unit.grupp === "part" ? unit.gruppvarde : null,
    matt: unit.measure.name,
    upplosning: served.ar_sammanslagen ? "sammanslagen" : unit.goal.per,
    taljare: value(judged.taljare),
    namnare: value(judged.namnare),
    tackningsgrad: judged.tackningsgrad,
    varde: value(judged.varde),
    enhet: unit.measure.enhet,
    villkor: unit.goal.villkor ?? null,
    malvarde: value(judged.malvarde),
    ki_lag: judged.ki?.lag ?? null,
    ki_hog: judged.ki?.hog ?? null,
    status: judged.status,
    skal: judged.skal,
    rapporterat: unit.goal.rapporterat?.status ?? null,
    avviker: deviation,
  };
};

const told = ({ unit, served, judged }: Measured): Told => ({
  judged,
  grupp: unit.grupp,
  gruppvarde: unit.gruppvarde,
  fran: served.fonster.fran,
  till: served.fonster.till,
  antal_fonster: served.delar.length,
});

/** Fills `results.maluppfyllelse`, `results.malsammanfattning` and `results.modelljamforelse`. */
export const judgeGoals = async (
  db: Database,
  stated: readonly Stated[],
  facts: Facts,
  today: string,
): Promise<void> => {
  const units = await unitsOf(db, facts, stated, today);
  const measured = await measureAll(db, units, facts, today, rowIdOf);
  const of = new Map<string, Measured[]>();
  for (const one of measured) {
    const key = resultId("malsammanfattning", [one.unit.insats_id, one.unit.goal.id]);
    of.set(key, [...(of.get(key) ?? []), one]);
  }
  const rows: Row<"maluppfyllelse">[] = [];
  const summaries: Row<"malsammanfattning">[] = [];
  for (const one of stated) {
    const { goal, insats_id: insats } = one;
    const measure = measures.get(goal.matt);
    if (!measure) throw new Error(`no such measure: ${goal.matt}`);
    const key = resultId("malsammanfattning", [insats, goal.id]);
    const own = of.get(key) ?? [];
    const status = summarise(own.map(({ judged }) => judged));
    const reported = goal.rapporterat?.status ?? null;
    const deviation = deviates(reported, status);
    const period = factsOf(facts, one);
    const count = (wanted: string): number => own.filter(({ judged }) => judged.status === wanted).length;
    summaries.push({
      resultat_id: key,
      insats_id: insats,
      mal_id: goal.id,
      text: goal.text,
      status,
      rader: own.length,
      uppnatt: count("uppnatt"),
      ej_uppnatt: count("ej_uppnatt"),
      ej_matbart: count("ej_matbart"),
      rapporterat: reported,
      avviker: deviation,
      mening: sentence(
        goal,
        measure,
        own.map(told),
        status,
        deviation,
        period.startdatum === null ? period.data_fran : null,
      ),
    });
    rows.push(...own.map((measuredOne) => rowOf(measuredOne, facts, deviation)));
  }
  const candidates = measured
    .filter(({ unit }) => unit.grupp === "")
    .map(({ unit, served, judged }) => ({
      insats_id: unit.insats_id,
      modell: facts.insatser.get(unit.insats_id)?.modell ?? "",
      forbund_id: factsOf(facts, unit).forbund_id,
      measure: unit.measure,
      parametrar: unit.goal.parametrar,
      fran: served.fonster.fran,
      till: served.fonster.till,
      is_total: served.totals.length > 0,
      judged,
    }));
  await append(db, "modelljamforelse", compareModels(candidates));
  await append(db, "maluppfyllelse", rows);
  await append(db, "malsammanfattning", summaries);
  await db.run(`
    insert into results.harkomst
    select distinct 'malsammanfattning/' || id_led(m.insats_id) || '/' || id_led(m.mal_id), h.kallrad, h.kolumn, h.roll, h.skal
    from results.maluppfyllelse as m inner join results.harkomst as h on h.resultat_id = m.resultat_id
    union
    select distinct j.resultat_id, h.kallrad, h.kolumn, h.roll, h.skal
    from results.modelljamforelse as j
    inner join results.maluppfyllelse as m on m.insats_id = j.insats_id and m.matt = j.matt and m.fran = j.fran and m.till = j.till and m.grupp = ''
    inner join results.harkomst as h on h.resultat_id = m.resultat_id`);
};
