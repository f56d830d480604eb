/** From figures to the rows they were made of: derived when somebody asks, from the run's marts and results. */
import { appendFields } from "./db/append.ts";
import type { Database } from "./db/open.ts";
import { traceEvidence } from "./goals/sources.ts";
import { followFigures, traceResults } from "./models/build.ts";
import { type Trace, trace } from "./output/trace.ts";
import { sqlFile } from "./schema/sql.ts";

/**
 * Fills the temporary table `harkomst (resultat_id, kallrad, kolumn, roll, skal, tabell_id)` with the source rows of some
 * figures: each figure's own, and those of the figures that it rests on. A table that was refused whole has no row, and is
 * named by its number.
 * @param db a run's database, which may be open for reading only
 */
export const deriveLineage = async (db: Database, ids: Iterable<string>): Promise<void> => {
  await db.run(`
    create or replace temp table sokt (resultat_id varchar, till varchar);
    create or replace temp table harkomst (resultat_id varchar, kallrad bigint, kolumn varchar, roll varchar, skal varchar, tabell_id integer);
    set variable idag = (select idag from results.korning)`);
  const sokt = [...new Set(ids)].map((id) => ({ resultat_id: id, till: id }));
  await appendFields(db, "sokt", "resultat_id varchar, till varchar", sokt);
  await followFigures(db);
  await traceResults(db);
  await traceEvidence(db);
  await db.run(`
    create or replace temp table harkomst as
    select distinct sokt.resultat_id, rad.kallrad, rad.kolumn, rad.roll,
      case when rad.skal = 'utsagan' and sokt.till <> sokt.resultat_id then 'uppgift som utsagan hänvisar till' else rad.skal end as skal, rad.tabell_id
    from harkomst as rad inner join sokt on sokt.till = rad.resultat_id;
    drop table temp.sokt;
    insert into harkomst by name ${sqlFile("lineage", "undanlagd")}`);
};

/**
 * The source rows of one figure, in the order of the files.
 * @param reference a resultat_id, with `#column` for one column of its row
 * @throws UsageError with what there is instead
 */
export const traceFigure = (db: Database, reference: string): Promise<Trace> => trace(db, reference, deriveLineage);
