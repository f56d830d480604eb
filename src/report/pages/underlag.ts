/** What would have to be delivered for a goal to be tested. */

import { measures } from "../../schema/measures.ts";
import { listed } from "../../schema/swedish.ts";
import type { Malrad } from "../publik.ts";

/** A register and the counts that do instead, in the words of those who deliver. */
const deliveries: Readonly<Record<string, string>> = {
  mote: "möten, ett per rad (mote), eller antal möten per period (moteantal)",
  narvaro: "närvaro per möte och part (narvaro), eller antal kallelser och närvarotillfällen per part (narvaroantal)",
  arende: "ärenden per möte (arende), eller antal personer i samverkansmöte för hela perioden (deltagarantal)",
  deltagare: "deltagare, en per rad (deltagare), eller antal per period (deltagarantal)",
  deltagarutfall: "antal deltagare per utfall (deltagarutfall)",
  malgrupp: "målgruppens storlek (malgrupp)",
  faktura: "fakturor (faktura)",
  budget: "budget (budget)",
  leverabel: "om och när det som skulle levereras blev klart (leverabel)",
  enkat: "enkätsvar per fråga (enkat)",
};

const missingData = (matt: string): string =>
  listed((measures.get(matt)?.registers ?? []).map((register) => deliveries[register] ?? register));

/** What is needed before the goal of these rows can be tested, by the reasons the rows give. */
export const neededFor = (rows: readonly Malrad[]): string => {
  const [first] = rows;
  const reasons = new Set(rows.map(({ skal }) => skal));
  const needed = [
    reasons.has("saknas") && first ? missingData(first.matt) : "",
    reasons.has("ej_summerbart") ? "antal personer för hela perioden, där ingen räknas två gånger" : "",
    reasons.has("ej_tillamplig") ? "något att räkna andelen av: nämnaren är 0" : "",
    reasons.has("inget_villkor") ? "ett tal att bedöma målet mot" : "",
    reasons.has("for_fa") ? "fler personer i underlaget" : "",
  ].filter((text) => text !== "");
  return needed.join("; ");
};
