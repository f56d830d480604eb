/** A page's tables as a workbook, by the rules of workbooks of official statistics. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { readPage } from "../../src/report/documents/paper.ts";
import { xlsxOf } from "../../src/report/documents/xlsx.ts";
import { temporaryFolder } from "../folders.ts";
import { convert, hasCalc } from "../office.ts";
import { type Shipped, shippedRun } from "../shipped.ts";
import { partsOf } from "./archive.ts";

const booksOf = async (shipped: Shipped): Promise<string[]> => {
  const folder = join((await shippedRun(shipped)).out, "rapport");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".xlsx"))
    .map((file) => join(folder, file));
};

const decoded = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "");

interface Cell {
  readonly place: string;
  readonly value: string | number;
}

/** The sheets of a workbook by their names, with what is in their cells. */
const sheetsOf = (
  file: string,
): Map<string, { readonly xml: string; readonly rows: Cell[][]; readonly table: string }> => {
  const parts = partsOf(file);
  const names = [...(parts.get("xl/workbook.xml")?.toString() ?? "").matchAll(/<sheet name="([^"]*)"/g)].map(
    ([, name = ""]) => decoded(name),
  );
  return new Map(
    names.map((name, i) => {
      const xml = parts.get(`xl/worksheets/sheet${i + 1}.xml`)?.toString() ?? "";
      const rows = [...xml.matchAll(/<row .*?<\/row>/gs)].map(([row]) =>
        [...row.matchAll(/<c r="([A-Z]+\d+)"[^>]*>(?:<v>(.*?)<\/v>|<is><t[^>]*>(.*?)<\/t><\/is>)<\/c>/gs)].map(
          ([, place = "", number, text = ""]) => ({
            place,
            value: number === undefined ? decoded(text) : Number(number),
          }),
        ),
      );
      return [name, { xml, rows, table: parts.get(`xl/tables/table${i + 1}.xml`)?.toString() ?? "" }];
    }),
  );
};

const words = (text: string | null | undefined): string =>
  (text ?? "")
    .replace(/[\u00ad]/g, "")
    .replace(/\s+/g, " ")
    .trim();

describe.each(["kallor", "exempel"] as const)("of %s", (shipped) => {
  test("each has a cover, a list of contents, notes, and one marked table a sheet, without merged or empty cells", async () => {
    const books = await booksOf(shipped);
    expect(books.length).toBeGreaterThan(6);
    for (const book of books) {
      const sheets = [...sheetsOf(book)];
      expect(sheets.slice(0, 3).map(([name]) => name)).toEqual(["Omslag", "Innehåll", "Anmärkningar"]);
      expect(sheets.length, book).toBeGreaterThan(3);
      const links = [...(sheets[1]?.[1].xml ?? "").matchAll(/location="'(.*?)'!A1"/g)].map(([, name]) => name);
      expect(links).toEqual(sheets.slice(3).map(([name]) => name));
      for (const [name, { xml, rows, table }] of sheets) {
        expect(xml, name).not.toContain("mergeCell");
        for (const row of rows) for (const { value } of row) expect(value, `${book} ${name}`).not.toBe("");
        if (name === "Omslag") continue;
        const [, from = 0, to = 0] = (/ref="A(\d+):[A-Z]+(\d+)"/.exec(table) ?? []).map(Number);
        const heads = rows[from - 1]?.map(({ value }) => value) ?? [];
        expect(
          [...table.matchAll(/<tableColumn id="\d+" name="(.*?)"/g)].map(([, head = ""]) => decoded(head)),
        ).toEqual(heads);
        expect(new Set(heads.map((head) => String(head).toLowerCase())).size).toBe(heads.length);
        expect(to).toBe(rows.length);
        for (const row of rows.slice(from)) expect(row.length, `${book} ${name}`).toBe(heads.length);
      }
    }
  });
  test("each table of a page is a sheet with all its cells; a figure is a number, and no figure is of a workbook alone", async () => {
    let figures = 0;
    for (const book of await booksOf(shipped)) {
      const { document } = parseHTML(readFileSync(book.replace(/xlsx$/, "html"), "utf8"));
      const tables = [...document.querySelectorAll("main table")].filter(
        (table) => table.querySelector("tbody tr") !== null,
      );
      const sheets = [...sheetsOf(book)].slice(3);
      expect(sheets.length, book).toBe(tables.length);
      for (const [i, table] of tables.entries()) {
        const rows = [...table.querySelectorAll("tbody tr:not(.grupp)")].map((row) => [
          ...row.querySelectorAll("th, td"),
        ]);
        const shown = sheets[i]?.[1].rows.slice(3) ?? [];
        expect(shown.length, `${book} ${i}`).toBe(rows.length);
        for (const [j, row] of rows.entries()) {
          const cells = shown[j]?.map(({ value }) => value) ?? [];
          for (const { textContent, classList } of row) {
            const text = words(textContent);
            const digits = /^[−-]?[\d\s]+(?:,\d+)?(?= ?(?:kr|tkr|%)?$)/.exec(text)?.[0];
            const number =
              digits === undefined ? Number.NaN : Number(digits.replace(/\s/g, "").replace("−", "-").replace(",", "."));
            if (classList.contains("tal") && !Number.isNaN(number)) {
              expect(cells, `${book} ${i} ${text}`).toContain(number);
              figures++;
            } else if (text === "..") expect(cells).toContain("..");
          }
        }
        for (const cell of shown.flat()) {
          if (typeof cell.value !== "number") continue;
          const digits = String(Math.abs(cell.value)).replace(".", ",");
          expect(words(table.textContent).replace(/\s/g, ""), `${book} ${cell.place}`).toContain(digits);
        }
      }
    }
    expect(figures).toBeGreaterThan(50);
  });
  test("a page links to its workbook, and only to one that there is", async () => {
    const folder = join((await shippedRun(shipped)).out, "rapport");
    const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".html"));
    for (const page of pages) {
      const links = [...readFileSync(join(folder, page), "utf8").matchAll(/href="([^"]*\.xlsx)"/g)].map(
        ([, href = ""]) => basename(href),
      );
      const book = page.replace(/html$/, "xlsx");
      expect(links, page).toEqual(existsSync(join(folder, book)) ? [basename(book)] : []);
    }
  });
});

test("a page's script is no part of what a document says of it", () => {
  const table =
    "<table><caption>T</caption><thead><tr><th>A</th></tr></thead><tbody><tr><th>1</th></tr></tbody></table>";
  const { tables, paper } = readPage(
    `<html><head><style>a>b{}</style></head><body><main><h1>X</h1>${table}<script>if (1<b && "</i>") x = "<p>";</script></main></body></html>`,
    "",
  );
  expect(tables.map(({ caption, under }) => [caption, under])).toEqual([["T", "X"]]);
  expect(paper.blocks.map(({ kind }) => kind)).toEqual(["heading", "table"]);
});

test("units of one column stand in its heading, of several in a column of their own; rows under a heading have it beside them", () => {
  const cell = (text: string) => [{ text }];
  const column = (heading: string, isNumeric: boolean) => ({ heading, isNumeric, share: 0.2 });
  const table = {
    kind: "table",
    caption: "Värden",
    under: "Avsnitt",
    columns: [column("Vad", false), column("Kostnad", true), column("Värde", true), column("År", false)],
    rows: [
      [cell("Norr")],
      [cell("a"), cell("1 234 567 kr"), cell("52,5 %"), cell("2024")],
      [cell("b"), cell("−3 kr"), cell("7 dagar"), cell("2025")],
      [cell("Söder")],
      [cell("=1+1"), cell(".."), cell(""), cell("2025")],
    ],
  } as const;
  const file = join(temporaryFolder("arbetsbok"), "a.xlsx");
  writeFileSync(file, xlsxOf({ title: "Titel", foot: "fot", blocks: [] }, [table]));
  const rows = sheetsOf(file)
    .get("Tabell 1")
    ?.rows.slice(2)
    .map((row) => row.map(({ value }) => value));
  expect(rows).toEqual([
    ["Grupp", "Vad", "Kostnad (kr)", "Värde", "Värde, enhet", "År"],
    ["Norr", "a", 1_234_567, 52.5, "%", 2024],
    ["Norr", "b", -3, 7, "dagar", 2025],
    ["Söder", "=1+1", "..", "–", "–", 2025],
  ]);
});

test.skipIf(!hasCalc)("an office suite reads every cell of a workbook", async () => {
  const book = join((await shippedRun("exempel")).out, "rapport/forbund/exempel-soder.xlsx");
  // Every sheet, as it is shown, with a tabulator between cells.
  const filter = "csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1";
  const folder = convert(book, filter);
  const sheets = sheetsOf(book);
  expect(sheets.size).toBeGreaterThan(8);
  for (const [name, { rows }] of sheets) {
    const lines = readFileSync(join(folder, `exempel-soder-${name}.csv`), "utf8")
      .trimEnd()
      .split("\n");
    const read = lines.map((line) => line.split("\t").filter((value) => value !== ""));
    expect(read, name).toEqual(rows.map((row) => row.map(({ value }) => String(value))));
  }
});
