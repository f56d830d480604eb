import { describe, expect, test } from "vitest";
import type { Trace, TracedRow } from "../../src/output/trace.ts";
import { traceText } from "../../src/output/tracetext.ts";

const row = (
  rad: number,
  roll: TracedRow["roll"],
  skal: string | null = null,
  fil = "data/narvaro.csv",
): TracedRow => ({
  ...{ fil, blad: null, rad, cell: `E${rad}`, sha256: "0123456789abcdef", roll, skal },
});

const traced = (rader: readonly TracedRow[]): Trace => ({
  resultat: { resultat_id: "x", varde: 0.5, part_id: null },
  rader,
});

const mixed = traced([
  row(2, "utesluten", "inte kallad"),
  row(3, "raknad"),
  row(4, "namnare"),
  row(5, "utesluten", "mötet ställdes in"),
  row(6, "raknad"),
  row(7, "utesluten", "inte kallad"),
]);

const rowsIn = (text: string): string[] => [...text.matchAll(/narvaro\.csv {2} *(\d+)/g)].map(([, rad = ""]) => rad);

describe("a trace in a terminal", () => {
  test("says first how many rows counted, how many were only in the whole, and why the others were left out", () => {
    expect(traceText(mixed, { page: 1, perPage: 50 }).split("\n").slice(0, 4)).toEqual([
      "resultat_id        x",
      "varde              0.5",
      "",
      "2 rows counted; 1 row only in the denominator; 3 rows left out: inte kallad (2), mötet ställdes in (1)",
    ]);
  });
  test("shows those that counted first, in the order of the files", () => {
    expect(rowsIn(traceText(mixed, { page: 1, perPage: 50 }))).toEqual(["3", "6", "4", "2", "5", "7"]);
  });
  test("names the files where what counts rests on rows of several", () => {
    const both = traced([row(2, "raknad"), row(9, "raknad", null, "data/mote.csv"), row(3, "raknad")]);
    expect(traceText(both, { page: 1, perPage: 50 })).toContain("3 rows counted (2 in narvaro.csv, 1 in mote.csv)");
  });
  test("every row stands on exactly one page, and each page says where it is", () => {
    const pages = [1, 2, 3].map((page) => traceText(mixed, { page, perPage: 2 }));
    expect(pages.flatMap(rowsIn)).toEqual(["3", "6", "4", "2", "5", "7"]);
    expect(pages.map((page) => page.split("\n").at(-1))).toEqual([
      "rows 1–2 of 6, page 1 of 3; --page 2 for more",
      "rows 3–4 of 6, page 2 of 3; --page 3 for more",
      "rows 5–6 of 6, page 3 of 3",
    ]);
  });
  test("a page that is not there is wrong usage", () => {
    expect(() => traceText(mixed, { page: 4, perPage: 2 })).toThrow("page 4: there are 3 pages");
  });
  test("a figure without rows says so", () => {
    expect(traceText(traced([]), { page: 1, perPage: 50 })).toMatch(/no rows\n$/);
  });
});
