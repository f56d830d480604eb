/**
 * Findings about deliveries, gathered by file and kind. The finding's own sentence names the value it found, which may
 * be a count of few persons or one person's answer: here the sentence stands without values, and the cell says where to look.
 */
import { type FindingCode, findings } from "../../schema/findings.ts";
import { missing, withheld } from "../figures.ts";
import type { Fynd } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";

/** What a finding says of its kind, as a whole sentence, without the value that it was found in. */
export const withoutValues = (kod: string, kolumn: string | null): string => {
  if (!(kod in findings)) return kod;
  return findings[kod as FindingCode].utanVarden
    .replace(/^”\{varde\}”/, "Värdet")
    .replaceAll("”{varde}”", "värdet")
    .replaceAll("{kolumn}", kolumn ?? "kolumnen")
    .replace(/ \(\{(varde|detalj)\}\)|:? \{(varde|detalj)\}/g, "");
};

const shownCells = 5;

const placesOf = (found: readonly Fynd[]): string => {
  const places = found.flatMap(({ cell, rad }) => (cell ?? (rad === null ? [] : `rad ${rad}`)) || []);
  const more = places.length > shownCells ? ` och ${places.length - shownCells} till` : "";
  return places.length === 0 ? missing : `${places.slice(0, shownCells).join(", ")}${more}`;
};

/**
 * One row per file, kind and column.
 * @param ofPersons files whose rows are about persons: how many rows and which cells would tell of few
 */
export const fyndTable = (
  caption: string,
  fynd: readonly Fynd[],
  ofPersons: ReadonlySet<string> = new Set(),
): Table => {
  const kinds = Map.groupBy(fynd, ({ fil, blad, kod, kolumn }) => [fil, blad, kod, kolumn].join("\n"));
  const rows = [...kinds.values()].flatMap((found) => found.slice(0, 1).map((first) => ({ first, found })));
  return tableOf(caption, rows, [
    column("Fil", ({ first: { fil, blad } }) => (blad === null ? fil : `${fil}, bladet ${blad}`)),
    figure("Antal", ({ first: { fil }, found }) => (ofPersons.has(fil) ? withheld : String(found.length))),
    column("Var", ({ first: { fil }, found }) => (ofPersons.has(fil) ? withheld : placesOf(found))),
    column("Vad som är fel och vad som behöver göras", ({ first }) => withoutValues(first.kod, first.kolumn)),
  ]);
};
