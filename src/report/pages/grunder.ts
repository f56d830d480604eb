/** What the figures of each table mean: their definition, denominator, period and date, a link away from where they stand. */
import { readFileSync } from "node:fs";
import { measureTitle } from "../../schema/definitions.ts";
import { type Html, html, joined } from "../html.ts";

interface Grund {
  readonly id: string;
  readonly title: string;
  /** Results and datasets whose figures it explains. */
  readonly of: readonly string[];
  readonly facts: Readonly<Record<string, string>>;
}

/** The last is for whatever is shown as it was delivered. */
const stated = JSON.parse(
  readFileSync(new URL("../../../data/grunder.json", import.meta.url), "utf8"),
) as readonly Grund[];

export const grunder: readonly Grund[] = stated.map(({ facts, ...grund }) => ({
  ...grund,
  facts: { ...facts, Period: facts.Period ?? "Den som raden anger, annars den som står under tabellen." },
}));

const grundOf = new Map(grunder.flatMap((grund) => grund.of.map((name) => [name, grund] as const)));

const tableGrund = (table: string, definitions: string, data: string, id: string): Html => {
  const names = [...table.matchAll(/ data-(?:resultat|siffra|rad|grund)="([\w ]+)/g)].flatMap(([, found = ""]) =>
    found.split(" "),
  );
  const found = new Set(names.flatMap((name) => grundOf.get(name) ?? []));
  const links = [...(found.size === 0 ? grunder.slice(-1) : found)].map(
    ({ id, title }) => html`<a href="${definitions}#${id}">${title}</a>`,
  );
  return html`<p class="grund skarm" id="${id}">Så räknas: ${joined(links, ", ")}. Avser ${data}, där raden inte anger annat.</p>\n`;
};

/** Where a goal stands: a link to what its measures mean is put here. */
export const measureMark = (matt: Iterable<string>): Html[] =>
  [...new Set(matt)].map((one) => html`<span data-matt="${one}"></span>`);

/**
 * A page with what explains its figures: under each table, and beside each goal's words.
 * @param definitions the way to the page of the definitions
 * @param data which period and date the figures of the page are of, where no row says so; empty: its tables explain themselves
 */
export const explained = (markup: string, definitions: string, data: string): string => {
  const linked = markup.replace(
    /<span data-matt="([^"]*)"><\/span>/g,
    (_, matt: string) =>
      html` <a class="skarm nb" href="${definitions}#${matt}">Så räknas<span class="dold"> måttet ${measureTitle(matt)}</span></a>`
        .markup,
  );
  if (data === "") return linked;
  let nr = 0;
  return linked.replace(/<table([^>]*>[\s\S]*?<\/table>\n?)/g, (table, rest: string) => {
    const id = `grund-${++nr}`;
    return `<table aria-describedby="${id}"${rest}${tableGrund(table, definitions, data, id).markup}`;
  });
};
