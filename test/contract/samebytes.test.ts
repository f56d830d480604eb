/**
 * Same deliveries, pipelines, code and day: the same bytes in every output but the database, wherever, however and in
 * whatever order. On the shipped deliveries, the invented and the real.
 */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { start } from "../crash/command.ts";
import { shippedRun, today } from "../shipped.ts";
import { type Folder, folder } from "./delivery.ts";

const home = join(import.meta.dirname, "../..");

const filesIn = (at: string): string[] =>
  readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(at, join(entry.parentPath, entry.name)))
    .sort();

/**
 * Every output by its path to its hash: all but the database, which holds the room that deleted rows took, the manifest, which
 * says where the pipelines are and in which order they list their sources, and the lock.
 */
const hashes = (out: string): Record<string, string> =>
  Object.fromEntries(
    filesIn(out)
      .filter((file) => ![".las", join("internt", "finsam.duckdb"), join("arkiv", "korning.json")].includes(file))
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(out, file)))
          .digest("hex"),
      ]),
  );

interface Machine {
  readonly threads: string;
  readonly TZ: string;
  readonly LANG: string;
}

/** The shipped folders and the program under another path, each file made in another order and at another time. */
const moved = (to: string): void => {
  for (const name of ["src", "sql", "pipelines", "data", "package.json"]) {
    const from = join(home, name);
    const files = existsSync(from) && name !== "package.json" ? filesIn(from).map((file) => join(name, file)) : [name];
    for (const [i, file] of files.reverse().entries()) {
      mkdirSync(dirname(join(to, file)), { recursive: true });
      cpSync(join(home, file), join(to, file));
      utimesSync(join(to, file), 1e9 - i * 86_400, 1e9 - i * 86_400);
    }
  }
  symlinkSync(join(home, "node_modules"), join(to, "node_modules"));
};

describe("sources listed in another order", () => {
  test("give the same bytes", async () => {
    const outputs: Record<string, string>[] = [];
    for (const kallor of [
      ["../data/a", "../data/b/*.csv", "../data/c"],
      ["../data/c", "../data/a", "../data/b/*.csv"],
    ]) {
      const d = folder({
        files: {
          "a/insats.csv": "insats_id;namn\ni;I\n",
          "b/mote.csv": "insats_id;mote_id;datum;motestyp\ni;1;2023-01-01;puls\n",
          "b/mote åter.csv": "insats_id;mote_id;datum;motestyp\ni;1;2023-02-01;puls\ni;2;02/03/2023;puls\n",
          "c/mote.csv": "insats_id;mote_id;datum;motestyp\ni;2;2023-03-01;puls\n",
          "c/samma.csv": "insats_id;namn\ni;I\n",
        },
        pipelines: {
          "p.yaml": { insats: "i", kallor, mal: [{ id: "m", matt: "antal_moten", per: "ar", villkor: ">= 1" }] },
        },
      });
      await d.run({ report: true });
      outputs.push(hashes(d.path("out")));
    }
    expect(outputs[1]).toEqual(outputs[0]);
  }, 120_000);
});

describe.each([
  ["the invented deliveries", "exempel", "pipelines/exempel/*.yaml"],
  ["the real reports", "kallor", "pipelines/*.yaml"],
] as const)("%s", (_what, shipped, pipelines) => {
  describe("give the same bytes", () => {
    let d: Folder;
    let first: Record<string, string>;
    /** As a command, started in a folder that is not the program's. */
    const runFrom = async (program: string, out: string, machine: Machine): Promise<Record<string, string>> => {
      const { threads, TZ, LANG } = machine;
      const given = ["run", "--pipelines", join(program, pipelines), "--out", out, "--today", today];
      const { code, stderr } = await start(
        process.execPath,
        [join(program, "src/cli.ts"), ...given, "--threads", threads],
        { TZ, LANG, LC_ALL: LANG },
        d.root,
      ).ended;
      if (code !== 0) throw new Error(`${code}: ${stderr}`);
      return hashes(out);
    };
    beforeAll(async () => {
      d = folder({ files: {}, pipelines: {} });
      cpSync((await shippedRun(shipped)).out, d.path("first"), { recursive: true, preserveTimestamps: true });
      first = hashes(d.path("first"));
      expect(Object.keys(first).length).toBeGreaterThan(80);
    }, 300_000);

    test("from a copy elsewhere, whose files were made in another order and at other times, on a machine far to the east", async () => {
      const copy = d.path("annanstans", "djupt ner");
      moved(copy);
      const machine = { threads: "1", TZ: "Pacific/Auckland", LANG: "tr_TR.UTF-8" };
      expect(await runFrom(copy, d.path("of-copy"), machine)).toEqual(first);
    }, 300_000);

    test("again over themselves, on a machine far to the west with more threads", async () => {
      // Without it nothing has changed, and the run would not be made again.
      rmSync(join(d.path("first"), "arkiv", "korning.json"));
      const machine = { threads: "4", TZ: "America/New_York", LANG: "sv_SE.UTF-8" };
      expect(await runFrom(home, d.path("first"), machine)).toEqual(first);
    }, 300_000);
  });
});
