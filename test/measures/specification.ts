/**
 * A measure's specification as tables: the delivered rows that matter, what each is to the figure, and the figure.
 *
 * A table is text: headings in the first line, cells between `|`, and after `→` what the row is to the goal's ungrouped
 * figure (`raknad`, `namnare`, `utesluten`, several joined by `+`, `–` where it was not looked at) and why.
 */

import { deriveLineage } from "../../src/lineage.ts";
import { resultsIn } from "../../src/output/swap.ts";
import { measures } from "../../src/schema/measures.ts";
import { type Cells, csv, deliver, type Folder, type Goal, pick, type Row } from "../contract/delivery.ts";

export interface Case {
  /** What the case specifies, in one sentence. */
  readonly says: string;
  /** The insats's first and last day; open where null. */
  readonly insats?: readonly [string | null, string | null];
  /** Dataset to its table, without insats_id. */
  readonly data: Readonly<Record<string, string>>;
  readonly mal?: Omit<Goal, "id" | "matt">;
  readonly fullstandiga?: readonly string[];
  /** The ungrouped rows in time order: the columns that matter of each. */
  readonly ger: readonly Row[];
  /** The rows of groups, by group value, where the goal has groups. */
  readonly grupper?: Readonly<Record<string, Row>>;
}

/** Measure → its cases. */
export type Specification = Readonly<Record<string, readonly Case[]>>;

export interface SaidRow {
  readonly dataset: string;
  /** The row as written, for messages. */
  readonly written: string;
  /** Which data row of the table, from 1. */
  readonly nr: number;
  readonly roll: string;
  readonly skal: string;
}

interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly Cells[];
  readonly said: readonly SaidRow[];
}

const cellsOf = (line: string): string[] => line.split("|").map((cell) => cell.trim());

/** Reads a table; a cell that says nothing is empty. */
export const tableOf = (dataset: string, text: string): Table => {
  const [head = "", ...lines] = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const headings = cellsOf(head.split("→")[0] ?? "").filter((heading) => heading !== "");
  const read = lines.map((line, i) => {
    const [data = "", says] = line.split("→");
    const [roll = "", skal = ""] = says === undefined ? [] : cellsOf(says);
    const cells = cellsOf(data).slice(0, headings.length);
    return { cells, said: says === undefined ? [] : [{ dataset, written: data.trim(), nr: i + 1, roll, skal }] };
  });
  return {
    headings,
    rows: read.map(({ cells }) => cells.map((cell) => (cell === "" ? null : cell))),
    said: read.flatMap(({ said }) => said),
  };
};

/** What every insats has unless its case says otherwise: three parties. */
const parter = `
  part_id | namn | huvudman
  af      | AF   | arbetsformedlingen
  fk      | FK   | forsakringskassan
  kommun  | Kommunen | kommun`;

export interface Specified extends Case {
  readonly matt: string;
  readonly insats_id: string;
}

export const casesOf = (specifications: readonly Specification[]): Specified[] =>
  specifications
    .flatMap((one) => Object.entries(one))
    .flatMap(([matt, cases]) => cases.map((one, i) => ({ ...one, matt, insats_id: `${matt}-${i + 1}` })));

/** Delivers every case as an insats of its own with one goal, and runs them once. */
export const runCases = (cases: readonly Specified[]): Promise<Folder> => {
  const files: Record<string, string> = {
    "forbund.csv": csv([
      ["forbund_id", "namn"],
      ["f", "F"],
    ]),
    "insats.csv": csv([
      ["insats_id", "namn", "startdatum", "slutdatum", "forbund_id"],
      ...cases.map(({ insats_id: id, insats: [start, end] = ["2020-01-01", "2020-12-31"] }) => [
        id,
        id,
        start,
        end,
        "f",
      ]),
    ]),
  };
  for (const { insats_id: id, data } of cases) {
    for (const [dataset, text] of Object.entries({ part: parter, ...data })) {
      const { headings, rows } = tableOf(dataset, text);
      files[`${id}/${dataset}.csv`] = csv([["insats_id", ...headings], ...rows.map((row) => [id, ...row])]);
    }
  }
  const pipelines = Object.fromEntries(
    cases.map(({ insats_id: id, matt, mal = {}, fullstandiga = [] }) => [
      `${id}.yaml`,
      {
        insats: id,
        kallor: ["../data/forbund.csv", "../data/insats.csv", `../data/${id}`],
        fullstandiga,
        mal: [{ id: "mal", matt, per: "hela", ...mal }],
      },
    ]),
  );
  return deliver({ files, pipelines });
};

/** What each delivered row was to a goal's ungrouped figure: `insats/dataset/row` → its roles and reasons. */
export const rolesIn = async (folder: Folder): Promise<Map<string, { roll: string; skal: string }>> => {
  const db = await resultsIn(folder.path("out"));
  const ids = await db.rows<{ resultat_id: string }>("select resultat_id from results.maluppfyllelse where grupp = ''");
  await deriveLineage(
    db,
    ids.map(({ resultat_id: id }) => id),
  );
  const found = await db.rows<{ insats_id: string; dataset: string; nr: number; roll: string; skal: string }>(`
    select mal.insats_id, tabell.dataset, rad.rad - 1 as nr,
      string_agg(distinct harkomst.roll, '+' order by harkomst.roll) as roll,
      coalesce(string_agg(distinct harkomst.skal, '; ' order by harkomst.skal), '') as skal
    from harkomst
    inner join results.maluppfyllelse as mal on mal.resultat_id = harkomst.resultat_id
    inner join inbox.rad as rad on rad.kallrad = harkomst.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    group by mal.insats_id, tabell.dataset, rad.rad`);
  db.close();
  return new Map(found.map(({ insats_id: id, dataset, nr, roll, skal }) => [`${id}/${dataset}/${nr}`, { roll, skal }]));
};

/** The columns that an expected row names, of a found one. */
export const alike = (found: Row | undefined, expected: Row): Row =>
  Object.fromEntries(Object.keys(expected).map((column) => [column, found?.[column] ?? null]));

export const figuresOf = (rows: Row[], insats: string, where: Row): Row[] =>
  pick(rows, { insats_id: insats, ...where });

export const measureNames: readonly string[] = [...measures.keys()];
