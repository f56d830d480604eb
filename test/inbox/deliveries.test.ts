/** Files as they come, through a whole run: what `leveranser` and `datakvalitet` say of them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/batch.ts";
import { styled, workbook } from "../corpus/workbook.ts";

const root = mkdtempSync(join(tmpdir(), "finsam-leverans-"));
afterAll(() => rmSync(root, { recursive: true }));
const write = (file: string, content: string | Buffer): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), content);
};
type Row = Record<string, string | number | null>;
const rows = (result: string): Row[] =>
  JSON.parse(readFileSync(join(root, "out/internt", `${result}.json`), "utf8")) as Row[];
const tables = (fil: string): Row[] => rows("leveranser").filter((row) => row.fil === `data/${fil}`);
const found = (fil: string): Row[] => rows("datakvalitet").filter((row) => row.fil === `data/${fil}`);

beforeAll(async () => {
  write("data/insats.csv", "insats_id;namn\ni;I\n");
  write("data/forbund.csv", "forbund_id;namn\nf;F\n");
  write("data/part.csv", "insats_id;part_id;namn;huvudman\ni;af;AF;af\n");
  write(
    "data/arbetsbok.xlsx",
    workbook({
      formats: [14, "#,##0,"],
      sheets: [
        {
          name: "Möte",
          rows: [
            ["Möten 2023"],
            [null],
            ["insats_id", "mote_id", "datum", "motestyp"],
            ["i", 1, styled(44974, 1), "puls"],
            ["i", 2, 44975, "puls"],
            ["i", 3, "igår", "puls"],
            [null],
            ["insats_id", "mote_id", "part_id", "kallad", "närvarande"],
            ["i", 1, "af", true, false],
            ["i", 2, "af", "ja", { xml: '<c r="@"><f>E9</f></c>' }],
          ],
        },
        {
          name: "Utgifter",
          state: "hidden",
          rows: [
            ["insats_id", "faktura_id", "förbund_id", "från", "till", "belopp"],
            ["i", "a", "f", "2023-01-01", "2023-01-31", styled(1_234_500, 2)],
            ["i", "b", "f", "2023-02-01", "2023-02-28", 0.1 + 0.2],
          ],
        },
      ],
    }),
  );
  write("data/bara-tolkning.txt", "insats_id|mote_id|datum|motestyp\ni|9|2023-03-01|a;b;c\ni|10|2023-03-02|d;e;f\n");
  write("data/dubbel.csv", "insats_id;leverabel_id;text;status;status\ni;l;x;klar;delvis\n");
  write("data/gammal.xls", Buffer.from("d0cf11e0a1b11ae10000", "hex"));
  write(
    "pipelines/p.yaml",
    'insats: i\nkallor: [../data]\ntolkning:\n  - { fil: bara-tolkning.txt, dataset: mote, avgransare: "|", kodning: utf-8 }\n',
  );
  await run({ pipelines: join(root, "pipelines/p.yaml"), out: join(root, "out"), today: "2024-01-01" });
}, 60_000);

describe("a workbook", () => {
  test("has a row in leveranser for each table, by sheet and number", () => {
    expect(
      tables("arbetsbok.xlsx").map(({ blad, tabell, dataset, rubrikrad, rader, lasta, avvisade, overhoppade }) => [
        blad,
        tabell,
        dataset,
        rubrikrad,
        rader,
        lasta,
        avvisade,
        overhoppade,
      ]),
    ).toEqual([
      ["Möte", 1, "mote", 3, 7, 2, 1, 4],
      ["Möte", 2, "narvaro", 8, 3, 1, 1, 1],
      ["Utgifter", 1, "faktura", 1, 3, 2, 0, 1],
    ]);
  });
  test("has its findings at the cells that Excel shows", () => {
    expect(found("arbetsbok.xlsx").map(({ blad, cell, kod }) => [blad, cell, kod])).toEqual([
      ["Möte", "C6", "ogiltigt_datum"],
      ["Möte", "E10", "formel_utan_varde"],
      ["Utgifter", null, "dolt_blad"],
    ]);
  });
  test("gives amounts to the öre, as they are stored", () => {
    const [insats] = rows("kostnadsandel").filter(({ dimension }) => dimension === "insats");
    expect(insats?.belopp_ore).toBe(123_450_030);
  });
});

test("a pipeline declares a file's separator and encoding", () => {
  expect(tables("bara-tolkning.txt")).toMatchObject([{ avgransare: "|", kodning: "utf-8", lasta: 2 }]);
});
test("two columns under the heading of one that is read refuse the table", () => {
  expect(tables("dubbel.csv")).toMatchObject([{ rader: 2, lasta: 0, avvisade: 2 }]);
  expect(found("dubbel.csv")).toMatchObject([{ kod: "dubbel_rubrik", cell: "E1", allvar: "fel" }]);
});
test("a table in a form that is not read is a finding, not silence", () => {
  expect(found("gammal.xls")).toMatchObject([{ kod: "aldre_format" }]);
});
test("what the reader saw of a cell is kept with it: the second run says the same", async () => {
  const before = rows("datakvalitet");
  await run({ pipelines: join(root, "pipelines/p.yaml"), out: join(root, "out"), today: "2024-01-02" });
  expect(rows("datakvalitet")).toEqual(before);
  const kept = tables("arbetsbok.xlsx")[0]?.sha256;
  expect(gunzipSync(readFileSync(join(root, "out/arkiv", `${kept}.json.gz`))).toString()).toContain('"slag":"tn');
}, 60_000);
