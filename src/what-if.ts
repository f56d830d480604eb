/** Every verdict under the other usual definitions: a run's goals judged again, from what it computed. */
import { join, resolve } from "node:path";
import { insatserOf, onlyOnce, readPipelines, resultsIn } from "./batch.ts";
import { readFacts } from "./goals/facts.ts";
import { statedGoals, withReported } from "./goals/stated.ts";
import { whatIf as judgeOtherwise } from "./goals/what-if.ts";
import { openArchive } from "./inbox/archive.ts";
import { shownPath } from "./inbox/receive.ts";
import { sourcesOf } from "./inbox/sources.ts";
import type { Prov } from "./schema/alternativ.ts";
import { PipelineError, StoppedError } from "./schema/errors.ts";

/** Verdicts under other definitions, with what a reader needs to know of them. */
export interface WhatIf {
  readonly prov: readonly Prov[];
  /** What each insats is called. */
  readonly namn: ReadonlyMap<string, string>;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

export interface WhatIfOptions {
  readonly pipelines?: string | undefined;
  /** The run's folder. */
  readonly out?: string | undefined;
  readonly insats?: string | undefined;
  readonly mal?: string | undefined;
}

/**
 * The verdicts of a run's goals under the other usual definitions. The run is read and left as it is; goals are taken from
 * the pipelines as they now stand.
 * @throws PipelineError when no goal is asked for, or there is no run
 */
export const whatIf = async ({
  pipelines: pattern = "pipelines/*.yaml",
  out = "out",
  insats,
  mal,
}: WhatIfOptions = {}): Promise<WhatIf> => {
  const pipelines = readPipelines(pattern);
  const db = await resultsIn(out);
  try {
    const [known] = await db.rows(
      "select 1 from duckdb_tables() where schema_name = 'results' and table_name = 'korning'",
    );
    const [korning] = known ? await db.rows<{ idag: string }>("select idag from results.korning") : [];
    if (!korning) throw new StoppedError(`${out} was made by an earlier version; run "finsam run" again`);
    await db.run("set variable idag = cast($idag as date)", korning);
    const arkiv = join(resolve(out), "arkiv");
    const sources = pipelines.some((pipeline) => [pipeline.insats].flat().includes("*"))
      ? sourcesOf(pipelines, shownPath(korning.idag), openArchive(arkiv, arkiv)).of
      : new Map<string, readonly string[]>();
    const all = await withReported(db, statedGoals(pipelines, await insatserOf(db, { sources })));
    onlyOnce(all);
    const stated = all.filter(
      (one) => (insats === undefined || one.insats_id === insats) && (mal === undefined || one.goal.id === mal),
    );
    if (stated.length === 0) {
      const known =
        insats !== undefined && !all.some((one) => one.insats_id === insats)
          ? all.map((one) => one.insats_id)
          : all.map(({ goal }) => goal.id);
      throw new PipelineError([
        `${[insats, mal].filter((id) => id !== undefined).join(", ")}: ${pattern} states no such goal; it has ${[...new Set(known)].join(", ")}`,
      ]);
    }
    const insatser = await db.rows<{ insats_id: string; namn: string }>("select insats_id, namn from marts.insats");
    return {
      prov: await judgeOtherwise(db, stated, await readFacts(db), korning.idag),
      namn: new Map(insatser.map(({ insats_id: id, namn }) => [id, namn])),
      exempel: pipelines.some((pipeline) => pipeline.exempel),
    };
  } finally {
    db.close();
  }
};

/** The chart of what other definitions do to verdicts, as SVG. */
export const whatIfChart = async ({ prov, namn, exempel }: WhatIf): Promise<string> => {
  const { omslag } = await import("./report/charts/omslag.ts");
  return omslag({ name: "omslag", prov, namn: (insats) => namn.get(insats) ?? insats, exempel }).svg;
};
