/** Made-up identity numbers with true check digits, every way one is written, and a search through all that lies on disk. */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { open } from "../../src/db/open.ts";
import { partsOf } from "../report/archive.ts";

const checkDigit = (nine: string): string => {
  const sum = [...nine].reduce((total, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return String((10 - (sum % 10)) % 10);
};

/** Twelve digits of a person born on `day` (`YYYYMMDD`) with this serial. */
export const person = (day: string, serial: string): string =>
  `${day}${serial}${checkDigit(`${day.slice(2)}${serial}`)}`;

export const dashed = (twelve: string): string => `${twelve.slice(0, 8)}-${twelve.slice(8)}`;
export const short = (twelve: string): string => `${twelve.slice(2, 8)}-${twelve.slice(8)}`;

const fullWidth = (text: string): string => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)));

/** Every text that is the number. */
export const notations = (twelve: string): string[] => {
  const [day, rest] = [twelve.slice(0, 8), twelve.slice(8)];
  const joints = ["", "-", "+", " ", "\u00a0", "\u2011", "\u2013", "\u2212", "/", "_", "·", "--", "\ufffd"];
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  const written = [
    ...joints.flatMap((joint) => [`${day}${joint}${rest}`, `${day.slice(2)}${joint}${rest}`]),
    ...[" ", "-"].flatMap((joint) => [`${iso}${joint}${rest}`, `${iso.slice(2)}${joint}${rest}`]),
  ];
  return [...written, ...written.map(fullWidth)];
};

const inBytes = (text: string): Buffer[] => [Buffer.from(text), Buffer.from(text, "utf16le")];

/** What to look for in bytes: text in two encodings, and numbers as a database may keep them. */
interface Sought {
  /** Of these one stands wherever one of `texts` does: bytes with none of them need not be searched further. */
  readonly begun: readonly Buffer[];
  readonly texts: readonly Buffer[];
  readonly numbers: readonly Buffer[];
}

const soughtIn = (text: string): Sought => {
  if (!/^\d{12}$/.test(text)) return { begun: inBytes(text), texts: inBytes(text), numbers: [] };
  const numbers = [text, text.slice(2)].flatMap((digits) => {
    const [little, big, float] = [Buffer.alloc(8), Buffer.alloc(8), Buffer.alloc(8)];
    little.writeBigInt64LE(BigInt(digits));
    big.writeBigInt64BE(BigInt(digits));
    float.writeDoubleLE(Number(digits));
    return [little, big, float];
  });
  const days = [text.slice(2, 8), `${text.slice(2, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`];
  return {
    begun: [...days, ...days.map(fullWidth)].flatMap(inBytes),
    texts: notations(text).flatMap(inBytes),
    numbers: [...numbers, Buffer.from(Buffer.from(text).toString("base64").slice(0, 15))],
  };
};

const holds = (bytes: Buffer, { begun, texts, numbers }: Sought): boolean => {
  const has = (form: Buffer): boolean => bytes.includes(form);
  return numbers.some(has) || (begun.some(has) && texts.some(has));
};

/** The bytes with no more than 16 zeros in a row: nine of ten bytes of a database are zeros, and nothing sought has so many. */
const withoutBlanks = (bytes: Buffer): Buffer => {
  const kept = Buffer.alloc(bytes.length);
  let [length, zeros] = [0, 0];
  for (const byte of bytes) {
    zeros = byte === 0 ? zeros + 1 : 0;
    if (zeros <= 16) kept[length++] = byte;
  }
  return kept.subarray(0, length);
};

/** What a database or a Parquet file holds, as text, since its bytes are packed. */
const dumped = async (path: string): Promise<Buffer> => {
  const db = await open(path.endsWith(".duckdb") ? path : ":memory:");
  try {
    if (!path.endsWith(".duckdb")) {
      const rows = await db.rows<{ rad: string }>(`select cast(t as varchar) as rad from read_parquet('${path}') as t`);
      return Buffer.from(rows.map(({ rad }) => rad).join("\n"));
    }
    const tables = await db.rows<{ namn: string }>(
      "select format('{}.{}', schema_name, table_name) as namn from duckdb_tables()",
    );
    const all: string[] = [];
    for (const { namn } of tables) {
      const rows = await db.rows<{ rad: string }>(`select cast(t as varchar) as rad from ${namn} as t`);
      all.push(...rows.map(({ rad }) => rad));
    }
    return Buffer.from(all.join("\n"));
  } finally {
    db.close();
  }
};

const unpacked = async (path: string, bytes: Buffer, isWhole: boolean): Promise<Buffer[]> => {
  if (path.endsWith(".gz") && isWhole) return [gunzipSync(bytes)];
  if (/\.(xlsx|docx)$/.test(path) && isWhole) return [...partsOf(path).values()];
  return /\.(parquet|duckdb)$/.test(path) && isWhole ? [await dumped(path)] : [];
};

/**
 * Where any of the texts or numbers stands under a folder: in names, in bytes, and in what is packed.
 * @param skip folders that hold what was given
 * @param isWhole false where a run was killed, and files are half written: then only bytes are looked at
 */
export const findAnywhere = async (
  root: string,
  sought: Readonly<Record<string, string>>,
  skip: readonly string[],
  isWhole = true,
): Promise<string[]> => {
  const found: string[] = [];
  const wanted = Object.entries(sought).map(([name, text]) => ({
    name,
    texts: /^\d{12}$/.test(text) ? notations(text) : [text],
    bytes: soughtIn(text),
  }));
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const within = relative(root, path);
    if (skip.some((folder) => within === folder || within.startsWith(`${folder}/`))) continue;
    for (const { name, texts } of wanted)
      if (texts.some((text) => within.normalize("NFC").includes(text))) found.push(`${name}: name of ${within}`);
    if (!entry.isFile()) continue;
    const bytes = readFileSync(path);
    const all = [withoutBlanks(bytes), ...(await unpacked(path, bytes, isWhole))];
    for (const { name, bytes: forms } of wanted)
      if (all.some((part) => holds(part, forms))) found.push(`${name}: ${within}`);
  }
  return found;
};
