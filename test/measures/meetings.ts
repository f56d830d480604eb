/** Möten: how many, who was there, who was raised, by whom, over how long. */
import { utanUppgift } from "./participants.ts";
import type { Specification } from "./specification.ts";

const installt = "mötet ställdes in";
const planerat = "mötet är bara planerat; okänt om det hölls";

/** One held möte with two parts, one with an uncalled part, one with one part, and those that are no held samverkansmöten. */
const mote = `
  mote_id  | datum      | motestyp  | status    →
  tva      | 2020-03-01 | samverkan |           →
  objuden  | 2020-04-01 | samverkan | genomfört →
  en       | 2020-05-01 | samverkan |           →
  puls     | 2020-06-01 | puls      |           →
  installt | 2020-07-01 | samverkan | inställt  →
  planerat | 2020-08-01 | samverkan | planerat  →
  utanfor  | 2021-01-01 | samverkan |           →`.replaceAll(" →", "");
const narvaro = `
  mote_id  | part_id | kallad | narvarande
  tva      | af      | ja     | ja
  tva      | fk      | ja     | ja
  objuden  | af      | ja     | ja
  objuden  | fk      | nej    | ja
  en       | af      | ja     | ja
  en       | fk      | ja     | nej
  puls     | af      | ja     | ja
  puls     | fk      | ja     | ja
  installt | af      | ja     | ja
  installt | fk      | ja     | ja`;

export const meetings: Specification = {
  antal_moten: [
    {
      says: "counts held möten from the first day to the last, the leap day too; a planned one in the past is unknown",
      mal: { villkor: ">= 4" },
      data: {
        mote: `
          mote_id | datum      | motestyp  | status    →
          1       | 2020-01-01 | samverkan |           → raknad
          2       | 2020-02-29 | puls      | genomfört → raknad
          3       | 2020-12-31 | samverkan |           → raknad
          4       | 2020-05-01 | samverkan | inställt  → utesluten | ${installt}
          5       | 2020-06-01 | samverkan | planerat  → utesluten | ${planerat}
          6       | 2019-12-31 | samverkan |           → –
          7       | 2021-01-01 | samverkan |           → –`,
      },
      ger: [{ taljare: 3, varde: 3, status: "ej_matbart", skal: "saknas" }],
    },
    {
      says: "is judged where the unknown could not decide",
      mal: { villkor: ">= 3" },
      data: {
        mote: `
          mote_id | datum      | motestyp  | status   →
          1       | 2020-02-01 | samverkan |          → raknad
          2       | 2020-06-01 | samverkan | planerat → utesluten | ${planerat}`,
      },
      ger: [{ taljare: 1, status: "ej_uppnatt", skal: null }],
    },
    {
      says: "of a kind that no row ever states is missing, not 0",
      mal: { villkor: ">= 1", parametrar: { motestyp: "styrgrupp" } },
      data: { mote: "mote_id | datum | motestyp \n 1 | 2020-02-01 | samverkan → –" },
      ger: [{ varde: null, skal: "saknas" }],
    },
    {
      says: "of a kind that no row states is 0 where the register is declared complete",
      mal: { villkor: ">= 1", parametrar: { motestyp: "styrgrupp" } },
      fullstandiga: ["mote"],
      data: { mote: "mote_id | datum | motestyp \n 1 | 2020-02-01 | samverkan → –" },
      ger: [{ taljare: 0, status: "ej_uppnatt", skal: null }],
    },
    {
      says: "adds delivered counts, halves too; cancelled and planned counts are none",
      mal: { villkor: "= 17" },
      data: {
        moteantal: `
          motestyp  | fran       | till       | status   | antal →
          samverkan | 2020-01-01 | 2020-06-30 |          | 10,5  → raknad
          samverkan | 2020-07-01 | 2020-12-31 |          | 6,5   → raknad
          samverkan | 2020-01-01 | 2020-12-31 | inställt | 2     → –
          samverkan | 2020-01-01 | 2020-12-31 | planerat | 20    → –`,
      },
      ger: [{ taljare: 17, status: "uppnatt" }],
    },
    {
      says: "adds each kind's counts, also where their periods differ",
      mal: { villkor: ">= 20" },
      data: {
        moteantal: `
          motestyp  | fran       | till       | antal →
          samverkan | 2020-01-01 | 2020-06-30 | 10    → raknad
          samverkan | 2020-07-01 | 2020-12-31 | 8     → raknad
          styrgrupp | 2020-01-01 | 2020-12-31 | 4     → raknad`,
      },
      ger: [{ taljare: 22, status: "uppnatt" }],
    },
    {
      says: "is missing where one kind is counted for the whole and another for a part of it",
      mal: { villkor: ">= 20" },
      data: {
        moteantal: `
          motestyp  | fran       | till       | antal →
          samverkan | 2020-01-01 | 2020-06-30 | 10    → –
          styrgrupp | 2020-01-01 | 2020-12-31 | 4     → –`,
      },
      ger: [{ taljare: null, skal: "saknas" }],
    },
    utanUppgift,
  ],
  moten_hallna_av_bokade: [
    {
      says: "is held of booked; one that is past and still planned was booked, and one to come is neither",
      insats: ["2020-01-01", null],
      mal: { villkor: ">= 50 %", per: "ar", parametrar: { motestyp: "samverkan" } },
      data: {
        mote: `
          mote_id | datum      | motestyp  | status   →
          a       | 2020-03-01 | samverkan |          → raknad
          b       | 2020-04-01 | samverkan |          → raknad
          c       | 2020-05-01 | samverkan | inställt → namnare | mötet ställdes in
          d       | 2020-06-01 | samverkan | planerat → namnare | mötet är bara planerat; okänt om det hölls
          e       | 2020-06-01 | puls      |          → –
          f       | 2099-06-01 | samverkan | planerat → –
          g       | 2019-06-01 | samverkan |          → –`,
      },
      ger: [{ taljare: 2, namnare: 4, varde: 0.5, status: "uppnatt" }],
    },
    {
      says: "adds delivered counts where held and not held were both counted for the period",
      mal: { villkor: ">= 85 %" },
      data: {
        moteantal: `
          motestyp  | fran       | till       | status   | antal →
          samverkan | 2020-01-01 | 2020-12-31 |          | 17    → raknad
          samverkan | 2020-01-01 | 2020-12-31 | inställt | 3     → namnare
          puls      | 2020-01-01 | 2020-12-31 |          | 99    → –`,
      },
      ger: [{ taljare: 17, namnare: 20, varde: 0.85, status: "uppnatt" }],
    },
    utanUppgift,
  ],
  narvaroandel: [
    {
      says: "is called and present of called; not called is listed and never counted",
      mal: { villkor: ">= 50 %", grupp: "part" },
      data: {
        mote,
        narvaro: `
          mote_id  | part_id | kallad | narvarande →
          tva      | af      | ja     | ja         → raknad
          tva      | fk      | ja     | nej        → namnare
          tva      | kommun  | nej    | ja         → utesluten | inte kallad
          installt | af      | ja     | ja         → utesluten | ${installt}
          planerat | af      | ja     | ja         → utesluten | ${planerat}
          utanfor  | af      | ja     | ja         → –`,
      },
      ger: [{ taljare: 1, namnare: 2, varde: 0.5, skal: "foljs" }],
      grupper: {
        af: { taljare: 1, namnare: 1, varde: 1, status: "uppnatt" },
        fk: { taljare: 0, namnare: 1, varde: 0, status: "ej_uppnatt" },
        kommun: { varde: null, namnare: 0, skal: "ej_tillamplig" },
      },
    },
    {
      says: "adds delivered counts of calls and attendances",
      mal: { villkor: ">= 85 %" },
      data: {
        narvaroantal: `
          part_id | fran       | till       | kallade | narvarande →
          af      | 2020-01-01 | 2020-06-30 | 10      | 9          → raknad
          af      | 2020-07-01 | 2020-12-31 | 5       | 5          → raknad
          fk      | 2020-01-01 | 2020-12-31 | 5       | 0          → namnare`,
      },
      ger: [{ taljare: 14, namnare: 20, varde: 0.7, status: "ej_uppnatt" }],
    },
    {
      says: "of a year is not that of the parts whose counts do not reach beyond it",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { villkor: ">= 85 %", per: "ar", grupp: "part" },
      data: {
        narvaroantal: `
          part_id | fran       | till       | kallade | narvarande →
          af      | 2020-01-01 | 2020-12-31 | 10      | 9          → raknad
          af      | 2021-01-01 | 2021-12-31 | 10      | 9          → raknad
          fk      | 2020-01-01 | 2021-12-31 | 20      | 6          → raknad`,
      },
      ger: [{ upplosning: "sammanslagen", taljare: 24, namnare: 40, varde: 0.6, skal: "foljs" }],
      grupper: { af: { taljare: 9, namnare: 10 }, fk: { taljare: 6, namnare: 20 } },
    },
    utanUppgift,
  ],
  narvaroandel_hallna: [
    {
      says: "is present of held möten, called or not; a part that the list leaves out was not there",
      mal: { grupp: "part" },
      data: {
        mote: `
          mote_id  | datum      | motestyp  | status   →
          tva      | 2020-03-01 | samverkan |          → namnare+raknad | inte kallad; står inte i närvarolistan
          utan     | 2020-05-01 | samverkan |          → utesluten | närvarolista saknas
          installt | 2020-07-01 | samverkan | inställt → utesluten | ${installt}`,
        narvaro: `
          mote_id  | part_id | kallad | narvarande →
          tva      | af      | ja     | ja         → raknad
          tva      | fk      | nej    | nej        → namnare | inte kallad
          installt | af      | ja     | ja         → utesluten | ${installt}`,
      },
      ger: [{ taljare: 1, namnare: 3, tackningsgrad: 0.5 }],
      grupper: { af: { taljare: 1, namnare: 1 }, fk: { taljare: 0, namnare: 1 }, kommun: { taljare: 0, namnare: 1 } },
    },
    {
      says: "does not apply where no möte was held, and is missing where none has a list",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { per: "ar", villkor: ">= 85 %" },
      data: {
        mote: `
          mote_id | datum      | motestyp  | status   →
          1       | 2020-07-01 | samverkan | inställt → utesluten | ${installt}
          2       | 2021-05-01 | samverkan |          → utesluten | närvarolista saknas`,
        narvaro: "mote_id | part_id | kallad | narvarande \n 1 | af | ja | ja",
      },
      ger: [
        { varde: null, namnare: 0, skal: "ej_tillamplig" },
        { varde: null, skal: "saknas" },
      ],
    },
  ],
  parter_per_mote: [
    {
      says: "is parts present of held möten with a list, called or not; one where nobody came has none",
      mal: { villkor: ">= 1,5" },
      data: {
        mote: `
          mote_id  | datum      | motestyp  | status   →
          1        | 2020-03-01 | samverkan |          → raknad
          ingen    | 2020-04-01 | puls      |          → namnare
          utan     | 2020-05-01 | samverkan |          → utesluten | närvarolista saknas
          installt | 2020-07-01 | samverkan | inställt → utesluten | ${installt}`,
        narvaro: `
          mote_id  | part_id | kallad | narvarande
          1        | af      | ja     | ja
          1        | fk      | nej    | ja
          1        | kommun  | ja     | ja
          ingen    | af      | ja     | nej
          installt | af      | ja     | ja`,
      },
      ger: [{ taljare: 3, namnare: 2, varde: 1.5, tackningsgrad: 2 / 3, enhet: "parter/möte", status: "uppnatt" }],
    },
    {
      says: "of one kind of möte looks at no other",
      mal: { parametrar: { motestyp: "puls" } },
      data: {
        mote: "mote_id | datum | motestyp \n 1 | 2020-03-01 | samverkan → – \n 2 | 2020-04-01 | puls → raknad",
        narvaro: "mote_id | part_id | kallad | narvarande \n 1 | af | ja | ja \n 2 | fk | ja | ja",
      },
      ger: [{ taljare: 1, namnare: 1 }],
    },
    utanUppgift,
  ],
  individer_i_samverkansmote: [
    {
      says: "counts persons once, at held samverkansmöten with enough parts present, called or not",
      mal: { parametrar: { minst_parter: 2 }, villkor: ">= 3" },
      data: {
        mote,
        narvaro,
        arende: `
          mote_id  | deltagar_id →
          tva      | a           → raknad
          tva      | b           → raknad
          objuden  | b           → raknad
          objuden  | c           → raknad
          en       | d           → utesluten | uppfyller inte målets urval
          puls     | e           → utesluten | mötet är inget samverkansmöte
          installt | f           → utesluten | ${installt}
          utanfor  | h           → –`,
      },
      ger: [{ taljare: 3, status: "uppnatt" }],
    },
    {
      says: "is not judged where persons of a möte that may have been held could decide; one counted already adds nothing",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { per: "ar", villkor: ">= 2" },
      data: {
        mote: `
          mote_id | datum      | motestyp  | status
          1       | 2020-03-01 | samverkan |
          2       | 2020-08-01 | samverkan | planerat
          3       | 2021-03-01 | samverkan |
          4       | 2021-08-01 | samverkan | planerat`,
        narvaro: "mote_id | part_id | kallad | narvarande \n 1 | af | ja | ja \n 3 | af | ja | ja",
        arende: `
          mote_id | deltagar_id →
          1       | a           → raknad
          2       | a           → utesluten | ${planerat}
          2       | b           → utesluten | ${planerat}
          3       | a           → raknad
          4       | a           → utesluten | ${planerat}`,
      },
      ger: [
        { taljare: 1, status: "ej_matbart", skal: "saknas" },
        { taljare: 1, status: "ej_uppnatt", skal: null },
      ],
    },
    {
      says: "does not know the persons of a held möte without a närvaro list, however few parts are asked for",
      mal: { parametrar: { minst_parter: 2 }, villkor: ">= 1" },
      data: {
        mote,
        arende: "mote_id | deltagar_id \n tva | a → utesluten | närvarolista saknas",
      },
      ger: [{ taljare: 0, status: "ej_matbart", skal: "saknas" }],
    },
    {
      says: "takes a total counted with as many parts or more, and none with fewer",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { per: "ar", parametrar: { minst_parter: 2 }, villkor: ">= 20" },
      data: {
        deltagarantal: `
          fran       | till       | slag             | totalt | minst_parter →
          2020-01-01 | 2020-12-31 | i_samverkansmote | 22     | 3            → raknad
          2021-01-01 | 2021-12-31 | i_samverkansmote | 30     | 1            → –`,
      },
      ger: [
        { taljare: 22, status: "uppnatt" },
        { varde: null, skal: "saknas" },
      ],
    },
    utanUppgift,
  ],
  arenden: [
    {
      says: "counts a person once per held möte, of every kind; a part's own are those it raised",
      mal: { villkor: ">= 4", grupp: "part" },
      data: {
        mote,
        arende: `
          mote_id  | deltagar_id | initierad_av →
          tva      | a           | af           → raknad
          objuden  | a           |              → raknad
          puls     | a           | fk           → raknad
          installt | a           | af           → utesluten | ${installt}
          planerat | b           | af           → utesluten | ${planerat}
          utanfor  | b           | af           → –`,
      },
      ger: [{ taljare: 3, status: "ej_matbart", skal: "foljs" }],
      grupper: { af: { taljare: 1 }, fk: { taljare: 1 }, kommun: { taljare: null, skal: "saknas" } },
    },
    {
      says: "of one kind of möte looks at no other",
      mal: { villkor: ">= 1", parametrar: { motestyp: "samverkan" } },
      data: { mote, arende: "mote_id | deltagar_id \n tva | a → raknad \n puls | a → –" },
      ger: [{ taljare: 1, status: "uppnatt" }],
    },
    utanUppgift,
  ],
  initieringsandel: [
    {
      says: "is what the part raised of what is known to be raised by someone",
      mal: { villkor: ">= 50 %", parametrar: { part: "af" } },
      data: {
        mote,
        arende: `
          mote_id  | deltagar_id | initierad_av →
          tva      | a           | af           → raknad
          objuden  | a           | af           → raknad
          puls     | b           | fk           → namnare
          tva      | c           |              → utesluten | okänt vem som tog upp ärendet
          installt | d           | af           → utesluten | ${installt}`,
      },
      ger: [{ taljare: 2, namnare: 3, tackningsgrad: 0.75, status: "uppnatt" }],
    },
    {
      says: "by group asks each part, also one that raised nothing, and not all together, who raise everything",
      mal: { villkor: "<= 70 %", grupp: "part" },
      data: {
        mote,
        arende: `
          mote_id | deltagar_id | initierad_av
          tva     | a           | af
          objuden | a           | af
          puls    | b           | fk
          tva     | c           |`,
      },
      ger: [],
      grupper: {
        af: { taljare: 2, namnare: 3, tackningsgrad: 0.75, status: "uppnatt" },
        fk: { taljare: 1, namnare: 3, status: "uppnatt" },
        kommun: { taljare: 0, namnare: 3, varde: 0, status: "uppnatt" },
      },
    },
    {
      says: "of two parts together counts an ärende that neither or nobody is known to have raised once",
      mal: { villkor: ">= 70 %", parametrar: { part: ["af", "fk"] } },
      data: {
        mote,
        arende: `
          mote_id | deltagar_id | initierad_av →
          tva     | a           | af           → namnare+raknad
          objuden | a           | fk           → namnare+raknad
          puls    | b           | kommun       → namnare
          tva     | c           |              → utesluten | okänt vem som tog upp ärendet`,
      },
      ger: [{ taljare: 2, namnare: 3, tackningsgrad: 0.75, status: "ej_uppnatt" }],
    },
    {
      says: "is missing where nobody is said to have raised anything",
      mal: { villkor: ">= 50 %", parametrar: { part: "af" } },
      data: {
        mote,
        arende: "mote_id | deltagar_id \n tva | a → utesluten | okänt vem som tog upp ärendet",
      },
      ger: [{ varde: null, skal: "saknas" }],
    },
  ],
  moten_per_individ: [
    {
      says: "is samverkansmöten × persons of distinct persons",
      mal: { villkor: ">= 1,5" },
      data: {
        mote,
        arende: `
          mote_id  | deltagar_id →
          tva      | a           → raknad
          objuden  | a           → raknad
          objuden  | b           → raknad
          puls     | b           → utesluten | mötet är inget samverkansmöte
          installt | c           → utesluten | ${installt}`,
      },
      ger: [{ taljare: 3, namnare: 2, varde: 1.5, enhet: "möten/individ", status: "uppnatt" }],
    },
    {
      says: "does not apply where no samverkansmöte was held",
      mal: { villkor: ">= 1" },
      data: { mote, arende: `mote_id | deltagar_id \n installt | a → utesluten | ${installt}` },
      ger: [{ varde: null, namnare: 0, skal: "ej_tillamplig" }],
    },
  ],
  motestid: [
    {
      says: "is days from a person's first held samverkansmöte to the last, in the period of the last; one möte is 0 days",
      insats: ["2020-01-01", "2021-12-31"],
      mal: { per: "ar", villkor: "<= 60 dagar" },
      data: {
        mote,
        arende: `
          mote_id  | deltagar_id →
          tva      | a           → raknad
          en       | a           → raknad
          objuden  | b           → namnare
          tva      | c           → raknad
          utanfor  | c           → raknad
          puls     | a           → utesluten | mötet är inget samverkansmöte
          installt | a           → utesluten | ${installt}`,
      },
      ger: [
        { taljare: 61, namnare: 2, varde: 30.5, enhet: "dagar", status: "uppnatt" },
        { taljare: 306, namnare: 1, status: "ej_uppnatt" },
      ],
    },
    utanUppgift,
  ],
};
