/** The whole job on one page: ingest, check, build, judge, publish, report. */
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { explainBudgets } from "./budget/explain.ts";
import { auditClaims, claimQuestions, measureClaims } from "./claims/audit.ts";
import { readClaims } from "./claims/claims.ts";
import { judgeFormulas } from "./claims/goals.ts";
import { checkScenarios, writeScenarios } from "./claims/scenario.ts";
import { type Database, furnish, open } from "./db/open.ts";
import { followRun, type Progress } from "./db/pace.ts";
import { type Facts, readFacts } from "./goals/facts.ts";
import { writeVerdicts } from "./goals/goals.ts";
import { readGroupValues } from "./goals/groups.ts";
import { answerAll, judgeUnits, type Unit, unitsOf } from "./goals/measured.ts";
import { countMembers } from "./goals/members.ts";
import { askPairs, writePairs } from "./goals/pairs.ts";
import { writeRelated } from "./goals/samband.ts";
import { refuseGoalClaims, type Stated, statedGoals, withReported } from "./goals/stated.ts";
import { statedUnits, writeUnits } from "./goals/units.ts";
import { variantsOf, writeDefinitions } from "./goals/what-if.ts";
import { type Origins, openFigures } from "./history/figures.ts";
import { type Gone, openFindings } from "./history/findings.ts";
import { openArchive } from "./inbox/archive.ts";
import { fingerprint } from "./inbox/door.ts";
import { openHashes } from "./inbox/hashes.ts";
import { type Ingested, ingest } from "./inbox/ingest.ts";
import { type Intake, keyFor, shownPath } from "./inbox/receive.ts";
import { type Sources, sourcesOf } from "./inbox/sources.ts";
import { heldBefore } from "./inbox/versions.ts";
import { deriveLineage } from "./lineage.ts";
import {
  buildResults,
  countRefused,
  declareModels,
  fillMarts,
  type Order,
  readChecks,
  readOrder,
} from "./models/build.ts";
import { datasetsRead } from "./models/order.ts";
import { writeResults } from "./output/files.ts";
import {
  hasEveryPng,
  hashOf,
  isWhole,
  type Manifest,
  programHash,
  readManifest,
  readUnchanged,
  writeManifest,
} from "./output/manifest.ts";
import type { RunSummary } from "./output/summary.ts";
import { beginRun, finishRun, hashesFile, type Work } from "./output/swap.ts";
import { attack, type Published } from "./publication/attack.ts";
import type { Registers } from "./publication/figures.ts";
import { publish } from "./publication/publish.ts";
import { stockholmToday } from "./schema/days.ts";
import { PipelineError, StoppedError, UsageError } from "./schema/errors.ts";
import type { NamedForm } from "./schema/formular.ts";
import { correctionsFile, type Pipeline, parseCorrections, parsePipeline, readForm } from "./schema/pipeline.ts";
import { copySkeleton } from "./skeleton.ts";
import { type KallaInsats, noteBortfall } from "./staging/bortfall.ts";
import { noteFailing, noteSettings, stopAtFailing } from "./staging/checks.ts";
import { type Corrections, correct } from "./staging/corrections.ts";
import { account, load } from "./staging/load.ts";

export { checkCitat } from "./inbox/citat.ts";
export { describeLack, type InspectOptions, inspect } from "./inspect.ts";
export type { RunSummary } from "./output/summary.ts";
export { type Inspected, type Slag, slag } from "./schema/inspected.ts";
export { type Interval, type IntervalMethod, interval, intervalMethods } from "./schema/intervals.ts";
export { type ExplainedPart, explainedSplit, type Key, type Part, type Split, split } from "./schema/split.ts";

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
  /** How much memory the database may take, as `2GB`; what it has no room for it keeps in files meanwhile. */
  readonly memory?: string | undefined;
  /** Whether rapport/ and diagram/ are made; without them the old ones are removed. */
  readonly report?: boolean | undefined;
  /** Whether each chart is drawn as PNG too. */
  readonly png?: boolean | undefined;
  /** Called with what is being done, and now and then with how far a large run has come. */
  readonly progress?: Progress | undefined;
}

const pipelineFiles = (pattern: string): string[] =>
  (existsSync(pattern) ? [pattern] : globSync(pattern).sort()).filter((file) => basename(file) !== correctionsFile);

type SharedCorrections = Pick<Corrections, "file" | "korrigeringar">;

/**
 * Reads the `korrigeringar.yaml` that lies beside pipelines.
 * @throws PipelineError one cannot be used
 */
export const readCorrections = (pattern: string): SharedCorrections[] =>
  [...new Set(pipelineFiles(pattern).map((file) => join(dirname(file), correctionsFile)))]
    .filter(existsSync)
    .map((file) => ({ file, korrigeringar: parseCorrections(file, readFileSync(file)) }));

/** The forms that a pipeline names. */
const formsOf = ({ file, formular }: Pipeline): NamedForm[] => {
  const at = (path: string): string => resolve(dirname(file), path);
  const forms = formular.map((one) =>
    typeof one === "string" ? readForm(at(one)) : readForm(at(one.fil), at(one.docx)),
  );
  const [twice] = forms.filter(({ name }, i) => forms.findIndex((other) => other.name === name) !== i);
  if (twice) throw new PipelineError([`${file}: formular: two files are called ${twice.name}`]);
  return forms;
};

/** What the kansli of a förbund says, from `kommentar/FORBUND_ID.md` beside the pipelines, by the förbund's id. */
const readComments = (pipelines: readonly Pipeline[]): ReadonlyMap<string, string> =>
  new Map(
    [...new Set(pipelines.map(({ file }) => join(dirname(file), "kommentar")))]
      .filter(existsSync)
      .flatMap((folder) => globSync(join(folder, "*.md")).sort())
      .map((file) => [basename(file, ".md"), readFileSync(file, "utf8")] as const),
  );

/** All that corrects deliveries, with the sources that it corrects: a pipeline its own, what lies beside pipelines any. */
const correctionsOf = ({ pipelines, corrections }: Job, { sources }: Ingested): Corrections[] => {
  const all = [...new Set([...sources.values()].flat())];
  return [
    ...pipelines.map(({ file, korrigeringar }) => ({ file, korrigeringar, sources: sources.get(file) ?? [] })),
    ...corrections.map((shared) => ({ ...shared, sources: all })),
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
      const pipeline = parsePipeline(file, readFileSync(file));
      pipelines.push({ ...pipeline, forms: formsOf(pipeline) });
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
export const insatserOf = async (
  db: Database,
  { sources }: Pick<Ingested, "sources">,
): Promise<(pipeline: Pipeline) => string[]> => {
  const delivered = await db.rows<{ insats_id: string; leverans: string }>(`
    select insats.insats_id, tabell.leverans from staging.insats as insats
    inner join inbox.rad as rad on rad.kallrad = insats.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id order by insats.insats_id`);
  return ({ insats, file }) =>
    insats.flatMap((id) =>
      id === "*"
        ? delivered.filter(({ leverans }) => sources.get(file)?.includes(leverans)).map((row) => row.insats_id)
        : [id],
    );
};

const namedBy = ({ insats }: Pipeline): string[] => insats.filter((id) => id !== "*");

/** The insatser that pipelines name for their sources. */
const namedInsatser = (pipelines: readonly Pipeline[], { sources }: Ingested): KallaInsats[] => {
  const pairs = pipelines.flatMap((pipeline) =>
    (sources.get(pipeline.file) ?? []).flatMap((leverans) =>
      namedBy(pipeline).map((id) => [`${leverans}\n${id}`, { leverans, insats_id: id }] as const),
    ),
  );
  return [...new Map(pairs).values()];
};

/** The sources of which a pipeline takes every insats that they deliver. */
const openSources = (pipelines: readonly Pipeline[], { sources }: Ingested): string[] =>
  pipelines.filter(({ insats }) => insats.includes("*")).flatMap(({ file }) => sources.get(file) ?? []);

/** Insatser that a pipeline names and nobody delivered: a slip in the file, or a delivery that was refused. */
const unknownInsatser = (pipelines: readonly Pipeline[], { insatser }: Facts): string[] =>
  pipelines.flatMap((pipeline) =>
    namedBy(pipeline)
      .filter((id) => !insatser.has(id))
      .map((id) => `${pipeline.file}: ${id}`),
  );

/** Every insats with the first pipeline that names it: its settings are the insats's own. */
const pipelineOfEach = (
  pipelines: readonly Pipeline[],
  idsOf: (pipeline: Pipeline) => string[],
): { insats_id: string; pipeline: Pipeline }[] => {
  const first = new Map<string, Pipeline>();
  for (const pipeline of pipelines) for (const id of idsOf(pipeline)) if (!first.has(id)) first.set(id, pipeline);
  return [...first].map(([insats, pipeline]) => ({ insats_id: insats, pipeline }));
};

/** @throws PipelineError two pipelines state one goal of an insats */
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

/** What the results come to, in figures. */
const summarise = async (
  db: Database,
  known: Pick<RunSummary, "rows" | "files" | "unreceived" | "exempel" | "unknown" | "hidden" | "disclosure">,
): Promise<Omit<RunSummary, "report">> => {
  const countBy = async (column: string, table: string): Promise<(...values: string[]) => number> => {
    const rows = await db.rows<{ value: string; antal: number }>(
      `select cast(${column} as varchar) as value, count(*) as antal from results.${table} group by ${column}`,
    );
    return (...values) => rows.reduce((sum, { value, antal }) => sum + (values.includes(value) ? antal : 0), 0);
  };
  const goals = await countBy("status", "malsammanfattning");
  const deviating = await countBy("avviker", "malsammanfattning");
  const claims = await countBy("utfall", "utsagekontroll");
  const findings = await countBy("allvar", "datakvalitet");
  return {
    ...known,
    goals: {
      met: goals("uppnatt"),
      partly: goals("delvis"),
      unmet: goals("ej_uppnatt"),
      unmeasurable: goals("ej_matbart"),
      deviating: deviating("true"),
    },
    claims: {
      hold: claims("stammer", "avrundning", "avhugget", "ungefar"),
      fail: claims("avviker"),
      untestable: claims("ej_matbart"),
    },
    warnings: findings("varning"),
    rejected: findings("fel") > 0,
  };
};

/**
 * The archive as it stands and where this run writes beside it, and what is kept there.
 * @param gone rows whose person is forgotten: the last report is made again without them
 */
export const openKept = ({ folder, out }: Work, gone: readonly Gone[] = []) => {
  const places = [join(out, "arkiv"), join(folder, "arkiv")] as const;
  return {
    archive: openArchive(...places),
    findings: openFindings(...places, gone),
    figures: openFigures(...places, gone.length > 0),
  };
};

export type Kept = ReturnType<typeof openKept>;

/** What is computed, and how it is reported. */
export interface Job extends Pick<RunOptions, "threads" | "memory" | "report" | "png"> {
  readonly pipelines: readonly Pipeline[];
  readonly corrections: readonly SharedCorrections[];
  readonly comments?: ReadonlyMap<string, string>;
  readonly progress: Progress;
  /** Told how many rows were delivered. */
  readonly count?: ((rows: number) => void) | undefined;
}

/** From so many delivered rows several threads share the work: of tens of thousands it takes no less time so, of few more. */
const manyRows = 100_000;

/** Of deliveries smaller than this together the database is small too. */
const smallBytes = 1_000_000;

const origins: Origins = { deriveLineage, datasetsRead };

/**
 * From deliveries to results, in a fresh database.
 * @param declared the order of the selects, where the database has its rooms, and all that is computed there, empty
 */
export const reckon = async (
  db: Database,
  { archive, findings, figures }: Kept,
  job: Job,
  intake: Intake,
  declared?: Order,
) => {
  const { pipelines, progress, threads, memory } = job;
  const { today } = intake;
  await db.run(`set threads = ${threads ?? 1}`);
  if (memory !== undefined) await db.run(`set memory_limit = '${memory}'`);
  if (!declared) await furnish(db);
  await db.run("set variable idag = cast($today as date)", { today });
  const exempel = pipelines.some((pipeline) => pipeline.exempel);
  await db.run("create table results.korning as select cast($today as date) as idag, $exempel as exempel", {
    today,
    exempel,
  });
  progress("reading deliveries");
  const ingested = await ingest(db, archive, pipelines, {
    ...intake,
    progress: (done) => progress("reading deliveries", done),
  });
  const delivered = await db.count("inbox.rad");
  job.count?.(delivered);
  if (threads === undefined && delivered >= manyRows) await db.run("reset threads");
  progress("loading rows");
  await correct(db, correctionsOf(job, ingested), heldBefore(archive, today), today);
  await load(db);
  const idsOf = await insatserOf(db, ingested);
  const own = statedGoals(pipelines, idsOf);
  await refuseGoalClaims(db, own);
  const rows = await account(db);
  await noteSettings(db, pipelines, idsOf, ingested.sources);
  await noteBortfall(db, namedInsatser(pipelines, ingested), openSources(pipelines, ingested));
  progress("building marts and measures");
  const order = declared ?? (await readOrder(db));
  if (!declared) await declareModels(db, order);
  await fillMarts(db, order);
  await noteFailing(db, await readChecks(db, "checks/warn", order));
  progress("judging goals");
  const all = await withReported(db, own);
  onlyOnce(all);
  const formulas = all.filter(({ goal }) => goal.matt === "formel");
  const stated = all.filter(({ goal }) => goal.matt !== "formel");
  const facts = await readFacts(db, all);
  const read = pipelineOfEach(pipelines, idsOf);
  const perUnit = await statedUnits(db, read);
  const variants = variantsOf(stated);
  const groupsOf = await readGroupValues(db, facts, [...stated, ...variants]);
  const asUnits = (some: readonly Stated[]): Unit[] => unitsOf(some, facts, groupsOf, today);
  const [goals, costs, others] = [asUnits(stated), asUnits(perUnit), asUnits(variants)];
  const settings = new Map(read.map(({ insats_id: insats, pipeline }) => [insats, pipeline]));
  const completeOf = (insats: string): readonly string[] => settings.get(insats)?.fullstandiga ?? [];
  const claims = await readClaims(db, completeOf);
  await checkScenarios(db, read, claims);
  const asking = claimQuestions(claims, facts, today);
  const goalsOf = Map.groupBy(stated, ({ insats_id: insats }) => insats);
  const sides = read
    .flatMap((one) => {
      const own = goalsOf.get(one.insats_id);
      return own ? { ...one, goals: own.map(({ goal }) => goal) } : [];
    })
    .sort((a, b) => (a.insats_id < b.insats_id ? -1 : 1));
  const pairs = askPairs(sides, facts, today);
  const answers = await answerAll(db, [...goals, ...costs, ...others, ...asking, ...pairs.questions], facts, today);
  await writeVerdicts(db, stated, judgeUnits(goals, answers, facts, today), facts);
  await writeRelated(db, stated, facts);
  await writePairs(db, pairs, answers, facts, today);
  await writeUnits(db, judgeUnits(costs, answers, facts, today));
  await writeDefinitions(db, variants, judgeUnits(others, answers, facts, today), facts);
  progress("sharing costs");
  await findings.recall(db);
  await explainBudgets(db);
  await buildResults(db, "results", order);
  await countRefused(db);
  progress("auditing claims");
  const measured = await measureClaims(db, asking, answers, completeOf, today);
  await judgeFormulas(db, formulas, claims, measured, facts, today);
  await auditClaims(db, claims, measured, all);
  await writeScenarios(db, read, claims, measured);
  progress("comparing with the report before");
  await figures.recall(db, today, all, read, origins);
  await buildResults(db, "history", order);
  await stopAtFailing(db, await readChecks(db, "checks/stop", order));
  const { files, unreceived } = ingested;
  // The forms that are filled for each insats.
  const forms = new Map(read.map(({ insats_id: insats, pipeline }) => [insats, pipeline.forms ?? []]));
  return { rows, files, unreceived, unknown: unknownInsatser(pipelines, facts), forms };
};

type Counted = Omit<RunSummary, "report">;

/**
 * @returns a hash of what is published
 * @throws StoppedError few persons can be worked out from it
 */
const attackPublished = async (db: Database, file: string, registers: Registers): Promise<string> => {
  const bytes = readFileSync(file);
  const { tables } = JSON.parse(bytes.toString()) as { tables: Published[] };
  const inferred = await attack(db, tables, registers);
  if (inferred.length === 0) return hashOf(bytes);
  const lines = inferred.map(({ insats, rows }) => `${insats}: ${rows.join(", ")}`);
  throw new StoppedError(`few persons can be worked out from what would be published:\n${lines.join("\n")}`);
};

/**
 * Everything a run writes, from deliveries to report, put in place of what stands when it is whole.
 * @param remove files under the output folder that the run takes away
 * @param underlag a hash of all that the run is made of: the next run compares its own; without it none can be spared
 */
export const make = async (
  work: Work,
  kept: Kept,
  job: Job,
  intake: Intake,
  { remove = [], underlag }: { readonly remove?: readonly string[]; readonly underlag?: string } = {},
): Promise<Counted> => {
  const { progress, pipelines, report = true, png = false } = job;
  const exempel = pipelines.some((pipeline) => pipeline.exempel);
  const readable = intake.sources?.files.filter(({ kind, skal }) => kind === "fil" && skal === undefined);
  const bytes = readable?.reduce((sum, { path }) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
  const program = programHash();
  const isSmall = (bytes ?? smallBytes) < smallBytes;
  const file = join(work.folder, "internt", "finsam.duckdb");
  const declared = isSmall ? await copySkeleton(file, program) : undefined;
  const db = await open(file, "write", isSmall);
  const before = readManifest<Counted>(work);
  let summary: Counted;
  let sidor: Manifest<Counted>["sidor"] = {};
  let writeDocuments = async (): Promise<void> => {};
  try {
    const reckoned = await reckon(db, kept, job, intake, declared);
    progress("writing results");
    await writeResults(db, join(work.folder, "internt"));
    progress("publishing");
    await countMembers(db);
    const { record, registers } = await publish(db, intake.today);
    let utlamnat: string | null = null;
    // A look back leaves what later runs compare with as it is.
    if (intake.asOf === undefined) {
      await kept.findings.remember(db);
      await kept.figures.remember(db, intake.today);
    }
    if (report) {
      progress("drawing the report");
      const { writeReport } = await import("./report/report.ts");
      const earlier = before && { ...before, unchanged: (file: string) => readUnchanged(work, before, file) };
      ({ sidor, writeDocuments } = await writeReport(db, work.folder, {
        today: intake.today,
        exempel,
        program,
        png,
        selects: declared?.publik,
        earlier,
        kommentarer: job.comments,
        forms: reckoned.forms,
        fillForm: async (...asked) => (await import("./form.ts")).filledForm(...asked),
      }));
      progress("attacking what is published");
      utlamnat = await attackPublished(db, join(work.folder, "rapport", "publicerat.json"), registers);
      progress("closing the database");
    }
    writeFileSync(
      join(work.folder, "internt", "rojande.json"),
      `${JSON.stringify({ ...record, publicerat_sha256: utlamnat }, null, 1)}\n`,
    );
    const { rows, files, unreceived, unknown } = reckoned;
    const { dolda, troskel: threshold, undantag } = record;
    const disclosure = {
      few: dolda.filter(({ skal }) => skal === "fa").length,
      threshold,
      exceptions: undantag.map(({ insats_id: insats, troskel, roll }) =>
        [`${insats}: ${troskel}`, roll].filter((one) => one !== "").join(" by "),
      ),
      sha256: utlamnat,
    };
    summary = await summarise(db, { hidden: dolda.length, disclosure, rows, files, unreceived, exempel, unknown });
    // For few rows, choosing how to compress each column takes longer than writing them.
    if (summary.rows.rader < manyRows) await db.run("pragma force_compression = 'uncompressed'");
    // Explicit: on a full disk, closing would fail silently and leave the log beside the database.
    await db.run("checkpoint");
  } finally {
    db.close();
  }
  // What writes documents takes room that the database has until it is closed.
  if (report) progress("writing documents");
  await writeDocuments();
  kept.archive.commit();
  const gone = kept.archive.dropped().map((name) => join("arkiv", name));
  if (underlag !== undefined) writeManifest(work, gone, { underlag, program, sidor, summary });
  finishRun(work, { remove: [...remove, ...gone] });
  return summary;
};

/** A hash of all that a run is made of, beside the archive and what is kept there. */
const hashInputs = (
  { pipelines, corrections, comments, report = true }: Job,
  { files, alike }: Sources,
  { today, asOf }: Intake,
): string => {
  const keys = pipelines
    .filter(({ personuppgifter }) => personuppgifter === "pseudonymisera")
    .map((pipeline) => fingerprint(keyFor(pipeline)));
  // Where a file lies on this machine is nothing that the run is made of.
  const sources = files.map(({ path: _, pipeline, ...file }) => ({ ...file, pipeline: pipeline.file }));
  const all = { program: programHash(), today, asOf, report, pipelines, corrections, keys, sources };
  return hashOf(JSON.stringify({ ...all, alike: [...alike], comments: [...(comments ?? [])] }));
};

/**
 * Runs the whole batch. All or nothing: until everything is written, what was there stays. When nothing that the run would be
 * made of has changed since the last, and its outputs are as it left them, they are left so.
 * @throws PipelineError wrong usage; StoppedError another run holds the folder; Error a fault of the system or the program
 */
export const run = async (options: RunOptions = {}): Promise<RunSummary> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out", progress: say = () => {}, asOf, report, png } = options;
  if (asOf !== undefined && options.today !== undefined)
    throw new UsageError(
      "--as-of sets the day it is too: use --as-of alone to look back, --today alone to run with what there is now",
    );
  const today = asOf ?? options.today ?? stockholmToday();
  const pipelines = readPipelines(pattern);
  const work = await beginRun(resolve(out));
  const { progress, count, stop } = followRun(say);
  try {
    const [corrections, comments] = [readCorrections(pattern), readComments(pipelines)];
    const job = { ...options, pipelines, corrections, comments, progress, count };
    const kept = openKept(work);
    const hashes = openHashes(join(work.out, hashesFile));
    const sources = sourcesOf(pipelines, shownPath(today), kept.archive, hashes.of);
    const intake = { today, asOf, sources };
    const underlag = hashInputs(job, sources, intake);
    const last = readManifest<Counted>(work);
    const isSame = last?.underlag === underlag && (!png || hasEveryPng(last)) && isWhole(work, last);
    if (isSame) progress("nothing has changed since the last run: its outputs are left as they are");
    const summary = isSame ? last.summary : await make(work, kept, job, intake, { underlag });
    hashes.save();
    return { ...summary, report: report === false ? null : join(out, "rapport", "index.html") };
  } finally {
    stop();
    work.release();
  }
};
