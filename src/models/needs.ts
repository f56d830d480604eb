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

const callsOne = (value: unknown, names: ReadonlySet<string>): boolean => {
  if (Array.isArray(value)) return value.some((item) => callsOne(item, names));
  if (!isNode(value)) return false;
  // Over a window it gives each row its own.
  return (
    (value.class === "FUNCTION" && names.has(String(value.function_name))) ||
    Object.values(value).some((item) => callsOne(item, names))
  );
};

/** The functions that give a row of no rows, and the macros that call one. */
export const readAggregates = async (db: Database): Promise<ReadonlySet<string>> => {
  const aggregates = await db.rows<{ name: string }>(
    "select distinct function_name as name from duckdb_functions() where function_type = 'aggregate'",
  );
  const macros = await db.rows<{ name: string; tree: string }>(`
    select function_name as name, cast(json_serialize_sql(concat(if(function_type = 'macro', 'select ', ''), macro_definition)) as varchar) as tree
    from duckdb_functions() where macro_definition is not null`);
  const found = new Set(aggregates.map(({ name }) => name));
  const trees = macros.map(({ name, tree }) => ({ name, tree: JSON.parse(tree) as unknown }));
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const { name, tree } of trees) if (callsOne(tree, found)) found.add(name);
  }
  return found;
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
    if (from.join_type === "RIGHT") return right;
    return from.join_type === "FULL" ? one([left, right]) : true;
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
    // One row of no rows: a sum of everything. To group by all is to group by what is selected and no aggregate.
    const selected = listIn(node.select_list);
    const isByAll =
      node.aggregate_handling === "FORCE_AGGREGATES" && !selected.every((one) => callsOne(one, aggregates));
    const sets = listIn(node.group_sets);
    const isGrouped = isByAll || (sets.length > 0 && sets.every((set) => listIn(set).length > 0));
    const sums = sets.length > 0 || callsOne([selected, node.having, node.qualify], aggregates);
    if (sums && !isGrouped) return true;
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
