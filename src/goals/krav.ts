/**
 * What must be true: where data do not settle a goal but bound it, between which ends it lies and what it takes to meet it. One
 * way for each kind of measure; what few persons are behind is said without their number.
 */
import { delperiodOf, nivaerOf } from "../schema/mal.ts";
import type { Measure } from "../schema/measures.ts";
import type { Mal } from "../schema/pipeline.ts";
import { isRate } from "../schema/rate.ts";
import {
  compare,
  floorOf,
  minus,
  over,
  plus,
  type Rational,
  rational,
  times,
  toNumber,
  zero,
} from "../schema/rational.ts";
import { begun, counted, inUnit, listed, lowered, number, windowWord } from "../schema/swedish.ts";
import { leastWhole } from "./absences.ts";
import { calledText } from "./absencetext.ts";
import { reachOfBoth } from "./bortfall.ts";
import { type Demand, demandOn, meets } from "./demand.ts";
import { describeRow, nameOf } from "./describe.ts";
import { nothing } from "./evidence.ts";
import type { Facts } from "./facts.ts";
import { rangeOf } from "./judge.ts";
import type { Measured } from "./measured.ts";

/** Fewer persons than so many are not counted aloud. */
export const few = 5n;

/** What a goal's windows are called: `båda åren`, `alla tre perioderna`, and each of them. */
const windowsOf = ({ per }: Mal, count: number): { readonly all: string; readonly each: string } => {
  const [many, each] = per === "insatsar" || per === "ar" ? ["åren", "varje år"] : ["perioderna", "varje period"];
  return { all: count === 2 ? `båda ${many}` : `alla ${counted(count)} ${many}`, each };
};

/** The lowest bound of each of a joined row's own windows; undefined where some window has none, or another too. */
const boundsOf = ({ unit, taken }: Measured): { readonly from: Rational; readonly demand: Demand }[] | undefined => {
  const { goal, measure, fonster } = unit;
  const asking = {
    nivaer: nivaerOf(goal),
    fonster,
    isRate: isRate(measure),
    delperiod: delperiodOf(goal, measure, taken),
  };
  const bounds = taken.delar.flatMap((del) => {
    const own = fonster[del.index];
    const demand = own && demandOn({ ...asking, taken: { ...taken, fonster: own, delar: [del] } });
    return demand?.from && demand.to === null ? [{ from: demand.from, demand }] : [];
  });
  return bounds.length === taken.delar.length ? bounds : undefined;
};

/** How many windows a sum is enough for, the least demanding first. */
const windowsMet = (sum: Rational, bounds: readonly { readonly from: Rational; readonly demand: Demand }[]): number => {
  let left = sum;
  let met = 0;
  for (const { from, demand } of [...bounds].sort((a, b) => compare(a.from, b.from))) {
    if (!meets(left, demand)) break;
    left = minus(left, from);
    met++;
  }
  return met;
};

/** One figure for several windows: how many of them it may be enough for, or how many must be counted more than once. */
const joinedText = (row: Measured): string => {
  const { goal, measure } = row.unit;
  const { varde, okand } = row.judged;
  const count = row.taken.delar.length;
  const bounds = count > 1 && !isRate(measure) ? boundsOf(row) : undefined;
  if (!varde || !bounds || compare(okand, zero) > 0) return "";
  const isDistinct = measure.slag === "antal" && row.taken.totals.some(({ ar_summerbar: adds }) => !adds);
  // Persons are whole: of 45,5 that half a year asks for it takes 46.
  const least = bounds.map(({ from, demand }) => (isDistinct ? rational(leastWhole(from, demand.closed)) : from));
  const write = (value: Rational): string => inUnit(toNumber(value), measure.enhet);
  const most = least.reduce((a, b) => (compare(a, b) >= 0 ? a : b));
  const isAlike = least.every((bound) => compare(bound, most) === 0);
  const { all, each } = windowsOf(goal, count);
  const reaches = isAlike ? `${each} har minst ${write(most)}` : `${each} når sitt mål`;
  const spread = `Hur ${write(varde)} fördelar sig på ${counted(count)} ${windowWord(goal.per, count)} är inte känt: `;
  if (!isDistinct) {
    const met = windowsMet(varde, bounds);
    if (met === count) return `${spread}målet är nått ${all} bara om ${reaches}.`;
    return `${spread}det räcker till målet för ${met === 0 ? "inget" : `högst ${counted(met, "ett")}`} av dem.`;
  }
  const repeated = minus(least.reduce(plus, zero), varde);
  if (compare(repeated, zero) <= 0) return `${spread}målet är nått ${all} bara om ${reaches}.`;
  if (compare(most, varde) > 0) return `Målet kan inte vara nått ${all}, hur många som än räknas flera gånger.`;
  const asked = isAlike && count > 3 ? `${count} × ${write(most)}` : least.map(write).join(" + ");
  const sum = `${asked} − ${write(varde)} = ${write(repeated)}`;
  return count === 2
    ? `Målet är nått ${all} bara om minst ${write(repeated)} av ${write(varde)} räknas ${all} (${sum}) och ${reaches}.`
    : `Målet är nått ${all} bara om de ${write(varde)} räknas minst ${write(repeated)} gånger till, i fler än en period (${sum}), och ${reaches}.`;
};

/** Which numbers of so many unknown that count would meet a demand: from `least` to `most`, and none where it is above. */
const enough = (
  { from, to, closed }: Demand,
  unknown: bigint,
  needed: (bound: Rational) => Rational,
): { readonly least: bigint; readonly most: bigint } => {
  const least = from ? leastWhole(needed(from), closed) : 0n;
  const most = to ? -leastWhole(minus(zero, needed(to)), closed) : unknown;
  return { least: least < 0n ? 0n : least, most: most > unknown ? unknown : most };
};

/** What the unknown do to the goal: whatever they are, or so many of them, it is met. */
const settledBy = (
  { least, most }: ReturnType<typeof enough>,
  unknown: bigint,
): { readonly text: string; readonly isSettled: boolean } => {
  if (least > most) return { text: "målet är inte nått vad de än är", isSettled: true };
  if (least === 0n && most === unknown) return { text: "målet är nått vad de än är", isSettled: true };
  const [a, b] = [least, most].map((count) => number(Number(count)));
  const many = most === unknown ? `minst ${a}` : least === 0n ? `högst ${b}` : least === most ? a : `${a}–${b}`;
  return { text: `målet är nått om ${many} av de okända räknas`, isSettled: false };
};

/** What must be true of one row, and whether its data settle the goal all the same. */
interface Krav {
  readonly text: string;
  readonly isSettled: boolean;
}

/** A judged window, as far as it is asked what is unknown of it. */
type Bounded = Pick<Measured, "taken" | "judged"> & { readonly unit: { readonly measure: Measure } };

/** Between which ends a figure lies that rows could change which are not counted; nobody knows that they are one each. */
const refusedText = ({ unit: { measure }, judged }: Bounded): Krav | undefined => {
  const { varde, taljare, namnare, okand, bortfall, skal } = judged;
  const isOpen = skal === "avvisade_rader" || skal === "okanda_ord";
  if (!varde || !taljare || !isOpen || (measure.personer && okand.n > 0n && floorOf(okand) < few)) return undefined;
  const both = reachOfBoth(bortfall);
  const upp = both.upp && plus(both.upp, okand);
  const { least, most } = rangeOf(measure, { ...nothing, taljare, namnare: namnare ?? zero }, { ...both, upp });
  return least && most ? { text: betweenText(measure, least, most), isSettled: false } : undefined;
};

/** `Värdet ligger mellan 1 och 2.` */
export const betweenText = ({ enhet }: Measure, least: Rational, most: Rational): string =>
  `Värdet ligger mellan ${inUnit(toNumber(least), enhet)} och ${inUnit(toNumber(most), enhet)}.`;

/** What a figure could be if more may count, and how many of the unknown it takes. */
export const unknownText = (row: Bounded): Krav | undefined => {
  const { unit, taken, judged } = row;
  const { varde, taljare, namnare, okand, demand, bortfall } = judged;
  const { measure } = unit;
  if (reachOfBoth(bortfall).rader > 0) return refusedText(row);
  const isShare = measure.slag === "andel";
  const isCount = !isRate(measure) && measure.enhet === "antal" && taken.delar.length === 1;
  const unknown = floorOf(okand);
  if (!varde || !taljare || unknown === 0n || !(isCount || (isShare && namnare))) return undefined;
  const all = isShare && namnare ? plus(namnare, okand) : rational(1n);
  const needed = (bound: Rational): Rational => minus(times(bound, all), taljare);
  const verdict = demand && settledBy(enough(demand, unknown, needed), unknown);
  const isSettled = verdict?.isSettled ?? false;
  if (measure.personer && unknown < few)
    return { text: `Några få är okända${isSettled ? `, men ${verdict?.text}` : ""}.`, isSettled };
  const write = (count: Rational): string => inUnit(toNumber(over(count, all)), measure.enhet);
  const so = unknown === 1n ? "är okänt" : "är okända";
  const total = number(toNumber(all));
  const bounds = `${number(Number(unknown))}${isShare ? ` av ${total}` : ""} ${so}; värdet ligger mellan ${write(taljare)} och ${write(plus(taljare, okand))}`;
  const of = isShare ? `räknat på alla ${total} är ` : "";
  const then =
    verdict === null ? "" : `, och ${verdict.text.replace(/^målet är/, of === "" ? "målet är" : `${of}målet`)}`;
  return { text: `${bounds}${then}.`, isSettled };
};

/** What all of a count's windows come to, where several have unknown. */
const together = (rows: readonly Measured[]): string => {
  const whole = rows.filter(({ unit }) => unit.grupp === "");
  const unknown = whole.filter(({ judged }) => compare(judged.okand, zero) > 0);
  const isKnown = whole.every(({ judged }) => judged.varde !== null && reachOfBoth(judged.bortfall).rader === 0);
  if (unknown.length < 2 || !isKnown) return "";
  const sum = (of: (row: Measured) => Rational): Rational => whole.map(of).reduce(plus, zero);
  const [known, more] = [sum(({ judged }) => judged.varde ?? zero), sum(({ judged }) => judged.okand)];
  const all = plus(known, more);
  return ` Tillsammans mellan ${number(toNumber(known))} och ${number(toNumber(all))}.`;
};

/** How many are named before the rest is a number. */
const named = 4;

/** What must be true of a goal, as Swedish sentences; null where its data settle it or bound nothing. */
export const kravOf = (goal: Mal, rows: readonly Measured[], facts: Facts): string | null => {
  const said = rows.flatMap((row) => {
    if (row.taken.fonster.ar_oppet || row.judged.skal === "motsagt" || row.judged.skal === "for_kort") return [];
    const unknown = unknownText(row);
    const text = joinedText(row) || unknown?.text || calledText(row, facts);
    // Among others it is enough to know which are not settled.
    return text === "" || (unknown?.isSettled && rows.length > 1) ? [] : [{ row, text }];
  });
  const [first] = said;
  if (!first) return null;
  const { slag, enhet, definition } = first.row.unit.measure;
  const manyWindows = new Set(rows.map(({ taken }) => taken.fonster.fran)).size > 1;
  const byText = [...Map.groupBy(said, ({ text }) => text)];
  const texts = byText.slice(0, named).map(([text, own]) => {
    if (rows.length === 1) return text;
    const who = own.map(({ row }) => nameOf(goal, describeRow(row, facts), manyWindows));
    return `${begun(listed(who))}: ${lowered(text)}`;
  });
  const more = byText.length > named ? ` Och ${counted(byText.length - named)} till.` : "";
  const adds = slag === "summa" && enhet === "antal" && compare(first.row.judged.okand, zero) > 0;
  return `${texts.join(" ")}${more}${adds ? `${together(rows)} Det som räknas är ${definition.raknas_som.split(";")[0]}.` : ""}`;
};
