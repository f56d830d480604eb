/** Words of employment that nobody knows are never a silent no. */
import { beforeAll, describe, expect, test } from "vitest";
import { type DatasetName, datasetNames, datasetOf } from "../../src/schema/tables.ts";
import { deliver, type Folder, only, type Rows } from "./delivery.ts";

const outcome = (insats: string, rows: readonly (readonly [string, string, number])[]): Rows =>
  rows.map(([variabel, varde, antal]) => [insats, "2022-01-01", "2022-12-31", variabel, varde, antal]);
const efter = "sysselsattning_efter";

let d: Folder;
beforeAll(async () => {
  const mal = [{ id: "arbete", matt: "andel_till_arbete_eller_studier", villkor: ">= 50 %", per: "ar" }];
  d = await deliver(
    {
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...["summor", "vander-inte", "stavat", "rader", "bara-okanda"].map((id) => [
            id,
            id,
            "2022-01-01",
            "2022-12-31",
          ]),
        ],
        "deltagarutfall.csv": [
          ["insats_id", "fran", "till", "variabel", "varde", "antal"],
          ...outcome("summor", [
            [efter, "förvärvsarbete", 20],
            [efter, "jobb", 7],
            [efter, "arbetssökande", 25],
          ]),
          ...outcome("vander-inte", [
            [efter, "Förvärvsarbete", 60],
            [efter, "jobb", 7],
            [efter, "övriga", 25],
          ]),
          ...outcome("stavat", [
            [efter, "arbete", 20],
            [efter, "arbetssökande", 25],
            ["sysselsattning efter", "arbete", 99],
          ]),
          ...outcome("bara-okanda", [[efter, "jobb", 7]]),
        ],
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum", "sysselsattning_slut"],
          ...["arbete", "sjukskriven", "fikar"].map((ord, i) => [
            "rader",
            `p${i}`,
            "K",
            "2022-01-10",
            "2022-06-01",
            ord,
          ]),
        ],
      },
      pipelines: { "i.yaml": { insats: "*", mal } as never },
    },
    { today: "2023-06-01" },
  );
}, 60_000);

describe("a share of those with known words", () => {
  test.each([
    // 20 of 45 are known to; with the 7, 20 to 27 of 52.
    ["summor", 20, 45, "ej_matbart", "okanda_ord"],
    // 60 of 85; with the 7, 60 to 67 of 92: at least half either way.
    ["vander-inte", 60, 85, "uppnatt", null],
    // A variable that is nearly the known one may be it.
    ["stavat", 20, 45, "ej_matbart", "okanda_ord"],
    ["rader", 1, 2, "ej_matbart", "okanda_ord"],
    ["bara-okanda", null, null, "ej_matbart", "okanda_ord"],
  ])("of %s is %s of %s: %s %s", (insats_id, taljare, namnare, status, skal) => {
    expect(only(d.rows("maluppfyllelse"), { insats_id })).toMatchObject({ taljare, namnare, status, skal });
  });
  test("says so in the sentence of a verdict that the words cannot change", () => {
    const [{ mening }] = [only(d.rows("malsammanfattning"), { insats_id: "vander-inte" })];
    expect(mening).toContain("Underlaget har ord som inte är kända, men utfallet är detsamma vad de än betyder.");
  });
  test("each word is a finding with what was probably meant, and no row is refused", () => {
    const found = d.rows("datakvalitet").filter(({ kod }) => kod === "okant_ord");
    expect(found.map(({ varde, allvar }) => [varde, allvar])).toEqual([
      ["fikar", "varning"],
      ["jobb", "varning"],
      ["jobb", "varning"],
      ["sysselsattning efter", "varning"],
      ["jobb", "varning"],
    ]);
    expect(found.map(({ meddelande }) => /Menas sysselsattning_efter\?/.test(String(meddelande)))).toContain(true);
  });
});

describe("words before an insats, and reasons for its end", () => {
  const goals = [
    { id: "okat", matt: "andel_borjat_eller_okat", villkor: ">= 50 %" },
    { id: "avbrott", matt: "andel_avbrott", villkor: "<= 20 %" },
    { id: "moten", matt: "antal_moten", villkor: ">= 2" },
    { id: "klart", matt: "leverabel_klar", villkor: "= 100 %" },
  ];
  let own: Folder;
  const judged = (goal: string): unknown => only(own.rows("maluppfyllelse"), { mal_id: goal });
  beforeAll(async () => {
    own = await deliver(
      {
        files: {
          "insats.csv": [
            ["insats_id", "namn", "startdatum", "slutdatum"],
            ["i", "I", "2022-01-01", "2022-12-31"],
          ],
          "deltagare.csv": [
            [
              ...["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
              ...["sysselsattning_start", "sysselsattning_slut", "avslutsorsak"],
            ],
            ["i", "a", "K", "2022-01-10", "2022-06-01", "sjukskriven", "arbete", "till arbete"],
            ["i", "b", "K", "2022-01-10", "2022-06-01", "fikar", "arbete", "avbrott"],
            ["i", "c", "K", "2022-01-10", "2022-06-01", "praktik", "fikar", "avbrutitt"],
            ["i", "d", "K", "2022-01-10", "2022-06-01", "arbetslös", "övrigt", "färdig"],
          ],
          "mote.csv": [
            ["insats_id", "mote_id", "datum", "motestyp", "status"],
            ["i", "1", "2022-02-01", "samverkan", "genomförd"],
            ["i", "2", "2022-03-01", "samverkan", "preliminärt"],
          ],
          "leverabel.csv": [
            ["insats_id", "leverabel_id", "text", "status", "senast"],
            ["i", "1", "Plan", "klar", "2022-05-01"],
            ["i", "2", "Rapport", "typ klar", "2022-06-01"],
          ],
        },
        pipelines: { "i.yaml": { insats: "i", mal: goals } },
      },
      { today: "2023-06-01" },
    );
  }, 60_000);
  test("neither began nor did not: one did, one did not, two may have", () => {
    expect(judged("okat")).toMatchObject({ taljare: 1, namnare: 2, status: "ej_matbart", skal: "okanda_ord" });
  });
  test("a reason that is nearly one that is read may be it: 1 to 2 of 4", () => {
    expect(judged("avbrott")).toMatchObject({ taljare: 1, namnare: 3, status: "ej_uppnatt" });
  });
  test("whether a möte of a status that nobody knows was held is unknown", () => {
    expect(judged("moten")).toMatchObject({ taljare: 1, status: "ej_matbart" });
  });
  test("nor whether a leverabel is done, of which nobody knows the status", () => {
    expect(judged("klart")).toMatchObject({ taljare: 1, namnare: 1, status: "ej_matbart", skal: "okanda_ord" });
  });
  test("each is a finding", () => {
    const found = own.rows("datakvalitet").filter(({ kod }) => kod === "okant_ord");
    expect(found.map(({ cell, varde }) => [cell, varde]).sort()).toEqual([
      ["D3", "typ klar"],
      ["E3", "preliminärt"],
      ["F3", "fikar"],
      ["G4", "fikar"],
      ["H4", "avbrutitt"],
    ]);
  });
});

describe("a word that its column's list lacks", () => {
  const period = ["2022-01-01", "2022-12-31"];
  /** A file, its headings and a row with slips, and what each is nearest to. */
  const slips: readonly (readonly [DatasetName, readonly string[], readonly string[], Record<string, string>])[] = [
    [
      "insats",
      ["insats_id", "namn", "typ", "registrering"],
      ["y", "Y", "individinriktat", "anonyma"],
      { typ: "individinriktad", registrering: "anonym" },
    ],
    [
      "finansiering",
      ["insats_id", "forbund_id", "ar", "slag", "belopp"],
      ["x", "f", "2022", "bevilljat", "5"],
      { slag: "beviljat" },
    ],
    [
      "part",
      ["insats_id", "part_id", "namn", "huvudman"],
      ["x", "p", "P", "försäkringkassan"],
      { huvudman: "försäkringskassan" },
    ],
    [
      "deltagare",
      ["insats_id", "deltagar_id", "kon", "startdatum"],
      ["x", "a", "kvina", "2022-01-01"],
      { kon: "kvinna" },
    ],
    [
      "deltagarantal",
      ["insats_id", "fran", "till", "slag", "totalt"],
      ["x", ...period, "avslutad", "5"],
      { slag: "avslutade" },
    ],
    [
      "deltagarutfall",
      ["insats_id", "fran", "till", "variabel", "varde", "kon", "antal"],
      ["x", ...period, "alder", "30", "kvinor", "5"],
      { kon: "kvinnor" },
    ],
    [
      "mote",
      ["insats_id", "mote_id", "datum", "motestyp", "status"],
      ["x", "m", "2022-05-01", "puls", "instält"],
      { status: "inställt" },
    ],
    [
      "moteantal",
      ["insats_id", "motestyp", "fran", "till", "status", "antal"],
      ["x", "puls", ...period, "genomförts", "5"],
      { status: "genomfört" },
    ],
    ["arende", ["insats_id", "mote_id", "deltagar_id", "kon"], ["x", "m", "a", "mann"], { kon: "man" }],
    [
      "budget",
      ["insats_id", "ar", "post", "status", "belopp"],
      ["x", "2022", "Lön", "beviljd", "5"],
      { status: "beviljad" },
    ],
    [
      "leverabel",
      ["insats_id", "leverabel_id", "text", "slag", "status"],
      ["x", "l", "L", "raport", "klarr"],
      { slag: "rapport", status: "klar" },
    ],
    ["forbundsekonomi", ["forbund_id", "ar", "slag", "budget"], ["f", "2022", "insater", "5"], { slag: "insatser" }],
    [
      "utsaga",
      ["insats_id", "utsaga_id", "text", "status", "dokument", "avsnitt"],
      ["x", "u", "U", "dellvis", "d", "a"],
      { status: "delvis" },
    ],
  ];
  let own: Folder;
  beforeAll(async () => {
    const files: Record<string, Rows> = Object.fromEntries(
      slips.map(([name, header, row]) => [`${name}.csv`, [header, row]]),
    );
    files["insats.csv"] = [...(files["insats.csv"] ?? []), ["x", "X", "", ""]];
    files["forbund.csv"] = [
      ["forbund_id", "namn"],
      ["f", "F"],
    ];
    own = await deliver({ files, pipelines: { "i.yaml": { insats: "*" } as never } }, { today: "2023-06-01" });
  }, 60_000);
  test("every closed list is tried", () => {
    const lists = datasetNames.flatMap((name) =>
      Object.entries(datasetOf(name).columns).flatMap(([column, { kind }]) =>
        kind === "val" ? [`${name}.${column}`] : [],
      ),
    );
    expect(slips.flatMap(([name, , , near]) => Object.keys(near).map((column) => `${name}.${column}`)).sort()).toEqual(
      lists.sort(),
    );
  });
  test.each(slips)("in %s is a finding that names the nearest, and the row is loaded", (name, _, __, near) => {
    const fil = `data/${name}.csv`;
    expect(only(own.rows("leveranser"), { fil })).toMatchObject({ avvisade: 0 });
    const found = own.rows("datakvalitet").filter((one) => one.fil === fil && one.kod === "okant_ord");
    const meant = found.map(({ kolumn, meddelande }) => [kolumn, /Menas (.+?)\?/.exec(String(meddelande))?.[1]]);
    const expected = Object.entries(near).map(([column, word]) => [datasetOf(name).columns[column]?.heading, word]);
    expect(Object.fromEntries(meant)).toEqual(Object.fromEntries(expected));
  });
});
