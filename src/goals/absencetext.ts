/** What is said of the absences a goal for attendance allows. */
import { begun, counted, listed } from "../schema/swedish.ts";
import type { Told } from "./told.ts";

const planned = (count: number): string =>
  count === 0 ? "" : `, med ${counted(count)} ${count === 1 ? "planerad kallelse" : "planerade kallelser"} inräknade`;

/** How many more absences one row's goal allows, or how many too many there were. */
export const absenceText = ({ tillGodo, ar_oppet: isOpen }: Told): string => {
  if (!tillGodo) return "";
  const { antal, planerade, ar_utom_rackhall: isLost } = tillGodo;
  const size = counted(Math.abs(antal));
  if (!isOpen) {
    if (antal < 0) return ` Frånvaron var ${size} fler än målet medger.`;
    return antal === 0 ? " Ingen frånvaro till hade rymts i målet." : ` ${begun(size)} till hade rymts i målet.`;
  }
  if (isLost) return ` Målet är utom räckhåll: frånvaron är ${size} fler än målet medger${planned(planerade)}.`;
  if (antal < 0) return ` Frånvaron är hittills ${size} fler än målet medger.`;
  return antal === 0
    ? ` Ingen frånvaro till ryms i målet${planned(planerade)}.`
    : ` Möten till godo: ${size}${planned(planerade)}.`;
};

/** Which of several rows' goals are already out of reach in a period that is not over. */
export const reachText = (rows: readonly Told[], name: (row: Told) => string): string => {
  const lost = rows.filter(({ tillGodo, ar_oppet: isOpen }) => isOpen && tillGodo?.ar_utom_rackhall);
  return lost.length === 0 ? "" : ` Redan utom räckhåll: ${listed(lost.map(name))}.`;
};
