/** What a goal demands of a measure: `>= 60`, `>= 85 %`, `40..60 %`; and by how little it may be missed: `5 %`. */

export type Operator = ">=" | ">" | "<=" | "<" | "=";

/** An exact number: `digits` / 10^`decimals`. */
export interface Exact {
  readonly digits: bigint;
  readonly decimals: number;
}

/** `enhet` is the unit as it is written; empty without one. */
export type Villkor = { readonly percent: boolean; readonly enhet: string } & (
  | { readonly operator: Operator; readonly value: Exact }
  | { readonly operator: ".."; readonly from: Exact; readonly to: Exact }
);

/** What stands between the conditions of one period, where they change within it. */
export const sedan = ", sedan ";

/** How far from its target a value may be and still be near: a share of the target, or an amount. */
export interface Tolerans {
  readonly value: Exact;
  /** `mal`: a share of the target. `villkor`: in the condition's own unit. `procentenheter`: hundredths of a share. */
  readonly of: "mal" | "villkor" | "procentenheter";
}

const number = String.raw`-?\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?`;
const unit = String.raw`\s*(%|\p{L}+(?:/\p{L}+)?)?`;
const bound = new RegExp(`^(>=|>|<=|<|=)\\s*(${number})${unit}$`, "u");
const interval = new RegExp(`^(${number})\\s*\\.\\.\\s*(${number})${unit}$`, "u");
const near = /^(\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?)\s*(%|procentenhet(?:er)?)?$/;

const exact = (written = ""): Exact => {
  const [whole = "", fraction = ""] = written.replace(/[ \u00a0]/g, "").split(/[.,]/);
  return { digits: BigInt(whole + fraction), decimals: fraction.length };
};

const unitOf = (enhet = ""): Pick<Villkor, "percent" | "enhet"> => ({
  percent: /^(?:%|procent|procentenhet(?:er)?)$/.test(enhet),
  enhet,
});

const isOrdered = (a: Exact, b: Exact): boolean =>
  a.digits * 10n ** BigInt(b.decimals) <= b.digits * 10n ** BigInt(a.decimals);

/** @returns undefined when it is not a condition. */
export const parseVillkor = (written: string): Villkor | undefined => {
  const one = bound.exec(written.trim());
  if (one) return { operator: one[1] as Operator, value: exact(one[2]), ...unitOf(one[3]) };
  const two = interval.exec(written.trim());
  const [from, to] = [exact(two?.[1]), exact(two?.[2])];
  if (two && isOrdered(from, to)) return { operator: "..", from, to, ...unitOf(two[3]) };
  return undefined;
};

/** @returns undefined when it is not a tolerance. */
export const parseTolerans = (written: string | number): Tolerans | undefined => {
  const found = near.exec(String(written).trim());
  if (!found) return undefined;
  const of = found[2] === undefined ? "villkor" : found[2] === "%" ? "mal" : "procentenheter";
  return { value: exact(found[1]), of };
};

/** A share from 0 to 1 as it is written: `80 %` or 0.8. @returns undefined when it is none */
export const parseTackning = (
  written: string | number,
): { readonly value: Exact; readonly percent: boolean } | undefined => {
  const read = parseVillkor(`>= ${written}`);
  if (read?.operator !== ">=" || read.percent !== (read.enhet !== "")) return undefined;
  const { digits, decimals } = read.value;
  const most = 10n ** BigInt(decimals) * (read.percent ? 100n : 1n);
  return digits >= 0n && digits <= most ? read : undefined;
};
