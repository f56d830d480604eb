/** Results as files that evaluators open: JSON, CSV for a Swedish Excel, Parquet, Arrow. Not suppressed: for `internt/`. */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { ofInsats, pagesOf, rowsOf } from "../db/rows.ts";
import { UsageError } from "../schema/errors.ts";
import { type ResultKind, type ResultName, type Row, resultNames, resultOf } from "../schema/results.ts";

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

/**
 * The rows of one result, or those of one insats.
 * @throws UsageError when the run knows no such insats, or the result's rows are not of insatser
 */
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

/** JSON objects of a result's rows. */
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

/** A result's rows as CSV. */
export const asCsv = <N extends ResultName>(name: N, rows: readonly Row<N>[]): string =>
  csvText(
    Object.fromEntries(Object.entries(resultOf(name).columns).map(([column, { kind }]) => [column, kind])),
    rows as readonly Readonly<Record<string, Cell>>[],
  );

/** Writes every result to `folder` in four formats. */
export const writeResults = async (db: Database, folder: string): Promise<void> => {
  const { arrowBytes, arrowTable } = await import("../db/arrow.ts");
  for (const name of resultNames) {
    const [json, csv] = [join(folder, `${name}.json`), join(folder, `${name}.csv`)];
    const tables: ReturnType<typeof arrowTable>[] = [];
    let written = 0;
    for await (const rows of pagesOf(db, name)) {
      // What JSON.stringify and asCsv give of all rows at once.
      const objects = JSON.stringify(asJson(name, rows), null, 1).slice(1, -1).trimEnd();
      appendFileSync(json, `${written === 0 ? "[" : ","}${objects}`);
      const text = asCsv(name, rows);
      appendFileSync(csv, written === 0 ? text : text.slice(text.indexOf("\r\n") + 2));
      tables.push(arrowTable(name, rows));
      written += rows.length;
    }
    appendFileSync(json, written === 0 ? "]\n" : "\n]\n");
    writeFileSync(join(folder, `${name}.arrow`), arrowBytes(tables));
    const path = join(folder, `${name}.parquet`).replaceAll("'", "''");
    await db.run(`copy (from results.${name} order by ${resultOf(name).key.join(", ")}) to '${path}' (format parquet)`);
  }
};
