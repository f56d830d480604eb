/** Models over time: a row per model on one scale, its line parted where the counting changed. */
import * as Plot from "@observablehq/plot";
import { begun, periodLabel, things } from "../../schema/swedish.ts";
import { missing, periodMarkup } from "../figures.ts";
import type { Html } from "../html.ts";
import { column, figure, tableOf } from "../table.ts";
import type { Modelltrend, Trend } from "../trends.ts";
import { blue, ink, quiet, vermillion } from "./palette.ts";
import { type Chart, type ChartOf, chart, dotSign, strokeSign } from "./picture.ts";
import { plotMarkup, words } from "./plot.ts";
import { written } from "./tratt.ts";

const row = 74;

export const trendChart = ({ name, trend, exempel }: ChartOf & { readonly trend: Trend }): Chart => {
  const { titel, perioder, modeller } = trend;
  const values = modeller.flatMap(({ punkter }) => punkter.map(({ varde }) => varde));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const drawRow = ({ namn, punkter, brott }: Modelltrend): Html => {
    const last = punkter.at(-1);
    return plotMarkup({
      height: row,
      marginLeft: 8,
      marginRight: 8,
      marginTop: 26,
      marginBottom: 8,
      x: { domain: [-0.5, perioder.length - 0.5], axis: null },
      y: { domain: [low, high === low ? low + 1 : high], axis: null },
      marks: [
        Plot.ruleX(brott, {
          x: (at: number) => at - 0.5,
          stroke: vermillion,
          strokeWidth: 1.5,
          strokeDasharray: "3 3",
        }),
        Plot.line(punkter, { x: "nr", y: "varde", z: "del", stroke: quiet, strokeWidth: 1.5 }),
        Plot.dot(punkter, { x: "nr", y: "varde", r: 3.5, fill: blue, stroke: ink }),
        words([namn], {
          frameAnchor: "top-left",
          dy: -22,
          text: () => `${namn}${last ? `: ${written(trend, last.varde)}` : ""}`,
        }),
      ],
    });
  };
  const hasBreaks = modeller.some(({ brott }) => brott.length > 0);
  const title = `${begun(things(modeller.length, "en modell", "modeller"))} under ${things(perioder.length, "en period", "perioder")}`;
  const [first, last] = [perioder[0], perioder.at(-1)];

  return chart({
    name,
    title,
    topic: `${titel}, ${first && last ? periodLabel(first.fran, last.till) : ""}`,
    sentence: `${title}: ${titel}. Varje modell är de insatser som visas i alla perioder.${
      hasBreaks
        ? " Där linjen är bruten har en insats börjat räkna på ett annat sätt: det före jämförs inte med det efter."
        : ""
    }`,
    table: tableOf(
      `${titel}: modellerna över tid`,
      perioder.map((period, nr) => ({ ...period, nr })),
      [
        column("Period", ({ fran, till }) => periodMarkup(fran, till)),
        ...modeller.map(({ namn, punkter, brott }) =>
          figure(namn, ({ nr }: { readonly nr: number }) => {
            const found = punkter.find((one) => one.nr === nr);
            return found
              ? `${written(trend, found.varde)}${brott.includes(nr) ? " (räknas på nytt sätt)" : ""}`
              : missing;
          }),
        ),
      ],
    ),
    legend: [
      { sign: dotSign(blue, "4"), label: "värde i perioden" },
      hasBreaks && { sign: strokeSign(vermillion, "2", "3 3", "M9 0V14"), label: "räknas på nytt sätt" },
    ],
    note: `${first && last ? `Från vänster: ${periodLabel(first.fran, first.till)} till ${periodLabel(last.fran, last.till)}. ` : ""}Alla rader har samma skala, ${written(trend, low)}–${written(trend, high)}. Talet är den sista periodens.`,
    drawing: { blocks: modeller.map((one) => ({ drawn: drawRow(one), height: row })) },
    exempel,
  });
};
