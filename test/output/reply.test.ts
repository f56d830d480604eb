/** The answer to the sender, read back from its bytes, and opened in LibreOffice where that is installed. */
import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { sheetName, workbook } from "../../src/output/workbook.ts";
import { type Finished, type Folder, folder } from "../contract/delivery.ts";
import { convert, hasCalc } from "../office.ts";
import { partsOf } from "../report/archive.ts";

/** The texts of a workbook's parts. */
const unzip = (file: string): Map<string, string> =>
  new Map([...partsOf(file)].map(([name, bytes]) => [name, bytes.toString("utf8")]));

const plain = (xml: string): string =>
  xml.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

/** Each cell's text, style and comment, by address. */
const cellsOf = (
  parts: Map<string, string>,
  nr: number,
): Map<string, { text: string; style: number; comment?: string }> => {
  const cells = new Map<string, { text: string; style: number; comment?: string }>();
  const sheet = parts.get(`xl/worksheets/sheet${nr}.xml`) ?? "";
  for (const [, at = "", style, , text, number] of sheet.matchAll(
    /<c r="([A-Z]+\d+)" s="(\d+)"( t="inlineStr")?>(?:<is><t xml:space="preserve">([^<]*)<\/t><\/is>|<v>([^<]*)<\/v>)<\/c>/g,
  )) {
    cells.set(at, { text: plain(text ?? number ?? ""), style: Number(style) });
  }
  const comments = parts.get(`xl/comments${nr}.xml`) ?? "";
  for (const [, at = "", text = ""] of comments.matchAll(
    /<comment ref="([A-Z]+\d+)" authorId="0"><text><t xml:space="preserve">([^<]*)<\/t>/g,
  )) {
    const cell = cells.get(at);
    if (cell) cell.comment = plain(text);
  }
  return cells;
};

let d: Folder;
let replied: Finished;
let parts: Map<string, string>;
beforeAll(async () => {
  d = folder({
    files: {
      "a/insats.csv": [
        ["insats_id", "namn"],
        ["i", "I"],
      ],
      "a/mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp", "anmarkning"],
        ["i", 1, "2023-01-01", "puls", '=HYPERLINK("http://ond.example")'],
        ["i", 2, "02/03/2023", "puls", "<b>&amp;"],
        ["i", 3, "02/03/2023", "puls", "+46 och _x0041_ och \u0001"],
      ],
      "a/hemlig.csv": [
        ["insats_id", "personnummer"],
        ["i", "19640823-3234"],
      ],
      "b/part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["i", "af", "Af", "arbetsförmedlingen"],
      ],
    },
    pipelines: { "p.yaml": { insats: "i", kallor: ["../data/a", "../data/b"] } },
  });
  await d.run();
  replied = await d.cli(["reply"]);
  parts = unzip(d.path("out/svar/svar-data-a-mote.xlsx"));
}, 60_000);

describe("finsam reply", () => {
  test("names each workbook it writes, one for each file; a file without findings gets none", () => {
    expect([replied.code, replied.stdout]).toEqual([
      0,
      "out/svar/svar-data-a-hemlig.xlsx: 1 fel, 0 varningar\nout/svar/svar-data-a-mote.xlsx: 2 fel, 1 varning\n",
    ]);
    expect(readdirSync(d.path("out/svar"))).toEqual(["svar-data-a-hemlig.xlsx", "svar-data-a-mote.xlsx"]);
  });
  test("says in one file's workbook nothing of the folder's others", () => {
    const whole = [...parts.values()].join("");
    expect(whole).toContain("mote.csv");
    for (const other of ["hemlig", "insats.csv", "19****-****"]) expect(whole).not.toContain(other);
  });
  test("keeps the folder out of names and workbooks where that is asked for", async () => {
    const { stdout } = await d.cli(["reply", "--no-folder", "--to", "utan"]);
    expect(stdout).toBe("utan/svar-hemlig.xlsx: 1 fel, 0 varningar\nutan/svar-mote.xlsx: 2 fel, 1 varning\n");
    const without = unzip(d.path("utan/svar-mote.xlsx"));
    expect(cellsOf(without, 1).get("A1")?.text).toBe("Svar på mote.csv");
    expect([...without.values()].join("")).not.toContain("data/a");
  });
  test("shows the cells as read, with a comment and a colour where something is wrong", () => {
    const names = [...(parts.get("xl/workbook.xml") ?? "").matchAll(/<sheet name="([^"]*)"/g)].map(([, name]) => name);
    expect(names).toEqual(["Sammanfattning", "mote.csv"]);
    const cells = cellsOf(parts, 2);
    expect(cells.get("C1")).toEqual({ text: "datum", style: 2 });
    expect(cells.get("C2")).toEqual({ text: "2023-01-01", style: 0 });
    expect(cells.get("C3")).toEqual({
      text: "02/03/2023",
      style: 3,
      comment: "Datum: ”02/03/2023” kan vara två olika datum. Skriv år, månad och dag: 2023-02-17.",
    });
    expect(cells.get("C4")?.comment).toBeDefined();
    expect([...cells.values()].filter(({ comment }) => comment !== undefined)).toHaveLength(3);
  });
  test("sums up: rows of each file, equal findings once", () => {
    const texts = [...cellsOf(parts, 1)].map(([at, { text }]) => `${at} ${text}`);
    expect(texts).toEqual(
      expect.arrayContaining([
        "A1 Svar på data/a/mote.csv",
        "A6 mote.csv",
        "C6 Möte",
        "D6 mote.csv",
        "E6 4",
        "F6 1",
        "G6 2",
        "H6 1",
        "D10 C3, C4",
        "E10 Samma fel i 2 rader. Datum: ”02/03/2023” kan vara två olika datum. Skriv år, månad och dag: 2023-02-17.",
      ]),
    );
  });
  test("holds no formula, and text that looks like one stays text when it is edited", () => {
    expect([...parts.values()].join("")).not.toMatch(/<f[ >]/);
    const cells = cellsOf(parts, 2);
    expect(cells.get("E2")).toEqual({ text: '=HYPERLINK("http://ond.example")', style: 6 });
    expect(cells.get("E3")?.text).toBe("<b>&amp;");
    expect(cells.get("E4")).toMatchObject({ text: "+46 och _x005F_x0041_ och \uFFFD", style: 10 });
    expect(parts.get("xl/styles.xml")).toContain('quotePrefix="1"');
  });
  test("holds nothing that the door refused", () => {
    const refused = unzip(d.path("out/svar/svar-data-a-hemlig.xlsx"));
    const whole = [...refused.values()].join("");
    expect(whole).not.toContain("3234");
    expect(whole).toContain("19****-****");
  });
  test("writes the same bytes again", async () => {
    await d.cli(["reply", "--to", "igen"]);
    expect(
      readFileSync(d.path("igen/svar-data-a-mote.xlsx")).equals(readFileSync(d.path("out/svar/svar-data-a-mote.xlsx"))),
    ).toBe(true);
  });
  test("an unknown delivery is wrong usage, and the known ones are named", async () => {
    const { code, stderr } = await d.cli(["reply", "--leverans", "data/c"]);
    expect([code, stderr]).toEqual([2, "data/c: no such delivery; there are data/a, data/b\n"]);
  });
});

test("of more findings than a sheet takes the errors have comments, and the rest are counted", async () => {
  const rows = (count: number, datum: string, from: number): (string | number)[][] =>
    Array.from({ length: count }, (_, i) => ["i", from + i, datum, "puls"]);
  const made = folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2023-01-01", "2023-12-31"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ...rows(4990, "2020-01-01", 1),
        ...rows(30, "igår", 10_000),
      ],
    },
    pipelines: { "p.yaml": { insats: "i" } },
  });
  await made.run();
  const { stdout } = await made.cli(["reply"]);
  expect(stdout).toBe(
    "out/svar/svar-data-mote.xlsx: 30 fel, 4990 varningar; 20 findings beyond 5000 a table without a comment\n",
  );
  expect(JSON.parse((await made.cli(["reply", "--json"])).stdout)[0].utan_kommentar).toBe(20);
  const whole = unzip(made.path("out/svar/svar-data-mote.xlsx"));
  const comments = [...cellsOf(whole, 2).values()].flatMap(({ comment }) => comment ?? []);
  expect([comments.length, comments.filter((text) => text.includes("inget datum")).length]).toEqual([5000, 30]);
  expect([...cellsOf(whole, 1).values()].map(({ text }) => text)).toContainEqual(
    expect.stringMatching(/^Bladet \S+ har kommentarer för 5000 fynd; 20 till är utan, men räknas i listan nedan\.$/),
  );
}, 60_000);

test("what stands in a cell is not filled in, in datakvalitet or in a comment", async () => {
  const made = folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "typ"],
        ["i", "I", "{detalj} {kolumn}"],
      ],
    },
    pipelines: { "p.yaml": { insats: "i" } },
  });
  await made.run();
  const message = "Typ: ordet ”{detalj} {kolumn}” är inte känt.";
  expect(String(made.rows("datakvalitet")[0]?.meddelande).slice(0, message.length)).toBe(message);
  await made.cli(["reply"]);
  const whole = unzip(made.path("out/svar/svar-data-insats.xlsx"));
  expect(cellsOf(whole, 2).get("C2")?.comment?.slice(0, message.length)).toBe(message);
}, 60_000);

test("a sheet's name is what workbooks take, and its own", () => {
  expect(sheetName("2023: plan [A]/B.csv", new Set())).toBe("2023- plan -A--B.csv");
  expect(sheetName("NARVARO.csv", new Set(["narvaro.csv"]))).toBe("NARVARO.csv (2)");
  expect(sheetName("x".repeat(40), new Set(["x".repeat(31)]))).toBe(`${"x".repeat(27)} (2)`);
  expect(
    workbook([{ name: "a", rows: [] }])
      .subarray(0, 2)
      .toString(),
  ).toBe("PK");
});

test.skipIf(!hasCalc)(
  "an office suite opens it and reads the same cells",
  () => {
    const filter = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,2";
    const made = convert(d.path("out/svar/svar-data-a-mote.xlsx"), filter);
    const [file = ""] = readdirSync(made);
    const lines = readFileSync(`${made}/${file}`, "utf8").trimEnd().split("\n");
    expect(lines[0]).toBe("insats_id;mote_id;datum;motestyp;anmarkning");
    expect(lines[1]).toBe('i;1;2023-01-01;puls;"=HYPERLINK(""http://ond.example"")"');
    expect(lines[2]).toBe('i;2;02/03/2023;puls;"<b>&amp;"');
    expect(lines[3]).toContain("+46 och _x0041_");
  },
  90_000,
);

test("a number that the door replaced is not shown, nor what it was replaced by", async () => {
  const made = folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn"],
        ["i", "I"],
      ],
      "deltagare.csv": [
        ["insats_id", "personnummer", "kon", "startdatum"],
        ["i", "19640823-3234", "M", "våren"],
      ],
      "leverabel.csv": [
        ["insats_id", "leverabel_id", "text", "status", "19640823-3234"],
        ["i", "1", "Plan för 19640823-3234 klar", "640823-3234"],
      ],
    },
    pipelines: { "p.yaml": { insats: "i", personuppgifter: "pseudonymisera", rattsligt_stod: "prov" } },
  });
  const key = { FINSAM_KEY: "k".repeat(32) };
  expect((await made.cli(["run", "--pipelines", "pipelines/*.yaml", "--today", "2024-01-01"], key)).code).toBe(1);
  await made.cli(["reply"]);
  const whole = unzip(made.path("out/svar/svar-data-deltagare.xlsx"));
  const cells = cellsOf(whole, 2);
  expect([cells.get("B2")?.text, cells.get("D2")?.text]).toEqual(["(personnummer, ersatt)", "våren"]);
  const other = unzip(made.path("out/svar/svar-data-leverabel.xlsx"));
  expect(cellsOf(other, 2).get("C2")?.text).toBe("Plan för (personnummer, ersatt) klar");
  expect([...whole.values(), ...other.values()].join("")).not.toMatch(/3234|[0-9a-f]{16}/);
}, 60_000);
