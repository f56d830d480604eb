/** kysely writes what reads `publik`: DuckDB reads the SQL of its Postgres compiler as it is (double quotes). */
import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import { type PublicName, type PublicRow, publicKey, publicNames } from "../schema/publik.ts";
import type { Database } from "./open.ts";
import type { Plain } from "./plain.ts";

type Tables = Readonly<Record<string, Readonly<Record<string, Plain>>>>;

const kysely = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** Selects the rows of one table of `publik`, in key order. */
const publicSelect = (name: PublicName): string => {
  let query = kysely.selectFrom(`publik.${name}` as string).selectAll();
  for (const column of publicKey(name)) query = query.orderBy(column);
  return query.compile().sql;
};

export type PublicSelects = Readonly<Record<PublicName, string>>;

export const publicSelects = (): PublicSelects =>
  Object.fromEntries(publicNames.map((name) => [name, publicSelect(name)])) as PublicSelects;

export const publicRowsOf = <N extends PublicName>(db: Database, name: N): Promise<PublicRow<N>[]> =>
  db.rows<PublicRow<N>>(publicSelect(name));
