/**
 * Möten till godo: how many more absences a goal for attendance allows.
 *
 * A part that was called c times and came n of them has been absent c − n times. With r möten still planned, to each of
 * which it is taken to be called, it is called c + r times in all; the goal allows the largest number of absences that
 * leaves the share at the target. What is left of that is till godo; below 0 it is how many too many there were.
 */
import type { Measure } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { compare, type Rational, rational, times } from "../schema/rational.ts";
import type { Facts } from "./facts.ts";
import type { Judged } from "./judge.ts";
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

/** The least whole number of a total that meets the bound; one more than a tie where the bound itself is outside. */
const least = (bound: Rational, total: bigint, closed: boolean): bigint => {
  const { n, d } = times(bound, rational(total));
  const floor = n / d;
  return closed && floor * d === n ? floor : floor + 1n;
};

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
  const called = (parter.get(insats) ?? []).filter(
    ({ part_id: id, huvudman }) => grupp === "" || gruppvarde === (grupp === "part" ? id : huvudman),
  );
  return moten.length * called.length;
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
  const antal = total - least(demand.from, total, demand.closed) - (called - present);
  const isSettled = !isOpen || planerade > 0 || compare(demand.from, rational(1n)) >= 0;
  return { antal: Number(antal), planerade, ar_utom_rackhall: antal < 0n && isSettled };
};
