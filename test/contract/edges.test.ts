import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, folder, only, pick, type Row } from "./delivery.ts";

// Ties, odd windows and small print.
let d: Folder;
const windows = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const hela = (insats_id: string, mal_id: string): Row => only(windows(insats_id, mal_id), { grupp: "" });

const shares = [7, 14, 28, 29, 55, 56, 57, 58, 85];
const year = (id: string): Cells => [id, id, "2020-01-01", "2020-12-31"];

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ...shares.map((n) => year(`andel${n}`)),
        ["tierp", "Tierp", "2018-04-01", "2020-03-31"],
        ["skar", "Skär", "2020-01-01", "2021-12-31"],
        ["mote", "Möten", "2020-01-01", "2020-12-31"],
        ["utan-nyckel-2021", "Nyckel", "2020-01-01", "2021-12-31"],
        ["brutto", "Andelar", "2020-01-01", "2020-12-31"],
        ["utfall", "Utfall", "2020-01-01", "2020-12-31"],
        ["agg-kon", "Kön", "2020-01-01", "2020-12-31"],
        ["samma-dag", "Samma dag", "2020-01-01", "2020-12-31"],
        ["ute", "Ute", "2020-01-01", "2020-12-31"],
        ["info-tom", "Tom", "2020-01-01", "2020-12-31"],
        ["komplett", "Komplett", "2020-01-01", "2020-12-31"],
        ["stor", "Stor", "2020-01-01", "2020-12-31"],
      ],
      "forbund.csv": [["forbund_id", "namn"], ...["a", "b", "c"].map((id): Cells => [id, id])],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ...[...shares.map((n) => `andel${n}`), "mote", "ute"].flatMap((id): Cells[] => [
          [id, "af", "AF", "arbetsformedlingen"],
          [id, "fk", "FK", "forsakringskassan"],
        ]),
      ],
      "narvaroantal.csv": [
        ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
        ...shares.map((n): Cells => [`andel${n}`, "af", "2020-01-01", "2020-12-31", 100, n]),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["mote", "m1", "2020-03-01", "samverkan"],
        ["mote", "m2", "2020-05-01", "samverkan"],
        ["ute", "inne", "2020-03-01", "samverkan"],
        ["ute", "före", "2019-12-31", "samverkan"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["mote", "m1", "af", "ja", "ja"],
        ["mote", "m1", "fk", "ja", "ja"],
        ["mote", "m2", "af", "ja", "nej"],
        ["mote", "m2", "fk", "ja", "ja"],
        ["ute", "inne", "af", "ja", "ja"],
        ["ute", "före", "af", "ja", "nej"],
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id", "kon"],
        ["ute", "inne", "d1", "K"],
        ["ute", "före", "d2", "K"],
      ],
      "deltagarantal.csv": [
        ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant", "totalt"],
        ["tierp", "2018-04-01", "2020-03-31", "deltagare", 44, 29, null, 73],
        ["skar", "2020-07-01", "2021-06-30", "nya", null, null, null, 30],
        ["agg-kon", "2020-01-01", "2020-12-31", "deltagare", 6, 4, null, 10],
        ["komplett", "2020-01-01", "2020-12-31", "deltagare", 6, 4, null, null],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
        ["samma-dag", "p", "2020-05-01", "2020-05-01", "K"],
      ],
      "finansiering.csv": [
        ["insats_id", "forbund_id", "ar", "slag", "andel"],
        ["utan-nyckel-2021", "a", 2020, "beviljat", "60 %"],
        ["utan-nyckel-2021", "b", 2020, "beviljat", "40 %"],
        ["brutto", "a", null, "beviljat", "1/3"],
      ].slice(0, 3) as Cells[],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
        ["utan-nyckel-2021", 1, "a", "2020-01-01", "2020-12-31", "50 kr"],
        ["utan-nyckel-2021", 2, "b", "2020-01-01", "2020-12-31", "50 kr"],
        ["brutto", 1, "a", "2020-01-01", "2020-01-31", "1 kr"],
        ["brutto", 2, "b", "2020-01-01", "2020-01-31", "1 kr"],
        ["brutto", 3, "c", "2020-01-01", "2020-01-31", "-0,01 kr"],
        ["stor", 2, "a", "2020-01-01", "2020-01-31", "99999999999999999999999999999999999999999 kr"],
        ["stor", 3, "a", "2020-01-01", "2020-01-31", "1 kr"],
      ],
      "deltagarutfall.csv": [
        ["insats_id", "fran", "till", "variabel", "varde", "kon", "antal"],
        ["utfall", "2020-01-01", "2020-12-31", "sysselsättning_efter", "arbete", null, 3],
        ["utfall", "2020-01-01", "2020-12-31", "sysselsättning_efter", "studier", null, 2],
        ["utfall", "2020-01-01", "2020-12-31", "sysselsättning_efter", "arbetssökande", null, 5],
      ],
      "enkat.csv": [
        ["insats_id", "enkat_id", "grupp", "fraga", "svar", "antal"],
        ["utfall", "e", "deltagare", "Nöjd?", "ja", 3],
        ["utfall", "e", "deltagare", "Nöjd?", "nej", 1],
      ],
    },
    pipelines: {
      "andel.yaml": {
        insats: shares.map((n) => `andel${n}`),
        mal: shares.flatMap((n) => [
          { id: `minst-${n}`, matt: "narvaroandel", per: "hela", villkor: `>= ${n} %` },
          {
            id: `minst-0,${n}`.replace(",", "-"),
            matt: "narvaroandel",
            per: "hela",
            villkor: `>= ${n / 100}`.replace(".", ","),
          },
          { id: `over-${n}`, matt: "narvaroandel", per: "hela", villkor: `>${n}%` },
          { id: `mellan-${n}`, matt: "narvaroandel", per: "hela", villkor: `${n}..${n} %` },
        ]),
      },
      "tierp.yaml": {
        insats: "tierp",
        mal: [{ id: "ar", matt: "unika_deltagare", per: "ar", villkor: ">= 60" }],
      },
      "skar.yaml": {
        insats: "skar",
        mal: [{ id: "ar", matt: "nya_deltagare", per: "ar", villkor: ">= 40" }],
      },
      "mote.yaml": {
        insats: "mote",
        mal: [{ id: "varje", matt: "narvaroandel", per: "mote", villkor: ">= 100 %" }],
      },
      "ute.yaml": {
        insats: "ute",
        mal: [
          { id: "narvaro", matt: "narvaroandel", per: "hela", villkor: ">= 100 %" },
          {
            id: "sam",
            matt: "individer_i_samverkansmote",
            per: "hela",
            villkor: ">= 1",
            parametrar: { minst_parter: 1 },
          },
        ],
      },
      "rest.yaml": {
        insats: ["utan-nyckel-2021", "brutto", "utfall", "agg-kon", "samma-dag", "info-tom", "komplett"],
        mal: [
          { id: "arbete", matt: "andel_till_arbete_eller_studier", per: "hela", villkor: ">= 50 %" },
          { id: "kon", matt: "deltaganden", per: "hela", villkor: ">= 5", grupp: "kon" },
          { id: "delt", matt: "deltaganden", per: "manad", villkor: ">= 1" },
          { id: "tid", matt: "inskrivningstid", per: "hela", villkor: ">= 0" },
        ],
      },
    },
  });
}, 60_000);

describe("ties are met, in exact integers", () => {
  test.each(shares)("%i of 100", (n) => {
    const row = (id: string): unknown => hela(`andel${n}`, id).status;
    expect([row(`minst-${n}`), row(`minst-0-${n}`), row(`over-${n}`), row(`mellan-${n}`)]).toEqual([
      "uppnatt",
      "uppnatt",
      "ej_uppnatt",
      "uppnatt",
    ]);
  });
});

describe("joined windows", () => {
  test("73 persons from April 2018 to March 2020 against 60 a calendar year", () => {
    expect(windows("tierp", "ar")).toHaveLength(1);
    const row = hela("tierp", "ar");
    expect([row.fran, row.till, row.taljare, row.upplosning, row.skal]).toEqual([
      "2018-04-01",
      "2020-03-31",
      73,
      "sammanslagen",
      "sammanlagt",
    ]);
    expect(row.malvarde).toBeCloseTo((60 * 275) / 365 + 60 + (60 * 91) / 366, 10);
  });

  test("a row over a part of two windows is judged on its own dates", () => {
    const row = windows("skar", "ar").find(({ upplosning }) => upplosning === "sammanslagen");
    expect([row?.fran, row?.till, row?.taljare]).toEqual(["2020-07-01", "2021-06-30", 30]);
    expect(row?.malvarde).toBeCloseTo((40 * 184) / 366 + (40 * 181) / 365, 10);
  });
});

describe("per: mote", () => {
  test("one window for each möte", () => {
    expect(columns(windows("mote", "varje"), "fran", "till", "taljare", "namnare", "status")).toEqual([
      ["2020-03-01", "2020-03-01", 2, 2, "uppnatt"],
      ["2020-05-01", "2020-05-01", 1, 2, "ej_uppnatt"],
    ]);
  });
});

describe("a möte outside the insats", () => {
  test("counts nowhere: not its narvaro, nor its ärenden", () => {
    expect(hela("ute", "narvaro")).toMatchObject({ taljare: 1, namnare: 1 });
    expect(hela("ute", "sam")).toMatchObject({ taljare: 1 });
  });
});

describe("shares", () => {
  test("a key of another year does not apply to this year's invoices", () => {
    const rows = pick(d.rows("kostnadsandel_ar"), { insats_id: "utan-nyckel-2021", dimension: "forbund" });
    expect(columns(rows, "ar", "id", "avtalad_andel", "avvikelse_ore")).toEqual([
      [2020, "a", 0.6, -1000],
      [2020, "b", 0.4, 1000],
    ]);
  });

  test("a negative part: the percent still sum to 100,0", () => {
    const rows = pick(d.rows("kostnadsandel"), { insats_id: "brutto", dimension: "forbund" });
    // 100, 100, -1 of 199 öre: 50,25, 50,25, -0,50 %
    expect(columns(rows, "id", "andel_procent")).toEqual([
      ["a", 50.3],
      ["b", 50.2],
      ["c", -0.5],
    ]);
  });
});

describe("counts in place of rows", () => {
  test("deltagarutfall feeds work or studies", () => {
    expect(hela("utfall", "arbete")).toMatchObject({ taljare: 5, namnare: 10, status: "uppnatt" });
  });

  test("the columns of an aggregate are its groups", () => {
    const rows = windows("agg-kon", "kon").filter(({ grupp }) => grupp === "kon");
    expect(columns(rows, "gruppvarde", "taljare", "status")).toEqual(
      expect.arrayContaining([
        ["kvinna", 6, "uppnatt"],
        ["man", 4, "ej_uppnatt"],
      ]),
    );
    expect(hela("agg-kon", "kon").taljare).toBe(10);
  });

  test("without a total the parts are the total", () => {
    expect(hela("komplett", "kon").taljare).toBe(10);
  });
});

describe("an entry of one day", () => {
  test("overlaps its month, and lasts 0 days", () => {
    expect(windows("samma-dag", "delt").map(({ taljare }) => taljare)).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
    expect(hela("samma-dag", "tid")).toMatchObject({ taljare: 0, namnare: 1, varde: 0 });
  });
});

describe("sources", () => {
  const insats = (id: string): Cells[] => [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    [id, id, "2020-01-01", "2020-12-31"],
  ];
  const mote = (id: string): Cells[] => [
    ["insats_id", "mote_id", "datum", "motestyp"],
    [id, 1, "2020-02-02", "puls"],
  ];
  const mal = [{ id: "m", matt: "antal_moten", per: "hela", villkor: ">= 1" }];

  test("two folders written alike from two places are two sources", async () => {
    const made = folder({
      files: {},
      pipelines: {
        "a/x.yaml": { insats: "x", kallor: ["../../data/a"], mal },
        "b/c/y.yaml": { insats: "y", kallor: ["../../data/a"], mal },
      },
    });
    for (const [at, id] of [
      ["a", "x"],
      ["../pipelines/data/a", "y"],
    ] as const) {
      made.write(`${at}/insats.csv`, insats(id));
      made.write(`${at}/mote.csv`, mote(id));
    }
    await made.run({ pipelines: "**/*.yaml" });
    expect(columns(made.rows("maluppfyllelse"), "insats_id", "taljare")).toEqual([
      ["x", 1],
      ["y", 1],
    ]);
  }, 60_000);

  describe("over three runs, each insats in a folder of its own", () => {
    let made: Folder;
    const found: Row[][] = [];
    const held: Row[][] = [];
    const rejected: boolean[] = [];
    const refused = (at: number, id: string): unknown[] =>
      (found[at] ?? [])
        .filter(({ fil, allvar }) => String(fil).startsWith(`data/${id}/`) && allvar === "fel")
        .map(({ kod }) => kod);
    const countOf = (at: number, id: string): unknown => only(held[at] ?? [], { insats_id: id }).taljare;
    const step = async (today: string): Promise<void> => {
      rejected.push((await made.run({ today })).rejected);
      found.push(made.rows("datakvalitet"));
      held.push(made.rows("maluppfyllelse"));
    };
    beforeAll(async () => {
      made = folder({
        files: {
          "borta/insats.csv": insats("borta"),
          "borta-moten/mote.csv": mote("borta"),
          "glob/2020/insats.csv": insats("glob"),
          "glob/2020/mote.csv": mote("glob"),
          "glob/annat/mote.csv": mote("annat"),
          "nekad/insats.csv": insats("nekad"),
          "nekad/mote.csv": [
            ["insats_id", "mote_id", "datum"],
            ["nekad", 1, "2020-02-02"],
          ],
          "nummer/insats.csv": insats("nummer"),
          "nummer/mote.csv": mote("nummer"),
          "x/leverans/insats.csv": insats("x"),
          "x/leverans/mote.csv": mote("x"),
          "y/leverans/insats.csv": insats("y"),
          "y/leverans/mote.csv": mote("y"),
        },
        pipelines: {
          "borta.yaml": { insats: "borta", kallor: ["../data/borta", "../data/borta-moten"], mal },
          "glob.yaml": { insats: "glob", kallor: ["../data/glob/20*"], mal },
          "nekad.yaml": { insats: "nekad", kallor: ["../data/nekad"], mal },
          "nummer.yaml": { insats: "nummer", kallor: ["../data/nummer"], mal },
          "x.yaml": { insats: "x", kallor: ["../data/x/leverans"], mal },
          "y.yaml": { insats: "y", kallor: ["../data/y/leverans", "../data/x/leverans"], mal },
        },
      });
      await step("2025-01-01");
      made.remove("borta-moten/mote.csv");
      made.write("nummer/mote.csv", [...mote("nummer"), ["nummer", "19811228-9874", "2020-03-03", "puls"]]);
      await step("2025-01-02");
      made.write("nekad/mote.csv", mote("nekad"));
      made.write("nummer/mote.csv", mote("nummer"));
      await step("2025-01-03");
    }, 120_000);

    test("a source whose only file is taken away keeps its rows", () => {
      expect([0, 1, 2].map((at) => countOf(at, "borta"))).toEqual([1, 1, 1]);
    });

    test("two sources whose folders have one name are two, and a source in two pipelines is one", () => {
      expect([countOf(0, "x"), countOf(0, "y")]).toEqual([1, 1]);
      expect((found[0] ?? []).filter(({ fil }) => /^data\/[xy]\//.test(String(fil)))).toEqual([]);
    });

    test("a glob is a source", () => {
      expect(countOf(0, "glob")).toBe(1);
      expect(made.rows("leveranser").filter(({ fil }) => String(fil).startsWith("data/glob/"))).toHaveLength(2);
    });

    test("a refused file is refused again, until a new version of it is right", () => {
      expect([0, 1, 2].map((at) => refused(at, "nekad").length > 0)).toEqual([true, true, false]);
      expect(rejected).toEqual([true, true, false]);
      expect(countOf(2, "nekad")).toBe(1);
    });

    test("a new version with a personnummer is refused, and the accepted one stays", () => {
      expect(refused(0, "nummer")).toEqual([]);
      expect(refused(1, "nummer")).toEqual(["personnummer"]);
      expect(countOf(1, "nummer")).toBe(1);
    });
  });

  test("an amount no number can hold is a finding, not a broken run", () => {
    expect(columns(pick(d.rows("datakvalitet"), { allvar: "fel" }), "fil", "rad")).toEqual([["data/faktura.csv", 7]]);
    expect(only(d.rows("kostnadsandel"), { insats_id: "stor", dimension: "insats" }).belopp_ore).toBe(100);
  });

  test("two pipelines that give one insats the same goal are wrong usage", async () => {
    const made = folder({
      files: { "insats.csv": insats("x"), "mote.csv": mote("x") },
      pipelines: { "a.yaml": { insats: "*", mal }, "b.yaml": { insats: "x", mal } },
    });
    expect((await made.cli(["run"])).code).toBe(2);
  }, 60_000);

  test("--as-of leaves out what its name says was received later", async () => {
    const made = await deliver(
      {
        files: { "insats.csv": insats("x"), "2024-01-02 mote.csv": mote("x") },
        pipelines: { "x.yaml": { insats: "x", mal } },
      },
      { asOf: "2024-01-01" },
    );
    expect(made.rows("leveranser").map(({ fil }) => fil)).toEqual(["data/insats.csv"]);
    expect(only(made.rows("maluppfyllelse"), {}).skal).toBe("saknas");
  }, 60_000);
});
