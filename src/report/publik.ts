/** All that the report may know: the rows of `publik`, which have passed disclosure control. */
import { reader } from "../db/dialect.ts";
import type { Database } from "../db/open.ts";
import type { Utfall, Utslag } from "../schema/alternativ.ts";
import type { Row } from "../schema/results.ts";

/** `ar_dold`: the row's figures are withheld because they are of few persons. Its columns for figures are then null. */
interface Withheld {
  readonly ar_dold: boolean;
}

export type Mal = Row<"malsammanfattning"> & Withheld;
/** `ar_kommande`: the row's period has not begun. */
interface Coming {
  readonly ar_kommande: boolean;
}

export type Malrad = Row<"maluppfyllelse"> & Withheld & Coming;
export type Serierad = Row<"malserie">;
export type EjKallad = Row<"ej_kallade">;
export type Utsaga = Row<"utsagekontroll"> & Withheld;
export type Kon = Omit<Row<"konsfordelning">, "totalt"> & { readonly totalt: number | null } & Withheld;
export type Leverans = Omit<Row<"leveranser">, "rader" | "lasta"> & {
  readonly rader: number | null;
  readonly lasta: number | null;
} & Withheld;
export type Andel = Row<"kostnadsandel">;
export type AndelAr = Row<"kostnadsandel_ar">;
export type Forbundskostnad = Row<"forbundskostnad">;
export type ForbundskostnadAr = Row<"forbundskostnad_ar">;
export type Bidrag = Row<"bidragsandel">;
export type Prognos = Row<"prognos">;
export type Forlopp = Row<"kostnadsforlopp">;
/** `har_okand`: some may count and are not known; of persons it is not told how many. */
interface Unknown {
  readonly har_okand: boolean;
}

export type Enhetskostnad = Row<"enhetskostnad"> & Withheld & Unknown;
export type Budget = Row<"budgetutfall">;
export type Budgetforklaring = Row<"budgetforklaring">;
export type Budgettakt = Row<"budgettakt">;
export type Fynd = Row<"datakvalitet">;
export type Modellrad = Row<"modelljamforelse"> & Withheld;

export type Andring = Row<"andring">;

/** An insats that an earlier report was about, and the day of that report. */
export interface Jamford {
  readonly insats_id: string;
  readonly jamfort_med: string;
}

/** How a team works, in one respect, in the report's own words. */
export interface Profil {
  readonly insats_id: string;
  readonly dimension: string;
  readonly varde: string;
  readonly dokument: string | null;
  readonly avsnitt: string | null;
}

/** A goal's verdict under one definition, the goal's own where fraga is empty; null where it is withheld. */
export interface Provrad extends Withheld {
  readonly insats_id: string;
  readonly mal_id: string;
  readonly text: string;
  readonly fraga: string;
  readonly definition: string;
  readonly status: Utfall | null;
  readonly utslag: Utslag | null;
}

export interface Insats {
  readonly insats_id: string;
  readonly namn: string;
  readonly startdatum: string | null;
  readonly slutdatum: string | null;
  readonly data_fran: string | null;
  readonly data_till: string | null;
  /** Ids of the förbund that finance it, joined by comma. */
  readonly finansiarer: string | null;
}

export interface Forbund {
  readonly forbund_id: string;
  readonly namn: string;
}

export interface PartOfInsats {
  readonly insats_id: string;
  readonly part_id: string;
  readonly namn: string;
  readonly huvudman: string;
}

export interface Finansiering {
  readonly insats_id: string;
  readonly forbund_id: string | null;
  readonly ar: number | null;
  readonly slag: string | null;
  readonly beslutsdatum: string | null;
  readonly andel: number | null;
  readonly belopp_ore: number | null;
  readonly dokument: string | null;
  readonly avsnitt: string | null;
}

export interface Kalla {
  readonly dokument: string;
  readonly titel: string;
  readonly utgivare: string | null;
  readonly datum: string | null;
}

/** Everything in key order. */
export interface Publik {
  readonly insatser: readonly Insats[];
  readonly forbund: readonly Forbund[];
  readonly parter: readonly PartOfInsats[];
  readonly finansiering: readonly Finansiering[];
  readonly kallor: readonly Kalla[];
  readonly mal: readonly Mal[];
  readonly malrader: readonly Malrad[];
  readonly serier: readonly Serierad[];
  readonly ejKallade: readonly EjKallad[];
  readonly andelar: readonly Andel[];
  readonly andelarAr: readonly AndelAr[];
  readonly forbundskostnad: readonly Forbundskostnad[];
  readonly forbundskostnadAr: readonly ForbundskostnadAr[];
  readonly bidrag: readonly Bidrag[];
  readonly prognoser: readonly Prognos[];
  readonly forlopp: readonly Forlopp[];
  readonly enhetskostnader: readonly Enhetskostnad[];
  readonly budget: readonly Budget[];
  readonly budgetforklaringar: readonly Budgetforklaring[];
  readonly budgettakter: readonly Budgettakt[];
  readonly kon: readonly Kon[];
  readonly utsagor: readonly Utsaga[];
  readonly leveranser: readonly Leverans[];
  readonly fynd: readonly Fynd[];
  readonly modeller: readonly Modellrad[];
  readonly profiler: readonly Profil[];
  readonly jamforda: readonly Jamford[];
  readonly andringar: readonly Andring[];
  /** A goal's own definition first, then the others. */
  readonly prov: readonly Provrad[];
}

/** Tables of `publik` that are no results, and the column that only `publik` has. */
type OnlyHere = {
  "publik.insats": Insats;
  "publik.forbund": Forbund;
  "publik.part": PartOfInsats;
  "publik.finansiering": Finansiering;
  "publik.kalla": Kalla;
  "publik.malsammanfattning": Withheld;
  "publik.maluppfyllelse": Withheld & Coming;
  "publik.konsfordelning": Withheld;
  "publik.utsagekontroll": Withheld;
  "publik.leveranser": Withheld;
  "publik.modelljamforelse": Withheld;
  "publik.enhetskostnad": Withheld & Unknown;
  "publik.teamprofil": Profil;
  "publik.jamford": Jamford;
  "publik.definitionsprov": Provrad & { readonly nr: number };
};

/** Reads `publik` whole. */
export const readPublik = async (db: Database): Promise<Publik> => {
  const publik = reader(db).$extendTables<OnlyHere>();
  return {
    insatser: await publik.selectFrom("publik.insats").selectAll().orderBy("insats_id").execute(),
    forbund: await publik.selectFrom("publik.forbund").selectAll().orderBy("forbund_id").execute(),
    parter: await publik.selectFrom("publik.part").selectAll().orderBy("insats_id").orderBy("part_id").execute(),
    finansiering: await publik
      .selectFrom("publik.finansiering")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("forbund_id")
      .orderBy("ar")
      .orderBy("slag")
      .orderBy("beslutsdatum")
      .orderBy("belopp_ore")
      .execute(),
    kallor: await publik.selectFrom("publik.kalla").selectAll().orderBy("dokument").execute(),
    mal: await publik
      .selectFrom("publik.malsammanfattning")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("mal_id")
      .execute(),
    malrader: await publik
      .selectFrom("publik.maluppfyllelse")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("mal_id")
      .orderBy("grupp")
      .orderBy("gruppvarde")
      .orderBy("fran")
      .execute(),
    serier: await publik
      .selectFrom("publik.malserie")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("mal_id")
      .orderBy("grupp")
      .orderBy("gruppvarde")
      .orderBy("fran")
      .execute(),
    ejKallade: await publik
      .selectFrom("publik.ej_kallade")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("part_id")
      .orderBy("datum")
      .orderBy("mote_id")
      .execute(),
    andelar: await publik
      .selectFrom("publik.kostnadsandel")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("dimension")
      .orderBy("id")
      .execute(),
    andelarAr: await publik
      .selectFrom("publik.kostnadsandel_ar")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("dimension")
      .orderBy("id")
      .orderBy("ar")
      .execute(),
    forbundskostnad: await publik
      .selectFrom("publik.forbundskostnad")
      .selectAll()
      .orderBy("forbund_id")
      .orderBy("dimension")
      .orderBy("id")
      .execute(),
    forbundskostnadAr: await publik
      .selectFrom("publik.forbundskostnad_ar")
      .selectAll()
      .orderBy("forbund_id")
      .orderBy("dimension")
      .orderBy("id")
      .orderBy("ar")
      .execute(),
    bidrag: await publik
      .selectFrom("publik.bidragsandel")
      .selectAll()
      .orderBy("forbund_id")
      .orderBy("ar")
      .orderBy("huvudman")
      .orderBy("kommun")
      .execute(),
    prognoser: await publik
      .selectFrom("publik.prognos")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("forbund_id")
      .orderBy("period")
      .execute(),
    forlopp: await publik
      .selectFrom("publik.kostnadsforlopp")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("manad")
      .execute(),
    enhetskostnader: await publik
      .selectFrom("publik.enhetskostnad")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("per")
      .orderBy("period")
      .execute(),
    budget: await publik
      .selectFrom("publik.budgetutfall")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("ar")
      .orderBy("post")
      .execute(),
    budgetforklaringar: await publik
      .selectFrom("publik.budgetforklaring")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("ar")
      .orderBy("post")
      .orderBy("nr")
      .execute(),
    budgettakter: await publik
      .selectFrom("publik.budgettakt")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("post")
      .orderBy("part_id")
      .orderBy("roll")
      .orderBy("ar")
      .execute(),
    kon: await publik.selectFrom("publik.konsfordelning").selectAll().orderBy("insats_id").$castTo<Kon>().execute(),
    utsagor: await publik
      .selectFrom("publik.utsagekontroll")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("utsaga_id")
      .execute(),
    leveranser: await publik
      .selectFrom("publik.leveranser")
      .selectAll()
      .orderBy("fil")
      .orderBy("blad")
      .orderBy("tabell")
      .$castTo<Leverans>()
      .execute(),
    fynd: await publik.selectFrom("publik.datakvalitet").selectAll().orderBy("leverans").orderBy("nr").execute(),
    modeller: await publik
      .selectFrom("publik.modelljamforelse")
      .selectAll()
      .orderBy("matt")
      .orderBy("insats_id")
      .execute(),
    profiler: await publik
      .selectFrom("publik.teamprofil")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("dimension")
      .execute(),
    jamforda: await publik.selectFrom("publik.jamford").selectAll().orderBy("insats_id").execute(),
    andringar: await publik
      .selectFrom("publik.andring")
      .selectAll()
      .orderBy("insats_id")
      .orderBy("figur")
      .orderBy("kolumn")
      .execute(),
    prov: await publik
      .selectFrom("publik.definitionsprov")
      .select(["insats_id", "mal_id", "text", "fraga", "definition", "status", "utslag", "ar_dold"])
      .orderBy("nr")
      .execute(),
  };
};

const insatsOf = (row: object): unknown => ("insats_id" in row ? row.insats_id : undefined);

/** What `publik` holds of each insats; what is about none is in all of them. One pass, however many they are. */
export const publikByInsats = (publik: Publik): ((insats: string) => Publik) => {
  const tables = Object.entries<readonly object[]>({ ...publik }).map(([name, rows]) => ({
    name,
    rows,
    own: rows.some((row) => insatsOf(row) !== undefined) ? Map.groupBy(rows, insatsOf) : undefined,
  }));
  return (insats) =>
    Object.fromEntries(
      tables.map(({ name, rows, own }) => [name, own ? (own.get(insats) ?? []) : rows]),
    ) as unknown as Publik;
};
