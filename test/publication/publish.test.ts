/** What may leave follows from the declarations: who sees a result, and which of its columns. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { publicNames } from "../../src/schema/publik.ts";
import { columnsWith, resultNames, resultOf } from "../../src/schema/results.ts";
import { type Cells, deliver, type Folder } from "../contract/delivery.ts";

let d: Folder;
let db: Database;
beforeAll(async () => {
  const claim = (id: string, matt: string, formel: string, varde: string | null, text = `Utsaga ${id}`): Cells => [
    ...["i", id, text, matt, formel, varde, "r.pdf", "1"],
  ];
  d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["i", "I", "2020-01-01", "2020-12-31", "f"],
      ],
      "kalla.csv": [
        ["dokument", "titel"],
        ["r.pdf", "R"],
      ],
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
        ...["a", "b", "c"].map((id): Cells => ["i", id, "K", "2020-02-01", "2020-06-30"]),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ...[1, 2, 3].map((nr): Cells => ["i", nr, `2020-0${nr}-10`, "puls"]),
      ],
      // The report states no number of deltaganden: `d` is only what `per` and `dubbelt` divide by and add up.
      "utsaga.csv": [
        ["insats_id", "utsaga_id", "text", "matt", "formel", "varde", "dokument", "avsnitt"],
        claim("d", "deltaganden", "", null),
        claim("m", "antal_moten", "", "3"),
        claim("per", "", "[m] / [d]", "1"),
        claim("dubbelt", "", "[per] + [per]", "2"),
        claim("resultat", "", "[konsfordelning/i#totalt]", "3"),
        claim("moten", "", "[m]", "3"),
        claim("andel", "", "[kvinnor] / [alla]", "7,5 %"),
        claim("kvinnor", "", "", "3", "Antal kvinnor"),
        claim("alla", "", "", "40", "Antal deltagare"),
      ],
    },
    pipelines: { "i.yaml": { insats: "i", mal: [{ id: "antal", matt: "deltaganden", per: "hela", villkor: ">= 2" }] } },
  });
  db = await resultsIn(d.path("out"));
});
afterAll(() => db.close());

const tables = (): Promise<{ tabell: string; kolumner: string[] }[]> =>
  db.rows(`select table_name as tabell, list(column_name) as kolumner from duckdb_columns()
    where schema_name = 'publik' group by table_name order by table_name`);

describe("publik", () => {
  test("holds the results that say who sees them, and no other", async () => {
    const published = (await tables()).map(({ tabell }) => tabell);
    expect(published).toEqual([...publicNames].sort());
    expect(resultNames.filter((name) => !published.includes(name))).toEqual(["deltagartabell", "fyndhistorik"]);
  });
  test("has no column that is internal", async () => {
    const all = new Map((await tables()).map(({ tabell, kolumner }) => [tabell, kolumner]));
    const leaked = resultNames.flatMap((name) =>
      columnsWith(name, "intern").filter((column) => all.get(name)?.includes(column)),
    );
    expect(leaked).toEqual([]);
    expect(columnsWith("definitionsprov", "intern")).toContain("mening");
  });
  test.each(resultNames.filter((name) => resultOf(name).visas === "personer" && columnsWith(name, "dold").length > 0))(
    "says of each row of %s whether it is withheld",
    async (name) => {
      expect((await tables()).find(({ tabell }) => tabell === name)?.kolumner).toContain("ar_dold");
    },
  );
});

describe("a claim about few persons is withheld", () => {
  const shown = async (id: string): Promise<unknown> =>
    (
      await db.rows<{ varde: string }>(
        "select rapporterat_varde as varde from publik.utsagekontroll where utsaga_id = $id",
        { id },
      )
    )[0]?.varde;
  test("where it divides by a count that the report does not state", async () => {
    expect(await shown("per")).toBe("..");
  });
  test("where it refers to a claim that does", async () => {
    expect(await shown("dubbelt")).toBe("..");
  });
  test("where it refers to a result about persons", async () => {
    expect(await shown("resultat")).toBe("..");
  });
  test("where it is a share of stated figures that say that they count persons", async () => {
    expect(await shown("andel")).toBe("..");
  });
  test("and one about möten is not, though the number is as small", async () => {
    expect(await shown("moten")).toBe("3");
  });
});

describe("a withheld goal", () => {
  test("has no verdict under any definition", async () => {
    const rows = await db.rows<{ status: string | null; ar_dold: boolean }>(
      "select status, ar_dold from publik.definitionsprov",
    );
    expect(rows.length).toBeGreaterThan(1);
    expect(rows.filter(({ status, ar_dold: isHidden }) => status !== null || !isHidden)).toEqual([]);
  });
});
