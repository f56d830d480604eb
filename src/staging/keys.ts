/**
 * Rows of one key, whatever sheet or file they stand in. What they say is compared as it was delivered: alike they are one
 * row, of unlike ones the later holds, and where none is later they are all refused. Only keys that repeat cost anything.
 */
import type { Database } from "../db/open.ts";
import { type Column, duckType, type Kind } from "../schema/columns.ts";
import { type Fault, lastColumns, lastNames, reportSql, rowFaults } from "../schema/reading.ts";
import { sqlFile } from "../schema/sql.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";

type Stored = readonly (readonly [name: string, kind: Kind])[];

/** What each row of `tolkad` whose key repeats says, column by column; null where it says nothing. */
const readRepeated = (db: Database, name: DatasetName, stored: Stored, key: readonly string[]): Promise<void> => {
  const { repeated, columns } = datasetOf(name);
  const areLines = repeated === "lines";
  const text = (value: string): string => `cast(${value} as varchar)`;
  const plain = Object.values<Column>(columns).map(({ fallback }, i) => {
    const value = text(`lasta.${stored[i]?.[0]}`);
    return fallback === undefined ? value : `case when post.celler[lika.positioner[${i + 1}]] <> '' then ${value} end`;
  });
  const written = stored.map(([, kind], i) => {
    const nr = i + 1;
    return `case when not last.saknade[${nr}] then coalesce(${text(`try_cast(last.varden[${nr}] as ${duckType[kind]})`)}, chr(1) || lower(sv_trim(last.celler[${nr}]))) end`;
  });
  const row = "lika.*, tabell.dataset, tabell.leverans, tabell.fil, tabell.mottagen, tabell.period";
  const ore = stored.findIndex(([column]) => column === "belopp_ore") + 1;
  return db.run(`
    create or replace temp table samrad as
    with lika as (
      select kallrad, del, tabell_id, rad, positioner, [${key.map(text).join(", ")}] as nyckel
      from tolkad where hash(${key.join(", ")}) in (select hash(${key.join(", ")}) from tolkad group by 1 having count(${areLines ? "distinct tabell_id" : "*"}) > 1)
    ), rad as (
      select ${row}, [${plain.join(", ")}] as varden
      from lika inner join inbox.tabell as tabell on tabell.tabell_id = lika.tabell_id
      inner join inbox.gallande as post on post.kallrad = lika.kallrad
      inner join staging.${name} as lasta on lasta.kallrad = lika.kallrad
      where lika.kallrad not in (select kallrad from last)
      union all
      select ${row}, [${written.join(", ")}] as varden
      from lika inner join inbox.tabell as tabell on tabell.tabell_id = lika.tabell_id
      inner join last on last.kallrad = lika.kallrad and last.del = lika.del
    )
    select nyckel, dataset, leverans, fil, mottagen, period, kallrad, del, varden, false as ar_ersatt, false as ar_mangd, cast(null as varchar) as beskrivning,
      [struct_pack(kallrad := kallrad, del := del, tabell_id := tabell_id, rad := rad, positioner := positioner)] as rader,
      cast(${areLines ? `varden[${ore}]` : "null"} as bigint) as ore
    from rad ${areLines ? "where nyckel in (select nyckel from rad group by nyckel having count(distinct fil) > 1)" : ""}`);
};

/**
 * Finds out what the rows of each key say together: the temporary table `hopslagen`. Where that fails the checks of a row,
 * the later rows hold whole; where none is later, nobody can say what the failing column is.
 */
const joinRows = async (db: Database, name: DatasetName, stored: Stored): Promise<void> => {
  const faults = rowFaults(name, datasetOf(name), lastNames(stored.map(([, kind]) => kind)));
  const failing = (of: (fault: Fault) => string): string => faults.map(of).join(" union all ");
  for (let isSettled = false; !isSettled; ) {
    await db.run(`create or replace temp table hopslagen as ${sqlFile("staging", "hopslagen")}`);
    if (faults.length === 0) return;
    await db.run(`
      create or replace temp table brister as
      ${failing(({ when, column }) => `select nyckel, ${column + 1} as nr from hopslagen where len(oeniga) = 0 and (${when})`)};
      create or replace temp table tidigare as
      with sist as (
        select nyckel, max(mottagen) as mottagen, count(distinct mottagen) as dagar, count(*) = count(period) as ar_daterad, max(period) as period
        from samnyckel where not ar_ersatt and nyckel in (select nyckel from brister)
        group by nyckel having count(distinct leverans) = 1
      )
      select rad.nyckel, rad.kallrad, rad.del from samnyckel as rad inner join sist on sist.nyckel = rad.nyckel
      where not rad.ar_ersatt and (rad.mottagen < sist.mottagen or (sist.dagar = 1 and sist.ar_daterad and rad.period < sist.period));
      update samnyckel set ar_ersatt = true from tidigare
      where tidigare.nyckel = samnyckel.nyckel and tidigare.kallrad = samnyckel.kallrad and tidigare.del = samnyckel.del;
      update hopslagen set oeniga = brist.kolumner,
        varden = list_transform(varden, lambda varde, nr: case when not list_contains(brist.kolumner, nr) then varde end)
      from (select nyckel, list(nr order by nr) as kolumner from brister where nyckel not in (select nyckel from tidigare) group by nyckel) as brist
      where brist.nyckel = hopslagen.nyckel`);
    isSettled = (await db.count("tidigare")) === 0;
  }
};

/** Whether a row is a sum of what others counted: it has no id of its own, but numbers. */
const isOfTotals = (name: DatasetName): boolean => {
  const { key, columns, repeated } = datasetOf(name);
  const own = key.some((column) => columns[column]?.kind === "id" && columns[column].refers === undefined);
  const numbers = Object.entries(columns).filter(
    ([column, { kind }]) => /^(heltal|tal|kr)$/.test(kind) && !key.includes(column),
  );
  return repeated === undefined && !own && numbers.length > 0;
};

/**
 * Refuses rows of one table that say the same in every column that is read, and differ in the text of one that is not: the
 * sums of two offices may be equal by chance, and two möten may be on one day.
 */
const refuseApart = (db: Database): Promise<void> =>
  db.run(`
    create or replace temp table skild as ${sqlFile("staging", "skild")};
    ${reportSql("from skild")};
    delete from tolkad where kallrad in (select kallrad from skild);
    delete from samrad where kallrad in (select kallrad from skild)`);

/**
 * Makes one row of the rows of each key in `tolkad`, in staging too, and accounts for the others: passed over with a finding
 * for each pair of tables, or refused where they say unlike things.
 */
export const joinRepeated = async (
  db: Database,
  name: DatasetName,
  stored: Stored,
  key: readonly string[],
): Promise<void> => {
  const { repeated } = datasetOf(name);
  const isKept = repeated === "kept";
  await readRepeated(db, name, stored, key);
  if ((await db.count("samrad")) === 0) return;
  if (isOfTotals(name) || name === "mote") await refuseApart(db);
  for (let isSettled = false; !isSettled; ) {
    await db.run(
      `create or replace temp table samnyckel as ${repeated === "lines" ? sqlFile("staging", "samnyckel") : "from samrad"}`,
    );
    await joinRows(db, name, stored);
    await db.run(`create or replace temp table motsagd as ${sqlFile("staging", "motsagd")}`);
    const isRefused = (await db.count("motsagd")) > 0;
    if (isRefused)
      await db.run(
        reportSql(
          isKept
            ? "select *, 'motsagd_cell' as kod from motsagd where sagt_varde is not null"
            : "select *, 'motstridig' as kod from motsagd",
          isKept ? "cast(null as bigint)" : "kallrad",
        ),
      );
    isSettled = isKept || !isRefused;
    // All rows of a mapped record are loaded, or none: what it says of other keys goes with it.
    if (!isSettled)
      await db.run(`
        delete from tolkad where kallrad in (select kallrad from motsagd);
        delete from samrad where kallrad in (select kallrad from motsagd)`);
  }
  await db.run(`
    create or replace temp table undan as ${sqlFile("staging", "undan")};
    ${reportSql(sqlFile("staging", "undanfynd"))};
    insert into checks.undanlagd select distinct kallrad, till, kod from undan where kod is not null;
    create or replace temp table bort as select kallrad, del from undan where kod is not null or not ar_mangd;
    delete from staging.${name} where kallrad in (select kallrad from bort);
    insert into staging.${name}
    select ${lastColumns(stored)}, kallrad from (
      select hopslagen.varden, undan.kallrad, undan.del from undan inner join hopslagen on hopslagen.nyckel = undan.nyckel
      where undan.ar_forst and not undan.ar_mangd
      union all
      select last.varden, last.kallrad, last.del from last semi join tolkad on tolkad.kallrad = last.kallrad and tolkad.del = last.del
      anti join bort on bort.kallrad = last.kallrad and bort.del = last.del
      where last.dataset = '${name}' and last.kallrad in (select kallrad from bort)
    ) order by kallrad, del;
    update inbox.rad set overhoppad = lagd.kod
    from (select kallrad, min(kod) as kod from undan where kod is not null and kallrad not in (select kallrad from staging.${name}) group by kallrad) as lagd
    where lagd.kallrad = rad.kallrad`);
};
