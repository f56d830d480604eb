/** Corrections: a cell is read as something else than was delivered, for a stated reason, and only while it holds what was expected. */
import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { PipelineError } from "../../src/schema/errors.ts";
import { columns, deliver, type Folder, folder, only, type Rows } from "../contract/delivery.ts";

const correction = {
  fil: "faktura.csv",
  cell: "G2",
  gammalt: "12.500",
  nytt: "12 500",
  skal: "förbundet bekräftade tusental",
  datum: "2024-05-02",
};
const faktura = (belopp: string): Rows => [
  ["insats_id", "faktura_id", "forbund_id", "part_id", "fran", "till", "belopp"],
  ["i", "1", "f", "", "2022-01-01", "2022-01-31", belopp],
  ["i", "2", "f", "", "2022-02-01", "2022-02-28", "100"],
];
const files = (belopp = "12.500"): Record<string, Rows> => ({
  "insats.csv": [
    ["insats_id", "namn"],
    ["i", "I"],
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    ["f", "F"],
  ],
  "faktura.csv": faktura(belopp),
});
const pipelines = (...korrigeringar: unknown[]): Record<string, { insats: string; korrigeringar: unknown[] }> => ({
  "p.yaml": { insats: "i", korrigeringar },
});

describe("a correction", () => {
  test("is read in place of the cell, and stands in datakvalitet with its reason", async () => {
    const d = await deliver({ files: files(), pipelines: pipelines(correction) });
    expect(columns(d.rows("kostnadsandel"), "dimension", "belopp_ore")[0]).toEqual(["forbund", 1_260_000]);
    expect(columns(d.rows("datakvalitet"), "cell", "varde", "kod", "allvar", "meddelande")).toEqual([
      [
        "G2",
        "12.500",
        "korrigerad",
        "varning",
        "belopp: ”12.500” läses som ”12 500” (förbundet bekräftade tusental, 2024-05-02). Rätta cellen i filen; då behövs ingen korrigering.",
      ],
    ]);
    const { stdout } = await d.cli(["trace", "kostnadsandel/i/forbund/f#belopp_ore", "--json"]);
    expect(JSON.parse(stdout).rader.map(({ cell }: { cell: string }) => cell)).toEqual(["G2", "G3"]);
  }, 60_000);

  test("may stand in korrigeringar.yaml beside the pipeline files, for any delivery", async () => {
    const d = folder({ files: files(), pipelines: { "p.yaml": { insats: "i" } } });
    writeFileSync(d.path("pipelines", "korrigeringar.yaml"), JSON.stringify([correction]));
    await d.run();
    expect(columns(d.rows("kostnadsandel"), "dimension", "belopp_ore")[0]).toEqual(["forbund", 1_260_000]);
    writeFileSync(d.path("pipelines", "korrigeringar.yaml"), JSON.stringify([{ ...correction, sell: "x" }]));
    await expect(d.run()).rejects.toThrow(/korrigeringar\.yaml:1: .*unknown key sell/);
  }, 60_000);

  test("fills a cell that is empty or that the row is too short for", async () => {
    const d = await deliver({
      files: {
        ...files("1"),
        "faktura.csv": "insats_id;faktura_id;forbund_id;part_id;fran;till;belopp\ni;1;f;;2022-01-01;2022-01-31\n",
      },
      pipelines: pipelines({ ...correction, gammalt: "", nytt: 7 }),
    });
    expect(columns(d.rows("kostnadsandel"), "belopp_ore")[0]).toEqual([700]);
  }, 60_000);

  describe("holds for the cell as it looks on a screen:", () => {
    const alike = [
      ["a space for a hard one", "12 500,50", "12\u00A0500,50"],
      ["a space for a narrow one", "12 500,50", "12\u202F500,50"],
      ["one space for several, and none at the ends", " 12 500,50", "12  500,50 "],
      ["a letter for the same letter in two parts", "tolv på", "tolv pa\u030A"],
      ["nothing for a sign that cannot be seen", "12.500", "12\u200B.500"],
    ] as const;
    let d: Folder;
    beforeAll(async () => {
      d = await deliver({
        files: {
          ...files(),
          "forbund.csv": [["forbund_id", "namn"], ...alike.map((_, i) => [`f${i}`, `F${i}`])],
          "faktura.csv": [
            ...faktura("").slice(0, 1),
            ...alike.map(([, , delivered], i) => ["i", i, `f${i}`, "", "2022-01-01", "2022-01-31", delivered]),
          ],
        },
        pipelines: pipelines(
          ...alike.map(([, gammalt], i) => ({ ...correction, cell: `G${i + 2}`, gammalt, nytt: `${i + 1} 500` })),
        ),
      });
    }, 60_000);
    test.each(alike.map(([what], i) => [what, i] as const))("%s", (_, i) => {
      expect(only(d.rows("kostnadsandel"), { dimension: "forbund", id: `f${i}` }).belopp_ore).toBe((i + 1.5) * 100_000);
    });
  });

  test("does not hold for a cell with another dash, which looks otherwise", async () => {
    const d = folder({ files: files("–12"), pipelines: pipelines({ ...correction, gammalt: "-12" }) });
    await expect(d.run()).rejects.toThrow("expected ”-12”, but the cell holds ”–12”");
  }, 60_000);

  test("is passed over, which is said, when the sender has mended the cell, and holds for earlier reports", async () => {
    const d = folder({ files: files(), pipelines: pipelines(correction) });
    await d.run({ today: "2024-06-01" });
    const report = (): unknown[] => [d.rows("kostnadsandel"), d.rows("datakvalitet")];
    const before = report();
    d.write("faktura.csv", faktura("12 600"));
    await d.run({ today: "2024-06-10" });
    expect(columns(d.rows("kostnadsandel"), "belopp_ore")[0]).toEqual([1_270_000]);
    expect(columns(d.rows("datakvalitet"), "cell", "varde", "kod", "allvar", "meddelande")).toEqual([
      [
        "G2",
        "12.500",
        "korrigering_passerad",
        "varning",
        "Korrigeringen av ”12.500” gäller en tidigare version av filen och används inte längre: nu står där ”12 600”. Den kan tas bort när rapporter från tiden före den nya versionen inte ska göras om.",
      ],
    ]);
    d.write("faktura.csv", [...faktura("12 600").slice(0, 1), ...faktura("12 600").slice(2)]);
    d.pipeline("p.yaml", { insats: "i", korrigeringar: [correction, { ...correction, cell: "G3", gammalt: "100" }] });
    await d.run({ today: "2024-06-15" });
    expect(columns(d.rows("datakvalitet"), "cell", "kod")).toEqual([
      ["G2", "korrigering_passerad"],
      ["G3", "korrigering_passerad"],
    ]);
    d.pipeline("p.yaml", { insats: "i", korrigeringar: [correction] });
    await d.run({ asOf: "2024-06-01" });
    expect(report()).toEqual(before);
  }, 90_000);

  test("stops the run when the cell never held the old value, and nothing is changed", async () => {
    const d = folder({ files: files(), pipelines: pipelines(correction) });
    await d.run();
    const before = d.bytes("out/internt");
    d.write("faktura.csv", faktura("12 600"));
    d.pipeline("p.yaml", { insats: "i", korrigeringar: [{ ...correction, gammalt: "12,500" }] });
    const { code, stderr } = await d.cli(["run", "--pipelines", "pipelines/*.yaml", "--today", "2025-01-01"]);
    expect(code).toBe(3);
    expect(stderr).toContain(
      "p.yaml: korrigeringar: faktura.csv, G2: expected ”12,500”, but the cell holds ”12 600”; nothing was changed.",
    );
    expect([...d.bytes("out/internt")].every(([name, bytes]) => before.get(name)?.equals(bytes))).toBe(true);
  }, 60_000);

  test("of a row that is not there stops the run too", async () => {
    const d = folder({ files: files(), pipelines: pipelines({ ...correction, cell: "G9" }) });
    await expect(d.run()).rejects.toThrow("faktura.csv, G9: expected ”12.500”, but there is no such row");
  }, 60_000);

  test("does not hold before the day it was decided", async () => {
    const d = folder({ files: { "2024-01-01/faktura.csv": faktura("12.500") }, pipelines: pipelines(correction) });
    await d.run({ asOf: "2024-05-01" });
    expect(columns(d.rows("datakvalitet"), "kod")[0]).toEqual(["tvetydigt_tal"]);
  }, 60_000);

  test.each([
    { nytt: "19640823-3234" },
    { nytt: 6408233234 },
    { gammalt: "640823 3234" },
    { skal: "gäller 19640823-3234" },
    { skal: "gäller 640823-3235, felskrivet" },
    { fil: "640823-3234.csv" },
    { blad: "640823-3234" },
  ])("holds no identity number: %j", async (wrong) => {
    const made = folder({ files: {}, pipelines: pipelines({ ...correction, ...wrong }) });
    const error: unknown = await made.run().catch((refused: unknown) => refused);
    if (!(error instanceof PipelineError)) throw new Error("it was not refused");
    expect(error.lines).toContainEqual(
      expect.stringMatching(/\/p\.yaml:\d+: 19\*{4}-\*{4}: an identity number is never written in a pipeline file$/),
    );
    expect(error.message).not.toMatch(/640823|323[45]/);
  });
  test("nor, under a heading of them, what could be one", async () => {
    const deltagare: Rows = [
      ["insats_id", "Personnummer", "kon", "startdatum"],
      ["i", "okänt", "K", "2022-02-01"],
    ];
    const wrong = { ...correction, fil: "deltagare.csv", cell: "B2", gammalt: "okänt", nytt: "6408.23.3235" };
    const made = folder({ files: { ...files("1"), "deltagare.csv": deltagare }, pipelines: pipelines(wrong) });
    await expect(made.run()).rejects.toThrow("an identity number is never written in a pipeline file");
  }, 60_000);
  test("may hold an organisation number, and a slip in it is named", async () => {
    const org = folder({ files: files(), pipelines: pipelines({ ...correction, skal: "556036-0793 bekräftade" }) });
    await org.run();
    const slip = folder({ files: {}, pipelines: pipelines({ ...correction, skäl: "x" }) });
    await expect(slip.run()).rejects.toThrow("unknown key skäl; did you mean skal?");
  }, 60_000);
});
