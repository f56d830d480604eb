/** Bars with what they are called above or beside them: the layout of every chart of bars. */
import { grouped } from "../../schema/swedish.ts";
import { type Html, html } from "../html.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, paper, quiet, rule } from "./palette.ts";
import { type Block, type Chart, chart, type Drawing, inner, lettering, type Picture } from "./picture.ts";

/** A part of a bar, from and to along the scale. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly fill: string;
  readonly stroke?: string;
  /** What may be written under it, the longest first: the first that fits is, or the last. */
  readonly words?: readonly string[];
}

/** A value in place of a bar. */
export interface Dot {
  readonly at: number;
  readonly fill: string;
  readonly symbol: keyof typeof symbols;
  /** What is written above it. */
  readonly words: string;
}

export interface Bar {
  readonly pieces?: readonly Piece[];
  readonly dots?: readonly Dot[];
  readonly lines?: readonly number[];
  readonly end?: string;
  /** Whether the last piece goes on beyond the drawing: its edge is broken. */
  readonly isCut?: boolean;
}

export interface BarRow {
  /** What this row and its neighbours with the same words have in common: above the first of them, in each picture. */
  readonly section?: string;
  /** In bold, before the label. */
  readonly heading?: string;
  readonly label?: string;
  /** Under one another. */
  readonly bars: readonly Bar[];
}

export interface BarsOf {
  readonly rows: readonly BarRow[];
  /** The values at both ends. Without it they are the bars' own, and 0. */
  readonly domain?: readonly [number, number];
  readonly bar: number;
  /** Whether labels stand beside the bars, with a grid behind them. */
  readonly isBeside?: boolean;
  /** Whether sections are set as remarks, and not in bold. */
  readonly hasRemarks?: boolean;
  /** Whether a line leads from where a bar ends to the next. */
  readonly isLinked?: boolean;
  /** Values along the bottom. Beside labels they are chosen from the domain. */
  readonly ticks?: readonly number[];
  readonly tickText?: (tick: number) => string;
}

const line = 17;
/** What a label may take on both sides together where a bar ends. */
const edge = 12;

/** The least width of a bar that is one piece: one of 0 is seen. */
const zero = 2;

const symbols = {
  circle: "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0Z",
  triangle: "M0 -9.33L8.08 4.66L-8.08 4.66Z",
  diamond: "M0 -9.9L5.71 0L0 9.9L-5.71 0Z",
} as const;

/** Two decimals of a pixel are enough. */
const px = (value: number): string => String(Number(value.toFixed(2)));

const textLines = (lines: readonly string[], top: number, style?: Html): Html =>
  html`${lines.map((text, i) => html`<text x="0" y="${px(top + 13 + i * line)}" text-anchor="start"${style && html` ${style}`}>${text}</text>`)}`;

/** Some four round values from `low` to `high`. */
const roundTicks = (low: number, high: number): number[] => {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((one) => rough / power < one * Math.SQRT2) ?? 10);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
};

/** What is written under each piece; a text may use what its neighbours leave. */
const wordsUnder = (pieces: readonly Piece[], widthOfPiece: (piece: Piece) => number): string[] => {
  const free = (piece: Piece | undefined, text = piece?.words?.[0] ?? ""): number =>
    piece ? widthOfPiece(piece) - widthOf(text, lettering) : edge;
  return pieces.map((piece, i) => {
    const beside = Math.min(free(pieces[i - 1]), free(pieces[i + 1]));
    const fits = (text: string): boolean => free(piece, text) > 2 || beside + free(piece, text) > 8;
    return piece.words?.find(fits) ?? piece.words?.at(-1) ?? "";
  });
};

/** `rows` one under another, each a block, over an axis. */
const drawBars = (of: BarsOf): Drawing => {
  const { rows, bar, isBeside = false, isLinked = false, tickText = (tick) => grouped(tick) } = of;
  const all = rows.flatMap(({ bars }) => bars);
  const ends = all.flatMap(({ pieces = [] }) => pieces.flatMap(({ from, to }) => [from, to]));
  const [low, most] = of.domain ?? [Math.min(0, ...ends), Math.max(0, ...ends)];
  const high = most > low ? most : low + 1;
  const labelWidths = rows.map(({ heading = "", label = "" }) => widthOf(heading + label, lettering));
  const left = isBeside ? Math.min(170, 10 + Math.max(...labelWidths)) : 1;
  const right = inner - Math.max(14, ...all.map(({ end }) => (end === undefined ? 0 : 8 + widthOf(end, lettering))));
  const x = (value: number): number => left + ((value - low) / (high - low)) * (right - left);
  const labelWidth = isBeside ? left - 10 : inner;

  const barMarkup = ({ pieces = [], dots = [], lines = [], end, isCut = false }: Bar, y: number): Html => {
    const cutX = x(Math.max(0, ...pieces.map(({ to }) => to))) - 9;
    const words = wordsUnder(pieces, ({ from, to }) => x(to) - x(from));
    const endX = x(Math.max(0, ...pieces.map(({ from, to }) => Math.max(from, to)))) + 5;
    const middle = y + bar / 2;
    const across = (at: number, stroke: string, width: string): Html =>
      html`<path d="M${px(x(at))} ${px(y - 4)}v${px(bar + 8)}" stroke="${stroke}" stroke-width="${width}"/>`;
    return html`${
      end !== undefined &&
      html`<text x="${px(endX)}" y="${px(middle + 4.5)}" text-anchor="start" stroke="${paper}" stroke-width="4" paint-order="stroke">${end}</text>`
    }${dots.length > 0 && html`<path d="M${px(left)} ${px(middle)}H${px(right)}" stroke="${rule}"/>${across(low, ink, "1")}`}${pieces.map(
      ({ from, to, fill, stroke = ink }, i) =>
        html`<rect x="${px(x(Math.min(from, to)))}" y="${px(y)}" width="${px(Math.max(Math.abs(x(to) - x(from)), pieces.length === 1 ? zero : 0))}" height="${px(bar)}" fill="${fill}" stroke="${stroke}" stroke-width="1.25"/>${words[i] === "" ? undefined : html`<text x="${px((x(from) + x(to)) / 2)}" y="${px(y + bar + 16)}">${words[i]}</text>`}`,
    )}${isCut ? html`<path d="M${px(cutX)} ${px(y - 2)}l4 ${px(bar / 2 + 2)}l-4 ${px(bar / 2 + 2)}" fill="none" stroke="${paper}" stroke-width="5"/><path d="M${px(cutX - 3)} ${px(y - 2)}l4 ${px(bar / 2 + 2)}l-4 ${px(bar / 2 + 2)}m6 0l4 -${px(bar / 2 + 2)}l-4 -${px(bar / 2 + 2)}" fill="none" stroke="${ink}" stroke-width="1.25"/>` : undefined}${lines.map((at) => html`${across(at, paper, "6")}${across(at, ink, "2.5")}`)}${dots.map(
      (dot) =>
        html`<path transform="translate(${px(x(dot.at))},${px(middle)})" d="${symbols[dot.symbol]}" fill="${dot.fill}" stroke="${ink}"/>${dot.words !== "" && html`<text x="${px(x(dot.at))}" y="${px(middle - 12)}">${dot.words}</text>`}`,
    )}`;
  };

  const sections = new Map<string, Block>();
  const sectionOf = (text: string): Block => {
    const lines = broken(text, lettering, inner);
    const style = of.hasRemarks ? html`fill="${quiet}" font-style="italic"` : html`font-weight="600"`;
    const made = sections.get(text) ?? { drawn: textLines(lines, 0, style), height: lines.length * line + 6 };
    sections.set(text, made);
    return made;
  };
  /** Where the bar before ends: along the scale, and over the block that comes. */
  let before: { readonly at: number; readonly y: number } | undefined;
  const blocks = rows.map(({ section, heading = "", label = "", bars }): Block => {
    const [bold, plain] = [heading, label].map((text) => (text === "" ? [] : broken(text, lettering, labelWidth)));
    const labelHeight = ((bold?.length ?? 0) + (plain?.length ?? 0)) * line;
    const hasDotWords = bars.some(({ dots = [] }) => dots.some(({ words }) => words !== ""));
    let y = isBeside ? 0 : labelHeight + 5 + (hasDotWords ? line : 0);
    const markup = bars.map((one) => {
      const [piece] = one.pieces ?? [];
      const link =
        isLinked && before
          ? html`<path d="M${px(x(before.at))} ${px(before.y)}V${px(y)}" stroke="${ink}"/>`
          : undefined;
      before = piece && { at: piece.to, y: y + bar };
      const made = html`${link}${barMarkup(one, y)}`;
      y += bar + 1;
      return made;
    });
    const hasWords = bars.some(({ pieces = [] }) => pieces.some(({ words }) => words));
    const height = isBeside ? Math.max(y, labelHeight) + 6 : y + (hasWords ? line : 0) + 13;
    before = before && { ...before, y: before.y - height };
    const drawn = html`${textLines(bold ?? [], 0, html`font-weight="600"`)}${textLines(plain ?? [], (bold?.length ?? 0) * line)}${markup}`;
    return { drawn, height, ...(section !== undefined && { section: sectionOf(section) }) };
  });
  const ticks = of.ticks ?? (isBeside ? roundTicks(low, high) : []);
  const axis = (height: number): Html =>
    html`${ticks.map(
      (tick) =>
        html`${isBeside ? html`<path d="M${px(x(tick))} 0V${px(height)}" stroke="${rule}"/>` : undefined}<text x="${px(x(tick))}" y="${px(height + 14)}" fill="${quiet}">${tickText(tick)}</text>`,
    )}`;
  return { blocks, axis, axisHeight: ticks.length > 0 ? 22 : 0 };
};

/** A picture of bars. Undefined with fewer than two: what is one bar is said in words. */
export const barChart = (picture: Omit<Picture, "drawing">, of: BarsOf): Chart | undefined =>
  of.rows.reduce((sum, { bars }) => sum + bars.length, 0) < 2
    ? undefined
    : chart({ ...picture, drawing: drawBars(of) });
