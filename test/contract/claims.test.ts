import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const claim = (utsaga_id: string): Row => only(d.rows("utsagekontroll"), { insats_id: "u", utsaga_id });

// utsaga_id, matt or formel, parametrar, stated, fran, till, outcome, computed
const claims: [string, string, string, string | null, string | null, string | null, string, unknown][] = [
  ["summa", "[tio] + [tjugo]", "", "30", null, null, "stammer", 30],
  ["summa-fel", "[tio] + [tjugo]", "", "31", null, null, "avviker", 30],
  ["summa-kr", "[a-kr] + [b-kr]", "", "4 500 kr", null, null, "stammer", 4500],
  [
    "summa-resultat",
    "[kostnadsandel/u/forbund/a#belopp_ore] + [kostnadsandel/u/forbund/b#belopp_ore]",
    "",
    "300 kr",
    null,
    null,
    "stammer",
    300,
  ],
  ["kvot", "[tio] / [tjugo]", "", "50 %", null, null, "stammer", 0.5],
  ["kvot-rund", "[x81] / [x263]", "", "31 %", null, null, "avrundning", undefined],
  ["kvot-trunk", "[x52] / [x127]", "", "40 %", null, null, "avhugget", undefined],
  ["kvot-fel", "[x52] / [x127]", "", "42 %", null, null, "avviker", undefined],
  ["kvot-decimal", "[x52] / [x127]", "", "40,9 %", null, null, "avrundning", undefined],
  ["kvot-noll", "[tio] / [noll]", "", "40 %", null, null, "ej_matbart", null],
  ["produkt", "[tio] * [tjugo]", "", "200", null, null, "stammer", 200],
  ["produkt-kr", "[tio] * [a-kr]", "", "15 000 kr", null, null, "stammer", 15000],
  ["manader", "manader([start], [slut])", "", "36", null, null, "stammer", 36],
  ["manader-ar", "månader([start], [slut])", "", "3 år", null, null, "stammer", 36],
  ["manader-kort", "manader([start], [nastan])", "", "35 månader", null, null, "stammer", 35],
  ["dagar", "dagar([start], [nastan])", "", "1094", null, null, "stammer", 1094],
  ["dagar-minus", "dagar([nastan], [start])", "", "-1094", null, null, "stammer", -1094],
  ["lika", "[tio]", "", "10", null, null, "stammer", 10],
  ["lika-fel", "[tio]", "", "11", null, null, "avviker", 10],
  ["lika-datum", "[start]", "", "2015-04-01", null, null, "stammer", undefined],
  ["lika-datum-fel", "[start]", "", "2015-04-02", null, null, "avviker", undefined],
  ["lika-intervall", "[alder]", "", "16..64", null, null, "stammer", undefined],
  ["lika-intervall-fel", "[alder]", "", "16..65", null, null, "avviker", undefined],
  ["i-intervall", "[andel]", "", "45..55 %", null, null, "stammer", undefined],
  ["rakna-intervall", "[alder] + 1", "", "17", null, null, "ej_matbart", null],
  ["saknas-resultat", "[konsfordelning/u#totalt]", "", "10", null, null, "ej_matbart", null],
  ["tomt", "[utan-varde]", "", "10", null, null, "ej_matbart", null],
  ["matt", "antal_moten", "{motestyp: puls}", "2", "2020-01-01", "2020-12-31", "stammer", 2],
  ["matt-fel", "antal_moten", "{motestyp: puls}", "3", "2020-01-01", "2020-12-31", "avviker", 2],
  ["matt-hela", "antal_moten", "{motestyp: puls}", "3", null, null, "stammer", 3],
  ["matt-kr", "fakturerat_belopp", "", "300 kr", "2020-01-01", "2020-12-31", "stammer", 300],
  ["matt-tkr", "fakturerat_belopp", "", "0,3 tkr", "2020-01-01", "2020-12-31", "stammer", 300],
  ["matt-andel", "narvaroandel", "", "67 %", "2020-01-01", "2021-12-31", "avrundning", undefined],
  ["matt-enhet", "narvaroandel", "", "67 kr", "2020-01-01", "2021-12-31", "ej_matbart", undefined],
  ["matt-saknas", "andel_kvinnor", "", "67 %", "2020-01-01", "2020-12-31", "ej_matbart", null],
  ["halv-upp", "[ett] / [atta]", "", "13 %", null, null, "avrundning", undefined],
  ["halv-ner", "[ett] / [atta]", "", "12 %", null, null, "avhugget", undefined],
  ["skillnad", "[tjugo] - [tio]", "", "10", null, null, "stammer", 10],
  ["okning", "([tjugo] - [tio]) / [tio]", "", "100 procent", null, null, "stammer", 1],
  ["cirka", "[x52] / [x127]", "", "cirka 42 %", null, null, "ungefar", undefined],
  ["over-halften", "[x81] / [x127]", "", "över hälften", null, null, "stammer", undefined],
  ["punkter", "[andel] - [andel-2]", "", "10 procentenheter", null, null, "stammer", 0.1],
  ["omkring-hundra", "[omkring] + [tio]", "", "110", null, null, "ungefar", 110],
  ["beraknat", "[tio] + [tjugo] * 2,5", "", null, null, null, "beraknad", 60],
  ["av-beraknat", "[beraknat] / 2", "", "30", null, null, "stammer", 30],
  ["sjalv", "[sjalv] * 1", "", "7", null, null, "ej_matbart", null],
  ["runt-a", "[runt-b]", "", "7", null, null, "ej_matbart", null],
  ["runt-b", "[runt-a]", "", null, null, null, "beraknad", 7],
  ["kr-och-antal", "[tio] + [a-kr]", "", "1 510 kr", null, null, "ej_matbart", null],
];
/** Why those that cannot be tried cannot. */
const reasons: Readonly<Record<string, string>> = {
  "kvot-noll": "ej_tillamplig",
  "rakna-intervall": "annat_slag",
  "saknas-resultat": "saknas",
  tomt: "saknas",
  "matt-enhet": "olika_enheter",
  "matt-saknas": "saknas",
  sjalv: "cirkel",
  "runt-a": "cirkel",
  "kr-och-antal": "olika_enheter",
};

const stated: Cells[] = [
  ["tio", "10"],
  ["tjugo", "20"],
  ["noll", "0"],
  ["ett", "1"],
  ["atta", "8"],
  ["x81", "81"],
  ["x263", "263"],
  ["x52", "52"],
  ["x127", "127"],
  ["a-kr", "1 500 kr"],
  ["b-kr", "3 tkr"],
  ["start", "2015-04-01"],
  ["slut", "2018-04-01"],
  ["nastan", "2018-03-30"],
  ["alder", "16..64"],
  ["andel", "50 %"],
  ["andel-2", "40 %"],
  ["omkring", "omkring 100"],
  ["utan-varde", null],
];

beforeAll(async () => {
  d = await deliver({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["u", "U", "2020-01-01", "2021-12-31"],
      ],
      "kalla.csv": [
        ["dokument", "titel"],
        ["rapport.pdf", "Rapporten"],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["a", "A"],
        ["b", "B"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["u", "af", "AF", "arbetsformedlingen"],
      ],
      "faktura.csv": [
        ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
        ["u", 1, "a", "2020-01-01", "2020-01-31", "100 kr"],
        ["u", 2, "b", "2020-01-01", "2020-01-31", "200 kr"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["u", 1, "2020-02-01", "puls"],
        ["u", 2, "2020-03-01", "puls"],
        ["u", 3, "2021-03-01", "puls"],
      ],
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["u", 1, "af", "ja", "ja"],
        ["u", 2, "af", "ja", "ja"],
        ["u", 3, "af", "ja", "nej"],
      ],
      "utsaga.csv": [
        [
          "insats_id",
          "utsaga_id",
          "text",
          "matt",
          "formel",
          "parametrar",
          "varde",
          "fran",
          "till",
          "dokument",
          "avsnitt",
          "citat",
        ],
        ...stated.map(
          ([id, varde]): Cells => [
            "u",
            id ?? "",
            id ?? "",
            null,
            null,
            null,
            varde ?? null,
            null,
            null,
            "rapport.pdf",
            "2",
            null,
          ],
        ),
        ...claims.map(
          ([id, how, parametrar, varde, fran, till]): Cells => [
            "u",
            id,
            `Text för ${id}`,
            how.includes("[") ? null : how,
            how.includes("[") ? how : null,
            parametrar,
            varde,
            fran,
            till,
            "rapport.pdf",
            "3.1",
            "ett citat",
          ],
        ),
      ],
    },
    pipelines: {
      "u.yaml": {
        insats: "u",
        mal: [
          {
            id: "mal-ja",
            matt: "antal_moten",
            per: "hela",
            villkor: ">= 3",
            rapporterat: { status: "ja", dokument: "rapport.pdf", avsnitt: "Mål" },
          },
          {
            id: "mal-fel",
            matt: "antal_moten",
            per: "hela",
            villkor: ">= 4",
            rapporterat: { status: "ja", dokument: "rapport.pdf", avsnitt: "Mål" },
          },
          {
            id: "mal-rev",
            matt: "antal_moten",
            per: "hela",
            villkor: ">= 4",
            rapporterat: { status: "reviderat", dokument: "rapport.pdf", avsnitt: "Mål" },
          },
          {
            id: "mal-ej",
            matt: "antal_moten",
            per: "hela",
            rapporterat: { status: "ja", dokument: "rapport.pdf", avsnitt: "Mål" },
          },
        ],
      },
    },
  });
}, 60_000);

describe("utsagekontroll", () => {
  test.each(claims)("%s: %s %s is stated as %s (%s–%s): %s", (id, how, _p, _v, _f, _t, utfall, computed) => {
    const row = claim(id);
    expect([row.utfall, row.matt ?? row.formel, row.skal]).toEqual([utfall, how, reasons[id] ?? null]);
    if (computed !== undefined) expect(row.beraknat_varde === null ? null : Number(row.beraknat_varde)).toBe(computed);
  });

  test("a figure that others refer to has no row", () => {
    expect(d.rows("utsagekontroll").map((row) => row.utsaga_id)).not.toContain("tio");
  });

  test("the row says where it stands", () => {
    expect(claim("summa")).toMatchObject({
      resultat_id: "utsagekontroll/u/summa",
      text: "Text för summa",
      dokument: "rapport.pdf",
      avsnitt: "3.1",
      citat: "ett citat",
    });
  });

  test("rounding and truncating are told apart", () => {
    expect(claim("kvot-trunk").forklaring).toMatch(/trunk|avhugg|avkort|kapa|nedåt|utan avrundning|strukits|strykas/i);
    expect(claim("kvot-rund").forklaring).not.toBe(claim("kvot-trunk").forklaring);
    expect(claim("halv-upp").forklaring).not.toMatch(/trunk/i);
    expect(claim("halv-ner").forklaring).toMatch(/trunk|avhugg|avkort|kapa|nedåt|utan avrundning|strukits|strykas/i);
  });

  test.each([
    ["mal-ja", "stammer"],
    ["mal-fel", "avviker"],
    ["mal-rev", "ej_matbart"],
    ["mal-ej", "ej_matbart"],
  ])("a goal's reported verdict is a claim: %s %s", (id, utfall) => {
    expect(claim(id).utfall).toBe(utfall);
  });

  test("a goal with nothing reported makes no claim", () => {
    expect(pick(d.rows("utsagekontroll"), {})).toHaveLength(claims.length + 4);
  });
});
