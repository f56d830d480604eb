/** Whether what a run wrote is as it was left. */
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isWhole, readManifest, writeManifest } from "../../src/output/manifest.ts";
import type { Work } from "../../src/output/swap.ts";
import { temporaryFolder } from "../folders.ts";

test("a large result that is changed is noticed, though it is not read again", () => {
  const out = temporaryFolder("manifest");
  for (const room of ["arkiv", "internt"]) mkdirSync(join(out, room), { mode: 0o700 });
  const [large, small] = ["stor.csv", "liten.csv"].map((name) => join(out, "internt", name)) as [string, string];
  const write = (): Work => {
    const work: Work = { folder: out, out, release: () => undefined };
    for (const [file, length] of [[large, 1_000_000] as const, [small, 10] as const])
      writeFileSync(file, "a".repeat(length));
    writeFileSync(join(out, "internt", "finsam.duckdb"), "databas");
    writeManifest(work, [], { underlag: "5eed1234", program: "p", sidor: {}, summary: {} });
    return work;
  };
  const isAsLeft = (work: Work): boolean => {
    const manifest = readManifest(work);
    return manifest !== undefined && isWhole(work, manifest);
  };
  expect(isAsLeft(write())).toBe(true);
  expect(readManifest({ out })?.filer["internt/stor.csv"]).toBe("1000000 byte");
  const changes = [
    () => writeFileSync(large, `b${"a".repeat(999_999)}`),
    () => appendFileSync(large, "a"),
    () => utimesSync(large, new Date(), new Date()),
    () => writeFileSync(small, "b".repeat(10)),
  ];
  for (const change of changes) {
    const work = write();
    change();
    expect(isAsLeft(work)).toBe(false);
  }
});
