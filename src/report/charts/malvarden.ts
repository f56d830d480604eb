/** Each judged value of one insats as percent of its own target. */
import * as Plot from "@observablehq/plot";
import { begun, counted, number, percent, spell, things } from "../../schema/swedish.ts";
import { demandOf, missing, periodMarkup, statusText, valueText } from "../figures.ts";
import { html } from "../html.ts";
import { gruppNamn, type Names } from "../names.ts";
import type { Mal, Malrad } from "../publik.ts";
import type { Table, TableRow } from "../table.ts";
import { broken } from "./lettering.ts";
import {
  ink,
  isVerdict,
  quiet,
  rule,
  type Shown,
  shownOrder,
  shownRow,
  verdictFill,
  verdictPatterns,
} from "./palette.ts";
import { boxSign, type Chart, chart, inner, type Key, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface MalvardenOf {
  readonly name: string;
  readonly insats: string;
  readonly mal: readonly Mal[];
  /** Rows of these goals: those with a value and a target are drawn, all stand in the table. */
  readonly rows: readonly Malrad[];
  readonly names: Names;
  readonly exempel: boolean;
}

type Drawn = Malrad & { readonly varde: number; readonly malvarde: number };

const isDrawn = (rad: Malrad): rad is Drawn =>
  rad.varde !== null && rad.malvarde !== null && rad.malvarde > 0 && rad.status !== "ej_matbart" && !rad.ar_dold;

/** Beyond this a value is drawn at the edge, so that one very high value does not press the others together. */
const edge = 200;
const line = 17;
const bar = 14;
const gap = 16;

const shareOf = ({ varde, malvarde }: Drawn): number => (varde / malvarde) * 100;
const placeOf = (rad: Drawn): number => Math.min(Math.max(shareOf(rad), 0), edge);

/** One value, or several at the same whole percent with the same verdict. */
interface Mark {
  readonly y: number;
  readonly x: number;
  readonly status: Shown;
  readonly antal: number;
}

/** Where a goal's bar or dots lie. */
interface Strip {
  readonly middle: number;
}

const marksOf = (rows: readonly Drawn[], y: number): Mark[] => {
  const marks = new Map<string, Mark>();
  for (const rad of rows) {
    if (!isVerdict(rad.status)) continue;
    const x = Math.round(placeOf(rad));
    const status = shownRow(rad);
    const key = `${x} ${status}`;
    marks.set(key, { y, x, status, antal: (marks.get(key)?.antal ?? 0) + 1 });
  }
  return [...marks.values()];
};

const figureLine = (rows: readonly Drawn[], withheldRows: number): string => {
  const [only] = rows;
  const met = rows.filter(({ status }) => status === "uppnatt").length;
  const shown =
    rows.length === 1 && only
      ? `${valueText(only)}, mål ${demandOf(only)}: ${spell(shownRow(only))}`
      : `uppnått i ${met} av ${rows.length} värden`;
  return withheldRows === 0 ? shown : `${shown}; ${things(withheldRows, "ett värde", "värden")} visas inte`;
};

const sentenceOf = (rows: readonly Malrad[], drawn: readonly Drawn[]): string => {
  const met = drawn.filter(({ status }) => status === "uppnatt").length;
  const hidden = rows.filter(({ ar_dold: isHidden }) => isHidden).length;
  const absent = rows.filter((rad) => !rad.ar_dold && !rad.ar_kommande && rad.varde === null).length;
  const beyond = drawn.filter((rad) => shareOf(rad) > edge).length;
  return [
    `${begun(things(drawn.length, "ett värde", "värden"))} går att hålla mot ett målvärde. ${met === 0 ? "Inget av dem når målet" : `${begun(counted(met, "ett"))} når målet`}.`,
    hidden > 0
      ? `${begun(things(hidden, "ett värde", "värden"))} visas inte av sekretesskäl och är inte ${hidden === 1 ? "ritat" : "ritade"}.`
      : "",
    absent > 0
      ? `${begun(things(absent, "ett värde", "värden"))} saknas och är inte ${absent === 1 ? "ritat" : "ritade"}.`
      : "",
    beyond > 0 ? `Värden över ${edge} procent av målet är ritade vid kanten.` : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
};

const figureRow = (rad: Malrad, group: string, names: Names): TableRow => {
  const name = gruppNamn(names, rad);
  return {
    id: rad.resultat_id,
    group,
    cells: [
      [name === "" ? "" : `${name}, `, periodMarkup(rad.fran, rad.till)],
      valueText(rad),
      rad.beslut === null ? demandOf(rad) : `${demandOf(rad)} (${rad.beslut})`,
      isDrawn(rad) ? percent(rad.varde / rad.malvarde) : missing,
      statusText(rad),
    ],
  };
};

/** Rows without a figure say one thing between them: how many they are, and why. */
const emptyRow = (rows: readonly Malrad[], group: string): TableRow => {
  const [first] = rows;
  return {
    group,
    cells: [
      begun(things(rows.length, "ett värde", "värden")),
      first ? valueText(first) : missing,
      missing,
      missing,
      first ? statusText(first) : "",
    ],
  };
};

/** All values of these goals, drawn or not. */
export const malvardenTable = (mal: readonly Mal[], rows: readonly Malrad[], names: Names): Table => ({
  caption: "Målens värden",
  columns: [
    { heading: "Period" },
    { heading: "Värde", numeric: true },
    { heading: "Krav", numeric: true },
    { heading: "Av målet", numeric: true },
    { heading: "Utfall" },
  ],
  rows: mal.flatMap(({ mal_id: id, text }) => {
    const own = rows.filter((rad) => rad.mal_id === id);
    const empty = new Map<string, Malrad[]>();
    for (const rad of own.filter((one) => one.varde === null)) {
      empty.set(statusText(rad), [...(empty.get(statusText(rad)) ?? []), rad]);
    }
    return [
      ...own.filter(({ varde }) => varde !== null).map((rad) => figureRow(rad, text, names)),
      ...[...empty.values()].map((some) => emptyRow(some, text)),
    ];
  }),
});

/**
 * Percent of target: a bar where a goal has one value, a dot for each where it has several. The line is the target.
 * Undefined where no value can be held against a target.
 */
export const malvarden = ({ name, insats, mal, rows, names, exempel }: MalvardenOf): Chart | undefined => {
  const drawn = rows.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  let y = 0;
  const strips = mal
    .map(({ mal_id: id, text }) => ({
      text,
      rows: drawn.filter((rad) => rad.mal_id === id),
      withheldRows: rows.filter((rad) => rad.mal_id === id && rad.ar_dold).length,
    }))
    .filter((strip) => strip.rows.length > 0)
    .map((strip) => {
      const top = y;
      const lines = broken(strip.text, lettering, inner - 4);
      const figures = broken(figureLine(strip.rows, strip.withheldRows), lettering, inner - 4);
      const several = strip.rows.length > 1;
      const middle = top + (lines.length + figures.length) * line + 4 + (several ? line : 0) + bar / 2;
      y = middle + bar / 2 + gap;
      return { ...strip, lines, figures, top, middle, several };
    });
  const height = y + 24;
  const max = Math.max(110, ...drawn.map(placeOf));
  const middles = new Map(
    strips.flatMap(({ rows: own, middle }) => own.map(({ mal_id: id }) => [id, middle] as const)),
  );
  const single = strips.filter(({ several }) => !several).flatMap(({ rows: own }) => own);
  const dots = strips.filter(({ several }) => several).flatMap(({ rows: own, middle }) => marksOf(own, middle));

  const middleOf = ({ mal_id: id }: Malrad): number => middles.get(id) ?? 0;
  const drawing = plotMarkup({
    height,
    marginBottom: 24,
    x: { domain: [0, max], range: [1, inner - 16], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.axisX({
        ticks: [0, 25, 50, 75, 100, 150, 200].filter((tick) => tick <= max),
        tickFormat: (tick: number) => number(tick),
        anchor: "bottom",
        label: null,
        tickSize: 0,
        fontSize: lettering,
        fill: quiet,
      }),
      strips.map(({ lines, figures, top }) => [
        Plot.text([lines.join("\n")], {
          x: 0,
          y: top,
          frameAnchor: "top-left",
          textAnchor: "start",
          lineAnchor: "top",
          lineHeight: line / lettering,
          fontSize: lettering,
          fontWeight: 600,
        }),
        Plot.text([figures.join("\n")], {
          x: 0,
          y: top + lines.length * line,
          textAnchor: "start",
          lineAnchor: "top",
          lineHeight: line / lettering,
          fontSize: lettering,
        }),
      ]),
      Plot.ruleY(
        strips.filter(({ several }) => several),
        { x1: 0, x2: max, y: "middle", stroke: rule },
      ),
      // Where every bar begins, so that a value of 0 is seen as one.
      Plot.ruleX(strips, {
        x: 0,
        y1: ({ middle }: Strip) => middle - bar / 2 - 4,
        y2: ({ middle }: Strip) => middle + bar / 2 + 4,
        stroke: ink,
      }),
      Plot.rect(single, {
        x1: 0,
        x2: placeOf,
        y1: (rad: Malrad) => middleOf(rad) - bar / 2,
        y2: (rad: Malrad) => middleOf(rad) + bar / 2,
        fill: (rad: Malrad) => verdictFill(name, shownRow(rad)),
        stroke: ink,
      }),
      Plot.ruleX(strips, {
        x: 100,
        y1: ({ middle }: Strip) => middle - bar / 2 - 4,
        y2: ({ middle }: Strip) => middle + bar / 2 + 4,
        stroke: ink,
        strokeWidth: 2.5,
      }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: 6,
        fill: ({ status }: Mark) => verdictFill(name, status),
        stroke: ink,
        symbol: ({ status }: Mark) => ({ uppnatt: "circle", nara: "triangle" })[String(status)] ?? "diamond",
      }),
      Plot.text(
        dots.filter(({ antal }) => antal > 1),
        { x: "x", y: "y", dy: -16, text: ({ antal }: Mark) => String(antal), fontSize: lettering },
      ),
    ],
  });
  const shown = shownOrder.filter((verdict) => drawn.some((rad) => shownRow(rad) === verdict));
  const legend: Key[] = [
    ...shown.map((verdict) => ({ sign: boxSign(verdictFill(name, verdict)), label: spell(verdict) })),
    { sign: html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`, label: "målet, 100 procent" },
  ];
  return chart({
    name,
    title: `Värden mot mål: ${insats}`,
    sentence: sentenceOf(rows, drawn),
    table: malvardenTable(mal, rows, names),
    legend,
    note: "Procent av målvärdet.",
    defs: verdictPatterns(name),
    drawing,
    height,
    exempel,
  });
};
