/** No file crashes or hangs what reads it, and none loses a record. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { inspect } from "../../src/inspect.ts";
import { furnished } from "../database.ts";
import { temporaryFolder } from "../folders.ts";
import { accountFor, fuzz } from "./fuzz.ts";

test("mutated files crash nothing, hang nothing and lose no row", async () => {
  const { files, records } = await fuzz(200, 7);
  expect(files).toBe(200);
  expect(records).toBeGreaterThan(100);
}, 120_000);

describe("every record is in exactly one place", () => {
  const folder = temporaryFolder("egenskap");
  let db: Database;
  beforeAll(async () => {
    db = await furnished();
  });
  afterAll(() => db.close());
  const holds = async (name: string, bytes: Uint8Array): Promise<void> => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    await accountFor(db, path, await inspect(path, {}, db));
  };
  test("of any text", async () => {
    const line = fc.string({
      unit: fc.constantFrom(...'ab;;,1 2."\n-å', "Summa", "insats_id;mote_id;datum;motestyp\n"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 30 }), (lines) =>
        holds("text.csv", new TextEncoder().encode(lines.join("\n"))),
      ),
      { numRuns: 150 },
    );
  });
  test("of any bytes, under any name", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("a.csv", "a.tsv", "a.xlsx", "a.xls", "a.parquet"),
        (bytes, name) => holds(name, bytes),
      ),
      { numRuns: 150 },
    );
  });
});
