/** What is made of what is shipped, once for all workers of a zone: it is read and never written in. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { inject } from "vitest";
import { type RunSummary, run } from "../src/batch.ts";
import { command, type Finished } from "./command.ts";

const home = join(import.meta.dirname, "..");
const pipelines = { kallor: "pipelines/*.yaml", exempel: "pipelines/exempel/*.yaml" } as const;
export type Shipped = keyof typeof pipelines;

/** The day that the goldens are of. */
export const today = "2026-11-22";

export interface Made<T = RunSummary> {
  readonly out: string;
  readonly summary: T;
}

/** Whether this worker is the one that makes it: a folder can be made once. */
const takes = (lock: string): boolean => {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
};

/** What one worker makes in a folder, while the others that want it wait. */
const once = async <T>(name: string, make: (out: string) => Promise<T>): Promise<Made<T>> => {
  const out = join(inject("shared"), name);
  const [made, lock] = [`${out}.json`, `${out}.pagar`];
  while (!existsSync(made)) {
    if (!takes(lock)) {
      await wait(50);
      continue;
    }
    try {
      writeFileSync(`${made}.ny`, JSON.stringify(await make(out)));
      renameSync(`${made}.ny`, made);
    } finally {
      rmdirSync(lock);
    }
  }
  return { out, summary: JSON.parse(readFileSync(made, "utf8")) as T };
};

/** The five real reports, or the invented example, as `npm start` and `npm run exempel` make them. */
export const shippedRun = (name: Shipped): Promise<Made> =>
  once(name, (out) => run({ pipelines: join(home, pipelines[name]), out, today }));

/** What the handbook types for the invented office's folder. */
export const draftOffice = ["init", "data/exempel-kontor", "-o", "utkast/kontor.yaml", "--today", "2024-06-30"];

/** That command in a folder: its files are put there. */
export const draftedOffice = async (folder: string): Promise<Finished> => {
  const { out, summary } = await once("kontor", (cwd) => {
    mkdirSync(cwd, { recursive: true });
    symlinkSync(join(home, "data"), join(cwd, "data"));
    return command(draftOffice, { cwd });
  });
  cpSync(join(out, "utkast"), join(folder, "utkast"), { recursive: true });
  return summary;
};
