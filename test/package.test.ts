/** What the package says of itself, for those who install it. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Package {
  readonly engines?: { readonly node?: string };
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly files?: readonly string[];
}

const root = join(import.meta.dirname, "..");
const packageIn = (folder: string): Package =>
  JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")) as Package;

/** `>=22.12.0` as 22.012: the least Node that a package runs on. */
const leastNode = ({ engines }: Package): number => {
  const [, major = "0", minor = "0"] = /(\d+)(?:\.(\d+))?/.exec(engines?.node ?? "") ?? [];
  return Number(major) + Number(minor) / 1000;
};

const own = packageIn(".");

test.each(Object.keys(own.dependencies))("runs on no older Node than %s does", (dependency) => {
  expect(leastNode(own)).toBeGreaterThanOrEqual(leastNode(packageIn(join("node_modules", dependency))));
});

test("holds what its command needs to start", () => {
  const command = readFileSync(join(root, "src/cli.ts"), "utf8");
  expect(own.bin).toEqual({ finsam: "dist/cli.js" });
  expect(command.startsWith("#!/usr/bin/env node\n")).toBe(true);
  for (const [, module = ""] of command.matchAll(/import\("\.\/([^"]+)"\)/g))
    expect(existsSync(join(root, "src", module)) && statSync(join(root, "src", module)).isFile(), module).toBe(true);
});

test("holds each folder and file that its modules read beside their own", () => {
  const modules = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const read = modules.flatMap((name) =>
    [...readFileSync(join(root, "src", name), "utf8").matchAll(/new URL\("(?:\.\.\/)+((?:sql|data)\b[^"]*?)\/?"/g)].map(
      ([, path]) => path,
    ),
  );
  expect([...new Set(read)].sort()).toEqual([
    "data/gissningar.yaml",
    "data/grunder.json",
    "data/lasord.csv",
    "data/ordlista.csv",
    "data/tabeller.yaml",
    "data/utseende",
    "data/utseende/dokument.typ",
    "data/vallistor.csv",
    "sql",
  ]);
  for (const path of read) expect(own.files?.some((held) => `${path}/`.startsWith(`${held}/`))).toBe(true);
});
