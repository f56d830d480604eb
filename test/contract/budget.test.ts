/** Budgets and their staffing lines, from delivered files to the sentence and the rows it rests on. */
import { beforeAll, describe, expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { traceFigure } from "../../src/lineage.ts";
import { type Cells, columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const cell = (ar: number, post: string): Row => only(d.rows("budgetutfall"), { insats_id: "b", ar, post });
const slag = (ar: number, post: string): unknown[] =>
  pick(d.rows("budgetforklaring"), { insats_id: "b", ar, post }).map((row) => row.slag);

const headings = [
  "insats_id",
  "part_id",
  "roll",
  "fran",
  "till",
  "till_alt",
  "omfattning",
  "post",
  "manadskostnad",
  "heltidskostnad",
  "manadslon",
  "po_faktor",
  "dokument",
  "avsnitt",
];
const line = (
  post: string,
  roll: string,
  [fran, till, till_alt]: readonly [string, string, string?],
  omfattning: string,
  costs: { andel?: string; heltid?: string; lon?: string; faktor?: string },
): Cells => [
  "b",
  "k",
  roll,
  fran,
  till,
  till_alt ?? null,
  omfattning,
  post,
  ...[costs.andel ?? null, costs.heltid ?? null, costs.lon ?? null, costs.faktor ?? null],
  ...["ansokan.pdf", post],
];

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["b", "B", "2019-04-01", "2021-12-31"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["b", "k", "K", "kommun"],
      ],
      "kalla.csv": [
        ["dokument", "titel"],
        ["ansokan.pdf", "Ansökan"],
      ],
      "budget.csv": [
        ["insats_id", "ar", "post", "status", "belopp"],
        ["b", 2020, "Avlösning", "ansokt", "367 920 kr"],
        ["b", 2020, "Månader", "ansokt", "30 003 kr"],
        ["b", 2020, "Läsning", "ansokt", "40 000 kr"],
        ["b", 2020, "Faktor", "ansokt", "972 000 kr"],
        ["b", 2020, "Beviljat", "ansokt", "120 012 kr"],
        ["b", 2020, "Beviljat", "beviljad", "80 000 kr"],
        ["b", 2020, "Lika", "ansokt", "120 012 kr"],
        ["b", 2020, "Gåta", "ansokt", "7 kr"],
        // nine months of 1 000 kr, twelve of 1 000 and 900
        ["b", 2019, "Fast", "ansokt", "9 000 kr"],
        ["b", 2020, "Fast", "ansokt", "12 000 kr"],
        ["b", 2019, "Ojämn", "ansokt", "9 000 kr"],
        ["b", 2020, "Ojämn", "ansokt", "10 800 kr"],
      ],
      "bemanning.csv": [
        headings,
        line("Avlösning", "samordnare", ["2019-04-01", "2019-08-31"], "0,2", { andel: "10 220 kr" }),
        line("Avlösning", "samordnare", ["2019-09-01", "2021-12-31"], "0,4", { andel: "20 440 kr" }),
        line("Månader", "handledare", ["2020-01-01", "2020-12-31"], "1", { heltid: "10 001 kr" }),
        line("Läsning", "läkare", ["2020-06-01", "2020-06-30", "2020-09-30"], "1", { andel: "10 000 kr" }),
        line("Faktor", "a", ["2020-01-01", "2020-12-31"], "1", { lon: "30 000 kr", faktor: "1,4" }),
        line("Faktor", "b", ["2020-01-01", "2020-12-31"], "0,5", { lon: "50 000 kr", faktor: "1,4" }),
        line("Beviljat", "h1", ["2020-01-01", "2020-12-31"], "1", { heltid: "10 001 kr" }),
        line("Lika", "h2", ["2020-01-01", "2020-12-31"], "1", { heltid: "10 001 kr" }),
        line("Gåta", "h3", ["2020-01-01", "2020-12-31"], "1", { heltid: "10 001 kr" }),
      ],
    },
    pipelines: { "b.yaml": { insats: "b" } },
  });
}, 60_000);

describe("the simplest explanation that gives the budget to the krona", () => {
  test("a line counted beside the one that replaced it", () => {
    expect(slag(2020, "Avlösning")).toEqual(["bredvid"]);
    expect(cell(2020, "Avlösning")).toMatchObject({ omraknad_ore: 12 * 2_044_000 });
    expect(cell(2020, "Avlösning").forklaring).toContain("samordnare 0,2 (2019-04-01–2019-08-31)");
  });
  test("a line priced for fewer months than its text", () => {
    expect(slag(2020, "Månader")).toEqual(["manader"]);
    expect(cell(2020, "Månader").forklaring).toContain("räknas i tre månader i stället för tolv månader");
  });
  test("a period read two ways, and then it is what is recomputed", () => {
    expect(slag(2020, "Läsning")).toEqual(["lasning"]);
    expect(cell(2020, "Läsning")).toMatchObject({ omraknad_ore: 4_000_000, budget_ore: 4_000_000 });
  });
  test("a factor unlike the others", () => {
    // 12 × 30 000 × 1,4 and 12 × 25 000 × 1,56: or the other line's by 1,53
    expect(slag(2020, "Faktor")).toEqual(["faktor"]);
    expect(cell(2020, "Faktor").forklaring).toContain("1,56 gånger i stället för 1,4, mot 1,4 i andra rader");
  });
  test("what was applied for, where something else was granted", () => {
    expect(slag(2020, "Beviljat")).toEqual(["beviljat"]);
  });
  test("every line is loaded", () => {
    expect(d.rows("datakvalitet")).toEqual([]);
  });
  test("none is needed where the lines give it, and none is made up where nothing gives it", () => {
    expect([slag(2020, "Lika"), cell(2020, "Lika").forklaring, cell(2020, "Lika").omraknad_ore]).toEqual([
      [],
      null,
      12_001_200,
    ]);
    expect(slag(2020, "Gåta")).toEqual(["ej_forklarad"]);
    expect(cell(2020, "Gåta").forklaring).toContain("ej förklarad");
  });
  test("each says where it stands", () => {
    expect(only(d.rows("budgetforklaring"), { post: "Avlösning" })).toMatchObject({
      resultat_id: "budgetforklaring/b/2020/Avlösning/1",
      belopp_ore: 36_792_000,
      dokument: "ansokan.pdf",
      avsnitt: "Avlösning",
    });
  });
});

test("amounts a month that differ between years, and no others", () => {
  expect(columns(d.rows("budgettakt"), "post", "ar", "manader", "manadsbelopp_ore")).toEqual([
    ["Ojämn", 2019, 9, 100_000],
    ["Ojämn", 2020, 12, 90_000],
  ]);
});

describe("the limit over which a deviation asks for an explanation", () => {
  test("is 10 % strictly, or what the pipeline says, for budgets as for forecasts", async () => {
    const insatser = ["tio", "femton"] as const;
    const own = await deliver({
      files: {
        "insats.csv": [["insats_id", "namn"], ...insatser.map((id): Cells => [id, id])],
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        "budget.csv": [
          ["insats_id", "ar", "post", "belopp"],
          ...insatser.flatMap((id) => ["jamnt", "over", "langt"].map((post): Cells => [id, 2024, post, "1 000 kr"])),
        ],
        "faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "belopp"],
          ...insatser.flatMap((id) =>
            (
              [
                ["jamnt", "1 100,00"],
                ["over", "1 100,01"],
                ["langt", "849,99"],
              ] as const
            ).map(([post, belopp]): Cells => [id, post, "f", post, "2024-01-01", "2024-01-31", belopp]),
          ),
        ],
      },
      pipelines: { "tio.yaml": { insats: "tio" }, "femton.yaml": { insats: "femton", avvikelsegrans: 15 } },
    });
    const asks = (insats: string): unknown[] =>
      columns(pick(own.rows("budgetutfall"), { insats_id: insats }), "post", "kraver_forklaring");
    expect(asks("tio")).toEqual([
      ["jamnt", false],
      ["langt", true],
      ["over", true],
    ]);
    expect(asks("femton")).toEqual([
      ["jamnt", false],
      ["langt", true],
      ["over", false],
    ]);
  }, 30_000);
});

test("what a target group costs is traced to the granted budget and the target group, and to no invoice", async () => {
  const d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2023-01-01", "2023-12-31"],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "malgrupp.csv": [
        ["insats_id", "antal_lag"],
        ["i", 100],
      ],
      "budget.csv": [
        ["insats_id", "ar", "post", "status", "belopp"],
        ["i", 2023, "Lön", "beviljad", "300 000"],
        ["i", 2023, "Lön", "ansökt", "500 000"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "belopp"],
        ["i", "1", "f", "Lön", "2023-01-01", "2023-12-31", "250 000"],
      ],
    },
    pipelines: { "p.yaml": { insats: "i" } },
  });
  expect(only(d.rows("malgruppskostnad"), { insats_id: "i" }).kostnad_lag_ore).toBe(300_000);
  const db = await open(d.path("out/internt/finsam.duckdb"), "read");
  const { rader } = await traceFigure(db, "malgruppskostnad/i/").finally(() => db.close());
  expect(rader.map(({ fil, cell, roll }) => [fil, cell, roll])).toEqual([
    ["data/budget.csv", "E2", "raknad"],
    ["data/malgrupp.csv", "B2", "namnare"],
  ]);
});
