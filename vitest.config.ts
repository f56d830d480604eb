import { defineConfig } from "vitest/config";

/** Every test runs under two clocks far apart: a date that depends on the machine's zone fails in one of them. */
const zones = ["Europe/Stockholm", "Pacific/Auckland"] as const;

export default defineConfig({
  test: {
    projects: zones.map((zone) => ({
      test: {
        name: zone,
        include: ["test/**/*.test.ts"],
        env: { TZ: zone },
        pool: "forks",
        testTimeout: 60_000,
        hookTimeout: 120_000,
      },
    })),
  },
});
