/** What the verdicts would be under the other usual definitions: what a reader may ask of every figure of the report. */
import { fragor } from "../../schema/definitionsprov.ts";
import { begun, lowered, things } from "../../schema/swedish.ts";
import { fragaNamn, goalsOf, type Omslagsrad, omslagText, shownProv } from "../charts/omslag.ts";
import type { Chart } from "../charts/picture.ts";
import { html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Publik } from "../publik.ts";
import { column, type Table, tableMarkup, tableOf } from "../table.ts";
import { figureMarkup, type Page, statusMarkup } from "./page.ts";

const path = "definitionsprov.html";

const table = (prov: readonly Omslagsrad[], names: Names): Table =>
  tableOf(
    "Utfall med andra vanliga definitioner",
    goalsOf(prov).flatMap(({ own, others }) =>
      others
        .filter(({ status }) => own.status !== "ej_matbart" || status !== "ej_matbart")
        .map((other) => ({ own, other, resultat_id: other.resultat_id })),
    ),
    [
      column("Mål", ({ own }) => own.text),
      column("Målets utfall", ({ own }) => statusMarkup(own.status)),
      column("Fråga", ({ other }) => fragaNamn(other.fraga)),
      column("Annan definition", ({ other }) => begun(other.definition)),
      column("Utfall då", ({ other }) => (other.utslag === "samma" ? "Samma utfall" : statusMarkup(other.status))),
    ],
    ({ own }) => names.insats(own.insats_id),
  );

export const definitionsprovPage = (publik: Publik, names: Names, chart: Chart | undefined): Page => {
  const prov = shownProv(publik.definitionsprov);
  const hidden = publik.definitionsprov.filter(({ fraga, ar_dold: isHidden }) => fraga === "" && isHidden).length;
  return {
    path,
    documents: { kinds: ["xlsx"] },
    title: "Andra definitioner",
    main: html`<h1>Utfall med andra vanliga definitioner</h1>
<p class="ingress">${prov.length === 0 ? "Inget mål här har en annan vanlig definition." : omslagText(prov)}</p>
<p>Samma mål kan räknas på flera sätt utan att något av dem är fel. En sak ändras i taget: ${fragor.map(({ namn }) => lowered(namn)).join("; ")}.${
      hidden === 0
        ? ""
        : ` ${begun(things(hidden, "ett mål", "mål"))} visas inte, eftersom antalen är så små att personer kan kännas igen.`
    }</p>
${
  prov.length > 0 &&
  html`${chart && figureMarkup(path, chart)}
<h2>Alla prövade definitioner</h2>
<p>Mål som inte går att bedöma med någon av definitionerna är inte med.</p>
${tableMarkup(table(prov, names))}`
}`,
  };
};
