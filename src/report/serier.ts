/** What a published series says of the counts of persons under it: its mean, and each limit, as constraints. */
import { addDays } from "../schema/days.ts";
import { measures } from "../schema/measures.ts";
import { isOfPersons } from "./figures.ts";
import { insatsPath } from "./names.ts";
import {
  allOf,
  type Constraint,
  cellsOf,
  countedOf,
  equal,
  type PublishedTable,
  populationOf,
  tableWith,
} from "./publicerat.ts";
import type { Malrad, Publik, Serierad } from "./publik.ts";

type Keys = Readonly<Record<string, string>>;

interface Point {
  readonly keys: Keys;
  readonly rad: Malrad;
  readonly serie: Serierad;
}

/** The share of all periods together; a limit three standard deviations from it says how many the period's share is of. */
const ofShares = (points: readonly Point[], medel: number): Constraint[] => [
  equal(
    points.flatMap(({ keys }) => [
      { keys: countedOf(keys), coef: 1 },
      { keys: allOf(keys), coef: -medel },
    ]),
    0,
  ),
  ...points.flatMap(({ keys, serie: { grans_lag: low, grans_hog: high } }) => {
    const limit = high !== null && high < 1 ? high : low !== null && low > 0 ? low : null;
    return limit === null ? [] : [equal([{ keys: allOf(keys), coef: (limit - medel) ** 2 }], 9 * medel * (1 - medel))];
  }),
];

/** The mean of the periods; the limit above it says how far they are from one another, where one follows on the other. */
const ofCounts = (points: readonly Point[], medel: number): Constraint[] => {
  const steps = points.flatMap((point, i) => {
    const before = points[i - 1];
    if (!before || addDays(before.rad.till, 1) !== point.rad.fran) return [];
    const sign = (point.rad.varde ?? 0) < (before.rad.varde ?? 0) ? -1 : 1;
    return [
      { keys: point.keys, coef: sign },
      { keys: before.keys, coef: -sign },
    ];
  });
  const weights = Map.groupBy(steps, ({ keys }) => keys);
  const terms = [...weights].map(([keys, own]) => ({ keys, coef: own.reduce((sum, { coef }) => sum + coef, 0) }));
  const high = points[0]?.serie.grans_hog ?? null;
  const each = points.map(({ keys }) => ({ keys, coef: 1 }));
  const whole = equal(each, medel * points.length);
  if (high === null || steps.length === 0) return [whole];
  const moved = terms.filter(({ coef }) => coef !== 0);
  return [whole, equal(moved, ((high - medel) / 2.66) * (steps.length / 2))];
};

/** One table for each series about persons that counts, or is a share of, them. */
export const ofSeries = (publik: Publik): PublishedTable[] => {
  const keyOf = ({ insats_id: insats, mal_id: mal, grupp, gruppvarde, fran }: Malrad | Serierad): string =>
    JSON.stringify([insats, mal, grupp, gruppvarde, fran]);
  const rows = new Map(publik.maluppfyllelse.map((rad) => [keyOf(rad), rad]));
  const series = Map.groupBy(publik.malserie, (serie) => keyOf({ ...serie, fran: "" }));
  return [...series.values()].flatMap((own) => {
    const points = own.flatMap((serie): Point[] => {
      const rad = rows.get(keyOf(serie));
      return rad === undefined ? [] : [{ keys: { period: serie.fran }, rad, serie }];
    });
    const [first] = points;
    const medel = first?.serie.medel ?? null;
    if (!first || medel === null || !isOfPersons(first.rad.matt)) return [];
    const { insats_id: insats, matt, grupp, gruppvarde } = first.rad;
    const slag = measures.get(matt)?.slag;
    if (slag === "kvot") return [];
    const what = `${matt} över tid${grupp === "" ? "" : ` ${grupp} ${gruppvarde}`}`;
    return tableWith({
      resultat: points.map(({ rad }) => rad.resultat_id),
      population: populationOf({ ...first.rad, till: points.at(-1)?.rad.till ?? null }, what),
      cells: points.flatMap(({ keys, rad }) => cellsOf(rad, keys)),
      constraints: slag === "andel" ? ofShares(points, medel) : ofCounts(points, medel),
      dokument: insatsPath(insats),
      plats: "När verksamheten målet alltid, aldrig eller av slump?",
    });
  });
};
