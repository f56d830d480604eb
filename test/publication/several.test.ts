/** Two insatser of two förbund, with a person in both: what is said of them together gives nothing that one of them hides. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/db/open.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { type Cells, deliver } from "../contract/delivery.ts";

let db: Database;
beforeAll(async () => {
  const register = (insats: string, from: number, to: number, end: string | null): Cells[] =>
    Array.from({ length: to - from }, (_, i): Cells => [insats, `p${from + i}`, i % 2 ? "K" : "M", "2024-01-10", end]);
  const claim = (
    forbund: string | null,
    insats: string | null,
    id: string,
    formel: string | null,
    varde: string,
  ): Cells => [...[insats, forbund, id, `Antal deltagare ${id}`, formel, varde, "r.pdf", "1"]];
  const goal = (insats: string, id: string): string => `[maluppfyllelse/${insats}/${id}///2024-01-01]`;
  const d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
        ["g", "G"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["a", "A", "2024-01-01", "2024-12-31"],
        ["b", "B", "2024-01-01", "2024-12-31"],
      ],
      "faktura.csv": [
        ["insats_id", "fakturanr", "forbund_id", "fran", "till", "belopp"],
        ...["f", "g"].flatMap((forbund) =>
          ["a", "b"].map(
            (insats): Cells => [insats, `${forbund}${insats}`, forbund, "2024-01-01", "2024-12-31", "66000"],
          ),
        ),
      ],
      "kalla.csv": [
        ["dokument", "titel"],
        ["r.pdf", "R"],
      ],
      // Of A 30 have ended; of B 20 have and 2 have not. p29 is in both.
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
        ...register("a", 0, 30, "2024-06-30"),
        ...register("b", 29, 49, "2024-06-30"),
        ...register("b", 60, 62, null),
      ],
      "utsaga.csv": [
        ["insats_id", "forbund_id", "utsaga_id", "text", "formel", "varde", "dokument", "avsnitt"],
        claim("f", null, "oppen", `${goal("a", "alla")} + ${goal("b", "alla")}`, "52"),
        claim("f", null, "summa", `${goal("a", "alla")} + ${goal("b", "avslutade")}`, "50"),
        claim("g", null, "led", "[f/summa] - 30", "20"),
        claim("g", null, "angiven", null, "31"),
        claim("g", null, "okand", `[g/angiven] + ${goal("b", "avslutade")}`, "51"),
        claim(null, "a", "grannens", goal("b", "avslutade"), "20"),
      ],
    },
    pipelines: {
      "i.yaml": {
        insats: ["a", "b"],
        enhetskostnader: ["deltagande", "avslutad"],
        mal: [
          { id: "alla", matt: "deltaganden", per: "hela", villkor: ">= 10" },
          { id: "avslutade", matt: "avslutade_deltagare", per: "hela", villkor: ">= 4" },
          { id: "andel", matt: "genomstromning", per: "hela", villkor: ">= 50 %" },
        ],
      },
    },
  });
  db = await resultsIn(d.path("out"));
}, 120_000);
afterAll(() => db.close());

describe("of 22 in B, of whom 20 have ended", () => {
  test("the 20 are shown by no goal and no cost that one or both förbund pay", async () => {
    const rows = await db.rows<{ id: string }>(`
      select resultat_id as id from publik.maluppfyllelse where insats_id = 'b' and not ar_dold
      union all select resultat_id from publik.enhetskostnad where insats_id = 'b' and not ar_dold order by all`);
    expect(new Set(rows.map(({ id }) => id.split("/").slice(0, 3).join("/")))).toEqual(
      new Set(["enhetskostnad/b/deltagande", "maluppfyllelse/b/alla"]),
    );
  });
  test("nor by a claim of a förbund, or of another insats, whatever it makes of them", async () => {
    const claims = await db.rows<{ id: string; varde: string | null; skrivet: string; ingaende: string | null }>(
      "select utsaga_id as id, beraknat_varde as varde, skrivet, ingaende from publik.utsagekontroll where formel is not null order by id",
    );
    expect(claims.map(({ id, varde, skrivet }) => [id, varde, skrivet])).toEqual([
      ["grannens", "..", ".."],
      ["led", "..", ".."],
      ["okand", "..", ".."],
      ["oppen", "52", "52"],
      ["summa", "..", ".."],
    ]);
    expect(claims.filter(({ ingaende }) => ingaende !== null)).toHaveLength(1);
  });
});
