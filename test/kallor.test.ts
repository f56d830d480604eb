/** The main job on the real reports: what it must come to, and every result as it last was. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunSummary } from "../src/batch.ts";
import { deriveLineage, traceFigure } from "../src/lineage.ts";
import { resultsIn } from "../src/output/swap.ts";
import { resultNames } from "../src/schema/results.ts";
import { expectGoldenRows } from "./golden.ts";
import { shippedRun } from "./shipped.ts";

type Row = Readonly<Record<string, string | number | boolean | null>>;

let out = "";
let summary: RunSummary;
beforeAll(async () => {
  ({ out, summary } = await shippedRun("kallor"));
});

const rows = (name: string): Row[] => JSON.parse(readFileSync(join(out, "internt", `${name}.json`), "utf8")) as Row[];
const find = (name: string, id: string): Row => {
  const row = rows(name).find(({ resultat_id: other }) => other === `${name}/${id}`);
  if (!row) throw new Error(`no row ${name}/${id}`);
  return row;
};

describe("every row", () => {
  test("of the deliveries is loaded or passed over, none rejected", () => {
    expect(summary.rejected).toBe(false);
    expect(summary.rows.avvisade).toBe(0);
    expect(summary.rows.rader).toBe(summary.rows.lasta + summary.rows.overhoppade);
  });
});

describe("AKTIV", () => {
  test.each([
    ["finsam-lund", 16_128_500, 52],
    ["finsam-mittskane", 10_545_500, 34],
    ["finsam-bksv", 4_342_300, 14],
  ])("%s bears %i öre, %d %%", (forbund, ore, procent) => {
    expect(find("kostnadsandel", `aktiv/forbund/${forbund}`)).toMatchObject({
      belopp_ore: ore,
      andel_procent: procent,
    });
  });
  test("310 163 kr and 768 hours are 403,86 kr an hour", () => {
    const { belopp_ore: ore, timmar, kr_per_timme: rate } = find("kostnadsandel", "aktiv/insats/aktiv");
    expect([ore, timmar, Number(rate).toFixed(2)]).toEqual([31_016_300, 768, "403.86"]);
  });
  test("participants are not measurable, not 0", () => {
    const [row] = rows("maluppfyllelse").filter(
      ({ insats_id: insats, mal_id: mal }) => insats === "aktiv" && mal === "deltagare",
    );
    expect([row?.status, row?.skal, row?.varde]).toEqual(["ej_matbart", "inget_villkor", null]);
  });
  test("the two places that divide the time contradict each other", () => {
    const {
      utfall,
      rapporterat_varde: said,
      beraknat_varde: data,
    } = find("utsagekontroll", "aktiv/tid-patientarbete-aret");
    expect([utfall, said, data]).toEqual(["avviker", 0.6, 0.4]);
  });
});

describe("Tierp", () => {
  test("73 individuals against 120 on the joined window: not met, and the report says yes", () => {
    const row = find("maluppfyllelse", "tierp-partsamordnare/individer-per-ar///2018-04-01");
    expect(row).toMatchObject({
      till: "2020-03-31",
      upplosning: "sammanslagen",
      taljare: 73,
      malvarde: 120,
      status: "ej_uppnatt",
      skal: "sammanlagt",
      rapporterat: "ja",
      avviker: true,
    });
    expect(find("malsammanfattning", "tierp-partsamordnare/individer-per-ar").mening).toBe(
      "Målet nåddes inte: 73 av 120 på två insatsår, om ingen räknats båda åren. Rapporten svarar ja.",
    );
  });
  test("44 women and 29 men: 60,3 and 39,7 %", () => {
    const { kvinnor, man, totalt, andel_kvinnor: share } = find("konsfordelning", "tierp-partsamordnare");
    expect([kvinnor, man, totalt]).toEqual([44, 29, 73]);
    expect([(Number(share) * 100).toFixed(1), ((1 - Number(share)) * 100).toFixed(1)]).toEqual(["60.3", "39.7"]);
  });
  test("attendance is not measurable beside its Ja", () => {
    const own = rows("maluppfyllelse").filter(
      ({ insats_id: insats, mal_id: mal }) => insats === "tierp-partsamordnare" && mal === "narvaro",
    );
    expect(own.length).toBe(5);
    expect(
      new Set(own.map(({ status, skal, rapporterat, avviker }) => [status, skal, rapporterat, avviker].join())),
    ).toEqual(new Set(["ej_matbart,foljs,ja,", "ej_matbart,saknas,ja,"]));
  });
  test("four meetings a year stands at 4,5 of 8", () => {
    expect(find("maluppfyllelse", "tierp-partsamordnare/planeringstraffar///2018-04-01")).toMatchObject({
      taljare: 4.5,
      malvarde: 8,
      status: "ej_uppnatt",
    });
  });
});

describe("a figure is traced to its rows", () => {
  test("an AKTIV share to its invoice, and the whole to all three", async () => {
    const db = await resultsIn(out);
    const amount = await traceFigure(db, "kostnadsandel/aktiv/forbund/finsam-lund#belopp_ore");
    const share = await traceFigure(db, "kostnadsandel/aktiv/forbund/finsam-lund#andel");
    db.close();
    expect(amount.rader.map(({ fil, cell, roll }) => [fil, cell, roll])).toEqual([
      ["data/kallor/aktiv/faktura.csv", "G2", "raknad"],
    ]);
    expect(share.rader.map(({ roll }) => roll).sort()).toEqual(["namnare", "namnare", "raknad", "utesluten"]);
  });
  test("the Tierp goal to the count of individuals in samverkansmöten", async () => {
    const db = await resultsIn(out);
    const { rader } = await traceFigure(db, "malsammanfattning/tierp-partsamordnare/individer-per-ar");
    db.close();
    expect(new Set(rader.map(({ fil, rad }) => `${fil}:${rad}`))).toEqual(
      new Set(["data/kallor/tierp-partsamordnare/deltagarantal.csv:3"]),
    );
  });
  test("every figure with a value has source rows", async () => {
    const db = await resultsIn(out);
    const figures = `
      select resultat_id from results.maluppfyllelse where varde <> 0
      union all select resultat_id from results.kostnadsandel
      union all select resultat_id from results.kostnadsandel_ar
      union all select resultat_id from results.forbundskostnad
      union all select resultat_id from results.forbundskostnad_ar
      union all select resultat_id from results.prognos
      union all select resultat_id from results.kostnadsforlopp
      union all select resultat_id from results.budgetutfall
      union all select resultat_id from results.budgetforklaring
      union all select resultat_id from results.budgettakt
      union all select resultat_id from results.konsfordelning
      union all select resultat_id from results.utsagekontroll where utfall = 'avviker' and rapporterat_varde not in ('ja', 'nej', 'delvis')
`;
    const ids = (await db.rows<{ resultat_id: string }>(figures)).map(({ resultat_id: id }) => id);
    await deriveLineage(db, ids);
    const untraced = await db.rows(`select * from (${figures}) except select resultat_id from harkomst`);
    db.close();
    expect(ids.length).toBeGreaterThan(100);
    expect(untraced).toEqual([]);
  });
});

describe("as it last was", () => {
  test.each(resultNames)("%s", (name) => {
    expectGoldenRows(`kallor/${name}.csv`, rows(name));
  });
});
