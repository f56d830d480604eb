/** Tables without a register: hidden as few cells as can be, found another way by trying all. */
import highs, { type Highs } from "highs";
import { describe, expect, test } from "vitest";
import { disclose } from "../../src/disclose.ts";
import { random } from "../random.ts";

interface Grid {
  readonly dims: string[];
  readonly cells: { keys: Record<string, string>; value: number }[];
}

/** Rows and columns with their totals. */
const grid = (rows: readonly (readonly number[])[]): Grid => {
  const sum = (some: readonly number[]): number => some.reduce((a, b) => a + b, 0);
  const width = rows[0]?.length ?? 0;
  const whole = [...rows.map((row) => [...row, sum(row)])];
  const last = Array.from({ length: width + 1 }, (_, j) => sum(whole.map((row) => row[j] ?? 0)));
  const name = (i: number, count: number, letter: string): string => (i === count ? "Totalt" : `${letter}${i}`);
  return {
    dims: ["r", "k"],
    cells: [...whole, last].flatMap((row, i) =>
      row.map((value, j) => ({ keys: { r: name(i, rows.length, "r"), k: name(j, width, "k") }, value })),
    ),
  };
};

/** What a hidden inner cell may be, over all whole numbers with these margins. */
const rangesOf = (rows: readonly (readonly number[])[], hidden: ReadonlySet<string>): Map<string, Set<number>> => {
  const found = new Map([...hidden].map((key) => [key, new Set<number>()]));
  const places = [...hidden].map((key) => key.split(" ").map(Number) as [number, number]);
  const left = (of: 0 | 1): number[] =>
    (rows[0] &&
      (of === 0 ? rows : rows[0]).map((_: unknown, at: number) =>
        places.filter((place) => place[of] === at).reduce((sum, [i, j]) => sum + (rows[i]?.[j] ?? 0), 0),
      )) ||
    [];
  const values: number[] = [];
  const fill = (at: number, byRow: number[], byColumn: number[]): void => {
    const place = places[at];
    if (!place) {
      if ([...byRow, ...byColumn].every((n) => n === 0))
        for (const [i, key] of [...hidden].entries()) found.get(key)?.add(values[i] ?? 0);
      return;
    }
    const [i, j] = place;
    for (let n = 0; n <= Math.min(byRow[i] ?? 0, byColumn[j] ?? 0); n++) {
      values[at] = n;
      fill(
        at + 1,
        byRow.map((one, k) => one - (k === i ? n : 0)),
        byColumn.map((one, k) => one - (k === j ? n : 0)),
      );
    }
  };
  fill(0, left(0), left(1));
  return found;
};

describe("a table", () => {
  test("with one small cell hides a rectangle and no margin", () => {
    const [found] = disclose(
      grid([
        [3, 20, 30],
        [40, 50, 60],
        [70, 80, 90],
      ]),
    );
    expect(found).toMatchObject({ primara: 1, sekundara: 3, marginaler: [], optimalt: true });
    expect(found?.suppressed).toHaveLength(4);
    const cell = found?.intervall.find(({ keys }) => keys.r === "r0" && keys.k === "k0");
    expect((cell?.hog ?? 0) - (cell?.lag ?? 0)).toBeGreaterThanOrEqual(1);
  });
  test("with one column hides a margin when nothing else is left", () => {
    const [found] = disclose({
      dims: ["r"],
      cells: [
        { keys: { r: "a" }, value: 3 },
        { keys: { r: "Totalt" }, value: 3 },
      ],
    });
    expect(found?.suppressed).toEqual([["a"], ["Totalt"]]);
  });
  test("with a hierarchy hides within the parent if there are two", () => {
    const cells = Object.entries({ a1: 2, a2: 30, b1: 40, b2: 50, A: 32, B: 90, Totalt: 122 }).map(([r, value]) => ({
      keys: { r },
      value,
    }));
    const [found] = disclose({ dims: ["r"], hierarchies: { r: { A: ["a1", "a2"], B: ["b1", "b2"] } }, cells });
    expect(found).toMatchObject({ suppressed: [["a1"], ["a2"]], marginaler: [], optimalt: true });
  });
  test("that is linked to another is protected with it: their common total is one number", () => {
    const of = (dim: string, values: Record<string, number>) => ({
      dims: [dim],
      cells: Object.entries(values).map(([label, value]) => ({ keys: { [dim]: label }, value })),
    });
    const found = disclose({
      tables: [of("kon", { K: 3, M: 20, Totalt: 23 }), of("ort", { A: 10, B: 13, Totalt: 23 })],
    });
    expect(found.map(({ suppressed }) => suppressed)).toEqual([[["K"], ["M"]], []]);
  });
  test("whose numbers do not add up is refused", () => {
    const cells = [
      { keys: { r: "a" }, value: 7 },
      { keys: { r: "Totalt" }, value: 9 },
    ];
    expect(() => disclose({ dims: ["r"], cells })).toThrow("do not add up");
    expect(() => disclose({ dims: [] })).toThrow("no table: dims: ");
    expect(() => disclose({ tables: [{ dims: ["a"] }] })).toThrow("no table: tables.0.cells: ");
  });
  test("is safe whatever it is, and no fewer cells would do: 60 random ones, every choice tried", () => {
    const next = random(5);
    let tried = 0;
    for (let n = 0; n < 60; n++) {
      const rows = Array.from({ length: 3 }, () => Array.from({ length: 3 }, () => Math.floor(next() * 9)));
      const [found] = disclose(grid(rows));
      if (!found || found.marginaler.length > 0 || found.suppressed.some((labels) => labels.includes("Totalt")))
        continue;
      const small = rows.flatMap((row, i) => row.flatMap((value, j) => (value > 0 && value < 5 ? [`${i} ${j}`] : [])));
      const isSafe = (hidden: ReadonlySet<string>): boolean => {
        const ranges = rangesOf(rows, hidden);
        return small.every((key) => (ranges.get(key)?.size ?? 0) > 1);
      };
      const places = found.suppressed.map(([r = "", k = ""]) => `${r.slice(1)} ${k.slice(1)}`);
      tried++;
      expect({ n, isSafe: isSafe(new Set(places)) }).toEqual({ n, isSafe: true });
      const others = rows.flatMap((row, i) =>
        row.flatMap((_, j) => (small.includes(`${i} ${j}`) ? [] : [`${i} ${j}`])),
      );
      const fewer = (from: number, chosen: string[]): boolean =>
        chosen.length < places.length - small.length &&
        (isSafe(new Set([...small, ...chosen])) ||
          others.slice(from).some((one, i) => fewer(from + i + 1, [...chosen, one])));
      expect({ n, fewer: fewer(0, []) }).toEqual({ n, fewer: false });
    }
    expect(tried).toBeGreaterThan(30);
  });
});

/** What each hidden cell may be, by trying whole numbers near its own until every one in `asked` is known to go `width` apart. */
const isApart = (
  values: ReadonlyMap<string, number>,
  sums: readonly (readonly string[])[],
  hidden: ReadonlySet<string>,
  asked: readonly string[],
  width: number,
): boolean => {
  const ends = new Map(asked.map((cell) => [cell, [values.get(cell) ?? 0, values.get(cell) ?? 0] as [number, number]]));
  const isDone = (): boolean => [...ends.values()].every(([low, high]) => high - low >= width);
  let tried = 0;
  const fill = (known: Map<string, number>): void => {
    if (isDone() || ++tried > 5000) return;
    for (let isNew = true; isNew; ) {
      isNew = false;
      for (const [whole = "", ...parts] of sums) {
        const open = [whole, ...parts].filter((cell) => !known.has(cell));
        const left = parts.reduce((sum, part) => sum - (known.get(part) ?? 0), known.get(whole) ?? 0);
        const [cell] = open;
        if (open.length === 0 && left !== 0) return;
        if (open.length !== 1 || cell === undefined) continue;
        const value = cell === whole ? -left : left;
        if (value < 0) return;
        known.set(cell, value);
        isNew = true;
      }
    }
    const next = [...hidden].find((cell) => !known.has(cell));
    if (next === undefined) {
      for (const [cell, end] of ends) {
        const value = known.get(cell) ?? 0;
        [end[0], end[1]] = [Math.min(end[0], value), Math.max(end[1], value)];
      }
      return;
    }
    const own = values.get(next) ?? 0;
    for (const step of Array.from({ length: 2 * width + 3 }, (_, i) => (i % 2 === 0 ? i / 2 : -(i + 1) / 2)))
      if (own + step >= 0) fill(new Map(known).set(next, own + step));
  };
  fill(new Map([...values].filter(([cell]) => !hidden.has(cell))));
  return isDone();
};

/** A label, and all that it is part of. */
const above = (top: Readonly<Record<string, readonly string[]>>, label: string): string[] => {
  const [parent] = Object.keys(top).filter((one) => top[one]?.includes(label));
  return parent === undefined ? [label] : [label, ...above(top, parent)];
};

test("300 random tables of one to three dimensions, with hierarchies, any threshold and any width, are safe, and none of their cells is hidden for nothing", () => {
  const next = random(17);
  const upTo = (n: number): number => Math.floor(next() * (n + 1));
  const parted: Record<string, string[]> = { Totalt: ["A", "B"], A: ["a1", "a2"], B: ["b1", "b2"] };
  let [secondary, margins] = [0, 0];
  for (let n = 0; n < 300; n++) {
    const count = 1 + upTo(2);
    const sizes = Array.from({ length: count }, () => (count === 3 ? 2 : 2 + upTo(1)));
    const isParted = next() < (count === 3 ? 0.1 : 0.4);
    const tops = sizes.map((size, at): Record<string, string[]> => {
      if (isParted && at === 0) return parted;
      return { Totalt: Array.from({ length: size }, (_, i) => `${"rkz"[at]}${i}`) };
    });
    const [threshold, width] = [[3, 5, 10][upTo(2)] ?? 5, 1 + upTo(2)];
    const dims = ["r", "k", "z"].slice(0, count);
    const leaves = tops.map((top) =>
      Object.values(top)
        .flat()
        .filter((label) => top[label] === undefined),
    );
    const all = (lists: readonly (readonly string[])[]): string[][] =>
      lists.reduce<string[][]>((made, list) => made.flatMap((one) => list.map((label) => [...one, label])), [[]]);
    const values = new Map<string, number>();
    for (const leaf of all(leaves)) {
      const value = next() < 0.2 ? 0 : upTo(12);
      for (const labels of all(leaf.map((label, at) => above(tops[at] ?? {}, label))))
        values.set(labels.join(" "), (values.get(labels.join(" ")) ?? 0) + value);
    }
    const sums = [...values.keys()].flatMap((name) => {
      const labels = name.split(" ");
      return labels.flatMap((label, at) => {
        const parts = tops[at]?.[label];
        return parts ? [[name, ...parts.map((part) => labels.with(at, part).join(" "))]] : [];
      });
    });
    const cells = [...values].map(([name, value]) => ({
      keys: Object.fromEntries(name.split(" ").map((label, at) => [dims[at] ?? "", label])),
      value,
    }));
    const hierarchies = isParted ? { r: parted } : {};
    const [found] = disclose({ dims, hierarchies, cells }, { threshold, width });
    const hidden = new Set(found?.suppressed.map((labels) => labels.join(" ")));
    const small = [...values].flatMap(([name, value]) => (value > 0 && value < threshold ? [name] : []));
    expect({ n, shown: small.filter((name) => !hidden.has(name)) }).toEqual({ n, shown: [] });
    expect({ n, isSafe: isApart(values, sums, hidden, small, width) }).toEqual({ n, isSafe: true });
    const others = [...hidden].filter((name) => !small.includes(name));
    const isMargin = (name: string): boolean => sums.some(([whole]) => whole === name);
    expect(found?.marginaler.map((labels) => labels.join(" ")).sort()).toEqual(others.filter(isMargin).sort());
    [secondary, margins] = [secondary + others.length, margins + others.filter(isMargin).length];
    for (const name of n % 4 === 0 ? others : []) {
      const fewer = new Set([...hidden].filter((one) => one !== name));
      expect({ n, name, isSafe: isApart(values, sums, fewer, small, width) }).toEqual({ n, name, isSafe: false });
    }
  }
  expect(secondary).toBeGreaterThan(300);
  expect(margins).toBeGreaterThan(10);
});

/** Its types name the module; its file exports the function. */
const loadHighs = highs as unknown as () => Promise<Highs>;

interface Labelled {
  readonly keys: Record<string, string>;
  readonly value: number;
}

/** A table of one to three dimensions of which the first has a hierarchy, with all its sums. */
const cube = (dims: number, next: () => number): { cells: Labelled[]; dims: string[] } => {
  const leaves = [
    ["a1", "a2", "b1", "b2"],
    ["k", "m"],
    ["x", "y"],
  ].slice(0, dims);
  const parents: Record<string, string[]>[] = [
    { a1: ["a1", "A", "Totalt"], a2: ["a2", "A", "Totalt"], b1: ["b1", "B", "Totalt"], b2: ["b2", "B", "Totalt"] },
    {},
    {},
  ];
  const sums = new Map<string, number>();
  const add = (at: number, labels: readonly string[], value: number): void => {
    if (at === dims) {
      const key = labels.join(" ");
      sums.set(key, (sums.get(key) ?? 0) + value);
      return;
    }
    const label = labels[at] ?? "";
    for (const one of parents[at]?.[label] ?? [label, "Totalt"]) add(at + 1, labels.with(at, one), value);
  };
  const fill = (at: number, labels: readonly string[]): void => {
    if (at === dims) add(0, labels, Math.floor(next() * 30));
    else for (const leaf of leaves[at] ?? []) fill(at + 1, [...labels, leaf]);
  };
  fill(0, []);
  const names = ["r", "k", "z"].slice(0, dims);
  return {
    dims: names,
    cells: [...sums].map(([key, value]) => ({
      keys: Object.fromEntries(key.split(" ").map((label, i) => [names[i] ?? "", label])),
      value,
    })),
  };
};

describe("tables of one to three dimensions, with a hierarchy, judged by HiGHS", () => {
  test("leave each small number two that it may be, and the ranges that are said are those", async () => {
    const solver = await loadHighs();
    const next = random(31);
    let tried = 0;
    for (const dims of [1, 2, 3, 2]) {
      const table = cube(dims, next);
      const hierarchies = { r: { A: ["a1", "a2"], B: ["b1", "b2"], Totalt: ["A", "B"] } };
      const [found] = disclose({ ...table, hierarchies });
      const nameOf = (keys: Record<string, string>): string => table.dims.map((dim) => keys[dim]).join("_");
      const hidden = new Set(found?.suppressed.map((labels) => labels.join("_")));
      const values = new Map(table.cells.map(({ keys, value }) => [nameOf(keys), value]));
      const children: Record<string, string[]>[] = [hierarchies.r, { Totalt: ["k", "m"] }, { Totalt: ["x", "y"] }];
      const sums = table.cells.flatMap(({ keys }) =>
        table.dims.flatMap((dim, at) => {
          const parts = children[at]?.[keys[dim] ?? ""];
          return parts ? [[nameOf(keys), ...parts.map((label) => nameOf({ ...keys, [dim]: label }))]] : [];
        }),
      );
      const constraints = sums.map(([whole = "", ...parts], i) =>
        ` s${i}: v_${whole} - ${parts.map((part) => `v_${part}`).join(" - v_")} = 0`.replaceAll("v_v_", "v_"),
      );
      const fixed = table.cells.flatMap(({ keys, value }, i) =>
        hidden.has(nameOf(keys)) ? [] : [` f${i}: v_${nameOf(keys)} = ${value}`],
      );
      const end = (name: string, sense: string): number => {
        const model = [
          sense,
          ` obj: v_${name}`,
          "Subject To",
          ...constraints,
          ...fixed,
          "General",
          ` ${[...values.keys()].map((one) => `v_${one}`).join(" ")}`,
          "End",
        ];
        const solved = solver.solve(model.join("\n"));
        return solved.Status === "Unbounded" ? Number.POSITIVE_INFINITY : Math.round(solved.ObjectiveValue);
      };
      for (const { keys, lag, hog } of found?.intervall ?? []) {
        const name = nameOf(keys);
        const range = [end(name, "Minimize"), end(name, "Maximize")];
        const value = values.get(name) ?? 0;
        if (value > 0 && value < 5) expect((range[1] ?? 0) - (range[0] ?? 0)).toBeGreaterThanOrEqual(1);
        expect([dims, name, lag, hog ?? Number.POSITIVE_INFINITY]).toEqual([dims, name, ...range]);
        tried++;
      }
    }
    expect(tried).toBeGreaterThan(10);
  }, 60_000);
});
