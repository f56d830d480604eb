/**
 * What an identity number is, and where one stands in a text. Rules: Skatteverket's construction of personnummer and
 * samordningsnummer: a century of 18, 19 or 20, a day that existed, a serial of 001 to 999, and a check digit by the Luhn
 * method over the ten digits. A samordningsnummer's day is 60 more, and its day or month is 00 where it is not known.
 *
 * No library on npm keeps these rules (tried in November 2026, on numbers of the kinds in test/schema/identity.test.ts):
 * `personnummer` 3.2.1, `personnummer.js` 3.0.0 and `stdnum` 1.12.0 refuse the official test samordningsnummer with day
 * 60 or month 00; `swe-validation` 1.0.1 and `swedish-personal-identity-number-validator` 2.1.2 take days that never
 * were and serial 000. And those that tell a ten-digit number's century ask the machine's clock.
 */
import { fold } from "./columns.ts";
import { daysIn, stockholmToday } from "./days.ts";

/** Whether an even number of digits ends in the check digit of the others, by the Luhn method. */
export const hasCheckDigit = (digits: string): boolean => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const doubled = Number(digits[i]) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

/** The day of birth in eight digits, also of a samordningsnummer, whose day is 60 more. */
const bornOn = (twelve: string): string => {
  const day = Number(twelve.slice(6, 8));
  return `${twelve.slice(0, 6)}${String(day >= 60 ? day - 60 : day).padStart(2, "0")}`;
};

/** Whether twelve digits begin with a day that somebody may have been born on. */
export const hasDay = (twelve: string): boolean => {
  if (!/^(18|19|20)\d{10}$/.test(twelve)) return false;
  const year = Number(twelve.slice(0, 4));
  const month = Number(twelve.slice(4, 6));
  const coordination = Number(twelve.slice(6, 8)) >= 60;
  const day = Number(bornOn(twelve).slice(6));
  if (month > 12 || (month === 0 && !coordination) || (day === 0 && !coordination)) return false;
  return day <= (month === 0 ? 31 : daysIn(year, month));
};

export const isIdentity = (twelve: string): boolean =>
  hasDay(twelve) && twelve.slice(8, 11) !== "000" && hasCheckDigit(twelve.slice(2));

/**
 * Ten digits with the century they had on `today`: `-` is the latest in which the person is born, `+`, which is written
 * from the year a person turns 100, the one before the latest that is no later year.
 */
const withCentury = (ten: string, plus: boolean, today: string): string => {
  const century = Number(today.slice(0, 2));
  const inThis = `${century}${ten}`;
  const isOver = plus ? inThis.slice(0, 4) <= today.slice(0, 4) : bornOn(inThis) <= today.replaceAll("-", "");
  return `${century - (isOver ? 0 : 1) - (plus ? 1 : 0)}${ten}`;
};

/** A day, what joins it to four digits, and the four. What is no number may begin one: each start is tried. */
const shape =
  /(?<!\d)(\d\d(?:\d\d)?[ .\-/]?\d\d[ .\-/]?\d\d)([ \t\r\n]{0,2}[-+/_·•\uFFFD]{0,2}[ \t\r\n]{0,2})(\d{4})(?!\d)/g;
const bare = /^\s*\d{10}\s*$/;

/**
 * Which ten bare digits are looked at: none; a whole cell of them; all, under a heading of identity numbers, where a
 * number is one however it is written, also without the zeros that a spreadsheet takes from its front; or any.
 */
export type Bare = "no" | "ten" | "heading" | "any";

export interface Found {
  readonly at: number;
  readonly length: number;
  readonly twelve: string;
}

/**
 * `whole`: twelve digits, or ten with `-` or `+`, as identity numbers are written; `bare`: ten digits; `joined`: with
 * something else between, or in the day, which dates, times and other numbers have too.
 */
type Form = "whole" | "bare" | "joined";

interface Shape extends Found {
  readonly form: Form;
  readonly digits: string;
  readonly day: string;
  readonly joint: string;
}

const shapeOf = (hit: RegExpExecArray, today: string): Shape => {
  const [text, day = "", joint = "", last = ""] = hit;
  const digits = `${day.replace(/\D/g, "")}${last}`;
  const form =
    /\D/.test(day) || !/^\s*[-+]?\s*$/.test(joint) || (day.length === 6 && joint !== "" && joint.trim() === "")
      ? "joined"
      : day.length === 6 && joint === ""
        ? "bare"
        : "whole";
  const twelve = digits.length === 12 ? digits : withCentury(digits, joint.includes("+"), today);
  return { at: hit.index, length: text.length, twelve, form, digits, day, joint };
};

/** How old somebody is on a day, to the day; of a day that has not come it is less than nothing. */
const ageOn = ({ twelve }: Shape, today: string): number =>
  Math.floor((Number(today.replaceAll("-", "")) - Number(bornOn(twelve))) / 10_000);

/** Nobody this young takes part in an insats: what reads as such a person is more likely a date and something else. */
const isChild = (one: Shape, today: string): boolean => ageOn(one, today) < 16;

/** `220101-0630`: from the first of a month to the last of one, of a few years ago, or of some that have not come. */
const isPeriod = (one: Shape, today: string): boolean => {
  const [month, day] = [Number(one.twelve.slice(8, 10)), Number(one.twelve.slice(10))];
  const year = Number(one.twelve.slice(0, 4));
  const ends = month >= 1 && month <= 12 && day === daysIn(year, month);
  const isNear = isChild(one, today) || ageOn(one, today) >= 90;
  return one.joint.trim() === "-" && one.day.endsWith("01") && ends && isNear;
};

/** `1981-12-28 1230`: a day and the time of it. */
const isMoment = ({ day, joint, twelve }: Shape): boolean =>
  /[-./]/.test(day) && joint.trim() === "" && /^([01]\d|2[0-3])[0-5]\d$/.test(twelve.slice(8));

const isDecimal = (text: string, { at, length }: Shape): boolean =>
  /\d[.,]$/.test(text.slice(Math.max(0, at - 2), at)) || /^[.,]\d/.test(text.slice(at + length, at + length + 2));

/** `2001-01-01 - 2005-12-31`: a day, and the year of another. */
const isDays = (text: string, { at, length }: Shape): boolean =>
  /^(19|20)\d\d([-./ ])\d\d\2\d\d(?!\d)/.test(text.slice(at + length - 4, at + length + 7));

const counts = (text: string, one: Shape, today: string, bareToo: Bare): boolean => {
  if (bareToo === "heading") return true;
  if (one.form === "whole") return !isPeriod(one, today);
  if (one.form === "bare") return bareToo === "any" || (bareToo === "ten" && bare.test(text));
  return !isChild(one, today) && !isMoment(one) && !isDecimal(text, one) && !isDays(text, one);
};

/** Digits of any script have their zero at a code point that ends in 0 or 6. */
const asDigit = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0;
  const zero = /\p{Nd}/u.test(String.fromCodePoint(code & ~0xf)) ? 0 : 6;
  return String((code & 0xf) - zero);
};

/** What a spreadsheet makes of a long number: 1,98112289874E+11. */
const unscaled = (text: string): string =>
  text.replace(
    /(?<![\d.,])(\d)[.,](\d{1,20})[eE]\+?(\d{1,2})(?![\d.,])/g,
    (written: string, first: string, rest: string, places: string) =>
      rest.length > Number(places) ? written : first + rest.padEnd(Number(places), "0"),
  );

/** Text as it reads: signs that cannot be seen, other digits and other dashes hide no number. */
export const plainly = (text: string): string => {
  const seen = /[^ -~\t\r\n]/.test(text)
    ? text
        .replace(/(?<=\p{Nd})\u00AD(?=\p{Nd}{4}(?!\p{Nd}))/gu, "-")
        .normalize("NFKC")
        .replace(/[\p{Cf}\p{DI}\p{Mn}\p{Me}]|(?![\t\r\n])\p{Cc}/gu, "")
        .replace(/[\p{Pd}\u2212\u2043\u02D7]/gu, "-")
        .replace(/(?![0-9])\p{Nd}/gu, asDigit)
    : text;
  return /\d[eE]/.test(seen) ? unscaled(seen) : seen;
};

/** A checksum or the like, in which any digits may stand side by side: who it is of cannot be read from it. */
const opaque = /^\s*(?=(?:[^a-f]*[a-f]){3})[0-9a-f-]{24,}\s*$/i;
const moment = /(?<!\d)\d{4}-\d\d-\d\d[ T]\d\d:\d\d/g;

/** Runs of digits as they are where a heading says what they are: nothing but a letter parts them. */
const runs = (text: string): string[] =>
  text
    .replace(moment, "x")
    .replace(/(?<=\d)[.,]0+(?=\s*$)/, "")
    .replace(/(?<=\d)[^\p{L}\d]+(?=\d)/gu, "")
    .match(/\d+/g) ?? [];

/** Twelve digits of a run; undefined where a number cannot have as many. */
const twelveOf = (run: string, plus: boolean, today: string): string | undefined => {
  if (run.length === 12) return run;
  return /^\d{7,10}$/.test(run) ? withCentury(run.padStart(10, "0"), plus, today) : undefined;
};

const underHeading = (text: string, today: string): Found[] => {
  const all = runs(text);
  // Who is born in the first months of 2000 has seven digits left, if they are all that the cell says.
  const whole = all.filter((run) => run.length > 7 || all.length === 1);
  const read = whole.flatMap((run) => twelveOf(run, text.includes("+"), today) ?? []);
  const [twelve, more] = read.filter(isIdentity);
  const [written] = /\d(?:.*\d)?/s.exec(text) ?? [];
  if (twelve === undefined || more !== undefined || written === undefined) return [];
  return [{ at: text.indexOf(written), length: written.length, twelve }];
};

/** What a text holds that is written as identity numbers are, from each start. */
const shapesIn = (text: string, today: string, bareToo: Bare): Shape[] => {
  if (text.length < 10) return [];
  const all: Shape[] = [];
  shape.lastIndex = 0;
  for (let hit = shape.exec(text); hit; hit = shape.exec(text)) {
    const one = shapeOf(hit, today);
    if (counts(text, one, today, bareToo)) all.push(one);
    shape.lastIndex = one.at + 1;
  }
  return all;
};

const overlaps = (one: Found, other: Found): boolean =>
  one.at < other.at + other.length && other.at < one.at + one.length;

/** Every identity number of a text that is written plainly, in order. */
export const find = (text: string, today: string, bareToo: Bare): Found[] => {
  if (bareToo === "heading" && opaque.test(text)) return find(text, today, "no");
  const all = shapesIn(text, today, bareToo).filter(({ twelve }) => isIdentity(twelve));
  if (all.length === 0) return bareToo === "heading" ? underHeading(text, today) : [];
  // What is written as a number goes before what its first digits make with those before them.
  const whole = all.filter(({ form }) => form === "whole");
  const rest = all.filter((one) => !whole.some((other) => overlaps(one, other)));
  const apart = rest.filter((one, i) => !rest.slice(0, i).some((other) => overlaps(one, other)));
  return [...whole, ...apart].sort((a, b) => a.at - b.at);
};

/** A number that is written as an identity number is, whether or not it is one. */
export interface Numberlike {
  readonly form: Form;
  /** Ten or twelve. */
  readonly digits: string;
  /** It begins with a day of birth and has a serial. */
  readonly isDated: boolean;
  readonly passes: boolean;
  /** Its day is less than sixteen years ago, or in years to come, if its century may be this one. */
  readonly isRecent: boolean;
}

/** The numbers of a text that count as identity numbers if day and check digit are right; ten bare digits where they are all. */
export const numberlike = (text: string, today: string): Numberlike[] =>
  shapesIn(text, today, "ten").map((one) => ({
    form: one.form,
    digits: one.digits,
    isDated: hasDay(one.twelve) && one.twelve.slice(8, 11) !== "000",
    passes: isIdentity(one.twelve),
    isRecent: isChild(one, today) || (one.digits.length === 10 && !one.joint.includes("+") && ageOn(one, today) >= 90),
  }));

export const isBareTen = (cell: string): boolean => bare.test(cell);

/**
 * Digits as an identity number has them, or more, whether or not they are one: what was meant as one, under its heading.
 * @param isNamed the heading is of nothing else: whatever has the digits of a day of birth was meant as one
 */
export const meant = (cell: string, isNamed = false): boolean =>
  !opaque.test(cell) &&
  (cell.search(shape) >= 0 ||
    runs(cell).some((run) => /^(\d{9,}|(?!18|19|20)\d{8})$/.test(run)) ||
    (isNamed && (cell.replace(/\D/g, "").length >= 8 || /^\s*\d{6}\s*[-+]/.test(cell))));

/** The one identity number that a cell under such a heading holds; undefined where it is none, or may be several. */
export const onlyNumber = (cell: string, today: string): string | undefined => {
  const [hit] = find(cell, today, "heading");
  if (!hit) return undefined;
  const rest = `${cell.slice(0, hit.at)}x${cell.slice(hit.at + hit.length)}`;
  return meant(rest) ? undefined : hit.twelve;
};

/** The first identity number of a text, or what only a slip of the finger keeps from being one, masked. */
export const writtenNumber = (text: string, today: string = stockholmToday()): string | undefined => {
  const plain = plainly(text);
  const [hit] = find(plain, today, "any");
  if (hit) return mask(hit.twelve);
  const slip = [...plain.matchAll(shape)]
    .map((one) => shapeOf(one, today))
    .find((one) => one.form === "whole" && hasDay(one.twelve) && !isChild(one, today) && !isPeriod(one, today));
  return slip && mask(slip.twelve);
};

/** Whoever an insats is for, in a folded heading, in any of the word's forms. */
export const personWord =
  "(deltag|klient|person|individ|brukar|patient|kund|(arbets)?sokand|elev|ungdom|medborgar|registrerad)[aerns]{0,6}";
const numberWord = "personn?ummer|personnr|persn(ummer|r)|samordningsn(ummer|r)|fodelsen(ummer|r)";
const numberWords = new RegExp(numberWord);
/** What a column about identity numbers may hold besides them. */
const about = /datum|tid|kontroll|komment|anteckn|anmark|notering|orsak|anledning|antal|^har|finns|saknas/;
const numberHeading = new RegExp(`^(${personWord}|${numberWord}|pnr|och|eller|samt|den|det|\\d|siffror)+$`);

const longestHeading = 1000;

/** Whether a heading says that identity numbers stand below it. */
export const saysIdentity = (heading: string): boolean => {
  if (heading.length > longestHeading) return false;
  const name = fold(heading);
  return (
    numberWords.test(name) || (name.includes("pnr") && heading.split(/[^\p{L}]+/u).some((word) => fold(word) === "pnr"))
  );
};

/** Whether identity numbers, and nothing about them, stand below a heading: `Barnets personnummer`, not `Har personnummer`. */
export const holdsIdentity = (heading: string): boolean => saysIdentity(heading) && !about.test(fold(heading));

/** Whether a heading is that of the numbers themselves: `Klientens personnummer (10 siffror)`, not `Har personnummer`. */
export const namesIdentity = (heading: string): boolean =>
  saysIdentity(heading) && numberHeading.test(fold(heading.replace(/\(.*?\)/g, "")));

/** Shown in a finding: the century and nothing else. */
export const mask = (twelve: string): string => `${twelve.slice(0, 2)}****-****`;

/** Each number of a text replaced by what `written` makes of it; the text as it was where it holds none. */
export const replaceIdentity = (
  text: string,
  today: string,
  bareToo: Bare,
  written: (twelve: string) => string,
): string => {
  const plain = plainly(text);
  const hits = find(plain, today, bareToo);
  return hits.length === 0
    ? text
    : hits.reduceRight(
        (all, { at, length, twelve }) => all.slice(0, at) + written(twelve) + all.slice(at + length),
        plain,
      );
};

/** A text that people or files get, such as a message or a path, with every number in it masked, ten bare digits too. */
export const maskText = (text: string, today: string = stockholmToday()): string =>
  replaceIdentity(text, today, "any", mask);

/** The twelve digits of a text that is one identity number and nothing else, in any notation. */
export const readNumber = (text: string, today: string): string | undefined => {
  const plain = plainly(text).trim();
  const [hit, more] = find(plain, today, "heading");
  return hit && !more && hit.length === plain.length ? hit.twelve : undefined;
};
