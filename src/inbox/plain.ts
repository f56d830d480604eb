/**
 * Large text tables that are plain: no quotes, no signs that cannot be seen, as many cells in each line as in the header, and
 * no digits that could be an identity number. One look at each byte proves it, and then DuckDB may split the lines itself.
 * What this does not prove is read with care (`csv.ts`), which gives the same rows.
 */
import { createHash } from "node:crypto";
import { once } from "node:events";
import { closeSync, createWriteStream, openSync, readSync, rmSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import { constants, createGzip, gunzipSync } from "node:zlib";
import { quote } from "../schema/reading.ts";
import { readText } from "./csv.ts";
import { FileError, type Tabell } from "./table.ts";

/** The first records of a text that `keepPlain` kept. */
export const keptHead = (path: string): Tabell => {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(pieceSize);
    const packed = start.subarray(0, readSync(file, start));
    const head = headOf(gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, pieceSize));
    if (head) return head;
  } finally {
    closeSync(file);
  }
  throw new Error(`no plain text: ${path}`);
};

/** What is known of a text when every byte has been looked at. */
export interface Looked {
  /** Its first records, as the careful reader gives them. */
  readonly head: Tabell;
  /** How many records it has, the header too, and how many cells are filled in the record below it that has fewest. */
  readonly records: number;
  readonly fewest: number;
  /** For each column, in how many of those records it is filled. */
  readonly filled: readonly number[];
  /** For each column: the most digits that a cell has, and whether some cell has a space. */
  readonly digits: readonly number[];
  readonly isSpaced: readonly boolean[];
}

/** More records than what a table is, and how it is laid out, is known by. */
const headRecords = 100;
const pieceSize = 1 << 20;
const longestLine = 100_000;
/** As many digits as an identity number has at least. */
const tooManyDigits = 10;

/** The first records of a text that begins with these bytes; undefined where its first line is no plain header. */
const headOf = (bytes: Uint8Array): Tabell | undefined => {
  let end = 0;
  for (let records = 0; records < headRecords; records++) {
    const next = bytes.indexOf(10, end);
    if (next < 0) {
      if (bytes.length === pieceSize) return undefined;
      end = bytes.length;
      break;
    }
    end = next + 1;
  }
  let tabell: Tabell;
  try {
    tabell = readText(bytes.subarray(0, end));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
  const headings = tabell.poster[0]?.celler ?? [];
  if (tabell.poster.length < 2 || headings.length < 2 || headings.some((one) => one.trim() === "")) return undefined;
  return tabell;
};

const [letter, digit, joint, between, lf, cr, bad, lead, nbsp] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const;

/** How many bytes a mark of UTF-8 takes before the text. */
const markOf = (bytes: Uint8Array): number => (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);

/** What each byte is; of letters beyond ASCII only those of C3, and the space of C2, stand in a plain text. */
const classesFor = (separator: string): Uint8Array => {
  const classes = new Uint8Array(256).fill(bad);
  classes.fill(letter, 33, 127);
  classes.fill(digit, 48, 58);
  for (const sign of " .-/+_") classes[sign.charCodeAt(0)] = joint;
  for (const sign of '"#') classes[sign.charCodeAt(0)] = bad;
  classes[0xc3] = lead;
  classes[0xc2] = nbsp;
  classes[10] = lf;
  classes[13] = cr;
  classes[separator.charCodeAt(0)] = between;
  return classes;
};

/** Second bytes after C3 that text read in the wrong encoding has: Â, Ã, â, ï. */
const misread = new Set([0x82, 0x83, 0xa2, 0xaf]);
/** How a cell begins that may be a note below the table: `*`, anm, källa, not, uppdaterad; letters with the bit of lower case. */
const notes = new Set(
  ["anm", "not", "upp", "kä"].map((word) => [...Buffer.from(word)].reduce((sum, byte) => (sum << 8) | byte | 32, 0)),
);

/** Looks at a text a piece at a time: whether it is plain as far as it has come, and at its end what it has shown. */
const look = (
  head: Tabell,
): { readonly piece: (bytes: Uint8Array) => boolean; readonly end: () => Looked | undefined } => {
  const width = head.poster[0]?.celler.length ?? 0;
  const classes = classesFor(head.avgransare);
  const digits = new Array<number>(width).fill(0);
  const isSpaced = new Array<boolean>(width).fill(false);
  let isCrlf = false;
  let records = 0;
  const filled = new Array<number>(width).fill(0);
  let fewest = width;
  let ownFilled = 0;
  let column = 0;
  let line = 0;
  /** Digits in a row, though signs may part them, and in the cell. */
  let run = 0;
  let own = 0;
  let letters = 0;
  let word = 0;
  let before = 10;
  const piece = (bytes: Uint8Array): boolean => {
    const { length } = bytes;
    for (let i = 0; i < length; i++) {
      const byte = bytes[i] as number;
      const kind = classes[byte] as number;
      if (before === 13 && kind !== lf) return false;
      if (before === 0xc3) {
        if (byte < 0x80 || byte > 0xbf || misread.has(byte)) return false;
      } else if (before === 0xc2) {
        if (byte !== 0xa0) return false;
        before = 32;
        continue;
      } else if (kind === bad || (line === 0 && (kind === between || kind === joint || kind === nbsp || kind === lf))) {
        return false;
      }
      line++;
      if (kind === between || kind === lf || kind === cr) {
        // A cell of nothing but spaces is blank, and looks filled.
        if (letters > 0) {
          ownFilled++;
          filled[column] = (filled[column] as number) + 1;
        } else if (before === 32) return false;
        if (own > (digits[column] as number)) digits[column] = own;
        own = run = letters = word = 0;
        if (kind === between) {
          if (++column === width) return false;
        } else if (kind === lf) {
          if (records++ === 0) {
            isCrlf = before === 13;
            digits.fill(0);
            filled.fill(0);
            isSpaced.fill(false);
          } else if (ownFilled < fewest) fewest = ownFilled;
          ownFilled = 0;
          if (column !== width - 1 || (before === 13) !== isCrlf || line > longestLine) return false;
          column = line = 0;
        }
      } else if (kind === digit) {
        own++;
        letters = 3;
        if (++run === tooManyDigits) return false;
        if ((before === 101 || before === 69) && own > 1) return false;
      } else {
        if (kind !== joint && kind !== nbsp) run = 0;
        if (byte === 32 || kind === nbsp) isSpaced[column] = true;
        else if (letters < 3) {
          word = (word << 8) | byte | 32;
          letters++;
          if (records > 0 && (word === 42 || (letters === 3 && notes.has(word)))) return false;
        }
        if (byte === 43 && (before === 101 || before === 69) && own > 0) return false;
      }
      before = byte;
    }
    return true;
  };
  const end = (): Looked | undefined => {
    // The last line may lack its end.
    const isWhole = line === 0 || piece(Uint8Array.of(...(isCrlf ? [13, 10] : [10])));
    return isWhole ? { head, records, fewest, filled, digits, isSpaced } : undefined;
  };
  return { piece, end };
};

/**
 * Keeps a plain file's text, compressed, and says what it shows.
 * @returns undefined where it is not plain, or is another content than that of the hash: nothing is kept
 */
export const keepPlain = async (path: string, sha256: string, to: string): Promise<Looked | undefined> => {
  const file = openSync(path, "r");
  const gzip = createGzip({ level: 1 });
  const written = pipeline(gzip, createWriteStream(to, { mode: 0o600 }));
  const hash = createHash("sha256");
  let at: ReturnType<typeof look> | undefined;
  let isPlain = true;
  try {
    while (isPlain) {
      const bytes = Buffer.allocUnsafe(pieceSize);
      const piece = bytes.subarray(0, readSync(file, bytes));
      if (piece.length === 0) break;
      hash.update(piece);
      const text = piece.subarray(at ? 0 : markOf(piece));
      const head = at ? undefined : headOf(piece);
      if (head) at = look(head);
      isPlain = at?.piece(text) ?? false;
      if (isPlain && !gzip.write(piece)) await once(gzip, "drain");
    }
  } finally {
    closeSync(file);
    gzip.end();
    await written;
  }
  const looked = isPlain ? at?.end() : undefined;
  if (looked && hash.digest("hex") === sha256) return looked;
  rmSync(to);
  return undefined;
};

/** The lines below the header of a kept text, as DuckDB reads them: the columns `c0`, `c1` …, in the order of the file. */
export const plainLines = (
  path: string,
  { poster, avgransare }: Tabell,
): { readonly from: string; readonly columns: readonly string[] } => {
  const columns = (poster[0]?.celler ?? []).map((_, i) => `c${i}`);
  const shape = columns.map((name) => `${name}: 'VARCHAR'`).join(", ");
  const from = `read_csv(${quote(path)}, auto_detect = false, header = false, skip = 1, delim = ${quote(avgransare)}, quote = '', escape = '', strict_mode = true, columns = {${shape}}, force_not_null = [${columns.join(", ")}])`;
  return { from, columns };
};
