/** One file, whatever its kind, to tables: the only door from bytes to records. */
import type { Database } from "../db/open.ts";
import { type DeclaredDialect, readText } from "./csv.ts";
import { foreignKind } from "./dialect.ts";
import { readParquet } from "./parquet.ts";
import { splitTables } from "./split.ts";
import { FileError, type Read } from "./table.ts";
import { readWorkbook } from "./xlsx.ts";

/** The endings that are read, and those that are known to hold tables in a form that is not. */
export const readable = /\.(csv|tsv|txt|xlsx|xlsm|parquet)$/i;
export const tabular = /\.(csv|tsv|txt|xlsx|xlsm|parquet|xls|xlsb|ods|numbers)$/i;

/** @throws FileError when nothing of it can be read */
export const readTables = async (
  db: Database,
  { fil, path, bytes }: { readonly fil: string; readonly path: string; readonly bytes: Uint8Array },
  declared: DeclaredDialect = {},
): Promise<Read> => {
  const ending = /\.[^./\\]*$/.exec(fil)?.[0].toLowerCase() ?? "";
  if (bytes.length === 0) throw new FileError("tom_fil");
  if (/^\.(csv|tsv|txt)$/.test(ending)) return { tabeller: splitTables(readText(bytes, declared)), vidSidan: [] };
  if (/^\.(xlsx|xlsm|xls)$/.test(ending)) {
    const { tabeller, vidSidan } = await readWorkbook(bytes);
    return { tabeller: tabeller.flatMap(splitTables), vidSidan };
  }
  if (ending === ".parquet") {
    const kind = foreignKind(bytes);
    if (kind !== "en Parquetfil") throw new FileError("fel_filtyp", kind ?? "ingen Parquetfil");
    return { tabeller: [await readParquet(db, path)], vidSidan: [] };
  }
  if (tabular.test(ending)) throw new FileError("aldre_format", ending);
  throw new FileError("filtyp", ending || "utan filändelse");
};
