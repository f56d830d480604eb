/** Verdicts under other definitions, as others may see them: no figures, and no goal that rests on few persons. */
import { appendColumns } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import type { Prov } from "../schema/alternativ.ts";

const texts = ["insats_id", "mal_id", "text", "fraga", "definition", "status", "utslag"] as const;

/**
 * Fills `publik.definitionsprov`, after `publik.malsammanfattning`. The verdict of a goal that is withheld, or that some
 * definition would rest on 1–4 persons, is withheld under every definition: two of them side by side narrow a count down.
 */
export const publishWhatIf = async (db: Database, prov: readonly Prov[]): Promise<void> => {
  await db.run(
    `create temp table prov (nr integer, ${texts.map((name) => `${name} varchar`).join(", ")}, ar_fa boolean)`,
  );
  await appendColumns(db, "prov", [
    { type: "integer", values: prov.map((_, nr) => nr) },
    ...texts.map((name) => ({ type: "varchar" as const, values: prov.map((one) => one[name]) })),
    { type: "boolean", values: prov.map(({ ar_fa: few }) => few) },
  ]);
  await db.run(`
    create table publik.definitionsprov as
    with bedomt as (
      select prov.*,
        bool_or(prov.ar_fa) over (partition by prov.insats_id, prov.mal_id) or coalesce(summa.ar_dold, false) as ar_dold
      from prov left join publik.malsammanfattning as summa
        on summa.insats_id = prov.insats_id and summa.mal_id = prov.mal_id
    )
    select nr, insats_id, mal_id, text, fraga, definition,
      case when not ar_dold then status end as status, case when not ar_dold then utslag end as utslag, ar_dold
    from bedomt order by nr`);
};
