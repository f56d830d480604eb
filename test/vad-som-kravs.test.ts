/** The page on what must be true: its example is run, and what it says of it is what the run says. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { deliver, type Folder, type Goal, type Row } from "./contract/delivery.ts";

const page = readFileSync(join(resolve(import.meta.dirname, ".."), "docs/vad-som-kravs.md"), "utf8");
const blocks = (kind: string): (readonly [string, string])[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${kind} (\\S+)\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, name = "", text = ""]) => [name, text] as const,
  );
/** The rows of the table under a heading. */
const tableOf = (heading: string): string[] => {
  const [, rows = ""] = page.split(`| ${heading} | utfall |`)[1]?.split("\n|---|---|---|\n") ?? [];
  return (rows.split("\n\n")[0] ?? "").trim().split("\n");
};

let d: Folder;
beforeAll(async () => {
  d = await deliver({
    files: Object.fromEntries(blocks("csv")),
    pipelines: Object.fromEntries(
      blocks("yaml").map(([insats, goals]) => [`${insats}.yaml`, { insats, mal: parse(goals) as Goal[] }]),
    ),
  });
}, 60_000);
const rows = (result: string, id: string, said: string): string[] =>
  d
    .rows(result)
    .map((row: Row) => `| ${row[id]} | \`${row.status ?? row.utfall}\` | ${row[said]} |`.replaceAll("\u00a0", " "));

test("the goals come out as the page says", () => {
  expect(tableOf("mål")).toEqual(rows("malsammanfattning", "mal_id", "krav"));
});
test("the claims come out as the page says", () => {
  expect(tableOf("rad")).toEqual(rows("utsagekontroll", "utsaga_id", "forklaring"));
});
test("nothing in the rows is a finding", () => {
  expect(d.rows("datakvalitet").filter(({ allvar }) => allvar === "fel")).toEqual([]);
});
