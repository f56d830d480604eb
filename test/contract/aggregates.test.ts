import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, type Goal, only, pick, type Row } from "./delivery.ts";

// Counts instead of rows, and what is missing against what is 0.
let d: Folder;
const windows = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const hela = (insats_id: string, mal_id: string): Row => only(windows(insats_id, mal_id), { grupp: "" });

const quarters: [string, string][] = [
  ["2020-01-01", "2020-03-31"],
  ["2020-04-01", "2020-06-30"],
  ["2020-07-01", "2020-09-30"],
  ["2020-10-01", "2020-12-31"],
];
const twoYears = ["lang", "delar", "bara-kvartal", "kontroll", "en-saknas", "nya", "klipp", "minst"];
const oneYear = ["rader", "tomt", "typ", "fullst", "agg0", "glapp", "blandat", "tomnamn", "okand"];

const goal = (id: string, matt: string, per: string, villkor: string, more: Partial<Goal> = {}): Goal => ({
  id,
  matt,
  per,
  villkor,
  ...more,
});

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ...twoYears.map((id): Cells => [id, id, "2020-01-01", "2021-12-31"]),
        ...oneYear.map((id): Cells => [id, id, "2020-01-01", "2020-12-31"]),
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["tomnamn", "af", "AF", "arbetsformedlingen"],
      ],
      "deltagarantal.csv": [
        ["insats_id", "fran", "till", "slag", "kvinnor", "man", "okant", "totalt", "minst_parter"],
        // one row for both years, target 60 a year
        ["lang", "2020-01-01", "2021-12-31", "i_samverkansmote", 44, 29, null, 73, 2],
        ["lang", "2020-01-01", "2021-12-31", "deltagare", 50, 30, 20, 100, null],
        // each year by itself
        ["delar", "2020-01-01", "2020-12-31", "deltagare", null, null, null, 10, null],
        ["delar", "2021-01-01", "2021-12-31", "deltagare", null, null, null, 20, null],
        // only shorter rows than the window
        ...quarters.map(([fran, till]): Cells => ["bara-kvartal", fran, till, "deltagare", null, null, null, 5, null]),
        ...quarters.map(([fran, till]): Cells => ["bara-kvartal", fran, till, "nya", null, null, null, 5, null]),
        // own rows for both years: the longer is a check
        ["kontroll", "2020-01-01", "2020-12-31", "deltagare", null, null, null, 10, null],
        ["kontroll", "2021-01-01", "2021-12-31", "deltagare", null, null, null, 20, null],
        ["kontroll", "2020-01-01", "2021-12-31", "deltagare", null, null, null, 25, null],
        // one window lacks a row: the longer replaces
        ["en-saknas", "2020-01-01", "2020-12-31", "deltagare", null, null, null, 10, null],
        ["en-saknas", "2020-01-01", "2021-12-31", "deltagare", null, null, null, 25, null],
        // additive
        ["nya", "2020-01-01", "2020-06-30", "nya", null, null, null, 7, null],
        ["nya", "2020-07-01", "2020-12-31", "nya", null, null, null, 8, null],
        ["nya", "2021-01-01", "2021-06-30", "nya", null, null, null, 9, null],
        // longer than the insats: clipped to it
        ["klipp", "2019-01-01", "2022-12-31", "deltagare", null, null, null, 30, null],
        ["minst", "2020-01-01", "2021-12-31", "i_samverkansmote", null, null, null, 12, 3],
        ["agg0", "2020-01-01", "2020-12-31", "deltagare", 0, 0, null, 0, null],
        ["glapp", "2020-01-01", "2020-03-31", "avslutade", null, null, null, 3, null],
      ],
      "moteantal.csv": [
        ["insats_id", "motestyp", "fran", "till", "antal"],
        ["lang", "puls", "2020-01-01", "2021-12-31", "4,5"],
        ["nya", "puls", "2020-01-01", "2020-12-31", "4"],
        ["nya", "puls", "2021-01-01", "2021-12-31", "0"],
        ["blandat", "puls", "2020-01-01", "2020-12-31", "7"],
      ],
      "narvaroantal.csv": [
        ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
        ["tomnamn", "af", "2020-01-01", "2020-12-31", 0, 0],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["rader", 1, "2020-02-01", "puls"],
        ["typ", 1, "2020-02-01", "puls"],
        ["fullst", 1, "2020-02-01", "puls"],
        ["blandat", 1, "2020-02-01", "puls"],
        ["blandat", 2, "2020-03-01", "puls"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
        ["rader", "p1", "2020-02-01", "2020-03-31", "K"],
        ["okand", "p1", "2020-02-01", "2020-03-31", "okänt"],
      ],
    },
    pipelines: {
      "alla.yaml": {
        insats: [...twoYears, ...oneYear.filter((id) => id !== "fullst")],
        mal: [
          goal("unika-ar", "unika_deltagare", "ar", ">= 40"),
          goal("unika-hela", "unika_deltagare", "hela", ">= 40"),
          goal("delt-kvartal", "deltaganden", "kvartal", ">= 1"),
          goal("nya-ar", "nya_deltagare", "ar", ">= 10"),
          goal("nya-kvartal", "nya_deltagare", "kvartal", ">= 1"),
          goal("avsl-ar", "avslutade_deltagare", "ar", ">= 1"),
          goal("kvinnor", "andel_kvinnor", "hela", "40..60 %"),
          goal("genom", "genomstromning", "kvartal", ">= 10 %"),
          goal("narvaro", "narvaroandel", "hela", ">= 85 %"),
          goal("puls-ar", "antal_moten", "ar", ">= 3", { parametrar: { motestyp: "puls" } }),
          goal("puls-kvartal", "antal_moten", "kvartal", ">= 1", { parametrar: { motestyp: "puls" } }),
          goal("styr", "antal_moten", "kvartal", "<= 3", { parametrar: { motestyp: "styrgrupp" } }),
          goal("faktura", "fakturerat_belopp", "hela", "<= 3"),
          ...[1, 2, 3, 4].map((n) =>
            goal(`sam-${n}`, "individer_i_samverkansmote", "insatsar", ">= 60", { parametrar: { minst_parter: n } }),
          ),
        ],
      },
      "fullst.yaml": {
        insats: "fullst",
        fullstandiga: ["mote"],
        mal: [goal("styr", "antal_moten", "kvartal", "<= 3", { parametrar: { motestyp: "styrgrupp" } })],
      },
    },
  });
}, 60_000);

describe("missing against 0", () => {
  test("a window without evidence is 0 where the insats has delivered the register row by row", () => {
    expect(columns(windows("rader", "puls-kvartal"), "taljare", "status", "skal")).toEqual([
      [1, "uppnatt", null],
      [0, "ej_uppnatt", null],
      [0, "ej_uppnatt", null],
      [0, "ej_uppnatt", null],
    ]);
    expect(columns(windows("rader", "delt-kvartal"), "taljare", "status")[3]).toEqual([0, "ej_uppnatt"]);
  });

  test.each(["unika-hela", "nya-ar", "kvinnor", "narvaro", "puls-ar", "faktura", "sam-2"])(
    "%s of an insats that has delivered nothing is saknas",
    (mal) => {
      for (const row of windows("tomt", mal))
        expect(row).toMatchObject({ status: "ej_matbart", skal: "saknas", varde: null });
      expect(windows("tomt", mal)).toHaveLength(1);
    },
  );

  test("a filter value that no row ever states is saknas", () => {
    expect(columns(windows("typ", "styr"), "status", "skal")).toEqual(Array(4).fill(["ej_matbart", "saknas"]));
  });

  test("unless the pipeline lists the register as complete", () => {
    expect(columns(windows("fullst", "styr"), "taljare", "status", "skal")).toEqual(
      Array(4).fill([0, "uppnatt", null]),
    );
  });

  test("a share with rows but an empty denominator is ej_tillamplig, with namnare 0", () => {
    expect(hela("tomnamn", "narvaro")).toMatchObject({ status: "ej_matbart", skal: "ej_tillamplig", namnare: 0 });
    expect(hela("okand", "kvinnor")).toMatchObject({ status: "ej_matbart", skal: "ej_tillamplig", namnare: 0 });
  });

  test("a share without rows in the window is saknas", () => {
    expect(windows("rader", "genom")[3]).toMatchObject({ status: "ej_matbart", skal: "saknas", namnare: null });
  });

  test("an aggregate of 0 is a stated 0", () => {
    expect(hela("agg0", "unika-hela")).toMatchObject({ taljare: 0, status: "ej_uppnatt", skal: null });
    expect(hela("agg0", "kvinnor")).toMatchObject({ status: "ej_matbart", skal: "ej_tillamplig", namnare: 0 });
    expect(columns(windows("nya", "puls-ar"), "taljare", "status")).toEqual([
      [4, "uppnatt"],
      [0, "ej_uppnatt"],
    ]);
  });

  test("aggregates never give 0 for what no row states", () => {
    expect(columns(windows("glapp", "avsl-ar"), "status", "skal")).toEqual([["ej_matbart", "saknas"]]);
    expect(columns(windows("nya", "nya-ar"), "taljare", "status", "skal")).toEqual([
      [15, "uppnatt", null],
      [null, "ej_matbart", "saknas"],
    ]);
  });
});

describe("aggregates over time", () => {
  test("a window takes a row with exactly its dates", () => {
    expect(columns(windows("delar", "unika-ar"), "fran", "till", "taljare", "upplosning")).toEqual([
      ["2020-01-01", "2020-12-31", 10, "ar"],
      ["2021-01-01", "2021-12-31", 20, "ar"],
    ]);
  });

  test("years never make two years of persons", () => {
    expect(hela("delar", "unika-hela")).toMatchObject({ status: "ej_matbart", skal: "ej_summerbart", varde: null });
  });

  test("quarters never make a year of persons, but of new ones", () => {
    expect(windows("bara-kvartal", "unika-ar")[0]).toMatchObject({ status: "ej_matbart", skal: "ej_summerbart" });
    expect(windows("bara-kvartal", "nya-ar")[0]).toMatchObject({ taljare: 20, status: "uppnatt" });
    expect(
      windows("bara-kvartal", "nya-kvartal")
        .slice(0, 4)
        .map((row) => row.taljare),
    ).toEqual([5, 5, 5, 5]);
  });

  test("a longer row is judged on the joined window, with the targets of its windows added up", () => {
    expect(windows("lang", "unika-ar")).toMatchObject([
      {
        fran: "2020-01-01",
        till: "2021-12-31",
        taljare: 100,
        malvarde: 80,
        upplosning: "sammanslagen",
        status: "uppnatt",
        skal: "sammanlagt",
      },
    ]);
  });

  test("73 persons in two years do not make 60 a year", () => {
    expect(windows("lang", "sam-2")).toMatchObject([
      { fran: "2020-01-01", till: "2021-12-31", taljare: 73, malvarde: 120, status: "ej_uppnatt", skal: "sammanlagt" },
    ]);
  });

  test("the sentence of a goal on a joined window says that nobody is assumed to be counted twice", () => {
    const { mening } = only(d.rows("malsammanfattning"), { insats_id: "lang", mal_id: "unika-ar" });
    expect(mening).toMatch(/ingen räkn|två gånger|dubbel/i);
  });

  test("a longer row of what adds up is joined without sammanlagt", () => {
    expect(windows("lang", "puls-ar")).toMatchObject([
      { fran: "2020-01-01", till: "2021-12-31", varde: 4.5, malvarde: 6, upplosning: "sammanslagen", skal: null },
    ]);
  });

  test("beside rows of its own for every window a longer row is only a check", () => {
    expect(columns(windows("kontroll", "unika-ar"), "taljare", "upplosning")).toEqual([
      [10, "ar"],
      [20, "ar"],
    ]);
    expect(hela("kontroll", "unika-hela").taljare).toBe(25);
  });

  test("where one of the windows lacks a row the longer replaces them", () => {
    expect(columns(windows("en-saknas", "unika-ar"), "taljare", "upplosning", "malvarde")).toEqual([
      [25, "sammanslagen", 80],
    ]);
  });

  test("a row beyond the insats is clipped to it", () => {
    expect(hela("klipp", "unika-hela")).toMatchObject({ taljare: 30, upplosning: "hela" });
  });

  test.each([
    [1, 12],
    [2, 12],
    [3, 12],
    [4, null],
  ])("minst_parter 3 serves a goal with %i: %s", (n, taljare) => {
    const rows = windows("minst", `sam-${n}`);
    expect(rows[0]?.taljare ?? null).toBe(taljare);
    if (taljare === null) expect(rows.map((row) => row.skal)).toEqual(["saknas", "saknas"]);
  });

  test("where rows and totals overlap the rows count", () => {
    expect(windows("blandat", "puls-ar")).toMatchObject([{ taljare: 2, upplosning: "ar" }]);
  });

  test("rows and totals that do not agree are a finding", () => {
    expect(d.rows("datakvalitet").some((row) => String(row.fil).endsWith("moteantal.csv"))).toBe(true);
  });

  test("andel_kvinnor reads the parts of an aggregate, okänt shown as täckningsgrad", () => {
    expect(hela("lang", "kvinnor")).toMatchObject({
      taljare: 50,
      namnare: 80,
      tackningsgrad: 0.8,
      status: "ej_uppnatt",
    });
  });
});

describe("konsfordelning", () => {
  test("of several aggregates the longest", () => {
    expect(only(d.rows("konsfordelning"), { insats_id: "lang" })).toMatchObject({
      fran: "2020-01-01",
      till: "2021-12-31",
      kvinnor: 50,
      man: 30,
      okant: 20,
      totalt: 100,
      andel_kvinnor: 0.625,
    });
  });

  test("there is a row only where there are counts", () => {
    const ids = d.rows("konsfordelning").map((row) => row.insats_id);
    expect(ids).toContain("rader");
    expect(ids).not.toContain("tomt");
    expect(ids).not.toContain("typ");
  });
});
