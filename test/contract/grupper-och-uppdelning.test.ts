/** A verdict is of what the goal asks: whose goal it is, how long it is for, and how much is known. */
import { beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/batch.ts";
import { type Cells, columns, deliver, type Folder, folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const rows = (mal_id: string, insats_id = "i"): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const summary = (mal_id: string, insats_id = "i"): Row => only(d.rows("malsammanfattning"), { insats_id, mal_id });

const called = (mote: number, ...present: string[]): Cells[] =>
  ["af", "fk"].map((part) => ["i", mote, part, "ja", present.includes(part) ? "ja" : "nej"]);

beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2022-01-01", "2022-12-31"],
          ["kort", "Börjar sent på året", "2022-10-01", "2023-12-31"],
          ["summor", "Bara summor", "2022-01-01", "2023-12-31"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["i", "af", "AF", "arbetsformedlingen"],
          ["i", "fk", "FK", "forsakringskassan"],
          ["i", "region", "Regionen", "region"],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ["i", 1, "2022-02-01", "samverkan"],
          ["i", 2, "2022-03-01", "samverkan"],
          ["kort", 1, "2023-02-01", "samverkan"],
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ...called(1, "af", "fk"),
          ...called(2, "af"),
        ],
        "arende.csv": [
          ["insats_id", "mote_id", "deltagar_id", "initierad_av"],
          ["i", 1, "x1", "af"],
          ["i", 1, "x2", "af"],
          ["i", 2, "x3", "fk"],
        ],
        "deltagarantal.csv": [
          ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant", "totalt"],
          ["i", "2022-01-01", "2022-12-31", "nya", 31, 17, 2, 50],
          ["i", "2022-01-01", "2022-12-31", "avslutade", null, null, null, 100],
          ["summor", "2022-01-01", "2023-12-31", "deltagare", null, null, null, 39],
        ],
        "deltagarutfall.csv": [
          ["insats_id", "fran", "till", "variabel", "varde", "antal"],
          ["i", "2022-01-01", "2022-12-31", "sysselsattning_efter", "arbete", 20],
          ["i", "2022-01-01", "2022-12-31", "sysselsattning_efter", "arbetssökande", 10],
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
          ...Array.from({ length: 12 }, (_, i): Cells => ["kort", `p${i}`, i < 7 ? "K" : "M", "2022-10-05", null]),
        ],
      },
      pipelines: {
        "i.yaml": {
          insats: "i",
          mal: [
            { id: "allas", matt: "nya_deltagare", villkor: ">= 50", per: "ar", uppdelning: "kon" },
            { id: "vars", matt: "nya_deltagare", villkor: ">= 20", per: "ar", grupp: "kon" },
            { id: "narvaro", matt: "narvaroandel", villkor: ">= 85 %", grupp: "part" },
            { id: "arenden", matt: "arenden", villkor: ">= 3", grupp: "part" },
            { id: "arenden-huvudman", matt: "arenden", villkor: ">= 1", grupp: "huvudman" },
            { id: "arbete", matt: "andel_till_arbete_eller_studier", villkor: ">= 60 %" },
            {
              ...{ id: "arbete-80", matt: "andel_till_arbete_eller_studier", villkor: ">= 60 %" },
              minst_tackning: "80 %",
            },
            { id: "arbete-30", matt: "andel_till_arbete_eller_studier", villkor: ">= 60 %", minst_tackning: 0.3 },
          ],
        },
        "kort.yaml": {
          insats: "kort",
          fullstandiga: ["mote"],
          mal: [
            { id: "bestand", matt: "deltaganden", villkor: ">= 12", per: "ar" },
            { id: "personer", matt: "unika_deltagare", villkor: ">= 13", per: "ar" },
            { id: "skalat", matt: "deltaganden", villkor: ">= 12", per: "ar", delperiod: "proportionell" },
            { id: "nya", matt: "nya_deltagare", villkor: ">= 73", per: "ar" },
            { id: "minst", matt: "antal_moten", villkor: ">= 3", per: "ar" },
            { id: "hogst", matt: "antal_moten", villkor: "<= 3", per: "ar" },
            { id: "noll", matt: "antal_moten", villkor: ">= 0", per: "ar" },
            { id: "helt", matt: "antal_moten", villkor: ">= 3", per: "ar", delperiod: "hel" },
          ],
        },
        "summor.yaml": {
          insats: "summor",
          mal: [{ id: "bestand", matt: "deltaganden", villkor: ">= 20", per: "ar" }],
        },
      },
    },
    { today: "2025-01-01" },
  );
}, 60_000);

const verdict = ["gruppvarde", "varde", "malvarde", "status", "skal"] as const;

describe("whose goal it is", () => {
  test("uppdelning: the goal is for all, and women and men are shown without its target", () => {
    expect(columns(rows("allas"), ...verdict)).toEqual([
      ["", 50, 50, "uppnatt", null],
      ["kvinna", 31, null, "ej_matbart", "foljs"],
      ["man", 17, null, "ej_matbart", "foljs"],
      ["okant", 2, null, "ej_matbart", "foljs"],
    ]);
    expect(rows("allas").map(({ grupp }) => grupp)).toEqual(["", "kon", "kon", "kon"]);
    expect(summary("allas")).toMatchObject({ status: "uppnatt", rader: 1, uppnatt: 1, ej_uppnatt: 0, ej_matbart: 0 });
  });

  test("grupp: the goal is each group's, and neither the whole nor the unknown is judged", () => {
    expect(columns(rows("vars"), ...verdict)).toEqual([
      ["", 50, null, "ej_matbart", "foljs"],
      ["kvinna", 31, 20, "uppnatt", null],
      ["man", 17, 20, "ej_uppnatt", null],
      ["okant", 2, null, "ej_matbart", "foljs"],
    ]);
    expect(summary("vars")).toMatchObject({ status: "delvis", rader: 2, uppnatt: 1, ej_uppnatt: 1, ej_matbart: 0 });
    expect(summary("vars").mening).toBe("Målet nåddes delvis: i 1 av 2 bedömningar. Inte uppnått: män: 17 av 20.");
  });

  test("a part without evidence is judged as one, and has no möten to spare where the whole has none", () => {
    expect(columns(rows("narvaro"), "gruppvarde", "varde", "status", "skal", "till_godo")).toEqual([
      ["", 0.75, "ej_matbart", "foljs", null],
      ["af", 1, "uppnatt", null, 0],
      ["fk", 0.5, "ej_uppnatt", null, -1],
      ["region", null, "ej_matbart", "saknas", null],
    ]);
    expect(summary("narvaro")).toMatchObject({ status: "delvis", rader: 3 });
  });

  test("grupp and uppdelning together are refused with the line", async () => {
    const text = `insats: i\nkallor: [../data]\nmal:\n  - id: m\n    text: M\n    matt: deltaganden\n    grupp: kon\n    uppdelning: kon\n`;
    const wrong = folder({ files: { "insats.csv": "insats_id;namn\ni;I\n" }, pipelines: { "fel.yaml": text } });
    await expect(run({ pipelines: wrong.path("pipelines", "*.yaml"), out: wrong.path("out") })).rejects.toThrow(
      /fel\.yaml:8: mal\.0\.uppdelning/,
    );
  });
});

test("a part that no row names is missing, not 0", () => {
  expect(columns(rows("arenden"), "gruppvarde", "varde", "status", "skal")).toEqual([
    ["", 3, "ej_matbart", "foljs"],
    ["af", 2, "ej_uppnatt", null],
    ["fk", 1, "ej_uppnatt", null],
    ["region", null, "ej_matbart", "saknas"],
  ]);
  expect(columns(rows("arenden-huvudman").slice(1), "gruppvarde", "varde", "status")).toEqual([
    ["arbetsformedlingen", 2, "uppnatt"],
    ["forsakringskassan", 1, "uppnatt"],
    ["region", null, "ej_matbart"],
  ]);
});

describe("how long it is for", () => {
  test("who is there does not grow with the days: 12 of 12 in a quarter of the year, unless the goal says so", () => {
    expect(columns(rows("bestand", "kort"), "varde", "malvarde", "status")).toEqual([
      [12, 12, "uppnatt"],
      [12, 12, "uppnatt"],
    ]);
    expect(rows("personer", "kort").map(({ malvarde }) => malvarde)).toEqual([13, 13]);
    // 92 of 365 days
    expect(rows("skalat", "kort")[0]?.malvarde).toBeCloseTo((12 * 92) / 365, 9);
    expect(rows("nya", "kort")[0]?.malvarde).toBeCloseTo((73 * 92) / 365, 9);
  });

  test("in a joined window the target is the sum, also of who is there", () => {
    expect(columns(rows("bestand", "summor"), "varde", "malvarde", "status", "upplosning")).toEqual([
      [39, 40, "ej_uppnatt", "sammanslagen"],
    ]);
  });

  test("a least number that comes to less than one is not judged: 3 · 92/365 = 0,76", () => {
    expect(columns(rows("minst", "kort"), "varde", "status", "skal")).toEqual([
      [0, "ej_matbart", "for_kort"],
      [1, "ej_uppnatt", null],
    ]);
    expect(rows("hogst", "kort").map(({ status }) => status)).toEqual(["uppnatt", "uppnatt"]);
    expect(rows("noll", "kort").map(({ status }) => status)).toEqual(["uppnatt", "uppnatt"]);
    expect(rows("helt", "kort").map(({ status }) => status)).toEqual(["ej_uppnatt", "ej_uppnatt"]);
  });
});

describe("how much is known: 20 of 30 who are known, of 100 who ended", () => {
  test("the sentence says so", () => {
    expect(summary("arbete").mening).toBe(
      "Målet nåddes: 66,7 % (20 av 30, täckningsgrad 30 %), minst 60 % krävs.".replace(/ %/g, "\u00a0%"),
    );
    expect(rows("arbete")).toMatchObject([{ tackningsgrad: 0.3, status: "uppnatt" }]);
  });

  test("below the goal's minst_tackning it is not judged; at it, it is", () => {
    expect(columns(rows("arbete-80"), "varde", "status", "skal")).toEqual([[20 / 30, "ej_matbart", "saknas"]]);
    expect(summary("arbete-80").mening).toContain("bedöms först från täckningsgraden 80");
    expect(columns(rows("arbete-30"), "status", "skal")).toEqual([["uppnatt", null]]);
  });
});
