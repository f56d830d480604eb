import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";

/** Every test runs under two clocks far apart: a date that depends on the machine's zone fails in one of them. */
const zones = ["Europe/Stockholm", "Pacific/Auckland"] as const;

/** These start whole runs that are told what day it is, or ask nothing of days, and are long: one zone is enough. */
const once = [
  "test/{budget,corpus,crash,fuzz,history,identity}/**",
  "test/goals/{properties,what-if}.test.ts",
  "test/contract/{edges,output,places,redelivery,samebytes}.test.ts",
  "test/{docs,kallor-budget,kostnader,notebooks}.test.ts",
];

export default defineConfig({
  test: {
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
