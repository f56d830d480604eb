/**
 * What a board should take a position on: one finding each, with a request in draft. A finding about the same thing in
 * several years, or in several goals of one insats, is one finding.
 */
import { begun, counted, listed, percent, spell, things, tusental } from "../schema/swedish.ts";
import { hasBudget } from "./charts/budget.ts";
import { postNamn } from "./charts/index.ts";
import { isOfPersons, totalOf, wholeYears } from "./figures.ts";
import { type Goal, goalsOf, judged, outcomeText } from "./goals.ts";
import type { Names } from "./names.ts";
import { type Brist, bristerOf, isReportedMet } from "./pages/brist.ts";
import { neededFor } from "./pages/needed.ts";
import type { Bidrag, Budget, Publik } from "./publik.ts";

/** The most serious first. */
const grades = ["mal", "pengar", "raknefel"] as const;

export interface Question {
  readonly grade: (typeof grades)[number];
  /** Within a grade, the heaviest first. */
  readonly weight: number;
  readonly insats: string | null;
  /** All of which the same is asked, the heaviest first. */
  readonly insatser: readonly string[];
  /** The förbund whose own question it is; null where it is that of all who pay for the insats. */
  readonly forbund: string | null;
  readonly text: string;
  /** What to decide, after `att`. */
  readonly ask: string;
}

/** What is asked of one insats. */
type Asked = Omit<Question, "insats" | "insatser">;

/** From so many insatser on, a request that is the same of each is one finding. */
const manyAlike = 3;

/** A reference to an appendix that is wrong changes nothing that a board decides. */
const isReference = ({ utsaga }: Brist): boolean => /hänvisning/i.test(utsaga.text);
const isOfMoney = ({ utsaga }: Brist): boolean => /\bkr\b/.test(utsaga.forklaring);
/** Said by the budget's own finding. */
export const isOfStaffing = ({ utsaga }: Brist): boolean => (utsaga.formel ?? "").includes("#omraknad_ore");

/** `2017`, `2018–2020`, `2018 och 2020`. */
const yearsText = (years: readonly number[]): string => {
  const own = [...new Set(years)].sort();
  const [first = 0, last = 0] = [own[0], own.at(-1)];
  return own.length > 1 && last - first === own.length - 1 ? `${first}–${last}` : listed(own.map(String));
};

const goalQuestion = (goals: readonly Goal[], brister: readonly Brist[]): Asked | undefined => {
  const wrong = brister.filter(({ mal }) => mal !== undefined);
  const yes = wrong.filter(isReportedMet);
  const others = wrong.length - yes.length;
  const untested = goals.filter(({ mal, standing }) => !judged.includes(standing) && mal.rapporterat === "ja");
  if (yes.length + others + untested.length === 0) return undefined;
  const own = goals.filter(({ mal }) => yes.some((brist) => brist.mal?.mal_id === mal.mal_id));
  // Of several, one about persons.
  const worst = own.find(({ rows }) => rows.some(({ matt }) => isOfPersons(matt))) ?? own[0];
  const merged = own.some(({ rows }) => rows.some(({ upplosning }) => upplosning === "sammanslagen"));
  const needed = [...new Set(untested.map(({ rows }) => neededFor(rows)).filter((text) => text !== ""))];
  const said = [
    yes.length === 0
      ? ""
      : `Rapporten svarar ja på ${things(yes.length, "ett mål", "mål")} som inte är ${yes.length === 1 ? "uppnått" : "uppnådda"} enligt underlaget${
          worst ? `${yes.length === 1 ? ":" : ", bland dem"} ”${worst.mal.text}” (${outcomeText(worst)})` : ""
        }`,
    untested.length === 0
      ? ""
      : yes.length === 0
        ? `Rapporten svarar ja på ${things(untested.length, "ett mål", "mål")} som inte går att pröva`
        : `och på ${counted(untested.length, "ett")} som inte går att pröva`,
    others === 0
      ? ""
      : yes.length + untested.length === 0
        ? `Rapporten svarar annorlunda än underlaget visar på ${things(others, "ett mål", "mål")}`
        : `och svarar annorlunda än underlaget på ${counted(others, "ett")} till`,
  ];
  const [first] = needed;
  const shown = merged
    ? `be insatsägaren om antal per år${first === undefined ? "" : ` och om ${first}`}`
    : `be insatsägaren visa vad svaren bygger på eller rätta dem${first === undefined ? "" : `, och lämna ${first}`}`;
  const sentence = said.filter((text) => text !== "").join(" ");
  return {
    grade: "mal",
    weight: yes.length * 100 + untested.length * 10 + others,
    forbund: null,
    text: `${yes.length > 1 ? sentence.replace(") och", "), och") : sentence}.`,
    ask: yes.length + others === 0 && first !== undefined ? `be insatsägaren om ${first}` : shown,
  };
};

/** Budget lines that are not what their staffing gives, those of several years as one; the largest first. */
const staffing = (rows: readonly Budget[]): { readonly post: readonly Budget[]; readonly off: number }[] => {
  const off = ({ budget_ore: budget, omraknad_ore: omraknad }: Budget): number =>
    budget === null || omraknad === null ? 0 : budget - omraknad;
  const differing = rows.filter((row) => off(row) !== 0);
  const posts = Map.groupBy(differing, ({ post }) => post);
  return [...posts.values()]
    .map((post) => ({ post, off: post.reduce((sum, row) => sum + off(row), 0) }))
    .sort((a, b) => Math.abs(b.off) - Math.abs(a.off));
};

const overOrUnder = (ore: number): string => `${tusental(Math.abs(ore))} ${ore > 0 ? "högre" : "lägre"}`;

/** What the money of one insats asks of a board. */
const moneyQuestions = (own: Publik, names: Names, brister: readonly Brist[]): Asked[] => {
  const money = (weight: number, text: string, ask: string): Asked => ({
    ...{ grade: "pengar", weight: Math.abs(weight), forbund: null, text, ask },
  });
  const { budgetutfall: budget, kostnadsandel: andelar, kostnadsandel_ar: andelarAr, prognos } = own;
  const without = andelarAr.filter(
    (row) => row.dimension === "insats" && (row.belopp_ore ?? 0) > 0 && !hasBudget(budget, row),
  );

  const off = staffing(budget);
  const [most] = off;
  const late = wholeYears(prognos).filter(
    (row) => row.forbund_id === "alla" && row.kraver_forklaring && row.medel_kalla !== "budget_ansokt",
  );
  const lateBy = late.reduce((total, { avvikelse_ore: ore }) => total + (ore ?? 0), 0);
  const explain = late.length > 0 ? [] : budget.filter((row) => row.kraver_forklaring && hasBudget(budget, row));
  const explained = explain
    .map((row) => ({ row, ore: (row.utfall_ore ?? 0) - (row.budget_ore ?? 0) }))
    .sort((a, b) => Math.abs(b.ore) - Math.abs(a.ore));
  const shares = andelar
    .filter((row) => row.dimension === "forbund" && Math.abs(row.avvikelse_procentenheter ?? 0) >= 1)
    .sort((a, b) => (b.avvikelse_ore ?? 0) - (a.avvikelse_ore ?? 0));
  const [over] = shares;
  const claims = brister.filter(
    (brist) => brist.mal === undefined && isOfMoney(brist) && !isOfStaffing(brist) && !isReference(brist),
  );
  const [worst] = explained;
  const [claim] = claims;
  return [
    without.length > 0 &&
      money(
        totalOf(without),
        `Ingen budget för ${yearsText(without.map(({ ar }) => ar))} finns i underlaget, och ${tusental(totalOf(without))} är fakturerat.`,
        "be insatsägaren om den beslutade budgeten",
      ),
    most &&
      money(
        most.off,
        `Budgetposten ”${most.post[0] ? begun(postNamn(names, most.post[0])) : ""}” ${yearsText(most.post.map(({ ar }) => ar))} är ${most.post.length > 1 ? "sammanlagt " : ""}${overOrUnder(most.off)} än tjänsterna i texten ger${off.length > 1 ? `, och ${things(off.length - 1, "en post", "poster")} till skiljer sig` : ""}.`,
        `be ${budget.every(({ status }) => status === "ansokt") ? "sökanden" : "insatsägaren"} förklara skillnaden`,
      ),
    late.length > 0 &&
      money(
        lateBy,
        `Fakturerat ${yearsText(late.map(({ fran, till }) => Number((till ?? fran ?? "").slice(0, 4))))} är ${late.some(({ status }) => status === "prognos") ? "enligt prognosen " : ""}${overOrUnder(lateBy)} än ${late.every(({ medel_kalla: kalla }) => kalla === "finansiering") ? "beviljade medel" : "budgeten"}, mer än gränsen på ${percent((late[0]?.grans_procent ?? 0) / 100, 0)}.`,
        "be insatsägaren förklara avvikelsen",
      ),
    worst &&
      money(
        worst.ore,
        `${
          worst.row.budget_ore === null
            ? `För ${worst.row.ar} är ${tusental(worst.ore)} fakturerat som inte hör till någon budgetpost`
            : `Fakturerat för ”${begun(postNamn(names, worst.row))}” ${worst.row.ar} är ${overOrUnder(worst.ore)} än budgeten`
        }${explained.length > 1 ? `, och ${things(explained.length - 1, "en post", "poster")} till skiljer sig` : ""}.`,
        "be insatsägaren förklara avvikelsen",
      ),
    over &&
      (over.avvikelse_ore ?? 0) > 0 &&
      money(
        over.avvikelse_ore ?? 0,
        `${begun(names.forbund(over.id))} har fakturerats ${percent(over.andel ?? 0, 0)} av kostnaden men avtalet säger ${percent(over.avtalad_andel ?? 0, 0)}, ${tusental(over.avvikelse_ore ?? 0)} mer.`,
        "be förbunden avgöra om skillnaden ska regleras",
      ),
    claim &&
      money(
        0,
        `${claim.utsaga.text.replace(/\.?$/, ".")} ${claim.utsaga.forklaring}${claims.length > 1 ? ` ${begun(things(claims.length - 1, "en uppgift", "uppgifter"))} till om pengar stämmer inte.` : ""}`,
        "be insatsägaren rätta beloppet",
      ),
  ].flatMap((one) => one || []);
};

const countingQuestion = (brister: readonly Brist[]): Asked | undefined => {
  const wrong = brister.filter(
    (brist) => brist.mal === undefined && !isReference(brist) && !isOfMoney(brist) && !isOfStaffing(brist),
  );
  const [first] = wrong;
  return (
    first && {
      grade: "raknefel",
      weight: wrong.length,
      forbund: null,
      text: `${begun(things(wrong.length, "en uppgift", "uppgifter"))} i rapporten stämmer inte med underlaget, ${wrong.length === 1 ? "nämligen" : "bland dem"} ”${first.utsaga.text.replace(/\.$/, "")}”.`,
      ask: "be insatsägaren rätta rapporten",
    }
  );
};

/** Who pays in, as a sentence has it. */
const parties: Readonly<Record<string, string>> = { kommun: "Kommunerna", region: "Regionen" };

/** What a förbund's own contributions ask: the latest year in which a part paid more than a thousandth beside the law's share. */
const contributionQuestions = (bidrag: readonly Bidrag[]): Question[] =>
  [...Map.groupBy(bidrag, ({ forbund_id: id }) => id)].flatMap(([forbund, rows]) => {
    const off = rows.filter(
      ({ kommun, avvikelse_procentenheter: points, avvikelse_ore: ore }) =>
        kommun === "" && Math.abs(points ?? 0) >= 0.1 && (ore ?? 0) < 0,
    );
    const last = off.filter(({ ar }) => ar === Math.max(...off.map((row) => row.ar)));
    return last.slice(0, 1).map((row) => ({
      grade: "pengar",
      weight: Math.abs(row.avvikelse_ore ?? 0),
      insats: null,
      insatser: [],
      forbund,
      text: `${parties[row.huvudman] ?? begun(spell(row.huvudman))} betalade ${tusental(Math.abs(row.avvikelse_ore ?? 0))} mindre än lagens andel ${row.ar} (${percent(row.andel ?? 0)} mot ${percent(row.lagens_andel ?? 0)}).`,
      ask: "be kansliet stämma av parternas bidrag mot lagens andelar",
    }));
  });

/** One request of several insatser, or förbund: what the heaviest says, and how many others it is about. */
const oneOf = (alike: readonly Question[], names: Names): Question[] => {
  const sorted = alike.toSorted((a, b) => b.weight - a.weight);
  const [first, ...others] = [...new Map(sorted.map((one) => [one.insats ?? one.forbund, one])).values()];
  if (!first || others.length < manyAlike - 1) return [...alike];
  const named = others.map(({ insats, forbund }) => (insats ? names.insats(insats) : names.forbund(forbund ?? "")));
  const rest = first.insats
    ? things(named.length, "en insats", "insatser")
    : things(named.length, "ett förbund", "förbund");
  return [
    {
      ...first,
      insatser: [first, ...others].flatMap(({ insats }) => insats ?? []),
      weight: alike.reduce((sum, { weight }) => sum + weight, 0),
      text: `${first.text} Samma fråga gäller ${named.length > manyAlike ? `${rest} till` : `också ${listed(named)}`}.`,
    },
  ];
};

/** Every question about these insatser and contributions, the most serious first. */
export const questionsOf = (
  insatser: readonly string[],
  bidrag: readonly Bidrag[],
  own: (insats: string) => Publik,
  names: Names,
): Question[] => {
  const questions = insatser.flatMap((insats) => {
    const of = own(insats);
    const wrong = bristerOf(of);
    return [goalQuestion(goalsOf(of), wrong), ...moneyQuestions(of, names, wrong), countingQuestion(wrong)].flatMap(
      (question): Question[] => (question === undefined ? [] : [{ ...question, insats, insatser: [insats] }]),
    );
  });
  const alike = Map.groupBy([...questions, ...contributionQuestions(bidrag)], ({ grade, ask }) => `${grade} ${ask}`);
  return [...alike.values()]
    .flatMap((some) => oneOf(some, names))
    .sort((a, b) => grades.indexOf(a.grade) - grades.indexOf(b.grade) || b.weight - a.weight);
};
