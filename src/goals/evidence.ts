/** Evidence rows of measures, in SQL: selected for questions, known before their windows, and summed over them. */
import { type AppendValue, appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import type { Measure } from "../schema/measures.ts";
import { askedWord } from "../schema/motestyp.ts";
import { fromDecimal, type Rational, zero } from "../schema/rational.ts";
import { groupOf } from "./groups.ts";
import type { Grounds, Total } from "./totals.ts";
import type { Fonster } from "./windows.ts";

export type Parametrar = Readonly<Record<string, string | number | readonly string[]>>;

/** One measure asked of one insats, whole or for one group. */
export interface Selection {
  readonly insats_id: string;
  readonly measure: Measure;
  readonly parametrar: Parametrar;
  /** The evidence column that groups, and its value; neither for the whole. */
  readonly grupp: string;
  readonly gruppvarde: string;
  /** The ages at which a new age group begins, for a question by aldersgrupp. */
  readonly granser: readonly number[];
}

/** A selection with the windows it is asked for, which never overlap. */
export interface Question extends Selection {
  readonly fonster: readonly Fonster[];
  /** Other questions, whose answers bound this one where it has none. */
  readonly bredvid?: readonly Question[];
}

export interface Sums {
  readonly taljare: Rational;
  readonly namnare: Rational;
  readonly okand: Rational;
  /** How many of the unknown have a word that nobody knows: they may count. */
  readonly okant_ord: Rational;
  /** Evidence rows in the window; those whose denominator is known. */
  readonly rader: number;
  readonly kanda: number;
}

export interface Ask {
  /** Which question, and which selection of evidence. */
  readonly fraga: number;
  readonly urval: number;
  readonly fonster: Fonster;
  readonly totals: readonly Total[];
  /** The totals alone are summed, to check the rows. */
  readonly ar_kontroll: boolean;
}

export const nothing: Sums = { taljare: zero, namnare: zero, okand: zero, okant_ord: zero, rader: 0, kanda: 0 };

export const isTotal = "bevis.tid in ('aggregat', 'odaterad')";

const columnsOf = (asked: readonly Measure[], of: (measure: Measure) => readonly string[]): string[] => [
  ...new Set(asked.flatMap(of)),
];

/** What totals are told apart by: each part's, and each of what a goal may ask for, are delivered for their own periods. */
const serieOf = ({ filter }: Measure): string =>
  `[${["part_id", ...filter.filter((name) => name !== "part_id")].map((name) => `coalesce(cast("${name}" as varchar), '')`).join(", ")}]`;

/** The measures whose evidence is in the temporary table `matning` of a database. */
const kept = new WeakMap<Database, ReadonlySet<Measure>>();

/** @param isAsked whether words of a column are asked for: each row's are folded once */
const evidenceOf = (asked: readonly Measure[], isAsked = (_column: string): boolean => true): string[] =>
  asked.map((one) => {
    const words = [
      ...one.filter.filter(isAsked).map((name) => `, sv_vik(cast("${name}" as varchar)) as "v_${name}"`),
      ...one.raknas
        .filter(isAsked)
        .map((name) => `, list_transform("${name}", lambda ord: sv_vik(ord)) as "v_${name}"`),
    ];
    return `select '${one.name}' as matt, ${serieOf(one)} as serie, *${words.join("")} from measures.${one.name}`;
  });

/**
 * A select of the evidence of measures. That of several is read once, whoever asks again; of many rows one measure is asked at a
 * time: it is not kept.
 */
const evidenceFrom = async (
  db: Database,
  asked: readonly Measure[],
  isAsked: (column: string) => boolean,
  isLast: boolean,
): Promise<string> => {
  const before = kept.get(db) ?? new Set();
  const added = asked.filter((one) => !before.has(one));
  const known = before.size > 0 ? ["select * from temp.matning"] : [];
  if (isLast || asked.length < 2) return [...known, ...evidenceOf(added, isAsked)].join(" union all by name ");
  if (added.length > 0) {
    await db.run(
      `create or replace temp table matning as ${[...known, ...evidenceOf(added)].join(" union all by name ")}`,
    );
    kept.set(db, new Set([...before, ...added]));
  }
  return "select * from temp.matning";
};

/** Drops the evidence that is kept of a database. */
export const forgetEvidence = async (db: Database): Promise<void> => {
  kept.delete(db);
  await db.run("drop table if exists temp.matning");
};

/**
 * Fills the temporary table `bevis`: the evidence rows that each selection looks at.
 *
 * A filter leaves other rows out. A bound or a counted value leaves the row in with taljare 0, except totals, which cannot be
 * asked for more than they were counted by, nor for two answers at once that one person may have given.
 * @param isLast nobody asks after this: what is not kept already need not be
 */
export const selectEvidence = async (db: Database, selections: readonly Selection[], isLast = false): Promise<void> => {
  const empty = await db.rows<{ matt: string }>("select matt from measures.tomt_matt");
  const every = [...new Set(selections.map(({ measure }) => measure))];
  const filled = every.filter(({ name }) => !empty.some(({ matt }) => matt === name));
  // Without rows one measure is asked all the same, for the columns.
  const asked = filled.length > 0 ? filled : every.slice(0, 1);
  const columnsIn = (measures: readonly Measure[]): readonly string[][] => [
    columnsOf(measures, ({ filter }) => filter),
    columnsOf(measures, ({ raknas }) => raknas),
    columnsOf(measures, ({ minst }) => Object.values(minst)),
  ];
  // Refused rows may belong to a measure that has no evidence: what it asks for is noted too.
  const [allFilters = [], allCounted = [], allBounds = []] = columnsIn(every);
  const parameterOf = ({ parametrar, measure }: Selection, name: string): Parametrar[string] | undefined =>
    parametrar[name] ?? measure.standard[name];
  const listOf = (one: Selection, names: readonly string[], name: string): string[] | null => {
    const value = names.includes(name) ? parameterOf(one, name) : undefined;
    return value === undefined ? null : [value].flat().map((word) => fold(askedWord(name, String(word))));
  };
  const isAsked = (name: string): boolean =>
    selections.some((one) => listOf(one, [...one.measure.filter, ...one.measure.raknas], name) !== null);
  const [askedFilters = [], askedCounted = [], bounds = []] = columnsIn(asked);
  const [filters, counted] = [askedFilters.filter(isAsked), askedCounted.filter(isAsked)];
  const boundOf = (one: Selection, column: string): AppendValue => {
    const [name] = Object.entries(one.measure.minst).find(([, bounded]) => bounded === column) ?? [];
    return name === undefined ? null : BigInt(Number(parameterOf(one, name) ?? 0));
  };
  const lists = [...allFilters.map((name) => `f_${name}`), ...allCounted.map((name) => `r_${name}`)];
  await db.run(`create or replace temp table urval (nr integer, matt varchar, insats_id varchar, grupp varchar, gruppvarde varchar, granser varchar[], delar bigint
    ${lists.map((name) => `, "${name}" varchar[]`).join("")} ${allBounds.map((name) => `, "m_${name}" bigint`).join("")})`);
  await appendRows(db, "urval", selections, [
    ["integer", (_, i) => i],
    ["varchar", ({ measure }) => measure.name],
    ["varchar", ({ insats_id: insats }) => insats],
    ["varchar", ({ grupp }) => grupp],
    ["varchar", ({ gruppvarde }) => gruppvarde],
    ["varchar[]", ({ granser }) => granser.map(String)],
    // Öre and shares are shared out by days in whole units, other units in millionths.
    ["bigint", ({ measure: { enhet } }) => (enhet.startsWith("kr") || enhet === "andel" ? 1 : 1_000_000)],
    ...allFilters.map((name) => ["varchar[]", (one: Selection) => listOf(one, one.measure.filter, name)] as const),
    ...allCounted.map((name) => ["varchar[]", (one: Selection) => listOf(one, one.measure.raknas, name)] as const),
    ...allBounds.map((name) => ["bigint", (one: Selection) => boundOf(one, name)] as const),
  ]);
  const isListed = (column: string): string =>
    `(vald."f_${column}" is null or list_contains(vald."f_${column}", bevis."v_${column}"))`;
  const isCounted = (column: string): string =>
    `(vald."r_${column}" is null or coalesce(list_has_any(vald."r_${column}", bevis."v_${column}"), false))`;
  const isBound = bounds.map(
    (name) => `(vald."m_${name}" is null or coalesce(bevis."${name}", 0) >= vald."m_${name}")`,
  );
  const isOneOfSeveral = counted
    .map(
      (name) =>
        `and not (coalesce(bevis.ar_flera, false) and coalesce(len(list_distinct(vald."r_${name}")) > 1, false))`,
    )
    .join(" ");
  const counts = [...isBound, ...counted.map(isCounted)].join(" and ") || "true";
  const evidence = await evidenceFrom(db, asked, isAsked, isLast);
  await db.run(`
    create or replace temp table bevis as
    select vald.nr, vald.delar, bevis.register, bevis.tid, coalesce(bevis.ar_summerbar, false) as ar_summerbar, bevis.datum, bevis.fran, bevis.till,
      bevis.serie, bevis.nyckel, bevis.namnarnyckel, bevis.namnare, bevis.okand, bevis.okant_ord, bevis.kallrader, bevis.kallkolumn,
      case when bevis.taljare is not null and not (${counts}) then 0 else bevis.taljare end as taljare,
      case when bevis.skal is null and not (${counts}) then 'uppfyller inte målets urval' else bevis.skal end as skal,
      ${groupOf} is not distinct from vald.gruppvarde as ar_i_grupp,
      vald.grupp = 'kon' and bevis.kon is null and ${isTotal} as ar_for_alla
    from (${evidence}) as bevis
    inner join urval as vald on vald.matt = bevis.matt and vald.insats_id = bevis.insats_id
    left join staging.part as part on part.insats_id = bevis.insats_id and part.part_id = bevis.part_id
    where (not ${isTotal} or (${isBound.join(" and ") || "true"})) ${filters.map((name) => `and ${isListed(name)}`).join(" ")} ${isOneOfSeveral}`);
  if (!selections.some(({ grupp }) => grupp === "kon")) return;
  // A total of all is nobody's of unknown kön in a time when rows say the kön.
  await db.run(`
    update bevis set ar_i_grupp = false
    where ar_for_alla and exists (
      select 1 from bevis as rad
      where rad.nr = bevis.nr and rad.register = bevis.register and rad.tid not in ('aggregat', 'odaterad')
        and coalesce(rad.datum, rad.fran, date '0001-01-01') <= bevis.till and coalesce(rad.datum, rad.till, date '9999-12-31') >= bevis.fran)`);
};

/** Fills the temporary table `fonster`, in the order of the asks. */
export const fillWindows = async (db: Database, asks: readonly Ask[]): Promise<void> => {
  await db.run(`create or replace temp table fonster (rad integer, fraga integer, nr integer, fran date, till date, pengar_fran date, pengar_till date,
    ar_hela boolean, perioder varchar[], ar_kontroll boolean)`);
  await appendRows(db, "fonster", asks, [
    ["integer", (_, i) => i],
    ["integer", ({ fraga }) => fraga],
    ["integer", ({ urval }) => urval],
    ["date", ({ fonster }) => fonster.fran],
    ["date", ({ fonster }) => fonster.till],
    ["date", ({ fonster }) => fonster.pengar.fran],
    ["date", ({ fonster }) => fonster.pengar.till],
    ["boolean", ({ fonster }) => fonster.ar_hela],
    ["varchar[]", ({ totals }) => totals.map(periodOf)],
    ["boolean", ({ ar_kontroll: isControl }) => isControl],
  ]);
};

export const periodOf = ({ fran, till, serie }: Total): string => `${fran}/${till}/${serie}`;

/** Whether an evidence row belongs to a window, by how it relates to time. */
export const within = `case bevis.tid
  when 'handelse' then bevis.datum between fonster.fran and fonster.till
  when 'overlapp' then coalesce(bevis.fran, date '0001-01-01') <= fonster.till and coalesce(bevis.till, date '9999-12-31') >= fonster.fran
  when 'forfaller' then fonster.ar_hela or bevis.datum between fonster.fran and fonster.till
  when 'odaterad' then fonster.ar_hela
  when 'dagar' then bevis.fran <= fonster.pengar_till and bevis.till >= fonster.pengar_fran
  when 'aggregat' then list_contains(fonster.perioder, cast(bevis.fran as varchar) || '/' || cast(bevis.till as varchar) || '/' || array_to_string(bevis.serie, '/'))
  end`;

/** Evidence of a register that came both as totals and as rows. */
const isMixed = (row: string): string =>
  `(${row}.nr, ${row}.register) in (select (nr, register) from bevis group by nr, register having bool_or(${isTotal}) and bool_or(not ${isTotal}))`;

/** Numbers as the database writes them. */
type Written<K extends string> = { readonly [N in K]: string };

const sumsOf = ({ taljare, namnare, okand }: Written<"taljare" | "namnare" | "okand">) => ({
  taljare: fromDecimal(taljare),
  namnare: fromDecimal(namnare),
  okand: fromDecimal(okand),
});

const readTotals = (db: Database) =>
  db.rows<Omit<Total, keyof ReturnType<typeof sumsOf>> & Parameters<typeof sumsOf>[0] & { readonly nr: number }>(`
    with summor as (
      select nr, register, serie, fran, till, ar_i_grupp, bool_and(ar_summerbar) as ar_summerbar,
        cast(coalesce(sum(taljare), 0) as varchar) as taljare, cast(coalesce(sum(namnare), 0) as varchar) as namnare,
        cast(coalesce(sum(okand), 0) as varchar) as okand
      from bevis where tid = 'aggregat'
      group by nr, register, serie, fran, till, ar_i_grupp
    ),
    rader as (
      select distinct nr, register, serie, ar_i_grupp, coalesce(datum, fran, date '0001-01-01') as forsta, coalesce(datum, till, date '9999-12-31') as sista
      from bevis where not ${isTotal} and ${isMixed("bevis")}
    )
    select nr, array_to_string(serie, '/') as serie, fran, till, ar_i_grupp, ar_summerbar, taljare, namnare, okand,
      (nr, register) in (select (nr, register) from rader) as ar_blandad,
      (select bool_or(true) from rader
       where rader.nr = summor.nr and rader.register = summor.register and rader.forsta <= summor.till and rader.sista >= summor.fran
         and (not summor.ar_i_grupp or (rader.ar_i_grupp
           and list_bool_and(list_transform(list_zip(rader.serie, summor.serie), lambda par: par[1] = '' or par[2] = '' or par[1] = par[2]))))
      ) is not null as har_rader
    from summor order by nr, serie, fran, till`);

/** What is known of each selection before its windows, by its number. */
export const readGrounds = async (db: Database): Promise<Map<number, Grounds>> => {
  const known = await db.rows<{
    nr: number;
    har_rader: boolean;
    har_antal: boolean;
    har_summor: boolean;
    fran: string | null;
    till: string | null;
  }>(
    `select nr, bool_or(not ${isTotal}) as har_rader, bool_or(taljare is not null) as har_antal, bool_or(tid = 'aggregat') as har_summor,
       min(coalesce(datum, fran, date '0001-01-01')) filter (not ${isTotal}) as fran, max(coalesce(datum, till, date '9999-12-31')) filter (not ${isTotal}) as till
     from bevis group by nr`,
  );
  const totals = known.some(({ har_summor: hasTotals }) => hasTotals) ? await readTotals(db) : [];
  const of = Map.groupBy(totals, ({ nr }) => nr);
  return new Map(
    known.map(({ nr, har_rader: hasRows, har_antal: hasCounts, fran, till }) => [
      nr,
      {
        rader: fran && till ? { fran, till } : null,
        has_rows: hasRows,
        has_counts: hasCounts,
        totals: (of.get(nr) ?? []).map(({ nr: _, ...total }) => ({ ...total, ...sumsOf(total) })),
      },
    ]),
  );
};

/**
 * The selections of a part or huvudman that some row names, of whatever kind. One that no row names is missing, not 0: a register
 * may hold only what others did.
 */
export const namedGroups = async (db: Database, selections: readonly Selection[]): Promise<Set<number>> => {
  const asked = selections.filter(({ grupp }) => grupp === "part" || grupp === "huvudman");
  if (asked.length === 0) return new Set();
  const rows = [...new Set(asked.map(({ measure }) => measure.name))].map(
    (name) => `select '${name}' as matt, insats_id, part_id from measures.${name} as bevis where not ${isTotal}`,
  );
  const named = await db.rows<{ nr: number }>(`
    select distinct vald.nr from (${rows.join(" union ")}) as bevis
    inner join staging.part as part on part.insats_id = bevis.insats_id and part.part_id = bevis.part_id
    inner join urval as vald on vald.matt = bevis.matt and vald.insats_id = bevis.insats_id
      and vald.gruppvarde = case vald.grupp when 'part' then part.part_id when 'huvudman' then part.huvudman end`);
  return new Set(named.map(({ nr }) => nr));
};

export const windowKey = (fraga: number, { fran }: Fonster): string => `${fraga} ${fran}`;

/** Which windows rows fall in, of a register that came as totals too. */
export const windowsWithRows = async (db: Database, asks: readonly Ask[]): Promise<Set<string>> => {
  if (asks.length === 0) return new Set();
  await fillWindows(db, asks);
  const found = await db.rows<{ rad: number }>(`
    select distinct fonster.rad from fonster inner join bevis on bevis.nr = fonster.nr
    where not ${isTotal} and bevis.ar_i_grupp and ${isMixed("bevis")} and ${within}`);
  return new Set(found.flatMap(({ rad }) => asks.slice(rad, rad + 1).map((ask) => windowKey(ask.fraga, ask.fonster))));
};

/**
 * Sums the selected evidence over each window.
 *
 * Spread evidence (`dagar`) is shared by days over a question's windows and what lies outside them, by largest remainder in
 * whole öre (millionths for other units), so that the windows of one invoice never add to more than it.
 */
export const sumEvidence = async (db: Database, asks: readonly Ask[]): Promise<Sums[]> => {
  await fillWindows(db, asks);
  const found = await db.rows<
    Written<"taljare" | "namnare" | "okand" | "okant_ord"> & Pick<Sums, "rader" | "kanda"> & { readonly rad: number }
  >(`
    with traff as materialized (
      select fonster.rad, fonster.fraga, bevis.rowid as bevisrad, bevis.delar, bevis.tid, bevis.nyckel, bevis.namnarnyckel, bevis.taljare, bevis.namnare,
        bevis.okand, bevis.okant_ord, least(bevis.till, fonster.pengar_till) - greatest(bevis.fran, fonster.pengar_fran) + 1 as dagar, bevis.till - bevis.fran + 1 as alla_dagar
      from bevis inner join fonster on fonster.nr = bevis.nr
      where bevis.ar_i_grupp and ${within}
        ${asks.some((ask) => ask.ar_kontroll) ? `and (not fonster.ar_kontroll or ${isTotal} or not ${isMixed("bevis")})` : ""}
    ),
    -- what lies in one window whole is not shared out
    inne as (
      select rad, fraga, bevisrad, delar, nyckel, namnarnyckel, okand, namnare is not null or taljare is not null as ar_kand,
        cast(coalesce(taljare, 0) * delar as hugeint) as taljare, cast(coalesce(namnare, 0) * 1000000 as hugeint) as namnare,
        cast(dagar as hugeint) as dagar, cast(alla_dagar as hugeint) as alla_dagar
      from traff where tid = 'dagar' and dagar < alla_dagar
    ),
    utanfor as (
      select 2147483647 as rad, fraga, bevisrad, null as delar, null as nyckel, null as namnarnyckel, null as okand, null as ar_kand, any_value(taljare) as taljare, any_value(namnare) as namnare,
        any_value(alla_dagar) - sum(dagar) as dagar, any_value(alla_dagar) as alla_dagar
      from inne group by fraga, bevisrad
    ),
    alla as (select * from inne union all select * from utanfor where dagar > 0),
    spridd as (
      select rad, delar, nyckel, namnarnyckel, okand, ar_kand, storsta_rest(taljare, dagar, alla_dagar, row(fraga, bevisrad), rad) as taljare,
        storsta_rest(namnare, dagar, alla_dagar, row(fraga, bevisrad), rad) as namnare
      from alla
    ),
    raknad as (
      select rad, nyckel, namnarnyckel, okand, okant_ord, taljare, namnare, namnare is not null or taljare is not null as ar_kand
      from traff where tid <> 'dagar' or dagar = alla_dagar
      union all
      select rad, nyckel, namnarnyckel, okand, null, cast(taljare as decimal(28, 0)) * case delar when 1 then 1 else 0.000001 end,
        cast(namnare as decimal(28, 0)) * 0.000001, ar_kand
      from spridd where rad <> 2147483647
    )
    select rad,
      cast(coalesce(sum(taljare) filter (nyckel is null), 0) + count(distinct nyckel) filter (taljare > 0) as varchar) as taljare,
      cast(coalesce(sum(namnare) filter (namnarnyckel is null), 0) + count(distinct namnarnyckel) filter (namnare > 0) as varchar) as namnare,
      cast(coalesce(sum(okand) filter (nyckel is null and namnarnyckel is null), 0)
        + count(distinct nyckel) filter (namnarnyckel is null and (taljare > 0 or okand > 0)) - count(distinct nyckel) filter (namnarnyckel is null and taljare > 0)
        + count(distinct namnarnyckel) filter (namnare > 0 or okand > 0) - count(distinct namnarnyckel) filter (namnare > 0) as varchar) as okand,
      cast(coalesce(sum(okant_ord), 0) as varchar) as okant_ord,
      count(*) as rader, count(*) filter (ar_kand) as kanda
    from raknad group by rad`);
  const sums = asks.map(() => nothing);
  for (const { rad, ...one } of found) sums[rad] = { ...one, ...sumsOf(one), okant_ord: fromDecimal(one.okant_ord) };
  return sums;
};

const keyOf = ({ insats_id: insats, measure, parametrar, grupp, gruppvarde, granser }: Selection): string =>
  JSON.stringify([insats, measure.name, parametrar, grupp, gruppvarde, grupp === "aldersgrupp" ? granser : []]);

/** Selections that several questions ask for are selected once. */
export const selectionsOf = (
  questions: readonly Question[],
): { readonly selections: Selection[]; readonly urval: number[] } => {
  const numbers = new Map<string, number>();
  const selections: Selection[] = [];
  const urval = questions.map((question) => {
    const key = keyOf(question);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, selections.length);
    return selections.push(question) - 1;
  });
  return { selections, urval };
};
