/** What is said of the absences a goal for attendance allows. */
import { minus, rational, times, toNumber } from "../schema/rational.ts";
import { begun, counted, listed, number, things } from "../schema/swedish.ts";
import { leastWhole, partsOf } from "./absences.ts";
import type { Described } from "./describe.ts";
import type { Facts } from "./facts.ts";
import type { Measured } from "./measured.ts";

const planned = (count: number): string =>
  count === 0 ? "" : `, med ${things(count, "en planerad kallelse inräknad", "planerade kallelser inräknade")}`;

const missed = (count: number): string => things(count, "en missad kallelse", "missade kallelser");

/** How many more calls one row's goal lets its part miss, or how many too many were missed. */
export const absenceText = ({ tillGodo, ar_oppet: isOpen }: Described): string => {
  if (!tillGodo) return "";
  const { antal, planerade, ar_utom_rackhall: isLost } = tillGodo;
  if (antal < 0 && !isOpen) return ` ${begun(missed(-antal))} för mycket.`;
  if (antal < 0 && !isLost) return ` Hittills ${missed(-antal)} för mycket.`;
  if (antal < 0) return ` Målet är utom räckhåll: ${missed(-antal)} för mycket${planned(planerade)}.`;
  if (!isOpen) return antal === 0 ? "" : ` Ytterligare ${missed(antal)} hade rymts i målet.`;
  return antal === 0
    ? ` Ingen kallelse till får missas${planned(planerade)}.`
    : ` Möten till godo: ${counted(antal, "ett")}${planned(planerade)}.`;
};

/** Which of several rows' goals are already out of reach in a period that is not over. */
export const reachText = (rows: readonly Described[], name: (row: Described) => string): string => {
  const lost = rows.filter(({ tillGodo, ar_oppet: isOpen }) => isOpen && tillGodo?.ar_utom_rackhall);
  return lost.length === 0 ? "" : ` Redan utom räckhåll: ${listed(lost.map(name))}.`;
};

/** `Kallades parten till`, `Kallades båda parterna till`, `Kallades alla fyra parter till`. */
export const calledTo = (parts: number): string => {
  const who = parts === 1 ? "parten" : parts === 2 ? "båda parterna" : `alla ${counted(parts)} parter`;
  return `Kallades ${who} till`;
};

/** How many calls a goal lets be missed where nobody says who came, but how many möten were held. */
export const calledText = ({ unit, judged: { lack, demand }, hallna }: Measured, facts: Facts): string => {
  const parts = partsOf(facts, unit).length;
  // Of a goal for each part the whole is nobody's.
  const isWhole = unit.goal.grupp !== undefined && unit.grupp === "";
  if (lack !== "saknas" || !demand?.from || demand.to || parts === 0 || isWhole) return "";
  const { from, closed } = demand;
  const [first, ...others] = hallna.map(({ antal, text }) => {
    const calls = times(antal, rational(BigInt(parts)));
    const missed = -leastWhole(minus(times(from, calls), calls), closed);
    return { text, most: `${missed > 0n ? `högst ${number(Number(missed))}` : "ingen"} av ${number(toNumber(calls))}` };
  });
  if (!first) return "";
  const other = others.map(({ text, most }) => `; till ${text}, ${most}`).join("");
  return `${calledTo(parts)} ${first.text} är målet nått om ${parts === 1 ? "den" : "de"} missade ${first.most}${other}.`;
};
