/** Facts that do not hold together: each check is a select of the failing rows. */
import type { Database } from "../db/open.ts";
import { PipelineError } from "../schema/errors.ts";
import type { Pipeline } from "../schema/pipeline.ts";
import { sqlFiles } from "../schema/sql.ts";

/**
 * `warn` turns failing rows into findings; `stop` halts the run.
 * @throws Error naming the stop check and its first rows: the program is wrong, not the delivery
 */
export const checkFacts = async (db: Database, severity: "warn" | "stop"): Promise<void> => {
  for (const { name, text } of sqlFiles(`checks/${severity}`)) {
    if (severity === "stop") {
      const failing = await db.rows<Record<string, unknown>>(text);
      if (failing.length > 0) throw new Error(`${name}: ${failing.length} rows, first ${JSON.stringify(failing[0])}`);
      continue;
    }
    await db.run(`
      insert into checks.fynd
      select rad.tabell_id, brott.kallrad, rad.rad, plats.cell, coalesce(tabell.rubriker[plats.cell + 1], brott.kolumn), brott.varde, '${name}', brott.detalj
      from (${text.trim()}) as brott
      inner join inbox.rad as rad on rad.kallrad = brott.kallrad
      inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
      left join checks.kolumn as plats on plats.tabell_id = rad.tabell_id and plats.kolumn = brott.kolumn`);
  }
};

/** `staging.postnamn`: which budget line a pipeline says that a kostnadsslag is. */
export const nameBudgetLines = async (db: Database, pipelines: readonly Pipeline[]): Promise<void> => {
  await db.run("create table staging.postnamn (insats_id varchar, vikt varchar, post varchar)");
  for (const { insats, poster } of pipelines) {
    for (const [slag, post] of Object.entries(poster)) {
      for (const id of [insats].flat()) {
        await db.run(
          `insert into staging.postnamn select insats_id, sv_vik($slag), $post from staging.insats where $id = '*' or insats_id = $id`,
          { slag, post, id },
        );
      }
    }
  }
};

/** `staging.seriebrott`: the days on which an insats's totals began to be counted in another way. */
export const noteBreaks = async (db: Database, pipelines: readonly Pipeline[]): Promise<void> => {
  await db.run("create table staging.seriebrott (insats_id varchar, datum date)");
  for (const { insats, seriebrott } of pipelines) {
    for (const datum of seriebrott) {
      for (const id of [insats].flat()) {
        await db.run(
          `insert into staging.seriebrott select insats_id, cast($datum as date) from staging.insats where $id = '*' or insats_id = $id`,
          { datum, id },
        );
      }
    }
  }
};

/** `staging.avvikelsegrans`: how many percent the amounts of an insats may deviate unexplained, where a pipeline says. */
export const noteLimits = async (db: Database, pipelines: readonly Pipeline[]): Promise<void> => {
  await db.run("create table staging.avvikelsegrans (insats_id varchar, procent decimal(9, 4))");
  for (const { insats, avvikelsegrans } of pipelines) {
    if (avvikelsegrans === undefined) continue;
    for (const id of [insats].flat()) {
      await db.run(
        `insert into staging.avvikelsegrans
         select insats_id, cast($procent as decimal(9, 4)) from staging.insats where $id = '*' or insats_id = $id`,
        { procent: String(avvikelsegrans), id },
      );
    }
  }
};

/**
 * `staging.kommunnyckel`: how the municipalities of a förbund share what the law lays on them, from a year on.
 * @throws PipelineError when two keys are for one förbund and year
 */
export const noteKommunKeys = async (db: Database, pipelines: readonly Pipeline[]): Promise<void> => {
  await db.run(
    "create table staging.kommunnyckel (forbund_id varchar, fran bigint, vikt varchar, kommun varchar, andel decimal(28, 6))",
  );
  const seen = new Map<string, string>();
  for (const { file, kommunnyckel } of pipelines) {
    for (const { forbund, fran, andelar } of kommunnyckel) {
      const key = `${forbund} ${fran}`;
      const other = seen.get(key);
      if (other !== undefined)
        throw new PipelineError([`${file}: kommunnyckel: ${forbund} from ${fran} stands in ${other} too`]);
      seen.set(key, file);
      for (const [kommun, andel] of Object.entries(andelar)) {
        await db.run(
          `insert into staging.kommunnyckel
           select $forbund, cast($fran as bigint), sv_vik($kommun), $kommun, cast($andel as decimal(28, 6))`,
          { forbund, fran: String(fran), kommun, andel: String(andel) },
        );
      }
    }
  }
};
