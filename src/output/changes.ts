/** Changed figures for a terminal: each before and after, under its reason. */
import type { Row } from "../schema/results.ts";
import { count } from "./table.ts";

const none = "–";

export interface Diff {
  readonly rows: readonly Row<"andring">[];
  /** Insatser without any figure on `from`: there is nothing to compare. */
  readonly nya: readonly string[];
  /** Whether anything had been received by `to`. */
  readonly ar_tomt: boolean;
}

/** `figur#kolumn: före → efter`, grouped by reason. */
export const changesText = ({ rows, nya, ar_tomt: isEmpty }: Diff): string => {
  if (isEmpty) return "Nothing had been received by the later day: there are no figures to compare.";
  const reasons = Map.groupBy(
    rows,
    ({ insats_id: insats, jamfort_med: day, forklaring }) => `${insats}, jämfört med ${day}\n    ${forklaring}`,
  );
  const lines =
    rows.length === 0
      ? ["No figure moved."]
      : [`${count(rows.length, "figure")} moved. --json and --csv have each with its reason.`];
  if (nya.length > 0) lines.push(`New since the earlier day, with nothing to compare: ${nya.join(", ")}`);
  for (const [reason, own] of reasons) {
    lines.push("", reason);
    for (const { figur, kolumn, fore, efter } of own)
      lines.push(`      ${figur}#${kolumn}: ${fore ?? none} → ${efter ?? none}`);
  }
  return lines.join("\n");
};
