/** Which figures differ between two days, and why: the deliveries of each day are computed anew, in memory. */
import { join, resolve } from "node:path";
import { openKept, type RunOptions, readCorrections, readPipelines, reckon } from "./batch.ts";
import { inMemory } from "./db/open.ts";
import { rowsOf } from "./db/rows.ts";
import { openFigures } from "./history/figures.ts";
import type { Diff } from "./output/changes.ts";
import { beginRun } from "./output/swap.ts";
import { UsageError } from "./schema/errors.ts";

interface DiffOptions extends Pick<RunOptions, "pipelines" | "out" | "progress"> {
  readonly from: string;
  readonly to: string;
  readonly insats?: string | undefined;
}

/**
 * The figures that differ between `from` and `to`. Before is what the last report by `from` stated, so that a changed
 * definition is found; if there is none, what the deliveries received by `from` give. Nothing is written.
 * @throws UsageError `to` is not after `from`, or the pipelines cannot be used
 */
export const diff = async (options: DiffOptions): Promise<Diff> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out", from, to, insats, progress = () => {} } = options;
  if (from >= to) throw new UsageError(`--as-of ${from} --as-of ${to}: the first day is the earlier`);
  const pipelines = readPipelines(pattern);
  const corrections = readCorrections(pattern);
  const work = await beginRun(resolve(out));
  try {
    const kept = openKept(work);
    const dayOf =
      (day: string) =>
      (step: string): void =>
        progress(`${day}: ${step}`);
    await inMemory(async (db) => {
      await reckon(db, kept, { pipelines, corrections, progress: dayOf(from) }, { today: from, asOf: from });
      await kept.figures.remember(db, from, true);
    });
    const reported = join(work.folder, "arkiv");
    const compared = { ...kept, figures: openFigures(reported, reported, false) };
    return await inMemory(async (db) => {
      await reckon(db, compared, { pipelines, corrections, progress: dayOf(to) }, { today: to, asOf: to });
      const known = await db.rows<{ insats_id: string; ar_ny: boolean }>(
        `select distinct insats_id, insats_id not in (select insats_id from checks.forra) as ar_ny
         from checks.siffra order by insats_id`,
      );
      const asked = known.filter(({ insats_id: id }) => insats === undefined || id === insats);
      return {
        rows: await rowsOf(db, "andring", insats),
        nya: asked.filter(({ ar_ny: isNew }) => isNew).map(({ insats_id: id }) => id),
        ar_tomt: known.length === 0,
      };
    });
  } finally {
    work.release();
  }
};
