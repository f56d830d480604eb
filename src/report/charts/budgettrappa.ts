/** The way from budget to outcome: what each budget line cost more or less than its budget. */
import { begun, grouped, listed, things } from "../../schema/swedish.ts";
import { amount, signedAmount } from "../figures.ts";
import type { Budget } from "../publik.ts";
import type { Table } from "../table.ts";
import { type BarRow, barChart } from "./bars.ts";
import type { BudgetOf } from "./budget.ts";
import { blue, ink, orange } from "./palette.ts";
import { boxSign, type Chart, firstSentence } from "./picture.ts";

/** One budget line over the years that have invoices. */
interface Post {
  readonly namn: string;
  /** Öre; null without a budget. */
  readonly budget: number | null;
  readonly utfall: number;
}

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
      cells: [post.namn, amount(post.budget), amount(post.utfall), signedAmount(stepOf(post))],
    })),
    {
      isSum: true,
      cells: [
        "Summa",
        amount(sumOf(posts, ({ budget }) => budget ?? 0)),
        amount(sumOf(posts, ({ utfall }) => utfall)),
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
      : `${amount(Math.abs(differ))} ${differ > 0 ? "mer" : "mindre"} än budgeten, ${amount(budget)}`;
  const posters = [
    over === 0 ? "" : `${things(over, "en post", "poster")} kostade mer`,
    under === 0 ? "" : `${things(under, "en post", "poster")} mindre`,
  ].filter((text) => text !== "");
  return `${years} fakturerades ${amount(utfall)}, ${total}.${posters.length === 0 ? "" : ` ${begun(listed(posters))} än sin budget.`}`;
};

/** The budget, a step for each line from where the last one ended, and what was invoiced: in thousands of kronor. */
const stepsOf = (posts: readonly Post[]): BarRow[] => {
  const words = (tkr: number): string => grouped(tkr, 0);
  const budget = sumOf(posts, ({ budget: ore }) => ore ?? 0) / 100_000;
  let at = budget;
  const steps = posts
    .filter((post) => stepOf(post) !== 0)
    .map((post) => {
      const step = stepOf(post) / 100_000;
      const from = at;
      at += step;
      const fill = step > 0 ? orange : blue;
      return {
        label: post.namn,
        bars: [{ pieces: [{ from, to: at, fill }], end: `${step > 0 ? "+" : ""}${words(step)}` }],
      };
    });
  return [
    {
      heading: "Budget",
      bars: [{ pieces: [{ from: 0, to: budget, fill: "#dcebf5", stroke: blue }], end: words(budget) }],
    },
    ...steps,
    { heading: "Fakturerat", bars: [{ pieces: [{ from: 0, to: at, fill: ink }], end: words(at) }] },
  ];
};

/** A waterfall from budget to invoiced. Undefined where a year with invoices has no budget to begin from. */
export const budgettrappa = ({ name, insats, rows, postNamn, exempel }: BudgetOf): Chart | undefined => {
  const posts = postsOf(rows, postNamn);
  if (!posts.some(({ budget }) => budget !== null)) return undefined;
  const years = yearsOf(rows);
  const sentence = sentenceOf(posts, years);
  const picture = {
    name,
    title: firstSentence(sentence),
    topic: `Från budget till fakturerat: ${insats}`,
    sentence,
    table: { ...tableOf(posts), grund: "budgetutfall" },
    legend: [
      posts.some((post) => stepOf(post) > 0) && { sign: boxSign(orange), label: "mer än budgeten" },
      posts.some((post) => stepOf(post) < 0) && { sign: boxSign(blue), label: "mindre än budgeten" },
    ],
    note: `Tusental kronor, ${years}. År utan fakturor är inte med.`,
    exempel,
  };
  return barChart(picture, { rows: stepsOf(posts), bar: 18, isBeside: true, isLinked: true });
};
