/** What other definitions do to verdicts, for a terminal and for a spreadsheet. */
import { type Prov, type Utslag, utslagText } from "../schema/alternativ.ts";
import { spell } from "../schema/swedish.ts";
import { csvText } from "./files.ts";
import { textTable } from "./table.ts";

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
 * @param withSentences whether each verdict is also told in a sentence
 */
export const provText = (prov: readonly Prov[], withSentences: boolean): string => {
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

/** One row per goal and definition, the goal's own first. */
export const provCsv = (prov: readonly Prov[]): string =>
  csvText(
    {
      insats_id: "text",
      mal_id: "text",
      text: "text",
      fraga: "text",
      definition: "text",
      matt: "text",
      per: "text",
      delperiod: "text",
      status: "text",
      rader: "antal",
      uppnatt: "antal",
      ej_uppnatt: "antal",
      ej_matbart: "antal",
      utslag: "text",
      mening: "text",
    },
    prov.map((one) => ({ ...one, utslag: utslagText[one.utslag] })),
  );
