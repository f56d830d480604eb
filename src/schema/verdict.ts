/** What a verdict says of the counts behind it: the same for what is hidden, what is published and who attacks it. */
import { measures } from "./measures.ts";
import { parseVillkor } from "./villkor.ts";

/** What a value is known to be by its verdict. */
export interface VerdictBound {
  readonly op: ">=" | "<=";
  readonly value: number;
  /** Whether the value itself is left out. */
  readonly isStrict: boolean;
  /** Whether some value has the verdict. */
  holds(value: number): boolean;
}

/** @returns undefined for what is no bound: an interval, an equality, a condition that changes, no verdict */
export const boundOfVerdict = (
  villkor: string | null,
  malvarde: number | null,
  status: string,
): VerdictBound | undefined => {
  const asked = villkor === null ? undefined : parseVillkor(villkor);
  if (!asked || malvarde === null || asked.operator === ".." || asked.operator === "=") return undefined;
  if (status !== "uppnatt" && status !== "ej_uppnatt") return undefined;
  const isMet = status === "uppnatt";
  const isUp = asked.operator.startsWith(">") === isMet;
  const isStrict = (asked.operator.length === 1) === isMet;
  return {
    op: isUp ? ">=" : "<=",
    value: malvarde,
    isStrict,
    holds: (value) => (value === malvarde ? !isStrict : value > malvarde === isUp),
  };
};

/** `counted` persons that count and `all` that they are counted among, weighed: what they come to is bounded by `rhs`. */
export interface CountBound {
  readonly counted: number;
  readonly all: number;
  readonly op: ">=" | "<=";
  readonly rhs: number;
}

/** The first or last whole number within a bound. What rounding adds to a product is no part of it. */
const wholeOf = (op: CountBound["op"], value: number, isStrict: boolean): number => {
  const rounded = Number(value.toFixed(9));
  if (op === ">=") return isStrict ? Math.floor(rounded) + 1 : Math.ceil(rounded);
  return isStrict ? Math.ceil(rounded) - 1 : Math.floor(rounded);
};

/** Shares have targets of so many parts at most. */
const mostParts = 1000;

/** The least that counts weighed by 1 and a share differ from 0 where they do: 40 % is two parts of five, and they come to fifths. */
const leastStep = (share: number): number => {
  for (let parts = 1; parts <= mostParts; parts++)
    if (Math.abs(share * parts - Math.round(share * parts)) < 1e-9) return 1 / parts;
  return 0;
};

/**
 * A bound on a measure's value as one on its counts, which are whole.
 * @param taljare öre, of a cost; else not read
 * @param namnare the target group, of a share of one; else not read
 */
export const boundOnCounts = (
  matt: string,
  { op, value, isStrict }: VerdictBound,
  taljare: number | null,
  namnare: number | null,
): CountBound | undefined => {
  const { slag, enhet = "" } = measures.get(matt) ?? {};
  if (slag === "antal" || slag === "summa") return { counted: 1, all: 0, op, rhs: wholeOf(op, value, isStrict) };
  if (slag === "andel") {
    const step = isStrict ? leastStep(value) : 0;
    return { counted: 1, all: -value, op, rhs: op === ">=" ? step : -step };
  }
  if (enhet === "andel")
    return namnare === null ? undefined : { counted: 1, all: 0, op, rhs: wholeOf(op, value * namnare, isStrict) };
  if (!enhet.startsWith("kr") || taljare === null || value === 0) return undefined;
  const turned = op === ">=" ? "<=" : ">=";
  return { counted: 0, all: 1, op: turned, rhs: wholeOf(turned, taljare / 100 / value, isStrict) };
};
