/** What was budgeted, what the staffing lines come to, and what was invoiced. */
import * as Plot from "@observablehq/plot";
import { begun, counted, number, percent, spell, things } from "../../schema/swedish.ts";
import { amount, missing, signedAmount } from "../figures.ts";
import type { Budget } from "../publik.ts";
import type { Table } from "../table.ts";
import { broken, widthOf } from "./lettering.ts";
import { blue, ink, orange, paper, quiet, rule } from "./palette.ts";
import { boxSign, type Chart, chart, inner, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface BudgetOf {
  readonly name: string;
  readonly insats: string;
  readonly rows: readonly Budget[];
  /** What a budget line is called. */
  readonly postNamn: (row: Budget) => string;
  readonly exempel: boolean;
}

const line = 17;
const bar = 14;
const gap = 3;

/** The three ways a cell is shown, in the order of the bars: light, middle and dark, so that grey tells them apart too. */
const ways = [
  { column: "budget_ore", label: "budget", fill: "#dcebf5", stroke: blue },
  { column: "omraknad_ore", label: "omräknad ur bemanning", fill: orange, stroke: ink },
  { column: "utfall_ore", label: "fakturerat", fill: ink, stroke: ink },
] as const;

const isRecomputedOtherwise = ({ budget_ore: budget, omraknad_ore: omraknad }: Budget): boolean =>
  budget !== null && omraknad !== null && budget !== omraknad;

const ofThem = (count: number): string => (count === 0 ? "Ingen av dem" : `${begun(counted(count))} av dem`);

const sentenceOf = (rows: readonly Budget[]): string => {
  const recomputed = rows.filter(({ omraknad_ore: ore }) => ore !== null);
  const otherwise = rows.filter(isRecomputedOtherwise).length;
  const invoiced = rows.filter(({ utfall_ore: ore }) => ore !== null);
  const explain = rows.filter(({ kraver_forklaring: needed }) => needed).length;
  return [
    recomputed.length === 0
      ? "Ingen post går att räkna om ur bemanningen."
      : `${begun(counted(recomputed.length))} av ${things(rows.length, "en post", "poster")} går att räkna om ur bemanningen. ${ofThem(otherwise)} ger ett annat belopp än budgeten.`,
    invoiced.length === 0
      ? "Inget fakturerat belopp finns i underlaget."
      : `Fakturerat belopp finns för ${things(invoiced.length, "en post", "poster")}. ${ofThem(explain)} kräver en förklaring.`,
  ].join(" ");
};

interface BudgetColumn {
  readonly heading: string;
  readonly numeric?: true;
  readonly cell: (row: Budget) => string;
}

const explained = ({ kraver_forklaring: needed, forklaring }: Budget): string =>
  [needed ? "Förklaring krävs." : "", forklaring ? "Se Budget mot bemanning." : ""].join(" ").trim() || missing;

const deviation = ({ avvikelse_ore: ore, avvikelse_procent: procent }: Budget): string =>
  procent === null ? signedAmount(ore) : `${signedAmount(ore)} (${percent(procent / 100)})`;

const budgeted = ({ budget_ore: ore, status }: Budget): string =>
  ore === null || status === null ? amount(ore) : `${amount(ore)} (${spell(status)})`;

/** Every budget line and year, drawn or not. A column that no row has anything in is left out. */
export const budgetTable = (rows: readonly Budget[], postNamn: (row: Budget) => string): Table => {
  const invoiced = rows.some(({ utfall_ore: ore }) => ore !== null);
  const columns: BudgetColumn[] = [
    { heading: "Post", cell: postNamn },
    { heading: "År", numeric: true, cell: ({ ar }) => String(ar) },
    { heading: "Budget", numeric: true, cell: budgeted },
    { heading: "Omräknad", numeric: true, cell: ({ omraknad_ore: ore }) => amount(ore) },
    ...(invoiced
      ? ([
          { heading: "Fakturerat", numeric: true, cell: ({ utfall_ore: ore }) => amount(ore) },
          { heading: "Fakturerat minus budget", numeric: true, cell: deviation },
        ] satisfies BudgetColumn[])
      : []),
    ...(rows.some((row) => explained(row) !== missing) ? [{ heading: "Anmärkning", cell: explained }] : []),
  ];
  return {
    caption: invoiced ? "Budget, omräknad kostnad och fakturerat" : "Budget och omräknad kostnad",
    columns,
    rows: rows.map((row) => ({ id: row.resultat_id, cells: columns.map(({ cell }) => cell(row)) })),
  };
};

interface Bar {
  readonly row: Budget;
  readonly way: (typeof ways)[number];
  readonly ore: number;
  readonly y: number;
}

interface Placed {
  readonly bars: readonly Bar[];
  readonly headings: readonly { readonly text: string; readonly y: number }[];
  readonly labels: readonly { readonly text: string; readonly y: number }[];
  readonly height: number;
}

/** Year by year, each budget line's bars under one another, beside its name. */
const placed = (rows: readonly Budget[], postNamn: (row: Budget) => string, left: number): Placed => {
  const bars: Bar[] = [];
  const headings: { text: string; y: number }[] = [];
  const labels: { text: string; y: number }[] = [];
  let y = 0;
  for (const ar of [...new Set(rows.map((row) => row.ar))].sort()) {
    headings.push({ text: String(ar), y });
    y += line + 4;
    for (const row of rows.filter((one) => one.ar === ar)) {
      const lines = broken(postNamn(row), lettering, left - 10);
      const own = ways.flatMap((way): Omit<Bar, "y">[] => {
        const ore = row[way.column];
        return ore === null ? [] : [{ row, way, ore }];
      });
      labels.push({ text: lines.join("\n"), y });
      bars.push(...own.map((one, i) => ({ ...one, y: y + i * (bar + 1) })));
      y += Math.max(own.length * (bar + 1), lines.length * line) + gap;
    }
    y += 6;
  }
  return { bars, headings, labels, height: y };
};

/**
 * Bars side by side for each budget line and year: budgeted, recomputed, invoiced, as far as each is known; 0 is a line.
 * Undefined without a budget: there is nothing to hold the other amounts against.
 */
export const budget = ({ name, insats, rows, postNamn, exempel }: BudgetOf): Chart | undefined => {
  const drawn = rows.filter((row) => ways.some(({ column }) => (row[column] ?? 0) !== 0));
  if (!drawn.some(({ budget_ore: ore }) => ore !== null)) return undefined;
  const left = Math.min(170, 10 + Math.max(...drawn.map((row) => widthOf(postNamn(row), lettering))));
  const { bars, headings, labels, height: bottom } = placed(drawn, postNamn, left);
  const height = bottom + 22;
  const tkr = ({ ore }: Bar): number => ore / 100_000;
  const amounts = bars.map(tkr);
  const words = (one: Bar): string => number(tkr(one), 1);
  const wide = 8 + Math.max(...bars.map((one) => widthOf(words(one), lettering)));

  const drawing = plotMarkup({
    height,
    marginLeft: left,
    marginBottom: 22,
    x: { domain: [Math.min(0, ...amounts), Math.max(...amounts)], range: [left, inner - wide], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.gridX({ ticks: 4, stroke: rule, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: 4,
        tickFormat: (tick: number) => number(tick),
        label: null,
        tickSize: 0,
        fontSize: lettering,
        fill: quiet,
      }),
      [...headings, ...labels].map(({ text, y }) =>
        Plot.text([text], {
          frameAnchor: "left",
          dx: -left,
          y,
          textAnchor: "start",
          lineAnchor: "top",
          lineHeight: line / lettering,
          fontSize: lettering,
          ...(headings.some((one) => one.y === y && one.text === text) ? { fontWeight: 600 } : {}),
        }),
      ),
      // Under the bars: the paper around a figure hides the grid and no bar.
      Plot.text(bars, {
        x: (one: Bar) => Math.max(0, tkr(one)),
        y: ({ y }: Bar) => y + bar / 2,
        dx: 5,
        text: words,
        textAnchor: "start",
        fontSize: lettering,
        stroke: paper,
        strokeWidth: 4,
        fill: ink,
      }),
      Plot.rect(bars, {
        x1: 0,
        x2: tkr,
        y1: "y",
        y2: ({ y }: Bar) => y + bar,
        fill: ({ way }: Bar) => way.fill,
        stroke: ({ way }: Bar) => way.stroke,
        strokeWidth: 1.25,
      }),
      Plot.ruleX(
        bars.filter(({ ore }) => ore === 0),
        { x: 0, y1: "y", y2: ({ y }: Bar) => y + bar, stroke: ({ way }: Bar) => way.stroke, strokeWidth: 3 },
      ),
    ],
  });
  return chart({
    name,
    title: `Budget, omräknad kostnad och fakturerat: ${insats}`,
    sentence: sentenceOf(rows),
    table: budgetTable(rows, postNamn),
    legend: ways
      .filter((way) => bars.some((one) => one.way === way))
      .map(({ label, fill, stroke }) => ({ sign: boxSign(fill, stroke), label })),
    note: "Tusental kronor.",
    drawing,
    height,
    exempel,
  });
};
