/**
 * The other usual definitions of a goal: what evaluators argue about. Each question has two sides; a goal is on one of
 * them, and from the other side it is the same goal with one thing defined otherwise.
 */
import type { Mal } from "./mal.ts";
import { measures } from "./measures.ts";
import { isRate } from "./rate.ts";
import type { Row } from "./results.ts";

export interface Sida {
  /** What is counted on this side, as a table writes it. */
  readonly namn: string;
  readonly isOn: (goal: Mal) => boolean;
  /** The goal as it would be on this side. */
  readonly of: (goal: Mal) => Mal;
}

export interface Fraga {
  readonly id: string;
  readonly namn: string;
  /** Whether both sides mean something for the goal. */
  readonly concerns: (goal: Mal) => boolean;
  readonly sidor: readonly [Sida, Sida];
}

const byMeasure = (matt: string, namn: string): Sida => ({
  namn,
  isOn: (goal) => goal.matt === matt,
  of: (goal) => ({ ...goal, matt }),
});

const byPeriod = (per: Mal["per"], namn: string): Sida => ({
  namn,
  isOn: (goal) => goal.per === per,
  of: (goal) => ({ ...goal, per }),
});

const byPart = (delperiod: Mal["delperiod"], namn: string): Sida => ({
  namn,
  isOn: (goal) => goal.delperiod === delperiod,
  of: (goal) => ({ ...goal, delperiod }),
});

const onEither =
  (...sidor: readonly Sida[]): Fraga["concerns"] =>
  (goal) =>
    sidor.some(({ isOn }) => isOn(goal));

const kallade = byMeasure("narvaroandel", "andel av kallade möten");
const hallna = byMeasure("narvaroandel_hallna", "andel av alla hållna möten");
const personer = byMeasure("unika_deltagare", "olika personer");
const deltaganden = byMeasure("deltaganden", "deltaganden");
const kalenderar = byPeriod("ar", "kalenderår");
const insatsar = byPeriod("insatsar", "insatsår");

export const fragor: readonly Fraga[] = [
  { id: "moten", namn: "Kallade eller hållna möten", concerns: onEither(kallade, hallna), sidor: [kallade, hallna] },
  {
    id: "personer",
    namn: "Personer eller deltaganden",
    concerns: onEither(personer, deltaganden),
    sidor: [personer, deltaganden],
  },
  {
    id: "ar",
    namn: "Kalenderår eller insatsår",
    concerns: onEither(kalenderar, insatsar),
    sidor: [kalenderar, insatsar],
  },
  {
    id: "delperiod",
    namn: "Målet skalat efter periodens längd eller inte",
    // A rate is never scaled, and neither the whole insats nor a möte is a part of a longer period.
    concerns: ({ matt, per }) => {
      const measure = measures.get(matt);
      return measure !== undefined && !isRate(measure) && per !== "hela" && per !== "mote";
    },
    sidor: [byPart("proportionell", "skalat mål"), byPart("hel", "oskalat mål")],
  },
];

/** A goal on the other side of one question. */
export interface Alternativ {
  readonly fraga: Fraga;
  readonly sida: Sida;
  readonly goal: Mal;
}

/** The questions that concern a goal, each with the side it is not on; none for one that is only followed. */
export const alternativOf = (goal: Mal): Alternativ[] =>
  (goal.villkor === undefined ? [] : fragor)
    .filter(({ concerns }) => concerns(goal))
    .flatMap((fraga) =>
      fraga.sidor.filter(({ isOn }) => !isOn(goal)).map((sida) => ({ fraga, sida, goal: sida.of(goal) })),
    );

/** The sides a goal is on, as one text. */
export const ownDefinition = (goal: Mal): string =>
  fragor
    .filter(({ concerns }) => concerns(goal))
    .flatMap(({ sidor }) => sidor.filter(({ isOn }) => isOn(goal)).map(({ namn }) => namn))
    .join(", ");

/**
 * What another definition does to a verdict: `samma`; `vander`, another verdict; `ej_langre` and `forst_da`, only one of
 * the two can be judged. `egen` is the goal's own.
 */
export type Utslag = Row<"definitionsprov">["utslag"];

/** A goal's verdict. */
export type Utfall = Row<"definitionsprov">["status"];
