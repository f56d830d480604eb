/**
 * What a workbook's number says, as the text that the SQL macros read: digits in one form, the unit that the sender sees,
 * a date as ISO. A number format is part of the value: 0,85 shown as 85 % is 85 %.
 */
import { isoDay } from "../schema/days.ts";
import { unitOf, withoutUnit } from "./header.ts";

export interface Shown {
  readonly text: string;
  /** `n` a number, `d` a date, `m` a date shown without its day, `t` a time of day or a length of time: text, since it is neither. */
  readonly slag: "n" | "d" | "m" | "t";
}

type Form = { readonly kind: "date" | "month" | "time" | "elapsed" } | NumberForm;
interface NumberForm {
  readonly kind: "number";
  readonly percent: boolean;
  /** How many thousands the format divides by before it shows. */
  readonly thousands: number;
  /** `kr`, `tkr`, `mkr`, `%` or a currency sign that stands in the format. */
  readonly unit: string;
  /** Zeros that are written out, with a dash where there is one: `00000`, `000000-0000`. */
  readonly zeros: string;
}

const number: NumberForm = { kind: "number", percent: false, thousands: 0, unit: "", zeros: "" };
const percent: NumberForm = { ...number, percent: true };

const builtIn = (id: number): Form => {
  if (id === 9 || id === 10) return percent;
  if (id === 17) return { kind: "month" };
  if ((id >= 14 && id <= 16) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return { kind: "date" };
  if (id === 46) return { kind: "elapsed" };
  return (id >= 18 && id <= 21) || id === 45 || id === 47 ? { kind: "time" } : number;
};

const signs: Readonly<Record<string, string>> = {
  ...{ ":-": "kr", "€": "€", eur: "€", $: "$", usd: "$", "£": "£", dkk: "DKK", nok: "NOK" },
};
/** The unit that a text is and says nothing more than; pieces are a number like any other. */
const unitIn = (written: string): string => {
  const unit = withoutUnit(written) === "" ? unitOf(written) : "";
  return signs[written] ?? (unit === "st" ? "" : unit);
};

const formOf = (section: string): Form => {
  const literals: string[] = [];
  /** What a format writes out is told from its signs; a dash is what it is, quoted or not. */
  const apart = (_: string, literal: string): string => {
    literals.push(literal);
    return literal === "-" ? "-" : "";
  };
  const bare = section
    .replace(/"([^"]*)"/g, apart)
    .replace(/\[\$([^\]-]*)(-[^\]]*)?\]/g, apart)
    .replace(/[_*]./g, "")
    .replace(/\\(.)/g, apart);
  if (/\[[hms]+\]/i.test(bare)) return { kind: "elapsed" };
  const shape = bare.replace(/\[[^\]]*\]/g, "").replace(/general|standard/gi, "");
  if (/d/i.test(shape) || (/y/i.test(shape) && /h/i.test(shape))) return { kind: "date" };
  if (/y/i.test(shape) || (/m/i.test(shape) && !/[hs0#]/i.test(shape))) return { kind: "month" };
  if (/[hs]/i.test(shape)) return { kind: "time" };
  const written = literals.join("").trim().toLowerCase().replace(/\.$/, "");
  return {
    kind: "number",
    percent: shape.includes("%"),
    thousands: /[0#?](,+)(?![0#?,])/.exec(shape)?.[1]?.length ?? 0,
    unit: unitIn(written) || unitIn(/(€|\$|£|kr)/.exec(shape)?.[1] ?? ""),
    zeros: /^0[0-]*0$/.test(shape) ? shape : "",
  };
};

/** The form of a number format: `codes` are the workbook's own, by id. */
export const formsOf = (codes: ReadonlyMap<number, string>): ((id: number, negative: boolean) => Form) => {
  const known = new Map<string, Form>();
  return (id, negative) => {
    const code = codes.get(id);
    if (code === undefined) return builtIn(id);
    const key = `${id}${negative}`;
    const sections = code.split(/;(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    const form = known.get(key) ?? formOf((negative ? sections[1] : undefined) || (sections[0] ?? ""));
    known.set(key, form);
    return form;
  };
};

/** Digits without exponent, at the 15 figures that a spreadsheet keeps: 0.30000000000000004 is 0.3. */
export const digits = (value: number): string => {
  const [mantissa = "0", exponent] = String(Number(value.toPrecision(15))).split("e");
  return exponent === undefined ? mantissa : shift(mantissa, Number(exponent));
};

/** The decimal point moved to the right by so many places, or to the left. */
const shift = (written: string, places: number): string => {
  const sign = written.startsWith("-") ? "-" : "";
  const [whole = "", part = ""] = written.replace("-", "").split(".");
  const all = whole.padStart(Math.max(0, -places) + 1, "0") + part.padEnd(Math.max(0, places), "0");
  const point = all.length - Math.max(part.length, places) + places;
  const left = all.slice(0, point).replace(/^0+(?=\d)/, "");
  const right = all.slice(point).replace(/0+$/, "");
  return `${sign}${left || "0"}${right === "" ? "" : `.${right}`}`;
};

/**
 * A number that cannot be read two ways: 1.234 in a cell that holds a number is one and a quarter, never a thousand,
 * so it is written with a fourth decimal, as no thousands are.
 */
export const certain = (written: string): string =>
  /^[+-]?[1-9]\d{0,2}\.\d{3}$/.test(written) ? `${written}0` : written;

/** A number of so many decimals, half away from zero; undefined if it has no more than that. */
export const rounded = (written: string, decimals: number): string | undefined => {
  const [, sign = "", whole = "", part = "", rest = ""] = /^(-?)(\d+)\.(\d+)(.*)$/.exec(written) ?? [];
  if (part.length <= decimals) return undefined;
  const kept = BigInt(whole + part.slice(0, decimals)) + (Number(part[decimals]) >= 5 ? 1n : 0n);
  const all = String(kept).padStart(decimals + 1, "0");
  return `${sign}${all.slice(0, -decimals)}.${all.slice(-decimals)}${rest}`;
};

const pad = (part: number): string => String(part).padStart(2, "0");

const clock = (seconds: number): string => {
  const rest = seconds % 60 === 0 ? "" : `:${pad(seconds % 60)}`;
  return `${pad(Math.floor(seconds / 3600))}:${pad(Math.floor(seconds / 60) % 60)}${rest}`;
};

/**
 * A date's serial as ISO, with the time of day where there is one. In the system from 1900 day 60 is a 29 February
 * that never was: it is shown as that, and no date macro takes it.
 * @returns undefined for what is no day: before the first, or after 9999
 */
export const serialDate = (serial: number, epok: 1900 | 1904): string | undefined => {
  const seconds = Math.round(serial * 86_400);
  const day = Math.floor(seconds / 86_400);
  const rest = seconds - day * 86_400;
  if (day < (epok === 1904 ? 0 : 1) || day > 2_958_465) return undefined;
  const time = rest === 0 ? "" : ` ${clock(rest)}`;
  if (epok === 1904) return isoDay(day - 24_107) + time;
  if (day === 60) return `1900-02-29${time}`;
  return isoDay(day - (day < 60 ? 25_568 : 25_569)) + time;
};

const named = ["", "tkr", "mkr"];

/** 8112 in the form `00000` is 08112: an id keeps its zeros. */
const padded = (plain: string, zeros: string): string => {
  const width = zeros.replaceAll("-", "").length;
  const rest = [...plain.padStart(width, "0")];
  const tail = [...zeros].reverse().map((sign) => (sign === "-" ? "-" : rest.pop()));
  return rest.join("") + tail.reverse().join("");
};

/** What a number in a cell of this form says. */
export const shown = (value: number, form: Form, epok: 1900 | 1904): Shown => {
  if (form.kind === "number") {
    const plain = digits(value);
    if (form.percent) return { text: `${certain(shift(plain, 2))} %`, slag: "n" };
    const scaled = form.thousands > 0 ? named[form.thousands] : "";
    if (form.zeros !== "" && /^\d+$/.test(plain)) return { text: padded(plain, form.zeros), slag: "n" };
    // A number shown in thousands is the number that is stored: 1 234 567 shown as 1 235 is 1234,567 tkr.
    if (scaled) return { text: `${certain(shift(plain, -3 * form.thousands))} ${scaled}`, slag: "n" };
    return { text: form.unit === "" ? certain(plain) : `${certain(plain)} ${form.unit}`, slag: "n" };
  }
  if (form.kind === "elapsed") return { text: clock(Math.round(value * 86_400)), slag: "t" };
  const date = serialDate(value, epok);
  // Hours that a format of the clock shows modulo 24 are all of them: no delivery is older than this many days.
  if (value >= 0 && value < (form.kind === "time" ? 1000 : 1) && (form.kind === "time" || date === undefined)) {
    return { text: clock(Math.round(value * 86_400)), slag: "t" };
  }
  if (date === undefined) return { text: digits(value), slag: "n" };
  return { text: date, slag: form.kind === "month" ? "m" : "d" };
};
