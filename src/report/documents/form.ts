/** A form of a förbund: its fields as data, filled from a run as a document of our own or into the förbund's own DOCX. */
import type { Form, FormSource } from "../../schema/formular.ts";
import type { Answer } from "../answers.ts";
import { escaped, unescaped } from "../html.ts";
import type { Block, Paper } from "./paper.ts";

export interface Filled {
  readonly name: string;
  readonly heading: string;
  readonly question: string;
  /** What is written; nothing in a field that somebody is to write in. */
  readonly lines: readonly string[] | undefined;
  readonly options: readonly { readonly text: string; readonly isTicked: boolean }[];
}

export const fill = ({ falt }: Form, answerOf: (source: FormSource) => Answer): Filled[] =>
  falt.map(({ falt: name, rubrik: heading, fraga: question, kalla, alternativ = [] }) => {
    const answer = kalla === undefined ? undefined : answerOf(kalla);
    const ticked = answer?.lines.map((line) => line.toLocaleLowerCase("sv-SE")) ?? [];
    return {
      name,
      heading,
      question,
      lines:
        answer === undefined || (alternativ.length > 0 && answer.why === undefined)
          ? undefined
          : answer.why === undefined
            ? answer.lines
            : [`Går inte att ange: ${answer.why}.`],
      options: alternativ.map((text) => ({ text, isTicked: ticked.includes(text.toLocaleLowerCase("sv-SE")) })),
    };
  });

/** The form as a document of our own. */
export const formPaper = (title: string, foot: string, note: string | undefined, fields: readonly Filled[]): Paper => {
  const sections = Map.groupBy(fields, ({ heading }) => heading);
  const paragraph = (text: string, isStrong?: true): Block => ({
    kind: "paragraph",
    look: "plain",
    runs: [{ text, ...(isStrong && { isStrong }) }],
  });
  return {
    title,
    foot,
    blocks: [
      ...(note === undefined ? [] : [paragraph(note, true)]),
      { kind: "heading", level: 1, text: title },
      ...[...sections].flatMap(([heading, some]): Block[] => [
        { kind: "heading", level: 2, text: heading },
        ...some.flatMap(({ name, question, lines, options }): Block[] => [
          paragraph(question, true),
          ...(options.length === 0 ? [] : [{ kind: "choice", name, options } as const]),
          ...(options.length > 0 && lines === undefined
            ? []
            : [{ kind: "field", name, text: question, prompt: question, ...(lines && { lines }) } as const]),
        ]),
      ]),
    ],
  };
};

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Where the elements of a name are, outermost first in each place. */
const rangesOf = (xml: string, name: string): Range[] => {
  const found: Range[] = [];
  const open: number[] = [];
  for (const tag of xml.matchAll(new RegExp(`<(/?)${name}(?: [^>]*?)?(/?)>`, "g"))) {
    if (tag[1] === "" && tag[2] === "") open.push(tag.index);
    else if (tag[1] === "/") found.push({ from: open.pop() ?? 0, to: tag.index + tag[0].length });
  }
  return found.sort((a, b) => a.from - b.from);
};

const shownText = (xml: string): string =>
  unescaped(xml.replace(/<\/w:p>|<w:br\/>/g, " ").replace(/<[^>]+>/g, ""))
    .replace(/\s+/g, " ")
    .trim();

/** A question, however it ends and whatever its letters. */
const asked = (text: string): string => text.replace(/[\s:?.]+$/, "").toLocaleLowerCase("sv-SE");

const firstOf = (xml: string, name: string): string => new RegExp(`<${name}>.*?</${name}>`, "s").exec(xml)?.[0] ?? "";

/** Runs with a line of text each, in the look of the run that stood there. */
const runs = (lines: readonly string[], old: string): string => {
  const look = firstOf(old.replace(/<w:pPr>.*?<\/w:pPr>/s, ""), "w:rPr").replace(
    /<w:rStyle w:val="PlaceholderText"\/>|<w:color [^>]*\/>/g,
    "",
  );
  return `<w:r>${look}${lines.map((line) => `<w:t xml:space="preserve">${escaped(line)}</w:t>`).join("<w:br/>")}</w:r>`;
};

/** A paragraph to each line, in the look of the one that stood there. */
const paragraphs = (lines: readonly string[], old: string): string =>
  lines.map((line) => `<w:p>${firstOf(old, "w:pPr")}${runs([line], old)}</w:p>`).join("");

/** What is between an element's own tags becomes what `write` makes of it. */
const inside = (xml: string, write: (content: string) => string): string => {
  const from = xml.indexOf(">") + 1;
  const to = xml.lastIndexOf("</");
  return xml.slice(0, from) + write(xml.slice(from, to)) + xml.slice(to);
};

const writeControl = (control: string, lines: readonly string[]): string => {
  const [content] = rangesOf(control, "w:sdtContent");
  if (!content) return control;
  const written = inside(control.slice(content.from, content.to), (old) => {
    const [cell] = rangesOf(old, "w:tc");
    if (cell) return writeCell(old, lines);
    return old.includes("<w:p>") || old.includes("<w:p ") ? paragraphs(lines, old) : runs(lines, old);
  });
  return (control.slice(0, content.from) + written + control.slice(content.to)).replace("<w:showingPlcHdr/>", "");
};

const writeCell = (cell: string, lines: readonly string[]): string =>
  inside(cell, (old) => `${firstOf(old, "w:tcPr")}${paragraphs(lines, old)}`);

const tick = (box: string, isTicked: boolean): string =>
  box
    .replace(/<w14:checked w14:val="[^"]*"\/>/, `<w14:checked w14:val="${isTicked ? 1 : 0}"/>`)
    .replace(/<w:t(?: [^>]*)?>[☐☒]<\/w:t>/, `<w:t>${isTicked ? "☒" : "☐"}</w:t>`);

/** Replaces places of a text, the last first, so that the others stay where they are. */
const replaced = (xml: string, places: readonly (Range & { readonly by: string })[]): string =>
  places
    .toSorted((a, b) => b.from - a.from)
    .reduce((left, { from, to, by }) => left.slice(0, from) + by + left.slice(to), xml);

const boxesIn = (xml: string): (Range & { readonly xml: string; readonly tag: string; readonly after: string })[] => {
  const boxes = rangesOf(xml, "w:sdt").filter(({ from, to }) => xml.slice(from, to).includes("<w14:checkbox>"));
  return boxes.map(({ from, to }, i) => ({
    from,
    to,
    xml: xml.slice(from, to),
    tag: /<w:tag w:val="([^"]*)"/.exec(xml.slice(from, to))?.[1] ?? "",
    after: shownText(xml.slice(to, boxes[i + 1]?.from ?? xml.length)),
  }));
};

/** Ticks the boxes of a field: those tagged `field:option`, and in the answer to its question those before an option's text. */
const tickIn = (xml: string, { name, options }: Filled, isAnswer: boolean): string =>
  replaced(
    xml,
    boxesIn(xml).flatMap((box) => {
      const option = options.find(
        ({ text }) =>
          box.tag === escaped(`${name}:${text}`) ||
          (isAnswer && box.tag === "" && asked(box.after).startsWith(asked(text))),
      );
      return option ? [{ ...box, by: tick(box.xml, option.isTicked) }] : [];
    }),
  );

const fillField = (xml: string, field: Filled): string => {
  const { name, question, lines, options } = field;
  const ticked = options.length === 0 ? xml : tickIn(xml, field, false);
  const controls =
    lines === undefined
      ? []
      : rangesOf(ticked, "w:sdt").filter(({ from, to }) =>
          new RegExp(`^<w:sdt>\\s*<w:sdtPr>(?:(?!</w:sdtPr>).)*<w:(?:tag|alias) w:val="${name}"/>`, "s").test(
            ticked.slice(from, to),
          ),
        );
  if (controls.length > 0)
    return replaced(
      ticked,
      controls.map((range) => ({ ...range, by: writeControl(ticked.slice(range.from, range.to), lines ?? []) })),
    );
  if (ticked !== xml) return ticked;
  for (const row of rangesOf(xml, "w:tr").reverse()) {
    const cells = rangesOf(xml.slice(row.from, row.to), "w:tc").map(({ from, to }) => ({
      from: row.from + from,
      to: row.from + to,
    }));
    const at = cells.findIndex(({ from, to }) => asked(shownText(xml.slice(from, to))) === asked(question));
    const next = at < 0 ? undefined : cells[at + 1];
    if (next === undefined) continue;
    const cell = xml.slice(next.from, next.to);
    const by =
      options.length > 0
        ? tickIn(cell, field, true)
        : lines !== undefined && shownText(cell) === ""
          ? writeCell(cell, lines)
          : cell;
    return replaced(xml, [{ ...next, by }]);
  }
  return xml;
};

/**
 * The main part of a DOCX with the answers in it: in content controls that are named after a field, in the empty cell
 * beside its question, and in its check boxes. All else stays as it is.
 * @returns the fields that the document has no place for too
 */
export const fillDocument = (
  xml: string,
  fields: readonly Filled[],
): { readonly xml: string; readonly unplaced: readonly string[] } => {
  const unplaced: string[] = [];
  const filled = fields.reduce((left, field) => {
    if (field.lines === undefined && field.options.length === 0) return left;
    const next = fillField(left, field);
    if (next === left && (field.lines || field.options.some(({ isTicked }) => isTicked))) unplaced.push(field.name);
    return next;
  }, xml);
  return { xml: filled, unplaced };
};
