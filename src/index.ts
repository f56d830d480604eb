/** The library: what the command does, to call from your own code. */
export {
  type Inspected,
  type InspectOptions,
  type Interval,
  type IntervalMethod,
  inspect,
  interval,
  type Key,
  type Part,
  type RunOptions,
  type RunSummary,
  run,
  type Slag,
  type Split,
  split,
} from "./batch.ts";
export { type DiscloseOptions, disclose } from "./disclose.ts";
export { PipelineError, StoppedError, UsageError } from "./schema/errors.ts";
export { type ResultName, type Row, resultNames } from "./schema/results.ts";
