import { describe, expect, test } from "vitest";
import { definitions, measureTitle } from "../../src/schema/definitions.ts";

describe("definitions", () => {
  test("a measure is called what its words are in Swedish", () => {
    expect(measureTitle("andel_borjat_eller_okat")).toBe("Andel börjat eller ökat");
    expect(measureTitle("narvaroandel_hallna")).toBe("Närvaroandel hållna");
  });
  test.each(definitions)(
    "$name: what counts, what does not, where from, what not to compare it with, in Swedish",
    ({ facts }) => {
      const labels = facts.map(({ label }) => label);
      expect(labels).toEqual(
        expect.arrayContaining(["Räknas", "Räknas inte", "Jämför inte med", "Källa", "Sort", "Enhet"]),
      );
      for (const { text } of facts) expect(text).not.toMatch(/\.md|undefined| {2}/);
    },
  );
  test("a share and a ratio say what is above and what is below", () => {
    const rates = definitions.filter(({ facts }) => facts.some(({ text }) => /^(andel|kvot): /.test(text)));
    expect(rates.length).toBeGreaterThan(15);
    for (const { facts } of rates)
      expect(facts.map(({ label }) => label)).toEqual(expect.arrayContaining(["Täljare", "Nämnare"]));
  });
  test("another measure is named by what it is called", () => {
    const [one] = definitions.filter(({ name }) => name === "deltaganden");
    expect(one?.facts.find(({ label }) => label === "Jämför inte med")?.text).toContain("”unika deltagare”");
  });
});
