/** Tables: a chart's figures and a page's rows are the same kind of thing and are written in one way. */
import { type Html, html, type Part } from "./html.ts";
import { measureMark } from "./pages/grunder.ts";

export interface Column {
  readonly heading: string;
  /** Figures stand to the right, in columns. */
  readonly numeric?: true;
}

export interface TableRow {
  /** What this row and its neighbours with the same words belong to: a heading across the table. */
  readonly group?: string;
  /** The row's `resultat_id`. */
  readonly id?: string;
  /** The delivered rows that it shows. */
  readonly shows?: readonly string[];
  /** The measure that its figures are of. */
  readonly matt?: string;
  /** Whether it adds up other rows. */
  readonly isSum?: true;
  /** One cell per column; the first names the row. */
  readonly cells: readonly Part[];
}

export interface Table {
  readonly caption: string;
  /** The results that its figures are of, where no row names them. */
  readonly grund?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
}

export interface CellColumn<R> extends Column {
  readonly cell: (row: R) => Part;
  /** Whether a row has something to say in the column: one in which no row has is left out. */
  readonly isFilled?: (row: R) => boolean;
}

export const column = <R>(heading: string, cell: (row: R) => Part, isFilled?: (row: R) => boolean): CellColumn<R> => ({
  ...{ heading, cell },
  ...(isFilled && { isFilled }),
});

export const figure: typeof column = (...of) => ({ ...column(...of), numeric: true });

/** A table with a row for each of `rows`, which is named by its `resultat_id` if it has one. */
export const tableOf = <R extends object>(
  caption: string,
  rows: readonly R[],
  all: readonly CellColumn<R>[],
  groupOf?: (row: R) => string,
  showsOf?: (row: R) => readonly string[],
): Table => {
  const columns = all.filter(({ isFilled }) => !isFilled || rows.some(isFilled));
  return {
    caption,
    columns,
    rows: rows.map((row) => ({
      ...(groupOf && { group: groupOf(row) }),
      ...(showsOf && { shows: showsOf(row) }),
      ...("resultat_id" in row && { id: String(row.resultat_id) }),
      ...("matt" in row && typeof row.matt === "string" && { matt: row.matt }),
      cells: columns.map(({ cell }) => cell(row)),
    })),
  };
};

/** A figure's name in the results, which no reader sees where it stands: the page lists them last, for `finsam trace`. */
export const traceId = (id: string): Html => html`<span data-resultat="${id}"></span>`;

/** A figure that stands elsewhere than in its own row: where nothing is hidden it opens the rows that it was made of. */
export const traced = (id: string, text: string): Part =>
  /\d/.test(text) && id !== "" ? html`<span data-siffra="${id}">${text}</span>` : text;

/**
 * A count of rows, where they are not listed beside it: where nothing is hidden it opens the list of them.
 * @param of the insatser whose rows they are, or the folder; none: all
 * @param which those of them that are counted
 */
export const listing = (
  kind: "mal" | "varde" | "avviker" | "leverans",
  of: readonly string[],
  which: string,
  text: string,
): Html => html`<span data-lista="${[kind, which, ...of].map(encodeURIComponent).join(",")}">${text}</span>`;

const numericClass = ({ numeric }: Column): Html => (numeric ? html` class="tal"` : html``);

/** Says of an element which delivered rows it shows: what a test counts. */
export const showsMarkup = (ids: readonly string[] | undefined): Html | undefined =>
  ids && ids.length > 0 ? html` data-rad="${ids.join(" ")}"` : undefined;

const rowMarkup = ({ columns }: Table, { group, id, shows, matt, isSum, cells }: TableRow): Html => {
  const [first, ...rest] = columns;
  if (!first) return html``;
  return html`<tr role="row"${isSum ? html` class="summa"` : undefined}${id !== undefined && html` data-resultat="${id}"`}${showsMarkup(shows)}><th scope="row" role="rowheader" data-rubrik="${first.heading}">${cells[0]}${group === undefined && matt !== undefined ? measureMark([matt]) : undefined}</th>${rest.map(
    (column, i) =>
      html`<td role="cell" data-rubrik="${column.heading}"${numericClass(column)}><span>${cells[i + 1]}</span></td>`,
  )}</tr>
`;
};

/** Rows in runs of the same group. */
const groupsOf = (rows: readonly TableRow[]): TableRow[][] => {
  const groups: TableRow[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last && last[0]?.group === row.group) last.push(row);
    else groups.push([row]);
  }
  return groups;
};

const groupMarkup = (table: Table, rows: readonly TableRow[]): Html => {
  const group = rows[0]?.group;
  const heading =
    group !== undefined &&
    html`<tr role="row" class="grupp"><th scope="rowgroup" role="rowheader" colspan="${String(table.columns.length)}">${group}${measureMark(rows.flatMap(({ matt }) => matt ?? []))}</th></tr>\n`;
  return html`<tbody role="rowgroup">
${heading}${rows.map((row) => rowMarkup(table, row))}</tbody>
`;
};

/**
 * A table with caption and scopes. On a narrow screen every row becomes a block with its headings beside the values;
 * the roles are written out because such a layout takes them away in some browsers.
 */
export const tableMarkup = (
  table: Table,
): Html => html`<table role="table"${table.grund && html` data-grund="${table.grund}"`}>
<caption>${table.caption}</caption>
<thead role="rowgroup"><tr role="row">${table.columns.map((column) => html`<th scope="col" role="columnheader"${numericClass(column)}>${column.heading}</th>`)}</tr></thead>
${groupsOf(table.rows).map((rows) => groupMarkup(table, rows))}</table>
`;

/** A table of rows; nothing without rows. */
export const tableFor = <R extends object>(...of: Parameters<typeof tableOf<R>>): Html | undefined =>
  of[1].length === 0 ? undefined : tableMarkup(tableOf(...of));
