/** kysely over DuckDB: the Postgres compiler writes SQL that DuckDB reads as it is (`$1`, double quotes). */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import type { ResultName, Row } from "../schema/results.ts";
import type { Database } from "./open.ts";
import { plain } from "./plain.ts";

class Connection implements DatabaseConnection {
  readonly #db: Database;
  constructor(db: Database) {
    this.#db = db;
  }
  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const reader = await this.#db.connection.runAndReadAll(sql, [...parameters] as (
      | string
      | number
      | boolean
      | null
    )[]);
    const names = reader.columnNames();
    const rows = reader.getRows().map((row) => Object.fromEntries(row.map((value, i) => [names[i], plain(value)])));
    return { rows: rows as R[] };
  }
  streamQuery(): AsyncIterableIterator<never> {
    throw new Error("streaming is not supported: read the result whole");
  }
}

const driver = (db: Database): Driver => ({
  init: async () => {},
  acquireConnection: async () => new Connection(db),
  beginTransaction: () => db.run("begin"),
  commitTransaction: () => db.run("commit"),
  rollbackTransaction: () => db.run("rollback"),
  releaseConnection: async () => {},
  destroy: async () => {},
});

const dialect = (db: Database): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => driver(db),
  createIntrospector: (kysely) => new PostgresIntrospector(kysely),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

type Rooms = { [N in ResultName as `results.${N}`]: Row<N> } & { [N in ResultName as `publik.${N}`]: Row<N> };

/** Typed reading of results and of what may leave. The types come from the declarations in `schema/results.ts`. */
export const reader = (db: Database): Kysely<Rooms> => new Kysely<Rooms>({ dialect: dialect(db) });
