/** What became of those who ended. Each share with how many of them it speaks of. */
import { utanUppgift } from "./participants.ts";
import type { Case, Specification } from "./specification.ts";

/** Both kinds of steps are delivered alike; the name tells them apart. */
const steg = (variabel: string, other: string): Case[] => [
  {
    says: "is ja of ja and nej; another answer is unknown, and the other kind of step is another thing",
    mal: { villkor: ">= 60 %" },
    data: {
      deltagarutfall: `
        fran       | till       | variabel    | varde  | antal →
        2020-01-01 | 2020-12-31 | ${variabel} | ja     | 6     → raknad
        2020-01-01 | 2020-12-31 | ${variabel} | nej    | 4     → namnare
        2020-01-01 | 2020-12-31 | ${variabel} | vet ej | 2     → utesluten | varken ja eller nej
        2020-01-01 | 2020-12-31 | ${other}    | ja     | 99    → –`,
    },
    ger: [{ taljare: 6, namnare: 10, varde: 0.6, tackningsgrad: 10 / 12, status: "uppnatt" }],
  },
  utanUppgift,
];

export const outcomes: Specification = {
  utfallsandel: [
    {
      says: "is those with one of the outcomes that the goal names, of those whose outcome of that kind is known",
      mal: { villkor: ">= 50 %", parametrar: { variabel: "Rätt myndighet", varde: ["väg 1", "Väg 2"] } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel       | varde  | antal →
          2020-01-01 | 2020-12-31 | rätt myndighet | Väg 1  | 6     → raknad
          2020-01-01 | 2020-12-31 | rätt myndighet | väg 2  | 3     → raknad
          2020-01-01 | 2020-12-31 | rätt myndighet | väg 3  | 9     → namnare   | uppfyller inte målets urval
          2020-01-01 | 2020-12-31 | rätt myndighet | vet ej | 2     → utesluten | utfallet saknas
          2020-01-01 | 2020-12-31 | fortsatt behov | ja     | 99    → –`,
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | avslutade | 24     → utesluten | utfallet saknas`,
      },
      // 18 known, 2 said to be unknown, and 4 of the 24 of whom nothing is said
      ger: [{ taljare: 9, namnare: 18, varde: 0.5, tackningsgrad: 0.75, status: "uppnatt" }],
    },
    {
      says: "counts registered outcomes of the avslutade, a word among others",
      mal: { villkor: ">= 50 %", parametrar: { variabel: "avslutsorsak", varde: "flyttat" } },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-06-30 | Flyttat         → raknad
          b           | K   | 2020-02-01 | 2020-06-30 | avbrott         → namnare   | uppfyller inte målets urval
          c           | K   | 2020-02-01 | 2020-06-30 | arbete          → namnare   | uppfyller inte målets urval
          d           | M   | 2020-02-01 | 2020-06-30 |                 → utesluten | utfallet saknas
          e           | M   | 2020-02-01 | 2020-06-30 | felregistrering → utesluten | felregistrering
          f           | M   | 2020-02-01 |            |                 → –`,
      },
      ger: [{ taljare: 1, namnare: 3, tackningsgrad: 0.75, status: "ej_uppnatt" }],
    },
    {
      says: "of one who has several outcomes in a cell has each of them",
      mal: { parametrar: { variabel: "sysselsattning_efter", varde: "arbete" } },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | sysselsattning_slut →
          a           | K   | 2020-02-01 | 2020-06-30 | arbete              → raknad
          b           | M   | 2020-02-01 | 2020-06-30 | arbete; studier     → raknad`,
      },
      ger: [{ taljare: 2, namnare: 2, tackningsgrad: null }],
    },
    {
      says: "of försörjning is judged on all whose försörjning is known, each person once",
      mal: {
        villkor: "<= 50 %",
        parametrar: { variabel: "forsorjning_efter", varde: ["försörjningsstöd", "bostadsbidrag"] },
      },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | forsorjning_slut                 →
          a           | K   | 2020-02-01 | 2020-06-30 | försörjningsstöd                 → raknad
          b           | M   | 2020-02-01 | 2020-06-30 | lön + försörjningsstöd           → raknad
          c           | M   | 2020-02-01 | 2020-06-30 | försörjningsstöd; bostadsbidrag  → raknad
          d           | K   | 2020-02-01 | 2020-06-30 | lön; studiemedel                 → namnare   | uppfyller inte målets urval
          e           | K   | 2020-02-01 | 2020-06-30 | ingen; försörjningsstöd          → utesluten | utfallet saknas
          f           | K   | 2020-02-01 | 2020-06-30 | lön                              → namnare   | uppfyller inte målets urval`,
      },
      ger: [{ taljare: 3, namnare: 5, tackningsgrad: 5 / 6, status: "ej_uppnatt" }],
    },
    {
      says: "of all leaves out those who are still there as unknown",
      mal: { parametrar: { variabel: "sysselsattning_efter", varde: "studier", av: "alla" }, uppdelning: "kon" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | sysselsattning_slut →
          a           | K   | 2020-02-01 | 2020-06-30 | studier             → raknad
          b           | M   | 2020-02-01 | 2020-06-30 | arbete              → namnare   | uppfyller inte målets urval
          c           | M   | 2020-02-01 |            |                     → utesluten | utfallet saknas`,
      },
      ger: [{ taljare: 1, namnare: 2, tackningsgrad: 2 / 3, skal: "inget_villkor" }],
      grupper: { kvinna: { taljare: 1, namnare: 1, skal: "foljs" }, man: { taljare: 0, namnare: 1 } },
    },
    {
      says: "of totals that one person may be in twice is of all avslutade",
      mal: { villkor: ">= 70 %", parametrar: { variabel: "forsorjning_efter", varde: "lön" } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel          | varde         | antal →
          2020-01-01 | 2020-12-31 | forsorjning_efter | lön           | 6     → raknad
          2020-01-01 | 2020-12-31 | forsorjning_efter | bostadsbidrag | 4     → utesluten | uppfyller inte målets urval`,
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | avslutade | 8      → namnare | alla avslutade: en person kan ha flera utfall`,
      },
      ger: [{ taljare: 6, namnare: 8, varde: 0.75, tackningsgrad: null, status: "uppnatt" }],
    },
    {
      says: "of totals that one person may be in twice is by kön only where the avslutade are too",
      mal: {
        villkor: ">= 60 %",
        parametrar: { variabel: "forsorjning_efter", varde: "lön" },
        uppdelning: "kon",
      },
      data: {
        deltagarutfall: `
          fran       | till       | variabel          | varde         | kon | antal
          2020-01-01 | 2020-12-31 | forsorjning_efter | lön           | K   | 6
          2020-01-01 | 2020-12-31 | forsorjning_efter | lön           | M   | 5
          2020-01-01 | 2020-12-31 | forsorjning_efter | bostadsbidrag | K   | 4`,
        deltagarantal: `
          fran       | till       | slag      | totalt
          2020-01-01 | 2020-12-31 | avslutade | 18`,
      },
      ger: [{ taljare: 11, namnare: 18, status: "uppnatt" }],
      grupper: { kvinna: { taljare: null, namnare: null }, man: { taljare: null, namnare: null } },
    },
    {
      says: "of more outcomes than avslutade is of all avslutade, whatever they are called",
      mal: { villkor: ">= 50 %", parametrar: { variabel: "hjälpmedel", varde: "rullator" } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel   | varde    | antal →
          2020-01-01 | 2020-12-31 | hjälpmedel | rullator | 4     → raknad
          2020-01-01 | 2020-12-31 | hjälpmedel | käpp     | 7     → utesluten | uppfyller inte målets urval`,
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | avslutade | 8      → namnare | alla avslutade: en person kan ha flera utfall`,
      },
      ger: [{ taljare: 4, namnare: 8, status: "uppnatt" }],
    },
    {
      says: "of totals is missing where a person may be in two that the goal names: nobody knows how many are in any",
      mal: { villkor: ">= 70 %", parametrar: { variabel: "forsorjning_efter", varde: ["lön", "bostadsbidrag"] } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel          | varde         | antal →
          2020-01-01 | 2020-12-31 | forsorjning_efter | lön           | 4     → –
          2020-01-01 | 2020-12-31 | forsorjning_efter | bostadsbidrag | 3     → –`,
        deltagarantal: `
          fran       | till       | slag      | totalt
          2020-01-01 | 2020-12-31 | avslutade | 8`,
      },
      ger: [{ taljare: null, status: "ej_matbart", skal: "saknas" }],
    },
    {
      says: "of totals that one person may be in twice is missing where nobody says how many were avslutade",
      mal: { villkor: ">= 70 %", parametrar: { variabel: "forsorjning_efter", varde: "lön" } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel          | varde         | antal
          2020-01-01 | 2020-12-31 | forsorjning_efter | lön           | 6
          2020-01-01 | 2020-12-31 | forsorjning_efter | bostadsbidrag | 4`,
      },
      ger: [{ taljare: null, status: "ej_matbart", skal: "saknas" }],
    },
    {
      says: "is missing where nothing is said of the outcome",
      mal: { villkor: ">= 1 %", parametrar: { variabel: "fortsatt behov", varde: "ja" } },
      data: {
        deltagarutfall: `
          fran       | till       | variabel       | varde | antal →
          2020-01-01 | 2020-12-31 | rätt myndighet | väg 1 | 6     → –`,
      },
      ger: [{ taljare: null, status: "ej_matbart", skal: "saknas" }],
    },
  ],
  andel_till_arbete_eller_studier: [
    {
      says: "is those who work or study after, of the ended whose occupation is known; unknown, said or unsaid, is neither",
      mal: { villkor: ">= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | sysselsattning_slut | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-06-30 | arbete              |                 → raknad
          b           | K   | 2020-02-01 | 2020-06-30 | Studier             |                 → raknad
          c           | M   | 2020-02-01 | 2020-12-31 | arbetssökande       |                 → namnare
          d           | M   | 2020-02-01 | 2020-06-30 | övriga              |                 → namnare
          e           | M   | 2020-02-01 | 2020-06-30 |                     |                 → utesluten | sysselsättning efter saknas
          f           | M   | 2020-02-01 | 2020-06-30 | okänt               |                 → utesluten | sysselsättning efter saknas
          g           | M   | 2020-02-01 | 2020-06-30 | arbete              | felregistrering → utesluten | felregistrering
          h           | M   | 2020-02-01 |            | arbete              |                 → –
          i           | M   | 2020-02-01 | 2021-01-01 | arbete              |                 → –`,
      },
      ger: [{ taljare: 2, namnare: 4, varde: 0.5, tackningsgrad: 4 / 6, status: "uppnatt" }],
    },
    {
      says: "adds delivered outcomes; those ended whose outcome nobody states lower the coverage",
      mal: { villkor: ">= 40 %" },
      data: {
        deltagarutfall: `
          fran       | till       | variabel             | varde         | antal →
          2020-01-01 | 2020-12-31 | sysselsattning_efter | arbete        | 8     → raknad
          2020-01-01 | 2020-12-31 | sysselsattning_efter | arbetssökande | 10    → namnare
          2020-01-01 | 2020-12-31 | sysselsattning_efter | okänd         | 2     → utesluten | sysselsättning efter saknas`,
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | avslutade | 25     → utesluten | sysselsättning efter saknas`,
      },
      ger: [{ taljare: 8, namnare: 18, tackningsgrad: 18 / 25, status: "uppnatt" }],
    },
    {
      says: "does not apply to felregistreringar alone, and is missing where no occupation is known",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { per: "ar", villkor: ">= 40 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | sysselsattning_slut | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-06-30 | arbete              | felregistrering → utesluten | felregistrering
          b           | K   | 2020-02-01 | 2021-06-30 |                     |                 → utesluten | sysselsättning efter saknas`,
      },
      ger: [
        { varde: null, namnare: 0, skal: "ej_tillamplig" },
        { varde: null, skal: "saknas" },
      ],
    },
  ],
  andel_borjat_eller_okat: [
    {
      says: "is those who began or do more than before; who does neither after has not begun, whatever was before",
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | sysselsattning_start | omfattning_start | sysselsattning_slut | omfattning_slut | avslutsorsak →
          borjade     | K   | 2020-02-01 | 2020-06-30 | arbetssökande        |                  | arbete              | 0,5             |              → raknad
          okade       | K   | 2020-02-01 | 2020-06-30 | studier              | 0,5              | arbete              | 75 %            |              → raknad
          lika        | M   | 2020-02-01 | 2020-06-30 | arbete               | 1                | arbete              | 1               |              → namnare
          minskade    | M   | 2020-02-01 | 2020-06-30 | arbete               | 1                | arbete              | 0,5             |              → namnare
          inget       | M   | 2020-02-01 | 2020-06-30 |                      |                  | arbetssökande       |                 |              → namnare
          fore_okant  | M   | 2020-02-01 | 2020-06-30 |                      |                  | arbete              | 1               |              → utesluten | sysselsättning eller omfattning före eller efter saknas
          hur_mycket  | M   | 2020-02-01 | 2020-06-30 | arbete               |                  | arbete              | 1               |              → utesluten | sysselsättning eller omfattning före eller efter saknas
          efter_okant | M   | 2020-02-01 | 2020-06-30 | arbetssökande        |                  |                     |                 |              → utesluten | sysselsättning eller omfattning före eller efter saknas
          fel         | M   | 2020-02-01 | 2020-06-30 | arbetssökande        |                  | arbete              | 1               | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ taljare: 2, namnare: 5, varde: 0.4, tackningsgrad: 5 / 8 }],
    },
    utanUppgift,
  ],
  andel_avbrott: [
    {
      says: "is avbrott of the ended whose reason is known; a felregistrering is no reason",
      mal: { villkor: "<= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-06-30 | Avbrott         → raknad
          b           | K   | 2020-02-01 | 2020-06-30 | avbrutit        → raknad
          c           | K   | 2020-02-01 | 2020-06-30 | till arbete     → namnare | uppfyller inte målets urval
          d           | K   | 2020-02-01 | 2020-06-30 | flyttat         → namnare | uppfyller inte målets urval
          e           | K   | 2020-02-01 | 2020-06-30 |                 → utesluten | avslutsorsak saknas
          f           | K   | 2020-02-01 | 2020-06-30 | okänd           → utesluten | avslutsorsak saknas
          g           | K   | 2020-02-01 | 2020-06-30 | felregistrering → utesluten | felregistrering
          h           | K   | 2020-02-01 |            | avbrott         → –`,
      },
      ger: [{ taljare: 2, namnare: 4, varde: 0.5, tackningsgrad: 4 / 6, status: "uppnatt" }],
    },
    {
      says: "counts the words that the goal names instead, where it names any",
      mal: { parametrar: { avslutsorsak: ["flyttat", "återtagit samtycke"] } },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak       →
          a           | K   | 2020-02-01 | 2020-06-30 | Flyttat            → raknad
          b           | K   | 2020-02-01 | 2020-06-30 | återtagit samtycke → raknad
          c           | K   | 2020-02-01 | 2020-06-30 | avbrott            → namnare | uppfyller inte målets urval`,
      },
      ger: [{ taljare: 2, namnare: 3 }],
    },
    {
      says: "adds delivered reasons; those ended without one lower the coverage",
      data: {
        deltagarutfall: `
          fran       | till       | variabel     | varde           | antal →
          2020-01-01 | 2020-12-31 | avslutsorsak | avbrott         | 3     → raknad
          2020-01-01 | 2020-12-31 | avslutsorsak | fullföljt       | 9     → namnare | uppfyller inte målets urval
          2020-01-01 | 2020-12-31 | avslutsorsak | felregistrering | 1     → utesluten | felregistrering`,
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | avslutade | 16     → utesluten | avslutsorsak saknas`,
      },
      ger: [{ taljare: 3, namnare: 12, varde: 0.25, tackningsgrad: 0.75 }],
    },
    utanUppgift,
  ],
  utskrivna_med_information: [
    {
      says: "is ja of ja and nej; a blank is not a no",
      mal: { villkor: ">= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | parter_informerade | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-06-30 | ja                 |                 → raknad
          b           | K   | 2020-02-01 | 2020-06-30 | nej                |                 → namnare
          c           | K   | 2020-02-01 | 2020-06-30 |                    |                 → utesluten | uppgift saknas
          d           | K   | 2020-02-01 | 2020-06-30 | ja                 | felregistrering → utesluten | felregistrering
          e           | K   | 2020-02-01 |            | ja                 |                 → –`,
      },
      ger: [{ taljare: 1, namnare: 2, varde: 0.5, tackningsgrad: 2 / 3, status: "uppnatt" }],
    },
    utanUppgift,
  ],
  stegforflyttning_sjalvskattad: steg("stegforflyttning_sjalvskattad", "stegforflyttning_register"),
  stegforflyttning_register: steg("stegforflyttning_register", "stegforflyttning_sjalvskattad"),
};
