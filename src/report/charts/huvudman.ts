/** What kind of party the cost of an insats went to. */
import { begun, kronor, listed, number, percent, periodLabel, spell } from "../../schema/swedish.ts";
import { amount, missing } from "../figures.ts";
import type { Andel, AndelAr } from "../publik.ts";
import type { Table } from "../table.ts";
import { type Chart, chart } from "./picture.ts";
import { type Stapel, staplar } from "./staplar.ts";

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

interface Period extends Stapel<Delad> {
  readonly period: string;
}

const periodsOf = ({ andelar, andelarAr }: Pick<HuvudmanOf, "andelar" | "andelarAr">): Period[] => {
  const [first] = andelar;
  const whole = first?.fran && first.till ? periodLabel(first.fran, first.till) : "hela perioden";
  const years = [...new Set(andelarAr.map(({ ar }) => ar))].sort();
  const made = (period: string, rows: readonly Delad[]): Period => ({
    period,
    label: `${period}: ${kronor(totalOf(rows))}`,
    rows,
  });
  return [
    made(whole, andelar),
    ...(years.length < 2 ? [] : years).map((ar) =>
      made(
        String(ar),
        andelarAr.filter((row) => row.ar === ar),
      ),
    ),
  ];
};

/** All amounts, drawn or not. */
export const huvudmanTable = (of: Pick<HuvudmanOf, "andelar" | "andelarAr">): Table => ({
  caption: "Kostnad per huvudman",
  columns: [
    { heading: "Huvudman" },
    { heading: "Avser" },
    { heading: "Belopp", numeric: true },
    { heading: "Andel", numeric: true },
    { heading: "Timmar", numeric: true },
    { heading: "Kronor per timme", numeric: true },
  ],
  rows: periodsOf(of).flatMap(({ period, rows }) =>
    rows.map((row) => ({
      id: row.resultat_id,
      cells: [
        namn(row.id),
        period,
        amount(row.belopp_ore),
        row.andel_procent === null ? missing : percent(row.andel_procent / 100),
        row.timmar === null ? missing : number(row.timmar),
        row.kr_per_timme === null ? missing : kronor(Math.round(row.kr_per_timme * 100)),
      ],
    })),
  ),
});

/** One bar for the whole period and one a year. Undefined where no invoice names a part, or a share is negative. */
export const huvudman = (of: HuvudmanOf): Chart | undefined => {
  if (!of.andelar.some(({ id }) => id !== "ingen")) return undefined;
  const bars = periodsOf(of).filter(({ rows }) => rows.every(({ andel }) => andel !== null && andel >= 0));
  const drawn = staplar(bars, { column: "id", idOf: ({ id }) => id, agreedOf: () => null, namn, agreed: "" });
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
