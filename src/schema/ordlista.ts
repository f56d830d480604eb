/**
 * The words of the field, as names: `data/ordlista.csv`. A word enters there before a table, column or value uses it: folded,
 * as it is really spelled, and one line of English. Two words may not fold alike.
 */
import { readFileSync } from "node:fs";

const file = new URL("../../data/ordlista.csv", import.meta.url);
const [, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");

export const ordlista: Readonly<Record<string, { readonly stavning: string; readonly english: string }>> =
  Object.fromEntries(
    lines.map((line) => {
      const [ord = "", stavning = "", ...english] = line.split(";");
      return [ord, { stavning, english: english.join(";") }];
    }),
  );
