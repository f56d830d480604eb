/** Who is counted in each figure about persons: its evidence, asked again as it was asked. */
import type { Database } from "../db/open.ts";
import { measures, personDenominators, personMeasures, personNumerators } from "../schema/measures.ts";
import { leastOf } from "../schema/publik.ts";
import { datasetNames, datasetOf } from "../schema/tables.ts";
import { forgetEvidence, isTotal, within } from "./evidence.ts";
import { selectRecorded } from "./sources.ts";

const list = (names: readonly string[]): string => `(${names.map((name) => `'${name}'`).join(", ")})`;

/**
 * What a delivered row is known by from one report to the next, when its number is another. A person's entries are counted in order: one
 * whose day was corrected is the same.
 */
const identities = datasetNames
  .filter((name) => datasetOf(name).personer !== undefined)
  .map((name) => {
    const { key: all, columns, personer } = datasetOf(name);
    const days = all.filter((column) => personer === "rad" && columns[column]?.kind === "datum");
    const named = all
      .filter((column) => !days.includes(column))
      .map((column) => `coalesce(cast("${column}" as varchar), '')`);
    const nth = `row_number() over (partition by ${named.join(", ")} order by ${days.join(", ")})`;
    const key = [...named, ...(days.length > 0 ? [nth] : [])];
    return `select kallrad, md5(concat_ws('/', '${name}', ${key.join(", ")})) as id from staging.${name}`;
  })
  .join(" union all ");

/** The delivered numbers of persons, one row each: what it counts (`slag`), of whom (`av`) where that is an outcome, and when. */
const delivered = `
  select tal.insats_id, tal.kallrad, tal.kallkolumn, coalesce(id, cast(tal.kallrad as varchar)) || '/' || kallkolumn as element, antal, slag, av, kon, fran, till
  from (
    select insats_id, kallrad, kallkolumn, antal, concat_ws(' ', slag, nullif(minst_parter, 1)) as slag, null as av, kon, fran, till from marts.deltagarantal
    union all
    select utfall.insats_id, utfall.kallrad, 'antal', utfall.antal, utfall.variabel || ' ' || coalesce(utfall.kod, ''),
      case when tabell.av = 'avslutade' then 'avslutade' else 'deltagare' end, utfall.kon, utfall.fran, utfall.till
    from marts.deltagarutfall as utfall
    left join (select distinct utfall, av from staging.tabell where utfall is not null) as tabell on tabell.utfall = utfall.variabel
  ) as tal
  left join temp.identitet on identitet.kallrad = tal.kallrad`;

/** Women, men and others of the gender distribution, which is a select of its own, and all: the deltaganden that it counts. */
const genders = `
  select fordelning.resultat_id || '#' || kolumn as resultat_id, 'deltaganden' as matt, fordelning.insats_id,
    case kon when '' then '' else 'kon' end as grupp, kon as gruppvarde, '{}' as parametrar,
    cast([] as varchar[]) as granser, fordelning.fran, fordelning.till, fordelning.fran as pengar_fran, fordelning.till as pengar_till, true as ar_hela,
    case when fordelning.insats_id in (select insats_id from marts.deltagande) then [] else [fordelning.fran || '/' || fordelning.till || '/'] end as perioder,
    cast([] as varchar[]) as kontroll, false as ar_sparrad, false as ar_namnare
  from results.konsfordelning as fordelning, (select unnest(['kvinnor', 'man', 'okant', 'totalt']) as kolumn, unnest(['kvinna', 'man', 'okant', '']) as kon)`;

const shares = personMeasures.filter(
  (name) =>
    measures.get(name)?.slag === "andel" && [personNumerators, personDenominators].every((all) => all.includes(name)),
);
const counts = personMeasures.filter((name) => measures.get(name)?.slag === "antal");

/**
 * What goals' rows come to together, as questions of the same measure: each year of shorter periods, the whole of all periods, and all
 * groups of few. Only of registers: numbers that were delivered say nothing of other periods than their own.
 */
const coarser = `
  create or replace temp table grovre as
  with rad as (
    select fraga.*, mal.mal_id, mal.upplosning, mal.enhet, least(nullif(mal.taljare, 0), nullif(mal.namnare, 0), nullif(mal.namnare - mal.taljare, 0)) < ${leastOf("mal.insats_id")} as ar_fa
    from results.fraga as fraga inner join results.maluppfyllelse as mal on mal.resultat_id = fraga.resultat_id
    where mal.matt in ${list([...shares, ...counts])} and mal.varde is not null and not fraga.ar_sparrad and len(fraga.perioder) = 0 and len(fraga.kontroll) = 0
  ),
  grov as (
    select *, year(fran) as del, gruppvarde as av from rad where upplosning in ('manad', 'kvartal', 'tertial', 'termin')
    union all select *, 0, gruppvarde from rad where upplosning <> 'hela'
    union all select *, epoch(fran), '' from rad where grupp in ('kommun', 'aldersgrupp', 'forsorjning') and ar_fa
  )
  select 'sammanslagen' || substr(min(resultat_id), len('maluppfyllelse') + 1) || '--' || max(till) || if(count(distinct gruppvarde) > 1, '--' || count(distinct gruppvarde), '') as resultat_id,
    insats_id, mal_id, matt, parametrar, any_value(granser) as granser, grupp, min(gruppvarde) as gruppvarde, list(distinct gruppvarde order by gruppvarde) as gruppvarden,
    any_value(enhet) as enhet, min(fran) as fran, max(till) as till, list(resultat_id order by resultat_id) as delar
  from grov group by insats_id, mal_id, matt, parametrar, grupp, del, av
  having count(*) > 1 and (count(distinct gruppvarde) > 1 or sum(till - fran + 1) = max(till) - min(fran) + 1)
  qualify row_number() over (partition by insats_id, mal_id, grupp, av, min(fran), max(till) order by del) = 1`;

const nobody = `create or replace temp table medlem (resultat_id varchar, mangd varchar, matt varchar, del varchar, insats_id varchar,
  register varchar, element varchar, vikt double, ganger double, person varchar);
  create or replace temp table sammanslagen as select *, 0.0 as taljare, 0.0 as namnare from temp.grovre where false`;

/** So many questions are asked at a time: all of a large run's together would be its peak of memory. */
const atOnce = 4000;

/**
 * Fills the temporary table `medlem (resultat_id, mangd, matt, del, insats_id, register, element, vikt, ganger, person)`: one row for each
 * set of a figure and each entry, or delivered number, in it. `vikt` is how many persons the element is, `ganger` how often each
 * of them is counted; `person` stands where a figure counts a person once, whose second entry is not in it. And `lamnat`, the delivered numbers; and
 * `sammanslagen`, what goals' rows come to together.
 */
export const countMembers = async (db: Database): Promise<void> => {
  const of = `select row_number() over (order by resultat_id, fran, till, grupp, gruppvarde, matt, parametrar, perioder) as rad, * from (
    select * from results.fraga where not ar_sparrad and matt in ${list(personMeasures)} union all by name ${genders}
    union all by name select * exclude (mal_id, gruppvarden, enhet, delar), fran as pengar_fran, till as pengar_till, false as ar_hela,
      cast([] as varchar[]) as perioder, cast([] as varchar[]) as kontroll, false as ar_sparrad, false as ar_namnare from temp.grovre)`;
  await db.run(coarser);
  await db.run(`create or replace temp table omfragad as ${of}`);
  await db.run(`create or replace temp table identitet as ${identities}`);
  await db.run(`create or replace temp table lamnat as ${delivered}`);
  if ((await selectRecorded(db, "temp.omfragad", true)).length === 0) {
    await db.run(nobody);
    return;
  }
  // All groups of few are every one of them.
  await db.run(`
    insert into besvarad
    select distinct grov.rad, besvarad.nr from temp.omfragad as grov
    inner join temp.grovre as grovre on grovre.resultat_id = grov.resultat_id and len(grovre.gruppvarden) > 1
    inner join temp.omfragad as del on list_contains(grovre.delar, del.resultat_id) and del.gruppvarde <> grov.gruppvarde
    inner join besvarad on besvarad.rad = del.rad`);
  const [all] = await db.rows<{ antal: number }>("select cast(count(*) as integer) as antal from temp.omfragad");
  for (let from = 0; from < (all?.antal ?? 0); from += atOnce) {
    await db.run(`
    ${from === 0 ? "create or replace temp table medlem as" : "insert into medlem by name"}
    with traff as (
      select fonster.resultat_id, fonster.rad, fonster.matt, fonster.insats_id, bevis.register, bevis.kallrader[1] as kallrad, bevis.kallrader[2] as andra_kallrad, bevis.kallkolumn,
        bevis.nyckel, bevis.namnarnyckel, ${isTotal} as ar_total,
        coalesce(bevis.kallkolumn = 'totalt' and bevis.namnare is not null and len(bevis.kallrader) = 2, false) as ar_andel,
        case when fonster.matt in ${list(personNumerators)} then greatest(coalesce(bevis.taljare, 0), 0) else 0 end as taljare,
        case when fonster.matt in ${list(personDenominators)} then greatest(coalesce(bevis.namnare, 0), 0) else 0 end as namnare,
        case when fonster.matt in ${list(personDenominators)} then greatest(coalesce(bevis.okand, 0), 0) else 0 end as okand
      from temp.omfragad as fonster
      inner join temp.besvarad on besvarad.rad = fonster.rad
      inner join bevis on bevis.nr = besvarad.nr
      where bevis.ar_i_grupp and fonster.rad > ${from} and fonster.rad <= ${from + atOnce} and ${within}
    ),
    -- A delivered number is as many elements as it has parts: those counted, the others, the unknown. A share of one delivered count
    -- in another is of all that they state: the same persons as each alone.
    delar as (
      select *, '' as element, 1 as vikt, taljare as i_taljare, namnare as i_namnare, okand as i_okand
      from traff where not ar_total and greatest(taljare, namnare, okand) <= 1
      union all
      select traff.*,
        case
          when kallkolumn = 'kvinnor' and matt = 'andel_kvinnor' then case del when 'raknade' then '/kvinnor' when 'ovriga' then '/man' else '/okant' end
          -- How many are unknown may be stated as those whom the outcomes leave out of all that ended: that is no cell of theirs.
          when kallkolumn = 'totalt' and del = 'okanda' then concat_ws('/', '', kallkolumn, del, matt)
          else concat_ws('/', '', kallkolumn, case when taljare > 0 and namnare > taljare then del end)
        end, antal,
        cast(del = 'raknade' as integer), cast(del <> 'okanda' and namnare > 0 as integer), cast(del = 'okanda' as integer)
      from traff, (select unnest(['raknade', 'ovriga', 'okanda']) as del),
        (select case del when 'raknade' then taljare when 'ovriga' then namnare - taljare else okand end as antal)
      where (ar_total or greatest(taljare, namnare, okand) > 1) and antal > 0 and not ar_andel
      union all
      select traff.* replace (lamnat.kallrad as kallrad), '/' || lamnat.kallkolumn, lamnat.antal,
        cast(lamnat.kallrad = traff.kallrad as integer), cast(lamnat.kallrad = andra_kallrad as integer), 0
      from traff inner join lamnat on lamnat.kallrad in (traff.kallrad, andra_kallrad)
      where ar_andel and lamnat.antal > 0
    ),
    mangder as (
      select resultat_id, rad, matt, insats_id, register, kallrad, element, vikt, del,
        case del when 'taljare' then nyckel when 'namnare' then namnarnyckel else coalesce(namnarnyckel, nyckel) end as person,
        case del when 'taljare' then i_taljare when 'namnare' then i_namnare else i_okand end as ganger
      from delar, (select unnest(['taljare', 'namnare', 'okand']) as del)
    )
    select resultat_id, rad || ' ' || del as mangd, matt, del, insats_id,
      case when mangder.kallrad in (select kallrad from lamnat) then 'deltagare' else register end as register, coalesce(id, cast(mangder.kallrad as varchar)) || element as element,
      vikt, ganger, person
    from mangder left join temp.identitet on identitet.kallrad = mangder.kallrad
    where ganger > 0
    qualify person is null or row_number() over (partition by rad, del, person order by mangder.kallrad) = 1`);
  }
  await db.run(`
    create or replace temp table sammanslagen as
    select grovre.* exclude (gruppvarde, granser), if(len(gruppvarden) > 1, cast(to_json(gruppvarden) as varchar), gruppvarde) as gruppvarde,
      antal.taljare, if(matt in ${list(shares)}, antal.namnare, null) as namnare
    from temp.grovre as grovre inner join (
      select resultat_id, coalesce(sum(vikt * ganger) filter (del = 'taljare'), 0) as taljare, sum(vikt * ganger) filter (del = 'namnare') as namnare
      from medlem group by resultat_id
    ) as antal on antal.resultat_id = grovre.resultat_id`);
  await db.run("drop table temp.urval; drop table temp.bevis; drop table temp.besvarad");
  await forgetEvidence(db);
};
