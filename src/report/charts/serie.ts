/** One goal's periods against its target and its natural process limits. */
import * as Plot from "@observablehq/plot";
import { begun, grouped, inUnit, periodLabel, spell } from "../../schema/swedish.ts";
import { missing, periodMarkup } from "../figures.ts";
import type { Serierad } from "../publik.ts";
import { column, figure, tableOf } from "../table.ts";
import { widthOf } from "./lettering.ts";
import { blue, ink, orange, quiet, rule, series } from "./palette.ts";
import {
  boxSign,
  type Chart,
  type ChartOf,
  chart,
  diamondSign,
  dotSign,
  firstSentence,
  lettering,
  strokeSign,
  whole,
} from "./picture.ts";
import { plotMarkup, valueAxis, words } from "./plot.ts";

interface SerieOf extends ChartOf {
  /** The goal's text. */
  readonly mal: string;
  readonly enhet: string;
  /** One series, in time order. */
  readonly rows: readonly Serierad[];
  /** The same by sex, as far as it may be shown. */
  readonly bySex: readonly Serierad[];
}

const sexes = [
  { kon: "kvinna", label: "kvinnor", stroke: series[2], dash: "6 3" },
  { kon: "man", label: "män", stroke: series[5], dash: "1.5 3" },
] as const;

const height = 220;
const band = "#e4edf3";

/** The axis has bare numbers; the note says of what. */
const tickText = (value: number, enhet: string): string => (enhet === "andel" ? inUnit(value, enhet) : grouped(value));

const valueText = (value: number | null, enhet: string): string => (value === null ? missing : inUnit(value, enhet));

const noteOf = ({ metod }: Serierad, enhet: string): string => {
  const unit = enhet === "andel" ? "Procent" : begun(enhet);
  if (metod === "ingen") return `${unit}. Talen är för små för gränser som säger vad som är slump.`;
  return metod === "p"
    ? `${unit}. Gränserna är tre standardavvikelser från andelen i alla perioder (p-diagram).`
    : `${unit}. Gränserna är medelvärdet ± 2,66 × medelskillnaden mellan perioder (XmR).`;
};

const hasLimit = ({ grans_lag: lag }: Serierad): boolean => lag !== null;

/** Undefined where there is no series. */
export const serie = ({ name, mal, enhet, rows, bySex, exempel }: SerieOf): Chart | undefined => {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return undefined;
  const at = new Map(rows.map(({ fran }, i) => [fran, i]));
  const x = ({ fran }: Serierad): number => at.get(fran) ?? 0;
  // One alone would tell the other: both are drawn, or neither.
  const both = sexes.map((sex) => ({
    ...sex,
    own: bySex.filter(({ gruppvarde, fran, varde }) => gruppvarde === sex.kon && at.has(fran) && varde !== null),
  }));
  const drawn = both.every(({ own }) => own.length > 0) ? both : [];
  const ends = { x1: (rad: Serierad): number => x(rad) - 0.5, x2: (rad: Serierad): number => x(rad) + 0.5 };
  const limited = rows.filter(hasLimit);
  const targeted = rows.filter(({ malvarde }) => malvarde !== null);
  const values = [...rows, ...drawn.flatMap(({ own }) => own)].flatMap(
    ({ varde, malvarde, grans_lag: lag, grans_hog: hog }) =>
      [varde, malvarde, lag, hog].filter((value) => value !== null),
  );
  const low = Math.min(0, ...values);
  const high = Math.max(...values);
  const drawing = plotMarkup({
    height,
    marginLeft:
      Math.ceil(Math.max(...[low, high].map((value) => widthOf(tickText(Math.round(value), enhet), lettering)), 40)) +
      10,
    marginRight: 8,
    marginBottom: 26,
    marginTop: 8,
    x: { domain: [-0.5, rows.length - 0.5], axis: null },
    y: { domain: [low, high === low ? low + 1 : high], axis: null },
    marks: [
      valueAxis((tick) => tickText(tick, enhet)),
      Plot.rect(limited, { ...ends, y1: "grans_lag", y2: "grans_hog", fill: band }),
      Plot.ruleY(limited, { ...ends, y: "medel", stroke: quiet, strokeDasharray: "3 3" }),
      Plot.ruleY(targeted, { ...ends, y: "malvarde", stroke: ink, strokeWidth: 2.5 }),
      Plot.line(rows, { x, y: "varde", stroke: rule, strokeWidth: 1.5 }),
      drawn.map(({ own, stroke, dash }) =>
        Plot.line(own, { x, y: "varde", stroke, strokeWidth: 2, strokeDasharray: dash }),
      ),
      Plot.dot(rows, {
        x,
        y: "varde",
        r: 4.5,
        fill: ({ ar_utanfor: isOutside }: Serierad) => (isOutside ? orange : blue),
        symbol: ({ ar_utanfor: isOutside }: Serierad) => (isOutside ? "diamond" : "circle"),
        stroke: ink,
      }),
      (["start", "end"] as const).map((textAnchor) =>
        words([textAnchor === "start" ? first : last], {
          x,
          y: low,
          dy: 16,
          text: ({ fran, till }: Serierad) => periodLabel(fran, till),
          textAnchor,
          fill: quiet,
        }),
      ),
    ],
  });
  const outside = rows.some(({ ar_utanfor: isOutside }) => isOutside);
  const hasLimits = limited.length > 0;
  return chart({
    name,
    title: firstSentence(first.mening),
    topic: hasLimits ? `${mal}: ${spell(first.utfall)}` : mal,
    sentence: first.mening,
    table: tableOf(`Perioderna: ${mal}`, rows, [
      column("Period", ({ fran, till }) => periodMarkup(fran, till)),
      figure("Värde", ({ varde }) => valueText(varde, enhet)),
      ...drawn.map(({ label, own }) =>
        figure(begun(label), ({ fran }: Serierad) =>
          valueText(own.find((rad) => rad.fran === fran)?.varde ?? null, enhet),
        ),
      ),
      figure("Målvärde", ({ malvarde }) => valueText(malvarde, enhet)),
      figure(
        "Naturlig variation",
        ({ grans_lag: lag, grans_hog: hog }) => `${inUnit(lag ?? 0, enhet)}–${inUnit(hog ?? 0, enhet)}`,
        hasLimit,
      ),
      column("Utanför", ({ ar_utanfor: isOutside }) => (isOutside ? "ja" : "nej"), hasLimit),
    ]),
    legend: [
      { sign: dotSign(blue), label: "värde" },
      outside && { sign: diamondSign(orange), label: "utanför naturlig variation" },
      ...drawn.map(({ label, stroke, dash }) => ({ sign: strokeSign(stroke, "2.5", dash), label })),
      hasLimits && { sign: boxSign(band), label: "naturlig variation" },
      hasLimits && { sign: strokeSign(quiet, "2.5", "3 3"), label: "medelvärde" },
      targeted.length > 0 && { sign: strokeSign(ink, "2.5"), label: "målet" },
    ],
    note: noteOf(first, enhet),
    drawing: whole(drawing, height),
    exempel,
  });
};
