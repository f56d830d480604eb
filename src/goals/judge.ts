/** Verdicts: what a measured window says of a goal's condition. Decided in exact numbers; ties are met. */
import type { Measure } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { compare, over, plus, type Rational, rational, toNumber, zero } from "../schema/rational.ts";
import type { Tolerans } from "../schema/villkor.ts";
import { type Asking, type Demand, demandOn, isNear, meets, mightMeet } from "./demand.ts";
import type { Sums } from "./evidence.ts";
import { byar, type Interval, wilson } from "./intervals.ts";

export type Status = "uppnatt" | "ej_uppnatt" | "ej_matbart";
export type Skal =
  | "saknas"
  | "for_fa"
  | "sekretess"
  | "ej_tillamplig"
  | "ej_summerbart"
  | "inget_villkor"
  | "perioden_pagar"
  | "motsagt"
  | "sammanlagt"
  /** Of formulas: a figure that is its own evidence, unlike units, no number, a name that stands for nothing, a slip. */
  | "cirkel"
  | "olika_enheter"
  | "annat_slag"
  | "okanda_ord"
  | "olaslig";

export interface Judged {
  /** Null where nothing was measured. */
  readonly varde: Rational | null;
  readonly taljare: Rational | null;
  readonly namnare: Rational | null;
  readonly tackningsgrad: number | null;
  /** Rows whose inclusion is unknown. */
  readonly okand: Rational;
  readonly malvarde: Rational | null;
  /** What the window asks; null where no level holds in it. */
  readonly demand: Demand | null;
  readonly status: Status;
  readonly skal: Skal | null;
  readonly ki: Interval | null;
  /** Missed by no more than the goal's tolerance; null where it states none, or nothing was judged. */
  readonly ar_nara: boolean | null;
  /** How a window that is going on goes; null where it has no pace. */
  readonly takt: Takt | null;
  /** What the delivered total of the same window gives, where rows were counted and give something else. */
  readonly kontroll: Rational | null;
}

/** How an open window goes, and what its target comes to so far. */
export interface Takt {
  readonly lage: "i_takt" | "ej_i_takt";
  readonly malvarde: Rational;
}

const hundred = rational(100n);
const isMoney = ({ enhet }: Measure): boolean => enhet.startsWith("kr");

export interface Case extends Omit<Asking, "isRate"> {
  readonly measure: Measure;
  readonly tolerans: Tolerans | undefined;
  /** The smallest denominator that a rate is judged on. */
  readonly minst_n: number | undefined;
  readonly sums: Sums;
  /** What the totals of the same window come to, where rows were counted; else null. */
  readonly control: Sums | null;
  /** Rows cover the whole insats, so nothing found is 0. */
  readonly is_complete: boolean;
  /** Something somewhere says what a rate counts; else its numerator is missing, not 0. */
  readonly has_counts: boolean;
  /** The last day that has passed and is reported for. */
  readonly passerat: string;
}

const interval = (measure: Measure, taljare: Rational, namnare: Rational): Interval | null => {
  const x = toNumber(taljare);
  if (measure.slag === "antal") return byar(x);
  const n = toNumber(namnare);
  return measure.slag === "andel" && n > 0 && x >= 0 && x <= n ? wilson(x, n) : null;
};

/**
 * How an open window goes: a count or sum that is to rise is on course where it has reached the target's share of the days
 * that have passed. Nothing else has a pace: a share does not grow with the days, and what must stay below a sum may fall
 * unevenly over a year, as costs do.
 */
const paceOf = (asking: Asking, demand: Demand, varde: Rational, passerat: string): Takt | null => {
  const isRising = !asking.isRate && demand.from !== null && demand.to === null;
  if (!isRising || passerat < asking.taken.fonster.fran) return null;
  const hittills = demandOn(asking, passerat);
  return hittills?.target ? { lage: meets(varde, hittills) ? "i_takt" : "ej_i_takt", malvarde: hittills.target } : null;
};

/** Judges one window by one ground: the rows and totals that count, or the totals that check them. */
const judgeGround = (one: Case): Judged => {
  const { measure, taken, sums, is_complete, has_counts } = one;
  const rate = isRate(measure);
  const asking = { ...one, isRate: rate };
  const demand = demandOn(asking) ?? null;
  const nothing = {
    demand,
    malvarde: demand?.target ?? null,
    okand: sums.okand,
    ar_nara: null,
    takt: null,
    kontroll: null,
  };
  const none = (skal: Skal, namnare: Rational | null = null): Judged => ({
    ...nothing,
    varde: null,
    taljare: null,
    namnare,
    tackningsgrad: null,
    status: "ej_matbart",
    skal,
    ki: null,
  });
  if (taken.skal === "ej_summerbart" && sums.rader === 0) return none("ej_summerbart");
  const hasUnknownWords = compare(sums.okant_ord, zero) > 0;
  if (rate && hasUnknownWords && compare(sums.namnare, zero) === 0) return none("okanda_ord");
  if (rate && (sums.rader === 0 || sums.kanda === 0 || !has_counts))
    return none(taken.skal === "ej_summerbart" ? "ej_summerbart" : "saknas");
  if (!rate && !is_complete && taken.totals.length === 0) return none(taken.skal ?? "saknas");
  if (rate && compare(sums.namnare, zero) === 0) return none("ej_tillamplig", zero);

  const scale = isMoney(measure) ? hundred : rational(1n);
  const varde = over(rate ? over(sums.taljare, sums.namnare) : sums.taljare, scale);
  const hasUnknown = compare(sums.okand, zero) > 0;
  const measured = {
    ...nothing,
    varde,
    taljare: sums.taljare,
    namnare: rate ? sums.namnare : null,
    tackningsgrad: rate && hasUnknown ? toNumber(over(sums.namnare, plus(sums.namnare, sums.okand))) : null,
    ki: interval(measure, sums.taljare, sums.namnare),
  };
  const not = (skal: Skal): Judged => ({ ...measured, status: "ej_matbart", skal });
  if (!demand) return not("inget_villkor");
  const isMet = meets(varde, demand);
  const distinct = measure.slag === "antal" && taken.totals.some(({ ar_summerbar: adds }) => !adds);
  const joined: Skal | null = taken.ar_sammanslagen && taken.delar.length > 1 && distinct ? "sammanlagt" : null;
  if (taken.fonster.ar_oppet) {
    const onlyUp = demand.from !== null && demand.to === null;
    return !rate && onlyUp && isMet
      ? { ...measured, status: "uppnatt", skal: joined }
      : { ...not("perioden_pagar"), takt: paceOf(asking, demand, varde, one.passerat) };
  }
  if (rate && one.minst_n !== undefined && compare(sums.namnare, rational(BigInt(one.minst_n))) < 0) {
    return not("for_fa");
  }
  if (!rate && hasUnknown) {
    const most = plus(varde, over(sums.okand, scale));
    const always = isMet && meets(most, demand);
    if (!always && mightMeet(varde, most, demand)) return not("saknas");
  }
  if (rate && hasUnknownWords) {
    // Those with an unknown word may all count, or none.
    const all = plus(sums.namnare, sums.okant_ord);
    const ends = [sums.taljare, plus(sums.taljare, sums.okant_ord)].map((some) => over(over(some, all), scale));
    if (ends.some((end) => meets(end, demand) !== isMet)) return not("okanda_ord");
  }
  const ar_nara = one.tolerans ? !isMet && isNear(varde, demand, one.tolerans) : null;
  return { ...measured, ar_nara, status: isMet ? "uppnatt" : "ej_uppnatt", skal: joined };
};

/**
 * Judges one window. Rows that a delivered total covers are judged on both: one verdict stands, and if there are two the data
 * contradict each other.
 */
export const judge = (one: Case): Judged => {
  const judged = judgeGround(one);
  if (one.control === null || judged.varde === null) return judged;
  const { varde: kontroll, status } = judgeGround({ ...one, sums: one.control, control: null });
  if (kontroll === null || compare(kontroll, judged.varde) === 0) return judged;
  const isContradicted = status !== "ej_matbart" && judged.status !== "ej_matbart" && status !== judged.status;
  return isContradicted
    ? { ...judged, kontroll, status: "ej_matbart", skal: "motsagt", ar_nara: null }
    : { ...judged, kontroll };
};

export type GoalStatus = Status | "delvis";

/** A goal's verdict over its rows: all measurable met, none, or some; not measurable when no row is. */
export const summarise = (rows: readonly { readonly status: string }[]): GoalStatus => {
  const met = rows.filter(({ status }) => status === "uppnatt").length;
  const unmet = rows.filter(({ status }) => status === "ej_uppnatt").length;
  if (met + unmet === 0) return "ej_matbart";
  if (unmet === 0) return "uppnatt";
  return met === 0 ? "ej_uppnatt" : "delvis";
};

/** Whether what the report says differs from what the data say; null where one of them says nothing. */
export const deviates = (reported: string | null, status: GoalStatus): boolean | null => {
  if (reported === null || reported === "reviderat" || status === "ej_matbart") return null;
  const agrees = { ja: "uppnatt", nej: "ej_uppnatt", delvis: "delvis" }[reported];
  return agrees !== status;
};
