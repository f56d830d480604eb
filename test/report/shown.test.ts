/** Everything that was read is on a page, or its dataset says why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { open } from "../../src/db/open.ts";
import { deriveLineage } from "../../src/lineage.ts";
import { publicNames } from "../../src/schema/publik.ts";
import { type DatasetName, datasetNames, datasetOf, rowId } from "../../src/schema/tables.ts";
import { type Shipped, shippedRun } from "../shipped.ts";

const shownAs = (kind: "siffror" | "intern"): { name: DatasetName; why: string }[] =>
  datasetNames.flatMap((name) => {
    const { visas } = datasetOf(name);
    const why = visas === "rader" ? undefined : new Map(Object.entries(visas)).get(kind);
    return why === undefined ? [] : [{ name, why }];
  });

const readRun = async <T>(name: Shipped, read: (db: Database, out: string) => Promise<T>): Promise<T> => {
  const { out } = await shippedRun(name);
  const db = await open(join(out, "internt", "finsam.duckdb"), "read");
  try {
    return await read(db, out);
  } finally {
    db.close();
  }
};

/** The delivered rows that the pages say they show. */
const marksIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(/ data-rad="([^"]*)"/g)])
    .flatMap(([, ids = ""]) => ids.split(" "));

describe.each(["kallor", "exempel"] as const)("of the run %s", (name) => {
  test("every row of a dataset that is shown is on a page, and no page shows a row that was not read", async () => {
    await readRun(name, async (db, out) => {
      const marks = new Set(marksIn(join(out, "rapport")));
      const delivered = new Set<string>();
      for (const dataset of datasetNames.filter((one) => datasetOf(one).visas === "rader")) {
        for (const row of await db.rows<Record<string, unknown>>(`from staging.${dataset}`)) {
          delivered.add(rowId(dataset, row));
        }
      }
      expect(delivered.size).toBeGreaterThan(250);
      expect([...delivered].filter((id) => !marks.has(id))).toEqual([]);
      // What a report answers to a goal is one of its own figures, and the pipeline states it.
      const goals = await db.rows<{ insats_id: string; utsaga_id: string }>(
        "select insats_id, mal_id as utsaga_id from results.malsammanfattning where rapporterat is not null",
      );
      const answers = new Set(goals.map((goal) => rowId("utsaga", goal)));
      expect([...marks].filter((id) => !delivered.has(id) && !answers.has(id))).toEqual([]);
    });
  });
  test("every row of a dataset that is shown in figures counts in one that is published", async () => {
    await readRun(name, async (db) => {
      const figures: string[] = [];
      for (const table of publicNames) {
        const columns = await db.rows<{ column_name: string }>(`describe publik.${table}`);
        if (!columns.some(({ column_name: column }) => column === "resultat_id")) continue;
        const rows = await db.rows<{ resultat_id: string }>(`select resultat_id from publik.${table}`);
        figures.push(...rows.map(({ resultat_id: id }) => id));
      }
      await deriveLineage(db, figures);
      for (const { name: dataset } of shownAs("siffror")) {
        const left = await db.rows<{ kallrad: number }>(
          `select kallrad from staging.${dataset} where kallrad not in (select kallrad from harkomst where kallrad is not null)`,
        );
        expect({ dataset, left }).toEqual({ dataset, left: [] });
      }
    });
  });
});

test("a dataset that is not shown row by row says why, in a sentence for a reader", () => {
  for (const { why } of [...shownAs("siffror"), ...shownAs("intern")]) expect(why).toMatch(/^[A-ZÅÄÖ].{30,}\.$/);
});
test("no row that is one person's is shown", () => {
  for (const name of datasetNames.filter((one) => datasetOf(one).personer === "rad"))
    expect(datasetOf(name).visas).not.toBe("rader");
});
