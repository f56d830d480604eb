import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

const pers = ["manad", "kvartal", "tertial", "termin", "ar", "insatsar", "hela"];

let d: Folder;
const windows = (insats_id: string, mal_id: string): Row[] => pick(d.rows("maluppfyllelse"), { insats_id, mal_id });
const dates = (insats_id: string, mal_id: string): string[] =>
  windows(insats_id, mal_id).map((row) => `${row.fran}..${row.till}`);
const one = (insats_id: string, mal_id: string, fran?: string): Row =>
  only(windows(insats_id, mal_id), fran === undefined ? {} : { fran });

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["mitt", "Mitt i", "2019-03-15", "2021-02-10"],
        ["skott", "Skottdag", "2020-02-29", "2024-03-15"],
        ["halva", "Halva skottåret", "2020-07-01", "2020-12-31"],
        ["nastan", "Nästan", "2020-07-01", "2020-12-31"],
        ["pagar", "Pågår", "2023-11-15", null],
        ["rapport", "Rapporterad till", "2023-11-15", null],
        ["ostart", "Utan start", null, "2024-03-31"],
        ["oppen", "Öppen", "2024-07-01", "2025-12-31"],
        ["idag", "Slutar i dag", "2024-12-31", "2025-01-01"],
        ["igar", "Slutade i går", "2024-12-01", "2024-12-31"],
        ["pengar", "Pengar", "2019-03-15", "2021-02-10"],
        ["plan", "Planerat", "2023-01-01", "2023-12-31"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "status"],
        ["mitt", 1, "2019-03-15", "puls", null],
        ["mitt", 2, "2019-03-14", "puls", null],
        ["mitt", 3, "2021-02-10", "puls", null],
        ["mitt", 4, "2021-02-11", "puls", null],
        ["mitt", 5, "2020-02-29", "puls", null],
        ["skott", 1, "2021-02-27", "puls", null],
        ["skott", 2, "2021-02-28", "puls", null],
        ["skott", 3, "2024-02-28", "puls", null],
        ["skott", 4, "2024-02-29", "puls", null],
        ["pagar", 1, "2023-12-24", "puls", null],
        ["pagar", 2, "2024-02-10", "puls", null],
        ["rapport", 1, "2024-02-10", "puls", null],
        ["ostart", 1, "2024-01-20", "puls", null],
        ["ostart", 2, "2024-03-20", "puls", null],
        ["oppen", 1, "2024-08-01", "puls", null],
        ["oppen", 2, "2024-09-01", "puls", null],
        ["idag", 1, "2024-12-31", "puls", null],
        ["igar", 1, "2024-12-31", "puls", null],
        ["plan", 1, "2023-02-01", "puls", "genomfort"],
        ["plan", 2, "2023-03-01", "puls", "planerat"],
        ["plan", 3, "2023-04-01", "puls", "installt"],
        ["plan", 4, "2023-05-01", "styrgrupp", "planerat"],
      ],
      "moteantal.csv": [
        ["insats_id", "motestyp", "fran", "till", "antal"],
        ["halva", "puls", "2020-07-01", "2020-12-31", "184"],
        ["nastan", "puls", "2020-07-01", "2020-12-31", "183,99"],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
        ["pengar", 1, "f", "2018-12-01", "2018-12-31", "1 kr"],
        ["pengar", 2, "f", "2019-01-01", "2019-01-31", "10 kr"],
        ["pengar", 3, "f", "2020-06-01", "2020-06-30", "100 kr"],
        ["pengar", 4, "f", "2021-03-01", "2021-03-31", "1 000 kr"],
        ["pengar", 5, "f", "2022-03-01", "2022-03-31", "10 000 kr"],
      ],
    },
    pipelines: {
      "alla.yaml": {
        insats: ["mitt", "skott", "pagar", "ostart"],
        mal: pers.map((per) => ({ id: per, matt: "antal_moten", per, villkor: ">= 12" })),
      },
      "hel.yaml": {
        insats: ["halva", "nastan"],
        mal: [
          { id: "delad", matt: "antal_moten", parametrar: { motestyp: "puls" }, per: "ar", villkor: ">= 366" },
          {
            id: "hel",
            matt: "antal_moten",
            parametrar: { motestyp: "puls" },
            per: "ar",
            villkor: ">= 366",
            delperiod: "hel",
          },
        ],
      },
      "rapport.yaml": {
        insats: "rapport",
        rapporterat_till: "2024-04-05",
        mal: pers.map((per) => ({ id: per, matt: "antal_moten", per, villkor: ">= 12" })),
      },
      "oppna.yaml": {
        insats: ["oppen", "idag", "igar"],
        mal: [
          { id: "minst-1", matt: "antal_moten", per: "hela", villkor: ">= 1" },
          { id: "minst-9", matt: "antal_moten", per: "hela", villkor: ">= 9" },
          { id: "hogst-9", matt: "antal_moten", per: "hela", villkor: "<= 9" },
          { id: "per-kvartal", matt: "antal_moten", per: "kvartal", villkor: ">= 1" },
          { id: "andel", matt: "narvaroandel", per: "hela", villkor: ">= 1 %" },
        ],
      },
      "pengar.yaml": {
        insats: "pengar",
        mal: pers.map((per) => ({ id: per, matt: "fakturerat_belopp", per, villkor: "<= 12 kr" })),
      },
      "plan.yaml": {
        insats: "plan",
        mal: [
          ...[1, 2, 3].map((n) => ({
            id: `minst-${n}`,
            matt: "antal_moten",
            per: "hela",
            villkor: `>= ${n}`,
            parametrar: { motestyp: "puls" },
          })),
        ],
      },
    },
  });
}, 60_000);

describe("windows", () => {
  test.each([
    ["kvartal", 9, "2019-03-15..2019-03-31", "2021-01-01..2021-02-10"],
    ["tertial", 7, "2019-03-15..2019-04-30", "2021-01-01..2021-02-10"],
    ["termin", 5, "2019-03-15..2019-06-30", "2021-01-01..2021-02-10"],
    ["ar", 3, "2019-03-15..2019-12-31", "2021-01-01..2021-02-10"],
    ["insatsar", 2, "2019-03-15..2020-03-14", "2020-03-15..2021-02-10"],
    ["hela", 1, "2019-03-15..2021-02-10", "2019-03-15..2021-02-10"],
    ["manad", 24, "2019-03-15..2019-03-31", "2021-02-01..2021-02-10"],
  ])("%s: %i windows, the first and the last clipped to the insats", (per, n, first, last) => {
    const made = dates("mitt", per);
    expect(made).toHaveLength(n);
    expect(made[0]).toBe(first);
    expect(made.at(-1)).toBe(last);
  });

  test("the months of a leap year end on 29 February", () => {
    expect(dates("mitt", "manad")).toContain("2020-02-01..2020-02-29");
  });

  test("an insatsår starts 12·k months after the original date, also from 29 February", () => {
    expect(dates("skott", "insatsar")).toEqual([
      "2020-02-29..2021-02-27",
      "2021-02-28..2022-02-27",
      "2022-02-28..2023-02-27",
      "2023-02-28..2024-02-28",
      "2024-02-29..2024-03-15",
    ]);
    expect(windows("skott", "insatsar").map((row) => row.taljare)).toEqual([1, 1, 0, 1, 1]);
  });

  test("tertial and termin cut the year in three and in two", () => {
    expect(dates("mitt", "tertial").slice(2, 5)).toEqual([
      "2019-09-01..2019-12-31",
      "2020-01-01..2020-04-30",
      "2020-05-01..2020-08-31",
    ]);
    expect(dates("mitt", "termin").slice(1, 3)).toEqual(["2019-07-01..2019-12-31", "2020-01-01..2020-06-30"]);
  });

  test("the first and the last day of the insats count, the days outside do not and are findings", () => {
    expect(one("mitt", "hela").taljare).toBe(3);
    const findings = d.rows("datakvalitet").filter((row) => String(row.fil).endsWith("mote.csv"));
    expect(findings.map((row) => row.rad)).toEqual(expect.arrayContaining([3, 5]));
  });

  test("an ongoing insats has windows up to the one that holds its latest date, which is whole", () => {
    expect(dates("pagar", "manad")).toEqual([
      "2023-11-15..2023-11-30",
      "2023-12-01..2023-12-31",
      "2024-01-01..2024-01-31",
      "2024-02-01..2024-02-29",
    ]);
    expect(dates("pagar", "ar")).toEqual(["2023-11-15..2023-12-31", "2024-01-01..2024-12-31"]);
    expect(dates("pagar", "insatsar")).toEqual(["2023-11-15..2024-11-14"]);
  });

  test("hela of an ongoing insats ends at its latest date", () => {
    expect(dates("pagar", "hela")).toEqual(["2023-11-15..2024-02-10"]);
  });

  test("rapporterat_till overrides the latest date", () => {
    expect(dates("rapport", "manad").at(-1)).toBe("2024-04-01..2024-04-30");
    expect(dates("rapport", "hela")).toEqual(["2023-11-15..2024-04-05"]);
  });

  test("without startdatum the insats starts at the earliest date in its data", () => {
    expect(dates("ostart", "hela")).toEqual(["2024-01-20..2024-03-31"]);
    expect(dates("ostart", "manad")[0]).toBe("2024-01-20..2024-01-31");
  });
});

describe("open windows", () => {
  test.each([
    ["oppen", "minst-1", "uppnatt", null],
    ["oppen", "minst-9", "ej_matbart", "perioden_pagar"],
    ["oppen", "hogst-9", "ej_matbart", "perioden_pagar"],
    ["idag", "minst-1", "uppnatt", null],
    ["idag", "minst-9", "ej_matbart", "perioden_pagar"],
    ["idag", "hogst-9", "ej_matbart", "perioden_pagar"],
    ["igar", "minst-1", "uppnatt", null],
    ["igar", "minst-9", "ej_uppnatt", null],
    ["igar", "hogst-9", "uppnatt", null],
  ])("%s %s is %s", (insats, mal, status, skal) => {
    const row = one(insats, mal);
    expect([row.status, row.skal]).toEqual([status, skal]);
  });

  test("one that has not begun is 0 in the register, and no figure to others", () => {
    const ahead = one("oppen", "per-kvartal", "2025-04-01");
    expect([ahead.varde, ahead.status, ahead.skal]).toEqual([0, "ej_matbart", "perioden_pagar"]);
    const page = readFileSync(d.path("out", "rapport", "insats", "oppen.html"), "utf8");
    const rows = [...page.matchAll(/<tr[^>]*>.*?<\/tr>/gs)].map(([row]) =>
      row.replace(/<[^>]+>/g, " ").replace(/\s+/g, " "),
    );
    expect(rows.map((row) => row.trim())).toContain("Tre värden – – – ej mätbart: perioden har inte börjat");
    expect(page).not.toContain(String(ahead.resultat_id));
  });
});

describe("proration", () => {
  test("a target of antal is scaled by covered days over the days of the full window", () => {
    expect(windows("mitt", "ar").map((row) => row.malvarde)).toEqual([
      expect.closeTo((12 * 292) / 365, 10),
      12,
      expect.closeTo((12 * 41) / 365, 10),
    ]);
    expect(one("mitt", "manad", "2021-02-01").malvarde).toBeCloseTo((12 * 10) / 28, 10);
    expect(one("mitt", "insatsar", "2020-03-15").malvarde).toBeCloseTo((12 * 333) / 365, 10);
  });

  test("the days of a leap year are 366, and a tie is met in exact integers", () => {
    const row = one("halva", "delad");
    expect([row.malvarde, row.varde, row.status]).toEqual([184, 184, "uppnatt"]);
    expect(one("nastan", "delad").status).toBe("ej_uppnatt");
  });

  test("delperiod: hel leaves the target as it is", () => {
    expect([one("halva", "hel").malvarde, one("halva", "hel").status]).toEqual([366, "ej_uppnatt"]);
  });

  test("the last window of an ongoing insats is whole, so its target is", () => {
    expect(one("pagar", "ar", "2024-01-01").malvarde).toBe(12);
  });
});

describe("money and time", () => {
  test("an invoice counts in the whole calendar year, also outside the insats", () => {
    expect(columns(windows("pengar", "ar"), "fran", "varde")).toEqual([
      ["2019-03-15", 10],
      ["2020-01-01", 100],
      ["2021-01-01", 1000],
    ]);
  });

  test("the first and last insatsår and hela take what lies before and after", () => {
    expect(windows("pengar", "insatsar").map((row) => row.varde)).toEqual([11, 11100]);
    expect(one("pengar", "hela").varde).toBe(11111);
  });

  test("taljare of money is öre, varde and malvarde are kronor", () => {
    const row = one("pengar", "hela");
    expect([row.taljare, row.varde, row.enhet, row.malvarde]).toEqual([1111100, 11111, "kr", 12]);
  });
});

describe("a past möte that is still planerat is unknown", () => {
  test.each([
    ["minst-1", "uppnatt", null],
    ["minst-2", "ej_matbart", "saknas"],
    ["minst-3", "ej_uppnatt", null],
  ])("%s, one held and one unknown: %s", (mal, status, skal) => {
    const row = one("plan", mal);
    expect([row.status, row.skal]).toEqual([status, skal]);
  });
});
