/** The look of pages and pictures, and their letters: a part of Source Sans 3, small enough to stand in each of them. */
import { readFileSync } from "node:fs";

const folder = new URL("../../data/utseende/", import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, folder), "utf8").trim();

/** The family's name in a style sheet: the licence keeps the name of the whole font for the whole font. */
export const family = '"Rapporttext", "Source Sans 3"';

/** `@font-face` rules with the letters in them, in two weights; a test makes the file of the whole font. */
export const fontFaces = read("rapporttext.css");

/** The look of the pages: one column of print, large enough to read on a telephone, plain enough to print on A4. */
export const style = read("stil.css");

/** What narrows down a long table in a reader's browser. */
export const filterScript = read("urval.js");

/** A picture as a file of its own, with its letters. */
export const withFont = (svg: string): string =>
  svg.replace(/<svg[^>]*>\n/, (start) => `${start}<style>${fontFaces}</style>\n`);
