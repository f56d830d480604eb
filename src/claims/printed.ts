/**
 * Figures as a report prints them: read with the precision and the word that they are printed with.
 *
 * `9,3 mkr` is known to a tenth of a million kronor; `cirka 50` and `hälften` to what the word allows. The digits are read by
 * the SQL that reads all Swedish figures.
 */
import type { Database } from "../db/open.ts";
import { kronorord } from "../schema/kronor.ts";
import { fromDecimal, over, type Rational, rational, times } from "../schema/rational.ts";
import type { Value } from "./quantity.ts";

export type Ord = "cirka" | "drygt" | "knappt" | "over" | "under" | "minst" | "hogst";

export interface Printed {
  readonly value: Value;
  readonly ord: Ord | null;
  /** `brak` for `1/3` and `hälften`, `av` for `7 av 10`: a share that is not given by its digits. */
  readonly form: "tal" | "brak" | "av";
  /** What one printed unit is: 1/100 for %, 1 000 for tkr, 12 months for år. */
  readonly unit: Rational;
  readonly decimals: number;
  /** What the last printed digit that is not 0 is worth: 10 in `50`, a thousandth in `12,5 %`; of `7 av 10` a tenth. */
  readonly last: Rational;
  /** No unit is printed: it takes that of what it is compared with. */
  readonly isPlain: boolean;
  readonly percent: boolean;
}

const one = rational(1n);
/** How each word may be written; as it is shown first. */
const words: Readonly<Record<Ord, string>> = {
  cirka: "cirka|ca\\.?|c:a|circa|omkring|ungefär|runt",
  drygt: "drygt",
  knappt: "knappt|nästan",
  over: "över|mer än|fler än|>",
  under: "under|mindre än|färre än|<",
  minst: "minst|åtminstone|>=|≥",
  hogst: "högst|max|maximalt|som mest|upp till|<=|≤",
};
export const wordOf = (ord: Ord): string => words[ord].replace(/\|.*/, "");

interface Unit {
  readonly enhet: string;
  readonly size: Rational;
}
const units: readonly (readonly [pattern: string, Unit])[] = [
  ["miljarder (?:kr|kronor)|mdkr", { enhet: "kr", size: rational(1_000_000_000n) }],
  [kronorord.mkr, { enhet: "kr", size: rational(1_000_000n) }],
  [kronorord.tkr, { enhet: "kr", size: rational(1000n) }],
  [`${kronorord.kr}|:-|,-`, { enhet: "kr", size: one }],
  ["%|procent", { enhet: "andel", size: rational(1n, 100n) }],
  ["procentenhet(?:er)?|%-enhet(?:er)?", { enhet: "procentenheter", size: rational(1n, 100n) }],
  ["timmar|timme|tim|h", { enhet: "timmar", size: one }],
  ["dagar|dag|dygn", { enhet: "dagar", size: one }],
  ["veckor|vecka", { enhet: "dagar", size: rational(7n) }],
  ["månader|månad|mån", { enhet: "manader", size: one }],
  ["år", { enhet: "manader", size: rational(12n) }],
  ["st|stycken|personer|individer|deltagare|kvinnor|män|möten|gånger|tillfällen", { enhet: "antal", size: one }],
];
const unitForms = units.map(([pattern, unit]) => ({ form: new RegExp(`^(.*?) ?(?:${pattern})\\.?$`), unit }));
/** What a figure is per is said by its words, not by its unit: `403,86 kr per timme` is an amount, `2,5 möten per individ` a count. */
const per = /(?<=[\p{L}\d])(?: ?\/ ?| per )\p{L}+$/u;
const wordForms = Object.entries(words).map(([ord, pattern]) => ({
  ord: ord as Ord,
  form: new RegExp(`^(?:${pattern})\\s*(?=[^=\\s])(.*)$`),
}));

const numerators = ["", "en|ett|1", "två|2", "tre|3", "fyra|4", "fem|5", "sex|6", "sju|7", "åtta|8", "nio|9"];
/** From thirds to tenths. */
const denominators = "tredjedel fjärdedel femtedel sjättedel sjundedel åttondel niondel tiondel".split(" ");

/** A share in words: `hälften`, `två tredjedelar`. */
const inWords = (text: string): Rational | undefined => {
  if (/^(?:hälften|halva|en halv)$/.test(text)) return rational(1n, 2n);
  const [, first, part] = /^(?:(\S+) )?(\p{L}+?del)(?:ar|en|arna)?$/u.exec(text) ?? [];
  const d = denominators.indexOf(part ?? "") + 3;
  const n = first === undefined ? 1 : numerators.findIndex((forms) => forms.split("|").includes(first));
  return d >= 3 && n > 0 ? rational(BigInt(n), BigInt(d)) : undefined;
};

/** A written figure taken apart: its word, its unit, and the digits that the SQL reads. */
interface Parts {
  readonly written: string;
  readonly ord: Ord | null;
  readonly digits: readonly string[];
  readonly form: "tal" | "intervall" | "brak" | "av";
  readonly share?: Rational;
  readonly unit: Unit | undefined;
}

const partsOf = (written: string): Parts => {
  const text = written.trim().toLowerCase().replace(/\s+/g, " ").replace(/\.$/, "");
  const found = wordForms.flatMap(({ ord, form }) => {
    const rest = form.exec(text)?.[1];
    return rest === undefined ? [] : [{ ord, rest }];
  })[0];
  const rest = found?.rest ?? text;
  const base = { written, ord: found?.ord ?? null, unit: undefined };
  const share = inWords(rest);
  if (share) return { ...base, digits: [], form: "brak", share };
  const [, numerator, denominator] = /^(\d+) ?\/ ?(\d+)$/.exec(rest) ?? [];
  if (numerator && denominator) return { ...base, digits: [numerator, denominator], form: "brak" };
  const [, some, all] = /^(\d[\d ]*) av (?:de |totalt )?(\d[\d ]*?)(?: \p{L}+)?$/u.exec(rest) ?? [];
  if (some && all) return { ...base, digits: [some, all], form: "av" };
  const amount = rest.replace(per, "").replace(/^(?:kr|sek) ?(?=\d)(.*)$/, "$1 kr");
  const inUnit = unitForms.flatMap(({ form, unit }) => {
    const digits = form.exec(amount)?.[1];
    return digits ? [{ digits, unit }] : [];
  })[0];
  const digits = inUnit?.digits ?? amount;
  const [low = "", high] = digits.split(/ ?\.\. ?|(?<=\d) ?(?:–|till) ?(?=\d)/);
  return high === undefined
    ? { ...base, unit: inUnit?.unit, digits: [digits], form: "tal" }
    : { ...base, unit: inUnit?.unit, digits: [low, high], form: "intervall" };
};

/** Digits as the SQL reads them: `null` where they are no number. */
interface Read {
  readonly kanon: string | null;
  readonly ar_tvetydig: boolean;
  readonly ar_tvetydig_kr: boolean;
}

/** What the last digit that is not 0 is worth, before the unit. */
const lastDigit = (kanon: string): Rational => {
  const [whole = "", fraction = ""] = kanon.replace(/^[+-]/, "").split(".");
  const decimals = fraction.replace(/0+$/, "").length;
  if (decimals > 0) return rational(1n, 10n ** BigInt(decimals));
  return /^0*$/.test(whole) ? one : rational(10n ** BigInt(/0*$/.exec(whole)?.[0].length ?? 0));
};

const assemble = (parts: Parts, read: ReadonlyMap<string, Read>, datum: string | null): Printed | undefined => {
  const { ord, form, unit, share } = parts;
  const rateOf = (varde: Rational, last: Rational): Printed => ({
    ...{ ord, form: form === "av" ? "av" : "brak", unit: one, decimals: 0, last, isPlain: false, percent: true },
    value: { slag: "tal", tal: varde, enhet: "andel" },
  });
  if (share) return rateOf(share, one);
  const numbers = parts.digits.map((digits) => read.get(digits));
  const kanon = numbers.map((number) => {
    const isAmbiguous = unit?.enhet === "kr" ? number?.ar_tvetydig_kr : number?.ar_tvetydig;
    return isAmbiguous ? undefined : number?.kanon?.replace(/^\+/, "");
  });
  const [first, second] = kanon;
  if (form === "brak" || form === "av") {
    if (!first || !second || /^0*$/.test(second)) return undefined;
    const whole = fromDecimal(second);
    return rateOf(over(fromDecimal(first), whole), over(one, whole));
  }
  const size = unit?.size ?? one;
  const printed = {
    ord,
    form: "tal",
    unit: size,
    decimals: (second ?? first ?? "").split(".")[1]?.length ?? 0,
    last: first ? times(lastDigit(first), size) : one,
    isPlain: unit === undefined,
    percent: unit?.enhet === "andel" || unit?.enhet === "procentenheter",
  } as const;
  const enhet = unit?.enhet ?? "antal";
  if (form === "intervall") {
    if (!first || !second || ord !== null) return undefined;
    const [fran, till] = [times(fromDecimal(first), size), times(fromDecimal(second), size)];
    return { ...printed, value: { slag: "intervall", fran, till, enhet } };
  }
  if (datum !== null && /[-/a-z]/i.test(parts.written)) return { ...printed, value: { slag: "datum", datum } };
  return first ? { ...printed, value: { slag: "tal", tal: times(fromDecimal(first), size), enhet } } : undefined;
};

/** Reads written figures. @returns by the text, with undefined for one that cannot be read */
export const readPrinted = async (
  db: Database,
  texts: readonly string[],
): Promise<ReadonlyMap<string, Printed | undefined>> => {
  if (texts.length === 0) return new Map();
  const all = [...new Set(texts)].map(partsOf);
  const written = `select distinct unnest(from_json($skrivna, '["VARCHAR"]')) as skrivet`;
  const numbers = await db.rows<Read & { skrivet: string }>(
    `select skrivet, last.kanon as kanon, coalesce(last.ar_tvetydig, false) as ar_tvetydig,
       coalesce(last.ar_tvetydig_kr, false) as ar_tvetydig_kr
     from (select skrivet, sv_last(skrivet) as last from (${written})) where last.enhet is null`,
    { skrivna: JSON.stringify(all.flatMap(({ digits }) => digits)) },
  );
  const dates = await db.rows<{ skrivet: string; datum: string | null }>(
    `select skrivet, sv_datum(skrivet) as datum from (${written})`,
    { skrivna: JSON.stringify(all.map((parts) => parts.written)) },
  );
  const read = new Map(numbers.map((number) => [number.skrivet, number]));
  const dateOf = new Map(dates.map(({ skrivet, datum }) => [skrivet, datum]));
  return new Map(all.map((parts) => [parts.written, assemble(parts, read, dateOf.get(parts.written) ?? null)]));
};
