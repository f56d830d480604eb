/** The life of findings: new, remaining, put right, against what was found before the deliveries last changed. */
import { beforeAll, describe, expect, test } from "vitest";
import { columns, type Folder, folder, type Row, type Rows, type Value } from "../contract/delivery.ts";

const moten = (...dates: string[]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp"],
  ...dates.map((date, i) => ["i", i + 1, date, "puls"]),
];

let d: Folder;
const lives: (Value | undefined)[][][] = [];
const bytes: Map<string, Buffer>[] = [];
let unread: Row[];
const step = async (today: string, asOf?: string): Promise<void> => {
  await d.run({ pipelines: "p.yaml", ...(asOf === undefined ? { today } : { asOf }) });
  lives.push(columns(d.rows("fyndhistorik"), "lage", "sedan", "cell", "varde"));
  bytes.push(d.bytes("out/internt"));
};

beforeAll(async () => {
  d = folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn"],
        ["i", "I"],
      ],
      "mote.csv": moten("2023-01-01", "02/03/2023", "", "femte maj", ""),
      "annan/insats.csv": [
        ["insats_id", "namn"],
        ["j", "J"],
      ],
    },
    pipelines: {
      "p.yaml": { insats: "i", kallor: ["../data/*.csv"] },
      "annan.yaml": { insats: "j", kallor: ["../data/annan"] },
    },
  });
  await step("2024-01-01");
  await step("2024-01-01");
  d.write("mote.csv", moten("maj", "2023-01-01", "2023-03-02", "femte maj", ""));
  await step("2024-02-01");
  await step("2024-02-01");
  await step("", "2024-01-15");
  await d.run({ pipelines: "annan.yaml", today: "2024-02-15" });
  unread = d.rows("fyndhistorik");
  d.write("mote.csv", moten("2023-05-01"));
  await step("2024-03-01");
}, 600_000);

describe("a finding is", () => {
  test("new the first time", () => {
    expect(lives[0]).toEqual([
      ["ny", "2024-01-01", "C3", "02/03/2023"],
      ["ny", "2024-01-01", "C4", null],
      ["ny", "2024-01-01", "C5", "femte maj"],
      ["ny", "2024-01-01", "C6", null],
    ]);
  });
  test("still new in a second run on the same files, which writes the same bytes", () => {
    expect(lives[1]).toEqual(lives[0]);
    const names = [...(bytes[0]?.keys() ?? [])].filter((name) => !name.endsWith(".duckdb"));
    for (const name of names)
      expect([name, bytes[1]?.get(name)?.equals(bytes[0]?.get(name) as Buffer)]).toEqual([name, true]);
  });
  test("kept where it has only moved, put right where it is gone, one by one among equals", () => {
    expect(lives[2]).toEqual([
      ["ny", "2024-02-01", "C2", "maj"],
      ["kvar", "2024-01-01", "C5", "femte maj"],
      ["kvar", "2024-01-01", "C6", null],
      ["atgardad", "2024-01-01", "C3", "02/03/2023"],
      ["atgardad", "2024-01-01", "C6", null],
    ]);
    expect(lives[3]).toEqual(lives[2]);
  });
  test("kept by a run that does not read its source, and that knows nothing of it", () => {
    expect(unread).toEqual([]);
    expect(lives[5]?.map(([lage, sedan]) => [lage, sedan])).toContainEqual(["atgardad", "2024-01-01"]);
  });
  test("forgotten when what comes after its putting right has come; a look back in time changes nothing", () => {
    expect(lives[5]).toEqual([
      ["atgardad", "2024-02-01", "C2", "maj"],
      ["atgardad", "2024-01-01", "C5", "femte maj"],
      ["atgardad", "2024-01-01", "C6", null],
    ]);
  });
});

test("a terminal shows equal findings once, and what has happened since", async () => {
  d.write("mote.csv", moten("x", "x", "x", "2023-01-01"));
  await d.run({ pipelines: "p.yaml", today: "2024-04-01" });
  expect(
    (await d.cli(["show", "datakvalitet"])).stdout,
  ).toBe(`Tre fel och inga varningar. --json och --csv visar vart och ett.

data/mote.csv
  fel      C2, C3, C4: samma fel i 3 rader
    Datum: ”x” är inget datum. Skriv till exempel 2023-02-17.
`);
  expect(JSON.parse((await d.cli(["show", "datakvalitet", "--json"])).stdout)).toHaveLength(3);
  d.write("mote.csv", moten("2023-01-02", "x", "2023-01-03", "2023-01-01"));
  await d.run({ pipelines: "p.yaml", today: "2024-04-02" });
  expect((await d.cli(["show", "datakvalitet"])).stdout.split("\n").slice(0, 2)).toEqual([
    "Ett fel och inga varningar. --json och --csv visar vart och ett.",
    "Sedan förra leveransen: inga nya, ett som är kvar, två åtgärdade.",
  ]);
}, 300_000);
