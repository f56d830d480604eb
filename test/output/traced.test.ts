/** Every figure of the shipped runs leads to delivered rows. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { rowsOf } from "../../src/db/rows.ts";
import { traceFigure } from "../../src/lineage.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { columnsWith, type ResultName, resultNames } from "../../src/schema/results.ts";
import { shippedRun } from "../shipped.ts";

/** Results about files, findings and earlier reports: their rows are not made of delivered rows. */
const notOfRows: readonly ResultName[] = ["datakvalitet", "fyndhistorik", "andring", "leveranser"];
const ofRows = resultNames.filter((name) => !notOfRows.includes(name));

const runs: Database[] = [];
beforeAll(async () => {
  for (const name of ["kallor", "exempel"] as const) runs.push(await resultsIn((await shippedRun(name)).out));
});
afterAll(() => {
  for (const db of runs) db.close();
});

/** At most this many of a result's rows are traced in each run, spread over all of them. */
const most = 12;
const spread = <R>(rows: readonly R[]): R[] => rows.filter((_, i) => i % Math.ceil(rows.length / most) === 0);

/** A figure that is made of rows: it has a value, and not 0. */
const isMade = (value: unknown): boolean => value !== null && value !== 0;

describe.each(ofRows)("%s", (name) => {
  test("each counted figure leads to the rows it was made of, and some row of the result does", async () => {
    const without: string[] = [];
    let traced = 0;
    for (const db of runs) {
      const all = await rowsOf(db, name);
      const withValue = all.filter((row) => "varde" in row && row.varde !== null);
      for (const row of new Set([...spread(all), ...spread(withValue)])) {
        const { rader } = await traceFigure(db, row.resultat_id);
        for (const { fil, rad, roll, sha256 } of rader) {
          expect(["raknad", "namnare", "utesluten", "avvisad"]).toContain(roll);
          expect(sha256).toMatch(/^[0-9a-f]{64}$/);
          expect(fil).not.toBe("");
          expect(rad).toBeGreaterThan(0);
        }
        if (rader.length > 0) traced += 1;
        const values: Readonly<Record<string, unknown>> = row;
        const counts = (role: "raknad" | "namnare"): boolean =>
          columnsWith(name, "del", role).some((column) => isMade(values[column]));
        const hasRole = (...roles: string[]): boolean => rader.some(({ roll }) => roles.includes(roll));
        if (counts("raknad") && !hasRole("raknad")) without.push(row.resultat_id);
        if (counts("namnare") && !hasRole("raknad", "namnare")) without.push(row.resultat_id);
      }
    }
    expect(without).toEqual([]);
    expect(traced).toBeGreaterThan(0);
  });
});
