/** What may leave. `publik` holds the results as others may see them: without the figures that would reveal few persons. */
import { appendFields } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { perPersons } from "../schema/kostnadper.ts";
import { measures, personDenominators, personMeasures, personNumerators } from "../schema/measures.ts";
import {
  addedColumns,
  background,
  backgroundNames,
  type ControlledName,
  defaultThreshold,
  leastOf,
} from "../schema/publik.ts";
import { columnsWith, type ResultName, resultNames, resultOf } from "../schema/results.ts";
import { begun, spell } from "../schema/swedish.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { type Decided, decide, list, ofUnknown, persons, type Registers } from "./figures.ts";
import { controlRead, readStated } from "./read.ts";

const hiddenText = `${begun(spell("sekretess"))}.`;

const counts = list(personMeasures.filter((name) => ["antal", "summa"].includes(measures.get(name)?.slag ?? "")));
/** One row of these is one person's: their row counts are counts of persons. */
const personRows = list(datasetNames.filter((name) => datasetOf(name).personer === "rad"));

/** Whether a row is about persons: as its measure is, else as what else it names is. */
const aboutPersons: Readonly<Record<string, string>> = {
  matt: `matt in ${persons}`,
  mal_id: `(insats_id, mal_id) in (select (insats_id, mal_id) from results.maluppfyllelse where matt in ${persons})`,
  per: `per in ${list(perPersons)}`,
  dataset: `dataset in ${personRows}`,
};

/**
 * A stated figure has no measure that says what it counts: it is about persons where its words are. Too many words hide too
 * much only in an insats that hides something.
 */
const personWords =
  "deltag(ar|it)|individ|\\bperson(er|en|erna)?\\b|kvinn|\\bmän(nen)?\\b|klient|\\bpatient(er|erna)?\\b|\\bbrukar(e|na)\\b|ungdomar|inskriv|utskriv|avslutad|arbetslös|arbetssök|sjukskriv";
const personIds = "deltag|individ|\\bpersoner\\b|kvinn|\\bman\\b";
const statesPersons = `dag is null and coalesce(enhet, '%') = '%' and (regexp_matches(lower(text), '${personWords}') or regexp_matches(translate(lower(utsaga_id), '-_', '  '), '${personIds}'))`;

/** The figures that are about persons. Where a result names nothing that decides it, all its rows are. */
const personFigures = (): string => {
  const direct = resultNames
    .filter((name) => resultOf(name).visas === "personer" && name !== "andring")
    .map((name) => {
      const says = Object.keys(aboutPersons).find((column) => column in resultOf(name).columns);
      return `select resultat_id from results.${name} where ${says === undefined ? "true" : aboutPersons[says]}`;
    });
  return `
    with recursive figur as (
      ${direct.join(" union ")}
      -- What a formula refers to need not be in the results: a stated figure, or a count that the report does not state.
      union select 'utsagekontroll/' || id_led(coalesce(insats_id, forbund_id)) || '/' || id_led(utsaga_id) from staging.utsaga
      where matt in ${persons}
      union select resultat_id from uppgift_last where ${statesPersons}
      union select hanvisning.resultat_id from results.hanvisning as hanvisning
      inner join figur on figur.resultat_id = hanvisning.till
    )
    select resultat_id from figur`;
};

/** Which rows of a result reveal few persons, and what is shown instead. */
interface Control {
  /** A select of the result's rows with `ar_dold`, and with the columns that only the published table has. */
  readonly rows: string;
  /** What is shown in place of a column; a column that is `dold` and not here is null where the row is withheld. */
  readonly shown?: Readonly<Record<string, string>>;
}

const withheldAs = (column: string, text: string): string => `case when ar_dold then ${text} else ${column} end`;

/** Whether a claim or a goal on a formula rests on a count of few. */
const restsOnFew = "resultat_id in (select resultat_id from vilar_pa_fa)";
const ofPersonsToo = "resultat_id in (select resultat_id from om_personer)";
const isHidden = "resultat_id in (select resultat_id from dolda)";
/** Arithmetic over counts of which nobody knows who they count may give back one that an insats hides. */
const isUntried = "resultat_id not in (select resultat_id from formelled)";
const hiders = `(select insats_id from dolda where not ends_with(resultat_id, '${ofUnknown}'))`;
/** Whether a row's insats, or another that it refers to, hides a figure. */
const insatsHides = (rad: string): string => `(coalesce(${rad}.insats_id in ${hiders}, false) or exists (
  select 1 from led where led.resultat_id = ${rad}.resultat_id and split_part(led.till, '/', 2) in (select id_led(insats_id) from ${hiders})))`;
const unknownHidden = (id: string): string => `${id} || '${ofUnknown}' in (select resultat_id from dolda)`;
/** A text, without how many are unknown. */
const withoutUnknown = (text: string, isHiding: string): string =>
  `case when ${isHiding} then regexp_replace(${text}, ', täckningsgrad [0-9,]+.%| \\(täckningsgrad [0-9,]+.%\\)', '', 'g') else ${text} end`;
/** Whether a goal has a row of which it is not shown how many are unknown. */
const goalHidesUnknown = (rad: string, mal: string): string => `exists (
  from results.maluppfyllelse as del where del.insats_id = ${rad}.insats_id and del.mal_id = ${rad}.${mal} and ${unknownHidden("del.resultat_id")})`;

/**
 * In the order they are published: a later rule may read an earlier table.
 * @param today a period that begins later has no figure yet, though its register is whole: 0 would read as an outcome
 */
const controlsOf = (today: string): Readonly<Record<ControlledName, Control>> => {
  const known = (column: string): string =>
    `case when not ar_dold and not (ar_kommande and varde = 0) then ${column} end`;
  return {
    maluppfyllelse: {
      rows: `select rad.*, rad.fran > date '${today}' as ar_kommande, ar_dold and not ar_utslag_visat as ar_utslag_dolt,
          case when ar_dold then utgiven.varde end as senast_varde, case when ar_dold then utgiven.visad end as senast_visad,
          parametrar, underlag, case when not ar_dold and not ar_okand_dolt then okanda.okanda end as okanda
        from (
          select *, ${isHidden} as ar_dold, ${unknownHidden("resultat_id")} as ar_okand_dolt,
            resultat_id in (select resultat_id from utslag_visas) as ar_utslag_visat
          from results.maluppfyllelse
        ) as rad left join checks.forra_utgiven as utgiven on utgiven.figur = rad.resultat_id
        left join (select resultat_id as fragad, max(parametrar) as parametrar, if(max(len(perioder)) > 0, 'summor', 'rader') as underlag from results.fraga group by fragad) on fragad = rad.resultat_id
        left join (select resultat_id as okand_av, sum(vikt * ganger) as okanda from medlem where del = 'okand' group by okand_av) as okanda on okand_av = rad.resultat_id`,
      shown: {
        // Kronor and a target group are public.
        taljare: `case when matt not in ${list(personNumerators)} and enhet like 'kr%' then taljare else ${known("taljare")} end`,
        namnare: `case when not ar_dold or matt not in ${list(personDenominators)} then namnare end`,
        varde: known("varde"),
        skal: withheldAs("skal", "'sekretess'"),
        status: "case when ar_utslag_dolt then 'dolt' else status end",
        avviker: "case when not ar_utslag_dolt then avviker end",
        tackningsgrad: "case when not ar_dold and not ar_okand_dolt then tackningsgrad end",
      },
    },
    // What the shown verdicts say whatever the hidden ones are is shown.
    malsammanfattning: {
      rows: `
        with dolt as (
          select insats_id, mal_id, count(*) filter (resultat_id not in (select resultat_id from utslag_visas) and status = 'uppnatt') as uppnatt,
            count(*) filter (resultat_id not in (select resultat_id from utslag_visas) and status = 'ej_uppnatt') as ej_uppnatt
          from results.maluppfyllelse where ${isHidden} group by insats_id, mal_id
        ),
        synligt as (
          select mal.* replace (mal.uppnatt - coalesce(dolt.uppnatt, 0) as uppnatt, mal.ej_uppnatt - coalesce(dolt.ej_uppnatt, 0) as ej_uppnatt,
               ${withoutUnknown("mal.mening", goalHidesUnknown("mal", "mal_id"))} as mening, case when not ${goalHidesUnknown("mal", "mal_id")} then mal.krav end as krav),
            dolt.mal_id is not null as ar_dold, coalesce(dolt.uppnatt + dolt.ej_uppnatt, 0) > 0 as har_dolt_utslag
          from results.malsammanfattning as mal
          left join dolt on dolt.insats_id = mal.insats_id and dolt.mal_id = mal.mal_id
        )
        select * replace (case when ar_utslag_dolt then 'dolt' else status end as status)
        from (select *, har_dolt_utslag and not (uppnatt > 0 and ej_uppnatt > 0) as ar_utslag_dolt from synligt)`,
      shown: {
        mening: withheldAs(
          "mening",
          `case status when 'uppnatt' then 'Målet nåddes. ' when 'ej_uppnatt' then 'Målet nåddes inte. ' when 'delvis' then 'Målet nåddes delvis. ' when 'ej_matbart' then 'Målet går inte att bedöma. ' else '' end || '${hiddenText}'`,
        ),
        avviker: "case when not ar_utslag_dolt then avviker end",
      },
    },
    // A series shows its mean and limits: where one period is withheld they would help to find it.
    malserie: {
      rows: `select *, (insats_id, mal_id, grupp, gruppvarde) in
          (select (insats_id, mal_id, grupp, gruppvarde) from results.maluppfyllelse where ${isHidden}) as ar_dold
        from results.malserie`,
    },
    modelljamforelse: {
      rows: `select *, ${isHidden} as ar_dold from results.modelljamforelse`,
      shown: { skal: withheldAs("skal", "'sekretess'") },
    },
    // How many persons are unknown is not shown, only that some are.
    parjamforelse: {
      rows: `select *, ${isHidden} or (matt in ${persons} and andring like '%täckning%') as ar_dold from results.parjamforelse`,
      shown: {
        tackningsgrad: `case when matt not in ${persons} then tackningsgrad end`,
        skal: `case when matt in ${persons} then regexp_replace(skal, 'täckningsgraden är [^;]*', 'för en del är det okänt', 'g') else skal end`,
      },
    },
    konsfordelning: {
      rows: `select *, ${isHidden} as ar_dold from results.konsfordelning`,
      shown: { totalt: "case when resultat_id || '#totalt' not in (select resultat_id from dolda) then totalt end" },
    },
    // A claim about persons shows the count it is about, in the quotation too; a reported verdict beside it says what is the right one.
    utsagekontroll: {
      rows: `
        with utsaga as (
          select *, ${ofPersonsToo} as ar_om_personer, ${isHidden} or ${restsOnFew} or (formel is not null and ${isUntried} and ${insatsHides("utsaga")}) as ar_fa
          from results.utsagekontroll as utsaga
        ),
        provad as (
          select utsaga.* replace (case when summa.ar_dold then summa.mening else ${withoutUnknown("utsaga.forklaring", `${unknownHidden("utsaga.resultat_id")} or ${goalHidesUnknown("utsaga", "utsaga_id")}`)} end as forklaring),
            summa.mal_id is not null as ar_mal, coalesce(summa.status = 'dolt', utsaga.ar_om_personer and utsaga.ar_fa) as ar_dold
          from utsaga
          left join publik.malsammanfattning as summa
            on summa.insats_id = utsaga.insats_id and summa.mal_id = utsaga.utsaga_id
        ),
        antal as (
          select resultat_id, cast(to_json(map_from_entries(list((uppgift, antal) order by uppgift))) as varchar) as ingaende
          from results.ingaende group by resultat_id
        )
        select provad.*, case when provad.ar_om_personer and not provad.ar_dold then antal.ingaende end as ingaende,
          case when provad.ar_dold then '..' else coalesce(skriven.varde, provad.rapporterat_varde) end as skrivet
        from provad left join antal on antal.resultat_id = provad.resultat_id
        left join (
          select coalesce(insats_id, forbund_id) as om, utsaga_id, min(varde) as varde from staging.utsaga group by all
        ) as skriven on skriven.om = coalesce(provad.insats_id, provad.forbund_id) and skriven.utsaga_id = provad.utsaga_id`,
      shown: {
        rapporterat_varde: withheldAs("rapporterat_varde", "'..'"),
        beraknat_varde: withheldAs("beraknat_varde", "'..'"),
        utfall: "case when ar_dold and ar_mal then 'ej_matbart' else utfall end",
        skal: withheldAs("skal", "'sekretess'"),
        forklaring: withheldAs("forklaring", `'${hiddenText}'`),
        text: withheldAs("text", "'Uppgift om ett litet antal personer.'"),
      },
    },
    // How many persons are unknown is never shown, only that some are.
    enhetskostnad: {
      rows: `select *, okand is not null and not ar_dold as har_okand
        from (select *, per in ${list(perPersons)} as ar_personer, ${isHidden} as ar_dold from results.enhetskostnad)`,
      shown: {
        okand: "case when not ar_personer then okand end",
        varde_med_okand: "case when not ar_personer then varde_med_okand end",
        tackningsgrad: "case when not ar_personer then tackningsgrad end",
        jamforbar: "jamforbar and not ar_dold",
        skal: withheldAs("skal", "'sekretess'"),
      },
    },
    // Two definitions side by side narrow a count down: a goal that is hidden under one is hidden under all.
    definitionsprov: {
      rows: `select prov.*, bool_or(${isHidden}) over (partition by insats_id, mal_id) as ar_dold from results.definitionsprov as prov`,
    },
    leveranser: { rows: `select *, coalesce(dataset in ${personRows}, false) as ar_dold from results.leveranser` },
    andring: { rows: changedFigures, shown: { fore: shownBefore } },
  };
};

/** Followed columns that are verdicts and targets: the old one reveals no person. */
const uncounted = "('status', 'utfall', 'malvarde')";

/** Results of which a withheld row shows no followed figure. */
const withheldWhole = resultNames.filter((name) => {
  const hidden = columnsWith(name, "dold");
  return resultOf(name).visas === "personer" && columnsWith(name, "foljs").some((column) => hidden.includes(column));
});

/**
 * What has changed since the report before, without the figures that either report withheld.
 *
 * Publishing both figures reveals the difference: who came into a share of ten, and how it went; who a cost is divided by.
 * So of figures about persons only counts show what they were; and where the difference of one is 1–4, none of the insats
 * does: two of women, men and all give the third.
 */
const changedFigures = `
  with synliga as (
    select andring.* exclude (ar_dold), false as ar_dold,
      andring.kolumn not in ${uncounted} and (
        andring.figur in (select resultat_id from om_personer)
        or (siffra.figur is null and split_part(andring.figur, '/', 1) in ${list(withheldWhole)})
      ) as ar_om_personer,
      andring.figur like 'konsfordelning/%' or coalesce(rad.matt in ${counts}, false) as ar_antal
    from results.andring as andring
    left join checks.siffra as siffra on siffra.figur = andring.figur and siffra.kolumn = andring.kolumn
    left join results.maluppfyllelse as rad on rad.resultat_id = andring.figur
    where not andring.ar_dold and not coalesce(siffra.ar_dold, false)
  )
  select *, bool_or(
      ar_om_personer and ar_antal and fore is not null
        and not coalesce(abs(try_cast(efter as double) - try_cast(fore as double)) >= ${leastOf("synliga.insats_id")}, false)
    ) over (partition by insats_id) as har_fa
  from synliga`;
const shownBefore = "case when fore is null or not ar_om_personer or (ar_antal and not har_fa) then fore else '..' end";

const fill = async (db: Database, name: ResultName, { rows, shown = {} }: Control): Promise<void> => {
  const hidden = columnsWith(name, "dold");
  const internal = columnsWith(name, "intern");
  const columns = Object.keys(resultOf(name).columns)
    .filter((column) => !internal.includes(column))
    .map((column) => {
      const expression =
        shown[column] ?? (hidden.includes(column) ? `case when not ar_dold then ${column} end` : column);
      return `${expression} as ${column}`;
    });
  const all = [...columns, ...(hidden.length > 0 ? ["ar_dold"] : []), ...addedColumns(name)].join(", ");
  const left = hidden.length > 0 ? "" : "where not ar_dold";
  // What is about no person is the result itself: it is not kept twice.
  const kind = resultOf(name).visas === "allt" ? "view" : "table";
  await db.run(`create ${kind} publik.${name} as select ${all} from (${rows}) ${left}`);
};

const publishControlled = async (db: Database, name: ResultName, control: Control): Promise<void> => {
  await fill(db, name, control);
  // The report after this one compares with what is withheld now.
  const withheld = withheldWhole.includes(name)
    ? "ar_dold"
    : name === "malsammanfattning"
      ? "status = 'dolt'"
      : undefined;
  if (withheld === undefined) return;
  await db.run(
    `update checks.siffra set ar_dold = true where figur in (select resultat_id from publik.${name} where ${withheld})`,
  );
};

/** Why rows are hidden, for the evaluator: not to be passed on. */
export interface Disclosed {
  readonly regel: string;
  /** The smallest count that is shown, unless an insats has another. */
  readonly troskel: number;
  readonly undantag: readonly { insats_id: string; troskel: number; skal: string; roll: string }[];
  readonly dolda: readonly {
    readonly resultat_id: string;
    /** `fa`: 1–4 by itself; `alla`: a share of all or none of few; `samband`: these figures, weighed, come to 1–4. */
    readonly skal: string;
    readonly samband: readonly { readonly figur: string; readonly vikt: number }[];
  }[];
  /** Hidden rows whose verdict is shown. */
  readonly utslag: readonly string[];
}

/** Names each set by a figure that counts it, or by the report that has shown it. */
const recordOf = async (db: Database, { rows, verdicts }: Decided): Promise<Disclosed> => {
  const named = await db.rows<{ mangd: string; figur: string }>(
    "select mangd, case when matt = '' then 'rapporten ' || left(mangd, 10) else min(resultat_id) || ' ' || del end as figur from medlem group by mangd, matt, del",
  );
  const figures = new Map(named.map(({ mangd, figur }) => [mangd, figur]));
  return {
    regel: "för varje slag av personer finns ett möjligt register med minst så många av det",
    troskel: defaultThreshold,
    undantag: await db.rows("select insats_id, antal as troskel, skal, roll from staging.troskel order by insats_id"),
    // A claim on several insatser is decided in each: the first that hides it says why.
    dolda: [...new Map(rows.toReversed().map((row) => [`${row.id} ${row.reason === "ingen"}`, row])).values()]
      .filter(({ reason }) => reason !== "ingen")
      .map(({ id, reason, relation }) => ({
        resultat_id: id,
        skal: reason,
        samband: relation.map(([set, vikt]) => ({
          figur: figures.get(set) ?? set,
          vikt: Number(vikt.toFixed(6)),
        })),
      }))
      .sort((a, b) => (a.resultat_id < b.resultat_id ? -1 : 1)),
    utslag: [...verdicts].sort(),
  };
};

/** Makes a temporary table of rows. @param columns as it is made with */
const keep = async (db: Database, table: string, columns: string, rows: readonly object[]): Promise<void> => {
  await db.run(`create temp table ${table} (${columns})`);
  await appendFields(db, table, columns, rows);
};

/** Results that are about no person. */
const openControls = (): (readonly [ResultName, Control])[] =>
  resultNames
    .filter((name) => resultOf(name).visas === "allt")
    .map((name) => [name, { rows: `select *, false as ar_dold from results.${name}` }] as const);

const fillBackground = async (db: Database): Promise<void> => {
  for (const name of backgroundNames) {
    const { from, columns } = background[name];
    await db.run(`create table publik.${name} as select ${Object.keys(columns).join(", ")} from ${from}`);
  }
};

/**
 * Fills `publik` with everything, for those who have the deliveries: the rules of what is hidden, where nothing is.
 * @param db one over a run's, whose `publik` is its own
 */
export const showAll = async (db: Database, today: string): Promise<void> => {
  await db.run(`
    create temp table dolda (resultat_id varchar, insats_id varchar);
    create temp table medlem (resultat_id varchar, del varchar, vikt double, ganger double);
    create temp table om_personer as select resultat_id from dolda;
    create temp table vilar_pa_fa as select resultat_id from dolda;
    create temp table utslag_visas as select resultat_id from dolda;
    create temp table formelled as select resultat_id from dolda;
    create temp table led as select resultat_id, resultat_id as till from dolda;
    create temp table sammanslagen_visad as
    select ${Object.keys(background.sammanslagen.columns)
      .map((column) => `null as ${column}`)
      .join(", ")} where false;
    create temp macro namner_fa(skrivet) as false;
    create temp table enkat_visad as select *, false as ar_dold from staging.enkat;
    create temp table uppgift_visad as
    select insats_id, case when insats_id is null then forbund_id end as forbund_id, utsaga_id, dokument, avsnitt, fran, till, status,
      false as ar_dold, text, varde, sv_datum(varde) as datum, null::double as antal
    from staging.utsaga where matt is null and formel is null`);
  for (const [name, control] of openControls()) await fill(db, name, control);
  await fillBackground(db);
  const leveranser = { rows: "select *, false as ar_dold from results.leveranser" };
  const controls = { ...controlsOf(today), leveranser };
  for (const [name, control] of Object.entries(controls)) await fill(db, name as ControlledName, control);
};

/**
 * Fills `publik` from `results`, and from what names and cites them.
 * @returns what is hidden, and why; and who is counted, with what shows that the rest gives nobody away
 */
export const publish = async (
  db: Database,
  today: string,
): Promise<{ readonly record: Disclosed; readonly registers: Registers }> => {
  for (const [name, control] of openControls()) await publishControlled(db, name, control);
  await readStated(db);
  await db.run(`create temp table om_personer as ${personFigures()}`);
  await db.run(`
    create temp table vilar_pa_fa as
    select ingaende.resultat_id from results.ingaende as ingaende
    inner join (select resultat_id, insats_id from results.utsagekontroll union all select resultat_id, insats_id from results.maluppfyllelse) as rad
      on rad.resultat_id = ingaende.resultat_id
    where ingaende.antal between 1 and ${leastOf("rad.insats_id")} - 1`);
  await db.run(`
    insert into medlem by name
    select '' as resultat_id, unnest(mangder) as mangd, '' as matt, '' as del, insats_id, register, element, vikt, unnest(ganger) as ganger
    from checks.forra_visad`);
  const decided = await decide(db);
  const { rows, verdicts, known } = decided;
  await keep(db, "kand", "insats varchar, set varchar, name varchar, weight double", known);
  // A set is named for the day it was first shown: the questions of a run are numbered anew.
  await db.run(`
    insert into checks.visad
    select insats_id, register, element, vikt, list(namn order by namn), list(ganger order by namn)
    from (
      select medlem.insats_id, register, element, vikt, case when matt = '' then kand.name else '${today} ' || kand.name end as namn, cast(sum(ganger * weight) as double) as ganger
      from medlem inner join kand on kand.insats = medlem.insats_id and kand.set = medlem.mangd group by all
    ) group by insats_id, register, element, vikt`);
  const hidden = rows.flatMap(({ id, insats, reason }) =>
    reason === "ingen" ? [] : [{ resultat_id: id, insats_id: insats }],
  );
  await keep(db, "dolda", "resultat_id varchar, insats_id varchar", hidden);
  await keep(
    db,
    "utslag_visas",
    "resultat_id varchar",
    verdicts.map((id) => ({ resultat_id: id })),
  );
  await db.run(`
    insert into dolda
    select resultat_id, insats_id from results.maluppfyllelse as rad
    where matt = 'formel' and ${ofPersonsToo} and (${restsOnFew} or (${isUntried} and ${insatsHides("rad")}))`);
  await controlRead(db);
  const merged = rows.flatMap(({ id, instead }) =>
    instead ? [{ resultat_id: id, ersatter: JSON.stringify(instead) }] : [],
  );
  await keep(db, "i_stallet", "resultat_id varchar, ersatter varchar", merged);
  await db.run(`
    create temp table sammanslagen_visad as
    select *, if(namnare is null, taljare, taljare / namnare) as varde from sammanslagen inner join i_stallet using (resultat_id)`);
  await fillBackground(db);
  for (const [name, control] of Object.entries(controlsOf(today))) {
    await publishControlled(db, name as ControlledName, control);
  }
  await db.run(`
    insert into checks.utgiven
    select insats_id, resultat_id, varde, date '${today}' from publik.maluppfyllelse where matt in ${persons} and not ar_dold and varde is not null
    union all select insats_id, figur, varde, visad from checks.forra_utgiven
    where figur in (select resultat_id from publik.maluppfyllelse where ar_dold)`);
  return { record: await recordOf(db, decided), registers: decided.registers };
};
