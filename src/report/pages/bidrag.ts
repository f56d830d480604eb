/** What the parties pay in to a förbund, beside what the law lays on each. */
import { begun, listed, percent, spell, things } from "../../schema/swedish.ts";
import { amount, missing, signedDeviation } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Bidrag, Publik } from "../publik.ts";
import { type Table, tableMarkup } from "../table.ts";

const partyText = ({ huvudman, kommun }: Bidrag): string => (kommun === "" ? begun(spell(huvudman)) : kommun);

const bidragTable = (rows: readonly Bidrag[]): Table => ({
  caption: "Parternas bidrag och lagens andelar",
  columns: [
    { heading: "Part" },
    { heading: "Inbetalt", numeric: true },
    { heading: "Andel", numeric: true },
    { heading: "Lagens andel", numeric: true },
    { heading: "Mer eller mindre än lagens andel", numeric: true },
    { heading: "Anmärkning" },
  ],
  rows: rows.map((row) => ({
    group: String(row.ar),
    id: row.resultat_id,
    cells: [
      partyText(row),
      amount(row.belopp_ore),
      row.andel_procent === null ? missing : percent(row.andel_procent / 100),
      row.lagens_andel === null ? missing : percent(row.lagens_andel),
      signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
      row.skal === null ? missing : begun(row.skal),
    ],
  })),
});

const sentenceOf = (rows: readonly Bidrag[]): string => {
  const years = [...new Set(rows.map(({ ar }) => ar))];
  const off = years.filter((ar) =>
    rows.some((row) => row.ar === ar && row.kommun === "" && (row.avvikelse_ore ?? 0) !== 0),
  );
  const unknown = years.filter((ar) => !rows.some((row) => row.ar === ar && row.avvikelse_ore !== null));
  const tried = years.length - unknown.length;
  return [
    tried === 0
      ? "Inget år går att pröva mot lagens andelar."
      : off.length === 0
        ? `I ${things(tried, "ett år", "år")} som går att pröva är bidragen lagens andelar på öret.`
        : `Bidragen skiljer sig från lagens andelar ${listed(off.map(String))}.`,
    ...(unknown.length > 0 && tried > 0
      ? [`${listed(unknown.map(String))} går inte att pröva, eftersom uppgifter saknas.`]
      : []),
  ].join(" ");
};

/** Nothing where no contribution was delivered. */
export const bidragSection = ({ bidrag }: Publik, forbund: string): Html | undefined => {
  const rows = bidrag.filter(({ forbund_id: id }) => id === forbund);
  if (rows.length === 0) return undefined;
  const rules = [...new Set(rows.flatMap(({ kalla }) => kalla ?? []))].sort();
  return html`<h2>Parternas bidrag</h2>
<p>${sentenceOf(rows)}${
    rules.length > 0
      ? ` Försäkringskassans del gäller även Arbetsförmedlingen, och kommunerna är tillsammans en part. Regel: ${listed(rules)}.`
      : ""
  }</p>
${tableMarkup(bidragTable(rows))}`;
};
