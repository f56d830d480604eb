/**
 * Runs killed at any moment. After each kill what stands is looked at file by file, then as the tool shows it, and the
 * next run is compared with one in a folder where nothing was ever killed. Seeded: which moment is tried can be had
 * again, as far as a clock can; the steps of the swap exactly.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { random } from "../random.ts";
import { appears, program, type Started, start, typed } from "./command.ts";
import { type Given, persons, writeDeliveries } from "./deliveries.ts";
import { copy, differences, holding, openToOthers, type Standing, standingIn, unlike } from "./standing.ts";

const kinds = ["full", "incremental", "forget"] as const;
type Kind = (typeof kinds)[number];

/**
 * How the moment is chosen: by the clock, near the end, while the files move in; or at a change to the disk, one before
 * the run is committed or one after.
 */
const moments = ["clock", "late", "swap", "write", "move"] as const;
export type Moment = (typeof moments)[number];

/** Where the kill met the run. */
const stages = ["before it wrote", "while it wrote", "while its files moved in", "when it was done"] as const;
type Stage = (typeof stages)[number];

/** A command that is killed, and what it reads as its standard input: a file. */
interface Killed {
  readonly args: readonly string[];
  readonly input?: string;
}

interface Case {
  readonly killed: Killed;
  /** What the next run is given. */
  readonly given: Given;
  /** A folder as the killed run finds it; none for a first run. */
  readonly from: string | undefined;
  readonly before: Standing;
  readonly after: Standing;
  /** What the next run gives where the killed one had not been committed, and where it had. */
  readonly next: { readonly before: Standing; readonly after: Standing };
  readonly shown: { readonly before: string | undefined; readonly after: string };
  /** How long it takes, in milliseconds, how many changes it makes to the disk, and how many when it is committed. */
  readonly took: number;
  readonly changes: number;
  readonly committed: number;
}

const nothing: Standing = new Map();

const run = (given: Given): Killed => ({ args: ["run", ...given] });

const halting = ({ args, input }: Killed, out: string, at: number): Started =>
  start(
    process.execPath,
    ["--import", join(import.meta.dirname, "halt.ts"), program, ...args, "--out", out],
    { HALT_AT: String(at) },
    process.cwd(),
    input,
  );

interface Undisturbed {
  readonly standing: Standing;
  readonly took: number;
  readonly changes: number;
  readonly committed: number;
}

/** @throws Error when a command that nothing disturbs does not end as it should */
const undisturbed = async (command: Killed, out: string): Promise<Undisturbed> => {
  const started = performance.now();
  const { code, stderr } = await halting(command, out, 0).ended;
  // A row of the first delivery is refused, so that findings and their history are at stake too.
  if (code !== 0 && code !== 1) throw new Error(`a command that was not disturbed left with ${code}: ${stderr}`);
  const [committed = 0, changes = 0] = /changes: (\d+) of (\d+)/.exec(stderr)?.slice(1).map(Number) ?? [];
  if (!(changes > 0)) throw new Error(`the changes of a command could not be counted: ${stderr}`);
  return { standing: await standingIn(out), took: performance.now() - started, changes, committed };
};

const shownIn = (out: string): string => readFileSync(join(out, "internt", "malsammanfattning.json"), "utf8");

const prepare = async (root: string): Promise<Record<Kind, Case>> => {
  const { first, second } = writeDeliveries(root);
  const at = (name: string): string => join(root, name);
  const again = async (given: Given, from: string): Promise<Standing> => {
    const out = at(`${from}-again`);
    copy(at(from), out);
    await typed([...run(given).args, "--out", out]);
    return standingIn(out);
  };
  const number = at("number.txt");
  writeFileSync(number, persons[0]);
  const forget: Killed = { args: ["forget", ...first], input: number };

  const { standing: one, ...ofFirst } = await undisturbed(run(first), at("one"));
  const oneAgain = await again(first, "one");
  copy(at("one"), at("two"));
  const { standing: two, ...ofSecond } = await undisturbed(run(second), at("two"));
  // A workbook for the sender is at stake when a person is forgotten.
  copy(at("one"), at("replied"));
  await typed(["reply", "--out", at("replied")]);
  const replied = await standingIn(at("replied"));
  const books = [...replied].filter(([file]) => !one.has(file));
  if (books.length === 0) throw new Error("there is no workbook for the sender");
  copy(at("replied"), at("without"));
  const { standing: without, ...ofForget } = await undisturbed(forget, at("without"));
  const shown = { one: shownIn(at("one")), two: shownIn(at("two")), without: shownIn(at("without")) };
  return {
    full: {
      killed: run(first),
      given: first,
      from: undefined,
      before: nothing,
      after: one,
      next: { before: one, after: oneAgain },
      shown: { before: undefined, after: shown.one },
      ...ofFirst,
    },
    incremental: {
      killed: run(second),
      given: second,
      from: at("one"),
      before: one,
      after: two,
      next: { before: two, after: await again(second, "two") },
      shown: { before: shown.one, after: shown.two },
      ...ofSecond,
    },
    forget: {
      killed: forget,
      given: first,
      from: at("replied"),
      before: replied,
      after: without,
      next: { before: new Map([...oneAgain, ...books]), after: await again(first, "without") },
      shown: { before: shown.one, after: shown.without },
      ...ofForget,
    },
  };
};

interface Kill {
  readonly moment: string;
  /** False where the run was done before the kill came. */
  readonly isHit: boolean;
}

/** @param pace how much sooner than planned: a run that was done before the kill came is tried again, sooner */
const kill = async (
  moment: Moment,
  { killed, took, changes, committed }: Case,
  out: string,
  next: () => number,
  pace: number,
): Promise<Kill> => {
  if (moment === "write" || moment === "move") {
    const [done, steps] = moment === "write" ? [0, committed] : [committed, changes - committed];
    const at = done + 1 + Math.floor(next() * steps * pace);
    const { signal } = await halting(killed, out, at).ended;
    return { moment: `at its change ${at} of ${changes} to the disk`, isHit: signal === "SIGKILL" };
  }
  const run = start(process.execPath, [program, ...killed.args, "--out", out], {}, process.cwd(), killed.input);
  const share = next();
  const until = { clock: "", late: join(out, ".pagaende", "rapport", "index.html"), swap: join(out, ".klar") }[moment];
  const delay = Math.round(share * pace * { clock: took * 1.05, late: took * 0.15, swap: 25 }[moment]);
  if (until !== "") await appears(until, run);
  await wait(delay);
  run.child.kill("SIGKILL");
  const { signal } = await run.ended;
  const since = { clock: "its start", late: "its first page", swap: "it was committed" }[moment];
  return { moment: `${delay} ms after ${since}`, isHit: signal === "SIGKILL" };
};

/** A run that finds the move of a killed one half done finishes it first: it is killed there too, half of the times. */
const killAgain = async ({ given, changes }: Case, out: string, next: () => number): Promise<string> => {
  if (!existsSync(join(out, ".klar")) || next() < 0.5) return "";
  const at = 1 + Math.floor(next() * (changes / 2));
  await halting(run(given), out, at).ended;
  return `, and of the next at its change ${at}`;
};

const stageOf = (out: string, found: Standing, { after }: Case): Stage => {
  if (existsSync(join(out, ".klar"))) return "while its files moved in";
  if (existsSync(join(out, ".pagaende"))) return "while it wrote";
  return after.size > 0 && differences(found, after).length === 0 ? "when it was done" : "before it wrote";
};

/** What is wrong in a folder where a run was killed. Goes on to the next run, which is to put everything right. */
const examine = async (out: string, tried: Case): Promise<{ stage: Stage; wrong: string[] }> => {
  const { given, before, after, next, shown } = tried;
  const wrong: string[] = [];
  const note = (what: string, lines: readonly string[]): void => {
    if (lines.length > 0) wrong.push(`${what}: ${lines.slice(0, 5).join(", ")}${lines.length > 5 ? " …" : ""}`);
  };
  const found = await standingIn(out);
  const stage = stageOf(out, found, tried);
  note("neither the old file nor the new", unlike(found, before, after));
  if (before.has("rapport/index.html") && !found.has("rapport/index.html")) wrong.push("the last report is gone");
  note(
    "holds an identity number",
    holding(
      out,
      persons.flatMap((one) => [one, one.slice(2), `${one.slice(0, 8)}-${one.slice(8)}`]),
    ),
  );
  note("others could read", openToOthers(out));

  const { code, stdout, stderr } = await typed(["show", "malsammanfattning", "--json", "--out", out]);
  const settled = await standingIn(out);
  const isAfter = after.size > 0 && differences(settled, after).length === 0;
  if (!isAfter) note("what is shown is neither the last run nor the new one", differences(settled, before));
  const expected = isAfter ? shown.after : shown.before;
  if (expected === undefined ? code !== 2 : code !== 0 || stdout !== expected) {
    wrong.push(`show left with ${code} and other rows: ${stderr.trim()}`);
  }
  if (existsSync(join(out, ".klar"))) wrong.push("show left .klar");

  const ended = await typed(["run", ...given, "--out", out]);
  if (ended.code !== 0 && ended.code !== 1) wrong.push(`the next run left with ${ended.code}: ${ended.stderr.trim()}`);
  note(
    "the next run differs from one never killed",
    differences(await standingIn(out), isAfter ? next.after : next.before),
  );
  for (const name of [".pagaende", ".klar"]) if (existsSync(join(out, name))) wrong.push(`the next run left ${name}`);
  return { stage, wrong };
};

export interface Crashed {
  readonly kills: number;
  readonly stages: Readonly<Record<Stage, number>>;
  /** What was wrong, each with the kill it came after; its folder is kept. */
  readonly wrong: readonly string[];
}

/** A run may be over before a kill comes, on a machine that is quicker than it was; after so many something is wrong. */
const mostTries = 12;

/** Four of ten by the clock; the rest where most is at stake. */
const momentOf = (share: number): Moment =>
  share < 0.4 ? "clock" : share < 0.55 ? "late" : share < 0.7 ? "swap" : share < 0.85 ? "write" : "move";

export interface Plan {
  /** How each moment is chosen, one after the other for every kind of run; without it as they fall. */
  readonly chosen?: readonly Moment[];
  /** How many are done, and what the last of them left wrong. */
  readonly told?: (done: number, wrong: readonly string[]) => void;
}

/** Kills so many runs. */
export const crash = async (kills: number, seed: number, { chosen = [], told }: Plan = {}): Promise<Crashed> => {
  const root = mkdtempSync(join(tmpdir(), "finsam-crash-"));
  const cases = await prepare(root);
  const met: Record<Stage, number> = {
    "before it wrote": 0,
    "while it wrote": 0,
    "while its files moved in": 0,
    "when it was done": 0,
  };
  const wrong: string[] = [];
  for (let nr = 0; nr < kills; nr++) {
    const next = random(seed * 1_000_003 + nr);
    const kind = kinds[nr % kinds.length] ?? "full";
    const tried = cases[kind];
    const out = join(root, `kill-${nr}`);
    const kindOfMoment = chosen[Math.floor(nr / kinds.length) % chosen.length] ?? momentOf(next());
    let hit: Kill = { moment: "", isHit: false };
    for (let tries = 0; tries < mostTries && !hit.isHit; tries++) {
      rmSync(out, { recursive: true, force: true });
      if (tried.from !== undefined) copy(tried.from, out);
      hit = await kill(kindOfMoment, tried, out, next, 0.7 ** tries);
    }
    if (!hit.isHit) throw new Error(`run ${nr} was done before each of ${mostTries} kills`);
    const moment = hit.moment + (await killAgain(tried, out, next));
    const { stage, wrong: here } = await examine(out, tried);
    met[stage]++;
    const lines = here.map((line) => `kill ${nr}, of a ${kind} run ${moment}: ${line} (kept as ${out})`);
    wrong.push(...lines);
    if (here.length === 0) rmSync(out, { recursive: true });
    told?.(nr + 1, lines);
  }
  if (wrong.length === 0) rmSync(root, { recursive: true });
  return { kills, stages: met, wrong };
};
