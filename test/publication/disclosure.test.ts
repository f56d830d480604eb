/** What may be shown of persons, attacked by trying every register of whole persons. */
import { describe, expect, test } from "vitest";
import { Disclosure, type Kind } from "../../src/publication/disclosure.ts";
import { random } from "../random.ts";

/** Kinds from how many there are and how often each set counts them. */
const kindsOf = (sets: readonly string[], rows: readonly (readonly [persons: number, ...times: number[]])[]): Kind[] =>
  rows.map(([persons, ...times]) => ({
    persons,
    times: new Map(sets.flatMap((set, i) => (times[i] ? [[set, times[i]] as const] : []))),
  }));

const row = (id: string, ...sets: string[]) => ({ id, sets, shares: [] });

/** The most persons of each group that can be told apart, over all registers of whole persons that give what is shown. */
const attack = (kinds: readonly Kind[], shown: readonly string[]): { persons: number; most: number }[] => {
  const groups = [
    ...Map.groupBy(kinds, ({ times }) => shown.map((set) => times.get(set) ?? 0).join(" ")).entries(),
  ].map(([key, own]) => ({ times: key.split(" ").map(Number), persons: own.reduce((n, one) => n + one.persons, 0) }));
  const asked = shown.map((_, k) => groups.reduce((sum, { times, persons }) => sum + persons * (times[k] ?? 0), 0));
  const most = groups.map(({ times }) => (times.every((n) => n === 0) ? Number.POSITIVE_INFINITY : 0));
  const counted = groups.flatMap(({ times }, j) => (times.some((n) => n > 0) ? [{ times, j }] : []));
  const persons: number[] = [];
  const tryAll = (at: number, rest: readonly number[]): void => {
    const group = counted[at];
    if (!group) {
      if (rest.every((n) => n === 0))
        for (const [i, { j }] of counted.entries()) most[j] = Math.max(most[j] ?? 0, persons[i] ?? 0);
      return;
    }
    for (
      let n = 0, left = rest;
      left.every((one) => one >= 0);
      n++, left = left.map((one, k) => one - (group.times[k] ?? 0))
    ) {
      persons[at] = n;
      tryAll(at + 1, left);
    }
  };
  tryAll(0, asked);
  return groups.map((group, j) => ({ persons: group.persons, most: most[j] ?? 0 }));
};

describe("what is shown one after the other", () => {
  test("may be large and differ by one: then only the first is shown", () => {
    const kinds = kindsOf(
      ["deltaganden", "unika"],
      [
        [25, 1, 1],
        [1, 1, 0],
      ],
    );
    const disclosure = new Disclosure(kinds, 5);
    expect(disclosure.show(row("a", "unika")).reason).toBe("ingen");
    expect(disclosure.show(row("b", "deltaganden"))).toMatchObject({ reason: "samband" });
    expect(
      disclosure
        .show(row("b", "deltaganden"))
        .relation.map(([set]) => set)
        .sort(),
    ).toEqual(["deltaganden", "unika"]);
  });
  test("terms overlap tertials: h1 − t1 gives the 2, and so does h2 − t3 by way of t2", () => {
    const kinds = kindsOf(
      ["h1", "h2", "t1", "t2", "t3"],
      [
        [9, 1, 0, 1, 0, 0],
        [2, 1, 0, 0, 1, 0],
        [8, 0, 1, 0, 1, 0],
        [7, 0, 1, 0, 0, 1],
      ],
    );
    const disclosure = new Disclosure(kinds, 5);
    expect(["h1", "h2", "t1", "t2", "t3"].map((set) => disclosure.show(row(set, set)).reason)).toEqual([
      ...["ingen", "ingen", "samband", "ingen", "samband"],
    ]);
  });
  test("0 is shown, 1–4 never, and a set that is known again costs nothing", () => {
    const disclosure = new Disclosure(
      kindsOf(
        ["fem", "fyra"],
        [
          [5, 1, 0],
          [4, 0, 1],
        ],
      ),
      5,
    );
    expect(["tom", "fem", "fyra", "fem"].map((set) => disclosure.show(row(set, set)).reason)).toEqual([
      ...["ingen", "ingen", "fa", "ingen"],
    ]);
  });
  test("all or none of nine is not shown, of ten it is", () => {
    const of = (persons: number) => {
      const disclosure = new Disclosure(kindsOf(["alla"], [[persons, 1]]), 5);
      return disclosure.show({ id: "r", sets: ["alla"], shares: [["ingen", "alla"]] }).reason;
    };
    expect([of(9), of(10)]).toEqual(["alla", "ingen"]);
  });
  test("a verdict is a bound: at least five of nine says that the others are at most four", () => {
    const kinds = kindsOf(
      ["alla", "en"],
      [
        [5, 1, 1],
        [4, 1, 0],
      ],
    );
    const bound = (op: ">=" | "<=", value: number): boolean => {
      const disclosure = new Disclosure(kinds, 5);
      disclosure.show(row("alla", "alla"));
      return disclosure.showBound({ id: "en", weights: new Map([["en", 1]]), op, value });
    };
    expect([bound(">=", 4), bound(">=", 5), bound("<=", 5)]).toEqual([true, false, true]);
  });
});

test("no group of 1–4 can be worked out of 400 random registers with up to seven figures", () => {
  const next = random(17);
  const upTo = (n: number): number => Math.floor(next() * (n + 1));
  let hidden = 0;
  for (let i = 0; i < 400; i++) {
    const sets = Array.from({ length: 3 + upTo(4) }, (_, k) => `m${k}`);
    const kinds = kindsOf(
      sets,
      Array.from({ length: 2 + upTo(3) }, () => [
        1 + upTo(7),
        ...sets.map(() => (next() < 0.5 ? 0 : next() < 0.9 ? 1 : 2)),
      ]),
    );
    const disclosure = new Disclosure(kinds, 5);
    const shown = sets.filter((set) => disclosure.show(row(set, set)).reason === "ingen");
    hidden += sets.length - shown.length;
    const found = attack(kinds, shown).filter(({ persons, most }) => persons > 0 && most < 5);
    expect({ i, found }).toEqual({ i, found: [] });
  }
  expect(hidden).toBeGreaterThan(100);
});

test("nor of 150 random folders with up to four reports in a row, between which persons come and change", () => {
  const next = random(4);
  const upTo = (n: number): number => Math.floor(next() * (n + 1));
  let hidden = 0;
  for (let i = 0; i < 150; i++) {
    const reports = Array.from({ length: 2 + upTo(2) }, (_, t) => ["a", "b"].map((set) => `${t}${set}`));
    const sets = reports.flat();
    // Each kind comes with some report, and is counted again as it was unless something has changed.
    const kinds = kindsOf(
      sets,
      Array.from({ length: 2 + upTo(2) }, () => {
        const first = upTo(reports.length - 1);
        let counted = [next() < 0.6, next() < 0.6];
        const times = reports.flatMap((_, t) => {
          if (t > first && next() < 0.3) counted = [next() < 0.5, next() < 0.5];
          return counted.map((is) => (t >= first && is ? 1 : 0));
        });
        return [1 + upTo(7), ...times];
      }),
    );
    let known: string[] = [];
    const shown: string[] = [];
    for (const own of reports) {
      const disclosure = new Disclosure(kinds, 5, known);
      shown.push(...own.filter((set) => disclosure.show(row(set, set)).reason === "ingen"));
      known = disclosure.known().map(({ name }) => name);
    }
    hidden += sets.length - shown.length;
    const found = attack(kinds, shown).filter(({ persons, most }) => persons > 0 && most < 5);
    expect({ i, found }).toEqual({ i, found: [] });
  }
  expect(hidden).toBeGreaterThan(100);
});
