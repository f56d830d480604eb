import { expect, test } from "vitest";
import { demandOf } from "../../src/report/figures.ts";
import { malrad } from "./fixture.ts";

const asked = (villkor: string, malvarde: number, given: Parameters<typeof malrad>[0] = {}): string =>
  demandOf(
    malrad({ villkor, malvarde, fran: "2025-01-01", till: "2025-04-30", enhet: "antal", varde: 2, ...given }),
  ).replaceAll("\u00a0", " ");

test("part of a year's number is asked for in whole things, on the side that decides the same", () => {
  expect(asked(">= 8", (8 * 120) / 365)).toBe("minst 3 (8 räknat på fyra månader)");
  expect(asked("> 8", (8 * 120) / 365)).toBe("mer än 2 (8 räknat på fyra månader)");
  expect(asked("<= 8", (8 * 120) / 365)).toBe("högst 2 (8 räknat på fyra månader)");
  expect(asked("< 8", (8 * 120) / 365)).toBe("mindre än 3 (8 räknat på fyra månader)");
});
test("days are named where the period is no whole months", () => {
  expect(asked(">= 4", (4 * 123) / 182, { fran: "2024-02-29", till: "2024-06-30" })).toBe(
    "minst 3 (4 räknat på 123 dagar)",
  );
});
test("the goal's own number stands alone where whole things come to the same", () => {
  expect(asked(">= 6", 5.03)).toBe("minst 6");
  expect(asked(">= 1", 0.35)).toBe("minst 1");
});
test("what is not counted in things, or was asked for in parts, stays as it is", () => {
  expect(asked(">= 330", 116.04, { enhet: "timmar" })).toBe("minst 116 timmar");
  expect(asked(">= 2,5", 2.5)).toBe("minst 2,5");
  expect(asked(">= 4", 2.7, { varde: 2.8 })).toBe("minst 2,7");
  expect(asked(">= 60", 120.12)).toBe("minst 120,12");
});
