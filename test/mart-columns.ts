/** The columns that the marts have when nothing is delivered, as DuckDB gives them. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { furnish, open } from "../src/db/open.ts";
import { openArchive } from "../src/inbox/archive.ts";
import { ingest } from "../src/inbox/ingest.ts";
import { buildMarts } from "../src/models/build.ts";
import { noteBortfall } from "../src/staging/bortfall.ts";
import { noteSettings } from "../src/staging/checks.ts";
import { correct } from "../src/staging/corrections.ts";
import { load } from "../src/staging/load.ts";

export interface MartColumn {
  readonly mart: string;
  readonly column: string;
  readonly type: string;
}

export const readMartColumns = async (): Promise<readonly MartColumn[]> => {
  const [db, nowhere, today] = [await open(":memory:"), join(tmpdir(), "finsam-no-archive"), "2025-01-01"];
  try {
    await furnish(db);
    await db.run("set variable idag = cast($today as date)", { today });
    await ingest(db, openArchive(nowhere, nowhere), [], { today });
    await correct(db, [], () => false, today);
    await load(db);
    await noteSettings(db, [], () => [], new Map());
    await noteBortfall(db, [], []);
    await buildMarts(db);
    return await db.rows<MartColumn>(
      `select table_name as mart, column_name as "column", data_type as type from duckdb_columns()
       where schema_name = 'marts' order by table_name, column_index`,
    );
  } finally {
    db.close();
  }
};
