/**
 * What the system says when it cannot do what it was asked, in one line a person can act on. Node gives such an error a
 * code; DuckDB gives only the system's sentence within its own.
 */
import { relative } from "node:path";

const advice: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full; free space and run again",
  EDQUOT: "the disk quota is used up; free space and run again",
  EFBIG:
    "the file grew past the size that a file may have here (ulimit -f, or the disk's own limit); raise it and run again",
  EACCES: "no permission; give it, or where it is the output folder another --out, and run again",
  EPERM: "not permitted; give permission, or give another --out, and run again",
  EROFS: "the disk can only be read; give another --out",
  EIO: "the disk does not answer as it should; check it and run again",
  EMFILE: "too many files are open; raise the limit (ulimit -n) and run again",
  ENFILE: "too many files are open on this machine; close programs and run again",
  ENOMEM: "memory ran out; close programs, or run fewer pipelines at a time",
  ENOENT: "it is not there, or was taken away while it was read; put it back and run again",
  ENOTDIR: "a file stands where a folder is needed; move it, or give another --out",
  EISDIR: "a folder stands where a file is needed; move it and run again",
  EEXIST: "a file stands where a folder is needed; move it, or give another --out",
  EXDEV: "it lies on another disk than its folder; a folder and what is in it must be on one disk",
  ENAMETOOLONG: "its name is longer than the disk takes; give a shorter one and run again",
};

/** The system's sentences, as DuckDB passes them on. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/i, "ENOSPC"],
  [/quota exceeded/i, "EDQUOT"],
  [/File too large/i, "EFBIG"],
  [/Permission denied/i, "EACCES"],
  [/Operation not permitted/i, "EPERM"],
  [/Read-only file system/i, "EROFS"],
  [/Input\/output error/i, "EIO"],
  [/Too many open files/i, "EMFILE"],
  [/^Out of Memory Error|Cannot allocate memory/im, "ENOMEM"],
];

const codeOf = (error: Error): string | undefined => {
  if ("code" in error && typeof error.code === "string") return error.code;
  if (!/^\w[\w ]* Error: /.test(error.message)) return undefined;
  // A folder may be called anything: only what is outside the quoted paths is the system's.
  const sentence = error.message.replaceAll(/"[^"]*"/g, "");
  return sentences.find(([pattern]) => pattern.test(sentence))?.[1];
};

/** Of a move, where it was to: what stood in the way stands there. */
const placeOf = (error: Error): string | undefined => {
  if ("dest" in error && typeof error.dest === "string") return error.dest;
  if ("path" in error && typeof error.path === "string") return error.path;
  return /"((?:[A-Za-z]:)?[/\\][^"]+)"/.exec(error.message)?.[1];
};

const nearer = (path: string): string => {
  const within = relative(process.cwd(), path);
  return within === "" || within.startsWith("..") ? path : within;
};

/** `file: what is wrong; what to do`, or undefined where the fault is not the system's. */
export const failureText = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error);
  const said = code === undefined ? undefined : advice[code];
  if (said === undefined) return undefined;
  const place = placeOf(error);
  return place === undefined ? said : `${nearer(place)}: ${said}`;
};
