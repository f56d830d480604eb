/** Women and men among an insats's deltaganden. */
import * as Plot from "@observablehq/plot";
import { counted, number, percent, periodLabel } from "../../schema/swedish.ts";
import { count, missing, periodMarkup } from "../figures.ts";
import type { Kon } from "../publik.ts";
import type { Table } from "../table.ts";
import { widthOf } from "./lettering.ts";
import { blue, grey, ink, orange } from "./palette.ts";
import { boxSign, type Chart, chart, inner, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface KonsfordelningOf {
  readonly name: string;
  readonly insats: string;
  readonly row: Kon;
  readonly exempel: boolean;
}

const bar = 30;
const line = 17;

/** The counts as a table: also where they are withheld and nothing can be drawn. */
export const konsfordelningTable = (row: Kon): Table => ({
  caption: "Deltaganden efter kön",
  columns: [
    { heading: "Period" },
    { heading: "Kvinnor", numeric: true },
    { heading: "Män", numeric: true },
    { heading: "Okänt kön", numeric: true },
    { heading: "Totalt", numeric: true },
    { heading: "Andel kvinnor", numeric: true },
  ],
  rows: [
    {
      id: row.resultat_id,
      cells: [
        periodMarkup(row.fran, row.till),
        count(row.kvinnor, row.ar_dold),
        count(row.man, row.ar_dold),
        count(row.okant, row.ar_dold),
        count(row.totalt, row.ar_dold),
        row.andel_kvinnor === null ? (row.ar_dold ? ".." : missing) : percent(row.andel_kvinnor),
      ],
    },
  ],
});

const sentenceOf = (kvinnor: number, man: number, okant: number): string => {
  const share = kvinnor + man > 0 ? ` (${percent(kvinnor / (kvinnor + man))})` : "";
  const unknown = okant > 0 ? ` För ${counted(okant)} är könet okänt; de räknas inte i andelen.` : "";
  return `${number(kvinnor)} av ${number(kvinnor + man)} deltaganden är av kvinnor${share}.${unknown}`;
};

/** One stacked bar of counts. Undefined where the counts are withheld or missing: nothing hidden is drawn as 0. */
export const konsfordelning = ({ name, insats, row, exempel }: KonsfordelningOf): Chart | undefined => {
  const { kvinnor, man, okant } = row;
  if (row.ar_dold || kvinnor === null || man === null || kvinnor + man + (okant ?? 0) === 0) return undefined;
  const total = kvinnor + man + (okant ?? 0);
  const parts = [
    { label: "kvinnor", antal: kvinnor, from: 0, fill: blue },
    { label: "män", antal: man, from: kvinnor, fill: orange },
    { label: "okänt kön", antal: okant ?? 0, from: kvinnor + man, fill: grey },
  ].filter(({ antal }) => antal > 0);
  const scale = (inner - 15) / total;
  const text = ({ label, antal }: { label: string; antal: number }): string => {
    const long = `${number(antal)} ${label}`;
    return widthOf(long, lettering) < antal * scale - 2 ? long : number(antal);
  };
  const area = (from: (row: Kon) => number, to: (row: Kon) => number, fill: string): Plot.Markish =>
    Plot.rect([row], { x1: from, x2: to, y1: 0, y2: bar, fill, stroke: ink });
  const n = (value: number | null): number => Number(value ?? 0);
  const drawing = plotMarkup({
    height: bar + line + 8,
    x: { domain: [0, total], range: [1, inner - 14], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      area(
        () => 0,
        (k) => n(k.kvinnor),
        blue,
      ),
      area(
        (k) => n(k.kvinnor),
        (k) => n(k.kvinnor) + n(k.man),
        orange,
      ),
      okant
        ? area(
            (k) => n(k.kvinnor) + n(k.man),
            (k) => n(k.totalt),
            grey,
          )
        : null,
      Plot.text(parts, {
        x: ({ from, antal }) => from + antal / 2,
        y: bar + line / 2 + 4,
        text,
        fontSize: lettering,
      }),
    ],
  });
  return chart({
    name,
    title: `Kvinnor och män: ${insats}`,
    sentence: sentenceOf(kvinnor, man, okant ?? 0),
    table: konsfordelningTable(row),
    legend: parts.map(({ fill, label }) => ({ sign: boxSign(fill), label })),
    note: `Antal deltaganden ${periodLabel(row.fran, row.till)}.`,
    drawing,
    height: bar + line + 8,
    exempel,
  });
};
