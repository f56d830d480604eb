/** A run's tables of participants of one insats, förbund or modell, or of all, as a page for the evaluator. */
import { publicRowsOf } from "./db/dialect.ts";
import { inResults } from "./output/swap.ts";
import { deltagartabellDocument } from "./report/pages/deltagartabell.ts";
import { aboutRun } from "./report/publik.ts";
import { UsageError } from "./schema/errors.ts";
import type { Row } from "./schema/results.ts";

interface TablesOptions extends Pick<Row<"deltagartabell">, "niva" | "id"> {
  readonly out?: string;
}

/** @throws UsageError the run has no tables of it */
export const participantTables = async ({ out = "out", niva, id }: TablesOptions): Promise<string> => {
  return inResults(out, async (db) => {
    const rows = await db.rows<Row<"deltagartabell">>(
      "from results.deltagartabell where niva = $niva and id = $id order by tabell, fran, till desc, tidpunkt, rad, kolumn",
      { niva, id },
    );
    if (rows.length === 0) {
      const known = await db.rows<{ id: string }>(
        "select distinct id from results.deltagartabell where niva = $niva order by id limit 20",
        { niva },
      );
      throw new UsageError(
        `${id}: ${out} has no tables of such ${niva}; it has ${known.map((one) => one.id).join(", ")}`,
      );
    }
    const named = niva === "insats" || niva === "forbund" ? await publicRowsOf(db, niva) : [];
    const namn = named.find((one) =>
      niva === "insats" ? "insats_id" in one && one.insats_id === id : "forbund_id" in one && one.forbund_id === id,
    )?.namn;
    return deltagartabellDocument(namn ?? id, rows, await aboutRun(db));
  });
};
