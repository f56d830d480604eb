/**
 * Tries to work out few persons from what was published, as somebody would who knows which persons each figure counts, but not how
 * many they are. It reads what left, not what was decided, and is the last gate of a run.
 */
import type { Database } from "../db/open.ts";
import { boundIn } from "./disclosure.ts";
import { ofUnknown, type Registers, readThresholds } from "./figures.ts";
import { type Known, Worlds } from "./worlds.ts";

type Keys = Readonly<Record<string, string>>;

/** A table of `publicerat.json`. */
export interface Published {
  readonly population: string;
  readonly dims: readonly string[];
  readonly resultat: readonly string[];
  readonly cells: readonly { readonly keys: Keys; readonly value: number | null }[];
  readonly constraints: readonly {
    readonly terms: readonly { readonly keys: Keys; readonly coef: number }[];
    readonly op: Known["op"];
    readonly rhs: number;
  }[];
}

/** What could be worked out: of which rows, weighed together. */
export interface Inferred {
  readonly insats: string;
  readonly rows: readonly string[];
}

/** Which sets a cell is the sum of: the row's counted persons, all of them, or the difference. */
type Part = readonly (readonly [del: "taljare" | "namnare" | "okand", weight: number])[];

const partOf = (keys: Keys, isAlone: boolean): Part =>
  keys.utfall === "raknas"
    ? [["taljare", 1]]
    : keys.utfall === "ovriga"
      ? [
          ["namnare", 1],
          ["taljare", -1],
        ]
      : isAlone
        ? [
            ["taljare", 1],
            ["namnare", 1],
          ]
        : [["namnare", 1]];

const konColumn: Readonly<Record<string, string>> = { kvinna: "kvinnor", man: "man", okant: "okant", Totalt: "totalt" };

/** The figure that a cell shows, and what part of it. */
const figureOf = (keys: Keys, row: string): { readonly id: string; readonly part: Part } => {
  const { uppgift = "", kon = "" } = keys;
  if (keys.okanda !== undefined) return { id: `${row}${ofUnknown}`, part: [["okand", 1]] };
  if (row.startsWith("konsfordelning/")) return { id: `${row}#${konColumn[kon]}`, part: [["taljare", 1]] };
  const [, counted, del] = /^(.+) (taljare|namnare)$/.exec(uppgift) ?? [];
  if (counted !== undefined) return { id: counted, part: [[del === "taljare" ? "taljare" : "namnare", 1]] };
  const [, goal, column] = /^(maluppfyllelse\/[^#]*)(?:#(.*))?$/.exec(uppgift) ?? [];
  if (goal !== undefined) return { id: goal, part: [[column === "namnare" ? "namnare" : "taljare", 1]] };
  if (uppgift.startsWith("konsfordelning/")) return { id: uppgift, part: [["taljare", 1]] };
  // A stated figure, and an answer, is of nobody in the register.
  if (row.startsWith("utsagekontroll/") || row.startsWith("enkat/")) return { id: row, part: [] };
  return { id: row, part: partOf(keys, keys.utfall === undefined) };
};

const placesOf = (cells: Published["cells"]): ReadonlyMap<string, number> =>
  new Map(cells.map(({ keys }, i) => [JSON.stringify(keys), i]));

/** How many a row's part really counts, and in which register. */
interface Truth {
  readonly antal: number;
  readonly register: string | null;
}

/**
 * What somebody finds who knows no register but what each count means: the most that a hidden count can be, by all that the counts have
 * to do with one another. What one register counts is not what another does, even of the same persons.
 */
const boundByMeaning = (
  { population, cells, constraints, resultat }: Published,
  truthOf: (row: string, keys: Keys) => Truth | undefined,
  threshold: number,
): Inferred[] => {
  const [insats = ""] = population.split(" ");
  const places = placesOf(cells);
  const truths = cells.map(({ keys }, i) => truthOf(resultat[i] ?? "", keys));
  const unknown = [...cells.keys()].filter((i) => cells[i]?.value === null);
  const known = constraints.flatMap(({ terms, op }) => {
    const own = new Map(terms.map(({ keys, coef }) => [places.get(JSON.stringify(keys)) ?? -1, coef]));
    const real = [...own].reduce((sum, [cell, coef]) => sum + coef * (truths[cell]?.antal ?? Number.NaN), 0);
    const registers = new Set([...own.keys()].flatMap((cell) => truths[cell]?.register ?? []));
    const isTrue = registers.size < 2 && (op === "=" ? real === 0 : real >= 0);
    const shown = [...own].reduce((sum, [cell, coef]) => sum + coef * (cells[cell]?.value ?? 0), 0);
    return isTrue ? [{ own, op, real, shown, weights: unknown.map((cell) => own.get(cell) ?? 0) }] : [];
  });
  const worlds = new Worlds(unknown.length);
  const isPossible = known.every(({ weights, op, shown }) => worlds.add({ weights, op, value: -shown }));
  const isFew = (count: number): boolean => count > 0 && count < threshold;
  const sums = [
    ...unknown.map((cell, at) => ({
      rows: [cell],
      real: truths[cell]?.antal ?? 0,
      shown: 0,
      weights: unknown.map((_, j) => (j === at ? 1 : 0)),
    })),
    ...known.map(({ own, ...one }) => ({ ...one, rows: [...own.keys()] })),
  ];
  const found: (readonly number[])[] = [];
  return sums.flatMap(({ rows, real, shown, weights }) => {
    const isEnough = (count: number): boolean => count >= threshold - shown - 1e-6;
    if (!isFew(real) || found.some((world) => isEnough(weights.reduce((sum, by, j) => sum + by * (world[j] ?? 0), 0))))
      return [];
    const most = isPossible ? worlds.most(weights, threshold - shown) : undefined;
    if (most && isEnough(most.value)) {
      found.push(most.world);
      return [];
    }
    const used = known.flatMap(({ own }, i) => (Math.abs(most?.proof[i] ?? 0) > 1e-7 ? [...own.keys()] : []));
    return [{ insats, rows: [...new Set([...rows, ...used].map((cell) => resultat[cell] ?? ""))] }];
  });
};

interface Fact extends Known {
  readonly row: string;
}

/**
 * @param db a run's database, with the temporary tables of who is counted
 * @param registers who is counted; and registers that are said to agree with what was published: each is tried against it
 * @returns what can be worked out of 1–4 persons, or could not be tried
 */
export const attack = async (db: Database, tables: readonly Published[], registers: Registers): Promise<Inferred[]> => {
  const ofFigure = Map.groupBy(
    await db.rows<{ resultat_id: string; del: string; mangd: string }>(`
      select distinct figur.resultat_id, mangd.del, mangd.mangd
      from (select resultat_id, av from figur union select av, av from figur) as figur inner join mangd on mangd.resultat_id = figur.av`),
    ({ resultat_id: id, del }) => `${id} ${del}`,
  );
  const setsOf = (id: string, del: string): string[] => (ofFigure.get(`${id} ${del}`) ?? []).map(({ mangd }) => mangd);
  /** Every way to write a sum of a figure's parts as weighted sets: figures that rest on several others have several. */
  const weigh = (id: string, part: Part, coef: number): Map<string, number>[] => {
    const choices = part.map(([del, weight]) => setsOf(id, del).map((set) => [set, weight * coef] as const));
    const most = Math.max(0, ...choices.map(({ length }) => length));
    return Array.from({ length: most }, (_, i) => new Map(choices.flatMap((sets) => sets.slice(i, i + 1))));
  };
  const thresholdOf = await readThresholds(db);
  const owners = new Map(
    (
      await db.rows<{ id: string; insats: string }>(
        "select distinct split_part(resultat_id, '#', 1) as id, insats_id as insats from figur",
      )
    ).map(({ id, insats }) => [id, insats]),
  );
  const facts: { row: string; weights: ReadonlyMap<string, number>; op: Known["op"]; value: number }[] = [];
  const failed: Inferred[] = [];
  const counted = await db.rows<Truth & { id: string; del: string }>(`
    with antal as (
      select resultat_id, unnest(['taljare', 'namnare']) as del, unnest([cast(taljare as double), cast(namnare as double)]) as antal
      from (select resultat_id, taljare, namnare from results.maluppfyllelse union all select resultat_id, taljare, namnare from sammanslagen)
      union all
      select resultat_id || '#' || kolumn, 'taljare', cast(antal as double)
      from (unpivot (select resultat_id, kvinnor, man, okant, totalt from results.konsfordelning) on kvinnor, man, okant, totalt into name kolumn value antal)
    )
    select resultat_id as id, del, antal,
      (select string_agg(distinct register order by register) from medlem where medlem.resultat_id = antal.resultat_id) as register
    from antal where antal is not null`);
  const truths = new Map(counted.map((one) => [`${one.id} ${one.del}`, one]));
  const truthOf = (row: string, { figur = "", del = "" }: Keys): Truth | undefined => {
    const [, kon = "Totalt"] = / kon\/(\w+) /.exec(figur) ?? [];
    return truths.get(row.startsWith("konsfordelning/") ? `${row}#${konColumn[kon]} ${del}` : `${row} ${del}`);
  };
  for (const { resultat, cells, constraints } of tables.filter(({ dims }) => !dims.includes("figur"))) {
    const width = Math.max(1, cells.length / resultat.length);
    const rowOf = (i: number): string => resultat[Math.floor(i / width)] ?? "";
    for (const [i, { keys, value }] of cells.entries()) {
      if (value === null) continue;
      const { id, part } = figureOf(keys, rowOf(i));
      facts.push(...weigh(id, part, 1).map((weights) => ({ row: rowOf(i), weights, op: "=" as const, value })));
      if (value > 0 && value < thresholdOf(owners.get(rowOf(i)) ?? ""))
        failed.push({ insats: rowOf(i), rows: [rowOf(i)] });
    }
    const places = placesOf(cells);
    for (const { terms, op, rhs } of constraints) {
      if (op === "=") continue;
      const at = places.get(JSON.stringify(terms[0]?.keys)) ?? -1;
      const own = terms.map(({ keys, coef }) => {
        const { id, part } = figureOf(keys, rowOf(at));
        return weigh(id, part, coef)[0] ?? new Map<string, number>();
      });
      facts.push({ row: rowOf(at), weights: new Map(own.flatMap((one) => [...one])), op, value: rhs });
    }
  }
  const before = await db.rows<{ mangd: string; antal: number }>(`
    select mangd, sum(vikt * ganger) as antal from (select vikt, unnest(mangder) as mangd, unnest(ganger) as ganger from checks.forra_visad) group by mangd`);
  for (const { mangd, antal } of before) {
    const row = `rapporten ${mangd.slice(0, "2024-01-01".length)}`;
    facts.push({ row, weights: new Map([[mangd, 1]]), op: "=", value: antal, ...boundIn(mangd) });
  }
  const factsOf = new Map<string, (typeof facts)[number][]>();
  for (const fact of facts)
    for (const set of fact.weights.keys()) factsOf.set(set, [...(factsOf.get(set) ?? []), fact]);
  const seen = new Map(facts.map((fact) => [fact, 0]));
  const inferred: Inferred[] = [];
  for (const [insats, own] of registers) {
    const threshold = thresholdOf(insats);
    for (const { kinds, worlds: others } of own) {
      const sets = new Set(kinds.flatMap(({ times }) => [...times.keys()]));
      const known = [...new Set([...sets].flatMap((set) => factsOf.get(set) ?? []))].flatMap((fact): Fact[] => {
        const weights = kinds.map(({ times }) =>
          [...fact.weights].reduce((sum, [set, weight]) => sum + weight * (times.get(set) ?? 0), 0),
        );
        if (weights.every((weight) => weight === 0)) return [];
        const sum = kinds.reduce((total, { persons }, j) => total + persons * (weights[j] ?? 0), 0);
        seen.set(fact, (seen.get(fact) ?? 0) + sum);
        return [{ row: fact.row, weights, op: fact.op, value: fact.op === "=" ? sum : fact.value }];
      });
      // Most groups have a register already: then none is looked for.
      let worlds: Worlds | undefined;
      let isWhole = true;
      const groups = Map.groupBy(kinds.keys(), (j) => known.map(({ weights }) => weights[j]).join(" "));
      const agrees = (world: readonly number[]): boolean =>
        kinds.every((_, j) => (world[j] ?? -1) > -1e-6) &&
        kinds.every(({ persons }, j) => persons <= 0 || Math.abs((world[j] ?? 0) - Math.round(world[j] ?? 0)) < 1e-6) &&
        known.every(({ weights, op, value }) => {
          const sum = weights.reduce((total, weight, j) => total + weight * (world[j] ?? 0), 0);
          return op === "=" ? Math.abs(sum - value) < 1e-6 : op === ">=" ? sum > value - 1e-6 : sum < value + 1e-6;
        });
      const found = others.filter(agrees);
      for (const group of groups.values()) {
        const persons = group.reduce((sum, j) => sum + (kinds[j]?.persons ?? 0), 0);
        if (persons <= 0 || persons >= threshold) continue;
        const hasEnough = (world: readonly number[]): boolean =>
          group.reduce((sum, j) => sum + (world[j] ?? 0), 0) >= threshold - 1e-6;
        if (found.some(hasEnough)) continue;
        if (!worlds) {
          const all = new Worlds(kinds.length);
          isWhole = known.every((fact) => all.add(fact));
          worlds = all;
        }
        const tried = worlds.copy();
        const world = isWhole ? tried.whole(new Set(group), threshold) : undefined;
        if (world) {
          found.push(world);
          continue;
        }
        const proof = isWhole
          ? tried.most(
              kinds.map((_, j) => (group.includes(j) ? 1 : 0)),
              threshold,
            )?.proof
          : undefined;
        const rows = known.filter((_, i) => proof === undefined || Math.abs(proof[i] ?? 0) > 1e-7);
        inferred.push({ insats, rows: [...new Set(rows.map(({ row }) => row))] });
      }
    }
  }
  const unfounded = [...seen].filter(([{ op, value }, sum]) => op === "=" && Math.abs(sum - value) > 1e-6);
  const related = tables.filter(({ dims }) => dims.includes("figur"));
  failed.push(
    ...related.flatMap((table) => boundByMeaning(table, truthOf, thresholdOf(table.population.split(" ")[0] ?? ""))),
  );
  return [...failed, ...inferred, ...unfounded.map(([{ row }]) => ({ insats: row, rows: [row] }))];
};
