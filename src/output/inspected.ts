/** What would be read of a file, for a terminal. */
import type { Inspected, Value } from "../schema/inspected.ts";
import { kronor } from "../schema/swedish.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { findingLines, grouped } from "./fynd.ts";
import { count, textTable } from "./table.ts";

/** What one file cannot show: whether what a table refers to is delivered, unless the file has a table of that. */
const leftToRun = (table: Inspected, all: readonly Inspected[], lack: (table: Inspected) => string): string => {
  const { dataset, kolumner } = table;
  if (dataset === null)
    return `only a run can say: it refuses this table unless tolkning in the pipeline file says what it is. ${lack(table)}`;
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

/** How many rows were passed over, by why, and where those of one table stand. */
const passedText = (tables: readonly Inspected[]): string[] => {
  const all = tables.flatMap(({ overhoppade }) => overhoppade);
  if (all.length === 0) return [];
  const places =
    tables.length === 1
      ? all.map(({ rad, skal }) => `${rad} ${skal}`)
      : [...Map.groupBy(all, ({ skal }) => skal)].map(([skal, rows]) => `${skal} ${rows.length}`);
  return ["", `passed over: ${places.join(", ")}`];
};

/** Tables of one file that are read alike, with the rows of the first and what was found in any. */
const alikeText = (
  tables: readonly Inspected[],
  all: readonly Inspected[],
  lack: (table: Inspected) => string,
): string => {
  const [table, ...others] = tables;
  if (!table) return "";
  const { fil, blad, kodning, avgransare, rubrikrad, dataset, kolumner, rader, filfel } = table;
  const read = [kodning, avgransare && `separator ${avgransare}`, rubrikrad && `header in row ${rubrikrad}`];
  const last = others.at(-1);
  const sheets = last ? `${blad} … ${last.blad} (${tables.length} sheets alike)` : blad;
  const parts = [
    `${fil}${sheets === null ? "" : `, ${sheets}`}: ${dataset ?? "no dataset"} (${read.filter(Boolean).join(", ")})`,
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
  const more = tables.reduce((sum, one) => sum + one.rader.length, 0) - rows.length;
  if (more > 0) parts.push(`… ${count(more, "row")} more; --json shows all`);
  const found = tables.flatMap((one) => one.avvisade.map((fynd) => ({ ...fynd, fil, blad: one.blad })));
  parts.push(...findingLines(grouped(found)), ...passedText(tables));
  return [...parts, "", leftToRun(table, all, lack)].join("\n");
};

/**
 * Each table; sheets of a file that are read alike, as those of months, once.
 * @param lack what a table that is no dataset lacks, as a sentence
 */
export const inspectedText = (tables: readonly Inspected[], lack: (table: Inspected) => string): string =>
  [
    ...Map.groupBy(tables, ({ dataset, kolumner, filfel }) =>
      JSON.stringify([dataset, kolumner, filfel?.meddelande]),
    ).values(),
  ]
    .map((alike) => alikeText(alike, tables, lack))
    .join("\n\n");
