/** What a goal has rows for besides the whole: one group for each value delivered, also where nothing is in it. */
import type { Database } from "../db/open.ts";
import { dimensionOf } from "../schema/mal.ts";
import { measureOf } from "../schema/measures.ts";
import type { Facts } from "./facts.ts";
import type { Stated } from "./stated.ts";

/**
 * The group of an evidence row, as SQL: `vald` is the question, `bevis` the row, `part` the row's part.
 *
 * Persons of whom the kön is not stated are a group of their own, so that women, men and unknown are all; so are delivered
 * counts that do not say. Delivered counts state neither age, kommun nor försörjning before, and are in no such group.
 */
export const groupOf = `case vald.grupp
  when 'part' then bevis.part_id
  when 'huvudman' then part.huvudman
  when 'kon' then coalesce(bevis.kon, 'okant')
  when 'aldersgrupp' then case bevis.alder when 'okant' then 'okant' else aldersgrupp(cast(bevis.alder as integer), cast(vald.granser as integer[])) end
  when 'kommun' then bevis.kommun
  when 'forsorjning' then bevis.forsorjning
  else '' end`;

/**
 * The values of a grouping that insatser have delivered, by insats: of evidence, and of the register that it is of. Delivered
 * totals of nobody's kön are a group, `okant`, unless rows of the same dataset say the kön in the same time.
 */
const deliveredValues = async (db: Database, column: string, matt: string): Promise<Map<string, readonly string[]>> => {
  const found = await db.rows<{ insats_id: string; varde: string }>(`
    with bevis as (
      select insats_id, register, tid, "${column}" as varde, coalesce(datum, fran, date '0001-01-01') as forsta,
        coalesce(datum, till, date '9999-12-31') as sista
      from measures.${matt}
    ),
    -- Who is registered is of a group, also where nobody of it has what is measured.
    registrerad as (
      select insats_id, "${column === "forsorjning" ? "forsorjning_fore" : column}" as varde from marts.deltagande
      where utesluten is null and ${measureOf(matt).grenar.some(({ dataset }) => dataset === "deltagare")}
    ),
    rader as (select insats_id, register, min(forsta) as forsta, max(sista) as sista from bevis where tid not in ('aggregat', 'odaterad') group by all)
    select distinct bevis.insats_id, coalesce(bevis.varde, 'okant') as varde
    from bevis left join rader on rader.insats_id = bevis.insats_id and rader.register = bevis.register
    where bevis.varde is not null
      or ('${column}' = 'kon' and (bevis.tid not in ('aggregat', 'odaterad') or rader.forsta is null or bevis.sista < rader.forsta or bevis.forsta > rader.sista))
    union select insats_id, cast(varde as varchar) from registrerad
    order by insats_id, varde`);
  const byInsats = Map.groupBy(found, ({ insats_id: insats }) => insats);
  return new Map([...byInsats].map(([insats, rows]) => [insats, rows.map(({ varde }) => varde)]));
};

/** `-29`, `30-44`, `45-59`, `60-` for 30, 45 and 60: what the SQL macro `aldersgrupp` calls them, youngest first. */
const aldersgrupper = (granser: readonly number[]): string[] => [
  `-${(granser[0] ?? 0) - 1}`,
  ...granser.map((from, i) => {
    const next = granser[i + 1];
    return next === undefined ? `${from}-` : `${from}-${next - 1}`;
  }),
];

const columnOf = { kon: "kon", kommun: "kommun", aldersgrupp: "alder", forsorjning: "forsorjning" } as const;

/** The values of each goal's grouping that its insats has delivered: none for a goal that is not grouped. */
export const readGroupValues = async (
  db: Database,
  { parter }: Facts,
  stated: readonly Stated[],
): Promise<(one: Stated) => readonly string[]> => {
  const delivered = new Map<string, Map<string, readonly string[]>>();
  for (const { goal } of stated) {
    const grupp = dimensionOf(goal);
    const key = `${goal.matt} ${grupp}`;
    if (grupp === undefined || !(grupp in columnOf) || delivered.has(key)) continue;
    delivered.set(key, await deliveredValues(db, columnOf[grupp as keyof typeof columnOf], goal.matt));
  }
  return ({ insats_id: insats, goal, pipeline }) => {
    const { matt } = goal;
    const grupp = dimensionOf(goal);
    const own = parter.get(insats) ?? [];
    const values = delivered.get(`${matt} ${grupp}`)?.get(insats) ?? [];
    if (grupp === undefined) return [];
    if (grupp === "part") return own.map(({ part_id: id }) => id);
    if (grupp === "huvudman") return [...new Set(own.map(({ huvudman }) => huvudman))].sort();
    if (grupp !== "aldersgrupp") return values;
    // The limits say which groups there are, so one that nobody is in is 0 and not left out.
    const known = values.some((age) => age !== "okant") ? aldersgrupper(pipeline.aldersgranser) : [];
    return [...known, ...values.filter((age) => age === "okant")];
  };
};
