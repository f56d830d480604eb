/** Workbooks written by hand, part by part, so that each can be odd in exactly one way. */
import { crc32, deflateRawSync } from "node:zlib";

export interface Part {
  readonly name: string;
  readonly data: Buffer;
  /** What the package says of it, where it lies. */
  readonly claims?: { readonly size?: number; readonly crc?: number; readonly flags?: number };
}

/** A zip file of these parts. No clock: the same bytes each time. */
export const zip = (parts: readonly Part[]): Buffer => {
  const bodies: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const { name, data, claims = {} } of parts) {
    const packed = deflateRawSync(data, { level: 9 });
    const crc = claims.crc ?? crc32(data);
    const size = claims.size ?? data.length;
    const title = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE((claims.flags ?? 0) | 0x800, 2);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(size, 18);
    shared.writeUInt16LE(title.length, 22);
    const body = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), shared, title, packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), shared, tail, title]));
    bodies.push(body);
    at += body.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...bodies, directory, end]);
};

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const letter = (cell: number): string =>
  cell < 26 ? String.fromCharCode(65 + cell) : letter(Math.floor(cell / 26) - 1) + letter(cell % 26);

/** A cell: text, a number, a boolean, nothing, or its XML, where `@` is its address. */
export type Cell = string | number | boolean | null | { readonly xml: string };

const cellXml = (cell: Cell, ref: string): string => {
  if (cell === null) return "";
  if (typeof cell === "object") return cell.xml.replaceAll("@", ref);
  if (typeof cell === "number") return `<c r="${ref}"><v>${cell}</v></c>`;
  if (typeof cell === "boolean") return `<c r="${ref}" t="b"><v>${cell ? 1 : 0}</v></c>`;
  return `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
};

/** A number in the style of this index: see `formats` of `workbook`. */
export const styled = (value: number, style: number): Cell => ({ xml: `<c r="@" s="${style}"><v>${value}</v></c>` });
export const formula = (written: string, value = ""): Cell => ({
  xml: `<c r="@"><f>${escaped(written)}</f>${value}</c>`,
});

export interface SheetSpec {
  readonly name: string;
  readonly rows: readonly (readonly Cell[])[];
  readonly state?: string;
  /** The attributes of rows, by number from 1. */
  readonly rowAttributes?: Readonly<Record<number, string>>;
  readonly before?: string;
  readonly after?: string;
}

export interface BookSpec {
  readonly sheets: readonly SheetSpec[];
  /** Number formats of the styles 1, 2 …: an id of Excel's own, or a code. */
  readonly formats?: readonly (number | string)[];
  readonly date1904?: boolean;
  readonly strings?: string;
  readonly more?: readonly Part[];
  readonly head?: string;
}

const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006/relationships";
const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`);

/** The parts of a workbook, to change before `zip`. */
export const parts = ({ sheets, formats = [], date1904 = false, strings, more = [], head = "" }: BookSpec): Part[] => {
  const own = formats.map((format, i) => (typeof format === "string" ? { id: 164 + i, code: format } : undefined));
  const styles = `<styleSheet xmlns="${main}"><numFmts>${own
    .flatMap((one) => (one ? [`<numFmt numFmtId="${one.id}" formatCode="${escaped(one.code)}"/>`] : []))
    .join("")}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
    .map((format, i) => `<xf numFmtId="${typeof format === "number" ? format : 164 + i}" applyNumberFormat="1"/>`)
    .join("")}</cellXfs></styleSheet>`;
  const sheetXml = ({ rows, rowAttributes = {}, before = "", after = "" }: SheetSpec): string =>
    `<worksheet xmlns="${main}" xmlns:r="${relations}">${before}<sheetData>${rows
      .map((row, i) => {
        const cells = row.map((cell, c) => cellXml(cell, `${letter(c)}${i + 1}`)).join("");
        return cells === "" ? "" : `<row r="${i + 1}" ${rowAttributes[i + 1] ?? ""}>${cells}</row>`;
      })
      .join("")}</sheetData>${after}</worksheet>`;
  const relation = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/>`;
  return [
    {
      name: "[Content_Types].xml",
      data: xml(
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
      ),
    },
    {
      name: "_rels/.rels",
      data: xml(
        `<Relationships xmlns="${packages}">${relation("r1", "officeDocument", "xl/workbook.xml")}</Relationships>`,
      ),
    },
    {
      name: "xl/workbook.xml",
      data: xml(
        `${head}<workbook xmlns="${main}" xmlns:r="${relations}"><workbookPr${date1904 ? ' date1904="1"' : ""}/><sheets>${sheets
          .map(
            ({ name, state }, i) =>
              `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="s${i + 1}"${state ? ` state="${state}"` : ""}/>`,
          )
          .join("")}</sheets></workbook>`,
      ),
    },
    {
      name: "xl/_rels/workbook.xml.rels",
      data: xml(
        `<Relationships xmlns="${packages}">${sheets
          .map((_, i) => relation(`s${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`))
          .join("")}${relation("st", "styles", "styles.xml")}${
          strings === undefined ? "" : relation("ss", "sharedStrings", "sharedStrings.xml")
        }</Relationships>`,
      ),
    },
    { name: "xl/styles.xml", data: xml(styles) },
    ...(strings === undefined
      ? []
      : [{ name: "xl/sharedStrings.xml", data: xml(`<sst xmlns="${main}">${strings}</sst>`) }]),
    ...sheets.map((sheet, i) => ({ name: `xl/worksheets/sheet${i + 1}.xml`, data: xml(sheetXml(sheet)) })),
    ...more,
  ];
};

export const workbook = (spec: BookSpec): Buffer => zip(parts(spec));
