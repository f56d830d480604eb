/** Markup that is safe by construction: whatever text is put into a template is escaped there. */

/** Finished markup. Only `html` and `raw` make it, so a plain string can never pass for it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What a template takes: text (escaped), markup, several of either, or nothing: `undefined`, or what holds only if (`is && part`). */
export type Part = string | Html | undefined | false | readonly Part[];

const names = new Map([
  ["&", "amp"],
  ["<", "lt"],
  [">", "gt"],
  ['"', "quot"],
  ["'", "#39"],
]);
const signs = new Map([...names, ["'", "apos"], ["\u00a0", "#160"]].map(([sign, name]) => [name, sign]));

/** Text as it stands between tags or inside a quoted attribute. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&${names.get(sign)};`);

/** The text that markup stands for. */
export const unescaped = (markup: string): string =>
  markup.replace(/&(#?\w+);/g, (whole, name: string) => signs.get(name) ?? whole);

const markupOf = (part: Part): string => {
  if (part === undefined || part === false) return "";
  if (typeof part === "string") return escaped(part);
  return part instanceof Html ? part.markup : part.map(markupOf).join("");
};

/** A template whose values are escaped: `` html`<p>${text}</p>` ``. */
export const html = (strings: TemplateStringsArray, ...parts: readonly Part[]): Html =>
  new Html(strings.map((string, i) => string + markupOf(parts[i])).join(""));

/** Markup from elsewhere that is known to be well formed and escaped, such as a drawn SVG. */
export const raw = (markup: string): Html => new Html(markup);

export const joined = (parts: readonly Part[], sign: string | Html): Part =>
  parts.map((part, i) => (i === 0 ? part : [sign, part]));
