/** Every verdict under the other usual definitions: what flips, what stays, and that the run is left as it is. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../../src/batch.ts";
import { readDefinitionsprov } from "../../src/definitionsprov.ts";
import { fragor } from "../../src/schema/definitionsprov.ts";
import type { Row } from "../../src/schema/results.ts";
import { type Cells, deliver, type Folder } from "../contract/delivery.ts";

const entry = (id: string, start: string, slut: string): Cells => ["i", id, "K", start, slut];

let d: Folder;
let prov: readonly Row<"definitionsprov">[];
const of = (mal: string): [string, string, string][] =>
  prov.filter(({ mal_id: id }) => id === mal).map(({ definition, status, utslag }) => [definition, status, utslag]);

beforeAll(async () => {
  d = await deliver({
    files: {
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
        ["i", "Insatsen", "2020-07-01", "2022-06-30", "f"],
      ],
      "part.csv": [
        ["insats_id", "part_id", "namn", "huvudman"],
        ["i", "af", "AF", "arbetsformedlingen"],
        ["i", "fk", "FK", "forsakringskassan"],
      ],
      // Eight persons; a to f come back: 14 deltaganden. 2020 has 6 of them, 2021 8, 2022 none.
      "deltagare.csv": [
        ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
        ...["a", "b", "c", "d", "e", "f"].map((id) => entry(id, "2020-07-01", "2020-12-31")),
        ...["a", "b", "c", "d", "e", "f", "g", "h"].map((id) => entry(id, "2021-03-01", "2021-06-30")),
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["i", "1", "2020-08-01", "samverkan"],
        ["i", "2", "2020-09-01", "samverkan"],
      ],
      // fk is called to one möte of two, and comes to it.
      "narvaro.csv": [
        ["insats_id", "mote_id", "part_id", "kallad", "narvarande"],
        ["i", "1", "af", "ja", "ja"],
        ["i", "1", "fk", "ja", "ja"],
        ["i", "2", "af", "ja", "ja"],
        ["i", "2", "fk", "nej", "nej"],
      ],
    },
    pipelines: {
      "i.yaml": {
        insats: "*",
        mal: [
          { id: "narvaro", matt: "narvaroandel", villkor: ">= 85 %", per: "hela", grupp: "part" },
          { id: "hallna", matt: "narvaroandel_hallna", villkor: ">= 75 %", per: "hela" },
          { id: "deltaganden", matt: "deltaganden", villkor: ">= 10", per: "hela" },
          { id: "unika", matt: "unika_deltagare", villkor: ">= 8", per: "hela" },
          { id: "per-ar", matt: "nya_deltagare", villkor: ">= 7", per: "ar" },
          { id: "foljs", matt: "deltaganden", per: "ar" },
          { id: "ett-satt", matt: "inskrivningstid", villkor: "<= 200 dagar", per: "hela" },
        ],
      },
    },
  });
  ({ rows: prov } = await readDefinitionsprov({ pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") }));
});

describe("one thing is changed at a time", () => {
  test("called or held: a part that was called to one möte of two falls below", () => {
    expect(of("narvaro")).toEqual([
      ["andel av kallade möten", "uppnatt", "egen"],
      ["andel av alla hållna möten", "delvis", "vander"],
    ]);
    expect(of("hallna")).toEqual([
      ["andel av alla hållna möten", "uppnatt", "egen"],
      ["andel av kallade möten", "uppnatt", "samma"],
    ]);
  });
  test("persons or deltaganden: who comes back counts once or twice", () => {
    expect(of("deltaganden")).toEqual([
      ["deltaganden", "uppnatt", "egen"],
      ["olika personer", "ej_uppnatt", "vander"],
    ]);
    expect(of("unika")).toEqual([
      ["olika personer", "uppnatt", "egen"],
      ["deltaganden", "uppnatt", "samma"],
    ]);
  });
  test("calendar or insats year, scaled or not: six in half of 2020 meet half of seven and not seven", () => {
    expect(of("per-ar")).toEqual([
      ["kalenderår, skalat mål", "delvis", "egen"],
      ["insatsår", "delvis", "samma"],
      ["oskalat mål", "delvis", "samma"],
    ]);
    expect(prov.filter(({ mal_id: id }) => id === "per-ar").map(({ uppnatt, rader }) => [uppnatt, rader])).toEqual([
      [2, 3],
      [1, 2],
      [1, 3],
    ]);
  });
  test("a goal without a number has no verdict, and a rate over the whole one definition: neither is asked", () => {
    expect(of("foljs")).toEqual([]);
    expect(of("ett-satt")).toEqual([]);
  });
  test("each is told in a sentence with its own figures", () => {
    const told = prov.filter(({ mal_id: id }) => id === "deltaganden").map(({ mening }) => mening);
    expect(told).toEqual(["Målet nåddes: 14 av 10.", "Målet nåddes inte: 8 av 10."]);
  });
  test("the goal's own verdicts are those of the run", () => {
    const own = prov
      .filter(({ fraga }) => fraga === "")
      .map(({ mal_id, status, mening }) => ({ mal_id, status, mening }));
    const run = d.rows("malsammanfattning");
    expect(own).toEqual(
      own.map(({ mal_id: id }) => {
        const row = run.find(({ mal_id: other }) => other === id);
        return { mal_id: id, status: row?.status, mening: row?.mening };
      }),
    );
  });
  test("every question has two sides with names of their own, and each side stands on itself alone", () => {
    const names = fragor.flatMap(({ sidor }) => sidor.map(({ namn }) => namn));
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the report", () => {
  const page = (): string => readFileSync(d.path("out", "rapport", "definitionsprov.html"), "utf8");
  test("shows verdicts under other definitions, and its chart stands beside the others", () => {
    expect(page()).toContain("Andel av alla hållna möten");
    expect(readFileSync(d.path("out", "diagram", "omslag.svg"), "utf8")).toContain("Med andel av alla hållna möten");
  });
  test("leaves out a goal that rests on few persons under any of its definitions", async () => {
    const few = await deliver({
      files: {
        "forbund.csv": "forbund_id;namn\nf;F\n",
        "insats.csv": "insats_id;namn;startdatum;slutdatum;forbund_id\ni;I;2020-01-01;2020-12-31;f\n",
        "deltagare.csv": [
          ["insats_id", "deltagar_id", "kon", "startdatum", "slutdatum"],
          ...["a", "b", "c", "d"].flatMap((id) => [
            entry(id, "2020-01-01", "2020-03-31"),
            entry(id, "2020-05-01", "2020-06-30"),
          ]),
        ],
      },
      pipelines: {
        "i.yaml": {
          insats: "i",
          mal: [{ id: "Åtta deltaganden", matt: "deltaganden", villkor: ">= 8", per: "hela" }].map((goal) => ({
            ...goal,
            text: goal.id,
            id: "atta",
          })),
        },
      },
    });
    const text = readFileSync(few.path("out", "rapport", "definitionsprov.html"), "utf8");
    expect(text).not.toContain("Åtta deltaganden");
    expect(text).toContain("Ett mål visas inte");
  });
});

describe("finsam what-if", () => {
  const command = (...args: string[]): ReturnType<Folder["cli"]> =>
    d.cli(["what-if", "--pipelines", "pipelines/*.yaml", ...args]);
  test("prints one table with flips marked, and how many there are", async () => {
    const { code, stdout } = await command();
    expect(code).toBe(0);
    expect(stdout).toMatch(/→ andel av alla hållna möten +delvis uppnått +\d av \d +≠ utfallet vänder/);
    expect(stdout).toContain(
      "5 goals under 6 other definitions: 2 flip (≠), 0 can no longer be judged (?), 0 can be judged only then (!), 4 stay.",
    );
  });
  test("takes one insats and one goal, as JSON, as CSV and with the chart; the run is left as it is", async () => {
    const before = d.hashes();
    const { stdout } = await command("--insats", "i", "--mal", "deltaganden", "--json");
    expect(JSON.parse(stdout)).toEqual(prov.filter(({ mal_id: id }) => id === "deltaganden"));
    const csv = await command("--mal", "deltaganden", "--csv", "--svg", d.path("omslag.svg"));
    expect(csv.stdout.split("\r\n")[2]).toMatch(
      /^definitionsprov\/i\/deltaganden\/personer;i;deltaganden;personer;deltaganden;olika personer;unika_deltagare;hela;/,
    );
    expect(readFileSync(d.path("omslag.svg"), "utf8")).toContain("Insatsen: deltaganden");
    expect(d.hashes()).toEqual(before);
  });
  test("a goal with one usual definition says so; an unknown one says which there are, with 2", async () => {
    expect((await command("--mal", "ett-satt")).stdout).toContain("no goal here has another usual definition");
    const unknown = await command("--mal", "finns-inte");
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain("out has no such goal; it has deltaganden, ett-satt");
    expect((await command("--out", "ingen-korning")).code).toBe(2);
  });
});

describe("the goal of Tierp", () => {
  const out = mkdtempSync(join(tmpdir(), "finsam-tierp-"));
  afterAll(() => rmSync(out, { recursive: true }));
  test("60 individer per år stands as not met whichever year is meant, against the report's ja", async () => {
    const pipelines = "pipelines/tierp-partsamordnare.yaml";
    await run({ pipelines, out, today: "2026-11-22" });
    const { rows: found } = await readDefinitionsprov({ pipelines, out, mal: "individer-per-ar" });
    expect(found.map(({ definition, status, utslag, mening }) => [definition, status, utslag, mening])).toEqual([
      [
        "insatsår, skalat mål",
        "ej_uppnatt",
        "egen",
        "Målet nåddes inte: 73 av 120 på två insatsår, om ingen räknats båda åren. Rapporten svarar ja.",
      ],
      [
        "kalenderår",
        "ej_uppnatt",
        "samma",
        "Målet nåddes inte: 73 av 120,12 på tre år, om ingen räknats i flera av åren. Rapporten svarar ja.",
      ],
      [
        "oskalat mål",
        "ej_uppnatt",
        "samma",
        "Målet nåddes inte: 73 av 120 på två insatsår, om ingen räknats båda åren. Rapporten svarar ja.",
      ],
    ]);
  });
});
