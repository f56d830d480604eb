/** A staffing line as the search sees it, and what it costs: exact, in öre. */
import { daysBetween } from "../schema/days.ts";

/** Öre a month, as a fraction; `d` is above zero. */
export interface Rate {
  readonly n: bigint;
  readonly d: bigint;
}

/** How many parts a month is divided into: 28, 29, 30 and 31 divide it, so months add up in whole numbers. */
export const wholeMonth = 377_580n;

export interface Line {
  /** The row it was delivered on. */
  readonly kallrad: number;
  readonly part_id: string;
  readonly roll: string;
  readonly fran: string;
  readonly till: string;
  /** Where its period can be read as ending otherwise. */
  readonly till_alt: string | null;
  /** 0–1. */
  readonly omfattning: Rate;
  /** What the share costs a month, as the row gives it; null where it gives no cost. */
  readonly kostnad: Rate | null;
  readonly manadskostnad: bigint | null;
  readonly heltidskostnad: bigint | null;
  readonly manadslon: bigint | null;
  /** The factor from pay to cost that the row states. */
  readonly po_faktor: Rate | null;
  readonly dokument: string | null;
  readonly avsnitt: string | null;
  /** Year to parts of months, as the text has its period. */
  readonly delar: ReadonlyMap<number, bigint>;
  /** The same where the period is read the other way; as `delar` where there is no other. */
  readonly delar_alt: ReadonlyMap<number, bigint>;
}

export const times = (a: Rate, b: Rate): Rate => ({ n: a.n * b.n, d: a.d * b.d });
export const over = (a: Rate, b: Rate): Rate => ({ n: a.n * b.d, d: a.d * b.n });
export const whole = (n: bigint): Rate => ({ n, d: 1n });
export const isSame = (a: Rate, b: Rate): boolean => a.n * b.d === b.n * a.d;

/** Whole units, half away from zero: the twin of the SQL macro `avrunda_del`. */
export const halfUp = (n: bigint, d: bigint): bigint =>
  n < 0n ? -((-2n * n + d) / (2n * d)) : (2n * n + d) / (2n * d);

/** Öre for so many parts of months at a rate, rounded once. */
export const costOf = ({ n, d }: Rate, delar: bigint): bigint => halfUp(n * delar, d * wholeMonth);

/** What full time costs a month: stated, pay times factor, or the share's cost over the share. */
export const fullTimeOf = (line: Line): Rate | null => {
  if (line.heltidskostnad !== null) return whole(line.heltidskostnad);
  if (line.manadslon !== null && line.po_faktor !== null) return times(whole(line.manadslon), line.po_faktor);
  return line.manadskostnad !== null && line.omfattning.n > 0n
    ? over(whole(line.manadskostnad), line.omfattning)
    : null;
};

/** The factor from pay to cost: stated, or what the row's own cost makes it. */
export const factorOf = (line: Line): Rate | null => {
  const fullTime = fullTimeOf(line);
  if (line.po_faktor !== null || line.manadslon === null || line.manadslon <= 0n) return line.po_faktor;
  return fullTime && over(fullTime, whole(line.manadslon));
};

/** A line takes another's place where part and role are the same and it begins at most so many days after the other ends. */
const month = 31;

const replaces = (later: Line, earlier: Line): boolean => {
  if (later.part_id !== earlier.part_id || later.roll !== earlier.roll || later.fran <= earlier.till) return false;
  return daysBetween(earlier.till, later.fran) - 1 <= month;
};

/** The lines that took a line's place, one after the other, first first. */
export const successorsOf = (line: Line, lines: readonly Line[]): readonly Line[] => {
  const next = lines.filter((other) => replaces(other, line)).sort((a, b) => a.kallrad - b.kallrad)[0];
  return next === undefined ? [] : [next, ...successorsOf(next, lines)];
};
