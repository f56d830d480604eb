/** What kind of party the cost of an insats went to. */
import { begun, listed, percent, spell } from "../../schema/swedish.ts";
import { amount, count, shareOfHundred, totalOf, wholeAmount } from "../figures.ts";
import type { Andel, AndelAr } from "../publik.ts";
import { type CellColumn, column, figure, tableOf } from "../table.ts";
import { barChart } from "./bars.ts";
import type { Chart, InsatsChartOf } from "./picture.ts";
import { isWhole, type Kostnadsdel, periodsOf, staplar } from "./staplar.ts";

interface HuvudmanOf extends InsatsChartOf {
  /** Rows of dimension `huvudman` of one insats: the whole period, and by year. */
  readonly andelar: readonly Andel[];
  readonly andelarAr: readonly AndelAr[];
}

const ordinary = (id: string): string => (id === "ingen" ? "ingen angiven part" : spell(id));
const namn = (id: string): string => begun(ordinary(id));

/** What a cost came to: amount, share, hours, and the amount of an hour. */
export const costColumns: readonly CellColumn<Kostnadsdel>[] = [
  figure("Belopp", (row) => amount(row.belopp_ore)),
  figure("Andel", (row) => shareOfHundred(row.andel_procent)),
  figure("Timmar", (row) => count(row.timmar)),
  figure("Kronor per timme", (row) => wholeAmount(row.kr_per_timme)),
];

/** One bar for the whole period and one a year. Undefined where no invoice names a part, or a share is negative. */
export const huvudman = ({ name, insats, andelar, andelarAr, exempel }: HuvudmanOf): Chart | undefined => {
  if (!andelar.some(({ id }) => id !== "ingen")) return undefined;
  const periods = periodsOf(andelar, andelarAr);
  const bars = periods
    .filter(({ rows }) => isWhole(rows))
    .map(({ label, rows }) => ({ label: `${label}: ${amount(totalOf(rows))}`, rows }));
  const { of, legend } = staplar(bars, {
    idOf: ({ id }) => id,
    agreedOf: () => null,
    namn,
    agreed: "",
    agreedPart: "",
  });
  const largest = andelar.toSorted((a, b) => (b.andel ?? 0) - (a.andel ?? 0))[0];
  const shares = andelar.map(
    ({ id, andel_procent: procent }) => `${percent((procent ?? 0) / 100)} till ${ordinary(id)}`,
  );
  return barChart(
    {
      name,
      title: `${begun(ordinary(largest?.id ?? ""))} fick ${percent((largest?.andel_procent ?? 0) / 100, 0)} av det fakturerade`,
      topic: `Kostnad per huvudman: ${insats}`,
      sentence: `Av ${amount(totalOf(andelar))} gick ${listed(shares)}.`,
      table: tableOf(
        "Kostnad per huvudman",
        periods.flatMap(({ label, rows }) => rows.map((row) => ({ ...row, label }))),
        [column("Huvudman", ({ id }) => namn(id)), column("Avser", ({ label }) => label), ...costColumns],
      ),
      note: "Staplarna visar andel av det fakturerade.",
      legend,
      exempel,
    },
    of,
  );
};
