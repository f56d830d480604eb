/** A run after a run: what has not changed is not made again, and nothing that has changed is taken for what has not. */
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunOptions, type RunSummary, run } from "../../src/batch.ts";
import { forget } from "../../src/forget.ts";
import { copyOf, type Folder, folder } from "../contract/delivery.ts";

const goals = [
  { id: "m", matt: "antal_moten", per: "ar", villkor: ">= 2" },
  { id: "n", matt: "antal_moten", per: "ar", villkor: ">= 3" },
];

const moten = (...rows: readonly string[]): string =>
  `insats_id;mote_id;datum;motestyp;status\n${rows.map((row) => `${row};samverkan;genomfort\n`).join("")}`;

let first: Folder;
let firstSummary: RunSummary;
let d: Folder;
const pipeline = (settings: object = {}): void => d.pipeline("p.yaml", { insats: "a", mal: goals, ...settings });

const again = async (options: RunOptions = {}): Promise<{ isMade: boolean; summary: RunSummary }> => {
  const steps: string[] = [];
  const summary = await run({
    pipelines: d.path("pipelines", "*.yaml"),
    out: d.path("out"),
    ...(options.asOf === undefined ? { today: "2025-01-01" } : {}),
    progress: (step) => steps.push(step),
    ...options,
  });
  return { isMade: steps.includes("reading deliveries"), summary };
};

/** Whether a run would be made. It is stopped as it begins, and what was there stays. */
const wouldBeMade = async (options: RunOptions = {}): Promise<boolean> => {
  const stopped = new Error("stopped as it begins");
  const progress = (step: string): void => {
    if (step === "reading deliveries") throw stopped;
  };
  try {
    await again({ progress, ...options });
    return false;
  } catch (error) {
    if (error !== stopped) throw error;
    return true;
  }
};

// The folder of the first run is copied back before each test to where it was made: a run knows its folder.
beforeAll(async () => {
  d = folder({
    files: {
      "insats.csv":
        "insats_id;namn;startdatum;slutdatum\na;Insats A;2023-01-01;2023-12-31\nb;Insats B;2023-01-01;2023-12-31\n",
      "mote.csv": moten("a;1;2023-02-01", "a;2;2023-03-01", "b;1;2023-02-01"),
      "leverabel.csv": "okänd;tabell\n1;2\n",
    },
    pipelines: {},
  });
  pipeline();
  d.pipeline("q.yaml", { insats: "b", mal: goals });
  const made = await again();
  expect(made.isMade).toBe(true);
  firstSummary = made.summary;
  first = copyOf(d);
});
beforeEach(() => {
  copyOf(first, d.root);
});

describe("with nothing changed", () => {
  test("a run makes nothing, and its summary is the same", async () => {
    expect(firstSummary.rejected).toBe(true);
    const written = statSync(d.path("out", "internt", "finsam.duckdb")).mtimeMs;
    expect(await again()).toEqual({ isMade: false, summary: firstSummary });
    expect(statSync(d.path("out", "internt", "finsam.duckdb")).mtimeMs).toBe(written);
  });
  test("but the time on a delivered file, nothing is made", async () => {
    utimesSync(d.path("data", "mote.csv"), 1, 1);
    expect((await again()).isMade).toBe(false);
  });
  test("the command says so and leaves with the same code", async () => {
    const args = ["run", "--today", "2025-01-01"];
    rmSync(d.path("out", "arkiv", "korning.json"));
    const first = await d.cli(args);
    expect(first.stderr).toContain("reading deliveries");
    const second = await d.cli(args);
    expect([first.code, second.code]).toEqual([1, 1]);
    expect(second.stdout).toBe(first.stdout);
    expect(second.stderr).toContain("nothing has changed since the last run");
  });
});

describe("a run is made again after", () => {
  const changes: Record<string, () => RunOptions | undefined> = {
    "a changed delivery of the same size and time": () => {
      const file = d.path("data", "mote.csv");
      const { atime, mtime } = statSync(file);
      writeFileSync(file, readFileSync(file, "utf8").replace("2023-03-01", "2023-04-01"));
      utimesSync(file, atime, mtime);
      return undefined;
    },
    "a new delivery": () => {
      d.write("mer/mote.csv", moten("a;3;2023-05-01"));
      return undefined;
    },
    "a delivery taken away": () => {
      d.remove("leverabel.csv");
      return undefined;
    },
    "a changed pipeline": () => {
      pipeline({ mal: [{ ...goals[0], villkor: ">= 3" }] });
      return undefined;
    },
    "a correction": () => {
      writeFileSync(
        d.path("pipelines", "korrigeringar.yaml"),
        JSON.stringify([
          { fil: "mote.csv", cell: "C2", gammalt: "2023-02-01", nytt: "2023-02-02", skal: "s", datum: "2024-01-01" },
        ]),
      );
      return undefined;
    },
    "a comment of a förbund's kansli": () => {
      mkdirSync(d.path("pipelines", "kommentar"), { recursive: true });
      writeFileSync(d.path("pipelines", "kommentar", "norr.md"), "Kansliet instämmer.");
      return undefined;
    },
    "a new day": () => ({ today: "2025-01-02" }),
    "a look back": () => ({ asOf: "2025-01-01" }),
    "a page that was edited": () => {
      appendFileSync(d.path("out", "rapport", "index.html"), " ");
      return undefined;
    },
    "a result that was deleted": () => {
      rmSync(d.path("out", "internt", "maluppfyllelse.csv"));
      return undefined;
    },
    "a file that was put beside the pictures": () => {
      writeFileSync(d.path("out", "diagram", "egen.svg"), "<svg/>");
      return undefined;
    },
    "a change to the archive": () => {
      appendFileSync(d.path("out", "arkiv", "leveranser.json"), "\n");
      return undefined;
    },
    "a summary that was edited": () => {
      const file = d.path("out", "arkiv", "korning.json");
      writeFileSync(file, readFileSync(file, "utf8").replace('"rejected": true', '"rejected": false'));
      return undefined;
    },
    "a manifest that is no JSON": () => {
      writeFileSync(d.path("out", "arkiv", "korning.json"), "{");
      return undefined;
    },
    "results that were opened to others": () => {
      chmodSync(d.path("out", "internt"), 0o755);
      return undefined;
    },
  };
  test("any change to what it is made of, and to what it wrote", async () => {
    const spared: string[] = [];
    for (const [what, change] of Object.entries(changes)) {
      if (!(await wouldBeMade(change()))) spared.push(what);
      copyOf(first, d.root);
      if (await wouldBeMade()) throw new Error(`after "${what}" the folder is not as it was`);
    }
    expect(spared).toEqual([]);
  }, 240_000);
  test("a person was forgotten", async () => {
    const key = "en nyckel som är längre än trettiotvå tecken";
    mkdirSync(d.path("hemligt"));
    writeFileSync(d.path("hemligt", "nyckel"), key);
    pipeline({ personuppgifter: "pseudonymisera", rattsligt_stod: "samtycke", nyckelfil: "../hemligt/nyckel" });
    d.write("deltagare.csv", "insats_id;deltagar_id;personnummer;startdatum\na;1;19900101-0017;2023-01-10\n");
    await again();
    await forget("19900101-0017", {
      pipelines: d.path("pipelines", "*.yaml"),
      out: d.path("out"),
      today: "2025-01-01",
    });
    expect((await again()).isMade).toBe(true);
  });
});

describe("pages and pictures", () => {
  test("of an insats that nothing has changed for are as they were, byte for byte, beside those that are made anew", async () => {
    const before = readFileSync(d.path("out", "rapport", "insats", "b.html"), "utf8");
    d.write("mote.csv", moten("a;1;2023-02-01", "b;1;2023-02-01"));
    expect((await again()).isMade).toBe(true);
    expect(readFileSync(d.path("out", "rapport", "insats", "b.html"), "utf8")).toBe(before);
    expect(readFileSync(d.path("out", "rapport", "insats", "a.html"), "utf8")).toContain("1 av 2");
    // What was kept is what would have been made.
    const kept = ["insats/a.html", "insats/b.html", "index.html"].map((page) =>
      readFileSync(d.path("out", "rapport", page), "utf8"),
    );
    rmSync(d.path("out", "arkiv", "korning.json"));
    await again();
    expect(
      ["insats/a.html", "insats/b.html", "index.html"].map((page) =>
        readFileSync(d.path("out", "rapport", page), "utf8"),
      ),
    ).toEqual(kept);
  });
  test("a page that was edited by hand is not kept", async () => {
    const page = d.path("out", "rapport", "insats", "b.html");
    const before = readFileSync(page, "utf8");
    writeFileSync(page, before.replace("Insats B", "Insats C"));
    await again();
    expect(readFileSync(page, "utf8")).toBe(before);
  });
});

describe("PNG", () => {
  const png = (name: string): string => d.path("out", "diagram", `${name}.png`);
  test("is drawn when asked for, kept while its picture is the same, and removed when that has changed", async () => {
    expect(() => statSync(png("malvarden-a"))).toThrow("ENOENT");
    expect((await again({ png: true })).isMade).toBe(true);
    const drawn = [readFileSync(png("malvarden-a")), readFileSync(png("malvarden-b"))];
    expect(drawn[0]?.subarray(1, 4).toString()).toBe("PNG");
    expect((await again()).isMade).toBe(false);
    d.write("mote.csv", moten("a;1;2023-02-01", "b;1;2023-02-01"));
    expect((await again()).isMade).toBe(true);
    expect(readFileSync(png("malvarden-b")).equals(drawn[1] ?? Buffer.of())).toBe(true);
    expect(() => statSync(png("malvarden-a"))).toThrow("ENOENT");
  });
});

describe("--no-report", () => {
  test("writes everything but the report, takes an earlier one away and says so", async () => {
    const results = readFileSync(d.path("out", "internt", "maluppfyllelse.json"), "utf8");
    const second = await d.cli(["run", "--today", "2025-01-01", "--no-report"]);
    expect(second.code).toBe(1);
    expect(second.stdout).toContain("Report   none was asked for; an earlier one has been removed");
    expect(readFileSync(d.path("out", "internt", "maluppfyllelse.json"), "utf8")).toBe(results);
    expect(() => statSync(d.path("out", "rapport", "index.html"))).toThrow("ENOENT");
    expect((await d.cli(["run", "--today", "2025-01-01", "--no-report"])).stderr).toContain("nothing has changed");
    expect((await again()).isMade).toBe(true);
  });
});
