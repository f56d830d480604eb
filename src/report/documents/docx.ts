/** A document as DOCX, for the kansli to write on in: headings, lists, tables and pictures are what a word processor calls so. */
import {
  AlignmentType,
  BorderStyle,
  Document,
  FileChild,
  Footer,
  HeadingLevel,
  ImageRun,
  ImportedXmlComponent,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TabStopType,
  TextRun,
  WidthType,
} from "docx";
import { png } from "../charts/png.ts";
import { escaped } from "../html.ts";
import type { Block, Paper, PaperTable, Run } from "./paper.ts";

/** The size of print in half points: less for a paper with much to say, so that it too is about two sheets. */
const sizeOf = (blocks: readonly Block[]): number =>
  JSON.stringify(blocks.filter(({ kind }) => kind !== "picture")).length > 12_000 ? 17 : 20;

/** A4 less its margins, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, margin: 850 };
const inner = page.width - 2 * page.margin;
const quiet = "595959";
const line = { style: BorderStyle.SINGLE, size: 4, color: "C9CED3" };
const none = { style: BorderStyle.NONE, size: 0, color: "auto" };

const runsOf = (runs: readonly Run[], bold?: true): TextRun[] =>
  runs.flatMap(({ text, isStrong, isQuiet }) =>
    text.split("\n").map(
      (piece, i) =>
        new TextRun({
          text: piece,
          ...((isStrong ?? bold) && { bold: true }),
          ...(isQuiet && { color: quiet }),
          ...(i > 0 && { break: 1 }),
        }),
    ),
  );

const tableOf = ({ caption, columns, rows }: PaperTable): FileChild[] => {
  const widths = columns.map(({ share }) => Math.round(inner * share));
  const cellOf = (runs: readonly Run[], i: number, span?: number, bold?: true): TableCell =>
    new TableCell({
      ...(span === undefined ? { width: { size: widths[i] ?? 0, type: WidthType.DXA } } : { columnSpan: span }),
      children: [
        new Paragraph({
          style: "Tabelltext",
          children: runsOf(runs, bold),
          ...(columns[i]?.isNumeric && span === undefined && { alignment: AlignmentType.RIGHT }),
          ...(bold && { keepNext: true }),
        }),
      ],
    });
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map(({ heading }, i) => cellOf([{ text: heading }], i, undefined, true)),
  });
  const body = rows.map(
    (row) =>
      new TableRow({
        cantSplit: true,
        children:
          row.length === columns.length
            ? row.map((runs, i) => cellOf(runs, i))
            : [cellOf(row[0] ?? [], 0, columns.length, true)],
      }),
  );
  const table = new Table({
    columnWidths: widths,
    width: { size: inner, type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    borders: { top: none, left: none, right: none, insideVertical: none, insideHorizontal: line, bottom: line },
    margins: { left: 50, right: 90, top: 20, bottom: 20 },
    tableLook: { firstRow: true, firstColumn: true },
    rows: [head, ...body],
  });
  return [new Paragraph({ style: "Caption", keepNext: true, text: caption }), table];
};

/** What a content control is: a place in the text that has a name, for those who write in it and for programs that read it. */
const named = (name: string, rest: string): string =>
  `<w:sdtPr><w:alias w:val="${escaped(name)}"/><w:tag w:val="${escaped(name)}"/>${rest}</w:sdtPr>`;

/** A field says what to write in it until somebody has, in the grey that a word processor takes away with the words. */
const fieldOf = (name: string, prompt: string, lines: readonly string[] | undefined): FileChild[] => {
  const field = new FileChild("w:sdt");
  const content = new FileChild("w:sdtContent");
  for (const text of lines ?? [prompt])
    content.addChildElement(
      new Paragraph({ children: lines ? runsOf([{ text }]) : [new TextRun({ text, style: "PlaceholderText" })] }),
    );
  field.addChildElement(ImportedXmlComponent.fromXmlString(named(name, lines ? "" : "<w:showingPlcHdr/>")));
  field.addChildElement(content);
  return [field];
};

const choiceOf = ({ name, options }: Block & { kind: "choice" }): FileChild[] => {
  const paragraph = new Paragraph({});
  const font =
    '<w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr>';
  const states =
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>';
  for (const { text, isTicked } of options) {
    const box = `<w14:checkbox><w14:checked w14:val="${isTicked ? 1 : 0}"/>${states}</w14:checkbox>`;
    const run = `<w:r>${font}<w:t>${isTicked ? "☒" : "☐"}</w:t></w:r>`;
    paragraph.addChildElement(
      ImportedXmlComponent.fromXmlString(
        `<w:sdt>${named(`${name}:${text}`, box)}<w:sdtContent>${run}</w:sdtContent></w:sdt>`,
      ),
    );
    paragraph.addChildElement(new TextRun(` ${text}    `));
  }
  return [paragraph];
};

/** 16 cm, at 96 to the inch: the width that charts are drawn for. */
const pictureWidth = (16 / 2.54) * 96;
/** Dots to the inch, as many as word processors keep of a picture that is to be printed. */
const printed = 220;

const pictureOf = async (svg: string, alt: string, caption: string, nr: number): Promise<FileChild[]> => {
  const [, wide = 1, high = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/i.exec(svg) ?? []).map(Number);
  const picture = new ImageRun({
    type: "png",
    data: await png(svg, printed),
    transformation: { width: pictureWidth, height: (pictureWidth * high) / wide },
    altText: { id: String(nr), name: `Bild ${nr}`, description: alt },
  });
  return [
    new Paragraph({ keepNext: caption !== "", children: [picture] }),
    ...(caption === "" ? [] : [new Paragraph(caption)]),
  ];
};

const levels = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3] as const;

const childrenOf = async (block: Block, nr: number): Promise<FileChild[]> => {
  switch (block.kind) {
    case "heading":
      return [new Paragraph({ heading: levels[block.level - 1] ?? HeadingLevel.HEADING_3, text: block.text })];
    case "paragraph":
      return [
        new Paragraph({
          ...(block.look === "lead" && { style: "Ingress" }),
          children: runsOf(block.look === "quiet" ? block.runs.map((run) => ({ ...run, isQuiet: true })) : block.runs),
        }),
      ];
    case "list":
      return block.items.map(
        (item) =>
          new Paragraph({
            style: "Listtext",
            numbering: { reference: block.isOrdered ? "nummer" : "streck", level: 0, instance: nr },
            children: runsOf(item),
          }),
      );
    case "table":
      return tableOf(block);
    case "picture":
      return pictureOf(block.svg, block.alt, block.caption, nr);
    case "field":
      return fieldOf(block.name, block.prompt, block.lines);
    case "choice":
      return choiceOf(block);
  }
};

const level = (format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => [
  { level: 0, format, text, style: { paragraph: { indent: { left: 340, hanging: 340 } } } },
];

/** No time of day and no name of the machine: the same document, the same bytes. */
const properties = (title: string): string =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<dc:title>${escaped(title)}</dc:title><dc:creator>Finsam-uppföljning</dc:creator><dc:language>sv-SE</dc:language></cp:coreProperties>`;

/** Writes 1 January 1980 as the day of every entry of a zip archive. */
const undate = (archive: Buffer): Buffer => {
  const end = archive.lastIndexOf("PK\u0005\u0006", undefined, "latin1");
  let at = archive.readUInt32LE(end + 16);
  while (at < end) {
    archive.writeUInt32LE(0x21_0000, at + 12);
    archive.writeUInt32LE(0x21_0000, archive.readUInt32LE(at + 42) + 10);
    at += 46 + archive.readUInt16LE(at + 28) + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return archive;
};

export const docxOf = async ({ title, foot, blocks }: Paper): Promise<Uint8Array> => {
  const children: FileChild[] = [];
  for (const [i, block] of blocks.entries()) children.push(...(await childrenOf(block, i + 1)));
  const heading = (size: number, before: number) => ({
    run: { size, bold: true, color: "1F1F1F", font: "Calibri" },
    paragraph: { spacing: { before, after: 60 }, keepNext: true },
  });
  const number = { size: 14, color: quiet };
  const size = sizeOf(blocks);
  const document = new Document({
    title,
    styles: {
      default: {
        document: {
          run: { font: "Calibri", size, language: { value: "sv-SE" } },
          paragraph: { spacing: { before: 40, after: 60 } },
        },
        heading1: heading(30, 60),
        heading2: heading(24, 200),
        heading3: heading(20, 140),
      },
      characterStyles: [{ id: "PlaceholderText", name: "Placeholder Text", run: { color: "6B6B6B" } }],
      paragraphStyles: [
        { id: "Ingress", name: "Ingress", basedOn: "Normal", run: { size: size + 2 } },
        { id: "Listtext", name: "Listtext", basedOn: "Normal", paragraph: { spacing: { before: 0, after: 40 } } },
        {
          id: "Tabelltext",
          name: "Tabelltext",
          basedOn: "Normal",
          run: { size: size - 2 },
          paragraph: { spacing: { before: 0, after: 0 } },
        },
        {
          id: "Caption",
          name: "caption",
          basedOn: "Normal",
          next: "Normal",
          run: { bold: true },
          paragraph: { spacing: { before: 80, after: 20 } },
        },
      ],
    },
    numbering: {
      config: [
        { reference: "nummer", levels: level(LevelFormat.DECIMAL, "%1.") },
        { reference: "streck", levels: level(LevelFormat.BULLET, "–") },
      ],
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: page.width, height: page.height },
            margin: { top: page.margin, bottom: page.margin, left: page.margin, right: page.margin, footer: 400 },
          },
        },
        footers: {
          default: new Footer({
            children: [
              new Paragraph({
                tabStops: [{ type: TabStopType.RIGHT, position: inner }],
                children: [
                  new TextRun({ ...number, text: `${foot} · .. visas inte, – saknas\t` }),
                  new TextRun({
                    ...number,
                    children: ["sida ", PageNumber.CURRENT, " (", PageNumber.TOTAL_PAGES, ")"],
                  }),
                ],
              }),
            ],
          }),
        },
        children,
      },
    ],
  });
  return undate(await Packer.toBuffer(document, undefined, [{ path: "docProps/core.xml", data: properties(title) }]));
};
