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
