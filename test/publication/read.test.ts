/** Delivered rows that count persons: what of them leaves. */
import { afterAll, beforeEach, expect, test } from "vitest";
import { type Database, furnish, open } from "../../src/db/open.ts";
import { controlRead, readStated } from "../../src/publication/read.ts";

const db: Database = await open(":memory:");
afterAll(() => db.close());

beforeEach(async () => {
  await furnish(db);
  await db.run(`
    create or replace table staging.utsaga (insats_id varchar, forbund_id varchar, utsaga_id varchar, text varchar, matt varchar, formel varchar,
      varde varchar, status varchar, fran date, till date, dokument varchar, avsnitt varchar);
    create or replace table staging.enkat (insats_id varchar, enkat_id varchar, grupp varchar, fraga varchar, svar varchar, antal bigint, utskick bigint,
      fran date, till date, dokument varchar, avsnitt varchar);
    create or replace table staging.troskel (insats_id varchar, antal integer);
    create or replace table results.hanvisning (resultat_id varchar, till varchar);
    create or replace table results.maluppfyllelse (resultat_id varchar, matt varchar);
    create or replace table results.utsagekontroll (resultat_id varchar, matt varchar);
    create or replace temp table om_personer (resultat_id varchar);
    create or replace temp table dolda (resultat_id varchar, insats_id varchar);
    create or replace temp table medlem (resultat_id varchar, insats_id varchar, del varchar, vikt double, ganger double)`);
});

const state = (rows: readonly (readonly [id: string, text: string, varde: string])[]): Promise<void> =>
  db.run(
    `insert into staging.utsaga (insats_id, utsaga_id, text, varde) values ${rows.map(([id, text, varde]) => `('i', '${id}', '${text}', '${varde}')`).join(", ")}`,
  );
const aboutPersons = (...ids: string[]): Promise<void> =>
  db.run(`insert into om_personer values ${ids.map((id) => `('utsagekontroll/i/${id}')`).join(", ")}`);

const stated = async (): Promise<Record<string, string | null>> => {
  await readStated(db);
  await controlRead(db);
  const rows = await db.rows<{ utsaga_id: string; varde: string | null }>("select utsaga_id, varde from uppgift_visad");
  return Object.fromEntries(rows.map(({ utsaga_id: id, varde }) => [id, varde]));
};

const answer = (enkat: string, fraga: string, svar: string, antal: number | null, utskick: number): Promise<void> =>
  db.run(
    `insert into staging.enkat (insats_id, enkat_id, fraga, svar, antal, utskick) values ('i', '${enkat}', '${fraga}', '${svar}', ${antal}, ${utskick})`,
  );
const answers = async (): Promise<(readonly [string, number | null, number | null])[]> => {
  await readStated(db);
  await controlRead(db);
  const rows = await db.rows<{
    enkat_id: string;
    fraga: string;
    svar: string;
    antal: number | null;
    utskick: number | null;
  }>("select enkat_id, fraga, svar, antal, utskick from enkat_visad order by all");
  return rows.map(({ enkat_id: enkat, fraga, svar, antal, utskick }) => [`${enkat} ${fraga} ${svar}`, antal, utskick]);
};

test("stated counts of persons are all shown where none is 1–4", async () => {
  await state([
    ["kvinnor", "Kvinnor", "44"],
    ["man", "Män", "29"],
    ["team", "Antal team", "3"],
  ]);
  await aboutPersons("kvinnor", "man");
  expect(await stated()).toEqual({ kvinnor: "44", man: "29", team: "3" });
});

test("an insats that may show no fewer than 30 shows no stated count of 29", async () => {
  await state([
    ["kvinnor", "Kvinnor", "44"],
    ["man", "Män", "29"],
  ]);
  await aboutPersons("kvinnor", "man");
  await db.run("insert into staging.troskel values ('i', 30)");
  expect(await stated()).toEqual({ kvinnor: "..", man: ".." });
});

test("one of 1–4 takes the others with it, also what a figure about persons is worked out from", async () => {
  await state([
    ["kvinnor", "Kvinnor", "14"],
    ["man", "Män", "10"],
    ["rest", "Övriga", "2"],
    ["team", "Antal team", "3"],
    ["kostnad", "Kostnad", "52 300 kr"],
  ]);
  await aboutPersons("kvinnor", "man", "summa");
  await db.run("insert into results.hanvisning values ('utsagekontroll/i/summa', 'utsagekontroll/i/rest')");
  expect(await stated()).toEqual({ kvinnor: "..", man: "..", rest: "..", team: "3", kostnad: "52 300 kr" });
});

test("where the insats hides a figure, no stated count of persons is shown", async () => {
  await state([["alla", "Antal deltaganden", "26"]]);
  expect(await stated()).toEqual({ alla: "26" });
  await db.run("insert into dolda values ('maluppfyllelse/i/m', 'i')");
  expect(await stated()).toEqual({ alla: ".." });
});

test("where it hides only how many are unknown, just what gives that is left out: alone, or two together", async () => {
  // 7 of 17 of whom it is known, and 3 unknown: all are 20, those who do not count are 10, or 13 with the unknown.
  await state([
    ["avslutade", "Avslutade", "20"],
    ["kvinnor", "Avslutade kvinnor", "11"],
    ["man", "Avslutade män", "9"],
    ["ovriga", "Utan arbete", "13"],
    ["nya", "Nya", "25"],
    ["team", "Antal team", "20"],
  ]);
  await aboutPersons("avslutade", "kvinnor", "man", "ovriga", "nya");
  await db.run(`
    insert into medlem values ('maluppfyllelse/i/m', 'i', 'taljare', 1, 7), ('maluppfyllelse/i/m', 'i', 'namnare', 1, 17), ('maluppfyllelse/i/m', 'i', 'okand', 3, 1)`);
  const all = { avslutade: "20", kvinnor: "11", man: "9", ovriga: "13", nya: "25", team: "20" };
  expect(await stated()).toEqual(all);
  await db.run("insert into dolda values ('maluppfyllelse/i/m#okanda', 'i')");
  expect(await stated()).toEqual({ ...all, avslutade: "..", kvinnor: "..", man: "..", ovriga: ".." });
});

test("an insats that asks for more than five persons has it here too", async () => {
  await state([["alla", "Antal deltaganden", "9"]]);
  await answer("a", "f", "ja", 9, 20);
  expect(await stated()).toEqual({ alla: "9" });
  expect(await answers()).toEqual([["a f ja", 9, 20]]);
  await db.run("insert into staging.troskel values ('i', 10)");
  expect(await stated()).toEqual({ alla: ".." });
  expect(await answers()).toEqual([["a f ja", null, null]]);
});

test.each([
  ["Två deltagare avslutades", true],
  ["3 unga kvinnor deltog", true],
  ["Minst fyra brukare", true],
  ["Tre rapporter till styrgruppen", false],
  ["13 deltagare avslutades", false],
  ["2,5 individer", false],
  ["Två team med en individuell plan", false],
])("%s: names few persons, %s", async (text, isFew) => {
  const [found] = await db.rows<{ few: boolean }>("select namner_fa($text) as few", { text });
  expect(found?.few).toBe(isFew);
});

test("answers to a question are shown where none is few, and 0 is none", async () => {
  await answer("a", "f", "ja", 9, 20);
  await answer("a", "f", "nej", 0, 20);
  expect(await answers()).toEqual([
    ["a f ja", 9, 20],
    ["a f nej", 0, 20],
  ]);
});

test("few answers in one survey hide the question in all, and no other question", async () => {
  await answer("a", "f", "ja", 9, 20);
  await answer("b", "f", "ja", 7, 20);
  await answer("b", "f", "nej", 2, 20);
  await answer("b", "g", "ja", 11, 20);
  expect(await answers()).toEqual([
    ["a f ja", null, null],
    ["b f ja", null, null],
    ["b f nej", null, null],
    ["b g ja", 11, 20],
  ]);
});

test("how many a survey was sent to is left out where 1–4 did not answer", async () => {
  await answer("a", "f", "ja", 9, 12);
  expect(await answers()).toEqual([["a f ja", 9, null]]);
});

test("a goal on a survey that is hidden hides the insats's answers", async () => {
  await answer("a", "f", "ja", 9, 20);
  await db.run(
    "insert into dolda values ('maluppfyllelse/i/m', 'i'); insert into results.maluppfyllelse values ('maluppfyllelse/i/m', 'enkatandel')",
  );
  expect(await answers()).toEqual([["a f ja", null, null]]);
});
