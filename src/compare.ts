/** Two insatser of a run side by side: what would make them comparable, and what they come to then. */
import { readPipelines } from "./batch.ts";
import { readFacts } from "./goals/facts.ts";
import { comparePair, type Side } from "./goals/pairs.ts";
import { inResults } from "./output/swap.ts";
import { UsageError } from "./schema/errors.ts";
import { nearest } from "./schema/nearest.ts";
import type { PairRow } from "./schema/pairs.ts";

export interface CompareOptions {
  /** The pipeline files that state their goals. */
  readonly pipelines?: string;
  /** The run's folder. */
  readonly out?: string;
}

/**
 * Compares two insatser of the last run, two rows for each measure that a goal of either states.
 * @throws UsageError the run has no such insats, the two are one, or no pipeline states a goal of them
 */
export const compareInsatser = async (
  one: string,
  other: string,
  { pipelines: pattern = "pipelines/*.yaml", out = "out" }: CompareOptions = {},
): Promise<PairRow[]> => {
  if (one === other) throw new UsageError(`${one}: compare takes two insatser`);
  const pipelines = readPipelines(pattern);
  return inResults(out, async (db) => {
    const stated = await db.rows<{ insats_id: string; mal_id: string }>(
      "select insats_id, mal_id from results.malsammanfattning",
    );
    const known = await db.rows<{ insats_id: string }>("select insats_id from marts.insats order by insats_id");
    const sideOf = (id: string): Side => {
      if (!known.some(({ insats_id: insats }) => insats === id)) {
        const ids = known.map(({ insats_id: insats }) => insats);
        throw new UsageError(`${out} has no insats ${id}${nearest(id, ids) || `; it has ${ids.join(", ")}`}`);
      }
      const own = pipelines.filter(({ insats }) => insats.some((named) => named === "*" || named === id));
      const goals = own.flatMap(({ mal }) =>
        mal.filter((goal) => stated.some((row) => row.insats_id === id && row.mal_id === goal.id)),
      );
      const [pipeline] = own;
      if (!pipeline) throw new UsageError(`no pipeline file in ${pattern} is about ${id}: name it with --pipelines`);
      return { insats_id: id, pipeline, goals };
    };
    const sides = [sideOf(one), sideOf(other)] as const;
    const [korning] = await db.rows<{ idag: string }>("select idag from results.korning");
    await db.run("set variable idag = (select idag from results.korning)");
    const facts = await readFacts(db, []);
    return comparePair(db, sides, facts, korning?.idag ?? "");
  });
};
