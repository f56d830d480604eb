/** Budget lines in several spellings, and settings that several pipelines state: what offices do without meaning anything by it. */
import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, folder, only, pick, type Rows } from "./delivery.ts";
import { together } from "./together.ts";

const all = together();
beforeAll(all.runAll);

const insats = (...ids: string[]): Rows => [
  ["insats_id", "namn", "typ", "startdatum", "slutdatum"],
  ...ids.map((id): Cells => [id, id, "individinriktad", "2023-01-01", "2024-12-31"]),
];
const forbund: Rows = [
  ["forbund_id", "namn"],
  ["f", "F"],
];
const budgetHeadings = ["insats_id", "ar", "post", "status", "belopp"];
const fakturaHeadings = ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "belopp"];
const year = (id: string, nr: number, slag: string, ar: number, belopp: string): Cells => [
  ...[id, nr, "f", slag],
  ...[`${ar}-01-01`, `${ar}-12-31`, belopp],
];

describe("one budget line in three spellings", () => {
  const d = all.given(
    "v05",
    {
      "insats.csv": insats("v05"),
      "forbund.csv": forbund,
      "budget.csv": [
        budgetHeadings,
        ["v05", 2023, "Lön", "ansokt", "200 000"],
        ["v05", 2023, "lön", "beviljad", "100 000"],
        ["v05", 2024, "LÖN", "beviljad", "50 000"],
      ],
      "faktura.csv": [fakturaHeadings, year("v05", 1, "Lön", 2023, "100 000"), year("v05", 2, "lön ", 2024, "50 000")],
    },
    {
      mal: [
        { id: "budget", matt: "budgetutnyttjande", villkor: "90..110 %", per: "hela" },
        { id: "lon", matt: "budgetutnyttjande", villkor: "90..110 %", per: "ar", parametrar: { post: "l-ö-n" } },
      ],
    },
  );
  test("is used to 100 %, of what was granted", () => {
    expect(columns(d.rows("malsammanfattning"), "mal_id", "status", "mening")).toEqual([
      ["budget", "uppnatt", "Målet nåddes: 100\u00a0%, 90–110\u00a0% krävs."],
      ["lon", "uppnatt", "Målet nåddes: i 2 av 2 år."],
    ]);
    expect(only(d.rows("maluppfyllelse"), { mal_id: "budget" })).toMatchObject({ taljare: 15e6, namnare: 15e6 });
  });
  test("has one row a year, under the name that the budget's first row gives it", () => {
    expect(columns(d.rows("budgetutfall"), "ar", "post", "status", "budget_ore", "utfall_ore")).toEqual([
      [2023, "Lön", "beviljad", 10_000_000, 10_000_000],
      [2024, "Lön", "beviljad", 5_000_000, 5_000_000],
    ]);
  });
});

describe("settings of pipelines", () => {
  const files = {
    "insats.csv": insats("a", "b"),
    "forbund.csv": forbund,
    "bidrag.csv": [
      ["forbund_id", "ar", "huvudman", "kommun", "belopp"],
      ["f", 2024, "forsakringskassan", null, "200"],
      ["f", 2024, "region", null, "100"],
      ["f", 2024, "kommun", "Lund", "60"],
      ["f", 2024, "kommun", "Eslöv", "40"],
    ],
    "deltagarantal.csv": [
      ["insats_id", "fran", "till", "slag", "totalt"],
      ["a", "2024-01-01", "2024-12-31", "nya", 7],
    ],
    "budget.csv": [budgetHeadings, ["a", 2024, "Personal", "beviljad", "100"], ["a", 2024, "Lokal", "beviljad", "100"]],
    "faktura.csv": [fakturaHeadings, year("a", 1, "Lön", 2024, "100"), year("a", 2, "lön", 2023, "7")],
  } satisfies Record<string, Rows>;
  const olika = (d: Folder): unknown[] =>
    columns(pick(d.rows("datakvalitet"), { kod: "olika_installning" }), "fil", "cell", "meddelande");
  const shares = (...andelar: Record<string, number>[]): { kommunnyckel: unknown[] } => ({
    kommunnyckel: andelar.map((one) => ({ forbund: "f", fran: 2024, andelar: one })),
  });

  test("that are stated twice alike are one, in one file, in two, and for all insatser beside the insats's own", async () => {
    const same = { seriebrott: ["2024-07-01"], avvikelsegrans: 5 };
    const d = await deliver({
      files,
      pipelines: {
        "a.yaml": {
          insats: ["a", "a"],
          poster: { Lön: "Personal", lön: "personal" },
          ...same,
          ...shares({ Lund: 60, lund: 60, Eslöv: 40 }, { eslöv: 40, Lund: 60 }),
        },
        "alla.yaml": { insats: "*", poster: { LÖN: "Personal" }, ...same, ...shares({ Lund: 60, Eslöv: 40 }) },
      },
    });
    expect(olika(d)).toEqual([]);
    expect(columns(d.rows("budgetutfall"), "ar", "post", "budget_ore", "utfall_ore")).toEqual([
      [2023, "Personal", null, 700],
      [2024, "Lokal", 10_000, 0],
      [2024, "Personal", 10_000, 10_000],
    ]);
    expect(columns(pick(d.rows("bidragsandel"), { huvudman: "kommun" }), "kommun", "lagens_ore")).toEqual([
      ["", 10_000],
      ["Eslöv", 4000],
      ["Lund", 6000],
    ]);
    expect(pick(d.rows("datakvalitet"), { kod: "seriebrott" })).toHaveLength(1);
  }, 60_000);

  test("that differ are a finding with both places, and the first file's hold", async () => {
    const text = (insats: string, grans: number, lon: string, lund: number): string => `insats: ${insats}
kallor: [../data]
avvikelsegrans: ${grans}
poster:
  Resor: Lokal
  ${lon}
kommunnyckel:
  - { forbund: f, fran: 2024, andelar: { Lund: ${lund}, Eslöv: 40 } }
`;
    const d = await deliver({
      files,
      pipelines: {
        "a.yaml": text("a", 5, "Lön: Personal", 60),
        "b.yaml": text('"*"', 20, "lön: Lokal", 10),
      },
    });
    const told = [
      ["forbund.csv", "kommunnyckel.0 för f", "”Eslöv 40, Lund 60” i a.yaml:8 och ”Eslöv 40, Lund 10” i b.yaml:8"],
      ["insats.csv", "avvikelsegrans för a", "”5” i a.yaml:3 och ”20” i b.yaml:3"],
      ["insats.csv", "poster.Lön för a", "”Personal” i a.yaml:6 och ”Lokal” i b.yaml:6"],
    ].map(([fil, setting, places]) => [
      `data/${fil}`,
      "A2",
      `Inställningen ${setting} är olika på två ställen: ${places}. Den första används. Skriv samma på båda, eller ta bort den ena.`,
    ]);
    expect(olika(d)).toEqual(told);
    expect(only(d.rows("budgetutfall"), { ar: 2024, post: "Personal" })).toMatchObject({ utfall_ore: 10_000 });
    expect(only(d.rows("bidragsandel"), { kommun: "Lund" })).toMatchObject({ lagens_ore: 6000 });
  }, 60_000);

  const broken = all.given("a", { "insats.csv": insats("a") }, { insats: "*", seriebrott: ["2024-07-01"] });
  const other = all.given(
    "b",
    {
      "insats.csv": insats("b"),
      "deltagarantal.csv": files["deltagarantal.csv"].map((row, i) => (i ? ["b", ...row.slice(1)] : row)),
    },
    { insats: "*" },
  );
  test("for all insatser are for those of the pipeline's own sources, and no others", () => {
    expect([broken, other].map((d) => d.rows("datakvalitet"))).toEqual([[], []]);
  });

  test("one kommun with two shares in one key is a slip, told with its line", async () => {
    const made = folder({ files, pipelines: { "a.yaml": { insats: "a", ...shares({ Lund: 60, lund: 40 }) } } });
    await expect(made.run()).rejects.toThrow(
      /a\.yaml:\d+: kommunnyckel\.0\.andelar: a kommun stands twice, with different shares/,
    );
  });
});

const wide = all.given(
  "w",
  {
    "insats.csv": insats("w"),
    "forbund.csv": [
      ["forbund_id", "namn"],
      ["fw", "F"],
    ],
    "part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["w", "k", "K", "kommun"],
    ],
    "ledger.csv": [
      ["faktura", "vinter", "resten"],
      [1, "62,01 kr", "10 kr"],
    ],
    "tjanster.csv": [
      ["roll", "2023", "2024"],
      ["handledare", "0,5", "1"],
    ],
    "budget.csv": [
      budgetHeadings,
      ["w", 2023, "Lön", "beviljad", "600 kr"],
      ["w", 2024, "Lön", "beviljad", "1 300 kr"],
    ],
  },
  {
    tolkning: [
      {
        fil: "ledger.csv",
        dataset: "faktura",
        unpivot: {
          kategori: { rubrik: "faktura", kolumn: "faktura_id" },
          konstanter: { insats_id: "w", forbund_id: "fw", kostnadsslag: "Lön" },
          kolumner: {
            vinter: { fran: "2023-12-01", till: "2024-01-31" },
            resten: { fran: "2024-02-01", till: "2024-12-31" },
          },
          kolumn: "belopp",
        },
      },
      {
        fil: "tjanster.csv",
        dataset: "bemanning",
        unpivot: {
          kategori: { rubrik: "roll", kolumn: "roll" },
          konstanter: { insats_id: "w", part_id: "k", post: "LÖN", heltidskostnad: "100 kr" },
          kolumner: {
            2023: { fran: "2023-01-01", till: "2023-12-31" },
            2024: { fran: "2024-01-01", till: "2024-12-31" },
          },
          kolumn: "omfattning",
        },
      },
    ],
  },
);
test("an invoice and a staffing line for each of a wide table's columns are rows of their own", () => {
  expect(wide.rows("datakvalitet")).toEqual([]);
  expect(columns(wide.rows("budgetutfall"), "ar", "budget_ore", "omraknad_ore", "utfall_ore")).toEqual([
    [2023, 60_000, 60_000, 3101],
    [2024, 130_000, 120_000, 4100],
  ]);
});
