/** What an insats was to do and when: its days in order, what is left, and what stood in the way. */
import { dayNumber } from "../../schema/days.ts";
import { begun, counted, dayText, ordText, things } from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import { amount, missing } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Leverabel, Publik } from "../publik.ts";
import { column, tableFor } from "../table.ts";
import { section } from "./page.ts";
import { placeColumn, rowsTable, said } from "./rader.ts";

/** How what is not done is, in the order in which it asks for something. */
const undone: Readonly<Record<string, string>> = {
  forsenad: "inte klart, och dagen har passerat",
  okand_passerad: "dagen har passerat; underlaget säger inte om det blev klart",
  kommande: "kommer",
  delvis: "delvis klart",
  ej_klar: "inte klart",
  okand: "underlaget säger inte om det är klart",
};

/** How the work went, in the order in which it is summed up. */
const progress: Readonly<Record<string, string>> = {
  i_tid: "klart i tid",
  sen: "klart för sent",
  klar: "klart utan att dagen går att pröva",
  forsenad: "inte klart fast dagen har passerat",
  okand_passerad: "okänt fast dagen har passerat",
  kommande: "kommer",
};

/** How a leverabel is, in words. */
const stateText = ({ lage, senast, datum }: Leverabel): string => {
  if (lage === "sen" && senast !== null && datum !== null)
    return `klart ${things(dayNumber(datum) - dayNumber(senast), "en dag", "dagar")} för sent`;
  if (lage === "i_tid") return "klart i tid";
  return lage === "reviderad" ? "ändrat under tiden" : (undone[lage] ?? "klart");
};

const isDone = ({ lage }: Leverabel): boolean => ["i_tid", "sen", "klar", "reviderad"].includes(lage);
const isHinder = ({ lage }: Leverabel): boolean => lage === "hinder";

interface Event {
  /** The day that it stands under; null for what is done on a day that nobody gives. */
  readonly dag: string | null;
  readonly text: string;
  readonly slag: string;
  readonly lage: string;
  readonly visar: readonly string[];
}

/** A deadline stands under its own day, and what is done under that on which it was done where it had none. */
const eventsOf = (own: Publik): Event[] => {
  const [insats] = own.insats;
  const isWithin = (day: string): boolean =>
    (insats?.startdatum ?? day) <= day && day <= (insats?.slutdatum ?? day) && insats !== undefined;
  const leverabler = own.leverabel
    .filter((one) => !isHinder(one) && (isDone(one) || one.senast !== null))
    .map((one) => ({
      dag: one.senast ?? one.datum,
      text: one.text,
      slag: ordText(one.slag ?? ""),
      lage: [stateText(one), one.datum !== null && one.senast !== null ? ` (${dayText(one.datum)})` : ""].join(""),
      visar: [rowId("leverabel", one)],
    }));
  const decided = own.finansiering
    .filter(({ beslutsdatum }) => beslutsdatum !== null)
    .map((one) => ({
      dag: one.beslutsdatum,
      text: `Medel: ${ordText(one.slag ?? "")} ${amount(one.belopp_ore)}`,
      slag: "beslut",
      lage: "",
      visar: [],
    }));
  const stated = own.uppgift
    .filter(({ datum }) => datum !== null && isWithin(datum))
    .map((one) => ({ dag: one.datum, text: one.text, slag: "dag i rapporten", lage: "", visar: [] }));
  const dated = [...leverabler, ...decided, ...stated];
  return dated.sort((a, b) => ((a.dag ?? "9999") < (b.dag ?? "9999") ? -1 : a.dag === b.dag ? 0 : 1));
};

const timeline = (own: Publik): Html | undefined => {
  const events = eventsOf(own);
  if (events.length === 0) return undefined;
  const [next] = own.leverabel
    .filter(({ lage }) => lage === "kommande")
    .sort((a, b) => ((a.senast ?? "") < (b.senast ?? "") ? -1 : 1));
  const counts = Object.entries(progress).flatMap(([state, text]) => {
    const antal = own.leverabel.filter(({ lage }) => lage === state).length;
    return antal === 0 ? [] : `${counted(antal, "ett")} ${text}`;
  });
  const summary = counts.length === 0 ? "" : `${begun(counts.join(", "))}.`;
  const coming = next?.senast ? ` Näst på tur: ${next.text}, senast ${dayText(next.senast)}.` : "";
  return html`<p>${summary}${coming}</p>
${tableFor(
  "Dagar, beslut och rapporter i tidsordning",
  events,
  [
    column("Dag", ({ dag }) => (dag === null ? missing : dayText(dag))),
    column("Vad", ({ text }) => text),
    said("Slag", ({ slag }) => slag),
    said("Hur det gick", ({ lage }) => lage),
  ],
  ({ dag }) => (dag === null ? "Dagen anges inte" : dag.slice(0, 4)),
  ({ visar }) => visar,
)}`;
};

/** The days of an insats, what is left of its work, and its obstacles. */
export const timelineSections = (own: Publik, names: Names): Html => {
  const left = Object.keys(undone).flatMap((state) => own.leverabel.filter(({ lage }) => lage === state));
  const hinder = own.leverabel.filter(isHinder);
  return html`${section("Tidslinje", timeline(own), "tidslinje")}${section(
    `Vad som är kvar (${left.length})`,
    rowsTable("leverabel", "Det som inte är klart, eller där underlaget inte säger om det är klart", left, [
      column("Vad", ({ text }) => text),
      said("Slag", ({ slag }) => ordText(slag ?? "")),
      said("Senast", ({ senast }) => senast && dayText(senast)),
      column("Läge", stateText),
      placeColumn(names, left),
    ]),
    "kvar",
    "Det som underlaget inte säger är klart. Att inget sägs betyder inte att det inte är gjort.",
  )}${section(
    `Hinder (${hinder.length})`,
    rowsTable("leverabel", "Hinder för samverkan", hinder, [
      column("Hinder", ({ text }) => text),
      placeColumn(names, hinder),
    ]),
    "hinder",
    "Som rapporten beskriver dem. De bedöms inte.",
  )}`;
};
