/** The columns that the marts have when nothing is delivered, as DuckDB gives them. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inMemory } from "../src/db/open.ts";
import { declareAll } from "../src/skeleton.ts";

export interface MartColumn {
  readonly mart: string;
  readonly column: string;
  readonly type: string;
}

export const readMartColumns = (): Promise<readonly MartColumn[]> =>
  inMemory(async (db) => {
    await declareAll(db, join(tmpdir(), "finsam-no-archive"));
    return db.rows<MartColumn>(
      `select table_name as mart, column_name as "column", data_type as type from duckdb_columns()
       where schema_name = 'marts' order by table_name, column_index`,
    );
  });
