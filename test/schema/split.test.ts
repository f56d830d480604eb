import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { explainedSplit, split } from "../../src/schema/split.ts";
import { command, type Finished } from "../command.ts";
import { furnished } from "../database.ts";

const oreOf = (belopp: string, key: string): Record<string, number> =>
  Object.fromEntries(split(belopp, key).delar.map(({ id, ore }) => [id, ore]));

describe("an amount is shared out to the öre", () => {
  test("52, 34 and 14 of 100,01 kr: the öre left goes to the largest remainder", () => {
    expect(split("100,01", "a=52,b=34,c=14")).toEqual({
      delar: [
        { id: "a", ore: 5201, exakt: 5200.52 },
        { id: "b", ore: 3400, exakt: 3400.34 },
        { id: "c", ore: 1400, exakt: 1400.14 },
      ],
    });
  });
  test("of equal remainders the id that sorts first goes first", () => {
    expect(oreOf("0,02", "c=1,a=1,b=1")).toEqual({ a: 1, b: 1, c: 0 });
  });
  test("a credit note is floored towards minus infinity, so the öre left are given back", () => {
    // −33,3 and −66,7 of an öre floor to −1 and −1; the larger remainder, 0,667, gets one back
    expect(oreOf("-0,01", "a=33,3,b=66,7")).toEqual({ a: 0, b: -1 });
  });
  test("a key that does not sum to 100 is a proportion, and a share of 0 gets nothing", () => {
    expect(oreOf("90", "a=0,5,b=0,4,c=0")).toEqual({ a: 5000, b: 4000, c: 0 });
  });
  test.each([
    ["310163", 31016300],
    ["310 163,5", 31016350],
    ["310\u00a0163,50 kr", 31016350],
    ["−500", -50000],
    ["0,01", 1],
  ])("%s is %i öre", (belopp, ore) => {
    expect(split(belopp, "a=1").delar).toEqual([{ id: "a", ore, exakt: ore }]);
  });
  test("a number and an object do as well as text", () => {
    expect(split(100.01, { b: 34, a: 52, c: 14 })).toEqual(split("100,01", "a=52,b=34,c=14"));
  });
  test("the parts that got an öre are told, with the remainder that gave it", () => {
    expect(explainedSplit("0,05", "a=1,b=1,c=1").map(({ id, golv, far_ore: got }) => [id, golv, got])).toEqual([
      ["a", 1, true],
      ["b", 1, true],
      ["c", 1, false],
    ]);
  });
  test.each([
    ["1,234", "a=1", "whole öre"],
    ["1.234", "a=1", "whole öre"],
    ["12 34", "a=1", "whole öre"],
    ["tolv", "a=1", "amount: tolv"],
    ["99999999999999999", "a=1", "too large"],
    ["1", "a", "id=share"],
    ["1", "", "id=share"],
    ["1", "a=1,a=2", "a stands twice"],
    ["1", "a=-1,b=2", "0 or more"],
    ["1", "a=0,b=0", "every share is 0"],
    ["1", "=1", "id=share"],
  ])("%j by %j is refused: %s", (belopp, key, why) => {
    expect(() => split(belopp, key)).toThrow(why);
  });
});

const belopp = fc.integer({ min: -10_000_000_000, max: 10_000_000_000 });
const weights = fc
  .uniqueArray(fc.tuple(fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }), fc.nat({ max: 1_000_000 })), {
    minLength: 1,
    maxLength: 12,
    selector: ([id]) => id,
  })
  .filter((key) => key.some(([, weight]) => weight > 0));

const kronor = (ore: number): string =>
  `${ore < 0 ? "-" : ""}${Math.floor(Math.abs(ore) / 100)},${String(Math.abs(ore) % 100).padStart(2, "0")}`;

describe("any amount by any key", () => {
  test("the parts sum to it exactly, and none is a whole öre from its exact share", () => {
    fc.assert(
      fc.property(belopp, weights, (ore, key) => {
        const { delar } = split(kronor(ore), Object.fromEntries(key));
        expect(delar.reduce((sum, part) => sum + part.ore, 0)).toBe(ore);
        const all = key.reduce((sum, [, weight]) => sum + BigInt(weight), 0n);
        for (const part of delar) {
          const weight = BigInt(Object.fromEntries(key)[part.id] ?? 0);
          const off = BigInt(part.ore) * all - BigInt(ore) * weight;
          expect(off > -all && off < all).toBe(true);
        }
      }),
    );
  });
  test("the order of the key changes nothing", () => {
    fc.assert(
      fc.property(
        belopp,
        weights.chain((key) => fc.tuple(fc.constant(key), fc.shuffledSubarray(key, { minLength: key.length }))),
        (ore, [key, shuffled]) => {
          const text = (pairs: readonly (readonly [string, number])[]): Record<string, number> =>
            Object.fromEntries(pairs);
          expect(split(kronor(ore), text(shuffled))).toEqual(split(kronor(ore), text(key)));
        },
      ),
    );
  });
});

describe("in SQL and here it is one function", () => {
  let db: Database;
  beforeAll(async () => {
    db = await furnished();
  });
  afterAll(() => db.close());

  test("storsta_rest gives every part the same öre, whatever order its rows are in", async () => {
    await fc.assert(
      fc.asyncProperty(
        belopp,
        weights.chain((key) => fc.shuffledSubarray(key, { minLength: key.length })),
        async (ore, key) => {
          const all = key.reduce((sum, [, weight]) => sum + weight, 0);
          const rows = await db.rows<{ id: string; ore: number }>(
            `select id, cast(storsta_rest(cast($ore as bigint), vikt, $all, row('g'), id) as bigint) as ore
             from (select unnest(from_json($ids, '["varchar"]')) as id, unnest(from_json($vikter, '["bigint"]')) as vikt)`,
            {
              ore: String(ore),
              all,
              ids: JSON.stringify(key.map(([id]) => id)),
              vikter: JSON.stringify(key.map(([, weight]) => weight)),
            },
          );
          const ours = new Map(split(kronor(ore), Object.fromEntries(key)).delar.map((part) => [part.id, part.ore]));
          expect(new Map(rows.map((row) => [row.id, row.ore]))).toEqual(ours);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("finsam split", () => {
  const finsam = (...words: string[]): Promise<Finished> => command(["split", ...words], { cwd: "." });
  test("gives JSON, takes a negative amount bare, and shows its workings otherwise", async () => {
    expect(JSON.parse((await finsam("-100,01", "--key", "c=14,b=34,a=52", "--json")).stdout)).toEqual(
      split("-100,01", "a=52,b=34,c=14"),
    );
    const { stdout, code } = await finsam("100,01", "--key", "a=52,b=34,c=14");
    expect(code).toBe(0);
    expect(stdout).toContain("1 öre was left when each part was rounded down. It went to a");
  });
  test.each([
    [["100"], "--key"],
    [["100", "--key", "a"], "id=share"],
    [["hundra", "--key", "a=1"], "amount: hundra"],
    [["100", "--kye", "a=1", "--key", "a=1"], "too many arguments"],
  ])("%j is wrong usage: exit 2", async (words, why) => {
    const { code, stdout, stderr } = await finsam(...words);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(why);
  });
});
