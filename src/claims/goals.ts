/** Goals on a formula: judged as every goal is, on what the formula comes to over the whole insats. */
import type { Database } from "../db/open.ts";
import { noBortfall } from "../goals/bortfall.ts";
import { type Facts, factsOf } from "../goals/facts.ts";
import { writeVerdicts } from "../goals/goals.ts";
import { judge } from "../goals/judge.ts";
import { idOf, type Measured, type Unit } from "../goals/measured.ts";
import type { Stated } from "../goals/stated.ts";
import type { Taken } from "../goals/totals.ts";
import { windows } from "../goals/windows.ts";
import { formulaOf, isInUnit, nivaerOf } from "../schema/mal.ts";
import { ofFormula } from "../schema/measures.ts";
import { rational, times, zero } from "../schema/rational.ts";
import { parseTolerans } from "../schema/villkor.ts";
import { type Audit, openAudit, recordLinks } from "./audit.ts";
import type { Claim } from "./claims.ts";
import { type Computed, isMissing } from "./quantity.ts";

/** What a formula comes to, or why it cannot be held to the goal's condition: a share is, in percent, and nothing else. */
const computedFor = (audit: Audit, one: Stated): Computed => {
  const formula = formulaOf(one.goal);
  if (!formula) throw new Error(`${one.goal.id}: goal without a formula`);
  const computed = audit.formula(one.insats_id, formula);
  if (isMissing(computed)) return computed;
  const { value } = computed;
  if (value.slag !== "tal") return { skal: "annat_slag", missing: "formeln ger inget tal" };
  const villkor = nivaerOf(one.goal).map((niva) => niva.villkor);
  const other = villkor.find((asked) => !isInUnit(asked, value.enhet || "antal"));
  if (other) return { skal: "olika_enheter", missing: `villkoret är i ${other.enhet}, formeln inte` };
  const inPercent = villkor.some(({ percent }) => percent);
  const isShare = value.enhet === "andel" || value.enhet === "procentenheter" || value.enhet === "";
  return inPercent && !isShare ? { skal: "olika_enheter", missing: "villkoret är i procent, formeln inte" } : computed;
};

const judgeFormula = (one: Stated, computed: Computed, facts: Facts, today: string): Measured[] => {
  const value = isMissing(computed) || computed.value.slag !== "tal" ? undefined : computed.value;
  const measure = ofFormula(value?.enhet === "" ? "antal" : (value?.enhet ?? "antal"));
  const fonster = windows("hela", factsOf(facts, one), today);
  const whole = { grupp: "", gruppvarde: "", granser: [] };
  const unit: Unit = { ...one, measure, parametrar: one.goal.parametrar, ...whole, fonster };
  const [first] = fonster;
  if (!first) return [];
  const noTotals = { totals: [], kontroll: [], skal: null, ar_sparrad: false, ar_sammanslagen: false };
  const taken: Taken = { fonster: first, delar: [{ index: 0, dagar: 0 }], ...noTotals };
  const isMoney = measure.enhet.startsWith("kr");
  const judged = judge({
    measure,
    taken,
    nivaer: nivaerOf(one.goal),
    tolerans: one.goal.tolerans === undefined ? undefined : parseTolerans(one.goal.tolerans),
    delperiod: "hel",
    fonster,
    // A ratio over one: what is divided is exact already, and money is judged from öre.
    sums: {
      taljare: value ? times(value.tal, rational(isMoney ? 100n : 1n)) : zero,
      ...{ namnare: rational(1n), okand: zero, okant_ord: zero, rader: value ? 1 : 0, kanda: value ? 1 : 0 },
    },
    control: null,
    is_complete: value !== undefined,
    has_counts: value !== undefined,
    passerat: today,
  });
  const none = { ...judged, taljare: null, namnare: null };
  const beside = { unit, taken, tillGodo: null, hallna: [], utanfor: null };
  if (!isMissing(computed)) {
    return [
      { ...beside, judged: none, formel: computed.isRough ? "Uppgifterna i formeln är ungefärliga." : undefined },
    ];
  }
  const { skal: lack, avvisade = 0, missing } = computed;
  // What is followed, or is going on, is so whatever it lacks.
  const skal = judged.skal === "inget_villkor" || judged.skal === "perioden_pagar" ? judged.skal : lack;
  const bortfall = { ...noBortfall, avvisade: { rader: avvisade, ner: null, upp: null } };
  // What is missing or cannot be read may be words about few persons.
  const formel = lack === "saknas" || lack === "olaslig" ? undefined : missing;
  return [{ ...beside, judged: { ...none, skal, lack, bortfall }, formel }];
};

/** Writes the verdicts of goals on formulas, when the results that they refer to are there; and what they rest on. */
export const judgeFormulas = async (
  db: Database,
  stated: readonly Stated[],
  claims: readonly Claim[],
  measured: ReadonlyMap<string, Computed>,
  facts: Facts,
  today: string,
): Promise<void> => {
  if (stated.length === 0) return;
  const all = [...stated.map(({ goal }) => formulaOf(goal)), ...claims.map(({ formula }) => formula)];
  const formulas = all.filter((formula) => formula !== undefined);
  const audit = await openAudit(db, claims, formulas, measured);
  const judged = stated.map((one) => ({ one, computed: computedFor(audit, one) }));
  const rows = judged.flatMap(({ one, computed }) =>
    judgeFormula(one, computed, facts, today).map((row) => ({ row, computed })),
  );
  const verdicts = rows.map(({ row }) => row);
  await writeVerdicts(db, stated, verdicts, facts);
  const figures = rows.map(({ row: { unit, taken }, computed }) => {
    const formulated = { owner: unit.insats_id, formula: formulaOf(unit.goal) };
    return { id: idOf(unit, taken.fonster.fran), ...formulated, computed };
  });
  await recordLinks(db, audit, figures, figures);
};
