import { DuckDBDateValue, DuckDBDecimalValue, DuckDBListValue, type DuckDBValue } from "@duckdb/node-api";

/** A value as JSON has it. */
export type Plain = string | number | boolean | null | readonly Plain[];

/**
 * A DuckDB value as JSON has it: dates ISO, decimals as text when they do not fit a number exactly.
 * @throws Error for an integer beyond 2⁵³: it would be shown wrongly, so it is not shown.
 */
export const plain = (value: DuckDBValue): Plain => {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "bigint") {
    if (!Number.isSafeInteger(Number(value))) throw new Error(`integer too large to show exactly: ${value}`);
    return Number(value);
  }
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return Number(value.toString());
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  throw new Error(`no plain form for a value of this kind: ${String(value)}`);
};
