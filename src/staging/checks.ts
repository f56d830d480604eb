/** Facts that do not hold together: each check is a select of the failing rows. Settings that do not are found here too. */
import { basename } from "node:path";
import { addFindings } from "../db/note.ts";
import type { Database } from "../db/open.ts";
import { fold } from "../schema/columns.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { quote } from "../schema/reading.ts";
import type { SqlFile } from "../schema/sql.ts";
import { noteTables } from "./tabeller.ts";

const noFinding =
  "select cast(null as bigint) as kallrad, cast(null as varchar) as kolumn, cast(null as varchar) as varde, cast(null as varchar) as detalj, '' as kod where false";

/** Turns the failing rows of checks into findings. */
export const noteFailing = (db: Database, checks: readonly SqlFile[]): Promise<void> => {
  const found = checks.map(({ name, text }) => `select *, ${quote(name)} as kod from (${text.trim()})`);
  return addFindings(db, [noFinding, ...found].join(" union all by name "));
};

/** @throws Error naming the check and its first rows: the program is wrong, not the delivery */
export const stopAtFailing = async (db: Database, checks: readonly SqlFile[]): Promise<void> => {
  for (const { name, text } of checks) {
    const failing = await db.rows<Record<string, unknown>>(text);
    if (failing.length > 0) throw new Error(`${name}: ${failing.length} rows, first ${JSON.stringify(failing[0])}`);
  }
};

/** Settings that are tables, and the dataset that each is a setting of. */
const settingTables = {
  postnamn: { of: "insats", columns: "insats_id varchar, vikt varchar, post varchar, primary key (insats_id, vikt)" },
  seriebrott: { of: "insats", columns: "insats_id varchar, datum date, primary key (insats_id, datum)" },
  avvikelsegrans: { of: "insats", columns: "insats_id varchar primary key, procent decimal(9, 4)" },
  troskel: { of: "insats", columns: "insats_id varchar primary key, antal integer, skal varchar, roll varchar" },
  kommunnyckel: {
    of: "forbund",
    columns:
      "forbund_id varchar, fran bigint, vikt varchar, kommun varchar, andel decimal(28, 6), primary key (forbund_id, fran, vikt)",
  },
  vardtyngd: {
    of: "forbund",
    columns:
      "forbund_id varchar, vik varchar, skriven varchar, vikt decimal(28, 6), regel varchar, granser decimal(28, 6)[], riktning varchar, parameter varchar generated always as (sv_kod(skriven)), primary key (forbund_id, vik)",
  },
} as const;

interface Setting {
  readonly table: keyof typeof settingTables;
  /** The insats or förbund that it is a setting of, and which of its settings it is. */
  readonly key: readonly [id: string, ...rest: string[]];
  /** What the rows of this key hold besides it. */
  readonly rows: readonly (readonly string[])[];
  /** Two statements of one key agree when their values do. */
  readonly value: string;
  readonly shown: string;
  readonly path: readonly PropertyKey[];
}

/** A pipeline's settings, of its insatser and of the förbund whose care units its sources deliver. */
const settingsOf = (
  { poster, seriebrott, avvikelsegrans, troskel, kommunnyckel, vardtyngd }: Pipeline,
  insatser: readonly string[],
  vardforbund: readonly string[],
): Setting[] => {
  const set = (
    table: Setting["table"],
    key: Setting["key"],
    path: Setting["path"],
    shown: string,
    row: readonly string[] = [shown],
    value = row.join(" "),
  ): Setting => ({ table, key, path, shown, rows: [row], value });
  const limit = typeof troskel === "number" ? { antal: troskel, skal: "", roll: "" } : troskel;
  const ofInsats = (id: string): Setting[] => [
    ...Object.entries(poster).map(([slag, post]) =>
      set("postnamn", [id, fold(slag)], ["poster", slag], post, [post], fold(post)),
    ),
    ...seriebrott.map((datum) => set("seriebrott", [id, datum], ["seriebrott"], datum, [])),
    ...(avvikelsegrans === undefined ? [] : [set("avvikelsegrans", [id], ["avvikelsegrans"], String(avvikelsegrans))]),
    ...[limit ?? []]
      .flat()
      .map(({ antal, skal, roll }) => set("troskel", [id], ["troskel"], String(antal), [String(antal), skal, roll])),
  ];
  const ofForbund = kommunnyckel.map(({ forbund, fran, andelar }, i): Setting => {
    const byName = new Map(Object.entries(andelar).map(([kommun, andel]) => [fold(kommun), [kommun, String(andel)]]));
    const rows = [...byName].map(([vikt, share]) => [vikt, ...share]).sort();
    const value = rows.map(([vikt, , andel]) => `${vikt} ${andel}`).join(", ");
    const shown = rows.map(([, kommun, andel]) => `${kommun} ${andel}`).join(", ");
    return { table: "kommunnyckel", key: [forbund, String(fran)], rows, value, shown, path: ["kommunnyckel", i] };
  });
  const ofVard = vardforbund.flatMap((id) =>
    Object.entries(vardtyngd).map(([parameter, { vikt, regel, riktning }]): Setting => {
      const granser = Array.isArray(regel) ? regel : [];
      const row = [String(vikt), Array.isArray(regel) ? "granser" : regel, `[${granser.join(", ")}]`, riktning];
      const [key, path, shown] = [[id, fold(parameter)] as const, ["vardtyngd", parameter], row.join(" ")];
      return set("vardtyngd", key, path, shown, [parameter, ...row], shown);
    }),
  );
  return [...insatser.flatMap(ofInsats), ...ofForbund, ...ofVard];
};

/** The förbund whose care units each source delivers; nobody asks unless a pipeline says how to grade them. */
const vardforbundOf = async (
  db: Database,
  pipelines: readonly Pipeline[],
  sources: ReadonlyMap<string, readonly string[]>,
): Promise<(pipeline: Pipeline) => string[]> => {
  if (!pipelines.some(({ vardtyngd }) => Object.keys(vardtyngd).length > 0)) return () => [];
  const delivered = await db.rows<{ forbund_id: string; leverans: string }>(`
    select distinct enhet.forbund_id, tabell.leverans from staging.vardenhet as enhet
    inner join inbox.rad as rad on rad.kallrad = enhet.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id order by enhet.forbund_id`);
  return ({ file }) => {
    const own = delivered.filter(({ leverans }) => sources.get(file)?.includes(leverans));
    return [...new Set(own.map(({ forbund_id: id }) => id))];
  };
};

/**
 * Fills the tables of settings, and of the tables of participants. A setting that several pipelines state alike is one. Where they differ the first holds,
 * in the order of the files, and the difference is a finding at the row of the insats or förbund.
 */
export const noteSettings = async (
  db: Database,
  pipelines: readonly Pipeline[],
  insatserOf: (pipeline: Pipeline) => readonly string[],
  sources: ReadonlyMap<string, readonly string[]>,
): Promise<void> => {
  await noteTables(db);
  const vardforbund = await vardforbundOf(db, pipelines, sources);
  const stated = pipelines.flatMap((pipeline) =>
    settingsOf(pipeline, insatserOf(pipeline), vardforbund(pipeline)).map((setting) => {
      return { ...setting, place: `”${setting.shown}” i ${basename(pipeline.file)}:${pipeline.lineOf(setting.path)}` };
    }),
  );
  const groups = Map.groupBy(stated, ({ table, key }) => JSON.stringify([table, key]));
  const first = [...groups.values()].flatMap(([one]) => one ?? []);
  for (const [table, { columns }] of Object.entries(settingTables)) {
    const rows = first
      .filter((one) => one.table === table)
      .flatMap(({ key, rows: rest }) => rest.map((row) => [...key, ...row]));
    await db.run(`create table staging.${table} (${columns})`);
    if (rows.length > 0)
      await db.run(
        `insert into staging.${table} values ${rows.map((row) => `(${row.map(quote).join(", ")})`).join(", ")}`,
      );
  }
  for (const [one, ...others] of groups.values()) {
    const other = others.find(({ value }) => value !== one?.value);
    if (!one || !other) continue;
    const { of } = settingTables[one.table];
    await addFindings(
      db,
      `select kallrad, '${of}_id' as kolumn, $varde as varde, 'olika_installning' as kod, $detalj as detalj from staging.${of} where ${of}_id = $id`,
      { varde: `${one.path.join(".")} för ${one.key[0]}`, detalj: `${one.place} och ${other.place}`, id: one.key[0] },
    );
  }
};
