/** Reports in a row of one folder: what one has shown is known when the next is made. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
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
    await d.run({ today: day });
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
