/** What was read, and where it is shown or why it is not: the declaration of each dataset as a reader meets it. */
import { dayText, listed, number } from "../../schema/swedish.ts";
import { type DatasetName, datasetOf } from "../../schema/tables.ts";
import { missing } from "../figures.ts";
import { html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Publik } from "../publik.ts";
import { tableMarkup, tableOf } from "../table.ts";
import type { Page } from "./page.ts";
import { rowsTable, said } from "./rader.ts";
import { statedSection } from "./rapportens.ts";

export const lastaPath = "lasta.html";

/** What a reader calls datasets whose name is the form's. */
const headings: Partial<Readonly<Record<DatasetName, string>>> = {
  leverabel: "Leveranser, beslut och hinder",
  utsaga: "Uppgifter i rapporterna",
  moteantal: "Antal möten",
  mote: "Möten",
};

const shownText = (name: DatasetName): string => {
  const { visas } = datasetOf(name);
  if (visas === "rader") return "Varje rad visas.";
  return "siffror" in visas ? visas.siffror : `Visas inte. ${visas.intern}`;
};

const spanText = ({ startdatum, slutdatum }: { startdatum: string | null; slutdatum: string | null }): string | null =>
  startdatum === null && slutdatum === null
    ? null
    : listed([
        ...(startdatum === null ? [] : [`från ${dayText(startdatum)}`]),
        ...(slutdatum === null ? [] : [`till ${dayText(slutdatum)}`]),
      ]);

/** `rapport/lasta.html`. */
export const lastaPage = (publik: Publik, names: Names): Page => {
  const ofForbund = {
    ...publik,
    uppgift: publik.uppgift.filter(({ insats_id: insats }) => insats === null),
    utsagekontroll: publik.utsagekontroll.filter(({ insats_id: insats }) => insats === null),
  };
  return {
    path: lastaPath,
    title: "Vad som har lästs",
    main: html`<h1>Vad som har lästs</h1>
<p class="ingress">Allt som har lämnats finns på någon sida i rapporten, eller står här med skälet till att det inte gör det.</p>
<h2 id="slag">Slag av uppgifter</h2>
${tableMarkup(
  tableOf("Lästa rader och var de visas", publik.last, [
    {
      heading: "Slag",
      cell: ({ dataset }) => headings[dataset as DatasetName] ?? datasetOf(dataset as DatasetName).heading,
    },
    {
      heading: "Rader",
      numeric: true,
      cell: ({ rader }) => (rader === null ? missing : number(rader)),
    },
    { heading: "Hur de visas", cell: ({ dataset }) => shownText(dataset as DatasetName) },
  ]),
)}
${
  publik.kalla.length === 0
    ? undefined
    : html`<h2 id="dokument">Dokument</h2>
${rowsTable("kalla", "Dokument som uppgifter är hämtade ur", publik.kalla, [
  { heading: "Titel", cell: ({ titel }) => titel },
  said("Utgivare", ({ utgivare }) => utgivare),
  said("Datum", ({ datum }) => datum && dayText(datum)),
])}`
}${
  publik.forbund.length === 0
    ? undefined
    : html`<h2 id="forbund">Förbund</h2>
${rowsTable("forbund", "Förbund som nämns i underlaget", publik.forbund, [
  { heading: "Förbund", cell: ({ namn }) => namn },
  said("Län", ({ lan }) => lan),
  said("Kommuner", ({ kommuner }) => kommuner),
  said("Fanns", spanText),
])}`
}${
  publik.prisindex.length === 0
    ? undefined
    : html`<h2 id="prisindex">Prisindex</h2>
<p>Kostnader räknas om med det till ett års priser.</p>
${rowsTable("prisindex", "Prisindex", publik.prisindex, [
  { heading: "År", cell: ({ ar }) => String(ar) },
  { heading: "Index", cell: ({ serie }) => serie },
  { heading: "Värde", numeric: true, cell: ({ varde }) => number(varde) },
])}`
}${statedSection(ofForbund, names)}`,
  };
};
