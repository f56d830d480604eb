/** What would be read of one file, without loading it: the same readers, the same macros, nothing kept. */
import { existsSync, readFileSync, statSync } from "node:fs";
import { appendColumns } from "../db/append.ts";
import { type Database, furnish, open } from "../db/open.ts";
import { columnLetter } from "../schema/address.ts";
import { type Column, fold, storedName } from "../schema/columns.ts";
import { stockholmToday } from "../schema/days.ts";
import { UsageError } from "../schema/errors.ts";
import { type FindingCode, findings, sentence } from "../schema/findings.ts";
import { maskText } from "../schema/identity.ts";
import { cellFaults, type Fault, faultSql, type Readable, readCell, readType, rowFaults } from "../schema/reading.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";
import { type Layout, placing, tableProblems } from "./account.ts";
import { identityIn, inspectIdentity, maskWritten, readIdentity } from "./door.ts";
import { doubled, findHeader } from "./header.ts";
import { headsOf, layoutOf, type Named, recogniseAll } from "./layout.ts";
import { readTables } from "./read.ts";
import { unitOf } from "./recognise.ts";
import { FileError, type Fynd, type Post } from "./table.ts";

export const slag = ["text", "heltal", "tal", "kr", "andel", "datum", "manad", "ar", "ja_nej", "personnummer"] as const;
export type Slag = (typeof slag)[number];

export interface Rejected {
  readonly rad: number | null;
  /** As Excel shows it. */
  readonly cell: string | null;
  /** The heading. */
  readonly kolumn: string | null;
  readonly kod: FindingCode;
  readonly allvar: "fel" | "varning";
  readonly meddelande: string;
}

/** One table of the file. `kr` is whole öre, `andel` 0–1, a date ISO, a missing value null. */
export interface Inspected {
  readonly fil: string;
  readonly blad: string | null;
  readonly kodning: string | null;
  readonly avgransare: string | null;
  readonly rubrikrad: number | null;
  readonly dataset: DatasetName | null;
  readonly kolumner: readonly { readonly rubrik: string; readonly kolumn: string | null; readonly slag: string }[];
  readonly rader: readonly {
    readonly rad: number;
    readonly varden: Readonly<Record<string, string | number | boolean | null>>;
  }[];
  /** Rows that would be quarantined, and warnings: what does not reject a row leaves it among `rader`. */
  readonly avvisade: readonly Rejected[];
  readonly overhoppade: readonly { readonly rad: number; readonly skal: string }[];
  /** Why the file is refused whole; null where it is read. */
  readonly filfel: Rejected | null;
}

export interface InspectOptions {
  /** What the column under a heading is read as. */
  readonly columns?: Readonly<Record<string, Slag>> | undefined;
}

interface Shown {
  readonly cell: number;
  readonly rubrik: string;
  /** The dataset's column. */
  readonly kolumn: string | null;
  readonly slag: string;
  readonly readable: Readable;
  readonly secret: boolean;
}

const rejected = (fynd: Omit<Fynd, "rad" | "cell"> & Partial<Fynd>, kolumn: string | null): Rejected => {
  const { kod, rad = null, cell = null, varde, detalj } = fynd;
  return {
    rad,
    cell: cell === null || rad === null ? null : `${columnLetter(cell)}${rad}`,
    kolumn,
    kod,
    allvar: findings[kod].allvar,
    meddelande: sentence(kod, { kolumn, varde: varde ?? null, detalj: detalj ?? null }),
  };
};

const refusedFile = (fil: string, filfel: Rejected): Inspected => ({
  fil,
  blad: null,
  kodning: null,
  avgransare: null,
  rubrikrad: null,
  dataset: null,
  kolumner: [],
  rader: [],
  avvisade: [],
  overhoppade: [],
  filfel,
});

const asReadable = (kind: Slag): Readable => ({ kind: kind === "personnummer" ? "text" : kind });

/** The columns that are shown, and what each is read as. */
const shownColumns = (named: Named, headings: readonly string[], wanted: ReadonlyMap<string, Slag>): Shown[] => {
  const { recognised } = named;
  const declared = recognised ? Object.entries(datasetOf(recognised.dataset).columns) : [];
  const used = new Map<string, number>();
  return headings.flatMap((heading, cell): Shown[] => {
    if (heading.trim() === "") return [];
    const told = wanted.get(fold(heading));
    const at = recognised ? recognised.positions.indexOf(cell) : -1;
    const own = at < 0 ? undefined : declared[at];
    if (recognised && !own && !told) return [];
    const times = (used.get(heading) ?? 0) + 1;
    used.set(heading, times);
    const kind = told ?? own?.[1].kind ?? "text";
    return [
      {
        cell,
        rubrik: times === 1 ? heading : `${heading} (${times})`,
        kolumn: own?.[0] ?? null,
        slag: kind,
        readable: told ? asReadable(told) : (own?.[1] ?? { kind: "text" }),
        secret: told === "personnummer",
      },
    ];
  });
};

interface Read {
  readonly values: Map<number, (string | number | boolean | null)[]>;
  readonly faults: { nr: number; column: number; kod: FindingCode; varde: string | null; detalj: string | null }[];
}

interface Cells {
  readonly readable: Readable;
  readonly cell: number;
  readonly unit: string;
}

/** Reads columns of rows by the macros. A set at a time: a table of thousands of columns is read in several. */
const readColumns = async (
  db: Database,
  posts: readonly Post[],
  columns: readonly Cells[],
  faults: readonly Fault[],
  names: readonly string[],
): Promise<Read> => {
  const written = columns.map(({ unit }, i) => `c${i}, nullif('${unit}', '') as u${i}`);
  await db.run(`create or replace temp table cell (nr integer, ${columns.map((_, i) => `c${i} varchar`).join(", ")})`);
  for (let from = 0; from < posts.length; from += 16_384) {
    const part = posts.slice(from, from + 16_384);
    await appendColumns(db, "cell", [
      { type: "integer", values: part.map((_, i) => from + i) },
      ...columns.map(({ cell }) => ({
        type: "varchar" as const,
        values: part.map(({ celler }) => (cell < 0 ? null : (celler[cell] ?? null))),
      })),
    ]);
  }
  await db.run(`create or replace temp table levererat as select nr, ${written.join(", ")} from cell`);
  const parsed = columns.map(
    ({ readable }, i) => `cast(${readCell(readable, i)} as ${readType[readable.kind]}) as ${names[i]}`,
  );
  await db.run(`create or replace temp table tolkad as select nr, ${parsed.join(", ")} from levererat`);
  const rows = await db.rows<Record<string, string | number | boolean | null>>("select * from tolkad order by nr");
  const values = new Map(rows.map((row) => [Number(row.nr), names.map((name) => row[name] ?? null)]));
  const found = await db.rows<{ nr: number; kolumn: number; kod: FindingCode; varde: string; detalj: string }>(`
    select nr, unnest(list_filter([${faults.map(faultSql).join(",\n")}], lambda fault: fault is not null), recursive := true)
    from levererat inner join tolkad using (nr) order by nr`);
  await db.run("drop table tolkad; drop table levererat; drop table cell");
  return { values, faults: found.map(({ kolumn, ...rest }) => ({ ...rest, column: kolumn })) };
};

/** As many columns as one statement reads: beyond that it takes longer to plan than to run. */
const widest = 25;

/** Text is read in one statement, however many columns there are, and nothing can be wrong with it. */
const readText = async (
  db: Database,
  posts: readonly Post[],
  columns: readonly Cells[],
  put: (nr: number, cell: number, value: string | null) => void,
): Promise<void> => {
  await db.run("create or replace temp table text (nr integer, cell integer, skrivet varchar)");
  const step = Math.max(1, Math.floor(100_000 / columns.length));
  for (let from = 0; from < posts.length; from += step) {
    const part = posts.slice(from, from + step);
    const places = part.flatMap((_, i) => columns.map(({ cell }) => ({ nr: from + i, cell })));
    await appendColumns(db, "text", [
      { type: "integer", values: places.map(({ nr }) => nr) },
      { type: "integer", values: places.map(({ cell }) => cell) },
      { type: "varchar", values: places.map(({ nr, cell }) => posts[nr]?.celler[cell] ?? null) },
    ]);
  }
  const rows = await db.rows<{ nr: number; cell: number; varde: string | null }>(
    "select nr, cell, case when not sv_saknas(skrivet) then sv_trim(skrivet) end as varde from text",
  );
  for (const { nr, cell, varde } of rows) put(nr, cell, varde);
  await db.run("drop table text");
};

/** One table, read. */
const inspectTable = async (
  db: Database,
  fil: string,
  named: Named,
  wanted: ReadonlyMap<string, Slag>,
  today: string,
): Promise<Inspected> => {
  const { tabell, recognised } = named;
  const { poster, kodning, avgransare } = tabell;
  const generic = recognised ? undefined : findHeader(poster);
  const header = recognised?.header ?? generic?.at;
  const base = {
    ...refusedFile(fil, rejected({ kod: "rubrik_saknas" }, null)),
    blad: tabell.blad === "" ? null : tabell.blad,
    kodning,
    avgransare: avgransare === "" ? null : avgransare === "\t" ? "tab" : avgransare,
    dataset: recognised?.dataset ?? null,
  };
  if (header === undefined) return base;
  const rubrikrad = poster[header]?.rad ?? null;
  const headings = recognised?.headings ?? generic?.headings ?? [];
  const columns = shownColumns(named, headings, wanted);
  const twice = [...doubled(headings).values()];
  const unclear =
    recognised?.doubled[0]?.cells ?? twice.find((cells) => wanted.has(fold(headings[cells[0] ?? 0] ?? "")));
  if (unclear) {
    const heading = headings[unclear[0] ?? 0] ?? "";
    const detalj = unclear.map(columnLetter).join(", ");
    const fynd = { kod: "dubbel_rubrik", rad: rubrikrad, cell: unclear[1] ?? null, detalj } as const;
    return { ...base, rubrikrad, filfel: rejected(fynd, heading) };
  }
  const secret = new Set(columns.filter((column) => column.secret).map(({ cell }) => cell));
  const hit = inspectIdentity(tabell, headsOf(recognised, tabell), today, secret);
  if (hit) {
    const fynd = { kod: hit.kod, rad: hit.post.rad, cell: hit.cell, varde: hit.masked };
    return { ...base, rubrikrad, filfel: rejected(fynd, hit.heading) };
  }

  const layout: Layout = {
    ...(recognised ? layoutOf(recognised) : { header, rows: generic?.rows ?? 1, headings, keyCells: undefined }),
    kinds: new Map(
      columns.map(({ cell, readable, secret: isSecret }) => [cell, isSecret ? "personnummer" : readable.kind]),
    ),
  };
  const place = placing(tabell, layout);
  const headingOf = (cell: number | null): string | null => (cell === null ? null : headings[cell] || null);
  const avvisade: Rejected[] = tableProblems(tabell, layout).map((fynd) => rejected(fynd, headingOf(fynd.cell)));
  for (const { cell, heading } of recognised?.unknown ?? []) {
    if (!columns.some((column) => column.cell === cell)) {
      avvisade.push(rejected({ kod: "okand_kolumn", rad: rubrikrad, cell }, heading));
    }
  }
  for (const cells of recognised ? [] : twice) {
    const detalj = cells.map(columnLetter).join(", ");
    avvisade.push(
      rejected({ kod: "upprepad_rubrik", rad: rubrikrad, cell: cells[1] ?? null, detalj }, headingOf(cells[0] ?? 0)),
    );
  }
  const overhoppade: { rad: number; skal: string }[] = [];
  const posts: Post[] = [];
  for (const index of poster.keys()) {
    const { post, skal, fynd } = place(index);
    if (skal !== null) overhoppade.push({ rad: post.rad, skal });
    else if (!fynd.some(({ kod }) => findings[kod].allvar === "fel")) posts.push(post);
    for (const one of fynd) {
      const masked = one.cell !== null && secret.has(one.cell) && one.varde !== undefined;
      avvisade.push(rejected(masked ? { ...one, varde: maskWritten(one.varde ?? "") } : one, headingOf(one.cell)));
    }
  }

  const values = posts.map(() => new Map<number, string | number | boolean | null>());
  const wrong = new Set<number>();
  const take = (cells: readonly Cells[], read: Read): void => {
    for (const [nr, row] of read.values)
      for (const [i, value] of row.entries()) values[nr]?.set(cells[i]?.cell ?? -1, value);
    for (const { nr, column, kod, varde, detalj } of read.faults) {
      const cell = cells[column]?.cell ?? -1;
      const rad = posts[nr]?.rad ?? null;
      const shown = secret.has(cell) && varde !== null ? maskWritten(varde) : varde;
      const declared = recognised ? Object.values(datasetOf(recognised.dataset).columns)[column]?.heading : undefined;
      const fynd = { kod, rad, cell: cell < 0 ? null : cell, varde: shown ?? undefined, detalj: detalj ?? undefined };
      avvisade.push(rejected(fynd, headingOf(cell < 0 ? null : cell) ?? declared ?? null));
      if (findings[kod].allvar === "fel") wrong.add(nr);
    }
  };
  const extra = recognised ? columns.filter(({ kolumn }) => kolumn === null) : columns;
  if (recognised) {
    const shape = datasetOf(recognised.dataset);
    const told = new Map(columns.map((column) => [column.cell, column.readable]));
    const entries = Object.entries(shape.columns).map(([name, declared], i): [string, Column] => {
      const readable = told.get(recognised.positions[i] ?? -1);
      return [
        name,
        readable && readable.kind !== "manad" && readable.kind !== declared.kind
          ? { ...declared, kind: readable.kind }
          : declared,
      ];
    });
    const cells = entries.map(([, declared], i) => ({
      readable: told.get(recognised.positions[i] ?? -1) ?? declared,
      cell: recognised.positions[i] ?? -1,
      unit: recognised.units[i] ?? "",
    }));
    const faults = rowFaults(recognised.dataset, { ...shape, columns: Object.fromEntries(entries) });
    const names = entries.map(([name, declared]) => storedName(name, declared));
    take(cells, await readColumns(db, posts, cells, faults, names));
  }
  const texts: Cells[] = [];
  const typed: Cells[] = [];
  for (const { cell, rubrik, readable } of extra) {
    (readable.kind === "text" ? texts : typed).push({ readable, cell, unit: unitOf(rubrik) });
  }
  if (texts.length > 0) await readText(db, posts, texts, (nr, cell, value) => values[nr]?.set(cell, value));
  for (let from = 0; from < typed.length; from += widest) {
    const cells = typed.slice(from, from + widest);
    const faults = cells.flatMap(({ readable }, i) => cellFaults(readable, i, `v${i}`));
    take(
      cells,
      await readColumns(
        db,
        posts,
        cells,
        faults,
        cells.map((_, i) => `v${i}`),
      ),
    );
  }
  for (const [nr, post] of posts.entries()) {
    for (const column of columns) {
      if (!column.secret) continue;
      const value = values[nr]?.get(column.cell) ?? null;
      if (typeof value !== "string") continue;
      const masked = readIdentity(value, today);
      values[nr]?.set(column.cell, masked ?? null);
      if (masked !== undefined) continue;
      const fynd = {
        kod: "ogiltigt_personnummer",
        rad: post.rad,
        cell: column.cell,
        varde: maskWritten(value),
      } as const;
      avvisade.push(rejected(fynd, column.rubrik));
      wrong.add(nr);
    }
  }
  return {
    ...base,
    rubrikrad,
    kolumner: columns.map(({ rubrik, kolumn, slag: kind }) => ({ rubrik, kolumn, slag: kind })),
    rader: posts.flatMap(({ rad }, nr) =>
      wrong.has(nr)
        ? []
        : [
            {
              rad,
              varden: Object.fromEntries(columns.map(({ cell, rubrik }) => [rubrik, values[nr]?.get(cell) ?? null])),
            },
          ],
    ),
    avvisade: avvisade.sort((a, b) => (a.rad ?? 0) - (b.rad ?? 0)),
    overhoppade,
    filfel: null,
  };
};

const inspectIn = async (
  db: Database,
  file: { readonly fil: string; readonly path: string; readonly bytes: Uint8Array },
  columns: Readonly<Record<string, Slag>>,
): Promise<Inspected[]> => {
  const { fil } = file;
  const wanted = new Map(Object.entries(columns).map(([heading, kind]) => [fold(heading), kind]));
  const today = stockholmToday();
  const read = await readTables(db, file);
  const tables: Inspected[] = [];
  for (const one of recogniseAll(fil, read.tabeller)) tables.push(await inspectTable(db, fil, one, wanted, today));
  const side = read.vidSidan.flatMap(({ plats, text }) => {
    const varde = identityIn(text, today);
    return varde ? [rejected({ kod: "personnummer_dolt", varde, detalj: plats }, null)] : [];
  })[0];
  // A file that is to hold no persons is refused whole, whichever table they are in.
  const refused = tables.find(({ filfel }) => filfel?.kod === "personnummer" || filfel?.kod === "personnamn");
  if (refused) return [refused];
  if (side) return [refusedFile(fil, side)];
  if (tables.every(({ filfel }) => filfel === null)) {
    const known = new Set(tables.flatMap(({ kolumner }) => kolumner.map(({ rubrik }) => fold(rubrik))));
    const lost = Object.keys(columns).find((heading) => !known.has(fold(heading)));
    if (lost !== undefined) throw new UsageError(`${fil}: no heading ${lost}`);
  }
  return tables;
};

/** No name, heading or message shows an identity number; the values of a file that is shown hold none. */
const masked = (table: Inspected, today: string): Inspected => {
  const mask = (text: string): string => maskText(text, today);
  const told = (one: Rejected): Rejected => ({
    ...one,
    kolumn: one.kolumn === null ? null : mask(one.kolumn),
    meddelande: mask(one.meddelande),
  });
  return {
    ...table,
    fil: mask(table.fil),
    blad: table.blad === null ? null : mask(table.blad),
    avvisade: table.avvisade.map(told),
    filfel: table.filfel === null ? null : told(table.filfel),
  };
};

/**
 * What would be read of a file: an object for each table. References and duplicates, which need the whole delivery,
 * are not looked at.
 * @param furnished a database with the macros, to inspect many files with; one is made for each file without it
 * @throws UsageError when the file is not there, or a column that was named is in none of its tables
 */
export const inspect = async (
  fil: string,
  { columns = {} }: InspectOptions = {},
  furnished?: Database,
): Promise<Inspected[]> => {
  if (!existsSync(fil) || !statSync(fil).isFile()) throw new UsageError(`${fil}: no such file`);
  for (const [heading, kind] of Object.entries(columns)) {
    if (!slag.includes(kind)) throw new UsageError(`${heading}=${kind}: the kinds are ${slag.join(", ")}`);
  }
  const db = furnished ?? (await open(":memory:"));
  try {
    if (!furnished) await furnish(db);
    const tables = await inspectIn(db, { fil, path: fil, bytes: readFileSync(fil) }, columns);
    return tables.map((table) => masked(table, stockholmToday()));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [masked(refusedFile(fil, rejected({ kod: error.kod, detalj: error.detalj }, null)), stockholmToday())];
  } finally {
    if (!furnished) db.close();
  }
};
