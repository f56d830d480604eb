/** A document as DOCX, for the kansli to write on in: headings, lists, tables and pictures are what a word processor calls so. */
import { zip } from "../../output/zip.ts";
import { png } from "../charts/png.ts";
import { escaped } from "../html.ts";
import type { Block, Paper, PaperTable, Run } from "./paper.ts";

/** The size of print in half points: less for a paper with much to say, so that it too is about two sheets. */
const sizeOf = (blocks: readonly Block[]): number =>
  JSON.stringify(blocks.filter(({ kind }) => kind !== "picture")).length > 12_000 ? 17 : 20;

/** A4 less its margins, in twentieths of a point. */
const page = { width: 11_906, height: 16_838, margin: 850 };
const inner = page.width - 2 * page.margin;

/** 16 cm, the width that charts are drawn for: 360 000 to the cm. */
const pictureWidth = 16 * 360_000;
/** What word processors keep of a picture that is to be printed. */
const dpi = 220;

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = "http://schemas.openxmlformats.org";
const relations = `${schemas}/officeDocument/2006/relationships`;
const drawings = `${schemas}/drawingml/2006`;
const packaged = `${schemas}/package/2006`;
const namespaces = [
  `xmlns:w="${schemas}/wordprocessingml/2006/main" xmlns:r="${relations}" xmlns:wp="${drawings}/wordprocessingDrawing"`,
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
  `xmlns:mc="${schemas}/markup-compatibility/2006" mc:Ignorable="w14"`,
].join(" ");

const colour = (rgb: string): string => `<w:color w:val="${rgb}"/>`;
const quiet = colour("595959");
const strong = "<w:b/><w:bCs/>";
const print = (size: number): string => `<w:sz w:val="${size}"/><w:szCs w:val="${size}"/>`;
const spacing = (before: number, after: number): string => `<w:spacing w:before="${before}" w:after="${after}"/>`;
const styled = (style: string): string => `<w:pStyle w:val="${style}"/>`;

const textXml = (text: string): string => `<w:t xml:space="preserve">${escaped(text)}</w:t>`;
/** @param look properties, in the order of the schema */
const runXml = (content: string, look = ""): string => `<w:r>${look && `<w:rPr>${look}</w:rPr>`}${content}</w:r>`;
const paragraph = (content: string, look = ""): string => `<w:p>${look && `<w:pPr>${look}</w:pPr>`}${content}</w:p>`;

const runsOf = (runs: readonly Run[], bold = false): string =>
  runs
    .flatMap(({ text, isStrong = bold, isQuiet }) =>
      text
        .split("\n")
        .map((piece, i) =>
          runXml(`${i > 0 ? "<w:br/>" : ""}${textXml(piece)}`, `${isStrong ? strong : ""}${isQuiet ? quiet : ""}`),
        ),
    )
    .join("");

const borders = ["top", "left", "bottom", "right", "insideH", "insideV"]
  .map((side) => {
    const isDrawn = side === "bottom" || side === "insideH";
    return `<w:${side} w:val="${isDrawn ? "single" : "none"}" w:color="${isDrawn ? "C9CED3" : "auto"}" w:sz="${isDrawn ? 4 : 0}"/>`;
  })
  .join("");
const cellMargins = Object.entries({ top: 20, left: 50, bottom: 20, right: 90 })
  .map(([side, width]) => `<w:${side} w:type="dxa" w:w="${width}"/>`)
  .join("");

const tableOf = ({ caption, columns, rows }: PaperTable): string => {
  const widths = columns.map(({ share }) => Math.round(inner * share));
  const cell = (place: string, runs: readonly Run[], bold = false, isNumeric = false): string => {
    const look = `${styled("Tabelltext")}${bold ? "<w:keepNext/>" : ""}${isNumeric ? '<w:jc w:val="right"/>' : ""}`;
    return `<w:tc><w:tcPr>${place}</w:tcPr>${paragraph(runsOf(runs, bold), look)}</w:tc>`;
  };
  const cellOf = (runs: readonly Run[], i: number, bold = false): string =>
    cell(`<w:tcW w:type="dxa" w:w="${widths[i] ?? 0}"/>`, runs, bold, columns[i]?.isNumeric);
  const row = (cells: readonly string[], look = ""): string =>
    `<w:tr><w:trPr><w:cantSplit/>${look}</w:trPr>${cells.join("")}</w:tr>`;
  const head = row(
    columns.map(({ heading }, i) => cellOf([{ text: heading }], i, true)),
    "<w:tblHeader/>",
  );
  const body = rows.map((runs) =>
    row(
      runs.length === columns.length
        ? runs.map((one, i) => cellOf(one, i))
        : [cell(`<w:gridSpan w:val="${columns.length}"/>`, runs[0] ?? [], true)],
    ),
  );
  return [
    paragraph(runXml(textXml(caption)), `${styled("Caption")}<w:keepNext/>`),
    `<w:tbl><w:tblPr><w:tblW w:type="dxa" w:w="${inner}"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/>`,
    `<w:tblCellMar>${cellMargins}</w:tblCellMar><w:tblLook w:firstRow="true" w:firstColumn="true"/></w:tblPr>`,
    `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>${head}${body.join("")}</w:tbl>`,
  ].join("");
};

/** A content control: a place in the text that has a name, for those who write in it and for programs that read it. */
const control = (name: string, rest: string, content: string): string =>
  `<w:sdt><w:sdtPr><w:alias w:val="${escaped(name)}"/><w:tag w:val="${escaped(name)}"/>${rest}</w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

/** A field says what to write in it until somebody has, in the grey that a word processor takes away with the words. */
const fieldOf = ({ name, prompt, lines }: Block & { kind: "field" }): string =>
  lines
    ? control(name, "", lines.map((text) => paragraph(runsOf([{ text }]))).join(""))
    : control(name, "<w:showingPlcHdr/>", paragraph(runXml(textXml(prompt), '<w:rStyle w:val="PlaceholderText"/>')));

const choiceOf = ({ name, options }: Block & { kind: "choice" }): string => {
  const font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>';
  const states =
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>';
  const boxes = options.map(({ text, isTicked }) => {
    const box = `<w14:checkbox><w14:checked w14:val="${isTicked ? 1 : 0}"/>${states}</w14:checkbox>`;
    const sign = runXml(`<w:t>${isTicked ? "☒" : "☐"}</w:t>`, font);
    return control(`${name}:${text}`, box, sign) + runXml(textXml(` ${text}    `));
  });
  return paragraph(boxes.join(""));
};

const pictureOf = ({ svg, alt, caption }: Block & { kind: "picture" }, nr: number): string => {
  const [, wide = 1, high = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/i.exec(svg) ?? []).map(Number);
  const size = `cx="${pictureWidth}" cy="${Math.round((pictureWidth * high) / wide)}"`;
  const said = `id="${nr}" name="Bild ${nr}" descr="${escaped(alt)}"`;
  const picture = [
    `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent ${size}/><wp:docPr ${said}/>`,
    `<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="${drawings}/main" noChangeAspect="1"/></wp:cNvGraphicFramePr>`,
    `<a:graphic xmlns:a="${drawings}/main"><a:graphicData uri="${drawings}/picture"><pic:pic xmlns:pic="${drawings}/picture">`,
    `<pic:nvPicPr><pic:cNvPr ${said}/><pic:cNvPicPr/></pic:nvPicPr>`,
    `<pic:blipFill><a:blip r:embed="bild${nr}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`,
    `<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`,
    "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>",
  ].join("");
  return `${paragraph(runXml(picture), caption === "" ? "" : "<w:keepNext/>")}${caption === "" ? "" : paragraph(runXml(textXml(caption)))}`;
};

/** @param nr what a list or a picture is known by */
const blockXml = (block: Block, nr: number): string => {
  switch (block.kind) {
    case "heading":
      return paragraph(runXml(textXml(block.text)), styled(`Heading${Math.min(block.level, 3)}`));
    case "paragraph":
      return paragraph(
        runsOf(block.look === "quiet" ? block.runs.map((run) => ({ ...run, isQuiet: true })) : block.runs),
        block.look === "lead" ? styled("Ingress") : "",
      );
    case "list": {
      const look = `${styled("Listtext")}<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${nr}"/></w:numPr>`;
      return block.items.map((item) => paragraph(runsOf(item), look)).join("");
    }
    case "table":
      return tableOf(block);
    case "picture":
      return pictureOf(block, nr);
    case "field":
      return fieldOf(block);
    case "choice":
      return choiceOf(block);
  }
};

/** Each list counts from one. */
const numberingXml = (blocks: readonly Block[]): string => {
  const kind = (id: number, format: string, text: string): string =>
    `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum>`;
  const lists = blocks.flatMap((block, i) =>
    block.kind === "list"
      ? `<w:num w:numId="${i + 1}"><w:abstractNumId w:val="${block.isOrdered ? 1 : 2}"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>`
      : [],
  );
  return `<w:numbering ${namespaces}>${kind(1, "decimal", "%1.")}${kind(2, "bullet", "–")}${lists.join("")}</w:numbering>`;
};

const stylesXml = (size: number): string => {
  const font = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>';
  const style = (id: string, name: string, paragraphs: string, runs: string, next = ""): string =>
    `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>${next}<w:pPr>${paragraphs}</w:pPr><w:rPr>${runs}</w:rPr></w:style>`;
  const next = '<w:next w:val="Normal"/>';
  const heading = (level: number, look: string, before: number): string =>
    style(
      `Heading${level}`,
      `heading ${level}`,
      `<w:keepNext/>${spacing(before, 60)}`,
      `${strong}${colour("1F1F1F")}${look}`,
      `${next}<w:qFormat/>`,
    );
  return [
    `<w:styles ${namespaces}><w:docDefaults><w:rPrDefault><w:rPr>${font}${print(size)}<w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault>`,
    `<w:pPrDefault><w:pPr>${spacing(40, 60)}</w:pPr></w:pPrDefault></w:docDefaults>`,
    '<w:style w:type="paragraph" w:styleId="Normal" w:default="1"><w:name w:val="Normal"/><w:qFormat/></w:style>',
    '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>',
    `<w:rPr>${colour("6B6B6B")}</w:rPr></w:style>`,
    heading(1, print(30), 60) + heading(2, print(24), 200) + heading(3, print(20), 140),
    style("Ingress", "Ingress", "", print(size + 2)),
    style("Listtext", "Listtext", spacing(0, 40), ""),
    style("Tabelltext", "Tabelltext", spacing(0, 0), print(size - 2)),
    style("Caption", "caption", spacing(80, 20), strong, next),
    "</w:styles>",
  ].join("");
};

const footerXml = (foot: string): string => {
  const look = `${quiet}${print(14)}`;
  const said = (text: string): string => runXml(textXml(text), look);
  const counted = (field: string): string =>
    ['<w:fldChar w:fldCharType="begin"/>', `<w:instrText xml:space="preserve">${field}</w:instrText>`]
      .concat('<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>')
      .map((part) => runXml(part, look))
      .join("");
  const text = `${said(`${foot} · .. visas inte, – saknas`)}${runXml("<w:tab/>", look)}${said("sida ")}${counted("PAGE")}${said(" (")}${counted("NUMPAGES")}${said(")")}`;
  return `<w:ftr ${namespaces}>${paragraph(text, `<w:tabs><w:tab w:val="right" w:pos="${inner}"/></w:tabs>`)}</w:ftr>`;
};

/** No time of day and no name of the machine: the same document, the same bytes. */
const propertiesXml = (title: string): string =>
  `<cp:coreProperties xmlns:cp="${packaged}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${escaped(title)}</dc:title><dc:creator>Finsam-uppföljning</dc:creator><dc:language>sv-SE</dc:language></cp:coreProperties>`;

const section = [
  '<w:sectPr><w:footerReference w:type="default" r:id="footer"/>',
  `<w:pgSz w:w="${page.width}" w:h="${page.height}"/>`,
  `<w:pgMar ${["top", "right", "bottom", "left"].map((side) => `w:${side}="${page.margin}"`).join(" ")} w:header="708" w:footer="400" w:gutter="0"/></w:sectPr>`,
].join("");

const settingsXml = `<w:settings ${namespaces}><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`;

const relationsXml = (all: readonly (readonly [id: string, type: string, target: string])[]): string =>
  `<Relationships xmlns="${packaged}/relationships">${all.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`).join("")}</Relationships>`;

export const docxOf = async ({ title, foot, blocks }: Paper): Promise<Uint8Array> => {
  const own = ["styles", "numbering", "settings", "footer"] as const;
  const types = own.map(
    (name) =>
      `<Override PartName="/word/${name}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${name}+xml"/>`,
  );
  const pictures = new Map<string, Uint8Array>();
  for (const [i, block] of blocks.entries())
    if (block.kind === "picture") pictures.set(`bild${i + 1}`, await png(block.svg, dpi));
  const xml = {
    "[Content_Types].xml": [
      `<Types xmlns="${packaged}/content-types"><Default Extension="png" ContentType="image/png"/><Default Extension="xml" ContentType="application/xml"/>`,
      `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>${types.join("")}`,
      '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>',
      '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    ].join(""),
    "_rels/.rels": relationsXml([
      ["document", `${relations}/officeDocument`, "word/document.xml"],
      ["core", `${packaged}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ]),
    "word/_rels/document.xml.rels": relationsXml([
      ...own.map((name) => [name, `${relations}/${name}`, `${name}.xml`] as const),
      ...[...pictures.keys()].map((name) => [name, `${relations}/image`, `media/${name}.png`] as const),
    ]),
    "docProps/core.xml": propertiesXml(title),
    "word/document.xml": `<w:document ${namespaces}><w:body>${blocks.map((block, i) => blockXml(block, i + 1)).join("")}${section}</w:body></w:document>`,
    "word/styles.xml": stylesXml(sizeOf(blocks)),
    "word/numbering.xml": numberingXml(blocks),
    "word/settings.xml": settingsXml,
    "word/footer.xml": footerXml(foot),
  };
  return zip(
    new Map<string, string | Uint8Array>([
      ...Object.entries(xml).map(([path, text]) => [path, declaration + text] as const),
      ...[...pictures].map(([name, bytes]) => [`word/media/${name}.png`, bytes] as const),
    ]),
  );
};
