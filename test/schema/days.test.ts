import { afterEach, describe, expect, test, vi } from "vitest";
import { addMonths, dayNumber, daysBetween, isoDay, stockholmToday, wholeMonths } from "../../src/schema/days.ts";

describe("days", () => {
  test("a leap year has 366", () => {
    expect(daysBetween("2024-01-01", "2024-12-31")).toBe(366);
  });
  test("29 February a year on is 28 February, and four years on 29 February again", () => {
    expect(addMonths("2020-02-29", 12)).toBe("2021-02-28");
    expect(addMonths("2020-02-29", 48)).toBe("2024-02-29");
  });
  test("a month before January is December", () => {
    expect(addMonths("2020-01-31", -1)).toBe("2019-12-31");
  });
  test("a day is itself after a round trip, whatever the clock's zone", () => {
    expect(isoDay(dayNumber("2023-03-26"))).toBe("2023-03-26");
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  test.each([
    ["2024-07-01T22:30:00Z", "2024-07-02"],
    ["2024-07-01T21:30:00Z", "2024-07-01"],
    ["2024-01-31T22:30:00Z", "2024-01-31"],
    ["2024-01-31T23:30:00Z", "2024-02-01"],
    ["2024-12-31T23:00:00Z", "2025-01-01"],
  ])("at %s it is %s in Stockholm", (moment, today) => {
    vi.setSystemTime(moment);
    expect(stockholmToday()).toBe(today);
  });
});

describe("whole months of a period", () => {
  test.each([
    ["2017-04-01", "2017-08-31", 5],
    ["2017-04-01", "2017-08-30", 4],
    ["2016-05-01", "2017-05-30", 12],
    ["2018-04-01", "2020-03-31", 24],
    ["2020-01-15", "2020-01-20", 0],
  ])("%s to %s is %i", (fran, till, manader) => {
    expect(wholeMonths(fran, till)).toBe(manader);
  });
});
