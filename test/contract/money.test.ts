import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const share = (insats_id: string, dimension: string, id: string): Row =>
  only(d.rows("kostnadsandel"), { insats_id, dimension, id });
const shares = (insats_id: string, dimension: string): Row[] => pick(d.rows("kostnadsandel"), { insats_id, dimension });
const cell = (insats_id: string, ar: number, post: string): Row =>
  only(d.rows("budgetutfall"), { insats_id, ar, post });
const sum = (rows: Row[], column: string): number => rows.reduce((total, row) => total + Number(row[column]), 0);

const insatser = [
  ["tredje", "2020-01-01", "2020-12-31"],
  ["minus", "2020-01-01", "2020-12-31"],
  ["noll", "2020-01-01", "2020-12-31"],
  ["negativ", "2020-01-01", "2020-12-31"],
  ["nyckel", "2020-01-01", "2020-12-31"],
  ["artal", "2020-01-01", "2021-12-31"],
  ["skev", "2020-01-01", "2020-12-31"],
  ["utan", "2020-01-01", "2020-12-31"],
  ["parter", "2020-01-01", "2020-12-31"],
  ["timmar", "2020-01-01", "2020-12-31"],
  ["over", "2020-01-01", "2021-12-31"],
  ["bud", "2020-01-01", "2022-12-31"],
  ["bem", "2017-06-01", "2019-05-30"],
  ["alt", "2015-06-01", "2015-12-31"],
  ["grans", "2020-01-01", "2020-12-31"],
  ["nast", "2020-01-01", "2020-12-31"],
] as const;

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ...insatser.map(([id, a, b]): Cells => [id, id, a, b]),
      ],
      "forbund.csv": [["forbund_id", "namn"], ...["a", "b", "c", "d"].map((id): Cells => [id, id])],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["parter", "k1", "K1", "kommun"],
        ["parter", "k2", "K2", "kommun"],
        ["parter", "af", "AF", "arbetsformedlingen"],
        ["bem", "k", "K", "kommun"],
        ["bem", "vc", "VC", "region"],
        ["alt", "k", "K", "kommun"],
      ],
      "finansiering.csv": [
        ["insats_id", "forbund_id", "ar", "slag", "andel", "belopp"],
        ["nyckel", "a", null, "beviljat", "52 %", null],
        ["nyckel", "b", null, "beviljat", "34 %", null],
        ["nyckel", "c", null, "beviljat", "14 %", null],
        ["artal", "a", 2020, "beviljat", "50 %", null],
        ["artal", "b", 2020, "beviljat", "50 %", null],
        ["artal", "a", 2021, "beviljat", "25 %", null],
        ["artal", "b", 2021, "beviljat", "75 %", null],
        ["skev", "a", null, "beviljat", "0,5", null],
        ["skev", "b", null, "beviljat", "0,4", null],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
        // three equal parts
        ["tredje", 1, "a", null, null, "2020-01-01", "2020-01-31", 2, "100 kr"],
        ["tredje", 2, "b", null, null, "2020-01-01", "2020-01-31", 3, "100 kr"],
        ["tredje", 3, "c", null, null, "2020-01-01", "2020-01-31", null, "100 kr"],
        // a credit note makes a share negative
        ["minus", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "150 kr"],
        ["minus", 2, "b", null, null, "2020-01-01", "2020-01-31", null, "-50 kr"],
        ["noll", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "50 kr"],
        ["noll", 2, "b", null, null, "2020-01-01", "2020-01-31", null, "-50 kr"],
        ["negativ", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "-50 kr"],
        // the agreed c has no invoice; d pays without being agreed
        ["nyckel", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "60 kr"],
        ["nyckel", 2, "b", null, null, "2020-01-01", "2020-01-31", null, "40,01 kr"],
        ["artal", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "100 kr"],
        ["artal", 2, "a", null, null, "2021-01-01", "2021-01-31", null, "100 kr"],
        ["artal", 3, "b", null, null, "2021-01-01", "2021-01-31", null, "100 kr"],
        ["skev", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "45 kr"],
        ["skev", 2, "b", null, null, "2020-01-01", "2020-01-31", null, "45 kr"],
        ["utan", 1, "a", null, null, "2020-01-01", "2020-01-31", null, "45 kr"],
        ["parter", 1, "a", "k1", null, "2020-01-01", "2020-01-31", 1, "1 kr"],
        ["parter", 2, "a", "k2", null, "2020-01-01", "2020-01-31", 1, "2 kr"],
        ["parter", 3, "a", null, null, "2020-01-01", "2020-01-31", 1, "4 kr"],
        ["timmar", 1, "a", null, null, "2020-01-01", "2020-01-31", 4, "100 kr"],
        ["timmar", 2, null, null, null, "2020-01-01", "2020-01-31", "6,5", null],
        // 10,01 kr over two years of 31 days each, and 1 öre
        ["over", 1, "a", null, null, "2020-12-01", "2021-01-31", null, "10,01 kr"],
        ["over", 2, "b", null, null, "2020-12-31", "2021-01-02", null, "0,01 kr"],
        ["bud", 1, "a", null, "Personal", "2020-01-01", "2020-01-31", null, "111 kr"],
        ["bud", 2, "a", null, "Oväntat", "2020-01-01", "2020-01-31", null, "5 kr"],
        ["bud", 3, "a", null, "personal", "2021-01-01", "2021-01-31", null, "110 kr"],
        ["grans", 1, "a", null, "x", "2020-01-01", "2020-01-31", null, "90 kr"],
        ["grans", 2, "a", null, "y", "2020-01-01", "2020-01-31", null, "89,99 kr"],
        ["grans", 3, "a", null, "z", "2020-01-01", "2020-01-31", null, "110,01 kr"],
        ["nast", 1, "a", null, "arvode", "2020-01-01", "2020-01-31", null, "10 kr"],
      ],
      "budget.csv": [
        ["insats_id", "ar", "post", "part_id", "status", "belopp"],
        ["bud", 2020, "personal", null, "ansokt", "200 kr"],
        ["bud", 2020, "personal", null, "beviljad", "100 kr"],
        ["bud", 2020, "resor", null, "ansokt", "10 kr"],
        ["bud", 2021, "personal", null, "ansokt", "100 kr"],
        ["bud", 2022, "personal", null, "ansokt", "100 kr"],
        ["bem", 2017, "kommunen", null, "ansokt", "70 000 kr"],
        ["bem", 2019, "kommunen", null, "ansokt", "50 000 kr"],
        ...["varden", "lonen", "utan"].map((post): Cells => ["bem", 2017, post, null, "ansokt", "1 kr"]),
        ["bem", 2018, "byte", null, "ansokt", "1 kr"],
        ["bem", 2017, "rund", null, "ansokt", "1 kr"],
        ["alt", 2015, "kommunen", null, "ansokt", "26 040 kr"],
        ["grans", 2020, "x", null, "ansokt", "100 kr"],
        ["grans", 2020, "y", null, "ansokt", "100 kr"],
        ["grans", 2020, "z", null, "ansokt", "100 kr"],
        ["nast", 2020, "Personal", null, "ansokt", "10 kr"],
      ],
      "bemanning.csv": [
        [
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
        ],
        ["bem", "k", "soc", "2017-06-01", "2019-05-30", null, "0,5", "kommunen", "10 000 kr", null, null, null],
        ["bem", "vc", "rehab", "2017-06-16", "2017-07-31", null, "0,5", "varden", null, "20 000 kr", null, null],
        ["bem", "vc", "lon", "2017-10-01", "2017-10-31", null, "0,5", "lonen", null, null, "20 000 kr", "1,5"],
        ["bem", "vc", "utan", "2017-10-01", "2017-10-31", null, "0,5", "utan", null, null, null, null],
        // 0,10 kr and 0,15 kr: half up per line and year, not per month
        ["bem", "vc", "rund", "2017-09-01", "2017-09-15", null, "1", "rund", "0,01 kr", null, null, null],
        ["bem", "vc", "rund2", "2017-09-01", "2017-09-15", null, "1", "rund", "0,03 kr", null, null, null],
        // two lines meet at the month's end: the first's month is not rounded up
        ["bem", "vc", "byte", "2018-01-01", "2018-01-30", null, "1", "byte", "31 000 kr", null, null, null],
        ["bem", "vc", "byte", "2018-01-31", "2018-02-28", null, "1", "byte", "31 000 kr", null, null, null],
        // two months, or four
        ["alt", "k", "soc", "2015-06-01", "2015-06-30", "2015-08-31", "0,2", "kommunen", null, "43 400 kr", null, null],
      ],
    },
    pipelines: {
      "alla.yaml": { insats: insatser.map(([id]) => id).filter((id) => id !== "nast") },
      "nast.yaml": { insats: "nast", poster: { arvode: "Personal" } },
    },
  });
}, 60_000);

describe("kostnadsandel", () => {
  test("percent is shared out by largest remainder, ties by id, and sums to 100,0", () => {
    expect(columns(shares("tredje", "forbund"), "id", "andel_procent")).toEqual([
      ["a", 33.4],
      ["b", 33.3],
      ["c", 33.3],
    ]);
    expect(share("tredje", "forbund", "a").andel).toBeCloseTo(1 / 3, 12);
  });

  test("the insats is one row over all its invoices", () => {
    expect(shares("tredje", "insats")).toMatchObject([
      { id: "tredje", belopp_ore: 30000, andel: 1, andel_procent: 100 },
    ]);
  });

  test("a credit note counts, and its share can be negative", () => {
    expect(columns(shares("minus", "forbund"), "belopp_ore", "andel", "andel_procent")).toEqual([
      [15000, 1.5, 150],
      [-5000, -0.5, -50],
    ]);
  });

  test.each(["noll", "negativ"])("%s: no shares of a total of 0 or less", (insats) => {
    for (const row of shares(insats, "forbund")) expect([row.andel, row.andel_procent]).toEqual([null, null]);
    expect(shares(insats, "forbund").length).toBeGreaterThan(0);
  });

  test("an agreed förbund without invoices has a row with 0, and the deviations sum to 0", () => {
    // 100,01 kr by 52, 34, 14
    expect(columns(shares("nyckel", "forbund"), "id", "belopp_ore", "avtalad_andel", "avvikelse_ore")).toEqual([
      ["a", 6000, 0.52, 6000 - 5201],
      ["b", 4001, 0.34, 4001 - 3400],
      ["c", 0, 0.14, -1400],
    ]);
  });

  test("keys of a year apply to that year's invoices, then are summed", () => {
    expect(columns(shares("artal", "forbund"), "id", "belopp_ore", "avvikelse_ore")).toEqual([
      ["a", 20000, 20000 - 5000 - 5000],
      ["b", 10000, 10000 - 5000 - 15000],
    ]);
    expect(
      columns(
        pick(d.rows("kostnadsandel_ar"), { insats_id: "artal", dimension: "forbund" }),
        "ar",
        "id",
        "avtalad_andel",
      ),
    ).toEqual(
      expect.arrayContaining([
        [2020, "a", 0.5],
        [2021, "a", 0.25],
        [2021, "b", 0.75],
      ]),
    );
  });

  test("keys that do not sum to 100 % are a finding and normalised", () => {
    const [a, b] = shares("skev", "forbund");
    expect(a?.avtalad_andel).toBeCloseTo(5 / 9, 10);
    expect([a?.avvikelse_ore, b?.avvikelse_ore]).toEqual([4500 - 5000, 4500 - 4000]);
    expect(d.rows("datakvalitet").some((row) => String(row.fil).endsWith("finansiering.csv"))).toBe(true);
  });

  test("without a key there is neither agreed share nor deviation", () => {
    expect(share("utan", "forbund", "a")).toMatchObject({ avtalad_andel: null, avvikelse_ore: null });
  });

  test("a cost without a part stands as ingen, and parts add up to their huvudman", () => {
    expect(columns(shares("parter", "part"), "id", "belopp_ore", "andel_procent")).toEqual(
      expect.arrayContaining([
        ["k1", 100, 14.3],
        ["k2", 200, 28.6],
        ["ingen", 400, 57.1],
      ]),
    );
    expect(share("parter", "huvudman", "kommun").belopp_ore).toBe(300);
    expect(share("parter", "huvudman", "ingen").belopp_ore).toBe(400);
  });

  test("hours without belopp and förbund stand on the insats row only", () => {
    expect(share("timmar", "insats", "timmar")).toMatchObject({ timmar: 10.5, belopp_ore: 10000 });
    expect(columns(shares("timmar", "forbund"), "id", "timmar", "kr_per_timme")).toEqual([["a", 4, 25]]);
  });

  test("every share of every dimension sums exactly", () => {
    for (const dimension of ["insats", "forbund", "part", "huvudman"])
      for (const [insats] of insatser) {
        const rows = shares(insats, dimension);
        if (rows.length === 0 || rows[0]?.andel_procent === null) continue;
        expect(sum(rows, "belopp_ore")).toBe(share(insats, "insats", insats).belopp_ore);
        expect(Math.round(sum(rows, "andel_procent") * 10)).toBe(1000);
      }
  });

  test("resultat_id", () => {
    expect(share("tredje", "forbund", "a").resultat_id).toBe("kostnadsandel/tredje/forbund/a");
  });
});

describe("kostnadsandel_ar", () => {
  const ar = (insats_id: string, id: string): Row[] =>
    pick(d.rows("kostnadsandel_ar"), { insats_id, dimension: "forbund", id });

  test("an invoice over a year's end is shared by days, to the öre", () => {
    const rows = ar("over", "a");
    expect(rows.map((row) => row.ar)).toEqual([2020, 2021]);
    expect(rows.map((row) => row.belopp_ore)).toEqual([501, 500]);
  });

  test("the odd öre goes to the year with most days", () => {
    const by = new Map(ar("over", "b").map((row) => [row.ar, row.belopp_ore]));
    expect([by.get(2020) ?? 0, by.get(2021)]).toEqual([0, 1]);
  });

  test("the years sum to the whole period", () => {
    for (const [insats] of insatser) {
      const total = shares(insats, "insats");
      if (total.length === 0) continue;
      expect(sum(pick(d.rows("kostnadsandel_ar"), { insats_id: insats, dimension: "insats" }), "belopp_ore")).toBe(
        total[0]?.belopp_ore,
      );
    }
  });
});

describe("budgetutfall", () => {
  test("beviljad before ansökt; kostnadsslag folded is the post", () => {
    expect(cell("bud", 2020, "personal")).toMatchObject({
      status: "beviljad",
      budget_ore: 10000,
      utfall_ore: 11100,
      avvikelse_ore: 1100,
      avvikelse_procent: 11,
      kraver_forklaring: true,
    });
  });

  test("invoiced that year but not on this post is 0", () => {
    expect(cell("bud", 2020, "resor")).toMatchObject({
      status: "ansokt",
      budget_ore: 1000,
      utfall_ore: 0,
      avvikelse_ore: -1000,
      avvikelse_procent: -100,
      kraver_forklaring: true,
    });
  });

  test("nothing invoiced that year is null", () => {
    expect(cell("bud", 2022, "personal")).toMatchObject({
      budget_ore: 10000,
      utfall_ore: null,
      avvikelse_ore: null,
      avvikelse_procent: null,
    });
    expect(cell("bud", 2022, "personal").kraver_forklaring).not.toBe(true);
  });

  test("invoiced without budget must be explained", () => {
    const row = only(
      pick(d.rows("budgetutfall"), { insats_id: "bud", ar: 2020 }).filter((each) => each.utfall_ore === 500),
      {},
    );
    expect(row).toMatchObject({ budget_ore: null, avvikelse_ore: null, kraver_forklaring: true });
  });

  test("exactly 10 % need not be explained, 10,01 % must, either way", () => {
    expect(cell("bud", 2021, "personal").kraver_forklaring).toBe(false);
    expect(cell("grans", 2020, "x").kraver_forklaring).toBe(false);
    expect(cell("grans", 2020, "y").kraver_forklaring).toBe(true);
    expect(cell("grans", 2020, "z").kraver_forklaring).toBe(true);
    expect(cell("grans", 2020, "y").avvikelse_procent).toBeCloseTo(-10.01, 10);
  });

  test("a pipeline maps a kostnadsslag to a post", () => {
    expect(cell("nast", 2020, "Personal")).toMatchObject({ budget_ore: 1000, utfall_ore: 1000 });
  });

  test("a month counts whole when only its last day is missing", () => {
    expect(cell("bem", 2017, "kommunen").omraknad_ore).toBe(7 * 1000000);
    expect(cell("bem", 2019, "kommunen").omraknad_ore).toBe(5 * 1000000);
  });

  test("otherwise days over the days of the month", () => {
    expect(cell("bem", 2017, "varden").omraknad_ore).toBe(500000 + 1000000);
  });

  test("a month's pay times its po_faktor and the share is a month's cost", () => {
    expect(cell("bem", 2017, "lonen").omraknad_ore).toBe(1500000);
  });

  test("a line without a computable cost is in no recomputed cell", () => {
    expect(cell("bem", 2017, "utan").omraknad_ore).toBeNull();
  });

  test("half an öre is rounded up, per line and year", () => {
    expect(cell("bem", 2017, "rund").omraknad_ore).toBe(1 + 2);
  });

  test("where the same part's next line starts on the month's last day the month is not whole", () => {
    expect(cell("bem", 2018, "byte").omraknad_ore).toBe(3000000 + 100000 + 3100000);
  });

  test("a budget that no single change of its lines gives is ej förklarad, one that they give needs no explanation", () => {
    expect(cell("bem", 2017, "varden").forklaring).toMatch(/ej förklarad/);
    expect(cell("bem", 2017, "utan").forklaring).toMatch(/ej förklarad/);
    expect(cell("bem", 2017, "kommunen").forklaring).toBeNull();
  });

  test("a period that can be read two ways: the reading that reproduces the budget, named", () => {
    const row = cell("alt", 2015, "kommunen");
    expect(row.omraknad_ore).toBe(3 * 868000);
    expect(String(row.forklaring)).toMatch(/2015-08-31|31 augusti/);
  });
});
