/** A table that nothing can give a row is left empty without asking: what is said to have no rows has none. */
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, open } from "../../src/db/open.ts";
import { type Order, readOrder } from "../../src/models/build.ts";
import { canHaveRows, needOf, readAggregates, readEmpty } from "../../src/models/needs.ts";
import { parseSelects } from "../../src/models/order.ts";
import { furnished } from "../database.ts";
import { type Shipped, shippedRun, today } from "../shipped.ts";

let db: Database;
let order: Order;
let aggregates: ReadonlySet<string>;
beforeAll(async () => {
  db = await furnished();
  order = await readOrder(db);
  aggregates = await readAggregates(db);
});
afterAll(() => db.close());

const mayHaveRows = async (text: string, ...empty: string[]): Promise<boolean> => {
  const trees = await parseSelects(db, [{ name: "fil", text }]);
  return canHaveRows(needOf(trees.get("fil"), aggregates), {}, new Set(empty));
};

test.each([
  ["select a from s.x", false],
  ["select x.a from s.y as y inner join s.x as x on x.a = y.a", false],
  ["select y.a from s.y as y left join s.x as x on x.a = y.a", true],
  ["select y.a from s.x as x right join s.y as y on x.a = y.a", true],
  ["select x.a from s.y as y right join s.x as x on x.a = y.a", false],
  ["select y.a from s.y as y full join s.x as x on x.a = y.a", true],
  ["select x.a from s.x as y full join s.x as x on x.a = y.a", false],
  ["select y.a from s.y as y semi join s.x as x on x.a = y.a", false],
  ["select y.a from s.y as y anti join s.x as x on x.a = y.a", true],
  ["select x.a from s.x as x, s.y as y", false],
  ["select x.a from s.x as x, unnest([1]) as _(nr)", false],
  ["select a from s.x union all by name select a from s.y", true],
  ["select a from s.x union select a from s.x", false],
  ["select a from s.y except select a from s.x", true],
  ["select a from s.x except select a from s.y", false],
  ["with v as (select a from s.x) select a from v inner join s.y using (a)", false],
  ["with recursive v as (select a from s.x union all select a + 1 from v where a < 3) select a from v", false],
  ["select count(*) from s.x", true],
  ["select a, count(*) from s.x group by a", false],
  ["select a, count(*) from s.x group by rollup (a)", true],
  ["select a, b, count(*) from s.x group by grouping sets ((a), (a, b))", false],
  ["select a, count(*) from s.x group by grouping sets ((a), ())", true],
  ["select a, count(*) from s.x group by all", false],
  ["select count(*) from s.x group by all", true],
  ["select sum(a) + 1 from (select a from s.x)", true],
  ["select a, row_number() over (order by a) from s.x", false],
  ["select 1 where not exists (select 1 from s.x)", true],
  ["select sum(a) over () from s.x", false],
  ["select sum(sum(a)) over () from s.x", true],
  ["select storsta_rest(a, 1, 2, b, c) from s.x", false],
  ["select hel_summa(a) from s.x", true],
])("%s, without rows in s.x: may have rows %s", async (text, expected) => {
  expect(await mayHaveRows(text, "s.x")).toBe(expected);
  expect(await mayHaveRows(text)).toBe(true);
});

describe.each<Shipped>(["kallor", "exempel"])("in the run of %s", (name) => {
  test("no mart, measure or result has rows that was said to have none", async () => {
    const { out } = await shippedRun(name);
    const made = await open(join(out, "internt", "finsam.duckdb"), "read");
    try {
      await made.run("set variable idag = cast($today as date)", { today });
      const empty = await readEmpty(made);
      const without = Object.keys(order.needs).filter((table) => !canHaveRows(table, order.needs, empty));
      const there = await made.rows<{ name: string }>(
        "select table_schema || '.' || table_name as name from information_schema.tables",
      );
      const counted = without.filter((table) => there.some((one) => one.name === table));
      expect(counted.length).toBeGreaterThan(name === "kallor" ? 20 : 0);
      const rows = counted.map((table) => `select '${table}' as "table" where exists (from ${table})`);
      expect(await made.rows(rows.join(" union all "))).toEqual([]);
    } finally {
      made.close();
    }
  });
});
