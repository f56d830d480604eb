/** Every claim against the data: those that do not hold in full, the others counted. */
import { begun, counted, number, spell, things } from "../../schema/swedish.ts";
import { type Html, html } from "../html.ts";
import { insatsPath, type Names } from "../names.ts";
import type { Publik, Utsaga } from "../publik.ts";
import { type Table, tableMarkup } from "../table.ts";
import { bristerByInsats, bristerOf } from "./brist.ts";
import { linkTo, type Page, placeText } from "./page.ts";

const path = "utsagekontroll.html";
const outcomes = ["stammer", "avrundning", "avviker", "ej_matbart"] as const;

const insatsLink = (names: Names, id: string): Html =>
  html`<a href="${linkTo(path, insatsPath(id))}">${names.insats(id)}</a>`;

const counts = ({ utsagekontroll: utsagor }: Publik, names: Names): Table => {
  const insatser = [...new Set(utsagor.map(({ insats_id: insats }) => insats))];
  const row = (name: Html | string, own: readonly Utsaga[]): { cells: (Html | string)[] } => ({
    cells: [
      name,
      number(own.length),
      ...outcomes.map((outcome) => number(own.filter(({ utfall }) => utfall === outcome).length)),
    ],
  });
  return {
    caption: "Prövade uppgifter efter utfall",
    columns: [
      { heading: "Insats" },
      { heading: "Uppgifter", numeric: true },
      { heading: "Stämmer", numeric: true },
      { heading: "Stämmer efter avrundning", numeric: true },
      { heading: "Stämmer inte", numeric: true },
      { heading: "Går inte att pröva", numeric: true },
    ],
    rows: [
      ...insatser.map((insats) =>
        row(
          insatsLink(names, insats),
          utsagor.filter(({ insats_id: other }) => other === insats),
        ),
      ),
      row("Totalt", utsagor),
    ],
  };
};

const listTable = (names: Names, caption: string, reason: string, rows: readonly Utsaga[]): Table => ({
  caption,
  columns: [{ heading: "Uppgift" }, { heading: reason }, { heading: "Var den står" }],
  rows: rows.map(({ resultat_id: id, insats_id: insats, text, forklaring, citat, dokument, avsnitt }) => ({
    id,
    group: names.insats(insats),
    cells: [text, forklaring, [citat === null ? "" : `”${citat}” `, placeText(names, dokument, avsnitt)]],
  })),
});

const section = (heading: string, table: Table, none: string): Html =>
  html`<h2>${heading}</h2>
${table.rows.length === 0 ? html`<p>${none}</p>\n` : tableMarkup(table)}`;

/** `rapport/utsagekontroll.html`. */
export const utsagekontrollPage = (publik: Publik, names: Names): Page => {
  const { utsagekontroll: utsagor } = publik;
  const of = (outcome: (typeof outcomes)[number]): Utsaga[] => utsagor.filter(({ utfall }) => utfall === outcome);
  const wrong = of("avviker").length;
  const byInsats = bristerOf(publik).sort((a, b) =>
    a.utsaga.insats_id < b.utsaga.insats_id ? -1 : a.utsaga.insats_id > b.utsaga.insats_id ? 1 : 0,
  );
  return {
    path,
    title: "Utsagekontroll",
    main: html`<h1>Utsagekontroll</h1>
<p class="ingress">${begun(things(utsagor.length, "en uppgift", "uppgifter"))} i rapporterna är prövade mot underlaget. ${
      wrong === 0 ? "Ingen av dem är fel." : `${begun(counted(wrong))} stämmer inte.`
    }</p>
<h2>Stämmer inte</h2>
${wrong === 0 ? html`<p>Alla uppgifter som går att pröva stämmer.</p>` : bristerByInsats(path, names, byInsats, "h3")}
<h2>Antal uppgifter</h2>
${tableMarkup(counts(publik, names))}
${section(
  begun(spell("avrundning")),
  listTable(names, "Uppgifter som är lika med det beräknade värdet när det avrundas", "Beräkning", of("avrundning")),
  "Ingen uppgift.",
)}
${section(
  "Går inte att pröva",
  listTable(names, "Uppgifter som inte går att pröva", "Skäl", of("ej_matbart")),
  "Alla uppgifter går att pröva.",
)}`,
  };
};
