// Direct standardisation against sums made by hand.
import { expect, test } from "vitest";
import { standardisedOf } from "../../src/report/comparison.ts";
import { partsOf, standardised } from "../../src/schema/standard.ts";
import { gruppText } from "../../src/schema/swedish.ts";
import { deliver } from "../contract/delivery.ts";
import { insats, malrad, publik, withheld } from "../report/fixture.ts";

const unit = (kvinnor: readonly [number, number], man: readonly [number, number]) => [
  { grupp: "kvinna", taljare: kvinnor[0], namnare: kvinnor[1] },
  { grupp: "man", taljare: man[0], namnare: man[1] },
];
const [one, other] = [unit([8, 10], [18, 90]), unit([72, 90], [2, 10])];

test("two units that differ only in their mix come to the same", () => {
  const parts = partsOf([...one, ...other]);
  expect([...parts]).toEqual([
    ["kvinna", 0.5],
    ["man", 0.5],
  ]);
  // As they are 26 and 74 percent; of women 80 and of men 20 percent in both.
  expect([standardised(one, parts)?.varde, standardised(other, parts)?.varde]).toEqual([0.5, 0.5]);
});

test("the interval is that of a weighted sum of two binomial shares", () => {
  const found = standardised(one, partsOf([...one, ...other]));
  // 0.25 · 0.16 / 10 + 0.25 · 0.16 / 90 = 0.00444…, whose root is 0.0667
  expect(found?.hog).toBeCloseTo(0.5 + 1.959963984540054 * (0.2 / 3), 12);
  expect(found?.lag).toBeCloseTo(0.5 - 1.959963984540054 * (0.2 / 3), 12);
});

test("a unit with nobody of some group has no standardised share", () => {
  expect(standardised(unit([8, 10], [0, 0]), partsOf(one))).toBeUndefined();
});

test("models are recounted to one mix of försörjning before, of groups that each has and insatser of which none is hidden", () => {
  const share = (id: string, gruppvarde: string, taljare: number, namnare: number) =>
    malrad({
      ...{ insats_id: id, matt: "andel_till_arbete_eller_studier", grupp: "forsorjning", gruppvarde, taljare, namnare },
      ...{ varde: taljare / namnare, fran: "2024-01-01", till: "2024-12-31", status: "ej_matbart", skal: "foljs" },
    });
  const { taljare: _, namnare: __, varde: ___, ...hidden } = share("c", "sjukpenning", 1, 2);
  const found = standardisedOf(
    publik({
      insats: [
        insats({ insats_id: "a", modell: "ips" }),
        insats({ insats_id: "b", modell: "team" }),
        insats({ insats_id: "c", modell: "team" }),
      ],
      maluppfyllelse: [
        ...[share("a", "forsorjningsstod", 8, 10), share("a", "sjukpenning", 18, 90)],
        ...[share("b", "forsorjningsstod", 72, 90), share("b", "sjukpenning", 2, 10), share("b", "flera", 5, 5)],
        ...[share("c", "forsorjningsstod", 9, 9), withheld(hidden)],
      ],
    }),
  );
  expect(found).toMatchObject([
    {
      dimension: "forsorjning",
      utan: ["flera"],
      modeller: [
        { namn: "Ips", antal: 100, ra: 0.26, varde: 0.5 },
        { namn: "Team", antal: 100, ra: 0.74, varde: 0.5 },
      ],
    },
  ]);
  expect(["forsorjningsstod", "flera", "okant"].map((one) => gruppText("forsorjning", one))).toEqual([
    "försörjningsstöd",
    "flera slags försörjning",
    "okänd försörjning",
  ]);
  expect(Object.fromEntries(found[0]?.delar ?? [])).toEqual({ forsorjningsstod: 0.5, sjukpenning: 0.5 });
});

test("försörjning before is a group of a goal: one word, several, or none", async () => {
  const d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["a", "A", "2023-01-01", "2023-12-31"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "forsorjning_start", "sysselsattning_slut"],
        ["a", "1", "2023-02-01", "2023-05-01", "Sjukpenning", "arbete"],
        ["a", "2", "2023-02-01", "2023-05-01", "sjukpenning", "arbetssökande"],
        ["a", "3", "2023-02-01", "2023-05-01", "sjukpenning; aktivitetsstöd", "studier"],
        ["a", "4", "2023-02-01", "2023-05-01", null, "arbete"],
      ],
    },
    pipelines: {
      "a.yaml": {
        insats: "a",
        mal: [{ id: "arbete", matt: "andel_till_arbete_eller_studier", per: "hela", uppdelning: "forsorjning" }],
      },
    },
  });
  const rows = d.rows("maluppfyllelse").map(({ gruppvarde, taljare, namnare }) => [gruppvarde, taljare, namnare]);
  expect(rows).toEqual([
    ["", 3, 4],
    ["flera", 1, 1],
    ["okant", 1, 1],
    ["sjukpenning", 1, 2],
  ]);
});
