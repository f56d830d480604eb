import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { open } from "../../src/db/open.ts";
import { exportLake } from "../../src/export.ts";
import { resultNames } from "../../src/schema/results.ts";
import { temporaryFolder } from "../folders.ts";
import { shippedRun } from "../shipped.ts";

test("an export read back from its folders is the run's results and marts, row for row", async () => {
  const { out } = await shippedRun("exempel");
  const lake = join(temporaryFolder("sjo"), "sjo");
  const { tabeller, skyddad, exempel } = await exportLake(lake, { out });
  expect({ skyddad, exempel }).toEqual({ skyddad: false, exempel: true });
  expect(tabeller.map(({ tabell }) => tabell)).toEqual(
    expect.arrayContaining([...resultNames.map((name) => `results/${name}`), "marts/faktura", "marts/deltagande"]),
  );
  const db = await open(":memory:");
  try {
    await db.run(`attach '${out}/internt/finsam.duckdb' as korning (read_only)`);
    for (const { tabell, rader, kolumner, filer } of tabeller) {
      const read = `read_parquet('${lake}/${tabell}/**/*.parquet', hive_partitioning = true, union_by_name = true)`;
      const table = `korning.${tabell.replace("/", ".")}`;
      expect(filer.length > 0, tabell).toBe(rader > 0);
      if (rader === 0) continue;
      const own = Object.keys(kolumner).filter((column) => column !== "forbund_id");
      const [found] = await db.rows(`select
        (select count(*) from ${read}) as rader,
        (select count(*) from (select ${own.join(", ")} from ${table} except all select ${own.join(", ")} from ${read})) as saknas`);
      expect({ tabell, ...found }).toEqual({ tabell, rader, saknas: 0 });
    }
    // A row's folder is its förbund and year, as the run's own rows give them.
    const sums = `select forbund_id, ar as artal, sum(belopp_ore)::bigint as ore`;
    const folders = await db.rows(
      `select forbund_id, artal, sum(belopp_ore)::bigint as ore
       from read_parquet('${lake}/results/forbundskostnad_ar/*/*/*.parquet', hive_partitioning = true) group by all order by all`,
    );
    expect(folders.length).toBeGreaterThan(3);
    expect(folders).toEqual(await db.rows(`${sums} from korning.results.forbundskostnad_ar group by all order by all`));
  } finally {
    db.close();
  }
});

test("an export is for its owner alone, gives the same bytes again, and replaces the one before", async () => {
  const { out } = await shippedRun("exempel");
  const parent = temporaryFolder("sjo");
  const lake = join(parent, "sjo");
  await exportLake(lake, { out });
  expect(statSync(lake).mode & 0o777).toBe(0o700);
  const first = readFileSync(join(lake, "manifest.json"), "utf8");
  await exportLake(lake, { out });
  expect(readFileSync(join(lake, "manifest.json"), "utf8")).toBe(first);
  expect(readdirSync(parent)).toEqual(["sjo"]);
});

test("a folder with other files is left as it is", async () => {
  const { out } = await shippedRun("exempel");
  const lake = temporaryFolder("sjo");
  writeFileSync(join(lake, "brev.txt"), "hej");
  await expect(exportLake(lake, { out })).rejects.toThrow("it holds files that no export wrote");
  expect(readdirSync(lake)).toEqual(["brev.txt"]);
  const other = join(temporaryFolder("sjo"), "ny");
  await expect(exportLake(other, { out: join(lake, "ingen") })).rejects.toThrow('run "finsam run" first');
  expect(existsSync(other)).toBe(false);
});
