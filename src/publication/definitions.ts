/**
 * What is known of numbers of persons by what they count, where who is counted does not say it. Delivered numbers have no rows to
 * count: each is a kind of its own, and so is what one number has more than another. Of a register, a person whom a figure counts once
 * may be there by another entry in a longer period. A relation that the numbers contradict is not used.
 */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Count, type Del, nextOf, relationsOf, sumOf, whatOf } from "../schema/counts.ts";
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

/** A count with what is counted in it: delivered numbers, or entries of a register. */
interface Counted<C = Cell> extends Count {
  readonly cells: readonly C[];
  readonly value: number;
}

interface Entry {
  readonly element: string;
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

interface Difference {
  readonly name: string;
  readonly weights: Weights;
  readonly rest?: readonly [element: string, persons: number];
}

/** Sets that come to 0: of cells, and of what counts have more than others. */
const differences = (counts: readonly Counted<Entry>[]): Difference[] =>
  relationsOf(counts).flatMap(({ name, terms, isZero }) => {
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
  return setsOf([...differences([...counts, ...allAnswers(counts)]), ...possible], (element) =>
    zero.has(element) ? undefined : (real.get(element) ?? 0),
  );
};

/** @param personsOf how many an element is; undefined where it is none */
const setsOf = (found: readonly Difference[], personsOf: (element: string) => number | undefined): Related[] =>
  found.flatMap(({ name, weights, rest }, i) => [
    ...[...weights].flatMap(([element, ganger]) => {
      const vikt = personsOf(element);
      return ganger === 0 || vikt === undefined ? [] : [{ name, mangd: `samband ${i}`, element, vikt, ganger }];
    }),
    ...(rest ? [{ name, mangd: `samband ${i}`, element: rest[0], vikt: rest[1], ganger: -1 }] : []),
  ]);

/** A figure's part that counts entries of a register, each once. */
interface Part {
  readonly insats_id: string;
  readonly register: string;
  readonly matt: string;
  readonly parametrar: string;
  readonly grupp: string;
  readonly fran: string;
  readonly till: string;
  readonly del: Del;
  readonly element: readonly string[];
}

/** The parts of the registers in which some person is counted by several entries: elsewhere the entries say all. */
const partsOfSeveral = `
  select fraga.rad, medlem.insats_id, medlem.register, fraga.matt, fraga.parametrar, if(fraga.grupp = '', '', fraga.grupp || '/' || fraga.gruppvarde) as grupp,
    cast(fraga.fran as varchar) as fran, cast(fraga.till as varchar) as till, medlem.del, list(medlem.element order by medlem.element) as element
  from medlem inner join temp.omfragad as fraga on fraga.rad = try_cast(split_part(medlem.mangd, ' ', 1) as bigint)
  where medlem.del in ('taljare', 'namnare') and (medlem.insats_id, medlem.register) in (
    select (insats_id, register) from medlem where person is not null group by insats_id, register, person having count(distinct element) > 1)
  group by all order by all`;

/** Of the counts of one register, what one has few more than others: what it has many more says nobody's number. */
const relateParts = (parts: readonly Part[], threshold: number): Related[] => {
  const counts = parts.flatMap(({ matt, parametrar, del, element, ...period }): Counted<Entry>[] => {
    const what = whatOf(matt, parametrar, del);
    return what ? [{ ...period, ...what, cells: element.map((one) => ({ element: one })), value: element.length }] : [];
  });
  const same = new Map(counts.map((one) => [[one.slag, one.grupp, one.fran, one.till].join(" "), one]));
  const few = differences([...same.values()]).filter(({ rest: [, more] = ["", 0] }) => more > 0 && more < threshold);
  return setsOf(few, () => 1);
};

/**
 * Adds what is known of numbers to `medlem`.
 * @returns the sets, by insats
 */
export const relateCounts = async (
  db: Database,
  thresholdOf: (insats: string) => number,
): Promise<ReadonlyMap<string, readonly string[]>> => {
  const cells = await db.rows<Cell>(`
    select insats_id, element, cast(antal as double) as antal, slag, av, kon, cast(fran as varchar) as fran, cast(till as varchar) as till
    from lamnat where antal = 0 or (insats_id, element) in (select (insats_id, element) from medlem) order by all`);
  const parts = await db.rows<Part>(partsOfSeveral);
  const registers = Map.groupBy(parts, ({ insats_id: insats, register }) => `${register} ${insats}`);
  const rows = [
    ...[...Map.groupBy(cells, ({ insats_id: insats }) => insats)].flatMap(([insats, own]) =>
      relate(own).map((one) => ({ ...one, insats, register: "deltagare", place: insats })),
    ),
    ...[...registers].flatMap(([place, own]) =>
      relateParts(own, thresholdOf(own[0]?.insats_id ?? "")).map((one) => ({
        ...one,
        insats: own[0]?.insats_id ?? "",
        register: own[0]?.register ?? "",
        place,
      })),
    ),
  ].map(({ mangd, place, ...one }) => ({ ...one, mangd: `${mangd} ${place}` }));
  await appendRows(db, "medlem", rows, [
    ["varchar", ({ name }) => name],
    ["varchar", ({ mangd }) => mangd],
    ["varchar", () => "samband"],
    ["varchar", () => ""],
    ["varchar", ({ insats }) => insats],
    ["varchar", ({ register }) => register],
    ["varchar", ({ element }) => element],
    ["double", ({ vikt }) => vikt],
    ["double", ({ ganger }) => ganger],
    ["varchar", () => null],
  ]);
  const sets = Map.groupBy(rows, ({ insats }) => insats);
  return new Map([...sets].map(([insats, own]) => [insats, [...new Set(own.map(({ mangd }) => mangd))]]));
};
