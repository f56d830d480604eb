/** Who bore how much of the cost, and what was agreed. */
import { counted, kronor, listed, percent } from "../../schema/swedish.ts";
import { amount, count, share, shareOfHundred, signedDeviation, totalOf } from "../figures.ts";
import type { Andel, AndelAr } from "../publik.ts";
import { type Table, tableOf } from "../table.ts";
import { type Chart, type ChartOf, chart } from "./picture.ts";
import { isWhole, type Kostnadsdel, periodsOf, staplar } from "./staplar.ts";

/** What the table of amounts and shares is made from. */
export interface TableOf {
  /** Rows of dimension `forbund`, whole periods. One insats or several. */
  readonly andelar: readonly Andel[];
  /** The same by year. */
  readonly andelarAr: readonly AndelAr[];
  readonly insatsNamn: (insats: string) => string;
  readonly forbundNamn: (forbund: string) => string;
}

interface KostnadsandelarOf extends TableOf, ChartOf {
  readonly title: string;
}

interface Bar {
  readonly insats: string;
  readonly label: string;
  readonly rows: readonly Kostnadsdel[];
}

const barsOf = ({ andelar, andelarAr, insatsNamn }: TableOf): Bar[] => {
  const insatser = [...new Set(andelar.map(({ insats_id: insats }) => insats))];
  return insatser.flatMap((insats) => {
    const isOwn = (row: Kostnadsdel): boolean => row.insats_id === insats;
    const name = insatser.length > 1 ? `${insatsNamn(insats)}, ` : "";
    return periodsOf(andelar.filter(isOwn), andelarAr.filter(isOwn)).map(({ label, rows }) => ({
      insats,
      label: `${name}${label}`,
      rows,
    }));
  });
};

const paidText = (rows: readonly Kostnadsdel[], name: (id: string) => string): string =>
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

const hasAgreed = ({ avtalad_andel: andel }: Kostnadsdel): boolean => andel !== null;

const tableOfBars = (bars: readonly Bar[], { forbundNamn }: TableOf): Table =>
  tableOf(
    "Kostnad per förbund",
    bars.flatMap(({ label, rows }) => rows.map((row) => ({ ...row, label }))),
    [
      { heading: "Förbund", cell: ({ id }) => forbundNamn(id) },
      { heading: "Avser", cell: ({ label }) => label },
      { heading: "Belopp", numeric: true, cell: (row) => amount(row.belopp_ore) },
      { heading: "Andel", numeric: true, cell: (row) => shareOfHundred(row.andel_procent) },
      { heading: "Avtalad andel", numeric: true, isFilled: hasAgreed, cell: (row) => share(row.avtalad_andel) },
      {
        heading: "Mer eller mindre än avtalat",
        numeric: true,
        isFilled: hasAgreed,
        cell: (row) => signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
      },
      { heading: "Timmar", numeric: true, isFilled: ({ timmar }) => timmar !== null, cell: (row) => count(row.timmar) },
    ],
  );

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
