// Deliveries as offices make them: what each is to give.
import { describe, expect, test } from "vitest";
import { type Cell, styled, workbook } from "../corpus/workbook.ts";
import { columns, deliver, type Folder, only, pick, type Rows } from "./delivery.ts";

const insats = (id: string): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  [id, id, "2023-01-01", "2023-12-31"],
];
const forbund: Rows = [
  ["forbund_id", "namn"],
  ["f", "F"],
];
const found = (d: Folder, ...codes: string[]): unknown[][] =>
  columns(
    d.rows("datakvalitet").filter(({ kod }) => codes.includes(String(kod))),
    "fil",
    "cell",
    "kod",
  );
const kronor = (d: Folder): number => Number(only(d.rows("kostnadsandel"), { dimension: "insats" }).belopp_ore) / 100;

describe("kön as 1 and 2", () => {
  const files = {
    "insats.csv": insats("i"),
    "deltagare.csv": [
      ["insats_id", "deltagar_id", "kon", "startdatum"],
      ["i", "a", "1", "2023-02-01"],
      ["i", "b", "2", "2023-02-01"],
    ] as Rows,
  };
  const counted = (d: Folder): unknown[] =>
    columns(d.rows("konsfordelning"), "kvinnor", "man", "okant", "totalt")[0] ?? [];
  test("is okänt until the pipeline says what they are: both persons count", async () => {
    const d = await deliver({ files, pipelines: { "i.yaml": { insats: "i" } } });
    expect(counted(d)).toEqual([0, 0, 2, 2]);
    expect(found(d, "okant_ord").length).toBe(2);
  }, 60_000);
  test("is what the pipeline says", async () => {
    const tolkning = [{ fil: "deltagare.csv", dataset: "deltagare", varden: { kon: { 1: "man", 2: "kvinna" } } }];
    const d = await deliver({ files, pipelines: { "i.yaml": { insats: "i", tolkning } } });
    expect(counted(d)).toEqual([1, 1, 0, 2]);
    expect(found(d, "okant_ord")).toEqual([]);
  }, 60_000);
});

test("a month, a year, six digits or two months are periods: 4 000 kr", async () => {
  const d = await deliver({
    files: {
      "insats.csv": insats("i"),
      "forbund.csv": forbund,
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
        ...[
          ["2023-01", "2023-01"],
          ["jan 2023", "feb 2023"],
          ["2023", "2023"],
          ["202303", "202303"],
        ].map(([fran = "", till = ""], i) => ["i", `${i}`, "f", fran, till, "1000"]),
      ],
    },
    pipelines: { "i.yaml": { insats: "i" } },
  });
  expect(kronor(d)).toBe(4000);
}, 60_000);

test("a sum row of nine spellings, its other key cells filled, is the sum of its file", async () => {
  const words = [
    "Summa lön",
    "Delsumma",
    "S:a",
    "Totalsumma",
    "Total",
    "Summa:",
    "Summa 2023",
    "Årets summa",
    "TOTALT kr",
  ];
  const head = ["Faktura", "Insats", "Förbund", "Kostnadsslag", "Från", "Till", "Belopp"];
  const rest = ["2023-01-01", "2023-12-31", "1000"];
  const d = await deliver({
    files: {
      "insats.csv": insats("i"),
      "forbund.csv": forbund,
      ...Object.fromEntries(
        words.map((word, i): [string, Rows] => [
          `${i}/faktura.csv`,
          [head, [`K${i}`, "i", "f", `Lön ${i}`, ...rest], [word, "i", "f", null, ...rest]],
        ]),
      ),
    },
    pipelines: { "i.yaml": { insats: "i" } },
  });
  expect(kronor(d)).toBe(9000);
  expect(found(d, "summa_sager_mer").map(([fil]) => fil)).toEqual([0, 6, 7, 8].map((i) => `data/${i}/faktura.csv`));
}, 60_000);

test("a correction copied from the screen differs from the cell in the kind of space alone", async () => {
  const d = await deliver({
    files: {
      "insats.csv": insats("i"),
      "forbund.csv": forbund,
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
        ["i", "1", "f", "2023-01-01", "2023-03-31", "12\u00a0345,5O"],
      ],
    },
    pipelines: {
      "i.yaml": {
        insats: "i",
        korrigeringar: [
          {
            fil: "faktura.csv",
            cell: "F2",
            gammalt: "12 345,5O",
            nytt: "12 345,50",
            skal: "ekonomen",
            datum: "2024-01-10",
          },
        ],
      },
    },
  });
  expect(kronor(d)).toBe(12345.5);
}, 60_000);

describe("what a spreadsheet program makes of ids and amounts", () => {
  const sheet = (rows: readonly (readonly Cell[])[]): Buffer =>
    workbook({ sheets: [{ name: "Blad1", rows }], formats: [14, "0.00E+00"] });
  const persons = (eaten: Cell, date: Cell): readonly (readonly Cell[])[] => [
    ["insats_id", "deltagar_id", "kon", "fodelsear", "startdatum"],
    ["i", "007", "K", "1990", "2023-02-01"],
    ["i", "P1", "K", "1990", "2023-02-01"],
    ["i", "P1", "M", "1990", "2023-08-01"],
    ["i", eaten, "K", "1990", "2023-02-01"],
    ["i", date, "K", "1990", "2023-02-01"],
  ];
  test.each([
    ["CSV", "deltagare.csv", persons("2,02301E+11", "2023-03-05") as Rows],
    ["XLSX", "deltagare.xlsx", sheet(persons("2,02301E+11", styled(44990, 1)))],
  ])(
    "is asked about in %s",
    async (_, name, content) => {
      const d = await deliver({
        files: {
          "insats.csv": insats("i"),
          "forbund.csv": forbund,
          "part.csv": [
            ["insats_id", "part_id", "namn", "huvudman"],
            ["i", "01", "AF", "arbetsförmedlingen"],
          ],
          "mote.csv": [
            ["insats_id", "mote_id", "datum", "motestyp"],
            ["i", "007", "2023-02-01", "samverkan"],
            ["i", "maj-23", "2023-03-01", "samverkan"],
          ],
          "narvaro.csv": [
            ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
            ["i", "007", "1", "ja", "ja"],
            ["i", "7", "01", "ja", "ja"],
          ],
          "arende.csv": [
            ["insats_id", "mote_id", "deltagar_id"],
            ["i", "007", "7"],
          ],
          "faktura.csv": [
            ["insats_id", "faktura_id", "forbund_id", "fran", "till", "Belopp (tkr)"],
            ...["10", "12", "11", "12000"].map((belopp, i) => ["i", `F${i}`, "f", "2023-01-01", "2023-03-31", belopp]),
          ],
          [name]: content,
        },
        pipelines: { "i.yaml": { insats: "i" } },
      });
      const fil = `data/${name}`;
      expect(found(d, "id_liknar", "omgjort_id", "olika_person", "tusenfalt_belopp").sort()).toEqual(
        [
          [fil, "B2", "id_liknar"],
          [fil, "C4", "olika_person"],
          [fil, "B5", "omgjort_id"],
          [fil, "B6", "omgjort_id"],
          ["data/faktura.csv", "F5", "tusenfalt_belopp"],
          ["data/mote.csv", "B2", "id_liknar"],
          ["data/mote.csv", "B3", "omgjort_id"],
          ["data/part.csv", "B2", "id_liknar"],
        ].sort(),
      );
      expect(pick(d.rows("datakvalitet"), { kod: "id_liknar", fil: "data/mote.csv" })[0]?.meddelande).toContain(
        "”007” och ”7”",
      );
    },
    60_000,
  );
});
