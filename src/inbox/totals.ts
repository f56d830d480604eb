/** Words by which a record may be the sum of others. Its figures decide: `src/staging/totals.ts`. */

/** What may be a total, by its words. */
export interface Candidate {
  /** The cell that says so, from 0. */
  readonly cell: number;
  /** `varav` is a part of a total; of `ord` the cell says nothing more, of `bland` it does. */
  readonly slag: "varav" | "ord" | "bland";
  /** It is a total whatever its figures are. */
  readonly ar_saker: boolean;
  /** The word stands in a column of categories, not first. */
  readonly ar_kategori: boolean;
  /** It has neither dates nor references. */
  readonly ar_tom: boolean;
  /** The cells that say what it is the total of, from 1. */
  readonly kategori: readonly number[];
}

/** The cells of a table that its totals are known by, from 0. */
export interface TotalCells {
  /** Columns of categories; those in which `Alla` and `Total` may be what somebody said. */
  readonly categories: readonly number[];
  readonly said: readonly number[];
  /** Columns of which all rows of one total are alike. */
  readonly shared: readonly number[];
  /** The key of a dataset without figures, where a row that has it is never a total. */
  readonly register?: readonly number[] | undefined;
}

const words = "summa|delsumma|totalt|total|totalsumma|s:a|summering|sammanlagt|sammantaget|samtliga|alla";
/** A look that most cells fail, since each word is asked of every record. */
export const likelyTotal = "s.m[mt]|t.t.l|s:a|[aáàâä]lla|v.r.v";
const likely = new RegExp(likelyTotal, "i");
const among = new RegExp(`(?<![\\p{L}\\p{N}])(${words})(?![\\p{L}\\p{N}])`, "iu");
const alone = new RegExp(`^(${words})[\\s:.]*$`, "iu");
const part = /^varav(?![\p{L}\p{N}])/iu;
const saidWord = /^(alla|total)\b/i;
const toBegin = new RegExp(`^(${words})(?![\\p{L}\\p{N}])`, "iu");

export const beginsAsTotal = (written: string): boolean => toBegin.test(written);

export const totalWord = (cell: string): Candidate["slag"] | undefined => {
  if (!likely.test(cell)) return undefined;
  const written = cell.normalize("NFKD").replace(/\p{M}/gu, "").trim();
  return part.test(written) ? "varav" : alone.test(written) ? "ord" : among.test(written) ? "bland" : undefined;
};

const strength = ["bland", "ord", "varav"];

/**
 * What a record may be, by its words.
 * @param neighbours the records before and after: a label that stands there too is a label of rows
 * @param isNamed whether the pipeline reads the word that stands in a cell
 */
export const candidate = (
  celler: readonly string[],
  { categories, said, shared, register }: TotalCells,
  dated: readonly number[],
  neighbours: readonly (readonly string[] | undefined)[],
  isNamed: (cell: number) => boolean,
): Candidate | undefined => {
  const first = celler.findIndex((cell) => cell.trim() !== "");
  const isLikely = (cell: number): boolean => likely.test(celler[cell] ?? "");
  if (!isLikely(first) && !categories.some(isLikely)) return undefined;
  const isFilled = (cell: number): boolean => (celler[cell] ?? "").trim() !== "";
  const found = [...new Set([first, ...categories])].flatMap((cell) => {
    const slag = totalWord(celler[cell] ?? "");
    if (!slag || isNamed(cell)) return [];
    const isLabel = slag === "bland" && cell === first && !categories.includes(cell);
    return isLabel && neighbours.some((other) => other?.[cell] === celler[cell]) ? [] : [{ cell, slag }];
  });
  if (found.length === 0 || register?.every(isFilled)) return undefined;
  const sure = found.filter(
    ({ cell, slag }) => slag !== "bland" && !(said.includes(cell) && saidWord.test((celler[cell] ?? "").trim())),
  );
  const [best = { cell: first, slag: "bland" }] = [...sure, ...found].sort(
    (a, b) => strength.indexOf(b.slag) - strength.indexOf(a.slag),
  );
  return {
    ...best,
    ar_saker: sure.length > 0,
    ar_kategori: best.cell !== first,
    ar_tom: !dated.some((cell) => cell !== first && isFilled(cell)),
    kategori: shared
      .filter((cell) => isFilled(cell) && !found.some((one) => one.cell === cell))
      .map((cell) => cell + 1),
  };
};
