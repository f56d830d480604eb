import type { Database } from "../db/open.ts";
import { type SqlFile, sqlFiles } from "../schema/sql.ts";

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
 * The tables one select reads.
 * @throws Error with DuckDB's message when the select cannot be parsed
 */
export const tablesRead = async (db: Database, { name, text }: SqlFile): Promise<string[]> => {
  const [row] = await db.rows<{ tree: string }>(
    "select cast(json_serialize_sql(cast($text as varchar)) as varchar) as tree",
    { text },
  );
  const tree: unknown = JSON.parse(row?.tree ?? "{}");
  if (tree !== null && typeof tree === "object" && "error" in tree && tree.error === true) {
    throw new Error(`${name}.sql: ${"error_message" in tree ? String(tree.error_message) : "cannot be parsed"}`);
  }
  return [...tablesIn(tree, new Set<string>())].sort();
};

/** The datasets that a result's select reads, itself or through the marts and results that it reads. */
export const datasetsRead = async (db: Database, name: string): Promise<string[]> => {
  const seen = new Set<string>();
  const visit = async (table: string): Promise<void> => {
    if (seen.has(table)) return;
    seen.add(table);
    const [room, own] = table.split(".");
    const file =
      room === "marts" || room === "results" ? sqlFiles(room).find((other) => other.name === own) : undefined;
    for (const read of file ? await tablesRead(db, file) : []) await visit(read);
  };
  await visit(`results.${name}`);
  return [...seen].filter((table) => table.startsWith("staging.")).map((table) => table.slice("staging.".length));
};

/**
 * The files of one schema in an order in which each reads only what is there.
 * @throws Error when files read each other in a circle
 */
export const buildOrder = async (db: Database, schema: string, files: readonly SqlFile[]): Promise<SqlFile[]> => {
  const reads = new Map<string, string[]>();
  for (const file of files) {
    const own = (await tablesRead(db, file)).filter((table) => table.startsWith(`${schema}.`));
    reads.set(
      file.name,
      own.map((table) => table.slice(schema.length + 1)),
    );
  }
  const done: SqlFile[] = [];
  const visit = (file: SqlFile, trail: readonly string[]): void => {
    if (done.includes(file)) return;
    if (trail.includes(file.name)) throw new Error(`${schema}: reads itself: ${[...trail, file.name].join(" → ")}`);
    for (const name of reads.get(file.name) ?? []) {
      const read = files.find((other) => other.name === name);
      if (read) visit(read, [...trail, file.name]);
    }
    done.push(file);
  };
  for (const file of files) visit(file, []);
  return done;
};
