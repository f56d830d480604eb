/** Insatser side by side: how teams work, and measures where the same thing was counted. Where not, why not. */
import { begun, counted, inUnit, number, percent, periodLabel, things } from "../../schema/swedish.ts";
import { missing, withheld } from "../figures.ts";
import { type Html, html } from "../html.ts";
import { insatsPath, type Names, ownerOf } from "../names.ts";
import type { Modellrad, Profil, Publik } from "../publik.ts";
import { type Table, tableMarkup } from "../table.ts";
import { linkTo, type Page, placeText } from "./page.ts";

const path = "jamforelse.html";

const insatsLink = (names: Names, id: string): Html =>
  html`<a href="${linkTo(path, insatsPath(id))}">${names.insats(id)}</a>`;

/** Insatser described in the same respects: those that share at least three dimensions with another. */
const matrices = (profiler: readonly Profil[]): { readonly insatser: string[]; readonly dimensioner: string[] }[] => {
  const of = new Map<string, Set<string>>();
  for (const { insats_id: insats, dimension } of profiler) of.set(insats, (of.get(insats) ?? new Set()).add(dimension));
  const found: { insatser: string[]; dimensioner: string[] }[] = [];
  for (const [insats, dimensions] of of) {
    const group = found.find(
      ({ dimensioner }) => dimensioner.filter((dimension) => dimensions.has(dimension)).length >= 3,
    );
    if (!group) found.push({ insatser: [insats], dimensioner: [...dimensions] });
    else {
      group.insatser.push(insats);
      group.dimensioner = group.dimensioner.filter((dimension) => dimensions.has(dimension));
    }
  }
  return found.filter(({ insatser }) => insatser.length > 1);
};

const matrixTable = (
  { teamprofil: profiler }: Publik,
  names: Names,
  insatser: readonly string[],
  dimensioner: readonly string[],
): Table => {
  const keyOf = (insats: string, dimension: string): string => JSON.stringify([insats, dimension]);
  const values = new Map(profiler.map(({ insats_id: id, dimension, varde }) => [keyOf(id, dimension), varde]));
  return {
    caption: `Arbetssätt: ${insatser.map((id) => names.insats(id)).join(", ")}`,
    columns: [{ heading: "Dimension" }, ...insatser.map((id) => ({ heading: names.insats(id) }))],
    rows: dimensioner.map((dimension) => ({
      cells: [dimension, ...insatser.map((id) => values.get(keyOf(id, dimension)) ?? missing)],
    })),
  };
};

/** The documents and sections that a matrix comes from, each once. */
const matrixPlace = (
  { teamprofil: profiler }: Publik,
  names: Names,
  insatser: readonly string[],
  dimensioner: readonly string[],
): Html => {
  const places = new Map<string, Html>();
  const shown = new Set(insatser);
  for (const { insats_id: insats, dimension, dokument, avsnitt } of profiler) {
    if (!shown.has(insats) || !dimensioner.includes(dimension)) continue;
    places.set(`${dokument}/${avsnitt}`, html`${placeText(names, dokument, avsnitt)}`);
  }
  return html`<p>Orden är rapportens egna. ${[...places.values()].map((place, i) => (i === 0 ? place : html`; ${place}`))}.</p>
`;
};

/** Totals whose listed parts leave a remainder: what is named but has no amount of its own. */
const unspecified = ({ utsagekontroll: utsagor }: Publik, names: Names): Table => ({
  caption: "Summor där en del nämns utan belopp",
  columns: [{ heading: "Uppgift" }, { heading: "Det som går att räkna fram" }, { heading: "Var den står" }],
  rows: utsagor
    .filter(
      ({ formel, utfall, forklaring }) =>
        formel !== null && utfall === "ej_matbart" && forklaring.includes("inte specificerat"),
    )
    .map(({ resultat_id: id, text, forklaring, citat, dokument, avsnitt, ...utsaga }) => ({
      id,
      group: ownerOf(names, utsaga).namn,
      cells: [text, forklaring, [citat === null ? "" : `”${citat}” `, placeText(names, dokument, avsnitt)]],
    })),
});

const written = ({ varde, enhet, ar_dold: isHidden }: Modellrad): string =>
  isHidden ? withheld : varde === null ? missing : inUnit(varde, enhet);

const rests = ({ n, ar_dold: isHidden }: Modellrad): string => (isHidden ? withheld : n === null ? missing : number(n));

const interval = ({ ki_lag: lag, ki_hog: hog, enhet, ar_dold: isHidden }: Modellrad): string => {
  if (isHidden) return withheld;
  if (lag === null || hog === null) return missing;
  return enhet === "andel" ? `${percent(lag)}–${percent(hog)}` : `${number(lag, 1)}–${number(hog, 1)}`;
};

/** A period whose dates are not broken over lines. */
const period = ({ fran, till }: Modellrad): Html =>
  fran === null || till === null
    ? html`${missing}`
    : html`${periodLabel(fran, till)
        .split("–")
        .map((day, i) =>
          i === 0 ? html`<span class="hel">${day}</span>` : html`–<wbr><span class="hel">${day}</span>`,
        )}`;

/** Comparable values share a group; a value that cannot be compared is listed by what it counts. */
const groupOf = ({ jamforbar, jamforelsegrupp, definition }: Modellrad): string =>
  jamforbar ? (jamforelsegrupp ?? definition) : definition;

const rowOf = (names: Names, rad: Modellrad) => ({
  id: rad.resultat_id,
  group: groupOf(rad),
  cells: [insatsLink(names, rad.insats_id), period(rad), written(rad), rests(rad), interval(rad)],
});

const comparedTable = (names: Names, rows: readonly Modellrad[]): Table => ({
  caption: "Värden som går att ställa bredvid varandra",
  columns: [
    { heading: "Insats" },
    { heading: "Period" },
    { heading: "Värde", numeric: true },
    { heading: "Vilar på", numeric: true },
    { heading: "Osäkerhet (95 %)", numeric: true },
  ],
  rows: rows.map((rad) => rowOf(names, rad)),
});

const apartTable = (names: Names, rows: readonly Modellrad[]): Table => ({
  caption: "Värden som inte går att ställa bredvid någon annans, och varför",
  columns: [
    { heading: "Insats" },
    { heading: "Period" },
    { heading: "Värde", numeric: true },
    { heading: "Vilar på", numeric: true },
    { heading: "Skäl" },
  ],
  rows: rows.map((rad) => {
    const { cells, ...row } = rowOf(names, rad);
    return { ...row, cells: [...cells.slice(0, 4), `${begun(rad.skal ?? "")}.`] };
  }),
});

const byGroup = (a: Modellrad, b: Modellrad): number => {
  const [one, other] = [groupOf(a), groupOf(b)];
  return one < other || (one === other && a.insats_id < b.insats_id) ? -1 : 1;
};

/** `rapport/jamforelse.html`. */
export const jamforelsePage = (publik: Publik, names: Names): Page => {
  const measured = publik.modelljamforelse.filter(({ varde, ar_dold: isHidden }) => varde !== null || isHidden);
  const compared = measured.filter(({ jamforbar }) => jamforbar).sort(byGroup);
  const apart = measured.filter(({ jamforbar }) => !jamforbar).sort(byGroup);
  const without = publik.modelljamforelse.length - measured.length;
  const groups = matrices(publik.teamprofil);
  const rest = unspecified(publik, names);
  return {
    path,
    title: "Jämförelse",
    main: html`<h1>Jämförelse mellan insatser</h1>
<p class="ingress">Två insatsers värden ställs bredvid varandra bara när de räknar samma sak, över lika lång tid och på samma sorts underlag. ${
      compared.length === 0
        ? "Inga av värdena gör det."
        : `${begun(things(compared.length, "ett värde", "värden"))} går att jämföra.`
    }</p>
${groups.map(
  ({ insatser, dimensioner }) => html`<h2>Så arbetar ${insatser.map((id) => names.insats(id)).join(", ")}</h2>
${tableMarkup(matrixTable(publik, names, insatser, dimensioner))}
${matrixPlace(publik, names, insatser, dimensioner)}`,
)}
${
  rest.rows.length === 0
    ? undefined
    : html`<h2>Kostnader som nämns men inte specificeras</h2>
${tableMarkup(rest)}`
}
<h2>Värden bredvid varandra</h2>
${
  compared.length === 0
    ? html`<p>Inga två insatser har räknat samma sak över lika lång tid på samma sorts underlag.</p>
`
    : tableMarkup(comparedTable(names, compared))
}
<h2>Värden som står för sig</h2>
${
  apart.length === 0
    ? html`<p>Inga.</p>
`
    : tableMarkup(apartTable(names, apart))
}
${
  without === 0
    ? undefined
    : html`<p>För ${counted(without)} mått till finns mål men inget underlag; de står på insatsernas sidor.</p>
`
}
<h2>Så har värdena valts</h2>
<p>För varje insats och mått visas värdet för den längsta perioden som gick att mäta. ”Vilar på” är det antal som andelen eller kvoten räknas av, eller antalet självt. Ett intervall är till för att läsa ett litet antal försiktigt.</p>
`,
  };
};
