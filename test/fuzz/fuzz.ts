/** Mutated corpus files through the reader: none may crash it, hold it up, or lose a row. Seeded: a failure can be had again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, furnish, open } from "../../src/db/open.ts";
import { readText } from "../../src/inbox/csv.ts";
import { readTables } from "../../src/inbox/read.ts";
import { FileError, isBlank } from "../../src/inbox/table.ts";
import { readWorkbook } from "../../src/inbox/xlsx.ts";
import { openPackage } from "../../src/inbox/zip.ts";
import { inspect } from "../../src/inspect.ts";
import { UsageError } from "../../src/schema/errors.ts";
import type { Inspected, Slag } from "../../src/schema/inspected.ts";
import { zip } from "../corpus/workbook.ts";
import { random } from "../random.ts";

const corpus = join(import.meta.dirname, "..", "corpus", "files");

const bits = [
  ...['"', ";", ",", "\t", "\n", "\r", "\r\n", '""', '";"', "\0", "\uFEFF", "å", "Summa;", "sep=,\n", "\n\n", "=1+1"],
  ...[
    "<",
    "</row>",
    'r="A1"',
    '<c r="ZZZ9"/>',
    "&#0;",
    "&amp;",
    "]]>",
    "<!DOCTYPE x>",
    't="s"',
    "<v>99999999</v>",
    "NaN",
    "1e400",
  ],
].map((text) => Buffer.from(text));

const mutate = (bytes: Buffer, other: Buffer, next: () => number): Buffer => {
  let made = bytes;
  for (let times = 1 + Math.floor(next() * 4); times > 0; times--) {
    const at = Math.floor(next() * (made.length + 1));
    const to = Math.min(made.length, at + Math.floor(next() ** 3 * 200));
    const [head, middle, tail] = [made.subarray(0, at), made.subarray(at, to), made.subarray(to)];
    const bit = bits[Math.floor(next() * bits.length)] ?? Buffer.alloc(0);
    const from = Math.floor(next() * other.length);
    const changed = [
      () => Buffer.concat([head, Buffer.from([Math.floor(next() * 256)]), made.subarray(at + 1)]),
      () => Buffer.concat([head, bit, made.subarray(at)]),
      () => Buffer.concat([head, tail]),
      () => Buffer.concat([head, middle, middle, tail]),
      () => Buffer.concat([head, other.subarray(from, from + 100), made.subarray(at)]),
      () => head,
    ][Math.floor(next() * 5.2)];
    made = changed?.() ?? made;
  }
  return made;
};

/** A workbook is changed inside one of its parts and packed again: else only its checksum would ever be tried. */
const mutateInside = async (bytes: Buffer, other: Buffer, next: () => number): Promise<Buffer | undefined> => {
  try {
    const pack = await openPackage(bytes);
    const parts = await Promise.all(pack.names.map(async (name) => ({ name, data: await pack.read(name) })));
    const chosen = Math.floor(next() * parts.length);
    return zip(parts.map((part, i) => (i === chosen ? { ...part, data: mutate(part.data, other, next) } : part)));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
};

/** Every record of the file is in exactly one place. @throws Error saying which is not */
export const accountFor = async (db: Database, path: string, tables: readonly Inspected[]): Promise<number> => {
  if (tables.some(({ filfel }) => filfel !== null)) return 0;
  const { tabeller } = await readTables(db, { fil: path, path, bytes: readFileSync(path) });
  if (tabeller.length !== tables.length) throw new Error(`${tabeller.length} tables read, ${tables.length} shown`);
  // Nothing is lost between the file's own records and its tables.
  const bytes = readFileSync(path);
  const whole = /\.(csv|tsv|txt)$/.test(path)
    ? [readText(bytes)]
    : path.endsWith(".xlsx")
      ? (await readWorkbook(bytes)).tabeller
      : [];
  for (const { blad, poster } of whole) {
    const kept = new Set(
      tabeller.filter((one) => one.blad === blad).flatMap((one) => one.poster.map(({ rad }) => rad)),
    );
    const lost = poster.filter((post) => !kept.has(post.rad) && !isBlank(post));
    if (lost.length > 0) throw new Error(`records in no table: ${lost.map(({ rad }) => rad).slice(0, 20)}`);
  }
  let records = 0;
  for (const [i, { poster }] of tabeller.entries()) {
    const { rader, avvisade, overhoppade } = tables[i] as Inspected;
    const fel = new Set(avvisade.flatMap(({ rad, allvar }) => (allvar === "fel" && rad !== null ? [rad] : [])));
    const placed = [...rader.map(({ rad }) => rad), ...fel, ...overhoppade.map(({ rad }) => rad)].sort((a, b) => a - b);
    const wanted = poster.map(({ rad }) => rad).sort((a, b) => a - b);
    if (JSON.stringify(placed) !== JSON.stringify(wanted)) {
      throw new Error(`table ${i + 1}: records ${wanted.slice(0, 20)} are placed as ${placed.slice(0, 20)}`);
    }
    records += poster.length;
  }
  return records;
};

export interface Fuzzed {
  readonly files: number;
  readonly refused: number;
  readonly records: number;
  /** Milliseconds of the slowest file. */
  readonly slowest: number;
}

/** The longest that one file of the corpus's size may take, in milliseconds. */
const bound = 5000;

/**
 * Reads so many mutated files.
 * @throws Error with the number of the file that crashed, took too long or lost a row; the file is kept for it
 */
export const fuzz = async (count: number, seed = 1): Promise<Fuzzed> => {
  const names = readdirSync(corpus).filter((name) => !name.endsWith(".expected.json"));
  const originals = new Map(names.map((name) => [name, readFileSync(join(corpus, name))]));
  const kinds = new Map(
    names.map((name) => {
      const { columns } = JSON.parse(readFileSync(join(corpus, `${name}.expected.json`), "utf8")) as {
        columns: Record<string, Slag>;
      };
      return [name, columns];
    }),
  );
  const folder = mkdtempSync(join(tmpdir(), "finsam-fuzz-"));
  const db = await open(":memory:");
  await furnish(db);
  let [refused, records, slowest] = [0, 0, 0];
  for (let nr = 0; nr < count; nr++) {
    const next = random(seed * 1_000_003 + nr);
    const pick = (): string => names[Math.floor(next() * names.length)] ?? "";
    const name = pick();
    const [bytes, other] = [originals.get(name) ?? Buffer.alloc(0), originals.get(pick()) ?? Buffer.alloc(0)];
    const inside = name.endsWith(".xlsx") && next() < 0.8 ? await mutateInside(bytes, other, next) : undefined;
    const path = join(folder, `${nr}-${name}`);
    writeFileSync(path, inside ?? mutate(bytes, other, next));
    const started = performance.now();
    try {
      const columns = kinds.get(name) ?? {};
      const tables = await inspect(path, { columns }, db).catch((error: unknown) => {
        // The heading itself was changed: then the file is read as text.
        if (error instanceof UsageError) return inspect(path, {}, db);
        throw error;
      });
      records += await accountFor(db, path, tables);
      if (tables.some(({ filfel }) => filfel !== null)) refused++;
    } catch (error) {
      throw new Error(`file ${nr} of seed ${seed}, kept as ${path}`, { cause: error });
    }
    const took = performance.now() - started;
    if (took > bound) throw new Error(`file ${nr} of seed ${seed} took ${Math.round(took)} ms, kept as ${path}`);
    slowest = Math.max(slowest, took);
    rmSync(path);
  }
  db.close();
  rmSync(folder, { recursive: true });
  return { files: count, refused, records, slowest: Math.round(slowest) };
};
