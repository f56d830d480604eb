/**
 * Unit costs as others may see them. What was invoiced is public, so a cost per person gives the number of persons: where
 * the number must be hidden the cost is too. One year's entries less the next one's are those that ended: where an insats
 * has one small number of persons, of all its persons only the whole insats stays. How many persons are unknown is never
 * told, only that some are.
 */
import type { Database } from "../db/open.ts";
import { resultOf } from "../schema/results.ts";
import { threshold } from "./publish.ts";

/** Units that are persons, or entries that are one person's each. */
const persons = "('deltagande', 'avslutad', 'arbete_eller_studier', 'individ_i_mote')";

const small = (expression: string): string => `coalesce(${expression} between 1 and ${threshold - 1}, false)`;

/** What is empty where a row is withheld; whether it stands beside others would tell a 0 from a number. */
const figures = ["namnare", "av_antal", "tackningsgrad", "varde", "fast_varde", "serie", "basar", "jamforbar_med"];

/** What says how many are unknown. */
const ofUnknown = ["okand", "varde_med_okand"];

/** Fills `publik.enhetskostnad`, after `publish`: what hides a goal's persons hides theirs here. */
export const publishUnitCosts = async (db: Database): Promise<void> => {
  const columns = Object.keys(resultOf("enhetskostnad").columns)
    .map((column) => {
      if (ofUnknown.includes(column)) return `case when not ar_personer then ${column} end as ${column}`;
      if (figures.includes(column)) return `case when not ar_dold then ${column} end as ${column}`;
      if (column === "jamforbar") return "jamforbar and not ar_dold as jamforbar";
      return column === "skal" ? "case when ar_dold then 'sekretess' else skal end as skal" : column;
    })
    .join(", ");
  await db.run(`
    create table publik.enhetskostnad as
    with personer as (
      select kostnad.*, kostnad.per in ${persons} as ar_personer,
        kostnad.per in ${persons} and (
          ${small("kostnad.namnare")} or ${small("kostnad.av_antal")} or ${small("kostnad.av_antal - kostnad.namnare")}
          -- entries less those that have ended are those going on
          or (kostnad.per = 'avslutad' and ${small("alla.namnare - kostnad.namnare")})
        ) as ar_primar
      from results.enhetskostnad as kostnad
      left join results.enhetskostnad as alla
        on alla.insats_id = kostnad.insats_id and alla.period = kostnad.period and alla.per = 'deltagande'
    ),
    insatser as (
      select insats_id from results.maluppfyllelse where resultat_id in (select resultat_id from dolda)
      union select insats_id from publik.konsfordelning where ar_dold
    ),
    dolt as (
      select *, ar_personer and (
          ar_primar
          or (period <> 'hela' and (bool_or(ar_primar) over (partition by insats_id) or insats_id in (select insats_id from insatser)))
        ) as ar_dold
      from personer
    )
    select ${columns}, ar_dold, okand is not null and not ar_dold as har_okand from dolt`);
};
