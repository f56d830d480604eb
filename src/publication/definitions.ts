/**
 * What delivered numbers of persons have to do with one another by what they count. They have no rows to count: each is a kind of
 * its own, and so is what one has more than another. A relation that the numbers contradict is not used.
 */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { addDays } from "../schema/days.ts";

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

/** Persons of one slag in one period, of one kön or all. */
interface Count extends Pick<Cell, "slag" | "av" | "fran" | "till"> {
  readonly kon: string;
  readonly cells: readonly Cell[];
  readonly value: number;
}

/** Counts, weighed, that come to 0, or to a group of their own: so many persons more. */
interface Relation {
  readonly name: string;
  readonly terms: readonly (readonly [count: Count, weight: 1 | -1])[];
  readonly rest: number | undefined;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

const countOf = (cells: readonly Cell[], kon: string): Count[] =>
  cells.slice(0, 1).map((first) => ({ ...first, kon, cells, value: sum(cells.map(({ antal }) => antal)) }));

/** All counts that cells give: of each kön, and of all. */
const countsOf = (cells: readonly Cell[]): Count[] =>
  [...Map.groupBy(cells, ({ slag, fran, till }) => `${slag} ${fran} ${till}`).values()].flatMap((same) => [
    ...countOf(same, ""),
    ...["kvinna", "man", "okant"].flatMap((kon) =>
      countOf(
        same.filter((cell) => cell.kon === kon),
        kon,
      ),
    ),
  ]);

/** Events add up over time; who was there does not. */
const isEvent = ({ slag, av }: Count): boolean => ["nya", "avslutade"].includes(slag) || av === "avslutade";

/** Whether all that one slag counts are counted by another. */
const isPart = (one: Count, other: Count): boolean => {
  const [slag, parts = 1] = one.slag.split(" ");
  const [others, otherParts = 1] = other.slag.split(" ");
  if (slag === "planerat" || others === "planerat") return false;
  if (slag === "i_samverkansmote" && others === slag) return Number(parts) >= Number(otherParts);
  return [one.slag, one.av, "deltagare"].includes(other.slag) || (one.av !== null && other.slag === slag);
};

const isInside = (one: Count, other: Count): boolean => one.fran >= other.fran && one.till <= other.till;

/** Whether all persons of a count are counted by another. */
const isWithin = (one: Count, other: Count): boolean =>
  one !== other && isPart(one, other) && isInside(one, other) && (one.kon === other.kon || other.kon === "");

/** The next that counts are within, not those that are there by way of another. */
const nextOf = (one: Count, counts: readonly Count[]): Count[] => {
  const around = counts.filter((other) => isWithin(one, other));
  return around.filter((other) => !around.some((between) => isWithin(between, other)));
};

/** Periods as chains, each of which overlaps nowhere: the quarters of a year, its tertials. */
const chainsOf = (counts: readonly Count[]): Count[][] => {
  const left = [...counts].sort((a, b) => (a.fran < b.fran || (a.fran === b.fran && a.till < b.till) ? -1 : 1));
  const chains: Count[][] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const chain = [first];
    for (;;) {
      const { till } = chain.at(-1) ?? first;
      const adjacent = left.findIndex(({ fran }) => fran === addDays(till, 1));
      const next = adjacent >= 0 ? adjacent : left.findIndex(({ fran }) => fran > till);
      if (next < 0) break;
      chain.push(...left.splice(next, 1));
    }
    chains.push(chain);
  }
  return chains;
};

const isWhole = (chain: readonly Count[], { fran, till }: Count): boolean =>
  chain.at(0)?.fran === fran &&
  chain.at(-1)?.till === till &&
  chain.slice(1).every((one, i) => one.fran === addDays(chain[i]?.till ?? "", 1));

/** All who have some outcome of one question, unless they come to more than there are: then one person may have several. */
const allAnswers = (counts: readonly Count[]): Count[] => {
  const outcomes = counts.filter(({ av }) => av !== null);
  const questions = Map.groupBy(outcomes, ({ slag, kon, fran, till }) =>
    [slag.split(" ")[0], kon, fran, till].join(" "),
  );
  return [...questions.values()].flatMap((same) => {
    const [first] = same;
    if (!first || same.length < 2) return [];
    const cells = same.flatMap((one) => one.cells);
    const all = { ...first, slag: first.slag.split(" ")[0] ?? "", cells, value: sum(cells.map(({ antal }) => antal)) };
    const bases = nextOf(all, counts).filter(({ slag }) => slag === all.av);
    return bases.every(({ value }) => value >= all.value) ? [all] : [];
  });
};

const named = ({ slag, kon, fran, till }: Count): string => [slag, kon, `${fran}–${till}`].join(" ");

/** Some are among others: what the others have more is a group too, unless there can be none. */
const among = (parts: readonly Count[], whole: Count, isAll = false): Relation[] => {
  const rest = whole.value - sum(parts.map(({ value }) => value));
  if (rest < 0) return [];
  const name = `${parts.map(named).join(", ")} i ${named(whole)}`;
  const terms = [[whole, 1] as const, ...parts.map((part) => [part, -1] as const)];
  return [{ name, terms, rest: isAll && rest === 0 ? undefined : rest }];
};

/** What two ways to count come to. */
const same = (name: string, ...terms: Relation["terms"]): Relation[] =>
  sum(terms.map(([{ value }, weight]) => weight * value)) === 0 ? [{ name, terms, rest: undefined }] : [];

/** What is known of the counts of one insats, whatever they are. */
const relationsOf = (stated: readonly Count[]): Relation[] => {
  const counts = [...stated, ...allAnswers(stated)];
  const series = [...Map.groupBy(counts, ({ slag, kon }) => `${slag}/${kon}`).values()];
  const at = (slag: string, like: Count): Count | undefined =>
    counts.find((one) => one.slag === slag && one.kon === like.kon && one.fran === like.fran && one.till === like.till);
  /** The longest of a series within a count, as chains of at least two. */
  const chainsIn = (one: Count, own: readonly Count[]): Count[][] => {
    const inside = own.filter((other) => isWithin(other, one) && other.kon === one.kon);
    const longest = inside.filter((other) => !inside.some((longer) => isWithin(other, longer)));
    return chainsOf(longest).filter(({ length }) => length > 1);
  };
  /** Who is there in several periods is counted in each; who is there in any was there in the first or came later. */
  const ofPresent = (one: Count, chain: readonly Count[]): Relation[] => {
    const [first, ...later] = chain;
    const come = later.flatMap((each) => at("nya", each) ?? []);
    const twice = sum(chain.map(({ value }) => value)) - one.value;
    if (!first || !isWhole(chain, one)) return [];
    const periods = chain.map((each) => [each, 1] as const);
    const name = `${named(one)} i flera av ${chain.map(named).join(", ")}`;
    const several = twice < 0 ? [] : [{ name, terms: [...periods, [one, -1] as const], rest: twice }];
    if (come.length < later.length) return several;
    const arrivals = come.map((each) => [each, 1] as const);
    return [...several, ...same(`${named(one)} från ${named(first)}`, [one, -1], [first, 1], ...arrivals)];
  };
  return counts.flatMap((one) => {
    const own = counts.filter((other) => other.slag === one.slag && other.kon === one.kon);
    const chains = series.flatMap((other) => chainsIn(one, other));
    const ofChains = chains.flatMap((chain) => {
      const [first] = chain;
      if (first && isEvent(first)) return among(chain, one, first.slag === one.slag && isWhole(chain, one));
      return first?.slag === one.slag && one.slag === "deltagare" ? ofPresent(one, chain) : [];
    });
    // Who is there when a period ends is there when the next begins.
    const ended = one.slag === "deltagare" ? at("avslutade", one) : undefined;
    const ofFlow = own.flatMap((next) => {
      const come = next.fran === addDays(one.till, 1) ? at("nya", next) : undefined;
      return ended && come
        ? same(`pågående efter ${named(one)} och före ${named(next)}`, [one, 1], [ended, -1], [next, -1], [come, 1])
        : [];
    });
    const ofOne = nextOf(one, counts)
      .filter((other) => !one.cells.every((cell) => other.cells.includes(cell)))
      .flatMap((other) => among([one], other));
    return [...ofChains, ...ofFlow, ...ofOne];
  });
};

/**
 * Adds what is known of delivered numbers to `medlem`, as sets that come to 0.
 * @returns the sets, by insats
 */
export const relateDelivered = async (db: Database): Promise<ReadonlyMap<string, readonly string[]>> => {
  const cells = await db.rows<Cell>(`
    select insats_id, element, cast(antal as double) as antal, slag, av, kon, cast(fran as varchar) as fran, cast(till as varchar) as till
    from lamnat where antal = 0 or (insats_id, element) in (select (insats_id, element) from medlem) order by all`);
  const found = [...Map.groupBy(cells, ({ insats_id: insats }) => insats)].flatMap(([insats, own]) =>
    relationsOf(countsOf(own)).map((relation) => ({ ...relation, insats })),
  );
  const rows = found.flatMap(({ insats, name, terms, rest }, i) => {
    const weights = new Map<string, { vikt: number; ganger: number }>();
    const put = (element: string, vikt: number, ganger: number): void => {
      weights.set(element, { vikt, ganger: ganger + (weights.get(element)?.ganger ?? 0) });
    };
    for (const [count, weight] of terms)
      for (const { element, antal } of count.cells) if (antal > 0) put(element, antal, weight);
    if (rest !== undefined) put(`utöver ${name}`, rest, -1);
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
