// The invented country: the models that differ are found, and no others, in results that chance has touched.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { avSlump, skillnader, writeRiket } from "../../bench/riket.ts";
import { run } from "../../src/batch.ts";
import { open } from "../../src/db/open.ts";
import { type Amnen, comparisonsOf, type Omraknad, standardisedOf } from "../../src/report/comparison.ts";
import { namesOf } from "../../src/report/names.ts";
import { readPublik } from "../../src/report/publik.ts";
import { temporaryFolder } from "../folders.ts";

const measures = {
  arbete: "andel_till_arbete_eller_studier",
  narvaro: "narvaroandel",
  kostnad: "kostnad_per_deltagare",
} as const;

let folder: string;
let found: Amnen;
let recounted: readonly Omraknad[];
beforeAll(async () => {
  folder = temporaryFolder("riket");
  await writeRiket(folder);
  const out = join(folder, "out");
  await run({ pipelines: join(folder, "pipelines/*.yaml"), out, today: "2025-02-01", report: false });
  const db = await open(join(out, "internt/finsam.duckdb"), "read");
  const publik = await readPublik(db).finally(() => db.close());
  found = comparisonsOf(publik, namesOf(publik));
  recounted = standardisedOf(publik);
});

describe.each(Object.entries(measures))("%s", (what, matt) => {
  const known = Object.entries(skillnader).flatMap(([modell, by]) => (what in by ? modell : []));
  test(`the models that are called different are those that are: ${known.join(", ")}`, () => {
    const topic = found.modell.find((amne) => amne.matt === matt && amne.kon === "");
    expect(topic?.enheter).toHaveLength(10);
    expect(topic?.enheter.filter(({ utanfor }) => utanfor === "yttre").map(({ id }) => id)).toEqual(known);
  });
});

test("a model that differs by chance lies between the limits and is not called different", () => {
  const topic = found.modell.find(({ matt, kon }) => matt === measures.arbete && kon === "");
  expect(topic?.enheter.find(({ id }) => id === avSlump)?.utanfor).toBe("inre");
});

test("an insats is called different more often only where the models differ", () => {
  const cost = found.insats.find(({ matt }) => matt === measures.kostnad);
  expect(cost?.enheter).toHaveLength(100);
  expect(cost?.spridning).toBeLessThan(1.3);
  expect(found.modell.find(({ matt }) => matt === measures.arbete)?.spridning).toBeGreaterThan(5);
});

test("what is known to differ differs as much when the mix of sex, or of försörjning before, is the same", () => {
  expect(recounted.map(({ dimension }) => dimension)).toEqual(["kon", "forsorjning"]);
  for (const { modeller, utan } of recounted) {
    expect([modeller.length, utan]).toEqual([10, []]);
    const of = (namn: string) => modeller.find((modell) => modell.namn === namn);
    // 45 percent is usual; these two were made 15 points more and less.
    expect(of("Modell C")?.lag).toBeGreaterThan(0.45);
    expect(of("Modell H")?.hog).toBeLessThan(0.45);
    for (const { ra, varde } of modeller) expect(Math.abs(ra - varde)).toBeLessThan(0.02);
  }
});

test("the same bytes are written each time", async () => {
  const again = join(folder, "again");
  execFileSync(process.execPath, [join(import.meta.dirname, "../../bench/riket.ts"), again]);
  for (const name of ["deltagare", "faktura", "narvaro"])
    expect(readFileSync(join(again, "data", `${name}.csv`), "utf8")).toBe(
      readFileSync(join(folder, "data", `${name}.csv`), "utf8"),
    );
});
