// Totals are known by words and figures, and never added to what they sum.
import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, only, pick, type Row, type Rows } from "./delivery.ts";

const bills = ["Faktura", "Insats", "Förbund", "Kostnadsslag", "Från", "Till", "Belopp"];
const bill = (insats: string, id: string, slag: string | null, belopp: string): (string | null)[] => [
  id,
  insats,
  "f",
  slag,
  "2023-01-01",
  "2023-12-31",
  belopp,
];
/** A total with nothing but its figure. */
const bare = (word: string, belopp: string): (string | null)[] => [word, null, null, null, null, null, belopp];

const money: Record<string, Rows> = {
  ovanfor: [bills, bare("Totalt", "300"), bill("ovanfor", "1", "Lön", "100"), bill("ovanfor", "2", "Lokal", "200")],
  delsummor: [
    bills,
    bill("delsummor", "1", "Lön", "100"),
    bill("delsummor", "2", "Lön", "200"),
    bill("delsummor", "Summa lön", "Lön", "300"),
    bill("delsummor", "3", "Lokal", "50"),
    bill("delsummor", "Summa lokal", "Lokal", "50"),
    bill("delsummor", "Totalsumma", null, "350"),
  ],
  avrundad: [
    bills,
    bill("avrundad", "1", null, "100,40"),
    bill("avrundad", "2", null, "200,35"),
    bare("Summa:", "301"),
  ],
  fel: [bills, bill("fel", "1", null, "100"), bill("fel", "2", null, "200"), bill("fel", "S:a", null, "350")],
  foretag: [
    bills,
    bill("foretag", "Anna AB", null, "50"),
    bill("foretag", "Alla Tolkar AB", null, "60"),
    bill("foretag", "Summa Konsult AB", null, "30"),
    bare("SUMMA", "140"),
  ],
  oläst: [
    bills,
    bill("oläst", "1", null, "100"),
    bill("oläst", "2", null, "tvåhundra"),
    bill("oläst", "Totalt", null, "300"),
  ],
  ensam: [bills, bill("ensam", "1", "Totalt", "100"), bill("ensam", "2", "Totalt", "120")].map(
    (row, i): Rows[number] => (i === 2 ? row.map((cell) => (cell === "2023-01-01" ? "2023-06-01" : cell)) : row),
  ),
  varav: [
    bills,
    bill("varav", "1", null, "100"),
    bill("varav", "varav moms", null, "20"),
    bill("varav", "2", null, "50"),
    bare("Summa", "150"),
  ],
  sektioner: [
    bills,
    bill("sektioner", "1", null, "10"),
    bill("sektioner", "2", null, "20"),
    bare("Delsumma", "30"),
    bill("sektioner", "3", null, "40"),
    bare("Delsumma", "40"),
    bare("Summa", "70"),
    bare("Sammanlagt", "70"),
  ],
};

const count = ["insats_id", "fran", "till", "slag", "kvinnor", "man", "totalt"];
const outcome = ["insats_id", "fran", "till", "variabel", "varde", "kon", "antal"];
const efter = (
  insats: string,
  varde: string,
  kon: string | null,
  antal: string | number,
): (string | number | null)[] => [insats, "2023-01-01", "2023-12-31", "sysselsattning_efter", varde, kon, antal];
const answers = ["insats_id", "enkat_id", "fraga", "svar", "antal", "utskick"];

const persons: Record<string, Rows> = {
  "antal/deltagarantal.csv": [
    count,
    ["kolumner", "2023-01-01", "2023-06-30", "nya", 3, 4, 7],
    ["kolumner", "2023-07-01", "2023-12-31", "nya", 5, 1, 6],
    ["Totalt", null, null, null, 8, 5, 13],
  ],
  "antal2/deltagarantal.csv": [
    count,
    ["delfel", "2023-01-01", "2023-06-30", "nya", 3, 4, 7],
    ["delfel", "2023-07-01", "2023-12-31", "nya", 5, 1, 6],
    ["Totalt", null, null, null, 8, 6, 13],
  ],
  "kon/deltagarutfall.csv": [
    outcome,
    efter("kon", "arbete", "kvinna", 3),
    efter("kon", "arbete", "man", 4),
    efter("kon", "arbete", "Totalt", 7),
    efter("kon", "sjukskriven", "kvinna", 2),
    efter("kon", "sjukskriven", "man", 1),
    efter("kon", "sjukskriven", "Totalt", 3),
    efter("kon", "Samtliga", "kvinna", 5),
    efter("kon", "Samtliga", "man", 5),
    efter("kon", "Samtliga", "Totalt", 10),
  ],
  "dold/deltagarutfall.csv": [
    outcome,
    efter("dold", "arbete", null, 12),
    efter("dold", "sjukskriven", null, "<5"),
    efter("dold", "Totalt", null, 15),
  ],
  "ett-fel/deltagarutfall.csv": [
    outcome,
    efter("ett-fel", "arbete", null, 12),
    efter("ett-fel", "sjukskriven", null, 8),
    efter("ett-fel", "Totalt", null, 21),
  ],
  "svar/enkat.csv": [
    answers,
    ["svar", "E", "Fick du hjälp?", "Total", 5, 50],
    ["svar", "E", "Fick du hjälp?", "Delvis", 3, 50],
    ["svar", "E", "Fick du hjälp?", "Ingen", 10, 50],
    ["svar", "E", "Vilka var med?", "Alla", 2, 50],
    ["svar", "E", "Vilka var med?", "Några", 9, 50],
    ["svar", "E", "Vilka var med?", "Totalt", 11, 50],
  ],
  "fraga/enkat.csv": [
    ["fraga", "enkat_id", "svar", "antal", "insats_id"],
    ["Alla fick information?", "E", "Ja", 12, "fraga"],
    ["Alla fick information?", "E", "Nej", 12, "fraga"],
  ],
  "manader/moteantal.csv": [
    ["Typ", "2023-01", "2023-02", "2023-03"],
    ["samverkan", 1, 2, 3],
    ["styrgrupp", 4, 0, 1],
    ["Summa möten", 5, 2, 4],
  ],
  "namngiven/moteantal.csv": [
    ["Typ", "2023-01", "2023-02"],
    ["Totalt", 1, 2],
    ["styrgrupp", 1, 2],
  ],
};

let d: Folder;
const found = (file: string): Row[] =>
  d.rows("datakvalitet").filter(({ fil, kod }) => String(fil).endsWith(file) && String(kod).startsWith("summa_"));
const kronor = (insats: string): number =>
  Number(only(d.rows("kostnadsandel"), { insats_id: insats, dimension: "insats" }).belopp_ore) / 100;
const sums = (insats: string, goal: string): unknown[] =>
  columns(pick(d.rows("maluppfyllelse"), { insats_id: insats, mal_id: goal }), "taljare", "namnare")[0] ?? [];

beforeAll(async () => {
  const ids = [
    ...Object.keys(money),
    "kolumner",
    "delfel",
    "kon",
    "dold",
    "ett-fel",
    "svar",
    "fraga",
    "manader",
    "namngiven",
  ];
  const ends: Record<string, string> = { manader: "2023-03-31", namngiven: "2023-02-28" };
  const matris = { kategori: { rubrik: "Typ", kolumn: "motestyp" }, rubriker: "period" };
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...ids.map((id) => [id, id, "2023-01-01", ends[id] ?? "2023-12-31"]),
        ],
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        ...Object.fromEntries(Object.entries(money).map(([name, rows]) => [`${name}/faktura.csv`, rows])),
        ...persons,
      },
      pipelines: {
        "i.yaml": {
          insats: ids,
          tolkning: [
            { fil: "manader/*", dataset: "moteantal", unpivot: matris, konstanter: { insats_id: "manader" } },
            {
              fil: "namngiven/*",
              dataset: "moteantal",
              unpivot: matris,
              konstanter: { insats_id: "namngiven" },
              varden: { motestyp: { Totalt: "samverkan" } },
            },
          ],
          mal: [
            { id: "nya", matt: "nya_deltagare", villkor: ">= 1" },
            { id: "moten", matt: "antal_moten", villkor: ">= 1" },
            { id: "arbete", matt: "andel_till_arbete_eller_studier", villkor: ">= 50 %" },
            {
              id: "hjalp",
              matt: "enkatandel",
              parametrar: { fraga: "Fick du hjälp?", svar: "Total" },
              villkor: ">= 1 %",
            },
            {
              id: "alla",
              matt: "enkatandel",
              parametrar: { fraga: "Vilka var med?", svar: "Alla" },
              villkor: ">= 1 %",
            },
            {
              id: "info",
              matt: "enkatandel",
              parametrar: { fraga: "Alla fick information?", svar: "Ja" },
              villkor: ">= 1 %",
            },
          ],
        },
      },
    },
    { today: "2024-06-01" },
  );
}, 60_000);

describe("amounts", () => {
  test("a total above its rows is left out", () => {
    expect([kronor("ovanfor"), found("ovanfor/faktura.csv")]).toEqual([300, []]);
  });
  test("subtotals per category, and a total of all, whatever else their rows say", () => {
    expect(kronor("delsummor")).toBe(350);
    expect(columns(found("delsummor/faktura.csv"), "cell", "kod", "varde")).toEqual([
      ["A4", "summa_sager_mer", "Summa lön"],
      ["A6", "summa_sager_mer", "Summa lokal"],
    ]);
  });
  test("subtotals of parts that are not named, and the total written twice", () => {
    expect([kronor("sektioner"), found("sektioner/faktura.csv")]).toEqual([70, []]);
  });
  test("a total that is rounded as it is written is right", () => {
    expect([kronor("avrundad"), found("avrundad/faktura.csv")]).toEqual([300.75, []]);
  });
  test("one with another figure is left out, with the difference", () => {
    expect(kronor("fel")).toBe(300);
    expect(columns(found("fel/faktura.csv"), "cell", "kod", "varde", "meddelande")).toEqual([
      ["G4", "summa_stammer_ej", "350", expect.stringContaining("summerar till 300 (skillnad 50)")],
    ]);
  });
  test("companies with such a word in their names are data, and in the total", () => {
    expect([kronor("foretag"), found("foretag/faktura.csv")]).toEqual([140, []]);
  });
  test("beside an amount that cannot be read the word decides, and says so", () => {
    expect(kronor("oläst")).toBe(100);
    expect(columns(found("oläst/faktura.csv"), "cell", "kod")).toEqual([["A4", "summa_oprovad"]]);
  });
  test("rows of which none can be the sum of another are rows, and say so", () => {
    expect(kronor("ensam")).toBe(220);
    expect(columns(found("ensam/faktura.csv"), "cell", "kod")).toEqual([
      ["D2", "summa_ensam"],
      ["D3", "summa_ensam"],
    ]);
  });
  test("varav is a part of its row, and ends no sum", () => {
    expect([kronor("varav"), found("varav/faktura.csv")]).toEqual([150, []]);
  });
});

describe("counts", () => {
  test("of women, men and all, each the sum of its column", () => {
    expect([sums("kolumner", "nya")[0], found("antal/deltagarantal.csv")]).toEqual([13, []]);
  });
  test("of which one column is not its sum", () => {
    expect(sums("delfel", "nya")[0]).toBe(13);
    expect(columns(found("antal2/deltagarantal.csv"), "cell", "kod", "meddelande")).toEqual([
      ["F4", "summa_stammer_ej", expect.stringContaining("summerar till 5 (skillnad 1)")],
    ]);
  });
  test("by kön, by outcome and of both at once", () => {
    expect([sums("kon", "arbete"), found("kon/deltagarutfall.csv")]).toEqual([[7, 10], []]);
  });
  test("a total beside a secret count is no outcome", () => {
    expect(sums("dold", "arbete")).toEqual([12, 12]);
    expect(columns(found("dold/deltagarutfall.csv"), "cell", "kod")).toEqual([["E4", "summa_oprovad"]]);
  });
  test("persons are not rounded: one too many is a finding", () => {
    expect(sums("ett-fel", "arbete")).toEqual([12, 20]);
    expect(columns(found("ett-fel/deltagarutfall.csv"), "cell", "meddelande")).toEqual([
      ["G4", expect.stringContaining("summerar till 20 (skillnad 1)")],
    ]);
  });
  test("in a table with a month a column", () => {
    expect(sums("manader", "moten")[0]).toBe(11);
    expect(columns(found("manader/moteantal.csv"), "cell", "kod")).toEqual([["A4", "summa_sager_mer"]]);
  });
  test("what the pipeline reads is no total", () => {
    expect([sums("namngiven", "moten")[0], found("namngiven/moteantal.csv")]).toEqual([6, []]);
  });
});

describe("answers", () => {
  test("Total and Alla are answers where no others sum to them; Totalt is their sum", () => {
    expect([sums("svar", "hjalp"), sums("svar", "alla"), found("svar/enkat.csv")]).toEqual([[5, 18], [2, 11], []]);
  });
  test("a question that begins with Alla stands over its answers", () => {
    expect([sums("fraga", "info"), found("fraga/enkat.csv")]).toEqual([[12, 24], []]);
  });
});
