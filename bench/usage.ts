/** Loaded before a command (`node --import`): writes what its process used, when it ends, to the file named in BENCH_USAGE. */
import { writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

export interface Usage {
  /** CPU seconds, user and system, of all threads. */
  readonly cpu: number;
  /** Peak memory. */
  readonly megabytes: number;
  /** CPU seconds of each phase of a run, by the name it is told with. */
  readonly phases?: Readonly<Record<string, number>>;
}

export const usedSoFar = (): Usage => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 };
};

const file = process.env.BENCH_USAGE;
if (file !== undefined && isMainThread) {
  process.on("exit", () => {
    writeFileSync(file, JSON.stringify(usedSoFar()));
  });
}
