/** The library: what the command does, to call from your own code. */
export { type RunOptions, type RunSummary, run } from "./batch.ts";
export { PipelineError, StoppedError, UsageError } from "./schema/errors.ts";
export { type ResultName, type Row, resultNames } from "./schema/results.ts";
