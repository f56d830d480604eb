/**
 * A finished page as a document: headings, paragraphs, lists, tables and pictures, in the order in which they are printed.
 * It is read out of the page's own markup, so that a document never says anything else than the page beside it.
 */
import { parseHTML } from "linkedom/worker";

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
  /** A field that the reader writes in; until then it says `text`. */
  | { readonly kind: "field"; readonly name: string; readonly text: string };

export interface Paper {
  readonly title: string;
  /** What stands at the foot of each sheet, beside its number. */
  readonly foot: string;
  readonly blocks: readonly Block[];
}

/** Markup that belongs to a screen, or that print folds away. */
const unprinted = "nav.innehall, .skarm, .bilaga, [aria-hidden], details:not([open]), style, script, figcaption a";

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
  const walk = (node: Node, look: Omit<Run, "text">): void => {
    for (const child of node.childNodes) {
      if (child.nodeType === 3) add({ ...look, text: plain(child.textContent ?? "") });
      if (child.nodeType !== 1) continue;
      const { localName, classList } = child as Element;
      const isOwnLine = localName === "br" || (localName === "span" && classList.contains("plats"));
      if (isOwnLine && runs.length > 0) add({ ...look, text: "\n" });
      const isStrong = localName === "strong" || localName === "b";
      walk(child, { ...look, ...(isStrong && { isStrong }), ...(classList.contains("plats") && { isQuiet: true }) });
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
    const mean = cells.reduce((sum, { length }) => sum + length, 0) / cells.length;
    const short = Math.max(...rows.slice(1).map((row) => row[i]?.length ?? 0));
    return Math.max(longest, Math.min(45, mean), Math.min(18, short)) + 2;
  });
  const whole = needs.reduce((sum, need) => sum + need, 0);
  return needs.map((need) => Number((need / whole).toFixed(4)));
};

const tableOf = (element: Element): PaperTable => {
  const headings = [...element.querySelectorAll("thead th")];
  const rows = [...element.querySelectorAll("tbody tr")].map((row) => [...row.children].map(runsOf));
  const whole = rows.filter(({ length }) => length === headings.length).map((row) => row.map(textOf));
  const names = headings.map((heading) => textOf(runsOf(heading)));
  const shares = sharesOf([names, ...whole]);
  return {
    kind: "table",
    caption: textOf(runsOf(element.querySelector("caption") ?? element)),
    columns: headings.map(({ classList }, i) => ({
      heading: names[i] ?? "",
      isNumeric: classList.contains("tal"),
      share: shares[i] ?? 0,
    })),
    rows,
  };
};

const pictureOf = (element: Element): Block[] => {
  const svg = element.querySelector("svg");
  const caption = element.querySelector("figcaption");
  if (svg === null) return [];
  const alt = [...svg.children].filter(({ localName }) => localName === "title" || localName === "desc");
  return [
    {
      kind: "picture",
      svg: svg.toString(),
      alt: alt.map((one) => textOf(runsOf(one)).replace(/[.]?$/, ".")).join(" "),
      caption: caption === null ? "" : textOf(runsOf(caption)),
    },
  ];
};

const paragraphOf = (element: Element): Block => {
  const runs = runsOf(element);
  const name = element.getAttribute("data-falt");
  if (name !== null) return { kind: "field", name, text: textOf(runs) };
  const { classList } = element;
  return {
    kind: "paragraph",
    look: classList.contains("ingress") ? "lead" : classList.contains("plats") ? "quiet" : "plain",
    runs: classList.contains("plats") ? runs.map(({ text }) => ({ text })) : runs,
  };
};

const blocksOf = (element: Element): Block[] => {
  const { localName, classList } = element;
  const level = /^h([1-6])$/.exec(localName)?.[1];
  if (level !== undefined) return [{ kind: "heading", level: Number(level), text: textOf(runsOf(element)) }];
  if (localName === "p") return [paragraphOf(element)];
  if (localName === "table") return [tableOf(element)];
  if (localName === "figure") return pictureOf(element);
  if (localName === "ul" || localName === "ol") {
    const items = [...element.children].map(runsOf);
    return [{ kind: "list", isOrdered: localName === "ol", columns: classList.contains("tre") ? 3 : 1, items }];
  }
  return [...element.children].flatMap(blocksOf);
};

/** @param markup the finished page */
export const paperOf = (markup: string, foot: string): Paper => {
  const { document } = parseHTML(markup);
  for (const unseen of document.querySelectorAll(unprinted)) unseen.remove();
  const read = [document.querySelector("header .exempel"), document.querySelector("main")];
  return {
    title: plain(document.querySelector("title")?.textContent ?? ""),
    foot: plain(foot),
    blocks: read.flatMap((element) => (element === null ? [] : blocksOf(element))),
  };
};
