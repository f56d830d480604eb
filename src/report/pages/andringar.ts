/** What has changed since the last report: each figure that changed, what it was, what it is, and why. */
import { resultNames, resultOf } from "../../schema/results.ts";
import { begun, dayText, inUnit, kronor, listed, number, periodLabel, spell, things } from "../../schema/swedish.ts";
import { postNamn } from "../charts/index.ts";
import { missing } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { gruppNamn, type Names } from "../names.ts";
import { type Andring, type Jamford, type Publik, publikByInsats } from "../publik.ts";
import { type TableRow, tableMarkup } from "../table.ts";
import { insatsLink, type Page } from "./page.ts";

export const andringarPath = "andringar.html";
const path = andringarPath;

const words: Readonly<Record<string, string>> = {
  malvarde: "krav",
  status: "utfall",
  belopp_ore: "fakturerat",
  andel_procent: "andel, procent",
  budget_ore: "budget",
  omraknad_ore: "omräknat ur bemanningen",
  utfall_ore: "fakturerat",
  beraknat_varde: "beräknat värde",
  kvinnor: "kvinnor",
  man: "män",
  okant: "okänt kön",
  totalt: "totalt",
};

const byId = <T extends { readonly resultat_id: string }>(rows: readonly T[], id: string): T | undefined =>
  rows.find(({ resultat_id: other }) => other === id);

/** What a figure is called; undefined if the report no longer has it. */
const nameOf = (publik: Publik, names: Names, { figur }: Andring): string | undefined => {
  const mal = byId(publik.malsammanfattning, figur);
  if (mal) return mal.text;
  const rad = byId(publik.maluppfyllelse, figur);
  if (rad) {
    const goal = publik.malsammanfattning.find(
      ({ insats_id: id, mal_id: own }) => id === rad.insats_id && own === rad.mal_id,
    );
    return [goal?.text ?? rad.mal_id, gruppNamn(names, rad), periodLabel(rad.fran, rad.till)]
      .filter(Boolean)
      .join(", ");
  }
  const andel = byId(publik.kostnadsandel, figur) ?? byId(publik.kostnadsandel_ar, figur);
  if (andel) {
    const { dimension, id, insats_id: insats } = andel;
    const year = "ar" in andel ? `, ${andel.ar}` : "";
    if (dimension === "insats") return `Hela insatsen${year}`;
    if (dimension === "forbund") return `${begun(names.forbund(id))}${year}`;
    if (dimension === "part") return `${begun(names.part(insats, id))}${year}`;
    return `${id === "ingen" ? "Ingen huvudman angiven" : `Huvudman ${spell(id)}`}${year}`;
  }
  const budget = byId(publik.budgetutfall, figur);
  if (budget) return `${postNamn(names, budget)}, ${budget.ar}`;
  if (byId(publik.konsfordelning, figur)) return "Kvinnor och män";
  return byId(publik.utsagekontroll, figur)?.text;
};

const kindOf = ({ figur, kolumn }: Andring): string => {
  const name = resultNames.find((result) => figur.startsWith(`${result}/`));
  return name === undefined ? "" : (resultOf(name).columns[kolumn]?.kind ?? "");
};

const valueText = (publik: Publik, andring: Andring, value: string | null): string => {
  if (value === null) return missing;
  const kind = kindOf(andring);
  if (kind === "text") return spell(value);
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(value)) return value;
  if (kind === "ore") return kronor(Number(value));
  const enhet = byId(publik.maluppfyllelse, andring.figur)?.enhet;
  return enhet === undefined ? number(Number(value), 1) : inUnit(Number(value), enhet);
};

const rowOf = (publik: Publik, names: Names, andring: Andring): TableRow => {
  const name = nameOf(publik, names, andring);
  const what = words[andring.kolumn];
  const known = name !== undefined;
  return {
    id: andring.figur,
    group: andring.forklaring,
    cells: [
      known ? `${name}${what === undefined ? "" : `: ${what}`}` : "Siffran finns inte längre",
      known ? valueText(publik, andring, andring.fore) : missing,
      known ? valueText(publik, andring, andring.efter) : missing,
    ],
  };
};

/** Verdicts come before the figures under them, and those before money, as the results are listed. */
const rankOf = ({ figur }: Andring): number => resultNames.findIndex((result) => figur.startsWith(`${result}/`));

const byReason = (a: Andring, b: Andring): number =>
  a.forklaring === b.forklaring ? rankOf(a) - rankOf(b) : a.forklaring < b.forklaring ? -1 : 1;

/** @param publik what is published of this insats */
const section = (publik: Publik, names: Names, { insats_id: id, jamfort_med: day }: Jamford): Html => {
  return html`<h2>${insatsLink(path, names, id)}</h2>
${tableMarkup({
  caption: `Siffror som är andra än i rapporten den ${dayText(day)}`,
  columns: [{ heading: "Siffra" }, { heading: "Förra rapporten", numeric: true }, { heading: "Nu", numeric: true }],
  rows: publik.andring.toSorted(byReason).map((andring) => rowOf(publik, names, andring)),
})}`;
};

/** How many figures have changed, in a sentence; empty if there is no report to compare with. */
export const changedSentence = ({ jamford: jamforda, andring: andringar }: Publik): string => {
  if (jamforda.length === 0) return "";
  const days = [...new Set(jamforda.map(({ jamfort_med: day }) => day))].sort();
  const before = days.length === 1 ? `rapporten den ${dayText(days[0] ?? "")}` : "förra rapporten";
  return andringar.length === 0
    ? `Inga siffror har ändrats sedan ${before}.`
    : `${begun(things(andringar.length, "en siffra", "siffror"))} har ändrats sedan ${before}.`;
};

export const andringarPage = (publik: Publik, names: Names): Page => {
  const moved = new Set(publik.andring.map(({ insats_id: id }) => id));
  const changed = publik.jamford.filter(({ insats_id: id }) => moved.has(id));
  const still = publik.jamford.filter(({ insats_id: id }) => !moved.has(id));
  const ofInsats = publikByInsats(publik);
  return {
    path,
    documents: { kinds: ["xlsx"] },
    title: "Ändringar sedan förra rapporten",
    main: html`<h1>Ändringar sedan förra rapporten</h1>
<p class="ingress">${changedSentence(publik) || "Det finns ingen tidigare rapport att jämföra med."}</p>
<p>En siffra kan ändras av en ny, sen eller rättad fil, av en korrigering, av att ett mål eller mått definieras på ett annat sätt, eller av att tiden har gått. Siffror vars underlag är för litet för att visas i någon av rapporterna är inte med. Andelar och kostnader som gäller personer visas bara som de är nu. Det gäller också antalen personer i en insats där något av dem har ändrats så lite att personer kan kännas igen.</p>
${changed.map((one) => section(ofInsats(one.insats_id), names, one))}${
  still.length > 0 &&
  html`<h2>Inga ändringar</h2>
<p>${begun(listed(still.map(({ insats_id: id }) => names.insats(id))))}.</p>
`
}`,
  };
};
