/** Attendance on an insats's page: how many more absences each part's goal allows, and what it was not called to. */
import { listed, number, things } from "../../schema/swedish.ts";
import { demandOf, missing, periodMarkup } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { gruppNamn, type Names } from "../names.ts";
import type { EjKallad, Mal, Malrad } from "../publik.ts";
import { column, figure, type Table, tableMarkup, tableOf } from "../table.ts";
import { section } from "./page.ts";

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
      column("Part och period", (rad) => [
        gruppNamn(names, rad) || "sammantaget",
        ", ",
        periodMarkup(rad.fran, rad.till),
      ]),
      figure("Kallad", ({ namnare }) => number(namnare ?? 0)),
      figure("Närvarande", ({ taljare }) => number(taljare ?? 0)),
      figure("Planerade kallelser", ({ planerade }) => number(planerade ?? 0)),
      figure("Krav", demandOf),
      column("Till godo", leftText),
    ],
    ({ text }) => text,
  );

const notCalledTable = (rows: readonly EjKallad[], names: Names): Table =>
  tableOf(
    "Hållna möten som parten inte kallades till",
    [...Map.groupBy(rows, ({ part_id: part }) => part)],
    [
      column("Part", ([part, own]) => names.part(own[0]?.insats_id ?? "", part)),
      figure("Möten", ([, own]) => number(own.length)),
      figure("Kom ändå", ([, own]) => number(own.filter(({ narvarande }) => narvarande).length)),
      column("Datum", ([, own]) => listed(own.map(({ datum }) => datum).sort())),
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
  const godo = section(
    "Möten till godo",
    allowed.length > 0 &&
      html`<p>Hur många kallelser till som en part kan missa och ändå nå målet. De planerade mötena i underlaget är inräknade, och varje part räknas som kallad till dem.</p>
${tableMarkup(godoTable(mal, allowed, names))}`,
    "till-godo",
  );
  const left = section(
    "Inte kallad",
    notCalled.length > 0 &&
      html`<p>Möten som parten inte kallades till räknas inte i dess närvaro, varken för eller emot.</p>
${tableMarkup(notCalledTable(notCalled, names))}`,
    "inte-kallad",
  );
  return html`${godo}${left}`;
};
