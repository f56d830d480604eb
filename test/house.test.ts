/** The rules of the house that a machine can check. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { generated } from "../docs/write.ts";
import { martHeader } from "../src/models/build.ts";
import { fold } from "../src/schema/columns.ts";
import { kostnadPer } from "../src/schema/kostnadper.ts";
import { evidence, measures } from "../src/schema/measures.ts";
import { ordlista } from "../src/schema/ordlista.ts";
import { results } from "../src/schema/results.ts";
import { datasetNames, datasetOf, datasets } from "../src/schema/tables.ts";
import { readMartColumns } from "./mart-columns.ts";

const martColumns = await readMartColumns();
const root = resolve(import.meta.dirname, "..");

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(root, folder, file))
    .sort();

const sources = filesIn("src", ".ts").map((path) => ({
  path,
  name: relative(root, path),
  text: readFileSync(path, "utf8"),
}));
const sqls = filesIn("sql", ".sql").map((path) => ({ name: relative(root, path), text: readFileSync(path, "utf8") }));

const importsOf = ({ path, text }: { path: string; text: string }): string[] =>
  [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)]
    .map(([, target = ""]) => target)
    .map((target) => (target.startsWith(".") ? relative(root, resolve(dirname(path), target)) : target));

/** What a command does, on one page each. */
const jobs = [
  "src/batch.ts",
  "src/check.ts",
  "src/compare.ts",
  "src/definitionsprov.ts",
  "src/diff.ts",
  "src/disclose.ts",
  "src/export.ts",
  "src/forget.ts",
  "src/form.ts",
  "src/init.ts",
  "src/inspect.ts",
  "src/lineage.ts",
  "src/pages.ts",
  "src/skeleton.ts",
  "src/tables.ts",
];

/** What each place may import from besides itself and packages. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  "src/schema": [],
  "src/db": ["src/schema"],
  "src/inbox": ["src/db", "src/schema"],
  "src/staging": ["src/db", "src/schema"],
  "src/models": ["src/db", "src/schema"],
  "src/goals": ["src/db", "src/schema"],
  "src/claims": ["src/goals", "src/db", "src/schema"],
  "src/history": ["src/db", "src/schema"],
  "src/budget": ["src/db", "src/schema"],
  "src/publication": ["src/db", "src/schema"],
  // A workbook is written in one way, whoever it is for.
  "src/report": ["src/db", "src/schema", "src/output/workbook.ts"],
  "src/output": ["src/db", "src/schema"],
  "src/notebooks": ["src/db", "src/schema"],
  "src/cli.ts": [...jobs, "src/output", "src/schema"],
};

describe("imports go one way", () => {
  const rooms = Object.entries(allowed);
  test(`every source file belongs to a room, or is a job on one page: ${jobs.join(", ")}, or index.ts`, () => {
    const homeless = sources.filter(
      ({ name }) => !rooms.some(([room]) => name.startsWith(room)) && ![...jobs, "src/index.ts"].includes(name),
    );
    expect(homeless.map(({ name }) => name)).toEqual([]);
  });
  test.each(rooms)("%s imports only from %j", (room, others) => {
    const wrong = sources
      .filter(({ name }) => name.startsWith(room))
      .flatMap((file) => importsOf(file).map((target) => ({ from: file.name, target })))
      .filter(({ target }) => target.startsWith("src/"))
      .filter(({ target }) => !target.startsWith(room) && !others.some((other) => target.startsWith(other)));
    expect(wrong).toEqual([]);
  });
  test("only src/db knows DuckDB", () => {
    const others = sources.filter(
      (file) => !file.name.startsWith("src/db") && importsOf(file).includes("@duckdb/node-api"),
    );
    expect(others.map(({ name }) => name)).toEqual([]);
  });
  test("only cli.ts reads process.argv or leaves the process", () => {
    const others = sources.filter(({ name, text }) => name !== "src/cli.ts" && /process\.(argv|exit)/.test(text));
    expect(others.map(({ name }) => name)).toEqual([]);
  });
  test("only days.ts asks what day it is", () => {
    const others = sources.filter(
      ({ name, text }) => name !== "src/schema/days.ts" && /new Date\(\)|Date\.now/.test(text),
    );
    expect(others.map(({ name }) => name)).toEqual([]);
  });
});

describe("SQL", () => {
  const selects = sqls.filter(({ name }) => !name.startsWith("sql/macros"));
  test.each(selects)("$name opens with what one row is", ({ text }) => {
    expect(text).toMatch(/^-- (One|Two) rows? per /);
  });
  test.each(selects)("$name is one select, in lower case, whose last step names every column", ({ text }) => {
    const code = text.replace(/--.*$/gm, "").replace(/'[^']*'/g, "''");
    expect(code).not.toContain(";");
    expect(code).not.toMatch(/\b(SELECT|FROM|WHERE|JOIN|GROUP BY|UNION)\b/);
    const last = code.slice(code.lastIndexOf("\nselect"));
    expect(last.split(/\bfrom\b/)[0]).not.toMatch(/(select|,)\s+(\w+\.)?\*/);
  });
  test.each([...measures.values()])(
    "the measure $name says what it counts and leaves out; a share or ratio, and nothing else, of what over what",
    ({ slag, definition: { raknas_som, utesluter, taljare, namnare } }) => {
      const isStated = (text: string): boolean => /\p{L}{2}/u.test(text);
      expect([raknas_som, utesluter].filter((text) => !isStated(text))).toEqual([]);
      const isRatio = slag === "andel" || slag === "kvot";
      expect([isStated(taljare), isStated(namnare)]).toEqual([isRatio, isRatio]);
    },
  );
});

describe("what is about persons", () => {
  test("a measure that names a person's id counts persons", () => {
    const silent = [...measures.values()].filter(({ personer, sql }) => !personer && /\bdeltagar_id\b/.test(sql));
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
  test("a dataset that names persons is about persons", () => {
    const named = datasetNames.filter((name) => "deltagar_id" in datasetOf(name).columns);
    expect(named.filter((name) => datasetOf(name).personer !== "rad")).toEqual([]);
  });
  test("each thing that a cost can be per is counted by a measure", () => {
    expect(Object.values(kostnadPer).filter(({ matt }) => !measures.has(matt))).toEqual([]);
  });
});

describe("marts", () => {
  test("a view is the rows of one staging table, by their number there, and is read by one select", () => {
    const files = sqls.filter(({ name }) => name.startsWith("sql/marts/"));
    const views = files.filter(({ text }) => martHeader(text).stored === "view");
    expect(views.length).toBeGreaterThan(0);
    for (const { name: file, text: own } of views) {
      const name = file.slice("sql/marts/".length, -".sql".length);
      expect(martHeader(own).key).toEqual(["rad_id"]);
      expect(own).toContain(`from staging.${name}`);
      expect(own).not.toMatch(/\b(union|unnest|group by)\b/);
      const readers = sqls.filter(
        ({ text, name: reader }) => new RegExp(`marts\\.${name}\\b`).test(text) && !reader.startsWith("sql/lineage"),
      );
      expect(readers.map(({ name: reader }) => reader)).toHaveLength(1);
    }
  });
});

describe("words", () => {
  const names = new Set<string>();
  for (const name of datasetNames) {
    names.add(name);
    for (const [column, { values }] of Object.entries(datasetOf(name).columns)) {
      names.add(column);
      for (const value of Object.keys(values ?? {})) names.add(value);
    }
  }
  for (const [name, { columns }] of Object.entries(results)) {
    names.add(name);
    for (const column of Object.keys(columns)) names.add(column);
  }
  for (const { mart, column } of martColumns) names.add(mart).add(column);
  for (const column of Object.keys(evidence)) names.add(column);
  for (const name of measures.keys()) names.add(name);
  const used = new Set([...names].flatMap((name) => name.split("_")));

  test("every word of a table, column or value stands in the word list", () => {
    expect([...used].filter((word) => !(word in ordlista)).sort()).toEqual([]);
  });
  test("no word stands in the list that is not used", () => {
    expect(Object.keys(ordlista).filter((word) => !used.has(word))).toEqual([]);
  });
  test("each is the folding of its real spelling, and no two fold alike", () => {
    const wrong = Object.entries(ordlista).filter(
      ([word, { stavning }]) =>
        !["alt", "diarienr", "ki", "po"].includes(word) && fold(stavning.split(",")[0] ?? "") !== word,
    );
    expect(wrong).toEqual([]);
  });
  test("names have no Swedish letters and no capitals", () => {
    expect([...names].filter((name) => !/^[a-z0-9_]+$/.test(name))).toEqual([]);
  });
});

describe("files", () => {
  test("no file is a drawer: utils, helpers, common, manager, process", () => {
    expect(sources.filter(({ name }) => /(utils?|helpers?|common|misc|manager|process)[./]/.test(name))).toEqual([]);
  });
  test("every pipeline file names the schema in its first line", () => {
    const wrong = filesIn("pipelines", ".yaml").filter(
      (path) =>
        !/^# yaml-language-server: \$schema=(\.\.\/)*(\.\/)?pipeline\.schema\.json$/m.test(
          readFileSync(path, "utf8").split("\n")[0] ?? "",
        ),
    );
    expect(wrong).toEqual([]);
  });
  test.each(generated.map(({ file, text }) => ({ name: file.pathname.replace(/^.*\//, ""), file, text })))(
    "$name is what the declarations give (npm run schema)",
    ({ file, text }) => {
      expect(readFileSync(file, "utf8")).toBe(text);
    },
  );
  test("every row of the real reports says in which document and section it stands", () => {
    const bare = filesIn("data/kallor", ".csv").filter((path) => {
      const [header = ""] = readFileSync(path, "utf8").split("\n");
      return !/dokument;avsnitt;citat/.test(header);
    });
    expect(bare).toEqual([]);
  });
  test("no file names a machine's own path", () => {
    const wrong = [...sources, ...sqls].filter(({ text }) =>
      /\/(home|Users|tmp|root)\/\w/.test(text.replaceAll("/tmp/aktiv", "")),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
  test("every dataset takes the place where its figure stands", () => {
    for (const { columns } of Object.values(datasets)) {
      expect(Object.keys(columns)).toEqual(expect.arrayContaining(["dokument", "avsnitt", "citat", "anmarkning"]));
    }
  });
});
