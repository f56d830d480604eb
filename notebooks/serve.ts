#!/usr/bin/env node
/** `npm run notebooks`: the notebooks, and the report's pages with nothing hidden. Arguments in, one function called, exit code out. */
import { parseArgs } from "node:util";
import { serve } from "../src/notebooks/server.ts";
import { internalPages } from "../src/pages.ts";
import { UsageError } from "../src/schema/errors.ts";

try {
  const { values } = parseArgs({
    options: { out: { type: "string", default: "out" }, port: { type: "string", default: "4321" } },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`${values.port}: not a port`);
  const {
    address: root,
    notebooks,
    close,
  } = await serve({
    out: values.out,
    port,
    pages: internalPages(values.out),
    problem: (line) => process.stderr.write(`${line}\n`),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => close());
  process.stdout.write(
    `Pages    ${root}sidor/index.html\n${notebooks.map((address) => `Notebook ${address}`).join("\n")}\nStop with Ctrl-C\n`,
  );
} catch (error) {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && "code" in error);
  process.stderr.write(`${error instanceof Error ? (isUsage ? error.message : error.stack) : String(error)}\n`);
  process.exitCode = isUsage ? 2 : 3;
}
