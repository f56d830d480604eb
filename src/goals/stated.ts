/** The goals that pipelines state, one for each insats, and what reports say of them. */
import { noteCells } from "../db/note.ts";
import type { Database } from "../db/open.ts";
import { motestypOf } from "../schema/motestyp.ts";
import type { Mal, Pipeline, Stated } from "../schema/pipeline.ts";
import { resultId } from "../schema/results.ts";
import type { Parametrar } from "./evidence.ts";

export type { Stated } from "../schema/pipeline.ts";

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
  type Answer = NonNullable<Mal["rapporterat"]> & { insats_id: string; utsaga_id: string; citat: string | null };
  const said = await db.rows<Answer>(
    "select insats_id, utsaga_id, status, dokument, avsnitt, citat from staging.utsaga where status is not null",
  );
  const of = new Map(said.map((row) => [resultId("utsagekontroll", [row.insats_id, row.utsaga_id]), row]));
  return stated.map((one) => {
    const found = of.get(resultId("utsagekontroll", [one.insats_id, one.goal.id]));
    if (one.goal.rapporterat || !found) return one;
    const { status, dokument, avsnitt, citat } = found;
    return { ...one, goal: { ...one.goal, rapporterat: { status, dokument, avsnitt, ...(citat ? { citat } : {}) } } };
  });
};

/**
 * Refuses every delivered utsaga that has a goal's id. One that only answers the goal is the goal's answer, where the pipeline
 * gives none.
 */
export const refuseGoalClaims = async (db: Database, stated: readonly Stated[]): Promise<void> => {
  const claims = await db.rows<{ insats_id: string; utsaga_id: string; is_answer: boolean; kallrad: number }>(
    `select insats_id, utsaga_id, kallrad, status is not null and varde is null and matt is null and formel is null as is_answer
     from staging.utsaga where insats_id is not null order by kallrad`,
  );
  const goals = new Map(stated.map((one) => [resultId("utsagekontroll", [one.insats_id, one.goal.id]), one.goal]));
  const refused = claims.filter(({ insats_id: insats, utsaga_id: id, is_answer }) => {
    const goal = goals.get(resultId("utsagekontroll", [insats, id]));
    return goal && (goal.rapporterat || !is_answer);
  });
  const found = { kolumn: "utsaga_id", kod: "utsaga_ar_mal", detalj: null } as const;
  await noteCells(
    db,
    refused.map(({ kallrad, utsaga_id: varde }) => ({ ...found, kallrad, varde })),
  );
  if (refused.length > 0)
    await db.run(`delete from staging.utsaga where kallrad in (${refused.map(({ kallrad }) => kallrad).join(", ")})`);
};

/** Whether a goal counts möten of a kind: of each kind, where it names none. */
export const isAskedFor = (
  { parametrar: { motestyp: wanted } }: { readonly parametrar: Parametrar },
  motestyp: string,
): boolean => wanted === undefined || [wanted].flat().some((one) => motestypOf(String(one)) === motestypOf(motestyp));
