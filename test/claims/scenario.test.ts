/** Scenarios: what so many teams take and cost, of what a report states. */
import { afterAll, expect, test } from "vitest";
import { Audit } from "../../src/claims/audit.ts";
import { type Claim, claimKey } from "../../src/claims/claims.ts";
import { readPrinted } from "../../src/claims/printed.ts";
import { scenarioRows } from "../../src/claims/scenario.ts";
import { furnish, open } from "../../src/db/open.ts";
import { parsePipeline } from "../../src/schema/pipeline.ts";

const db = await open(":memory:");
await furnish(db);
afterAll(() => db.close());

/** What a report states; `""` for a figure that it names and does not give. */
const auditOf = async (stated: Readonly<Record<string, string>>): Promise<Audit> => {
  const printed = await readPrinted(db, Object.values(stated));
  const claims = Object.entries(stated).map(
    ([id, varde]): Claim => ({
      ...{ insats_id: "i", forbund_id: null, owner: "i", utsaga_id: id, resultat_id: claimKey("i", id), text: id },
      ...{ matt: null, parametrar: {}, formel: null, part_id: null, fran: null, till: null, status: null },
      ...{ dokument: null, avsnitt: null, citat: null, kallrad: 1, measure: undefined, formula: undefined },
      ...{ varde: varde === "" ? null : varde, printed: printed.get(varde), fault: undefined },
    }),
  );
  return new Audit(claims, new Map(), new Map());
};

type Rows = ReturnType<typeof scenarioRows>;
const rowsOf = async (stated: Readonly<Record<string, string>>, declared: string): Promise<Rows> => {
  const [scenario] = parsePipeline(
    "p.yaml",
    `insats: i\nkallor: [k]\nscenarier:\n  - { id: s, namn: Nivå, av: team, ${declared} }\n`,
  ).scenarier;
  if (!scenario) throw new Error("no scenario");
  return scenarioRows(await auditOf(stated), { insats_id: "i", scenario });
};
const kr = (ore: number | null): number | null => ore && ore / 100;

const team = 'antal: "[n]", kostnad: "[ett]", bemanning: "[a] + 2 * [b]"';
const stated = { n: "3", ett: "1,5 mkr", a: "100 %", b: "50 %", alla: "5 mkr", ledare: "" };
const leader = 'gemensamt: { namn: Ledare, kostnad: "[ledare]" }';

test("the number that is stated is among those shown, in order, with posts and cost times one", async () => {
  const rows = await rowsOf(stated, `${team}, visa: [4, 1]`);
  expect(
    rows.map(({ antal, ar_angivet: isStated, bemanning, kostnad_ore: ore }) => [antal, isStated, bemanning, kr(ore)]),
  ).toEqual([
    [1, false, 2, 1_500_000],
    [3, true, 6, 4_500_000],
    [4, false, 8, 6_000_000],
  ]);
  // Nothing is shared: the cost is no interval.
  expect(rows.map((row) => [kr(row.kostnad_lag_ore), kr(row.kostnad_hog_ore)])).toEqual([
    [1_500_000, 1_500_000],
    [4_500_000, 4_500_000],
    [6_000_000, 6_000_000],
  ]);
});
test("a shared cost that nobody states is what the rounded total leaves", async () => {
  // 5 mkr is printed in whole millions: 4.5–5.5, less 4.5 for three teams.
  const [row] = await rowsOf(stated, `${team}, ${leader}, totalt: "[alla]"`);
  expect([kr(row?.gemensam_lag_ore ?? null), kr(row?.gemensam_hog_ore ?? null)]).toEqual([0, 1_000_000]);
  expect([kr(row?.kostnad_lag_ore ?? null), kr(row?.kostnad_hog_ore ?? null)]).toEqual([4_500_000, 5_500_000]);
});
test("one that is stated is that, and needs no total", async () => {
  const [row] = await rowsOf({ ...stated, ledare: "700 tkr" }, `${team}, ${leader}`);
  expect([kr(row?.kostnad_lag_ore ?? null), kr(row?.kostnad_hog_ore ?? null)]).toEqual([5_200_000, 5_200_000]);
});
test("with neither there is no cost in all, and the sentence says what is not stated", async () => {
  const [row] = await rowsOf(stated, `${team}, ${leader}`);
  expect([row?.kostnad_lag_ore, row?.kostnad_hog_ore, row?.gemensam_lag_ore]).toEqual([null, null, null]);
  expect(row?.mening).toMatch(/Ledare: kostnaden anges inte\.$/);
});
test("a part that nobody states leaves its column empty, and nothing is estimated", async () => {
  const [row, ...others] = await rowsOf({ ...stated, a: "" }, team);
  expect(others).toEqual([]);
  expect(row?.bemanning).toBeNull();
  expect(kr(row?.kostnad_ore ?? null)).toBe(4_500_000);
  expect(row?.mening).toContain("Bemanningen anges inte i underlaget.");
});
test("without anything stated there is one row, which says so", async () => {
  expect((await rowsOf({}, "visa: [1, 2]")).map(({ antal, mening }) => [antal, mening])).toEqual([
    [0, "Varken antal, bemanning eller kostnad anges i underlaget."],
  ]);
});
