/** Two insatser side by side in one measure, as the command `compare` gives them. */

/** What has to change, from least to most; `inget`: no change makes them alike. */
export type Andring = "ingen" | "period" | "definition" | "definition och period" | "inget";

/** One insats's side of one measure, in the columns of `modelljamforelse`. */
export interface PairRow {
  readonly insats_id: string;
  readonly modell: string | null;
  readonly forbund_id: string | null;
  readonly matt: string;
  readonly definition: string;
  readonly fran: string | null;
  readonly till: string | null;
  readonly varde: number | null;
  readonly enhet: string;
  readonly n: number | null;
  readonly ki_lag: number | null;
  readonly ki_hog: number | null;
  readonly tackningsgrad: number | null;
  readonly jamforbar: boolean;
  readonly andring: Andring;
  /** Why not, or what to think of when reading the two; null where there is nothing. */
  readonly skal: string | null;
  readonly ofullstandig: number;
}
