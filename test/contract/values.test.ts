import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

// How a cell is read: one insats per case, seen in the results.
let d: Folder;

const amounts: [string, number][] = [
  ["1", 100],
  ["125.000,75", 12500075],
  ["125 000,75", 12500075],
  ["125\u00a0000,75 kr", 12500075],
  ["125\u202f000,75 kr", 12500075],
  ["125'000,75", 12500075],
  ["1.234.567", 123456700],
  ["1 234", 123400],
  ["1,5", 150],
  ["1,50", 150],
  ["1.50", 150],
  ["12,3 tkr", 1230000],
  ["300 tkr", 30000000],
  ["1,25 mkr", 125000000],
  ["0,001 mkr", 100000],
  ["-50 kr", -5000],
  ["−50 kr", -5000],
  ["100kr", 10000],
  ["100 KR", 10000],
  ["4 103 360 kr", 410336000],
  ["90071992547409,91", 9007199254740991],
];
const refusedAmounts = [
  "1.234",
  "1,234",
  "12,345",
  "125.000",
  "0,005",
  "1,2,3",
  "12 34",
  "tio",
  "1e3",
  "5 %",
  "10 kr/h",
];

const dates: [string, string][] = [
  ["2023-02-17", "2023-02-17"],
  ["17 feb 2023", "2023-02-17"],
  ["17 februari 2023", "2023-02-17"],
  ["1 maj 2020", "2020-05-01"],
  ["17/2-23", "2023-02-17"],
  ["17/2 2023", "2023-02-17"],
  ["230217", "2023-02-17"],
  ["20230217", "2023-02-17"],
  ["690101", "1969-01-01"],
  ["681231", "2068-12-31"],
  ["000229", "2000-02-29"],
  ["2024-02-29", "2024-02-29"],
  ["1900-01-01", "1900-01-01"],
  ["2100-12-31", "2100-12-31"],
];
const refusedDates = [
  "02/03/2023",
  "2023-02-29",
  "2023-13-01",
  "1899-12-31",
  "2101-01-01",
  "31 juni 2023",
  "230230",
  "45000",
  "i våras",
];

const missing = ["", "-", "..", "uppgift saknas", "Uppgift saknas"];
const yes = ["ja", "j", "x", "1", "sant", "true", "Ja", "JA", "X", "True"];
const no = ["nej", "n", "0", "falskt", "false", "Nej", "NEJ", "False"];

const headings: [string, string, number][] = [
  ["belopp (kr)", "12", 1200],
  ["belopp (tkr)", "12", 1200000],
  ["Belopp, tkr", "12,5", 1250000],
  ["Belopp mkr", "1,5", 150000000],
  ["Belopp (tusen kr)", "12", 1200000],
  ["Belopp, tusental kronor", "12", 1200000],
  ["Belopp tsek", "12", 1200000],
  ["Belopp (ksek)", "12", 1200000],
  ["Belopp msek", "1,5", 150000000],
  ["Belopp (miljoner kronor)", "1,5", 150000000],
];

const id = (kind: string, i: number): string => `${kind}-${i}`;
const finding = (file: string, rad: number): Row[] =>
  d.rows("datakvalitet").filter((row) => row.fil === `data/${file}` && row.rad === rad);

beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn"],
          ...amounts.map((_, i): Cells => [id("belopp", i), "Belopp"]),
          ...refusedAmounts.map((_, i): Cells => [id("fel", i), "Fel"]),
          ...headings.map((_, i): Cells => [id("rubrik", i), "Rubrik"]),
          ["janej", "Ja och nej"],
          ["datumfel", "Datum"],
          ["tomt", "Tomt"],
          ["regler", "Regler"],
        ],
        "datum/insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...dates.map(([written], i): Cells => [id("datum", i), "Datum", written, "2100-12-31"]),
        ],
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
          ["finsam-å", "Förbundet"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["janej", "af", "AF", "arbetsformedlingen"],
          ["janej", "fk", "FK", "Försäkringskassan"],
          ["regler", "p", "P", "annan"],
        ],
        "faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
          ...amounts.map(([written], i): Cells => [id("belopp", i), 1, "f", "2020-01-01", "2020-01-31", written]),
        ],
        "fel/faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
          ...refusedAmounts.map((written, i): Cells => [id("fel", i), 1, "f", "2020-01-01", "2020-01-31", written]),
        ],
        "tomt/faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "fran", "till", "timmar", "belopp"],
          ...missing.map((written, i): Cells => ["tomt", i, "f", "2020-01-01", "2020-01-31", "1", written]),
        ],
        ...Object.fromEntries(
          headings.map(([heading, written], i) => [
            `rubrik${i}/faktura.csv`,
            [
              ["insats_id", "faktura_id", "forbund_id", "fran", "till", heading],
              [id("rubrik", i), 1, "f", "2020-01-01", "2020-01-31", written],
            ],
          ]),
        ),
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ...[...yes, ...no, "", "kanske"].map((_, i): Cells => ["janej", i, "2023-01-10", "samverkan"]),
        ],
        "datumfel/mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ...refusedDates.map((written, i): Cells => ["datumfel", i, written, "puls"]),
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ...yes.map((written, i): Cells => ["janej", i, "af", "ja", written]),
          ...no.map((written, i): Cells => ["janej", yes.length + i, "af", "ja", written]),
          ["janej", yes.length + no.length, "af", "ja", ""],
          ["janej", yes.length + no.length + 1, "af", "ja", "kanske"],
        ],
        "deltagarantal.csv": [
          ["insats_id", "fran", "till", "kvinnor", "man", "totalt"],
          ["regler", "2020-01-01", "2020-12-31", -1, 2, null],
          ["regler", "2020-12-31", "2020-01-01", 1, 2, null],
          ["regler", "2021-01-01", "2021-12-31", 1, 2, 4],
          ["regler", "2022-01-01", "2022-12-31", "..", "-", null],
          ["regler", "2023-01-01", "2023-12-31", 1, 2, 3],
          ["regler", "2024-01-01", "2024-12-31", "1,5", 2, null],
        ],
        "bemanning.csv": [
          ["insats_id", "part_id", "roll", "fran", "till", "omfattning"],
          ["regler", "p", "a", "2020-01-01", "2020-12-31", "1,1"],
          ["regler", "p", "b", "2020-01-01", "2020-12-31", "-0,1"],
          ["regler", "p", "c", "2020-01-01", "2020-12-31", "50 %"],
          ["regler", "p", "d", "2020-01-01", "2020-12-31", "1"],
          ["regler", "p", "e", "2020-12-31", "2020-01-01", "1"],
          ["regler", "p", "f", "2020-01-01", "2020-01-01", "0"],
        ],
      },
      pipelines: {
        "alla.yaml": {
          insats: "*",
          mal: [
            { id: "narvaro", matt: "narvaroandel", per: "hela", villkor: ">= 85 %" },
            { id: "kostnad", matt: "fakturerat_belopp", per: "hela", villkor: "<= 12 kr" },
            { id: "moten", matt: "antal_moten", per: "hela", villkor: ">= 1" },
          ],
        },
      },
    },
    { today: "2101-06-01" },
  );
}, 60_000);

describe("money", () => {
  test.each(amounts.map(([written, ore], i) => [written, ore, i] as const))("%j is %i öre", (_, ore, i) => {
    const row = only(d.rows("kostnadsandel"), { insats_id: id("belopp", i), dimension: "insats" });
    expect(row.belopp_ore).toBe(ore);
  });

  test.each(refusedAmounts.map((written, i) => [written, i] as const))("%j is refused with a finding", (_, i) => {
    expect(pick(d.rows("kostnadsandel"), { insats_id: id("fel", i) })).toEqual([]);
    const [row] = finding("fel/faktura.csv", i + 2);
    expect(row).toMatchObject({ allvar: "fel", cell: `F${i + 2}` });
  });

  test.each([0, 1])("the ambiguous %i is refused with a question", (i) => {
    expect(finding("fel/faktura.csv", i + 2)[0]?.meddelande).toContain("?");
  });

  test.each(headings.map(([heading, written, ore], i) => [heading, written, ore, i] as const))(
    "under the heading %j %j is %i öre",
    (_, _written, ore, i) => {
      const row = only(d.rows("kostnadsandel"), { insats_id: id("rubrik", i), dimension: "insats" });
      expect(row.belopp_ore).toBe(ore);
    },
  );

  test("empty, -, .. and uppgift saknas are missing, never 0", () => {
    const row = only(d.rows("kostnadsandel"), { insats_id: "tomt", dimension: "insats" });
    expect([row.timmar, row.andel, row.kr_per_timme]).toEqual([missing.length, null, null]);
    expect(d.rows("datakvalitet").filter((each) => each.fil === "data/tomt/faktura.csv")).toEqual([]);
  });
});

test("hours without an amount are no cost of 0 kr", () => {
  const row = only(d.rows("maluppfyllelse"), { insats_id: "tomt", mal_id: "kostnad" });
  expect([row.varde, row.status, row.skal]).toEqual([null, "ej_matbart", "saknas"]);
});

describe("dates", () => {
  test.each(dates.map(([written, iso], i) => [written, iso, i] as const))("%s is %s", (_, iso, i) => {
    const row = only(d.rows("maluppfyllelse"), { insats_id: id("datum", i), mal_id: "moten" });
    expect(row.fran).toBe(iso);
  });

  test.each(refusedDates.map((written, i) => [written, i] as const))("%s is refused", (_, i) => {
    expect(finding("datumfel/mote.csv", i + 2)).toMatchObject([{ allvar: "fel", cell: `C${i + 2}` }]);
  });
});

describe("ja and nej", () => {
  test("every form is read, a blank is missing and another word is refused", () => {
    const row = only(d.rows("maluppfyllelse"), { insats_id: "janej", mal_id: "narvaro" });
    expect([row.taljare, row.namnare]).toEqual([yes.length, yes.length + no.length]);
    const first = yes.length + no.length + 2;
    expect(finding("narvaro.csv", first).map((each) => each.allvar)).toEqual(["fel"]);
    expect(finding("narvaro.csv", first + 1).map((each) => each.allvar)).toEqual(["fel"]);
  });
});

describe("rules of a row", () => {
  test.each([
    ["a negative count", "deltagarantal.csv", 2],
    ["till before fran", "deltagarantal.csv", 3],
    ["parts that do not make the total", "deltagarantal.csv", 4],
    ["a count without a count", "deltagarantal.csv", 5],
    ["half a person", "deltagarantal.csv", 7],
    ["omfattning over 1", "bemanning.csv", 2],
    ["omfattning under 0", "bemanning.csv", 3],
    ["till before fran in bemanning", "bemanning.csv", 6],
  ])("%s is refused", (_, file, rad) => {
    expect(finding(file, rad).map((row) => row.allvar)).toContain("fel");
  });

  test.each([
    ["deltagarantal.csv", 6],
    ["bemanning.csv", 4],
    ["bemanning.csv", 5],
    ["bemanning.csv", 7],
  ])("%s row %i is right", (file, rad) => {
    expect(finding(file, rad)).toEqual([]);
  });
});

test("rader = lasta + avvisade + overhoppade, and avvisade have findings", () => {
  for (const row of d.rows("leveranser")) {
    expect(Number(row.rader)).toBe(Number(row.lasta) + Number(row.avvisade) + Number(row.overhoppade));
  }
  const table = only(d.rows("leveranser"), { fil: "data/bemanning.csv" });
  expect([table.rader, table.lasta, table.avvisade, table.overhoppade]).toEqual([7, 3, 3, 1]);
});
