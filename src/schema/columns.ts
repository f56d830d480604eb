/**
 * What a column can be. A dataset or result is declared once with these, and everything else follows from it:
 * the parse, its reject reasons, the DDL, the row type, the exports' formats.
 */

/**
 * - `id` an identifier, kept as written; `text` free text; `kod` a word of an open list, folded (`Samverkan` → `samverkan`)
 * - `val` a word of the closed list in `values`; `ja_nej` a boolean
 * - `heltal` a whole number; `tal` a decimal number, six decimals kept exactly; `andel` a share, 0–1
 * - `kr` an amount: kronor as delivered, öre in the column `<name>_ore`
 * - `datum` a calendar date; `ar` a year
 */
export type Kind = "id" | "text" | "kod" | "val" | "ja_nej" | "heltal" | "tal" | "andel" | "kr" | "datum" | "ar";

/**
 * How a column's cells are written, if otherwise than its kind's:
 * - `fran`, `till` a date, or a period, of which it is the first or the last day
 * - `timmar` a decimal number, or hours and minutes
 * - `svar` a text that may say that nobody knows
 * - `motestyp` a word of an open list, without the word for a meeting (`Styrgruppsmöte` is `styrgrupp`)
 * - `flera` words of an open list, set apart by `;` or `+` in the cell and by `;` in the table
 */
export type Reading = "fran" | "till" | "timmar" | "svar" | "flera" | "motestyp";

export interface Column {
  readonly kind: Kind;
  readonly reading?: Reading;
  /** The Swedish heading people see. */
  readonly heading: string;
  readonly required?: true;
  /** Other headings it is known under; compared folded. */
  readonly synonyms?: readonly string[];
  /** For `val`: each permitted value and the other ways it is written. */
  readonly values?: Readonly<Record<string, readonly string[]>>;
  /** The value an empty cell means, where the contract gives one. */
  readonly fallback?: string;
  /** A cell that is empty, although there is a column, is reported. */
  readonly asksForBlank?: true;
  /** A number that no total adds up. */
  readonly isNotSummed?: true;
  readonly min?: number;
  /** `dataset`: the row must name a row that was loaded there, through the columns that are that dataset's key. */
  readonly refers?: string;
}

type Options = Omit<Column, "kind" | "heading">;
const column =
  <const K extends Kind>(kind: K) =>
  <const O extends Options>(heading: string, options?: O): { kind: K; heading: string } & O =>
    ({ kind, heading, ...options }) as { kind: K; heading: string } & O;

export const id = column("id");
export const text = column("text");
export const kod = column("kod");
export const val = column("val");
export const jaNej = column("ja_nej");
export const heltal = column("heltal");
export const tal = column("tal");
export const andel = column("andel");
export const kr = column("kr");
export const datum = column("datum");
export const ar = column("ar");

/** Whether a column's figures are counts, amounts or hours, which totals add up. */
export const isSummed = ({ kind, isNotSummed }: Pick<Column, "isNotSummed"> & { readonly kind: string }): boolean =>
  ["heltal", "tal", "kr"].includes(kind) && !isNotSummed;

/** The name a declared column has in a table: an amount carries its unit. */
export const storedName = (name: string, { kind }: Column): string => (kind === "kr" ? `${name}_ore` : name);

/** DuckDB's type for each kind, as staging keeps it. `tal` is exact: no float sum may reach a result. */
export const duckType: Readonly<Record<Kind, string>> = {
  id: "VARCHAR",
  text: "VARCHAR",
  kod: "VARCHAR",
  val: "VARCHAR",
  ja_nej: "BOOLEAN",
  heltal: "BIGINT",
  tal: "DECIMAL(28,6)",
  andel: "DECIMAL(28,10)",
  kr: "BIGINT",
  datum: "DATE",
  ar: "INTEGER",
};

/**
 * The one way two written names are held to be the same: case, diacritics, spaces, `-` and `_` do not count.
 * The same folding is the SQL macro `sv_vik`; a test holds the two together.
 */
export const fold = (written: string): string =>
  // Most text has only plain letters, and nothing to take apart.
  /[^ -~]/.test(written)
    ? written
        .normalize("NFKD")
        .replace(/\p{M}+/gu, "")
        .toLowerCase()
        .replaceAll("ø", "o")
        .replaceAll("æ", "a")
        .replace(/[^\p{L}\p{N}]+/gu, "")
    : written.toLowerCase().replace(/[^a-z0-9]+/g, "");

/**
 * A text as it looks on a screen, where one may copy it. White space of whatever length is one space, a letter is one letter
 * however it is composed, and what cannot be seen is not there. Dashes of different lengths are different.
 */
export const asSeen = (text: string): string =>
  text
    .normalize("NFC")
    .replace(/\s+/gu, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .trim();
