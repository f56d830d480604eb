import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, columns, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const of = (insats_id: string, per: string, period = "hela"): Row =>
  only(d.rows("enhetskostnad"), { insats_id, per, period });

/** Entries of an insats, all for the whole of 2023 and 2024 unless told: `[till, sysselsättning efter]`. */
const people = (insats: string, ...entries: readonly (readonly [string, string | null])[]): Cells[] =>
  entries.map(([till, efter], i) => [insats, `${insats}-${i}`, "kvinna", "2023-01-01", till, efter]);

const many = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

const insatser = ["stor", "lik", "kort", "antal", "liten", "utan", "kant"];

beforeAll(async () => {
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...insatser.map((id): Cells => [id, id, "2023-01-01", id === "kort" ? "2023-12-31" : "2024-12-31"]),
        ],
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["stor", "k", "K", "kommun"],
        ],
        "faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "fran", "till", "timmar", "belopp"],
          // 365 kr in 2023 and 366 in 2024
          ...["stor", "lik", "antal", "liten", "kant"].map(
            (id): Cells => [id, `${id}-1`, "f", "2023-01-01", "2024-12-31", null, "731 kr"],
          ),
          ["kort", "kort-1", "f", "2023-01-01", "2023-12-31", null, "365 kr"],
          ["stor", "stor-2", null, "2023-01-01", "2024-12-31", "73,1", null],
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "sysselsattning_slut"],
          ...people(
            "stor",
            ...many(5, ["2023-12-31", "arbete"] as const),
            ...many(5, ["2024-12-31", "arbetssökande"] as const),
          ),
          ...people("lik", ...many(20, ["2024-12-31", "arbete"] as const)),
          ...people("kort", ...many(6, ["2023-12-31", "arbete"] as const)),
          ...people(
            "liten",
            ...many(3, ["2023-12-31", "arbete"] as const),
            ...many(17, ["2024-12-31", "arbetssökande"] as const),
          ),
          // one of the 11 has no sysselsättning after
          ...people("kant", ...many(10, ["2024-12-31", "arbete"] as const), ["2024-12-31", null]),
        ],
        "deltagarantal.csv": [
          ["insats_id", "fran", "till", "slag", "totalt"],
          ["antal", "2023-01-01", "2024-12-31", "deltagare", 50],
          ["antal", "2023-01-01", "2023-12-31", "avslutade", 20],
          ["antal", "2024-01-01", "2024-06-30", "avslutade", 9],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp", "status"],
          ["stor", "m1", "2023-02-01", "samverkan", null],
          ["stor", "m2", "2024-02-01", "styrgrupp", null],
          ["stor", "m3", "2024-03-01", "samverkan", "installt"],
          // four were held, and nobody has said whether a fifth was
          ...["01", "02", "03", "04"].map(
            (manad): Cells => ["lik", `h${manad}`, `2024-${manad}-01`, "styrgrupp", null],
          ),
          ["lik", "p1", "2024-05-01", "styrgrupp", "planerat"],
        ],
        "arende.csv": [
          ["insats_id", "mote_id", "deltagar_id"],
          ...["a", "b", "c", "d", "e"].map((id): Cells => ["stor", "m1", id]),
        ],
        "narvaro.csv": [
          ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
          ["stor", "m1", "k", "ja", "ja"],
        ],
        "bemanning.csv": [
          ["insats_id", "part_id", "roll", "fran", "till", "omfattning"],
          ["stor", "k", "samordnare", "2022-01-01", "2025-12-31", "0,5"],
          ["stor", "k", "chef", "2024-07-02", "2024-12-31", "0,1"],
        ],
        "prisindex.csv": [
          ["serie", "ar", "varde"],
          ["KPI", 2023, "100"],
          ["KPI", 2024, "110"],
          ["Annan", 2024, "200"],
        ],
      },
      pipelines: {
        "alla.yaml": {
          insats: insatser.filter((id) => id !== "kort"),
          enhetskostnader: [
            "deltagande",
            "avslutad",
            "arbete_eller_studier",
            "individ_i_mote",
            "mote",
            "timme",
            "arsarbetskraft",
          ],
        },
        "vanliga.yaml": { insats: "kort" },
      },
    },
    { today: "2025-06-01" },
  );
}, 60_000);

describe("enhetskostnad", () => {
  test("each unit has its own count of the same period", () => {
    const rows = pick(d.rows("enhetskostnad"), { insats_id: "stor", period: "hela" });
    expect(columns(rows, "per", "taljare_ore", "namnare", "av_antal", "varde")).toEqual([
      ["arbete_eller_studier", 73_100, 5, 10, 146.2],
      // half a post for two years, and a tenth for half of 2024 (183 of 366 days); not for 2022 and 2025
      ["arsarbetskraft", 73_100, 1.05, null, 731 / 1.05],
      ["avslutad", 73_100, 10, null, 73.1],
      ["deltagande", 73_100, 10, null, 73.1],
      ["individ_i_mote", 73_100, 5, null, 146.2],
      ["mote", 73_100, 2, null, 365.5],
      ["timme", 73_100, 73.1, null, 10],
    ]);
  });
  test("a year has its own invoices and its own count", () => {
    expect(of("stor", "deltagande", "2023")).toMatchObject({ taljare_ore: 36_500, namnare: 10, varde: 36.5 });
    expect(of("stor", "avslutad", "2024")).toMatchObject({ taljare_ore: 36_600, namnare: 5, varde: 73.2 });
  });
  test("none of something has no cost each, and what nobody delivered is missing", () => {
    expect(of("stor", "arbete_eller_studier", "2024")).toMatchObject({
      namnare: 0,
      av_antal: 5,
      varde: null,
      skal: "ej_tillamplig",
    });
    expect(of("liten", "mote")).toMatchObject({ namnare: null, varde: null, skal: "saknas" });
  });
  test("a pipeline that names none has a cost per deltagande, avslutad and hour, where they were counted", () => {
    expect(columns(pick(d.rows("enhetskostnad"), { insats_id: "kort" }), "per", "period")).toEqual([
      ["avslutad", "2023"],
      ["avslutad", "hela"],
      ["deltagande", "2023"],
      ["deltagande", "hela"],
    ]);
  });
  test("the page shows one year once", () => {
    const page = readFileSync(d.path("out", "rapport", "insats", "kort.html"), "utf8");
    expect(page).toContain("Kostnad per deltagande");
    expect(page).not.toContain("hela insatsen, fakturerat");
  });
  test("an insats that was never invoiced has no row", () => {
    expect(pick(d.rows("enhetskostnad"), { insats_id: "utan" })).toEqual([]);
  });
  test("in 2024's prices, by the one series that has both years: 365 · 1,1 + 366", () => {
    expect(of("stor", "deltagande")).toMatchObject({ serie: "KPI", basar: 2024, fast_varde: (365 * 1.1 + 366) / 10 });
    expect(of("stor", "deltagande", "2024")).toMatchObject({ serie: "Annan", basar: 2024, fast_varde: 73.2 });
  });
  test("comparable only with the same unit, over as many months, on the same ground", () => {
    const alike = "deltagande, 24 månader, rader";
    expect(of("stor", "deltagande")).toMatchObject({ jamforbar: true, jamforelsegrupp: alike, skal: null });
    expect(columns(pick(d.rows("enhetskostnad"), { jamforelsegrupp: alike }), "insats_id", "per", "period")).toEqual(
      ["kant", "lik", "liten", "stor"].map((id) => [id, "deltagande", "hela"]),
    );
    expect(of("kort", "deltagande")).toMatchObject({
      ...{ jamforbar: false, skal: "olika_underlag", jamforelsegrupp: "deltagande, 12 månader, rader" },
    });
    expect(of("stor", "deltagande", "2024").jamforelsegrupp).toBe("deltagande, 2024–2024, 12 månader, rader");
    expect(of("antal", "deltagande")).toMatchObject({ underlag: "antal", jamforbar: false, skal: "olika_underlag" });
    expect(of("stor", "timme")).toMatchObject({ jamforbar: false, skal: "ingen_annan" });
  });
  test("where only some are known the row says so, and stands beside nothing", () => {
    expect(of("kant", "arbete_eller_studier")).toMatchObject({
      namnare: 10,
      av_antal: 10,
      jamforbar: false,
      skal: "ofullstandigt",
    });
    expect(of("kant", "arbete_eller_studier").jamforelsegrupp).toBeNull();
  });
  test("a möte that nobody has said was held is unknown: the cost with it counted stands beside the cost", () => {
    expect(of("lik", "mote")).toMatchObject({
      ...{ namnare: 4, okand: 1, varde: 731 / 4, varde_med_okand: 731 / 5 },
      ...{ jamforbar: false, skal: "ofullstandigt" },
    });
    expect(of("stor", "mote")).toMatchObject({ okand: null, varde_med_okand: null });
  });
  test("each says which time its invoices are for", () => {
    expect(of("stor", "mote")).toMatchObject({ faktura_fran: "2023-01-01", faktura_till: "2024-12-31" });
    expect(of("stor", "mote", "2023")).toMatchObject({ faktura_fran: "2023-01-01", faktura_till: "2023-12-31" });
  });
  test("totals of persons for two years are no year's, and events add up only where they cover it", () => {
    expect(
      pick(d.rows("enhetskostnad"), { insats_id: "antal", per: "deltagande" }).map(({ period, namnare }) => [
        period,
        namnare,
      ]),
    ).toEqual([
      ["2023-2024", 50],
      ["hela", 50],
    ]);
    expect(of("antal", "avslutad", "2023")).toMatchObject({ namnare: 20, varde: 18.25 });
    expect(of("antal", "avslutad", "2024")).toMatchObject({ namnare: null, varde: null });
  });
  test("a cost is traced to its invoices and to what was counted", async () => {
    const { stdout } = await d.cli(["trace", "enhetskostnad/stor/mote/hela", "--json"]);
    const { rader } = JSON.parse(stdout) as { rader: { fil: string; roll: string }[] };
    expect(new Set(rader.map(({ fil, roll }) => `${fil.replace(/.*\//, "")} ${roll}`))).toEqual(
      new Set(["faktura.csv raknad", "mote.csv namnare", "mote.csv utesluten"]),
    );
  });
});

describe("a cost that would give a small number away", () => {
  test("how many persons are unknown is told to the evaluator only, möten to all", () => {
    const page = (insats: string): string =>
      readFileSync(d.path("out", "rapport", "insats", `${insats}.html`), "utf8").replace(/<[^>]+>/g, " ");
    expect(of("kant", "arbete_eller_studier")).toMatchObject({ okand: 1, varde_med_okand: 731 / 11 });
    // All 11 deltaganden are shown: the 10 known would say that one is unknown.
    expect(page("kant")).not.toMatch(/10 av 10|1 okänd|Om de okända/);
    expect(page("lik")).toContain("4 kända, 1\u00a0okända");
  });
  interface Published {
    readonly resultat: readonly string[];
    readonly cells: readonly { readonly value: number | null }[];
    readonly constraints: readonly { readonly terms: readonly { readonly coef: number }[] }[];
  }
  const published = (): Published[] =>
    (JSON.parse(readFileSync(d.path("out", "rapport", "publicerat.json"), "utf8")) as { tables: Published[] }).tables;
  const shown = (
    insats: string,
    per: string,
  ): (readonly [string, number | null | undefined, number | null | undefined])[] =>
    published()
      .filter(({ resultat }) => resultat[0]?.startsWith(`enhetskostnad/${insats}/${per}/`))
      .map(
        ({ resultat, cells, constraints }) =>
          [resultat[0]?.split("/").at(-1) ?? "", cells[0]?.value, constraints[0]?.terms[0]?.coef ?? null] as const,
      );

  test("is hidden with it, and so are the other periods that would give it back; the whole insats stays", () => {
    // 3 of liten's 20 ended in 2023: 17 in 2024 would give them
    expect(shown("liten", "avslutad")).toEqual([
      ["2023", null, null],
      ["2024", null, null],
      ["hela", 20, 36.55],
    ]);
    // 3 of 20 went to work: never shown
    expect(shown("liten", "arbete_eller_studier").map(([, n, kr]) => [n, kr])).toEqual(many(3, [null, null]));
  });
  test("stands where there are enough", () => {
    expect(shown("stor", "deltagande")).toEqual([
      ["2023", 10, 36.5],
      ["2024", 5, 73.2],
      ["hela", 10, 73.1],
    ]);
  });
  test("is nowhere in the pages", () => {
    const page = readFileSync(d.path("out", "rapport", "insats", "liten.html"), "utf8").replace(/<[^>]+>/g, " ");
    // 365 kr over 3, 731 over 3, 366 over 17
    for (const cost of ["121,67", "243,67", "21,53"]) expect(page).not.toContain(cost);
    expect(page).toContain("36,55");
    // 17 in 2024 beside 20 would say that 3 had ended in 2023
    expect(shown("liten", "deltagande")).toEqual([
      ["2023", 20, 18.25],
      ["2024", null, null],
      ["hela", 20, 36.55],
    ]);
  });
});
