/** What marts know of every insats that a verdict needs. */
import type { Database } from "../db/open.ts";
import type { Stated } from "./stated.ts";
import type { InsatsPeriod } from "./windows.ts";

export interface InsatsFacts extends InsatsPeriod {
  readonly forbund_id: string | null;
  readonly finansiarer: string | null;
  readonly modell: string | null;
}

export interface Facts {
  readonly insatser: ReadonlyMap<string, InsatsFacts>;
  readonly parter: ReadonlyMap<string, readonly string[]>;
  readonly moten: readonly { readonly insats_id: string; readonly datum: string; readonly motestyp: string }[];
  /** Days from which an insats's totals are counted in another way. */
  readonly brott: ReadonlyMap<string, readonly string[]>;
}

export const readFacts = async (db: Database): Promise<Facts> => {
  const insatser = await db.rows<{ insats_id: string } & { [K in keyof InsatsFacts]: string | null }>(
    "select insats_id, startdatum, slutdatum, data_fran, data_till, forbund_id, finansiarer, modell from marts.insats",
  );
  const parts = await db.rows<{ insats_id: string; part_id: string }>(
    "select insats_id, part_id from staging.part order by insats_id, part_id",
  );
  const parter = new Map<string, string[]>();
  for (const { insats_id: insats, part_id: part } of parts) parter.set(insats, [...(parter.get(insats) ?? []), part]);
  const moten = await db.rows<{ insats_id: string; datum: string; motestyp: string }>(
    "select insats_id, datum, motestyp from marts.mote where ar_hallet order by datum",
  );
  const breaks = await db.rows<{ insats_id: string; datum: string }>(
    "select insats_id, datum from staging.seriebrott order by datum",
  );
  const brott = new Map<string, string[]>();
  for (const { insats_id: insats, datum } of breaks) brott.set(insats, [...(brott.get(insats) ?? []), datum]);
  return { insatser: new Map(insatser.map((row) => [row.insats_id, row])), parter, moten, brott };
};

const unknownInsats: InsatsFacts = {
  startdatum: null,
  slutdatum: null,
  data_fran: null,
  data_till: null,
  forbund_id: null,
  finansiarer: null,
  modell: null,
};

export const factsOf = (facts: Facts, { insats_id: insats, pipeline }: Stated): InsatsFacts => {
  const known = facts.insatser.get(insats) ?? unknownInsats;
  return { ...known, data_till: pipeline.rapporterat_till ?? known.data_till };
};
