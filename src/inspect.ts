/** What would be read of one file: ingest and load of that file alone, in memory; nothing is kept. */
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { type Database, furnish, open } from "./db/open.ts";
import type { Layout } from "./inbox/account.ts";
import type { Refusal } from "./inbox/archive.ts";
import { identityIn, inspectIdentity, maskWritten, pseudonymiser } from "./inbox/door.ts";
import { doubled, findHeader, isMissing, unitOf } from "./inbox/header.ts";
import { Inbox, unclearHeading } from "./inbox/ingest.ts";
import { headsOf, layoutOf, type Named, recogniseAll } from "./inbox/layout.ts";
import { readTables } from "./inbox/read.ts";
import { givenByPipeline, lackedBy } from "./inbox/recognise.ts";
import { tableNeeds } from "./inbox/rules.ts";
import { FileError, type Tabell } from "./inbox/table.ts";
import { columnLetter } from "./schema/address.ts";
import { type Column, fold, storedName } from "./schema/columns.ts";
import { stockholmToday } from "./schema/days.ts";
import { UsageError } from "./schema/errors.ts";
import { type FindingCode, findings, sentence } from "./schema/findings.ts";
import { mask, maskText, onlyNumber, plainly } from "./schema/identity.ts";
import type { Inspected, Rejected, Slag, Value } from "./schema/inspected.ts";
import { slag } from "./schema/inspected.ts";
import { declareColumns, faultsSql, lastColumns, notesSql, quote, type Readable, reportSql } from "./schema/reading.ts";
import { sqlFile } from "./schema/sql.ts";
import { type DatasetName, datasetOf } from "./schema/tables.ts";
import { correct } from "./staging/corrections.ts";
import { load } from "./staging/load.ts";

export interface InspectOptions {
  /** What the column under a heading is read as. */
  readonly columns?: Readonly<Record<string, Slag>> | undefined;
}

type Found = { readonly kod: FindingCode } & Partial<Refusal["fynd"]>;

/** A finding as it is shown: no identity number stands in its heading or sentence. */
const rejected = ({ kod, rad = null, cell = null, kolumn = null, varde = null, detalj = null }: Found): Rejected => ({
  rad,
  cell: cell === null || rad === null ? null : `${columnLetter(cell)}${rad}`,
  kolumn: kolumn && maskText(kolumn),
  kod,
  allvar: findings[kod].allvar,
  meddelande: maskText(sentence(kod, { kolumn, varde, detalj })),
});

const nothing = {
  ...{ blad: null, kodning: null, avgransare: null, rubrikrad: null, dataset: null },
  ...{ kolumner: [], rader: [], avvisade: [], overhoppade: [] },
};

const refusedFile = (fil: string, filfel: Found): Inspected => ({
  ...{ fil: maskText(fil), ...nothing, filfel: rejected(filfel) },
});

interface Shown {
  readonly cell: number;
  readonly rubrik: string;
  /** The dataset's column. */
  readonly kolumn: string | null;
  readonly slag: string;
  readonly readable: Readable;
  /** It holds identity numbers, which are shown masked. */
  readonly isSecret: boolean;
  /** It is read as another kind than its dataset's column has. */
  readonly isOther: boolean;
}

const secretCells = (columns: readonly Shown[]): number[] =>
  columns.filter(({ isSecret }) => isSecret).map(({ cell }) => cell);

/** A table of the file, looked at before it is read. */
interface View {
  readonly named: Named;
  readonly layout: Layout;
  readonly columns: readonly Shown[];
  /** Where it is loaded as one; a table that is read as something else than it is loaded as is shown cell by cell. */
  readonly dataset: DatasetName | undefined;
  /** Headings that stand over several columns, by their cells. */
  readonly twice: readonly (readonly number[])[];
  /** Required columns that the table lacks, by heading: those that a pipeline gives by itself, and others. */
  readonly ges: readonly string[];
  readonly saknas: readonly string[];
  readonly shell: Inspected;
}

const shownColumns = (
  { recognised }: Named,
  headings: readonly string[],
  wanted: ReadonlyMap<string, Slag>,
): Shown[] => {
  const declared: [string, Column][] = recognised ? Object.entries(datasetOf(recognised.dataset).columns) : [];
  const used = new Map<string, number>();
  return headings.flatMap((heading, cell): Shown[] => {
    if (heading.trim() === "") return [];
    const told = wanted.get(fold(heading));
    const [name, own] = declared[recognised?.positions.indexOf(cell) ?? -1] ?? [];
    // Every heading is counted, shown or not: a pipeline file numbers them alike.
    const times = (used.get(fold(heading)) ?? 0) + 1;
    used.set(fold(heading), times);
    if (recognised && !own && !told) return [];
    const isSecret = told === "personnummer";
    const kind = isSecret ? "text" : told;
    return [
      {
        cell,
        rubrik: times === 1 ? heading : `${heading} (${times})`,
        kolumn: name ?? null,
        slag: told ?? own?.kind ?? "text",
        readable: kind === undefined ? (own ?? { kind: "text" }) : { kind },
        isSecret,
        isOther:
          own !== undefined && kind !== undefined && kind !== own.kind && !(kind === "text" && own.kind === "id"),
      },
    ];
  });
};

/** How a table would be read, or, in `filfel` of its shell, why its file is refused. */
const viewOf = (fil: string, named: Named, wanted: ReadonlyMap<string, Slag>, today: string): View => {
  const { tabell, recognised } = named;
  const { poster, kodning, avgransare } = tabell;
  const generic = recognised ? undefined : findHeader(poster);
  const header = recognised?.header ?? generic?.at ?? -1;
  const headings = recognised?.headings ?? generic?.headings ?? [];
  const columns = shownColumns(named, headings, wanted);
  const twice = [...doubled(headings).values()];
  const kindOf = ({ readable, isSecret }: Shown) => (isSecret ? "personnummer" : (readable.reading ?? readable.kind));
  const layout: Layout = {
    ...(recognised ? layoutOf(recognised) : { header, rows: generic?.rows ?? 1, headings, totals: undefined }),
    kinds: new Map(columns.map((column) => [column.cell, kindOf(column)])),
  };
  const rubrikrad = poster[header]?.rad ?? null;
  const lacked = recognised ? lackedBy(recognised.dataset, recognised.positions) : [];
  const saknas = recognised ? lackedBy(recognised.dataset, recognised.positions, givenByPipeline) : [];
  const isReadAlone = saknas.length > 0 || columns.some(({ isOther }) => isOther);
  const told = twice.find((cells) => wanted.has(fold(headings[cells[0] ?? 0] ?? "")));
  const unclear = recognised?.doubled[0] ?? (told && { cells: told, heading: headings[told[0] ?? 0] ?? "" });
  const doubt = unclear && rejected({ kod: "dubbel_rubrik", ...unclearHeading(rubrikrad, unclear) });
  const hit = inspectIdentity(tabell, headsOf(recognised, tabell), today, new Set(secretCells(columns)));
  const seized =
    hit && rejected({ kod: hit.kod, rad: hit.post.rad, cell: hit.cell, varde: hit.masked, kolumn: hit.heading });
  const filfel = header < 0 ? rejected({ kod: "rubrik_saknas" }) : (doubt ?? seized ?? null);
  const kolumner = columns.map(({ rubrik, kolumn, slag: kind }) => ({ rubrik, kolumn, slag: kind }));
  return {
    ...{ named, layout, columns, twice, saknas, ges: lacked.filter((heading) => !saknas.includes(heading)) },
    dataset: isReadAlone ? undefined : recognised?.dataset,
    shell: {
      ...{ fil: maskText(fil), ...nothing, filfel, kolumner: filfel ? [] : kolumner, kodning, rubrikrad },
      blad: tabell.blad === "" ? null : maskText(tabell.blad),
      avgransare: avgransare === "" ? null : avgransare === "\t" ? "tab" : avgransare,
      dataset: recognised?.dataset ?? null,
    },
  };
};

/** Marks that stand for identity numbers while a file is read, and what each is shown as: equal numbers have one mark. */
type Marks = Map<Value, string>;

/** A table with marks in its secret columns, and a finding for what is filled there and is no identity number. */
const hideIdentity = (view: View, marks: Marks, key: string, today: string): Tabell => {
  const { tabell } = view.named;
  const secret = new Set(secretCells(view.columns));
  if (secret.size === 0) return tabell;
  const fynd = [...(tabell.fynd ?? [])];
  const hidden = (written: string, rad: number, cell: number): string => {
    const twelve = onlyNumber(plainly(written), today);
    if (twelve === undefined) {
      if (!isMissing(written)) fynd.push({ kod: "ogiltigt_personnummer", rad, cell, varde: written });
      return written;
    }
    const mark = pseudonymiser(key)(twelve);
    marks.set(mark, mask(twelve));
    return mark;
  };
  const poster = tabell.poster.map(({ celler, ...post }) => ({
    ...post,
    celler: celler.map((cell, c) => (secret.has(c) ? hidden(cell, post.rad, c) : cell)),
  }));
  return { ...tabell, poster, fynd };
};

/** Rows that nothing makes unfit to be read. */
const sound = "overhoppad is null and kallrad not in (select kallrad from checks.fel)";

type Values = Map<number, Map<number, Value>>;

/** Reads columns of a table cell by cell, whatever it is loaded as. What cannot be read becomes a finding. */
const readCells = async (db: Database, tabell: number, columns: readonly Shown[], values: Values): Promise<void> => {
  const rows = `inbox.rad where tabell_id = ${tabell} and ${sound}`;
  const texts = columns.filter(({ readable }) => readable.kind === "text").map(({ cell }) => cell);
  // Text is read whole, however many columns there are.
  const read = await db.rows<{ rad: number; celler: (string | null)[] }>(
    `select rad, list_transform(celler, lambda cell: case when not sv_saknas(cell) then sv_trim(cell) end) as celler from ${rows}`,
  );
  for (const { rad, celler } of read)
    values.set(
      rad,
      new Map([...(values.get(rad) ?? []), ...texts.map((cell) => [cell, celler[cell] ?? null] as const)]),
    );
  const typed = columns.filter(({ readable }) => readable.kind !== "text");
  if (typed.length === 0) return;
  const list = (texts: readonly (string | number)[]): string => `[${texts.join(", ")}]`;
  const declared = declareColumns(
    typed.map(({ readable, rubrik }, i) => ({ dataset: "", nr: i + 1, kolumn: "", rubrik, readable })),
  );
  await db.run(declared.sql, declared.bound);
  await db.run(`
    create or replace temp table olast as
    select kallrad, 0 as del, tabell_id, rad, '' as dataset, ${list(typed.map(({ cell }) => cell + 1))} as positioner,
      ${list(typed.map(({ cell }) => `celler[${cell + 1}]`))} as celler, ${list(typed.map(({ rubrik }) => quote(unitOf(rubrik))))} as enheter
    from ${rows};
    create or replace temp table last as ${sqlFile("staging", "last")};
    ${reportSql(faultsSql([]))};
    ${reportSql(notesSql)}`);
  const kinds = typed.map(({ readable, cell }) => [`c${cell}`, readable.kind] as const);
  for (const row of await db.rows<Record<string, Value>>(`select rad, ${lastColumns(kinds)} from last`))
    for (const { cell } of typed) values.get(Number(row.rad))?.set(cell, row[`c${cell}`] ?? null);
};

/** What became of a table that has been loaded, or added to the inbox. */
const shownTable = async (db: Database, tabell: number, view: View, marks: Marks): Promise<Inspected> => {
  const { dataset, columns, shell, layout } = view;
  const values: Values = new Map();
  if (dataset) {
    const own = columns.filter(({ kolumn }) => kolumn !== null);
    const stored = own.map(({ kolumn, cell }) => {
      const name = kolumn ?? "";
      return `, last.${storedName(name, datasetOf(dataset).columns[name] as Column)} as c${cell}`;
    });
    const rows = await db.rows<Record<string, Value>>(
      `select rad.rad${stored.join("")} from staging.${dataset} as last inner join inbox.rad as rad on rad.kallrad = last.kallrad
       where rad.tabell_id = ${tabell}`,
    );
    for (const row of rows)
      values.set(Number(row.rad), new Map(own.map(({ cell }) => [cell, row[`c${cell}`] ?? null])));
  }
  const others = columns.filter(({ kolumn }) => !dataset || kolumn === null);
  if (others.length > 0) await readCells(db, tabell, others, values);
  const found = await db.rows<Required<Found>>(
    `select rad, cell, kolumn, varde, kod, detalj from checks.fynd
     where tabell_id = ${tabell} and kod not in ('okand_tabell', 'forbund_ifyllt') order by rad nulls first, rowid`,
  );
  const secret = secretCells(columns);
  const avvisade = found.map(({ cell, varde: written, ...one }) => {
    const kolumn = (cell === null ? undefined : layout.headings[cell]) || one.kolumn;
    const isSecret = cell !== null && secret.includes(cell);
    const varde = isSecret && written !== null ? (marks.get(written) ?? maskWritten(written)) : written;
    return rejected({ ...one, cell, kolumn, varde });
  });
  const rows = await db.rows<{ rad: number }>(
    `select rad from inbox.rad where tabell_id = ${tabell} and ${sound} order by kallrad`,
  );
  const rader = rows.map(({ rad }) => {
    const shown = columns.map(({ cell, rubrik, isSecret }): [string, Value] => {
      const value = values.get(rad)?.get(cell) ?? null;
      return [rubrik, isSecret ? (marks.get(value) ?? null) : value];
    });
    return { rad, varden: Object.fromEntries(shown) };
  });
  const overhoppade = await db.rows<{ rad: number; skal: string }>(
    `select rad, overhoppad as skal from inbox.rad where tabell_id = ${tabell} and overhoppad is not null order by kallrad`,
  );
  return { ...shell, rader, avvisade, overhoppade };
};

/** Loads the tables that are a dataset's, adds the others to the inbox, and shows what became of each. */
const showAll = async (db: Database, fil: string, seen: readonly View[], today: string): Promise<Inspected[]> => {
  await db.run("set variable idag = cast($today as date)", { today });
  const file = { leverans: "", fil, sha256: "", mottagen: today };
  const marks: Marks = new Map();
  const key = randomUUID();
  const views = seen.map((view) => ({
    ...view,
    named: { ...view.named, tabell: hideIdentity(view, marks, key, today) },
  }));
  const inbox = await Inbox.open(db);
  const numbers = new Map<View, number>();
  const add = async (view: View): Promise<void> => {
    const { named, layout, columns, dataset, twice, ges, saknas } = view;
    const known = dataset && named.recognised;
    const unknown = known?.unknown.filter(({ cell }) => !columns.some((column) => column.cell === cell)) ?? [];
    const tabell = await inbox.add(file, { ...named, layout, recognised: known && { ...known, unknown } });
    numbers.set(view, tabell);
    if (saknas.length > 0) inbox.note(tabell, "kolumn_saknas", { detalj: saknas.join(", ") });
    if (ges.length > 0) inbox.note(tabell, "kolumn_ges", { detalj: ges.join(" och ").toLowerCase() });
    for (const cells of named.recognised ? [] : twice) {
      const heading = layout.headings[cells[0] ?? 0] ?? "";
      inbox.note(tabell, "upprepad_rubrik", unclearHeading(view.shell.rubrikrad, { cells, heading }));
    }
  };
  const read = views.filter(({ shell }) => shell.filfel === null);
  for (const view of read) if (view.dataset) await add(view);
  await inbox.flush();
  if (numbers.size > 0) {
    await correct(db, [], () => false, today);
    await load(db, undefined, [...new Set(read.flatMap(({ dataset }) => dataset ?? []))]);
  }
  for (const view of read) if (!view.dataset) await add(view);
  await inbox.flush();
  const tables: Inspected[] = [];
  for (const view of views) {
    const tabell = numbers.get(view);
    tables.push(tabell === undefined ? view.shell : await shownTable(db, tabell, view, marks));
  }
  return tables;
};

/** Which headings a table that is no dataset has, and what the nearest dataset lacks. */
export const describeLack = ({ fil, blad, kolumner }: Inspected): string =>
  tableNeeds(
    { poster: [{ rad: 1, celler: kolumner.map(({ rubrik }) => rubrik) }] },
    [blad ?? "", fil.replace(/^.*\//, "")],
    givenByPipeline,
  );

const inspectIn = async (db: Database, fil: string, columns: Readonly<Record<string, Slag>>): Promise<Inspected[]> => {
  const wanted = new Map(Object.entries(columns).map(([heading, kind]) => [fold(heading), kind]));
  const today = stockholmToday();
  const { tabeller, vidSidan } = await readTables(db, { fil, path: fil, bytes: readFileSync(fil) });
  const alone = recogniseAll(fil, tabeller);
  // As the pipeline file would give them: the insats of a table that names none, and the one who pays for it.
  const isPaid = alone.some(({ recognised }) => /^(insats|finansiering|forbund)$/.test(recognised?.dataset ?? ""));
  const known = { insats: "insats", forbund: isPaid ? undefined : "forbund", fil, periodOf: () => undefined };
  // What is a dataset's without being told is read as a pipeline for one insats reads it.
  const named = recogniseAll(fil, tabeller, undefined, known).map((one, i) =>
    alone[i]?.recognised ? one : (alone[i] ?? one),
  );
  const views = named.map((one) => viewOf(fil, one, wanted, today));
  // A file that is to hold no persons is refused whole, whichever table they are in.
  const seized = views.find(({ shell: { filfel } }) => filfel?.kod === "personnummer" || filfel?.kod === "personnamn");
  if (seized) return [seized.shell];
  for (const { plats, text } of vidSidan) {
    const varde = identityIn(text, today);
    if (varde) return [refusedFile(fil, { kod: "personnummer_dolt", varde, detalj: plats })];
  }
  if (views.every(({ shell }) => shell.filfel === null)) {
    const known = new Set(views.flatMap((view) => view.columns.map(({ rubrik }) => fold(rubrik))));
    const lost = Object.keys(columns).find((heading) => !known.has(fold(heading)));
    if (lost !== undefined) throw new UsageError(`${fil}: no heading ${lost}`);
  }
  return showAll(db, fil, views, today);
};

/**
 * What a run would read of a file: an object for each table. Duplicates and references are checked within the file;
 * that a row refers to what another file would have to hold rejects nothing.
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
    else
      for (const room of ["inbox", "staging", "checks"])
        await db.run(`drop schema ${room} cascade; create schema ${room}`);
    return await inspectIn(db, fil, columns);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [refusedFile(fil, { kod: error.kod, detalj: error.detalj })];
  } finally {
    if (!furnished) db.close();
  }
};
