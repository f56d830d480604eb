/** Care units graded and ranked a second time: one unit against all others, in plain TypeScript, from the example's CSV. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parsePipeline } from "../src/schema/pipeline.ts";
import { columns, deliver, pick, type Row } from "./contract/delivery.ts";
import { shippedRun } from "./shipped.ts";

const home = join(import.meta.dirname, "..");
const file = join(home, "pipelines/exempel/vardtyngd.yaml");
const { vardtyngd: rules } = parsePipeline(file, readFileSync(file));
type Rule = (typeof rules)[string];
const names = Object.keys(rules);

/** Each unit with its value for each parameter, as the file has it. */
const units = readFileSync(join(home, "data/exempel/vardtyngd/vardcentraler.csv"), "utf8")
  .trimEnd()
  .split("\n")
  .slice(1)
  .map((line) => {
    const [enhet = "", , , ...cells] = line.split(";");
    const values = cells.map((cell) => (cell === "" ? undefined : Number(cell.replaceAll(" ", ""))));
    return { enhet, values: new Map(names.map((name, i) => [name, values[i]])) };
  });

/** The grade of a value among all: how many of three limits it is above, or below where low is heavy. */
const gradeOf = (value: number | undefined, all: readonly number[], { regel, riktning }: Rule): number | undefined => {
  if (value === undefined) return undefined;
  const sign = riktning === "fallande" ? -1 : 1;
  const sorted = all.map((one) => one * sign).sort((a, b) => a - b);
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  const limits = [1, 2, 3].map((k) => {
    if (Array.isArray(regel)) return (regel[k - 1] ?? 0) * sign;
    if (regel === "lika_bredd") return low + ((high - low) * k) / 4;
    const place = ((sorted.length - 1) * k) / 4;
    const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.floor(place) + 1]];
    return below + (above - below) * (place % 1);
  });
  return 1 + limits.filter((limit) => limit < value * sign).length;
};
const valuesOf = (name: string): number[] => units.flatMap(({ values }) => values.get(name) ?? []);
const gradesOf = (name: string, rule: Rule): Map<string, number | undefined> =>
  new Map(units.map(({ enhet, values }) => [enhet, gradeOf(values.get(name), valuesOf(name), rule)]));

/** The lowest and highest points that a unit may have. */
interface Points {
  readonly enhet: string;
  readonly low: number;
  readonly high: number;
}
const pointsUnder = (ruleOf: (rule: Rule) => Rule, weightOf: (name: string, rule: Rule) => number): Points[] => {
  const graded = Object.entries(rules).map(([name, rule]) => ({
    weight: weightOf(name, rule),
    grades: gradesOf(name, ruleOf(rule)),
  }));
  const sum = (enhet: string, unknown: number): number =>
    graded.reduce((all, { weight, grades }) => all + weight * (grades.get(enhet) ?? unknown), 0);
  return units.map(({ enhet }) => ({ enhet, low: sum(enhet, 1), high: sum(enhet, 4) }));
};
const rankings = [
  (rule: Rule): Rule => rule,
  (rule: Rule): Rule => ({ ...rule, regel: "kvartil" }),
  (rule: Rule): Rule => ({ ...rule, regel: "lika_bredd" }),
].flatMap((ruleOf) =>
  [
    (_: string, { vikt }: Rule) => vikt,
    () => 1,
    ...names.map(
      (doubled) =>
        (name: string, { vikt }: Rule) =>
          vikt * (name === doubled ? 2 : 1),
    ),
  ].map((weightOf) => pointsUnder(ruleOf, weightOf)),
);

let rows: Row[] = [];
let grades: Row[] = [];
beforeAll(async () => {
  const { out } = await shippedRun("exempel");
  const read = (name: string): Row[] => JSON.parse(readFileSync(join(out, "internt", `${name}.json`), "utf8")) as Row[];
  [rows, grades] = [read("vardtyngd"), read("vardtyngdsgrad")];
});

describe("the example's 65 units", () => {
  test("are graded by the declared rules; what is missing has no grade", () => {
    const expected = names.flatMap((name) =>
      [...gradesOf(name, rules[name] as Rule)].map(([enhet, grad]) => [enhet, name, grad ?? null]),
    );
    expect(columns(grades, "enhet_id", "rubrik", "grad").sort()).toEqual(expected.sort());
    expect(expected).toHaveLength(325);
    expect(grades.filter(({ grad, varde }) => (grad === null) !== (varde === null))).toEqual([]);
  });
  test("have the weighted sum as points, and none where a parameter is missing", () => {
    const expected = (rankings[0] ?? []).map(({ enhet, low, high }) => [enhet, low === high ? low : null]);
    expect(columns(rows, "enhet_id", "poang")).toEqual(expected);
    expect(columns(rows, "enhet_id", "saknade")).toEqual(
      units.map(({ enhet, values }) => [enhet, names.filter((name) => values.get(name) === undefined).length]),
    );
    expect(rows.filter(({ poang }) => poang === null)).toHaveLength(3);
  });
  test("have a rank, and the best and worst that other rules and weights and what is missing give", () => {
    const best = (all: readonly Points[], one: Points): number => 1 + all.filter(({ low }) => low > one.high).length;
    const worst = (all: readonly Points[], one: Points): number =>
      1 + all.filter(({ enhet, high }) => enhet !== one.enhet && high > one.low).length;
    const expected = units.map(({ enhet }) => {
      const own = rankings.map((all) => ({ all, one: all.find((other) => other.enhet === enhet) as Points }));
      const [first] = own;
      return [
        enhet,
        first && first.one.low === first.one.high ? best(first.all, first.one) : null,
        Math.min(...own.map(({ all, one }) => best(all, one))),
        Math.max(...own.map(({ all, one }) => worst(all, one))),
      ];
    });
    expect(columns(rows, "enhet_id", "rang", "rang_lag", "rang_hog")).toEqual(expected);
    expect(rows.filter(({ rang_lag, rang_hog }) => rang_lag !== rang_hog).length).toBeGreaterThan(50);
  });
});

test("ties, limits, directions and words for a parameter: four units by hand", async () => {
  const value = (enhet: string, parameter: string, varde: string | null) =>
    ["f", enhet, enhet.toUpperCase(), parameter, varde] as const;
  const d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "vardenhet.csv": [
        ["forbund_id", "enhet_id", "namn", "parameter", "varde"],
        // Quartiles of 10, 10, 20, 40 are 10, 15 and 25: 10 is on the first.
        ...["10", "10", "20", "40"].map((varde, i) => value("abcd"[i] ?? "", "Antal listade", varde)),
        // Steps of 0–8 end at 2, 4 and 6; low is heavy, so 8 has grade 1, 6 and 4 are on limits, and 0 has grade 4.
        ...["8", "6", "4", "0"].map((varde, i) => value("abcd"[i] ?? "", "inkomst", varde)),
        // Given limits: 1,5 is on the first.
        ...["1,5", "1,6", "3"].map((varde, i) => value("abcd"[i] ?? "", "tungt", varde)),
        value("a", "utanför", "7"),
        // All that is known of e was refused.
        value("e", "inkomst", "hög"),
      ],
    },
    pipelines: {
      "p.yaml": {
        insats: "*",
        vardtyngd: {
          "Antal listade": { vikt: 1.5 },
          inkomst: { regel: "lika_bredd", riktning: "fallande" },
          tungt: { regel: [1.5, 2, 3.5], vikt: 2 },
        },
      },
    },
  });
  const of = (parameter: string): unknown[] => columns(pick(d.rows("vardtyngdsgrad"), { parameter }), "grad").flat();
  expect(of("antal_listade")).toEqual([1, 1, 3, 4, null]);
  expect(of("inkomst")).toEqual([1, 1, 2, 4, null]);
  expect(of("tungt")).toEqual([1, 2, 3, null, null]);
  // a 1,5 + 1 + 2; b 1,5 + 1 + 4; c 4,5 + 2 + 6; d 6 + 4 + 2..8 lies between 12 and 18, on both sides of c.
  expect(columns(d.rows("vardtyngd"), "poang", "rang", "saknade")).toEqual([
    [4.5, 4, 0],
    [6.5, 3, 0],
    [12.5, 1, 0],
    [null, null, 1],
    [null, null, 3],
  ]);
  // At worst e has grade 1 in all, as a has whatever the rule: then both are fourth.
  expect(columns(pick(d.rows("vardtyngd"), { enhet_id: "e" }), "namn", "rang_lag", "rang_hog")).toEqual([["E", 1, 4]]);
  expect(columns(d.rows("datakvalitet"), "kod", "varde").sort()).toEqual([
    ["ogiltigt_tal", "hög"],
    ["parameter_utan_regel", "utanfor"],
  ]);
});

test("a graded parameter that no row has is a finding, with the name that is meant, in each förbund", async () => {
  const d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
        ["g", "G"],
      ],
      "vardenhet.csv": [
        ["forbund_id", "enhet_id", "namn", "parameter", "varde"],
        ["f", "a", "A", "Listade", 10],
        ["g", "a", "A", "Listade", 10],
        ["f", "a", "A", "inkomst", "hög"],
      ],
    },
    pipelines: { "p.yaml": { insats: "*", vardtyngd: { listade: {}, listad: {}, inkomst: {} } } },
  });
  const found = pick(d.rows("datakvalitet"), { kod: "parameter_utan_varden" });
  expect(columns(found, "rad", "varde")).toEqual([
    [2, "listad"],
    [3, "listad"],
  ]);
  expect(String(found[0]?.meddelande)).toContain("Menas listade?");
});
