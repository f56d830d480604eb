/** What an insats is to leave behind. */
import { utanUppgift } from "./participants.ts";
import type { Specification } from "./specification.ts";

export const deliverables: Specification = {
  leverabel_klar: [
    {
      says: "is done of those due; without a day one is due when the insats ends; obstacles are none",
      insats: ["2020-01-01", "2020-06-30"],
      mal: { villkor: ">= 50 %" },
      data: {
        leverabel: `
          leverabel_id | text | slag     | status    | senast     | datum      →
          klar         | A    | rapport  | klar      | 2020-03-31 | 2020-04-01 → raknad
          efter        | B    | rutin    | klar      | 2020-09-30 |            → raknad
          utan_dag     | C    |          | klar      |            |            → raknad
          delvis       | D    | rapport  | delvis    | 2020-03-31 |            → namnare | delvis klar
          ej           | E    | rapport  | ej_klar   | 2020-03-31 |            → namnare | ej klar
          reviderad    | F    | rapport  | reviderad | 2020-03-31 |            → namnare | reviderad
          okand        | G    | rapport  | okand     | 2020-03-31 |            → utesluten | status okänd
          hinder       | H    | hinder   | klar      | 2020-03-31 |            → –`,
      },
      ger: [{ taljare: 3, namnare: 6, varde: 0.5, tackningsgrad: 6 / 7, status: "uppnatt" }],
    },
    {
      says: "of some is of those named, by slag or by id; a quarter takes those due in it",
      insats: ["2020-01-01", "2020-06-30"],
      mal: { per: "kvartal", parametrar: { av: ["a", "b"] } },
      data: {
        leverabel: `
          leverabel_id | text | slag    | status  | senast     →
          a            | A    | rapport | klar    | 2020-03-31 → raknad
          b            | B    | rapport | ej_klar | 2020-04-01 → namnare | ej klar
          c            | C    | rapport | klar    | 2020-03-31 → –`,
      },
      ger: [
        { taljare: 1, namnare: 1 },
        { taljare: 0, namnare: 1 },
      ],
    },
    utanUppgift,
  ],
  leverabel_i_tid: [
    {
      says: "is done by the day; done on an unstated day is unknown, neither in time nor late",
      insats: ["2020-01-01", "2020-06-30"],
      mal: { villkor: ">= 50 %" },
      data: {
        leverabel: `
          leverabel_id | text | slag    | status  | senast     | datum      →
          i_tid        | A    | rapport | klar    | 2020-03-31 | 2020-03-31 → raknad
          sen          | B    | rapport | klar    | 2020-03-31 | 2020-04-01 → namnare | klar för sent
          ej           | C    | rapport | ej_klar | 2020-03-31 |            → namnare | inte klar
          vid_slutet   | D    | rapport | klar    |            | 2020-06-30 → raknad
          vilken_dag   | E    | rapport | klar    | 2020-03-31 |            → utesluten | dagen då det blev klart saknas
          okand        | F    | rapport | okand   | 2020-03-31 |            → utesluten | status okänd
          hinder       | G    | hinder  | klar    | 2020-03-31 | 2020-03-01 → –`,
      },
      ger: [{ taljare: 2, namnare: 4, varde: 0.5, tackningsgrad: 4 / 6, status: "uppnatt" }],
    },
    {
      says: "has no day to hold where neither it nor the insats states one",
      insats: ["2020-01-01", null],
      mal: { villkor: ">= 50 %" },
      data: {
        leverabel: "leverabel_id | text | status \n a | A | klar → utesluten | inget datum att hålla",
        mote: "mote_id | datum | motestyp \n 1 | 2020-05-01 | samverkan",
      },
      ger: [{ varde: null, skal: "saknas" }],
    },
  ],
};
