/** Observable Plot without a browser: a plot's marks as SVG markup, clean enough to stand in a file. */
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom/worker";
import { type Html, raw } from "../html.ts";
import { ink, quiet } from "./palette.ts";
import { inner, lettering } from "./picture.ts";

type Text = Parameters<typeof Plot.text>;

const { document } = parseHTML("<!doctype html><html lang='sv'><body></body></html>");

/** Two decimals of a pixel are enough, and keep the files alike from one machine to the next. */
const shortened = (value: string): string =>
  value.replace(/-?\d+\.\d{3,}/g, (long) => String(Number(Number(long).toFixed(2))));

/** One tag. A sign > stands in its attributes too. */
const tags = /<[^">]*(?:"[^"]*"[^">]*)*>/g;

/** The picture is described as a whole, and Plot's own labels are English: they go, and so do the classes of its style sheet. */
const clean = (markup: string): string =>
  markup
    .replace(/<style>.*?<\/style>/gs, "")
    .replace(tags, (tag) => shortened(tag.replace(/ (?:aria-[a-z]+|class)="[^"]*"/g, "")));

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
  return raw(clean(drawn.innerHTML).replaceAll("currentColor", ink));
};

/** Words in the size of the picture's own, from where they stand to the right. */
export const words = (data: Text[0], options: Text[1]): Plot.Markish =>
  Plot.text(data, { textAnchor: "start", fontSize: lettering, fill: ink, ...options });

/** The values along the bottom. */
export const sizeAxis = (tickFormat: (tick: number) => string): Plot.Markish =>
  Plot.axisX({ ticks: 4, tickFormat, label: null, tickSize: 3, fontSize: lettering, fill: quiet });

/** The values up the left side. */
export const valueAxis = (tickFormat: (tick: number) => string): Plot.Markish =>
  Plot.axisY({ ticks: 5, tickFormat, label: null, tickSize: 0, fontSize: lettering, fill: quiet });
