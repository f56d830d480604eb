/** What withheld rows of a goal come to together is shown in their place, counted by the engine as any period or group is. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, deliver, type Folder, type Goal } from "../contract/delivery.ts";

/** Begun and ended in the same month; 3, 4 and 6 come in the tertials of 2023, 2 and 3 in two kommuner. One of B comes twice. */
const people: readonly (readonly [id: string, kommun: string, day: string])[] = [
  ...Array.from({ length: 3 }, (_, i) => [`a${i}`, "A", `2023-02-0${i + 1}`] as const),
  ...Array.from({ length: 4 }, (_, i) => [`b${i}`, "A", `2023-06-0${i + 1}`] as const),
  ...Array.from({ length: 6 }, (_, i) => [`c${i}`, "A", `2023-10-0${i + 1}`] as const),
  ...Array.from({ length: 8 }, (_, i) => [`d${i}`, "A", `2024-02-0${i + 1}`] as const),
  ...["e0", "e1"].map((id) => [id, "B", "2024-06-01"] as const),
  ["e1", "B", "2024-07-01"],
  ...Array.from({ length: 3 }, (_, i) => [`f${i}`, "C", `2024-10-0${i + 1}`] as const),
];

let d: Folder;
let db: Database;
beforeAll(async () => {
  const goal = (matt: string, per: string, more: Partial<Goal> = {}): Goal => ({
    id: [matt, more.grupp ?? per].join("-"),
    matt,
    per,
    villkor: ">= 4",
    ...more,
  });
  d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["tid", "T", "2023-01-01", "2024-12-31", "f"],
        ["ort", "O", "2023-01-01", "2024-12-31", "f"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kommun", "startdatum", "slutdatum"],
        ...["tid", "ort"].flatMap((insats) =>
          people.map(([id, kommun, day]): Cells => [insats, id, kommun, day, `${day.slice(0, 8)}20`]),
        ),
      ],
    },
    pipelines: {
      "tid.yaml": { insats: "tid", mal: [goal("nya_deltagare", "tertial")] },
      "ort.yaml": { insats: "ort", mal: [goal("unika_deltagare", "hela", { grupp: "kommun" })] },
    },
  });
  db = await resultsIn(d.path("out"));
}, 120_000);
afterAll(() => db.close());

const together = (mal: string): Promise<object[]> =>
  db.rows(
    "select gruppvarde, cast(fran as varchar) as fran, cast(till as varchar) as till, taljare, ersatter from publik.sammanslagen where mal_id = $mal order by fran",
    { mal },
  );

test("two of three tertials are withheld: the year is shown in their place", async () => {
  const rows = (...days: string[]): string =>
    JSON.stringify(days.map((day) => `maluppfyllelse/tid/nya_deltagare-tertial///${day}`));
  expect(await together("nya_deltagare-tertial")).toEqual([
    {
      gruppvarde: "",
      fran: "2023-01-01",
      till: "2023-12-31",
      taljare: 13,
      ersatter: rows("2023-01-01", "2023-05-01"),
    },
    {
      gruppvarde: "",
      fran: "2024-01-01",
      till: "2024-12-31",
      taljare: 14,
      ersatter: rows("2024-05-01", "2024-09-01"),
    },
  ]);
});
test("kommuner of few are one group, in which who came twice is one", async () => {
  expect(await together("unika_deltagare-kommun")).toMatchObject([{ gruppvarde: '["B","C"]', taljare: 5 }]);
});
test("the page shows them in place of the rows", () => {
  const page = (insats: string): string => readFileSync(d.path("out", "rapport", "insats", `${insats}.html`), "utf8");
  expect(page("ort")).toContain("B och C");
  for (const insats of ["tid", "ort"]) expect(page(insats)).toContain("i stället för två värden");
});
