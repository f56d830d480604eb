/** What a goal is judged for besides the whole: one group for each value delivered, also where nothing is in it. */
import type { Database } from "../db/open.ts";
import { aldersgrupper } from "../schema/aldersgrupp.ts";
import type { GroupKind } from "../schema/measures.ts";
import type { Facts } from "./facts.ts";
import type { Stated } from "./stated.ts";

/**
 * The group of an evidence row, as SQL: `urval` is the question, `bevis` the row, `part` the row's part.
 *
 * Persons of whom the kön is not stated are a group of their own, so that women, men and unknown are all; so are delivered
 * counts that do not say. Delivered counts state no age and no kommun and are in no such group.
 */
export const groupOf = `case urval.grupp
  when 'part' then bevis.part_id
  when 'huvudman' then part.huvudman
  when 'kon' then coalesce(bevis.kon, 'okant')
  when 'aldersgrupp' then case bevis.alder when 'okant' then 'okant' else aldersgrupp(cast(bevis.alder as integer), cast(urval.granser as integer[])) end
  when 'kommun' then bevis.kommun
  else '' end`;

/** Rows that speak where both rows and totals were delivered: totals only check. */
const spoken = "(tid not in ('aggregat', 'odaterad') or not ar_radvis)";

const delivered = async (db: Database, { insats_id: insats, goal }: Stated, column: string): Promise<string[]> => {
  const found = await db.rows<{ varde: string }>(
    `with bevis as (
       select "${column}" as varde, tid,
         bool_or(tid not in ('aggregat', 'odaterad')) over (partition by register) as ar_radvis
       from measures.${goal.matt} where insats_id = $insats
     )
     select distinct coalesce(varde, 'okant') as varde from bevis
     where varde is not null or ('${column}' = 'kon' and ${spoken}) order by varde`,
    { insats },
  );
  return found.map(({ varde }) => varde);
};

const values: Readonly<Record<GroupKind, (db: Database, facts: Facts, stated: Stated) => Promise<readonly string[]>>> =
  {
    part: async (_, { parter }, { insats_id: insats }) => (parter.get(insats) ?? []).map(({ part_id: id }) => id),
    huvudman: async (_, { parter }, { insats_id: insats }) =>
      [...new Set((parter.get(insats) ?? []).map(({ huvudman }) => huvudman))].sort(),
    kon: (db, _, stated) => delivered(db, stated, "kon"),
    kommun: (db, _, stated) => delivered(db, stated, "kommun"),
    // The limits say which groups there are, so one that nobody is in is 0 and not left out.
    aldersgrupp: async (db, _, stated) => {
      const ages = await delivered(db, stated, "alder");
      const known = ages.some((age) => age !== "okant") ? aldersgrupper(stated.pipeline.aldersgranser) : [];
      return [...known, ...ages.filter((age) => age === "okant")];
    },
  };

/** The values of a goal's grouping that its insats has delivered. */
export const groupValues = async (db: Database, facts: Facts, stated: Stated): Promise<readonly string[]> =>
  stated.goal.grupp === undefined ? [] : values[stated.goal.grupp](db, facts, stated);
