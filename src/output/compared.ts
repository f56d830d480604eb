/** Two insatser side by side, for a terminal: a line for each measure, and what to think of below it. */
import type { PairRow } from "../schema/pairs.ts";
import { inUnit, number } from "../schema/swedish.ts";
import { textTable } from "./table.ts";

/** `58,3 %; n 24; 38,8–75,5 %` */
const figureText = ({ varde, enhet, n, ki_lag: lag, ki_hog: hog }: PairRow): string => {
  if (varde === null) return "";
  const asked = (value: number): string => inUnit(value, enhet);
  return [
    asked(varde),
    n === null ? [] : `n ${number(n)}`,
    lag === null || hog === null ? [] : `${asked(lag)}–${asked(hog)}`,
  ]
    .flat()
    .join("; ");
};

export const comparedText = (rows: readonly PairRow[]): string => {
  const pairs = [...Map.groupBy(rows, ({ matt }) => matt)];
  const comparable = pairs.filter(([, [first]]) => first?.jamforbar).length;
  const table = pairs.map(([matt, [first, second]]) => ({
    matt,
    andring: first?.andring ?? "",
    period: first?.fran && first.till ? `${first.fran}–${first.till}` : "",
    [first?.insats_id ?? "en"]: first ? figureText(first) : "",
    [second?.insats_id ?? "annan"]: second ? figureText(second) : "",
    definition: first?.definition ?? "",
    skal: first?.skal ?? "",
  }));
  return `${textTable(table)}

${comparable} of ${pairs.length} measures can be compared (andring: what has to change; inget: nothing makes them alike).
An interval says how much chance there is in a small number. Two values side by side are no effect of the way of working.`;
};
