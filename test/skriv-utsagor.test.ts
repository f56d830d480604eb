/** The page on writing claims: its example rows are run, and what it says of them is what the run says. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { deliver, type Folder, only } from "./contract/delivery.ts";

const page = readFileSync(join(resolve(import.meta.dirname, ".."), "docs/skriv-utsagor.md"), "utf8");
const files = Object.fromEntries(
  [...page.matchAll(/^```csv (\S+)\n([\s\S]*?)^```/gm)].map(([, name = "", text = ""]) => [name, text]),
);
const [, yaml = ""] = /^```yaml\n([\s\S]*?)^```/m.exec(page) ?? [];
const [, table = ""] = /\| rad \| utfall .*\n\|-.*\n([\s\S]*?)\n\n/.exec(page) ?? [];

let d: Folder;
beforeAll(async () => {
  const goals = parse(yaml) as { id: string; matt: string }[];
  const pipelines = { "linden.yaml": { insats: "linden", mal: goals }, "granen.yaml": { insats: "granen" } };
  d = await deliver({ files, pipelines });
}, 60_000);

test("the rows come out as the page says, and every tried row is there", () => {
  const rows = d
    .rows("utsagekontroll")
    .map(
      ({ utsaga_id: id, utfall, skal, forklaring }) =>
        `| ${id} | \`${utfall}\` | ${skal === null ? "" : `\`${skal}\``} | ${String(forklaring).replaceAll("\u00a0", " ")} |`,
    );
  expect(table.split("\n")).toEqual(rows);
});
test("there is a row of every outcome", () => {
  const outcomes = ["stammer", "avrundning", "avhugget", "ungefar", "avviker", "ej_matbart", "beraknad"];
  expect(outcomes.filter((utfall) => !table.includes(`\`${utfall}\``))).toEqual([]);
});
test("nothing in the rows is a finding", () => {
  expect(d.rows("datakvalitet").filter(({ allvar }) => allvar === "fel")).toEqual([]);
});
test("the goal on a formula is judged", () => {
  expect(only(d.rows("malsammanfattning"), { mal_id: "andel-fullfoljda" }).status).toBe("uppnatt");
});
