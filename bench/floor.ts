/**
 * The floor of a run: hand-written SQL that reads the same files typed and computes the five main results; it checks and keeps
 * nothing. `node bench/floor.ts COUNTRY [OUT]` prints what it used and, beside the outputs of a run, the cells that differ.
 */
import { join } from "node:path";
import { type Database, open } from "../src/db/open.ts";
import { type Usage, usedSoFar } from "./usage.ts";

/** What is read of each file, as its plain values. */
const files: Readonly<Record<string, string>> = {
  insats:
    "insats_id varchar, namn varchar, typ varchar, registrering varchar, modell varchar, forbund_id varchar, startdatum date, slutdatum date",
  finansiering:
    "insats_id varchar, forbund_id varchar, ar integer, slag varchar, beslutsdatum date, andel varchar, belopp bigint",
  part: "insats_id varchar, part_id varchar, namn varchar, huvudman varchar",
  deltagare:
    "insats_id varchar, deltagar_id varchar, kon varchar, fodelsear integer, startdatum date, slutdatum date, sysselsattning_start varchar, sysselsattning_slut varchar",
  mote: "insats_id varchar, mote_id varchar, datum date, motestyp varchar, status varchar",
  narvaro: "insats_id varchar, mote_id varchar, part_id varchar, kallad varchar, narvarande varchar",
  arende: "insats_id varchar, mote_id varchar, deltagar_id varchar, initierad_av varchar",
  faktura:
    "insats_id varchar, faktura_id varchar, forbund_id varchar, part_id varchar, kostnadsslag varchar, fran date, till date, timmar decimal(9, 1), belopp decimal(18, 2)",
  budget: "insats_id varchar, ar integer, post varchar, status varchar, belopp bigint",
};

const macros = `
  create macro floor_del(tal, med) as (tal - ((tal % med) + med) % med) // med;
  -- What a whole gives the one that weighs so much of all; the first of equals takes what is left over.
  create macro rest(helhet, vikt, alla, grupp, id) as
    floor_del(helhet * vikt, alla) + cast(row_number() over (partition by grupp order by helhet * vikt - floor_del(helhet * vikt, alla) * alla desc, id)
      <= helhet - sum(floor_del(helhet * vikt, alla)) over (partition by grupp) as integer);
`;

/** Steps that several results need, in order. */
const steps: Readonly<Record<string, string>> = {
  f: `
    select faktura.* exclude (belopp, timmar), huvudman, cast(belopp * 100 as bigint) as ore, timmar
    from faktura left join part using (insats_id, part_id)`,
  f_ar: `
    with delad as (
      select *, unnest(range(year(fran), year(till) + 1)) as ar, greatest(fran, make_date(ar, 1, 1)) as a, least(till, make_date(ar, 12, 31)) as b
      from (select row_number() over () as nr, * from f where year(fran) <> year(till))
    )
    select insats_id, forbund_id, part_id, huvudman, kostnadsslag, year(fran) as ar, fran, till, ore, cast(timmar as decimal(18, 6)) as timmar
    from f where year(fran) = year(till)
    union all
    select insats_id, forbund_id, part_id, huvudman, kostnadsslag, ar, a, b, cast(rest(cast(ore as hugeint), b - a + 1, till - fran + 1, nr, ar) as bigint),
      cast(rest(cast(timmar * 1000000 as hugeint), b - a + 1, till - fran + 1, nr, ar) * 0.000001 as decimal(18, 6))
    from delad`,
  m: `
    select mote.*, mote.status = 'genomfört' as hallet, antal from mote
    left join (select insats_id, mote_id, count(*) filter (narvarande = 'ja') as antal from narvaro group by all) using (insats_id, mote_id)`,
  i: `
    select insats_id, startdatum as start, slutdatum as slut, greatest(coalesce(slutdatum, sista, getvariable('idag')), startdatum) as sista
    from insats left join (
      select insats_id, max(till) as sista from (
        select insats_id, max(datum) as till from m where hallet group by insats_id
        union all select insats_id, max(coalesce(slutdatum, startdatum)) from deltagare group by insats_id
        union all select insats_id, max(till) from faktura group by insats_id) group by insats_id
    ) using (insats_id)`,
  fonster: `
    select insats_id, ar, greatest(start, make_date(ar, 1, 1)) as fran, least(coalesce(slut, make_date(ar, 12, 31)), make_date(ar, 12, 31)) as till,
      till >= getvariable('idag') as oppet, till - fran + 1 as dagar, make_date(ar, 12, 31) - make_date(ar, 1, 1) + 1 as alla
    from (select *, unnest(range(year(start), year(sista) + 1)) as ar from i)`,
  d: `
    select deltagare.insats_id, any_value(start) as fran, any_value(coalesce(slut, sista)) as till, count(*) filter (kon = 'kvinna') as kvinnor,
      count(*) filter (kon = 'man') as man, count(*) filter (kon = 'okänt') as okant, count(distinct deltagar_id) as personer
    from deltagare inner join i using (insats_id)
    where startdatum <= coalesce(slut, sista) and coalesce(slutdatum, date '9999-12-31') >= start group by deltagare.insats_id`,
};

const goals = `
  with individer as (
    select insats_id, year(datum) as ar, count(distinct deltagar_id) as taljare
    from arende inner join m using (insats_id, mote_id) where hallet and motestyp = 'samverkan' and antal >= 2 group by all
  ),
  nagot_arende as (select distinct insats_id from arende),
  planering as (select insats_id, year(datum) as ar, count(*) filter (hallet) as taljare from m where motestyp = 'planering' group by all),
  nagon_planering as (select distinct insats_id from planering),
  narvarande as (
    select insats_id, coalesce(part_id, '') as part_id, year(datum) as ar, count(*) filter (kallad = 'ja' and narvarande = 'ja') as taljare, count(*) filter (kallad = 'ja') as namnare
    from narvaro inner join m using (insats_id, mote_id) where hallet group by grouping sets ((insats_id, part_id, year(datum)), (insats_id, year(datum)))
  ),
  antal as (
    select 'individer' as mal_id, fonster.*, 30 as krav, case when n.insats_id is not null then coalesce(taljare, 0) end as taljare
    from fonster left join individer using (insats_id, ar) left join nagot_arende as n using (insats_id)
    union all
    select 'planering', fonster.*, 2, case when n.insats_id is not null then coalesce(taljare, 0) end
    from fonster left join planering using (insats_id, ar) left join nagon_planering as n using (insats_id)
  ),
  pengar as (select insats_id, sum(ore) as taljare from f group by insats_id),
  andelar as (
    select insats_id, part_id, fran, till, oppet, taljare, namnare
    from (select *, unnest(['', 'af', 'fk', 'kommun', 'region']) as part_id from fonster) left join narvarande using (insats_id, part_id, ar)
  )
  select insats_id, mal_id, '' as gruppvarde, fran, till, taljare, null as namnare, null as tackningsgrad, cast(taljare as double) as varde,
    krav * dagar / alla as malvarde,
    case when oppet and not coalesce(taljare * alla >= krav * dagar, false) then 'perioden_pagar' when krav * dagar < alla then 'for_kort' when taljare is null then 'saknas' end as skal,
    taljare * alla >= krav * dagar as natt
  from antal
  union all
  select insats_id, 'narvaro', part_id, fran, till, case when namnare > 0 then taljare end, namnare, null, taljare / nullif(namnare, 0), case when part_id <> '' then 0.85 end,
    case when part_id = '' then 'foljs' when oppet then 'perioden_pagar' when namnare is null then 'saknas' when namnare = 0 then 'ej_tillamplig' end, taljare * 100 >= namnare * 85
  from andelar
  union all
  select insats_id, 'kvinnor', '', fran, till, case when kvinnor + man > 0 then kvinnor end, kvinnor + man, case when okant > 0 and kvinnor + man > 0 then (kvinnor + man) / (kvinnor + man + okant) end,
    kvinnor / nullif(kvinnor + man, 0), null,
    case when till >= getvariable('idag') then 'perioden_pagar' when kvinnor + man = 0 then 'ej_tillamplig' end, kvinnor * 100 between (kvinnor + man) * 40 and (kvinnor + man) * 60
  from d
  union all
  select insats_id, 'kostnad', '', fran, till, taljare, personer, null, taljare / 100 / personer, 200000,
    case when till >= getvariable('idag') then 'perioden_pagar' when taljare is null then 'saknas' end, taljare <= 200000 * 100 * cast(personer as hugeint)
  from d left join pengar using (insats_id)`;

const shares = `
  with rader as (
    select insats_id, ar, fran, till, ore, timmar, unnest(['insats', 'forbund', 'part', 'huvudman']) as dimension,
      unnest([insats_id, coalesce(forbund_id, 'ingen'), coalesce(part_id, 'ingen'), coalesce(huvudman, 'ingen')]) as id
    from (
      select insats_id, ar, forbund_id, part_id, huvudman, min(fran) as fran, max(till) as till, sum(ore) as ore, sum(timmar) as timmar from f_ar group by all)
  ),
  hel as (select insats_id, ar, cast(sum(ore) as hugeint) as total, min(fran) as fran, max(till) as till from f_ar group by all),
  avtal as (
    select insats_id, ar, forbund_id, cast(replace(andel, ' %', '') as bigint) as delar, sum(delar) over (partition by insats_id, ar) as summa
    from finansiering inner join hel using (insats_id, ar) where andel is not null
  ),
  nyckel as (select distinct insats_id, ar, summa from avtal),
  summor as (
    select insats_id, ar, dimension, id, sum(ore) as ore, sum(timmar) as timmar from (
      select insats_id, ar, dimension, id, ore, timmar from rader union all select insats_id, ar, 'forbund', forbund_id, 0, null from avtal) group by all
  ),
  per_ar as (
    select summor.*, nyckel.summa is not null as har_nyckel, case when dimension = 'forbund' and nyckel.summa is not null then coalesce(avtal.delar / avtal.summa, 0) end as avtalad,
      ore - rest(total, case when dimension = 'forbund' and nyckel.summa is not null then coalesce(avtal.delar, 0) end, cast(nyckel.summa as hugeint), row(summor.insats_id, dimension, summor.ar), id) as avvikelse
    from summor inner join hel using (insats_id, ar) left join nyckel using (insats_id, ar)
    left join avtal on dimension = 'forbund' and avtal.insats_id = summor.insats_id and avtal.ar = summor.ar and avtal.forbund_id = summor.id
  ),
  alla as (
    select insats_id, min(fran) as fran, max(till) as till, sum(total) as total, count(*) as antal, count(summa) = count(*) as har_nyckel
    from hel left join nyckel using (insats_id, ar) group by insats_id
  )
  select insats_id, dimension, id, any_value(fran) as fran, any_value(till) as till, cast(sum(ore) as bigint) as belopp_ore, sum(ore) / nullif(any_value(total), 0) as andel,
    rest(1000, cast(sum(ore) as hugeint), case when any_value(total) > 0 then any_value(total) end, row(insats_id, dimension), id) / 10 as andel_procent,
    case when not any_value(alla.har_nyckel) then null when count(distinct avtalad) = 1 and count(*) = any_value(antal) then any_value(avtalad)
      when any_value(total) > 0 then (sum(ore) - sum(avvikelse)) / any_value(total) end as avtalad_andel,
    cast(case when any_value(alla.har_nyckel) then sum(avvikelse) end as bigint) as avvikelse_ore, sum(timmar) as timmar
  from per_ar inner join alla using (insats_id) group by insats_id, dimension, id`;

const budget = `
  with fakturerat as (
    select insats_id, ar, coalesce(kostnadsslag, '') as post, sum(ore) as utfall, case when count(distinct part_id) = 1 then min(part_id) end as part_id from f_ar group by all
  ),
  beviljat as (select insats_id, ar, post, sum(belopp) * 100 as budget from budget group by all),
  nagot as (select distinct insats_id, ar from fakturerat)
  select insats_id, ar, post, part_id, cast(budget as bigint) as budget_ore,
    cast(coalesce(utfall, case when nagot.ar is not null then 0 end) as bigint) as utfall_ore, utfall_ore - budget_ore as avvikelse_ore,
    (utfall_ore - budget_ore) * 100 / nullif(budget_ore, 0) as avvikelse_procent
  from beviljat full join fakturerat using (insats_id, ar, post) left join nagot using (insats_id, ar)`;

interface Main {
  readonly select: string;
  readonly key: readonly string[];
  /** Columns that are equal to the last öre, and numbers that are so within 1e-9 of their size. */
  readonly exact: readonly string[];
  readonly near: readonly string[];
  /** Columns that say nothing where refused rows could have decided. */
  readonly judged?: readonly string[];
}

/** The main results, with the columns that are compared. */
export const main: Readonly<Record<string, Main>> = {
  maluppfyllelse: {
    select: `select *, case when skal is not null then 'ej_matbart' when natt then 'uppnatt' else 'ej_uppnatt' end as status from (${goals})`,
    key: ["insats_id", "mal_id", "gruppvarde", "fran"],
    exact: ["till", "taljare", "namnare"],
    near: ["varde", "malvarde", "tackningsgrad"],
    judged: ["status", "skal"],
  },
  malsammanfattning: {
    select: `
      select insats_id, mal_id, count(*) as rader, count(*) filter (status = 'uppnatt') as uppnatt, count(*) filter (status = 'ej_uppnatt') as ej_uppnatt,
        count(*) filter (status = 'ej_matbart') as ej_matbart,
        case when uppnatt + ej_uppnatt = 0 then 'ej_matbart' when ej_uppnatt = 0 then 'uppnatt' when uppnatt = 0 then 'ej_uppnatt' else 'delvis' end as status
      from golv.maluppfyllelse where skal is distinct from 'foljs' group by all`,
    key: ["insats_id", "mal_id"],
    exact: ["rader"],
    near: [],
    judged: ["uppnatt", "ej_uppnatt", "ej_matbart", "status"],
  },
  kostnadsandel: {
    select: shares,
    key: ["insats_id", "dimension", "id"],
    exact: ["fran", "till", "belopp_ore", "avvikelse_ore"],
    near: ["andel", "andel_procent", "avtalad_andel", "timmar"],
  },
  budgetutfall: {
    select: budget,
    key: ["insats_id", "ar", "post"],
    exact: ["part_id", "budget_ore", "utfall_ore", "avvikelse_ore"],
    near: ["avvikelse_procent"],
  },
  konsfordelning: {
    select:
      "select insats_id, fran, till, kvinnor, man, okant, kvinnor + man + okant as totalt, kvinnor / nullif(kvinnor + man, 0) as andel_kvinnor from d",
    key: ["insats_id"],
    exact: ["fran", "till", "kvinnor", "man", "okant", "totalt"],
    near: ["andel_kvinnor"],
  },
};

/** Reads a country's files and computes the main results, as tables of the schema `golv`. */
export const computeFloor = async (db: Database, country: string, today: string): Promise<void> => {
  await db.run(`create schema golv; set variable idag = date '${today}'; ${macros}`);
  for (const [name, columns] of Object.entries(files)) {
    const typed = columns.split(/, (?=\w+ [a-z])/).map((column) =>
      column
        .split(/ (.*)/)
        .slice(0, 2)
        .map((part) => `'${part}'`)
        .join(": "),
    );
    // A large dataset is several files.
    await db.run(`
      create table ${name} as from read_csv(['${join(country, "data", name)}*.csv'], header = true, delim = ';', decimal_separator = ',', columns = {${typed.join(", ")}})`);
  }
  for (const [name, select] of Object.entries(steps)) await db.run(`create table ${name} as ${select}`);
  for (const [name, { select }] of Object.entries(main)) await db.run(`create table golv.${name} as ${select}`);
};

export interface Compared {
  readonly name: string;
  readonly rader: number;
  /** Rows that are not judged, because refused rows could have decided. */
  readonly unjudged: number;
  /** Rows of one side only, and cells that differ by column. */
  readonly differences: Readonly<Record<string, number>>;
}

/** Compares the main results of a run with the floor's, cell by cell. */
export const compareWith = async (db: Database, out: string): Promise<Compared[]> => {
  const compared: Compared[] = [];
  const file = (name: string): string => `read_parquet('${join(out, "internt", `${name}.parquet`)}')`;
  const refused = `(ours.insats_id, ours.mal_id) in (select (insats_id, mal_id) from ${file("maluppfyllelse")} where skal = 'avvisade_rader')`;
  for (const [name, { key, exact, near, judged = [] }] of Object.entries(main)) {
    const isUnjudged =
      judged.length === 0
        ? "false"
        : name === "maluppfyllelse"
          ? "ours.skal is not distinct from 'avvisade_rader'"
          : refused;
    const cells = [
      ...judged.map(
        (column) => [column, `not (${isUnjudged}) and golv.${column} is distinct from ours.${column}`] as const,
      ),
      ...exact.map((column) => [column, `golv.${column} is distinct from ours.${column}`] as const),
      ...near.map(
        (column) =>
          [
            column,
            `(golv.${column} is null) <> (ours.${column} is null) or abs(cast(golv.${column} as double) - ours.${column}) > 1e-9 * greatest(1, abs(ours.${column}))`,
          ] as const,
      ),
    ];
    const both = "ours.insats_id is not null and golv.insats_id is not null";
    const [found] = await db.rows<Record<string, number>>(`
      select count(*) as alla, count(*) filter (${isUnjudged}) as obedomda, count(*) filter (not (${both})) as ensamma, ${cells.map(([column, differs]) => `count(*) filter (${both} and (${differs})) as ${column}`).join(", ")}
      from golv.${name} as golv full join ${file(name)} as ours
        on ${key.map((column) => `golv.${column} = ours.${column}`).join(" and ")}`);
    const { alla: rader = 0, obedomda: unjudged = 0, ...differences } = found ?? {};
    compared.push({ name, rader, unjudged, differences });
  }
  return compared;
};

if (process.argv[1] === import.meta.filename) {
  const [country = "", out] = process.argv.slice(2);
  const before = usedSoFar();
  const db = await open(":memory:");
  await computeFloor(db, country, "2026-11-22");
  const { cpu, megabytes } = usedSoFar();
  const usage: Usage & { wall: number } = { cpu: cpu - before.cpu, megabytes, wall: process.uptime() };
  process.stdout.write(`${JSON.stringify(usage)}\n`);
  if (out !== undefined)
    for (const { name, rader, unjudged, differences } of await compareWith(db, out)) {
      const some = Object.entries(differences).filter(([, antal]) => antal > 0);
      process.stdout.write(
        `${name}: ${rader} rows${unjudged > 0 ? `, ${unjudged} not judged for refused rows` : ""}, ${some.length === 0 ? "no differences" : JSON.stringify(Object.fromEntries(some))}\n`,
      );
      if (some.length > 0) process.exitCode = 1;
    }
  db.close();
}
