/** The declared tables of participants as rows, so that one select makes them all. */
import { appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { tabeller } from "../schema/tabeller.ts";

/**
 * A table for each delivered variable that no declared one is of: its two sides where the name ends in `_fore` or `_efter`.
 * Nobody says whether a person is counted once in it, so it is not taken for granted.
 */
const otherTables = `
  insert into staging.tabell (tabell, tidpunkt, av, ar_flera, ar_flera_i_summor, utfall, ar_skrivet, ord, grupp)
  with variabler as (
    select distinct kant_utfall(variabel) as utfall, regexp_extract(utfall, '^(.+?)(?:_(fore|efter))?$', ['namn', 'tidpunkt']) as delar
    from staging.deltagarutfall
  )
  select case when delar.namn in (select tabell from staging.tabell) or delar.namn = 'flode' then 'annat_' || delar.namn else delar.namn end,
    delar.tidpunkt, 'avslutade', true, true, utfall, true, [], []
  from variabler
  where utfall not in (select utfall from staging.tabell where utfall is not null)`;

/** Fills `staging.tabell`; `ord` and `grupp` are a table's groups, word by word. */
export const noteTables = async (db: Database): Promise<void> => {
  const columns = `tabell varchar, tidpunkt varchar, variabel varchar, av varchar, ar_flera boolean, ar_flera_i_summor boolean, utfall varchar,
    ar_skrivet boolean, granser integer[], matt varchar, givet varchar, ord varchar[], grupp varchar[]`;
  await db.run(`create table staging.tabell (${columns}, primary key (tabell, tidpunkt))`);
  const unsaid = { variabel: null, utfall: null, granser: null, matt: null, givet: null };
  const rows = tabeller.map(({ grupper = {}, svar, summor = svar, skrivet, ...one }) => {
    const groups = Object.entries(grupper);
    const said = { ar_flera: svar === "flera", ar_flera_i_summor: summor === "flera", ar_skrivet: skrivet };
    const grupp = groups.flatMap(([name, all]) => all.map(() => name));
    return { ...unsaid, ...one, ...said, ord: groups.flatMap(([, all]) => all), grupp };
  });
  await appendFields(db, "staging.tabell", columns, rows);
  await db.run(otherTables);
};
