/** Delivered rows that count persons and that a page shows as they are: stated figures, and answers to surveys. */
import type { Database } from "../db/open.ts";
import { leastOf } from "../schema/publik.ts";
import { ofUnknown } from "./figures.ts";

/** Stated figures that are tried as no measure: what each says, read once for all who ask. */
const stated = `
  create or replace temp table uppgift_last as
  select *, 'utsagekontroll/' || id_led(coalesce(insats_id, forbund_id)) || '/' || id_led(utsaga_id) as resultat_id, sv_datum(varde) as dag,
    sv_last(varde).enhet as enhet
  from staging.utsaga where matt is null`;

export const readStated = (db: Database): Promise<void> => db.run(stated);

/**
 * A figure is about persons also if its words name deltaganden, or something about persons is worked out from it.
 *
 * Of an insats all stated figures about persons are shown, or none: none where one is few, or where the insats hides a figure that
 * one of them could give. Where it hides no more than how many are unknown, that is what alone, or two together, come to all of
 * whom nothing or something is known, or to the part that counts or not with the unknown. Of a survey's question all answers are shown, in every survey and group, or none: a goal's share of
 * several surveys less one of them gives the other. How many it was sent to is left out where few did not answer.
 */
const rowsShown = `
  create or replace temp table uppgift_visad as
  with om as (
    select resultat_id from om_personer
    union select hanvisning.till from results.hanvisning as hanvisning where hanvisning.resultat_id in (select resultat_id from om_personer)
  ),
  dolt_antal as (
    select insats_id, coalesce(sum(vikt * ganger) filter (del = 'okand'), 0) as okanda, coalesce(sum(vikt * ganger) filter (del = 'taljare'), 0) as taljare,
      coalesce(sum(vikt * ganger) filter (del = 'namnare'), 0) as namnare
    from medlem where resultat_id || '${ofUnknown}' in (select resultat_id from dolda) group by insats_id, resultat_id
  ),
  avslojande as (
    select insats_id, flatten(list([okanda + namnare, okanda + taljare, okanda + namnare - taljare])) as summor from dolt_antal group by insats_id
  ),
  rad as (
    select *, ${leastOf("uppgift_last.insats_id")} as minst,
      dag is null and (contains(lower(text), 'deltagand') or resultat_id in (select resultat_id from om)) as ar_om_personer,
      case when not contains(varde, '%') then list_transform(regexp_extract_all(varde, '[0-9]+([.,][0-9]+)?'), x -> try_cast(replace(x, ',', '.') as double)) else [] end as tal
    from uppgift_last where formel is null
  ),
  insatstal as (
    select rad.insats_id, flatten(list(tal)) as andra, any_value(summor) as summor
    from rad inner join avslojande on avslojande.insats_id = rad.insats_id where ar_om_personer group by rad.insats_id
  ),
  provad as (
    select rad.*, namner_fa(text) or (ar_om_personer and (coalesce(rad.insats_id in (select insats_id from dolda where not ends_with(resultat_id, '${ofUnknown}')), false)
      or coalesce(len(list_filter(tal, x -> list_contains(summor, x) or len(list_filter(andra, y -> list_contains(summor, x + y))) > 0)) > 0, false)
      or bool_or(ar_om_personer and len(list_filter(tal, x -> x >= 1 and x < minst)) > 0) over (partition by coalesce(rad.insats_id, forbund_id)))) as ar_dold
    from rad left join insatstal on insatstal.insats_id = rad.insats_id
  )
  select insats_id, case when insats_id is null then forbund_id end as forbund_id, utsaga_id, dokument, avsnitt, fran, till, status, ar_dold,
    case when ar_dold then 'Uppgift om ett litet antal personer.' else text end as text,
    case when ar_dold then '..' else varde end as varde,
    case when not ar_dold then dag end as datum,
    case when ar_om_personer and not ar_dold and len(tal) = 1 then tal[1] end as antal
  from provad;

  create or replace temp table enkat_visad as
  with svar as (
    select *, ${leastOf("enkat.insats_id")} as minst from staging.enkat as enkat
  ),
  provad as (
    select *,
      bool_or(coalesce(antal >= 1 and antal < minst, true)) over (partition by insats_id, sv_vik(fraga))
        or insats_id in (
          select dolda.insats_id from dolda
          left join results.maluppfyllelse as rad on rad.resultat_id = dolda.resultat_id
          left join results.utsagekontroll as utsaga on utsaga.resultat_id = dolda.resultat_id
          where coalesce(rad.matt, utsaga.matt) in ('enkatandel', 'svarsfrekvens')
        ) as ar_dold,
      utskick - sum(antal) over (partition by insats_id, sv_vik(enkat_id), sv_vik(grupp), sv_vik(fraga)) between 1 and minst - 1 as har_fa_utan_svar
    from svar
  )
  select * replace (case when not ar_dold then antal end as antal, case when not ar_dold and not coalesce(har_fa_utan_svar, false) then utskick end as utskick)
  from provad`;

export const controlRead = (db: Database): Promise<void> => db.run(rowsShown);
