/** Verdicts: what a measured window says of a goal's condition. Decided in exact numbers; ties are met. */
import type { Measure } from "../schema/measures.ts";
import { compare, over, plus, type Rational, rational, times, toNumber, zero } from "../schema/rational.ts";
import type { Exact, Villkor } from "../schema/villkor.ts";
import type { Sums } from "./ask.ts";
import { byar, type Interval, wilson } from "./intervals.ts";
import type { Served } from "./totals.ts";
import { length } from "./windows.ts";

export type Status = "uppnatt" | "ej_uppnatt" | "ej_matbart";
export type Skal =
  | "saknas"
  | "for_fa"
  | "sekretess"
  | "ej_tillamplig"
  | "ej_summerbart"
  | "inget_villkor"
  | "perioden_pagar"
  | "sammanlagt";

export interface Judged {
  /** Null where nothing was measured. */
  readonly varde: Rational | null;
  readonly taljare: Rational | null;
  readonly namnare: Rational | null;
  readonly tackningsgrad: number | null;
  /** What may or may not count: nobody has said. */
  readonly okand: Rational;
  readonly malvarde: Rational | null;
  readonly status: Status;
  readonly skal: Skal | null;
  readonly ki: Interval | null;
}

/** A goal's demand in the measure's own unit; null bounds are open. */
interface Demand {
  readonly from: Rational | null;
  readonly to: Rational | null;
  /** Whether the bound itself is inside. */
  readonly closed: boolean;
  readonly target: Rational | null;
}

const ratio = ({ digits, decimals }: Exact, percent: boolean): Rational =>
  rational(digits, 10n ** BigInt(decimals) * (percent ? 100n : 1n));

const demand = (villkor: Villkor, scale: Rational): Demand => {
  if (villkor.operator === "..") {
    return {
      from: times(ratio(villkor.from, villkor.percent), scale),
      to: times(ratio(villkor.to, villkor.percent), scale),
      closed: true,
      target: null,
    };
  }
  const target = times(ratio(villkor.value, villkor.percent), scale);
  const up = villkor.operator === ">=" || villkor.operator === ">" || villkor.operator === "=";
  const down = villkor.operator === "<=" || villkor.operator === "<" || villkor.operator === "=";
  const closed = villkor.operator !== ">" && villkor.operator !== "<";
  return { from: up ? target : null, to: down ? target : null, closed, target };
};

const meets = (value: Rational, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (from === null || compare(value, from) >= edge) && (to === null || compare(value, to) <= -edge);
};

/** Whether some value from `least` to `most` would meet the demand: what is unknown could have decided. */
const mightMeet = (least: Rational, most: Rational, { from, to, closed }: Demand): boolean => {
  const edge = closed ? 0 : 1;
  return (from === null || compare(most, from) >= edge) && (to === null || compare(least, to) <= -edge);
};

const hundred = rational(100n);
const isMoney = ({ enhet }: Measure): boolean => enhet.startsWith("kr");

/** What one window's share of the target is: by covered days, or whole (`delperiod: hel`, and rates always). */
const scaleOf = (
  served: Served,
  windows: readonly { readonly dagar: number; readonly helDagar: number }[],
  prorate: boolean,
): Rational => {
  let sum = zero;
  for (const { index, dagar } of served.delar) {
    const window = windows[index];
    if (!window) continue;
    sum = plus(sum, rational(BigInt(dagar), BigInt(prorate ? window.helDagar : window.dagar)));
  }
  return sum;
};

export interface Case {
  readonly measure: Measure;
  readonly villkor: Villkor | undefined;
  readonly delperiod: "proportionell" | "hel";
  readonly served: Served;
  /** Lengths of the goal's own windows, clipped and whole. */
  readonly windows: readonly { readonly dagar: number; readonly helDagar: number }[];
  readonly sums: Sums;
  /** Rows cover the whole insats, so nothing found is 0. */
  readonly is_complete: boolean;
  /** Something somewhere says what a rate counts; else its numerator is missing, not 0. */
  readonly has_counts: boolean;
}

const additive = ({ slag }: Measure): boolean => slag === "antal" || slag === "summa";

const interval = (measure: Measure, taljare: Rational, namnare: Rational): Interval | null => {
  const x = toNumber(taljare);
  if (measure.slag === "antal") return byar(x);
  const n = toNumber(namnare);
  return measure.slag === "andel" && n > 0 && x >= 0 && x <= n ? wilson(x, n) : null;
};

/** Judges one window. */
export const judge = ({
  measure,
  villkor,
  delperiod,
  served,
  windows,
  sums,
  is_complete,
  has_counts,
}: Case): Judged => {
  const rate = !additive(measure);
  const wanted =
    villkor && demand(villkor, rate ? rational(1n) : scaleOf(served, windows, delperiod === "proportionell"));
  const malvarde = wanted?.target ?? null;
  const none = (skal: Skal, namnare: Rational | null = null): Judged => ({
    varde: null,
    taljare: null,
    namnare,
    tackningsgrad: null,
    okand: sums.okand,
    malvarde,
    status: "ej_matbart",
    skal,
    ki: null,
  });
  if (served.skal === "ej_summerbart" && sums.rader === 0) return none("ej_summerbart");
  if (rate && (sums.rader === 0 || sums.kanda === 0 || !has_counts))
    return none(served.skal === "ej_summerbart" ? "ej_summerbart" : "saknas");
  if (!rate && !is_complete && served.totals.length === 0) return none(served.skal ?? "saknas");
  if (rate && compare(sums.namnare, zero) === 0) return none("ej_tillamplig", zero);

  const scale = isMoney(measure) ? hundred : rational(1n);
  const varde = over(rate ? over(sums.taljare, sums.namnare) : sums.taljare, scale);
  const hasUnknown = compare(sums.okand, zero) > 0;
  const measured = {
    varde,
    taljare: sums.taljare,
    namnare: rate ? sums.namnare : null,
    tackningsgrad: rate && hasUnknown ? toNumber(over(sums.namnare, plus(sums.namnare, sums.okand))) : null,
    okand: sums.okand,
    malvarde,
    ki: interval(measure, sums.taljare, sums.namnare),
  };
  if (!wanted) return { ...measured, status: "ej_matbart", skal: "inget_villkor" };
  const isMet = meets(varde, wanted);
  const distinct = measure.slag === "antal" && served.totals.some(({ ar_summerbar: adds }) => !adds);
  const joined: Skal | null = served.ar_sammanslagen && served.delar.length > 1 && distinct ? "sammanlagt" : null;
  if (served.fonster.ar_oppet) {
    const onlyUp = wanted.from !== null && wanted.to === null;
    if (!rate && onlyUp && isMet) return { ...measured, status: "uppnatt", skal: joined };
    return { ...measured, status: "ej_matbart", skal: "perioden_pagar" };
  }
  if (!rate && hasUnknown) {
    const most = plus(varde, over(sums.okand, scale));
    const always = isMet && meets(most, wanted);
    if (!always && mightMeet(varde, most, wanted)) return { ...measured, status: "ej_matbart", skal: "saknas" };
  }
  return { ...measured, status: isMet ? "uppnatt" : "ej_uppnatt", skal: joined };
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

export const daysOf = (fonster: {
  readonly fran: string;
  readonly till: string;
  readonly hel: { readonly fran: string; readonly till: string };
}): { dagar: number; helDagar: number } => ({
  dagar: length(fonster),
  helDagar: length(fonster.hel),
});
