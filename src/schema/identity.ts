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
import { stockholmToday } from "./days.ts";

const luhn = (ten: string): boolean => {
  let sum = 0;
  for (const [i, digit] of [...ten].entries()) {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Whether twelve digits are an identity number. */
export const isIdentity = (twelve: string): boolean => {
  if (!/^(18|19|20)\d{10}$/.test(twelve)) return false;
  const year = Number(twelve.slice(0, 4));
  const month = Number(twelve.slice(4, 6));
  const rawDay = Number(twelve.slice(6, 8));
  const coordination = rawDay >= 60;
  const day = coordination ? rawDay - 60 : rawDay;
  if (month > 12 || (month === 0 && !coordination) || (day === 0 && !coordination)) return false;
  if (day > (month === 0 ? 31 : daysIn(year, month))) return false;
  return twelve.slice(8, 11) !== "000" && luhn(twelve.slice(2));
};

/**
 * Ten digits with the century they had on `today`: `-` is the latest that is not in the future, `+`, which is written
 * from the year a person turns 100, the one before.
 */
const withCentury = (ten: string, plus: boolean, today: string): string => {
  const century = Number(today.slice(0, 2));
  const latest = Number(`${century}${ten.slice(0, 2)}`) <= Number(today.slice(0, 4)) ? century : century - 1;
  return `${plus ? latest - 1 : latest}${ten}`;
};

const marked =
  /(?<!\d)(?:(\d{8})[ \t\r\n]{0,2}[-+]?[ \t\r\n]{0,2}(\d{4})|(\d{6})[ \t\r\n]{0,2}([-+])[ \t\r\n]{0,2}(\d{4}))(?!\d)/g;
const tenBare = /(?<!\d)\d{10}(?!\d)/g;
const bare = /^\s*(\d{10})\s*$/;

/**
 * Which ten bare digits are looked at: none; a whole cell of them; a whole cell under a heading of identity numbers,
 * where one is a number however it is spaced, also without the zeros that a spreadsheet takes from its front; or any.
 */
export type Bare = "no" | "ten" | "heading" | "any";

export interface Found {
  readonly at: number;
  readonly length: number;
  readonly twelve: string;
}

/** Digits of any script have their zero at a code point that ends in 0 or 6. */
const asDigit = (sign: string): string => {
  const code = sign.codePointAt(0) ?? 0;
  const zero = /\p{Nd}/u.test(String.fromCodePoint(code & ~0xf)) ? 0 : 6;
  return String((code & 0xf) - zero);
};

/** What a spreadsheet makes of a long number: 1,98112289874E+11. */
const unscaled = (text: string): string =>
  text.replace(
    /(?<![\d.,])(\d)[.,](\d{1,11})[eE]\+?0?(9|11)(?![\d.,])/g,
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

const underHeading = (cell: string, today: string): Found[] => {
  const written = cell.trim().replace(/[.,]0+$/, "");
  const digits = written.replace(/[\s+-]/g, "");
  if (!/^(\d{8,10}|\d{12})$/.test(digits)) return [];
  const twelve = digits.length === 12 ? digits : withCentury(digits.padStart(10, "0"), written.includes("+"), today);
  return isIdentity(twelve) ? [{ at: cell.indexOf(written), length: written.length, twelve }] : [];
};

/** Every identity number of a text that is written plainly, in order. */
export const find = (text: string, today: string, bareToo: Bare): Found[] => {
  const found: Found[] = [];
  for (const hit of text.matchAll(marked)) {
    const twelve = hit[1] ? `${hit[1]}${hit[2]}` : withCentury(`${hit[3]}${hit[5]}`, hit[4] === "+", today);
    if (isIdentity(twelve)) found.push({ at: hit.index, length: hit[0].length, twelve });
  }
  if (bareToo === "any") {
    for (const hit of text.matchAll(tenBare)) {
      const twelve = withCentury(hit[0], false, today);
      if (isIdentity(twelve)) found.push({ at: hit.index, length: 10, twelve });
    }
    return found.sort((a, b) => a.at - b.at);
  }
  if (found.length > 0 || bareToo === "no") return found;
  if (bareToo === "heading") return underHeading(text, today);
  const whole = bare.exec(text)?.[1];
  const twelve = whole && withCentury(whole, false, today);
  return whole && twelve && isIdentity(twelve) ? [{ at: text.indexOf(whole), length: 10, twelve }] : [];
};

/** A cell that is ten bare digits and nothing else. */
export const isBareTen = (cell: string): boolean => bare.test(cell);

/** Digits as an identity number has them, whether or not they are one: what was meant as one, under its heading. */
export const meant = (cell: string): boolean =>
  /^(\d{9,10}|\d{12}|(?!18|19|20)\d{8})$/.test(
    cell
      .trim()
      .replace(/[.,]0+$/, "")
      .replace(/[\s+-]/g, ""),
  );

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
