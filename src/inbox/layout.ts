/** The tables of one file: which is which, and how each is laid out. */
import { fold, isSummed } from "../schema/columns.ts";
import { saysIdentity } from "../schema/identity.ts";
import type { Reading } from "../schema/pipeline.ts";
import { datasetOf } from "../schema/tables.ts";
import type { Layout } from "./account.ts";
import type { Heads } from "./door.ts";
import { findHeader, headerAt } from "./header.ts";
import { type Known, type Mapped, mapTable, type Unread } from "./mapping.ts";
import { byName, type Recognised } from "./recognise.ts";
import type { Tabell } from "./table.ts";

export interface Named extends Partial<Omit<Mapped, "recognised">> {
  readonly recognised?: Recognised | undefined;
  readonly tabell: Tabell;
  /** Its number on its sheet, from 1. What is read once more has the numbers after the sheet's own tables. */
  readonly nr: number;
  /** It is read as another dataset too, before this one: what is odd about its sheet is said there. */
  readonly isAgain?: boolean;
  /** Why it cannot be read as the pipeline says. */
  readonly unread?: Unread;
}

/** Each table of a file and what it is: the file's name speaks of its first table, a sheet's of the sheet's first. */
export const recogniseAll = (
  fil: string,
  tabeller: readonly Tabell[],
  rulesFor: (blad: string) => readonly (Reading | undefined)[] = () => [undefined],
  known: Known = { insats: undefined, fil, periodOf: () => undefined },
): Named[] => {
  const onSheet = new Map<string, number>();
  return tabeller.flatMap((tabell, i) => {
    const { blad } = tabell;
    const nr = (onSheet.get(blad) ?? 0) + 1;
    onSheet.set(blad, nr);
    const later = nr > 1 || (i > 0 && byName(blad) === undefined);
    const names = [blad, fil.replace(/^.*\//, "")];
    const size = tabeller.filter((other) => other.blad === blad).length;
    const readings = rulesFor(blad).map((rule, again): Named => {
      const mapped = mapTable(rule, names, tabell, later, known);
      const own = { tabell, nr: nr + again * size, ...(again > 0 && { isAgain: true }) };
      if (!mapped) return own;
      return "kod" in mapped ? { ...own, unread: mapped } : { ...own, ...mapped };
    });
    return readings.map((one) => withoutKnown(one, readings));
  });
};

/** A reading that says of a heading that nobody reads it only if no other reading does, and only once. */
const withoutKnown = (one: Named, readings: readonly Named[]): Named => {
  const { recognised, isAgain } = one;
  if (readings.length === 1 || !recognised) return one;
  const isUnread = (cell: number): boolean =>
    readings.every((other) => other.recognised?.unknown.some((heading) => heading.cell === cell) ?? true);
  return {
    ...one,
    recognised: { ...recognised, unknown: isAgain ? [] : recognised.unknown.filter(({ cell }) => isUnread(cell)) },
  };
};

/** Columns of categories, in which a total's word may stand. */
const categoryColumns = /^(svar|varde|motestyp|post|kostnadsslag|slag|kon|kommun|huvudman|grupp|part_id|roll)$/;

export const layoutOf = (
  { dataset, header, rows, headings, positions }: Recognised,
  mapped: Pick<Mapped, "mapping" | "isNamed"> = {},
): Layout => {
  const { key, columns } = datasetOf(dataset);
  const { parts = [], kategori = 0 } = mapped.mapping ?? {};
  const cells = Object.entries(columns).map(([name, { kind, reading, required, refers }], i) => ({
    ...{ name, kind, reading, required, refers },
    cells: [
      ...new Set([
        positions[i] ?? -1,
        ...parts.flatMap(({ kallor }) => (kallor[i]?.celler ?? []).map((cell) => cell - 1)),
      ]),
    ].filter((cell) => cell >= 0),
    // What is a period is no date yet.
    isPeriod: parts.some(({ kallor }) => ["fran", "till", "ar"].includes(kallor[i]?.form ?? "")),
  }));
  const cellsOf = (isWanted: (name: string) => boolean): number[] => [
    ...new Set(cells.flatMap(({ name, cells: own }) => (isWanted(name) ? own : []))),
  ];
  const isCategory = (name: string): boolean => categoryColumns.test(name);
  const isId = (name: string): boolean => columns[name]?.kind === "id" && columns[name]?.refers === undefined;
  const hasFigures = Object.values(columns).some(isSummed);
  return {
    header,
    rows,
    headings,
    totals: {
      categories: hasFigures ? cellsOf(isCategory) : [],
      said: cellsOf((name) => name === "svar" || name === "varde"),
      shared: cellsOf((name) => isCategory(name) || (key.includes(name) && !isId(name))),
      register: hasFigures ? undefined : cellsOf((name) => key.includes(name)),
    },
    kinds: new Map([
      // The labels of a wide table are read, whichever columns they give.
      ...(kategori > 0 ? [[kategori - 1, "text"] as const] : []),
      ...cells.flatMap(({ kind, reading, isPeriod, cells: own }) =>
        own.map((cell) => [cell, isPeriod ? "text" : (reading ?? kind)] as const),
      ),
    ]),
    required: cells.flatMap(({ required, cells: own }) => (required ? own : [])),
    dated: cells.flatMap(({ kind, refers, cells: own }) => (kind === "datum" || kind === "ar" || refers ? own : [])),
    isWide: parts.some(({ tal }) => tal.length > 0),
    isNamed: mapped.isNamed,
  };
};

/**
 * Where the door finds a table's headings: what it is read as says, else their looks.
 * @param renamed heading: column, where the pipeline says what a column is
 */
export const headsOf = (
  recognised: Recognised | undefined,
  { poster }: Tabell,
  renamed: Readonly<Record<string, readonly string[]>> = {},
): Heads => {
  const header = recognised ? headerAt(poster, recognised.header) : findHeader(poster);
  if (!header) return { at: 0, headings: poster[0]?.celler ?? [], also: [], who: -1 };
  // Of several columns the one of persons says most of what stands there.
  const told = new Map(
    Object.entries(renamed).map(([heading, own]) => [fold(heading), own.find(saysIdentity) ?? own[0] ?? ""]),
  );
  const columns = recognised ? Object.keys(datasetOf(recognised.dataset).columns) : [];
  return {
    at: header.at + header.rows - 1,
    headings: header.headings,
    also: header.headings.map((heading, cell) => told.get(fold(heading)) ?? header.lower[cell] ?? ""),
    dataset: recognised?.dataset,
    who: recognised?.positions[columns.indexOf("deltagar_id")] ?? -1,
  };
};
