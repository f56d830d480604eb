/** A document as PDF/UA-1: tagged, with title, language, bookmarks and words for its pictures. The same document, the same bytes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NodeCompiler, type NodeTypstDocument, PdfStandard } from "@myriaddreamin/typst-ts-node-compiler";
import type { Paper } from "./paper.ts";

const fontBlobs = ["400Regular/SourceSans3_400Regular", "600SemiBold/SourceSans3_600SemiBold"].map((font) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${font}.ttf`))),
);

/** What draws a paper, whatever its text: a text is a value here and never a part of the program. */
const drawing = `
#let paper = json(bytes(sys.inputs.paper))
#let line = rgb("#c9ced3")
#let quiet = rgb("#595959")
#set document(title: paper.title, date: none)
#set text(font: "Source Sans 3", size: float(sys.inputs.size) * 1pt, lang: "sv", region: "SE", fallback: false)
#set par(leading: 0.5em, spacing: 0.75em)
#set page(paper: "a4", margin: (x: 15mm, top: 13mm, bottom: 17mm), footer: context {
  set text(size: 7pt, fill: quiet)
  grid(columns: (1fr, auto), column-gutter: 1em, paper.foot + " · .. visas inte, – saknas",
    "sida " + str(counter(page).get().first()) + " (" + str(counter(page).final().first()) + ")")
})
#set list(indent: 0.3em, spacing: 0.6em, marker: "–")
#set enum(indent: 0.3em, spacing: 0.6em)
#set table(stroke: (x, y) => (bottom: if y == 0 { 1pt } else { 0.5pt + line }), inset: (x: 0.55em, y: 0.28em))
#show table: set par(justify: false, leading: 0.4em)
#show heading: set block(above: 1.1em, below: 0.5em)
#show heading.where(level: 1): set text(size: 1.05em)
#show heading.where(level: 2): it => block(width: 100%, above: 1.1em, below: 0.5em, stroke: (top: 1.2pt), inset: (top: 0.4em), sticky: true, it.body)
#show figure: set block(breakable: true, above: 0.7em, below: 0.9em)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => align(left, block(sticky: true, width: 100%, it.body))
#let said(runs) = {
  for run in runs {
    let text = run.text.split("\\n").map(piece => [#piece]).join(linebreak())
    if "isQuiet" in run { text = std.text(fill: quiet, text) }
    if "isStrong" in run { text = strong(text) }
    text
  }
}
#let numbered(block) = if block.isOrdered { enum(..block.items.map(said)) } else { list(..block.items.map(said)) }
#let drawn(block) = {
  if block.kind == "heading" { heading(level: block.level, block.text) }
  if block.kind == "paragraph" {
    if block.look == "lead" { par(text(size: 1.1em, said(block.runs))) }
    else if block.look == "quiet" { par(text(fill: quiet, said(block.runs))) }
    else { par(said(block.runs)) }
  }
  if block.kind == "field" { par(if "lines" in block { block.lines.map(piece => [#piece]).join(linebreak()) } else { text(fill: quiet, block.text) }) }
  if block.kind == "choice" { par(block.options.map(option => (if option.isTicked { "[x] " } else { "[  ] " }) + option.text).join("   ")) }
  if block.kind == "list" {
    if block.columns == 1 { numbered(block) }
    else {
      let most = calc.max(1, calc.ceil(block.items.len() / block.columns))
      grid(columns: (1fr,) * block.columns, column-gutter: 1em, ..block.items.chunks(most).map(some => list(..some.map(said))))
    }
  }
  if block.kind == "table" {
    let width = block.columns.len()
    figure(kind: table, supplement: none, numbering: none, caption: strong(block.caption), table(
      columns: block.columns.map(column => column.share * 1fr),
      align: (x, y) => if block.columns.at(x).isNumeric { right + top } else { left + top },
      table.header(..block.columns.map(column => strong(column.heading))),
      ..block.rows.map(row => if row.len() == width { row.map(said) } else {
        (table.cell(colspan: width, align: left, breakable: false, strong(said(row.first()))),)
      }).flatten()
    ))
  }
  if block.kind == "picture" {
    figure(kind: image, supplement: none, numbering: none, gap: 0.4em, caption: if block.caption == "" { none } else { block.caption },
      align(left, image(bytes(block.svg), format: "svg", alt: block.alt, width: 16cm)))
  }
}
#for block in paper.blocks { drawn(block) }
`;

/** Sizes of print, and the least that is pleasant to read: the print is made no smaller than that to save a sheet. */
const sizes = [10, 9, 8, 7.5];
const pleasant = 9;

let made: NodeCompiler | undefined;

const layOut = (compiler: NodeCompiler, paper: string, size: number): NodeTypstDocument => {
  const compiled = compiler.compile({ mainFileContent: drawing, inputs: { paper, size: String(size) } });
  if (compiled.result) return compiled.result;
  throw new Error(`pdf: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics)}`);
};

const draw = (compiler: NodeCompiler, paper: string, most: number): Uint8Array => {
  let chosen: NodeTypstDocument | undefined;
  for (const size of sizes) {
    const before = chosen?.numOfPages ?? Number.POSITIVE_INFINITY;
    if (before === 1 || (before <= most && size < pleasant)) break;
    const laid = layOut(compiler, paper, size);
    if (before > most || laid.numOfPages < before) chosen = laid;
  }
  if (chosen === undefined) throw new Error("pdf: no size to print in");
  return compiler.pdf(chosen, { pdfStandard: PdfStandard.UA_1 });
};

/** The signs that an error says the font lacks. */
const lackingIn = (error: unknown): string[] =>
  [...String(error).matchAll(/the text `\\"(.+?)\\"` could not be displayed/g)].map(([, text = ""]) =>
    text.replace(/\\+u\{([0-9a-f]+)\}/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16))),
  );

/**
 * A sign that the font lacks is drawn as `□`: PDF/UA has no place for one that cannot be seen.
 * @param most how many sheets it is, if print of at least 7,5 points can be
 */
export const pdfOf = (paper: Paper, most: number): Uint8Array => {
  made ??= NodeCompiler.create({ fontArgs: [{ fontBlobs }] });
  const text = JSON.stringify(paper).replaceAll("\u2011", "-");
  try {
    return draw(made, text, most);
  } catch (error) {
    const lacking = lackingIn(error);
    if (lacking.length === 0) throw error;
    return draw(
      made,
      lacking.reduce((left, sign) => left.replaceAll(sign, "□"), text),
      most,
    );
  } finally {
    made.evictCache(0);
  }
};
