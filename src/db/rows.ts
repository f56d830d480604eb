/** Rows of results. No query builder: a command that prints one result starts without it. */
import { type ResultName, type Row, resultOf } from "../schema/results.ts";
import type { Database } from "./open.ts";

/** The rows of a result that are of one insats, as a condition; undefined where its rows are of no insats. */
export const ofInsats = (name: ResultName): string | undefined => {
  const { columns } = resultOf(name);
  if ("insats_id" in columns) return "insats_id = cast($insats as varchar)";
  return "niva" in columns ? "niva = 'insats' and id = cast($insats as varchar)" : undefined;
};

/** The rows of one result in key order; of one insats where it is named and the result has insatser. */
export const rowsOf = <N extends ResultName>(db: Database, name: N, insats?: string): Promise<Row<N>[]> => {
  const { key } = resultOf(name);
  const condition = ofInsats(name);
  const own = insats !== undefined && condition !== undefined ? { insats } : undefined;
  const where = own ? `where ${condition}` : "";
  return db.rows(`from results.${name} ${where} order by ${key.join(", ")}`, own);
};

/** The rows of one result in key order, so many at a time, so that a large one is never held whole; at least one page. */
export async function* pagesOf<N extends ResultName>(db: Database, name: N, size = 10_000): AsyncGenerator<Row<N>[]> {
  const { key } = resultOf(name);
  const [{ antal } = { antal: 0 }] = await db.rows<{ antal: number }>(`select count(*) as antal from results.${name}`);
  if (antal <= size) {
    yield await rowsOf(db, name);
    return;
  }
  // Sorted once, and read by place.
  await db.run(`create or replace temp table sidor as from results.${name} order by ${key.join(", ")}`);
  for (let at = 0; at < antal; at += size)
    yield await db.rows<Row<N>>(`from sidor where rowid >= ${at} and rowid < ${at + size} order by rowid`);
  await db.run("drop table sidor");
}
