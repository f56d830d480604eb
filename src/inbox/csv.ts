/** Text tables: bytes to records. Nothing is trimmed, typed or dropped here; a record keeps the line it starts on. */

export interface Post {
  /** Physical line (text file) or sheet row where the record starts, from 1. */
  readonly rad: number;
  readonly celler: readonly string[];
}

export interface Tabell {
  /** The sheet's name; empty for a text file. */
  readonly blad: string;
  readonly kodning: string;
  readonly avgransare: string;
  readonly poster: readonly Post[];
}

/** A file that cannot be read at all: the code of the finding and what to fill in. */
export class FileError extends Error {
  readonly kod: string;
  readonly detalj: string;
  constructor(kod: string, detalj = "") {
    super(`${kod}: ${detalj}`);
    this.kod = kod;
    this.detalj = detalj;
  }
}

const startsWith = (bytes: Uint8Array, ...mark: number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/** UTF-8 and UTF-16 by their marks, UTF-8 where it is valid, else Windows-1252: what Swedish spreadsheets write. */
const decode = (bytes: Uint8Array): { text: string; kodning: string } => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf))
    return { text: new TextDecoder("utf-8").decode(bytes), kodning: "utf-8-bom" };
  if (startsWith(bytes, 0xff, 0xfe)) return { text: new TextDecoder("utf-16le").decode(bytes), kodning: "utf-16le" };
  if (startsWith(bytes, 0xfe, 0xff)) return { text: new TextDecoder("utf-16be").decode(bytes), kodning: "utf-16be" };
  if (bytes.includes(0)) throw new FileError("inte_text");
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), kodning: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(bytes), kodning: "windows-1252" };
  }
};

/**
 * Splits text into records. Quotes may hold separators, line ends and doubled quotes; CR, LF and CRLF all end a record.
 * @throws FileError `oppet_citattecken` where a quote is never closed: what follows cannot be told apart.
 */
const tokenize = (text: string, separator: string): Post[] => {
  const poster: Post[] = [];
  const end = text.length;
  let at = 0;
  let line = 1;
  while (at < end) {
    const rad = line;
    const celler: string[] = [];
    for (;;) {
      let cell = "";
      if (text[at] === '"') {
        at++;
        for (;;) {
          const close = text.indexOf('"', at);
          if (close < 0) throw new FileError("oppet_citattecken", String(rad));
          cell += text.slice(at, close);
          at = close + 1;
          if (text[at] !== '"') break;
          cell += '"';
          at++;
        }
        line += cell.split(/\r\n|\r|\n/).length - 1;
      }
      const from = at;
      while (at < end && text[at] !== separator && text[at] !== "\n" && text[at] !== "\r") at++;
      celler.push(cell + text.slice(from, at));
      if (text[at] !== separator) break;
      at++;
    }
    if (text[at] === "\r") at++;
    if (text[at] === "\n") at++;
    line++;
    poster.push({ rad, celler });
  }
  return poster;
};

/** The separator whose first records agree best on a width above one. */
const sniff = (text: string): string => {
  const head = text.slice(0, 64 * 1024);
  const lines = head
    .split(/\r\n|\r|\n/)
    .filter((l) => l.trim() !== "")
    .slice(0, 50);
  let best = { separator: ";", score: 0 };
  for (const separator of [";", "\t", ",", "|"]) {
    const widths = new Map<number, number>();
    for (const l of lines) {
      const width = l.replace(/"[^"]*"/g, "").split(separator).length;
      if (width > 1) widths.set(width, (widths.get(width) ?? 0) + 1);
    }
    const score = Math.max(0, ...widths.values());
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
};

/**
 * Reads a text table.
 * @param declared the separator, where the pipeline or a `sep=` line names it
 */
export const readText = (bytes: Uint8Array, declared?: string): Tabell => {
  const { text, kodning } = decode(bytes);
  if (text.trim() === "") throw new FileError("tom_fil");
  const named = /^sep=(.)\r?\n/.exec(text)?.[1];
  const avgransare = declared ?? named ?? sniff(text);
  return { blad: "", kodning, avgransare, poster: tokenize(text, avgransare) };
};
