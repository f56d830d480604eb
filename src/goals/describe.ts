/** One judged row as a sentence needs it, and how its figures are written. */
import type { Measure } from "../schema/measures.ts";
import type { Mal } from "../schema/pipeline.ts";
import { isRate } from "../schema/rate.ts";
import { type Rational, toNumber } from "../schema/rational.ts";
import { gruppText, inUnit, number, targetText, wholeTarget } from "../schema/swedish.ts";
import type { TillGodo } from "./absences.ts";
import { type Demand, villkorText } from "./demand.ts";
import type { Facts } from "./facts.ts";
import type { Judged } from "./judge.ts";
import type { Measured, Unit } from "./measured.ts";

export interface Described {
  readonly judged: Judged;
  /** What its group is called; empty for the whole. */
  readonly grupp: string;
  readonly fran: string;
  readonly till: string;
  /** How many of the goal's own windows the row stands for. */
  readonly antal_fonster: number;
  readonly tillGodo: TillGodo | null;
  readonly ar_oppet: boolean;
  readonly ar_kommande: boolean;
  /** Not clipped to the insats: as long as the goal's other periods. */
  readonly ar_hel: boolean;
  /** The days that the rows speak of, where it lies outside them and is 0 for that; else null. */
  readonly utanfor: Measured["utanfor"];
  readonly formel?: Measured["formel"];
}

const gruppnamn = ({ insats_id: insats, grupp, gruppvarde }: Unit, { parter }: Facts): string => {
  if (grupp === "") return "";
  const part = grupp === "part" && parter.get(insats)?.find(({ part_id: id }) => id === gruppvarde);
  return part ? part.namn : gruppText(grupp, gruppvarde);
};

export const describeRow = ({ unit, taken, judged, tillGodo, utanfor, formel }: Measured, facts: Facts): Described => ({
  ...{ judged, tillGodo, utanfor, formel },
  grupp: gruppnamn(unit, facts),
  fran: taken.fonster.fran,
  till: taken.fonster.till,
  antal_fonster: taken.delar.length,
  ar_oppet: taken.fonster.ar_oppet,
  ar_kommande: taken.fonster.ar_kommande,
  ar_hel: taken.fonster.fran === taken.fonster.hel.fran && taken.fonster.till === taken.fonster.hel.till,
});

/** What is asked, scaled to the row's period where it is; null for an interval. */
const targetOf = ({ enhet }: Measure, { varde }: Judged, demand: Demand, target = demand.target): number | null =>
  target && wholeTarget(villkorText(demand), toNumber(target), enhet, varde && toNumber(varde));

/** What would have been enough for the days that have gone of an open period. */
export const soFarText = (measure: Measure, judged: Judged): string => {
  const { takt, demand } = judged;
  return inUnit((takt && demand && targetOf(measure, judged, demand, takt.malvarde)) ?? 0, measure.enhet);
};

/** `81,3 % (26 av 32)`, `66,7 % (20 av 30, täckningsgrad 30 %)`, `73`. */
const valueText = (measure: Measure, { taljare, namnare, tackningsgrad: known }: Judged, varde: Rational): string => {
  const isShare = measure.slag === "andel" && taljare && namnare;
  const parts = [
    isShare ? `${number(toNumber(taljare))} av ${number(toNumber(namnare))}` : "",
    known === null ? "" : `täckningsgrad ${inUnit(known, "andel")}`,
  ].filter((part) => part !== "");
  return `${inUnit(toNumber(varde), measure.enhet)}${parts.length === 0 ? "" : ` (${parts.join(", ")})`}`;
};

/** `73 av 120`, `81,3 % (26 av 32), minst 85 % krävs`. */
export const figureText = (measure: Measure, { judged }: Described): string => {
  const { varde, demand } = judged;
  if (varde === null) return "";
  const value = valueText(measure, judged, varde);
  if (demand === null) return value;
  const target = targetOf(measure, judged, demand);
  const isCountUp = !isRate(measure) && target !== null && demand.from !== null && demand.to === null;
  return isCountUp && demand.closed
    ? `${value} av ${inUnit(target, measure.enhet)}`
    : `${value}, ${targetText(villkorText(demand), target, measure.enhet)} krävs`;
};

/** `2023`, `2023-01-01–2023-06-30`; nothing for a goal that has one period. */
const periodText = (goal: Mal, { fran, till }: Described): string => {
  if (goal.per === "hela") return "";
  if (fran === till) return fran;
  const isYear = fran.slice(0, 4) === till.slice(0, 4) && goal.per === "ar";
  return isYear ? fran.slice(0, 4) : `${fran}–${till}`;
};

export const nameOf = (goal: Mal, row: Described, manyWindows: boolean): string => {
  const parts = [row.grupp, manyWindows || row.grupp === "" ? periodText(goal, row) : ""];
  return parts.filter((part) => part !== "").join(" ") || "sammantaget";
};
