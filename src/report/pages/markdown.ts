/** The little Markdown that a comment is written in: paragraphs, lists and bold. All else is text. */
import { type Html, html, type Part } from "../html.ts";

const inline = (text: string): Part =>
  text.split(/\*\*(.+?)\*\*/).map((piece, i) => (i % 2 === 1 ? html`<strong>${piece}</strong>` : piece));

/** Paragraphs are parted by an empty line; lines that begin with a dash are a list, those with a number sign bold. */
export const markdownMarkup = (text: string): Html =>
  html`${text
    .replace(/\r\n?/g, "\n")
    .split(/\n\s*\n/)
    .map((block) => block.trim())
    .filter((block) => block !== "")
    .map((block) => {
      const lines = block.split("\n");
      if (lines.every((line) => /^[-*] /.test(line))) {
        return html`<ul class="tat">${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>\n`;
      }
      const title = /^#+\s*(.*)$/.exec(lines[0] ?? "")?.[1];
      return title === undefined
        ? html`<p>${inline(lines.join(" "))}</p>\n`
        : html`<p><strong>${title}</strong> ${inline(lines.slice(1).join(" "))}</p>\n`;
    })}`;
