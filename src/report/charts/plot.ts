/** Observable Plot without a browser: a plot's marks as SVG markup, clean enough to stand in a file. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { type Html, raw } from "../html.ts";
import { ink } from "./palette.ts";
import { inner } from "./picture.ts";

const { document } = parseHTML("<!doctype html><html lang='sv'><body></body></html>");

/** Two decimals of a pixel are enough, and keep the files alike from one machine to the next. */
const shortened = (value: string): string =>
  value.replace(/-?\d+\.\d{3,}/g, (long) => String(Number(Number(long).toFixed(2))));

const clean = (element: Element): void => {
  for (const { name, value } of [...element.attributes]) {
    // The picture is described as a whole; Plot's own labels are English.
    if (name.startsWith("aria-") || name === "class") element.removeAttribute(name);
    else element.setAttribute(name, shortened(value));
  }
  for (const child of [...element.children]) {
    if (child.localName === "style") child.remove();
    else clean(child);
  }
};

/** Draws `options` in the picture's width and gives what stands inside the plot's `<svg>`. */
export const plotMarkup = (options: Plot.PlotOptions & { readonly height: number }): Html => {
  const drawn = Plot.plot({
    marginLeft: 1,
    marginRight: 14,
    marginTop: 0,
    marginBottom: 0,
    ...options,
    width: inner,
    document,
  });
  clean(drawn);
  return raw(drawn.innerHTML.replaceAll("currentColor", ink));
};
