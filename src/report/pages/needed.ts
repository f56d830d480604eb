/** What would have to be delivered for a goal to be tested. */

import { measures } from "../../schema/measures.ts";
import { listed } from "../../schema/swedish.ts";
import type { Malrad } from "../publik.ts";

/** A register and the counts that do instead, in the words of those who deliver. */
const deliveries: Readonly<Record<string, string>> = {
  mote: "mötenas datum, eller antal möten per period",
  narvaro: "närvaro per möte och part, eller antal kallelser och närvarotillfällen per part",
  arende: "ärenden per möte, eller antal personer i samverkansmöte för hela perioden",
  deltagare: "deltagare, eller antal per period",
  deltagarutfall: "antal deltagare efter vad de gör efteråt",
  malgrupp: "målgruppens storlek",
  faktura: "fakturor",
  budget: "budget",
  leverabel: "uppgift om när det som skulle göras blev klart",
  enkat: "enkätsvar per fråga",
  bemanning: "bemanning",
};

const missingData = (matt: string): string =>
  listed((measures.get(matt)?.registers ?? []).map((register) => deliveries[register] ?? register));

/** Who has what is missing: money is in the accounts, everything else with those who run the insats. */
const senderOf = (register: string): string =>
  register === "faktura" || register === "budget" ? "den som sköter ekonomin" : "insatsägaren";

/** What goals lack, by who has it: `insatsägaren: mötenas datum, fakturor`. */
export const missingBySender = (rows: readonly Malrad[]): string[] => {
  const registers = new Set(
    rows.filter(({ skal }) => skal === "saknas").flatMap(({ matt }) => measures.get(matt)?.registers ?? []),
  );
  return [...Map.groupBy(registers, senderOf)].map(
    ([sender, some]) =>
      `${sender}: ${some.map((register) => (deliveries[register] ?? register).replace(/,? eller .*/, "")).join(", ")}`,
  );
};

/** What is needed before the goal of these rows can be tested, by the reasons the rows give. */
export const neededFor = (rows: readonly Malrad[]): string => {
  const [first] = rows;
  const reasons = new Set(rows.map(({ skal }) => skal));
  const needed = [
    reasons.has("saknas") && first ? missingData(first.matt) : "",
    reasons.has("ej_summerbart") ? "antal personer för hela perioden, där ingen räknas två gånger" : "",
    reasons.has("ej_tillamplig") ? "något att räkna andelen av: nämnaren är 0" : "",
    reasons.has("inget_villkor") ? "ett målvärde" : "",
    reasons.has("for_fa") ? "fler personer i underlaget" : "",
  ].filter((text) => text !== "");
  return needed.join("; ");
};
