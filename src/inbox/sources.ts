/** The files that pipelines point at. */
import { createHash } from "node:crypto";
import { existsSync, globSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, matchesGlob, relative, resolve, sep } from "node:path";
import { isMap, parseDocument } from "yaml";
import { PipelineError } from "../schema/errors.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { tabular } from "./read.ts";

/** What a name stands for. Only files are read: a link could lead out of the delivery, a pipe or device never ends. */
export type Kind = "fil" | "lank" | "annat";

export interface SourceFile {
  readonly kind: Kind;
  /** Where it lies on this machine; never written to any output. */
  readonly path: string;
  /** Its name in every output: the source as the pipeline writes it, and the path inside. */
  readonly fil: string;
  /** The source: what `leverans` is called in findings. */
  readonly leverans: string;
  readonly sha256: string;
  /** None of what is no file. */
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

interface Found {
  readonly path: string;
  readonly kind: Kind;
}

const kindOf = (path: string): Kind | "mapp" => {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return "lank";
  if (entry.isDirectory()) return "mapp";
  return entry.isFile() ? "fil" : "annat";
};

const leadsToFolder = (link: string): boolean => {
  try {
    return statSync(link).isDirectory();
  } catch {
    // It leads to nothing, round in a ring, or where one may not look: to no folder that could have been read.
    return false;
  }
};

/** Whether something would have been read there if it were no link. */
const hidesTables = (link: string): boolean => tabular.test(link) || leadsToFolder(link);

/** What is to be read at a path, or below it. */
const tablesAt = (path: string): Found[] => {
  const kind = kindOf(path);
  if (kind === "mapp") return walk(path);
  return (kind === "lank" ? hidesTables(path) : tabular.test(path)) ? [{ path, kind }] : [];
};

const walk = (folder: string): Found[] =>
  readdirSync(folder)
    .filter((name) => !/^(\.|~\$)/.test(name))
    .flatMap((name) => tablesAt(join(folder, name)));

/** The first link on the way from `root` to what a pattern found: a pattern, too, leads nowhere else. */
const linkTowards = (root: string, path: string): string | undefined => {
  const steps = relative(root, path).split(sep);
  return steps.map((_, i) => join(root, ...steps.slice(0, i + 1))).find((at) => kindOf(at) === "lank");
};

/** What is written after `mottagen`, whatever it is; nothing where the text is no YAML with such a line. */
const declaredDay = (text: string): unknown => {
  const written = parseDocument(text);
  return written.errors.length === 0 && isMap(written.contents) ? written.contents.get("mottagen") : undefined;
};

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
    if (!lstatSync(note, { throwIfNoEntry: false })) continue;
    const day = kindOf(note) === "fil" ? declaredDay(readFileSync(note, "utf8")) : undefined;
    if (typeof day === "string" && dated.test(day)) return day;
    throw new PipelineError([`${label(slashes(relative(process.cwd(), note)))}: write "mottagen: YYYY-MM-DD"`]);
  }
  return undefined;
};

const hasGlob = /[*?[{]/;

/** Links to folders that a pattern would have led through: it passes them by without a word. */
const linkedFolders = (pattern: string): Found[] => {
  const steps = slashes(pattern).split("/");
  const through = steps
    .slice(0, -1)
    .flatMap((step, i) => (hasGlob.test(step) ? [steps.slice(0, i + 1).join("/")] : []));
  return through
    .flatMap((part) => globSync(part))
    .filter((path) => kindOf(path) === "lank" && leadsToFolder(path))
    .map((path) => ({ path, kind: "lank" }));
};

/** One place that a pipeline points at: a folder, the folder of a pattern, or the folder of one file. */
interface Place {
  readonly root: string;
  readonly leverans: string;
  readonly found: readonly Found[];
  /** Whether it takes in what has a name, seen from its root: also what is no longer there. */
  readonly takes: (within: string) => boolean;
}

/** Whether a pattern finds a file, or a folder on the way to it. */
const finds = (pattern: string, within: string): boolean => {
  const steps = within.split("/");
  return steps.some((_, i) => matchesGlob(steps.slice(0, i + 1).join("/"), pattern));
};

const placeOf = (pipeline: Pipeline, written: string): Place => {
  const at = resolve(dirname(resolve(pipeline.file)), written);
  const missing = (): PipelineError =>
    new PipelineError([`${pipeline.file}: kallor: ${written}: no such folder or file`]);
  if (hasGlob.test(written)) {
    const fixed = written.slice(0, written.search(hasGlob)).replace(/[^/]*$/, "");
    const root = resolve(dirname(resolve(pipeline.file)), fixed);
    if (!existsSync(root)) throw missing();
    const found = globSync(slashes(at)).flatMap((path): Found[] => tablesAt(linkTowards(root, path) ?? path));
    const pattern = slashes(relative(root, at));
    return {
      root,
      leverans: label(fixed),
      found: [...found, ...linkedFolders(at)],
      takes: (within) => finds(pattern, within),
    };
  }
  if (!existsSync(at)) throw missing();
  // What the pipeline itself names is the evaluator's choice, link or not; what lies in it is not.
  if (statSync(at).isDirectory()) return { root: at, leverans: label(written), found: walk(at), takes: () => true };
  return {
    root: dirname(at),
    leverans: label(dirname(written)),
    found: [{ path: at, kind: statSync(at).isFile() ? "fil" : "annat" }],
    takes: (within) => within === basename(at),
  };
};

/** A name that none of `taken` has: the later of two alike gets a number. */
export const numbered = (wanted: string, taken: { has(name: string): boolean }): string => {
  let name = wanted;
  for (let nr = 2; taken.has(name); nr++) name = `${wanted} (${nr})`;
  return name;
};

export interface Sources {
  /** Every table file once, in the order of their names: no output depends on the order of sources. */
  readonly files: readonly SourceFile[];
  /** The pipeline that a file is read by: the first that points at it, also where it is no longer there. */
  readonly readerOf: (file: { readonly leverans: string; readonly fil: string }) => Pipeline | undefined;
  /** The sources of each pipeline, by its name. */
  readonly of: ReadonlyMap<string, readonly string[]>;
  /** The folders of those whose paths are written alike, by their names. */
  readonly alike: ReadonlyMap<string, string>;
}

/** What is known of the sources from earlier runs. */
export interface Known {
  /** The folders of sources whose paths are written alike, by their names. */
  readonly kallor: ReadonlyMap<string, string>;
  readonly versioner: readonly { readonly leverans: string; readonly fil: string; readonly sha256: string }[];
}

interface Named {
  readonly root: string;
  /** As it is written: what it is called where no other is written so. */
  readonly wanted: string;
  /** What lies in it: names seen from its root, and contents. */
  readonly held: readonly { readonly within: string; readonly sha256: string }[];
}

/**
 * A name for each folder, by its root. Of two whose paths are written alike the later is numbered, but a folder keeps the
 * name that its deliveries have: the one it was given, else the one that what lies in it was received under.
 */
const nameAll = (places: readonly Named[], { kallor, versioner }: Known): Map<string, string> => {
  const names = new Map<string, string>();
  const isFree = (name: string): boolean => ![...names.values()].includes(name);
  const mayBe = ({ wanted }: Named, name: string): boolean => name === wanted || name.startsWith(`${wanted} (`);
  for (const place of places)
    for (const [name, folder] of kallor) if (folder === place.root && mayBe(place, name)) names.set(place.root, name);
  const received = new Set(versioner.map(({ fil, sha256 }) => `${fil}\n${sha256}`));
  for (const name of new Set(versioner.map(({ leverans }) => leverans))) {
    const alike = places.filter((place) => mayBe(place, name));
    if (new Set(alike.map(({ root }) => root)).size < 2 || !isFree(name)) continue;
    const [most] = alike
      .filter(({ root }) => !names.has(root))
      .map(({ root, held }) => ({
        root,
        count: held.filter(({ within, sha256 }) => received.has(`${name}/${within}\n${sha256}`)).length,
      }))
      .sort((a, b) => b.count - a.count);
    if (most && most.count > 0) names.set(most.root, name);
  }
  for (const { root, wanted } of places) {
    const isOther = (name: string): boolean => {
      const folder = kallor.get(name);
      return folder !== undefined && folder !== root && existsSync(folder);
    };
    if (!names.has(root)) names.set(root, numbered(wanted, { has: (name) => !isFree(name) || isOther(name) }));
  }
  return names;
};

/** The bytes of what is a file. */
const bytesOf = ({ path, kind }: Found): Uint8Array => (kind === "fil" ? readFileSync(path) : new Uint8Array());

/**
 * Everything the pipelines point at.
 * @param shown what a path is called in outputs: identity numbers in it are not shown
 * @throws PipelineError when a source is not there: nothing is run on half the sources
 */
export const sourcesOf = (
  pipelines: readonly Pipeline[],
  shown: (path: string, pipeline: Pipeline) => string,
  known: Known = { kallor: new Map(), versioner: [] },
): Sources => {
  const readers: { leverans: string; takes: Place["takes"]; pipeline: Pipeline }[] = [];
  const of = new Map<string, string[]>();
  const files = new Map<string, SourceFile>();
  const seen = new Set<string>();
  const places = pipelines.flatMap((pipeline) =>
    pipeline.kallor.map((written) => {
      const { root, leverans, found, takes } = placeOf(pipeline, written);
      const held = found
        .map((one) => ({ ...one, real: slashes(relative(root, one.path)), bytes: bytesOf(one) }))
        .sort((a, b) => (a.real < b.real ? -1 : 1))
        .map(({ path, kind, real, bytes }) => ({
          path,
          kind,
          within: shown(real, pipeline),
          sha256: createHash("sha256").update(bytes).digest("hex"),
          bytes,
        }));
      return { pipeline, root, wanted: shown(leverans, pipeline), takes, held };
    }),
  );
  const names = nameAll(places, known);
  for (const { pipeline, root, takes, held } of places) {
    const leverans = names.get(root) ?? "";
    readers.push({ leverans, takes, pipeline });
    of.set(pipeline.name, [...new Set([...(of.get(pipeline.name) ?? []), leverans])]);
    for (const { path, kind, within, sha256, bytes } of held) {
      if (seen.has(path)) continue;
      seen.add(path);
      const fil = numbered(`${leverans}/${within}`, files);
      files.set(fil, { kind, path, fil, leverans, sha256, bytes, mottagen: received(root, path), pipeline });
    }
  }
  const alike = new Set(
    places
      .filter(({ root, wanted }) => places.some((other) => other.wanted === wanted && other.root !== root))
      .map(({ root }) => root),
  );
  return {
    files: [...files.values()].sort((a, b) => (a.fil < b.fil ? -1 : 1)),
    readerOf: ({ leverans, fil }) =>
      files.get(fil)?.pipeline ??
      readers.find((one) => one.leverans === leverans && one.takes(fil.slice(leverans.length + 1)))?.pipeline,
    of,
    alike: new Map([...names].filter(([root]) => alike.has(root)).map(([root, name]) => [name, root])),
  };
};
