/** The rows that a figure was counted from: what it was asked as is noted, and asked again when somebody wants to know. */
import { appendRows } from "../db/append.ts";
import type { Database } from "../db/open.ts";
import { type Measure, measureOf } from "../schema/measures.ts";
import { selectBortfall, traceBortfall } from "./bortfall.ts";
import { type Parametrar, periodOf, type Question, selectEvidence, selectionsOf, within } from "./evidence.ts";
import type { Taken } from "./totals.ts";

/** A figure, and the window of a question that it was answered by. */
export interface Figure {
  readonly resultat_id: string;
  readonly question: Question;
  readonly taken: Taken;
  /** What it counts is the figure's denominator. */
  readonly ar_namnare?: boolean;
}

/** Notes in `results.fraga` what each figure was asked as, so that its rows can be found when somebody asks. */
export const recordQuestions = (db: Database, figures: readonly Figure[]): Promise<void> =>
  appendRows(db, "results.fraga", figures, [
    ["varchar", ({ resultat_id: id }) => id],
    ["varchar", ({ question }) => question.measure.name],
    ["varchar", ({ question }) => question.insats_id],
    ["varchar", ({ question }) => question.grupp],
    ["varchar", ({ question }) => question.gruppvarde],
    ["varchar", ({ question }) => JSON.stringify(question.parametrar)],
    ["varchar[]", ({ question: { grupp, granser } }) => (grupp === "aldersgrupp" ? granser.map(String) : [])],
    ["date", ({ taken }) => taken.fonster.fran],
    ["date", ({ taken }) => taken.fonster.till],
    ["date", ({ taken }) => taken.fonster.pengar.fran],
    ["date", ({ taken }) => taken.fonster.pengar.till],
    ["boolean", ({ taken }) => taken.fonster.ar_hela],
    ["varchar[]", ({ taken }) => taken.totals.map(periodOf)],
    ["varchar[]", ({ taken }) => taken.kontroll.map(periodOf)],
    ["boolean", ({ taken }) => taken.ar_sparrad],
    ["boolean", ({ ar_namnare: isDenominator }) => isDenominator ?? false],
  ]);

/** A row of `results.fraga`. */
interface Recorded extends Pick<Question, "insats_id" | "grupp" | "gruppvarde"> {
  /** Its place in `results.fraga`. */
  readonly rad: number;
  readonly matt: string;
  readonly parametrar: string;
  readonly granser: readonly string[];
}

/**
 * Selects anew the evidence of recorded questions, into the temporary tables `bevis`, and `besvarad (rad, nr)`: which
 * selection is a question's.
 * @param from the questions: a table or select with the columns of `results.fraga`, and `rad` to know each by
 * @param isLast as of selectEvidence
 * @returns the measures that are asked
 */
export const selectRecorded = async (db: Database, from: string, isLast = false): Promise<Measure[]> => {
  const recorded = await db.rows<Recorded>(
    `select rad, matt, insats_id, grupp, gruppvarde, parametrar, granser from ${from} order by rad`,
  );
  if (recorded.length === 0) return [];
  const { selections, urval } = selectionsOf(
    recorded.map(({ matt, parametrar, granser, ...one }) => ({
      ...one,
      measure: measureOf(matt),
      parametrar: JSON.parse(parametrar) as Parametrar,
      granser: granser.map(Number),
      fonster: [],
    })),
  );
  await selectEvidence(db, selections, isLast);
  await db.run("create or replace temp table besvarad (rad bigint, nr integer)");
  await appendRows(db, "besvarad", recorded, [
    ["bigint", ({ rad }) => rad],
    ["integer", (_, i) => urval[i] ?? i],
  ]);
  return [...new Set(selections.map(({ measure }) => measure))];
};

/**
 * Adds to the temporary table `harkomst` the evidence of those figures in the temporary table `sokt` that were asked as
 * questions. A row's first source has the cell that the figure is read from.
 */
export const traceEvidence = async (db: Database): Promise<void> => {
  const asked = "(select rowid as rad, * from results.fraga where resultat_id in (select till from sokt))";
  const measures = await selectRecorded(db, asked);
  if (measures.length === 0) return;
  await db.run(`
    create or replace temp table fonster as
    select fraga.* replace (list_concat(fraga.perioder, fraga.kontroll) as perioder), besvarad.nr
    from results.fraga as fraga inner join besvarad on besvarad.rad = fraga.rowid;
    insert into harkomst by name
    select distinct fonster.resultat_id, bevis.kallrader[plats] as kallrad, case when plats = 1 then bevis.kallkolumn end as kolumn,
      case when bevis.tid = 'aggregat' and list_contains(fonster.kontroll, cast(bevis.fran as varchar) || '/' || cast(bevis.till as varchar) || '/' || array_to_string(bevis.serie, '/')) then 'utesluten'
        when bevis.taljare > 0 or (bevis.taljare < 0 and bevis.tid = 'dagar')
          or (bevis.taljare = 0 and bevis.namnare is null and bevis.tid = 'aggregat' and bevis.skal is null)
          then case when fonster.ar_namnare then 'namnare' else 'raknad' end
        when bevis.namnare > 0 then 'namnare' else 'utesluten' end as roll,
      case when bevis.tid = 'aggregat' and len(fonster.kontroll) > 0 then 'jämförs med raderna' else bevis.skal end as skal
    from bevis inner join fonster on fonster.nr = bevis.nr, unnest(range(1, len(bevis.kallrader) + 1)) as _(plats)
    where bevis.ar_i_grupp and not fonster.ar_sparrad and ${within}`);
  if (await selectBortfall(db, measures)) await traceBortfall(db);
  await db.run(
    "drop table temp.urval; drop table temp.bevis; drop table temp.besvarad; drop table temp.fonster; drop table if exists temp.bortfall",
  );
};
