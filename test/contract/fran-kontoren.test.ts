/** Deliveries as offices make them, each with the answer worked out by hand; all in one run. */
import { beforeAll, expect, test } from "vitest";
import { type Cell, type SheetSpec, workbook } from "../corpus/workbook.ts";
import { columns, type Folder, only, type Pipeline, pick, type Row, type Rows } from "./delivery.ts";
import { together } from "./together.ts";

const sheet = (name: string, rows: readonly (readonly Cell[])[], merged: readonly string[] = []): Buffer =>
  workbook({ sheets: [{ name, rows, ...mergedCells(merged) }] });
const mergedCells = (refs: readonly string[]): Pick<SheetSpec, "after"> => ({
  after: `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join("")}</mergeCells>`,
});
const table = (text: string): Rows => text.split("\n").map((line) => line.split(";"));

const all = together();
/** An insats of 2023 and 2024 with two parts, and one förbund that pays. */
const office = (id: string, files: Record<string, Rows | string | Buffer>, pipeline: Partial<Pipeline> = {}) =>
  all.given(
    id,
    {
      "forbund.csv": "forbund_id;namn\nf;F\n",
      "insats.csv": `insats_id;namn;forbund_id;startdatum;slutdatum\n${id};${id};f;2023-01-01;2024-12-31\n`,
      "part.csv": `insats_id;part_id;namn;huvudman\n${id};fk;FK;forsakringskassan\n${id};af;AF;arbetsformedlingen\n`,
      ...files,
    },
    pipeline,
  );
const goal = (matt: string, villkor: string, per: string, more: Record<string, unknown> = {}) => ({
  ...{ id: "mal", matt, villkor, per },
  ...more,
});
const figures = (d: Pick<Folder, "rows">): Row[] => d.rows("maluppfyllelse");
const sentence = (d: Pick<Folder, "rows">): string =>
  String(only(d.rows("malsammanfattning"), { mal_id: "mal" }).mening);

const budgetMal = goal("budgetutnyttjande", "<= 100 %", "ar");
const fakturor = table(
  "fakturanr;från;till;belopp;kostnadsslag\n1;2023-01-01;2023-12-31;380000;Personal\n2;2024-01-01;2024-12-31;520000;Personal",
);
const budgetTolkning = {
  ...{ fil: "Budget.xlsx", dataset: "budget" },
  unpivot: { kategori: { rubrik: "Post", kolumn: "post" }, rubriker: "period", konstanter: { status: "beviljad" } },
};

// Years under a group that says tkr; the folder is called as the glob begins.
const budget = office(
  "budget",
  {
    "Budget.xlsx": sheet(
      "Blad1",
      [
        ["Budget för insatsen"],
        ["Post", "Budget (tkr)", null],
        [null, 2023, 2024],
        ["Personal", 400, "450,5"],
        ["Lokal", 50, 60],
        ["Summa", 450, "510,5"],
      ],
      ["B2:C2"],
    ),
    "faktura.csv": fakturor,
  },
  { tolkning: [{ ...budgetTolkning, fil: "Budget*.xlsx" }], mal: [budgetMal] },
);
// The same years under two groups: nobody knows which is the budget.
const tvetydig = office(
  "tvetydig",
  {
    "Budget.xlsx": sheet(
      "Blad1",
      [
        ["Post", "Budget", null, "Utfall", null],
        [null, 2023, 2024, 2023, 2024],
        ["Personal", 400000, 450000, 380000, 520000],
      ],
      ["B1:C1", "D1:E1"],
    ),
    "faktura.csv": fakturor,
  },
  { tolkning: [budgetTolkning], mal: [budgetMal] },
);
const kvartal = office(
  "kvartal",
  {
    "Antal.xlsx": sheet(
      "Blad1",
      [
        ["Kön", "2023", null, null, "2024", null, null],
        [null, "T1", "T2", "T3", "T1", "T2", "T3"],
        ["Kvinnor", 3, 5, 2, 2, 1, 1],
        ["Män", 1, 1, 0, 4, 1, 1],
      ],
      ["B1:D1", "E1:G1"],
    ),
  },
  {
    tolkning: [
      {
        ...{ fil: "Antal.xlsx", dataset: "deltagarantal" },
        unpivot: {
          kategori: { rubrik: "Kön", namn: { Kvinnor: { kolumn: "kvinnor" }, Män: { kolumn: "man" } } },
          ...{ rubriker: "period", konstanter: { slag: "nya" } },
        },
      },
    ],
    mal: [goal("nya_deltagare", ">= 11", "ar")],
  },
);
const narvaro = office(
  "narvaro",
  {
    "mote.csv": table("mote_id;datum;motestyp\n2024-01-15;2024-01-15;samverkan\n2024-02-12;2024-02-12;samverkan"),
    "Lista.xlsx": sheet(
      "Blad1",
      [
        ["Datum", "Organisation", null],
        [null, "FK", "AF"],
        ["2024-01-15", "x", "x"],
        ["2024-02-12", "x", null],
      ],
      ["B1:C1"],
    ),
  },
  {
    tolkning: [
      {
        ...{ fil: "Lista.xlsx", dataset: "narvaro" },
        varden: { narvarande: { x: "ja", "": "nej" }, part_id: { FK: "fk", AF: "af" } },
        unpivot: {
          kategori: { rubrik: "Datum", kolumn: "mote_id" },
          rubriker: "part_id",
          konstanter: { kallad: "ja" },
        },
      },
    ],
    mal: [goal("narvaroandel", ">= 70 %", "hela", { grupp: "part" })],
  },
);
const titel = office(
  "titel",
  {
    "Kostnader.xlsx": sheet("Faktura", [
      ["Kostnader 2024, tkr"],
      ["fakturanr", "från", "till", "belopp"],
      ["9", "2024-01-01", "2024-12-31", 3],
    ]),
    "Beviljat.xlsx": sheet("Faktura", [
      ["Beviljat: 500 tkr"],
      ["fakturanr", "från", "till", "belopp"],
      ["8", "2024-01-01", "2024-12-31", 25],
    ]),
  },
  { mal: [goal("fakturerat_belopp", "<= 20000 kr", "hela")] },
);
const alder = office(
  "alder",
  {
    "Ålder.csv": "Ålder;Kvinnor;Män;Totalt\n16-24;12;10;24\n25-29;5;3;8\n30-44;10;8;18\nTotalt;27;21;50\n",
    "deltagarutfall.csv": table(
      "från;till;variabel;värde;kön;antal\n2023-01-01;2024-12-31;utbildning;Grundskola;K;5\n2023-01-01;2024-12-31;utbildning;Grundskola;M;3\n2023-01-01;2024-12-31;utbildning;grundskola;;5",
    ),
  },
  {
    tolkning: [
      {
        ...{ fil: "Ålder.csv", dataset: "deltagarutfall" },
        konstanter: { fran: "2023-01-01", till: "2024-12-31", variabel: "alder" },
        unpivot: {
          kategori: { rubrik: "Ålder", kolumn: "varde" },
          kolumner: { Kvinnor: { kon: "kvinna" }, Män: { kon: "man" }, Totalt: {} },
        },
      },
    ],
    mal: [
      goal("utfallsandel", ">= 40 %", "hela", {
        parametrar: { variabel: "alder", varde: ["16-24"], av: "alla" },
        uppdelning: "kon",
      }),
    ],
  },
);
const slut = office(
  "slut",
  {
    "deltagare.csv": table(
      "deltagar_id;startdatum;slutdatum;kön\n1;2024-01-01;oklart;K\n2;2024-01-01;2024-05-01;M\n3;oklart;2023-06-30;M",
    ),
  },
  {
    mal: [goal("avslutade_deltagare", ">= 2", "ar"), { ...goal("nya_deltagare", ">= 3", "ar"), id: "nya" }],
  },
);

const svarsbredd = { dataset: "enkat", unpivot: { kategori: { rubrik: "Fråga", kolumn: "fraga" }, rubriker: "svar" } };
const enkat = office(
  "enkat",
  {
    "Svar.csv": "Fråga;Ja;Delvis;Nej;Vet ej;Totalt\nNöjd med stödet;12;5;1;2;20\nFått hjälp;10;6;3;1;21\n",
    "Kontakter.csv": "Fråga;Ingen;Några;Alla\nVilka har du träffat;2;5;3\n",
  },
  {
    tolkning: [
      { fil: "Svar.csv", ...svarsbredd, konstanter: { enkat_id: "svar" } },
      { fil: "Kontakter.csv", ...svarsbredd, konstanter: { enkat_id: "kontakter" } },
    ],
    mal: [
      goal("enkatandel", ">= 60 %", "hela", { parametrar: { fraga: "Nöjd med stödet", svar: "Ja" } }),
      {
        ...goal("enkatandel", ">= 50 %", "hela", { parametrar: { fraga: "Vilka har du träffat", svar: "Alla" } }),
        id: "alla",
      },
    ],
  },
);
const kostnader = office(
  "kostnader",
  { "Kostnader.csv": "Månad;Lön;Lokal;Summa\njan 2024;1000;200;1200\nfeb 2024;1000;;1000\n" },
  {
    tolkning: [
      {
        ...{ fil: "Kostnader.csv", dataset: "faktura", period: "Månad", kolumner: { Månad: "faktura_id" } },
        unpivot: { rubriker: "kostnadsslag" },
      },
    ],
    mal: [goal("fakturerat_belopp", "<= 3000 kr", "ar")],
  },
);
// What stands under a register is none of its rows; who has an id and no start is.
const register = office(
  "register",
  {
    "deltagare.csv": table("deltagar_id;startdatum;kön\nA1;2024-01-01;K\nA2;;K\nTotalt;;2\nAntal män;;0"),
    "mote.csv": table(
      "mote_id;datum;motestyp;status\n1;2024-01-15;samverkan;\n2;2024-02-15;samverkan;\nAntal möten;2;;\nTotalt;;;2 möten",
    ),
  },
  { mal: [goal("antal_moten", ">= 2", "hela")] },
);
const manader = office(
  "manader",
  {
    "Budget.csv": "Post;jan 2024;feb 2024\nPersonal;10000;10000\n",
    "Rader.csv": "Post;Månad;Belopp\nLokal;jan 2024;500\nLokal;feb 2024;500\nResor;2024;700\nInköp;2024-05-02;90\n",
    "faktura.csv": fakturor,
  },
  {
    tolkning: [
      { ...budgetTolkning, fil: "Budget.csv" },
      { fil: "Rader.csv", dataset: "budget", period: "Månad" },
    ],
    mal: [budgetMal],
  },
);
// Columns that nobody reads, and that say that a row is no cost, or no participant.
const tecken = office(
  "tecken",
  {
    "Huvudbok.csv": table("Ver;Datum;Konto;Belopp;D/K\nA1;2024-01-31;5010;4000;D\nA2;2024-02-29;5010;500;K"),
    "deltagare.csv": table(
      "deltagar_id;startdatum;kön;Status;Ort\n1;2024-01-01;K;Pågående;K\n2;2024-01-01;K;Ej antagen;-\n3;2024-01-01;M;Avböjt;Ej känd",
    ),
  },
  {
    tolkning: [
      {
        ...{ fil: "Huvudbok.csv", dataset: "faktura", period: "Datum" },
        kolumner: { Ver: "faktura_id", Konto: "kostnadsslag" },
      },
    ],
    mal: [goal("fakturerat_belopp", "<= 5000 kr", "hela")],
  },
);
// A kommun whose participants all go on: it has its own verdict.
const kommuner = office(
  "kommuner",
  {
    "deltagare.csv": table(
      "deltagar_id;startdatum;slutdatum;kön;kommun\n1;2024-01-01;2024-06-30;K;Tierp\n2;2024-01-01;2024-06-30;K;Tierp\n3;2024-01-01;;M;Älvkarleby",
    ),
  },
  { mal: [goal("avslutade_deltagare", ">= 1", "hela", { grupp: "kommun" })] },
);
// A sheet a month, whose year only the pipeline says.
const manadsblad = office(
  "manadsblad",
  {
    "Nya.xlsx": workbook({
      sheets: ["Januari", "Februari", "Mars"].map((name, i) => ({
        name,
        rows: [
          ["Kvinnor", "Män"],
          [i + 2, 1],
        ],
      })),
    }),
  },
  {
    tolkning: [
      { fil: "Nya.xlsx", dataset: "deltagarantal", period: ["2024", "bladnamn"], konstanter: { slag: "nya" } },
    ],
    mal: [goal("nya_deltagare", ">= 12", "kvartal")],
  },
);
// A calendar: two möten on one day, one that a list has once for each part, and one that was cancelled.
const kalender = office(
  "kalender",
  {
    "Kalender.csv": table(
      "Ämne;Dag;Starttid;För\nSamverkansmöte;2024-01-15;13:00;FK\nSamverkansmöte;2024-01-15;15:30;FK\nInställt: Samverkansmöte;2024-02-15;13:00;FK\nSamverkansmöte;2024-03-15;13:00;FK\nSamverkansmöte;2024-03-15;13:00;AF",
    ),
  },
  {
    tolkning: [{ fil: "Kalender.csv", dataset: "mote", kolumner: { Ämne: "motestyp", Dag: ["datum", "mote_id"] } }],
    mal: [goal("antal_moten", ">= 3", "hela")],
  },
);
// Wholes that no word tells from their parts, but their figures: none is counted beside them.
const helheter = office(
  "helheter",
  {
    "moteantal.csv": table(
      "från;till;mötestyp;antal\n2024-01-01;2024-12-31;samverkan;6\n2024-01-01;2024-12-31;puls;4\n2024-01-01;2024-12-31;Totalt;10",
    ),
    "enkat.csv": table(
      "enkat_id;grupp;fraga;svar;antal;utskick\ne;Chefer;Nöjd;Ja;10;20\ne;Chefer;Nöjd;Nej;5;20\ne;Handläggare;Nöjd;Ja;5;20\ne;Handläggare;Nöjd;Nej;10;20\ne;;Nöjd;Ja;15;40\ne;;Nöjd;Nej;15;40\ne2;Chefer;Klar;Ja;4;\ne2;;Klar;Ja;9;",
    ),
    "bidrag.csv": table(
      "forbund_id;ar;huvudman;kommun;belopp\nf;2024;fk;;1000\nf;2024;region;;500\nf;2024;kommun;;500\nf;2024;kommun;Tierp;300\nf;2024;kommunen;Älvkarleby;200",
    ),
    "deltagarutfall.csv": table(
      "från;till;variabel;värde;antal\n2024-01-01;2024-12-31;sysselsattning_efter;arbete;10\n2024-01-01;2024-12-31;sysselsattning_efter;studier;5\n2024-01-01;2024-12-31;sysselsattning_efter;arbete eller studier;15\n2024-01-01;2024-12-31;sysselsattning_efter;arbetssökande;15",
    ),
    "Kostnader.csv": "Kostnadsslag;jan 2024;feb 2024;2024\nLön;1000;1000,50;2000,50\nLokal;100;;100\n",
  },
  {
    tolkning: [
      {
        ...{ fil: "Kostnader.csv", dataset: "faktura" },
        unpivot: {
          kategori: { rubrik: "Kostnadsslag", kolumn: "kostnadsslag" },
          ...{ rubriker: "period", konstanter: { faktura_id: "k" } },
        },
      },
    ],
    mal: [
      { ...goal("antal_moten", ">= 12", "ar"), id: "moten" },
      { ...goal("enkatandel", ">= 50 %", "hela", { parametrar: { fraga: "Nöjd", svar: "Ja" } }), id: "nojd" },
      { ...goal("enkatandel", ">= 50 %", "hela", { parametrar: { fraga: "Klar", svar: "Ja" } }), id: "klar" },
      { ...goal("svarsfrekvens", ">= 50 %", "hela"), id: "svar" },
      { ...goal("andel_till_arbete_eller_studier", ">= 50 %", "hela"), id: "utfall" },
      { ...goal("fakturerat_belopp", "<= 3000 kr", "hela"), id: "kr" },
    ],
  },
);

beforeAll(() => all.runAll());

test("a unit over the years of a budget holds for them, and a glob speaks of no folder", () => {
  expect(columns(figures(budget), "taljare", "namnare", "status")).toEqual([
    [38000000, 45000000, "uppnatt"],
    [52000000, 51050000, "ej_uppnatt"],
  ]);
});

test("a budget that cannot be told from its outcome is refused whole, and every figure that may rest on it says so", () => {
  expect(columns(figures(tvetydig), "status", "skal", "avvisade")).toEqual([
    ["ej_matbart", "avvisade_rader", 1],
    ["ej_matbart", "avvisade_rader", 1],
  ]);
  expect(columns(tvetydig.rows("budgetutfall"), "ar", "utfall_ore", "ofullstandig")).toEqual([
    [2023, 38000000, 1],
    [2024, 52000000, 1],
  ]);
});

test("tertials under their years are periods", () => {
  expect(columns(figures(kvartal), "taljare", "status")).toEqual([
    [12, "uppnatt"],
    [10, "ej_uppnatt"],
  ]);
});

test("parts under one group are called as they stand", () => {
  expect(columns(pick(figures(narvaro), { grupp: "part" }), "part_id", "taljare", "namnare", "status")).toEqual([
    ["af", 1, 2, "ej_uppnatt"],
    ["fk", 2, 2, "uppnatt"],
  ]);
});

test("a title in thousands over amounts without a unit is asked about; an amount in a title is none", () => {
  expect(columns(figures(titel), "taljare", "status")).toEqual([[2800, "uppnatt"]]);
  expect(sentence(titel)).toContain("belopp som kan stå i tusental");
  expect(columns(pick(titel.rows("datakvalitet"), { kod: "tusental_i_titel" }), "fil", "cell")).toEqual([
    ["data/Kostnader.xlsx", "D2"],
  ]);
});

test("an outcome of all beside those of women and men is their whole, and what it leaves is of unknown kön", () => {
  expect(columns(figures(alder), "gruppvarde", "taljare", "namnare", "status")).toEqual([
    ["", 24, 50, "uppnatt"],
    ["kvinna", 12, 27, "ej_matbart"],
    ["man", 10, 21, "ej_matbart"],
    ["okant", 2, 2, "ej_matbart"],
  ]);
  expect(columns(pick(alder.rows("datakvalitet"), { kod: "delar_mot_helhet" }), "fil", "cell", "varde")).toEqual([
    ["data/deltagarutfall.csv", "F4", "5"],
  ]);
});

test("who has a start that can be read ends in no year before it, and who has an end starts in none after it", () => {
  expect(columns(pick(figures(slut), { mal_id: "mal" }), "taljare", "status", "skal", "avvisade")).toEqual([
    [0, "ej_uppnatt", null, 1],
    [1, "ej_matbart", "avvisade_rader", 1],
  ]);
  expect(columns(pick(figures(slut), { mal_id: "nya" }), "taljare", "status", "avvisade")).toEqual([
    [0, "ej_uppnatt", 1],
    [1, "ej_uppnatt", 1],
  ]);
});

test("a column of totals among answers or kinds of cost is none of them, and an answer of all is", () => {
  expect(columns(figures(enkat), "mal_id", "taljare", "namnare", "status")).toEqual([
    ["alla", 3, 10, "ej_uppnatt"],
    ["mal", 12, 20, "uppnatt"],
  ]);
  expect(columns(figures(kostnader), "fran", "taljare", "status")).toEqual([
    ["2023-01-01", 0, "uppnatt"],
    ["2024-01-01", 220000, "uppnatt"],
  ]);
});

test("counts and totals under a register are text, and a row of it that lacks its date is refused", () => {
  expect(columns(register.rows("leveranser"), "dataset", "rader", "lasta", "avvisade", "overhoppade")).toEqual(
    expect.arrayContaining([
      ["deltagare", 5, 1, 1, 3],
      ["mote", 5, 2, 0, 3],
    ]),
  );
  expect(columns(figures(register), "taljare", "avvisade", "status")).toEqual([[2, 0, "uppnatt"]]);
});

test("months are no year of a budget: they are refused, and never one of them taken for all", () => {
  expect(columns(manader.rows("budgetutfall"), "ar", "post", "budget_ore", "utfall_ore", "ofullstandig")).toEqual([
    [2023, "Personal", null, 38000000, 1],
    [2024, "Inköp", 9000, 0, 1],
    [2024, "Personal", null, 52000000, 1],
    [2024, "Resor", 70000, 0, 1],
  ]);
  expect(columns(figures(manader), "status", "skal")).toEqual([
    ["ej_matbart", "avvisade_rader"],
    ["ej_matbart", "avvisade_rader"],
  ]);
});

test("a whole that is the sum of its parts is counted once", () => {
  expect(
    columns(
      figures(helheter).filter(({ fran, mal_id: id }) => id !== "moten" || fran === "2024-01-01"),
      ...["mal_id", "taljare", "namnare"],
    ),
  ).toEqual([
    ["klar", 13, 13],
    ["kr", 210050, null],
    ["moten", 10, null],
    ["nojd", 15, 30],
    ["svar", 30, 40],
    ["utfall", 15, 30],
  ]);
  expect(
    columns(pick(all.d.rows("bidragsandel"), { forbund_id: "f" }), "huvudman", "kommun", "belopp_ore", "andel_procent"),
  ).toEqual([
    ["forsakringskassan", "", 100000, 50],
    ["kommun", "", 50000, 25],
    ["kommun", "Tierp", 30000, 15],
    ["kommun", "Älvkarleby", 20000, 10],
    ["region", "", 50000, 25],
  ]);
});

test("a sign or a status that nobody reads is asked about, under the headings that make it one", () => {
  expect(
    columns(pick(tecken.rows("datakvalitet"), { kod: "ej_raknad_enligt" }), "fil", "cell", "varde").sort(),
  ).toEqual([
    ["data/Huvudbok.csv", "E3", "K"],
    ["data/deltagare.csv", "D3", "Ej antagen"],
  ]);
  expect(sentence(tecken)).toContain("rader som en oläst kolumn säger inte ska räknas");
});

test("two hours of one day are two möten, and what a calendar calls cancelled was not held", () => {
  expect(columns(figures(kalender), "taljare", "avvisade", "status", "skal")).toEqual([
    [1, 2, "ej_matbart", "avvisade_rader"],
  ]);
  expect(columns(pick(kalender.rows("datakvalitet"), { allvar: "fel" }), "kod", "cell")).toEqual([
    ["skild_i_olast", "C2"],
    ["skild_i_olast", "C3"],
  ]);
});

test("a group that is registered and has nothing of what is measured has a row of its own", () => {
  expect(columns(pick(figures(kommuner), { grupp: "kommun" }), "gruppvarde", "taljare", "status")).toEqual([
    ["Tierp", 2, "uppnatt"],
    ["Älvkarleby", 0, "ej_uppnatt"],
  ]);
  expect(only(kommuner.rows("malsammanfattning"), { mal_id: "mal" }).status).toBe("delvis");
});

test("a year of the pipeline and a month of a sheet's name are a period", () => {
  expect(columns(pick(figures(manadsblad), { fran: "2024-01-01" }), "till", "taljare", "status")).toEqual([
    ["2024-03-31", 12, "uppnatt"],
  ]);
});
