import { describe, expect, test } from "vitest";
import { type InsatsPeriod, windows } from "../../src/goals/windows.ts";
import type { WindowKind } from "../../src/schema/mal.ts";

const insats = (
  startdatum: string | null,
  slutdatum: string | null,
  data: [string, string] | null = null,
): InsatsPeriod => ({
  startdatum,
  slutdatum,
  data_fran: data?.[0] ?? null,
  data_till: data?.[1] ?? null,
});

const spans = (per: WindowKind, period: InsatsPeriod, today = "2030-01-01", moten: string[] = []): string[] =>
  windows(per, period, today, moten).map(({ fran, till, ar_oppet }) => `${fran}..${till}${ar_oppet ? " öppet" : ""}`);

describe("windows of an insats with both dates", () => {
  const period = insats("2018-04-01", "2020-03-31");
  test("insatsår begin where it begins", () => {
    expect(spans("insatsar", period)).toEqual(["2018-04-01..2019-03-31", "2019-04-01..2020-03-31"]);
  });
  test("calendar years are clipped to it", () => {
    expect(spans("ar", period)).toEqual(["2018-04-01..2018-12-31", "2019-01-01..2019-12-31", "2020-01-01..2020-03-31"]);
  });
  test("hela is all of it", () => {
    expect(spans("hela", period)).toEqual(["2018-04-01..2020-03-31"]);
  });
  test.each([
    ["manad", 24],
    ["kvartal", 8],
    ["tertial", 7],
    ["termin", 5],
  ] as const)("%s: %i windows", (per, count) => {
    expect(spans(per, period).length).toBe(count);
  });
  test("tertial and termin start where the calendar has them", () => {
    expect(spans("tertial", insats("2018-04-15", "2018-09-10"))).toEqual([
      "2018-04-15..2018-04-30",
      "2018-05-01..2018-08-31",
      "2018-09-01..2018-09-10",
    ]);
    expect(spans("termin", insats("2018-04-15", "2018-09-10"))).toEqual([
      "2018-04-15..2018-06-30",
      "2018-07-01..2018-09-10",
    ]);
  });
});

describe("insatsår from 29 February", () => {
  test("each starts from the original date: 28 February in common years, 29 in leap years", () => {
    expect(spans("insatsar", insats("2020-02-29", "2024-12-31"))).toEqual([
      "2020-02-29..2021-02-27",
      "2021-02-28..2022-02-27",
      "2022-02-28..2023-02-27",
      "2023-02-28..2024-02-28",
      "2024-02-29..2024-12-31",
    ]);
  });
});

describe("an insats without slutdatum", () => {
  const period = insats("2025-03-01", null, ["2025-03-10", "2026-05-20"]);
  test("has windows up to the one that holds its latest data, and that one keeps its end", () => {
    expect(spans("ar", period, "2026-11-22")).toEqual(["2025-03-01..2025-12-31", "2026-01-01..2026-12-31 öppet"]);
  });
  test("hela ends at its latest data", () => {
    expect(spans("hela", period, "2026-11-22")).toEqual(["2025-03-01..2026-05-20"]);
  });
});

describe("an insats without startdatum", () => {
  test("starts with its earliest data", () => {
    expect(spans("ar", insats(null, null, ["2023-01-01", "2023-12-31"]))).toEqual(["2023-01-01..2023-12-31"]);
  });
  test("and has no windows without data", () => {
    expect(spans("ar", insats(null, null))).toEqual([]);
  });
});

test("per möte: one window for each day a möte was held", () => {
  expect(
    spans("mote", insats("2023-01-01", "2023-12-31"), "2030-01-01", ["2023-03-02", "2023-02-01", "2023-03-02"]),
  ).toEqual(["2023-02-01..2023-02-01", "2023-03-02..2023-03-02"]);
});

test("a window that ends today is open", () => {
  expect(spans("hela", insats("2026-01-01", "2026-11-22"), "2026-11-22")).toEqual(["2026-01-01..2026-11-22 öppet"]);
  expect(spans("hela", insats("2026-01-01", "2026-11-21"), "2026-11-22")).toEqual(["2026-01-01..2026-11-21"]);
});

test("money before the first insatsår and after the last is theirs", () => {
  const found = windows("insatsar", insats("2018-04-01", "2020-03-31"), "2030-01-01");
  expect(found.map(({ pengar }) => `${pengar.fran}..${pengar.till}`)).toEqual([
    "0001-01-01..2019-03-31",
    "2019-04-01..9999-12-31",
  ]);
});
