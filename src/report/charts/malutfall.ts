/** How many of each insats's goals have which verdict. */
import * as Plot from "@observablehq/plot";
import { begun, counted, listed, spell, things } from "../../schema/swedish.ts";
import type { Mal } from "../publik.ts";
import type { Table } from "../table.ts";
import { broken, widthOf } from "./lettering.ts";
import { ink, type Shown, shownOf, shownOrder, verdictFill, verdictPatterns } from "./palette.ts";
import { boxSign, type Chart, chart, inner, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface MalutfallOf {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Mal[];
  readonly namn: (insats: string) => string;
  readonly exempel: boolean;
}

const bar = 18;
const line = 17;
const gap = 14;

const numberOf = (rows: readonly Mal[], verdict: Shown): number =>
  rows.filter((mal) => shownOf(mal) === verdict).length;

/** Near is told of only where some goal is. */
const shownIn = (rows: readonly Mal[]): Shown[] =>
  shownOrder.filter((verdict) => verdict !== "nara" || numberOf(rows, verdict) > 0);

const sentenceOf = (rows: readonly Mal[], insatser: number): string => {
  const parts = shownIn(rows).map((verdict) => `${spell(verdict)} för ${counted(numberOf(rows, verdict), "ett")}`);
  const where = insatser === 1 ? "I en insats" : `I ${counted(insatser)} insatser`;
  return `${where} finns ${things(rows.length, "ett mål", "mål")}. Utfallet är ${listed(parts)}.`;
};

/** Stacked counts, one bar per insats. Undefined where there is no goal. */
export const malutfall = ({ name, title, rows, namn, exempel }: MalutfallOf): Chart | undefined => {
  if (rows.length === 0) return undefined;
  const insatser = [...new Set(rows.map(({ insats_id: insats }) => insats))];
  const of = (insats: string): Mal[] => rows.filter((row) => row.insats_id === insats);
  const most = Math.max(...insatser.map((insats) => of(insats).length));

  const labels = insatser.map((insats) => broken(`${namn(insats)}: ${of(insats).length}\u00a0mål`, lettering, inner));
  const above = Math.max(...labels.map(({ length }) => length)) * line + 7;
  const band = above + bar + line + gap;
  const height = band * insatser.length;
  const scale = (inner - 15) / most;
  const label = (statuses: readonly string[]): string => {
    const text = `${statuses.length} ${spell(statuses[0] ?? "")}`;
    return widthOf(text, lettering) < statuses.length * scale - 4 ? text : String(statuses.length);
  };

  const shown = shownIn(rows);
  const goals = rows.map((mal) => ({ ...mal, status: shownOf(mal) }));
  const stacked = { y: "insats_id", z: "status", order: [...shown] };
  const drawing = plotMarkup({
    height,
    x: { domain: [0, most], range: [1, inner - 14], axis: null },
    y: { type: "band", domain: insatser, range: [0, height], padding: 0, axis: null },
    color: { type: "ordinal", domain: shown, range: shown.map((verdict) => verdictFill(name, verdict)) },
    marks: [
      Plot.text(insatser, {
        y: insatser,
        text: labels.map((lines) => lines.join("\n")),
        frameAnchor: "left",
        lineAnchor: "bottom",
        dy: above - 7 - band / 2,
        lineHeight: line / lettering,
        fontSize: lettering,
      }),
      Plot.barX(
        goals,
        Plot.groupY(
          { x: "count" },
          { ...stacked, fill: "status", stroke: ink, insetTop: above, insetBottom: line + gap },
        ),
      ),
      Plot.text(
        goals,
        Plot.stackX(
          Plot.groupY(
            { x: "count", text: label },
            { ...stacked, text: "status", dy: band / 2 - gap - line / 2, fontSize: lettering },
          ),
        ),
      ),
    ],
  });

  const figures: Table = {
    caption: "Antal mål efter utfall",
    columns: [
      { heading: "Insats" },
      { heading: "Mål", numeric: true },
      ...shown.map((verdict) => ({ heading: begun(spell(verdict)), numeric: true as const })),
    ],
    rows: insatser.map((insats) => ({
      cells: [
        namn(insats),
        String(of(insats).length),
        ...shown.map((verdict) => String(numberOf(of(insats), verdict))),
      ],
    })),
  };
  return chart({
    name,
    title,
    sentence: sentenceOf(rows, insatser.length),
    table: figures,
    legend: shown.map((verdict) => ({ sign: boxSign(verdictFill(name, verdict)), label: spell(verdict) })),
    note: "Staplarna visar antal mål.",
    defs: verdictPatterns(name),
    drawing,
    height,
    exempel,
  });
};
