/**
 * Nothing that a run writes grows faster than what was delivered: an invented country at two sizes, ten times apart, of
 * which some rows are refused.
 *
 * Twelve times is the limit, since some rows are few. A table or file that is smaller than the floor counts as the
 * floor: one row that becomes fifteen shows nothing, and every pair of 50 insatser is far above it.
 */
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type Country, generera } from "../bench/generera.ts";
import { run } from "../src/batch.ts";
import { open } from "../src/db/open.ts";
import { pageText } from "../src/report/report.ts";
import { forbund, insats, malrad, publik } from "./report/fixture.ts";

const limit = 12;
const floor = { rows: 20, bytes: 4096 };

const home = mkdtempSync(join(tmpdir(), "finsam-growth-"));
afterAll(() => rmSync(home, { recursive: true }));

interface Written {
  readonly delivered: number;
  /** Rows of each table of the database: `results.maluppfyllelse`. */
  readonly rows: ReadonlyMap<string, number>;
  /** Bytes of each file, and of each folder with what lies under it. */
  readonly bytes: ReadonlyMap<string, number>;
}

const rowsOfTables = async (out: string): Promise<Map<string, number>> => {
  const db = await open(join(out, "internt", "finsam.duckdb"), "read");
  try {
    const tables = await db.rows<{ tabell: string }>(
      "select schema_name || '.' || table_name as tabell from duckdb_tables() where not internal order by tabell",
    );
    const counts = tables.map(({ tabell }) => `select '${tabell}' as tabell, count(*) as antal from ${tabell}`);
    const rows = await db.rows<{ tabell: string; antal: number }>(counts.join(" union all "));
    return new Map(rows.map(({ tabell, antal }) => [tabell, antal]));
  } finally {
    db.close();
  }
};

const bytesOfFiles = (out: string): Map<string, number> => {
  const bytes = new Map<string, number>();
  for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = statSync(path);
    bytes.set(relative(out, path), size);
    for (let at = path; at !== out; ) {
      at = dirname(at);
      const folder = `${relative(out, at)}/`;
      bytes.set(folder, (bytes.get(folder) ?? 0) + size);
    }
  }
  return bytes;
};

/** Every hundredth möte has a date, and every hundredth invoice an amount, that cannot be read. */
const spoil = (folder: string): void => {
  for (const [file, column, written] of [
    ["mote.csv", "datum", "i våras"],
    ["faktura.csv", "belopp", "enligt avtal"],
  ] as const) {
    const path = join(folder, "data", file);
    const [head = "", ...rows] = readFileSync(path, "utf8").split("\n");
    const at = head.split(";").indexOf(column);
    const spoilt = rows.map((row, i) => (i % 100 === 7 ? row.split(";").with(at, written).join(";") : row));
    writeFileSync(path, [head, ...spoilt].join("\n"));
  }
};

const runCountry = async (name: string, country: Omit<Country, "seed">): Promise<Written> => {
  const folder = join(home, name);
  const delivered = await generera(folder, { ...country, seed: 1 });
  spoil(folder);
  const out = join(folder, "out");
  const options = { pipelines: join(folder, "pipelines", "*.yaml"), out, today: "2026-11-22", report: false };
  await run(options);
  return { delivered, rows: await rowsOfTables(out), bytes: bytesOfFiles(out) };
};

/** What is more than twelve times larger in the second, with its sizes. */
const grownFaster = (small: ReadonlyMap<string, number>, large: ReadonlyMap<string, number>, least: number): string[] =>
  [...large].flatMap(([name, size]) => {
    const before = small.get(name);
    return before !== undefined && size > limit * Math.max(before, least) ? [`${name}: ${before} → ${size}`] : [];
  });

const few = { scale: 0.0004, forbund: 2, insatser: 5, mix: 5 };

describe("ten times as much is delivered", () => {
  let small: Written;
  beforeAll(async () => {
    small = await runCountry("small", few);
  });

  describe.each([
    ["insatser", { ...few, scale: 0.004, insatser: 50 }],
    ["rows of each insats", { ...few, scale: 0.004 }],
  ])("as ten times as many %s", (name, country) => {
    let large: Written;
    beforeAll(async () => {
      large = await runCountry(name, country);
    });
    test("in deliveries that are ten times apart", () => {
      expect(large.delivered / small.delivered).toBeGreaterThan(9);
      expect(large.delivered / small.delivered).toBeLessThan(11);
    });
    test("no table of the database has more than twelve times as many rows", () => {
      expect(large.rows.size).toBeGreaterThan(50);
      expect([...large.rows.keys()]).toEqual([...small.rows.keys()]);
      expect(grownFaster(small.rows, large.rows, floor.rows)).toEqual([]);
    });
    test("refused rows are kept once each, however many figures they reach", () => {
      const refused = large.rows.get("staging.bortfall") ?? 0;
      expect(refused).toBeGreaterThan(100);
      expect(large.rows.get("marts.bortfall")).toBe(refused);
    });
    test("no file or folder has more than twelve times as many bytes", () => {
      expect(large.bytes.size).toBeGreaterThan(50);
      expect(grownFaster(small.bytes, large.bytes, floor.bytes)).toEqual([]);
    });
  });
});

test("a report of ten times as many insatser and förbund is told from the one before by ten times as much text", async () => {
  const lengthOf = async (insatser: number): Promise<number> => {
    const ids = Array.from({ length: insatser }, (_, i) => `i${i}`);
    const all = publik({
      insats: ids.map((id) => insats({ insats_id: id, namn: `Insats ${id}` })),
      forbund: ids.map((id) => forbund(id, `Förbund ${id}`)),
      maluppfyllelse: ids.map((id) => malrad({ insats_id: id })),
      arsunderlag: ids.map((id) => ({
        ...{ resultat_id: `arsunderlag/${id}/2023/insatser/`, forbund_id: id, ar: 2023, uppgift: "insatser", id: "" },
        ...{ budget_ore: 100, budget_kalla: null, utfall_ore: 100, utfall_kalla: null, saknas: null, delas: false },
      })),
    });
    const written = vi.spyOn(JSON, "stringify");
    try {
      expect(await pageText(all, "no such page", { today: "2025-02-01", exempel: false })).toBe(undefined);
      return written.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
    } finally {
      written.mockRestore();
    }
  };
  const [few, many] = [await lengthOf(20), await lengthOf(200)];
  expect(few).toBeGreaterThan(20_000);
  expect(many / few).toBeGreaterThan(9);
  expect(many / few).toBeLessThan(limit);
});

describe("the invented country", () => {
  const filesOf = async (name: string, seed: number): Promise<Record<string, string>> => {
    const folder = join(home, name);
    await generera(folder, { scale: 0.001, seed });
    return Object.fromEntries(
      readdirSync(join(folder, "data")).map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(folder, "data", file)))
          .digest("hex"),
      ]),
    );
  };
  test("is the same bytes for the same seed, and others for another", async () => {
    const first = await filesOf("first", 1);
    expect(await filesOf("again", 1)).toEqual(first);
    expect((await filesOf("other", 2))["faktura.csv"]).not.toBe(first["faktura.csv"]);
  });
  test("has a hundredth of 8,94 million rows at scale 0.01", async () => {
    expect(Math.round((await generera(join(home, "hundredth"), { scale: 0.01, seed: 1 })) / 1000)).toBe(90);
  });
});
