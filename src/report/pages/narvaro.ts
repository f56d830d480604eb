/** Attendance on an insats's page: how many more absences each part's goal allows, and what it was not called to. */
import { listed, number, things } from "../../schema/swedish.ts";
import { demandOf, missing, periodMarkup } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { gruppNamn, type Names } from "../names.ts";
import type { EjKallad, Mal, Malrad } from "../publik.ts";
import { type Table, tableMarkup, tableOf } from "../table.ts";

/** `2 till godo`, `3 för mycket`, and whether it is too late. */
const leftText = ({ till_godo: left, utom_rackhall: isLost, skal }: Malrad): string => {
  if (left === null) return missing;
  const over = things(-left, "en missad för mycket", "missade för mycket");
  const text = left < 0 ? over : `${number(left)} till godo`;
  return isLost === true && skal === "perioden_pagar" ? `${text}, målet är utom räckhåll` : text;
};

const godoTable = (mal: readonly Mal[], rows: readonly Malrad[], names: Names): Table =>
  tableOf(
    "Möten till godo",
    mal.flatMap(({ mal_id: id, text }) => rows.filter((rad) => rad.mal_id === id).map((rad) => ({ ...rad, text }))),
    [
      {
        heading: "Part och period",
        cell: (rad) => [gruppNamn(names, rad) || "sammantaget", ", ", periodMarkup(rad.fran, rad.till)],
      },
      { heading: "Kallad", numeric: true, cell: ({ namnare }) => number(namnare ?? 0) },
      { heading: "Närvarande", numeric: true, cell: ({ taljare }) => number(taljare ?? 0) },
      { heading: "Planerade kallelser", numeric: true, cell: ({ planerade }) => number(planerade ?? 0) },
      { heading: "Krav", numeric: true, cell: demandOf },
      { heading: "Till godo", cell: leftText },
    ],
    ({ text }) => text,
  );

const notCalledTable = (rows: readonly EjKallad[], names: Names): Table =>
  tableOf(
    "Hållna möten som parten inte kallades till",
    [...Map.groupBy(rows, ({ part_id: part }) => part)],
    [
      { heading: "Part", cell: ([part, own]) => names.part(own[0]?.insats_id ?? "", part) },
      { heading: "Möten", numeric: true, cell: ([, own]) => number(own.length) },
      {
        heading: "Kom ändå",
        numeric: true,
        cell: ([, own]) => number(own.filter(({ narvarande }) => narvarande).length),
      },
      { heading: "Datum", cell: ([, own]) => listed(own.map(({ datum }) => datum).sort()) },
    ],
  );

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
