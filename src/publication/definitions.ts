/**
 * What is known of delivered numbers of persons by what they count. They have no rows to count: each is a kind of its own, and so is
 * what one has more than another. A relation that the numbers contradict is not used.
 */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Count, nextOf, relationsOf, sumOf } from "../schema/counts.ts";

interface Cell {
  readonly insats_id: string;
  readonly element: string;
  readonly antal: number;
  readonly slag: string;
  readonly av: string | null;
  readonly kon: string | null;
  readonly fran: string;
  readonly till: string;
}

interface Counted extends Count {
  readonly cells: readonly Cell[];
  readonly value: number;
}

const countOf = (cells: readonly Cell[], grupp: string, what: Partial<Cell> = {}): Counted[] =>
  cells
    .slice(0, 1)
    .map((first) => ({ ...first, ...what, grupp, cells, value: cells.reduce((sum, { antal }) => sum + antal, 0) }));

/** All counts that cells give: of each kön, and of all. */
const countsOf = (cells: readonly Cell[]): Counted[] =>
  [...Map.groupBy(cells, ({ slag, fran, till }) => `${slag} ${fran} ${till}`).values()].flatMap((same) => [
    ...countOf(same, ""),
    ...["kvinna", "man", "okant"].flatMap((kon) =>
      countOf(
        same.filter((cell) => cell.kon === kon),
        kon,
      ),
    ),
  ]);

/** All who have some outcome of one question, unless they come to more than there are: then one person may have several. */
const allAnswers = (counts: readonly Counted[]): Counted[] => {
  const questionOf = ({ slag }: Count): string => slag.split(" ")[0] ?? "";
  const outcomes = counts.filter(({ av }) => av !== null);
  const questions = Map.groupBy(outcomes, (one) => [questionOf(one), one.grupp, one.fran, one.till].join(" "));
  return [...questions.values()].flatMap((same) =>
    countOf(
      same.flatMap(({ cells }) => cells),
      same[0]?.grupp ?? "",
      { slag: same[0] ? questionOf(same[0]) : "" },
    ).filter((all) => {
      const bases = nextOf(all, counts).filter(({ slag }) => slag === all.av);
      return same.length > 1 && bases.every(({ value }) => value >= all.value);
    }),
  );
};

/**
 * Adds what is known of delivered numbers to `medlem`, as sets that come to 0.
 * @returns the sets, by insats
 */
export const relateDelivered = async (db: Database): Promise<ReadonlyMap<string, readonly string[]>> => {
  const cells = await db.rows<Cell>(`
    select insats_id, element, cast(antal as double) as antal, slag, av, kon, cast(fran as varchar) as fran, cast(till as varchar) as till
    from lamnat where antal = 0 or (insats_id, element) in (select (insats_id, element) from medlem) order by all`);
  const found = [...Map.groupBy(cells, ({ insats_id: insats }) => insats)].flatMap(([insats, own]) => {
    const counts = countsOf(own);
    return relationsOf([...counts, ...allAnswers(counts)]).map((relation) => ({ ...relation, insats }));
  });
  const rows = found.flatMap(({ insats, name, terms, isZero }, i) => {
    const weights = new Map<string, { vikt: number; ganger: number }>();
    const put = (element: string, vikt: number, ganger: number): void => {
      weights.set(element, { vikt, ganger: ganger + (weights.get(element)?.ganger ?? 0) });
    };
    for (const [count, weight] of terms)
      for (const { element, antal } of count.cells) if (antal > 0) put(element, antal, weight);
    // Counts with common cells need no relation: the cells have it.
    if ([...weights.values()].every(({ ganger }) => ganger >= 0)) return [];
    if (!isZero) put(`utöver ${name}`, sumOf(terms) ?? 0, -1);
    return [...weights]
      .filter(([, { ganger }]) => ganger !== 0)
      .map(([element, { vikt, ganger }]) => ({ insats, name, mangd: `samband ${i}`, element, vikt, ganger }));
  });
  await appendRows(db, "medlem", rows, [
    ["varchar", ({ name }) => name],
    ["varchar", ({ mangd }) => mangd],
    ["varchar", () => "samband"],
    ["varchar", () => ""],
    ["varchar", ({ insats }) => insats],
    ["varchar", () => "deltagare"],
    ["varchar", ({ element }) => element],
    ["double", ({ vikt }) => vikt],
    ["double", ({ ganger }) => ganger],
  ]);
  return new Map(
    [...Map.groupBy(rows, ({ insats }) => insats)].map(([insats, own]) => [
      insats,
      [...new Set(own.map(({ mangd }) => mangd))],
    ]),
  );
};
