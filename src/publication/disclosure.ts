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
  /** The same of sets that count the same persons equally often. */
  readonly key: string;
  /** The kinds that it counts. */
  readonly of: readonly number[];
  readonly isRelation?: boolean;
}

/** What was found of a register, whatever else is shown of it. */
interface Learned {
  /** Sums of sets that give few. */
  readonly relations: { readonly keys: readonly string[]; readonly relation: Decision["relation"] }[];
  /** Registers that some figures agree with. */
  readonly worlds: (readonly number[])[];
}

const factOf = (fact: Omit<Fact, "of">): Fact => ({
  ...fact,
  of: fact.weights.flatMap((weight, j) => (weight === 0 ? [] : [j])),
});

const agrees = (world: readonly number[], facts: readonly Fact[]): boolean =>
  facts.every(({ of, weights, op, value }) => {
    let sum = 0;
    for (const j of of) sum += (weights[j] ?? 0) * (world[j] ?? 0);
    return op === "=" ? Math.abs(sum - value) < 1e-6 : op === ">=" ? sum > value - 1e-6 : sum < value + 1e-6;
  });

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
  /** Registers that were found to have enough of some kind, for as long as they agree with what is shown. */
  #found: readonly (readonly number[])[] = [];

  /**
   * @param fixed sets that earlier reports have shown: they are known whatever is decided
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
      ...fixed.map((set) => this.#setOf(set)),
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
    return other;
  }

  #accept(facts: readonly Fact[], groups: readonly number[], found: readonly (readonly number[])[]): void {
    this.#shown = [...this.#shown, ...facts];
    this.#keys = this.#keysWith(facts);
    this.#groups = groups;
    this.#waiting = [...this.#waiting, ...facts];
    this.#found = found;
  }

  #keysWith(facts: readonly Fact[]): ReadonlySet<string> {
    return new Set([...this.#keys, ...facts.flatMap(({ op, key }) => (op === "=" ? [key] : []))]);
  }

  /** Registers that agree with all that is shown: of each kind of few, one that has enough. */
  worlds(): readonly (readonly number[])[] {
    return this.#found;
  }

  /** The sets that are known, each once, whatever figures count them. */
  known(): string[] {
    return this.#shown.flatMap(({ set, op, isRelation }) => (op === "=" && !isRelation ? [set] : []));
  }

  /** Whether a fact says something: of somebody, and not what is known already. */
  #isNew({ of, op, key }: Fact): boolean {
    return of.length > 0 && (op !== "=" || !this.#keys.has(key));
  }

  /** How often each kind is counted in a set, and what it comes to. */
  #setOf(set: string): Fact {
    const known = this.#sets.get(set);
    if (known) return known;
    const weights = this.#kinds.map(({ times }) => times.get(set) ?? 0);
    const value = this.#kinds.reduce((sum, { persons }, j) => sum + persons * (weights[j] ?? 0), 0);
    const made = factOf({ set, key: weights.join(" "), weights, op: "=", value });
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
    const places = new Map<string, number>();
    return this.#groups.map((group, j) => {
      const name = [group, ...facts.map(({ weights }) => weights[j] ?? 0)].join(" ");
      const place = places.get(name) ?? places.size;
      places.set(name, place);
      return place;
    });
  }

  /** The tableau of what is shown and of these facts. Its pivots stay in a copy, so that their rounding does not add up from row to row. */
  #tableau(facts: readonly Fact[]): Worlds | undefined {
    const worlds = this.#worlds.copy();
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
    const keys = this.#keysWith(added);
    const met = this.#learned.relations.find((known) => known.keys.every((key) => keys.has(key)));
    if (met) return met.relation;
    const all = [...this.#shown, ...added];
    const whole = added.map(({ set }) => [set, 1] as const);
    const groups = this.#split(added);
    const found = this.#found.filter((world) => agrees(world, added));
    let tried: Worlds | undefined;
    for (const kinds of Map.groupBy(groups.keys(), (j) => groups[j]).values()) {
      const countIn = (world: readonly number[]): number => kinds.reduce((sum, j) => sum + (world[j] ?? 0), 0);
      const hasEnough = (world: readonly number[]): boolean => countIn(world) >= this.#threshold - 1e-6;
      const isReal = (world: readonly number[]): boolean => hasEnough(world) && agrees(world, all);
      if (!this.#isFew(kinds.reduce((sum, j) => sum + (this.#kinds[j]?.persons ?? 0), 0)) || found.some(hasEnough))
        continue;
      const other = this.#learned.worlds.find(isReal);
      if (other) {
        found.push(other);
        continue;
      }
      tried ??= this.#tableau(added);
      if (!tried) return whole;
      const own = new Set(kinds);
      const world = tried.whole(own, this.#threshold, (j) => (this.#kinds[j]?.persons ?? 0) > 0);
      if (world && isReal(world)) {
        this.#learned.worlds.push(world);
        found.push(world);
        continue;
      }
      const aim = this.#kinds.map((_, j) => (own.has(j) ? 1 : 0));
      const most = tried.most(aim, this.#threshold);
      const proof = all.filter((_, i) => Math.abs(most?.proof[i] ?? 0) > 1e-7);
      if (proof.length === 0) return whole;
      const relation = proof.map((fact) => [fact.set, most?.proof[all.indexOf(fact)] ?? 0] as const);
      if (proof.every(({ op }) => op === "="))
        this.#learned.relations.push({ keys: proof.map(({ key }) => key), relation });
      return relation;
    }
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
    return this.#add([factOf({ set: id, key: id, weights: sums, op, value })]) === undefined;
  }
}
