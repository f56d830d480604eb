/** The keys of the marts: a join that fans out stops at the mart and names the row. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { buildMart, martHeader } from "../../src/models/build.ts";
import { sqlFiles } from "../../src/schema/sql.ts";
import { emptyRooms, furnished } from "../database.ts";
import { readMartColumns } from "../mart-columns.ts";

const martColumns = await readMartColumns();

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterEach(() => emptyRooms(db));
afterAll(() => db.close());

const files = sqlFiles("marts");
const textOf = (name: string): string => files.find((file) => file.name === name)?.text ?? "";

/** The header of a mart's file with another select. */
const headed = (name: string, select: string): string =>
  `${textOf(name)
    .match(/^--.*$/gm)
    ?.join("\n")}\n${select}`;

/** A value of each type, as SQL writes it. */
const literal = (type: string): string => {
  if (type === "VARCHAR") return "'a'";
  if (type === "DATE") return "date '2024-05-01'";
  if (type === "BOOLEAN") return "true";
  if (type.startsWith("MAP")) return "map {}";
  return type.includes("[]") ? "[7]" : `cast(7 as ${type})`;
};

/** A select of one row of a mart; columns that may be null are, when `isBare`. */
const oneRow = (name: string, isBare: boolean): string =>
  `select ${martColumns
    .filter(({ mart }) => mart === name)
    .map(({ column, type }) => {
      const isNull = isBare && martHeader(textOf(name)).nullable.includes(column);
      return `${isNull ? `cast(null as ${type})` : literal(type)} as ${column}`;
    })
    .join(", ")}`;

describe.each(files)("marts.$name", ({ name, text }) => {
  const { key, nullable, stored } = martHeader(text);
  test.each([false, true])("takes a row once, and stops at the same key twice (nulls: %s)", async (isBare) => {
    const select = oneRow(name, isBare);
    await buildMart(db, name, headed(name, select));
    expect(await db.rows(`select ${key.join(", ")} from marts.${name}`)).toHaveLength(1);
    await db.run(`drop ${stored === "view" ? "view" : "table"} marts.${name}`);
    const [values] = await db.rows(`select ${key.join(", ")} from (${select})`);
    await expect(
      buildMart(db, name, headed(name, `with rad as (${select}) select rad.* from rad, (values (1), (2)) as ledd(nr)`)),
    ).rejects.toThrow(`marts.${name}: one row per ${key.join(", ")}, but 2 with ${JSON.stringify(values)}`);
  });
  test("is of its own columns: its key, and those that may be null", () => {
    const columns = martColumns.filter(({ mart }) => mart === name).map(({ column }) => column);
    expect(key.length).toBeGreaterThan(0);
    expect(columns).toEqual(expect.arrayContaining([...key, ...nullable]));
    expect(["indexed", "large", "view"]).toContain(stored);
  });
  test.runIf(stored !== "view")("stops at a null in each column that may not be null", async () => {
    const select = oneRow(name, false);
    for (const { column, type } of martColumns.filter(
      ({ mart, column }) => mart === name && !nullable.includes(column),
    )) {
      const bare = `select * replace (cast(null as ${type}) as ${column}) from (${select})`;
      await expect(buildMart(db, name, headed(name, bare))).rejects.toThrow(
        `NOT NULL constraint failed: ${name}.${column}`,
      );
      await db.run(`drop table marts.${name}`);
    }
  });
});

test("a part that stands twice in staging stops at the invoices, before anything is added up", async () => {
  await db.run(`
    create table staging.part as select 'i' as insats_id, 'k' as part_id, 'kommun' as huvudman from range(2);
    create table staging.faktura as select 'i' as insats_id, 'f' as forbund_id, 'k' as part_id, 'Lön' as kostnadsslag,
      date '2024-01-01' as fran, date '2024-01-31' as till, cast(100 as bigint) as belopp_ore, cast(null as decimal(28, 6)) as timmar,
      cast(7 as bigint) as kallrad;
    create table marts.stavning as select 'i' as insats_id, 'faktura' as register, 'Lön' as namn, 1 as post_id`);
  await expect(buildMart(db, "faktura", textOf("faktura"))).rejects.toThrow(
    'marts.faktura: one row per rad_id, but 2 with {"rad_id":0}',
  );
});

describe("a budget line", () => {
  beforeEach(async () => {
    await db.run(`
      create table staging.budget (insats_id varchar, ar bigint, post varchar, kallrad bigint);
      insert into staging.budget values ('i', 2023, 'Lön', 2), ('i', 2024, 'LÖN', 3), ('j', 2024, 'Lön', 4);
      create table staging.bemanning (insats_id varchar, post varchar, kallrad bigint);
      insert into staging.bemanning values ('i', 'l-ö-n', 1), ('i', 'Lokal', 5), ('i', null, 6);
      create table staging.faktura (insats_id varchar, kostnadsslag varchar, kallrad bigint);
      insert into staging.faktura values ('i', 'lön ', 7), ('i', '5010', 8), ('i', 'lokal', 9), ('i', null, 10), ('i', 'Resor', 11), ('i', 'resor', 12);
      create table staging.postnamn (insats_id varchar, vikt varchar, post varchar);
      insert into staging.postnamn values ('i', '5010', 'löner'), ('i', 'lon', 'lÖn'), ('j', 'resor', 'Lön')`);
    await buildMart(db, "stavning", textOf("stavning"));
    await buildMart(db, "post", textOf("post"));
  });
  test("is one per insats however it is spelled, and shown as the budget, the staffing or the first invoice writes it", async () => {
    expect(await db.rows("select insats_id, post from marts.post order by insats_id, post")).toEqual([
      { insats_id: "i", post: "Lokal" },
      { insats_id: "i", post: "Lön" },
      { insats_id: "i", post: "Resor" },
      { insats_id: "i", post: "ingen" },
      { insats_id: "i", post: "löner" },
      { insats_id: "j", post: "Lön" },
    ]);
  });
  test("is what an invoice's kostnadsslag is mapped to, else names; of its own insats", async () => {
    expect(
      await db.rows(`
        select stavning.namn, post.post from marts.stavning as stavning
        inner join marts.post as post on post.post_id = stavning.post_id
        where stavning.register = 'faktura' order by stavning.nr`),
    ).toEqual([
      { namn: "lön ", post: "Lön" },
      { namn: "5010", post: "löner" },
      { namn: "lokal", post: "Lokal" },
      { namn: "", post: "ingen" },
      { namn: "Resor", post: "Resor" },
      { namn: "resor", post: "Resor" },
    ]);
  });
});

test("of two counts of one period, clipped to the insats, both are kept and neither is the whole", async () => {
  await db.run(`
    set variable idag = date '2025-01-01';
    create table staging.insats as select 'i' as insats_id, date '2020-01-01' as startdatum, cast(null as date) as slutdatum;
    create table staging.deltagarantal (insats_id varchar, slag varchar, fran date, till date, kvinnor bigint, man bigint,
      okant bigint, totalt bigint, minst_parter bigint, kallrad bigint);
    insert into staging.deltagarantal values
      ('i', 'nya', '2019-07-01', '2020-12-31', 3, 4, null, 7, null, 1),
      ('i', 'nya', '2020-01-01', '2020-12-31', null, null, null, 9, null, 1),
      ('i', 'nya', '2021-01-01', '2021-12-31', 2, 1, null, 5, null, 2)`);
  for (const name of ["deltagarantal", "deltagarantal_helt"] as const) await buildMart(db, name, textOf(name));
  expect(await db.rows("select rad_id, year(fran) as ar, kon, antal from marts.deltagarantal order by all")).toEqual([
    { rad_id: 0, ar: 2020, kon: "kvinna", antal: 3 },
    { rad_id: 0, ar: 2020, kon: "man", antal: 4 },
    { rad_id: 1, ar: 2020, kon: null, antal: 9 },
    { rad_id: 2, ar: 2021, kon: "kvinna", antal: 2 },
    { rad_id: 2, ar: 2021, kon: "man", antal: 1 },
    { rad_id: 2, ar: 2021, kon: null, antal: 2 },
  ]);
  expect(await db.rows("select year(fran) as ar, antal from marts.deltagarantal_helt")).toEqual([
    { ar: 2021, antal: 5 },
  ]);
});

test("of two decisions of one key and year the latest holds, and the mart has one row of it", async () => {
  await db.run(`
    create table marts.faktura_ar as select 'i' as insats_id, 2024 as ar;
    create table staging.finansiering as
    from (values
      ('i', 'f', 2024, 0.4, date '2023-01-01', 1),
      ('i', 'f', 2024, 0.5, date '2023-06-01', 2),
      ('i', 'g', 2024, 0.5, date '2023-06-01', 3)
    ) as rad(insats_id, forbund_id, ar, andel, beslutsdatum, kallrad)`);
  await buildMart(db, "avtalad_andel", textOf("avtalad_andel"));
  expect(await db.rows("select forbund_id, andel from marts.avtalad_andel order by forbund_id")).toEqual([
    { forbund_id: "f", andel: 0.5 },
    { forbund_id: "g", andel: 0.5 },
  ]);
});

test("all that is invoiced stops the run where a dimension has no rows at all", async () => {
  const { text } = sqlFiles("checks/stop").find(({ name }) => name === "allt_fakturerat") ?? { text: "" };
  const dimensions = ["insats", "forbund", "part", "huvudman"];
  const rows = dimensions.map((dimension) => `('${dimension}', cast(100 as bigint))`).join(", ");
  await db.run(`
    create table staging.faktura as select 'f' as forbund_id, cast(100 as bigint) as belopp_ore;
    create table marts.faktura_manad as select cast(100 as bigint) as belopp_ore;
    ${["kostnadsandel", "kostnadsandel_ar", "forbundskostnad", "forbundskostnad_ar"]
      .map((name) => `create table results.${name} as from (values ${rows}) as rad(dimension, belopp_ore)`)
      .join(";")}`);
  expect(await db.rows(text)).toEqual([]);
  await db.run("delete from results.kostnadsandel_ar where dimension = 'part'; delete from marts.faktura_manad");
  expect(await db.rows(`from (${text}) order by tabell`)).toEqual([
    { tabell: "faktura_manad", dimension: "manad", summa_ore: null, total_ore: 100 },
    { tabell: "kostnadsandel_ar", dimension: "part", summa_ore: null, total_ore: 100 },
  ]);
});
