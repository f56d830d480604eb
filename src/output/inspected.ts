/** What would be read of a file, for a terminal. */
import { count } from "./count.ts";
import { textTable } from "./table.ts";

interface Said {
  readonly rad: number | null;
  readonly cell: string | null;
  readonly kod: string;
  readonly meddelande: string;
}

/** One table, as `inspect` returns it. */
interface Inspected {
  readonly fil: string;
  readonly blad: string | null;
  readonly kodning: string | null;
  readonly avgransare: string | null;
  readonly rubrikrad: number | null;
  readonly dataset: string | null;
  readonly kolumner: readonly { readonly rubrik: string; readonly kolumn: string | null; readonly slag: string }[];
  readonly rader: readonly {
    readonly rad: number;
    readonly varden: Readonly<Record<string, string | number | boolean | null>>;
  }[];
  readonly avvisade: readonly Said[];
  readonly overhoppade: readonly { readonly rad: number; readonly skal: string }[];
  readonly filfel: Said | null;
}

export const inspectedText = (table: Inspected): string => {
  const { fil, blad, kodning, avgransare, rubrikrad, dataset, kolumner, rader, avvisade, overhoppade, filfel } = table;
  const read = [kodning, avgransare && `separator ${avgransare}`, rubrikrad && `header in row ${rubrikrad}`];
  const parts = [
    `${fil}${blad === null ? "" : `, ${blad}`}: ${dataset ?? "no dataset"} (${read.filter(Boolean).join(", ")})`,
  ];
  if (filfel) return [...parts, `refused: ${filfel.meddelande}`].join("\n");
  parts.push(
    kolumner.map(({ rubrik, kolumn, slag: kind }) => `${rubrik} → ${kolumn ? `${kolumn}, ` : ""}${kind}`).join("; "),
  );
  if (rader.length > 0) parts.push("", textTable(rader.slice(0, 20).map(({ rad, varden }) => ({ rad, ...varden }))));
  if (rader.length > 20) parts.push(`… ${count(rader.length - 20, "row")} more; --json shows all`);
  if (avvisade.length > 0)
    parts.push("", ...avvisade.map((one) => `${one.cell ?? one.rad ?? ""} ${one.kod}: ${one.meddelande}`));
  if (overhoppade.length > 0)
    parts.push("", `passed over: ${overhoppade.map(({ rad, skal }) => `${rad} ${skal}`).join(", ")}`);
  return parts.join("\n");
};
