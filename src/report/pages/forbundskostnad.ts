/** What all its insatser cost a förbund: by insats and year, with what was agreed and granted, and by huvudman. */
import { spell } from "../../schema/swedish.ts";
import { amount, shareOfHundred, signedDeviation, wholeAmount } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Forbundskostnad, ForbundskostnadAr, Publik } from "../publik.ts";
import { type CellColumn, column, figure, type Table, tableMarkup, tableOf } from "../table.ts";

interface Kostnad extends Forbundskostnad {
  readonly label: string;
}

/** Of what the förbund was invoiced in all, not of what an insats cost. */
const ownShare: CellColumn<Forbundskostnad> = figure("Del av allt som förbundet fakturerats samma tid", (row) =>
  shareOfHundred(row.andel_procent),
);

const insatsTable = (names: Names, whole: readonly Forbundskostnad[], years: readonly ForbundskostnadAr[]): Table => {
  const rows: Kostnad[] = whole.flatMap((row) => {
    const own = years.filter(({ id, dimension }) => id === row.id && dimension === row.dimension);
    return [
      ...(own.length > 1 ? [{ ...row, label: "alla år" }] : []),
      ...own.map((one) => ({ ...one, label: String(one.ar) })),
    ];
  });
  return tableOf("Förbundets kostnad per insats och år", rows, [
    column("Avser", ({ dimension, id }) => (dimension === "forbund" ? "Alla insatser" : names.insats(id))),
    column("År", ({ label }) => label),
    figure("Fakturerat förbundet", (row) => amount(row.belopp_ore)),
    { ...ownShare, isFilled: () => whole.length > 1 },
    figure("Insatsens kostnad för alla förbund", (row) => amount(row.insatskostnad_ore)),
    figure(
      "Mer eller mindre än avtalat",
      (row) => signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
      ({ avvikelse_ore: ore }) => ore !== null,
    ),
    figure("Beviljade medel", (row) => amount(row.medel_ore)),
  ]);
};

const huvudmanTable = (rows: readonly Forbundskostnad[]): Table =>
  tableOf("Förbundets kostnad per huvudman", rows, [
    column("Huvudman", ({ id }) => (id === "ingen" ? "ingen part angiven" : spell(id))),
    figure("Fakturerat förbundet", (row) => amount(row.belopp_ore)),
    ownShare,
    figure("Kronor per timme", (row) => wholeAmount(row.kr_per_timme)),
  ]);

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
  huvudman.some(({ id }) => id !== "ingen") && tableMarkup(huvudmanTable(huvudman))
}<p>Beviljade medel är räknade med tillägg och efter det som har återförts.</p>
`;
};
