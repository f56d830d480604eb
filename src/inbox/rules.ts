/** How a pipeline says that its tables are to be read: what each is, which columns are what, which are wide. */
import { hash } from "node:crypto";
import { basename } from "node:path";
import { PipelineError } from "../schema/errors.ts";
import type { Pipeline, Reading } from "../schema/pipeline.ts";
import { datasetOf } from "../schema/tables.ts";
import { findCells, findHeader, type Header, headerAt } from "./header.ts";
import { type Named, recogniseAll } from "./layout.ts";
import { wantedHeadings } from "./mapping.ts";
import type { PeriodOf } from "./period.ts";
import { byName, givenByPipeline, nearestDataset } from "./recognise.ts";
import { isBlank, type Tabell } from "./table.ts";

/** Whether a name is what a pattern says; only `*` and `?` are signs in it, and neither is the end of a folder's name. */
export const matches = (pattern: string, name: string, from: string): boolean => {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, "[^/]*")
    .replace(/\?/g, "[^/]");
  return new RegExp(`${from}${escaped}$`, "i").test(name);
};

export const rulesFor = ({ tolkning }: Pipeline, fil: string, blad?: string): Reading[] =>
  tolkning.filter(
    (rule) =>
      matches(rule.fil, fil, "(^|/)") &&
      (rule.blad === undefined || blad === undefined || matches(rule.blad, blad, "^")),
  );

/** How a text file is written, where its pipeline says. */
export const dialectFor = (pipeline: Pipeline, fil: string): Pick<Reading, "avgransare" | "kodning"> | undefined =>
  rulesFor(pipeline, fil).find(({ avgransare, kodning }) => avgransare ?? kodning);

/** A fingerprint of the rules that decide how a file is read and what may pass the door: when it changes, the file is read anew. */
export const admissionRules = (pipeline: Pipeline, fil: string): string =>
  hash("sha256", JSON.stringify([pipeline.personuppgifter, rulesFor(pipeline, fil)])).slice(0, 16);

/** The one insats that a pipeline names. */
const insatsOf = ({ insats }: Pipeline): string | undefined => {
  const [only, ...others] = insats;
  return others.length > 0 || only === "*" ? undefined : only;
};

/** What the rows of a file depend on besides its content: whose it is, its rules, and what its name states. */
export const readingKey = (pipeline: Pipeline, fil: string): unknown[] => {
  const rules = rulesFor(pipeline, fil);
  const name = basename(fil);
  const isDated = rules.some(({ period }) => [period].flat().includes("filnamn"));
  return [insatsOf(pipeline), rules.map(({ fil: _, ...rule }) => rule), isDated ? name : byName(name)];
};

/** What a sheet's rules say that its headings are. */
export const renamedIn = (pipeline: Pipeline, fil: string, blad: string): Record<string, string[]> => {
  const renamed: Record<string, string[]> = {};
  for (const { kolumner } of rulesFor(pipeline, fil, blad))
    for (const [heading, columns] of Object.entries(kolumner))
      renamed[heading] = [...(renamed[heading] ?? []), ...columns];
  return renamed;
};

/** A sheet's readings: of rules for one dataset the first. What names no dataset reads only what no other rule does. */
export const readingsOf = (pipeline: Pipeline, fil: string, blad: string): readonly (Reading | undefined)[] => {
  const rules = rulesFor(pipeline, fil, blad);
  const first = rules.filter(
    ({ dataset }, i) => dataset !== undefined && rules.findIndex((other) => other.dataset === dataset) === i,
  );
  return first.length > 0 ? first : [rules[0]];
};

/** A rule without the names of what it is for. */
const contentOf = ({ fil: _, blad: __, ...content }: Reading): string => JSON.stringify(content);

/** @throws PipelineError two pipelines have unlike rules for one sheet and dataset */
export const requireOneReading = (readers: readonly Pipeline[], fil: string, tabeller: readonly Tabell[]): void => {
  for (const blad of new Set(tabeller.map((tabell) => tabell.blad))) {
    const stated = readers.flatMap((pipeline) =>
      readingsOf(pipeline, fil, blad).flatMap((rule) => (rule ? [{ file: pipeline.file, rule }] : [])),
    );
    for (const { file, rule } of stated) {
      const other = stated.find((one) => one.rule.dataset === rule.dataset && contentOf(one.rule) !== contentOf(rule));
      if (!other) continue;
      const sheet = `${fil}${blad === "" ? "" : `, ${blad}`}`;
      const what = rule.dataset ? ` as ${rule.dataset}` : "";
      throw new PipelineError([
        `${file}: tolkning: ${sheet} is read${what} in another way in ${other.file}: ${other.rule.fil}; write the same in both`,
      ]);
    }
  }
};

/** A file's tables as they are read: by the pipeline's rules, else by their names and headings. */
export const recogniseIn = (
  pipeline: Pipeline,
  fil: string,
  tabeller: readonly Tabell[],
  periodOf: PeriodOf = () => undefined,
): Named[] => {
  const known = { insats: insatsOf(pipeline), fil, periodOf };
  return recogniseAll(fil, tabeller, (blad) => readingsOf(pipeline, fil, blad), known);
};

const listed = (texts: readonly string[]): string =>
  texts.slice(0, 8).join(", ") + (texts.length > 8 ? ` och ${texts.length - 8} till` : "");

/** The headings of a table that is not read, and what the nearest dataset lacks. */
export const tableNeeds = (
  { poster }: Pick<Tabell, "poster">,
  names: readonly string[],
  given: ReadonlySet<string>,
): string => {
  const header = headerOf(poster);
  const found = header.headings.filter((heading) => heading.trim() !== "");
  if (found.length === 0) return "Ingen rubrik finns.";
  const near = nearestDataset(header, names, given);
  const what = near ? `Närmast är ${datasetOf(near.dataset).heading}` : "Ingen av dem hör till något dataset";
  const lacks = near && near.lacks.length > 0 ? `, som saknar ${listed(near.lacks)}` : "";
  return `Rubriker som finns: ${listed(found)}. ${what}${lacks}.`;
};

const headerOf = (poster: Tabell["poster"]): Header => {
  const first = poster.findIndex((post) => !isBlank(post));
  return findHeader(poster) ?? headerAt(poster, Math.max(0, first));
};

/** What a table that is not read would have needed: what its rule names, else what the nearest dataset lacks. */
export const missingHeadings = (pipeline: Pipeline, fil: string, tabell: Tabell): string => {
  const [rule] = readingsOf(pipeline, fil, tabell.blad);
  const given = [...(insatsOf(pipeline) === undefined ? [] : givenByPipeline), ...Object.keys(rule?.konstanter ?? {})];
  const names = rule?.dataset ? [rule.dataset] : [tabell.blad, fil.replace(/^.*\//, "")];
  const needs = tableNeeds(tabell, names, new Set(given));
  const { missing } = findCells(headerOf(tabell.poster), rule ? wantedHeadings(rule) : []);
  return missing.length === 0 ? needs : `${needs} Pipelinefilen nämner också: ${listed(missing)}.`;
};
