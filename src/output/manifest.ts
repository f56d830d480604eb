/**
 * What a run was made of and what it wrote, by content: `arkiv/korning.json`. A run that would be made of the same, over
 * outputs that are as they were left, is not made again; nor is a page or picture whose rows are the same. The same run
 * gives the same manifest, byte for byte. No two runs need give the same database, so of it the manifest has no hash: a run
 * stamps its database with a time of its own, which any change of the file moves. So it does with large results, of which the
 * manifest has the size: to read them again takes longer than to write them.
 */
import { hash } from "node:crypto";
import { existsSync, lstatSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { filesUnder, type Work } from "./swap.ts";

const name = join("arkiv", "korning.json");
const database = "internt/finsam.duckdb";
const rooms = ["arkiv", "diagram", "internt", "rapport"];

export const hashOf = (bytes: string | Uint8Array): string => hash("sha256", bytes);

export interface Manifest<Summary> {
  /** Of all that the run was made of: program, pipelines, corrections, deliveries, day, options. */
  readonly underlag: string;
  /** Of the program alone. */
  readonly program: string;
  /** Every file of the run and of the archive, and the hash of what it holds; of a large result its size. */
  readonly filer: Readonly<Record<string, string>>;
  /** Of each page: what it was made of, and the files that were made. */
  readonly sidor: Readonly<Record<string, Sida>>;
  readonly summary: Summary;
}

export interface Sida {
  readonly underlag: string;
  readonly filer: readonly string[];
}

const slashes = (path: string): string => path.split(sep).join("/");

const filesOfRooms = (place: string, some: readonly string[]): string[] =>
  some.flatMap((room) => filesUnder(join(place, room)).map((file) => join(room, file)));

/** Where a package that the program uses is installed: beside it, or in a folder above. */
const versionOf = (dependency: string, from: string): string => {
  const file = join(from, "node_modules", dependency, "package.json");
  if (existsSync(file)) return (JSON.parse(readFileSync(file, "utf8")) as { version: string }).version;
  return dirname(from) === from ? "" : versionOf(dependency, dirname(from));
};

/** A hash of the code, the SQL, the words, the packages with their fonts, and Node: of what decides every byte beside the input. */
const hashProgram = (): string => {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const folders = [fileURLToPath(new URL("../", import.meta.url)), join(root, "sql"), join(root, "data", "utseende")];
  const words = readdirSync(join(root, "data"), { withFileTypes: true }).filter((entry) => entry.isFile());
  const code = folders.flatMap((folder) => filesUnder(folder).map((file) => join(folder, file)));
  code.push(...words.map(({ name }) => join(root, "data", name)).sort());
  const { dependencies, version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    dependencies: Readonly<Record<string, string>>;
    version: string;
  };
  const files = code.map((file) => [slashes(relative(root, file)), hashOf(readFileSync(file))]);
  const packages = Object.keys(dependencies).map((one) => [one, versionOf(one, root)]);
  return hashOf(JSON.stringify([version, process.version, files, packages]));
};

let program: string | undefined;
/** The program's hash as it was when first asked for: what runs is what was loaded. */
export const programHash = (): string => {
  program ??= hashProgram();
  return program;
};

/** Whether each picture is there as PNG too. */
export const hasEveryPng = ({ filer }: Pick<Manifest<unknown>, "filer">): boolean =>
  Object.keys(filer).every((file) => !/^diagram\/.*\.svg$/.test(file) || file.replace(/svg$/, "png") in filer);

/** The manifest of the last run, if it is as that run wrote it. */
export const readManifest = <Summary>({ out }: Pick<Work, "out">): Manifest<Summary> | undefined => {
  const file = join(out, name);
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
  try {
    const { summa, ...manifest } = JSON.parse(readFileSync(file, "utf8")) as Manifest<Summary> & { summa: string };
    return hashOf(JSON.stringify(manifest)) === summa ? manifest : undefined;
  } catch (error) {
    // No JSON: it was edited, and the run is made again.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** What a file in the output folder holds, if it is what the manifest says. */
export const readUnchanged = (
  { out }: Pick<Work, "out">,
  { filer }: Pick<Manifest<unknown>, "filer">,
  file: string,
): Uint8Array | undefined => {
  const path = join(out, file);
  if (filer[file] === undefined || !lstatSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const bytes = readFileSync(path);
  return hashOf(bytes) === filer[file] ? bytes : undefined;
};

/** The time that a run stamps its database with: a second of the year 2000, drawn from what the run was made of. */
const stampOf = ({ underlag }: Pick<Manifest<unknown>, "underlag">): Date =>
  new Date(Date.UTC(2000) + (Number.parseInt(underlag.slice(0, 8), 16) % (366 * 86_400)) * 1000);

const isAsStamped = ({ out }: Pick<Work, "out">, manifest: Manifest<unknown>, file = database): boolean =>
  lstatSync(join(out, file), { throwIfNoEntry: false })?.mtimeMs === stampOf(manifest).getTime();

/** A result of so many bytes is stamped. */
const largeBytes = 1_000_000;
const sizeOf = (path: string): string => `${lstatSync(path).size} byte`;

/** Whether a file of the run is as it was left. */
const isAsLeft = (work: Pick<Work, "out">, manifest: Manifest<unknown>, file: string): boolean =>
  manifest.filer[file]?.endsWith(" byte")
    ? isAsStamped(work, manifest, file) && sizeOf(join(work.out, file)) === manifest.filer[file]
    : readUnchanged(work, manifest, file) !== undefined;

const isPrivateStill = (path: string): boolean => process.platform === "win32" || (lstatSync(path).mode & 0o077) === 0;

/** Whether every file of the run is as it was left, none is gone and none has come. */
export const isWhole = (work: Pick<Work, "out">, manifest: Manifest<unknown>): boolean => {
  const { out } = work;
  const there = filesOfRooms(out, rooms);
  const known = Object.keys(manifest.filer);
  return (
    // The manifest itself and the database have no hash.
    there.length === known.length + 2 &&
    isAsStamped(work, manifest) &&
    ["arkiv", "internt"].every((room) => isPrivateStill(join(out, room))) &&
    known.every((file) => isAsLeft(work, manifest, file))
  );
};

/**
 * Writes the manifest beside what a run has written, of that and of what stays in the archive.
 * @param gone files of the archive that the run takes away
 */
export const writeManifest = (
  { folder, out }: Work,
  gone: readonly string[],
  made: Omit<Manifest<unknown>, "filer">,
): void => {
  const hashes = new Map<string, string>();
  for (const [place, some] of [
    [out, ["arkiv"]],
    [folder, rooms],
  ] as const) {
    for (const file of filesOfRooms(place, some)) {
      const path = join(place, file);
      const isStamped = file.startsWith("internt") && lstatSync(path).size >= largeBytes;
      if (isStamped || slashes(file) === database) utimesSync(path, stampOf(made), stampOf(made));
      hashes.set(slashes(file), isStamped ? sizeOf(path) : hashOf(readFileSync(path)));
    }
  }
  for (const file of [...gone, name, database]) hashes.delete(slashes(file));
  const manifest = { ...made, filer: Object.fromEntries([...hashes].sort()) };
  const text = JSON.stringify({ summa: hashOf(JSON.stringify(manifest)), ...manifest }, null, 1);
  writeFileSync(join(folder, name), `${text}\n`, { mode: 0o600 });
};
