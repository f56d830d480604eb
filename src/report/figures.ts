/** How a row's figures are written out: the same in every table, chart and sentence. */
import { addDays, addMonths, daysBetween, wholeMonths } from "../schema/days.ts";
import { measures } from "../schema/measures.ts";
import {
  dayText,
  grouped,
  inUnit,
  kronor,
  number,
  percent,
  periodLabel,
  spell,
  targetText,
  things,
  wholeTarget,
} from "../schema/swedish.ts";
import { parseVillkor, sedan } from "../schema/villkor.ts";
import { type Html, html } from "./html.ts";
import type { Insats, Malrad, Prognos } from "./publik.ts";

/** What stands for a figure that is withheld, and for one that does not exist. */
export const withheld = "..";
export const missing = "–";

/** An amount in whole kronor; without one, the dash. Öre are in the files. */
export const amount = (ore: number | null): string => (ore === null ? missing : kronor(Math.round(ore / 100) * 100));

/** Öre that rows come to together: one without an amount adds none. */
export const totalOf = (rows: readonly { readonly belopp_ore: number | null }[]): number =>
  rows.reduce((sum, { belopp_ore: ore }) => sum + (ore ?? 0), 0);

export const signedAmount = (ore: number | null): string =>
  ore === null ? missing : `${ore > 0 ? "+" : ""}${amount(ore)}`;

/** A deviation in kronor, and in percent of what it is from where there is any. */
export const signedPart = (ore: number | null, procent: number | null): string =>
  procent === null ? signedAmount(ore) : `${signedAmount(ore)} (${percent(procent / 100)})`;

/** `12 000 kr`, `12 000–16 000 kr`. */
export const spanText = (low: number, high: number, written = kronor): string =>
  low === high ? written(low) : `${written(low).replace(/.kr$/u, "")}–${written(high)}`;

/** A share from 0 to 1. */
export const share = (andel: number | null): string => (andel === null ? missing : percent(andel));

/** A share from 0 to 100. */
export const shareOfHundred = (procent: number | null): string => share(procent === null ? null : procent / 100);

/** So many kronor for one of something: with öre below a thousand, where they say something. */
export const wholeAmount = (kr: number | null): string =>
  kr !== null && Math.abs(kr) < 1000 ? kronor(Math.round(kr * 100)) : amount(kr === null ? null : Math.round(kr * 100));

/** A deviation in kronor, and as percentage points of the whole where there is one. */
export const signedDeviation = (ore: number | null, points: number | null): string =>
  points === null
    ? signedAmount(ore)
    : `${signedAmount(ore)} (${points > 0 ? "+" : ""}${percent(points / 100).replace(/%$/, "procentenheter")})`;

export const count = (antal: number | null, isWithheld = false): string =>
  isWithheld && antal === null ? withheld : antal === null ? missing : grouped(antal);

/** Whether a row's numerator and denominator are counted in the same thing, so that "26 av 32" says something. */
const hasParts = ({ matt, taljare, namnare }: Malrad): boolean =>
  measures.get(matt)?.slag === "andel" && taljare !== null && namnare !== null && namnare !== 0;

/** `73`, `81,3 % (26 av 32)`, `66,7 % (20 av 30, täckningsgrad 30 %)`, `..` when withheld, `–` when there is none. */
export const valueText = (rad: Malrad): string => {
  if (rad.ar_dold) {
    const { senast_varde: last, senast_visad: day, enhet } = rad;
    return last === null || day === null ? withheld : `${inUnit(last, enhet)} per ${dayText(day)}`;
  }
  if (rad.varde === null) return missing;
  const parts = [
    hasParts(rad) ? `${number(rad.taljare ?? 0)} av ${number(rad.namnare ?? 0)}` : "",
    rad.tackningsgrad === null || rad.tackningsgrad === 1 ? "" : `täckningsgrad ${percent(rad.tackningsgrad)}`,
  ].filter((part) => part !== "");
  return `${inUnit(rad.varde, rad.enhet)}${parts.length === 0 ? "" : ` (${parts.join(", ")})`}`;
};

/** `fyra månader`, or `123 dagar` where the period is no whole months. */
const lengthText = (fran: string, till: string): string => {
  const months = wholeMonths(fran, till);
  const isWhole = addDays(addMonths(fran, months), -1) === till;
  return isWhole ? things(months, "en månad", "månader") : things(daysBetween(fran, till), "en dag", "dagar");
};

/** `minst 120`, `minst 3 (4 räknat på 123 dagar)`; the dash for a goal that is only followed. */
export const demandOf = ({ villkor, malvarde, varde, enhet, fran, till }: Malrad): string => {
  if (villkor === null) return missing;
  const target = malvarde === null ? null : wholeTarget(villkor, malvarde, enhet, varde);
  const asked = targetText(villkor, target, enhet);
  const [whole, ...later] = villkor.split(sedan).map((level) => goalText(level, enhet));
  return target !== malvarde && whole !== undefined && later.length === 0 && whole !== asked
    ? `${asked} (${whole.replace(/^\D+/, "")} räknat på ${lengthText(fran, till)})`
    : asked;
};

/** What a goal asks for, as it is set and not scaled to a period: `minst 60`, `40–60 %`. */
export const goalText = (villkor: string, enhet: string): string => {
  const asked = parseVillkor(villkor);
  if (asked === undefined || asked.operator === "..") return targetText(villkor, null, enhet);
  const { digits, decimals } = asked.value;
  return targetText(villkor, Number(digits) / 10 ** (decimals + (asked.percent ? 2 : 0)), enhet);
};

/** `uppnått`, `ej mätbart: underlag saknas`. Of a withheld value the verdict is shown only where it reveals no number. */
export const statusText = ({ status, skal, nara, takt, ...rad }: Malrad): string => {
  if (rad.ar_dold) return status === "dolt" ? spell("sekretess") : `${spell(status)}: ${spell("sekretess")}`;
  if (rad.ar_kommande && skal === "perioden_pagar") return `${spell(status)}: perioden har inte börjat`;
  if (nara) return spell("nara");
  if (skal === "foljs") return spell(skal);
  const going = takt === null ? "" : `, ${spell(takt)}`;
  return skal === null ? `${spell(status)}${going}` : `${spell(status)}: ${spell(skal)}${going}`;
};

/** A period in a table: its dates stay whole where the line breaks. */
export const periodMarkup = (fran: string, till: string): Html =>
  html`${periodLabel(fran, till)
    .split("–")
    .map((day, i) => html`${i === 0 ? undefined : html`–<wbr>`}<span class="nb">${day}</span>`)}`;

/** The last day that some of these insatser have data of. */
export const lastDay = (insatser: readonly Insats[]): string | undefined =>
  insatser
    .flatMap(({ data_till: day }) => day ?? [])
    .sort()
    .at(-1);

/** `jan 2023–maj 2024, underlag till och med 31 maj 2024`. */
export const dataText = (fran = "", till = "", written = periodLabel): string => {
  const dated = till === "" ? "odaterat underlag" : `underlag till och med ${dayText(till)}`;
  return fran === "" || till === "" ? dated : `${written(fran, till)}, ${dated}`;
};

export const isOfPersons = (matt: string): boolean => measures.get(matt)?.personer ?? false;

/** Forecasts of whole years, or of the whole insats: those of a quarter or a term foresee the same year again. */
export const wholeYears = (prognos: readonly Prognos[]): Prognos[] =>
  prognos.filter(({ per }) => per === "ar" || per === "hela");
