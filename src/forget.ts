/** What is kept is let go of: a person, everywhere; or what no report needs any more. */
import { join, resolve } from "node:path";
import { make, openKept, type RunOptions, readCorrections, readPipelines } from "./batch.ts";
import { inMemory } from "./db/open.ts";
import type { Gone } from "./history/findings.ts";
import { fingerprint, pseudonymiser } from "./inbox/door.ts";
import { forgetPerson, pruneVersions } from "./inbox/forget.ts";
import { keyFor, shownPath } from "./inbox/receive.ts";
import { sourcesOf } from "./inbox/sources.ts";
import type { Forgotten, PrunedVersions } from "./output/forgotten.ts";
import { repliesIn } from "./output/reply.ts";
import { beginRun, finishRun } from "./output/swap.ts";
import { stockholmToday } from "./schema/days.ts";
import { StoppedError, UsageError } from "./schema/errors.ts";
import { readNumber } from "./schema/identity.ts";
import type { Pipeline } from "./schema/pipeline.ts";

interface ForgetOptions extends Pick<RunOptions, "pipelines" | "out" | "today" | "progress"> {
  /** The insats whose participant's running number is given, in place of an identity number. */
  readonly insats?: string | undefined;
}

const keyOf = (pipelines: readonly Pipeline[]): string => {
  const pipeline = pipelines.find(({ personuppgifter }) => personuppgifter === "pseudonymisera");
  if (!pipeline) {
    throw new UsageError(
      "no pipeline pseudonymises, so no person is kept; give --pipelines for those that the folder was made with",
    );
  }
  return keyFor(pipeline);
};

/**
 * Removes a person from the archive, the database, the results and the report, which are made anew from what is left.
 * Nothing new is taken in.
 * @param written the identity number, in any notation; with `insats` the participant's running number there
 * @throws UsageError it is no identity number, no pipeline pseudonymises, or no running number was given; StoppedError the
 *   key is another, or several persons have the running number
 */
export const forget = async (written: string, options: ForgetOptions = {}): Promise<Forgotten> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out", progress = () => {}, insats } = options;
  const { today = stockholmToday() } = options;
  const number = insats === undefined ? readNumber(written, today) : written.trim();
  if (number === undefined)
    throw new UsageError(
      "what was given is no identity number; for a running number give --insats; nothing was changed",
    );
  if (number === "") throw new UsageError("no running number was given; nothing was changed");
  const pipelines = readPipelines(pattern);
  // Who a running number is of stands beside it, already replaced: no key is needed.
  const key = insats === undefined ? keyOf(pipelines) : undefined;
  const work = await beginRun(resolve(out));
  try {
    const kept = openKept(work);
    const { archive } = kept;
    if (key !== undefined && archive.nyckel !== undefined && archive.nyckel !== fingerprint(key)) {
      throw new StoppedError("the key is not the one earlier deliveries were pseudonymised with; nothing was changed");
    }
    progress("looking through the archive");
    const { files, readerOf } = sourcesOf(pipelines, shownPath(today), archive);
    const whom = key === undefined ? { insats: insats ?? "", deltagar_id: number } : pseudonymiser(key)(number);
    const found = forgetPerson(archive, whom, readerOf);
    if (found.length === 0) return { rows: [], delivered: [], replies: [] };
    const gone: Gone[] = found.flatMap(({ version: { fil, sha256 }, blad, rader, omnamnda }) =>
      [...rader, ...omnamnda].map((rad) => ({ fil, sha256, blad, rad })),
    );
    const replies = repliesIn(join(work.out, "svar")).map((name) => join("svar", name));
    const without = { ...openKept(work, gone), archive };
    const job = { pipelines, corrections: readCorrections(pattern), progress };
    await make(work, without, job, { today, isClosed: true }, { remove: replies });
    const hashes = new Set(found.map(({ version }) => version.sha256));
    return {
      rows: found.map(({ version: { fil, mottagen }, blad, ...rows }) => ({
        fil,
        blad: blad === "" ? null : blad,
        mottagen,
        ...rows,
      })),
      delivered: files.filter(({ sha256 }) => hashes.has(sha256)).map(({ fil }) => fil),
      replies,
    };
  } finally {
    work.release();
  }
};

/**
 * Prunes the archive: what had been replaced by `day`, and what came before it from sources that no pipeline reads. The
 * report that stands is untouched; reports of days before `day` cannot be made again.
 */
export const prune = async (day: string, options: ForgetOptions = {}): Promise<PrunedVersions> => {
  const { pipelines: pattern = "pipelines/*.yaml", out = "out" } = options;
  const today = options.today ?? stockholmToday();
  if (day > today) throw new UsageError(`--older-than ${day}: that day has not come`);
  const pipelines = readPipelines(pattern);
  const work = await beginRun(resolve(out));
  try {
    const { archive, findings, figures } = openKept(work);
    const { of } = sourcesOf(pipelines, shownPath(today), archive);
    const { versioner, contents } = pruneVersions(archive, day, new Set([...of.values()].flat()));
    await inMemory(async (db) => {
      await db.run("create schema checks");
      await findings.prune(db, day);
    });
    archive.commit();
    const remove = [...contents.flatMap((sha256) => archive.filesOf(sha256)), ...figures.outdated(day)].map((file) =>
      join("arkiv", file),
    );
    finishRun(work, { remove, archiveOnly: true });
    return { versions: versioner.map(({ fil, mottagen }) => ({ fil, mottagen })), contents: contents.length };
  } finally {
    work.release();
  }
};
