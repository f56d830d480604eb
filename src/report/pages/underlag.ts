/** The appendix: what was delivered and read, what was refused, what a goal still needs, and how the report is read. */
import { begun, listed, number, ordText, things } from "../../schema/swedish.ts";
import { withheld } from "../figures.ts";
import { goalsOf, judged } from "../goals.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Leverans, Publik } from "../publik.ts";
import { column, figure, listing, tableFor, tableMarkup, tableOf } from "../table.ts";
import { fyndTable } from "./fynd.ts";
import { readSections } from "./lasta.ts";
import { neededFor } from "./needed.ts";
import { insatsLink, type Page, section } from "./page.ts";

export const underlagPath = "underlag.html";
const path = underlagPath;

/** The goals of one insats that want the same deliveries, as one row. */
const wanting = (publik: Publik, names: Names): Html | undefined => {
  const goals = goalsOf(publik)
    .filter(({ standing }) => !judged.includes(standing))
    .map((goal) => ({ ...goal, needed: neededFor(goal.rows) }))
    .filter(({ needed }) => needed !== "");
  const rows = [...Map.groupBy(goals, ({ mal, needed }) => `${mal.insats_id}\n${needed}`).values()].flatMap((some) =>
    some.slice(0, 1).map(({ mal, needed }) => ({ insats: mal.insats_id, needed, some })),
  );
  return section(
    "Uppgifter som saknas",
    rows.length > 0 && [
      html`<p>Med dessa uppgifter, eller ett beslut om att målet inte ska följas, går målen att bedöma.</p>\n`,
      tableFor("Uppgifter som behöver lämnas, och målen som väntar på dem", rows, [
        column("Insats", ({ insats }) => insatsLink(path, names, insats)),
        column("Uppgifter som behövs", ({ needed }) => begun(needed)),
        column("Mål", ({ some }) => some.map(({ mal }) => mal.text).join("; ")),
      ]),
    ],
  );
};

const rejected = ({ datakvalitet: fynd, okopplade }: Publik): Html => {
  const lost = okopplade.reduce((sum, { avvisade }) => sum + avvisade, 0);
  const unplaced =
    lost > 0 &&
    html`<p>${begun(things(lost, "en avvisad rad", "avvisade rader"))} säger inte vilken insats ${lost === 1 ? "den" : "de"} hör till, och räknas inte in i någon: ${listed(okopplade.map(({ fil, avvisade }) => `${fil} (${things(avvisade, "en rad", "rader")})`))}.</p>\n`;
  const errors = fynd.filter(({ allvar }) => allvar === "fel");
  return html`<h2>Rader och filer som har avvisats</h2>
${errors.length === 0 ? html`<p>Ingen rad och ingen fil har avvisats.</p>\n` : tableMarkup(fyndTable("Avvisat, efter fil", errors))}${unplaced}`;
};

export const folderOf = (file: string): string => file.split("/").slice(0, -1).join("/") || ".";

/** Rows together; withheld where that of any delivery is. */
export const sumOf = (rows: readonly Leverans[], column: "rader" | "lasta" | "avvisade" | "overhoppade"): string =>
  rows.some((row) => row[column] === null)
    ? withheld
    : number(rows.reduce((total, row) => total + (row[column] ?? 0), 0));

const deliveries = ({ leveranser, datakvalitet: fynd }: Publik): Html => {
  const folders = [...Map.groupBy(leveranser, ({ fil }) => folderOf(fil)), ["Totalt", leveranser] as const];
  const table = tableOf("Rader i leveranserna", folders, [
    column("Mapp", ([folder]) => folder),
    figure("Filer", ([, rows]) => number(new Set(rows.map(({ fil }) => fil)).size)),
    ...(["rader", "lasta", "avvisade", "overhoppade"] as const).map((which) =>
      figure<(typeof folders)[number]>(begun(ordText(which)), ([folder, rows]) =>
        listing("leverans", rows === leveranser ? [] : [folder], which, sumOf(rows, which)),
      ),
    ),
  ]);
  const warnings = fynd.filter(({ allvar }) => allvar === "varning");
  // Where the number of rows is withheld, so is how many of them have a warning.
  const ofPersons = leveranser.filter(({ ar_dold: isWithheld }) => isWithheld);
  return html`<h2>Leveranser</h2>
<p>Varje rad i varje fil hamnar på ett ställe: den läses, avvisas eller hoppas över. Rubrikrader, tomma rader och summarader hoppas över.</p>
${tableMarkup(table)}${warnings.length > 0 && tableMarkup(fyndTable("Varningar: raderna är lästa, men bör kontrolleras", warnings, new Set(ofPersons.map(({ fil }) => fil))))}`;
};

const guide = html`<h2 id="ord">Så läser du rapporten</h2>
<dl class="ord">
<dt>Uppnått</dt><dd>Alla värden som går att mäta når målet.</dd>
<dt>Delvis uppnått</dt><dd>Minst ett värde når målet och minst ett gör det inte.</dd>
<dt>Ej uppnått</dt><dd>Inget av de värden som går att mäta når målet.</dd>
<dt>Ej mätbart</dt><dd>Inget värde går att bedöma. Skälet står bredvid: till exempel att underlag eller målvärde saknas.</dd>
<dt>..</dt><dd>Värdet finns men visas inte, eftersom det gäller 1–4 personer eller skulle avslöja ett sådant antal. Det betyder inte noll.</dd>
<dt>–</dt><dd>Uppgiften saknas. Det betyder inte noll.</dd>
<dt>Krav</dt><dd>Målet som det gäller för värdets period. Ett mål per år räknas om till den period som värdet avser.</dd>
<dt>Omräknad</dt><dd>Kostnaden som bemanningens rader ger, månad för månad.</dd>
<dt>Stämmer efter avrundning</dt><dd>Uppgiften är lika med det beräknade värdet när det avrundas till lika många decimaler.</dd>
<dt>Avhugget</dt><dd>Uppgiften är lika med det beräknade värdet när decimalerna stryks. Det är inte avrundning.</dd>
<dt>Stämmer ungefär</dt><dd>Uppgiften är så nära det beräknade värdet som dess ord säger: cirka, drygt, hälften.</dd>
<dt>Siffrornas namn</dt><dd>Sist på varje sida står siffrornas namn i resultaten. Kommandot <code>finsam trace</code> följt av namnet visar vilka rader i vilka filer som siffran bygger på.</dd>
</dl>
<p>En förändring från före till efter en insats är ingen effekt av insatsen. Rapporten prövar bara om mål och uppgifter stämmer med underlaget.</p>
`;

export const underlagPage = (publik: Publik, names: Names): Page => ({
  path,
  documents: { kinds: ["xlsx"] },
  title: "Underlag",
  main: html`<h1>Underlag</h1>
<p class="ingress">Vad som har lämnats och lästs, vad som saknas, och hur rapporten läses.</p>
${wanting(publik, names)}${rejected(publik)}${deliveries(publik)}${readSections(publik, names)}${guide}`,
});
