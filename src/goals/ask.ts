/** Sums a measure's evidence over windows, for many questions at once: the counting that is the same for all measures. */
import { type AppendType, type AppendValue, appendColumns } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import type { Measure } from "../schema/measures.ts";
import { fromDecimal, type Rational } from "../schema/rational.ts";
import { groupOf } from "./groups.ts";
import type { Total } from "./totals.ts";
import type { Fonster } from "./windows.ts";

export type Parametrar = Readonly<Record<string, string | number | readonly string[]>>;

/** One measure asked of one insats, whole or for one group. */
export interface Question {
  readonly nr: number;
  readonly insats_id: string;
  readonly measure: Measure;
  readonly parametrar: Parametrar;
  /** The evidence column that groups, and its value; neither for the whole. */
  readonly grupp: string;
  readonly gruppvarde: string;
  /** The ages at which a new age group begins, for a question by aldersgrupp. */
  readonly granser: readonly number[];
}

/** What is known of a question before its windows. */
export interface Ground {
  /** Row-level evidence passes the question's selection, in any group. */
  readonly has_rows: boolean;
  /** Some evidence, in any group and period, says what is to be counted. */
  readonly has_counts: boolean;
  readonly totals: readonly Total[];
}

export interface Sums {
  readonly taljare: Rational;
  readonly namnare: Rational;
  readonly okand: Rational;
  /** Evidence rows in the window; those whose denominator is known. */
  readonly rader: number;
  readonly kanda: number;
}

const listed = (value: string | number | readonly string[] | undefined): string[] | null =>
  value === undefined ? null : [value].flat().map(String);

const folded = (expression: string): string => `list_transform(${expression}, lambda ord: sv_vik(ord))`;

/** What totals are told apart by: each part's, and each of what a goal may ask for by itself, are delivered for their own periods. */
const serieOf = ({ filter }: Measure): string =>
  `concat_ws('/', ${["part_id", ...filter.filter((name) => name !== "part_id")].map((name) => `coalesce(cast(bevis."${name}" as varchar), '')`).join(", ")})`;

/**
 * `bevis`: the evidence rows that each question looks at.
 *
 * A filter leaves other rows out; a bound or a counted value leaves the row in with taljare 0, except totals, which
 * cannot be asked for more than they were counted by.
 */
const select = async (db: Database, measure: Measure, questions: readonly Question[]): Promise<void> => {
  const lists = [...measure.filter, ...measure.raknas];
  const bounds = Object.keys(measure.minst);
  await db.run(`create or replace temp table urval (nr integer, insats_id varchar, grupp varchar, gruppvarde varchar, granser varchar[]
    ${lists.map((name) => `, "p_${name}" varchar[]`).join("")} ${bounds.map((name) => `, "p_${name}" bigint`).join("")})`);
  const wanted = (q: Question, name: string): string | number | readonly string[] | undefined =>
    q.parametrar[name] ?? measure.standard[name];
  await appendColumns(db, "urval", [
    { type: "integer", values: questions.map(({ nr }) => nr) },
    { type: "varchar", values: questions.map((q) => q.insats_id) },
    { type: "varchar", values: questions.map(({ grupp }) => grupp) },
    { type: "varchar", values: questions.map(({ gruppvarde }) => gruppvarde) },
    { type: "varchar[]", values: questions.map(({ granser }) => granser.map(String)) },
    ...lists.map((name) => ({ type: "varchar[]" as const, values: questions.map((q) => listed(wanted(q, name))) })),
    ...bounds.map((name) => ({ type: "bigint" as const, values: questions.map((q) => Number(wanted(q, name) ?? 0)) })),
  ]);
  const filters = measure.filter.map(
    (name) =>
      `and (urval."p_${name}" is null or list_contains(${folded(`urval."p_${name}"`)}, sv_vik(cast(bevis."${name}" as varchar))))`,
  );
  const met = Object.entries(measure.minst).map(
    ([name, column]) => `coalesce(bevis."${column}", 0) >= urval."p_${name}"`,
  );
  const counted = measure.raknas.map(
    (name) =>
      `(urval."p_${name}" is null or list_contains(${folded(`urval."p_${name}"`)}, sv_vik(cast(bevis."${name}" as varchar))))`,
  );
  const counts = [...met, ...counted].join(" and ") || "true";
  await db.run(`
    create or replace temp table bevis as
    with sedda as (
      select urval.nr, bevis.rowid as bevisrad, bevis.register, bevis.tid, coalesce(bevis.ar_summerbar, false) as ar_summerbar,
        bevis.datum, bevis.fran, bevis.till, ${serieOf(measure)} as serie, bevis.nyckel, bevis.namnarnyckel, bevis.namnare, bevis.okand, bevis.kallrader, bevis.kallkolumn,
        case when bevis.taljare is not null and not (${counts}) then 0 else bevis.taljare end as taljare,
        case when bevis.skal is null and not (${counts}) then 'uppfyller inte målets urval' else bevis.skal end as skal,
        ${groupOf} is not distinct from urval.gruppvarde as ar_i_grupp,
        bool_or(bevis.tid not in ('aggregat', 'odaterad')) over (partition by urval.nr, bevis.register) as ar_radvis
      from measures.${measure.name} as bevis
      inner join urval on urval.insats_id = bevis.insats_id
      left join staging.part as part on part.insats_id = bevis.insats_id and part.part_id = bevis.part_id
      where (bevis.tid not in ('aggregat', 'odaterad') or ${met.join(" and ") || "true"}) ${filters.join(" ")}
    )
    select * from sedda where tid not in ('aggregat', 'odaterad') or not ar_radvis`);
};

/** Selects a measure's evidence for the questions and says what they stand on. Leaves it for `sums` and `trace`. */
export const ground = async (
  db: Database,
  measure: Measure,
  questions: readonly Question[],
): Promise<Map<number, Ground>> => {
  await select(db, measure, questions);
  const rows = await db.rows<{ nr: number }>("select distinct nr from bevis where tid not in ('aggregat', 'odaterad')");
  const withRows = new Set(rows.map(({ nr }) => nr));
  const counted = await db.rows<{ nr: number }>("select distinct nr from bevis where taljare is not null");
  const withCounts = new Set(counted.map(({ nr }) => nr));
  const totals = await db.rows<{
    nr: number;
    serie: string;
    fran: string;
    till: string;
    ar_summerbar: boolean;
    taljare: string;
    namnare: string;
    okand: string;
  }>(`
    select nr, serie, fran, till, bool_and(ar_summerbar) as ar_summerbar,
      cast(coalesce(sum(taljare), 0) as varchar) as taljare, cast(coalesce(sum(namnare), 0) as varchar) as namnare,
      cast(coalesce(sum(okand), 0) as varchar) as okand
    from bevis where tid = 'aggregat' and ar_i_grupp
    group by nr, serie, fran, till order by nr, serie, fran, till`);
  const found = new Map<number, { has_rows: boolean; has_counts: boolean; totals: Total[] }>(
    questions.map(({ nr }) => [nr, { has_rows: withRows.has(nr), has_counts: withCounts.has(nr), totals: [] }]),
  );
  for (const { nr, taljare, namnare, okand, ...period } of totals) {
    found.get(nr)?.totals.push({
      ...period,
      taljare: fromDecimal(taljare),
      namnare: fromDecimal(namnare),
      okand: fromDecimal(okand),
    });
  }
  return found;
};

export interface Asked {
  readonly nr: number;
  readonly fonster: Fonster;
  /** The row of a result that the lineage belongs to. */
  readonly resultat_id: string;
  /** The periods whose totals the window takes. */
  readonly totals: readonly Total[];
}

/** Whether an evidence row belongs to a window, by how it relates to time. */
const within = `(
  (bevis.tid = 'handelse' and bevis.datum between fonster.fran and fonster.till)
  or (bevis.tid = 'overlapp' and coalesce(bevis.fran, date '0001-01-01') <= fonster.till and coalesce(bevis.till, date '9999-12-31') >= fonster.fran)
  or (bevis.tid = 'forfaller' and (fonster.ar_hela or bevis.datum between fonster.fran and fonster.till))
  or (bevis.tid = 'odaterad' and fonster.ar_hela)
  or (bevis.tid = 'dagar' and bevis.fran <= fonster.pengar_till and bevis.till >= fonster.pengar_fran)
  or (bevis.tid = 'aggregat' and list_contains(fonster.perioder, cast(bevis.fran as varchar) || '/' || cast(bevis.till as varchar) || '/' || bevis.serie)))`;

/**
 * Sums the selected evidence over each window. Leaves the windows for `trace`.
 *
 * Spread evidence (`dagar`) is shared by days over a question's windows and what lies outside them, by largest
 * remainder in whole öre (millionths for other units), so that the windows of one invoice never add to more than it.
 */
export const sums = async (db: Database, measure: Measure, asked: readonly Asked[]): Promise<Sums[]> => {
  await db.run(`create or replace temp table fonster (
    rad integer, nr integer, fran date, till date, pengar_fran date, pengar_till date, ar_hela boolean, perioder varchar[], resultat_id varchar)`);
  const column = (
    type: AppendType,
    of: (one: Asked, i: number) => AppendValue,
  ): { type: AppendType; values: AppendValue[] } => ({
    type,
    values: asked.map(of),
  });
  await appendColumns(db, "fonster", [
    column("integer", (_, i) => i),
    column("integer", ({ nr }) => nr),
    column("date", ({ fonster }) => fonster.fran),
    column("date", ({ fonster }) => fonster.till),
    column("date", ({ fonster }) => fonster.pengar.fran),
    column("date", ({ fonster }) => fonster.pengar.till),
    column("boolean", ({ fonster }) => fonster.ar_hela),
    column("varchar[]", ({ totals }) => totals.map(({ fran, till, serie = "" }) => `${fran}/${till}/${serie}`)),
    column("varchar", ({ resultat_id: id }) => id),
  ]);
  const unit = measure.enhet.startsWith("kr") || measure.enhet === "andel" ? 1 : 1_000_000;
  await db.run(`
    create or replace temp table spridd as
    with traff as (
      select fonster.rad, bevis.nr, bevis.bevisrad, cast(coalesce(bevis.taljare, 0) * ${unit} as hugeint) as taljare, cast(coalesce(bevis.namnare, 0) * 1000000 as hugeint) as namnare,
        cast(least(bevis.till, fonster.pengar_till) - greatest(bevis.fran, fonster.pengar_fran) + 1 as hugeint) as dagar,
        cast(bevis.till - bevis.fran + 1 as hugeint) as alla_dagar
      from bevis inner join fonster on fonster.nr = bevis.nr
      where bevis.tid = 'dagar' and bevis.ar_i_grupp and ${within}
    ),
    utanfor as (
      select 2147483647 as rad, nr, bevisrad, any_value(taljare) as taljare, any_value(namnare) as namnare,
        any_value(alla_dagar) - sum(dagar) as dagar, any_value(alla_dagar) as alla_dagar
      from traff group by nr, bevisrad
    ),
    delar as (select * from traff union all select * from utanfor where dagar > 0),
    fordelat as (
      select rad, bevisrad, storsta_rest(taljare, dagar, alla_dagar, row(nr, bevisrad), rad) as taljare,
        storsta_rest(namnare, dagar, alla_dagar, row(nr, bevisrad), rad) as namnare
      from delar
    )
    select rad, bevisrad, cast(taljare as decimal(28, 0)) * ${unit === 1 ? "1" : "0.000001"} as taljare,
      cast(namnare as decimal(28, 0)) * 0.000001 as namnare
    from fordelat where rad <> 2147483647`);
  const found = await db.rows<{
    rad: number;
    taljare: string;
    namnare: string;
    okand: string;
    rader: number;
    kanda: number;
  }>(`
    with traff as (
      select fonster.rad, bevis.bevisrad, bevis.tid, bevis.nyckel, bevis.namnarnyckel, bevis.okand,
        case when bevis.tid = 'dagar' then spridd.taljare else bevis.taljare end as taljare,
        case when bevis.tid = 'dagar' then spridd.namnare else bevis.namnare end as namnare,
        bevis.namnare is not null or bevis.taljare is not null as ar_kand
      from bevis inner join fonster on fonster.nr = bevis.nr
      left join spridd on spridd.rad = fonster.rad and spridd.bevisrad = bevis.bevisrad
      where bevis.ar_i_grupp and ${within}
    )
    select rad,
      cast(coalesce(sum(taljare) filter (nyckel is null), 0) + count(distinct nyckel) filter (taljare > 0) as varchar) as taljare,
      cast(coalesce(sum(namnare) filter (namnarnyckel is null), 0) + count(distinct namnarnyckel) filter (namnare > 0) as varchar) as namnare,
      cast(coalesce(sum(okand) filter (nyckel is null and namnarnyckel is null), 0)
        + count(distinct nyckel) filter (namnarnyckel is null and (taljare > 0 or okand > 0)) - count(distinct nyckel) filter (namnarnyckel is null and taljare > 0)
        + count(distinct namnarnyckel) filter (namnare > 0 or okand > 0) - count(distinct namnarnyckel) filter (namnare > 0) as varchar) as okand,
      count(*) as rader, count(*) filter (ar_kand) as kanda
    from traff group by rad`);
  const nothing: Sums = {
    taljare: fromDecimal("0"),
    namnare: fromDecimal("0"),
    okand: fromDecimal("0"),
    rader: 0,
    kanda: 0,
  };
  const result = asked.map(() => nothing);
  for (const { rad, taljare, namnare, okand, rader, kanda } of found) {
    result[rad] = {
      taljare: fromDecimal(taljare),
      namnare: fromDecimal(namnare),
      okand: fromDecimal(okand),
      rader,
      kanda,
    };
  }
  return result;
};

/** Writes to `results.harkomst` from which rows the last sums come. */
export const trace = (db: Database): Promise<void> =>
  db.run(`
    insert into results.harkomst
    select distinct fonster.resultat_id, kalla.kallrad,
      case when kalla.plats = 1 then bevis.kallkolumn end,
      case when bevis.taljare > 0 or (bevis.taljare < 0 and bevis.tid = 'dagar') then 'raknad'
        when bevis.taljare = 0 and bevis.namnare is null and bevis.tid = 'aggregat' and bevis.skal is null then 'raknad'
        when bevis.namnare > 0 then 'namnare' else 'utesluten' end,
      bevis.skal
    from bevis inner join fonster on fonster.nr = bevis.nr,
      unnest(list_zip(bevis.kallrader, range(1, len(bevis.kallrader) + 1))) as _(par),
      (select par[1] as kallrad, par[2] as plats) as kalla
    where bevis.ar_i_grupp and ${within}`);
