/** Participants: entries, persons, kön, registration, flow, time. */
import type { Case, Specification } from "./specification.ts";

const twoYears = ["2020-01-01", "2021-12-31"] as const;

/** Without a row anywhere nothing is known: missing, never 0. */
export const utanUppgift: Case = {
  says: "is missing, not 0, where nothing was delivered",
  data: {},
  mal: { villkor: ">= 1" },
  ger: [{ varde: null, taljare: null, status: "ej_matbart", skal: "saknas" }],
};

export const participants: Specification = {
  deltaganden: [
    {
      says: "counts each entry in each period it touches, a person who comes back twice, and no felregistrering",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 3" },
      data: {
        deltagare: `
          deltagar_id | kon   | startdatum | slutdatum  | avslutsorsak    →
          a           | K     | 2020-02-01 | 2020-10-31 |                 → raknad
          a           | K     | 2021-03-01 |            |                 → raknad
          b           | M     | 2020-12-31 | 2021-01-01 |                 → raknad
          c           | okänt | 2020-02-29 | 2020-02-29 |                 → raknad
          d           | K     | 2021-06-01 | 2021-06-30 | felregistrering → utesluten | felregistrering
          e           | K     | 2022-01-01 |            |                 → –`,
      },
      ger: [
        { taljare: 3, varde: 3, enhet: "antal", status: "uppnatt" },
        { taljare: 2, varde: 2, status: "ej_uppnatt" },
      ],
    },
    {
      says: "is 0 in a year without entries once the insats delivers them row by row",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 1" },
      data: { deltagare: "deltagar_id | kon | startdatum | slutdatum \n a | K | 2020-02-01 | 2020-10-31 → raknad" },
      ger: [
        { taljare: 1, status: "uppnatt" },
        { taljare: 0, status: "ej_uppnatt", skal: null },
      ],
    },
    {
      says: "takes a total of exactly its period, all kön together; what is planned is no total",
      mal: { villkor: ">= 10" },
      data: {
        deltagarantal: `
          fran       | till       | slag      | kvinnor | man | okant | totalt →
          2020-01-01 | 2020-12-31 | deltagare | 6       | 3   | 1     |        → raknad
          2020-01-01 | 2020-12-31 | planerat  |         |     |       | 99     → –`,
      },
      ger: [{ taljare: 10, status: "uppnatt" }],
    },
    {
      says: "cannot be added up from shorter periods",
      mal: { villkor: ">= 10" },
      data: {
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-06-30 | deltagare | 6      → –
          2020-07-01 | 2020-12-31 | deltagare | 6      → –`,
      },
      ger: [{ varde: null, skal: "ej_summerbart" }],
    },
    {
      says: "counts rows where rows and a total speak of one period, and is not judged where they give two verdicts",
      mal: { villkor: ">= 2" },
      data: {
        deltagare: "deltagar_id | kon | startdatum \n a | K | 2020-02-01 → raknad",
        deltagarantal: "fran | till | totalt \n 2020-01-01 | 2020-12-31 | 7 → utesluten | jämförs med raderna",
      },
      ger: [{ taljare: 1, status: "ej_matbart", skal: "motsagt" }],
    },
    utanUppgift,
  ],
  unika_deltagare: [
    {
      says: "counts a person once a period, however many entries",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 1" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-03-31 |                 → raknad
          a           | K   | 2020-09-01 | 2021-01-01 |                 → raknad
          b           | M   | 2020-12-31 |            |                 → raknad
          c           | K   | 2020-06-01 | 2020-06-30 | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ taljare: 2 }, { taljare: 2 }],
    },
    {
      says: "over a whole that no total states is not the sum of its years, judged so only on the joined demand",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 20" },
      data: { deltagarantal: "fran | till | totalt \n 2020-01-01 | 2021-12-31 | 30 → raknad" },
      ger: [{ taljare: 30, malvarde: 40, upplosning: "sammanslagen", status: "ej_uppnatt", skal: "sammanlagt" }],
    },
    utanUppgift,
  ],
  nya_deltagare: [
    {
      says: "counts an entry in the period where it starts, the leap day too",
      insats: ["2020-02-29", "2021-12-31"],
      mal: { per: "insatsar", villkor: ">= 2" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-29 |            |                 → raknad
          b           | K   | 2021-02-27 |            |                 → raknad
          c           | K   | 2021-02-28 |            |                 → raknad
          d           | K   | 2020-02-28 |            |                 → –
          e           | K   | 2020-05-01 | 2020-05-02 | felregistrering → utesluten | felregistrering`,
      },
      ger: [
        { fran: "2020-02-29", till: "2021-02-27", taljare: 2, malvarde: 2, status: "uppnatt" },
        { fran: "2021-02-28", till: "2021-12-31", taljare: 1, status: "ej_uppnatt" },
      ],
    },
    {
      says: "adds up from totals of shorter periods, which only then must cover the whole",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 9" },
      data: {
        deltagarantal: `
          fran       | till       | slag | kvinnor | man | totalt →
          2020-01-01 | 2020-06-30 | nya  | 2       | 3   |        → raknad
          2020-07-01 | 2020-12-31 | nya  |         |     | 4      → raknad
          2021-01-01 | 2021-06-30 | nya  |         |     | 8      → –`,
      },
      ger: [
        { taljare: 9, status: "uppnatt" },
        { varde: null, skal: "saknas" },
      ],
    },
    utanUppgift,
  ],
  avslutade_deltagare: [
    {
      says: "counts an entry in the period where it ends; one going on and a felregistrering are looked at and left out",
      mal: { villkor: "= 1" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2019-05-01 | 2020-12-31 |                 → raknad
          b           | K   | 2020-05-01 |            |                 → utesluten | inte avslutad
          c           | K   | 2020-05-01 | 2020-06-30 | felregistrering → utesluten | felregistrering
          d           | K   | 2020-05-01 | 2021-01-01 |                 → –`,
      },
      ger: [{ taljare: 1, status: "uppnatt" }],
    },
    {
      says: "adds up from totals, women, men and unknown together",
      mal: { villkor: ">= 6", uppdelning: "kon" },
      data: {
        deltagarantal: `
          fran       | till       | slag      | kvinnor | man | okant →
          2020-01-01 | 2020-06-30 | avslutade | 0       | 2   |       → raknad
          2020-07-01 | 2020-12-31 | avslutade | 2       | 1   | 1     → raknad`,
      },
      ger: [{ taljare: 6, status: "uppnatt" }],
      grupper: {
        kvinna: { taljare: 2 },
        man: { taljare: 3 },
        okant: { taljare: null, skal: "foljs" },
      },
    },
    utanUppgift,
  ],
  andel_kvinnor: [
    {
      says: "is women of women and men; unknown kön lowers the coverage, not the share; a tie is met",
      mal: { villkor: ">= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon   | startdatum | slutdatum  | avslutsorsak    →
          a           | K     | 2020-02-01 |            |                 → raknad
          b           | M     | 2020-02-01 |            |                 → namnare
          c           | okänt | 2020-02-01 |            |                 → utesluten | kön okänt
          d           | K     | 2020-02-01 | 2020-02-02 | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ taljare: 1, namnare: 2, varde: 0.5, tackningsgrad: 2 / 3, status: "uppnatt" }],
    },
    {
      says: "takes a total that states women and men, and none that states only one of them",
      data: {
        deltagarantal: `
          fran       | till       | kvinnor | man | okant | totalt →
          2020-01-01 | 2020-12-31 | 6       | 3   | 1     |        → raknad
          2020-01-01 | 2020-06-30 | 6       |     |       | 9      → –`,
      },
      ger: [{ taljare: 6, namnare: 9, tackningsgrad: 0.9 }],
    },
    {
      says: "does not apply where every kön is unknown",
      mal: { villkor: ">= 40 %" },
      data: { deltagare: "deltagar_id | kon | startdatum \n a | okänt | 2020-02-01 → utesluten | kön okänt" },
      ger: [{ varde: null, namnare: 0, status: "ej_matbart", skal: "ej_tillamplig" }],
    },
    utanUppgift,
  ],
  andel_med_personuppgifter: [
    {
      says: "needs both counts of one period; what nobody stated is not 0",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 65 %" },
      data: {
        deltagarantal: `
          fran       | till       | slag                | kvinnor | man | totalt →
          2020-01-01 | 2020-12-31 | deltagare           | 12      | 8   |        → raknad
          2020-01-01 | 2020-12-31 | med_personuppgifter |         |     | 13     → raknad
          2021-01-01 | 2021-12-31 | deltagare           |         |     | 20     → –`,
      },
      ger: [
        { taljare: 13, namnare: 20, varde: 0.65, status: "uppnatt" },
        { varde: null, skal: "saknas" },
      ],
    },
    {
      says: "0 registered of some is 0 %, and of no deltagare does not apply",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 65 %" },
      data: {
        deltagarantal: `
          fran       | till       | slag                | totalt →
          2020-01-01 | 2020-12-31 | deltagare           | 20     → namnare
          2020-01-01 | 2020-12-31 | med_personuppgifter | 0      → namnare
          2021-01-01 | 2021-12-31 | deltagare           | 0      → utesluten
          2021-01-01 | 2021-12-31 | med_personuppgifter | 0      → utesluten`,
      },
      ger: [
        { taljare: 0, namnare: 20, varde: 0, status: "ej_uppnatt" },
        { varde: null, namnare: 0, skal: "ej_tillamplig" },
      ],
    },
  ],
  genomstromning: [
    {
      says: "is the entries that end in the period of those that touch it",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-12-31 |                 → namnare+raknad
          b           | K   | 2020-02-01 | 2021-01-01 |                 → namnare+raknad
          c           | K   | 2021-02-01 |            |                 → namnare
          d           | K   | 2020-05-01 | 2020-06-30 | felregistrering → utesluten | felregistrering`,
      },
      ger: [
        { taljare: 1, namnare: 2, status: "uppnatt" },
        { taljare: 1, namnare: 2, status: "uppnatt" },
      ],
    },
    {
      says: "takes totals where ended and taking part are stated for the same dates",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 50 %" },
      data: {
        deltagarantal: `
          fran       | till       | slag      | totalt →
          2020-01-01 | 2020-12-31 | deltagare | 40     → raknad
          2020-01-01 | 2020-12-31 | avslutade | 20     → raknad
          2021-01-01 | 2021-12-31 | avslutade | 20     → –`,
      },
      ger: [
        { taljare: 20, namnare: 40, status: "uppnatt" },
        { varde: null, skal: "saknas" },
      ],
    },
    utanUppgift,
  ],
  inskrivningstid: [
    {
      says: "pools the days of those who end in the period; one who leaves the same day is there with 0",
      mal: { villkor: "<= 100 dagar" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-28 | 2020-03-01 |                 → raknad
          b           | K   | 2019-12-01 | 2020-06-16 |                 → raknad
          c           | K   | 2020-05-01 | 2020-05-01 |                 → namnare
          d           | K   | 2020-05-01 |            |                 → –
          e           | K   | 2020-05-01 | 2020-06-30 | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ taljare: 200, namnare: 3, enhet: "dagar", status: "uppnatt" }],
    },
    {
      says: "does not apply where only felregistreringar ended",
      mal: { villkor: "<= 100 dagar" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          e           | K   | 2020-05-01 | 2020-06-30 | felregistrering → utesluten | felregistrering`,
      },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
    utanUppgift,
  ],
  malgrupp_nadd: [
    {
      says: "is persons of the lower figure of the stated target group, which holds for every period unless dated",
      insats: twoYears,
      mal: { per: "ar", villkor: ">= 50 %" },
      data: {
        deltagare: `
          deltagar_id | kon | startdatum | slutdatum  | avslutsorsak    →
          a           | K   | 2020-02-01 | 2020-03-31 |                 → raknad
          a           | K   | 2020-09-01 | 2020-12-31 |                 → raknad
          b           | K   | 2020-05-01 | 2020-06-30 | felregistrering → utesluten | felregistrering`,
        malgrupp: "fran | till | antal_lag | antal_hog \n | | 2 | 4 → namnare",
      },
      ger: [
        { taljare: 1, namnare: 2, varde: 0.5, status: "uppnatt" },
        { taljare: 0, namnare: 2, varde: 0, status: "ej_uppnatt" },
      ],
    },
    {
      says: "takes a total of persons as it stands",
      data: {
        deltagarantal: "fran | till | totalt \n 2020-01-01 | 2020-12-31 | 30 → raknad",
        malgrupp: "fran | till | antal_lag \n 2020-01-01 | 2020-12-31 | 40 → namnare",
      },
      ger: [{ taljare: 30, namnare: 40, varde: 0.75 }],
    },
    {
      says: "has no value without a stated target group",
      mal: { villkor: ">= 50 %" },
      data: { deltagare: "deltagar_id | kon | startdatum \n a | K | 2020-02-01 → raknad" },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
  ],
};
