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

/** Room for so many columns more is made at a time. */
const spare = 8;

export class Worlds {
  readonly #kinds: number;
  /** As long as there is room for; what is past the width is 0. */
  #rows: Float64Array[] = [];
  #values: number[] = [];
  #basis: number[] = [];
  /** Of each column after the kinds: the row that it is the artificial of and its sign; a slack has none. */
  #extra: { readonly row: number; readonly sign: number }[] = [];
  #known = 0;

  constructor(kinds: number) {
    this.#kinds = kinds;
  }

  get #width(): number {
    return this.#kinds + this.#extra.length;
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

  /** The same registers, without what a proof is read from. */
  #bare(): Worlds {
    const other = new Worlds(this.#kinds);
    const columns = Array.from({ length: this.#width }, (_, j) => j).filter((j) => !this.#isArtificial(j));
    const places = new Map(columns.map((j, i) => [j, i]));
    for (const [i, row] of this.#rows.entries()) {
      const basic = places.get(this.#basis[i] ?? -1);
      if (basic === undefined) continue;
      const own = new Float64Array(columns.length + spare);
      for (const [to, from] of columns.entries()) own[to] = row[from] ?? 0;
      other.#rows.push(own);
      other.#values.push(this.#values[i] ?? 0);
      other.#basis.push(basic);
    }
    other.#extra = this.#extra.filter(({ row }) => row < 0);
    return other;
  }

  #pivot(at: number, column: number): void {
    const pivotRow = this.#rows[at] ?? new Float64Array(0);
    const by = pivotRow[column] ?? 1;
    const width = this.#width;
    const columns: number[] = [];
    for (let j = 0; j < width; j++) {
      const weight = pivotRow[j] ?? 0;
      if (weight === 0) continue;
      pivotRow[j] = weight / by;
      columns.push(j);
    }
    this.#values[at] = (this.#values[at] ?? 0) / by;
    for (const [i, row] of this.#rows.entries()) {
      const times = row[column] ?? 0;
      if (i === at || Math.abs(times) < tiny) continue;
      for (const j of columns) row[j] = (row[j] ?? 0) - times * (pivotRow[j] ?? 0);
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
  #entering(gains: Float64Array, isFirst: boolean): number | undefined {
    let best: number | undefined;
    let most = tiny * 10;
    for (let j = 0; j < this.#width; j++) {
      const gain = gains[j] ?? 0;
      if (gain <= most || this.#isArtificial(j)) continue;
      if (isFirst) return j;
      best = j;
      most = gain;
    }
    return best;
  }

  /**
   * Adds what is known.
   * @returns whether some register agrees with it; if none does, this object is of no more use
   */
  add({ weights, op, value }: Known): boolean {
    const artificial = this.#width + (op === "=" ? 0 : 1);
    const room = this.#rows[0]?.length ?? 0;
    if (room <= artificial)
      this.#rows = this.#rows.map((row) => {
        const wider = new Float64Array(artificial + spare);
        wider.set(row);
        return wider;
      });
    const own = new Float64Array(this.#rows[0]?.length ?? artificial + spare);
    own.set(weights);
    if (op !== "=") {
      own[this.#width] = op === ">=" ? -1 : 1;
      this.#extra.push({ row: -1, sign: 0 });
    }
    let rest = value;
    for (const [i, known] of this.#rows.entries()) {
      const times = own[this.#basis[i] ?? 0] ?? 0;
      if (Math.abs(times) < tiny) continue;
      for (let j = 0; j < artificial; j++) own[j] = (own[j] ?? 0) - times * (known[j] ?? 0);
      rest -= times * (this.#values[i] ?? 0);
    }
    const sign = rest < 0 ? -1 : 1;
    if (sign < 0) for (let j = 0; j < artificial; j++) own[j] = -(own[j] ?? 0);
    const at = this.#rows.push(own) - 1;
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
   * @param isWhole whether a kind is to be whole; one that only adds up others is so by itself
   * @returns undefined where none was found
   */
  whole(
    kinds: ReadonlySet<number>,
    enough: number,
    isWhole = (_kind: number): boolean => true,
  ): readonly number[] | undefined {
    const aim = Array.from({ length: this.#kinds }, (_, j): number => (kinds.has(j) ? 1 : 0));
    const waiting: (() => Worlds | undefined)[] = [() => this];
    for (let tried = 0; tried < mostBranches; tried++) {
      const next = waiting.pop();
      if (next === undefined) return undefined;
      const worlds = next();
      const found = worlds?.most(aim, enough);
      if (worlds === undefined || found === undefined || found.value < enough - 1e-6) continue;
      const part = found.world.findIndex((n, j) => isWhole(j) && Math.abs(n - Math.round(n)) > 1e-6);
      if (part < 0) return found.world.map((n, j) => (isWhole(j) ? Math.round(n) : n));
      const weights = found.world.map((_, j) => (j === part ? 1 : 0));
      const down = Math.floor(found.world[part] ?? 0);
      const bare = tried === 0 ? worlds.#bare() : worlds;
      // What is taken last needs no copy.
      waiting.push(
        () => (bare.add({ weights, op: "<=", value: down }) ? bare : undefined),
        () => {
          const branch = bare.copy();
          return branch.add({ weights, op: ">=", value: down + 1 }) ? branch : undefined;
        },
      );
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
      const width = this.#width;
      const gains = new Float64Array(width);
      gains.set(aim);
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
        const step = Math.ceil((enough - value) / gain);
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
