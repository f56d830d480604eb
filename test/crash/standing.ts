/** What stands in an output folder, in a form in which two can be compared. */
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { open } from "../../src/db/open.ts";

/** Files by their path in the folder, to the hash of what they hold; the database to that of its tables' rows. */
export type Standing = ReadonlyMap<string, string>;

const database = "internt/finsam.duckdb";
/** The manifest says where the pipelines are, which is another folder in each run here. */
const beside = /^(\.las|\.pagaende|\.klar|arkiv\/korning\.json)(\/|$)/;

/** The evaluator's alone. */
const closed = ["internt", "arkiv", "svar"];

const hash = (bytes: Uint8Array | string): string => createHash("sha256").update(bytes).digest("hex");

const hashes = new Map<string, string>();

/** Of the same bytes once. */
const databaseHash = async (file: string): Promise<string> => {
  const bytes = hash(readFileSync(file));
  const known = hashes.get(bytes);
  if (known !== undefined) return known;
  const db = await open(file, "read");
  try {
    const tables = await db.rows<{ name: string }>(
      "select schema_name || '.' || table_name as name from duckdb_tables() order by name",
    );
    const rows: string[] = [];
    for (const { name } of tables) {
      const [{ sum } = { sum: null }] = await db.rows<{ sum: string | null }>(
        `select md5(string_agg(cast(rad as varchar), chr(10) order by cast(rad as varchar))) as sum from ${name} as rad`,
      );
      rows.push(`${name} ${sum}`);
    }
    const found = hash(rows.join("\n"));
    hashes.set(bytes, found);
    return found;
  } finally {
    db.close();
  }
};

const filesIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
        .sort()
    : [];

/** @throws Error when the database cannot be opened and read */
export const standingIn = async (folder: string): Promise<Standing> => {
  const standing = new Map<string, string>();
  for (const file of filesIn(folder)) {
    if (beside.test(file)) continue;
    const path = join(folder, file);
    standing.set(file, file === database ? await databaseHash(path) : hash(readFileSync(path)));
  }
  return standing;
};

/** What of `found` is in neither of the two: a file that is half of anything, or of another run. */
export const unlike = (found: Standing, ...known: readonly Standing[]): string[] =>
  [...found].flatMap(([file, sum]) => (known.some((one) => one.get(file) === sum) ? [] : [file]));

/** How two differ, one line a file. */
export const differences = (found: Standing, wanted: Standing): string[] =>
  [...new Set([...found.keys(), ...wanted.keys()])].sort().flatMap((file) => {
    if (found.get(file) === wanted.get(file)) return [];
    return [`${file}: ${!found.has(file) ? "missing" : wanted.has(file) ? "other content" : "not expected"}`];
  });

/** What others on the machine could read though it is the evaluator's alone, or not yet whole. */
export const openToOthers = (folder: string): string[] =>
  existsSync(folder)
    ? [...closed, ".pagaende", ".klar"].flatMap((name) => {
        const top = join(folder, name);
        // What is within a private folder is out of reach, whatever its own mode.
        return existsSync(top) && (lstatSync(top).mode & 0o077) !== 0 ? [name] : [];
      })
    : [];

/** Files of the folder, also of a run that did not end, that hold one of the texts. */
export const holding = (folder: string, texts: readonly string[]): string[] =>
  filesIn(folder).filter((file) => {
    const bytes = readFileSync(join(folder, file));
    return texts.some((text) => bytes.includes(text));
  });

/** A folder as a run left it: with its times, by which a run knows its database, and its modes, which Node's own copy gives to files only. */
export const copy = (from: string, to: string): void => {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
  for (const name of closed.filter((one) => existsSync(join(from, one))))
    chmodSync(join(to, name), statSync(join(from, name)).mode);
};
