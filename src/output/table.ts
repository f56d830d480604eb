/** Rows as an aligned table for a terminal. Columns that are empty throughout are left out; long text is cut. */
type Cell = string | number | boolean | null;

const widest = 48;

const shown = (value: Cell, column: string): string => {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? "ja" : "nej";
  if (typeof value === "number") return new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 4 }).format(value);
  const line = value.replace(/\s+/g, " ");
  return line.length > widest && column !== "fil" ? `${line.slice(0, widest - 1)}…` : line;
};

export const textTable = (
  rows: readonly Readonly<Record<string, Cell>>[],
  leaveOut: readonly string[] = [],
): string => {
  const [first] = rows;
  if (!first) return "(no rows)";
  const columns = Object.keys(first).filter(
    (column) => !leaveOut.includes(column) && rows.some((row) => row[column] !== null && row[column] !== ""),
  );
  const cells = rows.map((row) => columns.map((column) => shown(row[column] ?? null, column)));
  const widths = columns.map((column, i) => Math.max(column.length, ...cells.map((line) => line[i]?.length ?? 0)));
  const right = columns.map((column) => rows.every((row) => row[column] === null || typeof row[column] === "number"));
  const line = (parts: readonly string[]): string =>
    parts
      .map((part, i) => (right[i] ? part.padStart(widths[i] ?? 0) : part.padEnd(widths[i] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(columns), widths.map((width) => "-".repeat(width)).join("  "), ...cells.map(line)].join("\n");
};
