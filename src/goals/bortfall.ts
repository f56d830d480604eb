/**
 * Rows that were refused, or whose word for what they are nobody knows, and that may belong to a figure: as far as such a row
 * can be read, it only reaches the questions and windows that it says; what cannot be read reaches all.
 */
import type { Database } from "../db/open.ts";
import type { Gren, Measure } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { fromDecimal, plus, type Rational, zero } from "../schema/rational.ts";
import { quote } from "../schema/reading.ts";
import { groupOf } from "./groups.ts";

/** How far rows in reach could move a figure: a count or sum by so much down and up, a share by so many in its denominator. */
export interface Reach {
  /** How many delivered rows. */
  readonly rader: number;
  /** Null where nobody knows how much. */
  readonly ner: Rational | null;
  readonly upp: Rational | null;
}

export interface Bortfall {
  readonly avvisade: Reach;
  readonly okandaOrd: Reach;
  /** Where the first refused row stands: `faktura.csv, rad 3`. */
  readonly plats: string | null;
}

const none: Reach = { rader: 0, ner: zero, upp: zero };
export const noBortfall: Bortfall = { avvisade: none, okandaOrd: none, plats: null };

export const reachOfBoth = ({ avvisade, okandaOrd }: Bortfall): Reach => {
  const sum = (a: Rational | null, b: Rational | null): Rational | null => (a && b ? plus(a, b) : null);
  return {
    rader: avvisade.rader + okandaOrd.rader,
    ner: sum(avvisade.ner, okandaOrd.ner),
    upp: sum(avvisade.upp, okandaOrd.upp),
  };
};

/** The evidence columns that a question may select or group by. */
const groupColumns = ["part_id", "kon", "alder", "kommun", "forsorjning"];

/** How much one row may add, as SQL: null where nobody knows. */
const sizeOf = (measure: Measure, { tid, belopp }: Gren): string => {
  const isRow = tid === "handelse" || tid === "overlapp" || tid === "forfaller";
  if (measure.slag === "kvot" || tid === "beroende") return "null";
  if (measure.slag === "andel" || belopp === undefined) return isRow ? "1" : "null";
  return `case when list_contains(rad.okanda, '${belopp}') then null else coalesce(try_cast(rad.varden['${belopp}'] as decimal(28, 6)), 0) end`;
};

/** One row per row that may be evidence of a measure by one part of its select, with what it would be selected by. */
const selectOf = (measure: Measure, gren: Gren, columns: readonly string[]): string => {
  const { dataset, tid, dagar, kolumner, kraver, endast } = gren;
  const isKnownBlank = (column: string): string =>
    `not list_contains(rad.okanda, '${column}') and rad.varden['${column}'] is null`;
  // Who has a start that can be read does not end before it.
  const day = (macro: string, column: string, other: string): string =>
    `coalesce(${[column, ...(dataset === "deltagare" ? [other] : [])].map((one) => `${macro}(rad.varden, rad.okanda, '${one}')`).join(", ")})`;
  const needed = tid === "handelse" ? [...kraver, dagar[0]] : kraver;
  const conditions = [
    ...[...new Set(needed)].map((column) => `not (${isKnownBlank(column)})`),
    ...[...endast].map(
      ([column, values]) =>
        `(list_contains(rad.okanda, '${column}') or rad.varden['${column}'] in (${values.map(quote).join(", ")}))`,
    ),
  ];
  const selected = columns.map((name) => {
    const column = kolumner.get(name);
    if (column !== undefined)
      return `rad.varden['${column}'] as "${name}", list_contains(rad.okanda, '${column}') as "${name}_okand"`;
    return `cast(null as varchar) as "${name}", ${tid === "beroende" || kolumner.has(name)} as "${name}_okand"`;
  });
  // What is of a kind that may be a slip counts where no kind is asked for.
  const isCounted = kolumner.has("motestyp")
    ? "rad.skal = 'okanda_ord' and list_contains(rad.okanda, 'motestyp') and rad.varden['motestyp'] is not null"
    : "false";
  return `
    select '${measure.name}' as matt, '${tid}' as tid, ${isCounted} as ar_raknad, rad.rad_id, rad.insats_id, rad.kallrad, rad.tabell_id, rad.skal,
      ${day("tidigast", dagar[0], "startdatum")} as fran, ${day("senast", dagar[1], "slutdatum")} as till, cast(${sizeOf(measure, gren)} as decimal(28, 6)) as storlek${["", ...selected].join(", ")}
    from marts.bortfall as rad
    where rad.dataset = '${dataset}'${conditions.map((condition) => ` and ${condition}`).join("")}`;
};

/** A table that was refused whole: it may hold any row of any dataset. */
const wholeTable = (measure: Measure, columns: readonly string[]): string => `
    select '${measure.name}', 'okand', false, rad.rad_id, rad.insats_id, rad.kallrad, rad.tabell_id, rad.skal, null, null, null${["", ...columns.flatMap(() => ["null", "true"])].join(", ")}
    from marts.bortfall as rad
    where rad.kallrad is null and coalesce(rad.dataset in (${measure.grenar.map(({ dataset }) => quote(dataset)).join(", ")}), true)`;

/**
 * Fills the temporary table `bortfall`: the rows that may belong to each selection of the temporary table `urval`.
 * @param measures those that are asked for
 * @returns whether there are any
 */
export const selectBortfall = async (db: Database, measures: readonly Measure[]): Promise<boolean> => {
  const [found] = await db.rows<{ finns: boolean }>("select count(*) > 0 as finns from marts.bortfall");
  if (!found?.finns || measures.length === 0) return false;
  const filters = [...new Set(measures.flatMap(({ filter }) => filter))];
  const columns = [...new Set([...groupColumns, ...filters])];
  const selects = measures.flatMap((measure) => [
    ...measure.grenar.map((gren) => selectOf(measure, gren, columns)),
    wholeTable(measure, columns),
  ]);
  const isListed = (name: string): string =>
    `(vald."f_${name}" is null or bevis."${name}_okand" or list_contains(vald."f_${name}", sv_vik(bevis."${name}")))`;
  await db.run(`
    create or replace temp table bortfall as
    select vald.nr, bevis.rad_id, bevis.kallrad, bevis.tabell_id, bevis.skal, bevis.tid, bevis.storlek, bevis.fran,
      bevis.till
    from (${selects.join(" union all ")}) as bevis
    inner join urval as vald on vald.matt = bevis.matt and vald.insats_id = bevis.insats_id
    left join staging.part as part on part.insats_id = bevis.insats_id and part.part_id = bevis.part_id
    where (${groupOf} is not distinct from vald.gruppvarde
        or case vald.grupp when 'part' then bevis.part_id_okand when 'huvudman' then bevis.part_id_okand when 'kon' then bevis.kon_okand
          when 'aldersgrupp' then true when 'forsorjning' then true when 'kommun' then bevis.kommun_okand end)
      ${filters.map((name) => `and ${isListed(name)}`).join(" ")}
      ${filters.includes("motestyp") ? "and (not bevis.ar_raknad or vald.f_motestyp is not null)" : ""}`);
  return true;
};

const reaches = `coalesce(bortfall.fran, date '0001-01-01') <= case when bortfall.tid in ('dagar', 'okand') then fonster.pengar_till else fonster.till end
  and coalesce(bortfall.till, date '9999-12-31') >= case when bortfall.tid in ('dagar', 'okand') then fonster.pengar_fran else fonster.fran end
  or (bortfall.tid = 'forfaller' and fonster.ar_hela)`;

/** What reaches each window of the temporary table `fonster`, by its number there. */
export const sumBortfall = async (
  db: Database,
  measureOf: (rad: number) => Measure | undefined,
): Promise<Map<number, Bortfall>> => {
  const rows = await db.rows<{
    rad: number;
    skal: string;
    rader: number;
    ner: string | null;
    upp: string | null;
    plats: string;
  }>(`
    with traff as (
      select fonster.rad, bortfall.rad_id, any_value(bortfall.skal) as skal, any_value(bortfall.kallrad) as kallrad, any_value(bortfall.tabell_id) as tabell_id,
        case when bool_and(bortfall.storlek is not null) then max(bortfall.storlek) end as storlek
      from fonster inner join bortfall on bortfall.nr = fonster.nr
      where ${reaches}
      group by fonster.rad, bortfall.rad_id
    )
    select traff.rad, traff.skal, count(distinct coalesce(traff.kallrad, -traff.tabell_id)) as rader,
      case when bool_and(storlek is not null) then cast(sum(least(storlek, 0)) as varchar) end as ner,
      case when bool_and(storlek is not null) then cast(sum(greatest(storlek, 0)) as varchar) end as upp,
      min(tabell.fil || coalesce(', ' || nullif(tabell.blad, ''), '') || coalesce(', rad ' || rad.rad, '')) as plats
    from traff
    inner join inbox.tabell as tabell on tabell.tabell_id = traff.tabell_id
    left join inbox.rad as rad on rad.kallrad = traff.kallrad
    group by traff.rad, traff.skal`);
  const reachOf = (row: (typeof rows)[number] | undefined): Reach => {
    if (!row) return none;
    const measure = measureOf(row.rad);
    const isCount = measure !== undefined && !isRate(measure) && measure.enhet === "antal";
    const upp = row.upp === null ? null : fromDecimal(row.upp);
    return { rader: row.rader, upp, ner: isCount ? zero : row.ner === null ? null : fromDecimal(row.ner) };
  };
  return new Map(
    [...Map.groupBy(rows, ({ rad }) => rad)].map(([rad, own]) => {
      const refused = own.find(({ skal }) => skal === "avvisade_rader");
      const unknown = own.find(({ skal }) => skal === "okanda_ord");
      return [rad, { avvisade: reachOf(refused), okandaOrd: reachOf(unknown), plats: refused?.plats ?? null }];
    }),
  );
};

/**
 * Adds to the temporary table `harkomst` the refused rows that reach the figures of the temporary table `fragor`, with what
 * is wrong with each.
 */
export const traceBortfall = (db: Database): Promise<void> =>
  db.run(`
    insert into harkomst by name
    select distinct fonster.resultat_id, bortfall.kallrad, avvisning.kolumn, bortfall.tabell_id, 'avvisad' as roll, avvisning.skal
    from fonster inner join bortfall on bortfall.nr = fonster.nr
    inner join checks.avvisning as avvisning on avvisning.tabell_id = bortfall.tabell_id and avvisning.kallrad is not distinct from bortfall.kallrad
    where bortfall.skal = 'avvisade_rader' and (${reaches})`);
