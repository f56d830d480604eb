/** Every verdict under the other usual definitions: the engine is asked again, of goals with one thing defined otherwise. */
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { alternativOf, ownDefinition, type Utslag } from "../schema/definitionsprov.ts";
import { delperiodOf } from "../schema/mal.ts";
import { measureOf } from "../schema/measures.ts";
import { type Row, resultId } from "../schema/results.ts";
import type { Facts } from "./facts.ts";
import { summariseGoal } from "./goals.ts";
import type { Measured } from "./measured.ts";
import { type GoalStatus, summarise } from "./outcome.ts";
import { recordQuestions } from "./sources.ts";
import type { Stated } from "./stated.ts";

/** A goal under one definition. */
export interface Variant extends Stated {
  readonly fraga: string;
  readonly definition: string;
}

/** Each goal that some question concerns, under its own definition first and then under each other, one thing changed at a time. */
export const variantsOf = (stated: readonly Stated[]): Variant[] =>
  stated.flatMap((one) => {
    const others = alternativOf(one.goal);
    if (others.length === 0) return [];
    return [
      // A goal of several insatser is one object: each variant needs its own, to be told from the others.
      { ...one, goal: { ...one.goal }, fraga: "", definition: ownDefinition(one.goal) },
      ...others.map(({ fraga, sida, goal }) => ({ ...one, goal, fraga: fraga.id, definition: sida.namn })),
    ];
  });

const compared = (own: GoalStatus, other: GoalStatus): Utslag => {
  if (own === other) return "samma";
  if (other === "ej_matbart") return "ej_langre";
  return own === "ej_matbart" ? "forst_da" : "vander";
};

const idOf = ({ insats_id: insats, goal, fraga }: Variant): string =>
  resultId("definitionsprov", [insats, goal.id, fraga]);

const provOf = (
  variant: Variant,
  rows: readonly Measured[],
  own: GoalStatus | undefined,
  facts: Facts,
): Row<"definitionsprov"> => {
  const { goal, fraga, definition } = variant;
  const { avviker: _, krav: __, ...verdict } = summariseGoal(variant, rows, facts);
  return {
    resultat_id: idOf(variant),
    ...verdict,
    fraga,
    definition,
    matt: goal.matt,
    per: goal.per,
    delperiod: delperiodOf(goal, measureOf(goal.matt)),
    utslag: own === undefined ? "egen" : compared(own, verdict.status),
  };
};

/**
 * Fills `results.definitionsprov`: the verdict of each variant beside that of the goal's own definition.
 * @param variants as `variantsOf` gives them
 * @param measured their judged windows
 */
export const writeDefinitions = async (
  db: Database,
  variants: readonly Variant[],
  measured: readonly Measured[],
  facts: Facts,
): Promise<void> => {
  const rowsOf = Map.groupBy(measured, ({ unit }) => unit.goal);
  let own: GoalStatus = "ej_matbart";
  const rows = variants.map((variant) => {
    const judged = rowsOf.get(variant.goal) ?? [];
    const isOwn = variant.fraga === "";
    if (isOwn) own = summarise(judged.map((row) => row.judged));
    return provOf(variant, judged, isOwn ? undefined : own, facts);
  });
  await append(db, "definitionsprov", rows);
  const ids = new Map(variants.map((variant) => [variant.goal, idOf(variant)]));
  await recordQuestions(
    db,
    measured.map(({ unit, taken }) => ({ resultat_id: ids.get(unit.goal) ?? "", question: unit, taken })),
  );
};
