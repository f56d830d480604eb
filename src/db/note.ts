/** Findings on cells of rows that are loaded, or were. */
import type { FindingCode } from "../schema/findings.ts";
import { appendFields } from "./append.ts";
import type { Bound, Database } from "./open.ts";

export interface CellFinding {
  readonly kallrad: number;
  /** The dataset's column. */
  readonly kolumn: string;
  readonly varde: string | null;
  readonly kod: FindingCode;
  readonly detalj: string | null;
}

/** Adds a finding for each row of a select of `kallrad, kolumn, varde, kod, detalj`, at its cell and under its heading. */
export const addFindings = (db: Database, select: string, bound?: Bound): Promise<void> =>
  db.run(
    `insert into checks.fynd
     select rad.tabell_id, brott.kallrad, rad.rad, plats.cell, coalesce(nullif(tabell.rubriker[plats.cell + 1], ''), brott.kolumn),
       brott.varde, brott.kod, brott.detalj
     from (${select}) as brott
     inner join inbox.rad as rad on rad.kallrad = brott.kallrad
     inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
     left join checks.kolumn as plats on plats.tabell_id = rad.tabell_id and plats.kolumn = brott.kolumn
     order by brott.kallrad`,
    bound,
  );

/** Adds findings to `checks.fynd`, each at its cell and under its heading as delivered. */
export const noteCells = async (db: Database, found: readonly CellFinding[]): Promise<void> => {
  if (found.length === 0) return;
  const columns = "kallrad bigint, kolumn varchar, varde varchar, kod varchar, detalj varchar";
  await db.run(`create or replace temp table anmarkt (${columns})`);
  await appendFields(db, "anmarkt", columns, found);
  await addFindings(db, "select kallrad, kolumn, varde, kod, detalj from anmarkt");
  await db.run("drop table temp.anmarkt");
};
