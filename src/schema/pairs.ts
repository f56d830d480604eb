/** Two insatser side by side in one measure, as the command `compare` gives them. */
import type { Row } from "./results.ts";

/** What has to change, from least to most; a coverage takes a new delivery; `inget`: no change makes them alike. */
export const andringar = [
  ...(["ingen", "period", "definition", "definition och period"] as const),
  ...(["täckning", "period och täckning", "definition och täckning", "definition, period och täckning"] as const),
  "inget",
] as const;
export type Andring = (typeof andringar)[number];

/** One insats's side of one measure. */
export type PairRow = Omit<Row<"parjamforelse">, "resultat_id">;
