/** A long page made short: a list of its parts at the top, and the parts that are looked up folded. */
import { type Html, html, raw } from "../html.ts";

/** A part of a page: what stands from one `h2` to the next. */
interface PagePart {
  readonly id: string;
  readonly heading: Html;
  readonly rest: Html;
}

const beginning = /^<h2(?: id="([^"]*)")?>(.*?)<\/h2>\n?/s;

const partOf = (markup: string, i: number): PagePart => {
  const [whole = "", id = `del-${i}`, heading = ""] = beginning.exec(markup) ?? [];
  return { id, heading: raw(heading), rest: raw(markup.slice(whole.length)) };
};

/**
 * The page with a list of contents before its first `h2`. Parts after those that are open are folded: each opens by its heading,
 * and by a link to it.
 * @param isOpen whether the part with this id stays as it is
 */
export const withContents = ({ markup }: Html, isOpen: (id: string) => boolean): Html => {
  const [before = "", ...pieces] = markup.split(/(?=<h2[ >])/);
  const parts = pieces.map(partOf);
  if (parts.length < 3) return raw(markup);
  return html`${raw(before)}<nav class="innehall" aria-label="Innehåll på sidan"><h2 id="innehall-rubrik">Innehåll</h2>
<ul>${parts.map(({ id, heading }) => html`<li><a href="#${id}">${heading}</a></li>`)}</ul></nav>
${parts.map(({ id, heading, rest }) =>
  isOpen(id)
    ? html`<h2 id="${id}">${heading}</h2>\n${rest}`
    : html`<details id="${id}"><summary><h2>${heading}</h2></summary>\n${rest}</details>\n`,
)}`;
};
