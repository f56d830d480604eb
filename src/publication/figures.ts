/** The rows that show figures about persons, in the order in which they matter, and what is decided of each. */
import { createHash } from "node:crypto";
import type { Database } from "../db/open.ts";
import { perPersons } from "../schema/kostnadper.ts";
import { measures, personDenominators, personEvents, personMeasures, personNumerators } from "../schema/measures.ts";
import { defaultThreshold, leastOf } from "../schema/publik.ts";
import { boundOfVerdict, boundOnCounts } from "../schema/verdict.ts";
import { relateCounts } from "./definitions.ts";
import { type Bound, type Decision, Disclosure, type Kept, type Kind, type Row } from "./disclosure.ts";

export const list = (names: readonly string[]): string => `(${["''", ...names.map((name) => `'${name}'`)].join(", ")})`;

export const persons = list(personMeasures);
const shares = list(personMeasures.filter((name) => measures.get(name)?.slag === "andel" && name !== "andel_kvinnor"));

export const readThresholds = async (db: Database): Promise<(insats: string) => number> => {
  const stated = await db.rows<{ insats_id: string; antal: number }>("select insats_id, antal from staging.troskel");
  const thresholds = new Map(stated.map(({ insats_id: insats, antal }) => [insats, antal]));
  return (insats) => thresholds.get(insats) ?? defaultThreshold;
};

/** What the id of a row ends with where its unknown are meant. */
export const ofUnknown = "#okanda";

/** Pairs of insatser are decided when all else is: they never hide what an insats's own page shows. */
const lastRank = 19;

/**
 * What is decided first is shown most: the whole period and the insats's latest year, goals that are judged and then the others, then
 * judged years, then other periods, then groups; then what is beside them on the pages. A row beside them may rest on the sets of
 * other rows.
 */
const figures = `
  with rad as (
    select *, status in ('uppnatt', 'ej_uppnatt') as ar_bedomd,
      upplosning = 'hela' or (upplosning = 'ar' and fran = max(fran) filter (upplosning = 'ar' and status in ('uppnatt', 'ej_uppnatt'))
        over (partition by insats_id)) as ar_senast
    from results.maluppfyllelse where matt in ${persons} and varde is not null
  )
  select resultat_id, insats_id, resultat_id as av,
    case when ar_senast then if(ar_bedomd, 1, 2) when not ar_bedomd then 5 when upplosning = 'ar' then 3 else 4 end
      + case grupp when '' then 0 else 5 end as rang
  from rad
  union all select resultat_id, insats_id, resultat_id, 11 from sammanslagen
  union all select resultat_id, insats_id, resultat_id || del, 12 from results.konsfordelning, (select unnest(['#kvinnor', '#man', '#okant']) as del)
  union all select resultat_id || '#totalt', insats_id, resultat_id || '#totalt', 12 from results.konsfordelning
  union all select resultat_id, insats_id, resultat_id, case period when 'hela' then 13 else 14 end
  from results.enhetskostnad where per in ${list(perPersons)} and namnare is not null
  union all select modell.resultat_id, modell.insats_id, rad.resultat_id, 15
  from results.modelljamforelse as modell
  left join rad on rad.insats_id = modell.insats_id and rad.matt = modell.matt and rad.grupp = '' and rad.fran = modell.fran
    and rad.till = modell.till and rad.varde = modell.varde
  where modell.matt in ${persons} and modell.varde is not null
  union all select resultat_id, insats_id, resultat_id, 16 from results.utsagekontroll where matt in ${persons} and formel is null
  union all select resultat_id, insats_id, av, rang from formelled
  -- How many are unknown stands in sentences, beside what they are unknown of.
  union all select distinct resultat_id || '${ofUnknown}', insats_id, resultat_id || '${ofUnknown}', 18 from medlem
  where del = 'okand' and split_part(resultat_id, '/', 1) in ('maluppfyllelse', 'utsagekontroll')
  union all select resultat_id, insats_id, resultat_id, 17 from results.definitionsprov where matt in ${persons}
  union all select resultat_id, insats_id, resultat_id, ${lastRank} from results.parjamforelse where matt in ${persons} and varde is not null`;

/** All that claims and goals on a formula about persons refer to, by whatever they refer to. */
const references = `
  with recursive led as (
    select resultat_id, till from results.hanvisning where resultat_id in (select resultat_id from om_personer)
    union select led.resultat_id, hanvisning.till from led inner join results.hanvisning as hanvisning on hanvisning.resultat_id = led.till
  )
  select * from led`;

/**
 * Claims and goals on a formula, with each figure about persons that it comes down to: they show all of them, whatever they make of
 * them. One that rests on a stated figure, of which nobody knows who it counts, is not here.
 */
const formulas = `
  with personer as (
    select distinct led.resultat_id, case when led.till like 'konsfordelning/%' then ingaende.uppgift else led.till end as av
    from led left join results.ingaende as ingaende
      on ingaende.resultat_id = led.resultat_id and led.till like 'konsfordelning/%' and split_part(ingaende.uppgift, '#', 1) = led.till
    where led.till in (select resultat_id from om_personer) and led.till not in (select resultat_id from results.hanvisning)
  ),
  rad as (
    select resultat_id, insats_id, 16 as rang from results.utsagekontroll where formel is not null
    union all select resultat_id, insats_id, 5 from results.maluppfyllelse where matt = 'formel' and varde is not null
  )
  select rad.resultat_id, rad.insats_id, rad.rang, personer.av from rad inner join personer on personer.resultat_id = rad.resultat_id
  qualify bool_and(personer.av in (select resultat_id from medlem)) over (partition by rad.resultat_id)`;

/**
 * Rows whose figures are not those that their sets come to: nothing is known of what they would reveal. And those of so many more events than
 * persons that few came back.
 */
const unfounded = `
  with summa as (
    select resultat_id, coalesce(sum(vikt * ganger) filter (del = 'taljare'), 0) as taljare,
      coalesce(sum(vikt * ganger) filter (del = 'namnare'), 0) as namnare
    from medlem group by resultat_id
  ),
  visas as (
    select resultat_id, case when matt in ${list(personNumerators)} then taljare end as taljare,
      case when matt in ${list(personDenominators)} then namnare end as namnare
    from results.maluppfyllelse where matt in ${persons} and varde is not null
    union all select resultat_id, case when matt in ${list(personNumerators)} then taljare end, case when matt in ${list(personDenominators)} then namnare end
    from results.parjamforelse where matt in ${persons} and varde is not null
    union all select resultat_id, namnare, av_antal from results.enhetskostnad where per in ${list(perPersons)} and namnare is not null
    union all select ingaende.resultat_id, max(antal) filter (uppgift = ingaende.resultat_id || ' taljare' and matt in ${list(personNumerators)}),
      max(antal) filter (uppgift = ingaende.resultat_id || ' namnare' and matt in ${list(personDenominators)})
    from results.ingaende as ingaende inner join results.utsagekontroll as utsaga on utsaga.resultat_id = ingaende.resultat_id
    where matt in ${persons} and formel is null group by ingaende.resultat_id
    union all select resultat_id || '#' || kolumn, antal, null
    from (unpivot (select resultat_id, kvinnor, man, okant, totalt from results.konsfordelning) on kvinnor, man, okant, totalt into name kolumn value antal)
  )
  -- Those whom delivered outcomes leave out are only counted by what they are fewer than.
  select resultat_id || '${ofUnknown}' as resultat_id from medlem where del = 'okand' and element like '%/totalt/okanda/%'
  union all
  select visas.resultat_id from visas left join summa on summa.resultat_id = visas.resultat_id
  where visas.taljare <> coalesce(summa.taljare, 0) or visas.namnare <> coalesce(summa.namnare, 0)
  union all
  select resultat_id from (
    select resultat_id, insats_id, matt, taljare, namnare from results.maluppfyllelse
    union all select resultat_id, insats_id, matt, taljare, namnare from results.parjamforelse
    union all select utsaga.resultat_id, utsaga.insats_id, utsaga.matt, max(antal) filter (uppgift = utsaga.resultat_id || ' taljare'), max(antal) filter (uppgift = utsaga.resultat_id || ' namnare')
    from results.ingaende as ingaende inner join results.utsagekontroll as utsaga on utsaga.resultat_id = ingaende.resultat_id group by all
  ) as rad where matt in ${list(personEvents)} and taljare > namnare and taljare - namnare < ${leastOf("rad.insats_id")}`;

export interface Found {
  readonly resultat_id: string;
  readonly insats_id: string;
  readonly rang: number;
  readonly mangder: readonly string[];
  readonly andelar: readonly string[];
  readonly ar_ogrundad: boolean;
  /** The rows that it is the sum of, and may stand in place of. */
  readonly delar: readonly string[];
}

/** A hidden row's verdict, with what it says of its sets. */
interface Verdict {
  readonly resultat_id: string;
  readonly insats_id: string;
  readonly matt: string;
  readonly taljare: number | null;
  readonly namnare: number | null;
  readonly status: string;
  readonly villkor: string | null;
  readonly malvarde: number | null;
  readonly rad: string | null;
}

/** What a verdict says of counts: `free` nothing of how many there are, `never` too much of few. */
const boundOf = (verdict: Verdict, threshold: number): Bound | "free" | "never" => {
  const { matt, taljare, namnare, status, villkor, malvarde, rad, resultat_id: id } = verdict;
  const { slag, enhet } = measures.get(matt) ?? {};
  const bound = boundOfVerdict(villkor, malvarde, status);
  if (!bound || rad === null) return "never";
  const [counted, all] = [`${rad} taljare`, `${rad} namnare`];
  const isFew = (count: number): boolean => count > 0 && count < threshold;
  /** Of few persons only what one, two, three and four would all give. */
  const saysNumber = (toValue: (count: number) => number): boolean => {
    const verdicts = Array.from({ length: threshold - 1 }, (_, i) => bound.holds(toValue(i + 1)));
    return new Set(verdicts).size > 1;
  };
  const known = boundOnCounts(matt, bound, taljare, namnare);
  if (slag === "antal" || slag === "summa") {
    if (isFew(taljare ?? 0) && saysNumber((count) => count)) return "never";
  } else if (taljare === null || namnare === null) return "never";
  else if (slag === "andel") {
    if ([taljare, namnare, namnare - taljare].some(isFew) || taljare === 0 || taljare === namnare) return "never";
  } else if (enhet === "andel") {
    if (isFew(taljare) && saysNumber((count) => count / namnare)) return "never";
  } else if (enhet?.startsWith("kr")) {
    // What was invoiced is public, so that a cost says how many it was shared by.
    if (isFew(namnare) && saysNumber((count) => taljare / 100 / count)) return "never";
  } else return isFew(namnare) || (personEvents.includes(matt) && isFew(taljare - namnare)) ? "never" : "free";
  if (!known) return "never";
  const weights = new Map([
    ...(known.counted === 0 ? [] : [[counted, known.counted] as const]),
    ...(known.all === 0 ? [] : [[all, known.all] as const]),
  ]);
  return { id, weights, op: known.op, value: known.rhs };
};

/** Of each insats register by register, persons by how often each set counts them. */
export const readKinds = async (db: Database): Promise<Map<string, Map<string, Kind[]>>> => {
  const found = await db.rows<{
    insats_id: string;
    register: string;
    mangder: string[];
    ganger: number[];
    antal: number;
  }>(`
    with steg as (
      -- A delivered number that has grown since an earlier report counts the same persons and others.
      select *, vikt - coalesce(lag(vikt) over (partition by insats_id, register, element order by vikt), 0) as personer
      from (select distinct insats_id, register, element, vikt from medlem)
    ),
    medlemmar as (
      select medlem.insats_id, medlem.register, medlem.element, steg.vikt, steg.personer, medlem.mangd, cast(sum(medlem.ganger) as double) as ganger
      from medlem inner join steg on steg.insats_id = medlem.insats_id and steg.register = medlem.register
        and steg.element = medlem.element and steg.vikt <= medlem.vikt
      group by all
    ),
    element as (
      select insats_id, register, personer, list(mangd order by mangd) as mangder, list(ganger order by mangd) as ganger
      from medlemmar group by insats_id, register, element, vikt, personer
    )
    select insats_id, register, mangder, ganger, cast(sum(personer) as double) as antal from element group by all order by all`);
  const ofInsats = new Map<string, Map<string, Kind[]>>();
  for (const { insats_id: insats, register, mangder, ganger, antal } of found) {
    const registers = ofInsats.get(insats) ?? new Map<string, Kind[]>();
    const kinds = registers.get(register) ?? [];
    kinds.push({ persons: antal, times: new Map(mangder.map((mangd, i) => [mangd, ganger[i] ?? 0])) });
    ofInsats.set(insats, registers.set(register, kinds));
  }
  return ofInsats;
};

export interface Decided {
  readonly rows: readonly (Decision & { readonly insats: string })[];
  /** Hidden rows whose verdict is shown. */
  readonly verdicts: readonly string[];
  /** What is known from now on, by insats. */
  readonly known: readonly (Kept & { readonly insats: string })[];
  readonly registers: Registers;
}

/** Of each insats its registers: the persons in it, and registers that could be as well, to be tried against what was published. */
export type Registers = ReadonlyMap<
  string,
  readonly { readonly kinds: readonly Kind[]; readonly worlds: readonly (readonly number[])[] }[]
>;

/** Orders within a rank that are tried. What is shown first hides others, and none is best everywhere. */
const orders: readonly ((id: string) => string)[] = [
  (id) => [...id].map((letter) => String.fromCharCode(0xffff - letter.charCodeAt(0))).join(""),
  (id) => id,
  ...["a", "b"].map((salt) => (id: string) => createHash("md5").update(`${salt}${id}`).digest("hex")),
];

/** So many rows times kinds are decided once, in one order. */
const manyCells = 20_000;

/** What has come of the first rows of an order. */
interface Tried {
  readonly order: readonly Found[];
  readonly registers: readonly Disclosure[];
  readonly decisions: readonly Decision[];
  /** How many are shown of each value, the first counting most. */
  readonly shown: readonly number[];
  /** The rows that are shown, also as a part of another. */
  readonly told: ReadonlySet<string>;
  /** What had come before the first row of each value, or of a lesser one. */
  readonly starts: readonly Tried[];
}

/** Of the whole and the latest year judged goals, then all; then judged goals, then the rest. */
const tierOf = ({ rang }: Found): number => (rang < 3 ? rang - 1 : [3, 4, 6, 8, 9].includes(rang) ? 2 : 3);

/** Shows a row if that is safe in every register. */
const showRow = (
  registers: readonly Disclosure[],
  { resultat_id: id, mangder, andelar, ar_ogrundad: isUnfounded }: Found,
): Decision => {
  const row: Row = { id, sets: mangder, shares: andelar.map((rad) => [`${rad} taljare`, `${rad} namnare`]) };
  const hidden = isUnfounded
    ? { id, reason: "samband" as const, relation: [] }
    : registers.map((register) => register.show(row)).find(({ reason }) => reason !== "ingen");
  return hidden ?? { id, reason: "ingen", relation: [] };
};

const isMore = (some: readonly number[], others: readonly number[]): boolean => {
  const at = some.findIndex((count, i) => count !== others[i]);
  return at >= 0 && (some[at] ?? 0) > (others[at] ?? 0);
};

/** Whether what rows come to together says little that they do not say themselves. */
const isIdle = (parts: readonly string[], untold: readonly string[]): boolean =>
  parts.length > 0 && (untold.length < 2 || untold.length * 2 < parts.length);

/** Whether no order shows more: what is hidden is so whatever else is shown. */
const showsAll = (rows: readonly Found[], { decisions }: Tried): boolean => {
  const reasons = new Map(decisions.map(({ id, reason }) => [id, reason]));
  return rows.every(({ resultat_id: id, delar: parts, ar_ogrundad: isUnfounded }) => {
    const untold = parts.filter((part) => reasons.get(part) !== "ingen");
    return reasons.has(id) ? reasons.get(id) !== "samband" || isUnfounded : isIdle(parts, untold);
  });
};

/**
 * Shows what is safe of an insats's rows, one after the other; what rows come to together only where most of them say nothing.
 * @param best another order: this one is given up when it cannot show more
 */
const showInOrder = (rows: readonly Found[], begun: Tried, best?: Tried): Tried | undefined => {
  const registers = begun.registers.map((register) => register.copy());
  const [shown, decisions, starts] = [[...begun.shown], [...begun.decisions], [...begun.starts]];
  const told = new Set(begun.told);
  const soFar = (count: number): Tried => ({
    order: [...begun.order, ...rows.slice(0, count)],
    registers: registers.map((register) => register.copy()),
    decisions: [...decisions],
    shown: [...shown],
    told: new Set(told),
    starts: [...starts],
  });
  // Whatever else is shown, these are not.
  const never = new Map(
    best?.decisions.flatMap((one) => (one.reason === "fa" || one.reason === "alla" ? [[one.id, one] as const] : [])),
  );
  const most = [...shown];
  for (const row of rows) if (!never.has(row.resultat_id)) most[tierOf(row)] = (most[tierOf(row)] ?? 0) + 1;
  for (const [i, found] of rows.entries()) {
    const { resultat_id: id, delar: parts } = found;
    const tier = tierOf(found);
    while (starts.length <= tier) starts.push(soFar(i));
    const untold = parts.filter((part) => !told.has(part));
    const decision = isIdle(parts, untold) ? undefined : (never.get(id) ?? showRow(registers, found));
    if (decision?.reason === "ingen") {
      shown[tier] = (shown[tier] ?? 0) + 1;
      for (const one of [id, ...parts]) told.add(one);
      decisions.push(parts.length > 0 ? { ...decision, instead: untold } : decision);
      continue;
    }
    if (decision && parts.length === 0) decisions.push(decision);
    if (!never.has(id)) most[tier] = (most[tier] ?? 0) - 1;
    if (best && !isMore(most, best.shown)) return undefined;
  }
  return soFar(rows.length);
};

/**
 * By rank, and of one rank what rests on the fewest sets first. Then each row that others hide is tried before the rest of its value,
 * until no such row shows more.
 */
const showMost = (rows: readonly Found[], registers: readonly Disclosure[], isLarge: boolean): Tried => {
  const nothing: Tried = { order: [], registers, decisions: [], shown: [0, 0, 0, 0], told: new Set(), starts: [] };
  let best = nothing;
  for (const keyOf of orders.slice(0, isLarge ? 1 : orders.length)) {
    const keys = new Map(rows.map((row) => [row, keyOf(row.resultat_id)]));
    const byKey = (a: Found, b: Found): number => ((keys.get(a) ?? "") < (keys.get(b) ?? "") ? -1 : 1);
    const byRank = (a: Found, b: Found): number =>
      a.rang - b.rang || a.delar.length - b.delar.length || a.mangder.length - b.mangder.length;
    const order = [...rows].sort((a, b) => byRank(a, b) || byKey(a, b));
    best = showInOrder(order, nothing, best === nothing ? undefined : best) ?? best;
    if (showsAll(rows, best)) return best;
  }
  for (let isBetter = !isLarge; isBetter; ) {
    isBetter = false;
    for (const row of rows.filter((one) => tierOf(one) < 3 && !one.ar_ogrundad)) {
      if (!best.decisions.some(({ id, reason }) => id === row.resultat_id && reason === "samband")) continue;
      const before = best.starts[tierOf(row)] ?? nothing;
      const first = showInOrder([row], before);
      if (!first?.told.has(row.resultat_id)) continue;
      const rest = best.order.slice(before.order.length).filter((one) => one !== row);
      const other = showInOrder(rest, first, best);
      isBetter ||= other !== undefined;
      best = other ?? best;
    }
  }
  return best;
};

/**
 * Every row that shows figures about persons, with the sets that they count, which must be in `medlem`: once for each insats whose
 * persons it counts, as a claim of a förbund may those of several. It is shown where each of them lets it.
 */
export const readRows = async (db: Database): Promise<Found[]> => {
  await db.run(`
    create or replace temp table led as ${references};
    create or replace temp table formelled as ${formulas};
    create or replace temp table figur as ${figures};
    create or replace temp table mangd as
    select distinct resultat_id, insats_id, mangd, matt, del from medlem where del <> 'okand' and matt <> 'samband'
    union all select distinct resultat_id || '${ofUnknown}', insats_id, mangd, matt, del from medlem where resultat_id in (select resultat_id from medlem where del = 'okand')`);
  return db.rows<Found>(`
    select figur.resultat_id, coalesce(mangd.insats_id, figur.insats_id, '') as insats_id, min(figur.rang) as rang,
      coalesce(list(distinct mangd.mangd order by mangd.mangd) filter (mangd.mangd is not null), []) as mangder,
      coalesce(list(distinct split_part(mangd.mangd, ' ', 1) order by split_part(mangd.mangd, ' ', 1)) filter (mangd.matt in ${shares}), []) as andelar,
      bool_or(figur.av is null or figur.av in (${unfounded})) as ar_ogrundad, coalesce(any_value(sammanslagen.delar), []) as delar
    from figur left join mangd on mangd.resultat_id = figur.av left join sammanslagen on sammanslagen.resultat_id = figur.resultat_id
    group by 1, 2 order by 2, 1`);
};

/**
 * Decides what is shown of persons.
 */
export const decide = async (db: Database): Promise<Decided> => {
  const thresholdOf = await readThresholds(db);
  const relations = await relateCounts(db, thresholdOf);
  const rows = await readRows(db);
  const kinds = await readKinds(db);
  const judged = await db.rows<Verdict>(`
    select rad.resultat_id, rad.insats_id, rad.matt, rad.taljare, rad.namnare, rad.status, rad.villkor, rad.malvarde,
      (select split_part(min(mangd), ' ', 1) from medlem where medlem.resultat_id = rad.resultat_id) as rad
    from results.maluppfyllelse as rad
    where rad.matt in ${persons} and rad.status in ('uppnatt', 'ej_uppnatt') order by rad.resultat_id`);
  const before = Map.groupBy(
    await db.rows<{ insats_id: string; mangd: string }>(
      "select distinct insats_id, unnest(mangder) as mangd from checks.forra_visad order by all",
    ),
    ({ insats_id: insats }) => insats,
  );
  const judgedOf = Map.groupBy(judged, ({ insats_id: insats }) => insats);
  const decided = [...Map.groupBy(rows, ({ insats_id: insats }) => insats)].map(([insats, all]) => {
    const [own, last] = [all.filter(({ rang }) => rang < lastRank), all.filter(({ rang }) => rang === lastRank)];
    const threshold = thresholdOf(insats);
    const registers = [...(kinds.get(insats)?.values() ?? [])];
    const fixed = (before.get(insats) ?? []).map(({ mangd }) => mangd);
    const related = relations.get(insats) ?? [];
    const size = own.length * registers.reduce((sum, register) => sum + register.length, 0);
    const begun = registers.map((register) => new Disclosure(register, threshold, fixed, related));
    const best = showMost(own, begun, size > manyCells);
    const hidden = new Set(best.decisions.flatMap(({ id, reason }) => (reason === "ingen" ? [] : [id])));
    const verdicts = (judgedOf.get(insats) ?? []).flatMap((verdict) => {
      if (!hidden.has(verdict.resultat_id)) return [];
      const bound = boundOf(verdict, threshold);
      const isSafe =
        bound === "free" || (bound !== "never" && best.registers.every((register) => register.showBound(bound)));
      return isSafe ? [verdict.resultat_id] : [];
    });
    const decisions = [...best.decisions, ...last.map((row) => showRow(best.registers, row))];
    const known = new Map(
      best.registers.flatMap((register) => register.known().map((kept) => [`${kept.name} ${kept.set}`, kept] as const)),
    );
    return {
      rows: decisions.map((decision) => ({ ...decision, insats })),
      worlds: [insats, best.registers.map((register) => register.worlds())] as const,
      verdicts,
      known: [...known.values()].map((kept) => ({ ...kept, insats })),
    };
  });
  const worlds = new Map(decided.map((one) => one.worlds));
  return {
    rows: decided.flatMap((one) => one.rows),
    verdicts: decided.flatMap((one) => one.verdicts),
    known: decided.flatMap((one) => one.known),
    registers: new Map(
      [...kinds].map(([insats, own]) => [
        insats,
        [...own.values()].map((register, i) => ({ kinds: register, worlds: worlds.get(insats)?.[i] ?? [] })),
      ]),
    ),
  };
};
