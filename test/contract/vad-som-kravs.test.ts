/** What must be true, where data bound a goal or a claim and do not settle it. Every figure is worked out by hand. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, deliver, type Folder, type Goal, only, type Rows } from "./delivery.ts";

const many = (count: number, of: (i: number) => Cells): Rows => Array.from({ length: count }, (_, i) => of(i));
/** People who ended, by what they do after; null is unknown. */
const ended = (insats: string, counts: readonly (readonly [number, string | null])[]): Rows =>
  counts.flatMap(([count, word], kind) =>
    many(count, (i) => [insats, `${insats}-${kind}-${i}`, "kvinna", "2022-01-01", "2022-12-31", word]),
  );
const goals = (matt: string, per: string, conditions: Record<string, string>, more: Partial<Goal> = {}): Goal[] =>
  Object.entries(conditions).map(([id, villkor]) => ({ id, matt, per, villkor, ...more }));

const insatser: Record<string, Goal[]> = {
  tva: goals("unika_deltagare", "ar", { sextio: ">= 60", attio: ">= 80", trettio: ">= 30" }),
  tre: goals("unika_deltagare", "ar", { femtio: ">= 50" }),
  planering: goals("antal_moten", "ar", { tva: ">= 2", fyra: ">= 4", fem: ">= 5" }),
  puls: [
    ...goals(
      "antal_moten",
      "hela",
      { fem: ">= 5", "hogst-fyra": "<= 4", sju: ">= 7" },
      { parametrar: { motestyp: "puls" } },
    ),
    { id: "foljs", matt: "antal_moten", per: "termin", parametrar: { motestyp: "puls" } },
  ],
  narvaro: goals(
    "narvaroandel",
    "hela",
    { minst: ">= 85 %" },
    { grupp: "part", rapporterat: { status: "ja", dokument: "r", avsnitt: "1" } },
  ),
  tjugo: goals("narvaroandel", "hela", { minst: ">= 85 %", mer: "> 85 %", alla: ">= 100 %" }),
  okand: goals("andel_till_arbete_eller_studier", "hela", {
    minst: ">= 60 %",
    hogst: "<= 30 %",
    mellan: "40..60 %",
    lagt: ">= 15 %",
    hogt: ">= 95 %",
  }),
  fa: goals("andel_till_arbete_eller_studier", "hela", { nas: ">= 50 %", oppet: ">= 55 %" }),
  dold: goals(
    "andel_till_arbete_eller_studier",
    "hela",
    { minst: ">= 50 %" },
    { rapporterat: { status: "ja", dokument: "r", avsnitt: "1" } },
  ),
  avvisad: goals("antal_moten", "hela", { tva: ">= 2", ett: ">= 1" }),
  andelar: [],
};
const claim = (insats: string, id: string, formel: string | null, varde: string | null, text = id): Cells => [
  ...[insats, id, text, null, null, formel, null, null, varde],
  ...["r", "1"],
];
const measured = (insats: string, id: string, matt: string, parametrar: string | null, varde: string): Cells => [
  ...[insats, id, id, matt, parametrar, null, "2022-01-01", "2023-12-31", varde],
  ...["r", "1"],
];

let d: Folder;
beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ...Object.keys(insatser).map((id): Cells => [id, id, id === "tre" ? "2021-01-01" : "2022-01-01", "2023-12-31"]),
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["narvaro", "a", "Af", "arbetsformedlingen"],
        ["narvaro", "k", "Kommunen", "kommun"],
        ["tjugo", "a", "Af", "arbetsformedlingen"],
      ],
      "deltagarantal.csv": [
        ["insats_id", "fran", "till", "slag", "totalt"],
        ["tva", "2022-01-01", "2023-12-31", "deltagare", 73],
        ["tre", "2021-01-01", "2023-12-31", "deltagare", 90],
      ],
      "moteantal.csv": [
        ["insats_id", "motestyp", "fran", "till", "antal"],
        ["planering", "planering", "2022-01-01", "2023-12-31", "4,5"],
        ["narvaro", "samverkan", "2022-01-01", "2023-12-31", 28],
        ["narvaro", "planering", "2022-01-01", "2023-12-31", "4,5"],
        ["tjugo", "samverkan", "2022-01-01", "2023-12-31", 20],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "status"],
        ["puls", "1", "2022-03-23", "puls", "planerat"],
        ["puls", "2", "2022-05-04", "puls", "planerat"],
        ["puls", "3", "2022-06-01", "puls", "genomfort"],
        ["puls", "4", "2022-06-29", "puls", "planerat"],
        ["puls", "5", "2022-08-24", "puls", "planerat"],
        ["puls", "6", "2022-09-07", "puls", "genomfort"],
        ["avvisad", "1", "2022-03-01", "puls", "genomfort"],
        ["avvisad", "2", "2022-02-31", "puls", "genomfort"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "sysselsattning_slut"],
        ...ended("okand", [
          [20, "arbete"],
          [10, "arbetssökande"],
          [70, null],
        ]),
        ...ended("fa", [
          [15, "arbete"],
          [12, "arbetssökande"],
          [3, null],
        ]),
        ...ended("dold", [
          [2, "arbete"],
          [8, "arbetssökande"],
          [10, null],
        ]),
      ],
      "utsaga.csv": [
        [
          "insats_id",
          "utsaga_id",
          "text",
          "matt",
          "parametrar",
          "formel",
          "fran",
          "till",
          "varde",
          "dokument",
          "avsnitt",
        ],
        measured("puls", "hallna-sex", "antal_moten", "{motestyp: puls}", "6"),
        measured("puls", "hallna-minst-fyra", "antal_moten", "{motestyp: puls}", "minst 4"),
        measured("puls", "hallna-sju", "antal_moten", "{motestyp: puls}", "7"),
        measured("puls", "hallna-minst-tva", "antal_moten", "{motestyp: puls}", "minst 2"),
        measured("avvisad", "tva-moten", "antal_moten", "{motestyp: puls}", "2"),
        measured("okand", "andel", "andel_till_arbete_eller_studier", null, "66,7 %"),
        measured("narvaro", "av-kallade", "narvaroandel", null, "85 %"),
        measured("tjugo", "av-tjugo", "narvaroandel", null, "84 %"),
        claim("andelar", "aktiviteter", null, "127"),
        claim("andelar", "delen", null, null),
        claim("andelar", "gar", "[delen] / [aktiviteter]", "42,5 %"),
        claim("andelar", "gar-inte", "[delen] / [aktiviteter]", "40,5 %"),
        claim("andelar", "femtiotva", null, "52"),
        claim("andelar", "annat-antal", "[femtiotva] / [aktiviteter]", "42,5 %"),
        claim("andelar", "ratt", "[femtiotva] / [aktiviteter]", "40,9 %"),
        claim("andelar", "tre", null, "3"),
        claim("andelar", "hugget", "[delen] / [tre]", "66 %"),
        claim("andelar", "cirka", "[delen] / [aktiviteter]", "cirka 40 %"),
        claim("andelar", "svarande", null, null),
        claim("andelar", "ja", "[delen] / [svarande]", "33 %"),
        claim("andelar", "nej", "[delen] / [svarande]", "17 %"),
        claim("andelar", "hogst-tolv", null, "högst 12"),
        claim("andelar", "tredjedel", "[delen] / [hogst-tolv]", "33 %"),
        claim("andelar", "fyrtio", "[delen] / [hogst-tolv]", "40 %"),
        claim("andelar", "cirka-sextio", null, "cirka 60"),
        claim("andelar", "kvinnor", "[delen] / [cirka-sextio]", "60,3 %", "Andelen ena"),
        claim("andelar", "man", "[delen] / [cirka-sextio]", "39,7 %", "Andelen andra"),
        claim("andelar", "pengar", null, "500 tkr"),
        claim("andelar", "av-pengar", "[delen] / [pengar]", "33,3 %"),
        claim("andelar", "tolv", null, "12", "Antal deltagare"),
        claim("andelar", "fa-deltagare", "[delen] / [tolv]", "25 %", "Andelen deltagare som fullföljde"),
      ],
    },
    pipelines: Object.fromEntries(Object.entries(insatser).map(([id, mal]) => [`${id}.yaml`, { insats: id, mal }])),
  });
}, 60_000);

const plain = (text: unknown): string => String(text).replaceAll("\u00a0", " ");
const page = (path: string): string => plain(readFileSync(d.path("out", "rapport", path), "utf8"));
const krav = (insats: string, mal: string): string | null => {
  const { krav: said } = only(d.rows("malsammanfattning"), { insats_id: insats, mal_id: mal });
  return said === null ? null : plain(said);
};
const tried = (id: string): [unknown, string] => {
  const { utfall, forklaring } = only(d.rows("utsagekontroll"), { utsaga_id: id });
  return [utfall, plain(forklaring)];
};

describe("one number of persons for several years", () => {
  test("73 over two years and 60 a year: 60 + 60 − 73 = 47 must be counted in both", () => {
    expect(krav("tva", "sextio")).toBe(
      "Målet är nått båda åren bara om minst 47 av 73 räknas båda åren (60 + 60 − 73 = 47) och varje år har minst 60.",
    );
  });
  test("80 a year are more than all 73", () => {
    expect(krav("tva", "attio")).toBe("Målet kan inte vara nått båda åren, hur många som än räknas flera gånger.");
  });
  test("30 a year: 60 are fewer than 73, but they may all be in one year", () => {
    expect(krav("tva", "trettio")).toBe(
      "Hur 73 fördelar sig på två år är inte känt: målet är nått båda åren bara om varje år har minst 30.",
    );
  });
  test("90 over three years and 50 a year: 3 × 50 − 90 = 60 times more", () => {
    expect(krav("tre", "femtio")).toBe(
      "Målet är nått alla tre åren bara om de 90 räknas minst 60 gånger till, i fler än en period (50 + 50 + 50 − 90 = 60), och varje år har minst 50.",
    );
  });
});

describe("one number of möten for several years", () => {
  test.each([
    ["tva", "målet är nått båda åren bara om varje år har minst 2."],
    ["fyra", "det räcker till målet för högst ett av dem."],
    ["fem", "det räcker till målet för inget av dem."],
  ])("4,5 over two years, and %s a year: %s", (mal, text) => {
    expect(krav("planering", mal)).toBe(`Hur 4,5 fördelar sig på två år är inte känt: ${text}`);
  });
});

describe("möten of which nobody says whether they were held: 2 were, 4 may have been", () => {
  const counts = " Det som räknas är möten som har hållits inom insatsens tid.";
  test.each([
    ["fem", "målet är nått om minst 3 av de okända räknas"],
    ["hogst-fyra", "målet är nått om högst 2 av de okända räknas"],
    ["sju", "målet är inte nått vad de än är"],
  ])("%s: %s", (mal, text) => {
    expect(krav("puls", mal)).toBe(`4 är okända; värdet ligger mellan 2 och 6, och ${text}.${counts}`);
  });
  test("a goal without a number: between which ends each period and all lie", () => {
    expect(krav("puls", "foljs")).toBe(
      `2022-01-01–2022-06-30: 3 är okända; värdet ligger mellan 1 och 4. 2022-07-01–2022-12-31: 1 är okänt; värdet ligger mellan 1 och 2. Tillsammans mellan 2 och 6.${counts}`,
    );
  });
  test("a claim holds if so many of them were, or whatever they were, or never", () => {
    const cannot = "Går inte att pröva: 4 är okända; värdet ligger mellan 2 och 6.";
    expect([tried("hallna-sex"), tried("hallna-minst-fyra")]).toEqual([
      ["ej_matbart", `${cannot} Uppgiften stämmer om 4 av dem räknas.`],
      ["ej_matbart", `${cannot} Uppgiften stämmer om 2–4 av dem räknas.`],
    ]);
    expect([tried("hallna-sju")[0], tried("hallna-minst-tva")[0]]).toEqual(["avviker", "stammer"]);
  });
});

describe("attendance that nobody counted, where the möten are", () => {
  test("28 möten and at least 85 %: 23,8 must be attended, so 4 may be missed; of 32,5 (27,6) too", () => {
    expect(krav("narvaro", "minst")).toBe(
      "Af och Kommunen: kallades parten till 28 möten (samverkan) är målet nått om den missade högst 4 av 28; till alla 32,5, högst 4 av 32,5.",
    );
  });
  test("the report's own answer is shown with it", () => {
    expect(plain(only(d.rows("utsagekontroll"), { insats_id: "narvaro", utsaga_id: "minst" }).forklaring)).toContain(
      "högst 4 av 28",
    );
  });
  test.each([
    ["minst", "högst 3 av 20"],
    ["mer", "högst 2 av 20"],
    ["alla", "ingen av 20"],
  ])("20 möten, %s: %s", (mal, text) => {
    expect(krav("tjugo", mal)).toBe(`Kallades parten till 20 möten (samverkan) är målet nått om den missade ${text}.`);
  });
  test("a printed share of them is a whole number of calls, or none is", () => {
    const cannot = "Går inte att pröva: närvaroandel: underlag saknas.";
    // Two parts at 28 möten are 56 calls, of which 47,6 are 85 %.
    expect(tried("av-kallade")[1]).toBe(
      `${cannot} Kallades båda parterna till 28 möten (samverkan): 85 % är 48 av 56 (85,71 %), avhugget och inte avrundat.`,
    );
    expect(tried("av-tjugo")[1]).toBe(
      `${cannot} Kallades parten till 20 möten (samverkan): 84 % är inget helt antal av 20: 16 är 80 % och 17 är 85 %.`,
    );
  });
});

describe("outcomes that nobody knows: 20 of 30 known are good, of 100 who ended", () => {
  test.each([
    ["minst", "målet nått om minst 40 av de okända räknas"],
    ["hogst", "målet nått om högst 10 av de okända räknas"],
    ["mellan", "målet nått om 20–40 av de okända räknas"],
    ["lagt", "målet nått vad de än är"],
    ["hogt", "målet inte nått vad de än är"],
  ])("%s: %s", (mal, text) => {
    expect(krav("okand", mal)).toBe(
      `70 av 100 är okända; värdet ligger mellan 20 % och 90 %, och räknat på alla 100 är ${text}.`,
    );
  });
  test("a claim of the known says between which ends it lies", () => {
    expect(tried("andel")).toEqual([
      "avrundning",
      "Underlaget ger 66,67 %. Det är 66,7 % avrundat till rapportens noggrannhet. 70 av 100 är okända; värdet ligger mellan 20 % och 90 %.",
    ]);
  });
});

describe("a row that was refused: 1 möte was held, and perhaps another", () => {
  test("the goal that it could decide says between which ends it lies, and so does the claim", () => {
    expect([krav("avvisad", "tva"), krav("avvisad", "ett")]).toEqual(["Värdet ligger mellan 1 och 2.", null]);
    expect(tried("tva-moten")[0]).toBe("ej_matbart");
    expect(tried("tva-moten")[1]).toMatch(/ Värdet ligger mellan 1 och 2\.$/);
  });
});

describe("few persons are never counted aloud", () => {
  test("3 unknown of 30: 15 good are half of all; 55 % they may decide", () => {
    expect([krav("fa", "nas"), krav("fa", "oppet")]).toEqual([
      "Några få är okända, men målet är nått vad de än är.",
      "Några få är okända.",
    ]);
  });
  test("what is hidden keeps the neutral sentence: 2 of 10 are good", () => {
    expect(krav("dold", "minst")).toContain("10 av 20 är okända");
    expect(page("insats/okand.html")).toContain("70 av 100 är okända");
    for (const shown of [page("insats/dold.html"), page("utsagekontroll.html")]) {
      expect(shown).not.toMatch(/av 20 är okända/);
      expect(shown).toContain("Underlaget är för litet för att visas.");
    }
  });
  test("25 % of 12 deltagare are 3: said inside, hidden outside", () => {
    expect(tried("fa-deltagare")[1]).toContain("25 % är 3 av 12.");
    expect(page("utsagekontroll.html")).toContain("42,5 % är 54 av 127.");
    expect(page("utsagekontroll.html")).not.toContain("av 12.");
  });
});

describe("whether printed shares are possible", () => {
  const said = (id: string): string => tried(id)[1].replace("Går inte att pröva: delen anges inte.", "").trim();
  test.each([
    ["gar", "42,5 % är 54 av 127."],
    ["gar-inte", "40,5 % är inget helt antal av 127: 51 är 40,16 % och 52 är 40,94 %."],
    ["hugget", "66 % är 2 av 3 (66,67 %), avhugget och inte avrundat."],
  ])("of a known whole, %s: %s", (id, text) => {
    expect(said(id)).toBe(text);
  });
  test("a share that does not hold is what another number is", () => {
    expect(tried("annat-antal")).toEqual([
      "avviker",
      "Uppgiften är 42,5 %. Underlaget ger 52 / 127 = 40,94 %. 42,5 % är 54 av 127.",
    ]);
  });
  test("what holds, what is printed with a word and what is of an amount is not tried", () => {
    expect(tried("ratt")[1]).toBe(
      "Underlaget ger 52 / 127 = 40,94 %. Det är 40,9 % avrundat till rapportens noggrannhet.",
    );
    expect([said("cirka"), said("av-pengar")]).toEqual(["", ""]);
  });
  test("33 % and 17 % of a whole that nobody states: sixths first", () => {
    const [text] = ["ja", "nej"].map(said);
    expect(text).toMatch(
      /^De två andelarna av samma helhet går ihop i hela antal om helheten är 6, 12, 18, 24, 30, 36, /,
    );
    expect(text).toMatch(/ eller minst 100\.$/);
    expect(said("nej")).toBe(text);
  });
  test("33 % and 40 % are of no whole up to 12: thirds and fifths first meet in 15", () => {
    expect([said("tredjedel"), said("fyrtio")]).toEqual(
      Array(2).fill(
        "De två andelarna av samma helhet går inte ihop i hela antal: ingen helhet 1–12 ger det som är tryckt.",
      ),
    );
  });
  test("60,3 % and 39,7 % of about 60 (55–65): 35 and 23 of 58, or 38 and 25 of 63", () => {
    expect(said("kvinnor")).toBe("De två andelarna av samma helhet går ihop i hela antal om helheten är 58 eller 63.");
  });
});
