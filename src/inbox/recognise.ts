/** What a table is: which dataset, where its header stands, which column is which. */

import { fold } from "../schema/columns.ts";
import { namesIdentity, saysIdentity } from "../schema/identity.ts";
import { type Dataset, type DatasetName, datasetNames, datasetOf, datasets } from "../schema/tables.ts";
import { doubled, type Header, headerAt } from "./header.ts";
import { isBlank, type Post } from "./table.ts";

export interface Recognised {
  readonly dataset: DatasetName;
  /** Index of the header's first record. */
  readonly header: number;
  /** How many records the header takes. */
  readonly rows: 1 | 2;
  /** As written; of two rows joined by a space. */
  readonly headings: readonly string[];
  /** For each declared column in order: the cell it stands in, from 0, or -1. */
  readonly positions: readonly number[];
  /** For each declared column: the unit its heading states (`kr`, `tkr`, `mkr`, `%`), or empty. */
  readonly units: readonly string[];
  /** Headings that no column goes by. */
  readonly unknown: readonly { readonly cell: number; readonly heading: string }[];
  /** Headings of a column that is read, that another column has too: which is meant cannot be seen. */
  readonly doubled: readonly { readonly cells: readonly number[]; readonly heading: string }[];
}

/** What the pipeline file declares of a file. */
export interface Declared {
  readonly dataset?: DatasetName | undefined;
  readonly columns?: Readonly<Record<string, string>> | undefined;
}

const unitPattern =
  /[\s,(]*\(?\s*(?<![\p{L}])(mkr|mnkr|m\. ?kr|milj\.? ?kr|miljoner kr|miljoner kronor|tkr|kkr|kr|kronor|sek|%|procent|st)\s*\)?\s*$/iu;
/** The unit that a heading states. */
export const unitOf = (heading: string): string => {
  const written = unitPattern.exec(heading)?.[1]?.toLowerCase() ?? "";
  if (written === "procent") return "%";
  if (/^m/.test(written)) return "mkr";
  return written === "kronor" || written === "sek" ? "kr" : written === "kkr" ? "tkr" : written;
};

/** What a column goes by, the surest first: an identity number says better who somebody is than `Deltagare`. */
const namesOf = (name: string, heading: string, synonyms: readonly string[] = []): string[] => {
  const others = [heading, ...synonyms];
  const numbers = others.filter(saysIdentity);
  return [name, ...numbers, ...others.filter((other) => !numbers.includes(other))].map(fold);
};

const known = new Map(
  datasetNames.map((dataset) => [
    dataset,
    Object.entries(datasetOf(dataset).columns).map(([name, { heading, synonyms }]) => namesOf(name, heading, synonyms)),
  ]),
);
const ranks = Math.max(...[...known.values()].flat().map((names) => names.length));

/** The cells that go by each folded name: by the heading, without its unit, and by the lower of two rows. */
type Names = ReadonlyMap<string, readonly number[]>;

const namesIn = ({ headings, lower, rows }: Header, declared: Declared): Names => {
  const own = new Map(Object.entries(declared.columns ?? {}).map(([written, column]) => [fold(written), fold(column)]));
  const names = new Map<string, number[]>();
  const add = (name: string, cell: number): void => {
    if (name === "") return;
    const cells = names.get(name);
    if (!cells) names.set(name, [cell]);
    else if (!cells.includes(cell)) cells.push(cell);
  };
  for (const [cell, heading] of headings.entries()) {
    const folded = fold(heading);
    const renamed = own.get(folded);
    add(renamed ?? folded, cell);
    if (renamed === undefined) add(fold(heading.replace(unitPattern, "")), cell);
  }
  if (rows === 2) {
    for (const [cell, heading] of lower.entries()) {
      add(fold(heading), cell);
      add(fold(heading.replace(unitPattern, "")), cell);
    }
  }
  // However it is written: `Deltagarens personnummer (10 siffror)`.
  for (const [cell, heading] of headings.entries()) {
    if (namesIdentity(heading) && !own.has(fold(heading))) add("personnummer", cell);
  }
  return names;
};

/** Each declared column's cell in a header record; a heading serves the first column it fits that is still free. */
const match = (dataset: DatasetName, names: Names): number[] => {
  const columns = known.get(dataset) ?? [];
  const taken = new Set<number>();
  // Exact names first: `datum` must not go to a synonym of another column.
  const positions = columns.map(() => -1);
  for (let rank = 0; rank < ranks; rank++) {
    for (const [c, own] of columns.entries()) {
      const name = own[rank];
      if (positions[c] !== -1 || name === undefined) continue;
      const cell = names.get(name)?.find((i) => !taken.has(i));
      if (cell !== undefined) {
        positions[c] = cell;
        taken.add(cell);
      }
    }
  }
  return positions;
};

const requiredFound = ({ columns }: Dataset, positions: readonly number[]): boolean =>
  Object.values(columns).every(({ required }, i) => !required || positions[i] !== -1);

/** Whether a header has every column that some dataset requires. */
export const fitsDataset = (header: Header): boolean => {
  if (header.headings.length > 500) return false;
  const names = namesIn(header, {});
  return datasetNames.some((dataset) => {
    const positions = match(dataset, names);
    return requiredFound(datasetOf(dataset), positions) && positions.filter((cell) => cell >= 0).length >= 2;
  });
};

/** The dataset a file or sheet name speaks of: `2023-05 Närvaro`, `narvaro`. Two that fit are none. */
export const byName = (name: string): DatasetName | undefined => {
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
/** A question of a survey may be a heading; a text that is longer is none. */
const longestHeading = 2000;

const describe = (dataset: DatasetName, header: Header, positions: readonly number[]): Recognised => {
  const { headings } = header;
  const twice = [...doubled(headings).values()].filter((cells) => cells.some((cell) => positions.includes(cell)));
  return {
    dataset,
    header: header.at,
    rows: header.rows,
    headings,
    positions,
    units: positions.map((cell) => (cell < 0 ? "" : unitOf(headings[cell] ?? ""))),
    unknown: headings.flatMap((heading, cell) =>
      positions.includes(cell) || heading.trim() === "" || twice.some((cells) => cells.includes(cell))
        ? []
        : [{ cell, heading }],
    ),
    doubled: twice.map((cells) => ({ cells, heading: headings[cells[0] ?? 0] ?? "" })),
  };
};

/**
 * Finds dataset, header and columns of a table.
 * @param names what the sheet and the file are called, the nearest first
 * @param later a table below or beside the first: its file's name may speak of another, so a header that has all that a
 *   dataset requires goes before it
 * @returns undefined when no dataset fits, or the named dataset's required columns are in no record near the top
 */
export const recognise = (
  names: readonly string[],
  poster: readonly Post[],
  declared: Declared = {},
  later = false,
): Recognised | undefined => {
  const headers = poster.slice(0, headerRows).flatMap((post, at) => {
    if (isBlank(post) || post.celler.some((cell) => cell.length > longestHeading)) return [];
    const header = headerAt(poster, at);
    return [{ header, names: namesIn(header, declared) }];
  });
  const among = (
    candidates: readonly DatasetName[],
    named: boolean,
  ): (Recognised & { strict: boolean }) | undefined => {
    let best: { dataset: DatasetName; header: Header; positions: number[]; strict: boolean; found: number } | undefined;
    for (const dataset of candidates) {
      const shape = datasetOf(dataset);
      for (const { header, names: cells } of headers) {
        const positions = match(dataset, cells);
        const found = positions.filter((cell) => cell >= 0).length;
        const strict = requiredFound(shape, positions);
        if (!strict && !(named && found >= Math.min(2, header.headings.length))) continue;
        if (found <= (best?.found ?? 0)) continue;
        best = { dataset, header, positions, strict, found };
      }
    }
    return best && { ...describe(best.dataset, best.header, best.positions), strict: best.strict };
  };
  const named = declared.dataset ?? names.map(byName).find((dataset) => dataset !== undefined);
  if (!named) return among(datasetNames, false);
  const spoken = among([named], true);
  if (!later || spoken?.strict) return spoken;
  return among(datasetNames, false) ?? spoken;
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
