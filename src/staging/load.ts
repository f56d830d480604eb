/** Inbox to staging: one generated, set-based statement per dataset, from its declaration. Every row is loaded or has its reasons. */
import type { Database } from "../db/open.ts";
import { type Column, duckType, fold, storedName } from "../schema/columns.ts";
import type { FindingCode } from "../schema/findings.ts";
import { type Dataset, type DatasetName, datasetNames, datasetOf } from "../schema/tables.ts";

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The expression that reads one column from its cell `c<i>`, whose heading states the unit `u<i>`. */
const parse = ({ kind, values, fallback }: Column, i: number): string => {
  const cell = `c${i}`;
  const read: Readonly<Record<Column["kind"], string>> = {
    id: `sv_trim(${cell})`,
    text: `sv_trim(${cell})`,
    kod: `sv_kod(${cell})`,
    val: `case sv_vik(${cell}) ${Object.entries(values ?? {})
      .flatMap(([value, others]) =>
        [...new Set([value, ...others].map(fold))].map((word) => `when ${quote(word)} then ${quote(value)}`),
      )
      .join(" ")} end`,
    ja_nej: `sv_ja_nej(${cell})`,
    heltal: `sv_heltal(${cell})`,
    tal: `sv_tal(${cell})`,
    andel: `sv_andel(${cell}, u${i})`,
    kr: `sv_ore(${cell}, u${i})`,
    datum: `sv_datum(${cell})`,
    ar: `sv_ar(${cell})`,
  };
  const missing = fallback === undefined ? "null" : quote(fallback);
  return `case when sv_saknas(${cell}) then ${missing} else ${read[kind]} end`;
};

/** The code for a cell that is filled but was not read. */
const reason = ({ kind }: Column, i: number): string => {
  const codes: Readonly<Record<Column["kind"], string>> = {
    id: quote("varde_saknas"),
    text: quote("varde_saknas"),
    kod: quote("varde_saknas"),
    val: quote("okant_varde"),
    ja_nej: quote("ogiltigt_ja_nej"),
    heltal: `case when sv_tal_fel(c${i}) = 'tvetydigt_tal' then 'tvetydigt_tal' else 'ogiltigt_heltal' end`,
    tal: `sv_tal_fel(c${i})`,
    andel: `case when sv_tal_fel(c${i}) = 'tvetydigt_tal' then 'tvetydigt_tal' else 'ogiltig_andel' end`,
    kr: `sv_ore_fel(c${i}, u${i})`,
    datum: `sv_datum_fel(c${i})`,
    ar: quote("ogiltigt_ar"),
  };
  return codes[kind];
};

interface Fault {
  readonly when: string;
  readonly kod: FindingCode | { readonly sql: string };
  readonly column: number;
  readonly value: string;
  readonly detail?: string;
}

const faultSql = ({ when, kod, column, value, detail }: Fault): string =>
  `case when ${when} then struct_pack(kolumn := ${column}, kod := ${typeof kod === "string" ? quote(kod) : kod.sql}, ` +
  `varde := cast(${value} as varchar), detalj := ${detail === undefined ? "cast(null as varchar)" : quote(detail)}) end`;

/** Everything that can be wrong with one row by itself. */
const faults = (name: DatasetName, { columns, oneOf, needs, period }: Dataset): Fault[] => {
  const entries = Object.entries(columns);
  const at = (column: string): number => entries.findIndex(([other]) => other === column);
  const stored = (column: string): string => storedName(column, columns[column] as Column);
  const heading = (column: string): string => columns[column]?.heading ?? column;
  const list: Fault[] = [];
  for (const [i, [column, declared]] of entries.entries()) {
    const value = storedName(column, declared);
    if (declared.required) {
      list.push({ when: `sv_saknas(c${i})`, kod: "varde_saknas", column: i, value: `c${i}` });
    }
    list.push({
      when: `not sv_saknas(c${i}) and ${value} is null`,
      kod: { sql: reason(declared, i) },
      column: i,
      value: `c${i}`,
      ...(declared.values ? { detail: Object.keys(declared.values).join(", ") } : {}),
    });
    if (declared.kind === "andel") {
      list.push({ when: `${value} not between 0 and 1`, kod: "ogiltig_andel", column: i, value: `c${i}` });
    } else if (declared.min !== undefined) {
      list.push({ when: `${value} < ${declared.min}`, kod: "for_litet", column: i, value: `c${i}` });
    }
  }
  if (oneOf) {
    const all = oneOf.map((column) => `sv_saknas(c${at(column)})`).join(" and ");
    list.push({
      when: all,
      kod: "inget_varde",
      column: at(oneOf[0] ?? ""),
      value: "null",
      detail: oneOf.map(heading).join(", "),
    });
  }
  for (const [given, needed] of needs ?? []) {
    const when = `${stored(given)} is not null and sv_saknas(c${at(needed)})`;
    list.push({ when, kod: "kraver_varde", column: at(needed), value: "null", detail: heading(given) });
  }
  if (period) {
    const [from, to] = period;
    list.push({ when: `${stored(to)} < ${stored(from)}`, kod: "bakvand_period", column: at(to), value: `c${at(to)}` });
  }
  if (name === "deltagarantal") {
    const parts = "coalesce(kvinnor, 0) + coalesce(man, 0) + coalesce(okant, 0)";
    list.push({
      when: `totalt < ${parts} or (kvinnor is not null and man is not null and totalt <> ${parts})`,
      kod: "delar_stammer_ej",
      column: at("totalt"),
      value: `c${at("totalt")}`,
    });
  }
  return list;
};

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
  const parsed = entries.map(([, d], i) => `cast(${parse(d, i)} as ${duckType[d.kind]}) as ${stored[i]}`).join(", ");
  await db.run(`
    create temp table levererat as
    select rad.kallrad, rad.tabell_id, rad.rad, tabell.positioner, ${cells}
    from inbox.rad as rad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    where tabell.dataset = '${name}' and rad.overhoppad is null
      and rad.kallrad not in (select kallrad from checks.fynd where kallrad is not null)`);
  await db.run(`create temp table tolkad as select kallrad, tabell_id, rad, positioner, ${parsed} from levererat`);
  const all = faults(name, shape);
  const faulty = `from levererat inner join tolkad on tolkad.kallrad = levererat.kallrad where ${all.map(({ when }) => `coalesce(${when}, false)`).join(" or ")}`;
  const qualified = "tolkad.kallrad, tolkad.tabell_id, tolkad.rad, tolkad.positioner";
  const headingOf = `case kolumn ${entries.map(([, { heading }], i) => `when ${i} then ${quote(heading)}`).join(" ")} end`;
  const report = (rows: string): Promise<void> =>
    db.run(`
      insert into checks.fynd
      select tabell_id, kallrad, rad, nullif(positioner[kolumn + 1], 0) - 1, ${headingOf}, varde, kod, detalj
      from (${rows}) order by kallrad, kolumn`);
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
    await db.run(`delete from tolkad where ${unmet}`);
  }
  const key = shape.key.map((column) => storedName(column, shape.columns[column] as Column));
  const firsts = `select min(kallrad) from tolkad group by ${key.join(", ")}`;
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
  await db.run(`
    create table checks.rad as
    with placed as (
      ${datasetNames.map((name) => `select kallrad, 'last' as plats from staging.${name}`).join(" union all ")}
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
