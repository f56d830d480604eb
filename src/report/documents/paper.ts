/**
 * A finished page as a document: headings, paragraphs, lists, tables and pictures, in the order in which they are printed.
 * It is read out of the page's own markup, so that a document never says anything else than the page beside it.
 */
import { attributeOf, childrenOf, type Element, findAll, hasClass, parse } from "./markup.ts";

/** Text in one look. A line break is `\n`. */
export interface Run {
  readonly text: string;
  readonly isStrong?: true;
  readonly isQuiet?: true;
}

export interface PaperColumn {
  readonly heading: string;
  readonly isNumeric: boolean;
  /** What part of the table's width it needs for its words. */
  readonly share: number;
}

export interface PaperTable {
  readonly kind: "table";
  readonly caption: string;
  readonly columns: readonly PaperColumn[];
  /** A row has as many cells as the table has columns, or one that heads the rows under it. */
  readonly rows: readonly (readonly (readonly Run[])[])[];
}

export type Block =
  | { readonly kind: "heading"; readonly level: number; readonly text: string }
  | { readonly kind: "paragraph"; readonly look: "plain" | "lead" | "quiet"; readonly runs: readonly Run[] }
  | {
      readonly kind: "list";
      readonly isOrdered: boolean;
      /** How many columns short items stand in. */
      readonly columns: number;
      readonly items: readonly (readonly Run[])[];
    }
  | PaperTable
  | { readonly kind: "picture"; readonly svg: string; readonly alt: string; readonly caption: string }
  /** A field to write in: its text until somebody has, what asks for it, and what is written in it. */
  | {
      readonly kind: "field";
      readonly name: string;
      readonly text: string;
      readonly prompt: string;
      readonly lines?: readonly string[];
    }
  /** Boxes to tick, of which some are. */
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly options: readonly { readonly text: string; readonly isTicked: boolean }[];
    };

export interface Paper {
  readonly title: string;
  /** What stands at the foot of each sheet, beside its number. */
  readonly foot: string;
  readonly blocks: readonly Block[];
}

/** Whether an element belongs to a screen, or is folded away by print. */
const isUnprinted = (element: Element): boolean =>
  hasClass(element, "skarm") ||
  hasClass(element, "bilaga") ||
  hasClass(element, "innehall") ||
  attributeOf(element, "aria-hidden") === "true" ||
  (element.name === "details" && attributeOf(element, "open") === undefined);

/** Text as any document can hold it: on one line, without what no font draws and no XML takes. */
const plain = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\u00ad/g, "")
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/[^\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD");

/** The pieces of text in an element, those of one look together, without space at its ends. */
const runsOf = (element: Element): Run[] => {
  const runs: Run[] = [];
  const add = (run: Run): void => {
    const last = runs.at(-1);
    const text = last === undefined || /[ \n]$/.test(last.text) ? run.text.replace(/^ /, "") : run.text;
    if (text === "") return;
    if (last && last.isStrong === run.isStrong && last.isQuiet === run.isQuiet)
      runs[runs.length - 1] = { ...last, text: last.text + text };
    else runs.push({ ...run, text });
  };
  const walk = ({ parts }: Element, look: Omit<Run, "text">): void => {
    for (const part of parts) {
      if (typeof part === "string") add({ ...look, text: plain(part) });
      else if (!isUnprinted(part)) {
        const isQuiet = hasClass(part, "plats");
        if ((isQuiet || part.name === "br") && runs.length > 0) add({ ...look, text: "\n" });
        walk(part, { ...look, ...(part.name === "strong" && { isStrong: true }), ...(isQuiet && { isQuiet }) });
      }
    }
  };
  walk(element, {});
  const last = runs.at(-1);
  return last === undefined ? [] : [...runs.slice(0, -1), { ...last, text: last.text.trimEnd() }];
};

export const textOf = (runs: readonly Run[]): string => runs.map(({ text }) => text).join("");

/** What part of a table's width each column needs: room for its longest word, and for texts that are long. */
const sharesOf = (rows: readonly (readonly string[])[]): number[] => {
  const needs = (rows[0] ?? []).map((_, i) => {
    const cells = rows.map((row) => row[i] ?? "");
    const longest = Math.max(...cells.flatMap((cell) => cell.split(/[ \n]/)).map((word) => word.length));
    const lengths = cells.map((cell) => Math.max(...cell.split("\n").map((line) => line.length)));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / cells.length;
    const short = Math.max(0, ...lengths.slice(1));
    return Math.max(longest, Math.min(45, mean), Math.min(24, short)) + 3;
  });
  const whole = needs.reduce((sum, need) => sum + need, 0);
  return needs.map((need) => Number((need / whole).toFixed(4)));
};

const tableOf = (element: Element): PaperTable => {
  const headings = findAll(element, ({ name }) => name === "thead").flatMap((head) =>
    findAll(head, ({ name }) => name === "th"),
  );
  const bodies = findAll(element, ({ name }) => name === "tbody");
  const rows = bodies.flatMap(childrenOf).map((row) => childrenOf(row).map(runsOf));
  const whole = rows.filter(({ length }) => length === headings.length).map((row) => row.map(textOf));
  const names = headings.map((heading) => textOf(runsOf(heading)));
  const shares = sharesOf([names, ...whole]);
  return {
    kind: "table",
    caption: findAll(element, ({ name }) => name === "caption")
      .map((caption) => textOf(runsOf(caption)))
      .join(" "),
    columns: headings.map((heading, i) => ({
      heading: names[i] ?? "",
      isNumeric: hasClass(heading, "tal"),
      share: shares[i] ?? 0,
    })),
    rows,
  };
};

const pictureOf = (element: Element): Block[] => {
  const [svg] = findAll(element, ({ name }) => name === "svg");
  if (svg?.raw === undefined) return [];
  const said = findAll(
    parse(svg.raw.replace(/^<svg[^>]*>|<\/svg>$/g, "")),
    ({ name }) => name === "title" || name === "desc",
  );
  return [
    {
      kind: "picture",
      svg: svg.raw,
      alt: said.map((one) => textOf(runsOf(one)).replace(/[.]?$/, ".")).join(" "),
      // The link to the picture's file stands last.
      caption: findAll(element, ({ name }) => name === "figcaption")
        .map((caption) =>
          textOf(
            runsOf({
              ...caption,
              parts: caption.parts.filter((part) => typeof part === "string" || part.name !== "a"),
            }),
          ),
        )
        .join(" "),
    },
  ];
};

const paragraphOf = (element: Element): Block => {
  const runs = runsOf(element);
  const name = attributeOf(element, "data-falt");
  if (name !== undefined)
    return { kind: "field", name, text: textOf(runs), prompt: `Skriv ${name.toLocaleLowerCase("sv-SE")} här.` };
  const isQuiet = hasClass(element, "plats");
  return {
    kind: "paragraph",
    look: hasClass(element, "ingress") ? "lead" : isQuiet ? "quiet" : "plain",
    runs: isQuiet ? runs.map(({ text }) => ({ text })) : runs,
  };
};

const blocksOf = (element: Element): Block[] => {
  const { name } = element;
  if (isUnprinted(element)) return [];
  const level = /^h([1-6])$/.exec(name)?.[1];
  if (level !== undefined) return [{ kind: "heading", level: Number(level), text: textOf(runsOf(element)) }];
  if (name === "p") return [paragraphOf(element)];
  if (name === "table") return [tableOf(element)];
  if (name === "figure") return pictureOf(element);
  if (name === "ul" || name === "ol") {
    const items = childrenOf(element).map(runsOf);
    return [{ kind: "list", isOrdered: name === "ol", columns: hasClass(element, "tre") ? 3 : 1, items }];
  }
  return childrenOf(element).flatMap(blocksOf);
};

/** A page's table, and the heading that it stands under. */
export interface PlacedTable extends PaperTable {
  readonly under: string;
}

const tableParts = ["h1", "h2", "h3", "summary", "table"];

/** A finished page: what is printed of it, and all its tables, those that print folds away too. */
export const readPage = (
  markup: string,
  foot: string,
): { readonly paper: Paper; readonly tables: readonly PlacedTable[] } => {
  const page = parse(markup);
  const read = findAll(page, (element) => element.name === "main" || hasClass(element, "exempel"));
  const tables: PlacedTable[] = [];
  let under = "";
  for (const element of read.flatMap((part) => findAll(part, ({ name }) => tableParts.includes(name)))) {
    if (element.name === "table") tables.push({ ...tableOf(element), under });
    else under = textOf(runsOf(element));
  }
  const title = findAll(page, ({ name }) => name === "title").map((element) => textOf(runsOf(element)))[0] ?? "";
  return { paper: { title, foot: plain(foot), blocks: read.flatMap(blocksOf) }, tables };
};
