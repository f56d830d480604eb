/** What other definitions do to verdicts, as a table for a terminal. */
import type { Utslag } from "../schema/definitionsprov.ts";
import type { Row } from "../schema/results.ts";
import { spell } from "../schema/swedish.ts";
import { textTable } from "./table.ts";

type Prov = Row<"definitionsprov">;

const marks: Readonly<Record<Utslag, string>> = {
  egen: "",
  samma: "  samma utfall",
  vander: "≠ utfallet vänder",
  ej_langre: "? går inte att bedöma då",
  forst_da: "! går att bedöma först då",
};

const counted = (prov: readonly Prov[], utslag: Utslag): number => prov.filter((one) => one.utslag === utslag).length;

/**
 * The table, and below it how many verdicts flip.
 * @param withSentences whether each verdict is also stated in a sentence
 */
export const definitionsprovText = (prov: readonly Prov[], withSentences: boolean): string => {
  if (prov.length === 0) return "no goal here has another usual definition";
  const rows = prov.map(({ insats_id, mal_id, fraga, definition, status, uppnatt, rader, utslag, mening }) => ({
    insats: fraga === "" ? insats_id : "",
    mal: fraga === "" ? mal_id : "",
    definition: `${fraga === "" ? "" : "→ "}${definition}`,
    utfall: spell(status),
    perioder: `${uppnatt} av ${rader}`,
    jamfort: marks[utslag],
    mening,
  }));
  const own = counted(prov, "egen");
  const tried = prov.length - own;
  return [
    textTable(rows, withSentences ? [] : ["mening"]),
    "",
    `${own} ${own === 1 ? "goal" : "goals"} under ${tried} other definitions: ${counted(prov, "vander")} flip (≠), ${counted(prov, "ej_langre")} can no longer be judged (?), ${counted(prov, "forst_da")} can be judged only then (!), ${counted(prov, "samma")} stay.`,
  ].join("\n");
};
