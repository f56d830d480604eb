/** Which care units carry most, and how sure their order is. */
import { listed, number, spell } from "../../schema/swedish.ts";
import { missing, spanText } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Publik, Vardtyngd } from "../publik.ts";
import { column, figure, tableFor } from "../table.ts";

/** Those without a rank come last, by the best that they can have. */
const order = ({ rang, rang_lag: best }: Vardtyngd): number => (rang === null ? 1e6 + best : rang);

export const vardtyngdSection = ({ vardtyngd, vardtyngdsgrad }: Publik, forbund: string): Html | undefined => {
  const rows = vardtyngd.filter(({ forbund_id: id }) => id === forbund).sort((a, b) => order(a) - order(b));
  if (rows.length === 0) return undefined;
  const grades = vardtyngdsgrad.filter(({ forbund_id: id }) => id === forbund);
  const rules = [...new Map(grades.map((one) => [one.parameter, one])).values()];
  const gradeOf = new Map(grades.map(({ enhet_id: enhet, parameter, grad }) => [`${enhet}/${parameter}`, grad]));
  return html`<h2>Vårdtyngd</h2>
<p>Varje parameter graderas 1–4, och graderna vägs ihop till poäng: ${listed(
    rules.map(
      ({ rubrik, regel, riktning, vikt }) =>
        `${rubrik} (${spell(regel)}${riktning === "fallande" ? ", lågt är tyngst" : ""}, vikt ${number(vikt)})`,
    ),
  )}. Rangen kan flytta så långt som intervallet visar om andra regler eller vikter hade valts. En enhet som saknar en uppgift har inga poäng och ingen rang, bara det intervall den kan ha.</p>
${tableFor("Vårdenheter efter vårdtyngd", rows, [
  column("Enhet", ({ namn, omrade }) => (omrade === null ? namn : `${namn}, ${omrade}`)),
  figure("Rang", ({ rang }) => (rang === null ? missing : String(rang))),
  figure("Med andra regler och vikter", (row) => spanText(row.rang_lag, row.rang_hog, String)),
  figure("Poäng", ({ poang }) => (poang === null ? missing : number(poang))),
  ...rules.map(({ parameter, rubrik }) =>
    figure(rubrik, ({ enhet_id: enhet }: Vardtyngd) => String(gradeOf.get(`${enhet}/${parameter}`) ?? "saknas")),
  ),
])}`;
};
