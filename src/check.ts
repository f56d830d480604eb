/** What pipelines would read, count and lack: a run in memory of which nothing is kept. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type RunOptions, readCorrections, readPipelines, reckon } from "./batch.ts";
import { type Database, furnish, inMemory } from "./db/open.ts";
import { rowsOf } from "./db/rows.ts";
import { type Selection, selectEvidence } from "./goals/evidence.ts";
import { openFigures } from "./history/figures.ts";
import { openFindings } from "./history/findings.ts";
import { openArchive } from "./inbox/archive.ts";
import { ingest } from "./inbox/ingest.ts";
import { shownPath } from "./inbox/receive.ts";
import { readingsOf, rulesFor } from "./inbox/rules.ts";
import { type Sources, sourcesOf } from "./inbox/sources.ts";
import type { Checked, CheckedGoal, IdleRule } from "./schema/checked.ts";
import { stockholmToday } from "./schema/days.ts";
import { measureOf } from "./schema/measures.ts";
import type { Mal, Pipeline } from "./schema/pipeline.ts";
import { correct } from "./staging/corrections.ts";
import { load } from "./staging/load.ts";

export interface Tried {
  readonly db: Database;
  readonly sources: Sources;
  readonly okanda: readonly string[];
}

// Nothing stands there, and nothing is written there.
const nowhere = join(tmpdir(), "finsam", "check");

/** Runs pipelines in memory and lets go of all of it when it has been used. @throws PipelineError as a run does */
export const tryOut = <R>(
  pipelines: readonly Pipeline[],
  corrections: ReturnType<typeof readCorrections>,
  today: string,
  use: (tried: Tried) => Promise<R>,
): Promise<R> => {
  const archive = openArchive(nowhere);
  const kept = { archive, findings: openFindings(nowhere, nowhere), figures: openFigures(nowhere, nowhere, false) };
  const sources = sourcesOf(pipelines, shownPath(today), archive);
  return inMemory(async (db) => {
    const job = { pipelines, corrections, progress: () => {} };
    const { unknown } = await reckon(db, kept, job, { today, sources });
    return use({ db, sources, okanda: unknown });
  });
};

/** Loads the rows of pipelines in memory, and computes nothing of them. */
export const loadOnly = <R>(
  pipelines: readonly Pipeline[],
  today: string,
  use: (db: Database) => Promise<R>,
): Promise<R> =>
  inMemory(async (db) => {
    await db.run("set threads = 1");
    await furnish(db);
    await db.run("set variable idag = cast($today as date)", { today });
    await ingest(db, openArchive(nowhere), pipelines, { today });
    await correct(db, [], () => false, today);
    await load(db);
    return use(db);
  });

const noEvidence: Pick<CheckedGoal, "rader" | "fran" | "till" | "underlag"> = {
  rader: 0,
  fran: null,
  till: null,
  underlag: [],
};

/** What each goal rests on, by its place among them. */
const evidenceOf = async (db: Database, goals: readonly { insats_id: string; goal: Mal }[]) => {
  const selections = goals.map(
    ({ insats_id: insats, goal: { matt, parametrar } }): Selection => ({
      ...{ insats_id: insats, measure: measureOf(matt), parametrar, grupp: "", gruppvarde: "", granser: [] },
    }),
  );
  if (selections.length === 0) return new Map<number, typeof noEvidence>();
  await selectEvidence(db, selections);
  const rows = await db.rows<typeof noEvidence & { nr: number }>(
    `select nr, count(*) as rader, min(coalesce(datum, fran)) as fran, max(coalesce(datum, till)) as till,
       list_sort(list_distinct(list(register))) as underlag
     from bevis group by nr`,
  );
  return new Map(rows.map(({ nr, ...row }) => [nr, row]));
};

const countBy = (words: readonly string[]): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, all]) => [word, all.length]));

const checkGoals = async (db: Database, pipelines: readonly Pipeline[]): Promise<CheckedGoal[]> => {
  const stated = (await rowsOf(db, "malsammanfattning")).flatMap(({ insats_id: insats, mal_id: id, text }) => {
    const goal = pipelines
      .filter((pipeline) => pipeline.insats.some((own) => own === "*" || own === insats))
      .flatMap(({ mal }) => mal)
      .find((one) => one.id === id);
    return goal ? [{ insats_id: insats, goal, text }] : [];
  });
  const measured = stated.filter(({ goal }) => goal.matt !== "formel");
  const evidence = await evidenceOf(db, measured);
  const windows = Map.groupBy(await rowsOf(db, "maluppfyllelse"), ({ insats_id: insats, mal_id: id }) =>
    JSON.stringify([insats, id]),
  );
  return stated.map((one) => {
    const { insats_id: insats, goal, text } = one;
    const rows = windows.get(JSON.stringify([insats, goal.id])) ?? [];
    const found = evidence.get(measured.indexOf(one));
    return {
      ...{ insats_id: insats, mal_id: goal.id, text, matt: goal.matt },
      dataset: goal.matt === "formel" ? [] : measureOf(goal.matt).registers,
      ...(found ?? noEvidence),
      fonster: rows.length,
      ej_matbart: countBy(
        rows.flatMap(({ status, skal }) => (status === "ej_matbart" && skal !== "foljs" ? [skal ?? "saknas"] : [])),
      ),
    };
  });
};

/** A table, or a file that was refused whole: it has no sheet. */
interface Arrived {
  readonly leverans: string;
  readonly fil: string;
  readonly blad: string;
  readonly dataset: string | null;
  readonly ar_fil: boolean;
}

/** Entries of `tolkning` that read no table; those of a file that was refused whole are not to blame. */
const idleRules = (pipelines: readonly Pipeline[], tables: readonly Arrived[], { readerOf }: Sources): IdleRule[] => {
  const used = new Set(
    tables.flatMap((table) => {
      const reader = readerOf(table);
      if (!reader) return [];
      if (table.ar_fil) return rulesFor(reader, table.fil);
      return readingsOf(reader, table.fil, table.blad).filter(
        (rule) => table.dataset !== null && (rule?.dataset ?? table.dataset) === table.dataset,
      );
    }),
  );
  return pipelines.flatMap(({ file, tolkning, lineOf }) =>
    [...tolkning.entries()]
      .filter(([, rule]) => !used.has(rule))
      .map(([i, { fil, blad = null, dataset = null }]) => ({
        ...{ pipeline: file, rad: lineOf(["tolkning", i]), fil, blad, dataset },
      })),
  );
};

export const describeTried = async (
  { db, sources, okanda }: Tried,
  pipelines: readonly Pipeline[],
): Promise<Checked> => {
  const tables = await db.rows<Arrived>(
    `select leverans, fil, blad, dataset, dataset is null and kodning is null as ar_fil
     from inbox.tabell order by fil, blad, tabell`,
  );
  const readersOf = new Map(tables.map((table) => [table.fil, sources.readersOf(table).map(({ file }) => file)]));
  const datakvalitet = await rowsOf(db, "datakvalitet");
  return {
    leveranser: (await rowsOf(db, "leveranser")).map((row) => ({
      pipeline: (readersOf.get(row.fil) ?? []).join(", "),
      ...row,
    })),
    mal: await checkGoals(db, pipelines),
    okanda,
    datakvalitet,
    tolkning: idleRules(pipelines, tables, sources),
    rejected: datakvalitet.some(({ allvar }) => allvar === "fel"),
  };
};

/**
 * What each pipeline would read of its files, what each goal would count, and what is mapped to nothing. Nothing enters an
 * archive, and no run's folder is read or touched.
 * @throws PipelineError as a run does
 */
export const check = async ({
  pipelines: pattern = "pipelines/*.yaml",
  today = stockholmToday(),
}: Pick<RunOptions, "pipelines" | "today"> = {}): Promise<Checked> => {
  const pipelines = readPipelines(pattern);
  return tryOut(pipelines, readCorrections(pattern), today, (tried) => describeTried(tried, pipelines));
};
