/** A trace as a terminal shows it: the figure, how many rows made it and how many did not and why, then the rows, a page at a time. */
import { basename } from "node:path";
import { UsageError } from "../schema/errors.ts";
import { count, textTable } from "./table.ts";
import type { Trace, TracedRow } from "./trace.ts";

export interface Paging {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
}

const roles = ["raknad", "namnare", "utesluten", "avvisad"] as const;

/** How many rows have each value. */
const tally = (values: readonly string[]): [string, number][] =>
  [...Map.groupBy(values, (value) => value)].map(([value, own]) => [value, own.length]);

/** `inte kallad (2), mötet är planerat (1)`, the most common first. */
const reasons = (rows: readonly TracedRow[]): string =>
  tally(rows.flatMap(({ skal }) => skal ?? []))
    .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    .map(([skal, n]) => `${skal} (${n})`)
    .join(", ");

/** ` (12 in mote.csv, 12 in narvaro.csv)`: one thing that counts may rest on rows of several files. */
const places = (rows: readonly TracedRow[]): string => {
  const files = tally(rows.map(({ fil }) => fil));
  return files.length < 2 ? "" : ` (${files.map(([fil, n]) => `${n} in ${basename(fil)}`).join(", ")})`;
};

/** What counted, what was only in the denominator, what was left out and why; roles without rows are not named. */
const countsText = (rows: readonly TracedRow[]): string => {
  const words = { raknad: "counted", namnare: "only in the denominator", utesluten: "left out", avvisad: "refused" };
  const parts = roles.flatMap((role) => {
    const own = rows.filter(({ roll }) => roll === role);
    const why = reasons(own);
    return own.length === 0
      ? []
      : [`${count(own.length, "row")} ${words[role]}${places(own)}${why === "" ? "" : `: ${why}`}`];
  });
  return parts.length === 0 ? "no rows" : parts.join("; ");
};

/**
 * @param found its rows are shown by role: counted, then the denominator's, then those left out
 * @throws UsageError when there is no such page
 */
export const traceText = ({ resultat, rader }: Trace, { page, perPage }: Paging): string => {
  const pages = Math.max(1, Math.ceil(rader.length / perPage));
  if (page > pages) throw new UsageError(`page ${page}: there ${pages === 1 ? "is 1 page" : `are ${pages} pages`}`);
  const first = (page - 1) * perPage;
  const shown = roles
    .flatMap((role) => rader.filter(({ roll }) => roll === role))
    .slice(first, first + perPage)
    .map((row) => ({ ...row, sha256: row.sha256.slice(0, 12) }));
  const facts = Object.entries(resultat)
    .filter(([, value]) => value !== null && value !== "")
    .map(([column, value]) => `${column.padEnd(18)} ${value}`);
  const more =
    pages === 1
      ? []
      : [
          "",
          `rows ${first + 1}–${first + shown.length} of ${rader.length}, page ${page} of ${pages}${page < pages ? `; --page ${page + 1} for more` : ""}`,
        ];
  return [...facts, "", countsText(rader), "", ...(shown.length === 0 ? [] : [textTable(shown)]), ...more].join("\n");
};
