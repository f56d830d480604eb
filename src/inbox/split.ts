/** One sheet or file may hold several tables, below one another or side by side. Each record stays in the table it stands in. */
import { findHeader, headerAt, isFigure } from "./header.ts";
import { fitsDataset } from "./recognise.ts";
import { isBlank, type Post, type Tabell } from "./table.ts";

interface Block {
  readonly from: number;
  readonly to: number;
}

/** Runs of records that are not blank. */
const blocksOf = (poster: readonly Post[]): Block[] => {
  const blocks: { from: number; to: number }[] = [];
  for (const [i, post] of poster.entries()) {
    const last = blocks.at(-1);
    if (isBlank(post)) continue;
    if (last?.to === i) last.to = i + 1;
    else blocks.push({ from: i, to: i + 1 });
  }
  return blocks;
};

const countFilled = ({ celler }: Post): number => celler.reduce((sum, cell) => sum + (cell.trim() === "" ? 0 : 1), 0);

/** Headings over figures: a word in every column that holds figures below it, and as wide as the widest row. */
const headsFigures = (poster: readonly Post[], at: number): boolean => {
  const header = findHeader(poster.slice(at, at + 40));
  if (header?.at !== 0) return false;
  const rows = poster.slice(at + header.rows, at + 40);
  const width = header.headings.filter((cell) => cell.trim() !== "").length;
  if (rows.length === 0 || width < 2 || rows.some((post) => countFilled(post) > width)) return false;
  const under = (c: number): string[] =>
    rows.map(({ celler }) => (celler[c] ?? "").trim()).filter((cell) => cell !== "");
  return header.headings.some((cell, c) => {
    const figures = under(c);
    return cell.trim() !== "" && !isFigure(cell.trim()) && figures.length > 0 && figures.every(isFigure);
  });
};

/** Whether a new table begins with this block: single cells (its title) and then a header. */
const begins = (poster: readonly Post[], { from, to }: Block): boolean => {
  for (let at = from; at < Math.min(to, from + 5); at++) {
    const post = poster[at];
    if (!post) return false;
    if (fitsDataset(headerAt(poster, at))) return true;
    if (countFilled(post) > 1) return headsFigures(poster.slice(0, to), at);
  }
  return false;
};

const isTitle = (poster: readonly Post[], { from, to }: Block): boolean =>
  poster.slice(from, to).every((post) => countFilled(post) === 1);

const downwards = (poster: readonly Post[]): Post[][] => {
  const blocks = blocksOf(poster);
  if (blocks.length < 2) return [[...poster]];
  const cuts: number[] = [];
  let pending: number | undefined;
  let hasTable = false;
  let soFar: Block | undefined;
  for (const block of blocks) {
    if (isTitle(poster, block)) {
      pending ??= block.from;
      continue;
    }
    if (hasTable && begins(poster, block)) {
      // A few rows of two cells above the first header are its title (Förbund: X), unless they are a table themselves.
      const above =
        soFar && !begins(poster, soFar) && poster.slice(soFar.from, soFar.to).every((post) => countFilled(post) < 3);
      if (!(above && cuts.length === 0 && soFar && soFar.to - soFar.from <= 10)) {
        cuts.push(pending ?? block.from);
        soFar = undefined;
      }
    }
    hasTable = true;
    soFar = { from: soFar?.from ?? block.from, to: block.to };
    pending = undefined;
  }
  return [0, ...cuts].map((from, i) => poster.slice(from, cuts[i] ?? poster.length));
};

/** Only these columns of the records; the rest is blank, so that a cell keeps its address. */
const only = (poster: readonly Post[], from: number, to: number): Post[] => {
  const cut = poster.map((post): Post => {
    const celler = post.celler.slice(0, to).map((cell, c) => (c < from ? "" : cell));
    return { ...post, celler: celler.length > 0 ? celler : [""] };
  });
  while (cut.length > 0 && isBlank(cut.at(-1) as Post)) cut.pop();
  return cut;
};

const sideways = (poster: Post[], blad: string): Post[][] => {
  const filled = new Set<number>();
  for (const { celler } of poster) for (const [c, cell] of celler.entries()) if (cell.trim() !== "") filled.add(c);
  const columns = [...filled].sort((a, b) => a - b);
  if (columns.length > 500 || poster.length < 2) return [poster];
  for (const [i, right] of columns.entries()) {
    const left = columns[i - 1];
    if (left === undefined || right - left < 2 || i < 2 || columns.length - i < 2) continue;
    const [one, other] = [only(poster, 0, right), only(poster, right, Number.POSITIVE_INFINITY)];
    const [header, second] = [findHeader(one), findHeader(other)];
    if (!header || !second) continue;
    const both = fitsDataset(header) && fitsDataset(second);
    const whole = findHeader(poster);
    const ends = one.at(-1)?.rad !== other.at(-1)?.rad || header.at !== second.at;
    if (both || (blad !== "" && ends && !(whole && fitsDataset(whole)))) return [one, ...sideways(other, blad)];
  }
  return [poster];
};

/** The tables of one sheet or text file, in order. What the reader saw goes to the table it stands in. */
export const splitTables = (tabell: Tabell): Tabell[] => {
  const parts = downwards(tabell.poster).flatMap((poster) => sideways(poster, tabell.blad));
  if (parts.length === 1) return [tabell];
  const areas = parts.map((poster) => {
    const filled = poster.flatMap(({ celler }) => celler.flatMap((cell, c) => (cell.trim() === "" ? [] : [c])));
    const [left, right] = [filled.reduce((a, b) => Math.min(a, b), 1e9), filled.reduce((a, b) => Math.max(a, b), 0)];
    return { top: poster[0]?.rad ?? 0, bottom: poster.at(-1)?.rad ?? 0, left, right };
  });
  const homeOf = ({ rad, cell }: { rad: number | null; cell: number | null }): number => {
    const isIn = (at: number | null, from: number, to: number): boolean => at !== null && at >= from && at <= to;
    const within = areas.findIndex(
      ({ top, bottom, left, right }) => isIn(rad, top, bottom) && (cell === null || isIn(cell, left, right)),
    );
    return Math.max(0, within);
  };
  return parts.map((poster, i) => ({
    ...tabell,
    poster,
    fynd: (tabell.fynd ?? []).filter((one) => homeOf(one) === i),
  }));
};
