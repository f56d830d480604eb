/** The way from budget to outcome: what each budget line cost more or less than its budget. */
import * as Plot from "@observablehq/plot";
import { begun, kronor, listed, number, things } from "../../schema/swedish.ts";
import { amount, signedAmount } from "../figures.ts";
import type { Budget } from "../publik.ts";
import type { Table } from "../table.ts";
import { broken, widthOf } from "./lettering.ts";
import { blue, ink, orange, paper, quiet, rule, sky } from "./palette.ts";
import { boxSign, type Chart, chart, inner, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface BudgettrappaOf {
  readonly name: string;
  readonly insats: string;
  readonly rows: readonly Budget[];
  /** What a budget line is called. */
  readonly postNamn: (row: Budget) => string;
  readonly exempel: boolean;
}

const line = 17;
const bar = 18;
const gap = 8;

/** One budget line over the years that have invoices. */
interface Post {
  readonly namn: string;
  /** Öre; null without a budget. */
  readonly budget: number | null;
  readonly utfall: number;
}

const isOver = ({ budget, utfall }: Post): boolean => utfall > (budget ?? 0);
const stepOf = ({ budget, utfall }: Post): number => utfall - (budget ?? 0);

/** The budget lines in the order of how far they are from their budget; a year without invoices is left out. */
const postsOf = (rows: readonly Budget[], postNamn: (row: Budget) => string): Post[] => {
  const byName = Map.groupBy(
    rows.filter(({ utfall_ore: ore }) => ore !== null),
    postNamn,
  );
  return [...byName]
    .map(([namn, own]): Post => {
      const budgets = own.flatMap(({ budget_ore: ore }) => ore ?? []);
      return {
        namn,
        budget: budgets.length === 0 ? null : budgets.reduce((a, b) => a + b, 0),
        utfall: own.reduce((sum, { utfall_ore: ore }) => sum + (ore ?? 0), 0),
      };
    })
    .sort((a, b) => Math.abs(stepOf(b)) - Math.abs(stepOf(a)) || (a.namn < b.namn ? -1 : 1));
};

const yearsOf = (rows: readonly Budget[]): string =>
  listed(
    [...new Set(rows.filter(({ utfall_ore: ore }) => ore !== null).map(({ ar }) => ar))].sort().map((ar) => String(ar)),
  );

const sumOf = (posts: readonly Post[], value: (post: Post) => number): number =>
  posts.reduce((sum, post) => sum + value(post), 0);

const tableOf = (posts: readonly Post[]): Table => ({
  caption: "Från budget till fakturerat",
  columns: [
    { heading: "Post" },
    { heading: "Budget", numeric: true },
    { heading: "Fakturerat", numeric: true },
    { heading: "Skillnad", numeric: true },
  ],
  rows: [
    ...posts.map((post) => ({
      cells: [post.namn, amount(post.budget), kronor(post.utfall), signedAmount(stepOf(post))],
    })),
    {
      isSum: true,
      cells: [
        "Summa",
        kronor(sumOf(posts, ({ budget }) => budget ?? 0)),
        kronor(sumOf(posts, ({ utfall }) => utfall)),
        signedAmount(sumOf(posts, stepOf)),
      ],
    },
  ],
});

const sentenceOf = (posts: readonly Post[], years: string): string => {
  const budget = sumOf(posts, ({ budget: ore }) => ore ?? 0);
  const utfall = sumOf(posts, ({ utfall: ore }) => ore);
  const over = posts.filter((post) => stepOf(post) > 0).length;
  const under = posts.filter((post) => stepOf(post) < 0).length;
  const differ = utfall - budget;
  const total =
    differ === 0
      ? "lika mycket som budgeten"
      : `${kronor(Math.abs(differ))} ${differ > 0 ? "mer" : "mindre"} än budgeten, ${kronor(budget)}`;
  const posters = [
    over === 0 ? "" : `${things(over, "en post", "poster")} kostade mer`,
    under === 0 ? "" : `${things(under, "en post", "poster")} mindre`,
  ].filter((text) => text !== "");
  return `${years} fakturerades ${kronor(utfall)}, ${total}.${posters.length === 0 ? "" : ` ${begun(listed(posters))} än sin budget.`}`;
};

interface Step {
  readonly label: string;
  /** Öre, from and to along the axis. */
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly stroke: string;
  readonly words: string;
  readonly y: number;
  readonly height: number;
}

/** The budget, a step for each line from where the last one ended, and what was invoiced. */
const stepsOf = (posts: readonly Post[], left: number): Step[] => {
  const tkr = (ore: number): string => number(ore / 100_000, 1);
  const budget = sumOf(posts, ({ budget: ore }) => ore ?? 0);
  const steps: Omit<Step, "y" | "height">[] = [
    { label: "Budget", from: 0, to: budget, fill: "#dcebf5", stroke: blue, words: tkr(budget) },
  ];
  let at = budget;
  for (const post of posts.filter((one) => stepOf(one) !== 0)) {
    const step = stepOf(post);
    const words = `${step > 0 ? "+" : ""}${tkr(step)}`;
    const fill = isOver(post) ? orange : sky;
    steps.push({ label: post.namn, from: at, to: at + step, fill, stroke: ink, words });
    at += step;
  }
  steps.push({ label: "Fakturerat", from: 0, to: at, fill: ink, stroke: ink, words: tkr(at) });
  let y = 0;
  return steps.map((step) => {
    const lines = broken(step.label, lettering, left - 10);
    const height = Math.max(bar, lines.length * line) + gap;
    const placed = { ...step, label: lines.join("\n"), y, height };
    y += height;
    return placed;
  });
};

/** A waterfall from budget to invoiced. Undefined where a year with invoices has no budget to begin from. */
export const budgettrappa = ({ name, insats, rows, postNamn, exempel }: BudgettrappaOf): Chart | undefined => {
  const posts = postsOf(rows, postNamn);
  if (!posts.some(({ budget }) => budget !== null)) return undefined;
  const labels = ["Fakturerat", ...posts.map(({ namn }) => namn)];
  const left = Math.min(170, 10 + Math.max(...labels.map((label) => widthOf(label, lettering))));
  const steps = stepsOf(posts, left);
  const height = steps.reduce((sum, step) => sum + step.height, 0) + 22;
  const kr = (ore: number): number => ore / 100_000;
  const ends = steps.flatMap(({ from, to }) => [kr(from), kr(to)]);
  const wide = 8 + Math.max(...steps.map(({ words }) => widthOf(words, lettering)));
  const links = steps
    .slice(1)
    .map((step, i) => ({ x: kr(steps[i]?.to ?? 0), y1: (steps[i]?.y ?? 0) + bar, y2: step.y }));

  const drawing = plotMarkup({
    height,
    marginLeft: left,
    marginBottom: 22,
    x: { domain: [Math.min(0, ...ends), Math.max(0, ...ends)], range: [left, inner - wide], axis: null },
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
      Plot.ruleX(links, { x: "x", y1: "y1", y2: "y2", stroke: ink }),
      steps.map(({ label, y }, i) =>
        Plot.text([label], {
          frameAnchor: "left",
          dx: -left,
          y,
          textAnchor: "start",
          lineAnchor: "top",
          lineHeight: line / lettering,
          fontSize: lettering,
          fontWeight: i === 0 || i === steps.length - 1 ? 600 : 400,
        }),
      ),
      Plot.rect(steps, {
        x1: ({ from }: Step) => kr(from),
        x2: ({ to }: Step) => kr(to),
        y1: "y",
        y2: ({ y }: Step) => y + bar,
        fill: "fill",
        stroke: "stroke",
        strokeWidth: 1.25,
      }),
      Plot.text(steps, {
        x: ({ from, to }: Step) => Math.max(kr(from), kr(to)),
        y: ({ y }: Step) => y + bar / 2,
        dx: 5,
        text: "words",
        textAnchor: "start",
        fontSize: lettering,
        stroke: paper,
        strokeWidth: 4,
        fill: ink,
      }),
    ],
  });
  const years = yearsOf(rows);
  return chart({
    name,
    title: `Från budget till fakturerat: ${insats}`,
    sentence: sentenceOf(posts, years),
    table: tableOf(posts),
    legend: [
      ...(posts.some((post) => stepOf(post) > 0) ? [{ sign: boxSign(orange), label: "mer än budgeten" }] : []),
      ...(posts.some((post) => stepOf(post) < 0) ? [{ sign: boxSign(sky), label: "mindre än budgeten" }] : []),
    ],
    note: `Tusental kronor, ${years}. År utan fakturor är inte med.`,
    drawing,
    height,
    exempel,
  });
};
