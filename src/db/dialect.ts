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
import { type ResultName, type Row, resultOf } from "../schema/results.ts";
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

const readTable = async (
  db: Database,
  table: string,
  order: readonly string[],
  insats?: string,
): Promise<Readonly<Record<string, Plain>>[]> => {
  let query = kysely(db).selectFrom(table).selectAll();
  if (insats !== undefined) query = query.where("insats_id", "=", insats);
  for (const column of order) query = query.orderBy(column);
  return query.execute();
};

/** The rows of one result in key order; of one insats where it is named and the result has insatser. */
export const rowsOf = async <N extends ResultName>(db: Database, name: N, insats?: string): Promise<Row<N>[]> => {
  const { key, columns } = resultOf(name);
  return (await readTable(db, `results.${name}`, key, "insats_id" in columns ? insats : undefined)) as Row<N>[];
};

/** The rows of one table of `publik`, in key order. */
export const publicRowsOf = async <N extends PublicName>(db: Database, name: N): Promise<PublicRow<N>[]> =>
  (await readTable(db, `publik.${name}`, publicKey(name))) as PublicRow<N>[];
