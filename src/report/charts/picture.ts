/** A chart as a picture that stands alone: title, legend and caption are inside it, and so is the mark of an example. */
import { spell } from "../../schema/swedish.ts";
import { type Html, html, type Part } from "../html.ts";
import type { Table } from "../table.ts";
import { family } from "../utseende.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, paper, quiet, type Shown, verdictFill } from "./palette.ts";

/** Narrow, with large letters: it is read on a telephone and in a column of print, where it is 16 cm wide. */
const width = 440;
/** Units to 16 cm. */
const perCm = width / 16;
/** No picture is taller than 20 cm: with its caption it stands on one page. */
const tallest = 20 * perCm;
/** A slide of 25,4 × 14,29 cm, in the same units. */
const slide = { wide: 720, high: 405, margin: 20, titleSize: 22, line: 26, largest: 1.1 } as const;
const margin = 10;
/** The width a drawing has inside the picture. */
export const inner = width - 2 * margin;
export const lettering = 14;
const line = 18;
const titleSize = 16;

export interface Chart {
  /** The file's name in `diagram/`, without ending. */
  readonly name: string;
  /** The picture, or the first of several: one that would be taller than a page is split. */
  readonly svg: string;
  readonly rest: readonly string[];
  /** The same for slides, 16:9. */
  readonly slides: readonly string[];
  readonly title: string;
  /** What it shows, in one or a few sentences computed from the data. */
  readonly sentence: string;
  /** The figures it is drawn from. */
  readonly table: Table;
}

/** One entry of the legend: `sign` is markup in a box 18 wide and 14 high. */
export interface Key {
  readonly sign: Html;
  readonly label: string;
}

/** What each chart is told beside its rows. */
export interface ChartOf {
  /** The file's name in `diagram/`, without ending. */
  readonly name: string;
  /** Whether the data are invented. */
  readonly exempel: boolean;
}

export interface InsatsChartOf extends ChartOf {
  /** What the insats is called. */
  readonly insats: string;
}

export interface Picture extends ChartOf {
  /** The finding, as a sentence without its full stop. */
  readonly title: string;
  /** What it is about, and of whom. */
  readonly topic: string;
  readonly sentence: string;
  readonly table: Table;
  /** One that is false is left out. */
  readonly legend: readonly (Key | false)[];
  /** What stands under the drawing: the axis and what is left out. */
  readonly note: string;
  readonly defs?: Html;
  readonly drawing: Drawing;
}

/** What is never parted between two pictures, drawn from 0 down. */
export interface Block {
  readonly drawn: Html;
  readonly height: number;
  /** Stands over the first block that has it in each picture. */
  readonly section?: Block;
}

/** Blocks one under another, and the axis that each picture of them has: drawn first, from 0 to the height of its blocks. */
export interface Drawing {
  readonly blocks: readonly Block[];
  readonly axis?: (height: number) => Html;
  readonly axisHeight?: number;
}

/** A drawing that cannot be parted. */
export const whole = (drawn: Html, height: number): Drawing => ({ blocks: [{ drawn, height }] });

export const boxSign = (fill: string, stroke = ink): Html =>
  html`<rect x="1" y="1" width="16" height="12" fill="${fill}" stroke="${stroke}"/>`;

export const dotSign = (fill: string, r = "5", width?: string): Html =>
  html`<circle cx="9" cy="7" r="${r}" fill="${fill}" stroke="${ink}"${width && html` stroke-width="${width}"`}/>`;

/** A legend's sign for what is told apart from the dots. */
export const diamondSign = (fill: string): Html => html`<path d="M9 0L15 7L9 14L3 7Z" fill="${fill}" stroke="${ink}"/>`;

/** A legend's sign for a line, along the scale unless told otherwise. */
export const strokeSign = (stroke: string, width: string, dash?: string, d = "M1 7H17"): Html =>
  html`<path d="${d}" stroke="${stroke}" stroke-width="${width}"${dash && html` stroke-dasharray="${dash}"`}/>`;

/** A legend's sign for a line across bars. */
export const lineSign = html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`;

export const verdictKeys = (chart: string, verdicts: readonly Shown[]): Key[] =>
  verdicts.map((verdict) => ({ sign: boxSign(verdictFill(chart, verdict)), label: spell(verdict) }));

interface Placed extends Key {
  readonly x: number;
  readonly row: number;
}

const keysOf = ({ legend }: Picture): Key[] => legend.filter((key) => key !== false);

const placed = (legend: readonly Key[]): Placed[] => {
  let x = 0;
  let row = 0;
  return legend.map((key) => {
    const wide = 24 + widthOf(key.label, lettering) + 14;
    if (x > 0 && x + wide > inner + 14) {
      x = 0;
      row++;
    }
    const place = { ...key, x, row };
    x += wide;
    return place;
  });
};

const textLines = (lines: readonly string[], top: number, attributes: Part, at = { margin, line }): Html =>
  html`${lines.map((text, i) => html`<text x="${String(at.margin)}" y="${String(top + i * at.line)}" ${attributes}>${text}</text>`)}`;

const underOf = ({ section }: Block, before: Block | undefined): Block[] =>
  section && section !== before?.section ? [section] : [];

const heightOf = (blocks: readonly Block[]): number =>
  blocks.reduce(
    (sum, block, i) =>
      sum + block.height + underOf(block, blocks[i - 1]).reduce((over, section) => over + section.height, 0),
    0,
  );

/** The blocks in runs, each as high as it may be. */
const filled = (blocks: readonly Block[], most: number): Block[][] => {
  const runs: Block[][] = [];
  for (const block of blocks) {
    const last = runs.at(-1);
    if (last && heightOf([...last, block]) <= most) last.push(block);
    else runs.push([block]);
  }
  return runs;
};

/** The blocks in as few runs as can be that are at most so high, and those about as high as one another. */
const packed = (blocks: readonly Block[], most: number): Block[][] => {
  const fewest = filled(blocks, most).length;
  let high = heightOf(blocks) / fewest;
  while (high < most && filled(blocks, high).length > fewest) high += line;
  return filled(blocks, Math.min(high, most));
};

const stacked = ({ axis }: Drawing, blocks: readonly Block[]): Html => {
  let y = 0;
  const placed = blocks.map((block, i) =>
    [...underOf(block, blocks[i - 1]), block].map(({ drawn, height }) => {
      const at = y;
      y += height;
      return at === 0 ? drawn : html`<g transform="translate(0,${String(at)})">${drawn}</g>`;
    }),
  );
  return html`${axis?.(heightOf(blocks))}${placed}`;
};

/** A text's first sentence, as a title has it. */
export const firstSentence = (text: string): string => (text.split(". ")[0] ?? "").replace(/\.$/, "");

/** The name of the file with part `i` of a picture: no other chart is called so, since a kind of chart has no digit. */
export const partName = (name: string, i: number): string =>
  i === 0 ? name : name.replace(/^[a-z]+/, (kind) => `${kind}${i + 1}`);

interface Sheet {
  readonly wide: number;
  readonly high: number;
  readonly file: string;
  readonly title: string;
}

const cm = (units: number, unitsPerCm: number): string => `${(units / unitsPerCm).toFixed(2)}cm`;

const sheetOf = ({ sentence, defs }: Picture, { wide, high, file, title }: Sheet, content: Html): Html => {
  const per = wide === width ? perCm : slide.wide / 25.4;
  // What the title has said is not read again.
  const said = `${title.replace(/^EXEMPEL: /, "")}. `;
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${cm(wide, per)}" height="${cm(high, per)}" viewBox="0 0 ${String(wide)} ${String(high)}" role="img" aria-labelledby="${file}-titel ${file}-text" font-family="${family}, sans-serif" font-size="${String(lettering)}" fill="${ink}">
<title id="${file}-titel">${title}</title>
<desc id="${file}-text">${sentence.startsWith(said) ? sentence.slice(said.length) : sentence}</desc>
${defs}<rect width="${String(wide)}" height="${String(high)}" fill="${paper}"/>
${content}</svg>
`;
};

const keyMarkup = ({ x, row, sign, label }: Placed, left: number, top: number): Html =>
  html`<g transform="translate(${String(left + Math.round(x))},${String(top + row * (line + 2))})">${sign}<text x="24" y="12">${label}</text></g>\n`;

const partOf = (i: number, of: number): string => (of === 1 ? "" : `Bild ${i + 1} av ${of}. `);

const notesOf = ({ note, exempel }: Picture, part: string, wide: number): string[] =>
  [`${part}${note}`, ...(exempel ? ["EXEMPEL: uppgifterna är påhittade."] : [])]
    .filter((text) => text !== "")
    .flatMap((text) => broken(text, lettering, wide));

/** For a column of text: title, legend, drawing and note under one another. */
const columnsOf = (picture: Picture, title: string, most: number): Html[] => {
  const { name, topic, drawing } = picture;
  const titleLines = broken(title, titleSize * 1.04, inner);
  const topicLines = broken(topic, lettering, inner);
  const keys = placed(keysOf(picture));
  const legendTop = 12 + (titleLines.length + topicLines.length) * line + 4;
  const legendRows = keys.length === 0 ? 0 : 1 + Math.max(...keys.map(({ row }) => row));
  const top = legendTop + legendRows * (line + 2) + 8;
  const below = (drawing.axisHeight ?? 0) + 20 + notesOf(picture, partOf(0, 9), inner).length * line;
  const runs = packed(drawing.blocks, most - top - below);
  return runs.map((blocks, i) => {
    const notes = notesOf(picture, partOf(i, runs.length), inner);
    const noteTop = top + heightOf(blocks) + (drawing.axisHeight ?? 0) + 20;
    const file = partName(name, i);
    const said = html`${textLines(titleLines, 20, html`font-size="${String(titleSize)}" font-weight="600"`)}
${textLines(topicLines, 20 + titleLines.length * line, html`fill="${quiet}"`)}
${keys.map((key) => keyMarkup(key, margin, legendTop))}
<g transform="translate(${String(margin)},${String(top)})" text-anchor="middle">${stacked(drawing, blocks)}</g>
${textLines(notes, noteTop, html`fill="${quiet}"`)}
`;
    return sheetOf(picture, { wide: width, high: noteTop + (notes.length - 1) * line + 12, file, title }, said);
  });
};

/** For a screen: the drawing to the right, legend and note beside it. */
const slidesOf = (picture: Picture, title: string): Html[] => {
  const { name, topic, drawing } = picture;
  const across = slide.wide - 2 * slide.margin;
  const titleLines = broken(title, slide.titleSize * 1.04, across);
  const topicLines = broken(topic, lettering, across);
  const top = 22 + titleLines.length * slide.line + topicLines.length * line;
  const space = slide.high - top - slide.margin - (drawing.axisHeight ?? 0);
  const runs = packed(drawing.blocks, space);
  const scale = Math.min(slide.largest, space / Math.max(...runs.map(heightOf)));
  const left = slide.wide - slide.margin - inner * scale;
  const beside = left - slide.margin - 24;
  return runs.map((blocks, i) => {
    let row = 0;
    const keys = keysOf(picture).map(({ sign, label }) => {
      const lines = broken(label, lettering, beside - 24);
      const y = top + row * (line + 2);
      row += lines.length;
      return html`<g transform="translate(${String(slide.margin)},${String(y)})">${sign}${lines.map((text, at) => html`<text x="24" y="${String(12 + at * line)}">${text}</text>`)}</g>\n`;
    });
    const notes = notesOf(picture, partOf(i, runs.length), beside);
    const said = html`${textLines(titleLines, 36, html`font-size="${String(slide.titleSize)}" font-weight="600"`, slide)}
${textLines(topicLines, 28 + titleLines.length * slide.line, html`fill="${quiet}"`, { ...slide, line })}
${keys}
${textLines(notes, top + row * (line + 2) + 24, html`fill="${quiet}"`, { ...slide, line })}
<g transform="translate(${left.toFixed(1)},${String(top)}) scale(${scale.toFixed(3)})" text-anchor="middle">${stacked(drawing, blocks)}</g>
`;
    return sheetOf(picture, { ...slide, file: partName(name, i), title }, said);
  });
};

/** The files of a picture, each by its path under `diagram/` without ending: for text, and for a screen. */
export const filesOf = ({ name, svg, rest, slides }: Chart): (readonly [file: string, svg: string])[] => [
  ...[svg, ...rest].map((one, i) => [partName(name, i), one] as const),
  ...slides.map((one, i) => [`skarm/${partName(name, i)}`, one] as const),
];

/** Puts the parts of a picture together, in both its sizes; one that would be taller than `most` is split. */
export const chart = (picture: Picture, most = tallest): Chart => {
  const { name, title, sentence, table, exempel } = picture;
  const shown = exempel ? `EXEMPEL: ${title}` : title;
  /** A picture's patterns are its own: a page may hold several parts. */
  const marked = ({ markup }: Html, i: number): string =>
    i === 0
      ? markup
      : markup
          .replaceAll(`id="${name}-`, `id="${partName(name, i)}-`)
          .replaceAll(`url(#${name}-`, `url(#${partName(name, i)}-`);
  const [svg = "", ...rest] = columnsOf(picture, shown, most).map(marked);
  return { name, svg, rest, slides: slidesOf(picture, shown).map(marked), title, sentence, table };
};
