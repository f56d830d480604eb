/** What the archive lets go of: a person, or versions that nobody needs any more. */
import { fold } from "../schema/columns.ts";
import { StoppedError } from "../schema/errors.ts";
import { saysIdentity } from "../schema/identity.ts";
import { datasetOf } from "../schema/tables.ts";
import type { Archive, Version } from "./archive.ts";
import { headsOf, type Named, recogniseAll } from "./layout.ts";
import type { Source } from "./mapping.ts";
import { recogniseIn } from "./rules.ts";
import type { Sources } from "./sources.ts";
import type { Post, Tabell } from "./table.ts";

/** What stands in a text that named a forgotten person. */
const removed = "(borttagen)";

export interface ForgottenRows {
  readonly version: Version;
  readonly blad: string;
  /** Rows whose person it was: nothing is left of them but that they were there. */
  readonly rader: readonly number[];
  /** Rows that only mentioned the person: the mention is gone. */
  readonly omnamnda: readonly number[];
  /** Rows left as they are: they may be the person's, under a number in the insats that does not tell. */
  readonly oklara: readonly number[];
}

/** A table in the archive, with the cells that say who a row is about. */
interface Kept {
  readonly tabell: Tabell;
  /** Cells under headings of the participant's id: an identity number's, a running number's. */
  readonly ids: ReadonlySet<number>;
  readonly insats: number;
  /** The insats of rows that do not say theirs. */
  readonly own: string;
  /** How many digits a running number has, with zeros before it. */
  readonly bredd: number;
  /** Columns that are a participant's each, by the number that their heading is. */
  readonly heads: readonly { readonly cell: number; readonly id: string }[];
}

const pseudonyms = /[0-9a-f]{32}/;

const { heading, synonyms } = datasetOf("deltagare").columns.deltagar_id ?? { heading: "" };
const idHeadings = new Set(["deltagar_id", heading, ...(synonyms ?? [])].map(fold));

/** What a table has at the place of a column of its dataset. */
const at = <T>({ recognised }: Named, all: readonly T[] | undefined, column: string): T | undefined =>
  recognised && all?.[Object.keys(datasetOf(recognised.dataset).columns).indexOf(column)];
const cellOf = (named: Named, column: string): number => at(named, named.recognised?.positions, column) ?? -1;
const givenIn = (named: Named, column: string): Source | undefined =>
  at(named, named.mapping?.parts[0]?.kallor, column);

/** Columns whose headings are participants. */
const headsOfPersons = (named: Named): Kept["heads"] =>
  (named.mapping?.parts ?? []).flatMap(({ kallor, tal }) => {
    const id = at(named, kallor, "deltagar_id")?.konstant ?? null;
    if (id === null) return [];
    return tal.flatMap((nr) => (kallor[nr - 1]?.celler ?? []).map((cell) => ({ cell: cell - 1, id })));
  });

/** A table, by all that it is read as. */
const keptOf = (tabell: Tabell, readings: readonly Named[]): Kept => {
  const known = readings.flatMap(({ recognised }) =>
    headsOf(recognised, tabell).headings.flatMap((written, cell) =>
      idHeadings.has(fold(written)) || saysIdentity(written) ? [cell] : [],
    ),
  );
  return {
    tabell,
    ids: new Set([...known, ...readings.map((named) => cellOf(named, "deltagar_id"))]),
    insats: Math.max(...readings.map((named) => cellOf(named, "insats_id"))),
    own: readings.map((named) => givenIn(named, "insats_id")?.konstant).find((insats) => insats) ?? "",
    bredd: Math.max(0, ...readings.map((named) => givenIn(named, "deltagar_id")?.bredd ?? 0)),
    heads: readings.flatMap(headsOfPersons),
  };
};

/** A running number within its insats. */
const numberIn = (insats: string, id: string, bredd: number): string =>
  `${insats}\n${/^\d+$/.test(id) ? id.padStart(bredd, "0") : id}`;

/** The participant's running numbers that a row states, each within its insats. */
const numbersOf = ({ ids, insats, own: given, bredd }: Kept, { celler }: Post): string[] => {
  const own = (celler[insats] ?? "").trim() || given;
  if (own === "") return [];
  return [...ids]
    .map((cell) => (celler[cell] ?? "").trim())
    .filter((id) => /[\p{L}\p{N}]/u.test(id) && fold(id) !== "uppgiftsaknas" && !pseudonyms.test(id))
    .map((id) => numberIn(own, id, bredd));
};

/** A row whose person's identity number was given. */
const isSomebodys = ({ ids }: Kept, { celler }: Post): boolean =>
  [...ids].some((cell) => pseudonyms.test(celler[cell] ?? ""));

/** What is known of one person: the pseudonym, if any, and the running numbers that are the person's and nobody else's. */
interface Person {
  readonly pseudonym: string | undefined;
  readonly numbers: ReadonlySet<string>;
  /** Numbers that the person had and someone else too, or that are no numbers. */
  readonly unclear: ReadonlySet<string>;
}

/** A row is the person's where a cell is the number, or says it with more words in the place of an id. */
const isOwn = (pseudonym: string | undefined, { ids }: Kept, { celler }: Post): boolean =>
  pseudonym !== undefined &&
  celler.some(
    (cell, c) =>
      cell.trim() === pseudonym ||
      (ids.has(c) && cell.includes(pseudonym) && !pseudonyms.test(cell.replaceAll(pseudonym, ""))),
  );

const personOf = (pseudonym: string, tables: Iterable<Kept>): Person => {
  const own = new Set<string>();
  const others = new Set<string>();
  for (const table of tables)
    for (const post of table.tabell.poster) {
      const isNamed = isOwn(pseudonym, table, post);
      if (isNamed || isSomebodys(table, post))
        for (const number of numbersOf(table, post)) (isNamed ? own : others).add(number);
    }
  const isClear = (number: string): boolean => !others.has(number) && /\n.*\p{N}/u.test(number);
  return {
    pseudonym,
    numbers: new Set([...own].filter(isClear)),
    unclear: new Set([...own].filter((number) => !isClear(number))),
  };
};

/** A participant's running number in one insats. */
export interface RunningNumber {
  readonly insats: string;
  readonly deltagar_id: string;
}

/**
 * Whose a running number is: of rows that have an identity number beside it, that person.
 * @throws StoppedError several persons have it
 */
const personNumbered = ({ insats, deltagar_id: id }: RunningNumber, tables: () => Iterable<Kept>): Person => {
  const numbers = new Set([numberIn(insats, id, 0)]);
  const beside = new Set<string>();
  for (const table of tables()) {
    numbers.add(numberIn(insats, id, table.bredd));
    for (const post of table.tabell.poster) {
      if (!numbersOf(table, post).some((number) => numbers.has(number))) continue;
      for (const cell of table.ids)
        for (const [one] of (post.celler[cell] ?? "").matchAll(/[0-9a-f]{32}/g)) beside.add(one);
    }
  }
  const [pseudonym, other] = beside;
  if (other !== undefined)
    throw new StoppedError(
      "several persons have had that number in the insats; forget each by identity number; nothing was changed",
    );
  if (pseudonym === undefined) return { pseudonym, numbers, unclear: new Set() };
  const known = personOf(pseudonym, tables());
  return { ...known, numbers: new Set([...numbers, ...known.numbers]) };
};

const without = (table: Kept, { pseudonym, numbers, unclear }: Person) => {
  const { tabell } = table;
  const rader: number[] = [];
  const omnamnda: number[] = [];
  const oklara: number[] = [];
  const columns = table.heads.filter(({ id }) => numbers.has(numberIn(table.own, id, table.bredd)));
  const poster = tabell.poster.map((own): Post => {
    const named = columns.filter(({ cell }) => (own.celler[cell] ?? "") !== "");
    const post = { ...own, celler: own.celler.map((cell, c) => (named.some((one) => one.cell === c) ? "" : cell)) };
    const stated = numbersOf(table, post);
    if (isOwn(pseudonym, table, post) || stated.some((number) => numbers.has(number))) {
      rader.push(post.rad);
      return { rad: post.rad, celler: [] };
    }
    if (!isSomebodys(table, post) && stated.some((number) => unclear.has(number))) oklara.push(post.rad);
    const isMentioned = pseudonym !== undefined && post.celler.some((cell) => cell.includes(pseudonym));
    if (isMentioned || named.length > 0) omnamnda.push(post.rad);
    if (!isMentioned) return post;
    return { ...post, celler: post.celler.map((cell) => cell.replaceAll(pseudonym, removed)) };
  });
  const touched = new Set([...rader, ...omnamnda]);
  const fynd = tabell.fynd?.filter(({ rad }) => rad === null || !touched.has(rad));
  return { tabell: { ...tabell, poster, ...(fynd ? { fynd } : {}) }, rader, omnamnda, oklara };
};

/**
 * Takes a person out of every version that the archive holds: the rows under the identity number, and those of the same
 * insats under a running number that stood beside it and that nobody else has had; or the rows under a running number that
 * is given, and under the identity number that stands beside it.
 * @param whom the pseudonym of an identity number, or a running number
 * @param readerOf the pipeline that reads a version
 * @returns where the person was, once for each file and table that has held it
 * @throws StoppedError several persons have the running number
 */
export const forgetPerson = (
  archive: Archive,
  whom: string | RunningNumber,
  readerOf: Sources["readerOf"],
): ForgottenRows[] => {
  const contents = archive.contents();
  const versionsOf = (sha256: string): Version[] => archive.versioner.filter((version) => version.sha256 === sha256);
  const read = (sha256: string): Kept[] => {
    const [version] = versionsOf(sha256);
    const pipeline = version && readerOf(version);
    const fil = version?.fil ?? "";
    const tabeller = archive.read(sha256);
    const readings = pipeline ? recogniseIn(pipeline, fil, tabeller) : recogniseAll(fil, tabeller);
    return [...Map.groupBy(readings, ({ tabell }) => tabell)].map(([tabell, named]) => keptOf(tabell, named));
  };
  const all = function* (): Iterable<Kept> {
    for (const sha256 of contents) yield* read(sha256);
  };
  const person = typeof whom === "string" ? personOf(whom, all()) : personNumbered(whom, all);
  return contents
    .flatMap((sha256) => {
      const left = read(sha256).map((table) => without(table, person));
      if (left.some(({ rader, omnamnda }) => rader.length + omnamnda.length > 0)) {
        const tabeller = left.map(({ tabell }) => tabell);
        archive.write(sha256, tabeller);
        archive.glomda.add(sha256);
      }
      const met = left.filter(({ rader, omnamnda, oklara }) => rader.length + omnamnda.length + oklara.length > 0);
      return versionsOf(sha256).flatMap((version) =>
        met.map(({ tabell: { blad }, rader, omnamnda, oklara }) => ({ version, blad, rader, omnamnda, oklara })),
      );
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
};

const placeOf = ({ version: { fil, mottagen }, blad }: ForgottenRows): string => [fil, mottagen, blad].join("\n");

/**
 * Marks the versions that no report of `day` or later is made of: those replaced by then, and those of sources that no
 * pipeline reads. Their names, hashes and days stay, since later versions replace them; their cells go.
 * @returns them, and the contents that no kept version needs
 */
export const pruneVersions = (archive: Archive, day: string, sources: ReadonlySet<string>) => {
  const received = archive.versioner.filter(({ mottagen }) => mottagen <= day);
  const inForce = new Map(received.map((version) => [version.fil, version]));
  const versioner = received.filter(
    (version) =>
      !version.gallrad &&
      (inForce.get(version.fil) !== version || (!sources.has(version.leverans) && version.mottagen < day)),
  );
  for (const version of versioner) version.gallrad = true;
  const left = archive.avvisningar.filter(({ upphort }) => upphort === undefined || upphort > day);
  archive.avvisningar.splice(0, archive.avvisningar.length, ...left);
  if (archive.gallrat === undefined || archive.gallrat < day) archive.gallrat = day;
  const needed = new Set(archive.versioner.filter(({ gallrad }) => !gallrad).map(({ sha256 }) => sha256));
  return { versioner, contents: archive.contents().filter((sha256) => !needed.has(sha256)) };
};
