// Rows of one key: alike they are one row, of unlike ones the later holds, and where none is later none counts. §1 of the contract.
import { beforeAll, describe, expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { traceFigure } from "../../src/lineage.ts";
import { type Cell, workbook } from "../corpus/workbook.ts";
import {
  type Cells,
  columns,
  type Delivery,
  type Folder,
  folder,
  only,
  type Pipeline,
  pick,
  type Row,
  type Rows,
} from "./delivery.ts";

const insatser = (...ids: string[]): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  ...ids.map((id): Cells => [id, `Insats ${id}`, "2022-01-01", "2024-12-31"]),
];
const moten = (...rows: Cells[]): Rows => [["insats_id", "mote_id", "datum", "motestyp", "status"], ...rows];
const fakturor = (...rows: Cells[]): Rows => [
  ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
  ...rows,
];
const line = (id: string, kr: number): Cells => ["set", id, "f", "lön", "2023-01-01", "2023-01-31", null, kr];
const sheets = (...named: [name: string, rows: Cell[][]][]): Buffer =>
  workbook({ sheets: named.map(([name, rows]) => ({ name, rows })) });

const measuring = (insats: string, ...matt: string[]): Pipeline => ({
  insats,
  kallor: [`../data/${insats}`],
  mal: matt.map((id) => ({ id, matt: id, per: "hela", villkor: ">= 0" })),
});
const counted = (d: Folder, insats: string, mal: string): unknown =>
  only(d.rows("maluppfyllelse"), { insats_id: insats, mal_id: mal }).taljare;
const found = (d: Folder, fil: string): Row[] => pick(d.rows("datakvalitet"), { fil: `data/${fil}` });
const places = (d: Folder, fil: string): unknown[][] =>
  columns(pick(d.rows("leveranser"), { fil: `data/${fil}` }), "rader", "lasta", "avvisade", "overhoppade");
const kronor = (d: Folder, insats: string): unknown =>
  only(d.rows("kostnadsandel"), { insats_id: insats, dimension: "insats" }).belopp_ore;

const korrigering = {
  ...{ fil: "ratt/mote.csv", cell: "C3", gammalt: "2023-02-02", nytt: "2023-02-01" },
  ...{ skal: "protokollet", datum: "2023-06-01" },
};

/** Each folder under `data` is a source of its own, with its own insats. */
const cases: Delivery = {
  files: {
    // A sheet a year; who goes on is carried over, and the later row has the end and the reason.
    "ark/insats.csv": insatser("ark"),
    "ark/deltagare.xlsx": sheets(
      [
        "2024",
        [
          ["insats_id", "deltagar_id", "startdatum", "slutdatum", "avslutsorsak"],
          ["ark", "A", "2023-02-01", "2024-03-01", "arbete"],
          ["ark", "B", "2023-03-01", "2024-04-01", null],
          ["ark", "E", "2024-05-01", "2024-09-30", null],
        ],
      ],
      [
        "2023",
        [
          ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
          ["ark", "A", "2023-02-01", null, "k"],
          ["ark", "B", "2023-03-01", "2023-12-31", "m"],
          ["ark", "C", "2023-04-01", "2023-10-01", "m"],
          ["ark", "C", "2023-04-01", "2023-10-01", "m"],
        ],
      ],
    ),
    // Two ledger exports that overlap in February, and an invoice of which one file has two equal lines.
    "bok/insats.csv": insatser("bok"),
    "bok/forbund.csv": [
      ["forbund_id", "namn"],
      ["f", "F"],
    ],
    "bok/2023-02-28 fakturor.csv": fakturor(
      ["bok", "1", "f", "lön", "2023-01-01", "2023-01-31", null, 100],
      ["bok", "2", "f", "hyra", "2023-02-01", "2023-02-28", null, 200],
      ["bok", "2", "f", "hyra", "2023-02-01", "2023-02-28", null, 200],
    ),
    "bok/2023-03-31 fakturor.csv": fakturor(
      ["bok", "2", "f", "hyra", "2023-02-01", "2023-02-28", null, 200],
      ["bok", "2", "f", "hyra", "2023-02-01", "2023-02-28", null, 200],
      ["bok", "2", "f", "hyra", "2023-02-01", "2023-02-28", null, 50],
      ["bok", "3", "f", "lön", "2023-03-01", "2023-03-31", 7, 400],
    ),
    "bok/2023-04-30 fakturor.csv": fakturor(
      ["bok", "3", "f", "lön", "2023-03-01", "2023-03-31", null, 400],
      ["bok", "4", "f", "lön", "2023-04-01", "2023-04-30", null, 800],
      ["bok", "1", "f", "arvode", "2023-01-01", "2023-01-31", null, 100],
    ),
    // Sets of lines: of 1 the later file's is within the other source's, of 2 neither file is later, of 4 one is within the other.
    "ett/insats.csv": insatser("set"),
    "ett/forbund.csv": [
      ["forbund_id", "namn"],
      ["f", "F"],
    ],
    "ett/2023-02-01 fakturor.csv": fakturor(
      ...[100, 100].map((kr) => line("1", kr)),
      ...[5, 6].map((kr) => line("2", kr)),
      ...[7, 7].map((kr) => line("4", kr)),
    ),
    "ett/2023-02-01 fler.csv": fakturor(...[8, 9].map((kr) => line("2", kr))),
    "ett/2023-03-01 fakturor.csv": fakturor(...[100, 90].map((kr) => line("1", kr))),
    "andra/2023-02-01 fakturor.csv": fakturor(line("4", 7), ...[100, 90, 1].map((kr) => line("1", kr))),
    // A correction under a new name; a row of the first file that cannot be read, and one that a mended file gives.
    "rad/insats.csv": insatser("rad"),
    "rad/2023-05-01 mote.csv": moten(
      ["rad", "1", "2023-02-01", "puls", null],
      ["rad", "2", "2023-02-02", "puls", "genomfört"],
      ["rad", "3", "32/13", "puls", null],
      ["rad", null, "2023-02-05", "puls", null],
    ),
    "rad/2023-06-01 mote rättad.csv": moten(
      ["rad", "2", "2023-02-09", "puls", "inställt"],
      ["rad", "3", "2023-02-03", "puls", null],
    ),
    // One sheet contradicts itself, and blank is no word against a status.
    "mot/insats.csv": insatser("mot"),
    "mot/mote.csv": moten(
      ["mot", "1", "2023-02-01", "puls", null],
      ["mot", "1", "2023-02-02", "puls", null],
      ["mot", "2", "2023-03-01", "puls", null],
      ["mot", "2", "2023-03-01", "puls", "inställt"],
      ["mot", "3", "2023-04-01", "puls", null],
    ),
    // Two sources for one insats.
    "en/insats.csv": [
      ["insats_id", "namn", "startdatum", "slutdatum", "modell"],
      ["tva", "Tvåan", "2022-01-01", "2024-12-31", "A"],
    ],
    "en/part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["tva", "p", "Parten", "kommun"],
    ],
    "en/2023-05-01 mote.csv": moten(["tva", "1", "2023-02-01", "puls", null], ["tva", "2", "2023-03-01", "puls", null]),
    "annan/insats.csv": [
      ["insats_id", "namn", "startdatum", "slutdatum", "modell"],
      ["tva", "Insats två", "2022-01-01", "2023-12-31", "B"],
    ],
    "annan/part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["tva", "p", "Part P", "region"],
    ],
    "annan/2023-06-01 mote.csv": moten(
      ["tva", "1", "2023-02-08", "puls", null],
      ["tva", "2", "2023-03-01", "puls", null],
    ),
    // Rows that are alike cell by cell and cannot be one: 3 + 2 are not 9, and no end comes before its start.
    "hop/2023-05-01 insats.csv": [
      ["insats_id", "namn", "startdatum", "slutdatum"],
      ["hop", "Hop", "2022-01-01", null],
      ["bak", "Bak", "2023-03-01", null],
    ],
    "hop/2023-06-01 insats.csv": [
      ["insats_id", "namn", "startdatum", "slutdatum"],
      ["hop", "Hop", null, "2023-12-31"],
      ["bak", "Bak", null, "2023-01-31"],
    ],
    "hop/2023-05-01 antal.csv": [
      ["insats_id", "fran", "till", "slag", "kvinnor", "man", "totalt"],
      ["hop", "2023", "2023-12-31", "nya", 3, 2, null],
      ["hop", "2022", "2022-12-31", "nya", 3, 2, null],
    ],
    "hop/2023-06-01 antal.csv": [
      ["insats_id", "fran", "till", "slag", "kvinnor", "man", "totalt"],
      ["hop", "2023", "2023-12-31", "nya", null, null, 9],
      ["hop", "2022", "2022-12-31", "nya", null, null, 5],
    ],
    // Rows that differ until the pipeline corrects one.
    "ratt/insats.csv": insatser("ratt"),
    "ratt/mote.csv": moten(["ratt", "1", "2023-02-01", "puls", null], ["ratt", "1", "2023-02-02", "puls", null]),
    // Of two sources the pipeline says which holds.
    "gammal/insats.csv": insatser("val"),
    "gammal/mote.csv": moten(["val", "1", "2023-02-01", "puls", null]),
    "ny/mote.csv": moten(["val", "1", "2023-02-02", "puls", null]),
  },
  pipelines: {
    "ark.yaml": measuring("ark", "avslutade_deltagare", "nya_deltagare"),
    "bok.yaml": measuring("bok", "fakturerat_belopp", "fakturerade_timmar"),
    "set.yaml": { ...measuring("set", "fakturerat_belopp"), kallor: ["../data/ett", "../data/andra"] },
    "rad.yaml": measuring("rad", "antal_moten"),
    "mot.yaml": measuring("mot", "antal_moten"),
    "tva.yaml": { ...measuring("tva", "antal_moten"), kallor: ["../data/en", "../data/annan"] },
    "hop.yaml": measuring("hop", "nya_deltagare"),
    "ratt.yaml": { ...measuring("ratt", "antal_moten"), korrigeringar: [korrigering] },
    "val.yaml": {
      ...measuring("val", "antal_moten"),
      kallor: ["../data/gammal", "../data/ny"],
      ersatter: { "gammal/mote.csv": "ny/mote.csv" },
    },
  },
};

describe("rows of one key", () => {
  let d: Folder;
  beforeAll(async () => {
    d = folder(cases);
    await d.run();
  });

  test("alike are one row: a yearly sheet that carries people over gets its end dates", () => {
    expect([counted(d, "ark", "avslutade_deltagare"), counted(d, "ark", "nya_deltagare")]).toEqual([4, 4]);
    // C stands twice in one sheet. B's two ends differ, and the sheet of 2024 is the later.
    expect(places(d, "ark/deltagare.xlsx")).toEqual([
      [5, 1, 0, 4],
      [4, 3, 0, 1],
    ]);
  });

  test("are passed over with one warning for each pair of tables, with how many and where", () => {
    const rows = found(d, "ark/deltagare.xlsx");
    expect(columns(rows, "blad", "kod", "allvar", "rad")).toEqual([
      ["2023", "kompletterad", "varning", 2],
      ["2023", "ersatt", "varning", 3],
      ["2023", "dubblett", "varning", 5],
    ]);
    expect(rows.map((row) => row.meddelande)).toEqual([
      expect.stringContaining("1 rad (C2) har samma nyckel som i data/ark/deltagare.xlsx, 2024"),
      expect.stringContaining(
        "(D3 Slutdatum ”2023-12-31” blev ”2024-04-01”) har samma nyckel som i data/ark/deltagare.xlsx, 2024",
      ),
      expect.stringContaining("1 rad (C5) har samma nyckel som i data/ark/deltagare.xlsx, 2023"),
    ]);
  });

  test("that overlap between ledger exports count once, and two equal lines of one file twice", () => {
    // 100 + 2 × 200 + 50 + 400 + 800, and 100 again under another kostnadsslag
    expect(kronor(d, "bok")).toBe(185_000);
    expect(counted(d, "bok", "fakturerade_timmar")).toBe(7);
    expect(places(d, "bok/2023-02-28 fakturor.csv")).toEqual([[4, 1, 0, 3]]);
    expect(places(d, "bok/2023-04-30 fakturor.csv")).toEqual([[4, 2, 0, 2]]);
    expect(columns(found(d, "bok/2023-02-28 fakturor.csv"), "kod", "rad")).toEqual([["dubblett", 3]]);
    expect(columns(found(d, "bok/2023-04-30 fakturor.csv"), "kod", "rad", "allvar")).toEqual([
      ["kompletterad", 2, "varning"],
      ["faktura_annan_nyckel", 4, "varning"],
    ]);
  });

  test("that are lines are compared as the whole sets of their files", () => {
    // 100 + 90 + 1, and 7 + 7; neither 5 + 6 nor 8 + 9
    expect(kronor(d, "set")).toBe(20_500);
    expect(
      columns(pick(d.rows("datakvalitet"), { kod: "motstridig", fil: "data/ett/2023-02-01 fakturor.csv" }), "rad"),
    ).toEqual([[4], [5]]);
    const [row] = pick(found(d, "ett/2023-02-01 fler.csv"), { kod: "motstridig" });
    expect(row?.meddelande).toContain(
      "2 rader på 11,00 kr i data/ett/2023-02-01 fakturor.csv A4, 2 rader på 17,00 kr i data/ett/2023-02-01 fler.csv A2.",
    );
    const [changed] = pick(found(d, "ett/2023-02-01 fakturor.csv"), { kod: "ersatt" });
    expect(changed?.meddelande).toContain("2 rader på 200,00 kr blev 3 rader på 191,00 kr");
  });

  test("that differ are what the later received file says, and a refused row that it gives is settled", () => {
    // 1 and 3 are held, 2 was cancelled; the row without an id is nobody's, and stays refused.
    expect(counted(d, "rad", "antal_moten")).toBe(2);
    expect(places(d, "rad/2023-05-01 mote.csv")).toEqual([[5, 1, 2, 2]]);
    expect(places(d, "rad/2023-06-01 mote rättad.csv")).toEqual([[3, 2, 0, 1]]);
    const rows = found(d, "rad/2023-05-01 mote.csv");
    expect(columns(rows, "rad", "kod", "allvar")).toEqual([
      [3, "ersatt", "varning"],
      [4, "ersatt", "varning"],
      [4, "ogiltigt_datum", "fel"],
      [5, "varde_saknas", "fel"],
    ]);
    expect(rows[0]?.meddelande).toContain("Datum ”2023-02-02” blev ”2023-02-09”");
  });

  test("that differ where none is later are all refused, with what differs and where; a blank differs from nothing", () => {
    expect(counted(d, "mot", "antal_moten")).toBe(1);
    expect(places(d, "mot/mote.csv")).toEqual([[6, 2, 2, 2]]);
    const rows = pick(found(d, "mot/mote.csv"), { kod: "motstridig" });
    expect(columns(rows, "cell", "varde", "allvar")).toEqual([
      ["C2", "2023-02-01", "fel"],
      ["C3", "2023-02-02", "fel"],
    ]);
    for (const { meddelande } of rows) {
      expect(meddelande).toContain(
        "Datum är ”2023-02-01” i data/mot/mote.csv C2, ”2023-02-02” i data/mot/mote.csv C3.",
      );
      // One file cannot replace itself.
      expect(meddelande).not.toContain("ersatter");
    }
  });

  test("of two sources are refused where they differ, however much later one is, and one where they do not", () => {
    expect(counted(d, "tva", "antal_moten")).toBe(1);
    for (const fil of ["en/2023-05-01 mote.csv", "annan/2023-06-01 mote.csv"]) {
      const [row] = pick(found(d, fil), { kod: "motstridig" });
      expect(row).toMatchObject({ rad: 2, kolumn: "Datum" });
      expect(row?.meddelande).toContain("(ersatter)");
    }
    expect(places(d, "en/2023-05-01 mote.csv")).toEqual([[3, 1, 1, 1]]);
    expect(places(d, "annan/2023-06-01 mote.csv")).toEqual([[3, 0, 1, 2]]);
  });

  test("that others refer to are never set aside: names may differ, and of another column the cell is missing", () => {
    const rows = pick(d.rows("datakvalitet"), { kod: "motsagd_cell" });
    expect(columns(rows, "fil", "cell", "kolumn", "varde", "allvar")).toEqual([
      ["data/annan/insats.csv", "D2", "Slutdatum", "2023-12-31", "fel"],
      ["data/annan/part.csv", "D2", "Huvudman", "region", "fel"],
      ["data/en/insats.csv", "D2", "Slutdatum", "2024-12-31", "fel"],
      ["data/en/part.csv", "D2", "Huvudman", "kommun", "fel"],
    ]);
    expect(places(d, "annan/insats.csv")).toEqual([[2, 1, 0, 1]]);
    expect(places(d, "en/part.csv")).toEqual([[2, 0, 0, 2]]);
  });

  test("give way to the later row whole where one row of them fails its own checks", () => {
    // 2022 is 3 + 2 = 5 in both; for 2023 the later file's 9 holds alone.
    expect(counted(d, "hop", "nya_deltagare")).toBe(14);
    expect(columns(found(d, "hop/2023-05-01 insats.csv"), "kod", "rad")).toEqual([["ersatt", 3]]);
    expect(columns(found(d, "hop/2023-06-01 insats.csv"), "kod", "rad")).toContainEqual(["kompletterad", 2]);
    expect(columns(found(d, "hop/2023-05-01 antal.csv"), "kod", "rad")).toEqual([["ersatt", 2]]);
    expect(places(d, "hop/2023-06-01 antal.csv")).toEqual([[3, 1, 0, 2]]);
  });

  test("are all in one place", () => {
    for (const row of d.rows("leveranser"))
      expect(Number(row.rader)).toBe(Number(row.lasta) + Number(row.avvisade) + Number(row.overhoppade));
  });

  test("are traced: a cell that fills another row is counted, a row that is passed over is left out with the reason", async () => {
    const db = await open(d.path("out", "internt", "finsam.duckdb"), "read");
    const { resultat_id: id } = only(d.rows("maluppfyllelse"), { insats_id: "ark", mal_id: "avslutade_deltagare" });
    const { rader } = await traceFigure(db, String(id));
    db.close();
    const own = rader.map(({ blad, cell, roll, skal }) => [blad, cell, roll, skal]);
    expect(own).toContainEqual(["2023", "A2", "utesluten", "samma rad som en annan"]);
    expect(own).toContainEqual(["2023", "A5", "utesluten", "lika en rad som räknas"]);
    expect(own).toContainEqual(["2023", "A3", "utesluten", "ersatt av en rad med samma nyckel"]);
  });

  test("are those of the source that the pipeline says replaces the other", () => {
    expect(counted(d, "val", "antal_moten")).toBe(1);
    for (const fil of ["gammal/insats.csv", "gammal/mote.csv", "ny/mote.csv"])
      expect(pick(found(d, fil), { allvar: "fel" })).toEqual([]);
  });

  test("are the same rows in a second run, and of files and sources in another order", async () => {
    const first = d.bytes("out/internt");
    await d.run();
    for (const [file, bytes] of d.bytes("out/internt"))
      if (file.endsWith(".json")) expect([file, first.get(file)?.equals(bytes)]).toEqual([file, true]);
    const turned = folder({
      files: Object.fromEntries(Object.entries(cases.files).reverse()),
      pipelines: {
        ...cases.pipelines,
        "tva.yaml": { ...measuring("tva", "antal_moten"), kallor: ["../data/annan", "../data/en"] },
      },
    });
    await turned.run();
    expect(turned.rows("maluppfyllelse")).toEqual(d.rows("maluppfyllelse"));
    expect(turned.rows("leveranser")).toEqual(d.rows("leveranser"));
  });

  test("are one where a correction makes them alike, and the latest version holds without it", async () => {
    expect(counted(d, "ratt", "antal_moten")).toBe(1);
    expect(columns(found(d, "ratt/mote.csv"), "cell", "kod")).toEqual([
      ["B3", "dubblett"],
      ["C3", "korrigerad"],
    ]);
    d.write(
      "ratt/mote.csv",
      moten(["ratt", "1", "2023-02-02", "puls", null], ["ratt", "2", "2023-02-03", "puls", null]),
    );
    d.pipeline("ratt.yaml", measuring("ratt", "antal_moten"));
    await d.run({ today: "2025-01-02", pipelines: "ratt.yaml" });
    expect(counted(d, "ratt", "antal_moten")).toBe(2);
    expect(places(d, "ratt/mote.csv")).toEqual([[3, 2, 0, 1]]);
  });
});

describe("a file that the pipeline says replaces another", () => {
  const made = (ersatter: Record<string, unknown>): Folder =>
    folder({
      files: {
        "2023-01-01 insats.csv": insatser("i"),
        "2023-05-01 mote.csv": moten(["i", "1", "2023-02-01", "puls", null], ["i", "2", "2023-02-02", "puls", null]),
        "2023-06-01 moten.csv": moten(["i", "2", "2023-02-09", "puls", null], ["i", "3", "2023-02-03", "puls", null]),
      },
      pipelines: {
        "p.yaml": { insats: "i", ersatter, mal: [{ id: "m", matt: "antal_moten", per: "hela", villkor: ">= 0" }] },
      },
    });
  const held = (d: Folder): unknown => only(d.rows("maluppfyllelse"), { mal_id: "m" }).taljare;

  test("puts all its rows aside from the day that it was received, and not before", async () => {
    const d = made({ "2023-06-01 moten.csv": "2023-05-01 mote.csv" });
    await d.run();
    // Möte 1 stood in the old file alone.
    expect(held(d)).toBe(2);
    const [old, other] = ["2023-05-01 mote.csv", "2023-06-01 moten.csv"].map((fil) =>
      only(d.rows("leveranser"), { fil: `data/${fil}` }),
    );
    expect(old).toMatchObject({ rader: 3, lasta: 0, avvisade: 0, overhoppade: 3, ersatter: null });
    expect(other).toMatchObject({ rader: 3, lasta: 2, ersatter: old?.sha256 });
    expect(d.rows("datakvalitet")).toMatchObject([
      { kod: "ersatt_fil", fil: "data/2023-05-01 mote.csv", allvar: "varning" },
    ]);
    await d.run({ asOf: "2023-05-31" });
    expect(held(d)).toBe(2);
    expect(columns(d.rows("leveranser"), "fil", "lasta")).toContainEqual(["data/2023-05-01 mote.csv", 2]);
    expect(d.rows("datakvalitet")).toEqual([]);
    await d.run({ asOf: "2023-06-01" });
    expect(columns(d.rows("leveranser"), "fil", "lasta")).toContainEqual(["data/2023-05-01 mote.csv", 0]);
  });

  test.each([
    ["that never came", { "moten.csv": "2023-05-01 mote.csv" }, /ersatter: moten\.csv: no such file has come/],
    [
      "of which each would replace the other",
      { "2023-06-01 moten.csv": "2023-05-01 mote.csv", "2023-05-01 mote.csv": "2023-06-01 moten.csv" },
      /it would replace itself/,
    ],
  ])("is refused with the line in the pipeline file: one %s", async (_, ersatter, what) => {
    await expect(made(ersatter).run()).rejects.toThrow(what);
  });
});
