/** What becomes of a goal over its rows. It needs nothing else, so that a notebook can use it in a browser. */
import type { Status } from "./judge.ts";

export type GoalStatus = Status | "delvis";

/** A goal's verdict over its rows: all measurable met, none, or some; not measurable when no row is. */
export const summarise = (rows: readonly { readonly status: string }[]): GoalStatus => {
  const met = rows.filter(({ status }) => status === "uppnatt").length;
  const unmet = rows.filter(({ status }) => status === "ej_uppnatt").length;
  if (met + unmet === 0) return "ej_matbart";
  if (unmet === 0) return "uppnatt";
  return met === 0 ? "ej_uppnatt" : "delvis";
};

/** Whether what the report says differs from what the data say; null where one of them says nothing. */
export const deviates = (reported: string | null, status: GoalStatus): boolean | null => {
  if (reported === null || reported === "reviderat" || status === "ej_matbart") return null;
  const agrees = { ja: "uppnatt", nej: "ej_uppnatt", delvis: "delvis" }[reported];
  return agrees !== status;
};
