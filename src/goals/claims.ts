/** What reports claim against what data say. Nothing decides a claim but data. */
import { parse } from "yaml";
import { append } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Measure, measures } from "../schema/measures.ts";
import { isRate } from "../schema/rate.ts";
import { toNumber } from "../schema/rational.ts";
import { type Row, resultId } from "../schema/results.ts";
import { inUnit, spell } from "../schema/swedish.ts";
import { type Asked, ground, type Parametrar, type Question, sums, trace } from "./ask.ts";
import type { Facts } from "./facts.ts";
import { readFigures } from "./figures.ts";
import { arithmetic, grammar, judgeClaim, remainder, unlisted } from "./grammar.ts";
import { judge } from "./judge.ts";
import { type Computed, isMissing, plainText, printed, shown, type Written } from "./printed.ts";
import type { Stated } from "./stated.ts";
import { type Served, serve } from "./totals.ts";
import { type Fonster, type Period, windows } from "./windows.ts";

interface Claim extends Written {
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

const parameters = (claim: Claim): Parametrar => {
  const parsed: unknown = claim.parametrar === null ? {} : parse(claim.parametrar);
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

const readClaims = (db: Database): Promise<Claim[]> =>
  db.rows(`
    select insats_id, utsaga_id, text, matt, parametrar, part_id, fran, till, varde, status, dokument, avsnitt, citat, kallrad,
      sv_last(split_part(varde, '..', 1)).kanon as kanon, sv_last(split_part(varde, '..', 1)).enhet as enhet, sv_datum(varde) as datum,
      sv_last(nullif(split_part(varde, '..', 2), '')).kanon as kanon_till, sv_last(nullif(split_part(varde, '..', 2), '')).enhet as enhet_till
    from staging.utsaga order by insats_id, utsaga_id`);

interface Measured {
  readonly claim: Claim;
  readonly measure: Measure;
  readonly part: boolean;
  readonly fonster: Fonster;
}

/** The value of every claim that names a measure, over its own dates or the whole insats. */
const measureClaims = async (
  db: Database,
  claims: readonly Claim[],
  facts: Facts,
  today: string,
): Promise<Map<string, Computed>> => {
  const values = new Map<string, Computed>();
  const wanted: Measured[] = [];
  for (const claim of claims) {
    const measure = claim.matt === null ? undefined : measures.get(claim.matt);
    if (!measure) continue;
    const insats = facts.insatser.get(claim.insats_id);
    const [whole] = insats ? windows("hela", insats, today) : [];
    const period: Period | undefined =
      claim.fran !== null && claim.till !== null
        ? { fran: claim.fran, till: claim.till }
        : whole && { fran: claim.fran ?? whole.fran, till: claim.till ?? whole.till };
    if (!period) {
      values.set(keyOf(claim.insats_id, claim.utsaga_id), { missing: "insatsens period är okänd" });
      continue;
    }
    const isWhole = claim.fran === null && claim.till === null;
    const fonster: Fonster =
      isWhole && whole
        ? whole
        : { ...period, hel: period, pengar: period, ar_oppet: false, ar_kommande: false, ar_hela: false };
    wanted.push({ claim, measure, part: claim.part_id !== null, fonster });
  }
  for (const measure of new Set(wanted.map((one) => one.measure))) {
    const own = wanted.filter((one) => one.measure === measure);
    const questions: Question[] = own.map(({ claim, part }, nr) => ({
      nr,
      insats_id: claim.insats_id,
      measure,
      parametrar: parameters(claim),
      grupp: part ? "part" : "",
      gruppvarde: claim.part_id ?? "",
      granser: [],
    }));
    const grounds = await ground(db, measure, questions);
    const asked: (Asked & { readonly served: Served })[] = own.flatMap(({ claim, fonster }, nr) =>
      serve([fonster], grounds.get(nr)?.totals ?? [], !isRate(measure), today, facts.brott.get(claim.insats_id))
        .slice(0, 1)
        .map((served) => ({
          nr,
          served,
          fonster: served.fonster,
          totals: served.totals,
          resultat_id: keyOf(claim.insats_id, claim.utsaga_id),
        })),
    );
    const found = await sums(db, measure, asked);
    await trace(db);
    for (const [i, { nr, served, fonster, resultat_id: id }] of asked.entries()) {
      const sum = found[i];
      if (!sum) throw new Error(`no sums for ${id}`);
      const { varde, skal } = judge({
        measure,
        nivaer: [],
        tolerans: undefined,
        minst_n: undefined,
        delperiod: "hel",
        served,
        fonster: [fonster],
        sums: sum,
        is_complete: grounds.get(nr)?.has_rows ?? false,
        has_counts: grounds.get(nr)?.has_counts ?? false,
        passerat: today,
      });
      values.set(
        id,
        varde === null
          ? { missing: `${measure.name}: ${spell(skal ?? "saknas")}` }
          : { value: { kind: "tal", tal: varde } },
      );
    }
  }
  return values;
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
    const judged = judgeClaim(said, computed.value, measure ? shown(computed.value, said.percent) : how);
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

/** Fills `results.utsagekontroll` and the lineage of each claim: its own row, and the rows of what it refers to. */
export const auditClaims = async (
  db: Database,
  stated: readonly Stated[],
  facts: Facts,
  today: string,
): Promise<void> => {
  const claims = await readClaims(db);
  const figures = await readFigures(db, claims.flatMap(references));
  const measured = await measureClaims(db, claims, facts, today);
  const audit = new Audit(claims, figures, measured);
  const fromGoals = await goalClaims(db, stated);
  const taken = new Set(fromGoals.map(({ resultat_id: id }) => id));
  const rows = claims.flatMap((claim) => audit.row(claim) ?? []).filter(({ resultat_id: id }) => !taken.has(id));
  await append(db, "utsagekontroll", [...fromGoals, ...rows]);
  await db.run("create table results.hanvisning (resultat_id varchar, till varchar)");
  for (const claim of claims) {
    for (const reference of references(claim)) {
      await db.run("insert into results.hanvisning values ($id, $till)", {
        id: keyOf(claim.insats_id, claim.utsaga_id),
        till: reference.includes("/") ? (reference.split("#")[0] ?? "") : keyOf(claim.insats_id, reference),
      });
    }
  }
  await db.run(`
    insert into results.harkomst
    with recursive egna as (
      select 'utsagekontroll/' || id_led(insats_id) || '/' || id_led(utsaga_id) as resultat_id, kallrad, 'varde' as kolumn
      from staging.utsaga
    ),
    led(resultat_id, till) as (
      select resultat_id, till from results.hanvisning
      union select led.resultat_id, hanvisning.till from led inner join results.hanvisning as hanvisning on hanvisning.resultat_id = led.till
    ),
    rader as (
      select resultat_id, kallrad, kolumn, 'raknad' as roll, 'utsagan' as skal from egna
      union all
      select led.resultat_id, egna.kallrad, egna.kolumn, 'raknad', 'uppgift som utsagan hänvisar till' from led inner join egna on egna.resultat_id = led.till
      union all
      select led.resultat_id, h.kallrad, h.kolumn, h.roll, h.skal from led inner join results.harkomst as h on h.resultat_id = led.till
      union all
      select 'utsagekontroll/' || substr(h.resultat_id, 19), h.kallrad, h.kolumn, h.roll, h.skal
      from results.harkomst as h where h.resultat_id like 'malsammanfattning/%'
    )
    select distinct rader.* from rader inner join results.utsagekontroll as u on u.resultat_id = rader.resultat_id`);
};
