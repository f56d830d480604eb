/** What has changed since the report before, and the reports of earlier days made again. */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { diff } from "../../src/diff.ts";
import { changesText } from "../../src/output/changes.ts";
import { asJson } from "../../src/output/files.ts";
import {
  columns,
  copyOf,
  type Folder,
  folder,
  type Pipeline,
  pick,
  type Row,
  type Rows,
} from "../contract/delivery.ts";

const moten = (...days: string[]): Rows => [
  ["insats_id", "mote_id", "datum", "motestyp", "status"],
  ...days.map((day, i) => ["i", `${day}-${i}`, day, "puls", "genomfort"]),
];
const fakturor = (...rows: [string, number][]): Rows => [
  ["insats_id", "faktura_id", "forbund_id", "fran", "till", "belopp"],
  ...rows.map(([id, belopp]) => ["i", id, "f", "2023-02-01", "2023-02-28", belopp]),
];
const goals = (perYear: string): Pipeline => ({
  insats: "i",
  mal: [
    { id: "moten", matt: "antal_moten", per: "ar", villkor: perYear, parametrar: { motestyp: "puls" } },
    { id: "kronor", matt: "fakturerat_belopp", per: "ar", villkor: "<= 1000" },
  ],
});
const start = (): Folder =>
  folder({
    files: {
      "insats.csv": [
        ["insats_id", "namn", "startdatum", "slutdatum"],
        ["i", "I", "2023-01-01", "2024-12-31"],
      ],
      "forbund.csv": [
        ["forbund_id", "namn"],
        ["f", "F"],
      ],
      "mote.csv": moten("2023-02-01", "2023-03-01"),
      "faktura.csv": fakturor(["1", 500]),
      "leverabel.csv": "insats_id;leverabel_id;text;status\ni;a;Samtal med 19811228-9874;klar\n",
    },
    pipelines: { "p.yaml": goals(">= 3") },
  });

const shown = (d: Folder): Map<string, Buffer> =>
  new Map(
    [...d.bytes("out")].filter(([path]) => /^out\/(internt|rapport|diagram)\//.test(path) && !path.endsWith(".duckdb")),
  );
const moved = (rows: readonly Row[]): unknown[] => columns([...rows], "figur", "kolumn", "fore", "efter", "orsak");

describe("a folder of deliveries over time", () => {
  let d: Folder;
  const reports = new Map<string, Map<string, Buffer>>();
  const changes = new Map<string, Row[]>();
  const step = async (today: string): Promise<void> => {
    await d.run({ today, report: true });
    reports.set(today, shown(d));
    changes.set(today, d.rows("andring"));
  };
  beforeAll(async () => {
    d = start();
    await step("2024-03-01");
    await step("2024-03-02");
    // A file about a year that was over, one version replaced, and the file that was refused mended.
    d.write("sent/mote.csv", moten("2023-11-01"));
    d.write("faktura.csv", fakturor(["1", 600]));
    d.write("leverabel.csv", "insats_id;leverabel_id;text;status\ni;a;Samtal;klar\n");
    await step("2024-04-01");
    // A correction.
    d.pipeline("p.yaml", {
      ...goals(">= 3"),
      korrigeringar: [
        { fil: "faktura.csv", cell: "F2", gammalt: "600", nytt: "650", skal: "Läsfel", datum: "2024-05-01" },
      ],
    });
    await step("2024-05-01");
    // Nothing but time: the second year ends.
    await step("2025-01-01");
  }, 120_000);

  test("the first report has nothing to be compared with", () => {
    expect(changes.get("2024-03-01")).toEqual([]);
  });
  test("a day on which nothing moved compares with the same report, and says the same", () => {
    expect(changes.get("2024-03-02")).toEqual([]);
  });
  test("a late file and a new version are named, each at the figures that rest on it", () => {
    const rows = changes.get("2024-04-01") ?? [];
    expect(moved(pick(rows, { kolumn: "varde" }))).toEqual([
      ["maluppfyllelse/i/kronor///2023-01-01", "varde", 500, 600, "rattad_fil"],
      ["maluppfyllelse/i/moten///2023-01-01", "varde", 2, 3, "sen_fil"],
    ]);
    expect(moved(pick(rows, { figur: "malsammanfattning/i/moten" }))).toEqual([
      ["malsammanfattning/i/moten", "status", "ej_uppnatt", "uppnatt", "sen_fil"],
    ]);
    expect(pick(rows, { kolumn: "varde" })[1]?.forklaring).toBe(
      "Sen fil: data/sent/mote.csv, mottagen 2024-04-01 om en period som redan var slut.",
    );
    expect(rows[0]?.jamfort_med).toBe("2024-03-02");
  });
  test("a correction is named with its cell", () => {
    const [row] = pick(changes.get("2024-05-01") ?? [], { kolumn: "varde" });
    expect([row?.fore, row?.efter, row?.orsak, row?.forklaring]).toEqual([
      600,
      650,
      "korrigering",
      "Korrigering: data/faktura.csv F2, beslutad 2024-05-01.",
    ]);
  });
  test("where nothing was delivered or decided, it is the day", () => {
    const rows = changes.get("2025-01-01") ?? [];
    expect(moved(pick(rows, { figur: "maluppfyllelse/i/moten///2024-01-01" }))).toEqual([
      ["maluppfyllelse/i/moten///2024-01-01", "status", "ej_matbart", "ej_uppnatt", "tid"],
    ]);
    expect(rows.every(({ orsak }) => orsak === "tid")).toBe(true);
  });

  test.each(["2024-03-01", "2024-03-02", "2024-05-01", "2025-01-01", "2024-04-01"])(
    "the report of %s can be made again, byte for byte",
    async (day) => {
      await d.run({ asOf: day, report: true });
      const again = shown(d);
      const before = reports.get(day) ?? new Map<string, Buffer>();
      expect([...again.keys()]).toEqual([...before.keys()]);
      for (const [path, bytes] of again) expect([path, bytes.equals(before.get(path) as Buffer)]).toEqual([path, true]);
    },
  );
  test("a change is traced to the rows of the figure that changed", async () => {
    await d.run({ asOf: "2024-04-01" });
    const [row] = pick(d.rows("andring"), { figur: "maluppfyllelse/i/moten///2023-01-01", kolumn: "varde" });
    const done = await d.cli(["trace", String(row?.resultat_id), "--json"]);
    const { rader } = JSON.parse(done.stdout) as { rader: Row[] };
    expect(rader.map(({ fil }) => fil)).toContain("data/sent/mote.csv");
  });
  test("and on a day without a report it is compared with the last one before", async () => {
    await d.run({ asOf: "2024-04-20", report: true });
    expect(d.rows("andring")).toEqual([]);
    expect(readFileSync(d.path("out", "rapport", "andringar.html"), "utf8")).toContain(
      "Inga siffror har ändrats sedan rapporten den 1\u00a0april\u00a02024.",
    );
  });
});

describe("the reason that a figure moved", () => {
  const insats = (end: string): Rows => [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2023-01-01", end],
  ];
  const pipeline: Pipeline = {
    insats: "i",
    mal: [{ id: "moten", matt: "antal_moten", per: "ar", villkor: ">= 3", parametrar: { motestyp: "puls" } }],
  };
  const korrigeringar = [
    { fil: "insats.csv", cell: "D2", gammalt: "2024-09-30", nytt: "2024-08-31", skal: "Läsfel", datum: "2024-03-01" },
  ];
  let d: Folder;
  const reasons = (figur: string, kolumn: string): unknown[] =>
    columns(pick(d.rows("andring"), { figur, kolumn }), "orsak", "forklaring");
  const target = "maluppfyllelse/i/moten///2024-01-01";
  beforeAll(async () => {
    d = folder({
      files: {
        "insats.csv": insats("2024-12-31"),
        "forbund.csv": [
          ["forbund_id", "namn"],
          ["f", "F"],
        ],
        "part.csv": [
          ["insats_id", "part_id", "namn", "huvudman"],
          ["i", "p", "P", "kommun"],
        ],
        "mote.csv": moten("2023-02-01", "2024-03-01"),
        "budget.csv": [
          ["insats_id", "ar", "post", "belopp"],
          ["i", 2023, "hyra", 100_000],
        ],
        "faktura.csv": [
          ["insats_id", "faktura_id", "forbund_id", "part_id", "kostnadsslag", "fran", "till", "belopp"],
          ["i", 1, "f", "p", "Lokal", "2023-02-01", "2023-02-28", 100_000],
        ],
      },
      pipelines: { "p.yaml": pipeline },
    });
    await d.run({ today: "2023-12-01" });
  }, 60_000);

  test("is the day where a verdict turned when its period ended, whatever else of the insats is new", async () => {
    d.write("leverabel.csv", [
      ["insats_id", "leverabel_id", "text", "status"],
      ["i", 1, "Plan", "klar"],
    ]);
    await d.run({ today: "2024-01-01" });
    expect(reasons("maluppfyllelse/i/moten///2023-01-01", "status")).toEqual([
      ["tid", "Bedömt 2024-01-01 i stället för 2023-12-01."],
    ]);
  }, 30_000);
  test("is the insats's own row where a new version of it moves a target", async () => {
    d.write("insats.csv", insats("2024-09-30"));
    await d.run({ today: "2024-02-01" });
    expect(reasons(target, "malvarde")).toEqual([
      ["rattad_fil", "Rättad fil: data/insats.csv, ny version mottagen 2024-02-01."],
    ]);
  }, 30_000);
  test("and a correction of that row", async () => {
    d.pipeline("p.yaml", { ...pipeline, korrigeringar });
    await d.run({ today: "2024-03-01" });
    expect(reasons(target, "malvarde")).toEqual([
      ["korrigering", "Korrigering: data/insats.csv D2, beslutad 2024-03-01."],
    ]);
  }, 30_000);
  test("is the pipeline where it reads costs in another way", async () => {
    d.pipeline("p.yaml", { ...pipeline, korrigeringar, poster: { Lokal: "hyra" } });
    await d.run({ today: "2024-04-01" });
    expect(reasons("budgetutfall/i/2023/hyra", "utfall_ore")).toEqual([
      ["definition", "Inställningen poster i pipelinen är ändrad."],
    ]);
  }, 30_000);
  test("is what else is new of the insats where nothing that the figure rests on is, such as the part's kind", async () => {
    d.write("part.csv", [
      ["insats_id", "part_id", "namn", "huvudman"],
      ["i", "p", "P", "region"],
    ]);
    await d.run({ today: "2024-05-01" });
    const moved = d.rows("andring");
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.filter(({ orsak }) => orsak !== "rattad_fil")).toEqual([]);
  }, 30_000);
});

describe("the page of changes", () => {
  const persons = (women: number, men: number): Rows => [
    ["insats_id", "deltagar_id", "startdatum", "kon"],
    ...Array.from({ length: women + men }, (_, i) => ["i", `d${i}`, "2023-03-01", i < women ? "K" : "M"]),
  ];
  const shownOn = async (d: Folder, today: string): Promise<{ page: string; published: string }> => {
    await d.run({ today, report: true });
    const read = (name: string): string => readFileSync(d.path("out", "rapport", name), "utf8");
    return { page: read("andringar.html"), published: read("publicerat.json") };
  };
  const made = (): Folder =>
    folder({
      files: {
        "insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2023-01-01", "2023-12-31"],
        ],
        "deltagare.csv": persons(21, 31),
      },
      pipelines: { "p.yaml": { insats: "i", mal: [{ id: "m", matt: "deltaganden", per: "hela", villkor: ">= 2" }] } },
    });
  let first: Folder;
  beforeAll(async () => {
    first = made();
    await first.run({ today: "2024-01-01" });
  }, 30_000);
  test("shows no new count of persons where the few between it and the old would be known, but the old with its day", async () => {
    const d = copyOf(first);
    d.write("deltagare.csv", persons(22, 32));
    const { page, published } = await shownOn(d, "2024-02-01");
    expect(page).not.toMatch(/>5[24]</);
    const own = readFileSync(d.path("out", "rapport", "insats", "i.html"), "utf8").replaceAll("\u00a0", " ");
    expect(own).toContain(">52 per 1 januari 2024<");
    expect(published).not.toContain("enligt rapporten 2024-01-01");
  }, 30_000);
  test("nor the other counts of the insats, from which the few would follow", async () => {
    const d = copyOf(first);
    d.write("deltagare.csv", persons(26, 32));
    const { page, published } = await shownOn(d, "2024-02-01");
    expect(page).toMatch(/>58<[\s\S]*>26<[\s\S]*>32</);
    for (const old of [52, 21, 31]) expect([old, page.includes(`>${old}<`)]).toEqual([old, false]);
    expect(published).not.toContain("enligt rapporten 2024-01-01");
  }, 30_000);
  test("nor what a cost or a share of persons was, from which their number would follow", async () => {
    const d = made();
    d.write("forbund.csv", [
      ["forbund_id", "namn"],
      ["f", "F"],
    ]);
    d.write("faktura.csv", fakturor(["1", 1_000_000]));
    d.pipeline("p.yaml", {
      insats: "i",
      mal: [
        { id: "k", matt: "kostnad_per_deltagare", per: "hela", villkor: "<= 20000" },
        { id: "a", matt: "andel_kvinnor", per: "hela", villkor: ">= 40 %" },
        { id: "kr", matt: "fakturerat_belopp", per: "hela", villkor: "<= 2000000" },
      ],
    });
    await d.run({ today: "2024-01-01" });
    d.write("deltagare.csv", persons(29, 39));
    d.write("faktura.csv", fakturor(["1", 1_000_001]));
    const { page, published } = await shownOn(d, "2024-02-01");
    expect(page).not.toContain("19\u00a0230,77");
    expect(page).not.toContain("40,4");
    expect(page).toContain(">..<");
    expect(page).toContain("1\u00a0000\u00a0000");
    expect(published).not.toMatch(/(kostnad_per_deltagare|andel_kvinnor) enligt rapporten/);
  }, 30_000);
  test("shows both where they differ by more, and says so in what was published", async () => {
    const d = copyOf(first);
    d.write("deltagare.csv", persons(29, 39));
    const { page, published } = await shownOn(d, "2024-02-01");
    expect(page).toMatch(/>52<[\s\S]*>68</);
    expect(JSON.parse(published).tables).toContainEqual(
      expect.objectContaining({ population: "i deltaganden enligt rapporten 2024-01-01 2023-01-01–2023-12-31" }),
    );
  }, 30_000);
});

describe("finsam diff", () => {
  test("says which figures moved between two days, and why, a definition too", async () => {
    const d = start();
    await d.run({ today: "2024-03-01" });
    d.write("sent/mote.csv", moten("2023-11-01"));
    d.pipeline("p.yaml", goals(">= 2"));
    await d.run({ today: "2024-04-01" });
    const before = d.bytes();
    const places = { pipelines: d.path("pipelines", "*.yaml"), out: d.path("out") };
    const changes = await diff({ ...places, from: "2024-03-01", to: "2024-04-01" });
    const rows = JSON.parse(JSON.stringify(asJson("andring", changes.rows))) as Row[];
    expect(moved(pick(rows, { figur: "maluppfyllelse/i/moten///2023-01-01" }))).toEqual([
      ["maluppfyllelse/i/moten///2023-01-01", "malvarde", 3, 2, "definition"],
      ["maluppfyllelse/i/moten///2023-01-01", "status", "ej_uppnatt", "uppnatt", "definition,sen_fil"],
      ["maluppfyllelse/i/moten///2023-01-01", "varde", 2, 3, "definition,sen_fil"],
    ]);
    expect([...d.bytes().keys()]).toEqual([...before.keys()]);
    for (const [path, bytes] of d.bytes())
      expect([path, bytes.equals(before.get(path) as Buffer)]).toEqual([path, true]);
    expect(changesText(changes)).toContain("maluppfyllelse/i/moten///2023-01-01#varde: 2 → 3");
    expect(changesText(changes)).toContain("Sen fil: data/sent/mote.csv");
  }, 60_000);
  test("of days before any report it compares what the deliveries of each day give", async () => {
    const d = folder({
      files: {
        "2024-01-10 bas/insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2023-01-01", "2023-12-31"],
        ],
        "2024-01-10 bas/mote.csv": moten("2023-02-01"),
        "2024-02-10 mer/mote.csv": moten("2023-03-01"),
      },
      pipelines: { "p.yaml": { insats: "i", mal: [{ id: "m", matt: "antal_moten", per: "ar", villkor: ">= 2" }] } },
    });
    const done = await d.cli(["diff", "--as-of", "2024-01-15", "--as-of", "2024-02-15", "--json"]);
    expect([done.code, done.stderr.includes("rror")]).toEqual([0, false]);
    const rows = JSON.parse(done.stdout) as Row[];
    expect(moved(pick(rows, { kolumn: "varde" }))).toEqual([
      ["maluppfyllelse/i/m///2023-01-01", "varde", 1, 2, "sen_fil"],
    ]);
  }, 60_000);
  test("an insats that the earlier day knows nothing of is new, not unmoved; nothing received is said", async () => {
    const d = folder({
      files: {
        "2024-02-10 bas/insats.csv": [
          ["insats_id", "namn", "startdatum", "slutdatum"],
          ["i", "I", "2023-01-01", "2023-12-31"],
        ],
        "2024-02-10 bas/mote.csv": moten("2023-02-01"),
      },
      pipelines: { "p.yaml": { insats: "*", mal: [{ id: "m", matt: "antal_moten", per: "ar", villkor: ">= 2" }] } },
    });
    const fresh = await d.cli(["diff", "--as-of", "2024-01-15", "--as-of", "2024-02-15"]);
    expect(fresh.stdout).toBe("No figure moved.\nNew since the earlier day, with nothing to compare: i\n");
    const early = await d.cli(["diff", "--as-of", "2024-01-01", "--as-of", "2024-01-15"]);
    expect(early.stdout).toContain("Nothing had been received by the later day");
  }, 60_000);
  test.each([
    [["--as-of", "2024-01-01"], "two days"],
    [["--as-of", "2024-02-01", "--as-of", "2024-01-01"], "earlier"],
    [[], "two days"],
  ])("%j is wrong usage", async (args, why) => {
    const d = start();
    const done = await d.cli(["diff", ...args]);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain(why);
  });
});
