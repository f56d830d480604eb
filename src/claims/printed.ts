/** Figures as a report prints them and as they are worked out: read, compared and written with the precision they have. */

import { fromDecimal, type Rational, rational, times, toNumber } from "../schema/rational.ts";
import { number, percent } from "../schema/swedish.ts";

/** What a printed or computed figure is. */
export type Value =
  | { readonly kind: "tal"; readonly tal: Rational }
  | { readonly kind: "datum"; readonly datum: string }
  | { readonly kind: "intervall"; readonly fran: Rational; readonly till: Rational };

/** A printed figure keeps its precision: `9,3 mkr` is known to a tenth of a million kronor. */
export interface Printed {
  readonly value: Value;
  /** What one printed unit is: 1/100 for %, 1 000 for tkr. */
  readonly unit: Rational;
  readonly decimals: number;
  readonly percent: boolean;
  /** Printed as an amount. */
  readonly kronor: boolean;
}

/** A written value as the SQL that reads all Swedish figures has read it: digits, unit, date, and an interval's other end. */
export interface Written {
  readonly varde: string | null;
  readonly kanon: string | null;
  readonly enhet: string | null;
  readonly datum: string | null;
  readonly kanon_till: string | null;
  readonly enhet_till: string | null;
}

const units: Readonly<Record<string, Rational>> = {
  "%": rational(1n, 100n),
  kr: rational(1n),
  tkr: rational(1000n),
  mkr: rational(1_000_000n),
};

export const printed = ({
  varde,
  kanon,
  enhet,
  datum,
  kanon_till: kanonTill,
  enhet_till: enhetTill,
}: Written): Printed | undefined => {
  if (varde === null) return undefined;
  const last = enhetTill ?? enhet ?? "";
  const base = {
    unit: units[last] ?? rational(1n),
    decimals: (kanonTill ?? kanon ?? "").split(".")[1]?.length ?? 0,
    percent: last === "%",
    kronor: last === "kr" || last === "tkr" || last === "mkr",
  };
  const scaled = (digits: string): Rational => times(fromDecimal(digits.replace(/^\+/, "")), base.unit);
  if (varde.includes("..")) {
    if (kanon === null || kanonTill === null) return undefined;
    return { ...base, value: { kind: "intervall", fran: scaled(kanon), till: scaled(kanonTill) } };
  }
  if (datum !== null && /[-/a-z]/i.test(varde)) return { ...base, value: { kind: "datum", datum } };
  return kanon === null ? undefined : { ...base, value: { kind: "tal", tal: scaled(kanon) } };
};

/** What the last printed digit stands for: 100 000 kr in `9,3 mkr`, one krona in `850 080 kr`. */
export const stepOf = ({ unit, decimals }: Printed): Rational => times(unit, rational(1n, 10n ** BigInt(decimals)));

/** A computed value, or why there is none. */
export type Computed =
  | {
      readonly value: Value;
      /** What it is the sum of, where that can be told. */
      readonly parts?: readonly Value[];
      /** How it was printed, where a report prints it. */
      readonly said?: Printed;
      /** What else is known of why it is what it is, as whole sentences. */
      readonly note?: string;
    }
  | { readonly missing: string };

export const isMissing = (computed: Computed): computed is { readonly missing: string } => "missing" in computed;

export const plainText = (value: Value): string => {
  if (value.kind === "datum") return value.datum;
  if (value.kind === "intervall") return `${toNumber(value.fran)}..${toNumber(value.till)}`;
  return String(toNumber(value.tal));
};

/** A value as a reader sees it: decimal comma, percent where it was printed so. */
export const writeValue = (value: Value, asPercent: boolean): string => {
  const one = (tal: Rational): string =>
    asPercent ? percent(toNumber(tal), 2).replace(/,00(?=\s)|(,\d)0(?=\s)/, "$1") : number(toNumber(tal), 4);
  if (value.kind === "datum") return value.datum;
  if (value.kind === "intervall") return `${one(value.fran)}–${one(value.till)}`;
  return one(value.tal);
};
