/** A funnel: each unit by its size, with how far chance may take it from what holds for all. No order of rank. */
import * as Plot from "@observablehq/plot";
import { inner, outer } from "../../schema/funnel.ts";
import {
  begun,
  counted,
  gruppText,
  inUnit,
  listed,
  number,
  percent,
  periodLabel,
  things,
} from "../../schema/swedish.ts";
import { type Amne, type Av, avWords, type Enhet, limitsAt, sizeOf } from "../comparison.ts";
import { type CellColumn, column, figure, tableOf } from "../table.ts";
import { widthOf } from "./lettering.ts";
import { blue, ink, orange, quiet } from "./palette.ts";
import { type Chart, type ChartOf, chart, diamondSign, dotSign, lettering, strokeSign, whole } from "./picture.ts";
import { plotMarkup, sizeAxis, valueAxis, words } from "./plot.ts";

/** Units side by side: a funnel of many, dots of a few. */
export interface AmneChartOf extends ChartOf {
  readonly amne: Amne;
  /** What a dot is: `insats` or `modell`. */
  readonly av: Av;
}

const height = 300;
/** How many points a limit is drawn by. */
const steps = 80;

/** `andel`: percent; a cost: whole kronor, for what its title says. */
export const written = ({ slag }: Pick<Amne, "slag">, value: number): string =>
  inUnit(slag === "andel" ? value : Math.round(value), slag === "andel" ? slag : "kr");

/** `36,4–45,1 %`: how sure the value is. */
export const intervalText = (amne: Amne, { ki: { lag, hog } }: Enhet): string => {
  if (amne.slag === "andel") return `${number(lag * 100, 1)}–${percent(hog)}`;
  return `${number(lag, 0)}–${Number.isFinite(hog) ? number(hog, 0) : "utan gräns"}`;
};

/** `Andel till arbete eller studier, kvinnor`. */
export const nameOf = ({ titel, kon }: Amne): string => (kon === "" ? titel : `${titel}, ${gruppText("kon", kon)}`);

/** A unit, its value and its size. */
export const sizeColumns = (amne: Amne, word: string): CellColumn<Enhet>[] => [
  column(begun(word), ({ namn }) => namn),
  figure("Värde", ({ varde }) => written(amne, varde)),
  figure("Antal", ({ namnare }) => number(namnare)),
];

/** The units outside the outer limits: what the picture names, and its table. */
export const outsideOf = ({ enheter }: Amne): Enhet[] => enheter.filter(({ utanfor }) => utanfor === "yttre");

const findingOf = (amne: Amne, av: Av): string => {
  const [, ...ofWords] = avWords[av];
  const gender = ofWords[0].startsWith("ett") ? "ett" : "en";
  const many = outsideOf(amne).length;
  const all = things(amne.enheter.length, ...ofWords);
  const found = many === 0 ? (gender === "ett" ? "Inget" : "Ingen") : begun(counted(many, gender));
  return `${found} av ${all} skiljer sig från de andra mer än ${amne.vidgning === 1 ? "slumpen kan göra" : "spridningen mellan alla"}`;
};

/** Undefined where nobody differs from nobody: all or none of what is counted. */
export const tratt = ({ name, amne, av, exempel }: AmneChartOf): Chart | undefined => {
  const { slag, alla, enheter, fran, till, spridning, vidgning, dolda } = amne;
  const [word] = avWords[av];
  if (spridning === 0) return undefined;
  const sizes = enheter.map((one) => sizeOf(amne, one));
  const [least, largest] = [Math.min(...sizes), Math.max(...sizes) * 1.04];
  const from = slag === "andel" ? Math.max(1, Math.floor(least * 0.8)) : Math.max(2, least * 0.8);
  const grid = Array.from({ length: steps + 1 }, (_, i) => {
    const size = from * (largest / from) ** (i / steps);
    return slag === "andel" ? Math.max(1, Math.round(size)) : size;
  });
  const curves = [...new Set(grid)].map((size) => ({
    size,
    inre: limitsAt(amne, size, inner),
    yttre: limitsAt(amne, size, outer),
  }));
  const values = enheter.map(({ varde }) => varde);
  const reach = [...values, ...curves.flatMap(({ yttre }) => (slag === "andel" ? [yttre.lag, yttre.hog] : []))];
  const pad = (Math.max(...reach) - Math.min(...reach)) * 0.06;
  const low = Math.max(0, Math.min(...reach) - pad);
  const high = Math.min(slag === "andel" ? 1 : Number.POSITIVE_INFINITY, Math.max(...reach) + pad);
  const within = (value: number): number => (value >= low && value <= high ? value : Number.NaN);
  const tick = (value: number): string => (slag === "andel" ? percent(value, 0) : number(value, 0));
  const isNamed = new Set(outsideOf(amne));
  const limits = (["inre", "yttre"] as const).flatMap((which) =>
    (["lag", "hog"] as const).map((side) =>
      Plot.line(curves, {
        x: "size",
        y: (one: (typeof curves)[number]) => within(one[which][side]),
        stroke: quiet,
        strokeWidth: 1.5,
        ...(which === "inre" ? { strokeDasharray: "4 3" } : {}),
      }),
    ),
  );
  const drawing = plotMarkup({
    height,
    marginLeft: Math.ceil(Math.max(...[low, high].map((value) => widthOf(tick(value), lettering)))) + 12,
    marginRight: 12,
    marginBottom: 28,
    marginTop: 12,
    x: { domain: [from, largest], type: "sqrt", axis: null },
    y: { domain: [low, high], axis: null },
    marks: [
      valueAxis(tick),
      sizeAxis((size) => number(size, 0)),
      Plot.ruleY([alla], { stroke: ink, strokeWidth: 1.5 }),
      ...limits,
      Plot.dot(enheter, {
        x: (one: Enhet) => sizeOf(amne, one),
        y: "varde",
        r: (one: Enhet) => (isNamed.has(one) ? 5 : 3.5),
        fill: (one: Enhet) => (isNamed.has(one) ? orange : blue),
        fillOpacity: 0.85,
        symbol: (one: Enhet) => (isNamed.has(one) ? "diamond" : "circle"),
        stroke: ink,
        strokeWidth: 0.75,
      }),
      ...(["start", "end"] as const).map((anchor) =>
        // Those in one place have one label.
        words(
          [...Map.groupBy(isNamed, (one) => `${sizeOf(amne, one)} ${one.varde}`).values()]
            .flatMap((some) => some.slice(0, 1).map((one) => ({ ...one, namn: listed(some.map(({ namn }) => namn)) })))
            .filter((one) => sizeOf(amne, one) > (from + largest) / 2 === (anchor === "end")),
          {
            x: (one: Enhet) => sizeOf(amne, one),
            y: "varde",
            dx: anchor === "start" ? 8 : -8,
            text: "namn",
            textAnchor: anchor,
            fontSize: 12,
            stroke: "white",
            strokeWidth: 3,
          },
        ),
      ),
    ],
  });

  const inside = enheter.filter(({ utanfor }) => utanfor === "inre").length;
  const sentence = [
    `${findingOf(amne, av)} (utanför 99,8 %). Alla tillsammans: ${written(amne, alla)}, ${periodLabel(fran, till)}.`,
    inside === 0
      ? []
      : `${begun(counted(inside))} till ligger mellan gränserna, vilket slumpen ger i snitt i ${number(enheter.length * (outer - inner), 1)} fall.`,
    dolda === 0 ? [] : `${begun(things(dolda, "en insats", "insatser"))} visas inte, eftersom det gäller få personer.`,
  ];
  return chart({
    name,
    title: findingOf(amne, av),
    topic: `${nameOf(amne)}, ${periodLabel(fran, till)}`,
    sentence: sentence.flat().join(" "),
    table: tableOf(
      "Utanför den yttre gränsen",
      [...isNamed],
      [
        ...sizeColumns(amne, word),
        figure("Inom 99,8 %", ({ granser: { lag, hog } }) => `${written(amne, lag)}–${written(amne, hog)}`),
      ],
    ),
    legend: [
      { sign: dotSign(blue, "4"), label: word },
      isNamed.size > 0 && { sign: diamondSign(orange), label: "skiljer sig" },
      { sign: strokeSign(ink, "2"), label: "alla tillsammans" },
      { sign: strokeSign(quiet, "2", "4 3"), label: "95 %" },
      { sign: strokeSign(quiet, "2"), label: "99,8 %" },
    ],
    note: `Vågrätt: ${slag === "andel" ? "antal som andelen är av" : "antal som pengarna väntas räcka till"}. Gränserna är exakta (${slag === "andel" ? "binomial" : "Poisson"}) och ${vidgning === 1 ? "inte vidgade" : `${number(Math.sqrt(vidgning), 1)} gånger så vida, roten ur spridningen`}. Spridningen är ${number(spridning, 1)} gånger slumpens.`,
    drawing: whole(drawing, height),
    exempel,
  });
};
