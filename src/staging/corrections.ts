/**
 * What the evaluator corrects in a delivery, between inbox and staging. The inbox keeps the cell as delivered;
 * `inbox.gallande` is what staging reads. A correction holds only for the value it was written against.
 */
import type { Database } from "../db/open.ts";
import { StoppedError } from "../schema/errors.ts";
import { meant, plainly, saysIdentity } from "../schema/identity.ts";
import type { Korrigering } from "../schema/pipeline.ts";

/** The corrections that one file states, and the deliveries it may correct. */
export interface Corrections {
  readonly file: string;
  readonly korrigeringar: readonly Korrigering[];
  readonly sources: readonly string[];
}

interface Place {
  readonly kallrad: string;
  readonly tabell_id: number;
  readonly fil: string;
  readonly blad: string;
  readonly kolumn: string | null;
  readonly delivered: string | null;
  /** Nothing is left of the row but that it was there: its person is forgotten. */
  readonly ar_glomd: boolean;
}

/** `C4` is cell 2 of row 4. */
const placed = (address: string): { cell: number; rad: number } => {
  const [, letters = "", digits = ""] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
  const cell = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return { cell, rad: Number(digits) };
};

const find = async (
  db: Database,
  { fil, blad, cell: address, gammalt }: Korrigering,
  sources: readonly string[],
): Promise<Place> => {
  const { cell, rad } = placed(address);
  const candidates = await db.rows<Place & { leverans: string }>(
    `select cast(rad.kallrad as varchar) as kallrad, rad.tabell_id, tabell.fil, tabell.blad, tabell.leverans,
       tabell.rubriker[$cell + 1] as kolumn, trim(rad.celler[$cell + 1]) as delivered,
       len(rad.celler) = 0 as ar_glomd
     from inbox.rad as rad inner join inbox.tabell as tabell on tabell.tabell_id = rad.tabell_id
     where rad.rad = $rad and ($blad = '' or tabell.blad = $blad) and (tabell.fil = $fil or ends_with(tabell.fil, '/' || $fil))
     order by rad.kallrad`,
    { cell, rad, blad: blad ?? "", fil },
  );
  const own = candidates.filter(({ leverans }) => sources.includes(leverans));
  const fits = own.filter(({ delivered }) => (delivered ?? "") === gammalt.trim());
  const [only] = fits;
  if (only && fits.length === 1) return only;
  const [forgotten] = own.filter(({ ar_glomd: isForgotten }) => isForgotten);
  if (forgotten && fits.length === 0) return forgotten;
  const where = `${fil}${blad === undefined ? "" : `, ${blad}`}, ${address}`;
  if (fits.length > 1) {
    const files = [...new Set(fits.map((one) => one.fil))].join(", ");
    throw new StoppedError(
      `korrigeringar: ${where}: several cells are so named and hold ”${gammalt}” (${files}); write the file's whole name, and blad`,
    );
  }
  const held = own.length === 0 ? "there is no such row" : `the cell holds ”${own[0]?.delivered ?? ""}”`;
  throw new StoppedError(
    `korrigeringar: ${where}: expected ”${gammalt}”, but ${held}; nothing was changed. Remove the correction, or write what it is to correct now`,
  );
};

/**
 * Makes `inbox.gallande`: the delivered rows with the corrections decided by today. One of a forgotten person's row
 * corrects nothing any more, and is still known: the report rests on no other decisions for that.
 * @throws StoppedError a cell does not hold what a correction expects
 */
export const correct = async (db: Database, stated: readonly Corrections[], today: string): Promise<void> => {
  await db.run(
    "create table inbox.korrigering (kallrad bigint, tabell_id integer, cell integer, gammalt varchar, nytt varchar, skal varchar, datum date)",
  );
  for (const { file, korrigeringar, sources } of stated) {
    for (const correction of korrigeringar) {
      const { cell: address, gammalt, nytt, skal, datum } = correction;
      if (datum > today) continue;
      const {
        kallrad,
        tabell_id,
        kolumn,
        ar_glomd: isForgotten,
      } = await find(db, correction, sources).catch((error: unknown) => {
        throw error instanceof StoppedError ? new StoppedError(`${file}: ${error.message}`) : error;
      });
      if (saysIdentity(kolumn ?? "") && meant(plainly(nytt))) {
        throw new StoppedError(
          `${file}: korrigeringar: ${correction.fil}, ${address}: an identity number is never written in a pipeline file; the sender corrects it`,
        );
      }
      const { cell, rad } = placed(address);
      const known = { kallrad, cell };
      // What was wrong with the old value is not wrong with the new one, which is read like any other.
      await db.run("delete from checks.fynd where kallrad = cast($kallrad as bigint) and cell = $cell", known);
      await db.run(
        "insert into inbox.korrigering select cast($kallrad as bigint), $tabell_id, $cell, $gammalt, $nytt, $skal, cast($datum as date)",
        { ...known, tabell_id, gammalt, nytt, skal, datum },
      );
      if (isForgotten) continue;
      await db.run(
        "insert into checks.fynd select $tabell_id, cast($kallrad as bigint), $rad, $cell, $kolumn, $gammalt, 'korrigerad', $detalj",
        { ...known, tabell_id, rad, kolumn, gammalt, detalj: `”${nytt}” (${skal}, ${datum})` },
      );
    }
  }
  const [some] = await db.rows<{ antal: number }>("select count(*) as antal from inbox.korrigering");
  await db.run(
    some?.antal
      ? `create view inbox.gallande as
         with rattad as (
           select rad.kallrad, list_transform(range(1, greatest(len(rad.celler), max(ny.cell) + 1) + 1),
             lambda nr: coalesce(list_extract(map_extract(map_from_entries(list((ny.cell + 1, ny.nytt))), cast(nr as integer)), 1), rad.celler[nr], '')) as celler
           from inbox.rad as rad inner join inbox.korrigering as ny on ny.kallrad = rad.kallrad
           where len(rad.celler) > 0
           group by rad.kallrad, rad.celler
         )
         select rad.kallrad, rad.tabell_id, rad.rad, rad.overhoppad, coalesce(rattad.celler, rad.celler) as celler
         from inbox.rad as rad left join rattad on rattad.kallrad = rad.kallrad`
      : "create view inbox.gallande as from inbox.rad",
  );
};
