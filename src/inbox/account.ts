/** Where each record of a table goes before any value is read: to be loaded, or passed over and why; and what is odd about it. */
import { columnLetter } from "../schema/address.ts";
import { fold, type Kind, type Reading } from "../schema/columns.ts";
import type { DatasetName } from "../schema/tables.ts";
import { rounded, serialDate } from "./formats.ts";
import { isFigure, unitOf } from "./header.ts";
import { type Fynd, isBlank, type Post, type Tabell } from "./table.ts";
import { beginsAsTotal, type Candidate, candidate, type TotalCells, totalWord } from "./totals.ts";

export type Skal = "titel" | "rubrik" | "tom" | "summa" | "text";

type Slag = Kind | Reading | "manad" | "personnummer";

/** What is known of a table when its records are looked at. */
export interface Layout {
  /** Index of the header's first record, and how many it takes. */
  readonly header: number;
  readonly rows: 1 | 2;
  readonly headings: readonly string[];
  /** By which cells totals are known; undefined where there is no dataset. */
  readonly totals: TotalCells | undefined;
  /** For each cell that is read, how; a cell that is not read has no errors. */
  readonly kinds: ReadonlyMap<number, Slag>;
  /** The cells of the columns that a row must have, and of its dates and references. */
  readonly required?: readonly number[];
  readonly dated?: readonly number[];
  /** A record without figures gives no row, and is a heading within the table. */
  readonly isWide?: boolean;
  /** Whether the pipeline reads the word that stands in a cell: it is no total. */
  readonly isNamed?: ((post: Post, cell: number) => boolean) | undefined;
}

export interface Placed {
  readonly post: Post;
  /** Why the record is passed over; null where it is read. */
  readonly skal: Skal | null;
  readonly fynd: readonly Fynd[];
  /** It is a total if its figures do not say otherwise. */
  readonly summa?: Candidate;
}

const none: readonly Fynd[] = [];
const counted = new Set<Slag>(["kr", "tal", "timmar", "heltal", "andel"]);
const dated = new Set<Slag>(["datum", "manad", "fran", "till"]);

/** Without a dataset a total row is one that says so and has nothing but figures besides. */
const isPlainTotal = ({ celler }: Post): boolean => {
  const [first = "", ...others] = celler.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return others.length > 0 && others.every(isFigure) && ["ord", "varav"].includes(totalWord(first) ?? "");
};

const filledWidth = (celler: readonly string[]): number => celler.findLastIndex((cell) => cell.trim() !== "") + 1;

const note = /^(\*|(källa|källor|anm|anmärkning|not|uppdaterad)(?![\p{L}\p{N}]))/iu;

/** Whether a record says something in a column. */
const filledIn =
  (celler: Post["celler"]) =>
  (cell: number): boolean =>
    (celler[cell] ?? "").trim() !== "";

/**
 * Text around a table, as a source or a footnote: no cell is read but the one that its first text stands in; or that text
 * begins a note, where something that a row must have is blank; or it begins as a total does, where dates and references are.
 */
const isText = ({ celler }: Post, { kinds, required = [], dated = [], isWide = false, totals }: Layout): boolean => {
  const isFilled = filledIn(celler);
  const cell = celler.findIndex((one) => one.trim() !== "" && !isFigure(one.trim()));
  const written = (celler[cell] ?? "").trim();
  if (cell < 0 || required.length === 0) return false;
  const others = [...kinds.keys()].filter((one) => one !== cell && isFilled(one));
  if (!isWide && required.some((one) => one !== cell) && others.length === 0) return true;
  // `Antal: 12` under a register is none of its rows.
  if (!isWide && totals?.register && /^antal(?!\p{L})/iu.test(written))
    return others.every((one) => isFigure((celler[one] ?? "").trim()));
  if (note.test(written)) return !required.every(isFilled);
  const first = celler.findIndex((one) => one.trim() !== "");
  const rest = dated.filter((one) => one !== first);
  return first === cell && beginsAsTotal(written) && rest.length > 0 && !rest.some(isFilled);
};

/** Rows that are shorter than the header where most are not: something may have fallen off. */
const shortIsOdd = ({ poster, epok, kodning }: Tabell, from: number, width: number): boolean => {
  if (epok !== undefined || kodning === "parquet") return false;
  const filled = poster.slice(from).filter((post) => !isBlank(post));
  const short = filled.filter(({ celler }) => celler.length < width).length;
  return short > 0 && filled.length > 2 * short;
};

const mostDecimals: Readonly<Record<string, number>> = { kr: 2, tkr: 5, mkr: 8 };

/** A workbook's number with more decimals than are read, rounded to öre or to six decimals: hours × rate is seldom whole öre. */
const roundedCell = (written: string, slag: Slag, heading: string): string | undefined => {
  if (slag !== "kr") return slag === "tal" || slag === "timmar" ? rounded(written, 6) : undefined;
  const unit = /[a-z]+$/.exec(written)?.[0] ?? (unitOf(heading) || "kr");
  return unit in mostDecimals ? rounded(written, mostDecimals[unit] ?? 2) : undefined;
};

/** How to place each record of a table, by its index. */
export const placing = (tabell: Tabell, layout: Layout): ((index: number) => Placed) => {
  const { poster, epok } = tabell;
  const { header, rows, headings, totals, kinds } = layout;
  const first = header + rows;
  const heading = poster[first - 1]?.celler ?? [];
  const firstHeading = heading.findIndex((cell) => cell.trim() !== "");
  const width = filledWidth(headings);
  const odd = shortIsOdd(tabell, first, width);
  const seen = new Map<number, Fynd[]>();
  for (const fynd of tabell.fynd ?? []) {
    if (fynd.rad !== null && fynd.cell !== null && fynd.kod !== "osynliga_tecken")
      seen.set(fynd.rad, [...(seen.get(fynd.rad) ?? []), fynd]);
  }
  const repeats = ({ celler }: Post): boolean =>
    firstHeading >= 0 &&
    celler[firstHeading] === heading[firstHeading] &&
    heading.every((cell, c) => cell.trim() === (celler[c] ?? "").trim());

  const skalOf = (post: Post, index: number): Skal | null => {
    if (isBlank(post)) return "tom";
    if (index < header) return "titel";
    if (index < first || repeats(post)) return "rubrik";
    if (totals === undefined) return isPlainTotal(post) ? "summa" : null;
    const own = post.celler.findIndex((cell) => cell.trim() !== "");
    // A word with figures that lacks what a register must have is neither its total nor a row.
    const isFilled = filledIn(post.celler);
    const isPart =
      totals.register &&
      layout.required?.some((cell) => !isFilled(cell)) &&
      post.celler.some((_, cell) => cell !== own && isFilled(cell));
    const isSaid =
      layout.isNamed?.(post, own) || (!isPart && (totalWord(post.celler[own] ?? "") ?? "bland") !== "bland");
    return !isSaid && isText(post, layout) ? "text" : null;
  };

  const summaOf = (post: Post, index: number): Candidate | undefined =>
    totals &&
    candidate(
      post.celler,
      totals,
      layout.dated ?? [],
      [poster[index - 1]?.celler, poster[index + 1]?.celler],
      (cell) => layout.isNamed?.(post, cell) ?? false,
    );

  /** What a workbook's cell says in a column of this kind: a number among dates is a serial, if it is no year. */
  const cellAs = (written: string, own: string | undefined, cell: number, kind: Slag): string | undefined => {
    if (own === "m" && kind !== "datum") return written.slice(0, 7);
    if (own !== "n" || epok === undefined) return undefined;
    if (!dated.has(kind)) return roundedCell(written, kind, headings[cell] ?? "");
    return /^\d{1,5}(\.\d+)?$/.test(written) && !/^(19|20)\d\d$/.test(written)
      ? serialDate(Number(written), epok)
      : undefined;
  };
  const typed = (post: Post): Post => {
    if (epok === undefined) return post;
    const changed = [...kinds].flatMap(([cell, kind]) => {
      const text = cellAs(post.celler[cell] ?? "", post.slag?.[cell], cell, kind);
      return text === undefined ? [] : [[cell, text] as const];
    });
    if (changed.length === 0) return post;
    const celler = [...post.celler];
    for (const [cell, text] of changed) celler[cell] = text;
    return { ...post, celler };
  };

  const problems = (post: Post): readonly Fynd[] => {
    const fynd: Fynd[] = (seen.get(post.rad) ?? []).filter(
      ({ cell }) => cell !== null && (kinds.has(cell) || cell >= width),
    );
    if (post.slag?.includes("M")) {
      for (const [cell, kind] of kinds) {
        if (post.slag[cell] === "M" && counted.has(kind)) {
          fynd.push({ kod: "sammanfogat_tal", rad: post.rad, cell, varde: post.celler[cell] });
        }
      }
    }
    if (post.celler.length > width) {
      const cell = post.celler.findIndex((one, c) => c >= width && one.trim() !== "");
      // In a text file a surplus cell says that the others may have moved; on a sheet it is a note beside the table.
      if (cell >= 0 && (epok === undefined || filledWidth(post.celler.slice(0, width)) === 0)) {
        fynd.push({ kod: "overtaliga_celler", rad: post.rad, cell, varde: post.celler[cell] });
      }
    } else if (odd && post.celler.length < width) {
      fynd.push({ kod: "for_fa_celler", rad: post.rad, cell: post.celler.length });
    }
    return fynd.length > 0 ? fynd : none;
  };

  return (index) => {
    const post = poster[index] as Post;
    const skal = skalOf(post, index);
    if (skal !== null) return { post, skal, fynd: none };
    const summa = summaOf(post, index);
    return { post: typed(post), skal: summa ? "summa" : null, fynd: problems(post), ...(summa && { summa }) };
  };
};

/**
 * A column of ids or codes that is written as a pivot table is: each one once, over the rows that it holds for. A blank says
 * that there is none, so what is under a value is not read as its own.
 */
const outlined = (cell: number, rows: readonly Post[]): Fynd | undefined => {
  const data = rows.filter(
    (post) =>
      !isBlank(post) &&
      !beginsAsTotal(post.celler.find((one) => one.trim() !== "") ?? "") &&
      !post.celler.some((one) => ["ord", "varav"].includes(totalWord(one) ?? "")),
  );
  const texts = data.map(({ celler }) => (celler[cell] ?? "").trim());
  const filled = texts.filter((text) => text !== "");
  const heads = texts.filter((text, i) => text !== "" && texts[i + 1] === "");
  const isOutline = texts[0] !== "" && new Set(filled).size === filled.length && heads.length > 1;
  if (!isOutline || texts.length < 2 * filled.length) return undefined;
  const first = data[texts.indexOf("")];
  const blanks = String(texts.length - filled.length);
  return { kod: "tom_under_ifylld", rad: first?.rad ?? null, cell, varde: filled[0], detalj: blanks };
};

/** What is written of a row that should not count: in a column that is not read it counts all the same. */
const uncounted = new Set(
  [
    ...["makulerad", "makulerat", "annullerad", "annullerat", "kredit", "kreditfaktura", "kreditnota", "struken"],
    ...["ogiltig", "utgår", "inställd", "inställt", "avbokad", "avbokat", "tackat nej", "ej aktuell"],
    ...["kö", "kölista", "väntelista", "väntar", "avböjt", "nekad", "avslag", "bestriden", "prognos", "preliminär"],
  ].map(fold),
);
/** Under these headings a word or a sign says it that elsewhere says nothing. */
const underHeading: readonly (readonly [heading: RegExp, word: RegExp])[] = [
  [/status|lage/, /^(ej|inte|aldrig)\s/i],
  [/^(dk|debetkredit|tecken)$/, /^[-\u2212k]$/i],
];

/** The first cell of a column that nobody reads that says that its row should not count. */
export const uncountedIn = (heading: string, cell: number, rows: readonly Post[]): Fynd | undefined => {
  const words = underHeading.flatMap(([of, word]) => (of.test(fold(heading)) ? [word] : []));
  const isSaid = (written: string): boolean =>
    uncounted.has(fold(written)) || words.some((word) => word.test(written.trim()));
  const said = rows.filter(({ celler }) => isSaid(celler[cell] ?? ""));
  const [first] = said;
  const detalj = String(said.length);
  return first && { kod: "ej_raknad_enligt", rad: first.rad, cell, varde: first.celler[cell], detalj };
};

/** Datasets whose rows are added up over time. */
export const addsUp = new Set<DatasetName>(["deltagarantal", "deltagarutfall", "moteantal", "narvaroantal", "faktura"]);

/** The first text over a table, or its name, that says that its numbers are running sums. */
export const accumulatedIn = (name: string, { poster }: Tabell, { header, rows }: Layout): Fynd | undefined => {
  const isSo = (text: string): boolean =>
    /(^|[^\p{L}])(ack(umulera\p{L}*)?|kumulativ\p{L}*|hittills|ytd)($|[^\p{L}])/iu.test(text);
  for (const { rad, celler } of poster.slice(0, header + rows)) {
    const cell = celler.findIndex(isSo);
    if (cell >= 0) return { kod: "ackumulerat", rad, cell, varde: celler[cell] };
  }
  return isSo(name) ? { kod: "ackumulerat", rad: null, cell: null, varde: name } : undefined;
};

/** What is odd about a table as a whole: what its reader saw, and columns that nobody named. */
export const tableProblems = (
  { poster, fynd = [], epok }: Tabell,
  { header, rows, headings, kinds, required = [] }: Layout,
): Fynd[] => {
  const whole = fynd.filter(({ rad, cell, kod }) => rad === null || cell === null || kod === "osynliga_tecken");
  const rest = poster.slice(header + rows);
  const last = filledWidth(headings);
  const beside = new Set<number>();
  for (const post of epok === undefined ? [] : rest) {
    for (const [c, cell] of post.celler.entries()) if (c >= last && cell.trim() !== "") beside.add(c);
  }
  const nameless = [...headings.slice(0, last).keys(), ...[...beside].sort((a, b) => a - b).slice(0, 20)].filter(
    (cell) =>
      (headings[cell] ?? "").trim() === "" &&
      !kinds.has(cell) &&
      rest.some(({ celler }) => (celler[cell] ?? "").trim() !== ""),
  );
  const rad = poster[header]?.rad ?? null;
  const uneven = (epok === undefined ? [] : [...kinds]).flatMap(([cell, kind]): Fynd[] => {
    const numbers = rest.filter(({ slag }) => slag?.[cell] === "n");
    const some = numbers.filter(({ celler }) => roundedCell(celler[cell] ?? "", kind, headings[cell] ?? ""));
    const [one] = some;
    const detalj = some.length === 1 ? "1 cell" : `${some.length} celler`;
    return one ? [{ kod: "avrundat_tal", rad: one.rad, cell, varde: one.celler[cell], detalj }] : [];
  });
  return [
    ...whole,
    ...uneven,
    // A blank in a column that each row must have is refused, and so asked about.
    ...[...kinds].flatMap(([cell, kind]) =>
      (kind === "id" || kind === "kod") && !required.includes(cell) ? (outlined(cell, rest) ?? []) : [],
    ),
    ...nameless.map((cell): Fynd => ({ kod: "kolumn_utan_rubrik", rad, cell, detalj: columnLetter(cell) })),
    ...(rest.every(isBlank) ? [{ kod: "inga_rader", rad, cell: null } as const] : []),
  ];
};
