/** Fills one declared table from one select, so that DuckDB holds the select to its declaration. */
import { appendRows } from "../db/append.ts";
import type { PublicSelects } from "../db/dialect.ts";
import type { Database } from "../db/open.ts";
import type { Plain } from "../db/plain.ts";
import { evidence, measures } from "../schema/measures.ts";
import { isKeptInOrder, type ResultName, resultNames, resultOf, resultType } from "../schema/results.ts";
import { type SqlFile, sqlFile, sqlFiles } from "../schema/sql.ts";
import { canHaveRows, type Need, needOf, readAggregates, readEmpty } from "./needs.ts";
import { buildOrder, parseSelects, yearlyOf } from "./order.ts";

const body = (sql: string): string => sql.trim().replace(/;$/, "");

const ddl = (columns: readonly (readonly [name: string, type: string, isNullable: boolean])[]): string =>
  columns.map(([name, type, isNullable]) => `"${name}" ${type}${isNullable ? "" : " not null"}`).join(", ");

/** What the header of a mart's file says of it; the select gives each column its name and type. */
export interface Mart {
  /** What names one row. Of a column that may be null, null is a value like any other. */
  readonly key: readonly string[];
  /** The columns that may be null. */
  readonly nullable: readonly string[];
  /**
   * `large` grows with the delivered rows. An index of a million rows costs 0.5 (a number) to 1.7 CPU-s (three words), to look
   * for a double 0.15: the key is looked for once the mart is filled. A `view` is the rows of one staging table, read by one select.
   */
  readonly stored: string;
}

export const martHeader = (text: string): Mart => {
  const field = (name: string): string | undefined => new RegExp(`^-- ${name}: (.*)$`, "m").exec(text)?.[1];
  const columns = (name: string): readonly string[] => field(name)?.split(", ") ?? [];
  return { key: columns("key"), nullable: columns("null"), stored: field("stored") ?? "indexed" };
};

/** Makes one mart, empty: its select gives each column its name and type. */
const declareMart = async (db: Database, name: string, text: string): Promise<void> => {
  const { key, nullable, stored } = martHeader(text);
  const select = body(text);
  if (stored === "view") return db.run(`create view marts.${name} as ${select}`);
  const columns = await db.rows<{ column: string; type: string }>(
    `select column_name as "column", column_type as type from (describe ${select})`,
  );
  const typed = ddl(columns.map(({ column, type }) => [column, type, nullable.includes(column)]));
  await db.run(`create table marts.${name} (${typed}${isIndexed(text) ? `, primary key (${key.join(", ")})` : ""})`);
};

const isIndexed = (text: string): boolean => {
  const { key, nullable, stored } = martHeader(text);
  return stored === "indexed" && !key.some((column) => nullable.includes(column));
};

/** Fills one mart and holds its key. */
const fillMart = async (db: Database, name: string, text: string): Promise<void> => {
  const { key, stored } = martHeader(text);
  const keyColumns = key.join(", ");
  const findDouble = async (rows: string): Promise<Error | undefined> => {
    const [double] = await db.rows<Record<string, Plain>>(
      `select ${keyColumns}, count(*) as antal from ${rows} group by ${keyColumns} having count(*) > 1 order by ${keyColumns} limit 1`,
    );
    if (!double) return undefined;
    const { antal, ...values } = double;
    return new Error(`marts.${name}: one row per ${keyColumns}, but ${antal} with ${JSON.stringify(values)}`);
  };
  if (stored !== "view") {
    const select = body(text);
    try {
      await db.run(`insert into marts.${name} by name ${select}`);
    } catch (error) {
      throw (isIndexed(text) && (await findDouble(`(${select})`))) || error;
    }
    if (isIndexed(text)) return;
  }
  const double = await findDouble(`marts.${name}`);
  if (double) throw double;
};

/**
 * Builds one mart and holds its key.
 * @throws Error with the mart, its key and the values that several rows have
 */
export const buildMart = async (db: Database, name: string, text: string): Promise<void> => {
  await declareMart(db, name, text);
  await fillMart(db, name, text);
};

/** The selects of marts, results and history, each room's in an order in which each reads only what is there. */
export interface Order extends Readonly<Record<"marts" | "results" | "history", readonly string[]>> {
  /** What each mart, measure, result and check needs to have a row. */
  readonly needs: Readonly<Record<string, Need>>;
  /** Selects the rows of each table of `publik`. */
  readonly publik: PublicSelects;
}

export const readOrder = async (db: Database): Promise<Order> => {
  const rooms = ["marts", "results", "history", "measures", "checks/warn", "checks/stop"] as const;
  const files = rooms.map((room) => [room === "history" ? "results" : room, sqlFiles(room)] as const);
  const trees = await parseSelects(
    db,
    files.flatMap(([room, some]) => some.map(({ name, text }) => ({ name: `${room}.${name}`, text }))),
  );
  const aggregates = await readAggregates(db);
  const needs = Object.fromEntries(
    [...trees].flatMap(([name, tree]) => {
      const need = needOf(tree, aggregates);
      return [name, ...(name.startsWith("results.") ? [`${name}_ar`] : [])].map((one) => [one, need]);
    }),
  );
  const [marts = [], results = [], history = []] = files.map(([schema, some]) =>
    buildOrder(
      trees,
      schema,
      some.map(({ name }) => name),
    ),
  );
  return { marts, results, history, needs, publik: (await import("../db/dialect.ts")).publicSelects() };
};

/** Makes marts, measures and results, all of them empty. The tables of staging are there. */
export const declareModels = async (db: Database, { marts }: Order): Promise<void> => {
  for (const name of marts) await declareMart(db, name, sqlFile("marts", name));
  await buildMeasures(db);
  await declareResults(db);
};

/** Fills the marts that what is delivered may give rows, and notes which measures have none. */
export const fillMarts = async (db: Database, { marts, needs }: Order): Promise<void> => {
  const empty = await readEmpty(db);
  for (const name of marts)
    if (canHaveRows(needs[`marts.${name}`], needs, empty)) await fillMart(db, name, sqlFile("marts", name));
  const views = viewNeeds(needs);
  const left = await readEmpty(db);
  const tomma = [...measures.keys()].filter((name) => !canHaveRows(needs[`measures.${name}`], views, left));
  await appendRows(db, "measures.tomt_matt", tomma, [["varchar", (name) => name]]);
};

/** The checks that may find something, once marts and results are filled. */
export const readChecks = async (
  db: Database,
  room: "checks/warn" | "checks/stop",
  { needs }: Order,
): Promise<SqlFile[]> => {
  const empty = await readEmpty(db);
  const views = viewNeeds(needs);
  return sqlFiles(room).filter(({ name }) => canHaveRows(needs[`${room}.${name}`], views, empty));
};

/** What the marts need that are views, and the measures. */
const viewNeeds = (needs: Order["needs"]): Order["needs"] => {
  const views = sqlFiles("marts").filter(({ text }) => martHeader(text).stored === "view");
  const names = [
    ...views.map(({ name }) => `marts.${name}`),
    ...[...measures.keys()].map((name) => `measures.${name}`),
  ];
  return Object.fromEntries(names.map((name) => [name, needs[name] ?? true]));
};

/** No row, with every column that evidence can have. */
const noEvidence = `select ${Object.entries(evidence)
  .map(([name, type]) => `cast(null as ${type.replace(" not null", "")}) as ${name}`)
  .join(", ")} where false`;

/** One view of evidence per measure: the columns all have, and those the measure adds to select on. */
const buildMeasures = (db: Database): Promise<void> =>
  db.run(
    [
      "create table measures.tomt_matt (matt varchar)",
      ...[...measures.values()].map(
        ({ name, sql }) => `create view measures.${name} as ${noEvidence} union all by name (${body(sql)})`,
      ),
    ].join(";\n"),
  );

/** What resultId makes of a row, in SQL. No macro: whoever opens the database reads its tables. */
const idOf = (name: ResultName): string => {
  const { key, columns } = resultOf(name);
  const parts = key.map((column) =>
    columns[column]?.kind === "datum"
      ? column
      : `replace(replace(replace(cast(${column} as varchar), '%', '%25'), '/', '%2F'), '#', '%23')`,
  );
  return `concat('${name}/', ${parts.join(", '/', ")})`;
};

export const resultTable = (name: ResultName): string =>
  ddl(
    Object.entries(resultOf(name).columns).map(([column, { kind, nullable }]) =>
      column === "resultat_id" && isKeptInOrder(name)
        ? [column, `varchar generated always as (${idOf(name)})`, true]
        : [column, resultType[kind], nullable ?? false],
    ),
  );

/**
 * Fills the results that are one select.
 * @param room `results`, or `history` for those that compare a whole run with the one before
 */
export const buildResults = async (db: Database, room: "results" | "history", order: Order): Promise<void> => {
  const { needs } = order;
  const own = order[room].flatMap((name) => [`results.${name}`, `results.${name}_ar`]);
  const pending = { ...viewNeeds(needs), ...Object.fromEntries(own.map((name) => [name, needs[name] ?? true])) };
  const empty = await readEmpty(db);
  for (const name of order[room])
    if (canHaveRows(needs[`results.${name}`], pending, empty))
      await fillResult(db, name as ResultName, sqlFile(room, name));
};

export const declareResults = async (db: Database): Promise<void> => {
  await db.run(resultNames.map((name) => `create table results.${name} (${resultTable(name)})`).join(";\n"));
  await db.run(`
    create table results.harkomst (resultat_id varchar, kallrad bigint, kolumn varchar, roll varchar, skal varchar);
    create table results.fraga (resultat_id varchar, matt varchar, insats_id varchar, grupp varchar, gruppvarde varchar, parametrar varchar,
      granser varchar[], fran date, till date, pengar_fran date, pengar_till date, ar_hela boolean, perioder varchar[], kontroll varchar[],
      ar_sparrad boolean, ar_namnare boolean);
    create table results.hanvisning (resultat_id varchar, till varchar);
    create table results.ingaende (resultat_id varchar, uppgift varchar, antal double)`);
};

/**
 * The select gives the key and the columns; the id follows from the key, and the order is the key's: that of a result that is kept in
 * order by itself. A select of a result that is told by year too gives both: rows of each ar, and of none.
 */
const fillResult = async (db: Database, name: ResultName, text: string): Promise<void> => {
  const insert = (result: ResultName, rows: string): string => {
    const insert = `insert into results.${result} by name`;
    if (isKeptInOrder(result)) return `${insert} from ${rows}`;
    return `${insert} select ${idOf(result)} as resultat_id, * from (from ${rows} order by ${resultOf(result).key.join(", ")})`;
  };
  const yearly = yearlyOf(name);
  if (yearly === undefined) return db.run(insert(name, `(${body(text)})`));
  await db.run(`
    create or replace temp table per_ar as ${body(text)};
    ${insert(name, "(select * exclude (ar) from per_ar where ar is null)")};
    ${insert(yearly, "per_ar where ar is not null")};
    drop table per_ar`);
};

/** The results that some of the wanted figures are rows of. */
const wantedResults = async (db: Database): Promise<Set<string>> =>
  new Set(
    (await db.rows<{ namn: string }>("select distinct split_part(till, '/', 1) as namn from sokt")).map(
      ({ namn }) => namn,
    ),
  );

/**
 * Follows the figures in the temporary table `sokt (resultat_id, till)` to the figures that they rest on in turn: adds a row
 * for each, with the figure that was asked for and the one that it rests on.
 */
export const followFigures = async (db: Database): Promise<void> => {
  const links = sqlFiles("lineage/links");
  for (let before = 0; ; ) {
    const [found] = await db.rows<{ antal: number }>("select count(*) as antal from sokt");
    if (found === undefined || found.antal === before) return;
    before = found.antal;
    const wanted = await wantedResults(db);
    for (const { text } of links.filter(({ name }) => wanted.has(name))) {
      await db.run(`
        insert into sokt
        select distinct sokt.resultat_id, led.till
        from (${body(text)}) as led inner join sokt on sokt.till = led.resultat_id
        anti join sokt as kand on kand.resultat_id = sokt.resultat_id and kand.till = led.till`);
    }
  }
};

/** A select of figures and refused rows that may belong to them, with where each row stands. */
const refusedRows = (text: string): string => `
  select distinct led.resultat_id, rad.kallrad, rad.tabell_id
  from (${body(text)}) as led
  inner join marts.bortfall as rad on rad.rad_id = led.rad_id and rad.skal = 'avvisade_rader'`;

/** Counts beside each figure of costs and distributions the refused rows that may belong to it. */
export const countRefused = async (db: Database): Promise<void> => {
  const [found] = await db.rows<{ finns: boolean }>("select count(*) > 0 as finns from marts.bortfall");
  if (!found?.finns) return;
  for (const { name, text } of sqlFiles("lineage/refused"))
    for (const result of resultNames.filter((one) => one === name || one === yearlyOf(name)))
      await db.run(`
        update results.${result} set ofullstandig = avvisat.antal
        from (select resultat_id, count(*) as antal from (${refusedRows(text)}) group by resultat_id) as avvisat
        where avvisat.resultat_id = ${result}.resultat_id`);
};

/** Adds to the temporary table `harkomst` the rows of those figures in `sokt` that are one select. */
export const traceResults = async (db: Database): Promise<void> => {
  const wanted = await wantedResults(db);
  const isWanted = ({ name }: SqlFile): boolean =>
    [...wanted].some((result) => result === name || result === yearlyOf(name));
  for (const { text } of sqlFiles("lineage/refused").filter(isWanted))
    await db.run(`
      insert into harkomst by name
      select led.resultat_id, led.kallrad, avvisning.kolumn, 'avvisad' as roll, avvisning.skal, led.tabell_id
      from (${refusedRows(text)}) as led
      inner join checks.avvisning as avvisning on avvisning.tabell_id = led.tabell_id and avvisning.kallrad is not distinct from led.kallrad
      where led.resultat_id in (select till from sokt)`);
  for (const { text } of sqlFiles("lineage/rows").filter(isWanted)) {
    await db.run(`
      insert into harkomst by name select * from (${body(text)})
      where resultat_id in (select till from sokt)`);
  }
};
