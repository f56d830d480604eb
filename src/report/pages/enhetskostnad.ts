/** What one of something cost: one table per unit, since a cost per deltagande and one per hour are not compared. */
import { kostnadPer, type Per } from "../../schema/kostnadper.ts";
import { begun, listed, number, periodLabel, spell } from "../../schema/swedish.ts";
import { missing, wholeAmount } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Enhetskostnad } from "../publik.ts";
import { column, figure, type Table, tableMarkup, tableOf } from "../table.ts";

/** `5 kända, 4 okända`; of persons only that some are unknown. */
const counted = (row: Enhetskostnad): string => {
  const { namnare, av_antal: whole, okand: unknown, har_okand: hasUnknown } = row;
  if (namnare === null) return missing;
  const known = whole === null ? number(namnare) : `${number(namnare)} av ${number(whole)}`;
  if (!hasUnknown) return known;
  return unknown === null ? `${known} kända, fler är okända` : `${known} kända, ${number(unknown)}\u00a0okända`;
};

/** The whole insats says which time its invoices are for: they may cover less than the insats. */
const periodText = ({ period, faktura_fran: from, faktura_till: to }: Enhetskostnad): string => {
  if (period !== "hela") return period;
  return from === null || to === null ? "hela insatsen" : `hela insatsen, fakturerat ${periodLabel(from, to)}`;
};

const comparable = ({ jamforbar, skal }: Enhetskostnad): string => {
  if (jamforbar) return "Ja, med andra insatser.";
  return skal === null ? missing : `${begun(spell(skal))}.`;
};

const unitTable = (rows: readonly Enhetskostnad[], { en: one, rubrik: what }: Per): Table => {
  const priced = rows.find(({ fast_varde: kr }) => kr !== null);
  return tableOf(`Kostnad per ${one}`, rows, [
    column("Period", periodText),
    figure(what, counted),
    figure(`Kronor per ${one}`, ({ varde: kr }) => wholeAmount(kr)),
    figure(
      "Om de okända också räknas",
      ({ varde_med_okand: kr }) => wholeAmount(kr),
      ({ varde_med_okand: kr }) => kr !== null,
    ),
    figure(
      `I ${priced?.basar} års priser (${priced?.serie})`,
      ({ fast_varde: kr }) => wholeAmount(kr),
      ({ fast_varde: kr }) => kr !== null,
    ),
    column("Jämförbar", comparable),
  ]);
};

/** The whole insats is left out where it is the one year beside it. */
const isRepeated = ({ period, fran, till }: Enhetskostnad, others: readonly Enhetskostnad[]): boolean =>
  period === "hela" && others.some((one) => one.period !== "hela" && one.fran === fran && one.till === till);

/** `avslutat deltagande (2024 och 2025)`: what is hidden is said once, and is no row. */
const hiddenText = (rows: readonly Enhetskostnad[], { en: one }: Per): string[] => {
  const hidden = rows.filter(({ ar_dold: isHidden }) => isHidden);
  if (hidden.length === 0) return [];
  return [
    hidden.length === rows.length && rows.length > 1
      ? one
      : `${one} (${listed(hidden.map(({ period }) => (period === "hela" ? "hela insatsen" : period)))})`,
  ];
};

/** A unit that nothing is known of is left out; one that is withheld is not. */
export const enhetskostnadSection = (all: readonly Enhetskostnad[]): Html | undefined => {
  const shown = Object.entries(kostnadPer)
    .map(([name, unit]) => ({ unit, own: all.filter(({ per }) => per === name) }))
    .map(({ unit, own }) => ({ unit, rows: own.filter((row) => !isRepeated(row, own)) }))
    .filter(({ rows }) => rows.some(({ varde, ar_dold: isWithheld }) => varde !== null || isWithheld));
  if (shown.length === 0) return undefined;
  const open = shown
    .map(({ unit, rows }) => ({ unit, rows: rows.filter(({ ar_dold: isHidden }) => !isHidden) }))
    .filter(({ rows }) => rows.some(({ varde }) => varde !== null));
  const hidden = shown.flatMap(({ unit, rows }) => hiddenText(rows, unit));
  const hasUnknown = shown.some(({ rows }) => rows.some(({ har_okand: has }) => has));
  return html`<h2 id="enhetskostnad">Kostnad per enhet</h2>
<p>Det fakturerade delat med antalet i samma period. Olika enheter säger olika saker och jämförs inte med varandra.${
    hasUnknown
      ? " Okända är de som kanske ska räknas, men där uppgiften saknas: till exempel ett planerat möte som ingen har sagt om det hölls."
      : ""
  }</p>
${
  hidden.length > 0 && html`<p>Underlaget är för litet för att visa kostnaden per ${hidden.join("; per ")}.</p>\n`
}${open.map(({ unit, rows }) => tableMarkup(unitTable(rows, unit)))}`;
};
