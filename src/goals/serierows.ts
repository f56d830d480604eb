/** Series as rows of `malserie`: one for each period, with what its process says of the target. */

import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { inUnit, number, targetText, windowWord } from "../schema/swedish.ts";
import { villkorText } from "./demand.ts";
import { type Measured, rowKey, type Unit } from "./measured.ts";
import { type Serie, serieOf } from "./series.ts";

/** How many of the periods that could be judged met their target. */
const countedText = (punkter: Serie["punkter"], target: string, { goal: { per } }: Unit): string => {
  const judged = punkter.filter(({ row }) => row.judged.status !== "ej_matbart");
  const met = judged.filter(({ row }) => row.judged.status === "uppnatt").length;
  return `Målet, ${target}, nåddes i ${number(met)} av ${number(judged.length)} ${windowWord(per, judged.length)}. Talen är för små för att säga vad som är slump.`;
};

/** What a process says of its target. Limits differ by period where the denominators do: the widest are told. */
const sentenceOf = ({ utfall, punkter }: Serie, unit: Unit): string => {
  const { measure, goal } = unit;
  const { enhet } = measure;
  const { per } = goal;
  const { demand = null, malvarde = null } = punkter.at(-1)?.row.judged ?? {};
  const target = demand === null ? "" : targetText(villkorText(demand), malvarde && toNumber(malvarde), enhet);
  if (utfall === "raknat") return countedText(punkter, target, unit);
  const low = inUnit(Math.min(...punkter.flatMap(({ grans_lag: lag }) => lag ?? [])), enhet);
  const high = inUnit(Math.max(...punkter.flatMap(({ grans_hog: hog }) => hog ?? [])), enhet);
  const range = `den naturliga variationen, ${low} till ${high}`;
  const said = {
    alltid: `Målet, ${target}, nås av verksamheten som den är: ${range}, når det alltid.`,
    aldrig: `Målet, ${target}, nås inte av verksamheten som den är: ${range}, når det aldrig.`,
    slump: `Slumpen avgör om målet, ${target}, nås under en enskild period: det ligger i ${range}.`,
  }[utfall];
  const outside = punkter.filter(({ ar_utanfor: isOutside }) => isOutside).length;
  return outside === 0
    ? said
    : `${said} Utanför den ligger ${number(outside)} av ${number(punkter.length)} ${windowWord(per, punkter.length)}: då har något särskilt hänt, och gränserna säger mindre om nästa.`;
};

const rowsOf = (serie: Serie, unit: Unit): Row<"malserie">[] => {
  const mening = sentenceOf(serie, unit);
  return serie.punkter.map(({ row: { taken, judged }, ...punkt }) => ({
    resultat_id: resultId("malserie", [unit.insats_id, unit.goal.id, unit.grupp, unit.gruppvarde, taken.fonster.fran]),
    ...rowKey(unit, taken),
    metod: serie.metod,
    varde: judged.varde && toNumber(judged.varde),
    malvarde: judged.malvarde && toNumber(judged.malvarde),
    medel: toNumber(serie.medel),
    ...punkt,
    utfall: serie.utfall,
    mening,
  }));
};

/** Rows of `malserie` for the goals and groups that have periods enough. */
export const serieRows = (measured: readonly Measured[]): Row<"malserie">[] =>
  [...Map.groupBy(measured, ({ unit }) => unit)].flatMap(([unit, own]) => {
    const serie = serieOf(own);
    return serie ? rowsOf(serie, unit) : [];
  });
