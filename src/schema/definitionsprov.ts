/**
 * The other usual definitions of a goal: what evaluators argue about. Each question has two sides; a goal is on one of
 * them, and from the other side it is the same goal with one thing defined otherwise.
 */
import { delperiodOf, type Mal } from "./mal.ts";
import { measureOf, measures } from "./measures.ts";
import { isRate } from "./rate.ts";
import type { Row } from "./results.ts";

export interface Sida {
  /** What is counted on this side, as a table writes it. */
  readonly namn: string;
  readonly isOn: (goal: Mal) => boolean;
  readonly of: (goal: Mal) => Mal;
}

export interface Fraga {
  readonly id: string;
  readonly namn: string;
  /** Whether both sides mean something for the goal. */
  readonly concerns: (goal: Mal) => boolean;
  readonly sidor: readonly [Sida, Sida];
}

const side = <K extends "matt" | "per">(field: K, value: Mal[K], namn: string): Sida => ({
  namn,
  isOn: (goal) => goal[field] === value,
  of: (goal) => ({ ...goal, [field]: value }),
});

const scaled = (value: "proportionell" | "hel", namn: string): Sida => ({
  namn,
  isOn: (goal) => delperiodOf(goal, measureOf(goal.matt)) === value,
  of: (goal) => ({ ...goal, delperiod: value }),
});

/** A question that concerns the goals that are on one of its sides. */
const between = (id: string, namn: string, ...sidor: [Sida, Sida]): Fraga => ({
  id,
  namn,
  concerns: (goal) => sidor.some(({ isOn }) => isOn(goal)),
  sidor,
});

export const fragor: readonly Fraga[] = [
  between(
    "moten",
    "Kallade eller hållna möten",
    side("matt", "narvaroandel", "andel av kallade möten"),
    side("matt", "narvaroandel_hallna", "andel av alla hållna möten"),
  ),
  between(
    "personer",
    "Personer eller deltaganden",
    side("matt", "unika_deltagare", "olika personer"),
    side("matt", "deltaganden", "deltaganden"),
  ),
  between("ar", "Kalenderår eller insatsår", side("per", "ar", "kalenderår"), side("per", "insatsar", "insatsår")),
  {
    id: "delperiod",
    namn: "Målet skalat efter periodens längd eller inte",
    // A rate is never scaled, and neither the whole insats nor a möte is a part of a longer period.
    concerns: ({ matt, per }) => {
      const measure = measures.get(matt);
      return measure !== undefined && !isRate(measure) && per !== "hela" && per !== "mote";
    },
    sidor: [scaled("proportionell", "skalat mål"), scaled("hel", "oskalat mål")],
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

export type Utfall = Row<"definitionsprov">["status"];
