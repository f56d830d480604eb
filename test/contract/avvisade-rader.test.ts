/** A verdict never rests on rows that were refused: bounds decide, and a row reaches only what it can belong to. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  type Cells,
  columns,
  deliver,
  type Folder,
  folder,
  type Goal,
  only,
  pick,
  type Row,
  type Rows,
} from "./delivery.ts";

const year = (ar: number): [string, string] => [`${ar}-01-01`, `${ar}-12-31`];
/** So many months' first days of a year. */
const months = (ar: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `${ar}-${String(i + 1).padStart(2, "0")}-10`);

const insats = (id: string, from = 2022, to = 2024): Rows => [
  ["insats_id", "namn", "startdatum", "slutdatum"],
  [id, id, year(from)[0], year(to)[1]],
];
const parter = (id: string, ...rest: string[]): Rows => [
  ["insats_id", "part_id", "namn", "huvudman"],
  ...rest.map((part): Cells => [id, part, part.toUpperCase(), "kommun"]),
];
const moten = (id: string, ...rows: [datum: string, motestyp?: string, status?: string][]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp", "status"],
  ...rows.map(([datum, motestyp = "samverkan", status = ""], i): Cells => [id, `m${i + 1}`, datum, motestyp, status]),
];
const held = (...dates: string[]): [string][] => dates.map((datum) => [datum]);
const fakturor = (id: string, ...rows: Cells[]): Rows => [
  ["insats_id", "faktura_id", "forbund_id", "kostnadsslag", "fran", "till", "timmar", "belopp"],
  ...rows.map((row, i): Cells => [id, `f${i + 1}`, "fb", ...row]),
];

interface Source {
  readonly files: Readonly<Record<string, Rows>>;
  readonly mal: readonly Goal[];
  readonly more?: Readonly<Record<string, unknown>>;
}

const tenMonths = months(2023, 10);
const attended = (id: string, part: string, last: string): Cells[] =>
  tenMonths.map((_, i): Cells => [id, `m${i + 1}`, part, "ja", i === 9 ? last : "ja"]);

const sources: Readonly<Record<string, Source>> = {
  // 3, 2 and 3 held; the refused one says its year and kind.
  artal: {
    files: {
      "insats.csv": insats("artal"),
      "mote.csv": moten("artal", ...held(...months(2022, 3), ...months(2023, 2), ...months(2024, 3), "2023-02-30")),
    },
    mal: [
      { id: "tre", matt: "antal_moten", villkor: ">= 3", per: "ar" },
      { id: "puls", matt: "antal_moten", villkor: "<= 0", per: "ar", parametrar: { motestyp: "puls" } },
      { id: "foljs", matt: "antal_moten", per: "ar" },
    ],
    more: { fullstandiga: ["mote"] },
  },
  // 3 held; the third was refused in the first file, and the second file states it.
  avgjord: {
    files: {
      "insats.csv": insats("avgjord"),
      "mote.csv": moten("avgjord", ["2023-01-10"], ["2023-02-10"], ["2023-03-33"]),
      "mote rättad.csv": moten("avgjord", ["2023-01-10"], ["2023-02-10"], ["2023-03-10"]),
    },
    mal: [
      { id: "tre", matt: "antal_moten", villkor: ">= 3", per: "hela" },
      { id: "fyra", matt: "antal_moten", villkor: ">= 4", per: "hela" },
    ],
  },
  // 3, 2 and 1 held; of the refused one nobody knows the year.
  datum: {
    files: {
      "insats.csv": insats("datum"),
      "mote.csv": moten("datum", ...held(...months(2022, 3), ...months(2023, 2), ...months(2024, 1), "i våras")),
    },
    mal: [{ id: "tre", matt: "antal_moten", villkor: ">= 3", per: "ar" }],
  },
  // Part a 10 of 10; part b 9 of 9 and one that is neither yes nor no, on the möte of 10 October.
  narvaro: {
    files: {
      "insats.csv": insats("narvaro", 2023, 2023),
      "part.csv": parter("narvaro", "a", "b"),
      "mote.csv": moten("narvaro", ...held(...tenMonths)),
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ...attended("narvaro", "a", "ja"),
        ...attended("narvaro", "b", "kanske"),
      ],
    },
    mal: [
      { id: "85", matt: "narvaroandel", villkor: ">= 85 %", grupp: "part" },
      { id: "95", matt: "narvaroandel", villkor: ">= 95 %", grupp: "part" },
      { id: "kvartal", matt: "narvaroandel", villkor: ">= 95 %", per: "kvartal" },
      { id: "noll", matt: "narvaroandel", villkor: "<= 10 %" },
    ],
  },
  // A möte whose date cannot be read takes its two närvaro rows with it.
  dagbok: {
    files: {
      "insats.csv": insats("dagbok", 2022, 2023),
      "part.csv": parter("dagbok", "a", "b"),
      "mote.csv": moten("dagbok", ["2022-03-01"], ["2023-03-01"], ["2023-04-31"]),
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ...["m1", "m2", "m3"].flatMap((mote) => ["a", "b"].map((part): Cells => ["dagbok", mote, part, "ja", "ja"])),
      ],
    },
    mal: [{ id: "alla", matt: "narvaroandel", villkor: ">= 100 %", per: "ar", grupp: "part" }],
  },
  // One entry of a woman who began some day of 2023, and has not ended.
  person: {
    files: {
      "insats.csv": insats("person"),
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
        ["person", "p1", "K", "2022-02-01", "2022-12-01"],
        ["person", "p2", "M", "2023-02-01", "2023-12-01"],
        ["person", "p3", "K", "2023-02-31", ""],
        ["person", "p4", "M", "2024-02-01", "2024-12-01"],
      ],
    },
    mal: [
      { id: "nya", matt: "nya_deltagare", villkor: ">= 2", per: "ar" },
      { id: "nya-kon", matt: "nya_deltagare", villkor: ">= 2", per: "ar", grupp: "kon" },
      { id: "avslut", matt: "avslutade_deltagare", villkor: ">= 2", per: "ar" },
      { id: "med", matt: "deltaganden", villkor: ">= 2", per: "ar", delperiod: "hel" },
      { id: "kvinnor", matt: "andel_kvinnor", villkor: "40..60 %" },
    ],
  },
  // The list of participants is refused whole; möten were read.
  lista: {
    files: {
      "insats.csv": insats("lista", 2023, 2023),
      "mote.csv": moten("lista", ...held(...months(2023, 2))),
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "personnummer", "startdatum"],
        ["lista", "p1", "19900101-0017", "2023-02-01"],
      ],
    },
    mal: [
      { id: "tva", matt: "antal_moten", villkor: ">= 2" },
      { id: "nya", matt: "nya_deltagare", villkor: ">= 1" },
      { id: "kvinnor", matt: "andel_kvinnor", villkor: "40..60 %" },
    ],
  },
  // Nobody knows what the second file holds.
  okand: {
    files: {
      "insats.csv": insats("okand", 2023, 2023),
      "mote.csv": moten("okand", ...held(...months(2023, 2))),
      "diverse.csv": [
        ["Vad", "Hur"],
        ["något", "annat"],
      ],
    },
    mal: [
      { id: "tva", matt: "antal_moten", villkor: ">= 2" },
      { id: "fem", matt: "antal_moten", villkor: ">= 5" },
    ],
  },
  // 95 hours in January and 80 in February; a refused invoice of each states 10 hours, but its amount cannot be read.
  timmar: {
    files: {
      "insats.csv": insats("timmar", 2023, 2023),
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["fb", "Fabelby"],
      ],
      "faktura.csv": fakturor(
        "timmar",
        ["Lön", "2023-01-01", "2023-01-31", 95, 1000],
        ["Lön", "2023-01-01", "2023-01-31", 10, "enligt avtal"],
        ["Lön", "2023-02-01", "2023-02-28", 80, 1000],
        ["Lön", "2023-02-01", "2023-02-28", 10, "enligt avtal"],
        ["Hyra", "2024-01-01", "2024-01-31", null, 500],
      ),
      "budget.csv": [
        ["insats_id", "ar", "post", "belopp"],
        ["timmar", 2023, "Lön", 2000],
        ["timmar", 2023, "Hyra", 2000],
        ["timmar", 2024, "Hyra", 500],
      ],
      "utsaga.csv": [
        ["insats_id", "utsaga_id", "text", "matt", "formel", "fran", "till", "varde", "dokument", "avsnitt"],
        ["timmar", "belopp", "2 000 kr", "fakturerat_belopp", "", "2023-01-01", "2023-12-31", "2000 kr", "r", "1"],
        ["timmar", "hyra", "500 kr", "fakturerat_belopp", "", "2024-01-01", "2024-12-31", "500 kr", "r", "1"],
        [
          "timmar",
          "minst-150",
          "Minst 150 timmar",
          "fakturerade_timmar",
          "",
          "2023-01-01",
          "2023-12-31",
          "minst 150",
          "r",
          "1",
        ],
        ["timmar", "tvahundra", "300 timmar", "fakturerade_timmar", "", "2023-01-01", "2023-12-31", "300", "r", "1"],
        ["timmar", "ettnittio", "190 timmar", "fakturerade_timmar", "", "2023-01-01", "2023-12-31", "190", "r", "1"],
        ["timmar", "dubbelt", "Dubbelt", "", "[beraknad] * 2", "", "", "4000 kr", "r", "1"],
        ["timmar", "beraknad", "Kostnad", "fakturerat_belopp", "", "2023-01-01", "2023-12-31", "", "r", "1"],
        [
          "timmar",
          "andel",
          "Cell",
          "",
          "[kostnadsandel_ar/timmar/forbund/fb/2023#belopp_ore]",
          "",
          "",
          "2000 kr",
          "r",
          "1",
        ],
      ],
    },
    mal: [
      { id: "minst", matt: "fakturerade_timmar", villkor: ">= 100 timmar", per: "manad", delperiod: "hel" },
      { id: "hogst", matt: "fakturerade_timmar", villkor: "<= 100 timmar", per: "manad", delperiod: "hel" },
    ],
  },
  // A möte whose status is no known word, and a count of some slag that nobody knows.
  ord: {
    files: {
      "insats.csv": insats("ord", 2023, 2023),
      "part.csv": parter("ord", "a"),
      "mote.csv": moten("ord", ["2023-02-01"], ["2023-03-01"], ["2023-04-01", "samverkan", "kanske"]),
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["ord", "m1", "a", "ja", "ja"],
        ["ord", "m2", "a", "ja", "ja"],
        ["ord", "m3", "a", "ja", "nej"],
      ],
      "deltagarantal.csv": [
        ["insats_id", "fran", "till", "slag", "totalt"],
        ["ord", "2023-01-01", "2023-12-31", "nya", 10],
        ["ord", "2023-01-01", "2023-12-31", "nytillkomna", 5],
      ],
    },
    mal: [
      { id: "tva", matt: "antal_moten", villkor: ">= 2" },
      { id: "tre", matt: "antal_moten", villkor: ">= 3" },
      { id: "narvaro", matt: "narvaroandel", villkor: ">= 85 %" },
      { id: "nya", matt: "nya_deltagare", villkor: ">= 12" },
      { id: "nya-natt", matt: "nya_deltagare", villkor: ">= 10" },
    ],
  },
};

/** Two samverkan and one that is a letter from it; a person was raised at each, and a part was at each. */
const stavat: Source = {
  files: {
    "insats.csv": insats("stavat", 2023, 2023),
    "part.csv": parter("stavat", "a"),
    "mote.csv": moten("stavat", ["2023-02-01"], ["2023-03-01"], ["2023-04-01", "samverkn"], ["2023-05-01", "kurs"]),
    "narvaro.csv": [
      ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
      ...["m1", "m2", "m3"].map((mote): Cells => ["stavat", mote, "a", "ja", mote === "m3" ? "nej" : "ja"]),
    ],
    "arende.csv": [
      ["insats_id", "mote_id", "deltagar_id"],
      ...["m1", "m2", "m3"].map((mote): Cells => ["stavat", mote, `p-${mote}`]),
    ],
  },
  mal: [
    { id: "alla", matt: "antal_moten", villkor: ">= 5" },
    { id: "tva", matt: "antal_moten", villkor: ">= 2", parametrar: { motestyp: "samverkan" } },
    { id: "tre", matt: "antal_moten", villkor: ">= 3", parametrar: { motestyp: "samverkan" } },
    { id: "puls", matt: "antal_moten", villkor: "<= 1", parametrar: { motestyp: "puls" } },
    { id: "individer", matt: "individer_i_samverkansmote", villkor: ">= 3" },
    { id: "narvaro", matt: "narvaroandel", villkor: ">= 85 %", parametrar: { motestyp: "samverkan" } },
    { id: "narvaro-alla", matt: "narvaroandel", villkor: ">= 85 %" },
  ],
  more: { fullstandiga: ["mote"] },
};

/** An attendance matrix: part a at all four möten, part b at two, and nobody says what a blank means. */
const matris: Source = {
  files: {
    "insats.csv": insats("matris", 2023, 2023),
    "part.csv": parter("matris", "a", "b"),
    "mote.csv": moten("matris", ...held(...months(2023, 4))),
    "lista.csv": [
      ["Möte", "A", "B"],
      ["m1", "x", "x"],
      ["m2", "x", ""],
      ["m3", "x", "x"],
      ["m4", "x", ""],
    ],
  },
  mal: [{ id: "85", matt: "narvaroandel", villkor: ">= 85 %", grupp: "part" }],
  more: {
    tolkning: [
      {
        fil: "lista.csv",
        dataset: "narvaro",
        unpivot: {
          kategori: { rubrik: "Möte", kolumn: "mote_id" },
          kolumn: "narvarande",
          kolumner: { A: { part_id: "a" }, B: { part_id: "b" } },
          konstanter: { kallad: "ja" },
        },
      },
    ],
  },
};

/** A ledger with debit and credit in columns of their own. */
const kredit: Source = {
  files: {
    "insats.csv": insats("kredit", 2023, 2023),
    "forbund.csv": [
      ["forbund_id", "namn"],
      ["fb", "Fabelby"],
    ],
    "faktura.csv": [
      ["insats_id", "faktura_id", "forbund_id", "fran", "till", "Timmar", "Belopp", "Kredit"],
      ["kredit", "1", "fb", "2023-01-01", "2023-03-31", "", "1000", ""],
      ["kredit", "2", "fb", "2023-04-01", "2023-06-30", "5", "", "400"],
    ],
  },
  mal: [{ id: "kr", matt: "fakturerat_belopp", villkor: "<= 95000 kr" }],
};

const all: Readonly<Record<string, Source>> = { ...sources, stavat, matris, kredit };

let d: Folder;
beforeAll(async () => {
  d = await deliver(
    {
      files: Object.fromEntries(
        Object.entries(all).flatMap(([id, { files }]) =>
          Object.entries(files).map(([file, rows]) => [`${id}/${file}`, rows]),
        ),
      ),
      pipelines: Object.fromEntries(
        Object.entries(all).map(([id, { mal, more = {} }]) => [
          `${id}.yaml`,
          { insats: id, kallor: [`../data/${id}`], mal: [...mal], ...more },
        ]),
      ),
    },
    { today: "2026-06-01" },
  );
}, 120_000);

const malrad = (insats_id: string, mal_id: string, where: Row = {}): Row =>
  only(d.rows("maluppfyllelse"), { insats_id, mal_id, ...where });
const verdict = (insats_id: string, mal_id: string, where: Row = {}): unknown[] => {
  const { varde, status, skal, avvisade } = malrad(insats_id, mal_id, where);
  return [varde, status, skal, avvisade];
};
const mening = (insats_id: string, mal_id: string): string =>
  String(only(d.rows("malsammanfattning"), { insats_id, mal_id }).mening);

describe("a refused möte", () => {
  test.each([
    ["2022-01-01", [3, "uppnatt", null, 0]],
    ["2023-01-01", [2, "ej_matbart", "avvisade_rader", 1]],
    ["2024-01-01", [3, "uppnatt", null, 0]],
  ])("that says its year reaches that year only: %s", (fran, expected) => {
    expect(verdict("artal", "tre", { fran })).toEqual(expected);
  });
  test("of a kind that a goal does not count does not reach it", () => {
    expect(verdict("artal", "puls", { fran: "2023-01-01" })).toEqual([0, "uppnatt", null, 0]);
  });
  test("is said of what is only followed, which comes first", () => {
    expect(verdict("artal", "foljs", { fran: "2023-01-01" })).toEqual([2, "ej_matbart", "inget_villkor", 1]);
  });
  test.each([
    // 3 or 4, at least 3
    ["2022-01-01", [3, "uppnatt", null, 1]],
    // 2 or 3
    ["2023-01-01", [2, "ej_matbart", "avvisade_rader", 1]],
    // 1 or 2
    ["2024-01-01", [1, "ej_uppnatt", null, 1]],
  ])("of no known day reaches every year, and a verdict that both bounds give stands: %s", (fran, expected) => {
    expect(verdict("datum", "tre", { fran })).toEqual(expected);
  });
  test("is named in the sentence, where it could change the verdict and where it could not", () => {
    expect(mening("datum", "tre")).toContain("Avvisade rader kan ändra utfallet: 2023 (en rad, utan den 2 av 3).");
    expect(mening("datum", "tre")).toContain("Rader har avvisats utan att det ändrar utfallet: 2022 och 2024.");
  });
  test.each([
    // The two närvaro rows that refer to it have its year: each part is at 1 of 1 to 2.
    ["a", "2022-01-01", [1, "uppnatt", null, 0]],
    ["a", "2023-01-01", [1, "ej_matbart", "avvisade_rader", 1]],
    ["b", "2023-01-01", [1, "ej_matbart", "avvisade_rader", 1]],
  ])("gives the rows that refer to it its year: part %s in %s", (gruppvarde, fran, expected) => {
    expect(verdict("dagbok", "alla", { gruppvarde, fran })).toEqual(expected);
  });
});

describe("a refused row whose key another file has loaded", () => {
  test.each([
    ["tre", "uppnatt"],
    ["fyra", "ej_uppnatt"],
  ])("is settled: goal %s is %s, and no row is missing", (mal, status) => {
    expect(malrad("avgjord", mal)).toMatchObject({ taljare: 3, status, avvisade: 0 });
  });
});

describe("a refused närvaro row of a known part and möte", () => {
  test.each([
    ["85", "a", [1, "uppnatt", null, 0]],
    // 9 of 9, 9 of 10 or 10 of 10
    ["85", "b", [1, "uppnatt", null, 1]],
    ["95", "a", [1, "uppnatt", null, 0]],
    ["95", "b", [1, "ej_matbart", "avvisade_rader", 1]],
    // 19 of 19, 19 of 20 or 20 of 20
    ["95", "", [1, "ej_matbart", "foljs", 1]],
  ])("bounds a share in its denominator too: at least %s %% of %s", (mal, gruppvarde, expected) => {
    expect(verdict("narvaro", mal, { gruppvarde })).toEqual(expected);
  });
  test("reaches only the quarter of its möte", () => {
    const rows = pick(d.rows("maluppfyllelse"), { insats_id: "narvaro", mal_id: "kvartal" });
    // October has one möte: part a was there, part b may have been.
    expect(rows.map(({ skal, avvisade }) => [skal, avvisade])).toEqual([
      [null, 0],
      [null, 0],
      [null, 0],
      ["avvisade_rader", 1],
    ]);
  });
  test("leaves a verdict that it cannot change, and the sentence says so", () => {
    expect(verdict("narvaro", "noll")).toEqual([1, "ej_uppnatt", null, 1]);
    expect(mening("narvaro", "noll")).toBe(
      "Målet nåddes inte: 100\u00a0% (19 av 19), högst 10\u00a0% krävs. En rad som kan höra hit har avvisats, men utfallet är detsamma vad den än säger. Att kontrollera i underlaget: närvarolistor som kan ha bara dem som kom.",
    );
  });
});

describe("a refused deltagare with a known start year", () => {
  test.each([
    ["nya", "2022-01-01", [1, "ej_uppnatt", null, 0]],
    ["nya", "2023-01-01", [1, "ej_matbart", "avvisade_rader", 1]],
    ["nya", "2024-01-01", [1, "ej_uppnatt", null, 0]],
    // It states no end.
    ["avslut", "2023-01-01", [1, "ej_uppnatt", null, 0]],
    ["avslut", "2024-01-01", [1, "ej_uppnatt", null, 0]],
    // It goes on from then.
    ["med", "2022-01-01", [1, "ej_uppnatt", null, 0]],
    ["med", "2023-01-01", [1, "ej_matbart", "avvisade_rader", 1]],
    ["med", "2024-01-01", [1, "ej_matbart", "avvisade_rader", 1]],
  ])("%s in %s", (mal, fran, expected) => {
    expect(verdict("person", mal, { fran })).toEqual(expected);
  });
  test("is a woman: men are not reached", () => {
    const of = (gruppvarde: string): unknown =>
      malrad("person", "nya-kon", { gruppvarde, fran: "2023-01-01" }).avvisade;
    expect([of("kvinna"), of("man")]).toEqual([1, 0]);
  });
  test("bounds the share of women: 1 of 3 is 25 to 50 % of 4", () => {
    expect(verdict("person", "kvinnor")).toEqual([1 / 3, "ej_matbart", "avvisade_rader", 1]);
  });
  test("makes the distribution incomplete", () => {
    expect(only(d.rows("konsfordelning"), { insats_id: "person" })).toMatchObject({ totalt: 3, ofullstandig: 1 });
  });
});

describe("a file that was refused whole", () => {
  test("has no bounds for what its name says that it holds, and reaches nothing else", () => {
    expect(verdict("lista", "nya")).toEqual([null, "ej_matbart", "avvisade_rader", 1]);
    expect(verdict("lista", "kvinnor")).toEqual([null, "ej_matbart", "avvisade_rader", 1]);
    expect(verdict("lista", "tva")).toEqual([2, "uppnatt", null, 0]);
  });
  test("reaches all goals of its pipeline when nobody knows what it holds; a count only grows", () => {
    expect(verdict("okand", "tva")).toEqual([2, "uppnatt", null, 1]);
    expect(verdict("okand", "fem")).toEqual([2, "ej_matbart", "avvisade_rader", 1]);
  });
  test("reaches no other pipeline's", () => {
    const reached = new Set(
      d.rows("maluppfyllelse").flatMap(({ insats_id: id, avvisade }) => (avvisade === 0 ? [] : id)),
    );
    expect([...reached].sort()).toEqual([
      "artal",
      "dagbok",
      "datum",
      "kredit",
      "lista",
      "narvaro",
      "okand",
      "person",
      "timmar",
    ]);
  });
});

describe("a refused row whose figure can be read", () => {
  test.each([
    // 95 to 105
    ["minst", "2023-01-01", "ej_matbart"],
    ["hogst", "2023-01-01", "ej_matbart"],
    // 80 to 90
    ["minst", "2023-02-01", "ej_uppnatt"],
    ["hogst", "2023-02-01", "uppnatt"],
  ])("bounds a sum by it: %s 100 hours in %s", (mal, fran, status) => {
    expect(malrad("timmar", mal, { fran })).toMatchObject({ status, avvisade: 1 });
  });
});

describe("costs beside refused invoices", () => {
  test("say how many may belong to them, in the years that they may be of", () => {
    const rows = pick(d.rows("kostnadsandel_ar"), { insats_id: "timmar", dimension: "forbund" });
    expect(rows.map(({ ar, ofullstandig }) => [ar, ofullstandig])).toEqual([
      [2023, 2],
      [2024, 0],
    ]);
    expect(only(d.rows("kostnadsandel"), { insats_id: "timmar", dimension: "insats" }).ofullstandig).toBe(2);
  });
  test("and on the budget lines that they may be of", () => {
    const rows = pick(d.rows("budgetutfall"), { insats_id: "timmar" });
    expect(rows.map(({ ar, post, ofullstandig }) => [ar, post, ofullstandig])).toEqual([
      [2023, "Hyra", 0],
      [2023, "Lön", 2],
      [2024, "Hyra", 0],
    ]);
  });
});

describe("a claim", () => {
  const claim = (utsaga_id: string): Row => only(d.rows("utsagekontroll"), { insats_id: "timmar", utsaga_id });
  test("on an amount that could not be read is not tried, and says which row", () => {
    expect(claim("belopp")).toMatchObject({
      utfall: "ej_matbart",
      skal: "avvisade_rader",
      avvisade: 2,
      beraknat_varde: null,
    });
    expect(claim("belopp").forklaring).toBe(
      "Går inte att pröva: två rader som kan höra hit har avvisats (först data/timmar/faktura.csv, rad 3).",
    );
  });
  test("on another year is tried", () => {
    expect(claim("hyra")).toMatchObject({ utfall: "stammer", avvisade: 0 });
  });
  test.each([
    // 175 to 195 hours
    ["minst-150", "stammer", null],
    ["tvahundra", "avviker", null],
    ["ettnittio", "ej_matbart", "avvisade_rader"],
  ])("comes to what both bounds give: %s", (id, utfall, skal) => {
    expect(claim(id)).toMatchObject({ utfall, skal, avvisade: 2 });
  });
  test.each(["dubbelt", "andel"])("on a figure that refused rows may belong to is not tried: %s", (id) => {
    expect(claim(id)).toMatchObject({ utfall: "ej_matbart", skal: "avvisade_rader" });
  });
});

describe("a word that decides what a row is, and that nobody knows", () => {
  test.each([
    ["tva", [2, "uppnatt", null, 0]],
    ["tre", [2, "ej_matbart", "okanda_ord", 0]],
    // 2 of 2, or 2 of 3
    ["narvaro", [1, "ej_matbart", "okanda_ord", 0]],
    ["nya", [10, "ej_matbart", "okanda_ord", 0]],
    ["nya-natt", [10, "uppnatt", null, 0]],
  ])("bounds what rests on it: %s", (mal, expected) => {
    expect(verdict("ord", mal)).toEqual(expected);
  });
});

describe("a kind of möte that may be a slip for another", () => {
  test.each([
    // Whatever its kind, it was held: four.
    ["alla", [4, "ej_uppnatt", null, 0]],
    ["tva", [2, "uppnatt", null, 0]],
    ["tre", [2, "ej_matbart", "okanda_ord", 0]],
    // `kurs` is two letters from it and a kind of its own; the other may be any: 0 or 1.
    ["puls", [0, "uppnatt", null, 0]],
    ["individer", [2, "ej_matbart", "okanda_ord", 0]],
    ["narvaro", [1, "ej_matbart", "okanda_ord", 0]],
    ["narvaro-alla", [2 / 3, "ej_uppnatt", null, 0]],
  ])("bounds what asks for a kind: %s", (mal, expected) => {
    expect(verdict("stavat", mal)).toEqual(expected);
  });
  test("is a finding with the kind that was probably meant", () => {
    const found = pick(d.rows("datakvalitet"), { fil: "data/stavat/mote.csv", kod: "okant_ord" });
    expect(found.map(({ varde, meddelande }) => [varde, /Menas samverkan\?/.test(String(meddelande))])).toEqual([
      ["samverkn", true],
    ]);
  });
});

describe("an attendance matrix whose blanks nobody explained", () => {
  test.each([
    ["a", [1, "uppnatt", null, 0]],
    // 2 of 2, or 2 to 4 of 4
    ["b", [1, "ej_matbart", "okanda_ord", 0]],
    ["", [1, "ej_matbart", "foljs", 0]],
  ])("bounds the share of part %s by them", (gruppvarde, expected) => {
    expect(verdict("matris", "85", { gruppvarde })).toEqual(expected);
  });
  test("is a finding that asks what a blank means", () => {
    expect(only(d.rows("datakvalitet"), { fil: "data/matris/lista.csv", kod: "tom_i_matris" })).toMatchObject({
      kod: "tom_i_matris",
      allvar: "varning",
    });
  });
});

describe("a credit in a column that nobody reads", () => {
  test("refuses its row, also where it has hours, and says how the column is read", () => {
    expect(only(d.rows("datakvalitet"), { fil: "data/kredit/faktura.csv", kod: "kredit_ej_last" })).toMatchObject({
      rad: 3,
      meddelande:
        "Belopp är tom, men raden har ”400” i en kolumn som inte läses. Är det kredit? Skriv belopp: { debet: Belopp, kredit: Kredit } i pipelinefilen.",
    });
  });
  test("leaves the goal without a verdict and the cost incomplete", () => {
    expect(verdict("kredit", "kr")).toEqual([1000, "ej_matbart", "avvisade_rader", 1]);
    expect(only(d.rows("kostnadsandel"), { insats_id: "kredit", dimension: "forbund" })).toMatchObject({
      belopp_ore: 100_000,
      ofullstandig: 1,
    });
  });
});

describe("trace", () => {
  const traced = async (id: string): Promise<unknown[][]> => {
    const { stdout } = await d.cli(["trace", id, "--out", d.path("out"), "--json"]);
    const { rader } = JSON.parse(stdout) as { rader: Row[] };
    return rader.filter(({ roll }) => roll === "avvisad").map(({ fil, rad, cell, skal }) => [fil, rad, cell, skal]);
  };
  test("lists the refused rows that reach a figure, with what is wrong", async () => {
    expect(await traced("maluppfyllelse/artal/tre///2023-01-01")).toEqual([
      [
        "data/artal/mote.csv",
        10,
        "C10",
        "Datum: ”2023-02-30” finns inte i almanackan. Rätta dagen, månaden eller veckan.",
      ],
    ]);
    expect(await traced("maluppfyllelse/artal/tre///2022-01-01")).toEqual([]);
  });
  test("lists a file that was refused whole", async () => {
    const [row, ...more] = await traced("maluppfyllelse/okand/fem///2023-01-01");
    expect(more).toEqual([]);
    expect(row?.slice(0, 2)).toEqual(["data/okand/diverse.csv", null]);
  });
  test("lists them for costs too", async () => {
    expect((await traced("kostnadsandel_ar/timmar/forbund/fb/2023")).map(([, rad]) => rad)).toEqual([3, 5]);
    expect(await traced("kostnadsandel_ar/timmar/forbund/fb/2024")).toEqual([]);
  });
});

describe("the page of an insats", () => {
  const page = (id: string): string =>
    readFileSync(d.path("out", "rapport", "insats", `${id}.html`), "utf8").replaceAll("\u00a0", " ");
  test("says beside costs that an invoice was refused, and beside the distribution that a person was", () => {
    expect(page("timmar")).toContain("Två rader som kan höra hit har avvisats. Siffrorna är därför inte hela.");
    expect(page("person")).toContain("En rad som kan höra hit har avvisats. Siffrorna är därför inte hela.");
    expect(page("artal")).not.toContain("Siffrorna är därför inte hela");
  });
  test("says of a goal without a verdict what it is without the refused row", () => {
    expect(page("kredit")).toContain(
      "Målet går inte att bedöma: en rad som kan höra hit har avvisats, och den kan ändra utfallet. Utan den: 1 000 kr, högst 95 000 kr krävs.",
    );
  });
});

describe("two pipeline files of one name, in two folders", () => {
  test("do not share their sources: a refused row belongs to the only insats of its own", async () => {
    const own = (id: string, written: string): Record<string, Rows> => ({
      [`${id}/insats.csv`]: [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        [id, id, ...year(2023)],
      ],
      [`${id}/mote.csv`]: [
        ["insats_id", "mote_id", "datum", "motestyp"],
        [id, "m1", "2023-02-01", "samverkan"],
        [written, "m2", "2023-03-01", "samverkan"],
      ],
    });
    const mal = [{ id: "hogst", matt: "antal_moten", per: "hela", villkor: "<= 1" }];
    const d2 = await deliver(
      {
        files: { ...own("i1", "I1"), ...own("i2", "i2") },
        pipelines: Object.fromEntries(
          ["i1", "i2"].map((id) => [`${id}/pipeline.yaml`, { insats: id, kallor: [`../../data/${id}`], mal }]),
        ),
      },
      { pipelines: "*/pipeline.yaml" },
    );
    expect(columns(d2.rows("maluppfyllelse"), "insats_id", "status", "avvisade")).toEqual([
      ["i1", "ej_matbart", 1],
      ["i2", "ej_uppnatt", 0],
    ]);
  }, 60_000);
});

describe("a delivery of several insatser", () => {
  test("gives a refused row to the insats that it names; of a blank one among many it belongs to none", async () => {
    const d2 = folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i1", "I1", ...year(2023)],
          ["i2", "I2", ...year(2023)],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ["i1", "m1", "2023-02-01", "samverkan"],
          ["i2", "m2", "2023-02-01", "samverkan"],
          ["i1", "m3", "2023-02-30", "samverkan"],
          ["", "m4", "2023-02-01", "samverkan"],
        ],
      },
      pipelines: { "i.yaml": { insats: "*", mal: [{ id: "tva", matt: "antal_moten", villkor: ">= 2" }] } },
    });
    const { code } = await d2.cli([
      "run",
      "--pipelines",
      d2.path("pipelines/*.yaml"),
      "--out",
      d2.path("out"),
      "--today",
      "2024-06-01",
    ]);
    const rows = d2.rows("maluppfyllelse").map(({ insats_id: id, status, avvisade }) => [id, status, avvisade]);
    expect(rows).toEqual([
      ["i1", "ej_matbart", 1],
      ["i2", "ej_uppnatt", 0],
    ]);
    expect(code).toBe(1);
    expect(readFileSync(d2.path("out", "rapport", "underlag.html"), "utf8")).toContain(
      "En avvisad rad säger inte vilken insats den hör till, och räknas inte in i någon: data/mote.csv (en rad).",
    );
  }, 60_000);
});
