/** The SQL that reads delivered cells, from the declarations: what each kind of column is read by, and what can be wrong. */
import { type Column, duckType, fold, type Kind, storedName } from "./columns.ts";
import type { FindingCode } from "./findings.ts";
import type { Dataset, DatasetName } from "./tables.ts";

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** What a cell can be read as: a dataset's kinds, and a month, which is its first day. */
export type ReadKind = Kind | "manad";
/** What of a column its reading needs. */
export type Readable = Pick<Column, "values" | "fallback"> & { readonly kind: ReadKind };

/** DuckDB's type of each. */
export const readType: Readonly<Record<ReadKind, string>> = { ...duckType, manad: "DATE" };

/** The value that a folded word stands for, looked up: a case would fold the cell anew for each word. */
const wordSql = (folded: string, values: NonNullable<Column["values"]>): string => {
  const pairs = Object.entries(values).flatMap(([value, others]) =>
    [...new Set([value, ...others].map(fold))].map((word) => ({ value, word })),
  );
  const list = (texts: readonly string[]): string => `[${texts.map(quote).join(", ")}]`;
  return `${list(pairs.map(({ value }) => value))}[list_position(${list(pairs.map(({ word }) => word))}, ${folded})]`;
};

/** The expression that reads one column from its cell `c<i>`, whose heading states the unit `u<i>`. */
export const readCell = ({ kind, values, fallback }: Readable, i: number): string => {
  const cell = `c${i}`;
  const read: Readonly<Record<ReadKind, string>> = {
    id: `sv_trim(${cell})`,
    text: `sv_trim(${cell})`,
    kod: `sv_kod(${cell})`,
    val: wordSql(`sv_vik(${cell})`, values ?? {}),
    ja_nej: `sv_ja_nej(${cell})`,
    heltal: `sv_heltal(${cell})`,
    tal: `sv_tal(${cell})`,
    andel: `sv_andel(${cell}, u${i})`,
    kr: `sv_ore(${cell}, u${i})`,
    datum: `sv_datum(${cell})`,
    manad: `sv_manad(${cell})`,
    ar: `sv_ar(${cell})`,
  };
  const missing = fallback === undefined ? "null" : quote(fallback);
  return `case when sv_saknas(${cell}) then ${missing} else ${read[kind]} end`;
};

/** The code for a cell that is filled but was not read. */
const reason = ({ kind }: Readable, i: number): string => {
  const codes: Readonly<Record<ReadKind, string>> = {
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
    manad: quote("ogiltig_manad"),
    ar: quote("ogiltigt_ar"),
  };
  return codes[kind];
};

export interface Fault {
  readonly when: string;
  readonly kod: FindingCode | { readonly sql: string };
  readonly column: number;
  readonly value: string;
  readonly detail?: string;
}

export const faultSql = ({ when, kod, column, value, detail }: Fault): string =>
  `case when ${when} then struct_pack(kolumn := ${column}, kod := ${typeof kod === "string" ? quote(kod) : kod.sql}, ` +
  `varde := cast(${value} as varchar), detalj := ${detail === undefined ? "cast(null as varchar)" : quote(detail)}) end`;

/** What can be wrong with one cell: filled but not read as `value`, or a share that is none. */
export const cellFaults = (declared: Readable, i: number, value: string): Fault[] => {
  const filled: Fault = {
    when: `not sv_saknas(c${i}) and ${value} is null`,
    kod: { sql: reason(declared, i) },
    column: i,
    value: `c${i}`,
    ...(declared.values ? { detail: Object.keys(declared.values).join(", ") } : {}),
  };
  if (declared.kind !== "andel") return [filled];
  return [filled, { when: `${value} not between 0 and 1`, kod: "ogiltig_andel", column: i, value: `c${i}` }];
};

/** Everything that can be wrong with one row by itself. */
export const rowFaults = (name: DatasetName, { columns, oneOf, needs, period }: Dataset): Fault[] => {
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
    list.push(...cellFaults(declared, i, value));
    if (declared.kind !== "andel" && declared.min !== undefined) {
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
