/** Goals as a pipeline states them, to the rows that they give. */
import { beforeAll, describe, expect, test } from "vitest";
import { traceFigure } from "../../src/lineage.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, columns, deliver, type Folder, only, pick, type Row, type Value } from "../contract/delivery.ts";

let d: Folder;
const rowsOf = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const groups = (insats_id: string, mal_id: string): (Value | undefined)[][] =>
  columns(rowsOf(insats_id, mal_id), "gruppvarde", "taljare", "namnare");

const person = (
  id: string,
  kon: string,
  fodelsear: number | null,
  kommun: string | null,
  fran: string,
  till: string,
): Cells => [...["g", id, kon, fodelsear, kommun, fran, till]];

beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["g", "Grupper", "2024-01-01", "2024-12-31"],
          ["s", "Summor", "2024-01-01", "2024-12-31"],
          ["skott", "Skottår", "2020-02-29", "2022-02-28"],
          ["tom", "Utan underlag", "2024-01-01", "2024-12-31"],
          ["p", "Pågår", "2025-01-01", "2025-12-31"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["g", "af", "AF", "arbetsformedlingen"],
          ["g", "norr", "Norr", "kommun"],
          ["g", "soder", "Söder", "kommun"],
          ["g", "region", "Region", "region"],
          ["p", "af", "AF", "arbetsformedlingen"],
          ["p", "fk", "FK", "forsakringskassan"],
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "fodelsear", "kommun", "startdatum", "slutdatum"],
          // The age is that of the year of the start: born 1994 is 30 in 2024, whatever the day.
          person("p1", "K", 1994, "Ale", "2024-01-01", "2024-02-29"),
          person("p2", "M", 1995, "Ale", "2024-03-01", "2024-06-30"),
          person("p3", "K", 1979, "Kungälv", "2024-03-01", "2024-08-31"),
          person("p4", "okänt", null, null, "2024-05-01", "2024-09-30"),
        ],
        "deltagarantal.csv": [
          ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant", "totalt"],
          ["s", "2024-01-01", "2024-06-30", "nya", 6, null, null, 10],
          ["s", "2024-07-01", "2024-12-31", "nya", null, null, null, 7],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp", "status"],
          ["g", 1, "2024-02-29", "samverkan", "genomfört"],
          ["g", 2, "2024-05-02", "samverkan", "genomfört"],
          ["skott", 1, "2020-02-29", "puls", "genomfört"],
          ["skott", 2, "2021-02-27", "puls", "genomfört"],
          ["skott", 3, "2021-02-28", "puls", "genomfört"],
          ["skott", 4, "2022-02-28", "puls", "genomfört"],
          ...["2025-01-10", "2025-02-10", "2025-03-10", "2025-04-10"].map(
            (day, i): Cells => ["p", i + 1, day, "samverkan", "genomfört"],
          ),
          ["p", 5, "2025-06-10", "samverkan", "planerat"],
          ["p", 6, "2025-07-10", "samverkan", "planerat"],
          ["p", 7, "2025-07-11", "styrgrupp", "planerat"],
          ["p", 8, "2026-01-10", "samverkan", "planerat"],
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ["g", 1, "af", "ja", "ja"],
          ["g", 1, "norr", "ja", "ja"],
          ["g", 1, "soder", "ja", "nej"],
          ["g", 2, "norr", "nej", "ja"],
          ["g", 2, "soder", "ja", "ja"],
          ...[1, 2, 3, 4].map((mote): Cells => ["p", mote, "af", "ja", mote === 1 ? "nej" : "ja"]),
          ...[1, 2, 3, 4].map((mote): Cells => ["p", mote, "fk", mote === 4 ? "nej" : "ja", mote < 3 ? "nej" : "ja"]),
        ],
        "arende.csv": [
          ["insats_id", "mote_id", "deltagar_id", "initierad_av", "kon"],
          ["g", 1, "p1", "norr", "K"],
          ["g", 1, "p2", "soder", null],
        ],
      },
      pipelines: {
        "g.yaml": {
          insats: "g",
          aldersgranser: [30, 45],
          mal: [
            { id: "huvudman", matt: "narvaroandel", per: "hela", villkor: ">= 80 %", grupp: "huvudman" },
            { id: "alder", matt: "deltaganden", per: "hela", villkor: ">= 1", grupp: "aldersgrupp" },
            { id: "kommun", matt: "deltaganden", per: "hela", villkor: ">= 1", grupp: "kommun" },
            { id: "kon", matt: "deltaganden", per: "hela", villkor: ">= 1", grupp: "kon" },
            { id: "arende-kon", matt: "individer_i_samverkansmote", per: "hela", villkor: ">= 1", grupp: "kon" },
            { id: "arende-part", matt: "individer_i_samverkansmote", per: "hela", villkor: ">= 1", grupp: "part" },
            {
              id: "tid-alder",
              matt: "inskrivningstid",
              per: "hela",
              villkor: "<= 200",
              minst_n: 2,
              grupp: "aldersgrupp",
            },
          ],
        },
        "s.yaml": {
          insats: "s",
          mal: [
            { id: "nya", matt: "nya_deltagare", per: "hela", villkor: ">= 1", grupp: "kon" },
            {
              id: "hojt",
              matt: "nya_deltagare",
              per: "ar",
              villkor: [
                { villkor: ">= 12", giltig_till: "2024-06-30", beslut: "Styrelsen § 1" },
                { villkor: ">= 24", giltig_fran: "2024-07-01", beslut: "Styrelsen § 2" },
              ],
            },
            {
              id: "sent",
              matt: "nya_deltagare",
              per: "termin",
              villkor: ">= 14",
              giltig_fran: "2024-07-01",
              beslut: "Styrelsen § 3",
            },
            { id: "nara", matt: "nya_deltagare", per: "termin", villkor: ">= 11", tolerans: 1, delperiod: "hel" },
          ],
        },
        "skott.yaml": {
          insats: "skott",
          mal: [{ id: "moten", matt: "antal_moten", per: "insatsar", villkor: ">= 2" }],
        },
        "tom.yaml": {
          insats: "tom",
          mal: ["antal_moten", "narvaroandel", "deltaganden", "kostnad_per_timme"].map((matt) => ({
            id: matt,
            matt,
            per: "ar",
            villkor: ">= 0",
          })),
        },
        "p.yaml": {
          insats: "p",
          mal: [
            {
              id: "narvaro",
              matt: "narvaroandel",
              parametrar: { motestyp: "samverkan" },
              per: "hela",
              villkor: ">= 60 %",
              grupp: "part",
            },
            { id: "moten", matt: "antal_moten", parametrar: { motestyp: "samverkan" }, per: "ar", villkor: ">= 12" },
          ],
        },
      },
    },
    { today: "2025-05-31" },
  );
}, 60_000);

describe("a goal is judged for each value of its group that was delivered", () => {
  test("huvudman: the parts of one together, and one that was called to nothing", () => {
    expect(groups("g", "huvudman")).toEqual([
      ["", 3, 4],
      ["arbetsformedlingen", 1, 1],
      ["kommun", 2, 3],
      ["region", null, null],
    ]);
  });
  test("åldersgrupp: by the pipeline's limits, also where nobody is, and the unknown", () => {
    expect(groups("g", "alder")).toEqual([
      ["", 4, null],
      ["-29", 1, null],
      ["30-44", 1, null],
      ["45-", 1, null],
      ["okant", 1, null],
    ]);
  });
  test("kommun, and the unknown", () => {
    expect(groups("g", "kommun").map(([varde, antal]) => [varde, antal])).toEqual([
      ["", 4],
      ["Ale", 2],
      ["Kungälv", 1],
      ["okant", 1],
    ]);
  });
  test("kön: women, men and unknown are all", () => {
    expect(groups("g", "kon").map(([varde, antal]) => [varde, antal])).toEqual([
      ["", 4],
      ["kvinna", 2],
      ["man", 1],
      ["okant", 1],
    ]);
  });
  test("a person of whom no kön is stated is unknown, not left out", () => {
    expect(groups("g", "arende-kon").map(([varde, antal]) => [varde, antal])).toEqual([
      ["", 2],
      ["kvinna", 1],
      ["okant", 1],
    ]);
  });
  test("part: each part delivered; one that no row names is missing", () => {
    expect(groups("g", "arende-part").map(([varde, antal]) => [varde, antal])).toEqual([
      ["", 2],
      ["af", null],
      ["norr", 1],
      ["region", null],
      ["soder", 1],
    ]);
  });
  test("totals: what is left of a total, and a total without kön, are unknown; women of half the time are not those of the whole", () => {
    expect(groups("s", "nya").map(([varde, antal]) => [varde, antal])).toEqual([
      ["", 17],
      ["kvinna", null],
      ["okant", 11],
    ]);
  });
  test("a group too small for its goal is not judged, with its value", () => {
    expect(columns(rowsOf("g", "tid-alder"), "gruppvarde", "namnare", "status", "skal")).toEqual([
      ["", 4, "ej_matbart", "foljs"],
      ["-29", 1, "ej_matbart", "for_fa"],
      ["30-44", 1, "ej_matbart", "for_fa"],
      ["45-", 1, "ej_matbart", "for_fa"],
      ["okant", 1, "ej_matbart", "foljs"],
    ]);
  });
});

describe("levels", () => {
  test("a window that straddles a change is asked for each level's days, and says where they were decided", () => {
    const row = only(rowsOf("s", "hojt"), { grupp: "" });
    expect(row.malvarde).toBeCloseTo((12 * 182 + 24 * 184) / 366, 12);
    expect([row.villkor, row.beslut]).toEqual([">= 12, sedan >= 24", "Styrelsen § 1; Styrelsen § 2"]);
  });
  test("a window before the first level is followed and not judged", () => {
    expect(columns(rowsOf("s", "sent"), "fran", "varde", "villkor", "status", "skal", "beslut")).toEqual([
      ["2024-01-01", 10, null, "ej_matbart", "inget_villkor", null],
      ["2024-07-01", 7, ">= 14", "ej_uppnatt", null, "Styrelsen § 3"],
    ]);
  });
});

describe("a goal with a tolerance", () => {
  test("has near rows, counted in its summary; the verdict is what it is", () => {
    expect(columns(rowsOf("s", "nara"), "varde", "status", "nara")).toEqual([
      [10, "ej_uppnatt", true],
      [7, "ej_uppnatt", false],
    ]);
    expect(only(d.rows("malsammanfattning"), { insats_id: "s", mal_id: "nara" })).toMatchObject({
      status: "ej_uppnatt",
      nara: 1,
    });
  });
  test("and one without says nothing of it", () => {
    expect(only(d.rows("malsammanfattning"), { insats_id: "s", mal_id: "nya" }).nara).toBeNull();
  });
});

describe("an insats from 29 February", () => {
  test("has its second insatsår from 28 February, and each möte in one of them", () => {
    expect(columns(rowsOf("skott", "moten"), "fran", "till", "taljare", "malvarde")).toEqual([
      ["2020-02-29", "2021-02-27", 2, 2],
      ["2021-02-28", "2022-02-27", 1, 2],
      ["2022-02-28", "2022-02-28", 1, 2 / 365],
    ]);
  });
});

describe("an insats without data", () => {
  test.each(["antal_moten", "narvaroandel", "deltaganden", "kostnad_per_timme"])(
    "%s: nothing is known, and 0 is not met",
    (mal) => {
      expect(columns(rowsOf("tom", mal), "taljare", "varde", "status", "skal")).toEqual([
        [null, null, "ej_matbart", "saknas"],
      ]);
    },
  );
});

describe("an insats that is going on", () => {
  // 150 of 365 days have passed before 31 May: 12 a year is 4,93 so far, and four möten were held.
  test("has a pace, and what its target comes to so far", () => {
    const [row] = rowsOf("p", "moten");
    expect([row?.status, row?.skal, row?.takt]).toEqual(["ej_matbart", "perioden_pagar", "ej_i_takt"]);
    expect(row?.malvarde_hittills).toBeCloseTo((12 * 150) / 365, 12);
  });
  // Two samverkansmöten are planned within it. AF: 6 calls, at least 4 present, so 2 absences, 1 used.
  test("has möten till godo, over what was called and what is planned of the goal's own kind", () => {
    expect(
      columns(rowsOf("p", "narvaro"), "gruppvarde", "taljare", "namnare", "planerade", "till_godo", "utom_rackhall"),
    ).toEqual([
      ["", 4, 7, null, null, null],
      ["af", 3, 4, 2, 1, false],
      ["fk", 1, 3, 2, 0, false],
    ]);
  });
  test("lists the möten a part was not called to", () => {
    expect(columns(pick(d.rows("ej_kallade"), { insats_id: "p" }), "part_id", "datum", "narvarande")).toEqual([
      ["fk", "2025-04-10", true],
    ]);
  });
  test("and traces each to the cell that says so", async () => {
    const db = await resultsIn(d.path("out"));
    const { rader } = await traceFigure(db, "ej_kallade/p/fk/4").finally(() => db.close());
    expect(rader.map(({ fil, cell, roll }) => [fil.split("/").at(-1), cell, roll])).toEqual([
      ["narvaro.csv", "D14", "raknad"],
    ]);
  });
});
