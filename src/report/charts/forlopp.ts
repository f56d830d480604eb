/** What has been invoiced, added up month by month, against what was granted. */
import * as Plot from "@observablehq/plot";
import { addDays } from "../../schema/days.ts";
import { grouped, percent, periodLabel, tusental } from "../../schema/swedish.ts";
import { amount } from "../figures.ts";
import { html } from "../html.ts";
import type { Forlopp, Prognos } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";
import { blue, quiet, rule, vermillion } from "./palette.ts";
import { type Chart, chart, type InsatsChartOf, inner, strokeSign, whole } from "./picture.ts";
import { plotMarkup, valueAxis, words } from "./plot.ts";

interface ForloppOf extends InsatsChartOf {
  /** Rows of one insats, by month. */
  readonly rows: readonly Forlopp[];
  /** The forecasts of the insats as a whole. */
  readonly prognoser: readonly Prognos[];
}

const height = 230;
const left = 52;

const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);

/** The first day after a month. */
const monthEnd = (manad: string): string => {
  const next = addDays(manad, 31);
  return `${next.slice(0, 7)}-01`;
};

const monthText = (manad: string): string => periodLabel(manad, addDays(monthEnd(manad), -1));

/** The forecast of the period that is not yet invoiced to its end. */
const openForecast = (prognoser: readonly Prognos[]): Prognos | undefined =>
  prognoser.find(({ status, prognos_ore: ore, per }) => status === "prognos" && ore !== null && per === "ar");

const sentenceOf = (rows: readonly Forlopp[], prognos: Prognos | undefined): string => {
  const last = rows.at(-1);
  if (!last) return "Inget är fakturerat.";
  const granted = last.medel_ackumulerat_ore;
  const share =
    granted === null || granted <= 0
      ? ""
      : `, ${percent(last.ackumulerat_ore / granted)} av de ${amount(granted)} som har beviljats till och med det året`;
  const pace =
    prognos?.prognos_ore == null
      ? ""
      : ` I samma takt kostar året ${prognos.period} sammanlagt ${amount(prognos.prognos_ore)}.`;
  return `Till och med ${monthText(last.manad)} är ${amount(last.ackumulerat_ore)} fakturerat${share}.${pace}`;
};

/** Every month, drawn or not. */
export const forloppTable = (rows: readonly Forlopp[]): Table =>
  tableOf("Fakturerat och beviljat månad för månad", rows, [
    column("Månad", ({ manad }) => monthText(manad)),
    figure("Fakturerat", (row) => amount(row.belopp_ore)),
    figure("Fakturerat hittills", (row) => amount(row.ackumulerat_ore)),
    figure("Beviljat hittills", (row) => amount(row.medel_ackumulerat_ore)),
  ]);

/** A line of what is invoiced under a stepped line of what was granted. Undefined without a grant to hold it against. */
export const forlopp = ({ name, insats, rows, prognoser, exempel }: ForloppOf): Chart | undefined => {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last || !rows.some(({ medel_ackumulerat_ore: ore }) => ore !== null)) return undefined;
  const prognos = openForecast(prognoser);
  const kr = (ore: number): number => ore / 100;
  const done = kr(last.ackumulerat_ore);
  const foreseen =
    prognos?.prognos_ore == null || prognos.utfall_ore === null || prognos.till === null
      ? []
      : [
          { x: day(monthEnd(last.manad)), y: done },
          { x: day(addDays(prognos.till, 1)), y: done + kr(prognos.prognos_ore - prognos.utfall_ore) },
        ];
  const end = Math.max(day(monthEnd(last.manad)), ...foreseen.map(({ x }) => x));
  const granted = rows.flatMap(({ manad, medel_ackumulerat_ore: ore }) =>
    ore === null ? [] : [{ x: day(manad), y: kr(ore) }],
  );
  const steps = [...granted, ...granted.slice(-1).map(({ y }) => ({ x: end, y }))];
  const max = Math.max(
    ...steps.map(({ y }) => y),
    ...foreseen.map(({ y }) => y),
    ...rows.map((row) => kr(row.ackumulerat_ore)),
  );
  const min = Math.min(0, ...rows.map((row) => kr(row.ackumulerat_ore)));
  const years = [...new Set(rows.map(({ manad }) => manad.slice(0, 4)))].filter(
    (ar) => day(`${ar}-01-01`) > day(first.manad),
  );
  const paid = [
    { x: day(first.manad), y: 0 },
    ...rows.map((row) => ({ x: day(monthEnd(row.manad)), y: kr(row.ackumulerat_ore) })),
  ];
  const drawing = plotMarkup({
    height,
    marginLeft: left,
    marginBottom: 24,
    marginTop: 8,
    x: { type: "linear", domain: [day(first.manad), end], range: [left, inner - 14], axis: null },
    y: { domain: [min, max], range: [height - 24, 8], axis: null },
    marks: [
      Plot.gridY({ ticks: 5, stroke: rule, strokeOpacity: 1 }),
      valueAxis((tick) => grouped(tick / 1000)),
      Plot.ruleX(
        years.map((ar) => day(`${ar}-01-01`)),
        { stroke: rule },
      ),
      words([first.manad.slice(0, 4), ...years], {
        x: (ar: string) => Math.max(day(`${ar}-01-01`), day(first.manad)),
        frameAnchor: "bottom",
        dy: 20,
        fill: quiet,
      }),
      Plot.line(steps, { x: "x", y: "y", curve: "step-after", stroke: vermillion, strokeWidth: 2.5 }),
      Plot.line(paid, { x: "x", y: "y", stroke: blue, strokeWidth: 3 }),
      Plot.line(foreseen, { x: "x", y: "y", stroke: blue, strokeWidth: 2, strokeDasharray: "5 4" }),
    ],
  });
  return chart({
    name,
    title:
      last.medel_ackumulerat_ore === null || last.medel_ackumulerat_ore <= 0
        ? `${tusental(last.ackumulerat_ore)} är fakturerat`
        : `${percent(last.ackumulerat_ore / last.medel_ackumulerat_ore, 0)} av beviljade ${tusental(last.medel_ackumulerat_ore)} är fakturerat`,
    topic: `Fakturerat mot beviljade medel: ${insats}`,
    sentence: sentenceOf(rows, prognos),
    table: forloppTable(rows),
    legend: [
      { sign: strokeSign(blue, "3", "", "M1 12L17 3"), label: "fakturerat hittills" },
      {
        sign: html`<path d="M1 11H9V3H17" fill="none" stroke="${vermillion}" stroke-width="2.5"/>`,
        label: "beviljat hittills",
      },
      foreseen.length > 0 && { sign: strokeSign(blue, "2", "5 4", "M1 12L17 3"), label: "i samma takt" },
    ],
    note: "Tusental kronor, från insatsens första faktura. Årets medel räknas från januari.",
    drawing: whole(drawing, height),
    exempel,
  });
};
