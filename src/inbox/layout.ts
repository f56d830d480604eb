/** The tables of one file: which is which, and how each is laid out. */
import { fold } from "../schema/columns.ts";
import { datasetOf } from "../schema/tables.ts";
import type { Layout } from "./account.ts";
import type { Heads } from "./door.ts";
import { findHeader, headerAt } from "./header.ts";
import { byName, type Declared, type Recognised, recognise } from "./recognise.ts";
import type { Tabell } from "./table.ts";

export interface Named {
  readonly tabell: Tabell;
  /** Its number on its sheet, from 1. */
  readonly nr: number;
  readonly recognised: Recognised | undefined;
}

/** Each table of a file and what it is: the file's name speaks of its first table, a sheet's of the sheet's first. */
export const recogniseAll = (
  fil: string,
  tabeller: readonly Tabell[],
  declared: (blad: string) => Declared = () => ({}),
): Named[] => {
  const onSheet = new Map<string, number>();
  return tabeller.map((tabell, i) => {
    const { blad, poster } = tabell;
    const nr = (onSheet.get(blad) ?? 0) + 1;
    onSheet.set(blad, nr);
    const later = nr > 1 || (i > 0 && byName(blad) === undefined);
    const names = [blad, fil.replace(/^.*\//, "")];
    return { tabell, nr, recognised: recognise(names, poster, declared(blad), later) };
  });
};

/** How a recognised table is laid out. */
export const layoutOf = ({ dataset, header, rows, headings, positions }: Recognised): Layout => {
  const { key, columns } = datasetOf(dataset);
  const names = Object.keys(columns);
  return {
    header,
    rows,
    headings,
    keyCells: key.map((name) => positions[names.indexOf(name)] ?? -1),
    kinds: new Map(
      Object.values(columns).flatMap(({ kind, reading }, i) => {
        const cell = positions[i] ?? -1;
        return cell < 0 ? [] : [[cell, reading ?? kind] as const];
      }),
    ),
  };
};

/**
 * Where the door finds a table's headings: what it is read as says, else their looks.
 * @param renamed heading: column, where the pipeline says what a column is
 */
export const headsOf = (
  recognised: Recognised | undefined,
  { poster }: Tabell,
  renamed: Readonly<Record<string, string>> = {},
): Heads => {
  const header = recognised ? headerAt(poster, recognised.header) : findHeader(poster);
  if (!header) return { at: 0, headings: poster[0]?.celler ?? [], also: [], who: -1 };
  const told = new Map(Object.entries(renamed).map(([heading, column]) => [fold(heading), column]));
  const columns = recognised ? Object.keys(datasetOf(recognised.dataset).columns) : [];
  return {
    at: header.at + header.rows - 1,
    headings: header.headings,
    also: header.headings.map((heading, cell) => told.get(fold(heading)) ?? header.lower[cell] ?? ""),
    dataset: recognised?.dataset,
    who: recognised?.positions[columns.indexOf("deltagar_id")] ?? -1,
  };
};
