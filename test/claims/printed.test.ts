import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeClaim, remainder, slackOf, unlisted } from "../../src/claims/judge.ts";
import { type Printed, readPrinted } from "../../src/claims/printed.ts";
import { type Computed, evaluate, isMissing, type Known, plainKnown, plainText } from "../../src/claims/quantity.ts";
import type { Database } from "../../src/db/open.ts";
import { isFault, parseFormula } from "../../src/schema/formula.ts";
import { fromDecimal } from "../../src/schema/rational.ts";
import { furnished } from "../database.ts";

let db: Database;
beforeAll(async () => {
  db = await furnished();
});
afterAll(() => db.close());

const plain = (text: string): string => text.replaceAll("\u00a0", " ");
const read = async (varde: string): Promise<Printed | undefined> => (await readPrinted(db, [varde])).get(varde);
const said = async (varde: string): Promise<Printed> => {
  const found = await read(varde);
  if (!found) throw new Error(`not printed: ${varde}`);
  return found;
};
const known = (printed: Printed): Known => ({ ...plainKnown(printed.value), slack: slackOf(printed) });
const number = (digits: string, enhet: string): Known => plainKnown({ slag: "tal", tal: fromDecimal(digits), enhet });

describe("a printed figure", () => {
  test.each([
    ["9,3 mkr", "9300000", "kr"],
    ["2 miljoner kr", "2000000", "kr"],
    ["627,6 tkr", "627600", "kr"],
    ["627,6 tsek", "627600", "kr"],
    ["9,3 msek", "9300000", "kr"],
    ["kr 500", "500", "kr"],
    ["1 234:-", "1234", "kr"],
    ["403,86 kr per timme", "403.86", "kr"],
    ["2,5 möten per individ", "2.5", "antal"],
    ["40 procent", "0.4", "andel"],
    ["40 %", "0.4", "andel"],
    ["1/4", "0.25", "andel"],
    ["hälften", "0.5", "andel"],
    ["en fjärdedel", "0.25", "andel"],
    ["tre fjärdedelar", "0.75", "andel"],
    ["7 av 10", "0.7", "andel"],
    ["30 av de 120 deltagarna", "0.25", "andel"],
    ["3 procentenheter", "0.03", "procentenheter"],
    ["3,5 år", "42", "manader"],
    ["18 månader", "18", "manader"],
    ["12 timmar", "12", "timmar"],
    ["12,5 h", "12.5", "timmar"],
    ["35 personer", "35", "antal"],
    ["1 250", "1250", "antal"],
    ["-12,5", "-12.5", "antal"],
  ])("%s is %s %s", async (varde, text, enhet) => {
    const { value } = await said(varde);
    expect([plainText(value), value.slag === "tal" && value.enhet]).toEqual([text, enhet]);
  });
  test.each([
    ["16..64", "16..64"],
    ["50..60 %", "0.5..0.6"],
    ["50–60 %", "0.5..0.6"],
    ["3 till 5", "3..5"],
    ["18 september 2023", "2023-09-18"],
    ["2023-09-18", "2023-09-18"],
  ])("%s is %s", async (varde, text) => {
    expect(plainText((await said(varde)).value)).toBe(text);
  });
  test.each([
    ["cirka 40 %", "cirka"],
    ["ca. 40", "cirka"],
    ["ungefär hälften", "cirka"],
    ["drygt 2 mkr", "drygt"],
    ["knappt 50", "knappt"],
    ["över hälften", "over"],
    ["> 10 %", "over"],
    [">= 10 %", "minst"],
    ["under 30 dagar", "under"],
    ["minst 3", "minst"],
    ["högst 4 veckor", "hogst"],
    ["upp till 20", "hogst"],
  ])("%s has the word %s", async (varde, ord) => {
    expect((await said(varde)).ord).toBe(ord);
  });
  test.each(["många", "1/0", "1.234 kr", "12 äpplen", "..", "16..", "cirka", "3 av 0", "2 halvor"])(
    "%s cannot be read",
    async (varde) => {
      expect(await read(varde)).toBeUndefined();
    },
  );
});

describe("a printed figure beside a computed one", () => {
  test.each([
    // Rounded half up, or cut off: never of counts.
    ["40,9 %", "0.40945", "andel", "avrundning"],
    ["40 %", "0.40945", "andel", "avhugget"],
    ["39 %", "0.40945", "andel", "avviker"],
    ["403,86 kr", "403.8581", "kr/timme", "avrundning"],
    ["403 kr", "403.8581", "kr/timme", "avhugget"],
    ["9,2 mkr", "9298000", "kr", "avhugget"],
    ["9,3 mkr", "9298000", "kr", "avrundning"],
    ["5", "4.5", "antal", "avrundning"],
    ["2,5 möten per individ", "2.5", "möten/individ", "stammer"],
    ["4", "4.5", "antal", "avviker"],
    // cirka: 5 %, or half a unit of the last digit that is not 0, and at most 10 %.
    ["cirka 50", "55", "antal", "ungefar"],
    ["cirka 50", "55.1", "antal", "avviker"],
    ["cirka 47", "49.35", "antal", "ungefar"],
    ["cirka 47", "49.4", "antal", "avviker"],
    ["cirka 100", "110", "antal", "ungefar"],
    ["cirka 100", "111", "antal", "avviker"],
    ["cirka 100", "100", "antal", "stammer"],
    // Fractions and words are read as cirka; of tenths half a unit of the numerator.
    ["hälften", "0.48", "andel", "ungefar"],
    ["hälften", "0.47", "andel", "avviker"],
    ["1/3", "0.32", "andel", "ungefar"],
    ["7 av 10", "0.65", "andel", "ungefar"],
    ["7 av 10", "0.64", "andel", "avviker"],
    ["7 av 10", "0.7", "andel", "stammer"],
    // A tenth, ends in.
    ["drygt 40 %", "0.44", "andel", "ungefar"],
    ["drygt 40 %", "0.441", "andel", "avviker"],
    ["drygt 40 %", "0.399", "andel", "avviker"],
    ["drygt 40 %", "0.4", "andel", "stammer"],
    ["knappt 40 %", "0.36", "andel", "ungefar"],
    ["knappt 40 %", "0.401", "andel", "avviker"],
    // Strict, and not.
    ["över hälften", "0.5", "andel", "avviker"],
    ["över hälften", "0.51", "andel", "stammer"],
    ["under 30 %", "0.3", "andel", "avviker"],
    ["minst 30 %", "0.3", "andel", "stammer"],
    ["högst 30 %", "0.301", "andel", "avviker"],
    ["16..64", "64", "antal", "stammer"],
    ["16..64", "65", "antal", "avviker"],
    // Decimals are counted in the printed unit.
    ["3,5 år", "42", "manader", "stammer"],
    ["3,5 år", "41.6", "manader", "avrundning"],
    ["3 år", "42", "manader", "avhugget"],
  ])("%s beside %s %s: %s", async (varde, digits, enhet, utfall) => {
    const judged = judgeClaim(await said(varde), number(digits, enhet), "");
    expect("missing" in judged ? judged.skal : judged.utfall).toBe(utfall);
  });
  test.each([
    ["40 kr", "40", "antal"],
    ["40 %", "40", "antal"],
    ["3 %", "0.03", "procentenheter"],
    ["18 månader", "18", "dagar"],
    ["35 personer", "0.35", "andel"],
    ["35", "0.35", "andel"],
  ])("%s is never compared with %s %s", async (varde, digits, enhet) => {
    expect(judgeClaim(await said(varde), number(digits, enhet), "")).toMatchObject({ skal: "olika_enheter" });
  });
  test("a number without a unit takes the other's", async () => {
    expect(judgeClaim(await said("36"), number("36", "manader"), "36")).toMatchObject({ utfall: "stammer" });
  });
  test("a rough figure makes the result at best ungefär", async () => {
    const rough = { ...number("110", "antal"), isRough: true };
    expect(judgeClaim(await said("110"), rough, "110")).toMatchObject({ utfall: "ungefar" });
    expect(judgeClaim(await said("130"), rough, "110")).toMatchObject({ utfall: "avviker" });
  });
  test("a figure that was cut off is never called rounded", async () => {
    const judged = judgeClaim(await said("40 %"), number("0.40945", "andel"), "52 / 127");
    expect("forklaring" in judged && plain(judged.forklaring)).toBe(
      "Underlaget ger 52 / 127 = 40,95 %. Det är 40 % avhugget, inte avrundat, till rapportens noggrannhet.",
    );
  });
});

describe("arithmetic", () => {
  const figures: Readonly<Record<string, Known>> = {
    antal: number("10", "antal"),
    kr: number("500", "kr"),
    andel: number("0.4", "andel"),
    andel2: number("0.3", "andel"),
    timmar: number("20", "timmar"),
    manader: number("12", "manader"),
    noll: number("0", "antal"),
    dag: plainKnown({ slag: "datum", datum: "2023-01-01" }),
    intervall: plainKnown({ slag: "intervall", fran: fromDecimal("16"), till: fromDecimal("64"), enhet: "antal" }),
  };
  const computed = (text: string): Computed => {
    const formula = parseFormula(text);
    if (isFault(formula)) throw new Error(text);
    return evaluate(formula, (name) => figures[name] ?? { skal: "saknas", missing: `${name} saknas` });
  };
  const outcome = (text: string): string => {
    const found = computed(text);
    if (isMissing(found)) return found.skal;
    return found.value.slag === "tal"
      ? `${plainText(found.value)} ${found.value.enhet}`.trim()
      : plainText(found.value);
  };
  test.each([
    ["[antal] / [antal]", "1 andel"],
    ["[kr] / [kr]", "1 andel"],
    ["[andel] / [andel2]", "1.3333333333333333 andel"],
    ["[andel] - [andel2]", "0.1 procentenheter"],
    ["1 - [andel]", "0.6 andel"],
    ["[antal] + 5", "15 antal"],
    ["[kr] * 1,4", "700 kr"],
    ["[antal] * [kr]", "5000 kr"],
    ["[manader] * [kr]", "6000 kr"],
    ["[kr] / [antal]", "50 kr"],
    ["[kr] / [timmar]", "25 kr/timmar"],
    ["[kr] / [timmar] * [timmar]", "500 kr"],
    ["2 * 3", "6"],
    ["dagar([dag], [dag])", "0 dagar"],
    ["manader([dag], [dag])", "0 manader"],
    ["[antal] + [kr]", "olika_enheter"],
    ["[andel] + [antal]", "olika_enheter"],
    ["[kr] * [kr]", "olika_enheter"],
    ["[antal] / [noll]", "ej_tillamplig"],
    ["[intervall] + 1", "annat_slag"],
    ["[dag] + 1", "annat_slag"],
    ["dagar([antal], [dag])", "annat_slag"],
    ["[inget] + 1", "saknas"],
  ])("%s is %s", (text, expected) => {
    expect(outcome(text)).toBe(expected);
  });
  test("keeps the counts that it shows, and what a share leaves out", () => {
    const found = computed("[antal] / ([antal] + 2)");
    expect(!isMissing(found) && [...found.counts.values()].map(({ n, d }) => Number(n / d))).toEqual([12, 2]);
  });
});

describe("a total that is not the sum of its parts", () => {
  const rest = async (total: string, parts: readonly string[]): Promise<string> => {
    const terms = await Promise.all(parts.map(said));
    const sum = terms.map(known).reduce((a, b) => {
      const found = evaluate(
        { slag: "tecken", tecken: "+", a: { slag: "uppgift", namn: "a" }, b: { slag: "uppgift", namn: "b" } },
        (name) => (name === "a" ? a : b),
      );
      if (isMissing(found)) throw new Error(found.missing);
      return found;
    });
    return plain(unlisted(await said(total), sum.value, terms.map(known)));
  };
  test("leaves a remainder, which is shown", async () => {
    expect(await rest("100 kr", ["30 kr", "50 kr"])).toBe(" Delarna lämnar 20 kr av summan.");
    expect(await rest("100 %", ["30 %", "50 %"])).toBe(" Delarna lämnar 20 % av summan.");
    expect(await rest("31", ["10", "20"])).toBe(" Delarna lämnar 1 av summan.");
  });
  test("of rounded amounts the remainder is known within the rounding of the total", async () => {
    expect(await rest("9,3 mkr", ["8428000 kr", "100000 kr"])).toBe(
      " Delarna lämnar 772 000 kr av summan (722 000–822 000 kr, eftersom uppgiften är avrundad till hela 100 000 kr).",
    );
  });
  test("or is less than its parts", async () => {
    expect(await rest("70 kr", ["30 kr", "50 kr"])).toBe(" Delarna är 10 kr mer än summan.");
  });
  test("may be so because each was rounded; counts are not rounded", async () => {
    expect(await rest("2,9 mkr", ["1,4 mkr", "1,4 mkr"])).toBe(
      " Skillnaden ryms i att talen är avrundade vart för sig.",
    );
    expect(await rest("21", ["10", "10"])).toBe(" Delarna lämnar 1 av summan.");
  });
  test("a term that nobody states is what the others leave of the total, within its rounding", async () => {
    const nobody: Computed = { skal: "saknas", missing: "Kostnaden anges inte" };
    expect(plain(remainder(await said("9,3 mkr"), [known(await said("8428000 kr")), nobody]))).toBe(
      ". Det som anges blir 8 428 000 kr; av uppgiftens 9 300 000 kr är 872 000 kr inte specificerat (822 000–922 000 kr, eftersom uppgiften är avrundad till hela 100 000 kr)",
    );
    expect(remainder(await said("9,3 mkr"), [nobody, nobody])).toBe("");
  });
});
