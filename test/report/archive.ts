/** What is in a DOCX or XLSX, read apart from the program that wrote it. */
import { readFileSync } from "node:fs";
import { inflateRawSync } from "node:zlib";

/** The parts of a zip archive by their paths. */
export const partsOf = (file: string): Map<string, Buffer> => {
  const bytes = readFileSync(file);
  const parts = new Map<string, Buffer>();
  for (let at = bytes.indexOf("PK\x01\x02"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4)) {
    const header = bytes.readUInt32LE(at + 42);
    const from = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const packed = bytes.subarray(from, from + bytes.readUInt32LE(at + 20));
    const name = bytes.toString("utf8", at + 46, at + 46 + bytes.readUInt16LE(at + 28));
    parts.set(name, bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed);
  }
  return parts;
};

export const partOf = (file: string, part: string): string => partsOf(file).get(part)?.toString("utf8") ?? "";

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", "#39": "'" };

const plain = (markup: string): string =>
  markup.replace(/<[^>]+>/g, "").replace(/&(amp|lt|gt|quot|apos|#39);/g, (_, name: string) => entities[name] ?? "");

/** The text of an XLSX: a line to each cell. */
export const xlsxText = (file: string): string =>
  [...partsOf(file)]
    .filter(([part]) => part.startsWith("xl/worksheets/sheet"))
    .map(([, xml]) => plain(xml.toString("utf8").replaceAll("</c>", "\n")))
    .join("\n");

/** The text of a DOCX: a line to each paragraph, the foot of its sheets last. */
export const docxText = (file: string): string =>
  ["word/document.xml", "word/footer1.xml"]
    .map((part) => plain(partOf(file, part).replace(/<\/w:p>|<w:br\/>/g, "\n")))
    .join("\n");
