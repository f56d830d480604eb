/** A claim that does not hold: what was said, what the data give, and where it stands. */
import { type Html, html } from "../html.ts";
import { type Names, ownerOf } from "../names.ts";
import type { Mal, Publik, Utsaga } from "../publik.ts";
import { traceId } from "../table.ts";
import { linkTo, placeText } from "./page.ts";

/** One thing that does not hold. A goal's own answer is a claim too; then the goal comes with it. */
export interface Brist {
  readonly utsaga: Utsaga;
  readonly mal: Mal | undefined;
}

/** Goals reported as met first, then other goals, then other claims; within each in key order. */
export const bristerOf = ({
  utsagekontroll: utsagor,
  malsammanfattning: mal,
}: Pick<Publik, "utsagekontroll" | "malsammanfattning">): Brist[] => {
  const goals = new Map(mal.map((one) => [`${one.insats_id}/${one.mal_id}`, one]));
  const brister = utsagor
    .filter(({ utfall }) => utfall === "avviker")
    .map((utsaga) => ({ utsaga, mal: goals.get(`${utsaga.insats_id}/${utsaga.utsaga_id}`) }));
  const rank = ({ mal: goal }: Brist): number => (goal === undefined ? 2 : goal.rapporterat === "ja" ? 0 : 1);
  return brister.sort((a, b) => rank(a) - rank(b));
};

/** Whether the report says that the goal was met. */
export const isReportedMet = ({ mal }: Brist): boolean => mal?.rapporterat === "ja";

const item = (names: Names, { utsaga, mal }: Brist): Html => {
  const { text, citat, dokument, avsnitt, forklaring, resultat_id: id } = utsaga;
  return html`<li>
<p><strong>${mal?.text ?? text}</strong></p>
<p>${mal?.mening ?? forklaring}</p>
<blockquote>${citat !== null && html`<p>”${citat}”</p>\n`}<p class="plats">${placeText(names, dokument, avsnitt)}</p></blockquote>
${traceId(mal?.resultat_id ?? id)}
</li>
`;
};

export const bristList = (names: Names, brister: readonly Brist[]): Html =>
  html`<ul class="brister">\n${brister.map((brist) => item(names, brist))}</ul>\n`;

/** A link to whose claim it is. */
export const ownerLink = (path: string, names: Names, utsaga: Utsaga): Html => {
  const { namn, path: own } = ownerOf(names, utsaga);
  return html`<a href="${linkTo(path, own)}">${namn}</a>`;
};

/** The claims under a heading for each insats or förbund, in the order they come. */
export const bristerByOwner = (path: string, names: Names, brister: readonly Brist[]): Html => {
  const owners = Map.groupBy(brister, ({ utsaga }) => ownerOf(names, utsaga).path);
  return html`${[...owners.values()].map(
    (own) => html`<h3>${own.slice(0, 1).map(({ utsaga }) => ownerLink(path, names, utsaga))}</h3>
${bristList(names, own)}`,
  )}`;
};
