/** Each judged value of one insats as percent of its own target. */
import * as Plot from "@observablehq/plot";
import { arrowTable } from "../../db/arrow.ts";
import { counted, number, percent, periodLabel, spell } from "../../schema/swedish.ts";
import { demandOf, missing, statusText, valueText } from "../figures.ts";
import { html } from "../html.ts";
import type { Mal, Malrad } from "../publik.ts";
import { broken } from "./lettering.ts";
import { ink, isVerdict, quiet, rule, type Verdict, verdictFill, verdictPatterns } from "./palette.ts";
import { boxSign, type Chart, chart, inner, type Key, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface MalvardenOf {
  readonly name: string;
  readonly insats: string;
  readonly mal: readonly Mal[];
  /** Rows of these goals: those with a value and a target are drawn, all stand in the table. */
  readonly rows: readonly Malrad[];
  /** What a group's value is called. */
  readonly grupp: (rad: Malrad) => string;
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
  readonly status: Verdict;
  readonly antal: number;
}

const marksOf = (rows: readonly Drawn[], y: number): Mark[] => {
  const marks = new Map<string, Mark>();
  for (const rad of rows) {
    if (!isVerdict(rad.status)) continue;
    const x = Math.round(placeOf(rad));
    const key = `${x} ${rad.status}`;
    marks.set(key, { y, x, status: rad.status, antal: (marks.get(key)?.antal ?? 0) + 1 });
  }
  return [...marks.values()];
};

const figureLine = (rows: readonly Drawn[]): string => {
  const [only] = rows;
  if (rows.length === 1 && only) return `${valueText(only)}, mål ${demandOf(only)}: ${spell(only.status)}`;
  const met = rows.filter(({ status }) => status === "uppnatt").length;
  return `uppnått i ${met} av ${rows.length} värden`;
};

const sentenceOf = (rows: readonly Malrad[], drawn: readonly Drawn[]): string => {
  const met = drawn.filter(({ status }) => status === "uppnatt").length;
  const judged =
    drawn.length === 1
      ? "Ett värde är bedömt mot ett målvärde"
      : `${counted(drawn.length)} värden är bedömda mot ett målvärde`;
  const hidden = rows.filter(({ ar_dold: isHidden }) => isHidden).length;
  const absent = rows.filter((rad) => !rad.ar_dold && rad.varde === null).length;
  const beyond = drawn.filter((rad) => shareOf(rad) > edge).length;
  return [
    `${judged.charAt(0).toUpperCase()}${judged.slice(1)}. ${met === 0 ? "Inget når målet" : `${counted(met)} når målet`.replace(/^./, (first) => first.toUpperCase())}.`,
    hidden > 0 ? `${hidden} värden visas inte av sekretesskäl och är inte ritade.` : "",
    absent > 0 ? `${absent} värden saknas och är inte ritade.` : "",
    beyond > 0 ? `Värden över ${edge} procent av målet är ritade vid kanten.` : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
};

/**
 * Percent of target: a bar where a goal has one value, a dot for each where it has several. The line is the target.
 * Undefined where no value can be held against a target.
 */
export const malvarden = ({ name, insats, mal, rows, grupp, exempel }: MalvardenOf): Chart | undefined => {
  const drawn = rows.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  let y = 0;
  const strips = mal
    .map(({ mal_id: id, text }) => ({ text, rows: drawn.filter((rad) => rad.mal_id === id) }))
    .filter((strip) => strip.rows.length > 0)
    .map((strip) => {
      const top = y;
      const lines = broken(strip.text, lettering, inner - 4);
      const figures = broken(figureLine(strip.rows), lettering, inner - 4);
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

  const table = arrowTable("maluppfyllelse", single);
  const middleOf = ({ mal_id: id }: Malrad): number => middles.get(id) ?? 0;
  const fill = ({ status }: { status: string }): string => (isVerdict(status) ? verdictFill(name, status) : "none");
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
      Plot.rect(table, {
        x1: 0,
        x2: placeOf,
        y1: (rad: Malrad) => middleOf(rad) - bar / 2,
        y2: (rad: Malrad) => middleOf(rad) + bar / 2,
        fill,
        stroke: ink,
      }),
      Plot.ruleX(strips, {
        x: 100,
        y1: ({ middle }: { middle: number }) => middle - bar / 2 - 4,
        y2: ({ middle }: { middle: number }) => middle + bar / 2 + 4,
        stroke: ink,
        strokeWidth: 2.5,
      }),
      Plot.dot(dots, {
        x: "x",
        y: "y",
        r: 6,
        fill,
        stroke: ink,
        symbol: ({ status }: Mark) => (status === "uppnatt" ? "circle" : "diamond"),
      }),
      Plot.text(
        dots.filter(({ antal }) => antal > 1),
        { x: "x", y: "y", dy: -16, text: ({ antal }: Mark) => String(antal), fontSize: lettering },
      ),
    ],
  });
  const shown = [...new Set(drawn.map(({ status }) => status).filter(isVerdict))].sort();
  const legend: Key[] = [
    ...shown.reverse().map((verdict) => ({ sign: boxSign(verdictFill(name, verdict)), label: spell(verdict) })),
    { sign: html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`, label: "målet, 100 procent" },
  ];
  return chart({
    name,
    title: `Värden mot mål: ${insats}`,
    sentence: sentenceOf(rows, drawn),
    table: {
      caption: "Målens värden",
      columns: [
        { heading: "Mål" },
        { heading: "Period" },
        { heading: "Värde", numeric: true },
        { heading: "Krav", numeric: true },
        { heading: "Av målet", numeric: true },
        { heading: "Utfall" },
      ],
      rows: rows.map((rad) => ({
        id: rad.resultat_id,
        cells: [
          [
            mal.find(({ mal_id: id }) => id === rad.mal_id)?.text ?? rad.mal_id,
            rad.grupp === "" ? "" : ` (${grupp(rad)})`,
          ],
          periodLabel(rad.fran, rad.till),
          valueText(rad),
          demandOf(rad),
          isDrawn(rad) ? percent(rad.varde / rad.malvarde) : missing,
          statusText(rad),
        ],
      })),
    },
    legend,
    note: "Procent av målvärdet.",
    defs: verdictPatterns(name),
    drawing,
    height,
    exempel,
  });
};
