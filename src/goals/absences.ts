/**
 * Möten till godo: how many more absences a goal for attendance allows.
 *
 * A part that was called c times and came n of them has been absent c − n times. With r möten still planned, to each of
 * which it is taken to be called, it is called c + r times in all; the goal allows the largest number of absences that
 * leaves the share at the target. What is left of that is till godo; below 0 it is how many too many there were.
 */
import { type Measure, measureOf } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { compare, floorOf, plus, type Rational, rational, times, toNumber, zero } from "../schema/rational.ts";
import { number } from "../schema/swedish.ts";
import type { Question } from "./evidence.ts";
import type { Facts, Part } from "./facts.ts";
import type { Judged } from "./judge.ts";
import type { Answers } from "./measured.ts";
import { isAskedFor, type Stated } from "./stated.ts";
import { holds, type Period } from "./windows.ts";

export interface TillGodo {
  /** Whole möten; below 0 when more were missed than the goal allows. */
  readonly antal: number;
  /** Calls to möten that are still planned in the window. */
  readonly planerade: number;
  /** Not even full attendance at what is still planned meets the goal. */
  readonly ar_utom_rackhall: boolean;
}

/** An attendance share: what counts is a möte somebody could have been at. */
const isAttendance = (measure: Measure): boolean =>
  isRate(measure) && measure.slag === "andel" && measure.registers.includes("narvaro");

/** The least whole number that meets the bound; one more than a tie where the bound itself is outside. */
export const leastWhole = (bound: Rational, closed: boolean): bigint => {
  const floor = floorOf(bound);
  return closed && floor * bound.d === bound.n ? floor : floor + 1n;
};

/** The parts that a question is about: all, one, or those of one kind of authority. */
export const partsOf = (
  { parter }: Pick<Facts, "parter">,
  { insats_id: insats, grupp, gruppvarde }: Pick<Question, "insats_id" | "grupp" | "gruppvarde">,
): Part[] =>
  (parter.get(insats) ?? []).filter(
    ({ part_id: id, huvudman }) => grupp === "" || gruppvarde === (grupp === "part" ? id : huvudman),
  );

/** The calls that planned möten in a window mean for a group: each of its parts is taken to be called to each. */
export const plannedCalls = (
  { planerade, parter }: Facts,
  { insats_id: insats, goal }: Stated,
  { grupp, gruppvarde }: { readonly grupp: string; readonly gruppvarde: string },
  fonster: Period,
): number => {
  const moten = (planerade.get(insats) ?? []).filter(
    ({ datum, motestyp }) => holds(fonster, { fran: datum, till: datum }) && isAskedFor(goal, motestyp),
  );
  return moten.length * partsOf({ parter }, { insats_id: insats, grupp, gruppvarde }).length;
};

/** @returns null where the measure is no attendance, nothing was measured, or the goal sets no lowest share */
export const tillGodo = (
  measure: Measure,
  { taljare, namnare, demand }: Judged,
  planerade: number,
  isOpen: boolean,
): TillGodo | null => {
  if (!isAttendance(measure) || !taljare || !namnare || !demand?.from || demand.to) return null;
  const called = namnare.n / namnare.d;
  const present = taljare.n / taljare.d;
  const total = called + BigInt(planerade);
  const antal = total - leastWhole(times(demand.from, rational(total)), demand.closed) - (called - present);
  const isSettled = !isOpen || planerade > 0 || compare(demand.from, rational(1n)) >= 0;
  return { antal: Number(antal), planerade, ar_utom_rackhall: antal < 0n && isSettled };
};

/** Asks of each kind of möte how many were held: what an attendance share is of at most, where nobody says who came. */
export const heldQuestions = (
  { motestyper }: Pick<Facts, "motestyper">,
  { measure, insats_id: insats, parametrar, fonster }: Question,
): Question[] =>
  isAttendance(measure)
    ? (motestyper.get(insats) ?? [])
        .filter((motestyp) => isAskedFor({ parametrar }, motestyp))
        .map((motestyp) => ({
          insats_id: insats,
          measure: measureOf("antal_moten"),
          parametrar: { motestyp },
          grupp: "",
          gruppvarde: "",
          granser: [],
          fonster,
        }))
    : [];

export interface Held {
  readonly antal: Rational;
  /** `28 möten (samverkan)`, `alla 33,5`. */
  readonly text: string;
}

/** The möten of the commonest kind that were held in a window, and all that were; nothing where it is not known. */
export const heldIn = ({ bredvid = [] }: Question, answers: Answers, { fran, till }: Period): Held[] => {
  const held = bredvid.map((question) => {
    const answer = answers
      .get(question)
      ?.find(({ taken: { fonster } }) => fonster.fran === fran && fonster.till === till);
    const isKnown = answer && answer.sums.rader > 0 && compare(answer.sums.okand, zero) === 0;
    return { motestyp: String(question.parametrar.motestyp), antal: isKnown ? answer.sums.taljare : null };
  });
  const known = held.flatMap(({ motestyp, antal }) => (antal && antal.n > 0n ? [{ motestyp, antal }] : []));
  const [most] = known.sort((a, b) => compare(b.antal, a.antal));
  if (!most) return [];
  const one = { antal: most.antal, text: `${number(toNumber(most.antal))} möten (${most.motestyp})` };
  if (known.length === 1 || held.some(({ antal }) => antal === null)) return [one];
  const antal = known.map((kind) => kind.antal).reduce(plus, zero);
  return [one, { antal, text: `alla ${number(toNumber(antal))}` }];
};
