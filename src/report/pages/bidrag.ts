/** What the parties pay in to a förbund, beside what the law lays on each. */
import { listed } from "../../schema/swedish.ts";
import { bidragTable } from "../charts/bidragsandelar.ts";
import type { ForbundCharts } from "../charts/index.ts";
import { type Html, html } from "../html.ts";
import type { Publik } from "../publik.ts";
import { tableMarkup } from "../table.ts";
import { figureMarkup } from "./page.ts";

export const bidragSection = (
  { bidragsandel: bidrag }: Publik,
  forbund: string,
  path: string,
  { bidragsandelar }: ForbundCharts,
): Html | undefined => {
  const rows = bidrag.filter(({ forbund_id: id }) => id === forbund);
  if (rows.length === 0) return undefined;
  const rules = [...new Set(rows.flatMap(({ kalla }) => kalla ?? []))].sort();
  return html`<h2>Parternas bidrag</h2>
${
  rules.length > 0 &&
  html`<p>Försäkringskassans andel gäller även Arbetsförmedlingen, och kommunerna är tillsammans en part. Regel: ${listed(rules)}.</p>\n`
}${bidragsandelar && figureMarkup(path, bidragsandelar)}${tableMarkup(bidragTable(rows))}`;
};
