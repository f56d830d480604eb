/** Two insatser side by side in one measure, as the command `compare` gives them. */
import type { Row } from "./results.ts";

/** One insats's side of one measure. */
export type PairRow = Omit<Row<"parjamforelse">, "resultat_id">;

/** What has to change, from least to most; `inget`: no change makes them alike. */
export type Andring = PairRow["andring"];
