/** Contract §3, Aggregates: rows or totals is decided per window and total. */
import { describe, expect, test } from "vitest";
import { columns, deliver, pick } from "./delivery.ts";

const insatser = ["forst", "mitt", "lika", "motsagt", "delad", "tidig", "parter", "kon", "blandad"];
const mote = (insats: string, ...days: string[]) => days.map((day, i) => [insats, `m${i}`, day, "puls"]);
const deltagare = (insats: string, ...rows: (readonly [start: string, kon: string])[]) =>
  rows.map(([start, kon], i) => [insats, `${insats}${i}`, start, kon]);

const goal = (id: string, matt: string, per: string, villkor: string, more: object = {}) => ({
  id,
  text: id,
  matt,
  per,
  villkor,
  ...more,
});
const puls = { parametrar: { motestyp: "puls" } };

const d = await deliver({
  files: {
    "insats.csv": [
      ["insats_id", "namn", "typ", "startdatum", "slutdatum"],
      ...insatser.map((id) => [id, id, "individinriktad", "2023-01-01", "2024-12-31"]),
    ],
    "part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["parter", "a", "A", "kommun"],
      ["parter", "b", "B", "region"],
    ],
    "moteantal.csv": [
      ["insats_id", "motestyp", "fran", "till", "antal"],
      ["forst", "puls", "2023-01-01", "2023-12-31", 6],
      ["mitt", "puls", "2023-01-01", "2023-06-30", 3],
      ["lika", "puls", "2023-01-01", "2023-12-31", 5],
      ["motsagt", "puls", "2023-01-01", "2023-12-31", 6],
      ["delad", "puls", "2023-01-01", "2024-12-31", 8],
      ["tidig", "puls", "2023-01-01", "2023-12-31", 6],
    ],
    "mote.csv": [
      ["insats_id", "mote_id", "datum", "motestyp"],
      ...mote("forst", "2024-02-01", "2024-05-01", "2024-09-01", "2024-11-01"),
      ...mote("mitt", "2023-08-01", "2023-10-01", "2024-03-01"),
      ...mote("lika", "2023-02-01", "2023-03-01", "2023-04-01", "2023-05-01", "2024-02-01"),
      ...mote("motsagt", "2023-02-01", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"),
      ...mote("delad", "2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01"),
      ...mote("tidig", "2024-02-01"),
      ...mote("parter", "2024-02-01", "2024-03-01"),
    ],
    "narvaro.csv": [
      ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
      ["parter", "m0", "a", "ja", "ja"],
      ["parter", "m1", "a", "ja", "nej"],
    ],
    "narvaroantal.csv": [
      ["insats_id", "part_id", "fran", "till", "kallade", "narvarande"],
      ["parter", "a", "2023-01-01", "2023-12-31", 10, 9],
      ["parter", "b", "2024-01-01", "2024-12-31", 4, 4],
    ],
    "deltagare.csv": [
      ["insats_id", "deltagar_id", "startdatum", "kon"],
      ...deltagare("kon", ["2024-03-01", "K"], ["2024-04-01", "M"]),
      ...deltagare("blandad", ["2024-03-01", "K"], ["2024-04-01", "M"]),
    ],
    "deltagarantal.csv": [
      ["insats_id", "fran", "till", "slag", "kvinnor", "man", "totalt"],
      ["kon", "2023-01-01", "2023-12-31", "nya", null, null, 60],
      ["blandad", "2023-01-01", "2023-12-31", "deltagare", 30, 34, 64],
    ],
  },
  pipelines: Object.fromEntries(
    insatser.map((insats) => [
      `${insats}.yaml`,
      {
        insats,
        mal: [
          goal("ar", "antal_moten", "ar", ">= 4", puls),
          goal("hela", "antal_moten", "hela", ">= 9", puls),
          goal("kvartal", "antal_moten", "kvartal", ">= 1", puls),
          goal("narvaro", "narvaroandel", "ar", ">= 50 %", { grupp: "part" }),
          goal("nya", "nya_deltagare", "ar", ">= 2", { grupp: "kon" }),
          goal("personer", "unika_deltagare", "hela", ">= 2"),
        ],
      },
    ]),
  ),
});

const windows = (insats_id: string, mal_id: string, where: object = {}) =>
  columns(pick(d.rows("maluppfyllelse"), { insats_id, mal_id, grupp: "", ...where }), "taljare", "status", "skal");
const sentenceOf = (insats_id: string, mal_id: string): unknown =>
  pick(d.rows("malsammanfattning"), { insats_id, mal_id })[0]?.mening;

describe("rows or totals is decided per window and total", () => {
  test("totals count in the year that has no rows, rows in the year that has", () => {
    expect(windows("forst", "ar")).toEqual([
      [6, "uppnatt", null],
      [4, "uppnatt", null],
    ]);
  });
  test("a window of totals and rows adds them", () => {
    expect(windows("forst", "hela")).toEqual([[10, "uppnatt", null]]);
    expect(windows("mitt", "ar")).toEqual([
      [5, "uppnatt", null],
      [1, "ej_uppnatt", null],
    ]);
  });
  test("a register says no 0 of a time before its first row that a total speaks of", () => {
    expect(windows("forst", "kvartal").slice(0, 2)).toEqual([
      [6, "uppnatt", null],
      [1, "uppnatt", null],
    ]);
    expect(windows("tidig", "kvartal").map(([taljare]) => taljare)).toEqual([6, 1, 0, 0, 0]);
  });
  test("unequal rows and total that give one verdict are judged, and the difference is said", () => {
    expect(windows("lika", "ar")).toEqual([
      [4, "uppnatt", null],
      [1, "ej_uppnatt", null],
    ]);
    expect(sentenceOf("lika", "ar")).toContain("Inlämnade summor ger något annat (2023: 5)");
  });
  test("those that give two verdicts contradict each other, and the row is not judged", () => {
    expect(windows("motsagt", "ar")).toEqual([
      [1, "ej_matbart", "motsagt"],
      [4, "uppnatt", null],
    ]);
    expect(sentenceOf("motsagt", "ar")).toContain(
      "Underlaget säger emot sig: 2023: 1 av 4 enligt raderna, 6 enligt inlämnade summor",
    );
  });
  test("where rows fall in only a part of a total's period, the other part is not 0", () => {
    expect(windows("delad", "ar")).toEqual([
      [null, "ej_matbart", "ej_summerbart"],
      [4, "uppnatt", null],
    ]);
  });
  test("a share of a part is its total's in the year without its rows, and its rows' in the other", () => {
    const narvaro = (part: string) =>
      columns(
        pick(d.rows("maluppfyllelse"), { insats_id: "parter", mal_id: "narvaro", gruppvarde: part }),
        "fran",
        "taljare",
        "namnare",
        "status",
      );
    expect(narvaro("a")).toEqual([
      ["2023-01-01", 9, 10, "uppnatt"],
      ["2024-01-01", 1, 2, "uppnatt"],
    ]);
    expect(narvaro("b")).toEqual([
      ["2023-01-01", null, null, "ej_matbart"],
      ["2024-01-01", 4, 4, "uppnatt"],
    ]);
    expect(
      columns(
        pick(d.rows("maluppfyllelse"), { insats_id: "parter", mal_id: "narvaro", grupp: "" }),
        "taljare",
        "namnare",
      ),
    ).toEqual([
      [9, 10],
      [5, 6],
    ]);
  });
  test("a total of all is no 0 of women and of men", () => {
    const nya = (kon: string) =>
      columns(pick(d.rows("maluppfyllelse"), { insats_id: "kon", mal_id: "nya", gruppvarde: kon }), "taljare", "skal");
    expect(nya("kvinna")).toEqual([
      [null, "saknas"],
      [1, null],
    ]);
    expect(nya("okant")).toEqual([
      [60, "foljs"],
      [0, "foljs"],
    ]);
  });
  test("persons of a total and persons of rows are not added", () => {
    expect(windows("blandad", "personer")).toEqual([[null, "ej_matbart", "ej_summerbart"]]);
  });
});
