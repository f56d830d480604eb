#!/usr/bin/env node
/** Arguments in, one function called, exit code out. */
import { readFileSync, writeFileSync } from "node:fs";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import {
  checkCitat,
  explainedSplit,
  type IntervalMethod,
  inspect,
  interval,
  intervalMethods,
  readPipelines,
  resultsIn,
  run,
  type Slag,
  slag,
  split,
} from "./batch.ts";
import { definitionsprovChart, readDefinitionsprov } from "./definitionsprov.ts";
import { diff } from "./diff.ts";
import { forget, prune } from "./forget.ts";
import { traceFigure } from "./lineage.ts";
import { changesText } from "./output/changes.ts";
import { count } from "./output/count.ts";
import { definitionsprovText } from "./output/definitionsprov.ts";
import { failureText } from "./output/failure.ts";
import { asCsv, asJson, rowsToShow } from "./output/files.ts";
import { forgottenText, prunedText } from "./output/forgotten.ts";
import { findingsText } from "./output/fynd.ts";
import { inspectedText } from "./output/inspected.ts";
import { reply, replyIn, replyText } from "./output/reply.ts";
import { askSecretly } from "./output/secret.ts";
import { splitText } from "./output/split.ts";
import { summaryText } from "./output/summary.ts";
import { textTable } from "./output/table.ts";
import { traceText } from "./output/tracetext.ts";
import { addDays } from "./schema/days.ts";
import { StoppedError, UsageError } from "./schema/errors.ts";
import { maskText } from "./schema/identity.ts";
import { type ResultName, resultNames } from "./schema/results.ts";

const exitCodes = `
Exit codes: 0 done; 1 done, and a file or row was rejected; 2 wrong usage or pipeline file;
3 stopped, nothing changed; 130 interrupted, nothing changed.`;

const day = (written: string): string => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written) || addDays(written, 0) !== written) {
    throw new InvalidArgumentError("a date is written YYYY-MM-DD.");
  }
  return written;
};

const threads = (written: string): number => {
  if (!/^[1-9]\d{0,2}$/.test(written)) throw new InvalidArgumentError("a number of threads is a whole number from 1.");
  return Number(written);
};

const wholeNumber = (written: string): number => {
  if (!/^[1-9]\d{0,5}$/.test(written)) throw new InvalidArgumentError("it is a whole number from 1.");
  return Number(written);
};

const resultName = (written: string): ResultName => {
  const name = resultNames.find((known) => known === written);
  if (!name) throw new InvalidArgumentError(`the results are ${resultNames.join(", ")}.`);
  return name;
};

const columnKind = (written: string, before: Record<string, Slag> = {}): Record<string, Slag> => {
  const at = written.lastIndexOf("=");
  const kind = slag.find((known) => known === written.slice(at + 1).trim());
  if (at < 1 || !kind) throw new InvalidArgumentError(`write Heading=kind; the kinds are ${slag.join(", ")}.`);
  return { ...before, [written.slice(0, at).trim()]: kind };
};

const intervalMethod = (written: string): IntervalMethod => {
  const method = intervalMethods.find((known) => known === written);
  if (!method) throw new InvalidArgumentError(`the methods are ${intervalMethods.join(", ")}.`);
  return method;
};

/** A figure of the command line, decimal comma or point. */
const figure = (written: string): number => {
  if (!/^\d+([.,]\d+)?$/.test(written)) throw new InvalidArgumentError("a number is written 73 or 0,95.");
  return Number(written.replace(",", "."));
};

const print = (text: string): void => {
  process.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
};

/** Tells what is being done, and how long it took to get there. */
const toldInSeconds = (): ((step: string) => void) => {
  const started = performance.now();
  return (step) => {
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1).padStart(5)} s  ${step}\n`);
  };
};

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("finsam")
  .description("Goal fulfilment and cost shares for samordningsförbund, from what they deliver")
  .version(version)
  .exitOverride()
  // What was written on the command line is said back in errors: an identity number is not.
  .configureOutput({ writeErr: (text) => process.stderr.write(maskText(text)) })
  .showHelpAfterError()
  .addHelpText("after", exitCodes);

program
  .command("run")
  .description("the whole batch: ingest, check, compute, audit, report")
  .option("--pipelines <glob>", "pipeline files", "pipelines/*.yaml")
  .option("--out <dir>", "where outputs go", "out")
  .option("--today <date>", "the day it is (default: the date in Stockholm)", day)
  .option("--as-of <date>", "use what was received by this day, and let it be today", day)
  .option(
    "--threads <n>",
    "how many threads the database computes with; changes no output (default: one; of many rows one a core)",
    threads,
  )
  .option("--json", "the closing summary as JSON")
  .addHelpText(
    "after",
    '\nExamples:\n  finsam run\n  finsam run --pipelines "pipelines/aktiv.yaml" --out /tmp/aktiv --today 2024-03-01',
  )
  .action(
    async (options: {
      pipelines: string;
      out: string;
      today?: string;
      asOf?: string;
      threads?: number;
      json?: boolean;
    }) => {
      const summary = await run({ ...options, progress: toldInSeconds() });
      // It is done: an interrupt that comes now is too late to have changed nothing, and does not cut the telling short.
      stopListening();
      print(options.json ? JSON.stringify(summary, null, 2) : `\n${summaryText(summary)}`);
      process.exitCode = summary.rejected ? 1 : 0;
    },
  );

program
  .command("show")
  .description("print one result")
  .argument("<result>", resultNames.join(", "), resultName)
  .option("--insats <id>", "only this insats")
  .option("--out <dir>", "the run's folder", "out")
  .option("--json", "an array of objects")
  .option("--csv", "for a Swedish Excel")
  .addHelpText(
    "after",
    "\nExamples:\n  finsam show malsammanfattning\n  finsam show kostnadsandel --insats aktiv --csv > andelar.csv",
  )
  .action(async (name: ResultName, options: { insats?: string; out: string; json?: boolean; csv?: boolean }) => {
    const db = await resultsIn(options.out);
    const [rows, findings, history] = await Promise.all([
      rowsToShow(db, name, options.insats),
      name === "datakvalitet" ? rowsToShow(db, name) : [],
      name === "datakvalitet" ? rowsToShow(db, "fyndhistorik") : [],
    ]).finally(() => db.close());
    if (options.csv) print(asCsv(name, rows));
    else if (options.json) print(JSON.stringify(asJson(name, rows), null, 1));
    else if (name === "datakvalitet") print(findingsText(findings, history));
    else print(textTable(asJson(name, rows), ["resultat_id", "dokument"]));
  });

program
  .command("trace")
  .description(
    "the source rows of one figure: what counted, what was only in the denominator, what was left out and why",
  )
  .argument("<resultat_id>", "as in every result's first column; a column of it after #")
  .option("--out <dir>", "the run's folder", "out")
  .option("--page <n>", "which page of the rows", wholeNumber, 1)
  .option("--per-page <n>", "how many rows a page has", wholeNumber, 50)
  .option("--json", "{resultat, rader}, whole")
  .addHelpText(
    "after",
    "\nExamples:\n  finsam trace kostnadsandel/aktiv/forbund/finsam-lund#belopp_ore\n  finsam trace malsammanfattning/tierp-partsamordnare/individer-per-ar --json",
  )
  .action(async (id: string, options: { out: string; page: number; perPage: number; json?: boolean }) => {
    const db = await resultsIn(options.out);
    const found = await traceFigure(db, id).finally(() => db.close());
    if (options.json) {
      print(JSON.stringify(found, null, 1));
      return;
    }
    print(traceText(found, options));
  });

program
  .command("what-if")
  .description("every verdict under the other usual definitions, and which flip; the run is left as it is")
  .option("--insats <id>", "only this insats")
  .option("--mal <id>", "only this goal")
  .option("--pipelines <glob>", "only the goals that these pipeline files state")
  .option("--out <dir>", "the run's folder", "out")
  .option("--svg <file>", "also write the chart of what changes, as SVG; it has not passed disclosure control")
  .option("--json", "an array of objects, a goal's own definition first")
  .option("--csv", "for a Swedish Excel")
  .addHelpText(
    "after",
    `
The definitions: called or held möten, persons or deltaganden, calendar years or insatsår, the target scaled to a shorter
period or not. One thing is changed at a time; a goal that none of them concerns is not shown.

Examples:
  finsam what-if
  finsam what-if --insats tierp-partsamordnare --mal individer-per-ar --svg omslag.svg
${exitCodes}`,
  )
  .action(
    async (options: {
      insats?: string;
      mal?: string;
      pipelines?: string;
      out: string;
      svg?: string;
      json?: boolean;
      csv?: boolean;
    }) => {
      const found = await readDefinitionsprov(options);
      if (options.svg !== undefined) writeFileSync(options.svg, await definitionsprovChart(found));
      if (options.csv) print(asCsv("definitionsprov", found.rows));
      else if (options.json) print(JSON.stringify(asJson("definitionsprov", found.rows), null, 1));
      else print(definitionsprovText(found.rows, options.mal !== undefined));
    },
  );

program
  .command("reply")
  .description("write each sender a workbook: their cells as read, a comment where something is wrong, and a summary")
  .option("--out <dir>", "the run's folder", "out")
  .option("--leverans <name>", "only this delivery, as datakvalitet names it (default: each with findings)")
  .option("--to <folder>", "where the workbooks go (default: svar in the run's folder)")
  .option("--json", "an array of {leverans, path, fel, varningar, utan_kommentar}")
  .addHelpText("after", `\nExamples:\n  finsam reply\n  finsam reply --leverans data/2024-02 --to svar`)
  .action(async (options: { out: string; leverans?: string; to?: string; json?: boolean }) => {
    const db = await resultsIn(options.out);
    const made = await (options.to === undefined
      ? replyIn(db, options.out, options.leverans)
      : reply(db, options.to, options.leverans)
    ).finally(() => db.close());
    print(options.json ? JSON.stringify(made, null, 1) : replyText(made));
  });

program
  .command("citat")
  .description("find each quotation of the sources in the documents of a folder")
  .argument("<folder>", "where the documents lie, by the names that `dokument` gives")
  .option("--pipelines <glob>", "pipeline files", "pipelines/*.yaml")
  .option("--json", "{found, problems: [{fil, rad, citat, problem}]}")
  .addHelpText("after", "\nExample:\n  finsam citat ../rapporter")
  .action(async (folder: string, options: { pipelines: string; json?: boolean }) => {
    const report = await checkCitat(readPipelines(options.pipelines), folder);
    const { found, problems } = report;
    if (options.json) print(JSON.stringify(report, null, 1));
    else {
      if (problems.length > 0) print(textTable(problems.map((one) => ({ ...one }))));
      print(`${count(found, "quotation")} found, ${problems.length} not`);
    }
    process.exitCode = problems.length > 0 ? 1 : 0;
  });

program
  .command("inspect")
  .description("show what would be read of a file; nothing is loaded")
  .argument("<file>", "CSV, TSV, TXT, XLSX or Parquet")
  .option("--column <heading=kind>", `what a column is read as: ${slag.join(", ")}`, columnKind)
  .option("--json", "an array with one object per table")
  .addHelpText(
    "after",
    '\nExamples:\n  finsam inspect narvaro.xlsx\n  finsam inspect utfall.csv --column "Belopp (tkr)=kr" --column "Månad=manad" --json',
  )
  .action(async (file: string, options: { column?: Record<string, Slag>; json?: boolean }) => {
    const tables = await inspect(file, { columns: options.column ?? {} });
    print(options.json ? JSON.stringify(tables, null, 1) : tables.map(inspectedText).join("\n\n"));
    process.exitCode = tables.some(({ filfel }) => filfel !== null) ? 1 : 0;
  });

program
  .command("interval")
  .description("a two-sided confidence interval: wilson for a share, byar or poisson (exact) for a count")
  .argument("<method>", intervalMethods.join(", "), intervalMethod)
  .requiredOption("--x <count>", "what was counted", figure)
  .option("--n <count>", "of how many (wilson)", figure)
  .option("--level <level>", "above 0 and below 1", figure, 0.95)
  .option("--json", "{lag, hog}")
  .addHelpText(
    "after",
    "\nExamples:\n  finsam interval wilson --x 73 --n 120\n  finsam interval poisson --x 3 --level 0.99 --json",
  )
  .action((method: IntervalMethod, options: { x: number; n?: number; level: number; json?: boolean }) => {
    const found = interval(method, { x: options.x, n: options.n, niva: options.level });
    print(options.json ? JSON.stringify(found) : `${found.lag} – ${found.hog}`);
  });

program
  .command("split")
  .description("share an amount out by a key, to the öre, and say who got the öre left over")
  .argument("<belopp>", "kronor, decimal comma; negative for a credit note")
  .requiredOption("--key <shares>", "id=share,…: shares of any sum; a=52,b=34,c=14 or a=33,3,b=66,7")
  .option("--json", "{delar: [{id, ore, exakt}]}")
  // A negative amount looks like an option; what is neither is refused as an amount that cannot be read.
  .allowUnknownOption()
  .addHelpText(
    "after",
    '\nExamples:\n  finsam split 310163 --key a=52,b=34,c=14\n  finsam split "-1 250,50" --key norr=1,soder=1 --json',
  )
  .action((belopp: string, options: { key: string; json?: boolean }) => {
    if (options.json) print(JSON.stringify(split(belopp, options.key)));
    else print(splitText(explainedSplit(belopp, options.key)));
  });

/** What a person is told: one line where what went wrong is not the program's own fault, else where in the program. */
const failureLine = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || error instanceof StoppedError) return error.message;
  return `stopped, nothing was changed: ${failureText(error) ?? error.stack ?? error.message}`;
};

const exitCodeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError ? 2 : 3;
};

const twoDays = (written: string, before: readonly string[] = []): string[] => [...before, day(written)];

program
  .command("diff")
  .description(
    "which figures moved between two days, and why: a late file, a new version, a correction, a definition, time",
  )
  .option("--as-of <date>", "twice: the earlier day and the later", twoDays)
  .option("--pipelines <glob>", "pipeline files", "pipelines/*.yaml")
  .option("--out <dir>", "the run's folder; nothing in it is changed", "out")
  .option("--insats <id>", "only this insats")
  .option("--json", "an array of objects, as the result andring")
  .option("--csv", "for a Swedish Excel")
  .addHelpText(
    "after",
    "\nBefore is what the last report by the first day said; where none was made, what the deliveries by then give.\n\nExamples:\n  finsam diff --as-of 2024-01-31 --as-of 2024-02-29\n  finsam diff --as-of 2024-01-31 --as-of 2024-02-29 --insats aktiv --csv > andringar.csv",
  )
  .action(
    async ({
      asOf = [],
      ...options
    }: {
      asOf?: string[];
      pipelines: string;
      out: string;
      insats?: string;
      json?: boolean;
      csv?: boolean;
    }) => {
      const [from, to, more] = asOf;
      if (from === undefined || to === undefined || more !== undefined)
        throw new UsageError("diff compares two days: --as-of 2024-01-31 --as-of 2024-02-29");
      const changes = await diff({ ...options, from, to, progress: toldInSeconds() });
      if (options.json) print(JSON.stringify(asJson("andring", changes.rows), null, 1));
      else print(options.csv ? asCsv("andring", changes.rows) : changesText(changes));
    },
  );

program
  .command("forget")
  .description("remove a person from archive, database and report; or prune the archive (--older-than)")
  .option("--older-than <date>", "prune instead: versions that had been replaced by this day", day)
  .option("--pipelines <glob>", "pipeline files", "pipelines/*.yaml")
  .option("--out <dir>", "the run's folder", "out")
  .option("--today <date>", "the day it is (default: the date in Stockholm)", day)
  .option("--json", "what was removed, as JSON")
  .addHelpText(
    "after",
    `\nThe identity number is read from standard input, in any notation, and never from the command line, where the shell\nwould keep it. Source files are not touched.\n\nExamples:\n  finsam forget\n  finsam forget < number.txt\n  finsam forget --older-than 2022-01-01`,
  )
  .action(async (options: { olderThan?: string; pipelines: string; out: string; today?: string; json?: boolean }) => {
    if (options.olderThan !== undefined) {
      const pruned = await prune(options.olderThan, options);
      stopListening();
      print(options.json ? JSON.stringify(pruned, null, 1) : prunedText(pruned));
      return;
    }
    const number = await askSecretly("Identity number (not shown): ");
    const forgotten = await forget(number, { ...options, progress: toldInSeconds() });
    stopListening();
    print(options.json ? JSON.stringify(forgotten, null, 1) : forgottenText(forgotten));
  });

const interrupts = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
const interrupted = (): never => process.exit(130);
const tooLate = (): void => {};
const stopListening = (): void => {
  for (const signal of interrupts) process.on(signal, tooLate).off(signal, interrupted);
};
for (const signal of interrupts) process.on(signal, interrupted);
// A file that may grow no more: listened for, the write fails and is told of; else the process would be killed.
process.on("SIGXFSZ", () => {});

// A reader that has seen enough (| head) stops no work and is no fault.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

const fail = (error: unknown): void => {
  process.exitCode = exitCodeOf(error);
  if (!(error instanceof CommanderError)) process.stderr.write(`${maskText(failureLine(error))}\n`);
};

process.on("uncaughtException", (error) => {
  fail(error);
  process.exit();
});

await program.parseAsync().catch(fail);
