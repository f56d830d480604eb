/** The tables of participants of one whole as a page for the evaluator. It has not passed disclosure control. */
import type { Row } from "../../schema/results.ts";
import { begun, dayText, number, percent, periodLabel, respelled } from "../../schema/swedish.ts";
import { tabeller } from "../../schema/tabeller.ts";
import { missing } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { type Table, tableMarkup } from "../table.ts";
import { style } from "../utseende.ts";
import { type About, frame } from "./page.ts";

type Cell = Row<"deltagartabell">;

const kolumner = [
  ["kvinnor", "Kvinnor"],
  ["man", "Män"],
  ["okant", "Okänt kön"],
  ["totalt", "Totalt"],
] as const;
const flowOrder = ["pagaende_vid_start", "nya", "avslutade", "pagaende_vid_slut"];
const momentText: Readonly<Record<string, string>> = { fore: "Före: ", efter: "Efter: ", "": "" };

/** Bands of numbers stand in the order of their numbers, the flow as it runs, the median and its like last. */
const inOrder = new Intl.Collator("sv-SE", { numeric: true });
const compareRows = (a: Cell, b: Cell): number =>
  Number(a.enhet === "dagar") - Number(b.enhet === "dagar") ||
  flowOrder.indexOf(a.rad) - flowOrder.indexOf(b.rad) ||
  inOrder.compare(a.rad, b.rad);

const wordText = (rad: string): string => begun(respelled(rad));

const headingOf = (tabell: string): string =>
  tabell === "flode"
    ? "Flöde"
    : (tabeller.find((one) => one.tabell === tabell)?.rubrik ?? `${wordText(tabell)} (från summor)`);

const numberText = (cell: Cell | undefined): string => {
  if (cell === undefined) return missing;
  if (cell.enhet === "dagar") return cell.varde === null ? missing : number(cell.varde, 1);
  if (cell.antal === null) return missing;
  return cell.kolumn === "totalt" && cell.andel !== null
    ? `${number(cell.antal)} (${percent(cell.andel)})`
    : number(cell.antal);
};

/** Of how many something is known, and what part that is of all. */
const knownText = (all: readonly Cell[], moments: readonly string[]): string =>
  moments
    .flatMap((moment) => {
      const whole = all.find((row) => row.tidpunkt === moment && row.kolumn === "totalt" && row.enhet !== "dagar");
      if (whole === undefined || whole.namnare === null) return [];
      const share = whole.tackningsgrad === null ? "" : `, täckningsgrad ${percent(whole.tackningsgrad)}`;
      return [`${momentText[moment]?.toLowerCase() ?? ""}känt om ${number(whole.namnare)}${share}`];
    })
    .join("; ");

const tableOfPeriods = (tabell: string, all: readonly Cell[]): Table => {
  const moments = ["fore", "efter", ""].filter((moment) => all.some((row) => row.tidpunkt === moment));
  const isTwoSided = moments.length > 1;
  return {
    caption: headingOf(tabell),
    columns: [
      { heading: "" },
      ...moments.flatMap((moment) =>
        kolumner.map(([, heading]) => ({ heading: `${momentText[moment] ?? ""}${heading}`, numeric: true as const })),
      ),
      ...(isTwoSided ? [{ heading: "Förändring, totalt", numeric: true as const }] : []),
    ],
    rows: [...Map.groupBy(all, ({ fran, till }) => `${fran} ${till}`).values()].flatMap((period) => {
      const [first] = period;
      if (first === undefined) return [];
      const known = knownText(period, moments);
      const group = `${periodLabel(first.fran, first.till)}${known === "" ? "" : `: ${known}`}`;
      const cells = new Map(period.map((row) => [`${row.tidpunkt}/${row.rad}/${row.kolumn}`, row]));
      const rows = [...new Map(period.map((row) => [row.rad, row])).values()].sort(compareRows);
      return rows.map(({ rad, enhet }) => ({
        group,
        cells: [
          enhet === "dagar" ? `${wordText(rad)}, dagar` : wordText(rad),
          ...moments.flatMap((moment) =>
            kolumner.map(([kolumn]) => numberText(cells.get(`${moment}/${rad}/${kolumn}`))),
          ),
          ...(isTwoSided ? [changeText(cells.get(`efter/${rad}/totalt`))] : []),
        ],
      }));
    }),
  };
};

const changeText = (cell: Cell | undefined): string =>
  cell?.varde == null ? missing : `${cell.varde > 0 ? "+" : ""}${number(cell.varde)}`;

const notes = (all: readonly Cell[]): string => {
  const refused = Math.max(...all.map(({ ofullstandig }) => ofullstandig));
  return [
    all.some(({ tidpunkt }) => tidpunkt !== "") && "En förändring är ingen effekt.",
    all.some(({ summerar, tabell }) => !summerar && tabell !== "flode") &&
      "En person kan ha flera svar: raderna summerar inte till personer.",
    refused > 0 && `Upp till ${number(refused)} avvisade rader kan höra hit.`,
  ]
    .filter((text) => text !== false)
    .join(" ");
};

const tableSection = ([tabell, all]: readonly [string, readonly Cell[]]): Html =>
  html`<h2>${headingOf(tabell)}</h2>\n${tableMarkup(tableOfPeriods(tabell, all))}<p>${notes(all)}</p>\n`;

/** @param all the rows of one whole */
export const deltagartabellDocument = (namn: string, all: readonly Cell[], about: About): string => {
  const body = html`${about.exempel ? html`<p class="exempel" role="note"><strong>EXEMPEL.</strong> Alla uppgifter är påhittade.</p>\n` : undefined}<main>
<h1>Deltagartabeller: ${namn}</h1>
<p class="ingress"><strong>Intern.</strong> Tabellerna har inte röjandekontrollerats och räknar få personer. Lämna dem inte vidare.</p>
${[...Map.groupBy(all, ({ tabell }) => tabell)].sort(([a], [b]) => place(a) - place(b)).map(tableSection)}</main>
<footer>
<p>Framtagen ${dayText(about.today)}. Saknade uppgifter visas som ”–”. Vad varje tabell räknar, och inte kan säga, står i handboken.</p>
</footer>
`;
  return frame(`Deltagartabeller: ${namn}`, about, style, body);
};

/** The flow first, then as they are declared, then those that nobody declared. */
const place = (tabell: string): number => {
  const at = tabeller.findIndex((one) => one.tabell === tabell);
  return tabell === "flode" ? -1 : at < 0 ? tabeller.length : at;
};
