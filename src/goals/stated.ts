/** The goals that pipelines state, one for each insats, and what reports say of them. */
import type { Database } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import type { Mal, Pipeline } from "../schema/pipeline.ts";
import { resultId } from "../schema/results.ts";

/** One goal of one insats, with the pipeline that states it. */
export interface Stated {
  readonly insats_id: string;
  readonly goal: Mal;
  readonly pipeline: Pipeline;
}

/** The goals of every insats that the pipelines name; `"*"` is every insats in the pipeline's own sources. */
export const statedGoals = (
  pipelines: readonly Pipeline[],
  insatserOf: (pipeline: Pipeline) => readonly string[],
): Stated[] =>
  pipelines.flatMap((pipeline) =>
    insatserOf(pipeline).flatMap((insats) => pipeline.mal.map((goal) => ({ insats_id: insats, goal, pipeline }))),
  );

/** Goals with what the report says of them: as the pipeline states it, else as a delivered utsaga with the goal's id does. */
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
  return stated.map((one) => {
    const found = of.get(resultId("utsagekontroll", [one.insats_id, one.goal.id]));
    if (one.goal.rapporterat || !found) return one;
    const { status, dokument, avsnitt, citat } = found;
    return { ...one, goal: { ...one.goal, rapporterat: { status, dokument, avsnitt, ...(citat ? { citat } : {}) } } };
  });
};

/** A delivered utsaga that the pipeline speaks over is a finding: one id, one claim. */
export const noteSpokenOver = async (db: Database, stated: readonly Stated[]): Promise<void> => {
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
};

/** Whether a goal counts möten of a kind: of each kind, where it names none. */
export const isAskedFor = ({ parametrar: { motestyp: wanted } }: Mal, motestyp: string): boolean =>
  wanted === undefined || [wanted].flat().some((one) => fold(String(one)) === fold(motestyp));
