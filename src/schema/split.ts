/**
 * An amount shared out by a key, to the öre: largest remainder (Hare's quota, also Hamilton's method). Each part is
 * floored, towards minus infinity, and every öre left over goes to the largest remainder, ties to the id that sorts first.
 * It is what the SQL macro `storsta_rest` does to a run's amounts; a test holds the two together.
 */
import { UsageError } from "./errors.ts";
import { floorOf, rational, toNumber } from "./rational.ts";

export interface Part {
  readonly id: string;
  readonly ore: number;
  /** The part before it was made whole öre. */
  readonly exakt: number;
}

/** A part with what decided it: of what was left over when all were floored, whether it got one öre. */
export interface ExplainedPart extends Part {
  /** What it weighs, as written. */
  readonly vikt: string;
  readonly golv: number;
  /** What the floor took from it, 0 up to 1 öre. */
  readonly rest: number;
  readonly far_ore: boolean;
}

export interface Split {
  readonly delar: readonly Part[];
}

/** Shares by id: `a=52,b=34,c=14`, or an object. They need not sum to 100: what counts is their proportion. */
export type Key = string | Readonly<Record<string, number | string>>;

const space = "[ \\u00a0\\u202f]";
const amountForm = new RegExp(
  `^([-−–]?)${space}?(\\d+|\\d{1,3}(?:${space}\\d{3})+)(?:[.,](\\d{1,2}))?(?:${space}?kr)?$`,
);

/** Kronor as written, as whole öre. */
const oreOf = (written: string): bigint => {
  const found = amountForm.exec(written.trim());
  if (!found) throw new UsageError(`amount: ${written}: kronor are written 310163, 310 163,50 or -500, in whole öre`);
  const [, sign, whole = "", decimals = ""] = found;
  const ore = BigInt(whole.replace(/\D/g, "") + decimals.padEnd(2, "0"));
  if (ore > BigInt(Number.MAX_SAFE_INTEGER)) throw new UsageError(`amount: ${written}: it is too large to be kronor`);
  return sign ? -ore : ore;
};

interface Weight {
  readonly id: string;
  readonly vikt: string;
  readonly digits: bigint;
  readonly decimals: number;
}

const weightOf = (id: string, written: string): Weight => {
  const found = /^(\d+)(?:[.,](\d{1,20}))?(?: ?%)?$/.exec(written);
  if (!found) throw new UsageError(`key: ${id}=${written}: a share is written 52, 33,3 or 52 %, 0 or more`);
  const [, whole = "", decimals = ""] = found;
  return { id, vikt: written, digits: BigInt(whole + decimals), decimals: decimals.length };
};

/** A comma parts two shares where an id and `=` follow it; otherwise it is a decimal comma. */
const entriesOf = (key: Key): [string, string][] =>
  typeof key === "string"
    ? key.split(/,(?=[^,=]*=)/).map((piece) => {
        const at = piece.indexOf("=");
        if (at < 1) throw new UsageError(`key: ${piece || key}: write id=share, such as a=52,b=34,c=14`);
        return [piece.slice(0, at).trim(), piece.slice(at + 1).trim()];
      })
    : Object.entries(key).map(([id, share]) => [id, String(share)]);

/** By code point, as the database sorts: the order of UTF-8 bytes. */
const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  Buffer.compare(Buffer.from(a.id), Buffer.from(b.id));

const weightsOf = (key: Key): { readonly id: string; readonly vikt: string; readonly tyngd: bigint }[] => {
  const weights = entriesOf(key).map(([id, written]) => weightOf(id, written));
  const seen = new Set<string>();
  for (const { id } of weights) {
    if (id === "") throw new UsageError("key: a share has no id; write a=52,b=34,c=14");
    if (seen.has(id)) throw new UsageError(`key: ${id} stands twice`);
    seen.add(id);
  }
  const most = Math.max(...weights.map(({ decimals }) => decimals));
  return weights
    .map(({ id, vikt, digits, decimals }) => ({ id, vikt, tyngd: digits * 10n ** BigInt(most - decimals) }))
    .sort(byId);
};

/**
 * Shares `belopp` out by `key`, and says of each part what decided it. Parts stand in the order of their ids.
 * @param belopp kronor, decimal comma or point, in whole öre; negative for a credit note
 * @throws UsageError when the amount or the key cannot be read, or all shares are 0
 */
export const explainedSplit = (belopp: string | number, key: Key): ExplainedPart[] => {
  const ore = oreOf(String(belopp));
  const weights = weightsOf(key);
  const all = weights.reduce((sum, { tyngd }) => sum + tyngd, 0n);
  if (all === 0n) throw new UsageError("key: every share is 0, so nobody can be given the amount");
  const floored = weights.map((weight) => {
    const product = ore * weight.tyngd;
    const golv = floorOf(rational(product, all));
    return { ...weight, product, golv, rest: product - golv * all };
  });
  const left = Number(ore - floored.reduce((sum, { golv }) => sum + golv, 0n));
  const lucky = new Set(
    [...floored].sort((a, b) => (a.rest === b.rest ? byId(a, b) : a.rest < b.rest ? 1 : -1)).slice(0, left),
  );
  return floored.map((part) => ({
    id: part.id,
    ore: Number(part.golv) + (lucky.has(part) ? 1 : 0),
    exakt: toNumber(rational(part.product, all)),
    vikt: part.vikt,
    golv: Number(part.golv),
    rest: toNumber(rational(part.rest, all)),
    far_ore: lucky.has(part),
  }));
};

/**
 * Shares `belopp` (kronor) out by `key` in whole öre that sum to it exactly, the same however the key is ordered.
 * @returns the parts in the order of their ids; `exakt` is the part in öre before it was made whole
 * @throws UsageError when the amount or the key cannot be read, or all shares are 0
 */
export const split = (belopp: string | number, key: Key): Split => ({
  delar: explainedSplit(belopp, key).map(({ id, ore, exakt }) => ({ id, ore, exakt })),
});
