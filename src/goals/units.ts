/**
 * What a unit cost divides by: each insats's deltaganden, hours, meetings …, for the whole insats and for each calendar
 * year, counted by the measures that goals are judged with, so that a count and a goal never disagree.
 */
import { appendColumns } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { kostnadPer } from "../schema/kostnadper.ts";
import { type Pipeline, parsePipeline } from "../schema/pipeline.ts";
import { toNumber } from "../schema/rational.ts";
import { resultId } from "../schema/results.ts";
import type { Facts } from "./facts.ts";
import { type Measured, measureAll, type Unit, unitsOf } from "./measured.ts";
import type { Served } from "./totals.ts";
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
const periodOf = ({ goal }: Unit, { fonster: { fran, till } }: Served): string => {
  if (goal.per === "hela") return "hela";
  return fran.slice(0, 4) === till.slice(0, 4) ? fran.slice(0, 4) : `${fran.slice(0, 4)}-${till.slice(0, 4)}`;
};

const nameOf = (unit: Unit, served: Served): string =>
  resultId("enhetskostnad", [unit.insats_id, unit.goal.text, periodOf(unit, served)]);

/** Whether a period is whole windows: a total that covers half a year has no year's invoices to be held to. */
const isWhole = ({ unit, served }: Measured): boolean =>
  served.delar.every(({ index, dagar }) => {
    const window = unit.fonster[index];
    return window !== undefined && dagar === length(window);
  });

/**
 * Fills `measures.enhetsantal` for the insatser that were invoiced, and `results.harkomst` with what was counted.
 * `skal` says why there is no number, as it does for goals; a number of 0 is a number.
 */
export const countUnits = async (
  db: Database,
  insatser: readonly { readonly insats_id: string; readonly pipeline: Pipeline }[],
  facts: Facts,
  today: string,
): Promise<void> => {
  await db.run(`create table measures.enhetsantal (insats_id varchar, per varchar, period varchar, fran date, till date,
    forsta_ar bigint, sista_ar bigint, antal double, av_antal double, okand double, tackningsgrad double, ar_rader boolean, skal varchar)`);
  const invoiced = new Set(
    (
      await db.rows<{ insats_id: string }>("select distinct insats_id from marts.faktura where belopp_ore is not null")
    ).map(({ insats_id: insats }) => insats),
  );
  const stated = insatser
    .filter(({ insats_id: insats }) => invoiced.has(insats))
    .flatMap((insats) => goals.map((goal) => ({ ...insats, goal })));
  const units = await unitsOf(db, facts, stated, today);
  const counted = (await measureAll(db, units, facts, today, nameOf)).filter(isWhole);
  // What counts towards the number is the denominator of the cost.
  await db.run(
    "update results.harkomst set roll = 'namnare' where roll = 'raknad' and resultat_id like 'enhetskostnad/%'",
  );
  const ofYear = (one: Measured, day: "fran" | "till"): number | null =>
    one.unit.goal.per === "hela" ? null : Number(one.served.fonster[day].slice(0, 4));
  const isRate = ({ unit }: Measured): boolean => unit.measure.slag === "andel";
  const value = (rational: Measured["judged"]["taljare"]): number | null =>
    rational === null ? null : toNumber(rational);
  await appendColumns(db, "measures.enhetsantal", [
    { type: "varchar", values: counted.map(({ unit }) => unit.insats_id) },
    { type: "varchar", values: counted.map(({ unit }) => unit.goal.text) },
    { type: "varchar", values: counted.map(({ unit, served }) => periodOf(unit, served)) },
    { type: "date", values: counted.map(({ served }) => served.fonster.fran) },
    { type: "date", values: counted.map(({ served }) => served.fonster.till) },
    { type: "bigint", values: counted.map((one) => ofYear(one, "fran")) },
    { type: "bigint", values: counted.map((one) => ofYear(one, "till")) },
    { type: "double", values: counted.map(({ judged }) => value(judged.taljare)) },
    { type: "double", values: counted.map((one) => (isRate(one) ? value(one.judged.namnare) : null)) },
    { type: "double", values: counted.map(({ judged }) => value(judged.okand)) },
    { type: "double", values: counted.map(({ judged }) => judged.tackningsgrad) },
    { type: "boolean", values: counted.map(({ served }) => served.totals.length === 0) },
    { type: "varchar", values: counted.map(({ judged }) => (judged.taljare === null ? judged.skal : null)) },
  ]);
};
