import { describe, expect, test } from "vitest";
import { run } from "../../src/batch.ts";
import { type Folder, folder } from "./delivery.ts";

// What the evaluator writes wrong is told with file, line and the nearest word, and nothing is run.
const good = (mal: string, head = ""): string =>
  `insats: i\nkallor: [../data]\n${head}mal:\n  - id: m\n    text: Möten\n    matt: antal_moten\n    per: ar\n    villkor: ">= 1"\n${mal}`;
const files = {
  "insats.csv": [
    ["insats_id", "namn", "startdatum", "slutdatum"],
    ["i", "I", "2023-01-01", "2023-12-31"],
  ],
};
const made = (text: string): Folder => folder({ files, pipelines: { "fel.yaml": text } });

const wrong: [string, string, number | null, string[]][] = [
  ["an unknown measure", good("").replace("antal_moten", "antal_motn"), 6, ["antal_motn", "antal_moten"]],
  ["an unknown field", good("    vilkor: 1\n"), 9, ["vilkor", "villkor"]],
  ["an unknown field at the top", good("", "fullstandig: [mote]\n"), 3, ["fullstandig", "fullstandiga"]],
  ["an unknown period", good("").replace("per: ar", "per: kvartall"), 7, ["kvartall", "kvartal"]],
  ["a condition that cannot be read", good("").replace('">= 1"', '"minst 1"'), 8, ["villkor"]],
  ["an unknown group", good("    grupp: parter\n"), 9, ["parter", "part"]],
  ["an unknown parameter", good("    parametrar: { motestypp: puls }\n"), 9, ["motestypp", "motestyp"]],
  ["an unknown delperiod", good("    delperiod: halv\n"), 9, ["delperiod"]],
  ["an unknown reported status", good("    rapporterat: { status: kanske }\n"), 9, ["status"]],
  [
    "two goals with one id",
    good('  - id: m\n    text: Igen\n    matt: antal_moten\n    per: ar\n    villkor: ">= 2"\n'),
    null,
    ["m"],
  ],
  ["YAML that is not YAML", "insats: [i\nkallor: x\n", null, ["fel.yaml"]],
  ["a source that is not there", good("").replace("../data", "../finns-inte"), null, ["finns-inte"]],
  ["an id with a slash", good("").replace("id: m", "id: m/n"), null, ["id"]],
  ["no insats", good("").replace("insats: i\n", ""), null, ["insats"]],
  ["pseudonymising without legal ground", good("", "personuppgifter: pseudonymisera\n"), null, ["rattsligt_stod"]],
];

const message = async (d: Folder): Promise<string> => {
  try {
    await d.run();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "";
};

describe("a wrong pipeline file throws", () => {
  test.each(wrong)("%s", async (_, text, line, words) => {
    const told = await message(made(text));
    expect(told).toContain("fel.yaml");
    if (line !== null) expect(told).toContain(`fel.yaml:${line}`);
    for (const word of words) expect(told).toContain(word);
  });
});

describe("exit codes of wrong usage", () => {
  test("a wrong pipeline file is 2, and writes nothing", async () => {
    const d = made(good("").replace("antal_moten", "antal_motn"));
    const done = await d.cli(["run"]);
    expect(done.code).toBe(2);
    expect(done.stderr).toContain("antal_moten");
    expect(done.stderr).not.toMatch(/\n\s+at /);
  });

  test("is 2 where --as-of and --today both say what day it is, and each is said to be for something", async () => {
    const d = made(good(""));
    const { code, stderr } = await d.cli(["run", "--as-of", "2024-01-01", "--today", "2024-01-01"]);
    expect([code, stderr]).toEqual([
      2,
      "--as-of sets the day it is too: use --as-of alone to look back, --today alone to run with what there is now\n",
    ]);
    await expect(run({ asOf: "2024-01-01", today: "2024-01-01" })).rejects.toThrow("--as-of");
  });

  test.each([
    ["an unknown flag", ["run", "--odag"]],
    ["an unknown command", ["spring"]],
    ["a date that is none", ["run", "--today", "2023-02-30"]],
    ["an as-of that is none", ["run", "--as-of", "igår"]],
    ["an as-of with another day for today", ["run", "--as-of", "2024-01-01", "--today", "2024-02-01"]],
    ["no pipelines at all", ["run", "--pipelines", "finns/*.yaml"]],
    ["show of an unknown result", ["show", "malupfyllelse"]],
    ["trace of an id that is none", ["trace", "hej"]],
  ])("%s is 2", async (_, args) => {
    const done = await made(good("")).cli(args);
    expect([done.code, done.stdout]).toEqual([2, ""]);
    expect(done.stderr.length).toBeGreaterThan(0);
  });
});
