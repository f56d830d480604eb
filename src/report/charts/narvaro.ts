/** Each part's attendance against the target. */
import * as Plot from "@observablehq/plot";
import { counted, listed, number, periodLabel, spell } from "../../schema/swedish.ts";
import { demandOf, periodMarkup, statusText, valueText } from "../figures.ts";
import { html } from "../html.ts";
import type { Malrad } from "../publik.ts";
import { broken } from "./lettering.ts";
import { blue, ink, paper, quiet, shownOrder, shownRow, verdictFill, verdictPatterns } from "./palette.ts";
import { boxSign, type Chart, chart, inner, type Key, lettering } from "./picture.ts";
import { plotMarkup } from "./plot.ts";

export interface NarvaroOf {
  readonly name: string;
  readonly insats: string;
  /** Rows of one goal with measure `narvaroandel` and grupp `part`. */
  readonly rows: readonly Malrad[];
  readonly partNamn: (part: string) => string;
  readonly exempel: boolean;
}

type Drawn = Malrad & { readonly varde: number };

const isDrawn = (rad: Malrad): rad is Drawn => rad.varde !== null && !rad.ar_dold;

const line = 17;
const bar = 16;
const gap = 14;

const sentenceOf = (rows: readonly Malrad[], namn: (rad: Malrad) => string): string => {
  const drawn = rows.filter(isDrawn);
  const [first] = rows;
  const judged = drawn.filter(({ status }) => status !== "ej_matbart");
  const met = judged.filter(({ status }) => status === "uppnatt").length;
  const verdict =
    judged.length === 0 || !first
      ? `Närvaron visas för ${counted(drawn.length)} av ${counted(rows.length)} och bedöms inte.`
      : `Kravet är ${demandOf(first)}. Det nås i ${counted(met, "ett")} av ${counted(judged.length, "ett")} fall.`;
  const undrawn = rows.filter((rad) => !isDrawn(rad));
  const why = [
    ...new Set(undrawn.map(({ skal, ar_dold: isWithheld }) => (isWithheld ? "sekretess" : (skal ?? "saknas")))),
  ];
  return undrawn.length === 0
    ? verdict
    : `${verdict} Inget värde visas för ${listed(undrawn.map(namn))}: ${listed(why.map(spell))}.`;
};

/** One bar per part (and period), 0–100 percent. Undefined where no part has a value. */
export const narvaro = ({ name, insats, rows, partNamn, exempel }: NarvaroOf): Chart | undefined => {
  const drawn = rows.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  const periods = new Set(rows.map(({ fran }) => fran)).size;
  const namn = ({ gruppvarde, fran, till }: Malrad): string =>
    periods > 1 ? `${partNamn(gruppvarde)}, ${periodLabel(fran, till)}` : partNamn(gruppvarde);
  const labels = drawn.map((rad) => {
    const verdict = rad.status === "ej_matbart" ? "" : `, ${spell(shownRow(rad))}`;
    return broken(`${namn(rad)}: ${valueText(rad)}${verdict}`, lettering, inner);
  });
  let y = 0;
  const tops = labels.map(({ length }) => {
    const top = y + length * line + 7;
    y = top + bar + gap;
    return top;
  });
  const height = y + 22;
  const ids = drawn.map(({ resultat_id: id }) => id);
  const topOf = ({ resultat_id: id }: Malrad): number => tops[ids.indexOf(id)] ?? 0;
  const fill = (rad: Malrad): string => (shownRow(rad) === "ej_matbart" ? blue : verdictFill(name, shownRow(rad)));

  const targets = drawn.filter(({ malvarde }) => malvarde !== null);
  const drawing = plotMarkup({
    height,
    marginBottom: 22,
    x: { domain: [0, 1], range: [1, inner - 18], axis: null },
    y: { type: "identity", axis: null },
    marks: [
      Plot.axisX({
        ticks: [0, 0.25, 0.5, 0.75, 1],
        tickFormat: (tick: number) => number(tick * 100),
        label: null,
        tickSize: 0,
        fontSize: lettering,
        fill: quiet,
      }),
      labels.map((lines, i) =>
        Plot.text([lines.join("\n")], {
          x: 0,
          y: (tops[i] ?? 0) - 7,
          textAnchor: "start",
          lineAnchor: "bottom",
          lineHeight: line / lettering,
          fontSize: lettering,
        }),
      ),
      Plot.rect(drawn, {
        x1: 0,
        x2: "varde",
        y1: topOf,
        y2: (rad: Malrad) => topOf(rad) + bar,
        fill,
        stroke: ink,
      }),
      [
        { stroke: paper, strokeWidth: 6 },
        { stroke: ink, strokeWidth: 2.5 },
      ].map((drawnAs) =>
        Plot.ruleX(targets, {
          x: "malvarde",
          y1: (rad: Malrad) => topOf(rad) - 3,
          y2: (rad: Malrad) => topOf(rad) + bar + 3,
          ...drawnAs,
        }),
      ),
    ],
  });
  const shown = shownOrder.filter(
    (verdict) => verdict !== "ej_matbart" && drawn.some((rad) => shownRow(rad) === verdict),
  );
  const [target] = targets;
  const legend: Key[] = [
    ...shown.map((verdict) => ({ sign: boxSign(verdictFill(name, verdict)), label: spell(verdict) })),
    ...(target
      ? [{ sign: html`<rect x="7" y="-1" width="3" height="16" fill="${ink}"/>`, label: `målet, ${demandOf(target)}` }]
      : []),
  ];
  return chart({
    name,
    title: `Närvaro per part: ${insats}`,
    sentence: sentenceOf(rows, namn),
    table: {
      caption: "Närvaro vid möten som parten kallats till",
      columns: [
        { heading: "Part" },
        { heading: "Period" },
        { heading: "Närvaro", numeric: true },
        { heading: "Krav", numeric: true },
        { heading: "Utfall" },
      ],
      rows: rows.map((rad) => ({
        id: rad.resultat_id,
        cells: [
          partNamn(rad.gruppvarde),
          periodMarkup(rad.fran, rad.till),
          valueText(rad),
          demandOf(rad),
          statusText(rad),
        ],
      })),
    },
    legend,
    note: "Procent av de möten som parten kallats till.",
    defs: verdictPatterns(name),
    drawing,
    height,
    exempel,
  });
};
