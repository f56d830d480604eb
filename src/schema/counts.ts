/**
 * What counts of persons have to do with one another by what they count: who is new is among those who take part, the quarters of a
 * year add up to it where they count events. Of delivered numbers and of published ones.
 */
import { addDays } from "./days.ts";

/** Persons of one slag in one period, all or of one group. */
export interface Count {
  /** As delivered counts name it (`deltagare`, `nya`); or an outcome, and one value of it: `avslutsorsak flyttat`. */
  readonly slag: string;
  /** Of an outcome: whose it is. */
  readonly av: string | null;
  /** Empty for all. */
  readonly grupp: string;
  readonly fran: string;
  readonly till: string;
  /** Undefined where it is not known. */
  readonly value: number | undefined;
}

/** Counts, weighed: what they come to together is 0, or else how many persons more one is than others. */
export interface Relation<C extends Count> {
  readonly name: string;
  readonly terms: readonly (readonly [count: C, weight: 1 | -1])[];
  readonly isZero: boolean;
}

export type Del = "taljare" | "namnare";

type What = Pick<Count, "slag" | "av">;
export const slag = (name: string, av: string | null = null): What => ({ slag: name, av });

/** Measures that count what delivered numbers are of. */
const counted: Readonly<Record<string, { readonly [D in Del]?: What }>> = {
  deltaganden: { taljare: slag("deltagare") },
  unika_deltagare: { taljare: slag("unika", "deltagare") },
  malgrupp_nadd: { taljare: slag("unika", "deltagare") },
  kostnad_per_deltagare: { namnare: slag("unika", "deltagare") },
  nya_deltagare: { taljare: slag("nya") },
  avslutade_deltagare: { taljare: slag("avslutade") },
  genomstromning: { taljare: slag("avslutade"), namnare: slag("deltagare") },
  andel_med_personuppgifter: { taljare: slag("med_personuppgifter"), namnare: slag("deltagare") },
  andel_kvinnor: { namnare: slag("av_kant_kon", "deltagare") },
  inskrivningstid: { namnare: slag("inskrivna", "avslutade") },
};
/** Shares of those that ended of whom something is known. */
const ofEnded = [
  "andel_avbrott",
  "andel_till_arbete_eller_studier",
  "andel_borjat_eller_okat",
  "utskrivna_med_information",
];

export const parametersText = (parametrar: string | null): string =>
  Object.entries(JSON.parse(parametrar ?? "{}") as Record<string, unknown>)
    .map(([name, value]) => ` ${name} ${[value].flat().join(", ")}`)
    .join("");

/** What a figure's part counts, if it is known what that has to do with other counts. */
export const whatOf = (matt: string, parametrar: string | null, del: Del): What | undefined => {
  const given = JSON.parse(parametrar ?? "{}") as Record<string, unknown>;
  if (matt === "individer_i_samverkansmote")
    return del === "taljare" ? slag(`i_samverkansmote ${Number(given.minst_parter ?? 1)}`) : undefined;
  const isOutcome = matt === "utfallsandel" && (given.av ?? "avslutade") === "avslutade";
  if (!ofEnded.includes(matt) && !isOutcome) return counted[matt]?.[del];
  // What counts is among those of whom it is known, who are named without blanks.
  const known = `${matt}${isOutcome ? `/${String(given.variabel)}` : ""}`;
  return slag(del === "namnare" ? known : `${known} ${parametersText(parametrar)}`, "avslutade");
};

/** Events add up over time; who was there does not. */
const isEvent = ({ slag, av }: Count): boolean => ["nya", "avslutade"].includes(slag) || av === "avslutade";

/** Whether all that one slag counts are counted by another. */
const isPart = (one: Count, other: Count): boolean => {
  const [slag, parts = 1] = one.slag.split(" ");
  const [others, otherParts = 1] = other.slag.split(" ");
  if (slag === "planerat" || others === "planerat") return false;
  if (slag === "i_samverkansmote" && others === slag) return Number(parts) >= Number(otherParts);
  return [one.slag, one.av, "deltagare"].includes(other.slag) || (one.av !== null && other.slag === slag);
};

const isInside = (one: Count, other: Count): boolean => one.fran >= other.fran && one.till <= other.till;

/** Whether all persons of a count are counted by another. */
const isWithin = (one: Count, other: Count): boolean =>
  one !== other && (one.grupp === other.grupp || other.grupp === "") && isInside(one, other) && isPart(one, other);

/** The next that a count is within, not those that it is within by way of another. */
export const nextOf = <C extends Count>(one: C, counts: readonly C[]): C[] => {
  const around = counts.filter((other) => isWithin(one, other));
  return around.filter((other) => !around.some((between) => isWithin(between, other)));
};

/** Periods as chains, each of which overlaps nowhere: the quarters of a year, its tertials. */
const chainsOf = <C extends Count>(counts: readonly C[]): C[][] => {
  const left = [...counts].sort((a, b) => (a.fran < b.fran || (a.fran === b.fran && a.till < b.till) ? -1 : 1));
  const chains: C[][] = [];
  for (let first = left.shift(); first; first = left.shift()) {
    const chain = [first];
    for (;;) {
      const { till } = chain.at(-1) ?? first;
      const adjacent = left.findIndex(({ fran }) => fran === addDays(till, 1));
      const next = adjacent >= 0 ? adjacent : left.findIndex(({ fran }) => fran > till);
      if (next < 0) break;
      chain.push(...left.splice(next, 1));
    }
    chains.push(chain);
  }
  return chains;
};

const isWhole = (chain: readonly Count[], { fran, till }: Count): boolean =>
  chain.at(0)?.fran === fran &&
  chain.at(-1)?.till === till &&
  chain.slice(1).every((one, i) => one.fran === addDays(chain[i]?.till ?? "", 1));

const named = ({ slag, grupp, fran, till }: Count): string =>
  [slag, grupp, `${fran}–${till}`].filter((part) => part !== "").join(" ");

/** @returns undefined where one of them is not known */
export const sumOf = (terms: Relation<Count>["terms"]): number | undefined =>
  terms.reduce<number | undefined>(
    (sum, [{ value }, weight]) => (sum === undefined || value === undefined ? undefined : sum + weight * value),
    0,
  );

/** What is not contradicted by the numbers. */
const more = <C extends Count>(name: string, terms: Relation<C>["terms"], isAll = false): Relation<C>[] => {
  const rest = sumOf(terms);
  return rest !== undefined && rest < 0 ? [] : [{ name, terms, isZero: isAll && (rest ?? 0) === 0 }];
};

const weigh = <C extends Count>(counts: readonly C[], weight: 1 | -1): (readonly [C, 1 | -1])[] =>
  counts.map((count) => [count, weight] as const);

const among = <C extends Count>(parts: readonly C[], whole: C, isAll = false): Relation<C>[] =>
  more(`${parts.map(named).join(", ")} i ${named(whole)}`, [[whole, 1], ...weigh(parts, -1)], isAll);

/** What two ways to count come to. */
const same = <C extends Count>(name: string, ...terms: Relation<C>["terms"]): Relation<C>[] =>
  (sumOf(terms) ?? 0) === 0 ? [{ name, terms, isZero: true }] : [];

/** What is known of the counts of one insats, whatever they are. */
export const relationsOf = <C extends Count>(counts: readonly C[]): Relation<C>[] => {
  const series = [...Map.groupBy(counts, ({ slag, grupp }) => `${slag}/${grupp}`).values()];
  const places = new Map(counts.map((one) => [named(one), one]));
  const at = (slag: string, like: Count): C | undefined => places.get(named({ ...like, slag }));
  /** The longest of a series within a count, as chains of at least two. */
  const chainsIn = (one: C, own: readonly C[]): C[][] => {
    const inside = own.filter((other) => other.grupp === one.grupp && isWithin(other, one));
    const longest = inside.filter((other) => !inside.some((longer) => isWithin(other, longer)));
    return chainsOf(longest).filter(({ length }) => length > 1);
  };
  /** Who is there in several periods is counted in each; who is there in any was there in the first or came later. */
  const ofPresent = (one: C, chain: readonly C[]): Relation<C>[] => {
    const [first, ...later] = chain;
    if (!first || !isWhole(chain, one)) return [];
    const several = more(`${named(one)} i flera av ${chain.map(named).join(", ")}`, [...weigh(chain, 1), [one, -1]]);
    const come = later.flatMap((each) => at("nya", each) ?? []);
    if (come.length < later.length) return several;
    return [...several, ...same(`${named(one)} från ${named(first)}`, [one, -1], [first, 1], ...weigh(come, 1))];
  };
  return series.flatMap((own) =>
    own.flatMap((one) => {
      const ofChains = series.flatMap((other) =>
        chainsIn(one, other).flatMap((chain) => {
          const [first] = chain;
          if (first && isEvent(first)) return among(chain, one, other === own && isWhole(chain, one));
          return other === own && one.slag === "deltagare" ? ofPresent(one, chain) : [];
        }),
      );
      // Who is there when a period ends is there when the next begins.
      const ended = one.slag === "deltagare" ? at("avslutade", one) : undefined;
      const ofFlow = own.flatMap((next) => {
        const come = ended && next.fran === addDays(one.till, 1) ? at("nya", next) : undefined;
        const name = `pågående efter ${named(one)} och före ${named(next)}`;
        return ended && come ? same(name, [one, 1], [ended, -1], [next, -1], [come, 1]) : [];
      });
      const ofOne = nextOf(one, counts).flatMap((other) => among([one], other));
      return [...ofChains, ...ofFlow, ...ofOne];
    }),
  );
};
