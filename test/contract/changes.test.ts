/** Two insatser in one folder: what changed since the last report is each one's own. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { diff } from "../../src/diff.ts";
import { changesText } from "../../src/output/changes.ts";
import { columns, type Folder, folder, type Pipeline, pick, type Row, type Rows } from "./delivery.ts";

/** Möten of insatser, as `[insats, datum, motestyp]`. */
const moten = (...rows: (readonly [string, string, string?])[]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp"],
  ...rows.map(([insats, datum, motestyp = "samverkan"]) => [insats, datum, datum, motestyp]),
];
const pipeline = (given: Partial<Pipeline> = {}): Pipeline => ({
  insats: ["a", "b"],
  kallor: ["../data"],
  mal: ["ar", "hela"].map((per) => ({
    ...{ id: per, matt: "antal_moten", per, villkor: ">= 10", parametrar: { motestyp: "samverkan" } },
  })),
  ...given,
});

describe("a folder of two insatser", () => {
  let d: Folder;
  const changes = new Map<string, Row[]>();
  const pages = new Map<string, string>();
  const step = async (today: string): Promise<void> => {
    await d.run({ today, report: true });
    changes.set(today, d.rows("andring"));
    pages.set(today, readFileSync(d.path("out", "rapport", "andringar.html"), "utf8"));
  };
  const on = (today: string, insats: string): Row[] => pick(changes.get(today) ?? [], { insats_id: insats });
  beforeAll(async () => {
    d = folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ...["a", "b"].map((id) => [id, id, "2023-01-01", "2023-12-31"] as const),
        ],
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        "mote.csv": moten(["a", "2023-02-01"], ["b", "2023-02-01"]),
      },
      pipelines: { "p.yaml": pipeline() },
    });
    await step("2024-01-01");
    // The file that both share has one more möte of a.
    d.write(
      "mote.csv",
      moten(["a", "2023-02-01"], ["b", "2023-02-01"], ["a", "2023-03-01", "puls"], ["a", "2023-04-01"]),
    );
    await step("2024-01-05");
    // It has another day of a, which moves no figure; and b gets six files.
    d.write(
      "mote.csv",
      moten(["a", "2023-02-01"], ["b", "2023-02-01"], ["a", "2023-03-01", "puls"], ["a", "2023-04-02"]),
    );
    for (const nr of [1, 2, 3, 4, 5, 6]) d.write(`mer/${nr}/mote.csv`, moten(["b", `2023-05-0${nr}`]));
    await step("2024-01-09");
    // A correction of a's row, and invoices of b.
    d.write("mer/faktura.csv", [
      ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
      ["b", 1, "f", "2023-02-01", "2023-02-28", 100],
    ]);
    d.write("mer/1/mote.csv", moten(["b", "2023-05-01"], ["b", "2023-06-01"]));
    const skal = { skal: "Fel sort", datum: "2024-01-12" };
    const korrigeringar = [{ fil: "data/mote.csv", cell: "D4", gammalt: "puls", nytt: "samverkan", ...skal }];
    d.pipeline("p.yaml", pipeline({ korrigeringar }));
    await step("2024-01-13");
    // b's own folder is no longer read.
    d.pipeline("p.yaml", pipeline({ korrigeringar, kallor: ["../data/*.csv"] }));
    await step("2024-01-17");
  }, 240_000);

  test("diff says nothing of the insats that did not change", async () => {
    const days = { from: "2024-01-01", to: "2024-01-05" };
    const found = await diff({ pipelines: d.path("pipelines", "*.yaml"), out: d.path("out"), ...days });
    expect(found.nya).toEqual([]);
    expect(columns([...found.rows], "insats_id", "figur", "kolumn", "fore", "efter")).toEqual([
      ["a", "maluppfyllelse/a/ar///2023-01-01", "varde", "1", "2"],
      ["a", "maluppfyllelse/a/hela///2023-01-01", "varde", "1", "2"],
    ]);
    expect(changesText(found)).not.toMatch(/\bb\b/);
    expect(changesText(found)).not.toContain("New since");
  }, 60_000);

  test("a report counts the figures that changed since the last report, not since an older one", () => {
    expect(columns(changes.get("2024-01-09") ?? [], "insats_id", "jamfort_med", "fore", "efter")).toEqual([
      ["b", "2024-01-05", 1, 7],
      ["b", "2024-01-05", 1, 7],
    ]);
    expect(pages.get("2024-01-09")).toContain("Två siffror har ändrats sedan rapporten den 5\u00a0januari\u00a02024.");
  });

  test("a new version of a shared file is no cause for the insats whose rows in it are the same; of many causes three are named", () => {
    const [row] = on("2024-01-09", "b");
    const file = (nr: number): string =>
      `Sen fil: data/mer/${nr}/mote.csv, mottagen 2024-01-09 om en period som redan var slut`;
    expect([row?.orsak, row?.forklaring]).toEqual([
      "sen_fil",
      `${[1, 2, 3].map(file).join("; ")}; och 3 andra orsaker.`,
    ]);
  });

  test("a correction is a cause only for the insats of its row", () => {
    const causes = (insats: string): unknown[] =>
      columns(pick(on("2024-01-13", insats), { kolumn: "varde" }), "fore", "efter", "orsak");
    expect(causes("a")).toEqual([
      [2, 3, "korrigering"],
      [2, 3, "korrigering"],
    ]);
    expect(causes("b")).toEqual([
      [7, 8, "rattad_fil"],
      [7, 8, "rattad_fil"],
    ]);
    expect(on("2024-01-13", "b").filter(({ forklaring }) => String(forklaring).includes("Korrigering"))).toEqual([]);
  });

  test("a file that is gone is named at the figures whose measure or result reads its dataset", () => {
    const rows = on("2024-01-17", "b");
    const [count] = pick(rows, { figur: "maluppfyllelse/b/hela///2023-01-01", kolumn: "varde" });
    expect([count?.fore, count?.efter, count?.orsak]).toEqual([8, 1, "borttagen_fil"]);
    expect(count?.forklaring).not.toContain("faktura.csv");
    const [cost] = pick(rows, { figur: "kostnadsandel/b/insats/b", kolumn: "belopp_ore" });
    expect([cost?.fore, cost?.efter, cost?.orsak, cost?.forklaring]).toEqual([
      ...[10_000, null, "borttagen_fil", "Filen data/mer/faktura.csv ingår inte längre."],
    ]);
  });
});
