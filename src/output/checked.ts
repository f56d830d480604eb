/** What pipelines would read, count and lack, for a terminal. */
import type { Checked } from "../schema/checked.ts";
import { type FindingRow, findingLines, grouped } from "./fynd.ts";
import { count, textTable } from "./table.ts";

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Sheets of one file that are read alike are one line. */
const filesText = (tables: Checked["leveranser"]): string => {
  const alike = Map.groupBy(tables, ({ fil, dataset }) => JSON.stringify([fil, dataset]));
  const isOne = new Set(tables.map(({ pipeline }) => pipeline)).size === 1;
  return textTable(
    [...alike.values()].flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const sheets = [...new Set(own.map(({ blad }) => blad))];
      return [
        {
          pipeline: isOne ? "" : first.pipeline,
          fil: first.fil,
          blad: sheets.length > 3 ? `${sheets[0]} … ${sheets.at(-1)} (${sheets.length})` : sheets.join(", "),
          dataset: first.dataset ?? "läses inte",
          rader: sum(own.map(({ rader }) => rader)),
          lasta: sum(own.map(({ lasta }) => lasta)),
          avvisade: sum(own.map(({ avvisade }) => avvisade)),
          overhoppade: sum(own.map(({ overhoppade }) => overhoppade)),
        },
      ];
    }),
  );
};

const goalText = (goal: Checked["mal"][number]): string => {
  const { insats_id: insats, mal_id: id, matt, dataset, underlag, rader, fran, till, fonster, ej_matbart: not } = goal;
  const rows =
    rader > 0
      ? `${count(rader, "evidence row")} from ${underlag.join(", ")}, ${fran ?? "undated"}${till === null || till === fran ? "" : `–${till}`}`
      : matt === "formel"
        ? "arithmetic over stated figures"
        : `no evidence rows; it needs ${dataset.join(" or ")}`;
  const reasons = Object.entries(not).map(([skal, often]) => `${skal} ${often}`);
  const left = reasons.length === 0 ? "" : `, not measurable: ${reasons.join(", ")}`;
  return `  ${insats}/${id}: ${matt}: ${rows}\n    ${count(fonster, "window")}${left}`;
};

const unreadHeadings = (rows: readonly FindingRow[]): string[] => {
  const unread = rows.filter(({ kod }) => kod === "okand_kolumn");
  return [...Map.groupBy(unread, ({ fil }) => fil)].map(
    ([fil, own]) => `  ${fil}: headings not used: ${[...new Set(own.map(({ kolumn }) => kolumn ?? ""))].join(", ")}`,
  );
};

export const checkedText = ({ leveranser, mal, okanda, datakvalitet, tolkning }: Checked): string => {
  const found = grouped(datakvalitet.filter(({ kod }) => kod !== "okand_kolumn"));
  const errors = sum(found.filter(({ allvar }) => allvar === "fel").map(({ antal }) => antal));
  const idle = [
    ...tolkning.map(
      ({ pipeline, rad, fil, blad, dataset }) =>
        `  ${pipeline}:${rad}: ${[fil, ...(blad === null ? [] : [blad])].join(", ")}${dataset === null ? "" : ` as ${dataset}`}: no table is read by it`,
    ),
    ...leveranser
      .filter(({ dataset }) => dataset === null)
      .map(({ fil, blad }) => `  ${[fil, ...(blad === "" ? [] : [blad])].join(", ")}: not read; see below`),
    ...unreadHeadings(datakvalitet),
  ];
  return [
    "Reads",
    filesText(leveranser),
    "",
    "Goals",
    ...(mal.length === 0 ? ["  none is stated: write them under mal in the pipeline file"] : mal.map(goalText)),
    ...okanda.map((one) => `  ${one}: no delivery holds this insats`),
    ...(idle.length > 0 ? ["", "Mapped to nothing", ...idle] : []),
    ...(found.length > 0 ? ["", "Findings", ...findingLines(found)] : []),
    "",
    `${count(sum(leveranser.map(({ lasta }) => lasta)), "row")} would be loaded, ${sum(leveranser.map(({ avvisade }) => avvisade))} refused; ${count(errors, "error")}. Nothing has been kept; finsam run makes the report.`,
  ].join("\n");
};
