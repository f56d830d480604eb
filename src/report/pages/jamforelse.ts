/** Insatser side by side: how teams work, and measures where the same thing was counted. Where not, why not. */
import { begun, counted, inUnit, number, percent, things } from "../../schema/swedish.ts";
import { count, missing, periodMarkup, withheld } from "../figures.ts";
import { type Html, html, joined, type Part } from "../html.ts";
import { type Names, ownerOf } from "../names.ts";
import type { Modellrad, Profil, Publik } from "../publik.ts";
import { type CellColumn, type Table, tableMarkup, tableOf } from "../table.ts";
import { insatsLink, type Page, placeText } from "./page.ts";

export const jamforelsePath = "jamforelse.html";
const path = jamforelsePath;

/** Insatser described in the same respects: those that share at least three dimensions with another. */
interface Matrix {
  readonly insatser: string[];
  dimensioner: string[];
}

const matrices = (profiler: readonly Profil[]): Matrix[] => {
  const found: Matrix[] = [];
  for (const [insats, own] of Map.groupBy(profiler, ({ insats_id: id }) => id)) {
    const dimensions = new Set(own.map(({ dimension }) => dimension));
    const sharedWith = ({ dimensioner }: Matrix): string[] => dimensioner.filter((one) => dimensions.has(one));
    const group = found.find((other) => sharedWith(other).length >= 3);
    if (!group) found.push({ insatser: [insats], dimensioner: [...dimensions] });
    else {
      group.insatser.push(insats);
      group.dimensioner = sharedWith(group);
    }
  }
  return found.filter(({ insatser }) => insatser.length > 1);
};

/** How the insatser work, side by side, and the documents and sections that say so, each once. */
const matrixMarkup = (profiler: readonly Profil[], names: Names, { insatser, dimensioner }: Matrix): Html => {
  const shown = profiler.filter(
    ({ insats_id: insats, dimension }) => insatser.includes(insats) && dimensioner.includes(dimension),
  );
  const called = insatser.map(names.insats).join(", ");
  const table = tableOf(
    `Arbetssätt: ${called}`,
    [...Map.groupBy(shown, ({ dimension }) => dimension)],
    [
      { heading: "Dimension", cell: ([dimension]) => dimension },
      ...insatser.map(
        (id): CellColumn<[string, Profil[]]> => ({
          heading: names.insats(id),
          cell: ([, own]) => own.findLast(({ insats_id: insats }) => insats === id)?.varde ?? missing,
        }),
      ),
    ],
  );
  const places = new Map(
    shown.map(({ dokument, avsnitt }) => [`${dokument}/${avsnitt}`, placeText(names, dokument, avsnitt)]),
  );
  return html`<h2>Så arbetar ${called}</h2>
${tableMarkup(table)}
<p>Orden är rapportens egna. ${joined([...places.values()], "; ")}.</p>
`;
};

/** Totals whose listed parts leave a remainder: what is named but has no amount of its own. */
const unspecified = ({ utsagekontroll: utsagor }: Publik, names: Names): Table =>
  tableOf(
    "Summor där en del nämns utan belopp",
    utsagor.filter(
      ({ formel, utfall, forklaring }) =>
        formel !== null && utfall === "ej_matbart" && forklaring.includes("inte specificerat"),
    ),
    [
      { heading: "Uppgift", cell: ({ text }) => text },
      { heading: "Det som går att räkna fram", cell: ({ forklaring }) => forklaring },
      {
        heading: "Var den står",
        cell: ({ citat, dokument, avsnitt }) => [
          citat === null ? "" : `”${citat}” `,
          placeText(names, dokument, avsnitt),
        ],
      },
    ],
    (utsaga) => ownerOf(names, utsaga).namn,
  );

const written = ({ varde, enhet, ar_dold: isHidden }: Modellrad): string =>
  isHidden ? withheld : varde === null ? missing : inUnit(varde, enhet);

const rests = ({ n, ar_dold: isHidden, ofullstandig: lost }: Modellrad): string =>
  `${isHidden ? withheld : count(n)}${lost === 0 ? "" : ` (${things(lost, "en rad", "rader")} har avvisats)`}`;

const interval = ({ ki_lag: lag, ki_hog: hog, enhet, ar_dold: isHidden }: Modellrad): string => {
  if (isHidden) return withheld;
  if (lag === null || hog === null) return missing;
  return enhet === "andel" ? `${percent(lag)}–${percent(hog)}` : `${number(lag, 1)}–${number(hog, 1)}`;
};

const period = ({ fran, till }: Modellrad): Part =>
  fran === null || till === null ? missing : periodMarkup(fran, till);

/** What was chosen among is a list of ids: a reader needs how many. */
const withoutIds = (text: string): string =>
  text.replace(/\bav: ([^;)]+)/g, (_, ids: string) => `${things(ids.split(", ").length, "en utvald", "utvalda")}`);

/** Comparable values share a group; a value that cannot be compared is listed by what it counts. */
const groupOf = ({ jamforbar, jamforelsegrupp, definition }: Modellrad): string =>
  withoutIds(jamforbar ? (jamforelsegrupp ?? definition) : definition);

/** Values under what they count; the last column says how sure one is, or why it cannot be compared. */
const valuesTable = (names: Names, caption: string, rows: readonly Modellrad[], last: CellColumn<Modellrad>): Table =>
  tableOf(
    caption,
    rows,
    [
      { heading: "Insats", cell: ({ insats_id: id }) => insatsLink(path, names, id) },
      { heading: "Period", cell: period },
      { heading: "Värde", numeric: true, cell: written },
      { heading: "Antal bakom", numeric: true, cell: rests },
      last,
    ],
    groupOf,
  );

const howSure: CellColumn<Modellrad> = { heading: "Osäkerhet (95 %)", numeric: true, cell: interval };
const whyApart: CellColumn<Modellrad> = { heading: "Skäl", cell: ({ skal }) => `${begun(withoutIds(skal ?? ""))}.` };

const byGroup = (a: Modellrad, b: Modellrad): number => {
  const [one, other] = [groupOf(a), groupOf(b)];
  return one < other || (one === other && a.insats_id < b.insats_id) ? -1 : 1;
};

/** `rapport/jamforelse.html`. */
export const jamforelsePage = (publik: Publik, names: Names): Page => {
  const measured = publik.modelljamforelse.filter(({ varde, ar_dold: isHidden }) => varde !== null || isHidden);
  const groups = Map.groupBy(measured.filter(({ jamforbar }) => jamforbar).sort(byGroup), groupOf);
  const isShown = (rows: readonly Modellrad[]): boolean => rows.filter(({ ar_dold: isHidden }) => !isHidden).length > 1;
  const compared = [...groups.values()].filter(isShown).flat();
  const hidden = [...groups.values()].filter((rows) => !isShown(rows)).length;
  const alone = measured.filter(({ jamforbar }) => !jamforbar).sort(byGroup);
  const apart = alone.filter(({ ar_dold: isHidden }) => !isHidden);
  const hiddenAlone = alone.length - apart.length;
  const without = publik.modelljamforelse.length - measured.length;
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
${matrices(publik.teamprofil).map((matrix) => matrixMarkup(publik.teamprofil, names, matrix))}
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
    : tableMarkup(valuesTable(names, "Värden som går att ställa bredvid varandra", compared, howSure))
}${
  hidden === 0
    ? undefined
    : html`<p>${begun(things(hidden, "en jämförelse", "jämförelser"))} till visas inte, eftersom högst ett av värdena får visas: de andra gäller för få personer.</p>
`
}
<h2>Värden som står för sig</h2>
${
  apart.length === 0
    ? html`<p>Inga.</p>
`
    : tableMarkup(
        valuesTable(names, "Värden som inte går att ställa bredvid någon annans, och varför", apart, whyApart),
      )
}
${
  hiddenAlone === 0
    ? undefined
    : html`<p>${begun(things(hiddenAlone, "ett värde", "värden"))} till visas inte: underlaget är för litet.</p>
`
}${
  without === 0
    ? undefined
    : html`<p>För ${counted(without)} mått till finns mål men inget underlag; de står på insatsernas sidor.</p>
`
}
<h2>Så har värdena valts</h2>
<p>För varje insats och mått visas värdet för den längsta perioden som gick att mäta. ”Antal bakom” är det antal som andelen eller kvoten räknas av, eller antalet självt. Ett intervall är till för att läsa ett litet antal försiktigt.</p>
`,
  };
};
