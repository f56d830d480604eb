/** The whole job on one page: ingest, check, build, judge, publish, report. */
import { copyFileSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { type Database, furnish, open } from "./db/open.ts";
import { auditClaims } from "./goals/claims.ts";
import { readFacts } from "./goals/facts.ts";
import { judgeGoals } from "./goals/goals.ts";
import { type Stated, statedGoals, withReported } from "./goals/stated.ts";
import { whatIf as judgeOtherwise } from "./goals/what-if.ts";
import { openArchive } from "./inbox/archive.ts";
import { type Ingested, ingest } from "./inbox/ingest.ts";
import { sourcesOf } from "./inbox/sources.ts";
import { buildMarts, buildMeasures, buildResults, declareResults, fillLineage } from "./models/build.ts";
import { writeResults } from "./output/files.ts";
import { beginRun, finishRun, settle } from "./output/swap.ts";
import { publish } from "./publication/publish.ts";
import { publishWhatIf } from "./publication/what-if.ts";
import { writeReport } from "./report/report.ts";
import type { Prov } from "./schema/alternativ.ts";
import { stockholmToday } from "./schema/days.ts";
import { PipelineError } from "./schema/errors.ts";
import { maskText } from "./schema/identity.ts";
import { correctionsFile, type Pipeline, parseCorrections, parsePipeline } from "./schema/pipeline.ts";
import { checkFacts, nameBudgetLines, noteBreaks } from "./staging/checks.ts";
import { type Corrections, correct } from "./staging/corrections.ts";
import { openHistory } from "./staging/history.ts";
import { type Accounted, load } from "./staging/load.ts";

export { type Interval, type IntervalMethod, interval, intervalMethods } from "./goals/intervals.ts";
export { checkCitat } from "./inbox/citat.ts";
export { type Inspected, type InspectOptions, inspect, type Slag, slag } from "./inbox/inspect.ts";

export interface RunOptions {
  /** Glob of pipeline files. */
  readonly pipelines?: string | undefined;
  /** Where outputs go. */
  readonly out?: string | undefined;
  /** The day it is: `YYYY-MM-DD`. */
  readonly today?: string | undefined;
  /** Use what was received by this day, and let it be today. */
  readonly asOf?: string | undefined;
  /** How many threads the database computes with; no output depends on it. */
  readonly threads?: number | undefined;
  /** Told what is being done. */
  readonly progress?: ((step: string) => void) | undefined;
}

export interface RunSummary {
  readonly rows: Accounted;
  readonly files: number;
  readonly goals: {
    readonly met: number;
    readonly partly: number;
    readonly unmet: number;
    readonly unmeasurable: number;
    readonly deviating: number;
  };
  readonly claims: { readonly hold: number; readonly fail: number; readonly untestable: number };
  readonly warnings: number;
  readonly exempel: boolean;
  /** Insatser that a pipeline names and no delivery holds: `file: id`. */
  readonly unknown: readonly string[];
  /** The report's first page. */
  readonly report: string;
  /** Whether a file or row was rejected. */
  readonly rejected: boolean;
}

const pipelineFiles = (pattern: string): string[] =>
  (existsSync(pattern) ? [pattern] : globSync(pattern).sort()).filter((file) => basename(file) !== correctionsFile);

/** Every file that corrects deliveries: a pipeline its own, `korrigeringar.yaml` beside them any. */
const readCorrections = (pattern: string, pipelines: readonly Pipeline[], { sources }: Ingested): Corrections[] => {
  const shared = [...new Set(pipelineFiles(pattern).map((file) => join(dirname(file), correctionsFile)))].filter(
    existsSync,
  );
  const all = [...new Set([...sources.values()].flat())];
  return [
    ...pipelines.map(({ file, name, korrigeringar }) => ({ file, korrigeringar, sources: sources.get(name) ?? [] })),
    ...shared.map((file) => ({
      file,
      korrigeringar: parseCorrections(file, readFileSync(file, "utf8")),
      sources: all,
    })),
  ];
};

/**
 * Reads pipeline files.
 * @throws PipelineError when none is found, one cannot be used, or invented data would mix with real
 */
export const readPipelines = (pattern: string): Pipeline[] => {
  const files = pipelineFiles(pattern);
  if (files.length === 0) throw new PipelineError([`${pattern}: no pipeline file there; see README, "Add an insats"`]);
  const problems: string[] = [];
  const pipelines: Pipeline[] = [];
  for (const file of files) {
    try {
      pipelines.push(parsePipeline(file, readFileSync(file, "utf8")));
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      problems.push(...error.lines);
    }
  }
  if (problems.length > 0) throw new PipelineError(problems);
  if (new Set(pipelines.map(({ exempel }) => exempel)).size > 1) {
    throw new PipelineError([`${pattern}: invented data (exempel: true) is never mixed with real; run them apart`]);
  }
  return pipelines;
};

/** The insatser each pipeline's goals are for; `"*"` is every insats that its own sources delivered. */
const insatserOf = async (
  db: Database,
  { sources }: Pick<Ingested, "sources">,
): Promise<(pipeline: Pipeline) => string[]> => {
  const delivered = await db.rows<{ insats_id: string; leverans: string }>(`
    select insats.insats_id, tabell.leverans from staging.insats as insats
    inner join inbox.rad as rad on rad.kallrad = insats.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id order by insats.insats_id`);
  return ({ insats, name }) =>
    [insats]
      .flat()
      .flatMap((id) =>
        id === "*"
          ? delivered.filter(({ leverans }) => sources.get(name)?.includes(leverans)).map((row) => row.insats_id)
          : [id],
      );
};

/** Insatser that a pipeline names and nobody delivered: a slip in the file, or a delivery that was refused. */
const unknownInsatser = (
  pipelines: readonly Pipeline[],
  { insatser }: { readonly insatser: ReadonlyMap<string, unknown> },
): string[] =>
  pipelines.flatMap(({ insats, file }) =>
    [insats]
      .flat()
      .filter((id) => id !== "*" && !insatser.has(id))
      .map((id) => `${file}: ${id}`),
  );

const onlyOnce = (stated: readonly Stated[]): void => {
  const seen = new Map<string, string>();
  for (const { insats_id: insats, goal, pipeline } of stated) {
    const key = `${insats}/${goal.id}`;
    const other = seen.get(key);
    if (other !== undefined)
      throw new PipelineError([`${pipeline.file}: goal ${goal.id} of ${insats} stands in ${other} too`]);
    seen.set(key, pipeline.file);
  }
};

const summarise = async (
  db: Database,
  { rows, files, exempel, unknown, report }: Pick<RunSummary, "rows" | "files" | "exempel" | "unknown" | "report">,
): Promise<RunSummary> => {
  const goals = new Map(
    (
      await db.rows<{ status: string; antal: number }>(
        "select status, count(*) as antal from results.malsammanfattning group by status",
      )
    ).map(({ status, antal }) => [status, antal]),
  );
  const claims = new Map(
    (
      await db.rows<{ utfall: string; antal: number }>(
        "select utfall, count(*) as antal from results.utsagekontroll group by utfall",
      )
    ).map(({ utfall, antal }) => [utfall, antal]),
  );
  const [found] = await db.rows<{ avviker: number; fel: number; varningar: number }>(`
    select (select count(*) from results.malsammanfattning where avviker) as avviker,
      (select count(*) from results.datakvalitet where allvar = 'fel') as fel,
      (select count(*) from results.datakvalitet where allvar = 'varning') as varningar`);
  return {
    rows,
    files,
    goals: {
      met: goals.get("uppnatt") ?? 0,
      partly: goals.get("delvis") ?? 0,
      unmet: goals.get("ej_uppnatt") ?? 0,
      unmeasurable: goals.get("ej_matbart") ?? 0,
      deviating: found?.avviker ?? 0,
    },
    claims: {
      hold: (claims.get("stammer") ?? 0) + (claims.get("avrundning") ?? 0),
      fail: claims.get("avviker") ?? 0,
      untestable: claims.get("ej_matbart") ?? 0,
    },
    warnings: found?.varningar ?? 0,
    exempel,
    unknown,
    report,
    rejected: (found?.fel ?? 0) > 0,
  };
};

/**
 * Runs the whole batch. All or nothing: until everything is written, what was there stays.
 * @throws PipelineError wrong usage; StoppedError another run holds the folder; Error a fault of the system or the program
 */
export const run = async (options: RunOptions = {}): Promise<RunSummary> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out", progress = () => {} } = options;
  const today = options.asOf ?? options.today ?? stockholmToday();
  const pipelines = readPipelines(pattern);
  const exempel = pipelines.some((pipeline) => pipeline.exempel);
  const folder = resolve(out);
  const work = await beginRun(folder);
  try {
    const kept = [join(folder, "arkiv"), join(work.folder, "arkiv")] as const;
    const archive = openArchive(...kept);
    const history = openHistory(...kept, options.asOf === undefined);
    const db = await open(join(work.folder, "internt", "finsam.duckdb"), "write", options.threads);
    let summary: RunSummary;
    try {
      await furnish(db);
      await db.run("set variable idag = cast($today as date)", { today });
      await db.run("create table results.korning as select cast($today as date) as idag", { today });
      progress("reading deliveries");
      const ingested = await ingest(db, archive, pipelines, { today, asOf: options.asOf ?? "9999-12-31" });
      progress("loading rows");
      await correct(db, readCorrections(pattern, pipelines, ingested), today);
      const rows = await load(db);
      await nameBudgetLines(db, pipelines);
      await noteBreaks(db, pipelines);
      progress("building marts and measures");
      await buildMarts(db);
      await buildMeasures(db);
      await declareResults(db);
      progress("judging goals");
      const stated = await withReported(db, statedGoals(pipelines, await insatserOf(db, ingested)));
      onlyOnce(stated);
      const facts = await readFacts(db);
      await judgeGoals(db, stated, facts, today);
      progress("sharing costs");
      await checkFacts(db, "warn");
      await history.recall(db);
      await buildResults(db);
      await fillLineage(db);
      progress("auditing claims");
      await auditClaims(db, stated, facts, today);
      await checkFacts(db, "stop");
      progress("writing results");
      await writeResults(db, join(work.folder, "internt"));
      await history.remember(db);
      progress("publishing");
      await publish(db);
      await publishWhatIf(db, await judgeOtherwise(db, stated, facts, today));
      progress("drawing the report");
      await writeReport(db, work.folder, { today, exempel });
      summary = await summarise(db, {
        rows,
        files: ingested.files,
        exempel,
        unknown: unknownInsatser(pipelines, facts),
        report: join(out, "rapport", "index.html"),
      });
      // Said aloud: where the disk is full, closing would keep quiet and leave the log beside the database.
      await db.run("checkpoint");
    } finally {
      db.close();
    }
    archive.commit();
    finishRun(work);
    return summary;
  } finally {
    work.release();
  }
};

/** Makes sure a folder can be read as a run's. */
export const resultsIn = async (out: string): Promise<Database> => {
  await settle(resolve(out));
  const file = join(resolve(out), "internt", "finsam.duckdb");
  if (!existsSync(file)) throw new PipelineError([`${out}: no results there; run "finsam run" first`]);
  return open(file, "read");
};

/** Runs `use` on a copy of a folder's results: what is tried there changes nothing. */
const onCopy = async <T>(out: string, use: (db: Database) => Promise<T>): Promise<T> => {
  (await resultsIn(out)).close();
  const folder = mkdtempSync(join(tmpdir(), "finsam-"));
  try {
    const file = join(folder, "finsam.duckdb");
    copyFileSync(join(resolve(out), "internt", "finsam.duckdb"), file);
    const db = await open(file, "write");
    try {
      return await use(db);
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Verdicts under other definitions, with what a reader needs to know of them. */
export interface WhatIf {
  readonly prov: readonly Prov[];
  /** What each insats is called. */
  readonly namn: ReadonlyMap<string, string>;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

export interface WhatIfOptions {
  readonly pipelines?: string | undefined;
  /** The run's folder. */
  readonly out?: string | undefined;
  readonly insats?: string | undefined;
  readonly mal?: string | undefined;
}

/**
 * The verdicts of a run's goals under the other usual definitions. The run is read and left as it is; goals are taken from
 * the pipelines as they now stand.
 * @throws PipelineError when no goal is asked for, or there is no run
 */
export const whatIf = ({
  pipelines: pattern = "pipelines/*.yaml",
  out = "out",
  insats,
  mal,
}: WhatIfOptions = {}): Promise<WhatIf> => {
  const pipelines = readPipelines(pattern);
  return onCopy(out, async (db) => {
    const [korning] = await db.rows<{ idag: string }>("select idag from results.korning");
    if (!korning) throw new Error("results.korning: no row");
    await db.run("set variable idag = cast($idag as date)", korning);
    const sources = pipelines.some((pipeline) => [pipeline.insats].flat().includes("*"))
      ? sourcesOf(pipelines, (path) => maskText(path, korning.idag)).of
      : new Map<string, readonly string[]>();
    const all = await withReported(db, statedGoals(pipelines, await insatserOf(db, { sources })));
    onlyOnce(all);
    const stated = all.filter(
      (one) => (insats === undefined || one.insats_id === insats) && (mal === undefined || one.goal.id === mal),
    );
    if (stated.length === 0) {
      const known =
        insats !== undefined && !all.some((one) => one.insats_id === insats)
          ? all.map((one) => one.insats_id)
          : all.map(({ goal }) => goal.id);
      throw new PipelineError([
        `${[insats, mal].filter((id) => id !== undefined).join(", ")}: ${pattern} states no such goal; it has ${[...new Set(known)].join(", ")}`,
      ]);
    }
    const insatser = await db.rows<{ insats_id: string; namn: string }>("select insats_id, namn from marts.insats");
    return {
      prov: await judgeOtherwise(db, stated, await readFacts(db), korning.idag),
      namn: new Map(insatser.map(({ insats_id: id, namn }) => [id, namn])),
      exempel: pipelines.some((pipeline) => pipeline.exempel),
    };
  });
};

/** The chart of what other definitions do to verdicts, as SVG. */
export const whatIfChart = async ({ prov, namn, exempel }: WhatIf): Promise<string> => {
  const { omslag } = await import("./report/charts/omslag.ts");
  return omslag({ name: "omslag", prov, namn: (insats) => namn.get(insats) ?? insats, exempel }).svg;
};
