/** Protects tables in a file of their own, with no register behind them. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { type Protected, protectTables, type Table } from "./publication/tables.ts";
import { UsageError } from "./schema/errors.ts";

const labels = z.record(z.string(), z.string());
const table = z.object({
  dims: z.array(z.string()).min(1),
  total: z.string().default("Totalt"),
  hierarchies: z.record(z.string(), z.record(z.string(), z.array(z.string()))).default({}),
  cells: z.array(z.object({ keys: labels, value: z.number().min(0).nullable(), primary: z.boolean().optional() })),
  integer: z.boolean().optional(),
});
const file = z.object({ tables: z.array(table) });

/** Whether it is a table of its own and no list of linked ones. */
const isOne = (content: unknown): boolean => typeof content === "object" && content !== null && !("tables" in content);

export interface DiscloseOptions {
  /** The smallest number that is shown, where no cell says that it is primary. */
  readonly threshold?: number | undefined;
  /** How far apart the ends of what is known of a hidden cell are at least. */
  readonly width?: number | undefined;
}

/**
 * Says which cells of one or several linked tables to hide.
 * @throws UsageError they are no tables, or do not add up
 */
export const disclose = (tables: unknown, { threshold = 5, width = 1 }: DiscloseOptions = {}): Protected[] => {
  const read = file.safeParse(isOne(tables) ? { tables: [tables] } : tables);
  if (!read.success) {
    const [{ path = [], message = "" } = {}] = read.error.issues;
    throw new UsageError(
      `no table: ${[path.slice(isOne(tables) ? 2 : 0).join("."), message].filter(Boolean).join(": ")}`,
    );
  }
  // Optional means that it may be left out, not that it is there and undefined.
  const given = read.data.tables.map(
    ({ integer, cells, ...rest }): Table => ({
      ...rest,
      ...(integer === undefined ? {} : { integer }),
      cells: cells.map(({ primary, ...cell }) => ({ ...cell, ...(primary === undefined ? {} : { primary }) })),
    }),
  );
  const found = protectTables(given, threshold, width);
  if (!found) throw new UsageError("the cells do not add up to their totals");
  return found;
};

/** @throws UsageError the file cannot be read, or as disclose */
export const discloseFile = (
  path: string,
  options: DiscloseOptions,
): { readonly isOne: boolean; readonly tables: Protected[] } => {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : "cannot be read"}`);
  }
  return { isOne: isOne(content), tables: disclose(content, options) };
};
