/** What goals come to together, and what one comes to, in a board's words. */
import { begun, counted, inUnit, listed, number, percent, spell, things, wholeTarget } from "../schema/swedish.ts";
import { sedan } from "../schema/villkor.ts";
import { goalText, missing, valueText, withheld } from "./figures.ts";
import { html, joined, type Part } from "./html.ts";
import type { Mal, Malrad, Publik } from "./publik.ts";
import { listing } from "./table.ts";

/** A goal that is judged, or why it is not: what somebody can deliver comes before what nobody can. */
export const standings = [
  ...(["ej_uppnatt", "delvis", "uppnatt"] as const),
  ...(["saknas", "malvarde", "pagar", "dolt", "annat"] as const),
] as const;
export type Standing = (typeof standings)[number];

type Goals = Pick<Publik, "malsammanfattning" | "maluppfyllelse">;

const keyOf = ({ insats_id: insats, mal_id: mal }: Pick<Mal, "insats_id" | "mal_id">): string => `${insats}/${mal}`;

const standingOf = ({ status }: Mal, all: readonly Malrad[]): Standing => {
  if (status === "uppnatt" || status === "delvis" || status === "ej_uppnatt" || status === "dolt") return status;
  const rows = all.filter(({ skal }) => skal !== "foljs");
  const has = (...reasons: readonly string[]): boolean => rows.some(({ skal }) => reasons.includes(skal ?? ""));
  if (rows.every(({ villkor }) => villkor === null)) {
    return rows.some(({ varde, ar_dold: isHidden }) => varde !== null || isHidden) ? "malvarde" : "saknas";
  }
  if (has("saknas", "ej_summerbart")) return "saknas";
  return has("perioden_pagar") ? "pagar" : has("sekretess") ? "dolt" : "annat";
};

export interface Goal {
  readonly mal: Mal;
  readonly rows: readonly Malrad[];
  readonly standing: Standing;
}

export const goalsOf = ({ malsammanfattning, maluppfyllelse }: Goals): Goal[] => {
  const rows = Map.groupBy(maluppfyllelse, keyOf);
  return malsammanfattning.map((mal) => {
    const own = rows.get(keyOf(mal)) ?? [];
    return { mal, rows: own, standing: standingOf(mal, own) };
  });
};

export const judged: readonly Standing[] = ["uppnatt", "delvis", "ej_uppnatt"];

export const numberOf = (goals: readonly Goal[], ...standings: readonly Standing[]): number =>
  goals.filter(({ standing }) => standings.includes(standing)).length;

const agreed = (count: number, one: string, many: string): string =>
  `${counted(count, "ett")} ${count === 1 ? one : many}`;

/**
 * `Åtta av 73 mål går att bedöma: tre är nådda, fem är inte nådda.` and why the others cannot be, in two sentences.
 * @param of the insatser whose goals they are; none: all
 */
export const goalSentences = (
  goals: readonly Goal[],
  of: readonly string[] = [],
): readonly [lead: Part, rest: Part] => {
  const said = (...all: readonly (readonly [Standing, string, string])[]): (readonly [Standing, string])[] =>
    all.flatMap(([standing, one, many]) => {
      const some = numberOf(goals, standing);
      return some === 0 ? [] : [[standing, agreed(some, one, many)] as const];
    });
  const markup = (parts: readonly (readonly [Standing, string])[]): Part =>
    joined(
      parts.map(([standing, text]) => listing("mal", of, standing, text)),
      ", ",
    );
  const measured = numberOf(goals, ...judged);
  const all = goals.length === 1 ? "ett" : `${counted(goals.length)}`;
  const lead =
    goals.length === 0
      ? "Inget mål finns i underlaget"
      : measured === 0
        ? goals.length === 1
          ? "Det enda målet går inte att bedöma"
          : `Inget av ${all} mål går att bedöma`
        : `${measured === goals.length ? (goals.length === 1 ? "Det enda målet" : `Alla ${all} mål`) : `${counted(measured, "ett")} av ${all} mål`} går att bedöma`;
  const verdicts = said(
    ["uppnatt", "är nått", "är nådda"],
    ["delvis", "är delvis nått", "är delvis nådda"],
    ["ej_uppnatt", "är inte nått", "är inte nådda"],
  );
  const missed = numberOf(goals, "saknas");
  const [first, ...rest] = [
    ...(missed === 0 ? [] : [["saknas", `för ${counted(missed, "ett")} saknas underlag`] as const]),
    ...said(
      ["malvarde", "saknar målvärde", "saknar målvärde"],
      ["pagar", "gäller en period som pågår", "gäller perioder som pågår"],
      ["dolt", "visas inte, eftersom det gäller få personer", "visas inte, eftersom de gäller få personer"],
      ["annat", "går inte att bedöma av andra skäl", "går inte att bedöma av andra skäl"],
    ),
  ];
  return [
    html`${begun(lead)}${verdicts.length > 0 ? [": ", markup(verdicts)] : undefined}.`,
    first && html`${markup([[first[0], begun(first[1])], ...rest])}.`,
  ];
};

/** The rows that decide a goal, or that show what it comes to where nothing decides it. */
const telling = ({ rows }: Goal): Malrad[] => {
  const own = rows.filter(({ skal }) => skal !== "foljs");
  const decided = own.filter(({ status }) => status === "uppnatt" || status === "ej_uppnatt");
  return decided.length > 0 ? decided : own;
};

/** `73 av 120`, `2 av 3`, `nått i 2 av 5`; the dash where there is no outcome. */
export const outcomeText = (goal: Goal): string => {
  const rows = telling(goal);
  const [only] = rows;
  if (rows.length > 1 && judged.includes(goal.standing)) {
    return `nått i ${number(goal.mal.uppnatt)} av ${number(goal.mal.uppnatt + goal.mal.ej_uppnatt)}`;
  }
  if (goal.standing === "dolt") return withheld;
  if (only === undefined || rows.length > 1) return missing;
  const { varde, villkor, malvarde, enhet, taljare, namnare, ar_dold: isHidden } = only;
  if (isHidden) return withheld;
  if (varde === null) return missing;
  const isShare = enhet === "andel" && taljare !== null && namnare !== null && namnare !== 0;
  if (isShare && namnare < 20) return `${number(taljare)} av ${number(namnare)}`;
  // Öre only where they may decide.
  const isWhole = enhet.startsWith("kr") && Math.abs(varde) >= 1000 && Math.round(varde) !== malvarde;
  if (enhet !== "antal" || malvarde === null || !villkor?.startsWith(">="))
    return valueText(isWhole ? { ...only, varde: Math.round(varde) } : only);
  return `${inUnit(varde, enhet)} av ${inUnit(wholeTarget(villkor, malvarde, enhet, varde), enhet)}`;
};

/** What the goal asks for, as it is set and not scaled to a period: `minst 60`, `40–60 %`; the dash without one. */
export const goalTarget = ({ rows }: Goal): string => {
  const row = rows.find(({ villkor }) => villkor !== null);
  const last = row?.villkor?.split(sedan).at(-1);
  return last === undefined ? missing : goalText(last, row?.enhet ?? "");
};

/** What the report answers, and whether that holds. */
export const answerText = ({ rapporterat, avviker }: Mal): string =>
  rapporterat === null ? missing : `${spell(rapporterat)}${avviker === true ? ", stämmer inte" : ""}`;

/** Why a goal is not judged, in a few words; empty where it is. */
export const whyNot = ({ standing, rows }: Goal): string => {
  if (judged.includes(standing)) return "";
  if (standing === "malvarde") return "saknar målvärde";
  if (standing === "saknas") return spell("saknas");
  if (standing === "dolt") return spell("sekretess");
  if (standing === "pagar") return spell("perioden_pagar");
  const reasons = rows.flatMap(({ skal }) => (skal === null || skal === "foljs" ? [] : [spell(skal)]));
  return listed([...new Set(reasons)].sort()) || "går inte att bedöma av andra skäl";
};

/** How much of what judged values rest on is known. @param of the insatser whose values they are; none: all */
export const coverageText = ({ maluppfyllelse: malrader }: Publik, of: readonly string[] = []): Part => {
  const rows = malrader.filter(isJudged);
  if (rows.length === 0) return "Inget värde har bedömts.";
  const partly = rows.flatMap(({ tackningsgrad: share }) => (share !== null && share < 1 ? [share] : []));
  const listed = (text: string): Part => listing("varde", of, "", text);
  return partly.length === 0
    ? html`${listed(rows.length === 1 ? "Det bedömda värdet" : `Alla ${counted(rows.length)} bedömda värden`)} bygger på fullständigt underlag.`
    : html`Av ${listed(things(rows.length, "ett bedömt värde", "bedömda värden"))} bygger ${number(rows.length - partly.length)} på fullständigt underlag; täckningsgraden är som lägst ${percent(
        partly.reduce((a, b) => Math.min(a, b)),
        0,
      )}.`;
};

/** Whether a value is judged and shown. */
export const isJudged = ({ status, ar_dold: isHidden }: Malrad): boolean =>
  (status === "uppnatt" || status === "ej_uppnatt") && !isHidden;
