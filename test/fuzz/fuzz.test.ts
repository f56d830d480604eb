import { expect, test } from "vitest";
import { fuzz } from "./fuzz.ts";

test("mutated files crash nothing, hang nothing and lose no row", async () => {
  const { files, records } = await fuzz(200, 7);
  expect(files).toBe(200);
  expect(records).toBeGreaterThan(100);
}, 120_000);
