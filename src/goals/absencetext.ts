/** What is said of the absences a goal for attendance allows. */
import { begun, counted, listed, things } from "../schema/swedish.ts";
import type { Described } from "./describe.ts";

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
