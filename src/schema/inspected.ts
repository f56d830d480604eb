/** What `inspect` shows of a file. */
import type { FindingCode } from "./findings.ts";
import type { DatasetName } from "./tables.ts";

/** What a column can be said to be read as. */
export const slag = ["text", "heltal", "tal", "kr", "andel", "datum", "manad", "ar", "ja_nej", "personnummer"] as const;
export type Slag = (typeof slag)[number];

export interface Rejected {
  readonly rad: number | null;
  /** As Excel shows it. */
  readonly cell: string | null;
  readonly kolumn: string | null;
  readonly kod: FindingCode;
  readonly allvar: "fel" | "varning";
  readonly meddelande: string;
}

export type Value = string | number | boolean | null;

/** One table of the file. `kr` is whole öre, `andel` 0–1, a date ISO, a missing value null. */
export interface Inspected {
  readonly fil: string;
  readonly blad: string | null;
  readonly kodning: string | null;
  readonly avgransare: string | null;
  readonly rubrikrad: number | null;
  readonly dataset: DatasetName | null;
  readonly kolumner: readonly { readonly rubrik: string; readonly kolumn: string | null; readonly slag: string }[];
  readonly rader: readonly { readonly rad: number; readonly varden: Readonly<Record<string, Value>> }[];
  /** Rows that would be quarantined, and warnings: what does not reject a row leaves it among `rader`. */
  readonly avvisade: readonly Rejected[];
  readonly overhoppade: readonly { readonly rad: number; readonly skal: string }[];
  /** Why the file is refused whole; null where it is read. */
  readonly filfel: Rejected | null;
}
