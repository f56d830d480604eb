/** Whether what is quoted stands in the documents: for those who transcribe reports into data. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, inMemory } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import { UsageError } from "../schema/errors.ts";
import { maskText } from "../schema/identity.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { readSource } from "./receive.ts";
import { type SourceFile, sourcesOf } from "./sources.ts";
import { FileError, type Tabell } from "./table.ts";

/** The longest quotation, in words: a figure with its nearest words, no more. */
const longest = 8;

export interface CitatFinding {
  readonly fil: string;
  readonly rad: number | null;
  readonly citat: string;
  readonly problem: string;
}

/** Text as it reads: without mark-up, white space as one space. */
const reading = (text: string): string =>
  text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

interface Quotation extends Omit<CitatFinding, "problem"> {
  readonly dokument: string;
}

/** A file that cannot be read quotes nothing: a run says what is wrong with it. */
const tablesOf = (db: Database, file: SourceFile): Promise<readonly Tabell[]> =>
  readSource(db, file).then(
    ({ tabeller }) => tabeller,
    (error: unknown) => {
      if (error instanceof FileError) return [];
      throw error;
    },
  );

const inFiles = async (db: Database, pipelines: readonly Pipeline[]): Promise<Quotation[]> => {
  const quotations: Quotation[] = [];
  for (const file of sourcesOf(pipelines, (path) => maskText(path)).files) {
    if (file.kind !== "fil") continue;
    for (const { poster } of await tablesOf(db, file)) {
      const header = poster.findIndex(({ celler }) => celler.some((cell) => fold(cell) === "citat"));
      const [dokument, citat] = ["dokument", "citat"].map(
        (name) => poster[header]?.celler.findIndex((cell) => fold(cell) === name) ?? -1,
      ) as [number, number];
      for (const { rad, celler } of citat < 0 ? [] : poster.slice(header + 1)) {
        const written = celler[citat] ?? "";
        if (written.trim() !== "")
          quotations.push({ fil: file.fil, rad, dokument: celler[dokument] ?? "", citat: written });
      }
    }
  }
  return quotations;
};

const inGoals = (pipelines: readonly Pipeline[]): Quotation[] =>
  pipelines.flatMap(({ file, mal }) =>
    mal.flatMap(({ rapporterat }) =>
      rapporterat?.citat
        ? [{ fil: file, rad: null, dokument: rapporterat.dokument ?? "", citat: rapporterat.citat }]
        : [],
    ),
  );

/**
 * Looks up every `citat` of the pipelines' sources and goals in the documents of `folder`, by the row's `dokument`. The
 * files are read as they were delivered, before the door, so what is said of them is masked.
 * @throws UsageError when the folder is not there
 */
export const checkCitat = async (pipelines: readonly Pipeline[], folder: string) => {
  if (!existsSync(folder)) throw new UsageError(`${folder}: no such folder; give the one that holds the documents`);
  const texts = new Map<string, string | undefined>();
  // A document's name comes from a delivery: it is looked for in the folder and nowhere else.
  const names = new Set(readdirSync(folder));
  const textOf = (dokument: string): string | undefined => {
    if (!texts.has(dokument)) {
      texts.set(dokument, names.has(dokument) ? reading(readFileSync(join(folder, dokument), "utf8")) : undefined);
    }
    return texts.get(dokument);
  };
  const problem = ({ dokument, citat }: Quotation): string | undefined => {
    const text = dokument === "" ? undefined : textOf(dokument);
    if (text === undefined) return `no document ${dokument || "named"} in ${folder}`;
    if (citat.trim().split(/\s+/).length > longest) return `longer than ${longest} words`;
    return text.includes(reading(citat)) ? undefined : `not found in ${dokument}`;
  };
  const seen = new Set<string>();
  const delivered = await inMemory((db) => inFiles(db, pipelines));
  const quotations = [...delivered, ...inGoals(pipelines)].filter(({ fil, rad, citat }) => {
    const key = `${fil}\n${rad}\n${citat}`;
    return !seen.has(key) && seen.add(key);
  });
  const problems = quotations.flatMap((quotation): CitatFinding[] => {
    const why = problem(quotation);
    const { fil, rad, citat } = quotation;
    return why === undefined ? [] : [{ fil: maskText(fil), rad, citat: maskText(citat), problem: maskText(why) }];
  });
  return { found: quotations.length - problems.length, problems };
};
