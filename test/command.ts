/** The command in this process: what a user types, what is printed and the exit code, without a Node of its own to start. */
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Place {
  /** The folder that it is typed in. */
  readonly cwd: string;
  /** Besides what is set already; undefined is not set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What it reads as its standard input. */
  readonly input?: string;
}

const home = fileURLToPath(new URL("..", import.meta.url));
let times = 0;

/** The files of a worker share the process: what a command sets there is put back when it ends. */
const inProcess = async (args: readonly string[], { cwd, env = {}, input = "" }: Place): Promise<Finished> => {
  const said = { stdout: "", stderr: "" };
  const before = {
    argv: process.argv,
    cwd: process.cwd(),
    env: process.env,
    exitCode: process.exitCode,
    stdin: Object.getOwnPropertyDescriptor(process, "stdin"),
  };
  const heard = new Map(process.eventNames().map((event) => [event, process.listeners(event as "exit")]));
  const streams = (["stdout", "stderr"] as const).map((name) => {
    const stream = process[name];
    const [write, errors] = [stream.write, stream.listeners("error")];
    stream.write = (text: string | Uint8Array): boolean => {
      said[name] += Buffer.from(text as string).toString("utf8");
      return true;
    };
    return () => {
      stream.write = write;
      for (const listener of stream.listeners("error"))
        if (!errors.includes(listener)) stream.off("error", listener as () => void);
    };
  });
  process.argv = [process.execPath, `${home}src/cli.ts`, ...args];
  process.env = { ...process.env, NO_COLOR: "1", ...env };
  for (const [name, value] of Object.entries(env)) if (value === undefined) delete process.env[name];
  process.chdir(cwd);
  process.exitCode = undefined;
  Object.defineProperty(process, "stdin", { value: Readable.from([input]), configurable: true });
  try {
    // Only the module of the command runs anew: those that it imports are here already.
    await import(/* @vite-ignore */ `../src/cli.ts?${++times}`);
    return { code: Number(process.exitCode ?? 0), ...said };
  } finally {
    for (const putBack of streams) putBack();
    for (const event of process.eventNames())
      for (const listener of process.listeners(event as "exit"))
        if (!heard.get(event)?.includes(listener)) process.off(event, listener);
    if (before.stdin) Object.defineProperty(process, "stdin", before.stdin);
    process.exitCode = before.exitCode;
    process.argv = before.argv;
    process.env = before.env;
    process.chdir(before.cwd);
  }
};

let last: Promise<unknown> = Promise.resolve();

/** Runs a command; one that is asked for while another runs waits for it. */
export const command = (args: readonly string[], place: Place): Promise<Finished> => {
  const next = last.then(() => inProcess(args, place));
  last = next.catch(() => {});
  return next;
};
