/** All that the report may know: the rows of `publik`, which have passed disclosure control. */
import type { PublicSelects } from "../db/dialect.ts";
import type { Database } from "../db/open.ts";
import { type PublicName, type PublicRow, publicNames } from "../schema/publik.ts";

export type Insats = PublicRow<"insats">;
export type Forbund = PublicRow<"forbund">;
export type Finansiering = PublicRow<"finansiering">;
export type Profil = PublicRow<"teamprofil">;
export type Leverabel = PublicRow<"leverabel">;
export type Mote = PublicRow<"mote">;
export type Uppgift = PublicRow<"uppgift">;
export type Jamford = PublicRow<"jamford">;
export type Mal = PublicRow<"malsammanfattning">;
export type Malrad = PublicRow<"maluppfyllelse">;
export type Sammanslagen = PublicRow<"sammanslagen">;
export type Serierad = PublicRow<"malserie">;
export type EjKallad = PublicRow<"ej_kallade">;
export type Utsaga = PublicRow<"utsagekontroll">;
export type Kon = PublicRow<"konsfordelning">;
export type Leverans = PublicRow<"leveranser">;
export type Andel = PublicRow<"kostnadsandel">;
export type AndelAr = PublicRow<"kostnadsandel_ar">;
export type Forbundskostnad = PublicRow<"forbundskostnad">;
export type ForbundskostnadAr = PublicRow<"forbundskostnad_ar">;
export type Bidrag = PublicRow<"bidragsandel">;
export type Prognos = PublicRow<"prognos">;
export type Arsunderlag = PublicRow<"arsunderlag">;
export type Vardtyngd = PublicRow<"vardtyngd">;
export type Forlopp = PublicRow<"kostnadsforlopp">;
export type Enhetskostnad = PublicRow<"enhetskostnad">;
export type Budget = PublicRow<"budgetutfall">;
export type Budgetforklaring = PublicRow<"budgetforklaring">;
export type Budgettakt = PublicRow<"budgettakt">;
export type Fynd = PublicRow<"datakvalitet">;
export type Modellrad = PublicRow<"modelljamforelse">;
export type Parrad = PublicRow<"parjamforelse">;
export type Andring = PublicRow<"andring">;
export type Provrad = PublicRow<"definitionsprov">;

/** Everything, each table in key order. */
export type Publik = { readonly [N in PublicName]: readonly PublicRow<N>[] };

/** @param selects as they were written before, so that what writes them is not loaded */
export const readPublik = async (db: Database, selects?: PublicSelects): Promise<Publik> => {
  const by = selects ?? (await import("../db/dialect.ts")).publicSelects();
  return Object.fromEntries(
    await Promise.all(publicNames.map(async (name) => [name, await db.rows(by[name])] as const)),
  ) as unknown as Publik;
};

/** For which day a run's report is made, and whether its data are invented. */
export const aboutRun = async (db: Database): Promise<{ readonly today: string; readonly exempel: boolean }> => {
  const [korning] = await db.rows<{ idag: string; exempel: boolean }>("select idag, exempel from results.korning");
  return { today: korning?.idag ?? "", exempel: korning?.exempel ?? false };
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
