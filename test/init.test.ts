/** From an office's files to a first right report: what `init` writes of them, and what `check` says before a run. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Pipeline, parsePipeline } from "../src/schema/pipeline.ts";
import { type Finished, type Folder, folder, only, pick, type Rows } from "./contract/delivery.ts";
import { type Cell, workbook } from "./corpus/workbook.ts";

const book = (sheets: Record<string, Cell[][]>): Buffer =>
  workbook({ sheets: Object.entries(sheets).map(([name, rows]) => ({ name, rows })) });

const months = ["Jan", "Feb", "Mar", "Apr", "Maj", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dec"];

const invoices = Object.fromEntries(
  months.map((month, i): [string, Cell[][]] => [
    `${month} 2024`,
    [
      [`Fakturor ${month} 2024`],
      ["Fakturanr", "Leverantör", "Avser", "Belopp exkl moms", "Attest"],
      [`F${i}a`, "Söderköpings kommun", "Personal", 1000, "AB"],
      [`F${i}b`, "Region Öst", "Lokal", 200 + i, "AB"],
      ["Summa", null, null, 1200 + i],
    ],
  ]),
);
const participants = (year: number, count: number): Rows => [
  [`Deltagare ${year}`],
  ["Löpnr", "Kön", "Födelseår", "Hemkommun", "Inskriven", "Avslutad", "Handläggare"],
  ...Array.from({ length: count }, (_, i) => [
    `${year}-${i}`,
    i % 2 ? "K" : "M",
    1980 + i,
    "Söderköping",
    `${year}-02-0${i + 1}`,
    i % 2 ? `${year}-06-01` : null,
    "AB",
  ]),
];
const ledger = [
  "Ver;Konto;Kontotext;Datum;Projekt;Debet;Kredit",
  "A1;5010;Lokalhyra;2023-01-31;4711;1 000,00;",
  "A1;1930;Bank;2023-01-31;4711;;1 000,00",
  "A2;5010;Lokalhyra;2023-02-28;4711;;400,00",
  "A3;6110;Papper;2023-02-28;9999;250,00;",
].join("\n");

const office: Record<string, string | Buffer | Rows> = {
  "Deltagarlista 2023.csv": participants(2023, 2),
  "Deltagarlista 2024.csv": participants(2024, 3),
  "Enkät våren 2024.csv": [
    ["Tidsstämpel", "Roll", "Hur nöjd är du?", "Vad hjälpte mest?"],
    ["2024-05-01", "Chef", "Nöjd", "Möten;Handledning"],
    ["2024-05-02", "Chef", "Nöjd", "Möten"],
    ["2024-05-03", "Handläggare", "Missnöjd", "Möten;Annat"],
    ["2024-05-04", "Handläggare", "Nöjd", ""],
  ],
  "Fakturor 2024.xlsx": book(invoices),
  "Huvudbok 2023.csv": ledger,
  "Närvaro styrgrupp 2024.csv": [
    ["Organisation", "2024-01-15", "2024-02-15", "2024-03-15", "Summa"],
    ["AF", "x", "x", null, 2],
    ["FK", "x", null, "ek", 1],
    ["Söderköpings kommun", "x", "x", "x", 3],
  ],
  "SUS avslut.csv": [
    ["Sysselsättning efter avslut"],
    ["Sysselsättning", "2023 Kvinnor", "2023 Män", "2024 Kvinnor", "2024 Män"],
    ["Förvärvsarbete", 12, 10, 14, 9],
    ["Studier", 5, 4, 6, 3],
    ["Totalt", 17, 14, 20, 12],
    ["Källa: SUS"],
  ],
  "Volymer 2024.csv": [
    [null, "Jan 2024", "Feb 2024", "Mar 2024"],
    ["Kvinnor", 4, 5, 6],
    ["Män", 3, 3, 3],
    ["Totalt", 7, 8, 9],
  ],
  "Inflöde per kvartal.csv": [
    ["Period", "Nya kvinnor", "Nya män", "Nya totalt"],
    ["Kv 1 2024", 3, 2, 5],
    ["Kv 2 2024", 1, 1, 2],
  ],
  "Deltagare per kön.csv": [
    ["Från", "Till", "Kön", "Antal"],
    ["2024-01-01", "2024-12-31", "Kvinnor", 12],
    ["2024-01-01", "2024-12-31", "Män", 10],
    ["2024-01-01", "2024-12-31", "Totalt", 22],
  ],
  "Telefonlista.csv": [
    ["Roll", "Telefon"],
    ["Ekonom", "011-12 34 56"],
  ],
  "Inskrivna.csv": [
    ["Personnummer", "Startdatum"],
    ["19640823-3234", "2024-01-01"],
  ],
  "Minnesanteckningar.docx": "PK",
};

describe("finsam init", () => {
  let d: Folder;
  let done: Finished;
  let text = "";
  let drafted: Pipeline;
  beforeAll(async () => {
    d = folder({
      files: Object.fromEntries(Object.entries(office).map(([name, content]) => [`Arbetsvägen 2024/${name}`, content])),
      pipelines: {},
    });
    done = await d.cli(["init", "data/Arbetsvägen 2024", "-o", "pipelines/ny.yaml", "--today", "2024-12-31"]);
    text = readFileSync(d.path("pipelines/ny.yaml"), "utf8");
    drafted = parsePipeline(d.path("pipelines/ny.yaml"), text);
  }, 300_000);
  const ruleFor = (fil: string): Pipeline["tolkning"][number] | undefined =>
    drafted.tolkning.find((rule) => rule.fil === fil);
  /** The comments over one entry, and beside what it says. */
  const saidOf = (fil: string): string =>
    text.split("\n\n").find((block) => block.includes(`- fil: ${fil}`) || block.includes(`- fil: "${fil}"`)) ?? "";

  test("says what it wrote, how much of it a run would load, what it could not place, and what is next", () => {
    expect(done.code).toBe(0);
    expect(done.stdout).toContain("pipelines/ny.yaml: arbetsvagen, 12 files");
    expect(done.stdout).toMatch(/not read: Telefonlista\.csv: rubrikerna ”Roll”, ”Telefon”/);
    expect(done.stdout).toContain("finsam check --pipelines pipelines/ny.yaml");
  });
  test("reads a sheet a month by one entry, with the period in the sheet's name", () => {
    expect(ruleFor("Fakturor 2024.xlsx")).toMatchObject({ dataset: "faktura", period: ["bladnamn"] });
    expect(ruleFor("Fakturor 2024.xlsx")?.blad).toBeUndefined();
  });
  test("reads one file a year by one entry", () => {
    expect(ruleFor("Deltagarlista *.csv")).toMatchObject({
      dataset: "deltagare",
      kolumner: { Löpnr: ["deltagar_id"], Hemkommun: ["kommun"] },
    });
  });
  test("reads a ledger by debit and credit and its accounts of costs, and asks which projects are the insats's", () => {
    expect(ruleFor("Huvudbok 2023.csv")).toMatchObject({
      dataset: "faktura",
      belopp: { debet: "Debet", kredit: "Kredit" },
      period: ["Datum"],
      urval: { Konto: ["5010", "6110"] },
    });
    expect(saidOf("Huvudbok 2023.csv")).toMatch(/# FRÅGA: vilka under ”Projekt” .* 4711 \(3 rader\), 9999 \(1 rader\)/);
  });
  test("reads an attendance matrix, and asks what a blank and a mark that nobody explained mean", () => {
    expect(ruleFor("Närvaro styrgrupp 2024.csv")).toMatchObject({
      dataset: "narvaro",
      varden: { narvarande: { ek: "" } },
      unpivot: { kategori: { rubrik: "Organisation", kolumn: "part_id" }, rubriker: "mote_id", hoppa_over: ["Summa"] },
    });
    expect(saidOf("Närvaro styrgrupp 2024.csv")).toMatch(/# FRÅGA: vad betyder en tom cell \(2 stycken\)/);
    expect(saidOf("Närvaro styrgrupp 2024.csv")).toMatch(/# FRÅGA: vad betyder ”ek”/);
  });
  test("reads a survey with a respondent a row: questions, those of several answers, and the group", () => {
    expect(ruleFor("Enkät våren 2024.csv")?.svarsrader).toEqual({
      fragor: ["Hur nöjd är du?"],
      flerval: ["Vad hjälpte mest?"],
      grupp: "Roll",
    });
  });
  test("reads women and men, years and months that stand as headings", () => {
    expect(ruleFor("SUS avslut.csv")?.unpivot?.kolumner["2024 Kvinnor"]).toEqual({ ar: "2024", kon: "kvinna" });
    expect(ruleFor("Volymer 2024.csv")?.unpivot).toMatchObject({
      rubriker: "period",
      kategori: { namn: { Kvinnor: { kolumn: "kvinnor" }, Män: { kolumn: "man" }, Totalt: { kolumn: "totalt" } } },
    });
  });
  test("reads women and men in the rows of a column, and what the headings say is counted", () => {
    expect(ruleFor("Deltagare per kön.csv")).toMatchObject({
      dataset: "deltagarantal",
      unpivot: {
        kategori: {
          rubrik: "Kön",
          namn: { Kvinnor: { kolumn: "kvinnor" }, Män: { kolumn: "man" }, Totalt: { kolumn: "totalt" } },
        },
        kolumner: { Antal: {} },
      },
    });
    expect(ruleFor("Inflöde per kvartal.csv")).toMatchObject({
      konstanter: { slag: "nya" },
      kolumner: { "Nya kvinnor": ["kvinnor"], "Nya män": ["man"], "Nya totalt": ["totalt"] },
    });
  });
  test("gives the evidence beside each guess, and names headings that are not read with the nearest columns", () => {
    for (const rule of drafted.tolkning) expect(saidOf(rule.fil)).toMatch(/dataset: \w+ # \S/);
    expect(saidOf("Deltagarlista *.csv")).toMatch(
      /# FRÅGA: rubriker som inte läses: ”Handläggare” \(närmast \w+, \w+, \w+\)/,
    );
  });
  test("says that a file holds personuppgifter, and the number nowhere", () => {
    expect(text).toMatch(/# FRÅGA: filer med personuppgifter avvisas/);
    expect(`${text}${done.stdout}${done.stderr}`).not.toContain("3234");
  });
  test("writes what the files refer to and lack as registers: the insats, its förbund, parter and möten", () => {
    const register = (name: string): string[] => readFileSync(d.path("pipelines/ny", name), "utf8").trim().split("\n");
    expect(register("insats.csv")).toEqual(["namn;forbund_id;startdatum;slutdatum", "Arbetsvägen;forbundet;;"]);
    expect(register("part.csv").slice(1)).toEqual([
      "AF;AF;arbetsformedlingen",
      "FK;FK;forsakringskassan",
      "Region Öst;Region Öst;region",
      "Söderköpings kommun;Söderköpings kommun;kommun",
    ]);
    expect(register("mote.csv")).toEqual([
      "mote_id;datum;motestyp",
      ...["2024-01-15", "2024-02-15", "2024-03-15"].map((day) => `${day};${day};styrgrupp`),
    ]);
  });
  test("every goal that it shows as an example is one that may be stated as it is", () => {
    const examples = text.split("\nmal: []\n")[1]?.match(/^# {2}- .*$/gm) ?? [];
    expect(examples.length).toBeGreaterThan(8);
    const stated = parsePipeline(
      "x.yaml",
      `insats: x\nkallor: [.]\nmal:\n${examples.map((line) => line.slice(1)).join("\n")}`,
    );
    const measured = stated.mal.map(({ matt }) => matt);
    expect(measured).toEqual(
      expect.arrayContaining(["narvaroandel", "fakturerat_belopp", "enkatandel", "unika_deltagare"]),
    );
    // Nobody has said how many were asked, or which target group there is.
    expect(measured).not.toContain("svarsfrekvens");
    expect(measured).not.toContain("malgrupp_nadd");
  });
  test("does not overwrite a file without being told, and says how", async () => {
    const again = await d.cli(["init", "data/Arbetsvägen 2024", "-o", "pipelines/ny.yaml"]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringMatching(/ny\.yaml: a file stands there.*--force/)]);
    expect(readFileSync(d.path("pipelines/ny.yaml"), "utf8")).toBe(text);
    d.write("liten/insats.csv", [
      ["insats_id", "namn"],
      ["liten", "Liten"],
    ]);
    writeFileSync(d.path("liten.yaml"), "");
    const forced = await d.cli(["init", "data/liten", "-o", "liten.yaml", "--force"]);
    expect([forced.code, readFileSync(d.path("liten.yaml"), "utf8")]).toEqual([
      0,
      expect.stringContaining("insats: liten"),
    ]);
  }, 300_000);
  test("a folder that is not there, or holds no tables, is wrong usage, and nothing is written", async () => {
    const missing = await d.cli(["init", "data/finns-inte", "-o", "pipelines/x.yaml"]);
    mkdirSync(d.path("tom"));
    const empty = await d.cli(["init", "tom", "-o", "x.yaml"]);
    expect([missing.code, missing.stderr]).toEqual([2, "data/finns-inte: no such folder\n"]);
    expect([empty.code, existsSync(d.path("x.yaml"))]).toEqual([2, false]);
  }, 240_000);

  describe("and then", () => {
    let run: Finished;
    const table = (fil: string): Record<string, unknown>[] =>
      pick(d.rows("leveranser"), { fil: `data/Arbetsvägen 2024/${fil}` });
    const loaded = (fil: string): number => table(fil).reduce((sum, row) => sum + Number(row.lasta), 0);
    beforeAll(async () => {
      const goals = [
        '- { id: narvaro, text: Närvaro, matt: narvaroandel, villkor: ">= 85 %", per: hela, grupp: part }',
        '- { id: pengar, text: Högst 20 000 kr, matt: fakturerat_belopp, villkor: "<= 20000 kr", per: ar }',
        '- { id: borta, text: Leverabler, matt: leverabel_klar, villkor: ">= 80 %" }',
      ];
      const answered = text
        .replace('narvarande: { ek: "" }', 'narvarande: { x: ja, ek: nej, "": nej }')
        .replace("urval: { Konto:", "urval: { Projekt: [4711], Konto:")
        .replace("mal: []", `mal:\n${goals.map((goal) => `  ${goal}`).join("\n")}`);
      writeFileSync(d.path("pipelines/ny.yaml"), answered);
      run = await d.cli(["run", "--pipelines", "pipelines/ny.yaml", "--today", "2024-12-31"]);
    }, 240_000);

    test("check says what each goal would count and on how many rows, and touches nothing", async () => {
      const before = [...d.bytes("out")].map(([path]) => path);
      const { code, stdout } = await d.cli(["check", "--pipelines", "pipelines/ny.yaml", "--today", "2024-12-31"]);
      expect(code).toBe(1);
      // Three parter at three möten; 24 invoices and the ledger's two lines of the project.
      expect(stdout).toMatch(/arbetsvagen\/narvaro: narvaroandel: 9 evidence rows from narvaro, 2024-01-15–2024-03-15/);
      expect(stdout).toMatch(
        /arbetsvagen\/pengar: fakturerat_belopp: 26 evidence rows from faktura, 2023-01-31–2024-12-31/,
      );
      expect(stdout).toMatch(/arbetsvagen\/borta: leverabel_klar: no evidence rows; it needs leverabel/);
      expect(stdout).toMatch(/Deltagarlista 2023\.csv: headings not used: Handläggare/);
      expect([...d.bytes("out")].map(([path]) => path)).toEqual(before);
    }, 240_000);
    test("the run loads what init said it would", () => {
      expect(run.code).toBe(1);
      expect(
        ["Deltagarlista 2023.csv", "Deltagarlista 2024.csv", "Fakturor 2024.xlsx", "SUS avslut.csv"].map(loaded),
      ).toEqual([2, 3, 24, 2]);
      expect(loaded("Huvudbok 2023.csv")).toBe(2);
      expect(
        d
          .rows("leveranser")
          .filter((row) => Number(row.avvisade) > 0)
          .map(({ fil }) => fil),
      ).toEqual(["data/Arbetsvägen 2024/Inskrivna.csv", "data/Arbetsvägen 2024/Telefonlista.csv"]);
    });
    test("and its figures are right", () => {
      const goal = (mal: string, where: Record<string, string>): Record<string, unknown> =>
        only(d.rows("maluppfyllelse"), { mal_id: mal, ...where });
      // AF 2 of 3, FK 1 of 3, kommunen 3 of 3.
      expect(["AF", "FK", "Söderköpings kommun"].map((part) => goal("narvaro", { gruppvarde: part }).taljare)).toEqual([
        2, 1, 3,
      ]);
      // 12 × 1 000, and 200 + i for the months 0 to 11; the ledger 1 000 − 400.
      expect(goal("pengar", { fran: "2024-01-01" }).varde).toBe(12 * 1000 + 12 * 200 + 66);
      // Without startdatum the first year begins with the first date in the data.
      const [first] = pick(d.rows("maluppfyllelse"), { mal_id: "pengar", till: "2023-12-31" });
      expect(first?.varde).toBe(600);
    });
  });
});

describe("finsam init of other shapes", () => {
  test("parts across and days down, a workbook a year with a sheet a month, and the delivered register's own ids", async () => {
    const sheets = (year: number): Record<string, Cell[][]> =>
      Object.fromEntries(
        ["Januari", "Februari"].map((month, i): [string, Cell[][]] => [
          month,
          [
            ["Datum", "Arbetsförmedlingen", "FK"],
            [`${year}-0${i + 1}-05`, "ja", "nej"],
            [`${year}-0${i + 1}-19`, "ja", "frånv"],
          ],
        ]),
      );
    const d = folder({
      files: {
        "Närvaro/2023.xlsx": book(sheets(2023)),
        "Närvaro/2024.xlsx": book(sheets(2024)),
        "Insatser.csv": [
          ["Id", "Insats", "Start", "Slut"],
          ["samsyn", "Samsyn", "2023-01-01", "2024-12-31"],
        ],
        "Parter.csv": [
          ["Part", "Namn", "Huvudman"],
          ["af", "Arbetsförmedlingen", "Af"],
          ["fk", "Försäkringskassan", "FK"],
        ],
        "Kostnader.csv": [
          ["Konto", "Benämning", "2023-01", "2023-02"],
          ["5010", "Hyra", 100, 100],
        ],
      },
      pipelines: {},
    });
    const done = await d.cli(["init", "data", "-o", "p.yaml", "--today", "2024-12-31"]);
    const drafted = parsePipeline(d.path("p.yaml"), readFileSync(d.path("p.yaml"), "utf8"));
    expect([done.code, drafted.insats]).toEqual([0, ["samsyn"]]);
    expect(drafted.tolkning.find(({ dataset }) => dataset === "narvaro")).toMatchObject({
      fil: "Närvaro/*.xlsx",
      varden: { narvarande: { frånv: "nej" }, part_id: { Arbetsförmedlingen: "af", FK: "fk" } },
      unpivot: { kategori: { rubrik: "Datum", kolumn: "mote_id" }, rubriker: "part_id" },
    });
    expect(done.stdout).toContain(" 0 refused");
    // What months cost, by name of account: of the förbund that stands beside it, until somebody names it.
    expect(drafted.tolkning.find(({ fil }) => fil === "Kostnader.csv")).toMatchObject({
      dataset: "faktura",
      unpivot: { kategori: { rubrik: "Benämning", kolumn: "kostnadsslag" }, rubriker: "period", hoppa_over: ["Konto"] },
    });
    expect(readFileSync(d.path("p/finansiering.csv"), "utf8")).toBe("insats_id;forbund_id\nsamsyn;forbundet\n");
    // Eight days with two parter each.
    const { stdout } = await d.cli(["check", "--pipelines", "p.yaml", "--json", "--today", "2024-12-31"]);
    const { leveranser } = JSON.parse(stdout) as { leveranser: Record<string, unknown>[] };
    expect(leveranser.filter(({ dataset }) => dataset === "narvaro").map(({ lasta }) => lasta)).toEqual([2, 2, 2, 2]);
    expect(only(leveranser as never, { fil: "p/mote.csv" }).lasta).toBe(8);
    expect(only(leveranser as never, { fil: "data/Kostnader.csv" }).lasta).toBe(1);
  }, 300_000);
  test("an insats that files call by a name has an id, and the name is read as it", async () => {
    const d = folder({
      files: {
        "Export.csv": [
          ["Insats", "Deltagare-ID", "Kön", "Startdatum", "Slutdatum", "Försörjning vid avslut"],
          ["Kontor Tre", "100", "K", "2023-01-01", "2023-06-01", "Ingen"],
          ["Kontor Tre", "101", "M", "2023-02-01", null, null],
        ],
      },
      pipelines: {},
    });
    const done = await d.cli(["init", "data", "-o", "p.yaml", "--today", "2024-12-31"]);
    expect(done.stdout).toContain("p.yaml: kontor-tre, 1 file: 3 rows would be loaded, 0 refused");
    expect(parsePipeline("p.yaml", readFileSync(d.path("p.yaml"), "utf8")).tolkning).toMatchObject([
      { dataset: "deltagare", varden: { insats_id: { "Kontor Tre": "kontor-tre" } } },
    ]);
  }, 300_000);
  test("lists that are wide in other ways: quarters, kinds of count side by side, years of finansiering, answers as headings", async () => {
    const d = folder({
      files: {
        "Antal möten per kvartal.csv": [
          ["Mötestyp", "Kv 1 2024", "Kv 2 2024"],
          ["Samverkansmöten", 10, 12],
          ["Styrgruppsmöten", 1, 2],
        ],
        "Månadsrapport deltagare 2024.csv": [
          ["Månad", "Nya kvinnor", "Nya män", "Avslutade", "Pågående totalt"],
          ["januari", 3, 2, 0, 5],
          ["februari", 1, 2, 1, 7],
        ],
        "Finansiering.csv": [
          ["Förbund", "Andel", "2023", "2024"],
          ["norr", "60 %", "600 000", "620 000"],
          ["syd", "40 %", "400 000", "420 000"],
        ],
        "Budget.xlsx": workbook({
          sheets: [
            {
              name: "Blad1",
              rows: [
                ["Post", "Budget (tkr)", null],
                [null, 2023, 2024],
                ["Personal", 400, 450],
                ["Lokal", 50, 60],
              ],
              after: '<mergeCells><mergeCell ref="B1:C1"/></mergeCells>',
            },
          ],
        }),
        "Enkätsvar.csv": [
          ["Fråga", "Ja", "Nej", "Vet ej", "Totalt"],
          ["Jag är nöjd", 12, 5, 3, 20],
          ["Jag fick hjälp", 10, 6, 4, 20],
        ],
        "Fakturor.csv": [
          ["Fakturadatum", "Fakturanr", "Förbund", "Period", "Belopp"],
          ["2024-02-05", "5501", "norr", "jan 2024", "54 000"],
          ["2024-03-05", "5502", "syd", "jan-feb 2024", "49 500"],
        ],
        "Mål och resultat.csv": [
          ["Leverabel", "Klart senast", "Status"],
          ["Kartläggning", "2024-03-31", "Klart"],
          ["Slutrapport", "2024-12-31", "Ej påbörjad"],
        ],
        "Möten per månad.csv": [
          ["År", "Månad", "Samverkansmöten", "Styrgruppsmöten"],
          [2024, 1, 4, 1],
          [2024, 2, 5, 0],
        ],
        "Ekonomi 2024.csv": [
          ["Konto", "Budget (tkr)", "Utfall (tkr)", "Avvikelse"],
          ["Konsult", 800, 780, 20],
          ["Resor", 120, 130, -10],
        ],
        "Läget 2024.csv": [
          ["Deltagare", "Kvinnor", "Män"],
          ["Pågående vid årets början", 10, 8],
          ["Nya under året", 12, 10],
          ["Avslutade under året", 9, 7],
        ],
        "Närvaro.csv": [
          ["Part", "2024-01-15", "2024-02-12"],
          ["FK", "x", "x"],
          ["AF", "x", null],
          ["Summa", 2, 1],
        ],
      },
      pipelines: {},
    });
    const done = await d.cli(["init", "data", "-o", "p.yaml", "--today", "2024-12-31"]);
    expect(done.stdout).toMatch(/11 files: \d+ rows would be loaded, 0 refused/);
    const { tolkning } = parsePipeline("p.yaml", readFileSync(d.path("p.yaml"), "utf8"));
    const rule = (fil: string): unknown => tolkning.find((one) => one.fil === fil);
    expect(rule("Antal möten per kvartal.csv")).toMatchObject({
      dataset: "moteantal",
      unpivot: { kategori: { rubrik: "Mötestyp", kolumn: "motestyp" }, rubriker: "period" },
    });
    expect(rule("Månadsrapport deltagare 2024.csv")).toMatchObject({
      dataset: "deltagarantal",
      period: ["filnamn", "Månad"],
      unpivot: {
        kolumner: {
          "Nya kvinnor": { slag: "nya", kolumn: "kvinnor" },
          "Nya män": { slag: "nya", kolumn: "man" },
          Avslutade: { slag: "avslutade", kolumn: "totalt" },
          "Pågående totalt": { slag: "pagaende", kolumn: "totalt" },
        },
      },
    });
    expect(rule("Finansiering.csv")).toMatchObject({
      dataset: "finansiering",
      unpivot: { kategori: { rubrik: "Förbund", kolumn: "forbund_id" }, rubriker: "period", hoppa_over: [] },
    });
    expect(rule("Budget.xlsx")).toMatchObject({ dataset: "budget", unpivot: { rubriker: "period" } });
    expect(rule("Enkätsvar.csv")).toMatchObject({ dataset: "enkat", unpivot: { rubriker: "svar" } });
    expect(rule("Fakturor.csv")).toMatchObject({ dataset: "faktura", period: ["Period"] });
    expect(rule("Mål och resultat.csv")).toMatchObject({
      dataset: "leverabel",
      kolumner: { Leverabel: ["leverabel_id", "text"] },
    });
    expect(rule("Möten per månad.csv")).toMatchObject({
      dataset: "moteantal",
      period: ["År", "Månad"],
      unpivot: { kolumner: { Samverkansmöten: { motestyp: "Samverkansmöten" } } },
    });
    expect(rule("Ekonomi 2024.csv")).toMatchObject({
      dataset: "budget",
      period: ["filnamn"],
      kolumner: { Konto: ["post"], "Budget (tkr)": ["belopp"] },
    });
    expect(rule("Läget 2024.csv")).toMatchObject({
      unpivot: {
        kategori: { namn: { "Nya under året": { slag: "nya" }, "Avslutade under året": { slag: "avslutade" } } },
      },
    });
    expect(rule("Närvaro.csv")).toMatchObject({ dataset: "narvaro", unpivot: { hoppa_over: ["Summa"] } });
    expect(readFileSync(d.path("p/forbund.csv"), "utf8")).toBe("forbund_id;namn\nnorr;norr\nsyd;syd\n");
  }, 300_000);
  test("several insatser are told apart by the names of files and sheets, and their förbund is written where nobody delivers it", async () => {
    const persons = (nr: number): Rows => [
      ["Löpnr", "Kön", "Inskriven"],
      [nr, "K", "2024-01-08"],
    ];
    const d = folder({
      files: {
        "Insatser.csv": [
          ["Id", "Insats", "Samordningsförbund"],
          ["s1", "Steget", "kustens"],
          ["s2", "Steget in", "kustens"],
        ],
        "Deltagare Steget.csv": persons(1),
        "Deltagare Steget in.csv": persons(2),
        "Deltagare Stegets vänner.csv": persons(3),
        "Budget 2024.xlsx": book({
          Steget: [
            ["Post", "2023 (tkr)", "2024 (tkr)"],
            ["Lokaler", 1.5, 2],
            ["Resor", 0.5, 1],
          ],
        }),
      },
      pipelines: {},
    });
    const done = await d.cli(["init", "data", "-o", "p.yaml", "--today", "2024-12-31"]);
    const { insats, tolkning } = parsePipeline("p.yaml", readFileSync(d.path("p.yaml"), "utf8"));
    expect([done.code, insats]).toEqual([0, ["s1", "s2"]]);
    const given = (fil: string): unknown => tolkning.find((rule) => rule.fil === fil)?.konstanter.insats_id;
    expect(["Deltagare Steget.csv", "Deltagare Steget in.csv", "Budget 2024.xlsx"].map(given)).toEqual([
      "s1",
      "s2",
      "s1",
    ]);
    // Nobody says whose friends these are: the office is asked.
    expect(given("Deltagare Stegets vänner.csv")).toBeUndefined();
    expect(readFileSync(d.path("p.yaml"), "utf8")).toMatch(/# FRÅGA: vilken insats hör raderna till\?/);
    expect(readFileSync(d.path("p/forbund.csv"), "utf8")).toBe("forbund_id;namn\nkustens;kustens\n");
    const run = await d.cli(["run", "--pipelines", "p.yaml", "--today", "2024-12-31"]);
    expect(run.code).toBe(1);
    expect(d.rows("budgetutfall").map(({ ar, post, budget_ore: ore }) => [ar, post, ore])).toEqual([
      [2023, "Lokaler", 150_000],
      [2023, "Resor", 50_000],
      [2024, "Lokaler", 200_000],
      [2024, "Resor", 100_000],
    ]);
  }, 300_000);
  test("an identity number that stands as a heading, a label or a name reaches neither file nor terminal", async () => {
    const d = folder({
      files: {
        "Närvaro.csv": [
          ["Datum", "19640823-3234", "640823-3234"],
          ["2024-01-15", "x", "x"],
          ["2024-02-15", "x", ""],
        ],
        "Antal.csv": [
          ["Deltagare", "Jan 2024", "Feb 2024"],
          ["19640823-3234", 1, 2],
          ["Anna Andersson", 1, 2],
        ],
        "Plan 19640823-3234.docx": "PK",
      },
      pipelines: {},
    });
    const done = await d.cli(["init", "data", "-o", "p.yaml"]);
    expect(done.code).toBe(0);
    const said = `${readFileSync(d.path("p.yaml"), "utf8")}${done.stdout}${done.stderr}`;
    expect(said).toContain("filer med personuppgifter avvisas");
    expect(said).toContain("# Inga tabeller: Plan 19****-****.docx");
    expect(said).not.toMatch(/3234|Andersson/);
  }, 300_000);
  test("a table whose period nothing states is written with the question", async () => {
    const d = folder({
      files: {
        "utfall.csv": [
          [null, "Kvinnor", "Män"],
          ["Arbete", 12, 9],
          ["Studier", 5, 6],
        ],
      },
      pipelines: {},
    });
    await d.cli(["init", "data", "-o", "p.yaml"]);
    const text = readFileSync(d.path("p.yaml"), "utf8");
    expect(text).toMatch(/# FRÅGA: vilken period gäller tabellen\?/);
    writeFileSync(
      d.path("p.yaml"),
      text.replace("dataset: deltagarutfall", "period: 2023\n    dataset: deltagarutfall"),
    );
    const { stdout } = await d.cli(["check", "--pipelines", "p.yaml", "--json"]);
    const { leveranser } = JSON.parse(stdout) as { leveranser: Record<string, unknown>[] };
    expect(only(leveranser as never, { fil: "data/utfall.csv" })).toMatchObject({
      dataset: "deltagarutfall",
      lasta: 2,
    });
  }, 300_000);
});

describe("finsam check", () => {
  test("names what is mapped to nothing, with its line, and insatser that nobody delivers; no folder is made", async () => {
    const d = folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn"],
          ["i", "I"],
        ],
      },
      pipelines: {
        "p.yaml": [
          "insats: j",
          "kallor: [../data]",
          "tolkning:",
          "  - fil: insats.csv",
          "    dataset: insats",
          "  - fil: fakturor*.xlsx",
          "    dataset: faktura",
          "mal:",
          '  - { id: m, text: m, matt: antal_moten, villkor: ">= 1" }',
          "",
        ].join("\n"),
      },
    });
    const { code, stdout } = await d.cli(["check"]);
    expect(code).toBe(0);
    expect(stdout).toContain("pipelines/p.yaml:6: fakturor*.xlsx as faktura: no table is read by it");
    expect(stdout).not.toContain("pipelines/p.yaml:4");
    expect(stdout).toContain("pipelines/p.yaml: j: no delivery holds this insats");
    const json = JSON.parse((await d.cli(["check", "--json"])).stdout) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(["leveranser", "mal", "okanda", "datakvalitet", "tolkning"]);
    expect(existsSync(d.path("out"))).toBe(false);
  }, 240_000);
  test("a pipeline file that cannot be used is wrong usage, with its line", async () => {
    const d = folder({ files: {}, pipelines: { "p.yaml": "insats: i\nkallor: [../data]\nmål: []\n" } });
    const { code, stderr } = await d.cli(["check"]);
    expect([code, stderr]).toEqual([2, expect.stringContaining("p.yaml:3: mål: unknown key mål; did you mean mal?")]);
  }, 240_000);
});
