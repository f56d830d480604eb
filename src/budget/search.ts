/**
 * The simplest account of a budget cell: its staffing lines as they stand, what was applied for where something else was
 * granted, the other reading of a period that can be read two ways, one change, one change beside the other reading. Two changes are never tried: of five lines there are
 * thousands of pairs, and some pair would give almost any amount.
 */
import { rational, rounded } from "../schema/rational.ts";
import { type Change, changesOf, differenceOf, isSameChange, type Staffing } from "./hypotheses.ts";
import { costAMonthOf, costOf, type Line, monthsIn } from "./line.ts";

export interface Cell extends Staffing {
  /** Öre. */
  readonly budget: bigint;
  /** Öre that were applied for, where the budget is what was granted. */
  readonly ansokt?: bigint | null;
}

export interface Explanation {
  /** The lines whose period is read the other way. */
  readonly reading: readonly Line[];
  readonly change: Change | null;
  /** Where it is no change of the lines: öre that the amount is rounded to, or öre applied for that the lines give. */
  readonly besides?: { readonly slag: "avrundning" | "beviljat"; readonly ore: bigint };
}

export interface Found {
  /** Öre that the lines come to as their text stands; null where no line of the year has a cost. */
  readonly recomputed: bigint | null;
  /** All that are equally simple; none where nothing that was tried gives the budget. */
  readonly explanations: readonly Explanation[];
}

/** The lines that can be read two ways are tried in every combination up to this many, else all together. */
const mostReadings = 4;

const krona = 100n;

/** To the krona where the budget is in whole kronor, else to the öre. */
export const reproduces = (ore: bigint, budget: bigint): boolean =>
  budget % krona === 0n ? rounded(rational(ore, krona), 0, "half up").n * krona === budget : ore === budget;

/** What the lines come to that have months in the year and a cost; null without any. */
export const sumOf = ({ ar, lines }: Staffing): bigint | null => {
  const costs = lines.flatMap((line) => {
    const rate = costAMonthOf(line);
    return rate && line.delar.has(ar) ? [costOf(rate, monthsIn(line, ar))] : [];
  });
  return costs.length === 0 ? null : costs.reduce((a, b) => a + b);
};

/** Every choice of lines to read the other way: all of them first, then few before many. */
const readingsOf = (lines: readonly Line[]): Line[][] => {
  if (lines.length === 0) return [];
  if (lines.length > mostReadings) return [[...lines]];
  const subsets: Line[][] = [[]];
  for (const line of lines) subsets.push(...subsets.map((one) => [...one, line]));
  return [
    [...lines],
    ...subsets.filter(({ length }) => length > 0 && length < lines.length).sort((a, b) => a.length - b.length),
  ];
};

/** Lines as they are where some are read the other way. */
export const readAs = (staffing: Staffing, reading: readonly Line[]): Staffing => {
  const read = new Map(reading.map((line): [Line, Line] => [line, { ...line, delar: line.delar_alt ?? line.delar }]));
  const again = (lines: readonly Line[]): Line[] => lines.map((line) => read.get(line) ?? line);
  return { ar: staffing.ar, lines: again(staffing.lines), all: again(staffing.all) };
};

/** The changes that alone give the budget, each once. */
const changesTo = (budget: bigint, staffing: Staffing): Change[] => {
  const base = sumOf(staffing) ?? 0n;
  const found: Change[] = [];
  for (const change of changesOf(staffing)) {
    const difference = differenceOf(change, staffing);
    if (difference === null || !reproduces(base + difference, budget)) continue;
    if (!found.some((other) => isSameChange(other, change))) found.push(change);
  }
  return found;
};

/** What budgets are rounded to, in öre: kronor, but to tens, hundreds and thousands of them too. */
export const roundings = new Map([
  [krona, "kronor"],
  [1000n, "tiotal kronor"],
  [10_000n, "hundratal kronor"],
  [100_000n, "tusental kronor"],
]);

/** The unit, in öre, to which an amount is rounded to give the budget. */
const roundingTo = (budget: bigint, ore: bigint): bigint | undefined =>
  [...roundings.keys()].find((unit) => rounded(rational(ore, unit), 0, "half up").n * unit === budget);

/** The simplest explanations of a cell; one without reading or change where the text gives the budget. */
export const search = (cell: Cell): Found => {
  const { budget, ansokt = null, lines, ar } = cell;
  const recomputed = sumOf(cell);
  const asText = { reading: [], change: null };
  if (recomputed === budget) return { recomputed, explanations: [asText] };
  const unit = recomputed === null ? undefined : roundingTo(budget, recomputed);
  const byRounding: Explanation[] = unit ? [{ ...asText, besides: { slag: "avrundning", ore: unit } }] : [];
  if (unit === krona) return { recomputed, explanations: byRounding };
  if (recomputed !== null && ansokt !== null && reproduces(recomputed, ansokt)) {
    return { recomputed, explanations: [{ ...asText, besides: { slag: "beviljat", ore: ansokt } }] };
  }
  const readable = lines.filter(({ delar, delar_alt: other }) => other !== null && other.get(ar) !== delar.get(ar));
  const readings = readingsOf(readable).filter((reading) => {
    const sum = sumOf(readAs(cell, reading));
    return sum !== null && reproduces(sum, budget);
  });
  const [simplest] = readings;
  if (simplest) {
    const alike = readings.filter(({ length }) => length === simplest.length);
    return { recomputed, explanations: alike.map((reading) => ({ reading, change: null })) };
  }
  for (const reading of [[], ...readingsOf(readable).slice(0, 1)]) {
    const changes = changesTo(budget, readAs(cell, reading)).map((change): Explanation => ({ reading, change }));
    const explanations = reading.length === 0 ? [...changes, ...byRounding] : changes;
    if (explanations.length > 0) return { recomputed, explanations };
  }
  return { recomputed, explanations: [] };
};
