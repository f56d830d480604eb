/** Under a heading of identity numbers nothing that cannot be read as one is kept in clear, however it is written. */
import { mkdirSync, rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cells, type Folder, folder, only, pick, type Rows } from "../contract/delivery.ts";
import { workbook } from "../corpus/workbook.ts";
import { dashed, findAnywhere, person, short } from "./numbers.ts";

const key = "en-nyckel-som-ar-minst-32-tecken-lang";
const p = (day: number): string => person(`196403${String(day).padStart(2, "0")}`, "123");

/** What is written, each with digits of its own; none is one number that can be read. */
const written: Readonly<Record<string, string>> = {
  "eleven digits": p(1).slice(0, 11),
  "thirteen digits": `${p(2)}7`,
  "sixteen digits": `${p(3)}4711`,
  "twenty-four digits": `${p(4)}${p(5)}`,
  "two numbers with a comma": `${dashed(p(6))}, ${dashed(p(7))}`,
  "two numbers with words": `${short(p(8))} och ${short(p(9))}`,
  "a letter for a digit": dashed(p(10)).replace("0", "O"),
  "a letter for the dash": `${p(11).slice(0, 8)}A${p(11).slice(8)}`,
  "letters around": `nr${p(12)}9x`,
  "a letter in the last four": `${p(13).slice(0, 8)}-T${p(13).slice(9)}`,
  "a day of birth": p(14).slice(0, 8),
  "a day of birth with dashes": "1964-03-15",
  "a number cut short": `${p(16).slice(2, 8)}-${p(16).slice(8, 10)}`,
  "a number with its end hidden": `${p(17).slice(2, 8)}-XXXX`,
  "a slip": `${p(18).slice(0, 11)}${(Number(p(18)[11]) + 1) % 10}`,
  "almost a checksum": `a${p(19)}${p(20)}`,
  "a long number of a spreadsheet": `1,${p(21).slice(1)}E+14`,
  "digits one by one": [...p(22), "1"].join(" "),
};
const sought: Readonly<Record<string, string>> = {
  ...written,
  ...Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`the number of ${i + 1}`, p(i + 1)] as const)),
};
const rows = Object.values(written);

const base: Record<string, Rows> = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2020-01-01", "2020-12-31"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp"],
    ["i", 1, "2020-02-01", "samverkan"],
  ],
};
const people = (heading: string): Rows => [
  ["insats_id", heading, "startdatum", "kommun"],
  ...rows.map((cell): Cells => ["i", cell, "2020-01-01", "0180"]),
];
const files = {
  ...base,
  "a/deltagare.csv": people("Personnummer"),
  "b/deltagare.csv": people("Klientens pnr (10 siffror)"),
  "c/arende.csv": [["insats_id", "mote_id", "personnummer"], ...rows.map((cell): Cells => ["i", 1, cell])],
  "d/okant.csv": [["Löpnr", "Barnets personnummer"], ...rows.map((cell, i): Cells => [i, cell])],
  "e/nr.csv": people("Nr"),
  "f/deltagare.xlsx": workbook({
    sheets: [
      {
        name: "Deltagare",
        rows: [
          ["insats_id", "Personnummer", "startdatum", "kommun"],
          ...rows.map((cell) => ["i", cell, "2020-01-01", "0180"]),
          ["i", Number(`${p(23)}4711`), "2020-01-01", "0180"],
          ["i", Number(p(24).slice(0, 11)), "2020-01-01", "0180"],
        ],
      },
    ],
  }),
};
const tolkning = [{ fil: "nr.csv", dataset: "deltagare", kolumner: { Nr: "personnummer" } }];
const mal = [{ id: "unika", matt: "unika_deltagare", per: "hela", villkor: ">= 1" }];

describe("what cannot be read under a heading of identity numbers", () => {
  const pipeline = { insats: "i", tolkning, mal };
  const refused = folder({ files, pipelines: { "p.yaml": pipeline } });
  const kept = folder({
    files,
    pipelines: { "p.yaml": { ...pipeline, personuppgifter: "pseudonymisera", rattsligt_stod: "Samtycke" } },
  });
  const said: string[] = [];
  const go = async (d: Folder, ...args: string[]): Promise<void> => {
    mkdirSync(d.path("tmp"), { recursive: true });
    // What a run leaves among the system's temporary files is looked for too.
    const start = args[0] === "run" ? "spawned" : "cli";
    const { stdout, stderr } = await d[start](args, { FINSAM_KEY: key, TMPDIR: d.path("tmp") });
    said.push(stdout, stderr);
  };
  beforeAll(async () => {
    for (const d of [refused, kept]) {
      await go(d, "run", "--today", "2021-01-01");
      await go(d, "reply");
      await go(d, "show", "datakvalitet");
      await go(d, "trace", "unika");
      for (const file of Object.keys(files).filter((name) => !(name in base)))
        await go(d, "inspect", `data/${file}`, "--json");
    }
  }, 240_000);
  afterAll(() => {
    for (const d of [refused, kept]) rmSync(d.path("tmp"), { recursive: true, force: true });
  });

  test("refuses the file where persons are refused, and sets each row aside where they are pseudonymised", () => {
    for (const file of Object.keys(files).filter((name) => !(name in base))) {
      expect([file, only(refused.rows("leveranser"), { fil: `data/${file}` }).lasta]).toEqual([file, 0]);
      expect([file, only(kept.rows("leveranser"), { fil: `data/${file}` }).lasta]).toEqual([file, 0]);
    }
    for (const file of ["a/deltagare.csv", "b/deltagare.csv", "c/arende.csv", "e/nr.csv"]) {
      const found = pick(kept.rows("datakvalitet"), { fil: `data/${file}`, kod: "ogiltigt_personnummer" });
      expect([file, found.length]).toEqual([file, rows.length]);
      expect([file, found.filter(({ varde }) => !/^(18|19|20|\*\*)\*{4}-\*{4}$/.test(String(varde)))]).toEqual([
        file,
        [],
      ]);
    }
  });
  test("stands nowhere on disk", async () => {
    for (const d of [refused, kept]) expect(await findAnywhere(d.root, sought, ["data"])).toEqual([]);
  }, 60_000);
  test("is said nowhere", () => {
    const all = said.join("\n");
    expect(
      Object.entries(sought)
        .filter(([, text]) => all.includes(text))
        .map(([name]) => name),
    ).toEqual([]);
  });
});
