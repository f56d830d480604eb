/** Attendance on an insats's page: how many more absences each part's goal allows, and what it was not called to. */
import { listed, number, things } from "../../schema/swedish.ts";
import { demandOf, missing, periodMarkup } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { gruppNamn, type Names } from "../names.ts";
import type { EjKallad, Mal, Malrad } from "../publik.ts";
import { type Table, tableMarkup } from "../table.ts";

/** `2 till godo`, `3 för mycket`, and whether it is too late. */
const leftText = ({ till_godo: left, utom_rackhall: isLost, skal }: Malrad): string => {
  if (left === null) return missing;
  const over = things(-left, "en missad för mycket", "missade för mycket");
  const text = left < 0 ? over : `${number(left)} till godo`;
  return isLost === true && skal === "perioden_pagar" ? `${text}, målet är utom räckhåll` : text;
};

const godoTable = (mal: readonly Mal[], rows: readonly Malrad[], names: Names): Table => ({
  caption: "Möten till godo",
  columns: [
    { heading: "Part och period" },
    { heading: "Kallad", numeric: true },
    { heading: "Närvarande", numeric: true },
    { heading: "Planerade kallelser", numeric: true },
    { heading: "Krav", numeric: true },
    { heading: "Till godo" },
  ],
  rows: mal.flatMap(({ mal_id: id, text }) =>
    rows
      .filter((rad) => rad.mal_id === id)
      .map((rad) => ({
        id: rad.resultat_id,
        group: text,
        cells: [
          [gruppNamn(names, rad) || "sammantaget", ", ", periodMarkup(rad.fran, rad.till)],
          number(rad.namnare ?? 0),
          number(rad.taljare ?? 0),
          number(rad.planerade ?? 0),
          demandOf(rad),
          leftText(rad),
        ],
      })),
  ),
});

const notCalledTable = (rows: readonly EjKallad[], names: Names): Table => {
  const parts = [...new Set(rows.map(({ part_id: part }) => part))];
  return {
    caption: "Hållna möten som parten inte kallades till",
    columns: [
      { heading: "Part" },
      { heading: "Möten", numeric: true },
      { heading: "Kom ändå", numeric: true },
      { heading: "Datum" },
    ],
    rows: parts.map((part) => {
      const own = rows.filter(({ part_id: other }) => other === part);
      return {
        cells: [
          names.part(own[0]?.insats_id ?? "", part),
          number(own.length),
          number(own.filter(({ narvarande }) => narvarande).length),
          listed(own.map(({ datum }) => datum).sort()),
        ],
      };
    }),
  };
};

/** What the goals for attendance leave, and the möten that count in no part's share. */
export const attendanceSection = (
  mal: readonly Mal[],
  rows: readonly Malrad[],
  notCalled: readonly EjKallad[],
  names: Names,
): Html => {
  const allowed = rows.filter(({ till_godo: left }) => left !== null);
  const godo =
    allowed.length === 0
      ? undefined
      : html`<h2 id="till-godo">Möten till godo</h2>
<p>Hur många kallelser till som en part kan missa och ändå nå målet. De planerade mötena i underlaget är inräknade, och varje part räknas som kallad till dem.</p>
${tableMarkup(godoTable(mal, allowed, names))}`;
  const left =
    notCalled.length === 0
      ? undefined
      : html`<h2 id="inte-kallad">Inte kallad</h2>
<p>Möten som parten inte kallades till räknas inte i dess närvaro, varken för eller emot.</p>
${tableMarkup(notCalledTable(notCalled, names))}`;
  return html`${godo}${left}`;
};
