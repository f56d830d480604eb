/** Facts of one delivery that do not hold together: what is asked about, and what is not. */
import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, pick } from "../contract/delivery.ts";

const head = ["insats_id", "faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "belopp", "timmar"];

let d: Folder;
beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "Finsam F"],
        ],
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2022-01-01", "2023-12-31"],
          ["utan", "Utan budget", "2022-01-01", "2023-12-31"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["i", "af", "Af", "arbetsförmedlingen"],
          ["utan", "af", "Af", "arbetsförmedlingen"],
          ["utan", "fk", "Fk", "försäkringskassan"],
        ],
        "budget.csv": [
          ["insats_id", "ar", "post", "belopp"],
          ["i", 2022, "Lokal", "100000"],
        ],
        "faktura.csv": [
          head,
          ["i", "1", "f", "af", "Lokal", "2022-01-01", "2022-01-31", "5000"],
          ["i", "2", "f", "af", "Lokal", "2022-02-01", "2022-02-28", "5000"],
          ["i", "3", "f", "af", "lokal", "2022-01-01", "2022-01-31", "5 000,00"],
          ["i", "4", "f", "", "Lokal", "2022-01-01", "2022-01-31", "5000"],
          ["i", "5", "f", "af", "", "2022-03-01", "2022-03-31", "700"],
          ["i", "6", "f", "af", "", "2023-03-01", "2023-03-31", "700"],
          ["utan", "7", "f", "", "", "2022-03-01", "2022-03-31", "700"],
          ["i", "8", "f", "af", "Lokal", "2025-01-01", "2025-01-31", "1"],
          ["i", "9", "f", "af", "Lokal", "2024-11-01", "2025-01-31", "1"],
          ["utan", "10", "f", "", "", "2022-04-01", "2022-04-30", "700", 2],
          ["utan", "11", "f", "", "", "2022-05-01", "2022-05-31", "", 2],
          ["utan", "12", "", "", "", "2022-05-01", "2022-05-31", "", 2],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp", "status"],
          ["utan", "m1", "2022-06-01", "samverkan", ""],
          ["utan", "m2", "2022-06-02", "samverkan", ""],
          ["i", "hallet", "2022-06-01", "samverkan", ""],
          ["i", "installt", "2022-07-01", "samverkan", "inställt"],
          ["i", "glomt", "2022-08-01", "samverkan", "planerat"],
          ["i", "kommer", "2023-12-01", "samverkan", "planerat"],
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ["i", "installt", "af", "ja", "ja"],
          ["i", "hallet", "af", "ja", "ja"],
          ["utan", "m1", "fk", "ja", "ja"],
          ["utan", "m1", "af", "ja", "ja"],
          ["utan", "m2", "af", "ja", "ja"],
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
          ["i", "lang", "K", "2022-01-01", ""],
          ["i", "snart", "K", "2022-09-01", "2022-12-01"],
          ["i", "sen", "M", "2023-02-01", "2023-05-01"],
          ["i", "tidig", "M", "2021-12-01", "2022-05-01"],
          ["i", "kvar", "M", "2023-05-01", "2024-01-15"],
        ],
        "arende.csv": [
          ["insats_id", "mote_id", "deltagar_id"],
          ["i", "hallet", "lang"],
          ["i", "hallet", "snart"],
          ["i", "hallet", "sen"],
          ["i", "hallet", "okänd"],
          ["i", "installt", "lang"],
          ["i", "glomt", "lang"],
          ["i", "kommer", "lang"],
        ],
      },
      pipelines: { "p.yaml": { insats: ["i", "utan"] } },
    },
    { today: "2023-06-01" },
  );
}, 60_000);

const found = (kod: string): unknown[] => columns(pick(d.rows("datakvalitet"), { kod }), "cell", "varde");
const sentences = (kod: string): unknown[] =>
  columns(pick(d.rows("datakvalitet"), { kod }), "meddelande").map(([sentence]) => sentence);

describe("an invoice is asked about", () => {
  test("when all but its id is an earlier one's; next month's rent and another part's are their own", () => {
    expect(found("faktura_dubbel")).toEqual([["B4", "3"]]);
    expect(sentences("faktura_dubbel")).toEqual([
      "Fakturan 3 har samma insats, förbund, part, kostnadsslag, period och belopp som 1, och båda räknas. Kontrollera att den inte har lämnats två gånger.",
    ]);
  });
  test("when it has no kostnadsslag and its year has a budget", () => {
    expect(found("faktura_utan_kostnadsslag")).toEqual([["E6", "5"]]);
  });
  test("when all of its period is more than a year from the insats", () => {
    expect(found("faktura_utanfor_insats")).toEqual([["F9", "2025-01-01–2025-01-31"]]);
  });
});

describe("what a list leaves out is asked about", () => {
  test("an amount where a förbund and hours are stated; hours alone are no bill", () => {
    expect(found("faktura_utan_belopp")).toEqual([["H12", "11"]]);
  });
  test("a part without a row for some möten, where no row of the insats says that anyone was absent", () => {
    expect(found("narvaro_bara_narvarande")).toEqual([["E4", "fk"]]);
    expect(sentences("narvaro_bara_narvarande")[0]).toContain("saknar rad för 1 av 2 möten");
  });
});

describe("a person's rows are asked about", () => {
  test("when the möte was cancelled or nobody said that it was held, but not when it is to come", () => {
    expect(found("arende_i_ej_hallet_mote")).toEqual([
      ["B6", "installt"],
      ["B7", "glomt"],
    ]);
    expect(found("narvaro_i_installt_mote")).toEqual([["E2", "af"]]);
  });
  test("when the möte is more than half a year from the person's time in the insats", () => {
    expect(found("arende_utanfor_deltagande")).toEqual([["B4", "hallet"]]);
  });
  test("when an entry starts or ends outside the insats", () => {
    expect(found("deltagare_utanfor_insats")).toEqual([
      ["D5", "2021-12-01"],
      ["E6", "2024-01-15"],
    ]);
    expect(sentences("deltagare_utanfor_insats")[0]).toBe(
      "startdatum 2021-12-01 ligger utanför insatsens period (2022-01-01–2023-12-31). Kontrollera datumet.",
    );
  });
});

test("all of these are warnings: no row is rejected", () => {
  expect(pick(d.rows("datakvalitet"), { allvar: "fel" })).toEqual([]);
});
