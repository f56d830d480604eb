/** Text tables: bytes to records. Nothing is trimmed, typed or dropped here; a record keeps the line it starts on. */
import { decode, sniff, unmisread } from "./dialect.ts";
import { FileError, type Fynd, type Post, type Tabell } from "./table.ts";

const quote = 34;
const newline = 10;
const carriage = 13;

/**
 * Splits text into records. Quotes may hold separators, line ends and doubled quotes; CR, LF and CRLF all end a record.
 * @throws FileError `oppet_citattecken` where a quote is never closed, or closes on another line in the middle of a cell:
 *   where it should have closed cannot be told, so nothing after it can.
 */
const tokenize = (text: string, separator: string): Post[] => {
  const poster: Post[] = [];
  const end = text.length;
  const between = separator.charCodeAt(0);
  let at = 0;
  let line = 1;
  while (at < end) {
    const rad = line;
    const celler: string[] = [];
    for (;;) {
      let cell = "";
      if (text.charCodeAt(at) === quote) {
        at++;
        let from = at;
        for (;;) {
          const close = text.indexOf('"', at);
          if (close < 0) throw new FileError("oppet_citattecken", String(rad));
          at = close + 1;
          if (text.charCodeAt(at) === quote) {
            cell += text.slice(from, at);
            from = ++at;
            continue;
          }
          cell += text.slice(from, close);
          break;
        }
        if (cell.includes("\n") || cell.includes("\r")) {
          line += cell.split(/\r\n|\r|\n/).length - 1;
          const next = text.charCodeAt(at);
          if (at < end && next !== between && next !== newline && next !== carriage) {
            throw new FileError("oppet_citattecken", String(rad));
          }
        }
      }
      const from = at;
      for (; at < end; at++) {
        const code = text.charCodeAt(at);
        if (code === between || code === newline || code === carriage) break;
      }
      celler.push(cell === "" ? text.slice(from, at) : cell + text.slice(from, at));
      if (text.charCodeAt(at) !== between || at >= end) break;
      at++;
    }
    if (text.charCodeAt(at) === carriage) at++;
    if (text.charCodeAt(at) === newline) at++;
    line++;
    poster.push({ rad, celler });
  }
  return poster;
};

/** Excel keeps 32 767 letters in a cell; what is far beyond is a quote gone wrong, or no table. */
export const longestCell = 100_000;

/** Signs that cannot be seen, and one that stands for a letter that was lost. */
const oddSigns = /[[\p{Cc}\p{Cf}\uFFFD#]--[\t\n\r]]/v;
const invisible = /[[\p{Cc}\p{Cf}]--[\t\n\r]]/v;
const errorValue =
  /^\s*#(DIV\/0!|N\/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|DIVISION\/0!|SAKNAS!|NAMN\?|SKÄRNING!|OGILTIGT!|REFERENS!|VÄRDEFEL!|SPILL!|#+)\s*$/;

/** What is odd about single cells: lost letters, errors of a formula, lengths that no cell has. */
export const oddCells = (poster: readonly Post[], text?: string): Fynd[] => {
  const fynd: Fynd[] = [];
  const looked = text === undefined || oddSigns.test(text);
  let unseen: { rad: number; cell: number; rows: number } | undefined;
  for (const { rad, celler } of poster) {
    let hidden = -1;
    for (const [c, cell] of celler.entries()) {
      if (cell.length > longestCell) {
        const varde = `${cell.slice(0, 40)}…`;
        fynd.push({ kod: "for_lang_cell", rad, cell: c, varde, detalj: String(cell.length) });
      }
      if (!looked || cell === "") continue;
      if (cell.includes("\uFFFD")) fynd.push({ kod: "ogiltigt_tecken", rad, cell: c, varde: cell });
      else if (errorValue.test(cell)) fynd.push({ kod: "felvarde", rad, cell: c, varde: cell.trim() });
      if (hidden < 0 && invisible.test(cell)) hidden = c;
    }
    if (hidden >= 0) unseen = { ...(unseen ?? { rad, cell: hidden }), rows: (unseen?.rows ?? 0) + 1 };
  }
  if (unseen) {
    fynd.push({ kod: "osynliga_tecken", rad: unseen.rad, cell: unseen.cell, detalj: String(unseen.rows) });
  }
  return fynd;
};

export interface DeclaredDialect {
  /** The separator; `tab` is a tab. */
  readonly avgransare?: string | undefined;
  readonly kodning?: string | undefined;
}

/**
 * Reads a text table.
 * @param declared what the pipeline says of the file; a `sep=` line goes before what is found out, not before this
 * @throws FileError when it is no text, is empty, or cannot be told apart
 */
export const readText = (bytes: Uint8Array, declared: DeclaredDialect = {}): Tabell => {
  if (bytes.length === 0) throw new FileError("tom_fil");
  const decoded = decode(bytes, declared.kodning);
  const fynd: Fynd[] = [];
  // One sign that cannot be stored stands for a letter that was lost; composed and decomposed å are one letter.
  let text = decoded.text.replaceAll("\0", "\uFFFD");
  if (/[\u0300-\u036F]/.test(text)) text = text.normalize("NFC");
  if (/[ÃÂ]|â€|ï»¿/.test(text)) {
    const turned = unmisread(text).replace(/^\uFEFF/, "");
    if (turned !== text) {
      const line = text.slice(0, text.search(/[ÃÂ]|â€|ï»¿/)).split(/\r\n|\r|\n/).length;
      fynd.push({ kod: "felavkodad_text", rad: line, cell: null });
      text = turned.normalize("NFC");
    }
  }
  if (text.trim() === "") throw new FileError("tom_fil");
  const named = /^"?sep=(.)"?[ \t]*(\r\n|\r|\n)/i.exec(text)?.[1];
  const written = declared.avgransare === "tab" ? "\t" : declared.avgransare;
  const avgransare = written ?? named ?? sniff(text);
  const poster = tokenize(text, avgransare);
  fynd.push(...oddCells(poster, text));
  return {
    blad: "",
    kodning: decoded.kodning,
    avgransare,
    poster,
    ...(fynd.length > 0 ? { fynd } : {}),
  };
};
