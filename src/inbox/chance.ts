/**
 * Whether what passes for identity numbers in a column of other numbers is no more than chance gives.
 *
 * Two things make a number a person's: a day of birth, and a check digit. Of numbers that begin with a day, such as
 * YYMMDD-NNNN or a time, one in ten has the check digit by chance. Of numbers that all have a check digit, such as OCR, some
 * eight in a hundred begin with a day, or as many as the digits of that column give when each place is drawn on its own.
 * Persons' numbers have more than chance of both. Each kind of writing is judged by itself, and days of
 * the last years, or ahead, apart from those that grown persons are born on: one person among this year's invoices is not lost.
 * Values and days are counted once, however often they stand there: the rows of one invoice are no separate draws.
 */
import { fold } from "../schema/columns.ts";
import { hasCheckDigit, hasDay, type Numberlike, numberlike, saysIdentity } from "../schema/identity.ts";

export const phoneHeading = /telefon|tfn|mobil(n(umme)?r)?$|^tel(n(umme)?r)?$/;
const otherHeading =
  /ocr|referens|faktura|verifikat|^ver(n(umme)?r)?$|konto|(bank|plus)giro|datum|period|klockslag|tid(punkt|sstampel)?$/;
/** An account or a reference may be a person's. */
const ownHeading = /person|deltag|klient|individ|innehavare|namn|fodel/;

/** A column that is nothing but persons' numbers is taken for something else once in a thousand. */
const level = 0.001;
/** Fewer numbers of the same kind show no rule. */
const fewest = 10;
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

/** The share of six digits that begin with a day, by chance, when each of their places is drawn from these. */
const chanceOfDay = (days: readonly string[]): number => {
  const share = (place: number, digit: string | undefined): number =>
    days.filter((day) => day[place] === digit).length / days.length;
  const shares = [2, 3, 4, 5].map((place) => Array.from({ length: 10 }, (_, digit) => share(place, String(digit))));
  let sum = 0;
  for (let number = 0; number < 1300; number++) {
    const written = String(number).padStart(4, "0");
    if (hasDay(`2000${written}0000`)) sum += shares.reduce((all, own, i) => all * (own[Number(written[i])] ?? 0), 1);
  }
  return sum;
};

const isClock = (digits: string): boolean => /([01]\d|2[0-3])[0-5]\d$/.test(digits);
/** The last day of a period, as MMDD, not before its first. */
const isEnd = (digits: string): boolean =>
  hasDay(`2000${digits.slice(-4)}0000`) && digits.slice(-4) >= digits.slice(-8, -4);
const rules = [hasCheckDigit, isClock, isEnd];

const isRunning = (all: readonly string[]): boolean =>
  all.every((digits, i) => i === 0 || digits >= (all[i - 1] ?? ""));

/** Whether the numbers of one kind are more persons' than chance gives. */
const arePersons = (some: readonly Numberlike[], alike: readonly Numberlike[]): boolean => {
  const passing = some.filter(({ passes }) => passes).length;
  const areRecent = some.every(({ isRecent }) => isRecent);
  if (passing === 0 || (areRecent && some.length >= manyRecent)) return false;
  if (passing * 2 < some.length && atLeast(passing, some.length, 0.1) >= level) return false;
  const checked = alike.filter(({ digits }) => hasCheckDigit(digits.slice(-10)) && /^(18|19|20|.{10}$)/.test(digits));
  const days = [...new Map(checked.map((one) => [one.digits.slice(-10, -4), one])).entries()];
  const born = days.filter(([, { isDated }]) => isDated).length;
  return born >= days.length * 0.9 || atLeast(born, days.length, chanceOfDay(days.map(([day]) => day))) < level;
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
  if (follows(0.9).some((rule) => numbers.some(({ passes, digits: own }) => passes && !rule(own)))) return false;
  const kinds = Map.groupBy(numbers, (one) => `${one.form}${one.digits.length}`);
  return [...kinds.values()].every((alike) => {
    const dated = alike.filter(({ isDated }) => isDated);
    return [true, false].every(
      (isNew) =>
        !arePersons(
          dated.filter(({ isRecent }) => isRecent === isNew),
          alike,
        ),
    );
  });
};
