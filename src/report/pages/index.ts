/** The first page: what was found, what to take a position on, each insats in a row, and whether it can be trusted. */
import { begun, counted, dayText, listed, number, things, tusental } from "../../schema/swedish.ts";
import type { Chart } from "../charts/picture.ts";
import { dataText, lastDay, missing, totalOf, wholeYears, withheld } from "../figures.ts";
import { coverageText, type Goal, goalSentences, goalsOf, judged, numberOf } from "../goals.ts";
import { type Html, html, joined, type Part } from "../html.ts";
import { forbundWithPage, insatserOf, type Names } from "../names.ts";
import type { Kon, Publik } from "../publik.ts";
import { type Question, questionsOf } from "../questions.ts";
import { column, figure, listing, tableMarkup, tableOf, traced } from "../table.ts";
import { andringarPath, changedSentence } from "./andringar.ts";
import { appliedMark, isOnlyApplied, type PaperOf } from "./forbund.ts";
import { forbundLink, insatsLink, linkTo, type Page } from "./page.ts";
import { sumOf, underlagPath } from "./underlag.ts";
import { utsagekontrollPath } from "./utsagekontroll.ts";

const path = "index.html";

/** How many questions a board takes a position on at once. */
const most = 5;
/** Of more förbund or insatser the rest are folded: what there is to decide stands on the first screen, and a paper is one sheet. */
const many = 12;

/** `3 nådda, 5 inte nådda, 65 går ej`, beside a bar of the same. */
export const goalBar = (goals: readonly Goal[]): Html | string => {
  if (goals.length === 0) return missing;
  const parts = [
    ["uppnatt", numberOf(goals, "uppnatt"), "nått", "nådda"],
    ["delvis", numberOf(goals, "delvis"), "delvis", "delvis"],
    ["ej_uppnatt", numberOf(goals, "ej_uppnatt"), "inte nått", "inte nådda"],
    ["ej_matbart", goals.length - numberOf(goals, ...judged), "går ej", "går ej"],
  ] as const;
  const shown = parts.filter(([, count]) => count > 0);
  const of = [...new Set(goals.map(({ mal }) => mal.insats_id))];
  return html`<span class="stapel" aria-hidden="true">${shown.map(
    ([verdict, count]) => html`<span class="${verdict}" style="flex-grow:${String(count)}"></span>`,
  )}</span>${joined(
    shown.map(([verdict, count, one, several]) =>
      listing("mal", of, verdict, `${number(count)} ${count === 1 ? one : several}`),
    ),
    ", ",
  )}`;
};

/** `73 (44 kvinnor, 29 män)`; what few persons would be known by is withheld. */
export const peopleText = (kon: Kon | undefined): string => {
  if (kon === undefined) return missing;
  const { totalt, kvinnor, man } = kon;
  if (totalt === null) return withheld;
  return kvinnor === null || man === null
    ? `${number(totalt)} (kön visas inte)`
    : `${number(totalt)} (${number(kvinnor)} kvinnor, ${number(man)} män)`;
};

/** `310 tkr av 500 tkr`; what is only applied for is said to be. */
export const invoicedText = ({ kostnadsandel, prognos }: Publik): string => {
  const invoiced = kostnadsandel.filter(({ dimension }) => dimension === "insats");
  const periods = wholeYears(prognos).filter(({ forbund_id: id, medel_ore: ore }) => id === "alla" && ore !== null);
  const granted = periods.filter(({ medel_kalla: kalla }) => kalla !== "budget_ansokt");
  const sum = (rows: typeof periods): string => tusental(rows.reduce((total, row) => total + (row.medel_ore ?? 0), 0));
  const left = invoiced.length === 0 ? missing : tusental(totalOf(invoiced));
  if (granted.length > 0) return `${left} av ${sum(granted)}`;
  return periods.length > 0 ? `${left} (${sum(periods)} är sökt)` : left;
};

const questionItem = (publik: Publik, names: Names, { insats, insatser, forbund, text, ask }: Question): Html => {
  const paying = publik.forbund.filter(({ forbund_id: id }) =>
    insats === null ? id === forbund : insatserOf(publik, id).some((own) => insatser.includes(own)),
  );
  const whose = paying.map(({ forbund_id: id }) => names.forbund(id));
  return html`<strong>${insats === null ? forbundLink(path, names, forbund ?? "") : insatsLink(path, names, insats)}.</strong> ${text} <em>Förslag: ${ask}.</em>${
    insats !== null &&
    whose.length > 0 &&
    html` <span class="plats">Fråga för ${whose.length > 2 ? `de ${counted(whose.length)} förbund som betalar` : listed(whose)}.</span>`
  }`;
};

const questionSection = (publik: Publik, names: Names, questions: readonly Question[]): Html => {
  const rest = questions.length - most;
  return html`<h2>Att ta ställning till</h2>
${
  questions.length === 0
    ? html`<p>Allt som går att pröva stämmer med underlaget.</p>\n`
    : html`<ol class="tat fragor">
${questions.slice(0, most).map((question) => html`<li>${questionItem(publik, names, question)}</li>\n`)}</ol>
`
}${
  rest > 0 &&
  html`<p>${begun(things(rest, "en fråga", "frågor"))} till, mindre allvarliga, och alla uppgifter som inte stämmer står i <a href="${linkTo(path, utsagekontrollPath)}">kontrollräkningen</a>.</p>\n`
}`;
};

/** The insatser that there is anything to say of: a goal, a claim or an invoice. */
const examinedIn = ({
  malsammanfattning: mal,
  utsagekontroll: utsagor,
  kostnadsandel: andelar,
}: Publik): Set<string | null> =>
  new Set([mal, utsagor, andelar].flatMap((rows) => rows.map(({ insats_id: id }) => id)));

const insatsSection = (
  publik: Publik,
  names: Names,
  own: (insats: string) => Publik,
  chart: Chart | undefined,
): Html => {
  const examined = examinedIn(publik);
  const goals = Map.groupBy(goalsOf(publik), ({ mal }) => mal.insats_id);
  const paying = publik.forbund.map(({ forbund_id: id }) => ({ id, insatser: insatserOf(publik, id) }));
  const rows = publik.insats
    .filter(({ insats_id: id }) => examined.has(id))
    .map(({ insats_id: id }) => ({
      id,
      of: own(id),
      goals: goals.get(id) ?? [],
      forbund: paying.filter(({ insatser }) => insatser.includes(id)),
    }));
  const wrong = ({ of }: (typeof rows)[number]): number =>
    of.utsagekontroll.filter(({ utfall }) => utfall === "avviker").length;
  const missed = (row: (typeof rows)[number]): number => numberOf(row.goals, "ej_uppnatt");
  rows.sort((a, b) => wrong(b) - wrong(a) || (rows.length > many ? missed(b) - missed(a) : 0));
  const tableOfSome = (caption: string, some: typeof rows): Html =>
    tableMarkup({
      ...tableOf(caption, some, [
        column(
          "Insats och förbund",
          ({ id, of, forbund }) =>
            html`${insatsLink(path, names, id)} <span class="plats">${
              forbund.length === 0
                ? "förbundet anges inte"
                : listed(
                    forbund.map((one) => `${names.forbund(one.id)}${isOnlyApplied(of, id, one.id) ? appliedMark : ""}`),
                  )
            }</span>`,
        ),
        column("Mål, och hur många som går att bedöma", (row) => goalBar(row.goals)),
        column("Deltagare", ({ of: { konsfordelning } }) =>
          traced(konsfordelning[0]?.resultat_id ?? "", peopleText(konsfordelning[0])),
        ),
        column("Fakturerat av beviljat", ({ of }) =>
          traced(of.kostnadsandel.find(({ dimension }) => dimension === "insats")?.resultat_id ?? "", invoicedText(of)),
        ),
        figure("Stämmer inte", (row) => listing("avviker", [row.id], "", number(wrong(row)))),
      ]),
      grund: "malsammanfattning utsagekontroll",
    });
  const others = publik.insats.filter(({ insats_id: id }) => !examined.has(id));
  const linked = others.map(({ insats_id: id }) => insatsLink(path, names, id));
  return html`<h2 id="insatser">Insatserna</h2>
${
  rows.length === 0
    ? html`<p>Ingen insats finns i underlaget.</p>\n`
    : rows.length <= many
      ? tableOfSome("Den insats först som har flest uppgifter som inte stämmer", rows)
      : html`${tableOfSome(`De ${counted(many)} av ${number(rows.length)} som har flest uppgifter som inte stämmer, sedan flest mål som inte är nådda`, rows.slice(0, many))}<details><summary>Visa ${number(rows.length - many)} insatser till</summary>
${tableOfSome("De andra insatserna", rows.slice(many))}</details>\n`
}${
  others.length > 0 &&
  html`<p class="skarm">Underlaget nämner också ${joined(linked, ", ")}, utan mål eller uppgifter att pröva.</p>\n`
}${chart && html`<p class="skarm"><a href="../diagram/${chart.name}.svg">Målens utfall som diagram</a></p>\n`}`;
};

/** The day to which an insats's data go, and of which insatser. */
const reachText = (publik: Publik, names: Names): string => {
  const known = publik.insats.flatMap(({ insats_id: id, data_till: day }) => (day === null ? [] : [{ id, day }]));
  const days = [...Map.groupBy(known, ({ day }) => day)].sort(([a], [b]) => (a < b ? 1 : -1));
  const said = days.map(
    ([day, some]) =>
      `${dayText(day)} (${some.length > 3 ? `${counted(some.length)} insatser` : listed(some.map(({ id }) => names.insats(id)))})`,
  );
  return days.length === 0
    ? "Ingen insats har daterade uppgifter."
    : `Uppgifterna går till och med ${listed(said.slice(0, 4))}.`;
};

const trustSection = (publik: Publik, names: Names): Html => {
  const { leveranser, kalla: kallor, maluppfyllelse: malrader } = publik;
  const senders = [...new Set(kallor.flatMap(({ utgivare }) => utgivare ?? []))];
  const rows = sumOf(leveranser, "lasta");
  const files = new Set(leveranser.map(({ fil }) => fil)).size;
  const refused = leveranser.reduce((sum, { avvisade }) => sum + avvisade, 0);
  const hidden = malrader.filter(({ ar_dold: isHidden }) => isHidden).length;
  const delivered = `${kallor.length === 0 ? "inga namngivna dokument" : things(kallor.length, "ett dokument", "dokument")}${
    senders.length === 0 ? "" : ` från ${things(senders.length, "en avsändare", "avsändare")}`
  } ligger till grund`;
  return html`<h2>Går det att lita på?</h2>
<ul class="tat">
<li><strong>Underlag:</strong> ${delivered}. ${reachText(publik, names)}</li>
<li><strong>Täckning:</strong> ${coverageText(publik)}</li>
<li><strong>Inläsning:</strong> ${listing("leverans", [], "", `${rows === withheld ? "raderna i" : `${rows} rader ur`} ${things(files, "en fil", "filer")}`)} är lästa, ${refused === 0 ? "ingen är avvisad" : `${things(refused, "en är avvisad", "är avvisade")}`}. <a class="skarm" href="${linkTo(path, underlagPath)}">Underlaget i sin helhet</a></li>
<li><strong>Dolt:</strong> ${
    hidden === 0
      ? "inget värde är dolt."
      : `${things(hidden, "ett värde", "värden")} om få personer visas som ”..”, så att ingen kan kännas igen.`
  }</li>
</ul>
`;
};

/** The förbund with what each comes to; the page's way to the reader's own. */
const forbundList = (publik: Publik, names: Names): Html => {
  const goals = goalsOf(publik);
  const items = forbundWithPage(publik).map(({ forbund_id: id }) => {
    const insatser = new Set(insatserOf(publik, id));
    const own = goals.filter(({ mal }) => insatser.has(mal.insats_id));
    const invoiced = publik.kostnadsandel.filter((row) => row.dimension === "forbund" && row.id === id);
    const whole = publik.forbundskostnad.find((row) => row.forbund_id === id && row.dimension === "forbund");
    const said: Part[] = [
      insatser.size === 0 ? "ingen insats" : things(insatser.size, "en insats", "insatser"),
      own.length > 0 && [
        ", ",
        listing(
          "mal",
          [...insatser],
          "uppnatt",
          `${number(numberOf(own, "uppnatt"))} av ${number(own.length)} mål nådda`,
        ),
      ],
      invoiced.length > 0 && [", ", traced(whole?.resultat_id ?? "", tusental(totalOf(invoiced)))],
    ];
    return html`<li>${forbundLink(path, names, id)} <span class="plats">${said}</span></li>\n`;
  });
  if (items.length === 0) return html`<p id="forbund">Inget förbund finns i underlaget.</p>\n`;
  const list = html`<ul class="tat tre">\n${items}</ul>`;
  return html`<nav aria-label="Förbund" id="forbund"${items.length > many ? html` class="skarm"` : undefined}><h2>Förbunden</h2>
${items.length > many ? html`<details><summary>Visa alla ${String(items.length)} förbund</summary>\n${list}</details>` : list}</nav>
`;
};

export const indexPage = (
  publik: Publik,
  own: (insats: string) => Publik,
  names: Names,
  { today, korning }: Pick<PaperOf, "today" | "korning">,
  chart: Chart | undefined,
): Page => {
  const examined = examinedIn(publik);
  const goals = goalsOf(publik);
  const [lead, rest] = goalSentences(goals);
  const insatser = publik.insats.filter(({ insats_id: id }) => examined.has(id)).length;
  const last = lastDay(publik.insats);
  const changed = changedSentence(publik);
  const first = publik.insats.flatMap(({ data_fran: day }) => day ?? []).sort()[0];
  const ids = publik.insats.map(({ insats_id: id }) => id);
  const questions = questionsOf(ids, publik.bidragsandel, own, names);
  const title = `Uppföljning av ${things(insatser || publik.insats.length, "en insats", "insatser")}`;
  return {
    path,
    title,
    data: dataText(first, last),
    foot: `${title} · ${dataText("", last)} · körning ${korning}`,
    documents: { kinds: ["pdf", "xlsx"], most: 1 },
    main: html`<p class="plats overrad">${title} · ${last === undefined ? "underlaget är odaterat" : `underlag till och med ${dayText(last)}`} · framtagen ${dayText(today)}</p>
<h1>${lead}</h1>
<p class="ingress">${rest}${changed !== "" && html` ${changed} <a href="${linkTo(path, andringarPath)}">Ändringarna och varför</a>`}</p>
${forbundList(publik, names)}${questionSection(publik, names, questions)}${insatsSection(publik, names, own, chart)}${trustSection(publik, names)}`,
  };
};
