/**
 * Whether printed shares are possible: a share of a whole of n is one of n + 1 fractions, and most printed digits are none of
 * them. The GRIM test (Brown and Heathers 2017, Social Psychological and Personality Science 8:4, doi 10.1177/1948550616673876)
 * asks it of one mean and its n; here it is asked of all the shares of one whole, whose n may be known, bounded or unknown.
 */
import { compare, floorOf, minus, over, plus, type Rational, rational, times } from "../schema/rational.ts";
import { counted, listed, number } from "../schema/swedish.ts";
import { stepOf } from "./judge.ts";
import type { Printed } from "./printed.ts";
import { writeNumber } from "./quantity.ts";

/** A figure with the digits that it is printed with: 0,409 with step 0,001 for `40,9 %`. */
export interface Share {
  readonly tal: Rational;
  readonly step: Rational;
}

/** A half may be rounded either way, as Brown and Heathers allow; what is cut off lies above what is printed. */
export type Way = "avrundat" | "avhugget";

/** The whole numbers of a whole of `n` that are printed so; undefined if there is none. */
export const numeratorsOf = (
  { tal, step }: Share,
  n: bigint,
  how: Way,
): { readonly fran: bigint; readonly till: bigint } | undefined => {
  const half = times(step, rational(1n, 2n));
  const whole = rational(n);
  const low = times(how === "avrundat" ? minus(tal, half) : tal, whole);
  const high = times(plus(tal, how === "avrundat" ? half : step), whole);
  const fran = low.n <= 0n ? 0n : (low.n + low.d - 1n) / low.d;
  const below = high.n / high.d;
  const till = how === "avhugget" && below * high.d === high.n ? below - 1n : below;
  return fran <= till ? { fran, till } : undefined;
};

/** Every n from `fran` to `till` of which all the shares are possible, printed alike. */
export const wholesOf = (shares: readonly Share[], fran: bigint, till: bigint, how: Way): bigint[] => {
  const found: bigint[] = [];
  for (let n = fran; n <= till; n++) if (shares.every((share) => numeratorsOf(share, n, how))) found.push(n);
  return found;
};

/** A printed share as it is tried: 0–100 %, without a word that makes it rough. */
export const shareOf = (printed: Printed): Share | undefined => {
  const { value, ord, form, percent } = printed;
  if (value.slag !== "tal" || value.enhet !== "andel" || !percent || form !== "tal" || ord !== null) return undefined;
  const isPart = value.tal.n >= 0n && value.tal.n <= value.tal.d;
  return isPart ? { tal: value.tal, step: stepOf(printed) } : undefined;
};

/** A sentence, with the counts that it shows or gives away. */
export interface Possible {
  readonly text: string;
  readonly counts: readonly bigint[];
}

const ways = ["avrundat", "avhugget"] as const;
const inPercent = (tal: Rational): string => writeNumber(tal, true);
const whole = (count: bigint): string => number(Number(count));

/** What a printed share is of a known whole, or that it is none. */
export const partOf = (share: Share, n: bigint): Possible => {
  for (const how of ways) {
    const found = numeratorsOf(share, n, how);
    if (!found) continue;
    const { fran, till } = found;
    const many = fran === till ? whole(fran) : `${whole(fran)}–${whole(till)}`;
    const cut = how === "avhugget" ? ` (${inPercent(rational(fran, n))}), avhugget och inte avrundat` : "";
    return {
      text: `${inPercent(share.tal)} är ${many} av ${whole(n)}${cut}.`,
      counts: [fran, till, n - fran, n - till],
    };
  }
  const below = floorOf(times(share.tal, rational(n)));
  const near = [below, below + 1n].map((k) => `${whole(k)} är ${inPercent(rational(k, n))}`);
  return {
    text: `${inPercent(share.tal)} är inget helt antal av ${whole(n)}: ${near.join(" och ")}.`,
    counts: [below, below + 1n, n - below, n - below - 1n],
  };
};

/** How many wholes are listed, and how many are tried. */
const listedWholes = 6n;
const mostWholes = 100_000n;

/**
 * Which wholes make shares of one whole hold together: up to the n from which every share with so many digits is possible.
 * @param fran the least that the whole may be
 * @param till the most; undefined where nobody says
 * @returns undefined if the digits decide nothing
 */
export const wholeOf = (shares: readonly Share[], fran: bigint, till: bigint | undefined): Possible | undefined => {
  const [first] = shares;
  const [finest] = shares.map(({ step }) => step).sort(compare);
  const any = finest ? floorOf(over(rational(1n), finest)) : 0n;
  if (!first || fran >= any || any > mostWholes) return undefined;
  const isOpen = till === undefined || till >= any;
  const tried = ways.map((how) => ({ how, wholes: wholesOf(shares, fran, isOpen ? any - 1n : till, how) }));
  const { how, wholes } = tried.find((one) => one.wholes.length > 0) ?? { how: "avrundat", wholes: [] };
  const named = wholes.slice(0, Number(listedWholes));
  const counts = named.flatMap((n) =>
    shares.flatMap((share) => {
      const found = numeratorsOf(share, n, how);
      return found ? [found.fran, found.till, n - found.fran, n - found.till] : [];
    }),
  );
  const which = shares.length === 1 ? inPercent(first.tal) : `De ${counted(shares.length)} andelarna av samma helhet`;
  if (wholes.length === 0 && !isOpen)
    return {
      text: `${which} går inte ihop i hela antal: ingen helhet ${whole(fran)}–${whole(till)} ger det som är tryckt.`,
      counts,
    };
  const rest = wholes.length - named.length;
  const ends = [
    ...named.map(whole),
    ...(rest > 0 ? [`något av ${counted(rest)} tal till`] : []),
    ...(isOpen ? [`minst ${whole(any)}`] : []),
  ];
  const all = listed(ends).replace(/ och (?=[^,]*$)/, " eller ");
  const cut = how === "avhugget" ? " avhuggna" : "";
  return { text: `${which} går ihop i hela antal${cut} om helheten är ${all}.`, counts };
};
