/** What marts know of every insats that a verdict needs. */
import type { Database } from "../db/open.ts";
import { type Doubts, readDoubts } from "./doubts.ts";
import type { Stated } from "./stated.ts";
import type { InsatsPeriod } from "./windows.ts";

export interface InsatsFacts extends InsatsPeriod {
  readonly namn: string | null;
  readonly forbund_id: string | null;
  readonly finansiarer: string | null;
  readonly modell: string | null;
}

export interface Part {
  readonly part_id: string;
  readonly namn: string;
  readonly huvudman: string;
}

/** A möte of an insats that was held, or that is planned from today on. */
export interface MoteDag {
  readonly insats_id: string;
  readonly datum: string;
  readonly motestyp: string;
}

export interface Facts {
  readonly insatser: ReadonlyMap<string, InsatsFacts>;
  readonly parter: ReadonlyMap<string, readonly Part[]>;
  /** Held möten, of insatser that have a goal for each möte. */
  readonly moten: ReadonlyMap<string, readonly MoteDag[]>;
  readonly planerade: ReadonlyMap<string, readonly MoteDag[]>;
  /** The kinds of möten that are counted, of insatser of which nobody says who came. */
  readonly motestyper: ReadonlyMap<string, readonly string[]>;
  /** Days from which an insats's totals are counted in another way. */
  readonly brott: ReadonlyMap<string, readonly string[]>;
  readonly tvivel: Doubts;
  /** The ids of the leverabler delivered, folded, of insatser that have a goal which names some. */
  readonly leverabler: ReadonlyMap<string, ReadonlySet<string>>;
}

const insatsOf = ({ insats_id: insats }: { readonly insats_id: string }): string => insats;

export const readFacts = async (db: Database, stated: readonly Stated[]): Promise<Facts> => {
  const perMote = [...new Set(stated.filter(({ goal }) => goal.per === "mote").map(insatsOf))];
  const insatser = await db.rows<{ insats_id: string } & { [K in keyof InsatsFacts]: string | null }>(
    "select insats_id, namn, startdatum, slutdatum, data_fran, data_till, forbund_id, finansiarer, modell from marts.insats",
  );
  const parter = await db.rows<Part & { insats_id: string }>(
    "select insats_id, part_id, namn, huvudman from staging.part order by insats_id, part_id",
  );
  const moten = await db.rows<MoteDag>(
    `select insats_id, datum, motestyp from marts.mote where ar_hallet and insats_id in (select unnest(from_json(cast($insatser as varchar), '["varchar"]'))) order by datum`,
    { insatser: JSON.stringify(perMote) },
  );
  const planerade = await db.rows<MoteDag>(
    "select insats_id, datum, motestyp from marts.mote where ar_planerat order by datum",
  );
  const types = await db.rows<{ insats_id: string; motestyp: string }>(
    `select distinct insats_id, motestyp from measures.antal_moten
     where motestyp is not null and insats_id not in (select insats_id from measures.narvaroandel) order by insats_id, motestyp`,
  );
  const breaks = await db.rows<{ insats_id: string; datum: string }>(
    "select insats_id, datum from staging.seriebrott order by datum",
  );
  const naming = stated.some(({ goal }) => "av" in goal.parametrar);
  const leverabler = naming
    ? await db.rows<{ insats_id: string; id: string }>(
        "select insats_id, sv_vik(leverabel_id) as id from staging.leverabel",
      )
    : [];
  return {
    tvivel: await readDoubts(db),
    leverabler: new Map(
      [...Map.groupBy(leverabler, insatsOf)].map(([insats, rows]) => [insats, new Set(rows.map(({ id }) => id))]),
    ),
    insatser: new Map(insatser.map((row) => [row.insats_id, row])),
    parter: Map.groupBy(parter, insatsOf),
    moten: Map.groupBy(moten, insatsOf),
    planerade: Map.groupBy(planerade, insatsOf),
    motestyper: new Map(
      [...Map.groupBy(types, insatsOf)].map(([insats, rows]) => [insats, rows.map(({ motestyp }) => motestyp)]),
    ),
    brott: new Map(
      [...Map.groupBy(breaks, insatsOf)].map(([insats, rows]) => [insats, rows.map(({ datum }) => datum)]),
    ),
  };
};

const unknownInsats: InsatsFacts = {
  namn: null,
  startdatum: null,
  slutdatum: null,
  data_fran: null,
  data_till: null,
  forbund_id: null,
  finansiarer: null,
  modell: null,
};

/** An insats's facts as its pipeline states them: what its data report for may be said there. */
export const factsOf = (
  facts: Facts,
  { insats_id: insats, pipeline }: Pick<Stated, "insats_id" | "pipeline">,
): InsatsFacts => {
  const known = facts.insatser.get(insats) ?? unknownInsats;
  return { ...known, data_till: pipeline.rapporterat_till ?? known.data_till };
};
