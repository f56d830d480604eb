/**
 * How wide text will be. SVG neither measures nor breaks text, and a chart is drawn where there is no screen,
 * so widths come from the advance widths of Source Sans 3, in hundredths of the font size.
 */

const advances: Readonly<Record<string, string>> = {
  20: " \u00a0",
  25: "ijl.,:;'·",
  32: "frtI()-/",
  45: "csxyzvJ–−",
  50: "aegkåäé0123456789EFLSY?”",
  55: "bdhnopquöAÄÅBCKPRTVXZ",
  64: "DGHNOQUÖ",
  74: "wM",
  83: "mW%",
};

const widths = new Map(
  Object.entries(advances).flatMap(([width, signs]) => [...signs].map((sign) => [sign, Number(width)] as const)),
);

/** A reader without the font sees one that may be wider: Arial by a tenth, in bold by a fifth. */
const slack = 1.2;

/** Width of `text` in pixels at `size`, with some slack. */
export const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, sign) => sum + (widths.get(sign) ?? 60), 0) * (size / 100) * slack;

/** A word longer than the line is cut in pieces that fit; nothing is left out. */
const pieces = (word: string, size: number, width: number): string[] => {
  if (widthOf(word, size) <= width) return [word];
  const signs = [...word];
  let fits = 1;
  while (fits < signs.length && widthOf(signs.slice(0, fits + 1).join(""), size) <= width) fits++;
  return [signs.slice(0, fits).join(""), ...pieces(signs.slice(fits).join(""), size, width)];
};

/** `text` broken into lines that fit in `width` pixels at `size`. */
export const broken = (text: string, size: number, width: number): string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ").flatMap((one) => pieces(one, size, width))) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};
