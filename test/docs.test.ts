/** What README and the handbook state is run: each `$ command` in a console block, and its output compared line by line. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { measures } from "../src/schema/measures.ts";
import { ordlista } from "../src/schema/ordlista.ts";
import { parsePipeline } from "../src/schema/pipeline.ts";
import { resultNames } from "../src/schema/results.ts";
import { command } from "./command.ts";
import { applyEdits, type Edits, readEdits } from "./kontor/edits.ts";
import { draftedOffice, draftOffice } from "./shipped.ts";

const root = resolve(import.meta.dirname, "..");
const documents = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];
const textOf = (name: string): string => readFileSync(join(root, name), "utf8");

interface Shown {
  readonly document: string;
  readonly command: string;
  readonly output: string;
  /** What the page has its reader edit between the command before and this one. */
  readonly edits: readonly Edits[];
}

/** Every command shown, in order, with the output shown under it. */
const shown: Shown[] = documents.flatMap((document) => {
  let edits: Edits[] = [];
  return [...textOf(document).matchAll(/^```(console|diff)\n([\s\S]*?)^```/gm)].flatMap(([, kind, block = ""]) => {
    if (kind === "diff") edits = [...edits, readEdits(block)];
    return (kind === "diff" ? [] : block.split(/^\$ /m).slice(1)).map((part) => {
      const [command = "", ...output] = part.split("\n");
      const own = { document, command, output: output.join("\n").trimEnd(), edits };
      edits = [];
      return own;
    });
  });
});

let folder = "";
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "finsam-"));
  for (const name of ["data", "pipelines"]) symlinkSync(join(root, name), join(folder, name));
  await command(["run"], { cwd: folder });
});
afterAll(() => rmSync(folder, { recursive: true }));

const argumentsOf = (command: string): string[] =>
  [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");

/** Runs a shown command as the program itself would be run from a fresh clone. */
const output = async (shown: string): Promise<string> => {
  const scripts = (JSON.parse(textOf("package.json")) as { scripts: Record<string, string> }).scripts;
  const words = argumentsOf(
    shown === "npm start" ? (scripts.start ?? "") : shown.replace(/^npx finsam/, "node src/start.js"),
  );
  const [program, script, ...rest] = words;
  if (program !== "node" || script !== "src/start.js") throw new Error(`not a command a test can run: ${shown}`);
  // A run that rejects a row is done, with 1: the handbook shows such a delivery.
  const isDraft = rest.join(" ") === draftOffice.join(" ");
  const { code, stdout, stderr } = await (isDraft ? draftedOffice(folder) : command(rest, { cwd: folder }));
  if (code !== 0 && code !== 1) throw new Error(`${shown}: ${code}: ${stderr}`);
  return stdout.trim();
};

/** `…` on a line of its own stands for any lines. */
const pattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split("\n")
      .map((line) => (line.trim() === "…" ? "[\\s\\S]*" : `${line.trimEnd().replace(/[.*+?^${}()|[\]\\]/g, "\\$&")} *`))
      .join("\n")}$`,
  );

describe("documented commands", () => {
  const runnable = shown.filter(({ command }) => /^(npx finsam|npm start)/.test(command));
  test("there are some", () => {
    expect(runnable.length).toBeGreaterThan(4);
  });
  test.each(runnable)("$document: $command", async ({ command, output: expected, edits }) => {
    for (const one of edits) {
      const path = join(folder, one.file);
      writeFileSync(path, applyEdits(readFileSync(path, "utf8"), one));
    }
    expect(await output(command)).toMatch(pattern(expected));
  });
  test("those that are not run are npm's own", () => {
    const others = shown
      .filter(({ command }) => !runnable.some((one) => one.command === command))
      .map(({ command }) => command);
    const scripts = Object.keys((JSON.parse(textOf("package.json")) as { scripts: object }).scripts);
    const unknown = others.filter((command) => {
      const [, name] = /^npm (?:run )?(\S+)/.exec(command) ?? [];
      return name === undefined || !(name === "ci" || name === "test" || scripts.includes(name));
    });
    expect(unknown).toEqual([]);
  });
});

describe("a mapping in the handbook", () => {
  const blocks = documents.flatMap((document) =>
    [...textOf(document).matchAll(/^```yaml\n(tolkning:[\s\S]*?)^```/gm)].map(([, yaml = ""]) => ({ document, yaml })),
  );
  test.each(blocks)("$document: is a part of a pipeline file: $yaml", ({ yaml }) => {
    const { tolkning } = parsePipeline("exempel.yaml", `insats: exempel\nkallor: [.]\n${yaml}`);
    expect(tolkning).not.toEqual([]);
  });
  test("gives what is said of the ledger that it is shown with", async () => {
    const [, ledger = "", yaml = ""] =
      /^```text\n(Ver;[\s\S]*?)^```\n\n```yaml\n([\s\S]*?)^```/m.exec(textOf("docs/leverera-data.md")) ?? [];
    const [rule] = parsePipeline("exempel.yaml", `insats: exempel\nkallor: [.]\n${yaml}`).tolkning;
    const made = join(folder, "huvudbok");
    mkdirSync(made);
    writeFileSync(join(made, "huvudbok 2023.csv"), ledger);
    writeFileSync(join(made, "insats.csv"), "namn;forbund_id\nE;f\n");
    writeFileSync(join(made, "forbund.csv"), "forbund_id;namn\nf;F\n");
    writeFileSync(join(made, "e.yaml"), JSON.stringify({ insats: "exempel", kallor: ["."], tolkning: [rule] }));
    await output(`npx finsam run --pipelines ${made}/e.yaml --out ${made}/out --today 2024-01-01`);
    const tables = JSON.parse(await output(`npx finsam show leveranser --json --out ${made}/out`)) as Record<
      string,
      unknown
    >[];
    const table = tables.find(({ dataset }) => dataset === "faktura");
    expect([table?.lasta, table?.avvisade, table?.overhoppade]).toEqual([2, 0, 3]);
    const [cost] = JSON.parse(await output(`npx finsam show forbundskostnad --json --out ${made}/out`)) as Record<
      string,
      unknown
    >[];
    expect(Object.values(cost ?? {})).toContain(60_000);
  });
});

describe("README and handbook", () => {
  const texts = documents.map(textOf);
  const help = execFileSync(process.execPath, [join(root, "src/cli.ts"), "--help"], { encoding: "utf8" });
  const commands = [...(help.split("\nCommands:\n")[1] ?? "").matchAll(/^ {2}([a-z][a-z-]*)/gm)]
    .map(([, command = ""]) => command)
    .filter((command) => command !== "help");
  test("the program's commands are found", () => {
    expect(commands.length).toBeGreaterThan(10);
    expect(commands).toContain("run");
  });
  test.each(commands)("one of them names finsam %s", (command) => {
    expect(texts.some((text) => new RegExp(`finsam ${command}(?![a-z-])`).test(text))).toBe(true);
  });
  test("every path that they give of a run's output is there", () => {
    const named = texts.flatMap((text) =>
      [...text.matchAll(/`(?:out\/)?((?:internt|rapport|diagram|arkiv)\/[\w./-]*)`/g)].map(([, path = ""]) => path),
    );
    expect(named).toContain("arkiv/fyndhistorik.parquet");
    expect(named.filter((path) => !existsSync(join(folder, "out", path)))).toEqual([]);
  });
  test("a measure that one insats's goal gave its definition is that insats's measure", () => {
    const pipelines = readdirSync(join(root, "pipelines")).filter((name) => name.endsWith(".yaml"));
    const sources = [...measures.values()].flatMap(({ name, definition }) => {
      const [, insats] = /^egen definition: (\p{Lu}\p{L}+?)s mål/u.exec(definition.kalla) ?? [];
      return insats === undefined ? [] : [{ name, insats: insats.toLowerCase() }];
    });
    expect(sources.length).toBeGreaterThan(2);
    const wrong = sources.filter(({ name, insats }) => {
      const own = pipelines.filter((file) => file.startsWith(insats)).map((file) => textOf(`pipelines/${file}`));
      return !own.some((text) => text.includes(`matt: ${name}\n`));
    });
    expect(wrong).toEqual([]);
  });
});

describe("the README", () => {
  const readme = textOf("README.md");
  test.each(resultNames)("names the result %s", (name) => {
    expect(readme).toContain(`\`${name}\``);
  });
  test("names only folders that are there", () => {
    const named = [...readme.matchAll(/^\| `((?:src|sql)\/[a-z./-]+)`/gm)].map(([, name = ""]) => name);
    expect(named.length).toBeGreaterThan(8);
    const missing = named.filter((name) => {
      try {
        readdirSync(join(root, name));
        return false;
      } catch {
        return true;
      }
    });
    expect(missing).toEqual([]);
  });
  test("its word list spells each word as the word list in the code does", () => {
    const rows = [...readme.matchAll(/^\| ([\p{L} ]+) \| `([a-z_0-9]+)` \| ([^|]+) \|$/gmu)];
    expect(rows.length).toBeGreaterThan(10);
    for (const [, spelling, word = "", english] of rows) {
      expect([word, ordlista[word]?.stavning, ordlista[word]?.english]).toEqual([word, spelling, english]);
    }
  });
});

test("every test that Trygghet points at is there", () => {
  const named = [...textOf("docs/trygghet.md").matchAll(/`(test\/[\w/.-]+)`/g)].map(([, file = ""]) => file);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

describe("the handbook", () => {
  test("names every measure", () => {
    const text = textOf("docs/handbok.md");
    expect([...measures.keys()].filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
