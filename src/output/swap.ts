/**
 * All or nothing. A run writes to `.pagaende`; when it is whole that folder is renamed `.klar`, which is the commit;
 * then its folders take the place of the old. A start that finds `.klar` finishes the move first.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
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

const moveIn = (out: string): void => {
  const from = join(out, whole);
  for (const name of readdirSync(from)) {
    const to = join(out, name);
    const old = join(out, `.gammal-${name}`);
    rmSync(old, { recursive: true, force: true });
    if (existsSync(to)) renameSync(to, old);
    renameSync(join(from, name), to);
    rmSync(old, { recursive: true, force: true });
  }
  rmSync(from, { recursive: true });
};

/**
 * Takes the output folder for one run. The lock is DuckDB's on a file of its own, which the system frees however a run ends.
 * @throws StoppedError another process has it
 */
export const beginRun = async (out: string): Promise<Work> => {
  mkdirSync(out, { recursive: true });
  let lock: Database;
  try {
    lock = await open(join(out, ".las"));
  } catch (error) {
    if (error instanceof Error && /lock/i.test(error.message)) {
      throw new StoppedError("another run is writing to this folder; wait for it, or give another --out");
    }
    throw error;
  }
  if (existsSync(join(out, whole))) moveIn(out);
  const folder = join(out, pending);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, "internt"), { recursive: true, mode: 0o700 });
  for (const name of ["rapport", "diagram"]) mkdirSync(join(folder, name));
  const release = (): void => {
    // A run that stopped leaves nothing half-done, and no delivered rows, behind.
    rmSync(folder, { recursive: true, force: true });
    lock.close();
  };
  return { folder, out, release };
};

/** Puts a whole run in place of the last one. */
export const finishRun = ({ folder, out }: Work): void => {
  renameSync(folder, join(out, whole));
  moveIn(out);
};
