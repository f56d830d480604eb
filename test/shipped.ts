/** The runs of what is shipped, each made once for all the files of a worker: they are read and never written in. */
import { join } from "node:path";
import { inject } from "vitest";
import { type RunSummary, run } from "../src/batch.ts";

const home = join(import.meta.dirname, "..");
const pipelines = { kallor: "pipelines/*.yaml", exempel: "pipelines/exempel/*.yaml" } as const;
export type Shipped = keyof typeof pipelines;

/** The day that the goldens are of. */
export const today = "2026-11-22";

export interface Made {
  readonly out: string;
  readonly summary: RunSummary;
}

const made = new Map<Shipped, Promise<Made>>();

const make = async (name: Shipped): Promise<Made> => {
  const out = join(inject("shared"), `${name}-${process.pid}`);
  return { out, summary: await run({ pipelines: join(home, pipelines[name]), out, today }) };
};

/** The five real reports, or the invented example, as `npm start` and `npm run exempel` make them. */
export const shippedRun = (name: Shipped): Promise<Made> => {
  const found = made.get(name) ?? make(name);
  made.set(name, found);
  return found;
};
