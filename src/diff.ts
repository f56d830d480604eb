/** What moved between two days, and why: the deliveries of each day reckoned anew, in memory. */
import { join, resolve } from "node:path";
import { openKept, readPipelines, reckon } from "./batch.ts";
import { rowsOf } from "./db/dialect.ts";
import { open } from "./db/open.ts";
import { openFigures } from "./history/figures.ts";
import { beginRun } from "./output/swap.ts";
import { UsageError } from "./schema/errors.ts";
import type { Row } from "./schema/results.ts";

export interface DiffOptions {
  readonly pipelines?: string | undefined;
  readonly out?: string | undefined;
  readonly from: string;
  readonly to: string;
  readonly insats?: string | undefined;
  readonly progress?: ((step: string) => void) | undefined;
}

export interface Diff {
  readonly rows: readonly Row<"andring">[];
  /** Insatser that `from` knows nothing of: all of theirs is new. */
  readonly nya: readonly string[];
  /** Whether anything had been received by `to`. */
  readonly ar_tomt: boolean;
}

/**
 * The figures that are others on `to` than on `from`. Before is what the last report by `from` said, where one was made,
 * so that a changed definition shows; else what the deliveries received by then give. Nothing is written.
 * @throws UsageError `to` is not after `from`, or the pipelines cannot be used
 */
export const diff = async (options: DiffOptions): Promise<Diff> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out", from, to, insats, progress = () => {} } = options;
  if (from >= to) throw new UsageError(`--as-of ${from} --as-of ${to}: the first day is the earlier`);
  const pipelines = readPipelines(pattern);
  const work = await beginRun(resolve(out));
  try {
    const kept = openKept(work, true);
    const dayOf =
      (day: string) =>
      (step: string): void =>
        progress(`${day}: ${step}`);
    const before = await open(":memory:");
    try {
      await reckon(before, kept, { pattern, pipelines, progress: dayOf(from) }, { today: from, asOf: from });
      await kept.figures.said(before);
    } finally {
      before.close();
    }
    const said = join(work.folder, "arkiv");
    const after = await open(":memory:");
    try {
      const compared = { ...kept, figures: openFigures(said, said, false) };
      await reckon(after, compared, { pattern, pipelines, progress: dayOf(to) }, { today: to, asOf: to });
      const known = await after.rows<{ insats_id: string; ar_ny: boolean }>(
        "select insats_id, nr is null as ar_ny from checks.forra order by insats_id",
      );
      const asked = known.filter(({ insats_id: id }) => insats === undefined || id === insats);
      return {
        rows: await rowsOf(after, "andring", insats),
        nya: asked.filter(({ ar_ny: isNew }) => isNew).map(({ insats_id: id }) => id),
        ar_tomt: known.length === 0,
      };
    } finally {
      after.close();
    }
  } finally {
    work.release();
  }
};
