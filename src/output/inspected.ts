/** What would be read of a file, for a terminal. */
import type { Inspected, Value } from "../schema/inspected.ts";
import { kronor } from "../schema/swedish.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { findingLines, grouped } from "./fynd.ts";
import { count, textTable } from "./table.ts";

/** What one file cannot show: whether what a table refers to is delivered, unless the file has a table of that. */
const leftToRun = ({ dataset, kolumner }: Inspected, all: readonly Inspected[]): string => {
  if (dataset === null)
    return "only a run can say: it refuses this table unless tolkning in the pipeline file says what it is";
  const columns = datasetOf(dataset).columns;
  const elsewhere = kolumner.flatMap(({ rubrik, kolumn }) => {
    const refers = datasetNames.find((name) => name === columns[kolumn ?? ""]?.refers);
    return refers && all.every((other) => other.dataset !== refers)
      ? [`${rubrik} in ${datasetOf(refers).heading}`]
      : [];
  });
  const references = elsewhere.length > 0 ? `whether each is delivered: ${elsewhere.join(", ")}; ` : "";
  return `only a run can say: ${references}whether other files hold the same rows; what the pipeline file changes`;
};

export const inspectedText = (table: Inspected, _: number, all: readonly Inspected[]): string => {
  const { fil, blad, kodning, avgransare, rubrikrad, dataset, kolumner, rader, avvisade, overhoppade, filfel } = table;
  const read = [kodning, avgransare && `separator ${avgransare}`, rubrikrad && `header in row ${rubrikrad}`];
  const parts = [
    `${fil}${blad === null ? "" : `, ${blad}`}: ${dataset ?? "no dataset"} (${read.filter(Boolean).join(", ")})`,
  ];
  if (filfel) return [...parts, `refused: ${filfel.meddelande}`].join("\n");
  parts.push(
    kolumner.map(({ rubrik, kolumn, slag: kind }) => `${rubrik} → ${kolumn ? `${kolumn}, ` : ""}${kind}`).join("; "),
  );
  const amounts = new Set(kolumner.filter(({ slag: kind }) => kind === "kr").map(({ rubrik }) => rubrik));
  const shown = ([rubrik, value]: [string, Value]): [string, Value] => [
    rubrik,
    amounts.has(rubrik) && typeof value === "number" ? kronor(value) : value,
  ];
  const rows = rader.slice(0, 20).map(({ rad, varden }) => ({
    rad,
    ...Object.fromEntries(Object.entries(varden).map(shown)),
  }));
  if (rows.length > 0) parts.push("", textTable(rows));
  if (rader.length > 20) parts.push(`… ${count(rader.length - 20, "row")} more; --json shows all`);
  if (avvisade.length > 0) parts.push(...findingLines(grouped(avvisade.map((one) => ({ ...one, fil, blad })))));
  if (overhoppade.length > 0)
    parts.push("", `passed over: ${overhoppade.map(({ rad, skal }) => `${rad} ${skal}`).join(", ")}`);
  return [...parts, "", leftToRun(table, all)].join("\n");
};
