import { existsSync, statfsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// A run waits until each of its hundred files is on the disk. What is in memory is there at once.
const memory = "/dev/shm";
const room = existsSync(memory) ? statfsSync(memory) : { bavail: 0, bsize: 0 };
if (room.bavail * room.bsize > 2 ** 32) process.env.TMPDIR ??= memory;

/**
 * What depends on the machine's zone runs under a second clock, far from the first: how days are read, counted and
 * printed. Whole runs of what is shipped give the same bytes in any zone: contract/samebytes tests it.
 */
const dependsOnZone = [
  // Days and periods as functions, in TypeScript and in SQL.
  "test/schema/{days,identity,pipeline}.test.ts",
  "test/sql/macros.test.ts",
  "test/goals/{judge,windows}.test.ts",
  // Days as they are delivered: text, sheets, Parquet.
  "test/inbox/{csv,door,properties,recognise}.test.ts",
  "test/corpus/corpus.test.ts",
  "test/contract/{recognition,values,windows}.test.ts",
  // Days as they are printed.
  "test/report/{charts,pages}.test.ts",
];

/**
 * Each of these takes long: they go first, or the last would keep one core busy and leave the others idle. The first makes the runs
 * that many share, and the second shares none: nobody waits for them.
 */
const longest = [
  ...["contract/samebytes", "goals/properties", "crash/stopped", "contract/redelivery", "history/figures"],
  ...["crash/crash", "identity/forget", "init", "docs", "notebooks", "output/again", "output/traced", "kontor"],
  ...["identity/bytes", "report/browser", "form", "contract/places", "contract/output", "publication/history"],
];

const place = (file: string): number => longest.findIndex((name) => file.includes(`/test/${name}.test.`));

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { long = [], short = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      place(moduleId) < 0 ? "short" : "long",
    );
    return [...long.toSorted((a, b) => place(a.moduleId) - place(b.moduleId)), ...short];
  }
}

const inZone = (zone: string, include: readonly string[]) => ({
  test: {
    name: zone,
    include: [...include],
    exclude: configDefaults.exclude,
    env: { TZ: zone },
    pool: "forks" as const,
    // The files of a worker share what they import: importing the program and warming it up takes longer than most of them.
    isolate: false,
    setupFiles: ["test/setup.ts"],
    globalSetup: ["test/global.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Each waits for runs in processes of their own: the default leaves a core of two idle.
    maxWorkers: availableParallelism(),
    projects: [inZone("Europe/Stockholm", ["test/**/*.test.ts"]), inZone("Pacific/Auckland", dependsOnZone)],
  },
});
