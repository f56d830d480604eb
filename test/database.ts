/** A database in memory as a small run has it, for tests of what is in it. */
import { type Database, furnish, open } from "../src/db/open.ts";

export const furnished = async (): Promise<Database> => {
  const db = await open(":memory:");
  await db.run("set threads = 1");
  await furnish(db);
  return db;
};

/** Empties its rooms; what reads Swedish stays. */
export const emptyRooms = async (db: Database): Promise<void> => {
  for (const room of ["inbox", "staging", "checks", "marts", "measures", "results", "publik"])
    await db.run(`drop schema ${room} cascade; create schema ${room}`);
};
