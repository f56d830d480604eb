/** Last known-good output as truth. `UPDATE_GOLDEN=1 npm test` rewrites it, in the commit that says why a number moved. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect } from "vitest";

const folder = join(import.meta.dirname, "golden");

type Cell = string | number | boolean | null;

/** Text that without quotes would be a missing value, a truth value, a number or several cells. */
const ambiguous = /^$|^(true|false)$|^-?\d+(\.\d+)?(e[+-]?\d+)?$|[;"\r\n]/;

const cellText = (cell: Cell): string =>
  typeof cell === "string" && ambiguous.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell ?? "");

/** Rows as CSV that keeps a number apart from its text, and a missing value from an empty text. */
const csvOf = (rows: readonly Readonly<Record<string, Cell>>[]): string => {
  const [first] = rows;
  if (first === undefined) return "(no rows)\n";
  const columns = Object.keys(first);
  const lines = rows.map((row) => {
    expect(Object.keys(row), "every row has the columns of the first").toEqual(columns);
    return Object.values(row).map(cellText);
  });
  return [columns, ...lines].map((cells) => `${cells.join(";")}\n`).join("");
};

/**
 * Compares `text` with the golden file of this name.
 * @throws Error when there is none, unless UPDATE_GOLDEN asks for it to be written
 */
export const expectGolden = (name: string, text: string): void => {
  const path = join(folder, name);
  if (process.env.UPDATE_GOLDEN === "1" && !process.env.CI) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  if (!existsSync(path)) throw new Error(`no golden file: test/golden/${name}; UPDATE_GOLDEN=1 writes it`);
  expect(text, `test/golden/${name}`).toBe(readFileSync(path, "utf8"));
};

/** Compares rows with a golden CSV file: a number that moved is one changed line. */
export const expectGoldenRows = (name: string, rows: readonly Readonly<Record<string, Cell>>[]): void => {
  expectGolden(name, csvOf(rows));
};

/** Compares a picture with a golden SVG file, one element a line. */
export const expectGoldenSvg = (name: string, svg: string): void => {
  expectGolden(name, svg.replaceAll("><", ">\n<"));
};
