/**
 * What may be shown of persons, so that nobody can be worked out.
 *
 * A figure about persons counts sets of them: a share those that count and all that they are counted among, a mean those that it
 * is of. Persons who are counted equally often in every figure that is shown are one *kind*. What is shown is safe if for each
 * kind that exists some register agrees with all that is shown and has at least five of that kind. Then no sum and difference of
 * figures says of a group with somebody in it that it is fewer than five. If it is not safe, the linear program's dual gives the
 * sum that says so: that is the relation that is noted.
 */
import { type Known, Worlds } from "./worlds.ts";

/** Persons who are counted equally often in each set. */
export interface Kind {
  readonly persons: number;
  /** How many times one of them is counted, by set. */
  readonly times: ReadonlyMap<string, number>;
}

/** What stands or falls together: a row of a result. */
export interface Row {
  readonly id: string;
  /** The sets that are known to whoever sees it. */
  readonly sets: readonly string[];
  /** Shares of an outcome: what is counted, and all that it is counted among. */
  readonly shares: readonly (readonly [counted: string, all: string])[];
}

/** What is known of sets without their numbers: a verdict of a hidden row. */
export interface Bound {
  readonly id: string;
  /** What each set weighs. */
  readonly weights: ReadonlyMap<string, number>;
  readonly op: ">=" | "<=";
  readonly value: number;
}

export type Reason = "ingen" | "fa" | "alla" | "samband";

export interface Decision {
  readonly id: string;
  readonly reason: Reason;
  /** The sets which together give a group of fewer than five, with their weights. */
  readonly relation: readonly (readonly [set: string, weight: number])[];
  /** Hidden rows that it is shown in place of. */
  readonly instead?: readonly string[];
}

/** A share of all or none is told of everyone in it: of fewer than twice the threshold it says what each has done. */
const fewForShare = 2;

interface Fact extends Known {
  readonly set: string;
  /** Of a bound that this report shows: what each set weighs. */
  readonly sum?: Bound["weights"];
  /** The same of what says the same of the same persons. */
  readonly key: string;
  /** The kinds that it counts. */
  readonly of: readonly number[];
  readonly isRelation?: boolean;
  /** Of each register that was found, whether it agrees with this; filled when asked. */
  readonly agreed: boolean[];
}

/** What was found of a register, whatever else is shown of it. */
interface Learned {
  /** Sums of sets that give few. */
  readonly relations: { readonly keys: readonly string[]; readonly relation: Decision["relation"] }[];
  /** Registers that some figures agree with. */
  readonly worlds: (readonly number[])[];
}

/** What is known from now on: a set, or sets weighed together, by the name that it is kept by. */
export interface Kept {
  readonly name: string;
  readonly set: string;
  readonly weight: number;
}

/** What the name of something kept says that it comes to, where that is a bound. */
export const boundIn = (name: string): Pick<Bound, "op" | "value"> | undefined => {
  const [, op, value] = /^\S+ ([<>]=) (\S+) /.exec(name) ?? [];
  return op === ">=" || op === "<=" ? { op, value: Number(value) } : undefined;
};

const keysOf = (facts: readonly Fact[]): string[] => facts.map(({ key }) => key);

const factOf = (fact: Omit<Fact, "key" | "of" | "agreed">): Fact => ({
  ...fact,
  key: [...(fact.op === "=" ? [] : [fact.op, fact.value]), ...fact.weights].join(" "),
  agreed: [],
  of: fact.weights.flatMap((weight, j) => (weight === 0 ? [] : [j])),
});

const agrees = (world: readonly number[], { of, weights, op, value }: Fact): boolean => {
  let sum = 0;
  for (const j of of) sum += (weights[j] ?? 0) * (world[j] ?? 0);
  return op === "=" ? Math.abs(sum - value) < 1e-6 : op === ">=" ? sum > value - 1e-6 : sum < value + 1e-6;
};

/** The registers that agree with what is shown of one insats, and what may be added to it. */
export class Disclosure {
  readonly #kinds: readonly Kind[];
  readonly #threshold: number;
  #sets = new Map<string, Fact>();
  #learned: Learned = { relations: [], worlds: [] };
  #shown: readonly Fact[] = [];
  #keys: ReadonlySet<string> = new Set();
  /** Of each kind, the group of those that what is shown counts equally often. */
  #groups: readonly number[];
  #worlds: Worlds;
  /** What is shown and not yet in the tableau. */
  #waiting: readonly Fact[] = [];
  /** Which of the registers that were learned agree with what is shown, and how many were asked. */
  #found: readonly number[] = [];
  #asked = 0;

  /**
   * @param fixed sets and bounds that earlier reports have shown: they are known whatever is decided
   * @param related sets that come to 0 by definition
   */
  constructor(
    kinds: readonly Kind[],
    threshold: number,
    fixed: readonly string[] = [],
    related: readonly string[] = [],
  ) {
    this.#kinds = kinds;
    this.#threshold = threshold;
    this.#worlds = new Worlds(kinds.length);
    this.#groups = kinds.map(() => 0);
    const facts = [
      ...fixed.map((set) => factOf({ ...this.#setOf(set), ...boundIn(set) })),
      ...related.map((set) => ({ ...this.#setOf(set), value: 0, isRelation: true })),
    ];
    for (const fact of facts) if (this.#isNew(fact)) this.#accept([fact], this.#split([fact]), []);
  }

  /** The same, for another order of what follows. What one learns the other knows. */
  copy(): Disclosure {
    const other = new Disclosure(this.#kinds, this.#threshold);
    other.#sets = this.#sets;
    other.#learned = this.#learned;
    other.#shown = this.#shown;
    other.#keys = this.#keys;
    other.#groups = this.#groups;
    other.#worlds = this.#worlds;
    other.#waiting = this.#waiting;
    other.#found = this.#found;
    other.#asked = this.#asked;
    return other;
  }

  #accept(facts: readonly Fact[], groups: readonly number[], found: readonly number[]): void {
    this.#shown = [...this.#shown, ...facts];
    this.#keys = new Set([...this.#keys, ...keysOf(facts)]);
    this.#groups = groups;
    this.#waiting = [...this.#waiting, ...facts];
    this.#found = found;
  }

  /** Whether a register that was learned agrees with facts. */
  #agrees(world: number, facts: readonly Fact[]): boolean {
    return facts.every((fact) => {
      fact.agreed[world] ??= agrees(this.#learned.worlds[world] ?? [], fact);
      return fact.agreed[world];
    });
  }

  /** The registers that were learned, here or in another order, and agree with what is shown. */
  #agreeing(): readonly number[] {
    const { length } = this.#learned.worlds;
    const others = Array.from({ length: length - this.#asked }, (_, i) => this.#asked + i);
    this.#asked = length;
    this.#found = [...this.#found, ...others.filter((world) => this.#agrees(world, this.#shown))];
    return this.#found;
  }

  /** How many persons a register that was learned has of some kinds. */
  #countIn(world: number, kinds: readonly number[]): number {
    return kinds.reduce((sum, j) => sum + (this.#learned.worlds[world]?.[j] ?? 0), 0);
  }

  /** Kinds of few, together with those that what is shown counts equally often. */
  #few(groups: readonly number[]): number[][] {
    return [...Map.groupBy(groups.keys(), (j) => groups[j]).values()].filter((kinds) =>
      this.#isFew(kinds.reduce((sum, j) => sum + (this.#kinds[j]?.persons ?? 0), 0)),
    );
  }

  #hasEnough(world: number, kinds: readonly number[]): boolean {
    return this.#countIn(world, kinds) >= this.#threshold - 1e-6;
  }

  /** Registers that agree with all that is shown: of each kind of few, one that has enough. */
  worlds(): readonly (readonly number[])[] {
    const found = this.#agreeing();
    const first = this.#few(this.#groups).map((kinds) => found.find((world) => this.#hasEnough(world, kinds)) ?? -1);
    return [...new Set(first)].flatMap((world) => this.#learned.worlds.slice(world, world + 1));
  }

  /** What is known, each once, whatever figures show it. */
  known(): Kept[] {
    return this.#shown.flatMap(({ set, sum, op, value, isRelation }) => {
      if (isRelation) return [];
      if (!sum) return [{ name: set, set, weight: 1 }];
      return [...sum].map(([one, weight]) => ({ name: `${op} ${value} ${set}`, set: one, weight }));
    });
  }

  /** Whether a fact says something: of somebody, and not what is known already. */
  #isNew({ of, key }: Fact): boolean {
    return of.length > 0 && !this.#keys.has(key);
  }

  /** How often each kind is counted in a set, and what it comes to. */
  #setOf(set: string): Fact {
    const known = this.#sets.get(set);
    if (known) return known;
    const weights = this.#kinds.map(({ times }) => times.get(set) ?? 0);
    const value = this.#kinds.reduce((sum, { persons }, j) => sum + persons * (weights[j] ?? 0), 0);
    const made = factOf({ set, weights, op: "=", value });
    this.#sets.set(set, made);
    return made;
  }

  valueOf(set: string): number {
    return this.#setOf(set).value;
  }

  #isFew(value: number): boolean {
    return value > 0 && value < this.#threshold;
  }

  /** The kinds as those who see these facts too can tell them apart. */
  #split(facts: readonly Fact[]): readonly number[] {
    const groups = this.#groups.slice();
    let last = groups.reduce((most, group) => Math.max(most, group), 0);
    for (const { of, weights } of facts) {
      const places = new Map<number, Map<number, number>>();
      for (const j of of) {
        const [group, weight] = [groups[j] ?? 0, weights[j] ?? 0];
        const own = places.get(group) ?? new Map<number, number>();
        const place = own.get(weight) ?? ++last;
        places.set(group, own.set(weight, place));
        groups[j] = place;
      }
    }
    return groups;
  }

  /** The tableau of what is shown and of these facts. Its pivots stay in a copy, so that their rounding does not add up from row to row. */
  #tableau(facts: readonly Fact[]): Worlds | undefined {
    const worlds = this.#waiting.length > 0 ? this.#worlds.copy() : this.#worlds;
    if (!this.#waiting.every((fact) => worlds.add(fact))) return undefined;
    this.#worlds = worlds;
    this.#waiting = [];
    const tried = worlds.copy();
    return facts.every((fact) => tried.add(fact)) ? tried : undefined;
  }

  /**
   * Shows more, if it is safe.
   * @returns undefined where it is; else what would be known of few
   */
  #add(facts: readonly Fact[]): Decision["relation"] | undefined {
    const few = facts.find(({ op, value }) => op === "=" && this.#isFew(value));
    if (few) return [[few.set, 1]];
    const added = facts.filter((fact) => this.#isNew(fact));
    if (added.length === 0) return undefined;
    const keys = keysOf(added);
    const isKnown = (key: string): boolean => this.#keys.has(key) || keys.includes(key);
    const met = this.#learned.relations.find((known) => known.keys.every(isKnown));
    if (met) return met.relation;
    const all = [...this.#shown, ...added];
    const whole = added.map(({ set }) => [set, 1] as const);
    const groups = this.#split(added);
    const found = this.#agreeing().filter((world) => this.#agrees(world, added));
    let tried: Worlds | undefined;
    for (const kinds of this.#few(groups)) {
      if (found.some((world) => this.#hasEnough(world, kinds))) continue;
      tried ??= this.#tableau(added);
      if (!tried) return whole;
      const own = new Set(kinds);
      const world = tried.whole(own, this.#threshold, (j) => (this.#kinds[j]?.persons ?? 0) > 0);
      if (world && all.every((fact) => agrees(world, fact))) {
        found.push(this.#learned.worlds.push(world) - 1);
        continue;
      }
      const aim = this.#kinds.map((_, j) => (own.has(j) ? 1 : 0));
      const most = tried.most(aim, this.#threshold);
      const proof = all.filter((_, i) => Math.abs(most?.proof[i] ?? 0) > 1e-7);
      if (proof.length === 0) return whole;
      const relation = proof.map((fact) => [fact.set, most?.proof[all.indexOf(fact)] ?? 0] as const);
      this.#learned.relations.push({ keys: keysOf(proof), relation });
      return relation;
    }
    this.#asked = this.#learned.worlds.length;
    this.#accept(added, groups, found);
    return undefined;
  }

  /** Shows a row, if it is safe. */
  show({ id, sets, shares }: Row): Decision {
    const isOfAll = ([counted, all]: readonly [string, string]): boolean => {
      const [some, whole] = [this.valueOf(counted), this.valueOf(all)];
      return (
        this.#threshold > 1 && whole > 0 && whole < fewForShare * this.#threshold && (some === 0 || some === whole)
      );
    };
    const share = shares.find(isOfAll);
    if (share) return { id, reason: "alla", relation: share.map((set) => [set, 1]) };
    const relation = this.#add(sets.map((set) => this.#setOf(set)));
    if (relation) return { id, reason: relation.length === 1 ? "fa" : "samband", relation };
    return { id, reason: "ingen", relation: [] };
  }

  /** Shows that a bound holds, if it is safe. */
  showBound({ id, weights, op, value }: Bound): boolean {
    const sums = this.#kinds.map((_, j) =>
      [...weights].reduce((sum, [set, weight]) => sum + weight * (this.#setOf(set).weights[j] ?? 0), 0),
    );
    const fact = factOf({ set: id, sum: weights, weights: sums, op, value });
    // One that does not hold of the persons that its sets count is of others.
    const isTrue =
      fact.of.length === 0 ||
      agrees(
        this.#kinds.map(({ persons }) => persons),
        fact,
      );
    return isTrue && this.#add([fact]) === undefined;
  }
}
