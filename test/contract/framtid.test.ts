// What lies ahead of today has not happened, and is decided anew in each run.
import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, only, pick, type Rows } from "./delivery.ts";

const days = Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, "0")}-15`);
const header = ["insats_id", "namn", "startdatum", "slutdatum"];
const files: Record<string, Rows> = {
  "insats.csv": [
    header,
    ["kalender", "K", "2025-01-01", "2025-12-31"],
    ["sagt", "S", "2025-01-01", "2025-12-31"],
    ["listor", "L", "2025-01-01", null],
    ["summor", "A", "2025-01-01", "2025-12-31"],
  ],
  "part.csv": [
    ["insats_id", "part_id", "namn", "huvudman"],
    ["kalender", "af", "AF", "arbetsförmedlingen"],
    ["summor", "af", "AF", "arbetsförmedlingen"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp", "status"],
    ...days.map((day, i) => ["kalender", `${i + 1}`, day, "samverkan", null]),
    ["sagt", "a", "2025-02-01", "samverkan", "genomfört"],
    ["sagt", "b", "2025-02-02", "samverkan", "genomfört"],
    ["sagt", "c", "2025-02-03", "samverkan", "inställt"],
    ["sagt", "d", "2025-01-31", "samverkan", "planerat"],
  ],
  "narvaro.csv": [
    ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
    ...days.map((_, i) => ["kalender", `${i + 1}`, "af", "ja", i === 0 ? "ja" : "nej"]),
  ],
  "arende.csv": [
    ["insats_id", "mote_id", "deltagar_id"],
    ["kalender", "1", "p1"],
    ["kalender", "2", "p2"],
  ],
  "deltagare.csv": [
    ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "avslutsorsak", "sysselsattning_slut"],
    ["listor", "gick", "K", "2025-01-05", "2025-01-20", "planenligt", "arbete"],
    ["listor", "ska-ga", "K", "2025-01-05", "2025-06-30", "planenligt", "arbetssökande"],
    ["listor", "i-dag", "M", "2025-02-01", null, null, null],
    ["listor", "kommer", "M", "2025-02-02", "2025-05-01", "planenligt", "arbete"],
  ],
  "deltagarantal.csv": [
    ["insats_id", "fran", "till", "slag", "totalt"],
    ["summor", "2025-01-01", "2025-12-31", "nya", 7],
    ["summor", "2026-01-01", "2026-12-31", "nya", 9],
    ["summor", "2025-07-01", "2025-12-31", "avslutade", 5],
  ],
  "moteantal.csv": [
    ["insats_id", "motestyp", "fran", "till", "antal"],
    ["summor", "samverkan", "2025-01-01", "2025-01-31", 2],
    ["summor", "samverkan", "2025-02-02", "2025-02-28", 3],
  ],
  "narvaroantal.csv": [
    ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
    ["summor", "af", "2025-01-01", "2025-01-31", 2, 1],
    ["summor", "af", "2025-02-02", "2025-02-28", 3, 0],
  ],
  "deltagarutfall.csv": [
    ["insats_id", "fran", "till", "variabel", "varde", "antal"],
    ["summor", "2025-01-01", "2025-01-31", "sysselsattning_efter", "arbete", 1],
    ["summor", "2025-02-02", "2025-02-28", "sysselsattning_efter", "sjukskriven", 3],
  ],
};
const mal = (
  [
    ["moten", "antal_moten", ">= 6"],
    ["narvaro", "narvaroandel", ">= 85 %"],
    ["arenden", "arenden", ">= 6"],
    ["nya", "nya_deltagare", ">= 20"],
    ["avslutade", "avslutade_deltagare", ">= 20"],
    ["deltaganden", "deltaganden", ">= 20"],
    ["arbete", "andel_till_arbete_eller_studier", ">= 50 %"],
  ] as const
).map(([id, matt, villkor]) => ({ id, matt, villkor }));

let d: Folder;
const sums = (insats: string, goal: string): unknown[] =>
  columns(pick(d.rows("maluppfyllelse"), { insats_id: insats, mal_id: goal }), "taljare", "namnare", "skal")[0] ?? [];

describe("on the first of February 2025", () => {
  beforeAll(async () => {
    d = await deliver({ files, pipelines: { "i.yaml": { insats: "*", mal } as never } }, { today: "2025-02-01" });
  }, 60_000);

  test("of a year's calendar one möte has been held, and the year goes on", () => {
    expect(sums("kalender", "moten")).toEqual([1, null, "perioden_pagar"]);
  });

  test("nobody has missed a möte to come, nor raised a person there", () => {
    expect(sums("kalender", "narvaro").slice(0, 2)).toEqual([1, 1]);
    expect(sums("kalender", "arenden")[0]).toBe(1);
  });

  test("a möte of today that is said to have been held is; one of tomorrow is planned, with a finding", () => {
    expect(sums("sagt", "moten")[0]).toBe(1);
    const found = pick(d.rows("datakvalitet"), { kod: "mote_framat" });
    expect(columns(found, "cell", "varde")).toEqual([["E15", "b"]]);
  });

  test("an entry after today counts nowhere, and an end after today is none yet, nor what is said of it", () => {
    expect(sums("listor", "nya")[0]).toBe(3);
    expect(sums("listor", "deltaganden")[0]).toBe(3);
    expect(sums("listor", "avslutade")[0]).toBe(1);
    expect(sums("listor", "arbete").slice(0, 2)).toEqual([1, 1]);
    expect(only(d.rows("konsfordelning"), { insats_id: "listor" })).toMatchObject({ kvinnor: 2, man: 1, totalt: 3 });
  });

  test("a total of a period that has not begun counts nowhere; one of a period that goes on does", () => {
    expect(sums("summor", "nya")[0]).toBe(7);
    expect(sums("summor", "avslutade")[0]).toBe(null);
    expect(sums("summor", "moten")[0]).toBe(2);
    expect(sums("summor", "narvaro").slice(0, 2)).toEqual([1, 2]);
    expect(sums("summor", "arbete").slice(0, 2)).toEqual([1, 1]);
  });
});

test("the same deliveries a year later: what was to come has happened", async () => {
  d = await deliver({ files, pipelines: { "i.yaml": { insats: "*", mal } as never } }, { today: "2026-02-01" });
  expect(sums("kalender", "moten")[0]).toBe(12);
  expect(sums("kalender", "narvaro").slice(0, 2)).toEqual([1, 12]);
  expect(sums("listor", "nya")[0]).toBe(4);
  expect(sums("listor", "arbete").slice(0, 2)).toEqual([2, 3]);
  expect(pick(d.rows("datakvalitet"), { kod: "mote_framat" })).toEqual([]);
}, 60_000);
