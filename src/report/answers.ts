/** What a run can answer of an insats in somebody's form: published figures, in the words of the pages, or why there is none. */
import type { FormSource } from "../schema/formular.ts";
import { begun, number, spell } from "../schema/swedish.ts";
import { amount, missing, totalOf, wholeYears, withheld } from "./figures.ts";
import { type Goal, goalsOf, outcomeText, whyNot } from "./goals.ts";
import type { Names } from "./names.ts";
import { sentenceOf } from "./pages/prognos.ts";
import type { Publik } from "./publik.ts";

/** Lines of an answer; none if it cannot be given, and then why. */
export interface Answer {
  readonly lines: readonly string[];
  readonly why?: string;
}

const noData = "underlag saknas";
const hidden = "gäller så få personer att de kan kännas igen";

const answer = (lines: readonly (string | null | undefined)[], why = noData): Answer => {
  const said = lines.filter((line): line is string => line !== null && line !== undefined && line !== "");
  return said.length === 0 ? { lines: [], why } : { lines: said };
};

/** A line to each goal, under the same number wherever a form asks of goals. */
const ofGoals = (goals: readonly Goal[], said: (goal: Goal) => string): Answer =>
  answer(
    goals.map((goal, i) => `${i + 1}. ${said(goal)}`),
    "inget mål finns i underlaget",
  );

const metText = (goal: Goal): string => {
  const { standing } = goal;
  if (standing === "uppnatt") return "Ja";
  if (standing === "ej_uppnatt") return "Nej";
  return standing === "delvis" ? "Delvis" : `Går inte att bedöma: ${whyNot(goal)}`;
};

const resultText = (goal: Goal): string => {
  const text = outcomeText(goal);
  if (text === withheld) return `${withheld} (${hidden})`;
  return text === missing ? `Går inte att ange: ${whyNot(goal) || noData}` : text;
};

const persons = ({ konsfordelning: [kon] }: Publik, isBySex: boolean): Answer => {
  if (kon === undefined) return answer([]);
  const { totalt, kvinnor, man } = kon;
  if (!isBySex) return answer([totalt === null ? `${withheld} (${hidden})` : number(totalt)]);
  return answer([
    kvinnor === null || man === null ? `${withheld} (${hidden})` : `${number(kvinnor)} kvinnor och ${number(man)} män`,
  ]);
};

const sources = {
  namn: ({ insats }) => answer(insats.map(({ namn }) => namn)),
  insatsagare: ({ insats }) => answer(insats.map(({ insatsagare }) => insatsagare)),
  diarienummer: ({ insats }) => answer(insats.map(({ diarienr }) => diarienr)),
  startdatum: ({ insats }) => answer(insats.map(({ startdatum }) => startdatum)),
  slutdatum: ({ insats }) => answer(insats.map(({ slutdatum }) => slutdatum)),
  ar: ({ insats }) =>
    answer(
      insats.map(({ data_till: day }) => day?.slice(0, 4)),
      "uppgifterna är odaterade",
    ),
  parter: ({ part }) => answer(part.map(({ namn }) => namn)),
  myndigheter: ({ part }) => answer([...new Set(part.map(({ huvudman }) => begun(spell(huvudman))))]),
  mal: (own) => ofGoals(goalsOf(own), ({ mal }) => mal.text),
  mal_uppnatt: (own) => ofGoals(goalsOf(own), metText),
  mal_utfall: (own) => ofGoals(goalsOf(own), resultText),
  antal_deltagare: (own) => persons(own, false),
  kvinnor_man: (own) => persons(own, true),
  fakturerat: ({ kostnadsandel }) => {
    const rows = kostnadsandel.filter(({ dimension }) => dimension === "insats");
    return answer(rows.length === 0 ? [] : [amount(totalOf(rows))], "ingen faktura finns i underlaget");
  },
  fakturerat_forbund: ({ kostnadsandel }, names) =>
    answer(
      kostnadsandel
        .filter(({ dimension }) => dimension === "forbund")
        .map(({ id, belopp_ore: ore }) => `${begun(names.forbund(id))}: ${amount(ore)}`),
      "ingen faktura finns i underlaget",
    ),
  beviljat: ({ medel }) =>
    answer(medel.length > 0 ? [amount(totalOf(medel))] : [], "inget beslut om medel finns i underlaget"),
  aterfort: ({ finansiering }) =>
    answer(
      finansiering.some(({ slag }) => slag === "aterfort") ? ["Ja"] : [],
      "inget beslut om återförda medel finns i underlaget",
    ),
  prognos: ({ prognos }) =>
    answer(
      wholeYears(prognos)
        .filter(({ forbund_id: id }) => id === "alla")
        .slice(-1)
        .map(sentenceOf),
      "ingen faktura finns i underlaget",
    ),
} satisfies Readonly<Record<FormSource, (own: Publik, names: Names) => Answer>>;

/** @param own what `publik` holds of one insats */
export const answerOf = (source: FormSource, own: Publik, names: Names): Answer => sources[source](own, names);
