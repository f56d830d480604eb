/** New files into the archive, through the door: each is let in or refused, whole. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Database } from "../db/open.ts";
import { PipelineError } from "../schema/errors.ts";
import type { FindingCode } from "../schema/findings.ts";
import { maskText } from "../schema/identity.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import type { Archive, Refusal, Version } from "./archive.ts";
import { identityIn, inspectIdentity, namesPerson, personal, pseudonymise, pseudonymiser } from "./door.ts";
import { headsOf } from "./layout.ts";
import { readTables } from "./read.ts";
import { recogniseIn, ruleFor } from "./rules.ts";
import { numbered, type SourceFile, type Sources } from "./sources.ts";
import { FileError, type Tabell } from "./table.ts";
import { rememberCopies } from "./versions.ts";

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

/** Reads one new file through the door. */
const receive = async (db: Database, file: SourceFile, today: string): Promise<Tabell[] | Refused> => {
  const refuse = (kod: FindingCode, detalj: string | null, rader = 0, at?: Partial<Refused["fynd"]>): Refused => ({
    rader,
    fynd: { rad: null, cell: null, kolumn: null, varde: null, kod, detalj: detalj && maskText(detalj, today), ...at },
  });
  const { pipeline, fil, path, kind } = file;
  if (pipeline.personuppgifter === "avvisa" && namesPerson(path, today)) {
    return refuse("personnummer_i_namn", null);
  }
  if (kind !== "fil") return kind === "lank" ? refuse("lank", null) : refuse("filtyp", "ingen vanlig fil");
  const read = await readTables(db, file, ruleFor(pipeline, fil)).catch((error: unknown) => {
    if (error instanceof FileError) return refuse(error.kod, error.detalj);
    throw error;
  });
  if (!("tabeller" in read)) return read;
  const passed: Tabell[] = [];
  const bladNames = new Map<string, string>();
  for (const { tabell, recognised } of recogniseIn(pipeline, fil, read.tabeller)) {
    const heads = headsOf(recognised, tabell);
    const persons = recognised !== undefined && personal.includes(recognised.dataset);
    if (pipeline.personuppgifter === "avvisa") {
      const hit = inspectIdentity(tabell, heads, persons, today);
      if (hit) {
        const kolumn = maskText(hit.heading, today);
        const at = { rad: hit.post.rad, cell: hit.cell, kolumn, varde: hit.masked };
        const rows = read.tabeller.reduce((sum, { poster }) => sum + poster.length, 0);
        return refuse(hit.kod, null, rows, at);
      }
      passed.push(tabell);
    } else {
      const blad = bladNames.get(tabell.blad) ?? numbered(maskText(tabell.blad, today), new Set(bladNames.values()));
      bladNames.set(tabell.blad, blad);
      passed.push({ ...pseudonymise(tabell, heads, persons, today, pseudonymiser(keyFor(pipeline))), blad });
    }
  }
  // What stands in no cell is never kept, but a file that is to hold no persons holds them nowhere.
  if (pipeline.personuppgifter === "avvisa") {
    for (const { plats, text } of read.vidSidan) {
      const masked = identityIn(text, today);
      if (masked) return refuse("personnummer_dolt", plats, 0, { varde: masked });
    }
  }
  return passed;
};

export interface Intake {
  readonly today: string;
  /** A look back: what was received later is left out. */
  readonly asOf?: string | undefined;
  /** Nothing new is taken in: the archive as it stands. */
  readonly isClosed?: boolean | undefined;
}

/** When a file in a folder was received; undefined where a look back's day had not come to it. */
const receivedOn = (
  { fil, sha256, mottagen }: SourceFile,
  { versioner, avvisningar }: Archive,
  firstSeen: string | undefined,
): string | undefined => {
  const known = versioner.findLast((version) => version.fil === fil);
  const same =
    known?.sha256 === sha256
      ? known
      : avvisningar.find((one) => one.fil === fil && one.sha256 === sha256 && one.upphort === undefined);
  if (same) return same.mottagen;
  const isFirst = !known && !avvisningar.some((one) => one.fil === fil);
  if (isFirst && mottagen !== undefined) return mottagen;
  // The day in a name is the first delivery's. What comes in its place later came when it was seen, and not before it.
  return firstSeen && [firstSeen, mottagen ?? "", known?.mottagen ?? ""].reduce((a, b) => (a > b ? a : b));
};

/**
 * Reads what is new in the sources through the door, into the archive. A file that was refused is tried again, since the
 * pipeline may let it in by now; it keeps the day it first came.
 * @returns how many files had not been received by the day of a look back
 */
export const takeIn = async (
  db: Database,
  archive: Archive,
  { files, readerOf }: Sources,
  { today, asOf }: Intake,
): Promise<number> => {
  const standing = new Set<Refusal>();
  const isEmpty = archive.versioner.length + archive.avvisningar.length === 0;
  // What a look back finds that no run has seen came after its day, unless it is the first to look at all.
  const firstSeen = asOf === undefined || isEmpty ? today : undefined;
  const fresh = new Set<Version>();
  let later = 0;
  for (const file of files) {
    const { leverans, fil, sha256 } = file;
    const mottagen = receivedOn(file, archive, firstSeen);
    if (mottagen === undefined || (asOf !== undefined && mottagen > asOf)) {
      later++;
      continue;
    }
    const known = archive.versioner.findLast((version) => version.fil === fil);
    if (known?.sha256 === sha256 && archive.has(sha256)) continue;
    const before = archive.avvisningar.find(
      (refusal) => refusal.fil === fil && refusal.sha256 === sha256 && refusal.upphort === undefined,
    );
    const passed = await receive(db, file, today);
    if (Array.isArray(passed)) {
      if (!archive.has(sha256)) archive.write(sha256, passed);
      if (known?.sha256 === sha256) delete known.gallrad;
      else {
        const version = { leverans, fil, sha256, mottagen };
        archive.versioner.push(version);
        fresh.add(version);
      }
      if (before) archive.avvisningar.splice(archive.avvisningar.indexOf(before), 1);
      continue;
    }
    const refusal = Object.assign(before ?? { leverans, fil, sha256, mottagen }, passed);
    if (!before) archive.avvisningar.push(refusal);
    standing.add(refusal);
  }
  rememberCopies(archive, fresh, (version) => readerOf(version) !== undefined);
  if (asOf !== undefined) return later;
  for (const refusal of archive.avvisningar)
    if (refusal.upphort === undefined && readerOf(refusal) && !standing.has(refusal)) refusal.upphort = today;
  return later;
};
