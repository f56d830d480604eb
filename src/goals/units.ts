/**
 * What a unit cost divides by: each insats's deltaganden, hours, meetings …, for the whole insats and for each calendar
 * year, counted by the measures that goals are judged with, so that a count and a goal never disagree.
 */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { kostnadPer, vanligaKostnadPer } from "../schema/kostnadper.ts";
import { type Pipeline, parsePipeline } from "../schema/pipeline.ts";
import { toNumber } from "../schema/rational.ts";
import { resultId } from "../schema/results.ts";
import type { Measured, Unit } from "./measured.ts";
import { recordQuestions } from "./sources.ts";
import type { Stated } from "./stated.ts";
import type { Taken } from "./totals.ts";
import { length } from "./windows.ts";

/** The units as goals of a pipeline, followed and not judged: for the whole insats, and for each calendar year. */
const { mal: goals } = parsePipeline(
  "enhetskostnad",
  JSON.stringify({
    insats: "*",
    kallor: ["."],
    mal: Object.entries(kostnadPer).flatMap(([unit, { matt }]) =>
      ["hela", "ar"].map((per) => ({ id: `${unit}.${per}`, text: unit, matt, per, delperiod: "hel" })),
    ),
  }),
);

/** `hela`, `2024`, and `2024-2025` for years that were counted together. */
const periodOf = ({ goal }: Unit, { fonster: { fran, till } }: Taken): string => {
  if (goal.per === "hela") return "hela";
  return fran.slice(0, 4) === till.slice(0, 4) ? fran.slice(0, 4) : `${fran.slice(0, 4)}-${till.slice(0, 4)}`;
};

const nameOf = ({ insats_id: insats, goal }: Unit, ...period: readonly string[]): string =>
  resultId("enhetskostnad", [insats, goal.text, ...period]);

/** Whether a period is whole windows: a total that covers half a year has no year's invoices to be held to. */
const isWhole = ({ unit, taken }: Measured): boolean =>
  taken.delar.every(({ index, dagar }) => {
    const window = unit.fonster[index];
    return window !== undefined && dagar === length(window);
  });

/** The unit costs that insatser with invoiced amounts are asked for: those that the pipeline names, as goals that are followed and not judged. */
export const statedUnits = async (
  db: Database,
  insatser: readonly { readonly insats_id: string; readonly pipeline: Pipeline }[],
): Promise<Stated[]> => {
  const rows = await db.rows<{ insats_id: string }>(
    "select distinct insats_id from marts.faktura where belopp_ore is not null",
  );
  const invoiced = new Set(rows.map(({ insats_id: insats }) => insats));
  return insatser
    .filter(({ insats_id: insats }) => invoiced.has(insats))
    .flatMap((insats) => {
      const named = insats.pipeline.enhetskostnader ?? vanligaKostnadPer;
      return goals.filter(({ text }) => named.includes(text)).map((goal) => ({ ...insats, goal }));
    });
};

/**
 * Fills `measures.enhetsantal`: what each unit cost divides by; none for a unit that the pipeline does not name and nobody
 * counted. `skal` says why there is no number, as it does for goals; a
 * number of 0 is a number.
 */
export const writeUnits = async (db: Database, measured: readonly Measured[]): Promise<void> => {
  await db.run(`create table measures.enhetsantal (insats_id varchar, per varchar, period varchar, fran date, till date,
    forsta_ar bigint, sista_ar bigint, antal double, av_antal double, okand double, tackningsgrad double, ar_rader boolean, skal varchar)`);
  const counted = new Set(measured.flatMap(({ unit, judged }) => (judged.lack === null ? nameOf(unit) : [])));
  const whole = measured.filter(
    (one) => isWhole(one) && (one.unit.pipeline.enhetskostnader !== undefined || counted.has(nameOf(one.unit))),
  );
  const yearOf = ({ unit, taken }: Measured, day: "fran" | "till"): number | null =>
    unit.goal.per === "hela" ? null : Number(taken.fonster[day].slice(0, 4));
  const isShare = ({ unit }: Measured): boolean => unit.measure.slag === "andel";
  await appendRows(db, "measures.enhetsantal", whole, [
    ["varchar", ({ unit }) => unit.insats_id],
    ["varchar", ({ unit }) => unit.goal.text],
    ["varchar", ({ unit, taken }) => periodOf(unit, taken)],
    ["date", ({ taken }) => taken.fonster.fran],
    ["date", ({ taken }) => taken.fonster.till],
    ["bigint", (one) => yearOf(one, "fran")],
    ["bigint", (one) => yearOf(one, "till")],
    ["double", ({ judged }) => judged.taljare && toNumber(judged.taljare)],
    ["double", (one) => (isShare(one) && one.judged.namnare ? toNumber(one.judged.namnare) : null)],
    ["double", ({ judged }) => toNumber(judged.okand)],
    ["double", ({ judged }) => judged.tackningsgrad],
    ["boolean", ({ taken }) => taken.totals.length === 0],
    ["varchar", ({ judged }) => judged.lack],
  ]);
  // What counts towards the number is the denominator of the cost.
  await recordQuestions(
    db,
    whole.map(({ unit, taken }) => ({
      resultat_id: nameOf(unit, periodOf(unit, taken)),
      question: unit,
      taken,
      ar_namnare: true,
    })),
  );
};
