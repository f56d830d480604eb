/** What is too large to keep: made here, and read within a bound. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Inspected, inspect } from "../../src/batch.ts";
import { workbook } from "./workbook.ts";

const folder = mkdtempSync(join(tmpdir(), "finsam-stort-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (name: string, content: string | Buffer): Promise<Inspected> => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const [table] = await inspect(path);
  if (!table) throw new Error("no table");
  return table;
};

test("3 000 columns are read", async () => {
  const heads = Array.from({ length: 3000 }, (_, i) => `Kolumn ${i + 1}`);
  const table = await read(
    "bred.csv",
    [heads, heads.map((_, i) => i), heads.map((_, i) => -i)].map((row) => row.join(";")).join("\n"),
  );
  expect([table.kolumner.length, table.rader.length]).toEqual([3000, 2]);
  expect(table.rader[1]?.varden["Kolumn 3000"]).toBe("-2999");
}, 20_000);

test("a cell of 10 MB is quarantined with its row, and the rest is read", async () => {
  const table = await read("lang.csv", `Text;Antal\n${"å".repeat(10_000_000)};1\nkort;2\n`);
  expect(table.rader.map(({ rad }) => rad)).toEqual([3]);
  expect(table.avvisade.map(({ cell, kod }) => [cell, kod])).toEqual([["A2", "for_lang_cell"]]);
}, 20_000);

test("a quote that is never closed in a large file is refused at once", async () => {
  const table = await read("oppet.csv", `Text;Antal\n"öppet;1\n${"rad;2\n".repeat(500_000)}`);
  expect(table.filfel?.kod).toBe("oppet_citattecken");
}, 20_000);

test("a sheet whose used range is the whole sheet costs what its cells cost", async () => {
  const rows = Array.from({ length: 20_000 }, () => [{ xml: '<c r="@" s="0"/>' }]);
  const table = await read(
    "omrade.xlsx",
    workbook({ sheets: [{ name: "Blad1", rows: [["Kommun"], ["Tierp"], ...rows] }] }),
  );
  expect([table.rader.length, table.overhoppade.length]).toEqual([1, 1]);
}, 20_000);

test("a column of every row at the far right is refused, not held", async () => {
  const far = Array.from({ length: 2000 }, (_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`).join(
    "",
  );
  const table = await read(
    "bred.xlsx",
    workbook({ sheets: [{ name: "Blad1", rows: [], before: `<sheetData>${far}</sheetData>` }] }),
  );
  expect(table.filfel?.kod).toBe("for_stor");
}, 20_000);
