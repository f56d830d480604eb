/** The meeting calendar of an insats: what was held, what was cancelled, what is booked, and what nobody has said. */
import { begun, dayText, listed, number, ordText } from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import { periodMarkup } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Mote, Publik } from "../publik.ts";
import { type CellColumn, column, figure, tableFor } from "../table.ts";
import { section } from "./page.ts";
import { placeColumn, rowsTable, said } from "./rader.ts";

const states = {
  hallet: "hållet",
  bokat: "bokat",
  installt: "inställt",
  okant: "bokat, okänt om det hölls",
  utanfor: "utanför insatsens tid",
} as const;
type State = keyof typeof states;

const headings: Readonly<Record<State, string>> = {
  hallet: "Hållna",
  installt: "Inställda",
  bokat: "Bokade framåt",
  okant: "Bokade, okänt om de hölls",
  utanfor: "Utanför insatsens tid",
};

/** How many möten of each kind there are in each state, among those that have a day. */
export const meetingCounts = (moten: readonly Mote[]): Map<string, Map<State, number>> =>
  new Map(
    [...Map.groupBy(moten, ({ motestyp }) => motestyp)].map(([typ, own]) => [
      typ,
      new Map(
        (Object.keys(headings) as State[]).map((state) => [state, own.filter(({ lage }) => lage === state).length]),
      ),
    ]),
  );

const statusText: Readonly<Record<string, string>> = {
  genomfort: "hållna",
  planerat: "planerade",
  installt: "inställda",
};

const countColumns: CellColumn<[string, Map<State, number>]>[] = (Object.keys(headings) as State[]).map((state) =>
  figure(
    headings[state],
    ([, counts]) => number(counts.get(state) ?? 0),
    ([, counts]) => state === "hallet" || (counts.get(state) ?? 0) > 0,
  ),
);

const idsIn = (parts: string | null): string[] => JSON.parse(parts ?? "[]") as string[];

export const meetingSection = (own: Publik, names: Names): Html | undefined => {
  const { mote: moten, moteantal, narvaroantal } = own;
  const namesIn = ({ insats_id: insats }: Mote, parts: string | null): string =>
    begun(listed(idsIn(parts).map((part) => names.part(insats, part))));
  const calendar =
    moten.length > 0 &&
    html`${tableFor(
      "Möten med dag, efter slag",
      [...meetingCounts(moten)],
      [column("Slag", ([typ]) => begun(ordText(typ))), ...countColumns],
    )}${tableFor(
      "Möteskalender",
      moten,
      [
        column("Dag", ({ datum }) => dayText(datum)),
        column("Slag", ({ motestyp }) => ordText(motestyp)),
        column("Läge", ({ lage }) => states[lage as State]),
        said("Var med", (mote) => namesIn(mote, mote.narvarande)),
        said("Kallad, kom inte", (mote) => namesIn(mote, mote.franvarande)),
        placeColumn(names, moten),
      ],
      ({ datum }) => datum.slice(0, 4),
      (mote) => [
        rowId("mote", mote),
        ...[mote.narvarande, mote.franvarande, mote.ovriga]
          .flatMap(idsIn)
          .map((part) => rowId("narvaro", { ...mote, part_id: part })),
      ],
    )}`;
  const counted = rowsTable("moteantal", "Antal möten utan dag", moteantal, [
    column("Slag", ({ motestyp }) => begun(ordText(motestyp))),
    column("Period", ({ fran, till }) => periodMarkup(fran, till)),
    column("Läge", ({ status }) => (status === null ? "ordet är inte känt" : (statusText[status] ?? status))),
    figure("Antal", ({ antal }) => number(antal)),
    placeColumn(names, moteantal),
  ]);
  const present = rowsTable("narvaroantal", "Närvaro i antal", narvaroantal, [
    column("Part", ({ insats_id: insats, part_id: part }) => names.part(insats, part)),
    column("Period", ({ fran, till }) => periodMarkup(fran, till)),
    figure("Kallade", ({ kallade }) => number(kallade)),
    figure("Närvarande", ({ narvarande }) => number(narvarande)),
    placeColumn(names, narvaroantal),
  ]);
  return section(
    "Möten",
    (calendar || counted || present) && [calendar, counted, present],
    "moten",
    "Ett möte räknas som hållet när underlaget säger att det hölls. Ett som bara är bokat, och vars dag har passerat, är okänt.",
  );
};
