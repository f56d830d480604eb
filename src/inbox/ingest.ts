/** Deliveries into the inbox: every record of every file, as text, with its place. Nothing is typed here. */
import { basename } from "node:path";
import { type AppendValue, appendColumns, appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { columnLetter } from "../schema/address.ts";
import { fold } from "../schema/columns.ts";
import { StoppedError } from "../schema/errors.ts";
import { type FindingCode, findings } from "../schema/findings.ts";
import { maskText } from "../schema/identity.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { quote } from "../schema/reading.ts";
import { type DatasetName, datasetOf } from "../schema/tables.ts";
import { accumulatedIn, addsUp, type Layout, type Placed, placing, tableProblems, uncountedIn } from "./account.ts";
import type { Archive, KeptText, Refusal } from "./archive.ts";
import { fingerprint } from "./door.ts";
import { isFigure } from "./header.ts";
import { layoutOf, type Named } from "./layout.ts";
import type { Mapping } from "./mapping.ts";
import { type NamedTable, namedPeriods, periodsOf } from "./period.ts";
import { keptHead, plainLines } from "./plain.ts";
import { type Intake, keyFor, shownPath, takeIn } from "./receive.ts";
import { byName, type Recognised } from "./recognise.ts";
import { missingHeadings, recogniseIn, requireOneReading, rulesFor } from "./rules.ts";
import { replacementsIn, type Sources, sourcesOf } from "./sources.ts";
import type { Fynd, Post } from "./table.ts";
import { type Candidate, likelyTotal, totalWord } from "./totals.ts";
import { always, compareText, inForce, readingIn, replaceFiles, type Standing } from "./versions.ts";

export interface Ingested {
  readonly files: number;
  /** Files that had not been received by the day of a look back. */
  readonly unreceived: number;
  /** Which sources each pipeline reads, by the names that outputs use. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
}

/** One table of a delivery, by `tableColumns`; positions in its columns count from 1. */
type NewTable = NamedTable & Readonly<Record<string, AppendValue>>;

type NewFinding = Refusal["fynd"] & { readonly tabell_id: number; readonly kallrad: bigint | null };

const tableColumns = `tabell_id integer, leverans varchar, fil varchar, blad varchar, tabell integer, sha256 varchar, mottagen date, period date,
  dataset varchar, kodning varchar, avgransare varchar, rubrikrad integer, positioner integer[], enheter varchar[],
  rubriker varchar[], rader bigint, ersatter varchar, avvisad boolean, trolig varchar`;
const totalColumns =
  "kallrad bigint, tabell_id integer, cell integer, slag varchar, ar_saker boolean, ar_kategori boolean, ar_tom boolean, kategori integer[]";
const findingColumns =
  "tabell_id integer, kallrad bigint, rad integer, cell integer, kolumn varchar, varde varchar, kod varchar, detalj varchar";
const kindColumns = "kod varchar, allvar varchar, mall varchar";
const laidOutColumns = `tabell_id integer, del integer, dataset varchar, kallor struct(
  celler integer[], konstant varchar, form varchar, ord varchar[], varden varchar[], enhet varchar, bredd integer,
  kredit integer, ar_storlek boolean, ar_omvant boolean, ar_avrundat boolean)[],
  tal integer[], endast varchar, flerval integer, kategori integer, utom varchar[], nyckel integer[], raknad integer, insats integer`;

const inboxTables = `
  create table inbox.tabell (${tableColumns});
  create table inbox.utlagg (${laidOutColumns});
  create table inbox.rad (kallrad bigint, tabell_id integer, rad integer, overhoppad varchar, celler varchar[]);
  create table inbox.summa (${totalColumns});
  create table checks.fynd (${findingColumns});
  create table checks.undanlagd (kallrad bigint, till bigint, kod varchar);
  create table checks.kod (${kindColumns});
  create view checks.fel as
  select fynd.* from checks.fynd as fynd inner join checks.kod as kod on kod.kod = fynd.kod where kod.allvar = 'fel' and fynd.kallrad is not null;`;

/** A file whose tables go into the inbox. */
export interface Received extends Partial<Omit<Standing, "version">> {
  readonly leverans: string;
  readonly fil: string;
  readonly sha256: string;
  readonly mottagen: string;
}

/** A column of a plain text that has more words than this is looked at record by record. */
const mostWords = 10_000;

/** How one table goes into the inbox. */
interface Entry extends Named {
  /** How it is laid out, where it is read as no dataset. */
  readonly layout?: Layout | undefined;
  /** What it would have needed, where it is read as no dataset. */
  readonly missing?: string;
}

/** The tables of `inbox`, filled a batch of records at a time, so that no delivery is held whole. */
export class Inbox {
  readonly #db: Database;
  #batch: { kallrad: bigint; tabell: number; post: Post; skal: string | null }[] = [];
  readonly #found: NewFinding[] = [];
  readonly #tables: NewTable[] = [];
  readonly #totals: (Candidate & { kallrad: bigint; tabell_id: number })[] = [];
  readonly #laidOut: ReturnType<typeof laidOut> = [];
  #next = 1n;
  #last = 0;

  private constructor(db: Database) {
    this.#db = db;
  }

  static async open(db: Database): Promise<Inbox> {
    await db.run(inboxTables);
    const kinds = Object.entries(findings).map(([kod, { allvar, text }]) => ({ kod, allvar, mall: text }));
    await appendFields(db, "checks.kod", kindColumns, kinds);
    return new Inbox(db);
  }

  #addTable(columns: NewTable): number {
    this.#tables.push({ ...columns, tabell_id: ++this.#last });
    return this.#last;
  }

  /** Adds a file that was refused whole: nothing is left of it but that it came, and why it was refused. */
  addRefusal({ leverans, fil, sha256, mottagen, rader, fynd }: Refusal): void {
    // A workbook may hold more than its name says.
    const trolig = /\.xlsx$/i.test(fil) ? null : (byName(basename(fil)) ?? null);
    const tabell = this.#addTable({
      ...{ leverans, fil, blad: "", tabell: 1, sha256, mottagen, rader, trolig, avvisad: true },
      ...{ dataset: null, kodning: null, avgransare: null, rubrikrad: null, ersatter: null },
      ...{ positioner: [], enheter: [], rubriker: [] },
    });
    this.note(tabell, fynd.kod, fynd);
  }

  note(tabell: number, kod: FindingCode, at: Partial<NewFinding>): void {
    const nowhere = { kallrad: null, rad: null, cell: null, kolumn: null, varde: null, detalj: null };
    this.#found.push({ ...nowhere, ...at, tabell_id: tabell, kod });
  }

  /**
   * Adds a table without its records: what it is, and what is odd about it as a whole.
   * @param isText nothing is odd about its records, of which only the first are at hand
   */
  #register(file: Received, entry: Entry, records: number, isText = false) {
    const { tabell, nr, recognised: known, mapping, notes = [], unread, isAgain = false, missing } = entry;
    const { leverans, fil, sha256, mottagen, replaces = null, passed } = file;
    // Two columns under the heading of one that is read: which is meant cannot be seen, so nothing is.
    const unclear = known?.doubled[0];
    const recognised = passed || unclear ? undefined : known;
    const { poster } = tabell;
    const layout = entry.layout ?? (recognised && layoutOf(recognised, entry));
    const headings = layout?.headings ?? [];
    const rubrikrad = layout ? (poster[layout.header]?.rad ?? null) : null;
    const id = this.#addTable({
      ...{ leverans, fil, blad: tabell.blad, tabell: nr, sha256, mottagen, rubrikrad },
      dataset: recognised?.dataset ?? null,
      kodning: tabell.kodning,
      avgransare: tabell.avgransare || null,
      positioner: (recognised?.positions ?? []).map((cell) => cell + 1),
      enheter: recognised?.units ?? [],
      rubriker: headings,
      rader: records,
      ersatter: replaces,
      avvisad: !passed && !recognised,
      trolig: passed || recognised ? null : (byName(tabell.blad || basename(fil)) ?? null),
    });
    if (recognised && mapping) this.#laidOut.push(...laidOut(id, recognised.dataset, mapping));
    const see = ({ kod, rad, cell, varde, detalj }: Fynd, kallrad: bigint | null): void => {
      const kolumn = cell === null ? null : headings[cell] || null;
      this.note(id, kod, { kallrad, rad, cell, kolumn, varde: varde ?? null, detalj: detalj ?? null });
    };
    if (passed) this.note(id, passed.kod, passed);
    else if (unclear) this.note(id, "dubbel_rubrik", unclearHeading(poster[known?.header ?? 0]?.rad ?? null, unclear));
    else if (unread) this.note(id, unread.kod, { detalj: unread.detalj });
    else if (!recognised) this.note(id, "okand_tabell", { detalj: missing ?? null });
    for (const { cell, heading } of recognised?.unknown ?? []) {
      this.note(id, "okand_kolumn", { rad: rubrikrad, cell, kolumn: heading });
      const said = !isText && layout && uncountedIn(heading, cell, poster.slice(layout.header + layout.rows));
      if (said) see(said, null);
    }
    if (layout && !isAgain && !isText) for (const fynd of tableProblems(tabell, layout)) see(fynd, null);
    const name = `${basename(fil)} ${tabell.blad}`.trim();
    const accumulated = layout && recognised && addsUp.has(recognised.dataset) && accumulatedIn(name, tabell, layout);
    if (accumulated) see(accumulated, null);
    if (recognised) for (const fynd of notes) see(fynd, null);
    return { id, recognised, layout, see };
  }

  /**
   * Adds one table with all its records.
   * @returns its number
   */
  async add(file: Received, entry: Entry): Promise<number> {
    const { tabell, mapping, skalOf } = entry;
    const { poster } = tabell;
    const { id, recognised, layout, see } = this.#register(file, entry, poster.length);
    const passed = file.passed ? (file.passed.kod === "ersatt_fil" ? "ersatt" : "redan_last") : null;
    const creditOf = recognised && unreadCredit(recognised);
    const asides: Post[] = [];
    const place = layout && placing(tabell, layout);
    for (const [i, own] of poster.entries()) {
      const placed: Omit<Placed, "skal"> & { skal: string | null } = place?.(i) ?? {
        post: own,
        skal: passed,
        fynd: [],
      };
      const { post, skal: why, fynd, summa } = placed;
      const said = (recognised && skalOf?.(post)) ?? null;
      const skal = summa || (why === "text" && said === "utelamnad") ? (said ?? why) : (why ?? said);
      if (skal === "text") asides.push(post);
      const kallrad = await this.#addRecord(id, post, skal);
      if (summa && !said) this.#totals.push({ ...summa, kallrad, tabell_id: id });
      for (const one of fynd) see(one, kallrad);
      const credit = skal === null && creditOf?.(post);
      if (credit) see(credit, kallrad);
      // A figure of no category would be taken for one of the dataset's own default.
      if (recognised && mapping && skal === null && isNameless(post, mapping))
        see({ kod: "varde_saknas", rad: post.rad, cell: mapping.kategori - 1 }, kallrad);
    }
    const [aside] = asides;
    if (aside) {
      const cell = aside.celler.findIndex((one) => one.trim() !== "");
      const rows = asides.slice(0, 5).map(({ rad }) => rad);
      const detalj = rows.join(", ") + (asides.length > 5 ? " …" : "");
      see({ kod: "text_overhoppad", rad: aside.rad, cell, varde: aside.celler[cell], detalj }, null);
    }
    return id;
  }

  /**
   * Adds a table whose text is plain: the database splits its lines, and no record is looked at by itself.
   * @returns false where some record has to be, as one that may be a total, or a heading again: nothing is added
   */
  async addText(file: Received, entry: Entry, text: KeptText & { readonly path: string }): Promise<boolean> {
    const { tabell, recognised, mapping, notes = [], unread, skalOf } = entry;
    if (!recognised || file.passed || mapping || unread || skalOf || notes.length > 0) return false;
    const { header, rows, headings, doubled } = recognised;
    const { kinds, totals } = layoutOf(recognised, entry);
    // Where one cell is all that is read of a record, it may be a note.
    const isThin = text.minst - (headings.length - kinds.size) < 2;
    if (header > 0 || rows > 1 || doubled.length > 0 || isThin || unreadCredit(recognised)) return false;
    const [first, id] = [this.#next, this.#last + 1];
    for (const heading of tabell.poster.slice(0, 1)) await this.#addRecord(id, heading, "rubrik");
    await this.#flushRecords();
    const { from, columns } = plainLines(text.path, tabell);
    await this.#db.run(`
      insert into inbox.rad
      select ${first} + row_number() over (), ${id}, 1 + row_number() over (), null, [${columns.join(", ")}] from ${from}`);
    const own = `from inbox.rad where tabell_id = ${id} and overhoppad is null`;
    const [found] = await this.#db.rows<{ antal: number; rubriker: number }>(
      `select count(*) as antal, count(*) filter (celler[1] = ${quote(headings[0] ?? "")}) as rubriker ${own}`,
    );
    if (found?.antal !== text.rader - 1) throw new Error(`${file.fil}: ${text.rader} records, read ${found?.antal}`);
    const isOdd = async (cell: number, where: string, isSaid: (ord: string) => boolean): Promise<boolean> => {
      const words = await this.#db.rows<{ ord: string }>(
        `select distinct celler[${cell + 1}] as ord ${own} ${where} limit ${mostWords + 1}`,
      );
      return words.length > mostWords || words.some(({ ord }) => isSaid(ord));
    };
    let isClear = found.rubriker === 0;
    for (const cell of new Set([0, ...(totals?.categories ?? [])]))
      isClear &&= !(await isOdd(
        cell,
        `and regexp_matches(celler[${cell + 1}], '${likelyTotal}', 'i')`,
        (ord) => totalWord(ord) !== undefined,
      ));
    for (const { cell, heading } of recognised.unknown)
      isClear &&= !(await isOdd(cell, "", (ord) => uncountedIn(heading, 0, [{ rad: 0, celler: [ord] }]) !== undefined));
    // A column that is filled in no more than half of the records, and with no word twice, may be written as a pivot table is.
    for (const [cell, kind] of kinds) {
      const filled = text.fyllda[cell] ?? 0;
      if (!isClear || (kind !== "id" && kind !== "kod") || filled < 2 || filled * 2 >= text.rader) continue;
      const words = await this.#db.count(`(select distinct celler[${cell + 1}] as ord ${own} and ord <> '')`);
      isClear = words !== filled;
    }
    if (isClear) {
      this.#next += BigInt(found.antal);
      this.#register(file, entry, text.rader, true);
      return true;
    }
    await this.#db.run(`delete from inbox.rad where tabell_id = ${id}`);
    this.#next = first;
    return false;
  }

  async #addRecord(tabell: number, post: Post, skal: string | null): Promise<bigint> {
    const kallrad = this.#next++;
    this.#batch.push({ kallrad, tabell, post, skal });
    if (this.#batch.length === 16_384) await this.#flushRecords();
    return kallrad;
  }

  async #flushRecords(): Promise<void> {
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    await appendColumns(this.#db, "inbox.rad", [
      { type: "bigint", values: batch.map(({ kallrad }) => kallrad) },
      { type: "integer", values: batch.map(({ tabell }) => tabell) },
      { type: "integer", values: batch.map(({ post }) => post.rad) },
      { type: "varchar", values: batch.map(({ skal }) => skal) },
      { type: "varchar[]", values: batch.map(({ post }) => post.celler) },
    ]);
  }

  /** Writes what has been added and is not written yet. */
  async flush(): Promise<void> {
    await this.#flushRecords();
    const tables = this.#tables.splice(0);
    const periodOf = await namedPeriods(this.#db, tables);
    const placed = tables.map((table) => ({ ...table, period: periodOf(table) }));
    await appendFields(this.#db, "inbox.tabell", tableColumns, placed);
    const mapped = this.#laidOut.splice(0);
    if (mapped.length > 0)
      await this.#db.run(
        `insert into inbox.utlagg
         select rad.* from (select unnest(cast(cast($rows as json) as struct(${laidOutColumns})[])) as rad)`,
        { rows: JSON.stringify(mapped) },
      );
    await appendFields(this.#db, "inbox.summa", totalColumns, this.#totals.splice(0));
    await appendFields(this.#db, "checks.fynd", findingColumns, this.#found.splice(0));
  }
}

/** Where a heading stands twice, and over which columns. */
export const unclearHeading = (
  rad: number | null,
  { cells, heading }: Recognised["doubled"][number],
): { rad: number | null; cell: number | null; kolumn: string; detalj: string } => ({
  rad,
  cell: cells[1] ?? null,
  kolumn: heading,
  detalj: cells.map(columnLetter).join(", "),
});

/** The refusals that stood on a day. */
const refusedOn = (archive: Archive, { readerOf }: Sources, day: string): Refusal[] =>
  archive.avvisningar
    .filter((one) => readerOf(one) && one.mottagen <= day && (one.upphort === undefined || one.upphort > day))
    .sort((a, b) => compareText(a.fil, b.fil) || compareText(a.mottagen, b.mottagen));

/**
 * Takes in what the pipelines' sources hold and fills `inbox`.
 * @throws PipelineError a source is missing, or a key is; StoppedError the key is another than the archive was made with
 */
export const ingest = async (
  db: Database,
  archive: Archive,
  pipelines: readonly Pipeline[],
  intake: Intake,
): Promise<Ingested> => {
  const { today, asOf, sources, isClosed = false } = intake;
  const until = asOf ?? always;
  if (archive.gallrat !== undefined && until < archive.gallrat) {
    throw new StoppedError(
      `deliveries were pruned from the archive (finsam forget --older-than ${archive.gallrat}): a report of an earlier day than that cannot be made again`,
    );
  }
  const inbox = await Inbox.open(db);
  for (const pipeline of pipelines) {
    if (pipeline.personuppgifter !== "pseudonymisera") continue;
    const own = fingerprint(keyFor(pipeline));
    archive.nyckel ??= own;
    if (archive.nyckel !== own) {
      throw new StoppedError("the key is not the one earlier deliveries were pseudonymised with; nothing was changed");
    }
  }
  const all = sources ?? sourcesOf(pipelines, shownPath(today), archive);
  // A folder whose path names a person is written nowhere: its mark tells it from others.
  for (const [name, folder] of all.alike) if (maskText(folder, today) === folder) archive.kallor.set(name, folder);
  const unreceived = isClosed ? 0 : await takeIn(db, archive, all, intake);

  const known = new Map([...archive.versioner, ...all.files].map(({ fil, leverans }) => [fil, leverans]));
  const standing = replaceFiles(inForce(archive, readingIn(all), until), replacementsIn(pipelines, all.of, known));
  for (const { version, ...how } of standing) {
    const pipeline = all.readerOf(version);
    if (!pipeline) continue;
    const { fil, sha256 } = version;
    const file = { ...version, ...how };
    const text = rulesFor(pipeline, fil).length === 0 ? archive.textOf(sha256) : undefined;
    if (text !== undefined) {
      const [entry] = recogniseIn(pipeline, fil, [keptHead(text.path)]);
      if (entry && (await inbox.addText(file, entry, text))) continue;
    }
    const tabeller = archive.read(sha256);
    requireOneReading(all.readersOf(version), fil, tabeller);
    const periodOf = await periodsOf(db, rulesFor(pipeline, fil), fil, tabeller);
    for (const named of recogniseIn(pipeline, fil, tabeller, periodOf))
      await inbox.add(file, { ...named, missing: missingHeadings(pipeline, fil, named.tabell) });
  }
  for (const refusal of refusedOn(archive, all, until)) inbox.addRefusal(refusal);
  await inbox.flush();
  return { files: all.files.length, unreceived, sources: all.of };
};

/** What is wrong with a record whose amount is blank beside a credit column that nobody reads. */
const unreadCredit = ({
  dataset,
  positions,
  unknown,
  headings,
}: Recognised): ((post: Post) => Fynd | undefined) | undefined => {
  const credit = unknown.find(({ heading }) => /^(belopp)?(kredit|credit|haben)(belopp|kr|sek)?$/.test(fold(heading)));
  const [amount, ...others] = Object.values(datasetOf(dataset).columns).flatMap(({ kind }, i) =>
    kind === "kr" ? (positions[i] ?? -1) : [],
  );
  if (!credit || amount === undefined || amount < 0 || others.some((cell) => cell >= 0)) return undefined;
  const detalj = `{ debet: ${headings[amount]}, kredit: ${credit.heading} }`;
  return ({ rad, celler }) => {
    const varde = (celler[credit.cell] ?? "").trim();
    const isLost = (celler[amount] ?? "").trim() === "" && isFigure(varde);
    return isLost ? { kod: "kredit_ej_last", rad, cell: amount, varde, detalj } : undefined;
  };
};

/** Whether a record has a figure and no category. */
const isNameless = ({ celler }: Post, { kategori, parts }: Mapping): boolean => {
  const isFilled = (cell: number): boolean => (celler[cell - 1] ?? "").trim() !== "";
  return (
    kategori > 0 &&
    !isFilled(kategori) &&
    parts.some(({ kallor, tal }) => tal.some((nr) => kallor[nr - 1]?.celler.some(isFilled)))
  );
};

/** The rows that each record of a mapped table gives. */
const laidOut = (tabell: number, dataset: DatasetName, { parts, ...all }: Mapping) => {
  const insats = Object.keys(datasetOf(dataset).columns).indexOf("insats_id") + 1;
  return parts.map((part, i) => ({ tabell_id: tabell, del: i + 1, dataset, ...part, ...all, insats }));
};
