/** Reports in a row of one folder: what one has shown is known when the next is made. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, type Folder, folder } from "../contract/delivery.ts";

/** The same persons in three insatser. In one of them the day of one of them is corrected. */
const register = (persons: number, corrected: string): Cells[] => [
  ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
  ...["rader", "rattad", "andrad"].flatMap((insats) =>
    Array.from({ length: persons }, (_, i): Cells => {
      const start = insats === "rattad" && i === 0 ? corrected : "2024-01-10";
      return [insats, `p${i}`, i % 2 === 0 ? "K" : "M", start, null];
    }),
  ),
];
const totals = (persons: number): Cells[] => [
  ["insats_id", "slag", "fran", "till", "totalt"],
  ["antal", "deltagare", "2024-01-01", "2024-12-31", persons],
];

let d: Folder;
/** What the page of an insats says of its one goal, in each report. */
const said: Record<string, string[]> = { rader: [], antal: [], rattad: [], andrad: [] };
beforeAll(async () => {
  d = folder({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["rader", "R", "2024-01-01", "2024-12-31", "f"],
        ["antal", "A", "2024-01-01", "2024-12-31", "f"],
        ["rattad", "T", "2024-01-01", "2024-12-31", "f"],
        ["andrad", "D", "2024-01-01", "2024-12-31", "f"],
      ],
      "deltagare.csv": register(20, "2024-01-10"),
      "deltagarantal.csv": totals(20),
    },
    pipelines: {
      "alla.yaml": {
        insats: ["rader", "antal", "rattad"],
        mal: [{ id: "m", matt: "deltaganden", per: "hela", villkor: ">= 10" }],
      },
    },
  });
  for (const [day, persons, corrected, goal] of [
    ["2025-01-31", 20, "2024-01-10", "m"],
    ["2025-02-28", 21, "2024-01-11", "n"],
    ["2025-03-31", 26, "2024-01-11", "n"],
  ] as const) {
    // The goal has another name and asks for more from the second report on.
    const mal = [{ id: goal, matt: "deltaganden", per: "hela", villkor: goal === "m" ? ">= 10" : ">= 15" }];
    d.pipeline("andrad.yaml", { insats: "andrad", mal });
    d.write("deltagare.csv", register(persons, corrected));
    d.write("deltagarantal.csv", totals(persons));
    await d.run({ today: day, report: true });
    for (const [insats, own] of Object.entries(said)) {
      const page = readFileSync(d.path("out", "rapport", "insats", `${insats}.html`), "utf8");
      own.push(/data-rubrik="Värde"[^>]*><span>([^<]*)</.exec(page)?.[1]?.replaceAll("\u00a0", " ") ?? "");
    }
  }
}, 120_000);

describe.each(["rader", "antal", "rattad"])("a number from %s", (insats) => {
  test("that has grown by one is not shown, but what was shown, with its day; grown by six it is", () => {
    expect(said[insats]).toEqual(["20", "20 per 31 januari 2025", "26"]);
  });
});
test("a goal that is edited between two reports shows nothing of the one who came", () => {
  expect(said.andrad).toEqual(["20", "..", "26"]);
});
test("what is kept of the reports names no person", () => {
  const kept = [...d.bytes("out/arkiv/rapporter")].filter(([path]) => path.endsWith("-visad.parquet"));
  expect(kept).toHaveLength(3);
  for (const [, bytes] of kept) expect(bytes.toString("latin1")).not.toMatch(/p1\d/);
});

/**
 * 18 persons, two of whom came twice: 20 entries are hidden beside the 18, and their goal is met. Then three come, and 23 entries less
 * the 20 or more that were there before are three at most. Then five more.
 */
test.each([
  ["minst 20", ">= 20", [null, null, 28]],
  ["minst 10", ">= 10", [null, 23, 28]],
])(
  "a verdict of a hidden row is known in the next report: %s",
  async (_, villkor, expected) => {
    const entry = (id: string, start: string, end: string | null): Cells => ["i", id, start, end];
    const entries = [
      ...Array.from({ length: 18 }, (_, i) => entry(`p${i}`, "2024-01-10", i < 2 ? "2024-03-01" : null)),
      ...["p0", "p1"].map((id) => entry(id, "2024-05-01", null)),
      ...Array.from({ length: 8 }, (_, i) => entry(`q${i}`, "2024-06-01", null)),
    ];
    const own = folder({
      files: {
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
          ["i", "I", "2024-01-01", "2024-12-31", "f"],
        ],
      },
      pipelines: {},
    });
    const seen: unknown[] = [];
    for (const [day, count] of [
      ["2025-01-31", 20],
      ["2025-02-28", 23],
      ["2025-03-31", 28],
    ] as const) {
      own.write("deltagare.csv", [["insats_id", "deltagar_id", "startdatum", "slutdatum"], ...entries.slice(0, count)]);
      // Two goals on the 18 count more than one on the 20.
      const unique = ["hela", "ar"].map((per) => ({
        id: `unika-${per}`,
        matt: "unika_deltagare",
        per,
        villkor: ">= 1",
      }));
      const all = { id: "alla", matt: "deltaganden", per: "hela", villkor };
      own.pipeline("i.yaml", { insats: "i", mal: count === 20 ? [all, ...unique] : [all] });
      await own.run({ today: day, report: true });
      const db = await resultsIn(own.path("out"));
      seen.push(
        ...(await db
          .rows("select mal_id, varde, status from publik.maluppfyllelse order by mal_id")
          .finally(() => db.close())),
      );
    }
    const status = "uppnatt";
    expect(seen).toEqual([
      { mal_id: "alla", varde: expected[0], status },
      { mal_id: "unika-ar", varde: 18, status },
      { mal_id: "unika-hela", varde: 18, status },
      { mal_id: "alla", varde: expected[1], status },
      { mal_id: "alla", varde: expected[2], status },
    ]);
  },
  120_000,
);
