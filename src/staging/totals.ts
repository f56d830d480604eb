/** Which records are sums of others. Words say which may be; figures decide, and a finding says where they differ. */
import type { Database } from "../db/open.ts";
import type { FindingCode } from "../schema/findings.ts";
import { quote } from "../schema/reading.ts";
import { sqlFile } from "../schema/sql.ts";

const kroner = (ore: string): string =>
  `replace(regexp_replace(cast(case when avvik.slag = 'kr' then ${ore} * 0.01 else ${ore} end as varchar), '\\.?0+$', ''), '.', ',')`;

/**
 * Settles `inbox.summa`: what is a total is passed over, what is none is loaded, and each says so.
 *
 * Whether one is a total depends on whether the others are. So each is tried twice: as if all were, and as if only those
 * were whose word leaves no doubt. Then all are tried once more with what came of it.
 */
export const settleTotals = async (db: Database): Promise<void> => {
  if ((await db.count("inbox.summa")) === 0) return;
  const report = (kod: FindingCode, dom: string): string => `
    insert into checks.fynd
    select dom.tabell_id, dom.kallrad, rad.rad, dom.cell, tabell.rubriker[dom.cell + 1], rad.celler[dom.cell + 1], '${kod}', null
    from summadom as dom inner join inbox.gallande as rad on rad.kallrad = dom.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = dom.tabell_id
    where dom.dom = ${quote(dom)} order by dom.kallrad`;
  await db.run(`
    create or replace temp table figur as ${sqlFile("staging", "figur")};
    create or replace temp table summafall as
      select 'alla' as fall, kallrad, true as ar_summa from inbox.summa
      union all select 'sakra', kallrad, ar_saker from inbox.summa;
    create or replace temp table summaprov as ${sqlFile("staging", "summaprov")};
    create or replace temp table traffad as select kallrad, bool_or(ar_traff) as ar_traff from summaprov group by kallrad;
    create or replace temp table summafall as
      select 'slut' as fall, summa.kallrad,
        summa.slag = 'varav' or coalesce(traffad.ar_traff, false)
          or (summa.ar_saker and prov.kallrad is not null and (prov.har_kategori or not summa.ar_kategori or len(summa.kategori) = 0)) as ar_summa
      from inbox.summa as summa
      left join traffad on traffad.kallrad = summa.kallrad
      left join summaprov as prov on prov.kallrad = summa.kallrad and prov.fall = 'sakra';
    create or replace temp table summaprov as ${sqlFile("staging", "summaprov")};
    create or replace temp table summadom as ${sqlFile("staging", "summadom")};
    update inbox.rad set overhoppad = null where kallrad in (select kallrad from summadom where dom is null or dom = 'ensam');
    delete from checks.fynd
    where kallrad in (select kallrad from summadom where dom <> 'ensam')
      and kod in (select kod from checks.kod where allvar = 'fel' or kod = 'for_fa_celler');
    ${report("summa_sager_mer", "mer")};
    ${report("summa_oprovad", "oprovad")};
    ${report("summa_ensam", "ensam")};
    insert into checks.fynd
    select avvik.tabell_id, avvik.kallrad, rad.rad, avvik.cell - 1, tabell.rubriker[avvik.cell], avvik.skrivet, 'summa_stammer_ej',
      ${kroner("avvik.summa")} || ' (skillnad ' || ${kroner("avvik.skillnad")} || ')'
    from (select tabell_id, kallrad, unnest(avviker, recursive := true) from (select tabell_id, kallrad, avviker from summadom where dom <> 'ensam')) as avvik
    inner join inbox.rad as rad on rad.kallrad = avvik.kallrad
    inner join inbox.tabell as tabell on tabell.tabell_id = avvik.tabell_id
    order by avvik.kallrad, avvik.cell;
    drop table figur; drop table summafall; drop table summaprov; drop table traffad; drop table summadom`);
};
