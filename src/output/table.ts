/** Rows as an aligned table for a terminal: empty columns are left out, long text stands whole on lines of its own below its row. */
import { number } from "../schema/swedish.ts";

type Cell = string | number | boolean | null;

const widest = 40;

const shown = (value: Cell): string => {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "ja" : "nej";
  if (typeof value === "number") return number(value, 4);
  return value.replace(/\s+/g, " ");
};

/** @param leaveOut columns that a reader at a terminal does not need */
export const textTable = (
  rows: readonly Readonly<Record<string, Cell>>[],
  leaveOut: readonly string[] = [],
): string => {
  const [first] = rows;
  if (!first) return "(no rows)";
  const filled = Object.keys(first).filter(
    (column) => !leaveOut.includes(column) && rows.some((row) => row[column] !== null && row[column] !== ""),
  );
  const textOf = (row: Readonly<Record<string, Cell>>, column: string): string => shown(row[column] ?? null);
  const isLong = (column: string): boolean => rows.some((row) => textOf(row, column).length > widest);
  const long = filled.length > 3 ? filled.filter((column) => column !== "fil" && isLong(column)) : [];
  const columns = filled.filter((column) => !long.includes(column));
  const widths = columns.map((column) => Math.max(column.length, ...rows.map((row) => textOf(row, column).length)));
  const right = columns.map((column) => rows.every((row) => row[column] === null || typeof row[column] === "number"));
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, i) => (right[i] ? part.padStart(widths[i] ?? 0) : part.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  const body = rows.flatMap((row) => [
    line(columns.map((column) => textOf(row, column))),
    ...long
      .map((column) => textOf(row, column))
      .filter((text) => text !== "")
      .map((text) => `    ${text}`),
  ]);
  return [line(columns), widths.map((width) => "-".repeat(width)).join("  "), ...body].join("\n");
};

/** `1 row`, `2 rows`: a number of things as the terminal says it. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;
