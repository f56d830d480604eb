/** Of which tables a select has no row when they have none: in a small run most of what may be delivered is not. */
import type { Database } from "../db/open.ts";

/** A table without which there is no row; or all of some needs, or one of them; true when nothing is known to be needed. */
export type Need = true | string | { readonly all: readonly Need[] } | { readonly one: readonly Need[] };

const all = (needs: readonly Need[]): Need => {
  const some = needs.filter((need) => need !== true);
  return some.length === 0 ? true : { all: some };
};

const one = (needs: readonly Need[]): Need => (needs.includes(true) ? true : { one: needs });

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => value !== null && typeof value === "object";
const nodeIn = (value: unknown): Node => (isNode(value) ? value : {});
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The functions that give a row of no rows, and the macros that call one. */
export const readAggregates = async (db: Database): Promise<ReadonlySet<string>> => {
  const known = await db.rows<{ name: string; text: string | null }>(`
    select distinct function_name as name, macro_definition as text from duckdb_functions()
    where function_type = 'aggregate' or macro_definition is not null`);
  const found = new Set(known.filter(({ text }) => text === null).map(({ name }) => name));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { name, text } of known)
      if ([...(text ?? "").matchAll(/(\w+)"?\(/g)].some(([, called = ""]) => found.has(called))) found.add(name);
  }
  return found;
};

const callsOne = (value: unknown, names: ReadonlySet<string>): boolean => {
  if (Array.isArray(value)) return value.some((item) => callsOne(item, names));
  if (!isNode(value)) return false;
  return (
    (value.class === "FUNCTION" && names.has(String(value.function_name))) ||
    Object.values(value).some((item) => callsOne(item, names))
  );
};

/** What a select needs, by the tree that DuckDB makes of it. */
export const needOf = (tree: unknown, aggregates: ReadonlySet<string>): Need => {
  const source = (from: Node, named: ReadonlyMap<string, Need>): Need => {
    if (from.type === "BASE_TABLE") {
      const table = String(from.table_name);
      return from.schema_name === "" ? (named.get(table) ?? true) : `${String(from.schema_name)}.${table}`;
    }
    if (from.type === "SUBQUERY") return query(nodeIn(nodeIn(from.subquery).node), named);
    if (from.type !== "JOIN" || from.ref_type === "POSITIONAL") return true;
    const [left, right] = [source(nodeIn(from.left), named), source(nodeIn(from.right), named)];
    if (from.join_type === "INNER" || from.join_type === "SEMI") return all([left, right]);
    if (from.join_type === "LEFT" || from.join_type === "ANTI") return left;
    return true;
  };
  const query = (node: Node, outer: ReadonlyMap<string, Need>): Need => {
    const named = new Map(outer);
    for (const entry of listIn(nodeIn(node.cte_map).map)) {
      const { key, value } = nodeIn(entry);
      named.set(String(key), query(nodeIn(nodeIn(nodeIn(value).query).node), named));
    }
    if (node.type === "SET_OPERATION_NODE") {
      const [left, right] = [query(nodeIn(node.left), named), query(nodeIn(node.right), named)];
      if (node.setop_type === "UNION" || node.setop_type === "UNION_BY_NAME") return one([left, right]);
      return node.setop_type === "EXCEPT" || node.setop_type === "INTERSECT" ? left : true;
    }
    if (node.type === "RECURSIVE_CTE_NODE") return query(nodeIn(node.left), named);
    if (node.type !== "SELECT_NODE") return true;
    const isGrouped = listIn(node.group_expressions).length > 0 && listIn(node.group_sets).length === 1;
    // One row of no rows: a sum of everything.
    if (!isGrouped && callsOne([node.select_list, node.having, node.qualify], aggregates)) return true;
    if (listIn(node.group_sets).length > 1) return true;
    return source(nodeIn(node.from_table), named);
  };
  const [statement] = listIn(nodeIn(tree).statements);
  return query(nodeIn(nodeIn(statement).node), new Map());
};

/**
 * Whether a select may have rows.
 * @param pending what the tables and views that are one select need, where they are not filled
 * @param empty the tables without rows
 */
export const canHaveRows = (
  need: Need | undefined,
  pending: Readonly<Record<string, Need>>,
  empty: ReadonlySet<string>,
): boolean => {
  if (need === undefined || need === true) return true;
  if (typeof need === "string") return need in pending ? canHaveRows(pending[need], pending, empty) : !empty.has(need);
  return "all" in need
    ? need.all.every((each) => canHaveRows(each, pending, empty))
    : need.one.some((each) => canHaveRows(each, pending, empty));
};

/** The tables without rows; one whose rows were all deleted need not be among them. */
export const readEmpty = async (db: Database): Promise<ReadonlySet<string>> =>
  new Set(
    (
      await db.rows<{ name: string }>(
        "select schema_name || '.' || table_name as name from duckdb_tables() where estimated_size = 0",
      )
    ).map(({ name }) => name),
  );
