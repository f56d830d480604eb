/** Fills one declared table from one select, so that DuckDB holds the select to its declaration. */
import type { Database } from "../db/open.ts";
import { evidence, type MartName, marts } from "../schema/marts.ts";
import { measures } from "../schema/measures.ts";
import { type ResultName, resultNames, resultOf, resultType } from "../schema/results.ts";
import { sqlFiles } from "../schema/sql.ts";
import { buildOrder } from "./order.ts";

const body = (sql: string): string => sql.trim().replace(/;$/, "");

const ddl = (columns: Readonly<Record<string, string>>): string =>
  Object.entries(columns)
    .map(([name, type]) => `"${name}" ${type}`)
    .join(", ");

export const buildMarts = async (db: Database): Promise<void> => {
  for (const { name, text } of await buildOrder(db, "marts", sqlFiles("marts"))) {
    const declared = marts[name as MartName];
    if (!declared) throw new Error(`sql/marts/${name}.sql is not declared in src/schema/marts.ts`);
    await db.run(`create table marts.${name} (${ddl(declared)})`);
    await db.run(`insert into marts.${name} by name ${body(text)}`);
  }
};

/** One table of evidence per measure: the columns all have, and those the measure adds to select on. */
export const buildMeasures = async (db: Database): Promise<void> => {
  for (const { name, sql } of measures.values()) {
    const given = await db.rows<{ column_name: string; column_type: string }>(
      `select column_name, column_type from (describe ${body(sql)})`,
    );
    const own = given.filter(({ column_name: column }) => !(column in evidence));
    const columns = { ...evidence, ...Object.fromEntries(own.map((c) => [c.column_name, c.column_type])) };
    await db.run(`create table measures.${name} (${ddl(columns)})`);
    await db.run(`insert into measures.${name} by name ${body(sql)}`);
  }
};

export const resultTable = (name: ResultName): string =>
  ddl(
    Object.fromEntries(
      Object.entries(resultOf(name).columns).map(([column, { kind, nullable }]) => [
        column,
        `${resultType[kind]}${nullable ? "" : " not null"}`,
      ]),
    ),
  );

/**
 * Fills the results that are one select.
 * @param room `results`, or `history` for those that compare a whole run with the one before
 */
export const buildResults = async (db: Database, room: "results" | "history"): Promise<void> => {
  const files = sqlFiles(room);
  for (const { name, text } of await buildOrder(db, "results", files)) await fillResult(db, name as ResultName, text);
};

export const declareResults = async (db: Database): Promise<void> => {
  for (const name of resultNames) await db.run(`create table results.${name} (${resultTable(name)})`);
  await db.run(
    "create table results.harkomst (resultat_id varchar, kallrad bigint, kolumn varchar, roll varchar, skal varchar)",
  );
};

/** The select gives the key and the columns; the id follows from the key, and the order is the key's. */
const fillResult = (db: Database, name: ResultName, text: string): Promise<void> => {
  const { key } = resultOf(name);
  const id = [`'${name}'`, ...key.map((column) => `id_led(${column})`)].join(" || '/' || ");
  return db.run(
    `insert into results.${name} by name select ${id} as resultat_id, * from (${body(text)}) order by ${key.join(", ")}`,
  );
};

/** `results.harkomst` for results that are one select: which rows each figure was made of. */
export const fillLineage = async (db: Database): Promise<void> => {
  for (const { text } of sqlFiles("lineage")) {
    await db.run(
      `insert into results.harkomst by name select resultat_id, kallrad, kolumn, roll, skal from (${body(text)})`,
    );
  }
};
