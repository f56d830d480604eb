/** Inbox to staging, set-based and from the declarations: plainly written rows at once, the others by the macros. Every row is loaded or has its reasons. */
import type { Database } from "../db/open.ts";
import { type Column, duckType, type Kind, storedName } from "../schema/columns.ts";
import {
  declareColumns,
  faultsSql,
  lastColumns,
  lastNames,
  notesSql,
  plainCell,
  quote,
  reportSql,
  rowFaults,
} from "../schema/reading.ts";
import { sqlFile } from "../schema/sql.ts";
import { type DatasetName, datasetNames, datasetOf, isFree } from "../schema/tables.ts";
import { joinRepeated } from "./keys.ts";
import { settleTotals } from "./totals.ts";

/** Referred datasets first: a row may only refer to what was loaded. */
const loadOrder = (): DatasetName[] => {
  const done: DatasetName[] = [];
  const visit = (name: DatasetName): void => {
    if (done.includes(name)) return;
    for (const { refers } of Object.values(datasetOf(name).columns))
      if (refers && refers !== name) visit(refers as DatasetName);
    done.push(name);
  };
  for (const name of datasetNames) visit(name);
  return done;
};

const storedColumns = (name: DatasetName): [name: string, kind: Kind][] =>
  Object.entries(datasetOf(name).columns).map(([column, declared]) => [storedName(column, declared), declared.kind]);

/**
 * Loads the rows of which every cell is plainly written and nothing is wrong. Each cell is looked at once: the list of
 * one number or none is what keeps DuckDB from reading it again for a filter below.
 */
const loadPlain = (db: Database, name: DatasetName): Promise<void> => {
  const shape = datasetOf(name);
  const columns = Object.values(shape.columns);
  const names = { value: (i: number) => `v${i}`, isMissing: (i: number) => `c${i} is null` };
  const doubts = columns.flatMap(({ kind, required, min, asksForBlank }, i) => [
    `(v${i} is null and c${i} is not null)`,
    ...(required ? [`c${i} is null`] : []),
    ...(asksForBlank ? [`(c${i} is null and p${i} > 0)`] : []),
    ...(kind === "andel" ? [`v${i} not between 0 and 1`] : min === undefined ? [] : [`v${i} < ${min}`]),
  ]);
  const faults = rowFaults(name, shape, names).map(({ when }) => `(${when})`);
  const each = (sql: (i: number, column: Column) => string): string =>
    columns.map((column, i) => sql(i, column)).join(", ");
  return db.run(`
    insert into staging.${name}
    select ${each((i, { fallback }) => (fallback === undefined ? `v${i}` : `coalesce(v${i}, ${quote(fallback)})`))},
      unnest(case when not coalesce(${[...doubts, ...faults].join(" or ")}, false) then [kallrad] end)
    from (
      select kallrad, ${each((i, column) => `c${i}, p${i}, cast(${plainCell(column, `c${i}`, `u${i}`)} as ${duckType[column.kind]}) as v${i}`)}
      from (
        select rad.kallrad, ${each((i) => `nullif(rad.celler[p${i}], '') as c${i}, p${i}, u${i}`)}
        from att_lasa as rad
        inner join (
          select tabell_id, ${each((i) => `positioner[${i + 1}] as p${i}, nullif(enheter[${i + 1}], '') as u${i}`)}
          from inbox.tabell where dataset = '${name}' and tabell_id not in (select tabell_id from inbox.utlagg)
        ) as tabell on tabell.tabell_id = rad.tabell_id))`);
};

/** Reads the rows of `att_lasa` that are not loaded: the temporary table `last`. */
const readWritten = async (db: Database, names: readonly DatasetName[]): Promise<DatasetName[]> => {
  await db.run(`
    create or replace temp table olast as ${sqlFile("staging", "olast")};
    update olast set celler = list_transform(olast.celler, lambda cell, nr: coalesce(sex.dagar[list_position(sex.ander, nr)], cell))
    from (${sqlFile("staging", "sexsiffriga")}) as sex where sex.kallrad = olast.kallrad and sex.del = olast.del`);
  const left = await db.rows<{ dataset: DatasetName }>("select distinct dataset from olast");
  await db.run(`create or replace temp table last as ${sqlFile("staging", "last")}`);
  return names.filter((name) => left.some(({ dataset }) => dataset === name));
};

/** Loads the rows that plain forms did not, by the macros, and reports what is wrong with those that cannot be loaded. */
const loadWritten = async (db: Database, names: readonly DatasetName[]): Promise<void> => {
  const some = await readWritten(db, names);
  const faults = some.map((name) => ({
    name,
    faults: rowFaults(name, datasetOf(name), lastNames(storedColumns(name).map(([, kind]) => kind))),
  }));
  await db.run(`create or replace temp table brist as ${faultsSql(faults)}`);
  await db.run(`${reportSql("from brist")};${reportSql(notesSql)}`);
  for (const name of some) {
    await db.run(`
      insert into staging.${name} select ${lastColumns(storedColumns(name))}, kallrad
      from last where dataset = '${name}' and kallrad not in (select kallrad from brist) order by kallrad, del`);
  }
};

/**
 * The columns by which a dataset's rows refer to rows of some other datasets: the place of each, from 1, and the columns through
 * which it is looked up: the target's key, its last part by this column.
 */
const references = (name: DatasetName, targets: readonly DatasetName[]) =>
  Object.entries(datasetOf(name).columns).flatMap(([column, { refers, heading }], i) => {
    const target = targets.find((one) => one === refers && one !== name);
    if (!target) return [];
    const { key } = datasetOf(target);
    const pairs = key.map((theirs, at) => [at === key.length - 1 ? column : theirs, theirs] as const);
    return [{ column, heading, nr: i + 1, target, pairs }];
  });

const keyOf = (name: DatasetName): string[] => {
  const { key, columns } = datasetOf(name);
  return key.map((column) => storedName(column, columns[column] as Column));
};

/** Whether a row of one of the datasets refers to a row that was not loaded, or has another's key. */
const isBroken = async (
  db: Database,
  names: readonly DatasetName[],
  targets: readonly DatasetName[],
): Promise<boolean> => {
  // Unlike hashes have unlike keys: nothing larger than a number is kept of a row.
  const repeated = names.map(
    (name) => `(select count(*) <> count(distinct hash(${keyOf(name).join(", ")})) from staging.${name})`,
  );
  const all = names.flatMap((name) => references(name, targets).map((one) => ({ name, ...one })));
  const unmet = [...new Set(all.map(({ target }) => target))].map((target) => {
    const rows = all
      .filter((one) => one.target === target)
      .map(({ name, column, pairs }) => {
        const key = pairs.map(([own, theirs]) => `${own} as ${theirs}`).join(", ");
        return `select ${key} from staging.${name} where ${column} is not null`;
      });
    const { key } = datasetOf(target);
    return `(select count(*) > 0 from (${rows.join(" union all ")}) anti join staging.${target} using (${key.join(", ")}))`;
  });
  const [found] = await db.rows<{ broken: boolean }>(`select ${[...repeated, ...unmet].join(" or ")} as broken`);
  return found?.broken ?? false;
};

/** Takes out the rows that refer to a row that was not loaded, and reports them; then rows of one key become one. */
const rejectBroken = async (db: Database, name: DatasetName, targets: readonly DatasetName[]): Promise<void> => {
  const key = keyOf(name);
  const referring = references(name, targets);
  const columns = [...new Set([...key, ...referring.map(({ column }) => column)])];
  await db.run(`
    create or replace temp table tolkad as
    select rad.kallrad, 0 as del, rad.tabell_id, rad.rad, tabell.positioner, ${columns.map((column) => `lasta.${column}`).join(", ")}
    from staging.${name} as lasta
    inner join inbox.rad as rad on rad.kallrad = lasta.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    where lasta.kallrad not in (select kallrad from last)
    union all
    select kallrad, del, tabell_id, rad, positioner, ${columns.join(", ")}
    from (select last.*, ${lastColumns(storedColumns(name))} from last where dataset = '${name}')
    where kallrad not in (select kallrad from brist)`);
  for (const { column, heading, nr, target, pairs } of referring) {
    const known = pairs.map(([own, theirs]) => `known.${theirs} = rad.${own}`).join(" and ");
    const unmet = `tolkad as rad anti join staging.${target} as known on ${known} where rad.${column} is not null`;
    const found = `select tabell_id, kallrad, rad, positioner, ${nr} as nr, ${quote(heading)} as kolumn, ${column} as varde, 'okand_referens' as kod, ${quote(datasetOf(target).heading)} as detalj from ${unmet}`;
    await db.run(`${reportSql(found)}; delete from tolkad where kallrad in (select kallrad from ${unmet})`);
  }
  await joinRepeated(db, name, storedColumns(name), key);
  await db.run(`delete from staging.${name} where kallrad not in (select kallrad from tolkad)`);
};

/**
 * Marks the refused rows whose key another file has loaded, as far as it can be read: nothing is missing for them.
 * What a period or a word cannot say may be anything; an id that cannot be read is nobody's.
 */
const settleRefused = async (db: Database, names: readonly DatasetName[]): Promise<void> => {
  await db.run(`
    create or replace temp table avvisad as
    select fel.kallrad, list(fel.cell + 1) filter (fel.kod in ('ogiltigt_tecken', 'felvarde', 'formel_utan_varde', 'sammanfogat_tal', 'for_lang_cell', 'ogiltigt_personnummer')) as celler
    from checks.fel as fel inner join inbox.tabell as tabell on tabell.tabell_id = fel.tabell_id
    where tabell.dataset in (select dataset from inbox.tabell group by dataset having count(distinct fil) > 1)
    group by fel.kallrad`);
  if ((await db.count("avvisad")) === 0) return;
  await db.run(`
    create or replace temp view att_lasa as
    select kallrad, tabell_id, rad, celler from inbox.gallande where kallrad in (select kallrad from avvisad)`);
  const refused = await readWritten(db, names);
  await db.run(`
    create or replace temp table olaslig as
    select last.kallrad, last.del, last.dataset, list_filter(range(1, len(last.koder) + 1), lambda nr:
      last.koder[nr] is not null or coalesce(list_contains(avvisad.celler, last.positioner[nr]), false)) as kolumner
    from last inner join avvisad on avvisad.kallrad = last.kallrad;
    create or replace temp table funnen (kallrad bigint, del integer, till bigint)`);
  for (const name of refused) {
    const { columns, key } = datasetOf(name);
    const places = key.map((column) => Object.keys(columns).indexOf(column) + 1);
    const unread = await db.rows<{ kolumner: number[] }>(
      `select distinct list_filter([${places.join(", ")}], lambda nr: list_contains(kolumner, nr)) as kolumner from olaslig where dataset = '${name}'`,
    );
    for (const { kolumner } of unread) {
      const known = key.filter((_, i) => !kolumner.includes(places[i] ?? 0));
      const isSomeone = key.every((column) => known.includes(column) || columns[column]?.kind !== "id");
      if (!isSomeone || (key.length > 1 && known.every((column) => ["insats_id", "forbund_id"].includes(column))))
        continue;
      const names = known.map((column) => storedName(column, columns[column] as Column));
      await db.run(`
        insert into funnen
        with lasta as (
          select ${names.map((column) => `lasta.${column}`).join(", ")}, tabell.fil, min(lasta.kallrad) as till
          from staging.${name} as lasta inner join inbox.rad as rad on rad.kallrad = lasta.kallrad
          inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id group by all
        )
        select rad.kallrad, rad.del, min(lasta.till)
        from (select kallrad, del, tabell_id, ${lastColumns(storedColumns(name))} from last where dataset = '${name}') as rad
        inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
        inner join olaslig on olaslig.kallrad = rad.kallrad and olaslig.del = rad.del
          and list_filter([${places.join(", ")}], lambda nr: list_contains(olaslig.kolumner, nr)) = [${kolumner.join(", ")}]
        inner join lasta on lasta.fil <> tabell.fil and ${names.map((column) => `lasta.${column} is not distinct from rad.${column}`).join(" and ")}
        group by rad.kallrad, rad.del`);
    }
  }
  await db.run(`
    create or replace temp table undan as
    select last.kallrad, last.del, last.tabell_id, last.rad, last.positioner, true as ar_mangd, funnen.till, till.tabell_id as till_tabell,
      last.varden, last.varden as sagda, cast([] as integer[]) as andrade, cast(null as varchar) as andring, 'ersatt' as kod
    from last inner join funnen on funnen.kallrad = last.kallrad and funnen.del = last.del inner join inbox.rad as till on till.kallrad = funnen.till
    where last.kallrad not in (select kallrad from last anti join funnen on funnen.kallrad = last.kallrad and funnen.del = last.del);
    ${reportSql(sqlFile("staging", "undanfynd"))};
    insert into checks.undanlagd select kallrad, min(till), kod from undan group by kallrad, kod`);
};

/** Fills `staging` from what was delivered. */
const loadDelivered = async (db: Database, plainFrom: number, targets: readonly DatasetName[]): Promise<void> => {
  const delivered = await db.rows<{ dataset: DatasetName; rader: number }>(
    "select dataset, cast(sum(rader) as bigint) as rader from inbox.tabell where dataset is not null group by dataset",
  );
  const rows = new Map(delivered.map(({ dataset, rader }) => [dataset, rader]));
  const names = loadOrder().filter((name) => rows.has(name));
  await db.run(`
    create or replace temp view att_lasa as
    select kallrad, tabell_id, rad, celler from inbox.gallande
    where overhoppad is null and kallrad not in (select kallrad from checks.fel);
    create or replace temp view inlast as ${datasetNames.map((name) => `select kallrad from staging.${name}`).join(" union all ")}`);
  for (const name of names) if ((rows.get(name) ?? 0) >= plainFrom) await loadPlain(db, name);
  await loadWritten(db, names);
  // Nearly always nothing is broken, and one question is enough.
  if (names.length > 0 && (await isBroken(db, names, targets)))
    for (const name of names) if (await isBroken(db, [name], targets)) await rejectBroken(db, name, targets);
  await settleRefused(db, names);
  await db.run(
    "drop view att_lasa; drop view inlast; drop table brist; drop table last; drop table olast; drop table deklarerad",
  );
};

/** `checks.kolumn`: in which cell of each table a dataset's column stands, of what kind it is, and its heading's unit. */
const placeColumns = (db: Database): Promise<void> =>
  db.run(`
    create table checks.kolumn as
    select tabell.tabell_id, namn.kolumn, namn.slag, tabell.positioner[namn.nr] - 1 as cell, nullif(tabell.enheter[namn.nr], '') as enhet
    from inbox.tabell as tabell
    inner join deklarerad as namn on namn.dataset = tabell.dataset
    where tabell.positioner[namn.nr] > 0`);

/**
 * `utlagd`: the rows that mapped tables give. A förbund that a table lacks is the one that its insats and what finances it
 * name, if that is one; a record that gives no row says nothing, and is passed over.
 */
const layOutRecords = async (db: Database): Promise<void> => {
  await db.run(`create or replace temp table utlagd (
    kallrad bigint, tabell_id integer, rad integer, dataset varchar, kallrader bigint[], del integer, positioner integer[], enheter varchar[], celler varchar[])`);
  if ((await db.count("inbox.utlagg")) === 0) return;
  const naming = (["insats", "finansiering"] as const).map((name) => {
    const columns = Object.keys(datasetOf(name).columns);
    const cell = (column: string): string =>
      `sv_trim(coalesce(rad.celler[tabell.positioner[${columns.indexOf(column) + 1}]], utlagg.kallor[${columns.indexOf(column) + 1}].konstant))`;
    return `
      select ${cell("insats_id")} as insats_id, ${cell("forbund_id")} as forbund_id
      from inbox.gallande as rad inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
      left join inbox.utlagg as utlagg on utlagg.tabell_id = tabell.tabell_id
      where tabell.dataset = '${name}' and rad.overhoppad is null`;
  });
  await db.run(`
    create or replace temp table kant_forbund as
    select insats_id, min(forbund_id) as forbund_id from (${naming.join(" union all ")})
    where not sv_saknas(forbund_id) and insats_id is not null group by insats_id having count(distinct forbund_id) = 1;
    insert into utlagd by name ${sqlFile("staging", "utlagd")};
    update inbox.rad set overhoppad = 'tom'
    where overhoppad is null and tabell_id in (select tabell_id from inbox.utlagg)
      and kallrad not in (select unnest(kallrader) from utlagd) and kallrad not in (select kallrad from checks.fel);
    insert into checks.fynd
    select utlagd.tabell_id, null, any_value(tabell.rubrikrad), null, 'Förbund', null, 'forbund_ifyllt', string_agg(distinct kand.forbund_id, ', ' order by kand.forbund_id)
    from utlagd
    inner join inbox.tabell as tabell on tabell.tabell_id = utlagd.tabell_id
    inner join (select distinct tabell_id, insats, list_position(list_transform(kallor, lambda kalla: kalla.form), 'forbund') as nr from inbox.utlagg) as utlagg
      on utlagg.tabell_id = utlagd.tabell_id
    inner join kant_forbund as kand on kand.insats_id = sv_trim(utlagd.celler[utlagg.insats])
    where utlagg.nr > 0
    group by utlagd.tabell_id order by utlagd.tabell_id`);
};

/** Fills the temporary table `deklarerad`: what is known of the columns of every dataset. */
export const declareDatasets = async (db: Database): Promise<void> => {
  const declared = declareColumns(
    datasetNames.flatMap((dataset) =>
      Object.entries(datasetOf(dataset).columns).map(([kolumn, readable], i) => ({
        ...{ dataset, nr: i + 1, kolumn, rubrik: readable.heading, readable, isFree: isFree(kolumn) },
        isKey: datasetOf(dataset).key.includes(kolumn),
      })),
    ),
  );
  await db.run(declared.sql, declared.bound);
};

/**
 * Loads every dataset.
 * @param plainFrom how many rows of a dataset are first tried as plainly written: with fewer, planning those statements costs more than it saves
 * @param targets the datasets whose rows a reference must meet
 */
export const load = async (db: Database, plainFrom = 500, targets = datasetNames): Promise<void> => {
  const tableOf = (name: DatasetName): string => {
    const columns = storedColumns(name).map(([column, kind]) => `${column} ${duckType[kind]}`);
    return `create table staging.${name} (${columns.join(", ")}, kallrad bigint)`;
  };
  await db.run(datasetNames.map(tableOf).join(";"));
  await declareDatasets(db);
  await placeColumns(db);
  await settleTotals(db);
  await layOutRecords(db);
  await loadDelivered(db, plainFrom, targets);
};

/**
 * Counts where every delivered row went: once every row that is refused is.
 * @throws Error when a row is in no place or in two: that is a fault in the program, never in the delivery
 */
export const account = async (db: Database) => {
  const wide = await db.rows<{ dataset: string }>("select distinct dataset from utlagd");
  const one = (name: string): string => (wide.some(({ dataset }) => dataset === name) ? "distinct " : "");
  await db.run(`
    create table checks.tabell as
    with placed as (
      ${datasetNames.map((name) => `select ${one(name)}kallrad, 'last' as plats from staging.${name}`).join(" union all ")}
      union all select kallrad, 'overhoppad' from inbox.rad where overhoppad is not null
      union all select distinct kallrad, 'avvisad' from checks.fel
      union all select rad.kallrad, 'avvisad' from inbox.rad as rad
        inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id where tabell.avvisad
    ), delad as (
      select del.kallrad, min(placed.plats) as plats
      from (select kallrad as till, unnest(kallrader) as kallrad from utlagd where len(kallrader) > 1) as del
      inner join placed on placed.kallrad = del.till
      where del.kallrad not in (select kallrad from placed)
      group by del.kallrad
    ), rad as (
      select rad.kallrad, any_value(rad.tabell_id) as tabell_id, any_value(placed.plats) as plats, count(placed.plats) as antal
      from inbox.rad as rad left join (from placed union all from delad) as placed on placed.kallrad = rad.kallrad
      group by rad.kallrad
    )
    select tabell.tabell_id, tabell.rader,
      count(rad.kallrad) filter (rad.plats = 'last') as lasta,
      case when tabell.avvisad then tabell.rader else count(rad.kallrad) filter (rad.plats = 'avvisad') end as avvisade,
      count(rad.kallrad) filter (rad.plats = 'overhoppad') as overhoppade,
      count(rad.kallrad) filter (rad.antal <> 1) as vilsna
    from inbox.tabell as tabell left join rad on rad.tabell_id = tabell.tabell_id
    group by tabell.tabell_id, tabell.rader, tabell.avvisad`);
  const none = { rader: 0, lasta: 0, avvisade: 0, overhoppade: 0, vilsna: 0 };
  const sums = Object.keys(none).map((column) => `cast(coalesce(sum(${column}), 0) as bigint) as ${column}`);
  const [sum = none] = await db.rows<typeof none>(`select ${sums.join(", ")} from checks.tabell`);
  const { vilsna, ...accounted } = sum;
  if (vilsna > 0) throw new Error(`rows that are not in exactly one place: ${vilsna}`);
  if (accounted.rader !== accounted.lasta + accounted.avvisade + accounted.overhoppade)
    throw new Error(`rows in and out differ: ${JSON.stringify(accounted)}`);
  return accounted;
};
