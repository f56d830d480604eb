/** Everything that was read is on a page, or its dataset says why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { open } from "../../src/db/open.ts";
import { deriveLineage } from "../../src/lineage.ts";
import { publicNames } from "../../src/schema/publik.ts";
import { type DatasetName, datasetNames, datasetOf, rowId } from "../../src/schema/tables.ts";
import { type Shipped, shippedRun } from "../shipped.ts";

const shownAs = (kind: "siffror" | "intern"): { name: DatasetName; why: string }[] =>
  datasetNames.flatMap((name) => {
    const { visas } = datasetOf(name);
    const why = visas === "rader" ? undefined : new Map(Object.entries(visas)).get(kind);
    return why === undefined ? [] : [{ name, why }];
  });

const readRun = async <T>(name: Shipped, read: (db: Database, out: string) => Promise<T>): Promise<T> => {
  const { out } = await shippedRun(name);
  const db = await open(join(out, "internt", "finsam.duckdb"), "read");
  try {
    return await read(db, out);
  } finally {
    db.close();
  }
};

/** The delivered rows that the pages say they show. */
const marksIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".html"))
    .flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(/ data-rad="([^"]*)"/g)])
    .flatMap(([, ids = ""]) => ids.split(" "));

describe.each(["kallor", "exempel"] as const)("of the run %s", (name) => {
  test("every row of a dataset that is shown is on a page, and no page shows a row that was not read", async () => {
    await readRun(name, async (db, out) => {
      const marks = new Set(marksIn(join(out, "rapport")));
      const delivered = new Set<string>();
      for (const dataset of datasetNames.filter((one) => datasetOf(one).visas === "rader")) {
        for (const row of await db.rows<Record<string, unknown>>(`from staging.${dataset}`)) {
          delivered.add(rowId(dataset, row));
        }
      }
      expect(delivered.size).toBeGreaterThan(250);
      expect([...delivered].filter((id) => !marks.has(id))).toEqual([]);
      // What a report answers to a goal is one of its own figures, and the pipeline states it.
      const goals = await db.rows<{ insats_id: string; utsaga_id: string }>(
        "select insats_id, mal_id as utsaga_id from results.malsammanfattning where rapporterat is not null",
      );
      const answers = new Set(goals.map((goal) => rowId("utsaga", goal)));
      expect([...marks].filter((id) => !delivered.has(id) && !answers.has(id))).toEqual([]);
    });
  });
  test("every row of a dataset that is shown in figures counts in one that is published", async () => {
    await readRun(name, async (db) => {
      const figures: string[] = [];
      for (const table of publicNames) {
        const columns = await db.rows<{ column_name: string }>(`describe publik.${table}`);
        if (!columns.some(({ column_name: column }) => column === "resultat_id")) continue;
        const rows = await db.rows<{ resultat_id: string }>(`select resultat_id from publik.${table}`);
        figures.push(...rows.map(({ resultat_id: id }) => id));
      }
      await deriveLineage(db, figures);
      for (const { name: dataset } of shownAs("siffror")) {
        const left = await db.rows<{ kallrad: number }>(
          `select kallrad from staging.${dataset} where kallrad not in (select kallrad from harkomst where kallrad is not null)`,
        );
        expect({ dataset, left }).toEqual({ dataset, left: [] });
      }
    });
  });
});

test("a dataset that is not shown row by row says why, in a sentence for a reader", () => {
  for (const { why } of [...shownAs("siffror"), ...shownAs("intern")]) expect(why).toMatch(/^[A-ZÅÄÖ].{30,}\.$/);
});
test("no row that is one person's is shown", () => {
  for (const name of datasetNames.filter((one) => datasetOf(one).personer === "rad"))
    expect(datasetOf(name).visas).not.toBe("rader");
});

describe("the five reports", () => {
  const sectionOf = async (insats: string, id: string): Promise<string> => {
    const { out } = await shippedRun("kallor");
    const page = readFileSync(join(out, "rapport", "insats", `${insats}.html`), "utf8");
    const [, section = ""] = new RegExp(`<details id="${id}">(.*?)</details>`, "s").exec(page) ?? [];
    return section
      .replace(/<span class="id">.*?<\/span>|\u00ad/g, "")
      .replace(/<\/(td|th|tr|p|h2|caption)>/g, " ")
      .replace(/<[^>]+>/g, "")
      .replace(/&#39;/g, "'")
      .replace(/\s+/g, " ");
  };
  test("Näsby's stated budget is 4 728–6 304 kr per person of the target group and year", async () => {
    // 2 836 760 kr over three years, for 200 or 150 persons a year.
    expect([200, 150].map((antal) => Math.round(2_836_760 / 3 / antal))).toEqual([4728, 6304]);
    expect(await sectionOf("nasby-modellen", "malgrupp")).toContain("150–200 4 728–6 304 kr");
  });
  test("Respaldo's target group is 132 persons", async () => {
    // 4 103 360 kr over two years.
    expect(Math.round(4_103_360 / 2 / 132)).toBe(15_543);
    expect(await sectionOf("respaldo-2", "malgrupp")).toContain("132 15 543 kr");
  });
  test("AKTIV's pulsmöten: two are known held, four booked and unknown", async () => {
    const section = await sectionOf("aktiv", "moten");
    expect(section).toContain("Slag Hållna Bokade, okänt om de hölls");
    expect(section).toContain("Puls 2 4");
    expect(section.match(/puls bokat, okänt om det hölls/g)).toHaveLength(4);
  });
  test("Göteborg's team has 3,2 posts and four have 12,8; the leader costs what the rounded total leaves", async () => {
    const section = await sectionOf("goteborg-myndighetsgemensamma-team", "scenarier");
    // 20 % + 4 × 50 % + 100 %; 9,25–9,35 mkr less 4 × 2 107 000 kr.
    expect(section).toContain("Varje team har 3,2 tjänster, tillsammans 12,8 tjänster.");
    expect(section).toContain("4 team (rapportens) 12,8 1 8 428 000 kr 822 000–922 000 kr 9 250 000–9 350 000 kr");
    expect(section).toContain("1 team 3,2 1 2 107 000 kr 822 000–922 000 kr 2 929 000–3 029 000 kr");
    expect(section).toContain("Maxnivå Varken antal, bemanning eller kostnad anges i underlaget.");
  });
  test("Respaldo states one goal twice: four a year, and two a termin", async () => {
    const { out } = await shippedRun("kallor");
    const page = readFileSync(join(out, "rapport", "insats", "respaldo-2.html"), "utf8");
    expect(page).toContain("säger samma sak: 2 per termin är 4 per insatsår");
  });
  test("what was due is late, done in time, or not known", async () => {
    const section = await sectionOf("goteborg-myndighetsgemensamma-team", "tidslinje");
    expect(section).toContain("Slutleverans inom den ursprungliga projekttiden leverans klart 66 dagar för sent");
    expect(section).toContain("Slutrapport rapport klart i tid (14 september 2020)");
    expect(section).toContain(
      "Effekthemtagning utvärdering dagen har passerat; underlaget säger inte om det blev klart",
    );
  });
});
