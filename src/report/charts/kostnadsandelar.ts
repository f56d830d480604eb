/** Who bore how much of the cost, and what was agreed. */
import { counted, kronor, listed, percent, periodLabel } from "../../schema/swedish.ts";
import { amount, count, share, shareOfHundred, signedDeviation } from "../figures.ts";
import type { Andel, AndelAr } from "../publik.ts";
import { type CellColumn, type Table, tableOf } from "../table.ts";
import { type Chart, chart } from "./picture.ts";
import { staplar } from "./staplar.ts";

/** What the table of amounts and shares is made from. */
export interface TableOf {
  /** Rows of dimension `forbund`, whole periods. One insats or several. */
  readonly andelar: readonly Andel[];
  /** The same by year. */
  readonly andelarAr: readonly AndelAr[];
  readonly insatsNamn: (insats: string) => string;
  readonly forbundNamn: (forbund: string) => string;
}

export interface KostnadsandelarOf extends TableOf {
  readonly name: string;
  readonly title: string;
  readonly exempel: boolean;
}

type Delad = Andel | AndelAr;

interface Bar {
  readonly insats: string;
  readonly label: string;
  readonly rows: readonly Delad[];
}

const isWhole = (rows: readonly Delad[]): boolean =>
  rows.length > 0 && rows.every(({ andel }) => andel !== null && andel >= 0);

/** Whole periods first, then each year where there are several. */
const barsOf = ({ andelar, andelarAr, insatsNamn }: TableOf): Bar[] => {
  const insatser = [...new Set(andelar.map(({ insats_id: insats }) => insats))];
  return insatser.flatMap((insats) => {
    const whole = andelar.filter((row) => row.insats_id === insats);
    const years = [...new Set(andelarAr.filter((row) => row.insats_id === insats).map(({ ar }) => ar))].sort();
    const name = insatser.length > 1 ? `${insatsNamn(insats)}, ` : "";
    const [first] = whole;
    const period = first?.fran && first.till ? periodLabel(first.fran, first.till) : "hela perioden";
    const byYear =
      years.length < 2 ? [] : years.map((ar) => andelarAr.filter((row) => row.insats_id === insats && row.ar === ar));
    return [
      { insats, label: `${name}${period}`, rows: whole },
      ...byYear.map((rows) => ({
        insats,
        label: `${name}${rows[0]?.ar ?? ""}`,
        rows,
      })),
    ];
  });
};

const totalOf = (rows: readonly Delad[]): number => rows.reduce((sum, { belopp_ore: ore }) => sum + (ore ?? 0), 0);

const paidText = (rows: readonly Delad[], name: (id: string) => string): string =>
  listed(rows.map(({ id, andel_procent: procent }) => `${name(id)} ${percent((procent ?? 0) / 100)}`));

const sentenceOf = (bars: readonly Bar[], left: number, about: KostnadsandelarOf): string => {
  const wholes = bars.filter(({ rows }) => !rows.some((row) => "ar" in row));
  const several = wholes.length > 1;
  const sentences = wholes.map(({ insats, rows }) => {
    const where = several ? `${about.insatsNamn(insats)}: av` : "Av";
    const agreed = rows.every(({ avtalad_andel: andel }) => andel !== null)
      ? ` Avtalat är ${listed(rows.map(({ id, avtalad_andel: andel }) => `${about.forbundNamn(id)} ${percent(andel ?? 0)}`))}.`
      : " Ingen avtalad fördelning finns i underlaget.";
    return `${where} ${kronor(totalOf(rows))} bär ${paidText(rows, about.forbundNamn)}.${agreed}`;
  });
  const undrawn =
    left > 0
      ? [
          `${left === 1 ? "En stapel är" : `${counted(left)} staplar är`} inte ${left === 1 ? "ritad" : "ritade"}, eftersom summan inte kan delas i andelar.`,
        ]
      : [];
  return [...sentences, ...undrawn].join(" ");
};

/** A column that no row has anything in is left out. */
const tableOfBars = (bars: readonly Bar[], about: TableOf): Table => {
  const rows = bars.flatMap(({ label, rows: own }) => own.map((row) => ({ ...row, label })));
  const columns: CellColumn<Delad & { readonly label: string }>[] = [
    { heading: "Förbund", cell: ({ id }) => about.forbundNamn(id) },
    { heading: "Avser", cell: ({ label }) => label },
    { heading: "Belopp", numeric: true, cell: (row) => amount(row.belopp_ore) },
    { heading: "Andel", numeric: true, cell: (row) => shareOfHundred(row.andel_procent) },
  ];
  if (rows.some(({ avtalad_andel: andel }) => andel !== null)) {
    columns.push(
      { heading: "Avtalad andel", numeric: true, cell: (row) => share(row.avtalad_andel) },
      {
        heading: "Mer eller mindre än avtalat",
        numeric: true,
        cell: (row) => signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
      },
    );
  }
  if (rows.some(({ timmar }) => timmar !== null)) {
    columns.push({ heading: "Timmar", numeric: true, cell: (row) => count(row.timmar) });
  }
  return tableOf("Kostnad per förbund", rows, columns);
};

/** All amounts and shares, drawn or not. */
export const kostnadsandelarTable = (about: TableOf): Table => tableOfBars(barsOf(about), about);

/** One stacked bar per insats and year, 0–100 percent; a white-edged line marks where the agreed shares meet. */
export const kostnadsandelar = (about: KostnadsandelarOf): Chart | undefined => {
  const { name, title, forbundNamn, exempel } = about;
  const all = barsOf(about);
  const bars = all.filter(({ rows }) => isWhole(rows));
  const drawn = staplar(
    bars.map(({ label, rows }) => ({ label: `${label}: ${kronor(totalOf(rows))}`, rows })),
    {
      idOf: ({ id }) => id,
      agreedOf: ({ avtalad_andel: andel }) => andel,
      namn: forbundNamn,
      agreed: "avtalad gräns mellan förbunden",
    },
  );
  return (
    drawn &&
    chart({
      name,
      title,
      sentence: sentenceOf(bars, all.length - bars.length, about),
      table: tableOfBars(all, about),
      note: "Staplarna visar andel av det fakturerade.",
      ...drawn,
      exempel,
    })
  );
};
