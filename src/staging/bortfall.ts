/** Rows that no figure counts, although they may belong to some: what of each can be read, and whose it may be. */
import { appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { quote } from "../schema/reading.ts";
import { sqlFile } from "../schema/sql.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { declareDatasets } from "./load.ts";

/** Whether a möte's kind may be a slip for another, as SQL: each word is looked at once. */
const isSlip = (name: string): string =>
  `motestyp in (select motestyp from (select distinct motestyp from staging.${name}) where menad_motestyp(motestyp) is not null)`;

/** Rows whose word for what they are is not known, or whose möte's is not: they were loaded, and count in no measure of it. */
const withUnknownWord = datasetNames.flatMap((name) =>
  Object.entries(datasetOf(name).columns).flatMap(([column, { values, fallback, refers, required }]) => {
    const rows = `select kallrad from staging.${name} where`;
    if (column === "motestyp") return [`${rows} ${isSlip(name)}`];
    if (refers === "mote")
      return [
        `${rows} (insats_id, mote_id) in (select (insats_id, mote_id) from staging.mote where status is null or ${isSlip("mote")})`,
      ];
    if (values === undefined || fallback === "okant") return [];
    // A word that nobody knows is kept in a key, and is missing elsewhere: there a column that may be blank does not tell the two apart.
    const isUnknown = fallback !== undefined || required === true;
    return [`${rows} coalesce(${column} not in (${Object.keys(values).map(quote).join(", ")}), ${isUnknown})`];
  }),
);

/** An insats that a source is about. */
export interface KallaInsats {
  readonly leverans: string;
  readonly insats_id: string;
}

/** Adds to `olast` the rows that blanks of a matrix would be, if somebody had said what a blank means. */
const addBlanks = (db: Database): Promise<void> =>
  db.run(`
    set variable tomma = true;
    create or replace temp table tomma as ${sqlFile("staging", "utlagd")};
    reset variable tomma;
    delete from tomma where tabell_id not in (select tabell_id from checks.fynd where kod = 'tom_i_matris') or kallrad in (select kallrad from ej_raknad);
    insert into olast by name select kallrad, del, tabell_id, rad, dataset, positioner, celler, enheter from tomma;
    insert into ej_raknad select distinct kallrad, 'okanda_ord' from tomma;
    drop table tomma`);

/**
 * Fills `staging.bortfall` and `staging.kallinsats`; the view `checks.avvisning` says what is wrong with each refused row. What was
 * refused is read once more, and nothing else is: a delivery without refused rows costs two questions. A refused row whose key another
 * file has loaded is settled: it is not missing.
 * @param named the insatser that pipelines name for each source
 * @param open the sources whose insatser are those that the source itself delivers
 */
export const noteBortfall = async (
  db: Database,
  named: readonly KallaInsats[],
  open: readonly string[],
): Promise<void> => {
  await db.run(`
    create table staging.bortfall (kallrad bigint, del integer, tabell_id integer, leverans varchar, dataset varchar, skal varchar,
      varden map(varchar, varchar), okanda varchar[]);
    create table staging.kallinsats (leverans varchar, insats_id varchar);
    create view checks.avvisning as
    select fynd.tabell_id, fynd.kallrad, first(plats.kolumn order by fynd.cell, fynd.kod) as kolumn,
      first(fyndtext(kod.mall, fynd.kolumn, fynd.varde, fynd.detalj) order by fynd.cell, fynd.kod) as skal
    from checks.fynd as fynd
    inner join checks.kod as kod on kod.kod = fynd.kod
    left join checks.kolumn as plats on plats.tabell_id = fynd.tabell_id and plats.cell = fynd.cell
    where kod.allvar = 'fel'
    group by fynd.tabell_id, fynd.kallrad;
    create or replace temp table ej_raknad as
    select distinct kallrad, 'avvisade_rader' as skal
    from checks.fel
    where tabell_id not in (select tabell_id from inbox.tabell where avvisad) and kallrad not in (select kallrad from checks.undanlagd);
    insert into ej_raknad
    select kallrad, 'okanda_ord' from (${withUnknownWord.join(" union all ")}) where kallrad not in (select kallrad from ej_raknad)`);
  await appendFields(db, "staging.kallinsats", "leverans varchar, insats_id varchar", named);
  await db.run(
    `
    insert into staging.kallinsats
    select distinct tabell.leverans, insats.insats_id
    from staging.insats as insats
    inner join inbox.rad as rad on rad.kallrad = insats.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    where tabell.leverans in (select unnest(from_json(cast($kallor as varchar), '["varchar"]')))
      and (tabell.leverans, insats.insats_id) not in (select (leverans, insats_id) from staging.kallinsats)`,
    { kallor: JSON.stringify(open) },
  );
  const hasMatrices = (await db.count("checks.fynd where kod = 'tom_i_matris'")) > 0;
  if (hasMatrices || (await db.count("ej_raknad")) > 0) {
    await declareDatasets(db);
    await db.run(`
      create or replace temp view att_lasa as
      select kallrad, tabell_id, rad, celler from inbox.gallande where overhoppad is null and kallrad in (select kallrad from ej_raknad);
      create or replace temp view inlast as select kallrad from ej_raknad where false;
      create or replace temp table olast as ${sqlFile("staging", "olast")}`);
    if (hasMatrices) await addBlanks(db);
    await db.run(`
      create or replace temp table last as ${sqlFile("staging", "last")};
      insert into staging.bortfall by name ${sqlFile("staging", "bortfall")};
      drop view att_lasa; drop view inlast; drop table olast; drop table last; drop table deklarerad`);
  }
  await db.run(`
    insert into staging.bortfall
    select null, 0, tabell_id, leverans, trolig, 'avvisade_rader', map {}, [] from inbox.tabell where avvisad`);
};
