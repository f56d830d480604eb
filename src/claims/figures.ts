/** The figures of other results that claims refer to: `RESULT/key…` or `RESULT/key…#column`, in kronor where öre. */
import type { Database } from "../db/open.ts";
import { compare, fromDecimal, over, plus, type Rational, rational, zero } from "../schema/rational.ts";
import { type ResultKind, type ResultName, resultNames, resultOf } from "../schema/results.ts";
import type { Computed, Value } from "./printed.ts";

/** A reference that names a result and a column that it has. */
interface Cell {
  readonly reference: string;
  readonly id: string;
  readonly name: ResultName;
  readonly column: string;
  readonly kind: ResultKind;
}

/** A reference as a cell of a result, or why it is none. */
const cellOf = (reference: string): Cell | { readonly missing: string } => {
  const [id = "", stated] = reference.split("#");
  const name = resultNames.find((result) => id.startsWith(`${result}/`));
  if (!name) return { missing: `${reference} är inget resultat` };
  const { main, columns } = resultOf(name);
  const column = stated ?? main;
  const kind = columns[column]?.kind;
  return kind ? { reference, id, name, column, kind } : { missing: `${name} har ingen kolumn ${column}` };
};

const kronor = (ore: string): Rational => over(fromDecimal(ore), rational(100n));

const listOf = (texts: readonly string[]): string => texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ");

/** What recomputed budget cells add up, in kronor, unless another reading of a period was used; and why the budget differs. */
const readRecomputations = async (
  db: Database,
  ids: readonly string[],
): Promise<Map<string, { readonly parts: readonly Rational[]; readonly forklaring: string | null }>> => {
  const rows = await db.rows<{ resultat_id: string; forklaring: string | null; kostnader: readonly string[] }>(`
    select cell.resultat_id, cell.forklaring,
      coalesce(list(cast(rad.kostnad_ore as varchar) order by rad.kallrad) filter (not rad.ar_alternativ and rad.kostnad_ore is not null), []) as kostnader
    from results.budgetutfall as cell
    left join marts.post as post on post.insats_id = cell.insats_id and post.post = cell.post
    left join marts.bemanning_ar as rad on rad.post_id = post.post_id and rad.ar = cell.ar
    where cell.resultat_id in (${listOf(ids)})
    group by cell.resultat_id, cell.forklaring`);
  return new Map(
    rows.map(({ resultat_id: id, forklaring, kostnader }) => [id, { forklaring, parts: kostnader.map(kronor) }]),
  );
};

/** Every figure of the results that some claim refers to, by its reference. */
export const readFigures = async (db: Database, references: readonly string[]): Promise<Map<string, Computed>> => {
  const figures = new Map<string, Computed>();
  const cells: Cell[] = [];
  for (const reference of new Set(references.filter((ref) => ref.includes("/")))) {
    const cell = cellOf(reference);
    if ("missing" in cell) figures.set(reference, cell);
    else cells.push(cell);
  }
  if (cells.length === 0) return figures;
  const asked = Map.groupBy(
    cells,
    ({ name, column }) => `'${column}' as kolumn, cast("${column}" as varchar) as varde from results.${name}`,
  );
  const selects = [...asked].map(
    ([select, own]) => `select resultat_id, ${select} where resultat_id in (${listOf(own.map(({ id }) => id))})`,
  );
  const rows = await db.rows<{ resultat_id: string; kolumn: string; varde: string | null }>(
    selects.join(" union all "),
  );
  const found = new Map(rows.map(({ resultat_id: id, kolumn, varde }) => [`${id}#${kolumn}`, varde]));
  const isRecomputed = ({ name, column }: Cell): boolean => name === "budgetutfall" && column === "omraknad_ore";
  const recomputed = cells.filter(isRecomputed);
  const recomputations =
    recomputed.length === 0
      ? undefined
      : await readRecomputations(
          db,
          recomputed.map(({ id }) => id),
        );
  const figureOf = (cell: Cell): Computed => {
    const varde = found.get(`${cell.id}#${cell.column}`);
    if (varde === undefined) return { missing: `${cell.id} finns inte bland resultaten` };
    if (varde === null) return { missing: `${cell.reference} saknar värde` };
    if (cell.kind === "datum") return { value: { kind: "datum", datum: varde } };
    if (!Number.isFinite(Number(varde))) return { missing: `${cell.reference} är inget tal` };
    const tal = cell.kind === "ore" ? kronor(varde) : fromDecimal(varde);
    const value: Value = { kind: "tal", tal };
    const { parts = [], forklaring = null } = (isRecomputed(cell) ? recomputations?.get(cell.id) : undefined) ?? {};
    const isSum = parts.length > 1 && compare(parts.reduce(plus, zero), tal) === 0;
    return {
      value,
      ...(isSum ? { parts: parts.map((part): Value => ({ kind: "tal", tal: part })) } : {}),
      ...(forklaring ? { note: forklaring } : {}),
    };
  };
  for (const cell of cells) figures.set(cell.reference, figureOf(cell));
  return figures;
};
