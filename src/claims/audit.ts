/** What reports claim against what data say. Nothing decides a claim but data. */
import { append, appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { heldIn, heldQuestions, partsOf } from "../goals/absences.ts";
import { type Bortfall, reachOfBoth } from "../goals/bortfall.ts";
import type { Question } from "../goals/evidence.ts";
import type { Facts } from "../goals/facts.ts";
import { judge, rangeOf } from "../goals/judge.ts";
import { betweenText, few, unknownText } from "../goals/krav.ts";
import type { Answers } from "../goals/measured.ts";
import { recordQuestions } from "../goals/sources.ts";
import type { Stated } from "../goals/stated.ts";
import { type Fonster, windows } from "../goals/windows.ts";
import { measureTitle } from "../schema/definitions.ts";
import { type Formula, namesIn, termsOf } from "../schema/formula.ts";
import { isRate } from "../schema/rate.ts";
import { compare, minus, over, plus, type Rational, rational, toNumber, zero } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { counted, inUnit, spell } from "../schema/swedish.ts";
import type { Possible } from "./andelar.ts";
import { type Claim, claimKey, type Lookup, lookupIn } from "./claims.ts";
import { isResult, readFigures } from "./figures.ts";
import { judgeClaim, type Outcome, remainder, slackOf, suffix, unlisted } from "./judge.ts";
import { calledShare, computedCounts, holdsIf, possibleOf, printedCounts, wholeName } from "./krav.ts";
import type { Printed } from "./printed.ts";
import {
  type Computed,
  evaluate,
  isMissing,
  type Known,
  type Missing,
  plainKnown,
  plainText,
  writeValue,
} from "./quantity.ts";

/** A claim that names a measure, as a question: over its own dates, or the whole insats where it states none. */
export interface ClaimQuestion extends Question {
  readonly claim: Claim;
  /** How many parts it is about. */
  readonly parter: number;
}

/** The questions that claims ask. A claim of an insats whose period is unknown, and that states none, asks nothing. */
export const claimQuestions = (claims: readonly Claim[], facts: Facts, today: string): ClaimQuestion[] =>
  claims.flatMap((claim) => {
    const { measure, parametrar, insats_id: id, part_id: part } = claim;
    if (!measure || id === null || claim.fault) return [];
    const insats = facts.insatser.get(id);
    const [whole] = insats ? windows("hela", insats, today) : [];
    const [fran, till] = [claim.fran ?? whole?.fran, claim.till ?? whole?.till];
    if (fran === undefined || till === undefined) return [];
    const period = { fran, till };
    const own = { ...period, hel: period, pengar: period, ar_oppet: false, ar_kommande: false, ar_hela: false };
    const fonster: Fonster = claim.fran === null && claim.till === null && whole ? whole : own;
    const group = { grupp: part === null ? "" : "part", gruppvarde: part ?? "", granser: [] };
    const question: Question = { insats_id: id, measure, parametrar, ...group, fonster: [fonster] };
    return [{ ...question, claim, parter: partsOf(facts, question).length, bredvid: heldQuestions(facts, question) }];
  });

/** Why a figure is not known that rows which were not counted may belong to. */
const lostText = ({ avvisade: { rader }, plats }: Bortfall): Missing => {
  if (rader === 0) return { skal: "okanda_ord", missing: "rader som kan höra hit har ord som inte är kända" };
  const lost = rader === 1 ? "en rad som kan höra hit" : `${counted(rader)} rader som kan höra hit`;
  const missing = `${lost} har avvisats (${rader === 1 ? "" : "först "}${plats})`;
  return { skal: "avvisade_rader", avvisade: rader, missing };
};

/** Whether a printed figure comes to the same whatever is between two ends: it holds at both, or both are on one side of it. */
const isSettled = (outcome: Outcome, ends: readonly (Outcome | Missing)[]): boolean =>
  ends.every((end) => {
    if ("missing" in end || (end.utfall === "avviker") !== (outcome.utfall === "avviker")) return false;
    return outcome.utfall !== "avviker" || Math.sign(end.differens ?? 0) * Math.sign(outcome.differens ?? 0) > 0;
  });

/** The value of every claim that names a measure, and what it was asked as. */
export const measureClaims = async (
  db: Database,
  questions: readonly ClaimQuestion[],
  answers: Answers,
  completeOf: (insats: string) => readonly string[],
  today: string,
): Promise<Map<string, Computed>> => {
  const answered = questions.flatMap((question) => {
    const [answer] = answers.get(question) ?? [];
    return answer ? [{ question, answer, resultat_id: question.claim.resultat_id }] : [];
  });
  const figures = answered.map(({ answer: { taken }, ...one }) => ({ ...one, taken }));
  await recordQuestions(db, figures);
  return new Map(
    answered.map(({ question, answer, resultat_id: id }): [string, Computed] => {
      const { measure, insats_id: insats } = question;
      const { taken } = answer;
      if (taken.ar_sammanslagen) {
        const { fran, till } = taken.fonster;
        return [id, { skal: "ej_summerbart", missing: `underlaget är en summa för en annan period, ${fran}–${till}` }];
      }
      const isComplete = completeOf(insats).some((dataset) => measure.registers.includes(dataset));
      const judged = judge({
        ...answer,
        is_complete: answer.is_complete || (isComplete && !taken.ar_sparrad),
        measure,
        fonster: [taken.fonster],
        nivaer: [],
        tolerans: undefined,
        delperiod: "hel",
        passerat: today,
      });
      const { varde, lack, taljare, namnare, okand } = judged;
      const parts = Object.entries(measure.enhet.startsWith("kr") ? { namnare } : { taljare, namnare });
      const counts = new Map(parts.flatMap(([name, tal]) => (tal === null ? [] : [[`${id} ${name}`, tal] as const])));
      const knownAs = (tal: Rational): Known => ({
        ...plainKnown({ slag: "tal", tal, enhet: measure.enhet }),
        percent: measure.enhet === "andel",
        counts,
      });
      const reach = reachOfBoth(answer.bortfall);
      if (reach.rader > 0) {
        const { least, most } = varde === null ? { least: null, most: null } : rangeOf(measure, answer.sums, reach);
        const between = varde && least && most && ([knownAs(varde), knownAs(least), knownAs(most)] as const);
        const krav = least && most ? betweenText(measure, least, most) : "";
        return [id, { ...lostText(answer.bortfall), ...(between && { between, krav }) }];
      }
      if (varde === null) {
        const held = lack === "saknas" ? heldIn(question, answers, taken.fonster) : [];
        const krav = calledShare(question.claim.printed, question.parter, held);
        const missing = `${measureTitle(measure.name).toLocaleLowerCase("sv-SE")}: ${spell(lack ?? "saknas")}`;
        return [id, { skal: lack ?? "saknas", missing, krav }];
      }
      const unknown = unknownText({ unit: question, taken, judged });
      if (!unknown || isRate(measure)) return [id, { ...knownAs(varde), krav: unknown?.text ?? "" }];
      const between = [knownAs(varde), knownAs(varde), knownAs(plus(varde, okand))] as const;
      const isFew = measure.personer && compare(okand, rational(few)) < 0;
      const krav = isFew ? "" : holdsIf(question.claim.printed, between[0], okand);
      return [id, { skal: "saknas", missing: unknown.text.replace(/\.$/, ""), between, krav }];
    }),
  );
};

/** How a formula was worked out: the formula itself, with each name as its figure. */
const arithmetic = (formel: string, figureOf: (name: string) => string): string =>
  formel
    .trim()
    .replace(/\[([^[\]]+)\]|\*|-/g, (sign, name?: string) =>
      name === undefined ? (sign === "*" ? "×" : "−") : figureOf(name.trim()),
    )
    .replace(/^dagar\s*\(\s*([\d-]+)\s*,\s*([\d-]+)\s*\)$/i, "dagar från $1 till $2")
    .replace(/^m[aå]nader\s*\(\s*([\d-]+)\s*,\s*([\d-]+)\s*\)$/i, "hela månader $1–$2");

/** A printed figure, with the counts that it shows under `name`. */
const statedFigure = (name: string, printed: Printed): Known => {
  const { value, ord, form, last, percent } = printed;
  const counts = new Map<string, Rational>();
  if (value.slag === "tal" && value.enhet === "antal") counts.set(name, value.tal);
  if (value.slag === "tal" && form === "av") {
    const [some, all] = [over(value.tal, last), over(rational(1n), last)];
    counts.set(`${name} del`, some).set(`${name} övriga`, minus(all, some)).set(`${name} hel`, all);
  }
  return { value, isRough: ord !== null || form !== "tal", percent, counts, slack: slackOf(printed) };
};

/** No chain of computed figures that somebody writes is so long; a longer one is a slip, and never a full stack. */
const longestChain = 500;

/** The figures behind every claim and formula, each worked out once. */
export class Audit {
  readonly #lookup: Lookup;
  readonly #figures: ReadonlyMap<string, Computed>;
  readonly #computed: Map<string, Computed>;
  /** The shares of each whole. */
  readonly #tables: ReadonlyMap<string | undefined, readonly Claim[]>;
  #depth = 0;

  /** @param measured what measures give of the claims that name one */
  constructor(
    claims: readonly Claim[],
    figures: ReadonlyMap<string, Computed>,
    measured: ReadonlyMap<string, Computed>,
  ) {
    this.#lookup = lookupIn(claims);
    this.#figures = figures;
    this.#computed = new Map(measured);
    this.#tables = Map.groupBy(claims, (claim) => this.#wholeOf(claim));
  }

  /** What a name in a formula stands for: as printed, else as computed. */
  #figureOf(owner: string, name: string): Computed {
    if (isResult(name))
      return this.#figures.get(name) ?? { skal: "saknas", missing: `${name} finns inte bland resultaten` };
    const claim = this.#lookup(owner, name);
    if (!claim) return { skal: "okanda_ord", missing: `${name} finns inte bland utsagorna` };
    const { resultat_id: key, printed, fault, matt, formel, varde, text } = claim;
    if (printed) return statedFigure(key, printed);
    if (varde !== null) return fault ?? { skal: "olaslig", missing: `”${varde}” går inte att läsa` };
    if (matt === null && formel === null) return { skal: "saknas", missing: `${text.replace(/\.$/, "")} anges inte` };
    return this.computed(claim);
  }

  /** Whether a claim is its own evidence, also through figures that are computed from it. */
  #isCircular({ resultat_id: own, owner, formula }: Claim): boolean {
    const waiting = formula ? [{ owner, formula }] : [];
    const seen = new Set<string>();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      for (const name of namesIn(next.formula)) {
        const claim = isResult(name) ? undefined : this.#lookup(next.owner, name);
        if (!claim || seen.has(claim.resultat_id)) continue;
        if (claim.resultat_id === own) return true;
        seen.add(claim.resultat_id);
        if (claim.varde === null && claim.formula) waiting.push({ owner: claim.owner, formula: claim.formula });
      }
    }
    return false;
  }

  /** What a figure refers to: `till` is a claim's or a result's id. */
  links({ id, owner, formula }: Formulated): { id: string; till: string }[] {
    return (formula ? namesIn(formula) : []).flatMap((name) => {
      const till = isResult(name) ? name.split("#")[0] : this.#lookup(owner, name)?.resultat_id;
      return till === undefined ? [] : [{ id, till }];
    });
  }

  /** What a formula of an insats or förbund comes to. */
  formula(owner: string, formula: Formula): Computed {
    if (this.#depth > longestChain)
      return { skal: "cirkel", missing: "uppgifterna hänvisar till varandra i för många led" };
    this.#depth++;
    const computed = evaluate(formula, (name) => this.#figureOf(owner, name));
    this.#depth--;
    return computed;
  }

  computed(claim: Claim): Computed {
    const { fault, formula, owner, resultat_id: key } = claim;
    if (fault) return fault;
    const known = this.#computed.get(key);
    if (known) return known;
    if (!formula) return { skal: "saknas", missing: "insatsens period är okänd" };
    const computed: Computed = this.#isCircular(claim)
      ? { skal: "cirkel", missing: "utsagan hänvisar till sig själv" }
      : this.formula(owner, formula);
    this.#computed.set(key, computed);
    return computed;
  }

  /** The figure that a claim's share is of; undefined where it is no share, or of an amount. */
  #wholeOf(claim: Claim): string | undefined {
    const name = wholeName(claim);
    return name === undefined || isResult(name) ? name : this.#lookup(claim.owner, name)?.resultat_id;
  }

  /** Whether a printed share is possible of its whole; undefined where that is not asked. */
  #possible(claim: Claim): Possible | undefined {
    const { owner, printed, formula } = claim;
    const [name, key] = [wholeName(claim), this.#wholeOf(claim)];
    if (!printed || formula?.slag !== "tecken" || name === undefined || key === undefined) return undefined;
    const part = evaluate(formula.a, (one) => this.#figureOf(owner, one));
    if (isMissing(part) ? part.skal !== "saknas" : part.value.slag !== "tal" || part.value.enhet !== "antal")
      return undefined;
    const stated = isResult(name) ? undefined : this.#lookup(owner, name)?.printed;
    const counts = stated ? printedCounts(stated) : computedCounts(this.#figureOf(owner, name));
    const table = (this.#tables.get(key) ?? []).flatMap((one) => one.printed ?? []);
    return counts && possibleOf(printed, table, counts);
  }

  /** How a claim's figure was worked out, for the explanation. */
  #how({ owner, formel, formula, measure, printed }: Claim, computed: Known): string {
    const asPercent = printed?.percent ?? computed.percent;
    if (measure) return computed.value.slag === "tal" ? inUnit(toNumber(computed.value.tal), measure.enhet) : "";
    if (formel === null || !formula) return "";
    if (formula.slag === "uppgift" && computed.parts)
      return computed.parts.map((part) => writeValue(part, asPercent)).join(" + ");
    return arithmetic(formel, (name) => {
      const figure = this.#figureOf(owner, name);
      return isMissing(figure) ? `[${name}]` : writeValue(figure.value, figure.percent);
    });
  }

  /** What a claim comes to where rows were not counted that may belong to it; undefined where they could change that. */
  #judgeBetween(claim: Claim, printed: Printed, { skal, between }: Missing): Outcome | undefined {
    const [outcome, ...ends] = (between ?? []).map((known) => judgeClaim(printed, known, this.#how(claim, known)));
    if (!outcome || "missing" in outcome || !isSettled(outcome, ends)) return undefined;
    const why = skal === "saknas" ? "Allt är inte känt" : "Rader som kan höra hit är inte räknade";
    return { ...outcome, forklaring: `${outcome.forklaring} ${why}, men utfallet är detsamma vad de än säger.` };
  }

  /** What must be true of a claim that its data bound and do not settle; empty where nothing is said. */
  mustBe(claim: Claim, { utfall }: Row<"utsagekontroll">): Possible {
    const found = this.computed(claim);
    const isOpen = utfall === "ej_matbart";
    const bounds = isMissing(found) === isOpen ? (found.krav ?? "") : "";
    const { text = "", counts = [] } = (isOpen || utfall === "avviker" ? this.#possible(claim) : undefined) ?? {};
    return { text: [bounds, text].filter((one) => one !== "").join(" "), counts };
  }

  row(claim: Claim): Row<"utsagekontroll"> | undefined {
    const { printed, matt, formel, formula, varde, status, owner } = claim;
    if (matt === null && formel === null) return undefined;
    const found = this.computed(claim);
    const { avvisade = 0, between } = isMissing(found) ? found : {};
    const judgedBetween =
      claim.measure && printed && isMissing(found) ? this.#judgeBetween(claim, printed, found) : undefined;
    const computed = judgedBetween && between ? between[0] : found;
    const terms = ((formula && termsOf(formula)) ?? []).map((name) => this.#figureOf(owner, name));
    const base = {
      ...claim,
      rapporterat_varde: printed ? plainText(printed.value) : (varde ?? status),
      beraknat_varde: isMissing(computed) ? null : plainText(computed.value),
      avvisade,
      differens: null,
      skal: null,
    };
    const cannot = ({ skal, missing }: Missing): Row<"utsagekontroll"> => ({
      ...{ ...base, utfall: "ej_matbart", skal, forklaring: `Går inte att pröva: ${missing}.` },
    });
    if (judgedBetween) return { ...base, ...judgedBetween };
    if (isMissing(computed)) return cannot({ ...computed, missing: `${computed.missing}${remainder(printed, terms)}` });
    const how = this.#how(claim, computed);
    if (!printed && status !== null) return cannot({ skal: "saknas", missing: "utsagan har inget värde" });
    if (!printed) {
      const bare = writeValue(computed.value, computed.percent);
      const figure = `${bare}${suffix(computed.value)}`;
      const forklaring = how === bare ? `Underlaget ger ${figure}.` : `Underlaget ger ${how} = ${figure}.`;
      return { ...base, utfall: "beraknad", forklaring };
    }
    const figure = writeValue(computed.value, printed.percent || computed.percent);
    const judged = judgeClaim(printed, computed, claim.measure ? figure : how);
    if ("missing" in judged) return cannot(judged);
    if (judged.utfall !== "avviker") return { ...base, ...judged };
    const why = formula?.slag === "uppgift" && computed.note ? ` ${computed.note}` : "";
    const known = terms.flatMap((term) => (isMissing(term) ? [] : [term]));
    const rest = unlisted(printed, computed.value, known);
    return { ...base, ...judged, forklaring: `${judged.forklaring}${why}${rest}` };
  }
}

/** A goal's reported verdict is a claim too: its utsaga_id is the goal's id. */
const goalClaims = async (db: Database, stated: readonly Stated[]): Promise<Row<"utsagekontroll">[]> => {
  const summaries = await db.rows<Row<"malsammanfattning"> & { skal: string | null; avvisade: number }>(`
    select mal.insats_id, mal.mal_id, mal.status, mal.avviker, mal.mening, mal.krav,
      first(rad.skal order by rad.fran, rad.grupp, rad.gruppvarde) filter (mal.status = 'ej_matbart' and rad.skal <> 'foljs') as skal,
      cast(coalesce(max(rad.avvisade), 0) as bigint) as avvisade
    from results.malsammanfattning as mal
    left join results.maluppfyllelse as rad on rad.insats_id = mal.insats_id and rad.mal_id = mal.mal_id
    group by all`);
  const of = new Map(summaries.map((row) => [resultId("malsammanfattning", [row.insats_id, row.mal_id]), row]));
  return stated.flatMap(({ insats_id: insats, goal: { id, text, matt, rapporterat } }) => {
    const summary = of.get(resultId("malsammanfattning", [insats, id]));
    if (!rapporterat || !summary) return [];
    const { status, avviker, mening, krav, skal, avvisade } = summary;
    const { dokument = null, avsnitt = null, citat = null } = rapporterat;
    return [
      {
        resultat_id: claimKey(insats, id),
        ...{ insats_id: insats, forbund_id: null, utsaga_id: id, text, matt, formel: null },
        rapporterat_varde: rapporterat.status,
        beraknat_varde: status,
        differens: null,
        utfall: avviker === null ? "ej_matbart" : avviker ? "avviker" : "stammer",
        ...{ skal, avvisade, dokument, avsnitt, citat },
        forklaring: [mening, krav ?? []].flat().join(" "),
      },
    ];
  });
};

/** What every formula may refer to, worked out from what stands in the results now. */
export const openAudit = async (
  db: Database,
  claims: readonly Claim[],
  formulas: readonly Formula[],
  measured: ReadonlyMap<string, Computed>,
): Promise<Audit> => new Audit(claims, await readFigures(db, formulas.flatMap(namesIn)), measured);

/** A figure by its id, and how it was worked out. */
interface Formulated {
  readonly id: string;
  readonly owner: string;
  readonly formula: Formula | undefined;
}

/** Notes which figures rest on which, and on which counts: what a trace follows, and what few persons hide. */
export const recordLinks = async (
  db: Database,
  audit: Audit,
  figures: readonly Formulated[],
  counted: readonly { readonly id: string; readonly computed: Computed }[],
): Promise<void> => {
  const links = figures.flatMap((one) => audit.links(one));
  await appendFields(db, "results.hanvisning", "id varchar, till varchar", links);
  const counts = counted.flatMap(({ id, computed }) =>
    isMissing(computed)
      ? []
      : [...computed.counts].map(([uppgift, antal]) => ({ id, uppgift, antal: toNumber(antal) })),
  );
  await appendFields(db, "results.ingaende", "id varchar, uppgift varchar, antal double", counts);
};

/** A figure that the explanation may show, although more rows may belong to it. */
const shownOf = (computed: Computed): Computed =>
  isMissing(computed) ? (computed.between?.[0] ?? computed) : computed;

/** Counts that a sentence gives, as those of a figure: they are hidden as its own are. */
const possibleFigure = ({ counts }: Possible): Known => ({
  ...plainKnown({ slag: "tal", tal: zero, enhet: "" }),
  counts: new Map(counts.map((count) => [`möjligt ${count}`, rational(count)])),
});

/** Fills `results.utsagekontroll`, and notes what each claim refers to. */
export const auditClaims = async (
  db: Database,
  claims: readonly Claim[],
  measured: ReadonlyMap<string, Computed>,
  stated: readonly Stated[],
): Promise<void> => {
  const formulas = claims.flatMap(({ formula }) => formula ?? []);
  const audit = await openAudit(db, claims, formulas, measured);
  const rows = claims.flatMap((claim) => {
    const row = audit.row(claim);
    return row ? [{ row, must: audit.mustBe(claim, row) }] : [];
  });
  const written = rows.map(({ row, must: { text } }) => ({
    ...row,
    forklaring: text === "" ? row.forklaring : `${row.forklaring} ${text}`,
  }));
  await append(db, "utsagekontroll", [...(await goalClaims(db, stated)), ...written]);
  const figures = claims.map(({ resultat_id: id, owner, formula }) => ({ id, owner, formula }));
  await recordLinks(db, audit, figures, [
    ...claims
      .filter(({ matt, formel }) => matt !== null || formel !== null)
      .flatMap((claim) => [
        { id: claim.resultat_id, computed: shownOf(audit.computed(claim)) },
        ...(claim.printed ? [{ id: claim.resultat_id, computed: statedFigure("rapporterat", claim.printed) }] : []),
      ]),
    ...rows.map(({ row, must }) => ({ id: row.resultat_id, computed: possibleFigure(must) })),
  ]);
};
