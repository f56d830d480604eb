import { expect, test } from "vitest";
import { bareSelect, sqlFile } from "../../src/schema/sql.ts";

test("a reworded comment leaves a select what it was; another expression does not", () => {
  const written = "-- One row per möte.\nselect\n    -- held\n    datum - 1 as dag\nfrom marts.mote\n";
  expect(bareSelect(written)).toBe("select\n    datum - 1 as dag\nfrom marts.mote\n");
  const known = sqlFile("results", "konsfordelning");
  expect(bareSelect(`-- Another word.\n${known}`)).toBe(bareSelect(known));
  expect(bareSelect(known.replace("count(*)", "sum(1)"))).not.toBe(bareSelect(known));
});
