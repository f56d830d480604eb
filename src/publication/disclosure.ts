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
}

/** A share of all or none is told of everyone in it: of fewer than twice the threshold it says what each has done. */
const fewForShare = 2;

interface Fact extends Known {
  readonly set: string;
  readonly isRelation?: boolean;
}

/** The registers that agree with what is shown of one insats, and what may be added to it. */
export class Disclosure {
  readonly #kinds: readonly Kind[];
  readonly #threshold: number;
  readonly #sets = new Map<string, Known>();
  #shown: Fact[] = [];
  #worlds: Worlds;
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
    const facts = [
      ...fixed.map((set) => ({ set, ...this.#setOf(set) })),
      ...related.map((set) => ({ set, ...this.#setOf(set), value: 0, isRelation: true })),
    ];
    for (const fact of facts) {
      if (!this.#isNew(fact)) continue;
      this.#worlds.add(fact);
      this.#shown.push(fact);
    }
  }

  /** The sets that are known, each once, whatever figures count them. */
  known(): string[] {
    return this.#shown.flatMap(({ set, op, isRelation }) => (op === "=" && !isRelation ? [set] : []));
  }

  /** Whether a fact says something: of somebody, and not what is known already. */
  #isNew({ weights, op }: Fact): boolean {
    const isKnown = ({ weights: others }: Fact): boolean => others.every((weight, j) => weight === weights[j]);
    const isOfSome = weights.some((weight) => weight !== 0);
    return isOfSome && (op !== "=" || !this.#shown.some((known) => known.op === "=" && isKnown(known)));
  }

  /** How often each kind is counted in a set, and what it comes to. */
  #setOf(set: string): Known {
    const known = this.#sets.get(set);
    if (known) return known;
    const weights = this.#kinds.map(({ times }) => times.get(set) ?? 0);
    const made: Known = { weights, op: "=", value: this.#valueOf(weights) };
    this.#sets.set(set, made);
    return made;
  }

  #valueOf(weights: readonly number[]): number {
    return this.#kinds.reduce((sum, { persons }, j) => sum + persons * (weights[j] ?? 0), 0);
  }

  valueOf(set: string): number {
    return this.#setOf(set).value;
  }

  #isFew(value: number): boolean {
    return value > 0 && value < this.#threshold;
  }

  /** The kinds as those who see these facts can tell them apart. */
  #merged(facts: readonly Fact[]): { kinds: ReadonlySet<number>; persons: number }[] {
    const groups = new Map<string, { kinds: Set<number>; persons: number }>();
    for (const [j, { persons }] of this.#kinds.entries()) {
      const key = facts.map(({ weights }) => weights[j] ?? 0).join(" ");
      const group = groups.get(key) ?? { kinds: new Set(), persons: 0 };
      group.kinds.add(j);
      group.persons += persons;
      groups.set(key, group);
    }
    return [...groups.values()];
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
    const all = [...this.#shown, ...added];
    const whole = added.map(({ set }) => [set, 1] as const);
    const worlds = this.#worlds.copy();
    if (!added.every((fact) => worlds.add(fact))) return whole;
    const agrees = (world: readonly number[], facts = added): boolean =>
      facts.every(({ weights, op, value }) => {
        const sum = weights.reduce((total, weight, j) => total + weight * (world[j] ?? 0), 0);
        return op === "=" ? Math.abs(sum - value) < 1e-6 : op === ">=" ? sum > value - 1e-6 : sum < value + 1e-6;
      });
    const found = this.#found.filter((world) => agrees(world));
    const enough = this.#threshold - 1e-6;
    // Pivots of the search stay in a copy, so that their rounding does not add up from row to row.
    let tried: Worlds | undefined;
    for (const { kinds, persons } of this.#merged(all)) {
      if (!this.#isFew(persons)) continue;
      const countIn = (world: readonly number[]): number => [...kinds].reduce((sum, j) => sum + (world[j] ?? 0), 0);
      if (found.some((world) => countIn(world) >= enough)) continue;
      tried ??= worlds.copy();
      const world = tried.whole(kinds, this.#threshold, (j) => (this.#kinds[j]?.persons ?? 0) > 0);
      if (world && agrees(world, all) && countIn(world) >= enough) {
        found.push(world);
        continue;
      }
      const aim = this.#kinds.map((_, j) => (kinds.has(j) ? 1 : 0));
      const most = tried.most(aim, this.#threshold);
      const proof = all.flatMap(({ set }, i) => {
        const weight = most?.proof[i] ?? 0;
        return Math.abs(weight) < 1e-7 ? [] : [[set, weight] as const];
      });
      return proof.length > 0 ? proof : whole;
    }
    this.#worlds = worlds;
    this.#shown = all;
    this.#found = found;
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
    const relation = this.#add(sets.map((set) => ({ set, ...this.#setOf(set) })));
    if (relation) return { id, reason: relation.length === 1 ? "fa" : "samband", relation };
    return { id, reason: "ingen", relation: [] };
  }

  /** Shows that a bound holds, if it is safe. */
  showBound({ id, weights, op, value }: Bound): boolean {
    const sums = this.#kinds.map((_, j) =>
      [...weights].reduce((sum, [set, weight]) => sum + weight * (this.#setOf(set).weights[j] ?? 0), 0),
    );
    return this.#add([{ set: id, weights: sums, op, value }]) === undefined;
  }
}
