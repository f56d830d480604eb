/** Verdicts: what a measured window says of a goal's condition. Decided in exact numbers; ties are met. */

import { byar, type Interval, wilson } from "../schema/intervals.ts";
import type { Measure } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { compare, over, plus, type Rational, rational, times, toNumber, zero } from "../schema/rational.ts";
import type { parseTackning, Tolerans } from "../schema/villkor.ts";
import { type Bortfall, noBortfall, type Reach, reachOfBoth } from "./bortfall.ts";
import { type Asking, type Demand, demandOn, exact, isNear, isTooShort, meets, mightMeet, mustMeet } from "./demand.ts";
import type { Sums } from "./evidence.ts";

export type Status = "uppnatt" | "ej_uppnatt" | "ej_matbart";
/** Why a window is not judged. Where several hold, the first is given. */
const reasons = [
  "foljs",
  "inget_villkor",
  "perioden_pagar",
  "for_kort",
  "avvisade_rader",
  "okanda_ord",
  "motsagt",
  "saknas",
  "ej_tillamplig",
  "ej_summerbart",
  "for_fa",
  "sekretess",
] as const;
export type Skal =
  | (typeof reasons)[number]
  | "sammanlagt"
  /** Of formulas: a figure that is its own evidence, unlike units, no number, a slip. */
  | "cirkel"
  | "olika_enheter"
  | "annat_slag"
  | "olaslig";

export interface Judged {
  /** Null where nothing was measured. */
  readonly varde: Rational | null;
  readonly taljare: Rational | null;
  readonly namnare: Rational | null;
  readonly tackningsgrad: number | null;
  /** Rows whose inclusion is unknown. */
  readonly okand: Rational;
  /** A row has a word that nobody knows, for what decides whether it counts. */
  readonly har_okanda_ord: boolean;
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
  /** Why nothing was measured, whatever else holds; null where something was. */
  readonly lack: Skal | null;
  /** Rows that may belong to it and were not counted. */
  readonly bortfall: Bortfall;
}

/** How an open window goes, and what its target comes to so far. */
export interface Takt {
  readonly lage: "i_takt" | "ej_i_takt";
  readonly malvarde: Rational;
}

const hundred = rational(100n);

export interface Case extends Omit<Asking, "isRate"> {
  readonly measure: Measure;
  readonly tolerans: Tolerans | undefined;
  readonly minst_n?: number | undefined;
  /** The smallest share of what it asks of that has to be known. */
  readonly minst_tackning?: ReturnType<typeof parseTackning>;
  /** Shown beside what is judged: the target is not its own. */
  readonly ar_foljd?: boolean;
  readonly sums: Sums;
  /** What the totals of the same window come to, where rows were counted; else null. */
  readonly control: Sums | null;
  /** Rows cover the whole insats, so nothing found is 0. */
  readonly is_complete: boolean;
  /** Something somewhere says what a rate counts; else its numerator is missing, not 0. */
  readonly has_counts: boolean;
  /** The last day that has passed and is reported for. */
  readonly passerat: string;
  readonly bortfall?: Bortfall;
}

/** An interval says how much chance there is in a count of persons, möten or answers; what was to be delivered is no sample. */
const interval = (measure: Measure, taljare: Rational, namnare: Rational): Interval | null => {
  const x = toNumber(taljare);
  if (measure.slag === "antal") return byar(x);
  const n = toNumber(namnare);
  const isSample = measure.slag === "andel" && !measure.registers.includes("leverabel");
  return isSample && n > 0 && x >= 0 && x <= n ? wilson(x, n) : null;
};

/**
 * How an open window goes: a count or sum that is to rise is on course where it has reached the target's share of the days
 * that have passed. Nothing else has a pace: neither a share nor a count of who is there grows with the days, and what must stay
 * below a sum may fall unevenly over a year, as costs do.
 */
const paceOf = (
  asking: Asking & Pick<Case, "measure">,
  demand: Demand,
  varde: Rational,
  passerat: string,
): Takt | null => {
  const isStock = asking.measure.bestand && asking.delperiod === "hel";
  const isRising = !asking.isRate && !isStock && demand.from !== null && demand.to === null;
  if (!isRising || passerat < asking.taken.fonster.fran) return null;
  const hittills = demandOn(asking, passerat);
  return hittills?.target ? { lage: meets(varde, hittills) ? "i_takt" : "ej_i_takt", malvarde: hittills.target } : null;
};

/** The values that a figure could have: null is without bound. */
export interface Range {
  readonly least: Rational | null;
  readonly most: Rational | null;
}

/** What a figure could be, if more rows may count: up to all of a share's, in its denominator too. */
export const rangeOf = (
  { slag, enhet }: Measure,
  { taljare, namnare, okant_ord }: Sums,
  { rader, ner, upp }: Reach,
): Range => {
  const scale = enhet.startsWith("kr") ? hundred : rational(1n);
  if (slag === "kvot") {
    const value = over(over(taljare, namnare), scale);
    return rader === 0 ? { least: value, most: value } : { least: null, most: null };
  }
  if (slag === "andel") {
    if (upp === null) return { least: zero, most: rational(1n) };
    const more = plus(upp, okant_ord);
    const all = plus(namnare, more);
    return { least: over(taljare, all), most: over(plus(taljare, more), all) };
  }
  return {
    least: ner && over(plus(taljare, ner), scale),
    most: upp && over(plus(taljare, plus(upp, okant_ord)), scale),
  };
};

const lackOf = ({ measure, taken, sums, is_complete, has_counts }: Case): (typeof reasons)[number] | null => {
  const rate = isRate(measure);
  if (taken.skal === "ej_summerbart" && sums.rader === 0) return "ej_summerbart";
  const isEmpty = compare(sums.namnare, zero) === 0;
  if (rate && compare(sums.okant_ord, zero) > 0 && isEmpty) return "okanda_ord";
  // What other rows state of the window is a half of the ratio: of a target group, nobody.
  if (rate && taken.skal !== null) return taken.skal;
  if (rate && (sums.rader === 0 || sums.kanda === 0 || !has_counts)) return "saknas";
  if (!rate && !is_complete && taken.totals.length === 0) return taken.skal ?? "saknas";
  return rate && isEmpty ? "ej_tillamplig" : null;
};

/** Whether so much as a goal asks for is known of what a share is of. */
export const isCovered = (
  least: ReturnType<typeof parseTackning>,
  { namnare, okand }: { readonly namnare: Rational; readonly okand: Rational },
): boolean =>
  least === undefined || compare(namnare, times(exact(least.value, least.percent), plus(namnare, okand))) >= 0;

/** Judges one window by one ground: the rows and totals that count, or the totals that check them. */
const judgeGround = (one: Case): Judged => {
  const { measure, taken, sums, bortfall = noBortfall } = one;
  const rate = isRate(measure);
  const asking = { ...one, isRate: rate };
  const demand = (one.ar_foljd ? undefined : demandOn(asking)) ?? null;
  const lack = lackOf(one);
  const scale = measure.enhet.startsWith("kr") ? hundred : rational(1n);
  const varde = lack ? null : over(rate ? over(sums.taljare, sums.namnare) : sums.taljare, scale);
  const hasUnknown = compare(sums.okand, zero) > 0;
  const judged = {
    demand,
    malvarde: demand?.target ?? null,
    okand: sums.okand,
    har_okanda_ord: bortfall.okandaOrd.rader > 0 || compare(sums.okant_ord, zero) > 0,
    ar_nara: null,
    takt: null,
    kontroll: null,
    lack,
    bortfall,
    varde,
    taljare: varde && sums.taljare,
    namnare: (varde && rate) || lack === "ej_tillamplig" ? sums.namnare : null,
    tackningsgrad: varde && rate && hasUnknown ? toNumber(over(sums.namnare, plus(sums.namnare, sums.okand))) : null,
    ki: varde && interval(measure, sums.taljare, sums.namnare),
  };
  const both = reachOfBoth(bortfall);
  const isUnsure = both.rader > 0 || judged.har_okanda_ord || (!rate && hasUnknown);
  // What may count or not of what was counted adds to a number; a share leaves it out.
  const range = varde && rangeOf(measure, sums, rate ? both : { ...both, upp: both.upp && plus(both.upp, sums.okand) });
  const isMet = varde !== null && demand !== null && meets(varde, demand);
  const stands =
    range !== null &&
    demand !== null &&
    (!isUnsure || (isMet ? mustMeet(range.least, range.most, demand) : !mightMeet(range.least, range.most, demand)));
  const onlyUp = demand !== null && demand.from !== null && demand.to === null;
  const isMetAlready = !rate && onlyUp && isMet && mustMeet(range?.least ?? null, null, demand);
  const isOpen = taken.fonster.ar_oppet;
  const isDoubtful = !stands && !(isOpen && isMetAlready);
  const holds: Readonly<Partial<Record<(typeof reasons)[number], boolean>>> = {
    foljs: one.ar_foljd ?? false,
    inget_villkor: demand === null,
    perioden_pagar: isOpen && !isMetAlready,
    for_kort: demand !== null && isTooShort(demand),
    avvisade_rader: isDoubtful && bortfall.avvisade.rader > 0,
    okanda_ord: isDoubtful && judged.har_okanda_ord,
    // More are counted than there are: what was delivered as parts and as the whole cannot both be right.
    motsagt: varde !== null && measure.slag === "andel" && compare(sums.taljare, sums.namnare) > 0,
    saknas: varde !== null && (isDoubtful || !isCovered(one.minst_tackning, sums)),
    for_fa: rate && one.minst_n !== undefined && compare(sums.namnare, rational(BigInt(one.minst_n))) < 0,
    ...(lack && { [lack]: true }),
  };
  const skal = reasons.find((reason) => holds[reason]) ?? null;
  if (skal !== null || demand === null || varde === null) {
    const takt = skal === "perioden_pagar" && demand && varde ? paceOf(asking, demand, varde, one.passerat) : null;
    return { ...judged, takt, status: "ej_matbart", skal };
  }
  const distinct = measure.slag === "antal" && taken.totals.some(({ ar_summerbar: adds }) => !adds);
  const isAdded = taken.ar_sammanslagen && taken.delar.length > 1 && distinct;
  const isNearly = one.tolerans && !isOpen ? !isMet && isNear(varde, demand, one.tolerans) : null;
  return {
    ...judged,
    ar_nara: isNearly,
    status: isMet ? "uppnatt" : "ej_uppnatt",
    skal: isAdded ? "sammanlagt" : null,
  };
};

/**
 * Judges one window. Rows that a delivered total covers are judged on both: one verdict stands, and if there are two the data
 * contradict each other.
 */
export const judge = (one: Case): Judged => {
  const judged = judgeGround(one);
  if (one.control === null || judged.varde === null) return judged;
  const { varde: kontroll, status } = judgeGround({ ...one, sums: one.control, control: null, bortfall: noBortfall });
  if (kontroll === null || compare(kontroll, judged.varde) === 0) return judged;
  const isContradicted = status !== "ej_matbart" && judged.status !== "ej_matbart" && status !== judged.status;
  return isContradicted
    ? { ...judged, kontroll, status: "ej_matbart", skal: "motsagt", ar_nara: null }
    : { ...judged, kontroll };
};
