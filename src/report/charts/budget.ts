/** What was budgeted, what the staffing lines come to, and what was invoiced. */
import * as Plot from "@observablehq/plot";
import { arrowTable } from "../../db/arrow.ts";
import { begun, counted, number, percent, spell, things } from "../../schema/swedish.ts";
import { amount, missing, signedAmount } from "../figures.ts";
import { html } from "../html.ts";
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
const bar = 16;

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

const explained = ({ forklaring, kraver_forklaring: needed }: Budget): string =>
  forklaring ?? (needed ? "Förklaring krävs." : missing);

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
    ...(rows.some((row) => explained(row) !== missing) ? [{ heading: "Förklaring", cell: explained }] : []),
  ];
  return {
    caption: invoiced ? "Budget, omräknad kostnad och fakturerat" : "Budget och omräknad kostnad",
    columns,
    rows: rows.map((row) => ({ id: row.resultat_id, cells: columns.map(({ cell }) => cell(row)) })),
  };
};

/**
 * One line per budget line and year: the budget as a box, the invoiced as a bar in it, the recomputed as a diamond.
 * Undefined without a budget: there is nothing to hold the other amounts against.
 */
export const budget = ({ name, insats, rows, postNamn, exempel }: BudgetOf): Chart | undefined => {
  const isDrawn = ({ budget_ore: a, omraknad_ore: b, utfall_ore: c }: Budget): boolean =>
    [a, b, c].some((ore) => ore !== null && ore > 0);
  const drawn = rows.filter(isDrawn);
  if (!drawn.some(({ budget_ore: ore }) => ore !== null)) return undefined;
  const left = Math.min(170, 10 + Math.max(...drawn.map((row) => widthOf(postNamn(row), lettering))));
  const years = [...new Set(drawn.map(({ ar }) => ar))].sort();
  let y = 0;
  const headings: { ar: number; y: number }[] = [];
  const tops = new Map<string, number>();
  const labels = new Map<string, string[]>();
  for (const ar of years) {
    headings.push({ ar, y });
    y += line + 4;
    for (const row of drawn.filter((one) => one.ar === ar)) {
      const lines = broken(postNamn(row), lettering, left - 10);
      tops.set(row.resultat_id, y);
      labels.set(row.resultat_id, lines);
      y += Math.max(bar + 8, lines.length * line + 4);
    }
    y += 8;
  }
  const height = y + 22;
  const kr = (ore: number | bigint | null): number => Number(ore ?? 0) / 100;
  const max = Math.max(...drawn.flatMap((row) => [row.budget_ore, row.omraknad_ore, row.utfall_ore].map(kr)));
  const top = ({ resultat_id: id }: Budget): number => tops.get(id) ?? 0;

  const table = arrowTable("budgetutfall", drawn);
  const drawing = plotMarkup({
    height,
    marginLeft: left,
    marginBottom: 22,
    x: { domain: [0, max], range: [left, inner - 24], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.gridX({ ticks: 4, stroke: rule, strokeOpacity: 1 }),
      Plot.axisX({
        ticks: 4,
        tickFormat: (tick: number) => number(tick / 1000),
        label: null,
        tickSize: 0,
        fontSize: lettering,
        fill: quiet,
      }),
      headings.map(({ ar, y: at }) =>
        Plot.text([String(ar)], {
          x: 0,
          dx: -left,
          y: at,
          textAnchor: "start",
          lineAnchor: "top",
          fontSize: lettering,
          fontWeight: 600,
          stroke: paper,
          strokeWidth: 6,
          fill: ink,
        }),
      ),
      drawn.map((row) =>
        Plot.text([(labels.get(row.resultat_id) ?? []).join("\n")], {
          x: 0,
          dx: -left,
          y: top(row) + 1,
          textAnchor: "start",
          lineAnchor: "top",
          lineHeight: line / lettering,
          fontSize: lettering,
        }),
      ),
      Plot.rect(table, {
        filter: ({ budget_ore: ore }: Budget) => ore !== null,
        x1: 0,
        x2: ({ budget_ore: ore }: Budget) => kr(ore),
        y1: top,
        y2: (row: Budget) => top(row) + bar,
        fill: "#dcebf5",
        stroke: blue,
        strokeWidth: 1.5,
      }),
      Plot.rect(table, {
        filter: ({ utfall_ore: ore }: Budget) => ore !== null && ore > 0,
        x1: 0,
        x2: ({ utfall_ore: ore }: Budget) => kr(ore),
        y1: (row: Budget) => top(row) + 4,
        y2: (row: Budget) => top(row) + bar - 4,
        fill: ink,
      }),
      Plot.dot(table, {
        filter: ({ omraknad_ore: ore }: Budget) => ore !== null,
        x: ({ omraknad_ore: ore }: Budget) => kr(ore),
        y: (row: Budget) => top(row) + bar / 2,
        symbol: "diamond",
        r: 6,
        fill: orange,
        stroke: ink,
        strokeWidth: 1.25,
      }),
    ],
  });
  const has = (column: "budget_ore" | "omraknad_ore" | "utfall_ore"): boolean =>
    drawn.some((row) => row[column] !== null);
  return chart({
    name,
    title: `Budget, omräknad kostnad och fakturerat: ${insats}`,
    sentence: sentenceOf(rows),
    table: budgetTable(rows, postNamn),
    legend: [
      ...(has("budget_ore") ? [{ sign: boxSign("#dcebf5", blue), label: "budget" }] : []),
      ...(has("omraknad_ore")
        ? [
            {
              sign: html`<path d="M9 0L14 7L9 14L4 7Z" fill="${orange}" stroke="${ink}" stroke-width="1.25"/>`,
              label: "omräknad ur bemanning",
            },
          ]
        : []),
      ...(has("utfall_ore")
        ? [{ sign: html`<rect x="1" y="3" width="16" height="8" fill="${ink}"/>`, label: "fakturerat" }]
        : []),
    ],
    note: "Tusental kronor.",
    drawing,
    height,
    exempel,
  });
};
