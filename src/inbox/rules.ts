/** How a pipeline says that its tables are to be read: what each is, which columns are what, which are wide. */
import { createHash } from "node:crypto";
import type { Pipeline } from "../schema/pipeline.ts";
import { datasetOf } from "../schema/tables.ts";
import { type Named, recogniseAll } from "./layout.ts";
import type { Declared } from "./recognise.ts";
import type { Tabell } from "./table.ts";
import { layWide, type Wide } from "./unpivot.ts";

const matches = (pattern: string, fil: string): boolean => {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  return new RegExp(`(^|/)${escaped}$`, "i").test(fil);
};

/** The rule for a file, or for one of its sheets. */
export const ruleFor = (pipeline: Pipeline, fil: string, blad?: string): Pipeline["tolkning"][number] | undefined =>
  pipeline.tolkning.find((t) => matches(t.fil, fil) && (t.blad === undefined || blad === undefined || t.blad === blad));

/** A fingerprint of the rules that decide how a file is read and what may pass the door: when it changes, the file is read anew. */
export const admissionRules = (pipeline: Pipeline, fil: string): string =>
  createHash("sha256")
    .update(JSON.stringify([pipeline.personuppgifter, pipeline.tolkning.filter((rule) => matches(rule.fil, fil))]))
    .digest("hex")
    .slice(0, 16);

const declaredFor = (pipeline: Pipeline, fil: string, blad: string): Declared => {
  const rule = ruleFor(pipeline, fil, blad);
  return rule ? { dataset: rule.dataset, columns: rule.kolumner } : {};
};

/** A table that the pipeline says is wide. */
const wideOf = (pipeline: Pipeline, fil: string, { blad, poster }: Tabell): Wide | undefined => {
  const rule = ruleFor(pipeline, fil, blad);
  if (!rule?.unpivot || !rule.dataset) return undefined;
  const { insats } = pipeline;
  const own = typeof insats === "string" && insats !== "*" && rule.unpivot.kategori?.kolumn !== "insats_id";
  return layWide(rule.dataset, rule.unpivot, poster, own ? { insats_id: insats } : {});
};

/** A file's tables as they are read: by the pipeline's rules, else by their names and headings. */
export const recogniseIn = (
  pipeline: Pipeline,
  fil: string,
  tabeller: readonly Tabell[],
): (Named & { wide?: Wide | undefined })[] =>
  recogniseAll(fil, tabeller, (blad) => declaredFor(pipeline, fil, blad)).map((named) => {
    if (!ruleFor(pipeline, fil, named.tabell.blad)?.unpivot) return named;
    const wide = wideOf(pipeline, fil, named.tabell);
    return { ...named, recognised: wide?.recognised, wide };
  });

/** What a table would have needed: the required headings of the dataset its name speaks of, else that none fits. */
export const missingHeadings = (pipeline: Pipeline, fil: string, { blad, poster }: Tabell): string => {
  const unpivot = ruleFor(pipeline, fil, blad)?.unpivot;
  if (unpivot) return [unpivot.kategori?.rubrik, ...Object.keys(unpivot.kolumner)].filter(Boolean).join(", ");
  const declared = declaredFor(pipeline, fil, blad);
  const headings = poster.find(({ celler }) => celler.some((cell) => cell.trim() !== ""))?.celler ?? [];
  const wanted = declared.dataset
    ? Object.values(datasetOf(declared.dataset).columns).filter(({ required }) => required)
    : [];
  return wanted.length > 0
    ? wanted.map(({ heading }) => heading).join(", ")
    : `rubrikerna ${headings.slice(0, 8).join(", ")} passar inget dataset`;
};
