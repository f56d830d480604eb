/** Filled forms: what is written in them is what the run has published, and is read back out of them. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readPipelines, run as runBatch } from "../src/batch.ts";
import { fillForm } from "../src/form.ts";
import { zip } from "../src/output/zip.ts";
import { UsageError } from "../src/schema/errors.ts";
import { command } from "./command.ts";
import { temporaryFolder } from "./folders.ts";
import { convert, hasWriter } from "./office.ts";
import { docxText, partOf, partsOf } from "./report/archive.ts";
import { shippedRun, today } from "./shipped.ts";

const home = join(import.meta.dirname, "..");
const forms = {
  arsrapport: join(home, "data/formular/arsrapport.yaml"),
  slutrapport: join(home, "data/formular/slutrapport.yaml"),
};

const textOf = (xml: string): string =>
  xml
    .replace(/<w:br\/>|<\/w:p>(?=.*<w:p[ >])/gs, "\n")
    .replace(/<[^>]+>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&")
    .replaceAll("\u00a0", " ");

/** The content controls of a document by their tags: what is written in each, and of a box whether it is ticked. */
const controlsOf = (file: string): Map<string, string> =>
  new Map(
    [
      ...partOf(file, "word/document.xml").matchAll(
        /<w:sdt>((?:(?!<w:sdt>).)*?)<w:sdtContent>(.*?)<\/w:sdtContent><\/w:sdt>/gs,
      ),
    ].map(([, properties = "", content = ""]) => [
      /<w:tag w:val="([^"]*)"/.exec(properties)?.[1] ?? "",
      properties.includes("<w14:checkbox>")
        ? /<w14:checked w14:val="1"/.test(properties)
          ? "ja"
          : "nej"
        : textOf(content),
    ]),
  );

const filled = async (
  insats: string,
  form: keyof typeof forms,
  docx?: string,
): Promise<{ file: string; unplaced: readonly string[] }> => {
  const { out } = await shippedRun(insats.startsWith("exempel") ? "exempel" : "kallor");
  const file = join(temporaryFolder("formular"), `${insats}.docx`);
  return { file, unplaced: await fillForm({ out, insats, form: forms[form], docx, to: file }) };
};

/** What the five reports say in these fields, as the run has published it. */
const tierp: Readonly<Record<string, string>> = {
  namn: "Samordnare/Partsamordnare i Tierp",
  diarienummer: "2017:47",
  startdatum: "2018-04-01",
  slutdatum: "2020-03-31",
  deltagare: "73",
  kvinnor_man: "44 kvinnor och 29 män",
};
const aktiv: Readonly<Record<string, string>> = {
  ar: "2023",
  fakturerat: "310 163 kr",
  fakturerat_forbund:
    "Finsam Burlöv/Kävlinge/Staffanstorp/Vellinge: 43 423 kr\nFinsam i Lund: 161 285 kr\nFinsam Mittskåne: 105 455 kr",
  beviljat: "Går inte att ange: inget beslut om medel finns i underlaget.",
  deltagare: "Går inte att ange: underlag saknas.",
};

describe("a form laid out here", () => {
  test("has the figures of the final report of Tierp, each goal under one number, and says why there is none", async () => {
    const { file } = await filled("tierp-partsamordnare", "slutrapport");
    const controls = controlsOf(file);
    expect(Object.fromEntries(Object.keys(tierp).map((name) => [name, controls.get(name)]))).toEqual(tierp);
    const [goals = [], met = [], results = []] = ["mal", "mal_uppnatt", "mal_utfall"].map((name) =>
      controls.get(name)?.split("\n"),
    );
    expect(goals).toHaveLength(8);
    const at = goals.findIndex((goal) => goal.includes("60 individer/år"));
    expect([met[at], results[at]]).toEqual([`${at + 1}. Nej`, `${at + 1}. 73 av 120`]);
    const attendance = goals.findIndex((goal) => goal.includes("85 % av kallade"));
    expect([met[attendance], results[attendance]]).toEqual([
      `${attendance + 1}. Går inte att bedöma: underlag saknas`,
      `${attendance + 1}. Går inte att ange: underlag saknas`,
    ]);
  });
  test("has the figures of the yearly report of AKTIV, and ticks who has been active", async () => {
    const { file } = await filled("aktiv", "arsrapport");
    const controls = controlsOf(file);
    expect(Object.fromEntries(Object.keys(aktiv).map((name) => [name, controls.get(name)]))).toEqual(aktiv);
    expect(controls.get("prognos")).toContain("310 163 kr är fakturerat");
    expect([...controls].filter(([name]) => name.startsWith("myndigheter:"))).toEqual([
      ["myndigheter:Arbetsförmedlingen", "nej"],
      ["myndigheter:Försäkringskassan", "ja"],
      ["myndigheter:Region", "ja"],
      ["myndigheter:Kommun", "nej"],
    ]);
  });
  test("leaves what is to be told empty, with its question in grey", async () => {
    const { file } = await filled("aktiv", "arsrapport");
    const { falt } = parse(readFileSync(forms.arsrapport, "utf8")) as {
      falt: { falt: string; fraga: string; slag: string }[];
    };
    const told = falt.filter(({ slag }) => slag === "text");
    expect(told.length).toBeGreaterThan(5);
    const xml = partOf(file, "word/document.xml");
    for (const { falt: name, fraga } of told) {
      expect(controlsOf(file).get(name)).toBe(fraga);
      expect(xml).toMatch(
        new RegExp(
          `<w:tag w:val="${name}"/><w:showingPlcHdr/>.{0,80}<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>`,
        ),
      );
    }
    const look = /<w:style [^>]*w:styleId="PlaceholderText".*?<\/w:style>/s.exec(partOf(file, "word/styles.xml"))?.[0];
    expect(look).toContain('<w:color w:val="6B6B6B"/>');
    expect(xml.match(/PlaceholderText/g)).toHaveLength(told.length);
  });
  test("withholds what the pages withhold, and says that the data are invented", async () => {
    const { file } = await filled("exempel-samverkansteam", "slutrapport");
    expect(controlsOf(file).get("kvinnor_man")).toMatch(/^\.\. \(gäller så få personer/);
    expect(docxText(file)).toContain("EXEMPEL. Alla uppgifter");
    expect(docxText(file)).not.toMatch(/[\p{L}\d]+_[\p{L}\d_]+|\b[0-9a-f]{16}\b/u);
  });
});

const run = (text: string): string =>
  `<w:p><w:pPr><w:jc w:val="left"/></w:pPr><w:r><w:rPr><w:i/></w:rPr><w:t>${text}</w:t></w:r></w:p>`;
const cell = (content: string): string => `<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>${content}</w:tc>`;
const row = (...cells: readonly string[]): string => `<w:tr>${cells.map(cell).join("")}</w:tr>`;
const box = (tag: string): string =>
  `<w:sdt><w:sdtPr>${tag}<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`;
const controlled = (name: string, content: string): string =>
  `<w:sdt><w:sdtPr><w:alias w:val="Fält"/><w:tag w:val="${name}"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${content}</w:sdtContent></w:sdt>`;

/** A form as a förbund might have it: cells beside questions, content controls in and around paragraphs and cells, and check boxes. */
const template = (): string => {
  const body = [
    run("Årsrapport"),
    `<w:tbl><w:tblPr/><w:tblGrid/>${row(run("Insatsens namn:"), "<w:p/>")}${row(run("Fakturerade"), run("redan ifyllt"))}${row(run("Fakturerade kostnader"), '<w:p><w:pPr><w:jc w:val="right"/></w:pPr></w:p>')}${row(
      run(
        "Vilka av de fyra myndigheterna (AF, FK, region, kommun) har varit aktiva i insatsen, tex. genom remisser eller informationsinsatser?",
      ),
      `<w:p>${["Arbetsförmedlingen", "Försäkringskassan", "Region"].map((text) => `${box("")}<w:r><w:t> ${text} </w:t></w:r>`).join("")}</w:p>`,
    )}</w:tbl>`,
    `<w:p>${box('<w:tag w:val="myndigheter:Kommun"/>')}<w:r><w:t>Kommun</w:t></w:r></w:p>`,
    `<w:p><w:r><w:t>År: </w:t></w:r>${controlled("ar", '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/><w:b/></w:rPr><w:t>Ange år</w:t></w:r>')}</w:p>`,
    controlled("fakturerat_forbund", run("Klicka här")),
    `<w:tbl><w:tblPr/><w:tblGrid/><w:tr>${cell(run("Mål"))}${controlled("mal", cell(run("Skriv")))}</w:tr></w:tbl>`,
    run("Underskrift &amp; datum"),
  ];
  const main = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:body>${body.join("")}</w:body></w:document>`;
  const file = join(temporaryFolder("mall"), "mall.docx");
  writeFileSync(
    file,
    zip(
      new Map<string, string | Uint8Array>([
        [
          "[Content_Types].xml",
          '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        ],
        [
          "_rels/.rels",
          '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        ],
        ["word/document.xml", main],
        ["word/media/logga.png", Uint8Array.from([137, 80, 78, 71, 0, 255, 254])],
      ]),
    ),
  );
  return file;
};

describe("a förbund's own document", () => {
  test("is filled in its cells, controls and boxes, gives the same figures back, and is else as it was", async () => {
    const mall = template();
    const { file, unplaced } = await filled("aktiv", "arsrapport", mall);
    const controls = controlsOf(file);
    expect(controls.get("ar")).toBe("2023");
    expect(controls.get("fakturerat_forbund")).toBe(aktiv.fakturerat_forbund);
    expect(controls.get("myndigheter:Kommun")).toBe("nej");
    const xml = partOf(file, "word/document.xml");
    const rows = [...xml.matchAll(/<w:tr>.*?<\/w:tr>/gs)].map(([one]) =>
      [...one.matchAll(/<w:tc>.*?<\/w:tc>/gs)].map(([text]) => textOf(text).trim()),
    );
    expect(rows.slice(0, 3)).toEqual([
      ["Insatsens namn:", "AKTIV - Aktivitetsersättning med individuell vårdplan"],
      ["Fakturerade", "redan ifyllt"],
      ["Fakturerade kostnader", "310 163 kr"],
    ]);
    expect(rows[3]?.[1]).toBe("☐ Arbetsförmedlingen ☒ Försäkringskassan ☒ Region");
    expect(rows[4]?.[1]?.split("\n")).toHaveLength(6);
    // A cell keeps its look, and a control no longer says that it is empty.
    expect(xml).toContain('<w:pPr><w:jc w:val="right"/></w:pPr><w:r><w:t xml:space="preserve">310');
    expect(xml).toContain('<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">2023');
    expect(xml).not.toContain("showingPlcHdr");
    expect(xml.match(/<w:tc>/g)).toHaveLength(10);
    expect(xml).toContain("Underskrift &amp; datum");
    expect(unplaced).toEqual(["huvudman", "mal_utfall", "deltagare", "beviljat", "prognos"]);
    const [before, after] = [partsOf(mall), partsOf(file)];
    for (const [part, bytes] of before)
      if (part !== "word/document.xml") expect(after.get(part)?.equals(bytes), part).toBe(true);
    expect([...after.keys()]).toEqual([...before.keys()]);
  });
  test("that we laid out is filled again with the same figures, byte for byte", async () => {
    const { file } = await filled("tierp-partsamordnare", "slutrapport");
    const again = await filled("tierp-partsamordnare", "slutrapport", file);
    expect([...controlsOf(again.file)]).toEqual([...controlsOf(file)]);
  });
  test.skipIf(!hasWriter)("opens in a word processor, filled", async () => {
    for (const { file } of [await filled("aktiv", "arsrapport", template()), await filled("aktiv", "arsrapport")]) {
      const folder = convert(file, "txt:Text (encoded):UTF8");
      const text = readFileSync(join(folder, "aktiv.txt"), "utf8").replaceAll("\u00a0", " ");
      for (const figure of ["310 163 kr", "161 285 kr", "2023"]) expect(text).toContain(figure);
    }
  });
});

describe("a form that a pipeline names", () => {
  test("is filled by the run as the command fills it, and is linked from the page of its insats", async () => {
    for (const [insats, form, shipped] of [
      ["aktiv", "arsrapport", "kallor"],
      ["tierp-partsamordnare", "slutrapport", "kallor"],
      ["exempel-samverkansteam", "arsrapport", "exempel"],
    ] as const) {
      const folder = join((await shippedRun(shipped)).out, "rapport");
      const path = `formular/${insats}/${form}.docx`;
      expect(readFileSync(join(folder, path)).equals(readFileSync((await filled(insats, form)).file)), path).toBe(true);
      expect(readFileSync(join(folder, "insats", `${insats}.html`), "utf8")).toContain(`href="../${path}"`);
      const { tables } = JSON.parse(readFileSync(join(folder, "publicerat.json"), "utf8")) as {
        tables: { dokument: string; plats: string; aven_i?: string[] }[];
      };
      const own = tables.filter(({ dokument }) => dokument === `insats/${insats}.html`);
      const said = own.filter(({ aven_i: also = [] }) => also.includes(path)).map(({ plats }) => plats);
      expect([...new Set(said)].sort()).toEqual(
        insats === "aktiv"
          ? []
          : ["Kvinnor och män", "Mål som inte har bedömts", "Värden mot mål"].filter((plats) =>
              own.some((table) => table.plats === plats),
            ),
      );
    }
  });
  test("is filled in a förbund's own document, anew when that changes, and stops the run if it has no place for an answer", async () => {
    const folder = temporaryFolder("formular");
    const [mall, fields, pipeline] = ["mall.docx", "kort.yaml", "aktiv.yaml"].map((name) => join(folder, name));
    const write = (asked: string, answer: string): void => {
      const body = `<w:p><w:r><w:t>Rubrik</w:t></w:r></w:p><w:tbl>${row(run(asked), answer)}</w:tbl>`;
      const parts = new Map<string, string | Uint8Array>(partsOf(template()));
      const xml = String(parts.get("word/document.xml")).replace(/<w:body>.*<\/w:body>/s, `<w:body>${body}</w:body>`);
      writeFileSync(mall ?? "", zip(parts.set("word/document.xml", xml)));
    };
    writeFileSync(
      fields ?? "",
      "formular: Kort\nfalt: [{ falt: fakturerat, rubrik: Medel, fraga: Fakturerat, slag: uppgift, kalla: fakturerat }]\n",
    );
    writeFileSync(
      pipeline ?? "",
      `insats: aktiv\nkallor: [${join(home, "data/kallor/aktiv")}]\nformular: [{ fil: kort.yaml, docx: mall.docx }]\n`,
    );
    const made = async (): Promise<string> => {
      const out = join(folder, "out");
      await runBatch({ pipelines: pipeline, out, today });
      return docxText(join(out, "rapport/formular/aktiv/kort.docx")).replaceAll("\u00a0", " ");
    };
    write("Fakturerat:", "<w:p/>");
    expect(await made()).toContain("310 163 kr");
    write("Fakturerat", "<w:p/>");
    expect(await made()).toMatch(/Fakturerat\s+310 163 kr/);
    write("Något annat", "<w:p/>");
    await expect(made()).rejects.toThrow("mall.docx: no place for fakturerat");
  });
  test.each([
    ["[saknas.yaml]", "saknas.yaml: there is no such file"],
    [`[${forms.arsrapport}, ${forms.arsrapport}]`, "two files are called arsrapport"],
    [`[{ fil: ${forms.arsrapport}, docx: saknas.docx }]`, "saknas.docx: there is no such file"],
  ])("is refused before anything is run if it is none: %s", (formular, why) => {
    const pipeline = join(temporaryFolder("formular"), "p.yaml");
    writeFileSync(pipeline, `insats: aktiv\nkallor: [.]\nformular: ${formular}\n`);
    expect(() => readPipelines(pipeline)).toThrow(why);
  });
});

test("the command says what it wrote, and which fields the document has no place for", async () => {
  const { out } = await shippedRun("kallor");
  const folder = temporaryFolder("formular");
  const said = await command(
    ["form", "aktiv", forms.arsrapport, "--out", out, "--docx", template(), "--to", join(folder, "a.docx")],
    { cwd: folder },
  );
  expect([said.code, said.stderr]).toEqual([1, ""]);
  expect(said.stdout.split("\n")[0]).toBe(join(folder, "a.docx"));
  expect(said.stdout).toContain("huvudman");
  expect((await command(["form", "aktiv", forms.arsrapport, "--out", out], { cwd: folder })).code).toBe(0);
  expect(existsSync(join(folder, "aktiv-arsrapport.docx"))).toBe(true);
});

test.each([
  ["formular: x\nfalt: []\n", "falt"],
  ["formular: x\nfalt:\n  - { falt: a, rubrik: r, fraga: f, slag: uppgift, kalla: finns_inte }\n", "falt.0.kalla"],
  ["formular: x\nfalt:\n  - { falt: a, rubrik: r, fraga: f, slag: val, kalla: namn }\n", "val needs alternativ"],
  ["formular: [", "formular"],
])("a form that is no form is refused, with its place: %j", async (text, place) => {
  const { out } = await shippedRun("kallor");
  const file = join(temporaryFolder("formular"), "formular.yaml");
  writeFileSync(file, text);
  const asked = fillForm({ out, insats: "aktiv", form: file, to: `${file}.docx` });
  await expect(asked).rejects.toThrow(UsageError);
  await expect(asked).rejects.toThrow(place);
  expect(existsSync(`${file}.docx`)).toBe(false);
});
