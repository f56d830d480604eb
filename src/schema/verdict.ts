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

/**
 * A bound on a measure's value as one on its counts.
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
  const turned = op === ">=" ? "<=" : ">=";
  if (slag === "antal" || slag === "summa") {
    const up = isStrict ? Math.floor(value) + 1 : Math.ceil(value);
    const down = isStrict ? Math.ceil(value) - 1 : Math.floor(value);
    return { counted: 1, all: 0, op, rhs: op === ">=" ? up : down };
  }
  if (slag === "andel") return { counted: 1, all: -value, op, rhs: 0 };
  if (enhet === "andel") return namnare === null ? undefined : { counted: 1, all: 0, op, rhs: value * namnare };
  if (!enhet.startsWith("kr") || taljare === null || value === 0) return undefined;
  return { counted: 0, all: 1, op: turned, rhs: taljare / 100 / value };
};
