/** What a claim says of the figures it names, and whether the figures say the same: the contract's small grammar. */
import { dayNumber, wholeMonths } from "../schema/days.ts";
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
import { type Computed, isMissing, type Printed, stepOf, type Value, writeValue } from "./printed.ts";

const numbers = (values: readonly Value[]): Rational[] | undefined => {
  const found = values.map((value) => (value.kind === "tal" ? value.tal : undefined));
  return found.every((tal) => tal !== undefined) ? found : undefined;
};

const dates = (values: readonly Value[]): string[] | undefined => {
  const found = values.map((value) => (value.kind === "datum" ? value.datum : undefined));
  return found.every((datum) => datum !== undefined) ? found : undefined;
};

const tal = (n: Rational): Computed => ({ value: { kind: "tal", tal: n } });

/** The contract's small grammar: what a claim says of the figures it names. */
export const grammar: Readonly<Record<string, (values: readonly Value[]) => Computed>> = {
  summa_av: (values) => {
    const all = numbers(values);
    return all ? tal(all.reduce(plus, rational(0n))) : { missing: "det som ska summeras är inte tal" };
  },
  produkt_av: (values) => {
    const all = numbers(values);
    return all ? tal(all.reduce(times, rational(1n))) : { missing: "det som ska multipliceras är inte tal" };
  },
  kvot_av: (values) => {
    const [first, second] = numbers(values) ?? [];
    if (!first || !second) return { missing: "en kvot behöver två tal" };
    return compare(second, rational(0n)) === 0 ? { missing: "kvotens nämnare är 0" } : tal(over(first, second));
  },
  manader_mellan: (values) => {
    const [first, second] = dates(values) ?? [];
    return first && second
      ? tal(rational(BigInt(wholeMonths(first, second))))
      : { missing: "månader räknas mellan två datum" };
  },
  dagar_mellan: (values) => {
    const [first, second] = dates(values) ?? [];
    return first && second
      ? tal(rational(BigInt(dayNumber(second) - dayNumber(first))))
      : { missing: "dagar räknas mellan två datum" };
  },
  lika_med: (values) => {
    const [only] = values;
    return only ? { value: only } : { missing: "det finns inget att jämföra med" };
  },
};

type Outcome = Pick<Row<"utsagekontroll">, "utfall" | "differens" | "forklaring">;

const inside = (value: Rational, fran: Rational, till: Rational): boolean =>
  compare(value, fran) >= 0 && compare(value, till) <= 0;

/** How one claim is worked out, in Swedish, for the explanation. */
export const arithmetic = (matt: string, values: readonly Value[], asPercent: boolean): string => {
  const parts = values.map((value) => writeValue(value, asPercent));
  const signs: Readonly<Record<string, string>> = { summa_av: " + ", produkt_av: " × ", kvot_av: " / " };
  if (matt in signs)
    return values.map((value) => writeValue(value, asPercent && matt === "summa_av")).join(signs[matt]);
  if (matt === "manader_mellan") return `hela månader ${parts.join("–")}`;
  if (matt === "dagar_mellan") return `dagar från ${parts.join(" till ")}`;
  return parts.join(", ");
};

export const judgeClaim = (said: Printed, computed: Value, how: string): Outcome => {
  const { value } = said;
  const bare = writeValue(computed, said.percent);
  const unit = said.kronor ? "\u00a0kr" : "";
  const figure = `${bare}${computed.kind === "tal" ? unit : ""}`;
  const printedFigure = `${writeValue(value, said.percent)}${unit}`;
  const basis = how === bare ? `Underlaget ger ${figure}.` : `Underlaget ger ${how} = ${figure}.`;
  const verdict = (agrees: boolean, differens: number | null = null): Outcome => ({
    utfall: agrees ? "stammer" : "avviker",
    differens,
    forklaring: agrees ? basis : `Uppgiften är ${printedFigure}. ${basis}`,
  });
  if (value.kind === "datum" || computed.kind === "datum") {
    if (value.kind !== "datum" || computed.kind !== "datum") return verdict(false);
    return verdict(value.datum === computed.datum, dayNumber(value.datum) - dayNumber(computed.datum));
  }
  if (value.kind === "intervall") {
    return verdict(
      computed.kind === "tal"
        ? inside(computed.tal, value.fran, value.till)
        : compare(value.fran, computed.fran) === 0 && compare(value.till, computed.till) === 0,
    );
  }
  if (computed.kind === "intervall") return verdict(inside(value.tal, computed.fran, computed.till));
  const differens = toNumber(minus(value.tal, computed.tal));
  if (compare(value.tal, computed.tal) === 0) return verdict(true, 0);
  const inUnits = over(computed.tal, said.unit);
  const saidUnits = over(value.tal, said.unit);
  for (const [way, words] of [
    ["half up", "avrundat"],
    ["truncate", "avhugget, inte avrundat,"],
  ] as const) {
    if (compare(rounded(inUnits, said.decimals, way), saidUnits) === 0) {
      return {
        utfall: "avrundning",
        differens,
        forklaring: `${basis} Det är ${printedFigure} ${words} till rapportens noggrannhet.`,
      };
    }
  }
  return verdict(false, differens);
};

/** A figure in the unit that the report prints it in. */
const inPrintedUnit = (value: Rational, said: Printed): string =>
  `${writeValue({ kind: "tal", tal: value }, said.percent)}${said.kronor ? "\u00a0kr" : ""}`;

const oneHalf = rational(1n, 2n);

/** Half of the last printed digit: how far from the exact figure a rounded one may be. Counts are not rounded. */
const slackOf = (said: Printed | undefined): Rational =>
  said && (said.kronor || said.percent || said.decimals > 0) ? times(stepOf(said), oneHalf) : zero;

/** ` (822 000–922 000 kr …)`, where the total is printed in thousands or millions. */
const within = (value: Rational, said: Printed): string => {
  if (!said.kronor || compare(stepOf(said), rational(1n)) <= 0) return "";
  const slack = slackOf(said);
  const [low, high] = [minus(value, slack), plus(value, slack)];
  return ` (${writeValue({ kind: "intervall", fran: low, till: high }, said.percent)}\u00a0kr, eftersom uppgiften är avrundad till hela ${inPrintedUnit(stepOf(said), said)})`;
};

/** A sum one of whose terms nobody states: what the others come to, and what is left of the total for it. */
export const remainder = (matt: string | null, said: Printed | undefined, terms: readonly Computed[]): string => {
  const stated = numbers(terms.flatMap((term) => (isMissing(term) ? [] : [term.value])));
  if (
    matt !== "summa_av" ||
    said?.value.kind !== "tal" ||
    !stated ||
    stated.length === 0 ||
    stated.length === terms.length
  )
    return "";
  const sum = stated.reduce(plus, zero);
  const left = minus(said.value.tal, sum);
  return `. Det som anges blir ${inPrintedUnit(sum, said)}; av uppgiftens ${inPrintedUnit(said.value.tal, said)} är ${inPrintedUnit(left, said)} inte specificerat${within(left, said)}`;
};

/** A total that is not the sum of its listed parts: whether rounding each part may do it, else what is left or over. */
export const unlisted = (matt: string, said: Printed, computed: Value, terms: readonly Computed[]): string => {
  if (matt !== "summa_av" || said.value.kind !== "tal" || computed.kind !== "tal" || terms.length < 2) return "";
  const left = minus(said.value.tal, computed.tal);
  const size = compare(left, zero) < 0 ? minus(zero, left) : left;
  const slack = terms.map((term) => slackOf(isMissing(term) ? undefined : term.said)).reduce(plus, slackOf(said));
  if (compare(size, slack) <= 0) return " Skillnaden ryms i att talen är avrundade vart för sig.";
  return compare(left, zero) > 0
    ? ` Delarna lämnar ${inPrintedUnit(left, said)} av summan${within(left, said)}.`
    : ` Delarna är ${inPrintedUnit(size, said)} mer än summan.`;
};
