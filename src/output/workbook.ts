/**
 * A workbook of text: cells, colours and comments, no formulas. Every text is an inline string, and one that looks like
 * the start of a formula is marked as text, so that it stays text when somebody edits the cell.
 */
import { columnLetter } from "../schema/address.ts";
import { zip } from "./zip.ts";

export type Look = "plain" | "title" | "heading" | "fel" | "varning" | "wrapped";

export interface Cell {
  /** Column from 0. */
  readonly at: number;
  readonly value: string | number;
  readonly look?: Look | undefined;
  readonly comment?: string | undefined;
  /** The sheet that a click on the cell leads to. */
  readonly leadsTo?: string | undefined;
}

export interface Sheet {
  readonly name: string;
  /** Rows in order; each has its own number from 1, and numbers may be left out. A row is as many lines high as its text needs. */
  readonly rows: readonly { readonly number: number; readonly cells: readonly Cell[]; readonly lines?: number }[];
  /** Cells shown as one, `E9:H9`. */
  readonly merged?: readonly string[] | undefined;
  /** Widths in characters, from the first column. */
  readonly widths?: readonly number[] | undefined;
  /** The row that stays when one scrolls. */
  readonly frozen?: number | undefined;
  /** Rows that are marked as a table, the first of which names its columns: each by a text of its own. */
  readonly table?: { readonly name: string; readonly from: number; readonly to: number } | undefined;
}

const author = "Finsam-uppföljning";
const looks: readonly Look[] = ["plain", "title", "heading", "fel", "varning", "wrapped"];
const longest = 32_767;

/** XML takes no control characters and no halves of a pair; a workbook reads `_x0041_` as A unless its first sign is written so. */
const xml = (text: string): string =>
  text
    .slice(0, longest)
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\r", "&#13;");

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packaged = "http://schemas.openxmlformats.org/package/2006";

const startsFormula = /^[=+\-@\t\r]/;

const cellXml = (row: number, { at, value, look = "plain" }: Cell): string => {
  const style = looks.indexOf(look) + (typeof value === "string" && startsFormula.test(value) ? looks.length : 0);
  const place = `r="${columnLetter(at)}${row}" s="${style}"`;
  return typeof value === "number"
    ? `<c ${place}><v>${value}</v></c>`
    : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
};

const commentsOf = ({ rows }: Sheet): { row: number; at: number; text: string }[] =>
  rows.flatMap(({ number, cells }) =>
    cells.flatMap(({ at, comment }) => (comment === undefined ? [] : [{ row: number, at, text: comment }])),
  );

const linksXml = ({ rows }: Sheet): string => {
  const links = rows.flatMap(({ number, cells }) =>
    cells.flatMap(({ at, value, leadsTo }) =>
      leadsTo === undefined
        ? []
        : [
            `<hyperlink ref="${columnLetter(at)}${number}" location="${xml(`'${leadsTo.replaceAll("'", "''")}'!A1`)}" display="${xml(String(value))}"/>`,
          ],
    ),
  );
  return links.length === 0 ? "" : `<hyperlinks>${links.join("")}</hyperlinks>`;
};

const tableXml = ({ rows, table }: Sheet, id: number): string => {
  const names = rows.find(({ number }) => number === table?.from)?.cells.map(({ value }) => String(value)) ?? [];
  const area = `A${table?.from}:${columnLetter(names.length - 1)}${table?.to}`;
  return [
    `${declaration}<table xmlns="${main}" id="${id}" name="${table?.name}" displayName="${table?.name}" ref="${area}" totalsRowShown="0">`,
    `<autoFilter ref="${area}"/><tableColumns count="${names.length}">`,
    ...names.map((name, i) => `<tableColumn id="${i + 1}" name="${xml(name)}"/>`),
    '</tableColumns><tableStyleInfo name="TableStyleLight1" showRowStripes="0"/></table>',
  ].join("");
};

const sheetXml = (sheet: Sheet): string => {
  const { rows, widths = [], merged = [], frozen, table } = sheet;
  const isCommented = commentsOf(sheet).length > 0;
  const pane = frozen
    ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>`
    : "";
  const columns = widths
    .map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const body = rows
    .map(
      ({ number, cells, lines }) =>
        `<row r="${number}"${lines ? ` ht="${lines * 15}" customHeight="1"` : ""}>${cells.map((cell) => cellXml(number, cell)).join("")}</row>`,
    )
    .join("");
  return [
    `${declaration}<worksheet xmlns="${main}" xmlns:r="${relations}">`,
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>`,
    columns === "" ? "" : `<cols>${columns}</cols>`,
    `<sheetData>${body}</sheetData>`,
    merged.length === 0
      ? ""
      : `<mergeCells count="${merged.length}">${merged.map((area) => `<mergeCell ref="${area}"/>`).join("")}</mergeCells>`,
    linksXml(sheet),
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    isCommented ? '<legacyDrawing r:id="rId1"/>' : "",
    table === undefined ? "" : `<tableParts count="1"><tablePart r:id="rId${isCommented ? 3 : 1}"/></tableParts>`,
    "</worksheet>",
  ].join("");
};

const commentsXml = (sheet: Sheet): string =>
  [
    `${declaration}<comments xmlns="${main}"><authors><author>${author}</author></authors><commentList>`,
    ...commentsOf(sheet).map(
      ({ row, at, text }) =>
        `<comment ref="${columnLetter(at)}${row}" authorId="0"><text><t xml:space="preserve">${xml(text)}</t></text></comment>`,
    ),
    "</commentList></comments>",
  ].join("");

const boxesXml = (sheet: Sheet): string =>
  [
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel">',
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/></v:shapetype>',
    ...commentsOf(sheet).map(
      ({ row, at }, i) =>
        `<v:shape id="_x0000_s${i + 1}" type="#_x0000_t202" style="position:absolute;width:260pt;height:90pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">` +
        `<v:fill color2="#ffffe1"/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>` +
        `<x:Anchor>${at + 1}, 15, ${Math.max(0, row - 2)}, 10, ${at + 4}, 15, ${row + 4}, 4</x:Anchor>` +
        `<x:AutoFill>False</x:AutoFill><x:Row>${row - 1}</x:Row><x:Column>${at}</x:Column></x:ClientData></v:shape>`,
    ),
    "</xml>",
  ].join("");

const font = (extra = ""): string => `<font>${extra}<sz val="11"/><name val="Calibri"/></font>`;
const solid = (colour: string): string =>
  `<fill><patternFill patternType="solid"><fgColor rgb="FF${colour}"/><bgColor indexed="64"/></patternFill></fill>`;

const stylesXml = (): string => {
  const forms: Readonly<Record<Look, string>> = {
    plain: 'fontId="0" fillId="0" borderId="0"',
    title: 'fontId="2" fillId="0" borderId="0" applyFont="1"',
    heading: 'fontId="1" fillId="2" borderId="0" applyFont="1" applyFill="1"',
    fel: 'fontId="1" fillId="3" borderId="1" applyFont="1" applyFill="1" applyBorder="1"',
    varning: 'fontId="0" fillId="4" borderId="1" applyFill="1" applyBorder="1"',
    wrapped: 'fontId="0" fillId="0" borderId="0"',
  };
  const form = (quoted: string): string =>
    looks
      .map((look) =>
        look === "plain"
          ? `<xf numFmtId="0" ${forms[look]} xfId="0"${quoted}/>`
          : `<xf numFmtId="0" ${forms[look]} xfId="0"${quoted} applyAlignment="1"><alignment ${look === "wrapped" ? 'horizontal="left" wrapText="1" ' : ""}vertical="top"/></xf>`,
      )
      .join("");
  const edge = (side: string): string => `<${side} style="thin"><color rgb="FF8C1C13"/></${side}>`;
  return [
    `${declaration}<styleSheet xmlns="${main}">`,
    `<fonts count="3">${font()}${font("<b/>")}<font><b/><sz val="15"/><name val="Calibri"/></font></fonts>`,
    '<fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    `${solid("E7EDF2")}${solid("F8CFC9")}${solid("FFF0B8")}</fills>`,
    `<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${["left", "right", "top", "bottom"].map(edge).join("")}<diagonal/></border></borders>`,
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${looks.length * 2}">${form("")}${form(' quotePrefix="1"')}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
  ].join("");
};

/** A sheet's name as workbooks take it: 31 signs, none of `[]:*?/\`, no other alike. */
export const sheetName = (wanted: string, taken: ReadonlySet<string>): string => {
  const bare = wanted.replace(/[[\]:*?/\\]/g, "-").replace(/^'+|'+$/g, "") || "Blad";
  const free = (name: string): boolean => ![...taken].some((other) => other.toLowerCase() === name.toLowerCase());
  for (let nr = 1; ; nr++) {
    const tail = nr === 1 ? "" : ` (${nr})`;
    const name = bare.slice(0, 31 - tail.length) + tail;
    if (free(name)) return name;
  }
};

/** The bytes of a workbook: the same sheets, the same bytes. */
export const workbook = (sheets: readonly Sheet[]): Buffer => {
  const parts = new Map<string, string>();
  const commented = sheets.map((sheet) => commentsOf(sheet).length > 0);
  const type = (name: string, kind: string): string =>
    `<Override PartName="/${name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  parts.set(
    "[Content_Types].xml",
    [
      `${declaration}<Types xmlns="${packaged}/content-types">`,
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
      '<Default Extension="xml" ContentType="application/xml"/>',
      '<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>',
      type("xl/workbook.xml", "sheet.main"),
      type("xl/styles.xml", "styles"),
      ...sheets.map((_, i) => type(`xl/worksheets/sheet${i + 1}.xml`, "worksheet")),
      ...sheets.map((_, i) => (commented[i] ? type(`xl/comments${i + 1}.xml`, "comments") : "")),
      ...sheets.map(({ table }, i) => (table ? type(`xl/tables/table${i + 1}.xml`, "table") : "")),
      "</Types>",
    ].join(""),
  );
  /** What a part refers to, as rId1, rId2 … in this order. */
  const related = (...list: readonly (readonly [kind: string, target: string])[]): string => {
    const made = list.map(
      ([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${relations}/${kind}" Target="${target}"/>`,
    );
    return `${declaration}<Relationships xmlns="${packaged}/relationships">${made.join("")}</Relationships>`;
  };
  parts.set("_rels/.rels", related(["officeDocument", "xl/workbook.xml"]));
  parts.set(
    "xl/workbook.xml",
    `${declaration}<workbook xmlns="${main}" xmlns:r="${relations}"><sheets>${sheets
      .map(({ name }, i) => `<sheet name="${xml(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
      .join("")}</sheets></workbook>`,
  );
  parts.set(
    "xl/_rels/workbook.xml.rels",
    related(...sheets.map((_, i) => ["worksheet", `worksheets/sheet${i + 1}.xml`] as const), ["styles", "styles.xml"]),
  );
  parts.set("xl/styles.xml", stylesXml());
  for (const [i, sheet] of sheets.entries()) {
    parts.set(`xl/worksheets/sheet${i + 1}.xml`, sheetXml(sheet));
    const notes = [
      ["vmlDrawing", `../drawings/vmlDrawing${i + 1}.vml`],
      ["comments", `../comments${i + 1}.xml`],
    ] as const;
    const table = [["table", `../tables/table${i + 1}.xml`]] as const;
    const own = [...(commented[i] ? notes : []), ...(sheet.table ? table : [])];
    if (own.length > 0) parts.set(`xl/worksheets/_rels/sheet${i + 1}.xml.rels`, related(...own));
    if (sheet.table) parts.set(`xl/tables/table${i + 1}.xml`, tableXml(sheet, i + 1));
    if (!commented[i]) continue;
    parts.set(`xl/comments${i + 1}.xml`, commentsXml(sheet));
    parts.set(`xl/drawings/vmlDrawing${i + 1}.vml`, boxesXml(sheet));
  }
  return zip(parts);
};
