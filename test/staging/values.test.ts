// Cells as offices write them: what is read of a file, and the reason that each refusal gives.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspect } from "../../src/inspect.ts";
import type { Inspected } from "../../src/schema/inspected.ts";
import { columns, deliver, type Folder, only } from "../contract/delivery.ts";
import { type Cell, styled, workbook } from "../corpus/workbook.ts";

const folder = mkdtempSync(join(tmpdir(), "finsam-values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = async (name: string, content: string | Buffer): Promise<Inspected> => {
  const path = join(folder, name);
  writeFileSync(path, content);
  const [table] = await inspect(path);
  if (!table) throw new Error(`no table: ${name}`);
  return table;
};

/** What was read under some headings, row by row. */
const values = ({ rader }: Inspected, ...headings: string[]): unknown[][] =>
  rader.map(({ varden }) => headings.map((heading) => varden[heading]));
const codes = ({ avvisade }: Inspected): unknown[][] =>
  avvisade
    .toSorted((a, b) => (a.rad ?? 0) - (b.rad ?? 0) || String(a.cell).localeCompare(String(b.cell)))
    .map(({ cell, kod, allvar }) => [cell, kod, allvar]);

describe("the period of a row", () => {
  const invoices = (rows: readonly string[]): string =>
    `insats_id;faktura_id;fran;till;timmar\n${rows.map((row, i) => `i;${i};${row};1\n`).join("")}`;

  test("is from the first day of what fran says to the last of what till says; a blank till is the end of fran's period", async () => {
    const table = await read(
      "faktura.csv",
      invoices([
        "2023-01;2023-01",
        "jan 2023;feb 2023",
        "2023;2023",
        "202303;202303",
        "2023Q1;",
        "T2 2023;",
        "HT23;",
        "v. 5 2023;",
        "2023-01 till 2023-03;",
        "17 feb 2023;17 feb 2023",
      ]),
    );
    expect(codes(table)).toEqual([]);
    expect(values(table, "fran", "till")).toEqual([
      ["2023-01-01", "2023-01-31"],
      ["2023-01-01", "2023-02-28"],
      ["2023-01-01", "2023-12-31"],
      ["2023-03-01", "2023-03-31"],
      ["2023-01-01", "2023-03-31"],
      ["2023-05-01", "2023-08-31"],
      ["2023-07-01", "2023-12-31"],
      ["2023-01-30", "2023-02-05"],
      ["2023-01-01", "2023-03-31"],
      ["2023-02-17", "2023-02-17"],
    ]);
  });
  test("of a day without till is not guessed, and each other refusal gives its own reason", async () => {
    const table = await read(
      "faktura.csv",
      invoices(["2023-01-01;", "2023-W53;", "i våras;2023", "2023-02-30;2023", "02/03/2023;2023", "1823;1823-01-01"]),
    );
    expect(codes(table)).toEqual([
      ["D2", "varde_saknas", "fel"],
      ["C3", "datum_finns_ej", "fel"],
      ["D3", "datum_finns_ej", "fel"],
      ["C4", "ogiltig_period", "fel"],
      ["C5", "datum_finns_ej", "fel"],
      ["C6", "tvetydigt_datum", "fel"],
      ["C7", "ogiltig_period", "fel"],
      ["D7", "datum_utanfor", "fel"],
    ]);
  });
  test("in six digits is a day where every cell of the column is one, else a month", async () => {
    const days = await read("faktura.csv", invoices(["201203;201210", "201204;201231"]));
    expect(values(days, "fran", "till")).toEqual([
      ["2020-12-03", "2020-12-10"],
      ["2020-12-04", "2020-12-31"],
    ]);
    const months = await read("faktura.csv", invoices(["201203;201210", "2012-04;201212"]));
    expect(values(months, "fran", "till")).toEqual([
      ["2012-03-01", "2020-12-10"],
      ["2012-04-01", "2020-12-12"],
    ]);
  });
  test("in a workbook is the month of a date shown without its day, a number that is a year or a month, else a serial", async () => {
    const rows: Cell[][] = [
      [styled(44927, 1), styled(44958, 1)],
      [2023, 2023],
      [202301, 202302],
      [44927, 44985],
      [styled(44974, 2), styled(44985, 2)],
    ];
    const table = await read(
      "faktura.xlsx",
      workbook({
        sheets: [
          {
            name: "Faktura",
            rows: [["insats_id", "faktura_id", "fran", "till", "timmar"], ...rows.map((row, i) => ["i", i, ...row, 1])],
          },
        ],
        formats: ["mmm\\-yy", "yyyy\\-mm\\-dd h:mm"],
      }),
    );
    expect(values(table, "fran", "till")).toEqual([
      ["2023-01-01", "2023-02-28"],
      ["2023-01-01", "2023-12-31"],
      ["2023-01-01", "2023-02-28"],
      ["2023-01-01", "2023-02-28"],
      ["2023-02-17", "2023-02-28"],
    ]);
  });
});

test("a date is read where it has one reading, in one column; a birth date gives its year", async () => {
  const table = await read(
    "deltagare.csv",
    `insats_id;deltagar_id;kon;startdatum;fodelsear
i;1;K;13/02/2025;1991-04-30
i;2;K;24.01.2025;30 april 1991
i;3;K;24/1/2025;1991
i;4;M;2025-1-9;
i;5;M;24-jan-25;
i;6;M;20250109;
i;7;M;2025-03-02 00:00:00;
i;8;M;maj 2025;550101
`,
  );
  expect(values(table, "startdatum", "fodelsear")).toEqual([
    ["2025-02-13", 1991],
    ["2025-01-24", 1991],
    ["2025-01-24", 1991],
    ["2025-01-09", null],
    ["2025-01-24", null],
    ["2025-01-09", null],
    ["2025-03-02", null],
  ]);
  expect(codes(table)).toEqual([
    ["D9", "period_ej_dag", "fel"],
    ["E9", "ogiltigt_ar", "fel"],
  ]);
});

describe("amounts and hours", () => {
  test("of a workbook's number cells are rounded half away from zero with one warning a column; a text is not", async () => {
    const rows: Cell[][] = [
      [101.25, 46119.375],
      [100 / 3, 1234.5],
      [styled(1.5, 1), -0.125],
      [styled(0.0625, 2), "46119,375"],
    ];
    const table = await read(
      "faktura.xlsx",
      workbook({
        sheets: [
          {
            name: "Faktura",
            rows: [
              ["insats_id", "faktura_id", "forbund_id", "fran", "till", "timmar", "belopp"],
              ...rows.map((row, i) => ["i", i, "f", "2023-01-01", "2023-01-31", ...row]),
            ],
          },
        ],
        formats: ["[h]:mm", "h:mm"],
      }),
    );
    expect(values(table, "timmar", "belopp")).toEqual([
      [101.25, 4611938],
      [33.333333, 123450],
      [36, -13],
    ]);
    expect(codes(table)).toEqual([
      ["G2", "avrundat_tal", "varning"],
      ["F3", "avrundat_tal", "varning"],
      ["G5", "ej_hela_oren", "fel"],
    ]);
    expect(table.avvisade.find(({ cell }) => cell === "G2")?.meddelande).toContain("2 celler");
  });
  test("1:30 and 1h 30min are one and a half hour, 1,30 is not; a unit of another kind is named", async () => {
    const table = await read(
      "faktura.csv",
      "insats_id;faktura_id;fran;till;timmar\n" +
        ["1:30", "1h 30min", "1,30", "7,5 tim", "12 kr", "0,1234567"]
          .map((written, i) => `i;${i};2023;2023;${written}\n`)
          .join(""),
    );
    expect(values(table, "timmar").flat()).toEqual([1.5, 1.5, 1.3, 7.5]);
    expect(codes(table)).toEqual([
      ["E6", "annan_enhet", "fel"],
      ["E7", "for_manga_decimaler", "fel"],
    ]);
  });
});

describe("words", () => {
  test("that are hidden counts are unknown, never 0: the row is loaded if another count says what it needs", async () => {
    const table = await read(
      "deltagarantal.csv",
      "insats_id;fran;till;kvinnor;man;totalt\ni;2021;2021;<5;X;12\ni;2022;2022;(s);7;\ni;2023;2023;<5;;\n",
    );
    expect(values(table, "kvinnor", "man", "totalt")).toEqual([
      [null, null, 12],
      [null, 7, null],
    ]);
    expect(codes(table)).toEqual([
      ["D2", "dolt_antal", "varning"],
      ["E2", "dolt_antal", "varning"],
      ["D3", "dolt_antal", "varning"],
      ["D4", "inget_varde", "fel"],
    ]);
    const needed = await read(
      "deltagarutfall.csv",
      "insats_id;fran;till;variabel;varde;antal\ni;2021;2021;utbildning;gymnasium;<5\n",
    );
    expect(codes(needed)).toEqual([["F2", "dolt_antal_behovs", "fel"]]);
  });
  test("for what nobody stated are missing, but an answer is what is said", async () => {
    const table = await read(
      "enkat.csv",
      `insats_id;enkat_id;grupp;fraga;svar;antal;utskick\n${["vet ej", "-", "n/a", "…", "i.u.", "--"].map((word) => `i;e;${word};f;${word};1;${word}\n`).join("")}`,
    );
    expect(values(table, "grupp", "svar", "utskick")).toEqual(
      ["vet ej", "-", "n/a", "…", "i.u.", "--"].map((word) => [null, word, null]),
    );
  });
  test("of a closed list that are not known are loaded as unknown, with the nearest word in a finding", async () => {
    const table = await read(
      "mote.csv",
      "insats_id;mote_id;datum;motestyp;status\ni;1;2023-01-01;puls;genomförtt\ni;2;2023-01-01;puls;kanske\ni;3;2023-01-01;puls;\n",
    );
    expect(values(table, "status").flat()).toEqual([null, null, "genomfort"]);
    expect(
      table.avvisade.map(({ cell, kod, allvar, meddelande }) => [
        cell,
        kod,
        allvar,
        /Menas (.*?)\?/.exec(meddelande)?.[1],
      ]),
    ).toEqual([
      ["E2", "okant_ord", "varning", "genomfört"],
      ["E3", "okant_ord", "varning", undefined],
    ]);
  });
  test("of a key that are not known are two rows where they differ", async () => {
    const table = await read(
      "deltagarantal.csv",
      "insats_id;fran;till;slag;totalt\ni;2023;2023;Väntelista;3\ni;2023;2023;Avhopp;4\n",
    );
    expect(values(table, "slag", "totalt")).toEqual([
      ["vantelista", 3],
      ["avhopp", 4],
    ]);
  });
});

describe("a delivery", () => {
  let d: Folder;
  const kon = [
    ...["Okänd", "Okänt", "okänt kön", "Annat", "Vill ej uppge", "Uppgift saknas", "", "Icke-binär"],
    ...["Kv", "Kvinnor", "Flicka", "F", "M", "Herr", "T", "Totalt", "1", "2"],
  ];
  beforeAll(async () => {
    d = await deliver(
      {
        files: {
          "insats.csv": [
            ["insats_id", "namn", "startdatum", "slutdatum"],
            ["i", "I", "2025-01-01", "2025-12-31"],
            ["j", "J", "2022-01-01", "2022-12-31"],
          ],
          "forbund.csv": [
            ["forbund_id", "namn"],
            ["f", "F"],
          ],
          "deltagare.csv": [
            ["insats_id", "deltagar_id", "kon", "startdatum"],
            ...kon.map((written, i) => ["i", `G${i}`, written, "2025-01-10"]),
          ],
          "igen/deltagare.csv": [
            ["insats_id", "deltagar_id", "kon", "fodelsear", "startdatum"],
            ["j", "007", "K", 1980, "2022-01-10"],
            ["j", "7", "M", 1970, "2022-01-10"],
            ["j", "7", "K", 1971, "2022-05-10"],
            ["j", "2,02301E+11", "K", 1980, "2022-01-10"],
            ["j", "2022-05-07", "K", 1980, "2022-01-10"],
          ],
          "faktura.csv": [
            ["insats_id", "faktura_id", "forbund_id", "fran", "till", "Belopp (tkr)"],
            ...["12,5", "14", "11", "12 500", "9", "12 000 kr"].map((written, i) => [
              "j",
              `F${i}`,
              "f",
              "2022-01",
              "2022-01",
              written,
            ]),
          ],
          "deltagarutfall.csv": [
            ["insats_id", "fran", "till", "variabel", "varde", "antal"],
            ...[
              ["sysselsattning_efter", "förvärvsarbete", 20],
              ["sysselsattning_efter", "jobb", 7],
              ["sysselsattning_efter", "arbete/studier", 9],
              ["sysselsattning_efter", "arbetssökande", 40],
              ["sysselsattning_efter", "vet ej", 2],
              ["sysselsattning efter", "arbete", 99],
              ["stegforflyttning", "ett steg", 5],
            ].map((row) => ["j", "2022", "2022", ...row]),
          ],
        },
        pipelines: {
          "alla.yaml": {
            insats: "*",
            mal: [{ id: "nya", matt: "nya_deltagare", per: "hela", villkor: ">= 1" }],
          },
        },
      },
      { today: "2025-12-31" },
    );
  }, 60_000);
  const found = (fil: string): unknown[][] =>
    d
      .rows("datakvalitet")
      .filter((row) => row.fil === `data/${fil}`)
      .map(({ cell, kod, allvar }) => [cell, kod, allvar]);

  test("counts every deltagare whatever is written as kön; what is blank or no known word is okänt, and a finding", () => {
    expect(only(d.rows("maluppfyllelse"), { insats_id: "i", mal_id: "nya" }).taljare).toBe(kon.length);
    expect(columns(d.rows("konsfordelning"), "insats_id", "kvinnor", "man", "okant")[0]).toEqual(["i", 4, 2, 12]);
    expect(found("deltagare.csv")).toEqual([
      ["C7", "tomt_ord", "varning"],
      ["C8", "tomt_ord", "varning"],
      ["C16", "okant_ord", "varning"],
      ["C17", "okant_ord", "varning"],
      ["C18", "okant_ord", "varning"],
      ["C19", "okant_ord", "varning"],
    ]);
  });
  test("whose ids differ by zeros alone, or were made something else by a spreadsheet, or whose person has two sexes, is asked about", () => {
    expect(found("igen/deltagare.csv")).toEqual([
      ["B2", "id_liknar", "varning"],
      ["C4", "olika_person", "varning"],
      ["D4", "olika_person", "varning"],
      ["E4", "samtidiga_deltaganden", "varning"],
      ["B5", "omgjort_id", "varning"],
      ["B6", "omgjort_id", "varning"],
    ]);
  });
  test("with kronor under a heading in tkr is asked about, unless the cell says kr", () => {
    expect(found("faktura.csv")).toEqual([["F5", "tusenfalt_belopp", "varning"]]);
  });
  test("with outcomes that no list has, or a variable nearly called as a measured one, names each", () => {
    expect(found("deltagarutfall.csv")).toEqual([
      ["E3", "okant_ord", "varning"],
      ["E4", "okant_ord", "varning"],
      ["D7", "okant_ord", "varning"],
    ]);
    expect(only(d.rows("datakvalitet"), { fil: "data/deltagarutfall.csv", cell: "D7" }).meddelande).toContain(
      "sysselsattning_efter",
    );
  });
});
