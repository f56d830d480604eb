import { describe, expect, test } from "vitest";
import { tillGodo } from "../../src/goals/absences.ts";
import { noBortfall } from "../../src/goals/bortfall.ts";
import type { Demand } from "../../src/goals/demand.ts";
import type { Judged } from "../../src/goals/judge.ts";
import { type Measure, measures } from "../../src/schema/measures.ts";
import { rational, zero } from "../../src/schema/rational.ts";

const measureOf = (name: string): Measure => {
  const measure = measures.get(name);
  if (!measure) throw new Error(name);
  return measure;
};

const asked = (percent: number, closed = true): Demand => ({
  from: rational(BigInt(percent), 100n),
  to: null,
  closed,
  target: rational(BigInt(percent), 100n),
  nivaer: [],
  andel: rational(1n),
  percent: true,
});

const attended = (present: number, called: number, demand: Demand | null = asked(85)): Judged => ({
  varde: rational(BigInt(present), BigInt(called)),
  taljare: rational(BigInt(present)),
  namnare: rational(BigInt(called)),
  tackningsgrad: null,
  okand: zero,
  har_okanda_ord: false,
  malvarde: demand?.target ?? null,
  kontroll: null,
  lack: null,
  bortfall: noBortfall,
  demand,
  status: "ej_matbart",
  skal: null,
  ki: null,
  ar_nara: null,
  takt: null,
});

const narvaro = measureOf("narvaroandel");

describe("möten till godo is how many more absences the goal allows", () => {
  test.each([
    ["17 of 20 is 85 %: none more", 17, 20, 0, 0],
    ["18 of 20: one more", 18, 20, 0, 1],
    ["16 of 20: one too many", 16, 20, 0, -1],
    ["20 of 22 and two planned: of 24 at least 21 (20,4), so 3 absences, 2 used", 20, 22, 2, 1],
    ["17 of 22 and two planned: two too many", 17, 22, 2, -2],
    ["26 of 32 and 8 planned: 34 of 40 is a tie and enough", 26, 32, 8, 0],
  ])("%s", (_, present, called, planned, left) => {
    expect(tillGodo(narvaro, attended(present, called), planned, true)?.antal).toBe(left);
  });
  test("a tie is not enough for >", () => {
    expect(tillGodo(narvaro, attended(18, 20, asked(85, false)), 0, true)?.antal).toBe(0);
  });
  test("called and held have each their own", () => {
    expect(tillGodo(measureOf("narvaroandel_hallna"), attended(18, 20), 0, true)?.antal).toBe(1);
  });
});

describe("a goal is out of reach", () => {
  test.each([
    ["when what is planned cannot bring it back", 17, 22, 2, true, 85, true],
    ["not while it can", 16, 20, 20, true, 85, false],
    ["not when nothing more is known of: möten may be added", 16, 20, 0, true, 85, false],
    ["but 100 % is, after one absence", 19, 20, 0, true, 100, true],
    ["when the period is over", 16, 20, 0, false, 85, true],
  ])("%s", (_, present, called, planned, open, percent, lost) => {
    expect(tillGodo(narvaro, attended(present, called, asked(percent)), planned, open)?.ar_utom_rackhall).toBe(lost);
  });
});

describe("nothing is to spare", () => {
  test.each([
    ["of a share that is no attendance", "andel_kvinnor", asked(40)],
    ["without a target", "narvaroandel", null],
    ["under an upper limit", "narvaroandel", { ...asked(85), from: null, to: rational(1n) }],
  ])("%s", (_, name, demand) => {
    expect(tillGodo(measureOf(name), attended(8, 10, demand), 0, true)).toBeNull();
  });
});
