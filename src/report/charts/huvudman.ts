/** What kind of party the cost of an insats went to. */
import { begun, kronor, listed, percent, periodLabel, spell } from "../../schema/swedish.ts";
import { amount, count, shareOfHundred, wholeAmount } from "../figures.ts";
import type { Andel, AndelAr } from "../publik.ts";
import { type CellColumn, type Table, tableOf } from "../table.ts";
import { type Chart, chart } from "./picture.ts";
import { staplar } from "./staplar.ts";

export interface HuvudmanOf {
  readonly name: string;
  readonly insats: string;
  /** Rows of dimension `huvudman` of one insats: the whole period, and by year. */
  readonly andelar: readonly Andel[];
  readonly andelarAr: readonly AndelAr[];
  readonly exempel: boolean;
}

type Delad = Andel | AndelAr;

const ordinary = (id: string): string => (id === "ingen" ? "ingen angiven part" : spell(id));
const namn = (id: string): string => begun(ordinary(id));

const totalOf = (rows: readonly Delad[]): number => rows.reduce((sum, { belopp_ore: ore }) => sum + (ore ?? 0), 0);

/** A row with what its period is called. */
type PeriodRow = Delad & { readonly period: string };

const periodsOf = ({ andelar, andelarAr }: Pick<HuvudmanOf, "andelar" | "andelarAr">): PeriodRow[][] => {
  const [first] = andelar;
  const whole = first?.fran && first.till ? periodLabel(first.fran, first.till) : "hela perioden";
  const years = [...Map.groupBy(andelarAr, ({ ar }) => ar)].sort(([a], [b]) => a - b);
  return [
    andelar.map((row) => ({ ...row, period: whole })),
    ...(years.length < 2 ? [] : years).map(([ar, rows]) => rows.map((row) => ({ ...row, period: String(ar) }))),
  ];
};

/** What a cost came to: amount, share, hours, and the amount of an hour. */
export const costColumns: readonly CellColumn<Delad>[] = [
  { heading: "Belopp", numeric: true, cell: (row) => amount(row.belopp_ore) },
  { heading: "Andel", numeric: true, cell: (row) => shareOfHundred(row.andel_procent) },
  { heading: "Timmar", numeric: true, cell: (row) => count(row.timmar) },
  { heading: "Kronor per timme", numeric: true, cell: (row) => wholeAmount(row.kr_per_timme) },
];

/** All amounts, drawn or not. */
export const huvudmanTable = (of: Pick<HuvudmanOf, "andelar" | "andelarAr">): Table =>
  tableOf("Kostnad per huvudman", periodsOf(of).flat(), [
    { heading: "Huvudman", cell: ({ id }) => namn(id) },
    { heading: "Avser", cell: ({ period }) => period },
    ...costColumns,
  ]);

/** One bar for the whole period and one a year. Undefined where no invoice names a part, or a share is negative. */
export const huvudman = (of: HuvudmanOf): Chart | undefined => {
  if (!of.andelar.some(({ id }) => id !== "ingen")) return undefined;
  const bars = periodsOf(of)
    .filter((rows) => rows.every(({ andel }) => andel !== null && andel >= 0))
    .map((rows) => ({ label: `${rows[0]?.period}: ${kronor(totalOf(rows))}`, rows }));
  const drawn = staplar(bars, { idOf: ({ id }) => id, agreedOf: () => null, namn, agreed: "" });
  const shares = of.andelar.map(
    ({ id, andel_procent: procent }) => `${percent((procent ?? 0) / 100)} till ${ordinary(id)}`,
  );
  return (
    drawn &&
    chart({
      name: of.name,
      title: `Kostnad per huvudman: ${of.insats}`,
      sentence: `Av ${kronor(totalOf(of.andelar))} gick ${listed(shares)}.`,
      table: huvudmanTable(of),
      note: "Staplarna visar andel av det fakturerade.",
      ...drawn,
      exempel: of.exempel,
    })
  );
};
