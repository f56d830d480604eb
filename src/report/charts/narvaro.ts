/** Each part's attendance against the target. */
import { begun, counted, listed, number, periodLabel, spell } from "../../schema/swedish.ts";
import { demandOf, periodMarkup, statusText, valueText } from "../figures.ts";
import type { Malrad } from "../publik.ts";
import { column, figure, type Table, tableOf } from "../table.ts";
import { barChart } from "./bars.ts";
import { blue, shownOrder, shownRow, verdictFill, verdictPatterns } from "./palette.ts";
import { type Chart, type InsatsChartOf, lineSign, verdictKeys } from "./picture.ts";

interface NarvaroOf extends InsatsChartOf {
  /** Rows of one goal with measure `narvaroandel` and grupp `part`. */
  readonly rows: readonly Malrad[];
  readonly partNamn: (part: string) => string;
}

type Drawn = Malrad & { readonly varde: number };

const isDrawn = (rad: Malrad): rad is Drawn => rad.varde !== null && !rad.ar_dold;

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

const findingOf = (rows: readonly Malrad[]): string => {
  const judged = rows.filter((rad) => isDrawn(rad) && rad.status !== "ej_matbart");
  const met = judged.filter(({ status }) => status === "uppnatt").length;
  return judged.length === 0 || !rows[0]
    ? "Närvaron visas och bedöms inte"
    : `${begun(counted(met, "ett"))} av ${counted(judged.length, "ett")} når ${demandOf(rows[0])} närvaro`;
};

/** Every part's attendance, drawn or not. */
export const narvaroTable = (rows: readonly Malrad[], partNamn: (part: string) => string): Table =>
  tableOf("Närvaro vid möten som parten kallats till", rows, [
    column("Part", ({ gruppvarde }) => partNamn(gruppvarde)),
    column("Period", ({ fran, till }) => periodMarkup(fran, till)),
    figure("Närvaro", valueText),
    figure("Krav", demandOf),
    column("Utfall", statusText),
  ]);

/** One bar per part (and period), 0–100 percent. Undefined where fewer than two have a value. */
export const narvaro = ({ name, insats, rows, partNamn, exempel }: NarvaroOf): Chart | undefined => {
  const drawn = rows.filter(isDrawn);
  const periods = new Set(rows.map(({ fran }) => fran)).size;
  const namn = ({ gruppvarde, fran, till }: Malrad): string =>
    periods > 1 ? `${partNamn(gruppvarde)}, ${periodLabel(fran, till)}` : partNamn(gruppvarde);
  const bars = drawn.map((rad) => {
    const verdict = rad.status === "ej_matbart" ? "" : `, ${spell(shownRow(rad))}`;
    const fill = shownRow(rad) === "ej_matbart" ? blue : verdictFill(name, shownRow(rad));
    return {
      label: `${namn(rad)}: ${valueText(rad)}${verdict}`,
      bars: [{ pieces: [{ from: 0, to: rad.varde, fill }], lines: rad.malvarde === null ? [] : [rad.malvarde] }],
    };
  });
  const shown = shownOrder.filter(
    (verdict) => verdict !== "ej_matbart" && drawn.some((rad) => shownRow(rad) === verdict),
  );
  const target = drawn.find(({ malvarde }) => malvarde !== null);
  const targetKey = target !== undefined && { sign: lineSign, label: `målet, ${demandOf(target)}` };
  const picture = {
    name,
    title: findingOf(rows),
    topic: `Närvaro per part: ${insats}`,
    sentence: sentenceOf(rows, namn),
    table: narvaroTable(rows, partNamn),
    legend: [...verdictKeys(name, shown), targetKey],
    note: "Procent av de möten som parten kallats till.",
    defs: verdictPatterns(name),
    exempel,
  };
  return barChart(picture, {
    rows: bars,
    domain: [0, 1],
    bar: 16,
    ticks: [0, 0.25, 0.5, 0.75, 1],
    tickText: (tick) => number(tick * 100),
  });
};
