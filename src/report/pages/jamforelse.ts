/** Insatser side by side: how teams work, and measures where the same thing was counted. Where not, why not. */
import { fold } from "../../schema/columns.ts";
import { measureTitle } from "../../schema/definitions.ts";
import { outer } from "../../schema/funnel.ts";
import { measureOf } from "../../schema/measures.ts";
import { andringar } from "../../schema/pairs.ts";
import {
  begun,
  counted,
  gruppText,
  inUnit,
  listed,
  number,
  percent,
  periodLabel,
  spell,
  things,
} from "../../schema/swedish.ts";
import type { Compared } from "../charts/index.ts";
import type { Chart } from "../charts/picture.ts";
import { intervalText, nameOf, written } from "../charts/tratt.ts";
import { avWords, manyUnits, mixes, spread, standardisedOf } from "../comparison.ts";
import { missing, periodMarkup } from "../figures.ts";
import { type Html, html, joined } from "../html.ts";
import type { Names } from "../names.ts";
import type { Parrad, Profil, Publik } from "../publik.ts";
import { column, figure, tableMarkup, tableOf, traceId } from "../table.ts";
import { filterMarkup } from "./filter.ts";
import { figureMarkup, type Page, placeText } from "./page.ts";

export const jamforelsePath = "jamforelse.html";
const path = jamforelsePath;

/** What a dimension, or a model, is described by. */
type Described = readonly [string, readonly Profil[]];

/** So many columns of text can be read beside each other. */
const readable = 8;

/** Insatser described in the same respects: those that share at least three dimensions with another. */
interface Matrix {
  readonly insatser: string[];
  dimensioner: string[];
}

const matrices = (profiler: readonly Profil[]): Matrix[] => {
  const found: Matrix[] = [];
  for (const [insats, own] of Map.groupBy(profiler, ({ insats_id: id }) => id)) {
    const dimensions = new Set(own.map(({ dimension }) => dimension));
    const sharedWith = ({ dimensioner }: Matrix): string[] => dimensioner.filter((one) => dimensions.has(one));
    const group = found.find((other) => sharedWith(other).length >= 3);
    if (!group) found.push({ insatser: [insats], dimensioner: [...dimensions] });
    else {
      group.insatser.push(insats);
      group.dimensioner = sharedWith(group);
    }
  }
  return found.filter(({ insatser }) => insatser.length > 1 && insatser.length <= readable);
};

/** Which insatser are described in the same words in one dimension. */
const likeness = (own: readonly Profil[], insatser: readonly string[], names: Names): string => {
  const byWords = [...Map.groupBy(own, ({ varde }) => fold(varde)).values()];
  if (byWords.length === 1 && own.length === insatser.length) return "alla lika";
  const alike = byWords.filter(({ length: many }) => many > 1);
  return alike.length === 0
    ? "alla olika"
    : `lika: ${alike.map((some) => listed(some.map(({ insats_id: id }) => names.insats(id)))).join("; ")}`;
};

/** How the insatser work, side by side, and the documents and sections that say so, each once. */
const matrixMarkup = (profiler: readonly Profil[], names: Names, { insatser, dimensioner }: Matrix): Html => {
  const shown = profiler.filter(
    ({ insats_id: insats, dimension }) => insatser.includes(insats) && dimensioner.includes(dimension),
  );
  const called = insatser.map(names.insats).join(", ");
  const table = tableOf(
    `Arbetssätt: ${called}`,
    [...Map.groupBy(shown, ({ dimension }) => dimension)],
    [
      column("Dimension", ([dimension]) => dimension),
      ...insatser.map((id) =>
        column(
          names.insats(id),
          ([, own]: Described) => own.findLast(({ insats_id: insats }) => insats === id)?.varde ?? missing,
        ),
      ),
      column("Lika eller olika", ([, own]) => likeness(own, insatser, names)),
    ],
  );
  const places = new Map(
    shown.map(({ dokument, avsnitt }) => [`${dokument}/${avsnitt}`, placeText(names, dokument, avsnitt)]),
  );
  return html`<h2>Så arbetar ${called}</h2>
${tableMarkup(table)}
<p>Orden är rapportens egna. ${joined([...places.values()], "; ")}.</p>
`;
};

/**
 * Models of work: how each works, in which respects they are alike, and beside it what each comes to with its interval. Result and
 * cost are two columns and never one score.
 */
const modelsMarkup = ({ insats: insatser, teamprofil }: Publik, compared: readonly Compared[]): Html | undefined => {
  const modelOf = new Map(insatser.map(({ insats_id: id, modell }) => [id, modell]));
  const described = teamprofil.filter(({ insats_id: id }) => modelOf.get(id));
  const models = [...Map.groupBy(described, ({ insats_id: id }) => modelOf.get(id) ?? "")].sort(([a], [b]) =>
    a.localeCompare(b, "sv"),
  );
  if (models.length < 2) return undefined;
  const dimensions = [...new Set(described.map(({ dimension }) => dimension))].slice(0, readable);
  const wordsOf = (own: readonly Profil[], dimension: string): string[] => [
    ...new Map(own.filter((row) => row.dimension === dimension).map(({ varde }) => [fold(varde), varde])).values(),
  ];
  const sayOf = (own: readonly Profil[], dimension: string): string => {
    const words = wordsOf(own, dimension);
    return words.length > 2 ? `olika mellan insatserna (${words.length} sätt)` : words.join(" eller ") || missing;
  };
  const measured = compared.filter(({ amne, av }) => av === "modell" && amne.kon === "").map(({ amne }) => amne);
  const table = tableOf("Modellerna: arbetssätt, resultat och kostnad", models, [
    column("Modell", ([modell]) => begun(modell)),
    ...dimensions.map((dimension) => {
      const many = new Set(models.map(([, own]) => fold(sayOf(own, dimension)))).size;
      const heading = `${dimension} (${many === 1 ? "lika" : `${counted(many, "ett")} sätt`})`;
      return column(heading, ([, own]: Described) => sayOf(own, dimension));
    }),
    ...measured.map((amne) =>
      figure(amne.titel, ([modell]: Described) => {
        const one = amne.enheter.find(({ id }) => id === modell);
        return one ? html`${written(amne, one.varde)} <span class="nb">(${intervalText(amne, one)})</span>` : missing;
      }),
    ),
  ]);
  return html`<h2>Modellerna</h2>
${tableMarkup(table)}
<p>Orden är insatsernas egna. Parentesen är osäkerheten (95 %). Resultat och kostnad står var för sig: de vägs inte ihop till en poäng, eftersom ingen har sagt vad det ena är värt i det andra.</p>
`;
};

/** How each parameter of a measure is said. Of what is named by ids a reader needs how many. */
const parameterWords: Readonly<Record<string, (value: string) => string>> = {
  motestyp: (value) => `möten av slaget ${value}`,
  minst_parter: (value) => (value === "1" ? "med minst en part" : `med minst ${value} parter`),
  part: (value) => `där ${value} är med`,
  part_id: (value) => things(value.split(", ").length, "en utvald part", "utvalda parter"),
  forbund_id: (value) => things(value.split(", ").length, "ett utvalt förbund", "utvalda förbund"),
  enkat_id: (value) => things(value.split(", ").length, "en utvald enkät", "utvalda enkäter"),
  fraga: (value) => `frågan ”${value}”`,
  svar: (value) => `svaret ”${value}”`,
  grupp: (value) => `gruppen ${value}`,
  kostnadsslag: (value) => `kostnadsslaget ${value}`,
  post: (value) => `budgetposten ${value}`,
  roll: (value) => `rollen ${value}`,
  slag: (value) => `av slaget ${value}`,
  av: (value) =>
    /^(?:avslutade|alla)$/.test(value) ? `bland ${value}` : things(value.split(", ").length, "en utvald", "utvalda"),
  variabel: (value) => `uppgiften ${value}`,
  varde: (value) => `svaret ${value}`,
  avslutsorsak: (value) => `avslutade med orsaken ${value}`,
};
const wordsBySpelling = new Map(
  Object.entries(parameterWords).map(([name, words]) => [measureTitle(name).toLocaleLowerCase("sv-SE"), words]),
);
const parameter = new RegExp(`(?:^|; )(${[...wordsBySpelling.keys()].join("|")}): `);

/** `Leverans klar (av slaget rapport)`: what a question counts, as a reader says it. */
export const saidDefinition = (text: string): string => {
  const [, title = text, stated = ""] = /^(.*?) \((.*)\)$/s.exec(text) ?? [];
  const [, ...parts] = stated.split(parameter);
  const said = parts.flatMap((name, i) => (i % 2 === 0 ? (wordsBySpelling.get(name)?.(parts[i + 1] ?? "") ?? []) : []));
  return said.length === 0 ? text : `${title} (${said.join(", ")})`;
};

/** Both sides of one measure, the first in the order of the insatser. */
type Par = readonly [Parrad, Parrad];

const pairsOf = ({ parjamforelse: rows }: Publik): Par[] => {
  const keyOf = ({ matt, insats_id: one, annan_insats_id: other }: Parrad): string =>
    JSON.stringify([matt, one, other]);
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return rows.flatMap((row): Par[] => {
    const { insats_id: one, annan_insats_id: other } = row;
    const twin = byKey.get(keyOf({ ...row, insats_id: other, annan_insats_id: one }));
    return twin && one < other ? [[row, twin]] : [];
  });
};

/** `38,5 % (23,4–55,6 %) av 24`: the value, how much chance there is in it, and what a share is of. */
const sideText = ({ varde, enhet, n, ki_lag: lag, ki_hog: hog }: Parrad): string => {
  if (varde === null) return missing;
  const isShare = enhet === "andel";
  const limits =
    lag === null || hog === null
      ? ""
      : ` (${number(isShare ? lag * 100 : lag, 1)}–${isShare ? percent(hog) : number(hog, 1)})`;
  const written = enhet.startsWith("kr") ? inUnit(Math.round(varde), enhet) : inUnit(varde, enhet);
  return `${written}${limits}${isShare && n !== null ? ` av ${number(n)}` : ""}`;
};

/** What has to change, in words: of the definition, of the days, and of what is known. */
const changeWords = (andring: Parrad["andring"]): string =>
  [
    andring.includes("definition") ? "att båda räknas på det här sättet" : [],
    andring.includes("period") ? "att båda räknas för de här dagarna" : [],
    andring.includes("täckning") ? "att det som är okänt lämnas, så att täckningen räcker för målet" : [],
  ]
    .flat()
    .join(", ") || "inget";

/** What two insatser come to by the smallest change that makes them alike. */
const pairMarkup = (names: Names, [one, other]: readonly [string, string], pairs: readonly Par[]): Html => {
  const table = tableOf(
    `${names.insats(one)} och ${names.insats(other)}`,
    pairs.map(([first, second]) => ({ first, second, resultat_id: first.resultat_id })),
    [
      column("Mått", ({ first, second }) => [saidDefinition(first.definition), traceId(second.resultat_id)]),
      column("Period", ({ first }) => periodMarkup(first.fran ?? "", first.till ?? "")),
      figure(names.insats(one), ({ first }) => sideText(first)),
      figure(names.insats(other), ({ second }) => sideText(second)),
      column(
        "Att tänka på",
        ({ first }) => first.skal ?? missing,
        ({ first }) => first.skal !== null,
      ),
    ],
    ({ first }) => `Det som behöver ändras: ${changeWords(first.andring)}`,
  );
  return html`<details><summary><h2>${names.insats(one)} och ${names.insats(other)}: ${things(pairs.length, "ett mått", "mått")}</h2></summary>
${tableMarkup(table)}</details>
`;
};

interface Skal {
  readonly skal: string;
  readonly vilka: string;
  readonly matt: Set<string>;
}

/** Why the others cannot be compared: each reason once, with the insatser and all measures that it holds for. */
const reasonsOf = (names: Names, pairs: readonly Par[]): Skal[] => {
  const found = new Map<string, Skal>();
  const add = (skal: string, vilka: string, matt: string): void => {
    const key = JSON.stringify([skal, vilka]);
    const one = found.get(key) ?? { skal, vilka, matt: new Set<string>() };
    one.matt.add(measureTitle(matt));
    found.set(key, one);
  };
  for (const pair of pairs) {
    const [one, other] = pair;
    const lacking = pair.filter(({ brist }) => brist !== null);
    for (const { brist, insats_id: insats, matt } of lacking) add(brist ?? "", names.insats(insats), matt);
    if (lacking.length === 0)
      add(one.skal ?? "", `${names.insats(one.insats_id)} och ${names.insats(other.insats_id)}`, one.matt);
  }
  return [...found.values()].sort((a, b) => (a.skal === b.skal ? b.matt.size - a.matt.size : a.skal < b.skal ? -1 : 1));
};

const reasonsMarkup = (reasons: readonly Skal[]): Html =>
  tableMarkup(
    tableOf(
      "Varför de andra inte går att jämföra",
      reasons,
      [
        column("Insats", ({ vilka }) => vilka),
        column("Mått", ({ matt }) => listed([...matt].sort((a, b) => a.localeCompare(b, "sv")))),
      ],
      ({ skal }) => `${begun(skal)}${skal === spell("saknas") ? ": det minsta som behövs är att det lämnas" : ""}`,
    ),
  );

/** What a measure of persons before and after may not be taken for; empty of others. */
const changeText = (matt: string): string =>
  measureOf(matt).definition.jamfor_inte_med.includes("en effekt av insatsen")
    ? " Måttet jämför deltagarna före och efter. Ingen jämförelsegrupp visar vad som hade hänt ändå, så förändringen är inte insatsens effekt."
    : "";

/** What one may conclude of what is shown, and what not. */
const conclude = (can: string, cannot: string): Html => html`<p><strong>Det här kan man säga:</strong> ${can}</p>
<p><strong>Det här kan man inte säga:</strong> ${cannot}</p>
`;

/** So few of what a share is of make one more or less a large step. */
const few = 20;

/** What one may conclude of two insatser side by side, by what is shown. */
const conclusionMarkup = (rows: readonly Parrad[]): Html => {
  const isSmall = rows.some(({ enhet, n }) => enhet === "andel" && n !== null && n < few);
  const hasInterval = rows.some(({ ki_lag: lag }) => lag !== null);
  return conclude(
    `hur det gick i den ena insatsen och i den andra, räknat på samma sätt under samma dagar.${
      hasInterval
        ? " Parentesen visar hur stor slumpens roll är (95 %). Där två parenteser går in i varandra har ingen skillnad visats."
        : ""
    }`,
    `att det ena arbetssättet är bättre. Deltagarna är inte lottade och målgrupperna kan skilja sig.${
      isSmall ? ` Några andelar är av färre än ${counted(few)}: där gör en enda mer eller mindre stor skillnad.` : ""
    }${rows.map(({ matt }) => changeText(matt)).find((text) => text !== "") ?? ""}`,
  );
};

/** Any two insatser in each measure that a goal of either states. */
const pairsMarkup = (publik: Publik, names: Names): Html | undefined => {
  const pairs = pairsOf(publik);
  if (pairs.length === 0) return undefined;
  const possible = pairs.filter(([one]) => one.jamforbar);
  const shown = possible.filter((pair) => pair.every(({ ar_dold: isHidden }) => !isHidden));
  const hidden = possible.length - shown.length;
  const unchanged = shown.filter(([one]) => one.andring === "ingen").length;
  const reasons = reasonsOf(
    names,
    pairs.filter(([one]) => !one.jamforbar),
  );
  const of = Map.groupBy(
    shown.sort(([a], [b]) => andringar.indexOf(a.andring) - andringar.indexOf(b.andring)),
    ([one, other]) => JSON.stringify([one.insats_id, other.insats_id]),
  );
  const answers = [
    `${begun(counted(unchanged))} går att göra som de är och ${counted(shown.length - unchanged)} efter en ändring.`,
    hidden === 0 ? [] : `${begun(counted(hidden))} visas inte, eftersom någon av insatserna har för få personer.`,
    possible.length === pairs.length ? [] : `För ${counted(pairs.length - possible.length)} räcker ingen ändring.`,
  ].flat();
  return html`<h2>Insatser två och två</h2>
<p>Varje mått som någon av två insatser har ett mål om har prövats: går det att jämföra som det är, och vad är annars det minsta som behöver ändras? Det ger ${things(pairs.length, "en jämförelse", "jämförelser")}. ${
    possible.length === 0 ? "Ingen av dem går att göra: ingen ändring räcker." : answers.join(" ")
  }</p>
${[...of].map(([key, own]) => pairMarkup(names, JSON.parse(key) as [string, string], own))}${
  shown.length === 0 ? undefined : conclusionMarkup(shown.flat())
}${
  reasons.length === 0
    ? undefined
    : html`<details><summary><h2>Det som ingen ändring gör jämförbart</h2></summary>
${reasonsMarkup(reasons)}</details>
`
}`;
};

/** What one may conclude of many side by side, by what is shown. */
const manyConclusion = ({ amne, av }: Compared): Html => {
  const { slag, enheter, spridning } = amne;
  const isMany = enheter.length >= manyUnits;
  const [one] = avWords[av];
  return conclude(
    isMany
      ? `${one === "förbund" ? "vilket" : "vilken"} ${one} som ligger längre från de andra än slumpen rimligen tar den. Av tusen som inte skiljer sig hamnar högst två utanför den yttre gränsen. Här är de ${counted(enheter.length)}: risken att någon av dem pekas ut utan skäl är högst ${percent(1 - outer ** enheter.length, 0)}.`
      : `hur säkert värdet är för varje ${one}. Med färre än ${counted(manyUnits)} går det inte att säga vad som är vanligt.`,
    `vad skillnaden beror på, och vem som är bäst. ${
      slag === "kostnad"
        ? "En låg kostnad per person kan vara en kort insats."
        : "Olika målgrupper har olika lätt att nå samma resultat."
    }${changeText(amne.matt)}${
      isMany && spridning > spread
        ? ` Alla skiljer sig mer än slumpen ger (${number(spridning, 1)} gånger): en del av dem som ligger utanför gör det för att deltagarna eller sättet att räkna är olika.`
        : ""
    }`,
  );
};

/** Insatser or models side by side: each measure with its picture, women and men folded under it. */
const manyMarkup = (compared: readonly Compared[], av: Compared["av"]): Html | undefined => {
  const own = compared.filter((one) => one.av === av && one.chart);
  if (own.length === 0) return undefined;
  const pictureOf = (one: Compared): Html =>
    html`${one.chart && figureMarkup(path, one.chart)}${one.chart && one.chart.table.rows.length > 0 ? tableMarkup(one.chart.table) : undefined}`;
  return html`<h2>${begun(avWords[av][2])} bredvid varandra</h2>
${own
  .filter(({ amne }) => amne.kon === "")
  .map((one) => {
    const { matt, titel } = one.amne;
    const parts = own.filter(({ amne }) => amne.kon !== "" && amne.matt === matt && amne.titel === titel);
    return html`<h3>${titel}</h3>
${pictureOf(one)}${
  parts.length === 2
    ? html`<details><summary>Kvinnor och män: ${titel}</summary>
${parts.map(pictureOf)}</details>
`
    : undefined
}${
  one.vidgad &&
  html`<details><summary>Gränser vidgade för spridningen: ${titel}</summary>
${pictureOf({ ...one, chart: one.vidgad })}<p>Gränserna är vidgade för att alla skiljer sig mer än slumpen ger. De som skiljer sig på riktigt vidgar dem också, så bilden säger mindre om dem.</p>
</details>
`
}${manyConclusion(one)}`;
  })}`;
};

/** What a share of each model would be with the same mix of persons, beside what it is. */
const standardMarkup = (publik: Publik): Html | undefined => {
  const found = standardisedOf(publik);
  if (found.length === 0) return undefined;
  return html`<h2>Modellerna med samma deltagare</h2>
${found.map(({ titel, fran, till, dimension, delar, utan, modeller }) => {
  const table = tableOf(`${titel}, ${periodLabel(fran, till)}: samma fördelning av ${mixes[dimension]}`, modeller, [
    column("Modell", ({ namn }) => namn),
    figure("Antal", ({ antal }) => number(antal)),
    figure("Som det är", ({ ra }) => percent(ra)),
    figure("Omräknat", ({ varde }) => percent(varde)),
    figure("Osäkerhet (95 %)", ({ lag, hog }) => `${number(lag * 100, 1)}–${percent(hog)}`),
  ]);
  const parts = [...delar].map(([grupp, part]) => `${percent(part, 0)} ${gruppText(dimension, grupp)}`);
  return html`${tableMarkup(table)}
<p>Omräknat är andelen om varje modell hade ${listed(parts)}, som alla i tabellen har tillsammans. Bara insatser där varje grupp får visas är med.${utan.length === 0 ? undefined : ` Utan ${listed(utan.map((grupp) => gruppText(dimension, grupp)))}, som någon modell inte har.`}</p>
`;
})}${conclude(
  "om en skillnad mellan modellerna finns kvar när de jämförs med samma blandning av deltagare.",
  "att det som är kvar beror på arbetssättet. Deltagarna kan skilja sig i annat än det som räknats om.",
)}`;
};

/** Models over time, and what one may conclude of them. */
const trendsMarkup = (trends: readonly Chart[]): Html | undefined => {
  if (trends.length === 0) return undefined;
  return html`<h2>Modellerna över tid</h2>
${trends.map(
  (one) => html`${figureMarkup(path, one)}<details><summary>Siffrorna bakom bilden</summary>
${tableMarkup(one.table)}</details>
`,
)}${conclude(
  "hur varje modell ändrades, räknad på samma insatser hela tiden. Bara där linjen är hel räknas det på samma sätt.",
  "att modellen orsakade ändringen. Före och efter utan jämförelsegrupp visar inte vad som hade hänt ändå, och enstaka perioder svänger av slump.",
)}`;
};

/** Every figure behind the pictures of many, by name: who looks for one insats finds it, and nobody is ranked. */
const figuresMarkup = ({ insats: insatser }: Publik, names: Names, compared: readonly Compared[]): Html | undefined => {
  const many = compared.filter(({ amne, av }) => av === "insats" && amne.enheter.length >= manyUnits);
  if (many.length === 0) return undefined;
  const of = new Map(insatser.map((one) => [one.insats_id, one]));
  const rows = many.flatMap(({ amne }) => amne.enheter.map((enhet) => ({ amne, enhet, insats: of.get(enhet.id) })));
  const table = tableOf("Siffrorna bakom bilderna", rows, [
    column("Insats", ({ enhet }) => enhet.namn),
    column(
      "Förbund",
      ({ insats }) => (insats?.finansiarer ?? "").split(",").filter(Boolean).map(names.forbund).join(", ") || missing,
    ),
    column("Modell", ({ insats }) => insats?.modell ?? missing),
    column("Mått", ({ amne }) => nameOf(amne)),
    column("Period", ({ amne }) => periodMarkup(amne.fran, amne.till)),
    figure("Antal", ({ enhet }) => number(enhet.namnare)),
    figure("Värde", ({ amne, enhet }) => written(amne, enhet.varde)),
    figure("Osäkerhet (95 %)", ({ amne, enhet }) => intervalText(amne, enhet)),
  ]);
  return html`<details><summary><h2>Alla siffror</h2></summary>
${filterMarkup(table, ["Förbund", "Modell", "Mått", "Period"])}</details>
`;
};

/** `rapport/jamforelse.html`. */
export const jamforelsePage = (
  publik: Publik,
  names: Names,
  compared: readonly Compared[],
  trends: readonly Chart[] = [],
): Page => {
  return {
    path,
    title: "Jämförelse",
    documents: { kinds: ["xlsx"] },
    main: html`<h1>Jämförelse mellan insatser</h1>
<p class="ingress">Två insatsers värden ställs bredvid varandra bara när de räknar samma sak, under samma dagar och på samma sorts underlag.</p>
${modelsMarkup(publik, compared)}${manyMarkup(compared, "modell")}${trendsMarkup(trends)}${standardMarkup(publik)}${manyMarkup(compared, "insats")}${manyMarkup(compared, "forbund")}${figuresMarkup(publik, names, compared)}${pairsMarkup(publik, names)}${matrices(publik.teamprofil).map((matrix) => matrixMarkup(publik.teamprofil, names, matrix))}
`,
  };
};
