/** Parquet, read by DuckDB; its values become the same text as a workbook's. */
import type { Database } from "../db/open.ts";
import { certain, digits } from "./formats.ts";
import { FileError, type Post, type Tabell } from "./table.ts";

const whole = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const float = /^(FLOAT|DOUBLE)$/;

/** How a column is put as text. A point in time is the calendar day it has in UTC: the machine's own zone never counts. */
const asText = (name: string, type: string): string => {
  if (type === "BOOLEAN") return `case ${name} when true then 'SANT' when false then 'FALSKT' end`;
  if (type === "TIMESTAMP WITH TIME ZONE") {
    return `strftime(${name} at time zone 'UTC', '%Y-%m-%d %H:%M:%SZ')`;
  }
  if (type.startsWith("TIMESTAMP")) return `strftime(cast(${name} as timestamp), '%Y-%m-%d %H:%M:%S')`;
  if (type === "BLOB") return `case when ${name} is not null then '[binär]' end`;
  return `cast(${name} as varchar)`;
};

const slagOf = (type: string): string => {
  if (whole.test(type) || float.test(type) || type.startsWith("DECIMAL")) return "n";
  if (type === "DATE" || type.startsWith("TIMESTAMP")) return "d";
  return type === "BOOLEAN" ? "b" : "t";
};

const spell = (text: string, type: string): string => {
  if (float.test(type)) return Number.isFinite(Number(text)) ? certain(digits(Number(text))) : text;
  if (type.startsWith("DECIMAL")) return certain(text.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, ""));
  return type.startsWith("TIMESTAMP") ? text.replace(/ 00:00:00Z?$/, "") : text;
};

/**
 * Reads a Parquet file. Its column names are the header, row 1; the first row of values is row 2.
 * @throws FileError when DuckDB cannot read it
 */
export const readParquet = async (db: Database, path: string): Promise<Tabell> => {
  // The path is a pattern to DuckDB, which finds columns in it too: a delivered name is neither.
  const literal = path.replace(/[*?[]/g, "[$&]").replaceAll("'", "''");
  const source = `read_parquet('${literal}', hive_partitioning = false)`;
  try {
    const columns = await db.rows<{ column_name: string; column_type: string }>(
      `select column_name, column_type from (describe from ${source})`,
    );
    const texts = columns.map(({ column_name: name, column_type: type }, i) => {
      return `coalesce(${asText(`"${name.replaceAll('"', '""')}"`, type)}, '') as c${i}`;
    });
    const rows = await db.rows<Record<string, string>>(`select ${texts.join(", ")} from ${source}`);
    const slag = columns.map(({ column_type: type }) => slagOf(type)).join("");
    const poster = rows.map(
      (row, i): Post => ({
        rad: i + 2,
        celler: columns.map(({ column_type: type }, c) => spell(row[`c${c}`] ?? "", type)),
        slag,
      }),
    );
    const header: Post = { rad: 1, celler: columns.map(({ column_name: name }) => name) };
    return { blad: "", kodning: "parquet", avgransare: "", poster: [header, ...poster] };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new FileError(
      "skadad_fil",
      /No magic bytes|too small|not a parquet/i.test(text) ? "ingen Parquetfil" : "Parquet",
    );
  }
};
