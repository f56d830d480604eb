/** What the archive lets go of: a person, or versions that nobody needs any more. */
import type { Archive, Version } from "./archive.ts";
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
}

const names =
  (pseudonym: string) =>
  (cell: string): boolean =>
    cell.includes(pseudonym);

const without = (tabell: Tabell, pseudonym: string): { tabell: Tabell; rader: number[]; omnamnda: number[] } => {
  const isNamed = names(pseudonym);
  const rader: number[] = [];
  const omnamnda: number[] = [];
  const poster = tabell.poster.map((post): Post => {
    if (!post.celler.some(isNamed)) return post;
    if (post.celler.some((cell) => cell.trim() === pseudonym)) {
      rader.push(post.rad);
      return { rad: post.rad, celler: [] };
    }
    omnamnda.push(post.rad);
    return { ...post, celler: post.celler.map((cell) => cell.replaceAll(pseudonym, removed)) };
  });
  const touched = new Set([...rader, ...omnamnda]);
  const fynd = tabell.fynd?.filter(({ rad }) => rad === null || !touched.has(rad));
  return { tabell: { ...tabell, poster, ...(fynd ? { fynd } : {}) }, rader, omnamnda };
};

/**
 * Takes a person out of every version that the archive holds.
 * @returns where the person was, once for each file and table that has held it
 */
export const forgetPerson = (archive: Archive, pseudonym: string): ForgottenRows[] =>
  archive
    .contents()
    .flatMap((sha256) => {
      const read = archive.read(sha256).map((tabell) => without(tabell, pseudonym));
      const touched = read.filter(({ rader, omnamnda }) => rader.length + omnamnda.length > 0);
      if (touched.length === 0) return [];
      archive.write(
        sha256,
        read.map(({ tabell }) => tabell),
      );
      archive.glomda.add(sha256);
      const versions = archive.versioner.filter((version) => version.sha256 === sha256);
      return versions.flatMap((version) =>
        touched.map(({ tabell: { blad }, rader, omnamnda }) => ({ version, blad, rader, omnamnda })),
      );
    })
    .sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));

const placeOf = ({ version: { fil, mottagen }, blad }: ForgottenRows): string => [fil, mottagen, blad].join("\n");

export interface Pruned {
  readonly versioner: readonly Version[];
  /** Contents that no kept version needs. */
  readonly contents: readonly string[];
}

/**
 * Marks the versions that no report of `day` or later is made of: those replaced by then, and those of sources that no
 * pipeline reads. Their names, hashes and days stay, since later versions replace them; their cells go.
 */
export const pruneVersions = (archive: Archive, day: string, sources: ReadonlySet<string>): Pruned => {
  const inForce = new Map<string, Version>();
  for (const version of archive.versioner) {
    if (version.mottagen <= day) inForce.set(version.fil, version);
  }
  const versioner = archive.versioner.filter(
    (version) =>
      !version.gallrad &&
      version.mottagen <= day &&
      (inForce.get(version.fil) !== version || (!sources.has(version.leverans) && version.mottagen < day)),
  );
  for (const version of versioner) version.gallrad = true;
  archive.avvisningar.splice(
    0,
    archive.avvisningar.length,
    ...archive.avvisningar.filter(({ upphort }) => upphort === undefined || upphort > day),
  );
  if (archive.gallrat === undefined || archive.gallrat < day) archive.gallrat = day;
  const needed = new Set(archive.versioner.filter(({ gallrad }) => !gallrad).map(({ sha256 }) => sha256));
  return { versioner, contents: archive.contents().filter((sha256) => !needed.has(sha256)) };
};
