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
import { type PublicName, type PublicRow, publicKey } from "../schema/publik.ts";
import type { Database } from "./open.ts";
import { type Plain, plain } from "./plain.ts";

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

type Tables = Readonly<Record<string, Readonly<Record<string, Plain>>>>;

const kysely = (db: Database): Kysely<Tables> => new Kysely<Tables>({ dialect: dialect(db) });

/** The rows of one table of `publik`, in key order. */
export const publicRowsOf = async <N extends PublicName>(db: Database, name: N): Promise<PublicRow<N>[]> => {
  const table: string = `publik.${name}`;
  let query = kysely(db).selectFrom(table).selectAll();
  for (const column of publicKey(name)) query = query.orderBy(column);
  return (await query.execute()) as PublicRow<N>[];
};
