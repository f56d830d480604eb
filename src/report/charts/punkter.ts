/** A few units, each a dot with its interval, in the order of their names: there are too few to say what is usual. */
import * as Plot from "@observablehq/plot";
import { begun, counted, number, percent, periodLabel, things } from "../../schema/swedish.ts";
import { avWords, type Enhet } from "../comparison.ts";
import { html } from "../html.ts";
import { figure, tableOf } from "../table.ts";
import { blue, ink, quiet } from "./palette.ts";
import { type Chart, chart, dotSign, strokeSign, whole } from "./picture.ts";
import { plotMarkup, sizeAxis, words } from "./plot.ts";
import { type AmneChartOf, intervalText, nameOf, sizeColumns, written } from "./tratt.ts";

const row = 40;
const axis = 24;

/** Whether the intervals of some two do not meet. */
const isApart = (enheter: readonly Enhet[]): boolean =>
  Math.max(...enheter.map(({ ki }) => ki.lag)) > Math.min(...enheter.map(({ ki }) => ki.hog));

export const punkter = ({ name, amne, av, exempel }: AmneChartOf): Chart => {
  const { slag, alla, fran, till, dolda } = amne;
  const [word, ...ofWords] = avWords[av];
  const enheter = [...amne.enheter].sort((a, b) => a.namn.localeCompare(b.namn, "sv"));
  const ends = enheter.flatMap(({ ki, varde }) => [ki.lag, Number.isFinite(ki.hog) ? ki.hog : varde]);
  const [low, high] = slag === "andel" ? [0, 1] : [Math.min(...ends) * 0.9, Math.max(...ends) * 1.05];
  const height = enheter.length * row + axis;
  const place = new Map(enheter.map((one, i) => [one, i]));
  const y = (one: Enhet): number => (place.get(one) ?? 0) + 0.65;
  const drawing = plotMarkup({
    height,
    marginLeft: 8,
    marginRight: 16,
    marginBottom: axis,
    x: { domain: [low, high], axis: null },
    y: { domain: [enheter.length, 0], axis: null },
    marks: [
      sizeAxis((value) => (slag === "andel" ? percent(value, 0) : number(value, 0))),
      Plot.ruleX([alla], { stroke: quiet, strokeDasharray: "4 3" }),
      Plot.ruleY(enheter, {
        y,
        x1: ({ ki }: Enhet) => ki.lag,
        x2: ({ ki }: Enhet) => Math.min(high, ki.hog),
        stroke: ink,
        strokeWidth: 2,
      }),
      Plot.dot(enheter, { x: "varde", y, r: 5, fill: blue, stroke: ink }),
      words(enheter, {
        x: low,
        y: (one: Enhet) => y(one) - 0.38,
        text: (one: Enhet) => `${one.namn}: ${written(amne, one.varde)}`,
      }),
    ],
  });
  const what = things(enheter.length, ...ofWords);
  const title = isApart(enheter)
    ? `${begun(what)}: några intervall möts inte`
    : `${begun(what)}: ingen skillnad är visad, intervallen går in i varandra`;
  return chart({
    name,
    title,
    topic: `${nameOf(amne)}, ${periodLabel(fran, till)}`,
    sentence: `${title}. Alla tillsammans: ${written(amne, alla)}.${
      dolda === 0 ? "" : ` ${begun(counted(dolda))} till visas inte, eftersom det gäller få personer.`
    }`,
    table: tableOf(nameOf(amne), enheter, [
      ...sizeColumns(amne, word),
      figure("Osäkerhet (95 %)", (one) => intervalText(amne, one)),
    ]),
    legend: [
      { sign: html`${strokeSign(ink, "2")}${dotSign(blue, "4.5")}`, label: "värde och osäkerhet (95 %)" },
      { sign: strokeSign(quiet, "2", "4 3"), label: "alla tillsammans" },
    ],
    note: `I bokstavsordning. ${slag === "andel" ? "Intervallen är Wilsons." : "Intervallen är de exakta för antalet (Poisson), med pengarna givna."}`,
    drawing: whole(drawing, height),
    exempel,
  });
};
