/** What a förbund enters once a year in Uppföljning Finsam, as far as the deliveries say it. */
import { begun, listed, spell } from "../../schema/swedish.ts";
import { amount } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Arsunderlag, Publik } from "../publik.ts";
import { column, figure, tableFor } from "../table.ts";

const own = ["tilldelade_medel", "eget_kapital", "administration", "insatser", "insats"];

const isEmpty = ({ budget_ore: budget, utfall_ore: outcome }: Arsunderlag): boolean =>
  budget === null && outcome === null;

/** An amount, and whence it is where the förbund does not state it itself. */
const sourced = (ore: number | null, kalla: string | null): string =>
  kalla === null || kalla === "förbundets ekonomi" || kalla === "fakturor" ? amount(ore) : `${amount(ore)} (${kalla})`;

export const arsunderlagSection = ({ arsunderlag }: Publik, names: Names, forbund: string): Html | undefined => {
  const rows = arsunderlag
    .filter(({ forbund_id: id }) => id === forbund)
    .sort((a, b) => a.ar - b.ar || own.indexOf(a.uppgift) - own.indexOf(b.uppgift));
  if (rows.length === 0) return undefined;
  const nameOf = ({ uppgift, id }: Arsunderlag): string =>
    uppgift === "insats" ? names.insats(id) : begun(spell(uppgift));
  const known = rows.filter((row) => !isEmpty(row));
  const unknown = Map.groupBy(rows.filter(isEmpty), nameOf);
  return html`<h2>Underlag till Uppföljning Finsam</h2>
<p>Det som förbundet fyller i varje år, så långt leveranserna säger det. Antalet planerade och faktiska deltagare, kvinnor och män, har utvärderaren.</p>
${tableFor(
  "Årets uppgifter",
  known,
  [
    column("Uppgift", (row) => (row.delas ? `${nameOf(row)} (delas med andra förbund)` : nameOf(row))),
    figure("Budget", (row) => sourced(row.budget_ore, row.budget_kalla)),
    figure("Utfall", (row) => sourced(row.utfall_ore, row.utfall_kalla)),
    column("Saknas", ({ saknas }) => saknas ?? ""),
  ],
  ({ ar }) => String(ar),
)}${
  unknown.size > 0 &&
  html`<p>Uppgift saknas helt: ${listed(
    [...unknown].map(([namn, missing]) => `${namn} ${listed(missing.map(({ ar }) => String(ar)))}`),
  )}.</p>\n`
}`;
};
