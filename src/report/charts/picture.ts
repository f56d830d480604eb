/** A chart as a picture that stands alone: title, legend and caption are inside it, and so is the mark of an example. */
import { spell } from "../../schema/swedish.ts";
import { type Html, html, type Part } from "../html.ts";
import type { Table } from "../table.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, paper, quiet, type Shown, verdictFill } from "./palette.ts";

/** Narrow, with large letters: it is read on a telephone and in a column of print. */
export const width = 440;
const margin = 10;
/** The width a drawing has inside the picture. */
export const inner = width - 2 * margin;
export const lettering = 14;
const line = 18;
const titleSize = 16;

export interface Chart {
  /** The file's name in `diagram/`, without ending. */
  readonly name: string;
  readonly svg: string;
  readonly title: string;
  /** What it shows, in one or a few sentences computed from the data. */
  readonly sentence: string;
  /** The figures it is drawn from. */
  readonly table: Table;
}

/** One entry of the legend: `sign` is markup in a box 18 wide and 14 high. */
export interface Key {
  readonly sign: Html;
  readonly label: string;
}

/** What each chart is told beside its rows. */
export interface ChartOf {
  /** The file's name in `diagram/`, without ending. */
  readonly name: string;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

/** A chart of one insats. */
export interface InsatsChartOf extends ChartOf {
  /** What the insats is called. */
  readonly insats: string;
}

export interface Picture extends ChartOf {
  /** The finding, as a sentence without its full stop. */
  readonly title: string;
  /** What it is about, and of whom. */
  readonly topic: string;
  readonly sentence: string;
  readonly table: Table;
  readonly legend: readonly Key[];
  /** What stands under the drawing: the axis and what is left out. */
  readonly note: string;
  readonly defs?: Html;
  readonly drawing: Html;
  readonly height: number;
}

/** A legend's sign for an area. */
export const boxSign = (fill: string, stroke = ink): Html =>
  html`<rect x="1" y="1" width="16" height="12" fill="${fill}" stroke="${stroke}"/>`;

/** A legend's sign for a line across bars. */
export const lineSign = html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`;

/** The legend of the verdicts that a chart shows. */
export const verdictKeys = (chart: string, verdicts: readonly Shown[]): Key[] =>
  verdicts.map((verdict) => ({ sign: boxSign(verdictFill(chart, verdict)), label: spell(verdict) }));

interface Placed extends Key {
  readonly x: number;
  readonly row: number;
}

const placed = (legend: readonly Key[]): Placed[] => {
  let x = 0;
  let row = 0;
  return legend.map((key) => {
    const wide = 24 + widthOf(key.label, lettering) + 14;
    if (x > 0 && x + wide > inner + 14) {
      x = 0;
      row++;
    }
    const place = { ...key, x, row };
    x += wide;
    return place;
  });
};

const textLines = (lines: readonly string[], top: number, attributes: Part): Html =>
  html`${lines.map((text, i) => html`<text x="${String(margin)}" y="${String(top + i * line)}" ${attributes}>${text}</text>`)}`;

/** Puts the parts of a picture together. */
export const chart = (picture: Picture): Chart => {
  const { name, title, topic, sentence, table, legend, note, defs, drawing, height, exempel } = picture;
  const titleLines = broken(exempel ? `EXEMPEL: ${title}` : title, titleSize * 1.04, inner);
  const topicLines = broken(topic, lettering, inner);
  const noteLines = [note, ...(exempel ? ["EXEMPEL: uppgifterna är påhittade."] : [])]
    .filter((text) => text !== "")
    .flatMap((text) => broken(text, lettering, inner));
  const keys = placed(legend);
  const legendTop = 12 + (titleLines.length + topicLines.length) * line + 4;
  const legendRows = keys.length === 0 ? 0 : 1 + Math.max(...keys.map(({ row }) => row));
  const drawingTop = legendTop + legendRows * (line + 2) + 8;
  const noteTop = drawingTop + height + 20;
  const whole = String(noteTop + (noteLines.length - 1) * line + 12);
  const svg = html`<svg xmlns="http://www.w3.org/2000/svg" width="${String(width)}" height="${whole}" viewBox="0 0 ${String(width)} ${whole}" role="img" aria-labelledby="${name}-titel ${name}-text" font-family="&quot;Source Sans 3&quot;, sans-serif" font-size="${String(lettering)}" fill="${ink}">
<title id="${name}-titel">${exempel ? `EXEMPEL: ${title}` : title}</title>
<desc id="${name}-text">${sentence}</desc>
${defs}<rect width="${String(width)}" height="${whole}" fill="${paper}"/>
${textLines(titleLines, 20, html`font-size="${String(titleSize)}" font-weight="600"`)}
${textLines(topicLines, 20 + titleLines.length * line, html`fill="${quiet}"`)}
${keys.map(
  ({ x, row, sign, label }) =>
    html`<g transform="translate(${String(margin + Math.round(x))},${String(legendTop + row * (line + 2))})">${sign}<text x="24" y="12">${label}</text></g>`,
)}
<g transform="translate(${String(margin)},${String(drawingTop)})" text-anchor="middle">${drawing}</g>
${textLines(noteLines, noteTop, html`fill="${quiet}"`)}
</svg>
`;
  return { name, svg: svg.markup, title, sentence, table };
};
