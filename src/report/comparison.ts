/** Many insatser, or models of work, in one measure: the same thing counted in the same days and from the same kind of ground. */
import { fold } from "../schema/columns.ts";
import { wholeMonths } from "../schema/days.ts";
import { measureTitle } from "../schema/definitions.ts";
import {
  binomialLimits,
  binomialPlace,
  inner,
  type Limits,
  outer,
  overdispersion,
  poissonLimits,
  poissonPlace,
  type Utanfor,
  widened,
} from "../schema/funnel.ts";
import { poisson, wilson } from "../schema/intervals.ts";
import { measureOf } from "../schema/measures.ts";
import { partsOf, standardised } from "../schema/standard.ts";
import { begun } from "../schema/swedish.ts";
import { totalOf } from "./figures.ts";
import type { Names } from "./names.ts";
import type { Malrad, Publik } from "./publik.ts";

/** One dot: what it counts of how many, as a share or as kronor for each. */
export interface Enhet {
  readonly id: string;
  readonly namn: string;
  /** What is counted; öre of a cost. */
  readonly taljare: number;
  readonly namnare: number;
  readonly varde: number;
  readonly ki: Limits;
  /** How far it may lie from all of them by chance: 99.8 percent. */
  readonly granser: Limits;
  /** Whether it lies farther off. */
  readonly utanfor: Utanfor;
}

export interface Amne {
  readonly matt: string;
  readonly titel: string;
  readonly fran: string;
  readonly till: string;
  /** Empty for all, else `kvinna` or `man`. */
  readonly kon: string;
  readonly slag: "andel" | "kostnad";
  /** What all of them come to together. */
  readonly alla: number;
  readonly enheter: readonly Enhet[];
  /** How many times more they vary than chance gives. */
  readonly spridning: number;
  /** For how much of it the limits are widened; 1 where they are not. */
  readonly vidgning: number;
  /** Those of the same measure and days that are not shown, being of few persons. */
  readonly dolda: number;
}

/** From so many on, limits by size are drawn; of fewer each has its own interval. */
export const manyUnits = 10;
/** More dots than this are one cloud, and a table that nobody reads: the förbund stand instead of their insatser. */
export const mostUnits = 500;
/** Of fewer there is nothing to see beside the pairs. */
const fewestUnits = 3;

interface Delar {
  readonly taljare: number;
  readonly namnare: number;
}

interface Summa extends Delar {
  readonly id: string;
  readonly namn: string;
}

/** What counts, and what it is of, of several together. */
export const summed = (parts: readonly Delar[]): Delar =>
  parts.reduce((a, b) => ({ taljare: a.taljare + b.taljare, namnare: a.namnare + b.namnare }), {
    taljare: 0,
    namnare: 0,
  });

/** A cost is the money that was there, by how many it was enough for: by chance more or fewer come, and the money is given. */
const costOf = (ore: number, antal: number): number => (antal > 0 ? ore / 100 / antal : Number.POSITIVE_INFINITY);

const limitsOf = (
  slag: Amne["slag"],
  alla: number,
  { taljare, namnare }: Summa,
  level: number,
  spridning = 1,
): Limits => {
  if (slag === "andel") {
    const { lag, hog } = widened(binomialLimits(alla, namnare, level), alla, spridning);
    return { lag, hog: Math.min(1, hog) };
  }
  const expected = taljare / 100 / alla;
  const { lag, hog } = widened(poissonLimits(expected, level), expected, spridning);
  return { lag: costOf(taljare, hog), hog: costOf(taljare, lag) };
};

/** The limits of a unit of a size, of which nobody is asked how it went. */
export const limitsAt = ({ slag, alla, vidgning }: Amne, antal: number, level: number): Limits => {
  const unit = { id: "", namn: "", taljare: slag === "andel" ? 0 : antal * alla * 100, namnare: antal };
  return limitsOf(slag, alla, unit, level, vidgning);
};

/** From so many times chance on, the limits are too narrow for what units like these differ by. */
export const spread = 2;

/** The same with limits as wide as units that vary so much need: over-dispersion, off until a reader asks. */
export const widenedOf = (amne: Amne): Amne => {
  const { slag, alla, spridning } = amne;
  const enheter = amne.enheter.map((one): Enhet => {
    const [inre, granser] = [inner, outer].map((level) => limitsOf(slag, alla, one, level, spridning));
    const isOutside = (limits: Limits | undefined): boolean =>
      limits !== undefined && (one.varde < limits.lag || one.varde > limits.hog);
    return {
      ...one,
      granser: granser ?? one.granser,
      utanfor: isOutside(granser) ? "yttre" : isOutside(inre) ? "inre" : "ingen",
    };
  });
  return { ...amne, vidgning: spridning, enheter };
};

/** How large a unit is: a share by what it is of, a cost by how many its money is expected to be enough for. */
export const sizeOf = ({ slag, alla }: Amne, { taljare, namnare }: Enhet): number =>
  slag === "andel" ? namnare : taljare / 100 / alla;

/** Sums as units: what each comes to, its interval, and whether it lies farther from all than chance takes it. */
const enheterOf = (
  slag: Amne["slag"],
  sums: readonly Summa[],
): Pick<Amne, "alla" | "enheter" | "spridning" | "vidgning"> => {
  const { taljare: counted, namnare: of } = summed(sums);
  const alla = slag === "andel" ? counted / of : costOf(counted, of);
  const distance = ({ taljare, namnare }: Summa): number => {
    const expected = slag === "andel" ? alla * namnare : taljare / 100 / alla;
    const variance = slag === "andel" ? expected * (1 - alla) : expected;
    return ((slag === "andel" ? taljare : namnare) - expected) / Math.sqrt(variance);
  };
  const spridning = alla > 0 && (slag === "kostnad" || alla < 1) ? overdispersion(sums.map(distance)) : 0;
  const enheter = sums.map((one): Enhet => {
    const { taljare, namnare } = one;
    const varde = slag === "andel" ? taljare / namnare : costOf(taljare, namnare);
    const count = poisson(namnare);
    const ki =
      slag === "andel"
        ? wilson(taljare, namnare)
        : { lag: costOf(taljare, count.hog), hog: costOf(taljare, count.lag) };
    const granser = limitsOf(slag, alla, one, outer);
    const utanfor =
      slag === "andel" ? binomialPlace(taljare, namnare, alla) : poissonPlace(namnare, taljare / 100 / alla);
    return { ...one, varde, ki, granser, utanfor };
  });
  return { alla, enheter, spridning, vidgning: 1 };
};

type Sedd = Malrad & { readonly taljare: number; readonly namnare: number };

export const isSeen = (rad: Malrad): rad is Sedd =>
  !rad.ar_dold && rad.varde !== null && rad.taljare !== null && rad.namnare !== null && rad.namnare > 0;

/** What kind of picture a measure has: shares, and costs for each of something that comes one by one. */
export const slagOf = (matt: string): Amne["slag"] | undefined => {
  const { slag, enhet, personer } = measureOf(matt);
  if (slag === "andel") return "andel";
  return enhet.startsWith("kr/") && personer ? "kostnad" : undefined;
};

/** The words of the parameters tell apart two ways of asking one measure. */
export const titleOf = ({ matt, parametrar }: Malrad): string => {
  const words = Object.values(JSON.parse(parametrar ?? "{}") as Record<string, string | number | string[]>);
  return `${measureTitle(matt)}${words.length === 0 ? "" : ` (${words.map((word) => [word].flat().join(", ")).join("; ")})`}`;
};

export const byQuestion = (rows: readonly Malrad[]): Malrad[][] => [
  ...Map.groupBy(rows, ({ matt, parametrar, underlag }) => JSON.stringify([matt, parametrar, underlag])).values(),
];

/** Rows of the same days together: those that are seen of most come first, and of equal ones the longest days, then the latest. */
const byDays = (rows: readonly Malrad[]): Malrad[][] =>
  [...Map.groupBy(rows, ({ fran, till }) => `${fran}/${till}`)]
    .map(([days, own]) => {
      const [fran = "", till = ""] = days.split("/");
      return { days, own, seen: own.filter(isSeen).length, months: wholeMonths(fran, till) };
    })
    .sort((a, b) => b.seen - a.seen || b.months - a.months || (a.days < b.days ? 1 : -1))
    .map(({ own }) => own);

/** Each measure once, in the days that most insatser share. */
const topicsOf = (rows: readonly Malrad[]): { readonly own: readonly Malrad[]; readonly first: Malrad }[] =>
  byQuestion(rows).flatMap((asked) => {
    const [best = []] = byDays(asked);
    const own = [...new Map(best.map((rad) => [rad.insats_id, rad])).values()];
    const [first] = own;
    return first ? { own, first } : [];
  });

/** What a dot is. */
export type Av = "insats" | "modell" | "forbund";
/** One of them, one as a number of them, and several. */
export const avWords: Readonly<Record<Av, readonly [word: string, one: string, many: string]>> = {
  insats: ["insats", "en insats", "insatser"],
  modell: ["modell", "en modell", "modeller"],
  forbund: ["förbund", "ett förbund", "förbund"],
};

export type Amnen = Readonly<Record<Av, readonly Amne[]>>;

/** Every measure in which some insatser, the models that they work by, or the förbund that pay stand beside each other: of published figures only. */
const compareAll = (publik: Publik, names: Names): Amnen => {
  const modelOf = new Map(publik.insats.map(({ insats_id: id, modell }) => [id, modell]));
  const kinds: Readonly<
    Record<Av, readonly [idOf: (rad: Sedd) => string | null | undefined, namn: (id: string) => string]>
  > = {
    insats: [({ insats_id: id }) => id, names.insats],
    modell: [({ insats_id: id }) => modelOf.get(id), begun],
    forbund: [({ forbund_id: id }) => id, names.forbund],
  };
  const found: Record<Av, Amne[]> = { insats: [], modell: [], forbund: [] };
  const rows = publik.maluppfyllelse.filter(({ matt, skal }) => matt !== "formel" && skal !== "perioden_pagar");
  for (const kon of ["", "kvinna", "man"]) {
    const ofKon = rows.filter(({ grupp, gruppvarde }) =>
      kon === "" ? grupp === "" : grupp === "kon" && gruppvarde === kon,
    );
    for (const { own, first } of topicsOf(ofKon)) {
      const slag = slagOf(first.matt);
      if (slag === undefined) continue;
      const seen = own.filter(isSeen).filter(({ taljare }) => slag === "andel" || taljare > 0);
      const { matt, fran, till } = first;
      const dolda = own.filter(({ ar_dold: isHidden }) => isHidden).length;
      for (const [av, [idOf, namn]] of Object.entries(kinds)) {
        const byId = Map.groupBy(seen, (rad) => idOf(rad) ?? "");
        const sums = [...byId]
          .filter(([id]) => id !== "")
          .sort(([a], [b]) => a.localeCompare(b, "sv"))
          .map(([id, some]) => ({ id, namn: namn(id), ...summed(some) }));
        if (sums.length >= fewestUnits)
          found[av as Av].push({ matt, titel: titleOf(first), fran, till, kon, slag, dolda, ...enheterOf(slag, sums) });
      }
    }
  }
  return found;
};

const known = new WeakMap<Publik, Amnen>();

/** `compareAll`, once for a report. */
export const comparisonsOf = (publik: Publik, names: Names): Amnen => {
  const found = known.get(publik) ?? compareAll(publik, names);
  known.set(publik, found);
  return found;
};

/** A förbund as others are compared with it. */
export interface Egenskaper {
  readonly id: string;
  readonly namn: string;
  /** What its insatser have cost it, in öre: how large it is. */
  readonly storlek: number;
  readonly lan: string | null;
  /** Whom its insatser are for, in the words of what was delivered. */
  readonly malgrupper: readonly string[];
}

/** One that is alike in at least two respects. */
export interface Liknande extends Egenskaper {
  readonly lika: readonly ("storlek" | "län" | "målgrupp")[];
}

/** So many times larger or smaller is still alike. */
const alikeSize = 1.5;
/** More than these nobody reads. */
const mostAlike = 8;

/** A förbund and those most like it; of as many respects, those nearest in size. */
export const likeOf = (
  publik: Publik,
  names: Names,
  forbund: string,
): { readonly egen: Egenskaper | undefined; readonly liknande: readonly Liknande[] } => {
  const paid = Map.groupBy(
    publik.forbundskostnad.filter(({ dimension }) => dimension === "insats"),
    ({ forbund_id: id }) => id,
  );
  const groups = Map.groupBy(publik.malgrupp, ({ insats_id: id }) => id);
  const all = publik.forbund.map(({ forbund_id: id, lan }): Egenskaper => {
    const own = paid.get(id) ?? [];
    const malgrupper = own.flatMap(
      ({ id: insats }) => groups.get(insats)?.flatMap((one) => one.beskrivning ?? []) ?? [],
    );
    return { id, namn: names.forbund(id), storlek: totalOf(own), lan, malgrupper: [...new Set(malgrupper)] };
  });
  const egen = all.find(({ id }) => id === forbund);
  if (!egen) return { egen, liknande: [] };
  const distance = ({ storlek }: Egenskaper): number =>
    storlek > 0 && egen.storlek > 0 ? Math.abs(Math.log(storlek / egen.storlek)) : Number.POSITIVE_INFINITY;
  const isAlike: Readonly<Record<Liknande["lika"][number], (one: Egenskaper) => boolean>> = {
    storlek: (one) => distance(one) <= Math.log(alikeSize),
    län: ({ lan }) => lan !== null && lan === egen.lan,
    målgrupp: ({ malgrupper }) => malgrupper.some((one) => egen.malgrupper.some((own) => fold(own) === fold(one))),
  };
  const respects = Object.keys(isAlike) as Liknande["lika"][number][];
  const liknande = all
    .filter((one) => one !== egen)
    .map((one): Liknande => ({ ...one, lika: respects.filter((respect) => isAlike[respect](one)) }))
    .filter(({ lika }) => lika.length >= 2)
    .sort((a, b) => b.lika.length - a.lika.length || distance(a) - distance(b))
    .slice(0, mostAlike)
    .sort((a, b) => a.namn.localeCompare(b.namn, "sv"));
  return { egen, liknande };
};

/** What the mix of persons is of. */
export const mixes = { kon: "kvinnor och män", aldersgrupp: "åldrar", forsorjning: "försörjning före" } as const;
export type Mix = keyof typeof mixes;

/** Models with the same mix of persons as all of them together. */
export interface Omraknad {
  readonly titel: string;
  readonly fran: string;
  readonly till: string;
  readonly dimension: Mix;
  /** Groups that some model has nobody of, left out. */
  readonly utan: readonly string[];
  /** What part of all each group is. */
  readonly delar: ReadonlyMap<string, number>;
  readonly modeller: readonly (Limits & {
    readonly namn: string;
    readonly antal: number;
    /** As it is. */
    readonly ra: number;
    readonly varde: number;
  })[];
}

/** Shares of models, recounted: from the insatser of which every group is shown. */
export const standardisedOf = (publik: Publik): Omraknad[] => {
  const modelOf = new Map(publik.insats.map(({ insats_id: id, modell }) => [id, modell]));
  return (Object.keys(mixes) as Mix[]).flatMap((dimension) => {
    const rows = publik.maluppfyllelse.filter(
      ({ matt, grupp, gruppvarde, skal, insats_id: id }) =>
        grupp === dimension &&
        gruppvarde !== "okant" &&
        skal !== "perioden_pagar" &&
        slagOf(matt) === "andel" &&
        modelOf.get(id),
    );
    return byQuestion(rows).flatMap((asked): Omraknad[] => {
      const [own = []] = byDays(asked);
      const [first] = own;
      const whole = [...Map.groupBy(own, ({ insats_id: id }) => id).values()].flatMap((some) =>
        some.every((rad) => isSeen(rad) || rad.namnare === 0) ? some.filter(isSeen) : [],
      );
      const byModel = Map.groupBy(whole, ({ insats_id: id }) => modelOf.get(id) ?? "");
      if (!first || byModel.size < 2) return [];
      const models = [...byModel].map(([modell, some]) => ({
        namn: begun(modell),
        grupper: [...Map.groupBy(some, ({ gruppvarde }) => gruppvarde)].map(([grupp, own]) => ({
          grupp,
          ...summed(own),
        })),
      }));
      const all = new Set(models.flatMap(({ grupper }) => grupper.map(({ grupp }) => grupp)));
      const isShared = (one: string): boolean =>
        models.every(({ grupper }) => grupper.some(({ grupp }) => grupp === one));
      const delar = partsOf(models.flatMap(({ grupper }) => grupper.filter(({ grupp }) => isShared(grupp))));
      const modeller = models
        .sort((a, b) => a.namn.localeCompare(b.namn, "sv"))
        .flatMap(({ namn, grupper }) => {
          const own = grupper.filter(({ grupp }) => isShared(grupp));
          const found = standardised(own, delar);
          const { taljare, namnare: antal } = summed(own);
          return found ? { namn, antal, ra: taljare / antal, ...found } : [];
        });
      const { fran, till } = first;
      const utan = [...all].filter((one) => !isShared(one));
      return delar.size < 2 ? [] : [{ titel: titleOf(first), fran, till, dimension, delar, utan, modeller }];
    });
  });
};
