/**
 * Where identity numbers stop. What passes is either free of them or carries a keyed pseudonym in their place;
 * in clear they are written nowhere. What a number is, is said in src/schema/identity.ts.
 */
import { createHmac } from "node:crypto";
import { fold } from "../schema/columns.ts";
import { type Bare, find, isBareTen, mask, maskText, meant, plainly, replaceIdentity } from "../schema/identity.ts";
import type { DatasetName } from "../schema/tables.ts";
import type { Fynd, Post, Tabell } from "./table.ts";

/** Datasets whose rows are persons. */
export const personal: readonly DatasetName[] = ["deltagare", "arende"];

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

export const isIdentityHeading = (heading: string | undefined): boolean =>
  identityHeadings.includes(fold(heading ?? ""));

/** Whether ten bare digits of a column are identity numbers: by heading, or because over 5 % of its cells pass. */
const holdsBare = (tabell: Tabell, { at, headings }: Heads, cell: number, today: string): Bare => {
  if (isIdentityHeading(headings[cell])) return "heading";
  let filled = 0;
  let passing = 0;
  for (let i = at + 1; i < tabell.poster.length; i++) {
    const written = plainly(tabell.poster[i]?.celler[cell] ?? "");
    if (written.trim() === "") continue;
    filled++;
    if (isBareTen(written) && find(written, today, "ten").length > 0) passing++;
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

/** Whether a path names a person, so that its file is refused. */
export const namesPerson = (path: string, today: string): boolean => find(plainly(path), today, "no").length > 0;

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
  const hidden = (text: string | undefined): string | undefined => text && maskText(text, today);
  const fynd = (tabell.fynd ?? []).map(
    (one): Fynd => ({ ...one, varde: hidden(one.varde), detalj: hidden(one.detalj) }),
  );
  const hasSex = headings.some((heading) => fold(heading) === "kon");
  const hasYear = headings.some((heading) => fold(heading) === "fodelsear");
  const poster = tabell.poster.map((post, index): Post => {
    let person: string | undefined;
    const celler = post.celler.map((cell, c) => {
      if (names[c] && index > heads.at) return "";
      const written = replaceIdentity(cell, today, bareToo[c] ?? "no", (twelve) => {
        if (isIdentityHeading(headings[c])) person = twelve;
        return pseudonym(twelve);
      });
      const plain = plainly(cell);
      if (written !== cell || index <= heads.at || bareToo[c] !== "heading" || !meant(plain)) return written;
      // Meant as an identity number and none: the row is refused, and what was written is kept nowhere.
      fynd.push({ kod: "ogiltigt_personnummer", rad: post.rad, cell: c, varde: maskWritten(plain) });
      return maskWritten(plain);
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
