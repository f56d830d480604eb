/** The board's paper as PDF and DOCX: what a reader with or without sight gets of the shipped reports. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { pdfOf } from "../../src/report/documents/pdf.ts";
import { convert, hasWriter } from "../office.ts";
import { type Shipped, shippedRun } from "../shipped.ts";
import { docxText, partOf, partsOf } from "./archive.ts";

const pdftotext = ["/usr/bin/pdftotext", "/usr/local/bin/pdftotext"].find(existsSync);

/** The paths of a run's documents, and of the pages that they are of. */
const papersOf = async (shipped: Shipped): Promise<{ page: string; pdf: string; docx: string }[]> => {
  const folder = join((await shippedRun(shipped)).out, "rapport", "forbund");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".html"))
    .map((file) => join(folder, file))
    .map((page) => ({ page, pdf: page.replace(/html$/, "pdf"), docx: page.replace(/html$/, "docx") }));
};

const sheetsOf = (pdf: string): number => readFileSync(pdf, "latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

/** A page's parts as they are printed: the rest is for a screen. */
const printedOf = (page: string): Document => {
  const { document } = parseHTML(readFileSync(page, "utf8"));
  for (const unseen of document.querySelectorAll(".skarm, details, [aria-hidden]")) unseen.remove();
  return document;
};

const words = (text: string | null | undefined): string =>
  (text ?? "")
    .replace(/\u00ad/g, "")
    .replace(/\s+/g, " ")
    .trim();
/** Words alone: a line may be broken anywhere between them. */
const squeezed = (text: string): string => text.replace(/[\s\u00ad-]/g, "");

describe.each(["kallor", "exempel"] as const)("of %s", (shipped) => {
  test("each förbund has its page as PDF and DOCX, at most two sheets, and the front page is one; each is linked from its page", async () => {
    const papers = await papersOf(shipped);
    expect(papers.length).toBeGreaterThan(2);
    for (const { page, pdf, docx } of papers) {
      expect(sheetsOf(pdf), pdf).toBeGreaterThan(0);
      expect(sheetsOf(pdf), pdf).toBeLessThanOrEqual(2);
      const links = [...parseHTML(readFileSync(page, "utf8")).document.querySelectorAll("main a")].map((a) =>
        a.getAttribute("href"),
      );
      for (const file of [pdf, docx]) expect(links).toContain(`../forbund/${basename(file)}`);
      expect(existsSync(docx)).toBe(true);
    }
    const front = join((await shippedRun(shipped)).out, "rapport", "index.pdf");
    expect(sheetsOf(front)).toBe(1);
    expect(readFileSync(front.replace(/pdf$/, "html"), "utf8")).toContain('href="index.pdf"');
  });
  test("a PDF says that it is PDF/UA-1, in Swedish, with tags, bookmarks, a title, and words for each picture, which is 16 cm wide", async () => {
    const { out } = await shippedRun(shipped);
    const papers = [
      ...(await papersOf(shipped)),
      { page: join(out, "rapport/index.html"), pdf: join(out, "rapport/index.pdf") },
    ];
    for (const { page, pdf } of papers) {
      const text = readFileSync(pdf, "latin1");
      const figures = [...text.matchAll(/\/S \/Figure\s+\/P .*?\/Alt <([0-9A-F]+)>.*?\/BBox \[([\d. ]+)\]/gs)];
      expect(figures.length, pdf).toBe(printedOf(page).querySelectorAll("main figure svg").length);
      for (const [, alt = "", box = ""] of figures) {
        expect(alt.length / 4).toBeGreaterThan(40);
        const [left = 0, , right = 0] = box.split(" ").map(Number);
        expect(((right - left) / 72) * 2.54).toBeCloseTo(16, 3);
      }
      for (const said of [/<pdfuaid:part>1</, /\/Lang \(sv-SE\)/, /\/StructTreeRoot /, /\/MarkInfo/, /\/Outlines /])
        expect(text, pdf).toMatch(said);
      const title = words(parseHTML(readFileSync(page, "utf8")).document.querySelector("title")?.textContent);
      expect(readFileSync(pdf, "utf8")).toContain(`xml:lang="x-default">${title.replaceAll("&", "&amp;")}<`);
    }
  });
  test.skipIf(pdftotext === undefined)("a PDF says what its page says, and no more", async () => {
    for (const { page, pdf } of await papersOf(shipped)) {
      const said = execFileSync(pdftotext ?? "", [pdf, "-"], { encoding: "utf8" });
      const text = squeezed(said);
      const printed = printedOf(page);
      for (const unseen of printed.querySelectorAll("svg, figcaption a")) unseen.remove();
      const parts = [
        ...printed.querySelectorAll("main h1, main h2, main p, main li, main th, main td, main caption, figcaption"),
      ];
      const shown = parts.flatMap(({ textContent }) => words(textContent).split(" "));
      expect(shown.length).toBeGreaterThan(100);
      expect(shown.filter((word) => !text.includes(squeezed(word)))).toEqual([]);
      const whole = squeezed(words(readFileSync(page, "utf8").replace(/<[^>]+>/g, " ")));
      const figures = [...said.replace(/sida \d \(\d\)/g, "").matchAll(/\d+(?:,\d+)?/g)].map(([figure]) => figure);
      expect(figures.length).toBeGreaterThan(10);
      expect(figures.filter((figure) => !whole.includes(figure))).toEqual([]);
    }
  });
  test("a DOCX has the headings, tables, pictures and words of its page, in Swedish, and a field for the comment of the kansli", async () => {
    for (const { page, docx } of await papersOf(shipped)) {
      const printed = printedOf(page);
      const xml = partOf(docx, "word/document.xml");
      const styled = (style: string): string[] =>
        [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)]
          .filter(([paragraph]) => paragraph.includes(`<w:pStyle w:val="${style}"/>`))
          .map(([paragraph]) => words(paragraph.replace(/<[^>]+>/g, "").replaceAll("&amp;", "&")));
      for (const [tag, style] of [
        ["h1", "Heading1"],
        ["h2", "Heading2"],
        ["caption", "Caption"],
      ] as const)
        expect(styled(style), docx).toEqual(
          [...printed.querySelectorAll(`main ${tag}`)].map(({ textContent }) => words(textContent)),
        );
      const tables = printed.querySelectorAll("main table").length;
      expect(xml.match(/<w:tbl>/g)?.length ?? 0).toBe(tables);
      expect(xml.match(/<w:tblHeader\/>/g)?.length ?? 0).toBe(tables);
      const pictures = [...xml.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(([, said = ""]) => said);
      expect(pictures.length).toBe(printed.querySelectorAll("main figure").length);
      for (const said of pictures) expect(said.length).toBeGreaterThan(40);
      // 360 000 to the cm.
      const widths = [...xml.matchAll(/<wp:extent cx="(\d+)"/g)].map(([, wide]) => Number(wide) / 360_000);
      expect(widths).toEqual(pictures.map(() => 16));
      expect(partOf(docx, "word/styles.xml")).toContain('<w:lang w:val="sv-SE"/>');
      const text = squeezed(docxText(docx));
      const cells = [...printed.querySelectorAll("main li, main td, main th, main p:not([data-falt])")];
      expect(
        cells.map(({ textContent }) => squeezed(words(textContent))).filter((cell) => !text.includes(cell)),
      ).toEqual([]);
      expect(docxText(docx)).toMatch(/ · körning [0-9a-f]{8} · .*\s*sida/);
      expect(xml.match(/<w:sdt>.*?<\/w:sdt>/s)?.[0] ?? "").toContain("Skriv kansliets kommentar här.");
    }
  });
});

test.each(["kallor", "exempel"] as const)(
  "of %s: the published numbers name each document that says them, and none that there is not",
  async (shipped) => {
    const folder = join((await shippedRun(shipped)).out, "rapport");
    const { tables } = JSON.parse(readFileSync(join(folder, "publicerat.json"), "utf8")) as {
      tables: { dokument: string; plats: string; aven_i?: string[] }[];
    };
    const named = new Set(tables.flatMap(({ aven_i: also = [] }) => also));
    for (const file of named) expect(existsSync(join(folder, file)), file).toBe(true);
    for (const { dokument } of tables)
      expect(named.has(dokument.replace(/html$/, "xlsx")) || !/^insats/.test(dokument)).toBe(true);
    const kon = tables.filter(({ plats }) => plats === "Kvinnor och män");
    expect(kon.length).toBeGreaterThan(0);
    for (const { aven_i: also } of kon) expect(also).toContain("index.pdf");
    if (shipped === "kallor") return;
    for (const form of ["html", "pdf", "docx", "xlsx"]) expect(named).toContain(`forbund/exempel-soder.${form}`);
  },
);

test.skipIf(!hasWriter)("a word processor reads every word of a DOCX", async () => {
  const [{ docx } = { docx: "" }] = await papersOf("kallor");
  const folder = convert(docx, "txt:Text (encoded):UTF8");
  const made = join(folder, basename(docx).replace(/docx$/, "txt"));
  const text = squeezed(readFileSync(made, "utf8"));
  const paragraphs = docxText(docx)
    .split("\n")
    .map((line) => squeezed(line));
  expect(paragraphs.filter((line) => !/körning/.test(line) && !text.includes(line))).toEqual([]);
});

test("the days in a DOCX are no days of a run, so that the same document is the same bytes", async () => {
  const [{ docx } = { docx: "" }] = await papersOf("exempel");
  expect(partsOf(docx).size).toBeGreaterThan(8);
  expect(partOf(docx, "docProps/core.xml")).not.toContain("dcterms:created");
  const bytes = readFileSync(docx);
  for (let at = bytes.indexOf("PK\x01\x02"); at >= 0; at = bytes.indexOf("PK\x01\x02", at + 4))
    expect(bytes.readUInt32LE(at + 12)).toBe(0x21_0000);
});

test("a sign that the font of a PDF lacks does not stop the report", () => {
  const text = 'Insatsen 日本 "👍" #[x] \\ \u0600';
  const paper = { title: text, foot: text, blocks: [{ kind: "heading", level: 1, text }] } as const;
  const pdf = Buffer.from(pdfOf(paper, 1));
  expect(pdf.toString("latin1")).toContain("<pdfuaid:part>1<");
  expect(Buffer.from(pdfOf(paper, 1)).equals(pdf)).toBe(true);
});
