/** Results as files that evaluators open: JSON, CSV for a Swedish Excel, Parquet, Arrow. Not suppressed: for `internt/`. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { ofInsats, rowsOf } from "../db/rows.ts";
import { UsageError } from "../schema/errors.ts";
import { quote } from "../schema/reading.ts";
import { isKeptInOrder, type ResultKind, type ResultName, type Row, resultNames, resultOf } from "../schema/results.ts";

type Cell = string | number | boolean | null;

const numeric = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** A cell as JSON has it: a mixed column's numbers are numbers there. */
const jsonCell = (kind: ResultKind, value: Cell): Cell =>
  kind === "varde" && typeof value === "string" && numeric.test(value) ? Number(value) : value;

/** No cell may start a formula: a leading sign or @ in delivered text is shown behind an apostrophe, as Excel itself does. */
const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !numeric.test(text) ? `'${text}` : text);

const csvCell = (kind: ResultKind, value: Cell): string => {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "ja" : "nej";
  if (typeof value === "number" || (kind === "varde" && numeric.test(value))) return String(value).replace(".", ",");
  const text = guarded(value);
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** @throws UsageError when the run knows no such insats, or the result's rows are not of insatser */
export const rowsToShow = async <N extends ResultName>(db: Database, name: N, insats?: string): Promise<Row<N>[]> => {
  const { key } = resultOf(name);
  if (insats !== undefined && ofInsats(name) === undefined) {
    throw new UsageError(
      `${name} has no insats, so --insats cannot choose among its rows; each is of one ${key.join(", ")}: choose by these in --csv or --json`,
    );
  }
  const rows = await rowsOf(db, name, insats);
  if (insats === undefined || rows.length > 0) return rows;
  const near = await db.rows<{ insats_id: string }>(
    "select insats_id from marts.insats order by levenshtein(insats_id, cast($insats as varchar)), insats_id limit 3",
    { insats },
  );
  if (near.some(({ insats_id: id }) => id === insats)) return rows;
  throw new UsageError(`${insats}: no such insats; near it: ${near.map(({ insats_id: id }) => id).join(", ")}`);
};

export const asJson = <N extends ResultName>(name: N, rows: readonly Row<N>[]): Record<string, Cell>[] => {
  const columns = Object.entries(resultOf(name).columns);
  return (rows as readonly Readonly<Record<string, Cell>>[]).map((row) =>
    Object.fromEntries(columns.map(([column, { kind }]) => [column, jsonCell(kind, row[column] ?? null)])),
  );
};

/** CSV that opens right in a Swedish Excel: byte order mark, `;`, decimal comma, ja/nej. */
export const csvText = (
  columns: Readonly<Record<string, ResultKind>>,
  rows: readonly Readonly<Record<string, Cell>>[],
): string => {
  const lines = rows.map((row) =>
    Object.entries(columns)
      .map(([column, kind]) => csvCell(kind, row[column] ?? null))
      .join(";"),
  );
  return `\uFEFF${[Object.keys(columns).join(";"), ...lines].join("\r\n")}\r\n`;
};

export const asCsv = <N extends ResultName>(name: N, rows: readonly Row<N>[]): string =>
  csvText(
    Object.fromEntries(Object.entries(resultOf(name).columns).map(([column, { kind }]) => [column, kind])),
    rows as readonly Readonly<Record<string, Cell>>[],
  );

const isNumericSql = (column: string): string => `regexp_full_match(${column}, '-?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?')`;

/** A number as JavaScript writes it. */
const numberSql = (value: string): string => `
  case when ${value} = trunc(${value}) and abs(${value}) < 1e15 then cast(cast(${value} as bigint) as varchar)
    when abs(${value}) < 1e15 then cast(to_json(${value}) as varchar)
    else regexp_replace(regexp_replace(cast(to_json(${value}) as varchar), 'e([0-9])', 'e+\\1'), '[.]0$', '') end`;

/** What jsonCell and JSON.stringify make of a cell, in SQL. */
const jsonSql = (kind: ResultKind, column: string): string => {
  const text = `cast(to_json(cast(${column} as varchar)) as varchar)`;
  if (kind === "text" || kind === "datum") return text;
  if (kind === "tal" || kind === "antal") return numberSql(column);
  if (kind === "varde")
    return `case when ${isNumericSql(column)} then ${numberSql(`try_cast(${column} as double)`)} else ${text} end`;
  return `cast(${column} as varchar)`;
};

/** What csvCell makes of a cell, in SQL. */
const csvSql = (kind: ResultKind, column: string): string => {
  if (kind === "ja_nej") return `case when ${column} then 'ja' when not ${column} then 'nej' end`;
  if (kind === "tal" || kind === "antal") return `replace(${numberSql(column)}, '.', ',')`;
  if (kind !== "text" && kind !== "varde") return `cast(${column} as varchar)`;
  const isFormula = `regexp_matches(${column}, '^[=+@\\t\\r-]') and not ${isNumericSql(column)}`;
  const text = `case when regexp_matches(${column}, '^[=+@\\t\\r-]|[";\\r\\n]') then concat(
    case when regexp_matches(${column}, '[";\\r\\n]') then '"' end, case when ${isFormula} then '''' end,
    case when regexp_matches(${column}, '[";\\r\\n]') then replace(${column}, '"', '""') || '"' else ${column} end) else ${column} end`;
  return kind === "text"
    ? text
    : `case when ${isNumericSql(column)} then replace(${column}, '.', ',') else ${text} end`;
};

/**
 * Writes every result to `folder` in four formats. DuckDB writes the text of many rows, so that they are never held as objects:
 * each format by one thread, all at once. Threads that share one file wait for each other, and wait busily.
 * @param few of so many rows the text is made here: planning the statements that write it costs more
 */
export const writeResults = async (db: Database, folder: string, few = 2_000): Promise<void> => {
  const { writeArrow } = await import("../db/arrow.ts");
  const counts = resultNames.map((name) => `select '${name}' as name, count(*) as antal from results.${name}`);
  const antal = new Map(
    (await db.rows<{ name: string; antal: number }>(counts.join(" union all "))).map((one) => [one.name, one.antal]),
  );
  const [{ threads = 1 } = {}] = await db.rows<{ threads: number }>("select current_setting('threads') as threads");
  for (const name of resultNames) {
    const { key, columns } = resultOf(name);
    const count = antal.get(name) ?? 0;
    const order = isKeptInOrder(name) ? "" : `order by ${key.join(", ")}`;
    const isMany = count > few;
    if (isMany) await db.run(`create or replace table memory.main.sidor as from results.${name} ${order}`);
    const rows = isMany ? "memory.main.sidor" : `(from results.${name} order by ${key.join(", ")})`;
    const fileOf = (ending: string): string => join(folder, `${name}.${ending}`);
    const copyLines = (ending: string, lines: string): string =>
      `copy (${lines}) to ${quote(fileOf(ending))} (format csv, header false, quote '', escape '', delimiter '')`;
    const copyParquet = `copy (from ${rows}) to ${quote(fileOf("parquet"))} (format parquet)`;
    const cells = Object.entries(columns);
    if (!isMany) {
      const own = count === 0 ? [] : await rowsOf(db, name);
      writeFileSync(fileOf("json"), `${JSON.stringify(asJson(name, own), null, 1)}\n`);
      writeFileSync(fileOf("csv"), asCsv(name, own));
      await db.run(copyParquet);
      await writeArrow(db, name, rows, fileOf("arrow"), count, false);
    } else {
      const pairs = cells.map(([column, { kind }]) => `'  "${column}": ', coalesce(${jsonSql(kind, column)}, 'null')`);
      const comma = `case when row_number() over () < ${count} then ',' end`;
      const texts = cells.map(([column, { kind }]) => csvSql(kind, column));
      const json = `select '[' union all select concat(E' {\\n', ${pairs.join(", E',\\n', ")}, E'\\n }', ${comma}) from ${rows} union all select ']'`;
      const csv = `select '${asCsv(name, []).slice(0, -2)}' || E'\\r' union all select concat(${texts.join(", ';', ")}, E'\\r') from ${rows}`;
      await db.run("set threads = 1");
      await Promise.all([
        db.runBeside([copyLines("json", json), copyLines("csv", csv), copyParquet]),
        writeArrow(db, name, rows, fileOf("arrow"), count, true),
      ]);
      await db.run(`set threads = ${threads}`);
    }
  }
  await db.run("drop table if exists memory.main.sidor");
};
