/** What the search finds, on small staffing worked out by hand, and on any staffing with one known slip. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { costAMonthOf, costOf, type Line, monthsIn, wholeMonth } from "../../src/budget/line.ts";
import { type Cell, type Explanation, reproduces, search, sumOf } from "../../src/budget/search.ts";
import { explainedAmount, explanationText, unexplainedText } from "../../src/budget/sentences.ts";
import { compare, fromDecimal, type Rational, rational } from "../../src/schema/rational.ts";

interface Given extends Partial<Omit<Line, "omfattning" | "varav" | "delar" | "delar_alt">> {
  readonly omfattning?: string;
  readonly varav?: string;
  /** Months of each year. */
  readonly manader?: Readonly<Record<number, number>>;
  readonly manader_alt?: Readonly<Record<number, number>>;
}

const kr = (amount: number): Rational => rational(BigInt(amount) * 100n);

const monthsOf = (months: Readonly<Record<number, number>>): Map<number, bigint> =>
  new Map(Object.entries(months).map(([ar, count]) => [Number(ar), BigInt(count) * wholeMonth]));

let next = 0;
const line = ({ omfattning = "1", varav, manader = { 2018: 12 }, manader_alt: other, ...given }: Given): Line => ({
  rad_id: next,
  kallrad: next++,
  part_id: "k",
  roll: "handläggare",
  fran: "2018-01-01",
  till: "2018-12-31",
  till_alt: null,
  manadskostnad: null,
  heltidskostnad: null,
  manadslon: null,
  po_faktor: null,
  dokument: null,
  avsnitt: null,
  ...given,
  omfattning: fromDecimal(omfattning),
  varav: varav === undefined ? null : fromDecimal(varav),
  delar: monthsOf(manader),
  delar_alt: other === undefined ? null : monthsOf(other),
});

const cell = (budget: number, lines: readonly Line[], all = lines, ar = 2018): Cell => ({
  ar,
  budget: BigInt(budget) * 100n,
  lines,
  all,
});

const kindsOf = (one: Cell): (string | undefined)[] => search(one).explanations.map(({ change }) => change?.kind);
const told = (one: Cell): string[] => search(one).explanations.map((each) => explanationText(each, one, []));

describe("a cell that its lines give", () => {
  test("needs no change", () => {
    const one = cell(120_000, [line({ manadskostnad: kr(10_000) })]);
    expect(search(one)).toEqual({ recomputed: 12_000_000n, explanations: [{ reading: [], change: null }] });
  });
  test("to the krona where the budget is in whole kronor, to the öre where it is not", () => {
    expect(reproduces(10_049n, 10_000n)).toBe(true);
    expect(reproduces(10_050n, 10_000n)).toBe(false);
    expect(reproduces(10_050n, 10_100n)).toBe(true);
    expect(reproduces(-10_050n, -10_100n)).toBe(true);
    expect(reproduces(10_049n, 10_050n)).toBe(false);
  });
});

describe("a cell that its lines give, but for how it was set", () => {
  const unit = line({ manadskostnad: kr(9979) });
  test("is rounded to tens, hundreds or thousands of kronor", () => {
    expect(told(cell(120_000, [unit]))).toEqual([
      "Budgeten är bemanningens belopp, 119\u00a0748\u00a0kr, avrundat till hela tusental kronor.",
    ]);
    expect(told(cell(119_700, [unit]))[0]).toContain("avrundat till hela hundratal kronor");
    expect(told(cell(119_750, [unit]))[0]).toContain("avrundat till hela tiotal kronor");
    expect(told(cell(119_800, [unit]))).toEqual([]);
  });
  test("or is what was granted, where the lines give what was applied for", () => {
    const one = { ...cell(100_000, [unit]), ansokt: 11_974_800n };
    expect(told(one)).toEqual([
      "Bemanningen ger det belopp som söktes, 119\u00a0748\u00a0kr; det beviljade är 19\u00a0748\u00a0kr mindre.",
    ]);
    expect(told({ ...one, ansokt: 12_000_000n })).toEqual([]);
  });
});

describe("a slip is named with the line it is in and the line that bears it out", () => {
  test("the other reading of a period comes before any change, with what the text as it stands gives", () => {
    const june = line({
      ...{ heltidskostnad: kr(43_400), omfattning: "0.2", manader: { 2018: 1 }, manader_alt: { 2018: 3 } },
      ...{ fran: "2018-06-01", till: "2018-06-30", till_alt: "2018-08-31" },
    });
    const one = cell(26_040, [june]);
    expect(told(one)).toEqual([
      "Texten kan läsas på två sätt. Budgetens belopp fås om handläggare 0,2 räknas i tre månader à 8\u00a0680\u00a0kr (2018-06-01–2018-08-31) i stället för en månad (2018-06-01–2018-06-30); annars blir det 8\u00a0680\u00a0kr.",
    ]);
  });
  test("the months of the other reading are told with the rows it is read with, and those that meet are one period", () => {
    const part = { heltidskostnad: kr(43_400), omfattning: "0.2" };
    const june = line({
      ...{ ...part, fran: "2018-06-01", till: "2018-06-30", till_alt: "2018-08-31" },
      ...{ manader: { 2018: 1 }, manader_alt: { 2018: 3 } },
    });
    const september = line({ ...part, fran: "2018-09-01", till: "2018-09-30", manader: { 2018: 1 } });
    const whole = line({ heltidskostnad: kr(43_400), fran: "2018-10-01", manader: { 2018: 3 } });
    const [sentence = ""] = told(cell(4 * 8680 + 3 * 43_400, [june, september, whole]));
    expect(sentence.replaceAll("\u00a0", " ")).toBe(
      "Texten kan läsas på två sätt. Budgetens belopp fås om handläggare 0,2 räknas i fyra månader à 8 680 kr (2018-06-01–2018-09-30) i stället för två månader (2018-06-01–2018-06-30 och 2018-09-01–2018-09-30); annars blir det 147 560 kr.",
    );
  });
  test("of two lines with another reading, the fewest that give the amount, and both where they cannot be told apart", () => {
    const readable = (roll: string): Line =>
      line({ roll, manadskostnad: kr(1000), manader: { 2018: 1 }, manader_alt: { 2018: 2 }, till_alt: "2018-02-28" });
    const lines = [readable("a"), readable("b")];
    const read = (budget: number): string[][] =>
      search(cell(budget, lines)).explanations.map(({ reading }) => reading.map(({ roll }) => roll));
    expect(read(3000)).toEqual([["a"], ["b"]]);
    expect(read(4000)).toEqual([["a", "b"]]);
  });
  test("a line counted on beside the one that replaced it", () => {
    const first = line({ manadskostnad: kr(10_220), omfattning: "0.2", till: "2017-08-31", manader: { 2017: 5 } });
    const second = line({ manadskostnad: kr(20_440), omfattning: "0.4", fran: "2017-09-01", manader: { 2018: 12 } });
    const one = cell(12 * (20_440 + 10_220), [first, second]);
    expect(kindsOf(one)).toEqual(["bredvid"]);
    expect(told(one)[0]).toContain("tolv månader à 10\u00a0220\u00a0kr, 122\u00a0640\u00a0kr mer");
  });
  test("a replaced line of another part, or long before, is not counted beside", () => {
    const later = line({ manadskostnad: kr(20_440), fran: "2017-09-01" });
    const budget = 12 * (20_440 + 10_220);
    const other = line({ manadskostnad: kr(10_220), till: "2017-08-31", part_id: "annan", manader: { 2017: 5 } });
    const old = line({ manadskostnad: kr(10_220), till: "2017-06-30", manader: { 2017: 5 } });
    expect(kindsOf(cell(budget, [other, later]))).not.toContain("bredvid");
    expect(kindsOf(cell(budget, [old, later]))).not.toContain("bredvid");
  });
  test("a part of the share that the text has within it, counted on top of it", () => {
    const coordinator = line({ manadskostnad: kr(20_440), omfattning: "0.4", varav: "0.2" });
    const other = line({ roll: "b", manadskostnad: kr(26_880), omfattning: "0.6" });
    const one = cell(12 * (30_660 + 26_880), [coordinator, other]);
    expect(kindsOf(one)).toEqual(["varav"]);
    expect(told(one)[0]).toContain("räknas med 0,4 + 0,2 = 0,6: delen 0,2 ingår enligt texten i 0,4");
  });
  describe("a line stepped down as others were that began the same day", () => {
    const before = { fran: "2017-01-01", till: "2017-12-31", manader: { 2017: 12 } };
    const garden = (given: Given = {}): Line =>
      line({ roll: "trädgård", manadskostnad: kr(21_700), omfattning: "0.5", ...given });
    const clerks = (share: string, given: Given = {}): Line[] => [
      line({ heltidskostnad: kr(43_400), ...before }),
      line({ heltidskostnad: kr(43_400), omfattning: share, ...given }),
    ];
    const kindsWith = (own: readonly Line[], others: readonly Line[]): (string | undefined)[] =>
      kindsOf(cell((12 * 21_700 * 6) / 10, own, [...own, ...others]));
    const own = [garden(before), garden()];
    test("is told with them, and the cost a month before and after", () => {
      expect(kindsWith(own, clerks("0.6"))).toEqual(["nedtrappning"]);
      const one = cell((12 * 21_700 * 6) / 10, own, [...own, ...clerks("0.6")]);
      expect(told(one)[0]?.replaceAll("\u00a0", " ")).toContain(
        "trappas ned lika mycket som handläggare 0,6 (2018-01-01–2018-12-31), till 60 % av vad som gällde före: 13 020 kr i månaden i stället för 21 700 kr.",
      );
    });
    test("is not where the others began another day, stayed or stepped up", () => {
      expect(kindsWith(own, clerks("0.6", { fran: "2018-01-15" }))).not.toContain("nedtrappning");
      expect(kindsWith(own, clerks("1"))).not.toContain("nedtrappning");
      expect(kindsWith(own, [line({ ...before, omfattning: "0.6" }), line({})])).not.toContain("nedtrappning");
    });
    test("is not where its own share changed, or it took nobody's place", () => {
      expect(kindsWith([garden({ ...before, omfattning: "0.6" }), garden()], clerks("0.6"))).not.toContain(
        "nedtrappning",
      );
      expect(kindsWith([garden()], clerks("0.6"))).not.toContain("nedtrappning");
    });
  });
  test("fewer months than the text, and the year whose amount it repeats", () => {
    const garden = line({ manadskostnad: kr(21_700), manader: { 2015: 3, 2018: 5 } });
    const one = cell(65_100, [garden]);
    expect(explanationText(search(one).explanations[0] as Explanation, one, [{ ar: 2015, budget: 6_510_000n }])).toBe(
      "Budgetens belopp fås om handläggare 1 (2018-01-01–2018-12-31) räknas i tre månader i stället för fem månader. Beloppet är detsamma som 2015, då texten gäller tre månader.",
    );
  });
  test("a line without a cost takes the role's other line's, and its factor is held against the others", () => {
    const bare = line({ roll: "läkare", omfattning: "0.2", manadslon: kr(100_000), manader: { 2018: 3 } });
    const priced = line({ roll: "läkare", omfattning: "0.2", manadskostnad: kr(34_000), manader: { 2019: 5 } });
    const clerk = line({ heltidskostnad: kr(43_400), manadslon: kr(31_000) });
    const one = cell(102_000, [bare, priced], [bare, priced, clerk]);
    expect(search(one).recomputed).toBeNull();
    expect(told(one)).toEqual([
      "Kostnad anges inte för läkare 0,2 (2018-01-01–2018-12-31). Budgetens belopp fås om den är 34\u00a0000\u00a0kr i månaden för 0,2, som i läkare 0,2 (2018-01-01–2018-12-31). Det är 1,7 gånger lönen, mot 1,4 i andra rader.",
    ]);
  });
  test("a factor unlike the others, of no line", () => {
    const paid = (roll: string): Line => line({ roll, manadslon: kr(30_000), po_faktor: fromDecimal("1.4") });
    const lines = [paid("a"), paid("b")];
    const one = cell(12 * (42_000 + 30_000 * 1.53), lines);
    expect(kindsOf(one)).toEqual(["faktor", "faktor"]);
    expect(told(one)[0]).toMatch(
      /^Budgetens belopp fås om lönen för a 1 \(.*\) räknas upp 1,53 gånger i stället för 1,4, mot 1,4 i andra rader\.$/,
    );
  });
  test("a factor shared by lines of which one has no share of the post", () => {
    const paid = (roll: string, omfattning: string): Line =>
      line({ roll, omfattning, manadslon: kr(30_000), po_faktor: fromDecimal("1.4") });
    const one = cell(24 * 30_000 * 1.53, [paid("a", "0"), paid("b", "1"), paid("c", "1")]);
    expect(told(one).at(-1)).toMatch(/lönen för a 0 .*, b 1 .* och c 1 .* räknas upp 1,53 gånger i stället för 1,4/);
  });
  test("the share of another line, full time, the share twice, and a line left out", () => {
    const half = line({ roll: "a", heltidskostnad: kr(40_000), omfattning: "0.5" });
    const third = line({ roll: "b", heltidskostnad: kr(10_007), omfattning: "0.3" });
    const rest = 12 * 3002.1;
    expect(kindsOf(cell(Math.round(12 * 12_000 + rest), [half, third]))).toContain("omfattning");
    expect(kindsOf(cell(Math.round(12 * 40_000 + rest), [half, third]))).toContain("heltid");
    expect(kindsOf(cell(Math.round(12 * 10_000 + rest), [half, third]))).toContain("andel");
    expect(kindsOf(cell(Math.round(rest), [half, third]))).toContain("utan");
  });
  test("one assumption about several lines: the same months for all that share a period", () => {
    const lines = [line({ roll: "a", manadskostnad: kr(10_001) }), line({ roll: "b", manadskostnad: kr(20_017) })];
    const one = cell(11 * 30_018, lines);
    expect(search(one).explanations.map(({ change }) => [change?.kind, change?.priced.length])).toEqual([
      ["manader", 2],
    ]);
  });
  test("several lines without a cost, each as the other of its role", () => {
    const bare = (roll: string): Line => line({ roll, omfattning: "0.5", manader: { 2018: 12 } });
    const priced = (roll: string, heltid: number): Line =>
      line({ roll, heltidskostnad: kr(heltid), manader: { 2019: 12 } });
    const lines = [bare("a"), bare("b"), priced("a", 40_002), priced("b", 51_004)];
    const one = cell(6 * (40_002 + 51_004), lines);
    expect(search(one).explanations.map(({ change }) => [change?.kind, change?.of.map(({ roll }) => roll)])).toEqual([
      ["takt", ["a", "b"]],
    ]);
    expect(told(one)[0]).toMatch(
      /^Kostnad anges inte för a 0,5 .* och b 0,5 .* som i rollernas andra rader, a 1 .* och b 1 .*\.$/,
    );
  });
  test("all that are equally simple are given, none is picked", () => {
    const lines = [line({ roll: "a", manadskostnad: kr(10_000) }), line({ roll: "b", manadskostnad: kr(10_000) })];
    expect(told(cell(230_000, lines)).length).toBe(2);
  });
  test("what no single change gives is not explained", () => {
    const one = cell(1, [line({ manadskostnad: kr(10_000) })]);
    const found = search(one);
    expect(found.explanations).toEqual([]);
    expect(unexplainedText(one, found)).toBe(
      "Skillnaden är ej förklarad: bemanningen ger 120\u00a0000\u00a0kr, och ingen enskild ändring av raderna ger budgetens 1\u00a0kr.",
    );
  });
});

/** Lines of one year, each of its own role, in whole months and kronor, so that a slip is worked out in plain numbers. */
const plainLine = fc.record({
  omfattning: fc.integer({ min: 1, max: 100 }),
  heltid: fc.integer({ min: 10_000, max: 90_000 }),
  lon: fc.boolean(),
  manader: fc.integer({ min: 1, max: 12 }),
});

type Plain = { omfattning: number; heltid: number; lon: boolean; manader: number };

const priced = ({ omfattning, heltid, lon, manader }: Plain, roll: number): Line =>
  line({
    roll: `roll ${roll}`,
    omfattning: String(omfattning / 100),
    ...(lon ? { manadslon: kr(heltid), po_faktor: fromDecimal("1.5") } : { heltidskostnad: kr(heltid) }),
    manader: { 2018: manader },
  });

/** Öre of a plain line for so many months, another share (percent) or factor (hundredths); whole, since kr × % is. */
const ore = (
  { omfattning, heltid, lon, manader }: Plain,
  other: { m?: number; o?: number; f?: number } = {},
): number => {
  const hundredths = (other.m ?? manader) * heltid * (other.o ?? omfattning) * (lon ? (other.f ?? 150) : 100);
  return Math.floor((hundredths + 50) / 100);
};

const slip = fc.oneof(
  fc.record({ kind: fc.constant("manader" as const), m: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ kind: fc.constant("utan" as const) }),
  fc.record({ kind: fc.constant("heltid" as const) }),
  fc.record({ kind: fc.constant("omfattning" as const) }),
  fc.record({ kind: fc.constant("faktor" as const), f: fc.integer({ min: 100, max: 200 }) }),
);

describe("for any staffing", () => {
  test("a cell made from its lines by one known slip is explained by that slip, or by less", () => {
    fc.assert(
      fc.property(fc.array(plainLine, { minLength: 1, maxLength: 4 }), slip, fc.nat(), (given, made, at) => {
        const index = at % given.length;
        const one = given[index] as Plain;
        const neighbour = given[(index + 1) % given.length] as Plain;
        fc.pre(made.kind !== "omfattning" || neighbour !== one);
        fc.pre(made.kind !== "faktor" || one.lon);
        const slipped = {
          manader: () => ore(one, { m: made.kind === "manader" ? made.m : one.manader }),
          utan: () => 0,
          heltid: () => ore(one, { o: 100 }),
          omfattning: () => ore(one, { o: neighbour.omfattning }),
          faktor: () => ore(one, { f: made.kind === "faktor" ? made.f : 150 }),
        }[made.kind]();
        const rest = given.filter((other) => other !== one).reduce((sum, other) => sum + ore(other), 0);
        const lines = given.map(priced);
        const budget = BigInt(rest + slipped);
        const found = search({ ar: 2018, budget, lines, all: lines });
        expect(found.recomputed).toBe(BigInt(rest + ore(one)));
        expect(found.explanations.length).toBeGreaterThan(0);
        const own = lines[index];
        const isBySlip = found.explanations.some(
          ({ change }) => change?.kind === made.kind && change.priced.length === 1 && change.priced[0]?.line === own,
        );
        const isByLess = found.explanations.every(({ change }) => change === null);
        // A change may come to the same under two names: then the first name stands.
        const isAlike = found.explanations.some(({ change }) => {
          const [only] = change?.priced.length === 1 ? change.priced : [];
          if (!only || only.line !== own) return false;
          const rate = only.rate ?? costAMonthOf(only.line);
          return rate !== null && costOf(rate, only.delar ?? monthsIn(only.line, 2018)) === BigInt(slipped);
        });
        expect(isBySlip || isByLess || isAlike).toBe(true);
      }),
      { numRuns: 500, seed: 20170401 },
    );
  });
  test("what an explanation says it comes to is the budget, to the krona", () => {
    fc.assert(
      fc.property(
        fc.array(plainLine, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 12 }),
        (given, months) => {
          const lines = given.map(priced);
          const [first, ...rest] = given as [Plain, ...Plain[]];
          const total = ore(first, { m: months }) + rest.reduce((sum, other) => sum + ore(other), 0);
          const one: Cell = { ar: 2018, budget: BigInt(Math.round(total / 100) * 100), lines, all: lines };
          for (const explanation of search(one).explanations) {
            expect(reproduces(explainedAmount(explanation, one), one.budget)).toBe(true);
          }
        },
      ),
      { numRuns: 200, seed: 20170401 },
    );
  });
  test("the order of the lines changes neither the sum nor which explanations there are", () => {
    fc.assert(
      fc.property(fc.array(plainLine, { minLength: 2, maxLength: 4 }), fc.integer({ min: 1, max: 12 }), (given, m) => {
        const lines = given.map(priced);
        const budget = BigInt(ore(given[0] as Plain, { m }) + given.slice(1).reduce((sum, one) => sum + ore(one), 0));
        const told = (order: readonly Line[]): string[] =>
          search({ ar: 2018, budget, lines: order, all: order })
            .explanations.map(({ change }) =>
              JSON.stringify(
                change?.priced.map(({ line: { kallrad }, delar, rate }) => [
                  kallrad,
                  String(delar),
                  rate ? compare(rate, rational(0n)) + String((rate.n * 1_000_000n) / rate.d) : "",
                ]),
              ),
            )
            .sort();
        expect(sumOf({ ar: 2018, lines: lines.toReversed(), all: [] })).toBe(sumOf({ ar: 2018, lines, all: [] }));
        expect(told(lines.toReversed())).toEqual(told(lines));
      }),
      { numRuns: 100, seed: 20170401 },
    );
  });
});
