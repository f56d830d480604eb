/** What `inspect` shows of a file is what a run does with it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { describeLack, type Inspected, inspect } from "../src/batch.ts";
import { inspectedText } from "../src/output/inspected.ts";
import { columns, csv, type Folder, folder, only, pick, type Rows } from "./contract/delivery.ts";
import { parts, workbook, zip } from "./corpus/workbook.ts";
import { temporaryFolder } from "./folders.ts";

const faktura: Rows = [
  ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
  ["i", "1", "f", "2022-01-01", "2022-01-31", "1000"],
  ["i", "2", "f", "2022-02-01", "2022-02-28", "1 250,50"],
  ["i", "1", "f", "2022-01-01", "2022-01-31", "80 000"],
  ["i", "3", "f", "2022-03-01", "2022-03-31", "mycket"],
  ["i", "4", "f", "2022-05-01", "2022-04-01", "7"],
  ["Summa", null, null, null, null, "82 257,50"],
];
const book = workbook({
  sheets: [
    {
      name: "Möte",
      rows: [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["i", "m1", "2022-02-01", "puls"],
        ["i", "m2", "igår", "puls"],
        ["i", "m1", "2022-02-02", "puls"],
      ],
    },
    {
      name: "Närvaro",
      rows: [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["i", "m1", "af", "ja", "ja"],
        ["i", "m2", "af", "ja", "ja"],
        ["i", "m9", "af", "ja", "nej"],
        ["i", "m1", "af", "ja", "nej"],
      ],
    },
  ],
});
const files = {
  "insats.csv": [
    ["insats_id", "namn"],
    ["i", "I"],
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
  ],
  "part.csv": [
    ["insats_id", "part_id", "namn", "huvudman"],
    ["i", "af", "AF", "arbetsformedlingen"],
  ],
  "faktura.csv": faktura,
  "moten.xlsx": book,
} satisfies Record<string, Rows | Buffer>;

const textOf = (tables: readonly Inspected[]): string => inspectedText(tables, describeLack);

describe("inspect", () => {
  let d: Folder;
  beforeAll(async () => {
    d = folder({ files, pipelines: { "p.yaml": { insats: "i" } } });
    await d.run();
  }, 60_000);

  test.each(Object.keys(files))("loads, refuses and passes over the rows of %s that a run does", async (name) => {
    const tables = await inspect(d.path("data", name));
    for (const { blad, dataset, rader, avvisade, overhoppade } of tables) {
      const run = only(d.rows("leveranser"), { fil: `data/${name}`, blad: blad ?? "" });
      const refused = new Set(avvisade.filter(({ allvar }) => allvar === "fel").map(({ rad }) => rad));
      expect([dataset, rader.length, refused.size, overhoppade.length]).toEqual([
        run.dataset,
        run.lasta,
        run.avvisade,
        run.overhoppade,
      ]);
      const found = pick(d.rows("datakvalitet"), { fil: `data/${name}`, blad });
      expect(avvisade.map(({ cell, kod }) => [cell, kod])).toEqual(columns(found, "cell", "kod"));
    }
  });
  test("finds rows with one key, and references that the file's own tables do not meet", async () => {
    const tables = await inspect(d.path("data", "moten.xlsx"));
    expect(tables.flatMap(({ blad, avvisade }) => avvisade.map(({ cell, kod }) => [blad, cell, kod]))).toEqual([
      ["Möte", "C2", "motstridig"],
      ["Möte", "C3", "ogiltigt_datum"],
      ["Möte", "C4", "motstridig"],
      ["Närvaro", "B2", "okand_referens"],
      ["Närvaro", "B3", "okand_referens"],
      ["Närvaro", "B4", "okand_referens"],
      ["Närvaro", "B5", "okand_referens"],
    ]);
  });
  test("refuses nothing for what another file may hold, and says what only a run can say", async () => {
    const path = d.path("narvaro.csv");
    writeFileSync(
      path,
      csv([
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["okänd", "m7", "ingen", "ja", "ja"],
      ]),
    );
    const tables = await inspect(path);
    expect(tables.map(({ rader, avvisade }) => [rader.length, avvisade])).toEqual([[1, []]]);
    expect(textOf(tables)).toContain(
      "whether each is delivered: insats_id in Insats, mote_id in Möte, part_id in Part;",
    );
    expect(textOf(await inspect(d.path("data", "moten.xlsx")))).toContain(
      "whether each is delivered: insats_id in Insats, part_id in Part;",
    );
  });
  test("gives amounts as whole öre in JSON and as kronor at a terminal", async () => {
    const tables = await inspect(d.path("data", "faktura.csv"));
    expect(tables[0]?.rader.map(({ varden }) => varden.belopp)).toEqual([100_000, 125_050, 8_000_000]);
    expect(textOf(tables)).toMatch(/ 1\s000\skr\n.* 1\s250,50\skr\n/);
    const { code, stdout } = await d.cli(["inspect", "data/faktura.csv"]);
    expect([code, stdout.trim()]).toEqual([
      0,
      textOf(await inspect(d.path("data", "faktura.csv")))
        .replaceAll(d.path(), "")
        .replaceAll("/data/", "data/"),
    ]);
  });
});

describe("a table that lacks what every row must have", () => {
  const d = folder({
    files: {
      "deltagare.csv": "Löpnummer;Kön;Startdatum\n1;K;2023-01-01\n2;M;2023-02-01\n",
      "faktura.csv": "Faktura;Kostnadsslag;Från;Till;Belopp\n1;Hyra;2023-01-01;2023-01-31;100\n",
      "mote.csv": "Möte;Typ\n1;puls\n2;styrgrupp\n",
      "Telefon.csv": "Roll;Part;Telefon\nEkonom;AF;011\n",
      "Manader.xlsx": workbook({
        sheets: ["Jan", "Feb", "Mar"].map((name) => ({
          name,
          rows: [
            ["Roll", "Part", "Telefon"],
            ["Ekonom", "AF", "011"],
          ],
        })),
      }),
    },
    pipelines: {},
  });
  const seen = async (name: string): Promise<Inspected | undefined> => (await inspect(d.path("data", name)))[0];

  test.each([
    ["deltagare.csv", 2],
    ["faktura.csv", 1],
  ])(
    "shows the rows of %s, which only does not say its insats, and says once that a pipeline gives it",
    async (name, rows) => {
      const table = await seen(name);
      expect([table?.rader.length, table?.avvisade.map(({ kod, rad }) => [kod, rad])]).toEqual([
        rows,
        [["kolumn_ges", null]],
      ]);
    },
  );
  test("shows the rows of one that lacks more, and says once what, and where it may be given", async () => {
    const table = await seen("mote.csv");
    expect(table?.rader.map(({ varden }) => varden)).toEqual([
      { Möte: "1", Typ: "puls" },
      { Möte: "2", Typ: "styrgrupp" },
    ]);
    expect(table?.avvisade.map(({ kod }) => kod)).toEqual(["kolumn_saknas", "kolumn_ges"]);
    expect(table?.avvisade[0]?.meddelande).toMatch(/^Tabellen saknar Datum, .* pipelinefilen/);
  });
  test("says of one that is no dataset which headings are there, and what the nearest dataset lacks", async () => {
    const table = await seen("Telefon.csv");
    expect([table?.dataset, table && describeLack(table)]).toEqual([
      null,
      "Rubriker som finns: Roll, Part, Telefon. Närmast är Bemanning, som saknar Från, Omfattning, Till.",
    ]);
  });
  test("prints sheets that are read alike once, with the rows of the first", async () => {
    const text = textOf(await inspect(d.path("data", "Manader.xlsx")));
    expect(text.match(/Roll → text/g)).toHaveLength(1);
    expect(text).toContain("Jan … Mar (3 sheets alike)");
    expect(text).toContain("… 2 rows more");
  });
});

describe("inspect with a kind for a column", () => {
  const path = (name: string): string => join(import.meta.dirname, "corpus", "files", name);
  test("reads a column that the dataset lacks beside those that it has", async () => {
    const [table] = await inspect(path("mote-fel.csv"), { columns: { motestyp: "text" } });
    expect(table?.kolumner.map(({ slag }) => slag)).toEqual(["id", "id", "datum", "text"]);
    const [weather] = await inspect(path("Närvaro maj.csv"), { columns: { Väder: "text" } });
    expect([weather?.dataset, weather?.rader.map(({ varden }) => varden.Väder), weather?.avvisade]).toEqual([
      "narvaro",
      ["sol", null],
      [],
    ]);
  });
  test("marks what is no such kind, and the row is not read", async () => {
    const [table] = await inspect(path("Närvaro maj.csv"), { columns: { Väder: "datum" } });
    expect(table?.rader.map(({ rad }) => rad)).toEqual([3]);
    expect(table?.avvisade.map(({ cell, kod }) => [cell, kod])).toEqual([["F2", "ogiltigt_datum"]]);
  });
});

test("a row that is struck through is read, and said to be", async () => {
  const path = join(temporaryFolder("inspect"), "mote.xlsx");
  const rows = [
    ["mote_id", "insats_id", "datum", "motestyp"],
    ["m1", "i", "2024-01-10", "puls"],
    [{ xml: '<c r="@" s="1" t="inlineStr"><is><t>m2</t></is></c>' }, "i", "2024-02-10", "puls"],
    [{ xml: '<c r="@" s="2" t="inlineStr"><is><t>m3</t></is></c>' }, "i", "2024-03-10", "puls"],
  ];
  const fonts = '<fonts><font/><font><strike/></font><font><strike val="0"/></font></fonts><cellXfs>';
  const book = parts({ sheets: [{ name: "Möte", rows }], formats: [0, 0] }).map((part) => {
    if (!part.name.endsWith("styles.xml")) return part;
    const text = part.data.toString().replace("<cellXfs>", fonts);
    let style = 0;
    return {
      ...part,
      data: Buffer.from(text.replace(/applyNumberFormat/g, () => `fontId="${++style}" applyNumberFormat`)),
    };
  });
  writeFileSync(path, zip(book));
  const [table] = await inspect(path);
  expect(table?.rader.length).toBe(3);
  expect(table?.avvisade.map(({ rad, kod, allvar, meddelande }) => [rad, kod, allvar, meddelande])).toEqual([
    [
      3,
      "overstrukna_rader",
      "varning",
      "Överstrukna rader har lästs och räknas: 3. Ta bort dem om de inte ska räknas, annars strecket.",
    ],
  ]);
});
