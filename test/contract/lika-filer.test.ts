/** Equal files are one delivery only where they give the same rows. */
import { expect, test } from "vitest";
import { columns, type Delivery, deliver, folder, only, pick, type Rows } from "./delivery.ts";

const insats = (id: string): Rows => [
  ["insats_id", "namn", "forbund_id", "startdatum", "slutdatum"],
  [id, id.toUpperCase(), "nord", "2024-01-01", "2024-12-31"],
];
const forbund: Rows = [
  ["forbund_id", "namn"],
  ["nord", "Nord"],
];
const part: Rows = [
  ["part_id", "namn", "huvudman"],
  ["af", "Arbetsförmedlingen", "arbetsformedlingen"],
];
const moten: Rows = [
  ["mote_id", "datum", "motestyp"],
  ["1", "2024-02-01", "samverkan"],
  ["2", "2024-03-01", "samverkan"],
];
const narvaro: Rows = [
  ["mote_id", "part_id", "kallad", "narvarande"],
  ["1", "af", "ja", "ja"],
  ["2", "af", "ja", "nej"],
];

test("equal lists of two insatser, without insats_id, are each one's own", async () => {
  const files: Delivery["files"] = {};
  for (const id of ["a", "b"])
    Object.assign(files, {
      [`${id}/insats.csv`]: insats(id),
      [`${id}/forbund.csv`]: forbund,
      [`${id}/part.csv`]: part,
      [`${id}/mote.csv`]: moten,
      [`${id}/narvaro.csv`]: narvaro,
    });
  const mal = [
    { id: "moten", matt: "antal_moten", per: "hela", villkor: ">= 2" },
    { id: "narvaro", matt: "narvaroandel", per: "hela", villkor: ">= 85 %" },
  ];
  const d = await deliver({
    files,
    pipelines: {
      "a.yaml": { insats: "a", kallor: ["../data/a"], mal },
      "b.yaml": { insats: "b", kallor: ["../data/b"], mal },
    },
  });
  for (const insats_id of ["a", "b"]) {
    const rows = pick(d.rows("maluppfyllelse"), { insats_id });
    expect(columns(rows, "mal_id", "taljare", "status")).toEqual([
      ["moten", 2, "uppnatt"],
      ["narvaro", 1, "ej_uppnatt"],
    ]);
  }
  // The same förbund is stated twice in the same words: once is enough.
  expect(columns(d.rows("datakvalitet"), "kod")).toEqual([["dubblett"]]);
});

test("equal sheets of two months, whose month is in the file's name, are two months", async () => {
  const invoice: Rows = [
    ["faktura_id", "forbund_id", "belopp"],
    ["hyra", "nord", 100],
  ];
  const d = folder({
    files: { "insats.csv": insats("a"), "forbund.csv": forbund, "2024-01 faktura.csv": invoice },
    pipelines: {
      "a.yaml": {
        insats: "a",
        tolkning: [{ fil: "*faktura.csv", dataset: "faktura", period: "filnamn" }],
        mal: [{ id: "kr", matt: "fakturerat_belopp", per: "hela", villkor: ">= 200 kr" }],
      },
    },
  });
  d.write("2024-02 faktura.csv", invoice);
  await d.run();
  expect(only(d.rows("malsammanfattning"), { mal_id: "kr" })).toMatchObject({ status: "uppnatt" });
  // The same file under a name that says nothing else is one delivery.
  d.write("arkiv/2024-02 faktura.csv", invoice);
  await d.run();
  expect(columns(d.rows("maluppfyllelse"), "taljare")).toEqual([[20000]]);
  // That one number is sent with two months is asked about, and both are counted.
  expect(columns(d.rows("datakvalitet"), "kod")).toEqual([["faktura_annan_nyckel"], ["redan_last"]]);
});

test("equal sums of two offices, a pivot table's blanks, a cancelled row and running sums are asked about", async () => {
  const d = await deliver({
    files: {
      "insats.csv": insats("a"),
      "forbund.csv": forbund,
      "part.csv": part,
      "moteantal (ack).csv": [
        ["Från", "Till", "Mötestyp", "Antal"],
        ["2024-01-01", "2024-01-31", "puls", 1],
        ["2024-02-01", "2024-02-29", "puls", 2],
      ],
      "deltagarantal.csv": [
        ["Enhet", "Rad", "Från", "Till", "Slag", "Totalt"],
        ["Norra", 1, "2024-01-01", "2024-12-31", "nya", 5],
        ["Södra", 2, "2024-01-01", "2024-12-31", "nya", 5],
        ["Norra", 3, "2024-01-01", "2024-12-31", "avslutade", 4],
        ["Norra", 4, "2024-01-01", "2024-12-31", "avslutade", 4],
      ],
      // A pivot table states each part once: what is under it is read as no part, and that is asked about.
      "faktura.csv": [
        ["faktura_id", "part_id", "forbund_id", "fran", "till", "belopp", "Typ"],
        [1, "af", "nord", "2024-01-01", "2024-01-31", 10, "Debet"],
        [2, null, "nord", "2024-02-01", "2024-02-29", 20, "Kredit"],
        [3, "fk", "nord", "2024-01-01", "2024-01-31", 30],
        [4, null, "nord", "2024-02-01", "2024-02-29", 40],
      ],
    },
    pipelines: {
      "a.yaml": {
        insats: "a",
        mal: [
          { id: "nya", matt: "nya_deltagare", per: "hela", villkor: ">= 10" },
          { id: "avslutade", matt: "avslutade_deltagare", per: "hela", villkor: ">= 4" },
        ],
      },
    },
  });
  expect(columns(d.rows("maluppfyllelse"), "mal_id", "taljare", "status", "skal", "avvisade")).toEqual([
    ["avslutade", 4, "uppnatt", null, 0],
    ["nya", null, "ej_matbart", "avvisade_rader", 2],
  ]);
  const found = d.rows("datakvalitet").filter(({ kod }) => kod !== "okand_kolumn");
  expect(columns(found, "cell", "kod", "varde")).toEqual([
    ["A2", "skild_i_olast", "Norra"],
    ["A3", "skild_i_olast", "Södra"],
    ["D5", "dubblett", null],
    ["B3", "tom_under_ifylld", "af"],
    ["G3", "ej_raknad_enligt", "Kredit"],
    ["B4", "okand_referens", "fk"],
    [null, "ackumulerat", "moteantal (ack).csv"],
  ]);
});
