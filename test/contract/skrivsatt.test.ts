// Words and ids as offices write them: a kind of möte with the word for a meeting, an id in another spelling, a person who is
// carried over to a new year with a new start.
import { beforeAll, describe, expect, test } from "vitest";
import { furnish, inMemory } from "../../src/db/open.ts";
import { motestypOf } from "../../src/schema/motestyp.ts";
import { columns, deliver, type Folder, pick } from "./delivery.ts";

const goal = (id: string, motestyp: string) =>
  ({ id, matt: "antal_moten", parametrar: { motestyp }, villkor: ">= 1", per: "ar" }) as const;

describe("words and ids in other spellings", () => {
  let d: Folder;
  beforeAll(async () => {
    d = await deliver(
      {
        files: {
          "insats.csv": [
            ["insats_id", "namn", "startdatum", "slutdatum"],
            ["i", "I", "2024-01-01", "2024-12-31"],
            ["u", "U", "2024-01-01", "2024-12-31"],
          ],
          "mote.csv": [
            ["insats_id", "mote_id", "datum", "motestyp", "status"],
            ["i", "1", "2024-01-15", "Samverkansmöte", "Genomfört"],
            ["i", "2", "2024-02-15", "samverkansmöten", "hölls"],
            ["i", "3", "2024-03-15", "SAMVERKAN", null],
            ["i", "4", "2024-04-15", "Samverkansmöte", "avbokat"],
            ["i", "5", "2024-05-15", "Styrgruppsmöte", "Genomfört"],
            ["i", "6", "2024-06-15", "styrgrupp", "ej genomfört"],
            ["i", "7", "2024-07-15", "Nätverksträff", "Genomfört"],
            ["i", "8", "2024-08-15", "Chefsnätverk", "Genomfört"],
          ],
          "leverabel.csv": [
            ["insats_id", "leverabel_id", "text", "slag", "status", "senast"],
            ["i", "1", "Rapport", "Delrapport", "Klart", "2024-06-30"],
            ["i", "2", "Rutin", "rutin", "Pågår", "2024-06-30"],
            ["i", "3", "Utvärdering", "utvärdering", "Ej påbörjad", "2024-06-30"],
            ["i", "4", "Rapport två", "rapport", "klar 2024-07-02", "2024-06-30"],
          ],
          "forbund.csv": [
            ["forbund_id", "namn"],
            ["f", "F"],
          ],
          "budget.csv": [
            ["insats_id", "ar", "post", "status", "belopp"],
            ["i", 2024, "Samordnare", "Godkänd", "300 000"],
            ["i", 2024, "Lokal", "Preliminär", "100 000"],
          ],
          "faktura.csv": [
            ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "belopp"],
            ["i", "1", "f", "Samordnare", "2024-01-01", "2024-12-31", "350 000"],
          ],
          "deltagarutfall.csv": [
            ["insats_id", "fran", "till", "variabel", "varde", "antal"],
            ["u", "2024-01-01", "2024-12-31", "sysselsattning_efter", "arbete", 5],
            ["u", "2024-01-01", "2024-12-31", "sysselsattning_efter", "arbetssökande", 5],
            ["u", "2024-01-01", "2024-12-31", "sysselsattning efter", "arbete", 9],
          ],
          "deltagarantal.csv": [
            ["insats_id", "fran", "till", "slag", "totalt"],
            ["i", "2023-01-01", "2023-12-31", "Nya deltagare", 15],
            ["i", "2023-01-01", "2023-12-31", "Avslutade deltagare", 10],
          ],
          "deltagare.csv": [
            ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
            ["i", "D-001", "K", "2024-01-10", "2024-02-10"],
            ["i", "d 001", "K", "2024-03-10", "2024-04-10"],
            ["i", "D1", "K", "2024-05-10", "2024-06-10"],
            ["i", "1-21", "M", "2024-01-10", null],
            ["i", "12-1", "M", "2024-01-10", null],
            ["i", "kvar", "M", "2024-01-20", null],
            ["i", "kvar", "M", "2024-07-01", null],
            ["i", "ater", "K", "2024-01-20", "2024-03-01"],
            ["i", "ater", "K", "2024-03-01", "2024-05-01"],
          ],
        },
        pipelines: {
          "u.yaml": {
            insats: "u",
            mal: [{ id: "arbete", matt: "andel_till_arbete_eller_studier", villkor: ">= 60 %", per: "ar" }],
          },
          "p.yaml": {
            insats: "i",
            mal: [
              goal("samverkan", "samverkan"),
              goal("samverkansmoten", "Samverkansmöten"),
              goal("styrgrupp", "styrgrupp"),
              goal("natverk", "nätverksträffar"),
              { id: "budget", matt: "budgetutnyttjande", villkor: "<= 100 %", per: "ar" },
              { id: "halften", matt: "leverabel_klar", villkor: ">= 50 %", per: "hela" },
              { id: "tre-fjardedelar", matt: "leverabel_klar", villkor: ">= 75 %", per: "hela" },
            ],
          },
        },
      },
      { today: "2025-03-01" },
    );
  });

  test("a kind of möte is the same with and without the word for a meeting, in rows and in goals", () => {
    const moten = d.rows("maluppfyllelse").filter(({ matt }) => matt === "antal_moten");
    expect(columns(moten, "mal_id", "varde")).toEqual([
      ["natverk", 1],
      ["samverkan", 3],
      ["samverkansmoten", 3],
      ["styrgrupp", 1],
    ]);
  });

  test("a status that nobody knows may be done: the goal is judged only where that decides nothing", () => {
    // One of three is known to be done: of four, one or two are.
    const klara = d.rows("malsammanfattning").filter(({ mal_id: id }) => id === "halften" || id === "tre-fjardedelar");
    expect(columns(klara, "mal_id", "status")).toEqual([
      ["halften", "ej_matbart"],
      ["tre-fjardedelar", "ej_uppnatt"],
    ]);
    expect(columns(pick(d.rows("maluppfyllelse"), { mal_id: "halften" }), "varde", "skal")).toEqual([
      [1 / 3, "okanda_ord"],
    ]);
    expect(columns(pick(d.rows("datakvalitet"), { kod: "okant_ord", fil: "data/leverabel.csv" }), "cell")).toEqual([
      ["E5"],
    ]);
  });

  test("a variable spelt with a space is asked about, and may count", () => {
    expect(columns(pick(d.rows("datakvalitet"), { fil: "data/deltagarutfall.csv" }), "cell", "kod")).toEqual([
      ["D4", "okant_ord"],
    ]);
    expect(columns(pick(d.rows("maluppfyllelse"), { mal_id: "arbete" }), "varde", "skal")).toEqual([
      [0.5, "okanda_ord"],
    ]);
  });

  test("a budget line whose status nobody knows may be granted", () => {
    // 350 of 300 thousand is too much; of 400 it is not.
    expect(columns(pick(d.rows("maluppfyllelse"), { mal_id: "budget" }), "status", "skal")).toEqual([
      ["ej_matbart", "okanda_ord"],
    ]);
  });

  test("ids that differ by capitals, blanks, zeros or a hyphen are named with each other; digits apart are another id", () => {
    expect(columns(pick(d.rows("datakvalitet"), { kod: "id_liknar" }), "cell", "varde")).toEqual([
      ["B2", "D-001"],
      ["B3", "d 001"],
    ]);
  });

  test("a person who begins again while still there is named; one who comes back the day that the first entry ends is not", () => {
    const found = pick(d.rows("datakvalitet"), { kod: "samtidiga_deltaganden" });
    expect(columns(found, "cell", "varde")).toEqual([["D8", "kvar"]]);
    expect(found[0]?.meddelande).toContain("2024-01-20 och framåt och 2024-07-01 och framåt");
  });
});

const kinds = [
  ["Pulsmöten", "puls"],
  ["workshops", "workshop"],
  ["Planeringsmöte ", "planering"],
  ["granskningsmötet", "granskning"],
  ["Styrgrupps-möten", "styrgrupp"],
  ["Nätverksträffar", "natverk"],
  ["Samverkan", "samverkan"],
  ["Chefsnätverk", "chefsnatverk"],
  ["avstämning", "avstamning"],
] as const;

test.each(kinds)("%s is of the kind %s", (written, kind) => {
  expect(motestypOf(written)).toBe(kind);
});

test("rows are read by the same rule as goals", async () => {
  const read = await inMemory(async (db) => {
    await furnish(db);
    return db.rows<{ kind: string }>(
      "select sv_motestyp(unnest(from_json(cast($ord as varchar), '[\"varchar\"]'))) as kind",
      {
        ord: JSON.stringify(kinds.map(([written]) => written)),
      },
    );
  });
  expect(read.map(({ kind }) => kind)).toEqual(kinds.map(([, kind]) => kind));
});
