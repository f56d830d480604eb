/** Figures that moved, for a terminal: what each was, what it is, why; the same reason said once. */
import type { Row } from "../schema/results.ts";

const none = "–";

/** `figur#kolumn: före → efter`, gathered under the reason that they share. */
export const changesText = (rows: readonly Row<"andring">[]): string => {
  if (rows.length === 0) return "No figure moved.";
  const reasons = new Map<string, Row<"andring">[]>();
  for (const row of rows) {
    const key = `${row.insats_id}, jämfört med ${row.jamfort_med}\n    ${row.forklaring}`;
    reasons.set(key, [...(reasons.get(key) ?? []), row]);
  }
  const lines = [
    `${rows.length} ${rows.length === 1 ? "figure" : "figures"} moved. --json and --csv have each with its reason.`,
  ];
  for (const [reason, own] of reasons) {
    lines.push("", reason);
    for (const { figur, kolumn, fore, efter } of own)
      lines.push(`      ${figur}#${kolumn}: ${fore ?? none} → ${efter ?? none}`);
  }
  return lines.join("\n");
};
