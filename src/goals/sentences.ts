/** One plain Swedish sentence per goal, from typed results. No adjective that no rule stands behind. */
import type { Measure } from "../schema/measures.ts";
import type { Mal } from "../schema/pipeline.ts";
import { compare, toNumber } from "../schema/rational.ts";
import { begun, counted, inUnit, listed, number, periodShort, spell, windowWord } from "../schema/swedish.ts";
import { parseTackning, parseTolerans } from "../schema/villkor.ts";
import { absenceText, reachText } from "./absencetext.ts";
import { exact } from "./demand.ts";
import { type Described, figureText, nameOf, soFarText } from "./describe.ts";
import type { Judged, Skal } from "./judge.ts";
import type { GoalStatus } from "./outcome.ts";

const cannot: Readonly<Record<Skal, string>> = {
  saknas: "underlag saknas",
  for_fa: "antalet är för litet",
  sekretess: "uppgifterna omfattas av sekretess",
  ej_tillamplig: "det finns inget att räkna andelen av",
  ej_summerbart: "antal personer i kortare perioder kan inte läggas ihop, eftersom samma person kan finnas i flera",
  foljs: "den visas bredvid det som bedöms",
  inget_villkor: "målet saknar målvärde",
  for_kort: "perioden är så kort att målet blir mindre än ett",
  perioden_pagar: "perioden pågår",
  motsagt: "underlaget säger emot sig",
  sammanlagt: "antalen är sammanlagda",
  cirkel: "uppgiften hänvisar till sig själv",
  olika_enheter: "uppgifterna har olika enheter",
  annat_slag: "en av uppgifterna är inget tal",
  avvisade_rader: "rader som kan höra hit har avvisats och kan ändra utfallet",
  okanda_ord: "underlaget eller formeln har ord eller tomma celler som inte är förklarade",
  olaslig: "en av uppgifterna går inte att läsa",
};

const verdictWords: Readonly<Record<GoalStatus, string>> = {
  uppnatt: "Målet nåddes",
  ej_uppnatt: "Målet nåddes inte",
  delvis: "Målet nåddes delvis",
  ej_matbart: "Målet går inte att bedöma",
};

/** `inom 5 %`, `inom 5 000 kr`: as the goal states it. */
const toleranceText = ({ tolerans = "" }: Mal, { enhet }: Measure): string => {
  const isAmount = parseTolerans(tolerans)?.of === "villkor" && enhet !== "andel";
  return isAmount
    ? `inom ${inUnit(Number(String(tolerans).replace(/\s/g, "").replace(",", ".")), enhet)}`
    : `inom ${String(tolerans).replace(/ ?%/, "\u00a0%")}`;
};

const span = (goal: Mal, { antal_fonster, judged }: Described): string => {
  const over = antal_fonster > 1 ? ` på ${counted(antal_fonster)} ${windowWord(goal.per, antal_fonster)}` : "";
  const which = goal.per === "insatsar" || goal.per === "ar" ? "åren" : "perioderna";
  const times = antal_fonster === 2 ? `båda ${which}` : `i flera av ${which}`;
  const assumed = judged.skal === "sammanlagt" ? `, om ingen räknats ${times}` : "";
  return over + assumed;
};

/** What may or may not count, said beside a count that it could change. */
const unknown = ({ slag }: Measure, { judged: { okand } }: Described): string =>
  slag === "summa" && okand.n > 0n ? `, och för ${number(toNumber(okand))} till är det okänt` : "";

/** What delivered totals give where the rows that count give something else. */
const controlText = (measure: Measure, { judged: { kontroll } }: Described): string =>
  kontroll === null ? "" : inUnit(toNumber(kontroll), measure.enhet);

/** How a figure's data contradict each other: rows and totals, or a part that is larger than its whole. */
const againstText = (measure: Measure, row: Described): string =>
  row.judged.kontroll === null
    ? `${figureText(measure, row)}: fler räknas än det finns`
    : `${figureText(measure, row)} enligt raderna, ${controlText(measure, row)} enligt inlämnade summor`;

/** How an open period goes, and by which rule. */
const paceText = (measure: Measure, row: Described): string => {
  const { takt } = row.judged;
  if (!takt) return "";
  const soFar = `${soFarText(measure, row.judged)} hade räckt för de dagar som gått`;
  return takt.lage === "i_takt" ? `: i takt med målet, ${soFar}` : `: efter målets takt, ${soFar}`;
};

/** The same among others: `11 av 15, inte i takt (14 hade räckt)`. */
const shortPace = (measure: Measure, row: Described): string => {
  const { takt } = row.judged;
  if (!takt) return "";
  return `, ${takt.lage === "i_takt" ? "i takt" : "inte i takt"} (${soFarText(measure, row.judged)} hade räckt)`;
};

/** Where the level that was asked for was decided. */
const decided = (rows: readonly Described[]): string => {
  const beslut = new Set(
    rows.flatMap(({ judged: { demand } }) => demand?.nivaer ?? []).flatMap((niva) => niva.beslut ?? []),
  );
  return beslut.size === 0 ? "" : ` Beslutat: ${[...beslut].join("; ").replace(/\.$/, "")}.`;
};

const refusedRows = (rader: number): string =>
  `${counted(rader)} ${rader === 1 ? "rad" : "rader"} som kan höra hit har avvisats`;

/** `En rad som kan höra hit har avvisats`, where it could change the verdict. */
const refusedText = (measure: Measure, row: Described): string => {
  const { rader } = row.judged.bortfall.avvisade;
  const value = figureText(measure, row);
  const without = value === "" ? "" : ` Utan ${rader === 1 ? "den" : "dem"}: ${value}.`;
  return `${refusedRows(rader)}, och ${rader === 1 ? "den" : "de"} kan ändra utfallet.${without}`;
};

/** Refused rows and unknown words that could not change the verdict. */
const settledText = ({ judged: { har_okanda_ord: hasUnknownWords, bortfall } }: Described): string => {
  const { rader } = bortfall.avvisade;
  const refused =
    rader === 0
      ? ""
      : ` ${begun(refusedRows(rader))}, men utfallet är detsamma vad ${rader === 1 ? "den" : "de"} än säger.`;
  return hasUnknownWords
    ? `${refused} Underlaget har ord som inte är kända, men utfallet är detsamma vad de än betyder.`
    : refused;
};

/** Which months the rows speak of, where a period outside them was counted as 0. */
const outsideText = (rows: readonly Described[]): string => {
  const days = rows.flatMap(({ judged, utanfor }) => (judged.varde !== null && utanfor ? [utanfor] : []));
  const fran = days.map((day) => day.fran).sort()[0];
  const till = days
    .map((day) => day.till)
    .sort()
    .at(-1);
  return fran && till ? ` Raderna i underlaget gäller ${periodShort(fran, till)}; utanför den tiden räknas 0.` : "";
};

/** Whether so little is known that the goal is not judged. */
const isUncovered = ({ minst_tackning: least }: Mal, { judged }: Described): boolean =>
  least !== undefined && judged.skal === "saknas" && judged.tackningsgrad !== null;

const uncovered = ({ minst_tackning: least = "" }: Mal): string => {
  const written = parseTackning(least);
  const share = written ? toNumber(exact(written.value, written.percent)) : 0;
  return `målet bedöms först från täckningsgraden ${inUnit(share, "andel")}`;
};

const verdictOf = (goal: Mal, measure: Measure, row: Described): string => {
  const { status, skal, ar_nara: isNear, lack } = row.judged;
  const value = figureText(measure, row);
  if (status !== "ej_matbart") {
    const near = isNear ? `, men är nära (${toleranceText(goal, measure)})` : "";
    return `${verdictWords[status]}${near}: ${value}${span(goal, row)}.${settledText(row)}${row.formel ? ` ${row.formel}` : ""}`;
  }
  if (skal === "avvisade_rader") return `${verdictWords.ej_matbart}: ${refusedText(measure, row)}`;
  if (skal === "motsagt") {
    return `${verdictWords.ej_matbart}: ${cannot.motsagt}, ${againstText(measure, row)}.`;
  }
  if (skal === "inget_villkor" && goal.villkor !== undefined) {
    const what = value === "" ? "" : ` Utfallet är ${value}${unknown(measure, row)}.`;
    return `Målet gäller inte hela perioden ${row.fran}–${row.till} och bedöms inte i den.${what}`;
  }
  if (skal === "inget_villkor") {
    if (lack !== null) return `Målet saknar målvärde, och ${row.formel ?? cannot[lack]}.`;
    return `Målet saknar målvärde. Utfallet är ${value}${unknown(measure, row)}.${directionText(goal, measure, [row])}`;
  }
  if (isUncovered(goal, row)) return `${verdictWords.ej_matbart}: ${value}, men ${uncovered(goal)}.`;
  if (skal === "saknas" && row.judged.varde !== null) {
    return `${verdictWords.ej_matbart}: ${value}${unknown(measure, row)}.`;
  }
  if (skal === "for_fa" && goal.minst_n !== undefined) {
    return `${verdictWords.ej_matbart}: ${value}, men bedöms först från nämnaren ${number(goal.minst_n)}.`;
  }
  if (skal === "perioden_pagar" && row.ar_kommande) return `Perioden börjar ${row.fran}.`;
  if (skal === "perioden_pagar") {
    if (lack !== null) return `Perioden pågår till ${row.till}, och ${row.formel ?? cannot[lack]}.`;
    return `Perioden pågår till ${row.till}. Hittills ${value}${paceText(measure, row)}.`;
  }
  return `${verdictWords.ej_matbart}: ${row.formel ?? cannot[skal ?? "saknas"]}.`;
};

/** Up to so many named; the others as a number. */
const some = (rows: readonly Described[], most: number, what: string, text: (row: Described) => string): string => {
  const more = rows.length > most ? ` och ${counted(rows.length - most)} ${what}till` : "";
  return `${rows.slice(0, most).map(text).join("; ")}${more}`;
};

/** Rows of a goal that refused rows reach: those whose verdict they could change, and those whose they could not. */
const refusals = (goal: Mal, measure: Measure, rows: readonly Described[], manyWindows: boolean): string => {
  const reached = rows.filter(({ judged }) => judged.bortfall.avvisade.rader > 0);
  const each = (own: readonly Described[]): string =>
    some(own, 3, "", (row) => {
      const { rader } = row.judged.bortfall.avvisade;
      const value =
        row.judged.varde === null ? "" : `, utan ${rader === 1 ? "den" : "dem"} ${figureText(measure, row)}`;
      return `${nameOf(goal, row, manyWindows)} (${counted(rader)} ${rader === 1 ? "rad" : "rader"}${value})`;
    });
  const open = reached.filter(({ judged }) => judged.skal === "avvisade_rader");
  const unknownWords = rows.filter(({ judged }) => judged.skal === "okanda_ord");
  const undecided = [
    open.length === 0 ? "" : ` Avvisade rader kan ändra utfallet: ${each(open)}.`,
    unknownWords.length === 0
      ? ""
      : ` Ord eller tomma celler som ingen har förklarat kan ändra utfallet: ${listed(unknownWords.map((row) => nameOf(goal, row, manyWindows)))}.`,
  ].join("");
  const settled = (what: string, reach: (judged: Judged) => boolean): string => {
    const own = rows.filter(({ judged }) => judged.status !== "ej_matbart" && reach(judged));
    return own.length === 0
      ? ""
      : ` ${what} utan att det ändrar utfallet: ${listed(own.map((row) => nameOf(goal, row, manyWindows)))}.`;
  };
  return [
    undecided,
    settled("Rader har avvisats", ({ bortfall }) => bortfall.avvisade.rader > 0),
    settled("Ord är inte kända", (judged) => judged.har_okanda_ord),
  ].join("");
};

/** Rows that totals do not agree with, where the verdict stands all the same. */
const differences = (goal: Mal, measure: Measure, rows: readonly Described[], manyWindows: boolean): string => {
  const differing = rows.filter(({ judged }) => judged.kontroll !== null && judged.skal !== "motsagt");
  if (differing.length === 0) return "";
  if (rows.length === 1)
    return ` Inlämnade summor ger ${controlText(measure, rows[0] as Described)}; det är raderna som räknas.`;
  const each = some(differing, 3, "", (row) => `${nameOf(goal, row, manyWindows)}: ${controlText(measure, row)}`);
  return ` Inlämnade summor ger något annat (${each}); det är raderna som räknas.`;
};

const one = (goal: Mal, measure: Measure, row: Described): string =>
  `${verdictOf(goal, measure, row)}${differences(goal, measure, [row], false)}${absenceText(row)}${decided([row])}`;

/**
 * Where a followed goal is to go, and whether it went there: its first whole period that is over against its last. Periods
 * cut by the insats's dates are of another size and are left out.
 */
const directionText = (goal: Mal, measure: Measure, rows: readonly Described[]): string => {
  if (goal.riktning === undefined) return "";
  const aim = goal.riktning === "upp" ? " Det ska öka" : " Det ska minska";
  const whole = rows.filter((row) => row.grupp === "" && row.ar_hel && !row.ar_oppet && row.judged.varde !== null);
  const [first, last] = [whole[0], whole.at(-1)];
  if (!first?.judged.varde || !last?.judged.varde || first === last) return `${aim}.`;
  const step = compare(last.judged.varde, first.judged.varde);
  const went = step > 0 ? "har ökat" : step < 0 ? "har minskat" : "är oförändrat";
  const values = [first, last].map((row) => `${figureText(measure, row)} (${nameOf(goal, row, true)})`).join(", ");
  return `${aim} och ${went}: ${values}.`;
};

const several = (goal: Mal, measure: Measure, rows: readonly Described[], status: GoalStatus): string => {
  const measurable = rows.filter(({ judged }) => judged.status !== "ej_matbart");
  const manyWindows = new Set(rows.map(({ fran }) => fran)).size > 1;
  const row = (one: Described): string =>
    `${nameOf(goal, one, manyWindows)}: ${one.judged.lack ? cannot[one.judged.lack] : figureText(measure, one)}`;
  const open = rows.filter(({ judged: { takt } }) => takt !== null);
  const going =
    open.length === 0
      ? ""
      : ` Pågår: ${some(open, 3, "", (one) => `${nameOf(goal, one, manyWindows)}: ${figureText(measure, one)}${shortPace(measure, one)}`)}.`;
  const contradicted = rows.filter(({ judged }) => judged.skal === "motsagt");
  const against =
    contradicted.length === 0
      ? ""
      : ` Underlaget säger emot sig: ${some(contradicted, 3, "", (one) => `${nameOf(goal, one, manyWindows)}: ${againstText(measure, one)}`)}.`;
  const lost = `${refusals(goal, measure, rows, manyWindows)}${against}${differences(goal, measure, rows, manyWindows)}${reachText(rows, (one) => nameOf(goal, one, manyWindows))}`;
  if (measurable.length === 0) {
    const reasons = [...new Set(rows.map(({ judged }) => judged.skal ?? "saknas"))];
    if (goal.villkor === undefined && reasons.length === 1 && reasons[0] === "inget_villkor") {
      const lacks = new Set(rows.map(({ judged }) => judged.lack));
      const [lack] = lacks;
      if (lack && lacks.size === 1) return `Målet saknar målvärde, och ${cannot[lack]}.`;
      const each = some(rows, 4, "rader ", (one) => `${row(one)}${unknown(measure, one)}`);
      return `Målet saknar målvärde. Utfallet är ${each}.${directionText(goal, measure, rows)}`;
    }
    const why = (reason: Skal): string => {
      if (reason === "inget_villkor" && goal.villkor !== undefined) return "målet gäller inte hela perioden";
      if (reason === "saknas" && rows.every((row) => row.judged.skal !== "saknas" || isUncovered(goal, row)))
        return uncovered(goal);
      const isAhead = reason === "perioden_pagar" && rows.every(({ ar_kommande: isComing }) => isComing);
      return isAhead ? "perioderna har inte börjat" : cannot[reason];
    };
    return `${verdictWords.ej_matbart}: ${reasons.map(why).join("; ")}.${going}${lost}`;
  }
  const [only] = measurable;
  if (only && measurable.length === 1) {
    const near = only.judged.ar_nara ? `, men är nära (${toleranceText(goal, measure)})` : "";
    return `${verdictWords[status]}${near}, i det enda som går att bedöma: ${row(only)}.${going}${lost}${decided(rows)}`;
  }
  const met = measurable.filter(({ judged }) => judged.status === "uppnatt");
  const unit = rows.some(({ grupp }) => grupp !== "") ? "bedömningar" : windowWord(goal.per, measurable.length);
  const unmet = measurable.filter(({ judged }) => judged.status === "ej_uppnatt");
  const near = unmet.filter(({ judged }) => judged.ar_nara);
  const missed = unmet.length > 0 ? ` Inte uppnått: ${some(unmet, 3, "", row)}.` : "";
  const close =
    near.length > 0
      ? ` Nära (${toleranceText(goal, measure)}): ${listed(near.map((one) => nameOf(goal, one, manyWindows)))}.`
      : "";
  return `${verdictWords[status]}: i ${number(met.length)} av ${number(measurable.length)} ${unit}.${missed}${close}${going}${lost}${decided(rows)}`;
};

const reportedText = (goal: Mal, deviation: boolean | null): string => {
  const said = goal.rapporterat?.status;
  if (!said || said === "reviderat") return said ? " Rapporten uppger att målet har reviderats." : "";
  if (deviation === null) return ` Rapporten svarar ${spell(said)}, men det går inte att pröva.`;
  return deviation ? ` Rapporten svarar ${spell(said)}.` : "";
};

export const sentence = (
  goal: Mal,
  measure: Measure,
  rows: readonly Described[],
  status: GoalStatus,
  deviation: boolean | null,
  assumedStart: string | null,
  doubts: readonly string[],
): string => {
  const [first] = rows;
  const verdict = !first
    ? `${verdictWords.ej_matbart}: underlag saknas.`
    : rows.length === 1
      ? one(goal, measure, first)
      : several(goal, measure, rows, status);
  const start =
    assumedStart && status !== "ej_matbart" ? ` Perioden räknas från ${assumedStart}, första dagen i underlaget.` : "";
  const asked = doubts.length > 0 ? ` Att kontrollera i underlaget: ${listed(doubts)}.` : "";
  return `${verdict}${reportedText(goal, deviation)}${start}${outsideText(rows)}${asked}`;
};
