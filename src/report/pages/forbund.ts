/** The page of one förbund: what it pays for, what it has paid, and how those insatser fare. */
import { kronor, spell, things } from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import type { ForbundCharts } from "../charts/index.ts";
import { kostnadsandelarTable } from "../charts/kostnadsandelar.ts";
import { amount, missing, share, totalOf } from "../figures.ts";
import { html } from "../html.ts";
import { forbundPath, insatserOf, type Names } from "../names.ts";
import type { Finansiering, Forbund, Publik } from "../publik.ts";
import { type CellColumn, type Table, tableMarkup, tableOf } from "../table.ts";
import { arsunderlagSection } from "./arsunderlag.ts";
import { bidragSection } from "./bidrag.ts";
import { bristerByOwner, bristerOf } from "./brist.ts";
import { forbundskostnadSection } from "./forbundskostnad.ts";
import { chartMarkup, figureMarkup, insatsLink, listMarkup, type Page, placeText, section } from "./page.ts";
import { vardtyngdSection } from "./vardtyngd.ts";

/** Whether a förbund has been applied to for an insats, and the material has neither a grant nor an invoice. */
export const isOnlyApplied = (
  { finansiering, kostnadsandel: andelar, budgetutfall: budget }: Publik,
  insats: string,
  forbund: string,
): boolean => {
  const own = finansiering.filter(
    ({ insats_id: id, forbund_id: of }) => id === insats && (of === null || of === forbund),
  );
  return (
    own.length > 0 &&
    own.every(({ slag }) => slag === "ansokt") &&
    !andelar.some((row) => row.insats_id === insats && row.dimension === "forbund" && row.id === forbund) &&
    !budget.some(({ insats_id: id, status }) => id === insats && status === "beviljad")
  );
};

/** What stands after the name of an insats that a förbund has only been applied to for. */
export const appliedMark = " (medel har sökts)";

/** What a förbund's insatser are to it: those it pays for, and those it has only been applied to for. */
const rolesText = (paid: number, applied: number): string =>
  [
    paid === 0 ? "" : `Förbundet finansierar ${things(paid, "en insats", "insatser")}.`,
    applied === 0
      ? ""
      : `Medel har ${paid === 0 ? "" : "också "}sökts hos förbundet för ${things(applied, "en insats", "insatser")}, och inget beslut om de medlen finns i underlaget.`,
  ]
    .filter((text) => text !== "")
    .join(" ");

/** Whether all is applied for and nothing decided. */
const isApplication = (rows: readonly Finansiering[]): boolean => rows.every(({ slag }) => slag === "ansokt");

export const finansieringHeading = (rows: readonly Finansiering[]): string =>
  isApplication(rows) ? "Sökta medel" : "Beslut om medel";

/** Decisions about money, with where each stands. `first` names the row: the insats, or the förbund. */
export const finansieringTable = (
  names: Names,
  rows: readonly Finansiering[],
  first: CellColumn<Finansiering>,
): Table =>
  tableOf(
    isApplication(rows) ? "Sökta medel" : "Sökta och beslutade medel",
    rows,
    [
      first,
      { heading: "År", cell: ({ ar }) => (ar === null ? "flera år" : String(ar)) },
      { heading: "Slag", cell: ({ slag }) => (slag === null ? missing : spell(slag)) },
      {
        heading: "Beslutat",
        cell: ({ beslutsdatum: day }) => (day === null ? missing : html`<span class="nb">${day}</span>`),
      },
      { heading: "Belopp", numeric: true, cell: (row) => amount(row.belopp_ore) },
      { heading: "Avtalad andel", numeric: true, cell: ({ andel }) => share(andel) },
      { heading: "Källa", cell: ({ dokument, avsnitt }) => placeText(names, dokument, avsnitt) },
    ],
    undefined,
    (row) => [rowId("finansiering", row)],
  );

/** `rapport/forbund/<forbund_id>.html`. */
export const forbundPage = (publik: Publik, names: Names, forbund: Forbund, charts: ForbundCharts): Page => {
  const { forbund_id: id, namn } = forbund;
  const path = forbundPath(id);
  const insatser = insatserOf(publik, id);
  const invoiced = publik.kostnadsandel.filter((row) => row.dimension === "forbund" && row.id === id);
  const decided = publik.finansiering.filter(({ forbund_id: own }) => own === id);
  const isApplied = (insats: string): boolean => isOnlyApplied(publik, insats, id);
  const applied = insatser.filter(isApplied).length;
  const brister = bristerOf(publik).filter(
    ({ utsaga }) => utsaga.forbund_id === id || insatser.includes(utsaga.insats_id ?? ""),
  );
  return {
    path,
    title: namn,
    main: html`<h1>${namn}</h1>
<p class="ingress">${
      insatser.length === 0
        ? "Förbundet nämns i underlaget men finansierar ingen av insatserna."
        : `${rolesText(insatser.length - applied, applied)} ${
            invoiced.length === 0
              ? "Ingen faktura till förbundet finns i underlaget."
              : `Det har fakturerats ${kronor(totalOf(invoiced))}.`
          }`
    }</p>
${section("Insatser", insatser, () => [
  listMarkup(insatser.map((insats) => [insatsLink(path, names, insats), isApplied(insats) ? appliedMark : undefined])),
  chartMarkup(path, charts.malutfall),
])}${section("Fakturerat", invoiced, () => [
  charts.kostnadsandelar && figureMarkup(path, charts.kostnadsandelar),
  tableMarkup(
    kostnadsandelarTable({
      andelar: publik.kostnadsandel.filter((row) => row.dimension === "forbund" && insatser.includes(row.insats_id)),
      andelarAr: [],
      insatsNamn: names.insats,
      forbundNamn: names.forbund,
    }),
  ),
])}${forbundskostnadSection(publik, names, id)}${bidragSection(publik, id, path, charts)}${arsunderlagSection(publik, names, id)}${vardtyngdSection(publik, id)}${section(
  finansieringHeading(decided),
  decided,
  () =>
    tableMarkup(
      finansieringTable(names, decided, {
        heading: "Insats",
        cell: ({ insats_id: insats }) => insatsLink(path, names, insats),
      }),
    ),
)}${section("Uppgifter om insatserna som inte stämmer", brister, () => bristerByOwner(path, names, brister, "h3"))}`,
  };
};
