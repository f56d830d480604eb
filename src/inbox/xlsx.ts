/**
 * Workbooks: every sheet's cells as text, with what each cell is. Only stored values are read, nothing is computed.
 * What can hold text and is no cell (comments, properties, headers, formulas) is given too, for the door to search.
 */
import { posix } from "node:path";
import { SaxesParser } from "saxes";
import { columnLetter, readAddress } from "../schema/address.ts";
import { oddCells } from "./csv.ts";
import { formsOf, shown } from "./formats.ts";
import { FileError, type Fynd, type Post, type Read, type SideText, type Tabell } from "./table.ts";
import { openPackage, type Package } from "./zip.ts";

/** As many cells as are held at once; a used range that is only formatted costs nothing. */
const mostCells = 20_000_000;
const mostDepth = 100;
/** Blank rows between filled ones are records, as in a text file, up to a gap that no person left. */
const longestGap = 1000;

/** As many elements as one that is read whole has within it; a row has some ten thousands at the most. */
const mostWithin = 1_000_000;

/** An element with all that is in it. */
interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Its own text. */
  text: string;
}

const bare = (name: string): string => name.slice(name.indexOf(":") + 1);
const isTrue = (written: string | undefined): boolean => written === "1" || written === "true";

/** An element and all that is in it, as they stand. */
const within = (element: Element): Element[] => [element, ...element.children.flatMap(within)];

/** What an element says in its texts; how that is pronounced is no part of it. */
const textOf = ({ name, text, children }: Element): string =>
  name === "rPh" ? "" : (name === "t" ? text : "") + children.map(textOf).join("");

/**
 * Elements of a part, each when it is whole: the part is never held.
 * @param isAsked which elements, by name; those that stand in them come with them
 * @throws FileError for what is no XML, and for a document type: entities are neither expanded nor fetched
 */
async function* elementsIn(
  pack: Package,
  part: string | undefined,
  isAsked: (name: string) => boolean = () => true,
): AsyncGenerator<Element> {
  if (part === undefined) return;
  const parser = new SaxesParser();
  const open: Element[] = [];
  const whole: Element[] = [];
  let asked: Element | undefined;
  let held = 0;
  parser.on("doctype", () => {
    throw new FileError("otillaten_fil", "en dokumenttyp i XML");
  });
  parser.on("error", () => {
    throw new FileError("skadad_fil", `${part} är ingen hel XML`);
  });
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= mostDepth) throw new FileError("otillaten_fil", "för djup XML");
    const element: Element = { name: bare(name), attributes, children: [], text: "" };
    if (asked && ++held > mostWithin) throw new FileError("for_stor", part);
    if (asked) open.at(-1)?.children.push(element);
    else if (isAsked(element.name)) [asked, held] = [element, 0];
    open.push(element);
  });
  parser.on("closetag", () => {
    if (open.pop() !== asked || !asked) return;
    whole.push(asked);
    asked = undefined;
  });
  for (const kind of ["text", "cdata"] as const)
    parser.on(kind, (text) => {
      const own = asked && open.at(-1);
      if (own) own.text += text;
    });
  let decoder: TextDecoder | undefined;
  try {
    for await (const chunk of pack.stream(part)) {
      decoder ??= new TextDecoder(
        chunk[0] === 0xff && chunk[1] === 0xfe ? "utf-16le" : chunk[0] === 0xfe ? "utf-16be" : "utf-8",
        { fatal: true },
      );
      parser.write(decoder.decode(chunk, { stream: true }));
      yield* whole.splice(0);
    }
    parser.close();
  } catch (error) {
    throw error instanceof FileError ? error : new FileError("skadad_fil", `${part} är ingen hel XML`);
  }
}

const relationsOf = async (pack: Package, part: string): Promise<Map<string, { type: string; target: string }>> => {
  const found = new Map<string, { type: string; target: string }>();
  const file = posix.join(posix.dirname(part), "_rels", `${posix.basename(part)}.rels`);
  for await (const { children } of elementsIn(pack, pack.names.includes(file) ? file : undefined))
    for (const { name, attributes } of children) {
      const { Id = "", Type = "", Target = "", TargetMode } = attributes;
      if (name !== "Relationship" || TargetMode === "External") continue;
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(posix.dirname(part), Target);
      found.set(Id, { type: Type.replace(/^.*\//, ""), target });
    }
  return found;
};

/** `_x000D_` is how a carriage return is written in a cell. */
const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    : text;

const sharedStrings = async (pack: Package, part: string | undefined): Promise<string[]> => {
  const strings: string[] = [];
  for await (const element of elementsIn(pack, part, (name) => name === "si")) strings.push(unescaped(textOf(element)));
  return strings;
};

/** The number formats of cell styles, and the styles whose text is struck through. */
const readStyles = async (pack: Package, part: string | undefined) => {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  const struck = new Set<number>();
  let fonts: boolean[] = [];
  const isStyle = (name: string): boolean => ["numFmt", "fonts", "cellXfs"].includes(name);
  const isStruck = ({ name, attributes }: Element): boolean =>
    name === "strike" && !/^(0|false)$/.test(attributes.val ?? "");
  for await (const { name, attributes, children } of elementsIn(pack, part, isStyle)) {
    if (name === "numFmt") codes.set(Number(attributes.numFmtId), attributes.formatCode ?? "");
    if (name === "fonts") fonts = children.map((font) => font.children.some(isStruck));
    for (const style of name === "cellXfs" ? children : []) {
      if (fonts[Number(style.attributes.fontId)]) struck.add(formats.length);
      formats.push(Number(style.attributes.numFmtId ?? 0));
    }
  }
  return { codes, formats, struck };
};

interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

interface Row {
  readonly rad: number;
  celler: string[];
  slag: string[];
}

interface Area {
  readonly ref: string;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

const areaOf = (ref: string): Area | undefined => {
  const [first = "", last = first] = ref.split(":");
  const [a, b] = [readAddress(first), readAddress(last)];
  return a.rad > 0 && b.rad >= a.rad && b.cell >= a.cell && a.cell >= 0
    ? { ref, top: a.rad, left: a.cell, bottom: b.rad, right: b.cell }
    : undefined;
};

/** Rows as `4, 7–9`. */
const ranges = (numbers: readonly number[], label: (one: number) => string): string => {
  const parts: [number, number][] = [];
  for (const one of numbers) {
    const last = parts.at(-1);
    if (last && last[1] === one - 1) last[1] = one;
    else parts.push([one, one]);
  }
  return parts.map(([a, b]) => (a === b ? label(a) : `${label(a)}–${label(b)}`)).join(", ");
};

const repeated: Readonly<Record<string, string>> = { t: "T", d: "D", m: "m", n: "M", b: "T" };

/**
 * A merged cell's value holds for every row it covers: it is repeated there, marked as such, so that a number, which may
 * as well be the rows' sum, can be refused where it is read as one. To the right it is only marked as covered.
 */
const unmerge = (rows: Map<number, Row>, areas: readonly Area[], fynd: Fynd[]): void => {
  for (const { ref, top, left, bottom, right } of areas) {
    const anchor = rows.get(top);
    const text = anchor?.celler[left] ?? "";
    if (!anchor || text === "") continue;
    const mark = (row: Row): void => {
      for (let cell = left + 1; cell <= Math.min(right, left + 1000); cell++) {
        if ((row.celler[cell] ?? "") !== "") continue;
        row.celler[cell] = "";
        row.slag[cell] = "<";
      }
    };
    mark(anchor);
    if (bottom === top) continue;
    const slag = repeated[anchor.slag[left] ?? "t"] ?? "T";
    let reached = 0;
    for (const row of rows.values()) {
      if (row.rad <= top || row.rad > bottom || row.celler.every((cell) => cell === "" || cell === undefined)) continue;
      row.celler[left] = text;
      row.slag[left] = slag;
      mark(row);
      reached++;
    }
    if (reached === 0) continue;
    if (slag === "M") anchor.slag[left] = "M";
    else fynd.push({ kod: "sammanfogade_celler", rad: top + 1, cell: left, detalj: ref });
  }
};

interface Book {
  readonly pack: Package;
  readonly strings: readonly string[];
  readonly styles: Awaited<ReturnType<typeof readStyles>>;
  readonly form: ReturnType<typeof formsOf>;
  readonly epok: 1900 | 1904;
  /** Cells held so far, of all sheets. */
  cells: number;
}

const readSheet = async (book: Book, sheet: Sheet, side: SideText[]): Promise<Tabell | undefined> => {
  const rows = new Map<number, Row>();
  const fynd: Fynd[] = [];
  const areas: Area[] = [];
  const hiddenRows = new Set<number>();
  const struckRows = new Set<number>();
  const hiddenColumns: [number, number][] = [];
  const besides: string[] = [];
  let rad = 0;

  const setAside = (element: Element): void => {
    for (const { name, attributes, text } of within(element)) {
      if (name === "col" && isTrue(attributes.hidden))
        hiddenColumns.push([Number(attributes.min) - 1, Number(attributes.max) - 1]);
      const area = name === "mergeCell" && areas.length < 100_000 ? areaOf(attributes.ref ?? "") : undefined;
      if (area) areas.push(area);
      if (name !== "t" && text.trim() !== "") besides.push(text);
      if (/^(dataValidation|hyperlink|oleObject|control|legacy)/.test(name)) besides.push(...Object.values(attributes));
    }
  };
  const put = (cell: number, text: string, slag: string): void => {
    if (text === "") return;
    const row = rows.get(rad) ?? { rad, celler: [], slag: [] };
    rows.set(rad, row);
    book.cells += Math.max(0, cell + 1 - row.celler.length);
    if (book.cells > mostCells) throw new FileError("for_stor", `${mostCells / 1e6} miljoner celler`);
    while (row.celler.length < cell) {
      row.celler.push("");
      row.slag.push("-");
    }
    row.celler[cell] = text;
    row.slag[cell] = slag;
  };
  /** What a cell says; empty text says nothing. */
  const readValue = (cell: number, { attributes, children }: Element): { text: string; slag: string } => {
    const { t: type = "n", s: style = 0 } = attributes;
    const value = children.map((one) => (one.name === "v" ? one.text : textOf(one))).join("");
    if (type === "s") return { text: book.strings[Number(value)] ?? "", slag: "t" };
    if (type === "inlineStr" || type === "str") return { text: unescaped(value), slag: "t" };
    const written = value.trim();
    if (written === "" && children.some(({ name }) => name === "f")) {
      fynd.push({ kod: "formel_utan_varde", rad, cell });
      return { text: "=", slag: "t" };
    }
    if (written === "") return { text: "", slag: "-" };
    if (type === "b") return { text: isTrue(written) ? "SANT" : "FALSKT", slag: "b" };
    if (type === "d") return { text: written.replace("T", " ").replace(/ 00:00(:00(\.0+)?)?Z?$/, ""), slag: "d" };
    const number = Number(written);
    if (type === "e" || !Number.isFinite(number)) return { text: value, slag: "t" };
    return shown(number, book.form(book.styles.formats[Number(style)] ?? 0, number < 0), book.epok);
  };
  const readRow = ({ attributes, children }: Element): void => {
    rad = attributes.r === undefined ? rad + 1 : Number(attributes.r);
    if (!Number.isInteger(rad) || rad < 1 || rad > 1_048_576) throw new FileError("skadad_fil", "fel radnummer");
    if (isTrue(attributes.hidden)) hiddenRows.add(rad);
    let cell = -1;
    for (const one of children) {
      for (const part of one.name === "c" ? one.children : [one]) if (part.name !== "v") setAside(part);
      if (one.name !== "c") continue;
      const { r, s = 0 } = one.attributes;
      cell = r === undefined ? cell + 1 : readAddress(r).cell;
      if (cell < 0 || cell > 16_383) throw new FileError("skadad_fil", "fel celladress");
      const { text, slag } = readValue(cell, one);
      put(cell, text, slag);
      if (text !== "" && book.styles.struck.has(Number(s))) struckRows.add(rad);
    }
  };

  const isAsked = (name: string): boolean => name !== "worksheet" && name !== "sheetData";
  for await (const element of elementsIn(book.pack, sheet.part, isAsked))
    if (element.name === "row") readRow(element);
    else setAside(element);

  if (besides.length > 0)
    side.push({ plats: `formler, sidhuvud eller regler på bladet ${sheet.name}`, text: besides.join("\n") });
  if (rows.size === 0) return undefined;
  unmerge(rows, areas, fynd);
  const filled = [...rows.values()].sort((a, b) => a.rad - b.rad);
  const poster: Post[] = [];
  for (const { rad: at, celler, slag } of filled) {
    const before = poster.at(-1)?.rad ?? at - 1;
    if (at - before - 1 <= longestGap)
      for (let gap = before + 1; gap < at; gap++) poster.push({ rad: gap, celler: [""] });
    poster.push({
      rad: at,
      celler: Array.from(celler, (text) => (text ?? "").normalize("NFC")),
      slag: Array.from(celler, (_, c) => slag[c] ?? "-").join(""),
    });
  }
  for (const [kod, those] of [["dolda_rader", hiddenRows] as const, ["overstrukna_rader", struckRows] as const]) {
    const read = filled.map((one) => one.rad).filter((one) => those.has(one));
    if (read.length > 0) fynd.push({ kod, rad: read[0] ?? null, cell: null, detalj: ranges(read, String) });
  }
  const width = Math.max(...filled.map(({ celler }) => celler.length));
  const darkColumns = [...Array(width).keys()].filter(
    (c) =>
      hiddenColumns.some(([from, to]) => c >= from && c <= to) && filled.some(({ celler }) => (celler[c] ?? "") !== ""),
  );
  if (darkColumns.length > 0) {
    fynd.push({ kod: "dolda_kolumner", rad: null, cell: null, detalj: ranges(darkColumns, columnLetter) });
  }
  if (sheet.hidden) fynd.push({ kod: "dolt_blad", rad: null, cell: null });
  fynd.push(...oddCells(poster));
  return { blad: sheet.name, kodning: "xlsx", avgransare: "", poster, fynd, epok: book.epok };
};

const partWords: readonly (readonly [RegExp, string])[] = [
  [/comments/i, "en kommentar"],
  [/^docProps\//, "dokumentegenskaper"],
  [/pivotCache/i, "en pivottabells sparade underlag"],
  [/externalLinks/i, "sparade värden ur en annan arbetsbok"],
  [/drawings|charts|vml/i, "en ritning eller ett diagram"],
  [/sharedStrings/i, "text som inte längre visas"],
];
const silent =
  /(^|\/)(styles|theme\d*|calcChain)\.xml$|\[Content_Types\]|printerSettings|\.(bin|png|jpe?g|gif|emf|wmf)$/i;
const longestSide = 50_000_000;

/** Text in the parts that are no sheets; runs of one text may be split over elements, so they are also given joined. */
const sideTexts = async (pack: Package, read: ReadonlySet<string>): Promise<SideText[]> => {
  const texts: SideText[] = [];
  for (const name of pack.names) {
    if (read.has(name) || silent.test(name) || name.endsWith("/")) continue;
    const bytes = await pack.read(name);
    if (bytes.length > longestSide) throw new FileError("for_stor", name);
    const raw = new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : "utf-8").decode(bytes);
    if (/<!DOCTYPE/i.test(raw) && /\.(xml|rels|vml)$/i.test(name))
      throw new FileError("otillaten_fil", "en dokumenttyp i XML");
    const text = raw.replace(/\{[0-9A-F]{8}-[0-9A-F-]{27}\}/gi, " ");
    const plats = partWords.find(([pattern]) => pattern.test(name))?.[1] ?? `delen ${name}`;
    texts.push({ plats, text: `${text}\n${text.replace(/<[^>]*>/g, "")}` });
  }
  return texts;
};

const documents: readonly (readonly [RegExp, string])[] = [
  [/^word\//, "ett Worddokument"],
  [/^ppt\//, "en presentation"],
  [/^mimetype$/, "ett OpenDocument (.ods)"],
  [/workbook\.bin$/, "en binär arbetsbok (.xlsb)"],
];
const documentIn = (names: readonly string[]): string | undefined =>
  names.flatMap((name) => documents.find(([pattern]) => pattern.test(name))?.[1] ?? [])[0];

/** @throws FileError when it is no workbook, is protected, damaged, empty, or holds what could harm */
export const readWorkbook = async (bytes: Uint8Array): Promise<Read> => {
  const pack = await openPackage(bytes);
  const top = await relationsOf(pack, "");
  const main = [...top.values()].find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  if (!pack.names.includes(main) || !main.endsWith(".xml")) {
    throw new FileError("fel_filtyp", documentIn(pack.names) ?? "en zipfil utan arbetsbok");
  }
  const relations = await relationsOf(pack, main);
  const sheets: Sheet[] = [];
  const all: Element[] = [];
  for await (const element of elementsIn(pack, main)) for (const one of within(element)) all.push(one);
  if (all[0]?.name !== "workbook") throw new FileError("fel_filtyp", documentIn([main]) ?? "ingen arbetsbok");
  const is1904 = all.some(({ name, attributes }) => name === "workbookPr" && isTrue(attributes.date1904));
  for (const { attributes } of all.filter(({ name }) => name === "sheet")) {
    const id = Object.entries(attributes).find(([key]) => key !== "id" && bare(key) === "id")?.[1] ?? "";
    const related = relations.get(id);
    if (!related) throw new FileError("skadad_fil", `bladet ${attributes.name ?? ""} fattas`);
    if (related.type !== "worksheet") continue;
    const { name: title = "", state = "visible" } = attributes;
    sheets.push({ name: title, hidden: state !== "visible", part: related.target });
  }
  const partOf = (type: string): string | undefined =>
    [...relations.values()].find((related) => related.type === type && pack.names.includes(related.target))?.target;
  const styles = await readStyles(pack, partOf("styles"));
  const strings = await sharedStrings(pack, partOf("sharedStrings"));
  const book: Book = { pack, strings, styles, form: formsOf(styles.codes), epok: is1904 ? 1904 : 1900, cells: 0 };
  const names = [...all.map(({ text }) => text), ...sheets.map(({ name }) => name)];
  const vidSidan: SideText[] = [{ plats: "namn i arbetsboken", text: names.join("\n") }];
  const tabeller: Tabell[] = [];
  for (const sheet of sheets) {
    const tabell = await readSheet(book, sheet, vidSidan);
    if (tabell) tabeller.push(tabell);
  }
  vidSidan.push(...(await sideTexts(pack, new Set([main, ...sheets.map(({ part }) => part)]))));
  if (tabeller.length === 0) throw new FileError("tom_fil");
  return { tabeller, vidSidan };
};
