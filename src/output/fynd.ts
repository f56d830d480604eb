/**
 * Findings for people: the same thing said once, with how many rows it is about and where. The results and their files
 * have every one of them.
 */
import { type FindingCode, findings } from "../schema/findings.ts";
import type { Row } from "../schema/results.ts";
import { begun, number, things } from "../schema/swedish.ts";

export type FindingRow = Pick<
  Row<"datakvalitet">,
  "fil" | "blad" | "rad" | "cell" | "kolumn" | "kod" | "allvar" | "meddelande"
>;
type Lived = Row<"fyndhistorik">;

export interface FindingGroup {
  readonly fil: string;
  /** Null where it is about several sheets, or a text file. */
  readonly blad: string | null;
  readonly kod: FindingCode;
  readonly allvar: string;
  readonly kolumn: string | null;
  /** The first's own sentence. */
  readonly meddelande: string;
  /** Where each stands, in the order of the file: a cell, a row, or nothing for the whole table. */
  readonly platser: readonly string[];
  readonly antal: number;
  readonly antal_blad: number;
  /** How many different sentences it has. */
  readonly olika: number;
}

/** Findings of one kind in one column of one file, gathered over its sheets; errors before warnings in each file. */
export const grouped = (rows: readonly FindingRow[]): FindingGroup[] => {
  // Blanks of a matrix are asked about once, whichever of its columns they are in.
  const groups = Map.groupBy(rows, ({ fil, kod, kolumn }) =>
    JSON.stringify([fil, kod, kod === "tom_i_matris" || kolumn]),
  );
  const gathered = [...groups.values()].flatMap((found) => {
    const [first] = found;
    if (!first || !(first.kod in findings)) return [];
    const sheets = new Set(found.map(({ blad }) => blad));
    const placeOn = (blad: string | null, place: string): string[] =>
      sheets.size > 1 ? [[blad, place].filter(Boolean).join(" ")] : place === "" ? [] : [place];
    return {
      fil: first.fil,
      blad: sheets.size > 1 ? null : first.blad,
      kod: first.kod as FindingCode,
      allvar: first.allvar,
      kolumn: first.kolumn,
      meddelande: first.meddelande,
      platser: found.flatMap(({ blad, cell, rad }) => placeOn(blad, cell ?? (rad === null ? "" : `rad ${rad}`))),
      antal: found.length,
      antal_blad: sheets.size,
      olika: new Set(found.map(({ meddelande }) => meddelande)).size,
    };
  });
  const files = new Map([...new Set(rows.map(({ fil }) => fil))].map((fil, i) => [fil, i]));
  const order = ({ fil, allvar }: FindingGroup): number => (files.get(fil) ?? 0) * 2 + (allvar === "fel" ? 0 : 1);
  return gathered.sort((a, b) => order(a) - order(b));
};

const shownPlaces = 6;

/** `C4, C7, C9 och 409 till`. */
export const placesText = ({ platser }: FindingGroup, shown = shownPlaces): string => {
  const more = platser.length - shown;
  return platser.slice(0, shown).join(", ") + (more > 0 ? ` och ${number(more)} till` : "");
};

/** `samma fel i 412 rader`, or nothing of one. */
export const countText = ({ antal, antal_blad: sheets, allvar }: FindingGroup): string => {
  if (antal === 1) return "";
  const where = sheets === antal ? "" : `${number(antal)} rader`;
  const on = sheets > 1 ? `${number(sheets)} blad` : "";
  return `samma ${allvar === "fel" ? "fel" : "varning"} i ${[where, on].filter(Boolean).join(" på ")}`;
};

/** The sentence; of several the first is an example. */
export const sentenceText = ({ meddelande, olika }: FindingGroup): string =>
  olika > 1 ? `Till exempel: ${meddelande}` : meddelande;

/** A line for each group, where it is and what to do, under the name of its file and sheet. */
export const findingLines = (groups: readonly FindingGroup[]): string[] => {
  const lines: string[] = [];
  let table = "";
  for (const group of groups) {
    const place = group.blad === null ? group.fil : `${group.fil}, bladet ${group.blad}`;
    if (place !== table) lines.push("", place);
    table = place;
    const where = [placesText(group), countText(group)].filter(Boolean).join(": ");
    lines.push(`  ${group.allvar.padEnd(7)}  ${where || "hela filen"}`, `    ${sentenceText(group)}`);
  }
  return lines;
};

const lives = (rows: readonly Lived[]): string => {
  const count = (lage: string): number => rows.filter((row) => row.lage === lage).length;
  const [fresh, kept, fixed] = [count("ny"), count("kvar"), count("atgardad")];
  if (kept + fixed === 0) return "";
  const parts = [
    fresh > 0 ? things(fresh, "ett nytt", "nya") : "inga nya",
    ...(kept > 0 ? [things(kept, "ett som är kvar", "som är kvar")] : []),
    ...(fixed > 0 ? [things(fixed, "ett åtgärdat", "åtgärdade")] : []),
  ];
  return `Sedan förra leveransen: ${parts.join(", ")}.`;
};

/** What a terminal shows of `datakvalitet`. */
export const findingsText = (rows: readonly FindingRow[], history: readonly Lived[]): string => {
  const lived = lives(history);
  if (rows.length === 0) return ["Inga fynd.", lived].filter(Boolean).join("\n");
  const groups = grouped(rows);
  const errors = rows.filter(({ allvar }) => allvar === "fel").length;
  const warnings = rows.length - errors;
  const lines = [
    `${errors === 0 ? "Inga fel" : begun(things(errors, "ett fel", "fel"))} och ${warnings === 0 ? "inga varningar" : things(warnings, "en varning", "varningar")}. --json och --csv visar vart och ett.`,
    lived,
  ].filter(Boolean);
  return [...lines, ...findingLines(groups)].join("\n");
};
