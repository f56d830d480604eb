/** What every page shares: the frame around it, how a chart stands in it, how a status and a place are written. */
import { begun, dayText, spell, things } from "../../schema/swedish.ts";
import type { Shown } from "../charts/palette.ts";
import type { Chart } from "../charts/picture.ts";
import { type Html, html, type Part, raw } from "../html.ts";
import { forbundPath, insatsPath, type Names } from "../names.ts";
import { tableMarkup } from "../table.ts";
import { style } from "./style.ts";

export interface About {
  /** The day the report is made for: `YYYY-MM-DD`. */
  readonly today: string;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

export interface Page {
  /** Where it is under `rapport/`. */
  readonly path: string;
  readonly title: string;
  readonly main: Part;
}

/** The way from a page up to `rapport/`. */
export const upFrom = (path: string): string => "../".repeat(path.split("/").length - 1);

/** A relative link from one page to another, each given by its path under `rapport/`. */
export const linkTo = (from: string, to: string): string =>
  `${upFrom(from)}${to.split("/").map(encodeURIComponent).join("/")}`;

export const insatsLink = (from: string, names: Names, id: string): Html =>
  html`<a href="${linkTo(from, insatsPath(id))}">${names.insats(id)}</a>`;

export const forbundLink = (from: string, names: Names, id: string): Html =>
  html`<a href="${linkTo(from, forbundPath(id))}">${names.forbund(id)}</a>`;

/** The finished document: one file, no script, nothing fetched. */
export const documentText = ({ path, title, main }: Page, { today, exempel }: About): string =>
  html`<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${exempel ? "EXEMPEL: " : ""}${title}</title>
<style>${raw(style)}</style>
</head>
<body>
<a class="hoppa" href="#innehall">Hoppa till innehållet</a>
${exempel ? html`<p class="exempel" role="note"><strong>EXEMPEL.</strong> Alla uppgifter i den här rapporten är påhittade.</p>\n` : undefined}<header>
<nav aria-label="Rapportens delar"><ul><li><a href="${linkTo(path, "index.html")}">Översikt</a></li><li><a href="${linkTo(path, "utsagekontroll.html")}">Utsagekontroll</a></li><li><a href="${linkTo(path, "jamforelse.html")}">Jämförelse</a></li><li><a href="${linkTo(path, "andringar.html")}">Ändringar</a></li><li><a href="${linkTo(path, "definitioner.html")}">Definitioner</a></li><li><a href="${linkTo(path, "definitionsprov.html")}">Andra definitioner</a></li><li><a href="${linkTo(path, "underlag.html")}">Underlag</a></li></ul></nav>
</header>
<main id="innehall">
${main}
</main>
<footer>
<p>Framtagen ${dayText(today)}. ”..” visas inte, eftersom det gäller få personer. ”–” saknas.</p>
</footer>
</body>
</html>
`.markup;

/** Where a chart's picture is, from a page. */
export const chartFile = (path: string, { name }: Chart): string =>
  `${upFrom(path)}../diagram/${encodeURIComponent(name)}.svg`;

/** A chart with its sentence, and its files beside the report. */
export const figureMarkup = (path: string, picture: Chart): Html => html`<figure>
${raw(picture.svg)}<figcaption>${picture.sentence} <a href="${chartFile(path, picture)}">Diagrammet som bild</a></figcaption>
</figure>
`;

/** A chart and the figures it is drawn from; nothing if it is not drawn. */
export const chartMarkup = (path: string, chart: Chart | undefined): Html | undefined =>
  chart && html`${figureMarkup(path, chart)}${tableMarkup(chart.table)}`;

/** A list, as tight as a table. */
export const listMarkup = (items: readonly Part[], look = "tat"): Html =>
  html`<ul class="${look}">\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;

/** What stands under a heading of its own; nothing without rows to show. */
export const section = (heading: string, rows: readonly unknown[], content: () => Part): Html | undefined =>
  rows.length === 0 ? undefined : html`<h2>${heading}</h2>\n${content()}`;

/** A verdict in words; its mark is only an aid. */
export const statusMarkup = (status: Shown): Html => html`<span class="utfall ${status}">${spell(status)}</span>`;

/** What is said beside figures that refused rows may belong to. */
export const incompleteNote = (rows: readonly { readonly ofullstandig: number }[]): Html | undefined => {
  const most = Math.max(0, ...rows.map(({ ofullstandig }) => ofullstandig));
  return most === 0
    ? undefined
    : html`<p>${begun(things(most, "en rad", "rader"))} som kan höra hit har avvisats. Siffrorna är därför inte hela.</p>\n`;
};

/** `Slutrapport … (003.txt), avsnitt ”Har målen uppnåtts?”`. */
export const placeText = (names: Names, dokument: string | null, avsnitt: string | null): string => {
  if (dokument === null) return "Källan anges inte.";
  const title = names.kalla(dokument);
  const file = title === dokument ? "" : ` (${dokument})`;
  return `${title}${file}${avsnitt === null ? "" : `, avsnittet ”${avsnitt}”`}`;
};
