/** The report of a whole run: from delivered rows to the files that leave. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/batch.ts";
import { open } from "../../src/db/open.ts";
import { writeReport } from "../../src/report/report.ts";
import { docxText, xlsxText } from "./archive.ts";

const people = (women: number, men: number, unknown: number): string =>
  [
    ...Array.from({ length: women }, () => "kvinna"),
    ...Array.from({ length: men }, () => "man"),
    ...Array.from({ length: unknown }, () => "okant"),
  ]
    .map((kon, i) => `liten;D-${i};2024-01-10;2024-11-20;${kon}`)
    .join("\n");

/** 3 of one sex and 37 of the other: the 3 must not be seen, nor the 37 that with 40 in all would give it. */
const delivery = {
  "insats.csv":
    "insats_id;namn;forbund_id;startdatum;slutdatum\nliten;Liten insats;norr;2024-01-01;2024-12-31\ntom;Tom insats;norr;2024-01-01;2024-12-31",
  "forbund.csv": "forbund_id;namn\nnorr;Norr",
  "deltagare.csv": `insats_id;deltagar_id;startdatum;slutdatum;kon\n${people(3, 37, 0)}`,
};

const pipeline = `insats: [liten, tom]
kallor: [leverans]
mal:
  - { id: antal, text: Minst trettio deltaganden, matt: deltaganden, villkor: ">= 30", per: hela, grupp: kon }
  - { id: andel, text: Minst hälften kvinnor, matt: andel_kvinnor, villkor: ">= 50 %", per: hela }
`;

const folder = mkdtempSync(join(tmpdir(), "finsam-rapport-"));
const out = join(folder, "out");

beforeAll(async () => {
  mkdirSync(join(folder, "leverans"));
  for (const [file, text] of Object.entries(delivery)) writeFileSync(join(folder, "leverans", file), `${text}\n`);
  writeFileSync(join(folder, "liten.yaml"), pipeline);
  await run({ pipelines: join(folder, "liten.yaml"), out, today: "2025-02-01", png: true });
});

afterAll(() => rmSync(folder, { recursive: true }));

const filesIn = (path: string): string[] =>
  readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.\w+$/.test(file))
    .sort();

const visible = (path: string): string =>
  readFileSync(path, "utf8")
    .replace(/<(style|defs)>.*?<\/\1>/gs, "")
    .replace(/<[^>]+>/g, " ");

describe("a run with few women", () => {
  const texts = (): { file: string; text: string }[] => [
    ...filesIn(join(out, "rapport"))
      .filter((file) => !file.endsWith(".pdf"))
      .map((file) => join(out, "rapport", file))
      .map((path) => ({
        file: relative(join(out, "rapport"), path),
        text: path.endsWith(".docx") ? docxText(path) : path.endsWith(".xlsx") ? xlsxText(path) : visible(path),
      })),
    ...filesIn(join(out, "diagram"))
      .filter((file) => file.endsWith(".svg"))
      .map((file) => ({ file, text: visible(join(out, "diagram", file)) })),
  ];
  test("writes the pages, the published numbers, and each picture twice", () => {
    expect(filesIn(join(out, "rapport"))).toEqual([
      "andringar.html",
      "definitioner.html",
      "definitionsprov.html",
      "definitionsprov.xlsx",
      "forbund/norr.docx",
      "forbund/norr.html",
      "forbund/norr.pdf",
      "forbund/norr.xlsx",
      "index.html",
      "index.pdf",
      "index.xlsx",
      "insats/liten.html",
      "insats/liten.xlsx",
      "insats/tom.html",
      "jamforelse.html",
      "jamforelse.xlsx",
      "publicerat.json",
      "underlag.html",
      "underlag.xlsx",
      "utsagekontroll.html",
      "utsagekontroll.xlsx",
    ]);
    const pictures = filesIn(join(out, "diagram"));
    expect(pictures).toContain("malutfall.svg");
    const [heading, ...lines] = readFileSync(join(out, "diagram", "diagram.csv"), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(heading).toBe("\ufefffil;titel;alt_text;sida;kalla;data_till");
    expect(lines.map((one) => one.split('"')[1])).toEqual(pictures.filter((file) => file.endsWith(".svg")));
    expect(lines[0]).toMatch(
      /^"malutfall\.svg";".* går att bedöma.*";"I två insatser finns .*";"index\.html";"Leveranser till uppföljningen";"2024-/,
    );
    expect(pictures.filter((file) => file.endsWith(".png")).map((file) => file.replace(".png", ".svg"))).toEqual(
      pictures.filter((file) => file.endsWith(".svg")),
    );
  });
  test("shows the whole, and neither the few nor what would give them", () => {
    const all = texts();
    expect(all.find(({ file }) => file === "insats/liten.html")?.text).toMatch(/\b40\b/);
    for (const { file, text } of all) expect(text, file).not.toMatch(/\b37\b|92,5|\b7,5\b|0\.075/);
    const { tables } = JSON.parse(readFileSync(join(out, "rapport", "publicerat.json"), "utf8")) as {
      tables: { cells: { keys: Record<string, string>; value: number | null }[] }[];
    };
    const values = tables.flatMap(({ cells }) => cells.map(({ value }) => value));
    expect(new Set(values)).toEqual(new Set([null, 40]));
  });
  test("gives the same bytes again", async () => {
    const again = join(folder, "again");
    const db = await open(join(out, "internt", "finsam.duckdb"), "read");
    const drawn = { today: "2025-02-01", exempel: false, program: "", png: true };
    const { writeDocuments } = await writeReport(db, again, drawn).finally(() => db.close());
    await writeDocuments();
    for (const room of ["rapport", "diagram"]) {
      expect(filesIn(join(again, room))).toEqual(filesIn(join(out, room)));
      for (const file of filesIn(join(out, room))) {
        expect(readFileSync(join(again, room, file)).equals(readFileSync(join(out, room, file))), file).toBe(true);
      }
    }
  });
});
