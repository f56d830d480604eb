import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Every test runs under two clocks far apart: a date that depends on the machine's zone fails in one of them. */
const zones = ["Europe/Stockholm", "Pacific/Auckland"] as const;

/** These start whole runs that are told what day it is, or ask nothing of days, and are long: one zone is enough. */
const once = [
  "test/{budget,corpus,crash,fuzz,history,identity}/**",
  "test/goals/{properties,what-if}.test.ts",
  "test/contract/{edges,output,places,redelivery,samebytes}.test.ts",
  "test/{docs,kallor-budget,kostnader,notebooks}.test.ts",
];

/** Each of these takes minutes: they go first, or the last would keep one core busy and leave the others idle. */
const longest = ["crash/crash", "contract/redelivery", "crash/stopped", "contract/samebytes", "history/figures"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { long = [], short = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      longest.some((name) => moduleId.includes(`/test/${name}.test.`)) ? "long" : "short",
    );
    return [...long, ...short];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Each waits for runs in processes of their own: the default leaves a core of two idle.
    maxWorkers: availableParallelism(),
    projects: zones.map((zone, i) => ({
      test: {
        name: zone,
        include: ["test/**/*.test.ts"],
        exclude: [...configDefaults.exclude, ...(i === 0 ? [] : once)],
        env: { TZ: zone },
        pool: "forks",
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
