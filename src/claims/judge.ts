/** Whether a printed figure is what was computed: the first outcome of the contract that holds. */
import { dayNumber } from "../schema/days.ts";
import {
  compare,
  minus,
  over,
  plus,
  type Rational,
  rational,
  rounded,
  times,
  toNumber,
  zero,
} from "../schema/rational.ts";
import type { Row } from "../schema/results.ts";
import { type Ord, type Printed, wordOf } from "./printed.ts";
import {
  type Computed,
  isMissing,
  type Known,
  type Missing,
  unitText,
  type Value,
  writeNumber,
  writeValue,
} from "./quantity.ts";

export type Outcome = Pick<Row<"utsagekontroll">, "utfall" | "differens" | "forklaring">;

const size = (value: Rational): Rational => (value.n < 0n ? minus(zero, value) : value);
const isWithin = (a: Rational, b: Rational, slack: Rational): boolean => compare(size(minus(a, b)), slack) <= 0;
const largest = (a: Rational, b: Rational): Rational => (compare(a, b) >= 0 ? a : b);
const smallest = (a: Rational, b: Rational): Rational => (compare(a, b) <= 0 ? a : b);
const half = rational(1n, 2n);
const one = rational(1n);

/** What the last printed digit stands for: 100 000 kr in `9,3 mkr`, one krona in `850 080 kr`. */
export const stepOf = ({ unit, decimals }: Printed): Rational => times(unit, rational(1n, 10n ** BigInt(decimals)));

/** How far from the printed figure `cirka` reaches: 5 % or half of its last digit that is not 0, and never more than 10 %. */
export const toleranceOf = ({ form, last }: Printed, value: Rational): Rational => {
  if (form === "av") return times(last, half);
  const share = (percent: bigint): Rational => times(size(value), rational(percent, 100n));
  return form === "brak" ? share(5n) : smallest(largest(share(5n), times(last, half)), share(10n));
};

/** Whether a number is what a word before the printed one says; a tenth is as far as drygt and knappt reach. */
const keepsWord = (ord: Ord, computed: Rational, said: Rational): boolean => {
  const order = compare(computed, said);
  const tenth = times(size(said), rational(1n, 10n));
  return {
    cirka: false,
    drygt: order >= 0 && compare(computed, plus(said, tenth)) <= 0,
    knappt: order <= 0 && compare(computed, minus(said, tenth)) >= 0,
    over: order > 0,
    under: order < 0,
    minst: order >= 0,
    hogst: order <= 0,
  }[ord];
};

const currency = (enhet: string): string => enhet.split("/")[0] ?? enhet;

/** Units that are printed as themselves; any other (`möten/individ`) is printed as a count. */
const ownUnits = ["kr", "andel", "procentenheter", "timmar", "dagar", "manader"];

/** Whether two figures are of one unit: a plain number is of any, and an amount per something is an amount. */
const isAlike = (printed: Printed, computed: Value): boolean => {
  const { value } = printed;
  if (value.slag === "datum" || computed.slag === "datum") return value.slag === computed.slag;
  if (computed.slag === "intervall" && value.slag !== "intervall") return false;
  // A bare 35 beside a share of all may be 35 %, and is no share.
  const isPercent = value.slag === "tal" && compare(value.tal, one) > 0 && computed.enhet === "andel";
  if (printed.isPlain && isPercent) return computed.slag === "tal" && compare(computed.tal, one) > 0;
  if (printed.isPlain || computed.enhet === "") return true;
  const isCount = value.enhet === "antal" && !ownUnits.includes(currency(computed.enhet));
  return isCount || value.enhet === computed.enhet || (value.enhet === "kr" && currency(computed.enhet) === "kr");
};

/** The unit as it is written after a figure. */
export const suffix = (value: Value): string =>
  value.slag !== "datum" && currency(value.enhet) === "kr" ? "\u00a0kr" : "";

type Utfall = Outcome["utfall"];

/** The outcome of a printed number beside a computed one of its unit. */
const compareNumbers = (printed: Printed, said: Rational, computed: Known, found: Rational): Utfall => {
  const { ord, form, unit, decimals } = printed;
  if (ord !== null && ord !== "cirka") {
    if (!keepsWord(ord, found, said)) return "avviker";
    return (ord === "drygt" || ord === "knappt") && compare(found, said) !== 0 ? "ungefar" : "stammer";
  }
  if (compare(found, said) === 0) return "stammer";
  if (form === "tal") {
    const [inUnits, saidUnits] = [over(found, unit), over(said, unit)];
    const isCount = computed.value.slag === "tal" && computed.value.enhet === "antal";
    if (compare(rounded(inUnits, decimals, "half up"), saidUnits) === 0) return "avrundning";
    if (!isCount && compare(rounded(inUnits, decimals, "truncate"), saidUnits) === 0) return "avhugget";
  }
  const isRough = ord === "cirka" || form !== "tal" || computed.isRough;
  return isRough && isWithin(found, said, toleranceOf(printed, said)) ? "ungefar" : "avviker";
};

const outcomeOf = (printed: Printed, computed: Known): Utfall => {
  const { value } = printed;
  const found = computed.value;
  const verdict = (holds: boolean): Utfall => (holds ? "stammer" : "avviker");
  if (value.slag === "datum") return verdict(found.slag === "datum" && value.datum === found.datum);
  if (value.slag === "intervall" && found.slag === "intervall")
    return verdict(compare(value.fran, found.fran) === 0 && compare(value.till, found.till) === 0);
  if (found.slag !== "tal") return verdict(false);
  if (value.slag === "tal") return compareNumbers(printed, value.tal, computed, found.tal);
  return verdict(compare(found.tal, value.fran) >= 0 && compare(found.tal, value.till) <= 0);
};

const differenceOf = (a: Value, b: Value): number | null => {
  if (a.slag === "datum") return b.slag === "datum" ? dayNumber(a.datum) - dayNumber(b.datum) : null;
  return a.slag === "tal" && b.slag === "tal" ? toNumber(minus(a.tal, b.tal)) : null;
};

/**
 * Judges a printed figure by a computed one.
 * @param how how it was computed, for the explanation
 * @returns why not, where they are of unlike units
 */
export const judgeClaim = (printed: Printed, computed: Known, how: string): Outcome | Missing => {
  const { value, ord, percent } = printed;
  const found = computed.value;
  if (!isAlike(printed, found)) {
    const unitOf = (one: Value): string =>
      one.slag === "datum" ? "en dag" : one.slag === "intervall" ? "ett intervall" : unitText(one.enhet);
    const isKind = value.slag === "tal" && found.slag === "tal";
    return {
      skal: isKind ? "olika_enheter" : "annat_slag",
      missing: `uppgiften är ${unitOf(value)} och underlaget ger ${unitOf(found)}, som inte jämförs`,
    };
  }
  const asPercent = percent || (computed.percent && !(value.slag === "tal" && suffix(value) !== ""));
  const bare = writeValue(found, asPercent);
  const figure = `${bare}${suffix(found.slag === "tal" && found.enhet === "" ? value : found)}`;
  const asPrinted = `${ord === null ? "" : `${wordOf(ord)} `}${writeValue(value, percent)}${suffix(value)}`;
  const basis = how === bare ? `Underlaget ger ${figure}.` : `Underlaget ger ${how} = ${figure}.`;
  const outcome = outcomeOf(printed, computed);
  const utfall = computed.isRough && outcome !== "avviker" ? "ungefar" : outcome;
  const explain: Readonly<Record<string, string>> = {
    avrundning: `${basis} Det är ${asPrinted} avrundat till rapportens noggrannhet.`,
    avhugget: `${basis} Det är ${asPrinted} avhugget, inte avrundat, till rapportens noggrannhet.`,
    ungefar: computed.isRough
      ? `${basis} Underlaget är självt ungefärligt, och uppgiften är ${asPrinted}.`
      : `${basis} Det är ungefär ${writeValue(value, percent)}${suffix(value)}.`,
    avviker: `Uppgiften är ${asPrinted}. ${basis}`,
  };
  const asSaid = ord === null ? basis : `${basis} Uppgiften är ${asPrinted}.`;
  return { utfall, differens: differenceOf(value, found), forklaring: explain[utfall] ?? asSaid };
};

/** A figure in the unit that the report prints it in. */
const inPrintedUnit = (tal: Rational, { value, percent }: Printed): string =>
  `${writeNumber(tal, percent)}${suffix(value)}`;

const isAmount = ({ value }: Printed): boolean => value.slag === "tal" && value.enhet === "kr";

/** Half of the last printed digit: how far from the exact figure a rounded one may be. Counts are not rounded. */
export const slackOf = (printed: Printed): Rational =>
  isAmount(printed) || printed.percent || printed.decimals > 0 ? times(stepOf(printed), half) : zero;

/** ` (822 000–922 000 kr …)`, where the total is printed in thousands or millions. */
const within = (value: Rational, printed: Printed): string => {
  if (!isAmount(printed) || compare(stepOf(printed), rational(1n)) <= 0) return "";
  const [low, high] = [minus(value, slackOf(printed)), plus(value, slackOf(printed))];
  return ` (${writeNumber(low, false)}–${writeNumber(high, false)}\u00a0kr, eftersom uppgiften är avrundad till hela ${inPrintedUnit(stepOf(printed), printed)})`;
};

/** A sum one of whose terms nobody states: what the others come to, and what is left of the total for it. */
export const remainder = (printed: Printed | undefined, terms: readonly Computed[]): string => {
  if (printed?.value.slag !== "tal") return "";
  const stated = terms.flatMap((term) => (isMissing(term) || term.value.slag !== "tal" ? [] : [term.value.tal]));
  if (stated.length === 0 || stated.length === terms.length) return "";
  const sum = stated.reduce(plus, zero);
  const left = minus(printed.value.tal, sum);
  return `. Det som anges blir ${inPrintedUnit(sum, printed)}; av uppgiftens ${inPrintedUnit(printed.value.tal, printed)} är ${inPrintedUnit(left, printed)} inte specificerat${within(left, printed)}`;
};

/** A total that is not the sum of its listed parts: whether rounding each part may do it, else what is left or over. */
export const unlisted = (printed: Printed, computed: Value, terms: readonly Known[]): string => {
  if (printed.value.slag !== "tal" || computed.slag !== "tal" || terms.length < 2) return "";
  const left = minus(printed.value.tal, computed.tal);
  const slack = terms.map((term) => term.slack).reduce(plus, slackOf(printed));
  if (compare(size(left), slack) <= 0) return " Skillnaden ryms i att talen är avrundade vart för sig.";
  return compare(left, zero) > 0
    ? ` Delarna lämnar ${inPrintedUnit(left, printed)} av summan${within(left, printed)}.`
    : ` Delarna är ${inPrintedUnit(size(left), printed)} mer än summan.`;
};
