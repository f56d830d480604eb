/**
 * The answer to those who delivered: for each file a workbook with its cells as they were read, a comment in each that
 * something is wrong with, and a first sheet that sums up. It is made from a run's database, so it holds what passed the
 * door only. Files of one folder may come from several senders, who are not to have each other's rows.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { rowsOf } from "../db/rows.ts";
import { StoppedError, UsageError } from "../schema/errors.ts";
import { type FindingCode, sentence } from "../schema/findings.ts";
import type { Row } from "../schema/results.ts";
import { number } from "../schema/swedish.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { countText, grouped, placesText, sentenceText } from "./fynd.ts";
import { holdFolder } from "./swap.ts";
import { count } from "./table.ts";
import { type Cell, type Sheet, sheetName, workbook } from "./workbook.ts";

export interface Reply {
  readonly leverans: string;
  readonly fil: string;
  readonly path: string;
  readonly fel: number;
  readonly varningar: number;
  /** Findings beyond those that a sheet has comments for. */
  readonly utan_kommentar: number;
}

export interface ReplyOptions {
  /** The one delivery that is answered. */
  readonly leverans?: string | undefined;
  /** Whether the workbook is named after the file's folder too, and names it. */
  readonly folder?: boolean | undefined;
}

/** What has been written, a line for each workbook. */
export const replyText = (made: readonly Reply[]): string =>
  made.length === 0
    ? "no findings: nothing to reply"
    : made
        .map(({ path, fel, varningar, utan_kommentar: more }) => {
          const left = more > 0 ? `; ${count(more, "finding")} beyond ${wholeTable} a table without a comment` : "";
          return `${path}: ${fel} fel, ${count(varningar, "varning", "varningar")}${left}`;
        })
        .join("\n");

type Counts = "rader" | "lasta" | "avvisade" | "overhoppade";

interface Delivered extends Pick<Row<"leveranser">, "fil" | "blad" | "mottagen" | "dataset" | "rubrikrad" | Counts> {
  readonly tabell_id: number;
}

interface Found extends Pick<Row<"datakvalitet">, "rad" | "kolumn" | "varde" | "allvar"> {
  readonly cell: number | null;
  readonly kod: FindingCode;
  readonly detalj: string | null;
}

/**
 * A table with more rows is answered with those that something is wrong with, each where it stood; of more findings
 * those that reject a row have comments first.
 */
const wholeTable = 5000;

/** What the door put in place of an identity number tells the sender nothing, and would tell which person it stands for. */
const replaceHashes = (text: string): string => text.replace(/[0-9a-f]{32,}/g, "(personnummer, ersatt)");

/** A sheet as the sender gets it, its comments too: they quote what stood in cells. */
const sheetForSender = (sheet: Sheet): Sheet => ({
  ...sheet,
  rows: sheet.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell) => ({
      ...cell,
      value: typeof cell.value === "string" ? replaceHashes(cell.value) : cell.value,
      ...(cell.comment === undefined ? {} : { comment: replaceHashes(cell.comment) }),
    })),
  })),
});

/** A workbook's name, other than those of the folder, also where a disk folds case. */
const bookName = (own: string, taken: ReadonlySet<string>): string => {
  const shown = own
    .replace(/\.\w+$/, "")
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}._]+/gu, "-")
    .replace(/^[-.]+|-+$/g, "");
  for (let nr = 1; ; nr++) {
    const name = `svar-${[...shown].slice(0, 80).join("")}${nr === 1 ? "" : `-${nr}`}.xlsx`;
    if (!taken.has(name.toUpperCase())) return name;
  }
};

/** The workbooks in a folder, and those that a killed `reply` left half written; what else lies there is not the program's. */
export const repliesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isFile() && /^svar-.*\.xlsx(\.ny)?$/.test(entry.name))
        .map(({ name }) => name)
        .sort()
    : [];

/** @throws StoppedError what stands there is no file, so no workbook that may be replaced */
const mayReplace = (path: string): void => {
  if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) {
    throw new StoppedError(`${path}: a folder or a link stands where a workbook is to be written; move it`);
  }
};

const tablesOf = (db: Database, fil: string): Promise<Delivered[]> =>
  db.rows<Delivered>(
    `select tabell.tabell_id, tabell.fil, tabell.blad, tabell.mottagen, tabell.dataset, tabell.rubrikrad, tabell.rader,
       antal.lasta, antal.avvisade, antal.overhoppade
     from inbox.tabell as tabell inner join checks.tabell as antal on antal.tabell_id = tabell.tabell_id
     where tabell.fil = $fil order by tabell.blad, tabell.tabell`,
    { fil },
  );

/** The findings about a table's rows that get a comment, those that reject a row first, and how many there are. */
const findingsOf = (db: Database, { tabell_id: tabell }: Delivered): Promise<(Found & { readonly alla: number })[]> =>
  db.rows(
    `select fynd.rad, fynd.cell, fynd.kolumn, fynd.varde, fynd.kod, fynd.detalj, kod.allvar, count(*) over () as alla
     from checks.fynd as fynd inner join checks.kod as kod on kod.kod = fynd.kod
     where fynd.tabell_id = $tabell and fynd.rad is not null
     order by kod.allvar, fynd.rad, fynd.cell, fynd.kod, fynd.varde limit ${wholeTable}`,
    { tabell },
  );

/** One sheet: the delivered cells in their places, with a comment for each finding, and how many findings have none. */
const tableSheet = async (
  db: Database,
  table: Delivered,
  name: string,
): Promise<{ sheet: Sheet; uncommented: number }> => {
  const found = await findingsOf(db, table);
  const only =
    table.rader > wholeTable
      ? `and (rad = ${table.rubrikrad ?? 0} or rad in (${["0", ...found.map(({ rad }) => String(rad))].join(", ")}))`
      : "";
  const delivered = await db.rows<{ rad: number; celler: string[] }>(
    `select rad, celler from inbox.rad where tabell_id = $tabell ${only} order by kallrad limit ${2 * wholeTable}`,
    { tabell: table.tabell_id },
  );
  const byRow = Map.groupBy(found, ({ rad }) => rad ?? 0);
  let last = 0;
  const rows = delivered.map(({ rad, celler }) => {
    last = Math.max(rad, last + 1);
    const here = Map.groupBy(byRow.get(rad) ?? [], ({ cell }) => cell ?? 0);
    const places = [...new Set([...celler.keys(), ...here.keys()])].sort((a, b) => a - b);
    const cells = places.flatMap((at): Cell[] => {
      const value = celler[at] ?? "";
      const own = here.get(at);
      if (own) {
        const look = own.some(({ allvar }) => allvar === "fel") ? "fel" : "varning";
        const comment = [...new Set(own.map((one) => sentence(one.kod, one)))].join("\n");
        return [{ at, value, look, comment }];
      }
      return value === "" ? [] : [{ at, value, look: rad === table.rubrikrad ? "heading" : "plain" }];
    });
    return { number: last, cells };
  });
  const widths = Array.from(
    { length: Math.min(60, Math.max(1, ...delivered.map(({ celler }) => celler.length))) },
    (_, at) => Math.min(40, 3 + Math.max(8, ...delivered.slice(0, 200).map(({ celler }) => celler[at]?.length ?? 0))),
  );
  const sheet = { name, rows, widths, ...(table.rubrikrad === null ? {} : { frozen: table.rubrikrad }) };
  return { sheet, uncommented: (found[0]?.alla ?? 0) - found.length };
};

const contentOf = ({ dataset }: Delivered): string => {
  const known = datasetNames.find((name) => name === dataset);
  return known === undefined ? "läses inte" : datasetOf(known).heading;
};

const baseName = (fil: string): string => fil.replace(/^.*\//, "");

interface Listed {
  readonly table: Delivered;
  /** Its sheet in the workbook; null where there is nothing to show. */
  readonly sheet: string | null;
  /** How many findings about its rows have no comment there. */
  readonly uncommented: number;
}

const summarySheet = (
  called: string,
  tables: readonly Listed[],
  findings: readonly Row<"datakvalitet">[],
  fixed: number,
): Sheet => {
  const lines: Cell[][] = [];
  const line = (...values: readonly (string | number | Cell)[]): void => {
    lines.push(
      values.map((value, at) => (typeof value === "object" ? { ...value, at } : { at, value, look: "wrapped" })),
    );
  };
  const headings = (...values: readonly string[]): void =>
    line(...values.map((value, at) => ({ at, value, look: "heading" as const })));
  const wide = (value: string, look: Cell["look"] = "plain"): void => line({ at: 0, value, look });
  const fel = findings.filter(({ allvar }) => allvar === "fel").length;
  wide(`Svar på ${called}`, "title");
  wide(
    fel > 0
      ? "Det som har fel är inte inläst. Rätta det i er egen fil och skicka den igen under samma namn: då ersätter den den förra."
      : "Allt är inläst. Varningarna gäller sådant som bör kontrolleras. Rättar ni något, skicka filen igen under samma namn: då ersätter den den förra.",
  );
  wide(
    "Bladen efter det här visar cellerna så som de lästes. En cell med kommentar har ett fel (röd) eller en varning (gul).",
  );
  if (fixed > 0) wide(`Åtgärdat sedan förra leveransen: ${fixed}.`);
  lines.push([]);
  headings("Blad", "Mottagen", "Innehåll", "Blad i den här boken", "Rader", "Inlästa", "Avvisade", "Överhoppade");
  for (const { table, sheet } of tables) {
    const { mottagen, rader, lasta, avvisade, overhoppade } = table;
    const counts = [rader, lasta, avvisade, overhoppade];
    line(table.blad || baseName(table.fil), mottagen, contentOf(table), sheet ?? "inget att visa", ...counts);
  }
  for (const { sheet, uncommented } of tables.filter((one) => one.uncommented > 0))
    wide(
      `Bladet ${sheet} har kommentarer för ${number(wholeTable, 0)} fynd; ${number(uncommented, 0)} till är utan, men räknas i listan nedan.`,
    );
  wide("Överhoppade rader är rubriker, tomma rader, summarader och rader ur filer som redan är lästa.");
  lines.push([]);
  headings("Blad", "Allvar", "Antal", "Var", "Vad som är fel och vad som behöver göras");
  const from = lines.length + 1;
  for (const group of grouped(findings)) {
    const look = group.allvar === "fel" ? "fel" : "varning";
    const often = countText(group);
    line(
      group.blad ?? (group.antal_blad > 1 ? "flera blad" : baseName(group.fil)),
      { at: 1, value: group.allvar, look },
      group.antal,
      placesText(group, 10) || "hela filen",
      [often === "" ? "" : `${often[0]?.toUpperCase()}${often.slice(1)}. `, sentenceText(group)].join(""),
    );
  }
  // What to do is as wide as the counts above it together, and as high as it needs.
  const widths = [40, 12, 18, 28, 18, 18, 18, 18];
  const high = (cells: readonly Cell[]): number =>
    Math.max(
      ...cells.map(({ at, value }) => Math.ceil(String(value).length / (at === 4 ? 64 : (widths[at] ?? 10) - 2))),
    );
  const isFinding = (i: number): boolean => i >= from - 1;
  return {
    name: "Sammanfattning",
    rows: lines.map((cells, i) => ({ number: i + 1, cells, ...(isFinding(i) ? { lines: high(cells) } : {}) })),
    merged: lines.flatMap((_, i) => (isFinding(i) ? [`E${i + 1}:H${i + 1}`] : [])),
    widths,
  };
};

const bookOf = async (
  db: Database,
  fil: string,
  called: string,
  findings: readonly Row<"datakvalitet">[],
  fixed: number,
): Promise<{ bytes: Buffer; uncommented: number }> => {
  const taken = new Set(["Sammanfattning"]);
  const sheets: Sheet[] = [];
  const listed: Listed[] = [];
  for (const table of await tablesOf(db, fil)) {
    const name = sheetName(table.blad || baseName(table.fil), taken);
    const { sheet, uncommented } = await tableSheet(db, table, name);
    if (sheet.rows.length > 0) {
      taken.add(name);
      sheets.push(sheet);
    }
    listed.push({ table, sheet: sheet.rows.length > 0 ? name : null, uncommented });
  }
  return {
    bytes: workbook([summarySheet(called, listed, findings, fixed), ...sheets].map(sheetForSender)),
    uncommented: listed.reduce((sum, one) => sum + one.uncommented, 0),
  };
};

/**
 * Writes one workbook for each file that has findings, to `place`.
 * @throws UsageError there is no such delivery; StoppedError what stands where a workbook goes is no file
 */
export const reply = async (
  db: Database,
  place: string,
  { leverans: only, folder = true }: ReplyOptions = {},
): Promise<Reply[]> => {
  const known = await db.rows<{ leverans: string; fil: string }>(
    "select distinct leverans, fil from inbox.tabell order by fil",
  );
  const files = known.filter(({ leverans }) => only === undefined || leverans === only);
  if (files.length === 0 && only !== undefined) {
    const names = [...new Set(known.map(({ leverans }) => leverans))].sort();
    throw new UsageError(`${only}: no such delivery; there are ${names.join(", ")}`);
  }
  const findings = Map.groupBy(await rowsOf(db, "datakvalitet"), ({ fil }) => fil);
  const history = await rowsOf(db, "fyndhistorik");
  const books: { reply: Reply; bytes: Buffer }[] = [];
  const taken = new Set<string>();
  for (const { leverans, fil } of files) {
    const own = findings.get(fil) ?? [];
    if (own.length === 0) continue;
    const fixed = history.filter((row) => row.fil === fil && row.lage === "atgardad").length;
    const fel = own.filter(({ allvar }) => allvar === "fel").length;
    const called = folder ? fil : baseName(fil);
    const name = bookName(called, taken);
    taken.add(name.toUpperCase());
    const path = join(place, name);
    const { bytes, uncommented } = await bookOf(db, fil, called, own, fixed);
    books.push({
      reply: { leverans, fil, path, fel, varningar: own.length - fel, utan_kommentar: uncommented },
      bytes,
    });
  }
  for (const { reply: made } of books) for (const path of [made.path, `${made.path}.ny`]) mayReplace(path);
  if (books.length > 0) mkdirSync(place, { recursive: true, mode: 0o700 });
  for (const { reply: made, bytes } of books) {
    rmSync(`${made.path}.ny`, { force: true });
    writeFileSync(`${made.path}.ny`, bytes, { mode: 0o600, flag: "wx" });
    renameSync(`${made.path}.ny`, made.path);
  }
  return books.map(({ reply: made }) => made);
};

/**
 * Writes the workbooks in the run's own folder, which no run and no `forget` writes in meanwhile.
 * @throws as reply; StoppedError a run has the folder, or a link stands in it
 */
export const replyIn = async (db: Database, out: string, options: ReplyOptions = {}): Promise<Reply[]> => {
  const release = await holdFolder(out);
  try {
    return await reply(db, join(out, "svar"), options);
  } finally {
    release();
  }
};
