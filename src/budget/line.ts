/** A staffing line as the search sees it, and what it costs: exact, in öre. */
import { daysBetween } from "../schema/days.ts";
import { compare, over, type Rational, rational, rounded, times, zero } from "../schema/rational.ts";

/** How many parts a month is divided into: 28, 29, 30 and 31 divide it, so months add up in whole numbers. */
export const wholeMonth = 377_580n;

export interface Line {
  /** Its row in staging, and the one it was delivered on: a row of a wide table holds several lines. */
  readonly rad_id: number;
  readonly kallrad: number;
  readonly part_id: string;
  readonly roll: string;
  readonly fran: string;
  readonly till: string;
  /** Where its period can be read as ending otherwise. */
  readonly till_alt: string | null;
  /** 0–1. */
  readonly omfattning: Rational;
  /** The part of it that the text names by itself; null where it names none. */
  readonly varav: Rational | null;
  /** Öre a month for the share, full time, and the pay of full time: as far as the row gives them. */
  readonly manadskostnad: Rational | null;
  readonly heltidskostnad: Rational | null;
  readonly manadslon: Rational | null;
  /** The factor from pay to cost that the row states. */
  readonly po_faktor: Rational | null;
  readonly dokument: string | null;
  readonly avsnitt: string | null;
  /** Year to parts of months, as the text has its period. */
  readonly delar: ReadonlyMap<number, bigint>;
  /** The same where the period is read the other way; null where there is no other. */
  readonly delar_alt: ReadonlyMap<number, bigint> | null;
}

export const isSame = (a: Rational, b: Rational): boolean => compare(a, b) === 0;

/** Öre for so many parts of months at so many öre a month, rounded once, half up: the twin of `marts.bemanning_ar`. */
export const costOf = (rate: Rational, delar: bigint): bigint =>
  rounded(times(rate, rational(delar, wholeMonth)), 0, "half up").n;

/** What full time costs a month: stated, pay times factor, or the share's cost over the share. */
export const fullTimeOf = ({
  heltidskostnad,
  manadslon,
  po_faktor,
  manadskostnad,
  omfattning,
}: Line): Rational | null => {
  if (heltidskostnad) return heltidskostnad;
  if (manadslon && po_faktor) return times(manadslon, po_faktor);
  return manadskostnad && compare(omfattning, zero) > 0 ? over(manadskostnad, omfattning) : null;
};

/** What the share costs a month, as the row gives it: the twin of `kostnad` in `marts.bemanning`. */
export const costAMonthOf = (line: Line): Rational | null => {
  if (line.manadskostnad) return line.manadskostnad;
  const fullTime = fullTimeOf(line);
  return fullTime && times(fullTime, line.omfattning);
};

/** The factor from pay to cost: stated, or what the row's own cost makes it. */
export const factorOf = (line: Line): Rational | null => {
  const { manadslon, po_faktor } = line;
  if (po_faktor || !manadslon || compare(manadslon, zero) <= 0) return po_faktor;
  const fullTime = fullTimeOf(line);
  return fullTime && over(fullTime, manadslon);
};

/** The factor that makes a line's pay an amount a month for its share; null where pay or share is nothing. */
export const factorTo = (rate: Rational, { manadslon, omfattning }: Line): Rational | null =>
  manadslon && compare(manadslon, zero) > 0 && compare(omfattning, zero) > 0
    ? over(rate, times(manadslon, omfattning))
    : null;

export const monthsIn = ({ delar }: Line, ar: number): bigint => delar.get(ar) ?? 0n;

/** A line takes another's place where part and role are the same and it begins at most so many days after the other ends. */
const month = 31;

const replaces = (later: Line, earlier: Line): boolean =>
  later.part_id === earlier.part_id &&
  later.roll === earlier.roll &&
  later.fran > earlier.till &&
  daysBetween(earlier.till, later.fran) - 1 <= month;

/** The line whose place a line took. */
export const predecessorOf = (line: Line, lines: readonly Line[]): Line | undefined =>
  lines.find((earlier) => replaces(line, earlier));

/** A line with those of the same part, role, share and cost that year: what the text gives as one may be several rows. */
export const runOf = (line: Line, lines: readonly Line[], ar: number): readonly Line[] =>
  lines.filter(
    (other) =>
      other.part_id === line.part_id &&
      other.roll === line.roll &&
      isSame(other.omfattning, line.omfattning) &&
      isSame(costAMonthOf(other) ?? zero, costAMonthOf(line) ?? zero) &&
      (other.delar.has(ar) || other.rad_id === line.rad_id),
  );

/** The lines that took a line's place, one after the other, first first. */
export const successorsOf = (line: Line, lines: readonly Line[]): readonly Line[] => {
  const next = lines.filter((other) => replaces(other, line)).sort((a, b) => a.rad_id - b.rad_id)[0];
  return next === undefined ? [] : [next, ...successorsOf(next, lines)];
};
