/** The files that pipelines point at. */
import { hash } from "node:crypto";
import { existsSync, globSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, matchesGlob, relative, resolve, sep } from "node:path";
import { isDay } from "../schema/days.ts";
import { PipelineError, StoppedError } from "../schema/errors.ts";
import { nearest } from "../schema/nearest.ts";
import { type Pipeline, parseReceived } from "../schema/pipeline.ts";
import type { Archive } from "./archive.ts";
import { hashFile } from "./hashes.ts";
import { tabular } from "./read.ts";
import { FileError } from "./table.ts";
import { compareText, type Replacement } from "./versions.ts";

/**
 * What a name stands for. Only files are read: a link could lead out of the delivery, a pipe or device never ends, and
 * some things the system does not give.
 */
export type Kind = "fil" | "lank" | "annat" | "oatkomlig";

export interface SourceFile {
  readonly kind: Kind;
  /** Where it lies on this machine; never written to any output. */
  readonly path: string;
  /** Its name in every output: the source as the pipeline writes it, and the path inside. */
  readonly fil: string;
  /** The source: what `leverans` is called in findings. */
  readonly leverans: string;
  /** Of its bytes; of none where it is no file. */
  readonly sha256: string;
  /** Why it is out of reach, and what to do. */
  readonly skal: string | undefined;
  /** The day it was received, where its name or `leverans.yaml` says so. */
  readonly mottagen: string | undefined;
  readonly pipeline: Pipeline;
}

const dated = /^(\d{4}-\d{2}-\d{2})(?!\d)/;
export const slashes = (path: string): string => path.split(sep).join("/");

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
  readonly skal?: string;
}

/** What the one who delivered can mend. A missing permission is the reader's own: it stops the run, or files would be left out. */
const unreachable: Readonly<Record<string, string>> = {
  ENAMETOOLONG: "sökvägen är längre än datorn tillåter; flytta mappen uppåt eller korta namnen, och kör igen",
  ELOOP: "länkar leder runt i ring; lägg själva filen här",
};

/** Why the system does not give what lies at a path, in words. @throws the error, if it is not about the path */
const whyUnreachable = (path: string, error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // A name that is not UTF-8 cannot be asked for by the text it was read as.
  const isOddName = code === "ENOENT" && path.includes("\uFFFD");
  const why = isOddName ? "namnet är inte skrivet i UTF-8; döp om filen eller mappen och kör igen" : unreachable[code];
  if (why === undefined) throw error;
  return why;
};

const look = (path: string): { readonly kind: Kind | "mapp"; readonly skal?: string } => {
  try {
    const entry = lstatSync(path);
    if (entry.isSymbolicLink()) return { kind: "lank" };
    if (entry.isDirectory()) return { kind: "mapp" };
    return { kind: entry.isFile() ? "fil" : "annat" };
  } catch (error) {
    return { kind: "oatkomlig", skal: whyUnreachable(path, error) };
  }
};
const kindOf = (path: string): Kind | "mapp" => look(path).kind;

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
  const { kind, skal } = look(path);
  if (kind === "mapp") return walk(path);
  if (skal !== undefined) return tabular.test(path) || !/\.\w{1,5}$/.test(path) ? [{ path, kind, skal }] : [];
  return (kind === "lank" ? hidesTables(path) : tabular.test(path)) ? [{ path, kind }] : [];
};

const walk = (folder: string): Found[] => {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    return [{ path: folder, kind: "oatkomlig", skal: whyUnreachable(folder, error) }];
  }
  return names.filter((name) => !/^(\.|~\$)/.test(name)).flatMap((name) => tablesAt(join(folder, name)));
};

/** The first link on the way from `root` to what a pattern found: a pattern, too, leads nowhere else. */
const linkTowards = (root: string, path: string): string | undefined => {
  const steps = relative(root, path).split(sep);
  return steps.map((_, i) => join(root, ...steps.slice(0, i + 1))).find((at) => kindOf(at) === "lank");
};

const lies = (path: string): boolean => {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    whyUnreachable(path, error);
    return false;
  }
};

/** The date a file was received: in its own name, its folders', or `leverans.yaml` beside it. */
const received = (root: string, path: string): string | undefined => {
  const upwards: string[] = [];
  for (let at = path; at.length >= root.length && at !== dirname(at); at = dirname(at)) upwards.push(at);
  for (const at of upwards) {
    const [, day = ""] = dated.exec(basename(at)) ?? [];
    if (isDay(day)) return day;
  }
  for (const folder of upwards.slice(1)) {
    const note = join(folder, "leverans.yaml");
    if (!lies(note)) continue;
    const name = label(slashes(relative(process.cwd(), note)));
    if (kindOf(note) === "fil") return parseReceived(name, readFileSync(note));
    throw new PipelineError([`${name}: write "mottagen: YYYY-MM-DD" in a file here; a link is not followed`]);
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
    const all = [...found, ...linkedFolders(at)];
    return { root, leverans: label(fixed), found: all, takes: (within) => finds(pattern, within) };
  }
  if (!existsSync(at)) throw missing();
  // What the pipeline itself names is the evaluator's choice, link or not; what lies in it is not.
  if (statSync(at).isDirectory()) return { root: at, leverans: label(written), found: walk(at), takes: () => true };
  const found: Found = { path: at, kind: statSync(at).isFile() ? "fil" : "annat" };
  const takes: Place["takes"] = (within) => within === basename(at);
  return { root: dirname(at), leverans: label(dirname(written)), found: [found], takes };
};

/** A name that none of `taken` has: the later of two alike gets a number. */
export const numbered = (wanted: string, taken: { has(name: string): boolean }): string => {
  let name = wanted;
  for (let nr = 2; taken.has(name); nr++) name = `${wanted} (${nr})`;
  return name;
};

/** What tells a file, also where it is no longer there. */
type Came = Pick<SourceFile, "leverans" | "fil">;

/** What is known of the sources from earlier runs. */
type Known = Pick<Archive, "kallor" | "versioner">;

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
    const countIn = ({ held }: Named): number =>
      held.filter(({ within, sha256 }) => received.has(`${name}/${within}\n${sha256}`)).length;
    const [most] = alike.filter(({ root }) => !names.has(root)).sort((a, b) => countIn(b) - countIn(a));
    if (most && countIn(most) > 0) names.set(most.root, name);
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

const hashed = (found: Found, hashOf: (path: string) => string): Found & { readonly sha256: string } => {
  if (found.kind !== "fil") return { ...found, sha256: hash("sha256", "") };
  try {
    return { ...found, sha256: hashOf(found.path) };
  } catch (error) {
    return hashed({ ...found, kind: "oatkomlig", skal: whyUnreachable(found.path, error) }, hashOf);
  }
};

/** Node reads no larger file at once. */
const mostBytes = 2 ** 31 - 1;

/** The bytes of one file, which are what was hashed. @throws StoppedError they have changed since */
export const bytesOf = ({ path, fil, sha256 }: Pick<SourceFile, "path" | "fil" | "sha256">): Uint8Array => {
  if (statSync(path).size > mostBytes) throw new FileError("for_stor", "2 GB");
  const bytes = readFileSync(path);
  if (hash("sha256", bytes) === sha256) return bytes;
  throw new StoppedError(`${fil}: the file was changed while it was read; nothing was changed here, run again`);
};

/** Several pipelines as readers of one file: it is for all their insatser, by all their mappings. What else it is the first says. */
const asOneReader = (readers: readonly Pipeline[]): Pipeline | undefined => {
  const [first, ...others] = readers;
  if (!first || others.length === 0) return first;
  return {
    ...first,
    insats: [...new Set(readers.flatMap(({ insats }) => insats))],
    tolkning: readers.flatMap(({ tolkning }) => tolkning),
  };
};

/**
 * Everything the pipelines point at.
 * @param shown what a path is called in outputs: identity numbers in it are not shown
 * @throws PipelineError when a source is not there: nothing is run on half the sources
 */
export const sourcesOf = (
  pipelines: readonly Pipeline[],
  shown: (path: string, pipeline: Pipeline) => string,
  known: Known = { kallor: new Map(), versioner: [] },
  hashOf: (path: string) => string = hashFile,
) => {
  const readers: { leverans: string; takes: Place["takes"]; pipeline: Pipeline }[] = [];
  const of = new Map<string, string[]>();
  const files = new Map<string, SourceFile>();
  const pointing = new Map<string, Pipeline[]>();
  const places = pipelines.flatMap((pipeline) =>
    pipeline.kallor.map((written) => {
      const { root, leverans, found, takes } = placeOf(pipeline, written);
      const held = found
        .map((one) => ({ ...hashed(one, hashOf), real: slashes(relative(root, one.path)) }))
        .sort((a, b) => compareText(a.real, b.real))
        .map(({ real, ...one }) => ({ ...one, within: shown(real, pipeline) }));
      return { pipeline, root, wanted: shown(leverans, pipeline), takes, held };
    }),
  );
  const names = nameAll(places, known);
  for (const { pipeline, root, takes, held } of places) {
    const leverans = names.get(root) ?? "";
    readers.push({ leverans, takes, pipeline });
    of.set(pipeline.file, [...new Set([...(of.get(pipeline.file) ?? []), leverans])]);
    for (const { path, kind, within, sha256, skal } of held) {
      const others = pointing.get(path);
      if (others) {
        if (!others.includes(pipeline)) others.push(pipeline);
        continue;
      }
      pointing.set(path, [pipeline]);
      const fil = numbered(`${leverans}/${within}`, files);
      files.set(fil, { kind, path, fil, leverans, sha256, skal, mottagen: received(root, path), pipeline });
    }
  }
  const isAlike = (root: string): boolean =>
    places.some((one) => one.root === root && places.some((two) => two.wanted === one.wanted && two.root !== root));
  const readersOf = ({ leverans, fil }: Came): readonly Pipeline[] => {
    const there = files.get(fil);
    if (there) return pointing.get(there.path) ?? [];
    const taking = readers.filter((one) => one.leverans === leverans && one.takes(fil.slice(leverans.length + 1)));
    return [...new Set(taking.map(({ pipeline }) => pipeline))];
  };
  return {
    /** Every table file once, in the order of their names: no output depends on the order of sources. */
    files: [...files.values()]
      .map((file): SourceFile => ({ ...file, pipeline: asOneReader(readersOf(file)) ?? file.pipeline }))
      .sort((a, b) => compareText(a.fil, b.fil)),
    /** The pipelines that point at a file, also where it is no longer there. */
    readersOf,
    /** What they are as one: a file is read once. */
    readerOf: (file: Came): Pipeline | undefined => asOneReader(readersOf(file)),
    /** The sources of each pipeline, by its file. */
    of: of as ReadonlyMap<string, readonly string[]>,
    /** The folders of those whose paths are written alike, by their names. */
    alike: new Map([...names].filter(([root]) => isAlike(root)).map(([root, name]) => [name, root])),
  };
};

export type Sources = ReturnType<typeof sourcesOf>;

/**
 * What the pipelines say of files that replace others, by the files' whole names.
 * @param known the names of every file that has come
 * @throws PipelineError a name is no file's, or several files', or files replace each other in a ring
 */
export const replacementsIn = (
  pipelines: readonly Pipeline[],
  of: Sources["of"],
  known: ReadonlyMap<string, string>,
): Replacement[] => {
  const all = pipelines.flatMap(({ file, ersatter, lineOf }) => {
    const own = [...known].flatMap(([fil, leverans]) => (of.get(file)?.includes(leverans) ? [fil] : []));
    return Object.entries(ersatter).map(([written, old]) => {
      const complain = (what: string): PipelineError =>
        new PipelineError([`${file}:${lineOf(["ersatter", written])}: ersatter: ${what}`]);
      const named = (one: string): string => {
        const [fil, ...others] = own.filter((other) => other === one || other.endsWith(`/${one}`));
        if (fil === undefined) throw complain(`${one}: no such file has come${nearest(one, own)}`);
        if (others.length > 0)
          throw complain(`${one}: several files are so named (${[fil, ...others].join(", ")}); write the whole name`);
        return fil;
      };
      return { fil: named(written), old: old.map(named), complain };
    });
  });
  const reaches = (from: string, to: string, passed: readonly string[] = []): boolean =>
    all
      .filter(({ fil }) => fil === from && !passed.includes(fil))
      .some(({ old }) => old.includes(to) || old.some((one) => reaches(one, to, [...passed, from])));
  for (const { fil, complain } of all) if (reaches(fil, fil)) throw complain(`${fil}: it would replace itself`);
  return all;
};
