/** Each judged value of one insats as percent of its own target. */
import { begun, counted, gruppText, inUnit, listed, number, percent, spell, things } from "../../schema/swedish.ts";
import { demandOf, missing, periodMarkup, statusText, valueText } from "../figures.ts";
import { gruppNamn, type Names } from "../names.ts";
import type { Mal, Malrad, Sammanslagen } from "../publik.ts";
import type { Table, TableRow } from "../table.ts";
import { type BarRow, barChart, type Dot } from "./bars.ts";
import { isVerdict, shownOrder, shownRow, verdictFill, verdictPatterns } from "./palette.ts";
import { type Chart, type InsatsChartOf, lineSign, verdictKeys } from "./picture.ts";

interface MalvardenOf extends InsatsChartOf {
  readonly mal: readonly Mal[];
  /** Rows of these goals: those with a value and a target are drawn, all stand in the table. */
  readonly rows: readonly Malrad[];
  readonly sammanslagna: readonly Sammanslagen[];
  readonly names: Names;
}

type Drawn = Malrad & { readonly varde: number; readonly malvarde: number };

const isDrawn = (rad: Malrad): rad is Drawn =>
  rad.varde !== null && rad.malvarde !== null && rad.malvarde > 0 && rad.status !== "ej_matbart" && !rad.ar_dold;

/** Beyond this a value is drawn at the edge, so that one very high value does not press the others together. */
const edge = 200;
const shareOf = ({ varde, malvarde }: Drawn): number => (varde / malvarde) * 100;
const placeOf = (rad: Drawn): number => Math.min(Math.max(shareOf(rad), 0), edge);

const sexes = ["kvinna", "man"] as const;

/** The values of women and of men where both are shown, of the latest such period: `kvinnor 47,4 % (9 av 19), män 39,3 % (11 av 28)`. */
const sexesText = (rows: readonly Malrad[]): string => {
  const shown = Map.groupBy(
    rows.filter(({ grupp, varde, ar_dold: isHidden }) => grupp === "kon" && varde !== null && !isHidden),
    ({ fran }) => fran,
  );
  const both = [...shown.values()].map((own) =>
    sexes.flatMap((sex) => own.find(({ gruppvarde }) => gruppvarde === sex) ?? []),
  );
  const last = both.findLast((own) => own.length === sexes.length) ?? [];
  return last.map((rad) => `, ${gruppText("kon", rad.gruppvarde)} ${valueText(rad)}`).join("");
};

/** A dot for the values at the same whole percent with the same verdict, with how many they are. */
const dotsOf = (name: string, rows: readonly Drawn[]): Dot[] => {
  const places = Map.groupBy(
    rows.filter(({ status }) => isVerdict(status)),
    (rad) => `${Math.round(placeOf(rad))} ${shownRow(rad)}`,
  );
  return [...places.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const status = shownRow(first);
    return {
      at: Math.round(placeOf(first)),
      fill: verdictFill(name, status),
      symbol: status === "uppnatt" ? "circle" : status === "nara" ? "triangle" : "diamond",
      words: [own.length > 1 ? String(own.length) : "", own.some((rad) => shareOf(rad) > edge) ? "→" : ""]
        .join(" ")
        .trim(),
    };
  });
};

const metOf = (rows: readonly Drawn[]): number => rows.filter(({ status }) => status === "uppnatt").length;

const figureLine = (rows: readonly Drawn[], withheldRows: number): string => {
  const [only] = rows;
  const shown =
    rows.length === 1 && only
      ? `${valueText(only)}, mål ${demandOf(only)}: ${spell(shownRow(only))}`
      : `uppnått i ${metOf(rows)} av ${rows.length} värden`;
  return withheldRows === 0 ? shown : `${shown}; ${things(withheldRows, "ett värde", "värden")} visas inte`;
};

const sentenceOf = (rows: readonly Malrad[], drawn: readonly Drawn[]): string => {
  const met = metOf(drawn);
  const hidden = rows.filter(({ ar_dold: isHidden }) => isHidden).length;
  const absent = rows.filter((rad) => !rad.ar_dold && !rad.ar_kommande && rad.varde === null).length;
  const undrawn = (count: number, why: string): string =>
    count === 0
      ? ""
      : `${begun(things(count, "ett värde", "värden"))} ${why} och är inte ${count === 1 ? "ritat" : "ritade"}.`;
  return [
    `${begun(things(drawn.length, "ett värde", "värden"))} går att hålla mot ett målvärde. ${met === 0 ? "Inget av dem når målet" : `${begun(counted(met, "ett"))} når målet`}.`,
    undrawn(hidden, "har för litet underlag för att visas"),
    undrawn(absent, "saknas"),
    drawn.some((rad) => shareOf(rad) > edge)
      ? `Värden över ${edge} procent av målet är avbrutna eller har en pil vid kanten.`
      : "",
  ]
    .filter((text) => text !== "")
    .join(" ");
};

/** `Inget av fyra värden når målet`. */
const findingOf = (drawn: readonly Drawn[]): string => {
  const met = metOf(drawn);
  if (drawn.length === 1) return met === 1 ? "Det enda värdet når målet" : "Det enda värdet når inte målet";
  return `${met === 0 ? "Inget" : begun(counted(met, "ett"))} av ${counted(drawn.length)} värden når målet`;
};

const figureRow = (rad: Malrad, group: string, names: Names): TableRow => {
  const name = gruppNamn(names, rad);
  return {
    id: rad.resultat_id,
    matt: rad.matt,
    group,
    cells: [
      [name === "" ? "" : `${name}, `, periodMarkup(rad.fran, rad.till)],
      valueText(rad),
      rad.beslut === null ? demandOf(rad) : `${demandOf(rad)} (${rad.beslut})`,
      isDrawn(rad) ? percent(rad.varde / rad.malvarde) : missing,
      statusText(rad),
    ],
  };
};

/** A row without a figure, of which no earlier report has shown one either. */
const saysNothing = ({ varde, senast_varde: last }: Malrad): boolean => varde === null && last === null;

/** Rows without a figure say one thing between them: how many they are, and why. */
const emptyRow = (rows: readonly Malrad[], group: string): TableRow => {
  const [first] = rows;
  return {
    group,
    cells: [
      begun(things(rows.length, "ett värde", "värden")),
      first ? valueText(first) : missing,
      missing,
      missing,
      first ? statusText(first) : "",
    ],
  };
};

/** Which withheld rows a value is shown in place of. */
const insteadOf = ({ ersatter }: Sammanslagen): string[] => JSON.parse(ersatter) as string[];

/** Withheld rows together, of a longer period or several groups: no target is of them. */
const togetherRow = (rad: Sammanslagen, group: string, names: Names): TableRow => {
  const { insats_id: insats, grupp, gruppvarde, fran, till, taljare, namnare, varde, enhet } = rad;
  const values = gruppvarde.startsWith("[") ? (JSON.parse(gruppvarde) as string[]) : [gruppvarde];
  const name = listed(values.map((one) => gruppNamn(names, { insats_id: insats, grupp, gruppvarde: one })));
  const parts = namnare === null ? "" : ` (${number(taljare)} av ${number(namnare)})`;
  return {
    group,
    cells: [
      [name === "" ? "" : `${name}, `, periodMarkup(fran, till)],
      `${inUnit(varde, enhet)}${parts}`,
      missing,
      missing,
      `i stället för ${things(insteadOf(rad).length, "ett värde", "värden")}: ${spell("sekretess")}`,
    ],
  };
};

/** All values of these goals, drawn or not. */
export const malvardenTable = (
  mal: readonly Mal[],
  rows: readonly Malrad[],
  sammanslagna: readonly Sammanslagen[],
  names: Names,
): Table => ({
  caption: "Målens värden",
  columns: [
    { heading: "Period" },
    { heading: "Värde", numeric: true },
    { heading: "Krav", numeric: true },
    { heading: "Av målet", numeric: true },
    { heading: "Utfall" },
  ],
  rows: mal.flatMap(({ mal_id: id, text }) => {
    const own = rows.filter((rad) => rad.mal_id === id);
    const [empty = [], told = []] = [true, false].map((isEmpty) => own.filter((rad) => saysNothing(rad) === isEmpty));
    const together = sammanslagna.filter((rad) => rad.mal_id === id);
    const covered = new Set(together.flatMap(insteadOf));
    const said = Map.groupBy(
      empty.filter((rad) => !covered.has(rad.resultat_id)),
      statusText,
    );
    return [
      ...told.map((rad) => figureRow(rad, text, names)),
      ...together.map((rad) => togetherRow(rad, text, names)),
      ...[...said.values()].map((some) => emptyRow(some, text)),
    ];
  }),
});

/** Which side of the target is good, where a picture has goals of both kinds. */
const sides = ["Mål om minst: till höger om linjen är bra", "Mål om högst: till vänster om linjen är bra"] as const;

/**
 * Percent of target: a bar where a goal has one value, a dot for each where it has several. The line is the target.
 * Undefined where no value can be held against a target.
 */
export const malvarden = ({ name, exempel, ...of }: MalvardenOf): Chart | undefined => {
  const { mal, rows } = of;
  const drawn = rows.filter(isDrawn);
  if (drawn.length === 0) return undefined;
  const goals = mal
    .map(({ mal_id: id, text }) => ({ text, own: rows.filter((rad) => rad.mal_id === id) }))
    .flatMap(({ text, own }): { isMost: boolean; row: BarRow }[] => {
      const shown = own.filter(isDrawn);
      const [only, ...others] = shown;
      if (!only) return [];
      const drawing =
        others.length > 0
          ? { dots: dotsOf(name, shown) }
          : { pieces: [{ from: 0, to: placeOf(only), fill: verdictFill(name, shownRow(only)) }] };
      const label = `${figureLine(shown, own.filter(({ ar_dold: isHidden }) => isHidden).length)}${sexesText(own)}`;
      const isCut = others.length === 0 && shareOf(only) > edge;
      const isMost = only.villkor?.startsWith("<") ?? false;
      return [{ isMost, row: { heading: text, label, bars: [{ ...drawing, isCut, lines: [100] }] } }];
    });
  const isMixed = new Set(goals.map(({ isMost }) => isMost)).size > 1;
  const bars = [false, true].flatMap((most) =>
    goals
      .filter(({ isMost }) => isMost === most)
      .map(({ row }) => (isMixed ? { ...row, section: sides[Number(most)] ?? "" } : row)),
  );
  const max = Math.max(110, ...drawn.map(placeOf));
  const shown = shownOrder.filter((verdict) => drawn.some((rad) => shownRow(rad) === verdict));
  const picture = {
    name,
    title: findingOf(drawn),
    topic: `Värden mot mål: ${of.insats}`,
    sentence: sentenceOf(
      rows.filter(({ skal }) => skal !== "foljs"),
      drawn,
    ),
    table: malvardenTable(mal, rows, of.sammanslagna, of.names),
    legend: [...verdictKeys(name, shown), { sign: lineSign, label: "målet, 100 procent" }],
    note: "Procent av målvärdet.",
    defs: verdictPatterns(name),
    exempel,
  };
  return barChart(picture, {
    rows: bars,
    hasRemarks: true,
    domain: [0, max],
    bar: 14,
    ticks: [0, 25, 50, 75, 100, 150, 200].filter((tick) => tick <= max),
  });
};
