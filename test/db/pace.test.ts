/** Whoever waits is told how far it has come. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { followRun, paceText } from "../../src/db/pace.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("rows a second, and the time that is left at that speed", () => {
  expect(paceText(200, 2, 0.75)).toBe("200 rows, 100 rows a second, 6 s left");
});

test("a step that takes its time says so every other second, and a short one says nothing", () => {
  const said: string[] = [];
  const run = followRun(
    (step, done) => said.push(done === undefined ? step : `${step}: ${done}`),
    () => Date.now(),
  );
  run.progress("reading deliveries");
  vi.advanceTimersByTime(8000);
  run.count(90_000);
  run.progress("loading rows");
  vi.advanceTimersByTime(1000);
  run.progress("building marts and measures");
  vi.advanceTimersByTime(4000);
  run.stop();
  vi.advanceTimersByTime(9000);
  // 9 s had passed when the marts were begun, which is 14 parts of a hundred: some 64 s in all.
  expect(said).toEqual([
    "reading deliveries",
    "loading rows",
    "building marts and measures",
    "building marts and measures: 90000 rows, 7500 rows a second, 53 s left",
  ]);
});
