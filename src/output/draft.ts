/** A drafted pipeline file: YAML whose comments give the evidence for each guess, and ask what only the office knows. */
import { stringify } from "yaml";
import { type Measure, measures } from "../schema/measures.ts";
import type { Rule } from "../schema/pipeline.ts";
import { count } from "./table.ts";

/** One entry of `tolkning`, and what is known of it. */
export interface Entry {
  readonly fil: string;
  readonly blad?: string | undefined;
  /** The files and the sheets of each that it reads. */
  readonly filer: readonly string[];
  readonly bladen: readonly string[];
  readonly rule: Rule;
  /** Why, by the key that it speaks for. */
  readonly bevis: Readonly<Record<string, string>>;
  readonly fragor: readonly string[];
  readonly lasta?: number;
  readonly avvisade?: number;
  readonly overhoppade?: number;
}

export interface DraftContent {
  readonly insats: readonly string[];
  readonly folder: string;
  readonly kallor: readonly string[];
  /** What was asked of the pipeline as a whole. */
  readonly fragor: readonly string[];
  readonly entries: readonly Entry[];
  /** Tables that are not read, and why. */
  readonly unread: readonly string[];
  /** Files that hold no tables. */
  readonly others: readonly string[];
  /** Goals that what was read can measure. */
  readonly mal: readonly { readonly matt: string; readonly parametrar: Readonly<Record<string, string>> }[];
  /** Where the schema lies, seen from the file. */
  readonly schema?: string | undefined;
  /** What the file is called, for the commands. */
  readonly fil: string;
}

const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
const ask = (indent: string, text: string): string => `${indent}# FRÅGA: ${oneLine(text)}`;

const flow = (value: unknown): string => stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();

const widest = 110;

/** A key and its value: on one line where it fits, with why beside it; else what it holds, a line each. */
const keyLines = (indent: string, key: string, value: unknown, why?: string): string[] => {
  const beside = why === undefined ? "" : ` # ${oneLine(why)}`;
  const inOne = `${indent}${flow(key)}: ${flow(value)}`;
  if (inOne.length <= widest || typeof value !== "object" || value === null) return [`${inOne}${beside}`];
  const inner = Array.isArray(value)
    ? value.map((one) => `${indent}  - ${flow(one)}`)
    : Object.entries(value).flatMap(([under, one]) => keyLines(`${indent}  `, under, one));
  return [`${indent}${flow(key)}:${beside}`, ...inner];
};

const entryLines = ({ lasta, avvisade = 0, overhoppade = 0, ...entry }: Entry): string[] => [
  "",
  ...(entry.filer.length > 1 ? [`  # ${entry.filer.join(", ")}`] : []),
  ...(lasta === undefined
    ? []
    : [
        `  # ${lasta} ${lasta === 1 ? "rad" : "rader"} läses${avvisade > 0 ? `, ${avvisade} avvisas` : ""}; ${overhoppade} hoppas över (rubriker, summor, tomma)`,
      ]),
  ...entry.fragor.map((text) => ask("  ", text)),
  `  - fil: ${flow(entry.fil)}`,
  ...(entry.blad === undefined ? [] : [`    blad: ${flow(entry.blad)}`]),
  ...Object.entries(entry.rule).flatMap(([key, value]) => keyLines("    ", key, value, entry.bevis[key])),
];

const conditionFor = ({ slag, enhet }: Measure): string =>
  enhet === "andel" ? ">= 80 %" : slag === "kvot" || enhet.startsWith("kr") ? "<= 1000" : ">= 10";

/** A goal that may be taken as it is, in one line. */
const goalLines = ({ matt, parametrar }: DraftContent["mal"][number]): string[] => {
  const measure = measures.get(matt);
  if (!measure) return [];
  const goal = {
    ...{ id: matt.replaceAll("_", "-"), text: "Målet som det står i överenskommelsen", matt },
    ...(Object.keys(parametrar).length > 0 ? { parametrar } : {}),
    ...{ villkor: conditionFor(measure), per: "ar" },
    ...(measure.helhet.length > 0 || /^narvaro/.test(matt) ? { grupp: "part" } : {}),
  };
  return [`#  ${oneLine(measure.definition.raknas_som)}:`, `#  - ${flow(goal)}`];
};

export const draftText = ({ insats, entries, unread, others, mal, schema, ...draft }: DraftContent): string =>
  `${[
    ...(schema === undefined ? [] : [`# yaml-language-server: $schema=${schema}`]),
    `# Utkast av finsam init efter filerna i ”${draft.folder}”. Det som står efter # till höger är varför.`,
    "# Svara på raderna med FRÅGA och ta bort dem. Se sedan vad som läses och räknas, och gör rapporten:",
    `#   finsam check --pipelines ${flow(draft.fil)}`,
    `#   finsam run --pipelines ${flow(draft.fil)}`,
    "",
    ...draft.fragor.map((text) => ask("", text)),
    `insats: ${flow(insats.length === 1 ? insats[0] : insats)}`,
    `kallor: ${flow(draft.kallor)}`,
    ...(entries.length > 0 ? ["", "tolkning:", ...entries.flatMap(entryLines)] : []),
    ...(unread.length > 0
      ? [
          "",
          "# Det här läses inte. Flytta filen ur mappen, eller skriv en post under tolkning som säger vad den är:",
          ...unread.map((one) => ask("", one)),
        ]
      : []),
    ...(others.length > 0 ? ["", `# Inga tabeller: ${others.join(", ")}`] : []),
    "",
    ...(mal.length > 0
      ? [
          "# Skriv insatsens mål. Det som har lästs räcker till måtten nedan: ta bort [] och # framför en rad, och skriv rätt",
          "# text, villkor och period (per: manad, kvartal, tertial, termin, ar, insatsar, hela).",
        ]
      : ["# Skriv insatsens mål när det finns rader att räkna; docs/skriv-mal.md visar hur."]),
    "mal: []",
    ...mal.flatMap(goalLines),
  ].join("\n")}\n`;

export interface Draft {
  readonly pipeline: string;
  /** Small files of what the others refer to and nobody delivered. */
  readonly register: readonly string[];
  readonly insats: readonly string[];
  readonly filer: number;
  readonly lasta: number;
  readonly avvisade: number;
  readonly oplacerade: readonly string[];
  readonly fragor: number;
}

/** What was written and what is next, for a terminal. */
export const writtenText = ({ pipeline, ...draft }: Draft): string =>
  [
    `${pipeline}: ${draft.insats.join(", ")}, ${count(draft.filer, "file")}: ${count(draft.lasta, "row")} would be loaded, ${draft.avvisade} refused`,
    ...draft.register.map((file) => `${file}: what the files refer to and do not hold; complete it`),
    ...draft.oplacerade.map((one) => `not read: ${one}`),
    "",
    `Next: answer ${count(draft.fragor, "question")} (# FRÅGA) in ${pipeline} and write its goals, then`,
    `  finsam check --pipelines ${flow(pipeline)}`,
    `  finsam run --pipelines ${flow(pipeline)}`,
  ].join("\n");
