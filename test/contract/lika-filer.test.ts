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
