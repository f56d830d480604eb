/** Goals to verdicts, as results: a row for each window and group, one for each goal, models of work side by side. */
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { measureOf } from "../schema/measures.ts";
import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { compareModels } from "./compare.ts";
import { beslutText, villkorText } from "./demand.ts";
import { describeRow } from "./describe.ts";
import { doubtsOf } from "./doubts.ts";
import { type Facts, factsOf } from "./facts.ts";
import { kravOf } from "./krav.ts";
import { idOf, type Measured, rowKey } from "./measured.ts";
import { deviates, type GoalStatus, summarise } from "./outcome.ts";
import { sentence } from "./sentences.ts";
import { serieRows } from "./serierows.ts";
import { recordQuestions } from "./sources.ts";
import type { Stated } from "./stated.ts";

const rowOf = (
  { unit, taken, judged, tillGodo }: Measured,
  facts: Facts,
  deviation: boolean | null,
): Row<"maluppfyllelse"> => {
  const { forbund_id: forbund, finansiarer } = factsOf(facts, unit);
  return {
    resultat_id: idOf(unit, taken.fonster.fran),
    ...rowKey(unit, taken),
    forbund_id: forbund,
    finansiarer,
    part_id: unit.grupp === "part" ? unit.gruppvarde : null,
    matt: unit.measure.name,
    upplosning: taken.ar_sammanslagen ? "sammanslagen" : unit.goal.per,
    taljare: judged.taljare && toNumber(judged.taljare),
    namnare: judged.namnare && toNumber(judged.namnare),
    tackningsgrad: judged.tackningsgrad,
    varde: judged.varde && toNumber(judged.varde),
    enhet: unit.measure.enhet,
    villkor: judged.demand && villkorText(judged.demand),
    malvarde: judged.malvarde && toNumber(judged.malvarde),
    ki_lag: judged.ki?.lag ?? null,
    ki_hog: judged.ki?.hog ?? null,
    status: judged.status,
    skal: judged.skal,
    avvisade: judged.bortfall.avvisade.rader,
    rapporterat: unit.goal.rapporterat?.status ?? null,
    avviker: deviation,
    beslut: judged.demand && beslutText(judged.demand),
    nara: judged.ar_nara,
    takt: judged.takt?.lage ?? null,
    malvarde_hittills: judged.takt && toNumber(judged.takt.malvarde),
    till_godo: tillGodo?.antal ?? null,
    planerade: tillGodo?.planerade ?? null,
    utom_rackhall: tillGodo?.ar_utom_rackhall ?? null,
  };
};

const summaryId = ({ insats_id: insats, goal }: Stated): string => resultId("malsammanfattning", [insats, goal.id]);

/** What the rows that a goal is judged by come to together; others are shown beside them. */
export const summariseGoal = (
  one: Stated,
  rows: readonly Measured[],
  facts: Facts,
): Omit<Row<"malsammanfattning">, "resultat_id" | "status" | "rapporterat" | "nara"> & {
  readonly status: GoalStatus;
} => {
  const { insats_id: insats, goal } = one;
  const { startdatum, data_fran: from } = factsOf(facts, one);
  const own = rows.filter(({ judged }) => judged.skal !== "foljs");
  const measure = rows[0]?.unit.measure ?? measureOf(goal.matt);
  const status = summarise(own.map(({ judged }) => judged));
  const deviation = deviates(goal.rapporterat?.status ?? null, status);
  const count = (wanted: string): number => own.filter(({ judged }) => judged.status === wanted).length;
  const described = own.map((row) => describeRow(row, facts));
  return {
    insats_id: insats,
    mal_id: goal.id,
    text: goal.text,
    status,
    rader: own.length,
    uppnatt: count("uppnatt"),
    ej_uppnatt: count("ej_uppnatt"),
    ej_matbart: count("ej_matbart"),
    avviker: deviation,
    mening: sentence(
      goal,
      measure,
      described,
      status,
      deviation,
      startdatum === null ? from : null,
      doubtsOf(facts.tvivel, insats, measure),
    ),
    krav: kravOf(goal, own, facts),
  };
};

/** Fills `results.maluppfyllelse`, `results.malsammanfattning`, `results.malserie` and `results.modelljamforelse`. */
export const writeVerdicts = async (
  db: Database,
  stated: readonly Stated[],
  measured: readonly Measured[],
  facts: Facts,
): Promise<void> => {
  const of = Map.groupBy(measured, ({ unit }) => summaryId(unit));
  const rows: Row<"maluppfyllelse">[] = [];
  const summaries: Row<"malsammanfattning">[] = [];
  for (const one of stated) {
    const { goal } = one;
    const key = summaryId(one);
    const own = of.get(key) ?? [];
    const verdict = summariseGoal(one, own, facts);
    summaries.push({
      resultat_id: key,
      ...verdict,
      rapporterat: goal.rapporterat?.status ?? null,
      nara: goal.tolerans === undefined ? null : own.filter(({ judged }) => judged.ar_nara).length,
    });
    rows.push(...own.map((measuredOne) => rowOf(measuredOne, facts, verdict.avviker)));
  }
  const candidates = measured
    .filter(({ unit }) => unit.grupp === "" && unit.goal.matt !== "formel")
    .map(({ unit, taken, judged }) => ({
      insats_id: unit.insats_id,
      namn: facts.insatser.get(unit.insats_id)?.namn ?? unit.insats_id,
      modell: facts.insatser.get(unit.insats_id)?.modell ?? "",
      forbund_id: factsOf(facts, unit).forbund_id,
      measure: unit.measure,
      parametrar: unit.goal.parametrar,
      fran: taken.fonster.fran,
      till: taken.fonster.till,
      is_total: taken.totals.length > 0,
      judged,
    }));
  await append(db, "modelljamforelse", compareModels(candidates));
  await append(db, "maluppfyllelse", rows);
  await append(db, "malsammanfattning", summaries);
  await append(db, "malserie", serieRows(measured));
  await recordQuestions(
    db,
    measured
      .filter(({ unit }) => unit.goal.matt !== "formel")
      .map(({ unit, taken }) => ({ resultat_id: idOf(unit, taken.fonster.fran), question: unit, taken })),
  );
};
