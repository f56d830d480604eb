/** Last known-good output as truth. `UPDATE_GOLDEN=1 npm test` rewrites it, in the commit that says why a number moved. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

const folder = join(import.meta.dirname, "golden");

/** Holds `text` to the golden file of this name. */
export const expectGolden = (name: string, text: string): void => {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (!existsSync(path)) throw new Error(`no golden file: test/golden/${name}; UPDATE_GOLDEN=1 writes it`);
  expect(text, `test/golden/${name}`).toBe(readFileSync(path, "utf8"));
};
