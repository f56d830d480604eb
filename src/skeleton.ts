/** The database of a small run before anything is delivered, made once for each version of the program and kept beside its packages. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Database, furnish, open } from "./db/open.ts";
import { openArchive } from "./inbox/archive.ts";
import { ingest } from "./inbox/ingest.ts";
import { declareModels, type Order, readOrder } from "./models/build.ts";
import { failureText } from "./output/failure.ts";
import { noteBortfall } from "./staging/bortfall.ts";
import { noteSettings } from "./staging/checks.ts";
import { correct } from "./staging/corrections.ts";
import { load } from "./staging/load.ts";

const kept = fileURLToPath(new URL("../node_modules/.cache/finsam/", import.meta.url));

/** Makes rooms and macros, and every mart, measure and result, empty; leaves no table that deliveries fill. */
export const declareAll = async (db: Database, nowhere: string): Promise<Order> => {
  const today = "2000-01-01";
  await furnish(db);
  await db.run("set variable idag = cast($today as date)", { today });
  await ingest(db, openArchive(nowhere, nowhere), [], { today });
  await correct(db, [], () => false, today);
  await load(db);
  await noteSettings(db, [], () => [], new Map());
  await noteBortfall(db, [], []);
  const order = await readOrder(db);
  await declareModels(db, order);
  for (const room of ["inbox", "staging", "checks"]) await db.run(`drop schema ${room} cascade; create schema ${room}`);
  return order;
};

/** So many versions are kept, of 3 MB each. */
const most = 5;

/** Makes the skeleton of this version, and takes away the oldest of others. */
const makeIn = async (folder: string): Promise<void> => {
  mkdirSync(kept, { recursive: true });
  const made = mkdtempSync(join(kept, "ny-"));
  try {
    const db = await open(join(made, "finsam.duckdb"), "write", true);
    try {
      writeFileSync(join(made, "ordning.json"), JSON.stringify(await declareAll(db, join(made, "arkiv"))));
      await db.run("checkpoint");
    } finally {
      db.close();
    }
    // Another run may have made the same meanwhile: then that one is kept.
    if (!existsSync(folder)) renameSync(made, folder);
    const age = (name: string): number => -(statSync(join(kept, name), { throwIfNoEntry: false })?.mtimeMs ?? 0);
    const some = readdirSync(kept).filter((name) => /^(stomme|ny)-/.test(name));
    for (const old of some.sort((a, b) => age(a) - age(b)).slice(most))
      rmSync(join(kept, old), { recursive: true, force: true });
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
};

/**
 * Copies the skeleton to where a run's database is to be.
 * @param program a hash of the program: another version has another skeleton
 * @returns the order in which the run's selects are computed; undefined when nothing can be kept here, and nothing was copied
 */
export const copySkeleton = async (path: string, program: string): Promise<Order | undefined> => {
  const folder = join(kept, `stomme-${program.slice(0, 32)}`);
  try {
    if (!existsSync(folder)) await makeIn(folder);
    const order = JSON.parse(readFileSync(join(folder, "ordning.json"), "utf8")) as Order;
    copyFileSync(join(folder, "finsam.duckdb"), path);
    return order;
  } catch (error) {
    if (failureText(error) === undefined) throw error;
    return undefined;
  }
};
