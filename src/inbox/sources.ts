/** The files that pipelines point at. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { parse } from "yaml";
import { PipelineError } from "../schema/errors.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { tabular } from "./read.ts";

export interface SourceFile {
  /** Where it lies on this machine; never written to any output. */
  readonly path: string;
  /** Its name in every output: the source as the pipeline writes it, and the path inside. */
  readonly fil: string;
  /** The source: what `leverans` is called in findings. */
  readonly leverans: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** The day it was received, where its name or `leverans.yaml` says so. */
  readonly mottagen: string | undefined;
  readonly pipeline: Pipeline;
}

const dated = /^(\d{4}-\d{2}-\d{2})(?!\d)/;
const slashes = (path: string): string => path.split(sep).join("/");

/** `../data/kallor/aktiv` is called `data/kallor/aktiv`: no output holds a machine's own paths. */
const label = (written: string): string =>
  isAbsolute(written)
    ? basename(written)
    : slashes(written)
        .replace(/^(\.\.?\/)+/, "")
        .replace(/\/+$/, "");

const walk = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !/^(\.|~\$)/.test(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && tabular.test(entry.name) ? [path] : [];
    });

/** The date a file was received: in its own name, its folders', or `leverans.yaml` beside it. */
const received = (root: string, path: string): string | undefined => {
  for (let at = path; at.length >= root.length && at !== dirname(at); at = dirname(at)) {
    const day = dated.exec(basename(at))?.[1];
    if (day) return day;
  }
  for (
    let folder = dirname(path);
    folder.length >= root.length && folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    const note = join(folder, "leverans.yaml");
    if (!existsSync(note)) continue;
    const declared: unknown = parse(readFileSync(note, "utf8"));
    const day =
      declared !== null && typeof declared === "object" && "mottagen" in declared ? declared.mottagen : undefined;
    if (typeof day === "string" && dated.test(day)) return day;
    throw new PipelineError([`${label(slashes(relative(process.cwd(), note)))}: write "mottagen: YYYY-MM-DD"`]);
  }
  return undefined;
};

const hasGlob = /[*?[{]/;

/** One place that a pipeline points at: a folder, the folder of a pattern, or the folder of one file. */
interface Place {
  readonly root: string;
  readonly leverans: string;
  readonly paths: readonly string[];
}

const placeOf = (pipeline: Pipeline, written: string): Place => {
  const at = resolve(dirname(resolve(pipeline.file)), written);
  const missing = (): PipelineError =>
    new PipelineError([`${pipeline.file}: kallor: ${written}: no such folder or file`]);
  if (hasGlob.test(written)) {
    const fixed = written.slice(0, written.search(hasGlob)).replace(/[^/]*$/, "");
    const root = resolve(dirname(resolve(pipeline.file)), fixed);
    if (!existsSync(root)) throw missing();
    const paths = globSync(slashes(at)).flatMap((path) =>
      statSync(path).isDirectory() ? walk(path) : tabular.test(path) ? [path] : [],
    );
    return { root, leverans: label(fixed), paths };
  }
  if (!existsSync(at)) throw missing();
  return statSync(at).isDirectory()
    ? { root: at, leverans: label(written), paths: walk(at) }
    : { root: dirname(at), leverans: label(dirname(written)), paths: [at] };
};

/** A name that none of `taken` has: the later of two alike gets a number. */
export const numbered = (wanted: string, taken: { has(name: string): boolean }): string => {
  let name = wanted;
  for (let nr = 2; taken.has(name); nr++) name = `${wanted} (${nr})`;
  return name;
};

export interface Sources {
  /** Every table file once, in name order within its source. */
  readonly files: readonly SourceFile[];
  /** Every source, also one that holds no file any more, and the pipeline that reads it first. */
  readonly pipelineOf: ReadonlyMap<string, Pipeline>;
  /** The sources of each pipeline, by its name. */
  readonly of: ReadonlyMap<string, readonly string[]>;
}

/**
 * Everything the pipelines point at. Two folders whose paths are written alike are two sources: the later is numbered.
 * @param masked what a path is called in outputs: identity numbers in it are not shown
 * @throws PipelineError when a source is not there: nothing is run on half the sources
 */
export const sourcesOf = (pipelines: readonly Pipeline[], masked: (path: string) => string): Sources => {
  const labels = new Map<string, string>();
  const pipelineOf = new Map<string, Pipeline>();
  const of = new Map<string, string[]>();
  const files = new Map<string, SourceFile>();
  const seen = new Set<string>();
  for (const pipeline of pipelines) {
    for (const written of pipeline.kallor) {
      const { root, leverans: wanted, paths } = placeOf(pipeline, written);
      const leverans = labels.get(root) ?? numbered(masked(wanted), new Set(labels.values()));
      labels.set(root, leverans);
      if (!pipelineOf.has(leverans)) pipelineOf.set(leverans, pipeline);
      of.set(pipeline.name, [...new Set([...(of.get(pipeline.name) ?? []), leverans])]);
      const inside = paths
        .map((path) => ({ path, within: slashes(relative(root, path)) }))
        .sort((a, b) => (a.within < b.within ? -1 : 1));
      for (const { path, within } of inside) {
        if (seen.has(path)) continue;
        seen.add(path);
        const bytes = readFileSync(path);
        const fil = numbered(`${leverans}/${masked(within)}`, files);
        files.set(fil, {
          path,
          fil,
          leverans,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          bytes,
          mottagen: received(root, path),
          pipeline,
        });
      }
    }
  }
  return { files: [...files.values()], pipelineOf, of };
};
