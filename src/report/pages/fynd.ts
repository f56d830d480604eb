/**
 * Findings about deliveries, gathered by file and kind. The finding's own sentence names the value it found, which may
 * be a count of few persons or one person's answer: here the sentence stands without values, and the cell says where to look.
 */
import { type FindingCode, findings } from "../../schema/findings.ts";
import { missing } from "../figures.ts";
import type { Fynd } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";

const isCode = (kod: string): kod is FindingCode => kod in findings;

/** Phrases that name a value, and what is said of it where it may not be shown; a longer one comes before what it holds. */
const unnamed: readonly (readonly [phrase: string, without: string])[] = [
  ["värdet och ”{detalj}”", "två värden"],
  [" ({varde})", ""],
  [" ({varde} stycken)", ""],
  [" ({detalj})", ""],
  [" ({detalj} är samma)", ""],
  [" (antal rader: {detalj})", ""],
  [": den är {detalj}", ""],
  ["i raden som börjar på rad {detalj} ", ""],
  [", på rad {detalj}", ""],
  [" i {detalj}, så", " där den ska stå, så"],
  ["saknar {detalj}, som varje", "saknar en kolumn som varje"],
  ["innehåller {detalj} tecken", "innehåller för många tecken"],
  ["Skriv belopp: {detalj} i", "Skriv det i"],
  ["kolumnerna {detalj} ska", "kolumner som hör ihop ska"],
  ["när {detalj} har", "när en annan kolumn har"],
  [" lästs i {detalj}", " lästs"],
  ["läst ur {detalj}", "läst ur en annan fil"],
  ["ersatt av {detalj}", "ersatt av en annan"],
  ["lästs som {detalj}, som", "lästs så som"],
  ["skriv {detalj} under", "skriv det under"],
  ["säger {detalj}.", "säger något annat."],
  ["delade efter {detalj}", "delade i grupper"],
  ["belopp under {detalj} är", "belopp i en kolumn är"],
  ["bara ett, {detalj}, och", "bara ett, och"],
  ["Kolumn {detalj} har", "En kolumn har"],
  ["Kolumn {varde} har", "En kolumn har"],
  ["{detalj} och säger", "Raderna har samma nyckel och säger"],
  ["{detalj}. De är", "Raderna har samma nyckel. De är"],
  ["{detalj}, och det", "Raden finns i en senare fil, och det"],
  ["läses som {detalj}", "läses på ett annat sätt"],
  [": nu {detalj}", ""],
  ["Summaraden anger {varde} i ", "Summaraden stämmer inte i "],
  [", men raderna summerar till {detalj}", ""],
  ["under en rubrik i {detalj} är", "är"],
  [": {varde} kr", ""],
  ["om till {detalj}", "om"],
  ["den {detalj}, som inte", "en dag som inte"],
  ["mötet {varde}, som {detalj},", "ett möte som inte har hållits,"],
  ["mötet {detalj}", "ett möte"],
  ["belopp som {detalj}", "belopp som en annan"],
  ["belopp i {detalj}", "belopp i en annan fil"],
  ["budget för {detalj}", "budget för året"],
  [" för {varde} summerar till {detalj} %, inte 100", " summerar inte till 100 %"],
  [", som ger {detalj}", ""],
  ["från och med {detalj}", "från en viss dag"],
  ["; perioden är {varde}", ""],
  ["ordet värdet", "ordet i cellen"],
  ["{varde} är inget", "värdet är inget"],
  [": {detalj}", ""],
  [" {detalj}", ""],
  [" {varde}", ""],
];

/** What a finding says of its kind, as a whole sentence, without the value that it was found in. */
export const withoutValues = (kod: string, kolumn: string | null): string => {
  if (!isCode(kod)) return kod;
  const text = findings[kod].text
    .replace(/^”\{varde\}”/, "Värdet")
    .replaceAll("”{varde}”", "värdet")
    .replaceAll("{kolumn}", kolumn ?? "kolumnen");
  return unnamed.reduce((said, [phrase, without]) => said.replaceAll(phrase, without), text);
};

const shownCells = 5;

const placesOf = (found: readonly Fynd[]): string => {
  const places = found.flatMap(({ cell, rad }) => (cell ?? (rad === null ? [] : `rad ${rad}`)) || []);
  const more = places.length > shownCells ? ` och ${places.length - shownCells} till` : "";
  return places.length === 0 ? missing : `${places.slice(0, shownCells).join(", ")}${more}`;
};

/** One row per file, kind and column. */
export const fyndTable = (caption: string, fynd: readonly Fynd[]): Table => {
  const kinds = Map.groupBy(fynd, ({ fil, blad, kod, kolumn }) => [fil, blad, kod, kolumn].join("\n"));
  const rows = [...kinds.values()].flatMap((found) => found.slice(0, 1).map((first) => ({ first, found })));
  return tableOf(caption, rows, [
    column("Fil", ({ first: { fil, blad } }) => (blad === null ? fil : `${fil}, bladet ${blad}`)),
    figure("Antal", ({ found }) => String(found.length)),
    column("Var", ({ found }) => placesOf(found)),
    column("Vad som är fel och vad som behöver göras", ({ first }) => withoutValues(first.kod, first.kolumn)),
  ]);
};
