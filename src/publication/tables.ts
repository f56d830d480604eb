/**
 * Protects tables of numbers without a register: which cells to hide so that no hidden one can be narrowed down. The fewest are
 * found by turns: the cells to hide that break every proof found so far, then an attack that finds new proofs.
 */
import { Worlds } from "./worlds.ts";

type Keys = Readonly<Record<string, string>>;

export interface Table {
  readonly dims: readonly string[];
  readonly total?: string;
  readonly hierarchies?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly cells: readonly { readonly keys: Keys; readonly value: number | null; readonly primary?: boolean }[];
  readonly integer?: boolean;
}

export interface Protected {
  /** The labels of each hidden cell, in the order of `dims`. */
  readonly suppressed: readonly (readonly string[])[];
  readonly primara: number;
  readonly sekundara: number;
  readonly marginaler: readonly (readonly string[])[];
  /** Whether fewer could not be hidden. */
  readonly optimalt: boolean;
  /** What is still known of each hidden cell. */
  readonly intervall: readonly { readonly keys: Keys; readonly lag: number; readonly hog: number | null }[];
}

/** One number, wherever it stands. */
interface Cell {
  readonly value: number;
  readonly isPrimary: boolean;
  readonly isMargin: boolean;
}

/** A number that is the sum of others: weights by cell that come to 0. */
type Relation = ReadonlyMap<number, number>;

const defaultTotal = "Totalt";

/** Of one population, what the labels that are no total say: the same in every table. */
const nameOf = ({ total = defaultTotal }: Table, keys: Keys): string =>
  JSON.stringify(
    Object.entries(keys)
      .filter(([, label]) => label !== total)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What each label of a dimension is the sum of. */
const childrenOf = (table: Table, dim: string): Map<string, readonly string[]> => {
  const { total = defaultTotal, hierarchies = {}, cells } = table;
  const stated = Object.entries(hierarchies[dim] ?? {});
  const inside = new Set(stated.flatMap(([, children]) => children));
  const labels = [...new Set(cells.map(({ keys }) => keys[dim] ?? total))];
  const top = labels.filter((label) => label !== total && !inside.has(label));
  return new Map([...(stated.some(([parent]) => parent === total) ? [] : [[total, top] as const]), ...stated]);
};

const relationsOf = (table: Table, indexOf: (keys: Keys) => number | undefined): Relation[] =>
  table.dims.flatMap((dim) => {
    const children = childrenOf(table, dim);
    return table.cells.flatMap(({ keys }): Relation[] => {
      const parts = (children.get(keys[dim] ?? table.total ?? defaultTotal) ?? []).map((label) =>
        indexOf({ ...keys, [dim]: label }),
      );
      const parent = indexOf(keys);
      const isWhole = parts.length > 0 && parts.every((part) => part !== undefined);
      return isWhole && parent !== undefined
        ? [new Map([[parent, -1], ...parts.map((part) => [part ?? -1, 1] as const)])]
        : [];
    });
  });

/** How many ways to choose are tried before what was found is taken as it is. */
const mostChoices = 5000;

/** Cells that break every proof, those first that break most for what they cost. */
const breakSoon = (proofs: readonly ReadonlySet<number>[], costOf: (cell: number) => number): ReadonlySet<number> => {
  const greedy = new Set<number>();
  for (
    let open = proofs;
    open.length > 0;
    open = open.filter((proof) => ![...greedy].some((cell) => proof.has(cell)))
  ) {
    const counts = new Map<number, number>();
    for (const proof of open) for (const cell of proof) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    const best = [...counts].reduce((a, b) => (b[1] / costOf(b[0]) > a[1] / costOf(a[0]) ? b : a));
    greedy.add(best[0]);
  }
  return greedy;
};

/**
 * The cells that break every proof at the least cost: branch and bound over the smallest proof that is not broken.
 * @param enough what some cells that do so cost: undefined where none are found that cost less
 */
const breakAll = (
  proofs: readonly ReadonlySet<number>[],
  costOf: (cell: number) => number,
  enough: number,
): { readonly cells: ReadonlySet<number> | undefined; readonly isLeast: boolean } => {
  let best: ReadonlySet<number> | undefined;
  let least = enough;
  let tried = 0;
  const search = (open: readonly (readonly number[])[], chosen: readonly number[], cost: number): void => {
    if (++tried > mostChoices || cost >= least) return;
    if (open.length === 0) {
      best = new Set(chosen);
      least = cost;
      return;
    }
    // Proofs that share no cell each cost at least their cheapest.
    const used = new Set<number>();
    let bound = cost;
    for (const proof of [...open].sort((a, b) => a.length - b.length)) {
      if (proof.some((cell) => used.has(cell))) continue;
      bound += Math.min(...proof.map(costOf));
      if (bound >= least) return;
      for (const cell of proof) used.add(cell);
    }
    let left = open;
    for (const cell of open.reduce((a, b) => (b.length < a.length ? b : a))) {
      search(
        left.filter((proof) => !proof.includes(cell)),
        [...chosen, cell],
        cost + costOf(cell),
      );
      left = left.map((proof) => (proof.includes(cell) ? proof.filter((one) => one !== cell) : proof));
    }
  };
  const byCost = (proof: ReadonlySet<number>): number[] => [...proof].sort((a, b) => costOf(a) - costOf(b));
  const smallest = proofs
    .filter(
      (proof, i) =>
        !proofs.some(
          (other, j) => i !== j && [...other].every((cell) => proof.has(cell)) && (other.size < proof.size || j < i),
        ),
    )
    .map(byCost);
  search(smallest, [], 0);
  return { cells: best, isLeast: tried <= mostChoices };
};

/** What is known of a hidden cell, with the shown cells that the bounds rest on. */
interface Range {
  readonly lag: number;
  readonly hog: number;
  readonly proof: ReadonlySet<number>;
}

/** How far a hidden number may go, given all that is shown. */
class Attack {
  /** Whether the numbers add up. */
  isPossible = true;
  readonly #hidden: readonly number[];
  readonly #relations: readonly Relation[];
  readonly #worlds: Worlds;

  constructor(cells: readonly Cell[], relations: readonly Relation[], hidden: ReadonlySet<number>) {
    this.#hidden = [...hidden];
    this.#relations = relations.filter((relation) => [...relation.keys()].some((cell) => hidden.has(cell)));
    this.#worlds = new Worlds(this.#hidden.length);
    for (const relation of this.#relations) {
      const weights = this.#hidden.map((cell) => relation.get(cell) ?? 0);
      const value = [...relation].reduce(
        (sum, [cell, weight]) => sum - (hidden.has(cell) ? 0 : weight * (cells[cell]?.value ?? 0)),
        0,
      );
      this.isPossible &&= this.#worlds.add({ weights, op: "=", value });
    }
  }

  /** The end of a cell's range in one direction, in whole numbers where it is a whole number. */
  #end(cell: number, sign: 1 | -1): { readonly value: number; readonly proof: readonly number[] } {
    const aim = this.#hidden.map((other) => (other === cell ? sign : 0));
    const most = this.#worlds.most(aim, Number.POSITIVE_INFINITY);
    return most
      ? { value: sign * most.value, proof: most.proof }
      : { value: Number.NaN, proof: this.#relations.map(() => 1) };
  }

  /** The last whole number towards an end that some table of whole numbers has; its own number at least. */
  #wholeEnd(cell: number, op: "<=" | ">=", end: number, own: number): number {
    const step = op === ">=" ? -1 : 1;
    if (!Number.isFinite(end)) return end;
    const weights = this.#hidden.map((other) => (other === cell ? 1 : 0));
    for (let value = op === ">=" ? Math.floor(end + 1e-6) : Math.ceil(end - 1e-6); value !== own; value += step) {
      const worlds = this.#worlds.copy();
      if (worlds.add({ weights, op, value }) && worlds.whole(new Set(), 0)) return value;
    }
    return own;
  }

  /** What is known of a cell whose number may be any, and what proves it. */
  rangeOf(cell: number, isHidden: (cell: number) => boolean): Range {
    const [up, down] = [this.#end(cell, 1), this.#end(cell, -1)];
    const proof = new Set<number>();
    for (const end of [up, down]) {
      const weights = new Map<number, number>();
      for (const [i, relation] of this.#relations.entries())
        for (const [other, weight] of relation)
          weights.set(other, (weights.get(other) ?? 0) + weight * (end.proof[i] ?? 0));
      for (const [other, weight] of weights) if (!isHidden(other) && Math.abs(weight) > 1e-7) proof.add(other);
    }
    return { lag: down.value, hog: up.value, proof };
  }

  /**
   * The same of a cell that is a whole number: what only whole numbers prove may rest on any shown cell.
   * @param value the cell's own number
   */
  wholeRangeOf(cell: number, value: number, { lag, hog }: Range, isHidden: (cell: number) => boolean): Range {
    const all = this.#relations.flatMap((relation) => [...relation.keys()].filter((other) => !isHidden(other)));
    return {
      lag: this.#wholeEnd(cell, "<=", lag, value),
      hog: this.#wholeEnd(cell, ">=", hog, value),
      proof: new Set(all),
    };
  }
}

/** A margin costs more than all inner cells together. */
const marginCost = 10_000;

/**
 * Hides as few cells of linked tables as is found, so that each hidden primary one may be two numbers at least `width` apart.
 * @returns undefined if the numbers do not add up
 */
export const protectTables = (tables: readonly Table[], threshold: number, width: number): Protected[] | undefined => {
  const cells: Cell[] = [];
  const places = new Map<string, number>();
  const isUnknown = new Set<number>();
  const isMarked = tables.some((table) => table.cells.some(({ primary }) => primary !== undefined));
  for (const table of tables)
    for (const { keys, value, primary } of table.cells) {
      const name = nameOf(table, keys);
      const at = places.get(name);
      const isPrimary = value === null || (isMarked ? primary === true : value > 0 && value < threshold);
      const isMargin = table.dims.some((dim) => childrenOf(table, dim).has(keys[dim] ?? table.total ?? defaultTotal));
      const known = at === undefined ? undefined : cells[at];
      const cell = {
        value: value ?? known?.value ?? 0,
        isPrimary: isPrimary || known?.isPrimary === true,
        isMargin: isMargin && known?.isMargin !== false,
      };
      const place = at ?? cells.length;
      if (value === null && at === undefined) isUnknown.add(place);
      if (value !== null) isUnknown.delete(place);
      places.set(name, place);
      cells[place] = cell;
    }
  const relations = tables.flatMap((table) => relationsOf(table, (keys) => places.get(nameOf(table, keys))));
  const isSum = (relation: Relation): boolean =>
    [...relation.keys()].some((cell) => isUnknown.has(cell)) ||
    Math.abs([...relation].reduce((sum, [cell, weight]) => sum + weight * (cells[cell]?.value ?? 0), 0)) < 1e-6;
  if (!relations.every(isSum)) return undefined;
  const primary = cells.flatMap(({ isPrimary }, i) => (isPrimary ? [i] : []));
  const costOf = (cell: number): number => (cells[cell]?.isMargin ? marginCost : 1);
  const proofs: ReadonlySet<number>[] = [];
  const isWhole =
    tables.every(({ integer }) => integer !== false) && cells.every(({ value }) => Number.isInteger(value));
  let hidden: ReadonlySet<number> = new Set(primary);
  let isLeast = true;
  /** The cheapest that is safe of what was tried. */
  let safe: { readonly hidden: ReadonlySet<number>; readonly cost: number } | undefined;
  const isHidden = (cell: number): boolean => hidden.has(cell);
  const numberOf = (cell: number): number => cells[cell]?.value ?? 0;
  const isNarrow = ({ lag, hog }: Range): boolean => !(hog - lag >= width - 1e-6);
  for (;;) {
    const attack = new Attack(cells, relations, hidden);
    if (!attack.isPossible) return undefined;
    const found = new Map(primary.map((cell) => [cell, attack.rangeOf(cell, isHidden)]));
    let narrow = [...found.values()].filter(isNarrow);
    if (narrow.length === 0 && isWhole) {
      for (const [cell, range] of found) found.set(cell, attack.wholeRangeOf(cell, numberOf(cell), range, isHidden));
      narrow = [...found.values()].filter(isNarrow);
    }
    const breakable = narrow.filter(({ proof }) => proof.size > 0).map(({ proof }) => proof);
    const costOfAll = [...hidden].reduce((sum, cell) => sum + (cells[cell]?.isPrimary ? 0 : costOf(cell)), 0);
    if (breakable.length === 0) {
      if (safe === undefined || costOfAll < safe.cost) safe = { hidden, cost: costOfAll };
      const broken = breakAll(proofs, costOf, safe.cost);
      isLeast = broken.isLeast;
      if (broken.cells) {
        hidden = new Set([...primary, ...broken.cells]);
        continue;
      }
      hidden = safe.hidden;
      break;
    }
    proofs.push(...breakable);
    hidden = new Set([...primary, ...breakSoon(proofs, costOf)]);
  }
  const attack = new Attack(cells, relations, hidden);
  const ranges = new Map(
    [...hidden].map((cell) => {
      const range = attack.rangeOf(cell, isHidden);
      return [cell, isWhole ? attack.wholeRangeOf(cell, numberOf(cell), range, isHidden) : range] as const;
    }),
  );
  return tables.map((table) => {
    const own = table.cells.filter(({ keys }) => hidden.has(places.get(nameOf(table, keys)) ?? -1));
    const at = (keys: Keys): number => places.get(nameOf(table, keys)) ?? -1;
    const labels = (keys: Keys): string[] => table.dims.map((dim) => keys[dim] ?? table.total ?? defaultTotal);
    const isPrimary = (keys: Keys): boolean => cells[at(keys)]?.isPrimary ?? false;
    return {
      suppressed: own.map(({ keys }) => labels(keys)),
      primara: own.filter(({ keys }) => isPrimary(keys)).length,
      sekundara: own.filter(({ keys }) => !isPrimary(keys)).length,
      marginaler: own
        .filter(({ keys }) => cells[at(keys)]?.isMargin && !isPrimary(keys))
        .map(({ keys }) => labels(keys)),
      optimalt: isLeast,
      intervall: own.map(({ keys }) => {
        const { lag = 0, hog = Number.POSITIVE_INFINITY } = ranges.get(at(keys)) ?? {};
        return { keys, lag: lag + 0, hog: Number.isFinite(hog) ? hog : null };
      }),
    };
  });
};
