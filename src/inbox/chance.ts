/**
 * Whether what passes for identity numbers in a column of other numbers is no more than chance gives.
 *
 * Two things make a number a person's: a day of birth, and a check digit. Of numbers that begin with a day, such as
 * YYMMDD-NNNN or a time, one in ten has the check digit by chance. Of numbers that all have a check digit, such as OCR, some
 * eight in a hundred begin with a day, or as many as the column's own digits give. Persons' numbers have more than chance of
 * both. Each kind of writing is judged by itself, and days of the last years, or ahead, apart from those that grown persons
 * are born on: one person among this year's invoices is not lost. Values and days are counted once, however often they
 * stand there: the rows of one invoice are no separate draws.
 */
import { fold } from "../schema/columns.ts";
import { hasCheckDigit, hasDay, type Numberlike, numberlike, saysIdentity } from "../schema/identity.ts";

export const phoneHeading = /telefon|tfn|mobil(n(umme)?r)?$|^tel(n(umme)?r)?$/;
const otherHeading =
  /ocr|referens|faktura|verifikat|^ver(n(umme)?r)?$|konto|(bank|plus)giro|datum|period|klockslag|tid(punkt|sstampel)?$/;
/** An account or a reference may be a person's. */
const ownHeading = /person|deltag|klient|individ|innehavare|namn|fodel/;

/** More than chance is what chance and a quarter would give once in two hundred columns: the rate is an estimate. */
const level = 0.005;
const margin = 1.25;
/** Fewer numbers of the same kind show no rule. */
const fewest = 10;
const nearlyAll = 0.9;
/** So many numbers of which none is a grown person's are no persons'. */
const manyRecent = 20;

/** The probability of at least `k` of `n` when each has the probability `p`; 1 where that is no more than expected. */
export const atLeast = (k: number, n: number, p: number): number => {
  if (k <= n * p) return 1;
  let log = k * Math.log(p) + (n - k) * Math.log1p(-p);
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  let sum = 0;
  let term = 1;
  for (let i = k; i <= n && term > 1e-12; i++) {
    sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return Math.min(1, Math.exp(log) * sum);
};

const two = (number: number): string => String(number).padStart(2, "0");

const isMoreThanChance = (passing: number, of: number, rate: number): boolean =>
  atLeast(passing, of, Math.min(1, rate * margin)) < level;

const pairs = Array.from({ length: 100 }, (_, pair) => pair);
/** The days of each month, and the months of each day, of which day 60 and more is a samordningsnummer's. */
const daysOf = pairs.map((month) => pairs.filter((day) => month < 13 && hasDay(`2000${two(month)}${two(day)}0000`)));
const monthsOf = pairs.map((day) => pairs.filter((month) => daysOf[month]?.includes(day)));
/** What each pair of digits weighs before any is seen: ten numbers' worth, spread evenly. */
const before = 0.1;

/**
 * The share of numbers that have a month and a day in their third to sixth digit by chance, judged by those that have none:
 * persons among them do not count. How often each pair of digits stands in either place is had by expectation and
 * maximisation (Dempster, Laird & Rubin, JRSS B 39 (1977) 1–38), the two places taken as independent.
 * @param others six digits each
 */
export const chanceOfDay = (others: readonly string[]): number => {
  const seen = (at: number): number[] => {
    const alike = Map.groupBy(others, (six) => six.slice(at, at + 2));
    return pairs.map((pair) => before + (alike.get(two(pair))?.length ?? 0));
  };
  const [seenMonths, seenDays] = [seen(2), seen(4)];
  const sumOf = (some: readonly number[] = [], weights: readonly number[]): number =>
    some.reduce((sum, pair) => sum + (weights[pair] ?? 0), 0);
  let months = pairs.map(() => 0.01);
  let days = months;
  let rate = 0;
  for (let round = 0; round < 200; round++) {
    const ofMonth = months.map((weight, month) => weight * sumOf(daysOf[month], days));
    const ofDay = days.map((weight, day) => weight * sumOf(monthsOf[day], months));
    rate = sumOf(pairs, ofMonth);
    const all = others.length / (1 - rate);
    const added = (counts: readonly number[], dated: readonly number[]): number[] =>
      counts.map((count, pair) => (count + all * (dated[pair] ?? 0)) / (all + 100 * before));
    [months, days] = [added(seenMonths, ofMonth), added(seenDays, ofDay)];
  }
  return rate;
};

const isClock = (digits: string): boolean => /([01]\d|2[0-3])[0-5]\d$/.test(digits);
/** The last day of a period, as MMDD, not before its first. */
const isEnd = (digits: string): boolean =>
  hasDay(`2000${digits.slice(-4)}0000`) && digits.slice(-4) >= digits.slice(-8, -4);
const rules = [hasCheckDigit, isClock, isEnd];

const isRunning = (all: readonly string[]): boolean =>
  all.every((digits, i) => i === 0 || digits >= (all[i - 1] ?? ""));

/** Whether numbers that begin alike share a prefix, as a customer's, that only looks like a month: not all go on with a day. */
const isPrefix = (own: readonly (readonly [six: string, isDated: boolean])[], all: number): boolean =>
  own.length >= Math.max(fewest, all * 0.05) && own.filter(([, isDated]) => isDated).length < own.length * nearlyAll;

/** Whether the numbers of one kind are more persons' than chance gives. */
const arePersons = (some: readonly Numberlike[], alike: readonly Numberlike[]): boolean => {
  const passing = some.filter(({ passes }) => passes).length;
  if (passing === 0 || (some.length >= manyRecent && some.every(({ isRecent }) => isRecent))) return false;
  if (passing * 2 < some.length && !isMoreThanChance(passing, some.length, 0.1)) return false;
  const checked = alike.filter(({ digits }) => hasCheckDigit(digits.slice(-10)) && /^(18|19|20|.{10}$)/.test(digits));
  const all = [...new Map(checked.map((one) => [one.digits.slice(-10, -4), one.isDated]))];
  const days = [...Map.groupBy(all, ([six]) => six.slice(0, 4)).values()].flatMap((own) =>
    isPrefix(own, all.length) ? [] : own,
  );
  const others = days.flatMap(([six, isDated]) => (isDated ? [] : [six]));
  const dated = days.length - others.length;
  return dated > 0 && (dated >= days.length * nearlyAll || isMoreThanChance(dated, days.length, chanceOfDay(others)));
};

/**
 * Whether a column is of other numbers than persons', by its heading or because all its numbers follow another rule, and
 * has no more of what passes than chance gives.
 * @param cells as they read, below the heading
 */
export const isChance = (headings: readonly string[], cells: readonly string[], today: string): boolean => {
  const isSaid = headings.some((heading) => {
    const said = fold(heading);
    return (otherHeading.test(said) || phoneHeading.test(said)) && !ownHeading.test(said) && !saysIdentity(heading);
  });
  const all = new Map<string, Numberlike>();
  for (const cell of cells) for (const one of numberlike(cell, today)) all.set(`${one.form}${one.digits}`, one);
  const numbers = [...all.values()];
  const digits = numbers.map((one) => one.digits);
  const follows = (share: number): ((digits: string) => boolean)[] =>
    digits.length < fewest ? [] : rules.filter((rule) => digits.filter(rule).length >= digits.length * share);
  const isOther = follows(1).some(
    (rule) => rule !== hasCheckDigit || numbers.filter(({ isDated }) => !isDated).length > 2,
  );
  if (!isSaid && !isOther && !(digits.length >= fewest && isRunning(digits))) return false;
  // What breaks the rule that the others follow is no chance.
  if (follows(nearlyAll).some((rule) => numbers.some(({ passes, digits: own }) => passes && !rule(own)))) return false;
  const kinds = Map.groupBy(numbers, (one) => `${one.form}${one.digits.length}`);
  return [...kinds.values()].every((alike) => {
    const dated = alike.filter(({ isDated }) => isDated);
    const ofAge = (isNew: boolean): Numberlike[] => dated.filter(({ isRecent }) => isRecent === isNew);
    return !arePersons(ofAge(true), alike) && !arePersons(ofAge(false), alike);
  });
};
