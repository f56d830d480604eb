/** Delivered rows as they are read: one way to show those of any dataset as a table, each with its place. */
import { type DatasetName, rowId } from "../../schema/tables.ts";
import { type Html, html, joined } from "../html.ts";
import type { Names } from "../names.ts";
import { type CellColumn, tableFor } from "../table.ts";
import { placeText } from "./page.ts";

interface Placed {
  readonly dokument: string | null;
  readonly avsnitt: string | null;
}

/** Where each row stands: its section, where all are from one document. */
export const placeColumn = <R extends Placed>(names: Names, rows: readonly Placed[]): CellColumn<R> => {
  const documents = new Set(rows.map(({ dokument }) => dokument));
  const isOne = documents.size === 1;
  const textOf = ({ dokument, avsnitt }: Placed): string =>
    (isOne ? avsnitt : dokument && placeText(names, dokument, avsnitt)) ?? "";
  return {
    heading: isOne ? "Avsnitt" : "Var det står",
    // A line may break after a stroke.
    cell: (row) => joined(textOf(row).split(/(?<=\/)/), html`<wbr>`),
    isFilled: (row) => textOf(row) !== "",
  };
};

/** A column that is left out where no row says anything in it. */
export const said = <R>(heading: string, textOf: (row: R) => string | null): CellColumn<R> => ({
  heading,
  cell: (row) => textOf(row) ?? "",
  isFilled: (row) => (textOf(row) ?? "") !== "",
});

/** Rows of one dataset as a table that says which rows it shows; nothing without rows. */
export const rowsTable = <R extends object>(
  dataset: DatasetName,
  caption: string,
  rows: readonly R[],
  columns: readonly CellColumn<R>[],
  groupOf?: (row: R) => string,
): Html | undefined => tableFor(caption, rows, columns, groupOf, (row) => [rowId(dataset, row)]);
