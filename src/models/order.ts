import type { Database } from "../db/open.ts";
import { quote } from "../schema/reading.ts";
import { type ResultName, resultNames } from "../schema/results.ts";
import { type SqlFile, sqlFiles } from "../schema/sql.ts";

/** The result that has the rows of each year of another, where one has: both are one select. */
export const yearlyOf = (name: string): ResultName | undefined => resultNames.find((one) => one === `${name}_ar`);

/** Every `schema.table` that a select reads, as DuckDB itself parses it. */
const tablesIn = (node: unknown, found: Set<string>): Set<string> => {
  if (Array.isArray(node)) for (const item of node) tablesIn(item, found);
  else if (node !== null && typeof node === "object") {
    const { type, schema_name: schema, table_name: table } = node as Readonly<Record<string, unknown>>;
    if (type === "BASE_TABLE" && typeof schema === "string" && schema !== "" && typeof table === "string") {
      found.add(`${schema}.${table}`);
    }
    for (const item of Object.values(node)) tablesIn(item, found);
  }
  return found;
};

/**
 * What each select is, by its name; DuckDB parses all of them in one statement.
 * @throws Error with DuckDB's message when a select cannot be parsed
 */
export const parseSelects = async (db: Database, files: readonly SqlFile[]): Promise<Map<string, unknown>> => {
  const rows = await db.rows<{ name: string; tree: string }>(
    `select name, cast(json_serialize_sql(text) as varchar) as tree
     from (values ${files.map(({ name, text }) => `(${quote(name)}, ${quote(text)})`).join(", ")}) as file(name, text)`,
  );
  return new Map(
    rows.map(({ name, tree }) => {
      const parsed: unknown = JSON.parse(tree);
      if (parsed !== null && typeof parsed === "object" && "error" in parsed && parsed.error === true) {
        throw new Error(
          `${name}.sql: ${"error_message" in parsed ? String(parsed.error_message) : "cannot be parsed"}`,
        );
      }
      return [name, parsed];
    }),
  );
};

/** The tables that each select reads, by the select's name. */
const tablesRead = async (db: Database, files: readonly SqlFile[]): Promise<Map<string, Set<string>>> =>
  new Map([...(await parseSelects(db, files))].map(([name, tree]) => [name, tablesIn(tree, new Set<string>())]));

/** The datasets that a result's select reads, itself or through the marts and results that it reads. */
export const datasetsRead = async (db: Database, name: string): Promise<string[]> => {
  const files = ["marts", "results"].flatMap((room) =>
    sqlFiles(room).map((file) => ({ ...file, name: `${room}.${file.name}` })),
  );
  const reads = await tablesRead(db, files);
  const seen = new Set<string>();
  const visit = (table: string): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const read of reads.get(table.replace(/^(results\..*)_ar$/, "$1")) ?? []) visit(read);
  };
  visit(`results.${name}`);
  return [...seen].filter((table) => table.startsWith("staging.")).map((table) => table.slice("staging.".length));
};

/**
 * The files of one schema in an order in which each reads only what is there.
 * @throws Error when files read each other in a circle
 */
export const buildOrder = async (db: Database, schema: string, files: readonly SqlFile[]): Promise<SqlFile[]> => {
  const reads = await tablesRead(db, files);
  const done: SqlFile[] = [];
  const visit = (file: SqlFile, trail: readonly string[]): void => {
    if (done.includes(file)) return;
    if (trail.includes(file.name)) throw new Error(`${schema}: reads itself: ${[...trail, file.name].join(" → ")}`);
    for (const read of files) {
      const tables = [read.name, yearlyOf(read.name)].map((table) => `${schema}.${table}`);
      if (tables.some((table) => reads.get(file.name)?.has(table))) visit(read, [...trail, file.name]);
    }
    done.push(file);
  };
  for (const file of files) visit(file, []);
  return done;
};
