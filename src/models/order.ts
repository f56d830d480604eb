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

/** The datasets that a result's select reads, itself or through the marts and results that it reads. */
export const datasetsRead = async (db: Database, name: string): Promise<string[]> => {
  const trees = await parseSelects(
    db,
    ["marts", "results"].flatMap((room) => sqlFiles(room).map((file) => ({ ...file, name: `${room}.${file.name}` }))),
  );
  const seen = new Set<string>();
  const visit = (table: string): void => {
    if (seen.has(table)) return;
    seen.add(table);
    for (const read of tablesIn(trees.get(table.replace(/^(results\..*)_ar$/, "$1")), new Set())) visit(read);
  };
  visit(`results.${name}`);
  return [...seen].filter((table) => table.startsWith("staging.")).map((table) => table.slice("staging.".length));
};

/**
 * The selects of one schema in an order in which each reads only what is there.
 * @param trees what each select is, by schema and name
 * @throws Error when selects read each other in a circle
 */
export const buildOrder = (
  trees: ReadonlyMap<string, unknown>,
  schema: string,
  names: readonly string[],
): readonly string[] => {
  const done = new Set<string>();
  const visit = (name: string, trail: readonly string[]): void => {
    if (done.has(name)) return;
    if (trail.includes(name)) throw new Error(`${schema}: reads itself: ${[...trail, name].join(" → ")}`);
    const reads = tablesIn(trees.get(`${schema}.${name}`), new Set());
    for (const other of names) {
      if ([other, yearlyOf(other)].some((table) => reads.has(`${schema}.${table}`))) visit(other, [...trail, name]);
    }
    done.add(name);
  };
  for (const name of names) visit(name, []);
  return [...done];
};
