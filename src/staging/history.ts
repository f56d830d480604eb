/**
 * The life of findings over runs: what was found before the deliveries last changed, kept in the archive. Values are as
 * masked there as in `datakvalitet`, and what has been put right is forgotten when the deliveries change again.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { quote } from "../schema/reading.ts";

const identity = "leverans, fil, blad, kod, kolumn, varde, upprepning";
const shape = `leverans varchar, underlag varchar, fil varchar, blad varchar, kod varchar, kolumn varchar, varde varchar,
  upprepning bigint, cell varchar, allvar varchar, meddelande varchar, sedan date, ar_nu boolean, ar_fore boolean`;

export interface History {
  /** Fills `checks.tidigare`: what this run's findings are compared with. */
  recall(db: Database): Promise<void>;
  /** Writes what the next run will compare with, beside what stands. */
  remember(db: Database): Promise<void>;
}

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it
 * @param kept whether this run has a before and an after: a look back (`--as-of`) has neither
 */
export const openHistory = (folder: string, work: string, kept: boolean): History => {
  const file = join(folder, "fynd.parquet");
  const next = join(work, "fynd.parquet");
  return {
    async recall(db) {
      const stored = kept && existsSync(file);
      await db.run(`
        create table checks.mindes (${shape});
        ${stored ? `insert into checks.mindes by name from read_parquet(${quote(file)});` : ""}
        create table checks.underlag as
        with del as (
          select leverans, fil || ' ' || sha256 as text from inbox.tabell
          union select tabell.leverans, concat_ws(' ', tabell.fil, ny.kallrad, ny.cell, ny.nytt)
          from inbox.korrigering as ny inner join inbox.tabell as tabell on tabell.tabell_id = ny.tabell_id
        )
        select leverans, md5(string_agg(text, chr(10) order by text)) as underlag from del group by leverans;
        create table checks.tidigare as
        select mindes.* exclude (ar_nu, ar_fore), mindes.underlag <> underlag.underlag or ar_fore as ar_fore
        from checks.mindes as mindes
        inner join checks.underlag as underlag on underlag.leverans = mindes.leverans
        where mindes.ar_nu or mindes.underlag = underlag.underlag`);
    },
    async remember(db) {
      if (!kept) return;
      // Sources that this run did not read keep what is known of them.
      await db.run(`
        copy (
          select historik.leverans, underlag.underlag, fil, coalesce(blad, '') as blad, kod, coalesce(kolumn, '') as kolumn,
            coalesce(varde, '') as varde,
            row_number() over (partition by historik.leverans, fil, blad, kod, kolumn, varde order by nr) as upprepning,
            cell, allvar, meddelande, sedan, lage <> 'atgardad' as ar_nu, lage <> 'ny' as ar_fore
          from results.fyndhistorik as historik
          inner join checks.underlag as underlag on underlag.leverans = historik.leverans
          union all
          select leverans, underlag, fil, blad, kod, kolumn, varde, upprepning, cell, allvar, meddelande, sedan, ar_nu, ar_fore
          from checks.mindes where leverans not in (select leverans from checks.underlag)
          order by ${identity}
        ) to ${quote(next)} (format parquet)`);
    },
  };
};
