/** What was read, and where it is shown or why it is not: the declaration of each dataset as a reader meets it. */
import { dayText, listed, number } from "../../schema/swedish.ts";
import { type DatasetName, datasetOf, shownText } from "../../schema/tables.ts";
import { missing } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Publik } from "../publik.ts";
import { column, figure, tableMarkup, tableOf } from "../table.ts";
import { section } from "./page.ts";
import { rowsTable, said } from "./rader.ts";
import { statedSection } from "./rapportens.ts";

/** What a reader calls datasets whose name is the form's. */
const headings: Partial<Readonly<Record<DatasetName, string>>> = {
  leverabel: "Leveranser, beslut och hinder",
  utsaga: "Uppgifter i rapporterna",
  moteantal: "Antal möten",
  mote: "Möten",
};

const spanText = ({ startdatum, slutdatum }: { startdatum: string | null; slutdatum: string | null }): string | null =>
  startdatum === null && slutdatum === null
    ? null
    : listed([
        ...(startdatum === null ? [] : [`från ${dayText(startdatum)}`]),
        ...(slutdatum === null ? [] : [`till ${dayText(slutdatum)}`]),
      ]);

/** Each dataset with how it is shown, and the rows that no insats's page has: documents, förbund, price indices and förbund's own figures. */
export const readSections = (publik: Publik, names: Names): Html => {
  const ofForbund = {
    ...publik,
    uppgift: publik.uppgift.filter(({ insats_id: insats }) => insats === null),
    utsagekontroll: publik.utsagekontroll.filter(({ insats_id: insats }) => insats === null),
  };
  return html`<h2 id="last">Vad som har lästs</h2>
<p>Allt som har lämnats finns på någon sida i rapporten, eller står här med skälet till att det inte gör det.</p>
${tableMarkup(
  tableOf("Lästa rader och hur de visas", publik.last, [
    column("Slag", ({ dataset }) => headings[dataset as DatasetName] ?? datasetOf(dataset as DatasetName).heading),
    figure("Rader", ({ rader }) => (rader === null ? missing : number(rader))),
    column("Hur de visas", ({ dataset }) => shownText(dataset as DatasetName)),
  ]),
)}${section(
  "Dokument",
  rowsTable("kalla", "Rapporter och ansökningar, och deras filer", publik.kalla, [
    column("Dokument", ({ titel }) => titel),
    said("Från", ({ utgivare }) => utgivare),
    said("Datum", ({ datum }) => datum && dayText(datum)),
    column("Fil", ({ dokument }) => dokument),
  ]),
  "dokument",
)}${section(
  "Förbund som nämns",
  rowsTable("forbund", "Förbund som nämns i underlaget", publik.forbund, [
    column("Förbund", ({ namn }) => namn),
    said("Län", ({ lan }) => lan),
    said("Kommuner", ({ kommuner }) => kommuner),
    said("Fanns", spanText),
  ]),
  "forbund",
)}${section(
  "Prisindex",
  rowsTable("prisindex", "Prisindex", publik.prisindex, [
    column("År", ({ ar }) => String(ar)),
    column("Index", ({ serie }) => serie),
    figure("Värde", ({ varde }) => number(varde)),
  ]),
  "prisindex",
  "Kostnader räknas om med det till ett års priser.",
)}${statedSection(ofForbund, names)}`;
};
