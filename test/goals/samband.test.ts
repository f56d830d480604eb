/** Goals that ask for the same over different periods: whether they come to the same. */
import { expect, test } from "vitest";
import type { Facts } from "../../src/goals/facts.ts";
import { relateGoals } from "../../src/goals/samband.ts";
import type { Stated } from "../../src/goals/stated.ts";
import { parsePipeline } from "../../src/schema/pipeline.ts";

const insats = (startdatum: string | null, slutdatum: string | null): Facts => ({
  tvivel: new Map(),
  leverabler: new Map(),
  insatser: new Map([
    [
      "i",
      {
        ...{ startdatum, slutdatum, data_fran: null, data_till: null },
        ...{ namn: null, forbund_id: null, finansiarer: null, modell: null },
      },
    ],
  ]),
  parter: new Map(),
  moten: new Map(),
  planerade: new Map(),
  motestyper: new Map(),
  brott: new Map(),
});
const twoYears = insats("2015-06-01", "2017-05-30");

const goals = (...mal: string[]): Stated[] => {
  const pipeline = parsePipeline(
    "p.yaml",
    `insats: i\nkallor: [k]\nmal:\n${mal.map((one, i) => `  - { id: m${i}, text: Mål ${i}, ${one} }\n`).join("")}`,
  );
  return pipeline.mal.map((goal) => ({ insats_id: "i", goal, pipeline }));
};
const said = (facts: Facts, ...mal: string[]): string[] =>
  relateGoals(goals(...mal), facts).map(({ mening }) => mening);

const moten = (villkor: string, per: string, more = ""): string =>
  `matt: antal_moten, parametrar: { motestyp: natverk }, villkor: "${villkor}", per: ${per}${more}`;

test("four a year and two a termin say the same", () => {
  expect(said(twoYears, moten(">= 4", "insatsar"), moten(">= 2", "termin"))).toEqual([
    "”Mål 1” och ”Mål 0” säger samma sak: 2 per termin är 4 per insatsår. Räkna dem inte som två mål.",
  ]);
});
test("parts that come to more or less than the whole are said, over the insats's own months", () => {
  // Twenty-four months, of which the last lacks its last day: 2 × 12 = 24.
  expect(said(twoYears, moten(">= 1", "manad"), moten(">= 30", "hela"))).toEqual([
    "”Mål 0” och ”Mål 1” går inte ihop: 1 per månad är 24 under hela insatsen, men det andra målet är 30. Delarna blir mindre än helheten.",
  ]);
  expect(said(twoYears, moten(">= 4", "kvartal"), moten(">= 12", "ar"))).toEqual([
    "”Mål 0” och ”Mål 1” går inte ihop: 4 per kvartal är 16 per år, men det andra målet är 12. Delarna blir mer än helheten.",
  ]);
});
test("the whole of an insats whose period is not known is compared with nothing", () => {
  expect(said(insats("2015-06-01", null), moten(">= 1", "manad"), moten(">= 30", "hela"))).toEqual([]);
});
test.each([
  ["another kind of möte", 'matt: antal_moten, parametrar: { motestyp: styrgrupp }, villkor: ">= 2", per: termin'],
  ["another direction", moten("<= 2", "termin")],
  ["an interval", moten("1..2", "termin")],
  ["each part's own", 'matt: arenden, villkor: ">= 2", per: termin, grupp: part'],
  ["a share", 'matt: narvaroandel, villkor: ">= 4 %", per: termin'],
  ["who is there, which does not add up over time", 'matt: unika_deltagare, villkor: ">= 2", per: termin'],
])("%s is not the same thing", (_, other) => {
  const same = other.includes("unika") ? 'matt: unika_deltagare, villkor: ">= 4", per: ar' : moten(">= 4", "ar");
  expect(said(twoYears, same, other)).toEqual([]);
});
test("there are never more rows than goals", () => {
  const many = ["manad", "kvartal", "tertial", "termin", "ar"].map((per) => moten(">= 1", per));
  expect(relateGoals(goals(...many), twoYears)).toHaveLength(4);
});
