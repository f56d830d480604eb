/** Reads new files through the door into the archive: each is accepted or refused whole. */
import { readFileSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Database } from "../db/open.ts";
import { paceText, patience } from "../db/pace.ts";
import { PipelineError } from "../schema/errors.ts";
import type { FindingCode } from "../schema/findings.ts";
import { maskText } from "../schema/identity.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import type { Archive, Refusal, Version } from "./archive.ts";
import { identityIn, inspectIdentity, isOfPersons, mayPass, namesPerson, pseudonymise, pseudonymiser } from "./door.ts";
import { headsOf } from "./layout.ts";
import { keepPlain } from "./plain.ts";
import { readTables } from "./read.ts";
import { admissionRules, dialectFor, recogniseIn, renamedIn, rulesFor } from "./rules.ts";
import { bytesOf, numbered, type SourceFile, type Sources } from "./sources.ts";
import { FileError, type Read, recordsIn, type Tabell } from "./table.ts";
import { readingIn, rememberCopies } from "./versions.ts";

/** @throws PipelineError a pipeline that pseudonymises has no key, or one that is too short */
export const keyFor = (pipeline: Pipeline): string => {
  const key = pipeline.nyckelfil
    ? readFileSync(resolve(dirname(pipeline.file), pipeline.nyckelfil), "utf8").trim()
    : (process.env.FINSAM_KEY ?? "");
  if (key.length < 32) {
    throw new PipelineError([
      `${pipeline.file}: personuppgifter: pseudonymisera needs a key of at least 32 characters in FINSAM_KEY, or nyckelfil`,
    ]);
  }
  return key;
};

/**
 * What a path is called in outputs. Numbers in it are masked, and a keyed mark before the ending tells one masked name from
 * another, whichever of them come and go. Without a key what is so named is refused.
 */
export const shownPath =
  (today: string) =>
  (path: string, pipeline: Pipeline): string => {
    const masked = maskText(path, today);
    if (masked === path || pipeline.personuppgifter === "avvisa") return masked;
    const mark = pseudonymiser(keyFor(pipeline))(path).slice(0, 8);
    return masked.replace(/(\.[^./]*)?$/, ` (${mark})$1`);
  };

/** Why a file is refused, and how many rows it had. */
type Refused = Pick<Refusal, "rader" | "fynd">;

const refuse = (kod: FindingCode, detalj: string | null, rader = 0, at?: Partial<Refused["fynd"]>): Refused => ({
  rader,
  fynd: { rad: null, cell: null, kolumn: null, varde: null, kod, detalj, ...at },
});

interface Passed extends Pick<Read, "tabeller"> {
  /** Whether an identity number was replaced, or a name taken away. */
  readonly isChanged: boolean;
}

const differ = (before: Tabell, after: Tabell): boolean =>
  before !== after &&
  (before.blad !== after.blad ||
    after.poster.some(({ celler }, i) => celler.some((cell, c) => cell !== (before.poster[i]?.celler[c] ?? ""))));

/** Tables through the door: as delivered, or as they once passed it. */
const passDoor = (pipeline: Pipeline, fil: string, read: Read, today: string): Passed | Refused => {
  const passed: Tabell[] = [];
  const bladNames = new Map<string, string>();
  const readings = Map.groupBy(recogniseIn(pipeline, fil, read.tabeller), ({ tabell }) => tabell);
  for (const [tabell, named] of readings) {
    const { blad: written } = tabell;
    const renamed = renamedIn(pipeline, fil, written);
    // A sheet that is read as several datasets is of persons if one of them is.
    const heads = named
      .map(({ recognised }) => headsOf(recognised, tabell, renamed))
      .sort((a, b) => Number(isOfPersons(b.dataset)) - Number(isOfPersons(a.dataset)));
    if (pipeline.personuppgifter === "avvisa") {
      const hit = heads.map((one) => inspectIdentity(tabell, one, today)).find((one) => one !== undefined);
      if (hit) {
        const kolumn = maskText(hit.heading, today);
        const at = { rad: hit.post.rad, cell: hit.cell, kolumn, varde: hit.masked };
        return refuse(hit.kod, null, recordsIn(read.tabeller), at);
      }
      passed.push(tabell);
    } else {
      const blad = bladNames.get(written) ?? numbered(maskText(written, today), new Set(bladNames.values()));
      bladNames.set(written, blad);
      const pseudonym = pseudonymiser(keyFor(pipeline));
      passed.push({ ...heads.reduce((one, own) => pseudonymise(one, own, today, pseudonym), tabell), blad });
    }
  }
  // What stands in no cell is never kept, but a file that is to hold no persons holds them nowhere.
  if (pipeline.personuppgifter === "avvisa") {
    for (const { plats, text } of read.vidSidan) {
      const masked = identityIn(text, today);
      if (masked) return refuse("personnummer_dolt", maskText(plats, today), 0, { varde: masked });
    }
  }
  const isChanged = passed.some((tabell, i) => differ(read.tabeller[i] ?? tabell, tabell));
  return { tabeller: passed, isChanged };
};

/** One source file, by its pipeline's rules. @throws FileError nothing of it can be read */
export const readSource = async (db: Database, file: SourceFile): Promise<Read> =>
  readTables(db, { ...file, bytes: bytesOf(file) }, dialectFor(file.pipeline, file.fil));

/** Smaller files are read with care at once: that takes no longer. */
const largeBytes = 200_000;

/**
 * Keeps a large plain text as it is, if it may pass the door; else it is read with care.
 * @returns whether it is kept
 */
const keepText = async (
  archive: Archive,
  { pipeline, fil, path, sha256 }: SourceFile,
  { today, plainFrom = largeBytes }: Intake,
): Promise<boolean> => {
  const to = archive.has(sha256) ? undefined : archive.textPlace(sha256);
  const isText = /\.(csv|tsv|txt)$/i.test(fil) && pipeline.personuppgifter === "avvisa";
  if (!isText || to === undefined || rulesFor(pipeline, fil).length > 0 || statSync(path).size < plainFrom)
    return false;
  const looked = await keepPlain(path, sha256, to);
  if (!looked) return false;
  const { head, records: rader, filled: fyllda, fewest: minst } = looked;
  const [named] = recogniseIn(pipeline, fil, [head]);
  const isPassed = mayPass(head, headsOf(named?.recognised, head), looked, today);
  if (isPassed) archive.keepText(sha256, { rader, fyllda: [...fyllda], minst });
  else rmSync(to);
  return isPassed;
};

/**
 * Reads one file through the door.
 * @returns "text" where its text is kept as it is
 */
const receive = async (
  db: Database,
  archive: Archive,
  file: SourceFile,
  intake: Intake,
): Promise<Passed | Refused | "text"> => {
  const { today } = intake;
  const { pipeline, fil, path, kind, skal } = file;
  const isNamed = namesPerson(path, today);
  if (pipeline.personuppgifter === "avvisa" && isNamed) return refuse("personnummer_i_namn", null);
  if (skal !== undefined) return refuse("oatkomlig", skal);
  if (kind !== "fil") return kind === "lank" ? refuse("lank", null) : refuse("filtyp", "ingen vanlig fil");
  if (await keepText(archive, file, intake)) return "text";
  const read = await readSource(db, file).catch((error: unknown) => {
    if (error instanceof FileError) return refuse(error.kod, error.detalj && maskText(error.detalj, today));
    throw error;
  });
  if (!("tabeller" in read)) return read;
  const passed = passDoor(pipeline, fil, read, today);
  return "fynd" in passed ? passed : { ...passed, isChanged: passed.isChanged || isNamed };
};

export interface Intake {
  readonly today: string;
  /** What the pipelines point at, where it has been read already. */
  readonly sources?: Sources | undefined;
  /** A look back: files received later are left out. */
  readonly asOf?: string | undefined;
  /** Nothing new is taken in: the archive as it stands. */
  readonly isClosed?: boolean | undefined;
  /** From so many bytes a plain text is split by the database. */
  readonly plainFrom?: number | undefined;
  /** Called now and then with how far the reading has come. */
  readonly progress?: ((done: string) => void) | undefined;
}

/** When a file in a folder was received; undefined where a look back's day had not come to it. */
const receivedOn = (file: SourceFile, archive: Archive, firstSeen: string | undefined): string | undefined => {
  const { fil, sha256, mottagen } = file;
  const { versioner, avvisningar } = archive;
  const known = versioner.findLast((version) => version.fil === fil);
  const same = known?.sha256 === sha256 ? known : refusalOf(archive, file);
  if (same) return same.mottagen;
  const isFirst = !known && !avvisningar.some((one) => one.fil === fil);
  if (isFirst && mottagen !== undefined) return mottagen;
  // The day in a name is the first delivery's. What comes in its place later came when it was seen, and not before it.
  return firstSeen && [firstSeen, mottagen ?? "", known?.mottagen ?? ""].reduce((a, b) => (a > b ? a : b));
};

/** One content of one file, however many times it has come. */
const isSame = (one: Pick<Version, "fil" | "sha256">, other: Pick<Version, "fil" | "sha256">): boolean =>
  one.fil === other.fil && one.sha256 === other.sha256;

/** The refusal of a file as it is, while it stands. */
const refusalOf = ({ avvisningar }: Archive, file: Pick<Version, "fil" | "sha256">): Refusal | undefined =>
  avvisningar.find((one) => isSame(one, file) && one.upphort === undefined);

/** Notes that a file is refused: anew, or still. */
const noteRefusal = (archive: Archive, came: Omit<Refusal, keyof Refused>, why: Refused): Refusal => {
  const before = refusalOf(archive, came);
  const refusal = Object.assign(before ?? came, why);
  if (!before) archive.avvisningar.push(refusal);
  return refusal;
};

/** Deletes a version that is now refused. One with pseudonyms is kept, for a run that may use them. */
const dropVersion = (archive: Archive, version: Version): void => {
  if (version.pseudonymiserad) return;
  const left = archive.versioner.filter((one) => !isSame(one, version));
  archive.versioner.splice(0, archive.versioner.length, ...left);
  archive.drop(version.sha256);
};

/**
 * Sends the kept cells of files that are gone or changed through the door again, if the pipeline's rules for them have
 * changed.
 * @returns what is refused
 */
const readmitKept = (archive: Archive, { files, readerOf }: Sources, today: string): Refusal[] => {
  const refused: Refusal[] = [];
  for (const version of [...archive.versioner]) {
    const { leverans, fil, sha256, mottagen } = version;
    const pipeline = readerOf(version);
    if (!pipeline || !archive.has(sha256)) continue;
    const rules = admissionRules(pipeline, fil);
    version.dorr ??= rules;
    const isThere = files.some((one) => isSame(one, version)) && !archive.glomda.has(sha256);
    if (version.dorr === rules || isThere) continue;
    const isAllowed = !version.pseudonymiserad || pipeline.personuppgifter === "pseudonymisera";
    const passed = isAllowed
      ? passDoor(pipeline, fil, { tabeller: archive.read(sha256), vidSidan: [] }, today)
      : refuse("pseudonymiserad_fil", null);
    if ("tabeller" in passed) {
      archive.write(sha256, passed.tabeller);
      version.dorr = rules;
      if (passed.isChanged) version.pseudonymiserad = true;
      continue;
    }
    const isLatest = archive.versioner.findLast((one) => one.fil === fil) === version;
    if (isLatest) refused.push(noteRefusal(archive, { leverans, fil, sha256, mottagen }, passed));
    dropVersion(archive, version);
  }
  return refused;
};

/** Says how far the reading of files has come, where it takes its time: what is left is judged by their sizes. */
const paceOfFiles = (
  files: Sources["files"],
  say: ((text: string) => void) | undefined,
): ((file: SourceFile, records: number) => void) => {
  const began = performance.now();
  const sizeOf = ({ path }: SourceFile): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const read: SourceFile[] = [];
  let [rows, said] = [0, began];
  return (file, records) => {
    read.push(file);
    rows += records;
    const now = performance.now();
    if (say === undefined || now - said < patience) return;
    said = now;
    const size = (some: Sources["files"]): number => some.reduce((sum, one) => sum + sizeOf(one), 0);
    say(paceText(rows, (now - began) / 1000, 1 - size(read) / Math.max(1, size(files))));
  };
};

/**
 * Reads what is new in the sources through the door, into the archive. A refused file is tried again, since the pipeline
 * may accept it by now; it keeps the day it first came.
 * @returns how many files had not been received by the day of a look back
 */
export const takeIn = async (db: Database, archive: Archive, sources: Sources, intake: Intake): Promise<number> => {
  const { today, asOf } = intake;
  const { files, readerOf } = sources;
  const standing = new Set<Refusal>();
  const isEmpty = archive.versioner.length + archive.avvisningar.length === 0;
  // What a look back finds that no run has seen came after its day, unless it is the first to look at all.
  const firstSeen = asOf === undefined || isEmpty ? today : undefined;
  const fresh = new Set<Version>();
  const pace = paceOfFiles(files, intake.progress);
  let later = 0;
  for (const file of files) {
    const { leverans, fil, sha256, pipeline } = file;
    const mottagen = receivedOn(file, archive, firstSeen);
    if (mottagen === undefined || (asOf !== undefined && mottagen > asOf)) {
      later++;
      continue;
    }
    const latest = archive.versioner.findLast((version) => version.fil === fil);
    const known = latest?.sha256 === sha256 ? latest : undefined;
    const rules = admissionRules(pipeline, fil);
    const isKept = archive.has(sha256);
    if (known && isKept && (archive.glomda.has(sha256) || (known.dorr ?? rules) === rules)) continue;
    const passed =
      archive.glomda.has(sha256) && !isKept ? refuse("glomd_person", null) : await receive(db, archive, file, intake);
    if (passed === "text" || "tabeller" in passed) {
      const isChanged = passed !== "text" && passed.isChanged;
      const isScrubbed = isKept && archive.glomda.has(sha256);
      if (passed !== "text" && (!isKept || (!isScrubbed && (known || isChanged))))
        archive.write(sha256, passed.tabeller);
      const before = refusalOf(archive, file);
      if (before) archive.avvisningar.splice(archive.avvisningar.indexOf(before), 1);
      const version: Version = known ?? { leverans, fil, sha256, mottagen };
      if (!known) {
        archive.versioner.push(version);
        fresh.add(version);
      }
      for (const one of archive.versioner.filter((other) => isSame(other, version))) {
        one.dorr = rules;
        one.pseudonymiserad = isChanged || undefined;
      }
      version.gallrad = undefined;
      pace(file, passed === "text" ? (archive.textOf(sha256)?.rader ?? 0) : recordsIn(passed.tabeller));
      continue;
    }
    standing.add(noteRefusal(archive, { leverans, fil, sha256, mottagen }, passed));
    if (known) dropVersion(archive, known);
  }
  for (const refusal of readmitKept(archive, sources, today)) standing.add(refusal);
  rememberCopies(archive, fresh, readingIn(sources));
  if (asOf !== undefined) return later;
  for (const refusal of archive.avvisningar)
    if (refusal.upphort === undefined && readerOf(refusal) && !standing.has(refusal)) refusal.upphort = today;
  return later;
};
