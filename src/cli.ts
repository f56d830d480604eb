#!/usr/bin/env node
/** Arguments in, one function called, exit code out. */
import { readFileSync, writeFileSync } from "node:fs";
import * as node from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import type { IntervalMethod, Slag } from "./batch.ts";
import type { asJson as AsJson } from "./output/files.ts";
import type { ResultName, Row } from "./schema/results.ts";

// Node keeps compiled modules beside the program's packages. Where it cannot write there, each start compiles them anew.
node.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/finsam", import.meta.url)));

// Every command starts with these alone, and imports what it runs when it runs.
const { Command, CommanderError, InvalidArgumentError } = await import("commander");
const { addDays } = await import("./schema/days.ts");
const { StoppedError, UsageError } = await import("./schema/errors.ts");
const { maskText } = await import("./schema/identity.ts");
const { slag } = await import("./schema/inspected.ts");
const { resultNames } = await import("./schema/results.ts");
const { failureText } = await import("./output/failure.ts");

const exitCodes = `
Exit codes: 0 done; 1 done, and a file or row was rejected; 2 wrong usage or pipeline file;
3 stopped, nothing changed; 130 interrupted, nothing changed.`;

const day = (written: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || addDays(written, 0) !== written) {
    throw new InvalidArgumentError("a date is written YYYY-MM-DD.");
  }
  return written;
};

const wholeNumber =
  (most: number) =>
  (written: string): number => {
    if (!/^[1-9]\d*$/.test(written) || Number(written) > most)
      throw new InvalidArgumentError(`it is a whole number from 1 to ${most}.`);
    return Number(written);
  };

const memory = (written: string): string => {
  if (!/^[1-9]\d*(\.\d+)?[MGT]B$/.test(written)) throw new InvalidArgumentError("it is a number with MB, GB or TB.");
  return written;
};

const oneOf =
  <N extends string>(what: string, names: readonly N[]) =>
  (written: string): N => {
    const name = names.find((known) => known === written);
    if (name === undefined) throw new InvalidArgumentError(`the ${what} are ${names.join(", ")}.`);
    return name;
  };

// Written here too, so that help needs no part of the engine; the compiler holds them to be the engine's.
const methods: Readonly<Record<IntervalMethod, true>> = { wilson: true, byar: true, poisson: true };
const methodNames = Object.keys(methods) as IntervalMethod[];

const columnKind = (written: string, before: Readonly<Record<string, Slag>> = {}): Readonly<Record<string, Slag>> => {
  const at = written.lastIndexOf("=");
  if (at < 1) throw new InvalidArgumentError("write Heading=kind.");
  return { ...before, [written.slice(0, at).trim()]: oneOf("kinds", slag)(written.slice(at + 1).trim()) };
};

const figure = (written: string): number => {
  if (!/^\d+([.,]\d+)?$/.test(written)) throw new InvalidArgumentError("a number is written 73 or 0,95.");
  return Number(written.replace(",", "."));
};

const print = (text: string): void => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
};

interface Format {
  readonly json?: boolean;
  readonly csv?: boolean;
}

const printAs = ({ json }: Format, value: unknown, text: () => string): void =>
  print(json ? JSON.stringify(value, null, 1) : text());

/** Reports each step, and how long it took to get there. */
const reportSteps = (): ((step: string, done?: string) => void) => {
  const started = performance.now();
  return (step, done) => {
    const text = done === undefined ? step : `${step}: ${done}`;
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${text}\n`);
  };
};

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("finsam")
  .description("Goal fulfilment and cost shares for samordningsförbund, from what they deliver")
  .version(version)
  .exitOverride()
  // Errors repeat what was written on the command line, but never an identity number.
  .configureOutput({ writeErr: (text) => process.stderr.write(maskText(text)) })
  .showHelpAfterError()
  .addHelpText("after", exitCodes);

// Options that several commands have.
const pipelinesOption = ["--pipelines <glob>", "pipeline files", "pipelines/*.yaml"] as const;
const outOption = ["--out <dir>", "the run's folder", "out"] as const;
const insatsOption = ["--insats <id>", "only this insats"] as const;
const todayOption = ["--today <date>", "the day it is (default: the date in Stockholm)", day] as const;
const csvOption = ["--csv", "for a Swedish Excel"] as const;

interface Folder extends Format {
  readonly out: string;
}
interface Job extends Folder {
  readonly pipelines: string;
  readonly today?: string;
}

/** A command, with its notes and examples below its options. */
const command = (name: string, description: string, examples: readonly string[], notes = "") => {
  const lines = [`\n${examples.length === 1 ? "Example" : "Examples"}:`, ...examples.map((line) => `  finsam ${line}`)];
  return program
    .command(name)
    .description(description)
    .addHelpText("after", `${notes}${lines.join("\n")}`);
};

/** Prints rows of a result as they are asked for, or as `text` puts them. */
const printRows = async <N extends ResultName>(
  options: Format,
  name: N,
  rows: readonly Row<N>[],
  text: (shown: ReturnType<typeof AsJson>) => string,
): Promise<void> => {
  const { asCsv, asJson } = await import("./output/files.ts");
  if (options.csv) print(asCsv(name, rows));
  else printAs(options, asJson(name, rows), () => text(asJson(name, rows)));
};

command("run", "the whole batch: ingest, check, compute, audit, report", [
  "run",
  'run --pipelines "pipelines/aktiv.yaml" --out /tmp/aktiv --today 2024-03-01',
])
  .option(...pipelinesOption)
  .option("--out <dir>", "where outputs go", "out")
  .option(...todayOption)
  .option("--as-of <date>", "use what was received by this day, and let it be today", day)
  .option(
    "--threads <n>",
    "how many threads the database computes with; changes no output (default: one; of many rows one a core)",
    wholeNumber(999),
  )
  .option("--memory <size>", "how much memory the database may take, as 2GB (default: most of the machine's)", memory)
  .option("--no-report", "everything but rapport/ and diagram/; those of an earlier run are removed")
  .option("--png", "each chart as PNG too (without it, only the PNGs of unchanged charts are kept)")
  .option("--json", "the closing summary as JSON")
  .action(
    async (options: Job & { asOf?: string; threads?: number; memory?: string; report: boolean; png?: boolean }) => {
      // One thread runs the statements, for each has its own memory for what it is done with. The database has its own threads.
      process.env.UV_THREADPOOL_SIZE ??= "1";
      // Young objects get no more room than the command line needed: more would save no time, and take a fifth of all memory.
      setFlagsFromString("--semi-space-growth-factor=1");
      // Of a small run most is done once: to compile better what has been called a few hundred times takes longer than it saves.
      setFlagsFromString("--invocation-count-for-maglev=2000");
      setFlagsFromString("--invocation-count-for-turbofan=20000");
      const { run } = await import("./batch.ts");
      const { summaryText } = await import("./output/summary.ts");
      const summary = await run({ ...options, progress: reportSteps() });
      // The run is committed. Ignore Ctrl-C from here so that the summary is printed in full.
      stopListening();
      print(options.json ? JSON.stringify(summary, null, 2) : `\n${summaryText(summary)}`);
      process.exitCode = summary.rejected ? 1 : 0;
    },
  );

command(
  "init",
  "look at an office's files and write the pipeline file that they need; what is not sure stands in it as questions",
  ["init data/arbetsvagen", "init data/arbetsvagen -o pipelines/arbetsvagen.yaml"],
  `\nThen answer what is marked FRÅGA in the file, and see finsam check. What the files refer to and lack (insats, parter, möten,\nförbund) is written as small CSV files in a folder beside the pipeline file.\n`,
)
  .argument("<folder>", "where the files lie; nothing in it is changed")
  .option("-o, --output <file>", "the pipeline file (default: pipelines/INSATS.yaml)")
  .option("--force", "replace what is there")
  .option(...todayOption)
  .action(async (folder: string, options: { output?: string; force?: boolean; today?: string }) => {
    const { init } = await import("./init.ts");
    const { writtenText } = await import("./output/draft.ts");
    print(writtenText(await init(folder, options)));
  });

command(
  "check",
  "what each pipeline would read, what each goal would count, what it lacks, and what is mapped to nothing",
  ["check", "check --pipelines pipelines/arbetsvagen.yaml --json"],
  `\nNothing enters the archive, and no run's folder is read or touched.\n`,
)
  .option(...pipelinesOption)
  .option(...todayOption)
  .option("--json", "{leveranser, mal, okanda, datakvalitet, tolkning}, with the results' columns")
  .action(async (options: Pick<Job, "pipelines" | "today" | "json">) => {
    const { check } = await import("./check.ts");
    const { checkedText } = await import("./output/checked.ts");
    const checked = await check(options);
    const { rejected, ...shown } = checked;
    printAs(options, shown, () => checkedText(checked));
    process.exitCode = rejected ? 1 : 0;
  });

command("show", "print one result", ["show malsammanfattning", "show kostnadsandel --insats aktiv --csv > andelar.csv"])
  .argument("<result>", resultNames.join(", "), oneOf("results", resultNames))
  .option(...insatsOption)
  .option(...outOption)
  .option("--json", "an array of objects")
  .option(...csvOption)
  .action(async (name: ResultName, options: Folder & { insats?: string }) => {
    const { inResults } = await import("./output/swap.ts");
    const { rowsToShow } = await import("./output/files.ts");
    const [rows, findings, history] = await inResults(options.out, (db) =>
      Promise.all([
        rowsToShow(db, name, options.insats),
        name === "datakvalitet" ? rowsToShow(db, name) : [],
        name === "datakvalitet" ? rowsToShow(db, "fyndhistorik") : [],
      ]),
    );
    const { findingsText } = await import("./output/fynd.ts");
    const { textTable } = await import("./output/table.ts");
    await printRows(options, name, rows, (shown) =>
      name === "datakvalitet" ? findingsText(findings, history) : textTable(shown, ["resultat_id", "dokument"]),
    );
  });

command(
  "trace",
  "the source rows of one figure: what counted, what was only in the denominator, what was left out and why",
  [
    "trace kostnadsandel/aktiv/forbund/finsam-lund#belopp_ore",
    "trace malsammanfattning/tierp-partsamordnare/individer-per-ar --json",
  ],
)
  .argument("<resultat_id>", "as in every result's first column; a column of it after #")
  .option(...outOption)
  .option("--page <n>", "which page of the rows", wholeNumber(999_999), 1)
  .option("--per-page <n>", "how many rows a page has", wholeNumber(999_999), 50)
  .option("--json", "{resultat, rader}, whole")
  .action(async (id: string, options: Folder & { page: number; perPage: number }) => {
    const { inResults } = await import("./output/swap.ts");
    const { traceFigure } = await import("./lineage.ts");
    const { traceText } = await import("./output/tracetext.ts");
    const found = await inResults(options.out, (db) => traceFigure(db, id));
    printAs(options, found, () => traceText(found, options));
  });

command(
  "pages",
  "the report with nothing hidden, where each figure opens its rows, and the notebooks: in this machine's browser",
  ["pages", "pages --out out-exempel"],
)
  .option(...outOption)
  .option("--port <n>", "where to listen; the next free one if it is taken", wholeNumber(65_535), 4321)
  .action(async ({ out, port }: Folder & { port: number }) => {
    const { servePages } = await import("./pages.ts");
    const problem = (line: string): void => void process.stderr.write(`${line}\n`);
    const { address, notebooks, close } = await servePages({ out, port, problem });
    stopListening();
    for (const signal of interrupts) process.once(signal, () => close());
    print(
      [`Pages    ${address}sidor/index.html`, ...notebooks.map((one) => `Notebook ${one}`), "Stop with Ctrl-C"].join(
        "\n",
      ),
    );
  });

command(
  "what-if",
  "every verdict under the other usual definitions, and which flip; the run is left as it is",
  ["what-if", "what-if --insats tierp-partsamordnare --mal individer-per-ar --svg omslag.svg"],
  `
The definitions: called or held möten, persons or deltaganden, calendar years or insatsår, the target scaled to a shorter
period or not. One thing is changed at a time; a goal that none of them concerns is not shown.
`,
)
  .addHelpText("after", exitCodes)
  .option(...insatsOption)
  .option("--mal <id>", "only this goal")
  .option("--pipelines <glob>", "only the goals that these pipeline files state")
  .option(...outOption)
  .option("--svg <file>", "also write the chart of what changes, as SVG; it has not passed disclosure control")
  .option("--json", "an array of objects, a goal's own definition first")
  .option(...csvOption)
  .action(async (options: Folder & { insats?: string; mal?: string; pipelines?: string; svg?: string }) => {
    const { definitionsprovChart, readDefinitionsprov } = await import("./definitionsprov.ts");
    const { definitionsprovText } = await import("./output/definitionsprov.ts");
    const found = await readDefinitionsprov(options);
    if (options.svg !== undefined) writeFileSync(options.svg, await definitionsprovChart(found));
    await printRows(options, "definitionsprov", found.rows, () =>
      definitionsprovText(found.rows, options.mal !== undefined),
    );
  });

command("tables", "the tables of participants of one insats as a page (HTML); it has not passed disclosure control", [
  "tables aktiv > tabeller.html",
  "tables alla --niva alla > alla.html",
])
  .argument("<id>", "the insats, or what --niva says; of all: alla")
  .option(
    "--niva <niva>",
    "insats, forbund, modell or alla",
    oneOf("levels", ["insats", "forbund", "modell", "alla"]),
    "insats",
  )
  .option(...outOption)
  .action(async (id: string, options: Folder & { niva: "insats" | "forbund" | "modell" | "alla" }) => {
    const { participantTables } = await import("./tables.ts");
    print(await participantTables({ ...options, id }));
  });

command("form", "fill a form of a förbund (DOCX) with the published figures of one insats", [
  "form aktiv data/formular/arsrapport.yaml",
  "form aktiv data/formular/arsrapport.yaml --docx mall.docx --to ifylld.docx",
])
  .argument("<insats>", "the insats")
  .argument("<form>", "the form's fields: a YAML file, such as data/formular/slutrapport.yaml")
  .option(...outOption)
  .option("--docx <file>", "the förbund's own document, to be filled (default: the form is laid out anew)")
  .option("--to <file>", "where the filled form goes (default: the insats and the form, .docx)")
  .action(async (insats: string, form: string, options: Folder & { docx?: string; to?: string }) => {
    const { fillForm } = await import("./form.ts");
    const to = options.to ?? `${insats}-${basename(form).replace(/\.ya?ml$/, "")}.docx`;
    const unplaced = await fillForm({ ...options, insats, form, to });
    print([to, ...unplaced.map((name) => `no place in ${options.docx}: ${name}`)].join("\n"));
    process.exitCode = unplaced.length > 0 ? 1 : 0;
  });

command(
  "reply",
  "write a workbook for each delivered file: its cells as read, a comment where something is wrong, and a summary",
  ["reply", "reply --leverans data/2024-02 --no-folder --to svar"],
)
  .option(...outOption)
  .option("--leverans <name>", "only files of this delivery, as datakvalitet names it (default: each with findings)")
  .option("--no-folder", "name workbooks after the file alone, and leave its folder out of them")
  .option("--to <folder>", "where the workbooks go (default: svar in the run's folder)")
  .option("--json", "an array of {leverans, fil, path, fel, varningar, utan_kommentar}")
  .action(async (options: Folder & { leverans?: string; to?: string; folder: boolean }) => {
    const { inResults } = await import("./output/swap.ts");
    const { reply, replyIn, replyText } = await import("./output/reply.ts");
    const made = await inResults(options.out, (db) =>
      options.to === undefined ? replyIn(db, options.out, options) : reply(db, options.to, options),
    );
    printAs(options, made, () => replyText(made));
  });

command("citat", "find each quotation of the sources in the documents of a folder", ["citat ../rapporter"])
  .argument("<folder>", "where the documents lie, by the names that `dokument` gives")
  .option(...pipelinesOption)
  .option("--json", "{found, problems: [{fil, rad, citat, problem}]}")
  .action(async (folder: string, options: Job) => {
    const { checkCitat, readPipelines } = await import("./batch.ts");
    const { count, textTable } = await import("./output/table.ts");
    const report = await checkCitat(readPipelines(options.pipelines), folder);
    const { found, problems } = report;
    printAs(options, report, () =>
      [
        ...(problems.length > 0 ? [textTable(problems.map((one) => ({ ...one })))] : []),
        `${count(found, "quotation")} found, ${problems.length} not`,
      ].join("\n"),
    );
    process.exitCode = problems.length > 0 ? 1 : 0;
  });

command("inspect", "show what would be read of a file; nothing is loaded", [
  "inspect narvaro.xlsx",
  'inspect utfall.csv --column "Belopp (tkr)=kr" --column "Månad=manad" --json',
])
  .argument("<file>", "CSV, TSV, TXT, XLSX or Parquet")
  .option("--column <heading=kind>", `what a column is read as: ${slag.join(", ")}`, columnKind)
  .option("--json", "an array with one object per table")
  .action(async (file: string, options: Format & { column?: Readonly<Record<string, Slag>> }) => {
    const { describeLack, inspect } = await import("./batch.ts");
    const { inspectedText } = await import("./output/inspected.ts");
    const tables = await inspect(file, { columns: options.column ?? {} });
    printAs(options, tables, () => inspectedText(tables, describeLack));
    process.exitCode = tables.some(({ filfel }) => filfel !== null) ? 1 : 0;
  });

command("interval", "a two-sided confidence interval: wilson for a share, byar or poisson (exact) for a count", [
  "interval wilson --x 73 --n 120",
  "interval poisson --x 3 --level 0.99 --json",
])
  .argument("<method>", methodNames.join(", "), oneOf("methods", methodNames))
  .requiredOption("--x <count>", "what was counted", figure)
  .option("--n <count>", "of how many (wilson)", figure)
  .option("--level <level>", "above 0 and below 1", figure, 0.95)
  .option("--json", "{lag, hog}")
  .action(async (method: IntervalMethod, options: Format & { x: number; n?: number; level: number }) => {
    const { interval } = await import("./batch.ts");
    const found = interval(method, { x: options.x, n: options.n, niva: options.level });
    print(options.json ? JSON.stringify(found) : `${found.lag} – ${found.hog}`);
  });

command("disclose", "say which cells of linked tables to hide so that no small number can be worked out", [
  "disclose tabell.json --json",
])
  .argument("<file>", "a table as JSON: {dims, cells: [{keys, value}]}, or {tables: [...]}")
  .option("--threshold <count>", "the smallest number that is shown", figure, 5)
  .option("--width <width>", "how far apart what a hidden cell may be is, at least", figure, 1)
  .option("--json", "{suppressed, primara, sekundara, marginaler, optimalt, intervall}")
  .action(async (path: string, options: Format & { threshold: number; width: number }) => {
    const { discloseFile } = await import("./disclose.ts");
    const { isOne, tables } = discloseFile(path, options);
    print(
      options.json
        ? JSON.stringify(isOne ? tables[0] : tables)
        : tables.flatMap(({ suppressed }) => suppressed.map((labels) => labels.join(" × "))).join("\n"),
    );
    process.exitCode = tables.some(({ marginaler }) => marginaler.length > 0) ? 1 : 0;
  });

command("split", "share an amount out by a key, to the öre, and say who got the öre left over", [
  "split 310163 --key a=52,b=34,c=14",
  'split "-1 250,50" --key norr=1,soder=1 --json',
])
  .argument("<belopp>", "kronor, decimal comma; negative for a credit note")
  .requiredOption("--key <shares>", "id=share,…: shares of any sum; a=52,b=34,c=14 or a=33,3,b=66,7")
  .option("--json", "{delar: [{id, ore, exakt}]}")
  // A negative amount looks like an option; what is neither is refused as an amount that cannot be read.
  .allowUnknownOption()
  .action(async (belopp: string, options: Format & { key: string }) => {
    const { explainedSplit, split } = await import("./batch.ts");
    const { splitText } = await import("./output/split.ts");
    if (options.json) print(JSON.stringify(split(belopp, options.key)));
    else print(splitText(explainedSplit(belopp, options.key)));
  });

command(
  "compare",
  "two insatser side by side: for each measure the smallest change that makes them comparable, and the answer",
  ["compare tierp-partsamordnare aktiv", "compare nasby-modellen respaldo-2 --json"],
  `\nNothing is suppressed: what it prints is the evaluator's.\n`,
)
  .argument("<insats>", "one insats")
  .argument("<insats>", "another")
  .option(...pipelinesOption)
  .option(...outOption)
  .option("--json", "an array of objects, two for each measure, in the columns of modelljamforelse")
  .action(async (one: string, other: string, options: Job) => {
    const { compareInsatser } = await import("./compare.ts");
    const { comparedText } = await import("./output/compared.ts");
    const rows = await compareInsatser(one, other, options);
    printAs(options, rows, () => comparedText(rows));
  });

command("export", "write results and marts as Parquet for engines of many machines; nothing is suppressed", [
  "export --lake sjo",
  "export --lake sjo --out /tmp/aktiv --json",
])
  .requiredOption(
    "--lake <dir>",
    "where: folders forbund_id=…/artal=… and manifest.json; an earlier export is replaced",
  )
  .option(...outOption)
  .option("--json", "the manifest")
  .action(async (options: Folder & { lake: string }) => {
    const { exportLake } = await import("./export.ts");
    const written = await exportLake(options.lake, { out: options.out, progress: reportSteps() });
    const files = written.tabeller.reduce((sum, { filer }) => sum + filer.length, 0);
    printAs(
      options,
      written,
      () => `${written.tabeller.length} tables in ${files} files, not suppressed: ${options.lake}/manifest.json`,
    );
  });

const twoDays = (written: string, before: readonly string[] = []): string[] => [...before, day(written)];

command(
  "diff",
  "which figures moved between two days, and why: a late file, a new version, a correction, a definition, time",
  [
    "diff --as-of 2024-01-31 --as-of 2024-02-29",
    "diff --as-of 2024-01-31 --as-of 2024-02-29 --insats aktiv --csv > andringar.csv",
  ],
  `\nBefore is what the last report by the first day said; where none was made, what the deliveries by then give.\n`,
)
  .option("--as-of <date>", "twice: the earlier day and the later", twoDays)
  .option(...pipelinesOption)
  .option("--out <dir>", "the run's folder; nothing in it is changed", "out")
  .option(...insatsOption)
  .option("--json", "an array of objects, as the result andring")
  .option(...csvOption)
  .action(async ({ asOf = [], ...options }: Job & { asOf?: string[]; insats?: string }) => {
    const [from, to, more] = asOf;
    if (from === undefined || to === undefined || more !== undefined)
      throw new UsageError("diff compares two days: --as-of 2024-01-31 --as-of 2024-02-29");
    const { diff } = await import("./diff.ts");
    const { changesText } = await import("./output/changes.ts");
    const changes = await diff({ ...options, from, to, progress: reportSteps() });
    await printRows(options, "andring", changes.rows, () => changesText(changes));
  });

command(
  "forget",
  "remove a person from archive, database and report; or prune the archive (--older-than)",
  ["forget", "forget < number.txt", "forget --insats aktiv < number.txt", "forget --older-than 2022-01-01"],
  `\nThe number is read from standard input, an identity number in any notation, and never from the command line, where the\nshell would keep it. Source files are not touched.\n`,
)
  .option("--insats <id>", "the person by running number (deltagar_id) in this insats, in place of an identity number")
  .option("--older-than <date>", "prune instead: versions that had been replaced by this day", day)
  .option(...pipelinesOption)
  .option(...outOption)
  .option(...todayOption)
  .option("--json", "what was removed, as JSON")
  .action(async (options: Job & { olderThan?: string; insats?: string }) => {
    const { forget, prune } = await import("./forget.ts");
    const { askSecretly, forgottenText, prunedText } = await import("./output/forgotten.ts");
    if (options.olderThan !== undefined) {
      const pruned = await prune(options.olderThan, options);
      stopListening();
      printAs(options, pruned, () => prunedText(pruned));
      return;
    }
    const number = await askSecretly(
      options.insats === undefined
        ? "Identity number (not shown): "
        : `Running number in ${options.insats} (not shown): `,
    );
    const forgotten = await forget(number, { ...options, progress: reportSteps() });
    stopListening();
    printAs(options, forgotten, () => forgottenText(forgotten));
  });

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const interrupted = (): never => process.exit(130);
const tooLate = (): void => {};
const stopListening = (): void => {
  for (const signal of interrupts) process.on(signal, tooLate).off(signal, interrupted);
};
for (const signal of interrupts) process.on(signal, interrupted);
// A file that may grow no more: with a listener the write fails and is reported; without one the process is killed.
process.on("SIGXFSZ", () => {});

// A reader that has seen enough (| head) stops no work and is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

/** One line where the fault is the user's or the system's; for a fault of the program, where in it. */
const failureLine = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || error instanceof StoppedError) return error.message;
  return `stopped, nothing was changed: ${failureText(error) ?? error.stack ?? error.message}`;
};

const fail = (error: unknown): void => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
    return;
  }
  process.exitCode = error instanceof UsageError ? 2 : 3;
  process.stderr.write(`${maskText(failureLine(error))}\n`);
};

process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});

await program.parseAsync().catch(fail);
