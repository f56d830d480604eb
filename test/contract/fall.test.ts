// Deliveries as offices make them: what each is to give.
import { beforeAll, describe, expect, test } from "vitest";
import { type Cell, styled, workbook } from "../corpus/workbook.ts";
import { columns, only, pick, type Rows } from "./delivery.ts";
import { type Part, together } from "./together.ts";

const all = together();
beforeAll(all.runAll);

const insats = (id: string): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  [id, id, "2023-01-01", "2023-12-31"],
];
const forbund: Rows = [
  ["forbund_id", "namn"],
  ["f", "F"],
];
const found = (d: Part, ...codes: string[]): unknown[][] =>
  columns(
    d.rows("datakvalitet").filter(({ kod }) => codes.includes(String(kod))),
    "fil",
    "cell",
    "kod",
  );
const kronor = (d: Part): number => Number(only(d.rows("kostnadsandel"), { dimension: "insats" }).belopp_ore) / 100;

describe("kön as 1 and 2", () => {
  const files = (id: string): Record<string, Rows> => ({
    "insats.csv": insats(id),
    "deltagare.csv": [
      ["insats_id", "deltagar_id", "kon", "startdatum"],
      [id, "a", "1", "2023-02-01"],
      [id, "b", "2", "2023-02-01"],
    ],
  });
  const tolkning = [{ fil: "deltagare.csv", dataset: "deltagare", varden: { kon: { 1: "man", 2: "kvinna" } } }];
  const [unsaid, said] = [all.given("osagt", files("osagt")), all.given("sagt", files("sagt"), { tolkning })];
  const counted = (d: Part): unknown[] =>
    columns(d.rows("konsfordelning"), "kvinnor", "man", "okant", "totalt")[0] ?? [];
  test("is okänt until the pipeline says what they are: both persons count", () => {
    expect(counted(unsaid)).toEqual([0, 0, 2, 2]);
    expect(found(unsaid, "okant_ord").length).toBe(2);
  });
  test("is what the pipeline says", () => {
    expect(counted(said)).toEqual([1, 1, 0, 2]);
    expect(found(said, "okant_ord")).toEqual([]);
  });
});

const perioder = all.given("perioder", {
  "insats.csv": insats("perioder"),
  "forbund.csv": forbund,
  "faktura.csv": [
    ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
    ...[
      ["2023-01", "2023-01"],
      ["jan 2023", "feb 2023"],
      ["2023", "2023"],
      ["202303", "202303"],
    ].map(([fran = "", till = ""], i) => ["perioder", `${i}`, "f", fran, till, "1000"]),
  ],
});
test("a month, a year, six digits or two months are periods: 4 000 kr", () => {
  expect(kronor(perioder)).toBe(4000);
});

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
const summor = all.given("summor", {
  "insats.csv": insats("summor"),
  "forbund.csv": forbund,
  ...Object.fromEntries(
    words.map((word, i): [string, Rows] => [
      `${i}/faktura.csv`,
      [head, [`K${i}`, "summor", "f", `Lön ${i}`, ...rest], [word, "summor", "f", null, ...rest]],
    ]),
  ),
});
test("a sum row of nine spellings, its other key cells filled, is the sum of its file", () => {
  expect(kronor(summor)).toBe(9000);
  expect(found(summor, "summa_sager_mer").map(([fil]) => fil)).toEqual(
    [0, 6, 7, 8].map((i) => `data/${i}/faktura.csv`),
  );
});

const blanksteg = all.given(
  "blanksteg",
  {
    "insats.csv": insats("blanksteg"),
    "forbund.csv": forbund,
    "faktura.csv": [
      ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
      ["blanksteg", "1", "f", "2023-01-01", "2023-03-31", "12\u00a0345,5O"],
    ],
  },
  {
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
);
test("a correction copied from the screen differs from the cell in the kind of space alone", () => {
  expect(kronor(blanksteg)).toBe(12345.5);
});

describe("what a spreadsheet program makes of ids and amounts", () => {
  const sheet = (rows: readonly (readonly Cell[])[]): Buffer =>
    workbook({ sheets: [{ name: "Blad1", rows }], formats: [14, "0.00E+00"] });
  const persons = (id: string, eaten: Cell, date: Cell): readonly (readonly Cell[])[] => [
    ["insats_id", "deltagar_id", "kon", "fodelsear", "startdatum"],
    [id, "007", "K", "1990", "2023-02-01"],
    [id, "P1", "K", "1990", "2023-02-01"],
    [id, "P1", "M", "1990", "2023-08-01"],
    [id, eaten, "K", "1990", "2023-02-01"],
    [id, date, "K", "1990", "2023-02-01"],
  ];
  const given = (id: string, name: string, content: Rows | Buffer): [string, Part] => [
    name,
    all.given(id, {
      "insats.csv": insats(id),
      "forbund.csv": forbund,
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        [id, "01", "AF", "arbetsförmedlingen"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        [id, "007", "2023-02-01", "samverkan"],
        [id, "maj-23", "2023-03-01", "samverkan"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        [id, "007", "1", "ja", "ja"],
        [id, "7", "01", "ja", "ja"],
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id"],
        [id, "007", "7"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "Belopp (tkr)"],
        ...["10", "12", "11", "12000"].map((belopp, i) => [id, `F${i}`, "f", "2023-01-01", "2023-03-31", belopp]),
      ],
      [name]: content,
    }),
  ];
  test.each([
    given("text", "deltagare.csv", persons("text", "2,02301E+11", "2023-03-05") as Rows),
    given("arbetsbok", "deltagare.xlsx", sheet(persons("arbetsbok", "2,02301E+11", styled(44990, 1)))),
  ])("is asked about in %s", (name, d) => {
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
  });
});
