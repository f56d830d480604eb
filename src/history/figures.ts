/**
 * What earlier reports said. The archive keeps an edition of every insats for each time that its report came to say
 * something else or came to rest on something else: its figures, the files and corrections under them, and what its
 * goals and measures were defined as. From it comes what has changed since the last report, and a look back compares
 * with what the report of that day compared with.
 */
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { appendColumns } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { measures } from "../schema/measures.ts";
import type { Mal, Pipeline } from "../schema/pipeline.ts";
import { quote } from "../schema/reading.ts";
import { followed, type ResultName, resultNames, results } from "../schema/results.ts";
import { sqlFiles } from "../schema/sql.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { stillCompared } from "./editions.ts";

/** A goal of an insats, in the pipeline that states it. */
export interface Stated {
  readonly insats_id: string;
  readonly goal: Mal;
  readonly pipeline: Pipeline;
}

/** An insats, with the pipeline whose settings are its own. */
export interface Read {
  readonly insats_id: string;
  readonly pipeline: Pipeline;
}

const siffra = `struct(figur varchar, kolumn varchar, varde varchar, ar_dold boolean, definition varchar, filer varchar[])`;
const underlag = `struct(slag varchar, namn varchar, fil varchar, varde varchar, datum date)`;

/** One row per insats and edition; `fran` and `till` are the first and last day that a report was made so. */
const shape = `insats_id varchar, nr bigint, fran date, till date, program varchar, grund varchar, innehall varchar,
  underlag ${underlag}[], siffror ${siffra}[]`;

export const figuresFile = "utgavor.parquet";

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const rooms = ["macros", "checks/stop", "checks/warn", "marts", "measures", "results", "history"] as const;

/** Tells two programs apart that compute differently. */
const programText = (): string =>
  rooms.flatMap((room) => sqlFiles(room).map(({ name, text }) => `${room}/${name}\n${text}`)).join("\n");

/** Results of an insats that declare figures. */
const figured = resultNames.filter((name) => name in followed);

const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** The last day a figure is about, where its row says so; of a whole goal that of the rows it is judged by. */
const lastDay = (name: ResultName): string => {
  const { columns } = results[name];
  if (name === "malsammanfattning")
    return `(select max(till) from results.maluppfyllelse as m
             where m.insats_id = rad.insats_id and m.mal_id = rad.mal_id and m.status <> 'ej_matbart')`;
  if ("till" in columns) return "till";
  return "ar" in columns ? "make_date(ar, 12, 31)" : "cast(null as date)";
};

const figuresOf = (name: ResultName, sql: ReadonlyMap<string, string>): string => {
  const isGoal = "mal_id" in results[name].columns;
  const definition = isGoal
    ? "(select definition.text from checks.definition as definition where definition.insats_id = rad.insats_id and definition.mal_id = rad.mal_id)"
    : literal(md5(sql.get(name) ?? ""));
  return (followed[name] ?? [])
    .map(
      (column) => `
        select insats_id, resultat_id as figur, '${column}' as kolumn, regexp_replace(cast(${column} as varchar), '\\.0$', '') as varde, false as ar_dold,
          ${definition} as definition, ${lastDay(name)} as till
        from results.${name} as rad`,
    )
    .join(" union all ");
};

/** Which tables speak of an insats: those with a loaded row of it. */
const tablesOfInsats = datasetNames
  .filter((name) => "insats_id" in datasetOf(name).columns)
  .map((name) => `select insats_id, kallrad from staging.${name}`)
  .join(" union all ");

const read = (file: string): string =>
  existsSync(file) ? `insert into checks.utgavor by name from read_parquet(${quote(file)});` : "";

/**
 * What each setting of a pipeline decides: how goals are judged, so that it is part of what they are defined as; how what
 * was delivered is read; or nothing of a figure that is not told of in another way, as files and corrections are.
 */
const decides: Readonly<Record<keyof Pipeline, "bedomning" | "lasning" | "annat">> = {
  rapporterat_till: "bedomning",
  fullstandiga: "bedomning",
  seriebrott: "bedomning",
  aldersgranser: "bedomning",
  tolkning: "lasning",
  poster: "lasning",
  avvikelsegrans: "lasning",
  kommunnyckel: "lasning",
  insats: "annat",
  kallor: "annat",
  exempel: "annat",
  personuppgifter: "annat",
  rattsligt_stod: "annat",
  nyckelfil: "annat",
  korrigeringar: "annat",
  mal: "annat",
  name: "annat",
  file: "annat",
};

const settings = (pipeline: Pipeline, what: "bedomning" | "lasning"): (readonly [string, unknown])[] =>
  Object.entries(pipeline).filter(([name]) => decides[name as keyof Pipeline] === what);

const isStated = (value: unknown): boolean =>
  value !== undefined && Object.keys(typeof value === "object" && value !== null ? value : [value]).length > 0;

/** All that a goal is judged by: two texts that differ are two definitions. What the report answers is none of it. */
const definitionText = ({ goal: { rapporterat, text, ...judged }, pipeline }: Stated): string =>
  JSON.stringify([judged, measures.get(judged.matt), settings(pipeline, "bedomning")]);

/** Fills `checks.siffra` and `checks.underlag_insats`: this run's figures and what they rest on. */
const describeRun = async (db: Database, stated: readonly Stated[], ways: readonly Read[]): Promise<void> => {
  await db.run("create table checks.definition (insats_id varchar, mal_id varchar, text varchar)");
  await appendColumns(db, "checks.definition", [
    { type: "varchar", values: stated.map(({ insats_id: insats }) => insats) },
    { type: "varchar", values: stated.map(({ goal }) => goal.id) },
    { type: "varchar", values: stated.map((one) => md5(definitionText(one))) },
  ]);
  const reading = ways.flatMap(({ insats_id: insats, pipeline }) =>
    settings(pipeline, "lasning")
      .filter(([, value]) => isStated(value))
      .map(([name, value]) => ({ insats, name, value: md5(JSON.stringify(value)) })),
  );
  await db.run("create table checks.installning (insats_id varchar, namn varchar, varde varchar)");
  await appendColumns(db, "checks.installning", [
    { type: "varchar", values: reading.map(({ insats }) => insats) },
    { type: "varchar", values: reading.map(({ name }) => name) },
    { type: "varchar", values: reading.map(({ value }) => value) },
  ]);
  const sql = new Map(sqlFiles("results").map(({ name, text }) => [name, text]));
  await db.run(`
    create table checks.siffra as
    with vilar_pa as (
      select harkomst.resultat_id, list(distinct tabell.fil) as filer
      from results.harkomst as harkomst
      inner join inbox.rad as rad on rad.kallrad = harkomst.kallrad
      inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
      group by harkomst.resultat_id
    ),
    -- when an insats began and ended decides its windows, and so every figure of it
    ramar as (
      select insats.insats_id, list(distinct tabell.fil) as filer
      from staging.insats as insats
      inner join inbox.rad as rad on rad.kallrad = insats.kallrad
      inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
      group by insats.insats_id
    ),
    siffror as (${figured.map((name) => figuresOf(name, sql)).join(" union all ")})
    select siffror.*, list_sort(list_distinct(list_concat(coalesce(vilar_pa.filer, []), coalesce(ramar.filer, [])))) as filer
    from siffror
    left join vilar_pa on vilar_pa.resultat_id = siffror.figur
    left join ramar on ramar.insats_id = siffror.insats_id;
    create table checks.underlag_insats as
    with tabeller as (
      select led.insats_id, rad.tabell_id from (${tablesOfInsats}) as led
      inner join inbox.rad as rad on rad.kallrad = led.kallrad
      -- a row of a forgotten person no longer says of which insats it was; an earlier report does
      union
      select sagt.insats_id, tabell.tabell_id
      from (select insats_id, unnest(underlag, recursive := true) from checks.utgavor) as sagt
      inner join inbox.tabell as tabell on tabell.fil = sagt.namn and tabell.sha256 = sagt.varde
      where sagt.slag = 'fil' and tabell.tabell_id in (select tabell_id from inbox.rad where len(celler) = 0)
    )
    select distinct tabeller.insats_id, 'fil' as slag, tabell.fil as namn, tabell.fil as fil, tabell.sha256 as varde, tabell.mottagen as datum
    from tabeller inner join inbox.tabell as tabell on tabell.tabell_id = tabeller.tabell_id
    union all
    select tabeller.insats_id, 'korrigering', tabell.fil || ' ' || kolumnbokstav(ny.cell) || cast(rad.rad as varchar), tabell.fil, ny.nytt, ny.datum
    from tabeller
    inner join inbox.korrigering as ny on ny.tabell_id = tabeller.tabell_id
    inner join inbox.rad as rad on rad.kallrad = ny.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = ny.tabell_id
    union all
    select insats_id, 'installning', namn, cast(null as varchar), varde, cast(null as date) from checks.installning`);
};

/** Fills `checks.utgava`: each insats's edition as this run has it. */
const describeEditions = (db: Database): Promise<void> =>
  db.run(`
    create table checks.utgava as
    select insatser.insats_id, ${literal(md5(programText()))} as program,
      md5(concat_ws(chr(10),
        (select string_agg(concat_ws(' ', slag, namn, varde), chr(10) order by slag, namn, varde)
         from checks.underlag_insats as u where u.insats_id = insatser.insats_id),
        (select string_agg(concat_ws(' ', mal_id, text), chr(10) order by mal_id)
         from checks.definition as d where d.insats_id = insatser.insats_id))) as grund,
      md5((select string_agg(concat_ws(' ', figur, kolumn, coalesce(varde, '-')), chr(10) order by figur, kolumn)
           from checks.siffra as s where s.insats_id = insatser.insats_id)) as innehall
    from (select distinct insats_id from checks.siffra) as insatser`);

/**
 * Fills `checks.forra` (the edition that each insats is compared with), and its figures and ground.
 * @param exact the report of this day is made again, so its own edition is known by its ground even where a person's data
 * have been taken away since
 */
const compareWith = (db: Database, exact: boolean): Promise<void> =>
  db.run(`
    create table checks.forra as
    with kanda as (
      select utgavor.*, row_number() over (partition by utgavor.insats_id order by utgavor.fran desc, utgavor.nr desc) as bakat
      from checks.utgavor as utgavor where utgavor.fran <= getvariable('idag')
    ),
    egen as (
      select kanda.insats_id, kanda.nr from kanda inner join checks.utgava as nu on nu.insats_id = kanda.insats_id
      where kanda.bakat = 1 and kanda.grund = nu.grund ${exact ? "" : "and kanda.innehall = nu.innehall"}
    )
    select nu.insats_id, egen.nr as eget_nr, arg_min(kanda.nr, kanda.bakat) as nr, arg_min(kanda.till, kanda.bakat) as till,
      arg_min(kanda.program, kanda.bakat) is distinct from any_value(nu.program) as ar_annat_program
    from checks.utgava as nu
    left join egen on egen.insats_id = nu.insats_id
    left join kanda on kanda.insats_id = nu.insats_id and kanda.nr is distinct from egen.nr
    group by nu.insats_id, egen.nr;
    create table checks.forra_siffra as
    select forra.insats_id, unnest(utgavor.siffror, max_depth := 2)
    from checks.forra as forra inner join checks.utgavor as utgavor on utgavor.insats_id = forra.insats_id and utgavor.nr = forra.nr;
    create table checks.forra_underlag as
    select forra.insats_id, unnest(utgavor.underlag, max_depth := 2)
    from checks.forra as forra inner join checks.utgavor as utgavor on utgavor.insats_id = forra.insats_id and utgavor.nr = forra.nr`);

/** This run's editions, as they are kept. */
const ownEditions = `
  select nu.insats_id,
    coalesce(forra.eget_nr, 1 + coalesce((select max(nr) from checks.utgavor as u where u.insats_id = nu.insats_id), 0)) as nr,
    coalesce(egen.fran, getvariable('idag')) as fran,
    greatest(coalesce(egen.till, getvariable('idag')), getvariable('idag')) as till,
    nu.program, nu.grund, nu.innehall,
    (select list(row(slag, namn, fil, varde, datum)::${underlag} order by slag, namn)
     from checks.underlag_insats as u where u.insats_id = nu.insats_id) as underlag,
    (select list(row(figur, kolumn, varde, ar_dold, definition, filer)::${siffra} order by figur, kolumn)
     from checks.siffra as s where s.insats_id = nu.insats_id) as siffror
  from checks.utgava as nu
  inner join checks.forra as forra on forra.insats_id = nu.insats_id
  left join checks.utgavor as egen on egen.insats_id = nu.insats_id and egen.nr = forra.eget_nr`;

export interface FigureHistory {
  /** Fills `checks` with this run's figures and those that they are compared with. */
  recall(db: Database, stated: readonly Stated[], read: readonly Read[]): Promise<void>;
  /** Writes what the next run will compare with, beside what stands; called when `publik` is filled. */
  remember(db: Database): Promise<void>;
  /** Writes what was said of each insats by this run's day: by its last report then, else by this run. */
  said(db: Database): Promise<void>;
  /** Writes what stands without the editions that no report of `day` or later is compared with. */
  prune(db: Database, day: string): Promise<void>;
}

/**
 * @param folder the archive as it stands
 * @param work where this run writes what is added to it
 * @param exact the report of an earlier day is made again
 */
export const openFigures = (folder: string, work: string, exact: boolean): FigureHistory => {
  const write = (db: Database, select: string): Promise<void> =>
    db.run(`copy (${select} order by insats_id, nr) to ${quote(join(work, figuresFile))} (format parquet)`);
  return {
    async recall(db, stated, ways) {
      await db.run(`create table checks.utgavor (${shape}); ${read(join(folder, figuresFile))}`);
      await describeRun(db, stated, ways);
      await describeEditions(db);
      await compareWith(db, exact);
    },
    // Insatser that this run did not judge keep their editions.
    remember: (db) =>
      write(
        db,
        `select utgavor.* from checks.utgavor as utgavor
         left join checks.forra as forra on forra.insats_id = utgavor.insats_id and forra.eget_nr = utgavor.nr
         where forra.insats_id is null
         union all ${ownEditions}`,
      ),
    async prune(db, day) {
      if (!existsSync(join(folder, figuresFile))) return;
      await db.run(`create table checks.utgavor (${shape}); ${read(join(folder, figuresFile))}`);
      await write(db, stillCompared("checks.utgavor", "insats_id", day));
    },
    said: (db) =>
      write(
        db,
        `with sagt as (
           select utgavor.* from checks.utgavor as utgavor where utgavor.fran <= getvariable('idag')
           qualify row_number() over (partition by utgavor.insats_id order by utgavor.fran desc, utgavor.nr desc) = 1
         )
         select sagt.* from sagt
         union all select egna.* from (${ownEditions}) as egna where egna.insats_id not in (select insats_id from sagt)`,
      ),
  };
};
