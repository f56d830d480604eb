/** Which versions count on a day, and which of them only repeat what another file holds. */
import { asSeen } from "../schema/columns.ts";
import type { Archive, Version } from "./archive.ts";
import { readingKey } from "./rules.ts";
import type { Sources } from "./sources.ts";

/** A cell of a file: its row as written in the file, its place in the row from 0, and the sheet where that is told. */
export interface Cell {
  readonly fil: string;
  readonly blad: string | undefined;
  readonly rad: number;
  readonly cell: number;
}

/** Whether a version of a file other than `sha256`, received by `day`, held a value in a cell, or has been pruned since. */
export const heldBefore =
  (archive: Archive, day: string) =>
  ({ fil, blad, rad, cell }: Cell, sha256: string, value: string): boolean =>
    archive.versioner.some(
      (version) =>
        version.fil === fil &&
        version.sha256 !== sha256 &&
        version.mottagen <= day &&
        (version.gallrad ||
          archive
            .read(version.sha256)
            .some(
              (tabell) =>
                (blad === undefined || tabell.blad === blad) &&
                tabell.poster.some((post) => post.rad === rad && asSeen(post.celler[cell] ?? "") === asSeen(value)),
            )),
    );

export interface Standing {
  readonly version: Version;
  /** The content it replaces. */
  readonly replaces: string | null;
  /** Why it is passed over whole: the file that its content is loaded from already, or that a pipeline says replaces it. */
  readonly passed?: { readonly kod: "redan_last" | "ersatt_fil"; readonly detalj: string } | undefined;
}

type Index = Pick<Archive, "versioner">;
/** What is read of a version: equal for equal contents that give the same rows; undefined if it is not used. */
type ReadingOf = (version: Version) => string | undefined;

/**
 * Which versions a run may use: those of its sources, and none with pseudonyms where they are not allowed. Equal files of
 * two insatser give rows of two insatser, and so do two months whose period is in the file's name: neither is a copy.
 */
export const readingIn =
  ({ readerOf }: Sources): ReadingOf =>
  (version) => {
    const { fil, sha256, pseudonymiserad } = version;
    const reader = readerOf(version);
    if (reader === undefined || (pseudonymiserad && reader.personuppgifter === "avvisa")) return undefined;
    return JSON.stringify([sha256, ...readingKey(reader, fil)]);
  };

export const always = "9999-12-31";

/** By code unit, the same on every machine. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byReceived = (a: Version, b: Version): number => compareText(a.mottagen, b.mottagen) || compareText(a.fil, b.fil);

/** Of each file the latest version received by `day`, and what it replaces. */
const latestBy = ({ versioner }: Index, readingOf: ReadingOf, day: string): Map<Version, string | null> => {
  const latest = new Map<string, { version: Version; replaces: string | null }>();
  for (const version of versioner) {
    if (readingOf(version) === undefined || version.mottagen > day) continue;
    latest.set(version.fil, { version, replaces: latest.get(version.fil)?.version.sha256 ?? null });
  }
  return new Map([...latest.values()].map(({ version, replaces }) => [version, replaces]));
};

/** The file that each copy repeats: the one that held the content when the copy came, else the first of `versions`. */
const copiesIn = (
  { versioner }: Index,
  versions: readonly Version[],
  readingOf: ReadingOf,
  day: string,
): Map<Version, string> => {
  const holders = new Map<string, string>();
  const copies = new Map<Version, string>();
  for (const version of versions) {
    const { fil, redan_last: first } = version;
    const reading = readingOf(version) ?? "";
    const stood = versioner.some((one) => one.fil === first && one.mottagen <= day && readingOf(one) === reading);
    const holder = stood ? first : holders.get(reading);
    if (holder === undefined) holders.set(reading, fil);
    else copies.set(version, holder);
  }
  return copies;
};

/** The versions that count: of each file the latest received by `day`, the first received first. */
export const inForce = (index: Index, readingOf: ReadingOf, day: string): Standing[] => {
  const latest = latestBy(index, readingOf, day);
  const versions = [...latest.keys()].sort(byReceived);
  const copies = copiesIn(index, versions, readingOf, day);
  return versions.map((version) => {
    const detalj = copies.get(version);
    const replaces = latest.get(version) ?? null;
    return { version, replaces, ...(detalj !== undefined && { passed: { kod: "redan_last", detalj } }) };
  });
};

/** A file that a pipeline says replaces others. */
export interface Replacement {
  readonly fil: string;
  readonly old: readonly string[];
}

/** Puts aside the files that a file in force replaces; it says so itself, where it is no new version of its own. */
export const replaceFiles = (standing: readonly Standing[], replacements: readonly Replacement[]): Standing[] => {
  const stands = new Map(standing.map((one) => [one.version.fil, one]));
  const inUse = replacements.filter(({ fil }) => stands.has(fil));
  return standing.map((one) => {
    const { fil } = one.version;
    const by = inUse.find(({ old }) => old.includes(fil));
    const own = inUse.filter((replacement) => replacement.fil === fil).flatMap(({ old }) => old);
    const contents = own.flatMap((old) => stands.get(old)?.version.sha256 ?? []).join(", ");
    const passed: Standing["passed"] = one.passed ?? (by && { kod: "ersatt_fil", detalj: by.fil });
    return { ...one, replaces: one.replaces ?? (contents || null), passed };
  });
};

/**
 * Remembers of new versions which file held their content when they came: a copy stays passed over when that file is
 * replaced. What came together is judged as it stands together, so that a file may move and another take its name.
 */
export const rememberCopies = (index: Index, fresh: ReadonlySet<Version>, readingOf: ReadingOf): void => {
  const versions = [...latestBy(index, readingOf, always).keys()].sort(byReceived);
  const inOrder = [...versions.filter((one) => !fresh.has(one)), ...versions.filter((one) => fresh.has(one))];
  for (const [version, holder] of copiesIn(index, inOrder, readingOf, always))
    if (fresh.has(version)) version.redan_last = holder;
};
