import { describe, expect, test } from "vitest";
import { grammar, judgeClaim, remainder, unlisted } from "../../src/claims/grammar.ts";
import { type Computed, isMissing, type Printed, printed, type Value } from "../../src/claims/printed.ts";
import { fromDecimal } from "../../src/schema/rational.ts";

/** A figure as a report prints it: `9,3 mkr`, `52 %`, `30`. */
const said = (varde: string): Printed => {
  const [digits = "", enhet = ""] = varde.split(" ");
  const written = { datum: null, kanon_till: null, enhet_till: null };
  const found = printed({ varde, kanon: digits.replace(",", "."), enhet, ...written });
  if (!found) throw new Error(`not printed: ${varde}`);
  return found;
};

const term = (varde: string): Computed => ({ value: said(varde).value, said: said(varde) });
const nobodyStates: Computed = { missing: "Kostnaden anges inte" };
const plain = (text: string): string => text.replaceAll("\u00a0", " ");

const computed = (matt: string, terms: readonly Computed[]): Value => {
  const found = grammar[matt]?.(terms.flatMap((one) => (isMissing(one) ? [] : [one.value])));
  if (!found || isMissing(found)) throw new Error(`${matt} gives nothing`);
  return found.value;
};
const rest = (total: string, parts: readonly string[]): string =>
  plain(unlisted("summa_av", said(total), computed("summa_av", parts.map(term)), parts.map(term)));

describe("a total that is not the sum of its parts", () => {
  test("leaves a remainder, which is shown", () => {
    expect(rest("100 kr", ["30 kr", "50 kr"])).toBe(" Delarna lämnar 20 kr av summan.");
    expect(rest("100 %", ["30 %", "50 %"])).toBe(" Delarna lämnar 20 % av summan.");
    expect(rest("31", ["10", "20"])).toBe(" Delarna lämnar 1 av summan.");
  });
  test("of rounded amounts the remainder is known within the rounding of the total", () => {
    expect(rest("9,3 mkr", ["8428000 kr", "100000 kr"])).toBe(
      " Delarna lämnar 772 000 kr av summan (722 000–822 000 kr, eftersom uppgiften är avrundad till hela 100 000 kr).",
    );
  });
  test("or is less than its parts", () => {
    expect(rest("70 kr", ["30 kr", "50 kr"])).toBe(" Delarna är 10 kr mer än summan.");
  });
  test("may be so because each was rounded; counts are not rounded", () => {
    expect(rest("2,9 mkr", ["1,4 mkr", "1,4 mkr"])).toBe(" Skillnaden ryms i att talen är avrundade vart för sig.");
    expect(rest("100 %", ["52 %", "34 %", "15 %"])).toBe(" Skillnaden ryms i att talen är avrundade vart för sig.");
    expect(rest("21", ["10", "10"])).toBe(" Delarna lämnar 1 av summan.");
  });
  test("rounding is no excuse for more than half a printed unit each", () => {
    expect(rest("3,0 mkr", ["1,4 mkr", "1,4 mkr"])).toMatch(/^ Delarna lämnar 200 000 kr/);
  });
});

describe("a term that nobody states", () => {
  test("is what the others leave of the total, within its rounding", () => {
    expect(plain(remainder("summa_av", said("9,3 mkr"), [term("8428000 kr"), nobodyStates]))).toBe(
      ". Det som anges blir 8 428 000 kr; av uppgiftens 9 300 000 kr är 872 000 kr inte specificerat (822 000–922 000 kr, eftersom uppgiften är avrundad till hela 100 000 kr)",
    );
  });
  test("of a total printed in kronor it is exact", () => {
    expect(plain(remainder("summa_av", said("850080 kr"), [term("727440 kr"), nobodyStates]))).toBe(
      ". Det som anges blir 727 440 kr; av uppgiftens 850 080 kr är 122 640 kr inte specificerat",
    );
  });
  test("is said of sums only, and of those that state something", () => {
    expect(remainder("produkt_av", said("9,3 mkr"), [term("8428000 kr"), nobodyStates])).toBe("");
    expect(remainder("summa_av", said("9,3 mkr"), [nobodyStates, nobodyStates])).toBe("");
  });
});

describe("a cost per unit", () => {
  const perHour = (told: string): string[] => {
    const value = computed("kvot_av", [term("310163 kr"), term("768")]);
    const { utfall, forklaring } = judgeClaim(said(told), value, "310 163 / 768");
    return [utfall, plain(forklaring).replace(/^.*kr\. /, "")];
  };
  test("is held to the decimals it is printed with, and the rounding is named", () => {
    // 403,8581…
    expect(perHour("403,86 kr")).toEqual(["avrundning", "Det är 403,86 kr avrundat till rapportens noggrannhet."]);
    expect(perHour("404 kr")).toEqual(["avrundning", "Det är 404 kr avrundat till rapportens noggrannhet."]);
    expect(perHour("403 kr")[0]).toBe("avrundning");
    expect(perHour("403 kr")[1]).toContain("avhugget, inte avrundat,");
    expect(perHour("405 kr")[0]).toBe("avviker");
  });
  test("has no value where nothing is divided by", () => {
    expect(
      grammar.kvot_av?.([
        { kind: "tal", tal: fromDecimal("1") },
        { kind: "tal", tal: fromDecimal("0") },
      ]),
    ).toEqual({
      missing: "kvotens nämnare är 0",
    });
  });
});
