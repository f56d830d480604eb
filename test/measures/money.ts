/** Money and hours: invoiced, per what, of what. */
import { utanUppgift } from "./participants.ts";
import type { Specification } from "./specification.ts";

const twoYears = ["2020-01-01", "2021-12-31"] as const;

export const money: Specification = {
  fakturerat_belopp: [
    {
      says: "spreads an invoice by days and draws a credit note; money outside the insats is its cost still",
      insats: twoYears,
      mal: { per: "ar", villkor: "<= 81 kr" },
      data: {
        faktura: `
          faktura_id | forbund_id | fran       | till       | timmar | belopp →
          1          | f          | 2020-12-01 | 2021-01-31 |        | 62 kr  → raknad
          2          | f          | 2020-05-01 | 2020-05-31 |        | -10 kr → raknad
          3          | f          | 2020-06-01 | 2020-06-30 |        | 60 kr  → raknad
          4          |            | 2020-06-01 | 2020-06-30 | 8      |        → –`,
      },
      ger: [
        { taljare: 8100, varde: 81, enhet: "kr", status: "uppnatt" },
        { taljare: 3100, varde: 31, status: "uppnatt" },
      ],
    },
    {
      says: "over the whole insats takes what was invoiced before and after it",
      data: {
        faktura: `
          faktura_id | forbund_id | fran       | till       | belopp  →
          1          | f          | 2019-12-01 | 2019-12-31 | 31 kr   → raknad
          2          | f          | 2021-01-01 | 2021-01-31 | 0,01 kr → raknad`,
      },
      ger: [{ taljare: 3101, varde: 31.01 }],
    },
    utanUppgift,
  ],
  fakturerade_timmar: [
    {
      says: "adds hours, with or without an amount; an invoice without hours states none",
      mal: { villkor: ">= 15 timmar" },
      data: {
        faktura: `
          faktura_id | forbund_id | fran       | till       | timmar | belopp →
          1          | f          | 2020-01-01 | 2020-01-31 | 10,5   | 1 tkr  → raknad
          2          |            | 2020-01-01 | 2020-01-31 | 4,5    |        → raknad
          3          | f          | 2020-01-01 | 2020-01-31 |        | 1 tkr  → –`,
      },
      ger: [{ taljare: 15, enhet: "timmar", status: "uppnatt" }],
    },
    utanUppgift,
  ],
  kostnad_per_deltagare: [
    {
      says: "is invoiced of distinct persons active in the period",
      mal: { villkor: "<= 500 kr" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-12-31 | 1 tkr → raknad",
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-03-31 |                 → namnare
          a           | K   | 2020-05-01 | 2020-06-30 |                 → namnare
          b           | M   | 2020-05-01 |            |                 → namnare
          c           | M   | 2020-05-01 | 2020-05-02 | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ taljare: 100000, namnare: 2, varde: 500, enhet: "kr/deltagare", status: "uppnatt" }],
    },
    {
      says: "takes a total of deltagare as it stands",
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-12-31 | 1 tkr → raknad",
        deltagarantal: "fran | till | totalt \n 2020-01-01 | 2020-12-31 | 40 → namnare",
      },
      ger: [{ taljare: 100000, namnare: 40, varde: 25 }],
    },
    {
      says: "does not apply where money was paid and nobody took part",
      mal: { villkor: "<= 500 kr" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-12-31 | 1 tkr → raknad",
      },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
  ],
  kostnad_per_timme: [
    {
      says: "is invoiced of hours, also where they stand on different rows",
      mal: { villkor: "<= 200 kr" },
      data: {
        faktura: `
          faktura_id | forbund_id | fran       | till       | timmar | belopp →
          1          | f          | 2020-01-01 | 2020-01-31 |        | 1 tkr  → raknad
          2          |            | 2020-01-01 | 2020-01-31 | 5      |        → namnare`,
      },
      ger: [{ taljare: 100000, namnare: 5, varde: 200, enhet: "kr/timme", status: "uppnatt" }],
    },
    {
      says: "does not apply without hours",
      mal: { villkor: "<= 200 kr" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-01-31 | 1 tkr → raknad",
      },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
  ],
  budgetutnyttjande: [
    {
      says: "is invoiced of the granted budget; what was applied for stands only where nothing is granted",
      mal: { villkor: "90..110 %" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-01-31 | 9 tkr → raknad",
        budget: `
          ar   | post    | status  | belopp →
          2020 | Lön     | beviljad | 8 tkr  → namnare
          2020 | Lön     | ansökt   | 12 tkr → –
          2020 | Lokaler | ansökt   | 2 tkr  → namnare`,
      },
      ger: [{ taljare: 900000, namnare: 1000000, varde: 0.9, enhet: "andel", status: "uppnatt" }],
    },
    {
      says: "of half a year is of the budget's days in it",
      insats: ["2021-01-01", "2021-12-31"],
      mal: { per: "termin" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2021-01-01 | 2021-01-31 | 181 kr → raknad",
        budget: "ar | post | status | belopp \n 2021 | Lön | beviljad | 365 kr → namnare",
      },
      ger: [
        { taljare: 18100, namnare: 18100, varde: 1 },
        { taljare: 0, namnare: 18400, varde: 0 },
      ],
    },
    {
      says: "does not apply without a budget",
      mal: { villkor: "<= 100 %" },
      data: {
        faktura: "faktura_id | forbund_id | fran | till | belopp \n 1 | f | 2020-01-01 | 2020-01-31 | 9 tkr → raknad",
      },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
  ],
  arsarbetskrafter: [
    {
      says: "adds shares of full time by days, clipped to the insats; what an invoice says of hours is another thing",
      insats: ["2021-01-01", "2021-12-31"],
      mal: { per: "ar", villkor: ">= 1,5" },
      data: {
        bemanning: `
          part_id | roll        | fran       | till       | omfattning →
          af      | Handläggare | 2021-01-01 | 2021-12-31 | 1          → raknad
          af      | Samordnare  | 2020-07-01 | 2021-12-31 | 0,5        → raknad`,
        faktura: "faktura_id | fran | till | timmar \n 1 | 2021-01-01 | 2021-01-31 | 100 → –",
      },
      ger: [{ taljare: 1.5, enhet: "årsarbetskrafter", status: "uppnatt" }],
    },
    {
      says: "in a leap year are of its 366 days",
      mal: { per: "ar" },
      data: { bemanning: "part_id | roll | fran | till | omfattning \n af | H | 2020-01-01 | 2020-06-30 | 1 → raknad" },
      ger: [{ taljare: 0.497268 }],
    },
    utanUppgift,
  ],
};
