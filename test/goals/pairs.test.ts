// Two insatser side by side: what is said to make them comparable is done, and gives what was said.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readPipelines, run } from "../../src/batch.ts";
import { compareInsatser } from "../../src/compare.ts";
import { open } from "../../src/db/open.ts";
import { rowsOf } from "../../src/db/rows.ts";
import { definitionOf } from "../../src/goals/compare.ts";
import { comparedText } from "../../src/output/compared.ts";
import { measureOf } from "../../src/schema/measures.ts";
import type { PairRow } from "../../src/schema/pairs.ts";
import { deliver } from "../contract/delivery.ts";
import { temporaryFolder } from "../folders.ts";
import { shippedRun, today } from "../shipped.ts";

const home = join(import.meta.dirname, "../..");
const patterns = { exempel: join(home, "pipelines/exempel/*.yaml"), kallor: join(home, "pipelines/*.yaml") };
const team = "exempel-samverkansteam";
const vagen = "exempel-arbetsvagen";
const hus = "exempel-oppet-hus";

const compare = async (one: string, other: string, name: keyof typeof patterns = "exempel"): Promise<PairRow[]> =>
  compareInsatser(one, other, { pipelines: patterns[name], out: (await shippedRun(name)).out });

const of = (rows: readonly PairRow[], matt: string): PairRow[] => rows.filter((row) => row.matt === matt);

/** The first day of the younger insats, and the last of the older. */
const shared = { fran: "2024-02-29", till: "2025-08-31" };

describe("two insatser with rows", () => {
  let rows: PairRow[];
  beforeAll(async () => {
    rows = await compare(team, vagen);
  });

  test("what both are judged by for the same days needs no change", () => {
    // Deltaganden are followed each quarter by one goal of both.
    const both = of(rows, "deltaganden");
    expect(both.map(({ andring }) => andring)).toEqual(["ingen", "ingen"]);
    expect(both[0]).toMatchObject({ fran: "2024-10-01", till: "2024-12-31" });
  });

  test("where each is judged by its own whole time, the days that they share are enough", () => {
    expect(of(rows, "unika_deltagare")).toMatchObject([
      { insats_id: team, andring: "period", ...shared },
      { insats_id: vagen, andring: "period", ...shared },
    ]);
  });

  test("a pair shares definition and days, or has no value", () => {
    for (const [matt, both] of Map.groupBy(rows, (row) => row.matt)) {
      const [one, other] = both;
      expect(
        both.map(({ insats_id: id }) => id),
        matt,
      ).toEqual([team, vagen]);
      expect([one?.definition, one?.fran, one?.till, one?.andring]).toEqual([
        other?.definition,
        other?.fran,
        other?.till,
        other?.andring,
      ]);
      for (const row of both)
        expect([row.varde === null, row.jamforbar], matt).toEqual([!row.jamforbar, row.andring !== "inget"]);
    }
  });

  test("the change, made in both, gives the values that were said", async () => {
    const goals = readPipelines(patterns.exempel).flatMap(({ mal }) => mal);
    const changed = [...Map.groupBy(rows, ({ matt }) => matt)]
      .filter(([, [first]]) => first?.fran === shared.fran && first.till === shared.till)
      // An insats with other dates also takes money, deliverables and totals from outside them, and forgets earlier möten.
      .filter(
        ([matt]) =>
          !["motestid", "stegforflyttning_sjalvskattad"].includes(matt) &&
          !measureOf(matt).registers.some((name) => ["faktura", "budget", "bemanning", "leverabel"].includes(name)),
      );
    expect(changed.length).toBeGreaterThan(15);
    const folder = temporaryFolder("par");
    cpSync(join(home, "data/exempel"), join(folder, "data"), { recursive: true });
    const file = join(folder, "data/gemensamt/insats.csv");
    const insatser = readFileSync(file, "utf8")
      .replace("2023-09-18;2025-08-31", `${shared.fran};${shared.till}`)
      .replace("2024-02-29;;", `${shared.fran};${shared.till};`);
    expect(insatser.split(`${shared.fran};${shared.till}`)).toHaveLength(3);
    writeFileSync(file, insatser);
    const mal = changed.map(([matt, [first]]) => {
      const found = goals.find(
        (goal) =>
          goal.matt !== "formel" &&
          definitionOf({ measure: measureOf(goal.matt), parametrar: goal.parametrar }) === first?.definition,
      );
      return { id: matt, text: matt, matt: found?.matt, parametrar: found?.parametrar, per: "hela" };
    });
    mkdirSync(join(folder, "pipelines"));
    writeFileSync(
      join(folder, "pipelines/par.yaml"),
      JSON.stringify({
        exempel: true,
        insats: [team, vagen],
        kallor: ["../data/gemensamt", `../data/${team}`, `../data/${vagen}`],
        mal,
      }),
    );
    const out = join(folder, "out");
    await run({ pipelines: join(folder, "pipelines/*.yaml"), out, today, report: false });
    const db = await open(join(out, "internt/finsam.duckdb"), "read");
    const judged = await rowsOf(db, "maluppfyllelse").finally(() => db.close());
    const said = changed.flatMap(([, both]) => both);
    const key = (row: { insats_id: string; matt: string; varde: number | null }): string =>
      `${row.matt} ${row.insats_id} ${row.varde}`;
    expect(
      judged
        .filter(({ grupp }) => grupp === "")
        .map((row) => key({ ...row, matt: row.mal_id }))
        .sort(),
    ).toEqual(said.map(key).sort());
  });

  test("a terminal gets a line for each measure, with both values", () => {
    const text = comparedText(rows);
    expect(text).toMatch(
      /^unika_deltagare +period +2024-02-29–2025-08-31 +23; n 23; 14,58–34,51 +14; n 14; 7,65–23,49$/m,
    );
    expect(text).toContain("32 of 35 measures can be compared");
  });
});

test("what a value rests on is said: coverage, and rows that were refused", async () => {
  const shared = await compare(team, vagen);
  expect(of(shared, "andel_kvinnor")[0]?.skal).toBe(
    [
      // 14 women of 22, and two unknown; 7 of 13, and one.
      "Exempel: Samverkansteamet: täckningsgraden är 91,7\u00a0%, och med alla kända ligger andelen mellan 58,3\u00a0% och 66,7\u00a0%",
      "Exempel: Arbetsvägen: täckningsgraden är 92,9\u00a0%, och med alla kända ligger andelen mellan 50,0\u00a0% och 57,1\u00a0%",
    ].join("; "),
  );
  const goal = (insats: string) => ({
    insats,
    mal: [{ id: "nya", matt: "nya_deltagare", per: "ar", villkor: ">= 1" }],
  });
  const d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["a", "A", "2023-01-01", "2023-12-31"],
        ["b", "B", "2023-01-01", "2023-12-31"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum"],
        ["a", "1", "2023-02-01"],
        ["a", "2", "2023-13-01"],
        ["b", "1", "2023-02-01"],
      ],
    },
    pipelines: { "a.yaml": goal("a"), "b.yaml": goal("b") },
  });
  const rows = await compareInsatser("a", "b", { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") });
  expect(rows).toMatchObject([
    { andring: "ingen", varde: 1, ofullstandig: 1, skal: "A: en rad som kan höra hit har avvisats och räknas inte" },
    { andring: "ingen", varde: 1, ofullstandig: 0 },
  ]);
  expect(comparedText(rows)).toContain("A: en rad som kan höra hit har avvisats");
});

describe("a coverage that is lacking", () => {
  const between = async (known: readonly (string | null)[]): Promise<{ rows: PairRow[]; hidden: boolean[] }> => {
    const goal = (insats: string, more: object) => ({
      insats,
      mal: [{ id: "m", matt: "andel_till_arbete_eller_studier", per: "hela", villkor: ">= 50 %", ...more }],
    });
    const d = await deliver({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["a", "A", "2023-01-01", "2023-12-31"],
          ["b", "B", "2023-01-01", "2023-12-31"],
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "startdatum", "slutdatum", "sysselsattning_slut"],
          ...["arbete", "arbetssökande", ...known].map((ord, i) => ["a", String(i), "2023-02-01", "2023-06-30", ord]),
          ...["arbete", "studier", "sjukskriven"].map((ord, i) => ["b", String(i), "2023-02-01", "2023-06-30", ord]),
        ],
      },
      pipelines: { "a.yaml": goal("a", { minst_tackning: "80 %" }), "b.yaml": goal("b", {}) },
    });
    const rows = await compareInsatser("a", "b", { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") });
    const db = await open(d.path("out/internt/finsam.duckdb"), "read");
    const shown = await db.rows<{ ar_dold: boolean }>("select ar_dold from publik.parjamforelse");
    db.close();
    return { rows, hidden: shown.map(({ ar_dold: isHidden }) => isHidden) };
  };
  test("is the change, with what the value is under it", async () => {
    const { rows, hidden } = await between([null, null]);
    expect(rows).toMatchObject([
      { andring: "täckning", taljare: 1, namnare: 2, tackningsgrad: 0.5 },
      { andring: "täckning", taljare: 2, namnare: 3 },
    ]);
    expect(rows[0]?.skal).toBe(
      "A: täckningsgraden är 50,0\u00a0%, och med alla kända ligger andelen mellan 25,0\u00a0% och 75,0\u00a0%",
    );
    expect(hidden).toEqual([true, true]);
  });
  test("and where it is delivered, nothing has to change, and the value is between what was said", async () => {
    for (const [known, varde] of [
      [["arbete", "studier"], 0.75],
      [["sjukskriven", "arbetssökande"], 0.25],
    ] as const)
      expect((await between(known)).rows[0]).toMatchObject({ andring: "ingen", varde, skal: null });
  });
});

test("target values, price years, registration, breaks and goals worded alike are part of the check, each where it holds", async () => {
  const insats = (id: string, registrering: string, slut: string): (string | null)[] => [
    id,
    id.toUpperCase(),
    "individinriktad",
    registrering,
    "2023-01-01",
    slut,
  ];
  const nya = (villkor: string) => ({ id: "nya", text: "Många kommer", matt: "nya_deltagare", per: "hela", villkor });
  const kostnad = { id: "kr", text: "Billigt", matt: "kostnad_per_deltagare", per: "hela", villkor: "<= 9000" };
  const d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "typ", "registrering", "startdatum", "slutdatum"],
        insats("a", "personuppgifter", "2024-12-31"),
        insats("b", "anonym", "2024-12-31"),
        insats("c", "personuppgifter", "2023-12-31"),
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum"],
        ...["a", "b", "c"].map((id) => [id, "1", "2023-02-01"]),
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["x", "X"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "belopp"],
        ...["a", "b"].map((id) => [id, "f", "x", "Personal", "2023-01-01", "2024-12-31", "8000"]),
        ["c", "f", "x", "Personal", "2023-01-01", "2023-12-31", "8000"],
      ],
    },
    pipelines: {
      "a.yaml": { insats: "a", mal: [nya(">= 1"), kostnad] },
      "b.yaml": {
        insats: "b",
        seriebrott: "2023-07-01",
        mal: [nya(">= 2"), kostnad, { ...kostnad, id: "alla", text: "Många kommer", matt: "unika_deltagare" }],
      },
      "c.yaml": { insats: "c", mal: [nya(">= 1"), kostnad] },
    },
  });
  const between = (one: string, other: string): Promise<PairRow[]> =>
    compareInsatser(one, other, { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") });
  const said = async (one: string, other: string): Promise<Record<string, string | null>> =>
    Object.fromEntries((await between(one, other)).map(({ matt, skal }) => [matt, skal]));
  const always =
    "deltagarna registreras olika: personuppgifter och anonym; B räknar på ett annat sätt från och med en dag i perioden";
  expect(await said("a", "b")).toEqual({
    kostnad_per_deltagare: `${always}; kronorna är från flera år och inte omräknade till ett års priser`,
    nya_deltagare: `${always}; målvärdena är olika; målen är lika till orden men räknas på olika sätt`,
    unika_deltagare: `${always}; målen är lika till orden men räknas på olika sätt`,
  });
  // Of one year, the same target, the same registration and no break: nothing to think of.
  expect(await said("a", "c")).toEqual({ kostnad_per_deltagare: null, nya_deltagare: null });
});

test("delivered totals and rows are not compared, and the reason names both", async () => {
  expect(of(await compare(team, hus), "andel_kvinnor")).toMatchObject([
    {
      andring: "inget",
      varde: null,
      skal: "Exempel: Samverkansteamet bygger på rader och Exempel: Öppet hus bygger på lämnade antal: det som saknas är rader från Exempel: Öppet hus",
    },
    { andring: "inget" },
  ]);
});

test("a run holds every pair of its insatser, as the command gives them", async () => {
  const { out } = await shippedRun("exempel");
  const db = await open(join(out, "internt/finsam.duckdb"), "read");
  const held = await rowsOf(db, "parjamforelse").finally(() => db.close());
  const key = ({ matt, insats_id: one, annan_insats_id: other }: PairRow): string => `${matt} ${one} ${other}`;
  const sorted = (rows: readonly PairRow[]): PairRow[] => rows.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const asked = [await compare(vagen, hus), await compare(vagen, team), await compare(hus, team)].flat();
  expect(sorted(held.map(({ resultat_id: _, ...row }) => row))).toEqual(sorted(asked));
});

test("what is published of pairs says of no person how many are unknown", async () => {
  const { out } = await shippedRun("exempel");
  const db = await open(join(out, "internt/finsam.duckdb"), "read");
  const shown = await db
    .rows<{ matt: string; skal: string | null; tackningsgrad: number | null; ar_dold: boolean; varde: number | null }>(
      "select matt, skal, tackningsgrad, ar_dold, varde from publik.parjamforelse",
    )
    .finally(() => db.close());
  const ofPersons = shown.filter(({ matt }) => measureOf(matt).personer);
  expect(ofPersons.filter(({ skal }) => skal?.includes("för en del är det okänt")).length).toBeGreaterThan(2);
  expect(ofPersons.filter((row) => row.tackningsgrad !== null || row.skal?.includes("täckningsgrad"))).toEqual([]);
  expect(shown.filter((row) => row.ar_dold && row.varde !== null)).toEqual([]);
  expect(ofPersons.filter((row) => row.ar_dold).length).toBeGreaterThan(2);
});

test("no two of the five reports can be compared, each for a reason", async () => {
  const { out } = await shippedRun("kallor");
  const ids = [
    ...new Set(
      readPipelines(patterns.kallor)
        .filter(({ mal }) => mal.length > 0)
        .flatMap(({ insats }) => insats),
    ),
  ];
  expect(ids.length).toBeGreaterThanOrEqual(5);
  for (const [i, one] of ids.entries()) {
    for (const other of ids.slice(i + 1)) {
      const rows = await compareInsatser(one, other, { pipelines: patterns.kallor, out });
      expect(
        rows.filter(({ jamforbar, skal }) => jamforbar || !skal),
        `${one} ${other}`,
      ).toEqual([]);
    }
  }
});

test("an unknown insats is named with the nearest one", async () => {
  await expect(compare(team, "exempel-arbetsvag")).rejects.toThrow(
    "has no insats exempel-arbetsvag; did you mean exempel-arbetsvagen?",
  );
  await expect(compare(team, team)).rejects.toThrow("compare takes two insatser");
});
