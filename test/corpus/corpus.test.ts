/** Every file of the corpus gives what lies beside it. `UPDATE_CORPUS=1` writes that down, to be read before it is kept. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Inspected, inspect, type Slag } from "../../src/batch.ts";
import type { Database } from "../../src/db/open.ts";
import { furnished } from "../database.ts";

const folder = join(import.meta.dirname, "files");
const files = readdirSync(folder).filter((name) => !name.endsWith(".expected.json"));

interface Expected {
  /** What the columns are read as. */
  columns: Record<string, Slag>;
  tables: Omit<Inspected, "fil">[];
}

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => db.close());

const outcome = async (name: string, columns: Record<string, Slag>): Promise<Expected["tables"]> =>
  (await inspect(join(folder, name), { columns }, db)).map(({ fil: _, ...rest }) => rest);

describe("the corpus", () => {
  test("has at least 80 files, each with its outcome beside it", () => {
    expect(files.length).toBeGreaterThanOrEqual(80);
    if (!process.env.UPDATE_CORPUS) {
      expect(files.filter((name) => !existsSync(join(folder, `${name}.expected.json`)))).toEqual([]);
    }
  });
  test.each(files)("%s", async (name) => {
    const path = join(folder, `${name}.expected.json`);
    const known = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Expected) : undefined;
    const columns = known?.columns ?? {};
    const tables = await outcome(name, columns);
    if (process.env.UPDATE_CORPUS) writeFileSync(path, `${JSON.stringify({ columns, tables }, null, 1)}\n`);
    else expect(tables).toEqual(known?.tables);
  });
});
