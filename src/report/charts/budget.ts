/** What was budgeted, what the staffing lines come to, and what was invoiced. */
import { begun, counted, grouped, listed, spell, things } from "../../schema/swedish.ts";
import { amount, missing, signedAmount, signedPart } from "../figures.ts";
import type { Budget } from "../publik.ts";
import type { CellColumn, Table, TableRow } from "../table.ts";
import { type Bar, type BarRow, barChart } from "./bars.ts";
import { blue, ink, orange } from "./palette.ts";
import { boxSign, type Chart, type InsatsChartOf } from "./picture.ts";

export interface BudgetOf extends InsatsChartOf {
  readonly rows: readonly Budget[];
  readonly postNamn: (row: Budget) => string;
}

/** The three ways a cell is shown, in the order of the bars: light, middle and dark, so that grey tells them apart too. */
const ways = [
  { column: "budget_ore", name: "budget", label: "budget", fill: "#dcebf5", stroke: blue },
  { column: "omraknad_ore", name: "omräknad kostnad", label: "omräknad ur bemanning", fill: orange, stroke: ink },
  { column: "utfall_ore", name: "fakturerat", label: "fakturerat", fill: ink, stroke: ink },
] as const;

type Way = (typeof ways)[number];

/** Those of the ways that some row has, as a heading: `Budget och omräknad kostnad`. */
const headingOf = (rows: readonly Budget[], some: readonly Way[] = ways): string =>
  begun(listed(some.filter(({ column }) => rows.some((row) => row[column] !== null)).map(({ name }) => name)));

/** Whether the insats has a budget at all for a row's year: without one there is nothing to hold an amount against. */
export const hasBudget = (
  rows: readonly Budget[],
  { insats_id: insats, ar }: { readonly insats_id: string; readonly ar: number },
): boolean => rows.some((row) => row.insats_id === insats && row.ar === ar && row.budget_ore !== null);

/** Öre that the staffing comes to beyond the budget; null without either. */
const recomputedOver = ({ budget_ore: budget, omraknad_ore: omraknad }: Budget): number | null =>
  budget === null || omraknad === null ? null : omraknad - budget;

const ofThem = (count: number): string => (count === 0 ? "Ingen av dem" : `${begun(counted(count))} av dem`);

/** `: sammanlagt 275 940 kr mindre`; both ways apart, since they would hide each other. */
const howFar = (rows: readonly Budget[]): string => {
  const differences = rows.flatMap((row) => recomputedOver(row) ?? []);
  const told = (
    [
      ["mer", differences.filter((ore) => ore > 0)],
      ["mindre", differences.filter((ore) => ore < 0)],
    ] as const
  ).flatMap(([word, own]) => {
    const sum = amount(Math.abs(own.reduce((a, b) => a + b, 0)));
    return own.length === 0 ? [] : [`${own.length === 1 ? "" : "sammanlagt "}${sum} ${word}`];
  });
  return told.length === 0 ? "" : `: ${listed(told)}`;
};

/** What the staffing comes to beside the budget. */
const findingOf = (rows: readonly Budget[]): string => {
  if (rows.every(({ omraknad_ore: ore }) => ore === null)) return "Ingen budgetpost går att räkna om ur bemanningen";
  const far = howFar(rows);
  return far === "" ? "Bemanningen ger det som budgeten anger" : `Bemanningen ger ${far.slice(2)} än budgeten`;
};

const sentenceOf = (rows: readonly Budget[]): string => {
  const recomputed = rows.filter(({ omraknad_ore: ore }) => ore !== null);
  const otherwise = rows.filter((row) => (recomputedOver(row) ?? 0) !== 0).length;
  const invoiced = rows.filter(({ utfall_ore: ore }) => ore !== null);
  const explain = rows.filter((row) => row.kraver_forklaring && hasBudget(rows, row)).length;
  return [
    recomputed.length === 0
      ? "Ingen post går att räkna om ur bemanningen."
      : `${begun(counted(recomputed.length))} av ${things(rows.length, "en post", "poster")} går att räkna om ur bemanningen. ${ofThem(otherwise)} ger ett annat belopp än budgeten${howFar(rows)}.`,
    invoiced.length === 0
      ? "Inget fakturerat belopp finns i underlaget."
      : `Fakturerat belopp finns för ${things(invoiced.length, "en post", "poster")}. ${ofThem(explain)} kräver en förklaring.`,
  ].join(" ");
};

interface BudgetColumn extends CellColumn<Budget> {
  /** What stands in a row of sums. */
  readonly sum?: (rows: readonly Budget[]) => string;
}

/** What a budget is held against, the difference, and what is remarked on it. */
interface Side {
  readonly heading: string;
  readonly column: Exclude<Way["column"], "budget_ore">;
  readonly over: (row: Budget) => number | null;
  /** The difference as a row has it. */
  readonly told: (row: Budget) => string;
  readonly remark: (row: Budget, rows: readonly Budget[]) => string;
}

const recomputedSide: Side = {
  heading: "Omräknad",
  column: "omraknad_ore",
  over: recomputedOver,
  told: (row) => signedAmount(recomputedOver(row)),
  remark: ({ forklaring }) => (forklaring === null ? missing : "Se Budget mot bemanning."),
};

const invoicedSide: Side = {
  heading: "Fakturerat",
  column: "utfall_ore",
  over: ({ avvikelse_ore: ore }) => ore,
  told: (row) => signedPart(row.avvikelse_ore, row.avvikelse_procent),
  remark: (row, rows) => {
    if (!row.kraver_forklaring) return missing;
    return hasBudget(rows, row) ? "Förklaring krävs." : "Ingen budget för året har lämnats.";
  },
};

const budgeted = ({ budget_ore: ore, status }: Budget): string =>
  ore === null || status === null ? amount(ore) : `${amount(ore)} (${spell(status)})`;

/** The sum of what every row has; null where one lacks it, since what is missing is not 0. */
const sumOf = (rows: readonly Budget[], value: (row: Budget) => number | null): number | null =>
  rows.reduce<number | null>((sum, row) => {
    const own = value(row);
    return sum === null || own === null ? null : sum + own;
  }, 0);

/** The columns that some row has anything in. */
const columnsOf = (
  rows: readonly Budget[],
  postNamn: (row: Budget) => string,
  sides: readonly Side[],
): BudgetColumn[] => {
  const money = (heading: string, ore: Side["over"], written: typeof amount, cell: Side["told"]): BudgetColumn[] =>
    rows.some((row) => ore(row) !== null)
      ? [{ heading, numeric: true, cell, sum: (own) => written(sumOf(own, ore)) }]
      : [];
  const remark = (row: Budget): string => {
    const told = sides.map((side) => side.remark(row, rows)).filter((text) => text !== missing);
    return told.length === 0 ? missing : told.join(" ");
  };
  return [
    { heading: "Post", cell: postNamn },
    ...money("Budget", ({ budget_ore: ore }) => ore, amount, budgeted),
    ...sides.flatMap(({ heading, column, over, told }) => [
      ...money(
        heading,
        (row) => row[column],
        amount,
        (row) => amount(row[column]),
      ),
      ...money(`${heading} minus budget`, over, signedAmount, told),
    ]),
    ...(rows.some((row) => remark(row) !== missing) ? [{ heading: "Anmärkning", cell: remark }] : []),
  ];
};

/** Budgets and what they are held against, year by year, with sums of the years, of all, and of what has every amount. */
const tableOf = (all: readonly Budget[], postNamn: (row: Budget) => string, sides: readonly Side[]): Table => {
  const shown = ways.filter(
    ({ column }) => column === "budget_ore" || sides.some(({ column: other }) => other === column),
  );
  const rows = all.filter((row) => shown.some(({ column }) => row[column] !== null));
  const columns = columnsOf(rows, postNamn, sides);
  // Nothing is added up where there is only one row, or no column that has all its parts.
  const sumRow = (group: string, label: string, own: readonly Budget[]): TableRow[] => {
    const sums = columns.slice(1).map(({ sum }) => sum?.(own) ?? missing);
    return own.length < 2 || sums.every((text) => text === missing)
      ? []
      : [{ group, isSum: true, cells: [label, ...sums] }];
  };
  const years = [...Map.groupBy(rows, ({ ar }) => String(ar))];
  const whole = years.length > 1 ? "Alla år" : (years[0]?.[0] ?? "");
  const known = rows.filter((row) => sides.every(({ over }) => over(row) !== null));
  return {
    caption: headingOf(rows, shown),
    columns,
    rows: [
      ...years.flatMap(([group, own]) => [
        ...own.map((row) => ({ group, id: row.resultat_id, cells: columns.map(({ cell }) => cell(row)) })),
        ...sumRow(group, "Summa", own),
      ]),
      ...(years.length > 1 ? sumRow(whole, "Summa", rows) : []),
      ...(known.length < rows.length ? sumRow(whole, "Summa av de poster som har båda beloppen", known) : []),
    ],
  };
};

/** Every budget line and year, drawn or not, held against its staffing and against what was invoiced, as far as there is any. */
export const budgetTables = (rows: readonly Budget[], postNamn: (row: Budget) => string): Table[] => {
  const sides = [recomputedSide, invoicedSide].filter(({ column }) => rows.some((row) => row[column] !== null));
  return (sides.length === 0 ? [recomputedSide] : sides).map((side) => tableOf(rows, postNamn, [side]));
};

/** The bar of one amount in thousands of kronor. */
const barOf = ({ fill, stroke }: Way, ore: number): Bar => {
  const tkr = ore / 100_000;
  return { pieces: [{ from: 0, to: tkr, fill, stroke }], end: grouped(tkr, 0) };
};

/** Year by year, each budget line's bars under one another, beside its name. */
const barRowsOf = (rows: readonly Budget[], postNamn: (row: Budget) => string): BarRow[] =>
  [...Map.groupBy(rows, ({ ar }) => ar)]
    .sort(([a], [b]) => a - b)
    .flatMap(([ar, own]) =>
      own.map((row) => ({
        section: String(ar),
        label: postNamn(row),
        bars: ways.flatMap((way) => {
          const ore = row[way.column];
          return ore === null ? [] : [barOf(way, ore)];
        }),
      })),
    );

/**
 * Bars side by side for each budget line and year: budgeted, recomputed, invoiced, as far as each is known; 0 is a line.
 * Undefined without a budget: there is nothing to hold the other amounts against.
 */
export const budget = ({ name, insats, rows, postNamn, exempel }: BudgetOf): Chart | undefined => {
  const drawn = rows.filter((row) => ways.some(({ column }) => (row[column] ?? 0) !== 0));
  if (!drawn.some(({ budget_ore: ore }) => ore !== null)) return undefined;
  const picture = {
    name,
    title: findingOf(drawn),
    topic: `${headingOf(drawn)}: ${insats}`,
    sentence: sentenceOf(rows),
    table: tableOf(rows, postNamn, [recomputedSide, invoicedSide]),
    legend: ways
      .filter(({ column }) => drawn.some((row) => row[column] !== null))
      .map(({ label, fill, stroke }) => ({ sign: boxSign(fill, stroke), label })),
    note: "Tusental kronor.",
    exempel,
  };
  return barChart(picture, { rows: barRowsOf(drawn, postNamn), bar: 14, isBeside: true });
};
