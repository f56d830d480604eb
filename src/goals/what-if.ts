/** Every verdict under the other usual definitions: the engine is asked again, of goals with one thing defined otherwise. */
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { alternativOf, ownDefinition, type Utslag } from "../schema/definitionsprov.ts";
import { type Measure, measures } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { compare, minus, type Rational, rational, zero } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { type Facts, factsOf } from "./facts.ts";
import { deviates, type GoalStatus, summarise } from "./judge.ts";
import { type Measured, measureAll, unitsOf } from "./measured.ts";
import { sentence } from "./sentences.ts";
import type { Stated } from "./stated.ts";
import { told } from "./told.ts";

/** A goal under one definition. */
interface Variant extends Stated {
  readonly fraga: string;
  readonly definition: string;
}

const variantsOf = (one: Stated): Variant[] => {
  const others = alternativOf(one.goal);
  if (others.length === 0) return [];
  return [
    // A goal of several insatser is one object: each variant needs its own, to be told from the others.
    { ...one, goal: { ...one.goal }, fraga: "", definition: ownDefinition(one.goal) },
    ...others.map(({ fraga, sida, goal }) => ({ ...one, goal, fraga: fraga.id, definition: sida.namn })),
  ];
};

const compared = (own: GoalStatus, other: GoalStatus): Utslag => {
  if (own === other) return "samma";
  if (other === "ej_matbart") return "ej_langre";
  return own === "ej_matbart" ? "forst_da" : "vander";
};

const five = rational(5n);
const isFew = (count: Rational): boolean => compare(count, zero) > 0 && compare(count, five) < 0;

/** Whether a row shows, or gives away, 1–4 persons. */
const showsFew = (measure: Measure, { judged: { taljare, namnare } }: Measured): boolean => {
  if (!measure.personer) return false;
  const counts = [taljare, namnare, isRate(measure) && taljare && namnare ? minus(namnare, taljare) : null];
  return counts.some((count) => count !== null && isFew(count));
};

const provOf = (
  variant: Variant,
  rows: readonly Measured[],
  own: GoalStatus | undefined,
  facts: Facts,
): Row<"definitionsprov"> => {
  const { goal, insats_id: insats } = variant;
  const measure = measures.get(goal.matt);
  if (!measure) throw new Error(`no such measure: ${goal.matt}`);
  const status = summarise(rows.map(({ judged }) => judged));
  const count = (wanted: string): number => rows.filter(({ judged }) => judged.status === wanted).length;
  const { startdatum, data_fran: from } = factsOf(facts, variant);
  return {
    resultat_id: resultId("definitionsprov", [insats, goal.id, variant.fraga]),
    insats_id: insats,
    mal_id: goal.id,
    text: goal.text,
    fraga: variant.fraga,
    definition: variant.definition,
    matt: goal.matt,
    per: goal.per,
    delperiod: goal.delperiod,
    status,
    rader: rows.length,
    uppnatt: count("uppnatt"),
    ej_uppnatt: count("ej_uppnatt"),
    ej_matbart: count("ej_matbart"),
    utslag: own === undefined ? "egen" : compared(own, status),
    mening: sentence(
      goal,
      measure,
      rows.map((row) => told(row, facts)),
      status,
      deviates(goal.rapporterat?.status ?? null, status),
      startdatum === null ? from : null,
    ),
    ar_fa: rows.some((row) => showsFew(measure, row)),
  };
};

/**
 * Fills `results.definitionsprov`: each goal that some question concerns, judged under its own definition and under each
 * other, one thing changed at a time.
 */
export const judgeOtherwise = async (
  db: Database,
  stated: readonly Stated[],
  facts: Facts,
  today: string,
): Promise<void> => {
  const goals = stated.map(variantsOf).filter((variants) => variants.length > 0);
  const measured = await measureAll(db, await unitsOf(db, facts, goals.flat(), today), facts, today);
  const of = new Map<Stated["goal"], Measured[]>();
  for (const one of measured) of.set(one.unit.goal, [...(of.get(one.unit.goal) ?? []), one]);
  const rows = goals.flatMap((variants) => {
    const judged = variants.map((variant) => ({ variant, rows: of.get(variant.goal) ?? [] }));
    const own = summarise((judged[0]?.rows ?? []).map((row) => row.judged));
    return judged.map(({ variant, rows }, i) => provOf(variant, rows, i === 0 ? undefined : own, facts));
  });
  await append(db, "definitionsprov", rows);
};
