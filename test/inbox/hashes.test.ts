import { readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { hashFile, openHashes } from "../../src/inbox/hashes.ts";
import { temporaryFolder } from "../folders.ts";

/** What the kept hash is exchanged for, to see whether it or the file was read. */
const marked = "ab".repeat(32);

let large: string;
let kept: string;
beforeEach(() => {
  const folder = temporaryFolder("hashes");
  large = join(folder, "faktura.csv");
  kept = join(folder, ".kanda");
  writeFileSync(large, "1".repeat(1_000_000));
  const hashes = openHashes(kept);
  expect(hashes.of(large)).toBe(hashFile(large));
  hashes.save();
  writeFileSync(kept, readFileSync(kept, "utf8").replace(hashFile(large), marked));
  const later = new Date(statSync(large).ctimeMs + 10_000);
  utimesSync(kept, later, later);
});

test("a large file that is as it was is not read again", () => {
  expect(openHashes(kept).of(large)).toBe(marked);
});

test("one whose contents changed is, though it has its old size and time", () => {
  const { atime, mtime } = statSync(large);
  writeFileSync(large, "2".repeat(1_000_000));
  utimesSync(large, atime, mtime);
  expect(openHashes(kept).of(large)).toBe(hashFile(large));
});

test("one that had just changed when its hash was kept is, for it may have changed again", () => {
  const soon = new Date(statSync(large).ctimeMs + 1_000);
  utimesSync(kept, soon, soon);
  expect(openHashes(kept).of(large)).toBe(hashFile(large));
});

test("a small file is read each time, and a file that says nothing keeps nothing", () => {
  const small = join(large, "..", "part.csv");
  writeFileSync(small, "insats_id;part_id");
  writeFileSync(kept, "?\n\n");
  const hashes = openHashes(kept);
  hashes.of(small);
  hashes.save();
  expect(readFileSync(kept, "utf8")).toBe("?\n\n");
});
