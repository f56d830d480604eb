/** Women and men among an insats's deltaganden. */
import { counted, number, percent, periodLabel } from "../../schema/swedish.ts";
import { count, periodMarkup, share, withheld } from "../figures.ts";
import type { Kon } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";
import { barChart } from "./bars.ts";
import { blue, orange, paper } from "./palette.ts";
import type { Chart, InsatsChartOf } from "./picture.ts";

/** The counts as a table: also where they are withheld and nothing can be drawn. */
export const konsfordelningTable = (row: Kon): Table =>
  tableOf(
    "Deltaganden efter kön",
    [row],
    [
      column("Period", ({ fran, till }) => periodMarkup(fran, till)),
      figure("Kvinnor", (kon) => count(kon.kvinnor, kon.ar_dold)),
      figure("Män", (kon) => count(kon.man, kon.ar_dold)),
      figure("Okänt kön", (kon) => count(kon.okant, kon.ar_dold)),
      figure("Totalt", (kon) => count(kon.totalt, kon.ar_dold)),
      figure("Andel kvinnor", ({ andel_kvinnor: andel, ar_dold: isHidden }) =>
        andel === null && isHidden ? withheld : share(andel),
      ),
    ],
  );

const sentenceOf = (kvinnor: number, man: number, okant: number): string => {
  const share = kvinnor + man > 0 ? ` (${percent(kvinnor / (kvinnor + man))})` : "";
  const unknown = okant > 0 ? ` För ${counted(okant)} är könet okänt; de räknas inte i andelen.` : "";
  return `${number(kvinnor)} av ${number(kvinnor + man)} deltaganden är av kvinnor${share}.${unknown}`;
};

/** A bar of counts for each kön. Undefined where the counts are withheld or missing: nothing hidden is drawn as 0. */
export const konsfordelning = ({
  name,
  insats,
  row,
  exempel,
}: InsatsChartOf & { readonly row: Kon }): Chart | undefined => {
  const { kvinnor, man, okant } = row;
  if (row.ar_dold || kvinnor === null || man === null || kvinnor + man + (okant ?? 0) === 0) return undefined;
  const of = kvinnor + man;
  const share = (antal: number): string => (of === 0 ? "" : ` (${percent(antal / of, 0)})`);
  const bars = [
    { label: "Kvinnor", antal: kvinnor, fill: blue, end: `${number(kvinnor)}${share(kvinnor)}` },
    { label: "Män", antal: man, fill: orange, end: `${number(man)}${share(man)}` },
    ...(okant === null || okant === 0 ? [] : [{ label: "Okänt kön", antal: okant, fill: paper, end: number(okant) }]),
  ];
  const picture = {
    name,
    title: `${number(kvinnor)} av ${number(of)} deltaganden är av kvinnor${share(kvinnor)}`,
    topic: `Kvinnor och män: ${insats}`,
    sentence: sentenceOf(kvinnor, man, okant ?? 0),
    table: konsfordelningTable(row),
    legend: [],
    note: `Antal deltaganden ${periodLabel(row.fran, row.till)}.`,
    exempel,
  };
  return barChart(picture, {
    rows: bars.map(({ label, antal, fill, end }) => ({
      label,
      bars: [{ pieces: [{ from: 0, to: antal, fill }], end }],
    })),
    bar: 20,
    isBeside: true,
  });
};
