/** Every measure held to its specification: what each delivered row is to the figure, and the figure. */
import { beforeAll, describe, expect, test } from "vitest";
import { measures } from "../../src/schema/measures.ts";
import type { Folder, Row } from "../contract/delivery.ts";
import { deliverables } from "./deliverables.ts";
import { meetings } from "./meetings.ts";
import { money } from "./money.ts";
import { outcomes } from "./outcomes.ts";
import { participants } from "./participants.ts";
import { alike, casesOf, figuresOf, measureNames, rolesIn, runCases, tableOf } from "./specification.ts";
import { surveys } from "./surveys.ts";

const cases = casesOf([participants, meetings, outcomes, money, deliverables, surveys]);
let folder: Folder;
let rows: Row[];
let roles: Map<string, { roll: string; skal: string }>;
beforeAll(async () => {
  folder = await runCases(cases);
  rows = folder.rows("maluppfyllelse");
  roles = await rolesIn(folder);
});

test("every measure has a specification, and every specification a measure", () => {
  expect([...new Set(cases.map(({ matt }) => matt))].sort()).toEqual([...measureNames].sort());
});

test("every row of the specifications is loaded", () => {
  expect(folder.rows("datakvalitet").filter(({ allvar }) => allvar === "fel")).toEqual([]);
});

test.each(measureNames)("%s: a row that counts, of a share one that does not, and a figure without data", (matt) => {
  const own = cases.filter((one) => one.matt === matt);
  const said = own.flatMap(({ data }) =>
    Object.entries(data).flatMap(([dataset, text]) => tableOf(dataset, text).said),
  );
  expect(said.map(({ roll }) => roll)).toEqual(expect.arrayContaining([expect.stringContaining("raknad")]));
  if (measures.get(matt)?.slag === "andel")
    expect(said.map(({ roll }) => roll)).toEqual(expect.arrayContaining([expect.stringContaining("namnare")]));
  expect(own.flatMap(({ ger }) => ger.map(({ skal }) => skal))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^(saknas|ej_tillamplig)$/)]),
  );
});

describe.each(measureNames)("%s", (matt) => {
  test.each(cases.filter((one) => one.matt === matt))("$says", ({ insats_id: insats, data, ger, grupper = {} }) => {
    const found = figuresOf(rows, insats, { grupp: "" });
    expect(found.map((row, i) => alike(row, ger[i] ?? {}))).toEqual(ger);
    for (const [gruppvarde, expected] of Object.entries(grupper)) {
      const [row] = figuresOf(rows, insats, { gruppvarde });
      expect({ gruppvarde, ...alike(row, expected) }).toEqual({ gruppvarde, ...expected });
    }
    const said = Object.entries(data).flatMap(([dataset, text]) => tableOf(dataset, text).said);
    const was = said.map(({ dataset, nr }) => roles.get(`${insats}/${dataset}/${nr}`) ?? { roll: "–", skal: "" });
    expect(said.map(({ dataset, written }, i) => ({ dataset, written, ...was[i] }))).toEqual(
      said.map(({ dataset, written, roll, skal }) => ({ dataset, written, roll, skal })),
    );
  });
});
