/**
 * What is known of delivered numbers of persons by what they count. They have no rows to count: each is a kind of its own, and so is
 * what one has more than another. A relation that the numbers contradict is not used.
 */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Count, nextOf, relationsOf, sumOf } from "../schema/counts.ts";
import { addDays } from "../schema/days.ts";
import { Worlds } from "./worlds.ts";

export interface Cell {
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

/** A cell, or what counts have more than others, in a set that comes to 0. */
interface Related {
  readonly name: string;
  readonly mangd: string;
  readonly element: string;
  readonly vikt: number;
  readonly ganger: number;
}

type Weights = ReadonlyMap<string, number>;

/** Sets that come to 0: of cells, and of what counts have more than others. */
const differences = (
  counts: readonly Counted[],
): { name: string; weights: Weights; rest?: readonly [string, number] }[] =>
  relationsOf([...counts, ...allAnswers(counts)]).flatMap(({ name, terms, isZero }) => {
    const weights = new Map<string, number>();
    for (const [count, weight] of terms)
      for (const { element } of count.cells) weights.set(element, (weights.get(element) ?? 0) + weight);
    // Counts with common cells need no relation: the cells have it.
    if ([...weights.values()].every((weight) => weight >= 0)) return [];
    return [{ name, weights, ...(isZero ? {} : { rest: [`utöver ${name}`, sumOf(terms) ?? 0] as const }) }];
  });

/**
 * Who takes part in a period is there when it begins or comes in it; who is there when it ends was there or came, and has not gone.
 * How many come, go and are there in the shortest periods that the counts tell apart is not known.
 */
const flow = (counts: readonly Counted[]): { name: string; weights: Weights }[] => {
  const own = counts.filter(({ slag }) => ["deltagare", "nya", "avslutade"].includes(slag));
  const days = [...new Set(own.flatMap(({ fran, till }) => [fran, addDays(till, 1)]))].sort();
  const groups = own.some(({ grupp }) => grupp !== "") ? ["kvinna", "man", "okant"] : [""];
  const stocks = days.slice(1).flatMap((day, i) =>
    groups.map((grupp) => {
      const from = days[i] ?? "";
      const terms = [
        [`finns ${day}`, 1],
        [`finns ${from}`, -1],
        [`kommer ${from}`, -1],
        [`går ${from}`, 1],
      ] as const;
      return { name: `finns ${day}`, weights: new Map(terms.map(([what, weight]) => [`${what} ${grupp}`, weight])) };
    }),
  );
  const sums = own
    .filter(({ grupp }) => grupp !== "okant")
    .map((count) => {
      const { slag, fran, till, cells } = count;
      const inside = days.filter((day) => day >= fran && day <= till);
      const parts = [
        ...(slag === "deltagare" ? [`finns ${fran}`] : []),
        ...inside.map((day) => `${slag === "avslutade" ? "går" : "kommer"} ${day}`),
      ];
      const latent = parts.flatMap((part) =>
        groups
          .filter((grupp) => count.grupp === "" || grupp === count.grupp)
          .map((grupp) => [`${part} ${grupp}`, -1] as const),
      );
      return {
        name: `${slag} ${fran}–${till}`,
        weights: new Map([...cells.map(({ element }) => [element, 1] as const), ...latent]),
      };
    });
  return [...stocks, ...sums];
};

/** What is known of the cells of one insats. What the cells' own numbers contradict is left out. */
export const relate = (cells: readonly Cell[]): Related[] => {
  const counts = countsOf(cells);
  const real = new Map(cells.filter(({ antal }) => antal > 0).map(({ element, antal }) => [element, antal]));
  const zero = new Set(cells.filter(({ antal }) => antal === 0).map(({ element }) => element));
  const flows = flow(counts);
  const unknown = [...new Set(flows.flatMap(({ weights }) => [...weights.keys()]))].filter(
    (element) => !real.has(element) && !zero.has(element),
  );
  let worlds = new Worlds(unknown.length);
  const possible = flows.filter(({ weights }) => {
    const tried = worlds.copy();
    const sum = [...weights].reduce((total, [element, weight]) => total + weight * (real.get(element) ?? 0), 0);
    if (!tried.add({ weights: unknown.map((element) => weights.get(element) ?? 0), op: "=", value: -sum }))
      return false;
    worlds = tried;
    return true;
  });
  return [...differences(counts), ...possible].flatMap(
    ({ name, weights, rest }: { name: string; weights: Weights; rest?: readonly [string, number] }, i) => [
      ...[...weights].flatMap(([element, ganger]) =>
        ganger === 0 || zero.has(element)
          ? []
          : [{ name, mangd: `samband ${i}`, element, vikt: real.get(element) ?? 0, ganger }],
      ),
      ...(rest ? [{ name, mangd: `samband ${i}`, element: rest[0], vikt: rest[1], ganger: -1 }] : []),
    ],
  );
};

/**
 * Adds what is known of delivered numbers to `medlem`.
 * @returns the sets, by insats
 */
export const relateDelivered = async (db: Database): Promise<ReadonlyMap<string, readonly string[]>> => {
  const cells = await db.rows<Cell>(`
    select insats_id, element, cast(antal as double) as antal, slag, av, kon, cast(fran as varchar) as fran, cast(till as varchar) as till
    from lamnat where antal = 0 or (insats_id, element) in (select (insats_id, element) from medlem) order by all`);
  const ofInsats = Map.groupBy(cells, ({ insats_id: insats }) => insats);
  const related = new Map([...ofInsats].map(([insats, own]) => [insats, relate(own)] as const));
  const rows = [...related].flatMap(([insats, own]) => own.map((one) => ({ ...one, insats })));
  await appendRows(db, "medlem", rows, [
    ["varchar", ({ name }) => name],
    ["varchar", ({ insats, mangd }) => `${mangd} ${insats}`],
    ["varchar", () => "samband"],
    ["varchar", () => ""],
    ["varchar", ({ insats }) => insats],
    ["varchar", () => "deltagare"],
    ["varchar", ({ element }) => element],
    ["double", ({ vikt }) => vikt],
    ["double", ({ ganger }) => ganger],
  ]);
  return new Map(
    [...related].map(([insats, own]) => [insats, [...new Set(own.map(({ mangd }) => `${mangd} ${insats}`))]]),
  );
};
