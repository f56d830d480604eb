/** Corrections: a cell is read as something else than was delivered, for a stated reason, and only while it holds what was expected. */
import { beforeAll, describe, expect, test } from "vitest";
import { PipelineError } from "../../src/schema/errors.ts";
import { columns, folder, only, pick, type Rows } from "../contract/delivery.ts";
import { type Part, together } from "../contract/together.ts";

const correction = {
  fil: "faktura.csv",
  cell: "G2",
  gammalt: "12.500",
  nytt: "12 500",
  skal: "förbundet bekräftade tusental",
  datum: "2024-05-02",
};
const faktura = (belopp: string, id = "i"): Rows => [
  ["insats_id", "faktura_id", "forbund_id", "part_id", "fran", "till", "belopp"],
  [id, "1", `f-${id}`, "", "2022-01-01", "2022-01-31", belopp],
  [id, "2", `f-${id}`, "", "2022-02-01", "2022-02-28", "100"],
];
const files = (belopp = "12.500", id = "i"): Record<string, Rows> => ({
  "insats.csv": [
    ["insats_id", "namn"],
    [id, id],
  ],
  "forbund.csv": [
    ["forbund_id", "namn"],
    [`f-${id}`, "F"],
  ],
  "faktura.csv": faktura(belopp, id),
});
const pipelines = (...korrigeringar: unknown[]): Record<string, { insats: string; korrigeringar: unknown[] }> => ({
  "p.yaml": { insats: "i", korrigeringar },
});

describe("a correction", () => {
  const results = ["kostnadsandel", "datakvalitet"] as const;
  const all = together(results);
  const first = "2024-06-01";
  const given = (id: string, korrigeringar: readonly unknown[], more: Record<string, Rows | string> = {}): Part => {
    const part = all.part(id);
    part.starts(first, { ...files("12.500", id), ...more }, { korrigeringar });
    return part;
  };
  const read = given("read", [correction]);
  const beside = given("beside", []);
  const short = given("short", [{ ...correction, gammalt: "", nytt: 7 }], {
    "faktura.csv": "insats_id;faktura_id;forbund_id;part_id;fran;till;belopp\nshort;1;f-short;;2022-01-01;2022-01-31\n",
  });
  const org = given("org", [{ ...correction, skal: "556036-0793 bekräftade" }]);
  const alike = [
    ["a space for a hard one", "12 500,50", "12\u00A0500,50"],
    ["a space for a narrow one", "12 500,50", "12\u202F500,50"],
    ["one space for several, and none at the ends", " 12 500,50", "12  500,50 "],
    ["a letter for the same letter in two parts", "tolv på", "tolv pa\u030A"],
    ["nothing for a sign that cannot be seen", "12.500", "12\u200B.500"],
  ] as const;
  const shown = given(
    "shown",
    alike.map(([, gammalt], i) => ({ ...correction, cell: `G${i + 2}`, gammalt, nytt: `${i + 1} 500` })),
    {
      "forbund.csv": [["forbund_id", "namn"], ...alike.map((_, i) => [`f${i}`, `F${i}`])],
      "faktura.csv": [
        ...faktura("").slice(0, 1),
        ...alike.map(([, , delivered], i) => ["shown", i, `f${i}`, "", "2022-01-01", "2022-01-31", delivered]),
      ],
    },
  );
  const mended = given("mended", [correction]);
  mended.on("2024-06-10", () => mended.write("faktura.csv", faktura("12 600", "mended")));
  mended.on("2024-06-15", () => {
    const [heading, , last] = faktura("12 600", "mended");
    mended.write("faktura.csv", [heading ?? [], last ?? []]);
    mended.pipeline({ korrigeringar: [correction, { ...correction, cell: "G3", gammalt: "100" }] });
  });
  let traced = "";
  beforeAll(async () => {
    const common = { ...correction, fil: "beside/faktura.csv" };
    all.d.pipeline("korrigeringar.yaml", JSON.stringify([common]));
    await all.runAll();
    mended.pipeline({ korrigeringar: [correction] });
    await all.lookBack(first);
    ({ stdout: traced } = await all.d.cli(["trace", "kostnadsandel/read/forbund/f-read#belopp_ore", "--json"]));
  }, 120_000);

  test("is read in place of the cell, and stands in datakvalitet with its reason", () => {
    const d = read.at(first);
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
    expect(JSON.parse(traced).rader.map(({ cell }: { cell: string }) => cell)).toEqual(["G2", "G3"]);
  });

  test("may stand in korrigeringar.yaml beside the pipeline files, for any delivery", async () => {
    const d = beside.at(first);
    expect(columns(d.rows("kostnadsandel"), "dimension", "belopp_ore")[0]).toEqual(["forbund", 1_260_000]);
    const slip = folder({ files: files(), pipelines: { "p.yaml": { insats: "i" } } });
    slip.pipeline("korrigeringar.yaml", JSON.stringify([{ ...correction, sell: "x" }]));
    await expect(slip.run()).rejects.toThrow(/korrigeringar\.yaml:1: .*unknown key sell/);
  });

  test("fills a cell that is empty or that the row is too short for", () => {
    expect(columns(short.at(first).rows("kostnadsandel"), "belopp_ore")[0]).toEqual([700]);
  });

  test.each(alike.map(([what], i) => [what, i] as const))("holds for the cell as it looks on a screen: %s", (_, i) => {
    const rows = shown.at(first).rows("kostnadsandel");
    expect(only(rows, { dimension: "forbund", id: `f${i}` }).belopp_ore).toBe((i + 1.5) * 100_000);
  });

  test("does not hold for a cell with another dash, which looks otherwise", async () => {
    const d = folder({ files: files("–12"), pipelines: pipelines({ ...correction, gammalt: "-12" }) });
    await expect(d.run()).rejects.toThrow("expected ”-12”, but the cell holds ”–12”");
  }, 60_000);

  test("is passed over, which is said, when the sender has mended the cell, and holds for earlier reports", () => {
    const [d, later] = [mended.at("2024-06-10"), mended.at("2024-06-15")];
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
    expect(columns(later.rows("datakvalitet"), "cell", "kod")).toEqual([
      ["G2", "korrigering_passerad"],
      ["G3", "korrigering_passerad"],
    ]);
    const report = (day: string): unknown[] => results.map((result) => mended.at(day).rows(result));
    expect(report(`as of ${first}`)).toEqual(report(first));
  });

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
    expect(pick(org.at(first).rows("datakvalitet"), { kod: "korrigerad" })).toHaveLength(1);
    const slip = folder({ files: {}, pipelines: pipelines({ ...correction, skäl: "x" }) });
    await expect(slip.run()).rejects.toThrow("unknown key skäl; did you mean skal?");
  }, 60_000);
});
