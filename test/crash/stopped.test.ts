/** What stops a run from outside: it says what in one line, leaves with 3 or 130, and nothing has changed. */
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appears, type Ended, finsam, program, type Started, start, typed } from "./command.ts";
import { type Given, writeDeliveries } from "./deliveries.ts";
import { copy, differences, type Standing, standingIn } from "./standing.ts";

const isRoot = process.getuid?.() === 0;
const nobody = 65534;

const works = (command: string, ...args: string[]): boolean => {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** Nothing is forbidden to root: there a run is started as another user, who can read the program. */
const asUser = ["--reuid", String(nobody), "--regid", String(nobody), "--clear-groups"];
const canBeForbidden =
  process.platform !== "win32" && (!isRoot || works("setpriv", ...asUser, process.execPath, program, "--version"));

const asOther = (args: readonly string[]): Started =>
  isRoot ? start("setpriv", [...asUser, process.execPath, program, ...args]) : finsam(args);

const giveAway = (folder: string): void => {
  if (!isRoot) return;
  chownSync(folder, nobody, nobody);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    chownSync(join(entry.parentPath, entry.name), nobody, nobody);
  }
};

/** What a folder's files take on a disk of 4 kB blocks. */
const bytesOf = (folder: string): number =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .map((entry) => Math.ceil(statSync(join(entry.parentPath, entry.name)).size / 4096) * 4096)
    .reduce((sum, size) => sum + size, 0);

let root: string;
let first: Given;
let second: Given;
let before: Standing;
let after: Standing;
let nr = 0;

/** A folder where the first run's report stands. */
const standing = (): string => {
  const out = join(root, `out-${++nr}`);
  copy(join(root, "one"), out);
  return out;
};
const again = (out: string): readonly string[] => ["run", ...second, "--out", out];

/** What is said besides the progress. */
const said = ({ stderr }: Pick<Ended, "stderr">): string[] =>
  stderr.split("\n").filter((line) => line !== "" && !/^ *\d+\.\d s {2}/.test(line));

const expectUnchanged = async (out: string): Promise<void> => {
  expect(differences(await standingIn(out), before)).toEqual([]);
  for (const name of [".pagaende", ".klar"]) expect([name, existsSync(join(out, name))]).toEqual([name, false]);
};

const expectStopped = async (ended: Ended, out: string, why: RegExp): Promise<void> => {
  expect(said(ended)).toEqual([expect.stringMatching(why)]);
  expect([ended.code, ended.stdout]).toEqual([3, ""]);
  await expectUnchanged(out);
};

describe("a run that is stopped", () => {
  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "finsam-stopped-"));
    chmodSync(root, 0o755);
    ({ first, second } = writeDeliveries(root));
    expect((await typed(["run", ...first, "--out", join(root, "one")])).code).toBe(1);
    before = await standingIn(join(root, "one"));
    const out = standing();
    // In a process: what Node keeps of compiled modules is written now, and meets no limit below.
    expect((await finsam(again(out)).ended).code).toBe(1);
    after = await standingIn(out);
    expect(differences(after, before).length).toBeGreaterThan(10);
  }, 180_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  describe.runIf(works("bash", "-c", "ulimit -f 8"))("by a limit on how large a file may be", () => {
    test.each([0.001, 0.2, 0.95])(
      "%d of what its database takes",
      async (share) => {
        const out = standing();
        const kilobytes = Math.ceil((statSync(join(out, "internt", "finsam.duckdb")).size / 1024) * share);
        const limited = `ulimit -f ${kilobytes}; exec "$0" "$@"`;
        const ended = await start("bash", ["-c", limited, process.execPath, program, ...again(out)]).ended;
        await expectStopped(ended, out, /^stopped, nothing was changed: \S+: the file grew past the size .*ulimit -f/);
      },
      180_000,
    );
  });

  describe("by a full disk", () => {
    // From nearly nothing to all but the last page: the database, its log and the report's files meet the end in turn.
    test.for([0.02, 0.5, 0.97, 0.995])(
      "with room for %f of what it writes",
      { timeout: 180_000 },
      async (share, { skip }) => {
        const disk = join(root, `disk-${++nr}`);
        mkdirSync(disk);
        const size = Math.round(bytesOf(join(root, "one")) * (1 + share));
        if (!isRoot || !works("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", disk)) {
          skip("no disk of a given size can be had here (mount)");
        }
        try {
          const out = join(disk, "out");
          copy(join(root, "one"), out);
          const ended = await finsam(again(out)).ended;
          await expectStopped(
            ended,
            out,
            /^stopped, nothing was changed: .*the disk is full; free space and run again$/,
          );
        } finally {
          execFileSync("umount", [disk]);
        }
      },
    );
  });

  describe.runIf(canBeForbidden)("by what it may not do", () => {
    test("read a file of the delivery", async () => {
      const own = join(root, "otillaten");
      const { second: given } = writeDeliveries(own);
      const file = join(own, "andra", "data", "mote.csv");
      chmodSync(file, 0o200);
      const out = standing();
      giveAway(out);
      const ended = await asOther(["run", ...given, "--out", out]).ended;
      await expectStopped(ended, out, /^stopped, nothing was changed: \S+mote\.csv: no permission; give it/);
      expect(ended.stderr).toContain(file);
    }, 180_000);

    test("read a folder of the delivery", async () => {
      const own = join(root, "otillaten-mapp");
      const { second: given } = writeDeliveries(own);
      const folder = join(own, "andra", "data", "mer");
      mkdirSync(folder);
      chmodSync(folder, 0o300);
      const out = standing();
      giveAway(out);
      const ended = await asOther(["run", ...given, "--out", out]).ended;
      await expectStopped(ended, out, /^stopped, nothing was changed: \S+mer: no permission; give it/);
    }, 180_000);

    test.each(["", "rapport", "internt", "arkiv", "rapport/insats"])(
      "write in the output folder: %s",
      async (inner) => {
        const out = standing();
        giveAway(out);
        const shut = join(out, inner === "rapport/insats" ? "rapport/insats" : inner);
        if (!existsSync(shut)) mkdirSync(shut);
        chmodSync(shut, 0o500);
        const ended = await asOther(again(out)).ended;
        chmodSync(shut, 0o700);
        await expectStopped(ended, out, /^stopped, nothing was changed: .*no permission; give it/);
      },
      180_000,
    );
  });

  describe("by another run", () => {
    test("which is not disturbed", async () => {
      const out = standing();
      const one = finsam(again(out));
      await appears(join(out, ".pagaende"), one);
      const ended = await finsam(again(out)).ended;
      expect(said(ended)).toEqual(["another run is writing to this folder; wait for it, or give another --out"]);
      expect([ended.code, ended.stdout]).toEqual([3, ""]);
      expect((await one.ended).code).toBe(1);
      expect(differences(await standingIn(out), after)).toEqual([]);
    }, 180_000);
  });

  describe("by a signal", () => {
    test.each([
      ["SIGINT", "as it begins", ".pagaende", 0],
      ["SIGTERM", "in the database", ".pagaende/internt/finsam.duckdb", 150],
      ["SIGHUP", "as it writes results", ".pagaende/internt/datakvalitet.json", 0],
      ["SIGINT", "as it draws", ".pagaende/rapport/index.html", 0],
    ] as const)(
      "%s %s",
      async (signal, _when, place, delay) => {
        const out = standing();
        const run = finsam(again(out));
        await appears(join(out, place), run);
        await wait(delay);
        run.child.kill(signal);
        const ended = await run.ended;
        expect([ended.code, said(ended), ended.stdout]).toEqual([130, [], ""]);
        await expectUnchanged(out);
      },
      180_000,
    );

    test("that comes when it is committed is too late: it is done, and says so", async () => {
      const out = standing();
      const run = finsam(again(out));
      await appears(join(out, ".klar"), run);
      run.child.kill("SIGINT");
      const { code, signal, stdout } = await run.ended;
      expect(differences(await standingIn(out), after)).toEqual([]);
      expect([code, signal]).toEqual([1, null]);
      expect(stdout).toContain("Report");
    }, 180_000);
  });

  describe("by what stands in the output folder", () => {
    test.each(["internt", "rapport", "diagram", "arkiv", "svar", ".pagaende", ".klar", "arkiv/leveranser.json"])(
      "%s as a link, through which nothing is written",
      async (name) => {
        const out = standing();
        const elsewhere = join(root, `annanstans-${++nr}`);
        mkdirSync(elsewhere);
        writeFileSync(join(elsewhere, "leveranser.json"), "{}");
        rmSync(join(out, name), { recursive: true, force: true });
        symlinkSync(name.includes("/") ? join(elsewhere, "leveranser.json") : elsewhere, join(out, name));
        const ended = await typed(again(out));
        expect(said(ended)).toEqual([
          expect.stringMatching(`^${name.replaceAll(".", "\\.")} in the output folder is a link`),
        ]);
        expect(ended.code).toBe(3);
        expect(readdirSync(elsewhere)).toEqual(["leveranser.json"]);
      },
      180_000,
    );

    test("svar as a link, through which no workbook is written", async () => {
      const out = standing();
      const elsewhere = join(root, `annanstans-${++nr}`);
      mkdirSync(elsewhere);
      symlinkSync(elsewhere, join(out, "svar"));
      const ended = await typed(["reply", "--out", out]);
      expect([ended.code, said(ended)]).toEqual([3, [expect.stringMatching(/^svar in the output folder is a link/)]]);
      expect(readdirSync(elsewhere)).toEqual([]);
    });

    test("a folder where a workbook is to be written", async () => {
      const out = standing();
      mkdirSync(join(out, "svar", "svar-data-mote.xlsx"), { recursive: true });
      const ended = await typed(["reply", "--out", out]);
      expect([ended.code, said(ended)]).toEqual([
        3,
        [expect.stringMatching(/svar-data-mote\.xlsx: a folder or a link/)],
      ]);
      expect(readdirSync(join(out, "svar"))).toEqual(["svar-data-mote.xlsx"]);
    });

    test.each(["rapport", "svar"])(
      "a file where the folder %s should be",
      async (name) => {
        const out = standing();
        rmSync(join(out, name), { recursive: true, force: true });
        writeFileSync(join(out, name), "x");
        const ended = await typed(again(out));
        expect([ended.code, said(ended)]).toEqual([
          3,
          [expect.stringMatching(`^${name} in the output folder is a file`)],
        ]);
      },
      180_000,
    );

    test("in the way of what is committed: it says so, and the next command puts the rest there", async () => {
      const out = standing();
      const place = join(out, "arkiv", "a.json.gz");
      mkdirSync(join(out, ".klar", "arkiv"), { recursive: true });
      writeFileSync(join(out, ".klar", "arkiv", "a.json.gz"), "a");
      writeFileSync(
        join(out, ".klar", ".innehall.json"),
        JSON.stringify({ filer: ["arkiv/a.json.gz"], bort: [], hela: [] }),
      );
      mkdirSync(place);
      const show = ["show", "malsammanfattning", "--out", out];
      const ended = await typed(show);
      expect(said(ended)).toEqual([
        `what was last written is whole and in force, but not all of it is in place: ${place}: a folder stands where a file is needed; move it and run again; the next command puts the rest there first`,
      ]);
      expect(ended.code).toBe(3);
      rmdirSync(place);
      expect((await typed(show)).code).toBe(0);
      expect([readFileSync(place, "utf8"), existsSync(join(out, ".klar"))]).toEqual(["a", false]);
    });

    test("a file where the folder should be", async () => {
      const out = join(root, "en-fil");
      writeFileSync(out, "x");
      const ended = await typed(again(out));
      expect(said(ended)).toEqual([expect.stringMatching(/^stopped, nothing was changed: \S+en-fil: a file stands/)]);
      expect(ended.code).toBe(3);
    });

    test("but a lock that a killed run left half made is no hindrance, whatever the folder is called", async () => {
      const out = join(root, "klockan: No space left on device");
      copy(join(root, "one"), out);
      writeFileSync(join(out, ".las"), "DUCK");
      expect((await typed(again(out))).code).toBe(1);
      expect(differences(await standingIn(out), after)).toEqual([]);
    }, 180_000);
  });
});
