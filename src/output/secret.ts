/** Reads a line that must not be seen: from a pipe, or from a terminal that does not echo it. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";

/** @returns the first line of standard input */
export const askSecretly = async (prompt: string): Promise<string> => {
  const isTerminal = process.stdin.isTTY;
  if (isTerminal) process.stderr.write(prompt);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTerminal, historySize: 0 });
  try {
    for await (const line of lines) return line;
    return "";
  } finally {
    lines.close();
    if (isTerminal) process.stderr.write("\n");
  }
};
