import { beforeAll, describe, expect, test } from "vitest";
import { type Cells, deliver, type Folder, only, pick, type Row } from "./delivery.ts";

let d: Folder;
const claim = (utsaga_id: string): Row => only(d.rows("utsagekontroll"), { insats_id: "u", utsaga_id });

// utsaga_id, matt, parametrar, stated, fran, till, outcome, computed
const claims: [string, string, string, string, string | null, string | null, string, unknown][] = [
  ["summa", "summa_av", "{av: [tio, tjugo]}", "30", null, null, "stammer", 30],
  ["summa-fel", "summa_av", "{av: [tio, tjugo]}", "31", null, null, "avviker", 30],
  ["summa-kr", "summa_av", "{av: [a-kr, b-kr]}", "4 500 kr", null, null, "stammer", undefined],
  [
    "summa-resultat",
    "summa_av",
    "{av: ['kostnadsandel/u/forbund/a#belopp_ore', 'kostnadsandel/u/forbund/b#belopp_ore']}",
    "300 kr",
    null,
    null,
    "stammer",
    undefined,
  ],
  ["kvot", "kvot_av", "{av: [tio, tjugo]}", "50 %", null, null, "stammer", 0.5],
  ["kvot-rund", "kvot_av", "{av: [x81, x263]}", "31 %", null, null, "avrundning", undefined],
  ["kvot-trunk", "kvot_av", "{av: [x52, x127]}", "40 %", null, null, "avrundning", undefined],
  ["kvot-fel", "kvot_av", "{av: [x52, x127]}", "42 %", null, null, "avviker", undefined],
  ["kvot-decimal", "kvot_av", "{av: [x52, x127]}", "40,9 %", null, null, "avrundning", undefined],
  ["kvot-noll", "kvot_av", "{av: [tio, noll]}", "40 %", null, null, "ej_matbart", null],
  ["produkt", "produkt_av", "{av: [tio, tjugo]}", "200", null, null, "stammer", 200],
  ["produkt-kr", "produkt_av", "{av: [tio, a-kr]}", "15 000 kr", null, null, "stammer", undefined],
  ["manader", "manader_mellan", "{av: [start, slut]}", "36", null, null, "stammer", 36],
  ["manader-kort", "manader_mellan", "{av: [start, nastan]}", "35", null, null, "stammer", 35],
  ["dagar", "dagar_mellan", "{av: [start, nastan]}", "1094", null, null, "stammer", 1094],
  ["dagar-minus", "dagar_mellan", "{av: [nastan, start]}", "-1094", null, null, "stammer", -1094],
  ["lika", "lika_med", "{av: [tio]}", "10", null, null, "stammer", 10],
  ["lika-fel", "lika_med", "{av: [tio]}", "11", null, null, "avviker", 10],
  ["lika-datum", "lika_med", "{av: [start]}", "2015-04-01", null, null, "stammer", undefined],
  ["lika-datum-fel", "lika_med", "{av: [start]}", "2015-04-02", null, null, "avviker", undefined],
  ["lika-intervall", "lika_med", "{av: [alder]}", "16..64", null, null, "stammer", undefined],
  ["lika-intervall-fel", "lika_med", "{av: [alder]}", "16..65", null, null, "avviker", undefined],
  ["i-intervall", "lika_med", "{av: [andel]}", "45..55 %", null, null, "stammer", undefined],
  ["saknas", "lika_med", "{av: [saknas-helt]}", "10", null, null, "ej_matbart", null],
  ["saknas-resultat", "lika_med", "{av: ['konsfordelning/u#totalt']}", "10", null, null, "ej_matbart", null],
  ["tomt", "lika_med", "{av: [utan-varde]}", "10", null, null, "ej_matbart", null],
  ["matt", "antal_moten", "{motestyp: puls}", "2", "2020-01-01", "2020-12-31", "stammer", 2],
  ["matt-fel", "antal_moten", "{motestyp: puls}", "3", "2020-01-01", "2020-12-31", "avviker", 2],
  ["matt-hela", "antal_moten", "{motestyp: puls}", "3", null, null, "stammer", 3],
  ["matt-kr", "fakturerat_belopp", "", "300 kr", "2020-01-01", "2020-12-31", "stammer", 300],
  ["matt-tkr", "fakturerat_belopp", "", "0,3 tkr", "2020-01-01", "2020-12-31", "stammer", 300],
  ["matt-andel", "narvaroandel", "", "67 %", "2020-01-01", "2021-12-31", "avrundning", undefined],
  ["matt-saknas", "andel_kvinnor", "", "67 %", "2020-01-01", "2020-12-31", "ej_matbart", null],
  ["halv-upp", "kvot_av", "{av: [ett, atta]}", "13 %", null, null, "avrundning", undefined],
  ["halv-ner", "kvot_av", "{av: [ett, atta]}", "12 %", null, null, "avrundning", undefined],
];

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
            varde ?? null,
            null,
            null,
            "rapport.pdf",
            "2",
            null,
          ],
        ),
        ...claims.map(
          ([id, matt, parametrar, varde, fran, till]): Cells => [
            "u",
            id,
            `Text för ${id}`,
            matt,
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
  test.each(claims)("%s: %s %s is stated as %s (%s–%s): %s", (id, matt, _p, _v, _f, _t, utfall, computed) => {
    const row = claim(id);
    expect([row.utfall, row.matt]).toEqual([utfall, matt]);
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
