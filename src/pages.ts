/** The whole report with nothing hidden, for those who have the deliveries: every figure opens the rows that it was made of. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { open, openOver } from "./db/open.ts";
import { traceFigure } from "./lineage.ts";
import type { Trace } from "./output/trace.ts";
import { showAll } from "./publication/publish.ts";
import { type Html, html, raw } from "./report/html.ts";
import type { About } from "./report/pages/page.ts";
import { style } from "./report/pages/style.ts";
import { type Publik, readPublik } from "./report/publik.ts";
import { pageText } from "./report/report.ts";
import { fontFaces } from "./report/typsnitt.ts";
import { resultNames, resultOf } from "./schema/results.ts";
import { begun, things } from "./schema/swedish.ts";

export interface Pages {
  /** A page by its path under `rapport/`; undefined where there is none. */
  page(path: string): Promise<string | undefined>;
  /** The rows of a figure, some at a time, from 1. */
  rows(resultatId: string, sheet: number): Promise<string>;
}

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

interface DeliveredRow {
  readonly fil: string;
  readonly blad: string | null;
  readonly rad: number;
  readonly rubriker: readonly (string | null)[];
  readonly celler: readonly (string | null)[];
}

const placeOf = ({
  fil,
  blad,
  rad,
}: {
  readonly fil: string;
  readonly blad: string | null;
  readonly rad: number | null;
}): string => JSON.stringify([fil, blad, rad]);

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
  return html`<table role="table"><caption>${fil}</caption>
<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Rad</th><th scope="col" role="columnheader">Skäl</th>${widest.map((name) => html`<th scope="col" role="columnheader">${name ?? ""}</th>`)}</tr></thead>
<tbody role="rowgroup">${traced.map((row) => {
    const cells = delivered.get(placeOf(row))?.celler ?? [];
    return html`<tr role="row"><th scope="row" role="rowheader" data-rubrik="Rad">${row.rad === null ? "hela tabellen" : String(row.rad)}${row.cell === null ? undefined : html` (${row.cell})`}</th><td role="cell" data-rubrik="Skäl"><span>${row.skal ?? ""}</span></td>${widest.map(
      (name, i) => html`<td role="cell" data-rubrik="${name ?? ""}"><span>${cells[i] ?? ""}</span></td>`,
    )}</tr>\n`;
  })}</tbody></table>\n`;
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
export const internalPages = (out: string): Pages => {
  const file = join(resolve(out), "internt", "finsam.duckdb");
  let read: { readonly at: number; readonly all: Publik; readonly about: About } | undefined;
  const readAll = async (): Promise<NonNullable<typeof read>> => {
    const at = statSync(file).mtimeMs;
    if (read?.at === at) return read;
    const db = await openOver(file, "publik");
    try {
      const [korning] = await db.rows<{ idag: string; exempel: boolean }>("select idag, exempel from results.korning");
      const about = { today: korning?.idag ?? "", exempel: korning?.exempel ?? false };
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
      return text === undefined ? undefined : linked(text).replace("<header>\n", `<header>\n${warning}`);
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
