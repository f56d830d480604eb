/** `finsam citat` reads deliveries before the door, and says of them only what may be said. */
import { expect, test } from "vitest";
import { folder } from "../contract/delivery.ts";
import { workbook } from "../corpus/workbook.ts";

const rows = (...citat: string[]): string[][] => [
  ["insats_id", "leverabel_id", "text", "status", "dokument", "citat"],
  ...citat.map((one, i) => ["i", String(i), "T", "klar", one.includes("borta") ? "640823 3234.txt" : "r.txt", one]),
];

test("quotations are found in every kind of file, and a number is shown in none of what is said", async () => {
  const d = folder({
    files: {
      "leverabel.csv": rows("tre möten", "Ring 19811228-9874 om tid", "811228 9874 är borta"),
      "bok.xlsx": workbook({ sheets: [{ name: "Leverabel", rows: rows("fyra möten", "640823-3234 saknas") }] }),
      "trasig.xlsx": "ingen arbetsbok",
      "dok/r.txt": "Det blev tre möten, och fyra möten till.",
    },
    pipelines: { "p.yaml": { insats: "i" } },
  });
  for (const more of [[], ["--json"]]) {
    const { code, stdout, stderr } = await d.cli(["citat", "data/dok", ...more]);
    expect([code, stderr]).toEqual([1, ""]);
    expect(stdout).toMatch(more.length > 0 ? /"found": 2/ : /2 quotations found, 3 not/);
    for (const masked of ["Ring 19****-**** om tid", "19****-**** är borta", "no document 19****-****.txt"])
      expect(stdout).toContain(masked);
    expect(stdout).not.toMatch(/9874|3234/);
  }
}, 60_000);
