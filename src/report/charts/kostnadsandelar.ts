/** Who bore how much of the cost, and what was agreed. */
import { counted, grouped, listed, percent } from "../../schema/swedish.ts";
import { amount, count, share, shareOfHundred, signedDeviation, totalOf } from "../figures.ts";
import { html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Andel, AndelAr } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";
import { type BarRow, barChart } from "./bars.ts";
import { blue, grey, ink, paper } from "./palette.ts";
import { type Chart, type ChartOf, dotSign } from "./picture.ts";
import { isWhole, type Kostnadsdel, periodsOf } from "./staplar.ts";

/** What the table of amounts and shares is made from. */
export interface TableOf {
  /** Rows of dimension `forbund`, whole periods. One insats or several. */
  readonly andelar: readonly Andel[];
  /** The same by year. */
  readonly andelarAr: readonly AndelAr[];
  readonly names: Pick<Names, "insats" | "forbund">;
}

interface KostnadsandelarOf extends TableOf, ChartOf {
  readonly title: string;
}

interface Bar {
  readonly insats: string;
  readonly label: string;
  readonly rows: readonly Kostnadsdel[];
}

const barsOf = ({ andelar, andelarAr, names }: TableOf): Bar[] => {
  const insatser = [...new Set(andelar.map(({ insats_id: insats }) => insats))];
  return insatser.flatMap((insats) => {
    const isOwn = (row: Kostnadsdel): boolean => row.insats_id === insats;
    const name = insatser.length > 1 ? `${names.insats(insats)}, ` : "";
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
    const where = several ? `${about.names.insats(insats)}: av` : "Av";
    const agreed = rows.every(({ avtalad_andel: andel }) => andel !== null)
      ? ` Avtalat är ${listed(rows.map(({ id, avtalad_andel: andel }) => `${about.names.forbund(id)} ${percent(andel ?? 0)}`))}.`
      : " Ingen avtalad fördelning finns i underlaget.";
    return `${where} ${amount(totalOf(rows))} bär ${paidText(rows, about.names.forbund)}.${agreed}`;
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

const tableOfBars = (bars: readonly Bar[], { names }: TableOf): Table =>
  tableOf(
    "Kostnad per förbund",
    bars.flatMap(({ label, rows }) => rows.map((row) => ({ ...row, label }))),
    [
      column("Förbund", ({ id }) => names.forbund(id)),
      column("Avser", ({ label }) => label),
      figure("Belopp", (row) => amount(row.belopp_ore)),
      figure("Andel", (row) => shareOfHundred(row.andel_procent)),
      figure("Avtalad andel", (row) => share(row.avtalad_andel), hasAgreed),
      figure(
        "Mer eller mindre än avtalat",
        (row) => signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
        hasAgreed,
      ),
      figure(
        "Timmar",
        (row) => count(row.timmar),
        ({ timmar }) => timmar !== null,
      ),
    ],
  );

/** All amounts and shares, drawn or not. */
export const kostnadsandelarTable = (about: TableOf): Table => tableOfBars(barsOf(about), about);

/** The förbund whose share differs most from what was agreed; without an agreement the one that bears most. */
const findingOf = (bars: readonly Bar[], namn: (id: string) => string): string => {
  const rows = bars.flatMap((bar) => bar.rows);
  const off = ({ andel, avtalad_andel: agreed }: Kostnadsdel): number =>
    agreed === null || andel === null ? 0 : Math.abs(andel - agreed);
  const [most] = rows.toSorted((a, b) => off(b) - off(a) || (b.andel ?? 0) - (a.andel ?? 0));
  if (most === undefined) return "";
  const { id, andel, avtalad_andel: agreed } = most;
  return `${namn(id)} bar ${percent(andel ?? 0, 0)} av kostnaden${agreed === null ? "" : `, avtalat var ${percent(agreed, 0)}`}`;
};

/**
 * Per insats and förbund a dot at the share it bore and a mark at what was agreed, with a line between them, 0–100 percent.
 * Undefined where no cost is shared: one förbund bears all of what it pays alone.
 */
export const kostnadsandelar = (about: KostnadsandelarOf): Chart | undefined => {
  const { name, title, names, exempel } = about;
  const all = barsOf(about);
  const isDrawn = ({ rows }: Bar): boolean => rows.length > 1 && !rows.some((row) => "ar" in row) && isWhole(rows);
  const bars = all.filter(isDrawn);
  if (bars.length === 0) return undefined;
  const rows = bars.flatMap(({ label, rows: own }) =>
    own.map((row): BarRow => {
      const { id, andel, avtalad_andel: agreed } = row;
      const at = andel ?? 0;
      return {
        section: `${label}: ${amount(totalOf(own))}`,
        label: `${names.forbund(id)}: ${percent(at)}${agreed === null ? "" : `, avtalat ${percent(agreed)}`}`,
        bars: [
          {
            pieces: agreed === null ? [] : [{ from: agreed, to: at, fill: grey }],
            dots: [
              ...(agreed === null ? [] : [{ at: agreed, fill: paper, symbol: "diamond" as const, words: "" }]),
              { at, fill: blue, symbol: "circle" as const, words: "" },
            ],
          },
        ],
      };
    }),
  );
  const hasAgreement = bars.some((bar) => bar.rows.some(hasAgreed));
  const left = all.filter((bar) => !isWhole(bar.rows)).length;
  const picture = {
    name,
    title: findingOf(bars, names.forbund),
    topic: title,
    sentence: sentenceOf(bars, left, about),
    table: tableOfBars(all, about),
    legend: [
      { sign: dotSign(blue, "6"), label: "andel av det fakturerade" },
      hasAgreement && {
        sign: html`<path d="M9 -1L14 7L9 15L4 7Z" fill="${paper}" stroke="${ink}"/>`,
        label: "avtalad andel",
      },
    ],
    note: "Procent av insatsens kostnad.",
    exempel,
  };
  return barChart(picture, {
    rows,
    domain: [0, 1],
    bar: 8,
    ticks: [0, 0.25, 0.5, 0.75, 1],
    tickText: (tick) => grouped(tick * 100),
  });
};
