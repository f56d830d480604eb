/** What each measure of the report means: generated from the measures' own headers. */
import { definitions } from "../../schema/definitions.ts";
import { begun } from "../../schema/swedish.ts";
import { html } from "../html.ts";
import type { Publik } from "../publik.ts";
import { grunder } from "./grunder.ts";
import type { Page } from "./page.ts";

/** An address stays as it is written. */
const sentenceOf = (text: string): string => (/^\S+\.\w{2,}\//.test(text) ? text : `${begun(text)}.`);

/** `rapport/definitioner.html`: the measures that some goal or claim here uses; names of a pipeline file are the handbook's. */
export const definitionerPage = ({ maluppfyllelse: malrader, utsagekontroll: utsagor }: Publik): Page => {
  const used = new Set([...malrader, ...utsagor].map(({ matt }) => matt));
  const own = definitions.filter(({ name }) => used.has(name));
  return {
    path: "definitioner.html",
    title: "Definitioner",
    main: html`<h1>Vad måtten betyder</h1>
<p class="ingress">${
      own.length === 0
        ? "Inget mål och ingen uppgift i rapporten använder något mått."
        : "För varje mått som ett mål eller en uppgift i rapporten använder: vad som räknas, vad som inte gör det, och vad måttet inte får jämföras med."
    }</p>
${own.map(
  ({ name, title, facts }) => html`<h2 id="${name}">${title}</h2>
<dl class="fakta">
${facts.filter(({ ar_kod: isCode }) => !isCode).map(({ label, text }) => html`<dt>${label}</dt><dd>${sentenceOf(text)}</dd>\n`)}</dl>
`,
)}<h2 id="ovriga">Andra siffror</h2>
${grunder.map(
  ({ id, title, facts }) => html`<h3 id="${id}">${title}</h3>
<dl class="fakta">
${Object.entries(facts).map(([label, text]) => html`<dt>${label}</dt><dd>${text}</dd>\n`)}</dl>
`,
)}`,
  };
};
