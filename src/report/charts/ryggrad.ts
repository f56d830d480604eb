/** One förbund among all: a row per measure with its value and interval, and the middle half of all förbund. No score and no rank. */
import * as Plot from "@observablehq/plot";
import { begun, counted, number, periodLabel, things } from "../../schema/swedish.ts";
import { type Amne, type Enhet, manyUnits } from "../comparison.ts";
import type { Html } from "../html.ts";
import { column, figure, tableOf } from "../table.ts";
import { blue, grey, ink, paper, quiet, vermillion } from "./palette.ts";
import { boxSign, type Chart, type ChartOf, chart, dotSign, strokeSign } from "./picture.ts";
import { plotMarkup, words } from "./plot.ts";
import { intervalText, nameOf, written } from "./tratt.ts";

interface RyggradOf extends ChartOf {
  readonly id: string;
  readonly namn: string;
  /** The measures, with a unit for each förbund. */
  readonly amnen: readonly Amne[];
  /** Ids of the förbund most like it. */
  readonly liknande: readonly string[];
}

const row = 62;

interface Rad {
  readonly amne: Amne;
  readonly egen: Enhet;
  /** A quarter of all förbund are below the first, a quarter above the second. */
  readonly mitten: readonly [number, number];
  /** Those most like it. */
  readonly lika: readonly Enhet[];
  /** Where a value lies between the lowest and the highest of all. */
  readonly at: (value: number) => number;
}

/** The value below which a share of sorted ones lies, linearly between two: definition 7 of Hyndman & Fan (1996). */
export const quantile = (sorted: readonly number[], share: number): number => {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
};

/** Undefined where no measure is shared by so many förbund that one can see what is usual. */
export const ryggrad = ({ name, id, namn, amnen, liknande, exempel }: RyggradOf): Chart | undefined => {
  const rader = amnen
    .filter(({ enheter }) => enheter.length >= manyUnits)
    .flatMap((amne) => {
      const egen = amne.enheter.find((one) => one.id === id);
      return egen ? { amne, egen } : [];
    })
    .map(({ amne, egen }): Rad => {
      const sorted = amne.enheter.map(({ varde }) => varde).sort((a, b) => a - b);
      const [least, most] = [sorted[0] ?? 0, sorted.at(-1) ?? 1];
      const at = (value: number): number => Math.min(1, Math.max(0, (value - least) / (most - least || 1)));
      const lika = amne.enheter.filter((one) => liknande.includes(one.id));
      return { amne, egen, at, lika, mitten: [quantile(sorted, 0.25), quantile(sorted, 0.75)] };
    });
  if (rader.length === 0) return undefined;
  const differs = ({ egen }: Rad): boolean => egen.utanfor === "yttre";
  const y = 0.72;
  const drawRow = (one: Rad): Html =>
    plotMarkup({
      height: row,
      marginLeft: 8,
      marginRight: 8,
      x: { domain: [0, 1], axis: null },
      y: { domain: [1, 0], axis: null },
      marks: [
        Plot.ruleY([one], { y: () => y, x1: 0, x2: 1, stroke: quiet, strokeWidth: 0.75 }),
        Plot.rect([one], {
          x1: ({ mitten, at }: Rad) => at(mitten[0]),
          x2: ({ mitten, at }: Rad) => at(mitten[1]),
          y1: () => y - 0.13,
          y2: () => y + 0.13,
          fill: grey,
        }),
        Plot.ruleX(one.lika, {
          x: ({ varde }: Enhet) => one.at(varde),
          y1: () => y - 0.2,
          y2: () => y + 0.2,
          stroke: vermillion,
          strokeWidth: 1.5,
        }),
        Plot.ruleY([one], {
          y: () => y,
          x1: ({ egen, at }: Rad) => at(egen.ki.lag),
          x2: ({ egen, at }: Rad) => at(egen.ki.hog),
          stroke: ink,
          strokeWidth: 2,
        }),
        Plot.dot([one], {
          x: ({ egen, at }: Rad) => at(egen.varde),
          y: () => y,
          r: 5.5,
          fill: differs(one) ? blue : paper,
          stroke: ink,
          strokeWidth: 1.5,
        }),
        words([one], {
          x: 0,
          y: () => y - 0.4,
          text: ({ amne, egen }: Rad) =>
            `${nameOf(amne)}: ${written(amne, egen.varde)} ${amne.slag === "andel" ? "av" : "för"} ${number(egen.namnare)}`,
        }),
      ],
    });
  const many = rader.filter(differs).length;
  const title =
    many === 0
      ? "Inget mått skiljer sig från andra förbunds mer än slumpen kan göra"
      : `${begun(counted(many, "ett"))} av ${things(rader.length, "ett mått", "mått")} skiljer sig från andra förbunds`;
  const all = Math.max(...rader.map(({ amne }) => amne.enheter.length));
  return chart({
    name,
    title,
    topic: `${namn} bland ${number(all)} förbund`,
    sentence: `${title}. Det går inte att säga vad en skillnad beror på: förbunden har olika deltagare och insatser.`,
    table: tableOf(`${namn} bland andra förbund`, rader, [
      column("Mått", ({ amne }) => `${nameOf(amne)}, ${periodLabel(amne.fran, amne.till)}`),
      figure("Antal", ({ egen }) => number(egen.namnare)),
      figure("Värde", ({ amne, egen }) => written(amne, egen.varde)),
      figure("Osäkerhet (95 %)", ({ amne, egen }) => intervalText(amne, egen)),
      figure("Mittersta hälften av alla", ({ amne, mitten }) => mitten.map((value) => written(amne, value)).join("–")),
    ]),
    legend: [
      { sign: dotSign(blue), label: "skiljer sig (99,8 %)" },
      { sign: dotSign(paper, "5", "1.5"), label: "inte visat" },
      { sign: strokeSign(ink, "2"), label: "osäkerhet (95 %)" },
      { sign: boxSign(grey, grey), label: "mittersta hälften av alla" },
      rader.some(({ lika }) => lika.length > 0) && {
        sign: strokeSign(vermillion, "2", "", "M9 0V14"),
        label: "liknande förbund",
      },
    ],
    note: "Varje rad har sin egen skala, från det lägsta till det högsta förbundet. Åt höger är högre, inte bättre.",
    drawing: { blocks: rader.map((one) => ({ drawn: drawRow(one), height: row })) },
    exempel,
  });
};
