/** Delivered totals, of which no rows are known: what their definitions give is worked out here by hand. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, deliver, type Folder, type Goal } from "../contract/delivery.ts";

/** insats, slag, fran, till, kvinnor, man, okant, totalt */
type Total = readonly [string, string, string, string, ...(number | null)[]];
/** insats, variabel, varde, fran, till, antal */
type Outcome = readonly [string, string, string, string, string, number];

const year = (insats: string, slag: string, ...counts: (number | null)[]): Total =>
  [...[insats, slag, "2024-01-01", "2024-12-31"], ...counts] as unknown as Total;
const quarters = [
  ["2024-01-01", "2024-03-31"],
  ["2024-04-01", "2024-06-30"],
  ["2024-07-01", "2024-09-30"],
  ["2024-10-01", "2024-12-31"],
] as const;

const totals: readonly Total[] = [
  year("trygg", "deltagare", 30, 30, null, 60),
  year("trygg", "nya", 20, 15, null, 35),
  year("trygg", "avslutade", 12, 13, null, 25),
  year("nya", "deltagare", null, null, null, 26),
  year("nya", "nya", null, null, null, 25),
  ["flode", "deltagare", "2023-01-01", "2023-12-31", null, null, null, 23],
  ["flode", "avslutade", "2023-01-01", "2023-12-31", null, null, null, 10],
  year("flode", "deltagare", null, null, null, 16),
  year("flode", "nya", null, null, null, 3),
  year("kvartal", "avslutade", null, null, null, 33),
  ...quarters.map(([fran, till], i): Total => ["kvartal", "avslutade", fran, till, null, null, null, i === 3 ? 3 : 10]),
  year("arsvis", "deltagare", null, null, null, 26),
  ["arsvis", "deltagare", "2024-01-01", "2024-06-30", null, null, null, 20],
  ["arsvis", "deltagare", "2024-07-01", "2024-12-31", null, null, null, 24],
  ["flera", "deltagare", "2023-01-01", "2023-12-31", null, null, null, 12],
  year("flera", "deltagare", null, null, null, 15),
  ["flera", "deltagare", "2023-01-01", "2024-12-31", null, null, null, 25],
  year("mote", "deltagare", null, null, null, 30),
  year("mote", "i_samverkansmote", null, null, null, 28),
  year("kand", "deltagare", null, null, null, 30),
  year("kand", "med_personuppgifter", null, null, null, 29),
  year("kon", "deltagare", 20, 12, null, 32),
  year("kon", "nya", 18, 6, null, 24),
  year("okant", "deltagare", 12, 9, 3, 24),
  year("utfall", "avslutade", null, null, null, 22),
  year("del", "deltagare", null, null, null, 24),
  year("del", "avslutade", null, null, null, 21),
];
const outcomes: readonly Outcome[] = [
  ["utfall", "sysselsattning_efter", "förvärvsarbete", "2024-01-01", "2024-12-31", 10],
  ["utfall", "sysselsattning_efter", "arbetssökande", "2024-01-01", "2024-12-31", 10],
];
/** Registers of 20 who ended, of whom 12 work, and so many of whom nobody knows. */
const unknown = { tva: 2, sex: 6 } as const;
const register = Object.entries(unknown).flatMap(([insats, count]) =>
  Array.from(
    { length: 20 + count },
    (_, i): Cells => [
      ...[insats, `p${i}`, "2024-01-10", "2024-11-20", "arbetssökande"],
      i < 12 ? "förvärvsarbete" : i < 20 ? "arbetssökande" : null,
    ],
  ),
);
/** Two möten of one insats, with so many parts and so many persons: two thresholds of one measure. */
const parts = ["a", "b", "c"];
const meetings = [
  ["tva", 2, 3],
  ["tre", 3, 27],
] as const;
/** Counts that others than the five of the rule are asked of: one that is out already, and one of whom more is asked. */
const thresholds = {
  publicerad: { antal: 1, skal: "tabellen är publicerad", roll: "förbundschef" },
  strang: 10,
} as const;
const ofThresholds: readonly Total[] = Object.keys(thresholds).flatMap((insats) => [
  year(insats, "deltagare", null, null, null, 12),
  year(insats, "avslutade", null, null, null, 3),
  [insats, "deltagare", "2023-01-01", "2023-12-31", null, null, null, 8] as const,
]);
const insatser = [...new Set([...totals.map(([insats]) => insats)])];

const goal = (matt: string, per: string, more: Partial<Goal> = {}): Goal => ({
  id: [matt, per, more.grupp ?? ""].join("-"),
  matt,
  per,
  villkor: ">= 1",
  ...more,
});

let d: Folder;
beforeAll(async () => {
  d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ...["parter", ...insatser, ...Object.keys(unknown), ...Object.keys(thresholds)].map(
          (id): Cells => [id, id, "2023-01-01", "2024-12-31", "f"],
        ),
      ],
      "deltagarantal.csv": [
        ["insats_id", "slag", "fran", "till", "kvinnor", "man", "okant", "totalt"],
        ...[...totals, ...ofThresholds].map((total): Cells => [...total]),
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "sysselsattning_start", "sysselsattning_slut"],
        ...register,
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ...parts.map((part): Cells => ["parter", part, part, "kommun"]),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "status"],
        ...meetings.map(([mote]): Cells => ["parter", mote, "2024-03-01", "samverkan", "genomfort"]),
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ...meetings.flatMap(([mote, present]) =>
          parts.slice(0, present).map((part): Cells => ["parter", mote, part, "ja", "ja"]),
        ),
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id"],
        ...meetings.flatMap(([mote, , persons]) =>
          Array.from({ length: persons }, (_, i): Cells => ["parter", mote, `${mote}${i}`]),
        ),
      ],
      "deltagarutfall.csv": [
        ["insats_id", "variabel", "varde", "fran", "till", "antal"],
        ...outcomes.map((outcome): Cells => [...outcome]),
      ],
    },
    pipelines: {
      ...Object.fromEntries(
        Object.entries(thresholds).map(([insats, troskel]) => [
          `${insats}.yaml`,
          { insats, troskel, mal: [goal("deltaganden", "ar"), goal("avslutade_deltagare", "ar")] },
        ]),
      ),
      "parter.yaml": {
        insats: "parter",
        mal: [2, 3].map((parter) =>
          goal("individer_i_samverkansmote", "ar", {
            id: `individer_i_samverkansmote-minst${parter}`,
            parametrar: { minst_parter: parter },
          }),
        ),
      },
      "okanda.yaml": {
        insats: Object.keys(unknown),
        mal: [goal("andel_till_arbete_eller_studier", "hela", { villkor: ">= 50 %" })],
      },
      "alla.yaml": {
        insats: insatser,
        mal: [
          ...["deltaganden", "nya_deltagare", "avslutade_deltagare"].flatMap((matt) =>
            ["hela", "ar", "termin", "kvartal"].map((per) => goal(matt, per)),
          ),
          ...["deltaganden", "nya_deltagare"].map((matt) => goal(matt, "ar", { grupp: "kon" })),
          goal("individer_i_samverkansmote", "ar"),
          goal("andel_med_personuppgifter", "ar", { villkor: ">= 10 %" }),
          goal("andel_kvinnor", "ar", { villkor: ">= 10 %" }),
          goal("genomstromning", "ar", { villkor: ">= 10 %" }),
          goal("andel_till_arbete_eller_studier", "ar", { villkor: ">= 10 %" }),
        ],
      },
    },
  });
}, 120_000);

/** What stands in publicerat.json of an insats's goal: `matt fran [kön]` of each number that is shown. */
const shownOf = (insats: string): Map<string, number> => {
  const { tables } = JSON.parse(readFileSync(d.path("out", "rapport", "publicerat.json"), "utf8")) as {
    tables: { resultat: string[]; dims: string[]; cells: { keys: Record<string, string>; value: number | null }[] }[];
  };
  return new Map(
    tables.flatMap(({ resultat, dims, cells }) =>
      (dims.includes("figur") ? [] : cells).flatMap(({ keys, value }, i): [string, number][] => {
        const row = resultat[Math.floor((i * resultat.length) / cells.length)] ?? "";
        const [result, own, id = "", , group = "", fran = ""] = row.split("/");
        if (value === null || own !== insats || result !== "maluppfyllelse") return [];
        const [matt, per] = id.split("-");
        return [
          [
            [matt, per, fran.slice(0, 7), group, keys.utfall ?? (keys.okanda && "okanda")]
              .filter((part) => part)
              .join(" "),
            value,
          ],
        ];
      }),
    ),
  );
};
const both = (insats: string, ...figures: readonly string[]): boolean => {
  const shown = shownOf(insats);
  return figures.every((figure) => shown.has(figure));
};

describe("of delivered totals", () => {
  test("all is shown where no difference is of few", () => {
    expect(new Map([...shownOf("trygg")].filter(([figure]) => figure.includes(" ar ")))).toEqual(
      new Map([
        ...["deltaganden", "nya_deltagare", "avslutade_deltagare"].map((matt, i): [string, number] => [
          `${matt} ar 2024-01`,
          [60, 35, 25][i] ?? 0,
        ]),
        ...[30, 30].map((n, i): [string, number] => [`deltaganden ar 2024-01 ${["kvinna", "man"][i]}`, n]),
        ...[20, 15].map((n, i): [string, number] => [`nya_deltagare ar 2024-01 ${["kvinna", "man"][i]}`, n]),
        ["andel_kvinnor ar 2024-01 raknas", 30],
        ["andel_kvinnor ar 2024-01 ovriga", 30],
        ["andel_kvinnor ar 2024-01 Totalt", 60],
        ["genomstromning ar 2024-01 raknas", 25],
        ["genomstromning ar 2024-01 ovriga", 35],
        ["genomstromning ar 2024-01 Totalt", 60],
      ]),
    );
  });
  test.each([
    [
      "nya",
      "26 who took part, 25 of them new: one was there before",
      ["deltaganden ar 2024-01", "nya_deltagare ar 2024-01"],
    ],
    [
      "flode",
      "23 less 10 who ended go on, of the next year's 16: three are new",
      ["deltaganden ar 2023-01", "avslutade_deltagare ar 2023-01", "deltaganden ar 2024-01"],
    ],
    [
      "kvartal",
      "three quarters of a year's 33: the fourth is three",
      [
        "avslutade_deltagare ar 2024-01",
        ...["01", "04", "07"].map((month) => `avslutade_deltagare kvartal 2024-${month}`),
      ],
    ],
    [
      "arsvis",
      "26 in a year, 24 in its second half: two left before",
      ["deltaganden ar 2024-01", "deltaganden termin 2024-07"],
    ],
    [
      "flera",
      "12 and 15 in two years, 25 in both: two in either",
      ["deltaganden ar 2023-01", "deltaganden ar 2024-01", "deltaganden hela 2023-01"],
    ],
    [
      "parter",
      "30 met at least two parts, 27 of them at least three",
      ["individer_i_samverkansmote minst2 2024-01", "individer_i_samverkansmote minst3 2024-01"],
    ],
    ["mote", "28 of 30 were at a möte", ["deltaganden ar 2024-01", "individer_i_samverkansmote ar 2024-01"]],
    [
      "kand",
      "29 of 30 are known",
      ["andel_med_personuppgifter ar 2024-01 raknas", "andel_med_personuppgifter ar 2024-01 Totalt"],
    ],
    ["kon", "18 of 20 women are new", ["deltaganden ar 2024-01 kvinna", "nya_deltagare ar 2024-01 kvinna"]],
    ["okant", "21 women and men of 24", ["deltaganden ar 2024-01", "andel_kvinnor ar 2024-01 Totalt"]],
    [
      "utfall",
      "20 of 22 have a known outcome",
      ["avslutade_deltagare ar 2024-01", "andel_till_arbete_eller_studier ar 2024-01 Totalt"],
    ],
    ["del", "21 of 24 have ended", ["deltaganden ar 2024-01", "avslutade_deltagare ar 2024-01"]],
    ["del", "21 of 24 have ended, as a share", ["genomstromning ar 2024-01 raknas"]],
  ] as const)("%s: not all of them, for %s", (insats, _, figures) => {
    expect(both(insats, ...figures)).toBe(false);
    // What is hidden is not all: some of it is shown.
    expect(shownOf(insats).size).toBeGreaterThan(0);
  });
});

test("how many are unknown is said of six, in sentences and numbers, and not of two", async () => {
  const db = await resultsIn(d.path("out"));
  const said = await db
    .rows<{ insats: string; mening: string; krav: string | null }>(
      "select insats_id as insats, mening, krav from publik.malsammanfattning where insats_id in ('tva', 'sex') order by insats_id",
    )
    .finally(() => db.close());
  expect(said.map((one) => ({ ...one, mening: one.mening.replaceAll("\u00a0", " ") }))).toEqual([
    {
      insats: "sex",
      mening: "Målet nåddes: 60 % (12 av 20, täckningsgrad 76,9 %), minst 50 % krävs.",
      krav: expect.stringContaining("6 av 26 är okända") as string,
    },
    { insats: "tva", mening: "Målet nåddes: 60 % (12 av 20), minst 50 % krävs.", krav: null },
  ]);
  expect([...shownOf("sex").values(), ...shownOf("tva").values()]).toEqual([12, 8, 20, 6, 12, 8, 20]);
});

test("a pipeline may ask more than five, and less with a reason and a role, which are recorded", () => {
  expect(Object.fromEntries(shownOf("publicerad"))).toEqual({
    "deltaganden ar 2023-01": 8,
    "deltaganden ar 2024-01": 12,
    "avslutade_deltagare ar 2024-01": 3,
  });
  expect(Object.fromEntries(shownOf("strang"))).toEqual({ "deltaganden ar 2024-01": 12 });
  const { undantag } = JSON.parse(readFileSync(d.path("out", "internt", "rojande.json"), "utf8")) as {
    undantag: unknown[];
  };
  expect(undantag).toEqual([
    { insats_id: "publicerad", troskel: 1, skal: "tabellen är publicerad", roll: "förbundschef" },
    { insats_id: "strang", troskel: 10, skal: "", roll: "" },
  ]);
});
