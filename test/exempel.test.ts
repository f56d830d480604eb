/**
 * The invented example, held to what the data contract says of it. The goldens have only columns and rows that were
 * worked out a second time, by hand or by a script of its own, from the CSV files and the contract's text.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunSummary } from "../src/batch.ts";
import { measures } from "../src/schema/measures.ts";
import type { ResultName, Row } from "../src/schema/results.ts";
import { expectGoldenRows } from "./golden.ts";
import { shippedRun } from "./shipped.ts";

let out = "";
let summary: RunSummary;
beforeAll(async () => {
  ({ out, summary } = await shippedRun("exempel"));
});

const rows = <N extends ResultName>(name: N): Row<N>[] =>
  JSON.parse(readFileSync(join(out, "internt", `${name}.json`), "utf8")) as Row<N>[];
const find = <N extends ResultName>(name: N, key: string): Row<N> => {
  const row = rows(name).find(({ resultat_id: id }) => id === `${name}/${key}`);
  if (!row) throw new Error(`no row ${name}/${key}`);
  return row;
};
const team = "exempel-samverkansteam";
const vag = "exempel-arbetsvagen";
const hus = "exempel-oppet-hus";

/** The columns that were worked out independently; the rest of a row follows from them or is text. */
const audited = {
  maluppfyllelse: [
    "till",
    "forbund_id",
    "finansiarer",
    "part_id",
    "upplosning",
    "taljare",
    "namnare",
    "tackningsgrad",
    "varde",
    "malvarde",
    "status",
    "skal",
    "rapporterat",
    "avviker",
  ],
  malsammanfattning: ["status", "rader", "uppnatt", "ej_uppnatt", "ej_matbart", "rapporterat", "avviker"],
  kostnadsandel: ["belopp_ore", "andel", "andel_procent", "avtalad_andel", "avvikelse_ore", "timmar", "kr_per_timme"],
  kostnadsandel_ar: [
    "belopp_ore",
    "andel",
    "andel_procent",
    "avtalad_andel",
    "avvikelse_ore",
    "timmar",
    "kr_per_timme",
  ],
  budgetutfall: [
    "status",
    "budget_ore",
    "omraknad_ore",
    "utfall_ore",
    "avvikelse_ore",
    "avvikelse_procent",
    "kraver_forklaring",
  ],
  konsfordelning: ["fran", "till", "kvinnor", "man", "okant", "totalt", "andel_kvinnor"],
  utsagekontroll: ["rapporterat_varde", "beraknat_varde", "utfall"],
} as const satisfies { readonly [N in ResultName]?: readonly (keyof Row<N>)[] };

describe("every result of the example is as worked out from the contract", () => {
  test.each(Object.entries(audited))("%s", (name, columns) => {
    const cellsOf = (row: Row<ResultName>): [string, string | number | boolean | null][] => {
      const cells = new Map(Object.entries(row));
      return ["resultat_id", ...columns].map((column) => [column, cells.get(column) ?? null]);
    };
    expectGoldenRows(
      `exempel/${name}.csv`,
      rows(name as ResultName).map((row) => Object.fromEntries(cellsOf(row))),
    );
  });
});

describe("the delivery", () => {
  test("loads whole, is marked as invented, and has three warnings", () => {
    expect([summary.rejected, summary.rows.avvisade, summary.exempel]).toEqual([false, 0, true]);
    expect(rows("datakvalitet").map(({ kod }) => kod)).toEqual(
      expect.arrayContaining(["nyckel_ej_hundra", "mote_utanfor_insats", "narvaro_utan_kallelse"]),
    );
  });
  test("gives every measure something to measure", () => {
    const measured = new Set(
      rows("maluppfyllelse")
        .filter(({ varde }) => varde !== null)
        .map(({ matt }) => matt),
    );
    expect([...measures.keys()].filter((name) => !measured.has(name))).toEqual([]);
  });
  test("has goals for every kind of window", () => {
    const kinds = new Set(rows("maluppfyllelse").map(({ upplosning }) => upplosning));
    expect([...kinds].sort()).toEqual(
      ["ar", "hela", "insatsar", "kvartal", "manad", "mote", "sammanslagen", "termin", "tertial"].sort(),
    );
  });
});

describe("deltagare", () => {
  test("27 rows − 1 felregistrering = 26 deltaganden; D-014 takes part twice: 25 persons", () => {
    expect(find("konsfordelning", team).totalt).toBe(26);
    expect(find("maluppfyllelse", `${team}/unika-deltagare///2023-09-18`).taljare).toBe(25);
  });
  test("14 women of 14 + 10 = 24; two of unknown kön are left out: coverage 24 / 26", () => {
    expect(find("maluppfyllelse", `${team}/andel-kvinnor///2023-09-18`)).toMatchObject({
      taljare: 14,
      namnare: 24,
      varde: 14 / 24,
      tackningsgrad: 24 / 26,
      status: "uppnatt",
    });
  });
  test("18 a year is 18 also in 18 Sep–31 Dec 2023, and 8 take part: who is there does not grow with the days", () => {
    expect(find("maluppfyllelse", `${team}/deltaganden-per-ar///2023-09-18`)).toMatchObject({
      taljare: 8,
      malvarde: 18,
      status: "ej_uppnatt",
    });
  });
  test("4 per tertial stays 4 with delperiod hel, and is 4 · 105 / 122 = 3,44 without", () => {
    expect(find("maluppfyllelse", `${team}/nya-per-tertial-hela-talet///2023-09-18`).malvarde).toBe(4);
    expect(find("maluppfyllelse", `${team}/nya-per-tertial///2023-09-18`).malvarde).toBe((4 * 105) / 122);
  });
  test("six have ended in 2026 by October: the open window already meets >= 6", () => {
    expect(find("maluppfyllelse", `${vag}/avslutade-per-ar///2026-01-01`)).toMatchObject({
      till: "2026-12-31",
      taljare: 6,
      status: "uppnatt",
    });
  });
});

describe("möten", () => {
  test("an insats that starts on 29 Feb 2024 has insatsår from 28 Feb 2025 and 28 Feb 2026", () => {
    const own = rows("maluppfyllelse").filter(
      ({ insats_id: insats, mal_id: mal }) => insats === vag && mal === "individer-per-insatsar",
    );
    expect(own.map(({ fran, till }) => `${fran}–${till}`)).toEqual([
      "2024-02-29–2025-02-27",
      "2025-02-28–2026-02-27",
      "2026-02-28–2027-02-27",
    ]);
  });
  test("the second insatsår is cut on 31 Aug: 9 · 348 / 365 = 8,58, and 10 were raised", () => {
    expect(find("maluppfyllelse", `${team}/individer-per-insatsar///2024-09-18`)).toMatchObject({
      taljare: 10,
      malvarde: (9 * 348) / 365,
      status: "uppnatt",
    });
  });
  test("AF came to 11 of 14 meetings it was called to: 78,6 %; the one after the insats is not among them", () => {
    expect(find("maluppfyllelse", `${team}/narvaro/part/af/2023-09-18`)).toMatchObject({ taljare: 11, namnare: 14 });
  });
  test("the vårdcentral came to 6 of 8, and the once it came uncalled is in neither number", () => {
    expect(find("maluppfyllelse", `${team}/narvaro/part/vardcentral/2023-09-18`)).toMatchObject({
      taljare: 6,
      namnare: 8,
    });
  });
  test("April 2025 has 0 held and 1 still planned, 0 < 1 ≤ 0 + 1: not judged", () => {
    expect(find("maluppfyllelse", `${team}/samverkansmoten-per-manad///2025-04-01`)).toMatchObject({
      taljare: 0,
      status: "ej_matbart",
      skal: "saknas",
    });
  });
});

describe("pengar", () => {
  test("45 000,01 kr over 91 days: 31 in 2023 are 15 329,67, 60 in 2024 the other 29 670,34", () => {
    expect(find("kostnadsandel_ar", `${team}/part/af/2023`).belopp_ore).toBe(1_532_967);
    expect(1_532_967 + 2_967_034).toBe(4_500_001);
  });
  test("55 % and 44 % make 99: norr is to pay 55 / 99 of 2024", () => {
    expect(find("kostnadsandel_ar", `${team}/forbund/exempel-norr/2024`).avtalad_andel).toBeCloseTo(55 / 99, 12);
  });
  test("öster agreed to 10 % of the 485 176,98 kr of 2025 and paid nothing: −48 517,70 kr", () => {
    expect(find("kostnadsandel_ar", `${team}/forbund/exempel-oster/2025`)).toMatchObject({
      belopp_ore: 0,
      avvikelse_ore: -4_851_770,
    });
  });
  test("the deviations from the agreed shares sum to 0, and the percentages to 100,0", () => {
    const own = rows("kostnadsandel").filter((row) => row.insats_id === team && row.dimension === "forbund");
    expect(own.reduce((sum, row) => sum + (row.avvikelse_ore ?? 0), 0)).toBe(0);
    expect(own.reduce((sum, row) => sum + Math.round((row.andel_procent ?? 0) * 10), 0)).toBe(1000);
  });
  test("the koordinator is 12 · 52 300 = 627 600 kr in 2024, where the budget says 672 600", () => {
    expect(find("budgetutfall", `${team}/2024/Koordinator`)).toMatchObject({
      budget_ore: 67_260_000,
      omraknad_ore: 62_760_000,
    });
  });
  test("to 30 August is eight whole months: 8 · 52 300 = 418 400 kr", () => {
    expect(find("budgetutfall", `${team}/2025/Koordinator`).omraknad_ore).toBe(41_840_000);
  });
  test("33 500 · 1,4627 · 0,5 · 12 = 294 002,70 kr is the reading to 31 December that the budget has", () => {
    expect(find("budgetutfall", `${team}/2024/Handläggare AF`)).toMatchObject({
      budget_ore: 29_400_270,
      omraknad_ore: 29_400_270,
    });
  });
  test("a line that starts on 31 May splits May: (4 + 30/31) · 11 250 + (1/31 + 6 + 15/31) · 9 800 = 119 745,16 kr", () => {
    const first = Math.round((4 + 30 / 31) * 1_125_000);
    const second = Math.round((1 / 31 + 6 + 15 / 31) * 980_000);
    expect(find("budgetutfall", `${team}/2024/Handläggare FK`).omraknad_ore).toBe(first + second);
    expect(first + second).toBe(11_974_516);
  });
  test("10,0 % over needs no explanation, 10,00002 % does, and so does cost without budget", () => {
    expect(find("budgetutfall", `${team}/2024/Övrigt`)).toMatchObject({
      avvikelse_procent: 10,
      kraver_forklaring: false,
    });
    expect(find("budgetutfall", `${team}/2025/Lokaler`)).toMatchObject({
      avvikelse_ore: 640_001,
      kraver_forklaring: true,
    });
    expect(find("budgetutfall", `${team}/2024/Utbildning`)).toMatchObject({
      budget_ore: null,
      kraver_forklaring: true,
    });
  });
  test("nothing invoiced yet in 2027 is unknown; nothing on Lokaler in 2023 is 0", () => {
    expect(find("budgetutfall", `${vag}/2027/Samordnare`).utfall_ore).toBe(null);
    expect(find("budgetutfall", `${team}/2023/Lokaler`).utfall_ore).toBe(0);
  });
});

describe("antal utan personer", () => {
  test("70 avslut in one row for two years, 2 · 36 = 72 wanted: not met, and nobody is assumed counted once", () => {
    expect(find("maluppfyllelse", `${hus}/avslut-per-ar///2024-01-01`)).toMatchObject({
      till: "2025-12-31",
      upplosning: "sammanslagen",
      taljare: 70,
      malvarde: 72,
      status: "ej_uppnatt",
      skal: null,
    });
  });
  test("41 and 37 in two halves are no number for 2025", () => {
    expect(find("maluppfyllelse", `${hus}/besokare-per-ar///2025-01-01`)).toMatchObject({
      taljare: null,
      skal: "ej_summerbart",
    });
  });
  test("15 + 11 + 8 + 15 = 49 new in 2024; three quarters of 2025 are no year", () => {
    expect(find("maluppfyllelse", `${hus}/nya-per-ar///2024-01-01`).taljare).toBe(49);
    expect(find("maluppfyllelse", `${hus}/nya-per-ar///2025-01-01`).skal).toBe("saknas");
  });
});

describe("utsagor", () => {
  test.each([
    ["deltagare-summa", "stammer", "14 + 10 + 2 = 26"],
    ["andel-kvinnor-tabell", "avrundning", "14 / 26 = 53,846 → 53,8"],
    ["andel-kvinnor-text", "avhugget", "14 / 26 = 53,846, cut off to 53"],
    ["andel-kvinnor-intervall", "stammer", "58,3 is in 50–60"],
    ["insatstid", "avviker", "18 Sep 2023–31 Aug 2025 is 23 whole months, not 24"],
    ["insatsdagar", "stammer", "18 Sep 2023 + 713 days = 31 Aug 2025"],
    ["budget-2024", "avviker", "672 600 + 294 002,70 + 120 000 + 96 000 + 50 000 = 1 232 602,70, not 1 187 602,70"],
    ["koordinator-2024", "avviker", "52 300 · 12 = 627 600, not 672 600"],
    ["samverkansmoten-2024", "avviker", "five were held, the sixth was cancelled"],
    ["uppgift-saknas", "ej_matbart", "the annex is not delivered"],
  ])("%s: %s, for %s", (id, utfall) => {
    expect(find("utsagekontroll", `${team}/${id}`).utfall).toBe(utfall);
  });
  test("the budget's error is the koordinator's: 1 187 602,70 − 1 232 602,70 = 627 600 − 672 600", () => {
    expect(find("utsagekontroll", `${team}/budget-2024`).differens).toBe(-45_000);
  });
});
