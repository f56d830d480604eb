/** Shares of a whole as stacked bars, 0–100 percent, with lines where the shares that were agreed or laid down meet. */
import { percent, periodLabel } from "../../schema/swedish.ts";
import type { Andel, AndelAr } from "../publik.ts";
import type { BarsOf, Piece } from "./bars.ts";
import { blue, paper, series } from "./palette.ts";
import { boxSign, type Key, lineSign } from "./picture.ts";

/** One part of a bar: `andel` is 0–1, none is negative. */
interface Delad {
  readonly andel: number | null;
  readonly andel_procent: number | null;
}

export interface Stapel<R extends Delad> {
  /** What stands above the bar. */
  readonly label: string;
  readonly rows: readonly R[];
}

export interface StaplarOf<R extends Delad> {
  /** What tells the parts apart. */
  readonly idOf: (row: R) => string;
  /** The share that was agreed or laid down. */
  readonly agreedOf: (row: R) => number | null;
  readonly namn: (id: string) => string;
  /** What the lines are, in the legend: where parts meet, and of a part by itself. */
  readonly agreed: string;
  readonly agreedPart: string;
}

/** A part of what an insats cost: over all that was invoiced, or a year's. */
export type Kostnadsdel = Andel | AndelAr;

/** One insats's parts of the whole period first, then each year's where there are several, with what the time is called. */
export const periodsOf = (whole: readonly Andel[], years: readonly AndelAr[]): Stapel<Kostnadsdel>[] => {
  const [first] = whole;
  const byYear = [...Map.groupBy(years, ({ ar }) => ar)].sort(([a], [b]) => a - b);
  return [
    { label: first?.fran && first.till ? periodLabel(first.fran, first.till) : "hela perioden", rows: whole },
    ...(byYear.length < 2 ? [] : byYear).map(([ar, rows]) => ({ label: String(ar), rows })),
  ];
};

/** Whether a bar can show the parts: all are known and none is negative. */
export const isWhole = (rows: readonly Kostnadsdel[]): boolean =>
  rows.length > 0 && rows.every(({ andel }) => andel !== null && andel >= 0);

const letter = (i: number): string => String.fromCharCode(65 + (i % 26)).repeat(1 + Math.floor(i / 26));

/** Where each share but the last ends, counted from 0. */
const boundariesOf = (shares: readonly number[]): number[] =>
  shares.slice(0, -1).map((_, i) => shares.slice(0, i + 1).reduce((a, b) => a + b, 0));

/** The bars and their legend. A bar whose agreed shares are not all known has no lines. */
export const staplar = <R extends Delad>(
  bars: readonly Stapel<R>[],
  { idOf, agreedOf, namn, agreed, agreedPart }: StaplarOf<R>,
): { readonly of: BarsOf; readonly legend: Key[] } => {
  const ids = [...new Set(bars.flatMap(({ rows }) => rows.map(idOf)))].sort();
  const colour = (id: string): string => series[ids.indexOf(id) % series.length] ?? paper;
  const sign = (id: string): string => letter(ids.indexOf(id));

  const rows = bars.map(({ label, rows: own }) => {
    const known = own.flatMap((row) => agreedOf(row) ?? []);
    let to = 0;
    const pieces = own.map((row): Piece => {
      const from = to;
      to += row.andel ?? 0;
      const id = idOf(row);
      return {
        from,
        to,
        fill: colour(id),
        words: [`${sign(id)} ${percent((row.andel_procent ?? 0) / 100)}`, sign(id), ""],
      };
    });
    return { label, bars: [{ pieces, lines: known.length === own.length ? boundariesOf(known) : [] }] };
  });
  const hasLines = rows.some((row) => row.bars.some(({ lines }) => lines.length > 0));
  const [only, ...others] = bars;
  if (only && others.length === 0) {
    // A whole by itself has nothing to stand under: each part is a bar, and what was agreed a line across it.
    const parts = only.rows.map((row) => {
      const at = agreedOf(row);
      return {
        section: only.label,
        label: `${namn(idOf(row))}: ${percent((row.andel_procent ?? 0) / 100)}`,
        bars: [{ pieces: [{ from: 0, to: row.andel ?? 0, fill: blue }], lines: at === null ? [] : [at] }],
      };
    });
    return {
      of: { rows: parts, domain: [0, 1], bar: 14 },
      legend: hasLines ? [{ sign: lineSign, label: agreedPart }] : [],
    };
  }
  const legend: Key[] = ids.map((id) => ({ sign: boxSign(colour(id)), label: `${sign(id)} ${namn(id)}` }));
  return {
    of: { rows, domain: [0, 1], bar: 24 },
    legend: hasLines ? [...legend, { sign: lineSign, label: agreed }] : legend,
  };
};
