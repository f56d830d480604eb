/** Every budget cell that its staffing lines do not give, with the simplest account of it: `results.budgetforklaring`. */
import { append, appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { fromDecimal, type Rational } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { type Line, runOf, successorsOf } from "./line.ts";
import { type Cell, type Explanation, type Found, search } from "./search.ts";
import { explainedAmount, explanationText, type OtherYear, unexplainedText } from "./sentences.ts";

type Place = "rad_id" | "kallrad" | "part_id" | "roll" | "fran" | "till" | "till_alt" | "dokument" | "avsnitt";
type Amount = "varav" | "manadskostnad" | "heltidskostnad" | "manadslon" | "po_faktor";

/** A line as it is read: numbers as they are written. */
interface LineRow extends Pick<Line, Place>, Readonly<Record<Amount, string | null>> {
  readonly insats_id: string;
  readonly post_id: number;
  readonly omfattning: string;
}

interface BudgetRow {
  readonly insats_id: string;
  readonly post_id: number;
  readonly ar: number;
  readonly post: string;
  readonly belopp: string;
  readonly ansokt: string | null;
}

const readLines = async (db: Database): Promise<(LineRow & { readonly line: Line })[]> => {
  const rows = await db.rows<LineRow>(`
    select rad_id, insats_id, post_id, kallrad, part_id, roll, fran, till,
      case when till_alt >= fran then till_alt end as till_alt,
      cast(omfattning as varchar) as omfattning, cast(varav_omfattning as varchar) as varav, cast(manadskostnad_ore as varchar) as manadskostnad,
      cast(heltidskostnad_ore as varchar) as heltidskostnad, cast(manadslon_ore as varchar) as manadslon,
      cast(po_faktor as varchar) as po_faktor, dokument, avsnitt
    from marts.bemanning order by insats_id, rad_id`);
  const times = await db.rows<{ rad_id: number; ar: number; ar_alternativ: boolean; delar: string }>(
    "select rad_id, ar, ar_alternativ, cast(delar as varchar) as delar from marts.bemanning_ar order by rad_id, ar",
  );
  const byLine = Map.groupBy(times, ({ rad_id: id }) => id);
  const decimal = (text: string | null): Rational | null => (text === null ? null : fromDecimal(text));
  return rows.map((row) => {
    const months = (isOther: boolean): Map<number, bigint> =>
      new Map(
        (byLine.get(row.rad_id) ?? [])
          .filter(({ ar_alternativ: other }) => other === isOther)
          .map(({ ar, delar }) => [ar, BigInt(delar)]),
      );
    const periods = { delar: months(false), delar_alt: row.till_alt === null ? null : months(true) };
    const shares = { omfattning: fromDecimal(row.omfattning), varav: decimal(row.varav) };
    const [manadskostnad, heltidskostnad] = [decimal(row.manadskostnad), decimal(row.heltidskostnad)];
    const pay = { manadslon: decimal(row.manadslon), po_faktor: decimal(row.po_faktor) };
    return { ...row, line: { ...row, ...shares, manadskostnad, heltidskostnad, ...pay, ...periods } };
  });
};

const kindOf = ({ change, besides }: Explanation): string => change?.kind ?? besides?.slag ?? "lasning";

/** The rows an explanation rests on: those it changes, those it takes its figures from, those read the other way and what they are read with. */
const evidenceOf = ({ reading, change }: Explanation, { lines, ar }: Cell): Line[] => {
  const changed = change?.priced.map(({ line }) => line) ?? [];
  const beside = change?.kind === "bredvid" ? changed.flatMap((line) => successorsOf(line, lines)) : [];
  const read = reading.flatMap((line) => runOf(line, lines, ar));
  const all = [...read, ...changed, ...beside, ...(change?.of ?? [])];
  if (all.length === 0) return lines.filter(({ delar }) => delar.has(ar));
  return [...new Map(all.map((line) => [line.rad_id, line])).values()];
};

const placesOf = (values: readonly (string | null)[]): string | null => {
  const stated = [...new Set(values.filter((value) => value !== null))];
  return stated.length === 0 ? null : stated.join("; ");
};

/** The explanations of a cell, each with the lines that it rests on. */
const rowsOf = (budget: BudgetRow, cell: Cell, found: Found, others: readonly OtherYear[]) => {
  const { insats_id: insats, ar, post } = budget;
  const row = (nr: number, slag: string, ore: bigint | null, mening: string, evidence: readonly Line[]) => ({
    evidence,
    row: {
      resultat_id: resultId("budgetforklaring", [insats, ar, post, nr]),
      ...{ insats_id: insats, ar, post, nr, slag, mening },
      belopp_ore: ore === null ? null : Number(ore),
      dokument: placesOf(evidence.map(({ dokument }) => dokument)),
      avsnitt: placesOf(evidence.map(({ avsnitt }) => avsnitt)),
    } satisfies Row<"budgetforklaring">,
  });
  if (found.explanations.length === 0) {
    const lines = cell.lines.filter(({ delar }) => delar.has(ar));
    return [row(1, "ej_forklarad", null, unexplainedText(cell, found), lines)];
  }
  return found.explanations.map((one, i) =>
    row(i + 1, kindOf(one), explainedAmount(one, cell), explanationText(one, cell, others), evidenceOf(one, cell)),
  );
};

/**
 * Fills `results.budgetforklaring` for every cell with a budget and staffing lines that do not come to it, and notes in
 * `results.harkomst` which rows each explanation rests on.
 */
export const explainBudgets = async (db: Database): Promise<void> => {
  const lines = Map.groupBy(await readLines(db), ({ insats_id: insats }) => insats);
  const budgets = await db.rows<BudgetRow>(`
    select budget.insats_id, budget.post_id, budget.ar, post.post, cast(budget.belopp_ore as varchar) as belopp,
      cast(budget.ansokt_ore as varchar) as ansokt
    from marts.budget as budget inner join marts.post as post on post.post_id = budget.post_id
    order by budget.insats_id, budget.ar, post.post`);
  const cells = budgets.flatMap((budget) => {
    const all = lines.get(budget.insats_id) ?? [];
    const own = all.filter(({ post_id: post }) => post === budget.post_id).map(({ line }) => line);
    if (own.length === 0) return [];
    const ansokt = budget.ansokt === null ? null : BigInt(budget.ansokt);
    const staffing = { ar: budget.ar, lines: own, all: all.map(({ line }) => line) };
    const cell: Cell = { ...staffing, budget: BigInt(budget.belopp), ansokt };
    return [{ budget, cell, found: search(cell) }];
  });
  const isGiven = ({ cell, found }: (typeof cells)[number]): boolean => found.recomputed === cell.budget;
  const explained = cells
    .filter((one) => !isGiven(one))
    .flatMap(({ budget, cell, found }) => {
      const others = cells
        .filter((one) => one.budget.post_id === budget.post_id && isGiven(one))
        .map((one) => ({ ar: one.budget.ar, budget: one.cell.budget }));
      return rowsOf(budget, cell, found, others);
    });
  const rows = explained.map(({ row }) => row);
  await append(db, "budgetforklaring", rows);
  const role = { kolumn: "omfattning", roll: "raknad", skal: null };
  const evidence = explained.flatMap(({ row: { resultat_id }, evidence: own }) =>
    own.map(({ kallrad }) => ({ resultat_id, kallrad, ...role })),
  );
  const columns = "resultat_id varchar, kallrad bigint, kolumn varchar, roll varchar, skal varchar";
  await appendFields(db, "results.harkomst", columns, evidence);
};
