import { beforeAll, describe, expect, test } from "vitest";
import { deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const table = (fil: string): Row => only(d.rows("leveranser"), { fil: `data/${fil}` });
const findings = (fil: string): Row[] => pick(d.rows("datakvalitet"), { fil: `data/${fil}` });
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "typ", "startdatum", "slutdatum"],
        ["i", "I", "strukturinriktad", "2020-01-01", "2020-12-31"],
        ["s", "Summor", null, "2020-01-01", "2020-12-31"],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "part.csv": "insats_id;part_id;namn;huvudman\ni;af;AF;arbetsformedlingen\ni;fk;FK;Forsakringskassan\n",
      "2023-05 Möte.csv": "INSATS-ID;Möte id;DATUM;Mötestyp;Väder\ni;1;2020-05-01;puls;sol\n",
      // only the headings tell
      "blandat.csv": "insats_id;mote_id;part_id;kallad;närvarande\ni;1;af;ja;ja\n",
      "Fakturor Q1.csv":
        'insats_id,faktura_id,förbund_id,från,till,belopp\ni,1,f,2020-01-01,2020-01-31,"1 000,50 kr"\n',
      "tabb.tsv": "insats_id\tfaktura_id\tforbund_id\tfran\ttill\tbelopp\ni\t2\tf\t2020-02-01\t2020-02-29\t10 kr\n",
      "Leverabel.txt": latin1("insats_id;leverabel_id;text;status\ni;l;Återrapport på översikt;klar\n"),
      "utf16/leverabel.csv": utf16("insats_id;leverabel_id;text;status\r\ni;l2;Åäö;ej klar\r\n"),
      "bom/leverabel.csv": '\ufeffinsats_id;leverabel_id;text;status\ni;l3;"två\nrader; och ""citat""";klar\n',
      "okänt.csv": "äpplen;päron\n1;2\n",
      // title rows, a blank row, total rows
      "summor/faktura.csv": [
        "Fakturor för år 2020",
        "",
        "insats_id;faktura_id;forbund_id;fran;till;belopp;anmarkning",
        "s;1;f;2020-01-01;2020-01-31;100 kr;",
        "s;2;f;2020-02-01;2020-02-29;200 kr;",
        "",
        "Delsumma;;;;;300 kr;",
        "s;Summa Konsult AB;f;2020-03-01;2020-03-31;50 kr;",
        "Summa;;;;;350 kr;",
        "Totalt;;;;;350 kr;",
        "varav moms;;;;;70 kr;",
        "",
      ].join("\n"),
      "felsumma/faktura.csv": [
        "insats_id;faktura_id;forbund_id;fran;till;belopp",
        "s;3;f;2020-01-01;2020-01-31;1 kr",
        "Summa;;;;;9 kr",
        "",
      ].join("\n"),
      "leverantor/part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["s", "x", "Summa Konsult AB", "annan"],
      ],
      // keys and references
      "nyckel/mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["s", 1, "2020-01-10", "puls"],
        ["s", 1, "2020-01-11", "styrgrupp"],
        ["s", 2, "2020-01-12", "puls"],
        ["s", 2, "2020-01-12", "puls"],
        ["finns-inte", 3, "2020-01-12", "puls"],
        ["s", null, "2020-01-12", "puls"],
      ],
      "ref/narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["s", 9, "x", "ja", "ja"],
        ["s", 2, "okand", "ja", "ja"],
        ["s", 2, "x", "ja", "ja"],
      ],
      "ref/arende.csv": [
        ["insats_id", "mote_id", "deltagar_id", "initierad_av"],
        ["s", 2, "ingen-vet", null],
        ["s", 2, "d2", "okand"],
        ["s", 7, "d3", null],
        ["s", 2, "d4", "x"],
      ],
      "ref/faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "part_id", "fran", "till", "timmar", "belopp"],
        ["s", 10, "okant", null, "2020-01-01", "2020-01-31", null, "1 kr"],
        ["s", 11, "f", "okand", "2020-01-01", "2020-01-31", null, "1 kr"],
        ["s", 12, null, null, "2020-01-01", "2020-01-31", null, "1 kr"],
        ["s", 13, null, null, "2020-01-01", "2020-01-31", null, null],
        ["s", 14, "f", null, "2020-01-01", "2020-01-31", 2, null],
      ],
      "kolumn/leverabel.csv": "insats_id;leverabel_id;status\ni;utan;klar\n",
      "ojamn/leverabel.csv": "insats_id;leverabel_id;text;status\ni;för;många;klar;celler;här\ni;få;celler\n",
    },
    pipelines: {
      "p.yaml": {
        insats: "*",
        mal: [
          { id: "puls", matt: "antal_moten", per: "hela", villkor: ">= 1", parametrar: { motestyp: "puls" } },
          { id: "narvaro", matt: "narvaroandel", per: "hela", villkor: ">= 1 %" },
        ],
      },
      "tolk.yaml": { insats: "i", mal: [] },
    },
  });
}, 60_000);

describe("a table's dataset", () => {
  test.each([
    ["2023-05 Möte.csv", "mote"],
    ["blandat.csv", "narvaro"],
    ["Fakturor Q1.csv", "faktura"],
    ["tabb.tsv", "faktura"],
    ["Leverabel.txt", "leverabel"],
    ["utf16/leverabel.csv", "leverabel"],
    ["bom/leverabel.csv", "leverabel"],
  ])("%s is %s", (fil, dataset) => {
    expect(table(fil)).toMatchObject({ dataset, lasta: 1, avvisade: 0 });
  });

  test("a table that is nothing known is reported", () => {
    expect(findings("okänt.csv")).not.toEqual([]);
  });

  test("an unknown column is reported and never an error", () => {
    const found = findings("2023-05 Möte.csv");
    expect(found.some((row) => JSON.stringify(row).includes("Väder"))).toBe(true);
    expect(found.map((row) => row.allvar)).not.toContain("fel");
  });

  test("every accepted row is in the results", () => {
    expect(only(d.rows("kostnadsandel"), { insats_id: "i", dimension: "insats" }).belopp_ore).toBe(101050);
    expect(only(d.rows("maluppfyllelse"), { insats_id: "i", mal_id: "narvaro" })).toMatchObject({
      taljare: 1,
      namnare: 1,
    });
  });

  test("encoding, separator and heading row are told", () => {
    expect(table("tabb.tsv").avgransare).toMatch(/^(\t|tab)$/);
    expect(table("Fakturor Q1.csv").avgransare).toBe(",");
    expect(table("summor/faktura.csv").rubrikrad).toBe(3);
    expect(table("Leverabel.txt").kodning).toMatch(/1252|latin/i);
  });
});

describe("totals", () => {
  test("rows that begin with Summa, Totalt, Delsumma or varav are left out", () => {
    expect(table("summor/faktura.csv")).toMatchObject({ lasta: 3, avvisade: 0 });
    const insats = only(d.rows("kostnadsandel"), { insats_id: "s", dimension: "insats" });
    expect(insats.belopp_ore).toBe(35100);
  });

  test("a supplier called Summa Konsult AB is data", () => {
    expect(table("leverantor/part.csv")).toMatchObject({ lasta: 1, overhoppade: 1 });
  });

  test("a total that its rows do not make is a finding", () => {
    expect(findings("felsumma/faktura.csv")).not.toEqual([]);
    expect(findings("summor/faktura.csv")).toEqual([]);
  });
});

describe("keys and references", () => {
  test("of two rows with one key and one content one counts; two that say unlike things in one sheet are refused", () => {
    const found = findings("nyckel/mote.csv").filter((row) => row.kod === "dubblett" || row.kod === "motstridig");
    expect(found.map((row) => [row.kod, row.cell])).toEqual([
      ["motstridig", "C2"],
      ["motstridig", "D2"],
      ["motstridig", "C3"],
      ["motstridig", "D3"],
      ["dubblett", "B5"],
    ]);
    expect(only(d.rows("maluppfyllelse"), { insats_id: "s", mal_id: "puls" }).taljare).toBe(1);
  });

  test("a row without its key and one about an unknown insats are quarantined", () => {
    const found = findings("nyckel/mote.csv").filter((row) => row.allvar === "fel");
    expect(found.map((row) => row.rad)).toEqual(expect.arrayContaining([6, 7]));
    expect(table("nyckel/mote.csv")).toMatchObject({ rader: 7, lasta: 1, avvisade: 4, overhoppade: 2 });
  });

  test.each([
    ["ref/narvaro.csv", [2, 3]],
    ["ref/arende.csv", [3, 4]],
    ["ref/faktura.csv", [2, 3, 4, 5]],
  ])("%s: unknown möte, part, förbund quarantine the row", (fil, rader) => {
    expect([...new Set(findings(fil).map((row) => row.rad))].sort()).toEqual(rader);
    expect(table(fil).avvisade).toBe(rader.length);
  });
});

describe("shape", () => {
  test("a file without a required column is not loaded and the column is named", () => {
    expect(table("kolumn/leverabel.csv").lasta).toBe(0);
    expect(JSON.stringify(findings("kolumn/leverabel.csv"))).toMatch(/text/i);
  });

  test("every record of every table ends in one place", () => {
    for (const row of d.rows("leveranser"))
      expect([row.fil, row.rader]).toEqual([
        row.fil,
        Number(row.lasta) + Number(row.avvisade) + Number(row.overhoppade),
      ]);
    expect(table("summor/faktura.csv").rader).toBe(11);
    expect(table("ojamn/leverabel.csv")).toMatchObject({ rader: 3, overhoppade: 1 });
  });

  test("a finding keeps file, row, cell, column, code and a sentence", () => {
    for (const row of d.rows("datakvalitet")) {
      expect(["fel", "varning"]).toContain(row.allvar);
      expect(row.kod).toMatch(/^[a-z_]+$/);
      expect(row.meddelande).toMatch(/^[A-ZÅÄÖ"”0-9].*[.?]$/s);
    }
  });
});
