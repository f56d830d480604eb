/** Wide tables, as SUS and its successor export them, by a mapping in the pipeline file; and breaks in their series. */
import { beforeAll, describe, expect, test } from "vitest";
import { columns, folder, only, pick, type Rows } from "../contract/delivery.ts";
import { together } from "../contract/together.ts";

const all = together();
beforeAll(all.runAll);

const insats = (id: string): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  [id, "I", "2019-01-01", "2022-12-31"],
];

const sysselsattning = `Standardrapport deltagare;;;;
Förbund F;;;;
;;;;
Sysselsättning efter avslut;2019 Kvinnor;2019 Män;2020 Kvinnor;2020 Män
Alla avslutade;;;;
Förvärvsarbete;6;5;7;8
Studier;3;..;2;1
Aktivt arbetssökande;4;6;fyra;5
Övriga avslutade;1;2;3;4
Uppgift saknas;9;9;9;9
Totalt;14;13;16;18
`;

const antal = `Antal;2019;2020;2021;Kommentar
Deltagare;30;40;50;a
Nya deltagare;10;20;25;b
`;

const tolkning = [
  {
    fil: "sysselsattning.csv",
    dataset: "deltagarutfall",
    unpivot: {
      kategori: {
        rubrik: "Sysselsättning efter avslut",
        kolumn: "varde",
        namn: { Förvärvsarbete: "arbete", Studier: "studier", "Aktivt arbetssökande": "arbetssökande" },
      },
      kolumner: {
        "2019 Kvinnor": { ar: 2019, kon: "kvinna" },
        "2019 Män": { ar: 2019, kon: "man" },
        "2020 Kvinnor": { ar: 2020, kon: "kvinna" },
        "2020 Män": { ar: 2020, kon: "man" },
      },
      konstanter: { variabel: "sysselsattning_efter" },
      hoppa_over: ["Uppgift saknas"],
    },
  },
  {
    fil: "antal.csv",
    dataset: "deltagarantal",
    unpivot: {
      kategori: { kolumn: "slag", namn: { Deltagare: "deltagare" } },
      kolumner: { 2019: { ar: 2019 }, 2020: { ar: 2020 }, 2021: { ar: 2021 } },
      hoppa_over: ["Kommentar"],
    },
  },
  {
    fil: "kon.csv",
    dataset: "deltagarantal",
    unpivot: {
      kolumner: { Kvinnor: { kolumn: "kvinnor" }, Män: { kolumn: "man" } },
      konstanter: { fran: "2022-01-01", till: "2022-12-31" },
    },
  },
];

const mal = [
  { id: "nya-per-ar", matt: "nya_deltagare", per: "ar", villkor: ">= 10" },
  { id: "nya", matt: "nya_deltagare", per: "hela", villkor: ">= 10" },
  { id: "arbete", matt: "andel_till_arbete_eller_studier", per: "ar" },
  { id: "kvinnor", matt: "andel_kvinnor", per: "ar" },
];

describe("a wide table", () => {
  const d = all.given(
    "i",
    {
      "insats.csv": insats("i"),
      "sysselsattning.csv": sysselsattning,
      "antal.csv": antal,
      "kon.csv": "Kvinnor;Män\n6;4\n",
    },
    { tolkning, mal },
  );

  test("gives a row for each category and column; counts are of delivered rows, each in one place", () => {
    const of = (fil: string): unknown[] =>
      columns(
        pick(d.rows("leveranser"), { fil: `data/${fil}` }),
        "dataset",
        "rader",
        "lasta",
        "avvisade",
        "overhoppade",
      )[0] ?? [];
    expect(of("sysselsattning.csv")).toEqual(["deltagarutfall", 11, 3, 1, 7]);
    expect(of("antal.csv")).toEqual(["deltagarantal", 3, 2, 0, 1]);
    expect(of("kon.csv")).toEqual(["deltagarantal", 2, 1, 0, 1]);
  });
  test("a row with one cell that cannot be read is rejected whole, at that cell", () => {
    expect(columns(d.rows("datakvalitet"), "fil", "cell", "kod")).toEqual([
      ["data/sysselsattning.csv", "D8", "ogiltigt_heltal"],
    ]);
  });
  test("is measured as rows would be: categories by their names, a missing cell is not 0", () => {
    const arbete = pick(d.rows("maluppfyllelse"), { mal_id: "arbete" });
    // 2019: 6 + 5 + 3 of these and 1 + 2 others; 2020: 7 + 8 + 2 + 1 and 3 + 4
    expect(columns(arbete, "fran", "taljare", "namnare").slice(0, 2)).toEqual([
      ["2019-01-01", 14, 17],
      ["2020-01-01", 18, 25],
    ]);
    const nya = pick(d.rows("maluppfyllelse"), { mal_id: "nya-per-ar" });
    expect(columns(nya, "fran", "taljare").slice(0, 3)).toEqual([
      ["2019-01-01", 10],
      ["2020-01-01", 20],
      ["2021-01-01", 25],
    ]);
    expect(only(d.rows("maluppfyllelse"), { mal_id: "kvinnor", fran: "2022-01-01" })).toMatchObject({
      taljare: 6,
      namnare: 10,
    });
  });
  test("a figure is followed to the row it stands in", async () => {
    const { stdout } = await all.d.cli(["trace", "maluppfyllelse/i/nya-per-ar///2020-01-01", "--json"]);
    expect(JSON.parse(stdout).rader.map(({ fil, rad }: { fil: string; rad: number }) => [fil, rad])).toEqual([
      ["data/i/antal.csv", 3],
    ]);
  });
});

describe("a wide table is refused", () => {
  const lacking = all.given(
    "utan",
    { "insats.csv": insats("utan"), "antal.csv": antal.replace("2021", "2022") },
    { tolkning },
  );
  const wrong = all.given(
    "fel",
    {
      "insats.csv": insats("fel"),
      "antal.csv": "Antal;2019;2020;2021\nDeltagare;1;2;3\nHundar;1;2;3\n;4;5;6\ndeltagare;..;..;9\n",
    },
    { tolkning },
  );
  test("whole where a heading that the pipeline names is not there", () => {
    expect(columns(lacking.rows("datakvalitet"), "fil", "kod")).toEqual([["data/antal.csv", "okand_tabell"]]);
  });
  test("row by row where it has no category, or stands twice; a category that is unknown is loaded as such", () => {
    expect(columns(wrong.rows("datakvalitet"), "cell", "kod")).toEqual([
      // 3 and 9 of 2021: neither row of one sheet is the later, and a record is loaded whole or not at all.
      ["D2", "motstridig"],
      ["A3", "okant_ord"],
      ["A4", "varde_saknas"],
      ["D5", "motstridig"],
    ]);
    expect(only(wrong.rows("leveranser"), { fil: "data/antal.csv" })).toMatchObject({
      rader: 5,
      lasta: 1,
      avvisade: 3,
      overhoppade: 1,
    });
  });
  test("before anything is read where the mapping names a column that the dataset lacks", async () => {
    const unpivot = { kolumner: { 2019: { aar: 2019, kvinor: 1 } } };
    const misspelt = [{ fil: "antal.csv", dataset: "deltagarantal", unpivot }];
    const d = folder({ files: {}, pipelines: { "p.yaml": { insats: "i", tolkning: misspelt } } });
    await expect(d.run()).rejects.toThrow("deltagarantal has no column kvinor; did you mean kvinnor?");
  });
});

describe("a series break", () => {
  const d = all.given(
    "brott",
    { "insats.csv": insats("brott"), "antal.csv": antal.replace(";b\n", ";c\n") },
    { tolkning, mal, seriebrott: "2020-07-01" },
  );
  test("is a finding at each total that spans it, and at the first after it", () => {
    const found = pick(d.rows("datakvalitet"), { kod: "seriebrott" });
    expect(columns(found, "rad", "varde")).toEqual([
      [2, "2020-01-01–2020-12-31"],
      [2, "2021-01-01–2021-12-31"],
      [3, "2020-01-01–2020-12-31"],
    ]);
  });
  test("leaves the years as they are, and adds nothing across it", () => {
    const nya = pick(d.rows("maluppfyllelse"), { mal_id: "nya-per-ar" });
    expect(columns(nya, "taljare").flat().slice(0, 3)).toEqual([10, 20, 25]);
    expect(only(d.rows("maluppfyllelse"), { mal_id: "nya" })).toMatchObject({
      status: "ej_matbart",
      skal: "ej_summerbart",
      taljare: null,
    });
  });
});
