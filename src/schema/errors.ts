/** What can stop a run without being a fault in the program. Everything else that is thrown is one. */

/** Wrong usage: of the command, or of a pipeline file. Nothing was run. Exit code 2. */
export class UsageError extends Error {}

/** A pipeline file that cannot be used, one line for each thing that is wrong with it. */
export class PipelineError extends UsageError {
  readonly lines: readonly string[];
  constructor(lines: readonly string[]) {
    super(lines.join("\n"));
    this.lines = lines;
  }
}

/** The run could not go on; what was there stays. Exit code 3. */
export class StoppedError extends Error {}
