/** Exact fractions: a verdict is decided in whole numbers, never in floats. */

export interface Rational {
  readonly n: bigint;
  /** Always above zero. */
  readonly d: bigint;
}

export const rational = (n: bigint, d = 1n): Rational => {
  if (d === 0n) throw new Error(`division by zero: ${n}/0`);
  return d < 0n ? { n: -n, d: -d } : { n, d };
};

export const zero = rational(0n);

/** Reads `-12.5` (DuckDB's decimal text) exactly. */
export const fromDecimal = (text: string): Rational => {
  if (/^-?\d+$/.test(text)) return rational(BigInt(text));
  const [digits = "0", exponent = "0"] = text.toLowerCase().split("e");
  const [whole = "0", fraction = ""] = digits.split(".");
  const places = fraction.length - Number(exponent);
  const scale = 10n ** BigInt(Math.abs(places));
  return places >= 0 ? rational(BigInt(whole + fraction), scale) : rational(BigInt(whole + fraction) * scale);
};

export const plus = (a: Rational, b: Rational): Rational => rational(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Rational, b: Rational): Rational => rational(a.n * b.n, a.d * b.d);
export const over = (a: Rational, b: Rational): Rational => rational(a.n * b.d, a.d * b.n);

/** Below zero, zero or above zero as `a` is less than, equal to or greater than `b`. */
export const compare = (a: Rational, b: Rational): number => {
  const left = a.n * b.d;
  const right = b.n * a.d;
  return left < right ? -1 : left > right ? 1 : 0;
};

/** The largest whole number that is not above it. */
export const floorOf = ({ n, d }: Rational): bigint => n / d - (n % d < 0n ? 1n : 0n);

const digits = 40n;

/** The nearest double. */
export const toNumber = ({ n, d }: Rational): number => {
  if (n % d === 0n) return Number(n / d);
  const scaled = ((n < 0n ? -n : n) * 10n ** digits) / d;
  return Number(`${n < 0n ? "-" : ""}${scaled}e-${digits}`);
};

/** `decimals` decimals, half away from zero or truncated, as a fraction. */
export const rounded = (value: Rational, decimals: number, how: "half up" | "truncate"): Rational => {
  const scale = 10n ** BigInt(decimals);
  const negative = value.n < 0n;
  const scaled = (negative ? -value.n : value.n) * scale;
  const whole = how === "truncate" ? scaled / value.d : (2n * scaled + value.d) / (2n * value.d);
  return rational(negative ? -whole : whole, scale);
};
