/**
 * A long table that a reader narrows down. The script makes the choices from what the table holds: it fetches nothing, works from a
 * file, and without it the whole table stands.
 */
import { type Html, html, raw } from "../html.ts";
import { type Table, tableMarkup } from "../table.ts";
import { filterScript } from "../utseende.ts";

/** @param headings the columns that a reader chooses by */
export const filterMarkup = (
  table: Table,
  headings: readonly string[],
): Html => html`<div class="urval" data-val="${headings.join("|")}">
${tableMarkup(table)}</div>
<script>${raw(filterScript)}</script>
`;
