/** Quantities and their arithmetic: exact, and never over unlike units. */
import type { Skal } from "../goals/judge.ts";
import { dayNumber, wholeMonths } from "../schema/days.ts";
import type { Formula } from "../schema/formula.ts";
import { compare, minus, over, plus, type Rational, rational, times, toNumber, zero } from "../schema/rational.ts";
import { number, percent } from "../schema/swedish.ts";

/**
 * What a printed or computed figure is. `enhet` is `antal`, `andel` (0–1), `procentenheter` (0–1), `kr`, `timmar`, `dagar`,
 * `manader`, another measure's unit or one over another (`kr/timmar`); empty for a number that the formula itself states.
 */
export type Value =
  | { readonly slag: "tal"; readonly tal: Rational; readonly enhet: string }
  | { readonly slag: "datum"; readonly datum: string }
  | { readonly slag: "intervall"; readonly fran: Rational; readonly till: Rational; readonly enhet: string };

/** Why there is no figure: the contract's word for it, and a clause for the reader. */
export interface Missing {
  readonly skal: Skal;
  readonly missing: string;
  /** How many refused rows may belong to it. */
  readonly avvisade?: number;
  /** What must be true, as a whole sentence; empty where nothing is said. */
  readonly krav?: string;
  /** What was counted, and the least and the most that it could be with the rows that were not. */
  readonly between?: readonly [counted: Known, least: Known, most: Known];
}

/** A figure, with what its readers need to know of how it came about. */
export interface Known {
  readonly value: Value;
  /** It is, or rests on, a figure that is printed with a word: cirka, över. */
  readonly isRough: boolean;
  /** It is written in percent. */
  readonly percent: boolean;
  /** The counts that it rests on, by the figure that states each. */
  readonly counts: ReadonlyMap<string, Rational>;
  /** How far it may be from the exact figure because it is rounded: half of its last printed digit. */
  readonly slack: Rational;
  /** What it is the sum of, where that is known. */
  readonly parts?: readonly Value[];
  /** Why it is what it is, as whole sentences. */
  readonly note?: string;
  /** Between which ends it lies where some is unknown, as a whole sentence; empty where nothing is said. */
  readonly krav?: string;
}

export type Computed = Known | Missing;

export const isMissing = (computed: Computed): computed is Missing => "missing" in computed;

/** A number that no figure is behind. */
export const plainKnown = (value: Value): Known => ({
  ...{ value, isRough: false, percent: false, counts: new Map(), slack: zero },
});

/** The unit of a sum or a difference; undefined for unlike units. A plain number takes the other's. */
const sumUnit = (a: string, b: string, sign: "+" | "-"): string | undefined => {
  if (a === "" || b === "") return a === "" ? b : a;
  if (a === b) return a === "andel" && sign === "-" ? "procentenheter" : a;
  return [a, b].every((unit) => unit === "andel" || unit === "procentenheter") ? "andel" : undefined;
};

const isTime = (unit: string): boolean => ["timmar", "dagar", "manader"].includes(unit);

/** The unit of a product: shares and counts keep the other's. A rate in kronor is printed as kronor, so hours of it are too. */
const productUnit = (a: string, b: string): string | undefined => {
  const pairs = [
    [a, b],
    [b, a],
  ] as const;
  for (const [one, other] of pairs) if (one === "" || one === "andel") return other;
  for (const [one, other] of pairs) {
    if (one === "antal" || (isTime(one) && other === "kr")) return other;
    if (one.endsWith(`/${other}`)) return one.slice(0, -other.length - 1);
  }
  return undefined;
};

const quotientUnit = (a: string, b: string): string => {
  if (a === b) return a === "" ? "" : "andel";
  if (a === "procentenheter" && b === "andel") return "andel";
  return b === "" || b === "andel" || b === "antal" ? a : `${a === "" ? "1" : a}/${b}`;
};

const unlike = (a: string, b: string): Missing => ({
  skal: "olika_enheter",
  missing: `${unitText(a)} och ${unitText(b)} är olika enheter`,
});

const unitNames: Readonly<Record<string, string>> = { kr: "kronor", manader: "månader", andel: "andelar" };
export const unitText = (unit: string): string => unitNames[unit] ?? (unit === "" ? "tal" : unit);

const ofAnotherKind = (value: Value): Missing => ({
  skal: "annat_slag",
  missing: value.slag === "datum" ? `${value.datum} är en dag, inget tal` : "ett intervall går inte att räkna med",
});

const calculate = (formula: Formula & { slag: "tecken" }, a: Value, b: Value): Value | Missing => {
  if (a.slag !== "tal") return ofAnotherKind(a);
  if (b.slag !== "tal") return ofAnotherKind(b);
  const { tecken } = formula;
  if (tecken === "/") {
    if (compare(b.tal, zero) === 0) return { skal: "ej_tillamplig", missing: "nämnaren är 0" };
    return { slag: "tal", tal: over(a.tal, b.tal), enhet: quotientUnit(a.enhet, b.enhet) };
  }
  const enhet = tecken === "*" ? productUnit(a.enhet, b.enhet) : sumUnit(a.enhet, b.enhet, tecken);
  if (enhet === undefined) return unlike(a.enhet, b.enhet);
  return { slag: "tal", tal: { "+": plus, "-": minus, "*": times }[tecken](a.tal, b.tal), enhet };
};

const countTime = (formula: Formula & { slag: "funktion" }, a: Value, b: Value): Value | Missing => {
  if (a.slag !== "datum" || b.slag !== "datum")
    return { skal: "annat_slag", missing: `${formula.namn === "dagar" ? "dagar" : "månader"} räknas mellan två datum` };
  const count = formula.namn === "dagar" ? dayNumber(b.datum) - dayNumber(a.datum) : wholeMonths(a.datum, b.datum);
  return { slag: "tal", tal: rational(BigInt(count)), enhet: formula.namn };
};

/** The counts that a step shows besides its figures: what it comes to, and what a share leaves out of its whole. */
const impliedCounts = (
  formula: Formula & { slag: "tecken" | "funktion" },
  a: Value,
  b: Value,
  found: Value,
): [string, Rational][] => {
  const isCount = (value: Value): value is Value & { slag: "tal" } => value.slag === "tal" && value.enhet === "antal";
  if (isCount(found)) return [[`beräknat ${plainText(found)}`, found.tal]];
  if (formula.slag !== "tecken" || formula.tecken !== "/" || !isCount(a) || !isCount(b)) return [];
  const rest = minus(b.tal, a.tal);
  return compare(rest, zero) > 0 ? [[`övriga ${toNumber(rest)}`, rest]] : [];
};

/** Works a formula out. An interval enters no arithmetic: alone it is only compared. @param figureOf what a name stands for */
export const evaluate = (formula: Formula, figureOf: (name: string) => Computed): Computed => {
  if (formula.slag === "tal") return plainKnown({ slag: "tal", tal: formula.tal, enhet: "" });
  if (formula.slag === "uppgift") return figureOf(formula.namn);
  const a = evaluate(formula.a, figureOf);
  if (isMissing(a)) return a;
  const b = evaluate(formula.b, figureOf);
  if (isMissing(b)) return b;
  const value = formula.slag === "tecken" ? calculate(formula, a.value, b.value) : countTime(formula, a.value, b.value);
  if ("missing" in value) return value;
  return {
    value,
    isRough: a.isRough || b.isRough,
    percent: a.percent || b.percent,
    counts: new Map([...a.counts, ...b.counts, ...impliedCounts(formula, a.value, b.value, value)]),
    slack: zero,
  };
};

/** A value as a result keeps it: `0.85`, `2018-04-01`, `16..64`. */
export const plainText = (value: Value): string => {
  if (value.slag === "datum") return value.datum;
  if (value.slag === "intervall") return `${toNumber(value.fran)}..${toNumber(value.till)}`;
  return String(toNumber(value.tal));
};

/** A number as a reader sees it: decimal comma, percent where it is printed so. */
export const writeNumber = (tal: Rational, asPercent: boolean): string =>
  asPercent ? percent(toNumber(tal), 2).replace(/,00(?=\s)|(,\d)0(?=\s)/, "$1") : number(toNumber(tal), 4);

export const writeValue = (value: Value, asPercent: boolean): string => {
  if (value.slag === "datum") return value.datum;
  const shares = value.enhet === "andel" || value.enhet === "procentenheter" || value.enhet === "";
  const write = (tal: Rational): string => writeNumber(tal, asPercent && shares);
  return value.slag === "intervall" ? `${write(value.fran)}–${write(value.till)}` : write(value.tal);
};
