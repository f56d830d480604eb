/**
 * What has been received: an index of versions, and each content's cells as they were after the door, by content hash.
 * Rows come from here, so a file that is taken away keeps its rows until a new version of it arrives.
 * A run reads what stands and writes beside it: the swap that makes the run whole puts both in one place.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import { StoppedError } from "../schema/errors.ts";
import { type FindingCode, findings } from "../schema/findings.ts";
import { readText } from "./csv.ts";
import { recordsIn, type Tabell } from "./table.ts";

const text = z.string();
const came = { leverans: text, fil: text, sha256: text, mottagen: text };
const version = z.strictObject({
  ...came,
  /** The file that held its content when it came. */
  redan_last: text.optional(),
  /** What its pipeline told the door when it was let in. */
  dorr: text.optional(),
  /** The door replaced identity numbers in it or in its name: it is not used where that is no longer allowed. */
  pseudonymiserad: z.literal(true).optional(),
  /** Its cells have been pruned: no report of a day that is still kept needs them. */
  gallrad: z.literal(true).optional(),
});
const [number, word] = [z.number().nullable(), text.nullable()];
const kod = z.enum(Object.keys(findings) as [FindingCode]);

/** A file that was refused: nothing of it is kept but that it came, and why it was refused, masked as it is shown. */
const refusal = z.strictObject({
  ...came,
  rader: z.number(),
  fynd: z.strictObject({ rad: number, cell: number, kolumn: word, varde: word, kod, detalj: word }),
  /** The first day that it was no longer there, or no longer refused. */
  upphort: text.optional(),
});

const index = z.strictObject({
  /** Fingerprint of the key the pseudonyms were made with. */
  nyckel: text.optional(),
  /** In the order they were first ingested; of one file none was received before the one it replaces. */
  versioner: z.array(version),
  avvisningar: z.array(refusal).default([]),
  /** The folders, seen from the archive's, of sources whose paths are written alike, by their names. */
  kallor: z.record(text, text).default({}),
  /** Contents that a person has been taken out of: the files they came from are not read again. */
  glomda: z.array(text).default([]),
  /**
   * Of each content that is kept as text: how many records it has, the header too; in how many of the others each column is
   * filled, and how many cells are in the one that has fewest.
   */
  texter: z
    .record(text, z.strictObject({ rader: z.number(), fyllda: z.array(z.number()), minst: z.number() }))
    .default({}),
  /** Reports of earlier days than this cannot be made again. */
  gallrat: text.optional(),
});

export type Refusal = z.infer<typeof refusal>;
export type Version = z.infer<typeof version>;

export type KeptText = z.infer<typeof index>["texter"][string];

const contents = z.array(
  z.strictObject({
    ...{ blad: text, kodning: text, avgransare: text },
    poster: z.array(z.strictObject({ rad: z.number(), celler: z.array(text), slag: text.optional() })),
    fynd: z
      .array(z.strictObject({ kod, rad: number, cell: number, varde: text.optional(), detalj: text.optional() }))
      .optional(),
    epok: z.union([z.literal(1900), z.literal(1904)]).optional(),
  }),
);

/**
 * As many records as are held in memory from the door to the inbox, so that what a run writes it does not read back: some
 * 450 MB, which is less than to read a large file back takes. What is beyond that is read back one file at a time.
 */
const heldRecords = 1_000_000;

const indexName = "leveranser.json";
/** Records as cells, or a plain table's text. */
const endings = [".json.gz", ".csv.gz"] as const;
const [cellsEnding, textEnding] = endings;

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it; without one all is held in memory, and nothing is written
 */
export const openArchive = (folder: string, work?: string) => {
  const indexFile = join(folder, indexName);
  const stored = index.parse(existsSync(indexFile) ? JSON.parse(readFileSync(indexFile, "utf8")) : { versioner: [] });
  const texter = new Map(Object.entries(stored.texter));
  const glomda = new Set(stored.glomda);
  const letGo = new Set<string>();
  const held = new Map<string, readonly Tabell[]>();
  let records = 0;
  const fileOf = (sha256: string): string | undefined =>
    letGo.has(sha256)
      ? undefined
      : [work ?? folder, folder]
          .flatMap((place) => endings.map((ending) => join(place, `${sha256}${ending}`)))
          .find((path) => existsSync(path));
  const namesIn = (place: string): string[] =>
    existsSync(place) ? readdirSync(place).filter((name) => endings.some((ending) => name.endsWith(ending))) : [];
  const hashOf = (name: string): string => name.slice(0, name.indexOf("."));
  return {
    nyckel: stored.nyckel,
    gallrat: stored.gallrat,
    versioner: stored.versioner,
    /** Every refusal that a run has shown. */
    avvisningar: stored.avvisningar,
    kallor: new Map(Object.entries(stored.kallor).map(([name, path]) => [name, resolve(folder, path)])),
    glomda,

    /** The contents that stand in it, by hash. */
    contents: (): string[] =>
      namesIn(folder)
        .map(hashOf)
        .filter((sha256) => !letGo.has(sha256))
        .sort(),

    has: (sha256: string): boolean => held.has(sha256) || fileOf(sha256) !== undefined,

    /** @throws StoppedError the content has been pruned, or is lost */
    read(sha256: string): readonly Tabell[] {
      const inMemory = held.get(sha256);
      // Once read it is in the inbox.
      if (work !== undefined) held.delete(sha256);
      if (inMemory) return inMemory;
      const file = fileOf(sha256);
      if (!file) {
        const pruned = stored.versioner.find((version) => version.sha256 === sha256 && version.gallrad);
        throw new StoppedError(
          pruned
            ? `${pruned.fil} has been pruned from the archive (finsam forget --older-than); put the file back in its folder`
            : `the archive lacks ${sha256}${cellsEnding}; restore arkiv from a copy`,
        );
      }
      const bytes = gunzipSync(readFileSync(file));
      return file.endsWith(textEnding) ? [readText(bytes)] : contents.parse(JSON.parse(bytes.toString("utf8")));
    },

    write(sha256: string, tabeller: readonly Tabell[]): void {
      letGo.delete(sha256);
      texter.delete(sha256);
      records += recordsIn(tabeller);
      if (work === undefined || records <= heldRecords) held.set(sha256, tabeller);
      else held.delete(sha256);
      if (work !== undefined)
        // Half the time of the usual level 6, for a twentieth more room.
        writeFileSync(join(work, `${sha256}${cellsEnding}`), gzipSync(JSON.stringify(tabeller), { level: 4 }), {
          mode: 0o600,
        });
    },

    /** Where a run may keep a plain table's text as it was delivered, compressed; undefined where nothing is written. */
    textPlace: (sha256: string): string | undefined => work && join(work, `${sha256}${textEnding}`),

    /** Notes that a content is kept so. */
    keepText(sha256: string, shown: KeptText): void {
      letGo.delete(sha256);
      texter.set(sha256, shown);
    },

    /** The text of a content that is kept so, and what it shows. */
    textOf(sha256: string): (KeptText & { readonly path: string }) | undefined {
      const [path, shown] = [fileOf(sha256), texter.get(sha256)];
      return path === undefined || shown === undefined ? undefined : { path, ...shown };
    },

    /** Lets a content go that no version has any more. */
    drop(sha256: string): void {
      held.delete(sha256);
      if (!stored.versioner.some((version) => version.sha256 === sha256)) letGo.add(sha256);
    },

    /** The files that hold a content. */
    filesOf: (sha256: string): string[] => namesIn(folder).filter((name) => hashOf(name) === sha256),

    /** The files that are let go of, or written in another form: to be taken away when the run is whole. */
    dropped(): string[] {
      const written = new Map((work === undefined ? [] : namesIn(work)).map((name) => [hashOf(name), name]));
      return namesIn(folder).filter((name) => letGo.has(hashOf(name)) || (written.get(hashOf(name)) ?? name) !== name);
    },

    /** Writes the index beside what stands: called once, when the run is whole. */
    commit(): void {
      if (work === undefined) return;
      const { nyckel, gallrat, versioner, avvisningar } = this;
      const kallor = Object.fromEntries(
        [...this.kallor].map(([name, path]) => [name, relative(folder, path).split(sep).join("/")]).sort(),
      );
      // In the order of the declaration, whatever the order they were learnt in.
      const whole = index.parse({
        ...{ nyckel, gallrat, versioner, avvisningar, kallor, glomda: [...glomda].sort() },
        texter: Object.fromEntries([...texter].filter(([sha256]) => fileOf(sha256)).sort()),
      });
      writeFileSync(join(work, indexName), `${JSON.stringify(whole, null, 1)}\n`, { mode: 0o600 });
    },
  };
};

export type Archive = ReturnType<typeof openArchive>;
