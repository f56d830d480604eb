/** What a board is given of the shipped reports, as it is read. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { definitionOf } from "../../src/goals/compare.ts";
import { saidDefinition } from "../../src/report/pages/jamforelse.ts";
import { measureTitle } from "../../src/schema/definitions.ts";
import { type Measure, measures } from "../../src/schema/measures.ts";
import { ordlista } from "../../src/schema/ordlista.ts";
import { tusental } from "../../src/schema/swedish.ts";
import { type Shipped, shippedRun } from "../shipped.ts";
import { docxText, xlsxText } from "./archive.ts";

const pageOf = async (shipped: Shipped, path: string): Promise<string> =>
  join((await shippedRun(shipped)).out, "rapport", path);

/** Folded names of columns, datasets and results that are no Swedish words. */
const machine = Object.entries(ordlista).flatMap(([folded, { stavning }]) =>
  folded.length > 4 && !stavning.split(",").includes(folded) ? [folded] : [],
);

const parametersOf = ({ filter, raknas, minst }: Measure): string[] => [...filter, ...raknas, ...Object.keys(minst)];

/** A parameter of a measure with its value, as a pipeline file has it: `(slag: rapport)`. */
const parameter = new RegExp(
  `[(;] ?(?:${[...new Set([...measures.values()].flatMap(parametersOf))].map((name) => measureTitle(name).toLocaleLowerCase("sv-SE")).join("|")}): [^\\n]*`,
  "g",
);

test("a measure's parameters are said in words, whatever their values hold", () => {
  for (const measure of measures.values()) {
    const names = parametersOf(measure);
    const parametrar = Object.fromEntries(names.map((name) => [name, `x${names.indexOf(name)}`]));
    const text = saidDefinition(definitionOf({ measure, parametrar }));
    expect(text, measure.name).not.toMatch(parameter);
    for (const name of names.filter((one) => !/_id$|^av$/.test(one))) expect(text).toContain(parametrar[name]);
  }
  const enkatandel = measures.get("enkatandel");
  if (enkatandel === undefined) throw new Error("enkatandel");
  const parametrar = { fraga: "Stöd (i vardagen): räcker det?", svar: ["Ja; helt", "Delvis"] };
  expect(saidDefinition(definitionOf({ measure: enkatandel, parametrar }))).toBe(
    "Enkätandel (frågan ”Stöd (i vardagen): räcker det?”, svaret ”Ja; helt, Delvis”)",
  );
});

/** What a reader is shown: text between tags, but for the lists of names and files at the end. */
const shownText = (file: string): string => {
  const { document } = parseHTML(readFileSync(file, "utf8"));
  for (const unseen of document.querySelectorAll("style, defs, .bilaga")) unseen.remove();
  return document.documentElement.innerHTML.replace(/<[^>]*>/g, "\n").replaceAll("\u00ad", "");
};

describe.each(["kallor", "exempel"] as const)("the pages of %s", (shipped) => {
  test("hold no id, path, hash, name of a column or sentence with holes that a board would see", async () => {
    const { out } = await shippedRun(shipped);
    const pages = readdirSync(join(out, "rapport"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".html"),
    );
    expect(pages.length).toBeGreaterThan(9);
    const documents = pages
      .flatMap((page) => ["docx", "xlsx"].map((kind) => page.replace(/html$/, kind)))
      .filter((file) => existsSync(join(out, "rapport", file)));
    expect(documents.length).toBeGreaterThan(6);
    for (const page of [...pages, ...documents]) {
      const file = join(out, "rapport", page);
      const text = page.endsWith(".docx") ? docxText(file) : page.endsWith(".xlsx") ? xlsxText(file) : shownText(file);
      expect(text.match(/…|\b[Ll]everabel|inget tal att bedöma mot|\d{4}-\d\d-\d\d–/g), page).toBeNull();
      // The page of the deliveries is the appendix that names files; of what was read it is as it was read.
      if (page.startsWith("underlag.")) continue;
      expect(text.match(/[\p{L}\d]+_[\p{L}\d_]+|\b[0-9a-f]{16}\b/gu), page).toBeNull();
      expect(text.match(/[\w-]+\/[\w/-]+\.(?:csv|txt|xlsx|json|yaml)\b/g), page).toBeNull();
      expect(text.match(parameter), page).toBeNull();
      const words = new Set(text.match(/(?<![.\w])[a-z_]+(?![.\w])/g));
      expect(
        machine.filter((name) => words.has(name)),
        page,
      ).toEqual([]);
    }
  });
  test("name every figure once, in a list at the end that opens, and nowhere else", async () => {
    const { document } = parseHTML(
      readFileSync(join((await shippedRun(shipped)).out, "rapport", "index.html"), "utf8"),
    );
    expect(document.querySelector(".bilaga")).toBeNull();
    const file = shipped === "kallor" ? "tierp-partsamordnare" : "exempel-oppet-hus";
    const page = parseHTML(
      readFileSync(join((await shippedRun(shipped)).out, "rapport", "insats", `${file}.html`), "utf8"),
    ).document;
    const listed = [...page.querySelectorAll("details.bilaga li")].map(({ textContent }) => textContent);
    const rows = [...page.querySelectorAll("[data-resultat]")].map((row) => row.getAttribute("data-resultat"));
    expect(listed.length).toBeGreaterThan(5);
    expect(listed).toEqual([...new Set(rows)]);
  });
});

describe.each(["kallor", "exempel"] as const)("every figure in the tables of %s", (shipped) => {
  test("leads to its definition, with period, date and, of a share, what it is a share of", async () => {
    const { out } = await shippedRun(shipped);
    const pageOf = (file: string): Document =>
      parseHTML(readFileSync(join(out, "rapport", file), "utf8")).document as unknown as Document;
    const meant = new Map<string, boolean>();
    for (const heading of pageOf("definitioner.html").querySelectorAll("h2[id], h3[id]")) {
      const facts = heading.nextElementSibling?.querySelectorAll("dt") ?? [];
      meant.set(
        heading.id,
        [...facts].some(({ textContent }) => textContent === "Nämnare"),
      );
    }
    const db = await open(join(out, "internt/finsam.duckdb"), "read");
    const measureOf = await db
      .rows<{ id: string; matt: string }>("select resultat_id as id, matt from results.maluppfyllelse")
      .then((rows) => new Map(rows.map(({ id, matt }) => [id, matt])))
      .finally(() => db.close());
    const anchorsIn = (element: Element | null): string[] =>
      [...(element?.querySelectorAll('a[href*="definitioner.html#"]') ?? [])].map(
        (link) => link.getAttribute("href")?.split("#")[1] ?? "",
      );
    const pages = readdirSync(join(out, "rapport"), { recursive: true, encoding: "utf8" }).filter((file) =>
      /^(?:index|(?:insats|forbund)\/[^/]+)\.html$/.test(file),
    );
    let figures = 0;
    const lacking = new Set<string>();
    for (const page of pages) {
      for (const row of pageOf(page).querySelectorAll("tbody tr:not(.grupp)")) {
        const table = row.closest("table");
        const note = table?.nextElementSibling ?? null;
        const said = note?.textContent ?? "";
        expect(note?.id).toBe(table?.getAttribute("aria-describedby"));
        const group = row.parentElement?.querySelector("tr.grupp") ?? null;
        const anchors = [note, group, row].flatMap(anchorsIn);
        const matt = measureOf.get(row.getAttribute("data-resultat") ?? "");
        for (const cell of row.querySelectorAll("td")) {
          const text = cell.textContent ?? "";
          if (!/\d/.test(text) || !(cell.classList.contains("tal") || cell.querySelector("[data-siffra]"))) continue;
          figures++;
          const lacks = [
            anchors.length > 0 && anchors.every((anchor) => meant.has(anchor)) ? "" : "definition",
            matt === undefined || anchors.includes(matt) ? "" : `definition of ${matt}`,
            /Avser .*\d{4}, underlag|Avser odaterat underlag/.test(said) ? "" : "period",
            /underlag till och med \d+\s\p{L}+\s\d{4}|odaterat underlag/u.test(said) ? "" : "date",
            !text.includes("%") || anchors.some((anchor) => meant.get(anchor)) ? "" : "denominator",
          ].filter((one) => one !== "");
          if (lacks.length > 0) lacking.add(`${page}: ${said}: ${text}: ${lacks.join(", ")}`);
        }
      }
    }
    expect(figures).toBeGreaterThan(shipped === "kallor" ? 200 : 2000);
    expect([...lacking].slice(0, 20)).toEqual([]);
  });
});

const mainOf = async (shipped: Shipped, path: string): Promise<string> => {
  const { document } = parseHTML(readFileSync(await pageOf(shipped, path), "utf8"));
  return (document.querySelector("main")?.textContent ?? "").replaceAll("\u00ad", "").replace(/[\s\u00a0]+/g, " ");
};

describe("what a reader looks for", () => {
  test("the first page of the five reports says how many goals can be judged, and what the others lack", async () => {
    const text = await mainOf("kallor", "index.html");
    expect(text).toContain("Åtta av 73 mål går att bedöma: tre är nådda, fem är inte nådda.");
    expect(text).toContain("För 58 saknas underlag, sju saknar målvärde.");
    expect(text).toContain("underlag till och med 31 december 2023");
  });
  test("what to decide is asked of whose it is, with a request in draft", async () => {
    const text = await mainOf("kallor", "index.html");
    expect(text).toContain("Budgetposten ”Personal” 2018–2020 är sammanlagt 276 tkr högre än tjänsterna i texten ger.");
    expect(text).toContain("Förslag: be sökanden förklara skillnaden. Fråga för Samordningsförbundet Skåne Nordost.");
    expect(text).toMatch(/”60 individer\/år [^”]*” \(73 av 120\).*Förslag: be insatsägaren om antal per år/);
  });
  test("a förbund reads what it paid, what was agreed, and women beside men", async () => {
    expect(await mainOf("kallor", "forbund/finsam-lund.html")).toContain(
      "Förbundet har fakturerats 161 tkr av 310 tkr (52 %, ingen avtalad fördelning finns i underlaget)",
    );
    const example = await mainOf("exempel", "forbund/exempel-norr.html");
    expect(example).toContain("Förbundet har fakturerats 843 tkr av 1 799 tkr (47 %, avtalat är 55 %) för en insats.");
    expect(example).toMatch(/Kvinnor och män .*Individer i samverkansmöte/);
  });
  test("a body that pays for nothing has no page", async () => {
    expect(existsSync(await pageOf("kallor", "forbund/goteborg.html"))).toBe(true);
    expect(existsSync(await pageOf("kallor", "forbund/goteborg-centrum.html"))).toBe(false);
  });
});

test("the front page says of each insats what was granted once, whatever periods are foreseen", async () => {
  const { out } = await shippedRun("exempel");
  const db = await open(join(out, "internt/finsam.duckdb"), "read");
  const granted = await db
    .rows<{ namn: string; ore: number }>(
      `select insats.namn, sum(case slag when 'aterfort' then -belopp_ore else belopp_ore end)::bigint as ore
       from staging.finansiering as medel inner join marts.insats as insats on insats.insats_id = medel.insats_id
       where slag in ('beviljat', 'tillagg', 'aterfort') group by insats.namn order by insats.namn`,
    )
    .finally(() => db.close());
  const { document } = parseHTML(readFileSync(join(out, "rapport/index.html"), "utf8"));
  const rows = [...document.querySelectorAll("tbody tr")].map(
    ({ textContent }) => textContent?.replace(/\u00ad/g, "") ?? "",
  );
  expect(granted.length).toBe(2);
  for (const { namn, ore } of granted) expect(rows.find((row) => row.includes(namn))).toContain(`av ${tusental(ore)}`);
});

test.each(["kallor", "exempel"] as const)(
  "%s: a picture in a page is the picture in diagram/, letter for letter",
  async (shipped) => {
    const { out } = await shippedRun(shipped);
    const drawn = readdirSync(join(out, "diagram")).filter((file) => file.endsWith(".svg"));
    const words = (svg: string): string =>
      [...svg.matchAll(/<text[^>]*>([\s\S]*?)<\/text>/g)].map(([, text]) => text).join("|");
    const whole = new Set(drawn.map((file) => words(readFileSync(join(out, "diagram", file), "utf8"))));
    const pages = readdirSync(join(out, "rapport"), { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".html"),
    );
    const inPages = pages.flatMap((file) =>
      [...readFileSync(join(out, "rapport", file), "utf8").matchAll(/<svg[\s\S]*?<\/svg>/g)].map(([svg]) => words(svg)),
    );
    expect(inPages.length).toBeGreaterThan(5);
    expect(inPages.filter((text) => text !== "" && !whole.has(text))).toEqual([]);
  },
);
