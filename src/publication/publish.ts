/**
 * What may leave. `publik` holds the results as others may see them: counts of persons 1–4 are hidden, and so is what
 * would give them back. Cautious rather than clever: where one figure of a kind must be hidden, only the widest whole
 * of that kind stays.
 */
import type { Database } from "../db/open.ts";
import { perPersons } from "../schema/kostnadper.ts";
import { measures } from "../schema/measures.ts";
import { addedColumns, background, backgroundNames, type ControlledName } from "../schema/publik.ts";
import { columnsWith, type ResultName, resultNames, resultOf } from "../schema/results.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";

/** The smallest count of persons that is shown. */
const threshold = 5;

const small = (expression: string): string => `coalesce(${expression} between 1 and ${threshold - 1}, false)`;

const hiddenText = "Antalen visas inte, eftersom de är så små att personer kan kännas igen.";

const list = (names: readonly string[]): string => `(${["''", ...names.map((name) => `'${name}'`)].join(", ")})`;

const ofPersons = [...measures.values()].filter(({ personer }) => personer);
const persons = list(ofPersons.map(({ name }) => name));
const counts = list(ofPersons.filter(({ slag }) => slag === "antal" || slag === "summa").map(({ name }) => name));
const shares = list(
  ofPersons
    .filter(({ slag, enhet }) => slag === "andel" || (slag === "kvot" && enhet === "andel"))
    .map(({ name }) => name),
);
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
const statesPersons = `matt is null and sv_datum(varde) is null and coalesce(sv_last(varde).enhet, '%') = '%'
  and (regexp_matches(lower(text), '${personWords}') or regexp_matches(translate(lower(utsaga_id), '-_', '  '), '${personIds}'))`;

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
      where matt in ${persons} or (${statesPersons})
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
const restsOnFew = `resultat_id in (select resultat_id from results.ingaende where ${small("antal")})`;

/**
 * A count hides itself; a share hides with its numerator, its complement or its whole; a rate with its denominator. If
 * one is hidden, so is every other of the insats and measure except the longest whole.
 */
const hiddenRows = `
  with primart as (
    select resultat_id, insats_id, mal_id, matt, grupp, fran, till,
      matt in ${persons} and (
        (matt in ${counts} and ${small("taljare")})
        or (matt in ${shares} and (${small("taljare")} or ${small("namnare - taljare")} or ${small("namnare")}))
        or (matt not in ${counts} and ${small("namnare")})
        -- Women and men of those whose kön is known, beside the total of all, would give the few who are unknown.
        or (matt = 'andel_kvinnor' and insats_id in (
          select insats_id from results.konsfordelning where ${small("kvinnor")} or ${small("man")} or ${small("okant")}
        ))) or (matt = 'formel' and resultat_id in (select resultat_id from om_personer) and ${restsOnFew}) as ar_primar
    from results.maluppfyllelse
  ),
  langd as (
    select *, bool_or(ar_primar) over (partition by insats_id, matt) as har_primar,
      max(till - fran) over (partition by insats_id, matt) as langst
    from primart
  )
  select resultat_id, insats_id, mal_id, matt from langd
  where ar_primar or (har_primar and not (grupp = '' and till - fran = langst))
    -- Where an insats hides one count of persons, arithmetic over others may give it back.
    or (matt = 'formel' and resultat_id in (select resultat_id from om_personer)
      and insats_id in (select insats_id from primart where ar_primar))`;

/** Whether some row of the same measure leaves out 1–4 persons as unknown, which its coverage would give. */
const isFewUnknown = (rad: string): string => `(${rad}.insats_id, ${rad}.matt) in (
  select (insats_id, matt) from results.maluppfyllelse where matt in ${persons} and ${small("round(namnare / tackningsgrad - namnare)")})`;
/** A sentence, without the coverage where it would give few persons. */
const sentenceOf = (rad: string, isFew: string): string =>
  `case when ${isFew} then regexp_replace(${rad}.mening, ', täckningsgrad [0-9,]+.%| \\(täckningsgrad [0-9,]+.%\\)', '', 'g') else ${rad}.mening end as mening`;

/** Whether some row of the same goal, or of the same measure, is hidden. */
const someHidden = (of: "mal_id" | "matt"): string =>
  `(rad.insats_id, rad.${of}) in (select (insats_id, ${of}) from dolda)`;
const insatsHides =
  "insats_id in (select insats_id from dolda union select insats_id from publik.konsfordelning where ar_dold)";

/**
 * In the order they are published: a later rule may read an earlier table.
 * @param today a period that begins later has no figure yet, though its register is whole: 0 would read as an outcome
 */
const controlsOf = (today: string): Readonly<Record<ControlledName, Control>> => {
  const begun = (column: string): string =>
    `case when not ar_dold and not (ar_kommande and varde = 0) then ${column} end`;
  return {
    maluppfyllelse: {
      rows: `select *, resultat_id in (select resultat_id from dolda) as ar_dold, fran > date '${today}' as ar_kommande,
          coalesce(${isFewUnknown("rad")}, false) as ar_okand_fa
        from results.maluppfyllelse as rad`,
      shown: {
        tackningsgrad: `case when not ar_dold and not ar_okand_fa then tackningsgrad end`,
        taljare: begun("taljare"),
        varde: begun("varde"),
        skal: withheldAs("skal", "'sekretess'"),
      },
    },
    malsammanfattning: {
      rows: `select * replace (${sentenceOf("rad", `exists (from results.maluppfyllelse as del where del.insats_id = rad.insats_id and del.mal_id = rad.mal_id and ${isFewUnknown("del")})`)}),
          ${someHidden("mal_id")} as ar_dold
        from results.malsammanfattning as rad`,
      shown: {
        mening: withheldAs(
          "mening",
          `case status when 'uppnatt' then 'Målet nåddes. ' when 'ej_uppnatt' then 'Målet nåddes inte. ' when 'delvis' then 'Målet nåddes delvis. ' else 'Målet går inte att bedöma. ' end || '${hiddenText}'`,
        ),
      },
    },
    // A series shows its mean and limits: where one period is withheld they would help to find it.
    malserie: { rows: `select *, ${someHidden("mal_id")} as ar_dold from results.malserie as rad` },
    modelljamforelse: {
      rows: `select *, ${someHidden("matt")} as ar_dold from results.modelljamforelse as rad`,
      shown: { skal: withheldAs("skal", "'antalet är så litet att det inte visas'") },
    },
    // One small part hides all parts: with the total, any other would give it back.
    konsfordelning: {
      rows: `select *, ${small("kvinnor")} or ${small("man")} or ${small("okant")} or ${small("totalt")} as ar_dold
        from results.konsfordelning`,
      shown: { totalt: `case when not ${small("totalt")} then totalt end` },
    },
    // A claim about persons shows the count it is about, in the quotation too.
    utsagekontroll: {
      rows: `
        with utsaga as (
          select *, resultat_id in (select resultat_id from om_personer) as ar_om_personer,
            ${restsOnFew} or coalesce(${insatsHides}, false) as ar_fa
          from results.utsagekontroll
        ),
        provad as (
          select utsaga.* replace (coalesce(summa.mening, utsaga.forklaring) as forklaring), coalesce(summa.ar_dold, utsaga.ar_om_personer and utsaga.ar_fa) as ar_dold
          from utsaga
          left join publik.malsammanfattning as summa
            on summa.insats_id = utsaga.insats_id and summa.mal_id = utsaga.utsaga_id
        ),
        antal as (
          select resultat_id, cast(to_json(map_from_entries(list((uppgift, antal) order by uppgift))) as varchar) as ingaende
          from results.ingaende group by resultat_id
        )
        select provad.*, case when provad.ar_om_personer and not provad.ar_dold then antal.ingaende end as ingaende
        from provad left join antal on antal.resultat_id = provad.resultat_id`,
      shown: {
        rapporterat_varde: withheldAs("rapporterat_varde", "'..'"),
        beraknat_varde: withheldAs("beraknat_varde", "'..'"),
        forklaring: withheldAs("forklaring", `'${hiddenText}'`),
        text: withheldAs("text", "'Uppgift om ett litet antal personer.'"),
      },
    },
    /*
     * What was invoiced is public, so a cost per person gives the number of persons: where the number must be hidden the
     * cost is too. One year's entries less the next one's are those that ended: where an insats has one small number of
     * persons, of all its persons only the whole insats stays. How many persons are unknown is never shown, only that
     * some are.
     */
    enhetskostnad: {
      rows: `
        with personer as (
          select kostnad.*, kostnad.per in ${list(perPersons)} as ar_personer,
            kostnad.per in ${list(perPersons)} and (
              ${small("kostnad.namnare")} or ${small("kostnad.av_antal")} or ${small("kostnad.av_antal - kostnad.namnare")}
              -- Entries less those that have ended are those going on.
              or (kostnad.per = 'avslutad' and ${small("alla.namnare - kostnad.namnare")})
            ) as ar_primar
          from results.enhetskostnad as kostnad
          left join results.enhetskostnad as alla
            on alla.insats_id = kostnad.insats_id and alla.period = kostnad.period and alla.per = 'deltagande'
        )
        select *, okand is not null and not ar_dold as har_okand
        from (
          select *, ar_personer and (
              ar_primar or (period <> 'hela' and (bool_or(ar_primar) over (partition by insats_id) or ${insatsHides}))
            ) as ar_dold
          from personer
        )`,
      shown: {
        okand: "case when not ar_personer then okand end",
        varde_med_okand: "case when not ar_personer then varde_med_okand end",
        jamforbar: "jamforbar and not ar_dold",
        skal: withheldAs("skal", "'sekretess'"),
      },
    },
    // Two definitions side by side narrow a count down: a goal that is hidden under one is hidden under all.
    definitionsprov: {
      rows: `select prov.* replace (${sentenceOf("prov", isFewUnknown("prov"))}),
          bool_or(prov.ar_fa) over (partition by prov.insats_id, prov.mal_id) or coalesce(summa.ar_dold, false) as ar_dold
        from results.definitionsprov as prov
        left join publik.malsammanfattning as summa
          on summa.insats_id = prov.insats_id and summa.mal_id = prov.mal_id`,
    },
    leveranser: {
      rows: `select *, coalesce(dataset in ${personRows}, false) and ${small("lasta")} as ar_dold from results.leveranser`,
    },
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
        and not coalesce(abs(try_cast(efter as double) - try_cast(fore as double)) >= ${threshold}, false)
    ) over (partition by insats_id) as har_fa
  from synliga`;
const shownBefore = "case when fore is null or not ar_om_personer or (ar_antal and not har_fa) then fore else '..' end";

const publishControlled = async (db: Database, name: ResultName, { rows, shown = {} }: Control): Promise<void> => {
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
  await db.run(`create table publik.${name} as select ${all} from (${rows}) ${left}`);
  // The report after this one compares with what is withheld now.
  if (withheldWhole.includes(name)) {
    await db.run(
      `update checks.siffra set ar_dold = true from publik.${name} as visat where visat.resultat_id = siffra.figur and visat.ar_dold`,
    );
  }
};

/** Fills `publik` from `results`, and from what names and cites them. */
export const publish = async (db: Database, today: string): Promise<void> => {
  for (const name of backgroundNames) {
    const { from, columns } = background[name];
    await db.run(`create table publik.${name} as select ${Object.keys(columns).join(", ")} from ${from}`);
  }
  for (const name of resultNames.filter((one) => resultOf(one).visas === "allt")) {
    await publishControlled(db, name, { rows: `select *, false as ar_dold from results.${name}` });
  }
  await db.run(`create temp table om_personer as ${personFigures()}`);
  await db.run(`create temp table dolda as ${hiddenRows}`);
  for (const [name, control] of Object.entries(controlsOf(today))) {
    await publishControlled(db, name as ControlledName, control);
  }
};
