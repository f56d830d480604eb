/** What all its insatser cost a förbund: by insats and year, with what was agreed and granted, and by huvudman. */
import { kronor, percent, spell } from "../../schema/swedish.ts";
import { amount, missing, signedDeviation } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Forbundskostnad, ForbundskostnadAr, Publik } from "../publik.ts";
import { type Table, tableMarkup } from "../table.ts";

interface Kostnad extends Forbundskostnad {
  readonly label: string;
}

const shareText = (procent: number | null): string => (procent === null ? missing : percent(procent / 100));

/** Of what the förbund was invoiced in all, not of what an insats cost. */
const ofOwnCost = "Del av allt som förbundet fakturerats samma tid";

const insatsTable = (names: Names, whole: readonly Forbundskostnad[], years: readonly ForbundskostnadAr[]): Table => {
  const rows: Kostnad[] = whole.flatMap((row) => {
    const own = years.filter(({ id, dimension }) => id === row.id && dimension === row.dimension);
    return [
      ...(own.length > 1 ? [{ ...row, label: "alla år" }] : []),
      ...own.map((one) => ({ ...one, label: String(one.ar) })),
    ];
  });
  const isSeveral = whole.length > 1;
  const isAgreed = rows.some(({ avvikelse_ore: ore }) => ore !== null);
  return {
    caption: "Förbundets kostnad per insats och år",
    columns: [
      { heading: "Avser" },
      { heading: "År" },
      { heading: "Fakturerat förbundet", numeric: true },
      ...(isSeveral ? [{ heading: ofOwnCost, numeric: true as const }] : []),
      { heading: "Insatsens kostnad för alla förbund", numeric: true },
      ...(isAgreed ? [{ heading: "Mer eller mindre än avtalat", numeric: true as const }] : []),
      { heading: "Beviljade medel", numeric: true },
    ],
    rows: rows.map((row) => ({
      id: row.resultat_id,
      cells: [
        row.dimension === "forbund" ? "Alla insatser" : names.insats(row.id),
        row.label,
        amount(row.belopp_ore),
        ...(isSeveral ? [shareText(row.andel_procent)] : []),
        amount(row.insatskostnad_ore),
        ...(isAgreed ? [signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter)] : []),
        amount(row.medel_ore),
      ],
    })),
  };
};

const huvudmanTable = (rows: readonly Forbundskostnad[]): Table => ({
  caption: "Förbundets kostnad per huvudman",
  columns: [
    { heading: "Huvudman" },
    { heading: "Fakturerat förbundet", numeric: true },
    { heading: ofOwnCost, numeric: true },
    { heading: "Kronor per timme", numeric: true },
  ],
  rows: rows.map((row) => ({
    id: row.resultat_id,
    cells: [
      row.id === "ingen" ? "ingen part angiven" : spell(row.id),
      amount(row.belopp_ore),
      shareText(row.andel_procent),
      row.kr_per_timme === null ? missing : kronor(Math.round(row.kr_per_timme * 100)),
    ],
  })),
});

/** Nothing where the förbund was neither invoiced nor has agreed to pay. */
export const forbundskostnadSection = (publik: Publik, names: Names, forbund: string): Html | undefined => {
  const own = publik.forbundskostnad.filter(({ forbund_id: id }) => id === forbund);
  if (own.length === 0) return undefined;
  const years = publik.forbundskostnad_ar.filter(({ forbund_id: id }) => id === forbund);
  const insatser = own.filter(({ dimension }) => dimension === "insats");
  const whole = own.filter(({ dimension }) => dimension === "forbund");
  const huvudman = own.filter(({ dimension }) => dimension === "huvudman");
  return html`<h2>Förbundets kostnad</h2>
${tableMarkup(insatsTable(names, insatser.length > 1 ? [...insatser, ...whole] : insatser, years))}${
  huvudman.some(({ id }) => id !== "ingen") ? tableMarkup(huvudmanTable(huvudman)) : undefined
}<p>Beviljade medel är räknade med tillägg och efter det som har återförts.</p>
`;
};
