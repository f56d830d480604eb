/** Scenarios that a pipeline declares of what a report states: so many teams, what they take and cost, and what is left unstated. */
import { basename } from "node:path";
import { append } from "../db/append.ts";
import { addFindings } from "../db/note.ts";
import type { Database } from "../db/open.ts";
import { type Formula, isFault, namesIn, parseFormula } from "../schema/formula.ts";
import { nearestWord } from "../schema/nearest.ts";
import type { Pipeline, Scenario } from "../schema/pipeline.ts";
import { minus, plus, type Rational, rational, rounded, times, toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { counted, kronor, number } from "../schema/swedish.ts";
import { type Audit, openAudit, recordLinks } from "./audit.ts";
import { type Claim, lookupIn } from "./claims.ts";
import { isResult } from "./figures.ts";
import { type Computed, isMissing, type Known } from "./quantity.ts";

interface Declared {
  readonly insats_id: string;
  readonly scenario: Scenario;
}

const formulaIn = (written: string | undefined): Formula | undefined => {
  const read = written === undefined ? undefined : parseFormula(written);
  return read && !isFault(read) ? read : undefined;
};

const formulasOf = ({ antal, bemanning, kostnad, gemensamt, totalt }: Scenario): Formula[] =>
  [antal, bemanning, kostnad, gemensamt?.bemanning, gemensamt?.kostnad, totalt].flatMap(
    (written) => formulaIn(written) ?? [],
  );

const half = (value: Rational): number => toNumber(rounded(value, 0, "half up"));
const asOre = (kr: Rational): number => half(times(kr, rational(100n)));

type Span = readonly [low: Rational, high: Rational];

/** What one declared part comes to: a number, or why there is none. */
const partOf = (audit: Audit, insats: string, written: string | undefined): Rational | string => {
  const formula = formulaIn(written);
  const computed: Computed | undefined = formula && audit.formula(insats, formula);
  if (!computed || isMissing(computed)) return "anges inte i underlaget";
  return computed.value.slag === "tal" ? computed.value.tal : "är inget tal";
};

const knownPart = (part: Rational | string): Rational | null => (typeof part === "string" ? null : part);

/** What is left of a printed total for what nobody states: between two ends, since the total is rounded. */
const leftOf = (audit: Audit, insats: string, written: string | undefined, stated: Rational): Span | null => {
  const formula = formulaIn(written);
  const total = formula && audit.formula(insats, formula);
  if (!total || isMissing(total) || total.value.slag !== "tal") return null;
  const { slack }: Known = total;
  const left = minus(total.value.tal, stated);
  return [minus(left, slack), plus(left, slack)];
};

const spanText = ([low, high]: Span): string =>
  asOre(low) === asOre(high) ? kronor(asOre(low)) : `${kronor(asOre(low)).replace(/.kr$/u, "")}–${kronor(asOre(high))}`;

const posts = (value: Rational): string => `${number(toNumber(value))} tjänster`;

/** A row for each number of teams; one with none where nothing is stated. */
export const scenarioRows = (audit: Audit, { insats_id: insats, scenario }: Declared): Row<"scenario">[] => {
  const { id, namn, av, visa, gemensamt, totalt } = scenario;
  const parts = {
    antal: partOf(audit, insats, scenario.antal),
    bemanning: partOf(audit, insats, scenario.bemanning),
    kostnad: partOf(audit, insats, scenario.kostnad),
  };
  const [stated, staffing, cost] = [knownPart(parts.antal), knownPart(parts.bemanning), knownPart(parts.kostnad)];
  const shared = partOf(audit, insats, gemensamt?.kostnad);
  const sharedStaffing = gemensamt ? knownPart(partOf(audit, insats, gemensamt.bemanning)) : null;
  const left = cost && stated ? leftOf(audit, insats, totalt, times(cost, stated)) : null;
  const sharedCost: Span | null = !gemensamt
    ? [rational(0n), rational(0n)]
    : typeof shared === "string"
      ? left
      : [shared, shared];
  const sentences = [
    stated === null ? `Antalet ${av} ${parts.antal}.` : `Rapporten anger ${counted(half(stated), "ett")} ${av}.`,
    staffing === null
      ? `Bemanningen ${parts.bemanning}.`
      : `Varje ${av} har ${posts(staffing)}${stated ? `, tillsammans ${posts(times(staffing, stated))}` : ""}.`,
    cost === null
      ? `Kostnaden ${parts.kostnad}.`
      : `Varje ${av} kostar ${kronor(asOre(cost))}${stated ? `, tillsammans ${kronor(asOre(times(cost, stated)))}` : ""}.`,
    gemensamt && typeof shared === "string"
      ? `${gemensamt.namn}: kostnaden anges inte${left ? `. Av rapportens avrundade summa är ${spanText(left)} kvar till det` : ""}.`
      : "",
  ];
  const isEmpty = stated === null && staffing === null && cost === null;
  const mening = isEmpty
    ? "Varken antal, bemanning eller kostnad anges i underlaget."
    : sentences.filter((sentence) => sentence !== "").join(" ");
  const sizes = new Set([...visa, ...(stated ? [half(stated)] : [])]);
  return (isEmpty || sizes.size === 0 ? [0] : [...sizes].sort((a, b) => a - b)).map((antal) => {
    const many = rational(BigInt(antal));
    const ofThem = cost && antal > 0 ? times(cost, many) : null;
    const all: Span | null = ofThem && sharedCost && [plus(ofThem, sharedCost[0]), plus(ofThem, sharedCost[1])];
    return {
      resultat_id: resultId("scenario", [insats, id, antal]),
      ...{ insats_id: insats, scenario: id, antal, namn, av, mening },
      ar_angivet: stated !== null && half(stated) === antal,
      bemanning: staffing && antal > 0 ? toNumber(times(staffing, many)) : null,
      kostnad_ore: ofThem && asOre(ofThem),
      gemensamt: gemensamt?.namn ?? null,
      gemensam_bemanning: sharedStaffing && toNumber(sharedStaffing),
      gemensam_lag_ore: gemensamt && sharedCost ? asOre(sharedCost[0]) : null,
      gemensam_hog_ore: gemensamt && sharedCost ? asOre(sharedCost[1]) : null,
      kostnad_lag_ore: all && asOre(all[0]),
      kostnad_hog_ore: all && asOre(all[1]),
    };
  });
};

/** Insatser, each with the pipeline whose settings are its own. */
type Settings = readonly { readonly insats_id: string; readonly pipeline: Pipeline }[];

const declaredIn = (settings: Settings): (Declared & { readonly place: string })[] =>
  settings.flatMap(({ insats_id, pipeline }) =>
    pipeline.scenarier
      .map((scenario, i) => ({
        ...{ insats_id, scenario },
        place: `${basename(pipeline.file)}:${pipeline.lineOf(["scenarier", i])}`,
      }))
      .filter(({ scenario: { insats } }) => insats === undefined || insats === insats_id),
  );

/** Notes, at the insats's row, what a scenario refers to that nobody delivered: a slip in the pipeline file. */
export const checkScenarios = async (db: Database, settings: Settings, claims: readonly Claim[]): Promise<void> => {
  const lookup = lookupIn(claims);
  const unknown = declaredIn(settings).flatMap(({ insats_id: insats, scenario, place }) =>
    [...new Set(formulasOf(scenario).flatMap(namesIn))]
      .filter((name) => !isResult(name) && !lookup(insats, name))
      .map((name) => {
        const own = claims.filter(({ owner }) => owner === insats).map(({ utsaga_id: id }) => id);
        const near = nearestWord(name, own);
        return { insats, varde: name, detalj: `${near === undefined ? "" : `Menas ${near}? `}(${place})` };
      }),
  );
  for (const { insats, ...found } of unknown)
    await addFindings(
      db,
      `select kallrad, 'insats_id' as kolumn, $varde as varde, 'okand_i_scenario' as kod, $detalj as detalj from staging.insats where insats_id = $insats`,
      { insats, ...found },
    );
};

/** Fills `results.scenario`, and notes which figures each rests on. */
export const writeScenarios = async (
  db: Database,
  settings: Settings,
  claims: readonly Claim[],
  measured: ReadonlyMap<string, Computed>,
): Promise<void> => {
  const declared = declaredIn(settings);
  if (declared.length === 0) return;
  const formulas = declared.flatMap(({ scenario }) => formulasOf(scenario));
  const audit = await openAudit(db, claims, formulas, measured);
  const rows = declared.map((one) => ({ ...one, rows: scenarioRows(audit, one) }));
  const all = rows.flatMap((one) => one.rows);
  await append(db, "scenario", all);
  const figures = rows.flatMap(({ insats_id: owner, scenario, rows: own }) =>
    own.flatMap(({ resultat_id: id }) => formulasOf(scenario).map((formula) => ({ id, owner, formula }))),
  );
  await recordLinks(db, audit, figures, []);
};
