/** What a report states of an insats that no other part of its page shows: how it works, its staffing, its survey, its own figures. */
import { begun, counted, dayText, kronor, number, percent, spell } from "../../schema/swedish.ts";
import { rowId } from "../../schema/tables.ts";
import { count, missing, periodMarkup, spanText } from "../figures.ts";
import { type Html, html } from "../html.ts";
import type { Names } from "../names.ts";
import type { Publik, Uppgift, Utsaga } from "../publik.ts";
import { column, figure, tableFor } from "../table.ts";
import { section } from "./page.ts";
import { placeColumn, rowsTable, said } from "./rader.ts";

const money = (ore: number | null): string | null => (ore === null ? null : kronor(ore));

export const profileSection = ({ teamprofil }: Publik, names: Names): Html | undefined =>
  section(
    "Så beskrivs arbetssättet",
    rowsTable("teamprofil", "Arbetssätt, i rapportens egna ord", teamprofil, [
      column("Fråga", ({ dimension }) => begun(dimension)),
      column("Rapportens svar", ({ varde }) => varde),
      placeColumn(names, teamprofil),
    ]),
    "arbetssatt",
  );

export const staffingSection = ({ bemanning }: Publik, names: Names): Html | undefined =>
  section(
    "Bemanning",
    rowsTable("bemanning", "Roller och omfattning", bemanning, [
      column("Roll", ({ roll }) => begun(roll)),
      said("Part", ({ insats_id: insats, part_id: part }) => names.part(insats, part)),
      column("Period", ({ fran, till }) => (till === null ? `från ${dayText(fran)}` : periodMarkup(fran, till))),
      figure("Tjänst", ({ omfattning }) => percent(omfattning)),
      { ...said("För denna del", ({ manadskostnad_ore: ore }) => money(ore)), numeric: true },
      { ...said("På heltid", ({ heltidskostnad_ore: ore }) => money(ore)), numeric: true },
      { ...said("Månadslön på heltid", ({ manadslon_ore: ore }) => money(ore)), numeric: true },
      placeColumn(names, bemanning),
    ]),
    "bemanning",
    "Som underlaget anger den. Kostnaden är per månad.",
  );

export const surveySection = ({ enkat }: Publik, names: Names): Html | undefined =>
  section(
    "Enkätsvar",
    rowsTable(
      "enkat",
      "Svar per fråga",
      enkat,
      [
        column("Svar", ({ svar }) => svar),
        figure("Antal", ({ antal, ar_dold: isWithheld }) => count(antal, isWithheld)),
        { ...said("Skickad till", ({ utskick }) => (utskick === null ? null : number(utskick))), numeric: true },
        said("Grupp", ({ grupp }) => grupp),
        placeColumn(names, enkat),
      ],
      ({ fraga, fran, till }) =>
        `${fraga}${fran === null || till === null ? "" : ` (${fran.slice(0, 4) === till.slice(0, 4) ? fran.slice(0, 4) : `${fran}–${till}`})`}`,
    ),
    "enkat",
    "Svaren på en fråga visas bara om inget av dem är från 1 till 4 personer, i någon av enkäterna.",
  );

/** Of each outcome what its figures are called together, in the order that they matter. */
const outcomes: readonly (readonly [utfall: Utsaga["utfall"] | undefined, heading: string])[] = [
  ["avviker", "Stämmer inte"],
  ["ej_matbart", "Går inte att pröva"],
  ["avhugget", "Avhuggna, inte avrundade"],
  ["avrundning", "Stämmer efter avrundning"],
  ["ungefar", "Stämmer ungefär"],
  ["stammer", "Stämmer"],
  ["beraknad", "Beräknade ur andra uppgifter"],
  [undefined, "Inget att pröva mot"],
];

interface Stated extends Pick<Uppgift, "insats_id" | "forbund_id" | "utsaga_id" | "text" | "dokument" | "avsnitt"> {
  readonly utfall: Utsaga["utfall"] | undefined;
  readonly varde: string | null;
  /** How it was tried, where that says more than that it holds. */
  readonly provning: string | null;
}

const readable = (varde: string | null): string | null => {
  if (varde === null) return null;
  if (/^\d{4}-\d\d-\d\d$/.test(varde)) return dayText(varde);
  return /^-?\d+(\.\d+)?$/.test(varde) ? number(Number(varde)) : spell(varde).replace(/(\S) ?\.\. ?(\S)/, "$1–$2");
};

/** Every figure that the reports of an insats or förbund state, tried or not. */
export const statedSection = ({ uppgift, utsagekontroll }: Publik, names: Names): Html | undefined => {
  const all: Stated[] = [
    ...utsagekontroll.map((one) => ({
      ...one,
      varde: one.skrivet,
      provning: one.utfall === "stammer" ? null : one.forklaring,
    })),
    ...uppgift.map((one) => ({ ...one, varde: one.varde ?? one.status, provning: null, utfall: undefined })),
  ];
  if (all.length === 0) return undefined;
  const tables = outcomes.map(([utfall, heading]) => ({ heading, rows: all.filter((one) => one.utfall === utfall) }));
  const filled = tables.filter(({ rows }) => rows.length > 0);
  return section(
    `Rapportens egna siffror (${all.length})`,
    filled.map(({ heading, rows }) =>
      tableFor(
        heading,
        rows,
        [
          column("Uppgift", ({ text }) => text),
          column("I rapporten", ({ varde }) => readable(varde) ?? missing),
          said("Prövning", ({ provning }) => provning),
          placeColumn(names, rows),
        ],
        undefined,
        (one) => [rowId("utsaga", one)],
      ),
    ),
    "egna-siffror",
    `${begun(filled.map(({ heading, rows }) => `${counted(rows.length)} ${heading.toLowerCase()}`).join(", "))}.`,
  );
};

export const scenarioSection = ({ scenario }: Publik): Html | undefined => {
  if (scenario.length === 0) return undefined;
  const span = (low: number | null, high: number | null): string =>
    low === null || high === null ? missing : spanText(low, high);
  return html`<h2 id="scenarier">Team och scenarier</h2>
<p>Räknat på det som underlaget anger, utan egna antaganden. Ett belopp som inte anges är ett intervall: det som ryms i rapportens avrundade totalsumma.</p>
${[...Map.groupBy(scenario, ({ scenario: id }) => id).values()]
  .sort((a, b) => b.length - a.length)
  .map((rows) => {
    const [first] = rows;
    const counted = rows.filter(({ antal }) => antal > 0);
    return html`<h3>${first?.namn}</h3>
<p>${(rows.find(({ ar_angivet: isStated }) => isStated) ?? first)?.mening}</p>
${tableFor(`${first?.namn}: bemanning och kostnad`, counted, [
  column("Antal", ({ antal, av, ar_angivet: isStated }) => `${number(antal)} ${av}${isStated ? " (rapportens)" : ""}`),
  figure(`Tjänster i ${first?.av}`, ({ bemanning }) => (bemanning === null ? missing : number(bemanning))),
  {
    ...said("Tjänster, gemensamt", ({ gemensam_bemanning: antal }) => (antal === null ? null : number(antal))),
    numeric: true,
  },
  figure(`Kostnad för ${first?.av}`, ({ kostnad_ore: ore }) => (ore === null ? missing : kronor(ore))),
  figure("Gemensam kostnad", (one) => span(one.gemensam_lag_ore, one.gemensam_hog_ore)),
  figure("Kostnad i allt", (one) => span(one.kostnad_lag_ore, one.kostnad_hog_ore)),
])}`;
  })}`;
};
