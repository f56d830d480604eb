/**
 * Where identity numbers stop. What passes is either free of them or carries a keyed pseudonym in their place;
 * in clear they are written nowhere. What a number is, is said in src/schema/identity.ts.
 */
import { createHmac } from "node:crypto";
import { fold } from "../schema/columns.ts";
import {
  type Bare,
  find,
  holdsIdentity,
  isBareTen,
  mask,
  maskText,
  meant,
  onlyNumber,
  personWord,
  plainly,
  replaceIdentity,
  saysIdentity,
} from "../schema/identity.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";
import { isChance, phoneHeading } from "./chance.ts";
import type { Fynd, Post, Tabell } from "./table.ts";

/** Whether each row of a dataset is one person's. */
export const isOfPersons = (dataset: DatasetName | undefined): boolean =>
  dataset !== undefined && datasetOf(dataset).personer === "rad";

const aName = "(for|efter|tilltals|mellan|till|hel)?namn(et)?|(first|last|sur|full)?name";
const between = "for|och|o|samt|eller|hela?|fullstandigt?|i|pa|av|den|det|\\d";
/** `Namn`, `Deltagarens namn`, `För- och efternamn`: nothing but a person's name. `Kommunnamn` is something else's. */
const nameHeading = new RegExp(`^(${personWord}|${between})*(${aName})(${personWord}|${between}|${aName})*$`);
const ownName = /(for|efter|tilltals)namn|(first|last|sur)name/;
/** A group of headings that is about something with a name of its own. */
const thingHeading = /^(insats|part|kommun|forbund|mote|handlaggar|huvudman|myndighet|arbetsgivar|enhet)[aerns]{0,6}$/;
/** No heading of a name is longer. */
const longestName = 80;
const personHeading = new RegExp(`^${personWord}$`);
const fullName = /^\s*\p{Lu}[\p{L}'-]+,?(\s+\p{Lu}[\p{L}'-]+)+\s*$/u;

export interface Refusal {
  readonly post: Post;
  readonly cell: number;
  readonly kod: "personnummer" | "personnamn";
  readonly masked: string;
  readonly heading: string;
}

/** Where a table's headings stand, what they say, and of whom. */
export interface Heads {
  /** The index of the header's last record. */
  readonly at: number;
  /** As written; of two rows joined by a space. */
  readonly headings: readonly string[];
  /**
   * What each column is called, too: by the lower of two rows, `Namn` under a group `Deltagaren`, or by the pipeline,
   * which says what the column is.
   */
  readonly also: readonly string[];
  /** What the table is read as; undefined where it is read as nothing. */
  readonly dataset?: DatasetName | undefined;
  /** The cell that is read as who somebody is, or -1. */
  readonly who: number;
}

const width = ({ poster }: Tabell): number => poster.reduce((most, { celler }) => Math.max(most, celler.length), 0);

/** The headings of a column that say something. */
const headingsOf = ({ headings, also }: Heads, cell: number): string[] =>
  [headings[cell] ?? "", also[cell] ?? ""].filter((heading) => heading.trim() !== "");

const saysNumber = (heads: Heads, cell: number): boolean => headingsOf(heads, cell).some(saysIdentity);

const cellsBelow = ({ poster }: Tabell, { at }: Heads, cell: number): string[] =>
  poster.slice(at + 1).flatMap(({ celler }) => {
    const written = plainly(celler[cell] ?? "");
    return written.trim() === "" ? [] : [written];
  });

/** Over 5 % of random digits never pass for identity numbers: 0,7 % do. */
const overChance = (passing: number, of: number): boolean => passing > of * 0.05;

/**
 * Whether ten bare digits of a column are identity numbers: because its heading says so, or over 5 % of its cells pass.
 * In a column that is read as who somebody is they are measured against what looks like them: own ids may stand between.
 */
const holdsBare = (tabell: Tabell, heads: Heads, cell: number, today: string): Bare => {
  if (saysNumber(heads, cell)) return "heading";
  if (cell === heads.who) {
    const alike = cellsBelow(tabell, heads, cell).filter((one) => meant(one));
    return overChance(alike.filter((one) => onlyNumber(one, today) !== undefined).length, alike.length)
      ? "heading"
      : "no";
  }
  const isPhone = headingsOf(heads, cell).some((heading) => phoneHeading.test(fold(heading)));
  let filled = 0;
  let passing = 0;
  for (let i = heads.at + 1; i < tabell.poster.length; i++) {
    const written = tabell.poster[i]?.celler[cell] ?? "";
    if (written.trim() === "") continue;
    filled++;
    if (written.length < 10) continue;
    const plain = plainly(written);
    if (isBareTen(plain) && !(isPhone && plain.trim().startsWith("0")) && find(plain, today, "ten").length > 0)
      passing++;
  }
  return overChance(passing, filled) ? "ten" : "no";
};

/** How a column is searched. */
const searchOf = (tabell: Tabell, heads: Heads, cell: number, today: string) => {
  const bare = holdsBare(tabell, heads, cell, today);
  let known: boolean | undefined = bare === "heading" ? false : undefined;
  return {
    bare,
    /** The heading is of identity numbers and nothing else. */
    isNamed: headingsOf(heads, cell).some(holdsIdentity),
    /** Whether what passes below the heading is no more than chance gives; asked only where something does. */
    isByChance: (): boolean => {
      known ??= isChance(headingsOf(heads, cell), cellsBelow(tabell, heads, cell), today);
      return known;
    },
  };
};

/**
 * The columns that hold persons' names: in a table of persons those whose heading says so, and those of whoever it is
 * about where full names stand in them. Another table is of persons if it has their numbers, unless it is of something with
 * a name; one that is read as nothing, also if it has first or last names.
 */
const nameColumns = (tabell: Tabell, heads: Heads, columns: number): ReadonlySet<number> => {
  const cells = Array.from({ length: columns }, (_, cell) => cell);
  const isSaid = (cell: number, pattern: RegExp): boolean =>
    headingsOf(heads, cell).some((heading) => pattern.test(fold(heading)));
  const named = cells.filter((cell) => {
    const [whole = "", under = ""] = [heads.headings[cell] ?? "", heads.also[cell] ?? ""].map((heading) =>
      heading.length > longestName ? "" : fold(heading),
    );
    return nameHeading.test(whole) || (nameHeading.test(under) && !thingHeading.test(whole.slice(0, -under.length)));
  });
  const { dataset } = heads;
  const isPersonal = isOfPersons(dataset);
  const hasOwnName = dataset !== undefined && "namn" in datasetOf(dataset).columns;
  const ofPersons =
    isPersonal ||
    (!hasOwnName && cells.some((cell) => saysNumber(heads, cell))) ||
    (dataset === undefined && named.some((cell) => isSaid(cell, ownName)));
  if (!ofPersons) return new Set();
  const whole = cells.filter((cell) => {
    if (cell !== heads.who && !isSaid(cell, personHeading)) return false;
    const written = cellsBelow(tabell, heads, cell);
    return written.filter((one) => fullName.test(one)).length > written.length / 2;
  });
  return new Set([...named, ...whole]);
};

/** The first identity number in text that is no cell, masked. */
export const identityIn = (text: string, today: string): string | undefined => {
  const [hit] = find(plainly(text), today, "no");
  return hit && mask(hit.twelve);
};

/** What looks like an identity number and is none, masked as they are: the century, where it is written. */
export const maskWritten = (cell: string): string =>
  `${/^(?:18|19|20)(?=\d{10}$)/.exec(plainly(cell).replace(/\D/g, ""))?.[0] ?? "**"}****-****`;

/** Whether a path names a person, so that its file is refused. */
export const namesPerson = (path: string, today: string): boolean => find(plainly(path), today, "no").length > 0;

/**
 * The first reason to refuse a table that has not been given leave to hold persons.
 * @param leave columns that may hold identity numbers: they are shown masked
 */
export const inspectIdentity = (
  tabell: Tabell,
  heads: Heads,
  today: string,
  leave: ReadonlySet<number> = new Set(),
): Refusal | undefined => {
  const columns = width(tabell);
  const names = nameColumns(tabell, heads, columns);
  for (let cell = 0; cell < columns; cell++) {
    if (leave.has(cell)) continue;
    const heading = heads.headings[cell] ?? "";
    const first = tabell.poster[heads.at];
    if (first && names.has(cell)) return { post: first, cell, kod: "personnamn", masked: "", heading };
    const { bare, isNamed, isByChance } = searchOf(tabell, heads, cell, today);
    for (const [index, post] of tabell.poster.entries()) {
      const written = post.celler[cell];
      if (written === undefined || written === "") continue;
      const plain = plainly(written);
      const [hit] = find(plain, today, bare);
      const isBelow = index > heads.at;
      if (hit && !(isBelow && isByChance()))
        return { post, cell, kod: "personnummer", masked: mask(hit.twelve), heading };
      // A slip of the finger makes no identity number anonymous.
      if (bare === "heading" && isBelow && meant(plain, isNamed)) {
        return { post, cell, kod: "personnummer", masked: maskWritten(plain), heading };
      }
    }
  }
  return undefined;
};

/**
 * Whether a plain table, of which only the first records are at hand, may pass: no cell of it can hold an identity number, or a
 * person's name, by what was seen of each column when every byte was looked at.
 */
export const mayPass = (
  tabell: Tabell,
  heads: Heads,
  { digits, isSpaced }: { readonly digits: readonly number[]; readonly isSpaced: readonly boolean[] },
  today: string,
): boolean =>
  digits.every((most, cell) => {
    const isWho = cell === heads.who || headingsOf(heads, cell).some((heading) => personHeading.test(fold(heading)));
    // Under such a heading a number may lack its zeros, and a full name has a space.
    return !saysNumber(heads, cell) && !(isWho && (most > 6 || isSpaced[cell]));
  }) && inspectIdentity(tabell, heads, today) === undefined;

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
  heads: Heads,
  today: string,
  pseudonym: (twelve: string) => string,
): Tabell => {
  const columns = width(tabell);
  const searched = Array.from({ length: columns }, (_, cell) => searchOf(tabell, heads, cell, today));
  const names = nameColumns(tabell, heads, columns);
  const derive = isOfPersons(heads.dataset) && searched.some(({ bare }) => bare === "heading");
  const hidden = (text: string | undefined): string | undefined => text && maskText(text, today);
  const fynd = (tabell.fynd ?? []).map(
    (one): Fynd => ({ ...one, varde: hidden(one.varde), detalj: hidden(one.detalj) }),
  );
  const also = tabell.poster[heads.at]?.celler ?? [];
  const has = (name: string): boolean =>
    also.some((one) => fold(one) === name) ||
    searched.some((_, cell) => headingsOf(heads, cell).some((one) => fold(one) === name));
  const [hasSex, hasYear] = [has("kon"), has("fodelsear")];
  const poster = tabell.poster.map((post, index): Post => {
    let person: string | undefined;
    const celler = post.celler.map((cell, c) => {
      const { bare = "no", isNamed, isByChance } = searched[c] ?? {};
      const isBelow = index > heads.at;
      const plain = isBelow && bare === "heading" ? plainly(cell) : "";
      if (!meant(plain, isNamed)) {
        if (isBelow && names.has(c)) return "";
        const replaced = replaceIdentity(cell, today, bare, pseudonym);
        return replaced !== cell && isBelow && isByChance?.() ? cell : replaced;
      }
      const twelve = onlyNumber(plain, today);
      if (twelve !== undefined) {
        // The person is all that the cell says: a name or a note beside the number would tell who it is, or make another.
        if (person === undefined || c === heads.who) person = twelve;
        return pseudonym(twelve);
      }
      // Meant as an identity number and none: the row is refused, and what was written is kept nowhere.
      fynd.push({ kod: "ogiltigt_personnummer", rad: post.rad, cell: c, varde: maskWritten(plain) });
      return maskWritten(plain);
    });
    if (!derive) return { ...post, celler };
    const padded = [...celler, ...Array<string>(Math.max(0, columns - celler.length)).fill("")];
    const sex = person ? (Number(person[10]) % 2 === 0 ? "kvinna" : "man") : "";
    const added =
      index === heads.at ? ["fodelsear", "kon"] : index > heads.at ? [person?.slice(0, 4) ?? "", sex] : ["", ""];
    const derived = [...(hasYear ? [] : added.slice(0, 1)), ...(hasSex ? [] : added.slice(1))];
    return { ...post, celler: [...padded, ...derived] };
  });
  return { ...tabell, poster, ...(fynd.length > 0 ? { fynd } : {}) };
};
