/** Women and men among an insats's deltaganden. */
import { counted, number, percent, periodLabel } from "../../schema/swedish.ts";
import { count, periodMarkup, share, withheld } from "../figures.ts";
import type { Kon } from "../publik.ts";
import { type Table, tableOf } from "../table.ts";
import { drawBars } from "./bars.ts";
import { blue, grey, orange } from "./palette.ts";
import { boxSign, type Chart, chart, type InsatsChartOf } from "./picture.ts";

interface KonsfordelningOf extends InsatsChartOf {
  readonly row: Kon;
}

/** The counts as a table: also where they are withheld and nothing can be drawn. */
export const konsfordelningTable = (row: Kon): Table =>
  tableOf(
    "Deltaganden efter kön",
    [row],
    [
      { heading: "Period", cell: ({ fran, till }) => periodMarkup(fran, till) },
      { heading: "Kvinnor", numeric: true, cell: (kon) => count(kon.kvinnor, kon.ar_dold) },
      { heading: "Män", numeric: true, cell: (kon) => count(kon.man, kon.ar_dold) },
      { heading: "Okänt kön", numeric: true, cell: (kon) => count(kon.okant, kon.ar_dold) },
      { heading: "Totalt", numeric: true, cell: (kon) => count(kon.totalt, kon.ar_dold) },
      {
        heading: "Andel kvinnor",
        numeric: true,
        cell: ({ andel_kvinnor: andel, ar_dold: isHidden }) => (andel === null && isHidden ? withheld : share(andel)),
      },
    ],
  );

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
  const pieces = parts.map(({ label, antal, from, fill }) => ({
    from,
    to: from + antal,
    fill,
    words: [`${number(antal)} ${label}`, number(antal)],
  }));
  return chart({
    name,
    title: `${number(kvinnor)} av ${number(kvinnor + man)} deltaganden är av kvinnor${kvinnor + man > 0 ? ` (${percent(kvinnor / (kvinnor + man), 0)})` : ""}`,
    topic: `Kvinnor och män: ${insats}`,
    sentence: sentenceOf(kvinnor, man, okant ?? 0),
    table: konsfordelningTable(row),
    legend: parts.map(({ fill, label }) => ({ sign: boxSign(fill), label })),
    note: `Antal deltaganden ${periodLabel(row.fran, row.till)}.`,
    ...drawBars({ rows: [{ bars: [{ pieces }] }], domain: [0, total], bar: 30 }),
    exempel,
  });
};
