/** What must be true of a claim that data bound and do not settle. */
import type { Held } from "../goals/absences.ts";
import { calledTo } from "../goals/absencetext.ts";
import { floorOf, minus, plus, type Rational, rational, zero } from "../schema/rational.ts";
import { number } from "../schema/swedish.ts";
import { type Possible, partOf, shareOf, wholeOf } from "./andelar.ts";
import type { Claim } from "./claims.ts";
import { judgeClaim, toleranceOf } from "./judge.ts";
import type { Printed } from "./printed.ts";
import { type Computed, isMissing, type Known } from "./quantity.ts";

/** More unknown than so many are not tried one by one. */
const mostUnknown = 1000n;

/** How many of the unknown have to count for a printed figure to hold; empty where that is not tried. */
export const holdsIf = (printed: Printed | undefined, counted: Known, unknown: Rational): string => {
  const { value } = counted;
  if (!printed || value.slag !== "tal" || floorOf(unknown) > mostUnknown) return "";
  const holding = Array.from({ length: Number(floorOf(unknown)) + 1 }, (_, more) => more).filter((more) => {
    const tal = plus(value.tal, rational(BigInt(more)));
    const judged = judgeClaim(printed, { ...counted, value: { ...value, tal } }, "");
    return "utfall" in judged && judged.utfall !== "avviker";
  });
  const [least, most] = [holding[0], holding.at(-1)];
  if (least === undefined || most === undefined) return "Uppgiften stämmer inte vad de än är.";
  return `Uppgiften stämmer om ${least === most ? number(least) : `${number(least)}–${number(most)}`} av dem räknas.`;
};

/** What a printed share of attendance would be of the möten that were held, where nobody says who came. */
export const calledShare = (printed: Printed | undefined, parts: number, [held]: readonly Held[]): string => {
  const share = printed && shareOf(printed);
  if (!share || !held || parts === 0 || held.antal.n % held.antal.d !== 0n) return "";
  return `${calledTo(parts)} ${held.text}: ${partOf(share, floorOf(held.antal) * BigInt(parts)).text}`;
};

/** What a share's formula says its whole is: `[a] / [n]`. */
export const wholeName = ({ formula, printed }: Claim): string | undefined =>
  printed && shareOf(printed) && formula?.slag === "tecken" && formula.tecken === "/" && formula.b.slag === "uppgift"
    ? formula.b.namn
    : undefined;

/** From and to which count a whole may be. */
export type Counts = readonly [fran: bigint, till: bigint | undefined];

/** What a printed whole may be, by its word; undefined if it is no count. */
export const printedCounts = (printed: Printed): Counts | undefined => {
  const { value, ord, form } = printed;
  if (value.slag === "datum" || value.enhet !== "antal" || (value.slag === "tal" && form !== "tal")) return undefined;
  if (value.slag === "intervall") return [-floorOf(minus(zero, value.fran)), floorOf(value.till)];
  const n = floorOf(value.tal);
  const slack = ord === "cirka" ? floorOf(toleranceOf(printed, value.tal)) : 0n;
  const isUp = ord === "minst" || ord === "over" || ord === "drygt";
  const isDown = ord === "hogst" || ord === "under" || ord === "knappt";
  return [isDown ? 1n : n - slack, isUp ? undefined : n + slack];
};

/** What a whole that is not printed may be: what is computed, or anything where nobody states it. */
export const computedCounts = (computed: Computed): Counts | undefined => {
  if (isMissing(computed)) return computed.skal === "saknas" && !computed.between ? [1n, undefined] : undefined;
  const { value, isRough } = computed;
  if (value.slag !== "tal" || value.enhet !== "antal" || isRough || value.tal.n % value.tal.d !== 0n) return undefined;
  return [floorOf(value.tal), floorOf(value.tal)];
};

/** Whether a share is possible of its whole, and with the other shares of the same whole. */
export const possibleOf = (own: Printed, table: readonly Printed[], [fran, till]: Counts): Possible | undefined => {
  const share = shareOf(own);
  if (!share || fran < 1n) return undefined;
  const shares = table.flatMap((one) => shareOf(one) ?? []);
  return fran === till ? partOf(share, fran) : wholeOf(shares, fran, till);
};
