/** The page of one förbund: the paper that its board reads before a meeting. */
import { measureTitle } from "../../schema/definitions.ts";
import {
  begun,
  counted,
  dayText,
  listed,
  number,
  percent,
  periodShort,
  spell,
  things,
  tusental,
} from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import type { ForbundCharts } from "../charts/index.ts";
import { kostnadsandelarTable } from "../charts/kostnadsandelar.ts";
import { shownOf } from "../charts/palette.ts";
import { type Egenskaper, type Liknande, likeOf } from "../comparison.ts";
import {
  amount,
  count,
  dataText,
  lastDay,
  missing,
  share,
  totalOf,
  valueText,
  wholeAmount,
  wholeYears,
  withheld,
} from "../figures.ts";
import {
  answerText,
  coverageText,
  type Goal,
  goalSentences,
  goalsOf,
  goalTarget,
  outcomeText,
  standings,
  whyNot,
} from "../goals.ts";
import { type Html, html, joined, type Part } from "../html.ts";
import { forbundPath, insatserOf, type Names } from "../names.ts";
import type { Finansiering, Forbund, Malrad, Publik } from "../publik.ts";
import { isOfStaffing, questionsOf } from "../questions.ts";
import {
  type CellColumn,
  column,
  figure,
  type Table,
  tableFor,
  tableMarkup,
  tableOf,
  traced,
  traceId,
} from "../table.ts";
import { arsunderlagSection } from "./arsunderlag.ts";
import { bidragSection } from "./bidrag.ts";
import { type Brist, bristerOf, ownerLink } from "./brist.ts";
import { forbundskostnadSection } from "./forbundskostnad.ts";
import { measureMark } from "./grunder.ts";
import { markdownMarkup } from "./markdown.ts";
import { missingBySender } from "./needed.ts";
import { figureMarkup, insatsLink, linkTo, listMarkup, type Page, placeText, section, statusMarkup } from "./page.ts";
import { utsagekontrollPath } from "./utsagekontroll.ts";
import { vardtyngdSection } from "./vardtyngd.ts";

export interface PaperOf {
  /** The day the report is made for. */
  readonly today: string;
  /** What names the run in the foot of the page. */
  readonly korning: string;
  /** What the kansli says, in Markdown. */
  readonly kommentar: string | undefined;
}

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
      column("År", ({ ar }) => (ar === null ? "flera år" : String(ar))),
      column("Slag", ({ slag }) => (slag === null ? missing : spell(slag))),
      column("Beslutat", ({ beslutsdatum: day }) => (day === null ? missing : html`<span class="nb">${day}</span>`)),
      figure("Belopp", (row) => amount(row.belopp_ore)),
      figure("Avtalad andel", ({ andel }) => share(andel)),
      column("Källa", ({ dokument, avsnitt }) => placeText(names, dokument, avsnitt)),
    ],
    undefined,
    (row) => [rowId("finansiering", row)],
  );

/** Up to so many goals are one table each in full. */
const fewGoals = 24;
/** How many are said of what does not hold, and of what to decide. */
const mostClaims = 5;
const mostDecisions = 4;

const verdictOf = (goal: Goal): Part => {
  const why = whyNot(goal);
  return why === "" ? statusMarkup(shownOf(goal.mal)) : begun(why);
};

/** Goals that share an outcome and a reason, in one paragraph; those of the same words once. */
const runIn = (heading: string, goals: readonly Goal[]): Html => {
  const alike = Map.groupBy(goals, ({ mal }) => mal.text.replace(/\.$/, ""));
  const said = [...alike].map(([text, some]) => {
    const outcomes = some
      .map((goal) => ({ id: goal.mal.resultat_id, outcome: outcomeText(goal) }))
      .filter(({ outcome }) => outcome !== missing && outcome !== withheld)
      .map(({ id, outcome }) => traced(id, outcome));
    const notes = [...(some.length > 1 ? [`${counted(some.length)} insatser`] : []), ...outcomes];
    return notes.length === 0 ? text : html`${text} (${joined(notes, "; ")})`;
  });
  return html`<p><strong>${heading} (${number(goals.length)}):</strong> ${joined(said, "; ")}.</p>\n`;
};

/** Every goal by name: those judged or answered in a table, of many those that are alike in a paragraph. */
const resultSection = (goals: readonly Goal[], names: Names): Html => {
  const isFew = goals.length <= fewGoals;
  const isRow = (goal: Goal): boolean => isFew || goal.standing === "ej_uppnatt" || goal.mal.avviker === true;
  const rows = goals.filter(isRow);
  const others = Map.groupBy(
    goals
      .filter((goal) => !isRow(goal))
      .toSorted((a, b) => standings.indexOf(a.standing) - standings.indexOf(b.standing)),
    (goal) => begun(whyNot(goal) || (goal.standing === "delvis" ? "delvis uppnådda" : "uppnådda")),
  );
  const several = new Set(goals.map(({ mal }) => mal.insats_id)).size > 1;
  const table = tableOf(
    others.size === 0 ? "Alla mål" : "Mål som inte är uppnådda, eller där rapportens svar inte stämmer",
    rows,
    [
      column("Mål", ({ mal, rows }) => [mal.text, measureMark(rows.map(({ matt }) => matt))]),
      column("Målvärde", goalTarget),
      column("Utfall", (goal) => traced(goal.mal.resultat_id, outcomeText(goal))),
      column("Rapportens svar", ({ mal }) => answerText(mal)),
      column("Bedömning", verdictOf),
    ],
    several ? ({ mal }) => names.insats(mal.insats_id) : undefined,
  );
  return html`<div class="mal">${rows.length > 0 && tableMarkup(table)}${[...others].map(([heading, some]) => runIn(heading, some))}</div>
`;
};

/** What a figure is, and its name in the results. */
interface Sexed {
  readonly text: string;
  readonly id: string;
}

/** The figures of one insats by sex: how many took part, and of each measure the longest window that may be shown, the latest of several. */
const bySex = (own: Publik) => {
  const shown = (rad: Malrad | undefined): Sexed =>
    rad === undefined
      ? { text: missing, id: "" }
      : { text: rad.ar_dold ? withheld : valueText(rad), id: rad.resultat_id };
  const days = ({ fran, till }: Malrad): number => Date.parse(till) - Date.parse(fran);
  const groups = Map.groupBy(
    own.maluppfyllelse.filter(({ grupp, gruppvarde }) => grupp === "kon" && gruppvarde !== "okant"),
    ({ matt }) => matt,
  );
  return [
    ...own.konsfordelning.map(({ resultat_id: id, kvinnor, man, fran, till, ar_dold: isHidden }) => ({
      what: "Deltaganden",
      measure: undefined,
      women: { id, text: count(kvinnor, isHidden) },
      men: { id, text: count(man, isHidden) },
      period: periodShort(fran, till),
    })),
    ...[...groups].flatMap(([matt, rows]) => {
      const isShown = (rad: Malrad): number => (rad.ar_dold || !rad.varde ? 0 : 1);
      const [best] = rows.toSorted(
        (a, b) => isShown(b) - isShown(a) || days(b) - days(a) || (a.fran < b.fran ? 1 : -1),
      );
      if (best === undefined) return [];
      const of = (kon: string): Malrad | undefined =>
        rows.find((rad) => rad.gruppvarde === kon && rad.fran === best.fran && rad.mal_id === best.mal_id);
      return {
        what: measureTitle(matt),
        measure: matt,
        women: shown(of("kvinna")),
        men: shown(of("man")),
        period: periodShort(best.fran, best.till),
      };
    }),
  ];
};

const sexSection = (insatser: readonly string[], own: (insats: string) => Publik, names: Names): Html => {
  const rows = insatser.flatMap((insats) => bySex(own(insats)).map((row) => ({ ...row, insats })));
  const isShown = ({ women, men }: (typeof rows)[number]): boolean => women.text !== withheld || men.text !== withheld;
  const shown = rows.filter(isShown);
  const hidden = [...Map.groupBy(rows, ({ insats }) => insats)].flatMap(([insats, some]) => {
    const what = some.filter((row) => !isShown(row)).map((row) => row.what.toLocaleLowerCase("sv-SE"));
    return what.length === 0 ? [] : [`${names.insats(insats)}: ${listed(what)}`];
  });
  return html`<h2>Kvinnor och män</h2>
${rows.length === 0 && html`<p>Underlaget säger inget om kvinnor och män var för sig.</p>\n`}${tableFor(
  "Kvinnor och män i förbundets insatser",
  shown,
  [
    column("Vad", ({ what, measure }) => [what, measureMark(measure === undefined ? [] : [measure])]),
    figure("Kvinnor", ({ women }) => traced(women.id, women.text)),
    figure("Män", ({ men }) => traced(men.id, men.text)),
    column("Period", ({ period }) => period),
  ],
  insatser.length > 1 ? ({ insats }) => names.insats(insats) : undefined,
)}${hidden.length > 0 && html`<p>Visas inte, eftersom det gäller för få personer. ${hidden.join(". ")}.</p>\n`}`;
};

/** What the parties paid in during the last year that can be tried, beside the law's shares. */
const contributionText = ({ bidragsandel: bidrag }: Publik, id: string): Part => {
  const own = bidrag.filter(({ forbund_id: of, kommun, andel }) => of === id && kommun === "" && andel !== null);
  const last = own.filter(({ ar }) => ar === Math.max(...own.map((row) => row.ar)));
  return last.length === 0
    ? ""
    : html`Bidragen ${String(last[0]?.ar)} var ${last.map(
        (row, i) =>
          html`${i === 0 ? "" : i === last.length - 1 ? " och " : ", "}${spell(row.huvudman)} ${traced(row.resultat_id, share(row.andel))}${row.lagens_andel === null ? "" : ` (lagens andel ${percent(row.lagens_andel, 0)})`}`,
      )}.`;
};

const moneySection = (publik: Publik, names: Names, id: string, insatser: readonly string[]): Html => {
  const path = forbundPath(id);
  const costs = publik.forbundskostnad.filter(({ forbund_id: of, dimension }) => of === id && dimension === "insats");
  const rows = costs.map((cost) => ({
    cost,
    agreed: publik.kostnadsandel.find(
      (row) => row.insats_id === cost.id && row.dimension === "forbund" && row.id === id,
    ),
    coming: wholeYears(publik.prognos).findLast(
      (row) => row.insats_id === cost.id && row.forbund_id === id && row.status === "prognos",
    ),
  }));
  const each = publik.enhetskostnad.filter(
    (row) =>
      insatser.includes(row.insats_id) && row.per === "deltagande" && row.period === "hela" && row.varde !== null,
  );
  const sentences = [
    rows.length === 0 ? "Ingen faktura till förbundet finns i underlaget." : "",
    ...each.map(
      ({ resultat_id: row, insats_id: insats, varde, namnare }) =>
        html`Ett deltagande i ${names.insats(insats)} kostade ${traced(row, wholeAmount(varde))} (${traced(row, number(namnare ?? 0))} deltaganden).`,
    ),
    contributionText(publik, id),
  ].filter((text) => text !== "");
  return html`<h2>Pengar</h2>
${tableFor("Vad förbundet har fakturerats", rows, [
  column("Insats", ({ cost }) => insatsLink(path, names, cost.id)),
  figure("Fakturerat förbundet", ({ cost }) => traced(cost.resultat_id, amount(cost.belopp_ore))),
  figure("Insatsens hela kostnad", ({ cost }) => amount(cost.insatskostnad_ore)),
  figure("Förbundets andel", ({ agreed }) => (agreed ? traced(agreed.resultat_id, share(agreed.andel)) : missing)),
  figure("Avtalad andel", ({ agreed }) => share(agreed?.avtalad_andel ?? null)),
  figure("Beviljat", ({ cost }) => amount(cost.medel_ore)),
  figure(
    "Prognos",
    ({ coming }) =>
      coming === undefined ? missing : traced(coming.resultat_id, `${amount(coming.prognos_ore)} (${coming.period})`),
    ({ coming }) => coming !== undefined,
  ),
])}${sentences.length > 0 && html`<p>${joined(sentences, " ")}</p>\n`}`;
};

/** Claims that are no goal's: those of money in the decisions are said there. */
const claimsSection = (path: string, names: Names, brister: readonly Brist[]): Html | undefined => {
  const claims = brister.filter((brist) => brist.mal === undefined && !brist.utsaga.ar_dold && !isOfStaffing(brist));
  const short = (text: string): string =>
    text
      .split(/(?<=\.) /)
      .slice(0, 2)
      .join(" ");
  return section(
    "Stämmer inte i insatsernas rapporter",
    claims.length > 0 && [
      listMarkup(
        claims.slice(0, mostClaims).map(({ utsaga }) => {
          const { text, forklaring, resultat_id: id } = utsaga;
          return html`${ownerLink(path, names, utsaga)}: ${text} ${short(forklaring)} ${traceId(id)}`;
        }),
      ),
      claims.length > mostClaims &&
        html`<p>${begun(things(claims.length - mostClaims, "en uppgift", "uppgifter"))} till står på <a href="${linkTo(path, utsagekontrollPath)}">kontrollräkningens sida</a>.</p>\n`,
    ],
  );
};

const basisSection = (own: (insats: string) => Publik, names: Names, insatser: readonly string[]): Html =>
  html`<h2>Underlag och säkerhet</h2>
${listMarkup(
  insatser.map((insats) => {
    const of = own(insats);
    const to = of.insats[0]?.data_till ?? null;
    const needed = missingBySender(of.maluppfyllelse);
    const hidden = of.maluppfyllelse.filter(({ ar_dold: isHidden }) => isHidden).length;
    return html`<strong>${names.insats(insats)}.</strong> ${to === null ? "Uppgifterna är odaterade." : `Uppgifterna går till och med ${dayText(to)}.`} ${coverageText(of, [insats])} ${
      needed.length === 0 ? "" : `Saknas från ${needed.join(", och från ")}. `
    }${hidden === 0 ? "" : `${begun(things(hidden, "ett värde", "värden"))} om få personer visas inte.`}`;
  }),
)}`;

/** The tables behind the paper, folded: what each insats cost by year, what was paid in and decided. */
const tablesSection = (
  publik: Publik,
  names: Names,
  id: string,
  insatser: readonly string[],
  goals: number,
  charts: ForbundCharts,
): Html | undefined => {
  const path = forbundPath(id);
  const decided = publik.finansiering.filter(({ forbund_id: own }) => own === id);
  const shared = publik.kostnadsandel.filter((row) => row.dimension === "forbund" && insatser.includes(row.insats_id));
  const linked = column<Finansiering>("Insats", ({ insats_id: insats }) => insatsLink(path, names, insats));
  const content = [
    goals > fewGoals && charts.kostnadsandelar && figureMarkup(path, charts.kostnadsandelar),
    shared.length > 0 && tableMarkup(kostnadsandelarTable({ andelar: shared, andelarAr: [], names })),
    forbundskostnadSection(publik, names, id),
    bidragSection(publik, id, path, charts),
    arsunderlagSection(publik, names, id),
    vardtyngdSection(publik, id),
    section(finansieringHeading(decided), decided.length > 0 && tableMarkup(finansieringTable(names, decided, linked))),
  ].filter((part) => part);
  return content.length === 0
    ? undefined
    : html`<details><summary>Tabellerna bakom sidan</summary>\n${content}</details>\n`;
};

const moneySentence = (
  publik: Publik,
  own: (insats: string) => Publik,
  id: string,
  insatser: readonly string[],
): Part => {
  const invoiced = publik.kostnadsandel.filter((row) => row.dimension === "forbund" && row.id === id);
  const applied = insatser.filter((insats) => isOnlyApplied(own(insats), insats, id)).length;
  if (invoiced.length === 0)
    return `${rolesText(insatser.length - applied, applied)} Ingen faktura till förbundet finns i underlaget.`.trim();
  const whole = publik.kostnadsandel.filter(
    (row) => row.dimension === "insats" && invoiced.some(({ insats_id: insats }) => insats === row.insats_id),
  );
  const [paid, all] = [totalOf(invoiced), totalOf(whole)];
  const [only] = invoiced.length === 1 ? invoiced : [];
  const agreed =
    only === undefined
      ? ""
      : only.avtalad_andel === null
        ? ", ingen avtalad fördelning finns i underlaget"
        : `, avtalat är ${percent(only.avtalad_andel, 0)}`;
  const row = publik.forbundskostnad.find(({ forbund_id: of, dimension }) => of === id && dimension === "forbund");
  const ofAll = (text: string): Part => traced(row?.resultat_id ?? "", text);
  const part: Part =
    paid === all || all === 0
      ? ", hela kostnaden,"
      : html` av ${ofAll(tusental(all))} (${ofAll(percent(paid / all, 0))}${agreed})`;
  return html`Förbundet har fakturerats ${ofAll(tusental(paid))}${part} för ${things(new Set(invoiced.map(({ insats_id: insats }) => insats)).size, "en insats", "insatser")}.${
    applied === 0 ? "" : ` ${rolesText(0, applied)}`
  }`;
};

/** Which förbund are most like it, and in what. */
const alikeMarkup = ({ egen, liknande }: ReturnType<typeof likeOf>): Html | undefined => {
  if (!egen || liknande.length === 0) return undefined;
  const rows: readonly (Egenskaper & { readonly lika?: Liknande["lika"] })[] = [egen, ...liknande];
  const table = tableOf("Liknande förbund", rows, [
    column("Förbund", ({ namn }) => namn),
    column("Lika i", ({ lika }) => (lika ? listed(lika) : missing)),
    figure("Insatsernas kostnad", ({ storlek }) => amount(storlek)),
    column("Län", ({ lan }) => lan ?? missing),
    column("Målgrupp", ({ malgrupper }) => malgrupper.join("; ") || missing),
  ]);
  return html`<p>Liknande är de förbund som är lika i minst två av storlek (insatsernas kostnad, högst en och en halv gånger större eller mindre), län och målgrupp: ${listed(liknande.map(({ namn }) => namn))}.</p>
<details><summary>Vad de är lika i</summary>
${tableMarkup(table)}</details>
`;
};

/** `rapport/forbund/<forbund_id>.html`: a board's paper of at most two A4. */
export const forbundPage = (
  publik: Publik,
  own: (insats: string) => Publik,
  names: Names,
  { forbund_id: id, namn }: Forbund,
  charts: ForbundCharts,
  about: PaperOf,
): Page => {
  const path = forbundPath(id);
  const insatser = insatserOf(publik, id);
  const goals = insatser.flatMap((insats) => goalsOf(own(insats)));
  const claims = publik.utsagekontroll.filter(({ forbund_id: of, insats_id: insats }) => of === id && insats === null);
  const brister = [
    ...insatser.flatMap((insats) => bristerOf(own(insats))),
    ...bristerOf({ malsammanfattning: [], utsagekontroll: claims }),
  ];
  const bidrag = publik.bidragsandel.filter(({ forbund_id: of }) => of === id);
  const questions = questionsOf(insatser, bidrag, own, names).slice(0, mostDecisions);
  const of = publik.insats.filter(({ insats_id: insats }) => insatser.includes(insats));
  const from = of.flatMap(({ startdatum, data_fran: day }) => startdatum ?? day ?? []).sort()[0];
  const period = dataText(from, lastDay(of), periodShort);
  const isMany = goals.length > fewGoals;
  const result = html`<h2>Resultat</h2>
${goals.length === 0 ? html`<p>Inget mål att visa.</p>\n` : resultSection(goals, names)}`;
  // A long list of goals stands after what is short: each question has its answer on the first two screens.
  const short = html`${insatser.length > 0 && sexSection(insatser, own, names)}${moneySection(publik, names, id, insatser)}${
    insatser.length > 0 && basisSection(own, names, insatser)
  }`;
  return {
    path,
    title: namn,
    data: period,
    foot: `${namn} · ${period} · körning ${about.korning}`,
    documents: { kinds: ["pdf", "docx", "xlsx"], most: 2 },
    main: html`<div class="${isMany ? "manga" : "fa"}"><p class="plats overrad">Underlag för styrelsen · ${period} · framtaget ${dayText(about.today)}</p>
<h1>${namn}</h1>
<p class="ingress">${moneySentence(publik, own, id, insatser)} ${goals.length === 0 ? "Insatserna har inga mål i underlaget." : joined(goalSentences(goals, insatser), " ")}</p>
${
  questions.length > 0 &&
  html`<h2>Förslag att ta ställning till</h2>
<ol class="tat fragor">
${questions.map(({ insats, text, ask }) => html`<li><strong>att ${ask}.</strong> ${insats !== null && html`${insatsLink(path, names, insats)}: `}${text}</li>\n`)}</ol>
`
}${isMany ? [short, result] : [result, short]}${claimsSection(path, names, brister)}${
  !isMany && charts.kostnadsandelar && figureMarkup(path, charts.kostnadsandelar)
}<h2>Kansliets kommentar</h2>
${about.kommentar === undefined ? html`<p class="plats" data-falt="Kansliets kommentar">Ingen kommentar har lämnats.</p>\n` : markdownMarkup(about.kommentar)}</div>
${
  charts.ryggrad &&
  html`<h2>Bland andra förbund</h2>
${figureMarkup(path, charts.ryggrad)}${tableMarkup(charts.ryggrad.table)}${alikeMarkup(likeOf(publik, names, id))}`
}${tablesSection(publik, names, id, insatser, goals.length, charts)}`,
  };
};
