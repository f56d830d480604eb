/** A document as PDF/UA-1: tagged, with title, language, bookmarks and words for its pictures. The same document, the same bytes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NodeCompiler, type NodeTypstDocument, PdfStandard } from "@myriaddreamin/typst-ts-node-compiler";
import type { Paper } from "./paper.ts";

const fontBlobs = ["400Regular/SourceSans3_400Regular", "600SemiBold/SourceSans3_600SemiBold"].map((font) =>
  readFileSync(fileURLToPath(import.meta.resolve(`@expo-google-fonts/source-sans-3/${font}.ttf`))),
);

/** What draws a paper, whatever its text: a text is a value here and never a part of the program. */
const drawing = readFileSync(new URL("../../../data/utseende/dokument.typ", import.meta.url), "utf8");

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
