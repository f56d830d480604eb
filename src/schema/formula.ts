/**
 * A claim's arithmetic: `[kvinnor] / ([kvinnor] + [man])`, `dagar([start], [slut])`.
 *
 * The parser is our own, by precedence climbing (Pratt 1973): those on npm read brackets as lists and a comma as a separator, and
 * keep numbers as doubles. Here a name in brackets holds spaces, `/` and `#`, `1,4` is a number, and every digit counts.
 */
import { fromDecimal, type Rational } from "./rational.ts";

export type Tecken = "+" | "-" | "*" | "/";
export const funktioner = ["dagar", "manader"] as const;
export type Funktion = (typeof funktioner)[number];

export type Formula =
  | { readonly slag: "tal"; readonly tal: Rational }
  | { readonly slag: "uppgift"; readonly namn: string }
  | { readonly slag: "tecken"; readonly tecken: Tecken; readonly a: Formula; readonly b: Formula }
  | { readonly slag: "funktion"; readonly namn: Funktion; readonly a: Formula; readonly b: Formula };

/** Where a formula cannot be read: the character (from 1), and what stands there. */
export interface FormulaFault {
  readonly plats: number;
  readonly star: string;
}

const token = /\s*(?:\[([^[\]]+)\]|(\d+(?:[.,]\d+)?)|([a-zåäö]+)|([-+*/(),−×]))/iy;
const powers: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2 };
/** A cell is data: a formula that is longer or deeper than anybody writes is a slip, and never a full stack. */
const longest = 10_000;
const deepest = 100;

class Unreadable extends Error {}

export const parseFormula = (text: string): Formula | FormulaFault => {
  let at = 0;
  let depth = 0;
  const peek = (): RegExpExecArray | null => {
    token.lastIndex = at;
    return token.exec(text);
  };
  const signOf = (found: RegExpExecArray | null): string | undefined => found?.[4]?.replace("−", "-").replace("×", "*");
  const take = (sign: string): void => {
    const found = peek();
    if (signOf(found) !== sign) throw new Unreadable();
    at += found?.[0].length ?? 0;
  };
  const operand = (): Formula => {
    const found = peek();
    if (!found || ++depth > deepest) throw new Unreadable();
    const [, name, digits, word, sign] = found;
    if (sign !== undefined && signOf(found) !== "-" && sign !== "(") throw new Unreadable();
    const named = funktioner.find((one) => one === word?.toLowerCase().replace("å", "a"));
    if (word !== undefined && named === undefined) throw new Unreadable();
    at += found[0].length;
    let read: Formula;
    if (name !== undefined) read = { slag: "uppgift", namn: name.trim() };
    else if (digits !== undefined) read = { slag: "tal", tal: fromDecimal(digits.replace(",", ".")) };
    else if (named !== undefined) {
      take("(");
      const a = expression(0);
      take(",");
      read = { slag: "funktion", namn: named, a, b: expression(0) };
      take(")");
    } else if (sign === "(") {
      read = expression(0);
      take(")");
    } else read = { slag: "tecken", tecken: "*", a: { slag: "tal", tal: fromDecimal("-1") }, b: expression(2) };
    depth--;
    return read;
  };
  const expression = (power: number): Formula => {
    let left = operand();
    for (;;) {
      const found = peek();
      const sign = signOf(found) ?? "";
      const own = powers[sign];
      if (!found || own === undefined || own <= power) return left;
      at += found[0].length;
      left = { slag: "tecken", tecken: sign as Tecken, a: left, b: expression(own) };
    }
  };
  try {
    if (text.length > longest) throw new Unreadable();
    const read = expression(0);
    if (text.slice(at).trim() !== "") throw new Unreadable();
    return read;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const rest = text.slice(at).trimStart();
    return { plats: text.length - rest.length + 1, star: rest.slice(0, 12) };
  }
};

export const isFault = (read: Formula | FormulaFault): read is FormulaFault => "plats" in read;

/** The figures that a formula names, each once, in order. */
export const namesIn = (formula: Formula): string[] => {
  if (formula.slag === "tal") return [];
  if (formula.slag === "uppgift") return [formula.namn];
  return [...new Set([...namesIn(formula.a), ...namesIn(formula.b)])];
};

/** The figures that a formula adds up, where it is nothing but their sum; else undefined. */
export const termsOf = (formula: Formula): string[] | undefined => {
  if (formula.slag === "uppgift") return [formula.namn];
  if (formula.slag !== "tecken" || formula.tecken !== "+") return undefined;
  const [a, b] = [termsOf(formula.a), termsOf(formula.b)];
  return a && b && [...a, ...b];
};
