/**
 * The simplest change to a cell's staffing lines that gives the budget to the krona: none, another reading of a period
 * that can be read two ways, one change, two changes. What two changes may be is bounded, since a search that is free
 * enough explains everything and hence nothing.
 */
import { type Change, changesOf, differenceOf, type Staffing, sets } from "./hypotheses.ts";
import { costOf, halfUp, type Line } from "./line.ts";

export interface Cell extends Staffing {
  /** Öre. */
  readonly budget: bigint;
}

export interface Explanation {
  /** The lines whose period is read the other way. */
  readonly reading: readonly Line[];
  readonly changes: readonly Change[];
}

export interface Found {
  /** Öre that the lines come to as their text stands; null where no line of the year has a cost. */
  readonly recomputed: bigint | null;
  /** All that are equally simple; none where nothing that was tried gives the budget. */
  readonly explanations: readonly Explanation[];
}

/** With more lines than this only one change is tried. */
export const mostLines = 24;

/** With more equally simple explanations than this of two changes, the amount tells none of them apart. */
export const mostPairs = 3;

/** The lines that can be read two ways are tried in every combination up to this many, else all or none. */
const mostReadings = 4;

/** To the krona where the budget is in whole kronor, else to the öre. */
export const reproduces = (ore: bigint, budget: bigint): boolean =>
  budget % 100n === 0n ? halfUp(ore, 100n) * 100n === budget : ore === budget;

const readings = (lines: readonly Line[]): Line[][] => {
  if (lines.length > mostReadings) return [[], [...lines]];
  const subsets = lines.reduce<Line[][]>((all, line) => [...all, ...all.map((some) => [...some, line])], [[]]);
  return subsets.sort((a, b) => rank(a, lines) - rank(b, lines));
};

/** None, then all, then few before many. */
const rank = (some: readonly Line[], all: readonly Line[]): number =>
  some.length === 0 ? -2 : some.length === all.length ? -1 : some.length;

const readAs = (staffing: Staffing, reading: readonly Line[]): Staffing => {
  const read = new Map(
    staffing.all.map((line) => [line, reading.includes(line) ? { ...line, delar: line.delar_alt } : line]),
  );
  const again = (lines: readonly Line[]): Line[] => lines.map((line) => read.get(line) ?? line);
  return { ar: staffing.ar, lines: again(staffing.lines), all: again(staffing.all) };
};

/** What the lines come to that have months in the year and a cost; null without any. */
const sumOf = ({ ar, lines }: Staffing): bigint | null => {
  const costs = lines.flatMap(({ kostnad, delar }) => {
    const months = delar.get(ar);
    return kostnad === null || months === undefined ? [] : [costOf(kostnad, months)];
  });
  return costs.length === 0 ? null : costs.reduce((a, b) => a + b, 0n);
};

const isFree = ({ kind }: Change): boolean => kind === "manader";

/** Two changes: to different lines, or the rate of a line and its months; at most one of them free. */
const isPair = (a: Change, b: Change): boolean => {
  if (isFree(a) && isFree(b)) return false;
  if (!a.lines.some((line) => b.lines.includes(line))) return true;
  return sets(a) !== sets(b) && a.kind !== "utan" && b.kind !== "utan" && a.lines.length === 1 && b.lines.length === 1;
};

/** The changes that alone, else two and two, give the budget. */
const changed = (staffing: Staffing, base: bigint, budget: bigint, count: 1 | 2): (readonly Change[])[] => {
  const all = changesOf(staffing);
  const gives = (changes: readonly Change[]): boolean => {
    const difference = differenceOf(changes, staffing);
    return difference !== null && difference !== 0n && reproduces(base + difference, budget);
  };
  if (count === 1) return all.map((change) => [change]).filter(gives);
  if (staffing.lines.length > mostLines) return [];
  // On different lines the differences add up, and need not be worked out again for each pair.
  const alone = all.map((change) => differenceOf([change], staffing));
  return all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b, j) => {
      if (!isPair(a, b)) return [];
      const first = alone[i];
      const second = alone[i + 1 + j];
      if (a.lines.some((line) => b.lines.includes(line))) return gives([a, b]) ? [[a, b]] : [];
      if (!first || !second) return [];
      return reproduces(base + first + second, budget) ? [[a, b]] : [];
    }),
  );
};

/** The simplest explanations of a cell. */
export const search = (cell: Cell): Found => {
  const recomputed = sumOf(cell);
  const all = readings(cell.lines.filter((line) => line.delar_alt !== line.delar)).map((reading) => {
    const staffing = readAs(cell, reading);
    return { reading, staffing, sum: sumOf(staffing) };
  });
  for (const { reading, sum } of all) {
    if (sum !== null && reproduces(sum, cell.budget)) return { recomputed, explanations: [{ reading, changes: [] }] };
  }
  const few = all.slice(0, 2);
  for (const count of [1, 2] as const) {
    for (const { reading, staffing, sum } of few) {
      const explanations = changed(staffing, sum ?? 0n, cell.budget, count).map((changes) => ({ reading, changes }));
      if (explanations.length > 0) return { recomputed, explanations };
    }
  }
  return { recomputed, explanations: [] };
};
