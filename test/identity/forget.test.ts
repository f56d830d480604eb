/** A person is taken out of everything that is kept, and nothing else moves; what no report needs is pruned. */

import { createHmac } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { command } from "../command.ts";
import {
  columns,
  type Finished,
  type Folder,
  folder,
  only,
  type Pipeline,
  type Row,
  type Rows,
} from "../contract/delivery.ts";
import { dashed, findAnywhere, person, short } from "./numbers.ts";

const key = "en-nyckel-som-ar-minst-32-tecken-lang";
const gone = person("19811228", "987");
const stays = person("19640823", "323");
const pseudonym = createHmac("sha256", key).update(gone).digest("hex").slice(0, 32);

const files: Record<string, Rows> = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2020-01-01", "2021-12-31"],
  ],
  "mote.csv": [
    ["insats_id", "mote_id", "datum", "motestyp"],
    ["i", 1, "2020-02-01", "samverkan"],
  ],
  "deltagare.csv": [
    ["insats_id", "personnummer", "startdatum", "kommun"],
    ["i", dashed(gone), "2020-01-01", "0180"],
    ["i", dashed(stays), "2020-01-01", "0180"],
    ["i", short(gone), "2020-06-31", "0180"],
  ],
  "arende.csv": [
    ["insats_id", "mote_id", "personnummer"],
    ["i", 1, gone],
    ["i", 1, stays],
  ],
  "leverabel.csv": [
    ["insats_id", "leverabel_id", "text", "status"],
    ["i", "a", `Plan för ${short(gone)} klar`, "klar"],
  ],
};
const without = (name: "deltagare.csv" | "arende.csv", number: string): Rows =>
  (files[name] ?? []).filter(
    (row) => !row.some((cell) => [dashed(number), short(number), number].includes(String(cell))),
  );

const made = (given: Record<string, Rows>): Folder =>
  folder({
    files: given,
    pipelines: {
      "p.yaml": {
        insats: "i",
        personuppgifter: "pseudonymisera",
        rattsligt_stod: "Samtycke",
        mal: [
          { id: "unika", matt: "unika_deltagare", per: "ar", villkor: ">= 2" },
          { id: "individer", matt: "individer_i_samverkansmote", per: "ar", villkor: ">= 1" },
        ],
      },
    },
  });

// A run in this process has the key that the commands below are given.
beforeAll(() => {
  vi.stubEnv("FINSAM_KEY", key);
});
afterAll(() => {
  vi.unstubAllEnvs();
});

const finsam = (d: Folder, args: string[], input = "", own = key): Promise<Finished> =>
  command(args, { cwd: d.root, env: { FINSAM_KEY: own }, input });

const figures = (d: Folder): unknown =>
  ["malsammanfattning", "maluppfyllelse", "konsfordelning"].map((name) => d.rows(name));

describe("finsam forget", () => {
  const d = made(files);
  let done: Finished;
  let stored: string[] = [];
  beforeAll(async () => {
    await d.run({ today: "2022-01-10", report: true });
    await finsam(d, ["reply"]);
    mkdirSync(d.path("out/svar/skickade"));
    mkdirSync(d.path("out/svar/svar-mapp.xlsx"));
    for (const name of ["skickade/svar-data.xlsx", "anteckningar.txt", "svar-halv.xlsx.ny"])
      writeFileSync(d.path("out/svar", name), "");
    symlinkSync(d.path("data/mote.csv"), d.path("out/svar/svar-lank.xlsx"));
    chmodSync(d.path("out/svar"), 0o755);
    d.write("mote.csv", [...(files["mote.csv"] ?? []), ["i", 2, "2021-02-01", "samverkan"]]);
    await d.run({ today: "2022-02-10", report: true });
    stored = await findAnywhere(d.root, { pseudonym }, ["data"]);
    done = await finsam(d, ["forget", "--today", "2022-03-10"], `${gone.slice(2)}\n`);
  }, 120_000);

  test("finds the person by the number in any notation, and says from where it was removed, but not the number", () => {
    expect(done.code).toBe(0);
    expect(
      done.stdout,
    ).toBe(`Removed from the archive, and from the database, results and report, which have been made anew:
  data/arende.csv (received 2022-01-10): row 2
  data/deltagare.csv (received 2022-01-10): rows 2, 4
  data/leverabel.csv (received 2022-01-10): a mention in row 2
Workbooks for senders taken away: svar/svar-data-arende.xlsx, svar/svar-data-deltagare.xlsx, svar/svar-halv.xlsx.ny; finsam reply makes them anew.
Still in the delivered files, which are yours to mend: data/arende.csv, data/deltagare.csv, data/leverabel.csv. As they are they are not read again; a new version of one is.
`);
  });
  test("nothing that is kept knows the person any more", async () => {
    expect(stored.length).toBeGreaterThan(3);
    expect(await findAnywhere(d.root, { pseudonym, gone }, ["data"])).toEqual([]);
    expect(existsSync(d.path("out/svar/svar-data-deltagare.xlsx"))).toBe(false);
  });
  test("of what lies among the workbooks for senders it takes those and nothing else, and the folder is closed to others", () => {
    const kept = ["anteckningar.txt", "skickade", "skickade/svar-data.xlsx", "svar-lank.xlsx", "svar-mapp.xlsx"];
    expect(readdirSync(d.path("out/svar"), { recursive: true }).map(String).sort()).toEqual(kept);
    expect(existsSync(d.path("data/mote.csv"))).toBe(true);
    expect(statSync(d.path("out/svar")).mode & 0o777).toBe(0o700);
  });
  test("the results are those of deliveries in which the person never was", async () => {
    const never = made({
      ...files,
      "deltagare.csv": without("deltagare.csv", gone),
      "arende.csv": without("arende.csv", gone),
      "mote.csv": [...(files["mote.csv"] ?? []), ["i", 2, "2021-02-01", "samverkan"]],
    });
    await never.run({ today: "2022-03-10" });
    expect(figures(d)).toEqual(figures(never));
    expect(only(d.rows("leveranser"), { fil: "data/deltagare.csv" })).toMatchObject({
      rader: 4,
      lasta: 1,
      avvisade: 0,
      overhoppade: 3,
    });
  }, 60_000);
  test("the next run does not take the person in again, and a report of an earlier day is exact but for the person", async () => {
    await d.run({ today: "2022-03-11", report: true });
    expect(await findAnywhere(d.root, { pseudonym }, ["data"])).toEqual([]);
    const then = made({
      ...files,
      "deltagare.csv": without("deltagare.csv", gone),
      "arende.csv": without("arende.csv", gone),
    });
    await then.run({ today: "2022-01-10" });
    await d.run({ asOf: "2022-01-10" });
    expect(figures(d)).toEqual(figures(then));
    expect(d.rows("andring")).toEqual([]);
  }, 60_000);
  test("a person that is not kept changes nothing", async () => {
    const before = d.hashes();
    const none = await finsam(d, ["forget"], `${person("19700101", "111")}\n`);
    expect([none.code, none.stdout]).toEqual([0, "Nothing is kept of that person; nothing was changed.\n"]);
    expect(d.hashes()).toEqual(before);
  });
  test.each([
    ["no number", "", 2, "is no identity number"],
    ["a wrong check digit", "198112289875\n", 2, "is no identity number"],
  ])("%s is wrong usage", async (_, input, code, why) => {
    const wrong = await finsam(d, ["forget"], input);
    expect([wrong.code, wrong.stderr.includes(why)]).toEqual([code, true]);
    expect(wrong.stderr).not.toContain("19811228");
  });
  test("another key than the archive's stops it", async () => {
    const other = await finsam(d, ["forget"], dashed(stays), "en-annan-nyckel-som-ar-minst-32-tecken");
    expect([other.code, other.stderr.includes("the key is not the one")]).toEqual([3, true]);
  });
});

describe("a person among others, with a number of the insats's own, in several versions", () => {
  const heading = ["insats_id", "Löpnummer", "Personnummer", "startdatum"];
  const correction = { fil: "data/deltagare.csv", cell: "D3", gammalt: "den femte maj", nytt: "2020-05-05" };
  const pipeline: Pipeline = {
    insats: "i",
    personuppgifter: "pseudonymisera",
    rattsligt_stod: "Samtycke",
    mal: [{ id: "d", matt: "deltaganden", per: "ar", villkor: ">= 2" }],
  };
  const d = folder({
    files: {
      "insats.csv": files["insats.csv"] ?? [],
      "mote.csv": files["mote.csv"] ?? [],
      "deltagare.csv": [heading, ["i", "L17", dashed(gone), "2020-01-01"], ["i", "L19", dashed(stays), "2020-02-01"]],
      "arende.csv": [["insats_id", "mote_id", "Löpnummer"], ...["L17", "L18", "L19"].map((nr) => ["i", 1, nr])],
    },
    pipelines: { "p.yaml": pipeline },
  });
  const found = (): unknown[] =>
    columns(d.rows("fyndhistorik"), "fil", "cell", "lage", "sedan").filter(([, cell]) => cell === "D2");
  let before: unknown[];
  let changed: Row[];
  let done: Finished;
  beforeAll(async () => {
    await d.run({ today: "2022-01-10" });
    d.write("deltagare.csv", [
      heading,
      ["i", "L18", dashed(stays), "våren"],
      ["i", "L17", dashed(gone), "den femte maj"],
      ["i", "", `${dashed(gone)} (ny)`, "2020-07-01"],
    ]);
    d.write("sent/deltagare.csv", [heading, ["i", "L19", dashed(gone), "2020-03-01"]]);
    d.pipeline("p.yaml", {
      ...pipeline,
      korrigeringar: [{ ...correction, skal: "Läsfel", datum: "2022-02-10" }],
    });
    await d.run({ today: "2022-02-10" });
    before = found();
    done = await finsam(d, ["forget", "--today", "2022-03-10"], gone);
    changed = d.rows("andring");
  }, 120_000);

  test("is taken where the number stands with words beside it, and under the running number that is nobody else's", () => {
    expect(done.stdout.split("\n").slice(0, 8)).toEqual([
      "Removed from the archive, and from the database, results and report, which have been made anew:",
      "  data/arende.csv (received 2022-01-10): row 2",
      "  data/deltagare.csv (received 2022-01-10): row 2",
      "  data/deltagare.csv (received 2022-02-10): rows 3, 4",
      "  data/sent/deltagare.csv (received 2022-02-10): row 2",
      expect.stringMatching(/^Left as they are: rows without an identity number.*for a new version without them:$/),
      "  data/arende.csv (received 2022-01-10): row 4",
      expect.stringMatching(/^Still in the delivered files/),
    ]);
    expect([done.code, done.stderr.includes("rror")]).toEqual([0, false]);
  });
  test("and what was found in another's row, in another version, is remembered", async () => {
    expect(before).toEqual([["data/deltagare.csv", "D2", "ny", "2022-02-10"]]);
    expect(found()).toEqual(before);
  });
  test("a correction of a row that is gone hinders nothing and shows nothing", async () => {
    expect(d.rows("datakvalitet").filter(({ kod }) => kod === "korrigerad")).toEqual([]);
    expect((await d.run({ today: "2022-03-11" })).rejected).toBe(true);
    expect(d.rows("andring")).toEqual([]);
  }, 30_000);
  test("the report is still compared with the one before, and no file is said to be gone", async () => {
    const isAsBefore = (rows: Row[]): void => {
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows)
        expect([row.jamfort_med, row.forklaring]).toEqual(["2022-01-10", expect.not.stringContaining("inte längre")]);
    };
    isAsBefore(changed);
    await d.run({ asOf: "2022-02-10" });
    isAsBefore(d.rows("andring"));
    expect(found()).toEqual(before);
  }, 30_000);
});

describe("finsam forget --insats", () => {
  const heading = ["insats_id", "Löpnummer", "startdatum", "kommun"];
  const made = (deltagare: Rows, matris: Rows, rule: Record<string, unknown> = {}): Folder =>
    folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2020-01-01", "2021-12-31"],
          ["j", "J", "2020-01-01", "2021-12-31"],
        ],
        "mote.csv": [
          ["insats_id", "mote_id", "datum", "motestyp"],
          ["i", "2020-02-01", "2020-02-01", "samverkan"],
        ],
        "deltagare.csv": deltagare,
        "matris.csv": matris,
      },
      pipelines: {
        "p.yaml": {
          insats: "i",
          tolkning: [
            {
              ...{ fil: "matris.csv", dataset: "arende" },
              unpivot: { kategori: { rubrik: "Möte", kolumn: "mote_id" }, rubriker: "deltagar_id" },
              ...rule,
            },
          ],
          mal: [{ id: "unika", matt: "unika_deltagare", per: "hela", villkor: ">= 2" }],
        },
      },
    });
  const rows = [
    ["i", "7", "2020-01-01", "Lund"],
    ["i", "8", "2020-01-01", "Lund"],
    ["j", "7", "2020-01-01", "Lund"],
  ];
  const matrix: Rows = [
    ["Möte", "7", "8"],
    ["2020-02-01", "x", "x"],
  ];

  test("takes the rows and columns of the number in that insats, without a key, and no other insats's", async () => {
    const d = made([heading, ...rows], matrix);
    await finsam(d, ["run", "--today", "2022-01-10"]);
    const done = await finsam(d, ["forget", "--insats", "i", "--today", "2022-02-10"], "7\n", "");
    expect(done.stdout.split("\n").slice(1, 3)).toEqual([
      "  data/deltagare.csv (received 2022-01-10): row 2",
      "  data/matris.csv (received 2022-01-10): a mention in rows 1, 2",
    ]);
    expect(done.code).toBe(0);
    const never = made(
      [heading, ...rows.slice(1)],
      matrix.map(([mote = "", , other = ""]) => [mote, other]),
    );
    await finsam(never, ["run", "--today", "2022-02-10"]);
    expect(columns(d.rows("malsammanfattning"), "mal_id", "uppnatt")).toEqual(
      columns(never.rows("malsammanfattning"), "mal_id", "uppnatt"),
    );
    expect(figures(d)).toEqual(figures(never));
    const again = await finsam(d, ["forget", "--insats", "i"], "7\n", "");
    expect([again.code, again.stdout]).toEqual([0, "Nothing is kept of that person; nothing was changed.\n"]);
  }, 60_000);
  test("an empty number, and a number where an identity number is asked for, are wrong usage", async () => {
    const d = made([heading, ...rows], matrix);
    const [none, plain] = [await finsam(d, ["forget", "--insats", "i"], "\n"), await finsam(d, ["forget"], "7\n")];
    expect([none.code, plain.code]).toEqual([2, 2]);
    expect(plain.stderr).toContain("--insats");
  }, 60_000);
});

describe("a running number with an identity number beside it", () => {
  const d = folder({
    files: {
      "insats.csv": [...(files["insats.csv"] ?? []), ["j", "J", "2020-01-01", "2021-12-31"]],
      "deltagare.csv": [
        ["insats_id", "Löpnummer", "Personnummer", "startdatum"],
        ["i", "L1", dashed(gone), "2020-01-01"],
        ["i", "L2", dashed(stays), "2020-01-01"],
        ["j", "L1", dashed(stays), "2020-01-01"],
        ["j", "L1", dashed(person("19700101", "111")), "2020-02-01"],
      ],
      "leverabel.csv": files["leverabel.csv"] ?? [],
    },
    pipelines: { "p.yaml": { insats: ["i", "j"], personuppgifter: "pseudonymisera", rattsligt_stod: "Samtycke" } },
  });
  beforeAll(async () => {
    await d.run({ today: "2022-01-10" });
  });
  test("that several persons have had is nobody's: nothing is changed", async () => {
    const before = d.hashes();
    const done = await finsam(d, ["forget", "--insats", "j", "--today", "2022-02-10"], "L1\n");
    expect([done.code, done.stderr]).toEqual([3, expect.stringContaining("several persons")]);
    expect(d.hashes()).toEqual(before);
  });
  test("is the same person: what only names the identity number goes too", async () => {
    const done = await finsam(d, ["forget", "--insats", "i", "--today", "2022-02-10"], "L1\n");
    expect(done.stdout.split("\n").slice(1, 3)).toEqual([
      "  data/deltagare.csv (received 2022-01-10): row 2",
      "  data/leverabel.csv (received 2022-01-10): a mention in row 2",
    ]);
    expect(await findAnywhere(d.root, { pseudonym }, ["data"])).toEqual([]);
  }, 60_000);
});

describe("finsam forget --older-than", () => {
  const d = folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2020-01-01", "2021-12-31"],
      ],
      "mote.csv": [
        ["insats_id", "mote_id", "datum", "motestyp"],
        ["i", 1, "2020-02-01", "samverkan"],
      ],
      "gammal/insats.csv": [
        ["insats_id", "namn"],
        ["j", "J"],
      ],
    },
    pipelines: {
      "p.yaml": {
        insats: "i",
        kallor: ["../data/*.csv"],
        mal: [{ id: "m", matt: "antal_moten", per: "hela", villkor: ">= 1" }],
      },
      "gammal.yaml": { insats: "j", kallor: ["../data/gammal"] },
    },
  });
  let before: Record<string, string> = {};
  let done: Finished;
  const report = (): Record<string, string> =>
    Object.fromEntries(Object.entries(d.hashes()).filter(([path]) => !/^out\/arkiv\/|finsam\.duckdb$/.test(path)));
  beforeAll(async () => {
    await d.run({ today: "2022-01-10" });
    rmSync(d.path("pipelines/gammal.yaml"));
    d.write("mote.csv", [
      ["insats_id", "mote_id", "datum", "motestyp"],
      ["i", 1, "2020-02-02", "samverkan"],
    ]);
    await d.run({ today: "2022-02-10" });
    d.write("mote.csv", [
      ["insats_id", "mote_id", "datum", "motestyp"],
      ["i", 1, "2020-02-03", "samverkan"],
    ]);
    await d.run({ today: "2022-03-10", report: true });
    before = report();
    done = await d.cli(["forget", "--older-than", "2022-02-20", "--today", "2022-03-10"]);
  }, 60_000);
  const contents = (): number => [...d.bytes("out/arkiv").keys()].filter((path) => path.endsWith(".json.gz")).length;

  test("takes away the versions that had been replaced by then, and what no pipeline reads, and says which", () => {
    expect([done.code, done.stdout]).toEqual([
      0,
      `Pruned 2 versions, 2 files of the archive:
  data/gammal/insats.csv (received 2022-01-10)
  data/mote.csv (received 2022-01-10)
`,
    ]);
    expect(contents()).toBe(3);
  });
  test("the report that stands, stays, and the next run gives the same", async () => {
    expect(report()).toEqual(before);
    await d.run({ today: "2022-03-10", report: true });
    expect(report()).toEqual(before);
  });
  test("a report of a day since then can be made; of a day before, the run says why not", async () => {
    await d.run({ asOf: "2022-02-20" });
    expect(only(d.rows("leveranser"), { fil: "data/mote.csv" }).mottagen).toBe("2022-02-10");
    const early = await d.cli(["run", "--as-of", "2022-02-19"]);
    expect(early.code).toBe(3);
    expect(early.stderr).toContain("--older-than 2022-02-20");
  });
  test("a source that is read again is taken in again", async () => {
    d.pipeline("gammal.yaml", { insats: "j", kallor: ["../data/gammal"] });
    await d.run({ today: "2022-03-11" });
    expect(only(d.rows("leveranser"), { fil: "data/gammal/insats.csv" }).lasta).toBe(1);
    expect(contents()).toBe(4);
  });
  test("a day that has not come is wrong usage", async () => {
    expect((await d.cli(["forget", "--older-than", "2999-01-01"])).code).toBe(2);
  });
});
