/** What every page shares: the frame around it, how a chart stands in it, how a status and a place are written. */
import hyphen from "hyphen";
import patterns from "hyphen/patterns/sv.js";
import { resultNames } from "../../schema/results.ts";
import { begun, dayText, periodLabel, spell, things } from "../../schema/swedish.ts";
import type { Shown } from "../charts/palette.ts";
import type { Chart } from "../charts/picture.ts";
import { type Html, html, joined, type Part, raw } from "../html.ts";
import { forbundPath, insatsPath, type Names } from "../names.ts";
import { tableMarkup } from "../table.ts";
import { fontFaces, style } from "../utseende.ts";
import { explained } from "./grunder.ts";

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
  /** What stands at the foot of each printed sheet, beside its number. */
  readonly foot?: string;
  /** Which period and date its figures are of, where no row says so. */
  readonly data?: string;
  /** What the page is beside itself. */
  readonly documents?: Documents;
  /** Filled forms that the page leads to. */
  readonly forms?: readonly Stop[];
}

export type DocumentKind = "pdf" | "docx" | "xlsx";

interface Documents {
  readonly kinds: readonly DocumentKind[];
  /** How many sheets a PDF may take. */
  readonly most?: number;
}

/** Where a document is, by the path of the page that it has all its words from. */
export const documentPath = (path: string, kind: DocumentKind): string => path.replace(/html$/, kind);

/** What a page is beside itself: a workbook only if it has a table. */
export const documentKinds = ({ documents, main }: Pick<Page, "documents" | "main">): readonly DocumentKind[] =>
  (documents?.kinds ?? []).filter((kind) => kind !== "xlsx" || html`${main}`.markup.includes("<table"));

/** The way from a page up to `rapport/`. */
export const upFrom = (path: string): string => "../".repeat(path.split("/").length - 1);

/** A relative link from one page to another, each given by its path under `rapport/`. */
export const linkTo = (from: string, to: string): string =>
  `${upFrom(from)}${to.split("/").map(encodeURIComponent).join("/")}`;

export const insatsLink = (from: string, names: Names, id: string): Html =>
  html`<a href="${linkTo(from, insatsPath(id))}">${names.insats(id)}</a>`;

export const forbundLink = (from: string, names: Names, id: string): Html =>
  html`<a href="${linkTo(from, forbundPath(id))}">${names.forbund(id)}</a>`;

/** A page that another leads to, and what it is called there. */
export type Stop = readonly [path: string, name: string];

/** The parts of the report, in the order a reader meets them. */
const sections: readonly Stop[] = [
  ["index.html", "Översikt"],
  ["index.html#forbund", "Förbund"],
  ["index.html#insatser", "Insatser"],
  ["utsagekontroll.html", "Kontrollräkning"],
  ["jamforelse.html", "Jämförelse"],
  ["andringar.html", "Ändringar"],
  ["definitioner.html", "Definitioner"],
  ["definitionsprov.html", "Andra definitioner"],
  ["underlag.html", "Underlag"],
];

/** Up to the list that a page is in, and across to the one before it and after it. */
export const besideOf = (pages: readonly Stop[], path: string, up: Stop): Stop[] => {
  const at = pages.findIndex(([own]) => own === path);
  const [before, after] = [pages[at - 1], pages[at + 1]];
  return [
    [up[0], `↑ ${up[1]}`],
    ...(before ? [[before[0], `← ${before[1]}`] as const] : []),
    ...(after ? [[after[0], `${after[1]} →`] as const] : []),
  ];
};

const navLink = (from: string, to: string, name: string): Html => {
  const [page = "", place] = to.split("#");
  return html`<a href="${linkTo(from, page)}${place === undefined ? "" : `#${place}`}"${from === to ? html` aria-current="page"` : undefined}>${name}</a>`;
};

/** A line at the foot of each printed sheet, with its number of how many. */
const footStyle = (foot: string): string => {
  const text = foot.replace(/[^\p{L}\p{N} .,·–-]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16)} `);
  return `\n@media print { footer { display: none; } }\n@page { margin-bottom: 12mm; @bottom-left { content: "${text} · .. visas inte, – saknas"; font: 7pt sans-serif; } @bottom-right { content: "sida " counter(page) " (" counter(pages) ")"; font: 7pt sans-serif; } }\n`;
};

/** The names of a page's figures in the results, each once. */
const appendix = (content: Html): Html | undefined => {
  const ids = new Set([...content.markup.matchAll(/ data-resultat="([^"]*)"/g)].map(([, id = ""]) => id));
  return ids.size === 0
    ? undefined
    : html`<details class="bilaga"><summary>Bilaga: siffrornas namn i resultaten</summary>
<p>Kommandot <code>finsam trace</code> följt av namnet visar vilka rader i vilka filer som siffran bygger på.</p>
<ul>${[...ids].map((id) => html`<li>${raw(id)}</li>\n`)}</ul></details>
`;
};

const hyphenate = hyphen(patterns) as hyphen.HyphenationFunctionSync;

/** A long word with its syllables marked. The library makes small letters by the machine's language, which a word of such does not notice. */
const parted = (word: string): string => {
  let at = 0;
  return hyphenate(word.toLocaleLowerCase("sv-SE")).replace(/\P{Cf}/gu, () => word.charAt(at++));
};

/** A result's name in a sentence. */
const reference = new RegExp(`\\b(?:${resultNames.join("|")})/\\S+`, "g");

/** Text as a reader has it: what a figure is called in words, periods in words, and long words that can be parted at the end of a line. */
const readable = (text: string): string =>
  text
    .replace(reference, "siffran som den bygger på")
    .replace(/(\d{4}-\d\d-\d\d)–(\d{4}-\d\d-\d\d)/g, (_, fran: string, till: string) => periodLabel(fran, till))
    .replace(/(?<![\p{L}./@])\p{L}{14,}(?!\p{L}|[./]\p{L})/gu, parted)
    .replace(/^(?!.*\p{L}\.\p{L}{2}).*$/gmu, (line) => line.replace(/(?<=\p{L}{3})\/(?=\p{L}{3})/gu, "/<wbr>"));

/** The text between tags, made readable; a picture's own, what it draws and code stay as they are. */
const readableMarkup = (markup: string): string =>
  markup.replace(
    /<(svg|code|script)\b[\s\S]*?<\/\1>|>([^<]+)(?=<)/g,
    (whole, tag: string | undefined, text: string | undefined) =>
      tag === undefined && text !== undefined ? `>${readable(text)}` : whole,
  );

const documentNames: Readonly<Record<DocumentKind, string>> = {
  pdf: "sidan som PDF",
  docx: "sidan som Word",
  xlsx: "tabellerna som Excel",
};

/** Links to what the page is beside itself. */
const documentLinks = (page: Page): Html | undefined => {
  const { path, forms = [] } = page;
  const stops = documentKinds(page).map((kind): Stop => [documentPath(path, kind), documentNames[kind]]);
  const links = [...stops, ...forms.map(([to, name]): Stop => [to, `formuläret ”${name}” ifyllt som Word`])].map(
    ([to, name]) => html`<a href="${linkTo(path, to)}">${name}</a>`,
  );
  return links.length === 0 ? undefined : html`<p class="skarm plats overrad">Hämta ${joined(links, ", ")}.</p>\n`;
};

/** One file, nothing fetched. */
export const frame = (title: string, { exempel }: Pick<About, "exempel">, css: string, body: Html): string =>
  html`<!doctype html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${exempel ? "EXEMPEL: " : ""}${title}</title>
<style>${raw(css)}</style>
</head>
<body>
${body}</body>
</html>
`.markup;

/** The finished document. Only a table that a reader narrows down has a script. */
export const documentText = (page: Page, about: About, beside?: readonly Stop[]): string => {
  const { path, title, main, foot, data = "" } = page;
  const text = explained(html`<div>${main}</div>`.markup, linkTo(path, "definitioner.html"), data);
  const content = raw(readableMarkup(text).slice("<div>".length, -"</div>".length));
  const css = `${fontFaces}\n${style}${foot === undefined ? "" : footStyle(foot)}`;
  const body = html`<a class="hoppa" href="#innehall">Hoppa till innehållet</a>
<header>
${about.exempel ? html`<p class="exempel" role="note"><strong>EXEMPEL.</strong> Alla uppgifter i den här rapporten är påhittade.</p>\n` : undefined}<nav aria-label="Rapportens delar"><ul>${sections.map(([to, name]) => html`<li>${navLink(path, to, name)}</li>`)}</ul></nav>
${beside && html`<nav aria-label="Sidor bredvid"><ul>${beside.map(([to, name]) => html`<li>${navLink(path, to, name)}</li>`)}</ul></nav>\n`}</header>
<main id="innehall">
${documentLinks(page)}${content}${appendix(content)}
</main>
<footer>
<p>Framtagen ${dayText(about.today)}. ”..” visas inte, eftersom det gäller få personer. ”–” saknas.</p>
</footer>
`;
  return frame(title, about, css, body);
};

/** A chart with its sentence, and its files beside the report. */
export const figureMarkup = (path: string, picture: Chart): Html => {
  const link = (folder: string, text: string): Html =>
    html`<a class="skarm" href="${upFrom(path)}../${folder}/${encodeURIComponent(picture.name)}.svg">${text}<span class="dold"> av diagrammet ${picture.title}</span></a>`;
  return html`<figure>
${[picture.svg, ...picture.rest].map(raw)}<figcaption>${picture.sentence} ${link("diagram", "Bild för text")} ${link("diagram/skarm", "Bild för skärm")}</figcaption>
</figure>
`;
};

/** A chart and the figures it is drawn from; nothing if it is not drawn. */
export const chartMarkup = (path: string, chart: Chart | undefined): Html | undefined =>
  chart && html`${figureMarkup(path, chart)}${tableMarkup(chart.table)}`;

export const listMarkup = (items: readonly Part[], look = "tat"): Html =>
  html`<ul class="${look}">\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;

/** What stands under a heading of its own; nothing where there is nothing to show. */
export const section = (heading: string, content: Part, id?: string, intro = ""): Html | undefined =>
  content === undefined || content === false
    ? undefined
    : html`<h2${id && html` id="${id}"`}>${heading}</h2>\n${intro !== "" && html`<p>${intro}</p>\n`}${content}`;

/** A verdict in words; its mark is only an aid. */
export const statusMarkup = (status: Shown): Html => html`<span class="utfall ${status}">${spell(status)}</span>`;

/** What is said beside figures that refused rows may belong to. */
export const incompleteNote = (rows: readonly { readonly ofullstandig: number }[]): Html | undefined => {
  const most = Math.max(0, ...rows.map(({ ofullstandig }) => ofullstandig));
  return most === 0
    ? undefined
    : html`<p>${begun(things(most, "en rad", "rader"))} som kan höra hit har avvisats. Siffrorna är därför inte hela.</p>\n`;
};

/** `Slutrapport …, avsnittet ”Har målen uppnåtts?”`; which file it is stands among the documents on the page of the deliveries. */
export const placeText = (names: Names, dokument: string | null, avsnitt: string | null): string => {
  if (dokument === null) return "Källan anges inte.";
  return `${names.kalla(dokument)}${avsnitt === null ? "" : `, avsnittet ”${avsnitt}”`}`;
};
