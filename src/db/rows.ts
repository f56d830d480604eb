/** Rows of results. No query builder: a command that prints one result starts without it. */
import { type ResultName, type Row, resultOf } from "../schema/results.ts";
import type { Database } from "./open.ts";

/** The rows of one result in key order; of one insats where it is named and the result has insatser. */
export const rowsOf = <N extends ResultName>(db: Database, name: N, insats?: string): Promise<Row<N>[]> => {
  const { key, columns } = resultOf(name);
  const own = insats !== undefined && "insats_id" in columns ? { insats } : undefined;
  const where = own ? "where insats_id = cast($insats as varchar)" : "";
  return db.rows(`from results.${name} ${where} order by ${key.join(", ")}`, own);
};
