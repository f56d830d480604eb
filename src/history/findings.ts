/**
 * Which findings are new, remain or are put right. The archive keeps the findings of each delivery, once per state of the
 * delivery, so that an earlier day's report is compared with what it was compared with then. Values are masked as in
 * `datakvalitet`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { quote } from "../schema/reading.ts";

/** A finding as it is kept; `upprepning` numbers equal ones. */
const fynd = `struct(fil varchar, blad varchar, kod varchar, kolumn varchar, varde varchar, upprepning bigint, cell varchar,
  allvar varchar, meddelande varchar, sedan date)`;

/** Which content each file of the delivery had. */
const innehall = "struct(fil varchar, sha256 varchar)";

/** One row per delivery and state of it: since when, a hash of its content, its files, and its findings. */
const shape = `leverans varchar, nr bigint, fran date, underlag varchar, innehall ${innehall}[], fynd ${fynd}[]`;

export const findingsFile = "fyndhistorik.parquet";

/** A row whose person is forgotten, in one version of its file: in another version the row may be another person's. */
export interface Gone {
  readonly fil: string;
  readonly sha256: string;
  readonly blad: string;
  readonly rad: number;
}

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it
 * @param gone rows that are forgotten, and their findings with them
 */
export const openFindings = (folder: string, work: string, gone: readonly Gone[] = []) => {
  const file = join(folder, findingsFile);
  const read = async (db: Database): Promise<void> => {
    await db.run(`
      create table checks.mindes (${shape});
      ${existsSync(file) ? `insert into checks.mindes by name from read_parquet(${quote(file)});` : ""}`);
  };
  return {
    /** Removes the states that no report of `day` or later is compared with. */
    async prune(db: Database, day: string): Promise<void> {
      if (!existsSync(file)) return;
      await read(db);
      await db.run(`
        copy (
          select mindes.* from checks.mindes as mindes
          qualify fran > date '${day}'
            or row_number() over (partition by leverans, fran > date '${day}' order by fran desc, nr desc) <= 2
          order by leverans, nr
        ) to ${quote(join(work, findingsFile))} (format parquet)`);
    },

    /** Fills `checks.tidigare`: what this run's findings are compared with. */
    async recall(db: Database): Promise<void> {
      await read(db);
      for (const { fil, sha256, blad, rad } of gone) {
        await db.run(
          `update checks.mindes set fynd = list_filter(fynd,
             lambda f: not (f.fil = $fil and f.blad = $blad and regexp_matches(coalesce(f.cell, ''), '^[A-Z]+' || $rad || '$')))
           where innehall is null or list_contains(innehall, row($fil, $sha256)::${innehall})`,
          { fil, sha256, blad, rad: String(rad) },
        );
      }
      await db.run(`
        create table checks.underlag as
        with del as (
          select leverans, fil || ' ' || sha256 as text from inbox.tabell
          union select tabell.leverans, concat_ws(' ', tabell.fil, ny.kallrad, ny.cell, ny.nytt)
          from inbox.korrigering as ny inner join inbox.tabell as tabell on tabell.tabell_id = ny.tabell_id
        )
        select leverans, md5(string_agg(text, chr(10) order by text)) as underlag from del group by leverans;
        create table checks.laget as
        with kanda as (
          select mindes.*, row_number() over (partition by mindes.leverans order by mindes.fran desc, mindes.nr desc) as bakat
          from checks.mindes as mindes where mindes.fran <= getvariable('idag')
        ),
        egen as (
          select kanda.leverans, kanda.nr, kanda.fran from kanda
          inner join checks.underlag as underlag on underlag.leverans = kanda.leverans and underlag.underlag = kanda.underlag
          where kanda.bakat = 1
        )
        select underlag.leverans, underlag.underlag, egen.nr as eget_nr, coalesce(egen.fran, getvariable('idag')) as fran,
          (select arg_min(kanda.nr, kanda.bakat) from kanda
           where kanda.leverans = underlag.leverans and kanda.nr is distinct from egen.nr) as forra_nr
        from checks.underlag as underlag left join egen on egen.leverans = underlag.leverans;
        create table checks.tidigare as
        with fynd as (
          select mindes.leverans, mindes.nr, unnest(mindes.fynd, recursive := true) from checks.mindes as mindes
        )
        select fynd.* exclude (nr), fynd.nr = laget.forra_nr as ar_fore
        from fynd inner join checks.laget as laget on laget.leverans = fynd.leverans
        where fynd.nr in (laget.eget_nr, laget.forra_nr)
        qualify row_number() over (
          partition by fynd.leverans, fil, blad, kod, kolumn, varde, upprepning order by fynd.nr = laget.forra_nr desc
        ) = 1`);
    },

    /** Writes what the next run will compare with; not called for a report of an earlier day (`--as-of`). */
    async remember(db: Database): Promise<void> {
      // Sources that this run did not read keep what is known of them.
      await db.run(`
        copy (
          with nu as (
            select historik.leverans, historik.nr, row(fil, coalesce(blad, ''), kod, coalesce(kolumn, ''), coalesce(varde, ''),
              row_number() over (partition by historik.leverans, fil, blad, kod, kolumn, varde order by historik.nr),
              cell, allvar, meddelande, sedan)::${fynd} as fynd
            from results.fyndhistorik as historik where lage <> 'atgardad'
          )
          select mindes.* from checks.mindes as mindes
          left join checks.laget as laget on laget.leverans = mindes.leverans and laget.eget_nr = mindes.nr
          where laget.leverans is null
          union all
          select laget.leverans,
            coalesce(laget.eget_nr, 1 + coalesce((select max(nr) from checks.mindes as m where m.leverans = laget.leverans), 0)) as nr,
            laget.fran, laget.underlag,
            (select list_sort(list(distinct row(fil, sha256)::${innehall})) from inbox.tabell where leverans = laget.leverans) as innehall,
            coalesce((select list(nu.fynd order by nu.nr) from nu where nu.leverans = laget.leverans), []) as fynd
          from checks.laget as laget
          order by leverans, nr
        ) to ${quote(join(work, findingsFile))} (format parquet)`);
    },
  };
};
