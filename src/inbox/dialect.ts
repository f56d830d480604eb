/** How a text table is written: its encoding and its separator. */
import { FileError } from "./table.ts";

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

const signatures: readonly (readonly [kind: string, ...mark: number[]])[] = [
  ["en Excelarbetsbok eller annan zipfil", 0x50, 0x4b, 0x03, 0x04],
  ["en tom zipfil", 0x50, 0x4b, 0x05, 0x06],
  ["en äldre eller lösenordsskyddad Officefil", 0xd0, 0xcf, 0x11, 0xe0],
  ["en PNG-bild", 0x89, 0x50, 0x4e, 0x47],
  ["en JPEG-bild", 0xff, 0xd8, 0xff],
  ["en GIF-bild", 0x47, 0x49, 0x46, 0x38],
  ["en PDF", 0x25, 0x50, 0x44, 0x46],
  ["en Parquetfil", 0x50, 0x41, 0x52, 0x31],
  ["en gzipfil", 0x1f, 0x8b, 0x08],
  ["en RTF-text", 0x7b, 0x5c, 0x72, 0x74, 0x66],
];

const page = /^\uFEFF?\s*(<!--[\s\S]*?-->\s*)?<(!doctype\s+html|html|head|body|table|meta|script|div)\b/i;
const xml = /^\uFEFF?\s*<\?xml\b/i;

/** What a file is by its first bytes, in words, where it is something else than a text table. */
export const foreignKind = (bytes: Uint8Array): string | undefined => {
  const known = signatures.find(([, ...mark]) => startsWith(bytes, ...mark))?.[0];
  if (known !== undefined) return known;
  const head = new TextDecoder("windows-1252").decode(bytes.subarray(0, 4096)).replaceAll("\0", "");
  if (page.test(head.replace(/^(ï»¿|ÿþ|þÿ)/, ""))) return "en webbsida";
  return xml.test(head.replace(/^(ï»¿|ÿþ|þÿ)/, "")) ? "en XML-fil" : undefined;
};

/** UTF-16 without its mark: every other byte of Western text is 0. */
const wideWithoutMark = (bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined => {
  if (bytes.length % 2 !== 0) return undefined;
  const sample = bytes.subarray(0, 8192);
  const zeros = [0, 0];
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = sample.length / 2;
  if (odd > half * 0.6 && even < half * 0.05) return "utf-16le";
  return even > half * 0.6 && odd < half * 0.05 ? "utf-16be" : undefined;
};

/** Bytes that neither a spreadsheet nor an editor writes into a text. */
const isBinary = (bytes: Uint8Array): boolean => {
  let odd = 0;
  const sample = bytes.subarray(0, 64 * 1024);
  for (const byte of sample) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++;
  return odd > 3 && odd > sample.length * 0.02;
};

const sequences = /[\u00C2-\u00F4][\u0080-\u00BF]+/g;

/** Of text read byte for byte: whether its letters are UTF-8 but for some that were damaged. */
const isDamagedUtf8 = (text: string): boolean => {
  const whole = text.match(sequences)?.length ?? 0;
  if (whole === 0) return false;
  const lone = text.replace(sequences, "").match(/[\u0080-\u00FF]/g)?.length ?? 0;
  return whole > lone;
};

const knownEncodings: Readonly<Record<string, string>> = {
  utf8: "utf-8",
  utf16: "utf-16le",
  latin1: "windows-1252",
  "iso-8859-1": "windows-1252",
  ansi: "windows-1252",
};

/**
 * Bytes to text: UTF-8 and UTF-16 by their marks, UTF-16 by its zeros, UTF-8 where it is valid (or was, but for single
 * damaged letters), else Windows-1252, which is what Swedish spreadsheets write and holds ISO-8859-1.
 * @throws FileError `inte_text`
 */
export const decode = (bytes: Uint8Array, declared?: string) => {
  if (bytes.length > 400 * 1024 * 1024) throw new FileError("for_stor", "400 MB");
  const kind = foreignKind(bytes);
  if (kind !== undefined) throw new FileError("fel_filtyp", kind);
  const as = (kodning: string, encoding = kodning) => ({ text: new TextDecoder(encoding).decode(bytes), kodning });
  if (declared !== undefined) return as(knownEncodings[declared.toLowerCase()] ?? declared.toLowerCase());
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return as("utf-8-bom", "utf-8");
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) throw new FileError("inte_text");
  if (startsWith(bytes, 0xff, 0xfe)) return as("utf-16le");
  if (startsWith(bytes, 0xfe, 0xff)) return as("utf-16be");
  const wide = wideWithoutMark(bytes);
  if (wide) return as(wide);
  if (isBinary(bytes)) throw new FileError("inte_text");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), kodning: "utf-8" };
  } catch {
    const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4 * 1024 * 1024));
    return isDamagedUtf8(head.toString("latin1")) ? as("utf-8") : as("windows-1252");
  }
};

/** What Windows-1252 has where ISO-8859-1 has controls. */
const upper = new Map(
  Array.from({ length: 32 }, (_, i) => [new TextDecoder("windows-1252").decode(Uint8Array.of(128 + i)), 128 + i]),
);
const highs = `[\\u0080-\\u00BF${[...upper.keys()].join("")}]`;
const misread = new RegExp(`[\\u00C2-\\u00F4]${highs}+`, "g");
const fatal = new TextDecoder("utf-8", { fatal: true });

/**
 * UTF-8 that was once read as Windows-1252: `fÃ¶rbund` is förbund and has no other reading.
 * Only what is whole UTF-8 is turned back.
 */
export const unmisread = (text: string): string =>
  text.replace(misread, (run) => {
    const bytes = Uint8Array.from([...run].map((letter) => upper.get(letter) ?? letter.charCodeAt(0)));
    try {
      return fatal.decode(bytes);
    } catch {
      return run;
    }
  });

/** A line's cells, roughly: enough to count them. */
const widthOf = (line: string, separator: string): number => line.replace(/"[^"]*"/g, "").split(separator).length;

/**
 * The separator that most lines agree on. A comma between two digits is a decimal comma where a line has no other sign,
 * and a semicolon, tab or bar that half of the lines agree on goes before any comma.
 */
export const sniff = (text: string): string => {
  const head = text.slice(0, 64 * 1024);
  const lines = head
    .replace(/"[^"]*"/g, '""')
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== "")
    .slice(0, 60);
  const agreeing = (separator: string): number => {
    if (separator === "," && !lines.some((line) => line.replace(/\d,\d/g, "").includes(","))) return 0;
    const widths = new Map<number, number>();
    for (const line of lines) {
      const width = widthOf(line, separator);
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    return Math.max(0, ...widths.values());
  };
  let best = { separator: ";", score: 0 };
  for (const separator of [";", "\t", "|"]) {
    const score = agreeing(separator);
    if (score > best.score) best = { separator, score };
  }
  const comma = agreeing(",");
  return comma > best.score && best.score < lines.length / 2 ? "," : best.separator;
};
