/** What reports claim against what data say. Nothing decides a claim but data. */
import { parse } from "yaml";
import { append, appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import type { Parametrar, Question } from "../goals/evidence.ts";
import type { Facts } from "../goals/facts.ts";
import { judge } from "../goals/judge.ts";
import type { Answers } from "../goals/measured.ts";
import { recordQuestions } from "../goals/sources.ts";
import type { Stated } from "../goals/stated.ts";
import { type Fonster, type Period, windows } from "../goals/windows.ts";
import { measures } from "../schema/measures.ts";
import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { inUnit, spell } from "../schema/swedish.ts";
import { readFigures } from "./figures.ts";
import { arithmetic, grammar, judgeClaim, remainder, unlisted } from "./grammar.ts";
import { type Computed, isMissing, plainText, printed, type Written, writeValue } from "./printed.ts";

export interface Claim extends Written {
  readonly insats_id: string;
  readonly utsaga_id: string;
  readonly text: string;
  readonly matt: string | null;
  readonly parametrar: string | null;
  readonly part_id: string | null;
  readonly fran: string | null;
  readonly till: string | null;
  readonly status: string | null;
  readonly dokument: string | null;
  readonly avsnitt: string | null;
  readonly citat: string | null;
  readonly kallrad: number;
}

/** @returns undefined where the cell cannot be read */
const readYaml = (text: string): unknown => {
  try {
    return parse(text, { maxAliasCount: 0 });
  } catch {
    return undefined;
  }
};

const parameters = (claim: Claim): Parametrar => {
  const parsed: unknown = claim.parametrar === null ? {} : readYaml(claim.parametrar);
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) return {};
  return Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(String) : typeof value === "number" ? value : String(value),
    ]),
  );
};

const references = (claim: Claim): readonly string[] => {
  const { av = [] } = parameters(claim);
  return [av].flat().map(String);
};

const keyOf = (insats: string, utsaga: string): string => resultId("utsagekontroll", [insats, utsaga]);

export const readClaims = (db: Database): Promise<Claim[]> =>
  db.rows(`
    select insats_id, utsaga_id, text, matt, parametrar, part_id, fran, till, varde, status, dokument, avsnitt, citat, kallrad,
      sv_last(split_part(varde, '..', 1)).kanon as kanon, sv_last(split_part(varde, '..', 1)).enhet as enhet, sv_datum(varde) as datum,
      sv_last(nullif(split_part(varde, '..', 2), '')).kanon as kanon_till, sv_last(nullif(split_part(varde, '..', 2), '')).enhet as enhet_till
    from staging.utsaga order by insats_id, utsaga_id`);

/** A claim that names a measure, as a question: over its own dates, or the whole insats where it states none. */
export interface ClaimQuestion extends Question {
  readonly claim: Claim;
}

/** The questions that claims ask. A claim of an insats whose period is unknown, and that states none, asks nothing. */
export const claimQuestions = (claims: readonly Claim[], { insatser }: Facts, today: string): ClaimQuestion[] =>
  claims.flatMap((claim) => {
    const measure = claim.matt === null ? undefined : measures.get(claim.matt);
    if (!measure) return [];
    const insats = insatser.get(claim.insats_id);
    const [whole] = insats ? windows("hela", insats, today) : [];
    const period: Period | undefined =
      claim.fran !== null && claim.till !== null
        ? { fran: claim.fran, till: claim.till }
        : whole && { fran: claim.fran ?? whole.fran, till: claim.till ?? whole.till };
    if (!period) return [];
    const isWhole = claim.fran === null && claim.till === null;
    const fonster: Fonster =
      isWhole && whole
        ? whole
        : { ...period, hel: period, pengar: period, ar_oppet: false, ar_kommande: false, ar_hela: false };
    return [
      {
        claim,
        insats_id: claim.insats_id,
        measure,
        parametrar: parameters(claim),
        grupp: claim.part_id === null ? "" : "part",
        gruppvarde: claim.part_id ?? "",
        granser: [],
        fonster: [fonster],
      },
    ];
  });

/** The value of every claim that names a measure, and what it was asked as. */
const measureClaims = async (
  db: Database,
  questions: readonly ClaimQuestion[],
  answers: Answers,
  today: string,
): Promise<Map<string, Computed>> => {
  const answered = questions.flatMap((question) => {
    const [answer] = answers.get(question) ?? [];
    const { insats_id: insats, utsaga_id: utsaga } = question.claim;
    return answer ? [{ question, answer, resultat_id: keyOf(insats, utsaga) }] : [];
  });
  await recordQuestions(
    db,
    answered.map(({ answer: { taken }, ...one }) => ({ ...one, taken })),
  );
  return new Map(
    answered.map(({ question: { measure }, answer, resultat_id: id }) => {
      const { varde, skal } = judge({
        ...answer,
        measure,
        fonster: [answer.taken.fonster],
        nivaer: [],
        tolerans: undefined,
        minst_n: undefined,
        delperiod: "hel",
        passerat: today,
      });
      return [
        id,
        varde === null
          ? { missing: `${measure.name}: ${spell(skal ?? "saknas")}` }
          : { value: { kind: "tal", tal: varde } },
      ];
    }),
  );
};

/** The figures behind every claim, and the claims themselves, worked out once each. */
class Audit {
  readonly #claims: ReadonlyMap<string, Claim>;
  readonly #figures: ReadonlyMap<string, Computed>;
  readonly #measured: ReadonlyMap<string, Computed>;

  constructor(
    claims: readonly Claim[],
    figures: ReadonlyMap<string, Computed>,
    measured: ReadonlyMap<string, Computed>,
  ) {
    this.#claims = new Map(claims.map((claim) => [keyOf(claim.insats_id, claim.utsaga_id), claim]));
    this.#figures = figures;
    this.#measured = measured;
  }

  /** What another claim or a result states: as printed, else as computed. */
  #referred(insats: string, reference: string, trail: readonly string[]): Computed {
    const figure = this.#figures.get(reference);
    if (figure) return figure;
    const key = keyOf(insats, reference);
    const claim = this.#claims.get(key);
    if (!claim) return { missing: `${reference} finns inte bland utsagorna` };
    const said = printed(claim);
    if (said) return { value: said.value, said };
    if (claim.matt === null) return { missing: `${claim.text.replace(/\.$/, "")} anges inte` };
    return trail.includes(key)
      ? { missing: `${reference} hänvisar till sig själv` }
      : this.computed(claim, [...trail, key]);
  }

  values(claim: Claim, trail: readonly string[] = []): readonly Computed[] {
    return references(claim).map((reference) => this.#referred(claim.insats_id, reference, trail));
  }

  computed(claim: Claim, trail: readonly string[] = []): Computed {
    const measured = this.#measured.get(keyOf(claim.insats_id, claim.utsaga_id));
    if (measured) return measured;
    if (measures.has(claim.matt ?? "")) return { missing: "insatsens period är okänd" };
    const rule = grammar[claim.matt ?? ""];
    if (!rule) return { missing: claim.matt === null ? "utsagan har inget mått" : `${claim.matt} är inget mått` };
    const values = this.values(claim, trail);
    const missing = values.find(isMissing);
    return missing ?? rule(values.flatMap((v) => (isMissing(v) ? [] : [v.value])));
  }

  row(claim: Claim): Row<"utsagekontroll"> | undefined {
    const said = printed(claim);
    if (claim.matt === null || (claim.varde === null && claim.status === null)) return undefined;
    const computed = this.computed(claim);
    const known = this.values(claim).flatMap((v) => (isMissing(v) ? [] : [v]));
    const [only] = known;
    const parts = claim.matt === "lika_med" ? only?.parts : undefined;
    const values = parts ?? known.map(({ value }) => value);
    const base = {
      resultat_id: keyOf(claim.insats_id, claim.utsaga_id),
      insats_id: claim.insats_id,
      utsaga_id: claim.utsaga_id,
      text: claim.text,
      matt: claim.matt,
      rapporterat_varde: said ? plainText(said.value) : (claim.varde ?? claim.status),
      beraknat_varde: isMissing(computed) ? null : plainText(computed.value),
      dokument: claim.dokument,
      avsnitt: claim.avsnitt,
      citat: claim.citat,
    };
    const cannot = (why: string): Row<"utsagekontroll"> => ({
      ...base,
      differens: null,
      utfall: "ej_matbart",
      forklaring: `Går inte att pröva: ${why}.`,
    });
    if (isMissing(computed)) return cannot(`${computed.missing}${remainder(claim.matt, said, this.values(claim))}`);
    if (!said)
      return cannot(
        claim.varde === null ? "utsagan har inget värde" : `”${claim.varde}” går inte att läsa som ett tal eller datum`,
      );
    const measure = measures.get(claim.matt);
    const how =
      measure && computed.value.kind === "tal"
        ? inUnit(toNumber(computed.value.tal), measure.enhet)
        : arithmetic(parts ? "summa_av" : claim.matt, values, said.percent);
    const judged = judgeClaim(said, computed.value, measure ? writeValue(computed.value, said.percent) : how);
    if (judged.utfall !== "avviker") return { ...base, ...judged };
    const why = claim.matt === "lika_med" && only?.note ? ` ${only.note}` : "";
    const rest = unlisted(claim.matt, said, computed.value, this.values(claim));
    return { ...base, ...judged, forklaring: `${judged.forklaring}${why}${rest}` };
  }
}

/** A goal's reported verdict is a claim too: its utsaga_id is the goal's id. */
const goalClaims = async (db: Database, stated: readonly Stated[]): Promise<Row<"utsagekontroll">[]> => {
  const summaries = await db.rows<{
    insats_id: string;
    mal_id: string;
    status: string;
    avviker: boolean | null;
    mening: string;
  }>("select insats_id, mal_id, status, avviker, mening from results.malsammanfattning");
  const of = new Map(summaries.map((row) => [resultId("malsammanfattning", [row.insats_id, row.mal_id]), row]));
  return stated.flatMap(({ insats_id: insats, goal }) => {
    const summary = of.get(resultId("malsammanfattning", [insats, goal.id]));
    if (!goal.rapporterat || !summary) return [];
    return [
      {
        resultat_id: keyOf(insats, goal.id),
        insats_id: insats,
        utsaga_id: goal.id,
        text: goal.text,
        matt: goal.matt,
        rapporterat_varde: goal.rapporterat.status,
        beraknat_varde: summary.status,
        differens: null,
        utfall: summary.avviker === null ? "ej_matbart" : summary.avviker ? "avviker" : "stammer",
        forklaring: summary.mening,
        dokument: goal.rapporterat.dokument ?? null,
        avsnitt: goal.rapporterat.avsnitt ?? null,
        citat: goal.rapporterat.citat ?? null,
      },
    ];
  });
};

/** Fills `results.utsagekontroll`, and `results.hanvisning`: what each claim refers to. */
export const auditClaims = async (
  db: Database,
  claims: readonly Claim[],
  questions: readonly ClaimQuestion[],
  answers: Answers,
  stated: readonly Stated[],
  today: string,
): Promise<void> => {
  const figures = await readFigures(db, claims.flatMap(references));
  const measured = await measureClaims(db, questions, answers, today);
  const audit = new Audit(claims, figures, measured);
  const fromGoals = await goalClaims(db, stated);
  const taken = new Set(fromGoals.map(({ resultat_id: id }) => id));
  const rows = claims.flatMap((claim) => audit.row(claim) ?? []).filter(({ resultat_id: id }) => !taken.has(id));
  await append(db, "utsagekontroll", [...fromGoals, ...rows]);
  const referred = claims.flatMap((claim) =>
    references(claim).map((reference) => ({
      id: keyOf(claim.insats_id, claim.utsaga_id),
      till: reference.includes("/") ? (reference.split("#")[0] ?? "") : keyOf(claim.insats_id, reference),
    })),
  );
  await db.run("create table results.hanvisning (resultat_id varchar, till varchar)");
  await appendRows(db, "results.hanvisning", referred, [
    ["varchar", ({ id }) => id],
    ["varchar", ({ till }) => till],
  ]);
};
