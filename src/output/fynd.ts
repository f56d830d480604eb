/**
 * Findings for people: the same thing said once, with how many rows it is about and where. The results and their files
 * have every one of them.
 */
import { type FindingCode, findings } from "../schema/findings.ts";
import type { Row } from "../schema/results.ts";
import { begun, number, things } from "../schema/swedish.ts";

type Finding = Row<"datakvalitet">;
type Lived = Row<"fyndhistorik">;

export interface FindingGroup {
  readonly fil: string;
  readonly blad: string | null;
  readonly kod: FindingCode;
  readonly allvar: string;
  readonly kolumn: string | null;
  /** The first's own sentence. */
  readonly meddelande: string;
  /** Where each stands, in the order of the file: a cell, a row, or nothing for the whole table. */
  readonly platser: readonly string[];
  readonly antal: number;
  /** How many different values it is about. */
  readonly varden: number;
}

/** Findings of one kind in one column of one sheet, gathered; errors before warnings in each file. */
export const grouped = (rows: readonly Finding[]): FindingGroup[] => {
  const groups = Map.groupBy(rows, ({ fil, blad, kod, kolumn }) => JSON.stringify([fil, blad, kod, kolumn]));
  const gathered = [...groups.values()].flatMap((found) => {
    const [first] = found;
    if (!first || !(first.kod in findings)) return [];
    return {
      fil: first.fil,
      blad: first.blad,
      kod: first.kod as FindingCode,
      allvar: first.allvar,
      kolumn: first.kolumn,
      meddelande: first.meddelande,
      platser: found.flatMap(({ cell, rad }) => cell ?? (rad === null ? [] : `rad ${rad}`)),
      antal: found.length,
      varden: new Set(found.map(({ varde }) => varde)).size,
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
export const countText = ({ antal, allvar }: FindingGroup): string =>
  antal === 1 ? "" : `samma ${allvar === "fel" ? "fel" : "varning"} i ${number(antal)} rader`;

/** The sentence; of several values the first's is an example. */
export const sentenceText = ({ meddelande, varden }: FindingGroup): string =>
  varden > 1 ? `Till exempel: ${meddelande}` : meddelande;

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
export const findingsText = (rows: readonly Finding[], history: readonly Lived[]): string => {
  const lived = lives(history);
  if (rows.length === 0) return ["Inga fynd.", lived].filter(Boolean).join("\n");
  const groups = grouped(rows);
  const errors = rows.filter(({ allvar }) => allvar === "fel").length;
  const warnings = rows.length - errors;
  const lines = [
    `${errors === 0 ? "Inga fel" : begun(things(errors, "ett fel", "fel"))} och ${warnings === 0 ? "inga varningar" : things(warnings, "en varning", "varningar")}. --json och --csv visar vart och ett.`,
    lived,
  ].filter(Boolean);
  let table = "";
  for (const group of groups) {
    const place = group.blad === null ? group.fil : `${group.fil}, bladet ${group.blad}`;
    if (place !== table) lines.push("", place);
    table = place;
    const where = [placesText(group), countText(group)].filter(Boolean).join(": ");
    lines.push(`  ${group.allvar.padEnd(7)}  ${where || "hela filen"}`, `    ${sentenceText(group)}`);
  }
  return lines.join("\n");
};
