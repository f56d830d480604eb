/** Surveys: how many answered, and what. */
import { utanUppgift } from "./participants.ts";
import type { Specification } from "./specification.ts";

const fraga = { fraga: "Nöjd?", svar: "Ja" };

export const surveys: Specification = {
  svarsfrekvens: [
    {
      says: "is answers to the question most answered, of those it was sent to",
      mal: { villkor: ">= 80 %" },
      data: {
        enkat: `
          enkat_id | grupp | fraga | svar | antal | utskick | fran       | till       →
          e        | alla  | Nöjd? | Ja   | 30    | 50      | 2020-03-01 | 2020-03-31 → raknad
          e        | alla  | Nöjd? | Nej  | 10    | 50      | 2020-03-01 | 2020-03-31 → raknad
          e        | alla  | Trygg?| Ja   | 35    | 50      | 2020-03-01 | 2020-03-31 → –`,
      },
      ger: [{ taljare: 40, namnare: 50, varde: 0.8, status: "uppnatt" }],
    },
    {
      says: "with no answers is 0 of those it was sent to",
      mal: { villkor: ">= 80 %" },
      data: {
        enkat: `
          enkat_id | fraga | svar | antal | utskick | fran       | till       →
          e        | Nöjd? | Ja   | 0     | 50      | 2020-03-01 | 2020-03-31 → namnare`,
      },
      ger: [{ taljare: 0, namnare: 50, varde: 0, status: "ej_uppnatt" }],
    },
    {
      says: "is missing where nobody says how many it was sent to",
      mal: { villkor: ">= 80 %" },
      data: {
        enkat: `
          enkat_id | fraga | svar | antal | fran       | till       →
          e        | Nöjd? | Ja   | 30    | 2020-03-01 | 2020-03-31 → utesluten | antal utskick saknas`,
      },
      ger: [{ varde: null, skal: "saknas" }],
    },
  ],
  enkatandel: [
    {
      says: "is one answer of all to the question; those who did not answer lower the coverage",
      mal: { villkor: ">= 75 %", parametrar: fraga },
      data: {
        enkat: `
          enkat_id | fraga  | svar  | antal | utskick | fran       | till       →
          e        | Nöjd?  | Ja    | 30    | 50      | 2020-03-01 | 2020-03-31 → raknad+utesluten | svarade inte
          e        | Nöjd?  | Nej   | 10    | 50      | 2020-03-01 | 2020-03-31 → namnare+utesluten | svarade inte; uppfyller inte målets urval
          e        | Trygg? | Ja    | 35    | 50      | 2020-03-01 | 2020-03-31 → –`,
      },
      ger: [{ taljare: 30, namnare: 40, varde: 0.75, tackningsgrad: 0.8, status: "uppnatt" }],
    },
    {
      says: "has no coverage where one of the surveys does not say how many it was sent to",
      mal: { parametrar: fraga },
      data: {
        enkat: `
          enkat_id | fraga | svar | antal | utskick | fran       | till       →
          e        | Nöjd? | Ja   | 30    | 50      | 2020-03-01 | 2020-03-31 → raknad
          f        | Nöjd? | Ja   | 10    |         | 2020-09-01 | 2020-09-30 → raknad`,
      },
      ger: [{ taljare: 40, namnare: 40, varde: 1, tackningsgrad: null }],
    },
    {
      says: "of an undated survey is of the whole insats, and of no year",
      insats: ["2020-01-01", "2020-12-31"],
      mal: { parametrar: fraga },
      data: {
        enkat: `
          enkat_id | fraga | svar | antal →
          e        | Nöjd? | Ja   | 3     → raknad
          e        | Nöjd? | Nej  | 1     → namnare | uppfyller inte målets urval`,
      },
      ger: [{ taljare: 3, namnare: 4 }],
    },
    { ...utanUppgift, mal: { parametrar: fraga, villkor: ">= 75 %" } },
  ],
};
