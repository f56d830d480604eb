/**
 * All or nothing. A run writes to `.pagaende`; when it is whole that folder is renamed `.klar`, which is the commit;
 * then its files take the place of the old, one atomic rename each, so that what stands can be read at every moment.
 * A start that finds `.klar` finishes the move first.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { type Database, open } from "../db/open.ts";
import { StoppedError } from "../schema/errors.ts";

export interface Work {
  /** Where this run writes. */
  readonly folder: string;
  readonly out: string;
  release(): void;
}

const pending = ".pagaende";
const whole = ".klar";
const list = ".innehall.json";

/** What a whole run consists of, written before it is committed: a move that was cut short is finished from it. */
const contents = z.strictObject({
  filer: z.array(z.string()),
  /** Files of the archive that the run takes away. */
  bort: z.array(z.string()),
});

/** A run replaces these whole; `arkiv` it only adds to, or takes away from by name. */
const replaced = ["internt", "rapport", "diagram"];
const isPrivate = (path: string): boolean => /^(internt|arkiv)\b/.test(path);

const filesUnder = (folder: string): string[] =>
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

const moveIn = (out: string): void => {
  const from = join(out, whole);
  const listed = join(from, list);
  if (existsSync(listed)) {
    const { filer, bort } = contents.parse(JSON.parse(readFileSync(listed, "utf8")));
    const kept = new Set(filer);
    // First what is no longer there: a log left beside a database would be replayed into the new one.
    for (const folder of replaced) {
      for (const file of filesUnder(join(out, folder))) {
        if (!kept.has(join(folder, file))) rmSync(join(out, folder, file));
      }
    }
    for (const file of bort) rmSync(join(out, file), { force: true });
    for (const file of filer) {
      if (!existsSync(join(from, file))) continue;
      mkdirSync(dirname(join(out, file)), { recursive: true, ...(isPrivate(file) ? { mode: 0o700 } : {}) });
      renameSync(join(from, file), join(out, file));
    }
    for (const folder of replaced) if (existsSync(join(out, folder))) removeEmpty(join(out, folder));
    // Without its list the folder is known to be empty of files: killed here, the next start has only to remove it.
    rmSync(listed);
  }
  rmSync(from, { recursive: true });
};

const onDisk = (path: string): void => {
  const file = openSync(path, "r");
  fsyncSync(file);
  closeSync(file);
};

/** Holds the folder against other processes. The lock is DuckDB's on a file of its own, which the system frees however a run ends. */
const hold = async (out: string): Promise<Database> => {
  try {
    return await open(join(out, ".las"));
  } catch (error) {
    if (error instanceof Error && /lock/i.test(error.message)) {
      throw new StoppedError("another run is writing to this folder; wait for it, or give another --out");
    }
    throw error;
  }
};

/**
 * Takes the output folder for one run.
 * @throws StoppedError another process has it
 */
export const beginRun = async (out: string): Promise<Work> => {
  mkdirSync(out, { recursive: true });
  const lock = await hold(out);
  if (existsSync(join(out, whole))) moveIn(out);
  const folder = join(out, pending);
  rmSync(folder, { recursive: true, force: true });
  // Private from the start: what is not whole has not passed disclosure control.
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ["internt", "arkiv"]) mkdirSync(join(folder, name), { mode: 0o700 });
  for (const name of ["rapport", "diagram"]) mkdirSync(join(folder, name));
  const discard = (): void => rmSync(folder, { recursive: true, force: true });
  // A run that is interrupted leaves nothing half-done, and no delivered rows, behind.
  process.once("exit", discard);
  const release = (): void => {
    process.off("exit", discard);
    discard();
    lock.close();
  };
  return { folder, out, release };
};

/**
 * Puts a whole run in place of the last one.
 * @param bort files under `out` that the run takes away from the archive
 */
export const finishRun = ({ folder, out }: Work, bort: readonly string[] = []): void => {
  const filer = filesUnder(folder);
  writeFileSync(join(folder, list), JSON.stringify({ filer, bort }));
  for (const file of [...filer, list]) onDisk(join(folder, file));
  renameSync(folder, join(out, whole));
  moveIn(out);
};

/** Finishes the move of a run that was committed and then cut short, unless another process is at it. */
export const settle = async (out: string): Promise<void> => {
  if (!existsSync(join(out, whole))) return;
  const lock = await hold(out).catch((error: unknown) => {
    if (error instanceof StoppedError) return undefined;
    throw error;
  });
  if (lock && existsSync(join(out, whole))) moveIn(out);
  lock?.close();
};
