/**
 * All or nothing. A run writes to `.pagaende`; when it is whole that folder is renamed `.klar`, which is the commit;
 * then its files take the place of the old, one atomic rename each, so that what stands can be read at every moment.
 * A start that finds `.klar` finishes the move first.
 */
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Database, isHeldElsewhere, open } from "../db/open.ts";
import { StoppedError, UsageError } from "../schema/errors.ts";
import { resultNames } from "../schema/results.ts";
import { failureText } from "./failure.ts";

export interface Work {
  /** Where this run writes. */
  readonly folder: string;
  readonly out: string;
  release(): void;
}

const pending = ".pagaende";
const whole = ".klar";
const list = ".innehall.json";
const lockFile = ".las";
/** What a run keeps of large files that were delivered, so that the next need not read them. */
export const hashesFile = ".kanda";

/** What a whole run consists of, written before it is committed: a move that was cut short is finished from it. */
interface Contents {
  readonly filer: readonly string[];
  /** Files that the run takes away. */
  readonly bort: readonly string[];
  /** Folders that hold nothing but what the run has written. */
  readonly hela: readonly string[];
}

/** @throws Error a path that leads out of the output folder: no run wrote it */
const contentsOf = (text: string): Contents => {
  const { filer, bort, hela } = JSON.parse(text) as Contents;
  const astray = [filer, bort, hela].flat().find((path) => path.split(/[/\\]/).some((part) => /^(\.\.)?$/.test(part)));
  if (astray !== undefined) throw new Error(`a path that no run has written: ${astray}`);
  return { filer, bort, hela };
};

/** A run replaces these whole; `arkiv` it only adds to, or takes away from by name. */
const replaced = ["internt", "rapport", "diagram"];
const isPrivate = (path: string): boolean => /^(internt|arkiv)([/\\]|$)/.test(path);

/** Workbooks for senders, which `reply` writes and `forget` takes away; what else lies there is not the program's. */
const replies = "svar";

/** A folder for the evaluator alone, whatever the umask. */
const makePrivate = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
};

/** Every file in a folder and below, by its path there. */
export const filesUnder = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];

const removeEmpty = (folder: string): void => {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmpty(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
};

const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

const move = (out: string): void => {
  const from = join(out, whole);
  const listed = join(from, list);
  if (existsSync(listed)) {
    const { filer, bort, hela } = contentsOf(readFileSync(listed, "utf8"));
    const kept = new Set(filer);
    // First what is no longer there: a log left beside a database would be replayed into the new one.
    for (const folder of hela) {
      for (const file of filesUnder(join(out, folder))) {
        if (!kept.has(join(folder, file))) rmSync(join(out, folder, file));
      }
    }
    for (const file of bort.map((name) => join(out, name)).filter(isFile)) rmSync(file);
    for (const folder of hela) if (existsSync(join(out, folder))) removeEmpty(join(out, folder));
    for (const file of filer) {
      if (!existsSync(join(from, file))) continue;
      const folder = dirname(file);
      if (isPrivate(folder)) makePrivate(join(out, folder));
      else mkdirSync(join(out, folder), { recursive: true });
      renameSync(join(from, file), join(out, file));
    }
    // Without its list the folder is known to be empty of files: killed here, the next start has only to remove it.
    rmSync(listed);
  }
  rmSync(from, { recursive: true });
};

/** @throws StoppedError something stood in the way: what is committed stays so, and the next command tries again */
const moveIn = (out: string): void => {
  try {
    move(out);
  } catch (error) {
    throw new StoppedError(
      `what was last written is whole and in force, but not all of it is in place: ${failureText(error) ?? String(error)}; the next command puts the rest there first`,
      { cause: error },
    );
  }
};

/** Waits until a file, or a folder's list of names, is on the disk. Windows keeps the latter itself and opens no folder. */
const onDisk = (path: string, isFolder = false): void => {
  if (isFolder && process.platform === "win32") return;
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

const isLink = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/**
 * Looks through the folder before anything is written, so that what would stop a move stops the run before it starts:
 * a folder that cannot be written in, and a link, which would carry the writing, or the reading of the archive, elsewhere.
 */
const examine = (out: string): void => {
  accessSync(out, constants.W_OK | constants.X_OK);
  const folders = [...replaced, "arkiv", replies];
  for (const name of [pending, whole, lockFile, hashesFile, ...folders]) {
    const place = join(out, name);
    const standing = lstatSync(place, { throwIfNoEntry: false });
    if (!standing) continue;
    const links = [place, ...(name === "arkiv" && standing.isDirectory() ? filesUnder(place) : [])]
      .map((path) => (path === place ? path : join(place, path)))
      .filter(isLink);
    const [link] = links;
    if (link !== undefined) {
      throw new StoppedError(
        `${relative(out, link).split(sep).join("/")} in the output folder is a link, and nothing is written through links there; take it away, or give another --out`,
      );
    }
    if (!standing.isDirectory()) {
      if (!folders.includes(name)) continue;
      throw new StoppedError(
        `${name} in the output folder is a file, and a folder is needed there; move it, or give another --out`,
      );
    }
    accessSync(place, constants.W_OK | constants.X_OK);
    if (name === replies) continue;
    for (const entry of readdirSync(place, { withFileTypes: true, recursive: true })) {
      if (entry.isDirectory()) accessSync(join(entry.parentPath, entry.name), constants.W_OK | constants.X_OK);
    }
  }
};

/** Output folders that a run of this process holds: DuckDB's lock is between processes only. */
const held = new Set<string>();

const busy = (): StoppedError =>
  new StoppedError("another run is writing to this folder; wait for it, or give another --out");

/** DuckDB's lock on a file of its own: the system frees it however a run ends. The file holds nothing. */
const lockAgainstOthers = async (file: string): Promise<{ close(): void }> => {
  try {
    return await open(file);
  } catch (error) {
    if (isHeldElsewhere(error)) throw busy();
    if (failureText(error) !== undefined || !existsSync(file)) throw error;
    // A process killed while it made the file leaves one that is no database.
    rmSync(file);
    return open(file);
  }
};

/** Holds the folder against other runs, of this process and of others. */
const hold = async (out: string): Promise<() => void> => {
  const place = realpathSync(out);
  if (held.has(place)) throw busy();
  held.add(place);
  try {
    const lock = await lockAgainstOthers(join(out, lockFile));
    return () => {
      held.delete(place);
      lock.close();
    };
  } catch (error) {
    held.delete(place);
    throw error;
  }
};

/** @throws StoppedError another has it, or something stands in it that none could get past */
export const holdFolder = async (out: string): Promise<() => void> => {
  examine(out);
  const free = await hold(out);
  if (existsSync(join(out, replies))) chmodSync(join(out, replies), 0o700);
  return free;
};

/** @throws StoppedError another run has it, or a link stands in it */
export const beginRun = async (out: string): Promise<Work> => {
  mkdirSync(out, { recursive: true });
  const free = await holdFolder(out);
  const folder = join(out, pending);
  // A run that is interrupted leaves nothing half-done, and no delivered rows, behind.
  const discard = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  const release = (): void => {
    process.off("exit", discard);
    try {
      discard();
    } finally {
      free();
    }
  };
  try {
    if (existsSync(join(out, whole))) moveIn(out);
    discard();
    process.once("exit", discard);
    // Private from the start: what is not whole has not passed disclosure control.
    makePrivate(folder);
    for (const name of ["internt", "arkiv"]) makePrivate(join(folder, name));
    for (const name of ["rapport", "diagram"]) mkdirSync(join(folder, name));
  } catch (error) {
    release();
    throw error;
  }
  return { folder, out, release };
};

/** Whatever wrote it: what is the evaluator's can be read by nobody else. */
const closeToOthers = (folder: string, filer: readonly string[]): void => {
  for (const file of filer.filter(isPrivate)) {
    chmodSync(join(folder, file), 0o600);
    for (let at = dirname(file); at !== "."; at = dirname(at)) chmodSync(join(folder, at), 0o700);
  }
};

export interface Finish {
  /** Files under the output folder that are taken away. */
  readonly remove?: readonly string[] | undefined;
  /** Only the archive is written: the report that stands, stays. */
  readonly archiveOnly?: boolean;
}

/**
 * Puts a whole run in place of the last one.
 * @throws StoppedError the run is committed and something stood in the way of the move: the next start finishes it
 */
export const finishRun = ({ folder, out }: Work, { remove: bort = [], archiveOnly = false }: Finish = {}): void => {
  const filer = filesUnder(folder);
  closeToOthers(folder, filer);
  writeFileSync(join(folder, list), JSON.stringify({ filer, bort, hela: archiveOnly ? [] : replaced }), {
    mode: 0o600,
  });
  for (const file of [...filer, list]) onDisk(join(folder, file));
  for (const inner of new Set([...filer, list].map(dirname))) onDisk(join(folder, inner), true);
  renameSync(folder, join(out, whole));
  onDisk(out, true);
  moveIn(out);
};

/** Finishes the move of a run that was committed and then cut short, unless another run is at it. */
export const settle = async (out: string): Promise<void> => {
  if (!existsSync(join(out, whole))) return;
  examine(out);
  const free = await hold(out).catch((error: unknown) => {
    if (error instanceof StoppedError) return undefined;
    throw error;
  });
  if (!free) return;
  try {
    if (existsSync(join(out, whole))) moveIn(out);
  } finally {
    free();
  }
};

/** @throws UsageError there is no run in the folder; StoppedError its results are not those of this version */
export const resultsIn = async (out: string): Promise<Database> => {
  await settle(resolve(out));
  const file = join(resolve(out), "internt", "finsam.duckdb");
  if (!existsSync(file)) throw new UsageError(`${out}: no results there; run "finsam run" first`);
  const db = await open(file, "read");
  const known = await db.rows<{ table_name: string }>(
    "select table_name from duckdb_tables() where schema_name = 'results'",
  );
  if (resultNames.every((name) => known.some(({ table_name: table }) => table === name))) return db;
  db.close();
  throw new StoppedError(`${out} was made by an earlier version; run "finsam run" again`);
};

/** Does something with the results of the folder's run. @throws as resultsIn */
export const inResults = async <T>(out: string, work: (db: Database) => Promise<T>): Promise<T> => {
  const db = await resultsIn(out);
  return work(db).finally(() => db.close());
};
