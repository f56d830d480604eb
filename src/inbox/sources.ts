/** The files that pipelines point at. */
import { createHash } from "node:crypto";
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { parse } from "yaml";
import { PipelineError } from "../schema/errors.ts";
import type { Pipeline } from "../schema/pipeline.ts";

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

const tables = /\.(csv|tsv|txt|xlsx|parquet)$/i;
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
    .filter((entry) => !entry.name.startsWith("."))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return walk(path);
      return entry.isFile() && tables.test(entry.name) ? [path] : [];
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

/**
 * Every table file of one pipeline, in name order.
 * @throws PipelineError when a source is not there: nothing is run on half the sources
 */
export const sourceFiles = (pipeline: Pipeline): SourceFile[] => {
  const home = dirname(resolve(pipeline.file));
  return pipeline.kallor.flatMap((written) => {
    const at = resolve(home, written);
    const pattern = hasGlob.test(written);
    const root = pattern ? resolve(home, written.slice(0, written.search(hasGlob)).replace(/[^/]*$/, "")) : at;
    const isFolder = !pattern && existsSync(at) && statSync(at).isDirectory();
    const paths = pattern
      ? globSync(slashes(at)).flatMap((path) =>
          statSync(path).isDirectory() ? walk(path) : tables.test(path) ? [path] : [],
        )
      : isFolder
        ? walk(at)
        : existsSync(at)
          ? [at]
          : [];
    if (paths.length === 0 && !isFolder) {
      throw new PipelineError([`${pipeline.file}: kallor: ${written}: no such folder or file`]);
    }
    const base = isFolder ? root : pattern ? root : dirname(root);
    const leverans = label(
      isFolder || pattern
        ? written.slice(0, pattern ? written.search(hasGlob) : undefined).replace(pattern ? /[^/]*$/ : /$^/, "")
        : dirname(written),
    );
    return paths
      .map((path) => ({ path, inside: slashes(relative(base, path)) }))
      .sort((a, b) => (a.inside < b.inside ? -1 : 1))
      .map(({ path, inside }) => {
        const bytes = readFileSync(path);
        return {
          path,
          fil: `${leverans}/${inside}`,
          leverans,
          sha256: createHash("sha256").update(bytes).digest("hex"),
          bytes,
          mottagen: received(base, path),
          pipeline,
        };
      });
  });
};
