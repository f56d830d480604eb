/** The figures of other results that claims refer to: `RESULT/key…` or `RESULT/key…#column`, in kronor where öre. */
import type { Database } from "../db/open.ts";
import { compare, fromDecimal, over, plus, type Rational, rational } from "../schema/rational.ts";
import { resultNames, resultOf } from "../schema/results.ts";
import type { Computed, Value } from "./printed.ts";

/** What a recomputed budget cell adds up, in kronor, unless another reading of a period was used; and why the budget differs. */
const recomputation = async (
  db: Database,
  id: string,
  sum: Rational,
): Promise<{ readonly parts?: readonly Value[]; readonly note?: string }> => {
  const lines = await db.rows<{ kostnad: string }>(
    `select cast(rad.kostnad_ore as varchar) as kostnad
     from marts.bemanning_ar as rad inner join results.budgetutfall as cell
       on cell.insats_id = rad.insats_id and cell.ar = rad.ar and sv_vik(cell.post) = sv_vik(rad.post)
     where cell.resultat_id = $id and not rad.ar_alternativ order by rad.kallrad`,
    { id },
  );
  const [cell] = await db.rows<{ forklaring: string | null }>(
    "select forklaring from results.budgetutfall where resultat_id = $id",
    { id },
  );
  const parts = lines.map(({ kostnad }) => over(fromDecimal(kostnad), rational(100n)));
  const isSum = compare(parts.reduce(plus, rational(0n)), sum) === 0;
  return {
    ...(isSum && parts.length > 1 ? { parts: parts.map((tal): Value => ({ kind: "tal", tal })) } : {}),
    ...(cell?.forklaring ? { note: cell.forklaring } : {}),
  };
};

/** Every figure of the results that some claim refers to: `RESULT/key…` or `RESULT/key…#column`. */
export const readFigures = async (db: Database, references: readonly string[]): Promise<Map<string, Computed>> => {
  const figures = new Map<string, Computed>();
  for (const reference of new Set(references.filter((ref) => ref.includes("/")))) {
    const [id = "", column] = reference.split("#");
    const name = resultNames.find((result) => id.startsWith(`${result}/`));
    if (!name) {
      figures.set(reference, { missing: `${reference} är inget resultat` });
      continue;
    }
    const shape = resultOf(name);
    const wanted = column ?? shape.main;
    const kind = shape.columns[wanted]?.kind;
    if (!kind) {
      figures.set(reference, { missing: `${name} har ingen kolumn ${wanted}` });
      continue;
    }
    const [row] = await db.rows<{ varde: string | null }>(
      `select cast("${wanted}" as varchar) as varde from results.${name} where resultat_id = $id`,
      { id },
    );
    if (!row) figures.set(reference, { missing: `${id} finns inte bland resultaten` });
    else if (row.varde === null) figures.set(reference, { missing: `${reference} saknar värde` });
    else if (kind === "datum") figures.set(reference, { value: { kind: "datum", datum: row.varde } });
    else if (!/^-?[\d.]+$/.test(row.varde)) figures.set(reference, { missing: `${reference} är inget tal` });
    else {
      const tal = kind === "ore" ? over(fromDecimal(row.varde), rational(100n)) : fromDecimal(row.varde);
      const value = { kind: "tal", tal } as const;
      figures.set(reference, {
        value,
        ...(name === "budgetutfall" && wanted === "omraknad_ore" ? await recomputation(db, id, tal) : {}),
      });
    }
  }
  return figures;
};
