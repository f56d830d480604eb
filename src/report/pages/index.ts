/** The first page: what does not hold, what needs a decision, then the overview. */
import { begun, counted, kronor, listed, number, spell, things } from "../../schema/swedish.ts";
import { hasBudget } from "../charts/budget.ts";
import { postNamn } from "../charts/index.ts";
import { verdicts } from "../charts/palette.ts";
import type { Chart } from "../charts/picture.ts";
import { amount, missing, periodMarkup, signedAmount, totalOf, withheld } from "../figures.ts";
import { type Html, html, joined, type Part } from "../html.ts";
import type { Names } from "../names.ts";
import type { Budget, Insats, Leverans, Mal, Publik } from "../publik.ts";
import { tableMarkup, tableOf } from "../table.ts";
import { andringarPath, changedSentence } from "./andringar.ts";
import { bristerByOwner, bristerOf, isReportedMet } from "./brist.ts";
import { appliedMark, insatserOf, isOnlyApplied } from "./forbund.ts";
import { fyndTable } from "./fynd.ts";
import { figureMarkup, forbundLink, insatsLink, linkTo, listMarkup, type Page } from "./page.ts";
import { neededFor } from "./underlag.ts";

const path = "index.html";

const wrong = (publik: Publik, names: Names): Html => {
  const brister = bristerOf(publik);
  const met = brister.filter(isReportedMet);
  const others = brister.filter((brist) => !isReportedMet(brist));
  const items = (some: typeof brister): Html => bristerByOwner(path, names, some, "h4");
  if (brister.length === 0) return html`<p>Alla uppgifter som går att pröva stämmer med underlaget.</p>\n`;
  return html`<p>${begun(things(brister.length, "en uppgift", "uppgifter"))} i rapporterna stämmer inte med underlaget. ${
    met.length === 0
      ? `${brister.length === 1 ? "Den gäller inte" : "Ingen av dem gäller"} ett mål som rapporten svarar ja på.`
      : brister.length === 1
        ? "Den gäller ett mål som rapporten svarar ja på."
        : `${begun(counted(met.length))} av dem gäller mål som rapporten svarar ja på.`
  }</p>
${met.length > 0 ? html`<h3>Rapporten svarar ja, men målet är ej uppnått eller delvis uppnått</h3>\n${items(met)}` : undefined}${
  others.length > 0 ? html`<h3>Andra uppgifter som inte stämmer</h3>\n${items(others)}` : undefined
}`;
};

const untested = (publik: Publik, names: Names): Html => {
  const rows = publik.malsammanfattning
    .filter(({ status, rapporterat }) => status === "ej_matbart" && rapporterat === "ja")
    .map((mal) => ({
      ...mal,
      needed: neededFor(
        publik.maluppfyllelse.filter((rad) => rad.insats_id === mal.insats_id && rad.mal_id === mal.mal_id),
      ),
    }))
    .filter(({ needed }) => needed !== "");
  const table = tableOf("Uppgifter som behöver lämnas, eller ett beslut om att målet inte ska följas", rows, [
    { heading: "Mål", cell: ({ text }) => text },
    { heading: "Insats", cell: ({ insats_id: id }) => insatsLink(path, names, id) },
    { heading: "Uppgifter som behövs", cell: ({ needed }) => begun(needed) },
  ]);
  return html`<h3>Mål som rapporten svarar ja på, men som inte går att pröva</h3>
${rows.length === 0 ? html`<p>Inget mål.</p>\n` : tableMarkup(table)}`;
};

/** Years with invoices and no budget at all: there it is the budget that is missing, not an explanation. */
const missingBudgets = (
  { kostnadsandel_ar: andelarAr, budgetutfall: budget }: Publik,
  names: Names,
): Html | undefined => {
  const rows = andelarAr.filter(
    (row) => row.dimension === "insats" && row.belopp_ore !== null && !hasBudget(budget, row),
  );
  return rows.length === 0
    ? undefined
    : html`<h3>Budgetar som behöver lämnas</h3>
<p>Utan budget har det fakturerade inget att jämföras med.</p>
${listMarkup(
  rows.map(
    ({ insats_id: insats, ar, belopp_ore: ore }) =>
      html`${insatsLink(path, names, insats)}: ingen budget för ${String(ar)} finns i underlaget. Fakturerat är ${amount(ore)}.`,
  ),
)}`;
};

const whyDecide = ({ budget_ore: budget, omraknad_ore: omraknad, utfall_ore: utfall, ...row }: Budget): string[] => [
  ...(row.kraver_forklaring && budget === null ? ["Fakturerat utan budget: en förklaring krävs."] : []),
  ...(row.kraver_forklaring && budget !== null && utfall !== null
    ? [`Fakturerat skiljer sig ${signedAmount(utfall - budget)} från budgeten: en förklaring krävs.`]
    : []),
  ...(budget !== null && omraknad !== null && omraknad !== budget
    ? [`Bemanningen ger ${signedAmount(omraknad - budget)} jämfört med budgeten: vilket belopp gäller?`]
    : []),
  ...(budget !== null && omraknad === null && row.forklaring !== null
    ? ["Bemanningen anger ingen kostnad för året."]
    : []),
];

const budgetDecisions = ({ budgetutfall: budget }: Publik, names: Names): Html => {
  const rows = budget
    .filter((row) => hasBudget(budget, row))
    .map((row) => ({ ...row, why: whyDecide(row).join(" ") }))
    .filter(({ why }) => why !== "");
  const table = tableOf("Budgetposter där beloppen skiljer sig", rows, [
    {
      heading: "Insats och post",
      cell: (row) => [insatsLink(path, names, row.insats_id), `: ${postNamn(names, row)}`],
    },
    { heading: "År", numeric: true, cell: ({ ar }) => String(ar) },
    { heading: "Budget", numeric: true, cell: (row) => amount(row.budget_ore) },
    { heading: "Omräknad", numeric: true, cell: (row) => amount(row.omraknad_ore) },
    { heading: "Fakturerat", numeric: true, cell: (row) => amount(row.utfall_ore) },
    {
      heading: "Vad som behöver beslutas",
      cell: ({ why, forklaring }) => (forklaring === null ? why : `${why} ${forklaring}`),
    },
  ]);
  return html`<h3>Budgetposter att förklara eller rätta</h3>
${rows.length === 0 ? html`<p>Ingen budgetpost.</p>\n` : tableMarkup(table)}`;
};

const rejected = ({ datakvalitet: fynd, okopplade }: Publik): Html => {
  const lost = okopplade.reduce((sum, { avvisade }) => sum + avvisade, 0);
  const unplaced =
    lost === 0
      ? undefined
      : html`<p>${begun(things(lost, "en avvisad rad", "avvisade rader"))} säger inte vilken insats ${lost === 1 ? "den" : "de"} hör till, och räknas inte in i någon: ${listed(okopplade.map(({ fil, avvisade }) => `${fil} (${things(avvisade, "en rad", "rader")})`))}.</p>\n`;
  const errors = fynd.filter(({ allvar }) => allvar === "fel");
  return html`<h3>Rader och filer som har avvisats</h3>
${errors.length === 0 ? html`<p>Ingen rad och ingen fil har avvisats.</p>\n` : tableMarkup(fyndTable("Avvisat, efter fil", errors))}${unplaced}`;
};

const periodCell = ({ startdatum, slutdatum }: Insats): Html | string => {
  if (startdatum !== null && slutdatum !== null) return periodMarkup(startdatum, slutdatum);
  if (startdatum === null && slutdatum === null) return missing;
  return startdatum === null ? `till ${slutdatum}` : `från ${startdatum}`;
};

/** Whether there is anything to say of it: a goal or a claim. */
const isExamined =
  ({ malsammanfattning: mal, utsagekontroll: utsagor }: Publik) =>
  ({ insats_id: id }: Insats): boolean =>
    [...mal, ...utsagor].some(({ insats_id: other }) => other === id);

/** What the material names besides what the table above has. */
const mentioned = (what: string, links: readonly Html[]): Html | undefined =>
  links.length === 0 ? undefined : html`<p>I underlaget nämns också ${what}: ${joined(links, ", ")}.</p>\n`;

const overview = (publik: Publik, names: Names, chart: Chart | undefined): Html => {
  const rows = publik.insats.filter(isExamined(publik)).map((insats) => {
    const isOwn = (row: { readonly insats_id: string | null }): boolean => row.insats_id === insats.insats_id;
    const wrongClaims = publik.utsagekontroll.filter((row) => isOwn(row) && row.utfall === "avviker");
    return { insats, mal: publik.malsammanfattning.filter(isOwn), wrongClaims };
  });
  const table = tableOf("Insatserna", rows, [
    { heading: "Insats", cell: ({ insats }) => insatsLink(path, names, insats.insats_id) },
    { heading: "Period", cell: ({ insats }) => periodCell(insats) },
    { heading: "Mål", numeric: true, cell: ({ mal }) => number(mal.length) },
    ...verdicts
      .filter((verdict) => verdict !== "dolt" || publik.malsammanfattning.some(({ status }) => status === verdict))
      .map((verdict) => ({
        heading: begun(spell(verdict)),
        numeric: true as const,
        cell: ({ mal }: { readonly mal: readonly Mal[] }) =>
          number(mal.filter(({ status }) => status === verdict).length),
      })),
    { heading: "Uppgifter som inte stämmer", numeric: true, cell: ({ wrongClaims }) => number(wrongClaims.length) },
  ]);
  const others = publik.insats
    .filter((insats) => !isExamined(publik)(insats))
    .map(({ insats_id: id }) => insatsLink(path, names, id));
  return html`${chart && figureMarkup(path, chart)}${tableMarkup(table)}${mentioned("insatser utan mål och uppgifter att pröva", others)}`;
};

const forbundOverview = (publik: Publik, names: Names): Html => {
  const paying = publik.forbund.map(({ forbund_id: id }) => ({ id, insatser: insatserOf(publik, id) }));
  const active = paying.filter(({ insatser }) => insatser.length > 0);
  const others = paying.filter(({ insatser }) => insatser.length === 0).map(({ id }) => forbundLink(path, names, id));
  const invoiced = (forbund: string): string => {
    const own = publik.kostnadsandel.filter((row) => row.dimension === "forbund" && row.id === forbund);
    return own.length === 0 ? `${missing} ingen faktura i underlaget` : kronor(totalOf(own));
  };
  const linked = (forbund: string, insats: string): Part => [
    insatsLink(path, names, insats),
    isOnlyApplied(publik, insats, forbund) ? appliedMark : undefined,
  ];
  const table = tableOf("Förbunden och vad de har fakturerats", active, [
    { heading: "Förbund", cell: ({ id }) => forbundLink(path, names, id) },
    {
      heading: "Insatser",
      cell: ({ id, insatser }) =>
        joined(
          insatser.map((insats) => linked(id, insats)),
          "; ",
        ),
    },
    { heading: "Fakturerat", numeric: true, cell: ({ id }) => invoiced(id) },
  ]);
  return html`${active.length > 0 ? tableMarkup(table) : html`<p>Inget förbund finns i underlaget.</p>\n`}${mentioned("förbund som inte finansierar någon av insatserna", others)}`;
};

const folderOf = (file: string): string => file.split("/").slice(0, -1).join("/") || ".";

const sum = (rows: readonly Leverans[], column: "rader" | "lasta" | "avvisade" | "overhoppade"): string =>
  rows.some((row) => row[column] === null)
    ? withheld
    : number(rows.reduce((total, row) => total + (row[column] ?? 0), 0));

const deliveries = ({ leveranser, datakvalitet: fynd }: Publik): Html => {
  const folders = [...Map.groupBy(leveranser, ({ fil }) => folderOf(fil)), ["Totalt", leveranser] as const];
  const table = tableOf("Rader i leveranserna", folders, [
    { heading: "Mapp", cell: ([folder]) => folder },
    { heading: "Filer", numeric: true, cell: ([, rows]) => number(new Set(rows.map(({ fil }) => fil)).size) },
    { heading: "Rader", numeric: true, cell: ([, rows]) => sum(rows, "rader") },
    { heading: "Lästa", numeric: true, cell: ([, rows]) => sum(rows, "lasta") },
    { heading: "Avvisade", numeric: true, cell: ([, rows]) => sum(rows, "avvisade") },
    { heading: "Överhoppade", numeric: true, cell: ([, rows]) => sum(rows, "overhoppade") },
  ]);
  const warnings = fynd.filter(({ allvar }) => allvar === "varning");
  return html`<p>Varje rad i varje fil hamnar på ett ställe: den läses, avvisas eller hoppas över. Rubrikrader, tomma rader och summarader hoppas över.</p>
${tableMarkup(table)}${warnings.length > 0 ? tableMarkup(fyndTable("Varningar: raderna är lästa, men bör kontrolleras", warnings)) : undefined}`;
};

const guide = html`<dl class="ord">
<dt>Uppnått</dt><dd>Alla värden som går att mäta når målet.</dd>
<dt>Delvis uppnått</dt><dd>Minst ett värde når målet och minst ett gör det inte.</dd>
<dt>Ej uppnått</dt><dd>Inget av de värden som går att mäta når målet.</dd>
<dt>Ej mätbart</dt><dd>Inget värde går att bedöma. Skälet står bredvid: till exempel att underlag saknas eller att målet inte har något tal att bedöma mot.</dd>
<dt>..</dt><dd>Värdet finns men visas inte, eftersom det gäller 1–4 personer eller skulle avslöja ett sådant antal. Det betyder inte noll.</dd>
<dt>–</dt><dd>Uppgiften saknas. Det betyder inte noll.</dd>
<dt>Krav</dt><dd>Målet som det gäller för värdets period. Ett mål per år räknas om till den period som värdet avser.</dd>
<dt>Omräknad</dt><dd>Kostnaden som bemanningens rader ger, månad för månad.</dd>
<dt>Stämmer efter avrundning</dt><dd>Uppgiften är lika med det beräknade värdet när det avrundas till lika många decimaler.</dd>
<dt>Avhugget</dt><dd>Uppgiften är lika med det beräknade värdet när decimalerna stryks. Det är inte avrundning.</dd>
<dt>Stämmer ungefär</dt><dd>Uppgiften är så nära det beräknade värdet som dess ord säger: cirka, drygt, hälften.</dd>
<dt>Namnet i liten stil, till exempel malsammanfattning/…</dt><dd>Siffrans namn i resultaten. Kommandot <code>finsam trace</code> följt av namnet visar vilka rader i vilka filer som siffran bygger på.</dd>
</dl>
<p>En förändring från före till efter en insats är ingen effekt av insatsen. Rapporten prövar bara om mål och uppgifter stämmer med underlaget.</p>
`;

const changed = (publik: Publik): Html | undefined => {
  const sentence = changedSentence(publik);
  return sentence === ""
    ? undefined
    : html`<h2>Ändringar sedan förra rapporten</h2>
<p>${sentence} <a href="${linkTo(path, andringarPath)}">Ändringarna och varför</a></p>
`;
};

/** `rapport/index.html`. */
export const indexPage = (publik: Publik, names: Names, chart: Chart | undefined): Page => {
  const title = "Uppföljning av samordningsförbundens insatser";
  const [insatser, mal, utsagor] = [
    publik.insats.filter(isExamined(publik)).length,
    publik.malsammanfattning.length,
    publik.utsagekontroll.filter(({ utfall }) => utfall !== "beraknad").length,
  ];
  return {
    path,
    title,
    main: html`<h1>${title}</h1>
<p class="ingress">Rapporten prövar ${things(mal, "ett mål", "mål")} och ${things(utsagor, "en uppgift", "uppgifter")} i ${things(insatser, "en insats", "insatser")} mot det underlag som har lämnats.</p>
<h2>Det som inte stämmer</h2>
${wrong(publik, names)}
<h2>Det som kräver beslut</h2>
${untested(publik, names)}${missingBudgets(publik, names)}${budgetDecisions(publik, names)}${rejected(publik)}
${changed(publik)}<h2>Översikt per insats</h2>
${overview(publik, names, chart)}
<h2>Förbund</h2>
${forbundOverview(publik, names)}
<h2>Leveranser</h2>
${deliveries(publik)}
<h2>Så läser du rapporten</h2>
${guide}`,
  };
};
