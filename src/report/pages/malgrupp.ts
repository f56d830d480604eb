/** The target group of an insats: how large it is said to be, what the budget is per person of it, and how much of it was reached. */

import { kronor, number, periodLabel } from "../../schema/swedish.ts";
import { missing, statusText, valueText } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Malgruppskostnad, Publik } from "../publik.ts";
import { column, figure } from "../table.ts";
import { listMarkup } from "./page.ts";
import { placeColumn, rowsSection, rowsTable, said } from "./rader.ts";

const between = (low: string, high: string): string => (low === high ? low : `${low}–${high}`);

/** Whole kronor: the amount is a quotient. */
const whole = (ore: number): string => kronor(Math.round(ore / 100) * 100);

const costText = ({ kostnad_lag_ore: low, kostnad_hog_ore: high }: Malgruppskostnad): string =>
  low === high ? whole(low) : `${whole(low).replace(/.kr$/u, "")}–${whole(high)}`;

export const targetGroupSection = (own: Publik, names: Names): Html => {
  const reached = own.maluppfyllelse.filter(({ matt, grupp }) => matt === "malgrupp_nadd" && grupp === "");
  const costOf = (fran: string | null): Malgruppskostnad | undefined =>
    own.malgruppskostnad.find(({ period }) => period === (fran ?? ""));
  const groups = rowsTable("malgrupp", "Målgruppen enligt underlaget", own.malgrupp, [
    column("Målgrupp", ({ beskrivning }) => beskrivning ?? missing),
    said("Period", ({ fran, till }) => fran && till && periodLabel(fran, till)),
    figure("Personer", ({ antal_lag: low, antal_hog: high }) => between(number(low), number(high ?? low))),
    figure("Budget per person och år", ({ fran }) => {
      const cost = costOf(fran);
      return cost ? costText(cost) : missing;
    }),
    placeColumn(names, own.malgrupp),
  ]);
  const share =
    reached.length === 0
      ? html`<p>Hur stor del av målgruppen som har nåtts går inte att säga: inget mål frågar efter den, eller antalet deltagare saknas.</p>\n`
      : html`<p>Så stor del av målgruppen har nåtts:</p>
${listMarkup(reached.map((rad) => `${periodLabel(rad.fran, rad.till)}: ${valueText(rad)} (${statusText(rad)})`))}`;
  return html`${rowsSection(
    "malgrupp",
    "Målgrupp",
    "Budgeten är delad med hela målgruppen, inte med dem som deltog. Den säger vad insatsen får kosta, inte vad den kostade.",
    groups && html`${groups}${share}`,
  )}`;
};
