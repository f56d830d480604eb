import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const windows = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const counts = (insats_id: string, mal_id: string): unknown[] =>
  columns(windows(insats_id, mal_id), "taljare", "namnare");
const hela = (insats_id: string, mal_id: string): Row => only(windows(insats_id, mal_id), { grupp: "" });

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id", "registrering"],
        ["delt", "Deltagare", "2020-01-01", "2021-12-31", "f", "personuppgifter"],
        ["arb", "Arbete", "2020-01-01", "2020-12-31", "f", "personuppgifter"],
        ["info", "Information", "2020-01-01", "2020-12-31", "f", "personuppgifter"],
        ["sam", "Samverkan", "2020-01-01", "2021-12-31", "f", null],
        ["nar", "Närvaro", "2020-01-01", "2020-12-31", "f", null],
        ["kost", "Kostnad", "2020-01-01", "2020-12-31", "f", null],
        ["lev", "Leverabler", "2020-01-01", "2020-06-30", "f", null],
        ["enk", "Enkät", "2020-01-01", "2020-12-31", "f", null],
        ["grupp", "Målgrupp", "2020-01-01", "2020-12-31", "f", null],
        ["dagar", "Dagar", "2020-01-01", "2021-12-31", "f", null],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
        ["g", "G"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ...["sam", "nar", "kost"].flatMap((insats) =>
          ["af", "fk", "kommun"].map((part) => [
            insats,
            part,
            part.toUpperCase(),
            part === "af" ? "arbetsformedlingen" : part === "fk" ? "forsakringskassan" : "kommun",
          ]),
        ),
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon", "avslutsorsak"],
        ["delt", "p1", "2020-02-01", "2020-10-31", "kvinna", null],
        ["delt", "p1", "2021-03-01", null, "K", null],
        ["delt", "p2", "2020-05-01", "2021-04-30", "M", null],
        ["delt", "p3", "2021-06-01", "2021-06-30", "kv", "felregistrering"],
        ["delt", "p4", "2020-12-31", "2021-01-01", "okant", null],
      ],
      "arbete/deltagare.csv": [
        [
          "insats_id",
          "deltagar_id",
          "startdatum",
          "slutdatum",
          "kon",
          "sysselsattning_start",
          "sysselsattning_slut",
          "omfattning_start",
          "omfattning_slut",
        ],
        ["arb", "börjar", "2020-02-01", "2020-10-31", "K", "arbetssökande", "arbete", null, "0,5"],
        ["arb", "ökar", "2020-02-01", "2020-10-31", "K", "studier", "studier", "0,5", "1"],
        ["arb", "lika", "2020-02-01", "2020-10-31", "M", "arbete", "arbete", "1", "1"],
        ["arb", "söker", "2020-02-01", "2020-10-31", "M", "arbetssökande", "arbetssökande", null, null],
        ["arb", "pågår", "2020-02-01", null, "M", "arbetssökande", "arbete", null, null],
        ["arb", "fel", "2020-02-01", "2020-10-31", "M", "arbetssökande", "arbete", null, "1"].slice(0, 9),
      ],
      "info/deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon", "parter_informerade"],
        ["info", "p1", "2020-02-01", "2020-10-31", "K", "ja"],
        ["info", "p2", "2020-02-01", "2020-10-31", "K", "X"],
        ["info", "p3", "2020-02-01", "2020-10-31", "M", "nej"],
        ["info", "p4", "2020-02-01", null, "M", "ja"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "status"],
        ["sam", "två", "2020-03-01", "samverkan", "genomfort"],
        ["sam", "objuden", "2020-04-01", "samverkan", null],
        ["sam", "en", "2020-05-01", "samverkan", null],
        ["sam", "inställt", "2020-06-01", "samverkan", "installt"],
        ["sam", "puls", "2020-07-01", "puls", null],
        ["sam", "igen", "2021-03-01", "samverkan", null],
        ["nar", "m1", "2020-03-01", "samverkan", null],
        ["nar", "m2", "2020-04-01", "puls", null],
        ["nar", "m3", "2020-05-01", "puls", "installt"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["sam", "två", "af", "ja", "ja"],
        ["sam", "två", "fk", "ja", "ja"],
        ["sam", "objuden", "af", "ja", "ja"],
        ["sam", "objuden", "fk", "nej", "ja"],
        ["sam", "en", "af", "ja", "ja"],
        ["sam", "en", "fk", "ja", "nej"],
        ["sam", "inställt", "af", "ja", "ja"],
        ["sam", "inställt", "fk", "ja", "ja"],
        ["sam", "puls", "af", "ja", "ja"],
        ["sam", "puls", "fk", "ja", "ja"],
        ["sam", "igen", "af", "ja", "ja"],
        ["sam", "igen", "fk", "ja", "ja"],
        ["sam", "igen", "kommun", "ja", "ja"],
        ["nar", "m1", "af", "J", "SANT"],
        ["nar", "m1", "fk", 1, "falskt"],
        ["nar", "m1", "kommun", "n", "ja"],
        ["nar", "m2", "af", "x", 0],
        ["nar", "m3", "af", "ja", "ja"],
      ],
      "arende.csv": [
        ["insats_id", "mote_id", "deltagar_id"],
        ["sam", "två", "a"],
        ["sam", "två", "b"],
        ["sam", "objuden", "c"],
        ["sam", "en", "d"],
        ["sam", "inställt", "e"],
        ["sam", "puls", "g"],
        ["sam", "igen", "a"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
        ["kost", 1, "f", "af", "personal", "2020-01-01", "2020-01-31", "10,5", "1 050 kr"],
        ["kost", 2, "f", "fk", "personal", "2020-02-01", "2020-02-29", 4, "-50 kr"],
        ["kost", 3, null, null, "personal", "2020-02-01", "2020-02-29", "0,5", null],
        ["dagar", 1, "f", null, null, "2020-12-01", "2021-01-31", null, "62 kr"],
        ["dagar", 2, "f", null, null, "2021-06-01", "2021-06-30", 3, null],
      ],
      "kostnad/deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "slutdatum", "kon"],
        ["kost", "p1", "2020-02-01", "2020-03-31", "K"],
        ["kost", "p1", "2020-05-01", "2020-06-30", "K"],
        ["kost", "p2", "2020-05-01", null, "M"],
      ],
      "budget.csv": [
        ["insats_id", "ar", "post", "status", "belopp"],
        ["kost", 2020, "personal", "beviljad", "4 tkr"],
      ],
      "leverabel.csv": [
        ["insats_id", "leverabel_id", "text", "slag", "status", "senast", "datum"],
        ["lev", "i-tid", "I tid", "rapport", "klar", "2020-03-31", "2020-03-31"],
        ["lev", "sen", "Sen", "rapport", "klar", "2020-03-31", "2020-04-01"],
        ["lev", "ej", "Ej klar", "leverans", "ej_klar", "2020-05-01", null],
        ["lev", "delvis", "Delvis", "leverans", "delvis", "2020-05-01", null],
        ["lev", "utan", "Utan senast", "leverans", "klar", null, "2020-06-30"],
        ["lev", "efter", "Efter slutet", "rutin", "klar", "2020-09-30", "2020-09-01"],
        ["lev", "hinder", "Hinder", "hinder", "klar", "2020-03-31", "2020-03-31"],
      ],
      "enkat.csv": [
        ["insats_id", "enkat_id", "grupp", "fraga", "svar", "antal", "utskick", "fran", "till"],
        ["enk", "e1", "deltagare", "Nöjd?", "ja", 30, 50, "2020-03-01", "2020-03-31"],
        ["enk", "e1", "deltagare", "Nöjd?", "nej", 10, 50, "2020-03-01", "2020-03-31"],
      ],
      "malgrupp.csv": [
        ["insats_id", "fran", "till", "antal_lag"],
        ["grupp", "2020-01-01", "2020-12-31", 40],
      ],
      "grupp/deltagare.csv": [
        ["insats_id", "deltagar_id", "startdatum", "kon"],
        ["grupp", "p1", "2020-02-01", "K"],
        ["grupp", "p2", "2020-03-01", "K"],
      ],
    },
    pipelines: {
      "delt.yaml": {
        insats: "delt",
        mal: ["ar", "hela"].flatMap((per) =>
          [
            "deltaganden",
            "unika_deltagare",
            "nya_deltagare",
            "avslutade_deltagare",
            "andel_kvinnor",
            "genomstromning",
            "inskrivningstid",
          ].map((matt) => ({ id: `${matt}-${per}`, matt, per, villkor: ">= 1" })),
        ),
      },
      "arb.yaml": {
        insats: "arb",
        mal: ["andel_till_arbete_eller_studier", "andel_borjat_eller_okat"].map((matt) => ({
          id: matt,
          matt,
          per: "hela",
          villkor: ">= 50 %",
        })),
      },
      "info.yaml": {
        insats: "info",
        mal: [{ id: "info", matt: "utskrivna_med_information", per: "hela", villkor: "100..100 %" }],
      },
      "sam.yaml": {
        insats: "sam",
        mal: [1, 2, 3].flatMap((n) => [
          {
            id: `minst-${n}`,
            matt: "individer_i_samverkansmote",
            per: "hela",
            villkor: ">= 2",
            parametrar: { minst_parter: n },
          },
          {
            id: `minst-${n}-ar`,
            matt: "individer_i_samverkansmote",
            per: "ar",
            villkor: ">= 2",
            parametrar: { minst_parter: n },
          },
        ]),
      },
      "nar.yaml": {
        insats: "nar",
        mal: [
          { id: "narvaro", matt: "narvaroandel", per: "hela", villkor: ">= 85 %" },
          { id: "moten", matt: "antal_moten", per: "hela", villkor: ">= 2" },
          { id: "puls", matt: "antal_moten", per: "hela", villkor: ">= 2", parametrar: { motestyp: "puls" } },
        ],
      },
      "kost.yaml": {
        insats: ["kost", "dagar"],
        mal: ["hela", "ar"].flatMap((per) =>
          [
            "fakturerat_belopp",
            "fakturerade_timmar",
            "kostnad_per_deltagare",
            "kostnad_per_timme",
            "budgetutnyttjande",
          ].map((matt) => ({ id: `${matt}-${per}`, matt, per, villkor: "<= 1000" })),
        ),
      },
      "lev.yaml": {
        insats: "lev",
        mal: [
          { id: "klar", matt: "leverabel_klar", per: "hela", villkor: ">= 50 %" },
          { id: "i-tid", matt: "leverabel_i_tid", per: "hela", villkor: ">= 50 %" },
          { id: "rapport", matt: "leverabel_klar", per: "hela", villkor: ">= 50 %", parametrar: { slag: "rapport" } },
          { id: "av", matt: "leverabel_klar", per: "hela", villkor: ">= 50 %", parametrar: { av: ["sen", "ej"] } },
          { id: "kvartal", matt: "leverabel_klar", per: "kvartal", villkor: ">= 50 %" },
        ],
      },
      "enk.yaml": {
        insats: "enk",
        mal: [{ id: "svar", matt: "svarsfrekvens", per: "hela", villkor: ">= 50 %" }],
      },
      "grupp.yaml": {
        insats: "grupp",
        mal: [{ id: "nadd", matt: "malgrupp_nadd", per: "hela", villkor: ">= 0,05" }],
      },
    },
  });
}, 60_000);

describe("participants", () => {
  test.each([
    ["deltaganden", [[3], [3]], 4],
    ["unika_deltagare", [[3], [3]], 3],
    ["nya_deltagare", [[3], [1]], 4],
    ["avslutade_deltagare", [[1], [2]], 3],
  ])("%s per year and over all, without felregistrering", (matt, ar, hel) => {
    expect(columns(windows("delt", `${matt}-ar`), "taljare")).toEqual(ar);
    expect(hela("delt", `${matt}-hela`)).toMatchObject({ taljare: hel, varde: hel, enhet: "antal" });
  });

  test("andel_kvinnor leaves okänt out of the share and shows it as täckningsgrad", () => {
    expect(counts("delt", "andel_kvinnor-ar")).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(hela("delt", "andel_kvinnor-hela")).toMatchObject({ taljare: 2, namnare: 3, tackningsgrad: 0.75 });
    expect(windows("delt", "andel_kvinnor-ar")[0]?.tackningsgrad).toBeCloseTo(2 / 3, 10);
  });

  test("genomstromning is avslutade in the window over deltaganden in the window", () => {
    expect(counts("delt", "genomstromning-ar")).toEqual([
      [1, 3],
      [2, 3],
    ]);
  });

  test("inskrivningstid pools days over the avslutade of the window", () => {
    const [first, second] = windows("delt", "inskrivningstid-ar");
    expect([first?.taljare, first?.namnare, first?.varde, first?.enhet]).toEqual([273, 1, 273, "dagar"]);
    expect([second?.taljare, second?.namnare, second?.varde]).toEqual([365, 2, 182.5]);
  });

  test("work or studies at the end is pooled over the avslutade", () => {
    expect(hela("arb", "andel_till_arbete_eller_studier")).toMatchObject({ taljare: 4, namnare: 5 });
  });

  test("began or increased is over the same avslutade", () => {
    expect(hela("arb", "andel_borjat_eller_okat")).toMatchObject({ taljare: 3, namnare: 5 });
  });

  test("utskrivna_med_information counts ended entries with ja", () => {
    expect(hela("info", "info")).toMatchObject({ taljare: 2, namnare: 3, status: "ej_uppnatt" });
  });
});

describe("möten", () => {
  test.each([
    ["minst-1", 4, [4, 1]],
    ["minst-2", 3, [3, 1]],
    ["minst-3", 1, [0, 1]],
  ])("individer_i_samverkansmote %s: parts present, called or not, at held möten of the type", (mal, hel, ar) => {
    expect(hela("sam", mal).taljare).toBe(hel);
    expect(windows("sam", `${mal}-ar`).map((row) => row.taljare)).toEqual(ar);
  });

  test("narvaroandel is called and present over called, at held möten", () => {
    expect(hela("nar", "narvaro")).toMatchObject({ taljare: 1, namnare: 3, status: "ej_uppnatt" });
  });

  test("antal_moten counts held möten, of the type if one is given", () => {
    expect(hela("nar", "moten").taljare).toBe(2);
    expect(hela("nar", "puls").taljare).toBe(1);
  });
});

describe("money", () => {
  test("fakturerat_belopp sums öre, credit notes too", () => {
    expect(hela("kost", "fakturerat_belopp-hela")).toMatchObject({ taljare: 100000, varde: 1000, enhet: "kr" });
  });

  test("fakturerade_timmar sums hours, also without belopp", () => {
    expect(hela("kost", "fakturerade_timmar-hela")).toMatchObject({ varde: 15, enhet: "timmar" });
  });

  test("kostnad_per_deltagare is over distinct persons active in the window", () => {
    expect(hela("kost", "kostnad_per_deltagare-hela")).toMatchObject({ taljare: 100000, namnare: 2, varde: 500 });
  });

  test("kostnad_per_timme is kronor per hour", () => {
    const row = hela("kost", "kostnad_per_timme-hela");
    expect(row.enhet).toBe("kr/timme");
    expect(row.varde).toBeCloseTo(1000 / 15, 10);
  });

  test("budgetutnyttjande is invoiced over budget", () => {
    expect(hela("kost", "budgetutnyttjande-hela")).toMatchObject({ varde: 0.25 });
  });

  test("an invoice over a year's end is spread by days", () => {
    expect(windows("dagar", "fakturerat_belopp-ar").map((row) => row.taljare)).toEqual([3100, 3100]);
  });
});

describe("leverabler", () => {
  test("those due: without senast at slutdatum, hela takes those after it, hinder never counts", () => {
    expect(hela("lev", "klar")).toMatchObject({ taljare: 4, namnare: 6 });
  });

  test("in time is done by senast", () => {
    expect(hela("lev", "i-tid")).toMatchObject({ taljare: 3, namnare: 6 });
  });

  test("slag or av selects", () => {
    expect(hela("lev", "rapport")).toMatchObject({ taljare: 2, namnare: 2 });
    expect(hela("lev", "av")).toMatchObject({ taljare: 1, namnare: 2 });
  });

  test("a window takes those due in it", () => {
    expect(counts("lev", "kvartal")).toEqual([
      [2, 2],
      [1, 3],
    ]);
  });
});

test("svarsfrekvens is answers over sent", () => {
  expect(hela("enk", "svar")).toMatchObject({ taljare: 40, namnare: 50, varde: 0.8 });
});

test("malgrupp_nadd is participants over the stated target group", () => {
  expect(hela("grupp", "nadd")).toMatchObject({ taljare: 2, namnare: 40, varde: 0.05, status: "uppnatt" });
});
