/** From a figure to the rows it was made of. */
import type { Database } from "../db/open.ts";
import { UsageError } from "../schema/errors.ts";
import { type ResultName, resultNames, resultOf } from "../schema/results.ts";

export interface TracedRow {
  readonly fil: string;
  readonly blad: string | null;
  /** Null for a table that was refused whole. */
  readonly rad: number | null;
  readonly cell: string | null;
  readonly sha256: string;
  /** `raknad` counts, `namnare` is only in the whole, `utesluten` was looked at and left out, `avvisad` was refused and may belong to it. */
  readonly roll: "raknad" | "namnare" | "utesluten" | "avvisad";
  readonly skal: string | null;
}

export interface Trace {
  readonly resultat: Readonly<Record<string, string | number | boolean | null>>;
  readonly rader: readonly TracedRow[];
}

/** The rows that a column is made of; without a column, all that were looked at. */
const rolesFor = (name: ResultName, column: string | undefined): string => {
  const { del } = resultOf(name).columns[column ?? ""] ?? {};
  if (del === undefined) return "('raknad', 'namnare', 'utesluten', 'avvisad')";
  return del === "raknad" ? "('raknad', 'avvisad')" : "('raknad', 'namnare', 'avvisad')";
};

type DeriveLineage = (db: Database, ids: readonly string[]) => Promise<void>;

/**
 * The source rows of one figure, in the order of the files.
 * @param reference a resultat_id, with `#column` for one column of its row
 * @param deriveLineage fills the temporary table `harkomst` for the figures it is given
 * @throws UsageError with what there is instead
 */
export const trace = async (db: Database, reference: string, deriveLineage: DeriveLineage): Promise<Trace> => {
  const [id = "", column] = reference.split("#");
  const name = resultNames.find((result) => id.startsWith(`${result}/`));
  if (!name) throw new UsageError(`${id}: no such result; a resultat_id starts with one of ${resultNames.join(", ")}`);
  if (column !== undefined && !(column in resultOf(name).columns)) {
    throw new UsageError(`${name} has no column ${column}; it has ${Object.keys(resultOf(name).columns).join(", ")}`);
  }
  const [resultat] = await db.rows<Trace["resultat"]>(`select * from results.${name} where resultat_id = $id`, { id });
  if (!resultat) {
    const near = await db.rows<{ resultat_id: string }>(
      `select resultat_id from results.${name} order by levenshtein(resultat_id, cast($id as varchar)), resultat_id limit 3`,
      { id },
    );
    throw new UsageError(`${id}: no such row; near it: ${near.map(({ resultat_id: other }) => other).join(", ")}`);
  }
  await deriveLineage(db, [id]);
  const rader = await db.rows<TracedRow>(`
    select distinct tabell.fil, nullif(tabell.blad, '') as blad, rad.rad,
      kolumnbokstav(coalesce(plats.cell, list_position(list_transform(rad.celler, lambda c: trim(c) <> ''), true) - 1)) || cast(rad.rad as varchar) as cell,
      tabell.sha256, harkomst.roll, harkomst.skal
    from harkomst
    left join inbox.rad as rad on rad.kallrad = harkomst.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = coalesce(rad.tabell_id, harkomst.tabell_id)
    left join checks.kolumn as plats on plats.tabell_id = tabell.tabell_id and plats.kolumn = harkomst.kolumn
    where harkomst.roll in ${rolesFor(name, column)}
    order by tabell.fil, blad, rad.rad, cell, harkomst.roll`);
  return { resultat, rader };
};
