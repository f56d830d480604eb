/** The budget of one insats: shown three ways, where it is not what its staffing gives, and amounts a month that differ. */
import { counted, number, windowWord } from "../../schema/swedish.ts";
import { budgetTables } from "../charts/budget.ts";
import { type InsatsCharts, postNamn } from "../charts/index.ts";
import { amount, missing } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Budgetforklaring, Budgettakt, Publik } from "../publik.ts";
import { column, figure, type Table, tableMarkup, tableOf } from "../table.ts";
import { chartMarkup, figureMarkup, incompleteNote, placeText } from "./page.ts";

type Own = Pick<Publik, "budgetutfall" | "budgetforklaring" | "budgettakt">;

/** `its` with the article: `Förklaringen ger`. */
const forklaringTable = (
  { caption, one, its }: { readonly caption: string; readonly one: string; readonly its: string },
  rows: readonly Budgetforklaring[],
  { budgetutfall: budget }: Own,
  names: Names,
): Table => {
  const postOf = ({ post, ar }: Budgetforklaring): string => {
    const cell = budget.find((row) => row.post === post && row.ar === ar);
    return cell ? postNamn(names, cell) : post;
  };
  return tableOf(caption, rows, [
    column("Post", postOf),
    figure("År", ({ ar }) => String(ar)),
    figure(`${its} ger`, ({ belopp_ore: ore }) => amount(ore)),
    column(one, ({ mening }) => mening),
    column("Var det står", ({ dokument, avsnitt }) => placeText(names, dokument, avsnitt)),
  ]);
};

const months = (count: number | null): string =>
  count === null
    ? missing
    : `${Number.isInteger(count) ? counted(count) : number(count, 1)} ${windowWord("manad", count)}`;

const taktTable = (rows: readonly Budgettakt[], names: Names): Table =>
  tableOf("Belopp per månad som skiljer mellan år", rows, [
    column("Post", ({ insats_id: insats, post, part_id: part, roll }) =>
      roll === "" ? post : `${post}: ${roll} på heltid, ${names.part(insats, part)}`,
    ),
    figure("År", ({ ar }) => String(ar)),
    column("Månader", ({ manader }) => months(manader)),
    figure("Belopp per månad", (row) => amount(row.manadsbelopp_ore)),
  ]);

/** A text that can be read two ways, and gives the budget when read as the table says: no difference remains. */
const readingSection = (
  rows: readonly Budgetforklaring[],
  own: Own,
  names: Names,
): Html => html`<p>Här är bemanningens text tvetydig. Läst på ett av sätten ger den budgetens belopp på kronan, och då finns ingen skillnad att förklara. Vilket som är menat är inte bekräftat.</p>
${tableMarkup(forklaringTable({ caption: "Budget som beror på hur bemanningens text läses", one: "Läsning", its: "Läsningen" }, rows, own, names))}`;

/** What the explanations are and are not: they reproduce an amount, nobody has said that they are right. */
const differenceSection = (rows: readonly Budgetforklaring[], own: Own, names: Names): Html => {
  const cells = Map.groupBy(rows, ({ post, ar }) => `${ar} ${post}`);
  const several = [...cells.values()].some((explanations) => explanations.length > 1);
  return html`<p>Här ger bemanningens rader inte budgetens belopp. En förklaring är den enklaste ändring av raderna som ger beloppet på kronan. Den är uträknad, inte bekräftad.${several ? " Där flera är lika enkla står alla: beloppet avgör inte vilken som gäller." : ""}</p>
${tableMarkup(forklaringTable({ caption: "Varför budgeten inte är vad bemanningen ger", one: "Förklaring", its: "Förklaringen" }, rows, own, names))}`;
};

export const budgetSection = (own: Own, names: Names, path: string, charts: InsatsCharts): Html => {
  const { budgetforklaring: explained, budgettakt: rates } = own;
  const readings = explained.filter(({ slag }) => slag === "lasning");
  const differences = explained.filter(({ slag }) => slag !== "lasning");
  return html`<h2 id="budget">Budget</h2>
${incompleteNote(own.budgetutfall)}${charts.budget && figureMarkup(path, charts.budget)}${budgetTables(own.budgetutfall, (row) => postNamn(names, row)).map(tableMarkup)}${
  charts.budgettrappa &&
  html`<h3>Från budget till fakturerat</h3>
${chartMarkup(path, charts.budgettrappa)}`
}${
  explained.length > 0 &&
  html`<h3>Budget mot bemanning</h3>
${readings.length > 0 && readingSection(readings, own, names)}${
  differences.length > 0 && differenceSection(differences, own, names)
}`
}${
  rates.length > 0 &&
  html`<h3>Belopp per månad</h3>
<p>Budgeten delad med insatsens månader samma år, eller kostnaden för heltid i bemanningen. Att beloppet skiljer mellan år behöver inte vara fel.</p>
${tableMarkup(taktTable(rates, names))}`
}`;
};
