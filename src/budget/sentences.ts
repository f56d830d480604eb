/** Why a budget cell is not what its staffing lines give, in Swedish. */

import { addDays } from "../schema/days.ts";
import { compare, over, plus, type Rational, rational, rounded, toNumber } from "../schema/rational.ts";
import { counted, kronor, listed, number, percent, windowWord } from "../schema/swedish.ts";
import { type Change, differenceOf, type Priced } from "./hypotheses.ts";
import {
  costAMonthOf,
  costOf,
  factorOf,
  factorTo,
  fullTimeOf,
  type Line,
  monthsIn,
  runOf,
  wholeMonth,
} from "./line.ts";
import { type Cell, type Explanation, type Found, readAs, roundings, sumOf } from "./search.ts";

/** A year of the same budget line that its staffing lines do give. */
export interface OtherYear {
  readonly ar: number;
  readonly budget: bigint;
}

const money = (rate: Rational): string => kronor(Number(rounded(rate, 0, "half up").n));
const amountText = (ore: bigint): string => kronor(Number(ore));
const share = ({ omfattning }: Line): string => number(toNumber(omfattning), 4);
const figure = (factor: Rational): string => number(toNumber(factor), 4);

const lineText = (line: Line): string => `${line.roll} ${share(line)} (${line.fran}–${line.till})`;
const linesText = (lines: readonly Line[]): string => listed(lines.map(lineText));

const monthsText = (delar: bigint): string => {
  const months = toNumber(rational(delar, wholeMonth));
  const count = Number.isInteger(months) ? counted(months) : number(months);
  return `${count} ${windowWord("manad", months)}`;
};

/** ` i stället för fem månader`, as the text has it. */
const insteadOfMonths = (line: Line, ar: number): string =>
  monthsIn(line, ar) === 0n ? `, fast texten inte gäller ${ar}` : ` i stället för ${monthsText(monthsIn(line, ar))}`;

/** `. Det är 1,7 gånger lönen, mot 1,4 i andra rader`, where the row states the pay. */
const againstPay = (rate: Rational, line: Line, all: readonly Line[]): string => {
  const factor = factorTo(rate, line);
  return factor ? `. Det är ${figure(factor)} gånger lönen${againstOthers(factor, [line], all)}` : "";
};

const againstOthers = (factor: Rational, lines: readonly Line[], all: readonly Line[]): string => {
  const others = all
    .filter(({ rad_id }) => !lines.some((line) => line.rad_id === rad_id))
    .flatMap((line) => factorOf(line) ?? [])
    .map(figure)
    .filter((text) => text !== figure(factor));
  return others.length === 0 ? "" : `, mot ${listed([...new Set(others)])} i andra rader`;
};

/** The same amount in a year whose lines give it, with as many months as the change assumes. */
const repeated = ({ budget, lines }: Cell, delar: bigint, others: readonly OtherYear[]): string => {
  const like = others.find(
    (other) =>
      other.budget === budget && lines.some((line) => costAMonthOf(line) && monthsIn(line, other.ar) === delar),
  );
  return like ? ` Beloppet är detsamma som ${like.ar}, då texten gäller ${monthsText(delar)}.` : "";
};

const changeText = (change: Change, cell: Cell, others: readonly OtherYear[]): string => {
  const { kind, priced, of } = change;
  const lines = priced.map(({ line }) => line);
  const [first] = priced;
  if (!first) throw new Error(`a change of nothing: ${kind}`);
  const { line, delar } = first;
  const told = linesText(lines);
  const source = linesText(of);
  const gives = "Budgetens belopp fås om";
  switch (kind) {
    case "bredvid":
      return `${gives} ${told} räknas vid sidan av ${source}, som kom i stället: ${besideText(priced, cell.ar)}.`;
    case "takt":
      return taktText(first, change, cell);
    case "nedtrappning": {
      const [rate, own] = [first.rate, costAMonthOf(line)];
      if (!rate || !own) throw new Error(`no cost to step down: ${told}`);
      const left = percent(toNumber(over(rate, own)), 0);
      return `${gives} ${told} trappas ned lika mycket som ${source}, till ${left} av vad som gällde före: ${money(rate)} i månaden i stället för ${money(own)}.`;
    }
    case "varav": {
      if (!line.varav) throw new Error(`no part of the share: ${told}`);
      const [whole, part] = [plus(line.omfattning, line.varav), line.varav].map((one) => number(toNumber(one), 4));
      return `${gives} ${told} räknas med ${share(line)} + ${part} = ${whole}: delen ${part} ingår enligt texten i ${share(line)}, men läggs till utöver den.`;
    }
    case "omfattning":
      return `${gives} ${told} räknas med omfattningen ${listed(of.map(share))}, som i ${source}.`;
    case "heltid":
      return `${gives} ${told} räknas som heltid, utan att omfattningen räknas av.`;
    case "andel":
      return `${gives} kostnaden för ${told} är heltidens, så att omfattningen räknas av en gång till.`;
    case "utan":
      return `${gives} ${told} lämnas utanför.`;
    case "manader":
      return `${gives} ${told} räknas i ${monthsText(delar ?? 0n)}${insteadOfMonths(line, cell.ar)}.${repeated(cell, delar ?? 0n, others)}`;
    case "faktor": {
      const own = factorOf(line);
      const [factor] = priced.flatMap((one) => (one.rate && factorTo(one.rate, one.line)) ?? []);
      if (!factor) throw new Error(`no factor: ${told}`);
      const instead = own ? ` i stället för ${figure(own)}` : "";
      const borne = of.length > 0 ? `, som i ${source}` : "";
      return `${gives} lönen för ${told} räknas upp ${figure(factor)} gånger${instead}${borne}${againstOthers(factor, lines, cell.all)}.`;
    }
  }
};

/** `34 000 kr i månaden för 0,2`: as the line itself gives it, for full time or for its share. */
const priceText = (line: Line): string => {
  const { heltidskostnad, manadskostnad, omfattning } = line;
  if (!heltidskostnad && manadskostnad && compare(omfattning, rational(1n)) !== 0) {
    return `${money(manadskostnad)} i månaden för ${share(line)}`;
  }
  const fullTime = fullTimeOf(line);
  if (!fullTime) throw new Error(`no price: ${lineText(line)}`);
  return `${money(fullTime)} i månaden för heltid`;
};

/** One line priced as another of its role, or several lines without a cost as the others of their roles. */
const taktText = ({ line, rate }: Priced, { priced, of }: Change, cell: Cell): string => {
  const told = linesText(priced.map((one) => one.line));
  const [price] = of;
  const compared = rate ? againstPay(rate, line, cell.all) : "";
  const how =
    priced.length > 1 || !price
      ? `som i rollernas andra rader, ${linesText(of)}`
      : `${priceText(price)}, som i ${linesText(of)}${compared}`;
  return costAMonthOf(line)
    ? `Budgetens belopp fås om ${told} räknas med ${how}.`
    : `Kostnad anges inte för ${told}. Budgetens belopp fås om den är ${how}.`;
};

/** `tolv månader à 10 220 kr, 122 640 kr mer`. */
const besideText = (priced: readonly Priced[], ar: number): string =>
  listed(
    priced.flatMap(({ line, delar }) => {
      const rate = costAMonthOf(line);
      const own = monthsIn(line, ar);
      if (!rate || delar === undefined) return [];
      const more = costOf(rate, delar) - costOf(rate, own);
      return [`${monthsText(delar - own)} à ${money(rate)}, ${amountText(more)} mer`];
    }),
  );

/** The days of a year that lines cover, those that meet as one period. */
const periodsText = (periods: readonly (readonly [fran: string, till: string])[], ar: number): string => {
  const joined: [string, string][] = [];
  for (const [fran, till] of [...periods].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [from, to] = [fran < `${ar}-01-01` ? `${ar}-01-01` : fran, till > `${ar}-12-31` ? `${ar}-12-31` : till];
    const last = joined.at(-1);
    if (last && addDays(last[1], 1) === from) last[1] = to;
    else joined.push([from, to]);
  }
  return listed(joined.map(([from, to]) => `${from}–${to}`));
};

/** What the lines read otherwise come to, all told: `handläggare 0,2 räknas i fyra månader à 8 680 kr (…) i stället för …`. */
const readingText = (reading: readonly Line[], { lines, ar }: Cell): string => {
  const isRead = ({ rad_id }: Line): boolean => reading.some((line) => line.rad_id === rad_id);
  const runs = reading
    .map((line) => runOf(line, lines, ar))
    .filter((run, i, all) => all.findIndex(([first]) => first?.rad_id === run[0]?.rad_id) === i);
  const months = (run: readonly Line[], delar: (line: Line) => ReadonlyMap<number, bigint>): string =>
    monthsText(run.reduce((sum, line) => sum + (delar(line).get(ar) ?? 0n), 0n));
  return listed(
    runs.flatMap((run) => {
      const [line] = run;
      if (!line) return [];
      const rate = costAMonthOf(line);
      const read = months(run, (one) => (isRead(one) && one.delar_alt) || one.delar);
      const periods = run.map((one) => [one.fran, (isRead(one) && one.till_alt) || one.till] as const);
      const asText = `${months(run, ({ delar }) => delar)} (${periodsText(
        run.map(({ fran, till }) => [fran, till]),
        ar,
      )})`;
      return [
        `${line.roll} ${share(line)} räknas i ${read}${rate ? ` à ${money(rate)}` : ""} (${periodsText(periods, ar)}) i stället för ${asText}`,
      ];
    }),
  );
};

/** `; annars blir det 147 560 kr`. */
const asTextStands = (cell: Cell): string => {
  const sum = sumOf(cell);
  return sum === null ? "" : `; annars blir det ${amountText(sum)}`;
};

const besidesText = ({ slag, ore }: NonNullable<Explanation["besides"]>, cell: Cell): string => {
  const sum = amountText(sumOf(cell) ?? 0n);
  if (slag === "avrundning")
    return `Budgeten är bemanningens belopp, ${sum}, avrundat till hela ${roundings.get(ore)}.`;
  const more = cell.budget - ore;
  return `Bemanningen ger det belopp som söktes, ${sum}; det beviljade är ${amountText(more < 0n ? -more : more)} ${more < 0n ? "mindre" : "mer"}.`;
};

/** One explanation as one or two sentences. */
export const explanationText = (
  { reading, change, besides }: Explanation,
  cell: Cell,
  others: readonly OtherYear[],
): string => {
  if (besides) return besidesText(besides, cell);
  if (!change) {
    return `Texten kan läsas på två sätt. Budgetens belopp fås om ${readingText(reading, cell)}${asTextStands(cell)}.`;
  }
  const read = reading.length === 0 ? "" : `Läst så att ${readingText(reading, cell)}: `;
  return `${read}${changeText(change, cell, others)}`;
};

/** What is said where nothing that was tried gives the budget. */
export const unexplainedText = ({ ar, budget }: Cell, { recomputed }: Found): string => {
  const given = recomputed === null ? `har ingen rad med kostnad för ${ar}` : `ger ${amountText(recomputed)}`;
  return `Skillnaden är ej förklarad: bemanningen ${given}, och ingen enskild ändring av raderna ger budgetens ${amountText(budget)}.`;
};

/** What an explanation comes to, in öre. */
export const explainedAmount = ({ reading, change, besides }: Explanation, cell: Cell): bigint => {
  if (besides) return besides.slag === "avrundning" ? cell.budget : besides.ore;
  const staffing = readAs(cell, reading);
  return (sumOf(staffing) ?? 0n) + ((change && differenceOf(change, staffing)) ?? 0n);
};
