/** Wide tables, as SUS and its successor export them: what each column's figures are about stands in the pipeline file. */
import { fold } from "../schema/columns.ts";
import type { Unpivot } from "../schema/pipeline.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";
import { doubled, headerAt } from "./header.ts";
import type { Recognised } from "./recognise.ts";
import { isBlank, type Post } from "./table.ts";

/** One row that each delivered row gives: for every column of the dataset its cell from 1 (0: none), or its constant. */
export interface Part {
  readonly positions: readonly number[];
  readonly constants: readonly (string | null)[];
}

export interface Wide {
  readonly recognised: Recognised;
  readonly parts: readonly Part[];
  /** The cell that the categories stand in, from 0, or -1. */
  readonly category: number;
  /** The dataset's column that a category is, from 1, or 0. */
  readonly categoryColumn: number;
  /** Categories, folded, and what they are read as. */
  readonly names: readonly (readonly [from: string, to: string])[];
  /** Whether a row is one that the pipeline leaves out. */
  isLeftOut(post: Post): boolean;
}

const headerRows = 30;

const valueColumn = (dataset: DatasetName, { kolumn }: Unpivot): string =>
  kolumn ?? ("totalt" in datasetOf(dataset).columns ? "totalt" : "antal");

/** The constants of a wide column: a year is its first and last day, if the dataset has no year. */
const constantsOf = (
  columns: readonly string[],
  { ar, kolumn: _, ...rest }: Readonly<Record<string, string>>,
): Record<string, string> => {
  if (ar === undefined) return rest;
  return columns.includes("ar") ? { ar, ...rest } : { fran: `${ar}-01-01`, till: `${ar}-12-31`, ...rest };
};

/**
 * Lays out a wide table.
 * @param constants what else is known of every row: the pipeline's own insats
 * @returns undefined when the headings that the pipeline names are not all in one record near the top
 */
export const layWide = (
  dataset: DatasetName,
  unpivot: Unpivot,
  poster: readonly Post[],
  constants: Readonly<Record<string, string>>,
): Wide | undefined => {
  const { kategori, kolumner, konstanter } = unpivot;
  const columns = Object.keys(datasetOf(dataset).columns);
  for (let at = 0; at < Math.min(headerRows, poster.length); at++) {
    if (isBlank(poster[at] as Post)) continue;
    const { headings, rows } = headerAt(poster, at);
    const folded = headings.map(fold);
    const cellOf = (heading: string): number => folded.indexOf(fold(heading));
    const wanted = Object.keys(kolumner);
    if (wanted.length === 0 || wanted.some((heading) => cellOf(heading) < 0)) continue;
    const category = kategori ? (kategori.rubrik === undefined ? 0 : cellOf(kategori.rubrik)) : -1;
    if (kategori && category < 0) continue;
    const parts = new Map<string, { positions: number[]; constants: (string | null)[] }>();
    for (const [heading, written] of Object.entries(kolumner)) {
      const own = { ...constants, ...konstanter, ...constantsOf(columns, written) };
      const key = JSON.stringify(Object.entries(own).sort());
      const part = parts.get(key) ?? {
        positions: columns.map((column) => (column === kategori?.kolumn ? category + 1 : 0)),
        constants: columns.map((column) => own[column] ?? null),
      };
      part.positions[columns.indexOf(written.kolumn ?? valueColumn(dataset, unpivot))] = cellOf(heading) + 1;
      parts.set(key, part);
    }
    const read = new Set([category, ...wanted.map(cellOf)]);
    const leftOut = new Set(unpivot.hoppa_over.map(fold));
    return {
      recognised: {
        dataset,
        header: at,
        rows,
        headings,
        positions: columns.map(() => -1),
        units: columns.map(() => ""),
        unknown: headings.flatMap((heading, cell) =>
          read.has(cell) || heading.trim() === "" || leftOut.has(fold(heading)) ? [] : [{ cell, heading }],
        ),
        doubled: [...doubled(headings).values()]
          .filter((cells) => cells.some((cell) => read.has(cell)))
          .map((cells) => ({ cells, heading: headings[cells[0] ?? 0] ?? "" })),
      },
      parts: [...parts.values()],
      category,
      categoryColumn: kategori ? columns.indexOf(kategori.kolumn) + 1 : 0,
      names: Object.entries(kategori?.namn ?? {}).map(([from, to]) => [fold(from), to] as const),
      isLeftOut: ({ celler }) => category >= 0 && leftOut.has(fold(celler[category] ?? "")),
    };
  }
  return undefined;
};
