/**
 * Totals of random registers, attacked by one who knows what they count: over every register that gives what is shown, of persons
 * of every kön who come and go in every half year. No relation between counts is used here, only who is in which.
 */
import { expect, test } from "vitest";
import { type Cell, relate } from "../../src/publication/definitions.ts";
import { Disclosure, type Kind } from "../../src/publication/disclosure.ts";
import { Worlds } from "../../src/publication/worlds.ts";
import { random } from "../random.ts";

/** Comes in a half year, 0 before the first, and goes in one, 5 after the last. */
interface Type {
  readonly kon: "kvinna" | "man";
  readonly from: number;
  readonly to: number;
}
const types: readonly Type[] = (["kvinna", "man"] as const).flatMap((kon) =>
  [0, 1, 2, 3, 4].flatMap((from) => [1, 2, 3, 4, 5].filter((to) => to >= from).map((to) => ({ kon, from, to }))),
);
const days = ["", "2023-01-01", "2023-07-01", "2024-01-01", "2024-07-01"];
const ends = ["", "2023-06-30", "2023-12-31", "2024-06-30", "2024-12-31"];
const windows = [
  ...[1, 2, 3, 4].map((half) => [half, half] as const),
  ...[
    [1, 2],
    [3, 4],
    [1, 4],
  ].map(([from = 1, to = 1]) => [from, to] as const),
];
const slag = {
  deltagare: ({ from, to }: Type, first: number, last: number) => from <= last && to >= first,
  nya: ({ from }: Type, first: number, last: number) => from >= first && from <= last,
  avslutade: ({ to }: Type, first: number, last: number) => to >= first && to <= last,
} as const;

/** A figure: the cells that it is the sum of, and which types it counts. */
interface Figure {
  readonly id: string;
  readonly cells: readonly Cell[];
  readonly counts: readonly number[];
}

const figuresOf = (persons: readonly number[], next: () => number): Figure[] =>
  Object.entries(slag).flatMap(([name, isIn]) =>
    windows.flatMap(([first, last]): Figure[] => {
      if (next() < 0.5) return [];
      const id = `${name} ${first}–${last}`;
      const figure = (kon: string | null, column: string): Figure => {
        const counts = types.map((type) => Number(isIn(type, first, last) && (kon === null || type.kon === kon)));
        const antal = counts.reduce((sum, n, j) => sum + n * (persons[j] ?? 0), 0);
        const [fran = "", till = ""] = [days[first], ends[last]];
        const cell = { insats_id: "i", element: `${id}/${column}`, antal, slag: name, av: null, kon, fran, till };
        return { id: `${id}/${column}`, cells: [cell], counts };
      };
      if (next() < 0.5) return [figure(null, "totalt")];
      const parts = [figure("kvinna", "kvinnor"), figure("man", "man")];
      const all = types.map((_, j) => parts.reduce((sum, { counts }) => sum + (counts[j] ?? 0), 0));
      return [...parts, { id, cells: parts.flatMap(({ cells }) => cells), counts: all }];
    }),
  );

const kindsOf = (figures: readonly Figure[]): { kinds: Kind[]; relations: string[] } => {
  const cells = [...new Map(figures.flatMap((figure) => figure.cells.map((cell) => [cell.element, cell]))).values()];
  const related = relate(cells);
  const elements = new Map<string, { persons: number; times: Map<string, number> }>();
  const put = (element: string, persons: number, set: string, times: number): void => {
    const own = elements.get(element) ?? { persons, times: new Map<string, number>() };
    own.times.set(set, times);
    elements.set(element, own);
  };
  for (const { id, cells: own } of figures)
    for (const { element, antal } of own) if (antal > 0) put(element, antal, id, 1);
  for (const { mangd, element, vikt, ganger } of related) put(element, vikt, mangd, ganger);
  return { kinds: [...elements.values()], relations: [...new Set(related.map(({ mangd }) => mangd))] };
};

test("no total, and no difference of one that is among another, is found to be of 1–4 in 150 random deliveries", () => {
  const next = random(23);
  let [hidden, tried] = [0, 0];
  for (let i = 0; i < 150; i++) {
    const persons = types.map(() => (next() < 0.6 ? 0 : Math.floor(next() * 7)));
    const figures = figuresOf(persons, next);
    const { kinds, relations } = kindsOf(figures);
    const disclosure = new Disclosure(kinds, 5, [], relations);
    const shown = figures.filter(({ id }) => disclosure.show({ id, sets: [id], shares: [] }).reason === "ingen");
    hidden += figures.length - shown.length;
    const worlds = new Worlds(types.length);
    const sumIn = (counts: readonly number[]): number => counts.reduce((sum, n, j) => sum + n * (persons[j] ?? 0), 0);
    for (const { counts } of shown) worlds.add({ weights: counts, op: "=", value: sumIn(counts) });
    const groups = figures.flatMap((one) => [
      { name: one.id, counts: one.counts },
      ...figures
        .filter((other) => other !== one && other.counts.every((n, j) => n <= (one.counts[j] ?? 0)))
        .map((other) => ({
          name: `${one.id} − ${other.id}`,
          counts: one.counts.map((n, j) => n - (other.counts[j] ?? 0)),
        })),
    ]);
    const few = groups.filter(({ counts }) => sumIn(counts) > 0 && sumIn(counts) < 5);
    tried += few.length;
    const found = few
      .filter(({ counts }) => (worlds.copy().most(counts, 5)?.value ?? 0) < 5 - 1e-6)
      .map(({ name }) => name);
    expect({ i, found }).toEqual({ i, found: [] });
  }
  expect(hidden).toBeGreaterThan(300);
  expect(tried).toBeGreaterThan(300);
}, 120_000);
