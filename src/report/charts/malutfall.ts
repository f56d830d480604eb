/** How many of each insats's goals have which verdict. */
import { begun, counted, listed, spell, things } from "../../schema/swedish.ts";
import type { Mal } from "../publik.ts";
import { column, figure, tableOf } from "../table.ts";
import { barChart } from "./bars.ts";
import { type Shown, shownOf, shownOrder, verdictFill, verdictPatterns } from "./palette.ts";
import { type Chart, type ChartOf, verdictKeys } from "./picture.ts";

interface MalutfallOf extends ChartOf {
  readonly title: string;
  readonly rows: readonly Mal[];
  readonly namn: (insats: string) => string;
}

const numberOf = (rows: readonly Mal[], verdict: Shown): number =>
  rows.filter((mal) => shownOf(mal) === verdict).length;

/** Near and hidden are there only where some goal is. */
const shownIn = (rows: readonly Mal[]): Shown[] =>
  shownOrder.filter((verdict) => !["nara", "dolt"].includes(verdict) || numberOf(rows, verdict) > 0);

/** How many goals can be judged and how many of them were met. */
const findingOf = (rows: readonly Mal[]): string => {
  const judged = rows.length - numberOf(rows, "ej_matbart") - numberOf(rows, "dolt");
  return `${begun(counted(judged, "ett"))} av ${things(rows.length, "ett mål", "mål")} går att bedöma, ${counted(numberOf(rows, "uppnatt"), "ett")} är ${numberOf(rows, "uppnatt") === 1 ? "nått" : "nådda"}`;
};

const sentenceOf = (rows: readonly Mal[], insatser: number): string => {
  const parts = shownIn(rows).map((verdict) => `${spell(verdict)} för ${counted(numberOf(rows, verdict), "ett")}`);
  const where = insatser === 1 ? "I en insats" : `I ${counted(insatser)} insatser`;
  return `${where} finns ${things(rows.length, "ett mål", "mål")}. Utfallet är ${listed(parts)}.`;
};

/** Stacked counts, one bar per insats, that with most goals not met first. Undefined where there are fewer than two. */
export const malutfall = ({ name, title, rows, namn, exempel }: MalutfallOf): Chart | undefined => {
  const of = (insats: string): Mal[] => rows.filter((row) => row.insats_id === insats);
  const missed = (insats: string): number => numberOf(of(insats), "ej_uppnatt");
  const insatser = [...new Set(rows.map(({ insats_id: insats }) => insats))].sort((a, b) => missed(b) - missed(a));
  const most = Math.max(0, ...insatser.map((insats) => of(insats).length));

  const shown = shownIn(rows);
  const bars = insatser.map((insats) => {
    let to = 0;
    const pieces = shown.flatMap((verdict) => {
      const antal = numberOf(of(insats), verdict);
      const from = to;
      to += antal;
      const words = [`${antal} ${spell(verdict)}`, String(antal)];
      return antal === 0 ? [] : [{ from, to, fill: verdictFill(name, verdict), words }];
    });
    return { label: `${namn(insats)}: ${of(insats).length}\u00a0mål`, bars: [{ pieces }] };
  });
  const figures = tableOf(
    "Antal mål efter utfall",
    insatser.map((insats) => ({ insats, own: of(insats) })),
    [
      column("Insats", ({ insats }) => namn(insats)),
      figure("Mål", ({ own }) => String(own.length)),
      ...shown.map((verdict) =>
        figure(begun(spell(verdict)), ({ own }: { readonly own: readonly Mal[] }) => String(numberOf(own, verdict))),
      ),
    ],
  );
  const picture = {
    name,
    title: findingOf(rows),
    topic: title,
    sentence: sentenceOf(rows, insatser.length),
    table: figures,
    legend: verdictKeys(name, shown),
    note: "Staplarna visar antal mål.",
    defs: verdictPatterns(name),
    exempel,
  };
  return barChart(picture, { rows: bars, domain: [0, most], bar: 18 });
};
