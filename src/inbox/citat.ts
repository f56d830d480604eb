/** Whether what is quoted stands in the documents: for those who transcribe reports into data. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fold } from "../schema/columns.ts";
import { UsageError } from "../schema/errors.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { readText } from "./csv.ts";
import { sourcesOf } from "./sources.ts";

/** The longest quotation, in words: a figure with its nearest words, no more. */
const longest = 8;

export interface CitatFinding {
  readonly fil: string;
  readonly rad: number | null;
  readonly citat: string;
  readonly problem: string;
}

export interface CitatReport {
  readonly found: number;
  readonly problems: readonly CitatFinding[];
}

/** Text as it reads: without mark-up, white space as one space. */
const reading = (text: string): string =>
  text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();

interface Quotation {
  readonly fil: string;
  readonly rad: number | null;
  readonly dokument: string;
  readonly citat: string;
}

const inFiles = (pipelines: readonly Pipeline[]): Quotation[] =>
  sourcesOf(pipelines, (path) => path).files.flatMap(({ fil, bytes, kind }) => {
    if (kind !== "fil") return [];
    const [header, ...rest] = readText(bytes).poster;
    const at = (name: string): number => header?.celler.findIndex((cell) => fold(cell) === name) ?? -1;
    const [dokument, citat] = [at("dokument"), at("citat")];
    return rest
      .filter(({ celler }) => citat >= 0 && (celler[citat] ?? "").trim() !== "")
      .map(({ rad, celler }) => ({ fil, rad, dokument: celler[dokument] ?? "", citat: celler[citat] ?? "" }));
  });

const inGoals = (pipelines: readonly Pipeline[]): Quotation[] =>
  pipelines.flatMap(({ file, mal }) =>
    mal.flatMap(({ rapporterat }) =>
      rapporterat?.citat
        ? [{ fil: file, rad: null, dokument: rapporterat.dokument ?? "", citat: rapporterat.citat }]
        : [],
    ),
  );

/**
 * Looks up every `citat` of the pipelines' sources and goals in the documents of `folder`, by the row's `dokument`.
 * @throws UsageError when the folder is not there
 */
export const checkCitat = (pipelines: readonly Pipeline[], folder: string): CitatReport => {
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
  const quotations = [...inFiles(pipelines), ...inGoals(pipelines)].filter(({ fil, rad, citat }) => {
    const key = `${fil}\n${rad}\n${citat}`;
    return !seen.has(key) && seen.add(key);
  });
  const problems = quotations.flatMap((quotation) => {
    const why = problem(quotation);
    return why === undefined ? [] : [{ fil: quotation.fil, rad: quotation.rad, citat: quotation.citat, problem: why }];
  });
  return { found: quotations.length - problems.length, problems };
};
