/** Why a budget cell is not what its staffing lines give, in Swedish. */
import { type Rational, rational, rounded, toNumber } from "../schema/rational.ts";
import { counted, kronor, listed, number, windowWord } from "../schema/swedish.ts";
import type { Change, Priced } from "./hypotheses.ts";
import { costAMonthOf, costOf, factorOf, factorTo, fullTimeOf, type Line, monthsIn, wholeMonth } from "./line.ts";
import { type Cell, type Explanation, type Found, sumOf } from "./search.ts";

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
    .filter(({ kallrad }) => !lines.some((line) => line.kallrad === kallrad))
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

const changeText = ({ kind, priced, of }: Change, cell: Cell, others: readonly OtherYear[]): string => {
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
      return taktText(first, of, told, lines.length > 1, cell);
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

/** One line priced as another of its role, or several lines without a cost as the others of their roles. */
const taktText = (
  { line, rate }: Priced,
  of: readonly Line[],
  told: string,
  isSeveral: boolean,
  cell: Cell,
): string => {
  const [price] = of.flatMap((other) => fullTimeOf(other) ?? []);
  const compared = rate ? againstPay(rate, line, cell.all) : "";
  const how =
    isSeveral || !price
      ? `som i rollernas andra rader, ${linesText(of)}`
      : `${money(price)} i månaden för heltid, som i ${linesText(of)}${compared}`;
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

const readingText = (reading: readonly Line[]): string =>
  listed(reading.map((line) => `${lineText(line)} till och med ${line.till_alt}`));

/** `; med 2015-06-30 blir det 147 560 kr`. */
const asTextStands = (reading: readonly Line[], cell: Cell): string => {
  const sum = sumOf(cell);
  const ends = listed([...new Set(reading.map(({ till }) => till))]);
  return sum === null ? "" : `; med ${ends} blir det ${amountText(sum)}`;
};

const units = new Map([
  [100n, "kronor"],
  [1000n, "tiotal kronor"],
  [10_000n, "hundratal kronor"],
  [100_000n, "tusental kronor"],
]);

const besidesText = ({ slag, ore }: NonNullable<Explanation["besides"]>, cell: Cell): string => {
  const sum = amountText(sumOf(cell) ?? 0n);
  if (slag === "avrundning") return `Budgeten är bemanningens belopp, ${sum}, avrundat till hela ${units.get(ore)}.`;
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
    return `Texten kan läsas på två sätt. Budgetens belopp fås med perioden för ${readingText(reading)}${asTextStands(reading, cell)}.`;
  }
  const read = reading.length === 0 ? "" : `Läst med perioden för ${readingText(reading)}: `;
  return `${read}${changeText(change, cell, others)}`;
};

/** What is said where nothing that was tried gives the budget. */
export const unexplainedText = (cell: Cell, { recomputed }: Found): string =>
  recomputed === null
    ? `Skillnaden är ej förklarad: bemanningen har ingen rad med kostnad för ${cell.ar}, och ingen enskild ändring av raderna ger budgetens ${amountText(cell.budget)}.`
    : `Skillnaden är ej förklarad: bemanningen ger ${amountText(recomputed)}, och ingen enskild ändring av raderna ger budgetens ${amountText(cell.budget)}.`;

/** What an explanation comes to, in öre. */
export const explainedAmount = ({ reading, change, besides }: Explanation, cell: Cell): bigint => {
  if (besides) return besides.slag === "avrundning" ? cell.budget : besides.ore;
  const read = (line: Line): Line =>
    reading.some(({ kallrad }) => kallrad === line.kallrad) ? { ...line, delar: line.delar_alt ?? line.delar } : line;
  const { ar } = cell;
  return cell.lines.reduce((sum, one) => {
    const line = read(one);
    const priced = change?.priced.find(({ line: other }) => other.kallrad === line.kallrad);
    const rate = priced?.rate ?? costAMonthOf(line);
    return rate ? sum + costOf(rate, priced?.delar ?? monthsIn(line, ar)) : sum;
  }, 0n);
};
