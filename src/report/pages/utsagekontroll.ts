/** Every claim that was tried: those that do not hold in full, then all that hold, with how each was worked out. */
import { begun, counted, number, things } from "../../schema/swedish.ts";
import { html } from "../html.ts";
import { type Names, ownerOf } from "../names.ts";
import type { Publik, Utsaga } from "../publik.ts";
import { column, figure, type Table, tableMarkup, tableOf } from "../table.ts";
import { bristerByOwner, bristerOf, ownerLink } from "./brist.ts";
import { type Page, placeText, section } from "./page.ts";

export const utsagekontrollPath = "utsagekontroll.html";
const path = utsagekontrollPath;

/** Of each outcome its heading, and what its table is called: those that do not hold stand first, without a table. */
const outcomes: Readonly<Record<Utsaga["utfall"], readonly [heading: string, caption: string]>> = {
  avviker: ["Stämmer inte", ""],
  avhugget: ["Avhugget, inte avrundat", "Uppgifter som är det beräknade värdet utan de sista decimalerna"],
  avrundning: ["Stämmer efter avrundning", "Uppgifter som är lika med det beräknade värdet när det avrundas"],
  ungefar: ["Stämmer ungefär", "Uppgifter som stämmer så nära som rapportens ord säger"],
  stammer: ["Stämmer", "Uppgifter som stämmer"],
  beraknad: ["Beräknade tal", "Tal som rapporten inte anger men som följer av det den anger"],
  ej_matbart: ["Går inte att pröva", "Uppgifter som inte går att pröva"],
};

const counts = (utsagor: readonly Utsaga[], names: Names): Table => {
  const some = ["avrundning", "avhugget", "ungefar"] as const;
  const shown = some.filter((outcome) => utsagor.some(({ utfall }) => utfall === outcome));
  const owners = Map.groupBy(utsagor, (utsaga) => ownerOf(names, utsaga).path);
  return tableOf(
    "Prövade uppgifter efter utfall",
    [...owners, ["", utsagor] as const],
    [
      column("Insats", ([to, [first]]) => (to === "" || !first ? "Totalt" : ownerLink(path, names, first))),
      figure("Uppgifter", ([, own]) => number(own.length)),
      ...(["stammer", ...shown, "avviker", "ej_matbart"] as const).map((outcome) =>
        figure(outcomes[outcome][0], ([, own]: readonly [string, readonly Utsaga[]]) =>
          number(own.filter(({ utfall }) => utfall === outcome).length),
        ),
      ),
    ],
  );
};

const listTable = (names: Names, caption: string, reason: string, rows: readonly Utsaga[]): Table => ({
  caption,
  columns: [{ heading: "Uppgift" }, { heading: reason }, { heading: "Var den står" }],
  rows: rows.map(({ resultat_id: id, text, forklaring, citat, dokument, avsnitt, ...utsaga }) => ({
    id,
    group: ownerOf(names, utsaga).namn,
    cells: [text, forklaring, [citat === null ? "" : `”${citat}” `, placeText(names, dokument, avsnitt)]],
  })),
});

export const utsagekontrollPage = (publik: Publik, names: Names): Page => {
  const { utsagekontroll: utsagor } = publik;
  const tried = utsagor.filter(({ utfall }) => utfall !== "beraknad");
  const wrong = utsagor.filter(({ utfall }) => utfall === "avviker").length;
  const brister = [...Map.groupBy(bristerOf(publik), ({ utsaga }) => ownerOf(names, utsaga).path)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => own);
  return {
    path,
    documents: { kinds: ["xlsx"] },
    title: "Kontrollräkning",
    main: html`<h1>Uppgifter som har kontrollräknats</h1>
<p class="ingress">${begun(things(tried.length, "en uppgift", "uppgifter"))} i rapporterna är prövade mot underlaget. ${
      wrong === 0 ? "Ingen av dem är fel." : `${begun(counted(wrong))} stämmer inte.`
    }</p>
<h2>${outcomes.avviker[0]}</h2>
${wrong === 0 ? html`<p>Alla uppgifter som går att pröva stämmer.</p>` : bristerByOwner(path, names, brister)}
<h2>Antal uppgifter</h2>
${tableMarkup(counts(tried, names))}
${Object.entries(outcomes).map(([outcome, [heading, caption]]) => {
  const rows = caption === "" ? [] : utsagor.filter(({ utfall }) => utfall === outcome);
  const reason = outcome === "ej_matbart" ? "Skäl" : "Beräkning";
  return section(heading, rows.length > 0 && [tableMarkup(listTable(names, caption, reason, rows)), "\n"]);
})}`,
  };
};
