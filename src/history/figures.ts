/**
 * What earlier reports said. The archive keeps one state per report day: of each insats the figures of its last report,
 * and what they rest on. A report is compared with the last one of an earlier day, and the same report made again is
 * compared with the same one.
 */
import { hash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Database } from "../db/open.ts";
import { measures } from "../schema/measures.ts";
import type { Pipeline, Stated } from "../schema/pipeline.ts";
import { quote } from "../schema/reading.ts";
import { followed, type ResultName, resultNames, results } from "../schema/results.ts";
import { bareSelect, sqlFiles } from "../schema/sql.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";

/** An insats, with the pipeline whose settings are its own. */
type Insats = Omit<Stated, "goal">;

/** How a figure is followed to what it was made of; asked only for figures that changed. */
export interface Origins {
  /** Fills the temporary table `harkomst` with the rows that these figures rest on. */
  deriveLineage(db: Database, ids: readonly string[]): Promise<void>;
  /** The datasets that a result's select reads, itself or through others. */
  datasetsRead(db: Database, name: string): Promise<string[]>;
}

const md5 = (text: string): string => hash("md5", text);

const rooms = ["macros", "checks/stop", "checks/warn", "marts", "measures", "results", "history"] as const;

/** Differs between two programs that compute differently. */
const hashProgram = (): string =>
  md5(
    rooms.flatMap((room) => sqlFiles(room).map(({ name, text }) => `${room}/${name}\n${bareSelect(text)}`)).join("\n"),
  );

/** The last day that a figure is about, if its row has one; of a whole goal that of the rows it is judged by. */
const lastDay = (name: ResultName): string => {
  const { columns } = results[name];
  if (name === "malsammanfattning")
    return `(select max(till) from results.maluppfyllelse as m
             where m.insats_id = rad.insats_id and m.mal_id = rad.mal_id and m.status <> 'ej_matbart')`;
  if ("till" in columns) return "rad.till";
  return "ar" in columns ? "make_date(rad.ar, 12, 31)" : "cast(null as date)";
};

/** A select of the followed figures that a result has of insatser, each with its definition and the measure or result that computes it. */
const figuresOf = (name: ResultName, sql: ReadonlyMap<string, string>): string[] => {
  const { columns } = results[name];
  const isGoal = "mal_id" in columns;
  const own = "matt" in columns ? "rad.matt" : quote(name);
  return (followed[name] ?? []).map(
    (column) => `
      select rad.insats_id, rad.resultat_id as figur, '${column}' as kolumn,
        regexp_replace(cast(rad.${column} as varchar), '\\.0$', '') as varde, false as ar_dold,
        ${isGoal ? "mal.definition" : quote(md5(bareSelect(sql.get(name) ?? "")))} as definition,
        ${isGoal ? "mal.matt" : own} as raknad_av, ${lastDay(name)} as till
      from results.${name} as rad
      ${isGoal ? "left join checks.mal as mal on mal.insats_id = rad.insats_id and mal.mal_id = rad.mal_id" : ""}
      where rad.insats_id is not null`,
  );
};

/** Every loaded row of an insats. Its number is another in each run; its content is not. */
const rowsOfInsats = datasetNames
  .filter((name) => "insats_id" in datasetOf(name).columns)
  .map(
    (name) =>
      `select insats_id, kallrad, '${name}' as dataset, hash(*columns(* exclude (kallrad))) as innehall from staging.${name} where insats_id is not null`,
  )
  .join(" union all ");

/** Settings that are part of how a goal is defined. */
const judging: readonly (keyof Pipeline)[] = ["rapporterat_till", "fullstandiga", "seriebrott", "aldersgranser"];

/** Settings that change no figure, or do so by files, corrections and goals, which are stated by themselves. */
const apart: readonly (keyof Pipeline)[] = [
  ...(["insats", "kallor", "exempel", "personuppgifter", "rattsligt_stod", "nyckelfil"] as const),
  ...(["korrigeringar", "mal", "file", "lineOf"] as const),
];

const isStated = (value: unknown): boolean =>
  value !== undefined && Object.keys(typeof value === "object" && value !== null ? value : [value]).length > 0;

/** All other settings: they decide how deliveries are read. */
const readingOf = (pipeline: Pipeline): (readonly [name: string, value: unknown])[] =>
  Object.entries(pipeline).filter(
    ([name, value]) => ![...judging, ...apart].some((n) => n === name) && isStated(value),
  );

/** All that a goal is judged by, except wordings and what was reported: two texts that differ are two definitions. */
const definitionText = ({ goal: { rapporterat, text, ...judged }, pipeline }: Stated): string => {
  const { definition, sql = "", ...measure } = measures.get(judged.matt) ?? {};
  return JSON.stringify([judged, measure, bareSelect(sql), judging.map((name) => [name, pipeline[name]])]);
};

const fillText = (
  db: Database,
  table: string,
  names: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<void> =>
  db.run(
    `create table ${table} as select ${names.map((name, i) => `rad[${i + 1}] as ${name}`).join(", ")}
     from (select unnest(from_json(cast($rows as varchar), '[["varchar"]]')) as rad)`,
    { rows: JSON.stringify(rows) },
  );

/** Fills `checks.siffra` with this run's figures. */
const describeFigures = async (db: Database, stated: readonly Stated[]): Promise<void> => {
  await fillText(
    db,
    "checks.mal",
    ["insats_id", "mal_id", "matt", "definition"],
    stated.map((one) => [one.insats_id, one.goal.id, one.goal.matt, md5(definitionText(one))]),
  );
  const sql = new Map(sqlFiles("results").map(({ name, text }) => [name, text]));
  await db.run(
    `create table checks.siffra as ${resultNames.flatMap((name) => figuresOf(name, sql)).join(" union all ")}`,
  );
};

/**
 * Fills `checks.underlag_insats` with what each insats's figures rest on: its rows in each file and dataset, corrections
 * of these rows, and its settings.
 * @param reported a select of what earlier reports rested on: a row of a forgotten person no longer names its insats
 */
const describeGrounds = async (db: Database, read: readonly Insats[], reported: string): Promise<void> => {
  await fillText(
    db,
    "checks.installning",
    ["insats_id", "namn", "varde"],
    read.flatMap(({ insats_id: insats, pipeline }) =>
      readingOf(pipeline).map(([name, value]) => [insats, name, md5(JSON.stringify(value))]),
    ),
  );
  await db.run(`
    create table checks.underlag_insats (
      insats_id varchar, slag varchar, namn varchar, fil varchar, dataset varchar, varde varchar, innehall varchar, datum date
    );
    insert into checks.underlag_insats
    with led as materialized (
      select rader.insats_id, rader.dataset, rader.kallrad, rader.innehall, rad.tabell_id
      from (${rowsOfInsats}) as rader
      inner join inbox.rad as rad on rad.kallrad = rader.kallrad
    ),
    filer as (
      select led.insats_id, 'fil' as slag, tabell.fil as namn, tabell.fil, led.dataset, tabell.sha256 as varde,
        cast(sum(led.innehall) as varchar) as innehall, tabell.mottagen as datum
      from led inner join inbox.tabell as tabell on tabell.tabell_id = led.tabell_id
      group by led.insats_id, tabell.fil, led.dataset, tabell.sha256, tabell.mottagen
    ),
    -- A correction concerns the insats of its row, and the one that the row was taken from. A row that is not loaded may
    -- have been of any insats in its table.
    rattade as (
      select distinct i_tabell.insats_id, i_tabell.dataset, ny.tabell_id, ny.kallrad, ny.cell, ny.nytt, ny.datum
      from inbox.korrigering as ny
      inner join (select distinct insats_id, dataset, tabell_id from led) as i_tabell on i_tabell.tabell_id = ny.tabell_id
      left join led on led.kallrad = ny.kallrad
      where led.kallrad is null or i_tabell.insats_id in (led.insats_id, ny.gammalt)
    )
    select * from filer
    union all
    select distinct sagt.* exclude (dag, program) from (${reported}) as sagt
    inner join inbox.tabell as tabell on tabell.fil = sagt.namn and tabell.sha256 = sagt.varde
    where sagt.slag = 'fil' and tabell.tabell_id in (select tabell_id from inbox.rad where len(celler) = 0)
      and not exists (
        select 1 from filer where filer.insats_id = sagt.insats_id and filer.namn = sagt.namn and filer.dataset = sagt.dataset
      )
    union all
    select rattade.insats_id, 'korrigering', tabell.fil || ' ' || kolumnbokstav(rattade.cell) || cast(rad.rad as varchar),
      tabell.fil, rattade.dataset, rattade.nytt, rattade.nytt, rattade.datum
    from rattade
    inner join inbox.rad as rad on rad.kallrad = rattade.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rattade.tabell_id
    union all
    select insats_id, 'installning', namn, cast(null as varchar), '', varde, varde, cast(null as date) from checks.installning`);
};

/** Fills `checks.andrad` with the figures that differ from the report before, and `checks.nytt` with what is new of each insats. */
const findChanges = (db: Database, program: string): Promise<void> =>
  db.run(`
    create table checks.forra as
    select insats_id, any_value(dag) as till, any_value(program) <> ${quote(program)} as ar_annat_program
    from checks.forra_siffra group by insats_id;
    create table checks.andrad as
    select insats_id, figur, kolumn, fore.varde as fore, nu.varde as efter, nu.till,
      coalesce(nu.raknad_av, fore.raknad_av) as raknad_av, nu.figur is null as ar_borta, fore.figur is null as ar_ny,
      coalesce(nu.definition <> fore.definition, false) as ar_omdefinierad,
      coalesce(fore.ar_dold, false) or coalesce(nu.ar_dold, false) as ar_dold
    from (select * from checks.siffra where insats_id in (select insats_id from checks.forra)) as nu
    full join checks.forra_siffra as fore using (insats_id, figur, kolumn)
    where nu.varde is distinct from fore.varde;
    create table checks.nytt as
    with jamfort as (
      select insats_id, slag, namn, coalesce(nu.fil, fore.fil) as fil, dataset, coalesce(nu.datum, fore.datum) as datum,
        nu.innehall is distinct from fore.innehall as ar_olika,
        max(nu.varde) over delar as varde, max(fore.varde) over delar as forra_varde
      from (select * from checks.underlag_insats where insats_id in (select insats_id from checks.forra)) as nu
      full join checks.forra_underlag_insats as fore using (insats_id, slag, namn, dataset)
      window delar as (partition by insats_id, slag, namn)
    )
    select insats_id, slag, namn, fil, dataset, datum,
      case when forra_varde is null then 'ny' when varde is null then 'borta' else 'andrad' end as hur
    from jamfort where ar_olika and varde is distinct from forra_varde`);

/**
 * Fills `vilar_pa` with the files that the changed figures rest on, and `checks.laser` with the datasets that each measure
 * or result reads: these decide if the figure or the file is gone.
 */
const followChanges = async (db: Database, { deriveLineage, datasetsRead }: Origins): Promise<void> => {
  const figures = await db.rows<{ figur: string }>(`
    select distinct figur from checks.andrad
    where not ar_borta and insats_id in (select insats_id from checks.nytt where fil is not null) order by figur`);
  const gone = await db.rows<{ raknad_av: string }>(`
    select distinct raknad_av from checks.andrad
    where raknad_av is not null and (ar_borta or insats_id in (select insats_id from checks.nytt where hur = 'borta'))`);
  const reads: string[][] = [];
  for (const { raknad_av: name } of gone) {
    const isResult = resultNames.some((result) => result === name);
    const datasets = measures.get(name)?.registers ?? (isResult ? await datasetsRead(db, name) : []);
    reads.push(...datasets.map((dataset) => [name, dataset]));
  }
  await fillText(db, "checks.laser", ["namn", "dataset"], reads);
  await db.run("create temp table vilar_pa (figur varchar, fil varchar, dataset varchar)");
  if (figures.length === 0) return;
  const ids = figures.map(({ figur }) => figur);
  await deriveLineage(db, ids);
  await db.run(`
    insert into vilar_pa
    select distinct harkomst.resultat_id, tabell.fil, tabell.dataset
    from harkomst
    inner join inbox.rad as rad on rad.kallrad = harkomst.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id`);
};

/** This run's tables in `checks` that make up a state, each in a file of its own. */
const parts = ["siffra", "underlag_insats", "visad", "utgiven"] as const;

/** Filled when the report is published: of each delivered row the sets shown, and the last value shown of each figure. */
const published = `
  create table checks.visad (insats_id varchar, register varchar, element varchar, vikt double, mangder varchar[], ganger double[]);
  create table checks.utgiven (insats_id varchar, figur varchar, varde double, visad date)`;

const fileOf = (day: string, part: string): string => join("rapporter", `${day}-${part}.parquet`);

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it
 * @param isReplacing the last report is made again on a later day, without a person, and compared as it was
 */
export const openFigures = (folder: string, work: string, isReplacing: boolean) => {
  const program = hashProgram();
  const place = join(folder, "rapporter");
  const files = existsSync(place) ? readdirSync(place).sort() : [];
  const days = files.map((file) => file.slice(0, "2024-01-01".length));
  const lastBy = (day: string): string | undefined => days.findLast((other) => other <= day);
  const lastBefore = (day: string): string | undefined => days.findLast((other) => other < day);
  /** A select of the states of these days; of no day an empty table with the columns of this run's. */
  const statesOf = (part: string, ...wanted: (string | undefined)[]): string => {
    const known = [...new Set(wanted)]
      .flatMap((day) => (day === undefined ? [] : join(folder, fileOf(day, part))))
      .filter(existsSync);
    return known.length === 0
      ? `select current_date as dag, '' as program, * from checks.${part} limit 0`
      : `select * from read_parquet([${known.map(quote).join(", ")}])`;
  };
  return {
    /** Fills `checks` with this run's figures, those they are compared with, and what is new. */
    async recall(
      db: Database,
      today: string,
      stated: readonly Stated[],
      read: readonly Insats[],
      origins: Origins,
    ): Promise<void> {
      const before = lastBefore(isReplacing ? (lastBy(today) ?? today) : today);
      await db.run(published);
      await describeFigures(db, stated);
      await describeGrounds(db, read, statesOf("underlag_insats", before, lastBy(today)));
      for (const part of parts) {
        await db.run(`
          create table checks.forra_${part} as
          select * from (${statesOf(part, before)}) where insats_id in (select insats_id from checks.siffra)`);
      }
      await findChanges(db, program);
      await followChanges(db, origins);
    },

    /**
     * Writes the state of today, called when `publik` is filled. Insatser that this run did not judge keep their last report.
     * @param isReported all insatser keep their last report, and only those without one get the figures of this run
     */
    async remember(db: Database, today: string, isReported = false): Promise<void> {
      mkdirSync(join(work, "rapporter"), { recursive: true });
      const judged = "select insats_id from checks.siffra";
      const reported = `select insats_id from (${statesOf("siffra", lastBy(today))})`;
      // Who is forgotten has no name in what was shown: another takes the place.
      const nameOf = (part: string): string =>
        part === "visad" && isReplacing
          ? `(select * replace (case when element in (select element from medlem where matt <> '') then element else cast(uuid() as varchar) end as element) from rad)`
          : "rad";
      if (isReplacing)
        for (const file of files.filter((one) => one.endsWith("-visad.parquet")))
          await db.run(`
            copy (with rad as (select * from read_parquet(${quote(join(place, file))})) select * from ${nameOf("visad")} order by all)
            to ${quote(join(work, "rapporter", file))} (format parquet)`);
      for (const part of parts) {
        await db.run(`
          copy (
            with rad as (
            select * from (
              select date '${today}' as dag, ${quote(program)} as program, * from checks.${part}
              where insats_id in (${judged}) ${isReported ? `and insats_id not in (${reported})` : ""}
              union all by name
              select * from (${statesOf(part, lastBy(today))}) ${isReported ? "" : `where insats_id not in (${judged})`}
            )) select * from ${nameOf(part)} order by all
          ) to ${quote(join(work, fileOf(today, part)))} (format parquet)`);
      }
    },

    /** The files of the archive that no report of `day` or later is compared with. */
    outdated: (day: string): string[] =>
      files.filter((file) => file < (lastBefore(day) ?? "")).map((file) => join("rapporter", file)),
  };
};
