/** The target group of an insats: how large it is said to be, what the budget is per person of it, and how much of it was reached. */

import { number, periodLabel } from "../../schema/swedish.ts";
import { amount, missing, spanText, statusText, valueText } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Publik } from "../publik.ts";
import { column, figure } from "../table.ts";
import { listMarkup, section } from "./page.ts";
import { placeColumn, rowsTable, said } from "./rader.ts";

export const targetGroupSection = (own: Publik, names: Names): Html | undefined => {
  const reached = own.maluppfyllelse.filter(({ matt, grupp }) => matt === "malgrupp_nadd" && grupp === "");
  const groups = rowsTable("malgrupp", "Målgruppen enligt underlaget", own.malgrupp, [
    column("Målgrupp", ({ beskrivning }) => beskrivning ?? missing),
    said("Period", ({ fran, till }) => fran && till && periodLabel(fran, till)),
    figure("Personer", ({ antal_lag: low, antal_hog: high }) => spanText(low, high ?? low, number)),
    figure("Budget per person och år", ({ fran }) => {
      const cost = own.malgruppskostnad.find(({ period }) => period === (fran ?? ""));
      return cost ? spanText(cost.kostnad_lag_ore, cost.kostnad_hog_ore, amount) : missing;
    }),
    placeColumn(names, own.malgrupp),
  ]);
  const share =
    reached.length === 0
      ? html`<p>Hur stor del av målgruppen som har nåtts går inte att säga: inget mål frågar efter den, eller antalet deltagare saknas.</p>\n`
      : html`<p>Så stor del av målgruppen har nåtts:</p>
${listMarkup(reached.map((rad) => `${periodLabel(rad.fran, rad.till)}: ${valueText(rad)} (${statusText(rad)})`))}`;
  return section(
    "Målgrupp",
    groups && [groups, share],
    "malgrupp",
    "Budgeten är delad med hela målgruppen, inte med dem som deltog. Den säger vad insatsen får kosta, inte vad den kostade.",
  );
};
