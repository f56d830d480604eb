/** Findings on cells of rows that are loaded, or were. */
import type { FindingCode } from "../schema/findings.ts";
import { appendRows } from "./append.ts";
import type { Database } from "./open.ts";

export interface CellFinding {
  readonly kallrad: number;
  /** The dataset's column. */
  readonly kolumn: string;
  readonly varde: string | null;
  readonly kod: FindingCode;
  readonly detalj: string | null;
}

/** Adds findings to `checks.fynd`, each at its cell and under its heading as delivered. */
export const noteCells = async (db: Database, found: readonly CellFinding[]): Promise<void> => {
  if (found.length === 0) return;
  await db.run(
    "create or replace temp table anmarkt (kallrad bigint, kolumn varchar, varde varchar, kod varchar, detalj varchar)",
  );
  await appendRows(db, "anmarkt", found, [
    ["bigint", ({ kallrad }) => kallrad],
    ["varchar", ({ kolumn }) => kolumn],
    ["varchar", ({ varde }) => varde],
    ["varchar", ({ kod }) => kod],
    ["varchar", ({ detalj }) => detalj],
  ]);
  await db.run(`
    insert into checks.fynd
    select rad.tabell_id, anmarkt.kallrad, rad.rad, plats.cell, coalesce(tabell.rubriker[plats.cell + 1], anmarkt.kolumn),
      anmarkt.varde, anmarkt.kod, anmarkt.detalj
    from anmarkt
    inner join inbox.rad as rad on rad.kallrad = anmarkt.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    left join checks.kolumn as plats on plats.tabell_id = rad.tabell_id and plats.kolumn = anmarkt.kolumn
    order by anmarkt.kallrad;
    drop table temp.anmarkt`);
};
