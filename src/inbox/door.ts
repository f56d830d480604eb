/**
 * Where identity numbers stop. What passes is either free of them or carries a keyed pseudonym in their place;
 * in clear they are written nowhere. Rules: Skatteverket's construction of personnummer and samordningsnummer
 * (check digit by the Luhn method over the ten digits; day + 60 for samordningsnummer).
 */
import { createHmac } from "node:crypto";
import { fold } from "../schema/columns.ts";
import type { Post, Tabell } from "./csv.ts";

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

interface Found {
  readonly at: number;
  readonly length: number;
  readonly twelve: string;
}

/** Every identity number in a cell; ten bare digits only where the column has shown that it holds them. */
const find = (cell: string, today: string, bareToo: boolean): Found[] => {
  const found: Found[] = [];
  for (const hit of cell.matchAll(marked)) {
    const twelve = hit[1] ? hit[1] + hit[2] : withCentury(`${hit[3]}${hit[5]}`, hit[4] === "+", today);
    if (isIdentity(twelve)) found.push({ at: hit.index, length: hit[0].length, twelve });
  }
  const ten = bareToo ? bare.exec(cell)?.[1] : undefined;
  if (ten) {
    const twelve = withCentury(ten, false, today);
    if (isIdentity(twelve)) found.push({ at: cell.indexOf(ten), length: 10, twelve });
  }
  return found;
};

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

const headingOf = ({ poster }: Tabell, header: number, cell: number): string => poster[header]?.celler[cell] ?? "";

const width = ({ poster }: Tabell): number => Math.max(0, ...poster.map(({ celler }) => celler.length));

/** Whether ten bare digits of a column are identity numbers: by heading, or because over 5 % of its cells pass. */
const holdsBare = (tabell: Tabell, header: number, cell: number, today: string): boolean => {
  if (identityHeadings.includes(fold(headingOf(tabell, header, cell)))) return true;
  const filled = tabell.poster
    .slice(header + 1)
    .map(({ celler }) => celler[cell] ?? "")
    .filter((c) => c.trim() !== "");
  const passing = filled.filter((c) => bare.test(c) && find(c, today, true).length > 0).length;
  return passing > 0 && passing > filled.length * 0.05;
};

/**
 * The first reason to refuse a table that has not been given leave to hold persons.
 * @param header index of the header record
 * @param persons whether the dataset's rows are persons, so that a name column names them
 */
export const inspectIdentity = (
  tabell: Tabell,
  header: number,
  persons: boolean,
  today: string,
): Refusal | undefined => {
  const columns = width(tabell);
  for (let cell = 0; cell < columns; cell++) {
    const heading = headingOf(tabell, header, cell);
    const first = tabell.poster[header];
    if (persons && first && nameHeadings.includes(fold(heading))) {
      return { post: first, cell, kod: "personnamn", masked: "", heading };
    }
    const bareToo = holdsBare(tabell, header, cell, today);
    for (const post of tabell.poster) {
      const [hit] = find(post.celler[cell] ?? "", today, bareToo);
      if (hit) return { post, cell, kod: "personnummer", masked: mask(hit.twelve), heading };
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
  header: number,
  persons: boolean,
  today: string,
  pseudonym: (twelve: string) => string,
): Tabell => {
  const columns = width(tabell);
  const headings = Array.from({ length: columns }, (_, cell) => headingOf(tabell, header, cell));
  const bareToo = headings.map((_, cell) => holdsBare(tabell, header, cell, today));
  const names = headings.map((heading) => persons && nameHeadings.includes(fold(heading)));
  const derive = persons && headings.some((heading) => identityHeadings.includes(fold(heading)));
  const hasSex = headings.some((heading) => fold(heading) === "kon");
  const hasYear = headings.some((heading) => fold(heading) === "fodelsear");
  const poster = tabell.poster.map((post, index): Post => {
    let person: string | undefined;
    const celler = post.celler.map((cell, c) => {
      if (names[c] && index > header) return "";
      let written = cell;
      for (const hit of find(cell, today, bareToo[c] ?? false).reverse()) {
        if (identityHeadings.includes(fold(headings[c] ?? ""))) person = hit.twelve;
        written = written.slice(0, hit.at) + pseudonym(hit.twelve) + written.slice(hit.at + hit.length);
      }
      return written;
    });
    if (!derive) return { rad: post.rad, celler };
    const padded = [...celler, ...Array<string>(Math.max(0, columns - celler.length)).fill("")];
    const sex = person ? (Number(person[10]) % 2 === 0 ? "kvinna" : "man") : "";
    const added =
      index === header ? ["fodelsear", "kon"] : index > header ? [person?.slice(0, 4) ?? "", sex] : ["", ""];
    return {
      rad: post.rad,
      celler: [...padded, ...(hasYear ? [] : added.slice(0, 1)), ...(hasSex ? [] : added.slice(1))],
    };
  });
  return { ...tabell, poster };
};
