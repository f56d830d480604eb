/**
 * Preloaded into a run (`node --import`): ends it by SIGKILL at its n-th change to the disk, so that every step of the
 * swap can be met; a file that is written then is left half written. `HALT_AT=0` ends nothing and tells how many there
 * are, and after how many of them the run is committed.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

const at = Number(process.env.HALT_AT);
const { writeFileSync, mkdirSync, rmSync, rmdirSync, renameSync, chmodSync, fsyncSync } = fs;
let changes = 0;
let committed = 0;

const counted =
  <A extends unknown[], R>(change: (...given: A) => R, half?: (...given: A) => void) =>
  (...given: A): R => {
    changes++;
    if (changes === at) {
      half?.(...given);
      process.kill(process.pid, "SIGKILL");
    }
    return change(...given);
  };

const writeHalf = (...[file, data, options]: Parameters<typeof writeFileSync>): void => {
  const bytes = Buffer.from(
    typeof data === "string" ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 2)), options);
};

Object.assign(fs, {
  writeFileSync: counted(writeFileSync, writeHalf),
  mkdirSync: counted(mkdirSync),
  rmSync: counted(rmSync),
  rmdirSync: counted(rmdirSync),
  renameSync: counted((...[from, to]: Parameters<typeof renameSync>): void => {
    renameSync(from, to);
    if (String(to).endsWith(".klar")) committed = changes;
  }),
  chmodSync: counted(chmodSync),
  fsyncSync: counted(fsyncSync),
});
syncBuiltinESMExports();

process.on("exit", () => {
  if (at === 0) writeFileSync(2, `changes: ${committed} of ${changes}\n`);
});
