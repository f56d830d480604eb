/**
 * The words of the field, as names: `data/ordlista.csv`. A word enters there before a table, column or value uses it: folded,
 * as it is really spelled, and one line of English. Two words may not fold alike.
 */
import { readFileSync } from "node:fs";

/** The lines of a list of words, each with its cells. */
const listOf = (file: URL): string[][] =>
  readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => line.split(";"));

export const ordlista: Readonly<Record<string, { readonly stavning: string; readonly english: string }>> =
  Object.fromEntries(
    listOf(new URL("../../data/ordlista.csv", import.meta.url)).map(([ord = "", stavning = "", ...english]) => [
      ord,
      { stavning, english: english.join(";") },
    ]),
  );

/** What codes are called when people read them: `data/lasord.csv`. */
export const lasord: Readonly<Record<string, string>> = Object.fromEntries(
  listOf(new URL("../../data/lasord.csv", import.meta.url)),
);

const lists = Map.groupBy(listOf(new URL("../../data/vallistor.csv", import.meta.url)), ([list]) => list);

/** A closed list of `data/vallistor.csv`: each of its values, and the other ways it is written. */
export const closedList = (list: string): Readonly<Record<string, readonly string[]>> => {
  const rows = lists.get(list);
  if (rows === undefined) throw new Error(`data/vallistor.csv has no list ${list}`);
  return Object.fromEntries(rows.map(([, value = "", written = ""]) => [value, written.split(", ").filter(Boolean)]));
};
