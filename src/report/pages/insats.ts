/** The page of one insats: what was judged, then the money, then what does not hold, and what was only followed. */
import { begun, dayText, listed, ordText, periodLabel, spell, things } from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import { costColumns } from "../charts/huvudman.ts";
import { type InsatsCharts, isPartsNarvaro } from "../charts/index.ts";
import { konsfordelningTable } from "../charts/konsfordelning.ts";
import { kostnadsandelarTable } from "../charts/kostnadsandelar.ts";
import { malvardenTable } from "../charts/malvarden.ts";
import { narvaroTable } from "../charts/narvaro.ts";
import { shownOf } from "../charts/palette.ts";
import { dataText, missing } from "../figures.ts";
import { answerText } from "../goals.ts";
import { type Html, html, joined, type Part } from "../html.ts";
import { gruppNamn, insatsPath, type Names } from "../names.ts";
import {
  type Andel,
  type Finansiering,
  type Insats,
  type Mal,
  type Malrad,
  type Publik,
  publikByInsats,
  type Serierad,
} from "../publik.ts";
import { column, showsMarkup, type Table, tableMarkup, tableOf, traceId } from "../table.ts";
import { bristerOf, bristList } from "./brist.ts";
import { budgetSection } from "./budget.ts";
import { enhetskostnadSection } from "./enhetskostnad.ts";
import { finansieringHeading, finansieringTable, isOnlyApplied } from "./forbund.ts";
import { measureMark } from "./grunder.ts";
import { withContents } from "./innehall.ts";
import { targetGroupSection } from "./malgrupp.ts";
import { meetingSection } from "./moten.ts";
import { attendanceSection } from "./narvaro.ts";
import {
  chartMarkup,
  figureMarkup,
  forbundLink,
  incompleteNote,
  linkTo,
  listMarkup,
  type Page,
  placeText,
  section,
  statusMarkup,
} from "./page.ts";
import { prognosSection } from "./prognos.ts";
import { profileSection, scenarioSection, staffingSection, statedSection, surveySection } from "./rapportens.ts";
import { timelineSections } from "./tidslinje.ts";
import { underlagPath } from "./underlag.ts";

/** The förbund of an insats: by application, decision or the insats's own statement, or by invoice. */
const forbundOf = ({ kostnadsandel: andelar }: Publik, { insats_id: id, finansiarer }: Insats): string[] =>
  [
    ...new Set([
      ...(finansiarer ?? "").split(",").filter((one) => one !== ""),
      ...andelar
        .filter((row) => row.insats_id === id && row.dimension === "forbund" && row.id !== "ingen")
        .map((row) => row.id),
    ]),
  ].sort();

const periodText = ({ startdatum, slutdatum, data_fran: from, data_till: to }: Insats): string => {
  const start = startdatum === null ? "startdatum anges inte" : dayText(startdatum);
  const end = slutdatum === null ? "slutdatum anges inte" : dayText(slutdatum);
  const stated =
    startdatum === null && slutdatum === null ? "Start- och slutdatum anges inte" : begun(`${start} – ${end}`);
  const data = from !== null && to !== null ? `. Underlaget gäller ${periodLabel(from, to)}` : "";
  return `${stated}${startdatum === null || slutdatum === null ? data : ""}.`;
};

const facts = (publik: Publik, names: Names, insats: Insats, path: string): Html => {
  const forbund = forbundOf(publik, insats);
  const applied = forbund.filter((id) => isOnlyApplied(publik, insats.insats_id, id));
  const paying = forbund.filter((id) => !applied.includes(id));
  const link = (id: string): Html => forbundLink(path, names, id);
  const links = (ids: readonly string[]): Part => joined(ids.map(link), ", ");
  const parts = publik.part.filter(({ insats_id: id }) => id === insats.insats_id);
  const stated = [
    ["Insatsägare", insats.insatsagare && names.part(insats.insats_id, insats.insatsagare)],
    ["Diarienummer", insats.diarienr],
    ["Modell", insats.modell],
    ["Inriktning", insats.typ && ordText(insats.typ)],
    ["Registrering", insats.registrering && ordText(insats.registrering)],
  ] as const;
  return html`<dl class="fakta"${showsMarkup([rowId("insats", insats)])}>
${stated.map(
  ([name, value]) =>
    value !== null &&
    html`<dt>${name}</dt><dd>${begun(value)}</dd>
`,
)}<dt>Period</dt><dd>${periodText(insats)}</dd>
${
  (paying.length > 0 || applied.length === 0) &&
  html`<dt>Förbund som betalar</dt><dd>${paying.length === 0 ? "Inget förbund anges i underlaget." : links(paying)}</dd>\n`
}${
  applied.length > 0 &&
  html`<dt>Medel har sökts hos</dt><dd>${links(applied)}. Varken beslut om de medlen eller någon faktura finns i underlaget.</dd>\n`
}<dt>Parter</dt><dd${showsMarkup(parts.map((part) => rowId("part", part)))}>${parts.length === 0 ? "Inga parter anges i underlaget." : `${listed(parts.map(({ namn }) => namn))}.`}</dd>
</dl>
`;
};

/** A goal's sentence, with what must be true where the data do not settle it. */
const saidOf = ({ mening, krav }: Mal): string => (krav === null ? mening : `${mening} ${krav}`);

/** A goal's words, with what its measures mean. */
const textOf = ({ mal_id: id, text }: Mal, rows: readonly Malrad[]): Part => [
  text,
  measureMark(rows.flatMap((rad) => (rad.mal_id === id ? rad.matt : []))),
];

const verdictTable = (goals: readonly Mal[], rows: readonly Malrad[]): Table =>
  tableOf("Utfall och rapportens svar", goals, [
    column("Mål", (mal) => textOf(mal, rows)),
    column("Utfall", (mal) => statusMarkup(shownOf(mal))),
    column("Vad underlaget visar", saidOf),
    column("Rapportens svar", answerText),
  ]);

const judgedSection = (own: Publik, names: Names, path: string, charts: InsatsCharts): Html => {
  const judged = own.malsammanfattning.filter(({ status }) => status !== "ej_matbart");
  if (judged.length === 0) return html`<p>Inget mål går att bedöma mot underlaget.</p>\n`;
  const isJudged = (rad: Malrad): boolean => judged.some(({ mal_id: id }) => id === rad.mal_id);
  const rows = own.maluppfyllelse.filter((rad) => isJudged(rad) && !isPartsNarvaro(rad));
  const attended = [...Map.groupBy(own.maluppfyllelse.filter(isPartsNarvaro), ({ mal_id: id }) => id).values()];
  const insats = judged[0]?.insats_id ?? "";
  return html`${tableMarkup(verdictTable(judged, own.maluppfyllelse))}
<h2 id="varden">Värden mot mål</h2>
${charts.malvarden && figureMarkup(path, charts.malvarden)}${tableMarkup(malvardenTable(judged, rows, own.sammanslagen, names))}${
  attended.length > 0 &&
  html`<h2 id="narvaro">Närvaro per part</h2>
${charts.narvaro.map((chart) => figureMarkup(path, chart))}${attended.map((rows) =>
  tableMarkup(narvaroTable(rows, (part) => names.part(insats, part))),
)}`
}`;
};

/** A goal without a verdict: followed with values, or wanting something. */
const isFollowed = (rows: readonly Malrad[]): boolean =>
  rows.some(({ varde, ar_dold: isWithheld }) => varde !== null || isWithheld) &&
  rows.every(({ villkor }) => villkor === null);

/** Goals are printed with and without a full stop. */
const ended = (text: string): string => text.replace(/[.!?]?$/, (sign) => sign || ".");

const followedItem = (mal: Mal, rows: readonly Malrad[]): Html =>
  html`${ended(mal.text)} ${saidOf(mal)} ${traceId(mal.resultat_id)}${measureMark(rows.map(({ matt }) => matt))}`;

/** An open goal says how it goes, and one that refused rows reach what it is without them: a sentence instead of the reason alone. */
const unjudgedItem = (mal: Mal, rows: readonly Malrad[]): Html => {
  const isTold = ({ takt, utom_rackhall: isLost, avvisade }: Malrad): boolean =>
    takt !== null || isLost === true || avvisade > 0;
  if (rows.some(isTold)) return followedItem(mal, rows);
  const reported = mal.rapporterat === null ? "" : ` Rapportens svar: ${spell(mal.rapporterat)}.`;
  const krav = mal.krav === null ? "" : ` ${mal.krav}`;
  return html`${ended(mal.text)}${reported}${krav} ${traceId(mal.resultat_id)}`;
};

/** A goal without a number is followed if there is something to follow. */
const reasonOf = (rows: readonly Malrad[]): string =>
  begun(
    listed([
      ...new Set(
        (rows.length === 0 ? [{ skal: "saknas", varde: null }] : rows).map(({ skal, varde }) =>
          spell(skal === "inget_villkor" && varde === null ? "saknas" : (skal ?? "saknas")),
        ),
      ),
    ]),
  );

const unjudgedSection = (own: Publik): Html => {
  const unjudged = own.malsammanfattning.filter(({ status }) => status === "ej_matbart");
  if (unjudged.length === 0) return html``;
  const rowsOf = ({ mal_id: id }: Mal): Malrad[] =>
    own.maluppfyllelse.filter((rad) => rad.mal_id === id && rad.skal !== "foljs");
  const followed = unjudged.filter((mal) => isFollowed(rowsOf(mal)));
  const others = unjudged.filter((mal) => !followed.includes(mal));
  const reasons = Map.groupBy(others, (mal) => reasonOf(rowsOf(mal)));
  const list = (items: readonly Part[]): Html => listMarkup(items, "tat spalter");
  return html`<h2 id="ovriga-mal">Mål som inte har bedömts</h2>
${
  followed.length > 0 &&
  html`<h3>Följs, bedöms inte (${things(followed.length, "ett mål", "mål")})</h3>
${list(followed.map((mal) => followedItem(mal, rowsOf(mal))))}`
}${[...reasons].map(
  ([reason, goals]) => html`<h3>${reason} (${things(goals.length, "ett mål", "mål")})</h3>
${list(goals.map((mal) => unjudgedItem(mal, rowsOf(mal))))}`,
)}`;
};

/** What each goal's many periods say of its process, as a chart; groups as one line each. */
const seriesSection = (own: Publik, names: Names, path: string, charts: InsatsCharts): Html | undefined => {
  if (own.malserie.length === 0) return undefined;
  // A group of each goal once: several goals can have series for one group.
  const groups = own.malserie.filter((rad, i) => {
    const before = own.malserie[i - 1];
    const isNew = (["mal_id", "grupp", "gruppvarde"] as const).some((column) => before?.[column] !== rad[column]);
    return rad.grupp !== "" && isNew;
  });
  const saidOfGroup = (rad: Serierad): Html => {
    const text = own.malsammanfattning.find(({ mal_id: mal }) => mal === rad.mal_id)?.text;
    return html`${ended(text ?? rad.mal_id)} ${gruppNamn(names, rad)}: ${rad.mening} ${traceId(rad.resultat_id)}`;
  };
  return html`<h2 id="over-tid">Når verksamheten målet alltid, aldrig eller av slump?</h2>
<p>Mål med tolv perioder eller fler. Naturlig variation är så mycket som värdet varierar när inget särskilt har hänt (Shewhart 1931, Wheeler 1993). Den avgör inte utfallet.</p>
${charts.serier.map((chart) => chartMarkup(path, chart))}${groups.length > 0 && listMarkup(groups.map(saidOfGroup))}`;
};

const partTable = (names: Names, rows: readonly Andel[]): Table =>
  tableOf("Kostnad per part", rows, [
    column("Part", ({ insats_id: insats, id }) => names.part(insats, id)),
    ...costColumns,
  ]);

const money = (own: Publik, names: Names, path: string, charts: InsatsCharts): Html => {
  const andelar = own.kostnadsandel.filter(({ dimension }) => dimension === "forbund");
  const andelarAr = own.kostnadsandel_ar.filter(({ dimension }) => dimension === "forbund");
  const ofParts = own.kostnadsandel.filter(({ dimension }) => dimension === "part");
  const shares = [
    incompleteNote(andelar),
    charts.kostnadsandelar && figureMarkup(path, charts.kostnadsandelar),
    tableMarkup(kostnadsandelarTable({ andelar, andelarAr, names })),
    ofParts.some(({ id }) => id !== "ingen") && tableMarkup(partTable(names, ofParts)),
    chartMarkup(path, charts.huvudman),
  ];
  const budget = own.budgetutfall.length > 0 && budgetSection(own, names, path, charts);
  const named = column<Finansiering>("Förbund", ({ forbund_id: id }) => (id === null ? missing : names.forbund(id)));
  const decided = section(
    finansieringHeading(own.finansiering),
    own.finansiering.length > 0 && tableMarkup(finansieringTable(names, own.finansiering, named)),
    "medel",
  );
  return html`${section("Kostnad per förbund", andelar.length > 0 && shares, "kostnad")}${enhetskostnadSection(own.enhetskostnad)}${prognosSection(own, path, charts)}${budget}${decided}`;
};

const konSection = (own: Publik, path: string, charts: InsatsCharts): Part =>
  own.konsfordelning.map(
    (row) => html`<h2 id="kon">Kvinnor och män</h2>
${incompleteNote([row])}${charts.konsfordelning && figureMarkup(path, charts.konsfordelning)}${
  row.ar_dold && html`<p>Antalen visas inte, eftersom de är så små att personer kan kännas igen.</p>\n`
}${(!row.ar_dold || [row.kvinnor, row.man, row.okant, row.totalt].some((antal) => antal !== null)) && tableMarkup(konsfordelningTable(row))}`,
  );

const sources = (own: Publik, names: Names, path: string): Html => {
  const cited = [...own.utsagekontroll, ...own.finansiering, ...own.teamprofil];
  const documents = [...new Set(cited.flatMap(({ dokument }) => dokument ?? []))].sort();
  return html`<h2 id="underlag">Varifrån siffrorna kommer</h2>
${
  documents.length === 0
    ? html`<p>Inget dokument anges i underlaget.</p>\n`
    : listMarkup(documents.map((dokument) => placeText(names, dokument, null)))
}<p><a href="${linkTo(path, underlagPath)}">Allt som har lästs</a>, och var det visas.</p>
`;
};

export const insatsPage = (publik: Publik, names: Names, insats: Insats, charts: InsatsCharts): Page => {
  const path = insatsPath(insats.insats_id);
  const own = publikByInsats(publik)(insats.insats_id);
  const brister = bristerOf(publik).filter(({ utsaga }) => utsaga.insats_id === insats.insats_id);
  const goals =
    own.malsammanfattning.length === 0
      ? html`<p>Inget mål för insatsen finns i underlaget.</p>\n`
      : html`<h2 id="mal">Mål som har bedömts</h2>\n${judgedSection(own, names, path, charts)}`;
  const meanings = own.malsamband.map(({ mening }) => mening);
  const related = section("Mål som hör ihop", meanings.length > 0 && listMarkup(meanings), "hor-ihop");
  const wrong = `Uppgifter som inte stämmer (${brister.length})`;
  const main = html`<h1>${insats.namn}</h1>
${facts(publik, names, insats, path)}${goals}${unjudgedSection(own)}${related}${section(wrong, brister.length > 0 && bristList(names, brister), "stammer-inte")}${attendanceSection(own.malsammanfattning, own.maluppfyllelse, own.ej_kallade, names)}${seriesSection(own, names, path, charts)}${konSection(own, path, charts)}${targetGroupSection(own, names)}${surveySection(own, names)}${money(own, names, path, charts)}${staffingSection(own, names)}${scenarioSection(own)}${timelineSections(own, names)}${meetingSection(own, names)}${profileSection(own, names)}${statedSection(own, names)}${sources(own, names, path)}`;
  // What a board reads; the rest, and what is long, is looked up.
  const unjudged = own.malsammanfattning.filter(({ status }) => status === "ej_matbart");
  const isLong = unjudged.length > 12 && unjudged.length < own.malsammanfattning.length;
  const open = ["mal", "hor-ihop", "kon", isLong ? "" : "ovriga-mal", brister.length > 5 ? "" : "stammer-inte"];
  const [from, to] = [insats.data_fran ?? "", insats.data_till ?? ""];
  return {
    path,
    title: insats.namn,
    foot: `${insats.namn} · ${dataText("", to)}`,
    data: dataText(from, to),
    documents: { kinds: ["xlsx"] },
    main: withContents(main, (id) => open.includes(id)),
  };
};
