/** The hashes of large files, kept from one run to the next: to hash what is delivered takes longer than all else where nothing has changed. */
import { createHash } from "node:crypto";
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync, writeFileSync } from "node:fs";

/** The hash of a file, read a piece at a time: of all that the pipelines point at, most is known already. */
export const hashFile = (path: string): string => {
  const hash = createHash("sha256");
  const file = openSync(path, "r");
  try {
    const piece = Buffer.allocUnsafe(1 << 20);
    for (let size = readSync(file, piece); size > 0; size = readSync(file, piece)) hash.update(piece.subarray(0, size));
  } finally {
    closeSync(file);
  }
  return hash.digest("hex");
};

const largeBytes = 1_000_000;

/** A file that was changed so short a time before its hash was kept may have been changed again within the same tick of the clock. */
const tickMs = 2_000;

/** What no change of a file's contents leaves as it was: nobody sets `ctime`. */
const stateOf = (path: string): string => {
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true });
  return [dev, ino, size, mtimeNs, ctimeNs].join(" ");
};

/** @param file where they are kept: neither names nor contents of deliveries stand there */
export const openHashes = (file: string) => {
  const before = new Map<string, string>();
  const now = new Map<string, string>();
  if (existsSync(file)) {
    const last = statSync(file).mtimeMs - tickMs;
    for (const line of readFileSync(file, "utf8").split("\n")) {
      const [, state = "", sha256 = ""] = /^(.* \d+) ([0-9a-f]{64})$/.exec(line) ?? [];
      if (Number(state.split(" ").at(-1)) / 1e6 < last) before.set(state, sha256);
    }
  }
  return {
    of: (path: string): string => {
      const state = stateOf(path);
      const sha256 = before.get(state) ?? hashFile(path);
      if (statSync(path).size >= largeBytes && stateOf(path) === state) now.set(state, sha256);
      return sha256;
    },
    save: (): void => {
      if ([...now.keys()].every((state) => before.has(state))) return;
      writeFileSync(file, [...now, ""].map((one) => [one].flat().join(" ")).join("\n"), { mode: 0o600 });
    },
  };
};
