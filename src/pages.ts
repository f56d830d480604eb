/** The whole report with nothing hidden, for those who have the deliveries: every figure opens the rows that it was made of. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { open, openOver } from "./db/open.ts";
import { traceFigure } from "./lineage.ts";
import { type Served, type ServeOptions, serve } from "./notebooks/server.ts";
import type { Trace } from "./output/trace.ts";
import { showAll } from "./publication/publish.ts";
import { type Goal, goalsOf, isJudged, judged } from "./report/goals.ts";
import { type Html, html, raw } from "./report/html.ts";
import { type Names, namesOf } from "./report/names.ts";
import type { About } from "./report/pages/page.ts";
import { folderOf } from "./report/pages/underlag.ts";
import { aboutRun, type Publik, readPublik } from "./report/publik.ts";
import { pageText } from "./report/report.ts";
import { column, tableMarkup, tableOf } from "./report/table.ts";
import { fontFaces, style } from "./report/utseende.ts";
import { resultNames, resultOf } from "./schema/results.ts";
import { begun, periodLabel, things } from "./schema/swedish.ts";

/** How many rows stand on one sheet. */
const perSheet = 500;

const warning = `<p class="exempel" role="note"><strong>INTERNT.</strong> Här är inget dolt. Lämna inte sidan vidare.</p>\n`;

const linkTo = (id: string): string => `/rader/${encodeURIComponent(id)}`;

/** The sentences that have a figure as links; what is a link already stays. */
const figuresLinked = (item: string, id: string): string =>
  item.replace(/<a\b[\s\S]*?<\/a>|(?<=>)[^<]+(?=<)/g, (text) =>
    text.startsWith("<")
      ? text
      : text
          .split(/(?<=[.;] )/)
          .map((sentence) => (/\d/.test(sentence) ? `<a href="${linkTo(id)}">${sentence}</a>` : sentence))
          .join(""),
  );

/** A page with its figures as links, in tables and sentences, and the verdicts: one click from each to its rows. */
const linked = (markup: string): string =>
  markup
    .replace(/<li>(?:(?!<\/?li>)[\s\S])*<span data-resultat="([^"]*)"><\/span>/g, figuresLinked)
    .replace(/<tr role="row"[^>]* data-resultat="([^"]*)"[\s\S]*?<\/tr>/g, (row, id: string) =>
      row.replace(
        /(<td role="cell"[^>]*><span>)([^<]*\d[^<]*|<span class="utfall[^>]*>[^<]*<\/span>)(<\/span><\/td>)/g,
        (_, before: string, said: string, after: string) => `${before}<a href="${linkTo(id)}">${said}</a>${after}`,
      ),
    )
    .replace(/<span data-resultat="([^"]*)"><\/span>/g, (_, id: string) => `<a href="${linkTo(id)}">Raderna</a>`)
    .replace(
      /<span data-siffra="([^"]*)">([^<]*)<\/span>/g,
      (_, id: string, said: string) => `<a href="${linkTo(id)}">${said}</a>`,
    )
    .replace(/<li>(\w+\/[^<]*)<\/li>/g, (_, id: string) => `<li><a href="${linkTo(id)}">${id}</a></li>`)
    .replace(/<a class="skarm" href="[^"]*diagram\/[\s\S]*?<\/a>/g, "");

/** The rows that a count is of, by what the page names: goals of a verdict, judged values, claims, or delivered tables. */
const listOf = (
  all: Publik,
  names: Names,
  [kind, which = "", ...of]: readonly string[],
): [id: string, text: string][] => {
  const isOf = (id: string | null): boolean => of.length === 0 || (id !== null && of.includes(id));
  const goals = goalsOf(all).filter(({ mal }) => isOf(mal.insats_id));
  const nameOf = ({ mal }: Goal): string => `${names.insats(mal.insats_id)}: ${mal.text}`;
  if (kind === "mal")
    return goals
      .filter(({ standing }) => (which === "ej_matbart" ? !judged.includes(standing) : standing === which))
      .map((goal) => [goal.mal.resultat_id, nameOf(goal)]);
  if (kind === "varde")
    return goals.flatMap((goal) =>
      goal.rows
        .filter(isJudged)
        .map(({ resultat_id: id, gruppvarde, fran, till }): [string, string] => [
          id,
          [nameOf(goal), gruppvarde, periodLabel(fran, till)].filter(Boolean).join(", "),
        ]),
    );
  if (kind === "avviker")
    return all.utsagekontroll
      .filter(({ insats_id: id, utfall }) => isOf(id) && utfall === "avviker")
      .map(({ resultat_id: id, text }) => [id, text]);
  return all.leveranser
    .filter(({ fil }) => of.length === 0 || of.includes(folderOf(fil)))
    .filter((row) => which === "" || which === "rader" || Number(row[which as "lasta"]) > 0)
    .map(({ resultat_id: id, fil, blad, rader, lasta, avvisade, overhoppade }) => [
      id,
      `${[fil, blad].filter(Boolean).join(", ")}: ${rader} rader, ${lasta} lästa, ${avvisade} avvisade, ${overhoppade} överhoppade`,
    ]);
};

const listNames: Readonly<Record<string, string>> = {
  ...{ mal: "Mål", varde: "Bedömda värden", avviker: "Uppgifter som inte stämmer", leverans: "Leveranser" },
};
const counted = /<span data-lista="([^"]*)">((?:(?!<\/?span)[\s\S])*)<\/span>/g;

/** A page whose counts open the list of what they count, at its end: each there opens its rows. */
const withLists = (markup: string, all: Publik): string => {
  const said = new Map(
    [...markup.matchAll(counted)].flatMap(([, key = "", text = ""]) => (text === "0" ? [] : [[key, text]])),
  );
  if (said.size === 0) return markup;
  const keys = [...said.keys()];
  const names = namesOf(all);
  const lists = [...said].map(([key, text], i) => {
    const parts = key.split(",").map(decodeURIComponent);
    return html`<h3 id="lista-${String(i)}" tabindex="-1">${listNames[parts[0] ?? ""]}: ${raw(text)}</h3>
<ul>${listOf(all, names, parts).map(([id, item]) => html`<li><a href="${linkTo(id)}">${item}</a></li>\n`)}</ul>
`;
  });
  return markup
    .replace(counted, (_, key: string, text: string) =>
      said.has(key) ? `<a href="#lista-${keys.indexOf(key)}">${text}</a>` : text,
    )
    .replace("</main>", `${html`<h2>Det som räknas på sidan</h2>\n${lists}`.markup}</main>`);
};

interface DeliveredRow extends Pick<Trace["rader"][number], "fil" | "blad" | "rad"> {
  readonly rubriker: readonly (string | null)[];
  readonly celler: readonly (string | null)[];
}

const placeOf = ({ fil, blad, rad }: Pick<Trace["rader"][number], "fil" | "blad" | "rad">): string =>
  JSON.stringify([fil, blad, rad]);

const roleNames = {
  raknad: "Räknas",
  namnare: "Räknas bara i nämnaren",
  utesluten: "Räknas inte",
  avvisad: "Har avvisats och kan höra hit",
} as const;

/** The rows of one file with one role, as they were delivered; the cell that the figure was read from is marked. */
const fileMarkup = (fil: string, traced: Trace["rader"], delivered: ReadonlyMap<string, DeliveredRow>): Html => {
  const widest = traced
    .map((row) => delivered.get(placeOf(row))?.rubriker ?? [])
    .reduce((a, b) => (b.length > a.length ? b : a), []);
  const cellsOf = (row: Trace["rader"][number]): DeliveredRow["celler"] => delivered.get(placeOf(row))?.celler ?? [];
  return tableMarkup(
    tableOf(fil, traced, [
      column("Rad", ({ rad, cell }) => `${rad ?? "hela tabellen"}${cell === null ? "" : ` (${cell})`}`),
      column("Skäl", ({ skal }) => skal ?? ""),
      ...widest.map((name, i) => column<Trace["rader"][number]>(name ?? "", (row) => cellsOf(row)[i] ?? "")),
    ]),
  );
};

const factsMarkup = (resultat: Trace["resultat"]): Html => {
  const name = resultNames.find((one) => String(resultat.resultat_id).startsWith(`${one}/`));
  const columns = name === undefined ? {} : resultOf(name).columns;
  return html`<dl class="fakta">${Object.entries(resultat)
    .filter(([, value]) => value !== null && value !== "")
    .map(([column, value]) => html`<dt>${columns[column]?.heading ?? column}</dt><dd>${String(value)}</dd>\n`)}</dl>\n`;
};

const rowsText = ({ resultat, rader }: Trace, delivered: ReadonlyMap<string, DeliveredRow>, sheet: number): string => {
  const id = String(resultat.resultat_id);
  const sheets = Math.max(1, Math.ceil(rader.length / perSheet));
  const shown = rader.slice((sheet - 1) * perSheet, sheet * perSheet);
  const more = Array.from({ length: sheets }, (_, i) => i + 1);
  const roles = Object.entries(roleNames).map(([roll, heading]) => {
    const own = shown.filter((row) => row.roll === roll);
    const files = Map.groupBy(own, ({ fil, blad }) => (blad === null ? fil : `${fil}, bladet ${blad}`));
    return own.length === 0
      ? undefined
      : html`<h2>${heading} (${String(rader.filter((row) => row.roll === roll).length)})</h2>\n${[...files].map(([fil, rows]) => fileMarkup(fil, rows, delivered))}`;
  });
  return html`<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Rader: ${id}</title>
<style>${raw(fontFaces)}
${raw(style)}</style></head>
<body><header>${raw(warning)}<nav aria-label="Rapporten"><ul><li><a href="/sidor/index.html">Översikt</a></li></ul></nav></header>
<main><h1>${begun(things(rader.length, "en rad", "rader"))}</h1>
${factsMarkup(resultat)}${sheets === 1 ? undefined : html`<nav aria-label="Blad"><p>Blad: ${more.map((n) => html`<a href="?blad=${String(n)}">${String(n)}</a> `)}</p></nav>\n`}${roles}</main></body></html>
`.markup;
};

/**
 * The pages of a run, made when they are asked for, and made anew after another run.
 * @param out the run's folder
 */
export const internalPages = (out: string): NonNullable<ServeOptions["pages"]> => {
  const file = join(resolve(out), "internt", "finsam.duckdb");
  let read: { readonly at: number; readonly all: Publik; readonly about: About } | undefined;
  const readAll = async (): Promise<NonNullable<typeof read>> => {
    const at = statSync(file).mtimeMs;
    if (read?.at === at) return read;
    const db = await openOver(file, "publik");
    try {
      const about = await aboutRun(db);
      await showAll(db, about.today);
      read = { at, about, all: await readPublik(db) };
      return read;
    } finally {
      db.close();
    }
  };
  return {
    page: async (path) => {
      const { all, about } = await readAll();
      const text = await pageText(all, path, about);
      return text === undefined
        ? undefined
        : withLists(linked(text), all).replace("<header>\n", `<header>\n${warning}`);
    },
    rows: async (id, sheet) => {
      const db = await open(file, "read");
      try {
        const found = await traceFigure(db, id);
        const rows = await db.rows<DeliveredRow>(`
          select distinct on (rad.kallrad) tabell.fil, nullif(tabell.blad, '') as blad, rad.rad, tabell.rubriker, rad.celler
          from harkomst inner join inbox.rad as rad on rad.kallrad = harkomst.kallrad
          inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id`);
        return rowsText(found, new Map(rows.map((row) => [placeOf(row), row])), sheet);
      } finally {
        db.close();
      }
    },
  };
};

/** Serves them, and the notebooks, to this machine. */
export const servePages = (options: Omit<ServeOptions, "pages"> & { readonly out: string }): Promise<Served> =>
  serve({ ...options, pages: internalPages(options.out) });
