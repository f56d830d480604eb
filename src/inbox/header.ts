/** Which record is the header, by its looks alone; and headers of two rows. */
import { fold } from "../schema/columns.ts";
import { kronorord } from "../schema/kronor.ts";
import { isBlank, type Post } from "./table.ts";

export interface Header {
  /** Index of its first record. */
  readonly at: number;
  readonly rows: 1 | 2;
  /** As written; of two rows joined by a space. */
  readonly headings: readonly string[];
  /** The lower row's own words: under a group `2023` the column is called `Kvinnor`, too. */
  readonly lower: readonly string[];
}

const missing = new Set(["-", "–", "—", "--", "..", "…", "i.u.", "n/a", "uppgift saknas", "vet ej"]);
const figure =
  /^[+\-−–]?\s*\d[\d\s.,'’\u00A0\u202F\u2009/:-]*\s*(%|kr|tkr|mkr|sek|:-)?$|^\d{1,2}(:e|e)? [a-zåäö]{3,9}\.? \d{2,4}$/i;
const year = /^(19|20)\d\d$/;
const letters = /\p{L}/u;

export const clean = (cell: string | undefined): string => (cell ?? "").trim();
export const filledOf = ({ celler }: Post): string[] => celler.map(clean).filter((cell) => cell !== "");

/** A number, amount or date: what stands under headings. */
export const isFigure = (cell: string): boolean => figure.test(cell);

/** Blank, or a sign or words for a value that is not stated; the twin of the SQL macro `sv_saknas`. */
export const isMissing = (cell: string): boolean => {
  const written = cell.trim().toLowerCase();
  return written === "" || missing.has(written);
};

const mayHead = (cell: string): boolean => !isMissing(cell) && (!isFigure(cell) || year.test(cell));

/** Every filled cell could be a heading, and one has letters. */
const looksLikeHeadings = (post: Post): boolean => {
  const filled = filledOf(post);
  // `Vet ej` is what an answer of a survey is called, too.
  const isWord = (cell: string): boolean => letters.test(cell) && !isFigure(cell);
  return filled.every((cell) => mayHead(cell) || isWord(cell)) && filled.some(isWord);
};

const joined = (upper: Post, lower: Post): Header["headings"] => {
  const width = Math.max(upper.celler.length, lower.celler.length);
  const covered = upper.slag?.includes("<") ?? false;
  let group = "";
  return Array.from({ length: width }, (_, c) => {
    const own = clean(upper.celler[c]);
    const under = clean(lower.celler[c]);
    if (own !== "") group = own;
    else if (covered ? upper.slag?.[c] !== "<" : under === "") group = "";
    const above = own !== "" ? own : group;
    return above === under || under === "" ? own || under : above === "" ? under : `${above} ${under}`;
  });
};

/** One filled cell above the headings: a group only if it is merged over several of them, and below the file's first row. */
const isTitle = (upper: Post): boolean => {
  const filled = upper.celler.flatMap((cell, c) => (clean(cell) === "" ? [] : [c]));
  return filled.length === 1 && (upper.rad === 1 || upper.slag?.[(filled[0] ?? 0) + 1] !== "<");
};

/** Whether the record after `at` is the header's second row. */
const hasSecondRow = (poster: readonly Post[], at: number): boolean => {
  const [upper, lower] = [poster[at], poster[at + 1]];
  if (!upper || !lower || isBlank(lower) || isBlank(upper) || isTitle(upper)) return false;
  const under = lower.celler.map(clean);
  if (!under.every((cell) => cell === "" || mayHead(cell))) return false;
  if (under.every((cell) => cell === "" || /^\(.*\)$|^(kr|tkr|mkr|%|st|tim|timmar)$/i.test(cell))) return true;
  const above = (c: number): string => clean(upper.celler[c]);
  // Merged cells say it: a group over several headings, or a heading over both rows.
  const merged = under.some((cell, c) => cell !== "" && upper.slag?.[c] === "<");
  const tall = under.some((cell, c) => cell !== "" && lower.slag?.[c] === "T" && cell === above(c));
  if ((merged || tall) && under.some((cell, c) => cell !== "" && cell !== above(c))) return true;
  const groups = under.some(
    (cell, c) => cell !== "" && above(c) === "" && upper.celler.slice(0, c).some((one) => clean(one) !== ""),
  );
  if (!groups) return false;
  // Without them only what follows can: figures under words.
  const following = poster.slice(at + 2, at + 12).filter((post) => !isBlank(post));
  return under.some(
    (cell, c) => cell !== "" && !isFigure(cell) && following.some(({ celler }) => isFigure(clean(celler[c]))),
  );
};

export const headerAt = (poster: readonly Post[], at: number): Header => {
  const upper = poster[at];
  const lower = poster[at + 1];
  if (upper && lower && hasSecondRow(poster, at)) {
    return { at, rows: 2, headings: joined(upper, lower), lower: lower.celler };
  }
  const headings = upper?.celler ?? [];
  return { at, rows: 1, headings, lower: headings };
};

/** What these columns are called without a group that stands over them all: it tells none of them apart. */
export const withoutGroup = ({ headings, lower }: Header, cells: readonly number[]): ((cell: number) => string) => {
  const ownOf = (cell: number): string => clean(lower[cell]);
  const groupOf = (cell: number): string =>
    ownOf(cell) === "" ? "" : clean(headings[cell]).slice(0, -ownOf(cell).length);
  const isOne = new Set(cells.map(groupOf).filter((group) => group !== "")).size === 1;
  return (cell) => (isOne && groupOf(cell) !== "" ? ownOf(cell) : clean(headings[cell]));
};

/** A header is looked for in so many records. */
export const headerRows = 30;

/** The first record near the top that looks like headings over what follows; undefined where there is none. */
export const findHeader = (poster: readonly Post[]): Header | undefined => {
  for (const [at, post] of poster.slice(0, headerRows).entries()) {
    const filled = filledOf(post).length;
    const widest = Math.max(0, ...poster.slice(at, at + 40).map((one) => filledOf(one).length));
    if (filled === 0 || filled < Math.min(2, widest) || filled < widest / 2) {
      // A row of groups may be narrow: it counts with the row under it.
      if (filled === 0 || !filledOf(post).every(mayHead) || !hasSecondRow(poster, at) || widest < 3) continue;
      const both = headerAt(poster, at);
      // The first columns, of categories, often have none.
      const named = both.headings.findIndex((cell) => cell !== "");
      if (filled >= 2 && both.headings.filter((cell) => cell !== "").length + named >= widest) return both;
      continue;
    }
    const header = headerAt(poster, at);
    if (looksLikeHeadings(post) || (header.rows === 2 && filledOf(post).every(mayHead))) return header;
  }
  return undefined;
};

/** Headings that two columns share, folded, with the cells they stand in. */
export const doubled = (headings: readonly string[]): Map<string, number[]> => {
  const cells = Map.groupBy(headings.keys(), (cell) => fold(headings[cell] ?? ""));
  return new Map([...cells].filter(([name, of]) => name !== "" && of.length > 1));
};

const { mkr, tkr, kr } = kronorord;
const unitPattern = new RegExp(
  `[\\s,(]*\\(?\\s*(?<![\\p{L}])(?:(${mkr})|(${tkr})|(${kr})|(%|procent)|(st))\\s*\\)?\\s*$`,
  "iu",
);

const thousands = new RegExp(`(?<!\\p{L}|\\d\\s?)(?:(${mkr})|(${tkr}))(?!\\p{L})`, "iu");

/** The unit that a text gives for amounts beside it, `mkr` or `tkr`; an amount of its own, `500 tkr`, is none. */
export const thousandsIn = (text: string): string => {
  const [, millions, other] = thousands.exec(text.replace(/\b(19|20)\d\d\b/g, "")) ?? [];
  return millions ? "mkr" : other ? "tkr" : "";
};

export const unitOf = (heading: string): string => {
  const [, ...said] = unitPattern.exec(heading) ?? [];
  return ["mkr", "tkr", "kr", "%", "st"][said.findIndex((word) => word !== undefined)] ?? thousandsIn(heading);
};

export const withoutUnit = (heading: string): string => heading.replace(unitPattern, "");

/** A heading folded, with and without its unit. */
export const namesOfHeading = (heading: string): string[] =>
  [...new Set([...new Set([heading, withoutUnit(heading)])].map(fold))].filter((name) => name !== "");

/**
 * Finds headings by what they are called: of two rows joined, or by the lower one, and where one stands several times by
 * the number that `inspect` gives it: `Kvinnor (2)`.
 */
export const findCells = ({ headings, lower }: Header, wanted: readonly string[]) => {
  const rows = (wanted.length === 0 ? [] : [headings, lower]).map((row) => {
    const named = new Map<string, number[]>();
    for (const [cell, heading] of row.entries())
      for (const name of namesOfHeading(heading)) named.set(name, [...(named.get(name) ?? []), cell]);
    return named;
  });
  const called = (heading: string): readonly number[] =>
    rows.map((named) => named.get(fold(heading))).find((found) => found !== undefined) ?? [];
  const cells = new Map<string, number>();
  const settled = new Set<number>();
  const repeated: (readonly number[])[] = [];
  for (const heading of wanted) {
    const own = called(heading);
    const [, base = "", nr = ""] = own.length > 0 ? [] : (/^(.+) \((\d+)\)$/.exec(heading.trim()) ?? []);
    const several = base === "" ? [] : called(base);
    for (const cell of several) settled.add(cell);
    const cell = own[0] ?? several[Number(nr) - 1];
    if (cell !== undefined) cells.set(heading, cell);
    if (own.length > 1) repeated.push(own);
  }
  return {
    cells,
    missing: wanted.filter((heading) => !cells.has(heading)),
    /** Cells that are told apart by number. */
    settled,
    /** Cells of a heading that stands several times, and was asked for without a number. */
    doubled: repeated.filter((own) => !own.some((cell) => settled.has(cell))),
  };
};
