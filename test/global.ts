/** Runs once, around all tests: the folder of what files of tests share stands until the last of them is done. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    readonly shared: string;
  }
}

export default ({ provide }: TestProject): (() => void) => {
  const shared = mkdtempSync(join(tmpdir(), "finsam-shared-"));
  provide("shared", shared);
  return () => rmSync(shared, { recursive: true });
};
