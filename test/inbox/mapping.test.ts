/** Files as offices make them, read by what the pipeline file says of them. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { columns, folder, only, type Pipeline, pick, type Row, type Rows } from "../contract/delivery.ts";
import { type Part, together } from "../contract/together.ts";
import { workbook } from "../corpus/workbook.ts";

/** @param comment what makes it another file than the same workbook elsewhere */
const office = (file: string, comment = ""): Buffer => {
  const bytes = readFileSync(new URL(`kontor/${file}`, import.meta.url));
  bytes.writeUInt16LE(comment.length, bytes.length - 2);
  return Buffer.concat([bytes, Buffer.from(comment)]);
};

/** What was loaded from a file, column by column, in the order of its records. */
const loaded = async ({ d, id }: Part, dataset: string, fil: string, ...names: string[]): Promise<unknown[][]> => {
  const db = await open(d.path("out", "internt", "finsam.duckdb"), "read");
  try {
    const rows = await db.rows<Row>(
      `select ${names.map((name) => `cast(last.${name} as varchar) as ${name}`).join(", ")} from staging.${dataset} as last
       inner join inbox.rad as rad on rad.kallrad = last.kallrad
       inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
       where tabell.fil like 'data/${id}/%${fil}' order by all`,
    );
    return columns(rows, ...names);
  } finally {
    db.close();
  }
};
const findings = (d: Part, fil: string): unknown[][] =>
  columns(pick(d.rows("datakvalitet"), { fil: `data/${fil}` }), "cell", "kod");
const account = (d: Part, fil: string, dataset: string): unknown[] =>
  columns(
    [only(d.rows("leveranser"), { fil: `data/${fil}`, dataset })],
    "rader",
    "lasta",
    "avvisade",
    "overhoppade",
  )[0] ?? [];

const all = together();
const base = (id: string): Record<string, Rows> => ({
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    [id, id, "2023-01-01", "2024-12-31"],
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
  ],
  "finansiering.csv": [
    ["insats_id", "forbund_id", "ar", "slag", "belopp"],
    [id, "f", 2023, "beviljat", 100000],
    [id, "f", 2024, "beviljat", 100000],
  ],
  "part.csv": [
    ["part_id", "namn", "huvudman"],
    ["af", `AF i ${id}`, "arbetsformedlingen"],
    ["fk", "FK", "forsakringskassan"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp"],
    [id, "M1", "2023-01-10", "samverkan"],
    [id, "M2", "2023-02-10", "samverkan"],
    [id, "M3", "2023-03-10", "samverkan"],
    [id, "M4", "2023-04-10", "samverkan"],
  ],
});
/** A delivery of an insats, taken in by the one run of all. */
const given = (
  id: string,
  files: Record<string, string | Buffer | Rows>,
  tolkning: readonly Record<string, unknown>[] = [],
  settings: Partial<Pipeline> = {},
): Part => all.given(id, { ...base(id), ...files }, { tolkning, ...settings });
beforeAll(all.runAll);

describe("what a list for one insats never has", () => {
  const d = given("a", {
    "fakturor.csv": "Fakturanr;Från;Till;Belopp\n1;2023-01-01;2023-01-31;100\n2;2023-02-01;2023-02-28;200\n",
    "timmar/fakturor.csv": "Fakturanr;Från;Till;Timmar\n3;2023-01-01;2023-01-31;10\n",
    "okand.csv": "Möte;Part;Kallad;Närvarande\nM1;af;ja;ja\n",
    "annat.csv": "Möte;Annat\nM1;x\n",
  });
  const two = given("tva", {
    "forbund.csv": "forbund_id;namn\nf;F\ng;G\n",
    "finansiering.csv": "forbund_id;ar;slag;belopp\nf;2023;beviljat;1\ng;2024;beviljat;1\n",
    "fakturor.csv": "Fakturanr;Från;Till;Belopp\n1;2023-01-01;2023-01-31;100\n",
  });
  test("is the insats of the pipeline, in a table known by its name or by the rest of its headings", async () => {
    expect(await loaded(d, "part", "part.csv", "insats_id", "part_id")).toEqual([
      ["a", "af"],
      ["a", "fk"],
    ]);
    expect(await loaded(d, "narvaro", "okand.csv", "insats_id", "mote_id")).toEqual([["a", "M1"]]);
    expect(findings(d, "annat.csv")).toEqual([[null, "okand_tabell"]]);
  });
  test("is the only förbund that pays for it, said once", async () => {
    expect(await loaded(d, "faktura", "fakturor.csv", "faktura_id", "forbund_id", "belopp_ore")).toEqual([
      ["1", "f", "10000"],
      ["2", "f", "20000"],
      ["3", null, null],
    ]);
    expect(columns(pick(d.rows("datakvalitet"), { kod: "forbund_ifyllt" }), "fil")).toEqual([["data/fakturor.csv"]]);
  });
  test("is no förbund where two pay", () => {
    expect(columns(pick(two.rows("datakvalitet"), { fil: "data/fakturor.csv" }), "kod")).toEqual([["kraver_varde"]]);
  });
});

describe("a mapping", () => {
  const d = given(
    "mapping",
    {
      "huvudbok 2023.csv": [
        "Huvudbok 2023;;;;;;",
        "Ver;Konto;Datum;Text;Projekt;Debet;Kredit",
        "A1;5010;2023-01-31;Hyra;4711;1 000,00;",
        "A2;6110;2023-02-28;Papper;4711;300,50;",
        "A3;5010;2023-02-28;Rättad hyra;4711;;400,00",
        "A4;5010;2023-02-28;Annans;4712;9 999,00;",
        "A5;7010;2023-03-31;Lön;4711;500;100",
        "Källa: ekonomisystemet;;;;;;",
        "",
      ].join("\n"),
      "kredit.csv": "Ver;Datum;Debet;Kredit\nB1;2023-04-30;100;\nB2;2023-05-31;;-40\n",
      "omvant.csv": "Ver;Datum;Belopp (tkr)\nC1;2023-06-30;-1,5\n",
      "delar.csv": "Ver;Datum;Belopp\nD1;2023-07-31;1333,3333\nD2;2023-08-31;-0,005\n",
      "deltagare.csv": "Löpnummer;Kön;Inskriven\n7;1;2023-02-01\n8;2;2023-02-01\nA9;;2023-02-01\n",
      "månader.csv": "År;Månad;Kallade;Närvarande;Part\n2023;1;4;3;AF\n2023;mars;5;5;AF\n",
      "styrgrupp.csv": "Datum;Typ;Not\n17/2-23;;\n2023-03-01;Puls;\n",
      "konstant.csv":
        "Part;Roll;Från;Till;Omfattning;Post\naf;handläggare;2023-01-01;2023-12-31;0,5;\naf;chef;2023-01-01;2023-12-31;0,1;annat\n",
      "arende.xlsx": office("arende-utan-nollor.xlsx"),
    },
    [
      {
        fil: "huvudbok*.csv",
        dataset: "faktura",
        kolumner: { Ver: "faktura_id", Konto: "kostnadsslag" },
        varden: { kostnadsslag: { "50*": "lokaler", 6110: "material", "*": "övrigt" } },
        urval: { Projekt: [4711] },
        period: "Datum",
        belopp: { debet: "Debet", kredit: "Kredit" },
        hoppa_over: ["Text"],
      },
      {
        fil: "kredit.csv",
        dataset: "faktura",
        kolumner: { Ver: "faktura_id" },
        period: "Datum",
        belopp: { debet: "Debet", kredit: "Kredit" },
      },
      {
        fil: "omvant.csv",
        dataset: "faktura",
        kolumner: { Ver: "faktura_id" },
        period: "Datum",
        tecken: "omvant",
      },
      { fil: "delar.csv", dataset: "faktura", kolumner: { Ver: "faktura_id" }, period: "Datum", avrunda: "ore" },
      {
        fil: "deltagare.csv",
        varden: { kon: { 1: "man", 2: "kvinna", "": "okänt" } },
        nollor: { deltagar_id: 3 },
      },
      { fil: "månader.csv", dataset: "narvaroantal", period: ["År", "Månad"], varden: { part_id: { AF: "af" } } },
      {
        fil: "styrgrupp.csv",
        dataset: "mote",
        kolumner: { Datum: ["datum", "mote_id"] },
        konstanter: { motestyp: "styrgrupp" },
      },
      { fil: "konstant.csv", dataset: "bemanning", konstanter: { post: "Personal" } },
      {
        fil: "arende.xlsx",
        dataset: "arende",
        varden: { insats_id: { "*": "mapping" }, mote_id: { 2: "M2" } },
        nollor: { deltagar_id: 3 },
      },
    ],
  );
  const invoices = (fil: string): Promise<unknown[][]> =>
    loaded(d, "faktura", fil, "faktura_id", "kostnadsslag", "fran", "till", "belopp_ore");
  test("selects rows of a whole ledger and subtracts credit; the others are counted, none is refused", async () => {
    expect(await invoices("huvudbok 2023.csv")).toEqual([
      ["A1", "lokaler", "2023-01-31", "2023-01-31", "100000"],
      ["A2", "material", "2023-02-28", "2023-02-28", "30050"],
      ["A3", "lokaler", "2023-02-28", "2023-02-28", "-40000"],
      ["A5", "övrigt", "2023-03-31", "2023-03-31", "40000"],
    ]);
    expect(account(d, "huvudbok 2023.csv", "faktura")).toEqual([8, 4, 0, 4]);
    expect(findings(d, "huvudbok 2023.csv")).toEqual([
      [null, "forbund_ifyllt"],
      ["A8", "text_overhoppad"],
    ]);
  });
  test("reads a column of credit that is all negative by its size", async () => {
    expect(await invoices("kredit.csv")).toEqual([
      ["B1", null, "2023-04-30", "2023-04-30", "10000"],
      ["B2", null, "2023-05-31", "2023-05-31", "-4000"],
    ]);
    expect(findings(d, "kredit.csv")).toContainEqual(["D1", "kredit_negativ"]);
  });
  test("turns signs, and rounds to öre half away from zero, in the unit of the heading", async () => {
    expect(await invoices("omvant.csv")).toEqual([["C1", null, "2023-06-30", "2023-06-30", "150000"]]);
    expect(await invoices("delar.csv")).toEqual([
      ["D1", null, "2023-07-31", "2023-07-31", "133333"],
      ["D2", null, "2023-08-31", "2023-08-31", "-1"],
    ]);
  });
  test("reads words and blanks as it says, and fills numbers with zeros", async () => {
    expect(await loaded(d, "deltagare", "deltagare.csv", "deltagar_id", "kon")).toEqual([
      ["007", "man"],
      ["008", "kvinna"],
      ["A9", "okant"],
    ]);
    expect(await loaded(d, "arende", "arende.xlsx", "deltagar_id", "mote_id")).toEqual([
      ["007", "M2"],
      ["008", "M2"],
    ]);
  });
  test("puts a period together of two headings", async () => {
    expect(await loaded(d, "narvaroantal", "månader.csv", "part_id", "fran", "till", "kallade")).toEqual([
      ["af", "2023-01-01", "2023-01-31", "4"],
      ["af", "2023-03-01", "2023-03-31", "5"],
    ]);
  });
  test("reads one heading as several columns, and a date that is an id as its day", async () => {
    expect(await loaded(d, "mote", "styrgrupp.csv", "mote_id", "datum", "motestyp")).toEqual([
      ["2023-02-17", "2023-02-17", "styrgrupp"],
      ["2023-03-01", "2023-03-01", "puls"],
    ]);
  });
  test("fills with constants what is blank; what stands there stands, with a finding", async () => {
    expect(await loaded(d, "bemanning", "konstant.csv", "roll", "post")).toEqual([
      ["chef", "annat"],
      ["handläggare", "Personal"],
    ]);
    expect(findings(d, "konstant.csv")).toEqual([["F3", "konstant_motsags"]]);
  });
});

describe("a workbook with a sheet a month, one a year", () => {
  const sheet = (name: string, kallade: number) => ({
    name,
    rows: [
      ["Närvaro i samverkan"],
      ["Part", "Kallade", "Närvarande"],
      ["af", kallade, kallade - 1],
      ["fk", kallade, kallade],
      ["* osäker uppgift"],
      ["Summa 2 parter"],
    ],
  });
  const mapped = (period: string | string[]) => [{ fil: "*närvaro*.xlsx", blad: "*", dataset: "narvaroantal", period }];
  const d = given(
    "blad",
    {
      "närvaro 2023.xlsx": workbook({ sheets: [sheet("Januari", 4), sheet("Februari", 5)] }),
      "2024-12-15 närvaro 2024.xlsx": workbook({ sheets: [sheet("mars", 6)] }),
    },
    mapped(["filnamn", "bladnamn"]),
  );
  test("is read by one entry; the names of file and sheet say when", async () => {
    expect(await loaded(d, "narvaroantal", "närvaro 2023.xlsx", "part_id", "fran", "till", "kallade")).toEqual([
      ["af", "2023-01-01", "2023-01-31", "4"],
      ["af", "2023-02-01", "2023-02-28", "5"],
      ["fk", "2023-01-01", "2023-01-31", "4"],
      ["fk", "2023-02-01", "2023-02-28", "5"],
    ]);
    expect((await loaded(d, "narvaroantal", "2024-12-15 närvaro 2024.xlsx", "fran", "till"))[0]).toEqual([
      "2024-03-01",
      "2024-03-31",
    ]);
    expect(columns(pick(d.rows("datakvalitet"), { allvar: "fel" }), "kod")).toEqual([]);
    expect(columns(pick(d.rows("datakvalitet"), { kod: "text_overhoppad" }), "blad", "cell")).toEqual([
      ["mars", "A5"],
      ["Februari", "A5"],
      ["Januari", "A5"],
    ]);
  });
  const [several, none] = ["närvaro 2023-01 2023-02.xlsx", "närvaro.xlsx"];
  const unread = given(
    "olast",
    { [several]: workbook({ sheets: [sheet("Blad1", 4)] }), [none]: workbook({ sheets: [sheet("Blad1", 5)] }) },
    mapped("filnamn"),
  );
  test.each([
    [several, "flera_perioder"],
    [none, "period_saknas"],
  ])("%s is not read: %s", (fil, kod) => {
    expect(columns(pick(unread.rows("datakvalitet"), { fil: `data/${fil}` }), "kod")).toEqual([[kod]]);
    expect(columns(pick(unread.rows("leveranser"), { fil: `data/${fil}` }), "rader", "avvisade")).toEqual([[6, 6]]);
  });
});

describe("two header rows, or blank ones", () => {
  const utfall = (kolumner: Record<string, unknown>, fil = "deltagarutfall.xlsx") => ({
    fil,
    dataset: "deltagarutfall",
    unpivot: { kategori: { kolumn: "varde" }, kolumner, konstanter: { variabel: "sysselsattning_efter" } },
  });
  const [k, m] = [{ kon: "kvinna" }, { kon: "man" }];
  const twoRows = (id: string, kolumner: Record<string, unknown>): Part =>
    given(id, { "deltagarutfall.xlsx": office("utfall-tva-rubrikrader.xlsx", id) }, [utfall(kolumner)], {
      mal: [{ id: "arb", matt: "andel_till_arbete_eller_studier", villkor: ">= 50 %", per: "ar" }],
    });
  const years = (a: string, b: string, c: string, e: string) => ({
    [a]: { ar: 2023, ...k },
    [b]: { ar: 2023, ...m },
    [c]: { ar: 2024, ...k },
    [e]: { ar: 2024, ...m },
  });
  const twice = twoRows("dubbel", { Kvinnor: { ar: 2023, ...k } });
  const over = given("over", { "u.xlsx": office("utfall-utan-rubrik.xlsx") }, [
    utfall({ Kvinnor: { ar: 2023, ...k }, Män: { ar: 2023, ...m } }, "u.xlsx"),
  ]);
  test.each([
    ["as inspect numbers them", twoRows("numrerade", years("Kvinnor", "Män", "Kvinnor (2)", "Män (2)"))],
    ["joined", twoRows("hopsatta", years("2023 Kvinnor", "2023 Män", "2024 Kvinnor", "2024 Män"))],
  ])("are called by their headings, %s", (_, d) => {
    expect(columns(d.rows("maluppfyllelse"), "fran", "taljare", "namnare")).toEqual([
      ["2023-01-01", 32, 51],
      ["2024-01-01", 33, 55],
    ]);
  });
  test("are refused where a heading stands twice and neither is numbered", () => {
    expect(findings(twice, "deltagarutfall.xlsx")).toContainEqual(["D2", "dubbel_rubrik"]);
  });
  test("over the categories: what was done is said", async () => {
    expect(findings(over, "u.xlsx")).toEqual([["A1", "kategori_utan_rubrik"]]);
    expect((await loaded(over, "deltagarutfall", "u.xlsx", "varde", "kon", "antal"))[0]).toEqual([
      "Arbete",
      "kvinna",
      "12",
    ]);
  });
});

describe("a matrix of attendance", () => {
  const matrix = {
    fil: "matris.xlsx",
    dataset: "narvaro",
    unpivot: { kategori: { rubrik: "Möte", kolumn: "mote_id" }, rubriker: "part_id", konstanter: { kallad: "ja" } },
  };
  const goal = { id: "narv", matt: "narvaroandel", villkor: ">= 85 %", per: "hela", grupp: "part" };
  const read = (id: string, varden: Record<string, unknown>): Part =>
    given(id, { "matris.xlsx": office("matris.xlsx", id) }, [{ ...matrix, varden }], { mal: [goal] });
  const parts = { part_id: { AF: "af", FK: "fk" } };
  const [said, unsaid] = [read("sagt", { ...parts, narvarande: { x: "ja", "": "nej" } }), read("osagt", parts)];
  const across = given(
    "tvart",
    {
      "mote.csv": "mote_id;datum;motestyp\nM1;2022-12-31;puls\n",
      "matris.csv":
        "Datum;Typ;Status;AF;FK\n17/2-23;Samverkan;;x;ek\n2023-03-01;Samverkan;INSTÄLLT;INSTÄLLT;INSTÄLLT\n",
      "tvärt.csv": "Part;17/2-23;1 mars 2023\nAF;x;\nFK;ek;sjuk\n",
    },
    [
      {
        fil: "matris.csv",
        dataset: "mote",
        kolumner: { Datum: ["mote_id", "datum"] },
        hoppa_over: ["AF", "FK"],
        varden: { status: { "": "genomfört" } },
      },
      {
        fil: "matris.csv",
        dataset: "narvaro",
        hoppa_over: ["Typ", "Status"],
        varden: { part_id: { AF: "af", FK: "fk" }, narvarande: { x: "ja", ek: "nej", INSTÄLLT: "" } },
        unpivot: {
          kategori: { rubrik: "Datum", kolumn: "mote_id" },
          rubriker: "part_id",
          konstanter: { kallad: "ja" },
        },
      },
      {
        fil: "tvärt.csv",
        dataset: "narvaro",
        konstanter: { kallad: "ja", insats_id: "tvart" },
        varden: { part_id: { AF: "af", FK: "fk" }, narvarande: { x: "ja", "*": "nej", "": "nej" } },
        unpivot: { kategori: { rubrik: "Part", kolumn: "part_id" }, rubriker: "mote_id" },
      },
    ],
  );
  test("is read with its blanks where the pipeline says what they are", () => {
    expect(columns(pick(said.rows("maluppfyllelse"), { gruppvarde: "fk" }), "taljare", "namnare")).toEqual([[2, 4]]);
    expect(findings(said, "matris.xlsx")).toEqual([]);
  });
  test("asks what a blank is where nobody said", () => {
    expect(columns(pick(unsaid.rows("maluppfyllelse"), { gruppvarde: "fk" }), "taljare", "namnare")).toEqual([[2, 2]]);
    expect(findings(unsaid, "matris.xlsx")).toEqual([["C3", "tom_i_matris"]]);
  });
  test("may have its dates across, and give the meetings too", async () => {
    expect(await loaded(across, "mote", "matris.csv", "mote_id", "datum", "motestyp", "status")).toEqual([
      ["2023-02-17", "2023-02-17", "samverkan", "genomfort"],
      ["2023-03-01", "2023-03-01", "samverkan", "installt"],
    ]);
    expect(await loaded(across, "narvaro", "matris.csv", "mote_id", "part_id", "narvarande")).toEqual([
      ["2023-02-17", "af", "true"],
      ["2023-02-17", "fk", "false"],
    ]);
    expect(account(across, "matris.csv", "mote")).toEqual([3, 2, 0, 1]);
    expect(account(across, "matris.csv", "narvaro")).toEqual([3, 1, 0, 2]);
    // The same rows as in the other file, but for the month's first day.
    expect(columns(pick(across.rows("datakvalitet"), { fil: "data/tvärt.csv" }), "kod")).toEqual([["dubblett"]]);
    expect(account(across, "tvärt.csv", "narvaro")).toEqual([3, 2, 0, 1]);
  });
});

describe("a wide table", () => {
  const d = given(
    "bred",
    {
      "antal.csv": "Deltagare;2023-01;feb 2023;Kv 3 2023;Not\nKvinnor;4;5;9;\nMän;3;..;8;\nTotalt;7;5;17;\n",
    },
    [
      {
        fil: "antal.csv",
        dataset: "deltagarantal",
        unpivot: {
          kategori: { namn: { Kvinnor: { kolumn: "kvinnor" }, Män: { kolumn: "man" } } },
          rubriker: "period",
          hoppa_over: ["Totalt"],
        },
      },
    ],
  );
  test("reads every heading that is a period, and columns that a category gives, as one row", async () => {
    expect(await loaded(d, "deltagarantal", "antal.csv", "fran", "till", "kvinnor", "man", "totalt")).toEqual([
      ["2023-01-01", "2023-01-31", "4", "3", null],
      ["2023-02-01", "2023-02-28", "5", null, null],
      ["2023-07-01", "2023-09-30", "9", "8", null],
    ]);
    expect(account(d, "antal.csv", "deltagarantal")).toEqual([4, 2, 0, 2]);
    expect(findings(d, "antal.csv")).toEqual([["E1", "okand_kolumn"]]);
  });
});

describe("a survey with one respondent a row", () => {
  const d = given(
    "enkat",
    {
      "forms.csv": [
        "Slutförd;E-post;Roll;Nöjd?;Vad hjälpte?",
        "2023-05-02 10:11;;Chef;Ja;Stöd; tid".replace("Stöd; tid", '"Stöd; tid"'),
        '2023-05-04 09:00;;Handläggare;Nej;"Tid;Tid"',
        "2023-05-09 12:30;;Handläggare;Ja;",
        "2023-05-10 12:30;;Handläggare;;",
        "",
      ].join("\n"),
    },
    [
      {
        fil: "forms.csv",
        dataset: "enkat",
        konstanter: { enkat_id: "vår", utskick: 10 },
        svarsrader: { fragor: ["Nöjd?"], flerval: ["Vad hjälpte?"] },
        hoppa_over: ["E-post", "Roll"],
      },
    ],
    { mal: [{ id: "nojd", matt: "enkatandel", parametrar: { fraga: "Nöjd?", svar: "Ja" }, villkor: ">= 50 %" }] },
  );
  test("becomes counts of answers; a blank gives nothing", async () => {
    expect(await loaded(d, "enkat", "forms.csv", "fraga", "svar", "antal", "utskick", "fran", "till")).toEqual([
      ["Nöjd?", "Ja", "2", "10", "2023-05-02", "2023-05-10"],
      ["Nöjd?", "Nej", "1", "10", "2023-05-02", "2023-05-10"],
      ["Vad hjälpte?", "Stöd", "1", null, "2023-05-02", "2023-05-10"],
      ["Vad hjälpte?", "tid", "2", null, "2023-05-02", "2023-05-10"],
    ]);
    expect(account(d, "forms.csv", "enkat")).toEqual([5, 3, 0, 2]);
    expect(columns(d.rows("maluppfyllelse"), "taljare", "namnare")).toEqual([[2, 3]]);
  });
});

describe("a survey sent to so many as a whole", () => {
  const answered = (id: string, svarsrader: Record<string, unknown>): Part =>
    given(
      id,
      { "forms.csv": `Roll;Nöjd?;Vad hjälpte?\nChef ${id};Ja;Stöd\nVän;Nej;"Tid;Stöd"\nVän;Ja;"Tid;Stöd"\n` },
      [{ fil: "forms.csv", dataset: "enkat", konstanter: { enkat_id: "vår", utskick: 10 }, svarsrader }],
      { mal: [{ id: "svar", matt: "svarsfrekvens", villkor: ">= 20 %" }] },
    );
  const whole = answered("helt", { fragor: ["Nöjd?"], flerval: ["Vad hjälpte?"] });
  const groups = answered("delat", { fragor: ["Nöjd?"], grupp: "Roll" });
  test("has an answer rate of persons, whose several answers to one question are no persons", () => {
    // Three of ten answered; five answers were given to the second question.
    expect(columns(whole.rows("maluppfyllelse"), "taljare", "namnare", "status")).toEqual([[3, 10, "uppnatt"]]);
  });
  test("has none by group, and says so: ten were not asked in each", () => {
    expect(columns(groups.rows("maluppfyllelse"), "status", "skal")).toEqual([["ej_matbart", "saknas"]]);
    expect(findings(groups, "forms.csv").map(([, kod]) => kod)).toContain("utskick_delat");
  });
});

describe("text around a table", () => {
  const d = given("text", {
    "deltagare.csv": [
      "Löpnummer;Kön;Inskriven;Kommun",
      "D1;K;2023-02-01;Lund",
      "D2;K;;Lund",
      "* osäker uppgift;;;",
      "Källa: registret;;;",
      "Summa 56 deltagare;;;",
      "Uppdaterad 2024-01-10;;;av KL",
      "",
    ].join("\n"),
  });
  test("is passed over with one warning, and a row that lacks something is refused", () => {
    expect(findings(d, "deltagare.csv")).toEqual([
      ["C3", "varde_saknas"],
      ["A4", "text_overhoppad"],
    ]);
    expect(account(d, "deltagare.csv", "deltagare")).toEqual([7, 1, 1, 5]);
  });
});

test("a mapping that names what is not there is refused before anything is read", async () => {
  const faulty = folder({
    files: base("a"),
    pipelines: {
      "a.yaml": { insats: "a", tolkning: [{ fil: "x.csv", dataset: "narvaro", varden: { narvarand: { x: "ja" } } }] },
    },
  });
  await expect(faulty.run()).rejects.toThrow(/narvaro has no column narvarand; did you mean narvarande\?/);
});

describe("a file that two pipelines name", () => {
  const files = {
    "insats.csv": "insats_id;namn;startdatum;slutdatum\ndelad;A;2023-01-01;2023-12-31\nb;B;2023-01-01;2023-12-31\n",
    "lista.csv": "Nr;Dag;Typ\n1;2023-02-01;puls\n",
  };
  const rule = { fil: "lista.csv", dataset: "mote", kolumner: { Nr: "mote_id", Dag: "datum", Typ: "motestyp" } };
  const d = all.part("delad");
  d.starts("2025-01-01", files, {}, { "delad-b": { insats: "b", tolkning: [rule] } });
  test("is read once, by the entries of both; which insats it is of is not known", () => {
    expect(findings(d, "lista.csv")).toEqual([[null, "varde_saknas"]]);
    expect(account(d, "lista.csv", "mote")).toEqual([2, 0, 1, 1]);
  });
  test("stops the run where they read it in different ways, with both places", async () => {
    const unlike = { ...rule, kolumner: { ...rule.kolumner, Typ: "status" } };
    const d = folder({
      files,
      pipelines: { "a.yaml": { insats: "delad", tolkning: [rule] }, "b.yaml": { insats: "b", tolkning: [unlike] } },
    });
    await expect(d.run()).rejects.toThrow(
      /a\.yaml: tolkning: data\/lista\.csv is read as mote in another way in .*b\.yaml/,
    );
  });
});

describe("a correction", () => {
  const korrigering = { fil: "matris.csv", cell: "A2", gammalt: "M9", nytt: "M8", skal: "s", datum: "2024-01-01" };
  const d = given(
    "rattad",
    {
      "mote.csv": "mote_id;datum;motestyp\n",
      "matris.csv": "Möte;Datum;Typ;AF;Odd\nM9;2023-02-01;Puls;x;\n",
    },
    [
      { fil: "matris.csv", dataset: "mote" },
      {
        fil: "matris.csv",
        dataset: "narvaro",
        unpivot: {
          kategori: { rubrik: "Möte", kolumn: "mote_id" },
          kolumner: { AF: { part_id: "af" } },
          konstanter: { kallad: "ja" },
        },
      },
    ],
    { korrigeringar: [korrigering] },
  );
  test("holds in all that its sheet is read as", async () => {
    expect(await loaded(d, "mote", "matris.csv", "mote_id")).toEqual([["M8"]]);
    expect(await loaded(d, "narvaro", "matris.csv", "mote_id")).toEqual([["M8"]]);
    expect(findings(d, "matris.csv")).toEqual([
      ["E1", "okand_kolumn"],
      ["A2", "korrigerad"],
    ]);
  });
});
