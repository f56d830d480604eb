/** Persons whom a figure counts once, each by an entry in its own period: the longer period has them by other entries. */
import { expect, test } from "vitest";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, deliver } from "../contract/delivery.ts";

test("ten in both years, six of them in the second too: the four that are left are not told, and the report is made", async () => {
  const d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["i", "I", "2023-01-01", "2024-12-31", "f"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "status"],
        ["i", "m1", "2023-05-01", "samverkan", "genomfört"],
        ["i", "m2", "2024-05-01", "samverkan", "genomfört"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["i", "k", "K", "kommun"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ...["m1", "m2"].map((mote): Cells => ["i", mote, "k", "ja", "ja"]),
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id"],
        ...Array.from({ length: 10 }, (_, i): Cells => ["i", "m1", `p${i}`]),
        ...Array.from({ length: 6 }, (_, i): Cells => ["i", "m2", `p${i}`]),
      ],
    },
    pipelines: {
      "i.yaml": {
        insats: "i",
        mal: ["hela", "ar"].map((per) => ({ id: per, matt: "individer_i_samverkansmote", per, villkor: ">= 5" })),
      },
    },
  });
  const db = await resultsIn(d.path("out"));
  const rows = await db
    .rows("select mal_id, cast(fran as varchar) as fran, varde from publik.maluppfyllelse order by all")
    .finally(() => db.close());
  expect(rows).toEqual([
    { mal_id: "ar", fran: "2023-01-01", varde: 10 },
    { mal_id: "ar", fran: "2024-01-01", varde: null },
    { mal_id: "hela", fran: "2023-01-01", varde: 10 },
  ]);
}, 120_000);
