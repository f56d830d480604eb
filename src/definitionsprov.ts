/** A run's verdicts under the other usual definitions: all of them, or those of an insats, a goal or some pipelines. */
import { readPipelines } from "./batch.ts";
import { publicRowsOf } from "./db/dialect.ts";
import { rowsOf } from "./db/rows.ts";
import { inResults } from "./output/swap.ts";
import { UsageError } from "./schema/errors.ts";
import type { Row } from "./schema/results.ts";

/** Verdicts under other definitions, with what a reader needs to know of them. */
export interface Definitionsprov {
  readonly rows: readonly Row<"definitionsprov">[];
  readonly namn: ReadonlyMap<string, string>;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

export interface DefinitionsprovOptions {
  /** Only goals that these pipeline files state. */
  readonly pipelines?: string | undefined;
  readonly out?: string | undefined;
  readonly insats?: string | undefined;
  readonly mal?: string | undefined;
}

/** @throws UsageError when the run has no goal that is asked for; PipelineError when there is no run */
export const readDefinitionsprov = async ({
  pipelines: pattern,
  out = "out",
  insats,
  mal,
}: DefinitionsprovOptions = {}): Promise<Definitionsprov> => {
  const pipelines = pattern === undefined ? undefined : readPipelines(pattern);
  const isAsked = (row: { readonly insats_id: string; readonly mal_id: string }): boolean =>
    (insats === undefined || row.insats_id === insats) &&
    (mal === undefined || row.mal_id === mal) &&
    (pipelines === undefined ||
      pipelines.some(
        (one) =>
          one.insats.some((id) => id === "*" || id === row.insats_id) && one.mal.some(({ id }) => id === row.mal_id),
      ));
  return inResults(out, async (db) => {
    const goals = await rowsOf(db, "malsammanfattning");
    if (!goals.some(isAsked)) {
      const isKnown = insats === undefined || goals.some((row) => row.insats_id === insats);
      const known = goals.map((row) => (isKnown ? row.mal_id : row.insats_id));
      const asked = [insats, mal, pattern].filter((one) => one !== undefined).join(", ");
      throw new UsageError(`${asked}: ${out} has no such goal; it has ${[...new Set(known)].join(", ")}`);
    }
    const [korning] = await db.rows<{ exempel: boolean }>("select exempel from results.korning");
    return {
      rows: (await rowsOf(db, "definitionsprov")).filter(isAsked),
      namn: new Map((await publicRowsOf(db, "insats")).map(({ insats_id: id, namn }) => [id, namn])),
      exempel: korning?.exempel ?? false,
    };
  });
};

/** The chart of what other definitions do to verdicts, as SVG. */
export const definitionsprovChart = async ({ rows, namn, exempel }: Definitionsprov): Promise<string> => {
  const { omslag } = await import("./report/charts/omslag.ts");
  return omslag({ name: "omslag", prov: rows, namn: (insats) => namn.get(insats) ?? insats, exempel, isOne: true }).svg;
};
