/**
 * What may leave. `publik` holds the results as others may see them: counts of persons 1–4 are gone, and so is what
 * would give them back. Cautious rather than clever: where one figure of a kind must be hidden, only the widest whole
 * of that kind stays.
 */
import type { Database } from "../db/open.ts";
import { measures } from "../schema/measures.ts";
import { type ResultName, resultOf } from "../schema/results.ts";

/** The smallest count of persons that is shown. */
export const threshold = 5;

const small = (expression: string): string => `(${expression} between 1 and ${threshold - 1})`;

const hiddenText = "Antalen visas inte, eftersom de är så små att personer kan kännas igen.";

const copied: readonly ResultName[] = [
  "forbundskostnad",
  "forbundskostnad_ar",
  "bidragsandel",
  "prognos",
  "kostnadsforlopp",
  "kostnadsandel",
  "kostnadsandel_ar",
  "budgetutfall",
  "budgetforklaring",
  "budgettakt",
  "datakvalitet",
  "ej_kallade",
];

/** One row of these is one person's: their row counts are counts of persons. */
const personRows = "('deltagare', 'arende')";

const columnsOf = (name: ResultName, hidden: Readonly<Record<string, string>>): string =>
  Object.keys(resultOf(name).columns)
    .map((column) => (column in hidden ? `${hidden[column]} as ${column}` : column))
    .join(", ");

const nulls = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `case when not ar_dold then ${name} end`]));

const list = (names: readonly string[]): string => `(${["''", ...names.map((name) => `'${name}'`)].join(", ")})`;

/** The figures that rest on rows about persons. */
const aboutPersons = `
  select distinct harkomst.resultat_id from results.harkomst as harkomst
  inner join inbox.rad as rad on rad.kallrad = harkomst.kallrad
  inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
  where tabell.dataset in ('deltagare', 'deltagarantal', 'deltagarutfall', 'arende', 'enkat')`;

/** Of these a withheld row shows no figure at all, its verdict neither. */
const wholly: readonly ResultName[] = ["maluppfyllelse", "konsfordelning", "utsagekontroll"];

/** Verdicts and targets are no counts: the old one tells of no person. */
const uncounted = "('status', 'utfall', 'malvarde')";

/**
 * What has changed since the report before: a figure that either report withheld is left out of both. Marks in
 * `checks.siffra` what is withheld now, for the report after this one.
 *
 * Beside the new figure the old one tells what the few in between were: who came into a share of ten, and how it went; who
 * a cost is divided by. So of figures about persons only counts show what they were, and of an insats all that moved or
 * none: two of women, men and all give the third.
 */
const publishChanges = async (db: Database, persons: string, counts: string): Promise<void> => {
  for (const name of wholly) {
    await db.run(
      `update checks.siffra set ar_dold = true from publik.${name} as visat where visat.resultat_id = siffra.figur and visat.ar_dold`,
    );
  }
  const columns = columnsOf("andring", {
    fore: `case when fore is null or not ar_om_personer or (ar_antal and not har_fa) then fore else '..' end`,
    ar_dold: "false",
  });
  await db.run(`
    create table publik.jamford as select insats_id, till as jamfort_med from checks.forra where nr is not null;
    create table publik.andring as
    with synliga as (
      select andring.*,
        andring.kolumn not in ${uncounted} and (
          om_personer.resultat_id is not null
          or coalesce(rad.matt in ${persons}, false)
          or (siffra.figur is null and regexp_matches(andring.figur, '^(maluppfyllelse|konsfordelning|utsagekontroll)/'))
        ) as ar_om_personer,
        andring.figur like 'konsfordelning/%' or coalesce(rad.matt in ${counts}, false) as ar_antal
      from results.andring as andring
      left join checks.siffra as siffra on siffra.figur = andring.figur and siffra.kolumn = andring.kolumn
      left join results.maluppfyllelse as rad on rad.resultat_id = andring.figur
      left join (${aboutPersons}) as om_personer on om_personer.resultat_id = andring.figur
      where not andring.ar_dold and not coalesce(siffra.ar_dold, false)
    )
    select ${columns}
    from (
      select *, bool_or(
        ar_om_personer and ar_antal and fore is not null
          and not coalesce(abs(try_cast(efter as double) - try_cast(fore as double)) >= ${threshold}, false)
      ) over (partition by insats_id) as har_fa
      from synliga
    )`);
};

/**
 * Fills `publik` from `results`.
 * @param today a period that begins later has no figure yet, though its register is whole: 0 would read as an outcome
 */
export const publish = async (db: Database, today: string): Promise<void> => {
  const ofPersons = [...measures.values()].filter(({ personer }) => personer);
  const persons = list(ofPersons.map(({ name }) => name));
  const counts = list(ofPersons.filter(({ slag }) => slag === "antal" || slag === "summa").map(({ name }) => name));
  const shares = list(
    ofPersons
      .filter(({ slag, enhet }) => slag === "andel" || (slag === "kvot" && enhet === "andel"))
      .map(({ name }) => name),
  );

  for (const name of copied) await db.run(`create table publik.${name} as from results.${name}`);
  await db.run(
    "create table publik.insats as select insats_id, namn, startdatum, slutdatum, data_fran, data_till, finansiarer from marts.insats",
  );
  await db.run(
    "create table publik.teamprofil as select insats_id, dimension, varde, dokument, avsnitt from staging.teamprofil",
  );
  await db.run("create table publik.forbund as select forbund_id, namn from staging.forbund");
  await db.run("create table publik.part as select insats_id, part_id, namn, huvudman from staging.part");
  await db.run("create table publik.kalla as select dokument, titel, utgivare, datum from staging.kalla");
  await db.run(
    "create table publik.finansiering as select insats_id, forbund_id, ar, slag, beslutsdatum, andel, belopp_ore, dokument, avsnitt from staging.finansiering",
  );
  await db.run(`
    create table publik.leveranser as
    select ${columnsOf("leveranser", nulls(["rader", "lasta"]))}, ar_dold
    from (
      select *, coalesce(dataset in ${personRows} and ${small("lasta")}, false) as ar_dold from results.leveranser
    )`);

  // A count hides itself; a share hides with its numerator, its complement or its whole; a rate with its denominator.
  await db.run(`
    create temp table dolda as
    with primart as (
      select resultat_id, insats_id, matt, grupp, fran, till,
        matt in ${persons} and coalesce(
          (matt in ${counts} and ${small("taljare")})
          or (matt in ${shares} and (${small("taljare")} or ${small("namnare - taljare")} or ${small("namnare")}))
          or (matt not in ${counts} and ${small("namnare")})
          -- women and men of those whose kön is known, beside the total of all, would give the few who are unknown
          or (matt = 'andel_kvinnor' and insats_id in (
            select insats_id from results.konsfordelning where ${small("kvinnor")} or ${small("man")} or ${small("okant")}
          )), false) as ar_primar
      from results.maluppfyllelse
    ),
    langd as (
      select *, bool_or(ar_primar) over (partition by insats_id, matt) as har_primar,
        max(till - fran) over (partition by insats_id, matt) as langst
      from primart
    )
    select resultat_id from langd
    where ar_primar or (har_primar and not (grupp = '' and till - fran = langst))`);
  await db.run(`
    create table publik.maluppfyllelse as
    select ${columnsOf("maluppfyllelse", {
      ...nulls([
        ...["namnare", "tackningsgrad", "ki_lag", "ki_hog"],
        // Near a target, or on course for it, is a count within a few.
        ...["nara", "takt", "till_godo", "planerade", "utom_rackhall"],
      ]),
      ...Object.fromEntries(
        ["taljare", "varde"].map((name) => [
          name,
          `case when not ar_dold and not (ar_kommande and varde = 0) then ${name} end`,
        ]),
      ),
      skal: "case when ar_dold then 'sekretess' else skal end",
    })}, ar_dold, ar_kommande
    from (
      select *, resultat_id in (select resultat_id from dolda) as ar_dold, fran > date '${today}' as ar_kommande
      from results.maluppfyllelse)`);
  await db.run(`
    create table publik.malsammanfattning as
    select ${columnsOf("malsammanfattning", {
      ...nulls(["nara"]),
      mening: `case when not ar_dold then mening
        else case status when 'uppnatt' then 'Målet nåddes. ' when 'ej_uppnatt' then 'Målet nåddes inte. ' when 'delvis' then 'Målet nåddes delvis. ' else 'Målet går inte att bedöma. ' end
          || '${hiddenText}' end`,
    })}, ar_dold
    from (
      select summa.*, exists (
        select 1 from results.maluppfyllelse as rad
        where rad.insats_id = summa.insats_id and rad.mal_id = summa.mal_id and rad.resultat_id in (select resultat_id from dolda)
      ) as ar_dold
      from results.malsammanfattning as summa)`);
  // A series shows its mean and limits: where one period is withheld they would help to find it.
  await db.run(`
    create table publik.malserie as
    select ${columnsOf("malserie", {})} from results.malserie as serie
    where not exists (
      select 1 from results.maluppfyllelse as rad
      where rad.insats_id = serie.insats_id and rad.mal_id = serie.mal_id and rad.resultat_id in (select resultat_id from dolda))`);
  await db.run(`
    create table publik.modelljamforelse as
    select ${columnsOf("modelljamforelse", {
      ...nulls(["varde", "n", "ki_lag", "ki_hog"]),
      skal: "case when ar_dold then 'antalet är så litet att det inte visas' else skal end",
    })}, ar_dold
    from (
      select rad.*, exists (
        select 1 from results.maluppfyllelse as mal
        where mal.insats_id = rad.insats_id and mal.matt = rad.matt and mal.resultat_id in (select resultat_id from dolda)
      ) as ar_dold
      from results.modelljamforelse as rad)`);
  // One small part hides all parts: with the total, any other would give it back.
  await db.run(`
    create table publik.konsfordelning as
    select ${columnsOf("konsfordelning", {
      ...nulls(["kvinnor", "man", "okant", "andel_kvinnor"]),
      totalt: `case when not ${small("totalt")} then totalt end`,
    })}, ar_dold
    from (
      select *, coalesce(${small("kvinnor")}, false) or coalesce(${small("man")}, false) or coalesce(${small("okant")}, false)
        or ${small("totalt")} as ar_dold
      from results.konsfordelning)`);
  // A claim about persons shows the count it is about, in the quotation too.
  await db.run(`
    create table publik.utsagekontroll as
    select ${columnsOf("utsagekontroll", {
      rapporterat_varde: "case when ar_dold then '..' else rapporterat_varde end",
      beraknat_varde: "case when ar_dold then '..' else beraknat_varde end",
      differens: "case when not ar_dold then differens end",
      forklaring: `case when ar_dold then '${hiddenText}' else forklaring end`,
      text: "case when ar_dold then 'Uppgift om ett litet antal personer.' else text end",
      citat: "case when not ar_dold then citat end",
    })}, ar_dold
    from (
      select utsaga.*, coalesce(
        sammanfattning.ar_dold,
        om_personer.resultat_id is not null and (
          ${small("coalesce(try_cast(utsaga.rapporterat_varde as double), 0)")} or ${small("coalesce(try_cast(utsaga.beraknat_varde as double), 0)")}
          or utsaga.insats_id in (select insats_id from results.maluppfyllelse where resultat_id in (select resultat_id from dolda))
          or utsaga.insats_id in (select insats_id from publik.konsfordelning where ar_dold))) as ar_dold
      from results.utsagekontroll as utsaga
      left join publik.malsammanfattning as sammanfattning
        on sammanfattning.insats_id = utsaga.insats_id and sammanfattning.mal_id = utsaga.utsaga_id
      left join (${aboutPersons}) as om_personer on om_personer.resultat_id = utsaga.resultat_id)`);
  await publishChanges(db, persons, counts);
};
