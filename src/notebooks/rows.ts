/** What a notebook starts from and the exports do not have: delivered rows as they came, and a measure's evidence. */
import type { Database } from "../db/open.ts";
import { UsageError } from "../schema/errors.ts";
import { evidence, measures } from "../schema/measures.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";

export interface DeliveredCell {
  readonly rubrik: string;
  /** The dataset's column that it was read as; null where it was left out. */
  readonly kolumn: string | null;
  readonly cell: string;
  readonly varde: string;
}

export interface DeliveredRow {
  readonly kallrad: number;
  readonly fil: string;
  readonly blad: string | null;
  readonly rad: number;
  readonly celler: readonly DeliveredCell[];
}

/**
 * The loaded rows of one dataset for one insats, cell by cell, in the order of the files.
 * @throws UsageError where there is no such dataset, or it is not about an insats
 */
export const deliveredRows = async (db: Database, insats: string, dataset: string): Promise<DeliveredRow[]> => {
  const name = datasetNames.find((known) => known === dataset);
  if (!name || !("insats_id" in datasetOf(name).columns)) {
    throw new UsageError(`${dataset}: no dataset with rows of an insats`);
  }
  const cells = await db.rows<Omit<DeliveredRow, "celler"> & DeliveredCell>(
    `
    select rad.kallrad, tabell.fil, nullif(tabell.blad, '') as blad, rad.rad, tabell.rubriker[plats.nr] as rubrik,
      kolumn.kolumn, kolumnbokstav(plats.nr - 1) || cast(rad.rad as varchar) as cell, rad.celler[plats.nr] as varde
    from staging.${name} as last
    inner join inbox.rad as rad on rad.kallrad = last.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
    cross join unnest(range(1, len(tabell.rubriker) + 1)) as plats(nr)
    left join checks.kolumn as kolumn on kolumn.tabell_id = tabell.tabell_id and kolumn.cell = plats.nr - 1
    where last.insats_id = $insats
    order by tabell.fil, blad, rad.rad, plats.nr`,
    { insats },
  );
  const rows = new Map<number, Omit<DeliveredRow, "celler"> & { readonly celler: DeliveredCell[] }>();
  for (const { kallrad, fil, blad, rad, ...cell } of cells) {
    const row = rows.get(kallrad) ?? { kallrad, fil, blad, rad, celler: [] };
    row.celler.push(cell);
    rows.set(kallrad, row);
  }
  return [...rows.values()];
};

/** @throws UsageError where there is no such measure */
export const evidenceRows = async (db: Database, insats: string, matt: string): Promise<Record<string, unknown>[]> => {
  const measure = measures.get(matt);
  if (!measure) throw new UsageError(`${matt}: no such measure; there are ${[...measures.keys()].join(", ")}`);
  const { filter, raknas, minst } = measure;
  const columns = new Set([...Object.keys(evidence), ...filter, ...raknas, ...Object.values(minst)]);
  const named = [...columns].map((column) => `"${column}"`).join(", ");
  return db.rows(
    `select ${named} from measures.${measure.name} where insats_id = $insats order by kallrader, datum, fran, taljare`,
    { insats },
  );
};
