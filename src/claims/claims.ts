/** Claims as they are delivered, read once: what each states, and what it is tried against. What cannot be read is a finding. */
import { parse } from "yaml";
import { z } from "zod";
import { type CellFinding, noteCells } from "../db/note.ts";
import type { Database } from "../db/open.ts";
import type { Parametrar } from "../goals/evidence.ts";
import { fold } from "../schema/columns.ts";
import { type Formula, isFault, namesIn, parseFormula } from "../schema/formula.ts";
import { type Measure, measures, parametersOf } from "../schema/measures.ts";
import { askedWord } from "../schema/motestyp.ts";
import { nearestWord } from "../schema/nearest.ts";
import { resultId } from "../schema/results.ts";
import { cellOf, isResult } from "./figures.ts";
import { type Printed, readPrinted } from "./printed.ts";
import type { Missing } from "./quantity.ts";

const optional = [
  ...(["insats_id", "forbund_id", "matt", "parametrar", "formel", "part_id", "fran", "till", "varde"] as const),
  ...(["status", "dokument", "avsnitt", "citat"] as const),
];
type Optional = (typeof optional)[number];
/** A row of `staging.utsaga`. */
interface Delivered extends Readonly<Record<Optional, string | null>> {
  readonly utsaga_id: string;
  readonly text: string;
  readonly kallrad: number;
}

export interface Claim extends Omit<Delivered, "parametrar"> {
  readonly resultat_id: string;
  /** The insats that it is about, or the förbund. */
  readonly owner: string;
  readonly printed: Printed | undefined;
  readonly measure: Measure | undefined;
  readonly parametrar: Parametrar;
  readonly formula: Formula | undefined;
  /** Why it cannot be tried as it is written. */
  readonly fault: Missing | undefined;
}

/** How a name in a formula is looked up from a claim or goal. */
export type Lookup = (owner: string, name: string) => Claim | undefined;

export const claimKey = (owner: string, utsaga: string): string => resultId("utsagekontroll", [owner, utsaga]);

/** `[utsaga_id]` of the same owner, else `[insats_id/utsaga_id]`. */
export const lookupIn = (claims: readonly Claim[]): Lookup => {
  const of = new Map(claims.map((claim) => [claim.resultat_id, claim]));
  return (owner, name) => {
    const [other = "", ...rest] = name.split("/");
    return of.get(claimKey(owner, name)) ?? of.get(claimKey(other, rest.join("/")));
  };
};

type Fault = Pick<CellFinding, "kolumn" | "kod" | "detalj"> & Pick<Missing, "skal"> & { readonly varde: string };

/** A word that is not known, with the one that was probably meant. */
const reportUnknown = (kolumn: string, varde: string, known: readonly string[], otherwise: string): Fault => {
  const near = nearestWord(varde, known);
  const detalj = near === undefined ? otherwise : `Menas ${near}?`;
  return { kolumn, varde, kod: "okant_namn", detalj, skal: "okanda_ord" };
};
const reportUnreadable = (kolumn: string, varde: string, kod: Fault["kod"], detalj: string): Fault => ({
  ...{ kolumn, varde, kod, detalj, skal: "olaslig" },
});

const word = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const parameters = z.record(z.string(), z.union([z.number(), word, z.array(word)]));

/** @returns the parameters, or undefined where the cell is no mapping of words, numbers and lists */
const readParameters = (text: string): Parametrar | undefined => {
  try {
    return parameters.safeParse(parse(text, { maxAliasCount: 0 })).data;
  } catch {
    return undefined;
  }
};

/** What the parameters say that the measure does not have, or lack that it needs. */
const parameterFaults = (measure: Measure, parametrar: Parametrar, { part_id: part, matt }: Delivered): Fault[] => {
  const known = parametersOf(measure);
  const others = known.length === 0 ? `${matt} har inga parametrar.` : `Det finns: ${known.join(", ")}.`;
  const needed = measure.helhet.length > 0 && part === null && !measure.helhet.some((name) => name in parametrar);
  return [
    ...Object.keys(parametrar)
      .filter((name) => !known.includes(name))
      .map((name) => reportUnknown("parametrar", name, known, others)),
    ...[...measure.kravs.filter((name) => !(name in parametrar)), ...(needed ? measure.helhet.slice(0, 1) : [])].map(
      (name) => reportUnreadable("parametrar", matt ?? "", "ogiltiga_parametrar", `Måttet behöver {${name}: …}.`),
    ),
    ...Object.keys(measure.minst)
      .filter((name) => name in parametrar && !Number.isInteger(Number(parametrar[name])))
      .map((name) =>
        reportUnreadable("parametrar", String(parametrar[name]), "ogiltiga_parametrar", `${name} är ett heltal.`),
      ),
  ];
};

const readOne = (row: Delivered, printed: Printed | undefined): { claim: Claim; faults: Fault[] } => {
  const { matt, formel, parametrar: written, varde } = row;
  const owner = row.insats_id ?? row.forbund_id ?? "";
  const faults: Fault[] = [];
  const measure = matt === null ? undefined : measures.get(matt);
  if (matt !== null && !measure) {
    faults.push(
      reportUnknown("matt", matt, [...measures.keys()], "Måtten står i docs/matt.md; annan aritmetik skrivs i formel."),
    );
  }
  if (matt !== null && formel !== null) {
    faults.push(reportUnreadable("formel", formel, "ogiltig_formel", "Ange matt eller formel, inte båda."));
  }
  const parametrar = written === null ? {} : readParameters(written);
  if (parametrar === undefined || (matt === null && written !== null)) {
    const why = matt === null ? "Parametrar hör till ett mått." : "Skriv dem som {motestyp: puls}.";
    faults.push(reportUnreadable("parametrar", written ?? "", "ogiltiga_parametrar", why));
  } else if (measure) faults.push(...parameterFaults(measure, parametrar, row));
  const formula = formel === null ? undefined : parseFormula(formel);
  if (formel !== null && formula && isFault(formula)) {
    const { plats, star } = formula;
    const where = star === "" ? "Den slutar mitt i." : `Tecken ${plats}: ”${star}”.`;
    faults.push(reportUnreadable("formel", formel, "ogiltig_formel", where));
  }
  if (varde !== null && !printed) faults.push(reportUnreadable("varde", varde, "olasligt_varde", ""));
  const claim: Claim = {
    ...{ ...row, owner, printed, measure, parametrar: parametrar ?? {}, fault: undefined },
    forbund_id: row.insats_id === null ? row.forbund_id : null,
    resultat_id: claimKey(owner, row.utsaga_id),
    formula: formula && !isFault(formula) ? formula : undefined,
  };
  return { claim, faults };
};

/** Names in formulas that stand for nothing. */
const nameFaults = ({ owner, formula }: Claim, claims: readonly Claim[], lookup: Lookup): Fault[] =>
  (formula ? namesIn(formula) : []).flatMap((name) => {
    if (isResult(name)) {
      const cell = cellOf(name);
      return "missing" in cell ? [reportUnknown("formel", name, [], `${cell.missing}.`)] : [];
    }
    if (lookup(owner, name)) return [];
    const own = claims.filter((claim) => claim.owner === owner).map(({ utsaga_id: id }) => id);
    return [reportUnknown("formel", name, own, "Ingen utsaga har det id:t.")];
  });

/** The columns that a claim selects on. */
const selectedBy = ({ measure, parametrar }: Claim): string[] =>
  (measure ? [...measure.filter, ...measure.raknas] : []).filter((name) => name in parametrar);

/** The words that rows of each insats have in a column that a measure selects on. */
const readWords = async (db: Database, claims: readonly Claim[]): Promise<ReadonlyMap<string, readonly string[]>> => {
  const asked = new Set(claims.flatMap((claim) => selectedBy(claim).map((name) => `${claim.measure?.name} ${name}`)));
  const words = new Map<string, string[]>();
  for (const one of asked) {
    const [measure = "", column = ""] = one.split(" ");
    const word = measures.get(measure)?.raknas.includes(column)
      ? `unnest("${column}")`
      : `cast("${column}" as varchar)`;
    const rows = await db.rows<{ insats_id: string; varde: string }>(
      `select * from (select distinct insats_id, ${word} as varde from measures.${measure}) where varde is not null order by all`,
    );
    for (const { insats_id: insats, varde } of rows) {
      const key = `${one} ${insats}`;
      words.set(key, [...(words.get(key) ?? []), varde]);
    }
  }
  return words;
};

/**
 * Values that no row of the insats has: a slip, unless the register is complete and nothing like it is there. An insats of
 * which nothing is delivered has no words to be like.
 */
const valueFaults = (
  claim: Claim,
  words: ReadonlyMap<string, readonly string[]>,
  completeOf: (insats: string) => readonly string[],
): Fault[] => {
  const { insats_id: insats, measure, parametrar } = claim;
  if (!measure || insats === null) return [];
  return selectedBy(claim).flatMap((name) => {
    const known = words.get(`${measure.name} ${name} ${insats}`) ?? [];
    if (known.length === 0) return [];
    const isComplete = completeOf(insats).some((dataset) => measure.registers.includes(dataset));
    return [parametrar[name] ?? []]
      .flat()
      .map((word) => askedWord(name, String(word)))
      .filter((word) => !known.some((one) => fold(one) === fold(word)))
      .filter((word) => !isComplete || nearestWord(word, known) !== undefined)
      .map((word) => reportUnknown("parametrar", word, known, `Ingen rad har det som ${name}.`));
  });
};

/**
 * Reads every claim, and notes what cannot be read at its cell.
 * @param completeOf the registers of an insats that its pipeline says are complete
 */
export const readClaims = async (db: Database, completeOf: (insats: string) => readonly string[]): Promise<Claim[]> => {
  const rows = await db.rows<Delivered>(
    `select utsaga_id, text, kallrad, ${optional.join(", ")} from staging.utsaga order by insats_id, forbund_id, utsaga_id`,
  );
  const written = rows.flatMap(({ varde }) => varde ?? []);
  const printed = await readPrinted(db, written);
  const all = rows.map((row) => readOne(row, row.varde === null ? undefined : printed.get(row.varde)));
  const firstOf = new Map<string, number>();
  for (const { claim } of all) {
    firstOf.set(claim.resultat_id, Math.min(claim.kallrad, firstOf.get(claim.resultat_id) ?? claim.kallrad));
  }
  const read = all.filter(({ claim }) => firstOf.get(claim.resultat_id) === claim.kallrad);
  const repeated = all.filter(({ claim }) => firstOf.get(claim.resultat_id) !== claim.kallrad);
  const claims = read.map(({ claim }) => claim);
  const lookup = lookupIn(claims);
  const words = await readWords(db, claims);
  const checked = read.map(({ claim, faults }) => ({
    claim,
    faults: [...faults, ...nameFaults(claim, claims, lookup), ...valueFaults(claim, words, completeOf)],
  }));
  await noteCells(db, [
    ...checked.flatMap(({ claim, faults }) => faults.map((fault) => ({ ...fault, kallrad: claim.kallrad }))),
    // An insats and a förbund of one id, or one insats with and without its förbund, name one claim twice.
    ...repeated.map(({ claim: { kallrad, utsaga_id: id } }) => ({
      kallrad,
      kolumn: "utsaga_id",
      varde: id,
      kod: "dubbel_utsaga" as const,
      detalj: "Insats eller förbund, Utsaga",
    })),
  ]);
  return checked.map(({ claim, faults: [fault] }) => {
    if (!fault) return claim;
    const { varde, kolumn, detalj, skal } = fault;
    const what = skal === "okanda_ord" ? "känns inte igen" : "går inte att läsa";
    const missing = `”${varde}” i ${kolumn} ${what}${detalj ? ` (${detalj.replace(/\.$/, "")})` : ""}`;
    return { ...claim, fault: { skal, missing } };
  });
};
