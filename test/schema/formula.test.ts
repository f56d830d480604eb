import { describe, expect, test } from "vitest";
import { type Formula, isFault, namesIn, parseFormula, termsOf } from "../../src/schema/formula.ts";
import { toNumber } from "../../src/schema/rational.ts";

/** A formula as read, with every operation in parentheses. */
const written = (read: Formula): string => {
  if (read.slag === "tal") return String(toNumber(read.tal));
  if (read.slag === "uppgift") return `[${read.namn}]`;
  const [a, b] = [written(read.a), written(read.b)];
  return read.slag === "funktion" ? `${read.namn}(${a}; ${b})` : `(${a} ${read.tecken} ${b})`;
};
const parsed = (text: string): string => {
  const read = parseFormula(text);
  return isFault(read) ? `${read.plats}: ${read.star}` : written(read);
};

describe("a formula", () => {
  test.each([
    ["1 + 2 * 3", "(1 + (2 * 3))"],
    ["(1 + 2) * 3", "((1 + 2) * 3)"],
    ["8 - 3 - 2", "((8 - 3) - 2)"],
    ["8 / 4 / 2", "((8 / 4) / 2)"],
    ["-[a] + 2", "((-1 * [a]) + 2)"],
    ["[a] − [b] × 2", "([a] - ([b] * 2))"],
    ["1,4 * [lön]", "(1.4 * [lön])"],
    ["1.4*[a]", "(1.4 * [a])"],
    ["dagar([a],[b])", "dagar([a]; [b])"],
    ["månader( [a] , [b] ) / 12", "(manader([a]; [b]) / 12)"],
    ["[budgetutfall/x/2015/Kristianstads kommun#budget_ore]", "[budgetutfall/x/2015/Kristianstads kommun#budget_ore]"],
  ])("%s is read as %s", (text, read) => {
    expect(parsed(text)).toBe(read);
  });
  test.each([
    ["[a] + ", "7: "],
    ["", "1: "],
    ["[a", "1: [a"],
    ["[a] [b]", "5: [b]"],
    ["summa([a])", "1: summa([a])"],
    ["dagar([a])", "10: )"],
    ["([a] + [b]", "11: "],
    ["[a] ** 2", "6: * 2"],
    ["1 = 1", "3: = 1"],
    ["process.exit(1)", "1: process.exit"],
  ])("%s cannot be read, and where is told: %s", (text, where) => {
    expect(parsed(text)).toBe(where);
  });
  test("that nobody writes is a slip, not a full stack", () => {
    expect(parsed("(".repeat(5000))).toMatch(/^\d+: /);
    expect(parsed(`${"1+".repeat(4000)}1`)).toMatch(/^\(/);
    expect(parsed(`${"1+".repeat(6000)}1`)).toMatch(/^1: /);
  });
  test("names its figures once each, and says of what it is the sum", () => {
    const read = (text: string): Formula => {
      const found = parseFormula(text);
      if (isFault(found)) throw new Error(text);
      return found;
    };
    expect(namesIn(read("[a] / ([a] + [b])"))).toEqual(["a", "b"]);
    expect(termsOf(read("[a] + [b] + [a]"))).toEqual(["a", "b", "a"]);
    expect(termsOf(read("[a] - [b]"))).toBeUndefined();
  });
});
