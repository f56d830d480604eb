// What an examiner from outside tried: measures of rows that were read rightly, each value computed by hand.
import { beforeAll, describe, expect, test } from "vitest";
import { resultsIn } from "../../src/output/swap.ts";
import { answerOf } from "../../src/report/answers.ts";
import { namesOf } from "../../src/report/names.ts";
import { publikByInsats, readPublik } from "../../src/report/publik.ts";
import { columns, pick, type Row } from "./delivery.ts";
import { type Results, together } from "./together.ts";

const { given, runAll } = together([
  "maluppfyllelse",
  "malsammanfattning",
  "modelljamforelse",
  "datakvalitet",
  "prognos",
  "konsfordelning",
  "deltagartabell",
]);

const insats = (id: string, fran = "2023-01-01", till = "2024-12-31") =>
  ({
    "insats.csv": [
      ["insats_id", "namn", "startdatum", "slutdatum"],
      [id, `Insats ${id}`, fran, till],
    ],
    "part.csv": [
      ["insats_id", "part_id", "namn", "huvudman"],
      [id, "fk", "Försäkringskassan", "forsakringskassan"],
      [id, "af", "Arbetsförmedlingen", "arbetsformedlingen"],
    ],
  }) as const;
const rows = (part: Results, mal_id: string, ...names: string[]) =>
  columns(pick(part.rows("maluppfyllelse"), { mal_id }), ...names);

const kommuner = given(
  "kommuner",
  {
    ...insats("kommuner"),
    "deltagare.csv": [
      ["deltagar_id", "startdatum", "slutdatum", "kon", "kommun", "tid i försörjning"],
      ["a", "2023-02-01", "2023-06-01", "K", "Tierp", "1–2 år"],
      ["b", "2023-02-01", null, "M", "tierp ", "Okänt"],
      ["c", "2023-05-01", null, "K", "Älvkarleby", null],
      ["d", "2023-05-01", null, "K", "Okänd", null],
    ],
  },
  {
    mal: [{ id: "k", matt: "deltaganden", villkor: ">= 2", grupp: "kommun" }],
    tolkning: [{ fil: "deltagare.csv", kolumner: { "tid i försörjning": "tid_i_forsorjning" } }],
  },
);
const fraga = { fraga: "Är du nöjd?" };
const enkat = given(
  "enkaten",
  {
    ...insats("enkaten"),
    "enkat.csv": [
      ["enkat_id", "fraga", "svar", "antal", "utskick", "fran", "till"],
      ["e", "Är du nöjd?", "Ja", 10, 40, "2023-01-01", "2023-12-31"],
      ["E", "Är du nöjd ?", "ja", 5, 40, "2023-01-01", "2023-12-31"],
      ["e", "är du nöjd?", "Nej", 15, 40, "2023-01-01", "2023-12-31"],
    ],
  },
  {
    mal: [
      { id: "ja", matt: "enkatandel", parametrar: { ...fraga, svar: "Ja" }, villkor: ">= 50 %" },
      { id: "svar", matt: "svarsfrekvens", villkor: ">= 50 %" },
    ],
  },
);
const planerat = given(
  "planerat",
  {
    ...insats("planerat"),
    "mote.csv": [
      ["mote_id", "datum", "motestyp", "status"],
      ["a", "2023-02-01", "samverkan", null],
      ["b", "2023-03-01", "samverkan", "planerat"],
      ["c", "2023-04-01", "samverkan", "planerat"],
    ],
    "narvaro.csv": [
      ["mote_id", "part_id", "kallad", "narvarande"],
      ["a", "fk", "ja", "ja"],
      ["a", "af", "ja", "ja"],
      ["b", "fk", "ja", "nej"],
      ["c", "fk", "ja", "nej"],
      ["c", "af", "nej", "nej"],
    ],
  },
  {
    mal: [
      { id: "narvaro", matt: "narvaroandel", villkor: ">= 80 %" },
      { id: "tackt", matt: "narvaroandel", villkor: ">= 80 %", minst_tackning: "60 %" },
    ],
  },
);
const modeller = ["Case management", "case Management "].map((modell, i) =>
  given(
    `modell${i}`,
    {
      "insats.csv": [
        ["insats_id", "namn", "modell", "startdatum", "slutdatum"],
        [`modell${i}`, "M", modell, "2023-01-01", "2023-12-31"],
      ],
      "mote.csv": [
        ["mote_id", "datum", "motestyp"],
        ["a", "2023-02-01", "samverkan"],
      ],
    },
    { mal: [{ id: "m", matt: "antal_moten", villkor: ">= 1" }] },
  ),
);
const formler = {
  rent: ["[positiva] / [alla]", ">= 35 %"],
  ungefar: ["[unga] / [alla]", ">= 35 %"],
  skillnad: ["[nu] - [da]", ">= 5 procentenheter"],
  tid: ["manader([start], [slut])", ">= 24 månader"],
  namn: ["[postiva] / [alla]", ">= 35 %"],
  enhet: ["[positiva] - [alla]", "<= 0 timmar"],
} as const;
const formel = given(
  "formeln",
  {
    ...insats("formeln"),
    "utsaga.csv": [
      ["utsaga_id", "text", "varde", "dokument", "avsnitt"],
      ...Object.entries({
        positiva: "36",
        alla: "100",
        unga: "cirka 36",
        nu: "45 %",
        da: "40,5 %",
        start: "2015-04-01",
        slut: "2017-03-31",
      }).map(([id, varde]) => [id, id, varde, "rapport", "1"]),
    ],
  },
  {
    mal: Object.entries(formler).map(([id, [written, villkor]]) => ({
      ...{ id, matt: "formel", parametrar: { formel: written }, villkor },
    })),
  },
);
const malgrupp = [["antal_lag"], [8]] as const;
const deltagare = (...ar: readonly number[]) => [
  ["fran", "till", "slag", "totalt"],
  ...ar.map((one) => [`${one}-01-01`, `${one}-12-31`, "deltagare", 5] as const),
];
const malgrupper = { arsvis: deltagare(2023, 2024), ena: deltagare(2023) } as const;
const nadda = Object.entries(malgrupper).map(([id, deltagarantal]) =>
  given(
    id,
    {
      ...insats(id),
      "malgrupp.csv": malgrupp,
      "deltagarantal.csv": deltagarantal,
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "faktura.csv": [
        ["faktura_id", "forbund_id", "fran", "till", "belopp"],
        ["1", "f", "2024-01-01", "2024-12-31", "500 kr"],
      ],
    },
    {
      mal: [
        { id: "hela", matt: "malgrupp_nadd", villkor: ">= 50 %" },
        { id: "ar", matt: "malgrupp_nadd", villkor: ">= 50 %", per: "ar" },
        { id: "kr", matt: "kostnad_per_deltagare", villkor: "<= 100 kr", per: "ar" },
      ],
    },
  ),
);
const leverabler = given(
  "leverabler",
  {
    ...insats("leverabler"),
    "leverabel.csv": [
      ["leverabel_id", "text", "slag", "status", "senast"],
      ["Rutin 1", "Rutin", "rutin", "klar", "2024-06-30"],
      ["rapport", "Rapport", "rapport", "ej klar", "2024-06-30"],
    ],
  },
  {
    mal: [
      { id: "kand", matt: "leverabel_klar", parametrar: { av: ["rutin-1"] }, villkor: ">= 100 %" },
      { id: "okand", matt: "leverabel_klar", parametrar: { av: ["rutin-1", "raport"] }, villkor: ">= 100 %" },
    ],
  },
);
const narvaro = given("narvaro", {
  ...insats("narvaro"),
  "mote.csv": [
    ["mote_id", "datum", "motestyp"],
    ["a", "2024-02-01", "samverkan"],
  ],
  "narvaro.csv": [
    ["mote_id", "part_id", "kallad", "narvarande"],
    ["a", "fk", "ja", "ja"],
  ],
  "narvaroantal.csv": [
    ["part_id", "fran", "till", "kallade", "narvarande"],
    ["fk", "2023-01-01", "2023-12-31", 10, 9],
    ["fk", "2024-01-01", "2024-12-31", 10, 8],
  ],
  "moteantal.csv": [
    ["motestyp", "fran", "till", "antal"],
    ["samverkan", "2023-01-01", "2023-12-31", 10],
    ["samverkan", "2024-01-01", "2024-12-31", 10],
  ],
  "deltagare.csv": [
    ["deltagar_id", "startdatum", "slutdatum", "kon"],
    ["x", "2024-02-01", null, "K"],
  ],
  "deltagarantal.csv": [
    ["fran", "till", "slag", "totalt"],
    ["2023-01-01", "2023-12-31", "nya", 7],
    ["2024-01-01", "2024-12-31", "nya", 6],
  ],
});
const beslut = [
  ["f", 2024, "beviljat", "2023-12-01", "120 kr"],
  ["f", 2024, "beviljat", "2023-11-01", "500 kr"],
  ["f", 2024, "tillagg", "2024-03-01", "30 kr"],
  ["f", 2024, "aterfort", "2024-06-01", "-10 kr"],
] as const;
const medel = given("medel", {
  ...insats("medel"),
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
  ],
  "finansiering.csv": [["forbund_id", "ar", "slag", "beslutsdatum", "belopp"], ...beslut],
  "faktura.csv": [
    ["faktura_id", "forbund_id", "fran", "till", "belopp"],
    ["1", "f", "2024-01-01", "2024-12-31", "140 kr"],
  ],
});
const registret = given("registret", {
  ...insats("registret"),
  "deltagarantal.csv": [
    ["fran", "till", "slag", "kvinnor", "man"],
    ["2023-01-01", "2023-12-31", "deltagare", 30, 20],
  ],
  "deltagare.csv": [
    ["deltagar_id", "startdatum", "slutdatum", "kon"],
    ["a", "2024-02-01", "2024-05-01", "K"],
    ["b", "2024-02-01", null, "M"],
    ["c", "2025-01-01", null, "K"],
  ],
});

beforeAll(runAll);

describe("names of a kommun in other spellings", () => {
  test("are one group, and one that says that it is not known is okänt", () => {
    expect(rows(kommuner, "k", "gruppvarde", "taljare", "status")).toEqual([
      ["", 4, "ej_matbart"],
      ["Tierp", 2, "uppnatt"],
      ["okant", 1, "ej_matbart"],
      ["Älvkarleby", 1, "ej_uppnatt"],
    ]);
  });
});

test("a question in other spellings is one, sent to 40 and answered by 30", () => {
  const names = ["taljare", "namnare", "tackningsgrad", "status"];
  expect([...rows(enkat, "ja", ...names), ...rows(enkat, "svar", ...names)]).toEqual([
    [15, 30, 0.75, "uppnatt"],
    [30, 40, null, "uppnatt"],
  ]);
});

test("nobody knows who came to a past möte that still is only planned: 2 calls of 4 are known", () => {
  const names = ["taljare", "namnare", "tackningsgrad", "status", "skal"];
  expect(["narvaro", "tackt"].flatMap((mal) => rows(planerat, mal, ...names))).toEqual([
    [2, 2, 0.5, "uppnatt", null],
    [2, 2, 0.5, "ej_matbart", "saknas"],
  ]);
});

test("a modell in another spelling is the same", () => {
  expect(modeller.flatMap((part) => part.rows("modelljamforelse").map(({ modell }) => modell))).toEqual([
    "Case management",
    "Case management",
  ]);
});

describe("the sentence of a goal on a formula", () => {
  test.each([
    ["rent", "Målet nåddes: 36 %, minst 35 % krävs."],
    ["ungefar", "Målet nåddes: 36 %, minst 35 % krävs. Uppgifterna i formeln är ungefärliga."],
    ["skillnad", "Målet nåddes inte: 4,5 procentenheter, minst 5 procentenheter krävs."],
    ["tid", "Målet nåddes: 24 månader, minst 24 månader krävs."],
    ["namn", "Målet går inte att bedöma: postiva finns inte bland utsagorna."],
    ["enhet", "Målet går inte att bedöma: villkoret är i timmar, formeln inte."],
  ])("%s", (mal_id, mening) => {
    const [goal] = pick(formel.rows("malsammanfattning"), { mal_id });
    expect(`${goal?.mening}`.replaceAll("\u00a0", " ")).toBe(mening);
  });
});

test("persons of years make no whole time, and nobody is stated for a year without a row: neither is 0 of the target group", () => {
  const all = nadda.map((part) =>
    ["hela", "ar", "kr"].flatMap((mal) => rows(part, mal, "taljare", "namnare", "status", "skal")),
  );
  expect(all).toEqual([
    [
      [null, null, "ej_matbart", "ej_summerbart"],
      [5, 8, "uppnatt", null],
      [5, 8, "uppnatt", null],
      [0, 5, "uppnatt", null],
      [50_000, 5, "uppnatt", null],
    ],
    [
      [null, null, "ej_matbart", "ej_summerbart"],
      [5, 8, "uppnatt", null],
      [null, null, "ej_matbart", "saknas"],
      [0, 5, "uppnatt", null],
      [null, null, "ej_matbart", "saknas"],
    ],
  ]);
});

test("a goal that names a leverabel which no row states is not met by the others", () => {
  expect(["kand", "okand"].flatMap((mal) => rows(leverabler, mal, "status", "skal"))).toEqual([
    ["uppnatt", null],
    ["ej_matbart", "saknas"],
  ]);
});

test("a count is checked by the rows of its own period, where there are some: 9 of 2023 count, 8, 10 and 6 of 2024 are asked about", () => {
  const found = pick(narvaro.rows("datakvalitet"), { kod: "antal_mot_rader" });
  expect(columns(found, "fil", "rad").sort()).toEqual([
    ["data/deltagarantal.csv", 3],
    ["data/moteantal.csv", 3],
    ["data/narvaroantal.csv", 3],
  ]);
});

describe("what was granted: the latest decision of a year, 120, and 30 added, less 10 returned, with or without a minus", () => {
  test("in the forecast", () => {
    const found = pick(medel.rows("prognos"), { period: "2024", forbund_id: "f" });
    expect(columns(found, "medel_ore", "avvikelse_ore")).toEqual([[14_000, 0]]);
  });
  test("in a form", async () => {
    const db = await resultsIn(medel.d.path("out"));
    const publik = await readPublik(db).finally(() => db.close());
    const { lines } = answerOf("beviljat", publikByInsats(publik)("medel"), namesOf(publik));
    expect(lines).toEqual(["140\u00a0kr"]);
  });
});

test("rows of 2024 are not the whole of an insats that counted 50 in 2023", () => {
  const whole = registret.rows("konsfordelning");
  expect(columns(whole, "fran", "till", "kvinnor", "man")).toEqual([["2024-01-01", "2024-12-31", 1, 1]]);
  const table = registret.d
    .rows("deltagartabell")
    .filter(({ niva, id, tabell, kolumn }) => `${niva} ${id} ${tabell} ${kolumn}` === "insats registret kon totalt");
  expect(columns(table, "fran", "till", "rad", "antal")).toEqual([
    ["2023-01-01", "2023-12-31", "kvinna", 30],
    ["2023-01-01", "2023-12-31", "man", 20],
    ["2024-01-01", "2024-12-31", "kvinna", 1],
    ["2024-01-01", "2024-12-31", "man", 1],
  ]);
});

test("the rows of a gender distribution are those that it counts: not one that begins when the insats has ended", async () => {
  const { stdout } = await registret.d.cli(["trace", "konsfordelning/registret", "--json"]);
  const { rader } = JSON.parse(stdout) as { rader: Row[] };
  expect(columns(rader, "rad", "roll")).toEqual([
    [2, "raknad"],
    [3, "raknad"],
  ]);
});
