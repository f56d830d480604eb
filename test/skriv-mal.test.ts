/** The walk-through of goals: what it shows is what the pipeline file has, and the file has goals of every kind. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { dimensionOf, nivaerOf, windowKinds } from "../src/schema/mal.ts";
import { groupKinds, measures } from "../src/schema/measures.ts";
import { parsePipeline } from "../src/schema/pipeline.ts";

const root = resolve(import.meta.dirname, "..");
const textOf = (name: string): string => readFileSync(join(root, name), "utf8");
const file = "pipelines/mal/exempel.yaml";
const text = textOf(file);
const shown = [...textOf("docs/skriv-mal.md").matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, block = ""]) => block);
const { mal } = parsePipeline(file, text);

const kindsOf = (own: typeof mal) => new Set(own.map(({ matt }) => measures.get(matt)?.slag));

describe("the walk-through of goals", () => {
  test("shows the pipeline file's own words", () => {
    expect(shown.length).toBeGreaterThan(8);
    expect(shown.filter((block) => !text.includes(block))).toEqual([]);
  });
  test("has a goal of every kind of measure, shown", () => {
    const visible = mal.filter(({ id }) => shown.some((block) => block.includes(`- id: ${id}\n`)));
    expect([...kindsOf(visible)].sort()).toEqual(["andel", "antal", "kvot", "summa"]);
  });
  test("has a goal by every grouping and for every kind of window", () => {
    expect(groupKinds.filter((kind) => !mal.some((goal) => dimensionOf(goal) === kind))).toEqual([]);
    expect(windowKinds.filter((kind) => !mal.some(({ per }) => per === kind))).toEqual([]);
  });
  test.each([
    [
      "levels that change, with their decisions",
      mal.some((goal) => nivaerOf(goal).filter(({ beslut }) => beslut).length > 1),
    ],
    [
      "a tolerance of each kind",
      ["%", "procentenheter", "000"].every((end) => mal.some(({ tolerans = "" }) => String(tolerans).endsWith(end))),
    ],
    ["a smallest denominator", mal.some(({ minst_n: least }) => least !== undefined)],
    ["groups that are shown and not judged", mal.some(({ uppdelning }) => uppdelning !== undefined)],
    ["a direction", mal.some(({ riktning }) => riktning !== undefined)],
    ["a target that is not scaled", mal.some(({ delperiod }) => delperiod === "hel")],
    ["an interval", mal.some(({ villkor }) => typeof villkor === "string" && villkor.includes(".."))],
    ["an upper limit", mal.some(({ villkor }) => typeof villkor === "string" && villkor.startsWith("<="))],
    ["what a report answers", mal.some(({ rapporterat }) => rapporterat !== undefined)],
    ["a goal without a number", mal.some(({ villkor }) => villkor === undefined)],
  ])("has %s", (_, has) => {
    expect(has).toBe(true);
  });
});
