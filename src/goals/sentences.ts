/** One plain Swedish sentence per goal, from typed results. No adjective that no rule stands behind. */
import type { Measure } from "../schema/measures.ts";
import type { Mal } from "../schema/pipeline.ts";
import { over, rational, toNumber } from "../schema/rational.ts";
import { counted, inUnit, number, spell, targetText, windowWord } from "../schema/swedish.ts";
import type { GoalStatus, Judged, Skal } from "./judge.ts";

export interface Told {
  readonly judged: Judged;
  readonly grupp: string;
  readonly gruppvarde: string;
  readonly fran: string;
  readonly till: string;
  /** How many of the goal's own windows the row stands for. */
  readonly antal_fonster: number;
}

const cannot: Readonly<Record<Skal, string>> = {
  saknas: "underlag saknas",
  for_fa: "antalet är för litet",
  sekretess: "uppgifterna omfattas av sekretess",
  ej_tillamplig: "det finns inget att räkna andelen av",
  ej_summerbart: "antal personer i kortare perioder kan inte läggas ihop, eftersom samma person kan finnas i flera",
  inget_villkor: "målet har inget tal att bedöma mot",
  perioden_pagar: "perioden pågår",
  sammanlagt: "antalen är sammanlagda",
};

/** `minst 85 %`: the demand, scaled to the row's period where it is. */
const demandText = ({ villkor = "" }: Mal, { enhet }: Measure, { malvarde }: Judged): string =>
  targetText(villkor, malvarde === null ? null : toNumber(malvarde), enhet);

const isMoney = (enhet: string): boolean => enhet.startsWith("kr");

/** `73 av 120`, `81,3 % (26 av 32), minst 85 % krävs`. */
const figures = (goal: Mal, measure: Measure, { judged }: Told): string => {
  const { varde, taljare, namnare, malvarde } = judged;
  if (varde === null) return "";
  const value = inUnit(toNumber(varde), measure.enhet);
  if (measure.slag === "antal" || measure.slag === "summa") {
    const target = malvarde === null ? "" : inUnit(toNumber(malvarde), measure.enhet);
    if (goal.villkor?.trim().startsWith(">=") && target) return `${value} av ${target}`;
    return goal.villkor ? `${value}, ${demandText(goal, measure, judged)} krävs` : value;
  }
  const scale = isMoney(measure.enhet) ? rational(100n) : rational(1n);
  const parts =
    measure.slag === "andel" && taljare && namnare
      ? ` (${number(toNumber(over(taljare, scale)))} av ${number(toNumber(namnare))})`
      : "";
  return goal.villkor ? `${value}${parts}, ${demandText(goal, measure, judged)} krävs` : `${value}${parts}`;
};

const verdictWords: Readonly<Record<GoalStatus, string>> = {
  uppnatt: "Målet nåddes",
  ej_uppnatt: "Målet nåddes inte",
  delvis: "Målet nåddes delvis",
  ej_matbart: "Målet går inte att bedöma",
};

const span = (goal: Mal, { antal_fonster, judged }: Told): string => {
  const over = antal_fonster > 1 ? ` på ${counted(antal_fonster)} ${windowWord(goal.per, antal_fonster)}` : "";
  const which = goal.per === "insatsar" || goal.per === "ar" ? "åren" : "perioderna";
  const times = antal_fonster === 2 ? `båda ${which}` : `i flera av ${which}`;
  const assumed = judged.skal === "sammanlagt" ? `, om ingen räknats ${times}` : "";
  return over + assumed;
};

/** What may or may not count, said beside a count that it could change. */
const unknown = ({ slag }: Measure, { judged: { okand } }: Told): string =>
  slag === "summa" && okand.n > 0n ? `, och för ${number(toNumber(okand))} till är det okänt` : "";

const one = (goal: Mal, measure: Measure, row: Told): string => {
  const { status, skal } = row.judged;
  if (status !== "ej_matbart") {
    return `${verdictWords[status]}: ${figures(goal, measure, row)}${span(goal, row)}.`;
  }
  if (skal === "inget_villkor") {
    return `Målet har inget tal att bedöma mot. Utfallet är ${figures(goal, measure, row)}${unknown(measure, row)}.`;
  }
  if (skal === "saknas" && row.judged.varde !== null) {
    return `${verdictWords.ej_matbart}: ${figures(goal, measure, row)}${unknown(measure, row)}.`;
  }
  if (skal === "perioden_pagar") return `Perioden pågår till ${row.till}. Hittills ${figures(goal, measure, row)}.`;
  return `${verdictWords.ej_matbart}: ${cannot[skal ?? "saknas"]}.`;
};

const name = (goal: Mal, row: Told, manyWindows: boolean): string => {
  const period =
    goal.per === "hela"
      ? ""
      : row.fran.slice(0, 4) === row.till.slice(0, 4) && goal.per === "ar"
        ? row.fran.slice(0, 4)
        : `${row.fran}–${row.till}`;
  const group = row.grupp === "" ? "" : spell(row.gruppvarde);
  return [group, manyWindows || group === "" ? period : ""].filter((part) => part !== "").join(" ") || "sammantaget";
};

const several = (goal: Mal, measure: Measure, rows: readonly Told[], status: GoalStatus): string => {
  const measurable = rows.filter(({ judged }) => judged.status !== "ej_matbart");
  if (measurable.length === 0) {
    const reasons = [...new Set(rows.map(({ judged }) => judged.skal ?? "saknas"))];
    if (reasons.length === 1 && reasons[0] === "inget_villkor") {
      const many = new Set(rows.map(({ fran }) => fran)).size > 1;
      const each = rows
        .slice(0, 4)
        .map((row) => `${name(goal, row, many)}: ${figures(goal, measure, row)}${unknown(measure, row)}`);
      const rest = rows.length > 4 ? ` och ${counted(rows.length - 4)} rader till` : "";
      return `Målet har inget tal att bedöma mot. Utfallet är ${each.join("; ")}${rest}.`;
    }
    return `${verdictWords.ej_matbart}: ${reasons.map((reason) => cannot[reason]).join("; ")}.`;
  }
  const met = measurable.filter(({ judged }) => judged.status === "uppnatt");
  const manyWindows = new Set(rows.map(({ fran }) => fran)).size > 1;
  const unit = rows.some(({ grupp }) => grupp !== "")
    ? measurable.length === 1
      ? "bedömning"
      : "bedömningar"
    : windowWord(goal.per, measurable.length);
  const unmet = measurable.filter(({ judged }) => judged.status === "ej_uppnatt");
  const listed = unmet.slice(0, 3).map((row) => `${name(goal, row, manyWindows)}: ${figures(goal, measure, row)}`);
  const more = unmet.length > 3 ? ` och ${counted(unmet.length - 3)} till` : "";
  const detail = unmet.length > 0 ? ` Inte uppnått: ${listed.join("; ")}${more}.` : "";
  return `${verdictWords[status]}: i ${number(met.length)} av ${number(measurable.length)} ${unit}.${detail}`;
};

const reportedText = (goal: Mal, deviation: boolean | null): string => {
  const said = goal.rapporterat?.status;
  if (!said || said === "reviderat") return said ? " Rapporten uppger att målet har reviderats." : "";
  if (deviation === null) return ` Rapporten svarar ${spell(said)}, men det går inte att pröva.`;
  return deviation ? ` Rapporten svarar ${spell(said)}.` : "";
};

/** The goal's sentence. */
export const sentence = (
  goal: Mal,
  measure: Measure,
  rows: readonly Told[],
  status: GoalStatus,
  deviation: boolean | null,
  assumedStart: string | null,
): string => {
  const [first] = rows;
  const verdict = !first
    ? `${verdictWords.ej_matbart}: underlag saknas.`
    : rows.length === 1
      ? one(goal, measure, first)
      : several(goal, measure, rows, status);
  const start =
    assumedStart && status !== "ej_matbart" ? ` Perioden räknas från ${assumedStart}, första dagen i underlaget.` : "";
  return `${verdict}${reportedText(goal, deviation)}${start}`;
};
