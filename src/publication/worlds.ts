/**
 * All registers that agree with what is known: how many persons there may be of each kind. A linear program over them, as a
 * dense simplex tableau that grows by a row for each figure that becomes known.
 */

const tiny = 1e-9;
/** More pivots than any program of some hundred rows needs: one that takes more is given up, and what asked counts as unsafe. */
const mostPivots = 20_000;
/** After so many pivots that gain nothing, columns are taken in order, which cannot go round in a circle. */
const patience = 30;

/** What is known of a weighted count of persons: `weights · persons op value`. */
export interface Known {
  readonly weights: readonly number[];
  readonly op: "=" | ">=" | "<=";
  readonly value: number;
}

/** So many programs are solved for one register of whole persons; where it takes more, none is found. */
const mostBranches = 40;

/** The most that a count can be, up to a bound. */
export interface Most {
  readonly value: number;
  /** Persons of each kind in a register that reaches it. */
  readonly world: readonly number[];
  /** Of each known row, in the order they were added, its weight in the sum that proves that there cannot be more. */
  readonly proof: readonly number[];
}

export class Worlds {
  readonly #kinds: number;
  #rows: number[][] = [];
  #values: number[] = [];
  #basis: number[] = [];
  /** Of each column after the kinds: the row that it is the artificial of and its sign; a slack has none. */
  #extra: { readonly row: number; readonly sign: number }[] = [];
  #known = 0;

  constructor(kinds: number) {
    this.#kinds = kinds;
  }

  copy(): Worlds {
    const other = new Worlds(this.#kinds);
    other.#rows = this.#rows.map((row) => row.slice());
    other.#values = this.#values.slice();
    other.#basis = this.#basis.slice();
    other.#extra = this.#extra.slice();
    other.#known = this.#known;
    return other;
  }

  #pivot(at: number, column: number): void {
    const pivotRow = this.#rows[at] ?? [];
    const by = pivotRow[column] ?? 1;
    for (let j = 0; j < pivotRow.length; j++) pivotRow[j] = (pivotRow[j] ?? 0) / by;
    this.#values[at] = (this.#values[at] ?? 0) / by;
    for (const [i, row] of this.#rows.entries()) {
      const times = row[column] ?? 0;
      if (i === at || Math.abs(times) < tiny) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - times * (pivotRow[j] ?? 0);
      row[column] = 0;
      this.#values[i] = (this.#values[i] ?? 0) - times * (this.#values[at] ?? 0);
    }
    this.#basis[at] = column;
  }

  #isArtificial(column: number): boolean {
    return column >= this.#kinds && (this.#extra[column - this.#kinds]?.row ?? -1) >= 0;
  }

  /** The row that leaves when a column enters; undefined where the column may grow for ever. */
  #leaving(column: number): number | undefined {
    let best: number | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const [i, row] of this.#rows.entries()) {
      const by = row[column] ?? 0;
      if (by < tiny) continue;
      const ratio = Math.max(0, this.#values[i] ?? 0) / by;
      const isSame = Math.abs(ratio - least) < tiny;
      if (ratio < least - tiny || (isSame && best !== undefined && (this.#basis[i] ?? 0) < (this.#basis[best] ?? 0))) {
        best = i;
        least = Math.min(least, ratio);
      }
    }
    return best;
  }

  /** The column that gains most, or the first that gains, by what each gains. */
  #entering(gains: readonly number[], isFirst: boolean): number | undefined {
    let best: number | undefined;
    for (const [j, gain] of gains.entries()) {
      if (gain <= tiny * 10 || this.#isArtificial(j)) continue;
      if (isFirst) return j;
      if (best === undefined || gain > (gains[best] ?? 0)) best = j;
    }
    return best;
  }

  /**
   * Adds what is known.
   * @returns whether some register agrees with it; if none does, this object is of no more use
   */
  add({ weights, op, value }: Known): boolean {
    const slack = op === "=" ? [] : [op === ">=" ? -1 : 1];
    for (const row of this.#rows) row.push(...slack.map(() => 0), 0);
    const row = [...weights, ...this.#extra.map(() => 0), ...slack, 0];
    this.#extra.push(...slack.map(() => ({ row: -1, sign: 0 })));
    let rest = value;
    for (const [i, known] of this.#rows.entries()) {
      const times = row[this.#basis[i] ?? 0] ?? 0;
      if (Math.abs(times) < tiny) continue;
      for (let j = 0; j < row.length; j++) row[j] = (row[j] ?? 0) - times * (known[j] ?? 0);
      rest -= times * (this.#values[i] ?? 0);
    }
    const sign = rest < 0 ? -1 : 1;
    const artificial = row.length - 1;
    const at = this.#rows.push(row.map((weight) => weight * sign)) - 1;
    const own = this.#rows[at] ?? [];
    own[artificial] = 1;
    this.#extra.push({ row: this.#known++, sign });
    this.#values.push(rest * sign);
    this.#basis.push(artificial);
    for (let pivots = 0; this.#basis[at] === artificial; pivots++) {
      const isZero = Math.abs(this.#values[at] ?? 0) < 1e-7;
      const gains = isZero ? own.map(Math.abs) : own;
      const column = this.#entering(gains, pivots > patience);
      // What follows from the rest says nothing new.
      if (column === undefined && isZero) return true;
      const leaving = column === undefined ? undefined : isZero ? at : this.#leaving(column);
      if (column === undefined || leaving === undefined || pivots > mostPivots) return false;
      this.#pivot(leaving, column);
    }
    return true;
  }

  /** Persons of each kind in the register that the tableau stands at. */
  #world(): number[] {
    const world = new Array<number>(this.#kinds).fill(0);
    for (const [i, column] of this.#basis.entries()) if (column < this.#kinds) world[column] = this.#values[i] ?? 0;
    return world;
  }

  /**
   * A register of whole persons with enough of some kinds together, by branch and bound.
   * @returns undefined where none was found
   */
  whole(kinds: ReadonlySet<number>, enough: number): readonly number[] | undefined {
    const aim = Array.from({ length: this.#kinds }, (_, j): number => (kinds.has(j) ? 1 : 0));
    const waiting: Worlds[] = [this];
    for (let tried = 0; tried < mostBranches; tried++) {
      const worlds = waiting.pop();
      const found = worlds?.most(aim, enough);
      if (worlds === undefined) return undefined;
      if (found === undefined || found.value < enough - 1e-6) continue;
      const part = found.world.findIndex((n) => Math.abs(n - Math.round(n)) > 1e-6);
      if (part < 0) return found.world.map(Math.round);
      const weights = found.world.map((_, j) => (j === part ? 1 : 0));
      const down = Math.floor(found.world[part] ?? 0);
      for (const [op, value] of [
        ["<=", down],
        [">=", down + 1],
      ] as const) {
        const branch = worlds.copy();
        if (branch.add({ weights, op, value })) waiting.push(branch);
      }
    }
    return undefined;
  }

  /**
   * The most that kinds may come to, each weighed by `aim`; no more than `enough` is looked for.
   * @returns undefined where it could not be computed
   */
  most(aim: readonly number[], enough: number): Most | undefined {
    let idle = 0;
    for (let pivots = 0; pivots < mostPivots; pivots++) {
      const world = this.#world();
      const value = world.reduce((sum, n, kind) => sum + n * (aim[kind] ?? 0), 0);
      if (value >= enough) return { value, world, proof: [] };
      const width = this.#kinds + this.#extra.length;
      const gains = Array.from({ length: width }, (_, j) => aim[j] ?? 0);
      for (const [i, row] of this.#rows.entries()) {
        const weight = aim[this.#basis[i] ?? -1] ?? 0;
        if (weight === 0) continue;
        for (let j = 0; j < width; j++) gains[j] = (gains[j] ?? 0) - weight * (row[j] ?? 0);
      }
      const column = this.#entering(gains, idle > patience);
      if (column === undefined) {
        const proof = new Array<number>(this.#known).fill(0);
        for (const [k, { row, sign }] of this.#extra.entries())
          if (row >= 0) proof[row] = -sign * (gains[this.#kinds + k] ?? 0);
        return { value, world, proof };
      }
      const leaving = this.#leaving(column);
      if (leaving === undefined) {
        // The column may grow for ever: as far as is enough.
        if (enough === Number.POSITIVE_INFINITY) return { value: enough, world, proof: [] };
        const gain = gains[column] ?? 1;
        const step = (enough - value) / gain + 1;
        if (column < this.#kinds) world[column] = (world[column] ?? 0) + step;
        for (const [i, row] of this.#rows.entries()) {
          const basic = this.#basis[i] ?? 0;
          if (basic < this.#kinds) world[basic] = (world[basic] ?? 0) - step * (row[column] ?? 0);
        }
        return { value: enough, world, proof: [] };
      }
      idle = Math.abs(this.#values[leaving] ?? 0) < tiny ? idle + 1 : 0;
      this.#pivot(leaving, column);
    }
    return undefined;
  }
}
