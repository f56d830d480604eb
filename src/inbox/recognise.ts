/** What a table is: which dataset, where its header stands, which column is which. */

import { fold } from "../schema/columns.ts";
import { namesIdentity, saysIdentity } from "../schema/identity.ts";
import { type DatasetName, datasetNames, datasetOf, datasets } from "../schema/tables.ts";
import { doubled, findCells, type Header, headerAt, headerRows, namesOfHeading, unitOf } from "./header.ts";
import { isBlank, type Post } from "./table.ts";

export interface Recognised {
  readonly dataset: DatasetName;
  readonly header: number;
  /** How many records the header takes. */
  readonly rows: 1 | 2;
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

/** What the pipeline file declares of a table. */
export interface Declared {
  readonly dataset?: DatasetName | undefined;
  /** Heading: the columns that it is. */
  readonly columns?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Columns that every row has, whatever the table holds. */
  readonly given?: ReadonlySet<string> | undefined;
  /** Headings without which a record is not the header. */
  readonly wanted?: readonly string[] | undefined;
  /** Headings, folded, that are not read. */
  readonly leftOut?: ReadonlySet<string> | undefined;
}

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

export const namesIn = ({ headings, lower, rows }: Header, skip: ReadonlySet<number> = new Set()): Names => {
  const names = new Map<string, number[]>();
  const add = (name: string, cell: number): void => {
    const cells = names.get(name);
    if (!cells) names.set(name, [cell]);
    else if (!cells.includes(cell)) cells.push(cell);
  };
  for (const row of rows === 2 ? [headings, lower] : [headings])
    for (const [cell, heading] of row.entries())
      if (!skip.has(cell)) for (const name of namesOfHeading(heading)) add(name, cell);
  // However it is written: `Deltagarens personnummer (10 siffror)`.
  for (const [cell, heading] of headings.entries())
    if (namesIdentity(heading) && !skip.has(cell)) add("personnummer", cell);
  return names;
};

/** The dataset's column that a pipeline names, as it is declared or by any heading that it goes by. */
export const columnCalled = (dataset: DatasetName, written: string): number =>
  (known.get(dataset) ?? []).findIndex((names) => names.includes(fold(written)));

/**
 * Each declared column's cell in a header record; a heading serves the first column it fits that is still free.
 * @param fixed columns whose cell is known, or -1 where no heading is theirs
 */
export const match = (dataset: DatasetName, names: Names, fixed: ReadonlyMap<number, number> = new Map()): number[] => {
  const columns = known.get(dataset) ?? [];
  const taken = new Set(fixed.values());
  // Exact names first: `datum` must not go to a synonym of another column.
  const positions = columns.map((_, c) => fixed.get(c) ?? -1);
  for (let rank = 0; rank < ranks; rank++) {
    for (const [c, own] of columns.entries()) {
      const name = own[rank];
      if (positions[c] !== -1 || fixed.has(c) || name === undefined) continue;
      const cell = names.get(name)?.find((i) => !taken.has(i));
      if (cell !== undefined) {
        positions[c] = cell;
        taken.add(cell);
      }
    }
  }
  return positions;
};

const foundIn = (positions: readonly number[]): number => positions.filter((cell) => cell >= 0).length;

/** Where a header has what a pipeline declares of it. */
export interface Placed extends Aside {
  /** The cells that the pipeline says are columns, by their place in the dataset. */
  readonly fixed: (dataset: DatasetName) => Map<number, number>;
  /** What the other cells go by. */
  readonly names: Names;
  /** Cells that no heading speaks for. */
  readonly skip: ReadonlySet<number>;
  readonly cellOf: (heading: string) => number;
}

/** Places a declaration; undefined where a heading that the header must have is missing. */
export const placeDeclared = (
  header: Header,
  { columns = {}, wanted = [], leftOut = new Set() }: Declared,
): Placed | undefined => {
  const { cells, missing, settled, doubled: unclear } = findCells(header, [...wanted, ...Object.keys(columns)]);
  if (missing.some((heading) => wanted.includes(heading))) return undefined;
  const renamed = Object.entries(columns).flatMap(([heading, own]) => {
    const cell = cells.get(heading);
    return cell === undefined ? [] : [{ cell, own }];
  });
  const skip = new Set([
    ...renamed.map(({ cell }) => cell),
    ...header.headings.flatMap((heading, cell) => (leftOut.has(fold(heading)) ? [cell] : [])),
  ]);
  return {
    fixed: (dataset) =>
      new Map(renamed.flatMap(({ cell, own }) => own.map((column) => [columnCalled(dataset, column), cell] as const))),
    names: namesIn(header, skip),
    skip,
    ...{ read: new Set(cells.values()), leftOut, settled, unclear },
    cellOf: (heading) => cells.get(heading) ?? -1,
  };
};

/** The required columns of a dataset that no heading gives, by the headings that people see. */
export const lackedBy = (
  dataset: DatasetName,
  positions: readonly number[],
  given: ReadonlySet<string> = new Set(),
): string[] =>
  Object.entries(datasetOf(dataset).columns).flatMap(([name, { heading, required }], i) =>
    required && positions[i] === -1 && !given.has(name) ? [heading] : [],
  );

/** The dataset that a name speaks of, or whose columns most headings are, and what it lacks; undefined where fewer than two are. */
export const nearestDataset = (
  header: Header,
  names: readonly string[],
  given?: ReadonlySet<string>,
): { readonly dataset: DatasetName; readonly lacks: readonly string[] } | undefined => {
  const cells = namesIn(header);
  const named = names.map(byName).find((dataset) => dataset !== undefined);
  const fits = datasetNames.map((dataset) => {
    const positions = match(dataset, cells);
    const lacks = lackedBy(dataset, positions, given);
    return { dataset, lacks, found: foundIn(positions) };
  });
  // What a name speaks of goes before any number of headings.
  const scoreOf = ({ dataset, lacks, found }: (typeof fits)[number]): number =>
    dataset === named ? Number.POSITIVE_INFINITY : found - lacks.length;
  return fits.filter(({ dataset, found }) => found > 1 || dataset === named).sort((a, b) => scoreOf(b) - scoreOf(a))[0];
};

/** Whether a header has every column that some dataset requires. */
export const fitsDataset = (header: Header): boolean => {
  if (header.headings.length > 500) return false;
  const names = namesIn(header);
  return datasetNames.some((dataset) => {
    const positions = match(dataset, names);
    return lackedBy(dataset, positions).length === 0 && foundIn(positions) >= 2;
  });
};

/** What each dataset goes by. */
const spoken = datasetNames.map(
  (dataset) => [dataset, [dataset, datasets[dataset].heading, ...datasets[dataset].synonyms].map(fold)] as const,
);

/** The dataset a file or sheet name speaks of: `2023-05 Närvaro`, `narvaro`. Two that fit are none. */
export const byName = (name: string): DatasetName | undefined => {
  const words = name
    .replace(/\.[a-z]+$/i, "")
    .split(/[^\p{L}]+/u)
    .map(fold);
  const whole = fold(name.replace(/\.[a-z]+$/i, "").replace(/[\d]/g, ""));
  const fits = spoken.flatMap(([dataset, names]) =>
    names.includes(whole) || words.some((word) => names.includes(word)) ? [dataset] : [],
  );
  const exact = fits.filter((dataset) => fold(dataset) === whole);
  if (exact.length === 1) return exact[0];
  return fits.length === 1 ? fits[0] : undefined;
};

/** What a pipeline for one insats says of every row. */
export const givenByPipeline: ReadonlySet<string> = new Set(["insats_id", "forbund_id"]);

/** A question of a survey may be a heading; a text that is longer is none. */
const longestHeading = 2000;

/** What a mapping makes of a header's cells besides its columns. */
interface Aside {
  /** Cells that are read as something else than a column by its heading. */
  readonly read: ReadonlySet<number>;
  readonly leftOut: ReadonlySet<string>;
  /** Cells of a repeated heading that the pipeline tells apart by number. */
  readonly settled: ReadonlySet<number>;
  /** Cells that the pipeline means by a heading which several have. */
  readonly unclear: readonly (readonly number[])[];
}

/** A header as it is read: each column's cell, and what nobody reads. */
export const describe = (
  dataset: DatasetName,
  header: Header,
  positions: readonly number[],
  { read, leftOut, settled, unclear }: Aside,
): Recognised => {
  const { headings, at, rows } = header;
  const isRead = (cell: number): boolean => positions.includes(cell) || read.has(cell);
  const twice = [...doubled(headings).values()].filter(
    (cells) => cells.some(isRead) && !cells.some((cell) => settled.has(cell)),
  );
  const all = [...twice, ...unclear.filter(([cell = -1]) => !twice.some((cells) => cells.includes(cell)))];
  return {
    ...{ dataset, header: at, rows, headings, positions },
    units: positions.map((cell) => (cell < 0 ? "" : unitOf(headings[cell] ?? ""))),
    unknown: headings.flatMap((heading, cell) =>
      isRead(cell) || heading.trim() === "" || leftOut.has(fold(heading)) || all.some((cells) => cells.includes(cell))
        ? []
        : [{ cell, heading }],
    ),
    doubled: all.map((cells) => ({ cells, heading: headings[cells[0] ?? 0] ?? "" })),
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
  // A record gives no more columns than it has filled cells, except those that the pipeline names.
  const declaredColumns = Object.values(declared.columns ?? {}).flat().length;
  const headers = poster.slice(0, headerRows).flatMap((post, at) => {
    if (isBlank(post) || post.celler.some((cell) => cell.length > longestHeading)) return [];
    const header = headerAt(poster, at);
    const most = header.headings.filter((heading) => heading.trim() !== "").length + declaredColumns;
    let placed: { readonly at: Placed | undefined } | undefined;
    const place = (): Placed | undefined => {
      placed ??= { at: placeDeclared(header, declared) };
      return placed.at;
    };
    return [{ header, most, place }];
  });
  const among = (
    candidates: readonly DatasetName[],
    named: boolean,
  ): (Recognised & { strict: boolean }) | undefined => {
    let best: { described: () => Recognised; strict: boolean; found: number } | undefined;
    for (const dataset of candidates) {
      for (const { header, most, place } of headers) {
        const placed = most > (best?.found ?? 0) ? place() : undefined;
        if (!placed) continue;
        const positions = match(dataset, placed.names, placed.fixed(dataset));
        const found = foundIn(positions);
        // What is given of every table says of none what it is.
        const isGiven = lackedBy(dataset, positions, declared.given).length === 0 && (named || found >= 3);
        const strict = isGiven || lackedBy(dataset, positions).length === 0;
        if (!strict && !(named && found >= Math.min(2, header.headings.length))) continue;
        if (found <= (best?.found ?? 0)) continue;
        best = { described: () => describe(dataset, header, positions, placed), strict, found };
      }
    }
    return best && { ...best.described(), strict: best.strict };
  };
  const named = declared.dataset ?? names.map(byName).find((dataset) => dataset !== undefined);
  if (!named) return among(datasetNames, false);
  const first = among([named], true);
  if (!later || first?.strict) return first;
  return among(datasetNames, false) ?? first;
};
