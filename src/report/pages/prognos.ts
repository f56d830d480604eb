/** What the pace so far comes to, against what was granted; and what must be explained. */
import { begun, dayText, number, percent, things, tusental } from "../../schema/swedish.ts";
import type { InsatsCharts } from "../charts/index.ts";
import { amount, missing, signedPart } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Prognos, Publik } from "../publik.ts";
import { column, figure, type Table, tableMarkup, tableOf } from "../table.ts";
import { figureMarkup, listMarkup } from "./page.ts";

/** The parts of a year in the order in which they end. */
const partText: Readonly<Record<string, string>> = {
  ...{ Q1: "kvartal 1", Q2: "kvartal 2", VT: "vårterminen" },
  ...{ Q3: "kvartal 3", Q4: "kvartal 4", HT: "höstterminen" },
};
const placeOf = ({ period }: Prognos): number =>
  Number(period.slice(0, 4)) * 10 + Object.keys(partText).indexOf(period.slice(4));

/** `2024`, `vårterminen 2024`, `hela insatsen`. */
const periodText = ({ period, per }: Prognos): string =>
  per === "hela"
    ? "hela insatsen"
    : per === "ar"
      ? period
      : `${partText[period.slice(4)] ?? period} ${period.slice(0, 4)}`;

const sourceText: Readonly<Record<string, string>> = {
  finansiering: "beviljade medel",
  ekonomirapport: "de medel som insatsen rapporterar",
  budget_beviljad: "den beviljade budgeten",
  budget_ansokt: "den ansökta budgeten",
};

/** `tio månader`, `5,5 månader`. */
const monthsText = (manader: number): string =>
  Number.isInteger(manader) ? things(manader, "en månad", "månader") : `${number(manader, 1)} månader`;

const fewText = ({ manader, minst_manader: least }: Prognos): string => {
  const so =
    manader === null || manader < 1
      ? "ingen hel månad är fakturerad"
      : manader === 1
        ? "en månad är fakturerad"
        : `${monthsText(manader)} är fakturerade`;
  return `${so}. Det krävs minst ${monthsText(least)} för en prognos, eftersom hyra och annat ofta faktureras kvartalsvis.`;
};

/** One sentence or two: how far it is invoiced, what that comes to, and whether it must be explained. */
export const sentenceOf = (row: Prognos): string => {
  const period = begun(periodText(row));
  if (row.skal === "perioden_saknas")
    return `${period}: insatsens start och slut anges inte, så ingen prognos går att göra.`;
  if (row.skal === "inget_fakturerat")
    return `${period}: ingen faktura finns i underlaget, så ingen prognos går att göra.`;
  if (row.skal === "for_fa_manader" || row.prognos_ore === null) {
    return `${period}: ${fewText(row)}`;
  }
  const outcome =
    row.status === "utfall"
      ? `${period}: ${amount(row.prognos_ore)} är fakturerat, och perioden är fakturerad till slutet.`
      : `${period}: till och med ${dayText(row.utfall_till ?? "")} är ${amount(row.utfall_ore ?? 0)} fakturerat på ${monthsText(row.manader ?? 0)}. I samma takt blir det ${amount(row.prognos_ore)} på ${monthsText(row.alla_manader ?? 0)}.`;
  if (row.medel_ore === null || row.avvikelse_ore === null) {
    return `${outcome} Varken beviljade medel eller budget för perioden finns i underlaget, så det finns inget att jämföra med.`;
  }
  const off = Math.abs(row.avvikelse_ore);
  const share = row.avvikelse_procent === null ? "" : ` (${percent(Math.abs(row.avvikelse_procent) / 100)})`;
  const held =
    off === 0
      ? `Det är lika mycket som ${sourceText[row.medel_kalla ?? ""]}.`
      : `Det är ${amount(off)}${share} ${row.avvikelse_ore > 0 ? "mer" : "mindre"} än ${sourceText[row.medel_kalla ?? ""]}.`;
  const asked = row.kraver_forklaring
    ? ` Avvikelsen är över gränsen på ${number(row.grans_procent)} procent och behöver förklaras.`
    : "";
  return `${outcome} ${held}${asked}`;
};

const prognosTable = (rows: readonly Prognos[]): Table =>
  tableOf("Fakturerat, prognos och medel", rows, [
    column("Period", periodText),
    figure("Fakturerat hittills", (row) => amount(row.utfall_ore)),
    figure("Månader", ({ manader, alla_manader: all }) =>
      manader === null ? missing : `${number(manader, 1)} av ${number(all ?? 0, 1)}`,
    ),
    figure("Prognos eller utfall", (row) => amount(row.prognos_ore)),
    figure("Medel", (row) => amount(row.medel_ore)),
    figure("Prognos minus medel", (row) => signedPart(row.avvikelse_ore, row.avvikelse_procent)),
    column("Förklaring", (row) => (row.kraver_forklaring ? "Förklaring krävs." : missing)),
  ]);

const thousands = (ore: number | null): string => (ore === null ? missing : tusental(ore));

/** What a report to the förbund asks at the end of each quarter or term, with the reason that the insats gave. */
const reportTable = (rows: readonly Prognos[]): Table =>
  tableOf("Prognos för året vid varje kvartals och termins slut", rows, [
    column("Vid slutet av", periodText),
    figure("Beviljade medel", (row) => thousands(row.medel_ore)),
    figure("Fakturerat i perioden", (row) => thousands(row.del_ore)),
    figure("Sedan årets början", (row) => thousands(row.utfall_ore)),
    figure(
      "Varav i fakturor som når över slutet",
      (row) => thousands(row.over_slutet_ore),
      ({ over_slutet_ore: ore }) => (ore ?? 0) !== 0,
    ),
    figure("Prognos för året", (row) => thousands(row.prognos_ore)),
    figure(
      "Insatsens egen prognos",
      (row) => thousands(row.rapporterad_prognos_ore),
      ({ rapporterad_prognos_ore: ore }) => ore !== null,
    ),
    figure("Prognos minus medel", (row) => thousands(row.avvikelse_ore)),
    column(
      "Anledning vid avvikelse",
      ({ anledning, kraver_forklaring: isRequired }) => anledning ?? (isRequired ? "saknas, men krävs" : missing),
    ),
  ]);

/** Nothing where neither an invoice, a grant nor a report says anything; a budget alone is told of under Budget. */
export const prognosSection = (
  { prognos: prognoser, kostnadsforlopp: forlopp }: Pick<Publik, "prognos" | "kostnadsforlopp">,
  path: string,
  charts: InsatsCharts,
): Html | undefined => {
  const all = prognoser.filter(
    ({ forbund_id: forbund, medel_kalla: kalla, utfall_ore: ore, rapporterad_prognos_ore: own, anledning }) =>
      forbund === "alla" &&
      (ore !== null || own !== null || anledning !== null || kalla === "finansiering" || kalla === "ekonomirapport"),
  );
  const isPart = ({ per }: Prognos): boolean => per === "kvartal" || per === "termin";
  const rows = all.filter((row) => !isPart(row));
  const parts = all.filter(isPart).sort((a, b) => placeOf(a) - placeOf(b));
  if (rows.length === 0) return undefined;
  return html`<h2 id="prognos">Fakturerat mot medel</h2>
${listMarkup(rows.map(sentenceOf))}${charts.forlopp && figureMarkup(path, charts.forlopp)}${tableMarkup(prognosTable(rows))}${
  parts.length > 0 && tableMarkup(reportTable(parts))
}${charts.forlopp && forlopp.length > 0 && tableMarkup(charts.forlopp.table)}`;
};
