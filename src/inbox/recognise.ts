/** What a table is: which dataset, where its header stands, which column is which. */

import { fold } from "../schema/columns.ts";
import { type Dataset, type DatasetName, datasetNames, datasetOf, datasets } from "../schema/tables.ts";
import type { Post } from "./csv.ts";

export interface Recognised {
  readonly dataset: DatasetName;
  /** Index of the header among the records. */
  readonly header: number;
  /** For each declared column in order: the cell it stands in, from 0, or -1. */
  readonly positions: readonly number[];
  /** For each declared column: the unit its heading states (`kr`, `tkr`, `mkr`, `%`), or empty. */
  readonly units: readonly string[];
  /** Headings that no column goes by. */
  readonly unknown: readonly { readonly cell: number; readonly heading: string }[];
}

/** What the pipeline file declares of a file. */
export interface Declared {
  readonly dataset?: DatasetName | undefined;
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

const unitPattern = /[\s,(]*\(?\s*(mkr|tkr|kr|kronor|sek|%|procent)\s*\)?\s*$/i;
const unitOf = (heading: string): string => {
  const written = unitPattern.exec(heading)?.[1]?.toLowerCase() ?? "";
  if (written === "procent") return "%";
  return written === "kronor" || written === "sek" ? "kr" : written;
};

const namesOf = (name: string, heading: string, synonyms: readonly string[] = []): string[] =>
  [name, heading, ...synonyms].map(fold);

const known = new Map(
  datasetNames.map((dataset) => [
    dataset,
    Object.entries(datasetOf(dataset).columns).map(([name, { heading, synonyms }]) => namesOf(name, heading, synonyms)),
  ]),
);

/** Each declared column's cell in a header record; a heading serves the first column it fits that is still free. */
const match = (dataset: DatasetName, headings: readonly string[], declared: Declared): number[] => {
  const columns = known.get(dataset) ?? [];
  const own = Object.entries(declared.columns ?? {});
  const folded = headings.map((heading) => {
    const renamed = own.find(([written]) => fold(written) === fold(heading));
    return renamed ? fold(renamed[1]) : fold(heading);
  });
  const bare = headings.map((heading, i) =>
    folded[i] === fold(heading) ? fold(heading.replace(unitPattern, "")) : folded[i],
  );
  const taken = new Set<number>();
  // Exact names first: `datum` must not go to a synonym of another column.
  const positions = columns.map(() => -1);
  for (const rank of [0, 1, 2, 3, 4, 5, 6, 7]) {
    for (const [c, names] of columns.entries()) {
      const name = names[rank];
      if (positions[c] !== -1 || name === undefined) continue;
      const cell = folded.findIndex((f, i) => !taken.has(i) && f !== "" && (f === name || bare[i] === name));
      if (cell >= 0) {
        positions[c] = cell;
        taken.add(cell);
      }
    }
  }
  return positions;
};

const requiredFound = ({ columns }: Dataset, positions: readonly number[]): boolean =>
  Object.values(columns).every(({ required }, i) => !required || positions[i] !== -1);

/** The dataset a file or sheet name speaks of: `2023-05 Närvaro`, `narvaro`. Two that fit are none. */
const byName = (name: string): DatasetName | undefined => {
  const words = name
    .replace(/\.[a-z]+$/i, "")
    .split(/[^\p{L}]+/u)
    .map(fold);
  const whole = fold(name.replace(/\.[a-z]+$/i, "").replace(/[\d]/g, ""));
  const fits = datasetNames.filter((dataset) => {
    const names = [dataset, datasets[dataset].heading, ...datasets[dataset].synonyms].map(fold);
    return names.includes(whole) || words.some((word) => names.includes(word));
  });
  const exact = fits.filter((dataset) => fold(dataset) === whole);
  if (exact.length === 1) return exact[0];
  return fits.length === 1 ? fits[0] : undefined;
};

const headerRows = 30;

/**
 * Finds dataset, header and columns of a table.
 * @returns undefined when no dataset fits, or the named dataset's required columns are in no record near the top
 */
export const recognise = (
  names: readonly string[],
  poster: readonly Post[],
  declared: Declared = {},
): Recognised | undefined => {
  const named = declared.dataset ?? names.map(byName).find((dataset) => dataset !== undefined);
  const candidates = named ? [named] : datasetNames;
  let best: (Recognised & { found: number }) | undefined;
  for (const dataset of candidates) {
    const shape = datasetOf(dataset);
    for (const [header, { celler }] of poster.slice(0, headerRows).entries()) {
      const positions = match(dataset, celler, declared);
      const found = positions.filter((cell) => cell >= 0).length;
      const enough = requiredFound(shape, positions) || (named !== undefined && found >= Math.min(2, celler.length));
      if (!enough || found <= (best?.found ?? 0)) continue;
      const unknown = celler.flatMap((heading, cell) =>
        positions.includes(cell) || heading.trim() === "" ? [] : [{ cell, heading }],
      );
      const units = positions.map((cell) => (cell < 0 ? "" : unitOf(celler[cell] ?? "")));
      best = { dataset, header, positions, units, unknown, found };
    }
  }
  return best;
};

const totalWord = /^(summa|totalt|delsumma)$/;

/** A total row: its first filled cell says so, and the rest of its key is empty. "Summa Konsult AB" is a supplier. */
export const isTotal = (celler: readonly string[], keyCells: readonly number[]): boolean => {
  const first = celler.findIndex((cell) => cell.trim() !== "");
  if (first < 0) return false;
  const word = (celler[first] ?? "").trim().toLowerCase();
  if (!totalWord.test(word) && !word.startsWith("varav")) return false;
  return keyCells.every((cell) => cell < 0 || cell === first || (celler[cell] ?? "").trim() === "");
};
