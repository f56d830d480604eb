/**
 * Where identity numbers stop. What passes is either free of them or carries a keyed pseudonym in their place;
 * in clear they are written nowhere. Rules: Skatteverket's construction of personnummer and samordningsnummer
 * (check digit by the Luhn method over the ten digits; day + 60 for samordningsnummer).
 */
import { createHmac } from "node:crypto";
import { fold } from "../schema/columns.ts";
import type { DatasetName } from "../schema/tables.ts";
import type { Fynd, Post, Tabell } from "./table.ts";

/** Datasets whose rows are persons. */
export const personal: readonly DatasetName[] = ["deltagare", "arende"];

const luhn = (ten: string): boolean => {
  let sum = 0;
  for (const [i, digit] of [...ten].entries()) {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
};

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** Twelve digits that name a person: a day that existed (or its samordningsnummer), a serial above 000, a true check digit. */
const isIdentity = (twelve: string): boolean => {
  const year = Number(twelve.slice(0, 4));
  const month = Number(twelve.slice(4, 6));
  const rawDay = Number(twelve.slice(6, 8));
  const day = rawDay >= 60 ? rawDay - 60 : rawDay;
  const coordination = rawDay >= 60;
  if (month > 12 || (month === 0 && !coordination) || (day === 0 && !coordination)) return false;
  if (month > 0 && day > daysIn(year, month)) return false;
  return day <= 31 && twelve.slice(8, 11) !== "000" && luhn(twelve.slice(2));
};

/** Ten digits with the century they had on `today`: `-` is the latest that is not in the future, `+` the one before. */
const withCentury = (ten: string, plus: boolean, today: string): string => {
  const century = Number(today.slice(0, 2));
  const latest = Number(`${century}${ten.slice(0, 2)}`) <= Number(today.slice(0, 4)) ? century : century - 1;
  return `${plus ? latest - 1 : latest}${ten}`;
};

const marked = /(?<!\d)(?:(\d{8})[-+ ]?(\d{4})|(\d{6})([-+])(\d{4}))(?!\d)/g;
const bare = /^\s*(\d{10})\s*$/;
/** Under a heading that says so, a number is one however it is spaced. */
const spaced = /^\s*((?:\d[ -]?){10}|(?:\d[ -]?){12})\s*$/;

/** Ten bare digits are looked for as such, or, under a heading of identity numbers, in any spacing. */
type Bare = "no" | "ten" | "heading";

interface Found {
  readonly at: number;
  readonly length: number;
  readonly twelve: string;
}

/** Text as it reads: signs that cannot be seen, other digits and other dashes hide no number. */
const plainly = (cell: string): string =>
  /[^ -~]/.test(cell)
    ? cell
        .normalize("NFKC")
        .replace(/\p{Cf}/gu, "")
        .replace(/[\u2010-\u2015\u2212]/g, "-")
    : cell;

/** Every identity number in a cell; ten bare digits only where the column has shown that it holds them. */
const find = (cell: string, today: string, bareToo: Bare): Found[] => {
  const found: Found[] = [];
  for (const hit of cell.matchAll(marked)) {
    const twelve = hit[1] ? hit[1] + hit[2] : withCentury(`${hit[3]}${hit[5]}`, hit[4] === "+", today);
    if (isIdentity(twelve)) found.push({ at: hit.index, length: hit[0].length, twelve });
  }
  const whole = bareToo === "no" ? undefined : (bareToo === "heading" ? spaced : bare).exec(cell)?.[1];
  if (whole && found.length === 0) {
    const digits = whole.replace(/[ -]/g, "");
    const twelve = digits.length === 12 ? digits : withCentury(digits, false, today);
    if (isIdentity(twelve)) found.push({ at: cell.indexOf(whole), length: whole.length, twelve });
  }
  return found;
};

/** Digits as an identity number has them, whether or not they are one: what was meant as one, under its heading. */
const meant = (cell: string): boolean => /^\d{10}(?:\d{2})?$/.test(cell.replace(/[\s+-]/g, ""));

const identityHeadings = ["personnummer", "personnr", "pnr", "samordningsnummer", "persnr"];
const nameHeadings = [
  "namn",
  "fornamn",
  "efternamn",
  "deltagarnamn",
  "deltagarensnamn",
  "deltagaresnamn",
  "fornamnochefternamn",
];

/** Shown in a finding: the century and nothing else. */
export const mask = (twelve: string): string => `${twelve.slice(0, 2)}****-****`;

export interface Refusal {
  readonly post: Post;
  readonly cell: number;
  readonly kod: "personnummer" | "personnamn";
  readonly masked: string;
  readonly heading: string;
}

/** Where a table's headings stand: the index of the header's last record, and what they say. */
export interface Heads {
  readonly at: number;
  readonly headings: readonly string[];
}

const headsOf = ({ poster }: Tabell, header: number | Heads): Heads =>
  typeof header === "number" ? { at: header, headings: poster[header]?.celler ?? [] } : header;

const width = ({ poster }: Tabell): number => poster.reduce((most, { celler }) => Math.max(most, celler.length), 0);

const isIdentityHeading = (heading: string | undefined): boolean => identityHeadings.includes(fold(heading ?? ""));

/** Whether ten bare digits of a column are identity numbers: by heading, or because over 5 % of its cells pass. */
const holdsBare = (tabell: Tabell, { at, headings }: Heads, cell: number, today: string): Bare => {
  if (isIdentityHeading(headings[cell])) return "heading";
  let filled = 0;
  let passing = 0;
  for (let i = at + 1; i < tabell.poster.length; i++) {
    const written = tabell.poster[i]?.celler[cell] ?? "";
    if (written.trim() === "") continue;
    filled++;
    if (bare.test(written) && find(written, today, "ten").length > 0) passing++;
  }
  return passing > 0 && passing > filled * 0.05 ? "ten" : "no";
};

/** The first identity number in text that is no cell, masked. */
export const identityIn = (text: string, today: string): string | undefined => {
  const [hit] = find(plainly(text), today, "no");
  return hit && mask(hit.twelve);
};

/** What looks like an identity number and is none, masked as they are. */
export const maskWritten = (cell: string): string => `${/^\d\d/.exec(cell.trim())?.[0] ?? "**"}****-****`;

/** A path with its identity numbers masked: a name is written in every output. */
export const maskPath = (path: string, today: string): string => {
  let masked = path;
  for (const { at, length, twelve } of find(path, today, "no").reverse()) {
    masked = masked.slice(0, at) + mask(twelve) + masked.slice(at + length);
  }
  return masked;
};

/** One cell that is said to hold an identity number: masked, or undefined where it is none. */
export const readIdentity = (cell: string, today: string): string | undefined => {
  const [hit, more] = find(plainly(cell), today, "heading");
  return hit && !more ? mask(hit.twelve) : undefined;
};

/**
 * The first reason to refuse a table that has not been given leave to hold persons.
 * @param header the header, or its index where it is one record
 * @param persons whether the dataset's rows are persons, so that a name column names them
 * @param leave columns that may hold identity numbers: they are shown masked
 */
export const inspectIdentity = (
  tabell: Tabell,
  header: number | Heads,
  persons: boolean,
  today: string,
  leave: ReadonlySet<number> = new Set(),
): Refusal | undefined => {
  const columns = width(tabell);
  const heads = headsOf(tabell, header);
  for (let cell = 0; cell < columns; cell++) {
    if (leave.has(cell)) continue;
    const heading = heads.headings[cell] ?? "";
    const first = tabell.poster[heads.at];
    if (persons && first && nameHeadings.includes(fold(heading))) {
      return { post: first, cell, kod: "personnamn", masked: "", heading };
    }
    const bareToo = holdsBare(tabell, heads, cell, today);
    for (const post of tabell.poster) {
      const written = post.celler[cell];
      if (written === undefined || written === "") continue;
      const [hit] = find(plainly(written), today, bareToo);
      if (hit) return { post, cell, kod: "personnummer", masked: mask(hit.twelve), heading };
      // A slip of the finger makes no identity number anonymous.
      if (bareToo === "heading" && meant(plainly(written))) {
        return { post, cell, kod: "personnummer", masked: maskWritten(written), heading };
      }
    }
  }
  return undefined;
};

/** Pseudonyms for one run: HMAC-SHA-256 of the twelve digits, the first 128 bits in hex. */
export const pseudonymiser =
  (key: string) =>
  (twelve: string): string =>
    createHmac("sha256", key).update(twelve).digest("hex").slice(0, 32);

/** The key's fingerprint: tells two keys apart and says nothing of either. */
export const fingerprint = (key: string): string =>
  createHmac("sha256", key).update("finsam-uppfoljning").digest("hex").slice(0, 16);

/**
 * The table with every identity number replaced, name columns emptied, and birth year and registered sex added
 * as columns `fodelsear` and `kon` where the table has none: they cannot be had from a pseudonym afterwards.
 */
export const pseudonymise = (
  tabell: Tabell,
  header: number | Heads,
  persons: boolean,
  today: string,
  pseudonym: (twelve: string) => string,
): Tabell => {
  const columns = width(tabell);
  const heads = headsOf(tabell, header);
  const headings = Array.from({ length: columns }, (_, cell) => heads.headings[cell] ?? "");
  const bareToo = headings.map((_, cell) => holdsBare(tabell, heads, cell, today));
  const names = headings.map((heading) => persons && nameHeadings.includes(fold(heading)));
  const derive = persons && headings.some(isIdentityHeading);
  const fynd: Fynd[] = [...(tabell.fynd ?? [])];
  const hasSex = headings.some((heading) => fold(heading) === "kon");
  const hasYear = headings.some((heading) => fold(heading) === "fodelsear");
  const poster = tabell.poster.map((post, index): Post => {
    let person: string | undefined;
    const celler = post.celler.map((cell, c) => {
      if (names[c] && index > heads.at) return "";
      const plain = plainly(cell);
      const hits = find(plain, today, bareToo[c] ?? "no").reverse();
      if (hits.length === 0) {
        if (index <= heads.at || bareToo[c] !== "heading" || !meant(plain)) return cell;
        // Meant as an identity number and none: the row is refused, and what was written is kept nowhere.
        fynd.push({ kod: "ogiltigt_personnummer", rad: post.rad, cell: c, varde: maskWritten(plain) });
        return maskWritten(plain);
      }
      let written = plain;
      for (const hit of hits) {
        if (isIdentityHeading(headings[c])) person = hit.twelve;
        written = written.slice(0, hit.at) + pseudonym(hit.twelve) + written.slice(hit.at + hit.length);
      }
      return written;
    });
    if (!derive) return { ...post, celler };
    const padded = [...celler, ...Array<string>(Math.max(0, columns - celler.length)).fill("")];
    const sex = person ? (Number(person[10]) % 2 === 0 ? "kvinna" : "man") : "";
    const added =
      index === heads.at ? ["fodelsear", "kon"] : index > heads.at ? [person?.slice(0, 4) ?? "", sex] : ["", ""];
    return {
      ...post,
      celler: [...padded, ...(hasYear ? [] : added.slice(0, 1)), ...(hasSex ? [] : added.slice(1))],
    };
  });
  return { ...tabell, poster, ...(fynd.length > 0 ? { fynd } : {}) };
};
