/** What `finsam check` says that pipelines would read, count and lack. */
import type { Row } from "./results.ts";

/** What one goal of one insats rests on. */
export interface CheckedGoal {
  readonly insats_id: string;
  readonly mal_id: string;
  readonly text: string;
  readonly matt: string;
  /** The datasets that its measure reads, and those of them that it finds rows in. */
  readonly dataset: readonly string[];
  readonly underlag: readonly string[];
  /** How many evidence rows it selects, and the days that they span. */
  readonly rader: number;
  readonly fran: string | null;
  readonly till: string | null;
  /** How many windows are judged, and how many cannot be, by reason. */
  readonly fonster: number;
  readonly ej_matbart: Readonly<Record<string, number>>;
}

/** What a pipeline file says of no table. */
export interface IdleRule {
  readonly pipeline: string;
  readonly rad: number;
  readonly fil: string;
  readonly blad: string | null;
  readonly dataset: string | null;
}

export interface Checked {
  readonly leveranser: readonly (Row<"leveranser"> & { readonly pipeline: string })[];
  readonly mal: readonly CheckedGoal[];
  /** Insatser that a pipeline names and nothing delivers: `file: id`. */
  readonly okanda: readonly string[];
  readonly datakvalitet: readonly Row<"datakvalitet">[];
  readonly tolkning: readonly IdleRule[];
  readonly rejected: boolean;
}
