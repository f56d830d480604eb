/** The letters of pages and pictures: a part of Source Sans 3, small enough to stand in each of them. */
import { readFileSync } from "node:fs";

/** The family's name in a style sheet: the licence keeps the name of the whole font for the whole font. */
export const family = '"Rapporttext", "Source Sans 3"';

/** `@font-face` rules with the letters in them, in two weights; a test makes the file of the whole font. */
export const fontFaces = readFileSync(new URL("../../data/typsnitt/rapporttext.css", import.meta.url), "utf8").trim();

/** A picture as a file of its own, with its letters. */
export const withFont = (svg: string): string =>
  svg.replace(/<svg[^>]*>\n/, (start) => `${start}<style>${fontFaces}</style>\n`);
