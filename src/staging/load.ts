/** Inbox to staging: one generated, set-based statement per dataset, from its declaration. Every row is loaded or has its reasons. */
import type { Database } from "../db/open.ts";
import { type Column, duckType, storedName } from "../schema/columns.ts";
import { faultSql, quote, readCell, rowFaults } from "../schema/reading.ts";
import { type DatasetName, datasetNames, datasetOf } from "../schema/tables.ts";

/** The pairs of columns through which a reference is looked up: the referred dataset's key, its last part by this column. */
const reference = (column: string, refers: DatasetName): [own: string, theirs: string][] => {
  const { key } = datasetOf(refers);
  return key.map((part, i) => [i === key.length - 1 ? column : part, part]);
};

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

/** The rows that wide tables give, in the shape of `levererat`. */
const wideRows = (name: DatasetName, columns: number, right: string): string => {
  const cells = Array.from({ length: columns }, (_, i) => {
    const delivered = `rad.celler[utlagg.positioner[${i + 1}]]`;
    const category = `coalesce(utlagg.namn_till[list_position(utlagg.namn_fran, sv_vik(${delivered}))], ${delivered})`;
    return `coalesce(utlagg.konstanter[${i + 1}], case when utlagg.kategori = ${i + 1} then ${category} else ${delivered} end) as c${i}, cast(null as varchar) as u${i}`;
  });
  return `
    select rad.kallrad, utlagg.del, rad.tabell_id, rad.rad, utlagg.positioner, ${cells.join(", ")}
    from inbox.gallande as rad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    inner join inbox.utlagg as utlagg on utlagg.tabell_id = rad.tabell_id
    where tabell.dataset = '${name}' and ${right}
      and len(list_filter(utlagg.positioner, lambda plats: plats > 0 and plats <> utlagg.kategoricell and not sv_saknas(rad.celler[plats]))) > 0`;
};

const loadOne = async (db: Database, name: DatasetName): Promise<void> => {
  const shape = datasetOf(name);
  const entries = Object.entries(shape.columns);
  const stored = entries.map(([column, declared]) => storedName(column, declared));
  await db.run(
    `create table staging.${name} (${entries.map(([, d], i) => `${stored[i]} ${duckType[d.kind]}`).join(", ")}, kallrad bigint)`,
  );
  const [delivered] = await db.rows<{ antal: number }>(
    "select count(*) as antal from inbox.tabell where dataset = $name",
    { name },
  );
  if (!delivered?.antal) return;
  const cells = entries
    .map((_, i) => `celler[positioner[${i + 1}]] as c${i}, nullif(enheter[${i + 1}], '') as u${i}`)
    .join(", ");
  const parsed = entries.map(([, d], i) => `cast(${readCell(d, i)} as ${duckType[d.kind]}) as ${stored[i]}`).join(", ");
  const right = `rad.overhoppad is null
      and rad.kallrad not in (
        select fynd.kallrad from checks.fynd as fynd inner join checks.kod as kod on kod.kod = fynd.kod
        where fynd.kallrad is not null and kod.allvar = 'fel')`;
  await db.run(`
    create temp table levererat as
    select rad.kallrad, 0 as del, rad.tabell_id, rad.rad, tabell.positioner, ${cells}
    from inbox.gallande as rad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    where tabell.dataset = '${name}' and tabell.tabell_id not in (select tabell_id from inbox.utlagg) and ${right}`);
  const [wide] = await db.rows<{ antal: number }>(
    "select count(*) as antal from inbox.tabell where dataset = $name and tabell_id in (select tabell_id from inbox.utlagg)",
    { name },
  );
  // A row of a wide table gives one row for each of its parts that holds a figure; all are loaded, or none.
  if (wide?.antal) await db.run(`insert into levererat ${wideRows(name, entries.length, right)}`);
  await db.run(`create temp table tolkad as select kallrad, del, tabell_id, rad, positioner, ${parsed} from levererat`);
  const all = rowFaults(name, shape);
  const faulty = `from levererat inner join tolkad on tolkad.kallrad = levererat.kallrad and tolkad.del = levererat.del where ${all.map(({ when }) => `coalesce(${when}, false)`).join(" or ")}`;
  const qualified = "tolkad.kallrad, tolkad.tabell_id, tolkad.rad, tolkad.positioner";
  const headingOf = `case kolumn ${entries.map(([, { heading }], i) => `when ${i} then ${quote(heading)}`).join(" ")} end`;
  const report = (rows: string): Promise<void> =>
    db.run(`
      insert into checks.fynd
      select tabell_id, kallrad, rad, cell, ${headingOf}, varde, kod, detalj
      from (select distinct tabell_id, kallrad, rad, nullif(positioner[kolumn + 1], 0) - 1 as cell, kolumn, varde, kod, detalj from (${rows}))
      order by kallrad, kolumn, cell, kod`);
  const [found] = await db.rows<{ antal: number }>(`select count(*) as antal ${faulty}`);
  // Why a cell was not read is worked out only where one was not: most deliveries are right.
  if (found && found.antal > 0) {
    const reasons = `list_filter([${all.map(faultSql).join(",\n")}], lambda fault: fault is not null)`;
    await report(`select ${qualified}, unnest(${reasons}, recursive := true) ${faulty}`);
    await db.run(`delete from tolkad where kallrad in (select tolkad.kallrad ${faulty})`);
  }
  for (const [i, [column, declared]] of entries.entries()) {
    if (!declared.refers || declared.refers === name) continue;
    const target = declared.refers as DatasetName;
    const pairs = reference(column, target);
    const unmet = `${column} is not null and not exists (
      select 1 from staging.${target} as known where ${pairs.map(([own, theirs]) => `known.${theirs} = tolkad.${own}`).join(" and ")})`;
    await report(
      `select tabell_id, kallrad, rad, positioner, ${i} as kolumn, ${column} as varde, 'okand_referens' as kod, '${datasetOf(target).heading}' as detalj
       from tolkad where ${unmet}`,
    );
    await db.run(`delete from tolkad where kallrad in (select kallrad from tolkad where ${unmet})`);
  }
  const key = shape.key.map((column) => storedName(column, shape.columns[column] as Column));
  const first = `select min(kallrad) as kallrad, ${key.join(", ")} from tolkad group by ${key.join(", ")}`;
  const firsts = wide?.antal
    ? `select kallrad from tolkad except select tolkad.kallrad from tolkad inner join (${first}) as forst
         on ${key.map((column) => `forst.${column} is not distinct from tolkad.${column}`).join(" and ")} where tolkad.kallrad > forst.kallrad`
    : `select kallrad from (${first})`;
  const keyColumn = entries.findIndex(([column]) => column === shape.key.at(-1));
  const keyText = quote(shape.key.map((column) => shape.columns[column]?.heading ?? column).join(", "));
  await report(
    `select tabell_id, kallrad, rad, positioner, ${keyColumn} as kolumn, cast(null as varchar) as varde, 'dubblett' as kod, ${keyText} as detalj
     from tolkad where kallrad not in (${firsts})`,
  );
  await db.run(
    `insert into staging.${name} select ${stored.join(", ")}, kallrad from tolkad where kallrad in (${firsts}) order by kallrad`,
  );
  await db.run("drop table tolkad; drop table levererat");
};

/** `checks.kolumn`: in which cell of each table a dataset's column stands, of what kind it is, and its heading's unit. */
const placeColumns = async (db: Database): Promise<void> => {
  const declared = datasetNames.flatMap((name) =>
    Object.entries(datasetOf(name).columns).map(
      ([column, { kind }], i) => `('${name}', '${column}', '${kind}', ${i + 1})`,
    ),
  );
  await db.run(`
    create table checks.kolumn as
    select tabell.tabell_id, namn.kolumn, namn.slag, tabell.positioner[namn.nr] - 1 as cell, nullif(tabell.enheter[namn.nr], '') as enhet
    from inbox.tabell as tabell
    inner join (values ${declared.join(", ")}) as namn(dataset, kolumn, slag, nr) on namn.dataset = tabell.dataset
    where tabell.positioner[namn.nr] > 0`);
};

export interface Accounted {
  readonly rader: number;
  readonly lasta: number;
  readonly avvisade: number;
  readonly overhoppade: number;
}

/**
 * Loads every dataset and counts where every delivered row went.
 * @throws Error when a row is in no place or in two: that is a fault in the program, never in the delivery
 */
export const load = async (db: Database): Promise<Accounted> => {
  for (const name of loadOrder()) await loadOne(db, name);
  await placeColumns(db);
  const wide = await db.rows<{ dataset: string }>(
    "select distinct dataset from inbox.tabell where tabell_id in (select tabell_id from inbox.utlagg)",
  );
  const one = (name: string): string => (wide.some(({ dataset }) => dataset === name) ? "distinct " : "");
  await db.run(`
    create table checks.rad as
    with placed as (
      ${datasetNames.map((name) => `select ${one(name)}kallrad, 'last' as plats from staging.${name}`).join(" union all ")}
      union all select kallrad, 'overhoppad' from inbox.rad where overhoppad is not null
      union all select distinct fynd.kallrad, 'avvisad' from checks.fynd as fynd
        inner join checks.kod as kod on kod.kod = fynd.kod where kod.allvar = 'fel' and fynd.kallrad is not null
      union all select rad.kallrad, 'avvisad' from inbox.rad as rad
        inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id where tabell.avvisad
    )
    select rad.kallrad, any_value(rad.tabell_id) as tabell_id, any_value(placed.plats) as plats, count(placed.plats) as antal
    from inbox.rad as rad left join placed on placed.kallrad = rad.kallrad
    group by rad.kallrad`);
  const [lost] = await db.rows<{ antal: number }>("select count(*) as antal from checks.rad where antal <> 1");
  if (lost && lost.antal > 0) throw new Error(`rows that are not in exactly one place: ${lost.antal}`);
  await db.run(`
    create table checks.tabell as
    select tabell.tabell_id, tabell.rader,
      count(rad.kallrad) filter (rad.plats = 'last') as lasta,
      case when tabell.avvisad then tabell.rader else count(rad.kallrad) filter (rad.plats = 'avvisad') end as avvisade,
      count(rad.kallrad) filter (rad.plats = 'overhoppad') as overhoppade
    from inbox.tabell as tabell left join checks.rad as rad on rad.tabell_id = tabell.tabell_id
    group by tabell.tabell_id, tabell.rader, tabell.avvisad`);
  const [sum] = await db.rows<{ rader: number; lasta: number; avvisade: number; overhoppade: number }>(`
    select cast(coalesce(sum(rader), 0) as bigint) as rader, cast(coalesce(sum(lasta), 0) as bigint) as lasta,
      cast(coalesce(sum(avvisade), 0) as bigint) as avvisade, cast(coalesce(sum(overhoppade), 0) as bigint) as overhoppade
    from checks.tabell`);
  if (!sum || sum.rader !== sum.lasta + sum.avvisade + sum.overhoppade) {
    throw new Error(`rows in and out differ: ${JSON.stringify(sum)}`);
  }
  return sum;
};
