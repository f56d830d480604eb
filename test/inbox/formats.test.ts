import { expect, test } from "vitest";
import { formsOf, shown } from "../../src/inbox/formats.ts";

test.each([
  ['0" kkr"', "12 tkr"],
  ['0" tusen kr"', "12 tkr"],
  ['0" tsek"', "12 tkr"],
  ['#,##0" tkr"', "12 tkr"],
  ['0" miljoner kr"', "12 mkr"],
  ['0" mnkr"', "12 mkr"],
  ['0" kr."', "12 kr"],
  ['0":-"', "12 kr"],
  ["[$€-2] 0", "12 €"],
  ['0" st"', "12"],
  ['0" kr/st"', "12"],
  ["0", "12"],
])("12 in the format %s is %s", (code, text) => {
  const form = formsOf(new Map([[164, code]]))(164, false);
  expect(shown(12, form, 1900).text).toBe(text);
});
