/** The catalogue of findings: each has an example, and nothing is left to fill in. */
import { expect, test } from "vitest";
import { examples } from "../../docs/write.ts";
import { type FindingCode, findings } from "../../src/schema/findings.ts";
import { sqlFiles } from "../../src/schema/sql.ts";

const codes = Object.keys(findings) as FindingCode[];

test("the example of each finding fills in what its sentence takes, and nothing else", () => {
  const wrong = codes.filter((kod) => {
    const taken = [...new Set([...findings[kod].text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
    return JSON.stringify(taken) !== JSON.stringify(Object.keys(examples[kod] ?? {}).sort());
  });
  expect(wrong).toEqual([]);
  expect(Object.keys(examples).filter((kod) => !(kod in findings))).toEqual([]);
});

test("no sentence shows how its two ways to say a thing are told apart", () => {
  const marked = codes.filter((kod) => /[[\]|]/.test(findings[kod].text + findings[kod].utanVarden));
  expect(marked).toEqual([]);
  expect(findings.oppet_citattecken.text).toContain("öppnas i raden som börjar på rad {detalj} stängs");
  expect(findings.oppet_citattecken.utanVarden).toContain("öppnas stängs");
});

test("every check of facts is a finding with a sentence", () => {
  const names = sqlFiles("checks/warn").map(({ name }) => name);
  expect(names.filter((name) => !(name in findings))).toEqual([]);
});
