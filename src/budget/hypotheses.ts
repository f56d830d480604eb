/**
 * The ways a budget cell may have been made of its staffing lines otherwise than their text says. Each is one assumption,
 * about one line or the same about every line it fits. What another row bears out comes first; free are only a whole
 * number of months and a factor of two decimals, since a search that is free enough explains everything and hence nothing.
 */
import { compare, over, plus, type Rational, rational, times, zero } from "../schema/rational.ts";
import {
  costAMonthOf,
  costOf,
  factorOf,
  fullTimeOf,
  isSame,
  type Line,
  monthsIn,
  predecessorOf,
  successorsOf,
  wholeMonth,
} from "./line.ts";

/** The lines of one budget line, the year they are asked about, and the whole insats's lines as evidence. */
export interface Staffing {
  readonly ar: number;
  readonly lines: readonly Line[];
  readonly all: readonly Line[];
}

/** In the order in which equally simple ones are named. */
export const kinds = [
  /** A line went on beside the one that took its place. */
  "bredvid",
  /** Full time was priced as in another of the role's lines; a line without a cost has no other price. */
  "takt",
  /** The line was stepped down by as much as others that began the same day; its own share stayed. */
  "nedtrappning",
  /** A part of the share was counted on top of it. */
  "varav",
  /** The share is another line's of the post. */
  "omfattning",
  /** The cost of full time was taken for the share's. */
  "heltid",
  /** The share's cost was taken for that of full time. */
  "andel",
  /** The line was left out. */
  "utan",
  /** The line was priced for another whole number of months. */
  "manader",
  /** Pay was raised to cost by another factor, of another line or of none. */
  "faktor",
] as const;

/** One line as it may have been priced: öre a month and parts of months, each where it is another than the text's. */
export interface Priced {
  readonly line: Line;
  readonly rate?: Rational;
  readonly delar?: bigint;
}

export interface Change {
  readonly kind: (typeof kinds)[number];
  readonly priced: readonly Priced[];
  /** The lines that bear it out, where some do. */
  readonly of: readonly Line[];
}

/** A calendar year has no more. */
const mostMonths = 12;

const monthCounts = Array.from({ length: mostMonths }, (_, i) => BigInt(i + 1) * wholeMonth);

/** Factors from pay to cost, 1,00 to 2,00: social fees alone are some 1,3 to 1,5. */
const freeFactors = Array.from({ length: 101 }, (_, i) => rational(BigInt(100 + i), 100n));

/** The first delivered of those that say the same. */
const distinct = (lines: readonly Line[], value: (line: Line) => Rational | null): [Line, Rational][] => {
  const found: [Line, Rational][] = [];
  for (const line of lines) {
    const own = value(line);
    if (own && !found.some(([, seen]) => isSame(seen, own))) found.push([line, own]);
  }
  return found;
};

/** What is left of the share of a line that took another's place. */
const stepOf = (line: Line, all: readonly Line[]): Rational | null => {
  const earlier = predecessorOf(line, all);
  return earlier && compare(earlier.omfattning, zero) > 0 ? over(line.omfattning, earlier.omfattning) : null;
};

/** The steps down of lines that began the same day as a line that took another's place with the same share. */
const stepsBeside = (line: Line, all: readonly Line[]): [Rational, Line[]][] => {
  const one = rational(1n);
  const own = stepOf(line, all);
  if (!own || !isSame(own, one)) return [];
  const found: [Rational, Line[]][] = [];
  for (const other of all.filter(({ fran }) => fran === line.fran)) {
    const step = stepOf(other, all);
    if (!step || compare(step, zero) <= 0 || compare(step, one) >= 0) continue;
    const same = found.find(([seen]) => isSame(seen, step));
    if (same) same[1].push(other);
    else found.push([step, [other]]);
  }
  return found;
};

const changesOfLine = (line: Line, { ar, lines, all }: Staffing): Change[] => {
  const own = monthsIn(line, ar);
  const others = lines.filter((other) => other !== line);
  const fullTime = fullTimeOf(line);
  const cost = costAMonthOf(line);
  const change = (kind: Change["kind"], priced: Omit<Priced, "line">, ...of: readonly Line[]): Change => ({
    ...{ kind, priced: [{ line, ...priced }], of },
  });
  const successors = successorsOf(line, lines);
  const beside = successors.reduce((sum, later) => sum + monthsIn(later, ar), 0n);
  // Where somebody else holds the place that year, a line of another year is only counted beside it.
  const isOpen =
    own > 0n ||
    !others.some((other) => other.part_id === line.part_id && other.roll === line.roll && monthsIn(other, ar) > 0n);
  const timeful = [
    ...(beside > 0n ? [change("bredvid", { delar: own + beside }, ...successors.slice(0, 1))] : []),
    ...(isOpen ? monthCounts.filter((delar) => delar !== own).map((delar) => change("manader", { delar })) : []),
  ];
  if (own === 0n) return timeful;
  const rated: Change[] = [
    ...distinct(
      others.filter(({ part_id: part, roll }) => part === line.part_id && roll === line.roll),
      fullTimeOf,
    ).map(([of, rate]) => change("takt", { rate: times(rate, line.omfattning) }, of)),
    ...(cost
      ? stepsBeside(line, all).map(([share, of]) => change("nedtrappning", { rate: times(cost, share) }, ...of))
      : []),
    ...(fullTime && line.varav ? [change("varav", { rate: times(fullTime, plus(line.omfattning, line.varav)) })] : []),
    ...(fullTime
      ? distinct(others, ({ omfattning }) => omfattning).map(([of, share]) =>
          change("omfattning", { rate: times(fullTime, share) }, of),
        )
      : []),
    ...(fullTime ? [change("heltid", { rate: fullTime })] : []),
    ...(cost ? [change("andel", { rate: times(cost, line.omfattning) }), change("utan", { delar: 0n })] : []),
    ...factorChanges([line], all),
  ];
  return [...timeful, ...rated.filter(({ priced: [first] }) => !(first?.rate && cost && isSame(first.rate, cost)))];
};

/** Lines whose pay is stated, raised by one and the same other factor. */
const factorChanges = (lines: readonly Line[], all: readonly Line[]): Change[] => {
  const raised = (factor: Rational): Priced[] =>
    lines.flatMap((line) =>
      line.manadslon ? [{ line, rate: times(times(line.manadslon, factor), line.omfattning) }] : [],
    );
  if (raised(rational(1n)).length === 0) return [];
  const stated = distinct(all, factorOf);
  const free = freeFactors.filter((factor) => !stated.some(([, other]) => isSame(other, factor)));
  return [
    ...stated.map(([of, factor]): Change => ({ kind: "faktor", priced: raised(factor), of: [of] })),
    ...free.map((factor): Change => ({ kind: "faktor", priced: raised(factor), of: [] })),
  ];
};

/** One assumption about several lines: those of the same months or factor, those replaced, those without a cost. */
const changesOfSeveral = (staffing: Staffing, single: readonly Change[]): Change[] => {
  const { ar, lines, all } = staffing;
  const active = lines.filter((line) => monthsIn(line, ar) > 0n);
  const alike = (some: readonly Line[], value: (line: Line) => string): Line[][] =>
    [...Map.groupBy(some, value).values()].filter((group) => group.length > 1);
  const months = alike(active, (line) => String(monthsIn(line, ar))).flatMap((group) =>
    monthCounts
      .filter((delar) => group.every((line) => monthsIn(line, ar) !== delar))
      .map((delar): Change => ({ kind: "manader", priced: group.map((line) => ({ line, delar })), of: [] })),
  );
  const paid = active.filter(({ manadslon }) => manadslon !== null);
  const factors = alike(paid, (line) => factorText(factorOf(line))).flatMap((group) => factorChanges(group, all));
  const together = (kind: Change["kind"], fits: (line: Line) => boolean): Change[] => {
    const first = lines.flatMap((line) => {
      const own = single.find(({ kind: other, priced: [one] }) => other === kind && one?.line === line);
      return own && fits(line) ? [own] : [];
    });
    return first.length > 1
      ? [{ kind, priced: first.flatMap(({ priced }) => priced), of: [...new Set(first.flatMap(({ of }) => of))] }]
      : [];
  };
  return [
    ...together("bredvid", () => true),
    ...together("takt", (line) => costAMonthOf(line) === null),
    ...together("heltid", () => true),
    ...together("andel", () => true),
    ...months,
    ...factors,
  ];
};

const factorText = (factor: Rational | null): string => {
  if (!factor) return "";
  const billionths = 1_000_000_000n;
  return String((factor.n * billionths) / factor.d);
};

/** Öre that a change adds to the cell, line by line; null where a line is left without a cost to price. */
export const differenceOf = ({ priced }: Change, { ar }: Staffing): bigint | null => {
  let sum = 0n;
  for (const { line, rate, delar } of priced) {
    const own = costAMonthOf(line);
    const made = rate ?? own;
    if (!made) return null;
    sum += costOf(made, delar ?? monthsIn(line, ar)) - (own ? costOf(own, monthsIn(line, ar)) : 0n);
  }
  return sum;
};

/** Whether two changes price the same lines alike: then they are one. */
export const isSameChange = (a: Change, b: Change): boolean =>
  a.priced.length === b.priced.length &&
  a.priced.every(({ line, rate, delar }) =>
    b.priced.some(
      (other) =>
        other.line === line &&
        other.delar === delar &&
        (rate && other.rate ? compare(rate, other.rate) === 0 : rate === other.rate),
    ),
  );

/** Every change, in the order of `kinds`, then as delivered. */
export const changesOf = (staffing: Staffing): Change[] => {
  const single = staffing.lines.flatMap((line) => changesOfLine(line, staffing));
  const all = [...single, ...changesOfSeveral(staffing, single)];
  return kinds.flatMap((kind) => all.filter((change) => change.kind === kind));
};
