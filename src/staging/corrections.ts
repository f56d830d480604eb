/**
 * What the evaluator corrects in a delivery, between inbox and staging. The inbox keeps the cell as delivered;
 * `inbox.gallande` is what staging reads. A correction holds only for the value it was written against.
 */
import type { Database } from "../db/open.ts";
import { readAddress } from "../schema/address.ts";
import { asSeen } from "../schema/columns.ts";
import { StoppedError } from "../schema/errors.ts";
import type { FindingCode } from "../schema/findings.ts";
import { meant, plainly, saysIdentity } from "../schema/identity.ts";
import type { Korrigering } from "../schema/pipeline.ts";

/** The corrections that one file states, and the deliveries it may correct. */
export interface Corrections {
  readonly file: string;
  readonly korrigeringar: readonly Korrigering[];
  readonly sources: readonly string[];
}

/** Whether a version of a file other than the one in force held a value in a cell, as it looks. */
export type HeldBefore = (
  cell: { readonly fil: string; readonly blad: string | undefined; readonly rad: number; readonly cell: number },
  sha256: string,
  value: string,
) => boolean;

interface Place {
  /** None where the table has no such row. */
  readonly kallrad: string | null;
  readonly tabell_id: number;
  readonly fil: string;
  readonly blad: string;
  readonly sha256: string;
  readonly kolumn: string | null;
  readonly delivered: string | null;
  /** Nothing is left of the row but that it was there: its person is forgotten. */
  readonly ar_glomd: boolean;
}

/** Where a correction holds, or the file that it no longer holds for. */
interface Found extends Place {
  readonly isPassed: boolean;
}

const find = async (
  db: Database,
  { fil, blad, cell: address, gammalt }: Korrigering,
  sources: readonly string[],
  heldBefore: HeldBefore,
): Promise<[Found, ...Found[]]> => {
  const { cell, rad } = readAddress(address);
  const tables = await db.rows<Place & { leverans: string }>(
    `select cast(rad.kallrad as varchar) as kallrad, tabell.tabell_id, tabell.fil, tabell.blad, tabell.sha256, tabell.leverans,
       tabell.rubriker[$cell + 1] as kolumn, rad.celler[$cell + 1] as delivered,
       coalesce(len(rad.celler) = 0, false) as ar_glomd
     from inbox.tabell as tabell left join inbox.rad as rad on rad.tabell_id = tabell.tabell_id and rad.rad = $rad
     where ($blad = '' or tabell.blad = $blad) and (tabell.fil = $fil or ends_with(tabell.fil, '/' || $fil))
     order by rad.kallrad, tabell.tabell_id`,
    { cell, rad, blad: blad ?? "", fil },
  );
  const own = tables.filter(({ leverans }) => sources.includes(leverans));
  const rows = own.filter(({ kallrad }) => kallrad !== null);
  const fits = rows.filter(({ delivered }) => asSeen(delivered ?? "") === asSeen(gammalt));
  const [first, ...others] = fits.map((one): Found => ({ ...one, isPassed: false }));
  // One cell stands in several rows where its sheet is read as several datasets.
  if (first && others.every((one) => one.fil === first.fil && one.blad === first.blad)) return [first, ...others];
  const [forgotten] = rows.filter(({ ar_glomd: isForgotten }) => isForgotten);
  if (forgotten && fits.length === 0) return [{ ...forgotten, isPassed: false }];
  const where = `${fil}${blad === undefined ? "" : `, ${blad}`}, ${address}`;
  if (fits.length > 1) {
    const files = [...new Set(fits.map((one) => one.fil))].join(", ");
    throw new StoppedError(
      `korrigeringar: ${where}: several cells are so named and hold ”${gammalt}” (${files}); write the file's whole name, and blad`,
    );
  }
  const passed = [...rows, ...own].find((one) => heldBefore({ fil: one.fil, blad, rad, cell }, one.sha256, gammalt));
  if (passed) return [{ ...passed, isPassed: true }];
  const held = rows.length === 0 ? "there is no such row" : `the cell holds ”${asSeen(rows[0]?.delivered ?? "")}”`;
  throw new StoppedError(
    `korrigeringar: ${where}: expected ”${gammalt}”, but ${held}; nothing was changed. Remove the correction, or write what it is to correct now`,
  );
};

/**
 * Makes `inbox.gallande`: the delivered rows with the corrections decided by today. One that an earlier version of its
 * file needed is passed over with a finding. One of a forgotten person's row corrects nothing any more, and is still
 * known: the report rests on no other decisions for that.
 * @throws StoppedError a cell does not hold what a correction expects, and never did
 */
export const correct = async (
  db: Database,
  stated: readonly Corrections[],
  heldBefore: HeldBefore,
  today: string,
): Promise<void> => {
  await db.run(
    "create table inbox.korrigering (kallrad bigint, tabell_id integer, cell integer, gammalt varchar, nytt varchar, skal varchar, datum date)",
  );
  for (const { file, korrigeringar, sources } of stated) {
    for (const correction of korrigeringar) {
      const { cell: address, gammalt, nytt, skal, datum } = correction;
      if (datum > today) continue;
      const all = await find(db, correction, sources, heldBefore).catch((error: unknown) => {
        throw error instanceof StoppedError ? new StoppedError(`${file}: ${error.message}`) : error;
      });
      const [found] = all;
      const { kallrad, tabell_id, kolumn, delivered } = found;
      if (saysIdentity(kolumn ?? "") && meant(plainly(nytt))) {
        throw new StoppedError(
          `${file}: korrigeringar: ${correction.fil}, ${address}: an identity number is never written in a pipeline file; the sender corrects it`,
        );
      }
      const { cell, rad } = readAddress(address);
      const known = { kallrad, cell };
      const note = (kod: FindingCode, detalj: string): Promise<void> =>
        db.run(
          "insert into checks.fynd select $tabell_id, cast($kallrad as bigint), $rad, $cell, $kolumn, $gammalt, $kod, $detalj",
          { ...known, tabell_id, rad, kolumn, gammalt, kod, detalj },
        );
      const held = kallrad === null ? "finns ingen sådan rad" : `står där ”${asSeen(delivered ?? "")}”`;
      if (found.isPassed) {
        await note("korrigering_passerad", held);
        continue;
      }
      for (const { kallrad: own, tabell_id: table } of all) {
        // Findings about the old value are dropped; the new one is validated like any other.
        const at = { kallrad: own, cell };
        await db.run("delete from checks.fynd where kallrad = cast($kallrad as bigint) and cell = $cell", at);
        await db.run(
          "insert into inbox.korrigering select cast($kallrad as bigint), $tabell_id, $cell, $gammalt, $nytt, $skal, cast($datum as date)",
          { ...at, tabell_id: table, gammalt, nytt, skal, datum },
        );
      }
      if (!found.ar_glomd) await note("korrigerad", `”${nytt}” (${skal}, ${datum})`);
    }
  }
  await db.run(
    (await db.count("inbox.korrigering")) > 0
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
