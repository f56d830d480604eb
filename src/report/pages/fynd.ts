/**
 * Findings about deliveries, gathered by file and kind. The finding's own sentence names the value it found, which may
 * be a count of few persons or one person's answer: here the sentence stands without values, and the cell says where to look.
 */
import { type FindingCode, findings } from "../../schema/findings.ts";
import { missing } from "../figures.ts";
import type { Fynd } from "../publik.ts";
import type { Table } from "../table.ts";

const isCode = (kod: string): kod is FindingCode => kod in findings;

const withoutValues = ({ kod, kolumn }: Fynd): string =>
  isCode(kod)
    ? findings[kod].text
        .replaceAll("{kolumn}", kolumn ?? "kolumnen")
        .replaceAll("”{varde}”", "värdet")
        .replaceAll(" ({varde})", "")
        .replaceAll(" ({detalj})", "")
        .replaceAll(/\{varde\}|\{detalj\}/g, "…")
    : kod;

const shownCells = 5;

const placesOf = (found: readonly Fynd[]): string => {
  const places = found.flatMap(({ cell, rad }) => (cell ?? (rad === null ? [] : `rad ${rad}`)) || []);
  const more = places.length > shownCells ? ` och ${places.length - shownCells} till` : "";
  return places.length === 0 ? missing : `${places.slice(0, shownCells).join(", ")}${more}`;
};

/** One row per file, kind and column. */
export const fyndTable = (caption: string, fynd: readonly Fynd[]): Table => {
  const kinds = new Map<string, Fynd[]>();
  for (const one of fynd) {
    const key = [one.fil, one.blad, one.kod, one.kolumn].join("\n");
    const kind = kinds.get(key);
    if (kind) kind.push(one);
    else kinds.set(key, [one]);
  }
  return {
    caption,
    columns: [
      { heading: "Fil" },
      { heading: "Antal", numeric: true },
      { heading: "Var" },
      { heading: "Vad som är fel och vad som behöver göras" },
    ],
    rows: [...kinds.values()].flatMap((found) => {
      const [first] = found;
      if (!first) return [];
      return {
        cells: [
          first.blad === null ? first.fil : `${first.fil}, bladet ${first.blad}`,
          String(found.length),
          placesOf(found),
          withoutValues(first),
        ],
      };
    }),
  };
};
