/** What the parties pay in to a förbund, and where the law draws the lines between them. */
import { begun, listed, spell, things } from "../../schema/swedish.ts";
import { amount, missing, share, shareOfHundred, signedDeviation, totalOf } from "../figures.ts";
import type { Bidrag } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";
import { barChart } from "./bars.ts";
import { type Chart, type ChartOf, firstSentence } from "./picture.ts";
import { staplar } from "./staplar.ts";

interface BidragsandelarOf extends ChartOf {
  readonly forbund: string;
  /** Rows of one förbund. */
  readonly rows: readonly Bidrag[];
}

const yearsOf = (rows: readonly Bidrag[]): number[] => [...new Set(rows.map(({ ar }) => ar))];

const sentenceOf = (rows: readonly Bidrag[]): string => {
  const years = yearsOf(rows);
  const ofYear = (ar: number): Bidrag[] => rows.filter((row) => row.ar === ar && row.kommun === "");
  const off = years.filter((ar) => ofYear(ar).some(({ avvikelse_ore: ore }) => (ore ?? 0) !== 0));
  const unknown = years.filter((ar) => ofYear(ar).every(({ avvikelse_ore: ore }) => ore === null));
  const tried = years.length - unknown.length;
  if (tried === 0) return "Inget år går att pröva mot lagens andelar.";
  const outcome =
    off.length === 0
      ? `I ${things(tried, "det år", "år")} som går att pröva är bidragen lagens andelar på öret.`
      : `Bidragen skiljer sig från lagens andelar ${listed(off.map(String))}.`;
  return unknown.length === 0
    ? outcome
    : `${outcome} ${listed(unknown.map(String))} går inte att pröva, eftersom uppgifter saknas.`;
};

/** One kommun of several is part of what the kommuner paid together. */
const partyText = ({ huvudman, kommun }: Bidrag): string =>
  kommun === "" ? begun(spell(huvudman)) : `varav ${kommun}`;

/** Every contribution, drawn or not. */
export const bidragTable = (rows: readonly Bidrag[]): Table =>
  tableOf(
    "Parternas bidrag och lagens andelar",
    rows,
    [
      column("Part", partyText),
      figure("Inbetalt", (row) => amount(row.belopp_ore)),
      figure("Andel", (row) => shareOfHundred(row.andel_procent)),
      figure("Lagens andel", (row) => share(row.lagens_andel)),
      figure("Mer eller mindre än lagens andel", (row) =>
        signedDeviation(row.avvikelse_ore, row.avvikelse_procentenheter),
      ),
      column("Anmärkning", ({ skal }) => (skal === null ? missing : begun(skal))),
    ],
    ({ ar }) => String(ar),
  );

/** One bar per year whose parties have all paid in; a line marks where the law's shares meet. */
export const bidragsandelar = ({ name, forbund, rows, exempel }: BidragsandelarOf): Chart | undefined => {
  const bars = yearsOf(rows).flatMap((ar) => {
    const own = rows.filter(
      (row) => row.ar === ar && row.kommun === "" && row.lagens_andel !== null && row.andel !== null && row.andel >= 0,
    );
    return own.length === 0 ? [] : [{ label: `${ar}: ${amount(totalOf(own))}`, rows: own }];
  });
  const { of, legend } = staplar(bars, {
    idOf: ({ huvudman }) => huvudman,
    agreedOf: ({ lagens_andel: andel }) => andel,
    namn: (huvudman) => begun(spell(huvudman)),
    agreed: "lagens gräns mellan parterna",
    agreedPart: "lagens andel",
  });
  return barChart(
    {
      name,
      title: firstSentence(sentenceOf(rows)),
      topic: `Parternas bidrag: ${forbund}`,
      sentence: sentenceOf(rows),
      table: bidragTable(rows),
      note: "Staplarna visar andel av det som lagens parter har betalat in.",
      legend,
      exempel,
    },
    of,
  );
};
