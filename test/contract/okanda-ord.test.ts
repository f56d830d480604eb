/** Words of employment that nobody knows are never a silent no. */
import { beforeAll, describe, expect, test } from "vitest";
import { deliver, type Folder, only, type Rows } from "./delivery.ts";

const outcome = (insats: string, rows: readonly (readonly [string, string, number])[]): Rows =>
  rows.map(([variabel, varde, antal]) => [insats, "2022-01-01", "2022-12-31", variabel, varde, antal]);
const efter = "sysselsattning_efter";

let d: Folder;
beforeAll(async () => {
  const mal = [{ id: "arbete", matt: "andel_till_arbete_eller_studier", villkor: ">= 50 %", per: "ar" }];
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...["summor", "vander-inte", "stavat", "rader", "bara-okanda"].map((id) => [
            id,
            id,
            "2022-01-01",
            "2022-12-31",
          ]),
        ],
        "deltagarutfall.csv": [
          ["insats_id", "fran", "till", "variabel", "varde", "antal"],
          ...outcome("summor", [
            [efter, "förvärvsarbete", 20],
            [efter, "jobb", 7],
            [efter, "arbetssökande", 25],
          ]),
          ...outcome("vander-inte", [
            [efter, "Förvärvsarbete", 60],
            [efter, "jobb", 7],
            [efter, "övriga", 25],
          ]),
          ...outcome("stavat", [
            [efter, "arbete", 20],
            [efter, "arbetssökande", 25],
            ["sysselsattning efter", "arbete", 99],
          ]),
          ...outcome("bara-okanda", [[efter, "jobb", 7]]),
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "sysselsattning_slut"],
          ...["arbete", "sjukskriven", "fikar"].map((ord, i) => [
            "rader",
            `p${i}`,
            "K",
            "2022-01-10",
            "2022-06-01",
            ord,
          ]),
        ],
      },
      pipelines: { "i.yaml": { insats: "*", mal } as never },
    },
    { today: "2023-06-01" },
  );
}, 60_000);

describe("a share of those with known words", () => {
  test.each([
    // 20 of 45 are known to; with the 7, 20 to 27 of 52.
    ["summor", 20, 45, "ej_matbart", "okanda_ord"],
    // 60 of 85; with the 7, 60 to 67 of 92: at least half either way.
    ["vander-inte", 60, 85, "uppnatt", null],
    // A variable that is nearly the known one may be it.
    ["stavat", 20, 45, "ej_matbart", "okanda_ord"],
    ["rader", 1, 2, "ej_matbart", "okanda_ord"],
    ["bara-okanda", null, null, "ej_matbart", "okanda_ord"],
  ])("of %s is %s of %s: %s %s", (insats_id, taljare, namnare, status, skal) => {
    expect(only(d.rows("maluppfyllelse"), { insats_id })).toMatchObject({ taljare, namnare, status, skal });
  });
  test("each word is a finding with what was probably meant, and no row is refused", () => {
    const found = d.rows("datakvalitet").filter(({ kod }) => kod === "okant_ord");
    expect(found.map(({ varde, allvar }) => [varde, allvar])).toEqual([
      ["fikar", "varning"],
      ["jobb", "varning"],
      ["jobb", "varning"],
      ["sysselsattning efter", "varning"],
      ["jobb", "varning"],
    ]);
    expect(found.map(({ meddelande }) => /Menas sysselsattning_efter\?/.test(String(meddelande)))).toContain(true);
  });
});
