/** A long page's list of contents, and what is folded. */
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { html } from "../../src/report/html.ts";
import { withContents } from "../../src/report/pages/innehall.ts";

const page = html`<h1>Insats</h1>
<p>Fakta</p>
<h2 id="mal">Mål</h2>
<p>m</p>
<h2 id="moten">Möten &amp; ${"<kalender>"}</h2>
<h3>2023</h3>
<p>k</p>
<h2>Utan namn</h2>
<p>u</p>
`;

test("every part is in the list, in order, and the list leads to it", () => {
  const { document } = parseHTML(`<main>${withContents(page, (id) => id === "mal").markup}</main>`);
  const links = [...document.querySelectorAll("nav a")];
  expect(links.map(({ textContent }) => textContent)).toEqual(["Mål", "Möten & <kalender>", "Utan namn"]);
  for (const link of links) {
    const target = document.querySelector(String(link.getAttribute("href")));
    expect(target?.textContent).toContain(link.textContent);
  }
});
test("what is open stands as it was, and the rest is folded under its heading with all that it holds", () => {
  const { document } = parseHTML(`<main>${withContents(page, (id) => id === "mal").markup}</main>`);
  expect(document.querySelector("#mal")?.localName).toBe("h2");
  const folded = [...document.querySelectorAll("details")];
  expect(folded.map((part) => part.querySelector("summary h2")?.textContent)).toEqual([
    "Möten & <kalender>",
    "Utan namn",
  ]);
  expect(folded[0]?.querySelector("h3")?.textContent).toBe("2023");
  expect(folded.every((part) => !part.hasAttribute("open"))).toBe(true);
  expect(document.querySelector("main")?.textContent?.replace(/\s+/g, "")).toContain("Fakta");
});
test("a page of one or two parts is left as it is", () => {
  const short = html`<h1>a</h1><h2>b</h2><p>c</p>`;
  expect(withContents(short, () => false).markup).toBe(short.markup);
});
