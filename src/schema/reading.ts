/** The SQL that reads delivered cells, from the declarations: plain forms at once, what else is written by `sql/staging/last.sql`. */
import { type Column, duckType, fold, isSummed, type Kind } from "./columns.ts";
import type { FindingCode } from "./findings.ts";
import type { Dataset, DatasetName } from "./tables.ts";

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What a cell can be read as: a dataset's kinds, and a month, which is its first day. */
export type ReadKind = Kind | "manad";
/** What of a column its reading needs. */
export interface Readable extends Pick<Column, "values" | "fallback" | "reading" | "asksForBlank" | "isNotSummed"> {
  readonly kind: ReadKind;
  readonly required?: boolean | undefined;
  readonly min?: number | undefined;
}

/** DuckDB's type of each. */
export const readType: Readonly<Record<ReadKind, string>> = { ...duckType, manad: "DATE" };

/** The words of a closed list, folded, with the value that each stands for. */
const wordsOf = (values: NonNullable<Column["values"]>): { word: string; written: string; value: string }[] =>
  Object.entries(values).flatMap(([value, others]) =>
    [value, ...others].map((written) => ({ word: fold(written), written: written.toLowerCase(), value })),
  );

/** The value that a written word stands for, whatever its case. */
const wordSql = (cell: string, values: NonNullable<Column["values"]>): string => {
  const words = wordsOf(values);
  const list = (all: readonly string[]): string => `[${all.map(quote).join(", ")}]`;
  const known = words.flatMap(({ word, written }) => [word, written]);
  return `${list(words.flatMap(({ value }) => [value, value]))}[list_position(${list(known)}, lower(${cell}))]`;
};

const letter = "0-9A-Za-z\\x{C0}-\\x{D6}\\x{D8}-\\x{F6}\\x{F8}-\\x{FF}";
const sign = "!-~\\x{A1}-\\x{AC}\\x{AE}-\\x{FF}\\x{2013}\\x{2014}\\x{2018}-\\x{201F}\\x{2026}";
/** Begins with a letter or a digit, ends without a space, and holds nothing that cannot be seen. */
const plainText = `[${letter}]([ ${sign}]*[${sign}])?`;
const spaces = "\u00a0\u202f";

/**
 * What a cell says if it is written in its kind's plainest form, as nearly all cells of a large delivery are; else null.
 * The macros would give the same value of it, some hundred times slower.
 */
export const plainCell = (
  { kind, values, reading }: Pick<Column, "kind" | "values" | "reading">,
  cell: string,
  unit: string,
): string => {
  const fits = (form: string, written = cell): string => `regexp_full_match(${written}, '${form}')`;
  const folded = `translate(lower(${cell}), 'åäö ', 'aao_')`;
  const said = `lower(${cell}) not in ('uppgift saknas', 'vet ej', 'i.u.', 'n/a')`;
  const forms: Readonly<Record<Exclude<Kind, "val" | "ja_nej">, string>> = {
    id: `when ${fits(plainText)} and ${said} then ${cell}`,
    text: `when ${fits(plainText)} and ${said} then ${cell}`,
    kod: `when ${fits("[a-z0-9]+(_[a-z0-9]+)*", folded)} and ${said} then ${reading === "motestyp" ? `sv_motestyp(${folded})` : folded}`,
    heltal: `when ${fits("-?\\d{1,15}")} then cast(${cell} as bigint)`,
    // Of a dot and three digits nobody knows whether they are thousands.
    tal: `when ${fits("-?\\d{1,12}(,\\d{1,6}|\\.\\d{1,2})?")} then cast(replace(${cell}, ',', '.') as decimal(18, 6))`,
    andel: `when ${unit} is null and ${fits("[01](,\\d{1,8}|\\.\\d{1,2})?")} then cast(replace(${cell}, ',', '.') as decimal(18, 10))`,
    kr: `when ${unit} <> 'kr' then null
      when ${fits("-?\\d{1,13}([,.]\\d{1,2})?")} then cast(cast(replace(${cell}, ',', '.') as decimal(18, 2)) * 100 as bigint)
      when ${fits(`-?(\\d{1,13}|\\d{1,3}([ ${spaces}]\\d{3}){1,3})([,.]\\d{1,2})?( ?kr)?`)} then cast(cast(translate(${cell}, ', kr${spaces}', '.') as decimal(18, 2)) * 100 as bigint)`,
    datum: `when ${fits("(19|20)\\d{2}-\\d{2}-\\d{2}")} then try_cast(${cell} as date)`,
    ar: `when ${fits("(19|20)\\d{2}")} then cast(${cell} as integer)`,
  };
  if (kind === "val") return wordSql(cell, values ?? {});
  if (kind === "ja_nej")
    return `cast(${wordSql(cell, { true: ["ja", "j", "x", "1"], false: ["nej", "n", "0"] })} as boolean)`;
  return `case ${forms[kind]} end`;
};

/** A column as a statement knows it: by its dataset, its place in it from 1, and its heading. */
export interface Declared {
  readonly dataset: string;
  readonly nr: number;
  readonly kolumn: string;
  readonly rubrik: string;
  readonly readable: Readable;
  readonly isKey?: boolean;
  /** Whether rows of one key may differ in it. */
  readonly isFree?: boolean;
}

/** Fills the temporary table `deklarerad`: what `sql/staging/last.sql` knows of each column. */
export const declareColumns = (columns: readonly Declared[]): { sql: string; bound: { kolumner: string } } => ({
  sql: `
    create or replace temp table deklarerad as
    select unnest(from_json($kolumner, '[{"dataset": "VARCHAR", "nr": "INTEGER", "kolumn": "VARCHAR", "rubrik": "VARCHAR", "slag": "VARCHAR",
      "ersattning": "VARCHAR", "okand": "VARCHAR", "ar_nyckel": "BOOLEAN", "ar_fri": "BOOLEAN", "ar_krav": "BOOLEAN", "ar_tomt_fynd": "BOOLEAN", "ar_summerad": "BOOLEAN", "minst": "BIGINT", "fran": "INTEGER", "ord": ["VARCHAR"], "ordvarden": ["VARCHAR"], "ordskrivna": ["VARCHAR"]}]'), max_depth := 2)`,
  bound: {
    kolumner: JSON.stringify(
      columns.map(
        ({
          readable,
          readable: { kind, reading, values, fallback, required, min, asksForBlank },
          isKey = false,
          isFree = false,
          ...place
        }) => ({
          ...place,
          slag: reading ?? kind,
          ersattning: fallback,
          okand: Object.keys(values ?? {}).find((value) => value === "okant"),
          ar_nyckel: isKey,
          ar_fri: isFree,
          ar_krav: required ?? false,
          ar_tomt_fynd: asksForBlank ?? false,
          ar_summerad: isSummed(readable),
          minst: min,
          fran: columns.find((one) => one.dataset === place.dataset && one.readable.reading === "fran")?.nr,
          ord: wordsOf(values ?? {}).map(({ word }) => word),
          ordvarden: wordsOf(values ?? {}).map(({ value }) => value),
          ordskrivna: wordsOf(values ?? {}).map(({ written }) => written),
        }),
      ),
    ),
  },
});

/** How a statement names a column's value, and asks whether its cell says nothing. */
export interface Names {
  value(i: number): string;
  isMissing(i: number): string;
}

/** The names in `last`. */
export const lastNames = (kinds: readonly ReadKind[]): Names => ({
  value: (i) => `try_cast(varden[${i + 1}] as ${readType[kinds[i] ?? "text"]})`,
  isMissing: (i) => `saknade[${i + 1}]`,
});

export interface Fault {
  readonly when: string;
  readonly kod: FindingCode;
  /** Where it is: a column's place from 0. */
  readonly column: number;
  /** Whether that cell's text is shown. */
  readonly isShown: boolean;
  readonly detail?: string;
}

/** What can be wrong with one row although each of its cells could be read. */
export const rowFaults = (
  name: DatasetName,
  { columns, oneOf: needed, needs, period, within }: Dataset,
  { value, isMissing }: Names,
): Fault[] => {
  const at = (column: string): number => Object.keys(columns).indexOf(column);
  const heading = (column: string): string => columns[column]?.heading ?? column;
  const list: Fault[] = [];
  if (needed) {
    list.push({
      when: needed.map((column) => isMissing(at(column))).join(" and "),
      kod: "inget_varde",
      column: at(needed[0] ?? ""),
      isShown: false,
      detail: needed.map(heading).join(", "),
    });
  }
  for (const [given, other] of needs ?? []) {
    const when = `${value(at(given))} is not null and ${isMissing(at(other))}`;
    list.push({ when, kod: "kraver_varde", column: at(other), isShown: false, detail: heading(given) });
  }
  if (period) {
    const [from, to] = period.map(at) as [number, number];
    list.push({ when: `${value(to)} < ${value(from)}`, kod: "bakvand_period", column: to, isShown: true });
  }
  if (within) {
    const [less, more] = within;
    const when = `${value(at(less))} > ${value(at(more))}`;
    list.push({ when, kod: "fler_an_alla", column: at(less), isShown: true, detail: heading(more) });
  }
  if (name === "deltagarantal") {
    const [women, men, unknown, all] = ["kvinnor", "man", "okant", "totalt"].map((one) => value(at(one)));
    const parts = `coalesce(${women}, 0) + coalesce(${men}, 0) + coalesce(${unknown}, 0)`;
    list.push({
      when: `${all} < ${parts} or (${women} is not null and ${men} is not null and ${all} <> ${parts})`,
      kod: "delar_stammer_ej",
      column: at("totalt"),
      isShown: true,
    });
  }
  return list;
};

/** Everything that is wrong with the rows of `last`: kallrad, del, tabell_id, rad, positioner, nr, kolumn, varde, kod, detalj. */
export const faultsSql = (
  datasets: readonly { readonly name: DatasetName; readonly faults: readonly Fault[] }[],
): string => {
  const row = "last.kallrad, last.del, last.tabell_id, last.rad, last.positioner";
  const cells = `
    select ${row}, nr, rubrik as kolumn, last.celler[nr] as varde, last.koder[nr] as kod, null as detalj
    from last inner join deklarerad on deklarerad.dataset = last.dataset where last.koder[nr] is not null`;
  const rows = datasets.flatMap(({ name, faults }) =>
    faults.map(
      ({ when, kod, column, isShown, detail }) => `
    select ${row}, nr, rubrik, ${isShown ? "last.celler[nr]" : "null"}, ${quote(kod)}, ${detail === undefined ? "null" : quote(detail)}
    from last inner join deklarerad on deklarerad.dataset = last.dataset where last.dataset = ${quote(name)} and nr = ${column + 1} and (${when})`,
    ),
  );
  return [cells, ...rows].join(" union all ");
};

/** What is odd about the rows of `last` that can be loaded, in the shape of `faultsSql`: once for each text of a table's column, at its first row. */
export const notesSql = `
  select min(last.kallrad) as kallrad, 0 as del, last.tabell_id, arg_min(last.rad, last.kallrad) as rad, arg_min(last.positioner, last.kallrad) as positioner,
    nr, rubrik as kolumn, last.celler[nr] as varde, last.noter[nr] as kod,
    case when last.noter[nr] = 'okant_ord' then coalesce('Menas ' || narmaste_ord(lower(sv_trim(last.celler[nr])), any_value(ordskrivna)) || '? ', '') || 'Antal rader: ' || count(*) || '.'
      when count(*) = 1 then '1 rad' else count(*) || ' rader' end as detalj
  from last inner join deklarerad on deklarerad.dataset = last.dataset where last.noter[nr] is not null
  group by last.tabell_id, nr, rubrik, last.celler[nr], last.noter[nr]`;

/**
 * Reports findings about rows, in the shape of `faultsSql`.
 * @param refused the row that a finding refuses, if it is of a code that does
 */
export const reportSql = (rows: string, refused = "kallrad"): string => `
  insert into checks.fynd
  select tabell_id, ${refused}, rad, cell, kolumn, varde, kod, detalj
  from (select distinct tabell_id, kallrad, rad, nullif(positioner[nr], 0) - 1 as cell, nr, kolumn, varde, kod, detalj from (${rows}))
  order by kallrad, nr, cell, kod`;

/** A row of `last` as its dataset's columns. */
export const lastColumns = (columns: readonly (readonly [name: string, kind: ReadKind])[]): string =>
  columns.map(([name, kind], i) => `cast(varden[${i + 1}] as ${readType[kind]}) as ${name}`).join(", ");
