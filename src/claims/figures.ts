/** The figures of other results that formulas refer to: `[RESULT/key…#column]`, in kronor where öre. */
import type { Database } from "../db/open.ts";
import { measures } from "../schema/measures.ts";
import { compare, fromDecimal, over, plus, type Rational, rational, zero } from "../schema/rational.ts";
import { quote } from "../schema/reading.ts";
import { type ResultKind, type ResultName, resultNames, resultOf } from "../schema/results.ts";
import { counted } from "../schema/swedish.ts";
import { type Computed, type Missing, plainKnown, type Value } from "./quantity.ts";

/** A reference that names a result and a column that it has. */
interface Cell {
  readonly reference: string;
  readonly id: string;
  readonly name: ResultName;
  readonly column: string;
  readonly kind: ResultKind;
}

/** Whether a name in a formula is a result's, and no utsaga's. */
export const isResult = (name: string): boolean => resultNames.some((result) => name.startsWith(`${result}/`));

/** A reference as a cell of a result, or why it is none. */
export const cellOf = (reference: string): Cell | Missing => {
  const [id = "", stated] = reference.split("#");
  const name = resultNames.find((result) => id.startsWith(`${result}/`));
  if (!name) return { skal: "okanda_ord", missing: `${reference} är inget resultat` };
  const { main, columns } = resultOf(name);
  const column = stated ?? main;
  const kind = columns[column]?.kind;
  if (!kind) return { skal: "okanda_ord", missing: `${name} har ingen kolumn ${column}` };
  return { reference, id, name, column, kind };
};

const kronor = (ore: string): Rational => over(fromDecimal(ore), rational(100n));

const listOf = (texts: readonly string[]): string => texts.map(quote).join(", ");

/** What recomputed budget cells add up, in kronor, unless another reading of a period was used; and why the budget differs. */
const readRecomputations = async (
  db: Database,
  cells: readonly Cell[],
): Promise<Map<string, { readonly parts: readonly Rational[]; readonly forklaring: string | null }>> => {
  if (cells.length === 0) return new Map();
  const rows = await db.rows<{ resultat_id: string; forklaring: string | null; kostnader: readonly string[] }>(`
    select cell.resultat_id, cell.forklaring,
      coalesce(list(cast(rad.kostnad_ore as varchar) order by rad.kallrad) filter (not rad.ar_alternativ and rad.kostnad_ore is not null), []) as kostnader
    from results.budgetutfall as cell
    left join marts.post as post on post.insats_id = cell.insats_id and post.post = cell.post
    left join marts.bemanning_ar as rad on rad.post_id = post.post_id and rad.ar = cell.ar
    where cell.resultat_id in (${listOf(cells.map(({ id }) => id))})
    group by cell.resultat_id, cell.forklaring`);
  return new Map(
    rows.map(({ resultat_id: id, forklaring, kostnader }) => [id, { forklaring, parts: kostnader.map(kronor) }]),
  );
};

/** A cell's text, with what its row says of its unit. */
interface Found {
  readonly resultat_id: string;
  readonly kolumn: string;
  readonly varde: string | null;
  readonly enhet: string | null;
  readonly matt: string | null;
  /** How many refused rows may belong to it. */
  readonly avvisade: number | null;
}

const hundred = rational(100n);

/** Money enters as kronor whatever the column, and a share as 0–1. */
const numberOf = ({ column, kind }: Cell, { varde, enhet, matt }: Found & { varde: string }): Value => {
  const tal = fromDecimal(varde);
  const as = (unit: string, size = rational(1n)): Value => ({ slag: "tal", tal: over(tal, size), enhet: unit });
  if (kind === "ore") return as("kr", hundred);
  if (column === "kr_per_timme") return as("kr/timme");
  if (column.endsWith("_procent")) return as("andel", hundred);
  if (column.startsWith("andel") || column === "avtalad_andel" || column === "tackningsgrad") return as("andel");
  if (column === "timmar") return as("timmar");
  if (column === "taljare" || column === "namnare") {
    const isMoney = column === "taljare" && enhet?.startsWith("kr");
    return isMoney || measures.get(matt ?? "")?.registers.includes("budget") ? as("kr", hundred) : as("antal");
  }
  return as(kind === "heltal" || enhet === null ? "antal" : enhet.replace(/^kr\/.*/, "kr"));
};

/** Every figure of the results that some formula refers to, by its reference. */
export const readFigures = async (db: Database, references: readonly string[]): Promise<Map<string, Computed>> => {
  const figures = new Map<string, Computed>();
  const cells: Cell[] = [];
  for (const reference of new Set(references.filter(isResult))) {
    const cell = cellOf(reference);
    if ("missing" in cell) figures.set(reference, cell);
    else cells.push(cell);
  }
  if (cells.length === 0) return figures;
  const asked = Map.groupBy(cells, ({ name, column }) => {
    const beside = (other: string): string => (other in resultOf(name).columns ? other : "null");
    const refused = name === "leveranser" ? "null" : `coalesce(${beside("ofullstandig")}, ${beside("avvisade")})`;
    return `'${column}' as kolumn, cast("${column}" as varchar) as varde, ${beside("enhet")} as enhet, ${beside("matt")} as matt, ${refused} as avvisade from results.${name}`;
  });
  const selects = [...asked].map(
    ([select, own]) => `select resultat_id, ${select} where resultat_id in (${listOf(own.map(({ id }) => id))})`,
  );
  const rows = await db.rows<Found>(selects.join(" union all "));
  const found = new Map(rows.map((row) => [`${row.resultat_id}#${row.kolumn}`, row]));
  const isRecomputed = ({ name, column }: Cell): boolean => name === "budgetutfall" && column === "omraknad_ore";
  const recomputations = await readRecomputations(db, cells.filter(isRecomputed));
  const figureOf = (cell: Cell): Computed => {
    const row = found.get(`${cell.id}#${cell.column}`);
    if (!row) return { skal: "saknas", missing: `${cell.id} finns inte bland resultaten` };
    const { varde } = row;
    const isCount = cell.column === "ofullstandig" || cell.column === "avvisade";
    if (row.avvisade && !isCount) {
      const lost = row.avvisade === 1 ? "en rad som kan höra dit" : `${counted(row.avvisade)} rader som kan höra dit`;
      const missing = `${cell.reference} är inte hel: ${lost} har avvisats`;
      return { skal: "avvisade_rader", avvisade: row.avvisade, missing };
    }
    if (varde === null) return { skal: "saknas", missing: `${cell.reference} saknar värde` };
    if (cell.kind === "datum") return plainKnown({ slag: "datum", datum: varde });
    if (!Number.isFinite(Number(varde))) return { skal: "annat_slag", missing: `${cell.reference} är inget tal` };
    const value = numberOf(cell, { ...row, varde });
    const { parts = [], forklaring = null } = (isRecomputed(cell) ? recomputations.get(cell.id) : undefined) ?? {};
    const isSum = parts.length > 1 && value.slag === "tal" && compare(parts.reduce(plus, zero), value.tal) === 0;
    const enhet = value.slag === "tal" ? value.enhet : "";
    return {
      ...plainKnown(value),
      percent: enhet === "andel",
      ...(value.slag === "tal" && enhet === "antal" ? { counts: new Map([[cell.reference, value.tal]]) } : {}),
      ...(isSum ? { parts: parts.map((tal): Value => ({ slag: "tal", tal, enhet: "kr" })) } : {}),
      ...(forklaring ? { note: forklaring } : {}),
    };
  };
  for (const cell of cells) figures.set(cell.reference, figureOf(cell));
  return figures;
};
