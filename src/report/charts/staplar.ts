/** Shares of a whole as stacked bars, 0–100 percent, with lines where the shares that were agreed or laid down meet. */
import * as Plot from "@observablehq/plot";
import { percent } from "../../schema/swedish.ts";
import { type Html, html } from "../html.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, paper, series } from "./palette.ts";
import { boxSign, inner, type Key, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

/** One part of a bar: `andel` is 0–1, none is negative. */
interface Delad {
  readonly andel: number | null;
  readonly andel_procent: number | null;
}

export interface Stapel<R extends Delad> {
  /** What stands above the bar. */
  readonly label: string;
  readonly rows: readonly R[];
}

export interface StaplarOf<R extends Delad> {
  /** The column of the table that tells the parts apart, and a row's value in it. */
  readonly column: string;
  readonly idOf: (row: R) => string;
  /** The share that was agreed or laid down. */
  readonly agreedOf: (row: R) => number | null;
  readonly namn: (id: string) => string;
  /** What the lines are, in the legend. */
  readonly agreed: string;
}

/** Where the agreed shares of two parts meet. */
interface Boundary {
  readonly x: number;
  readonly y: number;
}

const line = 17;
const bar = 24;
const gap = 14;
/** What a label may take on both sides together where a bar ends. */
const edge = 12;

const letter = (i: number): string => String.fromCharCode(65 + (i % 26)).repeat(1 + Math.floor(i / 26));

/** The drawing, its height and its legend. Undefined without a bar. A bar whose agreed shares are not all known has no lines. */
export const staplar = <R extends Delad>(
  bars: readonly Stapel<R>[],
  { column, idOf, agreedOf, namn, agreed }: StaplarOf<R>,
): { readonly drawing: Html; readonly height: number; readonly legend: Key[] } | undefined => {
  if (bars.length === 0) return undefined;
  const ids = [...new Set(bars.flatMap(({ rows }) => rows.map(idOf)))].sort();
  const colour = (id: string): string => series[ids.indexOf(id) % series.length] ?? paper;

  const labels = bars.map(({ label }) => broken(label, lettering, inner));
  const above = Math.max(...labels.map(({ length }) => length)) * line + 9;
  const band = above + bar + line + gap;
  const height = band * bars.length;
  const top = (i: number): number => i * band + above;
  const scale = inner - 15;
  /** What stands under each part of a bar: its share, where there is room for it; a part may use what its neighbours leave. */
  const segmentLabels = (rows: readonly R[]): string[] => {
    const parts = rows.map((row) => {
      const sign = letter(ids.indexOf(idOf(row)));
      const long = `${sign} ${percent((row.andel_procent ?? 0) / 100)}`;
      const wide = (row.andel ?? 0) * scale;
      return { sign, long, wide, free: wide - widthOf(long, lettering) };
    });
    return parts.map(({ sign, long, wide, free }, i) => {
      if (wide <= 11) return "";
      const beside = Math.min(parts[i - 1]?.free ?? edge, parts[i + 1]?.free ?? edge);
      return free > 2 || beside + free > 8 ? long : sign;
    });
  };
  const boundaries: Boundary[] = bars.flatMap(({ rows }, i) => {
    if (!rows.every((row) => agreedOf(row) !== null)) return [];
    let sum = 0;
    return rows.slice(0, -1).map((row) => {
      sum += agreedOf(row) ?? 0;
      return { x: sum, y: top(i) };
    });
  });

  const drawing = plotMarkup({
    height,
    x: { domain: [0, 1], range: [1, inner - 14], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      bars.map(({ rows }, i) => [
        Plot.text([(labels[i] ?? []).join("\n")], {
          x: 0,
          y: top(i) - 9,
          textAnchor: "start",
          lineAnchor: "bottom",
          lineHeight: line / lettering,
          fontSize: lettering,
        }),
        Plot.rect(
          rows,
          Plot.stackX({
            x: "andel",
            z: column,
            y1: () => top(i),
            y2: () => top(i) + bar,
            fill: (row: R) => colour(idOf(row)),
            stroke: ink,
          }),
        ),
        Plot.text(
          rows,
          Plot.stackX({
            x: "andel",
            z: column,
            y: () => top(i) + bar + line / 2 + 3,
            text: segmentLabels(rows),
            fontSize: lettering,
          }),
        ),
      ]),
      Plot.ruleX(boundaries, {
        x: "x",
        y1: ({ y }: Boundary) => y - 4,
        y2: ({ y }: Boundary) => y + bar + 4,
        stroke: paper,
        strokeWidth: 6,
      }),
      Plot.ruleX(boundaries, {
        x: "x",
        y1: ({ y }: Boundary) => y - 4,
        y2: ({ y }: Boundary) => y + bar + 4,
        stroke: ink,
        strokeWidth: 2.5,
      }),
    ],
  });

  const legend: Key[] = ids.map((id) => ({
    sign: boxSign(colour(id)),
    label: `${letter(ids.indexOf(id))} ${namn(id)}`,
  }));
  const lines = { sign: html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`, label: agreed };
  return { drawing, height, legend: boundaries.length > 0 ? [...legend, lines] : legend };
};
