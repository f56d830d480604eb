/** Which verdicts another usual definition changes: the goal's own beside the other, for each goal that is not the same. */
import { fragor, type Utfall, type Utslag } from "../../schema/definitionsprov.ts";
import type { Row } from "../../schema/results.ts";
import { begun, counted, spell, things } from "../../schema/swedish.ts";
import { type Html, html } from "../html.ts";
import type { Provrad } from "../publik.ts";
import { column, tableOf } from "../table.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, quiet, verdictFill, verdictPatterns, verdicts } from "./palette.ts";
import { type Block, type Chart, type ChartOf, chart, inner, lettering, verdictKeys } from "./picture.ts";

/** What the chart needs of a goal's verdict under a definition. */
export type Omslagsrad = Pick<
  Row<"definitionsprov">,
  "resultat_id" | "insats_id" | "mal_id" | "text" | "fraga" | "definition" | "status" | "utslag"
>;

/** The rows that may be shown. */
export const shownProv = (prov: readonly Provrad[]): Omslagsrad[] =>
  prov.flatMap(({ status, utslag, ...row }) =>
    status === null || utslag === null ? [] : [{ ...row, status, utslag }],
  );

interface OmslagOf extends ChartOf {
  readonly prov: readonly Omslagsrad[];
  readonly namn: (insats: string) => string;
  /** Whether it is never split, however tall. */
  readonly isOne?: boolean;
}

const line = 18;
const box = 14;
/** Where the arrow starts: after the widest verdict, so that the verdicts it leads to stand in a column. */
const arrow = Math.round(12 + box + 6 + Math.max(...verdicts.map((verdict) => widthOf(spell(verdict), lettering))) + 8);
export const isChange = (utslag: Utslag): boolean => utslag !== "egen" && utslag !== "samma";

/** `Personer eller deltaganden`. */
export const fragaNamn = (id: string): string => fragor.find((fraga) => fraga.id === id)?.namn ?? id;

/** Each goal's own row, with its other definitions. */
export const goalsOf = <R extends Omslagsrad>(
  prov: readonly R[],
): { readonly own: R; readonly others: readonly R[] }[] => {
  const found: { own: R; others: R[] }[] = [];
  for (const row of prov) {
    if (row.fraga === "") found.push({ own: row, others: [] });
    else found.at(-1)?.others.push(row);
  }
  return found;
};

/** How many verdicts change and how many stay, in a sentence. */
export const omslagText = (prov: readonly Omslagsrad[]): string => {
  const others = prov.filter(({ fraga }) => fraga !== "");
  const flips = others.filter(({ utslag }) => utslag === "vander").length;
  const asked = `${begun(things(goalsOf(prov).length, "ett mål", "mål"))} har prövats på ${others.length === 1 ? "ett annat vanligt sätt" : `${counted(others.length)} andra vanliga sätt`}.`;
  return `${asked} ${flips === 0 ? "Inget utfall vänder." : `${begun(things(flips, "ett utfall", "utfall"))} vänder.`}`;
};

const verdictMarkup = (name: string, status: Utfall, x: number, y: number): Html =>
  html`<rect x="${String(x)}" y="${String(y - box + 2)}" width="${String(box)}" height="${String(box)}" fill="${verdictFill(name, status)}" stroke="${ink}"/><text x="${String(x + box + 6)}" y="${String(y)}">${spell(status)}</text>`;

/** A goal with what it is called, then for each definition that changes it the two verdicts and which of them is which. */
const goalBlock = (name: string, heading: string, own: Omslagsrad, others: readonly Omslagsrad[]): Block => {
  const lines = broken(heading, lettering, inner);
  let y = line;
  const title = lines.map((text, i) => html`<text x="0" y="${String(y + i * line)}" font-weight="600">${text}</text>`);
  y += lines.length * line;
  const rows = others.map((other) => {
    const labels = broken(`Med ${other.definition}`, lettering, inner - 12);
    const label = labels.map(
      (text, i) => html`<text x="12" y="${String(y + i * line)}" fill="${quiet}">${text}</text>`,
    );
    y += labels.length * line + 2;
    const drawn = html`${label}${verdictMarkup(name, own.status, 12, y)}<path d="M${String(arrow)} ${String(y - 5)}h22m-6 -5l6 5l-6 5" fill="none" stroke="${ink}" stroke-width="1.5"/>${verdictMarkup(name, other.status, arrow + 32, y)}`;
    y += line + 6;
    return drawn;
  });
  return { drawn: html`<g text-anchor="start">${title}${rows}</g>`, height: y };
};

/** The chart; where nothing changes it says so. */
export const omslag = ({ name, prov, namn, exempel, isOne = false }: OmslagOf): Chart => {
  const changed = goalsOf(prov)
    .map(({ own, others }) => ({ own, others: others.filter(({ utslag }) => isChange(utslag)) }))
    .filter(({ others }) => others.length > 0);
  const blocks = changed.map(({ own, others }) => goalBlock(name, `${namn(own.insats_id)}: ${own.text}`, own, others));
  const used = new Set(changed.flatMap(({ own, others }) => [own.status, ...others.map(({ status }) => status)]));
  const same = prov.filter(({ utslag }) => utslag === "samma").length;
  const table = tableOf(
    "Utfall som ändras med en annan definition",
    changed.flatMap(({ own, others }) => others.map((other) => ({ own, other }))),
    [
      column("Mål", ({ own }) => own.text),
      column("Målets utfall", ({ own }) => spell(own.status)),
      column("Annan definition", ({ other }) => other.definition),
      column("Utfall då", ({ other }) => spell(other.status)),
    ],
    ({ own }) => namn(own.insats_id),
  );
  const picture = {
    name,
    title:
      changed.length === 0
        ? "Inget mål får ett annat utfall med en annan vanlig definition"
        : `${begun(things(changed.length, "ett mål", "mål"))} får ett annat utfall med en annan vanlig definition`,
    topic: "Målen som har prövats med andra definitioner",
    sentence: omslagText(prov),
    table,
    legend: verdictKeys(
      name,
      [...used].sort((a, b) => verdicts.indexOf(a) - verdicts.indexOf(b)),
    ),
    note: `Till vänster målets eget utfall, till höger utfallet med den andra definitionen. I ${things(same, "ett prövat fall", "prövade fall")} blir utfallet detsamma.`,
    defs: verdictPatterns(name),
    drawing: { blocks },
    exempel,
  };
  return isOne ? chart(picture, Number.POSITIVE_INFINITY) : chart(picture);
};
