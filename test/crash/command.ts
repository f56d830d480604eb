/** The command, started as a process of its own: node directly, so that a signal meets it and no shell before it. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { command, type Finished } from "../command.ts";
import { key } from "./deliveries.ts";

const home = join(import.meta.dirname, "..", "..");
export const program = join(home, "src", "start.js");

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/**
 * Starts any program with the environment of a run.
 * @param input a file that it reads as its standard input
 */
export const start = (
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
  input?: string,
): Started => {
  const given = openSync(input ?? devNull, "r");
  const child = spawn(file, args, {
    cwd,
    env: { ...process.env, FINSAM_KEY: key, NO_COLOR: "1", ...env },
    stdio: [given, "pipe", "pipe"],
  });
  closeSync(given);
  let [stdout, stderr] = ["", ""];
  child.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  child.stderr?.on("data", (chunk: Buffer) => {
    stderr += chunk.toString("utf8");
  });
  const ended = new Promise<Ended>((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done({ code, signal, stdout, stderr }));
  });
  return { child, ended };
};

export const finsam = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Started =>
  start(process.execPath, [program, ...args], env);

/** Waits for a path to be there, as long as the run goes on. */
export const appears = async (path: string, { child }: Started): Promise<void> => {
  while (!existsSync(path) && child.exitCode === null && child.signalCode === null) await wait(1);
};

/** The command in this process, where nothing kills it and no limit or other run meets it. */
export const typed = (args: readonly string[]): Promise<Finished> =>
  command(args, { cwd: process.cwd(), env: { FINSAM_KEY: key } });
