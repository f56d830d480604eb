/** What a cost can be per. Whether that is persons follows from the measure that counts it. */
import { measures } from "./measures.ts";

export interface Per {
  /** The measure that counts it; of a share, its numerator. */
  readonly matt: string;
  /** One of it, after "kostnad per". */
  readonly en: string;
  /** What the column of its number is headed. */
  readonly rubrik: string;
}

/** In the order they are shown. */
export const kostnadPer: Readonly<Record<string, Per>> = {
  deltagande: { matt: "deltaganden", en: "deltagande", rubrik: "Deltaganden" },
  avslutad: { matt: "avslutade_deltagare", en: "avslutat deltagande", rubrik: "Avslutade" },
  arbete_eller_studier: {
    matt: "andel_till_arbete_eller_studier",
    en: "person till arbete eller studier",
    rubrik: "Till arbete eller studier",
  },
  individ_i_mote: { matt: "individer_i_samverkansmote", en: "individ på samverkansmöte", rubrik: "Individer" },
  mote: { matt: "antal_moten", en: "möte", rubrik: "Möten" },
  timme: { matt: "fakturerade_timmar", en: "timme", rubrik: "Timmar" },
  arsarbetskraft: { matt: "arsarbetskrafter", en: "årsarbetskraft", rubrik: "Årsarbetskrafter" },
};

/** Those that a pipeline which names none has, where somebody counted them: not every cost divided by everything. */
export const vanligaKostnadPer: readonly string[] = ["deltagande", "avslutad", "timme"];

/** Those that are persons, or entries that are one person's each. */
export const perPersons: readonly string[] = Object.entries(kostnadPer).flatMap(([per, { matt }]) =>
  measures.get(matt)?.personer ? [per] : [],
);
