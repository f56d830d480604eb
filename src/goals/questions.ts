/**
 * One path for every figure: select the evidence of a question, choose rows or totals for each of its windows, sum, answer.
 * Goals, unit costs, other definitions and claims only make questions.
 */
import type { Database } from "../db/open.ts";
import { dayNumber } from "../schema/days.ts";
import { isRate } from "../schema/rate.ts";
import { type Bortfall, noBortfall, selectBortfall, sumBortfall } from "./bortfall.ts";
import {
  type Ask,
  fillWindows,
  namedGroups,
  nothing,
  type Question,
  readGrounds,
  type Sums,
  selectEvidence,
  selectionsOf,
  sumEvidence,
  windowKey,
  windowsWithRows,
} from "./evidence.ts";
import { type Grounds, type Taken, takeTotals } from "./totals.ts";
import type { Period } from "./windows.ts";

/** What one window comes to. */
export interface Answer {
  readonly taken: Taken;
  readonly sums: Sums;
  /** What the totals come to where rows were counted and totals speak of the same window; else null. */
  readonly control: Sums | null;
  /** Rows cover the window, so nothing found is 0. */
  readonly is_complete: boolean;
  /** Some evidence, in any group and period, says what is to be counted. */
  readonly has_counts: boolean;
  /** Rows that no figure counts and that may belong to it. */
  readonly bortfall: Bortfall;
  /** The days that the rows speak of, where the window lies outside them and is 0 for that; else null. */
  readonly utanfor: Period | null;
}

/** Many rows are selected a measure at a time, so that the evidence of all is never in memory at once; few in one go. */
const manyRows = 100_000;

/** The questions of one measure, or of all where there are few rows. */
const inBatches = async (db: Database, questions: readonly Question[]): Promise<Question[][]> => {
  if (questions.length === 0) return [];
  const [delivered] = await db.rows<{ antal: number }>("select count(*) as antal from inbox.rad");
  return (delivered?.antal ?? 0) < manyRows
    ? [[...questions]]
    : [...Map.groupBy(questions, ({ measure }) => measure).values()];
};

/** A register whose rows end so many days before a window does may have stopped coming. */
const halfYear = 182;
const daysFrom = (from: string, to: string): number => dayNumber(to) - dayNumber(from);

const noGrounds: Grounds = { has_rows: false, has_counts: false, totals: [], rader: null };

/** What reaches each window of each question, counted through. */
const lossesOf = async (
  db: Database,
  asked: readonly { readonly question: Question; readonly fraga: number; readonly nr: number }[],
  windows: readonly (readonly { readonly taken: Taken }[])[],
): Promise<Map<number, Bortfall>> => {
  const asks = asked.flatMap(({ question: { measure }, fraga, nr }, i) =>
    (windows[i] ?? []).map(({ taken: { fonster } }) => ({
      measure,
      fraga,
      urval: nr,
      fonster,
      totals: [],
      ar_kontroll: false,
    })),
  );
  await fillWindows(db, asks);
  return sumBortfall(db, (rad) => asks[rad]?.measure);
};

const answerBatch = async (
  db: Database,
  questions: readonly Question[],
  today: string,
  breaksOf: (insats: string) => readonly string[] | undefined,
): Promise<Answer[][]> => {
  const { selections, urval } = selectionsOf(questions);
  await selectEvidence(db, selections);
  const isLossy = await selectBortfall(db, [...new Set(selections.map(({ measure }) => measure))]);
  const grounds = await readGrounds(db);
  const named = await namedGroups(db, selections);
  const isNamed = ({ grupp }: Question, nr: number): boolean =>
    (grupp !== "part" && grupp !== "huvudman") || named.has(nr);
  const asked = questions.map((question, fraga) => {
    const nr = urval[fraga] ?? fraga;
    return { question, fraga, nr, ground: grounds.get(nr) ?? noGrounds };
  });
  const mixed = await windowsWithRows(
    db,
    asked
      .filter(({ ground }) => ground.totals.some(({ ar_blandad: isBoth }) => isBoth))
      .flatMap(({ question, fraga, nr }) =>
        question.fonster.map((fonster) => ({ fraga, urval: nr, fonster, totals: [], ar_kontroll: false })),
      ),
  );
  const asks: Ask[] = [];
  const add = (ask: Ask): number => asks.push(ask) - 1;
  const windows = asked.map(({ question, fraga, nr, ground }) => {
    const { fonster, measure, insats_id: insats } = question;
    return takeTotals(
      fonster,
      ground,
      (one) => mixed.has(windowKey(fraga, one)),
      !isRate(measure),
      today,
      breaksOf(insats),
    ).map((taken) => {
      const ask = { fraga, urval: nr, fonster: taken.fonster, totals: taken.totals, ar_kontroll: false };
      return {
        taken,
        sums: taken.ar_sparrad ? undefined : add(ask),
        // Rows and totals are summed as if they were two questions, so that each shares out its own days.
        control:
          taken.kontroll.length === 0
            ? undefined
            : add({ ...ask, fraga: -1 - fraga, totals: taken.kontroll, ar_kontroll: true }),
        is_complete: ground.has_rows && isNamed(question, nr) && !taken.ar_sparrad,
        has_counts: ground.has_counts,
        rader: ground.rader,
      };
    });
  });
  const sums = await sumEvidence(db, asks);
  const sumOf = (at: number | undefined): Sums | undefined => (at === undefined ? undefined : sums[at]);
  const lost = isLossy ? await lossesOf(db, asked, windows) : undefined;
  let rad = 0;
  return windows.map((own) =>
    own.map(({ rader, ...one }) => {
      const sums = sumOf(one.sums) ?? nothing;
      const { fran, till } = one.taken.fonster;
      const isOutside =
        rader !== null &&
        ((fran > rader.till && daysFrom(rader.till, till) > halfYear) ||
          (till < rader.fran && daysFrom(fran, rader.fran) > halfYear));
      return {
        ...one,
        sums,
        control: sumOf(one.control) ?? null,
        bortfall: lost?.get(rad++) ?? noBortfall,
        utanfor: one.is_complete && sums.rader === 0 && isOutside ? rader : null,
      };
    }),
  );
};

/**
 * Answers questions: for each, its windows in order, with what each comes to. Leaves nothing behind.
 * @param breaksOf days from which an insats's totals are counted in another way
 */
export const answerQuestions = async (
  db: Database,
  questions: readonly Question[],
  today: string,
  breaksOf: (insats: string) => readonly string[] | undefined,
): Promise<Map<Question, readonly Answer[]>> => {
  const answers = new Map<Question, readonly Answer[]>();
  for (const batch of await inBatches(db, questions)) {
    const found = await answerBatch(db, batch, today, breaksOf);
    for (const [i, question] of batch.entries()) answers.set(question, found[i] ?? []);
  }
  await db.run(
    "drop table if exists temp.urval; drop table if exists temp.bevis; drop table if exists temp.bortfall; drop table if exists temp.fonster",
  );
  return answers;
};
