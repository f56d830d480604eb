/** The look of the pages: one column of print, large enough to read on a telephone, plain enough to print on A4. */

import { blue, ink, orange, paper, quiet, vermillion } from "../charts/palette.ts";
import { family } from "../typsnitt.ts";

export const style = `
:root { color-scheme: light; --ink: ${ink}; --quiet: ${quiet}; --line: #c9ced3; --wash: #f3f6f8; --blue: #005a8c; }
* { box-sizing: border-box; }
html { font: 1.0625rem/1.5 ${family}, system-ui, sans-serif; color: var(--ink); background: ${paper}; -webkit-text-size-adjust: 100%; }
body { margin: 0; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1rem; }
a { color: var(--blue); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .15em; }
:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; background: #fff3b0; }
.hoppa { position: absolute; left: -999rem; top: 0; padding: .5rem 1rem; background: ${paper}; z-index: 1; }
.hoppa:focus { left: .5rem; top: .5rem; }
.dold { position: absolute; left: 0; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.exempel { background: #ffe9a8; color: #1f1f1f; border-bottom: 3px solid #1f1f1f; text-align: center; padding: .5rem 1rem; margin: 0; max-width: none; }
[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
header nav ul { list-style: none; margin: 0; padding: .75rem 0; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; border-bottom: 1px solid var(--line); }
h1, h2, h3, h4 { line-height: 1.2; overflow-wrap: break-word; hyphens: auto; }
h1 { font-size: 2rem; margin: 1.5rem 0 .5rem; }
h2 { font-size: 1.5rem; margin: 1.85rem 0 .5rem; padding-top: .75rem; border-top: 3px solid var(--ink); }
h3 { font-size: 1.1875rem; margin: 1.75rem 0 .5rem; }
h4 { font-size: 1.0625rem; margin: 1.25rem 0 .25rem; }
p, li, dd, blockquote, figcaption { max-width: 42rem; }
p { margin: .5rem 0; }
.ingress { font-size: 1.1875rem; }
.overrad { max-width: none; margin: 1rem 0 0; }
.overrad + h1 { font-size: 1.75rem; margin-top: .25rem; }
.fragor li, .fa li, .manga li { max-width: 60rem; }
.fa h2, .manga h2 { margin-top: 1rem; }
.tre { columns: 16rem 3; column-gap: 2rem; }
#forbund h2 { margin-top: 1.25rem; font-size: 1.1875rem; border: 0; padding: 0; }
.stapel { display: flex; min-width: 10rem; max-width: 16rem; height: .8rem; margin: .3rem 0 .15rem; border: 1px solid var(--ink); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.stapel .uppnatt { background: ${blue}; }
.stapel .delvis { background: repeating-linear-gradient(135deg, ${blue} 0 2px, ${paper} 2px 5px); }
.stapel .ej_uppnatt { background: ${vermillion}; }
.stapel .ej_matbart { background: ${paper}; }
.stapel span + span { border-left: 1px solid var(--ink); }
.mal p { max-width: none; }
.mal th:first-child { width: 38%; }
.mal td:nth-child(4) { white-space: nowrap; }
.brister { list-style: none; margin: 0; padding: 0; }
.brister > li { max-width: none; margin: .75rem 0 1.25rem; border-left: 4px solid ${vermillion}; padding-left: .9rem; }
.brister p { margin: .1rem 0; }
blockquote { margin: .35rem 0; padding-left: .75rem; border-left: 2px solid var(--line); }
blockquote p { margin: 0; }
.plats { color: var(--quiet); }
td .plats, th .plats { display: block; font-size: .9375rem; }
.bilaga { margin-top: 2rem; font-size: .8125rem; color: var(--quiet); }
.bilaga li { font-family: ui-monospace, monospace; overflow-wrap: anywhere; max-width: none; }
.tat { padding-left: 1.1rem; margin: .25rem 0; }
.tat li { margin: 0 0 .4rem; break-inside: avoid; }
.spalter { columns: 24rem 2; column-gap: 2.5rem; }
dl.fakta { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: .25rem 1.25rem; margin: 1rem 0; }
dl.fakta dt { font-weight: 600; }
dl.fakta dd { margin: 0; overflow-wrap: anywhere; }
dl.ord dt { font-weight: 600; margin-top: .6rem; }
dl.ord dd { margin: 0; }
figure { margin: 1rem 0; }
figure svg { display: block; margin-bottom: .5rem; width: 100%; max-width: 30rem; height: auto; border: 1px solid var(--line); }
figcaption { margin-top: .4rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: 1rem; }
h2 + table { margin-top: .4rem; }
table:has(+ .grund) { margin-bottom: .1rem; }
.grund { max-width: none; margin: 0 0 .5rem; font-size: .8125rem; color: var(--quiet); }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; white-space: normal; }
.nb { white-space: nowrap; }
tbody th { font-weight: 400; min-width: 10rem; }
.tal { text-align: right; font-variant-numeric: tabular-nums; }
tr.grupp th { font-weight: 600; padding-top: .9rem; border-bottom: 0; }
tr.summa th { font-weight: 600; }
.utfall { white-space: nowrap; }
.utfall::before { content: ""; display: inline-block; width: .8em; height: .8em; margin-right: .4em; border: 1.5px solid var(--ink); vertical-align: -.05em; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.uppnatt::before { background: ${blue}; }
.delvis::before { background: linear-gradient(135deg, ${blue} 50%, ${paper} 50%); }
.ej_uppnatt::before { background: ${vermillion}; border-radius: 50%; }
.nara::before { background: ${orange}; border-radius: 50%; }
.ej_matbart::before, .dolt::before { background: ${paper}; border-style: dashed; }
.innehall ul { display: block; columns: 15rem 4; column-gap: 1.5rem; list-style: none; margin: 0; padding: .25rem 0; border: 0; }
.innehall h2 { font-size: 1.0625rem; margin: 1.25rem 0 0; padding: 0; border: 0; }
details { border-top: 1px solid var(--line); }
summary { cursor: pointer; padding: .6rem 0; }
summary h2 { display: inline; font-size: 1.1875rem; margin: 0; padding: 0; border: 0; }
details[open] { padding-bottom: 1rem; }
main > details:has(+ h2), main > h2 + details { margin-top: 1.5rem; }
footer { margin-top: 3rem; padding-top: .75rem; padding-bottom: 2rem; border-top: 1px solid var(--line); color: var(--quiet); }
@media screen and (max-width: 52rem) {
  html { font-size: 1rem; }
  h1 { font-size: 1.625rem; }
  dl.fakta { display: block; }
  dl.fakta dd { margin-bottom: .5rem; }
  table, caption, tbody, tr, th, td { display: block; width: auto; }
  thead { position: absolute; left: -999rem; }
  tbody tr { border-bottom: 2px solid var(--line); padding: .5rem 0; }
  .mal th:first-child { width: auto; }
  .mal td:nth-child(4) { white-space: normal; }
  tbody th, tbody td { border: 0; padding: .1rem 0; }
  tbody th { font-weight: 600; }
  tbody td { display: grid; grid-template-columns: minmax(7rem, 38%) minmax(0, 1fr); gap: .75rem; }
  tbody td > span { overflow-wrap: anywhere; }
  tbody td::before { content: attr(data-rubrik); color: var(--quiet); }
  .tal { text-align: left; }
  tbody tr.grupp { border: 0; padding-bottom: 0; }
  tr.grupp ~ tr th { font-weight: 400; }
}
@media (forced-colors: active) {
  .stapel span, .utfall::before { forced-color-adjust: none; }
}
@media print {
  @page { size: A4; margin: 11mm 14mm; }
  html { font-size: 9pt; line-height: 1.3; }
  .overrad { margin-top: 0; }
  p, li, dd, blockquote, figcaption { max-width: none; }
  h1, .overrad + h1 { font-size: 1.5rem; margin-top: 0; }
  h2 { margin-top: 1.1rem; padding-top: .3rem; border-top-width: 2px; }
  th, td { padding-top: .2rem; padding-bottom: .2rem; }
  table { margin: .4rem 0; }
  .manga, .manga table, .manga .ingress { font-size: 8pt; line-height: 1.2; }
  .manga h2 { margin: .4rem 0 .1rem; font-size: 1.125rem; }
  .manga p, .manga li, .manga table { margin-top: .1rem; margin-bottom: .1rem; }
  .manga .mal { font-size: 7.5pt; }
  .manga th, .manga td { padding-top: .1rem; padding-bottom: .1rem; }
  .tat li { margin-bottom: .15rem; }
  footer { margin-top: .25rem; padding: 0; }
  p { margin: .3rem 0; }
  header nav, .hoppa, .skarm, details:not([open]) { display: none; }
  header, main, footer { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, caption, thead, tr.grupp, summary { break-after: avoid; }
  details::details-content, summary + * { break-before: avoid; }
  thead + tbody > tr:first-child, tr.grupp + tr { break-before: avoid; }
  tr, figure, .brister > li { break-inside: avoid; }
  figure svg { max-width: 11cm; }
}
`.trim();
